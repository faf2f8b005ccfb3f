/* Ranking: the page that is found by bounds against all scores, with words of every make over made-up notices. */
#include "index/bits.h"
#include "index/query.h"
#include "tests/index.h"

enum { DOCS = 4500, WORDS = 40, ROUNDS = 300 }; /* more than two windows */

static unsigned below(unsigned *seed, unsigned n)
{
    return (unsigned)rand_r(seed) % n;
}

/* Word i stands in about one of i + 1 notices: no stem, no compound. */
static struct mw_sv word(unsigned i)
{
    return mw_arena_printf(arena, "q%cx%ck", "bcdfghjklm"[i % 10], "npqrstvwxz"[i / 10]);
}

static void write_notices(unsigned *seed)
{
    assert_int_equal(mw_ingest_begin(store, &err), MW_OK);
    for (int d = 0; d < DOCS; d++) {
        struct mw_str s = MW_STR_INIT;
        for (unsigned w = 0; w < WORDS; w++)
            for (unsigned k = 1 + w % 7 + w; below(seed, k + 1) == 0; k *= 3)
                mw_str_addf(&s, "%.*s ", MW_SV_ARG(word(w)));
        put(mw_arena_printf(arena, "u:%d", d).p, "Titel", mw_arena_z(arena, mw_str_sv(&s)));
        mw_str_free(&s);
    }
    for (int d = 0; d < DOCS; d += 1 + (int)below(seed, 40)) /* some are dead */
        assert_int_equal(mw_store_remove(store, mw_arena_printf(arena, "u:%d", d), &err), MW_OK);
    assert_int_equal(mw_ingest_end(store, &err), MW_OK);
}

static struct mw_sv any_word(unsigned *seed)
{
    return below(seed, 20) == 0 ? MW_SV("qunknown") : word(below(seed, WORDS));
}

/* A word with perhaps parts, an English form, synonyms of one or two words; or a related one. */
static void add_group(struct mw_list *groups, bool typed, unsigned *seed)
{
    struct mw_query_word w = { .typed = MW_SV("wort"), .form = any_word(seed), .times = 1 + (int)below(seed, 3) };

    for (unsigned n = below(seed, 2) * (below(seed, 4)); n > 0; n--)
        *(struct mw_sv *)mw_list_add(arena, &w.parts, sizeof(struct mw_sv)) = any_word(seed);
    w.english = below(seed, 3) == 0 ? any_word(seed) : MW_SV_NONE;
    if (typed) {
        assert_int_equal(mw_group_add(groups, arena, &w, &err), MW_OK);
    } else {
        struct mw_group *g = mw_list_add(arena, groups, sizeof *g);
        *g = (struct mw_group){ .typed = MW_SV_NONE, .weight = 0.05 };
    }
    for (unsigned n = typed ? below(seed, 3) / 2 * (below(seed, 4)) : 1; n > 0; n--) {
        struct mw_list forms = { NULL, 0, 0 };
        for (unsigned k = typed ? 1 + below(seed, 2) : 1; k > 0; k--)
            *(struct mw_sv *)mw_list_add(arena, &forms, sizeof(struct mw_sv)) = any_word(seed);
        assert_int_equal(mw_way_add(MW_AT(*groups, struct mw_group, groups->n - 1), arena, typed ? MW_R_SYNONYM : MW_R_RELATED,
                                    MW_SV("anders"), &forms, typed ? 0.5 : 1, &err), MW_OK);
    }
}

static bool by_points;

static int in_order(const void *a, const void *b)
{
    const struct mw_scored *x = a, *y = b;
    double p = by_points ? x->score : mw_score_of(x), q = by_points ? y->score : mw_score_of(y);
    return p < q ? 1 : p > q ? -1 : (x->notice > y->notice) - (x->notice < y->notice);
}

/* The hits in order, first from all scores. */
static size_t sift(struct mw_list *scored, const struct mw_page_ask *ask)
{
    size_t n = 0;
    for (size_t i = 0; i < scored->n; i++) {
        const struct mw_scored *one = MW_AT(*scored, struct mw_scored, i);
        if (one->cover >= ask->least && (ask->pass == NULL || mw_bit(ask->pass, one->doc)))
            *MW_AT(*scored, struct mw_scored, n++) = *one;
    }
    qsort(scored->items, n, sizeof(struct mw_scored), in_order);
    return n;
}

static void the_page_is_what_all_scores_would_give(void **state)
{
    static const double LEAST[] = { 0, 0.05, 0.25, 0.5, 1 };
    const struct mw_docs *docs;
    unsigned seed = 3;
    (void)state;
    write_notices(&seed);
    assert_int_equal(mw_docs(&docs, store, &err), MW_OK);
    uint64_t *pass = mw_arena_array(arena, docs->words, sizeof *pass);
    for (int round = 0; round < ROUNDS; round++) {
        struct mw_list groups = { NULL, 0, 0 }, all = { NULL, 0, 0 };
        struct mw_page_ask ask = { .most = (size_t[]){ 0, 1, 10, 10, 50, 9000 }[below(&seed, 6)], .least = LEAST[below(&seed, 5)],
                                   .pass = below(&seed, 2) == 0 ? pass : NULL, .by_points = below(&seed, 4) == 0 };
        struct mw_page page, before;
        by_points = ask.by_points;
        ask.uncounted = below(&seed, 4) == 0;
        for (size_t w = 0; w < docs->words; w++)
            pass[w] = ((uint64_t)rand_r(&seed) << 40 ^ (uint64_t)rand_r(&seed) << 20 ^ (uint64_t)rand_r(&seed)) & docs->alive[w];
        for (unsigned n = 1 + below(&seed, 5); n > 0; n--)
            add_group(&groups, true, &seed);
        struct mw_list typed = groups;
        for (unsigned n = below(&seed, 3) / 2 * (below(&seed, 30)); n > 0; n--)
            add_group(&groups, false, &seed);
        assert_int_equal(mw_look_up(&groups, 0, store, &err), MW_OK);
        typed.items = groups.items;
        const struct mw_page_ask first = { .most = 1 + below(&seed, 20), .least = ask.least, .by_points = true, .uncounted = true };
        if (below(&seed, 2) == 0) { /* what the typed words alone find says what to look at first */
            assert_int_equal(mw_rank_page(&before, arena, store, &typed, &first, &err), MW_OK);
            ask.seeds = &before.best;
        }
        assert_int_equal(mw_rank(&all, arena, store, &groups, &err), MW_OK);
        assert_int_equal(mw_rank_page(&page, arena, store, &groups, &ask, &err), MW_OK);
        size_t n = sift(&all, &ask);
        assert_true(ask.uncounted || mw_bits_count(page.hits, docs->words) == (int64_t)n);
        for (size_t i = 0; i < n && !ask.uncounted; i++)
            assert_true(mw_bit(page.hits, MW_AT(all, struct mw_scored, i)->doc));
        size_t most = n < ask.most ? n : ask.most;
        assert_true(page.best.n >= most);
        assert_true(ask.most > 50 || page.best.n < DOCS / 2 || n < DOCS / 2); /* not simply all */
        if (page.best.n > 0)
            qsort(page.best.items, page.best.n, sizeof(struct mw_scored), in_order);
        for (size_t i = 0; i < most; i++) {
            const struct mw_scored *x = MW_AT(all, struct mw_scored, i), *y = MW_AT(page.best, struct mw_scored, i);
            assert_int_equal(x->doc, y->doc);
            assert_memory_equal(&x->score, &y->score, sizeof x->score); /* bit for bit */
            assert_memory_equal(&x->cover, &y->cover, sizeof x->cover);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { TEST(the_page_is_what_all_scores_would_give) };
    return cmocka_run_group_tests(tests, begin_file, end_file);
}
