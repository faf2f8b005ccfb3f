/* apply/plan/parts.c: the most of a grant that may fall on one year, one area, one partner. */
#include "tests/plan.h"

#define YEARS3 "period: {from: 2027-01-01, to: 2029-12-31}\n"
#define TWO "profile: {profile: t, title: T, summary: S., applicants: [{name: G1, type: kommune, land: NW, lead: yes}, {name: G2, type: kommune}]}\n"

static void what_a_part_would_have_above_its_cap_is_lost(void **state)
{
    static const struct {
        const char *why, *project, *edition;
        int64_t grant;
        const char *limited_by;
        int64_t years[3]; /* of the grant; 0, 0, 0: not looked at */
    } CASES[] = {
        { "R24: 300,000 a year at 75 %, at most 200,000 a year",
          HEAD PROFILE YEARS3 "costs: [{id: a, category: v, years: {2027: 300000 EUR, 2028: 300000 EUR, 2029: 300000 EUR}}]\n",
          "financing: anteil, rate: 75 %, grant: {per_year: 200000 EUR}", 60000000, "grant_max", { 20000000, 20000000, 20000000 } },
        { "a cheap year does not make up for a dear one",
          HEAD PROFILE YEARS3 "costs: [{id: a, category: v, years: {2027: 100 EUR, 2028: 1000 EUR}}]\n",
          "financing: anteil, rate: 50 %, grant: {per_year: 300 EUR}", 35000, "grant_max", { 5000, 30000, 0 } },
        { "exactly the cap is no cut", HEAD PROFILE YEARS3 "costs: [{id: a, category: v, years: {2027: 400 EUR, 2028: 400 EUR}}]\n",
          "financing: anteil, rate: 50 %, grant: {per_year: 200 EUR}", 40000, "rate", { 20000, 20000, 0 } },
        { "what is not eligible weighs nothing",
          HEAD PROFILE YEARS3 "costs: [{id: a, category: v, years: {2027: 1000 EUR}}, {id: b, category: v, eligible: no, years: {2028: 9000 EUR}}]\n",
          "financing: anteil, rate: 50 %, grant: {per_year: 300 EUR}", 30000, "grant_max", { 30000, 0, 0 } },
        { "whole euros: the cent that is left over keeps below the cap",
          HEAD PROFILE YEARS3 "costs: [{id: a, category: v, years: {2027: \"333,33 EUR\", 2028: \"333,33 EUR\", 2029: \"333,34 EUR\"}}]\n",
          "financing: anteil, rate: 80 %, grant: {per_year: \"266,68 EUR\"}, rounding: euro_down", 80000, "rate", { 26666, 26666, 26668 } },
        { "two areas, each its own cap",
          PROJECT("areas: [{id: nord}, {id: sued, label: Südstadt}]\ncosts:\n"
                  "  - {id: a, category: v, amount: 300000 EUR, area: nord}\n  - {id: b, category: v, amount: 100000 EUR, area: sued}\n"),
          "financing: anteil, rate: 60 %, grant: {per_area: 100000 EUR}", 10000000 + 6000000, "grant_max", { 0 } },
        { "what names no area belongs to all alike",
          PROJECT("areas: [{id: nord}, {id: sued}]\ncosts:\n"
                  "  - {id: a, category: v, amount: 100 EUR, area: nord}\n  - {id: b, category: v, amount: 100 EUR}\n"),
          "financing: anteil, rate: 100 %, grant: {per_area: 100 EUR}", 10000 + 5000, "grant_max", { 0 } },
        { "no areas: the project is one", PROJECT(COST("300000 EUR")), "financing: anteil, rate: 60 %, grant: {per_area: 100000 EUR}", 10000000,
          "grant_max", { 0 } },
        { "two partners, their own rows and common ones",
          HEAD TWO YEARS3 "costs:\n  - {id: a, category: v, amount: 900 EUR, partner: G1}\n  - {id: b, category: v, amount: 200 EUR}\n",
          "financing: anteil, rate: 50 %, grant: {per_partner: 400 EUR}", 40000 + 5000, "grant_max", { 0 } },
        { "the cap of the whole comes first", PROJECT("areas: [{id: n}, {id: s}]\ncosts: [{id: a, category: v, amount: 1000 EUR}]\n"),
          "financing: anteil, rate: 50 %, grant: {max: 300 EUR, per_area: 200 EUR}", 30000, "grant_max", { 0 } },
        { "a fixed sum has parts, too", HEAD TWO YEARS3 COST("1000 EUR"), "financing: festbetrag, fixed: {amount: 900 EUR}, grant: {per_partner: 300 EUR}",
          60000, "grant_max", { 0 } },
    };
    struct desk *d = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        char terms[1000];
        clear_desk(d);
        snprintf(terms, sizeof terms, TERMS("%s"), CASES[i].edition);
        must_plan(d, CASES[i].project, terms);
        const struct mw_financing_plan *f = &d->plan.financing;
        if (f->grant.cents != CASES[i].grant || strcmp(MW_LIMITS[f->limited_by], CASES[i].limited_by) != 0)
            fail_msg("%s: %lld by %s", CASES[i].why, (long long)f->grant.cents, MW_LIMITS[f->limited_by]);
        for (int y = 0; y < 3 && CASES[i].years[0] > 0; y++)
            if (MW_AT(f->rows, struct mw_source_row, 0)->years[y].cents != CASES[i].years[y])
                fail_msg("%s: %lld in %d", CASES[i].why, (long long)MW_AT(f->rows, struct mw_source_row, 0)->years[y].cents, 2027 + y);
    }
}

static void a_step_says_which_parts_were_cut(void **state)
{
    struct desk *d = *state;
    must_plan(d, PROJECT("areas: [{id: nord, label: Nordstadt}, {id: sued}]\ncosts: [{id: a, category: v, amount: 1000 EUR, area: nord}]\n"),
              TERMS("financing: anteil, rate: 50 %, grant: {per_area: 400 EUR}"));
    const struct mw_grant_step *last = MW_AT(d->plan.financing.steps, struct mw_grant_step, d->plan.financing.steps.n - 1);
    assert_sv(last->formula, "at most 400.00 EUR for each area; less for Nordstadt");
    assert_null(finding(d, "areas-unstated"));
    clear_desk(d);
    must_plan(d, PROJECT(COST("1000 EUR")), TERMS("financing: anteil, rate: 50 %, grant: {per_area: 400 EUR}"));
    assert_non_null(finding(d, "areas-unstated"));
}

static void an_area_that_is_not_there_is_a_fault(void **state)
{
    struct desk *d = *state;
    assert_int_equal(try_plan(d, PROJECT("areas: [{id: nord}]\ncosts:\n  - {id: a, category: v, amount: 1 EUR, area: norden}\n"),
                              TERMS("financing: anteil, rate: 50 %"), TODAY), MW_INVALID);
    assert_true(diag_has(d, "no-area", 8));
    clear_desk(d);
    assert_int_equal(try_plan(d, PROJECT("areas: [{id: nord}, {id: nord}]\n" COST("1 EUR")), TERMS("financing: anteil, rate: 50 %"), TODAY), MW_INVALID);
    assert_true(diag_has(d, "id-twice", 0));
}

/* Against arithmetic of its own: every part in units of 1 / (100 * W) cents, small enough for plain integers. */
static void random_years_keep_their_caps_and_lose_nothing_else(void **state)
{
    struct desk *d = *state;
    unsigned seed = 77;
    for (int round = 0; round < 2000; round++) {
        int64_t cost[4], all = 0, cap = 1 + rand_r(&seed) % 60000, rate = 1 + rand_r(&seed) % 100, want = 0;
        char project[1000], terms[400];
        for (int y = 0; y < 4; y++)
            all += cost[y] = rand_r(&seed) % 5 == 0 ? 0 : rand_r(&seed) % 100000;
        if (all == 0)
            continue;
        for (int y = 0; y < 4; y++) { /* part = all * rate / 100 * cost / all */
            int64_t part = cost[y] * rate;
            want += part < cap * 100 ? part : cap * 100;
        }
        want /= 100;
        clear_desk(d);
        snprintf(project, sizeof project, HEAD PROFILE "period: {from: 2027-01-01, to: 2030-12-31}\ncosts: [{id: a, category: v, years: {2027: "
                 "\"%lld,%02lld EUR\", 2028: \"%lld,%02lld EUR\", 2029: \"%lld,%02lld EUR\", 2030: \"%lld,%02lld EUR\"}}]\n",
                 (long long)cost[0] / 100, (long long)cost[0] % 100, (long long)cost[1] / 100, (long long)cost[1] % 100,
                 (long long)cost[2] / 100, (long long)cost[2] % 100, (long long)cost[3] / 100, (long long)cost[3] % 100);
        snprintf(terms, sizeof terms, TERMS("financing: anteil, rate: %lld %%, grant: {per_year: \"%lld,%02lld EUR\"}"), (long long)rate,
                 (long long)cap / 100, (long long)cap % 100);
        must_plan(d, project, terms);
        const struct mw_source_row *grant = MW_AT(d->plan.financing.rows, struct mw_source_row, 0);
        int64_t sum = 0;
        for (int y = 0; y < 4; y++) {
            if (grant->years[y].cents > cap || grant->years[y].cents < 0)
                fail_msg("%s%s: %lld in %d", project, terms, (long long)grant->years[y].cents, 2027 + y);
            sum += grant->years[y].cents;
        }
        if (grant->total.cents != want || sum != want)
            fail_msg("%s%s: %lld, by years %lld, want %lld", project, terms, (long long)grant->total.cents, (long long)sum, (long long)want);
    }
}

#define T(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(what_a_part_would_have_above_its_cap_is_lost),
        T(a_step_says_which_parts_were_cut),
        T(an_area_that_is_not_there_is_a_fault),
        T(random_years_keep_their_caps_and_lose_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
