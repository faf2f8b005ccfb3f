/* The financing plan: the grant (grant.c) and every other source, by year. */
#include "apply/plan/make.h"

static struct mw_source_row *new_source(struct mw_job *job, struct mw_sv id, struct mw_sv label,
                                        enum mw_source_kind kind)
{
    struct mw_source_row *row = mw_list_add(job->a, &job->plan->financing.rows, sizeof *row);

    if (row == NULL || (row->years = mw_arena_array(job->a, job->plan->years.n, sizeof *row->years)) == NULL)
        return NULL;
    row->id = id;
    row->label = label;
    row->kind = kind;
    return row;
}

/* In proportion to what earlier sources left open of each year; where they left nothing, to the costs; without costs,
 * the first. */
static bool to_years(struct mw_source_row *row, const struct mw_eur *open, const struct mw_eur *costs, int64_t *weights,
                     size_t n)
{
    if (row->total.cents == 0)
        return true;
    for (size_t i = 0; i < n; i++)
        weights[i] = open[i].cents > 0 ? open[i].cents : 0;
    if (mw_eur_split(row->years, row->total, weights, n))
        return true;
    for (size_t i = 0; i < n; i++)
        weights[i] = costs[i].cents;
    if (mw_eur_split(row->years, row->total, weights, n))
        return true;
    weights[0] = 1;
    return mw_eur_split(row->years, row->total, weights, n);
}

static bool take(struct mw_eur *open, const struct mw_source_row *row, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!mw_eur_sub(&open[i], row->years[i]))
            return false;
    return true;
}

/* Sources with years first, then the others as written, then the grant; own money is each year's rest. */
static enum mw_rc spread_sources(struct mw_job *job, struct mw_source_row *own)
{
    struct mw_plan *plan = job->plan;
    size_t n = plan->years.n;
    struct mw_eur *open = mw_arena_array(job->a, n, sizeof *open);
    int64_t *weights = mw_arena_array(job->a, n, sizeof *weights);
    struct mw_list *rows = &plan->financing.rows;
    bool fits = true;

    if (open == NULL || weights == NULL)
        return MW_NOMEM;
    for (size_t i = 0; i < n; i++)
        open[i] = plan->cost.years[i];
    for (size_t i = 1; i + 1 < rows->n; i++) {
        struct mw_source_row *row = MW_AT(*rows, struct mw_source_row, i);
        for (size_t k = 0; k < row->source->years.n; k++) {
            const struct mw_year_sum *y = MW_AT(row->source->years, struct mw_year_sum, k);
            fits = fits && mw_eur_add(&row->years[y->year - plan->years.first], y->sum);
        }
        if (row->source->years.n > 0)
            fits = fits && take(open, row, n);
    }
    for (size_t i = 1; i <= rows->n && fits; i++) { /* the grant, row 0, comes last */
        struct mw_source_row *row = MW_AT(*rows, struct mw_source_row, i < rows->n ? i : 0);
        if (row == own || (row->source != NULL && row->source->years.n > 0))
            continue;
        if (i == rows->n && job->grant_years != NULL && mw_eur_split(row->years, row->total, job->grant_years, n))
            mw_level_years(row->years, n, plan->edition->grant_per.year);
        else
            fits = to_years(row, open, plan->cost.years, weights, n);
        fits = fits && take(open, row, n);
    }
    for (size_t i = 0; i < n; i++)
        own->years[i] = open[i];
    return fits ? MW_OK : mw_too_large(job, &plan->project->pos);
}

static bool sum_sources(struct mw_financing_plan *f, const struct mw_list *sources)
{
    struct mw_eur *const SUMS[] = { [MW_S_PUBLIC] = &f->public_money,
                                    [MW_S_THIRD] = &f->third,
                                    [MW_S_REVENUE] = &f->revenue,
                                    [MW_S_OWN] = &f->own_rows,
                                    [MW_S_FICTIVE] = &f->fictive };

    for (size_t i = 0; i < sources->n; i++) {
        const struct mw_source *s = MW_AT(*sources, struct mw_source, i);
        if (!mw_eur_add(SUMS[s->kind], s->amount))
            return false;
    }
    return true;
}

enum mw_rc mw_make_financing(struct mw_job *job)
{
    struct mw_plan *plan = job->plan;
    struct mw_financing_plan *f = &plan->financing;
    const struct mw_list *sources = &plan->project->financing;
    struct mw_source_row *row;
    enum mw_rc rc;

    if (!sum_sources(f, sources))
        return mw_too_large(job, &plan->project->pos);
    if ((rc = mw_make_grant(job)) != MW_OK)
        return rc;
    if ((row = new_source(job, MW_SV("grant"), mw_sv(mw_tr(plan->lang, "Grant asked for")), MW_S_GRANT)) == NULL)
        return MW_NOMEM;
    row->total = f->grant;
    for (size_t i = 0; i < sources->n; i++) {
        const struct mw_source *s = MW_AT(*sources, struct mw_source, i);
        if ((row = new_source(job, s->id, s->label, (enum mw_source_kind)s->kind)) == NULL)
            return MW_NOMEM;
        row->source = s;
        row->total = s->amount;
    }
    if ((row = new_source(job, MW_SV("own"), mw_sv(mw_tr(plan->lang, "Own money")), MW_S_OWN)) == NULL)
        return MW_NOMEM;
    f->own = plan->cost.total;
    if (!mw_eur_sub(&f->own, f->grant) || !mw_eur_sub(&f->own, f->public_money) || !mw_eur_sub(&f->own, f->third) ||
        !mw_eur_sub(&f->own, f->revenue) || !mw_eur_sub(&f->own, f->fictive))
        return mw_too_large(job, &plan->project->pos);
    row->total = f->own;
    if (!mw_eur_sub(&row->total, f->own_rows))
        return mw_too_large(job, &plan->project->pos);
    return spread_sources(job, row);
}
