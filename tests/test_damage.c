/* A database whose bytes were changed by a disk or another program: answered, or said to be damaged, and never read beside the mark.
 * (Changes that SQLite itself notices are its own matter.) */
#include "index/chunk.h"
#include "index/db.h"
#include "lib/core/packed.h"
#include "tests/index.h"

enum { NOTICES = 40 };
static uint32_t seed = 3;
static uint32_t dice(uint32_t n)
{
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % n;
}

static void fill(void)
{
    static const char *const WORDS[] = { "Radweg", "Brücke", "Freibad", "Sporthalle", "Klimaschutz", "Innenstadt" };
    for (int round = 0; round < 3; round++) { /* several segments, with dead documents */
        assert_int_equal(mw_ingest_begin(store, &err), MW_OK);
        for (int i = 0; i < NOTICES; i++) {
            struct mw_notice n = notice(mw_arena_printf(arena, "u:%d", i).p, WORDS[dice(6)], WORDS[dice(6)]);
            n.source = dice(2) ? MW_SV("eins") : MW_SV("zwei");
            add_label(&n, MW_FUNDING_LOCATION, dice(2) ? "Hessen" : "bundesweit");
            add_label(&n, MW_FUNDING_AREA, WORDS[dice(6)]);
            ingest(&n);
        }
        assert_int_equal(mw_ingest_end(store, &err), MW_OK);
    }
    struct mw_list facts = { 0 };
    for (enum mw_fact_type t = 0; t < MW_F_TYPE_N; t++) {
        struct mw_fact *f = mw_list_add(arena, &facts, sizeof *f);
        mw_fact_clear(f);
        f->type = t;
        f->value = MW_SV("gemeinde");
        f->eur.cents = 100000 * (int64_t)t;
        f->share = (struct mw_share){ t, 7 };
    }
    assert_int_equal(mw_write_begin(store, &err), MW_OK);
    assert_int_equal(mw_brief_put(store, 1, &facts, &err), MW_OK);
    assert_int_equal(mw_write_commit(store, &err), MW_OK);
}

static enum mw_rc hear(void *ctx, int64_t notice, const struct mw_list *facts, struct mw_arena *a)
{
    (void)ctx, (void)notice, (void)facts, (void)a;
    return MW_OK;
}

static void check(enum mw_rc rc, const char *sql)
{
    if (rc != MW_OK && (rc != MW_DB || err.msg == NULL || strstr(err.msg, "is damaged") == NULL))
        fail_msg("%s: %d, %s", sql, (int)rc, err.msg != NULL ? err.msg : "(nothing)");
}

/* All that reads the packed tables. */
static void ask_everything(const char *sql)
{
    static const char *const QUERIES[] = { "Radweg", "Brücke Freibad Klimaschutz", "land:HE status:open", "\"Radweg\"", "" };
    for (size_t i = 0; i < COUNT(QUERIES); i++) {
        struct mw_hits hits;
        struct mw_search_opts opts = { .limit = 5, .today = TODAY, .facets = i % 2 == 0, .order = i == 0 ? MW_BY_DEADLINE : MW_BY_RELEVANCE };
        check(mw_search(&hits, arena, store, mw_sv(QUERIES[i]), &opts, &err), sql);
    }
    check(mw_briefs(store, hear, NULL, &err), sql);
}

static void bytes_that_have_changed_do_no_harm(void **state)
{
    static const char *const TABLES[][2] = { { "chunk", "bytes" }, { "doc_span", "docs" }, { "trait", "traits" }, { "brief", "facts" } };
    (void)state;
    fill();
    for (size_t t = 0; t < COUNT(TABLES); t++) {
        const char *get = mw_arena_printf(arena, "SELECT %s FROM %s LIMIT 1", TABLES[t][1], TABLES[t][0]).p;
        const char *set = mw_arena_printf(arena, "UPDATE %s SET %s = ?1 WHERE rowid = (SELECT rowid FROM %s LIMIT 1)", TABLES[t][0], TABLES[t][1],
                                          TABLES[t][0]).p;
        sqlite3_stmt *st = NULL;
        if (mw_q_row(&st, store, &err, get, "") != MW_OK) fail_msg("%s: %s", get, err.msg);
        struct mw_sv whole = mw_arena_copy(arena, mw_q_blob(st, 0));
        sqlite3_reset(st);
        for (int round = 0; round < 60; round++) {
            struct mw_sv bytes = mw_arena_copy(arena, whole);
            char *p = (char *)(uintptr_t)bytes.p;
            for (uint32_t n = bytes.n > 0 ? 1 + dice(4) : 0; n > 0; n--)
                p[dice((uint32_t)bytes.n)] = (char)(dice(2) ? dice(256) : dice(2) * 255);
            if (dice(4) == 0)
                bytes.n = dice((uint32_t)bytes.n + 1);
            if (mw_q_run(store, &err, set, "b", bytes) != MW_OK) fail_msg("%s: %s", set, err.msg);
            ask_everything(set);
        }
        assert_int_equal(mw_q_run(store, &err, set, "b", whole), MW_OK);
    }
}

static void numbers_that_have_changed_do_no_harm(void **state)
{
    static const char *const CHANGES[] = {
        "UPDATE segment SET first = -9223372036854775807 - 1", "UPDATE segment SET last = 9223372036854775807",
        "UPDATE segment SET first = 50, last = 2", "UPDATE segment SET docs = -1", "UPDATE segment SET last = 4294967296",
        "UPDATE chunk SET at = -1", "UPDATE chunk SET at = 9223372036854775807", "UPDATE doc_span SET span = 9223372036854775807",
        "UPDATE doc_span SET span = -9223372036854775807 - 1", "UPDATE doc_span SET span = 36028797018963968", "UPDATE trait SET span = -1",
        "INSERT INTO trait VALUES(9223372036854775807, x'0101')", "UPDATE trait_word SET id = -id",
        "INSERT INTO link VALUES(1, 9223372036854775807, 0, 0, 0)", "INSERT INTO link VALUES(2, -5, 700, 99, -1)",
        "INSERT INTO link VALUES(3, 1000000, 1, 3, 50)",
    };
    (void)state;
    fill();
    for (size_t i = 0; i < COUNT(CHANGES); i++) {
        assert_int_equal(mw_db_exec(store, "PRAGMA foreign_keys = OFF", &err), MW_OK);
        assert_int_equal(mw_write_begin(store, &err), MW_OK);
        assert_int_equal(mw_db_exec(store, CHANGES[i], &err), MW_OK);
        ask_everything(CHANGES[i]);
        mw_write_rollback(store);
    }
}

/* A list of documents of one term, as a segment of its own. */
static enum mw_rc search_list(struct mw_sv list, uint32_t n)
{
    struct mw_stream_out out = { .s = store, .segment = 1 };
    struct mw_hits hits;
    struct mw_search_opts opts = { .limit = 5, .today = TODAY };

    assert_int_equal(mw_streams_clear(store, &err), MW_OK);
    assert_int_equal(mw_db_exec(store, "DELETE FROM segment; INSERT INTO segment VALUES(1, 1, 1, 4000)", &err), MW_OK);
    assert_int_equal(mw_stream_put(&out, MW_SV("radweg"), n, list, &err), MW_OK);
    assert_int_equal(mw_stream_end(&out, &err), MW_OK);
    return mw_search(&hits, arena, store, MW_SV("radweg"), &opts, &err);
}

/* Scores stand by the place in a window of documents: who comes too early would stand before it. */
static void documents_out_of_order_are_damage(void **state)
{
    MW_AUTO(mw_str_free) struct mw_str list = MW_STR_INIT;
    char docs[4096 * 4] = { 0 };
    (void)state;
    put("u:1", "Radweg", "Radweg");
    for (size_t i = 1; i < 256; i++)
        docs[i * 4] = 2;
    assert_int_equal(mw_db_exec(store, "UPDATE sqlite_sequence SET seq = 4000 WHERE name = 'doc'; UPDATE doc SET doc = 4000", &err), MW_OK);
    for (int64_t span = 0; span < 16; span++)
        assert_int_equal(mw_q_run(store, &err, "INSERT OR REPLACE INTO doc_span VALUES(?1, ?2)", "ib", span, mw_sv_n(docs, 1024)), MW_OK);
    static const uint32_t STEPS[][3] = { { 3000, UINT32_MAX - 2996, 9 }, { 3000, 0, 9 }, { 3000, 1, 0 } };
    static const enum mw_rc ANSWERS[] = { MW_DB, MW_DB, MW_DB };
    for (size_t i = 0; i < COUNT(STEPS); i++) {
        mw_str_clear(&list);
        for (size_t k = 0; k < 2; k++) {
            mw_pack_number(&list, STEPS[i][k]);
            mw_str_addc(&list, (char)(k == 0 ? 9 : STEPS[i][2]));
        }
        assert_int_equal(search_list(mw_str_sv(&list), 2), ANSWERS[i]);
        assert_non_null(strstr(err.msg, "is damaged (posting)"));
    }
    mw_str_clear(&list);
    mw_pack_number(&list, 3000);
    mw_str_addc(&list, 9);
    assert_int_equal(search_list(mw_str_sv(&list), 1), MW_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(bytes_that_have_changed_do_no_harm),
        TEST(numbers_that_have_changed_do_no_harm),
        TEST(documents_out_of_order_are_damage),
    };
    return cmocka_run_group_tests(tests, begin_file, end_file);
}
