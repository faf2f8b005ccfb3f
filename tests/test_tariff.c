/* lib/model/tariff: pay tables. */
#include "lib/model/tariff.h"

#include "tests/plan.h"

static const char TARIFF[] =
    "tariff: haus\ntitle: Haustarif\ntables:\n"
    "  - from: 2026-05-01\n    monthly: {E11: [4269.64, 4669.92], E9b: [3000.00]}\n"
    "  - from: 2025-04-01\n    monthly:\n      E11: [4153.35, 4542.72]\n"
    "special_payment:\n  - {from: 2026-01-01, rate: 85 %}\n  - {from: 2024-01-01, rates: {E11: 70.28 %}}\n";

static enum mw_rc read_tariff(struct desk *d, struct mw_tariff *t, const char *text)
{
    const struct mw_node *map = read_yaml(d, "tariff.yaml", text);
    return map == NULL ? MW_INVALID : mw_tariff_read(t, d->arena, map, &d->diags);
}

static void the_table_that_began_last_counts(void **state)
{
    static const struct {
        const char *group;
        int step;
        const char *on;
        int64_t cents;
    } CASES[] = {
        { "E11", 1, "2025-04-01", 415335 },
        { "E11", 2, "2026-04-30", 454272 },
        { "E11", 2, "2026-05-01", 466992 },
        { "E9b", 1, "2030-01-01", 300000 },
    };
    struct desk *d = *state;
    struct mw_tariff t;
    if (read_tariff(d, &t, TARIFF) != MW_OK)
        fail_msg("%s", all_diags(d));
    for (size_t i = 0; i < COUNT(CASES); i++)
        assert_int_equal(mw_tariff_pay(&t, mw_sv(CASES[i].group), CASES[i].step, day(CASES[i].on)).cents,
                         CASES[i].cents);
}

static void what_is_not_in_the_tables_is_not_zero(void **state)
{
    static const struct {
        const char *why, *group;
        int step;
        const char *on;
    } CASES[] = {
        { "a month before the first table", "E11", 1, "2025-03-31" },
        { "a group that is not there yet", "E9b", 1, "2026-04-01" },
        { "a group that nobody has", "E99", 1, "2026-05-01" },
        { "a step beyond the last", "E11", 3, "2026-05-01" },
        { "step 0", "E11", 0, "2026-05-01" },
        { "a step below zero", "E11", -1, "2026-05-01" },
    };
    struct desk *d = *state;
    struct mw_tariff t;
    assert_int_equal(read_tariff(d, &t, TARIFF), MW_OK);
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (mw_eur_is(mw_tariff_pay(&t, mw_sv(CASES[i].group), CASES[i].step, day(CASES[i].on))))
            fail_msg("%s", CASES[i].why);
}

static void the_special_payment_is_that_of_the_first_of_december(void **state)
{
    struct desk *d = *state;
    struct mw_tariff t;
    bool stated;
    assert_int_equal(read_tariff(d, &t, TARIFF), MW_OK);
    assert_int_equal(mw_share_bp(mw_tariff_special(&t, MW_SV("E11"), 2025, &stated)), 7028);
    assert_int_equal(mw_share_bp(mw_tariff_special(&t, MW_SV("E11"), 2026, &stated)), 8500);
    assert_int_equal(mw_share_bp(mw_tariff_special(&t, MW_SV("E1"), 2026, &stated)),
                     8500); /* one rate for all groups */
}

static void a_group_without_special_rate_differs_from_a_year_without(void **state)
{
    struct desk *d = *state;
    struct mw_tariff t;
    bool stated = false;
    assert_int_equal(read_tariff(d, &t, TARIFF), MW_OK);
    assert_false(mw_share_is(mw_tariff_special(&t, MW_SV("E9b"), 2025, &stated)));
    assert_true(stated);
    assert_false(mw_share_is(mw_tariff_special(&t, MW_SV("E11"), 2023, &stated)));
    assert_false(stated);
}

/* Stufenlaufzeit: one year in step 1, two in step 2, three in step 3; the group E9 ends with step 3. */
static void a_step_rises_with_the_years_and_never_beyond_the_group(void **state)
{
    static const char STEPS[] = "tariff: t\ntables: [{from: 2020-01-01, monthly: {E11: [1, 2, 3, 4], E9: [1, 2, 3]}}]\nstep_years: [1, 2, 3]\n";
    static const struct {
        const char *why, *group;
        int step;
        const char *since, *on;
        int want;
    } CASES[] = {
        { "the day before the year is full", "E11", 1, "2024-03-15", "2025-03-14", 1 },
        { "the day on which it is full", "E11", 1, "2024-03-15", "2025-03-15", 2 },
        { "one year and two make three", "E11", 1, "2024-03-15", "2027-03-15", 3 },
        { "from the middle", "E11", 2, "2024-03-15", "2026-03-15", 3 },
        { "the last step of the group is the end", "E9", 1, "2010-01-01", "2030-01-01", 3 },
        { "since a later day: as given", "E11", 2, "2027-01-01", "2026-01-01", 2 },
        { "29 February has its year full on the 28th", "E11", 1, "2024-02-29", "2025-02-28", 2 },
        { "a group that nobody has stays as it is", "E99", 1, "2010-01-01", "2030-01-01", 1 },
    };
    struct desk *d = *state;
    struct mw_tariff t;
    if (read_tariff(d, &t, STEPS) != MW_OK)
        fail_msg("%s", all_diags(d));
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (mw_tariff_step_on(&t, mw_sv(CASES[i].group), CASES[i].step, day(CASES[i].since), day(CASES[i].on)) != CASES[i].want)
            fail_msg("%s", CASES[i].why);
}

static void faults_are_said_with_their_line(void **state)
{
    static const struct {
        const char *text, *code;
        unsigned line;
    } CASES[] = {
        { "tariff: t\ntables:\n  - from: 2026-01-01\n    monthly: {E1: 3000}\n", "bad-steps", 4 },
        { "tariff: t\ntables:\n  - {from: 2026-01-01, monthly: {E1: [1]}}\n  - {from: 2026-01-01, monthly: {E1: "
          "[2]}}\n",
          "day-twice", 4 },
        { "tariff: t\ntables: [{from: 2026-01-01, monthly: {E1: [1]}}]\nspecial_payment:\n  - {from: 2026-01-01}\n",
          "no-rate", 4 },
        { "tariff: t\ntables: [{from: 2026-01-01, monthly: {E1: [1, 2]}}]\nstep_years: [0]\n", "bad-step-years", 3 },
    };
    struct desk *d = *state;
    struct mw_tariff t;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        clear_desk(d);
        assert_int_equal(read_tariff(d, &t, CASES[i].text), MW_INVALID);
        if (!diag_has(d, CASES[i].code, CASES[i].line))
            fail_msg("%s: %s", CASES[i].code, all_diags(d));
    }
}

static void pay_that_is_no_money_is_a_fault(void **state)
{
    struct desk *d = *state;
    struct mw_tariff t;
    assert_int_equal(read_tariff(d, &t, "tariff: t\ntables: [{from: 2026-01-01, monthly: {E1: [viel, 3000.00]}}]\n"),
                     MW_INVALID);
}

/* Our own file agrees with what is published second-hand (domain/worked-examples.md, section 5). */
static void the_tvoed_table_is_that_of_the_worked_example(void **state)
{
    struct desk *d = *state;
    struct mw_tariff t;
    if (mw_tariff_find(&t, d->arena, NULL, "rules", MW_SV("tvoed-vka"), NULL, &d->diags) != MW_OK)
        fail_msg("%s", all_diags(d));
    assert_int_equal(mw_tariff_pay(&t, MW_SV("E11"), 3, day("2024-03-01")).cents, 476562);
    assert_int_equal(mw_tariff_pay(&t, MW_SV("E11"), 3, day("2026-04-01")).cents, 490859);
    assert_int_equal(mw_tariff_pay(&t, MW_SV("E11"), 3, day("2026-05-01")).cents, 504603);
}

static void an_unknown_tariff_is_said_at_its_place(void **state)
{
    struct desk *d = *state;
    struct mw_tariff t;
    const struct mw_pos at = { "projekt.yaml", 12, 5 };
    assert_int_equal(mw_tariff_find(&t, d->arena, NULL, "rules", MW_SV("tv-x"), &at, &d->diags), MW_NOT_FOUND);
    assert_true(diag_has(d, "no-tariff", 12));
    assert_non_null(strstr(all_diags(d), "there: tvoed-vka"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
        T(the_table_that_began_last_counts),
        T(what_is_not_in_the_tables_is_not_zero),
        T(the_special_payment_is_that_of_the_first_of_december),
        T(a_group_without_special_rate_differs_from_a_year_without),
        T(a_step_rises_with_the_years_and_never_beyond_the_group),
        T(faults_are_said_with_their_line),
        T(pay_that_is_no_money_is_a_fault),
        T(the_tvoed_table_is_that_of_the_worked_example),
        T(an_unknown_tariff_is_said_at_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
