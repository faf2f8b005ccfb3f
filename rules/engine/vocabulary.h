/* The vocabulary: concepts of municipal funding with their German and English words, and what a search may add to them.
 *
 * rules/vocabulary/<any>.yaml holds concepts (words of the same thing, abbreviations, broader ones, related ones); other
 * files there hold tables such as Länder. A query's words are found with their usual endings ("Quartierskonzepte"). */
#ifndef MW_RULES_ENGINE_VOCABULARY_H
#define MW_RULES_ENGINE_VOCABULARY_H

#include "lib/core/arena.h"
#include "lib/core/err.h"
#include "lib/core/node.h"

struct mw_rules;
struct mw_vocabulary;

struct mw_concept {
    struct mw_pos pos;
    struct mw_sv id;                 /* "quartiersmanagement" */
    struct mw_list de, en, abbr;     /* struct mw_sv: words of the same thing; the first of de and en is its name */
    struct mw_list typed;            /* struct mw_sv: further words that name it, which no search looks for: they would find others ("Forst": "fort") */
    struct mw_list broader, related; /* struct mw_sv: ids of other concepts */
    int use;                         /* enum mw_concept_use */
};
/* What goes with any theme ("Gemeinde", "anschaffen") is known to searches alone: it is no theme, and no rule may speak of it. */
enum mw_concept_use { MW_FOR_ALL = -1, MW_FOR_SEARCH };
struct mw_expansion {
    struct mw_sv words;                  /* one word or a phrase, as written in the vocabulary; borrowed from it */
    bool english;
    int weight;                          /* percent: 80 another word of the same thing, 60 the same in the other language,
                                            45 a narrower, 35 a related, 30 a broader concept */
    const struct mw_concept *concept;    /* the one it names */
    size_t begin, end;                   /* bytes of the query that brought it in */
};

/* Borrowed from the rules; never NULL. */
const struct mw_vocabulary *mw_rules_vocabulary(const struct mw_rules *r);
size_t mw_vocabulary_count(const struct mw_vocabulary *v);
const struct mw_concept *mw_vocabulary_at(const struct mw_vocabulary *v, size_t i);
const struct mw_concept *mw_vocabulary_get(const struct mw_vocabulary *v, struct mw_sv id); /* NULL: none */
size_t mw_vocabulary_number(const struct mw_vocabulary *v, struct mw_sv id); /* as mw_vocabulary_at() counts; SIZE_MAX: none */

/* Does the word say nothing of what is wanted, since it goes with any theme? */
bool mw_vocabulary_goes_with_any(const struct mw_vocabulary *v, struct mw_sv word);

/* The concepts that a text names, in its order, but for those of searches: struct mw_expansion with the words as the text's concept's name and
 * weight 100. Longest phrase first; a word belongs to one phrase only. */
enum mw_rc mw_vocabulary_find(struct mw_list *out, struct mw_arena *a, const struct mw_vocabulary *v, struct mw_sv text, struct mw_err *err);
/* The same; of a compound that is unknown as a whole the longest known word that it begins with ("Breitbandkredit": Breitband), weight 50. In a German
 * text that has capitals (whole, of which text is all or a part) a noun begins with one, and its umlauts count: "pflegen" is no Pflege, "Grund" no Gründer. In an English
 * text only English words and abbreviations count, these with their capitals: its "adoption" is no German one, its "life" no programme. */
enum mw_rc mw_vocabulary_find_within(struct mw_list *out, struct mw_arena *a, const struct mw_vocabulary *v, struct mw_sv text, struct mw_sv whole,
    bool english, struct mw_err *err);
/* What a search for query may add: struct mw_expansion, best first, none twice, none that is in the query already. Of a compound that is unknown
 * as a whole half the weight is added for what it begins with. */
enum mw_rc mw_vocabulary_expand(struct mw_list *out, struct mw_arena *a, const struct mw_vocabulary *v, struct mw_sv query, struct mw_err *err);

/* For the loader of rule files. {{concept:ID}} in a pattern or a list of words means the words of that concept; the concept, or NULL
 * with a fault in diags at pos that tells the nearest id. */
#define MW_CONCEPT_BLOCK MW_SV("concept:")
const struct mw_concept *mw_rules_concept(const struct mw_rules *r, struct mw_sv id, const struct mw_pos *pos, struct mw_diags *diags);
struct mw_vocabulary *mw_vocabulary_new(struct mw_arena *a);
bool mw_vocabulary_load(struct mw_vocabulary *v, struct mw_arena *a, const struct mw_node *node, const char *name, struct mw_diags *diags);
void mw_vocabulary_adjectives(struct mw_vocabulary *v, struct mw_arena *a, const struct mw_node *node, struct mw_diags *diags); /* the file of adjectives */
bool mw_vocabulary_build(struct mw_vocabulary *v, struct mw_arena *a, struct mw_diags *diags); /* after the last file */

#endif
