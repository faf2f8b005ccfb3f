/* Programmes and pay tables beside a project come before those of the rules folder. */
#include "tests/program.h"

static const char PROJECT[] =
    "project: p\ntitle: P\nprofile: {profile: p, title: P, summary: S., applicants: [{name: Stadt A, type: kommune, land: NW, lead: yes}]}\n"
    "programme: ikz-nrw\nperiod: {from: 2027-01-01, to: 2027-01-31}\n"
    "costs: [{id: s, label: Stelle, category: personal,\n"
    "  personnel: {tariff: tv-l, group: E11, step: 1, fte: 100 %, from: 2027-01-01, to: 2027-01-31, employer_rate: 0 %}}]\n";
static const char PROGRAMME[] = "programme: ikz-nrw\ntitle: Eigene Fassung\neditions:\n"
                                "  - {id: eigene, valid: {from: 2026-01-01}, financing: anteil, rate: 40 %, start: free}\n";
static const char TARIFF[] = "tariff: tv-l\ntitle: TV-L\ntables:\n  - {from: 2026-01-01, monthly: {E11: [4000.00]}}\n";

static void put(const struct scratch *s, const char *name, const char *text) { spill(in(s, name), text, strlen(text)); }

static int open_folder(void **state)
{
    if (make_scratch(state) != 0)
        return 1;
    const struct scratch *s = *state;
    put(s, "projekt.yaml", PROJECT);
    return mkdir(in(s, "tariffs"), 0700) | mkdir(in(s, "programmes"), 0700);
}

static const struct run *plan(struct scratch *s)
{
    return run_program(s, "plan", "--lang", "en", "--format", "json", "--today", "2026-11-22", in(s, "projekt.yaml"));
}

static void a_table_and_a_programme_beside_the_project_are_used(void **state)
{
    struct scratch *s = *state;
    const char *edition;
    json_int_t total, grant;
    put(s, "tariffs/tv-l.yaml", TARIFF);
    put(s, "programmes/nrw.yaml", PROGRAMME);
    assert_status(plan(s), 0);
    json_t *json = json_of(&s->last);
    assert_int_equal(json_unpack(json, "{s:s, s:{s:I}, s:{s:I}}", "edition", &edition, "cost", "total", &total, "financing", "grant", &grant), 0);
    assert_string_equal(edition, "eigene");
    assert_int_equal(total, 400000);
    assert_int_equal(grant, 160000);
    json_decref(json);
}

static void a_project_is_begun_with_the_programme_beside_it(void **state)
{
    struct scratch *s = *state;
    put(s, "profil.yaml", "profile: p\ntitle: P\nsummary: S.\napplicants: [{name: Stadt A, type: kommune, land: NW, lead: yes}]\n");
    put(s, "programmes/nrw.yaml", PROGRAMME);
    assert_status(run_program(s, "project", "--today", "2026-11-22", "--programme", "ikz-nrw", "from", in(s, "profil.yaml")), 0);
    assert_says(s->last.out, "Eigene Fassung");
}

static void what_is_not_beside_the_project_comes_from_the_rules(void **state)
{
    struct scratch *s = *state;
    put(s, "tariffs/tv-l.yaml", TARIFF);
    put(s, "programmes/other.yaml", "programme: other\ntitle: O\neditions: [{id: e, financing: voll}]\n");
    plan(s);
    assert_says(s->last.out, "\"edition\": \"2021\"");
}

static void a_table_that_nobody_has_is_said_with_the_place_for_it(void **state)
{
    struct scratch *s = *state;
    assert_status(plan(s), 2);
    assert_says(s->last.err, "projekt.yaml:7:");
    assert_says(s->last.err, "There is no tariff \"tv-l\"");
    assert_says(s->last.err, "folder tariffs beside the project file");
}

/* The table or the terms that the file was to replace would give other sums, silently. */
static void a_fault_beside_the_project_is_never_passed_over(void **state)
{
    struct scratch *s = *state;
    put(s, "tariffs/tv-l.yaml", TARIFF);
    put(s, "programmes/ikz-nrw.yaml", "programme: ikz-nrw\n  title: verrutscht\n");
    assert_status(plan(s), 2);
    assert_says(s->last.err, "programmes/ikz-nrw.yaml:2");
    unlink(in(s, "programmes/ikz-nrw.yaml"));
    put(s, "tariffs/a.yaml", "tariff: [\n");
    unlink(in(s, "tariffs/tv-l.yaml"));
    assert_status(plan(s), 2);
    assert_says(s->last.err, "tariffs/a.yaml:");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, open_folder, drop_scratch)
        T(a_table_and_a_programme_beside_the_project_are_used),
        T(a_project_is_begun_with_the_programme_beside_it),
        T(what_is_not_beside_the_project_comes_from_the_rules),
        T(a_table_that_nobody_has_is_said_with_the_place_for_it),
        T(a_fault_beside_the_project_is_never_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
