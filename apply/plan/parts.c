/* Caps on parts of the grant: the most that may fall on one calendar year, one area (a Quartier) or one partner.
 *
 * The grant falls on the parts in proportion to their eligible expenditure before caps. What a part would have above the cap is
 * lost: the others do not make it up. Expenditure that names no area, or no partner, belongs to all of them alike. */
#include "apply/plan/exact.h"
#include "apply/plan/make.h"

struct parts {
    int64_t *weights;
    bool *over;
    size_t n;
};

static bool new_parts(struct parts *out, struct mw_job *job, size_t n)
{
    *out = (struct parts){ mw_arena_array(job->a, n, sizeof *out->weights), mw_arena_array(job->a, n, sizeof *out->over), n };
    return out->weights != NULL && out->over != NULL;
}

static bool add_weight(int64_t *weight, int64_t cents, int64_t times)
{
    int64_t product;
    return !__builtin_mul_overflow(cents, times, &product) && !__builtin_add_overflow(*weight, product, weight);
}

static bool weigh_years(struct parts *p, const struct mw_cost_plan *cost)
{
    for (size_t i = 0; i < cost->rows.n; i++) {
        const struct mw_cost_row *row = MW_AT(cost->rows, struct mw_cost_row, i);
        for (size_t y = 0; y < p->n && row->eligible.cents > 0; y++)
            if (!add_weight(&p->weights[y], row->years[y].cents, 1))
                return false;
    }
    return true;
}

static size_t area_of(const struct mw_project *p, const struct mw_cost *c)
{
    for (size_t i = 0; i < p->areas.n; i++)
        if (c != NULL && mw_sv_eq(MW_AT(p->areas, struct mw_area, i)->id, c->area))
            return i;
    return p->areas.n;
}
static size_t partner_of(const struct mw_project *p, const struct mw_cost *c)
{
    for (size_t i = 0; i < p->profile.applicants.n; i++)
        if (c != NULL && mw_sv_eq(MW_AT(p->profile.applicants, struct mw_applicant, i)->name, c->partner))
            return i;
    return p->profile.applicants.n;
}

/* A row of nobody's counts once for each of the n, the others n times: so the weights stay whole. */
static bool weigh_rows(struct parts *p, const struct mw_plan *plan, size_t (*part_of)(const struct mw_project *, const struct mw_cost *))
{
    for (size_t i = 0; i < plan->cost.rows.n; i++) {
        const struct mw_cost_row *row = MW_AT(plan->cost.rows, struct mw_cost_row, i);
        size_t part = part_of(plan->project, row->cost);
        for (size_t k = 0; k < p->n; k++)
            if ((part == p->n && !add_weight(&p->weights[k], row->eligible.cents, 1)) ||
                (part == k && !add_weight(&p->weights[k], row->eligible.cents, (int64_t)p->n)))
                return false;
    }
    return true;
}

static bool any(const struct parts *p)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->weights[i] > 0)
            return true;
    return false;
}

/* "2026, 2027": the parts that were cut. */
static struct mw_sv names_of(struct mw_job *job, enum mw_part kind, const struct parts *p)
{
    const struct mw_project *project = job->plan->project;
    struct mw_str s = MW_STR_INIT;
    struct mw_sv out;

    for (size_t i = 0; i < p->n; i++) {
        if (!p->over[i])
            continue;
        if (s.n > 0)
            mw_str_addz(&s, ", ");
        if (kind == MW_PART_YEAR)
            mw_str_addf(&s, "%d", job->plan->years.first + (int)i);
        else if (kind == MW_PART_PARTNER)
            mw_str_add(&s, MW_AT(project->profile.applicants, struct mw_applicant, i)->name);
        else
            mw_str_add(&s, i < project->areas.n ? MW_AT(project->areas, struct mw_area, i)->label : project->title);
    }
    out = mw_arena_copy(job->a, mw_str_sv(&s));
    mw_str_free(&s);
    return out;
}

/* The years' parts of the grant in whole cents: what financing.c spreads the grant by. */
static bool keep_years(struct mw_job *job, const struct parts *p, struct mw_exact grant, struct mw_eur max)
{
    mw_i128 all = 0;

    job->grant_years = mw_arena_array(job->a, p->n, sizeof *job->grant_years);
    if (job->grant_years == NULL)
        return false;
    for (size_t i = 0; i < p->n; i++)
        all += p->weights[i];
    for (size_t i = 0; i < p->n; i++) /* mw_exact_cap_parts() has tried both products */
        job->grant_years[i] = p->over[i] ? max.cents : (int64_t)(grant.num * p->weights[i] / (all * grant.den));
    return true;
}

enum mw_rc mw_cap_parts(struct mw_job *job, enum mw_part kind, struct mw_exact *grant, struct mw_sv *which)
{
    const struct mw_plan *plan = job->plan;
    const struct mw_grant_parts *per = &plan->edition->grant_per;
    const struct mw_eur max = kind == MW_PART_YEAR ? per->year : kind == MW_PART_AREA ? per->area : per->partner;
    const size_t n = kind == MW_PART_YEAR ? plan->years.n : kind == MW_PART_AREA ? plan->project->areas.n : mw_project_partners(plan->project);
    const struct mw_exact whole = *grant;
    struct parts p;

    *which = MW_SV_NONE;
    if (!mw_eur_is(max))
        return MW_OK;
    if (!new_parts(&p, job, n > 0 ? n : 1))
        return MW_NOMEM;
    if (n == 0)
        p.weights[0] = 1; /* no area named: the whole is one */
    else if (!(kind == MW_PART_YEAR ? weigh_years(&p, &plan->cost) : weigh_rows(&p, plan, kind == MW_PART_AREA ? area_of : partner_of)))
        return mw_too_large(job, &plan->edition->grant.pos);
    if (!any(&p))
        return MW_OK;
    if (!mw_exact_cap_parts(grant, p.weights, p.n, max, p.over))
        return mw_too_large(job, &plan->edition->grant.pos);
    if (kind == MW_PART_YEAR && !keep_years(job, &p, whole, max))
        return MW_NOMEM;
    *which = names_of(job, kind, &p);
    if (which->p == NULL)
        return MW_NOMEM;
    if (kind == MW_PART_AREA && n == 0)
        return mw_find(job, MW_NOTE, "areas-unstated", &plan->project->pos, &plan->edition->grant.pos,
                       "The programme caps the grant per area at %s; the project names no areas and is computed as one.",
                       mw_say_eur(job, max));
    return MW_OK;
}

void mw_level_years(struct mw_eur *years, size_t n, struct mw_eur max)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n && years[i].cents > max.cents; k++) {
            int64_t room = max.cents - years[k].cents, much = years[i].cents - max.cents;
            int64_t move = room < much ? room : much;
            if (k == i || move <= 0)
                continue;
            years[k].cents += move;
            years[i].cents -= move;
        }
}
