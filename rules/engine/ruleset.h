/* What rule files become: the compiled set. Private to rules/engine; the files' form is told in rules/README.md. */
#ifndef MW_RULES_ENGINE_RULESET_H
#define MW_RULES_ENGINE_RULESET_H

#include "lib/core/schema.h"
#include "rules/engine/pattern.h"
#include "rules/engine/rules.h"
#include "rules/engine/trigger.h"

/* --- rules/facts/shared.yaml -------------------------------------------------------------------------------------- */
struct mw_wordlist { struct mw_pos pos; struct mw_sv name; struct mw_list any; /* struct mw_sv */ };
/* A scope: the part of a text in which a rule looks, for example "who may apply". It begins in a sentence and reaches to
 * the sentence's end, over the list that the sentence introduces and, where `under` names headings, over what stands below
 * them; a list there that a sentence introduces is about what that sentence says. */
struct mw_scope {
    struct mw_pos pos;
    struct mw_sv name, begins, under, not_under, unless, until, condition; /* condition: of all that is found in it */
    struct mw_pos begins_pos, under_pos, not_under_pos, unless_pos, until_pos;
    struct mw_list words; /* struct mw_sv */
    enum mw_tri list;     /* reaches over the list below; yes unless no */
    enum mw_tri soft;     /* what is found in it is not said firmly */
    enum mw_tri whole;    /* the whole sentence, also what stands before the match */
    struct mw_pattern begins_rx, under_rx, not_under_rx, unless_rx, until_rx;
};
struct mw_condition { struct mw_pos pos; struct mw_sv is, find; struct mw_pos find_pos; struct mw_pattern rx; };

/* --- rules/vocabulary: tables that turn words into values ----------------------------------------------------------- */
struct mw_lookup_entry { struct mw_pos pos; struct mw_sv is; struct mw_list words; /* struct mw_sv; "hessisch*" is a beginning */ };
struct mw_lookup { struct mw_pos pos; struct mw_sv name; struct mw_list entries; };

/* --- rules/facts/<type>.yaml ---------------------------------------------------------------------------------------- */
enum mw_give_field { MW_G_KIND, MW_G_VALUE, MW_G_DATE, MW_G_SHARE, MW_G_AMOUNT, MW_G_MONTHS, MW_G_NUMBER, MW_G_FIRST, MW_G_LAST, MW_G_PER, MW_G_FOR, MW_G_N };
struct mw_give { /* what one match says; each text is a constant or $group */
    struct mw_pos pos;
    struct mw_sv field[MW_G_N];
    struct mw_sv lookup;  /* the table that turns value's words into its value */
    enum mw_tri each;     /* one fact for every value in the group */
    enum mw_tri bare;     /* sums without a currency count */
    const struct mw_lookup *table;
};
enum { MW_SAME_NAME = 6 }; /* groups of one name in a pattern */
struct mw_slot { unsigned group[MW_SAME_NAME]; size_t n; };
struct mw_find {
    struct mw_pattern rx;
    struct mw_slot (*slots)[MW_G_N]; /* one row a give */
};
struct mw_example { struct mw_pos pos; struct mw_sv text, is, under; };
struct mw_examples { struct mw_list find, leave; /* struct mw_example */ };
struct mw_rule {
    struct mw_pos pos;
    struct mw_sv id, says;
    struct mw_list words, also;            /* struct mw_sv: one of words (and one of also) must stand in the sentence */
    const struct mw_node *find, *leave;
    struct mw_list in;                     /* struct mw_sv: names of scopes; empty: everywhere */
    struct mw_sv under, not_under, near, not_near, lead, after;
    struct mw_pos under_pos, not_under_pos, near_pos, not_near_pos, lead_pos, after_pos;
    int64_t priority;
    enum mw_tri nothing, fallback, soft;
    enum mw_tri cased;                     /* capitals count: the patterns meet the text as it stands */
    struct mw_list gives;                  /* struct mw_give */
    struct mw_examples examples;
    /* compiled */
    enum mw_fact_type type;                /* in a set of statements: an enum mw_statement */
    struct mw_sv place;                    /* "rules/facts/deadline.yaml:12" */
    struct mw_find *finds;
    size_t n_finds;
    struct mw_pattern under_rx, not_under_rx, near_rx, not_near_rx, lead_rx, after_rx;
    uint64_t scopes;                       /* bit i: scope i */
};

struct mw_criterion_rule; /* rules/engine/criteria.h */
struct mw_vocabulary;     /* rules/engine/vocabulary.h */
struct mw_themes;         /* rules/engine/theme.h */

/* What waits for a word: a rule's `words` or `also`, a scope, or a need of patterns; which one. */
enum mw_waits { MW_WAITS_WORDS = 1, MW_WAITS_ALSO = 2, MW_WAITS_SCOPE = 4, MW_WAITS_NEED = 8 };
struct mw_waiter { uint32_t index; uint8_t what; };
struct mw_rules {
    struct mw_arena *arena;
    uint64_t hash;
    bool statements;             /* the rules of rules/profile: values keep the spelling of the text */
    struct mw_matcher *matcher;
    struct mw_trigger *trigger;
    struct mw_list waits;        /* by word: struct mw_list of struct mw_waiter */
    struct mw_list patterns;     /* struct mw_pattern *: all of them, once compiled */
    struct mw_list needs;        /* struct mw_sv: the words of each, joined, by the number that patterns know it by */
    struct mw_list blocks;       /* struct mw_entry: name -> pattern */
    struct mw_list wordlists, scopes, conditions, lookups, rules;
    struct mw_sv soft_source, per_source, last_year_source, clock_before_source, clock_behind_source;
    struct mw_pattern soft, per; /* what makes a statement soft; what stands behind a sum: "je Quartier" */
    struct mw_pattern last_year; /* the years a yearly date is limited to: "in den Jahren 2025 bis 2027"; the last ends the match */
    struct mw_pattern clock_before, clock_behind; /* the time of day that stands right before a day, right behind it */
    struct mw_list criteria;     /* struct mw_criterion_rule */
    struct mw_vocabulary *vocabulary;
    struct mw_themes *themes;    /* NULL: no file says what tells purposes apart */
};

/* compile.c: patterns of what the files say; every fault goes to diags. */
bool mw_rules_compile(struct mw_rules *r, struct mw_diags *diags);
void mw_rules_free_patterns(struct mw_rules *r);
/* The pattern with its {{blocks}} put in; false: a fault, said in diags. */
bool mw_rules_expand(struct mw_str *out, const struct mw_rules *r, struct mw_sv pattern, const struct mw_pos *pos, struct mw_diags *diags);
/* The value of a lookup for words of a text, MW_SV_NONE: none. */
bool mw_lookup_entry_has(const struct mw_lookup_entry *e, struct mw_sv words);
struct mw_sv mw_lookup_find(const struct mw_lookup *t, struct mw_sv words);
struct mw_sv mw_lookup_find_folded(const struct mw_lookup *t, struct mw_sv folded); /* the table's words are folded, too */

/* plant.c: the words that rules wait for and that patterns need go into r->trigger. */
/* A word, or "{{percent}}": the list of that name. what: enum mw_waits. false: out of memory. */
bool mw_rules_wait_for(struct mw_rules *r, const struct mw_list *words, size_t index, uint8_t what, const struct mw_pos *pos, struct mw_diags *diags);
/* Notes in p what a text must hold for it to match; source is what p was compiled from. false: out of memory. */
bool mw_rules_plant(struct mw_rules *r, struct mw_pattern *p, struct mw_sv source);

/* extract.c */
enum mw_rc mw_rules_read(struct mw_list *out, struct mw_arena *a, struct mw_rules *r, struct mw_sv plain, const struct mw_list *headings,
    struct mw_err *err);
struct mw_witness; /* rules/engine/explain.h */
enum mw_rc mw_rules_read_watched(struct mw_list *out, struct mw_arena *a, struct mw_rules *r, struct mw_sv plain,
    const struct mw_list *headings, const struct mw_witness *w, struct mw_err *err);
/* source.c */
enum mw_rc mw_rules_source_facts(struct mw_list *out, struct mw_arena *a, struct mw_rules *r, const struct mw_notice *n, struct mw_err *err);

#endif
