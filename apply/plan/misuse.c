/* The purpose given up within the binding: what of the grant is asked back. Where the terms say "yearly", each full year in which
 * the purpose was served takes an equal part off (Bavaria, schools: 12 years for buildings, 5 for equipment). */
#include "apply/plan/exact.h"
#include "apply/plan/make.h"

/* Full years from one day to another. */
static int full_years(struct mw_day from, struct mw_day to)
{
    int n = 0;

    while (mw_day_cmp(mw_day_add_months(from, 12 * (n + 1)), to) <= 0)
        n++;
    return n;
}

enum mw_rc mw_make_misuse(struct mw_job *job)
{
    struct mw_plan *plan = job->plan;
    const struct mw_project *p = plan->project;
    const struct mw_edition *e = plan->edition;
    struct mw_misuse *m = &plan->misuse;
    const struct mw_day begin = { p->to.n + 1 };
    struct mw_day end = mw_span_end(begin, e->binding, plan->land);

    m->repayment = MW_EUR_NONE;
    if (!mw_day_is(p->actual.misuse) || !mw_eur_is(p->award.grant) || !mw_day_is(end) || mw_day_cmp(p->actual.misuse, end) > 0)
        return MW_OK;
    m->is = true;
    m->day = p->actual.misuse;
    m->end = end;
    m->grant = plan->settlement.is ? plan->settlement.grant : p->award.grant;
    m->years = mw_day_cmp(m->day, begin) > 0 ? full_years(begin, m->day) : 0;
    if (e->misuse == MW_MISUSE_UNKNOWN)
        return mw_find(job, MW_WARNING, "purpose-given-up", &p->actual.pos, &e->pos,
                       "The purpose was given up on %s, before the binding ends on %s; the terms do not say how much is asked back.",
                       mw_say_day(job, m->day), mw_say_day(job, end));
    const int64_t bound = full_years(begin, (struct mw_day){ end.n + 1 });
    const int64_t left = e->misuse == MW_MISUSE_WHOLE || bound == 0 ? 1 : bound - m->years, of = e->misuse == MW_MISUSE_WHOLE || bound == 0 ? 1 : bound;
    if (!mw_exact_round(&m->repayment, (struct mw_exact){ (mw_i128)m->grant.cents * (left > 0 ? left : 0), of }, MW_COMMERCIAL))
        return mw_too_large(job, &p->actual.pos);
    return mw_find(job, MW_WARNING, "purpose-given-up", &p->actual.pos, &e->pos,
                   "The purpose was given up on %s, before the binding ends on %s: %s of the grant of %s are asked back.", mw_say_day(job, m->day),
                   mw_say_day(job, end), mw_say_eur(job, m->repayment), mw_say_eur(job, m->grant));
}
