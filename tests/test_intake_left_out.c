/* What a paper says and a draft does not take: two totals, ranges, what there is today, what is weighed. None of it becomes a value; each
 * sentence is kept with its reason, and stands below the question it may answer. */
#include "tests/intake.h"

static const char HEAD[] = "Gemeinde Uetze\nBeschlussvorlage 2026/114\nUmbau des Hallenbades zu einem Kulturhaus\n\n";

struct left { const char *text, *field; enum mw_left_why why; const char *sentence; };

static const struct left CASES[] = {
    { "Die Verwaltung beziffert die Gesamtkosten auf 2,0 Mio. Euro. Im Antrag stehen Gesamtkosten von 2,6 Mio. Euro.", "volume", MW_LEFT_CONTRADICTED,
      "Im Antrag stehen Gesamtkosten von 2,6 Mio. Euro." },
    { "Die Gesamtkosten liegen bei 700.000 bis 900.000 Euro.", "volume", MW_LEFT_RANGE, "Die Gesamtkosten liegen bei 700.000 bis 900.000 Euro." },
    { "Das Architekturb\xC3\xBCro hat 2,1 Mio. Euro ermittelt.", "volume", MW_LEFT_UNCLEAR, "Das Architekturb\xC3\xBCro hat 2,1 Mio. Euro ermittelt." },
    { "Derzeit nutzen 340 Kinder das Bad.", "quantities", MW_LEFT_TODAY, "Derzeit nutzen 340 Kinder das Bad." },
    { "Denkbar w\xC3\xA4re ein Antrag beim ELER.", "programmes", MW_LEFT_UNSURE, "Denkbar w\xC3\xA4re ein Antrag beim ELER." },
    { "Das Bad in Lehrte wurde 2019 mit Mitteln des EFRE saniert.", "programmes", MW_LEFT_ELSEWHERE, "Das Bad in Lehrte wurde 2019 mit Mitteln des EFRE saniert." },
    { "Der Eigenanteil betr\xC3\xA4gt 20 %. Der Eigenanteil der Gemeinde liegt bei 35 %.", "own_share", MW_LEFT_CONTRADICTED, "Der Eigenanteil betr\xC3\xA4gt 20 %." },
};

static bool is_left(const struct mw_draft *d, const struct left *c)
{
    for (size_t i = 0; i < d->left_out.n; i++) {
        const struct mw_left_out *o = MW_AT(d->left_out, struct mw_left_out, i);
        if (mw_sv_eqz(o->field, c->field) && o->why == c->why && mw_sv_eqz(o->sentence, c->sentence))
            return true;
    }
    return false;
}

static void draft_below_the_head(struct mw_draft *d, struct mw_arena *a, struct mw_str *text, const char *said)
{
    mw_str_addz(text, HEAD);
    mw_str_addz(text, said);
    draft_of(d, a, mw_str_sv(text));
}

static void what_is_not_the_projects_is_no_value_but_keeps_its_sentence_and_the_reason(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct mw_arena *a = mw_arena_new();
        MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT;
        struct mw_draft d = { 0 };
        draft_below_the_head(&d, a, &text, CASES[i].text);
        if (!is_left(&d, &CASES[i]))
            fail_msg("%s: not left out as \"%s\" of %s", CASES[i].text, MW_LEFT_WHY[CASES[i].why], CASES[i].field);
        assert_false(mw_eur_is(d.profile.volume) || mw_share_is(d.profile.own_share));
        assert_int_equal(d.measures.n + d.programmes.n, 0);
        mw_arena_free(a);
    }
}

static void of_several_totals_the_one_that_the_text_reckons_up_is_taken(void **state)
{
    static const struct { const char *text; int64_t euros; } TOTALS[] = {
        { "Die Gesamtkosten betragen rund 2,4 Mio. Euro. Die Gesamtkosten von 2.386.000 Euro sind veranschlagt.", 2386000 },
        { "Die Gesamtkosten betragen 1.000.000 Euro netto, das sind 1.190.000 Euro brutto.", 1190000 },
        { "Die Baukosten betragen 800.000 Euro. Die Gesamtkosten belaufen sich auf 1.000.000 Euro.", 1000000 },
        { "Die Gesamtkosten betragen 900.000 Euro.\n\nGesamtkosten: 640.000 Euro\nZuwendung: 500.000 Euro\nEigenmittel: 140.000 Euro", 640000 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof TOTALS / sizeof *TOTALS; i++) {
        struct mw_arena *a = mw_arena_new();
        MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT;
        struct mw_draft d = { 0 };
        draft_below_the_head(&d, a, &text, TOTALS[i].text);
        if (d.profile.volume.cents != TOTALS[i].euros * 100)
            fail_msg("%s: %lld cents", TOTALS[i].text, (long long)d.profile.volume.cents);
        mw_arena_free(a);
    }
}

static void the_profile_shows_each_sentence_above_its_value_and_below_its_question(void **state)
{
    static const char *const LINES[] = {
        "# \"Die Arbeiten beginnen am 3. Mai 2027 und enden am 30. September 2028.\"\nperiod:",
        "#   volume: What will the whole project cost?\n#     (no single sum) \"Die Gesamtkosten liegen bei 700.000 bis 900.000 Euro.\"\n# ? volume:",
        "# Read and not taken for the project. If something is, put it in above:\n#     (what there is today) \"Derzeit nutzen 340 Kinder das Bad.\"",
    };
    struct mw_arena *a = mw_arena_new();
    MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT, file = MW_STR_INIT;
    struct mw_draft d = { 0 };
    (void)state;
    draft_below_the_head(&d, a, &text, "Derzeit nutzen 340 Kinder das Bad. Die Arbeiten beginnen am 3. Mai 2027 und enden am 30. September 2028. "
                                       "Die Gesamtkosten liegen bei 700.000 bis 900.000 Euro.\n");
    mw_draft_write(&file, &d, MW_SV("kulturhaus"), MW_EN);
    for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++)
        if (mw_sv_find(mw_str_sv(&file), mw_sv(LINES[i]), 0) == SIZE_MAX)
            fail_msg("no\n%s\nin\n%s", LINES[i], mw_str_z(&file));
    mw_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_the_projects_is_no_value_but_keeps_its_sentence_and_the_reason),
        cmocka_unit_test(of_several_totals_the_one_that_the_text_reckons_up_is_taken),
        cmocka_unit_test(the_profile_shows_each_sentence_above_its_value_and_below_its_question),
    };
    return cmocka_run_group_tests(tests, load, drop);
}
