/* German sentences, written before the rules that read them: of one type each gives these facts and no other. */
#include "lib/core/file.h"
#include "tests/rules_test.h"

/* The facts of one type, soft ones like the others, each once and in the order of the alphabet: "a; b". */
static void tidy(struct mw_str *out, const char *facts)
{
    struct mw_sv parts[16], rest = mw_sv(facts), part;
    size_t n = 0;
    while (rest.n > 0 && n < COUNT(parts)) {
        (void)mw_sv_cut(rest, ';', &part, &rest);
        part = mw_sv_trim(part);
        if (mw_sv_ends(part, MW_SV(" ~")))
            part.n -= 2;
        size_t at = 0;
        while (at < n && mw_sv_cmp(parts[at], part) < 0)
            at++;
        if (at < n && mw_sv_eq(parts[at], part))
            continue;
        memmove(parts + at + 1, parts + at, (n - at) * sizeof *parts);
        parts[at] = part;
        n++;
    }
    for (size_t i = 0; i < n; i++)
        mw_str_addf(out, "%s%.*s", i > 0 ? "; " : "", MW_SV_ARG(parts[i]));
}

static enum mw_fact_type type_of(struct mw_sv name)
{
    size_t t = 0;
    while (t < MW_F_TYPE_N && !mw_sv_eq(mw_sv(MW_FACT_TYPES[t]), name))
        t++;
    return (enum mw_fact_type)t;
}

static void every_sentence_gives_its_facts_and_no_other(void **state)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct mw_rules *r = our_rules();
    struct mw_sv file, line, type, wanted, sentence;
    size_t wrong = 0, lines = 0;
    (void)state;
    assert_non_null(r);
    assert_int_equal(mw_file_read(&file, a, "tests/data/german-sentences.tsv", 1 << 20, NULL), MW_OK);
    while (file.n > 0) {
        (void)mw_sv_cut(file, '\n', &line, &file);
        if (mw_sv_starts(line, MW_SV("#")) || !mw_sv_cut(line, '\t', &type, &line) || !mw_sv_cut(line, '\t', &wanted, &sentence))
            continue;
        assert_int_not_equal(type_of(type), MW_F_TYPE_N);
        struct mw_str found = MW_STR_INIT, got = MW_STR_INIT, want = MW_STR_INIT;
        facts_of(&found, r, NULL, mw_arena_z(a, sentence), type_of(type));
        tidy(&got, mw_str_z(&found));
        tidy(&want, mw_sv_eq(wanted, MW_SV("-")) ? "" : mw_arena_z(a, wanted));
        if (strcmp(mw_str_z(&got), mw_str_z(&want)) != 0) {
            print_error("%.*s\n    want %s\n    got  %s\n", MW_SV_ARG(sentence), mw_str_z(&want), mw_str_z(&got));
            wrong++;
        }
        lines++;
        mw_str_free(&found);
        mw_str_free(&got);
        mw_str_free(&want);
    }
    mw_rules_free(r);
    assert_true(lines > 200);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_sentence_gives_its_facts_and_no_other) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
