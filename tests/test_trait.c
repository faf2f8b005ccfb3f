/* Traits say what the tables say: of the status on every day, of filters, of facets; and they follow every change. */
#include "index/query.h"
#include "index/trait.h"
#include "tests/index.h"

static const char *const WORDS[] = { "application", "sketch", "cutoff", "full_proposal", "closed", "rolling", "validity_end" };

static uint32_t seed;
static uint32_t dice(uint32_t n)
{
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % n;
}

/* Facts as rules might find them, in any mixture. */
static void add_random_fact(struct mw_list *facts)
{
    struct mw_fact *f = mw_list_add(arena, facts, sizeof *f);
    mw_fact_clear(f);
    f->type = (enum mw_fact_type[]){ MW_F_DEADLINE, MW_F_DEADLINE, MW_F_DEADLINE, MW_F_STATUS, MW_F_VALIDITY }[dice(5)];
    f->kind = mw_sv(f->type == MW_F_DEADLINE ? WORDS[dice(COUNT(WORDS))] : f->type == MW_F_VALIDITY ? "from" : dice(2) ? "call_only" : "in_force");
    f->soft = dice(4) == 0;
    f->field = dice(2) ? MW_SV("opens") : MW_SV_NONE;
    f->quote = MW_SV_NONE;
    if (f->type != MW_F_STATUS && dice(3) > 0)
        f->date = (struct mw_day){ TODAY.n - 40 + (int32_t)dice(80) };
    else if (dice(2))
        f->recurs = (int)(dice(12) + 1) * 100 + (int)dice(28) + 1;
    if (f->recurs > 0 && dice(2)) /* limited to some years */
        assert_true(mw_day_from_ymd(&f->date, mw_day_ymd(TODAY).year - 1 + (int)dice(3), f->recurs / 100, f->recurs % 100));
}

static void the_status_is_the_same_on_every_day(void **state)
{
    (void)state;
    for (seed = 1; seed < 120; seed++) {
        uint32_t kept = seed;
        struct mw_notice n = notice(mw_arena_printf(arena, "u:%u", seed).p, "Titel", "Text");
        struct mw_list facts = { NULL, 0, 0 };
        struct mw_known known;
        const struct mw_traits *traits = NULL;
        struct mw_trait trait;
        ingest(&n);
        for (uint32_t i = dice(6); i > 0; i--)
            add_random_fact(&facts);
        assert_int_equal(mw_notice_known(store, n.url, &known, &err), MW_OK);
        assert_int_equal(mw_write_begin(store, &err), MW_OK);
        assert_int_equal(mw_trait_put(store, known.id, &n, &facts, &err), MW_OK);
        assert_int_equal(mw_write_commit(store, &err), MW_OK);
        assert_int_equal(mw_traits(&traits, store, &err), MW_OK);
        assert_true(mw_trait_get(&trait, traits, known.id));
        for (int32_t d = -450; d < 450; d += d > -50 && d < 50 ? 1 : 17) {
            struct mw_day today = { TODAY.n + d }, want_day = MW_DAY_NONE, day = MW_DAY_NONE;
            enum mw_status want = mw_status_on(&n, &facts, today, NULL, &want_day), got = mw_trait_status(&trait, today, &day);
            if (want != got || mw_day_cmp(want_day, day) != 0)
                fail_msg("facts %u on day %d: %s until %d, want %s until %d", kept, d, MW_STATUSES[got], day.n, MW_STATUSES[want], want_day.n);
        }
        seed = kept;
    }
}

/* --- notices with everything --------------------------------------------------------------------------------------------------- */

static const char *const LANDS[] = { "Bayern", "Sachsen", "Sachsen-Anhalt", "bundesweit", "europaweit" };
static const char *const WHO[] = { "Kommune", "Öffentliche Einrichtung", "Existenzgründer/in", "Verband/Vereinigung" };
static const char *const HOW[] = { "Zuschuss", "Darlehen", "Bürgschaft" };
static const char *const THEMES[] = { "Kultur", "Energieeffizienz & Erneuerbare Energien", "Umwelt- & Naturschutz" };
static const char *const SOURCES[] = { "fdb", "eu-ftp", "eu-search" };
enum { MANY = 150 };
static struct mw_notice made[MANY];

static void make_many(void)
{
    seed = 7;
    for (size_t i = 0; i < MANY; i++) {
        made[i] = notice(mw_arena_printf(arena, "u:%03zu", i).p, i % 3 == 0 ? "Radwege" : "Brücken", "Gefördert werden Vorhaben.");
        add_label(&made[i], MW_FUNDING_LOCATION, LANDS[dice(COUNT(LANDS))]);
        if (dice(3) == 0)
            add_label(&made[i], MW_FUNDING_LOCATION, LANDS[dice(COUNT(LANDS))]);
        add_label(&made[i], MW_ELIGIBLE_APPLICANTS, WHO[dice(COUNT(WHO))]);
        add_label(&made[i], MW_FUNDING_TYPE, HOW[dice(COUNT(HOW))]);
        add_label(&made[i], MW_FUNDING_AREA, THEMES[dice(COUNT(THEMES))]);
        made[i].source = mw_sv(SOURCES[dice(COUNT(SOURCES))]);
        made[i].language = dice(4) == 0 ? MW_SV("en") : MW_SV("de");
        ingest(&made[i]);
    }
}

static bool has(const struct mw_notice *n, enum mw_facet_kind kind, const char *label)
{
    for (size_t i = 0; i < n->facets[kind].n; i++)
        if (mw_sv_eqz(*MW_AT(n->facets[kind], struct mw_sv, i), label))
            return true;
    return false;
}

/* How many of the notices made hold the label, by looking at each. */
static int64_t holders(enum mw_facet_kind kind, const char *label)
{
    int64_t n = 0;
    for (size_t i = 0; i < MANY; i++)
        n += has(&made[i], kind, label);
    return n;
}

static void filters_let_through_what_looking_at_each_notice_does(void **state)
{
    static const struct { const char *query; enum mw_facet_kind kind; const char *label; } CASES[] = {
        { "land:BY", MW_FUNDING_LOCATION, "Bayern" },
        { "land:Sachsen", MW_FUNDING_LOCATION, "Sachsen" }, /* not Sachsen-Anhalt */
        { "land:ST", MW_FUNDING_LOCATION, "Sachsen-Anhalt" },
        { "region:bundesweit", MW_FUNDING_LOCATION, "bundesweit" },
        { "land:eu", MW_FUNDING_LOCATION, "europaweit" },
        { "applicant:existenzgruender", MW_ELIGIBLE_APPLICANTS, "Existenzgründer/in" },
        { "applicant:verband", MW_ELIGIBLE_APPLICANTS, "Verband/Vereinigung" },
        { "kind:buergschaft", MW_FUNDING_TYPE, "Bürgschaft" },
        { "thema:energien", MW_FUNDING_AREA, "Energieeffizienz & Erneuerbare Energien" },
    };
    (void)state;
    make_many();
    for (size_t i = 0; i < COUNT(CASES); i++) {
        int64_t want = holders(CASES[i].kind, CASES[i].label);
        const char *without = mw_arena_printf(arena, "-%s", CASES[i].query).p;
        assert_true(want > 0 && want < MANY);
        if (search(CASES[i].query).total != want || search(without).total != MANY - want)
            fail_msg("%s: %ld with, %ld without; want %ld", CASES[i].query, (long)search(CASES[i].query).total, (long)search(without).total, (long)want);
    }
    int64_t eu = 0;
    for (size_t i = 0; i < MANY; i++)
        eu += mw_sv_starts(made[i].source, MW_SV("eu"));
    assert_int_equal(search("source:eu").total, eu);
    struct mw_search_opts literal = { .limit = 1, .today = TODAY, .literal = true };
    assert_int_equal(search_opts("Radwege source:eu-ftp", &literal).total + search_opts("Radwege -source:eu-ftp", &literal).total, MANY / 3);
}

static int64_t count_of(const struct mw_hits *hits, const char *field, const char *code)
{
    for (size_t i = 0; i < hits->facets.n; i++) {
        const struct mw_facet *f = MW_AT(hits->facets, struct mw_facet, i);
        for (size_t k = 0; strcmp(f->field, field) == 0 && k < f->counts.n; k++)
            if (mw_sv_eqz(MW_AT(f->counts, struct mw_facet_count, k)->code, code))
                return MW_AT(f->counts, struct mw_facet_count, k)->notices;
    }
    return 0;
}

static void facets_count_the_hits_and_clicking_one_gives_that_many(void **state)
{
    static const char *const QUERIES[] = { "", "Radwege", "Radwege kind:darlehen", "land:BY,SN -source:fdb" };
    (void)state;
    make_many();
    for (size_t q = 0; q < COUNT(QUERIES); q++) {
        struct mw_hits hits = search_opts(QUERIES[q], &(struct mw_search_opts){ .limit = 1, .today = TODAY, .facets = true });
        assert_int_equal(hits.facets.n, 8);
        for (size_t i = 0; i < hits.facets.n; i++) {
            const struct mw_facet *f = MW_AT(hits.facets, struct mw_facet, i);
            assert_true(f->counts.n > 0);
            for (size_t k = 0; k < f->counts.n; k++) {
                const struct mw_facet_count *c = MW_AT(f->counts, struct mw_facet_count, k);
                const char *narrower = mw_arena_printf(arena, "%s %s:\"%.*s\"", QUERIES[q], f->field, MW_SV_ARG(c->code)).p;
                if (search(narrower).total != c->notices)
                    fail_msg("%s: %ld, counted %ld", narrower, (long)search(narrower).total, (long)c->notices);
            }
        }
    }
    struct mw_hits all = search_opts("", &(struct mw_search_opts){ .limit = 1, .today = TODAY, .facets = true });
    for (size_t i = 0; i < COUNT(WHO); i++)
        assert_true(holders(MW_ELIGIBLE_APPLICANTS, WHO[i]) > 0);
    assert_int_equal(count_of(&all, "land", "BY"), holders(MW_FUNDING_LOCATION, "Bayern"));
    assert_int_equal(count_of(&all, "theme", "Kultur"), holders(MW_FUNDING_AREA, "Kultur"));
    assert_int_equal(count_of(&all, "status", "unknown"), MANY);
}

static void what_changes_or_goes_is_counted_no_more(void **state)
{
    struct mw_notice n = notice("u:1", "Radwege", "Radwege");
    (void)state;
    add_label(&n, MW_FUNDING_LOCATION, "Bayern");
    ingest(&n);
    put("u:2", "Radwege", "Radwege");
    assert_string_equal(found("land:BY"), "u:1");
    n = notice("u:1", "Radwege", "Radwege und Brücken");
    add_label(&n, MW_FUNDING_LOCATION, "Hessen");
    ingest(&n);
    assert_string_equal(found("land:BY"), "");
    assert_string_equal(found("land:HE"), "u:1");
    assert_int_equal(mw_store_remove(store, mw_sv("u:1"), &err), MW_OK);
    assert_string_equal(found("land:HE"), "");
    put("u:3", "Radwege", "Radwege"); /* may get the number that became free */
    assert_string_equal(found("land:HE"), "");
    close_db();
    int64_t renewed = 0;
    assert_int_equal(mw_store_reindex(db, analyser, &renewed, &err), MW_OK);
    open_db(MW_STORE_READ);
    assert_int_equal(search("-land:HE").total, 2);
}

/* --- orders --------------------------------------------------------------------------------------------------------------------- */

static const char *ordered(const char *query, enum mw_order order)
{
    struct mw_hits hits = search_opts(query, &(struct mw_search_opts){ .limit = 9, .today = TODAY, .order = order });
    struct mw_sv all = MW_SV("");
    for (size_t i = 0; i < hits.hits.n; i++)
        all = mw_arena_printf(arena, "%.*s%s%.*s", MW_SV_ARG(all), i > 0 ? " " : "",
                              MW_SV_ARG(MW_AT(hits.hits, struct mw_hit, i)->url));
    return mw_arena_z(arena, all);
}

static void hits_are_put_into_the_order_asked_for(void **state)
{
    static const struct { const char *url, *title, *text, *day; } NOTICES[] = {
        { "u:late", "Radwege", "Anträge sind bis zum 31. März 2026 zu stellen. Der Zuschuss beträgt höchstens 50.000 Euro.", "2025-06-01T08:00:00Z" },
        { "u:soon", "Wege", "Gefördert werden Radwege. Anträge sind bis zum 30. September 2025 zu stellen.", "2025-06-03T08:00:00Z" },
        { "u:over", "Radwege Radwege", "Anträge waren bis zum 31. März 2025 zu stellen. Der Zuschuss beträgt höchstens 90.000 Euro.",
          "2025-06-02T08:00:00Z" },
        { "u:other", "Forst", "Im Wald werden Rückegassen und einige Waldwege für Maschinen wieder befahrbar gemacht, Holz wird gelagert, Wild gezählt und "
          "gepflanzt. Anträge sind bis zum 31. August 2025 zu stellen. Der Zuschuss beträgt höchstens 990.000 Euro.", "2025-06-09T08:00:00Z" },
    };
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_rules *r = NULL;
    enum mw_ingest what;
    (void)state;
    if (mw_rules_load(&r, "rules", &diags, &err) != MW_OK)
        fail_msg("%s", err.msg);
    for (size_t i = 0; i < COUNT(NOTICES); i++) {
        struct mw_notice n = notice(NOTICES[i].url, NOTICES[i].title, NOTICES[i].text);
        n.fetched_at = mw_sv(NOTICES[i].day);
        assert_int_equal(mw_ingest(store, r, &n, TODAY, &what, &err), MW_OK);
    }
    /* what hardly speaks of them stands behind, however soon, new or large it is */
    assert_string_equal(ordered("Radwege", MW_BY_DEADLINE), "u:soon u:late u:over u:other");
    assert_string_equal(ordered("Radwege", MW_BY_NEWEST), "u:soon u:over u:late u:other");
    assert_string_equal(ordered("Radwege", MW_BY_AMOUNT), "u:over u:late u:soon u:other");
    assert_string_equal(ordered("", MW_BY_RELEVANCE), "u:other u:soon u:late u:over");
    assert_string_equal(ordered("", MW_BY_AMOUNT), "u:other u:over u:late u:soon");
    mw_rules_free(r);
    mw_diags_free(&diags);
}

/* A row that is not as long as it says is named; one that says nothing costs traits, never more. */
static void damaged_rows_are_said_to_be_so(void **state)
{
    static const struct { const char *bytes; bool damaged; } ROWS[] = {
        { "x''", false }, { "zeroblob(64)", false }, { "zeroblob(65)", true }, { "x'ff'", true }, { "x'ffffffffffffffffffffff'", true }, { "x'05'", true },
        { "x'8080808080'", true },
    };
    (void)state;
    make_many();
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        struct mw_search_opts opts = { .limit = 9, .today = TODAY, .facets = true, .literal = true };
        struct mw_hits hits;
        const char *sql = mw_arena_printf(arena, "UPDATE trait SET traits = %s", ROWS[i].bytes).p;
        assert_int_equal(mw_db_exec(store, sql, &err), MW_OK);
        if (ROWS[i].damaged) {
            assert_fails(mw_search(&hits, arena, store, MW_SV("Radwege"), &opts, &err), MW_DB, "is damaged (trait)");
            continue;
        }
        assert_int_equal(search_opts("Radwege", &opts).total, MANY / 3);
        assert_true(search("land:BY status:open,closed,unknown").total <= MANY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_status_is_the_same_on_every_day),
        TEST(filters_let_through_what_looking_at_each_notice_does),
        TEST(facets_count_the_hits_and_clicking_one_gives_that_many),
        TEST(what_changes_or_goes_is_counted_no_more),
        TEST(hits_are_put_into_the_order_asked_for),
        TEST(damaged_rows_are_said_to_be_so),
    };
    return cmocka_run_group_tests(tests, begin_file, end_file);
}
