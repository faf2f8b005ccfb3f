/* Transactions: one state for reading, batches for writing, and what is kept of a state until something is written. */
#include "index/db.h"

#include <stdlib.h>

static const char VERSION[] = "PRAGMA data_version";
static const char WHOLE[] = "SAVEPOINT whole";
static const char RELEASE[] = "RELEASE whole";

enum mw_rc mw_read_begin(struct mw_store *s, struct mw_err *err)
{
    if (s->open)
        return MW_OK; /* the writing transaction is the state to see */
    if (s->reading == 0) {
        enum mw_rc rc = mw_db_exec(s, "BEGIN", err);
        if (rc != MW_OK)
            return rc;
    }
    if (s->reading++ == 0)
        s->stamped = false;
    return MW_OK;
}

void mw_read_end(struct mw_store *s)
{
    if (!s->open && s->reading > 0 && --s->reading == 0)
        sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL); /* of a read: cannot lose anything */
}

/* Inside one read nothing changes: it is asked once. */
static enum mw_rc stamp_now(struct mw_stamp *out, struct mw_store *s, struct mw_err *err)
{
    bool one_read = s->reading > 0 && !s->open;
    enum mw_rc rc = MW_OK;

    if (!one_read || !s->stamped) {
        s->stamp.changes = sqlite3_total_changes64(s->db);
        rc = mw_q_number(&s->stamp.version, s, VERSION, err);
    }
    s->stamped = one_read && rc == MW_OK;
    *out = s->stamp;
    return rc;
}

enum mw_rc mw_keep(void **kept, size_t size, mw_load_fn *load, mw_drop_fn *drop, struct mw_store *s, struct mw_err *err)
{
    struct mw_stamp now, *old = *kept;
    enum mw_rc rc = stamp_now(&now, s, err);

    if (rc != MW_OK || (old != NULL && old->version == now.version && old->changes == now.changes))
        return rc;
    struct mw_stamp *made = calloc(1, size);
    rc = made != NULL ? load(made, s, err) : mw_nomem(err);
    if (rc != MW_OK) {
        drop(made);
        return rc;
    }
    *made = now;
    drop(old);
    *kept = made;
    return MW_OK;
}

enum mw_rc mw_write_begin(struct mw_store *s, struct mw_err *err)
{
    if (s->mode != MW_STORE_WRITE)
        return mw_fail(err, MW_DB, "The database \"%s\" was opened for reading only.", s->path);
    enum mw_rc rc = s->open ? MW_OK : mw_db_exec(s, "BEGIN IMMEDIATE", err);
    s->open = rc == MW_OK;
    return rc;
}

void mw_write_rollback(struct mw_store *s)
{
    if (!sqlite3_get_autocommit(s->db)) /* a full disk rolls back by itself */
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    mw_builder_clear(s->builder);
    mw_words_forget(s);
    s->open = false;
    s->pending = s->weight = s->worded = 0;
    s->unindexed = 0;
}

enum mw_rc mw_write_commit(struct mw_store *s, struct mw_err *err)
{
    if (!s->open)
        return MW_OK;
    enum mw_rc rc = mw_words_write(s, err);
    if (rc == MW_OK)
        rc = mw_segment_write(s, s->builder, err);
    if (rc == MW_OK)
        rc = mw_db_exec(s, "COMMIT", err);
    if (rc != MW_OK) {
        mw_write_rollback(s);
        return rc;
    }
    mw_builder_clear(s->builder);
    s->open = false;
    s->pending = s->weight = s->worded = 0;
    return MW_OK;
}

/* SQLite may have taken everything back already. */
static bool is_lost(const struct mw_store *s, enum mw_rc rc)
{
    return rc == MW_DB || rc == MW_OUTPUT || rc == MW_NOMEM || sqlite3_get_autocommit(s->db);
}

enum mw_rc mw_write_done(struct mw_store *s, enum mw_rc rc, struct mw_err *err)
{
    if (rc == MW_OK)
        return s->batch ? MW_OK : mw_write_commit(s, err);
    if (!s->batch || is_lost(s, rc))
        mw_write_rollback(s);
    return rc;
}

enum mw_rc mw_write_lost(struct mw_store *s, enum mw_rc rc, struct mw_err *err)
{
    mw_write_rollback(s);
    if (rc == MW_DB || rc == MW_OUTPUT || rc == MW_NOMEM)
        return rc;
    if (err != NULL)
        err->rc = MW_DB;
    return MW_DB;
}

enum mw_rc mw_whole_begin(struct mw_store *s, struct mw_err *err)
{
    enum mw_rc rc = mw_q_run(s, err, WHOLE, "");
    if (rc != MW_OK)
        mw_write_rollback(s);
    return rc;
}

enum mw_rc mw_whole_end(struct mw_store *s, enum mw_rc rc, struct mw_err *err)
{
    if (rc == MW_OK)
        return mw_q_run(s, err, RELEASE, "");
    if (is_lost(s, rc) || sqlite3_exec(s->db, "ROLLBACK TO whole; RELEASE whole", NULL, NULL, NULL) != SQLITE_OK)
        mw_write_rollback(s);
    return rc;
}
