/* Adds plans up by calendar year and puts their dates in one row. */
#include "apply/plan/portfolio.h"

#include <stdlib.h>

const char *const MW_DATE_KINDS[MW_DATE_N + 1] = { "step", "sitting", "deadline", "start", "end", "drawdown", "duty", NULL };

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

/* --- clients ------------------------------------------------------------------------------------------------------ */
static struct mw_client *client_of(struct mw_portfolio *out, struct mw_arena *a, struct mw_sv name)
{
    for (size_t i = 0; i < out->clients.n; i++)
        if (mw_sv_eq(MW_AT(out->clients, struct mw_client, i)->name, name))
            return MW_AT(out->clients, struct mw_client, i);
    struct mw_client *client = mw_list_add(a, &out->clients, sizeof *client);
    struct mw_eur *own = client != NULL ? mw_arena_array(a, out->years.n + 1, sizeof *own) : NULL;
    if (own == NULL)
        return NULL;
    *client = (struct mw_client){ .name = name, .own = own };
    return client;
}

static enum mw_rc add_own(struct mw_portfolio *out, struct mw_arena *a, const struct mw_plan *p, struct mw_sv name, const struct mw_eur *own)
{
    struct mw_client *client = client_of(out, a, name);
    size_t shift = (size_t)(p->years.first - out->years.first);

    if (client == NULL)
        return MW_NOMEM;
    for (size_t y = 0; y < p->years.n; y++)
        if (!mw_eur_add(&client->own[shift + y], own[y]) || !mw_eur_add(&client->total, own[y]))
            return MW_INVALID;
    return MW_OK;
}

static enum mw_rc add_clients(struct mw_portfolio *out, struct mw_arena *a, const struct mw_plan *p)
{
    const struct mw_applicant *lead = mw_project_lead(p->project);
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < p->subplans.n && rc == MW_OK; i++) {
        const struct mw_subplan *s = MW_AT(p->subplans, struct mw_subplan, i);
        rc = add_own(out, a, p, s->applicant->name, s->own);
    }
    for (size_t i = 0; i < p->financing.rows.n && p->subplans.n == 0 && lead != NULL && rc == MW_OK; i++) {
        const struct mw_source_row *row = MW_AT(p->financing.rows, struct mw_source_row, i);
        if (row->kind == MW_S_OWN)
            rc = add_own(out, a, p, lead->name, row->years);
    }
    return rc;
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
    *d = (struct mw_portfolio_date){ day, kind, p, label, MW_EUR_NONE };
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
        MW_AUTO(mw_str_free) struct mw_str what = MW_STR_INIT;
        const struct mw_duty *d = MW_AT(p->duties, struct mw_duty, i);
        mw_duty_say(&what, d, p->lang);
        struct mw_sv words = mw_arena_copy(a, mw_str_sv(&what));
        good = mw_str_ok(&what) && words.p != NULL && add_date(out, a, p, MW_DATE_DUTY, d->due, words);
    }
    for (size_t i = 0; i < p->drawdowns.n && p->project->award.pos.file != NULL && good; i++) {
        const struct mw_drawdown *d = MW_AT(p->drawdowns, struct mw_drawdown, i);
        size_t before = out->dates.n;
        good = add_date(out, a, p, MW_DATE_DRAWDOWN, d->date, MW_SV_NONE);
        if (out->dates.n > before)
            MW_AT(out->dates, struct mw_portfolio_date, before)->amount = d->amount;
    }
    return good;
}

/* --- staff -------------------------------------------------------------------------------------------------------- */
static bool add_staff(struct mw_portfolio *out, const struct mw_plan *p)
{
    for (size_t i = 0; i < p->cost.rows.n; i++) {
        const struct mw_cost_row *row = MW_AT(p->cost.rows, struct mw_cost_row, i);
        if (row->cost == NULL || row->cost->personnel == NULL)
            continue;
        struct mw_ymd from = mw_day_ymd(row->from), to = mw_day_ymd(row->to);
        for (int y = from.year; y <= to.year; y++) {
            int months = (y == to.year ? to.month : 12) - (y == from.year ? from.month : 1) + 1;
            struct mw_share part = { months, 1 };
            if (!mw_share_mul(&part, row->cost->personnel->fte) || !mw_share_add(&out->staff[y - out->years.first], part))
                return false;
        }
    }
    return true;
}

/* --- de-minimis accounts ------------------------------------------------------------------------------------------ */
static struct mw_account *account_of(struct mw_portfolio *out, struct mw_arena *a, struct mw_sv undertaking,
                                     const struct mw_law_limit *limit)
{
    for (size_t i = 0; i < out->accounts.n; i++)
        if (mw_sv_eq(MW_AT(out->accounts, struct mw_account, i)->undertaking, undertaking))
            return MW_AT(out->accounts, struct mw_account, i);
    struct mw_account *account = mw_list_add(a, &out->accounts, sizeof *account);
    if (account != NULL)
        *account = (struct mw_account){ undertaking, mw_law_since(limit, out->today), limit->amount, { 0 }, { 0 }, limit->amount };
    return account;
}

static struct mw_sv received_by(const struct mw_project *p, const struct mw_aid_received *r)
{
    return r->undertaking.p != NULL ? r->undertaking : mw_project_undertaking(p);
}

/* The same aid may stand in the files of several projects: it counts once. */
static bool seen_before(const struct mw_portfolio *out, size_t plan, const struct mw_aid_received *r)
{
    struct mw_sv who = received_by(out->plans[plan].project, r);

    for (size_t i = 0; i < plan; i++) {
        const struct mw_project *p = out->plans[i].project;
        for (size_t k = 0; k < p->de_minimis.n; k++) {
            const struct mw_aid_received *other = MW_AT(p->de_minimis, struct mw_aid_received, k);
            if (mw_day_cmp(other->date, r->date) == 0 && other->amount.cents == r->amount.cents && mw_sv_eq(received_by(p, other), who) &&
                mw_sv_eq(other->funder, r->funder))
                return true;
        }
    }
    return false;
}

static bool in_window(const struct mw_portfolio *out, const struct mw_account *account, struct mw_day day)
{
    return mw_day_is(day) && mw_day_cmp(day, account->since) >= 0 && mw_day_cmp(day, out->today) <= 0;
}

static enum mw_rc add_accounts(struct mw_portfolio *out, struct mw_arena *a, const struct mw_law *law)
{
    const struct mw_law_limit *limit = mw_law_limit(law, "de-minimis", out->today);

    for (size_t i = 0; i < out->n && limit != NULL; i++) {
        const struct mw_project *p = out->plans[i].project;
        for (size_t k = 0; k < p->de_minimis.n; k++) {
            const struct mw_aid_received *r = MW_AT(p->de_minimis, struct mw_aid_received, k);
            struct mw_account *account = account_of(out, a, received_by(p, r), limit);
            if (account == NULL)
                return MW_NOMEM;
            if (in_window(out, account, r->date) && !seen_before(out, i, r) && !mw_eur_add(&account->received, r->amount))
                return MW_INVALID;
        }
        if (out->plans[i].edition->de_minimis != MW_YES || p->status == MW_P_REJECTED)
            continue;
        struct mw_account *account = account_of(out, a, mw_project_undertaking(p), limit);
        const bool awarded = p->award.pos.file != NULL && mw_eur_is(p->award.grant) && mw_day_is(p->award.date);
        if (account == NULL)
            return MW_NOMEM;
        if (awarded ? in_window(out, account, p->award.date) && !mw_eur_add(&account->received, p->award.grant)
                    : counts(&out->plans[i]) && !mw_eur_add(&account->asked, out->plans[i].financing.grant))
            return MW_INVALID;
    }
    for (size_t i = 0; i < out->accounts.n; i++) {
        struct mw_account *account = MW_AT(out->accounts, struct mw_account, i);
        if (!mw_eur_sub(&account->left, account->received) || !mw_eur_sub(&account->left, account->asked))
            return MW_INVALID;
    }
    return MW_OK;
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
                             const struct mw_law *law, struct mw_day today, struct mw_err *err)
{
    enum mw_rc rc;

    *out = (struct mw_portfolio){ .today = today, .plans = plans, .n = n, .years = all_years(plans, n) };
    out->by_year = mw_arena_array(a, out->years.n + 1, sizeof *out->by_year);
    out->staff = mw_arena_array(a, out->years.n + 1, sizeof *out->staff);
    if (out->by_year == NULL || out->staff == NULL)
        return mw_nomem(err);
    for (size_t y = 0; y < out->years.n; y++)
        out->staff[y] = (struct mw_share){ 0, 1 };
    for (size_t i = 0; i < n; i++) {
        if (!counts(&plans[i]))
            continue;
        if (!add_plan(out, &plans[i]) || !add_staff(out, &plans[i]))
            return mw_fail(err, MW_INVALID, "A sum is too large to be computed.");
        if ((rc = add_clients(out, a, &plans[i])) != MW_OK)
            return rc == MW_NOMEM ? mw_nomem(err) : mw_fail(err, rc, "A sum is too large to be computed.");
        if (!add_dates(out, a, &plans[i]))
            return mw_nomem(err);
    }
    if ((rc = add_accounts(out, a, law)) != MW_OK)
        return rc == MW_NOMEM ? mw_nomem(err) : mw_fail(err, rc, "A sum is too large to be computed.");
    if (out->dates.n > 1)
        qsort(out->dates.items, out->dates.n, sizeof(struct mw_portfolio_date), by_day);
    return MW_OK;
}
