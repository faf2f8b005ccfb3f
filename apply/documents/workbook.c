/* The spreadsheet of a plan through libxlsxwriter.
 *
 * A formula written without its value shows 0 in viewers that do not compute, so every formula gets the value the plan has
 * computed. ROUNDDOWN of a product of doubles could lose a cent (0.29 * 100 is below 29): the product is rounded to six
 * decimals first, which is exact for every amount a cell can hold. */
#include "apply/documents/workbook.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "lib/core/file.h"

enum { EXCEL_EPOCH = 25569 }; /* 1970-01-01 as a day of Excel's calendar */
enum { BOOK_MAX = 64 << 20, FORMULA_MAX = 256, CELL_MAX = 32767 };

struct book {
    lxw_workbook *wb;
    lxw_format *title, *head, *head_right, *text, *money, *sum, *sum_text, *day, *note, *percent;
    const struct mw_plan *plan;
    enum mw_lang lang;
    struct mw_arena *a;
    bool failed;
};
struct sheet {
    struct book *b;
    lxw_worksheet *ws;
    const char *name;
    lxw_row_t row;
};
/* Where the sheets meet: rows (from 0) that other sheets refer to. */
struct places {
    lxw_row_t cost_first, cost_sum; /* cost plan */
    lxw_col_t years, total, eligible;
    lxw_row_t source_first, source_sum;
};

/* --- cells -------------------------------------------------------------------------------------------------------------- */

static const char *tr(const struct book *b, const char *english)
{
    return mw_tr(b->lang, english);
}

static void check(struct book *b, lxw_error e)
{
    b->failed = b->failed || e != LXW_NO_ERROR;
}

static void put(struct sheet *s, lxw_col_t col, struct mw_sv text, lxw_format *f)
{
    /* What a cell cannot hold is cut at a character. */
    size_t n = text.n < CELL_MAX ? text.n : CELL_MAX;
    while (n < text.n && n > 0 && ((unsigned char)text.p[n] & 0xC0) == 0x80)
        n--;
    const char *z = mw_arena_z(s->b->a, mw_sv_sub(text, 0, n));
    if (text.n > 0 && z == NULL)
        s->b->failed = true;
    else if (text.n > 0)
        check(s->b, worksheet_write_string(s->ws, s->row, col, z, f));
    else
        check(s->b, worksheet_write_blank(s->ws, s->row, col, f));
}

static void put_tr(struct sheet *s, lxw_col_t col, const char *english, lxw_format *f)
{
    put(s, col, mw_sv(tr(s->b, english)), f);
}

static double euros(struct mw_eur e)
{
    return mw_eur_is(e) ? (double)e.cents / 100.0 : 0.0;
}

static void put_eur(struct sheet *s, lxw_col_t col, struct mw_eur e, lxw_format *f)
{
    if (mw_eur_is(e))
        check(s->b, worksheet_write_number(s->ws, s->row, col, euros(e), f));
    else
        check(s->b, worksheet_write_blank(s->ws, s->row, col, f));
}

static void put_day(struct sheet *s, lxw_col_t col, struct mw_day d)
{
    if (mw_day_is(d))
        check(s->b, worksheet_write_number(s->ws, s->row, col, (double)d.n + EXCEL_EPOCH, s->b->day));
    else
        check(s->b, worksheet_write_blank(s->ws, s->row, col, s->b->day));
}

__attribute__((format(printf, 5, 6))) static void put_formula(struct sheet *s, lxw_col_t col, struct mw_eur value,
                                                              lxw_format *f, const char *fmt, ...)
{
    char formula[FORMULA_MAX];
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(formula, sizeof formula, fmt, args);
    va_end(args);
    if (n < 0 || (size_t)n >= sizeof formula)
        s->b->failed = true;
    else
        check(s->b, worksheet_write_formula_num(s->ws, s->row, col, formula, f, euros(value)));
}

/* "D5" of a row and column from 0; a buffer of the caller's. */
struct ref {
    char z[LXW_MAX_CELL_NAME_LENGTH];
};
static struct ref at(lxw_row_t row, lxw_col_t col)
{
    struct ref r;
    lxw_rowcol_to_cell(r.z, row, col);
    return r;
}

/* =SUM over count cells to the right of (row, col), or nothing where there are none. */
static void put_row_sum(struct sheet *s, lxw_col_t col, lxw_col_t first, size_t count, struct mw_eur value, lxw_format *f)
{
    if (count == 0)
        put_eur(s, col, value, f);
    else
        put_formula(s, col, value, f, "=SUM(%s:%s)", at(s->row, first).z, at(s->row, (lxw_col_t)(first + count - 1)).z);
}

static void put_column_sum(struct sheet *s, lxw_col_t col, lxw_row_t first, struct mw_eur value)
{
    if (s->row <= first)
        put_eur(s, col, value, s->b->sum);
    else
        put_formula(s, col, value, s->b->sum, "=SUM(%s:%s)", at(first, col).z, at(s->row - 1, col).z);
}

/* --- sheets ------------------------------------------------------------------------------------------------------------- */

static struct sheet new_sheet(struct book *b, const char *english, bool landscape)
{
    struct sheet s = { .b = b, .name = tr(b, english) };
    s.ws = workbook_add_worksheet(b->wb, s.name);
    if (s.ws == NULL) {
        b->failed = true;
        return s;
    }
    worksheet_set_paper(s.ws, 9); /* A4 */
    if (landscape)
        worksheet_set_landscape(s.ws);
    worksheet_fit_to_pages(s.ws, 1, 0);
    worksheet_set_footer(s.ws, "&L&F  &A&R&P / &N");
    return s;
}

static void put_title(struct sheet *s, const char *english)
{
    struct mw_sv t = mw_arena_printf(s->b->a, "%s: %.*s", tr(s->b, english), MW_SV_ARG(s->b->plan->project->title));
    put(s, 0, t, s->b->title);
    s->row += 2;
}

static void put_head(struct sheet *s, lxw_col_t col, const char *english, bool right)
{
    put_tr(s, col, english, right ? s->b->head_right : s->b->head);
}

static void put_year_heads(struct sheet *s, lxw_col_t first)
{
    const struct mw_years *y = &s->b->plan->years;
    for (size_t i = 0; i < y->n; i++)
        check(s->b, worksheet_write_number(s->ws, s->row, (lxw_col_t)(first + i), y->first + (int)i, s->b->head_right));
}

static void put_cost_plan(struct book *b, struct places *p)
{
    struct sheet s = new_sheet(b, "Cost plan", true);
    const struct mw_cost_plan *cost = &b->plan->cost;
    size_t n = b->plan->years.n;

    if (b->failed)
        return;
    p->years = 3;
    p->total = (lxw_col_t)(p->years + n);
    p->eligible = (lxw_col_t)(p->total + 1);
    worksheet_set_column(s.ws, 0, 0, 14, NULL);
    worksheet_set_column(s.ws, 1, 1, 40, NULL);
    worksheet_set_column(s.ws, 2, 2, 16, NULL);
    worksheet_set_column(s.ws, p->years, p->eligible, 15, NULL);
    put_title(&s, "Cost plan");
    put_head(&s, 0, "Row", false);
    put_head(&s, 1, "Item", false);
    put_head(&s, 2, "Category", false);
    put_year_heads(&s, p->years);
    put_head(&s, p->total, "Total EUR", true);
    put_head(&s, p->eligible, "of it eligible EUR", true);
    worksheet_repeat_rows(s.ws, s.row, s.row);
    worksheet_freeze_panes(s.ws, s.row + 1, p->years);
    p->cost_first = ++s.row;
    for (size_t i = 0; i < cost->rows.n; i++, s.row++) {
        const struct mw_cost_row *r = MW_AT(cost->rows, struct mw_cost_row, i);
        put(&s, 0, r->id, b->text);
        put(&s, 1, r->label, b->text);
        put(&s, 2, r->category, b->text);
        for (size_t y = 0; y < n; y++)
            put_eur(&s, (lxw_col_t)(p->years + y), r->years[y], b->money);
        put_row_sum(&s, p->total, p->years, n, r->total, b->money);
        if (r->eligible.cents == r->total.cents)
            put_formula(&s, p->eligible, r->eligible, b->money, "=%s", at(s.row, p->total).z);
        else
            put_eur(&s, p->eligible, r->eligible, b->money);
    }
    p->cost_sum = s.row;
    put_tr(&s, 0, "Total", b->sum_text);
    put(&s, 1, MW_SV(""), b->sum_text);
    put(&s, 2, MW_SV(""), b->sum_text);
    for (size_t y = 0; y < n; y++)
        put_column_sum(&s, (lxw_col_t)(p->years + y), p->cost_first, cost->years[y]);
    put_column_sum(&s, p->total, p->cost_first, cost->total);
    struct mw_eur rows_eligible = { 0 };
    for (size_t i = 0; i < cost->rows.n; i++)
        b->failed = !mw_eur_add(&rows_eligible, MW_AT(cost->rows, struct mw_cost_row, i)->eligible) || b->failed;
    put_column_sum(&s, p->eligible, p->cost_first, rows_eligible);
    if (rows_eligible.cents != cost->eligible.cents) {
        s.row++;
        put_tr(&s, 1, "Eligible after the caps of the programme", b->note);
        put_eur(&s, p->eligible, cost->eligible, b->money);
    }
}

/* The sheet and cell of another sheet: 'Cost plan'!D9 */
static struct mw_sv cell_of(const struct book *b, const char *english, lxw_row_t row, lxw_col_t col)
{
    return mw_arena_printf(b->a, "'%s'!%s", tr(b, english), at(row, col).z);
}

static bool is_rest(const struct mw_source_row *r)
{
    return r->kind == MW_S_OWN && r->source == NULL;
}

static void put_source(struct sheet *s, const struct places *p, const struct mw_source_row *r, lxw_col_t years)
{
    static const char *const KINDS[] = {
        [MW_S_PUBLIC] = "public grant", [MW_S_THIRD] = "third party", [MW_S_REVENUE] = "revenue",
        [MW_S_OWN] = "own money",       [MW_S_FICTIVE] = "work in kind", [MW_S_GRANT] = "grant asked for"
    };
    const struct book *b = s->b;

    put(s, 0, r->label.n > 0 ? r->label : mw_sv(tr(b, r->kind == MW_S_GRANT ? "Grant" : "Own money")), b->text);
    put_tr(s, 1, KINDS[r->kind], b->text);
    for (size_t y = 0; y < b->plan->years.n; y++) {
        lxw_col_t col = (lxw_col_t)(years + y);
        if (is_rest(r) && s->row > p->source_first) /* own money is what the year's costs leave open */
            put_formula(s, col, r->years[y], b->money, "=%.*s-SUM(%s:%s)",
                        MW_SV_ARG(cell_of(b, "Cost plan", p->cost_sum, (lxw_col_t)(p->years + y))),
                        at(p->source_first, col).z, at(s->row - 1, col).z);
        else
            put_eur(s, col, r->years[y], b->money);
    }
    put_row_sum(s, (lxw_col_t)(years + b->plan->years.n), years, b->plan->years.n, r->total, b->money);
    s->row++;
}

/* How the grant came about: eligible expenditure times rate as a live formula, then every rule that lowered it. */
static void put_grant(struct sheet *s, const struct places *p, lxw_col_t value)
{
    static const char *const RULES[MW_LIMIT_N] = {
        "rate", "financing gap", "fixed sum", "most eligible expenditure", "most grant", "least own share",
        "most public money", "no over-funding", "least grant", "not eligible"
    };
    const struct book *b = s->b;
    const struct mw_financing_plan *fin = &b->plan->financing;
    bool caps = b->plan->cost.capped.cents != b->plan->cost.eligible.cents;

    s->row++;
    put_tr(s, 0, "How the grant is computed", b->title);
    s->row++;
    put_tr(s, 0, "Eligible expenditure", b->text);
    lxw_row_t eligible = s->row;
    struct mw_eur rows = { 0 };
    for (size_t i = 0; i < b->plan->cost.rows.n; i++)
        s->b->failed = !mw_eur_add(&rows, MW_AT(b->plan->cost.rows, struct mw_cost_row, i)->eligible) || s->b->failed;
    if (!caps && rows.cents == b->plan->cost.eligible.cents)
        put_formula(s, value, b->plan->cost.eligible, b->money, "=%.*s",
                    MW_SV_ARG(cell_of(b, "Cost plan", p->cost_sum, p->eligible)));
    else
        put_eur(s, value, b->plan->cost.eligible, b->money);
    s->row++;
    if (mw_share_is(fin->rate)) {
        struct mw_eur product;
        put_tr(s, 0, "Funding rate", b->text);
        check(s->b, worksheet_write_formula_num(s->ws, s->row, value,
                                                mw_arena_printf(b->a, "=%lld/%lld", (long long)fin->rate.num, (long long)fin->rate.den).p,
                                                b->percent, (double)fin->rate.num / (double)fin->rate.den));
        s->row++;
        if (mw_eur_of(&product, b->plan->cost.eligible, fin->rate, MW_DOWN)) {
            put_tr(s, 0, "Eligible expenditure x rate, down to the cent", b->text);
            put_formula(s, value, product, b->money, "=ROUNDDOWN(ROUND(%s*%s,6),2)", at(eligible, value).z,
                        at(eligible + 1, value).z);
            s->row++;
        }
    }
    for (size_t i = 0; i < fin->steps.n; i++) {
        const struct mw_grant_step *step = MW_AT(fin->steps, struct mw_grant_step, i);
        put_tr(s, 0, RULES[step->rule], b->text);
        put(s, 1, step->formula, b->note);
        put_eur(s, value, step->after, b->money);
        s->row++;
    }
    put_tr(s, 0, "Grant", b->sum_text);
    put(s, 1, MW_SV(""), b->sum_text);
    put_eur(s, value, fin->grant, b->sum);
    s->row++;
}

static void put_financing_plan(struct book *b, struct places *p)
{
    struct sheet s = new_sheet(b, "Financing plan", true);
    const struct mw_financing_plan *fin = &b->plan->financing;
    size_t n = b->plan->years.n;
    lxw_col_t years = 2, total = (lxw_col_t)(years + n);

    if (b->failed)
        return;
    worksheet_set_column(s.ws, 0, 0, 44, NULL);
    worksheet_set_column(s.ws, 1, 1, 24, NULL);
    worksheet_set_column(s.ws, years, total, 15, NULL);
    put_title(&s, "Financing plan");
    put_head(&s, 0, "Source", false);
    put_head(&s, 1, "Kind", false);
    put_year_heads(&s, years);
    put_head(&s, total, "Total EUR", true);
    worksheet_freeze_panes(s.ws, s.row + 1, years);
    p->source_first = ++s.row;
    for (size_t i = 0; i < fin->rows.n; i++)
        put_source(&s, p, MW_AT(fin->rows, struct mw_source_row, i), years);
    p->source_sum = s.row;
    put_tr(&s, 0, "Total of all sources", b->sum_text);
    put(&s, 1, MW_SV(""), b->sum_text);
    for (size_t y = 0; y < n; y++)
        put_column_sum(&s, (lxw_col_t)(years + y), p->source_first, b->plan->cost.years[y]);
    put_column_sum(&s, total, p->source_first, b->plan->cost.total);
    s.row++;
    put_tr(&s, 0, "Sources less costs (must be 0)", b->note);
    for (size_t y = 0; y <= n; y++)
        put_formula(&s, (lxw_col_t)(years + y), (struct mw_eur){ 0 }, b->money, "=ROUND(%s-%.*s,2)",
                    at(p->source_sum, (lxw_col_t)(years + y)).z,
                    MW_SV_ARG(cell_of(b, "Cost plan", p->cost_sum, (lxw_col_t)(p->years + y))));
    s.row++;
    put_grant(&s, p, total);
}

static void put_partners(struct book *b)
{
    static const char *const HEADS[] = { "Partner", "Cost EUR", "Grant EUR", "Other sources EUR", "Own money EUR" };
    const struct mw_list *rows = &b->plan->partners;
    struct mw_eur sums[4] = { { 0 } };

    if (rows->n == 0 || b->failed)
        return;
    struct sheet s = new_sheet(b, "Partners", false);
    if (b->failed)
        return;
    worksheet_set_column(s.ws, 0, 0, 40, NULL);
    worksheet_set_column(s.ws, 1, 4, 18, NULL);
    put_title(&s, "Partners");
    for (size_t c = 0; c < sizeof HEADS / sizeof *HEADS; c++)
        put_head(&s, (lxw_col_t)c, HEADS[c], c > 0);
    lxw_row_t first = ++s.row;
    for (size_t i = 0; i < rows->n; i++, s.row++) {
        const struct mw_partner_row *r = MW_AT(*rows, struct mw_partner_row, i);
        const struct mw_eur values[] = { r->cost, r->grant, r->other, r->own };
        put(&s, 0, r->applicant->name, b->text);
        for (size_t c = 0; c < 4; c++) {
            put_eur(&s, (lxw_col_t)(c + 1), values[c], b->money);
            if (mw_eur_is(values[c]))
                b->failed = !mw_eur_add(&sums[c], values[c]) || b->failed;
        }
    }
    put_tr(&s, 0, "Total", b->sum_text);
    for (size_t c = 0; c < 4; c++)
        put_column_sum(&s, (lxw_col_t)(c + 1), first, sums[c]);
}

static void put_dates(struct book *b)
{
    const struct mw_plan *plan = b->plan;

    if (plan->tasks.n + plan->steps.n == 0 || b->failed)
        return;
    struct sheet s = new_sheet(b, "Schedule", false);
    if (b->failed)
        return;
    worksheet_set_column(s.ws, 0, 0, 52, NULL);
    worksheet_set_column(s.ws, 1, 2, 13, NULL);
    worksheet_set_column(s.ws, 3, 3, 34, NULL);
    put_title(&s, "Schedule");
    put_head(&s, 0, "Task", false);
    put_head(&s, 1, "From", true);
    put_head(&s, 2, "To", true);
    put_head(&s, 3, "Remark", false);
    s.row++;
    for (size_t i = 0; i < plan->steps.n; i++, s.row++) {
        const struct mw_step_row *r = MW_AT(plan->steps, struct mw_step_row, i);
        put(&s, 0, r->step->label.n > 0 ? r->step->label : r->step->id, b->text);
        put_day(&s, 1, r->from);
        put_day(&s, 2, r->to);
        put_tr(&s, 3, r->late ? "preparation: too late" : "preparation of the application", b->note);
    }
    for (size_t i = 0; i < plan->tasks.n; i++, s.row++) {
        const struct mw_task_row *r = MW_AT(plan->tasks, struct mw_task_row, i);
        put(&s, 0, r->task->label.n > 0 ? r->task->label : r->task->id, b->text);
        put_day(&s, 1, r->from);
        put_day(&s, 2, r->to);
        put_tr(&s, 3, r->task->milestone == MW_YES ? "milestone" : "", b->note);
    }
}

static void put_duties(struct book *b)
{
    const struct mw_list *duties = &b->plan->duties;

    if (duties->n == 0 || b->failed)
        return;
    struct sheet s = new_sheet(b, "Duties", false);
    if (b->failed)
        return;
    worksheet_set_column(s.ws, 0, 0, 52, NULL);
    worksheet_set_column(s.ws, 1, 1, 13, NULL);
    put_title(&s, "Duties");
    put_head(&s, 0, "Duty", false);
    put_head(&s, 1, "Due", true);
    s.row++;
    for (size_t i = 0; i < duties->n; i++, s.row++) {
        const struct mw_duty *d = MW_AT(*duties, struct mw_duty, i);
        put(&s, 0, mw_sv(mw_duty_label(d->kind, b->lang)), b->text);
        put_day(&s, 1, d->due);
    }
}

static void put_findings(struct book *b)
{
    static const char *const SEVERITIES[] = { [MW_ERROR] = "error", [MW_WARNING] = "warning", [MW_NOTE] = "note" };
    const struct mw_list *findings = &b->plan->findings;

    if (findings->n == 0 || b->failed)
        return;
    struct sheet s = new_sheet(b, "Findings", true);
    if (b->failed)
        return;
    worksheet_set_column(s.ws, 0, 0, 12, NULL);
    worksheet_set_column(s.ws, 1, 1, 90, NULL);
    worksheet_set_column(s.ws, 2, 2, 28, NULL);
    put_title(&s, "Findings");
    put_head(&s, 0, "Severity", false);
    put_head(&s, 1, "What", false);
    put_head(&s, 2, "Where", false);
    s.row++;
    for (size_t i = 0; i < findings->n; i++, s.row++) {
        const struct mw_finding *f = MW_AT(*findings, struct mw_finding, i);
        put_tr(&s, 0, SEVERITIES[f->severity], b->text);
        put(&s, 1, f->msg, b->text);
        if (f->pos.file != NULL) /* the file's name is enough: the folder is another on the reader's computer */
            put(&s, 2, mw_arena_printf(b->a, "%s:%u", strrchr(f->pos.file, '/') != NULL ? strrchr(f->pos.file, '/') + 1 : f->pos.file,
                                       f->pos.line), b->note);
    }
}

static void put_overview(struct sheet *s, const struct places *p)
{
    const struct book *b = s->b;
    const struct mw_plan *plan = b->plan;
    const struct mw_applicant *lead = mw_project_lead(plan->project);
    lxw_col_t sources_total = (lxw_col_t)(2 + plan->years.n);

    worksheet_set_column(s->ws, 0, 0, 34, NULL);
    worksheet_set_column(s->ws, 1, 1, 60, NULL);
    put(s, 0, plan->project->title, b->title);
    s->row += 2;
    put_tr(s, 0, "Programme", b->text);
    put(s, 1, plan->terms->title, b->text);
    s->row++;
    put_tr(s, 0, "Edition of the terms", b->text);
    put(s, 1, plan->edition->id, b->text);
    s->row++;
    put_tr(s, 0, "Applicant", b->text);
    put(s, 1, lead != NULL ? lead->name : MW_SV(""), b->text);
    s->row++;
    put_tr(s, 0, "Project from", b->text);
    put_day(s, 1, plan->project->from);
    s->row++;
    put_tr(s, 0, "Project until", b->text);
    put_day(s, 1, plan->project->to);
    s->row++;
    put_tr(s, 0, "Computed as of", b->text);
    put_day(s, 1, plan->today);
    s->row += 2;
    put_tr(s, 0, "Total cost EUR", b->text);
    put_formula(s, 1, plan->cost.total, b->money, "=%.*s", MW_SV_ARG(cell_of(b, "Cost plan", p->cost_sum, p->total)));
    s->row++;
    put_tr(s, 0, "of it eligible EUR", b->text);
    put_eur(s, 1, plan->cost.eligible, b->money);
    s->row++;
    for (size_t i = 0; i < plan->financing.rows.n; i++, s->row++) {
        const struct mw_source_row *r = MW_AT(plan->financing.rows, struct mw_source_row, i);
        put(s, 0, r->label.n > 0 ? r->label : mw_sv(tr(b, r->kind == MW_S_GRANT ? "Grant" : "Own money")), b->text);
        put_formula(s, 1, r->total, b->money, "=%.*s",
                    MW_SV_ARG(cell_of(b, "Financing plan", (lxw_row_t)(p->source_first + i), sources_total)));
    }
    s->row++;
    put_tr(s, 0, "There is never a right to a grant: this plan says what can be applied for.", b->note);
}

/* --- the book ------------------------------------------------------------------------------------------------------------ */

static lxw_format *new_format(struct book *b, bool bold, const char *number)
{
    lxw_format *f = workbook_add_format(b->wb);
    if (f == NULL) {
        b->failed = true;
        return NULL;
    }
    format_set_font_name(f, "Arial");
    format_set_font_size(f, 10);
    format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
    if (bold)
        format_set_bold(f);
    if (number != NULL)
        format_set_num_format(f, number);
    return f;
}

static void make_formats(struct book *b)
{
    b->title = new_format(b, true, NULL);
    b->head = new_format(b, true, NULL);
    b->head_right = new_format(b, true, NULL);
    b->text = new_format(b, false, NULL);
    b->money = new_format(b, false, "#,##0.00");
    b->sum = new_format(b, true, "#,##0.00");
    b->sum_text = new_format(b, true, NULL);
    b->day = new_format(b, false, b->lang == MW_DE ? "dd.mm.yyyy" : "yyyy-mm-dd");
    b->note = new_format(b, false, NULL);
    b->percent = new_format(b, false, "0.00 %");
    if (b->failed)
        return;
    format_set_font_size(b->title, 13);
    format_set_text_wrap(b->text);
    format_set_text_wrap(b->head);
    format_set_text_wrap(b->note);
    format_set_italic(b->note);
    format_set_align(b->head_right, LXW_ALIGN_RIGHT);
    format_set_align(b->day, LXW_ALIGN_RIGHT);
    format_set_bottom(b->head, LXW_BORDER_THIN);
    format_set_bottom(b->head_right, LXW_BORDER_THIN);
    format_set_bg_color(b->head, 0xE8EEF4);
    format_set_bg_color(b->head_right, 0xE8EEF4);
    format_set_top(b->sum, LXW_BORDER_THIN);
    format_set_top(b->sum_text, LXW_BORDER_THIN);
}

static void fill(struct book *b)
{
    struct places p = { 0 };
    /* The same plan gives the same bytes: the file says the day it was computed for, at noon, not the clock. */
    lxw_doc_properties properties = { .created = (time_t)b->plan->today.n * 86400 + 43200 };

    properties.title = mw_arena_z(b->a, b->plan->project->title) != NULL
                           ? (char *)(uintptr_t)mw_arena_z(b->a, b->plan->project->title)
                           : NULL;
    workbook_set_properties(b->wb, &properties);
    make_formats(b);
    if (b->failed)
        return;
    struct sheet overview = new_sheet(b, "Overview", false);
    put_cost_plan(b, &p);
    put_financing_plan(b, &p);
    if (!b->failed)
        put_overview(&overview, &p);
    put_partners(b);
    put_dates(b);
    put_duties(b);
    put_findings(b);
}

enum mw_rc mw_workbook_write(const struct mw_plan *plan, const char *path, enum mw_lang lang, struct mw_err *err)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    char tmp[] = "/tmp/mittelweg-XXXXXX";
    struct book b = { .plan = plan, .lang = lang, .a = a };
    struct mw_sv bytes;
    enum mw_rc rc = MW_OK;

    if (a == NULL)
        return mw_nomem(err);
    int fd = mkstemp(tmp);
    if (fd < 0)
        return mw_fail(err, MW_OUTPUT, "The spreadsheet \"%s\" cannot be prepared in /tmp.", path);
    close(fd);
    b.wb = workbook_new(tmp);
    if (b.wb == NULL) {
        rc = mw_nomem(err);
        goto out;
    }
    fill(&b);
    if (workbook_close(b.wb) != LXW_NO_ERROR || b.failed) {
        rc = mw_fail(err, MW_OUTPUT, "The spreadsheet \"%s\" could not be made; is there room in /tmp?", path);
        goto out;
    }
    if ((rc = mw_file_read(&bytes, a, tmp, BOOK_MAX, err)) == MW_OK)
        rc = mw_file_write(path, bytes, err);
out:
    unlink(tmp);
    return rc;
}
