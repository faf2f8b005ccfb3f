/* A claim: what one match of one rule says, before rules that want the same words are weighed against each other. */
#ifndef MW_RULES_ENGINE_CLAIM_H
#define MW_RULES_ENGINE_CLAIM_H

#include "rules/engine/explain.h"
#include "rules/engine/reading.h"
#include "rules/engine/ruleset.h"

struct mw_claim {
    struct mw_fact fact;
    const struct mw_rule *rule;
    size_t rule_index, match;      /* claims of one match never disturb each other */
    size_t unit;
    size_t anchor_begin, anchor_end; /* the bytes of the value, in the reading copy */
    size_t begin, end;               /* the match */
    bool nothing;
    const struct mw_scope *scope;    /* in which it was found, NULL: anywhere */
};
/* Adds the claims of the last match of a rule's pattern find in a unit; offset is where the subject began in the copy. */
bool mw_claim_match(struct mw_list *out, struct mw_arena *a, struct mw_rules *r, const struct mw_reading *reading, size_t unit,
    size_t rule_index, size_t find, const struct mw_scope *scope, size_t match, size_t begin, size_t end);
/* Of the claims of one unit (from index first on) keeps those that hold: where two want the same bytes for one type, the
 * higher priority, then the earlier rule. The kept ones are in order of the text. */
void mw_claims_settle(struct mw_list *claims, size_t first, const struct mw_reading *reading, const struct mw_witness *w);
/* Tells a watcher (NULL: nobody) what became of a claim; by: the rule that won, SIZE_MAX: none. */
void mw_claim_tell(const struct mw_witness *w, const struct mw_reading *reading, const struct mw_claim *c, enum mw_fate fate, size_t by);
/* Says of the claims of one unit (from index first on), while it is being read, under which condition, how firmly, and until
 * which year where a date returns every year. */
void mw_claims_qualify(struct mw_list *claims, size_t first, struct mw_rules *r, const struct mw_reading *reading, const struct mw_met *met);
/* Doubles and fallbacks that are not needed go; the rest becomes facts with quote and copied words. */
enum mw_rc mw_claims_to_facts(struct mw_list *out, struct mw_arena *a, struct mw_arena *scratch, const struct mw_rules *r, const struct mw_reading *reading,
    const struct mw_list *claims, const struct mw_witness *w, struct mw_err *err);

#endif
