/* Words of a query to concepts to further words. */
#include "rules/engine/vocabulary.h"
#include "tests/rules_test.h"

static struct mw_rules *rules;
static int load_rules(void **state)
{
    (void)state;
    rules = our_rules();
    return rules == NULL ? -1 : 0;
}
static int free_rules(void **state)
{
    (void)state;
    mw_rules_free(rules);
    return 0;
}

static void words_are_found_with_their_endings_and_in_both_languages(void **state)
{
    static const struct { const char *query, *concepts; } CASES[] = {
        { "Quartierskonzept", "energetische-stadtsanierung" }, { "Quartierskonzepte", "energetische-stadtsanierung" },
        { "LED in der Straßenbeleuchtung", "strassenbeleuchtung strassenbeleuchtung" }, { "STRASSENBELEUCHTUNG", "strassenbeleuchtung" },
        { "Strassenbeleuchtung", "strassenbeleuchtung" }, { "street lighting", "strassenbeleuchtung" }, { "IKZ", "interkommunale-zusammenarbeit" },
        { "interkommunale Zusammenarbeit im Landkreis", "interkommunale-zusammenarbeit" }, { "urban development", "stadtentwicklung" },
        { "xyzzy", "" }, { "", "" }, { "§§ ((", "" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_arena *a = mw_arena_new();
        struct mw_list found = { 0 };
        struct mw_str got = MW_STR_INIT;
        assert_int_equal(mw_vocabulary_find(&found, a, mw_rules_vocabulary(rules), mw_sv(CASES[i].query), NULL), MW_OK);
        for (size_t k = 0; k < found.n; k++)
            mw_str_addf(&got, "%s%.*s", k > 0 ? " " : "", MW_SV_ARG(MW_AT(found, struct mw_expansion, k)->concept->id));
        if (strcmp(mw_str_z(&got), CASES[i].concepts) != 0)
            fail_msg("\"%s\": got \"%s\"", CASES[i].query, mw_str_z(&got));
        mw_str_free(&got);
        mw_arena_free(a);
    }
}

static void expansions_fall_in_weight_and_never_repeat_the_query_or_themselves(void **state)
{
    static const char *const QUERIES[] = { "Straßenbeleuchtung", "Quartiersmanagement und Leerstand", "climate adaptation", "Klimaschutz Klimaschutz" };
    (void)state;
    for (size_t q = 0; q < COUNT(QUERIES); q++) {
        struct mw_arena *a = mw_arena_new();
        struct mw_list out = { 0 };
        assert_int_equal(mw_vocabulary_expand(&out, a, mw_rules_vocabulary(rules), mw_sv(QUERIES[q]), NULL), MW_OK);
        assert_true(out.n >= 5);
        for (size_t i = 0; i < out.n; i++) {
            const struct mw_expansion *e = MW_AT(out, struct mw_expansion, i);
            assert_true(e->weight > 0 && e->weight <= 80 && e->end <= strlen(QUERIES[q]) && e->begin < e->end);
            assert_true(mw_sv_find(mw_sv(QUERIES[q]), e->words, 0) == SIZE_MAX);
            for (size_t k = 0; k < i; k++) {
                assert_true(MW_AT(out, struct mw_expansion, k)->weight >= e->weight);
                assert_false(mw_sv_ieq(MW_AT(out, struct mw_expansion, k)->words, e->words));
            }
        }
        mw_arena_free(a);
    }
}

static void the_vocabulary_is_large_and_speaks_both_languages(void **state)
{
    const struct mw_vocabulary *v = mw_rules_vocabulary(rules);
    (void)state;
    assert_true(mw_vocabulary_count(v) >= 250);
    for (size_t i = 0; i < mw_vocabulary_count(v); i++) {
        const struct mw_concept *c = mw_vocabulary_at(v, i);
        assert_true(c->de.n > 0 && c->en.n > 0);
        assert_ptr_equal(mw_vocabulary_get(v, c->id), c);
    }
    assert_null(mw_vocabulary_at(v, mw_vocabulary_count(v)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_found_with_their_endings_and_in_both_languages),
        cmocka_unit_test(expansions_fall_in_weight_and_never_repeat_the_query_or_themselves),
        cmocka_unit_test(the_vocabulary_is_large_and_speaks_both_languages),
    };
    return cmocka_run_group_tests(tests, load_rules, free_rules);
}
