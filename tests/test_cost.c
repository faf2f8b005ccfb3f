/* apply/plan/cost.c and personnel.c: what a project costs, in which year, and how much of it is eligible. */
#include "tests/plan.h"

#define HALF "financing: anteil, rate: 50 %"
#define TVOED                                                                                                          \
    "tariff: tv\ntables:\n  - {from: 2025-04-01, monthly: {E11: [1, 1, 4908.59]}}\n"                                   \
    "  - {from: 2026-05-01, monthly: {E11: [1, 1, 5046.03]}}\nspecial_payment: [{from: 2026-01-01, rate: 85 %}]\n"
#define STAFF(period, fields)                                                                                          \
    HEAD PROFILE "period: {" period                                                                                    \
                 "}\ncosts: [{id: a, category: personal, personnel: {tariff: tv, group: E11, step: 3, " fields "}}]\n"

/* worked-examples.md R7; the tax is rounded before the part that does not come back is taken of it. */
static void deductible_tax_is_no_cost(void **state)
{
    static const struct {
        const char *sum, *vat, *deductible;
        int64_t cents;
    } CASES[] = {
        { "10000 EUR", "vat: 19 %", "none", 1190000 },     { "10000 EUR", "vat: 19 %", "full", 1000000 },
        { "10000 EUR", "vat: 19 %", "30 %", 1133000 },     { "100,25 EUR", "vat: 19 %", "50 %", 10978 },
        { "100,25 EUR", "vat: 7 %", "none", 10727 },       { "0,02 EUR", "vat: 19 %", "none", 2 },
        { "10000 EUR", "label: brutto", "full", 1000000 }, /* without vat the sum is taken as it is */
    };
    struct desk *d = *state;
    char text[700];
    for (size_t i = 0; i < COUNT(CASES); i++) {
        clear_desk(d);
        snprintf(text, sizeof text, "%scosts: [{id: a, category: v, amount: \"%s\", %s}]\ninput_tax: %s\n", PROJECT(),
                 CASES[i].sum, CASES[i].vat, CASES[i].deductible);
        must_plan(d, text, TERMS(HALF));
        if (d->plan.cost.total.cents != CASES[i].cents || cost_row(d, "a")->eligible.cents != CASES[i].cents)
            fail_msg("%s %s %s: %lld", CASES[i].sum, CASES[i].vat, CASES[i].deductible,
                     (long long)d->plan.cost.total.cents);
    }
}

static void tax_is_rounded_in_each_year_of_a_row_with_years(void **state)
{
    struct desk *d = *state;
    must_plan(d, PROJECT("costs: [{id: a, category: v, vat: 19 %, years: {2027: 0.13 EUR, 2028: 0.13 EUR}}]\n"),
              TERMS(HALF));
    assert_int_equal(d->plan.cost.total.cents, 30); /* 13 + 2.47 -> 15 twice; of the sum 26 + 4.94 -> 31 */
}

static void quantity_times_price_is_rounded_once(void **state)
{
    struct desk *d = *state;
    must_plan(d, PROJECT("costs: [{id: a, category: v, quantity: \"2,5\", price: \"0,33 EUR\"}]\n"), TERMS(HALF));
    assert_int_equal(d->plan.cost.total.cents, 83);
}

static void a_row_is_spread_over_the_months_it_touches(void **state)
{
    struct desk *d = *state;
    must_plan(d,
              HEAD PROFILE
              "period: {from: 2026-11-15, to: 2028-01-31}\n"
              "costs:\n  - {id: a, category: v, amount: \"100.000,01 EUR\", from: 2026-11-20, to: 2027-12-03}\n"
              "  - {id: b, category: v, amount: \"9.999,99 EUR\"}\n",
              TERMS(HALF));
    assert_int_equal(cents_in(d, cost_row(d, "a")->years, 2026), 1428572);
    assert_int_equal(cents_in(d, cost_row(d, "a")->years, 2027), 8571429);
    assert_int_equal(cents_in(d, cost_row(d, "b")->years, 2026), 133333);
    assert_int_equal(cents_in(d, cost_row(d, "b")->years, 2027), 799999);
    assert_int_equal(cents_in(d, cost_row(d, "b")->years, 2028), 66667);
    assert_adds_up(d);
}

static void of_equal_remainders_the_earlier_year_gets_the_cent(void **state)
{
    struct desk *d = *state;
    must_plan(d, HEAD PROFILE "period: {from: 2026-01-01, to: 2028-12-31}\n" COST("100,01 EUR"), TERMS(HALF));
    assert_int_equal(cents_in(d, cost_row(d, "a")->years, 2026), 3334);
    assert_int_equal(cents_in(d, cost_row(d, "a")->years, 2027), 3334);
    assert_int_equal(cents_in(d, cost_row(d, "a")->years, 2028), 3333);
}

static void a_row_follows_its_task_and_its_own_days_first(void **state)
{
    struct desk *d = *state;
    must_plan(d,
              HEAD PROFILE
              "period: {from: 2026-01-01, to: 2028-12-31}\ntasks: [{id: t, from: 2027-01-01, takes: 12 months}]\n"
              "costs:\n  - {id: task, category: v, amount: 12 EUR, task: t}\n  - {id: own, category: v, amount: 12 "
              "EUR, task: t, from: 2026-12-01}\n",
              TERMS(HALF));
    assert_int_equal(cents_in(d, cost_row(d, "task")->years, 2027), 1200);
    assert_int_equal(cents_in(d, cost_row(d, "own")->years, 2026), 92); /* one month of thirteen */
}

static void a_row_that_its_own_days_turn_around_is_a_fault(void **state)
{
    struct desk *d = *state;
    assert_int_equal(try_plan(d,
                              HEAD PROFILE "period: {from: 2026-01-01, to: 2026-12-31}\n"
                                           "costs: [{id: a, category: v, amount: 1 EUR, from: 2027-01-01}]\n",
                              TERMS(HALF), TODAY),
                     MW_INVALID);
    assert_true(diag_has(d, "bad-period", 6));
}

/* worked-examples.md section 5, and the cases of the shared set worked by hand. */
static void personnel_costs_what_the_tables_say(void **state)
{
    static const struct {
        const char *why, *text;
        int year;
        int64_t cents;
    } CASES[] = {
        { "a whole year with a raise and the yearly payment",
          STAFF("from: 2026-01-01, to: 2026-12-31", "employer_rate: 21.15 %"), 2026, 7788943 },
        { "half time: each month is rounded first",
          STAFF("from: 2026-01-01, to: 2026-12-31", "fte: 50 %, employer_rate: 21.15 %"), 2026, 3894479 },
        { "until 30 November: no yearly payment", STAFF("from: 2026-03-01, to: 2026-11-30", "employer_rate: 0 %"), 2026,
          4513939 },
        { "on 1 December: one month and a day, eight twelfths touched",
          STAFF("from: 2026-05-01, to: 2026-12-01", "employer_rate: 0 %"), 2026, 504603 * 7 + 16278 + 285942 },
        { "a month in parts is paid by days", STAFF("from: 2026-06-16, to: 2026-06-30", "employer_rate: 0 %"), 2026,
          252302 },
        { "no whole month at all: December as if it were whole",
          STAFF("from: 2026-11-16, to: 2026-12-15", "employer_rate: 0 %"), 2026, 252302 + 244163 + 71485 },
    };
    struct desk *d = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        clear_desk(d);
        add_tariff(d, TVOED);
        must_plan(d, CASES[i].text, TERMS(HALF));
        if (cents_in(d, cost_row(d, "a")->years, CASES[i].year) != CASES[i].cents)
            fail_msg("%s: %lld, want %lld", CASES[i].why,
                     (long long)cents_in(d, cost_row(d, "a")->years, CASES[i].year), (long long)CASES[i].cents);
    }
}

/* § 17 (1) TVöD: the step reached on 15 April is paid from 1 April. Tables: 1,000 and 1,200 a month. */
static void a_step_that_is_reached_is_paid_from_the_first_of_its_month(void **state)
{
    static const char STEPS[] = "tariff: tv\ntables: [{from: 2025-01-01, monthly: {E1: [1000, 1200]}}]\nstep_years: [1]\n";
#define STEPPING(fields)                                                                                               \
    HEAD PROFILE "period: {from: 2026-01-01, to: 2026-12-31}\ncosts: [{id: a, category: p, personnel: {tariff: tv, "   \
                 "group: E1, step: 1, employer_rate: 0 %" fields "}}]\n"
    static const struct {
        const char *text;
        int64_t cents;
    } CASES[] = {
        { STEPPING(""), 12 * 100000 }, /* nobody said since when: the step stays */
        { STEPPING(", step_since: 2025-04-15"), 3 * 100000 + 9 * 120000 },
        { STEPPING(", step_since: 2024-01-01"), 12 * 120000 },
        { STEPPING(", step_since: 2026-01-01"), 12 * 100000 },
    };
    struct desk *d = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        clear_desk(d);
        add_tariff(d, STEPS);
        must_plan(d, CASES[i].text, TERMS(HALF));
        assert_int_equal(cents_in(d, cost_row(d, "a")->years, 2026), CASES[i].cents);
    }
    clear_desk(d);
    add_tariff(d, STEPS);
    assert_int_equal(try_plan(d, STEPPING(", step_since: 2026-06-01"), TERMS(HALF), TODAY), MW_INVALID);
    assert_true(diag_has(d, "step-since-late", 6));
    clear_desk(d);
    add_tariff(d, "tariff: tv\ntables: [{from: 2025-01-01, monthly: {E1: [1000, 1200]}}]\n");
    assert_int_equal(try_plan(d, STEPPING(", step_since: 2025-06-01"), TERMS(HALF), TODAY), MW_INVALID);
    assert_true(diag_has(d, "no-step-years", 6));
}

static void pay_that_no_table_states_is_a_fault_not_zero(void **state)
{
    static const struct {
        const char *text, *code;
    } CASES[] = {
        { STAFF("from: 2025-03-01, to: 2026-12-31", ""), "no-pay-table" },
        { HEAD PROFILE "period: {from: 2026-01-01, to: 2026-12-31}\ncosts: [{id: a, category: p, personnel: {tariff: "
                       "tv, group: E9, step: 1}}]\n",
          "no-pay-group" },
        { HEAD PROFILE "period: {from: 2026-01-01, to: 2026-12-31}\ncosts: [{id: a, category: p, personnel: {tariff: "
                       "tv, group: E11, step: 4}}]\n",
          "no-pay-step" },
        { HEAD PROFILE "period: {from: 2026-01-01, to: 2026-12-31}\ncosts: [{id: a, category: p, personnel: {tariff: "
                       "x, group: E11, step: 3}}]\n",
          "no-tariff" },
    };
    struct desk *d = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        clear_desk(d);
        add_tariff(d, TVOED);
        assert_int_equal(try_plan(d, CASES[i].text, TERMS(HALF), TODAY), MW_INVALID);
        if (!diag_has(d, CASES[i].code, 6))
            fail_msg("%s: %s", CASES[i].code, all_diags(d));
    }
}

static void missing_employer_contributions_are_said(void **state)
{
    struct desk *d = *state;
    add_tariff(d, TVOED);
    must_plan(d, STAFF("from: 2026-05-01, to: 2026-05-31", ""), TERMS(HALF));
    assert_int_equal(d->plan.cost.total.cents, 504603);
    assert_non_null(finding(d, "employer-rate-missing"));
}

static void only_categories_that_count_are_eligible(void **state)
{
    struct desk *d = *state;
    must_plan(
        d,
        PROJECT(
            "costs:\n  - {id: a, category: v, amount: 80 EUR}\n  - {id: b, category: v, amount: 9 EUR, eligible: no}\n"
            "  - {id: c, category: sach, amount: 12 EUR}\n"),
        TERMS(HALF ", categories: [v]"));
    assert_int_equal(d->plan.cost.total.cents, 10100);
    assert_int_equal(d->plan.cost.eligible.cents, 8000);
    assert_int_equal(cost_row(d, "b")->eligible.cents, 0);
    assert_int_equal(cost_row(d, "c")->eligible.cents, 0);
}

static void caps_work_on_what_earlier_ones_left(void **state)
{
    struct desk *d = *state;
    must_plan(
        d,
        PROJECT("costs:\n  - {id: p, category: p, amount: 50000 EUR}\n  - {id: v, category: v, amount: 90000 EUR}\n"
                "  - {id: s, category: s, amount: 30000 EUR}\n  - {id: r, category: r, amount: 3500 EUR}\n"),
        TERMS(HALF ", caps: [{category: v, max: 80 %, of: [p]}, {category: s, max: 25 %, of: [p, v]}, {category: r, "
                   "max: 2000 EUR}]"));
    assert_int_equal(d->plan.cost.eligible.cents, 11450000);
    assert_int_equal(cost_row(d, "v")->eligible.cents, 9000000); /* a row's own is before caps */
}

static void a_cap_on_half_a_cent_is_rounded_commercially(void **state)
{
    struct desk *d = *state;
    must_plan(d,
              PROJECT("costs:\n  - {id: p, category: p, amount: \"10.000,05 EUR\"}\n  - {id: s, category: s, amount: "
                      "4000 EUR}\n"),
              TERMS("financing: anteil, rate: 100 %, caps: [{category: s, max: 30 %, of: [p]}]"));
    assert_int_equal(d->plan.cost.eligible.cents, 1300007);
}

static void flat_rates_stand_on_capped_bases_and_on_each_other(void **state)
{
    struct desk *d = *state;
    must_plan(
        d,
        PROJECT("costs:\n  - {id: p, category: p, amount: 60000 EUR}\n  - {id: s, category: s, amount: 25000 EUR}\n"),
        TERMS(HALF ", caps: [{category: s, max: 30 %, of: [p]}], "
                   "flat_rates: [{category: g, rate: 10 %, of: [p, s]}, {category: h, rate: 50 %, of: [g]}]"));
    assert_int_equal(cost_row(d, "g")->total.cents, 780000);
    assert_int_equal(cost_row(d, "h")->total.cents, 390000);
    assert_int_equal(d->plan.cost.eligible.cents, 6000000 + 1800000 + 780000 + 390000);
    assert_int_equal(d->plan.cost.total.cents, 8500000 + 780000 + 390000);
}

static void a_flat_rate_counts_though_its_category_does_not(void **state)
{
    struct desk *d = *state;
    must_plan(d, PROJECT(COST("6.170,50 EUR")),
              TERMS(HALF ", categories: [vergabe], flat_rates: [{category: g, rate: 15 %, of: [vergabe]}]"));
    assert_int_equal(cost_row(d, "g")->eligible.cents, 92558); /* 925.575: worked-examples.md O9 */
}

static void rows_that_a_flat_rate_stands_for_leave_the_plan(void **state)
{
    struct desk *d = *state;
    must_plan(
        d,
        PROJECT("costs:\n  - {id: p, category: p, amount: 100000 EUR}\n  - {id: s, category: s, amount: 60000 EUR}\n"),
        TERMS(
            "financing: anteil, rate: 40 %, flat_rates: [{category: rest, rate: 40 %, of: [p], instead_of: [s, r]}]"));
    assert_int_equal(d->plan.cost.total.cents, 14000000);
    assert_int_equal(d->plan.cost.rows.n, 2);
}

static void a_flat_rate_follows_the_years_of_its_eligible_base(void **state)
{
    struct desk *d = *state;
    must_plan(d,
              HEAD PROFILE "period: {from: 2027-01-01, to: 2028-12-31}\ncosts:\n  - {id: p, category: p, years: {2027: "
                           "100 EUR, 2028: 300 EUR}}\n"
                           "  - {id: n, category: p, years: {2027: 900 EUR}, eligible: no}\n",
              TERMS(HALF ", flat_rates: [{category: g, rate: 10 %, of: [p]}]"));
    assert_int_equal(cents_in(d, cost_row(d, "g")->years, 2027), 1000);
    assert_int_equal(cents_in(d, cost_row(d, "g")->years, 2028), 3000);
    assert_adds_up(d);
}

static void what_lies_above_eligible_max_is_cut(void **state)
{
    struct desk *d = *state;
    must_plan(d, PROJECT(COST("900000 EUR")), TERMS(HALF ", eligible: {max: 600000 EUR}"));
    assert_int_equal(d->plan.cost.capped.cents, 90000000);
    assert_int_equal(d->plan.cost.eligible.cents, 60000000);
}

static void sums_that_do_not_fit_are_a_fault_never_wrapped(void **state)
{
    static const char *const COSTS[] = {
        "costs:\n  - {id: a, category: v, amount: 92233720368547758 EUR}\n  - {id: b, category: v, amount: "
        "92233720368547758 EUR}\n",
        "costs: [{id: a, category: v, quantity: 999999999999, price: 92233720368547758 EUR}]\n",
        "costs: [{id: a, category: v, amount: 92233720368547758 EUR, vat: 19 %}]\n",
        "costs: [{id: a, category: v, years: {2027: 92233720368547758 EUR, 2028: 92233720368547758 EUR}, vat: 1 %}]\n",
        "costs: [{id: a, category: v, amount: 1 EUR}]\nfinancing:\n  - {id: k, kind: public, amount: 92233720368547758 "
        "EUR}\n"
        "  - {id: l, kind: public, amount: 92233720368547758 EUR}\n",
        "costs: [{id: a, category: v, amount: 1 EUR}]\nfinancing:\n  - {id: k, kind: public, amount: 92233720368547758 "
        "EUR}\n"
        "  - {id: l, kind: third, amount: 92233720368547758 EUR}\n",
    };
    struct desk *d = *state;
    char text[900];
    for (size_t i = 0; i < COUNT(COSTS); i++) {
        clear_desk(d);
        snprintf(text, sizeof text, "%s%s", PROJECT(), COSTS[i]);
        if (try_plan(d, text, TERMS(HALF ", own_share: {min: 5 %}"), TODAY) != MW_INVALID ||
            !diag_has(d, "too-large", 0))
            fail_msg("%s%s", COSTS[i], all_diags(d));
    }
}

static void the_largest_sum_of_all_is_still_exact(void **state)
{
    struct desk *d = *state;
    must_plan(d, PROJECT(COST("92233720368547758 EUR")),
              TERMS("financing: anteil, rate: 33 1/3 %, own_share: {min: 5 %}"));
    assert_true(d->plan.financing.grant.cents == INT64_C(9223372036854775800) / 3);
    assert_adds_up(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
        T(deductible_tax_is_no_cost),
        T(tax_is_rounded_in_each_year_of_a_row_with_years),
        T(quantity_times_price_is_rounded_once),
        T(a_row_is_spread_over_the_months_it_touches),
        T(of_equal_remainders_the_earlier_year_gets_the_cent),
        T(a_row_follows_its_task_and_its_own_days_first),
        T(a_row_that_its_own_days_turn_around_is_a_fault),
        T(personnel_costs_what_the_tables_say),
        T(a_step_that_is_reached_is_paid_from_the_first_of_its_month),
        T(pay_that_no_table_states_is_a_fault_not_zero),
        T(missing_employer_contributions_are_said),
        T(only_categories_that_count_are_eligible),
        T(caps_work_on_what_earlier_ones_left),
        T(a_cap_on_half_a_cent_is_rounded_commercially),
        T(flat_rates_stand_on_capped_bases_and_on_each_other),
        T(a_flat_rate_counts_though_its_category_does_not),
        T(rows_that_a_flat_rate_stands_for_leave_the_plan),
        T(a_flat_rate_follows_the_years_of_its_eligible_base),
        T(what_lies_above_eligible_max_is_cut),
        T(sums_that_do_not_fit_are_a_fault_never_wrapped),
        T(the_largest_sum_of_all_is_still_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
