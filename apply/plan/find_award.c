/* Findings about the award against the project: its sums, its status, and the money that was called. */
#include "apply/plan/make.h"

static struct mw_eur or_zero(struct mw_eur e) { return mw_eur_is(e) ? e : (struct mw_eur){ 0 }; }

static enum mw_rc check_status(struct mw_job *job)
{
    const struct mw_project *p = job->plan->project;
    bool granted = p->status == MW_P_APPROVED || p->status == MW_P_RUNNING || p->status == MW_P_CLOSED;

    if (p->status < 0 || granted == (p->award.pos.file != NULL))
        return MW_OK;
    return mw_find(job, MW_WARNING, "status-contradicts-award", granted ? &p->pos : &p->award.pos, NULL,
                   granted ? "The project is %s, but the file has no award." : "The project is %s, but the file has an award.",
                   MW_PROJECT_STATUSES[p->status]);
}

/* The financing plan of the award is binding, and balanced (ANBest-P Nr. 1.2). */
static enum mw_rc check_balance(struct mw_job *job)
{
    const struct mw_award *w = &job->plan->project->award;
    struct mw_eur sources = or_zero(w->grant), categories = { 0 };
    enum mw_rc rc = MW_OK;

    if (w->pos.file == NULL || !mw_eur_is(w->eligible) || !mw_eur_is(w->grant))
        return MW_OK;
    if (!mw_eur_add(&sources, or_zero(w->public_money)) || !mw_eur_add(&sources, or_zero(w->third)) ||
        !mw_eur_add(&sources, or_zero(w->revenue)) || !mw_eur_add(&sources, or_zero(w->own)))
        return mw_too_large(job, &w->pos);
    if (mw_eur_is(w->own) && sources.cents != w->eligible.cents)
        rc = mw_find(job, MW_WARNING, "award-unbalanced", &w->pos, NULL,
                     "The sources of the award come to %s, its eligible expenditure to %s.", mw_say_eur(job, sources),
                     mw_say_eur(job, w->eligible));
    for (size_t i = 0; i < w->categories.n; i++)
        if (!mw_eur_add(&categories, MW_AT(w->categories, struct mw_entry, i)->v.eur))
            return mw_too_large(job, &w->pos);
    if (rc == MW_OK && w->categories.n > 0 && categories.cents != w->eligible.cents)
        rc = mw_find(job, MW_WARNING, "award-unbalanced", &w->pos, NULL,
                     "The categories of the award come to %s, its eligible expenditure to %s.",
                     mw_say_eur(job, categories), mw_say_eur(job, w->eligible));
    return rc;
}

static enum mw_rc check_difference(struct mw_job *job)
{
    const struct mw_award *w = &job->plan->project->award;
    const struct mw_plan *plan = job->plan;

    if (w->pos.file == NULL || !mw_eur_is(w->grant) || plan->project->costs.n == 0 ||
        w->grant.cents == plan->financing.grant.cents)
        return MW_OK;
    return mw_find(job, MW_WARNING, "award-differs", &w->pos, NULL, "The award grants %s, the plan counts on %s.",
                   mw_say_eur(job, w->grant), mw_say_eur(job, plan->financing.grant));
}

static enum mw_rc check_received(struct mw_job *job)
{
    const struct mw_project *p = job->plan->project;
    struct mw_eur sum = { 0 };
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < p->actual.received.n && rc == MW_OK; i++) {
        const struct mw_receipt *r = MW_AT(p->actual.received, struct mw_receipt, i);
        bool below = !mw_eur_is(p->award.grant) || sum.cents <= p->award.grant.cents;
        if (!mw_eur_add(&sum, or_zero(r->amount)))
            return mw_too_large(job, &r->pos);
        if (mw_day_is(p->award.date) && mw_day_cmp(r->date, p->award.date) < 0)
            rc = mw_find(job, MW_ERROR, "received-before-award", &r->pos, &p->award.pos,
                         "A payment came in on %s, before the award of %s.", mw_say_day(job, r->date),
                         mw_say_day(job, p->award.date));
        if (rc == MW_OK && below && mw_eur_is(p->award.grant) && sum.cents > p->award.grant.cents)
            rc = mw_find(job, MW_ERROR, "received-exceeds-grant", &r->pos, &p->award.pos,
                         "With this payment %s came in, more than the grant of %s.", mw_say_eur(job, sum),
                         mw_say_eur(job, p->award.grant));
    }
    return rc;
}

enum mw_rc mw_find_in_award(struct mw_job *job)
{
    static enum mw_rc (*const CHECKS[])(struct mw_job *) = { check_status, check_balance, check_difference, check_received };
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < sizeof CHECKS / sizeof *CHECKS && rc == MW_OK; i++)
        rc = CHECKS[i](job);
    return rc;
}
