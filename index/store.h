/* The cellar: one SQLite file with every notice, its versions, its facts and the search tables.
 *
 * WAL, STRICT tables, foreign keys, user_version migrations. A database from a newer program, of another analyser version
 * or that is no database at all is refused with a sentence that says the cure. One C file per table owns its SQL.
 * Searching stands in search.h, matching a profile in match.h. */
#ifndef MW_INDEX_STORE_H
#define MW_INDEX_STORE_H

#include "lib/language/analyse.h"
#include "rules/engine/rules.h"

struct mw_store;
enum mw_store_mode { MW_STORE_READ, MW_STORE_WRITE }; /* READ never creates or changes anything */
/* The analyser is borrowed and must outlive the store; one store is not for several threads at once. A reader works while
 * another process writes. A second writer waits some seconds, then MW_DB says that another is in the way. Errors: MW_DB (no
 * file, not ours, damaged, too new, another analyser), MW_OUTPUT (may not be written, disk full). */
enum mw_rc mw_store_open(struct mw_store **out, const char *path, enum mw_store_mode mode, struct mw_analyser *an,
    struct mw_err *err);
void mw_store_close(struct mw_store *s); /* what an open batch holds is dropped: end it before */
static inline void mw_store_closep(struct mw_store **s) { mw_store_close(*s); }
void mw_store_patience(struct mw_store *s, int milliseconds); /* how long to wait for another writer; 5000 at first */
/* Makes the search tables anew from the stored texts, for the analyser given: the cure for a changed word list. The notices,
 * versions and facts stay as they are. An interrupted run leaves a database that asks for the same cure. */
enum mw_rc mw_store_reindex(const char *path, struct mw_analyser *an, int64_t *notices, struct mw_err *err);

/* --- ingest.c --------------------------------------------------------------------------------------------------------- */
enum mw_ingest { MW_UNCHANGED, MW_NEW, MW_CHANGED };
/* Stores a notice (every section with its text), its snapshot, version, facts and search rows, in one transaction. The same
 * content changes nothing; another time of fetching is no other content. r NULL: no facts are made. The version is dated
 * by fetched_at, where that is missing by today. Of two crawled sources that publish one address the fuller text is kept, with
 * the days that either of them moved last, so that they do not take turns. On an error nothing of this notice is stored. */
enum mw_rc mw_ingest(struct mw_store *s, struct mw_rules *r, const struct mw_notice *n, struct mw_day today,
    enum mw_ingest *what, struct mw_err *err);
/* The same in two steps, of which the first needs no store and may be done by another thread: p, and what it points to, lives in the arena or
 * in n. a: where the second step works, the same or another. packer (reply.h): the first one also packs what is stored if it is new; NULL: the
 * second does. */
struct mw_prepared;
struct mw_packer;
enum mw_rc mw_ingest_prepare(struct mw_prepared **out, struct mw_arena *a, const struct mw_notice *n, struct mw_day today, struct mw_packer *packer,
    struct mw_err *err);
enum mw_rc mw_ingest_prepared(struct mw_store *s, struct mw_rules *r, struct mw_arena *a, const struct mw_prepared *p, enum mw_ingest *what,
    struct mw_err *err);
/* Many notices faster: between begin and end, transactions hold up to a batch; a crash, or an error of the database itself,
 * loses at most the open batch, which the next import brings again. */
enum mw_rc mw_ingest_begin(struct mw_store *s, struct mw_err *err);
enum mw_rc mw_ingest_end(struct mw_store *s, struct mw_err *err);
/* Takes a notice out with everything that belongs to it. MW_NOT_FOUND: there is none. */
enum mw_rc mw_store_remove(struct mw_store *s, struct mw_sv url, struct mw_err *err);
/* How many notices have facts that other rules made (or none): 0 in no time where all are of these rules. */
enum mw_rc mw_facts_stale(struct mw_store *s, uint64_t rules, int64_t *stale, struct mw_err *err);
/* Whether there are such: without looking at every notice, as counting them does. */
enum mw_rc mw_facts_any_stale(struct mw_store *s, uint64_t rules, bool *any, struct mw_err *err);
struct mw_facts_of { int type; int64_t facts, notices; }; /* of a fact type: how many, in how many notices */
enum mw_rc mw_facts_tally(struct mw_list *out, struct mw_arena *a, struct mw_store *s, struct mw_err *err);
/* Makes the facts of those notices anew that other rules have read, or none; *renewed says how many. */
enum mw_rc mw_facts_refresh(struct mw_store *s, struct mw_rules *r, int64_t *renewed, struct mw_err *err);

/* --- reading ---------------------------------------------------------------------------------------------------------- */
struct mw_stored {
    int64_t id;
    struct mw_notice notice;
    struct mw_sv plain;
    struct mw_list facts;       /* struct mw_fact */
    struct mw_sv first_seen, last_changed; /* RFC 3339, or a date alone where only the day is known */
    int64_t versions;
};
/* By address. MW_NOT_FOUND: none; the sentence names the nearest address where one is near. */
enum mw_rc mw_store_get(struct mw_stored *out, struct mw_arena *a, struct mw_store *s, struct mw_sv url, struct mw_err *err);
/* Every notice in order of its address. fn returns false to stop; what it is given lives until it returns. */
typedef bool mw_stored_fn(void *ctx, const struct mw_stored *n);
enum mw_rc mw_store_each(struct mw_store *s, mw_stored_fn *fn, void *ctx, struct mw_err *err);
enum mw_rc mw_store_count(struct mw_store *s, int64_t *notices, struct mw_err *err);

struct mw_version {
    int64_t n;           /* from 1, oldest first */
    struct mw_sv seen;   /* when it was first seen so */
    struct mw_sv record; /* the notice then, as one object of the interchange format */
};
/* The states a notice (mw_stored.id) has been in: struct mw_version appended to out. */
enum mw_rc mw_store_versions(struct mw_list *out, struct mw_arena *a, struct mw_store *s, int64_t notice, struct mw_err *err);
/* The notices that have a version of that day or later, the latest change first: struct mw_stored appended to out, without
 * sections, plain text and facts. */
enum mw_rc mw_store_changed(struct mw_list *out, struct mw_arena *a, struct mw_store *s, struct mw_day since, struct mw_err *err);

#endif
