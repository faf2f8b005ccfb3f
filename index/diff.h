/* What differs between two versions of a notice, in the terms of those who apply: dates, rates, sums, who, where, whether
 * it is open. What no reader would notice (markup, white space, soft hyphens) is told apart. */
#ifndef MW_INDEX_DIFF_H
#define MW_INDEX_DIFF_H

#include "rules/engine/rules.h"

enum mw_diff_field { MW_D_DEADLINE, MW_D_RATE, MW_D_AMOUNT, MW_D_APPLICANTS, MW_D_REGION, MW_D_STATUS, MW_D_TEXT, MW_D_N };
extern const char *const MW_DIFF_FIELDS[MW_D_N + 1]; /* "deadline", ... NULL */

struct mw_state { /* a notice at one time: sections with their texts */
    struct mw_notice notice;
    struct mw_sv plain;      /* lib/model/notice.h */
    struct mw_list facts;    /* struct mw_fact, by the same rules on both sides */
};
struct mw_difference {
    enum mw_diff_field field;
    struct mw_list before, after; /* struct mw_sv: what only that side says, in words; of texts the passage that differs */
};
/* struct mw_difference appended to out, at most one a field, in their order; none: the change is cosmetic. */
enum mw_rc mw_diff(struct mw_list *out, struct mw_arena *a, const struct mw_state *before, const struct mw_state *after,
    enum mw_lang lang, struct mw_err *err);

#endif
