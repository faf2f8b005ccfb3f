/* Money by calendar month, and when to call for the grant.
 *
 * A row's cost of a year falls on the months it is spread over (FORMATS.md section 5); of rows by year on the months of the project
 * in it; of a position on the months worked, the yearly payment in November; of a flat rate as the other costs do. The grant is
 * used with the other means pro rata; of a Fehlbedarfs- or Vollfinanzierung own and other means come first (ANBest-Gk Nr. 1.2).
 * All of it by largest remainder, so that the months of a year add up to the year, for every source. */
#include <string.h>

#include "apply/plan/make.h"

enum { MONTHS = 12 };

struct calendar {
    struct mw_job *job;
    int first_year;
    size_t n;            /* months from January of the first year on */
    struct mw_eur *cost; /* n of them */
};

/* The months of [from, to] in a year have weight 1. false: none. */
static bool touch(int64_t *weights, int year, struct mw_day from, struct mw_day to)
{
    struct mw_ymd a = mw_day_ymd(from), b = mw_day_ymd(to);
    int first = a.year < year ? 1 : a.year > year ? MONTHS + 1 : a.month, last = b.year > year ? MONTHS : b.year < year ? 0 : b.month;

    for (int m = first; m <= last; m++)
        weights[m - 1] = 1;
    return first <= last;
}

static bool add_split(struct mw_eur *months, struct mw_eur sum, const int64_t *weights)
{
    struct mw_eur parts[MONTHS];

    if (!mw_eur_split(parts, sum, weights, MONTHS))
        return false;
    for (int m = 0; m < MONTHS; m++)
        if (!mw_eur_add(&months[m], parts[m]))
            return false;
    return true;
}

static enum mw_rc weights_of(struct calendar *c, const struct mw_cost_row *row, int year, int64_t *weights)
{
    const struct mw_project *p = c->job->plan->project;
    const bool by_year = row->cost->years.n > 0;
    const struct mw_day from = by_year ? p->from : row->from, to = by_year ? p->to : row->to;
    enum mw_rc rc = MW_OK;
    bool any = false;

    memset(weights, 0, MONTHS * sizeof *weights);
    if (row->cost->personnel != NULL)
        rc = mw_personnel_months(c->job, row->cost, row->from, row->to, year, weights);
    else
        touch(weights, year, from, to);
    for (int m = 0; m < MONTHS; m++)
        any = any || weights[m] > 0;
    for (int m = 0; m < MONTHS && !any; m++)
        weights[m] = 1; /* money in a year that the project does not touch: said as cost-outside-period */
    return rc;
}

static enum mw_rc add_costs(struct calendar *c, bool flat)
{
    const struct mw_plan *plan = c->job->plan;
    struct mw_eur *before = mw_arena_array(c->job->a, c->n, sizeof *before);

    if (before == NULL)
        return MW_NOMEM;
    memcpy(before, c->cost, c->n * sizeof *before);
    for (size_t i = 0; i < plan->cost.rows.n; i++) {
        const struct mw_cost_row *row = MW_AT(plan->cost.rows, struct mw_cost_row, i);
        if ((row->cost == NULL) != flat)
            continue;
        for (size_t y = 0; y < plan->years.n; y++) {
            int64_t weights[MONTHS] = { 0 };
            enum mw_rc rc = MW_OK;
            if (row->years[y].cents == 0)
                continue;
            if (!flat)
                rc = weights_of(c, row, c->first_year + (int)y, weights);
            for (int m = 0; m < MONTHS && flat; m++)
                weights[m] = before[y * MONTHS + (size_t)m].cents;
            if (rc != MW_OK)
                return rc;
            if (!add_split(&c->cost[y * MONTHS], row->years[y], weights)) {
                for (int m = 0; m < MONTHS; m++)
                    weights[m] = 1; /* a flat rate in a year without other costs */
                if (!add_split(&c->cost[y * MONTHS], row->years[y], weights))
                    return mw_too_large(c->job, &plan->project->pos);
            }
        }
    }
    return MW_OK;
}

/* --- sources ------------------------------------------------------------------------------------------------------ */
struct year_sums {
    struct mw_eur cost, grant, other, own;
};

static bool sum_year(struct year_sums *s, const struct mw_plan *plan, size_t y)
{
    *s = (struct year_sums){ .cost = plan->cost.years[y] };
    for (size_t i = 0; i < plan->financing.rows.n; i++) {
        const struct mw_source_row *row = MW_AT(plan->financing.rows, struct mw_source_row, i);
        struct mw_eur *to = row->kind == MW_S_GRANT ? &s->grant : row->kind == MW_S_OWN ? &s->own : &s->other;
        if (!mw_eur_add(to, row->years[y]))
            return false;
    }
    return true;
}

/* Own and other means first, then the grant. */
static void in_turn(struct mw_month *m, struct year_sums left)
{
    for (int i = 0; i < MONTHS; i++) {
        int64_t open = m[i].cost.cents;
        struct mw_eur *const to[] = { &m[i].own, &m[i].other, &m[i].grant };
        struct mw_eur *const from[] = { &left.own, &left.other, &left.grant };
        for (int k = 0; k < 3; k++) {
            int64_t take = open < from[k]->cents ? open : from[k]->cents;
            to[k]->cents = take;
            from[k]->cents -= take;
            open -= take;
        }
    }
}

/* Each month has every source in the proportion of the year. */
static bool pro_rata(struct mw_month *m, const struct year_sums *s, int first_month)
{
    int64_t weights[MONTHS];
    struct mw_eur foreign[MONTHS], grant[MONTHS], sum = s->grant;
    bool any = false;

    if (!mw_eur_add(&sum, s->other))
        return false;
    for (int i = 0; i < MONTHS; i++) {
        weights[i] = m[i].cost.cents;
        any = any || weights[i] > 0;
    }
    if (!any)
        weights[first_month] = 1; /* money in a year without costs */
    if (!mw_eur_split(foreign, sum, weights, MONTHS))
        return false;
    for (int i = 0; i < MONTHS; i++)
        weights[i] = foreign[i].cents;
    if (sum.cents == 0)
        weights[0] = 1;
    if (!mw_eur_split(grant, s->grant, weights, MONTHS))
        return false;
    for (int i = 0; i < MONTHS; i++) {
        m[i].grant = grant[i];
        m[i].other = foreign[i];
        m[i].own = m[i].cost;
        if (!mw_eur_sub(&m[i].other, grant[i]) || !mw_eur_sub(&m[i].own, foreign[i]))
            return false;
    }
    return true;
}

static bool add_sources(struct calendar *c, struct mw_month *months)
{
    const struct mw_plan *plan = c->job->plan;
    const bool grant_last = plan->edition->financing == MW_FEHLBEDARF || plan->edition->financing == MW_VOLL;

    for (size_t y = 0; y < plan->years.n; y++) {
        struct mw_month *m = &months[y * MONTHS];
        struct mw_ymd from = mw_day_ymd(plan->project->from);
        struct year_sums s;
        if (!sum_year(&s, plan, y))
            return false;
        if (grant_last && s.own.cents >= 0)
            in_turn(m, s);
        else if (!pro_rata(m, &s, from.year == m->year ? from.month - 1 : 0))
            return false;
    }
    return true;
}

/* --- calls for the grant ------------------------------------------------------------------------------------------ */
/* Whole months that money called for on the first of a month may cover: six weeks are one, two months are two. */
static size_t months_within(struct mw_duration d)
{
    int64_t n = d.n;
    switch (d.unit) {
    case MW_YEARS: n *= MONTHS; break;
    case MW_MONTHS: break;
    case MW_WEEKS: n = n * 7 / 31; break;
    case MW_DAYS: n /= 31; break;
    case MW_WORKDAYS: n /= 23; break; /* no month has more */
    }
    return n < 1 ? 1 : n > 120 ? 120 : (size_t)n;
}

static enum mw_rc call_for(struct mw_job *job)
{
    struct mw_plan *plan = job->plan;
    const struct mw_list *months = &plan->months;
    size_t step;

    if (!mw_duration_is(plan->edition->use_within))
        return MW_OK;
    step = months_within(plan->edition->use_within);
    for (size_t i = 0; i < months->n;) {
        const struct mw_month *first = MW_AT(*months, struct mw_month, i);
        struct mw_drawdown d = { MW_DAY_NONE, MW_DAY_NONE, { 0 } }, *kept;
        size_t k = i;
        if (first->grant.cents <= 0) {
            i++;
            continue;
        }
        for (; k < months->n && k < i + step; k++)
            if (!mw_eur_add(&d.amount, MW_AT(*months, struct mw_month, k)->grant))
                return mw_too_large(job, &plan->project->pos);
        const struct mw_month *last = MW_AT(*months, struct mw_month, k - 1);
        mw_day_from_ymd(&d.date, first->year, first->month, 1);
        mw_day_from_ymd(&d.until, last->year, last->month, mw_days_in_month(last->year, last->month));
        if ((kept = mw_list_add(job->a, &plan->drawdowns, sizeof *kept)) == NULL)
            return MW_NOMEM;
        *kept = d;
        i = k;
    }
    return MW_OK;
}

/* Empty months before the first and after the last that belong to the project are left out. */
static enum mw_rc keep(struct mw_job *job, const struct mw_month *months, size_t n)
{
    struct mw_ymd from = mw_day_ymd(job->plan->project->from), to = mw_day_ymd(job->plan->project->to);
    size_t first = n, last = 0;

    for (size_t i = 0; i < n; i++) {
        const struct mw_month *m = &months[i];
        int at = m->year * MONTHS + m->month;
        bool inside = at >= from.year * MONTHS + from.month && at <= to.year * MONTHS + to.month;
        if (!inside && m->cost.cents == 0 && m->grant.cents == 0 && m->other.cents == 0 && m->own.cents == 0)
            continue;
        first = first < i ? first : i;
        last = i;
    }
    for (size_t i = first; i <= last && i < n; i++) {
        struct mw_month *m = mw_list_add(job->a, &job->plan->months, sizeof *m);
        if (m == NULL)
            return MW_NOMEM;
        *m = months[i];
    }
    return MW_OK;
}

enum mw_rc mw_make_payments(struct mw_job *job)
{
    struct mw_plan *plan = job->plan;
    struct calendar c = { job, plan->years.first, plan->years.n * MONTHS, NULL };
    struct mw_month *months = mw_arena_array(job->a, c.n, sizeof *months);
    enum mw_rc rc;

    c.cost = mw_arena_array(job->a, c.n, sizeof *c.cost);
    if (months == NULL || c.cost == NULL)
        return MW_NOMEM;
    if ((rc = add_costs(&c, false)) != MW_OK || (rc = add_costs(&c, true)) != MW_OK)
        return rc;
    for (size_t i = 0; i < c.n; i++)
        months[i] = (struct mw_month){ .year = c.first_year + (int)(i / MONTHS), .month = (int)(i % MONTHS) + 1, .cost = c.cost[i] };
    if (!add_sources(&c, months))
        return mw_too_large(job, &plan->project->pos);
    rc = keep(job, months, c.n);
    return rc != MW_OK ? rc : call_for(job);
}
