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

static enum mw_rc check_tax_rate(struct mw_job *job, const struct mw_cost_row *row)
{
    struct mw_day day = mw_day_is(row->from) ? row->from : job->plan->project->from;
    const struct mw_law_limit *known = mw_law_limit(job->opts->law, "vat-rates", day);

    if (known == NULL || !mw_share_is(row->cost->vat))
        return MW_OK;
    for (size_t i = 0; i < known->rates.n; i++)
        if (mw_share_cmp(*MW_AT(known->rates, struct mw_share, i), row->cost->vat) == 0)
            return MW_OK;
    return mw_find(job, MW_WARNING, "tax-rate-unusual", &row->cost->pos, &known->pos,
                   "Row \"%.*s\" is taxed at %s; value added tax has no such rate.", MW_SV_ARG(row->label),
                   mw_say_share(job, row->cost->vat));
}

static enum mw_rc check_employer_rate(struct mw_job *job, const struct mw_cost_row *row)
{
    const struct mw_law_limit *usual = mw_law_limit(job->opts->law, "employer-rate", job->plan->today);
    const struct mw_personnel *staff = row->cost->personnel;

    if (usual == NULL || usual->rates.n != 2 || staff == NULL || !mw_share_is(staff->employer_rate) ||
        (mw_share_cmp(staff->employer_rate, *MW_AT(usual->rates, struct mw_share, 0)) >= 0 &&
         mw_share_cmp(staff->employer_rate, *MW_AT(usual->rates, struct mw_share, 1)) <= 0))
        return MW_OK;
    return mw_find(job, MW_WARNING, "employer-rate-unusual", &staff->pos, &usual->pos,
                   "Row \"%.*s\" counts %s of pay as the employer's share; usual are %s to %s.", MW_SV_ARG(row->label),
                   mw_say_share(job, staff->employer_rate), mw_say_share(job, *MW_AT(usual->rates, struct mw_share, 0)),
                   mw_say_share(job, *MW_AT(usual->rates, struct mw_share, 1)));
}

static bool in_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80; }

/* Does text hold the word with nothing of a word beside it: "brutto", but not "Bruttogeschossfläche"? */
static bool has_whole_word(struct mw_sv text, struct mw_sv word, size_t *at)
{
    for (size_t from = 0, found; mw_has_word(mw_sv_sub(text, from, text.n), word, &found); from = *at + 1) {
        *at = from + found;
        bool begins = *at == 0 || !in_word(text.p[*at - 1]),
             ends = *at + word.n == text.n || !in_word(text.p[*at + word.n]);
        if (begins && ends)
            return true;
    }
    return false;
}

/* With vat a sum is net; without, it is taken as it is. A row that is called otherwise has the tax twice, or not at all. Where all
 * input tax comes back, a net sum without vat is right. */
static enum mw_rc check_net_or_gross(struct mw_job *job, const struct mw_cost_row *row)
{
    const struct mw_cost *c = row->cost;
    static const struct mw_share ONE = { 1, 1 };
    const struct mw_checks *checks = job->opts->checks;
    int where = mw_share_is(c->vat) ? MW_IN_TAXED_ROWS : MW_IN_UNTAXED_ROWS;
    const struct mw_sv texts[] = { c->label, c->note };
    size_t at;

    if (checks == NULL || c->personnel != NULL ||
        (where == MW_IN_UNTAXED_ROWS && mw_share_cmp(job->plan->project->input_tax, ONE) == 0))
        return MW_OK;
    for (size_t i = 0; i < checks->words.n; i++) {
        const struct mw_word_check *w = MW_AT(checks->words, struct mw_word_check, i);
        for (size_t k = 0; w->where == where && k < 2 * w->words.n; k++) {
            struct mw_sv text = texts[k % 2], word = *MW_AT(w->words, struct mw_sv, k / 2);
            if (text.p == NULL || !has_whole_word(text, word, &at))
                continue;
            enum mw_rc rc = mw_find(job, MW_WARNING, mw_arena_z(job->a, w->code), &c->pos, &w->pos, "Row \"%.*s\": %.*s.",
                                    MW_SV_ARG(c->label), MW_SV_ARG(mw_words(&w->says, job->plan->lang)));
            mw_find_words(job, mw_sv_sub(text, at, word.n));
            mw_find_cure(job, mw_words(&w->cure, job->plan->lang));
            return rc;
        }
    }
    return MW_OK;
}

/* Words of rules/checks/plan.yaml in the labels of rows that count. */
static enum mw_rc check_words(struct mw_job *job, const struct mw_cost_row *row)
{
    const struct mw_cost *c = row->cost;
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
    static enum mw_rc (*const MORE[])(struct mw_job *, const struct mw_cost_row *) = { check_tax_rate, check_employer_rate,
                                                                                      check_net_or_gross, check_words };
    const struct mw_list *rows = &job->plan->cost.rows;
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < rows->n && rc == MW_OK; i++) {
        const struct mw_cost_row *row = MW_AT(*rows, struct mw_cost_row, i);
        if (row->cost == NULL)
            continue;
        rc = check_row(job, row);
        for (size_t k = 0; k < sizeof MORE / sizeof *MORE && rc == MW_OK; k++)
            rc = MORE[k](job, row);
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

/* Rows that a flat rate replaces are in no table: nobody would miss them. */
static enum mw_rc check_replaced(struct mw_job *job)
{
    const struct mw_list *costs = &job->plan->project->costs;
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < costs->n && rc == MW_OK; i++) {
        const struct mw_cost *c = MW_AT(*costs, struct mw_cost, i);
        const struct mw_flat_rate *flat = mw_flat_instead_of(job, c->category);
        if (flat != NULL)
            rc = mw_find(job, MW_WARNING, "row-replaced", &c->pos, &flat->pos,
                         "Row \"%.*s\" leaves the plan: in place of \"%.*s\" the programme pays a flat rate of %s for \"%.*s\".",
                         MW_SV_ARG(c->label), MW_SV_ARG(c->category), mw_say_share(job, flat->rate), MW_SV_ARG(flat->category));
    }
    return rc;
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
                                                             check_replaced, check_units, check_caps };
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < sizeof CHECKS / sizeof *CHECKS && rc == MW_OK; i++)
        rc = CHECKS[i](job);
    return rc;
}
