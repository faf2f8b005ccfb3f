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
