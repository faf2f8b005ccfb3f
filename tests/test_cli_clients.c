/* mittelweg match for several clients, and what they decided: the matrix, folders of profiles, dismissed, kept, applied for. */
#include "tests/matching.h"

static void the_matrix_says_what_each_match_says(void **state)
{
    static const char HESSEN[] = "profile: '=cmd'\ntitle: Turnhalle\nsummary: Sanierung der Turnhalle.\napplicants: [{name: Stadt B, type: kommune, land: HE}]\n";
    struct scratch *s = *state;
    import_demo(s);
    assert_int_equal(mkdir(in(s, "k"), 0700), 0);
    spill(in(s, "k/b.yaml"), HESSEN, sizeof HESSEN - 1);
    spill(in(s, "k/other.yaml"), "no: profile\n", 12); /* lies beside the profiles and is none */
    json_t *j = json_of(MATCH(s, "--matrix", "--all", "--format", "json", DORSTEN, in(s, "k")));
    json_t *single = json_of(MATCH(s, "--all", "--limit", "1000", "--format", "json", DORSTEN));
    json_t *rows = json_object_get(j, "programmes"), *matches = json_object_get(single, "matches");
    keys_are(j, "today profiles programmes");
    assert_int_equal(json_array_size(rows), json_array_size(matches));
    for (size_t i = 0; i < json_array_size(rows); i++)
        for (size_t k = 0; k < json_array_size(matches); k++) {
            json_t *row = json_array_get(rows, i), *m = json_array_get(matches, k);
            if (strcmp(json_string_value(json_object_get(row, "url")), json_string_value(json_object_get(m, "url"))) == 0)
                assert_string_equal(json_string_value(json_object_get(json_object_get(row, "verdicts"), "stadtteilbuero-dorsten")),
                    json_string_value(json_object_get(m, "verdict")));
        }
    json_decref(j);
    json_decref(single);
    assert_status(MATCH(s, "--matrix", "--out", in(s, "m.csv"), DORSTEN, in(s, "k")), 0);
    char *csv = slurp(in(s, "m.csv"), NULL);
    assert_says(csv, "\"'=cmd\""); /* nothing that somebody wrote is executed by a spreadsheet */
    assert_says(csv, "\r\n");
    free(csv);
    assert_status(MATCH(s, "--matrix", "--out", in(s, "m.xlsx"), DORSTEN, in(s, "k")), 0);
}

static const char RADWEG[] = "profile: r\ntitle: Radweg\nsummary: Bau eines Radwegs am Fluss.\nstarted: no\n"
                             "applicants: [{name: Stadt Muster, type: kommune, land: HE, population: 20000}]\n";

/* The addresses of a list in its order, a space behind each. */
static void order_of(char *out, size_t size, const struct run *r, const char *list)
{
    json_t *j = json_of(r), *rows = json_object_get(j, list);
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < json_array_size(rows) && n < size; i++)
        n += (size_t)snprintf(out + n, size - n, "%s ", json_string_value(json_object_get(json_array_get(rows, i), "url")));
    assert_in_range(n, 1, size - 1);
    json_decref(j);
}

static void the_matrix_begins_with_what_clients_need(void **state)
{
    static const char NOTICES[] =
        "{\"url\":\"https://a.example/anything\",\"title\":\"Allgemeines\",\"sections\":[{\"heading\":\"Kurztext\",\"text\":"
        "\"Antragsberechtigt sind Kommunen. Anträge können laufend gestellt werden. Gefördert werden Vorhaben.\"}]}\n"
        "{\"url\":\"https://a.example/baths\",\"title\":\"Hallenbäder\",\"sections\":[{\"heading\":\"Kurztext\",\"text\":"
        "\"Antragsberechtigt sind Kommunen in Hessen. Anträge können laufend gestellt werden. Gefördert wird die Sanierung von Hallenbädern.\"}]}\n"
        "{\"url\":\"https://a.example/paths\",\"title\":\"Radwege\",\"sections\":[{\"heading\":\"Kurztext\",\"text\":"
        "\"Antragsberechtigt sind Kommunen in Hessen. Anträge können laufend gestellt werden. Gefördert wird der Bau von Radwegen.\"}]}\n"
        "{\"url\":\"https://a.example/abroad\",\"title\":\"Radwege am Rhein\",\"sections\":[{\"heading\":\"Kurztext\",\"text\":"
        "\"Antragsberechtigt sind Kommunen in Bayern. Anträge können laufend gestellt werden. Gefördert wird der Bau von Radwegen.\"}]}\n";
    static const char OTHERS[] = "profile: q\ntitle: Radweg\nsummary: Bau eines Radwegs im Tal.\nstarted: no\n"
                                 "applicants: [{name: Stadt Tal, type: kommune, land: HE, population: 9000}]\n";
    static const char BATH[] = "profile: b\ntitle: Hallenbad\nsummary: Sanierung des Hallenbads.\nstarted: no\n"
                               "applicants: [{name: Stadt Bad, type: kommune, land: HE, population: 9000}]\n";
    struct scratch *s = *state;
    char got[512], want[512];
    spill(in(s, "n.ndjson"), NOTICES, sizeof NOTICES - 1);
    spill(in(s, "p.yaml"), RADWEG, sizeof RADWEG - 1);
    spill(in(s, "q.yaml"), OTHERS, sizeof OTHERS - 1);
    spill(in(s, "b.yaml"), BATH, sizeof BATH - 1);
    assert_status(run_program(s, "import", "--db", in(s, "t.db"), in(s, "n.ndjson")), 0);
    order_of(got, sizeof got, MATCH(s, "--matrix", "--all", "--format", "json", in(s, "p.yaml"), in(s, "b.yaml"), in(s, "q.yaml")), "programmes");
    assert_string_equal(got, "https://a.example/paths https://a.example/baths https://a.example/anything https://a.example/abroad ");
    order_of(got, sizeof got, MATCH(s, "--matrix", "--format", "json", in(s, "b.yaml")), "programmes");
    order_of(want, sizeof want, MATCH(s, "--format", "json", in(s, "b.yaml")), "matches");
    assert_string_equal(got, want);
}

/* --- decisions ---------------------------------------------------------------------------------------------------------- */
static const char TWO[] =
    "{\"url\":\"https://a.example/radwege\",\"title\":\"Radwege\",\"sections\":[{\"heading\":\"Kurztext\",\"text\":"
    "\"Antragsberechtigt sind Kommunen in Hessen. Anträge können laufend gestellt werden. Gefördert wird der Bau von Radwegen.\"}]}\n"
    "{\"url\":\"https://a.example/radstationen\",\"title\":\"Radstationen\",\"sections\":[{\"heading\":\"Kurztext\",\"text\":"
    "\"Antragsberechtigt sind Kommunen in Hessen. Anträge können laufend gestellt werden. Gefördert werden Radwege und Radstationen.\"}]}\n";

static void import_two(struct scratch *s)
{
    spill(in(s, "n.ndjson"), TWO, sizeof TWO - 1);
    spill(in(s, "p.yaml"), RADWEG, sizeof RADWEG - 1);
    assert_status(run_program(s, "import", "--db", in(s, "t.db"), in(s, "n.ndjson")), 0);
}

static void decide(struct scratch *s, const char *what, const char *why, const char *url)
{
    char db[PATH_MAX], profile[PATH_MAX];
    snprintf(db, sizeof db, "%s", in(s, "t.db"));
    snprintf(profile, sizeof profile, "%s", in(s, "p.yaml"));
    assert_status(run_program(s, what, "--db", db, "--today", "2026-11-22", "--why", why, profile, url), 0);
}

static void what_was_dismissed_is_folded_away_with_its_reason(void **state)
{
    struct scratch *s = *state;
    import_two(s);
    decide(s, "dismiss", "kein Eigenanteil", "https://a.example/radwege");
    const struct run *r = MATCH(s, "--limit", "1", in(s, "p.yaml")); /* takes no place of the limit */
    assert_says(r->out, "1. Radstationen\n");
    assert_says(r->out, "1 dismissed, left out here; --all shows them:\n* Radwege (22 November 2026: kein Eigenanteil)\n");
    assert_null(strstr(r->out, "https://a.example/radwege"));
    json_t *j = json_of(MATCH(s, "--format", "json", in(s, "p.yaml")));
    assert_int_equal(json_array_size(json_object_get(j, "matches")), 1);
    keys_are(json_array_get(json_object_get(j, "dismissed"), 0), "url title day why");
    json_decref(j);
    r = MATCH(s, "--all", in(s, "p.yaml"));
    assert_says(r->out, "* Dismissed (22 November 2026: kein Eigenanteil)\n");
    assert_null(strstr(r->out, "left out here"));
    r = MATCH(s, "--compare", in(s, "p.yaml"));
    assert_null(strstr(r->out, "https://a.example/radwege"));
}

static void the_matrix_tells_what_was_decided(void **state)
{
    struct scratch *s = *state;
    import_two(s);
    decide(s, "dismiss", "kein Eigenanteil", "https://a.example/radwege");
    decide(s, "apply", "mit dem Kreis", "https://a.example/radstationen");
    const struct run *r = MATCH(s, "--matrix", in(s, "p.yaml"));
    assert_says(r->out, "* dismissed: r\n");
    assert_says(r->out, "* applied for: r\n");
    assert_status(MATCH(s, "--matrix", "--out", in(s, "m.csv"), in(s, "p.yaml")), 0);
    char *csv = slurp(in(s, "m.csv"), NULL);
    assert_says(csv, "may apply (dismissed)");
    free(csv);
    json_t *j = json_of(MATCH(s, "--matrix", "--format", "json", in(s, "p.yaml")));
    for (size_t i = 0; i < 2; i++) {
        json_t *row = json_array_get(json_object_get(j, "programmes"), i);
        bool gone = strcmp(json_string_value(json_object_get(row, "url")), "https://a.example/radwege") == 0;
        assert_string_equal(json_string_value(json_object_get(json_object_get(row, "decisions"), "r")), gone ? "dismiss" : "apply");
    }
    json_decref(j);
}

static void a_dismissal_whose_reasons_changed_hides_nothing(void **state)
{
    struct scratch *s = *state;
    import_two(s);
    decide(s, "dismiss", "zu klein", "https://a.example/radwege");
    char *old = slurp(in(s, "p.decisions.yaml"), NULL), *at = strstr(old, "status=yes");
    assert_non_null(at);
    memcpy(at, "status=no ", 10); /* on that day it was closed */
    spill(in(s, "p.decisions.yaml"), old, strlen(old));
    free(old);
    const struct run *r = MATCH(s, in(s, "p.yaml"));
    assert_says(r->out, "* Dismissed (22 November 2026: zu klein); the reasons have changed since then\n");
}

static void what_people_keep_apply_for_and_note_stands_at_the_programme(void **state)
{
    struct scratch *s = *state;
    import_two(s);
    decide(s, "keep", "für das Frühjahr", "https://a.example/radwege");
    decide(s, "note", "Frau Sommer fragen", "https://a.example/radwege");
    decide(s, "apply", "mit dem Kreis", "https://a.example/radstationen");
    const struct run *r = MATCH(s, in(s, "p.yaml"));
    assert_says(r->out, "* Kept in view (22 November 2026: für das Frühjahr)\n* Note (22 November 2026: Frau Sommer fragen)\n");
    assert_says(r->out, "* Applied for (22 November 2026: mit dem Kreis)\n");
    json_t *j = json_of(MATCH(s, "--format", "json", in(s, "p.yaml")));
    for (size_t i = 0; i < 2; i++) {
        json_t *m = json_array_get(json_object_get(j, "matches"), i);
        bool kept = strcmp(json_string_value(json_object_get(m, "url")), "https://a.example/radwege") == 0;
        assert_string_equal(json_string_value(json_object_get(json_object_get(m, "decision"), "decision")), kept ? "keep" : "apply");
        assert_int_equal(json_array_size(json_object_get(m, "notes")), kept);
    }
    json_decref(j);
}

static void clients_keep_a_folder_each(void **state)
{
    struct scratch *s = *state;
    import_demo(s);
    for (int i = 0; i < 2; i++) {
        char dir[32], file[48], yaml[256];
        snprintf(dir, sizeof dir, "stadt-%d", i);
        snprintf(file, sizeof file, "stadt-%d/profil.yaml", i);
        int n = snprintf(yaml, sizeof yaml, "profile: kunde-%d\ntitle: T\nsummary: Sanierung der Turnhalle.\napplicants: [{name: Stadt B, type: kommune, land: HE}]\n", i);
        assert_int_equal(mkdir(in(s, dir), 0700), 0);
        spill(in(s, file), yaml, (size_t)n);
    }
    json_t *j = json_of(MATCH(s, "--matrix", "--format", "json", in(s, ".")));
    assert_int_equal(json_array_size(json_object_get(j, "profiles")), 2);
    json_decref(j);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, make_scratch, drop_scratch)
    const struct CMUnitTest tests[] = {
        CASE(the_matrix_says_what_each_match_says),
        CASE(the_matrix_begins_with_what_clients_need),
        CASE(what_was_dismissed_is_folded_away_with_its_reason),
        CASE(the_matrix_tells_what_was_decided),
        CASE(a_dismissal_whose_reasons_changed_hides_nothing),
        CASE(what_people_keep_apply_for_and_note_stands_at_the_programme),
        CASE(clients_keep_a_folder_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
