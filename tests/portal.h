/* A portal of the test's own, its source file in a scratch folder, and `mittelweg crawl` over it. */
#ifndef MW_TESTS_PORTAL_H
#define MW_TESTS_PORTAL_H

#include "tests/program.h"
#include "tests/server.h"

static struct server server;

/* The source of the portal: lists from /list?page=1 on, with more keys of its file. */
static inline void write_source(struct scratch *s, const char *more)
{
    struct mw_str text = MW_STR_INIT;
    mkdir(in(s, "config"), 0700);
    mkdir(in(s, "config/sources"), 0700);
    mw_str_addf(&text, "source: amt\ntitle: Amt\nlevel: land\nland: NW\nkind: html\naddresses: \"http://127.0.0.1:%d/list?page=1\"\n"
                "verified: {on: 2026-11-22, against: the test}\nenabled: yes\n%s"
                "read: {main: //main, documents: \"//a[@class='pdf']/@href\"}\n"
                "list: {records: \"//li\", link: \".//a/@href\", next: \"//a[@class='next']/@href\"}\n", server.port, more);
    spill(in(s, "config/sources/amt.yaml"), mw_str_z(&text), text.n);
    spill(in(s, "config/labels.yaml"), "labels: {}\n", 11);
    mw_str_free(&text);
}

static inline const struct run *crawl(struct scratch *s, const char *option, const char *value)
{
    const char *args[] = { "crawl", "--lang", "en", "--format", "json", "--db", NULL, "--config", NULL, "--allow-private", option, value, NULL };
    char db[PATH_MAX], config[PATH_MAX];
    snprintf(db, sizeof db, "%s", in(s, "a.db"));
    snprintf(config, sizeof config, "%s", in(s, "config"));
    args[6] = db;
    args[8] = config;
    return run_with(s, NULL, NULL, 0, args);
}

/* The number behind "key": in the report of one source. */
static inline long number(const struct run *r, const char *key)
{
    char quoted[40];
    snprintf(quoted, sizeof quoted, "\"%s\":", key);
    const char *at = strstr(r->out, quoted);
    if (at == NULL)
        fail_msg("no %s in %s\n%s", key, r->out, r->err);
    at += strlen(quoted);
    while (*at == ' ')
        at++;
    return strncmp(at, "true", 4) == 0 ? 1 : strtol(at, NULL, 10);
}

#define assert_report(r, want_asked, want_new, want_changed, want_unchanged, want_gone, want_failed, want_complete)               \
    do {                                                                                                                           \
        const struct run *r_ = (r);                                                                                                \
        const long want_[] = { want_asked, want_new, want_changed, want_unchanged, want_gone, want_failed, want_complete };       \
        static const char *const KEYS_[] = { "asked", "new", "changed", "unchanged", "gone", "failed", "complete" };              \
        for (size_t i_ = 0; i_ < COUNT(KEYS_); i_++)                                                                               \
            if (want_[i_] != number(r_, KEYS_[i_]))                                                                                \
                fail_msg("%s: want %ld\n%s\n%s", KEYS_[i_], want_[i_], r_->out, r_->err);                                          \
    } while (0)

static inline long notices(struct scratch *s)
{
    long n = 0;
    const struct run *r = run_program(s, "export", "--db", in(s, "a.db"));
    for (const char *at = r->out; (at = strchr(at, '\n')) != NULL; at++)
        n++;
    return n;
}

static inline int close_server(void **state)
{
    server_stop(&server);
    return drop_scratch(state);
}

#endif
