/* The impact table: for every word the documents that hold it, each with one byte of what the word is worth there.
 *
 * A posting list is (varint: distance to the document before, byte: impact) again and again. Each commit writes its new
 * documents as a segment of its own; when four neighbours of about one size have gathered they become one, so that a list
 * lies in few pieces and every posting is written again only a logarithmic number of times. Nothing is ever rebuilt. */
#include "index/db.h"

#include <stdlib.h>

const char MW_POSTING_SCHEMA[] =
    "CREATE TABLE segment("
    " id INTEGER PRIMARY KEY,"       /* ascending as the documents in them */
    " docs INTEGER NOT NULL,"
    " first INTEGER NOT NULL,"       /* document numbers from ... to */
    " last INTEGER NOT NULL"
    ") STRICT;"
    "CREATE TABLE posting("
    " segment INTEGER NOT NULL,"
    " term TEXT NOT NULL,"
    " bytes BLOB NOT NULL,"
    " PRIMARY KEY(segment, term)"
    ") STRICT, WITHOUT ROWID;";
static const char SEGMENTS[] = "SELECT id, docs, first, last FROM segment ORDER BY id DESC";
static const char SEGMENT_ADD[] = "INSERT INTO segment VALUES(1 + (SELECT coalesce(max(id), 0) FROM segment), ?1, ?2, ?3)";
static const char SEGMENT_DROP[] = "DELETE FROM segment WHERE id = ?1";
static const char ADD[] = "INSERT INTO posting VALUES(?1, ?2, ?3)";
static const char DROP[] = "DELETE FROM posting WHERE segment = ?1";
static const char OF_SEGMENT[] = "SELECT term, bytes FROM posting WHERE segment = ?1 ORDER BY term";
static const char OF_TERM[] = "SELECT bytes FROM segment CROSS JOIN posting ON posting.segment = segment.id AND term = ?1"
                              " ORDER BY segment.id";
static const char TERMS[] = "SELECT term, length(bytes) FROM segment CROSS JOIN posting ON posting.segment = segment.id"
                            " AND term >= ?1 AND term < ?1 || char(0x10ffff)";
static const char EMPTY[] = "DELETE FROM posting; DELETE FROM segment;";

enum { FAN = 4, RUN_MAX = 64 };
struct segment {
    int64_t id, docs, first, last;
};

bool mw_posting_next(struct mw_posting *p)
{
    uint32_t delta = 0;
    for (int shift = 0; shift < 32; shift += 7) {
        if (p->at >= p->end)
            return false;
        unsigned char c = *p->at++;
        delta |= (uint32_t)(c & 127) << shift;
        if (c < 128) {
            if (p->at >= p->end)
                return false;
            p->doc += delta;
            p->impact = *p->at++;
            return true;
        }
    }
    return false;
}

struct mw_posting mw_posting_begin(struct mw_sv bytes)
{
    const unsigned char *p = (const unsigned char *)bytes.p;
    return (struct mw_posting){ .at = p, .end = p + bytes.n };
}

enum mw_rc mw_postings(struct mw_store *s, struct mw_sv term, mw_list_fn *fn, void *ctx, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q(&st, s, err, OF_TERM, "t", term);

    while (rc == MW_OK && (rc = mw_q_step(s, st, err)) == MW_OK)
        fn(ctx, mw_posting_begin(mw_q_blob(st, 0)));
    return rc == MW_NOT_FOUND ? MW_OK : rc;
}

enum mw_rc mw_terms(struct mw_store *s, struct mw_sv begin, mw_term_fn *fn, void *ctx, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q(&st, s, err, TERMS, "t", begin);

    while (rc == MW_OK && (rc = mw_q_step(s, st, err)) == MW_OK)
        if (!fn(ctx, mw_q_text(st, 0), (size_t)sqlite3_column_int64(st, 1))) {
            sqlite3_reset(st);
            return mw_nomem(err);
        }
    return rc == MW_NOT_FOUND ? MW_OK : rc;
}

/* --- writing ------------------------------------------------------------------------------------------------------------ */

struct writer {
    struct mw_store *s;
    int64_t id;
    struct mw_err *err;
};

static enum mw_rc put(void *ctx, struct mw_sv term, struct mw_sv bytes)
{
    struct writer *w = ctx;
    return mw_q_run(w->s, w->err, ADD, "itb", w->id, term, bytes);
}

static enum mw_rc segment_add(struct mw_store *s, const struct segment *g, int64_t *id, struct mw_err *err)
{
    enum mw_rc rc = mw_q_run(s, err, SEGMENT_ADD, "iii", g->docs, g->first, g->last);
    *id = sqlite3_last_insert_rowid(s->db);
    return rc;
}

static int level(int64_t docs)
{
    int l = 0;
    for (; docs >= FAN; docs /= FAN)
        l++;
    return l;
}

/* --- merging ------------------------------------------------------------------------------------------------------------ */

/* The neighbours at the end that are not larger than the newest, newest first; 0: they are too few to be worth it. */
static enum mw_rc find_run(struct mw_store *s, struct segment *run, size_t *n, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q(&st, s, err, SEGMENTS, "");

    *n = 0;
    while (rc == MW_OK && (rc = mw_q_step(s, st, err)) == MW_OK) {
        struct segment g = { sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1), sqlite3_column_int64(st, 2),
                             sqlite3_column_int64(st, 3) };
        if (*n == RUN_MAX || (*n > 0 && level(g.docs) > level(run[0].docs))) {
            sqlite3_reset(st);
            break;
        }
        run[(*n)++] = g;
    }
    if (*n < FAN)
        *n = 0;
    return rc == MW_NOT_FOUND ? MW_OK : rc;
}

struct merge {
    sqlite3_stmt *st[RUN_MAX]; /* oldest first */
    bool more[RUN_MAX];
    size_t n;
    const bool *living;
    int64_t first;
    struct mw_str term, bytes;
};

/* The least term that any of the segments stands at. */
static void least(struct merge *m)
{
    mw_str_clear(&m->term);
    for (size_t i = 0; i < m->n; i++) {
        if (!m->more[i])
            continue;
        struct mw_sv term = mw_q_text(m->st[i], 0);
        if (m->term.n == 0 || mw_sv_cmp(term, mw_str_sv(&m->term)) < 0) {
            mw_str_clear(&m->term);
            mw_str_add(&m->term, term);
        }
    }
}

static void append_living(struct merge *m, struct mw_sv bytes, uint32_t *last, int64_t end)
{
    struct mw_posting p = mw_posting_begin(bytes);
    while (mw_posting_next(&p))
        if (p.doc > *last && p.doc >= m->first && p.doc <= end && m->living[p.doc - m->first])
            mw_posting_add(&m->bytes, last, p.doc, p.impact);
}

static enum mw_rc merge_terms(struct merge *m, struct writer *w, int64_t end)
{
    enum mw_rc rc = MW_OK;

    for (least(m); m->term.n > 0 && rc == MW_OK; least(m)) {
        uint32_t last = 0;
        mw_str_clear(&m->bytes);
        for (size_t i = 0; i < m->n && (rc == MW_OK || rc == MW_NOT_FOUND); i++) {
            if (!m->more[i] || !mw_sv_eq(mw_q_text(m->st[i], 0), mw_str_sv(&m->term)))
                continue;
            append_living(m, mw_q_blob(m->st[i], 1), &last, end);
            rc = mw_q_step(w->s, m->st[i], w->err);
            m->more[i] = rc == MW_OK;
        }
        if (rc == MW_NOT_FOUND)
            rc = MW_OK;
        if (rc == MW_OK && (!mw_str_ok(&m->bytes) || !mw_str_ok(&m->term)))
            rc = mw_nomem(w->err);
        if (rc == MW_OK && m->bytes.n > 0)
            rc = put(w, mw_str_sv(&m->term), mw_str_sv(&m->bytes));
    }
    return rc;
}

static enum mw_rc merge(struct mw_store *s, const struct segment *run, size_t n, struct mw_err *err)
{
    struct merge m = { .n = n, .first = run[n - 1].first, .term = MW_STR_INIT, .bytes = MW_STR_INIT };
    struct segment sum = { 0, 0, m.first, run[0].last };
    struct writer w = { s, 0, err };
    bool *living = NULL;
    enum mw_rc rc = mw_doc_living(&living, s, sum.first, sum.last, err);

    m.living = living;
    for (int64_t d = sum.first; d <= sum.last && rc == MW_OK; d++)
        sum.docs += living[d - sum.first];
    if (rc == MW_OK)
        rc = segment_add(s, &sum, &w.id, err);
    for (size_t i = 0; i < n && rc == MW_OK; i++) {
        rc = mw_q_row(&m.st[i], s, err, OF_SEGMENT, "i", run[n - 1 - i].id);
        m.more[i] = rc == MW_OK;
        rc = rc == MW_NOT_FOUND ? MW_OK : rc;
    }
    if (rc == MW_OK)
        rc = merge_terms(&m, &w, sum.last);
    for (size_t i = 0; i < n; i++) {
        sqlite3_reset(m.st[i]); /* NULL is fine */
        if (rc == MW_OK)
            rc = mw_q_run(s, err, DROP, "i", run[i].id);
        if (rc == MW_OK)
            rc = mw_q_run(s, err, SEGMENT_DROP, "i", run[i].id);
    }
    mw_str_free(&m.term);
    mw_str_free(&m.bytes);
    free(living);
    return rc;
}

enum mw_rc mw_segment_write(struct mw_store *s, struct mw_builder *b, struct mw_err *err)
{
    struct segment run[RUN_MAX];
    struct writer w = { s, 0, err };
    uint32_t first = 0, last = 0;
    uint32_t docs = mw_builder_docs(b, &first, &last);
    size_t n = 0;

    if (docs == 0)
        return MW_OK;
    enum mw_rc rc = segment_add(s, &(struct segment){ 0, docs, first, last }, &w.id, err);
    if (rc == MW_OK)
        rc = mw_builder_each(b, put, &w);
    do {
        if (rc == MW_OK)
            rc = find_run(s, run, &n, err);
        if (rc == MW_OK && n > 0)
            rc = merge(s, run, n, err);
    } while (rc == MW_OK && n > 0);
    return rc;
}

enum mw_rc mw_postings_clear(struct mw_store *s, struct mw_err *err)
{
    return mw_db_exec(s, EMPTY, err);
}
