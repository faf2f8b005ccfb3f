/* Findings about rows that belong together: the same cost twice, and orders that need a tender of their own. */
#include <stdlib.h>

#include "apply/plan/make.h"

/* --- rows against each other -------------------------------------------------------------------------------------- */
static int by_label(const void *x, const void *y)
{
    const struct mw_cost_row *a = *(const struct mw_cost_row *const *)x, *b = *(const struct mw_cost_row *const *)y;
    int c = mw_sv_cmp(a->label, b->label);

    if (c == 0)
        c = mw_sv_cmp(a->category, b->category);
    if (c == 0)
        c = mw_sv_cmp(a->cost->partner, b->cost->partner);
    if (c == 0)
        c = (a->total.cents > b->total.cents) - (a->total.cents < b->total.cents);
    return c != 0 ? c : (a > b) - (a < b); /* as written */
}
static bool same_days(const struct mw_cost_row *a, const struct mw_cost_row *b)
{
    return a->from.n == b->from.n && a->to.n == b->to.n;
}

/* The rows of the file sorted by label, category, partner and sum; *n of them. */
static const struct mw_cost_row **sorted_rows(struct mw_job *job, size_t *n)
{
    const struct mw_list *rows = &job->plan->cost.rows;
    const struct mw_cost_row **sorted = mw_arena_array(job->a, rows->n + 1, sizeof *sorted);

    *n = 0;
    for (size_t i = 0; i < rows->n && sorted != NULL; i++)
        if (MW_AT(*rows, struct mw_cost_row, i)->cost != NULL)
            sorted[(*n)++] = MW_AT(*rows, struct mw_cost_row, i);
    if (sorted != NULL && *n > 1)
        qsort(sorted, *n, sizeof *sorted, by_label);
    return sorted;
}

static enum mw_rc check_twins(struct mw_job *job)
{
    size_t n;
    const struct mw_cost_row **sorted = sorted_rows(job, &n);
    enum mw_rc rc = MW_OK;

    if (sorted == NULL)
        return MW_NOMEM;
    for (size_t i = 1; i < n && rc == MW_OK; i++) {
        const struct mw_cost_row *a = sorted[i - 1], *b = sorted[i];
        if (b->total.cents > 0 && a->total.cents == b->total.cents && mw_sv_eq(a->label, b->label) &&
            mw_sv_eq(a->category, b->category) && mw_sv_eq(a->cost->partner, b->cost->partner) && same_days(a, b))
            rc = mw_find(job, MW_WARNING, "row-twice", &b->cost->pos, &a->cost->pos,
                         "Rows \"%.*s\" and \"%.*s\" say the same: \"%.*s\", %s.", MW_SV_ARG(a->id), MW_SV_ARG(b->id),
                         MW_SV_ARG(b->label), mw_say_eur(job, b->total));
    }
    return rc;
}

/* --- orders ------------------------------------------------------------------------------------------------------- */
/* The net value of what is ordered; for a row by year the sum of its years. MW_EUR_NONE: no order. */
static struct mw_eur order_value(const struct mw_cost_row *row)
{
    const struct mw_cost *c = row->cost;
    struct mw_eur net = { 0 };

    if (c == NULL || c->personnel != NULL || !mw_sv_eqz(c->category, "vergabe"))
        return MW_EUR_NONE;
    if (!mw_share_is(c->vat))
        return row->total; /* gross: nobody said what tax it holds */
    if (mw_eur_is(c->amount))
        return c->amount;
    if (mw_eur_is(c->price))
        return mw_eur_of(&net, c->price, c->quantity, MW_COMMERCIAL) ? net : MW_EUR_NONE;
    for (size_t i = 0; i < c->years.n; i++)
        if (!mw_eur_add(&net, MW_AT(c->years, struct mw_year_sum, i)->sum))
            return MW_EUR_NONE;
    return net;
}

/* "Planung, Los 2" and "Planung, Teil 1" are parts of one order: what stands before a number at the end. */
static struct mw_sv stem_of(struct mw_sv label)
{
    static const char *const PARTS[] = { "Los", "Teil", "Abschnitt", "Nr.", "Nummer", "Phase", "Auftrag", "Tranche" };
    struct mw_sv s = label;

    while (s.n > 0 && ((s.p[s.n - 1] >= '0' && s.p[s.n - 1] <= '9') || s.p[s.n - 1] == ')'))
        s.n--;
    if (s.n == label.n)
        return s;
    s = mw_sv_trim(s);
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++)
        if (mw_sv_ends(s, mw_sv(PARTS[i]))) {
            s = mw_sv_trim(mw_sv_sub(s, 0, s.n - mw_sv(PARTS[i]).n));
            break;
        }
    while (s.n > 0 && (s.p[s.n - 1] == ',' || s.p[s.n - 1] == '(' || s.p[s.n - 1] == ':' || s.p[s.n - 1] == ' '))
        s.n--;
    return s;
}

static bool tender_is_planned(const struct mw_plan *plan)
{
    static const char *const WORDS[] = { "vergabe", "ausschreib", "tender", "procurement" };
    size_t at;

    for (size_t i = 0; i < plan->tasks.n; i++)
        for (size_t w = 0; w < sizeof WORDS / sizeof *WORDS; w++)
            if (mw_has_word(MW_AT(plan->tasks, struct mw_task_row, i)->task->label, mw_sv(WORDS[w]), &at))
                return true;
    return false;
}

/* The EU threshold looks at the net value of the order as a whole (sections 3 and 106 GWB, VgV); cutting it is forbidden. */
static enum mw_rc check_orders(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;
    const struct mw_law_limit *limit = mw_law_limit(job->opts->law, "eu-services", plan->today);
    bool planned = tender_is_planned(plan);
    size_t n;
    const struct mw_cost_row **sorted = sorted_rows(job, &n);
    enum mw_rc rc = MW_OK;

    if (sorted == NULL)
        return MW_NOMEM;
    for (size_t i = 0; i < n && limit != NULL && rc == MW_OK;) {
        struct mw_sv stem = stem_of(sorted[i]->label);
        struct mw_eur sum = { 0 };
        const struct mw_cost *large = NULL, *last = NULL;
        size_t k = i, parts = 0;
        for (; k < n && mw_sv_eq(stem_of(sorted[k]->label), stem); k++) {
            struct mw_eur value = order_value(sorted[k]);
            if (!mw_eur_is(value) || !mw_eur_add(&sum, value))
                continue;
            parts++;
            last = sorted[k]->cost;
            if (value.cents >= limit->amount.cents)
                large = sorted[k]->cost;
        }
        if (large != NULL && !planned)
            rc = mw_find(job, MW_WARNING, "eu-tender", &large->pos, &limit->pos,
                         "The order \"%.*s\" reaches the EU threshold of %s net, and no task plans a tender.",
                         MW_SV_ARG(large->label), mw_say_eur(job, limit->amount));
        else if (large == NULL && parts > 1 && sum.cents >= limit->amount.cents)
            rc = mw_find(job, MW_WARNING, "order-split", &last->pos, &limit->pos,
                         "%zu rows \"%.*s\" are one order of %s net together, above the EU threshold of %s.", parts,
                         MW_SV_ARG(stem), mw_say_eur(job, sum), mw_say_eur(job, limit->amount));
        i = k;
    }
    return rc;
}

enum mw_rc mw_find_in_orders(struct mw_job *job)
{
    enum mw_rc rc = check_twins(job);

    return rc == MW_OK ? check_orders(job) : rc;
}
