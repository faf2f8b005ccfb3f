/* Cents and shares: exact, checked, rounded once. */
#include "lib/core/money.h"
#include "tests/test.h"

static struct mw_eur eur(int64_t cents) { return (struct mw_eur){ cents }; }
static struct mw_share share(int64_t num, int64_t den)
{
    struct mw_share s = MW_SHARE_NONE;
    assert_true(mw_share_make(&s, num, den));
    return s;
}

/* --- amounts ------------------------------------------------------------------------------------------------------ */
static void sums_add_up_and_never_wrap(void **state)
{
    struct mw_eur e = eur(150);
    (void)state;
    assert_true(mw_eur_add(&e, eur(-250)) && e.cents == -100);
    assert_true(mw_eur_sub(&e, eur(-100)) && e.cents == 0);
    e = eur(INT64_MAX);
    assert_true(!mw_eur_add(&e, eur(1)) && e.cents == INT64_MAX);
    e = eur(-INT64_MAX);
    assert_true(!mw_eur_sub(&e, eur(1)) && e.cents == -INT64_MAX); /* INT64_MIN would read as "not stated" */
}

static void what_is_not_stated_cannot_be_reckoned_with(void **state)
{
    struct mw_eur e = MW_EUR_NONE, five = eur(5);
    int64_t one = 1;
    (void)state;
    assert_false(mw_eur_add(&e, five));
    assert_false(mw_eur_add(&five, MW_EUR_NONE));
    assert_false(mw_eur_sub(&five, MW_EUR_NONE));
    assert_false(mw_eur_of(&five, MW_EUR_NONE, share(1, 2), MW_DOWN));
    assert_false(mw_eur_of(&five, eur(100), MW_SHARE_NONE, MW_DOWN));
    assert_false(mw_eur_per(&five, eur(100), MW_SHARE_NONE, MW_DOWN));
    assert_false(mw_eur_split(&five, MW_EUR_NONE, &one, 1));
    assert_int_equal(five.cents, 5);
    assert_false(mw_eur_is(e));
}

static void each_rule_rounds_as_its_name_says(void **state)
{
    static const struct {
        const char *why;
        int64_t num, den;
        enum mw_round how;
        int64_t want;
    } CASES[] = {
        { "a third of a cent is dropped", 10, 3, MW_DOWN, 3 },
        { "down is towards zero", -10, 3, MW_DOWN, -3 },
        { "half a cent counts as one", 5, 2, MW_COMMERCIAL, 3 },
        { "half a cent of debt, too", -5, 2, MW_COMMERCIAL, -3 },
        { "less than half does not", 249, 100, MW_COMMERCIAL, 2 },
        { "just over half does", 251, 100, MW_COMMERCIAL, 3 },
        { "an odd divisor has no half", 4, 3, MW_COMMERCIAL, 1 },
        { "up is up for any rest", 201, 100, MW_UP, 3 },
        { "up is away from zero", -201, 100, MW_UP, -3 },
        { "up leaves whole cents alone", 200, 100, MW_UP, 2 },
        { "whole euros only", 19999 * 3, 3, MW_EURO_DOWN, 19900 },
        { "whole euros stay", 20000, 1, MW_EURO_DOWN, 20000 },
        { "whole euros of a debt", -19999, 1, MW_EURO_DOWN, -19900 },
    };
    bool fits;
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (mw_div_round(CASES[i].num, CASES[i].den, CASES[i].how, &fits) != CASES[i].want || !fits)
            fail_msg("%s", CASES[i].why);
}

static void rounding_notices_what_does_not_fit(void **state)
{
    bool fits = true;
    (void)state;
    assert_int_equal(mw_div_round((mw_i128)INT64_MAX * 4 + 1, 4, MW_DOWN, &fits), INT64_MAX);
    assert_true(fits);
    assert_int_equal(mw_div_round((mw_i128)INT64_MAX * 4 + 1, 4, MW_UP, &fits), 0);
    assert_false(fits);
    (void)mw_div_round(INT64_MIN, 1, MW_DOWN, &fits);
    assert_false(fits);
}

static void a_share_of_a_sum_is_rounded_once(void **state)
{
    static const struct {
        const char *why;
        int64_t total, num, den;
        enum mw_round how;
        int64_t want;
    } CASES[] = {
        { "80 % of 1,000.00 euros", 100000, 4, 5, MW_DOWN, 80000 },
        { "a third of ten cents", 10, 1, 3, MW_DOWN, 3 },
        { "33 1/3 % of 300,000.00 is exactly a third", 30000000, 1, 3, MW_DOWN, 10000000 },
        { "a large sum does not overflow", INT64_C(900000000000000000), 9, 10, MW_DOWN, INT64_C(810000000000000000) },
        { "a tiny part of a large sum", INT64_MAX, 1, INT64_MAX, MW_DOWN, 1 },
        { "a reduction is a negative part", 10000, -1, 3, MW_COMMERCIAL, -3333 },
        { "nothing", 12345, 0, 1, MW_UP, 0 },
    };
    struct mw_eur got;
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (!mw_eur_of(&got, eur(CASES[i].total), share(CASES[i].num, CASES[i].den), CASES[i].how) ||
            got.cents != CASES[i].want)
            fail_msg("%s: got %lld", CASES[i].why, (long long)got.cents);
    got = eur(7);
    assert_false(mw_eur_of(&got, eur(INT64_MAX), share(2, 1), MW_DOWN));
    assert_int_equal(got.cents, 7);
}

static void the_base_is_found_from_its_part(void **state)
{
    struct mw_eur got = eur(7);
    (void)state;
    assert_true(mw_eur_per(&got, eur(1500000), share(15, 100), MW_DOWN) && got.cents == 10000000);
    assert_true(mw_eur_per(&got, eur(100), share(2, 3), MW_UP) && got.cents == 150);
    assert_true(mw_eur_per(&got, eur(100), share(7, 3), MW_UP) && got.cents == 43);
    assert_true(mw_eur_per(&got, eur(100), share(-1, 3), MW_DOWN) && got.cents == -300);
    assert_false(mw_eur_per(&got, eur(100), share(0, 1), MW_DOWN)); /* nothing is no part of anything */
    assert_false(mw_eur_per(&got, eur(INT64_MAX), share(1, 2), MW_DOWN));
    assert_int_equal(got.cents, -300);
}

/* --- splitting ---------------------------------------------------------------------------------------------------- */
static void left_over_cents_go_to_the_largest_remainder(void **state)
{
    static const struct {
        const char *why;
        int64_t total, weights[4], want[4];
    } CASES[] = {
        { "equal parts: the first gets the odd cent", 100, { 1, 1, 1, 0 }, { 34, 33, 33, 0 } },
        { "two odd cents: the first two", 200, { 1, 1, 1, 0 }, { 67, 67, 66, 0 } },
        { "the larger remainder wins over the place", 10, { 1, 2, 4, 0 }, { 1, 3, 6, 0 } },
        { "no weight, no cent", 1, { 0, 0, 1, 0 }, { 0, 0, 1, 0 } },
        { "nothing to give", 0, { 3, 1, 1, 5 }, { 0, 0, 0, 0 } },
        { "fewer cents than heads", 2, { 1, 1, 1, 1 }, { 1, 1, 0, 0 } },
        { "a repayment is the mirror image", -100, { 1, 1, 1, 0 }, { -34, -33, -33, 0 } },
        { "a common factor changes nothing", 10, { 1000, 2000, 4000, 0 }, { 1, 3, 6, 0 } },
        { "the largest sum by the largest weights",
          INT64_MAX,
          { INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX },
          { 2305843009213693952, 2305843009213693952, 2305843009213693952, 2305843009213693951 } },
    };
    struct mw_eur got[4];
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        assert_true(mw_eur_split(got, eur(CASES[i].total), CASES[i].weights, 4));
        for (size_t k = 0; k < 4; k++)
            if (got[k].cents != CASES[i].want[k])
                fail_msg("%s: part %zu is %lld", CASES[i].why, k, (long long)got[k].cents);
    }
}

static void a_split_needs_weights(void **state)
{
    const int64_t zeros[] = { 0, 0 }, negative[] = { 3, -1 };
    struct mw_eur got[2];
    (void)state;
    assert_false(mw_eur_split(got, eur(100), zeros, 2));
    assert_false(mw_eur_split(got, eur(100), negative, 2));
    assert_false(mw_eur_split(got, eur(100), zeros, 0));
}

/* Hamilton's rule as written: sort by remainder, hand out one by one. */
static void split_by_hand(int64_t *out, int64_t total, const int64_t *w, size_t n)
{
    mw_i128 sum = 0, cents = total < 0 ? -(mw_i128)total : total, left = cents;
    bool served[16] = { false };
    for (size_t i = 0; i < n; i++)
        sum += w[i];
    for (size_t i = 0; i < n; i++) {
        out[i] = (int64_t)(cents * w[i] / sum);
        left -= out[i];
    }
    for (; left > 0; left--) {
        size_t best = n;
        for (size_t i = 0; i < n; i++)
            if (!served[i] && (best == n || cents * w[i] % sum > cents * w[best] % sum))
                best = i;
        served[best] = true;
        out[best]++;
    }
    for (size_t i = 0; i < n; i++)
        out[i] = total < 0 ? -out[i] : out[i];
}

static void any_split_adds_up_and_is_as_by_hand(void **state)
{
    uint64_t seed = 1;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        int64_t w[16], want[16];
        struct mw_eur got[16];
        size_t n = 1 + rnd(&seed) % 16;
        int bits = (int)(rnd(&seed) % 63), total_bits = (int)(rnd(&seed) % 63);
        int64_t total = (int64_t)(rnd(&seed) >> (63 - total_bits) >> 1), sum = 0;
        for (size_t i = 0; i < n; i++)
            w[i] = (int64_t)(rnd(&seed) >> (63 - bits) >> 1);
        w[rnd(&seed) % n] = w[0]; /* ties */
        w[n - 1] |= 1;
        if (round % 2)
            total = -total;
        assert_true(mw_eur_split(got, eur(total), w, n));
        split_by_hand(want, total, w, n);
        for (size_t i = 0; i < n; i++) {
            sum += got[i].cents;
            if (got[i].cents != want[i])
                fail_msg("round %d: part %zu is %lld by hand", round, i, (long long)want[i]);
        }
        assert_int_equal(sum, total);
    }
}

/* --- shares ------------------------------------------------------------------------------------------------------- */
static void shares_are_kept_reduced(void **state)
{
    struct mw_share s = { 7, 7 };
    (void)state;
    assert_true(mw_share_make(&s, 50, -100) && s.num == -1 && s.den == 2);
    assert_true(mw_share_make(&s, 0, 5) && s.num == 0 && s.den == 1);
    assert_true(mw_share_make(&s, INT64_MIN, 2) && s.num == INT64_MIN / 2 && s.den == 1);
    assert_true(mw_share_make(&s, INT64_MIN, INT64_MIN) && s.num == 1 && s.den == 1);
    assert_false(mw_share_make(&s, 1, 0));
    assert_false(mw_share_make(&s, 1, INT64_MIN));
    assert_true(s.num == 1 && s.den == 1);
}

static void thirds_stay_thirds(void **state)
{
    struct mw_share s = share(1, 3);
    (void)state;
    assert_true(mw_share_add(&s, share(1, 6)) && s.num == 1 && s.den == 2);
    assert_true(mw_share_sub(&s, share(1, 3)) && s.num == 1 && s.den == 6);
    assert_true(mw_share_mul(&s, share(6, 1)) && s.num == 1 && s.den == 1);
    s = share(1, INT64_MAX);
    assert_false(mw_share_add(&s, share(1, INT64_MAX - 1)));
    assert_false(mw_share_mul(&s, share(1, 2)));
    assert_false(mw_share_sub(&s, MW_SHARE_NONE));
    assert_true(s.num == 1 && s.den == INT64_MAX);
}

static void shares_compare_exactly(void **state)
{
    (void)state;
    assert_true(mw_share_cmp(share(1, 3), share(3333333333333333, 10000000000000000)) > 0);
    assert_true(mw_share_cmp(share(INT64_MAX - 1, INT64_MAX), share(INT64_MAX - 2, INT64_MAX - 1)) > 0);
    assert_true(mw_share_cmp(share(-1, 2), share(1, 3)) < 0);
    assert_int_equal(mw_share_cmp(share(2, 4), share(1, 2)), 0);
    assert_true(mw_share_cmp(MW_SHARE_NONE, share(-5, 1)) < 0);
    assert_true(mw_share_cmp(share(0, 1), MW_SHARE_NONE) > 0);
}

static void basis_points_are_rounded_for_output(void **state)
{
    (void)state;
    assert_int_equal(mw_share_bp(share(1, 3)), 3333);
    assert_int_equal(mw_share_bp(share(2, 3)), 6667);
    assert_int_equal(mw_share_bp(share(5, 100000)), 1); /* half a point */
    assert_int_equal(mw_share_bp(share(-5, 100000)), -1);
    assert_int_equal(mw_share_bp(share(INT64_MAX, 1)), INT64_MAX);
    assert_int_equal(mw_share_bp(MW_SHARE_NONE), 0);
}

static void share_arithmetic_agrees_with_common_denominators(void **state)
{
    uint64_t seed = 2;
    (void)state;
    for (int i = 0; i < 20000; i++) {
        int64_t a = (int64_t)(rnd(&seed) % 2001) - 1000, b = 1 + (int64_t)(rnd(&seed) % 1000);
        int64_t c = (int64_t)(rnd(&seed) % 2001) - 1000, d = 1 + (int64_t)(rnd(&seed) % 1000);
        struct mw_share s = share(a, b);
        assert_true(mw_share_add(&s, share(c, d)));
        assert_int_equal(s.num * (b * d), (a * d + c * b) * s.den);
        assert_true(mw_share_sub(&s, share(c, d)));
        assert_int_equal(mw_share_cmp(s, share(a, b)), 0);
        assert_true(mw_share_mul(&s, share(c, d)));
        assert_int_equal(s.num * (b * d), a * c * s.den);
        assert_int_equal(mw_share_cmp(share(a, b), share(c, d)), (a * d > c * b) - (a * d < c * b));
    }
}

static void a_part_lies_between_the_cents_around_it(void **state)
{
    uint64_t seed = 3;
    (void)state;
    for (int i = 0; i < 20000; i++) {
        int64_t total = (int64_t)(rnd(&seed) >> (rnd(&seed) % 60 + 2));
        int64_t den = 1 + (int64_t)(rnd(&seed) >> (rnd(&seed) % 62 + 2));
        int64_t num = (int64_t)(rnd(&seed) % (uint64_t)den);
        struct mw_eur down, near, up;
        struct mw_share s = share(num, den);
        assert_true(mw_eur_of(&down, eur(total), s, MW_DOWN) && mw_eur_of(&near, eur(total), s, MW_COMMERCIAL) &&
                    mw_eur_of(&up, eur(total), s, MW_UP));
        mw_i128 exact = (mw_i128)total * num; /* times den */
        assert_true((mw_i128)down.cents * den <= exact && (mw_i128)up.cents * den >= exact);
        assert_true(up.cents - down.cents == ((mw_i128)down.cents * den != exact));
        mw_i128 off = (mw_i128)near.cents * den - exact;
        assert_true(off * 2 <= den && -off * 2 < den);
    }
}

/* --- for people --------------------------------------------------------------------------------------------------- */
static void money_is_written_the_way_people_read_it(void **state)
{
    static const struct {
        int64_t cents;
        const char *de, *en;
    } CASES[] = {
        { 0, "0,00", "0.00" },
        { 5, "0,05", "0.05" },
        { 99999, "999,99", "999.99" },
        { 100000, "1.000,00", "1,000.00" },
        { 100200304, "1.002.003,04", "1,002,003.04" },
        { -123456, "-1.234,56", "-1,234.56" },
        { -7, "-0,07", "-0.07" },
        { INT64_MAX, "92.233.720.368.547.758,07", "92,233,720,368,547,758.07" },
        { INT64_MIN, "", "" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_str de = MW_STR_INIT, en = MW_STR_INIT;
        mw_eur_format(&de, eur(CASES[i].cents), MW_DE);
        mw_eur_format(&en, eur(CASES[i].cents), MW_EN);
        assert_string_equal(mw_str_z(&de), CASES[i].de);
        assert_string_equal(mw_str_z(&en), CASES[i].en);
        mw_str_free(&de);
        mw_str_free(&en);
    }
}

static void shares_are_written_as_percent(void **state)
{
    static const struct {
        int64_t num, den;
        const char *de;
    } CASES[] = {
        { 3, 4, "75 %" },          { 1, 3, "33 1/3 %" },    { 2, 3, "66 2/3 %" },     { 1, 300, "1/3 %" },
        { 3333, 10000, "33,33 %" }, { 75, 1000, "7,5 %" },   { 705, 10000, "7,05 %" }, { 1, 7, "14,29 %" },
        { 0, 1, "0 %" },           { -1, 3, "-33 1/3 %" },  { -1, 20, "-5 %" },       { 15, 1, "1.500 %" },
        { 4, 3, "133 1/3 %" },
    };
    struct mw_str s = MW_STR_INIT;
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        mw_str_clear(&s);
        mw_share_format(&s, share(CASES[i].num, CASES[i].den), MW_DE);
        assert_string_equal(mw_str_z(&s), CASES[i].de);
    }
    mw_str_clear(&s);
    mw_share_format(&s, share(75, 1000), MW_EN);
    assert_string_equal(mw_str_z(&s), "7.5 %");
    mw_str_clear(&s);
    mw_share_format(&s, MW_SHARE_NONE, MW_EN);
    assert_string_equal(mw_str_z(&s), "");
    mw_str_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_add_up_and_never_wrap),
        cmocka_unit_test(what_is_not_stated_cannot_be_reckoned_with),
        cmocka_unit_test(each_rule_rounds_as_its_name_says),
        cmocka_unit_test(rounding_notices_what_does_not_fit),
        cmocka_unit_test(a_share_of_a_sum_is_rounded_once),
        cmocka_unit_test(the_base_is_found_from_its_part),
        cmocka_unit_test(left_over_cents_go_to_the_largest_remainder),
        cmocka_unit_test(a_split_needs_weights),
        cmocka_unit_test(any_split_adds_up_and_is_as_by_hand),
        cmocka_unit_test(shares_are_kept_reduced),
        cmocka_unit_test(thirds_stay_thirds),
        cmocka_unit_test(shares_compare_exactly),
        cmocka_unit_test(basis_points_are_rounded_for_output),
        cmocka_unit_test(share_arithmetic_agrees_with_common_denominators),
        cmocka_unit_test(a_part_lies_between_the_cents_around_it),
        cmocka_unit_test(money_is_written_the_way_people_read_it),
        cmocka_unit_test(shares_are_written_as_percent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
