/* apply/plan/said.c: what a free text says in numbers. */
#include "apply/plan/said.h"
#include "tests/test.h"

/* What is said, in short: "12 Workshops", "<=12 Workshops", "total 12000000", "rate 4/5", "24 months", "2027-01-01..2027-12-31". */
static void shorten(struct mw_str *out, const struct mw_said *s)
{
    static const char *const HOW[] = { "", "<=", ">=", "~" };
    static const char *const TOPIC[] = { "-", "total", "grant", "own", "rate", "period" };
    mw_str_addz(out, out->n > 0 ? "; " : "");
    mw_str_addz(out, HOW[s->how]);
    switch (s->kind) {
    case MW_SAID_COUNT:
        mw_str_addf(out, "%lld %.*s", (long long)s->number, MW_SV_ARG(s->noun));
        break;
    case MW_SAID_SUM:
        mw_str_addf(out, "%s %lld", TOPIC[s->topic], (long long)s->sum.cents);
        break;
    case MW_SAID_SHARE:
        mw_str_addf(out, "%s %lld/%lld", TOPIC[s->topic], (long long)s->share.num, (long long)s->share.den);
        break;
    case MW_SAID_TIME:
        mw_str_addf(out, "%d %s", (int)s->time.n, s->time.unit == MW_MONTHS ? "months" : "years");
        break;
    case MW_SAID_SPAN:
        mw_day_iso(out, s->from);
        mw_str_addz(out, "..");
        mw_day_iso(out, s->to);
    }
}

static void numbers_are_read_as_people_write_them(void **state)
{
    static const struct {
        const char *text, *said;
    } CASES[] = {
        { "Es gibt zwölf Workshops.", "12 Workshops" },
        { "Wir führen 15 halbtägige, digitale Workshops durch.", "" }, /* a comma in between: not sure */
        { "Wir führen 15 halbtägige Workshops durch.", "15 Workshops" },
        { "Höchstens zwölf Workshops und mindestens 3 Interviews", "<=12 Workshops; >=3 Interviews" },
        { "bis zu fünfundzwanzig Interviews", "<=25 Interviews" },
        { "rund 40 Gespräche, ca. 30 Anrufe", "~40 Gespräche; ~30 Anrufe" },
        { "je zwei Workshops, davon drei Termine, weitere vier Sitzungen", "" },
        { "4. Beschlussvorlage", "" },
        { "4 Beschlussvorlage\n2 Konzept", "" },
        { "ein Workshop in 5 Schritten", "5 Schritten" },
        { "Gesamtkosten von 120.000,50 Euro", "total 12000050" },
        { "Die Gesamtkosten betragen rund 1,2 Mio. EUR", "~total 120000000" },
        { "Der Zuschuss beträgt höchstens 50 000 €", "<=grant 5000000" },
        { "Eigenanteil: 10.000 EUR jährlich", "" },
        { "Die Studie kostet 10.000 EUR.", "" },
        { "Das Vorhaben kostet insgesamt 10.000 EUR.", "total 1000000" },
        { "Förderquote von 80 %, Eigenanteil 20 Prozent", "rate 4/5; own 1/5" },
        { "mit 90 % der zuwendungsfähigen Ausgaben", "rate 9/10" },
        { "30 % der Befragten", "" },
        { "Laufzeit von 24 Monaten", "24 months" },
        { "Laufzeit von drei Jahren", "3 years" },
        { "Die Vereinbarung hat eine Laufzeit von fünf Jahren.", "" },
        { "Die Vereinbarung läuft fünf Jahre.", "" },
        { "Das Projekt läuft vom 01.10.2027 bis zum 30. September 2029.", "2027-10-01..2029-09-30" },
        { "Die Ausstellung ist vom 01.10.2027 bis 30.09.2029 zu sehen.", "" },
        { "Das Projekt, 01.10.2027 bis 30.09.2029", "" },
    };
    struct mw_arena *a = mw_arena_new();
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_list said = { 0 };
        struct mw_str s = MW_STR_INIT;
        assert_true(mw_said_read(&said, a, mw_sv(CASES[i].text)));
        for (size_t k = 0; k < said.n; k++)
            shorten(&s, MW_AT(said, struct mw_said, k));
        if (strcmp(mw_str_z(&s), CASES[i].said) != 0)
            fail_msg("%s: \"%s\"", CASES[i].text, mw_str_z(&s));
        mw_str_free(&s);
    }
    mw_arena_free(a);
}

static void forms_of_a_noun_are_known(void **state)
{
    static const struct {
        const char *noun, *word;
        bool is;
    } CASES[] = {
        { "Workshops", "Workshop", true },       { "Prüfungen", "Prüfung", true }, { "Bürgerworkshops", "Workshop", true },
        { "Workshopreihe", "Workshop", false },  { "Interview", "Interview", true }, { "Partnerinnen", "Partner", true },
        { "Rundgänge", "Rundgang", true },       { "Häuser", "Haus", true },       { "Straßenbäume", "Baum", true },
        { "Verzeichnisse", "Verzeichnis", true }, { "Räume", "Raumplan", false },  { "Öfen", "Ofen", true },
        { "Werkstatt", "Workshop", false },      { "", "Workshop", false },        { "Workshops", "", false },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (mw_said_form_of(mw_sv(CASES[i].noun), mw_sv(CASES[i].word)) != CASES[i].is)
            fail_msg("%s of %s", CASES[i].noun, CASES[i].word);
}

/* Texts come from anybody: any bytes that are UTF-8 are read to the end, in time. */
static void any_text_is_read(void **state)
{
    static const char *const PARTS[] = { "12", "zwölf ", ".", "\n", "€ ", "von ", "Gesamtkosten ", "„", "“", "(", "99999999999999999999 ", "%", "1. ", "Mai ", "2027 ", "bis ", "Ä", "0 " };
    struct mw_arena *a = mw_arena_new();
    struct mw_str s = MW_STR_INIT;
    uint32_t seed = 9;
    (void)state;
    for (int i = 0; i < 200000; i++) {
        seed = seed * 1664525u + 1013904223u;
        mw_str_addz(&s, PARTS[(seed >> 8) % COUNT(PARTS)]);
    }
    struct mw_list said = { 0 };
    assert_true(mw_said_read(&said, a, mw_str_sv(&s)));
    for (size_t i = 0; i < said.n; i++) {
        struct mw_sv w = MW_AT(said, struct mw_said, i)->words;
        assert_true(w.p >= s.p && w.p + w.n <= s.p + s.n);
    }
    mw_str_free(&s);
    mw_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_as_people_write_them),
        cmocka_unit_test(forms_of_a_noun_are_known),
        cmocka_unit_test(any_text_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
