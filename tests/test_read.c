/* Values as people write them. */
#include "lib/core/read.h"
#include "tests/test.h"

/* --- money -------------------------------------------------------------------------------------------------------- */
static void money_is_read_in_every_spelling_of_the_formats(void **state)
{
    static const struct {
        const char *text;
        int64_t cents;
    } CASES[] = {
        { "450000 EUR", 45000000 },
        { "1.250.000,00 EUR", 125000000 },
        { "2,5 Mio. EUR", 250000000 },
        { "€ 20.000,00", 2000000 },
        { "500.000,- €", 50000000 },
        { "500.000,-- EUR", 50000000 },
        { "500,– €", 50000 },
        { "TEUR 200", 20000000 },
        { "200 TEUR", 20000000 },
        { "T€ 5,5", 550000 },
        { "EUR 5.000", 500000 },
        { "EUR 800,00", 80000 },
        { "5.000 Euro", 500000 },
        { "350 000 Euro", 35000000 },
        { "350\u00a0000\u00a0Euro", 35000000 },
        { "350\u202f000\u202f€", 35000000 },
        { "350\u2009000 €", 35000000 },
        { "1 250 000,50 EUR", 125000050 },
        { "15 Millionen Euro", 1500000000 },
        { "1 Million Euro", 100000000 },
        { "2 Mio. EUR", 200000000 },
        { "Mio. EUR 2,5", 250000000 },
        { "2.5 m", 250000000 },
        { "1,2 Mrd. €", 120000000000 },
        { "30 Tsd. Euro", 3000000 },
        { "5k€", 500000 },
        { "4153.35", 415335 },
        { "4153,3", 415330 },
        { "20.000€", 2000000 },
        { "0 EUR", 0 },
        { "0,01 EUR", 1 },
        { "\u00a0 7 eur \n", 700 },
        { "-5 EUR", -500 },
        { "EUR -5,50", -550 },
        { "\u2212100,00 €", -10000 },
        { "5.000.00", 500000 }, /* a point before two digits is a decimal mark wherever it stands */
        { "1.000,5 Mio. EUR", 100050000000 },
        { "0,00001 Mio. EUR", 1000 },
        { "92.233 Mrd. EUR", 9223300000000000 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_eur e = MW_EUR_NONE;
        if (!mw_read_eur(mw_sv(CASES[i].text), &e) || e.cents != CASES[i].cents)
            fail_msg("\"%s\": %lld", CASES[i].text, (long long)e.cents);
    }
}

static void money_that_must_be_guessed_at_is_refused(void **state)
{
    static const struct {
        const char *why, *text;
    } CASES[] = {
        { "nothing", "" },
        { "only spaces", " \u00a0" },
        { "no number", "EUR" },
        { "English thousands or German decimals", "EUR 60,000" },
        { "thousands with commas", "1,234,567.00" },
        { "thousands with a comma", "1,234.56" },
        { "three decimals", "1,234 EUR" },
        { "tenths of a cent in millions", "2,123456789 Mio. EUR" },
        { "a section number", "1.2.2.5.2" },
        { "an eighth or a hundred and twenty-five", "0.125 Mio. EUR" },
        { "a point after four digits", "1234.567" },
        { "marks of two kinds", "1.000 000 EUR" },
        { "groups of two", "12 34 EUR" },
        { "a comma without decimals", "5, EUR" },
        { "a point without decimals", "5. EUR" },
        { "decimals without a number", ",50 EUR" },
        { "two currencies", "EUR 5 €" },
        { "two millions", "2 Mio. TEUR" },
        { "two signs", "-EUR -5" },
        { "a billion is not the same in both languages", "1 Billion Euro" },
        { "another currency", "500 USD" },
        { "a range", "500 - 1000 EUR" },
        { "a sentence", "500 EUR im Jahr" },
        { "a word that only begins like one", "5 Meter" },
        { "scientific notation", "5e3" },
        { "an infinity", "inf" },
        { "more than fits", "92233720368547758,08 EUR" },
        { "more than fits after scaling", "999999999999 Mrd. EUR" },
        { "nineteen digits", "1000000000000000000 EUR" },
        { "half a no-break space", "5 \xC2" },
    };
    struct mw_eur e = { 42 };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (mw_read_eur(mw_sv(CASES[i].text), &e))
            fail_msg("%s: \"%s\" was read as %lld", CASES[i].why, CASES[i].text, (long long)e.cents);
    assert_false(mw_read_eur(MW_SV_NONE, &e));
    assert_false(mw_read_eur(mw_sv_n("5\0", 2), &e));
    assert_int_equal(e.cents, 42);
}

static void what_was_written_is_read_back(void **state)
{
    uint64_t seed = 6;
    (void)state;
    for (int i = 0; i < 20000; i++) {
        struct mw_eur in = { (int64_t)(rnd(&seed) % 1000000000000000000 >> (rnd(&seed) % 60)) }, out = MW_EUR_NONE;
        struct mw_str s = MW_STR_INIT;
        if (i % 2)
            in.cents = -in.cents;
        mw_eur_format(&s, in, MW_DE);
        mw_str_addz(&s, " EUR");
        if (!mw_read_eur(mw_str_sv(&s), &out) || out.cents != in.cents)
            fail_msg("%s", mw_str_z(&s));
        mw_str_free(&s);
    }
}

/* --- shares and numbers ------------------------------------------------------------------------------------------- */
static void shares_are_exact_fractions(void **state)
{
    static const struct {
        const char *text;
        int64_t num, den; /* den 0: refused */
    } CASES[] = {
        { "65 %", 13, 20 },          { "65%", 13, 20 },          { "100 %", 1, 1 },        { "150 %", 3, 2 },
        { "33 1/3 %", 1, 3 },        { "66 2/3 v. H.", 2, 3 },   { "7,5 v. H.", 3, 40 },   { "7.5 v.H.", 3, 40 },
        { "38 vom Hundert", 19, 50 }, { "75 Prozent", 3, 4 },    { "75 percent", 3, 4 },   { "75 per cent", 3, 4 },
        { "2/3", 2, 3 },             { "2/3 %", 1, 150 },        { "drei Viertel", 3, 4 }, { "ein Drittel", 1, 3 },
        { "die Hälfte", 1, 2 },      { "21.155 %", 4231, 20000 }, { "0", 0, 1 },           { "0 %", 0, 1 },
        { "33\u202f1/3\u00a0%", 1, 3 }, { " 5 %\n", 1, 20 },     { "1.000 %", 1, 100 },
        { "", 0, 0 },                { "65", 0, 0 },             { "0,65", 0, 0 },         { "%", 0, 0 },
        { "-5 %", 0, 0 },            { "33 1/3", 0, 0 },         { "33 4/3 %", 0, 0 },     { "33,5 1/3 %", 0, 0 },
        { "1/0", 0, 0 },             { "1/0 %", 0, 0 },          { "5/", 0, 0 },           { "65%/90%", 0, 0 },
        { "5 % 5", 0, 0 },           { "10 Prozentpunkte", 0, 0 }, { "10 vHx", 0, 0 },     { "1,2,3 %", 0, 0 },
        { "ein zwei Drittel", 0, 0 }, { "ein", 0, 0 },           { "Drittel", 0, 0 },      { "5 vom", 0, 0 },
        { "0,123456789012345678 %", 0, 0 }, { "5, %", 0, 0 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_share s = MW_SHARE_NONE;
        if (mw_read_share(mw_sv(CASES[i].text), &s) != (CASES[i].den != 0) || s.num != CASES[i].num ||
            s.den != CASES[i].den)
            fail_msg("\"%s\": %lld/%lld", CASES[i].text, (long long)s.num, (long long)s.den);
    }
}

static void in_quantities_point_and_comma_are_decimal_marks(void **state)
{
    static const struct {
        const char *text;
        int64_t num, den; /* den 0: refused */
    } CASES[] = {
        { "2.5", 5, 2 }, { "2,5", 5, 2 },    { "12", 12, 1 },  { "1.250", 5, 4 }, { "0,0", 0, 1 }, { " 3 ", 3, 1 },
        { "", 0, 0 },    { "2.5.1", 0, 0 },  { "-1", 0, 0 },   { "2 5", 0, 0 },   { "x", 0, 0 },   { "1/2", 0, 0 },
        { ".5", 0, 0 },  { "12 Stück", 0, 0 }, { "1e3", 0, 0 }, { "1.", 0, 0 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_share s = MW_SHARE_NONE;
        if (mw_read_quantity(mw_sv(CASES[i].text), &s) != (CASES[i].den != 0) || s.num != CASES[i].num ||
            s.den != CASES[i].den)
            fail_msg("\"%s\": %lld/%lld", CASES[i].text, (long long)s.num, (long long)s.den);
    }
}

static void whole_numbers_may_be_grouped(void **state)
{
    static const struct {
        const char *text;
        bool ok;
        int64_t want;
    } CASES[] = {
        { "75000", true, 75000 },  { "75.000", true, 75000 }, { "75\u00a0000", true, 75000 }, { "-3", true, -3 },
        { "0", true, 0 },          { "007", true, 7 },        { "999999999999999999", true, 999999999999999999 },
        { "2.5", false, 0 },       { "75,000", false, 0 },    { "0.500", false, 0 },          { "", false, 0 },
        { "-", false, 0 },         { "5 Stück", false, 0 },   { "9999999999999999999", false, 0 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        int64_t n = 0;
        if (mw_read_int(mw_sv(CASES[i].text), &n) != CASES[i].ok || n != CASES[i].want)
            fail_msg("\"%s\": %lld", CASES[i].text, (long long)n);
    }
}

static void yes_and_no_are_read_in_both_languages(void **state)
{
    static const char *const YES[] = { "yes", "Yes", "true", "ja", " JA " };
    static const char *const NO[] = { "no", "false", "nein", "Nein" };
    static const char *const NEITHER[] = { "", "y", "on", "1", "jain", "no!", "yes no", "jaö" };
    bool b = false;
    (void)state;
    for (size_t i = 0; i < COUNT(YES); i++)
        if (b = false, !mw_read_bool(mw_sv(YES[i]), &b) || !b)
            fail_msg("%s", YES[i]);
    for (size_t i = 0; i < COUNT(NO); i++)
        if (b = true, !mw_read_bool(mw_sv(NO[i]), &b) || b)
            fail_msg("%s", NO[i]);
    for (size_t i = 0; i < COUNT(NEITHER); i++)
        if (mw_read_bool(mw_sv(NEITHER[i]), &b))
            fail_msg("%s", NEITHER[i]);
}

/* --- time --------------------------------------------------------------------------------------------------------- */
static void days_are_read_in_both_spellings(void **state)
{
    static const char *const SAME[] = { "2026-03-05", "05.03.2026", "5.3.2026", "05.3.2026", " 2026-03-05\n" };
    static const char *const NONE[] = {
        "",         "2026-3-5", "2026-02-29", "29.02.2026", "5.3.26",    "5.3.",             "2026-03-05x",
        "2026/03/05", "20260305", "5-3-2026", "32.1.2026", "1.13.2026", "005.3.2026", "2026-03-05T00:00",
        "-1.3.2026", "0.3.2026", "12026-03-05", "5.3.20266",
    };
    struct mw_day d = MW_DAY_NONE, want = MW_DAY_NONE;
    (void)state;
    assert_true(mw_day_from_ymd(&want, 2026, 3, 5));
    for (size_t i = 0; i < COUNT(SAME); i++)
        if (d = MW_DAY_NONE, !mw_read_day(mw_sv(SAME[i]), &d) || d.n != want.n)
            fail_msg("%s", SAME[i]);
    d.n = 42;
    for (size_t i = 0; i < COUNT(NONE); i++)
        if (mw_read_day(mw_sv(NONE[i]), &d))
            fail_msg("%s", NONE[i]);
    assert_int_equal(d.n, 42);
}

static void durations_have_a_number_and_a_unit(void **state)
{
    static const struct {
        const char *text;
        int n; /* -1: refused */
        enum mw_unit unit;
    } CASES[] = {
        { "20 workdays", 20, MW_WORKDAYS }, { "1 workday", 1, MW_WORKDAYS },   { "5 Arbeitstage", 5, MW_WORKDAYS },
        { "14 Tage", 14, MW_DAYS },         { "14 days", 14, MW_DAYS },        { "1 Tag", 1, MW_DAYS },
        { "6 Wochen", 6, MW_WEEKS },        { "6 weeks", 6, MW_WEEKS },        { "3 months", 3, MW_MONTHS },
        { "36 Monate", 36, MW_MONTHS },     { "1 year", 1, MW_YEARS },         { "10 Jahre", 10, MW_YEARS },
        { "0 days", 0, MW_DAYS },           { "60\u00a0months", 60, MW_MONTHS }, { "", -1, MW_DAYS },
        { "3", -1, MW_DAYS },               { "months", -1, MW_DAYS },         { "-3 months", -1, MW_DAYS },
        { "1,5 Jahre", -1, MW_DAYS },       { "20 Werktage", -1, MW_DAYS },    { "3 monthss", -1, MW_DAYS },
        { "3 months 2 days", -1, MW_DAYS }, { "1000000000 years", -1, MW_DAYS },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_duration d = MW_DURATION_NONE;
        if (mw_read_duration(mw_sv(CASES[i].text), &d) != (CASES[i].n >= 0) || d.n != CASES[i].n ||
            d.unit != CASES[i].unit)
            fail_msg("\"%s\": %d, unit %d", CASES[i].text, d.n, (int)d.unit);
    }
}

/* Whatever stands in the file, no reader looks beyond its end (each text lies alone on the heap, for the sanitizer)
 * and a reader that refuses leaves the value as it was. */
static void no_bytes_break_a_reader(void **state)
{
    static const char *const PIECES[] = {
        "1",  "234", "5",  "20", "2026", ".",    ",",   ",-",      " ",    "\u00a0", "\u202f", "€",        "EUR", "T",
        "%",  "v.",  "H.", "/",  "-",    "Mio.", "ein", "Drittel", "\xC3", "\xE2\x80", "Jahre", "workdays", "0",   "k",
    };
    uint64_t seed = 7;
    (void)state;
    for (int i = 0; i < 100000; i++) {
        struct mw_str s = MW_STR_INIT;
        for (uint64_t k = rnd(&seed) % 8; k > 0; k--)
            mw_str_addz(&s, PIECES[rnd(&seed) % COUNT(PIECES)]);
        char *alone = malloc(s.n + (s.n == 0));
        assert_non_null(alone);
        memcpy(alone, mw_str_z(&s), s.n);
        struct mw_sv v = mw_sv_n(alone, s.n);
        struct mw_eur e = { -7 };
        struct mw_share share = { -7, 1 }, quantity = { -7, 1 };
        struct mw_day d = { -7 };
        struct mw_duration t = { -7, MW_DAYS };
        int64_t n = -7000;
        bool b;
        if (!mw_read_eur(v, &e))
            assert_int_equal(e.cents, -7);
        if (mw_read_share(v, &share))
            assert_true(share.num >= 0 && share.den > 0);
        else
            assert_int_equal(share.num, -7);
        if (!mw_read_quantity(v, &quantity))
            assert_int_equal(quantity.num, -7);
        if (!mw_read_day(v, &d))
            assert_int_equal(d.n, -7);
        if (!mw_read_duration(v, &t))
            assert_int_equal(t.n, -7);
        if (!mw_read_int(v, &n))
            assert_int_equal(n, -7000);
        (void)mw_read_bool(v, &b);
        free(alone);
        mw_str_free(&s);
    }
}

static void stored_times_are_told_as_people_read_them(void **state)
{
    static const struct { const char *stamp, *german; } CASES[] = {
        { "2026-03-31T04:05:06Z", "31.03.2026, 04:05 UTC" }, { "2026-03-31", "2026-03-31" }, { "", "" }, { "2026-13-31T04:05:06Z", "2026-13-31T04:05:06Z" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_str s = MW_STR_INIT;
        mw_stamp_format(&s, mw_sv(CASES[i].stamp), MW_DE);
        assert_string_equal(mw_str_z(&s), CASES[i].german);
        mw_str_free(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stored_times_are_told_as_people_read_them),
        cmocka_unit_test(money_is_read_in_every_spelling_of_the_formats),
        cmocka_unit_test(money_that_must_be_guessed_at_is_refused),
        cmocka_unit_test(what_was_written_is_read_back),
        cmocka_unit_test(shares_are_exact_fractions),
        cmocka_unit_test(in_quantities_point_and_comma_are_decimal_marks),
        cmocka_unit_test(whole_numbers_may_be_grouped),
        cmocka_unit_test(yes_and_no_are_read_in_both_languages),
        cmocka_unit_test(days_are_read_in_both_spellings),
        cmocka_unit_test(durations_have_a_number_and_a_unit),
        cmocka_unit_test(no_bytes_break_a_reader),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
