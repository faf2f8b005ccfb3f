/* What the three files of the vocabulary share: vocabulary.c reads files and keeps words by their forms, terms.c finds the concepts that a text names,
 * widen.c tells what a search may add. Private to them. */
#ifndef MW_RULES_ENGINE_FORMS_H
#define MW_RULES_ENGINE_FORMS_H

#include "rules/engine/vocabulary.h"

enum { PHRASE_MAX = 5, KEY_MAX = 200 };

struct word_of { /* a form of a word and the concept it names */
    struct mw_sv key;
    const struct mw_concept *concept; /* NULL: it only begins longer phrases */
    const struct mw_concept *english; /* the one it names in English; NULL: none */
    struct mw_sv words, english_words;
    bool goes_on;                     /* longer phrases begin with it */
};
struct adjectives { struct mw_list endings, makers; }; /* struct mw_sv: "en", "er"; "lich", "isch" */
struct mw_vocabulary {
    struct mw_list concepts;  /* struct mw_concept */
    struct adjectives adjectives;
    uint32_t *ids;            /* numbers of concepts, from 1, by their ids: open addressing, ids_mask + 1 of them */
    size_t ids_mask;
    struct word_of *forms;    /* all forms of words, n_forms of them */
    size_t n_forms;
    uint64_t *slots;          /* numbers of forms, from 1, in the lower half, by their keys, whose hashes fill the upper; mask + 1 of them */
    size_t mask;
};

bool mw_form_is_word_byte(char c);
/* The next word of s at or after *at; hyphens part words. */
bool mw_form_next_word(struct mw_sv s, size_t *at, size_t *begin);
/* Adds a word to the key of a phrase: folded, without the usual endings, one after the other: "Quartierskonzepte" and "Quartierskonzept" give the same
 * key, "Seilbahn", whose n looks like an ending, and "Seilbahnen" too. */
void mw_form_add_key(struct mw_str *key, struct mw_sv word);
/* "LIFE" is a programme and "LEADER" another, "life" and "leader" are neither. */
bool mw_form_is_abbreviation(struct mw_sv words);
/* The form with that key; NULL: there is none. */
const struct word_of *mw_form_get(const struct mw_vocabulary *v, struct mw_sv key);

/* Whose text is read, and how exactly. */
enum tongue { SEARCH, QUERY, GERMAN, ENGLISH };
/* mw_vocabulary_find() and mw_vocabulary_find_within() in one; within: also what a compound begins with. */
enum mw_rc mw_vocabulary_read(struct mw_list *out, struct mw_arena *a, const struct mw_vocabulary *v, struct mw_sv text, enum tongue tongue, bool within,
    struct mw_err *err);

#endif
