/* Which rate holds for whom. */
#include "rules/engine/court.h"
#include "rules/engine/rules.h"

/* "finanzschwach" is defined by each programme, so that only the word itself counts (Haushaltsnotlage and Haushaltssicherung are other
 * states). */
enum mw_compare mw_court_budget(int budget, const struct mw_fact *f)
{
    bool weak = mw_sv_eqz(f->condition, "finanzschwach"), distress = mw_sv_eqz(f->condition, "haushaltsnotlage");
    if (!weak && !distress)
        return MW_C_N;
    if (budget < 0)
        return MW_C_NOT_STATED;
    if (weak ? budget == MW_B_FINANZSCHWACH : budget == MW_B_HAUSHALTSSICHERUNG || budget == MW_B_NOTHAUSHALT)
        return MW_C_WITHIN;
    return budget == MW_B_NORMAL ? MW_C_OUTSIDE : MW_C_PERHAPS_WITHIN;
}

/* Does a rate speak of him at all? "Vorhaben nicht kommunaler Träger" does not of a town. */
static bool is_meant(const struct mw_applicant *who, const struct mw_fact *f)
{
    bool municipal = who->type == MW_A_KOMMUNE || who->type == MW_A_KREIS || who->type == MW_A_KOMMUNALVERBAND;
    return f->condition.n == 0 || (!municipal && mw_sv_eqz(f->condition, "nicht_kommunal"));
}

/* The one rate of a condition; *several: there are different ones. Of those for a budget the highest is meant. */
struct pick {
    const struct mw_fact *best;
    bool several;
};

static void take(struct pick *p, const struct mw_fact *f)
{
    int order = p->best == NULL ? 1 : mw_share_cmp(f->share, p->best->share);
    p->several = p->several || (p->best != NULL && order != 0);
    if (order > 0)
        p->best = f;
}

const struct mw_fact *mw_rules_rate(const struct mw_list *facts, const struct mw_applicant *who, bool joint, bool *sure)
{
    struct pick own = { NULL, false }, shared = { NULL, false }, plain = { NULL, false };
    bool open = false;
    for (size_t i = 0; i < facts->n; i++) {
        const struct mw_fact *f = MW_AT(*facts, struct mw_fact, i);
        if (f->type != MW_F_RATE || mw_sv_eqz(f->kind, "min") || !mw_share_is(f->share))
            continue;
        enum mw_compare is = mw_court_budget(who->budget, f);
        open = open || is == MW_C_NOT_STATED || is == MW_C_PERHAPS_WITHIN;
        if (is == MW_C_WITHIN)
            take(&own, f);
        else if (mw_sv_eqz(f->condition, "joint"))
            take(&shared, f);
        else if (is_meant(who, f))
            take(&plain, f);
    }
    *sure = own.best != NULL || !open;
    if (own.best != NULL)
        return own.best;
    if (joint && shared.best != NULL)
        return shared.several ? NULL : shared.best;
    return plain.several ? NULL : plain.best;
}
