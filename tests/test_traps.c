/* Portals that do harm, by intent or by accident, and what becomes of a source that meets them. Each test is one habit of theirs.
 * The crawl is whole but for its sink, which writes down what it is told; time is a number, so that waiting takes none. */
#include <pthread.h>
#include <unistd.h>

#include "crawler/crawl.h"
#include "lib/core/read.h"
#include "tests/server.h"

static struct server server;

struct trip { /* one crawl, and what the sink was told */
    int64_t now, before;
    char taken[64][200], titles[64][200], lost[64][200];
    size_t n_taken, n_lost, n_ended;
    int64_t ahead[64]; /* what was still to come, after each answer */
    size_t n_ahead;
    struct mw_run run;
    struct mw_arena *a;
    int64_t pause_ms; /* what the sink takes for each notice */
};

/* --- the sink ---------------------------------------------------------------------------------------------------------------- */
static enum mw_rc begin(void *ctx, const struct mw_source *s, struct mw_sv at, struct mw_err *err)
{
    (void)ctx, (void)s, (void)at, (void)err;
    return MW_OK;
}
static enum mw_rc known(void *ctx, struct mw_arena *a, const char *source, struct mw_sv url, struct mw_known *out, struct mw_err *err)
{
    (void)ctx, (void)a, (void)source, (void)url, (void)err;
    *out = (struct mw_known){ 0 };
    return MW_OK;
}
static enum mw_rc fetched(void *ctx, const struct mw_fetched *f, struct mw_err *err)
{
    (void)ctx, (void)f, (void)err;
    return MW_OK;
}
static enum mw_rc take(void *ctx, struct mw_arena *a, const struct mw_source *s, const struct mw_address *from, struct mw_notice *n,
                       const void *prepared, enum mw_took *how, struct mw_err *err)
{
    struct trip *t = ctx;
    (void)a, (void)s, (void)from, (void)prepared, (void)err;
    assert_true(t->n_taken < COUNT(t->taken));
    snprintf(t->taken[t->n_taken], sizeof t->taken[0], "%.*s", MW_SV_ARG(n->url));
    snprintf(t->titles[t->n_taken++], sizeof t->titles[0], "%.*s", MW_SV_ARG(n->title));
    *how = MW_TOOK_NEW;
    t->now += t->pause_ms;
    if (t->pause_ms > 0)
        nanosleep(&(struct timespec){ 0, 2000000 }, NULL);
    return MW_OK;
}
static enum mw_rc unchanged(void *ctx, const char *source, struct mw_sv url, struct mw_sv at, int64_t *notices, struct mw_err *err)
{
    (void)ctx, (void)source, (void)url, (void)at, (void)err;
    *notices = 1;
    return MW_OK;
}
static enum mw_rc lost(void *ctx, const char *source, struct mw_sv url, int64_t status, struct mw_sv why, struct mw_sv at, struct mw_err *err)
{
    struct trip *t = ctx;
    (void)source, (void)url, (void)status, (void)at, (void)err;
    assert_true(t->n_lost < COUNT(t->lost));
    snprintf(t->lost[t->n_lost++], sizeof t->lost[0], "%.*s", MW_SV_ARG(why));
    return MW_OK;
}
static enum mw_rc expected(void *ctx, const char *source, int64_t *n, struct mw_err *err)
{
    (void)source, (void)err;
    *n = ((struct trip *)ctx)->before;
    return MW_OK;
}
static enum mw_rc end(void *ctx, struct mw_run *run, struct mw_err *err)
{
    (void)run, (void)err;
    ((struct trip *)ctx)->n_ended++;
    return MW_OK;
}

/* --- the crawl --------------------------------------------------------------------------------------------------------------- */
static int64_t now_ms(void *ctx) { return ((struct trip *)ctx)->now; }
static void sleep_ms(void *ctx, int64_t ms) { ((struct trip *)ctx)->now += ms; }
static int64_t utc_s(void *ctx) { return 1795000000 + ((struct trip *)ctx)->now / 1000; }

static void watch(void *ctx, const struct mw_run *run, bool answered)
{
    struct trip *t = ctx;
    if (answered && t->n_ahead < COUNT(t->ahead))
        t->ahead[t->n_ahead++] = run->ahead;
}

static struct mw_parser *parser; /* begun before any thread is */

/* Crawls the portal of these pages, whose first list is /list?page=1. more: further keys of the source's file. beside: another source
 * that is crawled with it, and how long the sink takes for each notice. */
static struct trip *travel_beside(const struct page *pages, size_t n, int64_t before, const char *more, const struct mw_source *beside, int64_t pause_ms)
{
    static struct trip t;
    char folder[] = "/tmp/mw-traps-XXXXXX", path[100];
    struct mw_source *loaded = NULL;
    struct mw_run runs[2] = { 0 };
    struct mw_labels *labels;
    MW_AUTO(mw_err_clear) struct mw_err err = MW_ERR_INIT(MW_EN);
    struct mw_diags diags = { .lang = MW_EN };
    const struct mw_sink sink = { .ctx = &t, .begin = begin, .known = known, .fetched = fetched, .take = take, .unchanged = unchanged,
                                  .failed = lost, .expected = expected, .end = end };

    mw_arena_free(t.a);
    memset(&t, 0, sizeof t);
    t.before = before;
    t.pause_ms = pause_ms;
    t.a = mw_arena_new();
    server_start(&server, pages, n);
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/amt.yaml", folder);
    FILE *f = fopen(path, "w");
    fprintf(f, "source: amt\ntitle: Amt\nlevel: land\nland: NW\nkind: html\naddresses: \"http://127.0.0.1:%d/list?page=1\"\n"
            "verified: {on: 2026-11-22, against: the test}\nenabled: yes\npoliteness: {delay_ms: 0, robots: no}\nread: {main: //main}\n"
            "list: {records: //li, link: .//a/@href, next: \"//a[@class='next']/@href\"}\n%s", server.port, more);
    fclose(f);
    assert_int_equal(mw_source_load(&loaded, t.a, path, &diags), MW_OK);
    assert_int_equal(mw_labels_load(&labels, t.a, "config/labels.yaml", &diags), MW_OK);
    const struct mw_source *const sources[] = { loaded, beside };
    size_t n_sources = beside != NULL ? 2 : 1;
    struct mw_crawl_opts opts = { .clock = { &t, now_ms, sleep_ms }, .utc_s = utc_s, .agent = "Mittelweg/0.1", .seed = 1, .allow_private = true,
                                  .folder = folder, .lang = MW_EN, .ctx = &t, .progress = watch };
    assert_int_equal(mw_crawl(runs, t.a, sources, n_sources, parser, labels, &sink, &opts, &err), MW_OK);
    assert_int_equal(t.n_ended, n_sources);
    t.run = runs[0];
    unlink(path);
    assert_int_equal(rmdir(folder), 0);
    server_stop(&server);
    return &t;
}

static struct trip *travel(const struct page *pages, size_t n, int64_t before, const char *more)
{
    return travel_beside(pages, n, before, more, NULL, 0);
}

#define assert_trip(t, want_taken, want_lost, want_complete)                                                                      \
    do {                                                                                                                           \
        if ((t)->n_taken != (want_taken) || (t)->n_lost != (want_lost) || (t)->run.complete != (want_complete))                    \
            fail_msg("%zu taken, %zu lost (%s), %s: %.*s", (t)->n_taken, (t)->n_lost, (t)->lost[0],                                \
                     (t)->run.complete ? "complete" : "not complete", MW_SV_ARG((t)->run.reason));                                 \
    } while (0)
#define assert_reason(t, part)                                                                                                    \
    do {                                                                                                                           \
        if (mw_sv_find((t)->run.reason, MW_SV(part), 0) == SIZE_MAX)                                                               \
            fail_msg("\"%s\" is not said: %.*s", part, MW_SV_ARG((t)->run.reason));                                                \
    } while (0)

#define HTML "Content-Type", "text/html; charset=utf-8"
#define NOTICE "<main><h1>Programm</h1><p>Text.</p></main>"
static const char TEN[] = "<ul><li><a href='/n/0'>a</a><li><a href='/n/1'>a</a><li><a href='/n/2'>a</a><li><a href='/n/3'>a</a>"
                          "<li><a href='/n/4'>a</a><li><a href='/n/5'>a</a><li><a href='/n/6'>a</a><li><a href='/n/7'>a</a>"
                          "<li><a href='/n/8'>a</a><li><a href='/n/9'>a</a></ul>";

static int page_number(const char *path) { return atoi(strchr(path, '=') + 1); }

/* --- lists without end --------------------------------------------------------------------------------------------------------- */
static void make_calendar(struct server *s, const char *path, struct mw_str *out)
{
    (void)s;
    mw_str_addf(out, "<ul><li><a href='/n/1'>a</a><li><a href='/n/2'>b</a></ul><a class='next' href='/list?page=%d'>next month</a>",
                page_number(path) + 1);
}

static void make_inventing_calendar(struct server *s, const char *path, struct mw_str *out)
{
    (void)s;
    mw_str_addf(out, "<ul><li><a href='/n/%d'>a</a></ul><a class='next' href='/list?page=%d'>next month</a>", page_number(path), page_number(path) + 1);
}

static void make_honest_list(struct server *s, const char *path, struct mw_str *out)
{
    int n = page_number(path), last = 30;
    (void)s;
    mw_str_addz(out, "<ul><li><a href='/n/1'>always on top</a>");
    if (n < 9 || n > 17) /* nine pages in the middle repeat what stood there */
        mw_str_addf(out, "<li><a href='/n/%d'>a</a>", n);
    mw_str_addf(out, "</ul>%s", n < last ? "" : "<p>the end</p>");
    if (n < last)
        mw_str_addf(out, "<a class='next' href='/list?page=%d'>more</a>", n + 1);
}

static void make_circle(struct server *s, const char *path, struct mw_str *out)
{
    (void)s;
    mw_str_addf(out, "<ul><li><a href='/n/%d'>a</a></ul><a class='next' href='/list?page=%d'>more</a>", page_number(path), page_number(path) % 3 + 1);
}

static void a_calendar_whose_months_bring_nothing_new_is_left(void **state)
{
    static const struct page PAGES[] = { { .path = "/list*", .make = make_calendar, .headers = { HTML } }, { .path = "/n/*", .body = NOTICE } };
    (void)state;
    struct trip *t = travel(PAGES, COUNT(PAGES), -1, "");
    assert_trip(t, 2, 0, false);
    assert_reason(t, "nothing new");
    assert_int_equal(server.n_asked, 1 + 10 + 2);
}

static void a_calendar_that_invents_pages_ends_at_the_limit_of_the_source(void **state)
{
    static const struct page PAGES[] = { { .path = "/list*", .make = make_inventing_calendar, .headers = { HTML } },
                                         { .path = "/n/*", .body = NOTICE } };
    (void)state;
    struct trip *t = travel(PAGES, COUNT(PAGES), -1, "limits: {pages: 25}\n");
    assert_trip(t, 25, 0, false);
    assert_reason(t, "limits.pages");
}

static void a_long_list_that_repeats_itself_for_a_while_is_followed_to_its_end(void **state)
{
    static const struct page PAGES[] = { { .path = "/list*", .make = make_honest_list, .headers = { HTML } }, { .path = "/n/*", .body = NOTICE } };
    (void)state;
    assert_trip(travel(PAGES, COUNT(PAGES), -1, ""), 30 - 9, 0, true);
}

static void pages_that_lead_in_a_circle_are_read_once(void **state)
{
    static const struct page PAGES[] = { { .path = "/list*", .make = make_circle, .headers = { HTML } }, { .path = "/n/*", .body = NOTICE } };
    (void)state;
    assert_trip(travel(PAGES, COUNT(PAGES), -1, ""), 3, 0, true);
    assert_int_equal(server.n_asked, 3 + 3);
}

static void rows_that_come_again_are_asked_for_once(void **state)
{
    static const struct page PAGES[] = {
        { .path = "/list?page=1", .body = "<ul><li><a href='/n/1'>a</a><li><a href='/n/2#top'>b</a><li><a href='/x/../n/1'>a</a></ul>"
                                          "<a class='next' href='?page=2'>more</a>" },
        { .path = "/list?page=2", .body = "<ul><li><a href='/n/2'>b</a><li><a href='/n/3'>c</a><li><a href='/n/2'>b</a></ul>" },
        { .path = "/n/*", .body = NOTICE },
    };
    (void)state;
    struct trip *t = travel(PAGES, COUNT(PAGES), -1, "");
    assert_trip(t, 3, 0, true);
    assert_int_equal(t->run.tally.repeated, 3);
    assert_int_equal(server.n_asked, 2 + 3);
}

/* <link rel=canonical> in a template: every page calls itself the list, the portal, or by one made-up name. */
static const char *canonical;
static void make_misnamed(struct server *s, const char *path, struct mw_str *out)
{
    (void)s;
    mw_str_addf(out, "<html><head><link rel=canonical href='%s'></head><main><h1>Programm %s</h1><p>Text.</p></main>", canonical,
                strstr(canonical, "same") != NULL ? "" : path + 3);
}

static void pages_that_all_call_themselves_alike_are_pages_of_their_own(void **state)
{
    static const struct page PAGES[] = { { .path = "/list*", .body = TEN }, { .path = "/n/*", .make = make_misnamed } };
    static const struct { const char *canonical; size_t want; } CASES[] = {
        { "/list?page=1", 10 }, { "/", 10 }, { "/detail", 10 }, { "/same", 1 }, /* one title: one programme under ten addresses */
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        canonical = CASES[i].canonical;
        assert_trip(travel(PAGES, COUNT(PAGES), -1, ""), CASES[i].want, 0, true);
    }
}

static void a_list_that_shrank_is_not_believed(void **state)
{
    static const struct page PAGES[] = { { .path = "/list*", .body = TEN }, { .path = "/n/*", .body = NOTICE } };
    (void)state;
    assert_trip(travel(PAGES, COUNT(PAGES), 12, ""), 10, 0, true); /* a fifth may go */
    struct trip *t = travel(PAGES, COUNT(PAGES), 13, "");
    assert_trip(t, 10, 0, false);
    assert_reason(t, "had 13 notices and now has 10");
}

static void who_watches_is_told_how_much_is_still_to_come(void **state)
{
    static const struct page PAGES[] = { { .path = "/list*", .body = TEN }, { .path = "/n/*", .body = NOTICE } };
    (void)state;
    struct trip *t = travel(PAGES, COUNT(PAGES), -1, "");
    assert_int_equal(t->n_ahead, 1 + 11 + 1);
    assert_int_equal(t->ahead[0], -1); /* nobody knows how long the list is */
    for (int i = 0; i <= 10; i++)
        assert_int_equal(t->ahead[1 + i], 10 - i);
    assert_int_equal(t->ahead[12], 0);
    assert_int_equal(travel(PAGES, COUNT(PAGES), 12, "")->ahead[0], 12); /* as many as last time */
}

/* --- answers that are none ------------------------------------------------------------------------------------------------------ */
/* 53 bytes of brotli that become 64 MB of the digit 0 (brotli -q 11 -w 24). */
static const char BROTLI_BOMB[] =
    "\xcf\xff\xff\x7f\xf8\x25\x60\xe2\xb1\x40\x20\xf7\xfe\x9f\xff\xff\xff\xf0\x4b\x00\xc4\x61\x01\x80\xee\xfd\x3f\xff\xff\xff\xe1\x97\x00"
    "\x88\xc3\x22\x00\xdd\xfb\xff\xfc\xff\xff\xc7\x2f\x01\x10\x87\x05\x00\xba\xf7\xff";
static void make_brotli(struct server *s, const char *path, struct mw_str *out)
{
    (void)s, (void)path;
    mw_str_add(out, mw_sv_n(BROTLI_BOMB, sizeof BROTLI_BOMB - 1));
}

/* What one page in ten does is its own loss: the others are taken, and it is told why. */
static void a_page_that_cannot_be_used_is_a_failure_of_its_own(void **state)
{
    static const struct {
        struct page page;
        const char *says;
        size_t asked; /* of /n/4 */
    } CASES[] = {
        { { .path = "/n/4", .status = 202, .body = NOTICE }, "human", 1 },
        { { .path = "/n/4", .body = "" }, "empty page", 1 },
        { { .path = "/n/4", .body = "<h1>Are you human?</h1><p>Please wait.</p>", .headers = { HTML } }, "read.main", 1 },
        { { .path = "/n/4", .body = NOTICE, .repeat = 100, .cut = 500 }, "does not answer", MW_FETCH_TRIES },
        { { .path = "/n/4", .body = NOTICE, .repeat = 100, .cut = 500, .chunked = true }, "does not answer", MW_FETCH_TRIES },
        { { .path = "/n/4", .body = NOTICE, .repeat = 100, .cut = 60, .gzip = true }, "does not answer", MW_FETCH_TRIES },
        { { .path = "/n/4", .body = "0000000000000000", .repeat = 1 << 22, .gzip = true }, "larger than 1048576 bytes", 1 },
        { { .path = "/n/4", .make = make_brotli, .headers = { "Content-Encoding", "br" } }, "larger than 1048576 bytes", 1 },
        { { .path = "/n/4", .body = "no brotli at all", .headers = { "Content-Encoding", "br" } }, "does not answer", 1 },
        { { .path = "/n/4", .status = 302, .headers = { "Location", "/n/4" } }, "without end", MW_FETCH_HOPS + 1 },
        { { .path = "/n/4", .status = 301, .headers = { "Location", "http://169.254.169.254/latest/" } }, "not public", 1 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const struct page pages[] = { { .path = "/list*", .body = TEN }, CASES[i].page, { .path = "/n/*", .body = NOTICE } };
        struct trip *t = travel(pages, COUNT(pages), 10, "limits: {megabytes: 1}\n");
        if (t->n_taken != 9 || t->n_lost != 1 || !t->run.complete || strstr(t->lost[0], CASES[i].says) == NULL ||
            server_asked(&server, "/n/4") != CASES[i].asked)
            fail_msg("case %zu: %zu taken, %zu lost, asked %zu times: %s %.*s", i, t->n_taken, t->n_lost, server_asked(&server, "/n/4"),
                     t->lost[0], MW_SV_ARG(t->run.reason));
        assert_true(t->run.bytes < 1 << 20);
    }
}

static void a_portal_that_asks_everywhere_whether_we_are_human_is_not_believed(void **state)
{
    static const struct page PAGES[] = { { .path = "/list*", .body = TEN },
                                         { .path = "/n/*", .body = "<h1>Are you human?</h1>", .headers = { HTML } } },
                             LIST[] = { { .path = "/list*", .status = 202, .body = "wait" } };
    (void)state;
    struct trip *t = travel(PAGES, COUNT(PAGES), -1, "");
    assert_trip(t, 0, 10, false);
    assert_reason(t, "10 of 10 answers could not be used");
    t = travel(LIST, COUNT(LIST), -1, "");
    assert_trip(t, 0, 1, false);
    assert_reason(t, "human");
}

static void a_busy_portal_is_asked_when_it_said_and_nothing_is_lost(void **state)
{
    static const struct page PAGES[] = {
        { .path = "/list*", .body = TEN },
        { .path = "/n/4", .body = NOTICE, .refusals = 2, .refusal = 429, .headers = { "Retry-After", "120" } },
        { .path = "/n/*", .body = NOTICE },
    };
    (void)state;
    struct trip *t = travel(PAGES, COUNT(PAGES), 10, "");
    assert_trip(t, 10, 0, true);
    assert_int_equal(server_asked(&server, "/n/4"), 3);
    assert_int_equal(t->now, 240000);
}

static void a_wrong_charset_is_seen_through(void **state)
{
    static const struct page CASES[] = {
        { .path = "/n/4", .body = "<main><h1>F\xf6rderung f\xfcr alle</h1><p>\x84Stra\xdf" "e\x93 gem\xe4\xdf Nr. 4</p></main>", .headers = { HTML } },
        { .path = "/n/4", .body = "<meta charset=utf-8><main><h1>F\xc3\xb6rderung f\xc3\xbcr alle</h1><p>Stra\xc3\x9f" "e</p></main>",
          .headers = { "Content-Type", "text/html; charset=iso-8859-1" } },
        { .path = "/n/4", .body = "<meta charset=iso-8859-1><main><h1>F\xc3\xb6rderung f\xc3\xbcr alle</h1><p>Stra\xc3\x9f" "e</p></main>",
          .headers = { "Content-Type", "text/html" } },
        { .path = "/n/4", .body = "<main><h1>F\xf6rderung f\xfcr alle</h1><p>Stra\xdf" "e</p></main>", .headers = { "Content-Type", "text/html; charset=nonsense" } },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const struct page pages[] = { { .path = "/list*", .body = "<ul><li><a href='/n/4'>a</a></ul>" }, CASES[i] };
        struct trip *t = travel(pages, COUNT(pages), -1, "");
        if (t->n_taken != 1 || strcmp(t->titles[0], "F\xc3\xb6rderung f\xc3\xbcr alle") != 0)
            fail_msg("case %zu: \"%s\" %s", i, t->titles[0], t->lost[0]);
    }
}

/* --- the house we run in ---------------------------------------------------------------------------------------------------------- */
static void leave_to_ask_one_private_host_is_none_to_ask_another(void **state)
{
    static const struct page SECRETS[] = { { .path = "/*", .body = NOTICE } };
    static struct server other;
    static char away[100];
    struct page pages[] = { { .path = "/list*", .body = TEN },
                            { .path = "/n/4", .status = 302, .headers = { "Location", away } },
                            { .path = "/n/5", .status = 302, .headers = { "Location", "/n/6" } },
                            { .path = "/n/*", .body = NOTICE } };
    (void)state;
    server_start_at(&other, SECRETS, COUNT(SECRETS), "127.0.0.2");
    snprintf(away, sizeof away, "http://127.0.0.2:%d/admin", other.port);
    struct trip *t = travel(pages, COUNT(pages), -1, "");
    assert_trip(t, 9, 1, true);
    assert_non_null(strstr(t->lost[0], "not public"));
    assert_int_equal(other.n_asked, 0);
    server_stop(&other);
}

/* --- who trickles ------------------------------------------------------------------------------------------------------------------ */
struct trickle { /* answers with the head of a page, a byte at a time, without ever coming to its end */
    int fd, port;
};

static void *drip(void *ctx)
{
    static const char HEAD[] = "HTTP/1.1 200 OK\r\nX-Wait: ";
    const struct trickle *t = ctx;
    for (int c; (c = accept(t->fd, NULL, NULL)) >= 0; close(c))
        for (size_t i = 0; send(c, i < sizeof HEAD - 1 ? &HEAD[i] : "a", 1, MSG_NOSIGNAL) == 1; i++)
            nanosleep(&(struct timespec){ 0, 100 * 1000000L }, NULL);
    return NULL;
}

static void trickle_start(struct trickle *t, pthread_t *thread, const char *address)
{
    struct sockaddr_in here = { .sin_family = AF_INET, .sin_addr.s_addr = inet_addr(address) };
    socklen_t n = sizeof here;
    t->fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(t->fd, (struct sockaddr *)&here, sizeof here), 0);
    assert_int_equal(listen(t->fd, 4), 0);
    assert_int_equal(getsockname(t->fd, (struct sockaddr *)&here, &n), 0);
    t->port = ntohs(here.sin_port);
    assert_int_equal(pthread_create(thread, NULL, drip, t), 0);
}

static void who_trickles_is_given_up_and_holds_nobody_up(void **state)
{
    static const struct page FAST[] = { { .path = "/*", .body = "here" } },
                             SLOW[] = { { .path = "/*", .body = "0123456789", .repeat = 100, .stall_ms = 100 } };
    static struct server slow;
    struct trip t = { 0 };
    struct trickle head;
    struct mw_fetch *f;
    struct mw_response got;
    pthread_t thread;
    struct timespec from, to;
    char url[100];
    (void)state;
    server_start(&server, FAST, COUNT(FAST));
    server_start_at(&slow, SLOW, COUNT(SLOW), "127.0.0.2");
    trickle_start(&head, &thread, "127.0.0.3");
    struct mw_fetch_opts opts = { .agent = "Mittelweg/0.1", .clock = { &t, now_ms, sleep_ms }, .seed = 1, .stall_ms = 1000 };
    assert_int_equal(mw_fetch_new(&f, &opts, MW_EN, NULL), MW_OK);
    for (int i = 0; i < 42; i++) {
        snprintf(url, sizeof url, "http://127.0.0.%d:%d/%d", i == 0 ? 2 : i == 1 ? 3 : 1, i == 0 ? slow.port : i == 1 ? head.port : server.port, i);
        struct mw_ask ask = { .url = mw_sv(url), .no_robots = true, .allow_private = true, .tag = i < 2 ? &slow : NULL };
        assert_int_equal(mw_fetch_ask(f, &ask, NULL), MW_OK);
    }
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (int i = 0; i < 42; i++) {
        assert_int_equal(mw_fetch_next(f, INT64_MAX, &got, NULL), MW_OK);
        if (i < 40) { /* one after the other, while the slow ones trickle */
            assert_null(got.tag);
            assert_int_equal(got.outcome, MW_GOT);
        } else {
            assert_ptr_equal(got.tag, &slow);
            assert_int_equal(got.outcome, MW_FAILED);
            assert_int_equal(got.tries, MW_FETCH_TRIES);
            assert_non_null(strstr(got.why.msg, "too slow"));
        }
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    assert_true(to.tv_sec - from.tv_sec < 20);
    mw_fetch_free(f);
    shutdown(head.fd, SHUT_RDWR);
    pthread_join(thread, NULL);
    close(head.fd);
    server_stop(&slow);
    server_stop(&server);
}

static void while_one_big_answer_is_read_the_other_sources_go_on(void **state)
{
    static const struct page PAGES[] = { { .path = "/list*", .body = TEN, .headers = { HTML } }, { .path = "/n/*", .body = NOTICE, .headers = { HTML } } };
    enum { RECORDS = 40 };
    char folder[] = "/tmp/mw-traps-XXXXXX", path[60], yaml[60];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/akte.json", folder);
    snprintf(yaml, sizeof yaml, "%s/akte.yaml", folder);
    FILE *f = fopen(path, "w");
    struct mw_source *big = NULL;
    struct mw_arena *a = mw_arena_new();
    struct mw_diags diags = { .lang = MW_EN };
    (void)state;

    fputc('[', f);
    for (int i = 0; i < RECORDS; i++)
        fprintf(f, "%s{\"url\": \"https://akte.example/%d\", \"title\": \"Programm\"}", i > 0 ? "," : "", i);
    fputc(']', f);
    fclose(f);
    f = fopen(yaml, "w");
    fprintf(f, "source: akte\ntitle: Akte\nlevel: bund\nkind: json\naddresses: \"file:%s\"\nverified: {on: 2026-11-22, against: the test}\n"
            "enabled: yes\nread: {url: /url, title: /title}\n", path);
    fclose(f);
    assert_int_equal(mw_source_load(&big, a, yaml, &diags), MW_OK);
    const struct trip *t = travel_beside(PAGES, COUNT(PAGES), -1, "", big, 120);
    assert_trip(t, 10 + RECORDS, 0, true);
    size_t last[2] = { 0, 0 };
    for (size_t i = 0; i < t->n_taken; i++)
        last[strstr(t->taken[i], "akte.example") != NULL] = i;
    if (last[0] > last[1])
        fail_msg("the portal ended at %zu, behind the record at %zu", last[0], last[1]);
    mw_arena_free(a);
    unlink(path);
    unlink(yaml);
    rmdir(folder);
}

static int begin_parser(void **state)
{
    (void)state;
    return mw_parser_new(&parser, NULL) != MW_OK;
}

static int end_parser(void **state)
{
    (void)state;
    mw_parser_free(parser);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_calendar_whose_months_bring_nothing_new_is_left),
        cmocka_unit_test(a_calendar_that_invents_pages_ends_at_the_limit_of_the_source),
        cmocka_unit_test(a_long_list_that_repeats_itself_for_a_while_is_followed_to_its_end),
        cmocka_unit_test(pages_that_lead_in_a_circle_are_read_once),
        cmocka_unit_test(while_one_big_answer_is_read_the_other_sources_go_on),
        cmocka_unit_test(rows_that_come_again_are_asked_for_once),
        cmocka_unit_test(pages_that_all_call_themselves_alike_are_pages_of_their_own),
        cmocka_unit_test(a_list_that_shrank_is_not_believed),
        cmocka_unit_test(who_watches_is_told_how_much_is_still_to_come),
        cmocka_unit_test(a_page_that_cannot_be_used_is_a_failure_of_its_own),
        cmocka_unit_test(a_portal_that_asks_everywhere_whether_we_are_human_is_not_believed),
        cmocka_unit_test(a_busy_portal_is_asked_when_it_said_and_nothing_is_lost),
        cmocka_unit_test(a_wrong_charset_is_seen_through),
        cmocka_unit_test(leave_to_ask_one_private_host_is_none_to_ask_another),
        cmocka_unit_test(who_trickles_is_given_up_and_holds_nobody_up),
    };
    return cmocka_run_group_tests(tests, begin_parser, end_parser);
}
