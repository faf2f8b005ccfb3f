/* apply/plan/portfolio.c: several plans added up. */
#include "apply/plan/portfolio.h"

#include "tests/plan.h"

struct shelf {
    struct desk desks[3];
    struct mw_plan plans[3];
    struct mw_arena *arena;
    struct mw_portfolio sum;
    const struct mw_law *law;
};

static int open_shelf(void **state)
{
    struct shelf *s = calloc(1, sizeof *s);
    s->arena = mw_arena_new();
    for (size_t i = 0; i < COUNT(s->desks); i++)
        clear_desk(&s->desks[i]);
    *state = s;
    return 0;
}
static int close_shelf(void **state)
{
    struct shelf *s = *state;
    for (size_t i = 0; i < COUNT(s->desks); i++) {
        mw_diags_free(&s->desks[i].diags);
        mw_arena_free(s->desks[i].arena);
    }
    mw_arena_free(s->arena);
    free(s);
    return 0;
}
#define HALF TERMS("financing: anteil, rate: 50 %, reports: {final: 6 months}")
#define YEARS(id, period, rest) \
    "project: " id "\ntitle: T\nprogramme: p\n" PROFILE "period: {" period "}\n" rest

static void put(struct shelf *s, size_t i, const char *project)
{
    must_plan(&s->desks[i], project, HALF);
    s->plans[i] = s->desks[i].plan;
}
static enum mw_rc add_up(struct shelf *s, size_t n)
{
    return mw_portfolio_make(&s->sum, s->arena, s->plans, n, s->law, day(TODAY), NULL);
}
static int64_t own_in(const struct shelf *s, int year) { return s->sum.by_year[year - s->sum.years.first].own.cents; }

static void years_of_all_projects_are_added_up(void **state)
{
    struct shelf *s = *state;
    put(s, 0, YEARS("a", "from: 2028-01-01, to: 2029-12-31", "costs: [{id: a, category: v, years: {2028: 100 EUR, 2029: 300 EUR}}]\n"));
    put(s, 1, YEARS("b", "from: 2027-01-01, to: 2028-12-31", "costs: [{id: a, category: v, years: {2027: 50 EUR, 2028: 10 EUR}}]\n"
                                                             "financing: [{id: k, kind: third, amount: 6 EUR}]\n"));
    assert_int_equal(add_up(s, 2), MW_OK);
    assert_int_equal(s->sum.years.first, 2027);
    assert_int_equal(s->sum.years.n, 3);
    assert_int_equal(s->sum.total.cost.cents, 46000);
    assert_int_equal(s->sum.total.grant.cents, 23000);
    assert_int_equal(s->sum.total.other.cents, 600);
    assert_int_equal(own_in(s, 2029), 15000);
    for (size_t y = 0; y < s->sum.years.n; y++) {
        const struct mw_portfolio_sums *sums = &s->sum.by_year[y];
        assert_int_equal(sums->cost.cents, sums->grant.cents + sums->other.cents + sums->own.cents);
    }
}

/* Each town's part of a joint project and all of its own; the parts are those of the whole, to the cent. */
static void each_applicant_has_its_own_money_by_year(void **state)
{
    static const char JOINT[] = "project: j\ntitle: T\nprogramme: p\nprofile: {profile: t, title: T, summary: S., applicants: [{name: Stadt A, "
                                "type: kommune, land: NW, lead: yes}, {name: Stadt B, type: kommune}, {name: Stadt C, type: kommune}]}\n"
                                "period: {from: 2028-01-01, to: 2028-12-31}\n" COST("200 EUR") "sharing: {of: own, key: equal}\n";
    struct shelf *s = *state;
    int64_t sum = 0;
    put(s, 0, JOINT);
    put(s, 1, YEARS("b", "from: 2027-01-01, to: 2028-12-31", "costs: [{id: a, category: v, years: {2027: 50 EUR, 2028: 10 EUR}}]\n"));
    put(s, 2, YEARS("c", "from: 2027-01-01, to: 2027-12-31", COST("99 EUR") "status: rejected\n"));
    assert_int_equal(add_up(s, 3), MW_OK);
    assert_int_equal(s->sum.clients.n, 3);
    const struct mw_client *c = MW_AT(s->sum.clients, struct mw_client, 0);
    assert_sv(c[0].name, "Stadt A");
    assert_int_equal(c[0].own[0].cents, 2500);
    assert_int_equal(c[0].own[1].cents, 3334 + 500);
    assert_int_equal(c[1].own[1].cents, 3333);
    for (size_t i = 0; i < s->sum.clients.n; i++)
        sum += c[i].total.cents;
    assert_int_equal(sum, s->sum.total.own.cents);
}

static void rejected_and_closed_projects_do_not_count(void **state)
{
    struct shelf *s = *state;
    put(s, 0, YEARS("a", "from: 2027-01-01, to: 2027-12-31", COST("100 EUR") "status: rejected\n"));
    put(s, 1, YEARS("b", "from: 2027-01-01, to: 2027-12-31", COST("40 EUR") "status: closed\n"));
    put(s, 2, YEARS("c", "from: 2027-01-01, to: 2027-12-31", COST("2 EUR") "status: running\n"));
    assert_int_equal(add_up(s, 3), MW_OK);
    assert_int_equal(s->sum.n, 3);
    assert_int_equal(s->sum.total.cost.cents, 200);
    assert_int_equal(s->sum.dates.n, 2); /* begin and end of the one that runs */
}

static const char *dates_of(struct shelf *s)
{
    struct mw_str text = MW_STR_INIT;
    const char *z;
    for (size_t i = 0; i < s->sum.dates.n; i++) {
        const struct mw_portfolio_date *d = MW_AT(s->sum.dates, struct mw_portfolio_date, i);
        mw_day_iso(&text, d->day);
        mw_str_addf(&text, " %.*s %s; ", MW_SV_ARG(d->plan->project->id), MW_DATE_KINDS[d->kind]);
    }
    z = mw_arena_z(s->arena, mw_str_sv(&text));
    mw_str_free(&text);
    return z;
}

static void dates_from_today_on_stand_in_order(void **state)
{
    struct shelf *s = *state;
    put(s, 0, YEARS("a", "from: 2027-01-01, to: 2027-12-31",
                    "preparation: {deadline: 2026-12-18, steps: [{id: e, takes: 5 days}, {id: r, body: rat}, {id: s, takes: 1 day}]}\n"
                    "bodies: [{id: rat, dates: [2026-12-01]}]\n"));
    put(s, 1, YEARS("b", "from: 2026-01-01, to: 2026-12-31", "award: {date: 2025-12-01}\n"));
    assert_int_equal(add_up(s, 2), MW_OK);
    assert_string_equal(dates_of(s), "2026-12-01 a step; 2026-12-01 a sitting; 2026-12-18 a step; 2026-12-18 a deadline; 2026-12-31 b end; "
                                     "2027-01-01 a start; 2027-06-30 b duty; 2027-12-31 a end; ");
}

static void once_handed_in_the_way_to_the_application_is_past(void **state)
{
    struct shelf *s = *state;
    put(s, 0, YEARS("a", "from: 2027-01-01, to: 2027-12-31",
                    "preparation: {deadline: 2026-12-18, steps: [{id: e, takes: 5 days}]}\nstatus: submitted\n"));
    assert_int_equal(add_up(s, 1), MW_OK);
    assert_string_equal(dates_of(s), "2027-01-01 a start; 2027-12-31 a end; ");
}

static void sums_that_do_not_fit_are_a_fault(void **state)
{
    struct shelf *s = *state;
    put(s, 0, YEARS("a", "from: 2027-01-01, to: 2027-12-31", COST("92233720368547758 EUR")));
    put(s, 1, YEARS("b", "from: 2027-01-01, to: 2027-12-31", COST("92233720368547758 EUR")));
    assert_int_equal(add_up(s, 2), MW_INVALID);
}

/* --- staff, accounts, drawdowns ------------------------------------------------------------------------------------------ */
static void person_months_are_added_up_by_year(void **state)
{
    struct shelf *s = *state;
#define STAFF(fte) "costs: [{id: a, category: p, personnel: {tariff: tv, group: E1, step: 1, employer_rate: 0 %, fte: " fte "}}]\n"
    for (size_t i = 0; i < 2; i++)
        add_tariff(&s->desks[i], "tariff: tv\ntables: [{from: 2025-01-01, monthly: {E1: [1000]}}]\n");
    put(s, 0, YEARS("a", "from: 2027-11-15, to: 2028-06-30", STAFF("50 %")));
    put(s, 1, YEARS("b", "from: 2028-01-01, to: 2028-03-31", STAFF("33 1/3 %")));
    assert_int_equal(add_up(s, 2), MW_OK);
    assert_int_equal(mw_share_cmp(s->sum.staff[0], (struct mw_share){ 1, 1 }), 0); /* November, December: half each */
    assert_int_equal(mw_share_cmp(s->sum.staff[1], (struct mw_share){ 4, 1 }), 0); /* 6 halves and 3 thirds */
}

/* R28, seen from the Kreis: one account over all projects, the same aid in two files counts once. */
static void an_undertaking_has_one_account_over_all_projects(void **state)
{
    static const char LAW[] = "law: d\nlimits: [{id: de-minimis, from: 2024-01-01, amount: 300000 EUR, time: 3 years}]\n";
#define AIDED(id, rest) YEARS(id, "from: 2027-01-01, to: 2027-12-31", "undertaking: Stadtwerke\n" rest)
#define OLD "{date: 2024-03-10, amount: 120000 EUR}"
    struct shelf *s = *state;
    struct mw_law law = { 0 };
    assert_int_equal(mw_law_read(&law, s->arena, read_yaml(&s->desks[0], "law.yaml", LAW), &s->desks[0].diags), MW_OK);
    must_plan(&s->desks[0], AIDED("a", COST("100000 EUR") "de_minimis: [" OLD ", {date: 2020-01-01, amount: 99 EUR}]\n"),
              TERMS("financing: anteil, rate: 50 %, de_minimis: yes"));
    must_plan(&s->desks[1], AIDED("b", COST("100000 EUR") "de_minimis: [" OLD "]\naward: {date: 2026-05-01, grant: 40000 EUR}\n"),
              TERMS("financing: anteil, rate: 50 %, de_minimis: yes"));
    must_plan(&s->desks[2], AIDED("c", COST("100000 EUR") "de_minimis: [{date: 2026-01-01, amount: 7 EUR, undertaking: Bauhof}]\n"),
              TERMS("financing: anteil, rate: 50 %"));
    for (size_t i = 0; i < 3; i++)
        s->plans[i] = s->desks[i].plan;
    assert_int_equal(add_up(s, 3), MW_OK);
    assert_int_equal(s->sum.accounts.n, 0); /* no law, no limit */
    s->law = &law;
    assert_int_equal(add_up(s, 3), MW_OK);
    assert_int_equal(s->sum.accounts.n, 2);
    const struct mw_account *a = MW_AT(s->sum.accounts, struct mw_account, 0), *b = MW_AT(s->sum.accounts, struct mw_account, 1);
    assert_sv(a->undertaking, "Stadtwerke");
    assert_int_equal(a->received.cents, 12000000 + 4000000);
    assert_int_equal(a->asked.cents, 5000000);
    assert_int_equal(a->left.cents, 9000000);
    assert_sv(b->undertaking, "Bauhof");
    assert_int_equal(b->left.cents, 30000000 - 700);
}

static void money_is_called_for_only_where_it_was_granted(void **state)
{
    struct shelf *s = *state;
#define TWICE TERMS("financing: anteil, rate: 50 %, drawdown: {use_within: 6 months}")
    must_plan(&s->desks[0], YEARS("a", "from: 2027-01-01, to: 2027-12-31", COST("1200 EUR")), TWICE);
    must_plan(&s->desks[1], YEARS("b", "from: 2027-01-01, to: 2027-12-31", COST("1200 EUR") "award: {date: 2026-05-01}\n"), TWICE);
    for (size_t i = 0; i < 2; i++)
        s->plans[i] = s->desks[i].plan;
    assert_int_equal(add_up(s, 2), MW_OK);
    assert_string_equal(dates_of(s), "2027-01-01 a start; 2027-01-01 b start; 2027-01-01 b drawdown; 2027-07-01 b drawdown; 2027-12-31 a end; "
                                     "2027-12-31 b end; ");
    for (size_t i = 0; i < s->sum.dates.n; i++) {
        const struct mw_portfolio_date *d = MW_AT(s->sum.dates, struct mw_portfolio_date, i);
        assert_int_equal(d->amount.cents, d->kind == MW_DATE_DRAWDOWN ? 30000 : MW_EUR_NONE.cents);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, open_shelf, close_shelf)
        T(years_of_all_projects_are_added_up), T(each_applicant_has_its_own_money_by_year), T(rejected_and_closed_projects_do_not_count), T(dates_from_today_on_stand_in_order),
        T(once_handed_in_the_way_to_the_application_is_past), T(sums_that_do_not_fit_are_a_fault),
        T(person_months_are_added_up_by_year), T(an_undertaking_has_one_account_over_all_projects), T(money_is_called_for_only_where_it_was_granted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
