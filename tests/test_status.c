/* Open, closed or unknown on a day. */
#include "tests/rules_test.h"

enum { NO = 0 };
static const struct mw_day TODAY = { 20284 }; /* 2025-07-15 */

static struct mw_fact deadline(const char *kind, int year, int month, int day)
{
    struct mw_fact f;
    mw_fact_clear(&f);
    f.type = MW_F_DEADLINE;
    f.kind = mw_sv(kind);
    if (year > 0)
        assert_true(mw_day_from_ymd(&f.date, year, month, day));
    else
        f.recurs = month * 100 + day;
    return f;
}
/* A yearly date whose last time is in a year. */
static struct mw_fact until(const char *kind, int year, int month, int day)
{
    struct mw_fact f = deadline(kind, year, month, day);
    f.recurs = month * 100 + day;
    return f;
}
/* A date that ends one clause of the programme only. */
static struct mw_fact clause(int year, int month, int day)
{
    struct mw_fact f = deadline("validity_end", year, month, day);
    f.value = MW_SV("clause");
    return f;
}
static struct mw_fact said(enum mw_fact_type type, const char *kind)
{
    struct mw_fact f;
    mw_fact_clear(&f);
    f.type = type;
    f.kind = mw_sv(kind);
    return f;
}

static void check(const char *why, const struct mw_fact *facts, size_t n, enum mw_status want, const char *next)
{
    struct mw_list list = { NULL, n, n };
    struct mw_fact copy[8];
    struct mw_notice notice = { .opens = MW_DAY_NONE };
    struct mw_day day = MW_DAY_NONE;
    struct mw_str text = MW_STR_INIT;
    const struct mw_fact *evidence = NULL;
    if (n > 0)
        memcpy(copy, facts, n * sizeof *copy);
    list.items = copy;
    enum mw_status got = mw_status_on(&notice, &list, TODAY, &evidence, &day);
    mw_day_iso(&text, day);
    if (got != want || strcmp(mw_str_z(&text), next) != 0)
        fail_msg("%s: got %s, next \"%s\"", why, MW_STATUSES[got], mw_str_z(&text));
    assert_true((got == MW_S_UNKNOWN && n == 0) || evidence != NULL || got == MW_S_UNKNOWN);
    mw_str_free(&text);
}
#define CHECK(why, want, next, ...)                                                                                               \
    do {                                                                                                                           \
        const struct mw_fact facts_[] = { __VA_ARGS__ };                                                                           \
        check(why, facts_, COUNT(facts_), want, next);                                                                             \
    } while (0)

static void the_dates_decide_in_their_order(void **state)
{
    (void)state;
    check("silence is unknown", NULL, 0, MW_S_UNKNOWN, "");
    CHECK("a date to come", MW_S_OPEN, "2025-09-30", deadline("application", 2025, 9, 30));
    CHECK("today is still in time", MW_S_OPEN, "2025-07-15", deadline("application", 2025, 7, 15));
    CHECK("yesterday is not", MW_S_CLOSED, "", deadline("application", 2025, 7, 14));
    CHECK("the nearest of several counts", MW_S_OPEN, "2025-08-01", deadline("cutoff", 2025, 11, 1), deadline("cutoff", 2025, 8, 1), deadline("cutoff", 2025, 2, 1));
    CHECK("a report is no deadline for applicants", MW_S_UNKNOWN, "", deadline("report", 2025, 9, 30));
    CHECK("a full proposal alone opens nothing", MW_S_UNKNOWN, "", deadline("full_proposal", 2025, 9, 30));
    CHECK("a yearly date past this year comes again", MW_S_OPEN, "2026-03-31", deadline("application", NO, 3, 31));
    CHECK("29 February falls on the 28th", MW_S_OPEN, "2026-02-28", deadline("application", NO, 2, 29));
    CHECK("rolling", MW_S_OPEN, "", deadline("rolling", NO, NO, NO));
    CHECK("said to be closed", MW_S_CLOSED, "", deadline("closed", NO, NO, NO));
    CHECK("closed, but a new window is named", MW_S_OPEN, "2026-01-31", deadline("closed", NO, NO, NO), deadline("application", 2026, 1, 31));
    CHECK("closed for this year, yearly again: ask", MW_S_UNKNOWN, "", deadline("closed", NO, NO, NO), deadline("application", NO, 12, 31));
    CHECK("rules that ended close a yearly date", MW_S_CLOSED, "", deadline("validity_end", 2024, 12, 31), deadline("application", NO, 12, 31));
    CHECK("a clause that ran out says nothing of the programme", MW_S_UNKNOWN, "", clause(2023, 12, 31));
    CHECK("the programme ends although a clause goes on", MW_S_CLOSED, "", deadline("validity_end", 2024, 12, 31), clause(2026, 12, 31));
    CHECK("the longer of two terms counts", MW_S_OPEN, "", deadline("validity_end", 2024, 12, 31), deadline("validity_end", 2026, 12, 31));
    CHECK("rules in force without a date", MW_S_OPEN, "", deadline("validity_end", 2026, 12, 31));
    CHECK("in force, but only on calls: ask", MW_S_UNKNOWN, "", deadline("validity_end", 2026, 12, 31), said(MW_F_STATUS, "call_only"));
    CHECK("in force without an end", MW_S_OPEN, "", said(MW_F_STATUS, "in_force"));
    CHECK("a past date of one part of rules that go on and invite without one", MW_S_OPEN, "", deadline("application", 2021, 3, 31),
        deadline("validity_end", 2026, 12, 31), said(MW_F_STATUS, "open"));
    CHECK("not of a call for sketches", MW_S_CLOSED, "", deadline("sketch", 2021, 3, 31), deadline("validity_end", 2026, 12, 31), said(MW_F_STATUS, "open"));
    struct mw_fact aid = deadline("validity_end", 2026, 12, 31);
    aid.soft = true;
    CHECK("rules that may end before: ask", MW_S_UNKNOWN, "", deadline("application", 2021, 3, 31), aid, said(MW_F_STATUS, "open"));
    CHECK("a past date of rules that go on but invite nobody else: over", MW_S_CLOSED, "", deadline("application", 2024, 5, 14),
        deadline("validity_end", 2037, 12, 31), said(MW_F_STATUS, "in_force"));
    CHECK("further calls may come: ask", MW_S_UNKNOWN, "", deadline("application", 2025, 1, 21), deadline("validity_end", 2028, 12, 31),
        said(MW_F_STATUS, "call_only"));
    struct mw_fact weeks = said(MW_F_REQUIREMENT, "weeks");
    weeks.value = MW_SV("apply_before_start");
    CHECK("so many weeks before the start: at any time", MW_S_OPEN, "", weeks);
}

static void a_term_that_follows_the_law_on_aid_is_a_question(void **state)
{
    struct mw_fact f = deadline("validity_end", 2024, 6, 30);
    (void)state;
    f.soft = true;
    CHECK("soft end", MW_S_UNKNOWN, "", f);
}

static void a_yearly_date_ends_with_its_last_year(void **state)
{
    struct mw_fact aid = deadline("validity_end", 2024, 6, 30);
    (void)state;
    aid.soft = true;
    CHECK("comes again this year", MW_S_OPEN, "2025-09-30", until("sketch", 2027, 9, 30));
    CHECK("comes again next year", MW_S_OPEN, "2026-03-31", until("sketch", 2027, 3, 31));
    CHECK("the last time is today", MW_S_OPEN, "2025-07-15", until("sketch", 2025, 7, 15));
    CHECK("the last time was yesterday", MW_S_CLOSED, "", until("sketch", 2025, 7, 14));
    CHECK("the last of two", MW_S_OPEN, "2025-10-31", until("sketch", 2025, 4, 30), until("sketch", 2025, 10, 31));
    CHECK("beside one without end", MW_S_OPEN, "2025-10-31", until("sketch", 2024, 4, 30), deadline("sketch", NO, 10, 31));
    CHECK("a soft end gives a past call no new date", MW_S_CLOSED, "", aid, deadline("sketch", 2024, 11, 15));
    CHECK("nor years that are over", MW_S_CLOSED, "", aid, until("sketch", 2024, 10, 31));
    CHECK("a soft end and yearly dates: ask", MW_S_UNKNOWN, "", aid, deadline("sketch", NO, 10, 31), deadline("sketch", 2023, 11, 15));
    CHECK("a soft end and years still to come: ask", MW_S_UNKNOWN, "", aid, until("sketch", 2026, 10, 31));
}

static void a_window_that_has_not_opened_is_forthcoming(void **state)
{
    struct mw_fact opens = said(MW_F_VALIDITY, "from");
    (void)state;
    opens.field = MW_SV("opens");
    assert_true(mw_day_from_ymd(&opens.date, 2025, 9, 1));
    CHECK("not yet", MW_S_FORTHCOMING, "2025-12-31", opens, deadline("application", 2025, 12, 31));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_dates_decide_in_their_order),
        cmocka_unit_test(a_term_that_follows_the_law_on_aid_is_a_question),
        cmocka_unit_test(a_yearly_date_ends_with_its_last_year),
        cmocka_unit_test(a_window_that_has_not_opened_is_forthcoming),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
