/* The words of which a pattern needs one, weighed and kept few; require.c reads them off the pattern. Private to the two. */
#ifndef MW_RULES_ENGINE_NEED_H
#define MW_RULES_ENGINE_NEED_H

#include "rules/engine/require.h"

enum { NEED_ANY_MAX = 64, NEED_TEXT_MAX = 40, NEED_WEIGHT_MIN = 3 };

/* Appends text (struct mw_sv) to a list that holds each once. false: out of memory. */
bool mw_need_add_text(struct mw_list *to, struct mw_arena *a, struct mw_sv text);
/* What the least telling of texts says (struct mw_need's weight); 0: there is none, or too many. */
unsigned mw_need_weight(const struct mw_list *texts);
/* Keeps of every text its most telling word, and of texts of which one holds another the shorter; sorted. false: out of memory. */
bool mw_need_tidy(struct mw_need *n, struct mw_arena *a);

#endif
