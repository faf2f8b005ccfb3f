/* Briefs say what the table of facts says, of every notice, and damage in them does no harm. */
#include "index/db.h"
#include "tests/index.h"

static uint32_t seed;
static uint32_t dice(uint32_t n)
{
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % n;
}

static struct mw_sv maybe(const char *z) { return dice(2) ? mw_sv(z) : MW_SV_NONE; }

/* Any values in any mixture, also those that no rule gives. */
static void add_random_fact(struct mw_list *facts)
{
    static const int64_t NUMBERS[] = { 0, 1, -1, 127, 128, -129, 2500000, INT64_MAX, INT64_MIN + 1 };
    struct mw_fact *f = mw_list_add(arena, facts, sizeof *f);
    mw_fact_clear(f);
    f->type = (enum mw_fact_type)dice(MW_F_TYPE_N);
    f->kind = maybe("application");
    f->value = maybe("");
    f->condition = maybe("Gemeinden unter 20.000 Einwohnern im Geltungsbereich eines integrierten Konzepts, das der Rat beschlossen hat, und ihre Gesellschaften");
    f->currency = maybe("EUR");
    if (dice(2))
        f->date = (struct mw_day){ (int32_t)dice(60000) - 20000 };
    f->recurs = dice(2) ? 1231 : 0;
    if (dice(2))
        f->share = (struct mw_share){ NUMBERS[dice(6)], 1 + dice(1000) };
    if (dice(2))
        f->eur.cents = NUMBERS[dice(COUNT(NUMBERS) - 1)];
    f->months = dice(2) ? (int32_t)dice(200) : -1;
    if (dice(2))
        f->number = NUMBERS[dice(COUNT(NUMBERS))];
    f->clock = dice(2) ? (int)dice(MW_CLOCK_MAX + 1) : -1;
    f->soft = dice(2);
    f->quote = maybe("Gefördert wird bis Jahresende.");
    f->field = maybe("opens");
}

static struct mw_list heard[40]; /* by notice id: struct mw_fact, as see() got them */
static size_t n_heard;

static enum mw_rc keep(void *ctx, int64_t notice, const struct mw_list *facts, struct mw_arena *a)
{
    (void)ctx, (void)a;
    assert_true(notice > 0 && (size_t)notice < COUNT(heard) && (size_t)notice == ++n_heard); /* in order, none left out */
    heard[notice] = (struct mw_list){ 0 };
    for (size_t i = 0; i < facts->n; i++) {
        struct mw_fact *f = mw_list_add(arena, &heard[notice], sizeof *f);
        *f = *MW_AT(*facts, struct mw_fact, i);
        struct mw_sv *const texts[] = { &f->kind, &f->value, &f->condition, &f->currency };
        for (size_t k = 0; k < COUNT(texts); k++)
            *texts[k] = mw_arena_copy(arena, *texts[k]);
    }
    return MW_OK;
}

static bool same_text(struct mw_sv a, struct mw_sv b) { return (a.p == NULL) == (b.p == NULL) && (a.p == NULL || mw_sv_eq(a, b)); }

static bool same(const struct mw_fact *a, const struct mw_fact *b)
{
    return a->type == b->type && same_text(a->kind, b->kind) && same_text(a->value, b->value) && same_text(a->condition, b->condition) &&
           same_text(a->currency, b->currency) && a->date.n == b->date.n && a->recurs == b->recurs && a->share.num == b->share.num &&
           a->share.den == b->share.den && a->eur.cents == b->eur.cents && a->months == b->months && a->number == b->number &&
           a->clock == b->clock && a->soft == b->soft && (a->quote.p == NULL) == (b->quote.p == NULL) && (a->field.p == NULL) == (b->field.p == NULL);
}

static void every_fact_is_heard_as_it_was_written(void **state)
{
    struct mw_list written[COUNT(heard)] = { { 0 } };
    (void)state;
    seed = 5;
    for (int64_t id = 1; id < (int64_t)COUNT(heard); id++) {
        put(mw_arena_printf(arena, "u:%d", (int)id).p, "Titel", "Text");
        for (uint32_t i = id % 4 == 0 ? 0 : dice(40); i > 0; i--)
            add_random_fact(&written[id]);
        assert_int_equal(mw_write_begin(store, &err), MW_OK);
        assert_int_equal(mw_brief_put(store, id, &written[id], &err), MW_OK);
        assert_int_equal(mw_write_commit(store, &err), MW_OK);
    }
    n_heard = 0;
    assert_int_equal(mw_briefs(store, keep, NULL, &err), MW_OK);
    assert_int_equal(n_heard, COUNT(heard) - 1);
    for (size_t id = 1; id < COUNT(heard); id++) {
        assert_int_equal(heard[id].n, written[id].n);
        for (size_t i = 0; i < written[id].n; i++)
            if (!same(MW_AT(heard[id], struct mw_fact, i), MW_AT(written[id], struct mw_fact, i)))
                fail_msg("fact %zu of notice %zu is another one", i, id);
    }
}

/* Ingest writes both from the same facts, a change replaces them, and a notice that is taken out leaves no brief. */
static void a_brief_follows_its_notice(void **state)
{
    struct mw_rules *rules = NULL;
    struct mw_notice n = notice("u:1", "Stadtbäume", "Die Zuwendung beträgt 80 Prozent. Anträge sind bis zum 31. März 2026 zu stellen.");
    enum mw_ingest what;
    (void)state;
    assert_int_equal(mw_rules_load(&rules, "rules", NULL, &err), MW_OK);
    for (int round = 0; round < 2; round++) {
        struct mw_list facts = { 0 };
        if (round == 1)
            add_section(&n, "Wer", "Antragsberechtigt sind Städte und Gemeinden in Hessen.");
        assert_int_equal(mw_ingest(store, rules, &n, TODAY, &what, &err), MW_OK);
        n_heard = 0;
        assert_int_equal(mw_briefs(store, keep, NULL, &err), MW_OK);
        assert_int_equal(mw_facts_get(&facts, arena, store, 1, &err), MW_OK);
        assert_in_range(facts.n, round == 0 ? 2 : 4, 20);
        assert_int_equal(heard[1].n, facts.n);
        for (size_t i = 0; i < facts.n; i++)
            assert_true(same(MW_AT(heard[1], struct mw_fact, i), MW_AT(facts, struct mw_fact, i)));
    }
    assert_int_equal(mw_store_remove(store, n.url, &err), MW_OK);
    n_heard = 0;
    assert_int_equal(mw_briefs(store, keep, NULL, &err), MW_OK);
    assert_int_equal(n_heard, 0);
    mw_rules_free(rules);
}

static enum mw_rc look(void *ctx, int64_t notice, const struct mw_list *facts, struct mw_arena *a)
{
    size_t *bytes = ctx;
    (void)notice, (void)a;
    for (size_t i = 0; i < facts->n; i++) {
        const struct mw_fact *f = MW_AT(*facts, struct mw_fact, i);
        const struct mw_sv texts[] = { f->kind, f->value, f->condition, f->currency };
        assert_true(f->type < MW_F_TYPE_N);
        for (size_t k = 0; k < COUNT(texts); k++)
            for (size_t c = 0; c < texts[k].n; c++)
                *bytes += (unsigned char)texts[k].p[c];
    }
    return MW_OK;
}

static void damaged_bytes_are_said_to_be_so(void **state)
{
    unsigned char bytes[60];
    size_t seen = 0;
    (void)state;
    put("u:1", "Titel", "Text");
    for (seed = 1; seed < 400; seed++) {
        uint32_t kept = seed;
        size_t n = dice(sizeof bytes);
        for (size_t i = 0; i < n; i++)
            bytes[i] = (unsigned char)dice(dice(2) ? 256 : 8);
        assert_int_equal(mw_q_run(store, &err, "UPDATE brief SET facts = ?1", "b", mw_sv_n((const char *)bytes, n)), MW_OK);
        enum mw_rc rc = mw_briefs(store, look, &seen, &err);
        if (rc != MW_OK)
            assert_fails(rc, MW_DB, "is damaged (brief)");
        seed = kept;
    }
}

/* Each fact is whole where the bytes end behind one; everywhere else they were cut off. */
static void a_brief_that_ends_too_early_is_damage(void **state)
{
    struct mw_list facts = { 0 };
    struct mw_str whole = MW_STR_INIT;
    size_t seen = 0, good = 0;
    sqlite3_stmt *st = NULL;
    (void)state;
    seed = 9;
    put("u:1", "Titel", "Text");
    for (int i = 0; i < 5; i++)
        add_random_fact(&facts);
    assert_int_equal(mw_write_begin(store, &err), MW_OK);
    assert_int_equal(mw_brief_put(store, 1, &facts, &err), MW_OK);
    assert_int_equal(mw_write_commit(store, &err), MW_OK);
    assert_int_equal(mw_q_row(&st, store, &err, "SELECT facts FROM brief", ""), MW_OK);
    mw_str_add(&whole, mw_q_blob(st, 0));
    sqlite3_reset(st);
    for (size_t n = 0; n <= whole.n; n++) {
        assert_int_equal(mw_q_run(store, &err, "UPDATE brief SET facts = ?1", "b", mw_sv_n(whole.p, n)), MW_OK);
        enum mw_rc rc = mw_briefs(store, look, &seen, &err);
        good += rc == MW_OK;
        if (rc != MW_OK)
            assert_fails(rc, MW_DB, "is damaged (brief)");
    }
    assert_int_equal(good, 6);
    mw_str_free(&whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_fact_is_heard_as_it_was_written),
        TEST(a_brief_follows_its_notice),
        TEST(damaged_bytes_are_said_to_be_so),
        TEST(a_brief_that_ends_too_early_is_damage),
    };
    return cmocka_run_group_tests(tests, begin_file, end_file);
}
