/* Two crawls at once on one database: one of them at a time for each source. */
#include <time.h>

#include "tests/portal.h"

static pthread_mutex_t door = PTHREAD_MUTEX_INITIALIZER; /* the portal answers with its list when it is open */
static int shown = 10;

static void make_list(struct server *s, const char *path, struct mw_str *out)
{
    (void)s, (void)path;
    pthread_mutex_lock(&door);
    pthread_mutex_unlock(&door);
    for (int n = 1; n <= shown; n++)
        mw_str_addf(out, "<li><a href='/n/%d'>%d</a>", n, n);
}

static const struct page PAGES[] = {
    { .path = "/list*", .make = make_list, .headers = { "Content-Type", "text/html" } },
    { .path = "/other", .body = "[{\"u\":\"https://x.example/1\",\"t\":\"A\"}]", .headers = { "Content-Type", "application/json" } },
    { .path = "/n/*", .body = "<main><h1>Programm</h1><p>Text.</p></main>", .headers = { "Content-Type", "text/html" } },
};

static int open_portal(void **state)
{
    if (make_scratch(state) != 0)
        return -1;
    server_start(&server, PAGES, COUNT(PAGES));
    write_source(*state, "politeness: {delay_ms: 0, robots: no}\n");
    return 0;
}

static pid_t crawl_behind(struct scratch *s)
{
    const char *program = getenv("MITTELWEG") != NULL ? getenv("MITTELWEG") : "./mittelweg";
    char config[PATH_MAX], db[PATH_MAX];
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    snprintf(config, sizeof config, "%s/config", s->dir);
    snprintf(db, sizeof db, "%s/a.db", s->dir);
    size_t before = server_asked(&server, "/list?page=1");
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        dup2(null, 1);
        dup2(null, 2);
        execlp(program, program, "crawl", "--allow-private", "--only", "amt", "--db", db, "--config", config, (char *)NULL);
        _exit(127);
    }
    close(null);
    while (server_asked(&server, "/list?page=1") == before) /* it is at work */
        nanosleep(&(struct timespec){ 0, 10000000 }, NULL);
    return pid;
}

/* Both would have counted what their run did not see. */
static void a_second_crawl_of_a_source_is_refused_and_its_notices_live_their_two_runs(void **state)
{
    struct scratch *s = *state;
    int status;
    assert_status(crawl(s, NULL, NULL), 0);
    shown = 9;
    pthread_mutex_lock(&door);
    pid_t first = crawl_behind(s);
    const struct run *r = crawl(s, NULL, NULL);
    assert_status(r, 5);
    assert_says(r->err, "\"amt\" is being crawled into");
    pthread_mutex_unlock(&door);
    assert_int_equal(waitpid(first, &status, 0), first);
    assert_int_equal(status, 0);
    r = crawl(s, NULL, NULL);
    assert_status(r, 0);
    assert_int_equal(number(r, "gone"), 1); /* now, not before */
    shown = 10;
}

static void another_source_and_the_crawl_after_a_kill_are_not(void **state)
{
    static const char OTHER[] = "source: zwei\ntitle: Zwei\nlevel: bund\nkind: json\naddresses: \"http://127.0.0.1:%d/other\"\n"
                                "verified: {on: 2026-11-29, against: the test}\nenabled: yes\npoliteness: {delay_ms: 0, robots: no}\nread: {url: /u, title: /t}\n";
    struct scratch *s = *state;
    struct mw_str text = MW_STR_INIT;
    int status;
    pthread_mutex_lock(&door);
    pid_t first = crawl_behind(s);
    mw_str_addf(&text, OTHER, server.port);
    spill(in(s, "config/sources/zwei.yaml"), mw_str_z(&text), text.n);
    mw_str_free(&text);
    assert_status(crawl(s, "--only", "zwei"), 0);
    assert_status(crawl(s, "--only", "zwei"), 0);
    assert_status(crawl(s, "--only", "amt,zwei"), 5);
    kill(first, SIGKILL);
    pthread_mutex_unlock(&door);
    assert_int_equal(waitpid(first, &status, 0), first);
    assert_true(WIFSIGNALED(status));
    assert_status(crawl(s, "--only", "amt,zwei"), 0);
    assert_int_equal(notices(s), 11);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_second_crawl_of_a_source_is_refused_and_its_notices_live_their_two_runs, open_portal, close_server),
        cmocka_unit_test_setup_teardown(another_source_and_the_crawl_after_a_kill_are_not, open_portal, close_server),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
