/* lib/model/notice: the interchange format, read from real records and from bad ones, and written without loss. */
#include "lib/model/notice.h"

#include "lib/core/file.h"
#include "lib/parse/parse.h"
#include "tests/test.h"

static enum mw_rc read_notice(struct mw_notice *n, struct mw_arena *a, struct mw_sv json, struct mw_err *err)
{
    struct mw_node *node;
    enum mw_rc rc = mw_json_read(&node, a, "test.ndjson", 7, json, err);
    return rc == MW_OK ? mw_notice_from_node(n, a, node, err) : rc;
}

static void write_notice(struct mw_str *out, const struct mw_notice *n)
{
    MW_AUTO(mw_out_freep) struct mw_out *o = mw_out_to_str(out, &(struct mw_out_opts){ .format = MW_JSON, .compact = true });
    mw_notice_to_out(n, o);
    assert_int_equal(mw_out_finish(o, NULL), MW_OK);
}

static void a_record_is_read_key_by_key(void **state)
{
    static const char JSON[] =
        "{\"url\": \"https://example.org/a\", \"source\": \"fdb\", \"title\": \"Klima\", \"language\": \"en\","
        " \"sections\": [{\"heading\": \"Ziel\", \"html\": \"<p>A</p>\"}, {\"text\": \"B \\\\- b\"}, {\"heading\": null}],"
        " \"facets\": {\"funder\": [\"Bund\", \"Land\"], \"funding_type\": \"Zuschuss\"},"
        " \"opens\": \"2026-01-01\", \"deadlines\": [\"2026-09-30\", \"2026-03-31T17:00:00\"], \"fetched_at\": \"2026-01-02T03:04:05Z\"}";
    struct mw_arena *a = mw_arena_new();
    struct mw_notice n;
    (void)state;
    assert_int_equal(read_notice(&n, a, mw_sv(JSON), NULL), MW_OK);
    assert_sv(n.url, "https://example.org/a");
    assert_sv(n.title, "Klima");
    assert_sv(n.language, "en");
    assert_int_equal(n.sections.n, 3);
    const struct mw_section *s = n.sections.items;
    assert_true(s[0].html && s[0].text.p == NULL);
    assert_sv(s[0].raw, "<p>A</p>");
    assert_sv(s[1].heading, "");
    assert_sv(s[1].text, "B \\- b"); /* a text stays byte for byte */
    assert_sv(s[2].text, "");
    assert_int_equal(n.facets[MW_FUNDER].n, 2);
    assert_sv(*MW_AT(n.facets[MW_FUNDING_TYPE], struct mw_sv, 0), "Zuschuss");
    struct mw_ymd first = mw_day_ymd(*MW_AT(n.deadlines, struct mw_day, 0)), opens = mw_day_ymd(n.opens);
    assert_int_equal(first.month, 3); /* the earliest first */
    assert_int_equal(opens.year, 2026);
    mw_arena_free(a);
}

static void what_is_not_stated_is_not_made_up(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_notice n;
    (void)state;
    assert_int_equal(read_notice(&n, a, MW_SV("{\"url\": \"u\", \"title\": \"t\", \"source\": null, \"facets\": null}"), NULL), MW_OK);
    assert_sv(n.language, "de");
    assert_null(n.source.p);
    assert_null(n.fetched_at.p);
    assert_false(mw_day_is(n.opens));
    assert_int_equal(n.sections.n + n.deadlines.n + n.extra.n, 0);
    mw_arena_free(a);
}

static void a_fault_is_said_with_its_line_and_its_key(void **state)
{
    static const struct {
        const char *json, *want;
    } CASES[] = {
        { "[]", "must be an object" },
        { "{\"title\": \"t\"}", "A notice needs \"url\"." },
        { "{\"url\": \"u\", \"title\": \"  \"}", "A notice needs \"title\"." },
        { "{\"url\": 5, \"title\": \"t\"}", "\"url\" must be a text" },
        { "{\"url\": \"u\", \"title\": [\"t\"]}", "\"title\" must be a text" },
        { "{\"url\": \"a b\", \"title\": \"t\"}", "space or a control character" },
        { "{\"url\": \"a\\u0001\", \"title\": \"t\"}", "space or a control character" },
        { "{\"url\": \"u\", \"title\": \"t\", \"sections\": {}}", "\"sections\" must be a list" },
        { "{\"url\": \"u\", \"title\": \"t\", \"sections\": [\"x\"]}", "\"sections\" must be a list of objects" },
        { "{\"url\": \"u\", \"title\": \"t\", \"sections\": [{\"html\": true}]}", "\"html\" must be a text" },
        { "{\"url\": \"u\", \"title\": \"t\", \"sections\": [{\"heading\": {}}]}", "\"heading\" must be a text" },
        { "{\"url\": \"u\", \"title\": \"t\", \"facets\": []}", "\"facets\" must be an object" },
        { "{\"url\": \"u\", \"title\": \"t\", \"facets\": {\"funder\": [[]]}}", "\"funder\" must be a list of texts" },
        { "{\"url\": \"u\", \"title\": \"t\", \"deadlines\": [\"31. Februar\"]}", "\"deadlines\" must be a date" },
        { "{\"url\": \"u\", \"title\": \"t\", \"deadlines\": {}}", "\"deadlines\" must be a date" },
        { "{\"url\": \"u\", \"title\": \"t\", \"opens\": \"2026-02-30\"}", "\"opens\" must be a date" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        MW_AUTO(mw_err_clear) struct mw_err err = MW_ERR_INIT(MW_EN);
        MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
        struct mw_notice n;
        if (read_notice(&n, a, mw_sv(CASES[i].json), &err) != MW_INVALID || strstr(err.msg, CASES[i].want) == NULL ||
            strncmp(err.msg, "test.ndjson:7", 13) != 0)
            fail_msg("%s\n gives \"%s\"", CASES[i].json, err.msg != NULL ? err.msg : "no error");
    }
}

static void the_plain_text_is_title_headings_and_texts(void **state)
{
    static const char JSON[] = "{\"url\": \"u\", \"title\": \"Titel\", \"sections\": ["
                               "{\"heading\": \"Eins\", \"text\": \"äöü\"}, {\"heading\": \"\", \"text\": \"\"},"
                               "{\"heading\": \"Drei\", \"text\": \"Ende\"}]}";
    struct mw_arena *a = mw_arena_new();
    MW_AUTO(mw_str_free) struct mw_str plain = MW_STR_INIT;
    struct mw_notice n;
    (void)state;
    assert_int_equal(read_notice(&n, a, mw_sv(JSON), NULL), MW_OK);
    mw_notice_plain(&plain, &n);
    assert_sv(mw_str_sv(&plain), "Titel\nEins\näöü\n\n\nDrei\nEnde");
    for (size_t i = 0; i < n.sections.n; i++) {
        const struct mw_section *s = MW_AT(n.sections, struct mw_section, i);
        size_t heading, text;
        mw_notice_offsets(&n, i, &heading, &text);
        assert_true(mw_sv_eq(mw_sv_sub(mw_str_sv(&plain), heading, s->heading.n), s->heading));
        assert_true(mw_sv_eq(mw_sv_sub(mw_str_sv(&plain), text, s->text.n), s->text));
    }
    mw_arena_free(a);
}

static void keys_that_nobody_knows_survive(void **state)
{
    static const char JSON[] = "{\"url\":\"u\",\"title\":\"\\\"<&\\u2028\",\"language\":\"de\",\"facets\":{\"funder\":[\"B\"],"
                               "\"programme\":[\"LIFE\",null]},\"budget\":{\"eur\":12345678901234567,\"share\":0.25,"
                               "\"yes\":true,\"none\":null,\"list\":[],\"map\":{}},\"x\":\"\\t\"}";
    struct mw_arena *a = mw_arena_new();
    MW_AUTO(mw_str_free) struct mw_str once = MW_STR_INIT;
    MW_AUTO(mw_str_free) struct mw_str twice = MW_STR_INIT;
    struct mw_notice n;
    (void)state;
    assert_int_equal(read_notice(&n, a, mw_sv(JSON), NULL), MW_OK);
    write_notice(&once, &n);
    assert_int_equal(read_notice(&n, a, mw_str_sv(&once), NULL), MW_OK);
    write_notice(&twice, &n);
    assert_true(mw_sv_eq(mw_str_sv(&once), mw_str_sv(&twice)));
    static const char *const KEPT[] = { "12345678901234567", "0.25", "\"programme\"", "\"LIFE\"", "\"none\"", "\"map\"", "\\t" };
    for (size_t i = 0; i < COUNT(KEPT); i++)
        if (strstr(mw_str_z(&twice), KEPT[i]) == NULL)
            fail_msg("%s is missing in %s", KEPT[i], mw_str_z(&twice));
    mw_arena_free(a);
}

/* --- real records ------------------------------------------------------------------------------------------------------------- */
static bool same_list(const struct mw_list *a, const struct mw_list *b)
{
    bool same = a->n == b->n;
    for (size_t i = 0; same && i < a->n; i++)
        same = mw_sv_eq(*MW_AT(*a, struct mw_sv, i), *MW_AT(*b, struct mw_sv, i));
    return same;
}

static bool same_notice(const struct mw_notice *a, const struct mw_notice *b)
{
    bool same = mw_sv_eq(a->url, b->url) && mw_sv_eq(a->source, b->source) && mw_sv_eq(a->title, b->title) &&
                mw_sv_eq(a->language, b->language) && a->sections.n == b->sections.n && a->deadlines.n == b->deadlines.n &&
                a->extra.n == b->extra.n && mw_day_cmp(a->opens, b->opens) == 0;
    for (size_t k = 0; k < MW_FACET_N; k++)
        same = same && same_list(&a->facets[k], &b->facets[k]);
    for (size_t i = 0; same && i < a->sections.n; i++) {
        const struct mw_section *s = MW_AT(a->sections, struct mw_section, i), *t = MW_AT(b->sections, struct mw_section, i);
        same = mw_sv_eq(s->heading, t->heading) && s->html == t->html && mw_sv_eq(s->raw, t->raw);
    }
    return same;
}

/* What a reader of the HTML without a parser has: everything but tags, references of the four kinds resolved. */
static void strip(struct mw_str *out, struct mw_sv html)
{
    static const char *const REFS[][2] = { { "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" } };
    for (size_t i = 0; i < html.n; i++) {
        size_t k = 0;
        if (html.p[i] == '<') {
            i = mw_sv_find(html, MW_SV(">"), i);
            continue;
        }
        while (k < COUNT(REFS) && !mw_sv_starts(mw_sv_sub(html, i, 8), mw_sv(REFS[k][0])))
            k++;
        mw_str_add(out, k < COUNT(REFS) ? mw_sv(REFS[k][1]) : mw_sv_n(html.p + i, 1));
        i += k < COUNT(REFS) ? strlen(REFS[k][0]) - 1 : 0;
    }
}

/* White space and list marks apart, both are the same. */
static bool same_letters(struct mw_sv a, struct mw_sv b)
{
    size_t i = 0, k = 0;
    for (;; i++, k++) {
        while (i < a.n && strchr(" \t\r\n*", a.p[i]) != NULL)
            i++;
        while (k < b.n && strchr(" \t\r\n*", b.p[k]) != NULL)
            k++;
        if (i == a.n || k == b.n)
            return i == a.n && k == b.n;
        if (a.p[i] != b.p[k])
            return false;
    }
}

static void check_corpus(const char *name, size_t want)
{
    MW_AUTO(mw_lines_closep) struct mw_lines *lines = NULL;
    MW_AUTO(mw_parser_freep) struct mw_parser *parser = NULL;
    MW_AUTO(mw_err_clear) struct mw_err err = MW_ERR_INIT(MW_EN);
    size_t n = 0;
    struct mw_sv line;
    assert_int_equal(mw_parser_new(&parser, &err), MW_OK);
    assert_int_equal(mw_lines_open(&lines, shared_path(name), (size_t)16 << 20, &err), MW_OK);
    while (mw_lines_next(lines, &line, &err) == MW_OK) {
        MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
        MW_AUTO(mw_str_free) struct mw_str json = MW_STR_INIT;
        struct mw_notice first, second;
        if (read_notice(&first, a, line, &err) != MW_OK)
            fail_msg("%s", err.msg);
        write_notice(&json, &first);
        assert_int_equal(read_notice(&second, a, mw_str_sv(&json), &err), MW_OK);
        if (!same_notice(&first, &second))
            fail_msg("%.*s is not the same after writing and reading", MW_SV_ARG(first.url));
        for (size_t i = 0; i < first.sections.n; i++) {
            struct mw_section *s = MW_AT(first.sections, struct mw_section, i);
            MW_AUTO(mw_str_free) struct mw_str bare = MW_STR_INIT;
            if (!s->html)
                continue;
            assert_int_equal(mw_parse_html_text(parser, a, s->raw, &s->text, &err), MW_OK);
            strip(&bare, s->raw);
            if (!same_letters(s->text, mw_str_sv(&bare)))
                fail_msg("%.*s: text of section %zu is not that of its HTML", MW_SV_ARG(first.url), i);
        }
        n++;
    }
    assert_int_equal(n, want);
}

static void all_programmes_of_the_corpus_come_and_go_unchanged(void **state)
{
    (void)state;
    SKIP_WITHOUT_SHARED("eval/corpus.ndjson.gz");
    check_corpus("eval/corpus.ndjson.gz", 449);
    check_corpus("eval/corpus-extra.ndjson.gz", 9);
}

static void all_calls_of_the_eu_come_and_go_unchanged(void **state)
{
    (void)state;
    SKIP_WITHOUT_SHARED("eval/corpus-eu.ndjson.gz");
    check_corpus("eval/corpus-eu.ndjson.gz", 629);
}

static void a_copy_lives_without_what_it_was_made_of(void **state)
{
    static const char JSON[] =
        "{\"url\": \"https://example.org/a\", \"source\": \"fdb\", \"title\": \"Klima\", \"language\": \"en\","
        " \"sections\": [{\"heading\": \"Ziel\", \"html\": \"<p>A</p>\"}, {\"heading\": \"\", \"text\": \"B\"}],"
        " \"facets\": {\"funder\": [\"Bund\", \"Land\"]}, \"deadlines\": [\"2026-03-31\", \"2026-09-30\"], \"fetched_at\": \"2026-01-02T03:04:05Z\","
        " \"contacts\": [{\"name\": \"Amt\", \"rooms\": [1, null, true]}], \"none\": []}";
    MW_AUTO(mw_str_free) struct mw_str before = MW_STR_INIT;
    MW_AUTO(mw_str_free) struct mw_str after = MW_STR_INIT;
    struct mw_arena *a = mw_arena_new(), *b = mw_arena_new();
    struct mw_notice n, copy;
    (void)state;
    assert_int_equal(read_notice(&n, a, mw_sv(JSON), NULL), MW_OK);
    MW_AT(n.sections, struct mw_section, 0)->text = MW_SV("A");
    write_notice(&before, &n);
    assert_int_equal(mw_notice_copy(&copy, b, &n, NULL), MW_OK);
    mw_arena_free(a);
    write_notice(&after, &copy);
    assert_string_equal(mw_str_z(&after), mw_str_z(&before));
    assert_sv(MW_AT(copy.sections, struct mw_section, 0)->text, "A");
    assert_sv(MW_AT(copy.sections, struct mw_section, 1)->text, "B");
    mw_arena_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_copy_lives_without_what_it_was_made_of),
        cmocka_unit_test(a_record_is_read_key_by_key),
        cmocka_unit_test(what_is_not_stated_is_not_made_up),
        cmocka_unit_test(a_fault_is_said_with_its_line_and_its_key),
        cmocka_unit_test(the_plain_text_is_title_headings_and_texts),
        cmocka_unit_test(keys_that_nobody_knows_survive),
        cmocka_unit_test(all_programmes_of_the_corpus_come_and_go_unchanged),
        cmocka_unit_test(all_calls_of_the_eu_come_and_go_unchanged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
