#include "apply/documents/portfolio_book.h"

#include "apply/documents/workbook_inside.h"

#include <stdio.h>

static void heads(struct mw_sheet *s, const char *const *names, size_t n, size_t text)
{
    for (size_t c = 0; c < n; c++)
        mw_cell_head(s, c, names[c], c >= text);
    mw_sheet_heads_end(s, 1);
}

static void put_projects(struct mw_book *b, const struct mw_portfolio *p)
{
    static const char *const HEADS[] = { "Project", "Client", "State", "Programme", "Deadline", "Cost", "Grant", "Own money", "Errors", "Warnings" };
    struct mw_sheet s = mw_sheet_new(b, "Projects", true);

    mw_sheet_width(&s, 0, 0, 40);
    mw_sheet_width(&s, 1, 1, 24);
    mw_sheet_width(&s, 2, 2, 13);
    mw_sheet_width(&s, 3, 3, 34);
    mw_sheet_width(&s, 4, 4, 12);
    mw_sheet_width(&s, 5, 7, 15);
    mw_sheet_width(&s, 8, 9, 10);
    mw_sheet_title(&s, "Projects");
    heads(&s, HEADS, sizeof HEADS / sizeof *HEADS, 4);
    for (size_t i = 0; i < p->n; i++) {
        const struct mw_plan *plan = &p->plans[i];
        const struct mw_applicant *lead = mw_project_lead(plan->project);
        mw_cell_text(&s, 0, plan->project->title, b->text);
        mw_cell_text(&s, 1, lead != NULL ? lead->name : MW_SV(""), b->text);
        mw_cell_text(&s, 2, mw_sv(mw_portfolio_state(plan->project, b->lang)), b->text);
        mw_cell_text(&s, 3, plan->terms->title, b->text);
        mw_cell_day(&s, 4, plan->project->deadline, b->day);
        mw_cell_eur(&s, 5, plan->cost.total, b->money);
        mw_cell_eur(&s, 6, plan->financing.grant, b->money);
        mw_cell_eur(&s, 7, plan->financing.own, b->money);
        mw_cell_int(&s, 8, plan->errors < 10000 ? (int)plan->errors : 10000, b->text);
        mw_cell_int(&s, 9, plan->warnings < 10000 ? (int)plan->warnings : 10000, b->text);
        mw_sheet_next(&s);
    }
}

static void put_years(struct mw_book *b, const struct mw_portfolio *p)
{
    static const char *const HEADS[] = { "Year", "Cost", "Grants", "Other sources", "Own money", "Person-months" };
    struct mw_sheet s = mw_sheet_new(b, "Budget by year", false);

    mw_sheet_width(&s, 0, 0, 10);
    mw_sheet_width(&s, 1, 5, 17);
    mw_sheet_title(&s, "Budget by year");
    heads(&s, HEADS, sizeof HEADS / sizeof *HEADS, 1);
    const lxw_row_t first = s.row;
    for (size_t y = 0; y < p->years.n; y++) {
        bool fits = false;
        const struct mw_portfolio_sums *sum = &p->by_year[y];
        const struct mw_eur staff = { mw_div_round((mw_i128)p->staff[y].num * 100, p->staff[y].den, MW_COMMERCIAL, &fits) };
        mw_cell_int(&s, 0, p->years.first + (int)y, b->text);
        mw_cell_eur(&s, 1, sum->cost, b->money);
        mw_cell_eur(&s, 2, sum->grant, b->money);
        mw_cell_eur(&s, 3, sum->other, b->money);
        mw_cell_formula(&s, 4, sum->own, b->money, "=%s-%s-%s", mw_ref(s.row, 1).z, mw_ref(s.row, 2).z, mw_ref(s.row, 3).z);
        if (fits && staff.cents != 0)
            mw_cell_eur(&s, 5, staff, b->money); /* two decimals, like a sum */
        mw_sheet_next(&s);
    }
    mw_cell_tr(&s, 0, "Total", b->sum_text);
    mw_cell_column_sum(&s, 1, first, p->total.cost);
    mw_cell_column_sum(&s, 2, first, p->total.grant);
    mw_cell_column_sum(&s, 3, first, p->total.other);
    mw_cell_column_sum(&s, 4, first, p->total.own);
    mw_sheet_next(&s);
    s.row++;
    mw_cell_tr(&s, 0, "Rejected and closed projects are not added up.", b->day_left);
}

/* What each applicant has to find in its own budget. */
static void put_clients(struct mw_book *b, const struct mw_portfolio *p)
{
    struct mw_sheet s = mw_sheet_new(b, "Own money", true);
    const size_t n = p->years.n;
    char year[12];

    mw_sheet_width(&s, 0, 0, 34);
    mw_sheet_width(&s, 1, n + 1, 15);
    mw_sheet_title(&s, "Own money of each applicant");
    mw_cell_head(&s, 0, "Client", false);
    for (size_t y = 0; y < n; y++) {
        snprintf(year, sizeof year, "%d", p->years.first + (int)y);
        mw_cell_head(&s, y + 1, year, true);
    }
    mw_cell_head(&s, n + 1, "Total", true);
    mw_sheet_heads_end(&s, 1);
    const lxw_row_t first = s.row;
    for (size_t i = 0; i < p->clients.n; i++) {
        const struct mw_client *c = MW_AT(p->clients, struct mw_client, i);
        mw_cell_text(&s, 0, c->name, b->text);
        for (size_t y = 0; y < n; y++)
            mw_cell_eur(&s, y + 1, c->own[y], b->money);
        mw_cell_row_sum(&s, n + 1, 1, n, c->total);
        mw_sheet_next(&s);
    }
    mw_cell_tr(&s, 0, "Total", b->sum_text);
    for (size_t y = 0; y <= n; y++) {
        struct mw_eur sum = { 0 };
        for (size_t i = 0; i < p->clients.n; i++) {
            const struct mw_client *c = MW_AT(p->clients, struct mw_client, i);
            mw_eur_add(&sum, y < n ? c->own[y] : c->total);
        }
        mw_cell_column_sum(&s, y + 1, first, sum);
    }
}

static void put_accounts(struct mw_book *b, const struct mw_portfolio *p)
{
    static const char *const HEADS[] = { "Undertaking", "Counted from", "Limit", "Received", "Asked for", "Left" };

    if (p->accounts.n == 0)
        return;
    struct mw_sheet s = mw_sheet_new(b, "De-minimis aid", false);
    mw_sheet_width(&s, 0, 0, 34);
    mw_sheet_width(&s, 1, 5, 15);
    mw_sheet_title(&s, "De-minimis aid");
    heads(&s, HEADS, sizeof HEADS / sizeof *HEADS, 1);
    for (size_t i = 0; i < p->accounts.n; i++) {
        const struct mw_account *a = MW_AT(p->accounts, struct mw_account, i);
        mw_cell_text(&s, 0, a->undertaking, b->text);
        mw_cell_day(&s, 1, a->since, b->day);
        mw_cell_eur(&s, 2, a->limit, b->money);
        mw_cell_eur(&s, 3, a->received, b->money);
        mw_cell_eur(&s, 4, a->asked, b->money);
        mw_cell_formula(&s, 5, a->left, b->money, "=%s-%s-%s", mw_ref(s.row, 2).z, mw_ref(s.row, 3).z, mw_ref(s.row, 4).z);
        mw_sheet_next(&s);
    }
}

static void put_dates(struct mw_book *b, const struct mw_portfolio *p)
{
    static const char *const HEADS[] = { "Date", "Project", "What", "Amount" };
    struct mw_sheet s = mw_sheet_new(b, "What is due", false);

    mw_sheet_width(&s, 0, 0, 12);
    mw_sheet_width(&s, 1, 1, 34);
    mw_sheet_width(&s, 2, 2, 44);
    mw_sheet_width(&s, 3, 3, 15);
    mw_sheet_title(&s, "What is due");
    heads(&s, HEADS, sizeof HEADS / sizeof *HEADS, 3);
    for (size_t i = 0; i < p->dates.n; i++) {
        const struct mw_portfolio_date *d = MW_AT(p->dates, struct mw_portfolio_date, i);
        struct mw_str what = MW_STR_INIT;
        mw_portfolio_what(&what, d, b->lang);
        mw_cell_day(&s, 0, d->day, b->day_left);
        mw_cell_text(&s, 1, d->plan->project->title, b->text);
        mw_cell_text(&s, 2, mw_str_sv(&what), b->text);
        mw_cell_eur(&s, 3, d->amount, b->money);
        mw_sheet_next(&s);
        mw_str_free(&what);
    }
}

static void fill(struct mw_book *b, const void *what)
{
    const struct mw_portfolio *p = what;

    put_projects(b, p);
    put_years(b, p);
    put_clients(b, p);
    put_accounts(b, p);
    put_dates(b, p);
}

enum mw_rc mw_portfolio_book_write(const struct mw_portfolio *p, const char *path, enum mw_lang lang, struct mw_err *err)
{
    return mw_book_write(path, mw_sv(mw_tr(lang, "Portfolio")), p->today, lang, fill, p, err);
}
