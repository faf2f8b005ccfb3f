/* lib/parse: what becomes of real and hostile HTML, and the walls around the worker. The first table is section 3 of
 * DEPENDENCIES.md, row by row. */
#include "lib/parse/parse.h"

#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>

#include "lib/parse/clean.h"
#include "lib/parse/page.h"
#include "lib/parse/sandbox.h"
#include "lib/parse/worker.h"
#include "tests/test.h"

struct room {
    struct mw_parser *parser;
    struct mw_arena *arena;
    struct mw_err err;
};

static int enter(void **state)
{
    struct room *r = calloc(1, sizeof *r);
    r->arena = mw_arena_new();
    *state = r;
    return (int)mw_parser_new(&r->parser, &r->err);
}

static int leave(void **state)
{
    struct room *r = *state;
    mw_parser_free(r->parser);
    mw_arena_free(r->arena);
    mw_err_clear(&r->err);
    free(r);
    return 0;
}

static struct mw_sv text_of(struct room *r, struct mw_sv html)
{
    struct mw_sv text = MW_SV_NONE;
    if (mw_parse_html_text(r->parser, r->arena, html, &text, &r->err) != MW_OK)
        fail_msg("%s", r->err.msg);
    return text;
}

static void add_times(struct mw_str *s, const char *piece, size_t times)
{
    while (times-- > 0)
        mw_str_addz(s, piece);
}

struct text_case {
    const char *html, *want;
};
static void check(struct room *r, const struct text_case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct mw_sv got = text_of(r, mw_sv(cases[i].html));
        if (!mw_sv_eqz(got, cases[i].want))
            fail_msg("%s\n gives \"%.*s\"\n want  \"%s\"", cases[i].html, MW_SV_ARG(got), cases[i].want);
    }
}

/* --- text ----------------------------------------------------------------------------------------------------------------- */
static void blocks_stand_apart_and_words_stay_whole(void **state)
{
    static const struct text_case CASES[] = {
        { "<p>Eins</p><p>Zwei</p>", "Eins\n\nZwei" },
        { "<h2>Ziel</h2>\n  <p>Text</p>", "Ziel\n\nText" },
        { "För<b>der</b>mittel<em>geber</em>", "Fördermittelgeber" },
        { "50 <abbr title=\"Millionen\">Mio.</abbr> EUR", "50 Mio. EUR" },
        { "a<time>b</time> <time>c</time>", "ab c" },
        { "m<sup>2</sup>", "m2" },
        { "eine Zeile<br>noch eine<br/><br/>Absatz", "eine Zeile\nnoch eine\n\nAbsatz" },
        { "  <div>\t viel \n\n Platz  </div> ", "viel\n\nPlatz" },
        { "a&nbsp;b", "a\xc2\xa0"
                      "b" },
        { "<div>a<div>b</div>c</div>", "a\n\nb\n\nc" },
        { "Ende", "Ende" },
        { "", "" },
        { "<p></p>  <div> </div>", "" },
        { "<pre>a  b\n  c</pre>", "a b\nc" },
    };
    check(*state, CASES, COUNT(CASES));
}

static void lists_are_marked_as_in_the_sources_own_text(void **state)
{
    static const struct text_case CASES[] = {
        { "<p>Gefördert werden</p><ul> <li>A,</li><li>B</li></ul><p>Ende</p>", "Gefördert werden\n\n* A,\n* B\n\nEnde" },
        { "<ul><li><p>A</p><p>a</p></li><li> <p>B</p> </li></ul>", "* A\na\n* B" },
        { "<ul><li>A<ul><li>B</li></ul></li><li>C</li></ul>", "* A\n* B\n* C" },
        { "<ol><li></li><li>B</li></ol>", "* B" },
        { "<ul><li>A<li>B</ul>C", "* A\n* B\n\nC" },
        { "<dl><dt>Art:</dt><dd>Zuschuss</dd></dl>", "Art:\nZuschuss" },
        { "<p>Sie erhalten:\n* Geld und\n* Rat.</p>", "Sie erhalten:\n* Geld und\n* Rat." },
    };
    check(*state, CASES, COUNT(CASES));
}

static void cells_are_parted_by_tabs(void **state)
{
    static const struct text_case CASES[] = {
        { "<table><tr><th>Jahr</th><th>Satz</th></tr>\n<tr><td> <p>2025</p>\n</td>\n<td><p>65 %</p></td></tr></table>",
            "Jahr\tSatz\n2025\t65 %" },
        { "<table><tr><td>a<td>b<tr><td>c</table>d", "a\tb\nc\n\nd" },
        { "<table><tr><td></td><td>b</td></tr><tr><td>c</td></tr></table>", "b\nc" },
    };
    check(*state, CASES, COUNT(CASES));
}

static void what_nobody_reads_is_left_out(void **state)
{
    static const struct text_case CASES[] = {
        { "a<script>if (x < 1) '<p>'</script>b", "ab" },
        { "a<style>p{}</style><template><p>x</p></template>b", "a b" },
        { "a<noscript>x</noscript><svg><title>x</title></svg>b", "a b" },
        { "<nav><ul><li>Start</li></ul></nav><p>Inhalt</p>", "Inhalt" },
        { "<dialog open>Hinweis</dialog>Inhalt", "Inhalt" },
        { "<div id=\"cookiebanner\"><div>Ja?</div></div><p>Inhalt</p>", "Inhalt" },
        { "<body class=\"has-cookie-banner\"><p>Inhalt</p>", "Inhalt" },
        { "<head><title>T</title></head><body>Inhalt", "Inhalt" },
        { "a<!-- x > y --><!-->b<!-- --!>c", "abc" },
        { "<?xml version=\"1.0\"?><!DOCTYPE html>a<![CDATA[x]]>", "a" },
    };
    check(*state, CASES, COUNT(CASES));
}

static void a_forgotten_end_costs_nothing_else(void **state)
{
    static const struct text_case CASES[] = {
        { "<nav><div><p>Menü</nav><p>Inhalt</p>", "Inhalt" },
        { "<nav>Menü<p>Inhalt</p>", "Menü\n\nInhalt" },
        { "<template><p>Inhalt</p>", "Inhalt" },
        { "<div class=\"cookie\"><p>Inhalt</p>", "Inhalt" },
        { "<nav><nav>x</nav>y</nav>z</nav> Inhalt", "z Inhalt" },
        { "Inhalt <a href=\"abgeschnitten", "Inhalt" },
        { "Inhalt <script>abgeschnitten", "Inhalt" },
        { "Inhalt <!-- abgeschnitten", "Inhalt" },
        { "a < b, unter <5 % &<", "a < b, unter <5 % &<" },
    };
    check(*state, CASES, COUNT(CASES));
}

static void references_are_read_as_browsers_do(void **state)
{
    static const struct text_case CASES[] = {
        { "&auml;&Auml;&szlig;&euro;&amp;&lt;&gt;&quot;", "äÄß€&<>\"" },
        { "&check;&NewLine;&hellip;&NotEqualTilde;", "✓\n…≂̸" },
        { "&#228; &#xE4; &#X20ac;", "ä ä €" },
        { "&#150; &#128; &#132;", "– € „" },
        { "&copy 2020 &copyright &ampel", "© 2020 ©right &el" },
        { "&unbekannt; & &; &# &#x; &#;", "&unbekannt; & &; &# &#x; &#;" },
        { "&#0;&#xD800;&#x110000;&#99999999999999;", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
        { "a&#1;&#127;b", "ab" },
        { "&amp;check; &amp;lt;", "&check; &lt;" },
        { "Forschung & Innovation", "Forschung & Innovation" },
    };
    check(*state, CASES, COUNT(CASES));
}

/* --- DEPENDENCIES.md section 3 ------------------------------------------------------------------------------------------------ */
static void a_hundred_thousand_levels_deep_nothing_is_lost(void **state)
{
    MW_AUTO(mw_str_free) struct mw_str html = MW_STR_INIT;
    add_times(&html, "<div>", 100000);
    mw_str_addz(&html, "tief");
    add_times(&html, "</div>", 100000);
    mw_str_addz(&html, "<p>danach</p>");
    assert_sv(text_of(*state, mw_str_sv(&html)), "tief\n\ndanach");
}

static void a_text_of_seven_megabytes_comes_whole(void **state)
{
    MW_AUTO(mw_str_free) struct mw_str html = MW_STR_INIT;
    mw_str_addz(&html, "<p>");
    add_times(&html, "0123456789", 700000);
    mw_str_addz(&html, "Ende");
    struct mw_sv got = text_of(*state, mw_str_sv(&html));
    assert_int_equal(got.n, 7000004);
    assert_true(mw_sv_ends(got, MW_SV("9Ende")));
}

static void a_page_over_the_limit_is_refused(void **state)
{
    struct room *r = *state;
    struct mw_sv text;
    MW_AUTO(mw_str_free) struct mw_str html = MW_STR_INIT;
    add_times(&html, "<p>", MW_HTML_MAX / 3 + 1);
    assert_int_equal(mw_parse_html_text(r->parser, r->arena, mw_str_sv(&html), &text, &r->err), MW_PARSE);
    assert_string_equal(r->err.msg, "This page has more than 8 MB; it is not read.");
}

static void too_many_attributes_are_refused_at_once(void **state)
{
    struct room *r = *state;
    struct mw_sv text;
    MW_AUTO(mw_str_free) struct mw_str html = MW_STR_INIT;
    mw_str_addz(&html, "<p");
    for (int i = 0; i < 50000; i++)
        mw_str_addf(&html, " a%d=\"x\"", i);
    mw_str_addz(&html, ">Text</p>");
    assert_int_equal(mw_parse_html_text(r->parser, r->arena, mw_str_sv(&html), &text, &r->err), MW_PARSE);
    assert_non_null(strstr(r->err.msg, "1000 attributes"));
    assert_sv(text_of(r, MW_SV("<p a b c='>' d=>Text")), "Text"); /* some are nothing special */
}

static void latin1_bytes_declared_as_utf8_lose_no_neighbours(void **state)
{
    struct room *r = *state;
    struct mw_page page;
    struct mw_sv bytes = MW_SV("<meta charset=utf-8><h1>F\xf6rderung f\xfcr St\xe4"
                               "dte</h1>");
    assert_int_equal(mw_parse_page(r->parser, r->arena, bytes, MW_SV_NONE, &page, &r->err), MW_OK);
    assert_sv(page.title, "Förderung für Städte");
    assert_sv(page.charset, "windows-1252");
}

static void an_unknown_element_does_not_swallow_the_rest(void **state)
{
    static const struct text_case CASES[] = {
        { "<p>a <time>heute<p>b</p><p>c</p>", "a heute\n\nb\n\nc" },
        { "<x-foo>a<p>b</p></x-foo><p>c</p>", "a\n\nb\n\nc" },
    };
    check(*state, CASES, COUNT(CASES));
}

/* --- hostile input ----------------------------------------------------------------------------------------------------------- */
static void bytes_that_are_not_utf8_are_refused_and_control_characters_dropped(void **state)
{
    struct room *r = *state;
    struct mw_sv text;
    assert_int_equal(mw_parse_html_text(r->parser, r->arena, MW_SV("<p>F\xf6rderung"), &text, &r->err), MW_PARSE);
    assert_int_equal(mw_parse_html_text(r->parser, r->arena, MW_SV("F\xf6rderung"), &text, NULL), MW_PARSE);
    assert_sv(text_of(r, MW_SV("a\0b\x1f<p>c\x7f\0")), "ab\n\nc");
    assert_sv(text_of(r, MW_SV("a\0b\x1f"
                               "c\x7f\0")),
        "abc");
}

static void a_fragment_without_markup_reads_the_same_with_and_without_the_worker(void **state)
{
    static const char *const TEXTS[] = { "a  b", " a\r\nb\rc ", "a\n\n\nb", "\t", "weich\xc2\xad trennen \xc2\xa0",
        "x\f\vy", "* eins\n* zwei" };
    for (size_t i = 0; i < COUNT(TEXTS); i++) {
        char html[100];
        snprintf(html, sizeof html, "<span>%s</span>", TEXTS[i]);
        struct mw_sv bare = text_of(*state, mw_sv(TEXTS[i])), tagged = text_of(*state, mw_sv(html));
        if (!mw_sv_eq(bare, tagged))
            fail_msg("\"%.*s\" is not \"%.*s\"", MW_SV_ARG(bare), MW_SV_ARG(tagged));
    }
}

/* Are both the same once runs of white space are read as one space, and list marks (of items that broken nesting moved)
 * as none? */
static bool same_words(struct mw_sv a, struct mw_sv b)
{
    size_t i = 0, k = 0;
    for (;;) {
        while (i < a.n && strchr(" \t\n*", a.p[i]) != NULL)
            i++;
        while (k < b.n && strchr(" \t\n*", b.p[k]) != NULL)
            k++;
        if (i == a.n || k == b.n)
            return i == a.n && k == b.n;
        if (a.p[i++] != b.p[k++])
            return false;
    }
}

static uint32_t dice(uint32_t *seed) { return (*seed = *seed * 1664525 + 1013904223) >> 8; }

static void no_mixture_of_markup_breaks_the_worker(void **state)
{
    static const char *const BITS[] = { "<", ">", "</", "<p", "<p>", "</p>", "<ul><li>", "</li>", "<table><tr><td>", "</table>",
        "<!--", "-->", "<![CDATA[", "]]>", "&", "&amp", "&#x", ";", "\"", "'", "=", " a=", "<nav>", "</nav>", "<script>", "</script>",
        "<svg>", "</svg>", "<title>", "</title>", "<h2>", "</h2>", "<br>", "<pre>", "</pre>", "Text", "\n", " ", "ö", "&NewLine;",
        "<div class=cookie>", "</div>", "<a href='javascript:x'>", "<time>", "<dl><dt>", "<dd>", "</dl>", "<body>", "</html>",
        "<main>", "</main>", "<h1>", "</h1>", "<meta charset=\"", "<base href=x>" };
    struct room *r = *state;
    pid_t worker = mw_worker_pid(r->parser);
    uint32_t seed = 20261122;
    for (int round = 0; round < 3000; round++) {
        MW_AUTO(mw_str_free) struct mw_str html = MW_STR_INIT;
        struct mw_page page;
        for (uint32_t n = dice(&seed) % 60; n > 0; n--)
            mw_str_addz(&html, BITS[dice(&seed) % COUNT(BITS)]);
        struct mw_sv whole = mw_sv_n(mw_str_z(&html), html.n), text = text_of(r, whole), again;
        assert_int_equal(mw_utf8_invalid_at(text), SIZE_MAX);
        assert_int_equal(mw_parse_page(r->parser, r->arena, whole, MW_SV_NONE, &page, &r->err), MW_OK);
        for (size_t i = 0; i < page.sections.n; i++) { /* a section's HTML gives its text */
            const struct mw_page_section *s = MW_AT(page.sections, struct mw_page_section, i);
            again = text_of(r, s->html);
            if (!same_words(again, s->text))
                fail_msg("%s\n as HTML \"%.*s\"\n gives   \"%.*s\"\n want    \"%.*s\"", mw_str_z(&html), MW_SV_ARG(s->html),
                    MW_SV_ARG(again), MW_SV_ARG(s->text));
        }
    }
    assert_int_equal(mw_worker_pid(r->parser), worker);
}

/* Refused ones among them take nobody with them; those without markup need no worker. */
static void many_texts_at_once_are_what_each_is_alone(void **state)
{
    static const char *const HTML[] = { "<p>a  b</p>", "a  b", "", "<p>F\xf6rderung", "F\xf6rderung", "<ul><li>x<li>y</ul>", "R&amp;D", "<br>" };
    struct room *r = *state;
    struct mw_sv htmls[COUNT(HTML)], texts[COUNT(HTML)], alone;
    for (size_t i = 0; i < COUNT(HTML); i++)
        htmls[i] = mw_sv(HTML[i]);
    assert_int_equal(mw_parse_html_texts(r->parser, r->arena, htmls, COUNT(HTML), texts, &r->err), MW_OK);
    for (size_t i = 0; i < COUNT(HTML); i++) {
        bool read = mw_parse_html_text(r->parser, r->arena, htmls[i], &alone, NULL) == MW_OK;
        if (read != (texts[i].p != NULL) || (read && !mw_sv_eq(alone, texts[i])))
            fail_msg("%s", HTML[i]);
    }
    assert_int_equal(mw_parse_html_texts(r->parser, r->arena, htmls, 0, texts, &r->err), MW_OK);
}

/* --- the worker ------------------------------------------------------------------------------------------------------------- */
static void a_worker_that_was_killed_is_replaced_and_nothing_is_lost(void **state)
{
    struct room *r = *state;
    pid_t old = mw_worker_pid(r->parser);
    assert_sv(text_of(r, MW_SV("<p>a")), "a");
    assert_int_equal(kill(old, SIGKILL), 0);
    assert_sv(text_of(r, MW_SV("<p>b")), "b");
    assert_int_not_equal(mw_worker_pid(r->parser), old);
}

static void a_document_that_takes_too_long_is_stopped_and_said_so(void **state)
{
    struct room *r = *state;
    struct mw_sv text;
    MW_AUTO(mw_str_free) struct mw_str html = MW_STR_INIT;
    for (int i = 0; i < 400000; i++) /* end tags that fit nothing make libxml2 look through all open ones */
        mw_str_addz(&html, "<b>");
    for (int i = 0; i < 400000; i++)
        mw_str_addz(&html, "</i>");
    mw_parser_set_timeout(r->parser, 300);
    assert_int_equal(mw_parse_html_text(r->parser, r->arena, mw_str_sv(&html), &text, &r->err), MW_PARSE);
    assert_string_equal(r->err.msg, "Reading this document took longer than 1 seconds and was stopped.");
    mw_parser_set_timeout(r->parser, 20000);
    assert_sv(text_of(r, MW_SV("<p>weiter")), "weiter");
}

static void what_a_document_does_to_a_worker_is_said_as_its_error(void **state)
{
    static const struct {
        int signal;
        const char *want;
    } CASES[] = {
        { SIGKILL, NULL }, /* comes from outside: the next worker reads it */
        { SIGSEGV, "Reading this document made the parser crash; the document is left out." },
        { SIGXCPU, "Reading this document took too much processor time and was stopped." },
        { SIGSYS, "Reading this document was stopped: it made the parser do something that is forbidden." },
    };
    struct room *r = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_sv text;
        pid_t worker = mw_worker_pid(r->parser);
        assert_int_equal(kill(worker, SIGSTOP), 0);
        pid_t killer = fork();
        if (killer == 0) { /* while the document is under way */
            usleep(50000);
            kill(worker, CASES[i].signal);
            kill(worker, SIGCONT);
            _exit(0);
        }
        enum mw_rc rc = mw_parse_html_text(r->parser, r->arena, MW_SV("<p>a"), &text, &r->err);
        assert_int_equal(rc, CASES[i].want != NULL ? MW_PARSE : MW_OK);
        if (rc != MW_OK && strcmp(r->err.msg, CASES[i].want) != 0)
            fail_msg("signal %d: \"%s\"", CASES[i].signal, r->err.msg);
        waitpid(killer, NULL, 0);
        assert_sv(text_of(r, MW_SV("<p>b")), "b");
    }
}

#ifndef MW_SAN
/* Reads html in a process that may have that much more memory: 0 whole, 1 refused, 7 something is missing. */
static int read_within(struct mw_sv html, size_t paragraphs, size_t kb)
{
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        size_t pages = 0;
        malloc_trim(0); /* what earlier tests have left would do for this page */
        FILE *statm = fopen("/proc/self/statm", "r");
        if (statm == NULL || fscanf(statm, "%zu", &pages) != 1)
            _exit(9);
        fclose(statm);
        rlim_t most = pages * (size_t)sysconf(_SC_PAGESIZE) + (kb << 10);
        struct mw_str text = MW_STR_INIT, page = MW_STR_INIT, request = MW_STR_INIT;
        mw_piece_add(&request, MW_ASK_DOCUMENT, html);
        if (setrlimit(RLIMIT_AS, &(struct rlimit){ most, most }) != 0)
            _exit(9);
        bool read = mw_task_text(&text, html, NULL) == MW_OK && mw_str_ok(&text);
        bool cut = mw_task_page(&page, mw_str_sv(&request), NULL) == MW_OK && mw_str_ok(&page);
        bool lost = (read && text.n != paragraphs * strlen("Wort x\n\n") - 2) || (cut && page.n < paragraphs * strlen("Wort x<p></p>"));
        _exit(lost ? 7 : read && cut ? 0 : 1);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 8;
}
#endif

/* libxml2 goes on when memory ends, with a piece missing: that must never pass for the page. */
static void short_of_memory_a_page_is_whole_or_refused(void **state)
{
    (void)state;
#ifdef MW_SAN
    printf("SKIPPED %s: the sanitizer needs its address space\n", __func__);
    skip();
#else
    enum { PARAGRAPHS = 3000, STEPS = 40 };
    MW_AUTO(mw_str_free) struct mw_str html = MW_STR_INIT;
    size_t enough = 1024;
    add_times(&html, "<p>Wort <b>x</b></p>", PARAGRAPHS);
    while (enough < 1024 * 1024 && read_within(mw_str_sv(&html), PARAGRAPHS, enough) != 0)
        enough *= 2;
    for (size_t i = 0; i < STEPS; i++) {
        int got = read_within(mw_str_sv(&html), PARAGRAPHS, enough / STEPS * i);
        if (got > 1)
            fail_msg("with %zu KB: %d", enough / STEPS * i, got);
    }
    assert_int_equal(read_within(mw_str_sv(&html), PARAGRAPHS, enough), 0);
    assert_int_equal(read_within(mw_str_sv(&html), PARAGRAPHS, 0), 1);
#endif
}

static void refusals_speak_the_language_that_was_asked_for(void **state)
{
    struct room *r = *state;
    struct mw_sv text;
    MW_AUTO(mw_str_free) struct mw_str html = MW_STR_INIT;
    MW_AUTO(mw_err_clear) struct mw_err german = MW_ERR_INIT(MW_DE);
    mw_str_addz(&html, "<p");
    add_times(&html, " a", 1001);
    assert_int_equal(mw_parse_html_text(r->parser, r->arena, mw_str_sv(&html), &text, &german), MW_PARSE);
    assert_non_null(strstr(german.msg, "Attribute"));
}

/* What a captured parser might try. Each runs in a process of its own inside the walls; all but the first must die of it. */
static void try_nothing(void) { free(malloc(100000)); }
static void try_open(void) { open("/etc/hostname", O_RDONLY | O_CLOEXEC); }
static void try_socket(void) { socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0); }
static void try_fork(void) { fork(); }
static void try_exec(void) { execl("/bin/true", "true", (char *)NULL); }
static void try_kill(void) { kill(getppid(), SIGTERM); }
static void try_unlink(void) { unlink("/tmp/nothing-of-this-name"); }
static void try_descriptor(void)
{
    char c;
    if (read(0, &c, 1) < 0)
        _exit(0);
}

static void the_sandbox_lets_nothing_through(void **state)
{
    static const struct {
        const char *what;
        void (*run)(void);
        bool dies;
    } CASES[] = {
        { "computing", try_nothing, false },
        { "opening a file", try_open, true },
        { "opening a connection", try_socket, true },
        { "starting a process", try_fork, true },
        { "running a program", try_exec, true },
        { "sending a signal", try_kill, true },
        { "removing a file", try_unlink, true },
        { "reading another descriptor", try_descriptor, true },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        int pair[2], status;
        assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
        pid_t pid = fork();
        if (pid == 0) {
            if (!mw_sandbox_enter(pair[1]))
                _exit(99);
            CASES[i].run();
            _exit(0);
        }
        close(pair[1]);
        assert_int_equal(waitpid(pid, &status, 0), pid);
        close(pair[0]);
        bool died = WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS;
        if (died != CASES[i].dies || (!died && (!WIFEXITED(status) || WEXITSTATUS(status) != 0)))
            fail_msg("%s: status %x", CASES[i].what, (unsigned)status);
    }
}

static void two_parsers_live_side_by_side(void **state)
{
    struct room *r = *state;
    MW_AUTO(mw_parser_freep) struct mw_parser *other = NULL;
    struct mw_sv text;
    assert_int_equal(mw_parser_new(&other, NULL), MW_OK);
    assert_int_equal(mw_parse_html_text(other, r->arena, MW_SV("<p>a"), &text, NULL), MW_OK);
    assert_sv(text_of(r, MW_SV("<p>b")), "b");
    mw_parser_free(other);
    other = NULL;
    assert_sv(text_of(r, MW_SV("<p>c")), "c");
    mw_parser_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_stand_apart_and_words_stay_whole),
        cmocka_unit_test(lists_are_marked_as_in_the_sources_own_text),
        cmocka_unit_test(cells_are_parted_by_tabs),
        cmocka_unit_test(what_nobody_reads_is_left_out),
        cmocka_unit_test(a_forgotten_end_costs_nothing_else),
        cmocka_unit_test(references_are_read_as_browsers_do),
        cmocka_unit_test(a_hundred_thousand_levels_deep_nothing_is_lost),
        cmocka_unit_test(a_text_of_seven_megabytes_comes_whole),
        cmocka_unit_test(a_page_over_the_limit_is_refused),
        cmocka_unit_test(too_many_attributes_are_refused_at_once),
        cmocka_unit_test(latin1_bytes_declared_as_utf8_lose_no_neighbours),
        cmocka_unit_test(an_unknown_element_does_not_swallow_the_rest),
        cmocka_unit_test(bytes_that_are_not_utf8_are_refused_and_control_characters_dropped),
        cmocka_unit_test(a_fragment_without_markup_reads_the_same_with_and_without_the_worker),
        cmocka_unit_test(no_mixture_of_markup_breaks_the_worker),
        cmocka_unit_test(many_texts_at_once_are_what_each_is_alone),
        cmocka_unit_test(a_worker_that_was_killed_is_replaced_and_nothing_is_lost),
        cmocka_unit_test(a_document_that_takes_too_long_is_stopped_and_said_so),
        cmocka_unit_test(what_a_document_does_to_a_worker_is_said_as_its_error),
        cmocka_unit_test(short_of_memory_a_page_is_whole_or_refused),
        cmocka_unit_test(refusals_speak_the_language_that_was_asked_for),
        cmocka_unit_test(the_sandbox_lets_nothing_through),
        cmocka_unit_test(two_parsers_live_side_by_side),
    };
    return cmocka_run_group_tests(tests, enter, leave);
}
