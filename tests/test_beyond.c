/* What lives on beyond a list: a feed shows its newest entries, their pages stay where they are and change. */
#include "tests/portal.h"

enum { DEAD = 5, MOVED = 1, FIFTH = 3 /* of pages: that of notice 5 */ };
static struct {
    int from, to;        /* the entries that the feed shows */
    bool dead, moved;    /* page 5 is no more; page 1 has another deadline */
} portal;

static void make_feed(struct server *s, const char *path, struct mw_str *out)
{
    (void)path;
    mw_str_addz(out, "<rss version='2.0'><channel>");
    for (int n = portal.from; n <= portal.to; n++)
        mw_str_addf(out, "<item><title>Aufruf %d</title><link>http://127.0.0.1:%d/n/%d</link></item>", n, s->port, n);
    mw_str_addz(out, "</channel></rss>");
}

static void make_list(struct server *s, const char *path, struct mw_str *out)
{
    (void)s, (void)path;
    for (int n = portal.from; n <= portal.to; n++)
        mw_str_addf(out, "<li><a href='/n/%d'>Aufruf %d</a>", n, n);
}

/* A list that hangs the visit and the way through the portal on its links. */
static void make_visit(struct server *s, const char *path, struct mw_str *out)
{
    static int visit;
    (void)s, (void)path;
    visit++;
    for (int n = 1; n <= 3; n++)
        mw_str_addf(out, "<li><a href='/n/%d;jsessionid=%d?nn=%d'>Aufruf %d</a>", n, visit, visit, n);
}

static void make_page(struct server *s, const char *path, struct mw_str *out)
{
    int n = atoi(path + strlen("/n/"));
    (void)s;
    if (!(portal.dead && n == DEAD)) /* else an error page without what read.main names */
        mw_str_addf(out, "<main><h1>Aufruf %d</h1><p>Frist: 31.%s.2027</p></main>", n, portal.moved && n == MOVED ? "05" : "03");
}

#define HTML .headers = { "Content-Type", "text/html; charset=utf-8" }
static struct page pages[] = {
    { .path = "/feed.xml", .make = make_feed, .headers = { "Content-Type", "application/rss+xml" } },
    { .path = "/list", .make = make_list, HTML },
    { .path = "/visit", .make = make_visit, HTML },
    { .path = "/n/5", .make = make_page, HTML },
    { .path = "/n/*", .make = make_page, HTML },
};

static int open_portal(void **state)
{
    memset(&portal, 0, sizeof portal);
    pages[FIFTH].status = 0;
    server_start(&server, pages, COUNT(pages));
    return make_scratch(state);
}

static void write_kind(struct scratch *s, const char *kind, const char *path, const char *more)
{
    struct mw_str text = MW_STR_INIT;
    mkdir(in(s, "config"), 0700);
    mkdir(in(s, "config/sources"), 0700);
    mw_str_addf(&text, "source: amt\ntitle: Amt\nlevel: bund\nkind: %s\naddresses: \"http://127.0.0.1:%d%s\"\nverified: {on: 2026-11-29, against: the test}\n"
                "enabled: yes\npoliteness: {delay_ms: 0, robots: no}\nread: {main: //main, deadlines: \"//p[contains(., 'Frist')]\"}\n%s", kind, server.port, path, more);
    spill(in(s, "config/sources/amt.yaml"), mw_str_z(&text), text.n);
    spill(in(s, "config/labels.yaml"), "labels: {}\n", 11);
    mw_str_free(&text);
}

static const struct run *crawl_showing(struct scratch *s, int from, int to)
{
    portal.from = from;
    portal.to = to;
    server.n_asked = 0;
    return crawl(s, NULL, NULL);
}

static void kill_page(void)
{
    portal.dead = true;
    pages[FIFTH].status = 404;
}

/* A feed, and whatever else says of itself that it shows its newest only. */
static void what_a_list_shows_no_more_is_looked_at_again_and_gone_when_its_page_is(void **state)
{
    static const struct { const char *kind, *path, *more; } KINDS[] = {
        { "feed", "/feed.xml", "" },
        { "html", "/list", "list: {records: //li, link: a/@href, complete: no}\n" },
    };
    struct scratch *s = *state;
    for (size_t i = 0; i < COUNT(KINDS); i++) {
        memset(&portal, 0, sizeof portal);
        pages[FIFTH].status = 0;
        unlink(in(s, "a.db"));
        write_kind(s, KINDS[i].kind, KINDS[i].path, KINDS[i].more);
        assert_report(crawl_showing(s, 1, 6), 7, 6, 0, 0, 0, 0, 1);
        assert_report(crawl_showing(s, 7, 9), 4 + 6, 3, 0, 6, 0, 0, 1); /* six that left it are still there */
        portal.moved = true;
        assert_report(crawl_showing(s, 9, 9), 2 + 8, 0, 1, 8, 0, 0, 1);
        assert_says(run_program(s, "export", "--db", in(s, "a.db"))->out, "2027-05-31");
        kill_page();
        assert_report(crawl_showing(s, 9, 9), 2 + 8, 0, 0, 8, 0, 1, 1);
        assert_report(crawl_showing(s, 9, 9), 2 + 8, 0, 0, 8, 1, 1, 1);
        assert_report(crawl_showing(s, 9, 9), 2 + 7, 0, 0, 8, 0, 0, 1); /* what is gone is not asked for again */
        assert_int_equal(server_asked(&server, "/n/5"), 0);
        assert_int_equal(notices(s), 9); /* it stays stored */
    }
}

static void a_list_that_shows_everything_says_what_is_gone(void **state)
{
    struct scratch *s = *state;
    write_kind(s, "feed", "/feed.xml", "list: {complete: yes}\n");
    assert_report(crawl_showing(s, 1, 10), 11, 10, 0, 0, 0, 0, 1);
    assert_report(crawl_showing(s, 2, 10), 10, 0, 0, 9, 0, 0, 1);
    assert_report(crawl_showing(s, 2, 10), 10, 0, 0, 9, 1, 0, 1);
}

/* At the pace of a portal, a night has room for so many; those that were looked at longest ago come first. */
static void so_many_a_run_as_the_source_says_each_in_its_turn(void **state)
{
    struct scratch *s = *state;
    write_kind(s, "feed", "/feed.xml", "limits: {again: 2}\n");
    crawl_showing(s, 1, 6);
    for (int day = 1; day <= 3; day++) {
        static const char *const DAYS[] = { NULL, "2027-01-01", "2027-01-02", "2027-01-03" };
        portal.from = portal.to = 7;
        assert_int_equal(number(crawl(s, "--today", DAYS[day]), "asked"), 2 + 2);
    }
    for (int n = 1; n <= 6; n++) {
        char path[20];
        snprintf(path, sizeof path, "/n/%d", n);
        assert_int_equal(server_asked(&server, path), 2);
    }
}

static void who_comes_again_finds_the_same_notices_though_their_links_are_others(void **state)
{
    struct scratch *s = *state;
    write_kind(s, "html", "/visit", "list: {records: //li, link: a/@href, ignore: nn}\n");
    assert_report(crawl(s, NULL, NULL), 4, 3, 0, 0, 0, 0, 1);
    assert_report(crawl(s, NULL, NULL), 4, 0, 0, 3, 0, 0, 1);
    assert_int_equal(server_asked(&server, "/n/1"), 2);
}

static void nothing_beyond_a_list_that_fails_is_asked_for(void **state)
{
    struct scratch *s = *state;
    write_kind(s, "feed", "/feed.xml", "");
    crawl_showing(s, 1, 6);
    const struct run *r = crawl_showing(s, 1, 0); /* no entry at all */
    assert_int_equal(number(r, "complete"), 0);
    assert_int_equal(server.n_asked, 1);
    assert_int_equal(notices(s), 6);
}

static void offline_they_are_read_again_with_the_rules_of_today(void **state)
{
    struct scratch *s = *state;
    write_kind(s, "feed", "/feed.xml", "limits: {again: 1}\n");
    crawl_showing(s, 1, 6);
    crawl_showing(s, 7, 8);
    struct mw_str text = MW_STR_INIT;
    mw_str_addf(&text, "source: amt\ntitle: Amt\nlevel: bund\nkind: feed\naddresses: \"http://127.0.0.1:%d/feed.xml\"\nverified: {on: 2026-11-29, against: the test}\n"
                "enabled: yes\nread: {main: //main}\nlist: {exclude: '*/n/2'}\n", server.port);
    spill(in(s, "config/sources/amt.yaml"), mw_str_z(&text), text.n); /* without the deadlines, and without one page */
    mw_str_free(&text);
    server.n_asked = 0;
    assert_report(crawl(s, "--offline", NULL), 8, 0, 7, 0, 0, 0, 1);
    assert_int_equal(server.n_asked, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_a_list_shows_no_more_is_looked_at_again_and_gone_when_its_page_is, open_portal, close_server),
        cmocka_unit_test_setup_teardown(a_list_that_shows_everything_says_what_is_gone, open_portal, close_server),
        cmocka_unit_test_setup_teardown(so_many_a_run_as_the_source_says_each_in_its_turn, open_portal, close_server),
        cmocka_unit_test_setup_teardown(who_comes_again_finds_the_same_notices_though_their_links_are_others, open_portal, close_server),
        cmocka_unit_test_setup_teardown(nothing_beyond_a_list_that_fails_is_asked_for, open_portal, close_server),
        cmocka_unit_test_setup_teardown(offline_they_are_read_again_with_the_rules_of_today, open_portal, close_server),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
