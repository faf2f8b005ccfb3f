/* Text to facts: values as texts spell them, a table a type, evidence, and texts that mean harm. */

#include "lib/core/file.h"
#include "rules/engine/value.h"
#include "tests/rules_test.h"

/* --- values ------------------------------------------------------------------------------------------------------- */
/* "2026-03-31" or, every year, "03-31". */
static void add_date(struct mw_str *out, struct mw_day day, int recurs)
{
    if (mw_day_is(day))
        mw_day_iso(out, day);
    else
        mw_str_addf(out, "%02d-%02d", recurs / 100, recurs % 100);
}

static void dates_are_read_in_all_their_spellings(void **state)
{
    static const struct { const char *text, *want; } CASES[] = {
        { "bis zum 31. März 2026", "2026-03-31" }, { "am 31.12.2025", "2025-12-31" }, { "31. 12. 2024", "2024-12-31" },
        { "30.6.2024", "2024-06-30" }, { "bis 15.3. des Jahres", "03-15" }, { "30. Juni", "06-30" }, { "2026-03-31", "2026-03-31" },
        { "23/09/2026 17:00", "2026-09-23" }, { "5-Oct-23", "2023-10-05" }, { "16 May 2024", "2024-05-16" }, { "1st March 2025", "2025-03-01" },
        { "March 5, 2026", "2026-03-05" }, { "29.2. eines Jahres", "02-29" },
        { "Nummer 2.1.10", "" }, { "00. November 2020", "" }, { "31.2.2024", "" }, { "§ 44", "" }, { "1.250.000 Euro", "" },
        { "bis 2030", "" }, { "32. Januar", "" }, { "", "" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_str got = MW_STR_INIT;
        struct mw_day day = MW_DAY_NONE;
        int recurs = 0;
        size_t at = 0;
        if (mw_value_date(mw_sv(CASES[i].text), &at, &day, &recurs))
            add_date(&got, day, recurs);
        if (strcmp(mw_str_z(&got), CASES[i].want) != 0)
            fail_msg("\"%s\": got \"%s\", want \"%s\"", CASES[i].text, mw_str_z(&got), CASES[i].want);
        mw_str_free(&got);
    }
}

static void days_of_a_list_borrow_what_stands_there_once(void **state)
{
    static const struct { const char *text, *want; } CASES[] = {
        { "15. und 30. Juni", "06-15 06-30" }, { "1., 10. und 20. Mai 2026", "2026-05-01 2026-05-10 2026-05-20" },
        { "31. März und 30. September 2026", "2026-03-31 2026-09-30" }, { "1.3., 1.6. und 1.9.2026", "2026-03-01 2026-06-01 2026-09-01" },
        { "31. Oktober bzw. bis zum 31. März 2026", "10-31 2026-03-31" }, { "31. Mai/30. November", "05-31 11-30" },
        { "20. der Monate Februar, April und Juni", "02-20 04-20 06-20" }, { "15. Februar, Mai sowie August", "02-15 05-15 08-15" },
        { "1. Juni, im Mai", "06-01" }, { "3. und 4. Stufe", "" }, { "1. Juni 2026, Mai", "2026-06-01" }, { "5., 6., 7.", "" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_str got = MW_STR_INIT;
        struct mw_day day = MW_DAY_NONE;
        int recurs = 0;
        for (size_t at = 0; mw_value_date(mw_sv(CASES[i].text), &at, &day, &recurs);) {
            mw_str_addz(&got, got.n > 0 ? " " : "");
            add_date(&got, day, recurs);
        }
        if (strcmp(mw_str_z(&got), CASES[i].want) != 0)
            fail_msg("\"%s\": got \"%s\", want \"%s\"", CASES[i].text, mw_str_z(&got), CASES[i].want);
        mw_str_free(&got);
    }
}

static void money_is_read_in_all_its_spellings(void **state)
{
    static const struct { const char *text; int64_t cents; } CASES[] = {
        { "5.000 Euro", 500000 }, { "EUR 5.000", 500000 }, { "EUR 800,00", 80000 }, { "350 000 Euro", 35000000 }, { "2 Mio. EUR", 200000000 },
        { "15 Millionen Euro", 1500000000 }, { "EUR 1,25 Millionen", 125000000 }, { "2,5 Mio. EUR", 250000000 }, { "EUR 60,000", 6000000 },
        { "500.000,- €", 50000000 }, { "TEUR 200", 20000000 }, { "€ 20.000,00", 2000000 }, { "€5M", 500000000 }, { "zehn Millionen Euro", 1000000000 },
        { "einer Million Euro", 100000000 }, { "0,99 Euro", 99 }, { "1,125 Millionen Euro", 112500000 },
        { "EUR 3.00 and 4.00 million", 300000000 }, { "€1-1.5 million", 100000000 }, { "EUR 2 to EUR 3 million", 200000000 }, { "EUR 500 und 2 Mio. Euro", 50000 },
        { "EUR 3 and 5 partners", 300 }, { "50k EUR", 5000000 }, { "80k€", 8000000 }, { "Nummer 1.2.2.5.2", -1 }, { "50 Prozent", -1 }, { "im Jahr 2025", -1 }, { "fünf Euro", -1 }, { "99999999999999999999 Euro", -1 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_eur got = { -1 };
        struct mw_sv currency = MW_SV_NONE;
        size_t at = 0;
        if (!mw_value_money(mw_sv(CASES[i].text), &at, false, &got, &currency))
            got.cents = -1;
        if (got.cents != CASES[i].cents)
            fail_msg("\"%s\": got %lld, want %lld", CASES[i].text, (long long)got.cents, (long long)CASES[i].cents);
    }
}

static void shares_are_read_in_all_their_spellings(void **state)
{
    static const struct { const char *text; int64_t num, den; } CASES[] = {
        { "75 Prozent", 3, 4 }, { "75 %", 3, 4 }, { "75% der Ausgaben", 3, 4 }, { "75 v. H.", 3, 4 }, { "50 v.H.", 1, 2 }, { "10 vom Hundert", 1, 10 },
        { "33 1/3 v.H.", 1, 3 }, { "ein Drittel", 1, 3 }, { "zwei Drittel", 2, 3 }, { "drei Viertel", 3, 4 }, { "die Hälfte", 1, 2 },
        { "zehn Prozent", 1, 10 }, { "7,5 Prozent", 3, 40 }, { "80 per cent", 4, 5 },
        { "10 Prozentpunkte", 0, 0 }, { "50 Euro", 0, 0 }, { "Prozent", 0, 0 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_share got = MW_SHARE_NONE;
        size_t at = 0;
        (void)mw_value_share(mw_sv(CASES[i].text), &at, &got);
        if (got.num != CASES[i].num || got.den != CASES[i].den)
            fail_msg("\"%s\": got %lld/%lld", CASES[i].text, (long long)got.num, (long long)got.den);
    }
}

static void periods_and_numbers_are_read(void **state)
{
    static const struct { const char *text; int32_t months; int64_t number; } CASES[] = {
        { "36 Monate", 36, 36 }, { "drei Jahre", 36, 3 }, { "zweieinhalb Jahre", 30, -1 }, { "3,5 years", 42, -1 }, { "einem Jahr", 12, 1 },
        { "zwölf Monaten", 12, 12 }, { "5 Kalenderjahre", 60, 5 }, { "drei (3) Jahre", 36, 3 }, { "zwei Förderjahre", 24, 2 },
        { "zwei aufeinanderfolgende Kalenderjahre", 24, 2 }, { "2 (", -1, 2 }, { "35.000 Einwohner", -1, 35000 }, { "50 000 inhabitants", -1, 50000 },
        { "fünf Partner", -1, 5 }, { "sechs Wochen", -1, 6 }, { "99999999999999 Mio. Einwohner", -1, -1 }, /* more than there can be */
        { "keine", -1, -1 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        int32_t months = -1;
        int64_t number = -1;
        size_t at = 0;
        (void)mw_value_months(mw_sv(CASES[i].text), &at, &months);
        at = 0;
        (void)mw_value_count(mw_sv(CASES[i].text), &at, &number);
        if (months != CASES[i].months || number != CASES[i].number)
            fail_msg("\"%s\": got %d months, number %lld", CASES[i].text, (int)months, (long long)number);
    }
}

static void times_of_day_are_read(void **state)
{
    static const struct { const char *text; int minutes; } CASES[] = {
        { "12:00 Uhr", 720 }, { "um 14 Uhr", 840 }, { "12.30 Uhr", 750 }, { "23:59", 1439 }, { "24 Uhr", 1440 }, { "0 Uhr", 0 }, { "Mitternacht", 1440 },
        { "5 pm", 1020 }, { "5.30 p.m.", 1050 }, { "12 am", 0 }, { "12 p.m.", 720 }, { "noon", 720 }, { "12 noon", 720 }, { "12 midnight", 1440 },
        { "17:00:00 CET", 1020 }, { "24:01", -1 }, { "25 Uhr", -1 }, { "12:60 Uhr", -1 }, { "13 pm", -1 }, { "Uhr", -1 }, { "123 Uhr", -1 },
        { "gegen Mittag", -1 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        int minutes = -1;
        size_t at = 0;
        if (!mw_value_clock(mw_sv(CASES[i].text), &at, &minutes))
            minutes = -1;
        if (minutes != CASES[i].minutes)
            fail_msg("\"%s\": got minute %d", CASES[i].text, minutes);
    }
}

/* --- a table a type ------------------------------------------------------------------------------------------------- */
static void each_type_finds_what_is_meant_and_leaves_what_is_not(void **state)
{
    static const struct { enum mw_fact_type type; const char *heading, *text, *want; } CASES[] = {
        /* what decides is the word that belongs to the date, not the nearest date */
        { MW_F_DEADLINE, NULL, "Der Verwendungsnachweis ist bis zum 31. März vorzulegen, Anträge sind bis zum 30. April zu stellen.",
            "deadline report 03-31; deadline application 04-30" },
        { MW_F_DEADLINE, NULL, "Die Richtlinie vom 3. Mai 2018 (BAnz AT 05.06.2018 B1) tritt mit Ablauf des 31. Dezember 2021 außer Kraft.", "" },
        { MW_F_DEADLINE, NULL, "Gefördert werden Maßnahmen, die bis zum 31.12.2026 abgeschlossen sind.", "" },
        { MW_F_DEADLINE, NULL, "Anträge sind sechs Wochen vor Beginn zu stellen.", "" },
        { MW_F_DEADLINE, "Fristen", "Die Anträge konnten bis zum 30.06.2024 eingereicht werden.", "deadline application 2024-06-30" },
        { MW_F_DEADLINE, NULL, "Reichen Sie Ihre **Projektskizze** bis zum **15.\xC2\xA0Oktober\xC2\xA0" "2026** ein.", "deadline sketch 2026-10-15" },
        { MW_F_DEADLINE, NULL, "Ihren An\xC2\xAD" "trag stellen Sie bis zum 15.10.2026.", "deadline application 2026-10-15" },
        { MW_F_DEADLINE, NULL, "Antra\xCC\x88ge sind bis zum 15.10.2026 zu stellen.", "deadline application 2026-10-15" },
        { MW_F_RATE, NULL, "Der Zuschuss beträgt bis zu 65 Prozent, für finanzschwache Kommunen bis zu 90 Prozent der zuwendungsfähigen Ausgaben.",
            "rate max 65 %; rate max 90 % (finanzschwach)" },
        { MW_F_RATE, NULL, "Der Zuschuss beträgt bis zu 50 Prozent, für Gemeinden in der vorläufigen Haushaltsführung bis zu 80 Prozent der zuwendungsfähigen Ausgaben.",
            "rate max 50 %; rate max 80 % (haushaltsnotlage)" },
        { MW_F_RATE, NULL, "Der Zuschuss beträgt bis zu 60 Prozent, für Stärkungspaktkommunen bis zu 90 Prozent der zuwendungsfähigen Ausgaben.",
            "rate max 60 %; rate max 90 % (haushaltsnotlage)" },
        { MW_F_RATE, NULL, "Der Zuschuss beträgt bis zu 60 Prozent, bei unterdurchschnittlicher Steuerkraft bis zu 75 Prozent der zuwendungsfähigen Ausgaben.",
            "rate max 60 %; rate max 75 % (finanzschwach)" },
        { MW_F_RATE, NULL, "Eine Pauschale für Gemeinkosten von 15 Prozent der Personalkosten wird anerkannt.", "" },
        { MW_F_RATE, NULL, "Der Antragsteller muss mindestens 10 Prozent der Ausgaben selbst tragen.", "" },
        { MW_F_OWN_SHARE, NULL, "Der Eigenanteil beträgt ein Drittel.", "own_share min 33 1/3 %" },
        { MW_F_AMOUNT, NULL, "Für das Programm stehen insgesamt 30 Millionen Euro zur Verfügung.", "" },
        { MW_F_AMOUNT, NULL, "Ab einem Auftragswert von 25.000 Euro sind drei Angebote einzuholen.", "" },
        { MW_F_AMOUNT, NULL, "Sie erhalten zwischen EUR 5.000 und EUR 50.000.", "amount grant_min 5000 EUR; amount grant_max 50000 EUR" },
        { MW_F_APPLICANT, NULL, "Antragsberechtigt sind:\n- Landkreise,\n- kreisfreie Städte und\n- eingetragene Vereine.",
            "applicant kreis; applicant kommune (kreisfrei); applicant verband" },
        { MW_F_APPLICANT, NULL, "Nicht antragsberechtigt sind Hochschulen.", "" },
        { MW_F_APPLICANT, NULL, "Zielgruppe der Beratung sind kleine Unternehmen.", "" },
        { MW_F_REGION, NULL, "Antragsberechtigt sind Vereine mit Sitz in Sachsen-Anhalt.", "region ST" },
        { MW_F_EARLY_START, NULL, "Mit dem Vorhaben darf vor Bewilligung nicht begonnen werden.", "early_start forbidden" },
        { MW_F_CUMULATION, NULL, "Die Förderung ist mit Mitteln anderer Programme kumulierbar.", "cumulation allowed" },
        { MW_F_DE_MINIMIS, NULL, "Bei De-minimis-Beihilfen sind Obergrenzen zu beachten.", "" },
        { MW_F_DURATION, NULL, "Die Zweckbindungsfrist beträgt 25 Jahre.", "" },
        { MW_F_DURATION, NULL, "Die Laufzeit des Projekts beträgt höchstens zweieinhalb Jahre.", "duration max 30 months" },
        { MW_F_POPULATION, NULL, "Je 100.000 Einwohner werden 5.000 Euro gezahlt.", "" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_str got = MW_STR_INIT;
        facts_of(&got, rules, CASES[i].heading, CASES[i].text, CASES[i].type);
        if (strcmp(mw_str_z(&got), CASES[i].want) != 0)
            fail_msg("\"%s\"\ngot  \"%s\"\nwant \"%s\"", CASES[i].text, mw_str_z(&got), CASES[i].want);
        mw_str_free(&got);
    }
}

static void soft_words_make_a_fact_soft_and_a_firm_sentence_makes_it_firm(void **state)
{
    struct mw_str got = MW_STR_INIT;
    (void)state;
    facts_of(&got, rules, NULL, "Der Zuschuss beträgt in der Regel bis zu 50 Prozent der Ausgaben.", MW_F_RATE);
    assert_string_equal(mw_str_z(&got), "rate max 50 % ~");
    mw_str_clear(&got);
    facts_of(&got, rules, NULL, "Der Zuschuss beträgt in der Regel bis zu 50 Prozent der Ausgaben. Der Zuschuss beträgt bis zu 50 Prozent der Ausgaben.",
        MW_F_RATE);
    assert_string_equal(mw_str_z(&got), "rate max 50 %");
    mw_str_free(&got);
}

static void an_end_is_soft_only_where_the_soft_word_is_said_of_it(void **state)
{
    static const struct { const char *text, *want; } CASES[] = {
        { "Zuwendungen sind in der Regel ein Zuschuss und diese Richtlinie tritt am 31. Dezember 2027 außer Kraft.", "deadline validity_end 2027-12-31" },
        { "Die Förderung soll den Verkehr entlasten und ist bis zum 31. Dezember 2027 befristet.", "deadline validity_end 2027-12-31" },
        { "Die Vorschrift gilt grundsätzlich bis zum 31. Dezember 2027.", "deadline validity_end 2027-12-31 ~" },
        { "Die Richtlinie soll bis zum 31. Dezember 2027 gelten.", "deadline validity_end 2027-12-31 ~" },
        { "Die Geltungsdauer ist bis zum 31. Dezember 2027 befristet.", "deadline validity_end 2027-12-31" },
        { "Als Mieterin oder Mieter können Sie keinen Antrag mehr stellen.", "deadline closed ~" },
        { "Für dieses Programm können keine Anträge mehr gestellt werden.", "deadline closed" },
        { "Für das Jahr 2027 können keine Anträge mehr gestellt werden.", "deadline closed" },
        { "Derzeit können keine Anträge mehr gestellt werden.", "deadline closed" },
        { "Antragstellende können keine Anträge mehr stellen.", "deadline closed" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        MW_AUTO(mw_str_free) struct mw_str got = MW_STR_INIT;
        facts_of(&got, rules, NULL, CASES[i].text, MW_F_DEADLINE);
        if (strcmp(mw_str_z(&got), CASES[i].want) != 0)
            fail_msg("\"%s\"\ngot  \"%s\"\nwant \"%s\"", CASES[i].text, mw_str_z(&got), CASES[i].want);
    }
}

/* --- evidence ------------------------------------------------------------------------------------------------------- */
/* Every quote of every fact of real notices is the bytes of the text at its offset; a second reading finds the same. */
static void evidence_is_verbatim_and_reading_is_repeatable(void **state)
{
    struct mw_lines *lines = NULL;
    struct mw_sv line;
    size_t seen = 0, facts_seen = 0;
    (void)state;
    SKIP_WITHOUT_SHARED("eval/corpus.ndjson.gz");
    assert_int_equal(mw_lines_open(&lines, shared_path("eval/corpus.ndjson.gz"), (size_t)1 << 26, NULL), MW_OK);
    while (seen < 40 && mw_lines_next(lines, &line, NULL) == MW_OK) {
        struct mw_arena *a = mw_arena_new();
        struct mw_node *node = NULL;
        struct mw_str plain = MW_STR_INIT;
        struct mw_list first = { 0 }, second = { 0 };
        assert_int_equal(mw_json_read(&node, a, "corpus", 1, line, NULL), MW_OK);
        const struct mw_node *sections = mw_node_get(node, "sections");
        for (size_t i = 0; sections != NULL && i < sections->n; i++) {
            struct mw_sv text = mw_node_text(sections->items[i], "text");
            mw_str_add(&plain, text.p != NULL ? text : mw_node_text(sections->items[i], "html"));
            mw_str_addc(&plain, '\n');
        }
        assert_int_equal(mw_rules_read(&first, a, rules, mw_str_sv(&plain), NULL, NULL), MW_OK);
        assert_int_equal(mw_rules_read(&second, a, rules, mw_str_sv(&plain), NULL, NULL), MW_OK);
        assert_int_equal(first.n, second.n);
        for (size_t i = 0; i < first.n; i++) {
            const struct mw_fact *f = MW_AT(first, struct mw_fact, i), *g = MW_AT(second, struct mw_fact, i);
            assert_true(f->start + f->quote.n <= plain.n);
            assert_memory_equal(plain.p + f->start, f->quote.p, f->quote.n);
            assert_true(f->quote.n > 0 && f->rule.n > 0);
            assert_true(f->start == g->start && f->type == g->type && mw_sv_eq(f->quote, g->quote));
        }
        facts_seen += first.n;
        seen++;
        mw_str_free(&plain);
        mw_arena_free(a);
    }
    assert_true(seen == 40 && facts_seen > 200);
    mw_lines_close(lines);
}

/* What a source says a programme is about becomes themes; two fields in one label are two. A programme of the whole Union says where, too. */
static void areas_and_programmes_of_the_source_are_themes(void **state)
{
    static const char *const AREAS[] = { "Kultur, Medien & Sport", "Forschung & Innovation (themenoffen)", "Wohnungsbau & -modernisierung", "Unbekannt" };
    struct mw_arena *a = mw_arena_new();
    struct mw_notice n = { .url = MW_SV("u"), .title = MW_SV("t"), .opens = MW_DAY_NONE };
    struct mw_node programme = { .kind = MW_SCALAR, .text = MW_SV("Horizon Europe (HORIZON)") };
    struct mw_list facts = { 0 };
    struct mw_str got = MW_STR_INIT;
    (void)state;
    for (size_t i = 0; i < COUNT(AREAS); i++)
        *(struct mw_sv *)mw_list_add(a, &n.facets[MW_FUNDING_AREA], sizeof(struct mw_sv)) = mw_sv(AREAS[i]);
    *(struct mw_pair *)mw_list_add(a, &n.extra, sizeof(struct mw_pair)) = (struct mw_pair){ .key = MW_SV("programme"), .value = &programme };
    assert_int_equal(mw_rules_facts(&facts, a, rules, &n, MW_SV("t"), NULL), MW_OK);
    for (size_t i = 0; i < facts.n; i++) {
        const struct mw_fact *f = MW_AT(facts, struct mw_fact, i);
        assert_true((f->type != MW_F_THEME || mw_sv_eqz(f->kind, "source")) && f->quote.p == NULL);
        mw_str_addf(&got, "%s %.*s=%.*s; ", MW_FACT_TYPES[f->type], MW_SV_ARG(f->field), MW_SV_ARG(f->value));
    }
    assert_string_equal(mw_str_z(&got), "theme funding_area=kultur; theme funding_area=sport; theme funding_area=forschung; "
                                        "theme funding_area=wohnungsbau; theme programme=horizont-europa; region programme=EU; ");
    mw_str_free(&got);
    mw_arena_free(a);
}

static void a_field_of_the_source_is_a_fact_with_the_fields_name(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_notice n = { .url = MW_SV("u"), .title = MW_SV("t"), .opens = MW_DAY_NONE };
    struct mw_node model = { .kind = MW_SCALAR, .text = MW_SV("two-stage") };
    struct mw_list facts = { 0 };
    struct mw_str got = MW_STR_INIT;
    (void)state;
    *(struct mw_pair *)mw_list_add(a, &n.extra, sizeof(struct mw_pair)) = (struct mw_pair){ .key = MW_SV("deadline_model"), .value = &model };
    *(struct mw_sv *)mw_list_add(a, &n.facets[MW_FUNDING_LOCATION], sizeof(struct mw_sv)) = MW_SV("Bayern");
    *(struct mw_sv *)mw_list_add(a, &n.facets[MW_FUNDING_LOCATION], sizeof(struct mw_sv)) = MW_SV("bundesweit");
    *(struct mw_sv *)mw_list_add(a, &n.facets[MW_ELIGIBLE_APPLICANTS], sizeof(struct mw_sv)) = MW_SV("Existenzgründer/in");
    *(struct mw_sv *)mw_list_add(a, &n.facets[MW_FUNDING_TYPE], sizeof(struct mw_sv)) = MW_SV("Darlehen");
    *(struct mw_day *)mw_list_add(a, &n.deadlines, sizeof(struct mw_day)) = (struct mw_day){ 20000 };
    assert_int_equal(mw_rules_facts(&facts, a, rules, &n, MW_SV("t"), NULL), MW_OK);
    for (size_t i = 0; i < facts.n; i++) {
        const struct mw_fact *f = MW_AT(facts, struct mw_fact, i);
        assert_null(f->quote.p);
        mw_str_addf(&got, "%s%s=%.*s", i > 0 ? " " : "", MW_FACT_TYPES[f->type], MW_SV_ARG(f->field));
    }
    assert_string_equal(mw_str_z(&got),
        "region=funding_location region=funding_location applicant=eligible_applicants kind=funding_type deadline=deadlines "
        "two_stage=deadline_model");
    mw_str_free(&got);
    mw_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_read_in_all_their_spellings), cmocka_unit_test(times_of_day_are_read),
        cmocka_unit_test(days_of_a_list_borrow_what_stands_there_once),
        cmocka_unit_test(money_is_read_in_all_its_spellings),
        cmocka_unit_test(shares_are_read_in_all_their_spellings),
        cmocka_unit_test(periods_and_numbers_are_read),
        cmocka_unit_test(each_type_finds_what_is_meant_and_leaves_what_is_not),
        cmocka_unit_test(soft_words_make_a_fact_soft_and_a_firm_sentence_makes_it_firm),
        cmocka_unit_test(an_end_is_soft_only_where_the_soft_word_is_said_of_it),
        cmocka_unit_test(evidence_is_verbatim_and_reading_is_repeatable),
        cmocka_unit_test(areas_and_programmes_of_the_source_are_themes),
        cmocka_unit_test(a_field_of_the_source_is_a_fact_with_the_fields_name),
    };
    return cmocka_run_group_tests(tests, load_rules, free_rules);
}
