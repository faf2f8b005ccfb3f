/* Statements compiled once, their values and rows, and what errors of the database mean for a person. */
#include "index/db.h"

#include <stdarg.h>

/* --- errors --------------------------------------------------------------------------------------------------------- */

enum mw_rc mw_db_damaged(struct mw_store *s, const char *what, struct mw_err *err)
{
    return mw_fail(err, MW_DB, "The database \"%s\" is damaged (%s). Restore a copy, or remove it and run `mittelweg import` again.", s->path, what);
}

enum mw_rc mw_db_fail(struct mw_store *s, struct mw_err *err)
{
    int code = sqlite3_extended_errcode(s->db);

    switch (code & 0xff) {
    case SQLITE_NOMEM:
        return mw_nomem(err);
    case SQLITE_FULL:
        return mw_fail(err, MW_OUTPUT, "There is no room left to write \"%s\". What was stored before is safe; make room and run "
                       "the command again.", s->path);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return mw_fail(err, MW_DB, "Another program is writing to \"%s\". Try again when it has finished.", s->path);
    case SQLITE_NOTADB:
        return mw_fail(err, MW_DB, "\"%s\" is no database of Mittelweg. Name another file with --db.", s->path);
    case SQLITE_CORRUPT:
        return mw_db_damaged(s, sqlite3_errmsg(s->db), err);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return mw_fail(err, MW_OUTPUT, "\"%s\" may be read but not written. Check the permissions of the file and its folder.",
                       s->path);
    case SQLITE_CANTOPEN:
        return mw_fail(err, s->mode == MW_STORE_WRITE ? MW_OUTPUT : MW_DB,
                       "The database \"%s\" cannot be opened. Check that its folder exists and may be used.", s->path);
    case SQLITE_IOERR:
        return mw_fail(err, s->mode == MW_STORE_WRITE ? MW_OUTPUT : MW_DB,
                       "The database \"%s\" could not be read or written (%s). What was stored before is safe.", s->path,
                       sqlite3_errmsg(s->db));
    default:
        return mw_fail(err, MW_DB, "The database \"%s\" reports: %s.", s->path, sqlite3_errmsg(s->db));
    }
}

/* --- statements ------------------------------------------------------------------------------------------------------- */

static enum mw_rc compiled(sqlite3_stmt **out, struct mw_store *s, const char *sql, struct mw_err *err)
{
    for (size_t i = 0; i < s->nq; i++)
        if (s->q[i].sql == sql && !sqlite3_stmt_busy(s->q[i].st)) {
            *out = s->q[i].st;
            return MW_OK;
        }
    if (s->nq == MW_DB_STMTS)
        return mw_fail(err, MW_DB, "The database \"%s\" reports: %s.", s->path, "too many statements");
    if (sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL) != SQLITE_OK)
        return mw_db_fail(s, err);
    s->q[s->nq].sql = sql;
    s->q[s->nq++].st = *out;
    return MW_OK;
}

static int bind_one(sqlite3_stmt *st, int i, char type, va_list *args)
{
    if (type == 'i')
        return sqlite3_bind_int64(st, i, va_arg(*args, int64_t));
    struct mw_sv v = va_arg(*args, struct mw_sv);
    if (v.p == NULL)
        return sqlite3_bind_null(st, i);
    return type == 't' ? sqlite3_bind_text64(st, i, v.p, v.n, SQLITE_STATIC, SQLITE_UTF8)
                       : sqlite3_bind_blob64(st, i, v.p, v.n, SQLITE_STATIC);
}

static enum mw_rc bound(sqlite3_stmt **out, struct mw_store *s, struct mw_err *err, const char *sql, const char *types,
                        va_list *args)
{
    enum mw_rc rc = compiled(out, s, sql, err);
    int code = SQLITE_OK;

    if (rc != MW_OK)
        return rc;
    for (int i = 0; types[i] != '\0' && code == SQLITE_OK; i++)
        code = bind_one(*out, i + 1, types[i], args);
    return code == SQLITE_OK ? MW_OK : mw_db_fail(s, err);
}

enum mw_rc mw_q(sqlite3_stmt **out, struct mw_store *s, struct mw_err *err, const char *sql, const char *types, ...)
{
    va_list args;
    va_start(args, types);
    enum mw_rc rc = bound(out, s, err, sql, types, &args);
    va_end(args);
    return rc;
}

enum mw_rc mw_q_step(struct mw_store *s, sqlite3_stmt *st, struct mw_err *err)
{
    int code = sqlite3_step(st);

    if (code == SQLITE_ROW)
        return MW_OK;
    enum mw_rc rc = code == SQLITE_DONE ? MW_NOT_FOUND : mw_db_fail(s, err);
    sqlite3_reset(st);
    return rc;
}

enum mw_rc mw_q_row(sqlite3_stmt **out, struct mw_store *s, struct mw_err *err, const char *sql, const char *types, ...)
{
    va_list args;
    va_start(args, types);
    enum mw_rc rc = bound(out, s, err, sql, types, &args);
    va_end(args);
    return rc == MW_OK ? mw_q_step(s, *out, err) : rc;
}

enum mw_rc mw_q_run(struct mw_store *s, struct mw_err *err, const char *sql, const char *types, ...)
{
    sqlite3_stmt *st = NULL;
    va_list args;
    va_start(args, types);
    enum mw_rc rc = bound(&st, s, err, sql, types, &args);
    va_end(args);
    if (rc == MW_OK && (rc = mw_q_step(s, st, err)) == MW_OK)
        sqlite3_reset(st);
    return rc == MW_NOT_FOUND ? MW_OK : rc;
}

enum mw_rc mw_q_ids(struct mw_list *out, struct mw_arena *a, struct mw_store *s, sqlite3_stmt *st, struct mw_err *err)
{
    enum mw_rc rc;

    while ((rc = mw_q_step(s, st, err)) == MW_OK) {
        int64_t *id = mw_list_add(a, out, sizeof *id);
        if (id == NULL) {
            sqlite3_reset(st);
            return mw_nomem(err);
        }
        *id = sqlite3_column_int64(st, 0);
    }
    return rc == MW_NOT_FOUND ? MW_OK : rc;
}

enum mw_rc mw_q_number(int64_t *out, struct mw_store *s, const char *sql, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q_row(&st, s, err, sql, "");

    if (rc == MW_OK) {
        *out = sqlite3_column_int64(st, 0);
        sqlite3_reset(st);
    }
    return rc;
}

enum mw_rc mw_db_exec(struct mw_store *s, const char *sql, struct mw_err *err)
{
    return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK ? MW_OK : mw_db_fail(s, err);
}

struct mw_sv mw_q_text(sqlite3_stmt *st, int col)
{
    const unsigned char *p = sqlite3_column_text(st, col);
    return p == NULL ? MW_SV_NONE : mw_sv_n((const char *)p, (size_t)sqlite3_column_bytes(st, col));
}

struct mw_sv mw_q_blob(sqlite3_stmt *st, int col)
{
    const void *p = sqlite3_column_blob(st, col);
    return p == NULL ? MW_SV_NONE : mw_sv_n(p, (size_t)sqlite3_column_bytes(st, col));
}
