#include "apply/documents/basis.h"

#include "apply/documents/paper.h"

static void add_eur(struct mw_str *s, struct mw_eur e, enum mw_lang lang)
{
    mw_eur_format(s, e, lang);
    mw_str_addz(s, "\xC2\xA0" "EUR");
}

/* A share as the message takes it; text is its memory. */
static const char *percent(struct mw_str *text, struct mw_share share, enum mw_lang lang)
{
    mw_str_clear(text);
    mw_share_format(text, share, lang);
    return mw_str_z(text);
}

static void add_tax(struct mw_str *s, const struct mw_plan *plan, struct mw_share vat, enum mw_lang lang)
{
    static const struct mw_share ALL = { 1, 1 };
    MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT;
    struct mw_share back = plan->project->input_tax;

    if (!mw_share_is(vat))
        return;
    mw_str_addf(s, mw_tr(lang, " plus %s VAT"), percent(&text, vat, lang));
    if (mw_share_cmp(back, ALL) == 0)
        mw_str_addz(s, mw_tr(lang, " (comes back)"));
    else if (back.num > 0)
        mw_str_addf(s, mw_tr(lang, " (%s of it comes back)"), percent(&text, back, lang));
}

/* "E11, step 3 since 1 March 2026, 50 % of full time, 1 July 2027 - 30 June 2030, employer's share 28.5 % (tvoed-vka)" */
static void add_position(struct mw_str *s, const struct mw_cost_row *row, enum mw_lang lang)
{
    MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT, to = MW_STR_INIT;
    const struct mw_personnel *p = row->cost->personnel;

    mw_str_addf(s, mw_tr(lang, "%.*s, step %lld"), MW_SV_ARG(p->group), (long long)p->step);
    if (mw_day_is(p->step_since)) {
        mw_day_format(&text, p->step_since, lang);
        mw_str_addf(s, mw_tr(lang, " (since %s)"), mw_str_z(&text));
    }
    mw_str_addf(s, mw_tr(lang, ", %s of full time"), percent(&text, p->fte, lang));
    mw_str_clear(&text);
    mw_day_format(&text, row->from, lang);
    mw_day_format(&to, row->to, lang);
    mw_str_addf(s, ", %s \xE2\x80\x93 %s", mw_str_z(&text), mw_str_z(&to));
    if (mw_share_is(p->employer_rate))
        mw_str_addf(s, mw_tr(lang, ", employer's share %s"), percent(&text, p->employer_rate, lang));
    mw_str_addf(s, " (%.*s)", MW_SV_ARG(p->tariff));
}

static void add_flat(struct mw_str *s, struct mw_arena *a, const struct mw_flat_rate *flat, enum mw_lang lang)
{
    MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT;

    mw_str_addf(s, mw_tr(lang, "%s of what is eligible of "), percent(&text, flat->rate, lang));
    for (size_t i = 0; i < flat->of.n; i++)
        mw_str_addf(s, "%s%.*s", i > 0 ? ", " : "", MW_SV_ARG(mw_capital(a, *MW_AT(flat->of, struct mw_sv, i))));
}

struct mw_sv mw_cost_basis(struct mw_arena *a, const struct mw_plan *plan, const struct mw_cost_row *row, enum mw_lang lang)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    const struct mw_cost *c = row->cost;

    if (row->flat != NULL)
        add_flat(&s, a, row->flat, lang);
    else if (c != NULL && c->personnel != NULL)
        add_position(&s, row, lang);
    else if (c != NULL) {
        if (mw_share_is(c->quantity)) {
            mw_quantity_format(&s, c->quantity, lang);
            mw_str_addf(&s, "%s%.*s", c->unit.n > 0 ? " " : "", MW_SV_ARG(c->unit));
            mw_str_addz(&s, mw_eur_is(c->price) ? " \xC3\x97 " : c->years.n > 0 ? "; " : mw_tr(lang, ", together "));
        }
        if (mw_eur_is(c->price))
            add_eur(&s, c->price, lang);
        else if (c->years.n > 0 && mw_share_is(c->vat))
            mw_str_addz(&s, mw_tr(lang, "net sums by year"));
        else if (mw_eur_is(c->amount) && (mw_share_is(c->vat) || s.n > 0))
            add_eur(&s, c->amount, lang);
        add_tax(&s, plan, c->vat, lang);
    }
    return mw_str_ok(&s) ? mw_arena_copy(a, mw_str_sv(&s)) : MW_SV_NONE;
}

struct mw_sv mw_cost_label(struct mw_arena *a, const struct mw_cost_row *row, enum mw_lang lang)
{
    struct mw_sv category = row->flat != NULL ? mw_capital(a, row->category) : MW_SV_NONE;

    if (row->flat == NULL)
        return row->label;
    return category.p != NULL ? mw_arena_printf(a, mw_tr(lang, "Flat rate: %.*s"), MW_SV_ARG(category)) : MW_SV_NONE;
}
