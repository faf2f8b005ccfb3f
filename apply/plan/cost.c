/* The cost plan: rows by calendar year, what of them is eligible, caps, flat rates.
 *
 * Order of FORMATS.md section 5: eligible rows, categories, caps, flat rates, eligible.max. Caps and flat rates look at
 * whole categories; rows keep their own eligible sum as it is before caps. */
#include "apply/plan/make.h"

bool mw_category_counts(const struct mw_edition *e, struct mw_sv category)
{
    return e->categories.n == 0 || mw_names(&e->categories, category);
}

const struct mw_flat_rate *mw_flat_instead_of(const struct mw_job *job, struct mw_sv category)
{
    const struct mw_list *flat = &job->plan->edition->flat_rates;

    for (size_t i = 0; i < flat->n && !job->opts->no_flat_rates; i++)
        if (mw_names(&MW_AT(*flat, struct mw_flat_rate, i)->instead_of, category))
            return MW_AT(*flat, struct mw_flat_rate, i);
    return NULL;
}

/* --- the years of the tables -------------------------------------------------------------------------------------- */
/* What a row is spread over: its own days, else its task's, else the period's; a position's are its own first. */
static void span_of(const struct mw_plan *plan, const struct mw_cost *c, struct mw_day *from, struct mw_day *to)
{
    const struct mw_task_row *task = c->task.p != NULL ? mw_plan_task(plan, c->task) : NULL;

    *from = mw_day_is(c->from) ? c->from : task != NULL ? task->from : plan->project->from;
    *to = mw_day_is(c->to) ? c->to : task != NULL ? task->to : plan->project->to;
    if (c->personnel != NULL && mw_day_is(c->personnel->from))
        *from = c->personnel->from;
    if (c->personnel != NULL && mw_day_is(c->personnel->to))
        *to = c->personnel->to;
}

static void cover(struct mw_years *years, int from, int to)
{
    int last = years->first + (int)years->n - 1;

    if (from < years->first)
        years->first = from;
    if (to > last)
        last = to;
    years->n = (size_t)(last - years->first) + 1;
}

static void cover_list(struct mw_years *years, const struct mw_list *sums)
{
    if (sums->n > 0) /* ascending */
        cover(years, MW_AT(*sums, struct mw_year_sum, 0)->year, MW_AT(*sums, struct mw_year_sum, sums->n - 1)->year);
}

static void find_years(struct mw_plan *plan)
{
    const struct mw_project *p = plan->project;

    plan->years = (struct mw_years){ mw_day_ymd(p->from).year, 1 };
    cover(&plan->years, plan->years.first, mw_day_ymd(p->to).year);
    for (size_t i = 0; i < p->costs.n; i++) {
        const struct mw_cost *c = MW_AT(p->costs, struct mw_cost, i);
        struct mw_day from, to;
        span_of(plan, c, &from, &to);
        if (c->years.n > 0)
            cover_list(&plan->years, &c->years);
        else
            cover(&plan->years, mw_day_ymd(from).year, mw_day_ymd(to).year);
    }
    for (size_t i = 0; i < p->financing.n; i++)
        cover_list(&plan->years, &MW_AT(p->financing, struct mw_source, i)->years);
}

/* --- one row ------------------------------------------------------------------------------------------------------ */
/* Net to cost: the tax is rounded, then the part of it that does not come back. */
static bool with_vat(const struct mw_job *job, const struct mw_cost *c, struct mw_eur *sum)
{
    struct mw_share stays = { 1, 1 };
    struct mw_eur tax;

    return !mw_share_is(c->vat) ||
           (mw_share_sub(&stays, job->plan->project->input_tax) && mw_eur_of(&tax, *sum, c->vat, MW_COMMERCIAL) &&
            mw_eur_of(&tax, tax, stays, MW_COMMERCIAL) && mw_eur_add(sum, tax));
}

/* Evenly over the calendar months that are touched; the cents that are left by largest remainder, earlier year first.
 */
static enum mw_rc spread(struct mw_job *job, struct mw_cost_row *row)
{
    const struct mw_years *years = &job->plan->years;
    struct mw_ymd from = mw_day_ymd(row->from), to = mw_day_ymd(row->to);
    int64_t *months = mw_arena_array(job->a, years->n, sizeof *months);

    if (months == NULL)
        return MW_NOMEM;
    for (int y = from.year; y <= to.year; y++)
        months[y - years->first] = (y == to.year ? to.month : 12) - (y == from.year ? from.month : 1) + 1;
    return mw_eur_split(row->years, row->total, months, years->n) ? MW_OK : mw_too_large(job, &row->cost->pos);
}

static enum mw_rc sum_row(struct mw_job *job, struct mw_cost_row *row)
{
    const struct mw_years *years = &job->plan->years;
    const struct mw_cost *c = row->cost;

    if (c->personnel != NULL || c->years.n > 0) {
        enum mw_rc rc = MW_OK;
        if (c->personnel != NULL)
            rc = mw_personnel_years(job, c, row->from, row->to, row->years);
        for (size_t i = 0; i < c->years.n; i++) {
            const struct mw_year_sum *y = MW_AT(c->years, struct mw_year_sum, i);
            struct mw_eur sum = y->sum;
            if (!with_vat(job, c, &sum) || !mw_eur_add(&row->years[y->year - years->first], sum))
                return mw_too_large(job, &c->pos);
        }
        for (size_t i = 0; i < years->n && rc == MW_OK; i++)
            if (!mw_eur_add(&row->total, row->years[i]))
                return mw_too_large(job, &c->pos);
        return rc;
    }
    row->total = c->amount;
    if ((mw_eur_is(c->price) && !mw_eur_of(&row->total, c->price, c->quantity, MW_COMMERCIAL)) ||
        !with_vat(job, c, &row->total))
        return mw_too_large(job, &c->pos);
    return spread(job, row);
}

static struct mw_category *category_of(struct mw_job *job, struct mw_sv name)
{
    struct mw_list *l = &job->plan->cost.categories;
    struct mw_category *c;

    for (size_t i = 0; i < l->n; i++)
        if (mw_sv_eq(MW_AT(*l, struct mw_category, i)->name, name))
            return MW_AT(*l, struct mw_category, i);
    if ((c = mw_list_add(job->a, l, sizeof *c)) != NULL)
        c->name = name;
    return c;
}

/* A finished row joins the sums of its category and of the plan. */
static enum mw_rc join(struct mw_job *job, const struct mw_cost_row *row)
{
    struct mw_cost_plan *cost = &job->plan->cost;
    struct mw_category *cat = category_of(job, row->category);
    bool fits = cat != NULL && mw_eur_add(&cat->total, row->total) && mw_eur_add(&cat->eligible, row->eligible) &&
                mw_eur_add(&cat->capped, row->eligible) && mw_eur_add(&cost->total, row->total);

    if (cat == NULL)
        return MW_NOMEM;
    for (size_t i = 0; i < job->plan->years.n && fits; i++)
        fits = mw_eur_add(&cost->years[i], row->years[i]);
    return fits ? MW_OK : mw_too_large(job, row->cost != NULL ? &row->cost->pos : &job->plan->project->pos);
}

static struct mw_cost_row *new_row(struct mw_job *job, struct mw_sv id, struct mw_sv category)
{
    struct mw_cost_row *row = mw_list_add(job->a, &job->plan->cost.rows, sizeof *row);

    if (row == NULL || (row->years = mw_arena_array(job->a, job->plan->years.n, sizeof *row->years)) == NULL)
        return NULL;
    row->id = row->label = id;
    row->category = category;
    row->from = row->to = MW_DAY_NONE;
    return row;
}

static enum mw_rc make_row(struct mw_job *job, const struct mw_cost *c)
{
    struct mw_cost_row *row = new_row(job, c->id, c->category);
    enum mw_rc rc;

    if (row == NULL)
        return MW_NOMEM;
    row->cost = c;
    row->label = c->label;
    if (c->years.n == 0) {
        span_of(job->plan, c, &row->from, &row->to);
        if (mw_day_cmp(row->to, row->from) < 0) { /* its own day against its task's or the period's */
            mw_diag_add(job->diags, MW_ERROR, &c->pos, "bad-period", "Row \"%.*s\" would run from %s to %s.",
                        MW_SV_ARG(c->id), mw_say_day(job, row->from), mw_say_day(job, row->to));
            return MW_INVALID;
        }
    }
    if ((rc = sum_row(job, row)) != MW_OK)
        return rc;
    if (c->eligible != MW_NO && mw_category_counts(job->plan->edition, c->category))
        row->eligible = row->total;
    return join(job, row);
}

/* --- caps and flat rates ------------------------------------------------------------------------------------------ */
/* Σ of what the caps left of the categories named. */
static bool sum_of(const struct mw_plan *plan, const struct mw_list *names, struct mw_eur *sum)
{
    *sum = (struct mw_eur){ 0 };
    for (size_t i = 0; i < plan->cost.categories.n; i++) {
        const struct mw_category *c = MW_AT(plan->cost.categories, struct mw_category, i);
        if (mw_names(names, c->name) && !mw_eur_add(sum, c->capped))
            return false;
    }
    return true;
}

static enum mw_rc make_caps(struct mw_job *job)
{
    const struct mw_list *caps = &job->plan->edition->caps;

    for (size_t i = 0; i < caps->n; i++) {
        const struct mw_cap *cap = MW_AT(*caps, struct mw_cap, i);
        struct mw_eur most = cap->amount, base;
        if (cap->of.n > 0 && (!sum_of(job->plan, &cap->of, &base) || !mw_eur_of(&most, base, cap->max, MW_COMMERCIAL)))
            return mw_too_large(job, &cap->pos);
        for (size_t k = 0; k < job->plan->cost.categories.n; k++) {
            struct mw_category *c = MW_AT(job->plan->cost.categories, struct mw_category, k);
            if (mw_sv_eq(c->name, cap->category) && c->capped.cents > most.cents)
                c->capped = most;
        }
    }
    return MW_OK;
}

/* The years of a flat-rate row are those of the eligible rows it is computed on. */
static enum mw_rc follow(struct mw_job *job, struct mw_cost_row *flat, const struct mw_list *of)
{
    const struct mw_plan *plan = job->plan;
    int64_t *weights = mw_arena_array(job->a, plan->years.n, sizeof *weights);
    struct mw_eur sum;

    if (weights == NULL)
        return MW_NOMEM;
    if (flat->total.cents == 0)
        return MW_OK;
    for (size_t y = 0; y < plan->years.n; y++) {
        sum = (struct mw_eur){ 0 };
        for (size_t i = 0; i < plan->cost.rows.n; i++) {
            const struct mw_cost_row *row = MW_AT(plan->cost.rows, struct mw_cost_row, i);
            if (row != flat && row->eligible.cents > 0 && mw_names(of, row->category) &&
                !mw_eur_add(&sum, row->years[y]))
                return mw_too_large(job, &flat->flat->pos);
        }
        weights[y] = sum.cents;
    }
    return mw_eur_split(flat->years, flat->total, weights, plan->years.n) ? MW_OK : mw_too_large(job, &flat->flat->pos);
}

static enum mw_rc make_flat_rates(struct mw_job *job)
{
    const struct mw_list *rates = &job->plan->edition->flat_rates;
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < rates->n && rc == MW_OK; i++) {
        const struct mw_flat_rate *f = MW_AT(*rates, struct mw_flat_rate, i);
        struct mw_cost_row *row = new_row(job, f->category, f->category);
        struct mw_eur base;
        if (row == NULL)
            return MW_NOMEM;
        row->flat = f;
        if (!sum_of(job->plan, &f->of, &base) || !mw_eur_of(&row->total, base, f->rate, MW_COMMERCIAL))
            return mw_too_large(job, &f->pos);
        row->eligible = row->total; /* a flat-rate row always counts */
        if ((rc = follow(job, row, &f->of)) == MW_OK)
            rc = join(job, row);
    }
    return rc;
}

enum mw_rc mw_make_cost(struct mw_job *job)
{
    struct mw_plan *plan = job->plan;
    struct mw_cost_plan *cost = &plan->cost;
    const struct mw_list *costs = &plan->project->costs;
    enum mw_rc rc = MW_OK;

    find_years(plan);
    if ((cost->years = mw_arena_array(job->a, plan->years.n, sizeof *cost->years)) == NULL)
        return MW_NOMEM;
    for (size_t i = 0; i < costs->n && rc == MW_OK; i++) {
        const struct mw_cost *c = MW_AT(*costs, struct mw_cost, i);
        if (mw_flat_instead_of(job, c->category) == NULL)
            rc = make_row(job, c);
    }
    if (rc != MW_OK || (rc = make_caps(job)) != MW_OK)
        return rc;
    if (!job->opts->no_flat_rates && (rc = make_flat_rates(job)) != MW_OK)
        return rc;
    for (size_t i = 0; i < cost->categories.n; i++)
        if (!mw_eur_add(&cost->capped, MW_AT(cost->categories, struct mw_category, i)->capped))
            return mw_too_large(job, &plan->project->pos);
    cost->eligible = cost->capped;
    if (mw_eur_is(plan->edition->eligible.max) && cost->eligible.cents > plan->edition->eligible.max.cents)
        cost->eligible = plan->edition->eligible.max;
    return MW_OK;
}
