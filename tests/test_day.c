/* Days as sources state them (crawler/day.h). */
#include "crawler/day.h"
#include "tests/test.h"

static void days_of(struct mw_str *out, const char *text)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_list days = { NULL, 0, 0 };
    assert_true(mw_days_add(a, &days, mw_sv(text)));
    for (size_t i = 0; i < days.n; i++) {
        mw_str_addz(out, i > 0 ? " " : "");
        mw_day_iso(out, *MW_AT(days, struct mw_day, i));
    }
    mw_arena_free(a);
}

static void a_stated_deadline_is_read_as_machines_and_people_write_it(void **state)
{
    static const struct { const char *text, *want; } CASES[] = {
        { "2027-04-08T00:00:00.000+0000", "2027-04-08" },
        { "2026-09-28+02:00", "2026-09-28" },
        { "2024-09-27+02:00 Europe/Brussels", "2024-09-27" },
        { "20220601 12:00", "2022-06-01" },
        { "20260930", "2026-09-30" },
        { "20260930120000", "2026-09-30" },
        { "1806969600000", "2027-04-06" },
        { "1790000000", "2026-09-21" },
        { "Wed, 04 Nov 2026 08:00:00 +0100", "2026-11-04" },
        { "Wed, 04 Nov 26 08:00:00 +0100", "2026-11-04" },
        { "bis 30. September 2026, 12 Uhr", "2026-09-30" },
        { "Antragsschluss: 10.11.2026", "2026-11-10" },
        { "sp\u00e4testens 30. 9. 2026 (Posteingang)", "2026-09-30" },
        { "30.\u00a0September\u00a02026", "2026-09-30" },
        { "bis zum\u00a01.\u202fM\u00e4rz\u202f2027", "2027-03-01" },
        { "1. M\u00c4RZ 2027", "2027-03-01" },
        { "15. Sept. 2026", "2026-09-15" },
        { "Closes: March 31st, 2027 at 17:00", "2027-03-31" },
        { "31st March 2027", "2027-03-31" },
        { "1 December 2026", "2026-12-01" },
        { "31/12/2026", "2026-12-31" },
        { "15.3.2026, 15.9.2026 und 15.3.2026", "2026-03-15 2026-09-15" },
        /* a span ends with its last day */
        { "1.10.2026 \u2013 30.11.2026", "2026-11-30" },
        { "2026-10-01 - 2026-11-30", "2026-11-30" },
        { "vom 1. Oktober 2026 bis zum 30. November 2026", "2026-11-30" },
        { "1 October 2026 to 30 November 2026", "2026-11-30" },
        /* what may be no day, or of another year, is none */
        { "laufend", "" },
        { "30. September", "" },
        { "Nr. 2.1.10", "" },
        { "00. November 2020", "" },
        { "31.2.2026", "" },
        { "12/31/2026", "" },
        { "3 Mai 10 Uhr", "" },
        { "Haushalt 2026/2027", "" },
        { "3 Marken 2026", "" },
        { "", "" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_str got = MW_STR_INIT;
        days_of(&got, CASES[i].text);
        if (strcmp(mw_str_z(&got), CASES[i].want) != 0)
            fail_msg("%s: got %s, want %s", CASES[i].text, mw_str_z(&got), CASES[i].want);
        mw_str_free(&got);
    }
}

static void an_opening_day_is_the_first_and_no_end(void **state)
{
    static const struct { const char *text, *want; } CASES[] = {
        { "vom 1. Oktober 2026 bis zum 30. November 2026", "2026-10-01" },
        { "Opening date: 1 December 2026", "2026-12-01" },
        { "ab 15.01.2027", "2027-01-15" },
        { "vom 1. Oktober bis 30. November 2026", "" },
        { "01.10. \u2013 30.11.2026", "" },
        { "bis 30. November 2026", "" },
        { "laufend", "" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_str got = MW_STR_INIT;
        struct mw_day day;
        if (mw_first_day(mw_sv(CASES[i].text), &day))
            mw_day_iso(&got, day);
        if (strcmp(mw_str_z(&got), CASES[i].want) != 0)
            fail_msg("%s: got %s, want %s", CASES[i].text, mw_str_z(&got), CASES[i].want);
        mw_str_free(&got);
    }
}

static void days_in_a_long_text_may_be_of_anything(void **state)
{
    struct mw_str text = MW_STR_INIT, got = MW_STR_INIT;
    (void)state;
    mw_str_addz(&text, "Stand: 1.1.2026.");
    for (int i = 0; i < 30; i++)
        mw_str_addz(&text, " Gef\u00f6rdert werden");
    days_of(&got, mw_str_z(&text));
    assert_string_equal(mw_str_z(&got), "");
    mw_str_free(&text);
    mw_str_free(&got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stated_deadline_is_read_as_machines_and_people_write_it),
        cmocka_unit_test(an_opening_day_is_the_first_and_no_end),
        cmocka_unit_test(days_in_a_long_text_may_be_of_anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
