/* crawler/fetch.h against a server of our own: what is asked when, and what becomes of every kind of answer. Time is a
 * number here: waiting takes none. */
#include "crawler/address.h"
#include "crawler/fetch.h"
#include "tests/server.h"

static struct server server;
static int64_t now;
static int64_t now_ms(void *ctx) { (void)ctx; return now; }
static void sleep_ms(void *ctx, int64_t ms) { (void)ctx; now += ms; }

static struct mw_fetch *fetcher(void)
{
    struct mw_fetch *f;
    struct mw_fetch_opts opts = { .agent = "Mittelweg/0.1 (+mailto:amt@example.org)", .clock = { NULL, now_ms, sleep_ms },
                                  .seed = 1, .timeout_ms = 20000, .stall_ms = 1000 };
    now = 0;
    assert_int_equal(mw_fetch_new(&f, &opts, MW_EN, NULL), MW_OK);
    return f;
}

static struct mw_ask to(const char *path)
{
    static char url[8][300];
    static int which;
    which = (which + 1) % 8;
    snprintf(url[which], sizeof url[which], "http://127.0.0.1:%d%s", server.port, path);
    return (struct mw_ask){ .url = mw_sv(url[which]), .no_robots = true, .allow_private = true };
}

static struct mw_response next(struct mw_fetch *f)
{
    struct mw_response a;
    assert_int_equal(mw_fetch_next(f, INT64_MAX, &a, NULL), MW_OK);
    return a;
}

static struct mw_response fetch(struct mw_fetch *f, struct mw_ask ask)
{
    assert_int_equal(mw_fetch_ask(f, &ask, NULL), MW_OK);
    return next(f);
}

static void a_page_comes_with_what_its_headers_say(void **state)
{
    static const struct page PAGES[] = {
        { .path = "/a?b=c", .body = "F\xc3\xb6rderung", .etag = "\"1\"",
          .headers = { "Content-Type", "text/html; a=b; Charset=\"utf-8\"", "Last-Modified", "Sun, 22 Nov 2026 03:00:00 GMT" } },
    };
    (void)state;
    server_start(&server, PAGES, COUNT(PAGES));
    struct mw_fetch *f = fetcher();
    struct mw_ask ask = to("/x/../a?b=c#d");
    ask.tag = &now;
    struct mw_response a = fetch(f, ask);
    assert_int_equal(a.outcome, MW_GOT);
    assert_ptr_equal(a.tag, &now);
    assert_int_equal(a.status, 200);
    assert_sv(a.bytes, "F\xc3\xb6rderung");
    assert_sv(a.etag, "\"1\"");
    assert_sv(a.last_modified, "Sun, 22 Nov 2026 03:00:00 GMT");
    assert_sv(a.type, "text/html");
    assert_sv(a.charset, "utf-8");
    assert_true(a.received > (int64_t)a.bytes.n);
    assert_string_equal(server.asked[0].agent, "Mittelweg/0.1 (+mailto:amt@example.org)");
    ask.etag = MW_SV("\"1\"");
    a = fetch(f, ask);
    assert_int_equal(a.outcome, MW_SAME);
    ask.etag = MW_SV("\"0\"");
    assert_int_equal(fetch(f, ask).outcome, MW_GOT);
    assert_int_equal(mw_fetch_next(f, INT64_MAX, &a, NULL), MW_NOT_FOUND);
    mw_fetch_free(f);
    server_stop(&server);
}

static void what_brings_no_page_is_a_failure_with_a_reason(void **state)
{
    static const struct page PAGES[] = {
        { .path = "/202", .status = 202, .body = "please wait" }, { .path = "/empty" }, { .path = "/204", .status = 204 },
        { .path = "/404", .status = 404, .body = "gone" }, { .path = "/403", .status = 403, .body = "no" },
        { .path = "/304", .status = 304 }, { .path = "/301", .status = 301, .body = "no address" },
        { .path = "/206", .status = 206, .body = "part" }, { .path = "/500", .status = 500, .body = "x" },
        { .path = "/cut", .body = "0123456789", .repeat = 100, .cut = 500 },
        { .path = "/loop", .status = 302, .headers = { "Location", "/loop" } },
        { .path = "/mail", .status = 302, .headers = { "Location", "mailto:amt@example.org" } },
        { .path = "/file", .status = 302, .headers = { "Location", "file:///etc/passwd" } },
        { .path = "/big", .body = "0123456789", .repeat = 1000 },
        { .path = "/bomb", .body = "0000000000000000", .repeat = 1 << 20, .gzip = true },
        { .path = "/garbage", .body = "this is not compressed", .headers = { "Content-Encoding", "gzip" } },
    };
    static const struct {
        const char *path, *says;
        int tries;
    } CASES[] = {
        { "/202", "human", 1 }, { "/empty", "empty page", 1 }, { "/204", "empty page", 1 }, { "/404", "status 404", 1 },
        { "/403", "status 403", 1 }, { "/304", "status 304", 1 }, { "/301", "status 301", 1 }, { "/206", "status 206", 1 },
        { "/500", "status 500", MW_FETCH_TRIES }, { "/cut", "does not answer", MW_FETCH_TRIES }, { "/loop", "without end", MW_FETCH_HOPS + 1 },
        { "/mail", "something else than a page", 1 }, { "/file", "something else than a page", 1 }, { "/big", "larger than 5000 bytes", 1 },
        { "/bomb", "larger than 5000 bytes", 1 }, { "/garbage", "does not answer", 1 },
    };
    (void)state;
    server_start(&server, PAGES, COUNT(PAGES));
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_fetch *f = fetcher(); /* each its own, so that no breaker trips */
        struct mw_ask ask = to(CASES[i].path);
        ask.max = 5000;
        struct mw_response a = fetch(f, ask);
        if (a.outcome != MW_FAILED || a.why.msg == NULL || strstr(a.why.msg, CASES[i].says) == NULL || a.tries != CASES[i].tries)
            fail_msg("%s: %d tries, \"%s\"", CASES[i].path, a.tries, a.why.msg != NULL ? a.why.msg : "nothing said");
        assert_true(a.bytes.p == NULL && a.received < 100000);
        mw_fetch_free(f);
    }
    server_stop(&server);
}

static void redirects_are_followed_and_said(void **state)
{
    static const struct page PAGES[] = {
        { .path = "/a", .status = 301, .headers = { "Location", "b/c?d" } }, { .path = "/b/c?d", .status = 307, .headers = { "Location", "../e#f" } },
        { .path = "/e", .body = "here" }, { .path = "/post", .status = 307, .headers = { "Location", "/e" } },
        { .path = "/see", .status = 303, .headers = { "Location", "/e" } },
    };
    (void)state;
    server_start(&server, PAGES, COUNT(PAGES));
    struct mw_fetch *f = fetcher();
    struct mw_response a = fetch(f, to("/a"));
    assert_sv(a.bytes, "here");
    assert_true(mw_sv_ends(a.url, MW_SV("/e")));
    struct mw_ask ask = to("/post");
    ask.body = MW_SV("{\"q\": 1}");
    ask.type = MW_SV("application/json");
    assert_int_equal(fetch(f, ask).outcome, MW_GOT);
    assert_string_equal(server.asked[4].body, "{\"q\": 1}"); /* 307 keeps the question, 303 does not */
    assert_string_equal(server.asked[4].type, "application/json");
    ask.url = to("/see").url;
    assert_int_equal(fetch(f, ask).outcome, MW_GOT);
    assert_string_equal(server.asked[6].body, "");
    assert_string_equal(server.asked[6].type, ""); /* a GET again, through the handle of a POST */
    mw_fetch_free(f);
    server_stop(&server);
}

static void only_public_addresses_are_asked(void **state)
{
    static const struct page PAGES[] = { { .path = "/a", .body = "secret" }, { .path = "/robots.txt", .body = "" } };
    (void)state;
    server_start(&server, PAGES, COUNT(PAGES));
    struct mw_fetch *f = fetcher();
    static const char *const HOSTS[] = { "127.0.0.1", "0x7f.1", "2130706433", "localhost", "[::ffff:127.0.0.1]", "127.1" };
    for (size_t i = 0; i < 2 * COUNT(HOSTS); i++) {
        char url[100];
        snprintf(url, sizeof url, "http://%s:%d/a", HOSTS[i / 2], server.port);
        struct mw_ask ask = { .url = mw_sv(url), .no_robots = i % 2 == 0 };
        struct mw_response a = fetch(f, ask);
        if (a.outcome != MW_FAILED || strstr(a.why.msg, "not public") == NULL)
            fail_msg("%s: %s", url, a.why.msg != NULL ? a.why.msg : "answered");
    }
    assert_int_equal(server.n_asked, 0);
    struct mw_ask ask = to("/a");
    assert_int_equal(fetch(f, ask).outcome, MW_GOT); /* an open connection is no way around */
    ask.allow_private = false;
    assert_int_equal(fetch(f, ask).outcome, MW_FAILED);
    assert_int_equal(server.n_asked, 1);
    mw_fetch_free(f);
    server_stop(&server);
}

static void addresses_are_public_as_the_registries_say(void **state)
{
    static const struct {
        const char *address;
        bool is_public;
    } CASES[] = {
        { "8.8.8.8", true }, { "0.0.0.0", false }, { "10.1.2.3", false }, { "100.63.255.255", true }, { "100.64.0.0", false },
        { "100.127.255.255", false }, { "100.128.0.0", true }, { "127.8.8.8", false }, { "169.254.169.254", false },
        { "172.15.0.1", true }, { "172.16.0.1", false }, { "172.31.255.255", false }, { "172.32.0.1", true }, { "192.168.0.1", false },
        { "192.0.0.8", false }, { "198.17.255.255", true }, { "198.19.0.1", false }, { "203.0.113.9", false }, { "223.255.255.255", true },
        { "224.0.0.1", false }, { "255.255.255.255", false }, { "2a00:1450:4001::1", true }, { "::1", false }, { "::", false },
        { "fe80::1", false }, { "fc00::1", false }, { "fd12::1", false }, { "ff02::1", false }, { "2001:db8::1", false },
        { "2001::1", false }, { "::ffff:10.0.0.1", false }, { "::ffff:8.8.8.8", true }, { "64:ff9b::7f00:1", false },
        { "64:ff9b::808:808", true }, { "2002:7f00:1::", false }, { "2002:808:808::", true }, { "64:ff9b:1::808:808", false },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct sockaddr_in v4 = { .sin_family = AF_INET };
        struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };
        bool four = inet_pton(AF_INET, CASES[i].address, &v4.sin_addr) == 1;
        assert_true(four || inet_pton(AF_INET6, CASES[i].address, &v6.sin6_addr) == 1);
        if (mw_address_public(four ? (struct sockaddr *)&v4 : (struct sockaddr *)&v6) != CASES[i].is_public)
            fail_msg("%s", CASES[i].address);
    }
}

static void a_busy_site_is_asked_again_when_it_says(void **state)
{
    static const struct page PAGES[] = {
        { .path = "/429", .body = "a", .refusals = 2, .refusal = 429, .headers = { "Retry-After", "90" } },
        { .path = "/date", .body = "a", .refusals = 1, .refusal = 503,
          .headers = { "Retry-After", "Sun, 22 Nov 2026 03:05:00 GMT", "Date", "Sun, 22 Nov 2026 03:00:00 GMT" } },
        { .path = "/years", .body = "a", .refusals = 1, .refusal = 503, .headers = { "Retry-After", "99999999" } },
        { .path = "/500", .body = "a", .refusals = 3, .refusal = 500 }, { .path = "/other", .body = "b" },
    };
    (void)state;
    server_start(&server, PAGES, COUNT(PAGES));
    struct mw_fetch *f = fetcher();
    struct mw_ask ask = to("/429"), other = to("/other");
    assert_int_equal(mw_fetch_ask(f, &ask, NULL), MW_OK);
    assert_int_equal(mw_fetch_ask(f, &other, NULL), MW_OK);
    struct mw_response a = next(f);
    assert_sv(a.bytes, "b"); /* the other page waits, too: the site was asked to be spared */
    assert_true(now >= 90000);
    a = next(f);
    assert_int_equal(a.outcome, MW_GOT);
    assert_int_equal(a.tries, 3);
    assert_int_equal(now, 180000);
    int64_t before = now;
    assert_int_equal(fetch(f, to("/date")).outcome, MW_GOT);
    assert_int_equal(now - before, 300000);
    before = now;
    assert_int_equal(fetch(f, to("/years")).outcome, MW_FAILED);
    assert_true(now - before < 60000); /* nobody waits for years */
    mw_fetch_free(f);
    f = fetcher();
    a = fetch(f, to("/500"));
    assert_int_equal(a.outcome, MW_GOT);
    assert_int_equal(a.tries, 4);
    assert_true(now > 0 && now <= 2000 + 4000 + 8000); /* at random below bounds that double */
    mw_fetch_free(f);
    server_stop(&server);
}

static void a_site_that_fails_again_and_again_is_left_alone(void **state)
{
    static const struct page PAGES[] = { { .path = "/*", .status = 500, .body = "x" } };
    (void)state;
    server_start(&server, PAGES, COUNT(PAGES));
    struct mw_fetch *f = fetcher();
    for (int i = 0; i < 50; i++) {
        struct mw_ask ask = to("/a");
        assert_int_equal(mw_fetch_ask(f, &ask, NULL), MW_OK);
    }
    for (int i = 0; i < 50; i++)
        assert_int_equal(next(f).outcome, MW_FAILED);
    assert_int_equal(server.n_asked, MW_FETCH_FAILURES + MW_FETCH_TRIPS - 1);
    assert_true(now >= 60000 + 120000);
    assert_int_equal(fetch(f, to("/b")).outcome, MW_FAILED);
    assert_int_equal(server.n_asked, MW_FETCH_FAILURES + MW_FETCH_TRIPS - 1);
    mw_fetch_free(f);
    server_stop(&server);
}

static void every_site_has_its_pace(void **state)
{
    static const struct page PAGES[] = {
        { .path = "/robots.txt", .body = "User-agent: *\nDisallow: /private\nCrawl-delay: 3\n" }, { .path = "/*", .body = "x" },
    };
    (void)state;
    server_start(&server, PAGES, COUNT(PAGES));
    struct mw_fetch *f = fetcher();
    for (int i = 0; i < 4; i++) {
        struct mw_ask ask = to(i == 3 ? "/private/a" : "/a");
        ask.no_robots = false;
        ask.delay_ms = 1000;
        assert_int_equal(mw_fetch_ask(f, &ask, NULL), MW_OK);
    }
    static const int64_t AT[] = { 1000, 4000, 7000 }; /* robots.txt at 0; it asks for three seconds */
    for (int i = 0; i < 3; i++) {
        assert_int_equal(next(f).outcome, MW_GOT);
        assert_int_equal(now, AT[i]);
    }
    struct mw_response a = next(f);
    assert_int_equal(a.outcome, MW_FORBIDDEN);
    assert_non_null(strstr(a.why.msg, "/private/a"));
    assert_int_equal(server_asked(&server, "/robots.txt"), 1);
    assert_int_equal(server_asked(&server, "/private/a"), 0);
    mw_fetch_free(f);
    server_stop(&server);
}

static void robots_txt_is_read_as_its_answer_means(void **state)
{
    static const struct {
        struct page robots;
        enum mw_outcome want;
    } CASES[] = {
        { { .path = "/robots.txt", .status = 404, .body = "none" }, MW_GOT },
        { { .path = "/robots.txt", .status = 403, .body = "no" }, MW_GOT },
        { { .path = "/robots.txt", .body = "" }, MW_GOT },
        { { .path = "/robots.txt", .status = 503, .body = "later" }, MW_FAILED },
        { { .path = "/robots.txt", .status = 302, .headers = { "Location", "/r" } }, MW_FORBIDDEN },
        { { .path = "/robots.txt", .status = 302, .headers = { "Location", "/robots.txt" } }, MW_FAILED },
        { { .path = "/robots.txt", .body = "User-agent: Mittelweg\nDisallow: /\n#" , .repeat = 40000 }, MW_FORBIDDEN }, /* a beginning is read */
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct page pages[] = { CASES[i].robots, { .path = "/a", .body = "x" }, { .path = "/r", .body = "User-agent: *\nDisallow: /a\n" } };
        server_start(&server, pages, COUNT(pages));
        struct mw_fetch *f = fetcher();
        struct mw_ask ask = to("/a");
        ask.no_robots = false;
        struct mw_response a = fetch(f, ask);
        if (a.outcome != CASES[i].want)
            fail_msg("case %zu: %d, %s", i, (int)a.outcome, a.why.msg != NULL ? a.why.msg : "");
        mw_fetch_free(f);
        server_stop(&server);
    }
}

static void a_redirect_obeys_the_robots_txt_of_where_it_leads(void **state)
{
    static const struct page PAGES[] = {
        { .path = "/robots.txt", .body = "User-agent: *\nDisallow: /secret\n" },
        { .path = "/a", .status = 302, .headers = { "Location", "/secret" } }, { .path = "/secret", .body = "x" },
    };
    (void)state;
    server_start(&server, PAGES, COUNT(PAGES));
    struct mw_fetch *f = fetcher();
    struct mw_ask ask = to("/a");
    ask.no_robots = false;
    assert_int_equal(fetch(f, ask).outcome, MW_FORBIDDEN);
    assert_int_equal(server_asked(&server, "/secret"), 0);
    mw_fetch_free(f);
    server_stop(&server);
}

static void big_answers_go_to_a_file(void **state)
{
    static const struct page PAGES[] = { { .path = "/a", .body = "0123456789", .repeat = 20000, .gzip = true } };
    char path[] = "/tmp/mw-fetch-XXXXXX";
    (void)state;
    server_start(&server, PAGES, COUNT(PAGES));
    struct mw_fetch *f = fetcher();
    close(mkstemp(path));
    struct mw_ask ask = to("/a");
    ask.path = path;
    struct mw_response a = fetch(f, ask);
    assert_int_equal(a.outcome, MW_GOT);
    assert_string_equal(a.path, path);
    FILE *file = fopen(path, "rb");
    fseek(file, 0, SEEK_END);
    assert_int_equal(ftell(file), 200000);
    fclose(file);
    remove(path);
    ask.path = "/nowhere/a";
    a = fetch(f, ask);
    assert_int_equal(a.outcome, MW_FAILED);
    assert_int_equal(a.why.rc, MW_OUTPUT);
    ask.path = "/dev/full";
    assert_int_equal(fetch(f, ask).why.rc, MW_OUTPUT);
    mw_fetch_free(f);
    server_stop(&server);
}

static void time_can_run_out_and_what_waits_is_dropped(void **state)
{
    static const struct page PAGES[] = { { .path = "/a", .body = "x" } };
    struct mw_response a;
    (void)state;
    server_start(&server, PAGES, COUNT(PAGES));
    struct mw_fetch *f = fetcher();
    for (int i = 0; i < 10; i++) {
        struct mw_ask ask = to("/a");
        ask.delay_ms = 1000;
        assert_int_equal(mw_fetch_ask(f, &ask, NULL), MW_OK);
    }
    int got = 0;
    while (mw_fetch_next(f, 4500, &a, NULL) == MW_OK)
        got++;
    assert_int_equal(got, 5);
    assert_int_equal(now, 4500);
    assert_int_equal(mw_fetch_waiting(f), 5);
    mw_fetch_free(f);
    server_stop(&server);
}

static void thousands_of_pages_come_each_once(void **state)
{
    static const struct page PAGES[] = { { .path = "/*", .body = "0123456789abcdef", .repeat = 1250 } };
    static char seen[3000];
    char url[100];
    (void)state;
    server_start(&server, PAGES, COUNT(PAGES));
    struct mw_fetch *f = fetcher();
    memset(seen, 0, sizeof seen);
    for (size_t i = 0; i < COUNT(seen); i++) {
        snprintf(url, sizeof url, "http://127.0.0.1:%d/%zu", server.port, i);
        struct mw_ask ask = { .url = mw_sv(url), .no_robots = true, .allow_private = true, .connections = 8, .tag = &seen[i] };
        assert_int_equal(mw_fetch_ask(f, &ask, NULL), MW_OK);
    }
    for (size_t i = 0; i < COUNT(seen); i++) {
        struct mw_response a = next(f);
        assert_int_equal(a.bytes.n, 20000);
        assert_int_equal((*(char *)a.tag)++, 0);
    }
    mw_fetch_free(f);
    server_stop(&server);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_comes_with_what_its_headers_say),
        cmocka_unit_test(what_brings_no_page_is_a_failure_with_a_reason),
        cmocka_unit_test(redirects_are_followed_and_said),
        cmocka_unit_test(only_public_addresses_are_asked),
        cmocka_unit_test(addresses_are_public_as_the_registries_say),
        cmocka_unit_test(a_busy_site_is_asked_again_when_it_says),
        cmocka_unit_test(a_site_that_fails_again_and_again_is_left_alone),
        cmocka_unit_test(every_site_has_its_pace),
        cmocka_unit_test(robots_txt_is_read_as_its_answer_means),
        cmocka_unit_test(a_redirect_obeys_the_robots_txt_of_where_it_leads),
        cmocka_unit_test(big_answers_go_to_a_file),
        cmocka_unit_test(time_can_run_out_and_what_waits_is_dropped),
        cmocka_unit_test(thousands_of_pages_come_each_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
