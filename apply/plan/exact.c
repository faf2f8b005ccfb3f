#include "apply/plan/exact.h"

struct mw_exact mw_exact_minus(struct mw_exact x, mw_i128 cents)
{
    mw_i128 left = cents > INT64_MAX ? 0 : x.num - cents * x.den; /* what is beyond every sum leaves nothing */

    return (struct mw_exact){ left > 0 ? left : 0, x.den };
}

int mw_exact_cmp(struct mw_exact a, struct mw_exact b)
{
    /* Whole cents first, then the fractions: neither product leaves 128 bits. Numerators are not negative. */
    mw_i128 wa = a.num / a.den, wb = b.num / b.den;
    mw_i128 fa, fb;

    if (wa != wb)
        return wa < wb ? -1 : 1;
    fa = a.num % a.den * b.den;
    fb = b.num % b.den * a.den;
    return (fa > fb) - (fa < fb);
}

bool mw_exact_round(struct mw_eur *out, struct mw_exact x, enum mw_round how)
{
    bool fits = false;
    int64_t cents = mw_div_round(x.num, x.den, how, &fits);

    if (fits)
        out->cents = cents;
    return fits;
}
