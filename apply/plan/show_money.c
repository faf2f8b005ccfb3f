/* The money of a plan for programs and for people: cost, financing with the way to the grant, shares of the partners. */
#include "apply/plan/make.h"
#include "apply/plan/show.h"

static const char *const KIND_WORDS[MW_SOURCE_N] = {
    [MW_S_PUBLIC] = "public", [MW_S_THIRD] = "third party",   [MW_S_REVENUE] = "revenue",
    [MW_S_OWN] = "own",       [MW_S_FICTIVE] = "unpaid work", [MW_S_GRANT] = "grant"
};

/* "Flat rate: gemeinkosten": a category alone would look like a row that somebody wrote. */
static void add_label(struct mw_str *out, const struct mw_cost_row *row, enum mw_lang lang)
{
    if (row->flat != NULL)
        mw_str_addf(out, mw_tr(lang, "Flat rate: %.*s"), MW_SV_ARG(row->category));
    else
        mw_str_add(out, row->label);
}

/* --- cost --------------------------------------------------------------------------------------------------------- */
static void put_cost_years(struct mw_out *o, const struct mw_plan *p)
{
    struct mw_arena *a = mw_out_format(o) == MW_JSON ? NULL : mw_arena_new();
    struct mw_year_line *lines = a != NULL ? mw_arena_array(a, p->cost.rows.n + 1, sizeof *lines) : NULL;

    for (size_t i = 0; i < p->cost.rows.n && lines != NULL; i++) {
        const struct mw_cost_row *row = MW_AT(p->cost.rows, struct mw_cost_row, i);
        MW_AUTO(mw_str_free) struct mw_str label = MW_STR_INIT;
        add_label(&label, row, mw_out_lang(o));
        lines[i] = (struct mw_year_line){ mw_arena_copy(a, mw_str_sv(&label)), row->years };
    }
    if (lines != NULL) {
        lines[p->cost.rows.n] = (struct mw_year_line){ mw_sv(mw_tr(mw_out_lang(o), "Total")), p->cost.years };
        mw_show_years(o, p->years, "Cost by year", lines, p->cost.rows.n + 1);
    }
    mw_arena_free(a);
}

/* What the caps left of each category; people read of those that were cut. */
static void put_categories(struct mw_out *o, const struct mw_plan *p)
{
    mw_out_list(o, "categories", NULL);
    for (size_t i = 0; i < p->cost.categories.n; i++) {
        const struct mw_category *c = MW_AT(p->cost.categories, struct mw_category, i);
        mw_out_object(o, NULL, NULL);
        mw_out_sv(o, "category", NULL, c->name);
        mw_out_eur(o, "total", NULL, c->total);
        mw_out_eur(o, "eligible", NULL, c->eligible);
        mw_out_eur(o, "capped", NULL, c->capped);
        mw_out_end(o);
        if (c->capped.cents < c->eligible.cents) {
            struct mw_eur cut = { c->eligible.cents - c->capped.cents };
            struct mw_str s = MW_STR_INIT;
            mw_eur_format(&s, cut, mw_out_lang(o));
            mw_out_paraf(o, MW_DOUBT, "Cap on category %.*s: %s EUR of it do not count.", MW_SV_ARG(c->name),
                         mw_str_z(&s));
            mw_str_free(&s);
        }
    }
    mw_out_end(o);
}

static void put_cost(struct mw_out *o, const struct mw_plan *p)
{
    static const struct mw_column COLS[] = { { ".label", "Position", false },
                                             { "category", "Category", false },
                                             { "total", "Cost", true },
                                             { "eligible", "Eligible", true } };

    mw_out_object(o, "cost", "Cost plan");
    mw_out_table(o, "rows", NULL, COLS, sizeof COLS / sizeof *COLS);
    for (size_t i = 0; i < p->cost.rows.n; i++) {
        const struct mw_cost_row *row = MW_AT(p->cost.rows, struct mw_cost_row, i);
        mw_out_row(o);
        mw_out_sv(o, "id", NULL, row->id);
        MW_AUTO(mw_str_free) struct mw_str label = MW_STR_INIT;
        add_label(&label, row, mw_out_lang(o));
        mw_out_sv(o, "label", NULL, row->label);
        mw_out_sv(o, ".label", NULL, mw_str_sv(&label));
        mw_out_sv(o, "category", NULL, row->category);
        mw_show_year_sums(o, p->years, row->years);
        mw_out_eur(o, "total", NULL, row->total);
        mw_out_eur(o, "eligible", NULL, row->eligible);
        if (row->cost != NULL) {
            mw_out_sv(o, "partner", NULL, row->cost->partner);
            mw_out_sv(o, "why", NULL, row->cost->why);
        }
        mw_out_end(o);
    }
    mw_out_end(o);
    put_categories(o, p);
    mw_show_year_sums(o, p->years, p->cost.years);
    mw_out_eur(o, "total", "Total cost", p->cost.total);
    mw_out_eur(o, "capped", NULL, p->cost.capped);
    mw_out_eur(o, "eligible", "of this eligible", p->cost.eligible);
    put_cost_years(o, p);
    mw_out_end(o);
}

/* --- financing ---------------------------------------------------------------------------------------------------- */
/* How the grant came about: each rule that set or lowered it, with its formula and by how much. */
static void put_steps(struct mw_out *o, const struct mw_plan *p)
{
    struct mw_str after = MW_STR_INIT, by = MW_STR_INIT;

    mw_out_list(o, "steps", NULL);
    mw_out_paraf(o, MW_HEADING, "How the grant is computed");
    for (size_t i = 0; i < p->financing.steps.n; i++) {
        const struct mw_grant_step *s = MW_AT(p->financing.steps, struct mw_grant_step, i);
        mw_out_object(o, NULL, NULL);
        mw_out_z(o, "rule", NULL, MW_LIMITS[s->rule]);
        mw_out_eur(o, "before", NULL, s->before);
        mw_out_eur(o, "after", NULL, s->after);
        mw_out_sv(o, "formula", NULL, s->formula);
        mw_out_end(o);
        mw_str_clear(&after);
        mw_str_clear(&by);
        mw_eur_format(&after, s->after, mw_out_lang(o));
        if (!mw_eur_is(s->before)) {
            mw_out_paraf(o, MW_BODY, "%zu. %.*s = %s EUR", i + 1, MW_SV_ARG(s->formula), mw_str_z(&after));
            continue;
        }
        mw_eur_format(&by, (struct mw_eur){ s->before.cents - s->after.cents }, mw_out_lang(o));
        mw_out_paraf(o, MW_BODY, "%zu. %.*s: %s EUR less, leaves %s EUR", i + 1, MW_SV_ARG(s->formula), mw_str_z(&by),
                     mw_str_z(&after));
    }
    mw_out_end(o);
    mw_str_free(&after);
    mw_str_free(&by);
}

static void put_source_years(struct mw_out *o, const struct mw_plan *p)
{
    struct mw_arena *a = mw_out_format(o) == MW_JSON ? NULL : mw_arena_new();
    const struct mw_list *rows = &p->financing.rows;
    struct mw_year_line *lines = a != NULL ? mw_arena_array(a, rows->n + 1, sizeof *lines) : NULL;

    for (size_t i = 0; i < rows->n && lines != NULL; i++) {
        const struct mw_source_row *row = MW_AT(*rows, struct mw_source_row, i);
        lines[i] = (struct mw_year_line){ row->label, row->years };
    }
    if (lines != NULL) {
        lines[rows->n] = (struct mw_year_line){ mw_sv(mw_tr(mw_out_lang(o), "Total")), p->cost.years };
        mw_show_years(o, p->years, "Financing by year", lines, rows->n + 1);
    }
    mw_arena_free(a);
}

static void put_financing(struct mw_out *o, const struct mw_plan *p)
{
    static const struct mw_column COLS[] = { { "label", "Financed by", false },
                                             { ".kind", "Kind", false },
                                             { "status", "State", false },
                                             { "total", "Sum", true } };
    const struct mw_financing_plan *f = &p->financing;

    mw_out_object(o, "financing", "Financing plan");
    mw_out_table(o, "rows", NULL, COLS, sizeof COLS / sizeof *COLS);
    for (size_t i = 0; i < f->rows.n; i++) {
        const struct mw_source_row *row = MW_AT(f->rows, struct mw_source_row, i);
        mw_out_row(o);
        mw_out_sv(o, "id", NULL, row->id);
        mw_out_sv(o, "label", NULL, row->label);
        mw_out_z(o, "kind", NULL, MW_SOURCE_KINDS[row->kind]);
        mw_out_z(o, ".kind", NULL, mw_tr(mw_out_lang(o), KIND_WORDS[row->kind]));
        if (row->source != NULL)
            mw_out_sv(o, "status", NULL, row->source->status);
        mw_show_year_sums(o, p->years, row->years);
        mw_out_eur(o, "total", NULL, row->total);
        mw_out_end(o);
    }
    mw_out_end(o);
    if (mw_share_is(f->rate)) {
        mw_out_share(o, "rate_bp", NULL, f->rate);
        mw_out_share(o, NULL, p->edition->financing == MW_ANTEIL ? "Rate" : "Highest rate", f->rate);
    }
    mw_out_eur(o, "grant", "Grant", f->grant);
    mw_out_eur(o, "own", "Own money", f->own);
    mw_out_z(o, "limited_by", NULL, MW_LIMITS[f->limited_by]);
    mw_out_z(o, NULL, "Decided by", mw_tr(mw_out_lang(o), MW_LIMIT_WORDS[f->limited_by]));
    put_steps(o, p);
    put_source_years(o, p);
    mw_out_end(o);
}

static void put_partners(struct mw_out *o, const struct mw_plan *p)
{
    static const struct mw_column ALL[] = { { "name", "Partner", false },
                                            { "cost", "Cost", true },
                                            { "grant", "Grant", true },
                                            { "other", "Other sources", true },
                                            { "own", "Own money", true } };
    static const struct mw_column OWN[] = { { "name", "Partner", false }, { "own", "Own money", true } };
    bool all = p->partners.n > 0 && mw_eur_is(MW_AT(p->partners, struct mw_partner_row, 0)->cost);

    if (p->partners.n == 0) {
        if (mw_out_format(o) == MW_JSON) {
            mw_out_list(o, "partners", NULL);
            mw_out_end(o);
        }
        return;
    }
    mw_out_table(o, "partners", "Shares of the partners", all ? ALL : OWN, all ? 5 : 2);
    for (size_t i = 0; i < p->partners.n; i++) {
        const struct mw_partner_row *row = MW_AT(p->partners, struct mw_partner_row, i);
        mw_out_row(o);
        mw_out_sv(o, "name", NULL, row->applicant->name);
        mw_out_eur(o, "cost", NULL, row->cost);
        mw_out_eur(o, "grant", NULL, row->grant);
        mw_out_eur(o, "other", NULL, row->other);
        mw_out_eur(o, "own", NULL, row->own);
        mw_out_end(o);
    }
    mw_out_end(o);
}

/* Scripts get every key; people get no tables of zeros that stand for what nobody has said. */
void mw_show_money(const struct mw_plan *p, struct mw_out *o)
{
    bool script = mw_out_format(o) == MW_JSON;

    if (script || !mw_costs_open(p))
        put_cost(o, p);
    if (script || !mw_grant_open(p)) {
        put_financing(o, p);
        put_partners(o, p);
        mw_show_joint(p, o);
        mw_show_form(p, o);
    } else
        mw_out_paraf(o, MW_DOUBT, "%s", mw_money_question(p, mw_out_lang(o)));
}
