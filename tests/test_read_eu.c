/* The EU's portal: bulk file, search interface, a collection of calls (crawler/read_eu_*.c, read_json.c). */
#include <sys/resource.h>

#include "tests/reading.h"

#define SEDIA "data/eu/sedia/"
#define CALLS "data/eu/sedia_calls_2026-08/"
#define TOPIC "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/topic-details/"

static void read_shared(struct run *run, const char *source, const char *file)
{
    run_begin(run, source);
    if (run_file(run, shared_path(file), "https://api.example/search?pageNumber=1&x=2", MW_ROLE_LIST) != MW_OK)
        fail_msg("%s: %s", file, run->err.msg);
}

/* --- bulk ------------------------------------------------------------------------------------------------------------------- */
static void topics_of_the_bulk_file_come_with_dates_programme_and_status(void **state)
{
    static const struct { const char *id, *status, *opens, *days, *model; } WANT[] = {
        { "horizon-miss-2026-02-cancer-05", "open", "2026-02-10", "2026-09-15", "single-stage" },
        { "agrip-multi-2021-im", "closed", "2021-01-28", "2021-05-11", "single-stage" },
        { "edf-edip-p-2026-2027-fnlc-sa-seap", "forthcoming", "2026-09-09", "2026-10-13 2027-02-16 2027-09-28", "several" },
        { "digital-2026-ai-piloting-10-screening", "open", "2026-04-21", "2026-10-01", "single-stage" },
    };
    struct run run;
    (void)state;
    SKIP_WITHOUT_SHARED(SEDIA "grantsTenders_sample7.json");
    read_shared(&run, "config/sources/eu-ftp.yaml", SEDIA "grantsTenders_sample7.json");
    assert_int_equal(run.notices.n, 6);
    assert_int_equal(run.tally.left_out, 1); /* the tender */
    for (size_t i = 0; i < COUNT(WANT); i++) {
        struct mw_str url = MW_STR_INIT, opens = MW_STR_INIT;
        mw_str_addf(&url, TOPIC "%s", WANT[i].id);
        const struct mw_notice *n = notice_at(&run, mw_str_z(&url));
        mw_day_iso(&opens, n->opens);
        assert_sv(extra_text(n, "status"), WANT[i].status);
        assert_string_equal(days_of(&run, n), WANT[i].days);
        assert_sv(extra_text(n, "deadline_model"), WANT[i].model);
        assert_sv(extra_text(n, "deadline_model_from"), "inferred"); /* the file does not say it */
        if (i != 1 && i != 2)
            assert_string_equal(mw_str_z(&opens), WANT[i].opens);
        mw_str_free(&url);
        mw_str_free(&opens);
    }
    run_end(&run);
}

static void news_of_a_call_are_sections_with_their_day(void **state)
{
    struct run run;
    (void)state;
    SKIP_WITHOUT_SHARED(SEDIA "grantsTenders_sample7.json");
    read_shared(&run, "config/sources/eu-ftp.yaml", SEDIA "grantsTenders_sample7.json");
    const struct mw_notice *n = notice_at(&run, TOPIC "horizon-miss-2026-02-cancer-05");
    assert_true(mw_sv_starts(section_text(n, "Update 2026-02-12"), MW_SV("If your lump sum budget contains any cost items")));
    assert_sv(section_text(n, "Programme"), "Horizon Europe (HORIZON)");
    run_end(&run);
}

static void tenders_are_a_source_of_their_own(void **state)
{
    struct run run;
    (void)state;
    SKIP_WITHOUT_SHARED(SEDIA "grantsTenders_sample7.json");
    read_shared(&run, "config/sources/eu-ftp-tenders.yaml", SEDIA "grantsTenders_sample7.json");
    assert_int_equal(run.notices.n, 1);
    const struct mw_notice *n = MW_AT(run.notices, struct mw_notice, 0);
    assert_sv(n->url, "https://etendering.ted.europa.eu/cft/cft-display.html?cftId=15661");
    assert_sv(extra_text(n, "about"), "tender");
    assert_sv(extra_text(n, "buyer"), "DEVCO");
    assert_string_equal(days_of(&run, n), "2024-09-28");
    run_end(&run);
}

static void a_bulk_file_that_is_none_is_refused(void **state)
{
    static const char *const FILES[] = { "", "<html>503</html>", "{\"fundingData\":{}}", "{\"fundingData\":{\"GrantTenderObj\":[]}}",
        "{\"fundingData\":{\"GrantTenderObj\":[{\"type\":1,\"identifier\":\"A\",\"title\":\"B\"}" };
    (void)state;
    for (size_t i = 0; i < COUNT(FILES); i++) {
        struct run run;
        run_begin(&run, "config/sources/eu-ftp.yaml");
        if (run_bytes(&run, mw_sv(FILES[i]), NULL, MW_ROLE_LIST) != MW_PARSE)
            fail_msg("\"%s\" was read", FILES[i]);
        run_end(&run);
    }
}

static enum mw_rc count_only(void *ctx, struct mw_arena *a, struct mw_notice *n, struct mw_err *err)
{
    (void)a, (void)n, (void)err;
    ++*(size_t *)ctx;
    return MW_OK;
}

/* The real file has 130 MB; one is made of the real records, again and again under other identifiers. */
static void a_file_of_130_megabytes_needs_little_memory(void **state)
{
    char path[] = "/tmp/mw-bulk-XXXXXX";
    struct mw_arena *a;
    struct mw_sv sample;
    struct rusage before, after;
    struct run run;
    size_t n = 0;
    (void)state;
    SKIP_WITHOUT_SHARED(SEDIA "grantsTenders_sample7.json");
    if (getenv("MITTELWEG") != NULL && strstr(getenv("MITTELWEG"), "san") != NULL) {
        printf("SKIPPED %s: sanitizers need memory of their own\n", __func__);
        skip();
    }
    a = mw_arena_new();
    assert_int_equal(mw_file_read(&sample, a, shared_path(SEDIA "grantsTenders_sample7.json"), 1 << 20, NULL), MW_OK);
    FILE *f = fdopen(mkstemp(path), "w");
    size_t begin = mw_sv_find(sample, MW_SV("["), 0) + 1, end = sample.n;
    while (sample.p[end - 1] != ']')
        end--;
    end--;
    fwrite(sample.p, 1, begin, f);
    for (size_t i = 0; (i + 1) * (end - begin) < (size_t)130 << 20; i++) {
        struct mw_sv rest = mw_sv_sub(sample, begin, end - begin);
        size_t at;
        if (i > 0)
            fputc(',', f);
        while ((at = mw_sv_find(rest, MW_SV("\"identifier\": \""), 0)) != SIZE_MAX) {
            fwrite(rest.p, 1, at + 15, f);
            fprintf(f, "%zu-", i);
            rest = mw_sv_sub(rest, at + 15, rest.n);
        }
        fwrite(rest.p, 1, rest.n, f);
    }
    fwrite(sample.p + end, 1, sample.n - end, f);
    fclose(f);
    run_begin(&run, "config/sources/eu-ftp.yaml");
    getrusage(RUSAGE_SELF, &before);
    struct mw_outlet to = { &n, count_only, NULL, NULL };
    struct mw_resource res = { .path = path };
    assert_int_equal(mw_reader_read(run.reader, &res, &to, &run.tally, &run.err), MW_OK);
    getrusage(RUSAGE_SELF, &after);
    double seconds = (double)(after.ru_utime.tv_sec - before.ru_utime.tv_sec) + (double)(after.ru_utime.tv_usec - before.ru_utime.tv_usec) / 1e6;
    printf("%zu topics of 130 MB, %ld MB at most, %.1f s\n", n, after.ru_maxrss >> 10, seconds);
    assert_true(n > 20000);
    assert_int_equal(run.tally.failed, 0);
    assert_true(after.ru_maxrss < 100 << 10);
    run_end(&run);
    unlink(path);
    mw_arena_free(a);
}

/* --- search ------------------------------------------------------------------------------------------------------------------- */
#define SEARCH "config/sources/eu-search.yaml"

static void a_two_stage_topic_has_both_deadlines_and_its_model(void **state)
{
    struct run run;
    (void)state;
    SKIP_WITHOUT_SHARED(SEDIA "search_page_excerpt_2of9.json");
    read_shared(&run, SEARCH, SEDIA "search_page_excerpt_2of9.json");
    assert_int_equal(run_finish(&run), MW_OK);
    const struct mw_notice *n = notice_at(&run, TOPIC "horizon-miss-2027-05-soil-01-two-stage");
    assert_string_equal(days_of(&run, n), "2027-04-08 2027-09-14");
    assert_sv(extra_text(n, "deadline_model"), "two-stage");
    assert_null(extra_text(n, "deadline_model_from").p); /* the source says it */
    assert_sv(extra_text(n, "status"), "forthcoming");
    assert_int_equal(extra_of(n, "budget")->n, 0); /* its overview is cut off in the middle: nothing, and no failure */
    assert_int_equal(extra_of(n, "keywords")->n, 6); /* the identifiers are none */
    run_end(&run);
}

static void keywords_that_are_json_in_a_text_are_a_list(void **state)
{
    struct run run;
    (void)state;
    SKIP_WITHOUT_SHARED(SEDIA "search_page_excerpt_2of9.json");
    read_shared(&run, SEARCH, SEDIA "search_page_excerpt_2of9.json");
    assert_int_equal(run_finish(&run), MW_OK);
    const struct mw_notice *n = notice_at(&run, TOPIC "horizon-cl2-2024-transformations-01-08");
    assert_sv(extra_item(n, "keywords", 0)->text, "Gender research");
    assert_true(extra_of(n, "keywords")->n > 20);
    run_end(&run);
}

static void the_next_page_follows_until_one_is_empty(void **state)
{
    struct run run;
    (void)state;
    SKIP_WITHOUT_SHARED(SEDIA "search_open_topics.json");
    read_shared(&run, SEARCH, SEDIA "search_open_topics.json");
    assert_int_equal(run.tally.expected, 4);
    assert_int_equal(run.addresses.n, 1);
    assert_sv(MW_AT(run.addresses, struct mw_address, 0)->url, "https://api.example/search?pageNumber=2&x=2");
    assert_int_equal(run_bytes(&run, MW_SV("{\"totalResults\":4,\"pageNumber\":2,\"results\":[]}"), "https://api.example/search?pageNumber=2", MW_ROLE_LIST), MW_OK);
    assert_int_equal(run.addresses.n, 1);
    run_end(&run);
}

static void cascade_calls_that_share_address_and_identifier_stay_apart(void **state)
{
    struct run run;
    (void)state;
    SKIP_WITHOUT_SHARED(SEDIA "search_cascade_multicutoff.json");
    read_shared(&run, SEARCH, SEDIA "search_cascade_multicutoff.json");
    assert_int_equal(run_finish(&run), MW_OK);
    assert_int_equal(run.notices.n, 4);
    const struct mw_notice *n = notice_at(&run, "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/competitive-calls-cs/46214053#11145COMPETITIVE_CALL");
    assert_sv(n->title, "Gnomon Internships Offer"); /* not that of the parent topic */
    assert_int_equal(n->deadlines.n, 7);
    assert_sv(extra_text(n, "deadline_model"), "multiple cut-off");
    assert_sv(mw_node_text(extra_of(n, "budget"), "total_cents"), "12000000");
    run_end(&run);
}

static void a_row_that_comes_again_is_counted_and_not_stored(void **state)
{
    struct run run;
    (void)state;
    SKIP_WITHOUT_SHARED(SEDIA "search_cascade_multicutoff.json");
    read_shared(&run, SEARCH, SEDIA "search_cascade_multicutoff.json");
    size_t before = run.notices.n;
    assert_int_equal(run_file(&run, shared_path(SEDIA "search_cascade_multicutoff.json"), "https://api.example/?pageNumber=2", MW_ROLE_LIST), MW_OK);
    assert_int_equal(run.notices.n, before);
    assert_int_equal(run.tally.repeated, 4);
    run_end(&run);
}

#define ROW(source, status, text) \
    "{\"reference\":\"" source "\",\"language\":\"en\",\"metadata\":{\"type\":[\"1\"],\"identifier\":[\"LIFE-2026-X\"],\"title\":[\"" source "\"]," \
    "\"DATASOURCE\":[\"" source "\"],\"status\":[\"" status "\"],\"descriptionByte\":[\"" text "\"],\"deadlineDate\":[\"2026-09-20T17:00:00.000+0000\"]}}"
#define PAGE(rows) "{\"totalResults\":2,\"pageNumber\":1,\"results\":[" rows "]}"

static void of_a_topic_and_its_mirror_the_topic_counts_in_any_order(void **state)
{
    static const char *const PAGES[] = {
        PAGE(ROW("SEDIA_PRD_CENTRICITY", "31094502", "<p>old</p>") "," ROW("SEDIA", "31094501", "<p>new</p>")),
        PAGE(ROW("SEDIA", "31094501", "<p>new</p>") "," ROW("SEDIA_PRD_CENTRICITY", "31094502", "<p>old</p>")),
    };
    (void)state;
    for (size_t i = 0; i < COUNT(PAGES); i++) {
        struct run run;
        run_begin(&run, SEARCH);
        assert_int_equal(run_bytes(&run, mw_sv(PAGES[i]), NULL, MW_ROLE_LIST), MW_OK);
        assert_int_equal(run.tally.repeated, 1);
        assert_int_equal(run_finish(&run), MW_OK);
        assert_int_equal(run.notices.n, 1);
        assert_sv(extra_text(MW_AT(run.notices, struct mw_notice, 0), "status"), "forthcoming");
        run_end(&run);
    }
}

static void a_mirror_alone_is_kept_with_the_status_it_claims(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_str page = MW_STR_INIT;
    struct mw_sv hit;
    struct run run;
    (void)state;
    SKIP_WITHOUT_SHARED(SEDIA "search_result_stale_mirror.json");
    assert_int_equal(mw_file_read(&hit, a, shared_path(SEDIA "search_result_stale_mirror.json"), 1 << 20, NULL), MW_OK);
    mw_str_addf(&page, "{\"results\":[%.*s]}", MW_SV_ARG(hit));
    run_begin(&run, SEARCH);
    assert_int_equal(run_bytes(&run, mw_str_sv(&page), NULL, MW_ROLE_LIST), MW_OK);
    assert_int_equal(run.notices.n, 0); /* a better row may still come */
    assert_int_equal(run_finish(&run), MW_OK);
    const struct mw_notice *n = notice_at(&run, TOPIC "horizon-miss-2023-clima-01-01");
    assert_sv(extra_text(n, "status"), "open"); /* what the source says, beside a deadline that is past: both are kept */
    assert_string_equal(days_of(&run, n), "2023-09-20");
    assert_sv(extra_text(n, "data_source"), "SEDIA_PRD_CENTRICITY");
    run_end(&run);
    mw_str_free(&page);
    mw_arena_free(a);
}

static void an_answer_that_ignored_the_filter_is_refused_as_a_whole(void **state)
{
    struct run run;
    (void)state;
    run_begin(&run, SEARCH);
    assert_int_equal(run_bytes(&run, MW_SV(PAGE(ROW("SEDIA", "31094502", "<p>open</p>") "," ROW("SEDIA", "31094503", "<p>closed</p>"))), NULL, MW_ROLE_LIST), MW_PARSE);
    assert_int_equal(run.notices.n, 0); /* nor the row before it */
    assert_non_null(strstr(run.err.msg, "The portal ignored the filter: a row has \"31094503\" as status."));
    run_end(&run);
}

static void translations_are_left_out(void **state)
{
    struct run run;
    (void)state;
    run_begin(&run, SEARCH);
    assert_int_equal(run_bytes(&run, MW_SV("{\"results\":[{\"language\":\"es\",\"metadata\":{\"type\":[\"1\"],\"identifier\":[\"A\"],\"title\":[\"educacion superior\"]}}]}"), NULL, MW_ROLE_LIST), MW_OK);
    assert_int_equal(run_finish(&run), MW_OK);
    assert_int_equal(run.notices.n, 0);
    run_end(&run);
}

static void fields_at_the_top_of_a_row_count_like_those_in_its_metadata(void **state)
{
    struct run run;
    (void)state;
    run_begin(&run, SEARCH);
    assert_int_equal(run_bytes(&run, MW_SV("{\"results\":[{\"reference\":\"9COMPETITIVE_CALLen\",\"url\":\"https://ec.europa.eu/c/1\",\"language\":\"en\",\"type\":\"8\",\"callTitle\":\"Vouchers\",\"status\":\"31094502\"}]}"), NULL, MW_ROLE_LIST), MW_OK);
    assert_int_equal(run_finish(&run), MW_OK);
    assert_sv(notice_at(&run, "https://ec.europa.eu/c/1#9COMPETITIVE_CALL")->title, "Vouchers");
    run_end(&run);
}

/* Entries of the whole call: only those of this topic count (the blank matters), and one envelope for two topics is said. */
static void the_budget_is_that_of_this_topic(void **state)
{
#define BUDGET(id, entries) \
    "{\"results\":[{\"language\":\"en\",\"metadata\":{\"type\":[\"1\"],\"identifier\":[\"" id "\"],\"title\":[\"T\"],\"budgetOverview\":[\"{\\\"budgetTopicActionMap\\\":{" entries "}}\"]}}]}"
#define ENTRY(id, years) "{\\\"action\\\":\\\"" id " - LIFE-PJG\\\",\\\"minContribution\\\":1000,\\\"maxContribution\\\":0,\\\"budgetYearMap\\\":{" years "}}"
    static const struct { const char *why, *page, *total, *shared; } CASES[] = {
        { "years are added up", BUDGET("X-01", "\\\"1\\\":[" ENTRY("X-01", "\\\"2026\\\":\\\"100\\\",\\\"2027\\\":50") "]"), "15000", NULL },
        { "X-01-02 is another topic", BUDGET("X-01", "\\\"1\\\":[" ENTRY("X-01-02", "\\\"2026\\\":\\\"900\\\"") "],\\\"2\\\":[" ENTRY("X-01", "\\\"2026\\\":\\\"100\\\"") "]"), "10000", NULL },
        { "the same envelope for two topics", BUDGET("X-01", "\\\"1\\\":[" ENTRY("X-01", "\\\"2026\\\":\\\"173\\\"") "," ENTRY("X-02", "\\\"2026\\\":\\\"173\\\"") "]"), "17300", "yes" },
        { "zero means not published", BUDGET("X-01", "\\\"1\\\":[" ENTRY("X-01", "\\\"2026\\\":\\\"0\\\"") "]"), NULL, NULL },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct run run;
        run_begin(&run, SEARCH);
        assert_int_equal(run_bytes(&run, mw_sv(CASES[i].page), NULL, MW_ROLE_LIST), MW_OK);
        assert_int_equal(run_finish(&run), MW_OK);
        const struct mw_node *budget = extra_of(notice_at(&run, TOPIC "x-01"), "budget");
        struct mw_sv total = mw_node_text(budget, "total_cents"), shared = mw_node_text(budget, "shared");
        if (!mw_sv_eq(total, mw_sv(CASES[i].total)) || !mw_sv_eq(shared, mw_sv(CASES[i].shared)))
            fail_msg("%s: %.*s %.*s", CASES[i].why, MW_SV_ARG(total), MW_SV_ARG(shared));
        assert_sv(mw_node_text(budget, "min_cents"), "100000");
        assert_null(mw_node_text(budget, "max_cents").p);
        run_end(&run);
    }
}

static void html_with_a_quote_behind_the_bracket_gives_clean_text(void **state)
{
    struct run run;
    (void)state;
    run_begin(&run, SEARCH);
    assert_int_equal(run_bytes(&run, MW_SV("{\"results\":[{\"language\":\"en\",\"metadata\":{\"type\":[\"1\"],\"identifier\":[\"A\"],\"title\":[\"T\"],"
                                           "\"topicConditions\":[\"<div class=\\\"eui-u-mt-l>\\\"><h4>General conditions</h4><p>in the sector.</p><p>In the</p></div>\"]}}]}"), NULL, MW_ROLE_LIST), MW_OK);
    assert_int_equal(run_finish(&run), MW_OK);
    assert_sv(section_text(notice_at(&run, TOPIC "a"), "Topic conditions"), "General conditions\n\nin the sector.\n\nIn the");
    run_end(&run);
}

static void what_is_no_answer_is_refused(void **state)
{
    static const char *const ANSWERS[] = { "", "{\"type\":\"throwable\"}", "[]", "{\"results\":{}}", "{\"results\":[" };
    (void)state;
    for (size_t i = 0; i < COUNT(ANSWERS); i++) {
        struct run run;
        run_begin(&run, SEARCH);
        assert_int_equal(run_bytes(&run, mw_sv(ANSWERS[i]), NULL, MW_ROLE_LIST), MW_PARSE);
        run_end(&run);
    }
}

/* --- 629 calls ------------------------------------------------------------------------------------------------------------------ */
static void all_629_calls_are_read_and_mended(void **state)
{
    struct run run, derived;
    size_t damaged = 0, garbage = 0;
    (void)state;
    SKIP_WITHOUT_SHARED(CALLS "open.jsonl.gz");
    read_shared(&run, "config/sources/eu-calls.yaml", CALLS "open.jsonl.gz"); /* BOM, objects without any line end, mojibake */
    read_shared(&derived, "config/sources/eu-calls.yaml", CALLS "open_629.derived.ndjson.gz"); /* the same, mended by others */
    assert_int_equal(run.notices.n, 629);
    assert_int_equal(derived.notices.n, 629);
    assert_int_equal(run.tally.failed, 0);
    for (size_t i = 0; i < run.notices.n; i++) {
        const struct mw_notice *n = MW_AT(run.notices, struct mw_notice, i), *d = MW_AT(derived.notices, struct mw_notice, i);
        assert_true(mw_sv_eq(n->url, d->url));
        damaged += !mw_sv_eq(n->title, d->title) || n->sections.n != d->sections.n;
        for (size_t k = 0; k < n->sections.n && k < d->sections.n; k++) {
            struct mw_sv text = MW_AT(n->sections, struct mw_section, k)->text;
            damaged += !mw_sv_eq(text, MW_AT(d->sections, struct mw_section, k)->text);
            garbage += mw_sv_starts(text, MW_SV("\">"));
        }
        assert_int_equal(n->deadlines.n, 1);
    }
    assert_int_equal(damaged, 0);
    assert_int_equal(garbage, 0);
    assert_sv(extra_text(notice_at(&run, TOPIC "erc-2026-poc"), "deadline_model"), "multiple cut-off");
    run_end(&run);
    run_end(&derived);
}

/* One hit without its frame, as whoever tries it has it. */
static void a_call_of_interreg_has_its_days_areas_and_applicants(void **state)
{
    struct run run;
    (void)state;
    SKIP_WITHOUT_SHARED("data/eu/interreg/interreg_eu_call_hit_1.json");
    run_begin(&run, "config/sources/interreg.yaml");
    assert_int_equal(run_read(&run, &(struct mw_resource){ .path = shared_path("data/eu/interreg/interreg_eu_call_hit_1.json"), .excerpt = true }), MW_OK);
    assert_int_equal(run.notices.n, 1);
    const struct mw_notice *n = notice_at(&run, "https://interreg.eu/calls-for-projects/3rd-interreg-sudoe-call-on-the-road-to-capitalisation/");
    assert_string_equal(days_of(&run, n), "2026-09-30");
    assert_string_equal(facet_of(&run, n, MW_FUNDING_LOCATION), "Andorra | Spain | France | Portugal");
    assert_string_equal(facet_of(&run, n, MW_FUNDER), "Interreg South West Europe (SUDOE)");
    assert_sv(section_text(n, "Eligible countries"), "Andorra\nSpain\nFrance\nPortugal");
    assert_int_equal(extra_of(n, "regions_nuts")->n, 126);
    run_end(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(topics_of_the_bulk_file_come_with_dates_programme_and_status),
        cmocka_unit_test(news_of_a_call_are_sections_with_their_day),
        cmocka_unit_test(tenders_are_a_source_of_their_own),
        cmocka_unit_test(a_bulk_file_that_is_none_is_refused),
        cmocka_unit_test(a_file_of_130_megabytes_needs_little_memory),
        cmocka_unit_test(a_two_stage_topic_has_both_deadlines_and_its_model),
        cmocka_unit_test(keywords_that_are_json_in_a_text_are_a_list),
        cmocka_unit_test(the_next_page_follows_until_one_is_empty),
        cmocka_unit_test(cascade_calls_that_share_address_and_identifier_stay_apart),
        cmocka_unit_test(a_row_that_comes_again_is_counted_and_not_stored),
        cmocka_unit_test(of_a_topic_and_its_mirror_the_topic_counts_in_any_order),
        cmocka_unit_test(a_mirror_alone_is_kept_with_the_status_it_claims),
        cmocka_unit_test(an_answer_that_ignored_the_filter_is_refused_as_a_whole),
        cmocka_unit_test(translations_are_left_out),
        cmocka_unit_test(fields_at_the_top_of_a_row_count_like_those_in_its_metadata),
        cmocka_unit_test(the_budget_is_that_of_this_topic),
        cmocka_unit_test(html_with_a_quote_behind_the_bracket_gives_clean_text),
        cmocka_unit_test(what_is_no_answer_is_refused),
        cmocka_unit_test(a_call_of_interreg_has_its_days_areas_and_applicants),
        cmocka_unit_test(all_629_calls_are_read_and_mended),
    };
    return cmocka_run_group_tests(tests, start_parser, stop_parser);
}
