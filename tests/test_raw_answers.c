/* Answers that no library for servers would send, byte by byte, and what the fetcher makes of them. */
#include <pthread.h>
#include <unistd.h>
#include <zlib.h>

#include "crawler/fetch.h"
#include "tests/server.h"

static int64_t now;
static int64_t now_ms(void *ctx) { (void)ctx; return now; }
static void sleep_ms(void *ctx, int64_t ms) { (void)ctx; now += ms; }

#define OK "HTTP/1.1 200 OK\r\n"
#define PAGE "<h1>Programm</h1>"
#define CHUNKS OK "Transfer-Encoding: chunked\r\n\r\n5\r\n<h1>P\r\n8;a=b\r\nrogramm<\r\n4\r\n/h1>\r\n"
enum { LONG_LINE = 2 << 20, MANY = 100000 };

static const struct {
    const char *why, *begins, *again; /* sent once, then so many times, then the page */
    size_t times;
    const char *body, *says;          /* says NULL: body came; else the failure */
    int tries;
} CASES[] = {
    { "chunks with a trailer that says something else", CHUNKS "0\r\nContent-Type: application/pdf\r\nX-Sum: 1\r\n\r\n", NULL, 0, "", NULL, 1 },
    { "chunks without an end", CHUNKS, NULL, 0, "", "outstanding read data", MW_FETCH_TRIES },
    { "a chunk of no length", OK "Transfer-Encoding: chunked\r\n\r\nzz\r\n", NULL, 0, PAGE, "does not answer", MW_FETCH_TRIES },
    { "HTTP/1.0, to the end of the connection", "HTTP/1.0 200 OK\r\n\r\n", NULL, 0, PAGE, NULL, 1 },
    { "fifty answers that say: go on", "", "HTTP/1.1 100 Continue\r\n\r\n", 50, OK "Content-Length: 17\r\n\r\n" PAGE, NULL, 1 },
    { "hints before the answer", "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n", NULL, 0, OK "Content-Length: 17\r\n\r\n" PAGE, NULL, 1 },
    { "validators that are no UTF-8", OK "ETag: \"\xff\xfe\"\r\nLast-Modified: \xf6\r\nContent-Length: 17\r\n\r\n", NULL, 0, PAGE, NULL, 1 },
    { "more than it said it has", OK "Content-Length: 17\r\n\r\n", NULL, 0, PAGE "<p>HTTP/1.1 200 OK", NULL, 1 },
    { "a length below nothing", OK "Content-Length: -17\r\n\r\n", NULL, 0, PAGE, "Invalid Content-Length", 1 },
    { "nothing at all", "", NULL, 0, "", "does not answer", MW_FETCH_TRIES },
    { "a head that ends in the midst", OK "Content-Le", NULL, 0, "", "empty page", 1 },
    { "another protocol", "SSH-2.0-OpenSSH_9.2\r\n", NULL, 0, PAGE, "HTTP/0.9", 1 },
    { "a status that nobody knows", "HTTP/1.1 999 Odd\r\nContent-Length: 17\r\n\r\n", NULL, 0, PAGE, "status 999", 1 },
    { "a header without an end", OK "X-A: ", "a", LONG_LINE, "\r\n\r\n" PAGE, "does not answer", 1 },
    { "headers without an end", OK, "X-A: a\r\n", MANY, "\r\n" PAGE, "does not answer", MW_FETCH_TRIES },
};

static struct { int fd; size_t now; } raw;

static void send_all(int c, const char *bytes, size_t n)
{
    for (ssize_t sent; n > 0 && (sent = send(c, bytes, n, MSG_NOSIGNAL)) > 0; bytes += sent, n -= (size_t)sent)
        ;
}

static void *serve(void *ctx)
{
    (void)ctx;
    for (int c; (c = accept(raw.fd, NULL, NULL)) >= 0; close(c)) {
        char head[4096];
        struct mw_str out = MW_STR_INIT;
        if (recv(c, head, sizeof head, 0) <= 0)
            continue;
        mw_str_addz(&out, CASES[raw.now].begins);
        for (size_t i = 0; i < CASES[raw.now].times; i++)
            mw_str_addz(&out, CASES[raw.now].again);
        mw_str_addz(&out, CASES[raw.now].body);
        send_all(c, mw_str_z(&out), out.n);
        shutdown(c, SHUT_WR);
        while (recv(c, head, sizeof head, 0) > 0) /* else what was sent may be lost with the connection */
            ;
        mw_str_free(&out);
    }
    return NULL;
}

static void what_breaks_the_rules_is_read_or_refused_but_never_guessed_at(void **state)
{
    struct sockaddr_in here = { .sin_family = AF_INET, .sin_addr.s_addr = inet_addr("127.0.0.1") };
    socklen_t n = sizeof here;
    pthread_t thread;
    char url[80];
    (void)state;
    raw.fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(raw.fd, (struct sockaddr *)&here, sizeof here), 0);
    assert_int_equal(listen(raw.fd, 8), 0);
    assert_int_equal(getsockname(raw.fd, (struct sockaddr *)&here, &n), 0);
    snprintf(url, sizeof url, "http://127.0.0.1:%d/", ntohs(here.sin_port));
    assert_int_equal(pthread_create(&thread, NULL, serve, NULL), 0);
    for (raw.now = 0; raw.now < COUNT(CASES); raw.now++) {
        struct mw_fetch_opts opts = { .agent = "Mittelweg/0.1", .clock = { NULL, now_ms, sleep_ms }, .seed = 1, .timeout_ms = 20000, .stall_ms = 5000 };
        struct mw_ask ask = { .url = mw_sv(url), .no_robots = true, .allow_private = true, .max = 1 << 20 };
        MW_AUTO(mw_fetch_freep) struct mw_fetch *f = NULL;
        struct mw_response got;
        assert_int_equal(mw_fetch_new(&f, &opts, MW_EN, NULL), MW_OK);
        assert_int_equal(mw_fetch_ask(f, &ask, NULL), MW_OK);
        assert_int_equal(mw_fetch_next(f, INT64_MAX, &got, NULL), MW_OK);
        bool well = CASES[raw.now].says == NULL ? got.outcome == MW_GOT && mw_sv_eqz(got.bytes, PAGE)
                                                : got.outcome == MW_FAILED && strstr(got.why.msg, CASES[raw.now].says) != NULL;
        if (!well || got.tries != CASES[raw.now].tries)
            fail_msg("%s: outcome %d after %d tries, \"%.*s\": %s", CASES[raw.now].why, (int)got.outcome, got.tries, MW_SV_ARG(got.bytes),
                     got.why.msg != NULL ? got.why.msg : "");
    }
    shutdown(raw.fd, SHUT_RDWR);
    pthread_join(thread, NULL);
    close(raw.fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(what_breaks_the_rules_is_read_or_refused_but_never_guessed_at) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
