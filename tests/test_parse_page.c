/* lib/parse: whole pages. Which characters their bytes are, where their sections begin, and what real pages say. */
#include "lib/core/file.h"
#include "lib/parse/charset.h"
#include "lib/parse/page.h"
#include "lib/parse/parse.h"
#include "tests/mutate.h"
#include "tests/test.h"

struct room {
    struct mw_parser *parser;
    struct mw_arena *arena;
    struct mw_err err;
    struct mw_page page;
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

static const struct mw_page *page_of(struct room *r, struct mw_sv bytes, const char *http_charset)
{
    if (mw_parse_page(r->parser, r->arena, bytes, mw_sv(http_charset), &r->page, &r->err) != MW_OK)
        fail_msg("%s", r->err.msg);
    return &r->page;
}

static struct mw_sv fact(const struct mw_page *p, const char *name)
{
    for (size_t i = 0; i < p->facts.n; i++)
        if (mw_sv_eqz(MW_AT(p->facts, struct mw_page_pair, i)->name, name))
            return MW_AT(p->facts, struct mw_page_pair, i)->value;
    return MW_SV_NONE;
}

static const struct mw_page_section *section(const struct mw_page *p, const char *heading)
{
    for (size_t i = 0; i < p->sections.n; i++)
        if (mw_sv_eqz(MW_AT(p->sections, struct mw_page_section, i)->heading, heading))
            return MW_AT(p->sections, struct mw_page_section, i);
    fail_msg("no section \"%s\"", heading);
    return NULL;
}

/* --- characters ------------------------------------------------------------------------------------------------------------------ */
static void the_charset_is_decided_in_order(void **state)
{
    static const struct {
        const char *why, *bytes;
        size_t n; /* 0: strlen */
        const char *http, *charset, *title;
    } CASES[] = {
        { "a byte order mark wins", "\xef\xbb\xbf<title>\xc3\xb6</title>", 0, "iso-8859-2", "utf-8", "ö" },
        { "UTF-16, little end first", "\xff\xfe<\0h\0"
                                      "1\0>\0\xf6\0\x20\x20",
            14, NULL, "utf-16le", "ö†" },
        { "UTF-16, big end first, with a pair for one character", "\xfe\xff\0<\0h\0"
                                                                  "1\0>\xd8\x3d\xdc\xb6",
            14, NULL, "utf-16be", "💶" },
        { "the header before <meta>", "<meta charset=utf-8><title>\xa4</title>", 0, "ISO-8859-15", "iso-8859-15", "€" },
        { "<meta>", "<meta charset='iso-8859-2'><title>\xb9</title>", 0, NULL, "iso-8859-2", "š" },
        { "<meta http-equiv>", "<META http-equiv=content-type content=\"text/html; charset=windows-1250\"><title>\x9a</title>", 0,
            NULL, "windows-1250", "š" },
        { "a comment is no <meta>", "<!-- <meta charset=iso-8859-2> --><title>\xc3\xb6</title>", 0, NULL, "utf-8", "ö" },
        { "an XML declaration", "<?xml version='1.0' encoding='iso-8859-15'?><title>\xa4</title>", 0, NULL, "iso-8859-15", "€" },
        { "<meta> behind a long comment", NULL, 0, NULL, "iso-8859-15", "€" },
        { "<meta> in ASCII cannot be UTF-16", "<meta charset=utf-16><title>\xc3\xb6</title>", 0, NULL, "utf-8", "ö" },
        { "nothing said, valid UTF-8", "<title>\xc3\xb6</title>", 0, NULL, "utf-8", "ö" },
        { "nothing said, not UTF-8", "<title>\xf6</title>", 0, NULL, "windows-1252", "ö" },
        { "an unknown label says nothing", "<title>\xc3\xb6</title>", 0, "klingon", "utf-8", "ö" },
        { "Latin-1 means windows-1252", "<title>\x96 \x84 \x80 \x81</title>", 0, "\"iso-8859-1\"", "windows-1252", "– „ € \xef\xbf\xbd" },
        { "a server's default over a UTF-8 page", "<title>F\xc3\xb6rderung</title>", 0, "iso-8859-1", "utf-8", "Förderung" },
        { "another default over a UTF-8 page", "<title>F\xc3\xb6rderung</title>", 0, "ISO-8859-15", "utf-8", "Förderung" },
        { "a <meta> that the page's program outlived", "<meta charset='iso-8859-2'><title>F\xc3\xb6rderung</title>", 0, NULL, "utf-8", "Förderung" },
        { "UTF-8 with one cut-off character", "<title>F\xc3\xb6rderung f\xc3\xbcr \x96 \xc3</title>", 0, "utf-8", "utf-8",
            "Förderung für – Ã" },
        { "UTF-8 said, Latin-1 meant", "<title>F\xf6rderung f\xfcr St\xe4"
                                       "dte</title>",
            0, "utf-8", "windows-1252", "Förderung für Städte" },
        { "an unknown label over Latin-1", "<title>F\xf6rderung</title>", 0, "klingon", "windows-1252", "Förderung" },
        { "an unknown label does not hide what <meta> says", "<meta charset=iso-8859-15><title>\xa4</title>", 0, "klingon", "iso-8859-15", "€" },
        { "a label of the registry", "<title>\xb9</title>", 0, "csISOLatin2", "iso-8859-2", "š" },
        { "a label that Java writes", "<title>\xa4</title>", 0, "ISO8859_15", "iso-8859-15", "€" },
        { "a charset of the Mac", "<title>F\x9arderung</title>", 0, "x-mac-roman", "macintosh", "Förderung" },
        { "a charset of the Ukraine on the Mac", "<title>\x87</title>", 0, "x-mac-ukrainian", "mac-cyrillic", "З" },
        { "a name of another habit", "<title>\xa4</title>", 0, "ISO_8859-15", "iso-8859-15", "€" },
        { "a charset of Asia over a UTF-8 page", "<title>\xc3\xb6</title>", 0, "gb2312", "utf-8", "ö" },
        { "a NUL is nothing", "<title>a\0b</title>", 18, NULL, "utf-8", "ab" },
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        MW_AUTO(mw_str_free) struct mw_str lengthy = MW_STR_INIT;
        struct mw_sv bytes = mw_sv_n(CASES[i].bytes, CASES[i].n > 0 ? CASES[i].n : CASES[i].bytes != NULL ? strlen(CASES[i].bytes) : 0);
        if (bytes.p == NULL) {
            mw_str_addz(&lengthy, "<!--");
            for (int k = 0; k < 2500; k++)
                mw_str_addc(&lengthy, 'x');
            mw_str_addz(&lengthy, "--><meta charset=iso-8859-15><title>\xa4</title>");
            bytes = mw_str_sv(&lengthy);
        }
        const struct mw_page *p = page_of(*state, bytes, CASES[i].http);
        if (!mw_sv_eqz(p->charset, CASES[i].charset) || !mw_sv_eqz(p->title, CASES[i].title))
            fail_msg("%s: %.*s \"%.*s\"", CASES[i].why, MW_SV_ARG(p->charset), MW_SV_ARG(p->title));
    }
}

static void what_would_be_gibberish_is_refused(void **state)
{
    static const char *const LABELS[] = { "Shift_JIS", "gb2312", "euc-kr", "big5", "csEUCKR", "ms_kanji", "ISO-2022-JP" },
                      *const NAMES[] = { "shift_jis", "gbk", "euc-kr", "big5", "euc-kr", "shift_jis", "iso-2022-jp" };
    struct room *r = *state;
    for (size_t i = 0; i < COUNT(LABELS); i++) {
        assert_int_equal(mw_parse_page(r->parser, r->arena, MW_SV("<title>\x8f\x95\x90\xac</title>"), mw_sv(LABELS[i]), &r->page, &r->err), MW_PARSE);
        assert_non_null(strstr(r->err.msg, NAMES[i]));
        mw_err_clear(&r->err);
    }
}

/* Each table's cell says all that the inner ones say. */
static void tables_in_tables_cost_no_page(void **state)
{
    static const char *const OPEN[] = { "<table><tr><th>Ort</th><td>", "<dl><dt>Ort</dt><dd>" }, *const CLOSE[] = { "</td></tr></table>", "</dd></dl>" };
    enum { DEEP = 150, WORDS = 40000 };
    for (size_t way = 0; way < COUNT(OPEN); way++) {
        MW_AUTO(mw_str_free) struct mw_str html = MW_STR_INIT;
        mw_str_addz(&html, "<h1>x</h1>");
        for (int i = 0; i < DEEP; i++)
            mw_str_addz(&html, OPEN[way]);
        for (int i = 0; i < WORDS; i++)
            mw_str_addz(&html, "Wort ");
        for (int i = 0; i < DEEP; i++)
            mw_str_addz(&html, CLOSE[way]);
        const struct mw_page *p = page_of(*state, mw_str_sv(&html), NULL);
        assert_int_equal(p->facts.n, 0);
        assert_true(p->sections.n > 0);
    }
}

static void a_table_within_a_definition_leaves_the_next_one_its_term(void **state)
{
    const struct mw_page *p = page_of(*state, MW_SV("<h1>x</h1><dl><dt>Ort</dt><dd>A<table><tr><th>Art</th><td>B</td></tr></table></dd><dd>C</dd></dl>"), NULL);
    assert_int_equal(p->facts.n, 3);
    assert_sv(MW_AT(p->facts, struct mw_page_pair, 2)->name, "Ort");
    assert_sv(MW_AT(p->facts, struct mw_page_pair, 2)->value, "C");
}

static void whatever_the_bytes_the_text_is_utf8(void **state)
{
    static const char *const LABELS[] = { NULL, "utf-8", "iso-8859-1", "utf-16", "utf-16be", "iso-8859-3", "koi8-r", "macintosh",
        "windows-1253" };
    uint64_t seed = 20261122;
    (void)state;
    for (int round = 0; round < 3000; round++) {
        char bytes[64];
        size_t n = mutate_below(&seed, sizeof bytes);
        MW_AUTO(mw_str_free) struct mw_str out = MW_STR_INIT;
        const char *charset;
        for (size_t i = 0; i < n; i++)
            bytes[i] = (char)mutate_random(&seed);
        assert_int_equal(
            mw_charset_decode(&out, &charset, mw_sv_n(bytes, n), mw_sv(LABELS[mutate_below(&seed, COUNT(LABELS))]), NULL), MW_OK);
        assert_int_equal(mw_utf8_invalid_at(mw_str_sv(&out)), SIZE_MAX);
    }
}

/* --- sections ---------------------------------------------------------------------------------------------------------------------- */
static void a_page_is_cut_at_its_headings(void **state)
{
    const struct mw_page *p = page_of(*state,
        MW_SV("<html lang='de-DE'><head><title>Seite - Portal</title></head><body><header><h1>Portal</h1></header>"
              "<main><h1>Programm\n <b>A</b></h1><p>Kurz</p><div><h2>Wer?</h2><p>Alle <b>Kommunen</b>\n und Kreise</p></div>"
              "<h3>Wie <br>viel?</h3>80 %</main><footer>Impressum</footer></body></html>"),
        NULL);
    assert_sv(p->title, "Programm A");
    assert_sv(p->language, "de");
    assert_int_equal(p->sections.n, 3);
    const struct mw_page_section *s = p->sections.items;
    assert_sv(s[0].heading, "");
    assert_int_equal(s[0].level, 0);
    assert_sv(s[0].text, "Kurz");
    assert_sv(s[1].heading, "Wer?");
    assert_int_equal(s[1].level, 2);
    assert_sv(s[1].text, "Alle Kommunen und Kreise");
    assert_sv(s[1].html, "<p>Alle <b>Kommunen</b> und Kreise</p>");
    assert_sv(s[2].heading, "Wie viel?");
    assert_sv(s[2].text, "80 %");
}

static void without_a_heading_the_title_of_the_window_counts(void **state)
{
    const struct mw_page *p = page_of(*state, MW_SV("<title> A &amp;\n B <b></title><p>Text"), NULL);
    assert_sv(p->title, "A & B <b>");
    assert_int_equal(p->sections.n, 1);
    assert_sv(MW_AT(p->sections, struct mw_page_section, 0)->text, "Text");
    p = page_of(*state, MW_SV(""), "utf-8");
    assert_sv(p->title, "");
    assert_int_equal(p->sections.n, 0);
}

static void sections_keep_harmless_links_only(void **state)
{
    const struct mw_page *p = page_of(*state,
        MW_SV("<h2>A</h2><a href='https://a.de/?x=1&amp;y=\"'>1</a><a href='javascript:alert(1)'>2</a><a href=' /b' onclick=x>3</a>"
              "<a href='JavaScript&colon;x'>4</a><a href='data:x'>5</a><img src=x onerror=y>"),
        NULL);
    assert_sv(section(p, "A")->html,
        "<a href=\"https://a.de/?x=1&amp;y=&quot;\">1</a><a>2</a><a href=\"/b\">3</a><a>4</a><a>5</a>");
}

static void pairs_come_from_lists_and_meta(void **state)
{
    const struct mw_page *p = page_of(*state,
        MW_SV("<base href='https://a.de/'><link rel=canonical href=' https://a.de/x '><meta name=description content='Kurz &amp; gut'>"
              "<meta property='og:title' content=T><meta name=leer content=''><dl><dt> Fördergebiet: </dt><dd> bundesweit </dd>"
              "<dt>Art</dt><dd>A,\n B</dd><dd>C</dd></dl><dl><dd>ohne Namen</dd></dl>"),
        NULL);
    assert_sv(p->canonical, "https://a.de/x");
    assert_sv(fact(p, "base"), "https://a.de/");
    assert_sv(fact(p, "description"), "Kurz & gut");
    assert_sv(fact(p, "og:title"), "T");
    assert_sv(fact(p, "Fördergebiet"), "bundesweit");
    assert_sv(fact(p, "Art"), "A, B");
    assert_int_equal(p->facts.n, 6);
}

static void an_answer_that_makes_no_sense_is_no_page(void **state)
{
    static const char *const BAD[] = { "T", "T0000000", "Tzzzzzzzz", "Tffffffffa", "T00000002a", "T-0000001a" };
    MW_AUTO(mw_str_free) struct mw_str good = MW_STR_INIT;
    struct mw_sv in, text;
    (void)state;
    for (size_t i = 0; i < COUNT(BAD); i++) {
        in = mw_sv(BAD[i]);
        assert_int_equal(mw_piece_next(&in, &text), 0);
    }
    mw_piece_add(&good, MW_PIECE_TITLE, MW_SV("ä"));
    in = mw_str_sv(&good);
    assert_int_equal(mw_piece_next(&in, &text), MW_PIECE_TITLE);
    assert_sv(text, "ä");
    assert_int_equal(in.n, 0);
}

/* --- pages of the Förderdatenbank ---------------------------------------------------------------------------------------------------- */
#define FDB "data/de/foerderdatenbank-html/"
static const struct mw_page *real_page(struct room *r, const char *name)
{
    struct mw_sv bytes;
    if (mw_file_read(&bytes, r->arena, shared_path(name), MW_HTML_MAX, &r->err) != MW_OK)
        fail_msg("%s", r->err.msg);
    return page_of(r, bytes, NULL);
}

static void the_tabbed_layout_is_read(void **state)
{
    SKIP_WITHOUT_SHARED(FDB "detail_multi_desc.html");
    const struct mw_page *p = real_page(*state, FDB "detail_multi_desc.html");
    assert_sv(p->title, "Beteiligungen der Mittelständischen Beteiligungsgesellschaft Thüringen mbH (MBG express)");
    assert_sv(fact(p, "Förderart"), "Beteiligung");
    assert_sv(fact(p, "Fördergebiet"), "Thüringen");
    assert_sv(fact(p, "Förderberechtigte"), "Unternehmen");
    assert_null(fact(p, "Fördergeber").p);
    assert_true(mw_sv_ends(p->canonical, MW_SV("/Land/Thueringen/beteiligungen-thueringen-mbg-express.html")));
    assert_true(mw_sv_starts(section(p, "Kurztext")->text, MW_SV("Wenn Sie Investitionen planen, um die")));
    struct mw_sv text = section(p, "Volltext")->text;
    assert_int_not_equal(mw_sv_find(text, MW_SV("für die Finanzierung von\n\n* Investitionen,\n* Modernisierungen,\n"), 0), SIZE_MAX);
    assert_int_not_equal(mw_sv_find(section(p, "Beteiligungshöhe:")->text, MW_SV("Höchstbetrag von 1,25 Mio. EUR (in"), 0), SIZE_MAX);
}

static void the_short_layout_is_read_also_when_an_editor_has_wrapped_it(void **state)
{
    SKIP_WITHOUT_SHARED(FDB "detail_fail_07_25.html");
    const struct mw_page *p = real_page(*state, FDB "detail_fail_07_25.html");
    assert_sv(p->title,
        "Förderung Deutsch-Französischer Koproduktionen im Rahmen des Filmförderungsgesetzes 2025 (Minitraité-Förderung)");
    assert_sv(fact(p, "Förderart"), "Darlehen, Bürgschaft");
    assert_sv(fact(p, "Förderbereich"), "Kultur, Medien & Sport");
    assert_sv(fact(p, "Fördergeber"), "FFA Filmförderungsanstalt");
    assert_true(mw_sv_starts(section(p, "Rechtsgrundlage")->text, MW_SV("Gesetz über Maßnahmen zur Förderung des deutschen Films")));
}

static void in_no_real_page_is_anything_of_the_frame_or_lost_on_the_way(void **state)
{
    static const char *const NAMES[] = { FDB "detail_multi_desc.html", FDB "detail_single_desc.html",
        FDB "details_single_desc_alt.html", FDB "detail_fail_07_25.html", FDB "overview.html" };
    struct room *r = *state;
    SKIP_WITHOUT_SHARED(FDB "overview.html");
    for (size_t k = 0; k < COUNT(NAMES); k++) {
        const struct mw_page *p = real_page(r, NAMES[k]);
        assert_true(p->sections.n > 0);
        for (size_t i = 0; i < p->sections.n; i++) {
            const struct mw_page_section *s = MW_AT(p->sections, struct mw_page_section, i);
            struct mw_sv again;
            if (mw_sv_find(s->text, MW_SV("Cookies"), 0) != SIZE_MAX || mw_sv_find(s->text, MW_SV("Impressum"), 0) != SIZE_MAX)
                fail_msg("%s: the frame is in \"%.*s\"", NAMES[k], MW_SV_ARG(s->heading));
            assert_int_equal(mw_parse_html_text(r->parser, r->arena, s->html, &again, &r->err), MW_OK);
            if (!mw_sv_eq(again, s->text))
                fail_msg("%s: \"%.*s\" reads differently from its own HTML", NAMES[k], MW_SV_ARG(s->heading));
        }
    }
}

static void damaged_real_pages_do_not_disturb_the_worker(void **state)
{
    static const char *const TOKENS[] = { "<", ">", "</div>", "<!--", "\"", "&#x", "</main>", "<svg>", "<nav>", "\0", "\xff", "<pre>",
        "<h1>", NULL };
    static char buf[80000];
    struct room *r = *state;
    struct mw_sv bytes;
    uint64_t seed = 4711;
    SKIP_WITHOUT_SHARED(FDB "detail_single_desc.html");
    assert_int_equal(mw_file_read(&bytes, r->arena, shared_path(FDB "detail_single_desc.html"), MW_HTML_MAX, &r->err), MW_OK);
    for (int round = 0; round < 200; round++) {
        MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
        struct mw_sv bad = mutate(buf, sizeof buf, bytes, TOKENS, &seed);
        if (mw_parse_page(r->parser, a, bad, MW_SV_NONE, &r->page, &r->err) != MW_OK)
            fail_msg("%s", r->err.msg);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_charset_is_decided_in_order),
        cmocka_unit_test(what_would_be_gibberish_is_refused),
        cmocka_unit_test(tables_in_tables_cost_no_page),
        cmocka_unit_test(a_table_within_a_definition_leaves_the_next_one_its_term),
        cmocka_unit_test(whatever_the_bytes_the_text_is_utf8),
        cmocka_unit_test(a_page_is_cut_at_its_headings),
        cmocka_unit_test(without_a_heading_the_title_of_the_window_counts),
        cmocka_unit_test(sections_keep_harmless_links_only),
        cmocka_unit_test(pairs_come_from_lists_and_meta),
        cmocka_unit_test(an_answer_that_makes_no_sense_is_no_page),
        cmocka_unit_test(the_tabbed_layout_is_read),
        cmocka_unit_test(the_short_layout_is_read_also_when_an_editor_has_wrapped_it),
        cmocka_unit_test(in_no_real_page_is_anything_of_the_frame_or_lost_on_the_way),
        cmocka_unit_test(damaged_real_pages_do_not_disturb_the_worker),
    };
    return cmocka_run_group_tests(tests, enter, leave);
}
