/* kill -9 at more than a hundred random moments of runs that always have something to write: nothing that was stored is lost, no
 * notice is ever half of one edition and half of another, and the next run goes on. */
#include <time.h>

#include "tests/portal.h"

enum { NOTICES = 25, BLOWS = 55 }; /* of each kind of source */
static int edition; /* what the portal publishes now: every notice says it, in its title and in each of its sections */

static void make_list(struct server *s, const char *path, struct mw_str *out)
{
    (void)s, (void)path;
    mw_str_addz(out, "<ul>");
    for (int i = 1; i <= NOTICES; i++)
        mw_str_addf(out, "<li><a href='/notice/%d'>%d</a></li>", i, i);
}

static void make_notice(struct server *s, const char *path, struct mw_str *out)
{
    (void)s;
    mw_str_addf(out, "<html lang='de'><main><h1>Nummer %d, Ausgabe %d</h1><h2>Was?</h2><p>Ausgabe %d</p><h2>Wer?</h2><p>Ausgabe %d</p></main></html>",
                atoi(path + 8), edition, edition, edition);
}

static void make_records(struct server *s, const char *path, struct mw_str *out)
{
    (void)s, (void)path;
    mw_str_addz(out, "[");
    for (int i = 1; i <= NOTICES; i++)
        mw_str_addf(out, "%s{\"id\": %d, \"name\": \"Nummer %d, Ausgabe %d\", \"was\": \"Ausgabe %d\", \"wer\": \"Ausgabe %d\"}", i > 1 ? "," : "", i, i,
                    edition, edition, edition);
    mw_str_addz(out, "]");
}

static const struct page PAGES[] = {
    { .path = "/list*", .make = make_list, .headers = { "Content-Type", "text/html; charset=utf-8" } },
    { .path = "/notice/*", .make = make_notice, .headers = { "Content-Type", "text/html; charset=utf-8" } },
    { .path = "/all.json", .make = make_records, .headers = { "Content-Type", "application/json" } },
};

static int open_portal(void **state)
{
    if (make_scratch(state) != 0)
        return -1;
    server_start(&server, PAGES, COUNT(PAGES));
    write_source(*state, "politeness: {delay_ms: 0}\n");
    static const char *const DIRS[] = { "rules", "rules/facts", "rules/criteria", "rules/vocabulary" };
    for (size_t i = 0; i < COUNT(DIRS); i++) /* no rules: the program starts at once, so that it is hit while it crawls */
        mkdir(in(*state, DIRS[i]), 0700);
    edition = 0;
    return 0;
}

static int open_interface(void **state) /* the same notices, all of them in one answer */
{
    struct mw_str text = MW_STR_INIT;
    if (open_portal(state) != 0)
        return -1;
    mw_str_addf(&text, "source: amt\ntitle: Amt\nlevel: land\nland: NW\nkind: json\naddresses: \"http://127.0.0.1:%d/all.json\"\n"
                "verified: {on: 2026-11-22, against: the test}\nenabled: yes\npoliteness: {delay_ms: 0}\nread:\n  url: /id\n"
                "  url_from: \"https://amt.example/{}\"\n  title: /name\n  sections: [{heading: Was, from: /was}, {heading: Wer, from: /wer}]\n",
                server.port);
    spill(in(*state, "config/sources/amt.yaml"), mw_str_z(&text), text.n);
    mw_str_free(&text);
    return 0;
}

static int close_portal(void **state)
{
    server_stop(&server);
    return drop_scratch(state);
}

static int64_t clock_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Crawls the next edition; after us microseconds a blow falls (0: none). Whether it hit. */
static bool crawl_and_hit(const struct scratch *s, int64_t us)
{
    const char *program = getenv("MITTELWEG") != NULL ? getenv("MITTELWEG") : "./mittelweg";
    char config[PATH_MAX], db[PATH_MAX], rules[PATH_MAX];
    int status, null = open("/dev/null", O_RDWR | O_CLOEXEC);

    snprintf(config, sizeof config, "%s/config", s->dir);
    snprintf(db, sizeof db, "%s/a.db", s->dir);
    snprintf(rules, sizeof rules, "%s/rules", s->dir);
    edition++;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        dup2(null, 1);
        dup2(null, 2);
        execlp(program, program, "crawl", "--allow-private", "--db", db, "--config", config, "--rules", rules, (char *)NULL);
        _exit(127);
    }
    close(null);
    if (us > 0) {
        nanosleep(&(struct timespec){ us / 1000000, us % 1000000 * 1000 }, NULL);
        kill(pid, SIGKILL);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFSIGNALED(status);
}

/* How many notices are stored; each must be whole: of one edition (that one, where only is not 0). */
static int whole_notices(struct scratch *s, int only)
{
    int n = 0;
    const struct run *r = run_program(s, "export", "--db", in(s, "a.db"));
    if (r->status == 5 && strstr(r->err, "is empty") != NULL)
        return 0;
    assert_status(r, 0);
    for (char *line = r->out, *end; (end = strchr(line, '\n')) != NULL; line = end + 1, n++) {
        int times = 0, first = 0;
        *end = '\0';
        for (const char *at = line; (at = strstr(at, "Ausgabe ")) != NULL; times++) {
            int this = atoi(at += 8);
            first = times == 0 ? this : first;
            if (this != first || (only > 0 && this != only))
                fail_msg("a notice of two editions: %s", line);
        }
        if (times < 3)
            fail_msg("a notice that lacks something: %s", line);
    }
    return n;
}

static void nothing_is_lost_wherever_the_blow_falls(void **state)
{
    struct scratch *s = *state;
    uint64_t seed = 3;
    int blows = 0, stored = 0;

    int64_t begun = clock_us();
    assert_false(crawl_and_hit(s, 0));
    int64_t whole = clock_us() - begun;
    assert_int_equal(whole_notices(s, edition), NOTICES);
    unlink(in(s, "a.db")); /* from the beginning, so that the first blows fall on an empty database */
    unlink(in(s, "a.db-wal"));
    unlink(in(s, "a.db-shm"));
    for (int i = 0; i < 10 * BLOWS && blows < BLOWS; i++) {
        blows += crawl_and_hit(s, 1 + (int64_t)(rnd(&seed) % (uint64_t)whole));
        if (access(in(s, "a.db"), F_OK) != 0)
            continue;
        int now = whole_notices(s, 0);
        if (now < stored)
            fail_msg("%d notices were stored, and now %d", stored, now);
        stored = now;
    }
    assert_int_equal(blows, BLOWS);
    assert_false(crawl_and_hit(s, 0)); /* goes on with the run that was hit, and does not ask again what that one has */
    assert_int_equal(whole_notices(s, 0), NOTICES);
    assert_false(crawl_and_hit(s, 0));
    assert_int_equal(whole_notices(s, edition), NOTICES);
    const struct run *r = run_program(s, "sources", "--format", "json", "--db", in(s, "a.db"), "--config", in(s, "config"));
    assert_says(r->out, "\"state\": \"complete\"");
    assert_int_equal(number(r, "found"), NOTICES);
    assert_int_equal(number(r, "failing"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        { "nothing_is_lost_of_a_portal_wherever_the_blow_falls", nothing_is_lost_wherever_the_blow_falls, open_portal, close_portal, NULL },
        { "nothing_is_lost_of_one_answer_wherever_the_blow_falls", nothing_is_lost_wherever_the_blow_falls, open_interface, close_portal, NULL },
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
