/* The impact table: for every word the documents that hold it, each with one byte of what the word is worth there.
 *
 * A posting list is (varint: distance to the document before, byte: impact) again and again. Each commit writes its new
 * documents as a segment of its own; when four neighbours of about one size have gathered they become one, so that a list
 * lies in few pieces and every posting is written again only a logarithmic number of times. Nothing is ever rebuilt. How a segment
 * lies in the file is told in chunk.h. */
#include "index/bits.h"
#include "index/chunk.h"

#include <stdlib.h>

const char MW_POSTING_SCHEMA[] =
    "CREATE TABLE segment("
    " id INTEGER PRIMARY KEY,"       /* ascending as the documents in them */
    " docs INTEGER NOT NULL,"
    " first INTEGER NOT NULL,"       /* document numbers from ... to */
    " last INTEGER NOT NULL"
    ") STRICT;"
    "CREATE TABLE posting("          /* until version 8; since then chunk.c */
    " segment INTEGER NOT NULL,"
    " term TEXT NOT NULL,"
    " bytes BLOB NOT NULL,"
    " PRIMARY KEY(segment, term)"
    ") STRICT, WITHOUT ROWID;";
static const char SEGMENTS[] = "SELECT id, docs, first, last FROM segment ORDER BY id DESC";
static const char OLDEST_FIRST[] = "SELECT id, docs, first, last FROM segment ORDER BY id";
static const char COUNT[] = "SELECT count(*) FROM segment";
static const char SEGMENT_ADD[] = "INSERT INTO segment VALUES(1 + (SELECT coalesce(max(id), 0) FROM segment), ?1, ?2, ?3)";
static const char SEGMENT_DROP[] = "DELETE FROM segment WHERE id = ?1";
static const char EMPTY[] = "DELETE FROM segment";

enum { FAN = 4, RUN_MAX = 64 };
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
    return (struct mw_posting){ .at = p, .end = p != NULL ? p + bytes.n : NULL };
}

/* --- which segments there are --------------------------------------------------------------------------------------------- */

static enum mw_rc read_segment(struct mw_segment *out, struct mw_store *s, sqlite3_stmt *st, struct mw_err *err)
{
    *out = (struct mw_segment){ .id = sqlite3_column_int64(st, 0), .docs = sqlite3_column_int64(st, 1), .first = sqlite3_column_int64(st, 2),
                             .last = sqlite3_column_int64(st, 3) };
    if (out->id > 0 && out->id <= INT32_MAX && out->docs >= 0 && out->first > 0 && out->first <= out->last && out->last <= UINT32_MAX)
        return MW_OK;
    sqlite3_reset(st);
    return mw_db_damaged(s, "segment", err);
}

void mw_segments_free(void *segments)
{
    struct mw_segments *g = segments;
    if (g != NULL)
        free(g->list);
    free(g);
}

static bool is_whole(const struct mw_segment *g, const struct mw_docs *docs)
{
    int64_t living = 0;
    for (int64_t d = g->first; d <= g->last && d > 0 && d < docs->end; d++)
        living += mw_bit(docs->alive, (size_t)d);
    return living == g->docs;
}

static enum mw_rc load(void *empty, struct mw_store *s, struct mw_err *err)
{
    struct mw_segments *g = empty;
    const struct mw_docs *docs = NULL;
    sqlite3_stmt *st = NULL;
    int64_t n = 0;
    enum mw_rc rc = mw_docs(&docs, s, err);

    if (rc == MW_OK)
        rc = mw_q_number(&n, s, COUNT, err);
    if (rc == MW_OK && (g->list = calloc((size_t)n + 1, sizeof *g->list)) == NULL)
        rc = mw_nomem(err);
    if (rc == MW_OK)
        rc = mw_q(&st, s, err, OLDEST_FIRST, "");
    while (rc == MW_OK && (rc = mw_q_step(s, st, err)) == MW_OK) {
        struct mw_segment *one = &g->list[g->n++];
        if ((rc = read_segment(one, s, st, err)) == MW_OK)
            one->whole = is_whole(one, docs);
    }
    return rc == MW_NOT_FOUND ? MW_OK : rc;
}

static enum mw_rc segments(struct mw_store *s, struct mw_err *err)
{
    void *kept = s->segments;
    enum mw_rc rc = mw_keep(&kept, sizeof *s->segments, load, mw_segments_free, s, err);
    s->segments = kept;
    return rc;
}

/* --- reading ---------------------------------------------------------------------------------------------------------------- */

enum mw_rc mw_postings(struct mw_store *s, struct mw_sv term, bool numbers, mw_list_fn *fn, void *ctx, struct mw_err *err)
{
    enum mw_rc rc = segments(s, err);

    for (size_t i = 0; rc == MW_OK && i < s->segments->n; i++) {
        const struct mw_segment *g = &s->segments->list[i];
        struct mw_stream e;
        rc = mw_stream_open(&e, s, g->id, term, !numbers || !g->whole, err);
        if (rc == MW_OK)
            rc = mw_stream_find(&e, term, err);
        if (rc == MW_OK)
            fn(ctx, mw_posting_begin(e.list), e.n);
        mw_stream_close(&e);
        rc = rc == MW_NOT_FOUND ? MW_OK : rc;
    }
    return rc;
}

enum mw_rc mw_words(struct mw_store *s, struct mw_sv begin, mw_word_fn *fn, void *ctx, struct mw_err *err)
{
    enum mw_rc rc = segments(s, err);

    for (size_t i = 0; rc == MW_OK && i < s->segments->n; i++) {
        struct mw_stream e;
        rc = mw_stream_open(&e, s, s->segments->list[i].id, begin, false, err);
        while (rc == MW_OK && (rc = mw_stream_next(&e, err)) == MW_OK) {
            if (mw_sv_starts(e.term, begin))
                rc = fn(ctx, e.term, e.bytes) ? MW_OK : mw_nomem(err);
            else if (mw_sv_cmp(e.term, begin) > 0)
                break;
        }
        mw_stream_close(&e);
        rc = rc == MW_NOT_FOUND ? MW_OK : rc;
    }
    return rc;
}

/* --- writing ------------------------------------------------------------------------------------------------------------ */

struct writer {
    struct mw_stream_out out;
    struct mw_err *err;
};

static enum mw_rc put(void *ctx, struct mw_sv term, uint32_t n, struct mw_sv list)
{
    struct writer *w = ctx;
    return mw_stream_put(&w->out, term, n, list, w->err);
}

static enum mw_rc segment_add(struct mw_store *s, const struct mw_segment *g, int64_t *id, struct mw_err *err)
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
static enum mw_rc find_run(struct mw_store *s, struct mw_segment *run, size_t *n, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q(&st, s, err, SEGMENTS, "");

    *n = 0;
    while (rc == MW_OK && (rc = mw_q_step(s, st, err)) == MW_OK) {
        struct mw_segment g;
        if ((rc = read_segment(&g, s, st, err)) != MW_OK)
            break;
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
    struct mw_stream in[RUN_MAX]; /* oldest first */
    bool more[RUN_MAX];
    size_t n;
    const bool *living;
    int64_t first, last;
    struct mw_str term, list;
    uint32_t postings;            /* of the list */
};

/* The least term that any of the segments stands at. */
static void least(struct merge *m)
{
    const struct mw_sv *term = NULL;
    for (size_t i = 0; i < m->n; i++)
        if (m->more[i] && (term == NULL || mw_sv_cmp(m->in[i].term, *term) < 0))
            term = &m->in[i].term;
    mw_str_clear(&m->term);
    if (term != NULL)
        mw_str_add(&m->term, *term);
}

static void append_living(struct merge *m, struct mw_sv list, uint32_t *last)
{
    struct mw_posting p = mw_posting_begin(list);
    while (mw_posting_next(&p))
        if (p.doc > *last && p.doc >= m->first && p.doc <= m->last && m->living[p.doc - m->first]) {
            mw_posting_add(&m->list, last, p.doc, p.impact);
            m->postings++;
        }
}

static enum mw_rc advance(struct merge *m, size_t i, struct mw_err *err)
{
    enum mw_rc rc = mw_stream_next(&m->in[i], err);
    m->more[i] = rc == MW_OK;
    return rc == MW_NOT_FOUND ? MW_OK : rc;
}

static enum mw_rc merge_terms(struct merge *m, struct writer *w)
{
    enum mw_rc rc = MW_OK;

    for (least(m); m->term.n > 0 && rc == MW_OK; least(m)) {
        uint32_t last = 0;
        mw_str_clear(&m->list);
        m->postings = 0;
        for (size_t i = 0; i < m->n && rc == MW_OK; i++) {
            if (!m->more[i] || !mw_sv_eq(m->in[i].term, mw_str_sv(&m->term)))
                continue;
            append_living(m, m->in[i].list, &last);
            rc = advance(m, i, w->err);
        }
        if (rc == MW_OK && (!mw_str_ok(&m->list) || !mw_str_ok(&m->term)))
            rc = mw_nomem(w->err);
        if (rc == MW_OK && m->postings > 0)
            rc = put(w, mw_str_sv(&m->term), m->postings, mw_str_sv(&m->list));
    }
    return rc;
}

static enum mw_rc merge(struct mw_store *s, const struct mw_segment *run, size_t n, struct mw_err *err)
{
    struct merge m = { .first = run[n - 1].first, .last = run[0].last, .term = MW_STR_INIT, .list = MW_STR_INIT };
    struct mw_segment sum = { .first = m.first, .last = m.last };
    struct writer w = { .out = { .s = s }, .err = err };
    bool *living = NULL;
    enum mw_rc rc = sum.first <= sum.last ? mw_doc_living(&living, s, sum.first, sum.last, err) : mw_db_damaged(s, "segment", err);

    m.living = living;
    for (int64_t d = sum.first; d <= sum.last && rc == MW_OK; d++)
        sum.docs += living[d - sum.first];
    if (rc == MW_OK)
        rc = segment_add(s, &sum, &w.out.segment, err);
    for (; m.n < n && rc == MW_OK; m.n++) {
        rc = mw_stream_open(&m.in[m.n], s, run[n - 1 - m.n].id, MW_SV(""), true, err);
        if (rc == MW_OK)
            rc = advance(&m, m.n, err);
    }
    if (rc == MW_OK)
        rc = merge_terms(&m, &w);
    if (rc == MW_OK)
        rc = mw_stream_end(&w.out, err);
    mw_stream_drop(&w.out);
    for (size_t i = 0; i < m.n; i++)
        mw_stream_close(&m.in[i]);
    for (size_t i = 0; i < n && rc == MW_OK; i++) {
        rc = mw_stream_delete(s, run[i].id, err);
        if (rc == MW_OK)
            rc = mw_q_run(s, err, SEGMENT_DROP, "i", run[i].id);
    }
    mw_str_free(&m.term);
    mw_str_free(&m.list);
    free(living);
    return rc;
}

enum mw_rc mw_segment_write(struct mw_store *s, struct mw_builder *b, struct mw_err *err)
{
    struct mw_segment run[RUN_MAX];
    struct writer w = { .out = { .s = s }, .err = err };
    uint32_t first = 0, last = 0;
    uint32_t docs = mw_builder_docs(b, &first, &last);
    size_t n = 0;

    if (docs == 0)
        return MW_OK;
    enum mw_rc rc = segment_add(s, &(struct mw_segment){ .docs = docs, .first = first, .last = last }, &w.out.segment, err);
    if (rc == MW_OK)
        rc = mw_builder_each(b, put, &w);
    if (rc == MW_OK)
        rc = mw_stream_end(&w.out, err);
    mw_stream_drop(&w.out);
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
    enum mw_rc rc = mw_streams_clear(s, err);
    return rc == MW_OK ? mw_db_exec(s, EMPTY, err) : rc;
}
