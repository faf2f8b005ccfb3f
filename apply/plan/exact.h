/* Sums of money that are not whole cents: the exact value of a rate or a bound until the grant is rounded, once. */
#ifndef MW_PLAN_EXACT_H
#define MW_PLAN_EXACT_H

#include "lib/core/money.h"

/* num / den cents, den > 0. Below 2^126 / 2^63: products of one sum and one share always fit. */
struct mw_exact {
    mw_i128 num;
    int64_t den;
};

static inline struct mw_exact mw_exact_cents(int64_t cents) { return (struct mw_exact){ cents, 1 }; }
static inline struct mw_exact mw_exact_of(struct mw_eur total, struct mw_share share)
{
    return (struct mw_exact){ (mw_i128)total.cents * share.num, share.den };
}
/* x less some cents (>= 0; may lie outside the range of a sum), not below zero. x is at most the largest sum. */
struct mw_exact mw_exact_minus(struct mw_exact x, mw_i128 cents);
/* Cut over n weights (>= 0, not all zero), each part at most max: what is left when the excess of each part is dropped. over[i]:
 * the part was cut. false: does not fit. */
bool mw_exact_cap_parts(struct mw_exact *x, const int64_t *weights, size_t n, struct mw_eur max, bool *over);
int mw_exact_cmp(struct mw_exact a, struct mw_exact b);
/* Rounded by the rule; false: more cents than fit. */
bool mw_exact_round(struct mw_eur *out, struct mw_exact x, enum mw_round how);

#endif
