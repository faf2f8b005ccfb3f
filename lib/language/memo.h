/* What words have become, kept for the next time they are met. Private to the room.
 *
 * Nearly all words of a text have been met before, so this is where the analyser spends its time: a word and its forms lie side by side in
 * few bytes, and most of the words that are not the one looked for are told apart by four bytes of hash. */
#ifndef MW_LANGUAGE_MEMO_H
#define MW_LANGUAGE_MEMO_H

#include "lib/core/text.h"

#define MW_FORMS_MAX 16 /* of one word: itself and its parts */

struct mw_memo;
struct mw_memo_entry {
    uint16_t key_n;
    unsigned char n, flags;
    uint16_t number[2]; /* mw_memo_number(), the low half first: entries begin at any even place */
    uint16_t form_n[]; /* bytes of each form; behind them lie the word and the forms */
};
struct mw_memo *mw_memo_new(void); /* NULL: out of memory */
void mw_memo_free(struct mw_memo *m);

/* english: the same word is another one there. NULL: not met yet. Borrowed until mw_memo_add(). */
const struct mw_memo_entry *mw_memo_find(struct mw_memo *m, struct mw_sv word, bool english);
/* Keeps what the word that mw_memo_find() has just not found became: n forms (at most MW_FORMS_MAX) and the caller's flags. A memo that is full
 * forgets everything first. NULL: out of memory, or longer than any word. */
const struct mw_memo_entry *mw_memo_add(struct mw_memo *m, struct mw_sv word, const struct mw_sv *forms, unsigned n, unsigned char flags);
/* Of the first form, the others count on from it: no number is given twice, and none is 0. */
static inline uint32_t mw_memo_number(const struct mw_memo_entry *e) { return e->number[0] | (uint32_t)e->number[1] << 16; }
/* Of the first form; the others follow it. */
static inline const char *mw_memo_forms(const struct mw_memo_entry *e) { return (const char *)(e->form_n + e->n) + e->key_n; }

#endif
