/* mittelweg show: what is known of one notice, for programs as FORMATS.md promises, for people in the order in which they ask. */
#include "tests/two.h"

static void facts_are_shown_with_quotes_that_stand_in_the_text(void **state)
{
    struct scratch *s = *state;
    import_two(s);
    json_t *json = json_of(run_program(s, "show", "--db", in(s, "t.db"), "--format", "json", "https://example.org/a"));
    json_t *facts = json_object_get(json, "facts");
    size_t quoted = 0;
    assert_true(json_array_size(facts) >= 2);
    for (size_t i = 0; i < json_array_size(facts); i++) {
        const char *quote = json_string_value(json_object_get(json_array_get(facts, i), "quote"));
        if (quote != NULL) {
            quoted++;
            assert_non_null(strstr(TWO, quote));
            assert_true(json_is_integer(json_object_get(json_array_get(facts, i), "start")));
        }
    }
    assert_true(quoted >= 2);
    json_decref(json);
}

/* CC BY-ND asks for its line; who to ask stands in the record. */
static void a_text_of_others_is_shown_with_its_attribution_and_contact(void **state)
{
    static const char RECORD[] =
        "{\"url\":\"https://www.foerderdatenbank.de/FDB/x.html\",\"source\":\"fdb\",\"title\":\"Dorfplatz\",\"facets\":{\"funder\":"
        "[\"Land, Bund\"]},\"contacts\":[{\"name\":\"Amt\",\"city\":\"Musterstadt\"}],\"sections\":[{\"heading\":\"\",\"text\":\"x\"}]}\n";
    struct scratch *s = *state;
    spill(in(s, "fdb.ndjson"), RECORD, sizeof RECORD - 1);
    assert_status(run_program(s, "import", "--db", in(s, "t.db"), in(s, "fdb.ndjson")), 0);
    const struct run *r = run_program(s, "show", "--db", in(s, "t.db"), "https://www.foerderdatenbank.de/FDB/x.html");
    assert_says(r->out, "lizensiert");
    assert_says(r->out, "Musterstadt");
    json_t *json = json_of(run_program(s, "show", "--format", "json", "--db", in(s, "t.db"), "https://www.foerderdatenbank.de/FDB/x.html"));
    assert_non_null(strstr(json_string_value(json_object_get(json, "attribution")), "https://www.foerderdatenbank.de/FDB/x.html"));
    assert_int_equal(json_array_size(json_object_get(json, "funder")), 1); /* a label that holds a comma is one label */
    assert_string_equal(json_string_value(json_object_get(json_array_get(json_object_get(json, "contacts"), 0), "name")), "Amt");
    json_decref(json);
}

/* Until when, who, how much, on which terms: whatever order the text has. One sentence that says two things is shown once. */
static void people_read_facts_in_the_order_in_which_they_ask(void **state)
{
    static const char RECORD[] =
        "{\"url\":\"https://example.org/c\",\"title\":\"Stadtgrün\",\"facets\":{\"funding_area\":[\"Städtebau & Stadterneuerung\"],\"eligible_applicants\":[\"Kommune\"]},"
        "\"sections\":[{\"heading\":\"Kurztext\",\"text\":\"Die Förderung beträgt bis zu 80 Prozent. Antragsberechtigt sind Städte und "
        "Gemeinden sowie Landkreise. Anträge sind bis zum 31. März 2027 zu stellen.\"}]}\n";
    static const char *const ORDER[] = { "Frist: bis 31.03.2027 (Antrag)\n    Anträge sind bis", "Förderberechtigte: ", "Förderberechtigte: Kommune (Feld der Quelle)\n",
        "Fördersatz: höchstens 80 %\n", "Thema: ", NULL };
    struct scratch *s = *state;
    spill(in(s, "c.ndjson"), RECORD, sizeof RECORD - 1);
    assert_status(run_program(s, "import", "--db", in(s, "t.db"), in(s, "c.ndjson")), 0);
    const char *at = strstr(run_program(s, "show", "--lang", "de", "--db", in(s, "t.db"), "--today", "2026-11-22", "https://example.org/c")->out, "Was darin steht");
    assert_non_null(at);
    for (const char *const *want = ORDER; *want != NULL; want++) {
        const char *next = strstr(at, *want);
        if (next == NULL)
            fail_msg("\"%s\" is not shown, or too early:\n%s", *want, s->last.out);
        at = next;
    }
    const char *quote = strstr(s->last.out, "    Antragsberechtigt sind Städte und Gemeinden sowie Landkreise.\n");
    assert_non_null(quote);
    assert_null(strstr(quote + 1, "    Antragsberechtigt sind Städte")); /* one sentence, two facts */
}

/* The rules speak of concepts by their ids; people read the names that the vocabulary gives them. */
static void subjects_have_names_not_ids(void **state)
{
    struct scratch *s = *state;
    assert_status(run_program(s, "import", "--db", in(s, "t.db"), "config/demo"), 0);
    const char *const address = "https://example.org/demo/foerderung/staedtebau-lebendige-zentren";
    assert_says(run_program(s, "show", "--lang", "de", "--db", in(s, "t.db"), address)->out, "Städtebauförderung");
    assert_null(strstr(s->last.out, "staedtebaufoerderung"));
    assert_says(run_program(s, "show", "--lang", "en", "--db", in(s, "t.db"), address)->out, "Subject: urban");
    assert_null(strstr(s->last.out, "staedtebaufoerderung"));
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, make_scratch, drop_scratch)
    const struct CMUnitTest tests[] = {
        CASE(facts_are_shown_with_quotes_that_stand_in_the_text),
        CASE(a_text_of_others_is_shown_with_its_attribution_and_contact),
        CASE(people_read_facts_in_the_order_in_which_they_ask),
        CASE(subjects_have_names_not_ids),
    };
    return cmocka_run_group_tests_name("show", tests, NULL, NULL);
}
