/* apply/plan/sharing.c: what each partner bears, to the cent. */
#include "tests/plan.h"

#define JOINT(applicants)                                                                                              \
    HEAD "profile: {profile: t, title: T, summary: S., applicants: [" applicants "]}\n"                                \
         "period: {from: 2027-01-01, to: 2027-12-31}\n"
#define FOUR_CITIES                                                                                                    \
    "{name: A, population: 24500, lead: yes}, {name: B, population: 13100}, {name: C, population: 8900}, {name: D, "   \
    "population: 6200}"
#define THREE_QUARTERS TERMS("financing: anteil, rate: 75 %")

static const struct mw_partner_row *partner(const struct desk *d, size_t i)
{
    return MW_AT(d->plan.partners, struct mw_partner_row, i);
}

/* worked-examples.md section 6: own share 90,000.00. */
static void own_money_is_cut_by_the_key(void **state)
{
    static const struct {
        const char *sharing;
        int64_t own[4];
    } CASES[] = {
        { "sharing: {of: own, key: equal}", { 2250000, 2250000, 2250000, 2250000 } },
        { "sharing: {of: own, key: population}", { 4184061, 2237192, 1519924, 1058823 } },
        { "sharing: {key: base+population, base: 30 %}", { 3603843, 2241034, 1738947, 1416176 } },
        { "sharing: {of: own, key: weights, weights: {A: 1, B: 2, C: \"0,5\", D: 0}}",
          { 2571429, 5142857, 1285714, 0 } },
    };
    struct desk *d = *state;
    char text[900];
    for (size_t i = 0; i < COUNT(CASES); i++) {
        clear_desk(d);
        snprintf(text, sizeof text, "%s%s\n", JOINT(FOUR_CITIES) COST("360000 EUR"), CASES[i].sharing);
        must_plan(d, text, THREE_QUARTERS);
        for (size_t k = 0; k < 4; k++)
            if (partner(d, k)->own.cents != CASES[i].own[k])
                fail_msg("%s: %zu bears %lld", CASES[i].sharing, k, (long long)partner(d, k)->own.cents);
        assert_false(mw_eur_is(partner(d, 0)->cost) || mw_eur_is(partner(d, 0)->grant));
    }
}

static void the_odd_cent_goes_to_the_partner_named_first(void **state)
{
    struct desk *d = *state;
    must_plan(d, JOINT("{name: A}, {name: B, lead: yes}, {name: C}") COST("400 EUR") "sharing: {of: own, key: equal}\n",
              THREE_QUARTERS);
    assert_int_equal(partner(d, 0)->own.cents, 3334);
    assert_int_equal(partner(d, 1)->own.cents, 3333);
    assert_int_equal(partner(d, 2)->own.cents, 3333);
}

static void cost_is_cut_and_the_grant_follows_it(void **state)
{
    static const int64_t WANT[3][3] = { { 4285715, 2571429, 1714286 },
                                        { 4091710, 2455026, 1636684 },
                                        { 2857143, 1714285, 1142858 } };
    struct desk *d = *state;
    must_plan(d,
              JOINT("{name: A, lead: yes}, {name: B}, {name: C}") "costs:\n  - {id: g, category: v, amount: "
                                                                  "\"100.000,01 EUR\"}\n  - {id: b, category: s, "
                                                                  "amount: \"12.345,67 EUR\", partner: B}\n"
                                                                  "sharing: {of: cost, key: weights, weights: {A: 3, "
                                                                  "B: 2, C: 2}}\n",
              TERMS("financing: anteil, rate: 60 %"));
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(partner(d, i)->cost.cents, WANT[i][0]);
        assert_int_equal(partner(d, i)->grant.cents, WANT[i][1]);
        assert_int_equal(partner(d, i)->own.cents, WANT[i][2]);
    }
}

static void other_sources_together_follow_the_cost(void **state)
{
    struct desk *d = *state;
    must_plan(d,
              JOINT("{name: A, lead: yes}, {name: B}") "costs:\n  - {id: a, category: v, amount: 300 EUR, partner: "
                                                       "A}\n  - {id: b, category: v, amount: 100 EUR, partner: B}\n"
                                                       "financing:\n  - {id: k, kind: public, amount: 30 EUR}\n  - "
                                                       "{id: e, kind: fictive, amount: \"10,01 EUR\"}\n"
                                                       "  - {id: o, kind: own, amount: 20 EUR}\nsharing: {of: cost, "
                                                       "key: equal}\n",
              TERMS("financing: anteil, rate: 50 %"));
    assert_int_equal(partner(d, 0)->other.cents, 3001); /* 30.0075 */
    assert_int_equal(partner(d, 1)->other.cents, 1000);
    assert_int_equal(partner(d, 0)->own.cents, 30000 - 15000 - 3001);
    assert_int_equal(partner(d, 0)->own.cents + partner(d, 1)->own.cents, d->plan.financing.own.cents);
}

static void partners_without_a_key_are_asked_about(void **state)
{
    struct desk *d = *state;
    must_plan(d, JOINT("{name: A}, {name: B}") COST("100 EUR"), THREE_QUARTERS);
    assert_int_equal(d->plan.partners.n, 0);
    assert_int_equal(must_find(d, "sharing-missing")->severity, MW_NOTE);
}

static void what_the_key_needs_and_nobody_states_is_no_zero(void **state)
{
    static const char *const SHARING[] = {
        "sharing: {key: population}",
        "sharing: {key: base+population, base: 10 %}",
        "sharing: {key: weights, weights: {A: 1}}",
        "sharing: {key: weights, weights: {A: 0, B: 0}}",
    };
    struct desk *d = *state;
    char text[600];
    for (size_t i = 0; i < COUNT(SHARING); i++) {
        clear_desk(d);
        snprintf(text, sizeof text, "%s%s\n", JOINT("{name: A, population: 5}, {name: B}") COST("100 EUR"), SHARING[i]);
        must_plan(d, text, THREE_QUARTERS);
        assert_int_equal(d->plan.partners.n, 0);
        assert_int_equal(must_find(d, "sharing-incomplete")->severity, MW_ERROR);
    }
}

/* Independent of mw_eur_split: exact quotas by 128-bit integers, then the largest remainders one by one. */
static void split_by_hand(int64_t *out, int64_t total, const int64_t *weights, size_t n)
{
    mw_i128 sum = 0;
    mw_i128 rest[12];
    int64_t left = total;
    for (size_t i = 0; i < n; i++)
        sum += weights[i];
    for (size_t i = 0; i < n; i++) {
        out[i] = (int64_t)((mw_i128)total * weights[i] / sum);
        rest[i] = (mw_i128)total * weights[i] % sum;
        left -= out[i];
    }
    for (; left > 0; left--) {
        size_t best = 0;
        for (size_t i = 1; i < n; i++)
            if (rest[i] > rest[best])
                best = i;
        out[best]++;
        rest[best] = -1;
    }
}

static void ten_thousand_random_splits_agree_with_a_cut_by_hand(void **state)
{
    struct desk *d = *state;
    uint32_t seed = 4711;
    for (int i = 0; i < 10000; i++) {
        struct mw_str text = MW_STR_INIT;
        size_t n = 2 + roll(&seed, 10);
        int64_t people[12], want[12], weights[12], all = 0, sum = 0, base = roll(&seed, 101);
        bool with_base = roll(&seed, 2) == 0;
        clear_desk(d);
        mw_str_addz(&text, HEAD "profile: {profile: t, title: T, summary: S., applicants: [");
        for (size_t k = 0; k < n; k++) {
            people[k] = 1 + roll(&seed, roll(&seed, 2) ? 9 : 300000);
            all += people[k];
            mw_str_addf(&text, "%s{name: P%zu, population: %lld}", k > 0 ? ", " : "", k, (long long)people[k]);
        }
        mw_str_addf(
            &text,
            "]}\nperiod: {from: 2027-01-01, to: 2027-12-31}\ncosts: [{id: a, category: v, amount: %u.%02u EUR}]\n",
            roll(&seed, 5000), roll(&seed, 100));
        if (with_base)
            mw_str_addf(&text, "sharing: {key: base+population, base: %lld %%}\n", (long long)base);
        else
            mw_str_addz(&text, "sharing: {key: population}\n");
        must_plan(d, mw_str_z(&text), TERMS("financing: anteil, rate: 33 1/3 %"));
        for (size_t k = 0; k < n; k++)
            weights[k] = with_base ? base * all + (100 - base) * people[k] * (int64_t)n : people[k];
        split_by_hand(want, d->plan.financing.own.cents, weights, n);
        for (size_t k = 0; k < n; k++) {
            sum += partner(d, k)->own.cents;
            if (partner(d, k)->own.cents != want[k])
                fail_msg("%zu bears %lld, by hand %lld\n%s", k, (long long)partner(d, k)->own.cents, (long long)want[k],
                         mw_str_z(&text));
        }
        assert_int_equal(sum, d->plan.financing.own.cents);
        mw_str_free(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
        T(own_money_is_cut_by_the_key),
        T(the_odd_cent_goes_to_the_partner_named_first),
        T(cost_is_cut_and_the_grant_follows_it),
        T(other_sources_together_follow_the_cost),
        T(partners_without_a_key_are_asked_about),
        T(what_the_key_needs_and_nobody_states_is_no_zero),
        T(ten_thousand_random_splits_agree_with_a_cut_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
