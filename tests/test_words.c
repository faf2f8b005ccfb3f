/* Words on their way into both tables: what is counted while FTS5 reads is what each text would give alone. */
#include "index/db.h"
#include "tests/index.h"

static struct mw_notice odd(unsigned i)
{
    static const char *const HEADINGS[] = { "Kurztext", "Richtlinie", "Volltext", "Support", "", "Radwege" };
    static const char *const TEXTS[] = { "Radwege", "Richtlinie", "", "Bau- und Sanierungskosten der Radwege", "Volltext Volltext",
                                         "Municipalities \xff\xfe improving cycle paths", "Quartierskonzepte, KfW-Programm ESF+" };
    struct mw_notice n = notice(mw_arena_printf(arena, "u:%u", i).p, i % 3 == 0 ? "Radwege" : TEXTS[i % COUNT(TEXTS)], NULL);

    n.language = i % 4 == 3 ? MW_SV("en") : MW_SV("de");
    for (unsigned k = 0; k < i % 5; k++)
        add_section(&n, HEADINGS[(i + k) % COUNT(HEADINGS)], TEXTS[(i * 3 + k) % COUNT(TEXTS)]);
    if (i % 2 == 0)
        add_label(&n, MW_FUNDING_TYPE, "Radwege");
    if (i % 6 == 0)
        add_label(&n, MW_FUNDING_AREA, "");
    return n;
}

struct kept {
    struct mw_str bytes;
    uint32_t last;
};

static void gather(void *ctx, struct mw_posting p, uint32_t n)
{
    struct kept *k = ctx;
    (void)n;
    while (mw_posting_next(&p))
        mw_posting_add(&k->bytes, &k->last, p.doc, p.impact);
}

static size_t terms;

static enum mw_rc same_list(void *ctx, struct mw_sv term, uint32_t n, struct mw_sv list)
{
    struct kept k = { MW_STR_INIT, 0 };
    (void)ctx, (void)n;
    assert_int_equal(mw_postings(store, term, false, gather, &k, &err), MW_OK);
    if (!mw_sv_eq(mw_str_sv(&k.bytes), list))
        fail_msg("the list of \"%.*s\" is another one", MW_SV_ARG(term));
    mw_str_free(&k.bytes);
    terms++;
    return MW_OK;
}

static bool tally(void *ctx, struct mw_sv term, size_t bytes)
{
    (void)term, (void)bytes;
    ++*(size_t *)ctx;
    return true;
}

static void a_word_is_worth_what_it_is_worth_in_its_text_alone(void **state)
{
    enum { NOTICES = 60 };
    struct mw_builder *alone = mw_builder_new();
    size_t stored = 0;
    (void)state;
    assert_int_equal(mw_ingest_begin(store, &err), MW_OK);
    for (unsigned i = 0; i < NOTICES; i++) {
        struct mw_notice n = odd(i);
        assert_int_equal(ingest(&n), MW_NEW);
        assert_int_equal(mw_builder_add(alone, analyser, i + 1, &n, &err), MW_OK);
    }
    assert_int_equal(mw_ingest_end(store, &err), MW_OK);
    assert_int_equal(mw_read_begin(store, &err), MW_OK);
    terms = 0;
    assert_int_equal(mw_builder_each(alone, same_list, NULL), MW_OK);
    assert_int_equal(mw_words(store, MW_SV(""), tally, &stored, &err), MW_OK);
    mw_read_end(store);
    assert_int_equal(stored, terms);
    assert_true(terms > 15);
    mw_builder_free(alone);
}

static void what_a_batch_takes_back_itself_is_not_written(void **state)
{
    struct kept k = { MW_STR_INIT, 0 };
    (void)state;
    assert_int_equal(mw_ingest_begin(store, &err), MW_OK);
    put("u:1", "Brücke", "Stege");
    put("u:2", "Brücke", "Stege");
    put("u:1", "Brücke", "Stege und Wege");
    assert_int_equal(mw_store_remove(store, MW_SV("u:2"), &err), MW_OK);
    assert_int_equal(mw_ingest_end(store, &err), MW_OK);
    assert_int_equal(mw_read_begin(store, &err), MW_OK);
    assert_int_equal(mw_postings(store, MW_SV("bruck"), false, gather, &k, &err), MW_OK);
    mw_read_end(store);
    assert_int_equal(k.bytes.n, 2); /* one posting */
    mw_str_free(&k.bytes);
    assert_string_equal(found("\"Stege und Wege\""), "u:1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_word_is_worth_what_it_is_worth_in_its_text_alone),
        TEST(what_a_batch_takes_back_itself_is_not_written),
    };
    return cmocka_run_group_tests(tests, begin_file, end_file);
}
