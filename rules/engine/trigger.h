/* All the words that rules wait for and that patterns need, found in one pass over the text: a pattern runs only in
 * sentences that hold its words. Words are kept in small letters, as the reading copy of a text is. */
#ifndef MW_RULES_ENGINE_TRIGGER_H
#define MW_RULES_ENGINE_TRIGGER_H

#include "lib/core/arena.h"

struct mw_trigger; /* lives in its arena */

struct mw_trigger *mw_trigger_new(struct mw_arena *a); /* NULL: out of memory */
/* Adds a word and returns its number (the same word: the same number); -1: out of memory, an empty word, or too many. */
int mw_trigger_add(struct mw_trigger *t, struct mw_sv word);
size_t mw_trigger_count(const struct mw_trigger *t);
struct mw_sv mw_trigger_word(const struct mw_trigger *t, size_t word); /* in small letters */
bool mw_trigger_build(struct mw_trigger *t); /* after the last word; false: out of memory, or more letters than it holds */
/* Which words stand in text, which is in small letters: their numbers in found, each once;
 * how many is returned. found has room for mw_trigger_count() of them. Not for several threads at once. */
size_t mw_trigger_scan(struct mw_trigger *t, struct mw_sv text, uint32_t *found);

#endif
