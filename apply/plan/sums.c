/* Sums beneath tables, exact. */
#include "apply/plan/sums.h"

struct mw_eur mw_sum_eligible_rows(const struct mw_plan *plan)
{
    struct mw_eur sum = { 0 };

    for (size_t i = 0; i < plan->cost.rows.n; i++)
        if (!mw_eur_add(&sum, MW_AT(plan->cost.rows, struct mw_cost_row, i)->eligible))
            return MW_EUR_NONE;
    return sum;
}

/* sum + e, where "not stated" is nothing to add and stays so until something is. */
static void add(struct mw_eur *sum, struct mw_eur e)
{
    if (!mw_eur_is(*sum))
        *sum = e;
    else if (mw_eur_is(e) && !mw_eur_add(sum, e))
        *sum = MW_EUR_NONE;
}

struct mw_partner_row mw_sum_partners(const struct mw_plan *plan)
{
    struct mw_partner_row sum = { NULL, MW_EUR_NONE, MW_EUR_NONE, MW_EUR_NONE, MW_EUR_NONE };

    for (size_t i = 0; i < plan->partners.n; i++) {
        const struct mw_partner_row *r = MW_AT(plan->partners, struct mw_partner_row, i);
        add(&sum.cost, r->cost);
        add(&sum.grant, r->grant);
        add(&sum.other, r->other);
        add(&sum.own, r->own);
    }
    return sum;
}

struct mw_eur mw_sum_others(const struct mw_plan *plan)
{
    const struct mw_financing_plan *f = &plan->financing;
    struct mw_eur sum = f->public_money;

    return mw_eur_add(&sum, f->third) && mw_eur_add(&sum, f->revenue) && mw_eur_add(&sum, f->fictive) ? sum : MW_EUR_NONE;
}

struct mw_month mw_sum_months(const struct mw_plan *plan)
{
    struct mw_month sum = { 0, 0, { 0 }, { 0 }, { 0 }, { 0 } };

    for (size_t i = 0; i < plan->months.n; i++) {
        const struct mw_month *m = MW_AT(plan->months, struct mw_month, i);
        add(&sum.cost, m->cost);
        add(&sum.grant, m->grant);
        add(&sum.other, m->other);
        add(&sum.own, m->own);
    }
    return sum;
}

bool mw_saving_of(struct mw_saving *out, const struct mw_project *project)
{
    const struct mw_cooperation *c = &project->cooperation;
    struct mw_saving s = { .joint = c->joint_cost };

    if (c->pos.file == NULL || c->single_cost.n == 0 || !mw_eur_is(s.joint))
        return false;
    for (size_t i = 0; i < c->single_cost.n; i++)
        if (!mw_eur_add(&s.single, MW_AT(c->single_cost, struct mw_entry, i)->v.eur))
            return false;
    s.saved = s.single;
    if (s.single.cents <= 0 || !mw_eur_sub(&s.saved, s.joint) || !mw_share_make(&s.share, s.saved.cents, s.single.cents))
        return false;
    *out = s;
    return true;
}
