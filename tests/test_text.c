/* Views, strings, UTF-8, arenas; errors, diagnostics and their two languages. */
#include "lib/core/text.h"
#include "lib/core/arena.h"
#include "lib/core/err.h"
#include "tests/test.h"

/* --- views -------------------------------------------------------------------------------------------------------- */
static void no_value_is_not_an_empty_value(void **state)
{
    (void)state;
    assert_null(mw_sv(NULL).p);
    assert_non_null(mw_sv("").p);
    assert_true(mw_sv_eq(MW_SV_NONE, MW_SV(""))); /* but both have no bytes */
    assert_null(mw_sv_sub(MW_SV_NONE, 0, 5).p);
    assert_null(mw_sv_trim(MW_SV_NONE).p);
}

static void a_part_is_clipped_to_the_whole(void **state)
{
    (void)state;
    assert_sv(mw_sv_sub(MW_SV("abcdef"), 2, 3), "cde");
    assert_sv(mw_sv_sub(MW_SV("abcdef"), 4, SIZE_MAX), "ef");
    assert_sv(mw_sv_sub(MW_SV("abcdef"), SIZE_MAX, SIZE_MAX), "");
    assert_sv(mw_sv_trim(MW_SV(" \t\r\n a b \v\f")), "a b");
    assert_sv(mw_sv_trim(MW_SV(" \n ")), "");
}

static void views_compare_by_bytes(void **state)
{
    (void)state;
    assert_true(mw_sv_cmp(MW_SV("Z"), MW_SV("a")) < 0);
    assert_true(mw_sv_cmp(MW_SV("z"), MW_SV("ä")) < 0); /* bytes are unsigned */
    assert_true(mw_sv_cmp(MW_SV("ab"), MW_SV("abc")) < 0);
    assert_int_equal(mw_sv_cmp(MW_SV(""), MW_SV_NONE), 0);
    assert_true(mw_sv_ieq(MW_SV("Straße"), MW_SV("STRAßE")));
    assert_false(mw_sv_ieq(MW_SV("ä"), MW_SV("Ä"))); /* ASCII letters only */
    assert_false(mw_sv_ieq(MW_SV("@"), MW_SV("`")));
    assert_true(mw_sv_starts(MW_SV("abc"), MW_SV("ab")) && !mw_sv_starts(MW_SV("a"), MW_SV("ab")));
    assert_true(mw_sv_ends(MW_SV("abc"), MW_SV("bc")) && !mw_sv_ends(MW_SV("c"), MW_SV("bc")));
    assert_false(mw_sv_eqz(mw_sv_n("a\0b", 3), "a"));
    assert_true(mw_sv_hash(MW_SV("a")) == UINT64_C(0xaf63dc4c8601ec8c)); /* FNV-1a's published value */
}

static void a_needle_is_found_from_where_one_looks(void **state)
{
    (void)state;
    assert_int_equal(mw_sv_find(MW_SV("abcabc"), MW_SV("bc"), 0), 1);
    assert_int_equal(mw_sv_find(MW_SV("abcabc"), MW_SV("bc"), 2), 4);
    assert_true(mw_sv_find(MW_SV("abcabc"), MW_SV("bc"), 5) == SIZE_MAX);
    assert_true(mw_sv_find(MW_SV("abc"), MW_SV("abcd"), 0) == SIZE_MAX);
    assert_int_equal(mw_sv_find(MW_SV("abc"), MW_SV(""), 3), 3);
    assert_true(mw_sv_find(MW_SV("abc"), MW_SV(""), 4) == SIZE_MAX);
}

static void a_cut_gives_head_and_tail(void **state)
{
    struct mw_sv head, tail;
    (void)state;
    assert_true(mw_sv_cut(MW_SV("key=a=b"), '=', &head, &tail));
    assert_sv(head, "key");
    assert_sv(tail, "a=b");
    assert_false(mw_sv_cut(MW_SV("key"), '=', &head, &tail));
    assert_sv(head, "key");
    assert_sv(tail, "");
    assert_true(mw_sv_cut(MW_SV("="), '=', &head, &tail));
    assert_int_equal(head.n + tail.n, 0);
}

static void integers_are_the_whole_text_and_fit(void **state)
{
    static const struct {
        const char *text;
        bool ok;
        int64_t want;
    } CASES[] = {
        { "42", true, 42 },
        { "+7", true, 7 },
        { "-7", true, -7 },
        { "9223372036854775807", true, INT64_MAX },
        { "-9223372036854775808", true, INT64_MIN },
        { "9223372036854775808", false, 5 },
        { "-9223372036854775809", false, 5 },
        { "", false, 5 },
        { "-", false, 5 },
        { "4 2", false, 5 },
        { " 42", false, 5 },
        { "0x10", false, 5 },
        { "--1", false, 5 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        int64_t n = 5;
        if (mw_sv_int(mw_sv(CASES[i].text), &n) != CASES[i].ok || n != CASES[i].want)
            fail_msg("\"%s\": %lld", CASES[i].text, (long long)n);
    }
}

/* The definition, without tables: the cheapest of all ways to make the texts equal from the front. */
static unsigned distance_by_definition(struct mw_sv a, struct mw_sv b)
{
    unsigned best, d;
    if (a.n == 0 || b.n == 0)
        return (unsigned)(a.n + b.n);
    best = distance_by_definition(mw_sv_sub(a, 1, a.n), mw_sv_sub(b, 1, b.n)) + (a.p[0] != b.p[0]);
    if ((d = distance_by_definition(mw_sv_sub(a, 1, a.n), b) + 1) < best)
        best = d;
    if ((d = distance_by_definition(a, mw_sv_sub(b, 1, b.n)) + 1) < best)
        best = d;
    if (a.n > 1 && b.n > 1 && a.p[0] == b.p[1] && a.p[1] == b.p[0] &&
        (d = distance_by_definition(mw_sv_sub(a, 2, a.n), mw_sv_sub(b, 2, b.n)) + 1) < best)
        best = d;
    return best;
}

static void distance_counts_edits_up_to_the_limit(void **state)
{
    static char longest[300];
    uint64_t seed = 9;
    (void)state;
    assert_int_equal(mw_sv_distance(MW_SV("financing"), MW_SV("finnacing"), 3), 1); /* a swap */
    assert_int_equal(mw_sv_distance(MW_SV("rate"), MW_SV("rates"), 3), 1);
    for (int i = 0; i < 3000; i++) {
        char a[6], b[6];
        for (size_t k = 0; k < 6; k++) {
            a[k] = (char)('a' + rnd(&seed) % 3);
            b[k] = (char)('a' + rnd(&seed) % 3);
        }
        struct mw_sv x = mw_sv_n(a, rnd(&seed) % 7), y = mw_sv_n(b, rnd(&seed) % 7);
        unsigned limit = (unsigned)(rnd(&seed) % 5), want = distance_by_definition(x, y);
        unsigned got = mw_sv_distance(x, y, limit);
        if (got != (want <= limit ? want : limit + 1))
            fail_msg("%.*s, %.*s, limit %u: %u instead of %u", MW_SV_ARG(x), MW_SV_ARG(y), limit, got, want);
    }
    assert_int_equal(mw_sv_distance(mw_sv_n(longest, 300), mw_sv_n(longest, 299), 5), 6); /* too long to look at */
}

/* --- strings ------------------------------------------------------------------------------------------------------ */
static void a_string_grows_and_keeps_a_nul_behind_it(void **state)
{
    struct mw_str s = MW_STR_INIT;
    (void)state;
    assert_string_equal(mw_str_z(&s), "");
    mw_str_add(&s, MW_SV_NONE);
    mw_str_addz(&s, "a");
    mw_str_addc(&s, 'b');
    mw_str_addf(&s, "%d-%s", 7, "c");
    assert_string_equal(mw_str_z(&s), "ab7-c");
    for (int i = 0; i < 10000; i++)
        mw_str_addc(&s, 'x');
    assert_int_equal(s.n, 10005);
    assert_int_equal(s.p[s.n], '\0');
    mw_str_clear(&s);
    assert_string_equal(mw_str_z(&s), "");
    mw_str_addz(&s, "again");
    assert_sv(mw_str_sv(&s), "again");
    mw_str_free(&s);
    assert_sv(mw_str_sv(&s), "");
}

static void beyond_its_limit_a_string_fails_once_for_all(void **state)
{
    struct mw_str s = { .max = 5 };
    (void)state;
    mw_str_addz(&s, "12345");
    assert_true(mw_str_ok(&s));
    mw_str_addz(&s, "6");
    assert_false(mw_str_ok(&s));
    mw_str_addz(&s, "");
    mw_str_addf(&s, "%d", 7);
    assert_string_equal(mw_str_z(&s), "12345");
    assert_null(mw_str_take(&s)); /* half a text is none */
    assert_int_equal(s.n, 0);
    assert_true(mw_str_ok(&s));
    mw_str_addz(&s, "123456");
    assert_false(mw_str_ok(&s)); /* the limit stays */
    mw_str_clear(&s);
    assert_true(mw_str_ok(&s));
    mw_str_free(&s);
}

static void taken_bytes_belong_to_the_taker(void **state)
{
    struct mw_str s = MW_STR_INIT;
    (void)state;
    mw_str_addz(&s, "mine");
    char *mine = mw_str_take(&s), *empty = mw_str_take(&s);
    assert_string_equal(mine, "mine");
    assert_string_equal(empty, ""); /* empty, but no failure */
    assert_int_equal(s.n, 0);
    free(mine);
    free(empty);
    mw_str_free(&s);
}

/* --- UTF-8 -------------------------------------------------------------------------------------------------------- */
static void ill_formed_utf8_is_found_where_it_begins(void **state)
{
    static const struct {
        const char *why, *bytes;
        size_t at;
    } CASES[] = {
        { "letters", "Straße", SIZE_MAX },
        { "the last character", "\xf4\x8f\xbf\xbf", SIZE_MAX },
        { "the last before the surrogates", "\xed\x9f\xbf", SIZE_MAX },
        { "a lone second byte", "a\x80", 1 },
        { "a first byte alone", "ab\xc3", 2 },
        { "a first byte before a letter", "\xc3(", 0 },
        { "three bytes cut to two", "x\xe2\x82", 1 },
        { "an overlong slash", "\xc0\xaf", 0 },
        { "an overlong nul", "\xe0\x80\x80", 0 },
        { "a surrogate", "\xed\xa0\x80", 0 },
        { "beyond Unicode", "\xf4\x90\x80\x80", 0 },
        { "Latin-1", "F\xf6rderung", 1 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (mw_utf8_invalid_at(mw_sv(CASES[i].bytes)) != CASES[i].at)
            fail_msg("%s: %zu", CASES[i].why, mw_utf8_invalid_at(mw_sv(CASES[i].bytes)));
}

static void every_character_is_written_and_read_back(void **state)
{
    (void)state;
    for (uint32_t cp = 1; cp <= 0x110000; cp++) {
        struct mw_str s = MW_STR_INIT;
        size_t at = 0;
        uint32_t want = (cp >= 0xd800 && cp <= 0xdfff) || cp > 0x10ffff ? 0xfffd : cp;
        if (cp > 0x3000 && cp < 0x10ff00 && cp % 7 != 0 && (cp & 0xff) != 0xff) /* a seventh will do */
            continue;
        mw_utf8_add(&s, cp);
        if (mw_utf8_invalid_at(mw_str_sv(&s)) != SIZE_MAX || mw_utf8_next(mw_str_sv(&s), &at) != want || at != s.n)
            fail_msg("U+%04X", cp);
        assert_int_equal(mw_utf8_next(mw_str_sv(&s), &at), 0);
        mw_str_free(&s);
    }
}

static void a_walk_over_broken_bytes_ends(void **state)
{
    struct mw_sv bytes = MW_SV("\xff\xc3\x61\xe2\x82");
    size_t at = 0, steps = 0;
    (void)state;
    while (at < bytes.n && steps++ < 10)
        (void)mw_utf8_next(bytes, &at);
    assert_int_equal(at, bytes.n);
}

static void width_is_that_of_a_terminal(void **state)
{
    (void)state;
    assert_int_equal(mw_utf8_width(MW_SV("Förderung")), 9);
    assert_int_equal(mw_utf8_width(MW_SV("日本")), 4);
    assert_int_equal(mw_utf8_width(MW_SV("e\u0301")), 1);
    assert_int_equal(mw_utf8_width(MW_SV("a\u200bb")), 2);
    assert_int_equal(mw_utf8_width(MW_SV("")), 0);
}

static void composed_text_is_the_same_however_it_was_typed(void **state)
{
    struct mw_str s = MW_STR_INIT;
    (void)state;
    mw_str_addz(&s, "x");
    mw_utf8_nfc(&s, MW_SV("Fo\u0308rderung"));
    mw_utf8_nfc(&s, MW_SV(""));
    assert_string_equal(mw_str_z(&s), "xFörderung");
    mw_str_free(&s);
}

/* --- arena -------------------------------------------------------------------------------------------------------- */
static void an_arena_gives_zeroed_aligned_pieces_that_do_not_overlap(void **state)
{
    struct mw_arena *a = mw_arena_new();
    unsigned char *pieces[500];
    uint64_t seed = 10;
    (void)state;
    assert_non_null(a);
    for (size_t i = 0; i < COUNT(pieces); i++) {
        size_t n = i % 50 == 0 ? 100000 : i * 3;
        pieces[i] = mw_arena_alloc(a, n);
        assert_non_null(pieces[i]);
        assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
        for (size_t k = 0; k < n; k++)
            if (pieces[i][k] != 0)
                fail_msg("piece %zu, byte %zu", i, k);
        memset(pieces[i], (int)(i % 255) + 1, n);
    }
    for (size_t i = 1; i < COUNT(pieces); i++)
        if (i % 50 != 0 && pieces[i][rnd(&seed) % (i * 3)] != i % 255 + 1)
            fail_msg("piece %zu was written over", i);
    assert_true(mw_arena_used(a) >= 1000000);
    mw_arena_free(a);
    mw_arena_free(NULL);
}

static void an_arena_refuses_what_cannot_be(void **state)
{
    struct mw_arena *a = mw_arena_new();
    (void)state;
    assert_null(mw_arena_array(a, SIZE_MAX / 2, 3));
    assert_null(mw_arena_array(a, SIZE_MAX, 1));
    assert_non_null(mw_arena_array(a, 0, 8));
    assert_null(mw_arena_copy(a, MW_SV_NONE).p);
    assert_sv(mw_arena_copy(a, MW_SV("")), "");
    const char *z = mw_arena_z(a, mw_sv_n("abc", 2));
    assert_string_equal(z, "ab");
    assert_sv(mw_arena_printf(a, "%05d", 42), "00042");
    mw_arena_free(a);
}

static void a_list_keeps_its_things_while_it_grows(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_list l = { NULL, 0, 0 };
    (void)state;
    for (int i = 0; i < 1000; i++) {
        int *one = mw_list_add(a, &l, sizeof *one);
        assert_non_null(one);
        assert_int_equal(*one, 0);
        *one = i;
    }
    assert_int_equal(l.n, 1000);
    for (size_t i = 0; i < l.n; i++)
        assert_int_equal(*MW_AT(l, int, i), i);
    mw_arena_free(a);
}

/* --- errors ------------------------------------------------------------------------------------------------------- */
static void an_error_has_a_place_and_a_sentence_and_the_last_one_wins(void **state)
{
    struct mw_err e = MW_ERR_INIT(MW_EN);
    struct mw_pos at = { "rate.yaml", 12, 5 }, line_only = { "rate.yaml", 12, 0 }, file_only = { "rate.yaml", 0, 7 };
    (void)state;
    assert_int_equal(mw_fail(&e, MW_IO, "first"), MW_IO);
    assert_int_equal(mw_fail_at(&e, MW_INVALID, &at, "bad: %s", e.msg), MW_INVALID); /* may quote the one before */
    assert_string_equal(e.msg, "rate.yaml:12:5: bad: first");
    assert_int_equal(e.rc, MW_INVALID);
    assert_non_null(strstr(e.src, "test_text.c"));
    (void)mw_fail_at(&e, MW_PARSE, &line_only, "x");
    assert_string_equal(e.msg, "rate.yaml:12: x");
    (void)mw_fail_at(&e, MW_PARSE, &file_only, "x");
    assert_string_equal(e.msg, "rate.yaml: x");
    assert_int_equal(mw_fail(NULL, MW_DB, "nobody listens"), MW_DB);
    mw_err_clear(&e);
    assert_null(e.msg);
    assert_int_equal(e.rc, MW_OK);
    mw_err_clear(&e);
}

static void an_error_speaks_the_language_of_its_owner(void **state)
{
    struct mw_err e = MW_ERR_INIT(MW_DE);
    (void)state;
    (void)mw_nomem(&e);
    assert_string_equal(e.msg, "Der Arbeitsspeicher reicht nicht aus.");
    mw_err_clear(&e);
    (void)mw_fail(&e, MW_IO, "a sentence without German");
    assert_string_equal(e.msg, "a sentence without German");
    mw_err_clear(&e);
}

/* --- diagnostics -------------------------------------------------------------------------------------------------- */
static void diagnostics_are_shown_in_the_order_of_the_file(void **state)
{
    struct mw_diags d = MW_DIAGS_INIT(MW_EN);
    struct mw_str s = MW_STR_INIT;
    const struct mw_pos b2 = { "b.yaml", 2, 1 }, a10 = { "a.yaml", 10, 1 };
    const struct mw_pos a9 = { "a.yaml", 9, 3 }, a9_1 = { "a.yaml", 9, 1 };
    (void)state;
    mw_diag_add(&d, MW_ERROR, &b2, "one", "%d", 1);
    mw_diag_cure(&d, mw_diag_add(&d, MW_WARNING, &a10, "two", "2"), "Do %s.", "that");
    mw_diag_add(&d, MW_NOTE, &a9, NULL, "3");
    mw_diag_add(&d, MW_ERROR, &a9_1, NULL, "4");
    mw_diag_add(&d, MW_ERROR, &a9_1, NULL, "5"); /* same place: as found */
    mw_diag_add(&d, MW_ERROR, NULL, NULL, "6");
    assert_int_equal(d.errors, 4);
    mw_diags_sort(&d);
    for (size_t i = 0; i < d.n; i++)
        mw_diag_format(&s, &d.items[i], MW_DE);
    assert_string_equal(mw_str_z(&s), "Fehler: 6\n"
                                      "a.yaml:9:1: Fehler: 4\n"
                                      "a.yaml:9:1: Fehler: 5\n"
                                      "a.yaml:9:3: Hinweis: 3\n"
                                      "a.yaml:10:1: Warnung: 2 [two]\n"
                                      "    Do that.\n"
                                      "b.yaml:2:1: Fehler: 1 [one]\n");
    mw_str_free(&s);
    mw_diags_free(&d);
    assert_int_equal(d.n, 0);
}

static void a_flood_of_diagnostics_is_counted_but_not_kept(void **state)
{
    struct mw_diags d = MW_DIAGS_INIT(MW_EN);
    (void)state;
    for (int i = 0; i < MW_DIAGS_MAX; i++)
        assert_non_null(mw_diag_add(&d, MW_ERROR, NULL, NULL, "%d", i));
    struct mw_diag *more = mw_diag_add(&d, MW_ERROR, NULL, NULL, "one more");
    assert_null(more);
    mw_diag_cure(&d, more, "nothing to cure");
    assert_int_equal(d.n, MW_DIAGS_MAX);
    assert_int_equal(d.errors, MW_DIAGS_MAX + 1);
    assert_null(mw_diag_add(NULL, MW_ERROR, NULL, NULL, "nobody listens"));
    mw_diags_free(&d);
}

static void the_first_error_of_a_list_stands_for_all(void **state)
{
    struct mw_diags d = MW_DIAGS_INIT(MW_DE);
    struct mw_err e = MW_ERR_INIT(MW_DE);
    const struct mw_pos at = { "a.yaml", 3, 4 };
    (void)state;
    mw_diag_add(&d, MW_WARNING, NULL, NULL, "only a warning");
    assert_int_equal(mw_diags_err(&d, MW_INVALID, &e), MW_OK);
    assert_null(e.msg);
    mw_diag_add(&d, MW_ERROR, &at, NULL, "100 %% %s", "wrong");
    assert_int_equal(mw_diags_err(&d, MW_INVALID, &e), MW_INVALID);
    assert_string_equal(e.msg, "a.yaml:3:4: 100 % wrong");
    mw_diag_add(&d, MW_ERROR, NULL, NULL, "x");
    mw_diag_add(&d, MW_ERROR, NULL, NULL, "y");
    assert_int_equal(mw_diags_err(&d, MW_INVALID, &e), MW_INVALID);
    assert_string_equal(e.msg, "a.yaml:3:4: 100 % wrong (und 2 weitere)");
    mw_err_clear(&e);
    mw_diags_free(&d);
}

/* --- languages ---------------------------------------------------------------------------------------------------- */
static void a_language_is_read_from_a_locale(void **state)
{
    static const char *const DE[] = { "de", "de_DE.UTF-8", "DE-at", "german", "Deutsch", "de.UTF-8" };
    static const char *const EN[] = { "en", "en_GB", "English" };
    static const char *const NEITHER[] = { "", "d", "fr_FR", "C", "denmark" };
    enum mw_lang lang;
    (void)state;
    for (size_t i = 0; i < COUNT(DE); i++)
        if (lang = MW_EN, !mw_lang_parse(mw_sv(DE[i]), &lang) || lang != MW_DE)
            fail_msg("%s", DE[i]);
    for (size_t i = 0; i < COUNT(EN); i++)
        if (lang = MW_DE, !mw_lang_parse(mw_sv(EN[i]), &lang) || lang != MW_EN)
            fail_msg("%s", EN[i]);
    for (size_t i = 0; i < COUNT(NEITHER); i++)
        if (mw_lang_parse(mw_sv(NEITHER[i]), &lang))
            fail_msg("%s", NEITHER[i]);
}

/* The conversions of a format in the order of their arguments, "%2$s" moved to the second place. Texts that are no
 * formats may say "65 %"; a format must not, since "65 % der" would take an argument. */
static struct mw_sv conversions(struct mw_arena *a, const char *text)
{
    const char *list[16] = { NULL };
    size_t n = 0, most = 0;
    bool format = false, plain = false;
    struct mw_str s = MW_STR_INIT;

    for (const char *p = strchr(text, '%'); p != NULL; p = strchr(p, '%')) {
        char *dollar;
        unsigned long position = strtoul(++p, &dollar, 10);
        const char *begin = *dollar == '$' ? dollar + 1 : p;
        size_t at = *dollar == '$' ? position - 1 : n, length = strspn(begin, "-+#0123456789.*hljzt") + 1;
        if (*p == '%') {
            format = true;
            p++;
            continue;
        }
        if (memchr("diouxXcsf", begin[length - 1], 9) == NULL) {
            plain = true;
            continue;
        }
        format = true;
        assert_true(at < COUNT(list));
        list[at] = mw_arena_z(a, mw_sv_n(begin, length));
        most = at + 1 > most ? at + 1 : most;
        p = begin + length;
        n++;
    }
    for (size_t i = 0; i < most; i++)
        mw_str_addf(&s, "[%s]", list[i] != NULL ? list[i] : "missing");
    if (format && plain)
        mw_str_addz(&s, " and a bare %");
    struct mw_sv copy = mw_arena_copy(a, mw_str_sv(&s));
    mw_str_free(&s);
    return copy;
}

static void every_message_is_found_and_takes_the_same_values_in_german(void **state)
{
    struct mw_arena *a = mw_arena_new();
    (void)state;
    assert_true(MW_MESSAGES_N > 20);
    for (size_t i = 0; i < MW_MESSAGES_N; i++) {
        const struct mw_msg *m = &MW_MESSAGES[i];
        if (mw_tr(MW_DE, m->en) != m->de || mw_tr(MW_EN, m->en) != m->en)
            fail_msg("not found: %s", m->en);
        struct mw_sv en = conversions(a, m->en), de = conversions(a, m->de);
        if (!mw_sv_eq(en, de) || mw_sv_ends(en, MW_SV("%")))
            fail_msg("\"%s\" has %.*s, \"%s\" has %.*s", m->en, MW_SV_ARG(en), m->de, MW_SV_ARG(de));
        if (mw_utf8_invalid_at(mw_sv(m->de)) != SIZE_MAX)
            fail_msg("no UTF-8: %s", m->de);
    }
    assert_string_equal(mw_tr(MW_DE, "not in the table"), "not in the table");
    mw_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_value_is_not_an_empty_value),
        cmocka_unit_test(a_part_is_clipped_to_the_whole),
        cmocka_unit_test(views_compare_by_bytes),
        cmocka_unit_test(a_needle_is_found_from_where_one_looks),
        cmocka_unit_test(a_cut_gives_head_and_tail),
        cmocka_unit_test(integers_are_the_whole_text_and_fit),
        cmocka_unit_test(distance_counts_edits_up_to_the_limit),
        cmocka_unit_test(a_string_grows_and_keeps_a_nul_behind_it),
        cmocka_unit_test(beyond_its_limit_a_string_fails_once_for_all),
        cmocka_unit_test(taken_bytes_belong_to_the_taker),
        cmocka_unit_test(ill_formed_utf8_is_found_where_it_begins),
        cmocka_unit_test(every_character_is_written_and_read_back),
        cmocka_unit_test(a_walk_over_broken_bytes_ends),
        cmocka_unit_test(width_is_that_of_a_terminal),
        cmocka_unit_test(composed_text_is_the_same_however_it_was_typed),
        cmocka_unit_test(an_arena_gives_zeroed_aligned_pieces_that_do_not_overlap),
        cmocka_unit_test(an_arena_refuses_what_cannot_be),
        cmocka_unit_test(a_list_keeps_its_things_while_it_grows),
        cmocka_unit_test(an_error_has_a_place_and_a_sentence_and_the_last_one_wins),
        cmocka_unit_test(an_error_speaks_the_language_of_its_owner),
        cmocka_unit_test(diagnostics_are_shown_in_the_order_of_the_file),
        cmocka_unit_test(a_flood_of_diagnostics_is_counted_but_not_kept),
        cmocka_unit_test(the_first_error_of_a_list_stands_for_all),
        cmocka_unit_test(a_language_is_read_from_a_locale),
        cmocka_unit_test(every_message_is_found_and_takes_the_same_values_in_german),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
