/* Posting lists as ranking wants them: decoded, in one piece, without the dead, kept between searches.
 *
 * A list is read from the table when it is asked for first, so that a process that searches once reads what it needs and
 * no more. Lists are dropped together with the documents they speak of (mw_docs()), or when they have grown too large. */
#include "index/bits.h"
#include "index/db.h"
#include "index/table.h"

#include <stdlib.h>

enum { KEPT_BYTES = 256 << 20 };

struct entry {
    struct mw_sv term;
    struct mw_living list;
    int64_t n;               /* living documents; -1: not counted yet */
    bool read;               /* the list, too */
};
struct mw_lists {
    struct mw_table table;   /* struct entry */
    size_t bytes;            /* of the lists */
};

void mw_lists_free(struct mw_lists *l)
{
    if (l == NULL)
        return;
    for (size_t i = 0; i < l->table.cap; i++)
        if (l->table.slots[i] != NULL) {
            struct entry *e = (struct entry *)l->table.slots[i];
            free(e->list.doc);
            free(e->list.impact);
        }
    mw_table_drop(&l->table);
    free(l);
}

void mw_lists_trim(struct mw_store *s)
{
    if (s->lists == NULL || s->lists->bytes + mw_table_bytes(&s->lists->table) <= KEPT_BYTES)
        return;
    mw_lists_free(s->lists);
    s->lists = NULL;
}

/* What is kept of the term. NULL: no memory. */
static struct entry *entry_of(struct mw_store *s, struct mw_sv term)
{
    if (s->lists == NULL && (s->lists = calloc(1, sizeof *s->lists)) == NULL)
        return NULL;
    size_t before = s->lists->table.n;
    struct entry *e = mw_table_add(&s->lists->table, term, sizeof *e);
    if (e != NULL && s->lists->table.n > before)
        e->n = -1;
    return e;
}

struct reader {
    const struct mw_docs *docs;
    struct mw_living list;   /* read so far */
    size_t cap;
    int64_t n;               /* counted so far */
    uint32_t last;           /* document read last */
    bool failed, damaged;
};

static void count_list(void *ctx, struct mw_posting p, uint32_t n)
{
    struct reader *r = ctx;
    if (p.at == p.end)
        r->n += n;
    while (mw_posting_next(&p))
        r->n += p.doc < r->docs->end && mw_bit(r->docs->alive, p.doc);
}

static bool make_room(struct reader *r, size_t more)
{
    size_t cap = r->list.n + more;
    uint32_t *doc = realloc(r->list.doc, cap * sizeof *doc);
    if (doc == NULL)
        return false;
    r->list.doc = doc;
    unsigned char *impact = realloc(r->list.impact, cap);
    if (impact == NULL)
        return false;
    r->list.impact = impact;
    r->cap = cap;
    return true;
}

/* Documents ascend, and each has an impact: ranking relies on it (board.h). */
static void read_list(void *ctx, struct mw_posting p, uint32_t n)
{
    struct reader *r = ctx;
    r->failed = r->failed || (n > 0 && !make_room(r, n));
    for (; !r->failed && n > 0 && mw_posting_next(&p) && p.doc > r->last && p.impact > 0; n--) {
        r->last = p.doc;
        if (p.doc < r->docs->end && mw_bit(r->docs->alive, p.doc)) {
            r->list.doc[r->list.n] = p.doc;
            r->list.impact[r->list.n++] = p.impact;
        }
    }
    r->damaged = r->damaged || n > 0 || p.at != p.end;
}

enum mw_rc mw_living_count(int64_t *n, struct mw_store *s, const struct mw_docs *docs, struct mw_sv term, struct mw_err *err)
{
    struct entry *e = entry_of(s, term);
    struct reader r = { .docs = docs };
    enum mw_rc rc = e == NULL ? mw_nomem(err) : MW_OK;

    if (rc == MW_OK && e->n < 0) {
        rc = mw_postings(s, term, true, count_list, &r, err);
        e->n = rc == MW_OK ? r.n : -1;
    }
    *n = rc == MW_OK ? e->n : 0;
    return rc;
}

enum mw_rc mw_living(const struct mw_living **out, struct mw_store *s, const struct mw_docs *docs, struct mw_sv term,
                     struct mw_err *err)
{
    struct entry *e = entry_of(s, term);
    struct reader r = { .docs = docs };
    enum mw_rc rc = e == NULL ? mw_nomem(err) : MW_OK;

    if (rc == MW_OK && !e->read) {
        rc = mw_postings(s, term, false, read_list, &r, err);
        if (rc == MW_OK && r.failed)
            rc = mw_nomem(err);
        if (rc == MW_OK && r.damaged)
            rc = mw_db_damaged(s, "posting", err);
        if (rc != MW_OK) {
            free(r.list.doc);
            free(r.list.impact);
            return rc;
        }
        e->list = r.list;
        e->n = r.list.n;
        e->read = true;
        s->lists->bytes += r.cap * (sizeof *r.list.doc + sizeof *r.list.impact);
    }
    *out = rc == MW_OK ? &e->list : NULL;
    return rc;
}
