/* What the watchers are told. */
#include "rules/engine/explain.h"

#include "rules/engine/claim.h"

const char *const MW_FATES[MW_FATE_N] = {
    "fact", "repeated", "outranked", "no_fact", "not_needed", "scope", "company", "no_value",
};

size_t mw_rules_count(const struct mw_rules *r)
{
    return r->rules.n;
}

struct mw_rule_head mw_rules_head(const struct mw_rules *r, size_t rule)
{
    const struct mw_rule *x = MW_AT(r->rules, struct mw_rule, rule);
    return (struct mw_rule_head){ x->type, x->place, x->id, x->says, x->nothing == MW_YES };
}

void mw_claim_tell(const struct mw_witness *w, const struct mw_reading *reading, const struct mw_claim *c, enum mw_fate fate, size_t by)
{
    const struct mw_passage *u = MW_AT(reading->units, struct mw_passage, c->unit);
    size_t at = 0;
    if (w == NULL || w->candidate == NULL || c->nothing)
        return;
    struct mw_candidate told = { .rule = c->rule_index, .by = by, .fate = fate };
    told.fact = fate == MW_FATE_SCOPE || fate == MW_FATE_COMPANY || fate == MW_FATE_NO_VALUE ? NULL : &c->fact;
    told.sentence = mw_reading_quote(reading, c->unit, u->begin, u->end, &at);
    told.words = mw_reading_quote(reading, c->unit, c->begin, c->end, &told.start);
    w->candidate(w->ctx, &told);
}
