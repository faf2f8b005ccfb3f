#include "tests/test.h"

#include <time.h>

#include "lib/core/file.h"
#include "lib/core/node.h"
#include "lib/core/out.h"
#include "tests/json_readers.h"
#include "tests/mutate.h"

struct reading {
    struct mw_arena *arena;
    struct mw_err err;
    struct mw_node *root;
    enum mw_rc rc;
};
static struct reading read_line(enum mw_lang lang, unsigned line, struct mw_sv text)
{
    struct reading r = { mw_arena_new(), MW_ERR_INIT(lang), NULL, MW_OK };
    r.rc = mw_json_read(&r.root, r.arena, "n.ndjson", line, text, &r.err);
    return r;
}
static struct reading reading(const char *text)
{
    return read_line(MW_EN, 1, mw_sv(text));
}
static void done(struct reading *r)
{
    mw_err_clear(&r->err);
    mw_arena_free(r->arena);
}

static void values_of_every_kind_become_nodes(void **state)
{
    struct reading r = reading(
        "{\"s\": \"a\\u00e4\\n\", \"n\": 12, \"b\": true, \"f\": false, \"z\": null, \"l\": [1, [2]], \"o\": {\"k\": \"v\"}, \"e\": {}}");
    static const enum mw_scalar STYLES[] = { MW_JSON_STRING, MW_JSON_NUMBER, MW_JSON_BOOL, MW_JSON_BOOL, MW_JSON_NULL };
    (void)state;
    assert_int_equal(r.rc, MW_OK);
    assert_int_equal(r.root->n, 8);
    for (size_t i = 0; i < COUNT(STYLES); i++)
        assert_int_equal(r.root->pairs[i].value->style, STYLES[i]);
    assert_sv(mw_node_text(r.root, "s"), "a\u00e4\n");
    assert_sv(mw_node_text(r.root, "b"), "true");
    assert_null(mw_node_text(r.root, "z").p);
    assert_sv(mw_node_get(r.root, "l")->items[1]->items[0]->text, "2");
    assert_sv(mw_node_text(mw_node_get(r.root, "o"), "k"), "v");
    assert_int_equal(mw_node_get(r.root, "e")->n, 0);
    done(&r);
}

static void keys_keep_the_order_of_the_text(void **state)
{
    struct mw_str text = MW_STR_INIT;
    (void)state;
    mw_str_addz(&text, "{\"z\": 0");
    for (int i = 99; i > 0; i--)
        mw_str_addf(&text, ", \"k%d\": %d", i * 37 % 100, i);
    mw_str_addz(&text, "}");
    struct reading r = reading(mw_str_z(&text));
    assert_int_equal(r.root->n, 100);
    for (int i = 99; i > 0; i--) {
        char key[8];
        snprintf(key, sizeof key, "k%d", i * 37 % 100);
        assert_sv(r.root->pairs[100 - i].key, key);
    }
    mw_str_free(&text);
    done(&r);
}

static void numbers_keep_their_value(void **state)
{
    static const struct { const char *text, *want; } CASES[] = {
        { "9007199254740993", "9007199254740993" },
        { "9223372036854775807", "9223372036854775807" },
        { "-9223372036854775808", "-9223372036854775808" },
        { "4153.35", "4153.35" },
        { "0.1", "0.1" },
        { "12.50", "12.5" },
        { "-0.07", "-0.07" },
        { "450000.00", "450000" },
        { "1e3", "1000" },
        { "123456789012.34", "123456789012.34" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct reading r = reading(CASES[i].text);
        assert_int_equal(r.rc, MW_OK);
        assert_sv(r.root->text, CASES[i].want);
        done(&r);
    }
}

static void what_cannot_be_trusted_is_refused_with_its_place(void **state)
{
    static const struct { const char *why, *text, *place, *says; } CASES[] = {
        { "a key twice", "{\"a\": 1, \"a\": 2}", "n.ndjson:7:", "twice" },
        { "a zero character", "{\"a\": \"x\\u0000y\"}", "n.ndjson:7:", "zero" },
        { "a zero character in a key", "{\"a\\u0000\": 1}", "n.ndjson:7:", "zero" },
        { "bytes that are no UTF-8", "{\"a\": \"\xff\"}", "n.ndjson:7:7: ", "UTF-8" },
        { "an overlong encoding", "[\"\xC0\xAF\"]", "n.ndjson:7:", "UTF-8" },
        { "half a surrogate pair", "[\"\\ud800\"]", "n.ndjson:7:", "not JSON" },
        { "an integer beyond 64 bits", "[9223372036854775808]", "n.ndjson:7:", "too large" },
        { "a number beyond all doubles", "[1e999]", "n.ndjson:7:", "too large" },
        { "cut off", "{\"a\": [1, 2", "n.ndjson:7:", "cut off" },
        { "nothing at all", "", "n.ndjson:7:", "cut off" },
        { "only spaces", "  \n ", "n.ndjson:", "cut off" },
        { "something behind it", "{} x", "n.ndjson:7:", "behind the end" },
        { "two values", "{}{}", "n.ndjson:7:", "behind the end" },
        { "a comment", "{} // c", "n.ndjson:7:", "behind the end" },
        { "a comma too many", "[1,]", "n.ndjson:7:", "not JSON" },
        { "single quotes", "{'a': 1}", "n.ndjson:7:", "not JSON" },
        { "not a number", "[NaN]", "n.ndjson:7:", "not JSON" },
        { "a leading zero", "[05562012]", "n.ndjson:7:", "not JSON" },
        { "in the third line", "{\n\"a\": 1,\n\"b\" 2}", "n.ndjson:9:", "not JSON" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct reading r = read_line(MW_EN, 7, mw_sv(CASES[i].text)), de = read_line(MW_DE, 7, mw_sv(CASES[i].text));
        if (r.rc != MW_PARSE || r.root != NULL)
            fail_msg("%s should be refused", CASES[i].why);
        if (strncmp(r.err.msg, CASES[i].place, strlen(CASES[i].place)) != 0 || strstr(r.err.msg, CASES[i].says) == NULL)
            fail_msg("%s: %s", CASES[i].why, r.err.msg);
        assert_string_not_equal(r.err.msg, de.err.msg);
        done(&r);
        done(&de);
    }
}

static void a_zero_byte_ends_nothing(void **state)
{
    struct reading r = read_line(MW_EN, 1, mw_sv_n("{}\0{\"a\": 1}", 11));
    (void)state;
    assert_int_equal(r.rc, MW_PARSE);
    done(&r);
}

static void values_on_one_line_know_their_line(void **state)
{
    struct reading one = read_line(MW_EN, 42, MW_SV("{\"a\": {\"b\": 1}}\n")),
                   many = read_line(MW_EN, 1, MW_SV("{\"a\":\n1}"));
    (void)state;
    assert_int_equal(mw_node_get(mw_node_get(one.root, "a"), "b")->pos.line, 42);
    assert_string_equal(one.root->pos.file, "n.ndjson");
    assert_int_equal(mw_node_get(many.root, "a")->pos.line, 0); /* better none than a wrong one */
    done(&one);
    done(&many);
}

static void sixty_four_levels_are_read_and_one_more_is_not(void **state)
{
    static const struct {
        size_t depth;
        enum mw_rc want;
    } CASES[] = { { 64, MW_OK }, { 65, MW_PARSE }, { 2047, MW_PARSE }, { 100000, MW_PARSE } };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        for (int object = 0; object < 2; object++) {
            struct mw_str text = MW_STR_INIT;
            for (size_t k = 0; k < CASES[i].depth; k++)
                mw_str_addz(&text, object ? "{\"a\":" : "[");
            mw_str_addz(&text, "1");
            for (size_t k = 0; k < CASES[i].depth; k++)
                mw_str_addz(&text, object ? "}" : "]");
            struct reading r = reading(mw_str_z(&text));
            assert_int_equal(r.rc, CASES[i].want);
            if (r.rc != MW_OK)
                assert_non_null(strstr(r.err.msg, "deeper than 64"));
            mw_str_free(&text);
            done(&r);
        }
    }
}

/* Writes a tree as JSON again, through the output interface. */
static void write_node(struct mw_out *o, const char *key, const struct mw_node *n)
{
    if (n->kind == MW_SCALAR && n->style == MW_JSON_STRING) {
        mw_out_sv(o, key, NULL, n->text);
    } else if (n->kind == MW_SCALAR) {
        mw_out_raw_json(o, key, n->text);
    } else {
        n->kind == MW_MAP ? mw_out_object(o, key, NULL) : mw_out_list(o, key, NULL);
        for (size_t i = 0; i < n->n; i++) {
            char name[256];
            if (n->kind == MW_MAP)
                snprintf(name, sizeof name, "%.*s", MW_SV_ARG(n->pairs[i].key));
            write_node(o, n->kind == MW_MAP ? name : NULL, n->kind == MW_MAP ? n->pairs[i].value : n->items[i]);
        }
        mw_out_end(o);
    }
}
/* What was read, written and read again is the same tree, on one line or many. */
static void expect_round_trip(const struct mw_node *root)
{
    for (int compact = 0; compact < 2; compact++) {
        struct mw_str text = MW_STR_INIT;
        struct mw_out *o = mw_out_to_str(&text, &(struct mw_out_opts){ .format = MW_JSON, .compact = compact != 0 });
        write_node(o, NULL, root);
        assert_int_equal(mw_out_finish(o, NULL), MW_OK);
        assert_null(mw_out_misuse(o));
        if (compact)
            assert_ptr_equal(strchr(mw_str_z(&text), '\n'), mw_str_z(&text) + text.n - 1);
        struct reading r = reading(mw_str_z(&text));
        if (r.rc != MW_OK)
            fail_msg("%s in: %.500s", r.err.msg, mw_str_z(&text));
        assert_true(same_tree(root, r.root));
        mw_out_free(o);
        mw_str_free(&text);
        done(&r);
    }
}

/* What stands in strings is no value. */
static void a_million_values_are_read_and_many_more_are_not(void **state)
{
    static const struct { const char *begin, *item, *end; size_t items; enum mw_rc want; } CASES[] = {
        { "[1", ",\n[]", "]", 499000, MW_OK },       { "[1", ",\n[]", "]", 501000, MW_PARSE },
        { "[\"\\\"", ",[{", "\"]", 2000000, MW_OK }, { "[\v1", ",\n\"\"", "]", 1001000, MW_PARSE },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_str text = MW_STR_INIT;
        mw_str_addz(&text, CASES[i].begin);
        for (size_t k = 0; k < CASES[i].items; k++)
            mw_str_addz(&text, CASES[i].item);
        mw_str_addz(&text, CASES[i].end);
        struct reading r = reading(mw_str_z(&text));
        assert_int_equal(r.rc, CASES[i].want);
        if (r.rc != MW_OK)
            assert_non_null(strstr(r.err.msg, "1000000 values"));
        done(&r);
        mw_str_free(&text);
    }
}

static void what_is_written_reads_back_the_same(void **state)
{
    static const char *const TEXTS[] = {
        "{}", "[]", "[[], {}, [{}]]", "{\"a\": [1, -2, 0.25, true, false, null, \"\"]}",
        "{\"quote\\\"back\\\\slash\": \"\\u0001\\b\\f\\n\\r\\t\\u001b[31m\\u007f\\u009b\\u2028\\u202e/</script>\"}",
        "[\"\xF0\x9F\x8F\x9B ä \xEF\xBF\xBD\"]",
    };
    (void)state;
    for (size_t i = 0; i < COUNT(TEXTS); i++) {
        struct reading r = reading(TEXTS[i]);
        assert_int_equal(r.rc, MW_OK);
        expect_round_trip(r.root);
        done(&r);
    }
}

static void damaged_json_is_refused_or_survives_a_round_trip(void **state)
{
    static const char VALID[] =
        "{\"url\": \"https://example.org/a\", \"title\": \"Stadtteilbüro \\u00e4 \\\"x\\\"\", \"sections\": [{\"heading\": \"Ziel\","
        " \"html\": \"<p>a &amp; b</p>\"}], \"facets\": {\"funder\": [\"Bund\", \"Land\"]}, \"n\": [1, 2.5, -3e2, true, null]}";
    static const char *const TOKENS[] = { "\\u0000", "\\ud83d", "\"", "[", "]", "{", "}", ",", ":", "1e5", "null", "\\",
        "\xC3", "-", NULL };
    char buf[1024];
    uint64_t seed = 42;
    size_t good = 0;
    (void)state;
    for (int i = 0; i < 20000; i++) {
        struct mw_sv text = mutate(buf, sizeof buf, mw_sv(VALID), TOKENS, &seed);
        struct reading r = read_line(MW_DE, 1, text);
        if (!readers_agree(text))
            fail_msg("%.*s", MW_SV_ARG(text));
        if (r.rc == MW_OK && r.root->kind != MW_SCALAR) {
            good++;
            expect_round_trip(r.root);
        } else if (r.rc != MW_OK) {
            assert_int_equal(r.rc, MW_PARSE);
            assert_int_equal(mw_utf8_invalid_at(mw_sv(r.err.msg)), SIZE_MAX);
        }
        done(&r);
    }
    assert_true(good > 100);
}

/* What the quick reader takes is what jansson makes of it; what it does not take, jansson decides. */
static void the_quick_reader_takes_what_is_plainly_good_and_reads_it_like_jansson(void **state)
{
    static const struct { const char *text; bool taken; } CASES[] = {
        { " {\"a\" : [ 1 , -2, 0, \"\", true,false,null ] ,\"b\":{}, \"c\":[]}\r\n\t ", true },
        { "\"a scalar of \xC3\xA4\"", true },
        { "12", true },
        { "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\u20AC|\"]", true },
        { "[\"\\ud83c\\udfdb|\"]", false },
        { "{\"a long text without an escape, then one: \\n\": \"and \\u0001 behind it some more\"}", true },
        { "[123456789012345678, -123456789012345678]", true },
        { "[1234567890123456789, -0, 0.1, 1e3, -9223372036854775808]", true },
        { "{\"\": 1}", true },
        { "[\"\x7f\"]", true },
        { "[9223372036854775808]", false },
        { "[1e999]", false },
        { "[01]", false },
        { "[-]", false },
        { "[1-2]", false },
        { "[+1]", false },
        { "[.5]", false },
        { "[1.]", false },
        { "{\"a\": 1, \"b\": 2, \"\\u0061\": 3}", false },
        { "[\"a\nb\"]", false },
        { "[\"seven b\x1f\"]", false },
        { "[\"\\u0000\"]", false },
        { "[\"\\udfdb\"]", false },
        { "[\"\\ud83c\"]", false },
        { "[\"\\ud83c\\u0061\"]", false },
        { "[\"\\ud83c\\udf\"]", false },
        { "[\"\\u00g0\"]", false },
        { "[\"\\x\"]", false },
        { "[\"\\", false },
        { "[\"\\u", false },
        { "[\"\xff\"]", false },
        { "[\"\xed\xa0\x80\"]", false },
        { "[truex]", false },
        { "[nul]", false },
        { "\xc2\xa0[]", false },
        { "\v[]", false },
        { "[] []", false },
        { "[1 2]", false },
        { "[,]", false },
        { "{,}", false },
        { "{\"a\"}", false },
        { "{\"a\":}", false },
        { "{\"a\":1", false },
        { "{1: 2}", false },
        { "{]", false },
        { "[}", false },
        { "", false },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_sv text = mw_sv(CASES[i].text);
        if (is_quickly_read(text) != CASES[i].taken || !readers_agree(text))
            fail_msg("%s", CASES[i].text);
    }
    assert_false(is_quickly_read(mw_sv_n("[]\0", 3)));
}

static void objects_with_many_keys_are_left_to_jansson(void **state)
{
    (void)state;
    for (int keys = 64; keys < 66; keys++) {
        struct mw_str text = MW_STR_INIT;
        for (int i = 0; i < keys; i++)
            mw_str_addf(&text, "%c\"k%d\": %d", i > 0 ? ',' : '{', i, i);
        mw_str_addz(&text, "}");
        assert_int_equal(is_quickly_read(mw_str_sv(&text)), keys == 64);
        assert_true(readers_agree(mw_str_sv(&text)));
        struct reading r = reading(mw_str_z(&text));
        assert_int_equal(r.root->n, keys);
        mw_str_free(&text);
        done(&r);
    }
}

static void real_notices_are_read_fast_and_come_back_the_same(void **state)
{
    struct mw_lines *lines = NULL;
    struct mw_sv line;
    size_t n = 0, bytes = 0;
    clock_t spent = 0;
    (void)state;
    SKIP_WITHOUT_SHARED("eval/corpus.ndjson.gz");
    assert_int_equal(mw_lines_open(&lines, shared_path("eval/corpus.ndjson.gz"), (size_t)1 << 26, NULL), MW_OK);
    while (mw_lines_next(lines, &line, NULL) == MW_OK) {
        clock_t begin = clock();
        struct reading r = read_line(MW_EN, (unsigned)mw_lines_number(lines), line);
        spent += clock() - begin;
        assert_int_equal(r.rc, MW_OK);
        assert_non_null(mw_node_text(r.root, "title").p);
        if (n % 20 == 0) {
            expect_round_trip(r.root);
            assert_true(is_quickly_read(line));
            assert_true(readers_agree(line));
        }
        n++;
        bytes += line.n;
        done(&r);
    }
    mw_lines_close(lines);
    assert_true(n > 100);
#ifndef MW_SAN
    assert_true((double)spent / CLOCKS_PER_SEC < 1e-7 * (double)bytes); /* 10 MB a second at the very least */
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_of_every_kind_become_nodes),
        cmocka_unit_test(keys_keep_the_order_of_the_text),
        cmocka_unit_test(numbers_keep_their_value),
        cmocka_unit_test(what_cannot_be_trusted_is_refused_with_its_place),
        cmocka_unit_test(a_zero_byte_ends_nothing),
        cmocka_unit_test(values_on_one_line_know_their_line),
        cmocka_unit_test(sixty_four_levels_are_read_and_one_more_is_not),
        cmocka_unit_test(a_million_values_are_read_and_many_more_are_not),
        cmocka_unit_test(what_is_written_reads_back_the_same),
        cmocka_unit_test(damaged_json_is_refused_or_survives_a_round_trip),
        cmocka_unit_test(the_quick_reader_takes_what_is_plainly_good_and_reads_it_like_jansson),
        cmocka_unit_test(objects_with_many_keys_are_left_to_jansson),
        cmocka_unit_test(real_notices_are_read_fast_and_come_back_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
