/* Feeds, sitemaps, lists, JSON and XML of any portal: fixtures of our own, since none real was to be had. */
#include <zlib.h>

#include "tests/reading.h"

#define DATA "tests/data/sources/"

static void read_ours(struct run *run, const char *source, const char *file, const char *url, enum mw_address_role role)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_sv source_path = mw_arena_printf(a, DATA "%s.yaml", source), path = mw_arena_printf(a, DATA "%s", file);
    run_begin(run, source_path.p);
    if (run_file(run, path.p, url, role) != MW_OK)
        fail_msg("%s: %s", file, run->err.msg);
    mw_arena_free(a);
}
static const struct mw_address *address_at(const struct run *run, size_t i)
{
    static const struct mw_address NONE;
    return i < run->addresses.n ? MW_AT(run->addresses, struct mw_address, i) : &NONE;
}

/* --- feeds ------------------------------------------------------------------------------------------------------------------ */
static void an_rss_feed_leads_to_pages_once_each(void **state)
{
    struct run run;
    (void)state;
    read_ours(&run, "probe-feed", "feed-rss.xml", "https://portal.example/rss", MW_ROLE_LIST);
    assert_int_equal(run.addresses.n, 2);
    assert_sv(address_at(&run, 0)->url, "https://portal.example/programme/ortsmitte.html?nn=12");
    assert_sv(address_at(&run, 0)->modified, "Wed, 04 Nov 2026 08:00:00 +0100");
    assert_sv(address_at(&run, 1)->url, "https://portal.example/programme/guid.html");
    assert_int_equal(run.tally.failed, 1);   /* an id that is no address */
    assert_int_equal(run.tally.repeated, 1); /* the fragment makes no other page */
    run_end(&run);
}

static void entries_can_be_the_notices_themselves(void **state)
{
    struct run run;
    (void)state;
    read_ours(&run, "probe-entries", "feed-rss.xml", NULL, MW_ROLE_LIST);
    const struct mw_notice *n = notice_at(&run, "https://portal.example/programme/ortsmitte.html?nn=12");
    assert_sv(n->title, "Ortsmitte & Quartier");
    assert_sv(section_text(n, ""), "Gefördert werden Plätze."); /* in CDATA, and in Latin-1 */
    assert_sv(extra_text(n, "published"), "Wed, 04 Nov 2026 08:00:00 +0100");
    run_end(&run);
}

static void an_atom_entry_leads_to_its_page_for_people_and_its_xhtml_is_text(void **state)
{
    struct run run;
    (void)state;
    read_ours(&run, "probe-entries", "feed-atom.xml", "https://portal.example/atom.xml", MW_ROLE_LIST);
    const struct mw_notice *n = notice_at(&run, "https://portal.example/programme/quartier.html");
    assert_sv(n->title, "Förderung von Quartieren");
    assert_sv(section_text(n, ""), "Zuschuss bis 50 000 Euro\n\n* Konzept");
    assert_sv(address_at(&run, 0)->url, "https://portal.example/atom.xml?seite=2"); /* RFC 5005 */
    run_end(&run);
}

static void what_is_no_feed_and_no_sitemap_is_refused(void **state)
{
    static const char *const SOURCES[] = { DATA "probe-feed.yaml", DATA "probe-sitemap.yaml" };
    static const char *const FILES[] = { "<html><body>Wartung</body></html>", "", "{}", "<rss><channel><item>" };
    (void)state;
    for (size_t i = 0; i < COUNT(SOURCES) * COUNT(FILES); i++) {
        struct run run;
        run_begin(&run, SOURCES[i % 2]);
        assert_int_equal(run_bytes(&run, mw_sv(FILES[i / 2]), "https://portal.example/", MW_ROLE_LIST), MW_PARSE);
        run_end(&run);
    }
}

/* --- sitemaps --------------------------------------------------------------------------------------------------------------- */
static void an_index_leads_to_sitemaps_and_a_sitemap_to_the_pages_wanted(void **state)
{
    struct run run;
    (void)state;
    read_ours(&run, "probe-sitemap", "sitemap-index.xml", "https://portal.example/sitemap.xml", MW_ROLE_LIST);
    assert_int_equal(run.addresses.n, 2);
    assert_int_equal(address_at(&run, 0)->role, MW_ROLE_LIST);
    assert_int_equal(run_file(&run, DATA "sitemap.xml", "https://portal.example/sitemap-2.xml", MW_ROLE_LIST), MW_OK);
    assert_int_equal(run.addresses.n, 3);
    assert_int_equal(address_at(&run, 2)->role, MW_ROLE_PAGE);
    assert_sv(address_at(&run, 2)->url, "https://portal.example/foerderung/ortsmitte.html");
    assert_sv(address_at(&run, 2)->modified, "2026-10-31T10:00:00+01:00");
    assert_int_equal(run.tally.left_out, 2);
    assert_int_equal(run.tally.failed, 1);
    run_end(&run);
}

static struct mw_sv gzipped(struct mw_arena *a, struct mw_sv plain, size_t times)
{
    z_stream z = { 0 };
    size_t room = 1 << 20;
    unsigned char *out = mw_arena_alloc(a, room);
    deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
    z.next_out = out;
    z.avail_out = (uInt)room;
    for (size_t i = 0; i < times; i++) {
        z.next_in = (unsigned char *)(uintptr_t)plain.p;
        z.avail_in = (uInt)plain.n;
        deflate(&z, Z_NO_FLUSH);
    }
    deflate(&z, Z_FINISH);
    size_t n = room - z.avail_out;
    deflateEnd(&z);
    return mw_sv_n((const char *)out, n);
}

static void a_sitemap_in_gzip_is_read_and_a_bomb_is_not(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_sv plain, blanks = mw_sv_n(mw_arena_alloc(a, 1 << 16), 1 << 16);
    struct run run;
    (void)state;
    assert_int_equal(mw_file_read(&plain, a, DATA "sitemap.xml", 1 << 20, NULL), MW_OK);
    struct mw_sv packed = gzipped(a, plain, 1), bomb = gzipped(a, blanks, 1000); /* 64 MB of nothing */
    run_begin(&run, DATA "probe-sitemap.yaml");
    assert_int_equal(run_bytes(&run, packed, "https://portal.example/s.xml.gz", MW_ROLE_LIST), MW_OK);
    assert_int_equal(run.addresses.n, 1);
    assert_int_equal(run_bytes(&run, mw_sv_sub(packed, 0, packed.n - 9), "https://portal.example/s.xml.gz", MW_ROLE_LIST), MW_PARSE);
    assert_int_equal(run_bytes(&run, bomb, "https://portal.example/s.xml.gz", MW_ROLE_LIST), MW_PARSE);
    assert_non_null(strstr(run.err.msg, "more than 32 MB"));
    run_end(&run);
    mw_arena_free(a);
}

/* --- lists and pages ---------------------------------------------------------------------------------------------------------- */
static void a_list_gives_its_pages_its_count_and_the_next_page(void **state)
{
    struct run run;
    (void)state;
    read_ours(&run, "probe-html", "list-1.html", "https://portal.example/foerderung/liste.html", MW_ROLE_LIST);
    assert_int_equal(run.tally.expected, 1012);
    assert_int_equal(run.addresses.n, 3);
    assert_sv(address_at(&run, 0)->url, "https://portal.example/foerderung/programm.html?id=1");
    assert_sv(address_at(&run, 1)->url, "https://portal.example/foerderung/programm.html?id=2&s=a%20b");
    assert_sv(address_at(&run, 2)->url, "https://portal.example/foerderung/liste.html?seite=2");
    assert_int_equal(run.tally.failed, 1);   /* an entry without a link */
    assert_int_equal(run.tally.left_out, 1); /* another site */
    run_end(&run);
}

static void an_empty_list_is_a_failure_unless_the_site_says_that_it_has_none(void **state)
{
    struct run run;
    (void)state;
    run_begin(&run, DATA "probe-html.yaml");
    assert_int_equal(run_bytes(&run, MW_SV("<p class=treffer>12 Treffer</p>"), "https://portal.example/", MW_ROLE_LIST), MW_PARSE);
    assert_int_equal(run_bytes(&run, MW_SV("<p class=treffer>0 Treffer</p>"), "https://portal.example/", MW_ROLE_LIST), MW_OK);
    run_end(&run);
}

static void a_page_gives_a_notice_by_its_rules_and_names_its_guideline(void **state)
{
    struct run run;
    (void)state;
    read_ours(&run, "probe-html", "page.html", "https://portal.example/foerderung/programm.html?id=1&utm=x", MW_ROLE_PAGE);
    const struct mw_notice *n = notice_at(&run, "https://portal.example/foerderung/programm.html?id=1"); /* its canonical address */
    assert_sv(n->title, "Ortsmitte beleben");
    assert_string_equal(facet_of(&run, n, MW_ELIGIBLE_APPLICANTS), "Kommunen | Zweckverbände"); /* by config/labels.yaml */
    assert_string_equal(days_of(&run, n), "2027-03-31");
    assert_sv(extra_text(n, "status"), "Antragstellung derzeit nicht möglich");
    assert_true(mw_sv_starts(section_text(n, "Gegenstand"), MW_SV("Gefördert werden Plätze.")));
    for (size_t i = 0; i < n->sections.n; i++)
        assert_true(mw_sv_find(MW_AT(n->sections, struct mw_section, i)->text, MW_SV("Mastodon"), 0) == SIZE_MAX);
    assert_int_equal(address_at(&run, 0)->role, MW_ROLE_DOCUMENT);
    assert_sv(address_at(&run, 0)->url, "https://portal.example/foerderung/richtlinie.pdf");
    run_end(&run);
}

/* --- JSON and XML ------------------------------------------------------------------------------------------------------------- */
static void json_records_are_read_by_pointers(void **state)
{
    struct run run;
    (void)state;
    read_ours(&run, "probe-json", "records.json", "https://api.example/programme", MW_ROLE_LIST);
    assert_int_equal(run.notices.n, 2);
    assert_int_equal(run.tally.left_out, 1); /* no title */
    assert_int_equal(run.tally.failed, 1);   /* a text where a record should be */
    assert_int_equal(run.tally.expected, 3);
    assert_sv(address_at(&run, 0)->url, "https://api.example/programme?seite=2");
    const struct mw_notice *n = notice_at(&run, "https://portal.example/programm/a/1");
    assert_sv(section_text(n, "Beschreibung"), "Plätze & Wege"); /* the second pointer, since the first finds nothing */
    assert_string_equal(facet_of(&run, n, MW_ELIGIBLE_APPLICANTS), "Kommune | Verband");
    assert_sv(extra_text(n, "mail"), "rat@example.org");
    assert_int_equal(n->opens.n, 20758);
    assert_string_equal(days_of(&run, notice_at(&run, "https://portal.example/programm/3")), "2027-05-01"); /* once; "bald" is no day */
    run_end(&run);
}

static void a_record_whose_markup_is_refused_sinks_no_other_of_its_batch(void **state)
{
    enum { RECORDS = 200, BAD = 70, LAST = 199 };
    struct run run;
    struct mw_str json = MW_STR_INIT;
    (void)state;
    run_begin(&run, DATA "probe-json.yaml");
    mw_str_addz(&json, "{\"data\": {\"items\": [");
    for (int i = 0; i < RECORDS; i++) {
        mw_str_addf(&json, "%s{\"id\": \"%d\", \"attributes\": {\"name\": \"Nummer %d\", \"text\": \"<p", i > 0 ? "," : "", i, i);
        for (int k = 0; i == BAD && k <= 1000; k++)
            mw_str_addf(&json, " a%d", k);
        mw_str_addf(&json, ">Absatz &amp; %d</p>\"}}", i);
    }
    mw_str_addz(&json, "]}}");
    assert_int_equal(run_bytes(&run, mw_str_sv(&json), "https://api.example/programme", MW_ROLE_LIST), MW_OK);
    assert_int_equal(run.notices.n, RECORDS - 1);
    assert_int_equal(run.tally.failed, 1);
    assert_non_null(strstr(mw_str_z(&run.faults), "1000 attributes"));
    for (int i = 0; i < RECORDS; i++) { /* in their order, each with its own text */
        const struct mw_notice *n = i != BAD ? MW_AT(run.notices, struct mw_notice, i - (i > BAD)) : NULL;
        struct mw_sv want = mw_arena_printf(run.a, "Absatz & %d", i);
        if (n != NULL && !mw_sv_eq(MW_AT(n->sections, struct mw_section, 0)->text, want))
            fail_msg("%d: %.*s", i, MW_SV_ARG(MW_AT(n->sections, struct mw_section, 0)->text));
    }
    mw_str_free(&json);
    run_end(&run);
}

static void xml_records_are_read_by_xpaths_whatever_their_namespaces(void **state)
{
    struct run run;
    (void)state;
    read_ours(&run, "probe-xml", "records.xml", NULL, MW_ROLE_LIST);
    assert_int_equal(run.notices.n, 2);
    const struct mw_notice *n = notice_at(&run, "https://portal.example/programm/17");
    assert_sv(n->title, "Ortsmitte");
    assert_sv(section_text(n, "Beschreibung"), "Plätze");
    assert_string_equal(facet_of(&run, n, MW_ELIGIBLE_APPLICANTS), "Kommune | Verband");
    assert_string_equal(days_of(&run, n), "2027-03-31");
    assert_int_equal(notice_at(&run, "https://portal.example/programm/18")->deadlines.n, 0);
    run_end(&run);
}

static void xml_without_the_promised_records_is_refused(void **state)
{
    struct run run;
    (void)state;
    run_begin(&run, DATA "probe-xml.yaml");
    assert_int_equal(run_bytes(&run, MW_SV("<wartung/>"), NULL, MW_ROLE_LIST), MW_PARSE);
    run_end(&run);
}

/* Any prefix and any changed byte of any fixture gives notices or a refusal, never a crash or a hang. */
/* 306 programmes with their texts as HTML in quoted cells of many lines, as two people of the AWO had them before them. */
static void a_real_table_gives_every_row_of_it(void **state)
{
    struct run run;
    (void)state;
    SKIP_WITHOUT_SHARED("data/de/foerderdatenbank-awo/ls_input_2025-06-19.csv");
    run_begin(&run, DATA "probe-table.yaml");
    assert_int_equal(run_file(&run, shared_path("data/de/foerderdatenbank-awo/ls_input_2025-06-19.csv"), "https://a.example/t.csv", MW_ROLE_LIST), MW_OK);
    assert_int_equal(run.notices.n, 306);
    assert_int_equal(run.tally.failed + run.tally.repeated + run.tally.left_out, 0);
    for (size_t i = 0; i < run.notices.n; i++) {
        const struct mw_notice *n = MW_AT(run.notices, struct mw_notice, i);
        assert_true(mw_sv_starts(n->url, MW_SV("https://www.foerderdatenbank.de/FDB/Content/DE/")));
        assert_int_equal(n->sections.n, 1);
    }
    run_end(&run);
}

static void mutilated_fixtures_do_no_harm(void **state)
{
    static const struct { const char *source, *file; } CASES[] = {
        { DATA "probe-feed.yaml", DATA "feed-rss.xml" },  { DATA "probe-sitemap.yaml", DATA "sitemap.xml" }, { DATA "probe-html.yaml", DATA "list-1.html" },
        { DATA "probe-json.yaml", DATA "records.json" },  { DATA "probe-xml.yaml", DATA "records.xml" },     { "config/sources/ted.yaml", DATA "records.xml" },
        { DATA "probe-csv.yaml", DATA "table.csv" },
        { "config/sources/eu-ftp.yaml", DATA "records.json" }, { "config/sources/eu-search.yaml", DATA "records.json" },
    };
    uint64_t seed = 7;
    (void)state;
    for (size_t c = 0; c < COUNT(CASES); c++) {
        struct mw_arena *a = mw_arena_new();
        struct mw_sv bytes;
        assert_int_equal(mw_file_read(&bytes, a, CASES[c].file, 1 << 20, NULL), MW_OK);
        for (int i = 0; i < 60; i++) {
            struct mw_sv copy = mw_arena_copy(a, mw_sv_sub(bytes, 0, rnd(&seed) % (bytes.n + 1)));
            char *p = (char *)(uintptr_t)copy.p;
            if (copy.n > 0)
                p[rnd(&seed) % copy.n] = (char)rnd(&seed);
            struct run run;
            run_begin(&run, CASES[c].source);
            enum mw_rc rc = run_bytes(&run, copy, "https://portal.example/a", MW_ROLE_LIST);
            assert_true(rc == MW_OK || (rc == MW_PARSE && run.err.msg != NULL));
            run_end(&run);
        }
        mw_arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_rss_feed_leads_to_pages_once_each),
        cmocka_unit_test(entries_can_be_the_notices_themselves),
        cmocka_unit_test(an_atom_entry_leads_to_its_page_for_people_and_its_xhtml_is_text),
        cmocka_unit_test(what_is_no_feed_and_no_sitemap_is_refused),
        cmocka_unit_test(an_index_leads_to_sitemaps_and_a_sitemap_to_the_pages_wanted),
        cmocka_unit_test(a_sitemap_in_gzip_is_read_and_a_bomb_is_not),
        cmocka_unit_test(a_list_gives_its_pages_its_count_and_the_next_page),
        cmocka_unit_test(an_empty_list_is_a_failure_unless_the_site_says_that_it_has_none),
        cmocka_unit_test(a_page_gives_a_notice_by_its_rules_and_names_its_guideline),
        cmocka_unit_test(json_records_are_read_by_pointers),
        cmocka_unit_test(a_record_whose_markup_is_refused_sinks_no_other_of_its_batch),
        cmocka_unit_test(xml_records_are_read_by_xpaths_whatever_their_namespaces),
        cmocka_unit_test(xml_without_the_promised_records_is_refused),
        cmocka_unit_test(a_real_table_gives_every_row_of_it),
        cmocka_unit_test(mutilated_fixtures_do_no_harm),
    };
    return cmocka_run_group_tests(tests, start_parser, stop_parser);
}
