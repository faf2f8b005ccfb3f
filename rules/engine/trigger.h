/* All the words that rules wait for, found in one pass over the text (Aho and Corasick 1975): a rule's pattern runs only
 * in sentences that hold one of its words. Words are kept in small letters, as the reading copy of a text is. */
#ifndef MW_RULES_ENGINE_TRIGGER_H
#define MW_RULES_ENGINE_TRIGGER_H

#include "lib/core/arena.h"

struct mw_trigger; /* lives in its arena */

struct mw_trigger *mw_trigger_new(struct mw_arena *a); /* NULL: out of memory */
/* Adds a word and returns its number (the same word: the same number); -1: out of memory, an empty word, or too many. */
int mw_trigger_add(struct mw_trigger *t, struct mw_sv word);
size_t mw_trigger_count(const struct mw_trigger *t);
bool mw_trigger_build(struct mw_trigger *t); /* after the last word; false: out of memory */
/* Calls fn for every occurrence of every word in text, which is in small letters, in order of their ends. */
typedef void mw_trigger_fn(void *ctx, int word);
void mw_trigger_scan(const struct mw_trigger *t, struct mw_sv text, mw_trigger_fn *fn, void *ctx);

#endif
