/* Chunks: see chunk.h. An entry is: letters shared with the term before, letters that follow, those letters, number of postings,
 * bytes of the list, the list. Numbers are written in sevens of bits, the low ones first. A list may go on in the next chunk,
 * what stands before it may not; the first term that begins in a chunk shares nothing. */
#include "index/chunk.h"

#include <string.h>

const char MW_CHUNK_SCHEMA[] =
    "DROP TABLE posting;"            /* what stood there is asked for as `mittelweg reindex` */
    "DELETE FROM segment;"
    "CREATE TABLE chunk("
    " id INTEGER PRIMARY KEY,"       /* segment * 2^32 + number */
    " segment INTEGER NOT NULL,"
    " first TEXT,"                   /* the first term that begins here; NULL: none does */
    " at INTEGER NOT NULL,"          /* where: before that a list goes on */
    " bytes BLOB NOT NULL"
    ") STRICT;"
    "CREATE UNIQUE INDEX chunk_by_term ON chunk(segment, first) WHERE first IS NOT NULL;";
static const char ADD[] = "INSERT INTO chunk VALUES(?1, ?2, ?3, ?4, ?5)";
static const char FROM[] =
    "SELECT at, bytes FROM chunk WHERE id >= coalesce((SELECT id FROM chunk WHERE segment = ?1 AND first <= ?2"
    " ORDER BY first DESC LIMIT 1), ?1 << 32) AND id < ((?1 + 1) << 32) ORDER BY id";
static const char DELETE[] = "DELETE FROM chunk WHERE id >= ?1 << 32 AND id < ((?1 + 1) << 32)";
static const char CLEAR[] = "DELETE FROM chunk";

/* What a page of 4,096 bytes holds of one row, less the columns beside: a row that is larger would take a second page. */
enum { ROOM = 4046 };

/* --- reading ---------------------------------------------------------------------------------------------------------------- */

static enum mw_rc next_chunk(struct mw_stream *e, struct mw_err *err)
{
    enum mw_rc rc = e->st != NULL ? mw_q_step(e->s, e->st, err) : MW_NOT_FOUND;

    e->chunk = rc == MW_OK ? mw_q_blob(e->st, 1) : MW_SV_NONE;
    e->at = 0;
    if (rc != MW_OK)
        e->st = NULL;
    return rc;
}

enum mw_rc mw_stream_open(struct mw_stream *e, struct mw_store *s, int64_t segment, struct mw_sv from, bool lists, struct mw_err *err)
{
    *e = (struct mw_stream){ .s = s, .lists = lists, .word = MW_STR_INIT, .joined = MW_STR_INIT };
    enum mw_rc rc = mw_q(&e->st, s, err, FROM, "it", segment, from);

    if (rc == MW_OK)
        rc = next_chunk(e, err);
    if (rc == MW_OK)
        e->at = (size_t)sqlite3_column_int64(e->st, 0);
    return rc == MW_NOT_FOUND ? MW_OK : rc;
}

void mw_stream_close(struct mw_stream *e)
{
    sqlite3_reset(e->st); /* NULL is fine */
    mw_str_free(&e->word);
    mw_str_free(&e->joined);
}

static bool number(struct mw_stream *e, size_t *out)
{
    *out = 0;
    for (int shift = 0; shift < 32 && e->at < e->chunk.n; shift += 7) {
        unsigned char c = (unsigned char)e->chunk.p[e->at++];
        *out |= (size_t)(c & 127) << shift;
        if (c < 128)
            return true;
    }
    return false;
}

/* The list, joined where it lies in several chunks. */
static enum mw_rc read_list(struct mw_stream *e, struct mw_err *err)
{
    size_t rest = e->bytes, here = e->chunk.n - e->at;

    e->list = MW_SV_NONE;
    if (rest <= here) {
        e->list = e->lists ? mw_sv_n(e->chunk.p + e->at, rest) : MW_SV_NONE;
        e->at += rest;
        return MW_OK;
    }
    mw_str_clear(&e->joined);
    for (;; here = e->chunk.n) {
        size_t part = rest < here ? rest : here;
        if (e->lists)
            mw_str_add(&e->joined, mw_sv_n(e->chunk.p + e->at, part));
        e->at += part;
        rest -= part;
        if (rest == 0)
            break;
        enum mw_rc rc = next_chunk(e, err);
        if (rc != MW_OK)
            return rc == MW_NOT_FOUND ? mw_db_damaged(e->s, "chunk", err) : rc;
    }
    e->list = e->lists ? mw_str_sv(&e->joined) : MW_SV_NONE;
    return mw_str_ok(&e->joined) ? MW_OK : mw_nomem(err);
}

enum mw_rc mw_stream_next(struct mw_stream *e, struct mw_err *err)
{
    size_t shared, more, n;

    while (e->at >= e->chunk.n) {
        enum mw_rc rc = next_chunk(e, err);
        if (rc != MW_OK)
            return rc;
    }
    if (!number(e, &shared) || !number(e, &more) || shared > e->word.n || more > e->chunk.n - e->at)
        return mw_db_damaged(e->s, "chunk", err);
    e->word.n = shared;
    mw_str_add(&e->word, mw_sv_n(e->chunk.p + e->at, more));
    e->at += more;
    if (!number(e, &n) || !number(e, &e->bytes) || n > e->bytes / 2)
        return mw_db_damaged(e->s, "chunk", err);
    e->n = (uint32_t)n;
    e->term = mw_str_sv(&e->word);
    return mw_str_ok(&e->word) ? read_list(e, err) : mw_nomem(err);
}

enum mw_rc mw_stream_find(struct mw_stream *e, struct mw_sv term, struct mw_err *err)
{
    enum mw_rc rc;
    int order = -1;

    while ((rc = mw_stream_next(e, err)) == MW_OK && (order = mw_sv_cmp(e->term, term)) < 0)
        ;
    return rc == MW_OK && order > 0 ? MW_NOT_FOUND : rc;
}

/* --- writing ---------------------------------------------------------------------------------------------------------------- */

static void add_number(struct mw_str *out, size_t v)
{
    for (; v >= 128; v >>= 7)
        mw_str_addc(out, (char)(v | 128));
    mw_str_addc(out, (char)v);
}

static enum mw_rc flush(struct mw_stream_out *w, struct mw_err *err)
{
    if (w->chunk.n == 0)
        return MW_OK;
    if (!mw_str_ok(&w->chunk) || !mw_str_ok(&w->first) || !mw_str_ok(&w->last))
        return mw_nomem(err);
    enum mw_rc rc = mw_q_run(w->s, err, ADD, "iitib", (w->segment << 32) + w->next++, w->segment,
                             w->begun ? mw_str_sv(&w->first) : MW_SV_NONE, (int64_t)w->at, mw_str_sv(&w->chunk));
    mw_str_clear(&w->chunk);
    w->at = 0;
    w->begun = false;
    return rc;
}

static size_t common(struct mw_sv a, struct mw_sv b)
{
    size_t n = 0;
    while (n < a.n && n < b.n && a.p[n] == b.p[n])
        n++;
    return n;
}

static size_t room(const struct mw_stream_out *w, size_t first)
{
    size_t full = w->chunk.n + first;
    return full < ROOM ? ROOM - full : 0;
}

enum mw_rc mw_stream_put(struct mw_stream_out *w, struct mw_sv term, uint32_t n, struct mw_sv list, struct mw_err *err)
{
    enum { NUMBERS = 5 * 4 }; /* bytes of the four numbers, at most */
    enum mw_rc rc = MW_OK;

    if (w->chunk.n > 0 && room(w, w->begun ? w->first.n : term.n) < term.n + NUMBERS)
        rc = flush(w, err);
    if (!w->begun) {
        mw_str_clear(&w->first);
        mw_str_add(&w->first, term);
        w->at = w->chunk.n;
    }
    size_t shared = w->begun ? common(mw_str_sv(&w->last), term) : 0;
    w->begun = true;
    mw_str_clear(&w->last);
    mw_str_add(&w->last, term);
    add_number(&w->chunk, shared);
    add_number(&w->chunk, term.n - shared);
    mw_str_add(&w->chunk, mw_sv_sub(term, shared, term.n));
    add_number(&w->chunk, n);
    add_number(&w->chunk, list.n);
    while (list.n > 0 && rc == MW_OK) {
        size_t part = room(w, w->begun ? w->first.n : 0);
        mw_str_add(&w->chunk, mw_sv_sub(list, 0, part));
        list = mw_sv_sub(list, part, list.n);
        if (list.n > 0)
            rc = flush(w, err);
    }
    return rc;
}

void mw_stream_drop(struct mw_stream_out *w)
{
    mw_str_free(&w->chunk);
    mw_str_free(&w->first);
    mw_str_free(&w->last);
}

enum mw_rc mw_stream_end(struct mw_stream_out *w, struct mw_err *err)
{
    enum mw_rc rc = flush(w, err);
    mw_stream_drop(w);
    return rc;
}

enum mw_rc mw_stream_delete(struct mw_store *s, int64_t segment, struct mw_err *err)
{
    return mw_q_run(s, err, DELETE, "i", segment);
}

enum mw_rc mw_streams_clear(struct mw_store *s, struct mw_err *err)
{
    return mw_q_run(s, err, CLEAR, "");
}
