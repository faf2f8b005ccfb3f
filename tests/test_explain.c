/* Why facts are what they are, and that the program knows when they are those of other rules. */
#include <jansson.h>

#include "rules/engine/explain.h"
#include "tests/program.h"
#include "tests/rules_test.h"

/* --- what becomes of a match -------------------------------------------------------------------------------------- */
struct heard { enum mw_fact_type type; char text[400]; bool untaken; };

static void hear(void *ctx, const struct mw_candidate *c)
{
    struct heard *h = ctx;
    if (mw_rules_head(rules, c->rule).type != h->type)
        return;
    size_t n = strlen(h->text);
    snprintf(h->text + n, sizeof h->text - n, "%s%s \"%.*s\"", n > 0 ? ", " : "", MW_FATES[c->fate], MW_SV_ARG(c->words));
    assert_true((c->fate == MW_FATE_OUTRANKED || c->fate == MW_FATE_NO_FACT) == (c->by != SIZE_MAX));
    assert_true(mw_sv_find(c->sentence, c->words, 0) != SIZE_MAX);
}

static void hear_untaken(void *ctx, enum mw_fact_type type, size_t rule, struct mw_sv sentence, size_t start)
{
    struct heard *h = ctx;
    (void)start;
    assert_true(mw_rules_head(rules, rule).type == type && sentence.n > 0);
    h->untaken = h->untaken || type == h->type;
}

static void every_match_is_told_with_what_became_of_it(void **state)
{
    static const struct { enum mw_fact_type type; const char *text, *want; bool untaken; } CASES[] = {
        { MW_F_RATE, "Der Zuschuss beträgt bis zu 80 Prozent.", "fact \"Zuschuss beträgt bis zu 80 Prozent\"", false },
        { MW_F_RATE, "Der Zuschuss beträgt bis zu 80 Prozent. Der Zuschuss beträgt bis zu 80 Prozent.",
            "fact \"Zuschuss beträgt bis zu 80 Prozent\", repeated \"Zuschuss beträgt bis zu 80 Prozent\"", false },
        { MW_F_APPLICANT, "Es wirken mit: Hochschulen.", "scope \"Hochschulen\"", false },
        { MW_F_RATE, "Von der Förderung wissen 80 Prozent.", "", true },
        { MW_F_RATE, "Zuschuss gibt es.", "", false }, /* the words of no rule: nothing could be missing */
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
        struct heard h = { .type = CASES[i].type };
        const struct mw_witness w = { &h, hear, hear_untaken };
        struct mw_notice n = { .url = MW_SV("u"), .title = MW_SV("t"), .opens = MW_DAY_NONE };
        struct mw_list facts = { 0 }, plainly = { 0 };
        struct mw_sv plain = mw_arena_printf(a, "t\n%s", CASES[i].text);
        assert_int_equal(mw_rules_explain(&facts, a, rules, &n, plain, &w, NULL), MW_OK);
        assert_int_equal(mw_rules_facts(&plainly, a, rules, &n, plain, NULL), MW_OK);
        assert_int_equal(facts.n, plainly.n); /* watching changes nothing */
        if (strcmp(h.text, CASES[i].want) != 0 || h.untaken != CASES[i].untaken)
            fail_msg("\"%s\": %s, untaken %d", CASES[i].text, h.text, h.untaken);
    }
}

/* --- on the command line ------------------------------------------------------------------------------------------ */
static const char NOTICE[] = "{\"url\": \"https://example.org/a\", \"title\": \"Ein Programm\", \"language\": \"de\", \"sections\": [{\"heading\": \"Text\","
                             " \"text\": \"Der Zuschuss beträgt bis zu 80 Prozent. Die Förderquote erhöht sich um 10 Prozent der Ausgaben.\"}]}\n";

static void bring_in(struct scratch *s)
{
    char command[1200];
    spill(in(s, "n.ndjson"), NOTICE, sizeof NOTICE - 1);
    snprintf(command, sizeof command, "cp -r rules '%s'", in(s, "rules"));
    assert_int_equal(system(command), 0); /* our own files into our own folder */
    assert_int_equal(run_program(s, "import", "--db", in(s, "t.db"), "--rules", in(s, "rules"), in(s, "n.ndjson"))->status, 0);
}

static bool has_keys(const json_t *object, const char *const *keys, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (json_object_get(object, keys[i]) == NULL)
            return false;
    return true;
}

static void the_json_of_explain_and_coverage_keeps_its_keys(void **state)
{
    static const char *const EXPLAIN[] = { "url", "title", "candidates", "facts_of_text", "facts_of_source", "outside_scope" };
    static const char *const CANDIDATE[] = { "type", "fate", "rule", "id", "words", "sentence", "start" };
    static const char *const COVERAGE[] = { "notices", "silent", "rules", "untaken" };
    static const char *const RULE[] = { "rule", "id", "type", "nothing", "fired", "lost" };
    struct scratch *s = *state;
    bring_in(s);
    json_t *e = json_of(run_program(s, "rules", "explain", "--db", in(s, "t.db"), "--rules", in(s, "rules"), "--format", "json", "https://example.org/a"));
    assert_true(has_keys(e, EXPLAIN, COUNT(EXPLAIN)));
    json_t *list = json_object_get(e, "candidates");
    assert_true(json_array_size(list) >= 1);
    for (size_t i = 0; i < json_array_size(list); i++)
        assert_true(has_keys(json_array_get(list, i), CANDIDATE, COUNT(CANDIDATE)));
    assert_string_equal(json_string_value(json_object_get(json_array_get(list, 0), "fate")), "fact");
    json_decref(e);
    json_t *c = json_of(run_program(s, "rules", "coverage", "--db", in(s, "t.db"), "--rules", in(s, "rules"), "--format", "json", "--type", "rate"));
    assert_true(has_keys(c, COVERAGE, COUNT(COVERAGE)));
    list = json_object_get(c, "rules");
    assert_true(json_array_size(list) >= 2);
    for (size_t i = 0; i < json_array_size(list); i++)
        assert_true(has_keys(json_array_get(list, i), RULE, COUNT(RULE)));
    json_decref(c);
    assert_int_equal(run_program(s, "rules", "coverage", "--db", in(s, "t.db"), "--type", "rates")->status, 2);
    assert_says(s->last.err, "rate");
    assert_int_equal(run_program(s, "rules", "explain", "--db", in(s, "t.db"), "https://example.org/b")->status, 3);
}

/* Changed rules are noticed by whoever reads facts, and cured by a refresh; then the facts are those of the new rules. */
static void facts_of_other_rules_are_noticed_and_renewed(void **state)
{
    struct scratch *s = *state;
    bring_in(s);
    assert_null(strstr(run_program(s, "show", "--db", in(s, "t.db"), "--rules", in(s, "rules"), "https://example.org/a")->err, "facts-stale"));
    assert_says(s->last.out, "80");
    assert_int_equal(unlink(in(s, "rules/facts/rate.yaml")), 0);
    static const char *const READERS[][2] = { { "show", "https://example.org/a" }, { "search", "Zuschuss" } };
    for (size_t i = 0; i < COUNT(READERS); i++)
        assert_says(run_program(s, READERS[i][0], "--db", in(s, "t.db"), "--rules", in(s, "rules"), READERS[i][1])->err, "facts-stale");
    json_t *f = json_of(run_program(s, "facts", "--db", in(s, "t.db"), "--rules", in(s, "rules"), "--format", "json"));
    assert_int_equal(json_integer_value(json_object_get(f, "stale")), 1);
    json_decref(f);
    f = json_of(run_program(s, "facts", "--refresh", "--db", in(s, "t.db"), "--rules", in(s, "rules"), "--format", "json"));
    assert_int_equal(json_integer_value(json_object_get(f, "renewed")), 1);
    assert_int_equal(json_integer_value(json_object_get(f, "stale")), 0);
    json_t *types = json_object_get(f, "types");
    for (size_t i = 0; i < json_array_size(types); i++)
        assert_string_not_equal(json_string_value(json_object_get(json_array_get(types, i), "type")), "rate");
    json_decref(f);
    assert_null(strstr(run_program(s, "search", "--db", in(s, "t.db"), "--rules", in(s, "rules"), "Zuschuss")->err, "facts-stale"));
}

/* A user's rule that would run for ever: the notice is taken in, and the pattern is named. */
static void a_regex_bomb_is_stopped_and_named(void **state)
{
    static const char BOMB[] = "fact: vat\nrules:\n  - id: bomb\n    words: [aaa]\n    find: '(?:a|aa)+[bc]'\n    gives: {value: eligible}\n"
                               "    examples:\n      find: [{text: 'aaab'}]\n      leave: [{text: 'x'}]\n";
    struct scratch *s = *state;
    char notice[4096];
    int n = snprintf(notice, sizeof notice, "{\"url\": \"https://example.org/b\", \"title\": \"B\", \"sections\": [{\"text\": \"");
    for (int i = 0; i < 3000; i++)
        notice[n++] = 'a';
    n += snprintf(notice + n, sizeof notice - (size_t)n, "\"}]}\n");
    bring_in(s);
    spill(in(s, "rules/facts/bomb.yaml"), BOMB, sizeof BOMB - 1);
    spill(in(s, "b.ndjson"), notice, (size_t)n);
    assert_int_equal(run_program(s, "import", "--db", in(s, "b.db"), "--rules", in(s, "rules"), in(s, "b.ndjson"))->status, 0);
    assert_says(s->last.err, "bomb.yaml:5");
    assert_says(s->last.err, "[slow]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_match_is_told_with_what_became_of_it),
        cmocka_unit_test_setup_teardown(the_json_of_explain_and_coverage_keeps_its_keys, make_scratch, drop_scratch),
        cmocka_unit_test_setup_teardown(facts_of_other_rules_are_noticed_and_renewed, make_scratch, drop_scratch),
        cmocka_unit_test_setup_teardown(a_regex_bomb_is_stopped_and_named, make_scratch, drop_scratch),
    };
    return cmocka_run_group_tests(tests, load_rules, free_rules);
}
