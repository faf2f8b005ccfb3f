/* The file itself: opening, schema and what it must be to be ours. */
#include "index/db.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUSY_MS = 5000 };

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
