#include "tests/test.h"

#include <sys/stat.h>
#include <time.h>

#include "lib/core/file.h"
#include "lib/core/node.h"
#include "tests/mutate.h"

/* What one reading leaves; every test frees it with done(). */
struct reading {
    struct mw_arena *arena;
    struct mw_diags diags;
    struct mw_node *root;
    enum mw_rc rc;
};

static struct reading read_in(enum mw_lang lang, struct mw_sv text)
{
    struct reading r = { mw_arena_new(), MW_DIAGS_INIT(lang), NULL, MW_OK };
    r.rc = mw_yaml_read(&r.root, r.arena, "f.yaml", text, &r.diags);
    return r;
}

static struct reading reading(const char *text)
{
    return read_in(MW_EN, mw_sv(text));
}

static void done(struct reading *r)
{
    mw_diags_free(&r->diags);
    mw_arena_free(r->arena);
}

/* "line:col code, ..." in the order found. */
static struct mw_str summary(const struct reading *r)
{
    struct mw_str s = MW_STR_INIT;
    for (size_t i = 0; i < r->diags.n; i++)
        mw_str_addf(
            &s, "%s%u:%u %s", i > 0 ? ", " : "", r->diags.items[i].line, r->diags.items[i].col, r->diags.items[i].code);
    return s;
}

static void expect_faults(const char *text, const char *want)
{
    struct reading r = reading(text);
    struct mw_str got = summary(&r);
    if (strcmp(mw_str_z(&got), want) != 0)
        fail_msg("in \"%s\"\n  got  %s\n  want %s", text, mw_str_z(&got), want);
    assert_int_equal(r.rc, want[0] == '\0' ? MW_OK : MW_INVALID);
    mw_str_free(&got);
    done(&r);
}

/* --- what is read ------------------------------------------------------------------------------------------------- */

static void every_scalar_stays_the_text_that_was_written(void **state)
{
    static const char *const SAME[] = { "NO", "yes", "off", "05562012", "1.10", "1e3", "0x1F", "2026-03-31", "12:30:45",
        "~", "null", "450000 EUR", "33 1/3 %", "a#b", "https://example.org/a?b=c#d", "Straße" };
    (void)state;
    for (size_t i = 0; i < COUNT(SAME); i++) {
        struct mw_str text = MW_STR_INIT;
        mw_str_addf(&text, "key: %s # comment\n", SAME[i]);
        struct reading r = reading(mw_str_z(&text));
        assert_int_equal(r.rc, MW_OK);
        assert_sv(mw_node_text(r.root, "key"), SAME[i]);
        mw_str_free(&text);
        done(&r);
    }
}

static void quotes_and_blocks_are_decoded(void **state)
{
    static const struct { const char *text, *want; enum mw_scalar style; } CASES[] = {
        { "k: 'it''s \\d+'", "it's \\d+", MW_QUOTED },
        { "k: \"a\\tb\\u00e4\"", "a\tb\u00e4", MW_QUOTED },
        { "k: |\n  one\n   two\n\n", "one\n two\n", MW_BLOCK },
        { "k: |-\n  one\n", "one", MW_BLOCK },
        { "k: >\n  one\n  two\n\n  three\n", "one two\nthree\n", MW_BLOCK },
        { "k: one\n  two\n", "one two", MW_PLAIN },
        { "k: ''", "", MW_QUOTED },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct reading r = reading(CASES[i].text);
        assert_int_equal(r.rc, MW_OK);
        assert_sv(mw_node_get(r.root, "k")->text, CASES[i].want);
        assert_int_equal(mw_node_get(r.root, "k")->style, CASES[i].style);
        done(&r);
    }
}

static void an_empty_file_is_an_empty_map(void **state)
{
    static const char *const EMPTY[] = { "", "\n\n", "# only a comment\n", "---\n", "\xEF\xBB\xBF" };
    (void)state;
    for (size_t i = 0; i < COUNT(EMPTY); i++) {
        struct reading r = reading(EMPTY[i]);
        assert_int_equal(r.rc, MW_OK);
        if (r.root->kind == MW_MAP)
            assert_int_equal(r.root->n, 0);
        else /* "---" alone holds one empty scalar: a schema says that keys are missing */
            assert_true(mw_node_absent(r.root));
        done(&r);
    }
}

static void maps_and_lists_keep_the_order_of_the_file(void **state)
{
    struct reading r = reading("z: 1\na: [3, 1, 2]\nm:\n- x: 1\n  y: 2\n- b\n");
    (void)state;
    assert_int_equal(r.root->n, 3);
    assert_sv(r.root->pairs[0].key, "z");
    assert_sv(r.root->pairs[2].key, "m");
    const struct mw_node *list = mw_node_get(r.root, "a");
    assert_int_equal(list->n, 3);
    assert_sv(list->items[0]->text, "3");
    assert_sv(mw_node_text(mw_node_get(r.root, "m")->items[0], "y"), "2");
    done(&r);
}

static void looking_up_what_is_not_there_gives_nothing(void **state)
{
    struct reading r = reading("a: [1]\nempty:\n");
    (void)state;
    assert_null(mw_node_get(r.root, "b"));
    assert_null(mw_node_get(mw_node_get(r.root, "a"), "a"));
    assert_null(mw_node_get(NULL, "a"));
    assert_null(mw_node_text(r.root, "a").p);
    assert_null(mw_node_text(r.root, "empty").p);
    assert_true(mw_node_absent(mw_node_get(r.root, "empty")));
    done(&r);
}

/* --- places ------------------------------------------------------------------------------------------------------- */

static void places_count_lines_and_characters_from_one(void **state)
{
    static const struct { const char *why, *text; unsigned line, col; } CASES[] = {
        { "plain", "a: 1\nk: x\n", 2, 4 },
        { "umlauts are one character each", "{Träger: 'Köln', k: x}", 1, 21 },
        { "four-byte characters are one column too", "{\xF0\x9F\x8F\x9B\xF0\x9F\x8F\x9B: 1, k: x}", 1, 12 },
        { "behind a block with umlauts", "a: |\n  Größe\n\n  ü\nk: x\n", 5, 4 },
        { "lines that end with CR LF", "a: 1\r\n\r\nk: x\r\n", 3, 4 },
        { "a byte order mark is no character", "\xEF\xBB\xBFk: x", 1, 4 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct reading r = reading(CASES[i].text);
        const struct mw_node *k = mw_node_get(r.root, "k");
        if (k == NULL || k->pos.line != CASES[i].line || k->pos.col != CASES[i].col)
            fail_msg("%s: got %u:%u", CASES[i].why, k != NULL ? k->pos.line : 0, k != NULL ? k->pos.col : 0);
        assert_string_equal(k->pos.file, "f.yaml");
        assert_memory_equal(CASES[i].text + k->begin, "x", 1);
        assert_int_equal(k->end - k->begin, 1);
        done(&r);
    }
}

static void byte_marks_enclose_exactly_what_was_written(void **state)
{
    static const struct { const char *text, *want; } CASES[] = {
        { "k: plain text  # comment", "plain text" },
        { "k: 'a ''b'' c' ", "'a ''b'' c'" },
        { "k: \"x\\\"y\"", "\"x\\\"y\"" },
        { "k: |\n  zwei\n  drei\n\n# comment\nl: 1", "|\n  zwei\n  drei" },
        { "k: >-  # why\n  äöü\n\n", ">-  # why\n  äöü" },
        { "k: |\nl: 1", "|" },
        { "k: eins\n  zwei\nl: 1", "eins\n  zwei" },
        { "k: [a, {b: c}]  ", "[a, {b: c}]" },
        { "k:\n- ä: 1\n  b: 2\n\n\n# comment\nl: 1", "- ä: 1\n  b: 2" },
        { "k:\n  a: |\n    x\n\nl: 1", "a: |\n    x" },
        { "k:\nl: 1", "" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct reading r = reading(CASES[i].text);
        const struct mw_node *k = mw_node_get(r.root, "k");
        assert_int_equal(r.rc, MW_OK);
        assert_sv(mw_sv_n(CASES[i].text + k->begin, k->end - k->begin), CASES[i].want);
        done(&r);
    }
}

/* All scalars of a tree that are values or items, in the order of the file. */
static void collect(const struct mw_node *n, const struct mw_node **out, size_t *count)
{
    if (n->kind == MW_SCALAR)
        out[(*count)++] = n;
    for (size_t i = 0; n->kind == MW_MAP && i < n->n; i++)
        collect(n->pairs[i].value, out, count);
    for (size_t i = 0; n->kind == MW_SEQ && i < n->n; i++)
        collect(n->items[i], out, count);
}

static const char SAMPLE[] =
    "# Projektprofil\n"
    "profile: dorsten\n"
    "title: 'Stadtteilbüro: ''Innenstadt'''\n"
    "summary: >\n  Einrichtung eines Büros\n  mit Management\n\n  und mehr\n\n"
    "applicants:\n"
    "  - name: Stadt Dorsten   # federführend\n    ags: \"05562012\"\n    note: |\n      eins\n      zwei\n"
    "  - {name: Stadt Gladbeck, ags: '05513000', population: }\n"
    "kinds: [zuschuss,\n  darlehen]\n"
    "empty:\n"
    "nested:\n- - a\n  - b\n- c: d\n"
    "volume: 450000 EUR\n";

static void a_splice_at_the_marks_changes_that_value_and_no_other(void **state)
{
    const struct mw_node *before[64], *after[64];
    size_t n = 0;
    struct reading r = reading(SAMPLE);
    (void)state;
    assert_int_equal(r.rc, MW_OK);
    collect(r.root, before, &n);
    assert_true(n > 12);
    for (size_t i = 0; i < n; i++) {
        struct mw_str text = MW_STR_INIT;
        size_t m = 0;
        mw_str_add(&text, mw_sv_n(SAMPLE, before[i]->begin));
        mw_str_addz(&text, before[i]->begin == before[i]->end ? " \"NEU\"" : "\"NEU\"");
        mw_str_addz(&text, SAMPLE + before[i]->end);
        struct reading again = reading(mw_str_z(&text));
        if (again.rc != MW_OK)
            fail_msg("after the splice at line %u: %s", before[i]->pos.line, again.diags.items[0].msg);
        collect(again.root, after, &m);
        assert_int_equal(m, n);
        for (size_t j = 0; j < n; j++)
            assert_true(mw_sv_eq(after[j]->text, j == i ? MW_SV("NEU") : before[j]->text));
        mw_str_free(&text);
        done(&again);
    }
    done(&r);
}

/* --- what is refused ---------------------------------------------------------------------------------------------- */

static void what_the_subset_leaves_out_is_refused_with_its_place(void **state)
{
    static const struct { const char *text, *want; } CASES[] = {
        { "a: &x 1", "1:4 anchor" },
        { "a: &x [1]\nb: &y {c: 1}", "1:4 anchor, 2:4 anchor" },
        { "a: 1\nb: *x", "2:4 alias" },
        { "*x : 1", "1:1 alias" },
        { "a: !int 1", "1:4 tag" },
        { "a: !!str 1\nb: ! 2", "1:4 tag, 2:4 tag" },
        { "<<: {a: 1}", "1:1 merge-key" },
        { "a: 1\n---\nb: 2", "2:1 second-document" },
        { "a: 1\nb: 2\na: 3", "3:1 duplicate-key" },
        { "{a: 1, 'a': 2, \"a\": 3}", "1:8 duplicate-key, 1:16 duplicate-key" },
        { "? [a, b]\n: 1", "1:3 key-not-a-word" },
        { "{{a: 1}: 2}", "1:2 key-not-a-word" },
        { "'': 1", "1:1 key-missing" },
        { "a: {amount: 2,5 Mio. EUR, b: 1}", "1:15 colon-missing" },
        { "{a: 1, 'b'}", "1:8 colon-missing" },
        { "a: \xff", "1:4 not-utf8" },
        { "ä: \xc3", "1:4 not-utf8" },
        { "a: 1\nb: x\x1b[31m", "2:5 control-character" },
        { "a: b\xE2\x80\xA8" "c", "1:5 control-character" },
        { "%TAG ! tag:x,2000:\n---\na: 1", "1:1 tag" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++)
        expect_faults(CASES[i].text, CASES[i].want);
}

static void what_only_looks_forbidden_is_read(void **state)
{
    static const char *const FINE[] = { "'<<': 1", "a: 'x & y'", "a: x & y * z ! w", "a: '*x'", "a: \"!x\"",
        "---\na: 1\n...\n", "%YAML 1.1\n---\na: 1", "a: {x: 1}\nb: {x: 1}", "- {x: 1}\n- {x: 1}", "? a\n: 1", "a: b\tc",
        "{a: , b: {c: }}", "{? a : 1}", "{\"a\":1}" };
    (void)state;
    for (size_t i = 0; i < COUNT(FINE); i++)
        expect_faults(FINE[i], "");
}

static void a_zero_byte_does_not_hide_the_rest_of_the_file(void **state)
{
    struct reading r = read_in(MW_EN, mw_sv_n("a: 1\n\0b: *x\n", 12));
    (void)state;
    assert_int_equal(r.rc, MW_INVALID);
    assert_string_equal(r.diags.items[0].code, "control-character");
    assert_int_equal(r.diags.items[0].line, 2);
    done(&r);
}

static void all_faults_of_one_file_are_reported_at_once(void **state)
{
    (void)state;
    expect_faults("title: &t Büro\n"
                  "kinds: [zuschuss, *t]\n"
                  "volume: !eur 450000\n"
                  "title: zwei\n"
                  "<<: {x: 1}\n"
                  "applicants:\n"
                  "  - {ä: 1, ä: 2}\n"
                  "  - ? {x: y}\n"
                  "    : 1\n"
                  "---\n"
                  "a: 1\n",
        "1:8 anchor, 2:19 alias, 3:9 tag, 5:1 merge-key, 7:12 duplicate-key, 8:7 key-not-a-word, 4:1 duplicate-key, "
        "10:1 second-document");
}

static void a_file_with_such_faults_still_gives_its_tree(void **state)
{
    struct reading r = reading("a: 1\na: 2\nb: *x\nc: !t 3\n");
    (void)state;
    assert_int_equal(r.rc, MW_INVALID);
    assert_sv(mw_node_text(r.root, "a"), "1");
    assert_true(mw_node_get(r.root, "b")->faulty);
    assert_sv(mw_node_get(r.root, "c")->text, "3");
    assert_int_equal(r.root->n, 3);
    done(&r);
}

static void syntax_errors_name_the_place_and_what_was_probably_meant(void **state)
{
    static const struct { const char *text; unsigned line, col; const char *message, *cure; } CASES[] = {
        { "title: Teil 1: Analyse", 1, 14, "colon", "single quotes" },
        { "a: 1\nb", 2, 1, "colon is missing", "key: value" },
        { "a: 1\nb:2\nc: 3", 2, 1, "colon is missing", "space behind the colon" },
        { "a: 1\nt: 'offen\nb: 2\n", 2, 4, "never closed", "same quotation mark" },
        { "a: \"offen\n---\n", 1, 4, "never closed", "same quotation mark" },
        { "a: 'x' y", 1, 8, "key is expected", "closing quotation mark" },
        { "\ta: 1", 1, 1, "tab", "spaces" },
        { "a:\n\tb: 1", 2, 1, "tab", "spaces" },
        { "a: [1, 2\nb: 3\n", 1, 4, "not closed", "[one, two, three]" },
        { "a: {b: 1\nc: 2", 1, 4, "not closed", "{key: value" },
        { "re: \"\\d+\"", 1, 6, "backslash", "single quotes" },
        { "re: \"\\uXXXX\"", 1, 8, "backslash", "single quotes" },
        { "a: @home", 1, 4, "cannot begin", "single quotes" },
        { "a: `x`", 1, 4, "cannot begin", "single quotes" },
        { "a: %x", 1, 4, "cannot begin", "single quotes" },
        { "a: *wichtig*", 1, 4, "cannot begin", "single quotes" },
        { "a: - b", 1, 4, "list cannot begin", "below its key" },
        { "a:\n- b\n-c", 3, 1, "dash with a space", "- value" },
        { "- a\nb: 1", 2, 1, "entry beginning with a dash", "same column" },
        { "  a: 1\nb: 2", 2, 1, "indented less", "first column" },
        { "a:\n  - b\n c: 1", 3, 2, "key is expected", "same column" },
        { "a: [1,,2]", 1, 7, "value is missing", "comma" },
        { "a: 1]\nb: ]", 2, 4, "bracket closes none", "Remove it" },
        { "{a: 1}}", 1, 7, "bracket closes none", "Remove it" },
        { "a: | text\n  b", 1, 6, "line must end", "next line" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct reading r = reading(CASES[i].text);
        const struct mw_diag *d = r.diags.n > 0 ? &r.diags.items[0] : NULL;
        if (r.rc != MW_INVALID || r.root != NULL || d == NULL || d->cure == NULL)
            fail_msg("\"%s\" should be a syntax error", CASES[i].text);
        if (d->line != CASES[i].line || d->col != CASES[i].col || strstr(d->msg, CASES[i].message) == NULL ||
            strstr(d->cure, CASES[i].cure) == NULL)
            fail_msg("\"%s\": %u:%u %s (%s)", CASES[i].text, d->line, d->col, d->msg, d->cure);
        done(&r);
    }
}

static void german_users_read_german(void **state)
{
    static const char *const FAULTY[] = { "a: b: c", "\ta: 1", "a: *x", "a: 1\na: 2", "a: \xff", "a: 'x", "a: [",
        "x\x01", "- a\nb: 1" };
    (void)state;
    for (size_t i = 0; i < COUNT(FAULTY); i++) {
        struct reading de = read_in(MW_DE, mw_sv(FAULTY[i])), en = reading(FAULTY[i]);
        assert_string_not_equal(de.diags.items[0].msg, en.diags.items[0].msg);
        assert_string_not_equal(de.diags.items[0].cure, en.diags.items[0].cure);
        done(&de);
        done(&en);
    }
}

/* --- limits ------------------------------------------------------------------------------------------------------- */

static struct mw_str repeated(const char *piece, size_t n, const char *end)
{
    struct mw_str s = MW_STR_INIT;
    for (size_t i = 0; i < n; i++)
        mw_str_addz(&s, piece);
    mw_str_addz(&s, end);
    return s;
}

static void sixty_four_levels_are_read_and_one_more_is_not(void **state)
{
    (void)state;
    for (size_t n = MW_DEPTH_MAX; n <= MW_DEPTH_MAX + 1; n++) {
        struct mw_str text = repeated("[", n, "x"), close = repeated("]", n, "\n");
        mw_str_add(&text, mw_str_sv(&close));
        struct reading r = reading(mw_str_z(&text));
        assert_int_equal(r.rc, n > MW_DEPTH_MAX ? MW_INVALID : MW_OK);
        if (n > MW_DEPTH_MAX) {
            assert_null(r.root);
            assert_string_equal(r.diags.items[0].code, "too-deep");
            assert_int_equal(r.diags.items[0].col, MW_DEPTH_MAX + 1);
        }
        mw_str_free(&text);
        mw_str_free(&close);
        done(&r);
    }
}

static void a_bomb_of_brackets_ends_at_once(void **state)
{
    static const char *const BOMBS[] = { "[", "{a: ", "- ", "? ", "{", "[{a: [" };
    (void)state;
    for (size_t i = 0; i < COUNT(BOMBS); i++) {
        struct mw_str text = repeated(BOMBS[i], 20000, "\n");
        clock_t begin = clock();
        struct reading r = reading(mw_str_z(&text));
        assert_int_equal(r.rc, MW_INVALID);
        assert_null(r.root);
        assert_true(clock() - begin < CLOCKS_PER_SEC / 4);
        mw_str_free(&text);
        done(&r);
    }
}

static void many_keys_do_not_take_quadratic_time(void **state)
{
    struct mw_str text = MW_STR_INIT;
    (void)state;
    for (int i = 0; i < 60000; i++)
        mw_str_addf(&text, "k%d: v\n", i);
    mw_str_addz(&text, "k7: again\n");
    clock_t begin = clock();
    struct reading r = reading(mw_str_z(&text));
    assert_true(clock() - begin < 6 * CLOCKS_PER_SEC);
    assert_int_equal(r.rc, MW_INVALID);
    assert_int_equal(r.diags.errors, 1);
    assert_int_equal(r.diags.items[0].line, 60001);
    assert_non_null(strstr(r.diags.items[0].msg, "line 8"));
    assert_int_equal(r.root->n, 60000);
    mw_str_free(&text);
    done(&r);
}

static void more_than_a_megabyte_is_refused_unread(void **state)
{
    struct mw_str text = repeated("# 34567\n", MW_YAML_MAX / 8, "");
    struct reading fits = reading(mw_str_z(&text));
    (void)state;
    assert_int_equal(fits.rc, MW_OK);
    mw_str_addz(&text, "#");
    struct reading r = reading(mw_str_z(&text));
    assert_int_equal(r.rc, MW_INVALID);
    assert_string_equal(r.diags.items[0].code, "too-large");
    mw_str_free(&text);
    done(&fits);
    done(&r);
}

static void a_file_that_cannot_be_read_is_said(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_diags d = MW_DIAGS_INIT(MW_EN);
    struct mw_node *root;
    (void)state;
    assert_int_equal(mw_yaml_load(&root, a, "/nonexistent/profile.yaml", &d), MW_IO);
    assert_null(root);
    assert_int_equal(d.errors, 1);
    assert_non_null(strstr(d.items[0].msg, "/nonexistent/profile.yaml"));
    mw_diags_free(&d);
    mw_arena_free(a);
}

static void damaged_files_are_answered_whatever_they_hold(void **state)
{
    static const char *const TOKENS[] = { ": ", "- ", "[", "]", "{", "}", "|\n", ">", "'", "\"", "\\", "#", "&a ", "*a",
        "!!x ", "\n---\n", "\t", "? ", "%", "<<: ", "\r", "\xEF\xBB\xBF", "\xC2\x85", "...", ",", "@", "\xC3\xA4",
        NULL };
    char buf[2048];
    uint64_t seed = 20261122;
    (void)state;
    for (int i = 0; i < 20000; i++) {
        struct reading r = read_in(MW_DE, mutate(buf, sizeof buf, mw_sv(SAMPLE), TOKENS, &seed));
        if (r.rc == MW_OK)
            assert_non_null(r.root);
        assert_true((r.rc == MW_OK) == (r.diags.errors == 0));
        const struct mw_node *all[2048];
        size_t n = 0;
        if (r.root != NULL)
            collect(r.root, all, &n);
        for (size_t k = 0; k < n; k++)
            assert_true(all[k]->begin <= all[k]->end && all[k]->end <= sizeof buf && all[k]->pos.line > 0);
        done(&r);
    }
}

static void real_files_of_others_are_read(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_diags d = MW_DIAGS_INIT(MW_EN);
    struct mw_node *root;
    (void)state;
    SKIP_WITHOUT_SHARED("eval/mix-dev/mindestzuschuss/projekt.yaml");
    assert_int_equal(mw_yaml_load(&root, a, shared_path("eval/mix-dev/mindestzuschuss/projekt.yaml"), &d), MW_OK);
    assert_non_null(mw_node_get(root, "project"));
    mw_diags_free(&d);
    mw_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_scalar_stays_the_text_that_was_written),
        cmocka_unit_test(quotes_and_blocks_are_decoded),
        cmocka_unit_test(an_empty_file_is_an_empty_map),
        cmocka_unit_test(maps_and_lists_keep_the_order_of_the_file),
        cmocka_unit_test(looking_up_what_is_not_there_gives_nothing),
        cmocka_unit_test(places_count_lines_and_characters_from_one),
        cmocka_unit_test(byte_marks_enclose_exactly_what_was_written),
        cmocka_unit_test(a_splice_at_the_marks_changes_that_value_and_no_other),
        cmocka_unit_test(what_the_subset_leaves_out_is_refused_with_its_place),
        cmocka_unit_test(what_only_looks_forbidden_is_read),
        cmocka_unit_test(a_zero_byte_does_not_hide_the_rest_of_the_file),
        cmocka_unit_test(all_faults_of_one_file_are_reported_at_once),
        cmocka_unit_test(a_file_with_such_faults_still_gives_its_tree),
        cmocka_unit_test(syntax_errors_name_the_place_and_what_was_probably_meant),
        cmocka_unit_test(german_users_read_german),
        cmocka_unit_test(sixty_four_levels_are_read_and_one_more_is_not),
        cmocka_unit_test(a_bomb_of_brackets_ends_at_once),
        cmocka_unit_test(many_keys_do_not_take_quadratic_time),
        cmocka_unit_test(more_than_a_megabyte_is_refused_unread),
        cmocka_unit_test(a_file_that_cannot_be_read_is_said),
        cmocka_unit_test(damaged_files_are_answered_whatever_they_hold),
        cmocka_unit_test(real_files_of_others_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
