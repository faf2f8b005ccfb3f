/* Posting lists as ranking wants them: decoded, in one piece, without the dead, kept between searches.
 *
 * A list is read from the table when it is asked for first, so that a process that searches once reads what it needs and
 * no more. Lists are dropped together with the documents they speak of (mw_docs()), or when they have grown too large. */
#include "index/bits.h"
#include "index/db.h"
#include "index/table.h"

#include <stdlib.h>
#include <string.h>

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

static int ascending(const void *a, const void *b)
{
    return (*(const uint32_t *)a > *(const uint32_t *)b) - (*(const uint32_t *)a < *(const uint32_t *)b);
}

/* The documents of the notices, ascending, without impacts. */
static bool read_match(struct mw_living *list, const struct mw_docs *docs, const struct mw_list *notices)
{
    list->doc = malloc((notices->n + 1) * sizeof *list->doc);
    for (size_t i = 0; i < notices->n && list->doc != NULL; i++) {
        uint32_t doc = mw_doc_of(docs, *MW_AT(*notices, int64_t, i));
        if (doc != 0 && mw_bit(docs->alive, doc))
            list->doc[list->n++] = doc;
    }
    if (list->doc != NULL)
        qsort(list->doc, list->n, sizeof *list->doc, ascending);
    return list->doc != NULL;
}

static enum mw_rc keep_match(struct entry **out, struct mw_store *s, const struct mw_docs *docs, struct mw_sv match, struct mw_err *err)
{
    struct entry *e = entry_of(s, match); /* no term has its quotes */
    enum mw_rc rc = e == NULL ? mw_nomem(err) : MW_OK;

    if (rc == MW_OK && !e->read) {
        MW_AUTO(mw_arena_freep) struct mw_arena *work = mw_arena_new();
        struct mw_list notices = { NULL, 0, 0 };
        rc = work != NULL ? mw_sections_match(&notices, work, s, match, err) : mw_nomem(err);
        if (rc == MW_OK && !read_match(&e->list, docs, &notices))
            rc = mw_nomem(err);
        if (rc != MW_OK)
            return rc;
        e->n = e->list.n;
        e->read = true;
        s->lists->bytes += e->list.n * sizeof *e->list.doc;
    }
    *out = rc == MW_OK ? e : NULL;
    return rc;
}

enum mw_rc mw_living_match(const struct mw_living **out, struct mw_store *s, const struct mw_docs *docs, struct mw_sv match, struct mw_err *err)
{
    struct entry *e = NULL;
    enum mw_rc rc = keep_match(&e, s, docs, match, err);
    *out = rc == MW_OK ? &e->list : NULL;
    return rc;
}

/* Lowers impacts to those of the other list; of what that does not hold it stays. */
static void lower(struct mw_living *l, const struct mw_living *other)
{
    for (uint32_t i = 0, k = 0; i < l->n; i++) {
        while (k < other->n && other->doc[k] < l->doc[i])
            k++;
        if (k < other->n && other->doc[k] == l->doc[i] && other->impact[k] < l->impact[i])
            l->impact[i] = other->impact[k];
    }
}

enum mw_rc mw_living_near(const struct mw_living **out, struct mw_store *s, const struct mw_docs *docs, struct mw_sv forms, struct mw_sv match,
                          struct mw_err *err)
{
    struct entry *e = NULL;
    struct mw_sv form, rest = forms;
    enum mw_rc rc = keep_match(&e, s, docs, match, err);

    if (rc == MW_OK && e->list.impact == NULL) {
        if ((e->list.impact = malloc(e->list.n + 1)) == NULL)
            return mw_nomem(err);
        memset(e->list.impact, MW_IMPACT_MAX, e->list.n);
        for (bool more = true; more && rc == MW_OK;) {
            const struct mw_living *other = NULL;
            more = mw_sv_cut(rest, ' ', &form, &rest);
            rc = mw_living(&other, s, docs, form, err);
            if (rc == MW_OK)
                lower(&e->list, other);
        }
    }
    *out = rc == MW_OK ? &e->list : NULL;
    return rc;
}
