/* Typing errors: terms of the index that are few letters away. Looked for among those with the same first letter, which is
 * seldom mistyped (Pollock, Zamora 1984: in 3 of 100 errors). */
#include "index/query.h"

#include <stdlib.h>

enum { SHORT = 5, LONG = 9 };

static unsigned limit_for(size_t letters)
{
    return letters < SHORT ? 0 : letters < LONG ? 1 : 2;
}

static int by_nearness(const void *a, const void *b)
{
    const struct mw_near *x = a, *y = b;
    if (x->distance != y->distance)
        return x->distance < y->distance ? -1 : 1;
    if (x->slip != y->slip)
        return x->slip ? -1 : 1;
    if (x->bytes != y->bytes)
        return x->bytes > y->bytes ? -1 : 1;
    return mw_sv_cmp(x->form, y->form);
}

/* What happens most: a letter that stands twice or should ("Fahradweg"), a link left out or put in ("Verkehrinfrastruktur"). */
static bool is_slip(struct mw_sv a, struct mw_sv b)
{
    struct mw_sv longer = a.n > b.n ? a : b, shorter = a.n > b.n ? b : a;
    size_t i = 0;

    while (i < shorter.n && longer.p[i] == shorter.p[i])
        i++;
    if (longer.n != shorter.n + 1 || !mw_sv_eq(mw_sv_sub(longer, i + 1, longer.n), mw_sv_sub(shorter, i, shorter.n)))
        return false;
    char c = longer.p[i];
    return c == 's' || c == 'n' || c == 'e' || (i > 0 && longer.p[i - 1] == c);
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
    *near = (struct mw_near){ mw_arena_copy(s->a, term), d, bytes, is_slip(s->form, term) };
    return near->form.p != NULL;
}

enum mw_rc mw_near_terms(struct mw_list *out, struct mw_arena *a, struct mw_store *s, struct mw_sv form, size_t letters, struct mw_err *err)
{
    struct scan scan = { out, a, form, limit_for(form.n > letters ? form.n : letters) };
    enum mw_rc rc = scan.limit > 0 ? mw_spelled_near(s, form, scan.limit, look, &scan, err) : MW_OK;

    if (rc != MW_OK || out->n == 0)
        return rc;
    qsort(out->items, out->n, sizeof(struct mw_near), by_nearness);
    return MW_OK;
}
