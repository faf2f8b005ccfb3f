/* Output under attack and in trouble: texts of others, full disks, calls that make no sense. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "lib/core/node.h"
#include "tests/mutate.h"
#include "tests/outing.h"

/* --- hostile texts ------------------------------------------------------------------------------------------------ */

#define EVIL "a\x1b[2J\x1b]0;x\x07" "b\xC2\x9B" "c\xE2\x80\xAE" "d\r\x08\x7F" "e\xff\xC3"

static void a_terminal_sees_no_control_characters_of_others(void **state)
{
    struct outing t;
    (void)state;
    start(&t, MW_TEXT, MW_EN);
    mw_out_object(t.o, NULL, EVIL);
    mw_out_z(t.o, "k", EVIL, EVIL);
    mw_out_para(t.o, MW_BODY, MW_SV(EVIL));
    expect(&t, "a[2J]0;xbcd e\uFFFD\uFFFD\n"
               "===============\n"
               "a[2J]0;xbcd e\uFFFD\uFFFD:  a[2J]0;xbcd e\uFFFD\uFFFD\n"
               "\n"
               "a[2J]0;xbcd e\uFFFD\uFFFD\n");
}

static void colours_come_only_when_asked_for(void **state)
{
    (void)state;
    for (int colour = 0; colour < 2; colour++) {
        struct outing t = { MW_STR_INIT, NULL };
        t.o = mw_out_to_str(&t.text, &(struct mw_out_opts){ .format = MW_TEXT, .colour = colour != 0 });
        mw_out_object(t.o, NULL, "H");
        mw_out_style(t.o, MW_GOOD);
        mw_out_z(t.o, "a", "A", "x");
        mw_out_z(t.o, "b", "B", "y"); /* the style was for one value only */
        expect(&t, colour ? "\033[1mH\033[0m\n=\nA:  \033[32mx\033[0m\nB:  y\n" : "H\n=\nA:  x\nB:  y\n");
    }
}

static void a_style_asked_for_a_value_left_out_does_not_reach_the_next(void **state)
{
    struct outing t;
    (void)state;
    start(&t, MW_HTML, MW_EN);
    mw_out_object(t.o, NULL, NULL);
    mw_out_style(t.o, MW_BAD);
    mw_out_eur(t.o, "a", "A", MW_EUR_NONE);
    mw_out_z(t.o, "b", "B", "y");
    mw_out_style(t.o, MW_DOUBT);
    mw_out_z(t.o, "c", "C", NULL);
    mw_out_int(t.o, "d", "D", 1);
    expect(&t, "<dl>\n<dt>B</dt><dd>y</dd>\n<dt>D</dt><dd>1</dd>\n</dl>\n");
}

static void json_escapes_what_must_not_stand_raw(void **state)
{
    static const struct { struct mw_sv text; const char *want; } CASES[] = {
        { { "\"\\/\b\n\t", 6 }, "\\\"\\\\/\\u0008\\n\\t" },
        { { "\0x", 2 }, "\\u0000x" },
        { { "ä\xF0\x9F\x8F\x9B", 6 }, "ä\xF0\x9F\x8F\x9B" },
        { { "\xff" "a\xC3", 3 }, "\uFFFDa\uFFFD" },
        { { "\xED\xA0\x80", 3 }, "\uFFFD\uFFFD\uFFFD" },
        { { "\xEF\xBF\xBD", 3 }, "\uFFFD" },
        { { "\x1b\x7f\xC2\x9B\xE2\x80\xAE", 7 }, "\\u001b\\u007f\\u009b\\u202e" },
        { { NULL, 0 }, "" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_str s = MW_STR_INIT;
        mw_json_escape(&s, CASES[i].text);
        assert_string_equal(mw_str_z(&s), CASES[i].want);
        mw_str_free(&s);
    }
}

/* Running text is passed over eight bytes at a time; wherever something stands in it, it is found. */
static void json_escapes_at_every_place_of_a_longer_text(void **state)
{
    static const struct { char c; const char *want; } CASES[] = { { '"', "\\\"" }, { '\\', "\\\\" }, { '\x1f', "\\u001f" }, { '\0', "\\u0000" },
        { '\x7f', "\\u007f" }, { '\xff', "\uFFFD" }, { ' ', " " }, { '~', "~" }, { '!', "!" }, { '[', "[" } };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++)
        for (size_t at = 0; at < 27; at++) {
            char text[] = "abcdefghijklmnopqrstuvwxyz_", want[40];
            struct mw_str s = MW_STR_INIT;
            snprintf(want, sizeof want, "%.*s%s%s", (int)at, text, CASES[i].want, text + at + 1);
            text[at] = CASES[i].c;
            mw_json_escape(&s, mw_sv_n(text, sizeof text - 1));
            assert_string_equal(mw_str_z(&s), want);
            mw_str_free(&s);
        }
}

static void html_escapes_text_and_attributes(void **state)
{
    struct mw_str s = MW_STR_INIT;
    (void)state;
    mw_html_escape(&s, MW_SV("<a href='x' title=\"y\">&amp;\x1b\xff\n</a>"));
    assert_string_equal(mw_str_z(&s), "&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp;amp;\uFFFD\n&lt;/a&gt;");
    mw_str_free(&s);
}

static void only_http_addresses_and_own_paths_become_links(void **state)
{
    static const struct { const char *href; bool link; } CASES[] = {
        { "https://example.org/a?b=1&c=\"", true }, { "HTTP://EXAMPLE.ORG", true },   { "/notice?id=3", true },
        { "javascript:alert(1)", false },           { "//evil.example", false },      { "/\\evil.example", false },
        { "data:text/html,x", false },              { " https://example.org", false }, { "https://a b", false },
        { "ftp://example.org", false },             { "", false },                    { "java\nscript:x", false },
        { "https:example.org", false },             { "vbscript:https://x", false },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct outing t;
        start(&t, MW_HTML, MW_EN);
        mw_out_object(t.o, NULL, NULL);
        mw_out_link(t.o, "a", "A", MW_SV("<text>"), mw_sv(CASES[i].href));
        mw_out_style(t.o, MW_LINK);
        mw_out_z(t.o, "b", "B", CASES[i].href);
        mw_out_para(t.o, MW_LINK, MW_SV("javascript:alert(2)"));
        assert_int_equal(mw_out_finish(t.o, NULL), MW_OK);
        if ((strstr(mw_str_z(&t.text), "<a href=\"") != NULL) != CASES[i].link)
            fail_msg("%s: %s", CASES[i].href, mw_str_z(&t.text));
        assert_null(strstr(mw_str_z(&t.text), "href=\"javascript"));
        assert_null(strstr(mw_str_z(&t.text), "<text>"));
        done(&t);
    }
}

/* Whatever texts come, JSON can be read back and HTML has no tag that we did not write. */
static void hostile_texts_never_break_the_form(void **state)
{
    static const char *const TOKENS[] = { "\"", "\\", "<script>", "</dd>", "&", "'", "\x1b", "\xE2\x80\xA8", "\xff",
        "\n", "%s", NULL };
    char buf[400];
    uint64_t seed = 99;
    (void)state;
    for (int i = 0; i < 4000; i++) {
        struct mw_sv evil =
            mutate(buf, sizeof buf, MW_SV("Förderung \"kommunaler\" Vorhaben <b>2026</b> & mehr"), TOKENS, &seed);
        struct outing json, html;
        start(&json, MW_JSON, MW_EN);
        start(&html, MW_HTML, MW_EN);
        for (int k = 0; k < 2; k++) {
            struct mw_out *o = k == 0 ? json.o : html.o;
            mw_out_object(o, NULL, NULL);
            mw_out_sv(o, "k", "K", evil);
            mw_out_end(o);
            assert_int_equal(mw_out_finish(o, NULL), MW_OK);
        }
        struct mw_arena *a = mw_arena_new();
        struct mw_node *root;
        struct mw_err err = MW_ERR_INIT(MW_EN);
        if (memchr(evil.p, '\0', evil.n) == NULL &&
            mw_json_read(&root, a, "j", 1, mw_str_sv(&json.text), &err) != MW_OK)
            fail_msg("%s: %s", err.msg, mw_str_z(&json.text));
        size_t tags = 0;
        for (const char *p = mw_str_z(&html.text); (p = strchr(p, '<')) != NULL; p++)
            tags++;
        assert_int_equal(tags, 6); /* dl, dt, /dt, dd, /dd, /dl */
        assert_int_equal(mw_utf8_invalid_at(mw_str_sv(&html.text)), SIZE_MAX);
        mw_arena_free(a);
        done(&json);
        done(&html);
    }
}

/* --- errors ------------------------------------------------------------------------------------------------------- */

static void a_full_disk_is_said_once_at_the_end(void **state)
{
    struct mw_err err = MW_ERR_INIT(MW_DE);
    int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
    struct stat st;
    (void)state;
    if (fd < 0 || fstat(fd, &st) != 0 || !S_ISCHR(st.st_mode)) { /* some containers have none */
        printf("SKIPPED %s: needs the device /dev/full\n", __func__);
        skip();
    }
    struct mw_out *o = mw_out_new(mw_write_fd, &fd, &(struct mw_out_opts){ .format = MW_JSON });
    mw_out_list(o, NULL, NULL);
    for (int i = 0; i < 100000; i++)
        mw_out_int(o, NULL, NULL, i);
    mw_out_end(o);
    assert_int_equal(mw_out_finish(o, &err), MW_OUTPUT);
    assert_non_null(strstr(err.msg, "Datenträger ist voll"));
    assert_int_equal(mw_out_finish(o, NULL), MW_OUTPUT);
    mw_out_free(o);
    mw_err_clear(&err);
    close(fd);
}

struct failing {
    size_t calls;
    int errno_first;
};
static bool fail_with(void *ctx, const char *bytes, size_t n)
{
    struct failing *f = ctx;
    (void)bytes;
    (void)n;
    errno = f->calls++ == 0 ? f->errno_first : ENOSPC;
    return false;
}
static void the_first_error_sticks_and_nothing_is_written_after_it(void **state)
{
    struct failing f = { 0, EIO };
    struct mw_err err = MW_ERR_INIT(MW_EN);
    struct mw_out *o = mw_out_new(fail_with, &f, &(struct mw_out_opts){ .format = MW_TEXT });
    struct mw_str big = MW_STR_INIT;
    (void)state;
    for (int i = 0; i < 200000; i++)
        mw_str_addz(&big, "word ");
    mw_out_object(o, NULL, NULL);
    mw_out_para(o, MW_BODY, mw_str_sv(&big));
    mw_out_para(o, MW_BODY, mw_str_sv(&big));
    mw_out_z(o, "a", "A", "b");
    mw_out_end(o);
    assert_int_equal(mw_out_finish(o, &err), MW_OUTPUT);
    assert_non_null(strstr(err.msg, strerror(EIO)));
    assert_int_equal(f.calls, 1);
    mw_out_free(o);
    mw_err_clear(&err);
    mw_str_free(&big);
}

static void a_string_that_may_not_grow_further_is_an_error(void **state)
{
    struct mw_str small = { .max = 100 };
    struct mw_out *o = mw_out_to_str(&small, &(struct mw_out_opts){ .format = MW_JSON });
    (void)state;
    mw_out_list(o, NULL, NULL);
    for (int i = 0; i < 100; i++)
        mw_out_int(o, NULL, NULL, i);
    assert_int_equal(mw_out_finish(o, NULL), MW_NOMEM);
    mw_out_free(o);
    mw_str_free(&small);
}

static void finish_closes_what_is_open_and_free_needs_no_finish(void **state)
{
    static const struct mw_column COLS[] = { { "a", "A", false } };
    struct outing t;
    (void)state;
    start(&t, MW_JSON, MW_EN);
    mw_out_object(t.o, NULL, NULL);
    mw_out_table(t.o, "t", NULL, COLS, 1);
    mw_out_row(t.o);
    mw_out_int(t.o, "a", NULL, 1);
    expect(&t, "{\n  \"t\": [\n    {\n      \"a\": 1\n    }\n  ]\n}\n");
    for (int format = MW_TEXT; format <= MW_HTML; format++) { /* leaks are the sanitizers' to find */
        start(&t, (enum mw_format)format, MW_EN);
        mw_out_object(t.o, NULL, "L");
        mw_out_z(t.o, "a", "A", "b");
        mw_out_table(t.o, "t", "T", COLS, 1);
        mw_out_row(t.o);
        done(&t);
    }
    mw_out_free(NULL);
}

#ifndef MW_SAN /* there it aborts, which is what finds such calls in other tests */
static void calls_that_make_no_sense_are_dropped_and_remembered(void **state)
{
    static const struct mw_column COLS[] = { { "a", "A", false } };
    (void)state;
    for (int which = 0; which < 7; which++) {
        struct mw_str text = MW_STR_INIT;
        struct mw_out *o = mw_out_to_str(&text, &(struct mw_out_opts){ .format = MW_JSON });
        if (which == 0)
            mw_out_int(o, "early", "E", 1); /* before the document */
        mw_out_object(o, NULL, NULL);
        mw_out_int(o, "a", NULL, 1);
        if (which == 1)
            mw_out_int(o, NULL, NULL, 2); /* for nobody */
        if (which == 2) {
            mw_out_row(o); /* outside a table, with all that is in it */
            mw_out_int(o, "lost", NULL, 3);
            mw_out_object(o, "lost", NULL);
            mw_out_end(o);
            mw_out_end(o);
        }
        mw_out_table(o, "t", NULL, COLS, 1);
        if (which == 3)
            mw_out_int(o, "b", "B", 4); /* between rows */
        if (which == 4) {
            mw_out_object(o, "x", NULL); /* in place of a row */
            mw_out_end(o);
        }
        mw_out_end(o);
        mw_out_end(o);
        if (which == 5)
            mw_out_end(o);
        if (which == 6)
            mw_out_object(o, NULL, NULL); /* a second document */
        assert_int_equal(mw_out_finish(o, NULL), MW_OK);
        assert_non_null(mw_out_misuse(o));
        assert_string_equal(mw_str_z(&text), "{\n  \"a\": 1,\n  \"t\": []\n}\n");
        mw_out_free(o);
        mw_str_free(&text);
    }
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_terminal_sees_no_control_characters_of_others),
        cmocka_unit_test(colours_come_only_when_asked_for),
        cmocka_unit_test(a_style_asked_for_a_value_left_out_does_not_reach_the_next),
        cmocka_unit_test(json_escapes_what_must_not_stand_raw),
        cmocka_unit_test(json_escapes_at_every_place_of_a_longer_text),
        cmocka_unit_test(html_escapes_text_and_attributes),
        cmocka_unit_test(only_http_addresses_and_own_paths_become_links),
        cmocka_unit_test(hostile_texts_never_break_the_form),
        cmocka_unit_test(a_full_disk_is_said_once_at_the_end),
        cmocka_unit_test(the_first_error_sticks_and_nothing_is_written_after_it),
        cmocka_unit_test(a_string_that_may_not_grow_further_is_an_error),
        cmocka_unit_test(finish_closes_what_is_open_and_free_needs_no_finish),
#ifndef MW_SAN
        cmocka_unit_test(calls_that_make_no_sense_are_dropped_and_remembered),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
