/* The Förderdatenbank, by its export and by its pages (crawler/read_fdb.c, read_html.c with config/sources/fdb-*.yaml). */
#include "tests/reading.h"

#define EXPORT "data/de/foerderdatenbank-export"
#define PAGES "data/de/foerderdatenbank-html"
#define SITE "https://www.foerderdatenbank.de/FDB/Content/DE/Foerderprogramm/"

static char archive[] = "/tmp/mw-fdb-XXXXXX";

static void document(struct mw_str *out, const char *name, const char *title, const char *properties)
{
    mw_str_addf(out,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><document xmlns:xlink=\"http://www.w3.org/1999/xlink\" name=\"%s\" "
                "path=\"/BMWI/FDB/Content/DE/Foerderprogramm/Land/Test\" type=\"gsb:ServiceOffer\">"
                "<property name=\"gsb:subType\" type=\"String\"><value>ServiceOffer-FundingProgram</value></property>"
                "<property name=\"gsb:title\" type=\"RichText\"><text>&lt;![CDATA[&lt;div&gt;%s&lt;/div&gt;]]&gt;</text></property>%s</document>",
                name, title, properties);
}

/* Reads an archive of documents of our own: name and text in turn. */
static void read_own(struct run *run, const char *const *entries)
{
    run_begin(run, "config/sources/fdb-export.yaml");
    pack_tree(archive, NULL, entries);
    assert_int_equal(run_file(run, archive, NULL, MW_ROLE_LIST), MW_OK);
}

static void read_export(struct run *run, const char *const *extra)
{
    run_begin(run, "config/sources/fdb-export.yaml");
    pack_tree(archive, shared_path(EXPORT), extra);
    if (run_file(run, archive, NULL, MW_ROLE_LIST) != MW_OK)
        fail_msg("%s", run->err.msg);
}

/* --- the export ------------------------------------------------------------------------------------------------------------ */
static void the_three_programmes_of_the_real_export_are_read(void **state)
{
    struct run run;
    (void)state;
    SKIP_WITHOUT_SHARED(EXPORT);
    read_export(&run, NULL);
    assert_int_equal(run.notices.n, 3);
    assert_int_equal(run.tally.expected, 3);
    assert_int_equal(run.tally.failed, 0);
    const struct mw_notice *n = notice_at(&run, SITE "Bund/BA/eingliederungszuschuss-bund.html");
    assert_sv(n->title, "Finanzielle Unterstützungsmöglichkeiten bei Neueinstellungen (Eingliederungszuschüsse)");
    assert_string_equal(facet_of(&run, n, MW_FUNDING_TYPE), "Zuschuss");
    assert_string_equal(facet_of(&run, n, MW_FUNDING_LOCATION), "bundesweit"); /* the code is _bundesweit */
    assert_string_equal(facet_of(&run, n, MW_ELIGIBLE_APPLICANTS), "Unternehmen | Verband/Vereinigung | Öffentliche Einrichtung");
    assert_string_equal(facet_of(&run, n, MW_FUNDER), "Bundesagentur für Arbeit (BA)");
    assert_sv(extra_text(n, "issued"), "2020-01-15T13:47:20.411+01:00");
    run_end(&run);
}

static void rich_text_loses_its_written_cdata_and_keeps_its_words(void **state)
{
    struct run run;
    (void)state;
    SKIP_WITHOUT_SHARED(EXPORT);
    read_export(&run, NULL);
    const struct mw_notice *n = notice_at(&run, SITE "Bund/BMAS/einstiegsgeld.html");
    const struct mw_section *s = MW_AT(n->sections, struct mw_section, 0);
    assert_sv(s->heading, "Richtlinie");
    assert_true(mw_sv_starts(s->raw, MW_SV("<div")));
    assert_true(mw_sv_ends(s->raw, MW_SV("</div>")));
    assert_true(mw_sv_find(s->text, MW_SV("Zuschüsse sind bis zu einer Höhe von EUR 5.000\xc2\xa0möglich"), 0) != SIZE_MAX ||
                mw_sv_find(s->text, MW_SV("Zuschüsse sind bis zu einer Höhe von EUR 5.000 möglich"), 0) != SIZE_MAX);
    assert_null(section_text(n, "Kurztext").p); /* an empty <div> is no section */
    run_end(&run);
}

static void contacts_are_followed_to_their_unit_address_and_website(void **state)
{
    struct run run;
    (void)state;
    SKIP_WITHOUT_SHARED(EXPORT);
    read_export(&run, NULL);
    const struct mw_node *contact = extra_item(notice_at(&run, SITE "Bund/BKM/deutsch-franzoesische-kooperationen-film-ffa.html"), "contacts", 0);
    static const struct { const char *key, *want; } WANT[] = {
        { "name", "FFA Filmförderungsanstalt" }, { "street", "Große Präsidentenstraße 9" }, { "zip", "10178" },
        { "city", "Berlin" },                    { "phone", "+49 30 27577-0" },             { "fax", "+49 30 27577-111" },
        { "email", "info@ffa.de" },              { "website", "https://www.ffa.de/" },
    };
    for (size_t i = 0; i < COUNT(WANT); i++)
        assert_sv(mw_node_text(contact, WANT[i].key), WANT[i].want);
    run_end(&run);
}

static void links_are_those_listed_and_those_in_the_text(void **state)
{
    struct run run;
    (void)state;
    SKIP_WITHOUT_SHARED(EXPORT);
    read_export(&run, NULL);
    const struct mw_node *links = extra_of(notice_at(&run, SITE "Bund/BKM/deutsch-franzoesische-kooperationen-film-ffa.html"), "links");
    bool guideline = false;
    assert_sv(mw_node_text(links->n > 0 ? links->items[0] : NULL, "url"), "https://www.ffa.de/deutsch-franzoesische-koproduktionsfonds.html");
    for (size_t i = 0; i < links->n; i++)
        guideline = guideline || mw_sv_ends(mw_node_text(links->items[i], "url"), MW_SV("20260119_D_15_RL_Minitraite.pdf"));
    assert_true(guideline); /* its document holds a raw control character, which no XML may */
    run_end(&run);
}

static void topics_carry_their_parent(void **state)
{
    struct run run;
    (void)state;
    SKIP_WITHOUT_SHARED(EXPORT);
    read_export(&run, NULL);
    const struct mw_node *topics = extra_of(notice_at(&run, SITE "Bund/BA/eingliederungszuschuss-bund.html"), "topics");
    assert_int_equal(topics->n, 2);
    assert_sv(topics->n > 0 ? topics->items[0]->text : MW_SV_NONE, "Arbeit.eingliederung_besonderer_zielgruppen");
    run_end(&run);
}

static void one_broken_document_does_not_sink_the_others(void **state)
{
    static const char *const EXTRA[] = {
        "BMWI/FDB/Content/DE/Foerderprogramm/Bund/kaputt.xml", "<document name='x'><property>ServiceOffer-FundingProgram",
        "BMWI/FDB/Content/DE/Kontakt/K/kaputt.xml", "no XML at all",
        "BMWI/SiteGlobals/Categories/FDB/Foerderart/zuschuss.xml", "never looked at", NULL
    };
    struct run run;
    (void)state;
    SKIP_WITHOUT_SHARED(EXPORT);
    read_export(&run, EXTRA);
    assert_int_equal(run.notices.n, 3);
    assert_int_equal(run.tally.failed, 2);
    assert_non_null(strstr(mw_str_z(&run.faults), "Foerderprogramm/Bund/kaputt.xml: This is no XML document"));
    run_end(&run);
}

/* Documents are read many at a time. One that the worker fails at (a hundred kilobytes that become a hundred megabytes), and one with a
 * text that it refuses, are told of by name; those before and after are read as if nothing had been. */
static void a_document_that_the_worker_fails_at_takes_no_neighbour_with_it(void **state)
{
    struct mw_str bomb = MW_STR_INIT, wild = MW_STR_INIT, doc[3] = { MW_STR_INIT, MW_STR_INIT, MW_STR_INIT };
    struct run run;
    (void)state;
    mw_str_addz(&bomb, "<!DOCTYPE document [<!ATTLIST a");
    for (int i = 0; i < 400; i++)
        mw_str_addf(&bomb, " a%d CDATA '%0*d'", i, 200, i);
    mw_str_addz(&bomb, ">]><document name='ServiceOffer-FundingProgram'>");
    for (int i = 0; i < 1200; i++)
        mw_str_addz(&bomb, "<a/>");
    mw_str_addz(&bomb, "</document>");
    mw_str_addz(&wild, "&lt;p");
    for (int i = 0; i < 1001; i++)
        mw_str_addf(&wild, " a%d", i);
    mw_str_addz(&wild, "&gt;");
    document(&doc[0], "a", "Erstes", "");
    document(&doc[1], "b", mw_str_z(&wild), "");
    document(&doc[2], "c", "Letztes", "");
    read_own(&run, (const char *const[]){ "a.xml", mw_str_z(&doc[0]), "bomb.xml", mw_str_z(&bomb), "b.xml", mw_str_z(&doc[1]),
                                          "c.xml", mw_str_z(&doc[2]), NULL });
    assert_int_equal(run.notices.n, 2);
    assert_sv(MW_AT(run.notices, struct mw_notice, 0)->title, "Erstes");
    assert_sv(MW_AT(run.notices, struct mw_notice, 1)->title, "Letztes");
    assert_int_equal(run.tally.failed, 2);
    assert_non_null(strstr(mw_str_z(&run.faults), "bomb.xml: The text of this page is too long"));
    assert_non_null(strstr(mw_str_z(&run.faults), SITE "Land/Test/b.html: A tag of this page has more than 1000 attributes"));
    run_end(&run);
    mw_str_free(&bomb);
    mw_str_free(&wild);
    for (size_t i = 0; i < COUNT(doc); i++)
        mw_str_free(&doc[i]);
}

static void a_stub_without_a_title_is_left_out_and_counted(void **state)
{
    struct mw_str stub = MW_STR_INIT, whole = MW_STR_INIT;
    struct run run;
    (void)state;
    document(&stub, "stub", "", "");
    document(&whole, "ganz", "&lt;p&gt;Ein  Programm&lt;br/&gt;für alle&lt;/p&gt;", "");
    read_own(&run, (const char *const[]){ "a.xml", mw_str_z(&stub), "b.xml", mw_str_z(&whole), NULL });
    assert_int_equal(run.notices.n, 1);
    assert_int_equal(run.tally.left_out, 1);
    assert_sv(MW_AT(run.notices, struct mw_notice, 0)->title, "Ein Programm für alle");
    run_end(&run);
    mw_str_free(&stub);
    mw_str_free(&whole);
}

static void double_and_misspelt_codes_have_one_label(void **state)
{
    static const char FACET[] = "<property name=\"gsb:cl2Processes\" type=\"ClassifiedLinkLists\"><classifiedLinkLists><classifiedLinkList>"
                                "<classifierLinks><link xlink:href=\"target:/BMWI/X/Foerdergebiet\"/></classifierLinks><links>"
                                "<link xlink:href=\"target:/BMWI/C/Foerdergebiet/schlesig_holstein\"/><link xlink:href=\"target:/BMWI/C/Foerdergebiet/schleswig_holstein\"/>"
                                "<link xlink:href=\"target:/BMWI/C/Foerdergebiet/_bundesweit\"/><link xlink:href=\"target:/BMWI/C/Foerdergebiet/bundesweit\"/>"
                                "<link xlink:href=\"target:/BMWI/C/Foerdergebiet/de_ni\"/><link xlink:href=\"target:/BMWI/C/Foerdergebiet/neu_erfunden\"/>"
                                "</links></classifiedLinkList></classifiedLinkLists></property>";
    struct mw_str doc = MW_STR_INIT;
    struct run run;
    (void)state;
    document(&doc, "p", "P", FACET);
    read_own(&run, (const char *const[]){ "a.xml", mw_str_z(&doc), NULL });
    assert_string_equal(facet_of(&run, MW_AT(run.notices, struct mw_notice, 0), MW_FUNDING_LOCATION),
                        "Schleswig-Holstein | bundesweit | Niedersachsen | neu_erfunden");
    run_end(&run);
    mw_str_free(&doc);
}

static void a_status_banner_is_kept_as_status_and_as_text(void **state)
{
    struct mw_str doc = MW_STR_INIT;
    struct run run;
    (void)state;
    document(&doc, "p", "P", "<property name=\"gsb:header\" type=\"RichText\"><text>&lt;![CDATA[&lt;div&gt;&lt;p&gt;Antragstellung nicht mehr möglich&lt;/p&gt;&lt;/div&gt;]]&gt;</text></property>");
    read_own(&run, (const char *const[]){ "a.xml", mw_str_z(&doc), NULL });
    const struct mw_notice *n = MW_AT(run.notices, struct mw_notice, 0);
    assert_sv(extra_text(n, "status"), "Antragstellung nicht mehr möglich");
    assert_sv(section_text(n, "Hinweis"), "Antragstellung nicht mehr möglich");
    run_end(&run);
    mw_str_free(&doc);
}

static void what_is_no_archive_fails_with_a_sentence(void **state)
{
    static const struct { const char *bytes, *says; } CASES[] = {
        { "<!DOCTYPE html><html><head><title>Radware Captcha Page</title>", "but a web page (perhaps one that asks for a captcha)" },
        { "", "it is empty" },
        { "Service unavailable", "it begins with \"Service unavailable\"" },
        { "PK\x03\x04 and then nothing that belongs to an archive", "damaged or was not transferred to its end" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct run run;
        run_begin(&run, "config/sources/fdb-export.yaml");
        assert_int_equal(run_bytes(&run, mw_sv(CASES[i].bytes), NULL, MW_ROLE_LIST), MW_PARSE);
        if (strstr(run.err.msg, CASES[i].says) == NULL)
            fail_msg("\"%s\" does not say \"%s\"", run.err.msg, CASES[i].says);
        run_end(&run);
    }
}

static void an_archive_of_something_else_fails(void **state)
{
    struct run run;
    (void)state;
    run_begin(&run, "config/sources/fdb-export.yaml");
    pack_tree(archive, NULL, (const char *const[]){ "readme.xml", "<a/>", "../../etc/passwd.xml", "<b/>", NULL });
    assert_int_equal(run_file(&run, archive, NULL, MW_ROLE_LIST), MW_PARSE);
    assert_non_null(strstr(run.err.msg, "holds no programmes"));
    run_end(&run);
}

/* 40 MB of blanks in 40 KB: refused as an entry, the rest is read. */
static void an_entry_that_unpacks_to_an_absurd_size_is_refused(void **state)
{
    struct mw_str bomb = MW_STR_INIT, doc = MW_STR_INIT;
    struct run run;
    (void)state;
    mw_str_addz(&bomb, "<document>ServiceOffer-FundingProgram");
    for (int i = 0; i < 40 << 14; i++)
        mw_str_addz(&bomb, "                                                                ");
    document(&doc, "p", "P", "");
    read_own(&run, (const char *const[]){ "a.xml", mw_str_z(&doc), "bombe.xml", mw_str_z(&bomb), NULL });
    assert_int_equal(run.notices.n, 1);
    assert_int_equal(run.tally.failed, 1);
    assert_non_null(strstr(mw_str_z(&run.faults), "unpacks to an absurd size"));
    run_end(&run);
    mw_str_free(&bomb);
    mw_str_free(&doc);
}

/* No file is ever written under a name of the archive; but what such an entry holds is missing, and that is said. */
static void an_entry_whose_name_leads_elsewhere_is_told_and_takes_no_other_with_it(void **state)
{
    struct mw_str doc[2] = { MW_STR_INIT, MW_STR_INIT };
    struct run run;
    (void)state;
    document(&doc[0], "p", "P", "");
    document(&doc[1], "q", "Q", "");
    read_own(&run, (const char *const[]){ "../../evil.xml", mw_str_z(&doc[0]), "/etc/evil.xml", mw_str_z(&doc[0]), "b.xml", mw_str_z(&doc[1]), NULL });
    assert_int_equal(run.notices.n, 1);
    assert_int_equal(run.tally.failed, 2);
    assert_non_null(strstr(mw_str_z(&run.faults), "no name that is safe to use"));
    run_end(&run);
    for (int i = 0; i < 2; i++)
        mw_str_free(&doc[i]);
}

/* Every prefix of an archive is refused, none crashes. */
static void a_transfer_that_broke_off_is_refused(void **state)
{
    struct mw_str doc = MW_STR_INIT;
    struct mw_arena *a = mw_arena_new();
    struct mw_sv bytes;
    (void)state;
    document(&doc, "p", "P", "");
    pack_tree(archive, NULL, (const char *const[]){ "a.xml", mw_str_z(&doc), NULL });
    assert_int_equal(mw_file_read(&bytes, a, archive, 1 << 20, NULL), MW_OK);
    for (size_t n = 0; n < bytes.n; n += 7) {
        struct run run;
        run_begin(&run, "config/sources/fdb-export.yaml");
        assert_int_equal(run_bytes(&run, mw_sv_n(bytes.p, n), NULL, MW_ROLE_LIST), MW_PARSE);
        run_end(&run);
    }
    mw_str_free(&doc);
    mw_arena_free(a);
}

/* --- pages ------------------------------------------------------------------------------------------------------------------ */
static void read_page(struct run *run, const char *file)
{
    run_begin(run, "config/sources/fdb-html.yaml");
    struct mw_sv path = mw_arena_printf(run->a, "%s/%s", shared_path(PAGES), file);
    if (run_file(run, path.p, "https://www.foerderdatenbank.de/x.html", MW_ROLE_PAGE) != MW_OK)
        fail_msg("%s", run->err.msg);
    assert_int_equal(run->notices.n, 1);
}

static void the_list_page_gives_its_ten_programmes_its_count_and_the_next_page(void **state)
{
    struct run run;
    (void)state;
    SKIP_WITHOUT_SHARED(PAGES "/overview.html");
    run_begin(&run, "config/sources/fdb-html.yaml");
    assert_int_equal(run_file(&run, shared_path(PAGES "/overview.html"), "https://www.foerderdatenbank.de/SiteGlobals/FDB/Forms/Suche/x.html", MW_ROLE_LIST), MW_OK);
    assert_int_equal(run.addresses.n, 11);
    assert_int_equal(run.tally.expected, 2395);
    /* by <base>, not by the page's own folder */
    assert_sv(MW_AT(run.addresses, struct mw_address, 0)->url, SITE "Land/Sachsen/buergschaft-sachsen-beteiligung.html");
    const struct mw_address *next = MW_AT(run.addresses, struct mw_address, 10);
    assert_int_equal(next->role, MW_ROLE_LIST);
    assert_sv(next->url, "https://www.foerderdatenbank.de/SiteGlobals/FDB/Forms/Suche/Foederprogrammsuche_Formular.html?gtp=%2526816beae2-d57e-4bdc-b55d-392bc1e17027_list%253D2&filterCategories=FundingProgram");
    run_end(&run);
}

static void a_list_page_without_entries_is_a_failure(void **state)
{
    struct run run;
    (void)state;
    run_begin(&run, "config/sources/fdb-html.yaml");
    assert_int_equal(run_bytes(&run, MW_SV("<html><title>Radware Captcha Page</title></html>"), "https://www.foerderdatenbank.de/", MW_ROLE_LIST), MW_PARSE);
    run_end(&run);
}

static void the_tabbed_layout_gives_its_sections(void **state)
{
    struct run run;
    (void)state;
    SKIP_WITHOUT_SHARED(PAGES "/detail_multi_desc.html");
    read_page(&run, "detail_multi_desc.html");
    const struct mw_notice *n = MW_AT(run.notices, struct mw_notice, 0);
    assert_sv(n->url, SITE "Land/Thueringen/beteiligungen-thueringen-mbg-express.html");
    assert_sv(n->title, "Beteiligungen der Mittelständischen Beteiligungsgesellschaft Thüringen mbH (MBG express)");
    assert_non_null(section_text(n, "Kurztext").p);
    assert_non_null(section_text(n, "Volltext").p);
    assert_non_null(section_text(n, "rechtliche Voraussetzungen").p);
    assert_non_null(section_text(n, "Richtlinie").p);
    assert_non_null(section_text(n, "Verwendungszweck:").p); /* headings of the guideline are h2 below an h3 */
    assert_string_equal(facet_of(&run, n, MW_FUNDER), ""); /* the page has none */
    assert_string_equal(facet_of(&run, n, MW_FUNDING_LOCATION), "Thüringen");
    assert_sv(extra_text(n, "contact_phone"), "Tel: 0361 21350");
    run_end(&run);
}

static void the_short_layout_gives_its_text_and_labels_with_commas_stay_whole(void **state)
{
    static const struct { const char *file, *areas, *types, *place, *says; } PAGE[] = {
        { "detail_single_desc.html", "Beratung | Existenzgründung & -festigung | Frauenförderung | Forschung & Innovation (themenoffen)", "Zuschuss", "bundesweit",
          "spätestens bis zum 30.09. jeden Jahres" },
        { "details_single_desc_alt.html", NULL, "", "", "endete am 28.11.2024" },
        { "detail_fail_07_25.html", "Kultur, Medien & Sport", "Darlehen | Bürgschaft", "bundesweit", "Filmförderungsgesetz – FFG" },
    };
    (void)state;
    SKIP_WITHOUT_SHARED(PAGES "/detail_single_desc.html");
    for (size_t i = 0; i < COUNT(PAGE); i++) {
        struct run run;
        read_page(&run, PAGE[i].file);
        const struct mw_notice *n = MW_AT(run.notices, struct mw_notice, 0);
        struct mw_sv text = section_text(n, "Rechtsgrundlage");
        if (mw_sv_find(text, mw_sv(PAGE[i].says), 0) == SIZE_MAX)
            fail_msg("%s does not say %s: %.*s", PAGE[i].file, PAGE[i].says, MW_SV_ARG(text));
        if (PAGE[i].areas != NULL)
            assert_string_equal(facet_of(&run, n, MW_FUNDING_AREA), PAGE[i].areas);
        assert_string_equal(facet_of(&run, n, MW_FUNDING_TYPE), PAGE[i].types);
        assert_string_equal(facet_of(&run, n, MW_FUNDING_LOCATION), PAGE[i].place);
        for (size_t k = 0; k < n->sections.n; k++) /* nothing of the portal's frame */
            assert_true(mw_sv_find(MW_AT(n->sections, struct mw_section, k)->text, MW_SV("Benutzerhinweise"), 0) == SIZE_MAX);
        run_end(&run);
    }
}

/* Letters and digits only: the export writes ? for what Latin-1 does not have, and a no-break space apart. */
static void words_only(struct mw_str *out, struct mw_sv s)
{
    for (size_t at = 0; at < s.n;) {
        uint32_t cp = mw_utf8_next(s, &at);
        if ((cp >= '0' && cp <= '9') || (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z') || (cp >= 0xc0 && cp <= 0xff))
            mw_utf8_add(out, cp);
    }
}

/* The pair that the data holds: read in 2025 by page, in 2026 by export. The funder was replaced in between. */
static void both_readers_agree_on_the_programme_that_both_have(void **state)
{
    static const char URL[] = SITE "Bund/BKM/deutsch-franzoesische-kooperationen-film-ffa.html";
    struct run export, page;
    struct mw_str a = MW_STR_INIT, b = MW_STR_INIT;
    (void)state;
    SKIP_WITHOUT_SHARED(EXPORT);
    SKIP_WITHOUT_SHARED(PAGES "/detail_fail_07_25.html");
    read_export(&export, NULL);
    read_page(&page, "detail_fail_07_25.html");
    const struct mw_notice *x = notice_at(&export, URL), *h = notice_at(&page, URL);
    assert_true(mw_sv_eq(x->title, h->title));
    for (int k = 0; k < MW_FUNDER; k++)
        assert_string_equal(facet_of(&export, x, (enum mw_facet_kind)k), facet_of(&page, h, (enum mw_facet_kind)k));
    assert_true(mw_sv_eq(mw_node_text(extra_item(x, "contacts", 0), "name"), extra_text(h, "contact")));
    assert_true(mw_sv_eq(mw_node_text(extra_item(x, "contacts", 0), "email"), extra_text(h, "contact_email")));
    /* the first paragraph, which neither year changed */
    words_only(&a, section_text(x, "Richtlinie"));
    words_only(&b, section_text(h, "Rechtsgrundlage"));
    struct mw_sv begins = mw_sv_sub(mw_str_sv(&b), 0, 200);
    if (mw_sv_find(mw_str_sv(&a), begins, 0) == SIZE_MAX)
        fail_msg("the export does not hold \"%.*s\" but \"%.300s\"", MW_SV_ARG(begins), mw_str_z(&a));
    mw_str_free(&a);
    mw_str_free(&b);
    run_end(&export);
    run_end(&page);
}

static void a_page_may_not_take_the_address_of_another_site(void **state)
{
    struct run run;
    (void)state;
    run_begin(&run, "config/sources/fdb-html.yaml");
    assert_int_equal(run_bytes(&run, MW_SV("<link rel=canonical href='https://www.foerderdatenbank.de/FDB/egal.html'><div class=content--main><div class=content><h1 class=title>Fremd</h1></div></div>"), "https://fremd.example/a.html", MW_ROLE_PAGE), MW_OK);
    assert_sv(MW_AT(run.notices, struct mw_notice, 0)->url, "https://fremd.example/a.html");
    run_end(&run);
}

static int make_archive(void **state)
{
    close(mkstemp(archive));
    return start_parser(state);
}
static int remove_archive(void **state)
{
    unlink(archive);
    return stop_parser(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_three_programmes_of_the_real_export_are_read),
        cmocka_unit_test(rich_text_loses_its_written_cdata_and_keeps_its_words),
        cmocka_unit_test(contacts_are_followed_to_their_unit_address_and_website),
        cmocka_unit_test(links_are_those_listed_and_those_in_the_text),
        cmocka_unit_test(topics_carry_their_parent),
        cmocka_unit_test(one_broken_document_does_not_sink_the_others),
        cmocka_unit_test(a_document_that_the_worker_fails_at_takes_no_neighbour_with_it),
        cmocka_unit_test(a_stub_without_a_title_is_left_out_and_counted),
        cmocka_unit_test(double_and_misspelt_codes_have_one_label),
        cmocka_unit_test(a_status_banner_is_kept_as_status_and_as_text),
        cmocka_unit_test(what_is_no_archive_fails_with_a_sentence),
        cmocka_unit_test(an_archive_of_something_else_fails),
        cmocka_unit_test(an_entry_that_unpacks_to_an_absurd_size_is_refused),
        cmocka_unit_test(an_entry_whose_name_leads_elsewhere_is_told_and_takes_no_other_with_it),
        cmocka_unit_test(a_transfer_that_broke_off_is_refused),
        cmocka_unit_test(the_list_page_gives_its_ten_programmes_its_count_and_the_next_page),
        cmocka_unit_test(a_list_page_without_entries_is_a_failure),
        cmocka_unit_test(the_tabbed_layout_gives_its_sections),
        cmocka_unit_test(the_short_layout_gives_its_text_and_labels_with_commas_stay_whole),
        cmocka_unit_test(both_readers_agree_on_the_programme_that_both_have),
        cmocka_unit_test(a_page_may_not_take_the_address_of_another_site),
    };
    return cmocka_run_group_tests(tests, make_archive, remove_archive);
}
