/* Findings about the cost plan: rows outside the period, rows that nobody refunds, rows that a flat rate pays, caps. What rows
 * tell together stands in find_orders.c. */
#include "apply/plan/make.h"

/* A project that is begun: whatever is found of its sums comes from this. */
static enum mw_rc check_any(struct mw_job *job)
{
    if (job->plan->project->costs.n > 0)
        return MW_OK;
    return mw_find(job, MW_WARNING, "costs-empty", &job->plan->project->pos, NULL, "The cost plan is empty, and so all sums are zero.");
}

/* Only what is paid within the Bewilligungszeitraum is eligible. */
static enum mw_rc check_costs(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;
    int from = mw_day_ymd(plan->project->from).year, to = mw_day_ymd(plan->project->to).year;
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < plan->cost.rows.n && rc == MW_OK; i++) {
        const struct mw_cost_row *row = MW_AT(plan->cost.rows, struct mw_cost_row, i);
        int outside = 0;
        if (row->cost == NULL)
            continue;
        for (size_t y = 0; y < plan->years.n && outside == 0; y++)
            if (row->years[y].cents != 0 && (plan->years.first + (int)y < from || plan->years.first + (int)y > to))
                outside = plan->years.first + (int)y;
        if (outside != 0)
            rc = mw_find(job, MW_ERROR, "cost-outside-period", &row->cost->pos, NULL,
                         "Row \"%.*s\" has money in %d, outside the project's period.", MW_SV_ARG(row->label), outside);
        else if (row->total.cents != 0 && mw_day_is(row->from) &&
                 (mw_day_cmp(row->from, plan->project->from) < 0 || mw_day_cmp(row->to, plan->project->to) > 0))
            rc = mw_find(job, MW_ERROR, "cost-outside-period", &row->cost->pos, NULL,
                         "Row \"%.*s\" runs from %s to %s, not within the project's period.", MW_SV_ARG(row->label),
                         mw_say_day(job, row->from), mw_say_day(job, row->to));
    }
    return rc;
}

static bool counts(const struct mw_job *job, const struct mw_cost *c)
{
    return c->eligible != MW_NO && mw_category_counts(job->plan->edition, c->category);
}

/* --- single rows -------------------------------------------------------------------------------------------------- */
static enum mw_rc check_times(struct mw_job *job, const struct mw_cost_row *row)
{
    const struct mw_cost *c = row->cost;
    const struct mw_task_row *t = c->task.p != NULL ? mw_plan_task(job->plan, c->task) : NULL;

    if (t == NULL || !mw_day_is(row->from) ||
        (mw_day_cmp(row->from, t->from) >= 0 && mw_day_cmp(row->to, t->to) <= 0))
        return MW_OK;
    return mw_find(job, MW_WARNING, "cost-outside-task", &c->pos, &t->task->pos,
                   "Row \"%.*s\" runs from %s to %s, its task \"%.*s\" from %s to %s.", MW_SV_ARG(c->label),
                   mw_say_day(job, row->from), mw_say_day(job, row->to), MW_SV_ARG(t->task->label),
                   mw_say_day(job, t->from), mw_say_day(job, t->to));
}

static enum mw_rc check_row(struct mw_job *job, const struct mw_cost_row *row)
{
    static const struct mw_share ONE = { 1, 1 };
    const struct mw_plan *plan = job->plan;
    const struct mw_cost *c = row->cost;
    enum mw_rc rc = check_times(job, row);

    if (rc == MW_OK && row->total.cents == 0)
        rc = mw_find(job, MW_WARNING, "row-empty", &c->pos, NULL, "Row \"%.*s\" costs nothing.", MW_SV_ARG(c->label));
    if (rc == MW_OK && c->eligible != MW_NO && !mw_category_counts(plan->edition, c->category))
        rc = mw_find(job, MW_WARNING, "category-not-funded", &c->pos, &plan->edition->pos,
                     "The programme does not count the category \"%.*s\" of row \"%.*s\"; its %s are own money.",
                     MW_SV_ARG(c->category), MW_SV_ARG(c->label), mw_say_eur(job, row->total));
    if (rc == MW_OK && c->eligible == MW_NO && c->why.n == 0)
        rc = mw_find(job, MW_NOTE, "why-missing", &c->pos, NULL,
                     "Row \"%.*s\" is not eligible, but the plan does not say why.", MW_SV_ARG(c->label));
    if (rc == MW_OK && counts(job, c) && c->personnel == NULL && !mw_share_is(c->vat) &&
        plan->project->input_tax.num > 0)
        rc = mw_find(job, MW_WARNING, "tax-in-cost", &c->pos, NULL,
                     "Row \"%.*s\" states no vat, though the project gets input tax back: a gross sum would hold tax that "
                     "is not eligible.",
                     MW_SV_ARG(c->label));
    if (rc == MW_OK && c->personnel != NULL && mw_share_cmp(c->personnel->fte, ONE) > 0)
        rc = mw_find(job, MW_ERROR, "fte-above-one", &c->personnel->pos, NULL,
                     "Row \"%.*s\" counts one person with %s of full time.", MW_SV_ARG(c->label),
                     mw_say_share(job, c->personnel->fte));
    return rc;
}

/* Words of rules/checks/plan.yaml in the labels of rows that count. */
static enum mw_rc check_words(struct mw_job *job, const struct mw_cost *c)
{
    const struct mw_checks *checks = job->opts->checks;
    enum mw_rc rc = MW_OK;
    size_t at;

    for (size_t i = 0; checks != NULL && i < checks->words.n && counts(job, c); i++) {
        const struct mw_word_check *w = MW_AT(checks->words, struct mw_word_check, i);
        for (size_t k = 0; w->where == MW_IN_ROWS && k < w->words.n; k++)
            if (mw_has_word(c->label, *MW_AT(w->words, struct mw_sv, k), &at)) {
                rc = mw_find(job, MW_WARNING, mw_arena_z(job->a, w->code), &c->pos, &w->pos,
                             "Row \"%.*s\" counts as eligible: %.*s.", MW_SV_ARG(c->label),
                             MW_SV_ARG(mw_words(&w->says, job->plan->lang)));
                mw_find_words(job, mw_sv_sub(c->label, at, MW_AT(w->words, struct mw_sv, k)->n));
                mw_find_cure(job, mw_words(&w->cure, job->plan->lang));
                break;
            }
        if (rc != MW_OK)
            return rc;
    }
    return MW_OK;
}

static enum mw_rc check_rows(struct mw_job *job)
{
    const struct mw_list *rows = &job->plan->cost.rows;
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < rows->n && rc == MW_OK; i++) {
        const struct mw_cost_row *row = MW_AT(*rows, struct mw_cost_row, i);
        if (row->cost != NULL && (rc = check_row(job, row)) == MW_OK)
            rc = check_words(job, row->cost);
    }
    return rc;
}

/* --- the whole plan ------------------------------------------------------------------------------------------------ */
/* What a flat rate pays must not be charged again beside it. */
static enum mw_rc check_flat(struct mw_job *job)
{
    const struct mw_list *flat = &job->plan->edition->flat_rates;

    for (size_t f = 0; f < flat->n && !job->opts->no_flat_rates; f++)
        for (size_t i = 0; i < job->plan->cost.rows.n; i++) {
            const struct mw_flat_rate *rate = MW_AT(*flat, struct mw_flat_rate, f);
            const struct mw_cost_row *row = MW_AT(job->plan->cost.rows, struct mw_cost_row, i);
            if (row->cost != NULL && row->eligible.cents > 0 && mw_sv_eq(row->category, rate->category))
                return mw_find(job, MW_WARNING, "flat-rate-beside-cost", &row->cost->pos, &rate->pos,
                               "Row \"%.*s\" charges \"%.*s\", which a flat rate of %s pays already.",
                               MW_SV_ARG(row->label), MW_SV_ARG(row->category), mw_say_share(job, rate->rate));
        }
    return MW_OK;
}

static enum mw_rc check_units(struct mw_job *job)
{
    const struct mw_edition *e = job->plan->edition;
    const struct mw_list *rows = &job->plan->cost.rows;

    if (e->financing != MW_FESTBETRAG || !mw_eur_is(e->fixed.per_unit) || rows->n == 0)
        return MW_OK;
    for (size_t i = 0; i < rows->n; i++) {
        const struct mw_cost_row *row = MW_AT(*rows, struct mw_cost_row, i);
        if (row->cost != NULL && row->eligible.cents > 0 && mw_sv_eq(row->cost->unit, e->fixed.unit))
            return MW_OK;
    }
    return mw_find(job, MW_ERROR, "unit-missing", mw_at_costs(job->plan), &e->fixed.pos,
                   "The programme pays %s for each \"%.*s\", but no eligible row counts in that unit.",
                   mw_say_eur(job, e->fixed.per_unit), MW_SV_ARG(e->fixed.unit));
}

/* The first row of a category. */
static const struct mw_pos *first_row_of(const struct mw_plan *plan, struct mw_sv category)
{
    for (size_t i = 0; i < plan->project->costs.n; i++)
        if (mw_sv_eq(MW_AT(plan->project->costs, struct mw_cost, i)->category, category))
            return &MW_AT(plan->project->costs, struct mw_cost, i)->pos;
    return mw_at_costs(plan);
}

static enum mw_rc check_caps(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;
    const struct mw_edition *e = plan->edition;
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < plan->cost.categories.n && rc == MW_OK; i++) {
        const struct mw_category *c = MW_AT(plan->cost.categories, struct mw_category, i);
        if (c->capped.cents < c->eligible.cents)
            rc = mw_find(job, MW_WARNING, "cap-exceeded", first_row_of(plan, c->name), &e->pos,
                         "Of the category \"%.*s\" the programme counts %s of %s; the rest is own money.",
                         MW_SV_ARG(c->name), mw_say_eur(job, c->capped), mw_say_eur(job, c->eligible));
    }
    if (rc == MW_OK && mw_eur_is(e->eligible.max) && plan->cost.capped.cents > e->eligible.max.cents)
        rc = mw_find(job, MW_WARNING, "eligible-max-exceeded", mw_at_costs(plan), &e->eligible.pos,
                     "The programme counts at most %s of eligible expenditure; the plan has %s.",
                     mw_say_eur(job, e->eligible.max), mw_say_eur(job, plan->cost.capped));
    return rc;
}

enum mw_rc mw_find_in_costs(struct mw_job *job)
{
    static enum mw_rc (*const CHECKS[])(struct mw_job *) = { check_any,  check_costs, check_rows, check_flat,
                                                             check_units, check_caps };
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < sizeof CHECKS / sizeof *CHECKS && rc == MW_OK; i++)
        rc = CHECKS[i](job);
    return rc;
}
