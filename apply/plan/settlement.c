/* The settlement after the award: what is left of the grant when the project cost less or earned more (ANBest-P Nr. 2),
 * and which categories were exceeded beyond what the award allows (ANBest-P Nr. 1.2). */
#include "apply/plan/exact.h"
#include "apply/plan/make.h"

static struct mw_eur or_zero(struct mw_eur e) { return mw_eur_is(e) ? e : (struct mw_eur){ 0 }; }

static const struct mw_entry *entry(const struct mw_list *dict, struct mw_sv key)
{
    for (size_t i = 0; i < dict->n; i++)
        if (mw_sv_eq(MW_AT(*dict, struct mw_entry, i)->key, key))
            return MW_AT(*dict, struct mw_entry, i);
    return NULL;
}

/* --- categories --------------------------------------------------------------------------------------------------- */
static enum mw_rc use_of(struct mw_job *job, struct mw_sv name, struct mw_eur planned, struct mw_eur actual,
                         const struct mw_pos *at)
{
    static const struct mw_share A_FIFTH = { 1, 5 };
    const struct mw_edition *e = job->plan->edition;
    struct mw_share free_part = mw_share_is(e->reallocation) ? e->reallocation : A_FIFTH;
    struct mw_category_use *use = mw_list_add(job->a, &job->plan->settlement.categories, sizeof *use);
    struct mw_eur over = actual;
    struct mw_share part;

    if (use == NULL)
        return MW_NOMEM;
    *use = (struct mw_category_use){ .category = name, .plan = planned, .actual = actual };
    if (!mw_eur_sub(&over, or_zero(planned)))
        return mw_too_large(job, at);
    if (over.cents <= 0)
        return MW_OK;
    if (or_zero(planned).cents == 0) { /* a new category: every cent needs consent */
        use->needs_consent = true;
        return mw_find(job, MW_WARNING, "consent-needed", at, &e->pos,
                       "The category \"%.*s\" is not in the award; the %s spent on it need the funder's consent.",
                       MW_SV_ARG(name), mw_say_eur(job, over));
    }
    if (!mw_share_make(&part, over.cents, planned.cents))
        return mw_too_large(job, at);
    use->over_bp = mw_share_bp(part);
    use->needs_consent = mw_share_cmp(part, free_part) > 0;
    return !use->needs_consent
               ? MW_OK
               : mw_find(job, MW_WARNING, "consent-needed", at, &e->pos,
                         "The category \"%.*s\" exceeds its plan of %s by %s; more than %s need the funder's consent.",
                         MW_SV_ARG(name), mw_say_eur(job, planned), mw_say_share(job, part),
                         mw_say_share(job, free_part));
}

static enum mw_rc settle_categories(struct mw_job *job)
{
    const struct mw_list *plan = &job->plan->project->award.categories,
                         *actual = &job->plan->project->actual.categories;
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < plan->n && rc == MW_OK; i++) {
        const struct mw_entry *p = MW_AT(*plan, struct mw_entry, i), *a = entry(actual, p->key);
        rc = use_of(job, p->key, p->v.eur, a != NULL ? a->v.eur : (struct mw_eur){ 0 }, a != NULL ? &a->pos : &p->pos);
    }
    for (size_t i = 0; i < actual->n && rc == MW_OK; i++) {
        const struct mw_entry *a = MW_AT(*actual, struct mw_entry, i);
        if (entry(plan, a->key) == NULL)
            rc = use_of(job, a->key, MW_EUR_NONE, a->v.eur, &a->pos);
    }
    return rc;
}

/* --- the grant ---------------------------------------------------------------------------------------------------- */
/* The total binds; ANBest-K of Schleswig-Holstein (24 November 2020) leaves a tenth that own money pays for. */
static enum mw_rc find_excess(struct mw_job *job, struct mw_eur spent)
{
    const struct mw_project *p = job->plan->project;
    const struct mw_share free_part = job->plan->edition->overrun;
    struct mw_eur over = spent;
    struct mw_share part;

    if (!mw_eur_sub(&over, p->award.eligible))
        return mw_too_large(job, &p->actual.pos);
    if (over.cents <= 0)
        return MW_OK;
    if (mw_share_is(free_part) && p->award.eligible.cents > 0) {
        if (!mw_share_make(&part, over.cents, p->award.eligible.cents))
            return mw_too_large(job, &p->actual.pos);
        if (mw_share_cmp(part, free_part) <= 0)
            return MW_OK;
    }
    return mw_find(job, MW_WARNING, "total-exceeded", &p->actual.pos, NULL,
                   "The actual costs of %s exceed the %s of the award by %s; that is own money.", mw_say_eur(job, spent),
                   mw_say_eur(job, p->award.eligible), mw_say_eur(job, over));
}

/* Net position of costs and revenue, not below zero. */
static bool find_saving(const struct mw_project *p, struct mw_eur spent, struct mw_eur *saving)
{
    *saving = or_zero(p->award.eligible);
    if (!mw_eur_sub(saving, spent) || !mw_eur_add(saving, or_zero(p->actual.revenue)) ||
        !mw_eur_sub(saving, or_zero(p->award.revenue)))
        return false;
    if (saving->cents < 0)
        saving->cents = 0;
    return true;
}

/* Anteilfinanzierung: pro rata with other funders and own and other means. */
static bool settle_share(const struct mw_job *job, struct mw_exact *left)
{
    const struct mw_award *w = &job->plan->project->award;
    struct mw_eur all = w->grant, saving = job->plan->settlement.saving;
    struct mw_share part;

    if (!mw_eur_add(&all, or_zero(w->public_money)) || !mw_eur_add(&all, or_zero(w->third)) ||
        !mw_eur_add(&all, or_zero(w->own)))
        return false;
    if (saving.cents == 0 || all.cents == 0)
        return true;
    if (!mw_share_make(&part, w->grant.cents, all.cents))
        return false;
    left->num = (mw_i128)w->grant.cents * part.den - (mw_i128)saving.cents * part.num;
    left->den = part.den;
    return true;
}

/* Festbetrag: not reduced, but never above what was spent, nor above what was delivered. */
static void settle_fixed(const struct mw_job *job, struct mw_eur spent, struct mw_exact *left)
{
    const struct mw_fixed *f = &job->plan->edition->fixed;
    const struct mw_share units = job->plan->project->actual.units;
    const struct mw_exact delivered = mw_eur_is(f->per_unit) && mw_share_is(units) ? mw_exact_of(f->per_unit, units)
                                                                                  : *left;

    if (mw_exact_cmp(*left, mw_exact_cents(spent.cents)) > 0)
        *left = mw_exact_cents(spent.cents);
    if (mw_exact_cmp(*left, delivered) > 0)
        *left = delivered;
}

/* Bagatelle: a saving up to that sum leaves the grant alone; full financing knows none (ANBest-P Nr. 2.2). */
static bool too_small(const struct mw_job *job)
{
    const struct mw_edition *e = job->plan->edition;
    const struct mw_settlement *s = &job->plan->settlement;

    return (e->financing == MW_ANTEIL || e->financing == MW_FEHLBEDARF) && mw_eur_is(e->reduction_above) && s->saving.cents > 0 &&
           s->saving.cents <= e->reduction_above.cents;
}

/* What is left of the grant; rounded like the grant where anything was taken off it. */
static bool settle(struct mw_job *job, struct mw_eur spent)
{
    struct mw_settlement *s = &job->plan->settlement;
    const struct mw_exact awarded = mw_exact_cents(s->awarded.cents);
    struct mw_exact left = awarded;

    s->spared = too_small(job);
    if (s->spared) {
        s->grant = s->awarded;
        return true;
    }
    switch ((enum mw_financing)job->plan->edition->financing) {
    case MW_ANTEIL:
        if (!settle_share(job, &left))
            return false;
        break;
    case MW_FESTBETRAG:
        settle_fixed(job, spent, &left);
        break;
    default: /* Fehlbedarf and Voll: in full */
        left.num -= s->saving.cents;
    }
    if (left.num < 0)
        left = mw_exact_cents(0);
    s->grant = s->awarded;
    return mw_exact_cmp(left, awarded) >= 0 || mw_exact_round(&s->grant, left, job->plan->edition->rounding);
}

enum mw_rc mw_make_settlement(struct mw_job *job)
{
    struct mw_settlement *s = &job->plan->settlement;
    const struct mw_project *p = job->plan->project;
    struct mw_eur spent = { 0 };

    if (p->award.pos.file == NULL || !mw_eur_is(p->award.grant) || !mw_eur_is(p->award.eligible) ||
        p->actual.categories.n == 0)
        return MW_OK; /* nothing to settle yet */
    for (size_t i = 0; i < p->actual.categories.n; i++)
        if (!mw_eur_add(&spent, MW_AT(p->actual.categories, struct mw_entry, i)->v.eur))
            return mw_too_large(job, &p->actual.pos);
    s->is = true;
    s->awarded = p->award.grant;
    if (!find_saving(p, spent, &s->saving) || !settle(job, spent))
        return mw_too_large(job, &p->actual.pos);
    s->reduction = s->awarded;
    if (!mw_eur_sub(&s->reduction, s->grant))
        return mw_too_large(job, &p->actual.pos);
    s->received = s->repayment = MW_EUR_NONE;
    for (size_t i = 0; i < p->actual.received.n; i++) {
        struct mw_eur amount = MW_AT(p->actual.received, struct mw_receipt, i)->amount;
        if (!mw_eur_is(s->received))
            s->received = (struct mw_eur){ 0 };
        if (mw_eur_is(amount) && !mw_eur_add(&s->received, amount))
            return mw_too_large(job, &p->actual.pos);
    }
    if (mw_eur_is(s->received))
        s->repayment = (struct mw_eur){ s->received.cents > s->grant.cents ? s->received.cents - s->grant.cents : 0 };
    enum mw_rc rc = find_excess(job, spent);
    return rc == MW_OK ? settle_categories(job) : rc;
}
