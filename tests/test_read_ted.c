/* Tenders of TED by local names (crawler/read_ted.c). */
#include <dirent.h>

#include "tests/reading.h"

#define OLD "data/eu/ted_export/"
#define NEW "data/eu/ted_eforms/"

static void read_one(struct run *run, const char *file)
{
    run_begin(run, "config/sources/ted.yaml");
    if (run_file(run, shared_path(file), NULL, MW_ROLE_LIST) != MW_OK)
        fail_msg("%s: %s", file, run->err.msg);
    assert_int_equal(run->notices.n, 1);
}

/* Reads every XML of a folder in one run; how many notices have each thing. */
struct counts {
    size_t files, refused, buyer, cpv, nuts, text, german, deadline, eu_yes, eu_no;
};
static void count_folder(struct run *run, const char *folder, struct counts *c)
{
    DIR *dir = opendir(folder);
    struct dirent *e;
    *c = (struct counts){ 0 };
    run_begin(run, "config/sources/ted.yaml");
    while ((e = readdir(dir)) != NULL) {
        if (strstr(e->d_name, ".xml") == NULL)
            continue;
        struct mw_sv path = mw_arena_printf(run->a, "%s/%s", folder, e->d_name);
        c->files++;
        c->refused += run_file(run, path.p, NULL, MW_ROLE_LIST) != MW_OK;
    }
    closedir(dir);
    for (size_t i = 0; i < run->notices.n; i++) {
        const struct mw_notice *n = MW_AT(run->notices, struct mw_notice, i);
        struct mw_sv eu = extra_text(n, "eu_funds");
        assert_sv(extra_text(n, "about"), "tender");
        c->buyer += mw_node_text(extra_of(n, "buyer"), "name").n > 0;
        c->cpv += extra_of(n, "cpv")->n > 0;
        c->nuts += extra_of(n, "nuts")->n > 0;
        c->text += n->sections.n > 0;
        c->german += mw_sv_eqz(n->language, "de");
        c->deadline += n->deadlines.n > 0;
        c->eu_no += mw_sv_eqz(eu, "no");
        c->eu_yes += eu.n > 0 && !mw_sv_eqz(eu, "no");
    }
}

static void all_493_german_notices_in_ted_export_are_read(void **state)
{
    char folder[] = "/tmp/mw-ted-XXXXXX", command[4096];
    struct counts c;
    struct run run;
    (void)state;
    SKIP_WITHOUT_SHARED(OLD "ted_export_de_493.tar.gz");
    assert_non_null(mkdtemp(folder));
    snprintf(command, sizeof command, "tar -xzf '%s' --transform 's,.*/,,' -C %s", shared_path(OLD "ted_export_de_493.tar.gz"), folder);
    assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c) */
    count_folder(&run, folder, &c);
    printf("%zu files, %zu notices: buyer %zu, cpv %zu, nuts %zu, text %zu, german %zu, deadline %zu, eu %zu/%zu\n", c.files, run.notices.n, c.buyer, c.cpv,
           c.nuts, c.text, c.german, c.deadline, c.eu_yes, c.eu_no);
    assert_int_equal(c.refused + (size_t)run.tally.failed, 0);
    assert_int_equal(c.files, 493);
    assert_int_equal(run.notices.n, 491); /* two of them stand in two files */
    assert_int_equal(c.buyer, 491);
    assert_int_equal(c.cpv, 491);
    assert_int_equal(c.german, 478); /* and 13 in English */
    assert_int_equal(c.eu_yes, 26);
    assert_int_equal(c.eu_no, 407); /* 398 in the present forms, the others in old ones */
    run_end(&run);
    snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c) */
}

static void the_23_published_eforms_notices_are_read(void **state)
{
    struct counts c;
    struct run run;
    (void)state;
    SKIP_WITHOUT_SHARED(NEW "real");
    count_folder(&run, shared_path(NEW "real"), &c);
    printf("%zu files: buyer %zu, cpv %zu, nuts %zu, text %zu, german %zu, deadline %zu, eu %zu/%zu\n", c.files, c.buyer, c.cpv, c.nuts, c.text, c.german,
           c.deadline, c.eu_yes, c.eu_no);
    assert_int_equal(c.refused + (size_t)run.tally.failed, 0);
    assert_int_equal(run.notices.n, c.files);
    assert_int_equal(run.notices.n, 23);
    assert_int_equal(c.buyer, 23);
    assert_int_equal(c.cpv, 23);
    assert_int_equal(c.german, 3);
    assert_int_equal(c.eu_yes, 4);
    run_end(&run);
}

/* Every example of the SDK, the invalid ones too, gives a notice or is refused with a sentence. */
static void the_official_examples_do_no_harm(void **state)
{
    char folder[] = "/tmp/mw-ted-XXXXXX", command[4096];
    struct counts c;
    struct run run;
    (void)state;
    SKIP_WITHOUT_SHARED(NEW "eforms_sdk_examples_notices.tar.gz");
    assert_non_null(mkdtemp(folder));
    snprintf(command, sizeof command, "tar -xzf '%s' --transform 's,.*/,,' -C %s", shared_path(NEW "eforms_sdk_examples_notices.tar.gz"), folder);
    assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c) */
    count_folder(&run, folder, &c);
    printf("%zu examples, %zu notices, %zu refused\n", c.files, run.notices.n, c.refused);
    assert_true(run.notices.n > 60);
    run_end(&run);
    snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c) */
}

static void a_municipal_notice_says_what_a_profile_asks_for(void **state)
{
    struct run run;
    (void)state;
    SKIP_WITHOUT_SHARED(OLD "picked/053732-2018.xml");
    read_one(&run, OLD "picked/053732-2018.xml");
    const struct mw_notice *n = MW_AT(run.notices, struct mw_notice, 0);
    assert_sv(n->url, "https://ted.europa.eu/en/notice/-/detail/53732-2018");
    assert_string_equal(days_of(&run, n), "2018-03-06");
    assert_sv(mw_node_text(extra_of(n, "buyer"), "town"), "Coesfeld");
    assert_sv(extra_item(n, "cpv", 0)->text, "71000000");
    assert_sv(extra_item(n, "nuts", 0)->text, "DEA35");
    assert_sv(extra_text(n, "document_type"), "Contract notice");
    run_end(&run);
}

static void of_24_languages_the_notices_own_counts(void **state)
{
    static const char XML[] = "<x:TED_EXPORT xmlns:x='ted/R2.0.9.S02/publication' DOC_ID='000007-2020'><CODED_DATA_SECTION><NOTICE_DATA><LG_ORIG>DE</LG_ORIG></NOTICE_DATA></CODED_DATA_SECTION>"
                              "<FORM_SECTION><F02_2014 CATEGORY='TRANSLATION' LG='BG'><OBJECT_CONTRACT><TITLE><P>fremd</P></TITLE></OBJECT_CONTRACT></F02_2014>"
                              "<F02_2014 CATEGORY='ORIGINAL' LG='DE'><OBJECT_CONTRACT><TITLE><P>Quartiers</P><P>management</P></TITLE><SHORT_DESCR><P>A</P><P>B</P></SHORT_DESCR>"
                              "<OBJECT_DESCR><TITLE><P>Los 1</P></TITLE><SHORT_DESCR><P>C</P></SHORT_DESCR><EU_PROGR_RELATED>EFRE.</EU_PROGR_RELATED></OBJECT_DESCR></OBJECT_CONTRACT></F02_2014></FORM_SECTION></x:TED_EXPORT>";
    struct run run;
    (void)state;
    run_begin(&run, "config/sources/ted.yaml");
    assert_int_equal(run_bytes(&run, mw_sv(XML), NULL, MW_ROLE_LIST), MW_OK);
    const struct mw_notice *n = notice_at(&run, "https://ted.europa.eu/en/notice/-/detail/7-2020");
    assert_sv(n->title, "Quartiers\nmanagement");
    assert_sv(section_text(n, "Beschreibung"), "A\nB");
    assert_sv(section_text(n, "Los 1"), "C");
    assert_sv(extra_text(n, "eu_funds"), "EFRE.");
    run_end(&run);
}

static void what_is_no_notice_is_refused(void **state)
{
    static const char *const FILES[] = { "", "<html></html>", "<rss/>", "<TED_EXPORT" };
    (void)state;
    for (size_t i = 0; i < COUNT(FILES); i++) {
        struct run run;
        run_begin(&run, "config/sources/ted.yaml");
        assert_int_equal(run_bytes(&run, mw_sv(FILES[i]), NULL, MW_ROLE_LIST), MW_PARSE);
        run_end(&run);
    }
}

static void an_answer_of_the_search_interface_is_read_by_pointers_alone(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_str answer = MW_STR_INIT;
    struct mw_sv notices;
    struct run run;
    (void)state;
    SKIP_WITHOUT_SHARED("data/eu/ted_search_v3/notices_excerpt_8of18.json");
    assert_int_equal(mw_file_read(&notices, a, shared_path("data/eu/ted_search_v3/notices_excerpt_8of18.json"), 1 << 20, NULL), MW_OK);
    mw_str_addf(&answer, "{\"notices\":%.*s,\"totalNoticeCount\":18,\"timedOut\":false}", MW_SV_ARG(notices));
    run_begin(&run, "config/sources/ted-search.yaml");
    assert_int_equal(run_bytes(&run, mw_str_sv(&answer), "https://api.ted.europa.eu/v3/notices/search", MW_ROLE_LIST), MW_OK);
    assert_int_equal(run.notices.n, 8);
    assert_int_equal(run.tally.expected, 18);
    const struct mw_notice *n = notice_at(&run, "https://ted.europa.eu/en/notice/-/detail/626146-2026");
    assert_string_equal(days_of(&run, n), "2026-10-12"); /* three lots, one day */
    run_end(&run);
    mw_str_free(&answer);
    mw_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_493_german_notices_in_ted_export_are_read),
        cmocka_unit_test(the_23_published_eforms_notices_are_read),
        cmocka_unit_test(the_official_examples_do_no_harm),
        cmocka_unit_test(a_municipal_notice_says_what_a_profile_asks_for),
        cmocka_unit_test(of_24_languages_the_notices_own_counts),
        cmocka_unit_test(what_is_no_notice_is_refused),
        cmocka_unit_test(an_answer_of_the_search_interface_is_read_by_pointers_alone),
    };
    return cmocka_run_group_tests(tests, start_parser, stop_parser);
}
