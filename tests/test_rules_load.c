/* Rule files: what is refused, with which place and code, and that nothing is half loaded. */
#include <sys/stat.h>

#include "lib/core/file.h"
#include "rules/engine/vocabulary.h"
#include "tests/rules_test.h"

static char dir[64];

static void put(const char *name, const char *text)
{
    char path[160];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    assert_int_equal(mw_file_write(path, mw_sv(text), NULL), MW_OK);
}

static int make_dir(void **state)
{
    static const char *const ROOMS[] = { "facts", "vocabulary", "criteria" };
    char path[160];
    (void)state;
    snprintf(dir, sizeof dir, "/tmp/mw-rules-XXXXXX");
    if (mkdtemp(dir) == NULL)
        return -1;
    for (size_t i = 0; i < COUNT(ROOMS); i++) {
        snprintf(path, sizeof path, "%s/%s", dir, ROOMS[i]);
        if (mkdir(path, 0700) != 0)
            return -1;
    }
    return 0;
}

static int drop_dir(void **state)
{
    char command[100];
    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", dir);
    return system(command) == 0 ? 0 : -1; /* our own temporary folder */
}

#define RULE_HEAD "fact: rate\nrules:\n  - id: a\n    words: [prozent]\n"
#define GOOD_EXAMPLES                                                                                                             \
    "    examples:\n      find:\n        - {text: 'Der Zuschuss beträgt 50 Prozent.'}\n      leave:\n        - {text: 'Kein Satz.'}\n"
#define GOOD_RULE RULE_HEAD "    find: '(?<p>\\d+ Prozent)'\n    gives: {kind: max, share: $p}\n" GOOD_EXAMPLES

static void a_broken_file_is_refused_with_its_place_and_code(void **state)
{
    static const struct { const char *why, *file, *text, *code; unsigned line; } CASES[] = {
        { "a faulty pattern", "facts/rate.yaml", RULE_HEAD "    find: '(?<p>\\d+'\n    gives: {kind: max, share: $p}\n" GOOD_EXAMPLES, "pattern", 5 },
        { "\\C is refused", "facts/rate.yaml", RULE_HEAD "    find: '(?<p>\\d+)\\C'\n    gives: {kind: max, share: $p}\n" GOOD_EXAMPLES, "pattern", 5 },
        { "no such block", "facts/rate.yaml", RULE_HEAD "    find: '{{percemt}}'\n    gives: {kind: max}\n" GOOD_EXAMPLES, "block", 5 },
        { "no such concept", "facts/rate.yaml", RULE_HEAD "    find: '{{concept:none}}'\n    gives: {kind: max}\n" GOOD_EXAMPLES, "concept", 5 },
        { "no such concept among the words", "facts/rate.yaml",
            "fact: rate\nrules:\n  - id: a\n    words: ['{{concept:none}}']\n    find: 'x'\n    gives: {kind: max}\n" GOOD_EXAMPLES, "concept", 3 },
        { "a group no pattern has", "facts/rate.yaml", RULE_HEAD "    find: '(?<p>\\d+)'\n    gives: {kind: max, share: $q}\n" GOOD_EXAMPLES, "group", 6 },
        { "no statement", "facts/rate.yaml", RULE_HEAD "    find: 'x'\n" GOOD_EXAMPLES, "no-statement", 3 },
        { "statement and nothing", "facts/rate.yaml", RULE_HEAD "    find: 'x'\n    nothing: yes\n    gives: {kind: max}\n" GOOD_EXAMPLES, "no-statement", 3 },
        { "no example to find", "facts/rate.yaml", RULE_HEAD "    find: 'x'\n    gives: {kind: max}\n    examples: {find: [], leave: [{text: a}]}\n", "no-example", 3 },
        { "no example to leave", "facts/rate.yaml", RULE_HEAD "    find: 'x'\n    gives: {kind: max}\n    examples: {find: [{text: a}], leave: []}\n", "no-example", 3 },
        { "no examples at all", "facts/rate.yaml", RULE_HEAD "    find: 'x'\n    gives: {kind: max}\n", "missing-key", 3 },
        { "an unknown key", "facts/rate.yaml", RULE_HEAD "    fnd: 'x'\n    find: 'x'\n    gives: {kind: max}\n" GOOD_EXAMPLES, "unknown-key", 5 },
        { "an unknown scope", "facts/rate.yaml", RULE_HEAD "    find: 'x'\n    in: [nowhere]\n    gives: {kind: max}\n" GOOD_EXAMPLES, "scope", 3 },
        { "an unknown table", "facts/rate.yaml", RULE_HEAD "    find: '(?<p>x)'\n    gives: {value: $p, lookup: none}\n" GOOD_EXAMPLES, "lookup", 6 },
        { "an unknown word list", "facts/rate.yaml",
            "fact: rate\nrules:\n  - id: a\n    words: ['{{none}}']\n    find: 'x'\n    gives: {kind: max}\n" GOOD_EXAMPLES, "words", 3 },
        { "the same rule twice", "facts/rate.yaml", GOOD_RULE "  - id: a\n    words: [prozent]\n    find: 'y'\n    gives: {kind: max}\n" GOOD_EXAMPLES, "twice", 12 },
        { "a block that contains itself", "facts/shared.yaml", "blocks:\n  a: '{{b}}'\n  b: '{{a}}'\nsoft: '{{a}}'\n", "block", 0 },
        { "a concept that points nowhere", "vocabulary/c.yaml", "concepts:\n  - {id: a, de: [Haus], broader: [b]}\n", "concept", 2 },
        { "a concept of searches that points to a theme", "vocabulary/c.yaml", "concepts:\n  - {id: a, use: search, de: [Haus], broader: [b]}\n  - {id: b, de: [Hof]}\n", "concept", 2 },
        { "a theme that points to a concept of searches", "vocabulary/c.yaml", "concepts:\n  - {id: a, de: [Haus], related: [b]}\n  - {id: b, use: search, de: [Hof]}\n", "concept", 2 },
        { "another use", "vocabulary/c.yaml", "concepts:\n  - {id: a, use: match, de: [Haus]}\n", "unknown-word", 2 },
        { "a concept twice", "vocabulary/c.yaml", "concepts:\n  - {id: a, de: [Haus]}\n  - {id: a, de: [Hof]}\n", "twice", 3 },
        { "a concept without words", "vocabulary/c.yaml", "concepts:\n  - {id: a, abbr: [H]}\n", "no-words", 2 },
        { "a soft word never says no", "criteria/c.yaml",
            "criterion: c\norder: 1\nrows:\n  - {fact: rate, soft: yes, answer: no, de: a, en: b}\n", "soft-no", 4 },
        { "a comparison of nothing", "criteria/c.yaml", "criterion: c\norder: 1\nrows:\n  - {is: our_land, answer: yes, de: a, en: b}\n", "no-fact", 4 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
        struct mw_rules *r = NULL;
        char path[160];
        put(CASES[i].file, CASES[i].text);
        assert_int_not_equal(mw_rules_load(&r, dir, &diags, NULL), MW_OK);
        assert_null(r);
        size_t found = 0;
        for (size_t k = 0; k < diags.n; k++)
            found += diags.items[k].code != NULL && strcmp(diags.items[k].code, CASES[i].code) == 0 &&
                     (CASES[i].line == 0 || diags.items[k].line == CASES[i].line);
        if (found == 0)
            fail_msg("%s: got %zu faults, the first [%s] in line %u", CASES[i].why, diags.n,
                diags.n > 0 && diags.items[0].code != NULL ? diags.items[0].code : "-", diags.n > 0 ? diags.items[0].line : 0);
        mw_diags_free(&diags);
        snprintf(path, sizeof path, "%s/%s", dir, CASES[i].file);
        assert_int_equal(unlink(path), 0);
    }
}

static void all_faults_of_all_files_are_told_at_once(void **state)
{
    struct mw_diags diags = MW_DIAGS_INIT(MW_DE);
    struct mw_rules *r = NULL;
    (void)state;
    put("facts/rate.yaml", RULE_HEAD "    find: '('\n    gives: {kind: max}\n" GOOD_EXAMPLES "  - id: b\n    words: [x]\n    find: ')'\n    gives: {kind: max}\n" GOOD_EXAMPLES);
    put("criteria/c.yaml", "criterion: c\norder: 1\nrows:\n  - {answer: perhaps, de: a, en: b}\n");
    assert_int_not_equal(mw_rules_load(&r, dir, &diags, NULL), MW_OK);
    assert_true(diags.errors >= 3);
    mw_diags_free(&diags);
}

static void a_folder_without_rules_is_an_error_and_no_crash(void **state)
{
    struct mw_err err = MW_ERR_INIT(MW_EN);
    struct mw_rules *r = NULL;
    (void)state;
    assert_int_not_equal(mw_rules_load(&r, "/nonexistent", NULL, &err), MW_OK);
    assert_null(r);
    assert_non_null(err.msg);
    mw_err_clear(&err);
}

static void a_pattern_that_runs_away_is_stopped_and_named(void **state)
{
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_rules *r = NULL;
    size_t examples = 0, named = 0;
    (void)state;
    put("facts/rate.yaml",
        "fact: rate\nrules:\n  - id: bomb\n    words: [aaa]\n    find: '(?:a+)+(?:a+)+[bc]'\n    gives: {kind: max}\n    examples:\n      find:\n        - {text: 'aaab'}\n"
        "      leave:\n        - {text: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'}\n");
    assert_int_equal(mw_rules_load(&r, dir, &diags, NULL), MW_OK);
    assert_int_equal(mw_rules_test(r, &diags, &examples, NULL), MW_OK);
    assert_int_equal(examples, 2);
    for (size_t i = 0; i < diags.n; i++)
        named += diags.items[i].code != NULL && strcmp(diags.items[i].code, "slow") == 0 && strstr(diags.items[i].msg, "bomb") != NULL;
    assert_int_equal(named, 1);
    mw_rules_free(r);
    mw_diags_free(&diags);
}

/* {{concept:ID}} means the words of the concept in both languages, with their usual endings, and no longer words. */
static void a_rule_may_speak_of_a_concept(void **state)
{
    static const struct { const char *text; size_t facts; } CASES[] = {
        { "Notgemeinde", 1 }, { "für die Notgemeinden", 1 }, { "den klammen Gemeinden", 1 }, { "klammer Gemeinde", 1 }, { "poor towns", 1 }, { "eine KGM.", 1 },
        { "Notgemeinderat", 0 }, { "klamm", 0 }, { "Gemeinde", 0 }, { "KGMx", 0 }, { "vernotgemeinde", 0 },
    };
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_rules *r = NULL;
    (void)state;
    put("vocabulary/c.yaml", "concepts:\n  - {id: klamme-gemeinde, de: [klamme Gemeinde, Notgemeinde], en: [poor town], abbr: [KGM]}\n");
    put("facts/rate.yaml", "fact: rate\nrules:\n  - id: a\n    words: ['{{concept:klamme-gemeinde}}']\n    find: '{{concept:klamme-gemeinde}}'\n"
                           "    gives: {kind: max, value: $klamme_gemeinde}\n    examples:\n      find:\n        - {text: 'Notgemeinden'}\n      leave:\n        - {text: 'x'}\n");
    assert_int_equal(mw_rules_load(&r, dir, &diags, NULL), MW_OK);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_arena *a = mw_arena_new();
        struct mw_list facts = { 0 };
        assert_int_equal(mw_rules_read(&facts, a, r, mw_sv(CASES[i].text), NULL, NULL), MW_OK);
        if (facts.n != CASES[i].facts)
            fail_msg("\"%s\": %zu facts", CASES[i].text, facts.n);
        mw_arena_free(a);
    }
    mw_rules_free(r);
    r = NULL;
    put("facts/rate.yaml", RULE_HEAD "    find: '{{concept:klamme-gemeind}}'\n    gives: {kind: max}\n" GOOD_EXAMPLES);
    assert_int_not_equal(mw_rules_load(&r, dir, &diags, NULL), MW_OK);
    assert_int_equal(diags.n, 1);
    assert_non_null(strstr(diags.items[0].cure, "\"klamme-gemeinde\""));
    mw_diags_free(&diags);
}

static void no_rule_speaks_of_a_concept_of_searches(void **state)
{
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_rules *r = NULL;
    (void)state;
    put("vocabulary/c.yaml", "concepts:\n  - {id: suche-ort, use: search, de: [Ort]}\n");
    put("facts/rate.yaml", RULE_HEAD "    find: '{{concept:suche-ort}}'\n    gives: {kind: max}\n" GOOD_EXAMPLES);
    assert_int_not_equal(mw_rules_load(&r, dir, &diags, NULL), MW_OK);
    assert_int_equal(diags.n, 1);
    assert_non_null(strstr(diags.items[0].msg, "use: search"));
    mw_diags_free(&diags);
}

/* A user's rule that runs away in every sentence costs twenty of them; the others find what they find, and one line names it. */
static void a_pattern_that_always_runs_away_is_left_out_and_named_once(void **state)
{
    enum { SENTENCES = 3000 };
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_rules *r = NULL;
    struct mw_arena *a = mw_arena_new();
    struct mw_list facts = { 0 };
    struct mw_str text = MW_STR_INIT;
    (void)state;
    put("facts/rate.yaml",
        "fact: rate\nrules:\n  - id: bomb\n    words: [aaa]\n    find: '(?:a+)+(?:a+)+[bc]'\n    gives: {kind: max}\n    examples:\n      find:\n        - {text: 'aaab'}\n"
        "      leave:\n        - {text: 'aaa'}\n"
        "  - id: sound\n    words: [prozent]\n    find: '(?<share>\\d+ Prozent)'\n    gives: {kind: max, share: $share}\n    examples:\n      find:\n"
        "        - {text: '50 Prozent'}\n      leave:\n        - {text: 'Prozent'}\n");
    for (int i = 0; i < SENTENCES; i++)
        mw_str_addf(&text, "%d Prozent aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.\n\n", i % 100);
    assert_int_equal(mw_rules_load(&r, dir, &diags, NULL), MW_OK);
    assert_int_equal(mw_rules_read(&facts, a, r, mw_str_sv(&text), NULL, NULL), MW_OK);
    assert_int_equal(facts.n, 100); /* every share once */
    assert_true(mw_rules_work(r) < 2 * text.n);
    assert_int_equal(mw_rules_report_slow(r, MW_WARNING, &diags), 1);
    assert_int_equal(diags.n, 1);
    assert_non_null(strstr(diags.items[0].msg, "bomb"));
    assert_non_null(strstr(diags.items[0].file, "facts/rate.yaml"));
    assert_int_equal(diags.items[0].line, 5);
    mw_str_free(&text);
    mw_arena_free(a);
    mw_rules_free(r);
    mw_diags_free(&diags);
}

static void an_example_that_is_not_met_is_told_at_its_place(void **state)
{
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_rules *r = NULL;
    size_t examples = 0;
    (void)state;
    put("facts/rate.yaml",
        "fact: rate\nrules:\n  - id: a\n    words: [prozent]\n    find: '(?<p>\\d+ Prozent)'\n    gives: {kind: max, share: $p}\n    examples:\n      find:\n"
        "        - {text: 'Es sind 50 Prozent.', is: max 60 %}\n        - {text: 'Nichts.'}\n      leave:\n        - {text: 'Es sind 70 Prozent.'}\n");
    assert_int_equal(mw_rules_load(&r, dir, &diags, NULL), MW_OK);
    assert_int_equal(mw_rules_test(r, &diags, &examples, NULL), MW_OK);
    assert_int_equal(examples, 3);
    assert_int_equal(diags.errors, 3);
    assert_int_equal(diags.items[0].line, 9);
    assert_int_equal(diags.items[2].line, 12);
    mw_rules_free(r);
    mw_diags_free(&diags);
}

static void the_hash_follows_every_byte_of_the_files(void **state)
{
    struct mw_rules *r = NULL;
    uint64_t first, second;
    (void)state;
    put("facts/rate.yaml", GOOD_RULE);
    assert_int_equal(mw_rules_load(&r, dir, NULL, NULL), MW_OK);
    first = mw_rules_hash(r);
    mw_rules_free(r);
    put("facts/rate.yaml", GOOD_RULE "# changed\n");
    assert_int_equal(mw_rules_load(&r, dir, NULL, NULL), MW_OK);
    second = mw_rules_hash(r);
    mw_rules_free(r);
    assert_true(first != second);
}

static void a_slip_in_the_shared_blocks_is_told_once_and_not_in_every_rule(void **state)
{
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_rules *r = NULL;
    (void)state;
    put("facts/shared.yaml", "blocks:\n  number: '\\d+'\n  odd: [a, b:, c]\n");
    put("facts/rate.yaml", RULE_HEAD "    find: '(?<p>{{number}} Prozent)'\n    gives: {kind: max, share: $p}\n" GOOD_EXAMPLES);
    assert_int_equal(mw_rules_load(&r, dir, &diags, NULL), MW_INVALID);
    assert_int_equal(diags.errors, 1);
    assert_int_equal(diags.items[0].line, 3);
    mw_diags_free(&diags);
}

static void our_own_rules_pass_all_their_examples(void **state)
{
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_rules *r = our_rules();
    size_t examples = 0;
    (void)state;
    assert_non_null(r);
    assert_int_equal(mw_rules_test(r, &diags, &examples, NULL), MW_OK);
    for (size_t i = 0; i < diags.n; i++)
        print_error("%s:%u: %s\n", diags.items[i].file, diags.items[i].line, diags.items[i].msg);
    assert_int_equal(diags.errors, 0);
    assert_true(examples > 250);
    mw_diags_free(&diags);
    mw_rules_free(r);
}

/* The same sentence with other figures is no other wording. */
static bool same_words(struct mw_sv a, struct mw_sv b)
{
    for (size_t i = 0, k = 0;; i++, k++) {
        while (i < a.n && a.p[i] >= '0' && a.p[i] <= '9')
            i++;
        while (k < b.n && b.p[k] >= '0' && b.p[k] <= '9')
            k++;
        if (i >= a.n || k >= b.n)
            return i >= a.n && k >= b.n;
        if (a.p[i] != b.p[k])
            return false;
    }
}

static void each_of_our_rules_reads_three_wordings(void **state)
{
    struct mw_rules *r = our_rules();
    size_t poor = 0;
    (void)state;
    assert_non_null(r);
    for (size_t i = 0; i < r->rules.n; i++) {
        const struct mw_rule *rule = MW_AT(r->rules, struct mw_rule, i);
        size_t wordings = 0;
        for (size_t e = 0, k; e < rule->examples.find.n; e++) {
            const struct mw_sv text = MW_AT(rule->examples.find, struct mw_example, e)->text;
            for (k = 0; k < e && !same_words(text, MW_AT(rule->examples.find, struct mw_example, k)->text);)
                k++;
            wordings += k == e;
        }
        if (wordings < 3) {
            print_error("%.*s: \"%.*s\" has %zu wordings to find\n", MW_SV_ARG(rule->place), MW_SV_ARG(rule->id), wordings);
            poor++;
        }
    }
    mw_rules_free(r);
    assert_int_equal(poor, 0);
}

/* Searching needs words, matching needs criteria: neither waits for the fact rules, and neither sees other words or rows. */
static void a_part_of_the_rules_is_that_part_of_the_whole(void **state)
{
    struct mw_rules *all = our_rules(), *words = NULL, *verdicts = NULL;
    struct mw_str found = MW_STR_INIT;
    (void)state;
    assert_int_equal(mw_rules_load_part(&words, "rules", MW_RULES_VOCABULARY, NULL, NULL), MW_OK);
    assert_int_equal(mw_rules_load_part(&verdicts, "rules", MW_RULES_VOCABULARY | MW_RULES_CRITERIA, NULL, NULL), MW_OK);
    assert_int_equal(mw_vocabulary_count(mw_rules_vocabulary(words)), mw_vocabulary_count(mw_rules_vocabulary(all)));
    assert_int_equal(words->criteria.n, 0);
    assert_int_equal(verdicts->criteria.n, all->criteria.n);
    facts_of(&found, all, NULL, "Der Zuschuss beträgt bis zu 90 Prozent.", MW_F_RATE);
    assert_true(found.n > 0);
    mw_str_clear(&found);
    facts_of(&found, verdicts, NULL, "Der Zuschuss beträgt bis zu 90 Prozent.", MW_F_TYPE_N);
    assert_int_equal(found.n, 0);
    mw_str_free(&found);
    mw_rules_free(all);
    mw_rules_free(words);
    mw_rules_free(verdicts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_broken_file_is_refused_with_its_place_and_code, make_dir, drop_dir),
        cmocka_unit_test_setup_teardown(all_faults_of_all_files_are_told_at_once, make_dir, drop_dir),
        cmocka_unit_test(a_folder_without_rules_is_an_error_and_no_crash),
        cmocka_unit_test_setup_teardown(a_pattern_that_runs_away_is_stopped_and_named, make_dir, drop_dir),
        cmocka_unit_test_setup_teardown(a_rule_may_speak_of_a_concept, make_dir, drop_dir),
        cmocka_unit_test_setup_teardown(no_rule_speaks_of_a_concept_of_searches, make_dir, drop_dir),
        cmocka_unit_test_setup_teardown(a_pattern_that_always_runs_away_is_left_out_and_named_once, make_dir, drop_dir),
        cmocka_unit_test_setup_teardown(an_example_that_is_not_met_is_told_at_its_place, make_dir, drop_dir),
        cmocka_unit_test_setup_teardown(the_hash_follows_every_byte_of_the_files, make_dir, drop_dir),
        cmocka_unit_test(a_part_of_the_rules_is_that_part_of_the_whole),
        cmocka_unit_test_setup_teardown(a_slip_in_the_shared_blocks_is_told_once_and_not_in_every_rule, make_dir, drop_dir),
        cmocka_unit_test(our_own_rules_pass_all_their_examples),
        cmocka_unit_test(each_of_our_rules_reads_three_wordings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
