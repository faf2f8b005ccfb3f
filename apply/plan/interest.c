/* Interest on money that was not used in time: so many percentage points above the base rate for each day from the day after its
 * last one to the day of use (§ 49a (4) with (3) VwVfG), a year of 365 days, rounded once. Where the base rate changes, each
 * part of the time has its own. Some authorities count from the day of payment: the notice of award says which. */
#include "apply/plan/make.h"

enum { RATE_MONTHS = 6 }; /* the base rate is set each half-year; an older entry may have been overtaken */

/* The sum over the days of (points + base rate) x days / 365. */
static enum mw_rc rate_over(struct mw_job *job, const struct mw_receipt *r, struct mw_day first, struct mw_day last,
                            struct mw_share *sum, bool *known)
{
    const struct mw_law *law = job->opts->law;
    bool old = false;

    *sum = (struct mw_share){ 0, 1 };
    *known = law != NULL;
    for (struct mw_day d = first; *known && mw_day_cmp(d, last) <= 0;) {
        struct mw_day next, end;
        const struct mw_base_rate *base = mw_law_base_rate(law, d, &next);
        if ((*known = base != NULL) == false)
            break;
        end = last;
        if (mw_day_is(next) && mw_day_cmp(next, last) <= 0)
            end.n = next.n - 1;
        old = old || (!mw_day_is(next) && mw_day_cmp(mw_day_add_months(base->from, RATE_MONTHS), end) <= 0);
        struct mw_share part = base->rate;
        if (!mw_share_add(&part, law->points) || !mw_share_mul(&part, (struct mw_share){ end.n - d.n + 1, 365 }) ||
            !mw_share_add(sum, part))
            return mw_too_large(job, &r->pos);
        d = (struct mw_day){ end.n + 1 };
    }
    if (!*known)
        return mw_find(job, MW_NOTE, "base-rate-unknown", &r->pos, NULL,
                       "No base rate is known for %s; the interest on the payment of %s is not computed.", mw_say_day(job, first),
                       mw_say_day(job, r->date));
    if (old)
        return mw_find(job, MW_NOTE, "base-rate-old", &r->pos, NULL,
                       "The last base rate known is older than half a year on %s; check the interest on the payment of %s.",
                       mw_say_day(job, last), mw_say_day(job, r->date));
    return MW_OK;
}

enum mw_rc mw_add_interest(struct mw_job *job, const struct mw_receipt *r, struct mw_day due)
{
    struct mw_interest i = { r, due, r->used_until.n - due.n, MW_EUR_NONE }, *kept;
    struct mw_share rate;
    bool known;
    enum mw_rc rc;

    if (!mw_eur_is(r->amount) || i.days <= 0)
        return MW_OK;
    rc = rate_over(job, r, (struct mw_day){ due.n + 1 }, r->used_until, &rate, &known);
    if (rc != MW_OK || !known)
        return rc;
    if (!mw_eur_of(&i.amount, r->amount, rate, MW_COMMERCIAL))
        return mw_too_large(job, &r->pos);
    if ((kept = mw_list_add(job->a, &job->plan->interest, sizeof *kept)) == NULL)
        return MW_NOMEM;
    *kept = i;
    return MW_OK;
}
