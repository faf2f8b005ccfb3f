/* Findings about the financing plan: sources against costs, own money. */
#include "apply/plan/make.h"

static enum mw_rc check_sources(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;
    const struct mw_source_row *rest = MW_AT(plan->financing.rows, struct mw_source_row, plan->financing.rows.n - 1);

    if (rest->total.cents < 0)
        return mw_find(job, MW_ERROR, "sources-exceed-costs", mw_at_sources(plan), NULL,
                       "The sources exceed the cost of %s by %s; cut them or drop a source.",
                       mw_say_eur(job, plan->cost.total), mw_say_eur(job, (struct mw_eur){ -rest->total.cents }));
    for (size_t y = 0; y < plan->years.n; y++)
        if (rest->years[y].cents < 0)
            return mw_find(job, MW_WARNING, "year-over-funded", mw_at_sources(plan), NULL,
                           "In %d the sources exceed the costs by %s; move money to another year.",
                           plan->years.first + (int)y, mw_say_eur(job, (struct mw_eur){ -rest->years[y].cents }));
    return MW_OK;
}

static enum mw_rc check_own(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;
    struct mw_share most = plan->project->profile.own_share;

    if (!mw_share_is(most) ||
        (mw_i128)plan->financing.own.cents * most.den <= (mw_i128)plan->cost.total.cents * most.num)
        return MW_OK;
    return mw_find(
        job, MW_WARNING, "own-money-short", &plan->project->profile.pos, NULL,
        "The project needs %s of own money, more than the %s of the total cost of %s that the profile allows.",
        mw_say_eur(job, plan->financing.own), mw_say_share(job, most), mw_say_eur(job, plan->cost.total));
}

/* A better rate hangs on the lead's budget, and the profile says nothing about it: unknown is not "no". */
static enum mw_rc check_budget(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;
    const struct mw_applicant *lead = mw_project_lead(plan->project);
    const struct mw_edition *e = plan->edition;

    if (lead == NULL || lead->budget >= 0)
        return MW_OK;
    for (size_t i = 0; i < e->rates.n; i++)
        if (MW_AT(e->rates, struct mw_rate_case, i)->when.budget.n > 0)
            return mw_find(job, MW_NOTE, "budget-unknown", &lead->pos, &MW_AT(e->rates, struct mw_rate_case, i)->pos,
                           "The rate depends on the budget of %.*s, which the profile does not state (budget).",
                           MW_SV_ARG(lead->name));
    for (size_t i = 0; i < e->bonus.n; i++)
        if (MW_AT(e->bonus, struct mw_bonus, i)->when.budget.n > 0)
            return mw_find(job, MW_NOTE, "budget-unknown", &lead->pos, &MW_AT(e->bonus, struct mw_bonus, i)->pos,
                           "The rate depends on the budget of %.*s, which the profile does not state (budget).",
                           MW_SV_ARG(lead->name));
    return MW_OK;
}

/* Own rows are what a body has decided; the rest of the own money has been decided by nobody. */
static enum mw_rc check_cover(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;
    const struct mw_source_row *rest = MW_AT(plan->financing.rows, struct mw_source_row, plan->financing.rows.n - 1);

    if (plan->financing.own_rows.cents == 0 || rest->total.cents <= 0)
        return MW_OK;
    return mw_find(job, MW_WARNING, "own-money-uncovered", mw_at_sources(plan), NULL,
                   "The own money stated is %s, the plan needs %s: %s are not covered.",
                   mw_say_eur(job, plan->financing.own_rows), mw_say_eur(job, plan->financing.own),
                   mw_say_eur(job, rest->total));
}

static enum mw_rc check_source(struct mw_job *job, const struct mw_source *s)
{
    static const char *const STATES[] = { "beantragt", "zugesagt", "bewilligt" };
    const struct mw_plan *plan = job->plan;
    const struct mw_edition *e = plan->edition;
    bool others = s->kind == MW_S_PUBLIC || s->kind == MW_S_THIRD;
    size_t state = 0, at;

    if (mw_names(&e->not_with, s->id))
        return mw_find(job, MW_ERROR, "excluded-source", &s->pos, &e->pos,
                       "The programme may not be combined with \"%.*s\".", MW_SV_ARG(s->id));
    if (s->kind == MW_S_PUBLIC &&
        (mw_sv_eq(s->id, plan->terms->programme) || mw_has_word(s->label, plan->terms->title, &at)))
        return mw_find(job, MW_ERROR, "grant-listed", &s->pos, &plan->terms->pos,
                       "\"%.*s\" is the grant asked for; as a source beside it, it counts twice.", MW_SV_ARG(s->label));
    if (others && s->status.n == 0)
        return mw_find(job, MW_NOTE, "source-status-missing", &s->pos, NULL,
                       "The plan does not say whether \"%.*s\" is asked for, promised or granted (status).",
                       MW_SV_ARG(s->label));
    while (state < sizeof STATES / sizeof *STATES && !mw_sv_ieq(s->status, mw_sv(STATES[state])))
        state++;
    if (s->status.n > 0 && state == sizeof STATES / sizeof *STATES)
        return mw_find(job, MW_WARNING, "source-status-unknown", &s->pos, NULL,
                       "\"%.*s\" is no state of \"%.*s\".", MW_SV_ARG(s->status), MW_SV_ARG(s->label));
    return MW_OK;
}

static enum mw_rc check_each_source(struct mw_job *job)
{
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < job->plan->project->financing.n && rc == MW_OK; i++)
        rc = check_source(job, MW_AT(job->plan->project->financing, struct mw_source, i));
    return rc;
}

/* The profile's total is an estimate: a tenth either way is one. */
static enum mw_rc check_volume(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;
    const struct mw_profile *f = &plan->project->profile;
    mw_i128 total = plan->cost.total.cents, volume = f->volume.cents;

    if (!mw_eur_is(f->volume) || total == 0 || (10 * total <= 11 * volume && 10 * total >= 9 * volume))
        return MW_OK;
    return mw_find(job, MW_WARNING, "volume-differs", &f->pos, NULL,
                   "The profile speaks of a total cost of %s, the plan comes to %s.", mw_say_eur(job, f->volume),
                   mw_say_eur(job, plan->cost.total));
}

enum mw_rc mw_find_in_money(struct mw_job *job)
{
    static enum mw_rc (*const CHECKS[])(struct mw_job *) = { check_sources, check_own,        check_budget,
                                                             check_cover,   check_each_source, check_volume };
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < sizeof CHECKS / sizeof *CHECKS && rc == MW_OK; i++)
        rc = CHECKS[i](job);
    return rc;
}
