/* crawler/url.h: the cases of RFC 3986 section 5.4, what browsers forgive, hosts, and whose domain it is. */
#include "crawler/url.h"
#include "tests/test.h"

struct resolve_case {
    const char *base, *ref, *want; /* want NULL: refused */
};

static void check(const struct resolve_case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct mw_arena *a = mw_arena_new();
        struct mw_sv got;
        enum mw_rc rc = mw_url_resolve(&got, a, mw_sv(cases[i].base), mw_sv(cases[i].ref), NULL);
        if (cases[i].want == NULL ? rc != MW_INVALID : rc != MW_OK || !mw_sv_eqz(got, cases[i].want))
            fail_msg("\"%s\" at %s: got \"%.*s\" (%d), want %s", cases[i].ref, cases[i].base != NULL ? cases[i].base : "nothing",
                     MW_SV_ARG(got), (int)rc, cases[i].want != NULL ? cases[i].want : "a refusal");
        mw_arena_free(a);
    }
}

static void references_resolve_as_rfc_3986_lists(void **state)
{
    static const char B[] = "http://a/b/c/d;p?q";
    static const struct resolve_case CASES[] = {
        { B, "g:h", NULL }, { B, "g", "http://a/b/c/g" }, { B, "./g", "http://a/b/c/g" }, { B, "g/", "http://a/b/c/g/" },
        { B, "/g", "http://a/g" }, { B, "//g", "http://g/" }, { B, "?y", "http://a/b/c/d;p?y" },
        { B, "g?y", "http://a/b/c/g?y" }, { B, "#s", "http://a/b/c/d;p?q" }, { B, "g#s", "http://a/b/c/g" },
        { B, "g?y#s", "http://a/b/c/g?y" }, { B, ";x", "http://a/b/c/;x" }, { B, "g;x?y#s", "http://a/b/c/g;x?y" },
        { B, "", "http://a/b/c/d;p?q" }, { B, ".", "http://a/b/c/" }, { B, "./", "http://a/b/c/" }, { B, "..", "http://a/b/" },
        { B, "../", "http://a/b/" }, { B, "../g", "http://a/b/g" }, { B, "../..", "http://a/" }, { B, "../../g", "http://a/g" },
        { B, "../../../g", "http://a/g" }, { B, "/./g", "http://a/g" }, { B, "/../g", "http://a/g" }, { B, "g.", "http://a/b/c/g." },
        { B, "..g", "http://a/b/c/..g" }, { B, "./../g", "http://a/b/g" }, { B, "./g/.", "http://a/b/c/g/" },
        { B, "g/./h", "http://a/b/c/g/h" }, { B, "g/../h", "http://a/b/c/h" }, { B, "g;x=1/../y", "http://a/b/c/y" },
        { B, "g?y/../x", "http://a/b/c/g?y/../x" }, { B, "http:g", "http://a/b/c/g" }, { "http://a?q", "g", "http://a/g" },
    };
    (void)state;
    check(CASES, COUNT(CASES));
}

static void what_browsers_forgive_is_forgiven(void **state)
{
    static const char B[] = "https://www.example.org/a/b.html";
    static const struct resolve_case CASES[] = {
        { B, "  c.html \n", "https://www.example.org/a/c.html" }, { B, "c\n.ht\tml", "https://www.example.org/a/c.html" },
        { B, "..\\c.html?x=\\y", "https://www.example.org/c.html?x=%5Cy" }, { B, "\xc3\xa4 b", "https://www.example.org/a/%C3%A4%20b" },
        { B, "%7euser/%2e%2e/%c3%a4", "https://www.example.org/a/%C3%A4" }, { B, "100%", "https://www.example.org/a/100%25" },
        { B, "a%2Fb", "https://www.example.org/a/a%2Fb" }, { B, "?", "https://www.example.org/a/b.html?" },
    };
    (void)state;
    check(CASES, COUNT(CASES));
}

static void a_host_has_one_spelling(void **state)
{
    static const struct resolve_case CASES[] = {
        { NULL, "HTTP://WWW.Example.ORG:80", "http://www.example.org/" }, { NULL, "https://example.org:443/", "https://example.org/" },
        { NULL, "https://example.org:8443/a", "https://example.org:8443/a" }, { NULL, "https://example.org./", "https://example.org/" },
        { NULL, "https://example.org\xe3\x80\x82/", "https://example.org/" }, { NULL, "https://example.org%2E/", "https://example.org/" },
        { NULL, "https://m\xc3\xbcnchen.de/", "https://xn--mnchen-3ya.de/" }, { NULL, "https://M\xc3\x9cNCHEN.de/", "https://xn--mnchen-3ya.de/" },
        { NULL, "https://stra\xc3\x9f" "e.de/", "https://xn--strae-oqa.de/" }, { NULL, "http://0x7f.1/x", "http://127.0.0.1/x" },
        { NULL, "http://127.1/x", "http://127.0.0.1/x" }, { NULL, "http://0177.0.0.1/x", "http://127.0.0.1/x" },
        { NULL, "http://2130706433/", "http://127.0.0.1/" }, { NULL, "http://[2001:DB8::1]:81/", "http://[2001:db8::1]:81/" },
        { NULL, "https://ex%61mple.org/", "https://example.org/" }, { NULL, "https://%45xample.org/", "https://example.org/" },
    };
    (void)state;
    check(CASES, COUNT(CASES));
}

static void what_is_no_page_is_refused(void **state)
{
    static const char B[] = "https://example.org/";
    static const struct resolve_case CASES[] = {
        { B, "mailto:amt@example.org", NULL }, { B, "javascript:void(0)", NULL }, { B, "file:///etc/passwd", NULL },
        { B, "ftp://example.org/a", NULL }, { B, "https://user@example.org/", NULL }, { B, "https://user:pw@example.org/", NULL },
        { B, "https://example.org:0/", NULL }, { B, "https://example.org:65536/", NULL }, { B, "https://example.org:8a/", NULL },
        { B, "https:///a", NULL }, { B, "https://a b/", NULL }, { B, "https://a%00b/", NULL }, { B, "https://[::1/", NULL },
        { B, "https://[::1]x/", NULL }, { B, "https://a%40b/", NULL }, { B, "https://\xff\xfe.de/", NULL }, { NULL, "a.html", NULL },
        { NULL, "", NULL }, { "file:///a", "b", NULL }, { NULL, "http://x../c", NULL }, { NULL, "http://a..b/", NULL }, { NULL, "http://.a/", NULL },
        { NULL, "http://./", NULL }, { NULL, "http://x\xe3\x80\x82./", NULL }, /* an ideographic full stop parts labels, too */
    };
    (void)state;
    check(CASES, COUNT(CASES));
}

static void a_canonical_address_stays_as_it_is_whatever_it_was_made_of(void **state)
{
    static const char LETTERS[] = "ab/.:?#@[]%\\2eE&=~\xc3\xa4 ;$-0";
    uint64_t seed = 1;
    int canonical = 0;
    (void)state;
    for (int i = 0; i < 20000; i++) {
        char ref[40];
        struct mw_arena *a = mw_arena_new();
        struct mw_sv once, twice;
        size_t n = (size_t)(rnd(&seed) % sizeof ref);
        for (size_t k = 0; k < n; k++)
            ref[k] = LETTERS[rnd(&seed) % (sizeof LETTERS - 1)];
        if (mw_url_resolve(&once, a, MW_SV("https://example.org/x/y?z"), mw_sv_n(ref, n), NULL) == MW_OK) {
            canonical++;
            assert_int_equal(mw_url_resolve(&twice, a, MW_SV_NONE, once, NULL), MW_OK);
            if (!mw_sv_eq(once, twice))
                fail_msg("\"%.*s\" became \"%.*s\", then \"%.*s\"", (int)n, ref, MW_SV_ARG(once), MW_SV_ARG(twice));
        }
        mw_arena_free(a);
    }
    assert_true(canonical > 1000);
}

static void a_visit_is_no_part_of_an_address(void **state)
{
    static const struct { const char *url, *want; } CASES[] = {
        { "https://a.example/p;jsessionid=0A1B.node2?id=7", "https://a.example/p?id=7" },
        { "https://a.example/p;JSESSIONID=0A1B/q;v=1?", "https://a.example/p/q;v=1?" },
        { "https://a.example/p?PHPSESSID=x&id=7&utm_source=news&utm_medium=mail#top", "https://a.example/p?id=7#top" },
        { "https://a.example/p?utm_source=news#a", "https://a.example/p#a" },
        { "https://a.example/p?ASPSESSIONIDQQ=x", "https://a.example/p" },
        { "https://a.example/p?nn=5&n=7&k_1=a", "https://a.example/p?n=7" },
        { "https://a.example/p?sid=7&id=&&b", "https://a.example/p?sid=7&id=&&b" },
        { "https://a.example/p;callCode=X", "https://a.example/p;callCode=X" },
        { "", "" },
    };
    struct mw_sv names[] = { MW_SV("nn"), MW_SV("k_*") };
    const struct mw_list ignored = { names, COUNT(names), COUNT(names) };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_str got = MW_STR_INIT;
        mw_url_add_lasting(&got, mw_sv(CASES[i].url), &ignored);
        if (strcmp(mw_str_z(&got), CASES[i].want) != 0)
            fail_msg("%s: got %s, want %s", CASES[i].url, mw_str_z(&got), CASES[i].want);
        mw_str_free(&got);
    }
}

static void an_address_without_end_is_refused(void **state)
{
    static char ref[MW_URL_MAX + 2];
    struct mw_arena *a = mw_arena_new();
    struct mw_sv got;
    (void)state;
    memset(ref, 0xc3, sizeof ref - 1); /* escaped it is three times as long */
    assert_int_equal(mw_url_resolve(&got, a, MW_SV("https://example.org/"), mw_sv_n(ref, sizeof ref - 1), NULL), MW_INVALID);
    assert_int_equal(mw_url_resolve(&got, a, MW_SV("https://example.org/"), mw_sv_n(ref, MW_URL_MAX / 2), NULL), MW_INVALID);
    mw_arena_free(a);
}

static void politeness_is_owed_to_the_registrable_domain(void **state)
{
    static const struct {
        const char *url, *site;
    } CASES[] = {
        { "https://www.foerderdatenbank.de/a", "foerderdatenbank.de" }, { "https://a.b.example.co.uk/", "example.co.uk" },
        { "https://co.uk/", "co.uk" }, { "http://127.0.0.1:8080/", "127.0.0.1" }, { "http://[::1]:8080/", "[::1]" },
        { "http://localhost/", "localhost" }, { "https://bund.de/?a=www.b.de", "bund.de" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++)
        assert_sv(mw_url_site(mw_sv(CASES[i].url)), CASES[i].site);
    assert_sv(mw_url_origin(MW_SV("https://a.de:81?x")), "https://a.de:81");
    assert_sv(mw_url_target(MW_SV("https://a.de/x?y")), "/x?y");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(references_resolve_as_rfc_3986_lists),
        cmocka_unit_test(what_browsers_forgive_is_forgiven),
        cmocka_unit_test(a_host_has_one_spelling),
        cmocka_unit_test(what_is_no_page_is_refused),
        cmocka_unit_test(a_canonical_address_stays_as_it_is_whatever_it_was_made_of),
        cmocka_unit_test(a_visit_is_no_part_of_an_address),
        cmocka_unit_test(an_address_without_end_is_refused),
        cmocka_unit_test(politeness_is_owed_to_the_registrable_domain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
