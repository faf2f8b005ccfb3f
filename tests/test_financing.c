/* apply/plan/financing.c: the grant to the cent, what limited it, and every source by year. */
#include "tests/plan.h"

#define PARTNERS(n)                                                                                                    \
    HEAD "profile: {profile: t, title: T, summary: S., applicants: [" n                                                \
         "]}\nperiod: {from: 2027-01-01, to: 2027-12-31}\n"
#define ONE "{name: G1, type: kommune, land: NW, lead: yes}"
#define TWO ONE ", {name: G2, type: kommune}"
#define FOUR TWO ", {name: G3, type: kommune}, {name: G4, type: kommune}"
#define POOR "{name: G1, type: kommune, land: NI, budget: haushaltssicherung, lead: yes}"
#define KFW                                                                                                            \
    "financing: anteil, rate: 75 %, rates: [{when: {budget: [haushaltssicherung, nothaushalt]}, rate: 90 %}], "        \
    "grant: {max: 400000 EUR, min: 5000 EUR}"
#define NRW "financing: festbetrag, rate: 90 %, fixed: {base: 175000 EUR, base_partners: 2, per_further: 35000 EUR}"
#define HESSEN "financing: festbetrag, fixed: {partners: {2: 50000 EUR, 3: 75000 EUR, 4: 100000 EUR}}"
#define KOFI "financing: fehlbedarf, own_share: {min: 15 %}, grant: {max: 500000 EUR, min: 25000 EUR}"
#define PUBLIC(sum) "financing: [{id: k, kind: public, amount: " sum "}]\n"
#define THIRD(sum) "financing: [{id: k, kind: third, amount: " sum "}]\n"

/* worked-examples.md; R and O name its lines. */
static void the_grant_is_that_of_the_worked_examples(void **state)
{
    static const struct {
        const char *why, *project, *edition;
        int64_t grant, own;
        const char *limited_by;
    } CASES[] = {
        { "O1 half of 10,000", PROJECT(COST("10000 EUR")), "financing: anteil, rate: 50 %", 500000, 500000, "rate" },
        { "O3 deficit: 10,000 less own 6,000",
          PROJECT(COST("10000 EUR") "financing: [{id: o, kind: own, amount: 6000 EUR}]\n"), "financing: fehlbedarf",
          400000, 600000, "gap" },
        { "O12 unpaid work is cost and source",
          PROJECT(COST("1160 EUR") "financing: [{id: e, kind: fictive, amount: 160 EUR}]\n"),
          "financing: anteil, rate: 85 %", 98600, 1400, "rate" },
        { "O12 never more than is paid",
          PROJECT(COST("4000 EUR") "financing: [{id: e, kind: fictive, amount: 1000 EUR}]\n"),
          "financing: anteil, rate: 90 %", 300000, 0, "over_funding" },
        { "R16 one cent below the cap", PROJECT(COST("533333,33 EUR")), KFW, 39999999, 13333334, "rate" },
        { "R16 at the cap", PROJECT(COST("533333,34 EUR")), KFW, 40000000, 13333334, "grant_max" },
        { "R18 below the smallest grant", PROJECT(COST("6000 EUR")), KFW, 0, 600000, "grant_min" },
        { "R18 exactly the smallest grant", PROJECT(COST("6666,67 EUR")), KFW, 500000, 166667, "rate" },
        { "R18 rounding does not help", PROJECT(COST("6666,66 EUR")), KFW ", rounding: commercial", 0, 666666,
          "grant_min" },
        { "R19 a third", PROJECT(COST("1,0 Mio. EUR") PUBLIC("\"333333,33 EUR\"")), "financing: anteil, rate: 33 1/3 %",
          33333333, 33333334, "rate" },
        { "R19 Haushaltsnotlage", PARTNERS(POOR) COST("1,0 Mio. EUR"),
          "financing: anteil, rate: 33 1/3 %, rates: [{when: {budget: haushaltssicherung}, rate: 45 %}]", 45000000,
          55000000, "rate" },
        { "R20 Verfügungsfonds", PROJECT(COST("10000 EUR") THIRD("5000 EUR")),
          "financing: anteil, rate: 50 %, public_share: {max: 45 %}", 450000, 50000, "public_share_max" },
        { "R21 alone", PROJECT(COST("180000 EUR")), HESSEN, 0, 18000000, "ineligible" },
        { "R21 two", PARTNERS(TWO) COST("180000 EUR"), HESSEN, 5000000, 13000000, "fixed" },
        { "R21 four", PARTNERS(FOUR) COST("180000 EUR"), HESSEN, 10000000, 8000000, "fixed" },
        { "R22 two", PARTNERS(TWO) COST("180000 EUR"), NRW, 16200000, 1800000, "rate" },
        { "R22 four", PARTNERS(FOUR) COST("300000 EUR"), NRW, 24500000, 5500000, "fixed" },
        { "R23 below the smallest cost", PROJECT(COST("4999,99 EUR")),
          "financing: festbetrag, fixed: {amount: 50000 EUR}, rate: 85 %, "
          "eligible: {min: 5000 EUR}",
          0, 499999, "ineligible" },
        { "R23 85 %", PROJECT(COST("40000 EUR")), "financing: festbetrag, fixed: {amount: 50000 EUR}, rate: 85 %",
          3400000, 600000, "rate" },
        { "R25 65 + 10 + 20 points", PARTNERS(POOR ", {name: G2, type: kommune}") COST("200000 EUR"),
          "financing: anteil, rate: 65 %, bonus: [{when: {joint: yes}, points: 10}, {when: {budget: "
          "[haushaltssicherung]}, points: 20}], "
          "rate_cap: 90 %",
          18000000, 2000000, "rate" },
        { "R26 top-up", PROJECT(COST("1000000 EUR") PUBLIC("600000 EUR")), KOFI, 25000000, 15000000, "own_share_min" },
        { "R26 Bagatelle", PROJECT(COST("1000000 EUR") PUBLIC("840000 EUR")), KOFI, 0, 16000000, "grant_min" },
        { "R27 exactly 20,000", PROJECT(COST("20000 EUR")), "financing: anteil, rate: 80 %, volume: {max: 20000 EUR}",
          1600000, 400000, "rate" },
        { "R27 one cent more", PROJECT(COST("20000,01 EUR")), "financing: anteil, rate: 80 %, volume: {max: 20000 EUR}",
          0, 2000001, "ineligible" },
        { "R27 under 20,000", PROJECT(COST("20000 EUR")),
          "financing: anteil, rate: 80 %, volume: {max: 20000 EUR, max_is: exclusive}", 0, 2000000, "ineligible" },
    };
    struct desk *d = *state;
    char terms[600];
    for (size_t i = 0; i < COUNT(CASES); i++) {
        clear_desk(d);
        snprintf(terms, sizeof terms, TERMS("%s"), CASES[i].edition);
        must_plan(d, CASES[i].project, terms);
        assert_adds_up(d);
        if (d->plan.financing.grant.cents != CASES[i].grant || d->plan.financing.own.cents != CASES[i].own ||
            strcmp(MW_LIMITS[d->plan.financing.limited_by], CASES[i].limited_by) != 0)
            fail_msg("%s: grant %lld, own %lld, %s", CASES[i].why, (long long)d->plan.financing.grant.cents,
                     (long long)d->plan.financing.own.cents, MW_LIMITS[d->plan.financing.limited_by]);
    }
}

static void every_rule_of_the_order_can_be_the_last(void **state)
{
    static const struct {
        const char *why, *sources, *edition;
        int64_t grant;
        const char *limited_by;
    } CASES[] = {
        { "a deficit is not above the rate", "", "financing: fehlbedarf, rate: 60 %", 6000000, "rate" },
        { "full financing knows no rate", "", "financing: voll, rate: 60 %", 10000000, "gap" },
        { "full financing takes what others leave", PUBLIC("30000 EUR"), "financing: voll", 7000000, "gap" },
        { "a deficit counts eligible.max as a limit", "", "financing: fehlbedarf, eligible: {max: 50000 EUR}", 5000000,
          "eligible_max" },
        { "a fixed sum below eligible.max is not touched", "",
          "financing: festbetrag, fixed: {amount: 10000 EUR}, eligible: {max: 50000 EUR}", 1000000, "fixed" },
        { "a fixed sum above it is", "",
          "financing: festbetrag, fixed: {amount: 60000 EUR}, eligible: {max: 50000 EUR}", 5000000, "eligible_max" },
        { "a fixed sum is not above the cost", "", "financing: festbetrag, fixed: {amount: 200000 EUR}", 10000000,
          "fixed" },
        { "a donation is no own cash", THIRD("15000 EUR"), "financing: anteil, rate: 80 %, own_share: {min: 10 %}",
          7500000, "own_share_min" },
        { "others may not over-fund", PUBLIC("40000 EUR"), "financing: anteil, rate: 70 %", 6000000, "over_funding" },
        { "when others pay all, nothing is left", PUBLIC("140000 EUR"), "financing: anteil, rate: 70 %", 0,
          "over_funding" },
        { "own share, then public share",
          "financing: [{id: k, kind: public, amount: 15000 EUR}, {id: s, kind: third, amount: 5000 EUR}]\n",
          "financing: anteil, rate: 80 %, own_share: {min: 5 %}, public_share: {max: 88 %}", 7300000,
          "public_share_max" },
        { "a limit that does not bite is not named", "", "financing: anteil, rate: 50 %, grant: {max: 50000 EUR}",
          5000000, "rate" },
        { "nothing to lower: grant.min does not follow", PUBLIC("140000 EUR"),
          "financing: anteil, rate: 70 %, grant: {min: 5000 EUR}", 0, "over_funding" },
        { "an own share above the whole leaves nothing", "", "financing: anteil, rate: 80 %, own_share: {min: 120 %}",
          0, "own_share_min" },
        { "a rate above the whole is the whole", "", "financing: anteil, rate: 120 %", 10000000, "rate" },
        { "per unit", "", "financing: festbetrag, fixed: {per_unit: 1000 EUR, unit: Workshop}", 0, "fixed" },
    };
    struct desk *d = *state;
    char terms[600], project[900];
    for (size_t i = 0; i < COUNT(CASES); i++) {
        clear_desk(d);
        snprintf(terms, sizeof terms, TERMS("%s"), CASES[i].edition);
        snprintf(project, sizeof project, "%s%s", PROJECT(COST("100000 EUR")), CASES[i].sources);
        must_plan(d, project, terms);
        assert_adds_up(d);
        if (d->plan.financing.grant.cents != CASES[i].grant ||
            strcmp(MW_LIMITS[d->plan.financing.limited_by], CASES[i].limited_by) != 0)
            fail_msg("%s: grant %lld, %s", CASES[i].why, (long long)d->plan.financing.grant.cents,
                     MW_LIMITS[d->plan.financing.limited_by]);
    }
}

static void units_are_those_of_eligible_rows(void **state)
{
    struct desk *d = *state;
    must_plan(d,
              PROJECT("costs:\n  - {id: w, category: v, quantity: 10.5, unit: Workshop, price: 2000 EUR}\n"
                      "  - {id: x, category: v, quantity: 2, unit: Workshop, price: 500 EUR, eligible: no}\n"
                      "  - {id: i, category: v, quantity: 15, unit: Interview, price: 200 EUR}\n"),
              TERMS("financing: festbetrag, fixed: {per_unit: 800 EUR, unit: Workshop}"));
    assert_int_equal(d->plan.financing.grant.cents, 840000);
}

static void the_first_condition_that_holds_gives_the_rate(void **state)
{
    static const struct {
        const char *lead;
        int64_t bp;
    } CASES[] = {
        { "{name: A, type: kommune, land: HE, budget: haushaltssicherung, lead: yes}, {name: B}", 8000 },
        { "{name: A, type: kommune, land: HE, budget: haushaltssicherung, lead: yes}", 5000 },
        { "{name: A, type: kommune, land: HE, budget: nothaushalt, lead: yes}", 9500 },
        { "{name: A, type: kreis, land: BY, budget: normal, lead: yes}", 4000 },
        { "{name: A, type: kommune, land: BY, lead: yes}, {name: B, budget: nothaushalt}",
          7000 }, /* the lead's budget decides */
        { "{name: A, budget: normal}, {name: B, type: kreis, land: BY, budget: nothaushalt, lead: yes}", 9500 },
    };
    struct desk *d = *state;
    char project[700];
    for (size_t i = 0; i < COUNT(CASES); i++) {
        clear_desk(d);
        snprintf(project, sizeof project, PARTNERS("%s") "%s", CASES[i].lead, COST("1000 EUR"));
        must_plan(
            d, project,
            TERMS("financing: anteil, rate: 50 %, rates: [{when: {budget: [nothaushalt]}, rate: 95 %}, "
                  "{when: {budget: haushaltssicherung, joint: yes}, rate: 80 %}, {when: {joint: yes}, rate: 70 %}, "
                  "{when: {type: [kreis, verband], land: [BY, BW], joint: no}, rate: 40 %}]"));
        if (mw_share_bp(d->plan.financing.rate) != CASES[i].bp)
            fail_msg("%s: %lld", CASES[i].lead, (long long)mw_share_bp(d->plan.financing.rate));
    }
}

static void a_rate_is_never_above_the_whole(void **state)
{
    struct desk *d = *state;
    must_plan(d, PARTNERS(TWO) COST("1000 EUR"),
              TERMS("financing: anteil, rate: 95 %, bonus: [{when: {joint: yes}, points: 20}]"));
    assert_int_equal(mw_share_bp(d->plan.financing.rate), 10000);
    assert_int_equal(d->plan.financing.grant.cents, 100000);
}

static void the_grant_is_rounded_once_by_the_rule_of_the_terms(void **state)
{
    static const struct {
        const char *rounding;
        int64_t grant;
    } CASES[] = {
        { "down", 802468 },
        { "commercial", 802469 },
        { "euro_down", 802400 },
    };
    struct desk *d = *state;
    char terms[300];
    for (size_t i = 0; i < COUNT(CASES); i++) {
        clear_desk(d);
        snprintf(terms, sizeof terms, TERMS("financing: anteil, rate: 65 %%, rounding: %s"), CASES[i].rounding);
        must_plan(d, PROJECT(COST("12.345,67 EUR")), terms); /* 8024.6855 */
        assert_int_equal(d->plan.financing.grant.cents, CASES[i].grant);
    }
}

static void each_rule_that_lowers_leaves_a_step(void **state)
{
    struct desk *d = *state;
    const struct mw_list *steps = &d->plan.financing.steps;
    must_plan(d, PROJECT(COST("900000 EUR") PUBLIC("200000 EUR")),
              TERMS("financing: anteil, rate: 75 %, eligible: {max: 600000 EUR}, grant: {max: 400000 EUR}, own_share: "
                    "{min: 50 %}"));
    assert_int_equal(steps->n, 4);
    for (size_t i = 1; i < steps->n; i++) {
        assert_int_equal(MW_AT(*steps, struct mw_grant_step, i)->before.cents,
                         MW_AT(*steps, struct mw_grant_step, i - 1)->after.cents);
        assert_true(MW_AT(*steps, struct mw_grant_step, i)->after.cents <
                    MW_AT(*steps, struct mw_grant_step, i)->before.cents);
    }
    assert_int_equal(MW_AT(*steps, struct mw_grant_step, 3)->after.cents, d->plan.financing.grant.cents);
    assert_sv(MW_AT(*steps, struct mw_grant_step, 0)->formula, "75 % of eligible 900,000.00 EUR");
}

static void sources_with_years_come_first_then_the_others_then_the_grant(void **state)
{
    struct desk *d = *state;
    const struct mw_list *rows = &d->plan.financing.rows;
    must_plan(d,
              HEAD PROFILE "period: {from: 2027-01-01, to: 2028-12-31}\ncosts: [{id: a, category: v, years: {2027: 100 "
                           "EUR, 2028: 300 EUR}}]\n"
                           "financing:\n  - {id: later, kind: third, amount: 40 EUR}\n  - {id: fixed, kind: public, "
                           "years: {2027: 80 EUR}}\n",
              TERMS("financing: anteil, rate: 50 %"));
    assert_int_equal(cents_in(d, MW_AT(*rows, struct mw_source_row, 2)->years, 2027), 8000);
    assert_int_equal(cents_in(d, MW_AT(*rows, struct mw_source_row, 1)->years, 2027), 250);  /* 40 x 20/320 */
    assert_int_equal(cents_in(d, MW_AT(*rows, struct mw_source_row, 0)->years, 2027), 1250); /* 200 x 17.50/280 */
    assert_int_equal(cents_in(d, MW_AT(*rows, struct mw_source_row, 3)->years, 2027), 500);
    assert_adds_up(d);
}

static void own_rows_of_the_project_are_part_of_the_own_money(void **state)
{
    struct desk *d = *state;
    must_plan(d,
              PROJECT("costs:\n  - {id: a, category: v, amount: 90000 EUR}\n  - {id: f, category: v, amount: 10000 "
                      "EUR, eligible: no}\n"
                      "financing: [{id: eigen, kind: own, amount: 25000 EUR}]\n"),
              TERMS("financing: fehlbedarf"));
    assert_int_equal(d->plan.financing.grant.cents, 6500000);
    assert_int_equal(d->plan.financing.own.cents, 3500000);
    assert_int_equal(MW_AT(d->plan.financing.rows, struct mw_source_row, 2)->total.cents, 1000000);
}

static void terms_without_a_rate_give_no_grant_but_say_so(void **state)
{
    struct desk *d = *state;
    must_plan(d, PROJECT(COST("1000 EUR")), TERMS("financing: anteil"));
    assert_int_equal(d->plan.financing.grant.cents, 0);
    assert_non_null(finding(d, "grant-unknown"));
}

static void a_project_without_costs_has_an_empty_plan(void **state)
{
    struct desk *d = *state;
    must_plan(d, PROJECT("financing: [{id: k, kind: public, amount: 5 EUR}]\n"),
              TERMS("financing: anteil, rate: 50 %"));
    assert_int_equal(d->plan.financing.grant.cents, 0);
    assert_int_equal(d->plan.financing.own.cents, -500);
    assert_non_null(finding(d, "sources-exceed-costs"));
    assert_adds_up(d);
}

/* --- properties --------------------------------------------------------------------------------------------------- */
static void random_costs(struct mw_str *s, uint32_t *seed)
{
    static const char *const CATEGORIES[] = { "personal", "vergabe", "sach", "reise" };
    uint32_t n = 1 + roll(seed, 5);
    mw_str_addz(s, "costs:\n");
    for (uint32_t i = 0; i < n; i++) {
        mw_str_addf(s, "  - {id: r%u, category: %s, %s", i, CATEGORIES[roll(seed, 4)],
                    roll(seed, 5) == 0 ? "eligible: no, " : "");
        if (roll(seed, 3) == 0)
            mw_str_addf(s, "years: {2027: %u.%02u EUR, 2029: %u.%02u EUR}", roll(seed, 90000), roll(seed, 100),
                        roll(seed, 90000), roll(seed, 100));
        else
            mw_str_addf(s, "amount: %u.%02u EUR, from: 202%u-%02u-15", roll(seed, 200000), roll(seed, 100),
                        7 + roll(seed, 3), 1 + roll(seed, 12));
        mw_str_addf(s, "%s}\n", roll(seed, 2) == 0 ? ", vat: 19 %" : "");
    }
}

static void random_sources(struct mw_str *s, uint32_t *seed)
{
    uint32_t n = roll(seed, 4);
    if (n > 0)
        mw_str_addz(s, "financing:\n");
    for (uint32_t i = 0; i < n; i++) {
        mw_str_addf(s, "  - {id: s%u, kind: %s, ", i, MW_SOURCE_KINDS[roll(seed, 5)]);
        if (roll(seed, 3) == 0)
            mw_str_addf(s, "years: {2027: %u.%02u EUR, 2028: %u EUR}}\n", roll(seed, 9000), roll(seed, 100),
                        roll(seed, 9000));
        else
            mw_str_addf(s, "amount: %u.%02u EUR}\n", roll(seed, 30000), roll(seed, 100));
    }
}

static void random_terms(struct mw_str *s, uint32_t *seed)
{
    static const char *const KINDS[] = { "anteil", "fehlbedarf", "festbetrag, fixed: {amount: 41234.56 EUR}", "voll" };
    static const char *const ROUND[] = { "down", "commercial", "euro_down" };
    mw_str_addf(s, "programme: p\ntitle: P\neditions:\n  - {id: e, financing: %s, rate: %u.%02u %%, rounding: %s",
                KINDS[roll(seed, 4)], 20 + roll(seed, 80), roll(seed, 100), ROUND[roll(seed, 3)]);
    if (roll(seed, 2) == 0)
        mw_str_addf(s, ", own_share: {min: %u.5 %%}", roll(seed, 30));
    if (roll(seed, 2) == 0)
        mw_str_addf(s, ", public_share: {max: %u 2/3 %%}", 50 + roll(seed, 49));
    if (roll(seed, 3) == 0)
        mw_str_addf(s, ", grant: {max: %u.%02u EUR, min: %u EUR}", 50000 + roll(seed, 90000), roll(seed, 100),
                    roll(seed, 20000));
    if (roll(seed, 3) == 0)
        mw_str_addf(s, ", eligible: {max: %u.%02u EUR}", 10000 + roll(seed, 300000), roll(seed, 100));
    if (roll(seed, 3) == 0)
        mw_str_addf(s, ", categories: [personal, vergabe], caps: [{category: vergabe, max: %u %%, of: [personal]}]",
                    roll(seed, 100));
    if (roll(seed, 3) == 0)
        mw_str_addf(s, ", flat_rates: [{category: pausch, rate: %u.%u %%, of: [personal, sach]}]", roll(seed, 40),
                    roll(seed, 10));
    mw_str_addz(s, "}\n");
}

/* Looks at the finished plan only: every limit of the terms holds, with cross-multiplied integers of its own. */
static void assert_limits_hold(const struct desk *d, const char *text)
{
    const struct mw_edition *e = d->plan.edition;
    const struct mw_financing_plan *f = &d->plan.financing;
    mw_i128 eligible = d->plan.cost.eligible.cents, g = f->grant.cents,
            others = (mw_i128)f->public_money.cents + f->third.cents + f->revenue.cents;
    bool good = g >= 0;
    if (g > 0) {
        /* Commercial rounding may lift the exact grant by at most half a cent: shares are checked with that much room.
         */
        mw_i128 room = e->rounding == MW_COMMERCIAL ? 1 : 0;
        good = good && g + others <= eligible && g + others + f->fictive.cents <= d->plan.cost.total.cents;
        good = good && (!mw_eur_is(e->grant.max) || g <= e->grant.max.cents);
        good = good && (!mw_share_is(e->public_share_max) ||
                        2 * (g + f->public_money.cents) * e->public_share_max.den <=
                            2 * eligible * e->public_share_max.num + room * e->public_share_max.den);
        good = good &&
               (!mw_share_is(e->own_share_min) ||
                2 * (eligible - g - others - f->fictive.cents) * e->own_share_min.den + room * e->own_share_min.den >=
                    2 * eligible * e->own_share_min.num);
        good =
            good && (e->financing == MW_VOLL || 2 * g * f->rate.den <= 2 * eligible * f->rate.num + room * f->rate.den);
        good = good && (e->rounding == MW_EURO_DOWN || !mw_eur_is(e->grant.min) || g >= e->grant.min.cents);
    }
    if (!good)
        fail_msg("a limit is broken: grant %lld of eligible %lld\n%s", (long long)g, (long long)eligible, text);
}

/* The grant once more, by a reader of FORMATS.md who knows nothing of grant.c: the smallest of all bounds as a fraction on one
 * denominator, the smallest grant, one rounding. */
static int64_t grant_by_hand(const struct desk *d)
{
    const struct mw_edition *e = d->plan.edition;
    const struct mw_cost_plan *cost = &d->plan.cost;
    mw_i128 pub = 0, third = 0, revenue = 0, own = 0, fictive = 0, eligible = cost->eligible.cents, num[12], den[12], n = 0, d0;
    struct mw_share rate = e->rate;
    for (size_t i = 0; i < d->project.financing.n; i++) {
        const struct mw_source *s = MW_AT(d->project.financing, struct mw_source, i);
        *(s->kind == MW_S_PUBLIC ? &pub : s->kind == MW_S_THIRD ? &third : s->kind == MW_S_REVENUE ? &revenue : s->kind == MW_S_OWN ? &own : &fictive) += s->amount.cents;
    }
#define BOUND(num_, den_) (num[n] = (num_), den[n] = (den_), n++)
    mw_i128 others = pub + third + revenue;
    if (e->financing != MW_VOLL)
        BOUND(eligible * rate.num, rate.den);
    if (e->financing == MW_FEHLBEDARF)
        BOUND(eligible - own - others, 1);
    if (e->financing == MW_FESTBETRAG)
        BOUND(e->fixed.amount.cents, 1);
    BOUND(eligible - others, 1);
    BOUND(cost->total.cents - others - fictive, 1);
    if (mw_eur_is(e->grant.max))
        BOUND(e->grant.max.cents, 1);
    if (mw_share_is(e->own_share_min)) /* own cash that pays eligible expenditure */
        BOUND((eligible - others - fictive) * e->own_share_min.den - eligible * e->own_share_min.num, e->own_share_min.den);
    if (mw_share_is(e->public_share_max))
        BOUND(eligible * e->public_share_max.num - pub * e->public_share_max.den, e->public_share_max.den);
#undef BOUND
    int best = 0;
    for (int i = 1; i < (int)n; i++)
        best = num[i] * den[best] < num[best] * den[i] ? i : best;
    mw_i128 g = num[best];
    d0 = den[best];
    if (g <= 0 || (mw_eur_is(e->grant.min) && g < e->grant.min.cents * d0))
        return 0;
    if (e->rounding == MW_COMMERCIAL)
        return (int64_t)((2 * g + d0) / (2 * d0));
    return e->rounding == MW_EURO_DOWN ? (int64_t)(g / (100 * d0)) * 100 : (int64_t)(g / d0);
}

static void ten_thousand_random_plans_add_up_and_keep_their_limits(void **state)
{
    struct desk *d = *state;
    uint32_t seed = 2026;
    int paid = 0;
    for (int i = 0; i < 10000; i++) {
        struct mw_str project = MW_STR_INIT, terms = MW_STR_INIT;
        clear_desk(d);
        mw_str_addz(&project, HEAD PROFILE "period: {from: 2027-01-10, to: 2029-12-20}\n");
        random_costs(&project, &seed);
        random_sources(&project, &seed);
        random_terms(&terms, &seed);
        must_plan(d, mw_str_z(&project), mw_str_z(&terms));
        assert_adds_up(d);
        assert_limits_hold(d, mw_str_z(&project));
        if (d->plan.financing.grant.cents != grant_by_hand(d))
            fail_msg("grant %lld, by hand %lld\n%s%s", (long long)d->plan.financing.grant.cents, (long long)grant_by_hand(d),
                     mw_str_z(&project), mw_str_z(&terms));
        paid += d->plan.financing.grant.cents > 0;
        mw_str_free(&project);
        mw_str_free(&terms);
    }
    assert_true(paid > 5000); /* the generator makes real plans, not only refused ones */
}

static void the_formula_of_a_fixed_sum_says_how_it_comes_about(void **state)
{
#define PAIR(costs)                                                                                                    \
    HEAD "profile: {profile: t, title: T, summary: S., applicants: [{name: A, lead: yes}, {name: B}]}\n"               \
         "period: {from: 2027-01-01, to: 2027-12-31}\n" costs
    static const struct { const char *edition, *costs, *formula; } CASES[] = {
        { "fixed: {amount: 500 EUR}", COST("1000 EUR"), "fixed sum 500.00 EUR" },
        { "fixed: {amount: 5000 EUR}", COST("1000 EUR"), "fixed sum 5,000.00 EUR, not above the eligible 1,000.00 EUR" },
        { "fixed: {partners: {2: 500 EUR, 3: 700 EUR}}", COST("1000 EUR"), "fixed sum 500.00 EUR for 2 partners" },
        { "fixed: {base: 175 EUR, base_partners: 2, per_further: 35 EUR}", COST("1000 EUR"), "fixed sum 175.00 EUR for 2 partners" },
        { "fixed: {per_unit: 10 EUR, unit: Workshop}", "costs: [{id: a, category: v, quantity: 2.5, unit: Workshop, price: 100 EUR}]\n",
          "2.5 Workshop x 10.00 EUR" },
    };
    struct desk *d = *state;
    char terms[300], project[600];
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        clear_desk(d);
        snprintf(terms, sizeof terms, TERMS("financing: festbetrag, %s"), CASES[i].edition);
        snprintf(project, sizeof project, PAIR("%s"), CASES[i].costs);
        must_plan(d, project, terms);
        struct mw_sv formula = MW_AT(d->plan.financing.steps, struct mw_grant_step, 0)->formula;
        if (!mw_sv_eqz(formula, CASES[i].formula))
            fail_msg("\"%.*s\", not \"%s\"", MW_SV_ARG(formula), CASES[i].formula);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
        T(the_formula_of_a_fixed_sum_says_how_it_comes_about),
        T(the_grant_is_that_of_the_worked_examples),
        T(every_rule_of_the_order_can_be_the_last),
        T(units_are_those_of_eligible_rows),
        T(the_first_condition_that_holds_gives_the_rate),
        T(a_rate_is_never_above_the_whole),
        T(the_grant_is_rounded_once_by_the_rule_of_the_terms),
        T(each_rule_that_lowers_leaves_a_step),
        T(sources_with_years_come_first_then_the_others_then_the_grant),
        T(own_rows_of_the_project_are_part_of_the_own_money),
        T(terms_without_a_rate_give_no_grant_but_say_so),
        T(a_project_without_costs_has_an_empty_plan),
        T(ten_thousand_random_plans_add_up_and_keep_their_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
