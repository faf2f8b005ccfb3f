/* One programme that two sources publish, as every command shows it. */
#include "tests/program.h"

#include <jansson.h>

#define BODY                                                                                                                       \
    "Antragsberechtigt sind Gemeinden in Hessen. Der Zuschuss unterstützt sie dabei, leerstehende Ladenlokale in Begegnungsorte "     \
    "umzubauen. Übernommen werden Planungskosten, Umbauarbeiten und Möbel, nicht jedoch laufende Mieten. Wer teilnehmen möchte, "     \
    "reicht zuerst eine Projektskizze ein; nach positiver Bewertung folgt ein förmlicher Antrag. Vorhaben dürfen höchstens drei "     \
    "Jahre dauern. Die Förderquote beträgt bis zu 80 Prozent der zuwendungsfähigen Ausgaben."
#define NOTICE(source, url, title, day, text)                                                                                      \
    "{\"url\":\"https://" url "\",\"title\":\"" title "\",\"source\":\"" source "\",\"fetched_at\":\"" day "T03:00:00Z\",\"facets\":{"     \
    "\"funding_location\":[\"Hessen\"],\"eligible_applicants\":[\"Kommune\"]},\"sections\":[{\"heading\":\"Volltext\",\"text\":\"" text "\"}]}\n"
#define TITLE "Orte der Begegnung"
#define OLD "bund.example/programm/7"
#define NEW "land.example/foerderung/begegnung"

static const char PROFILE[] = "profile: p\ntitle: Begegnungsort im Laden\nsummary: Ein leerstehendes Ladenlokal wird zum Begegnungsort umgebaut.\n"
                              "applicants:\n  - {name: Stadt M, type: kommune, land: HE, population: 9000, lead: true}\n";

static void import_text(struct scratch *s, const char *text)
{
    spill(in(s, "n.ndjson"), text, strlen(text));
    assert_status(run_program(s, "import", "--db", in(s, "t.db"), in(s, "n.ndjson")), 0);
}

static void import_pair(struct scratch *s)
{
    import_text(s, NOTICE("bund", OLD, TITLE, "2025-01-01", BODY) NOTICE("bund", "bund.example/programm/8", "Ladenlokale beraten", "2025-01-01",
        "Beratung zu Ladenlokalen, die leer stehen.") NOTICE("land", NEW, TITLE, "2025-02-01", BODY));
    assert_says(s->last.out, "At further addresses:     1");
    spill(in(s, "p.yaml"), PROFILE, strlen(PROFILE));
}

#define RUN(s, command, ...) run_program(s, command, "--today", "2025-07-15", "--lang", "de", "--db", in(s, "t.db"), __VA_ARGS__)

/* The element of a list that has that address; NULL: none. */
static json_t *at(const json_t *json, const char *list, const char *url)
{
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(json, list), i, one)
        if (strcmp(json_string_value(json_object_get(one, "url")), url) == 0)
            return one;
    return NULL;
}

static const char *also_of(const json_t *one)
{
    json_t *also = json_array_get(json_object_get(one, "also"), 0);
    return also != NULL ? json_string_value(json_object_get(also, "url")) : "";
}

static void lists_show_it_once_with_its_other_address(void **state)
{
    struct scratch *s = *state;
    import_pair(s);
    static const struct {
        const char *command, *argument, *option, *list;
    } CASES[] = {
        { "search", "Ladenlokale", "--literal", "hits" }, { "match", "p.yaml", "--all", "matches" }, { "match", "p.yaml", "--compare", "candidates" },
        { "match", "p.yaml", "--matrix", "programmes" },  { "similar", "https://bund.example/programm/8", "--explain", "hits" },
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const char *argument = strcmp(CASES[i].argument, "p.yaml") == 0 ? in(s, "p.yaml") : CASES[i].argument;
        json_t *json = json_of(RUN(s, CASES[i].command, "--format", "json", CASES[i].option, argument));
        json_t *one = at(json, CASES[i].list, "https://" NEW);
        if (one == NULL || at(json, CASES[i].list, "https://" OLD) != NULL)
            fail_msg("%s %s lists both, or none:\n%s", CASES[i].command, CASES[i].option, s->last.out);
        assert_string_equal(also_of(one), "https://" OLD);
        json_decref(json);
        RUN(s, CASES[i].command, CASES[i].option, argument);
        assert_says(s->last.out, "auch unter: https://" OLD);
    }
    json_t *json = json_of(RUN(s, "search", "--format", "json", "Ladenlokale"));
    assert_int_equal(json_integer_value(json_object_get(json, "total")), 2);
    json_decref(json);
}

static void show_and_history_of_either_tell_of_the_other(void **state)
{
    struct scratch *s = *state;
    import_pair(s);
    static const char *const COMMANDS[] = { "show", "history" };
    for (size_t i = 0; i < COUNT(COMMANDS); i++) {
        json_t *json = json_of(RUN(s, COMMANDS[i], "--format", "json", "https://" NEW));
        json_t *other = json_array_get(json_object_get(json, "also"), 0);
        assert_string_equal(json_string_value(json_object_get(other, "url")), "https://" OLD);
        assert_string_equal(json_string_value(json_object_get(other, "source")), "bund");
        assert_string_equal(json_string_value(json_object_get(other, "proof")), "text");
        assert_int_equal(json_integer_value(json_object_get(other, "percent")), 100);
        json_decref(json);
        RUN(s, COMMANDS[i], "https://" OLD);
        assert_says(s->last.out, "auch unter: https://" NEW "\nland; steht in den Ergebnissen");
        RUN(s, COMMANDS[i], "https://" NEW);
        assert_says(s->last.out, "bund; 100 % des kürzeren Textes stehen auch hier");
    }
}

static void a_saved_search_counts_it_once(void **state)
{
    struct scratch *s = *state;
    import_pair(s);
    static const char SEARCHES[] = "searches:\n  - name: laden\n    query: Ladenlokale\n";
    const char *file = in(s, "suchen.yaml");
    spill(file, SEARCHES, sizeof SEARCHES - 1);
    json_t *json = json_of(RUN(s, "saved", "--format", "json", "run", "--file", file));
    assert_int_equal(json_integer_value(json_object_get(json_array_get(json_object_get(json, "searches"), 0), "total")), 2);
    json_decref(json);
}

static void a_programme_that_is_known_is_not_new_at_a_further_address(void **state)
{
    struct scratch *s = *state;
    import_pair(s);
    json_t *json = json_of(run_program(s, "changes", "--format", "json", "--since", "2025-01-15", "--db", in(s, "t.db")));
    assert_int_equal(json_integer_value(json_object_get(json, "new")), 0);
    assert_int_equal(json_integer_value(json_object_get(json, "linked")), 1);
    assert_string_equal(json_string_value(json_object_get(at(json, "notices", "https://" NEW), "what")), "linked");
    json_decref(json);
    json = json_of(run_program(s, "changes", "--format", "json", "--since", "2024-12-31", "--db", in(s, "t.db")));
    assert_int_equal(json_integer_value(json_object_get(json, "new")), 2); /* both addresses are new, the programme once */
    json_decref(json);
}

static void watch_does_not_mistake_another_address_for_another_programme(void **state)
{
    struct scratch *s = *state;
    import_text(s, NOTICE("bund", OLD, TITLE, "2025-01-01", BODY));
    spill(in(s, "p.yaml"), PROFILE, strlen(PROFILE));
    assert_status(RUN(s, "watch", in(s, "p.yaml")), 0);
    assert_status(RUN(s, "dismiss", in(s, "p.yaml"), "https://" OLD, "--why", "kein Personal"), 0);
    import_text(s, NOTICE("land", NEW, TITLE, "2025-02-01", BODY)); /* leads from now on */
    RUN(s, "watch", in(s, "p.yaml"));
    assert_status(&s->last, 3);
    assert_silent_on(s->last.out, TITLE);
    import_text(s, NOTICE("land", NEW, TITLE, "2025-03-01", BODY " Der Fördersatz steigt auf 90 Prozent.")); /* dismissed: not told */
    assert_status(RUN(s, "watch", in(s, "p.yaml")), 3);
    const struct run *r = RUN(s, "match", "--lang", "en", "--all", in(s, "p.yaml")); /* the list knows it by the other address as well */
    assert_says(r->out, "* Dismissed (");
    assert_says(r->out, "kein Personal");
    assert_status(RUN(s, "keep", in(s, "p.yaml"), "https://" OLD), 0); /* under the address that somebody has at hand */
    import_text(s, NOTICE("land", NEW, TITLE, "2025-04-01", BODY " Anträge sind bis zum 30. September 2025 zu stellen."));
    json_t *json = json_of(RUN(s, "watch", "--format", "json", in(s, "p.yaml")));
    json_t *event = at(json_array_get(json_object_get(json, "digests"), 0), "events", "https://" NEW);
    assert_non_null(event);
    assert_string_equal(also_of(event), "https://" OLD);
    json_decref(json);
}

static void a_link_that_falls_shows_both_again(void **state)
{
    struct scratch *s = *state;
    import_pair(s);
    import_text(s, NOTICE("land", NEW, "Orte der Ruhe", "2025-03-01", "Ganz andere Ladenlokale."));
    json_t *json = json_of(RUN(s, "search", "--format", "json", "Ladenlokale"));
    assert_int_equal(json_integer_value(json_object_get(json, "total")), 3);
    assert_null(json_object_get(at(json, "hits", "https://" OLD), "also"));
    json_decref(json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lists_show_it_once_with_its_other_address, make_scratch, drop_scratch),
        cmocka_unit_test_setup_teardown(show_and_history_of_either_tell_of_the_other, make_scratch, drop_scratch),
        cmocka_unit_test_setup_teardown(a_saved_search_counts_it_once, make_scratch, drop_scratch),
        cmocka_unit_test_setup_teardown(a_programme_that_is_known_is_not_new_at_a_further_address, make_scratch, drop_scratch),
        cmocka_unit_test_setup_teardown(watch_does_not_mistake_another_address_for_another_programme, make_scratch, drop_scratch),
        cmocka_unit_test_setup_teardown(a_link_that_falls_shows_both_again, make_scratch, drop_scratch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
