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

static mw_i128 gcd(mw_i128 a, mw_i128 b)
{
    while (b != 0) {
        mw_i128 r = a % b;
        a = b;
        b = r;
    }
    return a;
}

bool mw_exact_cap_parts(struct mw_exact *x, const int64_t *weights, size_t n, struct mw_eur max, bool *over)
{
    mw_i128 all = 0, free_weight = 0, cut = 0, left, right, den, num;

    for (size_t i = 0; i < n; i++)
        all += weights[i]; /* n sums of 63 bits each stay far below 127 */
    for (size_t i = 0; i < n; i++) {
        /* part = x.num * w / (x.den * all) > max ? */
        if (__builtin_mul_overflow(x->num, (mw_i128)weights[i], &left) || __builtin_mul_overflow(all, (mw_i128)x->den, &right) ||
            __builtin_mul_overflow(right, (mw_i128)max.cents, &right))
            return false;
        over[i] = left > right;
        cut += over[i];
        free_weight += over[i] ? 0 : weights[i];
    }
    if (cut == 0)
        return true;
    /* cut * max + x * free / all, in lowest terms so that the denominator stays one of 63 bits */
    mw_i128 g = gcd(all, free_weight);
    if (__builtin_mul_overflow(x->num, free_weight / g, &num) || __builtin_mul_overflow(all / g, (mw_i128)x->den, &den) ||
        __builtin_mul_overflow(cut * max.cents, den, &left) || __builtin_add_overflow(num, left, &num))
        return false;
    g = gcd(den, num);
    if (den / g > INT64_MAX)
        return false;
    *x = (struct mw_exact){ num / g, (int64_t)(den / g) };
    return true;
}

bool mw_exact_round(struct mw_eur *out, struct mw_exact x, enum mw_round how)
{
    bool fits = false;
    int64_t cents = mw_div_round(x.num, x.den, how, &fits);

    if (fits)
        out->cents = cents;
    return fits;
}
