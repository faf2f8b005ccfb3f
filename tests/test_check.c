/* `mittelweg check` on projects: the words of a compiler for people, the JSON of docs/formats.md for programs. */
#include "tests/program.h"
#include "tests/test.h"

#define TERMS                                                                                                          \
    "programme: p\ntitle: Programm\neditions:\n  - id: e\n    valid: {from: 2026-01-01, until: 2026-12-31}\n"          \
    "    financing: anteil\n    rate: 50 %\n    duration: {max: 12 months}\n"
#define PROJECT(period, words)                                                                                         \
    "project: t\ntitle: T\nprogramme: p\n"                                                                             \
    "profile: {profile: t, title: T, summary: S., applicants: [{name: Stadt A, lead: yes}]}\n"                         \
    "period: {from: 2027-01-01, to: " period "}\n"                                                                     \
    "costs:\n  - {id: w, category: v, quantity: 15, unit: Workshop, price: 900 EUR}\n"                                 \
    "texts:\n  measures: >\n    Wir laden alle ein. Es werden\n    " words " abgehalten.\n"

static const struct run *check(struct scratch *s, const char *project, const char *format)
{
    spill(in(s, "p.yaml"), TERMS, strlen(TERMS));
    spill(in(s, "projekt.yaml"), project, strlen(project));
    return run_program(s, "check", "--lang", "en", "--today", "2026-11-22", "--rules", s->dir, "--format", format,
                       in(s, "projekt.yaml"));
}

static void a_finding_is_said_as_a_compiler_says_it(void **state)
{
    struct scratch *s = *state;
    char want[4000];
    const struct run *r = check(s, PROJECT("2028-01-01", "zwölf Workshops"), "text");
    assert_status(r, 1);
    snprintf(want, sizeof want,
             "%s/projekt.yaml:5:9: error: The project runs until 1 January 2028; from 1 January 2027 the programme allows at most "
             "until 31 December 2027. [duration-exceeded]\n"
             "    5 | period: {from: 2027-01-01, to: 2028-01-01}\n"
             "      |         ^\n"
             "      = Shorten the period, or split the project into two applications.\n"
             "      = rule: %s/p.yaml:8\n"
             "%s/projekt.yaml:11:5: warning: The text says \"zwölf Workshops\", row \"w\" counts 15. [number-differs]\n"
             "   11 |     zwölf Workshops abgehalten.\n"
             "      |     ^\n"
             "      = Use the same number in text and plan.\n"
             "      = rule: %s/projekt.yaml:7\n",
             s->dir, s->dir, s->dir, s->dir);
    assert_string_equal(r->out, want);
}

static void a_project_without_findings_is_met_with_silence(void **state)
{
    const struct run *r = check(*state, PROJECT("2027-12-31", "fünfzehn Workshops"), "text");
    assert_status(r, 0);
    assert_string_equal(r->out, "");
}

static void programs_get_places_codes_and_cures(void **state)
{
    static const char *const KEYS[] = { "\"kind\": \"project\"",      "\"severity\": \"error\"", "\"code\": \"duration-exceeded\"",
                                        "\"message\": \"The project", "\"cure\": \"Shorten",     "\"line\": 5",
                                        "\"column\": 9",              "p.yaml:8\"",              "\"errors\": 1" };
    const struct run *r = check(*state, PROJECT("2028-01-01", "zwölf Workshops"), "json");
    assert_status(r, 1);
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
        assert_says(r->out, KEYS[i]);
}

/* The way to the application, backwards through committee, Kämmerei and council, over Christmas; and its first day. */
static void the_backward_plan_says_when_to_begin(void **state)
{
    static const char *const PLAN =
        "project: t\ntitle: T\nprogramme: p\n"
        "profile: {profile: t, title: T, summary: S., applicants: [{name: Stadt A, land: NW, lead: yes}]}\n"
        "period: {from: 2027-06-01, to: 2027-12-31}\npreparation:\n  deadline: 2027-01-29\n  steps:\n"
        "    - {id: entwurf, takes: 10 workdays}\n    - {id: kaemmerei, takes: 5 workdays}\n    - {id: ausschuss, body: ausschuss}\n"
        "    - {id: rat, body: rat}\n    - {id: aufsicht, takes: 10 workdays}\n    - {id: abgabe, takes: 1 workday}\n"
        "bodies:\n  - {id: ausschuss, dates: [2026-12-08, 2027-01-12], papers: 7 days}\n  - {id: rat, dates: [2026-12-16, 2027-02-03], papers: 7 days}\n";
    struct scratch *s = *state;
    spill(in(s, "p.yaml"), TERMS, strlen(TERMS));
    spill(in(s, "projekt.yaml"), PLAN, strlen(PLAN));
    const struct run *r = run_program(s, "plan", "--lang", "en", "--today", "2026-11-16", "--rules", s->dir, "--format", "json",
                                      in(s, "projekt.yaml"));
    /* one day for handing in, ten for the supervision: from 15 January; the council sits on 16 December, its papers are due on the
     * 9th, so the committee sits on the 8th, its papers on the 1st; five and ten working days before end on 30 and 23 November. */
    assert_says(r->out, "\"latest_start\": \"2026-11-11\"");
    r = run_program(s, "check", "--lang", "en", "--today", "2026-11-16", "--rules", s->dir, in(s, "projekt.yaml"));
    assert_says(r->out, "[step-late]");
}

/* The file may come from anybody: a line with control characters, or without end, reaches no terminal as it is. */
static void a_hostile_line_is_shown_harmlessly(void **state)
{
    struct scratch *s = *state;
    struct mw_str project = MW_STR_INIT;
    mw_str_addz(&project, PROJECT("2028-01-01", "zwölf Workshops"));
    mw_str_addz(&project, "  aim: \"");
    for (int i = 0; i < 40000; i++)
        mw_str_addz(&project, "x ");
    mw_str_addz(&project, "\xe2\x80\xae zw\xc3\xb6lf Workshops\"\n");
    const struct run *r = check(s, mw_str_z(&project), "text");
    assert_status(r, 1);
    assert_null(strstr(r->out, "\xe2\x80\xae"));
    assert_true(strlen(r->out) < 4000);
    mw_str_free(&project);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, make_scratch, drop_scratch)
        T(a_finding_is_said_as_a_compiler_says_it),
        T(a_project_without_findings_is_met_with_silence),
        T(programs_get_places_codes_and_cures),
        T(the_backward_plan_says_when_to_begin),
        T(a_hostile_line_is_shown_harmlessly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
