/* Sources to a sink: lists are fetched, what they lead to is fetched, all of it is read and handed on.
 *
 * Sources run side by side, each at the pace of its site. What one of them does wrong ends that one only. A run is complete
 * when all lists were read and no more than a fifth of the notices known before is missing; else the sink is told so, and
 * what it has stays. */
#ifndef MW_CRAWLER_CRAWL_H
#define MW_CRAWLER_CRAWL_H

#include "crawler/fetch.h"
#include "crawler/page.h"
#include "crawler/sink.h"

struct mw_crawl_opts {
    struct mw_clock clock;
    int64_t (*utc_s)(void *ctx);  /* seconds since 1970, with clock.ctx; dates what is fetched */
    const char *agent;            /* fetch.h */
    uint64_t seed;
    int64_t max_ms;               /* 0: no limit */
    int64_t limit;                /* notices of one source; 0: no limit */
    int64_t backoff_ms, cool_ms;  /* fetch.h; 0: as there */
    bool allow_private;
    bool accept_loss;             /* a source that shrank is believed */
    bool offline;                 /* nobody is asked: what the sink kept is read again */
    const char *folder;           /* for answers too big for memory; ends up empty */
    enum mw_lang lang;
    void *ctx;                    /* of those below, which may be NULL */
    void (*progress)(void *ctx, const struct mw_run *run, bool answered); /* at the beginning and the end of a source,
        after each answer, and (answered false) after each notice */
    void (*fault)(void *ctx, const char *source, struct mw_sv where, const struct mw_err *why);
    void (*settled)(void *ctx); /* what progress told of is safe (sink.h); NULL: nobody asks */
};
/* runs: one for each source, filled; their texts live in the arena. What sources and the network do wrong stands there.
 * Errors: those of the sink, of memory and of the folder; then runs that have not ended are left open. */
enum mw_rc mw_crawl(struct mw_run *runs, struct mw_arena *a, const struct mw_source *const *sources, size_t n,
    struct mw_parser *parser, const struct mw_labels *labels, const struct mw_sink *sink, const struct mw_crawl_opts *opts,
    struct mw_err *err);

#endif
