/* Search against a scorer that knows no tables, pages against the whole list, and a thousand real notices. */
#include <math.h>
#include <time.h>

#include "index/query.h"
#include "tests/index.h"

/* --- against a scorer without tables ------------------------------------------------------------------------------------------ */

enum { DOCS = 120, VOCABULARY = 60, QUERIES = 60 };
struct naive {
    int title[VOCABULARY], body[VOCABULARY], title_n, body_n;
};

/* One-syllable nonsense of fixed length: no stem, no compound, no neighbour by typing error. */
static const char *nonsense(int i)
{
    static char word[4][8];
    static int turn;
    turn = (turn + 1) % 4;
    snprintf(word[turn], sizeof word[turn], "q%c%c%c", 'b' + i % 5 * 3, 'x' - i / 5 % 5 * 4, 'k' + i / 25);
    return word[turn];
}

static double naive_impact(const struct naive *d, int word)
{
    double title = fmax(0.5, d->title_n / 10.0), body = fmax(0.5, d->body_n / 250.0);
    double tf = 6.0 * d->title[word] / (0.7 + 0.3 * title) + 1.0 * d->body[word] / (0.6 + 0.4 * body);
    double v = floor(255 * tf / (tf + 1.2) + 0.5);
    return tf > 0 ? (v < 1 ? 1 : v) / 255 : 0;
}

static void the_impact_table_scores_as_a_scorer_that_reads_every_notice(void **state)
{
    static struct naive docs[DOCS];
    int with[VOCABULARY] = { 0 };
    unsigned seed = 42;
    (void)state;
    memset(docs, 0, sizeof docs);
    assert_int_equal(mw_ingest_begin(store, &err), MW_OK);
    for (int d = 0; d < DOCS; d++) {
        struct mw_str title = MW_STR_INIT, body = MW_STR_INIT;
        docs[d].title_n = 1 + rand_r(&seed) % 6;
        docs[d].body_n = 5 + rand_r(&seed) % 200;
        for (int i = 0; i < docs[d].title_n + docs[d].body_n; i++) {
            int word = (rand_r(&seed) % VOCABULARY) * (rand_r(&seed) % VOCABULARY) / VOCABULARY;
            bool in_title = i < docs[d].title_n;
            (in_title ? docs[d].title : docs[d].body)[word]++;
            mw_str_addf(in_title ? &title : &body, "%s ", nonsense(word));
        }
        put(mw_arena_printf(arena, "u:%d", d).p, mw_arena_z(arena, mw_str_sv(&title)), mw_arena_z(arena, mw_str_sv(&body)));
        mw_str_free(&title);
        mw_str_free(&body);
        if (d % 17 == 16) { /* several segments, merged or not */
            assert_int_equal(mw_ingest_end(store, &err), MW_OK);
            assert_int_equal(mw_ingest_begin(store, &err), MW_OK);
        }
        for (int w = 0; w < VOCABULARY; w++)
            with[w] += docs[d].title[w] + docs[d].body[w] > 0;
    }
    assert_int_equal(mw_ingest_end(store, &err), MW_OK);
    for (int q = 0; q < QUERIES; q++) {
        int words[2] = { rand_r(&seed) % 40, 40 + rand_r(&seed) % 20 }, matching = 0;
        struct mw_list queried = { NULL, 0, 0 }, groups = { NULL, 0, 0 }, scored = { NULL, 0, 0 };
        const char *text = mw_arena_printf(arena, "%s %s", nonsense(words[0]), nonsense(words[1])).p;
        assert_int_equal(mw_query_words(&queried, arena, analyser, mw_sv(text), 1, MW_QUERY_WORDS, &err), MW_OK);
        assert_int_equal(queried.n, 2);
        for (size_t i = 0; i < queried.n; i++)
            assert_int_equal(mw_group_add(&groups, arena, MW_AT(queried, struct mw_query_word, i), &err), MW_OK);
        assert_int_equal(mw_look_up(&groups, 0, store, &err), MW_OK);
        assert_int_equal(mw_rank(&scored, arena, store, &groups, &err), MW_OK);
        for (int d = 0; d < DOCS; d++) {
            double want = 0, got = 0;
            for (int k = 0; k < 2; k++)
                want += naive_impact(&docs[d], words[k]) * log1p((DOCS - with[words[k]] + 0.5) / (with[words[k]] + 0.5));
            for (size_t i = 0; i < scored.n; i++)
                if (MW_AT(scored, struct mw_scored, i)->notice == d + 1)
                    got = MW_AT(scored, struct mw_scored, i)->score;
            if (fabs(want - got) > 1e-9)
                fail_msg("query \"%s\", notice %d: got %f, want %f", text, d, got, want);
            matching += want > 0;
        }
        assert_int_equal(scored.n, matching);
    }
}

static void every_page_shows_what_the_whole_list_shows_there(void **state)
{
    unsigned seed = 5;
    (void)state;
    for (int d = 0; d < 90; d++) { /* many with equal scores */
        struct mw_str s = MW_STR_INIT;
        for (int i = 0; i < 1 + rand_r(&seed) % 5; i++)
            mw_str_addz(&s, "Radweg ");
        put(mw_arena_printf(arena, "u:%d", d).p, "Titel", mw_arena_z(arena, mw_str_sv(&s)));
        mw_str_free(&s);
    }
    struct mw_hits whole = search_opts("Radweg", &(struct mw_search_opts){ .limit = 100, .today = TODAY });
    assert_int_equal(whole.hits.n, 90);
    for (size_t limit = 1; limit < 90; limit += 13)
        for (size_t at = 0; at < 90; at += limit) {
            struct mw_hits page = search_opts("Radweg", &(struct mw_search_opts){ .limit = limit, .offset = at, .today = TODAY });
            assert_int_equal(page.total, 90);
            assert_int_equal(page.hits.n, at + limit < 90 ? limit : 90 - at);
            for (size_t i = 0; i < page.hits.n; i++)
                assert_int_equal(MW_AT(page.hits, struct mw_hit, i)->id, MW_AT(whole.hits, struct mw_hit, at + i)->id);
        }
}

static void assert_same_counts(const struct mw_facet *x, const struct mw_facet *y)
{
    assert_int_equal(x->counts.n, y->counts.n);
    for (size_t i = 0; i < x->counts.n; i++) {
        const struct mw_facet_count *m = MW_AT(x->counts, struct mw_facet_count, i), *n = MW_AT(y->counts, struct mw_facet_count, i);
        assert_true(mw_sv_eq(m->code, n->code));
        assert_int_equal(m->notices, n->notices);
    }
}

static void what_is_counted_behind_the_page_changes_neither_page_nor_total(void **state)
{
    enum { MANY = 5000, WORDS = 12 }; /* more than two windows of rank.c */
    unsigned seed = 11;
    (void)state;
    assert_int_equal(mw_ingest_begin(store, &err), MW_OK);
    for (int d = 0; d < MANY; d++) {
        struct mw_str s = MW_STR_INIT;
        for (int i = 0; i < 1 + rand_r(&seed) % 5; i++)
            mw_str_addf(&s, "%s ", nonsense(rand_r(&seed) % WORDS));
        put(mw_arena_printf(arena, "u:%d", d).p, nonsense(20 + d % 7), mw_arena_z(arena, mw_str_sv(&s)));
        mw_str_free(&s);
    }
    assert_int_equal(mw_ingest_end(store, &err), MW_OK);
    for (int q = 0; q < 12; q++) {
        const char *text = mw_arena_printf(arena, "%s %s", nonsense(q % WORDS), nonsense(q % 2 == 0 ? 20 + q % 7 : (q + 1) % WORDS)).p;
        struct mw_search_opts opts = { .limit = 10, .offset = (size_t)(q % 3 * 7), .literal = q % 4 < 2, .facets = true, .bare = true,
                                       .today = TODAY };
        struct mw_hits page = search_opts(text, &opts);
        struct mw_search_opts all = { .limit = MANY, .literal = opts.literal, .facets = true, .bare = true, .today = TODAY };
        struct mw_hits whole = search_opts(text, &all);
        assert_true(whole.total > 1000);
        assert_int_equal(page.total, whole.total);
        assert_int_equal(whole.hits.n, whole.total);
        assert_int_equal(page.hits.n, 10);
        assert_int_equal(page.facets.n, whole.facets.n);
        for (size_t i = 0; i < page.facets.n; i++)
            assert_same_counts(MW_AT(page.facets, struct mw_facet, i), MW_AT(whole.facets, struct mw_facet, i));
        for (size_t i = 0; i < 10; i++) {
            const struct mw_hit *x = MW_AT(page.hits, struct mw_hit, i), *y = MW_AT(whole.hits, struct mw_hit, opts.offset + i);
            assert_int_equal(x->id, y->id);
            assert_int_equal(x->score_milli, y->score_milli);
        }
    }
}

/* --- real notices --------------------------------------------------------------------------------------------------------------- */

static void a_thousand_notices_answer_within_a_moment(void **state)
{
    struct timespec from, to;
    unsigned seed = 9;
    (void)state;
    assert_int_equal(mw_ingest_begin(store, &err), MW_OK);
    for (int d = 0; d < 1000; d++) {
        struct mw_str s = MW_STR_INIT;
        for (int i = 0; i < 200; i++)
            mw_str_addf(&s, "%s ", nonsense(rand_r(&seed) % VOCABULARY));
        put(mw_arena_printf(arena, "u:%d", d).p, "Titel", mw_arena_z(arena, mw_str_sv(&s)));
        mw_str_free(&s);
    }
    assert_int_equal(mw_ingest_end(store, &err), MW_OK);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    for (int i = 0; i < 20; i++)
        search_opts(nonsense(i), &(struct mw_search_opts){ .limit = 10, .today = TODAY });
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
    assert_true((to.tv_sec - from.tv_sec) * 1000 + (to.tv_nsec - from.tv_nsec) / 1000000 < 20 * 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_impact_table_scores_as_a_scorer_that_reads_every_notice),
        TEST(every_page_shows_what_the_whole_list_shows_there),
        TEST(what_is_counted_behind_the_page_changes_neither_page_nor_total),
        TEST(a_thousand_notices_answer_within_a_moment),
    };
    return cmocka_run_group_tests(tests, begin_file, end_file);
}
