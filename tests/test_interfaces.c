/* What the search interfaces of the EU are asked: the files that we ship, byte for byte, against a server that answers with real notices.
 * What they want is told in shared/sources/european-union.md; neither was ever asked itself. */
#include "lib/core/file.h"
#include "tests/portal.h"

#define TED "data/eu/ted_search_v3/notices_excerpt_8of18.json"
#define TOPICS "data/eu/sedia/search_open_topics.json"
enum { LISTED = 600, A_PAGE = 250 };

/* 600 notices, each the first real one under a number of its own; the second page lacks some, as one does that timed out. */
static bool timed_out;
static void make_ted(struct server *s, const char *path, struct mw_str *out)
{
    const char *page = strstr(s->asked[s->n_asked - 1].body, "\"page\":");
    int n = page != NULL ? atoi(page + 7) : 0, from = (n - 1) * A_PAGE, to = n * A_PAGE < LISTED ? n * A_PAGE : LISTED;
    struct mw_arena *a = mw_arena_new();
    struct mw_sv file;
    (void)path;
    assert_int_equal(mw_file_read(&file, a, shared_path(TED), 1 << 20, NULL), MW_OK);
    size_t begins = mw_sv_find(file, MW_SV("{"), 0), ends = mw_sv_find(file, MW_SV("\n },"), 0), digits = mw_sv_find(file, MW_SV("626028-2026"), 0);
    mw_str_addz(out, "{\"notices\":[");
    for (int i = from; i < to && n > 0 && !(timed_out && n == 2 && i >= from + 10); i++)
        mw_str_addf(out, "%s%.*s%06d%.*s}", i > from ? "," : "", MW_SV_ARG(mw_sv_sub(file, begins, digits - begins)), 100000 + i,
                    MW_SV_ARG(mw_sv_sub(file, digits + 6, ends - digits - 6)));
    mw_str_addf(out, "],\"totalNoticeCount\":%d,\"iterationNextToken\":null,\"timedOut\":%s}", LISTED, timed_out && n == 2 ? "true" : "false");
    mw_arena_free(a);
}

static void make_topics(struct server *s, const char *path, struct mw_str *out)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_sv file;
    (void)s;
    assert_int_equal(mw_file_read(&file, a, shared_path(TOPICS), 1 << 20, NULL), MW_OK);
    if (strstr(path, "pageNumber=1") != NULL)
        mw_str_add(out, file);
    else
        mw_str_addz(out, "{\"totalResults\":4,\"results\":[]}");
    mw_arena_free(a);
}

#define JSON .headers = { "Content-Type", "application/json" }
static const struct page PAGES[] = {
    { .path = "/v3/notices/search", .make = make_ted, JSON },
    { .path = "/search-api/prod/rest/search*", .make = make_topics, JSON },
};

/* The shipped file, asking our server. */
static const struct run *ask(struct scratch *s, const char *id, const char *host)
{
    char path[100], *at;
    struct mw_str text = MW_STR_INIT;
    struct mw_arena *a = mw_arena_new();
    struct mw_sv file;

    snprintf(path, sizeof path, "config/sources/%s.yaml", id);
    assert_int_equal(mw_file_read(&file, a, path, 1 << 20, NULL), MW_OK);
    assert_non_null(at = strstr(mw_arena_z(a, file), host));
    size_t before = mw_sv_find(file, mw_sv(host), 0);
    mw_str_addf(&text, "%.*shttp://127.0.0.1:%d%s", MW_SV_ARG(mw_sv_sub(file, 0, before)), server.port, at + strlen(host));
    mkdir(in(s, "config"), 0700);
    mkdir(in(s, "config/sources"), 0700);
    snprintf(path, sizeof path, "config/sources/%s.yaml", id);
    spill(in(s, path), mw_str_z(&text), text.n);
    spill(in(s, "config/labels.yaml"), "labels: {}\n", 11);
    mw_str_free(&text);
    mw_arena_free(a);
    server.n_asked = 0;
    return run_program(s, "crawl", "--lang", "en", "--format", "json", "--allow-private", "--dry-run", "--only", id, "--config", in(s, "config"));
}

#define BODY(page)                                                                                                                 \
    "{\"query\":\"place-of-performance=DEU AND publication-date>=today(-7) SORT BY publication-number DESC\",\"fields\":[\"publication-number\","    \
    "\"title-proc\",\"notice-title\",\"buyer-name\",\"deadline-receipt-tender-date-lot\",\"classification-cpv\",\"notice-type\",\"publication-date\","  \
    "\"estimated-value-proc\",\"estimated-value-cur-proc\"],\"limit\":250,\"page\":" page ",\"scope\":\"LATEST\",\"paginationMode\":\"PAGE_NUMBER\"}"

static void ted_is_asked_in_json_page_by_page_until_all_are_there(void **state)
{
    static const char *const BODIES[] = { BODY("1"), BODY("2"), BODY("3"), BODY("4") };
    SKIP_WITHOUT_SHARED(TED);
    for (int i = 0; i < 2; i++) {
        timed_out = i == 1;
        const struct run *r = ask(*state, "ted-search", "https://api.ted.europa.eu");
        assert_int_equal(number(r, "new"), timed_out ? 360 : LISTED);
        assert_int_equal(number(r, "complete"), !timed_out);
        assert_int_equal(server.n_asked, timed_out ? 4 : 3); /* where some are missing, until a page is empty */
        for (size_t k = 0; k < server.n_asked; k++) {
            assert_string_equal(server.asked[k].path, "/v3/notices/search");
            assert_string_equal(server.asked[k].type, "application/json");
            assert_string_equal(server.asked[k].body, BODIES[k]);
        }
    }
}

#define PART(name, body) "--B\r\nContent-Disposition: form-data; name=\"" name "\"; filename=\"blob\"\r\nContent-Type: application/json\r\n\r\n" body "\r\n"
static void the_portal_is_asked_with_parts_that_are_files(void **state)
{
    static const char FORM[] = PART("query", "{\"bool\":{\"must\":[{\"terms\":{\"type\":[\"1\",\"2\",\"8\"]}},{\"terms\":{\"status\":[\"31094501\",\"31094502\"]}}]}}")
        PART("languages", "[\"en\"]") PART("sort", "{\"field\":\"identifier\",\"order\":\"ASC\"}") "--B--\r\n";
    SKIP_WITHOUT_SHARED(TOPICS);
    const struct run *r = ask(*state, "eu-search", "https://api.tech.ec.europa.eu");
    assert_int_equal(number(r, "new"), 4);
    assert_true(server.n_asked > 0);
    for (size_t k = 0; k < server.n_asked; k++) {
        const struct asked *q = &server.asked[k];
        struct mw_str got = MW_STR_INIT;
        char path[120];
        const char *boundary = strstr(q->type, "boundary=");
        assert_non_null(boundary);
        boundary += 9;
        assert_true(strncmp(q->type, "multipart/form-data; ", 21) == 0);
        for (const char *at = q->body; *at != '\0'; at++)
            if (strncmp(at, boundary, strlen(boundary)) == 0) {
                mw_str_addc(&got, 'B');
                at += strlen(boundary) - 1;
            } else
                mw_str_addc(&got, *at);
        assert_string_equal(mw_str_z(&got), FORM);
        snprintf(path, sizeof path, "/search-api/prod/rest/search?apiKey=SEDIA&text=***&pageSize=100&pageNumber=%zu", k + 1);
        assert_string_equal(q->path, path);
        mw_str_free(&got);
    }
}

static int open_interfaces(void **state)
{
    server_start(&server, PAGES, COUNT(PAGES));
    return make_scratch(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(ted_is_asked_in_json_page_by_page_until_all_are_there, open_interfaces, close_server),
        cmocka_unit_test_setup_teardown(the_portal_is_asked_with_parts_that_are_files, open_interfaces, close_server),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
