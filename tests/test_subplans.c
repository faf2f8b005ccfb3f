/* apply/plan/subplans.c: each partner's own plan, in one application and in one each. */
#include "tests/plan.h"

#define JOINT(mode, applicants)                                                                                        \
    HEAD "profile: {profile: t, title: T, summary: S., joint_mode: " mode ", applicants: [" applicants "]}\n"          \
         "period: {from: 2027-02-01, to: 2029-10-31}\n"
#define THREE "{name: A, population: 24500, budget: normal, lead: yes}, {name: B, population: 13100, budget: nothaushalt}, {name: C, population: 6200, budget: normal}"
#define COSTS                                                                                                          \
    "costs:\n  - {id: g, category: v, amount: 100000.01 EUR}\n  - {id: a, category: p, amount: 30000 EUR, partner: A}\n" \
    "  - {id: b, category: v, years: {2027: 7000.55 EUR, 2029: 3000 EUR}, vat: 19 %, partner: B}\n"                     \
    "financing: [{id: k, kind: public, amount: 10000 EUR}, {id: o, kind: own, years: {2027: 5000 EUR}}]\n"

static const struct mw_subplan *subplan(const struct desk *d, size_t i)
{
    return MW_AT(d->plan.subplans, struct mw_subplan, i);
}

/* Over the partners every year is that of the joint plan, over the years every partner's sum is his. */
static void assert_margins(const struct desk *d)
{
    const struct mw_plan *p = &d->plan;
    assert_int_equal(p->subplans.n, p->project->profile.applicants.n);
    for (size_t y = 0; y < p->years.n; y++) {
        int64_t cost = 0, grant = 0, own = 0, want_own = 0;
        for (size_t i = 0; i < p->subplans.n; i++) {
            const struct mw_subplan *s = subplan(d, i);
            own += s->own[y].cents;
            if (s->cost == NULL)
                continue;
            cost += s->cost[y].cents;
            grant += s->grant[y].cents;
            assert_int_equal(s->cost[y].cents, s->grant[y].cents + s->other[y].cents + s->own[y].cents);
        }
        for (size_t k = 1; k < p->financing.rows.n; k++)
            if (MW_AT(p->financing.rows, struct mw_source_row, k)->kind == MW_S_OWN)
                want_own += MW_AT(p->financing.rows, struct mw_source_row, k)->years[y].cents;
        if (subplan(d, 0)->cost != NULL)
            assert_int_equal(cost, p->cost.years[y].cents);
        if (subplan(d, 0)->plan != NULL)
            continue; /* grants are those of the single applications */
        if (subplan(d, 0)->cost != NULL)
            assert_int_equal(grant, MW_AT(p->financing.rows, struct mw_source_row, 0)->years[y].cents);
        assert_int_equal(own, want_own);
    }
    for (size_t i = 0; i < p->subplans.n; i++) {
        const struct mw_subplan *s = subplan(d, i);
        int64_t cost = 0, grant = 0, own = 0, cats = 0;
        for (size_t y = 0; y < p->years.n; y++) {
            own += s->own[y].cents;
            cost += s->cost != NULL ? s->cost[y].cents : 0;
            grant += s->cost != NULL ? s->grant[y].cents : 0;
        }
        assert_int_equal(own, s->sum.own.cents);
        if (s->cost == NULL)
            continue;
        assert_int_equal(cost, s->sum.cost.cents);
        assert_int_equal(grant, s->sum.grant.cents);
        for (size_t c = 0; c < s->categories.n; c++)
            cats += MW_AT(s->categories, struct mw_category, c)->total.cents;
        assert_int_equal(cats, s->sum.cost.cents);
    }
}

static void parts_of_one_application_keep_both_margins(void **state)
{
    static const char *const SHARINGS[] = { "sharing: {of: cost, key: population}\n", "sharing: {of: cost, key: equal}\n",
                                            "sharing: {of: own, key: base+population, base: 30 %}\n",
                                            "sharing: {of: cost, key: weights, weights: {A: 0, B: 1, C: 0.5}}\n" };
    static const char *const MODES[] = { "lead", "group", "entity" };
    struct desk *d = *state;
    char text[1500];
    for (size_t i = 0; i < COUNT(SHARINGS); i++)
        for (size_t m = 0; m < COUNT(MODES); m++) {
            clear_desk(d);
            snprintf(text, sizeof text, "%s%s%s%s%s", HEAD "profile: {profile: t, title: T, summary: S., joint_mode: ", MODES[m],
                     ", applicants: [" THREE "]}\nperiod: {from: 2027-02-01, to: 2029-10-31}\n", COSTS, SHARINGS[i]);
            must_plan(d, text, TERMS("financing: anteil, rate: 66.67 %, flat_rates: [{category: g, rate: 7 %, of: [p]}]"));
            assert_margins(d);
            for (size_t k = 0; k < d->plan.partners.n; k++)
                assert_int_equal(subplan(d, k)->sum.own.cents, MW_AT(d->plan.partners, struct mw_partner_row, k)->own.cents);
        }
}

static void who_applies_for_itself_has_its_own_rate(void **state)
{
    struct desk *d = *state;
    must_plan(d, JOINT("parallel", THREE) COSTS "sharing: {of: cost, key: equal}\n",
              TERMS("financing: anteil, rate: 50 %, rates: [{when: {budget: nothaushalt}, rate: 90 %}]"));
    assert_margins(d);
    static const int64_t OWN_ROWS[] = { 3000000, 833065 + 357000, 0 }; /* B: net and 19 % of each year */
    for (size_t i = 0; i < 3; i++) { /* a third of 100,000.01 each, cut year by year */
        int64_t apart = 3 * (subplan(d, i)->sum.cost.cents - OWN_ROWS[i]) - 10000001;
        assert_true(apart >= -9 && apart <= 9);
    }
    assert_int_equal(mw_share_bp(subplan(d, 0)->plan->financing.rate), 5000);
    assert_int_equal(mw_share_bp(subplan(d, 1)->plan->financing.rate), 9000);
    for (size_t i = 0; i < 3; i++) {
        const struct mw_subplan *s = subplan(d, i);
        assert_int_equal(s->sum.grant.cents, (int64_t)((mw_i128)s->sum.cost.cents * s->plan->financing.rate.num / s->plan->financing.rate.den));
    }
}

static void the_smallest_grant_holds_for_each_application(void **state)
{
    struct desk *d = *state;
    must_plan(d,
              JOINT("parallel", "{name: A, lead: yes}, {name: B}")
              "costs: [{id: a, category: v, amount: 50000 EUR, partner: A}, {id: b, category: v, amount: 9000 EUR, partner: B}]\n",
              TERMS("financing: anteil, rate: 50 %, grant: {max: 20000 EUR, min: 5000 EUR}"));
    assert_int_equal(subplan(d, 0)->sum.grant.cents, 2000000);
    assert_int_equal(subplan(d, 1)->sum.grant.cents, 0);
    assert_int_equal(must_find(d, "partner-grant-below-min")->severity, MW_ERROR);
}

static void random_parts_keep_both_margins(void **state)
{
    struct desk *d = *state;
    uint32_t seed = 77;
    for (int round = 0; round < 500; round++) {
        struct mw_str s = MW_STR_INIT;
        uint32_t n = 2 + roll(&seed, 5), rows = 1 + roll(&seed, 6);
        mw_str_addf(&s, HEAD "profile: {profile: t, title: T, summary: S., joint_mode: %s, applicants: [", MW_JOINT_MODES[roll(&seed, 4)]);
        for (uint32_t i = 0; i < n; i++)
            mw_str_addf(&s, "%s{name: P%u, population: %u, budget: %s}", i > 0 ? ", " : "", i, 1 + roll(&seed, 90000), MW_BUDGETS[roll(&seed, 4)]);
        mw_str_addz(&s, "]}\nperiod: {from: 2027-02-01, to: 2030-10-31}\ncosts:\n");
        for (uint32_t i = 0; i < rows; i++) {
            mw_str_addf(&s, "  - {id: r%u, category: k%u, amount: %u.%02u EUR, from: 202%u-03-01", i, roll(&seed, 3), roll(&seed, 90000), roll(&seed, 100),
                        7 + roll(&seed, 3));
            if (roll(&seed, 2) == 0)
                mw_str_addf(&s, ", partner: P%u", roll(&seed, n));
            mw_str_addz(&s, "}\n");
        }
        mw_str_addf(&s, "financing: [{id: k, kind: public, amount: %u EUR}]\nsharing: {of: %s, key: %s}\n", roll(&seed, 9000),
                    roll(&seed, 3) == 0 ? "own" : "cost", roll(&seed, 2) == 0 ? "population" : "equal");
        clear_desk(d);
        must_plan(d, mw_str_z(&s), TERMS("financing: anteil, rate: 61.3 %, rates: [{when: {budget: nothaushalt}, rate: 90 %}]"));
        assert_margins(d);
        mw_str_free(&s);
    }
}

static void one_applicant_needs_no_parts(void **state)
{
    struct desk *d = *state;
    must_plan(d, PROJECT(COST("10 EUR")), TERMS("financing: voll"));
    assert_int_equal(d->plan.subplans.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
        T(parts_of_one_application_keep_both_margins),
        T(who_applies_for_itself_has_its_own_rate),
        T(the_smallest_grant_holds_for_each_application),
        T(random_parts_keep_both_margins),
        T(one_applicant_needs_no_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
