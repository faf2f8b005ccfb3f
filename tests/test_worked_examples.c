/* The published examples and the official rules of worked-examples.md (classes O and R) that no other test has: forms and financing in
 * test_forms.c and test_financing.c, reductions in test_settlement.c, tax in test_cost.c, aid and interest in test_payments.c. What cannot be
 * written in a project stands in docs/formats.md, section 9, with the reason. */
#include "tests/plan.h"

#define ROWS(p, v) "costs: [{id: p, category: personal, amount: " p " EUR}, {id: s, category: sachausgaben, amount: " v " EUR}]\n"
#define PARTNERS(more)                                                                                                                     \
    HEAD "profile: {profile: t, title: T, summary: S., applicants: [{name: G, type: kommune, land: HE, lead: yes}" more "]}\n"              \
         "period: {from: 2027-01-01, to: 2027-12-31}\n"
#define TWO_MORE(x) ", {name: " x "1}, {name: " x "2}"
#define THREE PARTNERS(TWO_MORE("a"))
#define FIFTEEN                                                                                                                            \
    PARTNERS(TWO_MORE("a") TWO_MORE("b") TWO_MORE("c") TWO_MORE("d") TWO_MORE("e") TWO_MORE("f") TWO_MORE("g"))
#define EIGHT PARTNERS(TWO_MORE("a") TWO_MORE("b") TWO_MORE("c") ", {name: d}")
#define HESSEN "financing: festbetrag, fixed: {partners: {2: 50000 EUR, 3: 75000 EUR, 4: 100000 EUR}}"
#define NRW "financing: festbetrag, rate: 90 %, fixed: {base: 175000 EUR, base_partners: 2, per_further: 35000 EUR}"
#define KFW(rate, max) "financing: anteil, rate: " rate " %, grant: {max: " max " EUR}"
#define SOURCE(kind, sum) "financing: [{id: x, kind: " kind ", amount: " sum " EUR, status: zugesagt}]\n"

static void grants_of_published_examples(void **state)
{
    static const struct {
        const char *why, *project, *edition;
        int64_t total, grant, own;
        const char *limited_by;
    } CASES[] = {
        { "O2 a tenth", PROJECT(COST("1000 EUR")), "financing: anteil, rate: 10 %", 100000, 10000, 90000, "rate" },
        { "O4 18,000 are nine tenths of 20,000", PROJECT(COST("20000 EUR")), "financing: anteil, rate: 90 %, own_share: {min: 10 %}", 2000000, 1800000,
          200000, "rate" },
        { "O4 123,000 of 136,666.67", PROJECT(COST("136666.67 EUR")), "financing: anteil, rate: 90 %, own_share: {min: 10 %}", 13666667, 12300000, 1366667,
          "rate" },
        { "O4 150,000 of 166,666.67", PROJECT(COST("166666.67 EUR")), "financing: anteil, rate: 90 %, own_share: {min: 10 %}", 16666667, 15000000,
          1666667, "rate" },
        { "O9 70 % of 8,815.00, and 15 % of that, which the source cuts to 925.57",
          PROJECT("costs: [{id: p, category: personal, quantity: 0.7, price: 8815 EUR}]\n"),
          "financing: voll, flat_rates: [{category: g, rate: 15 %, of: [personal]}]", 709608, 709608, 0, "gap" },
        { "O11 two of twelve do not count: their 10,000 are income", PROJECT(COST("60000 EUR") SOURCE("revenue", "10000")), "financing: voll", 6000000,
          5000000, 0, "gap" },
        { "O13 unpaid work is own contribution beside what is funded", PROJECT(COST("1200 EUR") SOURCE("fictive", "200")),
          "financing: festbetrag, fixed: {amount: 1000 EUR}", 120000, 100000, 0, "fixed" },
        { "O14 third parties halve 35 %", PROJECT(COST("100000 EUR") SOURCE("third", "17500")), "financing: anteil, rate: 65 %, own_share: {min: 17.5 %}",
          10000000, 6500000, 1750000, "rate" },
        { "O14 and may not do more", PROJECT(COST("100000 EUR") SOURCE("third", "17500.01")), "financing: anteil, rate: 65 %, own_share: {min: 17.5 %}",
          10000000, 6499999, 1750000, "own_share_min" },
        { "O14 10 % may be halved too", PROJECT(COST("100000 EUR") SOURCE("third", "5000")), "financing: anteil, rate: 90 %, own_share: {min: 5 %}",
          10000000, 9000000, 500000, "rate" },
        { "O15 180,000 and a tenth of the LAG", PROJECT(COST("200000 EUR")), "financing: voll, own_share: {min: 10 %}", 20000000, 18000000, 2000000,
          "own_share_min" },
        { "R16 edition 2021: 210,000 at 280,000", PROJECT(COST("280000 EUR")), "financing: anteil, rate: 75 %, grant: {max: 210000 EUR}", 28000000,
          21000000, 7000000, "rate" },
        { "R16 edition 2021 with extension: 350,000 at 466,666.67", PROJECT(COST("466666.67 EUR")), KFW("75", "350000"), 46666667, 35000000, 11666667,
          "grant_max" },
        { "R16 a concept: 200,000 at 266,666.67", PROJECT(COST("266666.67 EUR")), KFW("75", "200000"), 26666667, 20000000, 6666667, "grant_max" },
        { "R16 a concept of a weak city: not yet at 222,222.22", PROJECT(COST("222222.22 EUR")), KFW("90", "200000"), 22222222, 19999999, 2222223,
          "rate" },
        { "R16 management in a weak city: not yet at 444,444.44", PROJECT(COST("444444.44 EUR")), KFW("90", "400000"), 44444444, 39999999, 4444445,
          "rate" },
        { "R17 material is capped, then the grant", PROJECT(ROWS("420000", "150000")),
          "financing: anteil, rate: 75 %, grant: {max: 400000 EUR}, caps: [{category: sachausgaben, max: 30 %, of: [personal]}]", 57000000, 40000000,
          17000000, "grant_max" },
        { "R21 three", THREE COST("180000 EUR"), HESSEN, 18000000, 7500000, 10500000, "fixed" },
        { "R21 fifteen", FIFTEEN COST("180000 EUR"), HESSEN, 18000000, 10000000, 8000000, "fixed" },
        { "R21 three merging brigades", PROJECT("costs: [{id: w, category: v, quantity: 3, unit: Wehr, price: 20000 EUR}]\n"),
          "financing: festbetrag, fixed: {per_unit: 15000 EUR, unit: Wehr}", 6000000, 4500000, 1500000, "fixed" },
        { "R22 three", THREE COST("300000 EUR"), NRW, 30000000, 21000000, 9000000, "fixed" },
        { "R22 eight", EIGHT COST("400000 EUR"), NRW, 40000000, 36000000, 4000000, "rate" },
        { "R23 50,000 of 90,000", PROJECT(COST("90000 EUR")), "financing: festbetrag, fixed: {amount: 50000 EUR}, rate: 85 %", 9000000, 5000000,
          4000000, "fixed" },
        { "R24 first period", PROJECT(COST("300000 EUR")), "financing: anteil, rate: 75 %, grant: {max: 200000 EUR}", 30000000, 20000000, 10000000,
          "grant_max" },
        { "R24 second period", PROJECT(COST("300000 EUR")), "financing: anteil, rate: 65 %, grant: {max: 200000 EUR}", 30000000, 19500000, 10500000,
          "rate" },
        { "R24 third period", PROJECT(COST("300000 EUR")), "financing: anteil, rate: 55 %, grant: {max: 200000 EUR}", 30000000, 16500000, 13500000,
          "rate" },
        { "R29 kilometres: 700 at 0.30", PROJECT("costs: [{id: r, category: reise, quantity: 700, unit: km, price: 0.30 EUR}]\n"), "financing: voll",
          21000, 21000, 0, "gap" },
        { "CPR 54 a", PROJECT(ROWS("100000", "60000")), "financing: voll, flat_rates: [{category: g, rate: 7 %, of: [personal, sachausgaben]}]", 17120000,
          17120000, 0, "gap" },
        { "CPR 54 b", PROJECT(ROWS("100000", "60000")), "financing: voll, flat_rates: [{category: g, rate: 15 %, of: [personal]}]", 17500000, 17500000, 0,
          "gap" },
        { "CPR 56: 40 % in the place of all the rest", PROJECT(ROWS("100000", "60000")),
          "financing: voll, flat_rates: [{category: rest, rate: 40 %, of: [personal], instead_of: [sachausgaben]}]", 14000000, 14000000, 0, "gap" },
        { "Interreg: office and travel as flat rates, 80 %",
          PROJECT("costs: [{id: p, category: personal, amount: 100000 EUR}, {id: e, category: extern, amount: 50000 EUR}, {id: q, category: equipment, amount: 5000 EUR}]\n"),
          "financing: anteil, rate: 80 %, flat_rates: [{category: admin, rate: 15 %, of: [personal]}, {category: travel, rate: 15 %, of: [personal]}]", 18500000,
          14800000, 3700000, "rate" },
        { "Horizon IA, a city: all of 182,500",
          PROJECT("costs: [{id: p, category: personal, amount: 100000 EUR}, {id: s, category: sub, amount: 20000 EUR}, {id: c, category: other, amount: 30000 EUR}]\n"),
          "financing: anteil, rate: 70 %, rates: [{when: {type: kommune}, rate: 100 %}], flat_rates: [{category: e, rate: 25 %, of: [personal, other]}]",
          18250000, 18250000, 0, "rate" },
        { "Horizon IA for profit: 70 % of 182,500",
          PROJECT("costs: [{id: p, category: personal, amount: 100000 EUR}, {id: s, category: sub, amount: 20000 EUR}, {id: c, category: other, amount: 30000 EUR}]\n"),
          "financing: anteil, rate: 70 %, flat_rates: [{category: e, rate: 25 %, of: [personal, other]}]", 18250000, 12775000, 5475000, "rate" },
    };
    struct desk *d = *state;
    char terms[700];
    for (size_t i = 0; i < COUNT(CASES); i++) {
        clear_desk(d);
        snprintf(terms, sizeof terms, TERMS("%s"), CASES[i].edition);
        must_plan(d, CASES[i].project, terms);
        const struct mw_financing_plan *f = &d->plan.financing;
        if (d->plan.cost.total.cents != CASES[i].total || f->grant.cents != CASES[i].grant || f->own.cents != CASES[i].own ||
            strcmp(MW_LIMITS[f->limited_by], CASES[i].limited_by) != 0)
            fail_msg("%s: cost %lld, grant %lld, own %lld by %s", CASES[i].why, (long long)d->plan.cost.total.cents, (long long)f->grant.cents,
                     (long long)f->own.cents, MW_LIMITS[f->limited_by]);
        assert_adds_up(d);
    }
}

/* O10: the yearly payment is frozen as a sum; what is published as its share, cut to two places, gives that sum again. */
static void a_frozen_yearly_payment_is_its_published_share(void **state)
{
    struct desk *d = *state;
    add_tariff(d, "tariff: t\ntables: [{from: 2019-01-01, monthly: {E8: [3344.74]}}]\nspecial_payment: [{from: 2019-01-01, rate: 79.51 %}]\n");
    must_plan(d,
              HEAD PROFILE "period: {from: 2019-01-01, to: 2019-12-31}\n"
                           "costs: [{id: p, category: personal, personnel: {tariff: t, group: E8, step: 1, fte: 100 %, from: 2019-01-01, to: 2019-12-31}}]\n",
              TERMS("financing: voll"));
    assert_int_equal(d->plan.cost.total.cents, 4013688 + 265940);
}

/* Section 6: 120,000 + 90,000 + 70,000 alone against 232,000 together save 17.14 %, against 240,000 only 14.29 %. */
static void the_savings_test_is_that_of_the_guidelines(void **state)
{
    struct desk *d = *state;
    static const char *const JOINT_COSTS[] = { "232000", "240000" };
    char project[900];
    for (size_t i = 0; i < 2; i++) {
        clear_desk(d);
        snprintf(project, sizeof project,
                 HEAD "profile: {profile: t, title: T, summary: S., joint_mode: group, applicants: [{name: A, lead: yes}, {name: B}, {name: C}]}\n"
                      "period: {from: 2027-01-01, to: 2027-12-31}\n"
                      "cooperation: {single_cost: {A: 120000 EUR, B: 90000 EUR, C: 70000 EUR}, joint_cost: %s EUR}\n", JOINT_COSTS[i]);
        must_plan(d, project, TERMS("financing: voll, cooperation: {saving: 15 %}"));
        assert_int_equal(finding(d, "saving-too-small") != NULL, i == 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
        T(grants_of_published_examples),
        T(a_frozen_yearly_payment_is_its_published_share),
        T(the_savings_test_is_that_of_the_guidelines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
