/* Statements of a document about the project it is about: who orders, where, for how long, for how much.
 *
 * rules/profile/<type>.yaml say which sentences state what, in the language of the fact rules. What a statement says stands
 * in the fields of struct mw_fact, in the spelling of the text; its type is an enum mw_statement. */
#ifndef MW_RULES_ENGINE_STATEMENT_H
#define MW_RULES_ENGINE_STATEMENT_H

#include "rules/engine/rules.h"

enum mw_statement {
    MW_ST_PARTY,      /* of a name: kind an applicant type, value the name without office, per the place's name */
    MW_ST_APPLICANT,  /* value: who orders or would apply */
    MW_ST_ROLE,       /* value: who is named; kind: as what ("publishes for others", "contact", ...) */
    MW_ST_DOCUMENT,   /* kind: what sort of document this is, none: one without a name in a profile (a letter) */
    MW_ST_TITLE,      /* value; kind none: a line that is no title */
    MW_ST_PERIOD,     /* kind from|to with date, or months */
    MW_ST_PHASE,      /* value: its name; kind from|to with date, or "undated" */
    MW_ST_LOT,        /* value: its name; kind: its number; per: who orders it */
    MW_ST_QUANTITY,   /* value: of what; kind min|max|exactly, number */
    MW_ST_AMOUNT,     /* kind: total|contract|grant|own|part|year|none, mentioned, perhaps (no more is said of it; a total, it may be); value: of what; eur */
    MW_ST_OWN_SHARE,  /* share */
    MW_ST_STARTED,    /* value yes|no, or date */
    MW_ST_PROGRAMME,  /* value: its name; per: its number */
    MW_ST_POPULATION, /* number; value: whose */
    MW_ST_BUDGET,     /* kind: how the budget is, as in profiles; value: whose */
    MW_ST_JOINT,      /* value: lead|group|parallel|entity */
    MW_ST_LAND,       /* value: code of a Land; per: of whom */
    MW_ST_THEME,      /* value: words of the text */
    MW_ST_UNTRUE,     /* kind: a field whose values the text itself calls untrue: "amounts" */
    MW_ST_ASIDE,      /* value tells of something else than the project. kind: paragraph (the rest of it too), mail (the head of one), older
                       * (from here on older mails); other: these words alone */
    MW_ST_N
};
extern const char *const MW_STATEMENTS[MW_ST_N + 1]; /* "party", ... NULL */

/* The statements of a text in its order: struct mw_fact appended to out. headings: offsets where sections' headings begin
 * (size_t), or NULL. r was loaded with MW_RULES_PROFILE. Points into text and the arena. */
enum mw_rc mw_rules_statements(struct mw_list *out, struct mw_arena *a, struct mw_rules *r, struct mw_sv text, const struct mw_list *headings,
    struct mw_err *err);
static inline enum mw_statement mw_statement_of(const struct mw_fact *f) { return (enum mw_statement)f->type; }
/* The value that the table of that name has for words, MW_SV_NONE: none, or no such table. */
struct mw_sv mw_rules_lookup(const struct mw_rules *r, const char *table, struct mw_sv words);
/* The same for words that mw_fold() has folded: however the umlauts were typed. */
struct mw_sv mw_rules_lookup_folded(const struct mw_rules *r, const char *table, struct mw_sv folded);
/* All words of a table, in its order, beginnings without their star, until take says false; without such a table none. */
void mw_rules_lookup_words(const struct mw_rules *r, const char *table, bool (*take)(void *ctx, struct mw_sv word), void *ctx);

#endif
