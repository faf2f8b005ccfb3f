/* apply/plan/settlement.c and duties.c: what is left of the grant after the award, and what is due by when. */
#include "tests/plan.h"

#define PLAN_A                                                                                                         \
    "award: {date: 2026-10-01, eligible: 100000 EUR, grant: 60000 EUR, public: 15000 EUR, own: 25000 EUR,\n"           \
    "  categories: {personal: 40000 EUR, vergabe: 50000 EUR, reise: 10000 EUR}}\n"
#define ACTUAL(p, v, r, revenue)                                                                                       \
    PROJECT(COST("100000 EUR") PLAN_A "actual: {categories: {personal: " p " EUR, vergabe: " v " EUR, reise: " r       \
                                      " EUR}, revenue: " revenue " EUR}\n")

/* worked-examples.md R5 (ANBest-P 2.1): plan 100,000; grant 60,000; other grant 15,000; own 25,000. */
static void the_grant_falls_by_the_financing_type(void **state)
{
    static const char *const EDITIONS[] = { TERMS("financing: anteil, rate: 60 %"), TERMS("financing: fehlbedarf"),
                                            TERMS("financing: festbetrag, fixed: {amount: 60000 EUR}"),
                                            TERMS("financing: voll") };
    static const struct {
        const char *why, *project;
        int64_t grant[4];
    } CASES[] = {
        { "costs fall to 90,000", ACTUAL("36000", "45000", "9000", "0"), { 5400000, 5000000, 6000000, 5000000 } },
        { "new income of 5,000", ACTUAL("40000", "50000", "10000", "5000"), { 5700000, 5500000, 6000000, 5500000 } },
        { "costs rise to 110,000", ACTUAL("44000", "55000", "11000", "0"), { 6000000, 6000000, 6000000, 6000000 } },
        { "costs fall to 50,000", ACTUAL("20000", "25000", "5000", "0"), { 3000000, 1000000, 5000000, 1000000 } },
        { "costs and income rise by 5,000",
          ACTUAL("40000", "55000", "10000", "5000"),
          { 6000000, 6000000, 6000000, 6000000 } },
        { "nothing was spent", ACTUAL("0", "0", "0", "0"), { 0, 0, 0, 0 } },
    };
    struct desk *d = *state;
    for (size_t i = 0; i < COUNT(CASES); i++)
        for (size_t e = 0; e < COUNT(EDITIONS); e++) {
            clear_desk(d);
            must_plan(d, CASES[i].project, EDITIONS[e]);
            assert_true(d->plan.settlement.is);
            if (d->plan.settlement.grant.cents != CASES[i].grant[e] ||
                d->plan.settlement.reduction.cents != 6000000 - CASES[i].grant[e])
                fail_msg("%s, edition %zu: %lld", CASES[i].why, e, (long long)d->plan.settlement.grant.cents);
        }
}

/* One cent is saved: 0.6 of it, or all of it; in whole euros the next one below. What nothing reduces stays as awarded. */
static void what_is_left_is_rounded_like_the_grant(void **state)
{
    static const struct {
        const char *terms;
        int64_t grant;
    } CASES[] = {
        { TERMS("financing: anteil, rate: 60 %, rounding: down"), 5999999 },
        { TERMS("financing: anteil, rate: 60 %, rounding: commercial"), 5999999 },
        { TERMS("financing: anteil, rate: 60 %, rounding: euro_down"), 5999900 },
        { TERMS("financing: fehlbedarf, rounding: down"), 5999999 },
        { TERMS("financing: fehlbedarf, rounding: euro_down"), 5999900 },
        { TERMS("financing: voll, rounding: euro_down"), 5999900 },
        { TERMS("financing: festbetrag, fixed: {amount: 60000 EUR}, rounding: euro_down"), 6000000 },
        { TERMS("financing: festbetrag, fixed: {per_unit: 33.33 EUR, unit: Tag}, rounding: euro_down"), 333300 },
    };
    struct desk *d = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        clear_desk(d);
        must_plan(d,
                  PROJECT(COST("100000 EUR")
                              PLAN_A "actual: {categories: {personal: 40000 EUR, vergabe: 50000 EUR, "
                                     "reise: 9999.99 EUR}, units: 100}\n"),
                  CASES[i].terms);
        if (d->plan.settlement.grant.cents != CASES[i].grant)
            fail_msg("%s: %lld", CASES[i].terms, (long long)d->plan.settlement.grant.cents);
    }
}

/* Up to 500 EUR nothing happens, one cent more reduces by the whole; full financing knows no such sum. */
static void a_small_saving_is_spared(void **state)
{
    static const struct {
        const char *spent, *terms;
        int64_t grant;
        bool spared;
    } CASES[] = {
        { "9500", TERMS("financing: anteil, rate: 60 %, reduction_above: 500 EUR"), 6000000, true },
        { "9499.99", TERMS("financing: anteil, rate: 60 %, reduction_above: 500 EUR"), 5969999, false },
        { "9500", TERMS("financing: fehlbedarf, reduction_above: 500 EUR"), 6000000, true },
        { "9499.99", TERMS("financing: fehlbedarf, reduction_above: 500 EUR"), 5949999, false },
        { "9500", TERMS("financing: voll, reduction_above: 500 EUR"), 5950000, false },
        { "9500", TERMS("financing: anteil, rate: 60 %"), 5970000, false },
        { "10000", TERMS("financing: anteil, rate: 60 %, reduction_above: 500 EUR"), 6000000, false },
    };
    struct desk *d = *state;
    char project[800];
    for (size_t i = 0; i < COUNT(CASES); i++) {
        clear_desk(d);
        snprintf(project, sizeof project,
                 PROJECT(COST("100000 EUR") PLAN_A "actual: {categories: {personal: 40000 EUR, vergabe: 50000 EUR, reise: %s EUR}}\n"),
                 CASES[i].spent);
        must_plan(d, project, CASES[i].terms);
        if (d->plan.settlement.grant.cents != CASES[i].grant || d->plan.settlement.spared != CASES[i].spared)
            fail_msg("case %zu: %lld", i, (long long)d->plan.settlement.grant.cents);
    }
}

/* worked-examples.md R30 (Bavaria, schools): each full year takes an equal part off; nothing is left of it at the end. */
static void what_is_asked_back_falls_with_each_full_year(void **state)
{
    static const struct {
        const char *given_up, *binding, *grant;
        int64_t repay; /* -1: nothing is said */
        int years;
    } CASES[] = {
        { "2032-01-01", "binding: 12 years, misuse: yearly", "120000", 8000000, 4 },
        { "2031-01-01", "binding: 5 years, misuse: yearly", "10000", 400000, 3 },
        { "2031-11-30", "binding: 5 years, misuse: yearly", "10000", 400000, 3 },
        { "2031-12-31", "binding: 5 years, misuse: yearly", "10000", 400000, 3 },
        { "2027-06-01", "binding: 5 years, misuse: yearly", "10000", 1000000, 0 },
        { "2032-12-31", "binding: 5 years, misuse: yearly", "10000", 200000, 4 },
        { "2033-01-01", "binding: 5 years, misuse: yearly", "10000", -1, 0 },
        { "2031-01-01", "binding: 5 years, misuse: whole", "10000", 1000000, 3 },
        { "2031-01-01", "binding: 7 years, misuse: yearly", "0.01", 1, 3 },
        { "2031-01-01", "binding: 5 years", "10000", -1, 3 },
    };
    struct desk *d = *state;
    char project[600], terms[300];
    for (size_t i = 0; i < COUNT(CASES); i++) {
        clear_desk(d);
        snprintf(project, sizeof project, PROJECT(COST("120000 EUR") "award: {date: 2026-10-01, grant: %s EUR}\nactual: {misuse: %s}\n"), CASES[i].grant,
                 CASES[i].given_up);
        snprintf(terms, sizeof terms, TERMS("financing: anteil, rate: 100 %%, %s"), CASES[i].binding);
        must_plan(d, project, terms);
        const struct mw_misuse *m = &d->plan.misuse;
        if ((m->is && mw_eur_is(m->repayment) ? m->repayment.cents : -1) != CASES[i].repay || (m->is && m->years != CASES[i].years))
            fail_msg("%s, %s: %lld after %d years", CASES[i].given_up, CASES[i].binding, (long long)m->repayment.cents, m->years);
        assert_int_equal(finding(d, "purpose-given-up") != NULL, m->is);
    }
}

static void fewer_units_are_paid_fewer_times(void **state)
{
    struct desk *d = *state;
    must_plan(d,
              PROJECT("costs: [{id: w, category: v, quantity: 12, unit: Workshop, price: 3500 EUR}]\n"
                      "award: {date: 2026-10-01, eligible: 42000 EUR, grant: 12000 EUR, own: 30000 EUR}\n"
                      "actual: {categories: {v: 31500 EUR}, units: 9}\n"),
              TERMS("financing: festbetrag, fixed: {per_unit: 1000 EUR, unit: Workshop}"));
    assert_int_equal(d->plan.settlement.grant.cents, 900000);
    assert_int_equal(d->plan.financing.grant.cents, 1200000);
}

/* worked-examples.md R6 (ANBest-P 1.2). */
static void a_category_may_be_exceeded_by_a_fifth(void **state)
{
    static const struct {
        const char *why, *project, *terms;
        const char *category;
        int64_t over_bp;
        bool consent, total;
    } CASES[] = {
        { "+10 %", ACTUAL("35000", "55000", "10000", "0"), TERMS("financing: voll"), "vergabe", 1000, false, false },
        { "+24 %", ACTUAL("28000", "62000", "10000", "0"), TERMS("financing: voll"), "vergabe", 2400, true, false },
        { "+24 % where 30 % are free", ACTUAL("28000", "62000", "10000", "0"),
          TERMS("financing: voll, reallocation: 30 %"), "vergabe", 2400, false, false },
        { "exactly +20 %", ACTUAL("40000", "48000", "12000", "0"), TERMS("financing: voll"), "reise", 2000, false,
          false },
        { "a cent more", ACTUAL("40000", "47000", "12000.01", "0"), TERMS("financing: voll"), "reise", 2000, true,
          false },
        { "the total does not hold", ACTUAL("40000", "55000", "10000", "0"), TERMS("financing: voll"), "vergabe", 1000,
          false, true },
        { "a total of +5 % where own money may pay 10 %", ACTUAL("40000", "55000", "10000", "0"), TERMS("financing: voll, overrun: 10 %"),
          "vergabe", 1000, false, false },
        { "exactly +10 %", ACTUAL("44000", "55000", "11000", "0"), TERMS("financing: voll, overrun: 10 %"), "vergabe", 1000, false, false },
        { "a cent more than that", ACTUAL("44000", "55000", "11000.01", "0"), TERMS("financing: voll, overrun: 10 %"), "vergabe", 1000,
          false, true },
        { "below plan", ACTUAL("28000", "50000", "10000", "0"), TERMS("financing: voll"), "personal", 0, false, false },
    };
    struct desk *d = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        bool seen = false;
        clear_desk(d);
        must_plan(d, CASES[i].project, CASES[i].terms);
        for (size_t k = 0; k < d->plan.settlement.categories.n; k++) {
            const struct mw_category_use *use = MW_AT(d->plan.settlement.categories, struct mw_category_use, k);
            if (!mw_sv_eqz(use->category, CASES[i].category))
                continue;
            seen = true;
            if (use->over_bp != CASES[i].over_bp || use->needs_consent != CASES[i].consent)
                fail_msg("%s: %lld", CASES[i].why, (long long)use->over_bp);
        }
        assert_true(seen);
        assert_int_equal(finding(d, "consent-needed") != NULL, CASES[i].consent);
        assert_int_equal(finding(d, "total-exceeded") != NULL, CASES[i].total);
    }
}

static void a_category_that_nobody_planned_always_needs_consent(void **state)
{
    struct desk *d = *state;
    must_plan(d,
              PROJECT(COST("100 EUR") "award: {date: 2026-10-01, eligible: 100 EUR, grant: 60 EUR, categories: {v: 100 "
                                      "EUR, null: 0 EUR}}\n"
                                      "actual: {categories: {v: 90 EUR, neu: 5 EUR, null: 1 EUR}}\n"),
              TERMS("financing: voll"));
    assert_int_equal(d->plan.settlement.categories.n, 3);
    for (size_t k = 1; k < 3; k++)
        assert_true(MW_AT(d->plan.settlement.categories, struct mw_category_use, k)->needs_consent);
}

static void without_actual_costs_nothing_is_settled(void **state)
{
    struct desk *d = *state;
    must_plan(d, PROJECT(COST("100 EUR") PLAN_A "actual: {received: [{date: 2027-06-10}]}\n"),
              TERMS("financing: anteil, rate: 60 %"));
    assert_false(d->plan.settlement.is);
}

/* --- duties ------------------------------------------------------------------------------------------------------- */
static void assert_duties(const struct desk *d, const char *why, const char *want)
{
    struct mw_str s = MW_STR_INIT;
    for (size_t i = 0; i < d->plan.duties.n; i++) {
        const struct mw_duty *duty = MW_AT(d->plan.duties, struct mw_duty, i);
        mw_str_addf(&s, "%s%s ", i > 0 ? ", " : "", MW_DUTIES[duty->kind]);
        mw_day_iso(&s, duty->due);
    }
    if (strcmp(mw_str_z(&s), want) != 0)
        fail_msg("%s: %s\nwant: %s", why, mw_str_z(&s), want);
    mw_str_free(&s);
}

/* worked-examples.md section 7. */
static void duties_are_counted_from_the_day_after_the_period(void **state)
{
    static const struct {
        const char *why, *period, *edition, *want;
    } CASES[] = {
        { "interim before the last year, final half a year after", "from: 2026-05-01, to: 2027-10-31",
          "reports: {interim: 04-30, final: 6 months}", "interim_report 2027-04-30, final_report 2028-04-30" },
        { "no interim report within one year", "from: 2027-02-01, to: 2027-12-31", "reports: {interim: 04-30}", "" },
        { "30 September and six months", "from: 2029-01-01, to: 2029-09-30", "reports: {final: 6 months}",
          "final_report 2030-03-31" },
        { "weeks", "from: 2027-01-01, to: 2027-12-31", "reports: {final: 8 weeks}", "final_report 2028-02-25" },
        { "the binding period", "from: 2027-01-01, to: 2027-12-31", "binding: 10 years", "binding_end 2037-12-31" },
        { "a leap day in a year without", "from: 2027-01-01, to: 2029-12-31", "reports: {interim: 02-29}",
          "interim_report 2028-02-29, interim_report 2029-02-28" },
    };
    struct desk *d = *state;
    char project[500], terms[400];
    for (size_t i = 0; i < COUNT(CASES); i++) {
        clear_desk(d);
        snprintf(project, sizeof project, HEAD PROFILE "period: {%s}\n", CASES[i].period);
        snprintf(terms, sizeof terms, TERMS("financing: voll, %s"), CASES[i].edition);
        must_plan(d, project, terms);
        assert_duties(d, CASES[i].why, CASES[i].want);
    }
}

static void money_received_must_be_used_in_time(void **state)
{
    static const struct {
        const char *received, *within, *want;
        bool late;
    } CASES[] = {
        { "{date: 2026-06-10, used_until: 2026-07-22}", "6 weeks", "use_by 2026-07-22", false },
        { "{date: 2026-06-10, used_until: 2026-08-11}", "2 months", "use_by 2026-08-10", true },
        { "{date: 2026-12-31, used_until: 2027-02-28}", "2 months", "use_by 2027-02-28", false },
        { "{date: 2026-06-10, used_until: 2026-06-13}", "2 days", "use_by 2026-06-12", true },
    };
    struct desk *d = *state;
    char project[500], terms[300];
    for (size_t i = 0; i < COUNT(CASES); i++) {
        clear_desk(d);
        snprintf(project, sizeof project, PROJECT("actual: {received: [%s]}\n"), CASES[i].received);
        snprintf(terms, sizeof terms, TERMS("financing: voll, drawdown: {use_within: %s}"), CASES[i].within);
        must_plan(d, project, terms);
        assert_duties(d, CASES[i].received, CASES[i].want);
        assert_int_equal(finding(d, "used-too-late") != NULL, CASES[i].late);
    }
}

static void money_whose_use_nobody_noted_is_asked_about(void **state)
{
    struct desk *d = *state;
    must_plan(d, PROJECT("actual: {received: [{date: 2026-06-10}]}\n"),
              TERMS("financing: voll, drawdown: {use_within: 6 weeks}"));
    assert_int_equal(must_find(d, "use-unknown")->severity, MW_NOTE);
    assert_null(finding(d, "used-too-late"));
}

/* Where the limits are known (config/law), the duties go on for decades. */
static void a_duty_says_its_year_its_payment_or_its_manner(void **state)
{
    static const struct mw_receipt RECEIPT = { .amount = { 120000 } };
    static const struct {
        struct mw_duty duty;
        const char *says;
    } CASES[] = {
        { { .kind = MW_INTERIM_REPORT, .year = 2028 }, "Zwischennachweis 2028" },
        { { .kind = MW_USE_BY, .receipt = &RECEIPT }, ": 1.200,00 EUR, erhalten am 10.06.2028" },
        { { .kind = MW_PUBLICITY, .how = { "Logos des Landes", 16 } }, "hinzuweisen: Logos des Landes" },
        { { .kind = MW_PUBLICITY }, "hinzuweisen" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        MW_AUTO(mw_str_free) struct mw_str said = MW_STR_INIT;
        struct mw_receipt receipt = RECEIPT;
        struct mw_duty duty = CASES[i].duty;
        receipt.date = day("2028-06-10");
        duty.receipt = duty.receipt != NULL ? &receipt : NULL;
        mw_duty_say(&said, &duty, MW_DE);
        if (strstr(mw_str_z(&said), CASES[i].says) == NULL)
            fail_msg("%s: %s", CASES[i].says, mw_str_z(&said));
    }
}

static void duties_go_on_after_the_report(void **state)
{
    static const struct {
        const char *costs, *edition;
        enum mw_duty_kind kind;
        const char *due; /* NULL: no such duty */
    } CASES[] = {
        { "", "reports: {final: 6 months}", MW_CHANGES, "2027-12-31" },
        { "", "reports: {final: 6 months}", MW_RETENTION_END, "2033-06-30" },
        { "", "reports: {interim: 04-30}", MW_RETENTION_END, NULL },
        { "", "reports: {interim: 04-30}", MW_CHANGES, NULL },
        { "", "publicity: Logos", MW_PUBLICITY, "2027-01-01" },
        { "", "rate: 1 %", MW_PUBLICITY, NULL },
        { "costs: [{id: g, category: investition, quantity: 2, unit: Gerät, price: 800.01 EUR}]\n", "reports: {final: 6 months}",
          MW_INVENTORY, "2027-12-31" },
        { "costs: [{id: g, category: investition, quantity: 2, unit: Gerät, price: 800 EUR}]\n", "reports: {final: 6 months}",
          MW_INVENTORY, NULL },
        { "costs: [{id: g, category: vergabe, amount: 9000 EUR}]\n", "reports: {final: 6 months}", MW_INVENTORY, NULL },
    };
    struct desk *d = *state;
    char project[900], terms[600];
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_law law;
        struct mw_plan_opts opts = { .today = day(TODAY), .lang = MW_EN, .law = &law };
        struct mw_day due = MW_DAY_NONE;
        clear_desk(d);
        assert_int_equal(mw_law_load(&law, d->arena, "config/law", &d->diags), MW_OK);
        snprintf(project, sizeof project, "%s%s", PROJECT(""), CASES[i].costs);
        snprintf(terms, sizeof terms, TERMS("financing: voll, %s"), CASES[i].edition);
        must_plan(d, project, terms);
        assert_int_equal(mw_plan_make(&d->plan, d->arena, &d->project, &d->terms, &d->tariffs, &opts, &d->diags), MW_OK);
        for (size_t k = 0; k < d->plan.duties.n; k++)
            if (MW_AT(d->plan.duties, struct mw_duty, k)->kind == CASES[i].kind)
                due = MW_AT(d->plan.duties, struct mw_duty, k)->due;
        if (due.n != (CASES[i].due != NULL ? day(CASES[i].due).n : MW_DAY_NONE.n))
            fail_msg("%s, %s: %s", CASES[i].costs, CASES[i].edition, MW_DUTIES[CASES[i].kind]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
        cmocka_unit_test(a_duty_says_its_year_its_payment_or_its_manner),
        T(duties_go_on_after_the_report),
        T(the_grant_falls_by_the_financing_type),
        T(what_is_left_is_rounded_like_the_grant),
        T(a_small_saving_is_spared),
        T(what_is_asked_back_falls_with_each_full_year),
        T(fewer_units_are_paid_fewer_times),
        T(a_category_may_be_exceeded_by_a_fifth),
        T(a_category_that_nobody_planned_always_needs_consent),
        T(without_actual_costs_nothing_is_settled),
        T(duties_are_counted_from_the_day_after_the_period),
        T(money_received_must_be_used_in_time),
        T(money_whose_use_nobody_noted_is_asked_about),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
