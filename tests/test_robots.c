/* crawler/robots.h: the examples of RFC 9309, groups, the longest match, and what statuses mean. */
#include "crawler/robots.h"
#include "tests/test.h"

struct robots_case {
    const char *why, *file, *target;
    bool allowed;
};

static bool allowed(const char *file, size_t n, const char *target)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_robots r;
    assert_int_equal(mw_robots_read(&r, a, mw_sv_n(file, n), MW_SV("mittelweg"), NULL), MW_OK);
    bool yes = mw_robots_allows(&r, mw_sv(target));
    mw_arena_free(a);
    return yes;
}

static void check(const struct robots_case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (allowed(cases[i].file, strlen(cases[i].file), cases[i].target) != cases[i].allowed)
            fail_msg("%s: %s of \"%s\"", cases[i].why, cases[i].target, cases[i].file);
}

static void the_group_that_names_us_counts(void **state)
{
    static const struct robots_case CASES[] = {
        { "no file asks nothing", "", "/a", true },
        { "everyone", "User-agent: *\nDisallow: /a\n", "/a", false },
        { "our group, not everyone's", "User-agent: *\nDisallow: /\nUser-agent: mittelweg\nDisallow: /b\n", "/a", true },
        { "the name in any case, with a version", "USER-AGENT: MittelWeg/2.0\nDisallow: /a\n", "/a", false },
        { "another's name that begins with ours", "User-agent: mittelwegbot\nDisallow: /a\n", "/a", true },
        { "several names share rules", "User-agent: x\nUser-agent: mittelweg\nDisallow: /a\n", "/a", false },
        { "groups of one name are one (2.2.1)", "User-agent: mittelweg\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\n"
          "User-agent: mittelweg\nDisallow: /b\n", "/b", false },
        { "other lines part no group (2.2.4)", "User-agent: mittelweg\nSitemap: https://a.de/s.xml\nUser-agent: x\nDisallow: /a\n", "/a", false },
        { "a blank line parts no group", "User-agent: mittelweg\n\nDisallow: /a\n", "/a", false },
        { "our group may be empty", "User-agent: mittelweg\nDisallow:\n\nUser-agent: *\nDisallow: /\n", "/a", true },
        { "rules before any name are nobody's", "Disallow: /\nUser-agent: *\nDisallow: /b\n", "/a", true },
        { "comments, blanks, CR", "# x\r\n User-agent : * # all\r\n Disallow : /a # why\r\n", "/a", false },
        { "CR alone ends a line", "User-agent: *\rDisallow: /a\r", "/a", false },
        { "a byte order mark", "\xef\xbb\xbfUser-agent: *\nDisallow: /a\n", "/a", false },
        { "robots.txt itself", "User-agent: *\nDisallow: /\n", "/robots.txt", true },
        { "a page is no file of rules", "<!doctype html><p>User-agent: *</p>", "/a", true },
    };
    (void)state;
    check(CASES, COUNT(CASES));
}

static void the_longest_pattern_decides(void **state)
{
    static const char EXAMPLE[] = "User-agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n"; /* section 5.1 */
    static const char LONGEST[] = "User-agent: *\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\n"; /* section 5.2 */
    static const struct robots_case CASES[] = {
        { "a page of 5.1", EXAMPLE, "/a.html", true }, { "a picture", EXAMPLE, "/x/a.gif", false },
        { "a picture with a query", EXAMPLE, "/a.gif?b", true }, { "a folder", EXAMPLE, "/example/a", false },
        { "publications", EXAMPLE, "/publications/a", true }, { "5.2", LONGEST, "/example/page/disallowed.gif", false },
        { "5.2, another", LONGEST, "/example/page/a", true },
        { "allow on a tie", "User-agent: *\nDisallow: /a\nAllow: /a\n", "/a", true },
        { "order does not matter", "User-agent: *\nAllow: /a\nDisallow: /a\n", "/a", true },
        { "a star in the middle", "User-agent: *\nDisallow: /a/*/print\n", "/a/b/c/print?x", false },
        { "a star needs what follows", "User-agent: *\nDisallow: /a/*/print\n", "/a/print", true },
        { "the end", "User-agent: *\nDisallow: /a$\n", "/ab", true }, { "the end, reached", "User-agent: *\nDisallow: /a$\n", "/a", false },
        { "the end after a star goes back", "User-agent: *\nDisallow: /*.pdf$\n", "/a.pdf.pdf", false },
        { "the query belongs to the path", "User-agent: *\nDisallow: /*?sort=\n", "/list?sort=1", false },
        { "letters have case", "User-agent: *\nDisallow: /A\n", "/a", true },
        { "an escaped star is a letter", "User-agent: *\nDisallow: /a%2Ab\n", "/axb", true },
    };
    (void)state;
    check(CASES, COUNT(CASES));
}

static void escapes_are_compared_in_one_spelling(void **state)
{
    static const struct robots_case CASES[] = { /* the table of section 2.2.2 */
        { "plain", "User-agent: *\nDisallow: /foo/bar?baz=quz\n", "/foo/bar?baz=quz", false },
        { "a reserved character", "User-agent: *\nDisallow: /foo/bar?baz=https://foo.bar\n", "/foo/bar?baz=https://foo.bar", false },
        { "UTF-8 in the file", "User-agent: *\nDisallow: /foo/bar/\xe3\x83\x84\n", "/foo/bar/%E3%83%84", false },
        { "escaped in the file", "User-agent: *\nDisallow: /foo/bar/%E3%83%84\n", "/foo/bar/%e3%83%84", false },
        { "an escape that need not be", "User-agent: *\nDisallow: /foo/bar/%62%61%7A\n", "/foo/bar/baz", false },
        { "an escaped slash is no slash", "User-agent: *\nDisallow: /a%2Fb\n", "/a/b", true },
    };
    (void)state;
    check(CASES, COUNT(CASES));
}

static void the_pause_asked_for_is_our_groups(void **state)
{
    static const struct {
        const char *file;
        int64_t ms;
    } CASES[] = {
        { "User-agent: *\nCrawl-delay: 30\nDisallow: /a\n", 30000 }, { "User-agent: *\nDisallow:\nCrawl-delay: 0.5\n", 500 },
        { "User-agent: *\nCrawl-delay: 1,25\n", 1250 }, { "User-agent: *\nCrawl-delay: soon\n", -1 },
        { "User-agent: *\nCrawl-delay: 30\n\nDisallow: /x\nUser-agent: mittelweg\nCrawl-delay: 2\n", 2000 },
        { "User-agent: x\nCrawl-delay: 9\nDisallow: /\nUser-agent: *\nDisallow: /a\n", -1 },
        { "User-agent: *\nCrawl-delay: 99999999999999999999999999\n", 3600000 }, { "Crawl-delay: 5\n", -1 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_arena *a = mw_arena_new();
        struct mw_robots r;
        assert_int_equal(mw_robots_read(&r, a, mw_sv(CASES[i].file), MW_SV("mittelweg"), NULL), MW_OK);
        if (r.delay_ms != CASES[i].ms)
            fail_msg("got %lld of \"%s\"", (long long)r.delay_ms, CASES[i].file);
        mw_arena_free(a);
    }
}

static void sitemaps_are_everyones(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_robots r;
    (void)state;
    assert_int_equal(mw_robots_read(&r, a, MW_SV("User-agent: x\nDisallow: /\nSitemap: https://a.de/s.xml\nsitemap:/t.xml"),
                                    MW_SV("mittelweg"), NULL), MW_OK);
    assert_int_equal(r.sitemaps.n, 2);
    assert_sv(*MW_AT(r.sitemaps, struct mw_sv, 0), "https://a.de/s.xml");
    assert_sv(*MW_AT(r.sitemaps, struct mw_sv, 1), "/t.xml");
    mw_arena_free(a);
}

static void no_answer_forbids_and_no_file_allows(void **state)
{
    static const struct {
        int64_t status;
        enum mw_robots_access want;
    } CASES[] = { { 200, MW_ROBOTS_READ }, { 404, MW_ROBOTS_ALL }, { 401, MW_ROBOTS_ALL }, { 403, MW_ROBOTS_ALL }, { 410, MW_ROBOTS_ALL },
                  { 429, MW_ROBOTS_NONE }, { 500, MW_ROBOTS_NONE }, { 503, MW_ROBOTS_NONE }, { 0, MW_ROBOTS_NONE } };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++)
        assert_int_equal(mw_robots_access(CASES[i].status), CASES[i].want);
}

/* The same by trying every way to cut the target: what matching means, without any cleverness. */
static bool brute(const char *p, const char *s)
{
    if (*p == '\0' || (p[0] == '$' && p[1] == '\0' && *s == '\0'))
        return true;
    if (*p == '*')
        return brute(p + 1, s) || (*s != '\0' && brute(p, s + 1));
    return !(p[0] == '$' && p[1] == '\0') && *s == *p && brute(p + 1, s + 1);
}

static void patterns_match_as_every_way_to_cut_them_says(void **state)
{
    uint64_t seed = 7;
    int hits = 0;
    (void)state;
    for (int i = 0; i < 20000; i++) {
        char pattern[10] = "/", target[10] = "/", file[64];
        size_t np = (size_t)(rnd(&seed) % 8), nt = (size_t)(rnd(&seed) % 8);
        for (size_t k = 1; k <= np; k++)
            pattern[k] = "ab*$"[rnd(&seed) % 4];
        for (size_t k = 1; k <= nt; k++)
            target[k] = "ab$"[rnd(&seed) % 3];
        snprintf(file, sizeof file, "User-agent: *\nDisallow: %s\n", pattern);
        bool want = brute(pattern, target);
        hits += want;
        if (allowed(file, strlen(file), target) == want)
            fail_msg("pattern \"%s\", target \"%s\": want %s", pattern, target, want ? "a match" : "none");
    }
    assert_true(hits > 1000);
}

static void stars_without_end_take_no_time(void **state)
{
    static char file[200000] = "User-agent: *\nDisallow: /";
    static char target[4000] = "/";
    size_t n = strlen(file);
    (void)state;
    for (; n + 4 < sizeof file; n += 2)
        memcpy(file + n, "*a", 2);
    file[n++] = 'b';
    memset(target + 1, 'a', sizeof target - 2);
    assert_true(allowed(file, n, target));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_group_that_names_us_counts),
        cmocka_unit_test(the_longest_pattern_decides),
        cmocka_unit_test(escapes_are_compared_in_one_spelling),
        cmocka_unit_test(the_pause_asked_for_is_our_groups),
        cmocka_unit_test(sitemaps_are_everyones),
        cmocka_unit_test(no_answer_forbids_and_no_file_allows),
        cmocka_unit_test(patterns_match_as_every_way_to_cut_them_says),
        cmocka_unit_test(stars_without_end_take_no_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
