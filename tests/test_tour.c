/* The tour from end to end on the demo pages: what the example projects are told must be what a careful reader of the
 * pages would say. The pages are our own, so each verdict below has its reason in one sentence of one page. */
#include "tests/program.h"

#include <jansson.h>

#define TODAY "2026-11-22"
#define PAGE "https://example.org/demo/foerderung/"
#define DORSTEN "config/examples/stadtteilbuero-dorsten/profil.yaml"
#define GROSS_GERAU "config/examples/ikz-gross-gerau/profil.yaml"
#define LEHNAU "config/examples/regionalmanagement/profil.yaml"

static int take_in_the_pages(void **state)
{
    if (make_scratch(state) != 0)
        return 1;
    struct scratch *s = *state;
    return run_program(s, "import", "--db", in(s, "tour.db"), "config/demo")->status;
}

static json_t *matches_of(struct scratch *s, const char *profile)
{
    json_error_t error;
    const struct run *r = run_program(s, "match", "--db", in(s, "tour.db"), "--format", "json", "--all", "--limit", "100",
                                      "--today", TODAY, profile);
    assert_status(r, 0);
    json_t *json = json_loadb(r->out, r->out_n, JSON_REJECT_DUPLICATES, &error);
    if (json == NULL)
        fail_msg("no JSON (%s):\n%s", error.text, r->out);
    return json;
}

/* The match of a page; NULL where it is not listed. */
static const json_t *match_of(const json_t *json, const char *page)
{
    size_t i;
    json_t *m;
    json_array_foreach(json_object_get(json, "matches"), i, m)
        if (strcmp(json_string_value(json_object_get(m, "url")) + strlen(PAGE), page) == 0)
            return m;
    return NULL;
}

/* The verdict of one criterion; "" where it is not asked. */
static const char *says_of(const json_t *match, const char *criterion)
{
    size_t i;
    json_t *c;
    json_array_foreach(json_object_get(match, "criteria"), i, c)
        if (strcmp(json_string_value(json_object_get(c, "name")), criterion) == 0)
            return json_string_value(json_object_get(c, "verdict"));
    return "";
}

static void tempting_programmes_are_refused_for_their_own_reason(void **state)
{
    static const struct {
        const char *profile, *page, *criterion;
    } CASES[] = {
        { DORSTEN, "ortsmitte-saar", "region" },                 /* fits in all but the Land */
        { DORSTEN, "bw-nichtinvestive-staedtebaufoerderung", "region" },
        { DORSTEN, "digitalbonus-innenstadthandel", "applicant" }, /* companies only */
        { DORSTEN, "kommunalkredit-quartier", "kind" },          /* a loan, and a grant is wanted */
        { DORSTEN, "sofortprogramm-zentren", "status" },         /* closed last year */
        { DORSTEN, "kfw-432-ausgabe-2021", "status" },           /* the old edition */
        { DORSTEN, "modellprojekte-smart-cities", "status" },    /* no calls any more */
        { DORSTEN, "cerv-town-twinning", "status" },             /* the date is past */
        { GROSS_GERAU, "ikz-nordrhein-westfalen", "region" },
        { GROSS_GERAU, "ikz-bayern", "status" },                 /* the guideline has run out */
        { LEHNAU, "leader-sachsen-anhalt", "region" },
        { DORSTEN, "engagierte-nachbarschaft", "applicant" },    /* "wobei kommunale Gebietskörperschaften ... ausgeschlossen sind" */
        { DORSTEN, "klimaanpassung-kommunal", "population" },    /* "Kommunen mit bis zu 35.000 Einwohnern", and Dorsten has 76,223 */
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        json_t *json = matches_of(*state, CASES[i].profile);
        const json_t *m = match_of(json, CASES[i].page);
        if (m == NULL)
            fail_msg("%s is not listed for %s", CASES[i].page, CASES[i].profile);
        const char *verdict = json_string_value(json_object_get(m, "verdict"));
        if (strcmp(verdict, "ineligible") != 0 || strcmp(says_of(m, CASES[i].criterion), "no") != 0)
            fail_msg("%s for %s: %s, and not by its %s", CASES[i].page, CASES[i].profile, verdict, CASES[i].criterion);
        json_decref(json);
    }
}

static void what_fits_is_offered_and_what_is_unknown_stays_a_question(void **state)
{
    static const struct {
        const char *profile, *page, *verdict;
    } CASES[] = {
        { DORSTEN, "staedtebau-sozialer-zusammenhalt-nrw", "eligible" },
        { DORSTEN, "zukunftsfonds-ortsmitte", "eligible" },   /* "soll" and "in der Regel" forbid nothing */
        { DORSTEN, "efre-nrw-wohnviertel", "unknown" },       /* calls without a date */
        { DORSTEN, "staedtebau-lebendige-zentren", "unknown" },
        { GROSS_GERAU, "ikz-hessen", "eligible" },
        { GROSS_GERAU, "landesinitiative-bauhof", "unknown" }, /* says nothing of a deadline */
        { LEHNAU, "grw-regionalmanagement", "unknown" },       /* whether the place is a GRW area, the profile does not say */
        { LEHNAU, "gak-dorfentwicklung", "unknown" },         /* a clause of 2023 ran out, not the programme */
        { LEHNAU, "kofi-niedersachsen", "eligible" },
        { LEHNAU, "staedtebau-wachstum", "unknown" },         /* each Land sets its own dates */
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        json_t *json = matches_of(*state, CASES[i].profile);
        const json_t *m = match_of(json, CASES[i].page);
        const char *verdict = m != NULL ? json_string_value(json_object_get(m, "verdict")) : "not listed";
        if (strcmp(verdict, CASES[i].verdict) != 0)
            fail_msg("%s for %s: %s, not %s", CASES[i].page, CASES[i].profile, verdict, CASES[i].verdict);
        json_decref(json);
    }
}

static void a_condition_in_a_clause_is_at_least_a_question(void **state)
{
    static const struct {
        const char *page, *criterion;
    } CASES[] = {
        { "gak-dorfentwicklung", "population" },     /* "Orte mit bis zu 10.000 Einwohnern": a place is not the municipality */
        { "zukunftsfonds-ortsmitte", "partners" },   /* "in der Regel mindestens drei Kommunen" */
    };
    json_t *json = matches_of(*state, DORSTEN);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const json_t *m = match_of(json, CASES[i].page);
        assert_non_null(m);
        if (strcmp(says_of(m, CASES[i].criterion), "no") != 0 && strcmp(says_of(m, CASES[i].criterion), "unknown") != 0)
            fail_msg("%s: its %s is no question", CASES[i].page, CASES[i].criterion);
    }
    json_decref(json);
}

static bool has_fact(const json_t *facts, const char *type, const char *key, const char *value)
{
    size_t i;
    json_t *f;
    json_array_foreach(facts, i, f) {
        const json_t *v = json_object_get(f, key);
        char number[32];
        if (strcmp(json_string_value(json_object_get(f, "type")), type) != 0 || v == NULL || json_object_get(f, "quote") == NULL)
            continue; /* a fact of a field proves nothing about the text */
        snprintf(number, sizeof number, "%lld", (long long)json_integer_value(v));
        if (strcmp(json_is_string(v) ? json_string_value(v) : number, value) == 0)
            return true;
    }
    return false;
}

static void the_texts_say_what_the_rules_read(void **state)
{
    static const struct {
        const char *page, *type, *key, *value;
    } CASES[] = {
        { "kfw-432-ausgabe-2025", "rate", "bp", "7500" },
        { "kfw-432-ausgabe-2025", "amount", "cents", "40000000" },
        { "kfw-432-ausgabe-2025", "deadline", "date", "2026-12-31" },
        { "kfw-432-ausgabe-2021", "deadline", "kind", "closed" },
        { "staedtebau-sozialer-zusammenhalt-nrw", "deadline", "recurs", "09-30" },
        { "staedtebau-sozialer-zusammenhalt-nrw", "region", "value", "NW" },
        { "ikz-hessen", "applicant", "value", "kreis" },
        { "ikz-hessen", "deadline", "kind", "rolling" },
        { "ikz-bayern", "deadline", "kind", "validity_end" },
        { "kofi-niedersachsen", "own_share", "bp", "1500" },
        { "kofi-niedersachsen", "amount", "cents", "2500000" },
        { "engagierte-nachbarschaft", "deadline", "kind", "sketch" },
        { "digitalbonus-innenstadthandel", "applicant", "value", "unternehmen" },
        { "zukunftsfonds-ortsmitte", "rate", "bp", "7000" },
        { "zukunftsfonds-ortsmitte", "deadline", "date", "2027-03-31" },
        { "regionalbudget-schleswig-holstein", "amount", "cents", "2000000" },
        { "eui-innovative-actions", "rate", "bp", "8000" },
        { "eucf-lump-sum", "amount", "cents", "6000000" },
        { "cerv-town-twinning", "deadline", "date", "2026-09-23" },
        { "small-towns-pilot", "deadline", "kind", "cutoff" },
    };
    struct scratch *s = *state;
    json_error_t error;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        char url[256];
        snprintf(url, sizeof url, PAGE "%s", CASES[i].page);
        const struct run *r = run_program(s, "show", "--db", in(s, "tour.db"), "--today", TODAY, "--format", "json", url);
        assert_status(r, 0);
        json_t *json = json_loadb(r->out, r->out_n, JSON_REJECT_DUPLICATES, &error);
        if (!has_fact(json_object_get(json, "facts"), CASES[i].type, CASES[i].key, CASES[i].value))
            fail_msg("%s: no %s with %s %s", CASES[i].page, CASES[i].type, CASES[i].key, CASES[i].value);
        json_decref(json);
    }
}

static void a_day_later_only_what_says_something_new_is_changed(void **state)
{
    struct scratch *s = *state;
    json_error_t error;
    run_program(s, "import", "--db", in(s, "zwei.db"), "config/demo");
    const struct run *r = run_program(s, "import", "--db", in(s, "zwei.db"), "--format", "json", "config/demo/day2");
    assert_status(r, 0);
    json_t *json = json_loadb(r->out, r->out_n, 0, &error);
    const json_t *row = json_array_get(json_object_get(json, "files"), 0);
    assert_int_equal(json_integer_value(json_object_get(row, "new")), 0);
    assert_true(json_integer_value(json_object_get(row, "changed")) >= 2);
    json_decref(json);
    r = run_program(s, "show", "--db", in(s, "zwei.db"), "--today", TODAY, "--format", "json", PAGE "zukunftsfonds-ortsmitte");
    assert_says(r->out, "2027-04-30");
    assert_silent_on(r->out, "2027-03-31");
}

static void nothing_that_fits_is_said_with_what_was_searched(void **state)
{
    struct scratch *s = *state;
    spill(in(s, "leer.ndjson"), "", 0);
    run_program(s, "import", "--db", in(s, "leer.db"), in(s, "leer.ndjson"));
    const struct run *r = run_program(s, "match", "--db", in(s, "leer.db"), "--format", "json", "--today", TODAY, DORSTEN);
    assert_status(r, 3);
    assert_says(r->out, "\"coverage\"");
}

static void the_tour_of_make_demo_runs_to_its_end(void **state)
{
    struct scratch *s = *state;
    char cmd[PATH_MAX * 2];
    snprintf(cmd, sizeof cmd, "sh tools/demo.sh '%s' > '%s' 2>&1", in(s, "demo"), in(s, "demo.log"));
    int status = system(cmd);
    char *log = slurp(in(s, "demo.log"), NULL);
    if (status != 0)
        fail_msg("tools/demo.sh ended with %d:\n%s", status, log);
    assert_says(log, "35");
    const struct run *r = run_program(s, "changes", "--lang", "en", "--db", in(s, "demo/demo.db"), "--since", TODAY, "--all");
    assert_status(r, 0);
    assert_says(r->out, "cosmetic: Regionalbudget");
    assert_says(r->out, "Deadline: by 31 March 2027 (application) → by 30 April 2027 (application)");
    assert_says(r->out, "Funding rate: 70 % → 60 %");
    r = run_program(s, "changes", "--format", "json", "--db", in(s, "demo/demo.db"), "--since", TODAY);
    assert_says(r->out, "\"changed\": 2");
    assert_says(r->out, "\"new\": 0");
    assert_says(log, ".xlsx");
    assert_says(log, "README.md");
    free(log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tempting_programmes_are_refused_for_their_own_reason),
        cmocka_unit_test(what_fits_is_offered_and_what_is_unknown_stays_a_question),
        cmocka_unit_test(a_condition_in_a_clause_is_at_least_a_question),
        cmocka_unit_test(the_texts_say_what_the_rules_read),
        cmocka_unit_test(a_day_later_only_what_says_something_new_is_changed),
        cmocka_unit_test(nothing_that_fits_is_said_with_what_was_searched),
        cmocka_unit_test(the_tour_of_make_demo_runs_to_its_end),
    };
    return cmocka_run_group_tests(tests, take_in_the_pages, drop_scratch);
}
