/* Source files: what they may say, and what is said of their faults (crawler/source.c, source_check.c, codes.c). */
#include "crawler/source.h"
#include "lib/core/file.h"
#include "lib/core/lang.h"
#include "tests/test.h"

static char folder[] = "/tmp/mw-source-XXXXXX";

/* Loads a source file "probe.yaml" with that text; the messages of its faults, a line each. */
static enum mw_rc load(struct mw_arena *a, const char *yaml, struct mw_source **out, struct mw_str *faults)
{
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_sv path = mw_arena_printf(a, "%s/probe.yaml", folder);
    assert_int_equal(mw_file_write(path.p, mw_sv(yaml), NULL), MW_OK);
    enum mw_rc rc = mw_source_load(out, a, path.p, &diags);
    for (size_t i = 0; i < diags.n; i++)
        mw_str_addf(faults, "%s\n", diags.items[i].msg);
    mw_diags_free(&diags);
    return rc;
}

#define HEAD "source: probe\ntitle: P\nlevel: bund\n"

static void every_fault_is_said_when_the_file_is_loaded(void **state)
{
    static const struct { const char *yaml, *says; } CASES[] = {
        { "source: probe\ntitle: P\nlevel: land\nkind: html\n", "A source of a Land names it: land: NW." },
        { HEAD "kind: html\nland: NW\n", "Only a source of level land has a land." },
        { "source: anders\ntitle: P\nlevel: bund\nkind: html\n", "its file must be called anders.yaml" },
        { HEAD "kind: htlm\n", "htlm" },
        { HEAD "kind: html\nadresses: https://a.example/\n", "adresses" },
        { HEAD "kind: html\naddresses: ftp://a.example/\n", "is no address" },
        { HEAD "kind: html\naddresses: https://nutzer@a.example/\n", "is no address" },
        { HEAD "kind: html\naddresses: \"https:///pfad\"\n", "is no address" },
        { HEAD "kind: html\nlist: {records: \"//li[\"}\n", "list.records: \"//li[\" is no XPath." },
        { HEAD "kind: html\nlist: {records: \"//li\"}\n", "list.link is missing" },
        { HEAD "kind: json\nread: {title: name, url: /id}\n", "read.title: \"name\" is no JSON pointer" },
        { HEAD "kind: json\nread: {title: /name}\n", "read.url is missing" },
        { HEAD "kind: xml\nread: {url: \"@id\"}\n", "read.title is missing" },
        { HEAD "kind: json\nread: {title: /a, url: /b, url_from: \"https://a.example/\"}\n", "read.url_from must hold {}" },
        { HEAD "kind: json\nread: {title: /a, url: /b, facets: {funder: {from: /c, codes: LISTE}}}\n", "funder: the code file has no list \"LISTE\"." },
        { HEAD "kind: html\ncodes: gibt-es-nicht\n", "gibt-es-nicht" },
        { HEAD "kind: html\nenabled: yes\naddresses: https://a.example/\n", "never verified against real bytes cannot be enabled" },
        { HEAD "kind: html\nenabled: yes\nverified: {on: 2026-11-22, against: x}\n", "needs addresses" },
        { HEAD "kind: html\nverified: {on: 2026-11-22}\n", "against" },
        { HEAD "kind: html\nlanguage: fr\n", "The language must be de or en." },
        { HEAD "kind: html\npoliteness: {connections: 100}\n", "politeness.connections must lie between 1 and 8." },
        { HEAD "kind: html\nread: {main: div.content}\n", "read.main: \"div.content\" is a selector of CSS" },
        { HEAD "kind: html\nlist: {records: \"ul .entry\", link: a/@href}\n", "is a selector of CSS" },
        { HEAD "kind: html\nread: {title: '#main h1'}\n", "read.title: \"#main h1\" is a selector of CSS" },
        { HEAD "kind: html\nread: {title: \"count(//h1) + foo()\"}\n", "read.title: \"count(//h1) + foo()\" is no XPath." },
        { HEAD "kind: xml\nlist: {records: //f:programm}\nread: {url: a, title: b}\n", "list.records: \"//f:programm\" is no XPath." },
        { HEAD "kind: json\nlist: {link: /slug}\nread: {title: \"//h1[\"}\n", "read.title: \"//h1[\" is no XPath." },
        { HEAD "kind: json\nlist: {link: slug}\n", "list.link: \"slug\" is no JSON pointer" },
        { HEAD "kind: xml\nlist: {inside: /data}\nread: {url: a, title: b}\n", "list.inside is the JSON pointer" },
        { HEAD "kind: feed\nlist: {follow: no}\nread: {title: title}\n", "nothing under `read` is looked at" },
        { HEAD "kind: html\naddresses: \"https://a.example/?myseite=1\"\nrequest: {page: seite}\n", "no address counts its pages so" },
        { HEAD "kind: html\naddresses: \"https://a.example/?p=1\"\nrequest: {page: p, step: 0}\n", "request.step must lie between 1 and 10000." },
        { HEAD "kind: html\nrequest: {body: x, parts: [{name: a, body: b}]}\n", "either parts or a body" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_arena *a = mw_arena_new();
        struct mw_str faults = MW_STR_INIT;
        struct mw_source *s;
        enum mw_rc rc = load(a, CASES[i].yaml, &s, &faults);
        if (rc != MW_INVALID || strstr(mw_str_z(&faults), CASES[i].says) == NULL)
            fail_msg("%s: %d, %s", CASES[i].yaml, (int)rc, mw_str_z(&faults));
        mw_str_free(&faults);
        mw_arena_free(a);
    }
}

/* They would be asked of every page, and there is room for so many. */
static void more_expressions_than_a_page_is_asked_are_a_fault(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_str yaml = MW_STR_INIT, faults = MW_STR_INIT;
    struct mw_source *s;
    (void)state;
    mw_str_addz(&yaml, HEAD "kind: html\nread:\n  title: [\"//h1\"");
    for (int i = 0; i < 200; i++)
        mw_str_addf(&yaml, ", \"//h%d\"", i);
    mw_str_addz(&yaml, "]\n");
    assert_int_equal(load(a, mw_str_z(&yaml), &s, &faults), MW_INVALID);
    assert_non_null(strstr(mw_str_z(&faults), "201 expressions"));
    mw_str_free(&yaml);
    mw_str_free(&faults);
    mw_arena_free(a);
}

static void a_fault_is_said_where_it_stands(void **state)
{
    static const char YAML[] = "# a remark\n" HEAD "kind: html\nlist:\n  records: //li\n  link:\n    - a/@href\n    - \"b[\"\nread:\n  sections:\n    - {from: //p}\n    - {from: \"((\"}\n";
    struct mw_arena *a = mw_arena_new();
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_source *s;
    struct mw_sv path = mw_arena_printf(a, "%s/probe.yaml", folder);
    (void)state;
    assert_int_equal(mw_file_write(path.p, mw_sv(YAML), NULL), MW_OK);
    assert_int_equal(mw_source_load(&s, a, path.p, &diags), MW_INVALID);
    assert_int_equal(diags.n, 2);
    assert_int_equal(diags.items[0].line, 10);
    assert_int_equal(diags.items[0].col, 7);
    assert_int_equal(diags.items[1].line, 14);
    assert_non_null(diags.items[0].cure);
    mw_diags_free(&diags);
    mw_arena_free(a);
}

static void several_faults_are_said_at_once(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_str faults = MW_STR_INIT;
    struct mw_source *s;
    (void)state;
    assert_int_equal(load(a, HEAD "kind: html\nlanguage: fr\nlist: {records: \"//li[\", next: \"((\"}\n", &s, &faults), MW_INVALID);
    assert_non_null(strstr(mw_str_z(&faults), "language"));
    assert_non_null(strstr(mw_str_z(&faults), "list.records"));
    assert_non_null(strstr(mw_str_z(&faults), "list.next"));
    mw_str_free(&faults);
    mw_arena_free(a);
}

static void what_is_not_said_has_its_default(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_str faults = MW_STR_INIT;
    struct mw_source *s;
    (void)state;
    assert_int_equal(load(a, HEAD "kind: html\n", &s, &faults), MW_OK);
    assert_false(mw_source_enabled(s));
    assert_false(mw_source_tenders(s));
    assert_sv(s->language, "de");
    assert_false(mw_day_is(s->verified.on));
    assert_true(s->limits.megabytes == MW_INT_NONE);
    for (size_t k = 0; k < MW_FACET_N; k++)
        assert_null(s->read.facets[k]);
    mw_str_free(&faults);
    mw_arena_free(a);
}

static void the_attribution_line_names_title_and_address(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_str faults = MW_STR_INIT;
    struct mw_notice n = { .title = MW_SV("Ortsmitte {url}"), .url = MW_SV("https://a.example/1") };
    struct mw_source *s;
    (void)state;
    assert_int_equal(load(a, HEAD "kind: html\nattribution: \"{title} von P, Quelle: {url} {anderes}\"\n", &s, &faults), MW_OK);
    assert_sv(mw_source_attribution(a, s, &n), "Ortsmitte {url} von P, Quelle: https://a.example/1 {anderes}");
    s->attribution = MW_SV_NONE;
    assert_null(mw_source_attribution(a, s, &n).p);
    mw_str_free(&faults);
    mw_arena_free(a);
}

/* The promise of the house: what was never seen against real bytes is off. */
static void all_our_sources_are_sound_and_those_unverified_are_off(void **state)
{
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_arena *a = mw_arena_new();
    struct mw_list sources;
    (void)state;
    assert_int_equal(mw_sources_load(&sources, a, "config/sources", &diags), MW_OK);
    assert_true(sources.n >= 15);
    for (size_t i = 0; i < sources.n; i++) {
        const struct mw_source *s = *MW_AT(sources, const struct mw_source *, i);
        assert_true(mw_day_is(s->verified.on) || !mw_source_enabled(s));
        if (mw_day_is(s->verified.on)) /* texts that are passed on carry their terms */
            assert_true(s->attribution.n > 0 && s->licence.n > 0);
        assert_ptr_equal(mw_source_find(&sources, s->id), s);
    }
    assert_null(mw_source_find(&sources, MW_SV("gibt-es-nicht")));
    mw_diags_free(&diags);
    mw_arena_free(a);
}

static void a_broken_file_leaves_the_others(void **state)
{
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_arena *a = mw_arena_new();
    struct mw_str faults = MW_STR_INIT;
    struct mw_list sources;
    struct mw_source *s;
    (void)state;
    assert_int_equal(load(a, HEAD "kind: html\n", &s, &faults), MW_OK);
    assert_int_equal(mw_file_write(mw_arena_printf(a, "%s/kaputt.yaml", folder).p, MW_SV("source: [\n"), NULL), MW_OK);
    assert_int_equal(mw_sources_load(&sources, a, folder, &diags), MW_INVALID);
    assert_int_equal(sources.n, 1);
    assert_true(diags.errors > 0);
    unlink(mw_arena_printf(a, "%s/kaputt.yaml", folder).p);
    mw_diags_free(&diags);
    mw_str_free(&faults);
    mw_arena_free(a);
}

static void codes_have_labels_and_labels_that_hold_the_separator_stay_whole(void **state)
{
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_arena *a = mw_arena_new();
    struct mw_codes *codes;
    (void)state;
    assert_int_equal(mw_codes_load(&codes, a, "config/codes/fdb.yaml", &diags), MW_OK);
    assert_true(mw_codes_has(codes, MW_SV("FOERDERBEREICH")));
    assert_sv(mw_codes_label(codes, MW_SV("FOERDERGEBIET"), MW_SV("schlesig_holstein")), "Schleswig-Holstein");
    assert_sv(mw_codes_label(codes, MW_SV("FOERDERGEBIET"), MW_SV("schleswig_holstein")), "Schleswig-Holstein");
    assert_null(mw_codes_label(codes, MW_SV("FOERDERGEBIET"), MW_SV("atlantis")).p);
    assert_null(mw_codes_label(codes, MW_SV("ATLANTIS"), MW_SV("bayern")).p);
    assert_sv(mw_codes_longest(codes, MW_SV("FOERDERBEREICH"), MW_SV("Kultur, Medien & Sport, Arbeit")), "Kultur, Medien & Sport");
    assert_null(mw_codes_longest(codes, MW_SV("FOERDERBEREICH"), MW_SV("Kultur")).p);
    mw_diags_free(&diags);
    mw_arena_free(a);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL;
}
static int remove_folder(void **state)
{
    char path[64];
    (void)state;
    snprintf(path, sizeof path, "%s/probe.yaml", folder);
    unlink(path);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fault_is_said_when_the_file_is_loaded),
        cmocka_unit_test(more_expressions_than_a_page_is_asked_are_a_fault),
        cmocka_unit_test(a_fault_is_said_where_it_stands),
        cmocka_unit_test(several_faults_are_said_at_once),
        cmocka_unit_test(what_is_not_said_has_its_default),
        cmocka_unit_test(the_attribution_line_names_title_and_address),
        cmocka_unit_test(all_our_sources_are_sound_and_those_unverified_are_off),
        cmocka_unit_test(a_broken_file_leaves_the_others),
        cmocka_unit_test(codes_have_labels_and_labels_that_hold_the_separator_stay_whole),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
