/* The sheet of the municipalities: each partner's own plan by year, with live sums, for its council and its budget; and the
 * sheet of the funder's form. */
#include <stdio.h>

#include "apply/documents/workbook_inside.h"

/* The sum of n years at the end of a line, bold like the line itself where that is a sum. */
static void put_total(struct mw_sheet *s, size_t n, struct mw_eur total, lxw_format *f)
{
    mw_cell_formula(s, 2 + n, total, f, "=SUM(%s:%s)", mw_ref(s->row, 2).z, mw_ref(s->row, 1 + n).z);
}

static void put_line(struct mw_sheet *s, const char *label, const struct mw_eur *years, size_t n, struct mw_eur total, lxw_format *f)
{
    mw_cell_tr(s, 1, label, f == s->b->sum ? s->b->sum_text : s->b->text);
    for (size_t y = 0; y < n; y++)
        mw_cell_eur(s, 2 + y, years[y], f);
    put_total(s, n, total, f);
    mw_sheet_next(s);
}

/* Own money is what cost leaves after grant and other sources: a formula over the three lines above. */
static void put_own(struct mw_sheet *s, const struct mw_eur *own, size_t n, struct mw_eur total)
{
    mw_cell_tr(s, 1, "Own money", s->b->sum_text);
    for (size_t y = 0; y < n; y++)
        mw_cell_formula(s, 2 + y, own[y], s->b->sum, "=ROUND(%s-%s-%s,2)", mw_ref(s->row - 3, 2 + y).z, mw_ref(s->row - 2, 2 + y).z,
                        mw_ref(s->row - 1, 2 + y).z);
    put_total(s, n, total, s->b->sum);
    mw_sheet_next(s);
}

void mw_sheet_municipalities(struct mw_book *b)
{
    const struct mw_plan *plan = b->plan;
    size_t n = plan->years.n;

    if (plan->subplans.n == 0)
        return;
    struct mw_sheet s = mw_sheet_new(b, "Municipalities", true);
    mw_sheet_width(&s, 0, 0, 40);
    mw_sheet_width(&s, 1, 1, 22);
    mw_sheet_width(&s, 2, 2 + n, 14);
    mw_sheet_title(&s, "Municipalities");
    mw_cell_head(&s, 0, "Partner", false);
    mw_cell_head(&s, 1, "EUR", false);
    for (size_t y = 0; y < n; y++) {
        char year[16];
        snprintf(year, sizeof year, "%d", plan->years.first + (int)y);
        mw_cell_head(&s, 2 + y, year, true);
    }
    mw_cell_head(&s, 2 + n, "Total EUR", true);
    mw_sheet_heads_end(&s, 1);
    for (size_t i = 0; i < plan->subplans.n; i++) {
        const struct mw_subplan *p = MW_AT(plan->subplans, struct mw_subplan, i);
        mw_cell_text(&s, 0, p->applicant->name, b->text);
        if (p->cost == NULL) {
            put_line(&s, "Own money", p->own, n, p->sum.own, b->money);
            continue;
        }
        put_line(&s, "Cost", p->cost, n, p->sum.cost, b->money);
        put_line(&s, "Grant", p->grant, n, p->sum.grant, b->money);
        put_line(&s, "Other sources", p->other, n, p->sum.other, b->money);
        put_own(&s, p->own, n, p->sum.own);
    }
}

/* --- the funder's form ------------------------------------------------------------------------------------------------ */
/* "=C5+C6": the lines that a sum adds up. */
static void put_form_sum(struct mw_sheet *s, const struct mw_form_position *p, lxw_row_t first, size_t col, struct mw_eur value)
{
    const struct mw_form *form = s->b->plan->form;
    struct mw_str f = MW_STR_INIT;

    for (size_t k = 0; k < p->sum_of.n; k++)
        for (size_t i = 0; i < form->positions.n; i++)
            if (mw_sv_eq(MW_AT(form->positions, struct mw_form_position, i)->code, *MW_AT(p->sum_of, struct mw_sv, k)))
                mw_str_addf(&f, "%s%s", f.n > 0 ? "+" : "", mw_ref((lxw_row_t)(first + i), col).z);
    mw_cell_formula(s, col, value, s->b->sum, "=%s", mw_str_z(&f));
    mw_str_free(&f);
}

void mw_sheet_form(struct mw_book *b)
{
    const struct mw_plan *plan = b->plan;
    size_t n = plan->years.n;

    if (plan->form == NULL)
        return;
    struct mw_sheet s = mw_sheet_new(b, "Form", true);
    mw_sheet_width(&s, 0, 0, 12);
    mw_sheet_width(&s, 1, 1, 50);
    mw_sheet_width(&s, 2, 2 + n, 14);
    mw_sheet_title(&s, "Form");
    mw_cell_head(&s, 0, "Pos.", false);
    mw_cell_head(&s, 1, "Label", false);
    for (size_t y = 0; y < n; y++) {
        char year[16];
        snprintf(year, sizeof year, "%d", plan->years.first + (int)y);
        mw_cell_head(&s, 2 + y, year, true);
    }
    mw_cell_head(&s, 2 + n, "Total EUR", true);
    mw_sheet_heads_end(&s, 2);
    lxw_row_t first = s.row;
    for (size_t i = 0; i < plan->form_lines.n; i++) {
        const struct mw_form_line *l = MW_AT(plan->form_lines, struct mw_form_line, i);
        bool sum = l->position->sum_of.n > 0;
        mw_cell_text(&s, 0, l->position->code, sum ? b->sum_text : b->text);
        mw_cell_text(&s, 1, mw_words(&l->position->label, b->lang), sum ? b->sum_text : b->text);
        for (size_t y = 0; y < n; y++)
            if (sum)
                put_form_sum(&s, l->position, first, 2 + y, l->years[y]);
            else
                mw_cell_eur(&s, 2 + y, l->years[y], b->money);
        put_total(&s, n, l->total, sum ? b->sum : b->money);
        mw_sheet_next(&s);
    }
}
