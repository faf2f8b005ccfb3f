/* Posting lists as ranking wants them: decoded, in one piece, without the dead, kept between searches.
 *
 * A list is read from the table when it is asked for first, so that a process that searches once reads what it needs and
 * no more. Lists are dropped together with the documents they speak of (mw_docs()), or when they have grown too large. */
#include "index/db.h"

#include <stdlib.h>

enum { KEPT_BYTES = 256 << 20 };

struct entry {
    struct mw_sv term;
    struct mw_living list;
    bool whole;              /* false: only the number is known yet */
};
struct mw_lists {
    struct mw_arena *arena;  /* terms and entries */
    struct entry **slots;    /* open addressing; a power of two */
    size_t n, cap, bytes;
};

void mw_lists_free(struct mw_lists *l)
{
    if (l == NULL)
        return;
    for (size_t i = 0; i < l->cap; i++)
        if (l->slots[i] != NULL)
            free(l->slots[i]->list.doc);
    free(l->slots);
    mw_arena_free(l->arena);
    free(l);
}

void mw_lists_trim(struct mw_store *s)
{
    if (s->lists == NULL || s->lists->bytes <= KEPT_BYTES)
        return;
    mw_lists_free(s->lists);
    s->lists = NULL;
}

static struct entry **slot(struct entry **slots, size_t cap, struct mw_sv term)
{
    size_t i = (size_t)mw_sv_hash(term) & (cap - 1);
    while (slots[i] != NULL && !mw_sv_eq(slots[i]->term, term))
        i = (i + 1) & (cap - 1);
    return &slots[i];
}

static bool grow(struct mw_lists *l)
{
    size_t cap = l->cap == 0 ? 1024 : l->cap * 2;
    struct entry **slots = calloc(cap, sizeof *slots);

    if (slots == NULL)
        return false;
    for (size_t i = 0; i < l->cap; i++)
        if (l->slots[i] != NULL)
            *slot(slots, cap, l->slots[i]->term) = l->slots[i];
    free(l->slots);
    l->bytes += (cap - l->cap) * sizeof *slots;
    l->slots = slots;
    l->cap = cap;
    return true;
}

/* What is kept of the term; *found false: nothing yet. NULL: no memory. */
static struct entry *entry_of(struct mw_store *s, struct mw_sv term, bool *found)
{
    if (s->lists == NULL && (s->lists = calloc(1, sizeof *s->lists)) == NULL)
        return NULL;
    struct mw_lists *l = s->lists;
    if ((l->arena == NULL && (l->arena = mw_arena_new()) == NULL) || (l->n * 2 >= l->cap && !grow(l)))
        return NULL;
    struct entry **at = slot(l->slots, l->cap, term);
    *found = *at != NULL;
    if (*at == NULL) {
        struct entry *e = mw_arena_alloc(l->arena, sizeof *e);
        if (e == NULL || (e->term = mw_arena_copy(l->arena, term)).p == NULL)
            return NULL;
        e->list = (struct mw_living){ .n = 0 };
        e->whole = false;
        l->bytes += sizeof *e + term.n;
        l->n++;
        *at = e;
    }
    return *at;
}

struct reader {
    const struct mw_docs *docs;
    uint32_t n;              /* living so far */
    uint32_t *doc;           /* NULL: they are only counted */
    unsigned char *impact;
    uint32_t cap;
};

static void read_list(void *ctx, struct mw_posting p)
{
    struct reader *r = ctx;
    while (mw_posting_next(&p)) {
        if (p.doc >= r->docs->end || r->docs->notice[p.doc] == 0)
            continue;
        if (r->doc != NULL && r->n < r->cap) {
            r->doc[r->n] = p.doc;
            r->impact[r->n] = p.impact;
        }
        r->n++;
    }
}

enum mw_rc mw_living_count(int64_t *n, struct mw_store *s, const struct mw_docs *docs, struct mw_sv term, struct mw_err *err)
{
    bool found = false;
    struct entry *e = entry_of(s, term, &found);
    struct reader r = { .docs = docs };
    enum mw_rc rc = e == NULL ? mw_nomem(err) : found ? MW_OK : mw_postings(s, term, read_list, &r, err);

    if (rc == MW_OK && !found)
        e->list.n = r.n;
    if (rc != MW_OK) { /* what is half known is not kept */
        mw_lists_free(s->lists);
        s->lists = NULL;
    }
    *n = rc == MW_OK ? e->list.n : 0;
    return rc;
}

enum mw_rc mw_living(const struct mw_living **out, struct mw_store *s, const struct mw_docs *docs, struct mw_sv term,
                     struct mw_err *err)
{
    int64_t n = 0;
    bool found = false;
    enum mw_rc rc = mw_living_count(&n, s, docs, term, err);
    struct entry *e = rc == MW_OK ? entry_of(s, term, &found) : NULL;

    if (rc == MW_OK && !e->whole && n > 0) {
        struct reader r = { .docs = docs, .cap = (uint32_t)n };
        size_t bytes = (size_t)n * (sizeof *r.doc + sizeof *r.impact);
        r.doc = malloc(bytes);
        if (r.doc == NULL)
            return mw_nomem(err);
        r.impact = (unsigned char *)(r.doc + n);
        rc = mw_postings(s, term, read_list, &r, err);
        if (rc != MW_OK) {
            free(r.doc);
            return rc;
        }
        e->list = (struct mw_living){ r.n < r.cap ? r.n : r.cap, r.doc, r.impact };
        s->lists->bytes += bytes;
    }
    if (rc == MW_OK)
        e->whole = true;
    *out = rc == MW_OK ? &e->list : NULL;
    return rc;
}
