/* What was typed, taken apart: words, phrases, exclusions, filters; and nothing that is typed is an error. */
#include "index/query.h"
#include "tests/index.h"

/* The query as it was understood, in one line: words, "phrases", -excluded, (stop words), field=values or from..to. */
static void add_bits(struct mw_str *s, const struct mw_filter *f)
{
    static const char *const LEVELS[] = { "EU", "DE", "land" }, *const LANGUAGES[] = { "de", "en" };
    bool first = true;
    for (unsigned bit = 0; bit < 32; bit++) {
        if ((f->bits >> bit & 1) == 0)
            continue;
        const char *name = f->field == MW_Q_APPLICANT  ? MW_APPLICANT_TYPES[bit]
                           : f->field == MW_Q_KIND     ? MW_KINDS[bit]
                           : f->field == MW_Q_STATUS   ? MW_STATUSES[bit]
                           : f->field == MW_Q_LEVEL    ? LEVELS[bit]
                           : f->field == MW_Q_LANGUAGE ? LANGUAGES[bit]
                           : 1U << bit == MW_T_DE      ? "DE"
                           : 1U << bit == MW_T_EU      ? "EU"
                                                       : mw_land_code((enum mw_land)bit);
        mw_str_addf(s, "%s%s", first ? "" : ",", name);
        first = false;
    }
}

static const char *understood(const char *text)
{
    static const char *const FIELDS[] = { "land", "applicant", "kind", "status", "deadline", "source", "level", "rate", "amount",
                                          "language", "theme" };
    struct mw_query q;
    struct mw_str s = MW_STR_INIT;

    if (mw_query_parse(&q, arena, analyser, mw_sv(text), TODAY, &err) != MW_OK)
        fail_msg("\"%s\": %s", text, err.msg);
    for (size_t i = 0; i < q.words.n; i++) {
        const struct mw_query_word *w = MW_AT(q.words, struct mw_query_word, i);
        mw_str_addf(&s, "%s%s%.*s%s ", w->exclude ? "-" : "", w->stop ? "(" : "", MW_SV_ARG(w->folded), w->stop ? ")" : "");
    }
    for (size_t i = 0; i < q.phrases.n; i++) {
        const struct mw_phrase *p = MW_AT(q.phrases, struct mw_phrase, i);
        mw_str_addf(&s, "%s\"%.*s\" ", p->exclude ? "-" : "", MW_SV_ARG(p->text));
    }
    for (size_t i = 0; i < q.filters.n; i++) {
        const struct mw_filter *f = MW_AT(q.filters, struct mw_filter, i);
        mw_str_addf(&s, "%s%s=", f->exclude ? "-" : "", FIELDS[f->field]);
        add_bits(&s, f);
        for (size_t k = 0; f->bits == 0 && k < f->values.n; k++)
            mw_str_addf(&s, "%s%.*s", k > 0 ? "," : "", MW_SV_ARG(*MW_AT(f->values, struct mw_sv, k)));
        if (f->values.n == 0)
            mw_str_addf(&s, "%ld..%ld", f->from == INT64_MIN ? 0L : (long)f->from, f->to == INT64_MAX ? 0L : (long)f->to);
        mw_str_addc(&s, ' ');
    }
    while (s.n > 0 && s.p[s.n - 1] == ' ')
        s.p[--s.n] = '\0';
    struct mw_sv out = mw_arena_copy(arena, mw_sv(mw_str_z(&s)));
    mw_str_free(&s);
    return out.p;
}

static void words_phrases_and_exclusions(void **state)
{
    static const struct { const char *typed, *want; } CASES[] = {
        { "Radwege Brücken", "radwege brucken" },
        { "  Radwege\t\n Radwege ", "radwege" },
        { "Wer fördert Radwege?", "(wer) fordert radwege" },
        { "\"ländlicher Raum\" Radwege", "landlicher raum radwege \"ländlicher Raum\"" },
        { "Radwege -Darlehen", "-darlehen radwege" },
        { "Radwege -\"nicht rückzahlbar\"", "radwege -\"nicht rückzahlbar\"" },
        { "E-Mobilität", "e-mobilitat" },
        { "Rad - Weg", "rad weg" },
        { "\"offen gelassen", "offen gelassen \"offen gelassen\"" },
        { "\"\" \" \" -\"\"", "" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (strcmp(understood(CASES[i].typed), CASES[i].want) != 0)
            fail_msg("%s: got %s, want %s", CASES[i].typed, understood(CASES[i].typed), CASES[i].want);
}

static void sums_and_rates_are_read_as_people_type_them(void **state)
{
    static const struct { const char *typed, *want; } CASES[] = {
        { "betrag:bis 10.000 Euro Radwege", "radwege amount=0..1000000" },
        { "betrag:mindestens  1.000 Radwege", "radwege amount=100000..0" },
        { "betrag:1.000 bis 10.000 Euro Radwege", "radwege amount=100000..1000000" },
        { "betrag:unter 10000", "amount=0..999999" },
        { "betrag: ab 100 000 €", "amount=10000000..0" },
        { "betrag:>1,5 Mio. Euro", "amount=150000001..0" },
        { "quote:mindestens 50 %", "rate=5000..0" },
        { "quote:über 50 Prozent Radwege", "radwege rate=5001..0" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (strcmp(understood(CASES[i].typed), CASES[i].want) != 0)
            fail_msg("%s: %s", CASES[i].typed, understood(CASES[i].typed));
}

/* "words | offers". */
static const char *offered(const char *text)
{
    struct mw_query q;
    MW_AUTO(mw_str_free) struct mw_str out = MW_STR_INIT;
    assert_int_equal(mw_query_parse(&q, arena, analyser, mw_sv(text), TODAY, &err), MW_OK);
    assert_int_equal(mw_query_offers(&q, arena, TODAY, &err), MW_OK);
    for (size_t i = 0; i < q.words.n; i++)
        if (!MW_AT(q.words, struct mw_query_word, i)->stop)
            mw_str_addf(&out, "%.*s ", MW_SV_ARG(MW_AT(q.words, struct mw_query_word, i)->folded));
    mw_str_addc(&out, '|');
    for (size_t i = 0; i < q.offers.n; i++)
        mw_str_addf(&out, " %.*s", MW_SV_ARG(MW_AT(q.offers, struct mw_unread, i)->text));
    return mw_arena_z(arena, mw_arena_copy(arena, mw_sv(mw_str_z(&out))));
}

static void conditions_among_the_words_are_offered_as_filters(void **state)
{
    static const struct { const char *typed, *want; } CASES[] = {
        { "Zuschuss unter 10000 Euro", "zuschuss | betrag:unter 10000 Euro" },
        { "bis zu 5.000 € für Vereine Theater", "vereine theater | betrag:bis zu 5.000 € antragsteller:Vereine" },
        { "Radwege für Kommunen", "radwege kommunen | antragsteller:Kommunen" },
        { "Wann kriegt unser Verein Geld fuer den Zweckverband", "verein zweckverband | antragsteller:Zweckverband" },
        { "Sport fuer alle", "sport |" },
        { "Radwege für Stadtbäume", "radwege stadtbaume |" },     /* no applicants */
        { "Theater unter 20 Leuten", "theater 20 leuten |" },      /* no sum */
        { "unter", "|" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (strcmp(offered(CASES[i].typed), CASES[i].want) != 0)
            fail_msg("%s: %s", CASES[i].typed, offered(CASES[i].typed));
}

static void filters_in_both_languages(void **state)
{
    static const struct { const char *typed, *want; } CASES[] = {
        { "land:NW", "land=NW" },
        { "Land:Nordrhein-Westfalen", "land=NW" },
        { "land:nrw,Hessen", "land=HE,NW" },
        { "region:bundesweit", "land=DE" },
        { "land:\"Rheinland-Pfalz\"", "land=RP" },
        { "antragsteller:Kommune", "applicant=kommune" },
        { "applicant:oeffentliche_einrichtung", "applicant=oeffentliche_einrichtung" },
        { "applicant:\"Öffentliche Einrichtung\"", "applicant=oeffentliche_einrichtung" },
        { "Förderart:Zuschuss", "kind=zuschuss" },
        { "status:offen", "status=open" },
        { "status:open,forthcoming", "status=open,forthcoming" },
        { "kind:Zuschüsse antragsteller:Kommunen", "kind=zuschuss applicant=kommune" }, /* endings */
        { "applicant:hoch", "applicant=hochschule" },                                   /* beginnings */
        { "applicant:Landkreis", "applicant=kreis" },
        { "applicant:\"county\"", "applicant=kreis" },                                  /* names in English */
        { "land:Tueringen", "land=TH" },                                                /* small mistakes */
        { "land:Baden-Wuerttemberg", "land=BW" },
        { "-land:Bayern -status:closed", "-land=BY -status=closed" },
        { "thema:Energie -source:eu", "theme=Energie -source=eu" },
        { "deadline:2026-12", "deadline=20788..20818" },                                /* a month, a year: all its days */
        { "deadline:12.2026", "deadline=20788..20818" },
        { "deadline:<2026", "deadline=0..20453" },
        { "deadline:>2026-11", "deadline=20788..0" },
        { "frist:01.01.2026..31.12.2026", "deadline=20454..20818" },
        { "rate:50..75", "rate=5000..7500" },
        { "deadline:<2026-12-31", "deadline=0..20817" },
        { "frist:>=31.12.2026", "deadline=20818..0" },
        { "frist:2026-12-31", "deadline=20818..20818" },
        { "rate:>=50", "rate=5000..0" },
        { "quote:\"65 %\"", "rate=6500..6500" },
        { "rate:<33,5%", "rate=0..3349" },
        { "amount:>=100000", "amount=10000000..0" },
        { "betrag:<=2.500,00", "amount=0..250000" },
        { "quelle:fdb ebene:EU sprache:englisch", "source=fdb level=EU language=en" },
        { "level:land", "level=land" },
        { "land:Bavaria,Saxony-Anhalt", "land=BY,ST" },
        { "Stand:offen Antragsfrist:2026-12 Förderquote:>=50", "status=open deadline=20788..20818 rate=5000..0" },
        { "Land: Hessen Radwege", "radwege land=HE" },                                  /* a space behind the colon */
        { "-Status: geschlossen frist: >=31.12.2026", "-status=closed deadline=20818..0" },
        { "Radwege land:BY Brücken", "radwege brucken land=BY" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (strcmp(understood(CASES[i].typed), CASES[i].want) != 0)
            fail_msg("%s: got %s, want %s", CASES[i].typed, understood(CASES[i].typed), CASES[i].want);
}

static void what_no_filter_can_mean_is_words(void **state)
{
    static const struct { const char *typed, *want; } CASES[] = {
        { "land:Atlantis", "land atlantis" },
        { "Land: und Stadt", "land (und) stadt" },
        { "Thema: Radwege", "thema radwege" },
        { "Land: -Hessen", "-hessen land" },
        { "Titel:Radwege", "titel radwege" },
        { "status:vielleicht", "status vielleicht" },
        { "deadline:bald", "deadline bald" },
        { "rate:hoch", "rate hoch" },
        { "rate:500", "rate 500" },
        { "deadline:2026-13", "deadline 2026 13" },
        { "rate:..", "rate" },
        { "theme:,", "theme" },
        { "land:", "land" },
        { ":NW", "nw" },
        { "12:30", "12 30" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (strcmp(understood(CASES[i].typed), CASES[i].want) != 0)
            fail_msg("%s: got %s, want %s", CASES[i].typed, understood(CASES[i].typed), CASES[i].want);
}

/* In a pasted paragraph a dash is a dash and quotes are quotes. */
static void in_a_pasted_text_nothing_is_an_operator(void **state)
{
    struct mw_query q;
    (void)state;
    assert_int_equal(mw_query_parse(&q, arena, analyser, MW_SV("Die Stadt plant -unter dem Titel \"Neue Mitte\"- den Umbau des "
                                    "Bahnhofs, mehr Grün, weniger Asphalt, Treffpunkte für Alt und Jung sowie ein Café, das ein "
                                    "Verein betreibt, und einen Platz, auf dem der Markt stattfindet."), TODAY, &err), MW_OK);
    assert_int_equal(q.phrases.n, 0);
    for (size_t i = 0; i < q.words.n; i++)
        assert_false(MW_AT(q.words, struct mw_query_word, i)->exclude);
    assert_true(q.words.n > 20);
}

static void umlauts_may_be_written_in_three_ways(void **state)
{
    (void)state;
    assert_string_equal(understood("Förderung für Bäche"), understood("Foerderung fuer Baeche"));
    assert_string_equal(understood("Förderung für Bäche"), understood("Forderung fur Bache"));
}

static void words_keep_their_place_for_the_vocabulary(void **state)
{
    struct mw_query q;
    (void)state;
    assert_int_equal(mw_query_parse(&q, arena, analyser, MW_SV("land:NW interkommunale -Kredit Zusammenarbeit"), TODAY, &err), MW_OK);
    for (size_t i = 0; i < q.words.n; i++) {
        const struct mw_query_word *w = MW_AT(q.words, struct mw_query_word, i);
        if (!w->exclude)
            assert_true(mw_sv_eq(mw_sv_sub(q.plain, w->begin, w->end - w->begin), w->typed));
    }
}

static void a_long_query_is_read_to_a_limit(void **state)
{
    struct mw_query q;
    struct mw_str s = MW_STR_INIT;
    (void)state;
    for (int i = 0; s.n < 1 << 20; i++)
        mw_str_addf(&s, "Wort%d ", i);
    assert_int_equal(mw_query_parse(&q, arena, analyser, mw_str_sv(&s), TODAY, &err), MW_OK);
    assert_true(q.words.n <= MW_QUERY_WORDS);
    mw_str_free(&s);
}

/* Not every colon makes a field: addresses, times and lists pass without a remark. */
static void a_field_that_does_not_exist_is_named(void **state)
{
    static const struct { const char *typed, *want; } CASES[] = {
        { "Radwege Geber:BMUV", "Geber" }, { "-fördergeber:Bund", "fördergeber" }, { "land:Atlantis", "" },
        { "https://example.org/a", NULL }, { "urn:fdb:title:a", NULL }, { "10:30", NULL }, { "Radwege: Bau", NULL }, { "land:NW", NULL },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_query q;
        assert_int_equal(mw_query_parse(&q, arena, analyser, mw_sv(CASES[i].typed), TODAY, &err), MW_OK);
        if (q.unread.n != (CASES[i].want != NULL ? 1 : 0))
            fail_msg("%s: %zu remarks", CASES[i].typed, q.unread.n);
        if (CASES[i].want != NULL && !mw_sv_eqz(MW_AT(q.unread, struct mw_unread, 0)->name, CASES[i].want))
            fail_msg("%s: not %s", CASES[i].typed, CASES[i].want);
    }
}

/* Whatever bytes are typed, over notices that make every table answer: an answer, and no error. */
static void nothing_that_is_typed_is_an_error(void **state)
{
    static const char *const CASES[] = {
        "AND", "OR", "NOT", "NEAR", "NEAR(a b, 3)", "a AND", "(a", "a)", "\"", "\"\"\"", "a*", "*", "^a", "{title}:a", "title:a",
        "section_fts:a", "a:b:c", "- -", "--", "-\"", "-:", "':--;DROP TABLE notice", "\\", "%s%n%d", "land:NW\" OR 1=1",
        "rate:>=", "amount:<-5", "deadline:<>2026-01-01", "KfW-Programm", "E-Mobilität (Bund)", "\xff\xfe\x80", "a\001b", "𝔉örderung",
        "status:open,,,", "source:'%'", "\xc3", "ﬁnanz", "ä", "...", "§ 44 BHO", "1.250.000,00 EUR", "C++", "+", "\"+\"", "\"- -\"",
    };
    unsigned seed = 5;
    char noise[400];
    (void)state;
    put("u:1", "Förderung a b c", "Gefördert wird nach § 44 BHO mit 50 % bis 100.000 EUR.");
    for (size_t i = 0; i < COUNT(CASES); i++)
        search(CASES[i]);
    for (int round = 0; round < 3000; round++) {
        static const char *const PIECES[] = { "\"", "-", ":", "land", "status", "NW", " ", "(", ")", "*", "förder", "AND", "<", ">",
                                              "=", "2026-01-01", "\\", "'", ",", "50", "%", "rate", "\xc3", "\xff", "deadline" };
        size_t n = 0, pieces = (size_t)rand_r(&seed) % 12;
        for (size_t k = 0; k < pieces; k++) {
            const char *piece = PIECES[(size_t)rand_r(&seed) % COUNT(PIECES)];
            memcpy(noise + n, piece, strlen(piece));
            n += strlen(piece);
        }
        for (int k = 0; round % 3 == 0 && k < 20; k++)
            noise[n++] = (char)rand_r(&seed);
        struct mw_hits hits;
        if (mw_search(&hits, arena, store, mw_sv_n(noise, n), &(struct mw_search_opts){ .limit = 5, .today = TODAY }, &err) != MW_OK)
            fail_msg("%.*s: %s", (int)n, noise, err.msg);
    }
    char *mega = malloc(1 << 20);
    memset(mega, '"', 1 << 20);
    struct mw_hits hits;
    assert_int_equal(mw_search(&hits, arena, store, mw_sv_n(mega, 1 << 20), &(struct mw_search_opts){ .limit = 5 }, &err), MW_OK);
    free(mega);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(words_phrases_and_exclusions),
        TEST(sums_and_rates_are_read_as_people_type_them),
        TEST(conditions_among_the_words_are_offered_as_filters),
        TEST(filters_in_both_languages),
        TEST(what_no_filter_can_mean_is_words),
        TEST(a_field_that_does_not_exist_is_named),
        TEST(in_a_pasted_text_nothing_is_an_operator),
        TEST(umlauts_may_be_written_in_three_ways),
        TEST(words_keep_their_place_for_the_vocabulary),
        TEST(a_long_query_is_read_to_a_limit),
        TEST(nothing_that_is_typed_is_an_error),
    };
    return cmocka_run_group_tests(tests, begin_file, end_file);
}
