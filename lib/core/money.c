/* Checked arithmetic on cents and exact fractions. Every product of two 64-bit numbers fits into 128 bits, and so does
 * the sum of two such products; only the way back to 64 bits can fail, and it is checked in one place each: to_cents()
 * for amounts, reduce() for shares. */
#include "lib/core/money.h"

#include <inttypes.h>
#include <stdio.h>

/* --- amounts ------------------------------------------------------------------------------------------------------ */
static bool to_cents(struct mw_eur *out, mw_i128 cents)
{
    if (cents > INT64_MAX || cents <= INT64_MIN) /* INT64_MIN is kept for "not stated" */
        return false;
    out->cents = (int64_t)cents;
    return true;
}

bool mw_eur_add(struct mw_eur *sum, struct mw_eur b)
{
    return mw_eur_is(*sum) && mw_eur_is(b) && to_cents(sum, (mw_i128)sum->cents + b.cents);
}

bool mw_eur_sub(struct mw_eur *diff, struct mw_eur b)
{
    return mw_eur_is(*diff) && mw_eur_is(b) && to_cents(diff, (mw_i128)diff->cents - b.cents);
}

int64_t mw_div_round(mw_i128 num, mw_i128 den, enum mw_round how, bool *fits)
{
    mw_i128 q = num / den, rest = num % den; /* C divides towards zero; rest has the sign of num */
    mw_i128 away = num < 0 ? -1 : 1, left = rest < 0 ? -rest : rest;
    struct mw_eur result = { 0 };

    switch (how) {
    case MW_DOWN:
        break;
    case MW_COMMERCIAL:
        if (left >= den - left)
            q += away;
        break;
    case MW_UP:
        if (left != 0)
            q += away;
        break;
    case MW_EURO_DOWN:
        q -= q % 100;
        break;
    }
    *fits = to_cents(&result, q);
    return result.cents;
}

/* total * num / den */
static bool part_of(struct mw_eur *out, struct mw_eur total, int64_t num, int64_t den, enum mw_round how)
{
    bool fits;
    mw_i128 n = (mw_i128)total.cents * num, d = den;
    int64_t cents;

    if (!mw_eur_is(total) || den == 0)
        return false;
    cents = mw_div_round(d < 0 ? -n : n, d < 0 ? -d : d, how, &fits);
    if (fits)
        out->cents = cents;
    return fits;
}

bool mw_eur_of(struct mw_eur *out, struct mw_eur total, struct mw_share share, enum mw_round how)
{
    return part_of(out, total, share.num, share.den, how);
}

bool mw_eur_per(struct mw_eur *out, struct mw_eur total, struct mw_share share, enum mw_round how)
{
    return mw_share_is(share) && part_of(out, total, share.den, share.num, how);
}

/* Hamilton's rule: everyone gets the whole cents of his part; the cents left over go to the largest remainders. Those
 * are all above a limit, and as many of those at the limit as cents are left, first come first. The limit is found by
 * halving the range it lies in, so no memory is needed. A negative total is the mirror image of the positive one. */
bool mw_eur_split(struct mw_eur *out, struct mw_eur total, const int64_t *weights, size_t n)
{
    mw_i128 sum = 0, cents = total.cents < 0 ? -(mw_i128)total.cents : total.cents;
    mw_i128 given = 0, low = 0, high;
    int64_t sign = total.cents < 0 ? -1 : 1;
    size_t left, above = 0;

    if (!mw_eur_is(total))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (weights[i] < 0)
            return false;
        sum += weights[i];
    }
    if (sum == 0)
        return false;
    for (size_t i = 0; i < n; i++)
        given += cents * weights[i] / sum;
    left = (size_t)(cents - given); /* below n */

    for (high = sum - 1; low < high;) { /* the lowest limit with no more than `left` remainders above it */
        mw_i128 limit = low + (high - low) / 2;
        above = 0;
        for (size_t i = 0; i < n; i++)
            above += cents * weights[i] % sum > limit;
        if (above <= left)
            high = limit;
        else
            low = limit + 1;
    }
    above = 0;
    for (size_t i = 0; i < n; i++)
        above += cents * weights[i] % sum > low;
    size_t at_limit = left - above;
    for (size_t i = 0; i < n; i++) {
        mw_i128 part = cents * weights[i] / sum, rest = cents * weights[i] % sum;
        if (rest > low) {
            part++;
        } else if (rest == low && at_limit > 0) {
            part++;
            at_limit--;
        }
        out[i].cents = sign * (int64_t)part;
    }
    return true;
}

/* --- shares ------------------------------------------------------------------------------------------------------- */
static bool reduce(struct mw_share *out, mw_i128 num, mw_i128 den)
{
    mw_i128 a = num < 0 ? -num : num, b = den < 0 ? -den : den;

    if (den == 0)
        return false;
    while (b != 0) { /* Euclid: a becomes the greatest common divisor */
        mw_i128 rest = a % b;
        a = b;
        b = rest;
    }
    num /= den < 0 ? -a : a;
    den /= den < 0 ? -a : a;
    if (num > INT64_MAX || num < INT64_MIN || den > INT64_MAX)
        return false;
    *out = (struct mw_share){ (int64_t)num, (int64_t)den };
    return true;
}

bool mw_share_make(struct mw_share *out, int64_t num, int64_t den) { return reduce(out, num, den); }

bool mw_share_add(struct mw_share *sum, struct mw_share b)
{
    return reduce(sum, (mw_i128)sum->num * b.den + (mw_i128)b.num * sum->den, (mw_i128)sum->den * b.den);
}

bool mw_share_sub(struct mw_share *diff, struct mw_share b)
{
    return reduce(diff, (mw_i128)diff->num * b.den - (mw_i128)b.num * diff->den, (mw_i128)diff->den * b.den);
}

bool mw_share_mul(struct mw_share *product, struct mw_share b)
{
    return reduce(product, (mw_i128)product->num * b.num, (mw_i128)product->den * b.den);
}

int mw_share_cmp(struct mw_share a, struct mw_share b)
{
    mw_i128 left = (mw_i128)a.num * b.den, right = (mw_i128)b.num * a.den;

    if (!mw_share_is(a) || !mw_share_is(b))
        return (int)mw_share_is(a) - (int)mw_share_is(b);
    return (left > right) - (left < right);
}

int64_t mw_share_bp(struct mw_share s)
{
    bool fits;
    int64_t bp;

    if (!mw_share_is(s))
        return 0;
    bp = mw_div_round((mw_i128)s.num * 10000, s.den, MW_COMMERCIAL, &fits);
    if (fits)
        return bp;
    return s.num < 0 ? -INT64_MAX : INT64_MAX;
}

/* --- for people --------------------------------------------------------------------------------------------------- */
/* 1234567 -> "1.234.567" */
static void add_grouped(struct mw_str *out, uint64_t n, enum mw_lang lang)
{
    char digits[21];
    int length = snprintf(digits, sizeof digits, "%" PRIu64, n);

    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            mw_str_addc(out, lang == MW_DE ? '.' : ',');
        mw_str_addc(out, digits[i]);
    }
}

static uint64_t magnitude(int64_t n) { return n < 0 ? -(uint64_t)n : (uint64_t)n; }

void mw_eur_format(struct mw_str *out, struct mw_eur e, enum mw_lang lang)
{
    uint64_t cents = magnitude(e.cents);

    if (!mw_eur_is(e))
        return;
    if (e.cents < 0)
        mw_str_addc(out, '-');
    add_grouped(out, cents / 100, lang);
    mw_str_addf(out, "%c%02u", lang == MW_DE ? ',' : '.', (unsigned)(cents % 100));
}

void mw_share_format(struct mw_str *out, struct mw_share s, enum mw_lang lang)
{
    struct mw_share percent;

    if (!mw_share_is(s))
        return;
    if (s.num < 0)
        mw_str_addc(out, '-');
    if (reduce(&percent, (mw_i128)s.num * 100, s.den) && percent.den == 3) {
        if (magnitude(percent.num) > 3) {
            add_grouped(out, magnitude(percent.num) / 3, lang);
            mw_str_addc(out, ' ');
        }
        mw_str_addf(out, "%u/3 %%", (unsigned)(magnitude(percent.num) % 3));
        return;
    }
    uint64_t hundredths = magnitude(mw_share_bp(s)); /* a basis point is a hundredth of a percent */
    add_grouped(out, hundredths / 100, lang);
    if (hundredths % 100 != 0) {
        mw_str_addf(out, "%c%u", lang == MW_DE ? ',' : '.', (unsigned)(hundredths % 100 / 10));
        if (hundredths % 10 != 0)
            mw_str_addf(out, "%u", (unsigned)(hundredths % 10));
    }
    mw_str_addz(out, " %");
}

int64_t mw_quantity_digits(struct mw_share quantity, unsigned *decimals)
{
    enum { DECIMALS_MAX = 4 };
    mw_i128 power = 1;
    bool fits = true;

    for (*decimals = 0; *decimals < DECIMALS_MAX && (mw_i128)quantity.num * power % quantity.den != 0; ++*decimals)
        power *= 10;
    return mw_div_round((mw_i128)quantity.num * power, quantity.den, MW_COMMERCIAL, &fits);
}

void mw_quantity_format(struct mw_str *out, struct mw_share quantity, enum mw_lang lang)
{
    unsigned decimals = 0;
    uint64_t whole = 1;

    if (!mw_share_is(quantity))
        return;
    int64_t digits = mw_quantity_digits(quantity, &decimals);
    for (unsigned i = 0; i < decimals; i++)
        whole *= 10;
    if (digits < 0)
        mw_str_addc(out, '-');
    mw_str_addf(out, "%" PRIu64, magnitude(digits) / whole);
    if (decimals > 0)
        mw_str_addf(out, "%c%0*" PRIu64, lang == MW_DE ? ',' : '.', (int)decimals, magnitude(digits) % whole);
}
