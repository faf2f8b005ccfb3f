/* Who is behind the crawler: a struct of functions. cli joins it to the index; tests to an array.
 *
 * The crawler asks what is known of an address, and says what it found: a notice, no change, a failure. It never learns
 * who stores it. All texts passed are borrowed for the call; what comes back lives in the arena given. */
#ifndef MW_CRAWLER_SINK_H
#define MW_CRAWLER_SINK_H

#include "crawler/reader.h"

struct mw_known { /* of an address, from earlier runs */
    bool known;
    struct mw_sv etag, last_modified; /* validators of the last answer; MW_SV_NONE */
    struct mw_sv hash;                /* of the last answer's bytes, as whoever fetched it gave it; MW_SV_NONE */
    struct mw_sv fetched_at;          /* RFC 3339 */
    int64_t failures;                 /* in a row */
    bool fresh;                       /* the run that this one continues has asked already: not asked again */
    bool leads_on;                    /* documents were kept that this page links to */
};
struct mw_fetched { /* an answer, as it is remembered */
    const char *source;               /* id */
    struct mw_address address;
    struct mw_sv etag, last_modified, hash, fetched_at, type;
};
enum mw_took { MW_TOOK_UNCHANGED, MW_TOOK_NEW, MW_TOOK_CHANGED };
struct mw_run { /* one source in one run, for the record and the coverage ledger */
    const char *source;
    struct mw_sv started_at, ended_at; /* RFC 3339; ended_at MW_SV_NONE while it runs */
    struct mw_tally tally;
    int64_t asked, unchanged, fresh, changed, gone, failed, bytes, milliseconds;
    struct mw_sv last;                /* for who watches: the address of the last answer; MW_SV_NONE before it */
    int64_t done, ahead;              /* and notices so far; how many may still come, -1: nobody knows */
    bool complete;                    /* everything the source lists was seen */
    bool rolling;                     /* it lists its newest only (feeds): what is not among them is gone where its page is */
    bool paused;                      /* ended by intent (a limit, a time): the next run goes on where this one stopped */
    struct mw_sv reason;              /* why it is not complete; MW_SV_NONE */
};
struct mw_sink {
    void *ctx;
    bool apart; /* may be called by another thread than the crawler's; never by two at once (clerk.h) */
    /* A run begins: what it stores belongs to it. Each call below is done whole or not at all, and safe with the next settle() or
     * end(), whatever happens then. */
    enum mw_rc (*begin)(void *ctx, const struct mw_source *s, struct mw_sv started_at, struct mw_err *err);
    enum mw_rc (*known)(void *ctx, struct mw_arena *a, const char *source, struct mw_sv url, struct mw_known *out, struct mw_err *err);
    /* An answer with new bytes, after all its notices were taken: a run that dies in between asks for it again. */
    enum mw_rc (*fetched)(void *ctx, const struct mw_fetched *f, struct mw_err *err);
    /* A notice, every section with its text, that stands in the resource of that address. prepared: what prepare() made of it. */
    enum mw_rc (*take)(void *ctx, struct mw_arena *a, const struct mw_source *s, const struct mw_address *from, struct mw_notice *n,
        const void *prepared, enum mw_took *how, struct mw_err *err);
    /* What needs nothing that is stored is done before, by the crawler's own thread and never by two at once: of a notice, in the same arena,
     * and of the bytes of an answer (res->bytes and unpacked), in the arena. NULL: nothing, prepared is NULL. */
    enum mw_rc (*prepare)(void *ctx, struct mw_arena *a, const struct mw_source *s, struct mw_notice *n, void **prepared, struct mw_err *err);
    enum mw_rc (*pack)(void *ctx, struct mw_arena *a, struct mw_resource *res, struct mw_err *err);
    /* 304, or the same bytes again: what came from this address is still there; so many notices. */
    enum mw_rc (*unchanged)(void *ctx, const char *source, struct mw_sv url, struct mw_sv at, int64_t *notices, struct mw_err *err);
    /* Nothing usable came; what is stored stays. status: of HTTP, 0 without an answer; 404 and 410 say that the page is no more. */
    enum mw_rc (*failed)(void *ctx, const char *source, struct mw_sv url, int64_t status, struct mw_sv why, struct mw_sv at,
        struct mw_err *err);
    /* Keeps an answer that could be read, under a key; final: where redirects led. NULL: nothing is kept. */
    enum mw_rc (*keep)(void *ctx, const char *source, struct mw_sv key, struct mw_sv final, const struct mw_resource *res, struct mw_err *err);
    /* What was kept, its bytes in the arena or as a new file in folder; out->from.url becomes final. MW_NOT_FOUND: nothing. NULL: so
     * for all. */
    enum mw_rc (*kept)(void *ctx, struct mw_arena *a, const char *source, struct mw_sv key, const char *folder, struct mw_resource *out,
        struct mw_err *err);
    /* Pages where notices of the source stood that this run has not seen and that are not gone, at most so many: struct mw_sv appended to
     * urls, those asked for longest ago first. NULL: there are none. */
    enum mw_rc (*beyond)(void *ctx, struct mw_arena *a, const char *source, int64_t most, struct mw_list *urls, struct mw_err *err);
    /* How many notices the last complete run of the source saw; -1: there was none. A run that sees far fewer is stopped. */
    enum mw_rc (*expected)(void *ctx, const char *source, int64_t *notices, struct mw_err *err);
    /* What was handed over becomes safe, of all runs: called when nothing has come for 20 ms, and at least every half second while
     * answers come. NULL: each call is safe by itself. */
    enum mw_rc (*settle)(void *ctx, struct mw_err *err);
    /* The run is over. With run->complete the sink counts what was not seen; gone is what two complete runs did not see; of rolling ones
     * only what has no page any more (404, 410). */
    enum mw_rc (*end)(void *ctx, struct mw_run *run, struct mw_err *err);
};

#endif
