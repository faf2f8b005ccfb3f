/* Umlauts typed ä, ae or a: the same notices in the same order with the same points, for every query of the gold sets. */
#include "tests/program.h" /* first: it has names that index.h makes global */
#include "tests/index.h"

#include "lib/core/file.h"
#include "lib/core/node.h"

enum { NOTICES = 100, RECORDS = 1000, QUERIES = 120 };

static struct mw_rules *rules;

static const char *shared(const char *name)
{
    const char *dir = getenv("SHARED") != NULL ? getenv("SHARED") : "../shared";
    return mw_arena_printf(arena, "%s/eval/%s", dir, name).p;
}

/* The first lines of a file, unpacked, into the folder. */
static bool take_lines(const char *from, const char *to, size_t most)
{
    struct mw_lines *lines = NULL;
    struct mw_sv line;
    FILE *f = fopen(in_folder(to), "w");
    assert_non_null(f);
    bool there = mw_lines_open(&lines, shared(from), (size_t)64 << 20, &err) == MW_OK;
    for (size_t i = 0; there && i < most && mw_lines_next(lines, &line, &err) == MW_OK; i++)
        fprintf(f, "%.*s\n", MW_SV_ARG(line));
    fclose(f);
    mw_lines_close(lines);
    return there;
}

static void import_lines(const char *name)
{
    struct scratch s = { .dir = "" };
    snprintf(s.dir, sizeof s.dir, "%s", folder);
    close_db();
    assert_status(run_program(&s, "import", "--db", db, in_folder(name)), 0);
    forget(&s.last);
    open_db(MW_STORE_READ);
}

/* Letters from, replaced by to, in pairs. */
static struct mw_sv respelt(struct mw_sv text, const char *const pairs[][2], size_t n)
{
    struct mw_str s = MW_STR_INIT;
    for (size_t at = 0; at < text.n;) {
        size_t i = 0;
        while (i < n && !mw_sv_starts(mw_sv_sub(text, at, text.n), mw_sv(pairs[i][0])))
            i++;
        mw_str_add(&s, i < n ? mw_sv(pairs[i][1]) : mw_sv_sub(text, at, 1));
        at += i < n ? strlen(pairs[i][0]) : 1;
    }
    struct mw_sv out = mw_arena_copy(arena, mw_sv(mw_str_z(&s)));
    mw_str_free(&s);
    return out;
}

static void compare(struct mw_sv query, struct mw_sv other)
{
    struct mw_search_opts opts = { .limit = 100, .today = TODAY, .rules = rules };
    struct mw_hits a = search_opts(mw_arena_z(arena, query), &opts), b = search_opts(mw_arena_z(arena, other), &opts);
    if (a.total != b.total)
        fail_msg("%.*s: %ld, %.*s: %ld", MW_SV_ARG(query), (long)a.total, MW_SV_ARG(other), (long)b.total);
    for (size_t i = 0; i < a.hits.n; i++) {
        const struct mw_hit *x = MW_AT(a.hits, struct mw_hit, i), *y = MW_AT(b.hits, struct mw_hit, i);
        if (x->id != y->id || x->score_milli != y->score_milli)
            fail_msg("%.*s and %.*s differ in place %zu", MW_SV_ARG(query), MW_SV_ARG(other), i + 1);
    }
}

static void compare_queries(const char *file, size_t most)
{
    static const char *const AE[][2] = { { "ä", "ae" }, { "ö", "oe" }, { "ü", "ue" }, { "Ä", "Ae" }, { "Ö", "Oe" }, { "Ü", "Ue" }, { "ß", "ss" } };
    static const char *const A[][2] = { { "ä", "a" }, { "ö", "o" }, { "ü", "u" }, { "Ä", "A" }, { "Ö", "O" }, { "Ü", "U" }, { "ß", "ss" } };
    struct mw_lines *lines = NULL;
    struct mw_sv line;
    size_t compared = 0;
    assert_int_equal(mw_lines_open(&lines, shared(file), 1 << 20, &err), MW_OK);
    while (compared < most && mw_lines_next(lines, &line, &err) == MW_OK) {
        struct mw_node *node = NULL;
        assert_int_equal(mw_json_read(&node, arena, file, 1, mw_arena_copy(arena, line), &err), MW_OK);
        struct mw_sv query = mw_node_text(node, "query"), ae = respelt(query, AE, COUNT(AE)), a = respelt(query, A, COUNT(A));
        if (mw_sv_eq(query, ae))
            continue;
        compare(query, ae);
        compare(query, a);
        compared++;
    }
    mw_lines_close(lines);
    assert_true(compared >= 5);
}

static void funding_queries(void **state)
{
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    (void)state;
    if (!take_lines("corpus.ndjson.gz", "some.ndjson", NOTICES)) {
        print_message("SKIPPED: needs ../shared/eval\n");
        skip();
    }
    assert_int_equal(mw_rules_load_part(&rules, "rules", MW_RULES_VOCABULARY, &diags, &err), MW_OK);
    import_lines("some.ndjson");
    compare_queries("search-dev.jsonl", QUERIES);
    mw_rules_free(rules);
    rules = NULL;
    mw_diags_free(&diags);
}

static void queries_of_a_library(void **state)
{
    (void)state;
    if (!take_lines("tibkat-corpus.ndjson.gz", "records.ndjson", RECORDS)) {
        print_message("SKIPPED: needs ../shared/eval\n");
        skip();
    }
    import_lines("records.ndjson");
    compare_queries("tibkat-dev.jsonl", QUERIES);
}

int main(void)
{
    const struct CMUnitTest tests[] = { TEST(funding_queries), TEST(queries_of_a_library) };
    return cmocka_run_group_tests(tests, begin_file, end_file);
}
