/* The file itself: opening, schema, statements, transactions, and what its errors mean for a person. */
#include "index/db.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUSY_MS = 5000 };
static const char VERSION[] = "PRAGMA data_version";
static const char WHOLE[] = "SAVEPOINT whole";
static const char RELEASE[] = "RELEASE whole";

/* What user_version i becomes i + 1 by. Released steps are never edited; a change of the schema is a new step. */
static const char *const *const MIGRATIONS[MW_DB_VERSION] = {
    (const char *const[]){ MW_META_SCHEMA, MW_SNAPSHOT_SCHEMA, MW_NOTICE_SCHEMA, MW_SECTION_SCHEMA, MW_VERSION_SCHEMA,
                           MW_FACT_SCHEMA, MW_DOC_SCHEMA, MW_POSTING_SCHEMA,
                           NULL },
    (const char *const[]){ MW_LEDGER_SCHEMA, NULL },
    (const char *const[]){ MW_TRAIT_SCHEMA, NULL },
    (const char *const[]){ MW_LEDGER_SCHEMA_4, NULL },
    (const char *const[]){ MW_REPLY_SCHEMA, NULL },
    (const char *const[]){ MW_DOC_SPAN_SCHEMA, NULL },
    (const char *const[]){ MW_LINK_KEY_SCHEMA, MW_LINK_SCHEMA, NULL },
    (const char *const[]){ MW_BRIEF_SCHEMA, NULL },
    (const char *const[]){ MW_CLAIM_SCHEMA, NULL },
    (const char *const[]){ MW_CHUNK_SCHEMA, MW_SECTION_FTS_SCHEMA, NULL },
    (const char *const[]){ MW_FACT_CLOCK_SCHEMA, NULL },
};

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

/* --- transactions ------------------------------------------------------------------------------------------------------- */

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

/* --- opening ------------------------------------------------------------------------------------------------------------ */

static enum mw_rc pragma_int(struct mw_store *s, const char *sql, int64_t *out, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    int code = sqlite3_prepare_v2(s->db, sql, -1, &st, NULL);
    if (code == SQLITE_OK && (code = sqlite3_step(st)) == SQLITE_ROW)
        *out = sqlite3_column_int64(st, 0);
    enum mw_rc rc = code == SQLITE_ROW ? MW_OK : mw_db_fail(s, err);
    sqlite3_finalize(st);
    return rc;
}

static enum mw_rc create(struct mw_store *s, int64_t from, struct mw_err *err)
{
    char set[64];
    enum mw_rc rc = MW_OK;

    for (int64_t v = from; v < MW_DB_VERSION && rc == MW_OK; v++)
        for (size_t i = 0; MIGRATIONS[v][i] != NULL && rc == MW_OK; i++)
            rc = mw_db_exec(s, MIGRATIONS[v][i], err);
    snprintf(set, sizeof set, "PRAGMA application_id = %d; PRAGMA user_version = %d", MW_DB_APPLICATION, MW_DB_VERSION);
    if (rc == MW_OK)
        rc = mw_db_exec(s, set, err);
    return rc == MW_OK && from == 0 ? mw_meta_claim(s, err) : rc;
}

/* Whose file is it, and how old? Creates what a new one needs; another writer may be doing the same, so the answer counts
 * only inside the transaction. */
static enum mw_rc check_file(struct mw_store *s, struct mw_err *err)
{
    int64_t app = 0, version = 0, tables = 0;
    enum mw_rc rc = pragma_int(s, "PRAGMA application_id", &app, err);

    if (rc == MW_OK)
        rc = pragma_int(s, "PRAGMA user_version", &version, err);
    if (rc == MW_OK)
        rc = pragma_int(s, "SELECT count(*) FROM sqlite_schema", &tables, err);
    if (rc != MW_OK)
        return rc;
    if (app != MW_DB_APPLICATION && (app != 0 || tables > 0))
        return mw_fail(err, MW_DB, "\"%s\" is a database of another program. Name another file with --db.", s->path);
    if (version > MW_DB_VERSION)
        return mw_fail(err, MW_DB, "\"%s\" was made by a newer version of Mittelweg. Use that version, or import into a new file.",
                       s->path);
    if (version > 0 && !s->unchecked) { /* an older index is asked for anew before the tables change */
        rc = mw_meta_check(s, err);
        if (rc != MW_OK)
            return rc;
    }
    if (version == MW_DB_VERSION)
        return MW_OK;
    if (s->mode == MW_STORE_READ)
        return version == 0 ? mw_fail(err, MW_DB, "The database \"%s\" is empty. Fill it with `mittelweg import`.", s->path)
                            : mw_fail(err, MW_DB, "The database \"%s\" is of an older version. Any `mittelweg import` brings it up "
                                      "to date.", s->path);
    return create(s, version, err);
}

static enum mw_rc set_up(struct mw_store *s, struct mw_err *err)
{
    sqlite3_extended_result_codes(s->db, 1);
    sqlite3_busy_timeout(s->db, BUSY_MS);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    enum mw_rc rc = mw_db_exec(s, "PRAGMA foreign_keys = ON; PRAGMA secure_delete = OFF; PRAGMA cell_size_check = ON; PRAGMA cache_size = -65536", err);
    if (rc == MW_OK) /* who writes goes through its own pages anyway: mapped, it would have them twice in memory */
        rc = mw_db_exec(s, s->mode == MW_STORE_READ ? "PRAGMA mmap_size = 268435456" : "PRAGMA cache_size = -40960", err);
    if (rc == MW_OK)
        rc = mw_tokenizer_register(s, err);
    if (rc != MW_OK || s->mode == MW_STORE_READ)
        return rc == MW_OK ? check_file(s, err) : rc;
    /* Who the file belongs to is asked before WAL is switched on: that alone would change a stranger's file. */
    rc = mw_write_begin(s, err);
    if (rc == MW_OK)
        rc = check_file(s, err);
    if (rc == MW_OK)
        rc = mw_db_exec(s, "COMMIT", err);
    if (rc != MW_OK)
        mw_write_rollback(s);
    s->open = false;
    return rc == MW_OK ? mw_db_exec(s, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; "
                                    "PRAGMA journal_size_limit = 67108864; PRAGMA wal_autocheckpoint = 8000", err) : rc;
}

/* In a folder that may not be written WAL needs a file that cannot be made; when nobody is writing, none is needed. */
static int open_unwritable(struct mw_store *s)
{
    struct mw_str uri = MW_STR_INIT;
    struct stat st;

    mw_str_addf(&uri, "%s-wal", s->path);
    bool quiet = stat(mw_str_z(&uri), &st) != 0 || st.st_size == 0;
    mw_str_clear(&uri);
    mw_str_addz(&uri, "file:");
    for (const char *p = s->path; *p != '\0'; p++)
        mw_str_addf(&uri, strchr("%?#", *p) != NULL ? "%%%02X" : "%c", (unsigned char)*p);
    mw_str_addz(&uri, "?immutable=1");
    int code = SQLITE_CANTOPEN;
    if (quiet && mw_str_ok(&uri)) {
        sqlite3_close(s->db);
        s->db = NULL;
        code = sqlite3_open_v2(mw_str_z(&uri), &s->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
    }
    mw_str_free(&uri);
    return code;
}

static enum mw_rc open_file(struct mw_store *s, struct mw_err *err)
{
    struct stat st;
    int flags = (s->mode == MW_STORE_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) | SQLITE_OPEN_NOMUTEX; /* one store, one thread */
    bool memory = strcmp(s->path, ":memory:") == 0, there = stat(s->path, &st) == 0;

    if (s->mode == MW_STORE_READ && !memory && !there && errno == ENOENT)
        return mw_fail(err, MW_DB, "There is no database \"%s\" yet. `mittelweg crawl` makes it from the portals, `mittelweg import FILE` from "
                       "files; or name another file with --db.", s->path);
    if (there && !S_ISREG(st.st_mode) && !memory)
        return mw_fail(err, MW_DB, "\"%s\" is no file. Name the database file with --db.", s->path);
    int code = sqlite3_open_v2(s->path, &s->db, flags, NULL);
    if (code == SQLITE_OK && s->mode == MW_STORE_READ && !memory) { /* the first read shows whether WAL works here */
        code = sqlite3_exec(s->db, "PRAGMA schema_version", NULL, NULL, NULL);
        if (code == SQLITE_CANTOPEN || code == SQLITE_READONLY)
            code = open_unwritable(s);
        else
            code = SQLITE_OK; /* other faults are found, and said, in set_up() */
    }
    if (s->db == NULL)
        return mw_nomem(err);
    return code == SQLITE_OK ? set_up(s, err) : mw_db_fail(s, err);
}

static enum mw_rc open_store(struct mw_store **out, const char *path, enum mw_store_mode mode, struct mw_analyser *an,
                             bool unchecked, struct mw_err *err)
{
    struct mw_store *s = calloc(1, sizeof *s);
    enum mw_rc rc;

    *out = NULL;
    if (s != NULL && (s->path = strdup(path)) != NULL && (s->builder = mw_builder_new()) != NULL) {
        s->mode = mode;
        s->an = an;
        s->unchecked = unchecked;
        /* Each known notice of a batch has the pages that it changes noted as they were, for its savepoint: some 90 KB, by default in a file. In
         * memory at most what one statement changes gathers. A limit (a number in place of -1) is also the size of the pieces that go to the
         * file behind it, of which SQLite writes at most 131,071 bytes and calls the rest a full disk. Nobody asks how much memory SQLite
         * takes, and to keep count of it locks at every piece. Once it has begun these do nothing. */
        sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, -1);
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        rc = open_file(s, err);
    } else {
        rc = mw_nomem(err);
    }
    if (rc == MW_OK) {
        *out = s;
        return MW_OK;
    }
    mw_store_close(s);
    return rc;
}

enum mw_rc mw_store_open(struct mw_store **out, const char *path, enum mw_store_mode mode, struct mw_analyser *an,
                         struct mw_err *err)
{
    return open_store(out, path, mode, an, false, err);
}

enum mw_rc mw_store_open_any(struct mw_store **out, const char *path, struct mw_analyser *an, struct mw_err *err)
{
    if (access(path, F_OK) != 0)
        return *out = NULL, mw_fail(err, MW_DB, "There is no database \"%s\" yet. `mittelweg crawl` makes it from the portals, "
                                    "`mittelweg import FILE` from files; or name another file with --db.", path);
    return open_store(out, path, MW_STORE_WRITE, an, true, err);
}

void mw_store_close(struct mw_store *s)
{
    if (s == NULL)
        return;
    if (s->open)
        mw_write_rollback(s);
    for (size_t i = 0; i < s->nq; i++)
        sqlite3_finalize(s->q[i].st);
    sqlite3_close(s->db);
    mw_pack_end(s);
    mw_words_forget(s);
    mw_builder_free(s->builder);
    mw_docs_free(s->docs);
    mw_board_free(s->board);
    mw_lists_free(s->lists);
    mw_segments_free(s->segments);
    mw_spellings_free(s->spellings);
    mw_traits_free(s->traits);
    mw_marks_free(s->marks);
    mw_links_free(s->links);
    mw_saids_free(s->saids);
    free(s->path);
    free(s);
}

void mw_store_patience(struct mw_store *s, int milliseconds)
{
    sqlite3_busy_timeout(s->db, milliseconds);
}
