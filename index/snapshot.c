/* What the source gave, byte for byte, compressed, each content once: the ground every version can be read from again. */
#include "index/db.h"

#include <stdlib.h>

#include <openssl/sha.h>

#include "lib/core/library.h"

/* Its SHA-256 uses what processors have for it, that of libsodium five times as long. */
#define MW_CRYPTO_CALLS(X) X(SHA256)
MW_LIBRARY_DECLARE(mw_crypto, MW_CRYPTO_CALLS);
MW_LIBRARY_DEFINE(mw_crypto, MW_CRYPTO_CALLS, MW_SONAME_CRYPTO, "libssl3")

const char MW_SNAPSHOT_SCHEMA[] = "CREATE TABLE snapshot("
                                  " id INTEGER PRIMARY KEY,"
                                  " hash BLOB NOT NULL UNIQUE,"  /* SHA-256 of the record */
                                  " size INTEGER NOT NULL,"      /* of the record, uncompressed */
                                  " record BLOB NOT NULL"        /* zstd; one object of the interchange format */
                                  ") STRICT;";
static const char PUT[] = "INSERT INTO snapshot(hash, size, record) VALUES(?1, ?2, ?3) ON CONFLICT(hash) DO NOTHING";
static const char GET[] = "SELECT size, record FROM snapshot WHERE hash = ?1";

enum { LEVEL = 3, SMALL_LEVEL = 1, SMALL = 4096, RECORD_MAX = 1 << 28 };

enum mw_rc mw_snapshot_hash(unsigned char out[MW_HASH], struct mw_sv bytes, struct mw_err *err)
{
    _Static_assert(MW_HASH == SHA256_DIGEST_LENGTH, "SHA-256");
    enum mw_rc rc = mw_crypto_open(err);
    if (rc == MW_OK)
        mw_crypto->SHA256((const unsigned char *)bytes.p, bytes.n, out);
    return rc;
}

size_t mw_pack(struct mw_store *s, char *to, size_t cap, struct mw_sv bytes, int level)
{
    if (s->packer == NULL)
        s->packer = ZSTD_createCCtx();
    return s->packer != NULL ? ZSTD_compressCCtx(s->packer, to, cap, bytes.p, bytes.n, level) : ZSTD_compress(to, cap, bytes.p, bytes.n, level);
}

void mw_pack_end(struct mw_store *s)
{
    ZSTD_freeCCtx(s->packer);
    s->packer = NULL;
}

static int level_of(struct mw_sv bytes) { return bytes.n < SMALL ? SMALL_LEVEL : LEVEL; } /* small ones become no smaller by more */

enum mw_rc mw_snapshot_pack(struct mw_sv *packed, struct mw_packer *p, struct mw_arena *a, struct mw_sv bytes, struct mw_err *err)
{
    size_t cap = ZSTD_compressBound(bytes.n);
    char *room = malloc(cap);
    size_t n = room != NULL ? ZSTD_compressCCtx(p->zstd, room, cap, bytes.p, bytes.n, level_of(bytes)) : 0;

    *packed = room != NULL && !ZSTD_isError(n) ? mw_arena_copy(a, mw_sv_n(room, n)) : MW_SV_NONE;
    free(room);
    return packed->p != NULL ? MW_OK : mw_nomem(err);
}

enum mw_rc mw_snapshot_put(struct mw_store *s, const unsigned char hash[MW_HASH], struct mw_sv bytes, struct mw_sv packed, struct mw_err *err)
{
    struct mw_sv key = mw_sv_n((const char *)hash, MW_HASH);

    if (packed.p != NULL)
        return mw_q_run(s, err, PUT, "bib", key, (int64_t)bytes.n, packed);
    size_t cap = ZSTD_compressBound(bytes.n);
    char *room = sqlite3_malloc64(cap);
    if (room == NULL)
        return mw_nomem(err);
    size_t n = mw_pack(s, room, cap, bytes, level_of(bytes));
    enum mw_rc rc = ZSTD_isError(n) ? mw_nomem(err) : mw_q_run(s, err, PUT, "bib", key, (int64_t)bytes.n, mw_sv_n(room, n));
    sqlite3_free(room);
    return rc;
}

enum mw_rc mw_snapshot_get(struct mw_sv *out, struct mw_arena *a, struct mw_store *s, struct mw_sv hash, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q_row(&st, s, err, GET, "b", hash);

    if (rc != MW_OK)
        return rc == MW_NOT_FOUND ? mw_fail(err, MW_DB, "The database \"%s\" lacks a snapshot that it names.", s->path) : rc;
    int64_t size = sqlite3_column_int64(st, 0);
    struct mw_sv packed = mw_q_blob(st, 1);
    char *bytes = size >= 0 && size <= RECORD_MAX ? mw_arena_alloc(a, (size_t)size + 1) : NULL;
    size_t n = bytes != NULL && packed.p != NULL ? ZSTD_decompress(bytes, (size_t)size, packed.p, packed.n) : 0;
    *out = mw_sv_n(bytes, n);
    sqlite3_reset(st);
    if (bytes == NULL || ZSTD_isError(n) || n != (size_t)size)
        return mw_db_damaged(s, "snapshot", err);
    return MW_OK;
}
