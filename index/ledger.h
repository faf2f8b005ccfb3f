/* The ledger of crawling: which runs there were, what is known of every address, and which notices stood there.
 *
 * A run that was killed stays open and is continued by the next one within a day. A notice counts as gone when two complete
 * runs of its source in a row did not see it; it stays stored, with everything it ever said. */
#ifndef MW_INDEX_LEDGER_H
#define MW_INDEX_LEDGER_H

#include "index/store.h"

/* Opens a run of a source, or the one that was left open. at: RFC 3339 in UTC, everywhere here. */
enum mw_rc mw_ledger_begin(int64_t *run, struct mw_store *s, struct mw_sv source, struct mw_sv at, struct mw_err *err);

struct mw_ledger_address { /* what is known of an address; MW_SV_NONE: not said */
    bool known;
    bool fresh;              /* this run, before it was interrupted, has asked already */
    struct mw_sv etag, last_modified, hash, fetched_at;
    int64_t failures;        /* in a row */
};
enum mw_rc mw_ledger_known(struct mw_ledger_address *out, struct mw_arena *a, struct mw_store *s, int64_t run, struct mw_sv source,
    struct mw_sv url, struct mw_err *err);
/* New bytes came from the address, and all their notices are stored. */
enum mw_rc mw_ledger_fetched(struct mw_store *s, int64_t run, struct mw_sv source, struct mw_sv url,
    const struct mw_ledger_address *now, struct mw_err *err);
/* The notice stands at the address. */
enum mw_rc mw_ledger_saw(struct mw_store *s, int64_t run, struct mw_sv source, struct mw_sv notice, struct mw_sv url,
    struct mw_err *err);
/* Everything that stood there still does: so many notices. */
enum mw_rc mw_ledger_unchanged(struct mw_store *s, int64_t run, struct mw_sv source, struct mw_sv url, struct mw_sv at,
    int64_t *notices, struct mw_err *err);
/* Nothing usable came. lost: the site says that the page is no more (404, 410); else its notices count as seen. */
enum mw_rc mw_ledger_failed(struct mw_store *s, int64_t run, struct mw_sv source, struct mw_sv url, int64_t status,
    struct mw_sv why, bool lost, struct mw_err *err);
/* Addresses where notices stood that this run has not seen and that are not gone, at most so many: struct mw_sv appended to urls, those
 * asked for longest ago first; what failed waits a day for each time. */
enum mw_rc mw_ledger_beyond(struct mw_list *urls, struct mw_arena *a, struct mw_store *s, int64_t run, struct mw_sv source, int64_t most,
    struct mw_err *err);
/* Notices that the last complete run of the source saw; -1: there was none. */
enum mw_rc mw_ledger_expected(struct mw_store *s, struct mw_sv source, int64_t *notices, struct mw_err *err);

enum mw_ledger_state {
    MW_LEDGER_OPEN,     /* running, or killed */
    MW_LEDGER_COMPLETE, /* everything that the source lists was seen */
    MW_LEDGER_PAUSED,   /* ended by intent: a limit, a time */
    MW_LEDGER_STOPPED   /* the source failed or shrank; what is stored stayed */
};
extern const char *const MW_LEDGER_STATES[]; /* "open", "complete", "paused", "stopped", NULL */
struct mw_ledger_run {
    int64_t id;
    enum mw_ledger_state state;
    struct mw_sv source, started, ended, reason; /* ended, reason: MW_SV_NONE where there is none */
    int64_t asked, unchanged, fresh, changed, gone, failed, bytes, milliseconds;
    int64_t notices;         /* seen; counted by mw_ledger_end() */
    int64_t expected;        /* entries that the source itself says it has; -1: it does not say */
    bool rolling;            /* what it does not list is gone only where its page is; for mw_ledger_end() */
};
/* Ends the run (r->id) with its numbers; of a complete one counts what is gone into r->gone. A paused run stays continuable. */
enum mw_rc mw_ledger_end(struct mw_store *s, struct mw_ledger_run *r, struct mw_err *err);
/* The last run of every source, in order of their ids: struct mw_ledger_run appended to out. */
enum mw_rc mw_ledger_last(struct mw_list *out, struct mw_arena *a, struct mw_store *s, struct mw_err *err);
/* What is covered, source by source, so that nobody takes "not crawled" for "no hit": print it with `mittelweg sources` and
 * with every empty answer (cli/coverage.c does both: mw_cli_put_coverage()). */
struct mw_coverage {
    struct mw_sv source;
    bool crawled;              /* false: its notices were imported from files; only source and stored are filled */
    enum mw_ledger_state state; /* of the last run; MW_LEDGER_OPEN: it runs, or was killed and goes on with the next */
    struct mw_sv last_run, last_complete, reason; /* times; MW_SV_NONE: never; reason: why the last run is not complete */
    int64_t stored;            /* notices that are here now, those that are gone left out */
    int64_t expected;          /* entries that the source itself says it has; -1: it does not say */
    int64_t found;             /* notices that the last run saw */
    int64_t before;            /* those of the last complete run before it; -1: none. found - before is the drift */
    int64_t failing;           /* addresses of which nothing usable came when they were last asked */
};
/* struct mw_coverage appended to out, in order of the sources' names. */
enum mw_rc mw_ledger_coverage(struct mw_list *out, struct mw_arena *a, struct mw_store *s, struct mw_err *err);
/* The day since when the notice is gone from every source that had it, or MW_SV_NONE. */
enum mw_rc mw_ledger_gone(struct mw_sv *since, struct mw_arena *a, struct mw_store *s, struct mw_sv notice, struct mw_err *err);
/* Whether the source still had the notice within so many days before `at`. */
enum mw_rc mw_ledger_stands(bool *stands, struct mw_store *s, struct mw_sv source, struct mw_sv notice, struct mw_sv at, int days, struct mw_err *err);
/* Notices that are gone since that day or later, the latest first: their addresses (struct mw_sv). */
enum mw_rc mw_ledger_lost(struct mw_list *urls, struct mw_arena *a, struct mw_store *s, struct mw_day since, struct mw_err *err);

#endif
