/* Money is int64 cents, shares are exact fractions. No floating point comes near either.
 *
 * Products go through 128 bits; what does not fit is reported, never wrapped. Each amount is rounded once, by a named
 * rule; what is left over in a split goes by largest remainder, so that columns add up to the sum beneath them. */
#ifndef MW_CORE_MONEY_H
#define MW_CORE_MONEY_H

#include "lib/core/lang.h"
#include "lib/core/text.h"

__extension__ typedef __int128 mw_i128;

struct mw_eur {
    int64_t cents;
};
#define MW_EUR_NONE ((struct mw_eur){ INT64_MIN }) /* not stated; never zero */
static inline bool mw_eur_is(struct mw_eur e) { return e.cents != INT64_MIN; }

/* false, the first unchanged: would not fit, or one of them is not stated. */
bool mw_eur_add(struct mw_eur *sum, struct mw_eur b);
bool mw_eur_sub(struct mw_eur *diff, struct mw_eur b);

/* 33 1/3 % = 1/3. Reduced, den > 0; den 0 = not stated. */
struct mw_share {
    int64_t num, den;
};
#define MW_SHARE_NONE ((struct mw_share){ 0, 0 })
static inline bool mw_share_is(struct mw_share s) { return s.den != 0; }

bool mw_share_make(struct mw_share *out, int64_t num, int64_t den); /* reduces; false: den 0 or does not fit */
/* false, the first unchanged: does not fit, or one of them is not stated. */
bool mw_share_add(struct mw_share *sum, struct mw_share b);
bool mw_share_sub(struct mw_share *diff, struct mw_share b);
bool mw_share_mul(struct mw_share *product, struct mw_share b);
int mw_share_cmp(struct mw_share a, struct mw_share b); /* exact; not stated sorts first */
int64_t mw_share_bp(struct mw_share s);                 /* basis points, commercially rounded; for output only */

enum mw_round {
    MW_DOWN,       /* towards zero */
    MW_COMMERCIAL, /* half away from zero (DIN 1333) */
    MW_UP,         /* away from zero */
    MW_EURO_DOWN   /* down to whole euros */
};
/* num / den to an integer by the rule; den > 0. MW_EURO_DOWN takes cents. *fits is false, and the result 0, where it
 * is not an amount: beyond int64_t, or the value kept for "not stated". */
int64_t mw_div_round(mw_i128 num, mw_i128 den, enum mw_round how, bool *fits);
/* total * share, rounded once; false: does not fit, *out unchanged. */
bool mw_eur_of(struct mw_eur *out, struct mw_eur total, struct mw_share share, enum mw_round how);
/* total / share, rounded once: the base of which total is the share. false: share is zero, or it does not fit. */
bool mw_eur_per(struct mw_eur *out, struct mw_eur total, struct mw_share share, enum mw_round how);

/* Splits total over n weights (>= 0, not all zero) by largest remainder (Hamilton): out[i] differs from the exact
 * part by less than a cent, Σ out = total; ties go to the smaller index. false: no weight, a negative one, or no
 * fit. */
bool mw_eur_split(struct mw_eur *out, struct mw_eur total, const int64_t *weights, size_t n);

/* "1.234,56" (MW_DE) or "1,234.56" (MW_EN), without a currency; "-" before negatives; appended to out. */
void mw_eur_format(struct mw_str *out, struct mw_eur e, enum mw_lang lang);
/* "75 %", "33,33 %"; a third as "33 1/3 %"; appended to out. */
void mw_share_format(struct mw_str *out, struct mw_share s, enum mw_lang lang);

/* A quantity, an exact decimal, as v / 10^decimals with the fewest decimals, four at most: 4.5 gives 45 and 1. */
int64_t mw_quantity_digits(struct mw_share quantity, unsigned *decimals);
/* "4,5" (MW_DE), "4.5" (MW_EN and files), "1200": without groups, four decimals at most; nothing where none is stated. */
void mw_quantity_format(struct mw_str *out, struct mw_share quantity, enum mw_lang lang);

#endif
