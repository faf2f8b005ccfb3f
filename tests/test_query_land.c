/* Länder among the words of a search: where, not what. */
#include "index/query.h"
#include "rules/engine/ruleset.h"
#include "tests/index.h"

static struct mw_rules *rules;

static int load(void **state)
{
    MW_AUTO(mw_diags_free) struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    return begin_file(state) == 0 && mw_rules_load_part(&rules, "rules", MW_RULES_VOCABULARY, &diags, &err) == MW_OK ? 0 : -1;
}

static int unload(void **state)
{
    mw_rules_free(rules);
    return end_file(state);
}

/* The filter as it would be typed, and the words it was read from; "": none. */
static const char *read_from(const char *text)
{
    struct mw_query q;
    if (mw_query_parse(&q, arena, analyser, mw_sv(text), TODAY, &err) != MW_OK || mw_query_lands(&q, arena, rules, &err) != MW_OK)
        fail_msg("\"%s\": %s", text, err.msg);
    for (size_t i = 0; i < q.filters.n; i++) {
        const struct mw_filter *f = MW_AT(q.filters, struct mw_filter, i);
        if (f->of.p != NULL)
            return mw_arena_printf(arena, "%.*s <- %.*s", MW_SV_ARG(f->text), MW_SV_ARG(f->of)).p;
    }
    return "";
}

static void names_are_read_however_they_are_typed(void **state)
{
    static const struct { const char *typed, *want; } CASES[] = {
        { "Förderung Spielplatz Sachsen-Anhalt", "land:ST,DE,EU <- Sachsen-Anhalt" },
        { "Spielplatz Sachsen Anhalt", "land:ST,DE,EU <- Sachsen Anhalt" },
        { "Sachsen Spielplatz", "land:SN,DE,EU <- Sachsen" },
        { "radwege thüringen", "land:TH,DE,EU <- thüringen" },
        { "Radwege Thueringen", "land:TH,DE,EU <- Thueringen" },
        { "Radwege Thuringen", "land:TH,DE,EU <- Thuringen" },
        { "hessische Radwege", "land:HE,DE,EU <- hessische" },
        { "Radwege NRW", "land:NW,DE,EU <- NRW" },
        { "Radwege Nordrhein Westfalen", "land:NW,DE,EU <- Nordrhein Westfalen" },
        { "Radwege in BaWü", "land:BW,DE,EU <- BaWü" },
        { "Radwege Bayern oder Hessen", "land:BY,HE,DE,EU <- Bayern, Hessen" },
        { "Radwege Bayern -Hessen", "land:BY,DE,EU <- Bayern" },
        { "Radwege Niedersachsen", "land:NI,DE,EU <- Niedersachsen" },
        { "Radwege", "" },
        { "Radwege im Sachsenwald", "" },              /* a name's beginning is no name */
        { "Radwege \"Bayern\"", "" },                  /* in quotes it is a word */
        { "Radwege Bayern land:HE", "" },              /* who types a filter has said where */
        { "Der Kreis in Hessen beschreibt sein Projekt und sagt in einem langen Text, was er mit dem Bau von Wegen vorhat, "
          "für wen sie sind, wer sie nutzt und pflegt und was sie kosten", "" }, /* a text may name any Land */
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (strcmp(read_from(CASES[i].typed), CASES[i].want) != 0)
            fail_msg("%s: got %s, want %s", CASES[i].typed, read_from(CASES[i].typed), CASES[i].want);
}

static void put_in(const char *url, const char *title, const char *location)
{
    struct mw_notice n = notice(url, title, "Gefördert werden Wege.");
    enum mw_ingest what;
    if (location != NULL)
        add_label(&n, MW_FUNDING_LOCATION, location);
    if (mw_ingest(store, rules, &n, TODAY, &what, &err) != MW_OK)
        fail_msg("%s", err.msg);
}

static void what_is_of_another_land_is_left_out_and_the_theme_decides(void **state)
{
    struct mw_search_opts opts = { .limit = 9, .today = TODAY, .rules = rules };
    (void)state;
    put_in("u:bund", "Radwege", "bundesweit");
    put_in("u:hessen", "Musik in Hessen, Radwege", "Hessen");
    put_in("u:bayern", "Radwege", "Bayern");
    put_in("u:unknown", "Radwege im Ort", NULL);
    put_in("u:other", "Theater in Hessen", "Hessen");
    for (int i = 0; i < 12; i++) /* words that all notices hold say nothing */
        put_in(mw_arena_printf(arena, "u:%d", i).p, mw_arena_printf(arena, "Anderes %d", i).p, "bundesweit");
    struct mw_hits hits = search_opts("Radwege Hessen", &opts);
    assert_int_equal(hits.total, 4);
    assert_true(mw_sv_eqz(MW_AT(hits.hits, struct mw_hit, 0)->url, "u:hessen"));
    assert_true(mw_sv_eqz(MW_AT(hits.hits, struct mw_hit, 3)->url, "u:other"));
    for (size_t i = 0; i < hits.hits.n; i++)
        assert_false(mw_sv_eqz(MW_AT(hits.hits, struct mw_hit, i)->url, "u:bayern"));
    opts.literal = true;
    assert_int_equal(search_opts("Radwege Hessen", &opts).total, 5);
}

/* What the best hits have in common is looked for, but not the Land or region that they happen to share. */
static void names_of_places_are_no_related_words(void **state)
{
    struct mw_search_opts opts = { .limit = 9, .today = TODAY, .rules = rules };
    bool racks = false;
    (void)state;
    for (int i = 0; i < 3; i++) {
        struct mw_notice n = notice(mw_arena_printf(arena, "u:rad%d", i).p, "Seilbahnhof", "Die Uckermark in Brandenburg baut Fahrgastlifte, brandenburgische Gondeln.");
        enum mw_ingest what;
        assert_int_equal(mw_ingest(store, rules, &n, TODAY, &what, &err), MW_OK);
    }
    for (int i = 0; i < 12; i++)
        put_in(mw_arena_printf(arena, "u:%d", i).p, mw_arena_printf(arena, "Anderes %d", i).p, "bundesweit");
    struct mw_hits hits = search_opts("Seilbahnhof", &opts);
    for (size_t i = 0; i < hits.readings.n; i++) {
        const struct mw_reading *r = MW_AT(hits.readings, struct mw_reading, i);
        racks = racks || mw_sv_eqz(r->text, "Fahrgastlifte");
        if (r->kind == MW_R_RELATED && (mw_sv_eqz(r->text, "Uckermark") || mw_sv_eqz(r->text, "Brandenburg") || mw_sv_eqz(r->text, "brandenburgische")))
            fail_msg("%.*s is related", MW_SV_ARG(r->text));
    }
    assert_true(racks);
}

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        TEST(names_are_read_however_they_are_typed),
        TEST(what_is_of_another_land_is_left_out_and_the_theme_decides),
        TEST(names_of_places_are_no_related_words),
    };
    return cmocka_run_group_tests(TESTS, load, unload);
}
