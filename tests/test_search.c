/* Search: what is found, in which order, with which filters. */
#include "index/query.h"
#include "tests/index.h"

static const char *found_literally(const char *query)
{
    struct mw_hits hits = search_opts(query, &(struct mw_search_opts){ .limit = 100, .today = TODAY, .literal = true });
    struct mw_sv all = MW_SV("");
    for (size_t i = 0; i < hits.hits.n; i++)
        all = mw_arena_printf(arena, "%.*s%s%.*s", MW_SV_ARG(all), i > 0 ? " " : "",
                              MW_SV_ARG(MW_AT(hits.hits, struct mw_hit, i)->url));
    return mw_arena_z(arena, all);
}

/* --- words ---------------------------------------------------------------------------------------------------------------- */

static void a_word_is_found_in_all_its_forms(void **state)
{
    (void)state;
    put("u:1", "Häuser der Jugend", "Gefördert werden Häuser.");
    put("u:2", "Gewässer", "Gefördert werden Bäche.");
    assert_string_equal(found("Haus"), "u:1");
    assert_string_equal(found("HAUSES"), "u:1");
    assert_string_equal(found("Haeuser"), "u:1");
    assert_string_equal(found("Hauser"), "u:1");
    assert_string_equal(found("Bach"), "u:2");
}

static void a_compound_is_found_by_its_parts_and_the_other_way_round(void **state)
{
    (void)state;
    put("u:compound", "Quartierskonzepte", "Gefördert wird die Erstellung.");
    put("u:apart", "Konzept für das Quartier", "Gefördert wird die Erstellung.");
    put("u:other", "Schwimmbad", "Gefördert wird die Erstellung.");
    assert_string_equal(found_literally("Quartierskonzept"), "u:compound u:apart");
    assert_string_equal(found_literally("Quartier Konzept"), "u:apart u:compound");
}

static void a_part_of_two_is_found_in_a_compound_of_three(void **state)
{
    (void)state;
    put("u:three", "Kinderspielplätze", "Gefördert wird der Bau.");
    put("u:apart", "Das Spiel auf dem Platz", "Gefördert wird der Bau.");
    assert_string_equal(found_literally("Spielplatz"), "u:three u:apart");
    assert_string_equal(found_literally("Kinderspielplatzbau"), "u:three u:apart");
}

/* Nobody calls it so: what has head and modifier near each other stands before what mentions them pages apart. */
static void parts_near_each_other_say_more_than_parts_apart(void **state)
{
    MW_AUTO(mw_str_free) struct mw_str other = MW_STR_INIT;
    (void)state;
    for (int i = 0; i < 40; i++)
        mw_str_addz(&other, " Etwas anderes");
    put("u:far", "Programm", mw_arena_printf(arena, "Museum Museum Museum.%s. Sanierung Sanierung Sanierung.", mw_str_z(&other)).p);
    put("u:near", "Programm", mw_arena_printf(arena, "Gefördert wird die Sanierung des Museums.%s", mw_str_z(&other)).p);
    put("u:other", "Allerlei", "Ohne Belang.");
    assert_string_equal(found("Museumssanierung"), "u:near u:far");
}

static void the_title_counts_more_than_the_text_and_a_directive_least(void **state)
{
    struct mw_notice n = notice("u:directive", "Programm", "Allgemeines");
    (void)state;
    add_section(&n, "Richtlinie", "Radwege");
    ingest(&n);
    put("u:text", "Programm", "Radwege");
    put("u:title", "Radwege", "Allgemeines");
    n = notice("u:short", "Programm", "Allgemeines");
    add_section(&n, "Kurztext", "Radwege");
    ingest(&n);
    assert_string_equal(found_literally("Radwege"), "u:title u:short u:text u:directive");
}

static void a_very_long_directive_does_not_win_by_its_length(void **state)
{
    struct mw_notice n = notice("u:long", "Programm", "Allgemeines");
    struct mw_str s = MW_STR_INIT;
    (void)state;
    for (int i = 0; i < 20000; i++)
        mw_str_addf(&s, "%s ", i % 100 == 0 ? "Radwege" : "Vorschrift");
    add_section(&n, "Richtlinie", mw_arena_z(arena, mw_str_sv(&s)));
    mw_str_free(&s);
    ingest(&n);
    put("u:near", "Zuschuss", "Gefördert werden Radwege. Radwege verbinden Gemeinden.");
    assert_string_equal(found_literally("Radwege"), "u:near u:long");
}

static void the_rare_word_decides(void **state)
{
    (void)state;
    for (int i = 0; i < 20; i++)
        put(mw_arena_printf(arena, "u:%d", i).p, "Zuschuss", "Gemeinden erhalten einen Zuschuss.");
    put("u:rare", "Tierheime", "Gemeinden erhalten eine Hilfe.");
    assert_int_equal(strncmp(found("Zuschuss Tierheim"), "u:rare", 6), 0);
}

static void empty_words_are_not_looked_for_unless_nothing_else_is_typed(void **state)
{
    (void)state;
    put("u:1", "Der Wald", "Die und das.");
    put("u:2", "Brunnen", "Wasser und Stein.");
    assert_string_equal(found("Wer und was für Brunnen?"), "u:2");
    assert_int_equal(search("und").total, 2);
}

static void english_notices_are_found_in_english(void **state)
{
    struct mw_notice n = notice("u:en", "Urban communities", "Funding for the renovation of buildings.");
    (void)state;
    n.language = MW_SV("en");
    ingest(&n);
    put("u:de", "Wald", "Bäume");
    assert_string_equal(found("community renovating"), "u:en");
    assert_string_equal(found("\"renovation of buildings\""), "u:en");
}

/* --- typing errors and synonyms ----------------------------------------------------------------------------------------- */

static void a_typing_error_is_corrected_and_told(void **state)
{
    (void)state;
    put("u:1", "Tourismus im Harz", "Gefördert wird der Tourismus.");
    put("u:2", "Theater", "Gefördert wird die Bühne.");
    struct mw_hits hits = search("Touristmus");
    assert_int_equal(hits.total, 1);
    assert_sv(MW_AT(hits.hits, struct mw_hit, 0)->url, "u:1");
    const struct mw_reading *r = MW_AT(hits.readings, struct mw_reading, 1);
    assert_int_equal(r->kind, MW_R_CORRECTION);
    assert_sv(r->text, "Tourismus");
    assert_sv(r->of, "Touristmus");
    assert_true(r->weight_percent < 100);
    assert_string_equal(found_literally("Theatre"), "");
    assert_int_equal(search_opts("Touristmus", &(struct mw_search_opts){ .limit = 9, .literal = true }).readings.n, 1);
}

/* Of each kind of error one, at the beginning and the end of what may be skipped; what came later is known, too. */
static void every_kind_of_typing_error_is_corrected(void **state)
{
    static const struct { const char *typed, *want; } CASES[] = {
        { "Freibda", "u:1" }, { "Freibbad", "u:1" }, { "Freiad", "u:1" }, { "Freixad", "u:1" }, { "Xreibad", "" }, { "Frxibxd", "" },
        { "Barrierefriehiet", "u:2" }, { "Barierefeiheit", "u:2" }, { "Barrxerefreixeit", "u:2" }, { "Bxrrxerefreixeit", "" },
        { "Brunnnen", "u:3" },
    };
    (void)state;
    put("u:1", "Freibad", "Das Freibad.");
    put("u:2", "Barrierefreiheit", "Ohne Stufen.");
    assert_string_equal(found("Brunnnen"), "");
    put("u:3", "Brunnen", "Der Brunnen.");
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (strcmp(found(CASES[i].typed), CASES[i].want) != 0)
            fail_msg("%s finds \"%s\"", CASES[i].typed, found(CASES[i].typed));
}

static void a_word_that_notices_hold_is_not_corrected(void **state)
{
    (void)state;
    put("u:1", "Radwege", "Wege für das Rad.");
    put("u:2", "Radweges", "Wege für das Rad.");
    put("u:3", "Landwege", "Wege über Land.");
    struct mw_hits hits = search("Landwege");
    for (size_t i = 0; i < hits.readings.n; i++)
        assert_int_not_equal(MW_AT(hits.readings, struct mw_reading, i)->kind, MW_R_CORRECTION);
}

/* What a word was corrected to; "": it was left alone. */
static const char *corrected(const char *query)
{
    struct mw_hits hits = search(query);
    struct mw_sv all = MW_SV("");
    for (size_t i = 0; i < hits.readings.n; i++) {
        const struct mw_reading *r = MW_AT(hits.readings, struct mw_reading, i);
        if (r->kind == MW_R_CORRECTION)
            all = mw_arena_printf(arena, "%.*s%s%.*s", MW_SV_ARG(all), all.n > 0 ? " " : "", MW_SV_ARG(r->text));
    }
    return mw_arena_z(arena, all);
}

static void a_word_gets_one_correction_and_a_right_one_none(void **state)
{
    static const struct { const char *typed, *want; } CASES[] = {
        { "Fahrad", "Fahrrad" },            /* a letter that should stand twice, though "fahrd" is as near and more frequent */
        { "Plege", "Pflege" },              /* five letters, of which four are left when it is stemmed */
        { "Abwerme", "Abwärme" },           /* only part of a compound here */
        { "Verkehrinfrastruktur", "Verkehrsinfrastruktur" },
        { "Turnhale", "Turnhalle" },        /* only in "Turn- und Sporthallen" */
        { "Bestattung", "" },               /* a word, though "Bestätigung" is near */
        { "Betriebshof", "" },              /* made of words, though "Betriebshoch" is near */
    };
    (void)state;
    put("u:1", "Fahrrad", "Wer gefährdet ist, dem hilft die Pflege; gefährdet sind viele, gefährdet ist die Industrieabwärme.");
    put("u:2", "Verkehrsinfrastruktur", "Turn- und Sporthallen. Eine Bestätigung. Das Betriebshoch.");
    put("u:3", "Gefährdet", "Gefährdet ist, wer gefährdet ist.");
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (strcmp(corrected(CASES[i].typed), CASES[i].want) != 0)
            fail_msg("%s: \"%s\"", CASES[i].typed, corrected(CASES[i].typed));
}

/* With synonyms, related words and English notices in the way. */
static void three_spellings_of_an_umlaut_give_the_same_hits(void **state)
{
    static const char *const SPELLINGS[] = { "Geflüchtete Gebäude ländlicher Raum", "Gefluechtete Gebaeude laendlicher Raum",
                                             "Gefluchtete Gebaude landlicher Raum" };
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_rules *r = NULL;
    struct mw_hits hits[3];
    (void)state;
    if (mw_rules_load(&r, "rules", &diags, &err) != MW_OK)
        fail_msg("%s", err.msg);
    put("u:1", "Integration", "Unterkünfte für Geflüchtete und Gebäude im ländlichen Raum.");
    put("u:2", "Dörfer", "Gebäude der Dorfentwicklung im ländlichen Raum, für Flüchtlinge.");
    struct mw_notice n = notice("u:3", "Refugees", "Housing of refugees in rural areas, buildings.");
    n.language = MW_SV("en");
    ingest(&n);
    for (size_t i = 0; i < 3; i++) {
        hits[i] = search_opts(SPELLINGS[i], &(struct mw_search_opts){ .limit = 9, .today = TODAY, .rules = r });
        assert_int_equal(hits[i].total, hits[0].total);
        for (size_t k = 0; k < hits[i].hits.n; k++)
            assert_int_equal(MW_AT(hits[i].hits, struct mw_hit, k)->score_milli, MW_AT(hits[0].hits, struct mw_hit, k)->score_milli);
    }
    mw_rules_free(r);
    mw_diags_free(&diags);
}

static void short_words_are_never_corrected(void **state)
{
    (void)state;
    put("u:1", "Bach", "Bach und Fluss.");
    assert_string_equal(found("Back"), "");
}

static void the_vocabulary_adds_synonyms_below_the_word_itself(void **state)
{
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_rules *r = NULL;
    bool told = false;
    (void)state;
    if (mw_rules_load(&r, "rules", &diags, &err) != MW_OK)
        fail_msg("%s", err.msg);
    put("u:1", "Gebietskörperschaften", "Interkommunale Zusammenarbeit wird gefördert.");
    put("u:2", "IKZ", "Die IKZ wird gefördert.");
    put("u:3", "Theater", "Bühnen");
    put("u:4", "Mieten", "b) Wohnungen und r) Garagen"); /* the letters of "B+R", which stands for bicycle stands */
    struct mw_hits hits = search_opts("IKZ", &(struct mw_search_opts){ .limit = 9, .today = TODAY, .rules = r });
    assert_int_equal(hits.total, 2);
    assert_sv(MW_AT(hits.hits, struct mw_hit, 0)->url, "u:2");
    for (size_t i = 0; i < hits.readings.n; i++)
        told = told || (MW_AT(hits.readings, struct mw_reading, i)->kind == MW_R_SYNONYM &&
                        MW_AT(hits.readings, struct mw_reading, i)->weight_percent < 100);
    assert_true(told);
    assert_string_equal(found_literally("IKZ"), "u:2");
    hits = search_opts("Fahrradabstellplatz", &(struct mw_search_opts){ .limit = 9, .today = TODAY, .rules = r });
    assert_true(hits.readings.n > 0);
    for (size_t i = 0; i < hits.readings.n; i++)
        assert_false(mw_sv_eqz(MW_AT(hits.readings, struct mw_reading, i)->text, "B+R"));
    mw_rules_free(r);
    mw_diags_free(&diags);
}

/* --- phrases, exclusions, filters ----------------------------------------------------------------------------------------- */

/* What a notice says is kept for the next search, but not when it says something else by then. */
static void a_notice_that_changed_lends_its_new_words(void **state)
{
    (void)state;
    put("u:1", "Quartierskonzept", "Sportplatz");
    put("u:2", "Quartierskonzept", "Sportplatz");
    put("u:3", "Sportplatz", "anderswo");
    put("u:4", "Museum", "anderswo");
    assert_string_equal(found("Quartierskonzept"), "u:1 u:2 u:3");
    put("u:1", "Quartierskonzept", "Museum");
    put("u:2", "Quartierskonzept", "Museum");
    assert_string_equal(found("Quartierskonzept"), "u:1 u:2 u:4");
}

static bool is_told(const char *query, const char *word)
{
    struct mw_hits hits = search_opts(query, &(struct mw_search_opts){ .limit = 3, .today = TODAY });
    bool told = false;
    for (size_t i = 0; i < hits.readings.n; i++)
        told = told || mw_sv_eqz(MW_AT(hits.readings, struct mw_reading, i)->text, word);
    return told;
}

static void what_one_in_twelve_notices_say_is_not_lent(void **state)
{
    (void)state;
    put("u:1", "Quartierskonzept", "Haushalt und Sportplatz");
    put("u:2", "Quartierskonzept", "Haushalt und Sportplatz");
    assert_true(is_told("Quartierskonzept", "Haushalt"));
    assert_int_equal(mw_ingest_begin(store, &err), MW_OK);
    for (int i = 0; i < 1000; i++)
        put(mw_arena_printf(arena, "v:%d", i).p, "Haushalt", "");
    assert_int_equal(mw_ingest_end(store, &err), MW_OK);
    assert_false(is_told("Quartierskonzept", "Haushalt"));
    assert_true(is_told("Quartierskonzept", "Sportplatz"));
}

/* The two best hits lend their words, but no numbers; whatever is told of them stands as they write it. */
static void related_words_are_told_as_people_write_them(void **state)
{
    static const char *const WANT[] = { "Sportplatzgebäude", "…gebäude", "Sport…", "Generationsübergreifende", "…zonen" };
    static const struct { const char *form, *shown; } SHOWN[] = {
        { "quartierskonzep", "Quartierskonzept" }, { "quartier", "Quartiers…" }, { "konzep", "…konzept" }, { "sportplatzgebaud", "Sportplatzgebäude" },
    };
    bool told[COUNT(WANT)] = { false };
    size_t seen = 0;
    (void)state;
    put("u:1", "Quartierskonzept", "Sportplatzgebäude und -zonen bis 7.11.2022 für 4711 Plätze, Dienstleistungsdaten.");
    put("u:2", "Quartierskonzept", "Generationsübergreifende Sportplatzgebäude seit 7.11.2022.");
    struct mw_hits hits = search_opts("Quartierskonzept", &(struct mw_search_opts){ .limit = 9, .today = TODAY, .why = MW_WHY_FIELDS });
    for (size_t i = 1; i < hits.readings.n; i++) {
        struct mw_sv text = MW_AT(hits.readings, struct mw_reading, i)->text;
        assert_int_equal(MW_AT(hits.readings, struct mw_reading, i)->kind, MW_R_RELATED);
        if (text.p[0] >= '0' && text.p[0] <= '9')
            fail_msg("%.*s is looked for", MW_SV_ARG(text));
        for (size_t k = 0; k < COUNT(WANT); k++)
            told[k] = told[k] || mw_sv_eqz(text, WANT[k]);
    }
    for (size_t k = 0; k < COUNT(WANT); k++)
        if (!told[k])
            fail_msg("%s is not told", WANT[k]);
    assert_int_equal(hits.hits.n, 2);
    for (size_t i = 0; i < 2; i++) {
        const struct mw_hit *hit = MW_AT(hits.hits, struct mw_hit, i);
        for (size_t k = 0; k < hit->why.n; k++) {
            const struct mw_why *w = MW_AT(hit->why, struct mw_why, k);
            for (size_t c = 0; c < COUNT(SHOWN); c++)
                if (mw_sv_eqz(w->form, SHOWN[c].form)) {
                    assert_sv(w->shown, SHOWN[c].shown);
                    seen++;
                }
        }
    }
    assert_int_equal(seen, 2 * COUNT(SHOWN));
}

static void a_phrase_is_words_in_order(void **state)
{
    (void)state;
    put("u:1", "A", "Entwicklung des ländlichen Raums");
    put("u:2", "B", "Raum und ländliche Entwicklung");
    assert_string_equal(found("\"ländlicher Raum\""), "u:1");
    assert_string_equal(found("Entwicklung -\"ländlicher Raum\""), "u:2");
    assert_string_equal(found("\"Raum ländlicher\""), "");
    assert_int_equal(search("ländlicher Raum").total, 2);
}

static void an_excluded_word_excludes(void **state)
{
    (void)state;
    put("u:1", "Radwege", "Zuschuss für Radwege");
    put("u:2", "Radwege", "Darlehen für Radwege");
    assert_string_equal(found("Radwege -Darlehen"), "u:1");
    assert_string_equal(found("-Darlehen"), "u:1");
    assert_string_equal(found("Radwege -Radwege"), "");
}

static void labelled(const char *url, const char *land, const char *applicant, const char *kind, const char *source, const char *lang)
{
    struct mw_notice n = notice(url, "Radwege", "Radwege");
    add_label(&n, MW_FUNDING_LOCATION, land);
    add_label(&n, MW_ELIGIBLE_APPLICANTS, applicant);
    add_label(&n, MW_FUNDING_TYPE, kind);
    n.source = mw_sv(source);
    n.language = mw_sv(lang);
    ingest(&n);
}

static void filters_ask_the_labels_of_the_source(void **state)
{
    static const struct { const char *query, *want; } CASES[] = {
        { "Radwege land:NW", "u:nw" },
        { "Radwege land:NW,Bayern", "u:nw u:by" },
        { "land:bundesweit", "u:bund" },
        { "ebene:bund", "u:bund" },
        { "level:land", "u:nw u:by" },
        { "level:eu", "u:eu" },
        { "applicant:kommune", "u:nw u:bund" },
        { "antragsteller:verband", "u:by" },
        { "applicant:oeffentliche_einrichtung", "u:eu" },
        { "kind:darlehen", "u:by" },
        { "art:Zuschuss land:nw", "u:nw" },
        { "source:FDB", "u:nw u:by u:bund" },
        { "sprache:englisch", "u:eu" },
        { "Radwege land:HE", "" },
        { "Schwimmbad land:NW", "" },
    };
    (void)state;
    labelled("u:nw", "Nordrhein-Westfalen", "Kommune", "Zuschuss", "fdb", "de");
    labelled("u:by", "Bayern", "Verband/Vereinigung", "Darlehen", "fdb", "de");
    labelled("u:bund", "bundesweit", "Kommune", "Zuschuss", "fdb", "de");
    labelled("u:eu", "europaweit", "Öffentliche Einrichtung", "Zuschuss", "eu-ftp", "en");
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (strcmp(found(CASES[i].query), CASES[i].want) != 0)
            fail_msg("%s: got %s, want %s", CASES[i].query, found(CASES[i].query), CASES[i].want);
}

static void filters_ask_the_facts(void **state)
{
    static const struct { const char *query, *want; } CASES[] = {
        { "rate:>=60", "u:1" }, { "quote:<50 %", "" }, { "rate:50", "u:2" }, { "betrag:>=200000", "u:1" },
        { "amount:<=100.000", "u:2" }, { "status:open", "u:1" }, { "status:geschlossen", "u:2" },
        { "deadline:<2026-06-30 status:open", "u:1" }, { "deadline:>2026-06-30", "" },
    };
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_rules *r = NULL;
    enum mw_ingest what;
    (void)state;
    if (mw_rules_load(&r, "rules", &diags, &err) != MW_OK)
        fail_msg("%s", err.msg);
    struct mw_notice n = notice("u:1", "Radwege", "Die Höhe des Zuschusses beträgt bis zu 65 Prozent der zuwendungsfähigen Ausgaben, "
                                "höchstens jedoch 250.000 Euro. Anträge sind bis zum 31. März 2026 zu stellen.");
    assert_int_equal(mw_ingest(store, r, &n, TODAY, &what, &err), MW_OK);
    n = notice("u:2", "Brücken", "Die Höhe des Zuschusses beträgt bis zu 50 Prozent der zuwendungsfähigen Ausgaben, "
               "höchstens jedoch 80.000 Euro. Anträge sind bis zum 31. März 2025 zu stellen.");
    assert_int_equal(mw_ingest(store, r, &n, TODAY, &what, &err), MW_OK);
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (strcmp(found(CASES[i].query), CASES[i].want) != 0)
            fail_msg("%s: got %s, want %s", CASES[i].query, found(CASES[i].query), CASES[i].want);
    mw_rules_free(r);
    mw_diags_free(&diags);
}

/* --- totals, pages, snippets ------------------------------------------------------------------------------------------------ */

static void pages_follow_each_other_without_gap_or_repetition(void **state)
{
    struct mw_sv all = MW_SV("");
    (void)state;
    for (int i = 0; i < 37; i++)
        put(mw_arena_printf(arena, "u:%02d", i).p, i % 3 == 0 ? "Radwege" : "Wege", "Gefördert werden Radwege.");
    for (size_t offset = 0; offset < 45; offset += 5) {
        struct mw_hits hits = search_opts("Radwege", &(struct mw_search_opts){ .limit = 5, .offset = offset, .today = TODAY });
        assert_int_equal(hits.total, 37);
        assert_int_equal(hits.hits.n, offset >= 37 ? 0 : offset + 5 > 37 ? 37 - offset : 5);
        for (size_t i = 0; i < hits.hits.n; i++)
            all = mw_arena_printf(arena, "%.*s%s%.*s", MW_SV_ARG(all), all.n > 0 ? " " : "",
                                  MW_SV_ARG(MW_AT(hits.hits, struct mw_hit, i)->url));
    }
    assert_string_equal(all.p, found("Radwege"));
    assert_int_equal(search_opts("Radwege", &(struct mw_search_opts){ .limit = 0 }).total, 37);
}

static void nothing_typed_lists_everything_nonsense_nothing(void **state)
{
    (void)state;
    put("u:1", "A", "Text");
    put("u:2", "B", "Text");
    assert_int_equal(search("").total, 2);
    assert_int_equal(search("   ").total, 2);
    assert_int_equal(search("\"\"").total, 0);
    assert_int_equal(search("...!?").total, 0);
    assert_int_equal(search("xyzzy").total, 0);
}

static void a_snippet_shows_and_marks_what_was_looked_for(void **state)
{
    struct mw_notice n = notice("u:1", "Programm", "Allgemeine Hinweise ohne Belang stehen am Anfang dieses Textes.");
    (void)state;
    add_section(&n, "Gegenstand", "Das Land unterstützt vieles. Gefördert werden überdachte\n\nFahrradabstellanlagen an Bahnhöfen und "
                "Haltestellen. Weiteres regelt die Richtlinie.");
    ingest(&n);
    struct mw_hits hits = search("Bahnhof Fahrradabstellanlage");
    struct mw_sv snippet = MW_AT(hits.hits, struct mw_hit, 0)->snippet;
    const char *text = mw_arena_z(arena, snippet);
    assert_non_null(strstr(text, "\x01" "Fahrradabstellanlagen\x02 an \x01" "Bahnhöfen\x02"));
    assert_null(strchr(text, '\n'));
    assert_int_equal(mw_utf8_invalid_at(snippet), SIZE_MAX);
}

static void snippets_of_any_text_are_whole_letters(void **state)
{
    static const char *const ENDLESS[] = { "ääääääääääääääääääää", "Straßenbäume ", "—", "日本語", " \x01 \x02 " };
    (void)state;
    for (size_t i = 0; i < COUNT(ENDLESS); i++) {
        struct mw_str s = MW_STR_INIT;
        mw_str_addz(&s, "Radwege ");
        for (int k = 0; k < 400; k++)
            mw_str_addz(&s, ENDLESS[i]);
        put(mw_arena_printf(arena, "u:%zu", i).p, "Titel", mw_arena_z(arena, mw_str_sv(&s)));
        mw_str_free(&s);
    }
    struct mw_hits hits = search("Radwege");
    assert_int_equal(hits.total, COUNT(ENDLESS));
    for (size_t i = 0; i < hits.hits.n; i++) {
        struct mw_sv snippet = MW_AT(hits.hits, struct mw_hit, i)->snippet;
        int open = 0;
        assert_int_equal(mw_utf8_invalid_at(snippet), SIZE_MAX);
        assert_true(snippet.n < 1000);
        for (size_t k = 0; k < snippet.n; k++) { /* marks come in pairs, also where the text itself holds such bytes */
            open += snippet.p[k] == '\x01' ? 1 : snippet.p[k] == '\x02' ? -1 : 0;
            assert_in_range(open, 0, 1);
        }
        assert_int_equal(open, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_word_is_found_in_all_its_forms),
        TEST(a_compound_is_found_by_its_parts_and_the_other_way_round),
        TEST(a_part_of_two_is_found_in_a_compound_of_three), TEST(parts_near_each_other_say_more_than_parts_apart),
        TEST(the_title_counts_more_than_the_text_and_a_directive_least),
        TEST(a_very_long_directive_does_not_win_by_its_length),
        TEST(the_rare_word_decides),
        TEST(empty_words_are_not_looked_for_unless_nothing_else_is_typed),
        TEST(english_notices_are_found_in_english),
        TEST(a_typing_error_is_corrected_and_told),
        TEST(every_kind_of_typing_error_is_corrected),
        TEST(a_word_that_notices_hold_is_not_corrected),
        TEST(a_word_gets_one_correction_and_a_right_one_none),
        TEST(three_spellings_of_an_umlaut_give_the_same_hits),
        TEST(short_words_are_never_corrected),
        TEST(the_vocabulary_adds_synonyms_below_the_word_itself),
        TEST(a_notice_that_changed_lends_its_new_words),
        TEST(what_one_in_twelve_notices_say_is_not_lent),
        TEST(related_words_are_told_as_people_write_them),
        TEST(a_phrase_is_words_in_order),
        TEST(an_excluded_word_excludes),
        TEST(filters_ask_the_labels_of_the_source),
        TEST(filters_ask_the_facts),
        TEST(pages_follow_each_other_without_gap_or_repetition),
        TEST(nothing_typed_lists_everything_nonsense_nothing),
        TEST(a_snippet_shows_and_marks_what_was_looked_for),
        TEST(snippets_of_any_text_are_whole_letters),
    };
    return cmocka_run_group_tests(tests, begin_file, end_file);
}
