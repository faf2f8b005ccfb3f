/* Guidelines that records lead to (JSON, XML, the export of the Förderdatenbank): fetched, read page by page, kept. */
#include <zip.h>

#include "tests/pdf.h"
#include "tests/portal.h"

static struct {
    bool reworded, lost; /* what the first guideline is today */
} portal;

static void make_guideline(struct server *s, const char *path, struct mw_str *out)
{
    static const struct pdf_line OLD[] = { { 1, 70, 700, "Gegenstand sind Radwege." }, { 2, 70, 700, "Antr\xc3\xa4ge bis 31.03.2027." }, { 0 } },
                                 NEW[] = { { 1, 70, 700, "Gegenstand sind nur noch Br\xc3\xbc" "cken." }, { 0 } }, SCAN[] = { { 1, 0, 0, NULL }, { 0 } };
    (void)s;
    if (portal.lost && strstr(path, "rad") != NULL)
        mw_str_addz(out, "<html>Are you human?</html>");
    else
        pdf_make(out, strstr(path, "scan") != NULL ? SCAN : portal.reworded ? NEW : OLD);
}

#define RECORD(n, more) "{\"id\":\"http://127.0.0.1:{port}/p/" n "\",\"name\":\"Programm " n "\",\"what\":\"Mehr steht in der Richtlinie.\"" more "}"
static const char JSON[] = "{\"items\":[" RECORD("1", ",\"links\":[{\"url\":\"/doc/rad.pdf\"},{\"url\":\"doc/scan.pdf\"}]") ","
    RECORD("2", ",\"links\":[]") "," RECORD("3", ",\"links\":{\"url\":[\"http://127.0.0.1:{port}/doc/rad.pdf\"]}") "]}";
static const char XML[] = "<all><p><id>http://127.0.0.1:{port}/p/1</id><name>Programm 1</name><pdf>/doc/rad.pdf</pdf><pdf>doc/scan.pdf</pdf></p>"
    "<p><id>http://127.0.0.1:{port}/p/2</id><name>Programm 2</name></p>"
    "<p><id>http://127.0.0.1:{port}/p/3</id><name>Programm 3</name><pdf>http://127.0.0.1:{port}/doc/rad.pdf</pdf></p></all>";
static const struct page PAGES[] = {
    { .path = "/list.json", .body = JSON, .headers = { "Content-Type", "application/json" } },
    { .path = "/list.xml", .body = XML, .headers = { "Content-Type", "application/xml" } },
    { .path = "/list.html", .body = "<li><a href='/h/1'>1</a><li><a href='/h/2'>2</a><li><a href='/h/3'>3</a>", .headers = { "Content-Type", "text/html" } },
    { .path = "/h/*", .body = "<main><h1>Programm</h1><a href='/doc/rad.pdf;jsessionid=1'>Richtlinie</a> <a href='/doc/gone.pdf'>alt</a></main>", .headers = { "Content-Type", "text/html" } },
    { .path = "/doc/gone.pdf", .status = 404, .body = "" },
    { .path = "/doc/*", .make = make_guideline, .headers = { "Content-Type", "application/pdf" } },
};

/* --- the export ------------------------------------------------------------------------------------------------------------ */

#define DOCUMENT(name, kind, properties)                                                                                           \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><document xmlns:xlink=\"http://www.w3.org/1999/xlink\" name=\"" name "\" "             \
    "path=\"/BMWI/FDB/Content/DE/" kind "\" type=\"gsb:ServiceOffer\">" properties "</document>"
#define RICH(property, html) "<property name=\"gsb:" property "\" type=\"RichText\"><text>&lt;![CDATA[" html "]]&gt;</text></property>"
#define PROGRAMME(n, more)                                                                                                         \
    DOCUMENT("p" n, "Foerderprogramm/Land/Test",                                                                                     \
        "<property name=\"gsb:subType\" type=\"String\"><value>ServiceOffer-FundingProgram</value></property>" RICH("title", "Programm " n) more)
#define LINKED(url) "<property name=\"gsb:url\" type=\"String\"><value>" url "</value></property>"
#define TO(name) "<links><link xlink:href=\"target:/BMWI/FDB/Content/DE/ExternerLink/" name "\"/></links>"

static void add_entry(zip_t *zip, const char *name, const char *text, struct mw_str *keep)
{
    char path[200];
    server_add_text(keep, text, server.port);
    snprintf(path, sizeof path, "BMWI/FDB/Content/DE/%s.xml", name);
    assert_true(zip_file_add(zip, path, zip_source_buffer(zip, mw_str_z(keep), keep->n, 0), ZIP_FL_ENC_UTF_8) >= 0);
}

static void pack_export(const char *path)
{
    static const char *const ENTRIES[][2] = {
        { "ExternerLink/rad", DOCUMENT("rad", "ExternerLink", LINKED("http://127.0.0.1:{port}/doc/rad.pdf")) },
        { "ExternerLink/scan", DOCUMENT("scan", "ExternerLink", LINKED("http://127.0.0.1:{port}/doc/scan.pdf?v=2")) },
        { "ExternerLink/web", DOCUMENT("web", "ExternerLink", LINKED("http://127.0.0.1:{port}/doc/page.html")) },
        { "Foerderprogramm/p1", PROGRAMME("1", "<property name=\"gsb:cl2CustServices\" type=\"LinkList\">" TO("rad") TO("web") "</property>"
              RICH("bodyText", "&lt;p&gt;Siehe &lt;a href=&quot;target:/BMWI/FDB/Content/DE/ExternerLink/scan&quot;&gt;hier&lt;/a&gt;.&lt;/p&gt;")) },
        { "Foerderprogramm/p2", PROGRAMME("2", RICH("bodyText", "Text")) },
        { "Foerderprogramm/p3", PROGRAMME("3", "<property name=\"gsb:cl2CustServices\" type=\"LinkList\">" TO("rad") "</property>") },
    };
    struct mw_str texts[COUNT(ENTRIES)] = { MW_STR_INIT };
    int code = 0;
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);
    assert_non_null(zip);
    for (size_t i = 0; i < COUNT(ENTRIES); i++)
        add_entry(zip, ENTRIES[i][0], ENTRIES[i][1], &texts[i]);
    assert_int_equal(zip_close(zip), 0);
    for (size_t i = 0; i < COUNT(ENTRIES); i++)
        mw_str_free(&texts[i]);
}

/* --- the three kinds --------------------------------------------------------------------------------------------------------- */

static void write_kind(struct scratch *s, const char *kind, const char *address, const char *rules)
{
    struct mw_str text = MW_STR_INIT;
    mkdir(in(s, "config"), 0700);
    mkdir(in(s, "config/sources"), 0700);
    mw_str_addf(&text, "source: amt\ntitle: Amt\nlevel: bund\nkind: %s\naddresses: \"", kind);
    server_add_text(&text, address, server.port);
    mw_str_addf(&text, "\"\nverified: {on: 2026-11-22, against: the test}\nenabled: yes\npoliteness: {delay_ms: 0, allow_private: yes}\n%s", rules);
    spill(in(s, "config/sources/amt.yaml"), mw_str_z(&text), text.n);
    spill(in(s, "config/labels.yaml"), "labels: {}\n", 11);
    mw_str_free(&text);
}

static const struct run *show(struct scratch *s, bool export, int n)
{
    char url[120];
    if (export)
        snprintf(url, sizeof url, "https://www.foerderdatenbank.de/FDB/Content/DE/Foerderprogramm/Land/Test/p%d.html", n);
    else
        snprintf(url, sizeof url, "http://127.0.0.1:%d/p/%d", server.port, n);
    return run_program(s, "show", "--lang", "en", "--text", "--db", in(s, "a.db"), url);
}

/* asked: the list, and two documents, though two notices link to one of them. */
static void check_kind(struct scratch *s, bool export)
{
    portal.reworded = portal.lost = false;
    assert_report(crawl(s, NULL, NULL), 3, 3, 0, 0, 0, 0, 1);
    const struct run *r = show(s, export, 1);
    assert_says(r->out, "rad, Seite 1");
    assert_says(r->out, "rad, Seite 2");
    assert_says(r->out, "31 March 2027"); /* a fact of the guideline */
    assert_says(r->out, "needs OCR");
    assert_silent_on(show(s, export, 2)->out, "Seite 1");
    r = show(s, export, 3);
    assert_says(r->out, "Gegenstand sind Radwege.");
    assert_silent_on(r->out, "needs OCR");
    assert_report(crawl(s, NULL, NULL), 3, 0, 0, 3, 0, 0, 1);
    portal.lost = true; /* what it said before still counts */
    assert_report(crawl(s, NULL, NULL), 3, 0, 0, 3, 0, 1, 1);
    assert_says(show(s, export, 3)->out, "Gegenstand sind Radwege.");
    assert_says(show(s, export, 1)->out, "rad, Seite 2");
    portal.lost = false;
    portal.reworded = true; /* the list is the same, the guideline is not */
    assert_report(crawl(s, NULL, NULL), 3, 0, 2, 1, 0, 0, 1);
    assert_says(show(s, export, 3)->out, "nur noch Br");
    assert_silent_on(show(s, export, 3)->out, "Seite 2");
}

static void a_record_of_json_leads_to_its_guidelines(void **state)
{
    write_kind(*state, "json", "http://127.0.0.1:{port}/list.json", "list: {records: /items}\nread: {url: /id, title: /name, documents: [/nothing, /links/url],\n"
               "  sections: [{heading: Text, from: /what, html: no}]}\n");
    check_kind(*state, false);
}

static void a_record_of_xml_leads_to_its_guidelines(void **state)
{
    write_kind(*state, "xml", "http://127.0.0.1:{port}/list.xml", "list: {records: //p}\nread: {url: id, title: name, documents: pdf}\n");
    check_kind(*state, false);
}

/* Also where the second notice is read long after the guideline came. */
static void a_guideline_of_several_pages_is_asked_for_once(void **state)
{
    static const char *const OPTIONS[] = { NULL, NULL, "--offline" };
    struct scratch *s = *state;
    portal.reworded = portal.lost = false;
    write_kind(s, "html", "http://127.0.0.1:{port}/list.html", "list: {records: //li, link: a/@href}\nread: {main: //main, documents: //a/@href}\n");
    for (size_t i = 0; i < COUNT(OPTIONS); i++) {
        server.n_asked = 0;
        assert_report(crawl(s, OPTIONS[i], NULL), 1 + 3 + 2, i == 0 ? 3 : 0, 0, i == 0 ? 0 : 3, 0, 1, 1);
        assert_int_equal(server_asked(&server, "/doc/rad.pdf"), i < 2);
        assert_int_equal(server_asked(&server, "/doc/gone.pdf"), i < 2);
        for (int n = 1; n <= 3; n++) {
            char url[80];
            snprintf(url, sizeof url, "http://127.0.0.1:%d/h/%d", server.port, n);
            assert_says(run_program(s, "show", "--text", "--db", in(s, "a.db"), url)->out, "Gegenstand sind Radwege.");
        }
    }
}

static void a_programme_of_the_export_leads_to_its_guidelines(void **state)
{
    struct scratch *s = *state;
    char address[PATH_MAX + 80];
    snprintf(address, sizeof address, "file:%s", in(s, "export.zip"));
    pack_export(in(s, "export.zip"));
    write_kind(s, "fdb-export", address, "home: \"https://www.foerderdatenbank.de/\"\nread: {url_from: \"https://www.foerderdatenbank.de{}.html\", "
               "title: \"gsb:title\", documents: [\"gsb:cl2CustServices\", \"gsb:bodyText\"], sections: [{heading: Richtlinie, from: \"gsb:bodyText\"}]}\n");
    check_kind(s, true);
}

static int open_server(void **state)
{
    return make_scratch(state) != 0 ? -1 : (server_start(&server, PAGES, COUNT(PAGES)), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_record_of_json_leads_to_its_guidelines, open_server, close_server),
        cmocka_unit_test_setup_teardown(a_record_of_xml_leads_to_its_guidelines, open_server, close_server),
        cmocka_unit_test_setup_teardown(a_guideline_of_several_pages_is_asked_for_once, open_server, close_server),
        cmocka_unit_test_setup_teardown(a_programme_of_the_export_leads_to_its_guidelines, open_server, close_server),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
