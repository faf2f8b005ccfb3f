/* Texts that mean harm, or that broke on their way: they are read in time that grows as they do, and hide nothing. What reading costs is
 * counted in bytes that patterns are run over, so that no clock decides; processor time is only watched for what does not end. */
#include <time.h>

#include "tests/rules_test.h"

#ifdef MW_SAN
enum { SLOWER = 20 };
#else
enum { SLOWER = 1 };
#endif
enum { SECONDS_MAX = 20 * SLOWER }; /* a second is usual */

static void repeat(struct mw_str *out, const char *words, size_t times)
{
    mw_str_clear(out);
    for (size_t i = 0; i < times; i++)
        mw_str_addz(out, words);
    assert_true(mw_str_ok(out));
}

/* Reads, returns how many facts there are; *work: bytes that patterns were run over. */
static size_t read_all(struct mw_sv plain, uint64_t *work)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct mw_list facts = { 0 };
    uint64_t before = mw_rules_work(rules);
    clock_t begin = clock();
    assert_int_equal(mw_rules_read(&facts, a, rules, plain, NULL, NULL), MW_OK);
    assert_true((double)(clock() - begin) / CLOCKS_PER_SEC < SECONDS_MAX);
    for (size_t i = 0; i < facts.n; i++) {
        const struct mw_fact *f = MW_AT(facts, struct mw_fact, i);
        assert_true(f->quote.n > 0 && f->start + f->quote.n <= plain.n && memcmp(plain.p + f->start, f->quote.p, f->quote.n) == 0);
        assert_true(mw_utf8_invalid_at(f->quote) == SIZE_MAX);
    }
    *work = mw_rules_work(rules) - before;
    return facts.n;
}

static void a_hundred_thousand_sentences_in_one_line_are_all_read(void **state)
{
    enum { N = 100000 };
    struct mw_str text = MW_STR_INIT;
    uint64_t work = 0;
    (void)state;
    for (int i = 0; i < N; i++)
        mw_str_addf(&text, "Der Zuschuss beträgt höchstens %d Euro. ", 10000 + i);
    assert_int_equal(read_all(mw_str_sv(&text), &work), N);
    assert_true(work > 0 && work < 60 * text.n);
    repeat(&text, "Der Antrag ist bis zum 31.12.2026 zu stellen. ", N);
    assert_int_equal(read_all(mw_str_sv(&text), &work), 1); /* said often, one fact */
    assert_true(work > 0 && work < 60 * text.n);
    mw_str_free(&text);
}

static void ten_megabytes_without_a_full_stop_are_read_in_pieces(void **state)
{
    struct mw_str text = MW_STR_INIT;
    uint64_t work = 0;
    (void)state;
    repeat(&text, "Antrag ohne Punkt und ohne Ende ", (size_t)10000000 / 32);
    (void)read_all(mw_str_sv(&text), &work);
    assert_true(work < 60 * text.n);
    mw_str_clear(&text);
    for (size_t i = 0; i < 10000000; i++) /* not even a space */
        mw_str_addc(&text, 'x');
    (void)read_all(mw_str_sv(&text), &work);
    assert_true(work < 20 * text.n);
    mw_str_free(&text);
}

static void work_grows_as_the_text_does(void **state)
{
    static const char *const WORDS[] = {
        "Der Antrag ist bis zum 31.12.2026 zu stellen. ", "Antrag bis zum Zuschuss Prozent Euro in der Regel ", "1.1.1.1.1.", "((((((",
        "und/oder/bzw./", "bis bis bis ", "Antragsberechtigt sind ", "- a\n", "\xC3\x9F\xCC\x88\xC2\xAD", "• A ", "Überschrift\n\n", "Zuschuss 50 % ",
        "bis zu 50.000 Euro, ", "- Kommunen bis zum 1. Mai:\n", "a) 1. (1) aa) ", "\xE2\x80\x8F\xE2\x80\xAE", "\n \n", "... ", "**", "|a\t",
    };
    struct mw_str text = MW_STR_INIT;
    (void)state;
    for (size_t i = 0; i < COUNT(WORDS); i++) {
        size_t times = (size_t)800000 / strlen(WORDS[i]);
        uint64_t quarter = 0, whole = 0;
        repeat(&text, WORDS[i], times / 4);
        (void)read_all(mw_str_sv(&text), &quarter);
        repeat(&text, WORDS[i], times);
        (void)read_all(mw_str_sv(&text), &whole);
        if (whole > 4 * quarter + quarter / 2 + 500000 || whole > 800 * text.n)
            fail_msg("\"%s\": patterns ran over %llu bytes of 200 KB, %llu of 800 KB", WORDS[i], (unsigned long long)quarter, (unsigned long long)whole);
    }
    mw_str_free(&text);
}

/* What typesetters, word processors and copying between them leave in a text. */
static void marks_between_letters_hide_nothing(void **state)
{
    static const struct { const char *what, *text, *want; } CASES[] = {
        { "right-to-left mark", "Der An\u200Ftrag ist bis zum 31.\u200F12.2026 zu stellen.", "deadline application 2026-12-31" },
        { "left-to-right mark", "\u200EDer Antrag\u200E ist bis zum\u200E 31.12.2026 zu stellen.", "deadline application 2026-12-31" },
        { "embedding and override", "\u202ADer Antrag\u202C ist bis zum \u202D31.12.2026\u202C zu stellen.", "deadline application 2026-12-31" },
        { "turned letters", "Der \u202EAntrag ist bis zum 31.12.2026 zu stellen.", "deadline application 2026-12-31" },
        { "isolates", "Der \u2066Antrag\u2069 ist bis zum \u206731.12.2026\u2069 zu stellen.", "deadline application 2026-12-31" },
        { "Arabic letter mark, word joiner", "Der Antrag ist bis zum 31.\u061C12.\u20602026 zu stellen.", "deadline application 2026-12-31" },
        { "soft hyphen, zero-width space", "Der An\u00ADtrag ist bis zum 31.12.\u200B2026 zu stellen.", "deadline application 2026-12-31" },
        { "combining marks", "Antra\u0308ge sind spa\u0308testens bis zum 31.12.2026 zu stellen.", "deadline application 2026-12-31" },
        { "combining marks on capitals", "FO\u0308RDERANTRA\u0308GE sind bis zum 31.12.2026 zu stellen.", "deadline application 2026-12-31" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_str got = MW_STR_INIT;
        facts_of(&got, rules, NULL, CASES[i].text, MW_F_DEADLINE);
        if (strcmp(mw_str_z(&got), CASES[i].want) != 0)
            fail_msg("%s: \"%s\"", CASES[i].what, mw_str_z(&got));
        mw_str_free(&got);
    }
}

static void a_letter_under_a_hundred_thousand_marks_is_read_past(void **state)
{
    struct mw_str text = MW_STR_INIT, marks = MW_STR_INIT;
    uint64_t work = 0;
    (void)state;
    mw_str_addz(&text, "Der Antrag ist bis zum 31.12.2026 zu stellen. a");
    repeat(&marks, "\u0301\u0308\u0323", 100000);
    mw_str_add(&text, mw_str_sv(&marks));
    mw_str_addz(&text, " Der Zuschuss beträgt höchstens 50.000 Euro.");
    assert_int_equal(read_all(mw_str_sv(&text), &work), 2);
    assert_true(work < 60 * text.n);
    mw_str_free(&marks);
    mw_str_free(&text);
}

static void bytes_that_are_no_utf8_are_refused_with_their_place(void **state)
{
    static const struct { const char *text, *at; } CASES[] = {
        { "Antrag bis \xFF 31.12.2026", "byte 11" }, { "\xC3", "byte 0" }, { "ab\xC0\xAF", "byte 2" },   /* overlong */
        { "\xED\xA0\x80", "byte 0" }, { "x\xF4\x90\x80\x80", "byte 1" }, { "\xE2\x80", "byte 0" }, /* half a surrogate, too great */
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
        MW_AUTO(mw_err_clear) struct mw_err err = MW_ERR_INIT(MW_EN);
        struct mw_list facts = { 0 };
        assert_int_equal(mw_rules_read(&facts, a, rules, mw_sv(CASES[i].text), NULL, &err), MW_PARSE);
        assert_int_equal(facts.n, 0);
        assert_non_null(strstr(err.msg, CASES[i].at));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hundred_thousand_sentences_in_one_line_are_all_read),
        cmocka_unit_test(ten_megabytes_without_a_full_stop_are_read_in_pieces),
        cmocka_unit_test(work_grows_as_the_text_does),
        cmocka_unit_test(marks_between_letters_hide_nothing),
        cmocka_unit_test(a_letter_under_a_hundred_thousand_marks_is_read_past),
        cmocka_unit_test(bytes_that_are_no_utf8_are_refused_with_their_place),
    };
    return cmocka_run_group_tests(tests, load_rules, free_rules);
}
