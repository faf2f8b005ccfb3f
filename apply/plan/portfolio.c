/* Adds plans up by calendar year and puts their dates in one row. */
#include "apply/plan/portfolio.h"

#include <stdlib.h>

const char *const MW_DATE_KINDS[MW_DATE_N + 1] = { "step", "sitting", "deadline", "start", "end", "duty", NULL };

static bool counts(const struct mw_plan *p)
{
    return p->project->status != MW_P_REJECTED && p->project->status != MW_P_CLOSED;
}
/* Not handed in yet, as far as the project says. */
static bool in_preparation(const struct mw_plan *p)
{
    return p->project->status < MW_P_SUBMITTED && p->project->award.pos.file == NULL;
}

/* --- money ------------------------------------------------------------------------------------------------------- */
static struct mw_eur *sum_of_kind(struct mw_portfolio_sums *s, enum mw_source_kind kind)
{
    return kind == MW_S_GRANT ? &s->grant : kind == MW_S_OWN ? &s->own : &s->other;
}

static bool add_plan(struct mw_portfolio *out, const struct mw_plan *p)
{
    size_t shift = (size_t)(p->years.first - out->years.first);
    bool fits = mw_eur_add(&out->total.cost, p->cost.total);

    for (size_t y = 0; y < p->years.n; y++)
        fits = fits && mw_eur_add(&out->by_year[shift + y].cost, p->cost.years[y]);
    for (size_t i = 0; i < p->financing.rows.n; i++) {
        const struct mw_source_row *row = MW_AT(p->financing.rows, struct mw_source_row, i);
        fits = fits && mw_eur_add(sum_of_kind(&out->total, row->kind), row->total);
        for (size_t y = 0; y < p->years.n; y++)
            fits = fits && mw_eur_add(sum_of_kind(&out->by_year[shift + y], row->kind), row->years[y]);
    }
    return fits;
}

static struct mw_years all_years(const struct mw_plan *plans, size_t n)
{
    int first = 0, last = -1;

    for (size_t i = 0; i < n; i++) {
        int from = plans[i].years.first, to = from + (int)plans[i].years.n - 1;
        first = last < first || from < first ? from : first;
        last = to > last ? to : last;
    }
    return (struct mw_years){ first, last < first ? 0 : (size_t)(last - first) + 1 };
}

/* --- dates ------------------------------------------------------------------------------------------------------- */
static bool add_date(struct mw_portfolio *out, struct mw_arena *a, const struct mw_plan *p, enum mw_date_kind kind,
                     struct mw_day day, struct mw_sv label)
{
    struct mw_portfolio_date *d;

    if (!mw_day_is(day) || mw_day_cmp(day, out->today) < 0)
        return true;
    if ((d = mw_list_add(a, &out->dates, sizeof *d)) == NULL)
        return false;
    *d = (struct mw_portfolio_date){ day, kind, p, label };
    return true;
}

static bool add_dates(struct mw_portfolio *out, struct mw_arena *a, const struct mw_plan *p)
{
    bool good = add_date(out, a, p, MW_DATE_START, p->project->from, MW_SV_NONE) &&
                add_date(out, a, p, MW_DATE_END, p->project->to, MW_SV_NONE);

    if (in_preparation(p))
        good = good && add_date(out, a, p, MW_DATE_DEADLINE, p->project->deadline, MW_SV_NONE);
    for (size_t i = 0; i < p->steps.n && in_preparation(p) && good; i++) {
        const struct mw_step_row *s = MW_AT(p->steps, struct mw_step_row, i);
        good = s->body != NULL ? add_date(out, a, p, MW_DATE_SITTING, s->from, s->body->label)
                               : add_date(out, a, p, MW_DATE_STEP, s->to, s->step->label);
    }
    for (size_t i = 0; i < p->duties.n && p->project->award.pos.file != NULL && good; i++) {
        const struct mw_duty *d = MW_AT(p->duties, struct mw_duty, i);
        good = add_date(out, a, p, MW_DATE_DUTY, d->due, mw_sv(mw_duty_label(d->kind, p->lang)));
    }
    return good;
}

static int by_day(const void *x, const void *y)
{
    const struct mw_portfolio_date *a = x, *b = y;
    int c = mw_day_cmp(a->day, b->day);

    return c != 0               ? c
           : a->kind != b->kind ? (int)a->kind - (int)b->kind
                                : mw_sv_cmp(a->plan->project->id, b->plan->project->id);
}

enum mw_rc mw_portfolio_make(struct mw_portfolio *out, struct mw_arena *a, const struct mw_plan *plans, size_t n,
                             struct mw_day today, struct mw_err *err)
{
    *out = (struct mw_portfolio){ .today = today, .plans = plans, .n = n, .years = all_years(plans, n) };
    if ((out->by_year = mw_arena_array(a, out->years.n + 1, sizeof *out->by_year)) == NULL)
        return mw_nomem(err);
    for (size_t i = 0; i < n; i++) {
        if (!counts(&plans[i]))
            continue;
        if (!add_plan(out, &plans[i]))
            return mw_fail(err, MW_INVALID, "A sum is too large to be computed.");
        if (!add_dates(out, a, &plans[i]))
            return mw_nomem(err);
    }
    if (out->dates.n > 1)
        qsort(out->dates.items, out->dates.n, sizeof(struct mw_portfolio_date), by_day);
    return MW_OK;
}
