/* The states a notice has been in, oldest first; each names its snapshot. */
#include "index/db.h"

const char MW_VERSION_SCHEMA[] = "CREATE TABLE version("
                                 " notice INTEGER NOT NULL REFERENCES notice(id) ON DELETE CASCADE,"
                                 " n INTEGER NOT NULL,"          /* from 1 */
                                 " seen TEXT NOT NULL,"          /* RFC 3339: when it was first seen so */
                                 " snapshot BLOB NOT NULL REFERENCES snapshot(hash),"
                                 " PRIMARY KEY(notice, n)"
                                 ") STRICT, WITHOUT ROWID;";
static const char ADD[] = "INSERT INTO version VALUES(?1, 1 + (SELECT coalesce(max(n), 0) FROM version WHERE notice = ?1), ?2, ?3)";
static const char COUNT[] = "SELECT count(*) FROM version WHERE notice = ?1";
static const char LIST[] = "SELECT n, seen, snapshot FROM version WHERE notice = ?1 ORDER BY n";
static const char SINCE[] = "SELECT notice FROM version WHERE seen >= ?1 GROUP BY notice ORDER BY max(seen) DESC, notice";

enum mw_rc mw_version_add(struct mw_store *s, int64_t notice, struct mw_sv seen, const unsigned char snapshot[MW_HASH],
                          struct mw_err *err)
{
    return mw_q_run(s, err, ADD, "itb", notice, seen, mw_sv_n((const char *)snapshot, MW_HASH));
}

enum mw_rc mw_version_count(struct mw_store *s, int64_t notice, int64_t *n, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q_row(&st, s, err, COUNT, "i", notice);

    if (rc == MW_OK) {
        *n = sqlite3_column_int64(st, 0);
        sqlite3_reset(st);
    }
    return rc;
}

enum mw_rc mw_store_versions(struct mw_list *out, struct mw_arena *a, struct mw_store *s, int64_t notice, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q(&st, s, err, LIST, "i", notice);

    while (rc == MW_OK && (rc = mw_q_step(s, st, err)) == MW_OK) {
        struct mw_version *v = mw_list_add(a, out, sizeof *v);
        struct mw_sv hash = mw_arena_copy(a, mw_q_blob(st, 2));
        if (v == NULL || hash.p == NULL)
            rc = mw_nomem(err);
        if (rc == MW_OK) {
            v->n = sqlite3_column_int64(st, 0);
            v->seen = mw_arena_copy(a, mw_q_text(st, 1));
            rc = mw_snapshot_get(&v->record, a, s, hash, err);
        }
        if (rc != MW_OK)
            sqlite3_reset(st);
    }
    return rc == MW_NOT_FOUND ? MW_OK : rc;
}

enum mw_rc mw_store_changed(struct mw_list *out, struct mw_arena *a, struct mw_store *s, struct mw_day since, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str day = MW_STR_INIT;
    struct mw_list ids = { 0 };
    sqlite3_stmt *st = NULL;

    mw_day_iso(&day, since);
    enum mw_rc rc = mw_read_begin(s, err);
    if (rc != MW_OK)
        return rc;
    rc = mw_q(&st, s, err, SINCE, "t", mw_sv(mw_str_z(&day)));
    if (rc == MW_OK)
        rc = mw_q_ids(&ids, a, s, st, err);
    for (size_t i = 0; i < ids.n && rc == MW_OK; i++) {
        struct mw_stored *n = mw_list_add(a, out, sizeof *n);
        rc = n != NULL ? mw_notice_head(n, a, s, *MW_AT(ids, int64_t, i), err) : mw_nomem(err);
    }
    mw_read_end(s);
    return rc;
}
