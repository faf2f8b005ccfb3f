/* A portfolio for programs and for people. */
#include <stdio.h>

#include "apply/plan/portfolio.h"

static const char *const KIND_WORDS[MW_DATE_N] = {
    [MW_DATE_STEP] = "step done",       [MW_DATE_SITTING] = "sitting",  [MW_DATE_DEADLINE] = "application due",
    [MW_DATE_START] = "project begins", [MW_DATE_END] = "project ends", [MW_DATE_DUTY] = "duty"
};

static void put_sums(struct mw_out *o, const struct mw_portfolio_sums *s)
{
    mw_out_eur(o, "cost", NULL, s->cost);
    mw_out_eur(o, "grant", NULL, s->grant);
    mw_out_eur(o, "other", NULL, s->other);
    mw_out_eur(o, "own", NULL, s->own);
}

static void put_projects(struct mw_out *o, const struct mw_portfolio *p)
{
    static const struct mw_column COLS[] = { { "title", "Project", false },
                                             { "total", "Cost", true },
                                             { "grant", "Grant", true },
                                             { "own", "Own money", true },
                                             { "errors", "Errors", true } };

    mw_out_table(o, "projects", "Projects", COLS, sizeof COLS / sizeof *COLS);
    for (size_t i = 0; i < p->n; i++) {
        const struct mw_plan *plan = &p->plans[i];
        mw_out_row(o);
        mw_out_sv(o, "project", NULL, plan->project->id);
        mw_out_sv(o, "title", NULL, plan->project->title);
        mw_out_sv(o, "programme", NULL, plan->terms->programme);
        mw_out_sv(o, "edition", NULL, plan->edition->id);
        if (plan->project->status >= 0)
            mw_out_z(o, "status", NULL, MW_PROJECT_STATUSES[plan->project->status]);
        mw_out_eur(o, "total", NULL, plan->cost.total);
        mw_out_eur(o, "grant", NULL, plan->financing.grant);
        mw_out_eur(o, "own", NULL, plan->financing.own);
        if (plan->errors > 0)
            mw_out_style(o, MW_BAD);
        mw_out_int(o, "errors", NULL, (int64_t)plan->errors);
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
    put_years(o, p);
    mw_out_table(o, "dates", "What is due", DATES, sizeof DATES / sizeof *DATES);
    for (size_t i = 0; i < p->dates.n; i++) {
        const struct mw_portfolio_date *d = MW_AT(p->dates, struct mw_portfolio_date, i);
        const char *kind = mw_tr(mw_out_lang(o), KIND_WORDS[d->kind]);
        struct mw_str what = MW_STR_INIT;
        if (d->label.p == NULL)
            mw_str_addz(&what, kind);
        else if (d->kind == MW_DATE_DUTY)
            mw_str_add(&what, d->label);
        else
            mw_str_addf(&what, "%s: %.*s", kind, MW_SV_ARG(d->label));
        mw_out_row(o);
        mw_out_day(o, "date", NULL, d->day);
        mw_out_sv(o, "project", NULL, d->plan->project->id);
        mw_out_z(o, "kind", NULL, MW_DATE_KINDS[d->kind]);
        mw_out_sv(o, "label", NULL, d->label);
        mw_out_sv(o, ".what", NULL, mw_str_sv(&what));
        mw_out_end(o);
        mw_str_free(&what);
    }
    mw_out_end(o);
    mw_out_end(o);
}
