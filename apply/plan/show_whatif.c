/* A plan and its variant side by side, for programs and for people. */
#include "apply/plan/make.h"

static void put_figure(struct mw_out *o, const char *key, const char *label, struct mw_eur written,
                       struct mw_eur variant)
{
    struct mw_eur difference = variant;

    mw_out_row(o);
    mw_out_z(o, "figure", NULL, key);
    mw_out_z(o, ".label", NULL, mw_tr(mw_out_lang(o), label));
    mw_out_eur(o, "written", NULL, written);
    mw_out_eur(o, "variant", NULL, variant);
    if (mw_eur_sub(&difference, written)) {
        mw_out_style(o, difference.cents == 0 ? MW_DIM : MW_BODY);
        mw_out_eur(o, "difference", NULL, difference);
    }
    mw_out_end(o);
}

void mw_plan_compare_to_out(const struct mw_plan *written, const struct mw_plan *variant, bool months, struct mw_out *o)
{
    static const struct mw_column COLS[] = { { ".label", "What changes", false },
                                             { "written", "As written", true },
                                             { "variant", "Variant", true },
                                             { "difference", "Difference", true } };

    mw_out_object(o, NULL, NULL);
    mw_out_table(o, "comparison", NULL, COLS, sizeof COLS / sizeof *COLS);
    put_figure(o, "total", "Total cost", written->cost.total, variant->cost.total);
    put_figure(o, "eligible", "of this eligible", written->cost.eligible, variant->cost.eligible);
    put_figure(o, "grant", "Grant", written->financing.grant, variant->financing.grant);
    put_figure(o, "own", "Own money", written->financing.own, variant->financing.own);
    mw_out_end(o);
    mw_plan_put(variant, months, o);
    mw_out_end(o);
}
