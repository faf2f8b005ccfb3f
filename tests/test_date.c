/* Days, months and Easter. */
#include "lib/core/date.h"
#include "tests/test.h"

static struct mw_day day(int y, int m, int d)
{
    struct mw_day out = MW_DAY_NONE;
    if (!mw_day_from_ymd(&out, y, m, d))
        fail_msg("%d-%d-%d is no day", y, m, d);
    return out;
}

static void known_days_have_their_numbers(void **state)
{
    (void)state;
    assert_int_equal(day(1970, 1, 1).n, 0);
    assert_int_equal(day(1969, 12, 31).n, -1);
    assert_int_equal(day(2000, 3, 1).n, 11017);
    assert_int_equal(day(2026, 11, 22).n, 20779);
    assert_int_equal(day(1, 1, 1).n, -719162);
    assert_int_equal(day(9999, 12, 31).n, 2932896);
    struct mw_ymd before = mw_day_ymd((struct mw_day){ -719162 - 307 }); /* a number, though not of our calendar */
    assert_true(before.year == 0 && before.month == 2 && before.day == 29);
    assert_true(mw_day_ymd((struct mw_day){ INT32_MIN }).year < 1);
}

/* The calendar walked day by day, with nothing but the lengths of the months. */
static void every_day_of_ten_thousand_years_is_the_one_after_the_day_before(void **state)
{
    static const int LENGTHS[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int n = -719162, weekday = 1; /* 1 January 1 was a Monday */
    (void)state;
    for (int y = 1; y <= 9999; y++) {
        bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
        for (int m = 1; m <= 12; m++) {
            int length = LENGTHS[m - 1] + (m == 2 && leap ? 1 : 0);
            if (mw_days_in_month(y, m) != length)
                fail_msg("%d-%d has %d days", y, m, mw_days_in_month(y, m));
            for (int d = 1; d <= length; d++, n++, weekday = weekday % 7 + 1) {
                struct mw_day got = { 0 };
                struct mw_ymd t = mw_day_ymd((struct mw_day){ n });
                if (!mw_day_from_ymd(&got, y, m, d) || got.n != n || t.year != y || t.month != m || t.day != d ||
                    mw_day_weekday(got) != weekday)
                    fail_msg("%d-%d-%d is day %d, weekday %d", y, m, d, got.n, mw_day_weekday(got));
            }
        }
    }
}

static void a_day_that_does_not_exist_is_refused(void **state)
{
    static const int NONE[][3] = { { 2026, 2, 29 }, { 1900, 2, 29 }, { 2026, 4, 31 }, { 2026, 13, 1 }, { 2026, 0, 1 },
                                   { 2026, 1, 0 },  { 2026, 1, 32 }, { 0, 12, 31 },
                                   { 10000, 1, 1 }, { 2026, -1, -1 } };
    struct mw_day d = { 42 };
    (void)state;
    for (size_t i = 0; i < COUNT(NONE); i++)
        if (mw_day_from_ymd(&d, NONE[i][0], NONE[i][1], NONE[i][2]))
            fail_msg("%d-%d-%d", NONE[i][0], NONE[i][1], NONE[i][2]);
    assert_int_equal(d.n, 42);
    assert_true(mw_day_from_ymd(&d, 2000, 2, 29));
    assert_int_equal(mw_days_in_month(2026, 13), 0);
}

static void unknown_sorts_after_every_date(void **state)
{
    (void)state;
    assert_true(mw_day_cmp(MW_DAY_NONE, day(9999, 12, 31)) > 0);
    assert_true(mw_day_cmp(day(2026, 1, 1), day(2026, 1, 2)) < 0);
    assert_int_equal(mw_day_cmp(day(2026, 1, 1), day(2026, 1, 1)), 0);
    assert_false(mw_day_is(MW_DAY_NONE));
}

static void months_are_known_by_name_in_two_languages_and_by_their_beginning(void **state)
{
    static const struct { const char *word; int month; } CASES[] = {
        { "Januar", 1 }, { "january", 1 }, { "J\xC3\xA4nner", 1 }, { "j\xC3\xA4n", 1 }, { "Feb", 2 }, { "M\xC3\xA4rz", 3 }, { "M\xC3\x84RZ", 3 }, { "Maerz", 3 }, { "Mrz", 3 },
        { "March", 3 }, { "Mai", 5 }, { "MAY", 5 }, { "jun", 6 }, { "July", 7 }, { "Sept", 9 }, { "Okt", 10 }, { "oct", 10 }, { "Dezember", 12 }, { "Dec", 12 },
        { "", 0 }, { "J", 0 }, { "Ju", 0 }, { "M\xC3\xA4", 0 }, { "Mark", 0 }, { "Junis", 0 }, { "Junior", 0 }, { "Augsburg", 0 }, { "Oktoberfest", 0 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (mw_month_named(mw_sv(CASES[i].word)) != CASES[i].month)
            fail_msg("%s", CASES[i].word);
    assert_int_equal(mw_month_named(MW_SV_NONE), 0);
}

/* --- months ------------------------------------------------------------------------------------------------------- */
static void months_later_is_the_same_day_or_the_last(void **state)
{
    static const struct {
        const char *why;
        int from[3], months, later[3], end[3];
    } CASES[] = {
        { "three months", { 2026, 1, 15 }, 3, { 2026, 4, 15 }, { 2026, 4, 14 } },
        { "from the first, to the last of the month before", { 2026, 2, 1 }, 1, { 2026, 3, 1 }, { 2026, 2, 28 } },
        { "31 January + 1 month ends on the last of February", { 2026, 1, 31 }, 1, { 2026, 2, 28 }, { 2026, 2, 28 } },
        { "in a leap year, too", { 2024, 1, 31 }, 1, { 2024, 2, 29 }, { 2024, 2, 29 } },
        { "30 January has no day in February either", { 2026, 1, 30 }, 1, { 2026, 2, 28 }, { 2026, 2, 28 } },
        { "28 January has one", { 2026, 1, 28 }, 1, { 2026, 2, 28 }, { 2026, 2, 27 } },
        { "final report: 1 October + 6 months ends on 31 March", { 2026, 10, 1 }, 6, { 2027, 4, 1 }, { 2027, 3, 31 } },
        { "31 December + 2 months", { 2026, 12, 31 }, 2, { 2027, 2, 28 }, { 2027, 2, 28 } },
        { "ten years", { 2026, 7, 1 }, 120, { 2036, 7, 1 }, { 2036, 6, 30 } },
        { "29 February one year on", { 2024, 2, 29 }, 12, { 2025, 2, 28 }, { 2025, 2, 28 } },
        { "backwards over the turn of the year", { 2026, 1, 31 }, -2, { 2025, 11, 30 }, { 2025, 11, 30 } },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const int *later = CASES[i].later, *end = CASES[i].end;
        struct mw_day from = day(CASES[i].from[0], CASES[i].from[1], CASES[i].from[2]);
        if (mw_day_add_months(from, CASES[i].months).n != day(later[0], later[1], later[2]).n ||
            mw_day_months_end(from, CASES[i].months).n != day(end[0], end[1], end[2]).n)
            fail_msg("%s", CASES[i].why);
    }
}

/* Walks day by day to the month wanted, then on to the day of the month or the last day before the month ends. */
static void month_arithmetic_agrees_with_walking(void **state)
{
    uint64_t seed = 4;
    (void)state;
    for (int i = 0; i < 2000; i++) {
        struct mw_day from = { (int32_t)(rnd(&seed) % 100000) }, d;
        int months = (int)(rnd(&seed) % 60), want = mw_day_ymd(from).day, passed = 0;
        for (d = from; passed < months; d.n++)
            passed += mw_day_ymd((struct mw_day){ d.n + 1 }).day == 1;
        if (months > 0) /* d is the first of the month wanted */
            while (mw_day_ymd(d).day < want && mw_day_ymd((struct mw_day){ d.n + 1 }).day != 1)
                d.n++;
        assert_int_equal(mw_day_add_months(from, months).n, d.n);
        assert_int_equal(mw_day_months_end(from, months).n, mw_day_ymd(d).day == want ? d.n - 1 : d.n);
    }
}

static void what_leaves_the_calendar_is_unknown(void **state)
{
    (void)state;
    assert_false(mw_day_is(mw_day_add_months(MW_DAY_NONE, 1)));
    assert_false(mw_day_is(mw_day_months_end(MW_DAY_NONE, 1)));
    assert_false(mw_day_is(mw_day_add_months(day(9999, 12, 1), 1)));
    assert_false(mw_day_is(mw_day_add_months(day(1, 1, 31), -1)));
    assert_false(mw_day_is(mw_day_add_months(day(2026, 1, 1), INT32_MAX)));
    assert_false(mw_day_is(mw_day_add_months(day(2026, 1, 1), INT32_MIN)));
    assert_false(mw_day_is(mw_day_add_months((struct mw_day){ INT32_MIN }, 1)));
    assert_false(mw_day_is(mw_day_months_end(day(1, 1, 1), 0)));
    assert_int_equal(mw_day_add_months(day(9999, 11, 30), 1).n, day(9999, 12, 30).n);
    assert_int_equal(mw_day_add_months(day(1, 2, 1), -1).n, day(1, 1, 1).n);
}

/* --- Easter ------------------------------------------------------------------------------------------------------- */
/* The definition: the Sunday after the full moon on or after 21 March, by the tables of the church (epacts). */
static struct mw_day easter_by_epacts(int year)
{
    int century = year / 100, golden = year % 19;
    int epact = ((11 * golden + 8 - century + century / 4 + (8 * century + 13) / 25) % 30 + 30) % 30;
    if (epact == 25 ? golden > 10 : epact == 24) /* two moons may not fall on one day in a cycle of 19 years */
        epact++;
    int full = 44 - epact; /* of March */
    if (full < 21)
        full += 30;
    struct mw_day d = { day(year, 3, 1).n + full - 1 };
    do
        d.n++;
    while (mw_day_weekday(d) != 7);
    return d;
}

static void easter_falls_as_the_church_reckons(void **state)
{
    (void)state;
    assert_int_equal(mw_easter(2026).n, day(2026, 4, 5).n);
    assert_int_equal(mw_easter(2008).n, day(2008, 3, 23).n);
    assert_int_equal(mw_easter(1943).n, day(1943, 4, 25).n); /* the latest there is */
    assert_int_equal(mw_easter(1818).n, day(1818, 3, 22).n); /* the earliest */
    for (int year = 1583; year <= 9999; year++)
        if (mw_easter(year).n != easter_by_epacts(year).n)
            fail_msg("%d: %d instead of %d", year, mw_easter(year).n, easter_by_epacts(year).n);
}

/* --- for people --------------------------------------------------------------------------------------------------- */
static void dates_are_written_for_programs_and_for_people(void **state)
{
    struct mw_str s = MW_STR_INIT;
    (void)state;
    mw_day_iso(&s, day(2026, 3, 1));
    mw_str_addc(&s, '|');
    mw_day_iso(&s, day(33, 4, 3));
    mw_str_addc(&s, '|');
    mw_day_format(&s, day(2026, 3, 1), MW_DE);
    mw_str_addc(&s, '|');
    mw_day_format(&s, day(2026, 3, 1), MW_EN);
    mw_str_addc(&s, '|');
    mw_day_format(&s, day(2026, 12, 31), MW_EN);
    mw_day_iso(&s, MW_DAY_NONE);
    mw_day_format(&s, MW_DAY_NONE, MW_DE);
    assert_string_equal(mw_str_z(&s), "2026-03-01|0033-04-03|01.03.2026|1 March 2026|31 December 2026");
    mw_str_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_days_have_their_numbers),
        cmocka_unit_test(every_day_of_ten_thousand_years_is_the_one_after_the_day_before),
        cmocka_unit_test(a_day_that_does_not_exist_is_refused),
        cmocka_unit_test(unknown_sorts_after_every_date),
        cmocka_unit_test(months_are_known_by_name_in_two_languages_and_by_their_beginning),
        cmocka_unit_test(months_later_is_the_same_day_or_the_last),
        cmocka_unit_test(month_arithmetic_agrees_with_walking),
        cmocka_unit_test(what_leaves_the_calendar_is_unknown),
        cmocka_unit_test(easter_falls_as_the_church_reckons),
        cmocka_unit_test(dates_are_written_for_programs_and_for_people),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
