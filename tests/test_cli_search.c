/* search, similar and saved as people and scripts meet them. */
#include "tests/program.h"

#include <jansson.h>

#define NOTICE(url, title, land, text)                                                                                            \
    "{\"url\":\"https://example.org/" url "\",\"title\":\"" title "\",\"source\":\"probe\",\"facets\":{\"funding_location\":[\"" land \
    "\"],\"funding_area\":[\"Kultur\"]},\"sections\":[{\"heading\":\"Kurztext\",\"text\":\"" text "\"}]}\n"
static const char FOUR[] = NOTICE("rad", "Radwege im Quartier", "Nordrhein-Westfalen", "Gemeinden erhalten einen Zuschuss für Radwege. Höchstens 50.000 Euro je Vorhaben.")
    NOTICE("bahn", "=Radwege am Bahnhof", "Bayern", "Wer \\\"Radwege\\\" baut, erhält Zuschüsse; Anträge sind bis zum 31. März 2026 zu stellen.")
    NOTICE("wald", "Aufforstung", "Bayern", "Waldbesitzer pflanzen Buchen und Eichen in trockenen Lagen.")
    NOTICE("baum", "Bäume in der Stadt", "Hessen", "Städte pflanzen Bäume: Buchen, Eichen und Linden in trockenen Straßen.");

static void import_four(struct scratch *s)
{
    spill(in(s, "four.ndjson"), FOUR, sizeof FOUR - 1);
    assert_status(run_program(s, "import", "--db", in(s, "t.db"), in(s, "four.ndjson")), 0);
}

#define SEARCH(s, ...) run_program(s, "search", "--today", "2025-07-15", "--lang", "en", "--db", in(s, "t.db"), __VA_ARGS__)

static const char *url_at(const json_t *json, size_t i)
{
    const char *url = json_string_value(json_object_get(json_array_get(json_object_get(json, "hits"), i), "url"));
    return url != NULL ? url : "";
}

/* --- what a hit shows ------------------------------------------------------------------------------------------------------- */

static void people_see_marks_status_and_why(void **state)
{
    struct scratch *s = *state;
    import_four(s);
    const struct run *r = SEARCH(s, "Radweg", "Bahnhof");
    assert_status(r, 0);
    assert_says(r->out, "2 notices, of which 1 to 2");
    assert_says(r->out, "1. =Radwege am Bahnhof\nopen, until 31 March 2026\n");
    assert_says(r->out, "\"[Radwege]\"");
    assert_says(r->out, "Found by: Bahnhof, Radweg\n");
}

/* The promise of docs/formats.md section 3, key by key. */
static void the_json_of_a_hit_is_golden(void **state)
{
    static const char *const KEYS[] = { "rank", "url", "title", "source", "score", "status", "deadline", "snippet", "highlighted" };
    struct scratch *s = *state;
    import_four(s);
    json_t *json = json_of(SEARCH(s, "--format", "json", "Bahnhof"));
    json_t *hit = json_array_get(json_object_get(json, "hits"), 0);
    assert_int_equal(json_object_size(hit), COUNT(KEYS));
    for (size_t i = 0; i < COUNT(KEYS); i++)
        if (json_object_get(hit, KEYS[i]) == NULL)
            fail_msg("no %s", KEYS[i]);
    assert_string_equal(json_string_value(json_object_get(hit, "deadline")), "2026-03-31");
    assert_string_equal(json_string_value(json_object_get(json, "sort")), "relevance");
    assert_int_equal(json_integer_value(json_object_get(json, "offset")), 0);
    json_decref(json);
}

static int64_t milli(const json_t *number)
{
    double v = json_number_value(number) * 1000;
    return (int64_t)(v + (v < 0 ? -0.5 : 0.5));
}

static void germans_read_german_words_for_what_a_word_was_taken_for(void **state)
{
    struct scratch *s = *state;
    import_four(s);
    const struct run *r = run_program(s, "search", "--today", "2025-07-15", "--lang", "de", "--db", in(s, "t.db"), "--explain", "Radweg");
    assert_says(r->out, "  Wort ");
    assert_null(strstr(r->out, " word "));
    assert_null(strstr(r->out, " synonym "));
    json_t *json = json_of(SEARCH(s, "--format", "json", "--explain", "Radweg"));
    json_t *reading = json_array_get(json_object_get(json, "readings"), 0);
    assert_string_equal(json_string_value(json_object_get(reading, "kind")), "word");
    assert_null(json_object_get(reading, ".kind"));
    json_decref(json);
}

/* Forty related words are for programs; in JSON all of them stay. */
static void people_see_the_telling_related_words_and_how_many_more(void **state)
{
    struct scratch *s = *state;
    import_four(s);
    json_t *json = json_of(SEARCH(s, "--format", "json", "--explain", "Buchen"));
    size_t i, related = 0;
    json_t *reading;
    json_array_foreach(json_object_get(json, "readings"), i, reading)
        related += strcmp(json_string_value(json_object_get(reading, "kind")), "related") == 0;
    json_decref(json);
    assert_true(related > 8);
    const struct run *r = SEARCH(s, "--explain", "Buchen");
    assert_says(r->out, " more\n");
    size_t rows = 0;
    for (const char *p = r->out; (p = strstr(p, "\nrelated ")) != NULL && p < strstr(r->out, "\n1. "); p++)
        rows++;
    assert_in_range(rows, 2, 9);
}

static void an_explanation_adds_up_to_the_score(void **state)
{
    struct scratch *s = *state;
    import_four(s);
    json_t *json = json_of(SEARCH(s, "--format", "json", "--explain", "Radwege Zuschuss Bäume pflanzen"));
    json_t *hits = json_object_get(json, "hits"), *hit, *term;
    size_t i, k;
    assert_true(json_array_size(hits) >= 2);
    json_array_foreach(hits, i, hit) {
        int64_t sum = 0;
        json_array_foreach(json_object_get(hit, "explain"), k, term) {
            const char *field;
            json_t *share;
            int64_t fields = 0;
            json_object_foreach(json_object_get(term, "fields"), field, share)
                fields += milli(share);
            assert_int_equal(fields, milli(json_object_get(term, "score")));
            sum += fields;
        }
        assert_true(sum > 0);
        assert_int_equal(sum, milli(json_object_get(hit, "score")));
    }
    assert_true(json_array_size(json_object_get(json, "readings")) >= 4);
    json_decref(json);
}

static void csv_is_rfc_4180_and_no_formula(void **state)
{
    struct scratch *s = *state;
    import_four(s);
    const struct run *r = SEARCH(s, "--format", "csv", "Bahnhof");
    assert_status(r, 0);
    assert_ptr_equal(strstr(r->out, "rank,url,title,source,score,status,deadline,snippet\r\n1,\"https://example.org/bahn\","), r->out);
    assert_says(r->out, "\"'=Radwege am Bahnhof\",\"probe\",");
    assert_says(r->out, ",open,2026-03-31,\"");
    assert_says(r->out, "\"\"Radwege\"\"");
    assert_status(SEARCH(s, "--format", "csv", "Xylophonkonzertsaal"), 3);
}

/* German spreadsheets put a line with commas into one cell, and read letters wrongly without the mark. */
static void csv_in_german_is_what_a_german_spreadsheet_opens(void **state)
{
    struct scratch *s = *state;
    import_four(s);
    const struct run *r = SEARCH(s, "--format", "csv", "--lang", "de", "Bahnhof");
    assert_status(r, 0);
    assert_ptr_equal(strstr(r->out, "\xEF\xBB\xBFrank;url;title;source;score;status;deadline;snippet\r\n1;\"https://example.org/bahn\";"), r->out);
    const char *score = strstr(r->out, "\"probe\";");
    assert_non_null(score);
    score += strlen("\"probe\";");
    assert_int_equal(score[strspn(score, "0123456789")], ',');
    assert_says(r->out, ";open;2026-03-31;\"");
}

static void a_word_with_a_minus_is_no_option(void **state)
{
    struct scratch *s = *state;
    import_four(s);
    json_t *json = json_of(SEARCH(s, "--format", "json", "Radwege", "-Bahnhof", "-land:HE"));
    assert_int_equal(json_integer_value(json_object_get(json, "total")), 1);
    assert_string_equal(url_at(json, 0), "https://example.org/rad");
    json_decref(json);
    assert_status(SEARCH(s, "Radwege", "--bahnhof"), 2);
    assert_says(SEARCH(s, "-h")->out, "mittelweg search");
    assert_status(SEARCH(s, "--limit", "-5", "Radwege"), 2);
}

/* --- pages, orders, facets ---------------------------------------------------------------------------------------------------- */

static void pages_and_offsets_are_the_same_list(void **state)
{
    struct scratch *s = *state;
    char first[64];
    import_four(s);
    json_t *json = json_of(SEARCH(s, "--format", "json", "--limit", "1", "Buchen"));
    assert_int_equal(json_integer_value(json_object_get(json, "total")), 2);
    snprintf(first, sizeof first, "%s", url_at(json, 0));
    json_decref(json);
    json = json_of(SEARCH(s, "--format", "json", "--limit", "1", "--page", "2", "Buchen"));
    assert_string_not_equal(url_at(json, 0), first);
    assert_int_equal(json_integer_value(json_object_get(json_array_get(json_object_get(json, "hits"), 0), "rank")), 2);
    json_decref(json);
    assert_says(SEARCH(s, "--page", "9", "Buchen")->out, "behind the last");
}

static void orders_are_by_name_and_others_are_refused(void **state)
{
    struct scratch *s = *state;
    import_four(s);
    json_t *json = json_of(SEARCH(s, "--format", "json", "--sort", "deadline", "Radwege"));
    assert_string_equal(url_at(json, 0), "https://example.org/bahn");
    json_decref(json);
    json = json_of(SEARCH(s, "--format", "json", "--sort", "amount", "Radwege"));
    assert_string_equal(url_at(json, 0), "https://example.org/rad");
    assert_int_equal(json_integer_value(json_object_get(json_array_get(json_object_get(json, "hits"), 0), "amount")), 5000000);
    json_decref(json);
    const struct run *r = SEARCH(s, "--sort", "price", "Radwege");
    assert_status(r, 2);
    assert_says(r->err, "relevance, deadline, newest or amount");
}

static void facets_are_counted_on_request(void **state)
{
    struct scratch *s = *state;
    import_four(s);
    json_t *json = json_of(SEARCH(s, "--format", "json", "--facets", "--limit", "1", "Buchen"));
    json_t *land = json_object_get(json_object_get(json, "facets"), "land");
    assert_int_equal(json_array_size(land), 2);
    assert_string_equal(json_string_value(json_object_get(json_array_get(land, 0), "value")), "BY");
    assert_int_equal(json_integer_value(json_object_get(json_array_get(land, 0), "notices")), 1);
    json_decref(json);
    assert_says(SEARCH(s, "--facets", "Buchen")->out, "BY 1, HE 1");
}

/* --- nothing found --------------------------------------------------------------------------------------------------------------- */

static void an_empty_answer_says_what_would_bring_something(void **state)
{
    struct scratch *s = *state;
    import_four(s);
    const struct run *r = SEARCH(s, "Radwege", "land:HE");
    assert_status(r, 3);
    assert_says(r->out, "* Without land:HE: 2\n");
    assert_says(r->out, "* Without Radwege: 1\n");
    assert_says(r->out, "Searched were 4 notices of: probe");
    json_t *json = json_of(SEARCH(s, "--format", "json", "Radwege", "\"Radwege aus Holz\"", "land:NW"));
    json_t *loosened = json_object_get(json, "loosened");
    assert_int_equal(json_array_size(loosened), 1);
    assert_string_equal(json_string_value(json_object_get(json_array_get(loosened, 0), "kind")), "phrase");
    assert_int_equal(json_integer_value(json_object_get(json_array_get(loosened, 0), "total")), 1);
    assert_true(json_array_size(json_object_get(json, "coverage")) > 0);
    json_decref(json);
}

/* "land:HE" are the programmes of Hessen; what the Bund gives is open to its towns, too, and is offered. */
static void the_land_of_a_kreis_or_a_town_is_offered(void **state)
{
    static const struct { const char *typed, *offer; } CASES[] = {
        { "Bäume im Landkreis Stendal?", "To narrow down to \"Landkreis Stendal\" add land:ST,DE,EU\n" },
        { "Bäume Stadt Dorsten", "To narrow down to \"Stadt Dorsten\" add land:NW,DE,EU\n" },
        { "Bäume Dorsten", NULL },                 /* may be a word */
        { "Bäume Gemeinde Neuried", NULL },        /* there are two */
        { "Bäume Landkreis Stendal Hessen", NULL }, /* a Land is named */
        { "Bäume Landkreis Stendal land:HE", NULL },
        { "Bäume Landkreis Stendal Bundesland:HE", NULL },
        { "Bäume Landkreis Stendal -LAND:HE", NULL },
        { "Bäume in der Stadt", NULL },
    };
    struct scratch *s = *state;
    import_four(s);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const struct run *r = SEARCH(s, CASES[i].typed);
        if (CASES[i].offer != NULL)
            assert_says(r->out, CASES[i].offer);
        else
            assert_null(strstr(r->out, "To narrow down"));
    }
}

static void a_word_that_nobody_says_is_told_beside_what_comes_near(void **state)
{
    struct scratch *s = *state;
    import_four(s);
    assert_says(SEARCH(s, "Eichenpflanzung")->out, "No notice says \"Eichenpflanzung\"; some may speak of its parts");
    assert_null(strstr(SEARCH(s, "Eichen")->out, "No notice says"));
}

static void signs_alone_get_advice(void **state)
{
    static const char *const TYPED[] = { "😀🎉", "???", "-", "\"\"" };
    struct scratch *s = *state;
    import_four(s);
    for (size_t i = 0; i < COUNT(TYPED); i++) {
        const struct run *r = SEARCH(s, "--", TYPED[i]);
        assert_status(r, 3);
        assert_says(r->out, "holds no word to search for");
    }
}

static void a_land_without_hits_is_widened_to_bund_and_eu(void **state)
{
    static const char BUND[] = NOTICE("bund", "Radwege des Bundes", "bundesweit", "Kommunen bauen Radwege.");
    struct scratch *s = *state;
    import_four(s);
    spill(in(s, "bund.ndjson"), BUND, sizeof BUND - 1);
    assert_status(run_program(s, "import", "--db", in(s, "t.db"), in(s, "bund.ndjson")), 0);
    assert_says(SEARCH(s, "Radwege", "land:HE")->out, "* Also of the Bund and the EU (land:HE,DE,EU): 1\n");
    assert_says(SEARCH(s, "Radwege", "land:HE,DE,EU")->out, "One notice\n");
    assert_null(strstr(SEARCH(s, "Radwege", "land:EU")->out, "Also of the Bund"));
}

static void a_land_among_the_words_narrows_down_and_that_is_said(void **state)
{
    struct scratch *s = *state;
    import_four(s);
    const struct run *r = SEARCH(s, "Buchen", "Eichen", "Hessen");
    assert_status(r, 0);
    assert_says(r->out, "\"Hessen\" was read as where the project is");
    assert_says(r->out, "example.org/baum");
    assert_null(strstr(r->out, "example.org/wald"));
    assert_says(SEARCH(s, "--literal", "Buchen", "Eichen", "Hessen")->out, "example.org/wald");
}

static void what_was_taken_for_something_else_is_said(void **state)
{
    struct scratch *s = *state;
    import_four(s);
    assert_says(SEARCH(s, "Radwege", "land:Bayren")->out, "\"Bayren\" was read as \"Bayern\"");
    assert_says(SEARCH(s, "Radwege", "status:grün")->out, "\"status:grün\" is no filter");
    assert_says(SEARCH(s, "Bahnhoff")->out, "Did you mean \"Bahnhof\"?");
    assert_says(SEARCH(s, "Bahnhoff", "land:BY,TH")->out, "Did you mean \"Bahnhof\"?"); /* said once, found or not */
    assert_null(strstr(s->last.out, "No notice holds \"Bahnhoff\".\n"));
}

/* --- texts and notices as queries -------------------------------------------------------------------------------------------------- */

static void a_file_is_a_query_and_its_telling_words_are_shown(void **state)
{
    static const char TEXT[] = "Projektbeschreibung\n\nDie Stadt will in ihren trockenen Straßen Bäume pflanzen, vor allem Linden. \"Bäume\" -kühlen die Stadt.";
    static const char PAGE[] = "<!doctype html><html><head><title>Vorhaben</title></head><body><main><h1>Linden</h1><p>Bäume pflanzen</p></main></body></html>";
    struct scratch *s = *state;
    import_four(s);
    spill(in(s, "text.txt"), TEXT, sizeof TEXT - 1);
    spill(in(s, "page.html"), PAGE, sizeof PAGE - 1);
    const char *const files[] = { "text.txt", "page.html" };
    for (size_t i = 0; i < COUNT(files); i++) {
        json_t *json = json_of(SEARCH(s, "--format", "json", "--from", in(s, files[i])));
        bool told = false;
        size_t k;
        json_t *word;
        assert_string_equal(url_at(json, 0), "https://example.org/baum");
        json_array_foreach(json_object_get(json, "telling"), k, word)
            told = told || strcmp(json_string_value(word), "Linden") == 0;
        assert_true(told);
        json_decref(json);
    }
    json_t *json = json_of(SEARCH(s, "--format", "json", "--from", in(s, "text.txt"), "land:BY"));
    assert_string_equal(url_at(json, 0), "https://example.org/wald");
    json_decref(json);
    spill(in(s, "empty.txt"), " \n", 2);
    assert_status(SEARCH(s, "--from", in(s, "empty.txt")), 2);
    assert_status(SEARCH(s, "--from", in(s, "none.txt")), 2);
}

static void similar_notices_speak_of_the_same(void **state)
{
    struct scratch *s = *state;
    import_four(s);
    json_t *json = json_of(run_program(s, "similar", "--db", in(s, "t.db"), "--format", "json", "https://example.org/wald"));
    assert_string_equal(url_at(json, 0), "https://example.org/baum");
    for (size_t i = 0; i < json_array_size(json_object_get(json, "hits")); i++)
        assert_string_not_equal(url_at(json, i), "https://example.org/wald");
    json_decref(json);
    assert_status(run_program(s, "similar", "--db", in(s, "t.db"), "https://example.org/wald", "land:NW"), 3);
    const struct run *r = run_program(s, "similar", "--db", in(s, "t.db"), "--lang", "en", "https://example.org/walt");
    assert_status(r, 3);
    assert_says(r->err, "Did you mean \"https://example.org/wald\"?");
}

/* --- saved searches ------------------------------------------------------------------------------------------------------------------ */

#define SAVED(s, ...) run_program(s, "saved", "--lang", "en", "--db", in(s, "t.db"), "--file", in(s, "mine.yaml"), __VA_ARGS__)

static void a_search_is_kept_run_and_taken_out(void **state)
{
    struct scratch *s = *state;
    import_four(s);
    assert_status(SAVED(s, "list"), 3);
    assert_status(SAVED(s, "add", "it's Rad", "Radwege", "-\"am Bahnhof\"", "land:NW"), 0);
    assert_status(SAVED(s, "add", "Bäume", "Buchen", "--sort", "newest"), 0);
    assert_status(SAVED(s, "add", "Bäume", "Linden"), 2);
    json_t *json = json_of(SAVED(s, "run", "--format", "json"));
    json_t *all = json_object_get(json, "searches");
    assert_int_equal(json_array_size(all), 2);
    assert_string_equal(json_string_value(json_object_get(json_array_get(all, 0), "query")), "Radwege -\"am Bahnhof\" land:NW");
    assert_int_equal(json_integer_value(json_object_get(json_array_get(all, 0), "total")), 1);
    assert_int_equal(json_integer_value(json_object_get(json_array_get(all, 1), "total")), 2);
    json_decref(json);
    json = json_of(SAVED(s, "run", "Bäume", "--format", "json"));
    assert_string_equal(json_string_value(json_object_get(json, "sort")), "newest");
    assert_int_equal(json_integer_value(json_object_get(json, "total")), 2);
    json_decref(json);
    assert_says(SAVED(s, "run", "Bäum")->err, "Did you mean \"Bäume\"?");
    assert_status(SAVED(s, "remove", "it's Rad"), 0);
    assert_status(SAVED(s, "remove", "it's Rad"), 3);
    assert_says(SAVED(s, "list")->out, "Buchen");
    assert_status(SAVED(s, "add", "bald", "Radwege", "frist:bald"), 0);
    assert_says(SAVED(s, "run")->out, "\"frist:bald\" is no filter"); /* its total is of other words */
}

/* The file is the user's: what he wrote beside our lines stays, and nothing is written over what cannot be read. */
static void the_users_own_lines_stay(void **state)
{
    static const char MINE[] = "# meine Suchen\nsearches:\n- name: eins\n  query: Radwege   # wichtig\n\n# Wald\n- {name: zwei, query: Buchen}\n# Ende\n";
    static const char FLOW[] = "searches: [{name: eins, query: Radwege}]\n", BAD[] = "searches:\n- nmae: x\n  query: y\n";
    struct scratch *s = *state;
    size_t n;
    import_four(s);
    spill(in(s, "mine.yaml"), MINE, sizeof MINE - 1);
    assert_status(SAVED(s, "add", "drei", "Linden"), 0);
    assert_status(SAVED(s, "remove", "eins"), 0);
    char *text = slurp(in(s, "mine.yaml"), &n);
    assert_string_equal(text, "# meine Suchen\nsearches:\n\n# Wald\n- {name: zwei, query: Buchen}\n- name: 'drei'\n  query: 'Linden'\n# Ende\n");
    free(text);
    spill(in(s, "mine.yaml"), FLOW, sizeof FLOW - 1);
    assert_status(SAVED(s, "add", "zwei", "Linden"), 2);
    assert_status(SAVED(s, "run", "eins"), 0);
    spill(in(s, "mine.yaml"), BAD, sizeof BAD - 1);
    const struct run *r = SAVED(s, "add", "zwei", "Linden");
    assert_status(r, 2);
    assert_says(r->err, "mine.yaml:2");
    text = slurp(in(s, "mine.yaml"), &n);
    assert_string_equal(text, BAD);
    free(text);
    assert_status(SAVED(s, "frobnicate"), 2);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, make_scratch, drop_scratch)
int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(people_see_marks_status_and_why),
        CASE(the_json_of_a_hit_is_golden),
        CASE(germans_read_german_words_for_what_a_word_was_taken_for),
        CASE(people_see_the_telling_related_words_and_how_many_more),
        CASE(an_explanation_adds_up_to_the_score),
        CASE(csv_is_rfc_4180_and_no_formula),
        CASE(csv_in_german_is_what_a_german_spreadsheet_opens),
        CASE(a_word_with_a_minus_is_no_option),
        CASE(pages_and_offsets_are_the_same_list),
        CASE(orders_are_by_name_and_others_are_refused),
        CASE(facets_are_counted_on_request),
        CASE(an_empty_answer_says_what_would_bring_something),
        CASE(a_land_without_hits_is_widened_to_bund_and_eu),
        CASE(the_land_of_a_kreis_or_a_town_is_offered),
        CASE(a_word_that_nobody_says_is_told_beside_what_comes_near),
        CASE(signs_alone_get_advice),
        CASE(a_land_among_the_words_narrows_down_and_that_is_said),
        CASE(what_was_taken_for_something_else_is_said),
        CASE(a_file_is_a_query_and_its_telling_words_are_shown),
        CASE(similar_notices_speak_of_the_same),
        CASE(a_search_is_kept_run_and_taken_out),
        CASE(the_users_own_lines_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
