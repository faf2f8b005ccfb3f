/* Why the facts are what they are: every match of every rule and what became of it, and the sentences that hold a rule's words but
 * that no rule took. For people who write rules (`mittelweg rules explain`, `mittelweg rules coverage`). */
#ifndef MW_RULES_ENGINE_EXPLAIN_H
#define MW_RULES_ENGINE_EXPLAIN_H

#include "rules/engine/rules.h"

enum mw_fate {
    MW_FATE_FACT,     /* became a fact */
    MW_FATE_REPEATED, /* says what another sentence has said already */
    MW_FATE_OUTRANKED, /* another rule wanted the same words: a higher priority, else the earlier rule */
    MW_FATE_NO_FACT,  /* a rule with `nothing: yes` says that these words are no fact */
    MW_FATE_NOT_NEEDED, /* of a rule with `fallback: yes`, where another rule found the type */
    MW_FATE_SCOPE,    /* the sentence stands outside the scopes of `in` */
    MW_FATE_COMPANY,  /* `under`, `not_under`, `near`, `not_near`, `lead` or `after` forbids it */
    MW_FATE_NO_VALUE, /* no value can be read from the words */
    MW_FATE_N
};
extern const char *const MW_FATES[MW_FATE_N]; /* "fact", "repeated", ... as JSON has them */

struct mw_rule_head { /* views borrowed from the rules */
    enum mw_fact_type type;
    struct mw_sv place, id, says; /* "rules/facts/rate.yaml:30", "highest-rate", "Höchster Fördersatz" */
    bool nothing;                 /* its words are no fact */
};
size_t mw_rules_count(const struct mw_rules *r);
struct mw_rule_head mw_rules_head(const struct mw_rules *r, size_t rule);

struct mw_candidate { /* views live until the witness returns */
    size_t rule, by;       /* mw_rules_head(); by: the rule that won, SIZE_MAX: none */
    enum mw_fate fate;
    const struct mw_fact *fact; /* what it says, or would say; NULL: nothing was read */
    struct mw_sv words, sentence; /* verbatim: what the pattern matched, and where */
    size_t start;          /* of words in the plain text */
};
struct mw_witness {
    void *ctx;
    void (*candidate)(void *ctx, const struct mw_candidate *c); /* NULL: not wanted */
    /* A sentence that holds the words of a rule of this type, in its scope, and that no rule of the type took. */
    void (*untaken)(void *ctx, enum mw_fact_type type, size_t rule, struct mw_sv sentence, size_t start); /* NULL: not wanted */
};
/* mw_rules_facts() with somebody watching: the facts, appended to out, are the same. Losers come sentence by sentence, then what became facts. */
enum mw_rc mw_rules_explain(struct mw_list *out, struct mw_arena *a, struct mw_rules *r, const struct mw_notice *n, struct mw_sv plain,
    const struct mw_witness *w, struct mw_err *err);

#endif
