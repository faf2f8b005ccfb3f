/* A new source needs no C: portals of the Länder and of foundations as different as they are, each with nothing but a source file.
 *
 * The pages are our own, after habits that real portals have; none of them was seen in the wild. */
#include "tests/portal.h"

#define HTML .headers = { "Content-Type", "text/html; charset=utf-8" }
#define JSON .headers = { "Content-Type", "application/json" }
#define HEAD "<html lang='de'><head><title>Amt</title></head><body><nav><a href='/'>Start</a></nav><main>"

static const struct page PAGES[] = {
    /* tables: a list as one, and the facts of a programme in another */
    { .path = "/tabelle", .body = HEAD "<table><tr><th>Programm</th></tr><tr><td><a href='/tabelle/1'>Dorfmitte</a></td></tr></table>", HTML },
    { .path = "/tabelle/1", .body = HEAD "<h1>Dorfmitte</h1><table><tr><th>Zuwendungsgeber:</th><td>Beispielland</td></tr>"
      "<tr><th>Antragsfrist</th><td>bis 30. September 2026, 12 Uhr</td></tr><tr><th>Jahr</th><th>Euro</th></tr></table><h2>Ziel</h2><p>Mehr Leben.</p>", HTML },
    /* cards below a <base>, facts in a definition list */
    { .path = "/karten/suche/", .body = "<html><head><base href='/karten/'></head><div class='card'><a href='p/bad.html'>Bad</a></div>", HTML },
    { .path = "/karten/p/bad.html", .body = HEAD "<h1>B\u00e4der</h1><dl><dt>F\u00f6rderart:</dt><dd>Zuschuss</dd><dt>Stichtag:</dt><dd>31. Oktober 2026</dd></dl>", HTML },
    /* accordions: headings with buttons, details, headings by their role */
    { .path = "/klappe", .body = HEAD "<ul><li><a href='/klappe/1'>J</a></li></ul>", HTML },
    { .path = "/klappe/1", .body = "<html lang='de'><body><div data-module='inhalt'><h1>Jugend</h1><h3><button>Wer?</button></h3><p>Vereine.</p><p>Orte.</p>"
      "<details><summary>Bis wann?</summary><p>30.06.2027</p></details><div role='heading' aria-level='3'>Wie viel?</div><p>20 Euro</p></div><p>Werbung</p></body></html>", HTML },
    /* pages counted by an offset; the portal shows its last page for every number after it */
    { .path = "/zahl?art=a&start=0", .body = HEAD "<article><a href='/zahl/1'>1</a></article><article><a href='/zahl/2'>2</a></article>", HTML },
    { .path = "/zahl?art=a&start=2", .body = HEAD "<article><a href='/zahl/3'>3</a></article>", HTML },
    { .path = "/zahl?art=a&start=4", .body = HEAD "<article><a href='/zahl/3'>3</a></article>", HTML },
    { .path = "/zahl/*", .body = HEAD "<h1>Gezahlt</h1><p>Antragsschluss: 1.2.2027</p>", HTML },
    /* pages counted until one does not exist */
    { .path = "/blatt?p=1", .status = 301, .body = "", .headers = { "Location", "/blatt" } }, /* the first page under a shorter address */
    { .path = "/blatt", .body = HEAD "<a href='/blatt/1'>1</a>", HTML },
    { .path = "/blatt?p=2", .body = HEAD "<a href='/blatt/2'>2</a>", HTML },
    { .path = "/blatt/*", .body = HEAD "<h1>Blatt</h1><p>Text</p>", HTML },
    /* two lists of one portal, each of which says how long it is */
    { .path = "/eins?p=1", .body = HEAD "<b>2</b><a href='/eins/1'>1</a>", HTML },
    { .path = "/eins?p=2", .body = HEAD "<b>2</b><a href='/eins/2'>2</a>", HTML },
    { .path = "/zwei?p=1", .body = HEAD "<b>2</b><a href='/zwei/1'>1</a>", HTML },
    { .path = "/zwei?p=2", .body = HEAD "<b>2</b><a href='/zwei/2'>2</a>", HTML },
    { .path = "/eins/*", .body = HEAD "<h1>Eins</h1><p>Text</p>", HTML },
    { .path = "/zwei/*", .body = HEAD "<h1>Zwei</h1><p>Text</p>", HTML },
    { .path = "/leer?p=1", .body = "<html><body>Wartung</body></html>", HTML },
    { .path = "/post", .body = "{\"d\":[{\"u\":\"/post/1\",\"n\":\"Post\"}]}", JSON },
    /* "more" that loads HTML within JSON, until nothing comes */
    { .path = "/mehr?page=0", .body = "[{\"command\":\"settings\"},{\"command\":\"insert\",\"data\":\"<div><a href='/mehr/1'>1</a></div>\"}]", JSON },
    { .path = "/mehr?page=1", .body = "[{\"command\":\"settings\"},{\"command\":\"insert\",\"data\":\"<div><a href='/mehr/2'>2</a></div>\"}]", JSON },
    { .path = "/mehr?page=2", .body = "[{\"command\":\"settings\"},{\"command\":\"insert\",\"data\":\"<div></div>\"}]", JSON },
    { .path = "/mehr/*", .body = HEAD "<h1>Mehr</h1><p>Text</p>", HTML },
    /* JSON whose records lead to pages, which say their title elsewhere */
    { .path = "/api?seite=1", .body = "{\"total\":2,\"items\":[{\"slug\":\"rathaus\"}]}", JSON },
    { .path = "/api?seite=2", .body = "{\"total\":2,\"items\":[{\"slug\":\"schule\"}]}", JSON },
    { .path = "/p-rathaus.html", .body = "<html lang='de'><head><meta property='og:title' content='Rath\u00e4user'></head><body><main><h1>F\u00f6rderportal</h1><p>Alt.</p>", HTML },
    { .path = "/p-schule.html", .body = "<html lang='de'><head><meta property='og:title' content='Schulen'></head><body><main><h1>Schulen</h1><p>Neu.</p>", HTML },
    /* JSON with lists in lists and seconds since 1970 */
    { .path = "/nest?page=0", .body = "{\"d\":[{\"n\":\"Baum\",\"u\":\"/nest/1\",\"bis\":1790000000,\"t\":[{\"l\":\"Natur\"},{\"l\":\"Klima\"}],\"b\":[{\"x\":\"<p>A</p>\"},{\"x\":\"<p>B</p>\"}],\"c\":[{\"h\":\"Wer?\",\"t\":\"Orte\"},{\"h\":\"Bis?\",\"t\":\"Mai\"}]}]}", JSON },
    { .path = "/nest?page=1", .body = "{\"d\":[]}", JSON },
    /* one list of several answers in one */
    { .path = "/algol", .body = "{\"results\":[{\"nbHits\":0,\"hits\":[]},{\"nbHits\":1,\"hits\":[{\"u\":\"/algol/1\",\"n\":\"Hit\",\"w\":[\"A\",\"B\"]}]}]}", JSON },
    /* RSS with the text in content:encoded, in Latin-1, read as XML for a day of its own */
    { .path = "/rss", .body = "<?xml version='1.0' encoding='ISO-8859-1'?><rss xmlns:c='u:c' xmlns:e='u:e'><channel><item><title><![CDATA[B\xe4ume & Hecken]]></title>"
      "<link>/rss/3?a=1&amp;b=2</link><c:encoded><![CDATA[<p>Pflanzen</p>]]></c:encoded><e:enddate>2027-02-28</e:enddate></item></channel></rss>",
      .headers = { "Content-Type", "application/rss+xml" } },
    /* XML that names its next page */
    { .path = "/xml?ab=0", .body = "<p:liste xmlns:p='urn:p' weiter='?ab=1'><p:n nr='A-1'><p:t>Deiche</p:t><p:z w='Wer'>Verb\u00e4nde</p:z></p:n></p:liste>",
      .headers = { "Content-Type", "application/xml" } },
    { .path = "/xml?ab=1", .body = "<p:liste xmlns:p='urn:p'><p:n nr='A-2' xml:lang='en'><p:t>Dikes</p:t><p:bis>2026-12-31+01:00</p:bis></p:n></p:liste>",
      .headers = { "Content-Type", "application/xml" } },
    /* a table in windows-1252 with lines above it, quotes, line ends and numbers that are texts, and one that leads to pages */
    { .path = "/tab.csv", .body = "F\xf6rderliste;;\r\nStand: 1.1.2026\r\n\r\nNr.;Programm;Frist/Stichtag;\"Wer\";Text;Frist/Stichtag\r\n"
      "=\"01\";\"Bus; f\xfcr \"\"alle\"\"\";\"bis 30. November 2026\";Gemeinden, Kreise;\"Zeile 1\nZeile \"2\" < 3\";x\r\n;;;;;\r\n2;S\xe4ulen;;;;31.1.2027\r\n",
      .headers = { "Content-Type", "text/csv" } },
    { .path = "/leit.csv", .body = "titel,seite\nEins,/leit/1\nPresse,/presse/1\n", .headers = { "Content-Type", "text/csv; charset=utf-8" } },
    { .path = "/leit/1", .body = HEAD "<h1>Eins</h1><p>Text</p>", HTML },
    /* a page whose entries are the notices, without pages of their own */
    { .path = "/alle", .body = HEAD "<div class='i' id='a'><h2>Preis</h2><p>Bewerbung bis 15. Februar 2027</p></div><div class='i' id='b'><h2>Fonds</h2><p>laufend</p></div>", HTML },
    /* titles as HTML within JSON, a language of several, a pointer to the next answer */
    { .path = "/cms", .body = "{\"links\":{\"next\":\"/cms2\"},\"data\":[{\"alias\":\"/cms/1\",\"t\":{\"de\":\"Klima &amp; Energie &#8211; neu\"}}]}", JSON },
    { .path = "/cms2", .body = "{\"data\":[{\"alias\":\"/cms/2\",\"t\":{\"en\":\"Only\"}},{\"alias\":\"/presse/3\",\"t\":{\"de\":\"Presse\"}}]}", JSON },
    /* windows-1252 that calls itself Latin-1, without <main> and <h1> */
    { .path = "/alt.htm", .body = "<html><head><meta http-equiv='Content-Type' content='text/html; charset=iso-8859-1'></head><table><tr><td><a href='alt2.htm'>x</a></table>",
      .headers = { "Content-Type", "text/html" } },
    { .path = "/alt2.htm", .body = "<html><title>x</title><center><font size=5><b>\x84Sch\xf6ne Pl\xe4tze\x93</b></font></center><p>Bewerbung bis 30. 9. 2026 (Eingang), 5 \x80",
      .headers = { "Content-Type", "text/html" } },
    /* English */
    { .path = "/calls", .body = "<html lang='en-GB'><div class='call'><a href='/calls/1'>x</a></div>", HTML },
    { .path = "/calls/1", .body = "<html lang='en-GB'><main><h1>Twinning</h1><p class='o'>Opening date: 1 December 2026</p><p class='c'>Closes: March 31st, 2027</p></main>", HTML },
};

static const struct {
    const char *kind, *begins, *rules, *want; /* a notice: title, language, opens, deadlines, facets, sections; in the order of their addresses */
} PORTALS[] = {
    { "html", "/tabelle", "list: {records: \"//tr[td]\", link: \".//a/@href\"}\nread: {deadlines: \"//th[.='Antragsfrist']/following-sibling::td\"}\n",
      "Dorfmitte de  2026-09-30 funder=Beispielland; []<table><tr><th>Zuwendungsgeber:</th><td>Beispielland</td></tr><tr><th>Antragsfrist</th>"
      "<td>bis 30. September 2026, 12 Uhr</td></tr><tr><th>Jahr</th><th>Euro</th></tr></table> [Ziel]<p>Mehr Leben.</p>\n" },
    { "html", "/karten/suche/", "list: {records: \"//div[@class='card']\", link: a/@href}\nread: {main: //main, deadlines: \"//dt[.='Stichtag:']/following-sibling::dd[1]\"}\n",
      "B\u00e4der de  2026-10-31 funding_type=Zuschuss; []<dl><dt>F\u00f6rderart:</dt><dd>Zuschuss</dd><dt>Stichtag:</dt><dd>31. Oktober 2026</dd></dl>\n" },
    { "html", "/klappe", "list: {records: //li, link: a/@href}\nread: {main: \"//div[@data-module='inhalt']\", deadlines: \"//details[contains(summary, 'Bis wann')]/p\"}\n",
      "Jugend de  2027-06-30 [Wer?]<p>Vereine.</p><p>Orte.</p><details></details> [Bis wann?]<p>30.06.2027</p> [Wie viel?]<p>20 Euro</p>\n" },
    { "html", "/zahl?art=a&start=0", "request: {page: start, step: 2}\nlist: {records: //article, link: a/@href}\nread: {deadlines: \"//p[contains(., 'Antragsschluss')]\"}\n",
      "Gezahlt de  2027-02-01 []<p>Antragsschluss: 1.2.2027</p>\nGezahlt de  2027-02-01 []<p>Antragsschluss: 1.2.2027</p>\n"
      "Gezahlt de  2027-02-01 []<p>Antragsschluss: 1.2.2027</p>\n" },
    { "html", "/blatt?p=1", "request: {page: p}\nlist: {records: //main/a, link: \"@href\"}\n", "Blatt de  []<p>Text</p>\nBlatt de  []<p>Text</p>\n" },
    { "html", "/mehr?page=0", "request: {page: page}\nlist: {inside: /data, records: //a, link: \"@href\"}\n", "Mehr de  []<p>Text</p>\nMehr de  []<p>Text</p>\n" },
    { "json", "/api?seite=1", "request: {page: seite}\nlist: {records: /items, link: /slug, count: /total}\n"
      "read: {url_from: \"/p-{}.html\", title: \"//meta[@property='og:title']/@content\"}\n",
      "Rath\u00e4user de  [F\u00f6rderportal]<p>Alt.</p>\nSchulen de  []<p>Neu.</p>\n" },
    { "json", "/nest?page=0", "request: {page: page}\nlist: {records: /d}\n"
      "read: {url: /u, title: /n, deadlines: /bis, sections: [{heading: Was, from: /b/x}, {from: /c/t, headings: /c/h, html: no}], facets: {funding_area: {from: /t/l}}}\n",
      "Baum de  2026-09-21 funding_area=Natur,Klima; [Was]<p>A</p>\n<p>B</p> [Wer?]Orte [Bis?]Mai\n" },
    { "json", "/algol", "list: {records: /results/1/hits, count: /results/1/nbHits}\nread: {url: /u, title: /n, sections: [{heading: Wer, from: /w, html: no}]}\n",
      "Hit de  [Wer]A\nB\n" },
    { "xml", "/rss", "list: {records: //item}\nread: {url: link, title: title, deadlines: enddate, sections: [{from: encoded}]}\n",
      "B\u00e4ume & Hecken de  2027-02-28 []<p>Pflanzen</p>\n" },
    { "xml", "/xml?ab=0", "list: {records: //n, next: /liste/@weiter}\n"
      "read: {url: \"@nr\", url_from: \"https://amt.example/{}\", title: t, language: \"@lang\", deadlines: bis, sections: [{from: z, headings: \"z/@w\", html: no}]}\n",
      "Deiche de  [Wer]Verb\u00e4nde\nDikes en  2026-12-31 \n" },
    { "csv", "/tab.csv", "read: {url: Nr., url_from: \"https://amt.example/{}\", title: Programm, deadlines: Frist/Stichtag,\n"
      "  sections: [{heading: Was, from: Text}], facets: {eligible_applicants: {from: Wer, separator: \",\"}}}\n",
      "Bus; f\u00fcr \"alle\" de  2026-11-30 eligible_applicants=Gemeinden,Kreise; [Was]Zeile 1\nZeile \"2\" < 3\nS\u00e4ulen de  2027-01-31 \n" },
    { "csv", "/leit.csv", "list: {link: seite, exclude: \"*/presse/*\"}\nread: {title: //h1}\n", "Eins de  []<p>Text</p>\n" },
    { "html", "/alle", "list: {records: \"//div[@class='i']\"}\nread: {url: \"@id\", url_from: \"#{}\", title: h2, deadlines: p, sections: [{from: p}]}\n",
      "Preis de  2027-02-15 []Bewerbung bis 15. Februar 2027\nFonds de  []laufend\n" },
    { "json", "/cms", "list: {records: /data, next: /links/next, include: \"*/cms/*\"}\nread: {url: /alias, title: [/t/de, \"/t/*\"]}\n",
      "Klima & Energie \u2013 neu de  \nOnly de  \n" },
    { "html", "/alt.htm", "list: {records: \"//tr[.//a]\", link: .//a/@href}\nread: {title: //font/b, deadlines: \"//p[contains(., 'Bewerbung')]\"}\n",
      "\u201eSch\u00f6ne Pl\u00e4tze\u201c de  2026-09-30 []<div><div></div><p>Bewerbung bis 30. 9. 2026 (Eingang), 5 \u20ac</p></div>\n" },
    { "html", "/calls", "language: en\nlist: {records: \"//div[@class='call']\", link: a/@href}\nread: {opens: \"//p[@class='o']\", deadlines: \"//p[@class='c']\"}\n",
      "Twinning en 2026-12-01 2027-03-31 []<p>Opening date: 1 December 2026</p><p>Closes: March 31st, 2027</p>\n" },
};

static void add_list(struct mw_str *out, const json_t *list, const char *after)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        mw_str_addf(out, "%s%s", i > 0 ? "," : "", json_string_value(json_array_get(list, i)));
    if (json_array_size(list) > 0)
        mw_str_addz(out, after);
}

/* A line a notice. */
static void add_notice(struct mw_str *out, const char *line, size_t n)
{
    json_t *notice = json_loadb(line, n, 0, NULL), *value;
    const char *opens = json_string_value(json_object_get(notice, "opens")), *key;
    size_t i;
    mw_str_addf(out, "%s %s %s ", json_string_value(json_object_get(notice, "title")), json_string_value(json_object_get(notice, "language")), opens != NULL ? opens : "");
    add_list(out, json_object_get(notice, "deadlines"), " ");
    json_object_foreach(json_object_get(notice, "facets"), key, value)
    {
        mw_str_addf(out, "%s=", key);
        add_list(out, value, "; ");
    }
    json_array_foreach(json_object_get(notice, "sections"), i, value)
    {
        const char *html = json_string_value(json_object_get(value, "html"));
        mw_str_addf(out, "%s[%s]%s", i > 0 ? " " : "", json_string_value(json_object_get(value, "heading")),
                    html != NULL ? html : json_string_value(json_object_get(value, "text")));
    }
    mw_str_addz(out, "\n");
    json_decref(notice);
}

static void each_portal_needs_a_file_and_no_c(void **state)
{
    struct scratch *s = *state;
    for (size_t i = 0; i < COUNT(PORTALS); i++) {
        struct mw_str text = MW_STR_INIT, got = MW_STR_INIT;
        mw_str_addf(&text, "source: amt\ntitle: Amt\nlevel: land\nland: NW\nkind: %s\naddresses: \"http://127.0.0.1:%d%s\"\nhome: http://127.0.0.1:%d/\n"
                    "verified: {on: 2026-11-29, against: the test}\nenabled: yes\npoliteness: {delay_ms: 0}\n%s", PORTALS[i].kind, server.port, PORTALS[i].begins,
                    server.port, PORTALS[i].rules);
        spill(in(s, "config/sources/amt.yaml"), mw_str_z(&text), text.n);
        unlink(in(s, "a.db"));
        const struct run *r = crawl(s, NULL, NULL);
        if (r->status != 0)
            fail_msg("%s: %d\n%s\n%s", PORTALS[i].begins, r->status, r->out, r->err);
        r = run_program(s, "export", "--db", in(s, "a.db"));
        for (const char *at = r->out, *end; (end = strchr(at, '\n')) != NULL; at = end + 1)
            add_notice(&got, at, (size_t)(end - at));
        if (strcmp(mw_str_z(&got), PORTALS[i].want) != 0)
            fail_msg("%s: got\n%swant\n%s", PORTALS[i].begins, mw_str_z(&got), PORTALS[i].want);
        mw_str_free(&text);
        mw_str_free(&got);
    }
}

static void pages_are_counted_in_what_is_posted_too(void **state)
{
    struct scratch *s = *state;
    struct mw_str source = MW_STR_INIT;
    mw_str_addf(&source, "source: amt\ntitle: Amt\nlevel: bund\nkind: json\naddresses: \"http://127.0.0.1:%d/post\"\nverified: {on: 2026-11-29, against: the test}\n"
                "enabled: yes\npoliteness: {delay_ms: 0, robots: no}\nrequest: {body: '{\"seite\":{page}}'}\nlist: {records: /d}\nread: {url: /u, title: /n}\n", server.port);
    spill(in(s, "config/sources/amt.yaml"), mw_str_z(&source), source.n);
    unlink(in(s, "a.db"));
    size_t before = server.n_asked;
    assert_status(crawl(s, NULL, NULL), 0);
    assert_int_equal(server.n_asked - before, 2); /* the second one has nothing new */
    assert_string_equal(server.asked[before].body, "{\"seite\":1}");
    assert_string_equal(server.asked[before + 1].body, "{\"seite\":2}");
    assert_int_equal(notices(s), 1);
    mw_str_free(&source);
}

static const struct run *crawl_two(struct scratch *s, const char *first, const char *second)
{
    struct mw_str source = MW_STR_INIT;
    mw_str_addf(&source, "source: amt\ntitle: Amt\nlevel: bund\nkind: html\naddresses: [\"http://127.0.0.1:%d%s\", \"http://127.0.0.1:%d%s\"]\n"
                "verified: {on: 2026-11-29, against: the test}\nenabled: yes\npoliteness: {delay_ms: 0, robots: no}\nrequest: {page: p}\n"
                "list: {records: //main/a, link: \"@href\", count: //main/b}\n", server.port, first, server.port, second);
    spill(in(s, "config/sources/amt.yaml"), mw_str_z(&source), source.n);
    mw_str_free(&source);
    unlink(in(s, "a.db"));
    return crawl(s, NULL, NULL);
}

/* What one list holds says nothing about where the other ends, or whether it is one. */
static void a_source_may_begin_at_several_counted_lists(void **state)
{
    struct scratch *s = *state;
    assert_status(crawl_two(s, "/eins?p=1", "/zwei?p=1"), 0);
    assert_int_equal(notices(s), 4);
    const struct run *r = crawl_two(s, "/eins?p=1", "/leer?p=1");
    assert_status(r, 4);
    assert_says(r->err, "finds no entry of the list");
}

/* A feed shows its newest entries: those that it shows no more are not gone for it. */
static void what_a_feed_shows_no_more_is_not_gone(void **state)
{
    static const struct { int from, to; } SHOWN[] = { { 1, 10 }, { 2, 11 }, { 3, 12 }, { 3, 12 }, { 12, 13 }, { 12, 13 } };
    struct scratch *s = *state;
    struct mw_str source = MW_STR_INIT;
    mw_str_addf(&source, "source: amt\ntitle: Amt\nlevel: bund\nkind: feed\naddresses: \"file:%s\"\nlist: {follow: no}\n"
                "verified: {on: 2026-11-29, against: the test}\nenabled: yes\n", in(s, "feed.xml"));
    spill(in(s, "config/sources/amt.yaml"), mw_str_z(&source), source.n);
    for (size_t i = 0; i < COUNT(SHOWN); i++) {
        struct mw_str feed = MW_STR_INIT;
        mw_str_addz(&feed, "<rss><channel>");
        for (int n = SHOWN[i].from; n <= SHOWN[i].to; n++)
            mw_str_addf(&feed, "<item><title>Aufruf %d</title><link>https://amt.example/%d</link><description>Text %d</description></item>", n, n, n);
        mw_str_addz(&feed, "</channel></rss>");
        spill(in(s, "feed.xml"), mw_str_z(&feed), feed.n);
        mw_str_free(&feed);
        const struct run *r = crawl(s, NULL, NULL);
        assert_status(r, 0);
        assert_int_equal(number(r, "gone"), 0);
    }
    assert_int_equal(notices(s), 13);
    spill(in(s, "feed.xml"), "<rss><channel></channel></rss>", 30);
    assert_status(crawl(s, NULL, NULL), 4); /* none at all is no feed */
    mw_str_free(&source);
}

/* Less than the table holds would be read, and nobody would know. */
static void a_table_without_a_column_of_the_rules_is_a_failure(void **state)
{
    static const struct { const char *columns, *says; } CASES[] = {
        { "Nr;Titel", "amt.yaml:6:24: No row of this table names a column \"Programm\"" },
        { "Nr;Programm;Bis", "amt.yaml:6:45: read.deadlines: this table has no column \"Frist\"." },
    };
    struct scratch *s = *state;
    static const char YAML[] = "source: amt\ntitle: Amt\nlevel: bund\nkind: csv\nhome: https://amt.example/\nread: {url: Nr, title: Programm, deadlines: Frist}\n";
    spill(in(s, "amt.yaml"), YAML, sizeof YAML - 1);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_str table = MW_STR_INIT;
        mw_str_addf(&table, "%s\n/1;A;1.2.2027\n", CASES[i].columns);
        spill(in(s, "t.csv"), mw_str_z(&table), table.n);
        const struct run *r = run_program(s, "sources", "--lang", "en", "try", in(s, "amt.yaml"), in(s, "t.csv"));
        assert_true(r->status != 0);
        assert_says(r->err, CASES[i].says);
        mw_str_free(&table);
    }
}

/* They say nothing by themselves, for a portal may state no deadline at all. */
static void who_tries_a_source_learns_which_of_its_rules_found_nothing(void **state)
{
    struct scratch *s = *state;
    static const char YAML[] = "source: probe\ntitle: P\nlevel: bund\nkind: json\nhome: https://amt.example/\nlist: {records: /d}\nread:\n"
        "  url: /u\n  title: /n\n  deadlines: /frist\n  facets: {funder: {from: /t/l}}\n  sections:\n    - {from: /b/x}\n    - {heading: Wer, from: /w}\n",
        RECORDS[] = "{\"d\":[{\"u\":\"/1\",\"n\":\"Baum\",\"b\":[{\"x\":\"A\"}],\"frist\":\"laufend\"}]}";
    spill(in(s, "probe.yaml"), YAML, sizeof YAML - 1);
    spill(in(s, "d.json"), RECORDS, sizeof RECORDS - 1);
    const struct run *r = run_program(s, "sources", "--lang", "en", "try", in(s, "probe.yaml"), in(s, "d.json"));
    assert_status(r, 0);
    assert_says(r->err, "probe.yaml:10:14: warning: read.deadlines finds no day in any of 1 notices.");
    assert_says(r->err, "read.facets.funder finds nothing in any of 1 notices.");
    assert_says(r->err, "probe.yaml:14:7: warning: read.sections[2] finds nothing");
    assert_null(strstr(r->err, "sections[1]"));
    assert_null(strstr(r->err, "read.title"));
}

/* A list that leads on to nowhere would be taken for complete with its first page. */
static void who_tries_a_list_learns_that_it_leads_on_to_nowhere(void **state)
{
    struct scratch *s = *state;
    static const char YAML[] = "source: probe\ntitle: P\nlevel: bund\nkind: html\naddresses: https://amt.example/geld/liste\nlist:\n  records: //li\n  link: a/@href\n"
                               "  next: \"//a[@rel='next']/@href\"\n  count: //b\n",
        LIST[] = "<b>12 Treffer</b><li><a href='p/1'>x</a></li><a rel='next' href='/liste?2'>weiter</a>";
    spill(in(s, "probe.yaml"), YAML, sizeof YAML - 1);
    spill(in(s, "l.html"), LIST, sizeof LIST - 1);
    const struct run *r = run_program(s, "sources", "--lang", "en", "try", in(s, "probe.yaml"), in(s, "l.html"));
    assert_status(r, 0);
    assert_string_equal(r->err, "");
    assert_says(r->out, "https://amt.example/geld/p/1"); /* meant from where the list is */
    spill(in(s, "l.html"), LIST + sizeof "<b>12 Treffer</b>" - 1, sizeof "<li><a href='p/1'>x</a></li>" - 1);
    r = run_program(s, "sources", "--lang", "en", "try", in(s, "probe.yaml"), in(s, "l.html"));
    assert_status(r, 0);
    assert_says(r->err, "probe.yaml:9:9: warning: list.next finds no further page");
    assert_says(r->err, "probe.yaml:10:10: warning: list.count finds no number");
    r = run_program(s, "sources", "--lang", "en", "try", "--page", in(s, "probe.yaml"), in(s, "l.html"));
    assert_silent_on(r->err, "list.");
}

static int open_portals(void **state)
{
    static const char LABELS[] = "labels: {funding_type: [F\u00f6rderart], funder: [Zuwendungsgeber]}\n";
    if (make_scratch(state) != 0)
        return -1;
    server_start(&server, PAGES, COUNT(PAGES));
    write_source(*state, "politeness: {delay_ms: 0}\n");
    spill(in(*state, "config/labels.yaml"), LABELS, sizeof LABELS - 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_portal_needs_a_file_and_no_c, open_portals, close_server),
        cmocka_unit_test_setup_teardown(pages_are_counted_in_what_is_posted_too, open_portals, close_server),
        cmocka_unit_test_setup_teardown(a_source_may_begin_at_several_counted_lists, open_portals, close_server),
        cmocka_unit_test_setup_teardown(what_a_feed_shows_no_more_is_not_gone, open_portals, close_server),
        cmocka_unit_test_setup_teardown(a_table_without_a_column_of_the_rules_is_a_failure, make_scratch, drop_scratch),
        cmocka_unit_test_setup_teardown(who_tries_a_list_learns_that_it_leads_on_to_nowhere, make_scratch, drop_scratch),
        cmocka_unit_test_setup_teardown(who_tries_a_source_learns_which_of_its_rules_found_nothing, make_scratch, drop_scratch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
