/* What patterns need, and the words found in one pass. */
#include "rules/engine/pattern.h"
#include "rules/engine/require.h"
#include "rules/engine/trigger.h"
#include "tests/test.h"

/* "a|b & c": the needs, the best first, the words of each parted by bars. */
static void needs_of(struct mw_str *out, struct mw_arena *a, const char *pattern)
{
    struct mw_list needs = { 0 };
    struct mw_str small = MW_STR_INIT;
    mw_pattern_fold(&small, mw_sv(pattern));
    assert_true(mw_require(&needs, a, mw_arena_copy(a, mw_str_sv(&small))));
    for (size_t i = 0; i < needs.n; i++) {
        const struct mw_need *n = MW_AT(needs, struct mw_need, i);
        for (size_t k = 0; k < n->any.n; k++)
            mw_str_addf(out, "%s%.*s", k > 0 ? "|" : i > 0 ? " & " : "", MW_SV_ARG(*MW_AT(n->any, struct mw_sv, k)));
    }
    mw_str_free(&small);
}

static void a_pattern_needs_what_every_match_holds_and_no_more(void **state)
{
    static const struct { const char *pattern, *want; } CASES[] = {
        { "Zuschuss", "zuschuss" },
        { "Zuschuss|Zuwendung\\w*", "zuschuss|zuwendung" },
        { "(?:Zuschuss|Zuwendung)\\w* [^;]{0,60}? nicht", "zuschuss|zuwendung & nicht" },
        { "Antr[aä]ge?", "antrag|anträg" },                /* "antrage" holds "antrag" */
        { "(?<x>Frist|Termin)(?:: | am )\\d+", "frist|termin" },
        { "kosten(?:frei)?", "kosten" },
        { "(?:kosten)?frei", "frei" },                      /* what may be missing is not needed */
        { "(?:kosten){0,2}frei", "frei" },
        { "(?:kosten){2}", "kosten" },
        { "(?=.*Gemeinde)Antrag", "gemeinde & antrag" },
        { "(?=Gemeinde)?Antrag", "antrag" }, { "(?:(?=Gemeinde)g)?Antrag", "antrag" }, /* what may be passed over is not needed */
        { "(?!Gemeinde)Antrag", "antrag" },
        { "(?<!nicht )förderfähig", "förderfähi" },         /* twelve bytes tell enough */
        { "Antrag|\\w+", "" },                              /* one way needs nothing */
        { "Antrag|(?:)", "" },
        { "[a-z]{3}", "" }, { ".*", "" }, { "", "" }, { "ab", "" },
        { "(?i)Antrag", "" }, { "(Antrag)\\1", "" }, { "(?R)?Antrag", "" }, { "\\QAntrag\\E", "" }, /* not understood */
        { "(?:der|die) Zuschuss \\w+ (?:der|die)", "zuschuss" }, /* what stands nearly everywhere spares nothing */
        { "a{b}cdef", "a{b}cdef" },
        { "[([.]Antrag", "(antrag|.antrag|[antrag" }, { "[([:]Antrag[:]]", "(antrag:]|:antrag:]|[antrag:]" }, /* no [:alpha:] */
        { "[]x]Antrag", "]antrag|xantrag" },
        { "[^x]Antrag", "antrag" }, { "[[:alpha:]]Antrag", "antrag" },
        { "\\bAntrag\\b", "antrag" }, { "Antr\\.ag", "antr.ag" }, { "\\p{Lu}Antrag", "antrag" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
        MW_AUTO(mw_str_free) struct mw_str got = MW_STR_INIT;
        needs_of(&got, a, CASES[i].pattern);
        if (strcmp(mw_str_z(&got), CASES[i].want) != 0)
            fail_msg("\"%s\": needs \"%s\", want \"%s\"", CASES[i].pattern, mw_str_z(&got), CASES[i].want);
    }
}

/* What a pattern finds first in a text: match, or nothing where that is NULL. */
static void finds(const char *pattern, enum mw_spelling mode, const char *text, const char *match)
{
    MW_AUTO(mw_diags_free) struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_matcher *m = mw_matcher_new();
    struct mw_pattern p = { 0 };
    struct mw_pos pos = { "t", 1, 1 };
    size_t b = 0, e = 0;
    if (!mw_pattern_compile(&p, mw_sv(pattern), mode, &pos, &diags))
        fail_msg("\"%s\" is no pattern", pattern);
    bool found = mw_pattern_find(&p, m, mw_sv(text), 0, &b, &e);
    if (found != (match != NULL) || (found && !mw_sv_eqz(mw_sv_n(text + b, e - b), match)))
        fail_msg("\"%s\" in \"%s\": \"%.*s\"", pattern, text, (int)(e - b), text + b);
    mw_pattern_free(&p);
    mw_matcher_free(m);
}

/* "\\d" is spelled out, wherever it stands; what only looks like it stays. */
static void a_digit_is_one_of_ascii_in_every_place_of_a_pattern(void **state)
{
    static const struct { const char *pattern, *text, *match; } CASES[] = {
        { "\\d+", "x 12 y", "12" },
        { "\\d+", "\u0661\u0662 7", "7" },                 /* Arabic digits are no number that a value can be read from */
        { "[\\d.,]+", "rund 1.250,50 euro", "1.250,50" },
        { "[^\\d]+", "12ab", "ab" },
        { "[]\\d]+", "x]3", "]3" }, { "[^]\\d]+", "]3x", "x" },
        { "[[:alpha:]\\d]+", "- a1 -", "a1" },
        { "[\\d-]+", "x1-2", "1-2" },
        { "\\\\d", "a\\d", "\\d" },                        /* a backslash, then a letter */
        { "\\[\\d", "a[5", "[5" }, { "[[:d]\\d:]", "d5:]", "d5:]" },
        { "\\D+", "12ab", "ab" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++)
        finds(CASES[i].pattern, MW_UNCASED, CASES[i].text, CASES[i].match);
}

/* MW_STOP is what the stop of "rd." is in a copy that knows abbreviations. */
static void the_stop_of_an_abbreviation_ends_nothing(void **state)
{
    static const struct { const char *pattern, *text, *match; } CASES[] = {
        { "kosten[^.;]*? 20", "kosten von rd\x01 20", "kosten von rd\x01 20" }, { "kosten[^.;]*? 20", "kosten hoch. rd\x01 20", NULL },
        { "rd\\. 20", "rd\x01 20", "rd\x01 20" }, { "rd\\. 20", "rd. 20", "rd. 20" }, { "[a-z.]+", "rd\x01", "rd\x01" },
        { "[^a]+", "\x01", "\x01" }, { "[]^.]", "\x01", "\x01" }, { "[\\.;]", "\x01", "\x01" }, { "[^\\.;]", "\x01", "\x01" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++)
        finds(CASES[i].pattern, MW_STOPPED, CASES[i].text, CASES[i].match);
}

/* Patterns put together by chance, texts by chance from the same pieces: where PCRE2 finds a match every need is answered. */
static void a_text_that_matches_always_holds_what_is_needed(void **state)
{
    static const char *const PIECES[] = {
        "antrag", "frist", "zu", "ä", " ", "kosten|frei", "(?:", ")", "(?:", ")", "|", "?", "*", "+?", "{0,2}", "{2}", "[ab]", "[^;]{0,9}?", "\\w*",
        "(?=", ")", "(?!", ")", "(?<=", ")", "\\b", "^", ".",
    };
    static const char *const WORDS[] = { "antrag", "frist", "zu", "ä", " ", "kosten", "frei", "a", "b", ";" };
    uint64_t seed = 7;
    struct mw_matcher *m = mw_matcher_new();
    struct mw_pos pos = { "t", 1, 1 };
    size_t matches = 0;
    (void)state;
    for (size_t round = 0; round < 20000; round++) {
        MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
        MW_AUTO(mw_diags_free) struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
        MW_AUTO(mw_str_free) struct mw_str pattern = MW_STR_INIT, text = MW_STR_INIT;
        struct mw_pattern p = { 0 };
        struct mw_list needs = { 0 };
        for (size_t n = 2 + rnd(&seed) % 7; n > 0; n--)
            mw_str_addz(&pattern, PIECES[rnd(&seed) % COUNT(PIECES)]);
        if (!mw_pattern_compile(&p, mw_str_sv(&pattern), MW_UNCASED, &pos, &diags))
            continue;
        assert_true(mw_require(&needs, a, mw_str_sv(&pattern)));
        for (size_t t = 0; t < 8; t++) {
            size_t b, e;
            mw_str_clear(&text);
            for (size_t n = rnd(&seed) % 6; n > 0; n--)
                mw_str_addz(&text, WORDS[rnd(&seed) % COUNT(WORDS)]);
            if (!mw_pattern_find(&p, m, mw_sv(mw_str_z(&text)), 0, &b, &e))
                continue;
            matches++;
            for (size_t i = 0; i < needs.n; i++) {
                const struct mw_need *n = MW_AT(needs, struct mw_need, i);
                bool answered = false;
                for (size_t k = 0; k < n->any.n; k++)
                    answered = answered || mw_sv_find(mw_str_sv(&text), *MW_AT(n->any, struct mw_sv, k), 0) != SIZE_MAX;
                if (!answered)
                    fail_msg("\"%s\" matches \"%s\", which lacks need %zu", mw_str_z(&pattern), mw_str_z(&text), i);
            }
        }
        mw_pattern_free(&p);
    }
    assert_true(matches > 5000);
    mw_matcher_free(m);
}

/* Against a search for each word by itself. */
static void all_words_are_found_once_wherever_they_stand(void **state)
{
    static const char *const LETTERS[] = { "a", "b", "ab", "ä", " ", "%", "zuschuss", "zu", "schuss", "e" };
    uint64_t seed = 3;
    (void)state;
    for (size_t round = 0; round < 300; round++) {
        MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
        struct mw_trigger *t = mw_trigger_new(a);
        MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
        uint32_t found[200];
        for (size_t w = 0; w < 60; w++) {
            mw_str_clear(&s);
            for (size_t n = 1 + rnd(&seed) % 6; n > 0; n--)
                mw_str_addz(&s, LETTERS[rnd(&seed) % COUNT(LETTERS)]);
            int number = mw_trigger_add(t, mw_str_sv(&s));
            assert_int_equal(mw_trigger_add(t, mw_str_sv(&s)), number);
        }
        assert_true(mw_trigger_build(t));
        for (size_t text = 0; text < 20; text++) {
            mw_str_clear(&s);
            for (size_t n = rnd(&seed) % 12; n > 0; n--)
                mw_str_addz(&s, LETTERS[rnd(&seed) % COUNT(LETTERS)]);
            size_t n = mw_trigger_scan(t, mw_sv(mw_str_z(&s)), found), want = 0;
            for (size_t w = 0; w < mw_trigger_count(t); w++) {
                size_t times = 0;
                for (size_t i = 0; i < n; i++)
                    times += found[i] == w;
                bool there = mw_sv_find(mw_str_sv(&s), mw_trigger_word(t, w), 0) != SIZE_MAX;
                if (times != there)
                    fail_msg("\"%.*s\" in \"%s\": found %zu times", MW_SV_ARG(mw_trigger_word(t, w)), mw_str_z(&s), times);
                want += there;
            }
            assert_int_equal(n, want);
        }
    }
}

static void words_are_kept_in_small_letters_and_the_empty_one_is_refused(void **state)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct mw_trigger *t = mw_trigger_new(a);
    (void)state;
    assert_int_equal(mw_trigger_add(t, MW_SV("")), -1);
    int n = mw_trigger_add(t, MW_SV("ÄNTRAG×"));
    assert_sv(mw_trigger_word(t, (size_t)n), "äntrag×");
    assert_int_equal(mw_trigger_add(t, MW_SV("Äntrag×")), n);
}

static void alternatives_are_told_apart_where_they_need_nothing_of_each_other(void **state)
{
    static const struct { const char *pattern, *pieces; } CASES[] = {
        { "a|b", "a / b" }, { "(?:a|b)c|d", "(?:a|b)c / d" }, { "a", "a" }, { "a[|]b|c", "a[|]b / c" }, { "[]|]|b", "[]|] / b" }, { "[^]|]|b", "[^]|] / b" },
        { "a\\|b|c", "a\\|b / c" }, { "[[:alpha:]|]|b", "[[:alpha:]|] / b" }, { "(?<x>a|b)|\\(c|d", "(?<x>a|b) / \\(c / d" }, { "|a", " / a" },
        { "(a)\\1|b", "(a)\\1|b" }, { "(?i)a|b", "(?i)a|b" }, { "a\\Kb|c", "a\\Kb|c" }, { "(?(1)a|b)|c", "(?(1)a|b)|c" }, { "", "" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_str got = MW_STR_INIT;
        struct mw_sv p = mw_sv(CASES[i].pattern);
        for (size_t from = 0, end; from <= p.n; from = end + 1) {
            end = mw_pattern_piece_end(p, from);
            mw_str_addz(&got, from > 0 ? " / " : "");
            mw_str_add(&got, mw_sv_sub(p, from, end - from));
        }
        if (strcmp(mw_str_z(&got), CASES[i].pieces) != 0)
            fail_msg("%s: got %s, want %s", CASES[i].pattern, mw_str_z(&got), CASES[i].pieces);
        mw_str_free(&got);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pattern_needs_what_every_match_holds_and_no_more),
        cmocka_unit_test(the_stop_of_an_abbreviation_ends_nothing),
        cmocka_unit_test(a_text_that_matches_always_holds_what_is_needed),
        cmocka_unit_test(a_digit_is_one_of_ascii_in_every_place_of_a_pattern),
        cmocka_unit_test(all_words_are_found_once_wherever_they_stand),
        cmocka_unit_test(words_are_kept_in_small_letters_and_the_empty_one_is_refused),
        cmocka_unit_test(alternatives_are_told_apart_where_they_need_nothing_of_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
