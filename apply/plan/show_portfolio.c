/* A portfolio for programs and for people. */
#include <stdio.h>

#include "apply/plan/portfolio.h"
#include "apply/plan/show.h"

static const char *const KIND_WORDS[MW_DATE_N] = {
    [MW_DATE_STEP] = "step done",       [MW_DATE_SITTING] = "sitting",  [MW_DATE_DEADLINE] = "application due",
    [MW_DATE_START] = "project begins", [MW_DATE_END] = "project ends", [MW_DATE_DRAWDOWN] = "call for money", [MW_DATE_DUTY] = "duty"
};

void mw_portfolio_what(struct mw_str *out, const struct mw_portfolio_date *d, enum mw_lang lang)
{
    const char *kind = mw_tr(lang, KIND_WORDS[d->kind]);

    if (d->label.p == NULL)
        mw_str_addz(out, kind);
    else if (d->kind == MW_DATE_DUTY)
        mw_str_add(out, d->label);
    else
        mw_str_addf(out, "%s: %.*s", kind, MW_SV_ARG(d->label));
}

const char *mw_portfolio_state(const struct mw_project *p, enum mw_lang lang)
{
    static const char *const WORDS[MW_P_N] = { [MW_P_IDEA] = "idea",         [MW_P_DRAFT] = "draft",       [MW_P_SUBMITTED] = "handed in",
                                               [MW_P_APPROVED] = "approved", [MW_P_REJECTED] = "rejected", [MW_P_RUNNING] = "running",
                                               [MW_P_CLOSED] = "finished" };
    return p->status >= 0 && p->status < MW_P_N ? mw_tr(lang, WORDS[p->status]) : "";
}

static void put_sums(struct mw_out *o, const struct mw_portfolio_sums *s)
{
    mw_out_eur(o, "cost", NULL, s->cost);
    mw_out_eur(o, "grant", NULL, s->grant);
    mw_out_eur(o, "other", NULL, s->other);
    mw_out_eur(o, "own", NULL, s->own);
}

static void put_projects(struct mw_out *o, const struct mw_portfolio *p)
{
    static const struct mw_column COLS[] = { { "project", "Project", false }, { "client", "Client", false }, { "title", "Title", false } };

    mw_out_table(o, "projects", "Projects", COLS, sizeof COLS / sizeof *COLS);
    for (size_t i = 0; i < p->n; i++) {
        const struct mw_plan *plan = &p->plans[i];
        mw_out_row(o);
        mw_out_sv(o, "project", NULL, plan->project->id);
        mw_out_sv(o, "title", NULL, plan->project->title);
        mw_out_sv(o, "programme", NULL, plan->terms->programme);
        mw_out_sv(o, "edition", NULL, plan->edition->id);
        const struct mw_applicant *lead = mw_project_lead(plan->project);
        if (lead != NULL)
            mw_out_sv(o, "client", NULL, lead->name);
        if (plan->project->status >= 0)
            mw_out_z(o, "status", NULL, MW_PROJECT_STATUSES[plan->project->status]);
        mw_out_day(o, "deadline", NULL, plan->project->deadline);
        mw_out_eur(o, "total", NULL, plan->cost.total);
        mw_out_eur(o, "grant", NULL, plan->financing.grant);
        mw_out_eur(o, "own", NULL, plan->financing.own);
        mw_out_int(o, "errors", NULL, (int64_t)plan->errors);
        mw_out_int(o, "warnings", NULL, (int64_t)plan->warnings);
        mw_out_end(o);
    }
    mw_out_end(o);
}

/* For people: where each project stands; names of projects and their sums do not fit into one table. */
static void put_states(struct mw_out *o, const struct mw_portfolio *p)
{
    static const struct mw_column COLS[] = { { ".project", "EUR", false },   { ".state", "State", false }, { ".deadline", "Deadline", false },
                                             { ".grant", "Grant", true }, { ".own", "Own money", true }, { ".errors", "Errors", true } };

    if (mw_out_format(o) == MW_JSON || p->n == 0)
        return;
    mw_out_table(o, NULL, "State and money", COLS, sizeof COLS / sizeof *COLS);
    for (size_t i = 0; i < p->n; i++) {
        const struct mw_plan *plan = &p->plans[i];
        mw_out_row(o);
        mw_out_sv(o, ".project", NULL, plan->project->id);
        mw_out_z(o, ".state", NULL, mw_portfolio_state(plan->project, mw_out_lang(o)));
        mw_out_day(o, ".deadline", NULL, plan->project->deadline);
        mw_show_cents(o, ".grant", plan->financing.grant);
        mw_show_cents(o, ".own", plan->financing.own);
        if (plan->errors > 0)
            mw_out_style(o, MW_BAD);
        mw_out_int(o, ".errors", NULL, (int64_t)plan->errors);
        mw_out_end(o);
    }
    mw_out_end(o);
}

static void put_clients(struct mw_out *o, const struct mw_portfolio *p)
{
    struct mw_arena *a = mw_out_format(o) != MW_JSON ? mw_arena_new() : NULL;
    struct mw_year_line *lines = a != NULL ? mw_arena_array(a, p->clients.n + 1, sizeof *lines) : NULL;
    struct mw_years coming = p->years; /* people budget for what comes */
    const int this_year = mw_day_ymd(p->today).year;
    const size_t past = this_year > p->years.first ? (size_t)(this_year - p->years.first) : 0;

    coming.first += (int)past;
    coming.n = p->years.n > past ? p->years.n - past : 0;

    mw_out_list(o, "clients", NULL);
    for (size_t i = 0; i < p->clients.n; i++) {
        const struct mw_client *c = MW_AT(p->clients, struct mw_client, i);
        mw_out_object(o, NULL, NULL);
        mw_out_sv(o, "client", NULL, c->name);
        mw_out_eur(o, "own", NULL, c->total);
        mw_show_year_sums(o, p->years, c->own);
        mw_out_end(o);
        if (lines != NULL)
            lines[i] = (struct mw_year_line){ c->name, coming.n > 0 ? c->own + past : c->own };
    }
    mw_out_end(o);
    if (lines != NULL && p->clients.n > 1)
        mw_show_years(o, coming, "Own money of each applicant", lines, p->clients.n);
    mw_arena_free(a);
}

/* Person-months in hundredths, commercially rounded: for output only. */
static void put_staff(struct mw_out *o, const struct mw_portfolio *p)
{
    static const struct mw_column COLS[] = { { "year", "Year", false }, { ".months", "Person-months", true } };
    bool any = false;

    for (size_t y = 0; y < p->years.n; y++)
        any = any || p->staff[y].num != 0;
    if (!any && mw_out_format(o) != MW_JSON)
        return;
    mw_out_table(o, "staff", "Staff by year", COLS, sizeof COLS / sizeof *COLS);
    for (size_t y = 0; y < p->years.n; y++) {
        bool fits = false;
        struct mw_eur hundredths = { mw_div_round((mw_i128)p->staff[y].num * 100, p->staff[y].den, MW_COMMERCIAL, &fits) };
        struct mw_str s = MW_STR_INIT;
        if (!fits || hundredths.cents == 0)
            continue;
        mw_eur_format(&s, hundredths, mw_out_lang(o));
        mw_out_row(o);
        mw_out_int(o, "year", NULL, p->years.first + (int)y);
        mw_out_int(o, "person_months_x100", NULL, hundredths.cents);
        mw_out_sv(o, ".months", NULL, mw_str_sv(&s));
        mw_out_end(o);
        mw_str_free(&s);
    }
    mw_out_end(o);
}

static void put_accounts(struct mw_out *o, const struct mw_portfolio *p)
{
    static const struct mw_column COLS[] = { { "undertaking", "De-minimis aid of", false },
                                             { "since", "Counted from", false },
                                             { "received", "Received", true },
                                             { "asked", "Asked for", true },
                                             { "left", "Left", true } };

    if (p->accounts.n == 0)
        return;
    mw_out_table(o, "accounts", NULL, COLS, sizeof COLS / sizeof *COLS);
    for (size_t i = 0; i < p->accounts.n; i++) {
        const struct mw_account *a = MW_AT(p->accounts, struct mw_account, i);
        mw_out_row(o);
        mw_out_sv(o, "undertaking", NULL, a->undertaking);
        mw_out_day(o, "since", NULL, a->since);
        mw_out_eur(o, "limit", NULL, a->limit);
        mw_out_eur(o, "received", NULL, a->received);
        mw_out_eur(o, "asked", NULL, a->asked);
        if (a->left.cents < 0)
            mw_out_style(o, MW_BAD);
        mw_out_eur(o, "left", NULL, a->left);
        mw_out_end(o);
    }
    mw_out_end(o);
}

static void put_years(struct mw_out *o, const struct mw_portfolio *p)
{
    static const struct mw_column COLS[] = { { "year", "Year", false },
                                             { "cost", "Cost", true },
                                             { "grant", "Grants", true },
                                             { "other", "Other sources", true },
                                             { "own", "Own money", true } };

    mw_out_table(o, "years", "Budget by year", COLS, sizeof COLS / sizeof *COLS);
    for (size_t y = 0; y < p->years.n; y++) {
        mw_out_row(o);
        mw_out_int(o, "year", NULL, p->years.first + (int)y);
        put_sums(o, &p->by_year[y]);
        mw_out_end(o);
    }
    mw_out_end(o);
    mw_out_object(o, "total", "All years");
    mw_out_eur(o, "cost", "Total cost", p->total.cost);
    mw_out_eur(o, "grant", "Grants", p->total.grant);
    mw_out_eur(o, "other", "Other sources", p->total.other);
    mw_out_eur(o, "own", "Own money", p->total.own);
    mw_out_end(o);
}

void mw_portfolio_to_out(const struct mw_portfolio *p, struct mw_out *o)
{
    static const struct mw_column DATES[] = { { "date", "Date", false },
                                              { "project", "Project", false },
                                              { ".what", "What", false } };

    mw_out_object(o, NULL, NULL);
    mw_out_day(o, "today", "As of", p->today);
    mw_out_z(o, "currency", NULL, "EUR");
    put_projects(o, p);
    put_states(o, p);
    put_years(o, p);
    put_clients(o, p);
    put_staff(o, p);
    put_accounts(o, p);
    mw_out_table(o, "dates", "What is due", DATES, sizeof DATES / sizeof *DATES);
    for (size_t i = 0; i < p->dates.n; i++) {
        const struct mw_portfolio_date *d = MW_AT(p->dates, struct mw_portfolio_date, i);
        struct mw_str what = MW_STR_INIT;
        mw_portfolio_what(&what, d, mw_out_lang(o));
        if (mw_eur_is(d->amount)) {
            mw_str_addz(&what, " ");
            mw_eur_format(&what, d->amount, mw_out_lang(o));
            mw_str_addz(&what, " EUR");
        }
        mw_out_row(o);
        mw_out_day(o, "date", NULL, d->day);
        mw_out_sv(o, "project", NULL, d->plan->project->id);
        mw_out_z(o, "kind", NULL, MW_DATE_KINDS[d->kind]);
        mw_out_sv(o, "label", NULL, d->label);
        if (mw_eur_is(d->amount))
            mw_out_eur(o, "amount", NULL, d->amount);
        mw_out_sv(o, ".what", NULL, mw_str_sv(&what));
        mw_out_end(o);
        mw_str_free(&what);
    }
    mw_out_end(o);
    mw_out_end(o);
}
