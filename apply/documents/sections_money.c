/* The money of a plan as parts of papers: cost plan, financing plan, the way to the grant, shares of the partners. */
#include "apply/documents/sections.h"

#include <string.h>

#include "apply/documents/basis.h"
#include "apply/plan/sums.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))
enum { YEARS_WIDE = 4 }; /* years side by side on a page in portrait */

bool mw_section_money_is_open(struct mw_paper *p, const struct mw_plan *plan)
{
    if (mw_grant_open(plan))
        mw_paper_say(p, MW_BLOCK_OPEN, mw_sv(mw_money_question(plan, p->lang)));
    return mw_grant_open(plan);
}

/* --- money by year ---------------------------------------------------------------------------------------------------- */

struct line { struct mw_sv label; const struct mw_eur *years; struct mw_eur total; bool sum; };

/* Lines by year, a few years to a table; the last table has the total. */
static void put_by_year(struct mw_paper *p, const struct mw_plan *plan, const char *head, const struct line *lines, size_t n)
{
    const struct mw_years *years = &plan->years;

    for (size_t from = 0; from < years->n; from += YEARS_WIDE) {
        size_t wide = years->n - from;
        if (wide > YEARS_WIDE)
            wide = YEARS_WIDE;
        bool last = from + wide == years->n;
        struct mw_paper_column cols[YEARS_WIDE + 2] = { { head, 34, false } };
        char labels[YEARS_WIDE][16];
        for (size_t y = 0; y < wide; y++) {
            struct mw_sv label = mw_arena_printf(p->a, "%d", years->first + (int)(from + y));
            memcpy(labels[y], label.p != NULL ? label.p : "", label.p != NULL && label.n < 16 ? label.n + 1 : 1);
            cols[1 + y] = (struct mw_paper_column){ labels[y], 15, true };
        }
        cols[1 + wide] = (struct mw_paper_column){ "Total", 16, true };
        struct mw_paper_table *t = mw_paper_table(p, cols, 1 + wide + last);
        for (size_t i = 0; i < n; i++) {
            struct mw_paper_row *r = mw_paper_row(p, t);
            mw_paper_put(r, 0, lines[i].label);
            for (size_t y = 0; y < wide; y++)
                mw_paper_put_eur(p, r, 1 + y, lines[i].years[from + y]);
            if (last)
                mw_paper_put_eur(p, r, 1 + wide, lines[i].total);
            if (r != NULL)
                r->sum = lines[i].sum;
        }
    }
}

static struct line *lines_for(struct mw_paper *p, size_t n)
{
    struct line *lines = mw_arena_array(p->a, n, sizeof *lines);
    p->failed = p->failed || lines == NULL;
    return lines;
}

/* How each sum comes about, and whose cost it is; rows of which nothing is to be said are left out. */
static void put_basis(struct mw_paper *p, const struct mw_plan *plan)
{
    static const struct mw_paper_column COLS[] = { { "Position", 30, false }, { "Computation", 50, false }, { "Partner", 20, false } };
    const struct mw_list *rows = &plan->cost.rows;
    struct mw_paper_table *t = NULL;

    for (size_t i = 0; i < rows->n; i++) {
        const struct mw_cost_row *row = MW_AT(*rows, struct mw_cost_row, i);
        struct mw_sv basis = mw_cost_basis(p->a, plan, row, p->lang);
        struct mw_sv partner = row->cost != NULL ? row->cost->partner : MW_SV_NONE;
        p->failed = p->failed || basis.p == NULL;
        if (basis.n == 0 && partner.n == 0)
            continue;
        if (t == NULL) {
            mw_paper_heading(p, 2, "How the sums come about");
            t = mw_paper_table(p, COLS, mw_project_partners(plan->project) > 1 ? 3 : 2);
        }
        struct mw_paper_row *r = mw_paper_row(p, t);
        mw_paper_put(r, 0, mw_cost_label(p->a, row, p->lang));
        mw_paper_put(r, 1, basis);
        if (mw_project_partners(plan->project) > 1)
            mw_paper_put(r, 2, partner);
    }
}

/* Beneath the table: what caps cut, what counts after all rules, what the file says about single rows. */
static void put_remarks(struct mw_paper *p, const struct mw_plan *plan, const struct line *lines)
{
    const struct mw_cost_plan *cost = &plan->cost;

    for (size_t i = 0; i < cost->categories.n; i++) {
        const struct mw_category *c = MW_AT(cost->categories, struct mw_category, i);
        if (c->capped.cents < c->eligible.cents) {
            struct mw_sv name = mw_paper_word(p, c->name), of = mw_paper_eur(p, c->eligible), left = mw_paper_eur(p, c->capped);
            mw_paper_sayf(p, MW_BLOCK_NOTE, "%.*s: of %.*s the programme counts %.*s.", MW_SV_ARG(name), MW_SV_ARG(of), MW_SV_ARG(left));
        }
    }
    struct mw_sv eligible = mw_paper_eur(p, cost->eligible);
    mw_paper_sayf(p, MW_BLOCK_TEXT, "Eligible after all rules of the programme: %.*s.", MW_SV_ARG(eligible));
    for (size_t i = 0; i < cost->rows.n; i++) {
        const struct mw_cost_row *row = MW_AT(cost->rows, struct mw_cost_row, i);
        struct mw_sv words = row->cost == NULL ? MW_SV_NONE : row->cost->why.n > 0 ? row->cost->why : row->cost->note;
        if (words.n > 0)
            mw_paper_say(p, MW_BLOCK_BULLET, mw_arena_printf(p->a, "%.*s: %.*s", MW_SV_ARG(lines[i].label), MW_SV_ARG(words)));
    }
}

void mw_section_costs(struct mw_paper *p, const struct mw_plan *plan)
{
    static const struct mw_paper_column COLS[] = {
        { "Position", 42, false }, { "Category", 16, false }, { "Total EUR", 18, true }, { "eligible EUR", 24, true }
    };
    const struct mw_cost_plan *cost = &plan->cost;
    if (mw_costs_open(plan)) {
        mw_section_money_is_open(p, plan);
        return;
    }
    struct mw_paper_table *t = mw_paper_table(p, COLS, COUNT(COLS));
    struct line *lines = lines_for(p, cost->rows.n + 1);

    for (size_t i = 0; i < cost->rows.n && lines != NULL; i++) {
        const struct mw_cost_row *row = MW_AT(cost->rows, struct mw_cost_row, i);
        struct mw_paper_row *r = mw_paper_row(p, t);
        lines[i] = (struct line){ mw_cost_label(p->a, row, p->lang), row->years, row->total, false };
        mw_paper_put(r, 0, lines[i].label);
        mw_paper_put(r, 1, mw_paper_word(p, row->category));
        mw_paper_put_eur(p, r, 2, row->total);
        mw_paper_put_eur(p, r, 3, row->eligible);
    }
    struct mw_paper_row *sum = mw_paper_row(p, t);
    if (sum == NULL || lines == NULL)
        return;
    sum->sum = true;
    mw_paper_put_tr(p, sum, 0, "Total");
    mw_paper_put_eur(p, sum, 2, cost->total);
    mw_paper_put_eur(p, sum, 3, mw_sum_eligible_rows(plan));
    put_remarks(p, plan, lines);
    put_basis(p, plan);
    mw_paper_heading(p, 2, "Cost by year");
    lines[cost->rows.n] = (struct line){ mw_paper_tr(p, "Total"), cost->years, cost->total, true };
    put_by_year(p, plan, "EUR", lines, cost->rows.n + 1);
}

void mw_section_financing(struct mw_paper *p, const struct mw_plan *plan)
{
    static const struct mw_paper_column STEPS[] = { { "Rule", 30, false }, { "Computation", 50, false }, { "Grant EUR", 20, true } };
    const struct mw_financing_plan *fin = &plan->financing;
    if (mw_section_money_is_open(p, plan))
        return;
    struct line *lines = lines_for(p, fin->rows.n + 1);

    for (size_t i = 0; i < fin->rows.n && lines != NULL; i++) {
        const struct mw_source_row *row = MW_AT(fin->rows, struct mw_source_row, i);
        struct mw_sv label = row->label;
        if (row->source != NULL && row->source->status.n > 0)
            label = mw_arena_printf(p->a, "%.*s (%.*s)", MW_SV_ARG(row->label), MW_SV_ARG(row->source->status));
        lines[i] = (struct line){ label, row->years, row->total, false };
    }
    if (lines == NULL)
        return;
    lines[fin->rows.n] = (struct line){ mw_paper_tr(p, "Total"), plan->cost.years, plan->cost.total, true };
    put_by_year(p, plan, "EUR", lines, fin->rows.n + 1);
    mw_paper_heading(p, 2, "How the grant is computed");
    struct mw_paper_table *t = mw_paper_table(p, STEPS, COUNT(STEPS));
    for (size_t i = 0; i < fin->steps.n; i++) {
        const struct mw_grant_step *step = MW_AT(fin->steps, struct mw_grant_step, i);
        struct mw_paper_row *r = mw_paper_row(p, t);
        mw_paper_put(r, 0, mw_paper_word(p, mw_paper_tr(p, MW_LIMIT_WORDS[step->rule])));
        mw_paper_put(r, 1, step->formula);
        mw_paper_put_eur(p, r, 2, step->after);
    }
    struct mw_paper_row *sum = mw_paper_row(p, t);
    mw_paper_put_tr(p, sum, 0, "Grant asked for");
    mw_paper_put_eur(p, sum, 2, fin->grant);
    if (sum != NULL)
        sum->sum = true;
}

void mw_section_shares(struct mw_paper *p, const struct mw_plan *plan)
{
    static const struct mw_paper_column ALL[] = {
        { "Partner", 36, false }, { "Cost EUR", 16, true }, { "Grant EUR", 16, true }, { "Other sources EUR", 16, true }, { "Own money EUR", 16, true }
    };
    static const struct mw_paper_column OWN[] = { { "Partner", 70, false }, { "Own money EUR", 30, true } };
    static const char *const KEYS[] = { [MW_KEY_EQUAL] = "equal parts", [MW_KEY_POPULATION] = "number of inhabitants",
                                        [MW_KEY_BASE] = "a base in equal parts, the rest by the number of inhabitants; base",
                                        [MW_KEY_WEIGHTS] = "agreed weights" };
    const struct mw_sharing *sharing = &plan->project->sharing;
    bool all = sharing->of == MW_SHARE_COST;

    if (mw_grant_open(plan))
        return; /* asked above: there is nothing to share yet */
    if (plan->partners.n == 0) {
        mw_paper_say(p, MW_BLOCK_OPEN, mw_paper_tr(p, "By which key do the partners share cost or own money (sharing)?"));
        return;
    }
    struct mw_sv key = mw_paper_tr(p, KEYS[sharing->key]), base = mw_paper_share(p, sharing->base);
    if (all)
        mw_paper_sayf(p, MW_BLOCK_TEXT, "Key to the cost that no partner bears alone: %.*s%s%.*s.", MW_SV_ARG(key), base.n > 0 ? " " : "",
                      MW_SV_ARG(base));
    else
        mw_paper_sayf(p, MW_BLOCK_TEXT, "Key to the own money: %.*s%s%.*s.", MW_SV_ARG(key), base.n > 0 ? " " : "", MW_SV_ARG(base));
    struct mw_paper_table *t = all ? mw_paper_table(p, ALL, COUNT(ALL)) : mw_paper_table(p, OWN, COUNT(OWN));
    struct mw_partner_row sums = mw_sum_partners(plan);
    for (size_t i = 0; i <= plan->partners.n; i++) {
        const struct mw_partner_row *row = i < plan->partners.n ? MW_AT(plan->partners, struct mw_partner_row, i) : &sums;
        struct mw_paper_row *r = mw_paper_row(p, t);
        mw_paper_put(r, 0, row->applicant != NULL ? row->applicant->name : mw_paper_tr(p, "Total"));
        if (all) {
            mw_paper_put_eur(p, r, 1, row->cost);
            mw_paper_put_eur(p, r, 2, row->grant);
            mw_paper_put_eur(p, r, 3, row->other);
        }
        mw_paper_put_eur(p, r, all ? 4 : 1, row->own);
        if (r != NULL)
            r->sum = row->applicant == NULL;
    }
}
