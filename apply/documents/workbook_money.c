/* The sheets of money: cost plan, financing plan with the way to the grant, shares of the partners. */
#include "apply/documents/basis.h"
#include "apply/documents/paper.h"
#include "apply/documents/workbook_inside.h"
#include "apply/plan/sums.h"

static void put_year_heads(struct mw_sheet *s, size_t first)
{
    const struct mw_years *y = &s->b->plan->years;

    for (size_t i = 0; i < y->n; i++)
        mw_cell_int(s, first + i, y->first + (int)i, s->b->head_right);
}

/* --- cost plan ------------------------------------------------------------------------------------------------------ */

/* Beneath the sum: what the caps of the programme leave of the eligible rows, where they bite. */
static void put_caps(struct mw_sheet *s, struct mw_places *p, struct mw_eur rows)
{
    const struct mw_cost_plan *cost = &s->b->plan->cost;

    for (size_t i = 0; i < cost->categories.n; i++) {
        const struct mw_category *c = MW_AT(cost->categories, struct mw_category, i);
        struct mw_eur cut = c->capped;
        if (!mw_eur_sub(&cut, c->eligible) || cut.cents >= 0)
            continue;
        mw_cell_tr(s, 1, "Cap of the programme on a category", s->b->note);
        mw_cell_text(s, 2, c->name, s->b->note);
        mw_cell_eur(s, p->eligible, cut, s->b->money);
        mw_sheet_next(s);
    }
    if (rows.cents == cost->eligible.cents)
        return;
    mw_cell_tr(s, 1, "Eligible after the caps of the programme", s->b->note);
    mw_cell_eur(s, p->eligible, cost->eligible, s->b->sum);
    p->eligible_row = s->row;
    mw_sheet_next(s);
}

static size_t wider(size_t width, struct mw_sv text, size_t most)
{
    size_t n = mw_utf8_width(text);

    return n > most ? most : n > width ? n : width;
}

/* Columns of words are as wide as what they hold, within reason: every inch that is left makes the printed page easier to read. */
static void set_cost_widths(struct mw_sheet *s, const struct mw_places *p, bool joint)
{
    struct mw_book *b = s->b;
    size_t id = 8, label = 16, category = 10, basis = 11, remark = 11;

    for (size_t i = 0; i < b->plan->cost.rows.n; i++) {
        const struct mw_cost_row *r = MW_AT(b->plan->cost.rows, struct mw_cost_row, i);
        struct mw_sv words = r->cost == NULL ? MW_SV_NONE : r->cost->why.n > 0 ? r->cost->why : r->cost->note;
        id = wider(id, r->id, 17);
        label = wider(label, mw_cost_label(b->a, r, b->lang), 40);
        category = wider(category, r->category, 16);
        basis = wider(basis, mw_cost_basis(b->a, b->plan, r, b->lang), 34);
        remark = wider(remark, words, 34);
    }
    mw_sheet_width(s, 0, 0, (double)id + 1);
    mw_sheet_width(s, 1, 1, (double)label + 1);
    mw_sheet_width(s, 2, 2, (double)category + 1);
    mw_sheet_width(s, p->years, p->total, 13);
    mw_sheet_width(s, p->eligible, p->eligible, 22);
    mw_sheet_width(s, p->eligible + 1u, p->eligible + 1u, (double)basis + 2);
    mw_sheet_width(s, p->eligible + 2u, p->eligible + 2u, (double)remark + 2);
    if (joint)
        mw_sheet_width(s, p->eligible + 3u, p->eligible + 3u, 22);
}

static void put_cost_heads(struct mw_sheet *s, const struct mw_places *p, bool joint)
{
    mw_cell_head(s, 0, "Row", false);
    mw_cell_head(s, 1, "Position", false);
    mw_cell_head(s, 2, "Category", false);
    put_year_heads(s, p->years);
    mw_cell_head(s, p->total, "Total EUR", true);
    mw_cell_head(s, p->eligible, "eligible EUR", true);
    mw_cell_head_note(s, p->eligible + 1u, "Computation");
    mw_cell_head_note(s, p->eligible + 2u, "Remark");
    if (joint)
        mw_cell_head_note(s, p->eligible + 3u, "Partner");
    mw_sheet_heads_end(s, 2);
}

static void put_cost_sum(struct mw_sheet *s, struct mw_places *p)
{
    struct mw_book *b = s->b;
    const struct mw_cost_plan *cost = &b->plan->cost;

    p->cost_sum = p->eligible_row = s->row;
    mw_cell_tr(s, 0, "Total", b->sum_text);
    mw_cell_text(s, 1, MW_SV(""), b->sum_text);
    mw_cell_text(s, 2, MW_SV(""), b->sum_text);
    for (size_t y = 0; y < b->plan->years.n; y++)
        mw_cell_column_sum(s, p->years + y, p->cost_first, cost->years[y]);
    mw_cell_column_sum(s, p->total, p->cost_first, cost->total);
    struct mw_eur rows = mw_sum_eligible_rows(b->plan);
    b->failed = b->failed || !mw_eur_is(rows);
    mw_cell_column_sum(s, p->eligible, p->cost_first, rows);
    mw_sheet_next(s);
    put_caps(s, p, rows);
}

void mw_sheet_cost(struct mw_book *b, struct mw_places *p)
{
    struct mw_sheet s = mw_sheet_new(b, "Cost plan", true);
    const struct mw_cost_plan *cost = &b->plan->cost;
    const bool joint = mw_project_partners(b->plan->project) > 1;
    size_t n = b->plan->years.n;

    p->years = 3;
    p->total = (lxw_col_t)(p->years + n);
    p->eligible = (lxw_col_t)(p->total + 1);
    set_cost_widths(&s, p, joint);
    mw_sheet_title(&s, "Cost plan");
    put_cost_heads(&s, p, joint);
    p->cost_first = s.row;
    for (size_t i = 0; i < cost->rows.n; i++) {
        const struct mw_cost_row *r = MW_AT(cost->rows, struct mw_cost_row, i);
        mw_cell_text(&s, 0, r->id, b->text);
        mw_cell_text(&s, 1, mw_cost_label(b->a, r, b->lang), b->text);
        mw_cell_text(&s, 2, mw_capital(b->a, r->category), b->text);
        for (size_t y = 0; y < n; y++)
            mw_cell_eur(&s, p->years + y, r->years[y], b->money);
        mw_cell_row_sum(&s, p->total, p->years, n, r->total);
        if (r->eligible.cents == r->total.cents)
            mw_cell_formula(&s, p->eligible, r->eligible, b->money, "=%s", mw_ref(s.row, p->total).z);
        else
            mw_cell_eur(&s, p->eligible, r->eligible, b->money);
        mw_cell_text(&s, p->eligible + 1u, mw_cost_basis(b->a, b->plan, r, b->lang), b->note);
        if (r->cost != NULL)
            mw_cell_text(&s, p->eligible + 2u, r->cost->why.n > 0 ? r->cost->why : r->cost->note, b->note);
        if (r->cost != NULL && joint)
            mw_cell_text(&s, p->eligible + 3u, r->cost->partner, b->note);
        mw_sheet_next(&s);
    }
    put_cost_sum(&s, p);
}

/* --- financing plan ------------------------------------------------------------------------------------------------- */

static bool is_rest(const struct mw_source_row *r)
{
    return r->kind == MW_S_OWN && r->source == NULL;
}

static void put_source(struct mw_sheet *s, const struct mw_places *p, const struct mw_source_row *r, size_t years)
{
    static const char *const KINDS[MW_SOURCE_N] = {
        [MW_S_PUBLIC] = "public money", [MW_S_THIRD] = "third party", [MW_S_REVENUE] = "revenue",
        [MW_S_OWN] = "own money",       [MW_S_FICTIVE] = "unpaid work", [MW_S_GRANT] = "grant asked for"
    };
    const struct mw_book *b = s->b;
    size_t n = b->plan->years.n;

    mw_cell_text(s, 0, r->label, b->text);
    mw_cell_tr(s, 1, KINDS[r->kind], b->text);
    for (size_t y = 0; y < n; y++) {
        if (is_rest(r) && s->row > p->source_first) /* own money is what the year's costs leave open */
            mw_cell_formula(s, years + y, r->years[y], b->money, "=%s-SUM(%s:%s)",
                            mw_ref_on(b, "Cost plan", p->cost_sum, p->years + y).z, mw_ref(p->source_first, years + y).z,
                            mw_ref(s->row - 1, years + y).z);
        else
            mw_cell_eur(s, years + y, r->years[y], b->money);
    }
    mw_cell_row_sum(s, years + n, years, n, r->total);
    if (r->source != NULL)
        mw_cell_text(s, years + n + 1, r->source->status, b->note);
    mw_sheet_next(s);
}

/* How the grant came about: eligible expenditure times rate as a live formula, then every rule that lowered it.
 *
 * ROUNDDOWN of a product of doubles could lose a cent (0.29 * 100 is below 29): the product is rounded to six decimals
 * first, which is exact for every amount a cell can hold. */
static void put_grant(struct mw_sheet *s, const struct mw_places *p, size_t value)
{
    struct mw_book *b = s->b;
    const struct mw_financing_plan *fin = &b->plan->financing;
    struct mw_eur product;

    mw_sheet_next(s);
    mw_cell_tr(s, 0, "How the grant is computed", b->title);
    mw_sheet_next(s);
    lxw_row_t eligible = s->row;
    mw_cell_tr(s, 0, "Eligible expenditure", b->text);
    mw_cell_formula(s, value, b->plan->cost.eligible, b->money, "=%s", mw_ref_on(b, "Cost plan", p->eligible_row, p->eligible).z);
    mw_sheet_next(s);
    if (mw_share_is(fin->rate) && !b->failed) {
        struct mw_sv rate = mw_arena_printf(b->a, "=%lld/%lld", (long long)fin->rate.num, (long long)fin->rate.den);
        mw_cell_tr(s, 0, b->plan->edition->financing == MW_ANTEIL ? "Funding rate" : "Highest rate", b->text);
        b->failed = rate.p == NULL || mw_xlsx->worksheet_write_formula_num(s->ws, s->row, (lxw_col_t)value, rate.p, b->percent,
                                          (double)fin->rate.num / (double)fin->rate.den) != LXW_NO_ERROR;
        mw_sheet_next(s);
        if (mw_eur_of(&product, b->plan->cost.eligible, fin->rate, MW_DOWN)) {
            mw_cell_tr(s, 0, "Eligible expenditure x rate, down to the cent", b->text);
            mw_cell_formula(s, value, product, b->money, "=ROUNDDOWN(ROUND(%s*%s,6),2)", mw_ref(eligible, value).z,
                            mw_ref(eligible + 1, value).z);
            mw_sheet_next(s);
        }
    }
    for (size_t i = 0; i < fin->steps.n; i++) {
        const struct mw_grant_step *step = MW_AT(fin->steps, struct mw_grant_step, i);
        mw_cell_tr(s, 0, MW_LIMIT_WORDS[step->rule], b->text);
        mw_cell_text(s, 1, step->formula, b->note);
        mw_cell_eur(s, value, step->after, b->money);
        mw_sheet_next(s);
    }
    mw_cell_tr(s, 0, "Grant", b->sum_text);
    for (size_t col = 1; col < value; col++)
        mw_cell_text(s, col, MW_SV(""), b->sum_text);
    mw_cell_eur(s, value, fin->grant, b->sum);
    mw_sheet_next(s);
}

void mw_sheet_financing(struct mw_book *b, struct mw_places *p)
{
    struct mw_sheet s = mw_sheet_new(b, "Financing plan", true);
    const struct mw_financing_plan *fin = &b->plan->financing;
    size_t n = b->plan->years.n, years = 2, total = years + n;

    mw_sheet_width(&s, 0, 0, 46);
    mw_sheet_width(&s, 1, 1, 44);
    mw_sheet_width(&s, years, total, 14);
    mw_sheet_width(&s, total + 1, total + 1, 14);
    mw_sheet_title(&s, "Financing plan");
    mw_cell_head(&s, 0, "Source of money", false);
    mw_cell_head(&s, 1, "Kind", false);
    put_year_heads(&s, years);
    mw_cell_head(&s, total, "Total EUR", true);
    mw_cell_head_note(&s, total + 1, "State");
    mw_sheet_heads_end(&s, 1);
    p->source_first = s.row;
    for (size_t i = 0; i < fin->rows.n; i++)
        put_source(&s, p, MW_AT(fin->rows, struct mw_source_row, i), years);
    p->source_sum = s.row;
    mw_cell_tr(&s, 0, "Total of all sources", b->sum_text);
    mw_cell_text(&s, 1, MW_SV(""), b->sum_text);
    for (size_t y = 0; y < n; y++)
        mw_cell_column_sum(&s, years + y, p->source_first, b->plan->cost.years[y]);
    mw_cell_column_sum(&s, total, p->source_first, b->plan->cost.total);
    mw_sheet_next(&s);
    mw_cell_tr(&s, 0, "Sources less costs (must be 0)", b->note);
    for (size_t y = 0; y <= n; y++)
        mw_cell_formula(&s, years + y, (struct mw_eur){ 0 }, b->money, "=ROUND(%s-%s,2)", mw_ref(p->source_sum, years + y).z,
                        mw_ref_on(b, "Cost plan", p->cost_sum, p->years + y).z);
    mw_sheet_next(&s);
    put_grant(&s, p, total);
}

/* --- partners ------------------------------------------------------------------------------------------------------- */

void mw_sheet_partners(struct mw_book *b)
{
    static const char *const HEADS[] = { "Partner", "Cost EUR", "Grant EUR", "Other sources EUR", "Own money EUR" };
    const struct mw_list *rows = &b->plan->partners;
    struct mw_partner_row sum = mw_sum_partners(b->plan);

    if (rows->n == 0)
        return;
    struct mw_sheet s = mw_sheet_new(b, "Partners", true);
    mw_sheet_width(&s, 0, 0, 44);
    mw_sheet_width(&s, 1, 4, 20);
    mw_sheet_title(&s, "Shares of the partners");
    const struct mw_eur sums[] = { sum.cost, sum.grant, sum.other, sum.own };
    const size_t skip = mw_eur_is(sum.cost) ? 0 : 3; /* where only own money is shared, there is one column */
    mw_cell_head(&s, 0, HEADS[0], false);
    for (size_t c = skip; c < 4; c++)
        mw_cell_head(&s, c - skip + 1, HEADS[c + 1], true);
    mw_sheet_heads_end(&s, 1);
    lxw_row_t first = s.row;
    for (size_t i = 0; i < rows->n; i++) {
        const struct mw_partner_row *r = MW_AT(*rows, struct mw_partner_row, i);
        const struct mw_eur values[] = { r->cost, r->grant, r->other, r->own };
        mw_cell_text(&s, 0, r->applicant->name, b->text);
        for (size_t c = skip; c < 4; c++)
            mw_cell_eur(&s, c - skip + 1, values[c], b->money);
        mw_sheet_next(&s);
    }
    mw_cell_tr(&s, 0, "Total", b->sum_text);
    for (size_t c = skip; c < 4; c++)
        mw_cell_column_sum(&s, c - skip + 1, first, sums[c]);
    mw_sheet_next(&s);
}
