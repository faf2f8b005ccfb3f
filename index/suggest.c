/* Typing errors: terms of the index that are few letters away. Looked for among those with the same first letter, which is
 * seldom mistyped (Pollock, Zamora 1984: in 3 of 100 errors). */
#include "index/query.h"

#include <stdlib.h>

enum { SHORT = 5, LONG = 9, NEAR_MAX = 3 };

static unsigned limit_for(size_t letters)
{
    return letters < SHORT ? 0 : letters < LONG ? 1 : 2;
}

static int by_nearness(const void *a, const void *b)
{
    const struct mw_near *x = a, *y = b;
    if (x->distance != y->distance)
        return x->distance < y->distance ? -1 : 1;
    if (x->bytes != y->bytes)
        return x->bytes > y->bytes ? -1 : 1;
    return mw_sv_cmp(x->form, y->form);
}

struct scan {
    struct mw_list *out;
    struct mw_arena *a;
    struct mw_sv form;
    unsigned limit;
};

static bool look(void *ctx, struct mw_sv term, size_t bytes)
{
    struct scan *s = ctx;
    unsigned d = mw_sv_distance(s->form, term, s->limit);

    if (d > s->limit || d == 0)
        return true;
    for (size_t i = 0; i < s->out->n; i++)
        if (mw_sv_eq(MW_AT(*s->out, struct mw_near, i)->form, term)) {
            MW_AT(*s->out, struct mw_near, i)->bytes += bytes;
            return true;
        }
    struct mw_near *near = mw_list_add(s->a, s->out, sizeof *near);
    if (near == NULL)
        return false;
    *near = (struct mw_near){ mw_arena_copy(s->a, term), d, bytes };
    return near->form.p != NULL;
}

enum mw_rc mw_near_terms(struct mw_list *out, struct mw_arena *a, struct mw_store *s, struct mw_sv form, struct mw_err *err)
{
    struct scan scan = { out, a, form, limit_for(form.n) };
    enum mw_rc rc = scan.limit > 0 ? mw_spelled_near(s, form, scan.limit, look, &scan, err) : MW_OK;

    if (rc != MW_OK || out->n == 0)
        return rc;
    qsort(out->items, out->n, sizeof(struct mw_near), by_nearness);
    unsigned nearest = MW_AT(*out, struct mw_near, 0)->distance;
    size_t n = 0;
    while (n < out->n && n < NEAR_MAX && MW_AT(*out, struct mw_near, n)->distance == nearest)
        n++;
    out->n = n;
    return MW_OK;
}

/* --- a term as people write it ------------------------------------------------------------------------------------------ */

struct first {
    const struct mw_docs *docs;
    int64_t notice;
};

static void note_first(void *ctx, struct mw_posting p, uint32_t n)
{
    (void)n;
    struct first *f = ctx;
    while (f->notice == 0 && mw_posting_next(&p))
        if (p.doc < f->docs->end)
            f->notice = f->docs->notice[p.doc];
}

struct reader {
    struct mw_sv form, text, word;
};

static bool read_word(void *ctx, const struct mw_token *t)
{
    struct reader *r = ctx;
    if (!t->part && mw_sv_eq(t->form, r->form))
        r->word = mw_sv_sub(r->text, t->begin, t->end - t->begin);
    return r->word.p == NULL;
}

enum mw_rc mw_term_shown(struct mw_sv *out, struct mw_arena *a, struct mw_store *s, struct mw_sv form, struct mw_err *err)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *work = mw_arena_new();
    struct first first = { NULL, 0 };
    struct mw_list texts = { NULL, 0, 0 };
    enum mw_rc rc = work != NULL ? mw_docs(&first.docs, s, err) : mw_nomem(err);

    *out = form;
    if (rc == MW_OK)
        rc = mw_postings(s, form, false, note_first, &first, err);
    if (rc == MW_OK && first.notice != 0)
        rc = mw_sections_begin(&texts, work, s, first.notice, MW_SHOWN_BYTES, err);
    for (size_t i = 0; i < texts.n && rc == MW_OK; i++) {
        const struct mw_section *c = MW_AT(texts, struct mw_section, i);
        struct reader r = { form, c->text, MW_SV_NONE };
        mw_analyse(s->an, c->text, c->html, read_word, &r);
        if (r.word.p != NULL) {
            *out = mw_arena_copy(a, r.word);
            return out->p != NULL ? MW_OK : mw_nomem(err);
        }
    }
    return rc;
}
