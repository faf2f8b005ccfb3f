/* The stream of a segment: what is written is read, however it is cut into chunks; and the cure for an index of an older program. */
#include "index/chunk.h"
#include "tests/index.h"

enum { ENTRIES = 3000, SEGMENT = 7 };
struct entry {
    struct mw_sv term, list;
    uint32_t n;
};
static struct entry entries[ENTRIES];

static int by_term(const void *a, const void *b)
{
    return mw_sv_cmp(((const struct entry *)a)->term, ((const struct entry *)b)->term);
}

/* Terms of 1 to 30 letters, some very long; lists of a few bytes, some of several chunks, and just as much as fills one. */
static void write_entries(unsigned *seed)
{
    struct mw_stream_out out = { .s = store, .segment = SEGMENT };
    for (size_t i = 0; i < ENTRIES; i++) {
        struct mw_str term = MW_STR_INIT, list = MW_STR_INIT;
        for (int n = i % 500 == 0 ? 6000 : 1 + rand_r(seed) % 30; n > 0; n--)
            mw_str_addc(&term, (char)('a' + rand_r(seed) % 3));
        mw_str_addf(&term, "%zu", i);
        for (int n = 2 * (rand_r(seed) % 40 == 0 ? rand_r(seed) % 9000 : 1 + rand_r(seed) % 20); n > 0; n--)
            mw_str_addc(&list, (char)rand_r(seed));
        entries[i] = (struct entry){ mw_arena_copy(arena, mw_str_sv(&term)), mw_arena_copy(arena, mw_str_sv(&list)), (uint32_t)(list.n / 2) };
        mw_str_free(&term);
        mw_str_free(&list);
    }
    qsort(entries, ENTRIES, sizeof *entries, by_term);
    assert_int_equal(mw_write_begin(store, &err), MW_OK);
    for (size_t i = 0; i < ENTRIES; i++)
        assert_int_equal(mw_stream_put(&out, entries[i].term, entries[i].n, entries[i].list, &err), MW_OK);
    assert_int_equal(mw_stream_end(&out, &err), MW_OK);
    assert_int_equal(mw_write_commit(store, &err), MW_OK);
}

static void a_stream_gives_back_what_was_put_into_it(void **state)
{
    struct mw_stream e;
    unsigned seed = 17;
    (void)state;
    write_entries(&seed);
    assert_int_equal(mw_stream_open(&e, store, SEGMENT, MW_SV(""), true, &err), MW_OK);
    for (size_t i = 0; i < ENTRIES; i++) {
        assert_int_equal(mw_stream_next(&e, &err), MW_OK);
        assert_true(mw_sv_eq(e.term, entries[i].term));
        assert_true(mw_sv_eq(e.list, entries[i].list));
        assert_int_equal(e.n, entries[i].n);
    }
    assert_int_equal(mw_stream_next(&e, &err), MW_NOT_FOUND);
    mw_stream_close(&e);
    for (size_t i = 0; i < ENTRIES; i += 7) {
        bool lists = i % 2 == 0;
        assert_int_equal(mw_stream_open(&e, store, SEGMENT, entries[i].term, lists, &err), MW_OK);
        assert_int_equal(mw_stream_find(&e, entries[i].term, &err), MW_OK);
        assert_true(mw_sv_eq(e.list, lists ? entries[i].list : MW_SV("")));
        assert_int_equal(e.n, entries[i].n);
        assert_int_equal(e.bytes, entries[i].list.n);
        mw_stream_close(&e);
        struct mw_sv none = mw_arena_printf(arena, "%.*s-", MW_SV_ARG(entries[i].term));
        assert_int_equal(mw_stream_open(&e, store, SEGMENT, none, lists, &err), MW_OK);
        assert_int_equal(mw_stream_find(&e, none, &err), MW_NOT_FOUND);
        mw_stream_close(&e);
    }
}

static void chunks_fill_their_pages(void **state)
{
    int64_t pages = 0, rows = 0, spilt = 0;
    unsigned seed = 18;
    (void)state;
    write_entries(&seed);
    assert_int_equal(mw_q_number(&rows, store, "SELECT count(*) FROM chunk WHERE length(bytes) < 4047", &err), MW_OK);
    assert_int_equal(mw_q_number(&spilt, store, "SELECT count(*) FROM chunk WHERE length(bytes) + coalesce(length(first), 0) > 4046"
                                 " AND length(first) < 4000", &err), MW_OK);
    assert_int_equal(spilt, 0);
    if (mw_q_number(&pages, store, "SELECT count(*) FROM dbstat WHERE name = 'chunk' AND pagetype = 'leaf'", &err) == MW_OK)
        assert_in_range(pages, rows * 9 / 10, rows * 11 / 10); /* SQLite may have been built without it */
}

static void damaged_chunks_are_said_to_be_so(void **state)
{
    static const char *const FAULTS[] = { "x'ff'", "x'0901'", "x'0001610500'", "x'000161030300ff'", "x'ffffffffffffffff'" };
    (void)state;
    put("u:1", "Radweg", "Radwege am Fluss");
    for (size_t i = 0; i < COUNT(FAULTS); i++) {
        struct mw_hits hits;
        struct mw_search_opts opts = { .limit = 5, .today = TODAY };
        assert_int_equal(mw_db_exec(store, mw_arena_printf(arena, "UPDATE chunk SET bytes = %s", FAULTS[i]).p, &err), MW_OK);
        assert_int_equal(mw_search(&hits, arena, store, MW_SV("radweg"), &opts, &err), MW_DB);
        assert_non_null(strstr(err.msg, "is damaged (chunk)"));
    }
}

static void an_index_of_an_older_program_is_refused_with_the_cure(void **state)
{
    int64_t renewed = 0;
    (void)state;
    put("u:1", "Radweg", "Radwege am Fluss");
    assert_int_equal(mw_db_exec(store, "DROP TABLE chunk; ALTER TABLE fact DROP COLUMN clock; CREATE TABLE posting(segment INTEGER, term TEXT, bytes BLOB);"
                                "UPDATE meta SET value = 3 WHERE key = 'ranking'; PRAGMA user_version = 9", &err), MW_OK);
    close_db();
    for (int mode = MW_STORE_READ; mode <= MW_STORE_WRITE; mode++) {
        assert_int_equal(mw_store_open(&store, db, (enum mw_store_mode)mode, analyser, &err), MW_DB);
        assert_non_null(strstr(err.msg, "mittelweg reindex"));
    }
    assert_int_equal(mw_store_reindex(db, analyser, &renewed, &err), MW_OK);
    assert_int_equal(renewed, 1);
    open_db(MW_STORE_READ);
    assert_int_equal(search("Fluss").total, 1);
    assert_int_equal(search("\"Radwege am Fluss\"").total, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_stream_gives_back_what_was_put_into_it),
        TEST(chunks_fill_their_pages),
        TEST(damaged_chunks_are_said_to_be_so),
        TEST(an_index_of_an_older_program_is_refused_with_the_cure),
    };
    return cmocka_run_group_tests(tests, begin_file, end_file);
}
