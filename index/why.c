/* What a hit got its points for: the gains that the ranker writes down when it scores these documents again, scaled by what
 * the cover of the query did to the whole, and spread over the fields as the builder counts them. */
#include "index/found.h"

#include <math.h>
#include <stdlib.h>

/* Rounds shares of a whole to integers that add up to it: what is left over goes to the largest remainders. */
static void round_to(int64_t *out, const double *exact, size_t n, int64_t whole)
{
    int64_t sum = 0;

    for (size_t i = 0; i < n; i++) {
        out[i] = (int64_t)floor(exact[i]);
        sum += out[i];
    }
    while (sum != whole && n > 0) {
        size_t best = 0;
        int step = sum < whole ? 1 : -1;
        for (size_t i = 1; i < n; i++)
            if ((exact[i] - (double)out[i]) * step > (exact[best] - (double)out[best]) * step)
                best = i;
        out[best] += step;
        sum += step;
    }
}

static int by_points(const void *a, const void *b)
{
    const struct mw_why *x = a, *y = b;
    if (x->milli != y->milli)
        return x->milli > y->milli ? -1 : 1;
    return mw_sv_cmp(x->form, y->form);
}

/* Of forms that stand near each other the last one: in a German compound the head. */
static struct mw_sv head_of(struct mw_sv form)
{
    size_t begin = form.n;
    while (begin > 0 && form.p[begin - 1] != ' ')
        begin--;
    return mw_sv_sub(form, begin, form.n);
}

/* "Schul… + …sanierung" for forms near each other. */
static struct mw_sv shown_as(struct mw_finding *j, struct mw_sv text, struct mw_sv form)
{
    struct mw_sv head = head_of(form);
    struct mw_sv shown = mw_form_shown(j->a, j->s->an, text, head);
    if (head.n == form.n || shown.p == NULL)
        return shown;
    struct mw_sv before = shown_as(j, text, mw_sv_sub(form, 0, form.n - head.n - 1));
    return mw_arena_printf(j->a, "%.*s + %.*s", MW_SV_ARG(before), MW_SV_ARG(shown));
}

/* The notice as it was indexed, read once more by the builder. */
static enum mw_rc read_again(struct mw_builder *b, struct mw_finding *j, int64_t notice)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct mw_stored n;
    enum mw_rc rc = a != NULL ? mw_notice_whole(&n, a, j->s, notice, j->err) : mw_nomem(j->err);
    return rc == MW_OK ? mw_builder_add(b, j->s->an, 1, &n.notice, j->err) : rc;
}

static enum mw_rc spread(struct mw_list *why, struct mw_finding *j, int64_t notice)
{
    struct mw_builder *b = mw_builder_new();
    enum mw_rc rc = b != NULL ? read_again(b, j, notice) : mw_nomem(j->err);

    for (size_t i = 0; i < why->n && rc == MW_OK; i++) {
        struct mw_why *w = MW_AT(*why, struct mw_why, i);
        double share[MW_FIELD_N], sum = 0;
        mw_builder_shares(b, head_of(w->form), share);
        for (int f = 0; f < MW_FIELD_N; f++) {
            sum += share[f];
            share[f] *= (double)w->milli;
        }
        if (sum > 0)
            round_to(w->fields, share, MW_FIELD_N, w->milli);
    }
    mw_builder_free(b);
    return rc;
}

/* The gains of one hit as its reasons: points of the final score. */
static bool reasons(struct mw_hit *hit, const struct mw_candidate *c, size_t which, const struct mw_list *gains, struct mw_finding *j)
{
    double *exact = mw_arena_array(j->work, gains->n + 1, sizeof *exact), sum = 0;
    int64_t *milli = mw_arena_array(j->work, gains->n + 1, sizeof *milli);
    size_t n = 0;

    if (exact == NULL || milli == NULL)
        return false;
    for (size_t i = 0; i < gains->n; i++) {
        const struct mw_gain *g = MW_AT(*gains, struct mw_gain, i);
        if (g->which != which)
            continue;
        struct mw_why *w = mw_list_add(j->a, &hit->why, sizeof *w);
        if (w == NULL)
            return false;
        bool part = g->way->kind == MW_R_WORD && g->term != MW_AT(g->way->terms, struct mw_term, 0);
        *w = (struct mw_why){ .kind = g->way->kind, .part = part,
                              .of = g->way->kind == MW_R_RELATED ? MW_SV_NONE : mw_arena_copy(j->a, g->group->typed),
                              .text = mw_arena_copy(j->a, g->way->shown), .form = mw_arena_copy(j->a, g->term->form) };
        bool told = j->opts->why == MW_WHY_FIELDS || w->kind != MW_R_RELATED;
        w->shown = told ? shown_as(j, w->text, w->form) : w->text;
        exact[n++] = g->gain;
        sum += g->gain;
    }
    for (size_t i = 0; i < n; i++)
        exact[i] *= sum > 0 ? c->score * 1000 / sum : 0;
    round_to(milli, exact, n, hit->score_milli);
    for (size_t i = 0; i < n; i++)
        MW_AT(hit->why, struct mw_why, i)->milli = milli[i];
    if (n > 0)
        qsort(hit->why.items, n, sizeof(struct mw_why), by_points);
    hit->cover_percent = (int)(100 * c->cover + 0.5);
    return true;
}

enum mw_rc mw_why_found(struct mw_hit *hits, const struct mw_candidate *c, size_t n, struct mw_finding *j)
{
    struct mw_list gains = { NULL, 0, 0 };
    uint32_t *docs = mw_arena_array(j->work, n + 1, sizeof *docs);
    enum mw_rc rc = docs != NULL ? MW_OK : mw_nomem(j->err);

    for (size_t i = 0; i < n && rc == MW_OK; i++)
        docs[i] = c[i].doc;
    if (rc == MW_OK)
        rc = mw_rank_gains(&gains, j->work, j->s, &j->groups, docs, n, j->err);
    for (size_t i = 0; i < n && rc == MW_OK; i++) {
        if (!reasons(&hits[i], &c[i], i, &gains, j))
            rc = mw_nomem(j->err);
        else if (j->opts->why == MW_WHY_FIELDS)
            rc = spread(&hits[i].why, j, c[i].notice);
    }
    return rc;
}
