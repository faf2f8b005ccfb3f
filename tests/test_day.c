/* Days as sources state them (crawler/day.h). */
#include "crawler/day.h"
#include "tests/test.h"

static void days_of(struct mw_str *out, const char *text, struct mw_day *begins)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_list days = { NULL, 0, 0 };
    assert_true(mw_days_add(a, &days, begins, mw_sv(text)));
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
        days_of(&got, CASES[i].text, NULL);
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

/* A cell below "Frist" also says when something begins, or of when it is. */
static void what_begins_then_is_no_deadline(void **state)
{
    static const struct { const char *text, *begins, *deadlines; } CASES[] = {
        { "ab 01.03.2027", "2027-03-01", "" },
        { "Ab dem 1. M\u00e4rz 2027", "2027-03-01", "" },
        { "Antragstellung ab Montag, den 1. M\u00e4rz 2027 m\u00f6glich", "2027-03-01", "" },
        { "Start: 01.03.2027", "2027-03-01", "" },
        { "Start der Antragsfrist: 01.03.2027", "2027-03-01", "" },
        { "Antragsbeginn 1.3.2027, Antragsende 30.4.2027", "2027-03-01", "2027-04-30" },
        { "Antr\u00e4ge k\u00f6nnen fr\u00fchestens am 1.3.2027 gestellt werden", "2027-03-01", "" },
        { "\u00d6ffnet am 1.3.2027; Frist 30.4.2027", "2027-03-01", "2027-04-30" },
        { "Frist: ab 1.3.2027", "2027-03-01", "" },
        { "Frist: 30.4.2027 (Start: 1.3.2027)", "2027-03-01", "2027-04-30" },
        { "seit 2026-01-01", "2026-01-01", "" },
        { "Opening: 1 March 2027, closing: 30 April 2027", "2027-03-01", "2027-04-30" },
        { "from 1 March 2027", "2027-03-01", "" },
        { "1.3.2027 - 30.4.2027", "2027-03-01", "2027-04-30" },
        { "vom 1.3.2027 bis zum 30.4.2027", "2027-03-01", "2027-04-30" },
        { "ab 1.3.2027 bis 30.4.2027", "2027-03-01", "2027-04-30" },
        { "1.3.2027 bis 15.3.2027 und 1.9.2027 bis 15.9.2027", "2027-03-01", "2027-03-15 2027-09-15" },
        { "Stand: 1.3.2027", "", "" },
        { "30.4.2027\n(Richtlinie vom 1.2.2026)", "", "2027-04-30" },
        { "Ver\u00f6ffentlicht am 1.3.2026, Einreichung bis 30.4.2026", "", "2026-04-30" },
        /* and what ends then is one */
        { "Frist nach dem Start: 30.4.2027", "", "2027-04-30" },
        { "ab sofort bis 30.4.2027", "", "2027-04-30" },
        { "jederzeit ab Bewilligung, sp\u00e4testens am 30.4.2027", "", "2027-04-30" },
        { "Ab 2027 gilt: 30.4.2027", "", "2027-04-30" },
        { "Wettbewerb Startup, Einreichung bis 30.4.2027", "", "2027-04-30" },
        { "Absenden vor 30.4.2027", "", "2027-04-30" },
        { "open until 30 April 2027", "", "2027-04-30" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_str got = MW_STR_INIT, from = MW_STR_INIT;
        struct mw_day begins = MW_DAY_NONE;
        days_of(&got, CASES[i].text, &begins);
        if (mw_day_is(begins))
            mw_day_iso(&from, begins);
        if (strcmp(mw_str_z(&got), CASES[i].deadlines) != 0 || strcmp(mw_str_z(&from), CASES[i].begins) != 0)
            fail_msg("%s: begins %s, want %s; ends %s, want %s", CASES[i].text, mw_str_z(&from), CASES[i].begins, mw_str_z(&got), CASES[i].deadlines);
        mw_str_free(&got);
        mw_str_free(&from);
    }
}

static void days_in_a_long_text_may_be_of_anything(void **state)
{
    struct mw_str text = MW_STR_INIT, got = MW_STR_INIT;
    (void)state;
    mw_str_addz(&text, "Stand: 1.1.2026.");
    for (int i = 0; i < 30; i++)
        mw_str_addz(&text, " Gef\u00f6rdert werden");
    days_of(&got, mw_str_z(&text), NULL);
    assert_string_equal(mw_str_z(&got), "");
    mw_str_free(&text);
    mw_str_free(&got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stated_deadline_is_read_as_machines_and_people_write_it),
        cmocka_unit_test(an_opening_day_is_the_first_and_no_end),
        cmocka_unit_test(what_begins_then_is_no_deadline),
        cmocka_unit_test(days_in_a_long_text_may_be_of_anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
