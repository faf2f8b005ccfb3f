/* XML of strangers as a tree (lib/parse/xml.h) and what XPaths find (lib/parse/query.h). */
#include <time.h>

#include "lib/parse/query.h"
#include "tests/test.h"

static struct mw_parser *parser;

static int start(void **state)
{
    (void)state;
    return (int)mw_parser_new(&parser, NULL);
}
static int stop(void **state)
{
    (void)state;
    mw_parser_free(parser);
    return 0;
}

static enum mw_rc read_xml(struct mw_arena *a, const char *xml, struct mw_xml **root)
{
    return mw_parse_xml(parser, a, mw_sv(xml), MW_SV_NONE, root, NULL);
}

static void names_are_local_and_attributes_lose_their_prefix(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_xml *root;
    (void)state;
    assert_int_equal(read_xml(a, "<n:a xmlns:n='ted/R2.0.9.S02/publication' xmlns:x='urn:x'><n:b x:href='1&amp;2'>t</n:b></n:a>", &root), MW_OK);
    assert_true(mw_xml_is(root, "a"));
    assert_sv(mw_xml_attr(mw_xml_child(root, "b"), "href"), "1&2");
    assert_sv(mw_xml_text(a, mw_xml_path(root, "b")), "t");
    mw_arena_free(a);
}

static void control_characters_and_bare_ampersands_are_survived(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_xml *root;
    (void)state;
    assert_int_equal(read_xml(a, "<a><b>Mut\x02 und Rat</b><c>Forschung & Lehre</c></a>", &root), MW_OK);
    assert_sv(mw_xml_text(a, mw_xml_path(root, "b")), "Mut  und Rat");
    assert_non_null(mw_xml_child(root, "c"));
    mw_arena_free(a);
}

static void what_is_not_a_whole_document_is_refused(void **state)
{
    static const struct { const char *why, *xml; } CASES[] = {
        { "cut off in an element", "<a><b>text" },
        { "cut off in a tag", "<a><b href='x" },
        { "cut off in CDATA", "<a><![CDATA[text" },
        { "nothing", "" },
        { "a text", "Radware Captcha Page" },
        { "entities of its own", "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>" },
        { "an entity bomb", "<!DOCTYPE a [<!ENTITY x \"aaaaaaaaaa\"><!ENTITY y \"&x;&x;&x;&x;&x;&x;\">]><a b='&y;&y;'>&y;</a>" },
        { "a file of this machine", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><a>&x;</a>" },
    };
    struct mw_xml *root;
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_arena *a = mw_arena_new();
        if (read_xml(a, CASES[i].xml, &root) != MW_PARSE)
            fail_msg("%s", CASES[i].why);
        mw_arena_free(a);
    }
}

static void deep_nesting_is_refused_and_not_cut(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_str deep = MW_STR_INIT;
    struct mw_xml *root;
    (void)state;
    for (int i = 0; i < 100000; i++)
        mw_str_addz(&deep, "<a>");
    mw_str_addz(&deep, "treasure");
    for (int i = 0; i < 100000; i++)
        mw_str_addz(&deep, "</a>");
    assert_int_equal(mw_parse_xml(parser, a, mw_str_sv(&deep), MW_SV_NONE, &root, NULL), MW_PARSE);
    mw_str_free(&deep);
    mw_arena_free(a);
}

static void latin1_is_read_as_declared(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_xml *root;
    (void)state;
    assert_int_equal(read_xml(a, "<?xml version='1.0' encoding='ISO-8859-1'?><a>F\xf6rderung</a>", &root), MW_OK);
    assert_sv(mw_xml_text(a, root), "Förderung");
    mw_arena_free(a);
}

static void each_goes_through_the_document_in_order_and_stays_below_its_root(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_xml *root;
    struct mw_str got = MW_STR_INIT;
    (void)state;
    assert_int_equal(read_xml(a, "<r><s><p>1</p><t><p>2</p></t></s><p>3</p></r>", &root), MW_OK);
    const struct mw_xml *s = mw_xml_child(root, "s");
    for (const struct mw_xml *p = mw_xml_each(s, s, "p"); p != NULL; p = mw_xml_each(s, p, "p"))
        mw_str_add(&got, mw_xml_text(a, p));
    assert_sv(mw_str_sv(&got), "12");
    mw_str_free(&got);
    mw_arena_free(a);
}

/* What libxml2 tells while it reads is written down at once; each of these it tells in a way of its own. */
static void small_faults_cost_nothing_around_them(void **state)
{
    static const struct { const char *xml, *inner; } CASES[] = {
        { "<r><a x='1 &amp; 2 &lt; 3 &fremd; 4'/></r>", "<a x=\"1 &amp; 2 &lt; 3  4\"></a>" },
        { "<r><p:a p:x='1'/></r>", "<p:a p:x=\"1\"></p:a>" }, /* nobody declares p */
        { "<r xmlns:p='u'><p:a p:x='1'/></r>", "<a x=\"1\"></a>" },
        { "<r>a<!-- b -->c<![CDATA[<d>]]>&#101;&fremd;f</r>", "ac&lt;d&gt;ef" },
        { "<r><a/<!DOCTYPE r>><b>B</b></r>", "<a></a>/!DOCTYPE r&gt;&gt;<b>B</b>" }, /* of a broken start tag it tells no end */
        { "<r><a x='1<2'/><b>B</b></r>", "<a x=\"1\"></a>2'/&gt;<b>B</b>" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_arena *a = mw_arena_new();
        struct mw_xml *root;
        if (read_xml(a, CASES[i].xml, &root) != MW_OK)
            fail_msg("%s is refused", CASES[i].xml);
        struct mw_sv inner = mw_xml_inner(a, root);
        if (!mw_sv_eqz(inner, CASES[i].inner))
            fail_msg("%s: %.*s", CASES[i].xml, MW_SV_ARG(inner));
        mw_arena_free(a);
    }
}

static void markup_inside_is_written_again(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_xml *root;
    (void)state;
    assert_int_equal(read_xml(a, "<c><div><p class='x'>A &lt; B</p><br/></div></c>", &root), MW_OK);
    assert_sv(mw_xml_inner(a, root), "<div><p class=\"x\">A &lt; B</p><br></br></div>");
    mw_arena_free(a);
}

/* Refused ones among them take nobody with them, and the worker may be asked for something else meanwhile. */
static void many_documents_at_once_are_what_each_is_alone(void **state)
{
    static const char *const XML[] = { "<a>1</a>", "<a><b>cut off", "", "<n:a xmlns:n='urn:n' n:x='2'><b>3</b>&amp;</n:a>", "<a/>",
                                       "<?xml version='1.0' encoding='ISO-8859-1'?><a>F\xf6rderung</a>", "no XML", "<a>Mut\x02 und</a>" };
    struct mw_arena *a = mw_arena_new();
    struct mw_sv bytes[COUNT(XML)];
    struct mw_xml *roots[COUNT(XML)], *alone;
    unsigned ticket;
    (void)state;
    for (size_t i = 0; i < COUNT(XML); i++)
        bytes[i] = mw_sv(XML[i]);
    for (int meanwhile = 0; meanwhile < 2; meanwhile++) {
        assert_int_equal(mw_parse_xmls_ask(parser, bytes, COUNT(XML), &ticket, NULL), MW_OK);
        if (meanwhile > 0)
            assert_int_equal(read_xml(a, "<z/>", &alone), MW_OK);
        assert_int_equal(mw_parse_xmls_take(parser, ticket, a, roots, COUNT(XML), NULL), MW_OK);
        for (size_t i = 0; i < COUNT(XML); i++) {
            bool read = read_xml(a, XML[i], &alone) == MW_OK;
            if (read != (roots[i] != NULL) || (read && !mw_sv_eq(mw_xml_inner(a, alone), mw_xml_inner(a, roots[i]))))
                fail_msg("%s", XML[i]);
        }
        assert_sv(mw_xml_attr(roots[3], "x"), "2");
        assert_null(roots[3]->parent);
    }
    mw_arena_free(a);
}

/* Only the last question asked ahead is answered, and that once. */
static void an_answer_is_taken_once_and_not_for_another(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_sv one = MW_SV("<one/>"), two = MW_SV("<two/>");
    struct mw_xml *root;
    unsigned first, second;
    (void)state;
    assert_int_equal(mw_parse_xmls_ask(parser, &one, 1, &first, NULL), MW_OK);
    assert_int_equal(mw_parse_xmls_ask(parser, &two, 1, &second, NULL), MW_OK);
    assert_int_equal(mw_parse_xmls_take(parser, first, a, &root, 1, NULL), MW_PARSE);
    assert_int_equal(mw_parse_xmls_take(parser, second, a, &root, 1, NULL), MW_OK);
    assert_true(mw_xml_is(root, "two"));
    assert_int_equal(mw_parse_xmls_take(parser, second, a, &root, 1, NULL), MW_PARSE);
    assert_int_equal(mw_parse_xmls_ask(parser, &one, 1, &first, NULL), MW_OK); /* and never taken */
    mw_arena_free(a);
}

/* --- queries -------------------------------------------------------------------------------------------------------------- */
static const char PAGE[] = "<html><head><base href='https://portal.example/'></head><body><nav><a class='forward' href='?p=2'>weiter</a></nav>"
                           "<ul><li class='card'><a href='FDB/a.html'>Erstes <b>Programm</b></a><p>Kultur, Medien &amp; Sport</p></li>"
                           "<li class='card'><a href='FDB/b.html'>Zweites</a></li><li>kein Treffer</li></ul></body></html>";

static enum mw_rc find(struct mw_arena *a, bool xml, const char *doc, const char *records, const struct mw_query_field *fields, size_t n,
    struct mw_list *rows, struct mw_sv *base)
{
    struct mw_query q = { xml, mw_sv(records), fields, n };
    return mw_parse_query(parser, a, mw_sv(doc), MW_SV_NONE, &q, rows, base, NULL);
}
#define VALUE(rows, row, field) (*MW_AT(MW_AT(rows, struct mw_query_row, row)->values[field], struct mw_sv, 0))

static void records_of_a_list_page_come_with_their_fields(void **state)
{
    struct mw_arena *a = mw_arena_new();
    const struct mw_query_field fields[] = { { MW_SV(".//a/@href"), MW_Q_TEXT }, { MW_SV(".//a"), MW_Q_LINE }, { MW_SV(".//p"), MW_Q_HTML } };
    struct mw_list rows;
    struct mw_sv base;
    (void)state;
    assert_int_equal(find(a, false, PAGE, "//li[contains(@class, 'card')]", fields, COUNT(fields), &rows, &base), MW_OK);
    assert_int_equal(rows.n, 2);
    assert_sv(VALUE(rows, 0, 0), "FDB/a.html");
    assert_sv(VALUE(rows, 0, 1), "Erstes Programm");
    assert_sv(VALUE(rows, 0, 2), "Kultur, Medien &amp; Sport");
    assert_int_equal(MW_AT(rows, struct mw_query_row, 1)->values[2].n, 0);
    assert_sv(base, "https://portal.example/");
    mw_arena_free(a);
}

static void navigation_counts_when_one_looks_for_links(void **state)
{
    struct mw_arena *a = mw_arena_new();
    const struct mw_query_field fields[] = { { MW_SV("//a[@class='forward']/@href"), MW_Q_TEXT }, { MW_SV("count(//li)"), MW_Q_TEXT } };
    struct mw_list rows;
    (void)state;
    assert_int_equal(find(a, false, PAGE, NULL, fields, COUNT(fields), &rows, NULL), MW_OK);
    assert_int_equal(rows.n, 1);
    assert_sv(VALUE(rows, 0, 0), "?p=2");
    assert_sv(VALUE(rows, 0, 1), "3");
    mw_arena_free(a);
}

static void an_xpath_that_is_none_is_told_before_and_refused_after(void **state)
{
    struct mw_arena *a = mw_arena_new();
    const struct mw_query_field fields[] = { { MW_SV("//a["), MW_Q_TEXT } };
    struct mw_list rows;
    (void)state;
    assert_true(mw_xpath_good(MW_SV("//a[@class='x']/@href")));
    assert_false(mw_xpath_good(MW_SV("//a[")));
    assert_false(mw_xpath_good(MW_SV("")));
    assert_int_equal(find(a, false, PAGE, NULL, fields, 1, &rows, NULL), MW_PARSE);
    mw_arena_free(a);
}

static void an_xpath_over_a_hostile_document_ends(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_str page = MW_STR_INIT;
    const struct mw_query_field fields[] = { { MW_SV("//i[count(preceding::i) > count(following::i)]"), MW_Q_TEXT } };
    struct mw_list rows;
    (void)state;
    for (int i = 0; i < 40000; i++)
        mw_str_addz(&page, "<i>x</i>");
    assert_int_equal(find(a, false, mw_str_z(&page), NULL, fields, 1, &rows, NULL), MW_PARSE);
    mw_str_free(&page);
    mw_arena_free(a);
}

static void xml_is_found_by_local_names(void **state)
{
    struct mw_arena *a = mw_arena_new();
    const struct mw_query_field fields[] = { { MW_SV("title"), MW_Q_TEXT }, { MW_SV("content"), MW_Q_HTML } };
    struct mw_list rows;
    (void)state;
    assert_int_equal(find(a, true, "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>A</title><content type='html'>&lt;p>x&lt;/p></content></entry></feed>",
                          "//entry", fields, COUNT(fields), &rows, NULL),
                     MW_OK);
    assert_int_equal(rows.n, 1);
    assert_sv(VALUE(rows, 0, 0), "A");
    assert_sv(VALUE(rows, 0, 1), "<p>x</p>");
    mw_arena_free(a);
}

/* Twelve lines that would become a hundred billion "ha" (billion laughs). */
static void an_entity_bomb_is_refused_at_once(void **state)
{
    const struct mw_query_field fields[] = { { MW_SV("title"), MW_Q_TEXT } };
    static const char *const USES[] = { "<rss><item><title>&z11;</title></item></rss>", "<rss><item a='&z11;'><title>A</title></item></rss>" };
    struct mw_arena *a = mw_arena_new();
    struct mw_str bomb = MW_STR_INIT;
    struct mw_list rows;
    struct mw_xml *root;
    struct timespec from, to;
    (void)state;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (size_t u = 0; u < COUNT(USES); u++) {
        mw_str_clear(&bomb);
        mw_str_addz(&bomb, "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY z0 'ha'>");
        for (int i = 1; i < 12; i++) {
            mw_str_addf(&bomb, "<!ENTITY z%d '", i);
            for (int k = 0; k < 10; k++)
                mw_str_addf(&bomb, "&z%d;", i - 1);
            mw_str_addz(&bomb, "'>");
        }
        mw_str_addf(&bomb, "]>%s", USES[u]);
        assert_int_equal(read_xml(a, mw_str_z(&bomb), &root), MW_PARSE);
        assert_int_equal(find(a, true, mw_str_z(&bomb), "//item", fields, 1, &rows, NULL), MW_PARSE);
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    assert_true(to.tv_sec - from.tv_sec < 5);
    mw_str_free(&bomb);
    mw_arena_free(a);
}

/* --- a portal's view of a page ------------------------------------------------------------------------------------------------ */
static void a_view_says_where_the_notice_stands_and_what_is_left_out(void **state)
{
    static const char HTML[] = "<body><h1>Portal</h1><div id='n'><p class='t'>Ortsmitte</p><h3>Ziel</h3><p>Plätze</p><div class='share'>Teilen</div></div>"
                               "<div><h3>Verwandtes</h3><p>anderes</p></div></body>";
    struct mw_sv body = MW_SV("//div[@id='n']"), title = MW_SV("//p[@class='t']"), drop = MW_SV("//*[@class='share'] | //div[@id='n']");
    struct mw_page_view view = { { &body, 1, 1 }, { &title, 1, 1 }, { &drop, 1, 1 } };
    struct mw_arena *a = mw_arena_new();
    struct mw_page page;
    (void)state;
    assert_int_equal(mw_parse_page_as(parser, a, mw_sv(HTML), MW_SV_NONE, &view, &page, NULL), MW_OK);
    assert_sv(page.title, "Ortsmitte");
    const struct mw_page_section *last = MW_AT(page.sections, struct mw_page_section, page.sections.n - 1);
    assert_sv(last->heading, "Ziel");
    assert_sv(last->text, "Plätze");
    mw_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_local_and_attributes_lose_their_prefix),
        cmocka_unit_test(control_characters_and_bare_ampersands_are_survived),
        cmocka_unit_test(what_is_not_a_whole_document_is_refused),
        cmocka_unit_test(deep_nesting_is_refused_and_not_cut),
        cmocka_unit_test(latin1_is_read_as_declared),
        cmocka_unit_test(each_goes_through_the_document_in_order_and_stays_below_its_root),
        cmocka_unit_test(small_faults_cost_nothing_around_them),
        cmocka_unit_test(markup_inside_is_written_again),
        cmocka_unit_test(many_documents_at_once_are_what_each_is_alone),
        cmocka_unit_test(an_answer_is_taken_once_and_not_for_another),
        cmocka_unit_test(an_entity_bomb_is_refused_at_once),
        cmocka_unit_test(records_of_a_list_page_come_with_their_fields),
        cmocka_unit_test(navigation_counts_when_one_looks_for_links),
        cmocka_unit_test(an_xpath_that_is_none_is_told_before_and_refused_after),
        cmocka_unit_test(an_xpath_over_a_hostile_document_ends),
        cmocka_unit_test(xml_is_found_by_local_names),
        cmocka_unit_test(a_view_says_where_the_notice_stands_and_what_is_left_out),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
