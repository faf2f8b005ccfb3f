/* A plan for each partner of a joint project: what its own council decides on.
 *
 * In lead, group and entity mode there is one application; a partner's plan is its part of it, by year and by category. Both
 * margins are kept: over the partners every year adds up to the joint plan, over the years every partner to his share. So each
 * partner in turn takes his sum from what the earlier ones left of every year, in proportion, and the last takes the rest.
 *
 * In parallel mode each partner applies for itself: own rows, his part of the common ones, his own budget and therefore his own
 * rate, bounds and rounding. The costs add up to the joint plan to the cent, the grants are those of the single applications. */
#include <string.h>

#include "apply/plan/make.h"

static size_t count(const struct mw_plan *plan) { return plan->project->profile.applicants.n; }
static const struct mw_applicant *partner(const struct mw_plan *plan, size_t i)
{
    return MW_AT(plan->project->profile.applicants, struct mw_applicant, i);
}
/* Whose row it is, or the number of partners. */
static size_t owner(const struct mw_plan *plan, const struct mw_cost *c)
{
    size_t i = 0;

    while (i < count(plan) && (c == NULL || !mw_sv_eq(partner(plan, i)->name, c->partner)))
        i++;
    return i;
}

static struct mw_eur *new_years(struct mw_job *job, size_t n) { return mw_arena_array(job->a, n + 1, sizeof(struct mw_eur)); }

/* sum from what is left, in proportion to it; where nothing (or less than nothing) is left, to the costs. Adds to out, takes
 * from left. */
static bool take_part(struct mw_job *job, struct mw_eur *out, struct mw_eur sum, struct mw_eur *left, const struct mw_eur *costs, size_t n)
{
    int64_t *weights = mw_arena_array(job->a, n + 1, sizeof *weights);
    struct mw_eur *part = new_years(job, n);
    bool any = false;

    if (weights == NULL || part == NULL)
        return false;
    for (size_t i = 0; i < n; i++) {
        weights[i] = left[i].cents > 0 ? left[i].cents : 0;
        any = any || weights[i] > 0;
    }
    for (size_t i = 0; i < n && !any; i++)
        weights[i] = costs[i].cents > 0 ? costs[i].cents : 0;
    if (sum.cents == 0)
        return true;
    if (!mw_eur_split(part, sum, weights, n)) {
        weights[0] = 1;
        if (!mw_eur_split(part, sum, weights, n))
            return false;
    }
    for (size_t i = 0; i < n; i++)
        if (!mw_eur_add(&out[i], part[i]) || !mw_eur_sub(&left[i], part[i]))
            return false;
    return true;
}

/* Each partner's sum over the years or categories of left; the last partner takes what is left. */
static bool deal(struct mw_job *job, struct mw_eur *const *out, const struct mw_eur *sums, struct mw_eur *left, const struct mw_eur *costs,
                 size_t n)
{
    for (size_t i = 0; i + 1 < count(job->plan); i++)
        if (!take_part(job, out[i], sums[i], left, costs, n))
            return false;
    for (size_t y = 0; y < n; y++)
        if (!mw_eur_add(&out[count(job->plan) - 1][y], left[y]))
            return false;
    return true;
}

static bool is_own(const struct mw_source_row *r) { return r->kind == MW_S_OWN; }

/* Sums by year of the sources that test() holds for. */
static bool sum_sources(const struct mw_plan *plan, struct mw_eur *out, bool own)
{
    for (size_t i = 1; i < plan->financing.rows.n; i++) {
        const struct mw_source_row *r = MW_AT(plan->financing.rows, struct mw_source_row, i);
        for (size_t y = 0; y < plan->years.n && is_own(r) == own; y++)
            if (!mw_eur_add(&out[y], r->years[y]))
                return false;
    }
    return true;
}

/* --- one application ---------------------------------------------------------------------------------------------- */
struct table { /* by partner */
    struct mw_eur **years, *sums;
};
static bool new_table(struct table *t, struct mw_job *job, size_t columns)
{
    size_t n = count(job->plan);

    t->years = mw_arena_array(job->a, n, sizeof *t->years);
    t->sums = new_years(job, n);
    for (size_t i = 0; i < n && t->years != NULL; i++)
        if ((t->years[i] = new_years(job, columns)) == NULL)
            return false;
    return t->years != NULL && t->sums != NULL;
}

/* Rows of partners stay theirs; what is left of each year and of each category is dealt. */
static bool deal_costs(struct mw_job *job, struct table *years, struct table *cats)
{
    const struct mw_plan *plan = job->plan;
    size_t n = count(plan), n_cats = plan->cost.categories.n;
    struct mw_eur *left = new_years(job, plan->years.n), *left_cats = new_years(job, n_cats), *cat_totals = new_years(job, n_cats);
    bool fits = left != NULL && left_cats != NULL && cat_totals != NULL;

    for (size_t y = 0; y < plan->years.n && fits; y++)
        left[y] = plan->cost.years[y];
    for (size_t c = 0; c < n_cats && fits; c++)
        left_cats[c] = cat_totals[c] = MW_AT(plan->cost.categories, struct mw_category, c)->total;
    for (size_t i = 0; i < n && fits; i++)
        years->sums[i] = cats->sums[i] = MW_AT(plan->partners, struct mw_partner_row, i)->cost;
    for (size_t k = 0; k < plan->cost.rows.n && fits; k++) {
        const struct mw_cost_row *row = MW_AT(plan->cost.rows, struct mw_cost_row, k);
        size_t i = owner(plan, row->cost), c = 0;
        if (i == n)
            continue;
        for (size_t y = 0; y < plan->years.n && fits; y++)
            fits = mw_eur_add(&years->years[i][y], row->years[y]) && mw_eur_sub(&left[y], row->years[y]);
        while (c + 1 < n_cats && !mw_sv_eq(MW_AT(plan->cost.categories, struct mw_category, c)->name, row->category))
            c++;
        fits = fits && mw_eur_add(&cats->years[i][c], row->total) && mw_eur_sub(&left_cats[c], row->total) &&
               mw_eur_sub(&years->sums[i], row->total) && mw_eur_sub(&cats->sums[i], row->total);
    }
    return fits && deal(job, years->years, years->sums, left, plan->cost.years, plan->years.n) &&
           deal(job, cats->years, cats->sums, left_cats, cat_totals, n_cats);
}

static enum mw_rc part_of_joint(struct mw_job *job)
{
    struct mw_plan *plan = job->plan;
    size_t n = count(plan), n_years = plan->years.n;
    bool all = plan->project->sharing.of == MW_SHARE_COST;
    struct table cost, cats, grant, other, own;
    struct mw_eur *left_grant = new_years(job, n_years), *left_other = new_years(job, n_years), *left_own = new_years(job, n_years);
    bool fits = new_table(&cost, job, n_years) && new_table(&cats, job, plan->cost.categories.n) && new_table(&grant, job, n_years) &&
                new_table(&other, job, n_years) && new_table(&own, job, n_years) && left_grant != NULL && left_other != NULL && left_own != NULL;

    if (!fits)
        return MW_NOMEM;
    for (size_t i = 0; i < n; i++) {
        const struct mw_partner_row *p = MW_AT(plan->partners, struct mw_partner_row, i);
        grant.sums[i] = p->grant;
        other.sums[i] = p->other;
        own.sums[i] = p->own;
    }
    for (size_t y = 0; y < n_years; y++)
        left_grant[y] = MW_AT(plan->financing.rows, struct mw_source_row, 0)->years[y];
    fits = sum_sources(plan, left_other, false) && sum_sources(plan, left_own, true);
    if (fits && all)
        fits = deal_costs(job, &cost, &cats) && deal(job, grant.years, grant.sums, left_grant, plan->cost.years, n_years) &&
               deal(job, other.years, other.sums, left_other, plan->cost.years, n_years);
    else if (fits)
        fits = deal(job, own.years, own.sums, left_own, plan->cost.years, n_years);
    for (size_t i = 0; i < n && fits; i++) {
        struct mw_subplan *s = mw_list_add(job->a, &plan->subplans, sizeof *s);
        if (s == NULL)
            return MW_NOMEM;
        *s = (struct mw_subplan){ .applicant = partner(plan, i), .sum = *MW_AT(plan->partners, struct mw_partner_row, i), .own = own.years[i] };
        if (!all)
            continue;
        s->cost = cost.years[i];
        s->grant = grant.years[i];
        s->other = other.years[i];
        for (size_t y = 0; y < n_years && fits; y++) {
            s->own[y] = s->cost[y];
            fits = mw_eur_sub(&s->own[y], s->grant[y]) && mw_eur_sub(&s->own[y], s->other[y]);
        }
        for (size_t c = 0; c < plan->cost.categories.n; c++) {
            struct mw_category *cat = mw_list_add(job->a, &s->categories, sizeof *cat);
            if (cat == NULL)
                return MW_NOMEM;
            *cat = (struct mw_category){ .name = MW_AT(plan->cost.categories, struct mw_category, c)->name, .total = cats.years[i][c] };
        }
    }
    return fits ? MW_OK : mw_too_large(job, &plan->project->sharing.pos);
}

/* --- an application each ------------------------------------------------------------------------------------------ */
/* Part i of sums by year, as the years of a row; *any: it is not all zero. */
static bool part_by_year(struct mw_job *job, struct mw_list *out, const struct mw_eur *years, const int64_t *w, size_t i, bool *any)
{
    size_t n = count(job->plan);
    struct mw_eur *part = new_years(job, n);

    *out = (struct mw_list){ 0 };
    *any = false;
    for (size_t y = 0; y < job->plan->years.n && part != NULL; y++) {
        struct mw_year_sum *sum;
        if (years[y].cents == 0)
            continue;
        if (!mw_eur_split(part, years[y], w, n) || (sum = mw_list_add(job->a, out, sizeof *sum)) == NULL)
            return false;
        *sum = (struct mw_year_sum){ job->plan->years.first + (int)y, part[i], job->plan->project->pos };
        *any = *any || part[i].cents != 0;
    }
    return part != NULL;
}

/* The project as partner i applies for it: own rows as they are, his part of the others and of the sources. */
static bool project_of(struct mw_job *job, struct mw_project *out, size_t i, const int64_t *key, const int64_t *by_cost)
{
    const struct mw_plan *plan = job->plan;
    bool any;

    *out = *plan->project;
    out->profile.lead = i;
    out->profile.own_share = MW_SHARE_NONE;
    out->profile.volume = MW_EUR_NONE;
    out->sharing = (struct mw_sharing){ .pos = { 0 } };
    out->costs = out->financing = out->texts = out->steps = out->attachments = (struct mw_list){ 0 };
    out->award.pos.file = out->actual.pos.file = NULL;
    for (size_t k = 0; k < plan->cost.rows.n; k++) {
        const struct mw_cost_row *row = MW_AT(plan->cost.rows, struct mw_cost_row, k);
        size_t whose = owner(plan, row->cost);
        struct mw_cost *c;
        if (row->cost == NULL || (whose < count(plan) && whose != i))
            continue;
        if ((c = mw_list_add(job->a, &out->costs, sizeof *c)) == NULL)
            return false;
        *c = *row->cost;
        if (whose == i)
            continue;
        c->amount = c->price = MW_EUR_NONE;
        c->vat = c->quantity = MW_SHARE_NONE; /* the sums hold the tax already */
        c->personnel = NULL;
        if (!part_by_year(job, &c->years, row->years, key, i, &any))
            return false;
        if (c->years.n == 0)
            c->amount = (struct mw_eur){ 0 };
    }
    for (size_t k = 1; k < plan->financing.rows.n; k++) {
        const struct mw_source_row *row = MW_AT(plan->financing.rows, struct mw_source_row, k);
        struct mw_source *s;
        if (row->source == NULL || (s = mw_list_add(job->a, &out->financing, sizeof *s)) == NULL)
            continue;
        *s = *row->source;
        if (!part_by_year(job, &s->years, row->years, by_cost, i, &any))
            return false;
        s->amount = (struct mw_eur){ 0 };
        for (size_t y = 0; y < s->years.n; y++)
            if (!mw_eur_add(&s->amount, MW_AT(s->years, struct mw_year_sum, y)->sum))
                return false;
    }
    return true;
}

static enum mw_rc add_application(struct mw_job *job, size_t i, const struct mw_plan *own)
{
    struct mw_plan *plan = job->plan;
    struct mw_subplan *s = mw_list_add(job->a, &plan->subplans, sizeof *s);
    size_t n = plan->years.n;

    if (s == NULL)
        return MW_NOMEM;
    *s = (struct mw_subplan){ .applicant = partner(plan, i), .plan = own, .cost = new_years(job, n), .grant = new_years(job, n),
                              .other = new_years(job, n), .own = new_years(job, n), .categories = own->cost.categories };
    if (s->cost == NULL || s->grant == NULL || s->other == NULL || s->own == NULL)
        return MW_NOMEM;
    for (size_t y = 0; y < own->years.n; y++) { /* the years of one partner lie within those of all */
        size_t at = (size_t)(own->years.first - plan->years.first) + y;
        s->cost[at] = own->cost.years[y];
        for (size_t k = 0; k < own->financing.rows.n; k++) {
            const struct mw_source_row *r = MW_AT(own->financing.rows, struct mw_source_row, k);
            if (!mw_eur_add(k == 0 ? &s->grant[at] : is_own(r) ? &s->own[at] : &s->other[at], r->years[y]))
                return mw_too_large(job, &plan->project->pos);
        }
    }
    s->sum = (struct mw_partner_row){ s->applicant, own->cost.total, own->financing.grant, own->cost.total, own->financing.own };
    if (!mw_eur_sub(&s->sum.other, own->financing.grant) || !mw_eur_sub(&s->sum.other, own->financing.own))
        return mw_too_large(job, &plan->project->pos);
    if (own->financing.limited_by == MW_LIMIT_GRANT_MIN)
        return mw_find(job, MW_ERROR, "partner-grant-below-min", &s->applicant->pos, &plan->edition->grant.pos,
                       "\"%.*s\" applies for its own part; the grant for it would be below the smallest one of %s.",
                       MW_SV_ARG(s->applicant->name), mw_say_eur(job, plan->edition->grant.min));
    return MW_OK;
}

static enum mw_rc applications(struct mw_job *job)
{
    struct mw_plan *plan = job->plan;
    size_t n = count(plan);
    int64_t *key = mw_arena_array(job->a, n + 1, sizeof *key), *by_cost = mw_arena_array(job->a, n + 1, sizeof *by_cost);
    struct mw_plan_opts opts = { .today = job->opts->today, .lang = job->opts->lang, .edition = job->opts->edition,
                                 .no_flat_rates = job->opts->no_flat_rates, .alone = true };
    enum mw_rc rc = MW_OK;
    bool usable = true;

    if (key == NULL || by_cost == NULL)
        return MW_NOMEM;
    if (plan->project->sharing.pos.file != NULL)
        rc = mw_sharing_weights(job, key, &usable);
    else
        key[plan->project->profile.lead] = 1; /* nobody's rows are the lead's */
    if (rc != MW_OK || !usable)
        return rc;
    for (size_t k = 0; k < plan->cost.rows.n; k++) {
        const struct mw_cost_row *row = MW_AT(plan->cost.rows, struct mw_cost_row, k);
        struct mw_eur *part = new_years(job, n);
        size_t whose = owner(plan, row->cost);
        if (part == NULL)
            return MW_NOMEM;
        if (whose < n)
            part[whose] = row->total;
        else if (row->total.cents > 0 && !mw_eur_split(part, row->total, key, n))
            return mw_too_large(job, &plan->project->pos);
        for (size_t i = 0; i < n; i++)
            by_cost[i] += part[i].cents; /* at most the total cost, which fits */
    }
    if (plan->cost.total.cents == 0)
        by_cost[plan->project->profile.lead] = 1;
    for (size_t i = 0; i < n && rc == MW_OK; i++) {
        struct mw_project *project = mw_arena_alloc(job->a, sizeof *project);
        struct mw_plan *own = mw_arena_alloc(job->a, sizeof *own);
        if (project == NULL || own == NULL || !project_of(job, project, i, key, by_cost))
            return MW_NOMEM;
        if ((rc = mw_plan_make(own, job->a, project, plan->terms, job->tariffs, &opts, job->diags)) == MW_OK)
            rc = add_application(job, i, own);
    }
    return rc;
}

enum mw_rc mw_make_subplans(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;

    if (job->opts->alone || job->opts->no_flat_rates || count(plan) < 2)
        return MW_OK;
    if (plan->project->profile.joint_mode == MW_J_PARALLEL)
        return plan->project->sharing.pos.file == NULL || plan->partners.n > 0 ? applications(job) : MW_OK;
    return plan->partners.n > 0 ? part_of_joint(job) : MW_OK;
}
