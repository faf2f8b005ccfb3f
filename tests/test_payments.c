/* apply/plan: the de-minimis account, interest, money by month and calls for the grant. */
#include "tests/plan.h"

static const char LAW[] = "law: t\npoints: 5\nbase_rates:\n  - {from: 2025-01-01, rate: 1.27 %}\n  - {from: 2027-01-01, rate: 2.27 %}\n"
                          "limits:\n  - {id: de-minimis, from: 2024-01-01, until: 2030-12-31, amount: 300000 EUR, time: 3 years}\n";

static void plan_with_law(struct desk *d, const char *project, const char *terms, const char *today)
{
    struct mw_law *law = mw_arena_alloc(d->arena, sizeof *law);
    const struct mw_plan_opts opts = { .today = day(today), .lang = MW_EN, .law = law };
    if (mw_law_read(law, d->arena, read_yaml(d, "law.yaml", LAW), &d->diags) != MW_OK ||
        mw_project_read(&d->project, d->arena, read_yaml(d, "projekt.yaml", project), ".", &d->diags) != MW_OK ||
        mw_terms_read(&d->terms, d->arena, read_yaml(d, "terms.yaml", terms), &d->diags) != MW_OK ||
        mw_plan_make(&d->plan, d->arena, &d->project, &d->terms, &d->tariffs, &opts, &d->diags) != MW_OK)
        fail_msg("%s\n%s", all_diags(d), project);
}

/* --- de-minimis (R28 of the worked examples) -------------------------------------------------------------------------- */
#define AID "de_minimis:\n  - {date: 2024-03-10, amount: 120000 EUR}\n  - {date: 2025-12-01, amount: 100000 EUR}\n"
#define HUNDRED "financing: anteil, rate: 50 %, de_minimis: yes"

static void the_account_counts_three_years_back_from_the_award_day_by_day(void **state)
{
    static const struct {
        const char *why, *rest, *terms;
        int64_t received; /* -1: no account */
        bool refused;
    } CASES[] = {
        { "R28: both count", COST("200000 EUR") AID "award: {date: 2027-02-01}\n", TERMS(HUNDRED), 22000000, true },
        { "R28: the older one has left the window", COST("200000 EUR") AID "award: {date: 2027-03-11}\n", TERMS(HUNDRED), 10000000, false },
        { "the first day of the window counts", COST("200000 EUR") AID "award: {date: 2027-03-10}\n", TERMS(HUNDRED), 22000000, true },
        { "exactly the limit is allowed", COST("160000 EUR") AID "award: {date: 2027-02-01}\n", TERMS(HUNDRED), 22000000, false },
        { "one cent more is not", COST("160000,02 EUR") AID "award: {date: 2027-02-01}\n", TERMS(HUNDRED), 22000000, true },
        { "what was granted counts, not what is planned", COST("200000 EUR") AID "award: {date: 2027-02-01, grant: 80000 EUR}\n", TERMS(HUNDRED),
          22000000, false },
        { "another undertaking has its own account",
          COST("200000 EUR") "undertaking: Stadtwerke\nde_minimis: [{date: 2026-01-01, amount: 250000 EUR, undertaking: Bauhof GmbH}]\n",
          TERMS(HUNDRED), 0, false },
        { "before the award, the deadline is the day", COST("200000 EUR") AID "preparation: {deadline: 2027-03-11}\n", TERMS(HUNDRED), 10000000,
          false },
        { "other programmes have no account", COST("200000 EUR") AID, TERMS("financing: anteil, rate: 50 %"), -1, false },
    };
    struct desk *d = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        char project[1200];
        clear_desk(d);
        snprintf(project, sizeof project, PROJECT("%s"), CASES[i].rest);
        plan_with_law(d, project, CASES[i].terms, TODAY);
        const struct mw_aid *aid = &d->plan.aid;
        if (aid->is != (CASES[i].received >= 0) || (aid->is && aid->received.cents != CASES[i].received) ||
            (finding(d, "de-minimis-exceeded") != NULL) != CASES[i].refused)
            fail_msg("%s: %lld", CASES[i].why, (long long)aid->received.cents);
    }
}

static void an_account_that_nobody_stated_is_a_question(void **state)
{
    struct desk *d = *state;
    plan_with_law(d, PROJECT(COST("1000 EUR")), TERMS(HUNDRED), TODAY);
    assert_non_null(finding(d, "de-minimis-unknown"));
    clear_desk(d);
    plan_with_law(d, PROJECT(COST("1000 EUR") "de_minimis: []\n"), TERMS(HUNDRED), TODAY); /* nothing received: said */
    assert_null(finding(d, "de-minimis-unknown"));
    clear_desk(d);
    plan_with_law(d, PROJECT(COST("1000 EUR") "award: {date: 2031-01-01}\n"), TERMS(HUNDRED), TODAY); /* no limit is known then */
    assert_non_null(finding(d, "de-minimis-unknown"));
}

/* --- interest (R31) ----------------------------------------------------------------------------------------------------- */
#define PAID(fields) PROJECT(COST("100000 EUR") "award: {date: 2026-01-01, grant: 50000 EUR}\nactual: {received: [{" fields "}]}\n")
#define WEEKS "financing: anteil, rate: 50 %, drawdown: {use_within: 6 weeks}"

static void late_use_costs_five_points_above_the_base_rate(void **state)
{
    static const struct {
        const char *why, *project;
        int days; /* 0: no interest */
        int64_t cents;
        const char *finding;
    } CASES[] = {
        { "R31: 50,000 for 73 days at 6.27 %", PAID("date: 2026-06-10, amount: 50000 EUR, used_until: 2026-10-03"), 73, 62700, "used-too-late" },
        { "used on the last day", PAID("date: 2026-06-10, amount: 50000 EUR, used_until: 2026-07-22"), 0, 0, NULL },
        { "one day late", PAID("date: 2026-06-10, amount: 50000 EUR, used_until: 2026-07-23"), 1, 859, "used-too-late" },
        /* due 18.12.: 13 days at 6.27 %, then 10 days at 7.27 % */
        { "the base rate changes on the way", PAID("date: 2026-11-06, amount: 36500 EUR, used_until: 2027-01-10"), 23, 15421, "used-too-late" },
        { "a time before the table is not computed", PAID("date: 2024-01-01, amount: 50000 EUR, used_until: 2024-12-01"), 0, 0, "base-rate-unknown" },
        { "a table that ended long ago is said", PAID("date: 2028-01-01, amount: 50000 EUR, used_until: 2028-03-01"), 18, 17926, "base-rate-old" },
        { "no amount, no interest", PAID("date: 2026-06-10, used_until: 2026-10-03"), 0, 0, "used-too-late" },
    };
    struct desk *d = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        clear_desk(d);
        plan_with_law(d, CASES[i].project, TERMS(WEEKS), TODAY);
        const struct mw_list *l = &d->plan.interest;
        if (l->n != (CASES[i].days > 0))
            fail_msg("%s: %zu", CASES[i].why, l->n);
        if (l->n > 0 && (MW_AT(*l, struct mw_interest, 0)->days != CASES[i].days || MW_AT(*l, struct mw_interest, 0)->amount.cents != CASES[i].cents))
            fail_msg("%s: %d days, %lld", CASES[i].why, MW_AT(*l, struct mw_interest, 0)->days, (long long)MW_AT(*l, struct mw_interest, 0)->amount.cents);
        if (CASES[i].finding != NULL)
            must_find(d, CASES[i].finding);
    }
}

static void what_was_received_above_the_grant_that_stays_is_paid_back(void **state)
{
    struct desk *d = *state;
    plan_with_law(d, PROJECT(COST("100000 EUR") "award: {date: 2026-01-01, eligible: 100000 EUR, grant: 50000 EUR, own: 50000 EUR}\n"
                             "actual: {categories: {vergabe: 90000 EUR}, received: [{date: 2027-02-01, amount: 48000 EUR}]}\n"), TERMS(WEEKS), TODAY);
    assert_int_equal(d->plan.settlement.grant.cents, 4500000);
    assert_int_equal(d->plan.settlement.repayment.cents, 300000);
}

/* --- months --------------------------------------------------------------------------------------------------------------- */
#define MONTH(d_, i_) MW_AT((d_)->plan.months, struct mw_month, i_)

static void months_add_up_to_the_years_for_every_source(const struct desk *d)
{
    const struct mw_plan *p = &d->plan;
    for (size_t y = 0; y < p->years.n; y++) {
        struct mw_month sum = { 0 };
        int64_t grant = 0, own = 0, other = 0;
        for (size_t i = 0; i < p->months.n; i++) {
            const struct mw_month *m = MONTH(d, i);
            if (m->cost.cents != m->grant.cents + m->other.cents + m->own.cents)
                fail_msg("%d-%02d: sources and cost differ", m->year, m->month);
            if (m->year != p->years.first + (int)y)
                continue;
            sum.cost.cents += m->cost.cents, sum.grant.cents += m->grant.cents, sum.other.cents += m->other.cents, sum.own.cents += m->own.cents;
        }
        for (size_t i = 0; i < p->financing.rows.n; i++) {
            const struct mw_source_row *row = MW_AT(p->financing.rows, struct mw_source_row, i);
            *(row->kind == MW_S_GRANT ? &grant : row->kind == MW_S_OWN ? &own : &other) += row->years[y].cents;
        }
        if (sum.cost.cents != p->cost.years[y].cents || sum.grant.cents != grant || sum.own.cents != own || sum.other.cents != other)
            fail_msg("%zu: %lld %lld %lld %lld", y, (long long)sum.cost.cents, (long long)sum.grant.cents, (long long)sum.other.cents, (long long)sum.own.cents);
    }
}

static void the_grant_comes_with_the_other_means_or_after_them(void **state)
{
    struct desk *d = *state;
#define QUARTER HEAD PROFILE "period: {from: 2027-01-01, to: 2027-03-31}\ncosts: [{id: a, category: v, amount: 300 EUR}]\nfinancing: [{id: k, kind: own, amount: 150 EUR}]\n"
    plan_with_law(d, QUARTER, TERMS("financing: anteil, rate: 50 %"), TODAY);
    assert_int_equal(d->plan.months.n, 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(MONTH(d, i)->grant.cents, 5000);
    clear_desk(d);
    plan_with_law(d, QUARTER, TERMS("financing: fehlbedarf"), TODAY); /* ANBest-Gk Nr. 1.2.2 */
    assert_int_equal(MONTH(d, 0)->grant.cents, 0);
    assert_int_equal(MONTH(d, 1)->grant.cents, 5000);
    assert_int_equal(MONTH(d, 2)->grant.cents, 10000);
}

static void the_yearly_payment_falls_in_november(void **state)
{
    struct desk *d = *state;
    add_tariff(d, "tariff: tv\ntables: [{from: 2025-01-01, monthly: {E1: [1000]}}]\nspecial_payment: [{from: 2025-01-01, rate: 50 %}]\n");
    plan_with_law(d, HEAD PROFILE "period: {from: 2026-01-01, to: 2026-12-31}\ncosts: [{id: a, category: p, personnel: {tariff: tv, group: E1, step: 1, employer_rate: 20 %}}]\n",
                  TERMS("financing: anteil, rate: 50 %"), TODAY);
    for (size_t i = 0; i < 12; i++)
        assert_int_equal(MONTH(d, i)->cost.cents, i == 10 ? 180000 : 120000);
    months_add_up_to_the_years_for_every_source(d);
}

static void money_is_called_for_as_far_as_it_may_be_held(void **state)
{
    static const struct {
        const char *within;
        size_t n;
        int64_t first;
    } CASES[] = { { "6 weeks", 12, 5000 }, { "2 months", 6, 10000 }, { "4 weeks", 12, 5000 }, { "5 months", 3, 25000 }, { "1 years", 1, 60000 } };
    struct desk *d = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        char terms[300];
        int64_t sum = 0;
        clear_desk(d);
        snprintf(terms, sizeof terms, TERMS("financing: anteil, rate: 50 %%, drawdown: {use_within: %s}"), CASES[i].within);
        plan_with_law(d, PROJECT(COST("1200 EUR")), terms, TODAY);
        assert_int_equal(d->plan.drawdowns.n, CASES[i].n);
        for (size_t k = 0; k < d->plan.drawdowns.n; k++)
            sum += MW_AT(d->plan.drawdowns, struct mw_drawdown, k)->amount.cents;
        assert_int_equal(sum, d->plan.financing.grant.cents);
        assert_int_equal(MW_AT(d->plan.drawdowns, struct mw_drawdown, 0)->amount.cents, CASES[i].first);
        assert_int_equal(MW_AT(d->plan.drawdowns, struct mw_drawdown, 0)->date.n, day("2027-01-01").n);
    }
    clear_desk(d);
    plan_with_law(d, PROJECT(COST("1200 EUR")), TERMS("financing: anteil, rate: 50 %"), TODAY); /* unknown is no plan */
    assert_int_equal(d->plan.drawdowns.n, 0);
}

static void random_plans_have_months_that_add_up(void **state)
{
    static const char *const TYPES[] = { "anteil, rate: 37 %", "fehlbedarf, rate: 80 %", "voll", "festbetrag, fixed: {amount: 777 EUR}" };
    struct desk *d = *state;
    unsigned seed = 5;
    for (int round = 0; round < 1000; round++) {
        char project[1500], terms[300];
        clear_desk(d);
        snprintf(project, sizeof project,
                 HEAD PROFILE "period: {from: 2027-%02d-01, to: 2029-%02d-15}\ncosts:\n  - {id: a, category: v, amount: \"%d,%02d EUR\"}\n"
                 "  - {id: b, category: v, years: {2027: \"%d,%02d EUR\", 2028: 5 EUR}}\n  - {id: c, category: w, amount: \"%d,07 EUR\", from: 2028-%02d-03, to: 2028-12-31}\n"
                 "financing:\n  - {id: x, kind: third, amount: \"%d,%02d EUR\"}\n  - {id: y, kind: own, amount: \"%d,33 EUR\"}\n",
                 1 + rand_r(&seed) % 12, 1 + rand_r(&seed) % 12, rand_r(&seed) % 5000, rand_r(&seed) % 100, rand_r(&seed) % 900, rand_r(&seed) % 100,
                 rand_r(&seed) % 700, 1 + rand_r(&seed) % 12, rand_r(&seed) % 400, rand_r(&seed) % 100, rand_r(&seed) % 300);
        snprintf(terms, sizeof terms, TERMS("financing: %s, flat_rates: [{category: g, rate: 15 %%, of: [w]}], drawdown: {use_within: 2 months}"), TYPES[round % 4]);
        plan_with_law(d, project, terms, TODAY);
        months_add_up_to_the_years_for_every_source(d);
    }
}

#define T(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_account_counts_three_years_back_from_the_award_day_by_day),
        T(an_account_that_nobody_stated_is_a_question),
        T(late_use_costs_five_points_above_the_base_rate),
        T(what_was_received_above_the_grant_that_stays_is_paid_back),
        T(the_grant_comes_with_the_other_means_or_after_them),
        T(the_yearly_payment_falls_in_november),
        T(money_is_called_for_as_far_as_it_may_be_held),
        T(random_plans_have_months_that_add_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
