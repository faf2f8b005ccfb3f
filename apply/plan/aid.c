/* The de-minimis account: what one undertaking may receive within some years up to the day of a new award, counted day by day
 * (Art. 3 (2) of Regulation (EU) 2023/2831). A payment made on the first day of that time counts. */
#include "apply/plan/make.h"

/* The day that counts is that of the award; as long as there is none, the last day to apply, or today if that is past. */
static struct mw_day award_day(const struct mw_plan *plan)
{
    const struct mw_project *p = plan->project;

    if (mw_day_is(p->award.date))
        return p->award.date;
    return mw_day_is(p->deadline) && mw_day_cmp(p->deadline, plan->today) > 0 ? p->deadline : plan->today;
}

static bool add_received(struct mw_aid *aid, const struct mw_project *p)
{
    for (size_t i = 0; i < p->de_minimis.n; i++) {
        const struct mw_aid_received *r = MW_AT(p->de_minimis, struct mw_aid_received, i);
        if (r->undertaking.p != NULL && !mw_sv_eq(r->undertaking, aid->undertaking))
            continue;
        if (mw_day_cmp(r->date, aid->since) >= 0 && mw_day_cmp(r->date, aid->day) <= 0 && !mw_eur_add(&aid->received, r->amount))
            return false;
    }
    return true;
}

enum mw_rc mw_make_aid(struct mw_job *job)
{
    struct mw_plan *plan = job->plan;
    const struct mw_project *p = plan->project;
    struct mw_aid *aid = &plan->aid;
    const struct mw_law_limit *limit;

    if (plan->edition->de_minimis != MW_YES || job->opts->law == NULL)
        return MW_OK;
    aid->day = award_day(plan);
    if ((limit = mw_law_limit(job->opts->law, "de-minimis", aid->day)) == NULL)
        return mw_find(job, MW_NOTE, "de-minimis-unknown", &p->pos, &plan->edition->pos,
                       "The grant is de-minimis aid; no limit is known for %s.", mw_say_day(job, aid->day));
    aid->is = true;
    aid->undertaking = mw_project_undertaking(p);
    aid->since = mw_law_since(limit, aid->day);
    aid->limit = aid->left = limit->amount;
    aid->grant = p->award.pos.file != NULL && mw_eur_is(p->award.grant) ? p->award.grant : plan->financing.grant;
    if (!add_received(aid, p) || !mw_eur_sub(&aid->left, aid->received) || !mw_eur_sub(&aid->left, aid->grant))
        return mw_too_large(job, &p->pos);
    if (!p->de_minimis_stated)
        return mw_find(job, MW_NOTE, "de-minimis-unknown", &p->pos, &plan->edition->pos,
                       "The grant is de-minimis aid; the project does not say what %.*s has received since %s (de_minimis).",
                       MW_SV_ARG(aid->undertaking), mw_say_day(job, aid->since));
    if (aid->left.cents >= 0)
        return MW_OK;
    return mw_find(job, MW_ERROR, "de-minimis-exceeded", &p->pos, &limit->pos,
                   "%.*s has received %s of de-minimis aid since %s; with this grant of %s it would be more than the %s allowed.",
                   MW_SV_ARG(aid->undertaking), mw_say_eur(job, aid->received), mw_say_day(job, aid->since),
                   mw_say_eur(job, aid->grant), mw_say_eur(job, limit->amount));
}
