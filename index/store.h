/* The cellar: one SQLite file with every notice, its versions, its facts and the search tables.
 *
 * WAL, STRICT tables, foreign keys, user_version migrations. A database from a newer program, of another analyser version
 * or that is no database at all is refused with a sentence that says the cure. One C file per table owns its SQL. */
#ifndef MW_INDEX_STORE_H
#define MW_INDEX_STORE_H

#include "lib/language/analyse.h"
#include "rules/engine/rules.h"

struct mw_store;
enum mw_store_mode { MW_STORE_READ, MW_STORE_WRITE }; /* READ never creates or changes anything */
/* The analyser is borrowed and must outlive the store. A second writer waits some seconds, then MW_DB says who is in the way. */
enum mw_rc mw_store_open(struct mw_store **out, const char *path, enum mw_store_mode mode, struct mw_analyser *an,
    struct mw_err *err);
void mw_store_close(struct mw_store *s);
static inline void mw_store_closep(struct mw_store **s) { mw_store_close(*s); }

/* --- ingest.c: one transaction a notice ---------------------------------------------------------------------------- */
enum mw_ingest { MW_UNCHANGED, MW_NEW, MW_CHANGED };
/* Stores a notice (sections with texts), its snapshot, version, facts and search rows. The same content changes nothing. */
enum mw_rc mw_ingest(struct mw_store *s, struct mw_rules *r, const struct mw_notice *n, enum mw_ingest *what, struct mw_err *err);
/* Many notices faster: between begin and end, transactions hold up to a batch; a crash loses at most the open batch,
 * which the next import brings again. */
enum mw_rc mw_ingest_begin(struct mw_store *s, struct mw_err *err);
enum mw_rc mw_ingest_end(struct mw_store *s, struct mw_err *err);

/* --- reading -------------------------------------------------------------------------------------------------------- */
struct mw_stored {
    int64_t id;
    struct mw_notice notice;
    struct mw_sv plain;
    struct mw_list facts;       /* struct mw_fact */
    struct mw_sv first_seen, last_changed; /* RFC 3339 */
    int64_t versions;
};
/* By address. MW_NOT_FOUND: none; the sentence names the nearest address where one is near. */
enum mw_rc mw_store_get(struct mw_stored *out, struct mw_arena *a, struct mw_store *s, struct mw_sv url, struct mw_err *err);
/* Every notice in order of its address. fn returns false to stop. */
typedef bool mw_stored_fn(void *ctx, const struct mw_stored *n);
enum mw_rc mw_store_each(struct mw_store *s, mw_stored_fn *fn, void *ctx, struct mw_err *err);
enum mw_rc mw_store_count(struct mw_store *s, int64_t *notices, struct mw_err *err);

/* --- search.c --------------------------------------------------------------------------------------------------------- */
struct mw_hit {
    int64_t id;
    struct mw_sv url, title, source, snippet; /* snippet: matched words between \x01 and \x02 */
    int64_t score_milli;                      /* thousandths; for order and display */
    enum mw_status status;
    struct mw_day deadline;
};
struct mw_hits { int64_t total; struct mw_list hits; /* struct mw_hit, best first */ };
/* Never an SQL or FTS5 error, whatever is typed. */
enum mw_rc mw_search(struct mw_hits *out, struct mw_arena *a, struct mw_store *s, struct mw_sv query, size_t limit, size_t offset,
    struct mw_day today, struct mw_err *err);

/* --- match.c ------------------------------------------------------------------------------------------------------------ */
struct mw_match { struct mw_hit hit; struct mw_verdict verdict; };
/* Fitting first, then unknown, with all the ineligible last: struct mw_match appended to out. */
enum mw_rc mw_match(struct mw_list *out, struct mw_arena *a, struct mw_store *s, struct mw_rules *r, const struct mw_profile *p,
    struct mw_day today, bool all, size_t limit, enum mw_lang lang, struct mw_err *err);

#endif
