/* apply/plan/findings.c and edition.c: what a plan says is wrong, and which edition it is computed by. */
#include "tests/plan.h"

#define ANTEIL "financing: anteil, rate: 50 %"

struct finding_case {
    const char *why, *project, *edition, *code;
    int severity; /* -1: must not be found */
};
static void assert_findings(struct desk *d, const struct finding_case *cases, size_t n)
{
    char terms[600];
    for (size_t i = 0; i < n; i++) {
        clear_desk(d);
        snprintf(terms, sizeof terms, TERMS("%s"), cases[i].edition);
        must_plan(d, cases[i].project, terms);
        const struct mw_finding *f = finding(d, cases[i].code);
        if ((f == NULL ? -1 : (int)f->severity) != cases[i].severity)
            fail_msg("%s: %s is %d", cases[i].why, cases[i].code, f == NULL ? -1 : (int)f->severity);
        if (f != NULL && (f->msg.n == 0 || (f->pos.file == NULL && f->rule.file == NULL)))
            fail_msg("%s: a finding without words or place", cases[i].why);
    }
}

static void the_project_must_not_begin_before_it_may(void **state)
{
#define BEGINS(day, rest) HEAD PROFILE "period: {from: " day ", to: 2027-12-31}\n" rest
#define DEADLINE "preparation: {deadline: 2027-03-31}\n"
#define AWARD "award: {date: 2027-02-15}\n"
#define STARTED(value)                                                                                                 \
    HEAD "profile: {profile: t, title: T, summary: S., started: " value ", applicants: [{name: A}]}\n"                 \
         "period: {from: 2027-04-01, to: 2027-12-31}\n"
    static const struct finding_case CASES[] = {
        { "on the day of the award", BEGINS("2027-02-15", AWARD), ANTEIL ", start: before_forbidden",
          "start-before-approval", -1 },
        { "the day before it", BEGINS("2027-02-14", AWARD), ANTEIL ", start: before_forbidden", "start-before-approval",
          MW_ERROR },
        { "a task the day before it", BEGINS("2027-02-15", AWARD "tasks: [{id: a, from: 2027-02-14, takes: 1 day}]\n"),
          ANTEIL ", start: before_forbidden", "start-before-approval", MW_ERROR },
        { "on the deadline", BEGINS("2027-03-31", DEADLINE), ANTEIL ", start: before_forbidden",
          "start-before-approval", MW_ERROR },
        { "the day after it", BEGINS("2027-04-01", DEADLINE), ANTEIL ", start: before_forbidden",
          "start-before-approval", -1 },
        { "on the deadline where receipt is enough", BEGINS("2027-03-31", DEADLINE), ANTEIL ", start: from_receipt",
          "start-before-approval", -1 },
        { "before it", BEGINS("2027-03-30", DEADLINE), ANTEIL ", start: from_receipt", "start-before-approval",
          MW_ERROR },
        { "on request: a warning", BEGINS("2027-03-15", DEADLINE), ANTEIL ", start: on_request",
          "start-before-approval", MW_WARNING },
        { "free", BEGINS("2020-03-15", DEADLINE), ANTEIL ", start: free", "start-before-approval", -1 },
        { "today", BEGINS("2026-11-22", ""), ANTEIL ", start: before_forbidden", "start-before-approval", -1 },
        { "yesterday", BEGINS("2026-11-21", ""), ANTEIL ", start: before_forbidden", "start-before-approval",
          MW_ERROR },
        { "the terms say nothing: no error", BEGINS("2026-11-21", ""), ANTEIL, "start-before-approval", -1 },
        { "but a note", BEGINS("2026-11-21", ""), ANTEIL, "start-unknown", MW_NOTE },
        { "begun already", STARTED("yes"), ANTEIL ", start: before_forbidden", "start-before-approval", MW_ERROR },
        { "begun on a day", STARTED("2026-10-01"), ANTEIL ", start: before_forbidden", "start-before-approval",
          MW_ERROR },
        { "not begun", STARTED("no"), ANTEIL ", start: before_forbidden", "start-before-approval", -1 },
    };
    assert_findings(*state, CASES, COUNT(CASES));
}

static void time_and_money_lie_within_the_period(void **state)
{
    static const struct finding_case CASES[] = {
        { "sixty months", HEAD PROFILE "period: {from: 2027-01-01, to: 2031-12-31}\n",
          ANTEIL ", duration: {max: 60 months}", "duration-exceeded", -1 },
        { "a day more", HEAD PROFILE "period: {from: 2027-01-01, to: 2032-01-01}\n",
          ANTEIL ", duration: {max: 60 months}", "duration-exceeded", MW_ERROR },
        { "five years", HEAD PROFILE "period: {from: 2027-01-01, to: 2032-01-01}\n",
          ANTEIL ", duration: {max: 5 years}", "duration-exceeded", MW_ERROR },
        { "a task too early", PROJECT("tasks: [{id: a, from: 2026-12-31, takes: 1 day}]\n"), ANTEIL,
          "task-outside-period", MW_ERROR },
        { "a task too late", PROJECT("tasks: [{id: a, from: 2027-12-31, takes: 2 days}]\n"), ANTEIL,
          "task-outside-period", MW_ERROR },
        { "a task to the end", PROJECT("tasks: [{id: a, from: 2027-12-31, takes: 1 day}]\n"), ANTEIL,
          "task-outside-period", -1 },
        { "money in a later year", PROJECT("costs: [{id: a, category: v, years: {2027: 1 EUR, 2028: 1 EUR}}]\n"),
          ANTEIL, "cost-outside-period", MW_ERROR },
        { "no money in a later year", PROJECT("costs: [{id: a, category: v, years: {2027: 1 EUR, 2028: 0 EUR}}]\n"),
          ANTEIL, "cost-outside-period", -1 },
        { "a row that begins early", PROJECT("costs: [{id: a, category: v, amount: 1 EUR, from: 2026-12-31}]\n"),
          ANTEIL, "cost-outside-period", MW_ERROR },
    };
    assert_findings(*state, CASES, COUNT(CASES));
}

static void conditions_of_the_terms_are_checked(void **state)
{
    static const struct finding_case CASES[] = {
        { "volume above", PROJECT(COST("10,01 EUR")), ANTEIL ", volume: {max: 10 EUR}", "volume-out-of-range",
          MW_ERROR },
        { "volume below", PROJECT(COST("9,99 EUR")), ANTEIL ", volume: {min: 10 EUR}", "volume-out-of-range",
          MW_ERROR },
        { "volume within", PROJECT(COST("10 EUR")), ANTEIL ", volume: {min: 10 EUR, max: 10 EUR}",
          "volume-out-of-range", -1 },
        { "eligible below", PROJECT(COST("9,99 EUR")), ANTEIL ", eligible: {min: 10 EUR}", "eligible-below-min",
          MW_ERROR },
        { "a smallest grant above the largest is never paid", PROJECT(COST("10 EUR")),
          ANTEIL ", grant: {min: 6 EUR, max: 3 EUR}", "grant-below-min", MW_ERROR },
        { "grant below", PROJECT(COST("10 EUR")), ANTEIL ", grant: {min: 6 EUR}", "grant-below-min", MW_ERROR },
        { "an ineligible project is not also below the smallest grant", PROJECT(COST("10 EUR")),
          ANTEIL ", grant: {min: 6 EUR}, volume: {max: 5 EUR}", "grant-below-min", -1 },
        { "too few partners", PROJECT(COST("10 EUR")), ANTEIL ", partners: {min: 2}", "partners-too-few", MW_ERROR },
        { "too few for a fixed sum", PROJECT(COST("10 EUR")),
          "financing: festbetrag, fixed: {base: 5 EUR, base_partners: 2}", "partners-too-few", MW_ERROR },
        { "enough", PROJECT(COST("10 EUR")), ANTEIL ", partners: {min: 1}", "partners-too-few", -1 },
    };
    assert_findings(*state, CASES, COUNT(CASES));
}

static void money_must_be_there(void **state)
{
#define OWN_SHARE(share)                                                                                               \
    HEAD "profile: {profile: t, title: T, summary: S., own_share: " share ", applicants: [{name: A}]}\n"               \
         "period: {from: 2027-01-01, to: 2028-12-31}\n"
    static const struct finding_case CASES[] = {
        { "own rows and grant exceed the cost",
          PROJECT(COST("100 EUR") "financing: [{id: o, kind: own, amount: 60 EUR}]\n"), ANTEIL, "sources-exceed-costs",
          MW_ERROR },
        { "they meet it", PROJECT(COST("100 EUR") "financing: [{id: o, kind: own, amount: 50 EUR}]\n"), ANTEIL,
          "sources-exceed-costs", -1 },
        { "one year has too much",
          OWN_SHARE("90 %") "costs: [{id: a, category: v, years: {2027: 10 EUR, 2028: 90 EUR}}]\n"
                            "financing: [{id: k, kind: public, years: {2027: 20 EUR}}]\n",
          ANTEIL, "year-over-funded", MW_WARNING },
        { "exactly the own share", OWN_SHARE("50 %") COST("100 EUR"), ANTEIL, "own-money-short", -1 },
        { "more than that", OWN_SHARE("49.99 %") COST("100 EUR"), ANTEIL, "own-money-short", MW_WARNING },
        { "an own share that nobody states is no limit", PROJECT(COST("100 EUR")), ANTEIL, "own-money-short", -1 },
    };
    assert_findings(*state, CASES, COUNT(CASES));
}

static void an_unknown_budget_is_a_question(void **state)
{
    static const struct finding_case CASES[] = {
        { "rates ask for it", PROJECT(""), ANTEIL ", rates: [{when: {budget: nothaushalt}, rate: 90 %}]",
          "budget-unknown", MW_NOTE },
        { "bonus asks for it", PROJECT(""), ANTEIL ", bonus: [{when: {budget: nothaushalt}, points: 10}]",
          "budget-unknown", MW_NOTE },
        { "nobody asks", PROJECT(""), ANTEIL ", rates: [{when: {joint: yes}, rate: 90 %}]", "budget-unknown", -1 },
    };
    assert_findings(*state, CASES, COUNT(CASES));
}

static void findings_point_to_the_line_and_to_the_rule(void **state)
{
    struct desk *d = *state;
    must_plan(d, PROJECT(COST("20 EUR")),
              "programme: p\ntitle: P\neditions:\n  - id: e\n    financing: anteil\n    rate: 50 %\n"
              "    volume:\n      max: 10 EUR\n");
    assert_string_equal(must_find(d, "volume-out-of-range")->pos.file, "projekt.yaml");
    assert_string_equal(must_find(d, "volume-out-of-range")->rule.file, "terms.yaml");
    assert_int_equal(must_find(d, "volume-out-of-range")->rule.line, 8);
}

static void errors_are_counted(void **state)
{
    struct desk *d = *state;
    must_plan(d, PROJECT(COST("20 EUR")),
              TERMS(ANTEIL ", volume: {max: 10 EUR}, partners: {min: 2}, eligible: {min: 30 EUR}"));
    assert_int_equal(d->plan.errors, 3);
}

static void what_stops_the_application_stands_first(void **state)
{
    struct desk *d = *state;
    must_plan(d, PROJECT(COST("20 EUR")), TERMS(ANTEIL ", bonus: [{when: {budget: nothaushalt}, points: 10}], partners: {min: 2}"));
    assert_true(d->plan.findings.n > 1);
    for (size_t i = 1; i < d->plan.findings.n; i++)
        assert_true(MW_AT(d->plan.findings, struct mw_finding, i - 1)->severity <= MW_AT(d->plan.findings, struct mw_finding, i)->severity);
    assert_string_equal(MW_AT(d->plan.findings, struct mw_finding, 0)->code, "partners-too-few");
}

static void findings_speak_german(void **state)
{
    struct desk *d = *state;
    const struct mw_plan_opts opts = { .today = day(TODAY), .lang = MW_DE };
    must_plan(d, PROJECT(COST("20 EUR")), TERMS(ANTEIL ", partners: {min: 2}"));
    assert_int_equal(mw_plan_make(&d->plan, d->arena, &d->project, &d->terms, &d->tariffs, &opts, &d->diags), MW_OK);
    assert_sv(must_find(d, "partners-too-few")->msg, "Das Programm verlangt mindestens 2 Partner; das Projekt hat 1.");
}

/* --- editions ----------------------------------------------------------------------------------------------------- */
#define EDITIONS                                                                                                       \
    "programme: p\ntitle: P\neditions:\n"                                                                              \
    "  - {id: \"2025\", valid: {from: 2025-11-26, until: 2026-12-31}, financing: anteil, rate: 75 %}\n"                \
    "  - {id: \"2021\", valid: {from: 2021-04-01, until: 2023-11-15}, financing: anteil, rate: 65 %}\n"                \
    "  - {id: \"2026\", valid: {from: 2026-07-01, until: 2027-06-30}, financing: anteil, rate: 60 %}\n"                \
    "  - {id: \"2030\", valid: {from: 2030-01-01}, financing: anteil, rate: 50 %}\n"

static void the_edition_valid_on_the_day_counts(void **state)
{
    static const struct {
        const char *today, *edition, *code;
    } CASES[] = {
        { "2025-11-26", "2025", NULL },
        { "2026-06-30", "2025", NULL },
        { "2026-07-01", "2026", "editions-overlap" },
        { "2026-12-31", "2026", "editions-overlap" },
        { "2027-01-01", "2026", NULL },
        { "2027-07-01", "2026", "edition-not-valid" },
        { "2023-11-15", "2021", NULL },
        { "2023-11-16", "2021", "edition-not-valid" },
        { "2021-03-31", "2021", "edition-not-valid" },
        { "2029-12-31", "2026", "edition-not-valid" },
        { "2099-12-31", "2030", NULL },
    };
    struct desk *d = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        clear_desk(d);
        assert_int_equal(try_plan(d, PROJECT(""), EDITIONS, CASES[i].today), MW_OK);
        if (!mw_sv_eqz(d->plan.edition->id, CASES[i].edition))
            fail_msg("%s: %.*s", CASES[i].today, MW_SV_ARG(d->plan.edition->id));
        assert_int_equal(finding(d, "edition-not-valid") != NULL || finding(d, "editions-overlap") != NULL,
                         CASES[i].code != NULL);
        if (CASES[i].code != NULL)
            must_find(d, CASES[i].code);
    }
}

static void an_edition_may_be_asked_for(void **state)
{
    struct desk *d = *state;
    struct mw_plan_opts opts = { .today = day(TODAY), .lang = MW_EN, .edition = "2021" };
    must_plan(d, PROJECT(""), EDITIONS);
    assert_int_equal(mw_plan_make(&d->plan, d->arena, &d->project, &d->terms, &d->tariffs, &opts, &d->diags), MW_OK);
    assert_sv(d->plan.edition->id, "2021");
    assert_int_equal(must_find(d, "edition-not-valid")->severity, MW_WARNING);
    opts.edition = "1999";
    assert_int_equal(mw_plan_make(&d->plan, d->arena, &d->project, &d->terms, &d->tariffs, &opts, &d->diags),
                     MW_INVALID);
    assert_true(diag_has(d, "no-edition", 0));
}

static unsigned line_of(const char *text, const char *part)
{
    unsigned line = 1;
    for (const char *at = strstr(text, part), *p = text; p < at; p++)
        line += *p == '\n';
    return line;
}

/* Not at the head of the file: at the row, or at the list, that has to change. */
static void a_finding_stands_where_it_can_be_cured(void **state)
{
#define ROWS                                                                                                                               \
    "costs:\n  - {id: p, category: personal, amount: 1000 EUR}\n  - {id: s, category: sach, amount: 900 EUR}\n  - {id: t, category: sach, "  \
    "amount: 100 EUR}\n"
#define SOURCES "financing:\n  - {id: k, kind: public, amount: 9000 EUR}\n"
    static const struct {
        const char *code, *project, *edition, *at;
    } CASES[] = {
        { "cap-exceeded", PROJECT(ROWS), "financing: voll, caps: [{category: sach, max: 10 %, of: [personal]}]", "{id: s" },
        { "eligible-max-exceeded", PROJECT(ROWS), "financing: voll, eligible: {max: 100 EUR}", "{id: p" },
        { "volume-out-of-range", PROJECT(ROWS), "financing: voll, volume: {max: 100 EUR}", "{id: p" },
        { "eligible-below-min", PROJECT(ROWS), "financing: voll, eligible: {min: 5000 EUR}", "{id: p" },
        { "grant-below-min", PROJECT(ROWS), "financing: voll, grant: {min: 5000 EUR}", "{id: p" },
        { "sources-exceed-costs", PROJECT(ROWS SOURCES), "financing: voll", "{id: k" },
        { "costs-empty", PROJECT(), "financing: voll, eligible: {min: 5000 EUR}", "project:" },
    };
    struct desk *d = *state;
    char terms[300];
    for (size_t i = 0; i < COUNT(CASES); i++) {
        clear_desk(d);
        snprintf(terms, sizeof terms, TERMS("%s"), CASES[i].edition);
        must_plan(d, CASES[i].project, terms);
        if (must_find(d, CASES[i].code)->pos.line != line_of(CASES[i].project, CASES[i].at))
            fail_msg("%s stands in line %u", CASES[i].code, must_find(d, CASES[i].code)->pos.line);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
        T(a_finding_stands_where_it_can_be_cured),
        T(the_project_must_not_begin_before_it_may),
        T(time_and_money_lie_within_the_period),
        T(conditions_of_the_terms_are_checked),
        T(money_must_be_there),
        T(an_unknown_budget_is_a_question),
        T(findings_point_to_the_line_and_to_the_rule),
        T(errors_are_counted),
        T(what_stops_the_application_stands_first),
        T(findings_speak_german),
        T(the_edition_valid_on_the_day_counts),
        T(an_edition_may_be_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
