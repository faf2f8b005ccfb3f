/* Answers in parts of some megabytes, so that the biggest of them never lies in memory as a whole: see reply.h. */
#include "index/reply.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zstd.h>

#include "index/db.h"
#include "lib/core/file.h"

const char MW_REPLY_SCHEMA[] =
    "CREATE TABLE answer("
    " id INTEGER PRIMARY KEY,"
    " source TEXT NOT NULL,"
    " url TEXT NOT NULL,"
    " page TEXT,"                    /* documents: the page that links to it */
    " final TEXT, charset TEXT,"
    " fetched_at TEXT NOT NULL,"
    " UNIQUE(source, url)"
    ") STRICT;"
    "CREATE INDEX answer_by_page ON answer(source, page) WHERE page IS NOT NULL;"
    "CREATE TABLE answer_part("
    " id INTEGER PRIMARY KEY,"       /* parts of an answer in their order */
    " answer INTEGER NOT NULL REFERENCES answer(id) ON DELETE CASCADE,"
    " size INTEGER NOT NULL,"        /* uncompressed */
    " bytes BLOB NOT NULL"           /* zstd */
    ") STRICT;"
    "CREATE INDEX answer_part_of ON answer_part(answer);";
static const char PUT[] = "INSERT INTO answer(source, url, page, final, charset, fetched_at) VALUES(?1, ?2, ?3, ?4, ?5, ?6)"
                          " ON CONFLICT DO UPDATE SET page = ?3, final = ?4, charset = ?5, fetched_at = ?6 RETURNING id";
static const char DROP_PARTS[] = "DELETE FROM answer_part WHERE answer = ?1";
static const char PUT_PART[] = "INSERT INTO answer_part(answer, size, bytes) VALUES(?1, ?2, ?3)";
static const char GET[] = "SELECT page, final, charset, fetched_at, id, (SELECT sum(size) FROM answer_part p WHERE p.answer = answer.id)"
                          " FROM answer WHERE source = ?1 AND url = ?2";
static const char PARTS[] = "SELECT size, bytes FROM answer_part WHERE answer = ?1 ORDER BY id";
static const char DOCUMENTS[] = "SELECT 1 FROM answer WHERE source = ?1 AND page IS NOT NULL LIMIT 1";
static const char LEADS_ON[] = "SELECT 1 FROM answer WHERE source = ?1 AND page = ?2 LIMIT 1";

enum { PART = 4 << 20, SMALL = 32 << 20, LEVEL = 1 };

/* --- packing ahead ------------------------------------------------------------------------------------------------------------ */

struct mw_packer *mw_packer_new(void)
{
    struct mw_packer *p = calloc(1, sizeof *p);
    if (p != NULL && (p->zstd = ZSTD_createCCtx()) == NULL) {
        free(p);
        return NULL;
    }
    return p;
}

void mw_packer_free(struct mw_packer *p)
{
    if (p != NULL)
        ZSTD_freeCCtx(p->zstd);
    free(p);
}

enum mw_rc mw_reply_pack(struct mw_sv *bytes, size_t *unpacked, struct mw_packer *p, struct mw_arena *a, struct mw_err *err)
{
    *unpacked = 0;
    if (bytes->n == 0 || bytes->n > PART) /* nothing, or more than one part */
        return MW_OK;
    size_t cap = ZSTD_compressBound(bytes->n), n = 0;
    char *packed = malloc(cap);
    n = packed != NULL ? ZSTD_compressCCtx(p->zstd, packed, cap, bytes->p, bytes->n, LEVEL) : 0;
    struct mw_sv kept = packed != NULL && !ZSTD_isError(n) ? mw_arena_copy(a, mw_sv_n(packed, n)) : MW_SV_NONE;
    free(packed);
    if (kept.p == NULL)
        return mw_nomem(err);
    *unpacked = bytes->n;
    *bytes = kept;
    return MW_OK;
}

/* --- writing ---------------------------------------------------------------------------------------------------------------- */

static enum mw_rc put_part(struct mw_store *s, int64_t id, struct mw_sv bytes, char *packed, size_t cap, struct mw_err *err)
{
    size_t n = mw_pack(s, packed, cap, bytes, LEVEL);
    return ZSTD_isError(n) ? mw_nomem(err) : mw_q_run(s, err, PUT_PART, "iib", id, (int64_t)bytes.n, mw_sv_n(packed, n));
}

static enum mw_rc put_file(struct mw_store *s, int64_t id, const char *path, char *packed, size_t cap, struct mw_err *err)
{
    FILE *f = fopen(path, "rbe");
    char *buffer = sqlite3_malloc64(PART);
    enum mw_rc rc = f == NULL ? mw_fail(err, MW_IO, "\"%s\" cannot be read: %s.", path, mw_reason(err, errno)) : MW_OK;
    if (rc == MW_OK && buffer == NULL)
        rc = mw_nomem(err);
    for (size_t n; rc == MW_OK && (n = fread(buffer, 1, PART, f)) > 0;)
        rc = put_part(s, id, mw_sv_n(buffer, n), packed, cap, err);
    if (rc == MW_OK && ferror(f) != 0)
        rc = mw_fail(err, MW_IO, "\"%s\" cannot be read: %s.", path, mw_reason(err, errno));
    sqlite3_free(buffer);
    if (f != NULL)
        fclose(f);
    return rc;
}

static enum mw_rc put_bytes(struct mw_store *s, int64_t id, struct mw_sv bytes, char *packed, size_t cap, struct mw_err *err)
{
    enum mw_rc rc = MW_OK;
    for (size_t at = 0; at < bytes.n && rc == MW_OK; at += PART)
        rc = put_part(s, id, mw_sv_sub(bytes, at, PART), packed, cap, err);
    return rc;
}

/* In place of what was kept before. */
static enum mw_rc put(struct mw_store *s, const struct mw_reply *answer, char *packed, size_t cap, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q_row(&st, s, err, PUT, "tttttt", answer->source, answer->url, answer->page, answer->final, answer->charset,
                             answer->fetched_at);
    if (rc != MW_OK)
        return rc;
    int64_t id = sqlite3_column_int64(st, 0);
    sqlite3_reset(st);
    rc = mw_q_run(s, err, DROP_PARTS, "i", id);
    if (rc != MW_OK)
        return rc;
    if (answer->unpacked > 0)
        return mw_q_run(s, err, PUT_PART, "iib", id, (int64_t)answer->unpacked, answer->bytes);
    return answer->path != NULL ? put_file(s, id, answer->path, packed, cap, err) : put_bytes(s, id, answer->bytes, packed, cap, err);
}

enum mw_rc mw_reply_put(struct mw_store *s, const struct mw_reply *answer, struct mw_err *err)
{
    size_t cap = answer->unpacked > 0 ? 1 : ZSTD_compressBound(answer->path == NULL && answer->bytes.n < PART ? answer->bytes.n : PART);
    char *packed = sqlite3_malloc64(cap);
    enum mw_rc rc = packed != NULL ? mw_write_begin(s, err) : mw_nomem(err);

    if (rc == MW_OK)
        rc = mw_whole_begin(s, err);
    if (rc == MW_OK)
        rc = mw_whole_end(s, put(s, answer, packed, cap, err), err);
    sqlite3_free(packed);
    return mw_write_done(s, rc, err);
}

/* --- reading ---------------------------------------------------------------------------------------------------------------- */

/* Every part, unpacked, appended to out or written to f. */
static enum mw_rc unpack(struct mw_str *out, FILE *f, struct mw_store *s, int64_t id, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    char *buffer = sqlite3_malloc64(PART);
    enum mw_rc rc = buffer != NULL ? mw_q(&st, s, err, PARTS, "i", id) : mw_nomem(err);

    while (rc == MW_OK && (rc = mw_q_step(s, st, err)) == MW_OK) {
        struct mw_sv packed = mw_q_blob(st, 1);
        size_t n = ZSTD_decompress(buffer, PART, packed.p, packed.n);
        if (ZSTD_isError(n) || (int64_t)n != sqlite3_column_int64(st, 0))
            rc = mw_db_damaged(s, "answer", err);
        else if (f == NULL)
            mw_str_add(out, mw_sv_n(buffer, n));
        else if (fwrite(buffer, 1, n, f) != n)
            rc = mw_fail(err, MW_OUTPUT, "A temporary file cannot be written: %s.", mw_reason(err, errno));
        if (rc != MW_OK)
            sqlite3_reset(st);
    }
    sqlite3_free(buffer);
    return rc == MW_NOT_FOUND ? MW_OK : rc;
}

static enum mw_rc to_file(struct mw_reply *out, struct mw_arena *a, struct mw_store *s, int64_t id, const char *folder,
                          struct mw_err *err)
{
    struct mw_sv path = mw_arena_printf(a, "%s/answer-%lld", folder, (long long)id);
    FILE *f = path.p != NULL ? fopen(path.p, "wbe") : NULL;
    if (f == NULL)
        return path.p == NULL ? mw_nomem(err) : mw_fail(err, MW_OUTPUT, "\"%s\" cannot be written: %s.", path.p, mw_reason(err, errno));
    enum mw_rc rc = unpack(NULL, f, s, id, err);
    if (fclose(f) != 0 && rc == MW_OK)
        rc = mw_fail(err, MW_OUTPUT, "\"%s\" cannot be written: %s.", path.p, mw_reason(err, errno));
    if (rc != MW_OK)
        unlink(path.p);
    out->path = path.p;
    return rc;
}

enum mw_rc mw_reply_get(struct mw_reply *out, struct mw_arena *a, struct mw_store *s, struct mw_sv source, struct mw_sv url,
                         const char *folder, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str bytes = MW_STR_INIT;
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q_row(&st, s, err, GET, "tt", source, url);

    if (rc != MW_OK)
        return rc;
    *out = (struct mw_reply){ .source = source, .url = url };
    struct mw_sv *const texts[] = { &out->page, &out->final, &out->charset, &out->fetched_at };
    for (int i = 0; i < 4; i++)
        *texts[i] = mw_arena_copy(a, mw_q_text(st, i));
    int64_t id = sqlite3_column_int64(st, 4), size = sqlite3_column_int64(st, 5);
    sqlite3_reset(st);
    if (size > SMALL)
        return to_file(out, a, s, id, folder, err);
    rc = unpack(&bytes, NULL, s, id, err);
    out->bytes = mw_arena_copy(a, mw_sv_n(mw_str_z(&bytes), bytes.n));
    return rc == MW_OK && (!mw_str_ok(&bytes) || out->bytes.p == NULL) ? mw_nomem(err) : rc;
}

static enum mw_rc there_is(bool *out, sqlite3_stmt *st, enum mw_rc rc)
{
    *out = rc == MW_OK;
    if (rc == MW_OK)
        sqlite3_reset(st);
    return rc == MW_NOT_FOUND ? MW_OK : rc;
}

enum mw_rc mw_reply_leads_on(bool *out, struct mw_store *s, struct mw_sv source, struct mw_sv page, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q_row(&st, s, err, LEADS_ON, "tt", source, page);
    return there_is(out, st, rc);
}

enum mw_rc mw_reply_documents(bool *out, struct mw_store *s, struct mw_sv source, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q_row(&st, s, err, DOCUMENTS, "t", source);
    return there_is(out, st, rc);
}
