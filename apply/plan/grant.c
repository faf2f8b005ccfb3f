/* The grant, step by step.
 *
 * Order of FORMATS.md section 5: eligible.max, rate (with rates, bonus, rate_cap), grant.max, own_share.min, public_share.max, no
 * over-funding, grant.min, rounding. The grant stays an exact fraction until it is rounded, once. Each rule that lowers it leaves a
 * step, so that people can follow the way down; the last one is what limited it. */
#include "apply/plan/exact.h"
#include "apply/plan/make.h"

struct ladder {
    struct mw_job *job;
    struct mw_exact grant;
    enum mw_rc rc;
};

/* --- the way down ------------------------------------------------------------------------------------------------- */
static void note_step(struct ladder *l, enum mw_limit rule, struct mw_exact before, bool first, struct mw_sv formula)
{
    struct mw_financing_plan *f = &l->job->plan->financing;
    struct mw_grant_step *step = mw_list_add(l->job->a, &f->steps, sizeof *step);

    if (step == NULL || formula.p == NULL) {
        l->rc = MW_NOMEM;
        return;
    }
    *step = (struct mw_grant_step){ rule, MW_EUR_NONE, MW_EUR_NONE, formula };
    f->limited_by = rule;
    if ((!first && !mw_exact_round(&step->before, before, MW_DOWN)) || !mw_exact_round(&step->after, l->grant, MW_DOWN))
        l->rc = mw_too_large(l->job, &l->job->plan->project->pos);
}

/* The grant is at most bound; formula says how the bound came about. */
static void limit(struct ladder *l, enum mw_limit rule, struct mw_exact bound, struct mw_sv formula)
{
    struct mw_exact before = l->grant;

    if (l->rc != MW_OK || mw_exact_cmp(bound, l->grant) >= 0)
        return;
    l->grant = bound;
    note_step(l, rule, before, false, formula);
}

#define SAY(l_, ...) mw_arena_printf((l_)->job->a, __VA_ARGS__)
#define EUR(l_, e_) mw_say_eur((l_)->job, (e_))
#define TR(l_, en_) mw_tr((l_)->job->plan->lang, (en_))

static struct mw_eur cents(mw_i128 n)
{
    return (struct mw_eur){ n > INT64_MAX ? INT64_MAX : n < -INT64_MAX ? -INT64_MAX : (int64_t)n };
}

/* --- rate --------------------------------------------------------------------------------------------------------- */
static bool has_int(const struct mw_list *l, int v)
{
    for (size_t i = 0; i < l->n; i++)
        if (*MW_AT(*l, int, i) == v)
            return true;
    return l->n == 0;
}

static bool holds(const struct mw_when *w, const struct mw_project *p)
{
    const struct mw_applicant *lead = mw_project_lead(p);
    bool joint = mw_project_partners(p) >= 2;

    if (w->joint != MW_TRI_NONE && (w->joint == MW_YES) != joint)
        return false;
    if (lead == NULL)
        return w->budget.n + w->type.n + w->land.n == 0;
    return has_int(&w->budget, lead->budget) && has_int(&w->type, lead->type) && has_int(&w->land, (int)lead->land);
}

/* rates, bonus, rate_cap; never above the whole. */
static bool find_rate(const struct mw_edition *e, const struct mw_project *p, struct mw_share *rate)
{
    static const struct mw_share ONE = { 1, 1 };

    *rate = e->rate;
    for (size_t i = 0; i < e->rates.n; i++) {
        const struct mw_rate_case *r = MW_AT(e->rates, struct mw_rate_case, i);
        if (holds(&r->when, p)) {
            *rate = r->rate;
            break;
        }
    }
    if (!mw_share_is(*rate))
        return true;
    for (size_t i = 0; i < e->bonus.n; i++) {
        const struct mw_bonus *b = MW_AT(e->bonus, struct mw_bonus, i);
        if (holds(&b->when, p) && !mw_share_add(rate, b->points))
            return false;
    }
    if (mw_share_is(e->rate_cap) && mw_share_cmp(*rate, e->rate_cap) > 0)
        *rate = e->rate_cap;
    if (mw_share_cmp(*rate, ONE) > 0)
        *rate = ONE;
    return true;
}

/* --- who may not have it at all ----------------------------------------------------------------------------------- */
static enum mw_rc check_partners(struct mw_job *job, bool *out)
{
    const struct mw_edition *e = job->plan->edition;
    const struct mw_fixed *f = &e->fixed;
    int64_t n = (int64_t)mw_project_partners(job->plan->project), need = 0;
    const struct mw_pos *rule = &e->partners_pos;

    if (e->partners_min != MW_INT_NONE)
        need = e->partners_min;
    if (e->financing == MW_FESTBETRAG && f->partners.n > 0 &&
        MW_AT(f->partners, struct mw_fixed_sum, 0)->partners > need) {
        need = MW_AT(f->partners, struct mw_fixed_sum, 0)->partners;
        rule = &f->pos;
    }
    if (e->financing == MW_FESTBETRAG && mw_eur_is(f->base) && f->base_partners > need) {
        need = f->base_partners;
        rule = &f->pos;
    }
    if (n >= need)
        return MW_OK;
    *out = true;
    return mw_find(job, MW_ERROR, "partners-too-few", &job->plan->project->profile.pos, rule,
                   "The programme asks for at least %lld partners; the project has %lld.", (long long)need,
                   (long long)n);
}

static enum mw_rc check_eligible(struct mw_job *job, bool *out)
{
    const struct mw_plan *plan = job->plan;
    const struct mw_bounds *v = &plan->edition->volume, *el = &plan->edition->eligible;
    struct mw_eur total = plan->cost.total;
    bool exclusive = v->max_is == 1;
    enum mw_rc rc = check_partners(job, out);

    if (rc == MW_OK && mw_eur_is(v->max) && (exclusive ? total.cents >= v->max.cents : total.cents > v->max.cents)) {
        *out = true;
        rc = mw_find(job, MW_ERROR, "volume-out-of-range", mw_at_costs(plan), &v->pos,
                     exclusive ? "The total cost of %s must be below %s."
                               : "The total cost of %s is above the %s that the programme allows.",
                     mw_say_eur(job, total), mw_say_eur(job, v->max));
    }
    if (rc == MW_OK && mw_eur_is(v->min) && total.cents < v->min.cents) {
        *out = true;
        rc = mw_costs_open(plan) ? MW_OK : mw_find(job, MW_ERROR, "volume-out-of-range", mw_at_costs(plan), &v->pos,
                     "The total cost of %s is below the %s that the programme asks for.", mw_say_eur(job, total),
                     mw_say_eur(job, v->min));
    }
    if (rc == MW_OK && mw_eur_is(el->min) && plan->cost.eligible.cents < el->min.cents) {
        *out = true;
        rc = mw_costs_open(plan) ? MW_OK : mw_find(job, MW_ERROR, "eligible-below-min", mw_at_costs(plan), &el->pos,
                     "The eligible expenditure of %s is below the %s that the programme asks for.",
                     mw_say_eur(job, plan->cost.eligible), mw_say_eur(job, el->min));
    }
    return rc;
}

/* --- the grant before any limit ----------------------------------------------------------------------------------- */
/* The fixed sum of a Festbetrag; partners too few for it have been found before. */
/* How many of the units that a fixed sum is paid for the eligible rows hold; false: too many to count. */
static bool count_units(const struct mw_job *job, struct mw_share *units)
{
    const struct mw_list *rows = &job->plan->cost.rows;

    *units = (struct mw_share){ 0, 1 };
    for (size_t i = 0; i < rows->n; i++) {
        const struct mw_cost_row *row = MW_AT(*rows, struct mw_cost_row, i);
        if (row->cost != NULL && row->eligible.cents > 0 && mw_sv_eq(row->cost->unit, job->plan->edition->fixed.unit) &&
            mw_share_is(row->cost->quantity) && !mw_share_add(units, row->cost->quantity))
            return false;
    }
    return true;
}

static bool fixed_sum(const struct mw_job *job, struct mw_exact *out)
{
    const struct mw_fixed *f = &job->plan->edition->fixed;
    int64_t n = (int64_t)mw_project_partners(job->plan->project);
    struct mw_share units;

    *out = mw_exact_cents(0);
    if (mw_eur_is(f->amount))
        *out = mw_exact_cents(f->amount.cents);
    for (size_t i = 0; i < f->partners.n && MW_AT(f->partners, struct mw_fixed_sum, i)->partners <= n; i++)
        *out = mw_exact_cents(MW_AT(f->partners, struct mw_fixed_sum, i)->amount.cents);
    if (mw_eur_is(f->base)) {
        mw_i128 sum = f->base.cents;
        if (mw_eur_is(f->per_further) && n > f->base_partners)
            sum += (mw_i128)f->per_further.cents * (n - f->base_partners);
        if (sum > INT64_MAX)
            return false;
        *out = mw_exact_cents((int64_t)sum);
    }
    if (!mw_eur_is(f->per_unit))
        return true;
    if (!count_units(job, &units))
        return false;
    *out = mw_exact_of(f->per_unit, units);
    return out->num / out->den <= INT64_MAX;
}

/* What the financing type gives on so much eligible expenditure, without a rate beside it. */
static struct mw_exact basis(const struct mw_job *job, struct mw_eur eligible, struct mw_exact fixed)
{
    const struct mw_financing_plan *f = &job->plan->financing;
    mw_i128 others = (mw_i128)f->public_money.cents + f->third.cents + f->revenue.cents;
    struct mw_exact all = mw_exact_cents(eligible.cents);

    switch ((enum mw_financing)job->plan->edition->financing) {
    case MW_FEHLBEDARF:
        return mw_exact_minus(all, others + f->own_rows.cents);
    case MW_VOLL:
        return mw_exact_minus(all, others);
    case MW_FESTBETRAG:
        return mw_exact_cmp(fixed, all) < 0 ? fixed : all;
    default:
        return mw_share_is(f->rate) ? mw_exact_of(eligible, f->rate) : mw_exact_cents(0);
    }
}

/* "22 Workshop x 1.000,00 EUR", "fixed sum 175.000,00 EUR for 2 partners"; and that it is cut to what is eligible. */
static struct mw_sv fixed_formula(struct ladder *l, struct mw_exact fixed, struct mw_eur eligible)
{
    const struct mw_fixed *f = &l->job->plan->edition->fixed;
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    struct mw_share units;
    struct mw_eur sum = { 0 };

    mw_exact_round(&sum, fixed, MW_DOWN);
    if (mw_eur_is(f->per_unit) && count_units(l->job, &units)) {
        mw_quantity_format(&s, units, l->job->plan->lang);
        mw_str_addf(&s, " %.*s x %s", MW_SV_ARG(f->unit), EUR(l, f->per_unit));
    } else if (f->partners.n > 0 || mw_eur_is(f->base))
        mw_str_addf(&s, TR(l, "fixed sum %s for %zu partners"), EUR(l, sum), mw_project_partners(l->job->plan->project));
    else
        mw_str_addf(&s, TR(l, "fixed sum %s"), EUR(l, sum));
    if (mw_exact_cmp(fixed, mw_exact_cents(eligible.cents)) > 0)
        mw_str_addf(&s, TR(l, ", not above the eligible %s"), EUR(l, eligible));
    return mw_str_ok(&s) ? mw_arena_copy(l->job->a, mw_str_sv(&s)) : MW_SV_NONE;
}

/* The formula of the basis, for people. */
static struct mw_sv basis_formula(struct ladder *l, struct mw_exact fixed, struct mw_eur eligible)
{
    const struct mw_financing_plan *f = &l->job->plan->financing;
    struct mw_eur sum = { 0 };

    switch ((enum mw_financing)l->job->plan->edition->financing) {
    case MW_FEHLBEDARF:
    case MW_VOLL:
        sum = cents((mw_i128)f->public_money.cents + f->third.cents + f->revenue.cents +
                    (l->job->plan->edition->financing == MW_FEHLBEDARF ? f->own_rows.cents : 0));
        return SAY(l, TR(l, "eligible %s - other sources %s"), EUR(l, eligible), EUR(l, sum));
    case MW_FESTBETRAG:
        return fixed_formula(l, fixed, eligible);
    default:
        return SAY(l, TR(l, "%s of eligible %s"), mw_say_share(l->job, f->rate), EUR(l, eligible));
    }
}

static enum mw_limit basis_rule(int financing)
{
    return financing == MW_ANTEIL ? MW_LIMIT_RATE : financing == MW_FESTBETRAG ? MW_LIMIT_FIXED : MW_LIMIT_GAP;
}

static void climb_basis(struct ladder *l)
{
    const struct mw_plan *plan = l->job->plan;
    const struct mw_financing_plan *f = &plan->financing;
    struct mw_exact fixed = mw_exact_cents(0), before;

    if (plan->edition->financing == MW_FESTBETRAG && !fixed_sum(l->job, &fixed)) {
        l->rc = mw_too_large(l->job, &plan->edition->fixed.pos);
        return;
    }
    l->grant = before = basis(l->job, plan->cost.capped, fixed);
    note_step(l, basis_rule(plan->edition->financing), before, true, basis_formula(l, fixed, plan->cost.capped));
    if (l->rc == MW_OK && plan->cost.capped.cents > plan->cost.eligible.cents)
        limit(l, MW_LIMIT_ELIGIBLE_MAX, basis(l->job, plan->cost.eligible, fixed),
              SAY(l, TR(l, "at most %s of eligible expenditure count"), EUR(l, plan->cost.eligible)));
    if (l->rc == MW_OK && (plan->edition->financing == MW_FEHLBEDARF || plan->edition->financing == MW_FESTBETRAG) &&
        mw_share_is(f->rate))
        limit(l, MW_LIMIT_RATE, mw_exact_of(plan->cost.eligible, f->rate),
              SAY(l, TR(l, "at most %s of eligible %s"), mw_say_share(l->job, f->rate), EUR(l, plan->cost.eligible)));
}

/* --- the limits --------------------------------------------------------------------------------------------------- */
static void limit_parts(struct ladder *l, enum mw_part kind, struct mw_eur max)
{
    struct mw_exact bound = l->grant;
    struct mw_sv which, formula;

    if (l->rc != MW_OK || (l->rc = mw_cap_parts(l->job, kind, &bound, &which)) != MW_OK || which.n == 0)
        return;
    if (kind == MW_PART_YEAR)
        formula = SAY(l, TR(l, "at most %s in each year; less in %.*s"), EUR(l, max), MW_SV_ARG(which));
    else if (kind == MW_PART_AREA)
        formula = SAY(l, TR(l, "at most %s for each area; less for %.*s"), EUR(l, max), MW_SV_ARG(which));
    else
        formula = SAY(l, TR(l, "at most %s for each partner; less for %.*s"), EUR(l, max), MW_SV_ARG(which));
    limit(l, MW_LIMIT_GRANT_MAX, bound, formula);
}

static void climb_down(struct ladder *l)
{
    const struct mw_plan *plan = l->job->plan;
    const struct mw_edition *e = plan->edition;
    const struct mw_financing_plan *f = &plan->financing;
    struct mw_eur eligible = plan->cost.eligible;
    mw_i128 others = (mw_i128)f->public_money.cents + f->third.cents + f->revenue.cents,
            with_fictive = others + f->fictive.cents;
    struct mw_share rest = { 1, 1 };

    if (mw_eur_is(e->grant.max))
        limit(l, MW_LIMIT_GRANT_MAX, mw_exact_cents(e->grant.max.cents),
              SAY(l, TR(l, "at most %s"), EUR(l, e->grant.max)));
    limit_parts(l, MW_PART_YEAR, e->grant_per.year);
    limit_parts(l, MW_PART_AREA, e->grant_per.area);
    limit_parts(l, MW_PART_PARTNER, e->grant_per.partner);
    /* Own cash that pays eligible expenditure: what is left of it after the grant and every other source. */
    if (mw_share_is(e->own_share_min)) {
        if (mw_share_cmp(e->own_share_min, rest) >= 0 || !mw_share_sub(&rest, e->own_share_min))
            rest = (struct mw_share){ 0, 1 };
        limit(l, MW_LIMIT_OWN_SHARE_MIN, mw_exact_minus(mw_exact_of(eligible, rest), with_fictive),
              SAY(l, TR(l, "eligible %s - own share %s of it - other sources %s"), EUR(l, eligible),
                  mw_say_share(l->job, e->own_share_min), EUR(l, cents(with_fictive))));
    }
    if (mw_share_is(e->public_share_max))
        limit(l, MW_LIMIT_PUBLIC_SHARE_MAX,
              mw_exact_minus(mw_exact_of(eligible, e->public_share_max), f->public_money.cents),
              SAY(l, TR(l, "all public money at most %s of eligible %s, less other public money %s"),
                  mw_say_share(l->job, e->public_share_max), EUR(l, eligible), EUR(l, f->public_money)));
    limit(l, MW_LIMIT_OVER_FUNDING, mw_exact_minus(mw_exact_cents(eligible.cents), others),
          SAY(l, TR(l, "eligible %s - other sources %s"), EUR(l, eligible), EUR(l, cents(others))));
    limit(l, MW_LIMIT_OVER_FUNDING, mw_exact_minus(mw_exact_cents(plan->cost.total.cents), with_fictive),
          SAY(l, TR(l, "total cost %s - other sources %s"), EUR(l, plan->cost.total), EUR(l, cents(with_fictive))));
}

static enum mw_rc below_min(struct ladder *l)
{
    const struct mw_bounds *g = &l->job->plan->edition->grant;
    struct mw_eur was = { 0 };

    if (l->rc != MW_OK || !mw_eur_is(g->min) || mw_exact_cmp(l->grant, mw_exact_cents(g->min.cents)) >= 0)
        return l->rc;
    mw_exact_round(&was, l->grant, MW_DOWN);
    limit(l, MW_LIMIT_GRANT_MIN, mw_exact_cents(0), SAY(l, TR(l, "grants below %s are not paid"), EUR(l, g->min)));
    return l->rc != MW_OK || mw_grant_open(l->job->plan)
               ? l->rc
               : mw_find(l->job, MW_ERROR, "grant-below-min", mw_at_costs(l->job->plan), &g->pos,
                                    "The grant of %s would be below the smallest one of %s; nothing is paid.",
                                    EUR(l, was), EUR(l, g->min));
}

enum mw_rc mw_make_grant(struct mw_job *job)
{
    struct mw_plan *plan = job->plan;
    struct mw_financing_plan *f = &plan->financing;
    struct ladder l = { job, mw_exact_cents(0), MW_OK };
    bool out = false;

    if (!find_rate(plan->edition, plan->project, &f->rate))
        return mw_too_large(job, &plan->edition->rate_pos);
    f->unknown = (plan->edition->financing == MW_ANTEIL && !mw_share_is(f->rate)) ||
                 (plan->edition->financing == MW_FESTBETRAG && plan->edition->fixed.pos.file == NULL);
    if (f->unknown)
        l.rc = mw_find(job, MW_ERROR, "grant-unknown", NULL, &plan->edition->pos,
                       "The terms state no %s for this project, so no grant can be computed.",
                       mw_tr(plan->lang, plan->edition->financing == MW_ANTEIL ? "rate" : "fixed sum"));
    if (l.rc == MW_OK)
        climb_basis(&l);
    if (l.rc == MW_OK)
        l.rc = check_eligible(job, &out);
    if (l.rc == MW_OK && out) {
        struct mw_exact before = l.grant;
        l.grant = mw_exact_cents(0);
        note_step(&l, MW_LIMIT_INELIGIBLE, before, false,
                  SAY(&l, "%s", TR(&l, "the project does not meet the conditions")));
    } else if (l.rc == MW_OK) {
        climb_down(&l);
        l.rc = below_min(&l);
    }
    if (l.rc == MW_OK && !mw_exact_round(&f->grant, l.grant, plan->edition->rounding))
        return mw_too_large(job, &plan->project->pos);
    return l.rc;
}
