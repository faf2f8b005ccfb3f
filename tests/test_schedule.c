/* apply/plan/schedule.c and preparation.c: days forwards and backwards. */
#include "tests/plan.h"

#define ANY TERMS("financing: anteil, rate: 60 %")
#define IN(land, period)                                                                                               \
    HEAD "profile: {profile: t, title: T, summary: S., applicants: [{name: A, land: " land "}]}\nperiod: {" period "}" \
                                                                                                                   "\n"
#define NW(rest) IN("NW", "from: 2027-01-01, to: 2029-12-31") rest

static void assert_day(const char *why, struct mw_day got, const char *want)
{
    struct mw_str s = MW_STR_INIT;
    mw_day_iso(&s, got);
    if (strcmp(mw_str_z(&s), want) != 0)
        fail_msg("%s: %s, want %s", why, mw_str_z(&s), want);
    mw_str_free(&s);
}

static void tasks_last_as_long_as_they_take(void **state)
{
    static const struct {
        const char *why, *land, *task, *from, *to;
    } CASES[] = {
        { "31 January and a month", "NW", "from: 2027-01-31, takes: 1 month", "2027-01-31", "2027-02-28" },
        { "a month from the first", "NW", "from: 2027-03-01, takes: 1 month", "2027-03-01", "2027-03-31" },
        { "a year from the leap day", "NW", "from: 2028-02-29, takes: 12 months", "2028-02-29", "2029-02-28" },
        { "a month up to the leap day", "NW", "from: 2028-01-29, takes: 1 month", "2028-01-29", "2028-02-28" },
        { "a year", "NW", "from: 2027-05-01, takes: 1 year", "2027-05-01", "2028-04-30" },
        { "two weeks over the clock's change", "HE", "from: 2027-10-25, takes: 2 weeks", "2027-10-25", "2027-11-07" },
        { "calendar days", "HE", "from: 2027-03-26, takes: 5 days", "2027-03-26", "2027-03-30" },
        { "working days over Easter", "HE", "from: 2027-03-22, takes: 8 workdays", "2027-03-22", "2027-04-02" },
        { "working days with Corpus Christi", "NW", "from: 2027-05-24, takes: 10 workdays", "2027-05-24",
          "2027-06-07" },
        { "working days with the day of repentance", "SN", "from: 2027-11-15, takes: 10 workdays", "2027-11-15",
          "2027-11-29" },
        { "from a Saturday: it begins there, and counts from Monday", "NW", "from: 2027-03-20, takes: 2 workdays",
          "2027-03-20", "2027-03-23" },
        { "until a day", "NW", "from: 2027-02-01, to: 2027-02-14", "2027-02-01", "2027-02-14" },
        { "a milestone has no length", "NW", "from: 2027-02-01, milestone: yes, takes: 5 days", "2027-02-01",
          "2027-02-01" },
        { "with nothing, with the period", "NW", "takes: 1 day", "2027-01-01", "2027-01-01" },
    };
    struct desk *d = *state;
    char text[600];
    for (size_t i = 0; i < COUNT(CASES); i++) {
        clear_desk(d);
        snprintf(text, sizeof text, IN("%s", "from: 2027-01-01, to: 2029-12-31") "tasks: [{id: a, %s}]\n",
                 CASES[i].land, CASES[i].task);
        must_plan(d, text, ANY);
        assert_day(CASES[i].why, MW_AT(d->plan.tasks, struct mw_task_row, 0)->from, CASES[i].from);
        assert_day(CASES[i].why, MW_AT(d->plan.tasks, struct mw_task_row, 0)->to, CASES[i].to);
    }
}

static void a_task_begins_on_the_working_day_after_what_it_waits_for(void **state)
{
    struct desk *d = *state;
    must_plan(d,
              IN("HE", "from: 2027-01-01, to: 2027-12-31") "tasks:\n  - {id: c, after: [b, a], takes: 1 workday}\n  - "
                                                           "{id: a, from: 2027-03-01, takes: 19 workdays}\n"
                                                           "  - {id: b, from: 2027-03-01, takes: 1 week}\n  - {id: e, "
                                                           "after: [b], from: 2027-03-20, takes: 2 workdays}\n"
                                                           "  - {id: m, milestone: yes, after: [e]}\n",
              ANY);
    assert_day("a",
               mw_day_is(MW_AT(d->plan.tasks, struct mw_task_row, 1)->to)
                   ? MW_AT(d->plan.tasks, struct mw_task_row, 1)->to
                   : MW_DAY_NONE,
               "2027-03-25");
    assert_day("after Good Friday and Easter Monday", MW_AT(d->plan.tasks, struct mw_task_row, 0)->from, "2027-03-30");
    assert_day("from is later than what it waits for", MW_AT(d->plan.tasks, struct mw_task_row, 3)->from, "2027-03-20");
    assert_day("milestone", MW_AT(d->plan.tasks, struct mw_task_row, 4)->to, "2027-03-24");
}

static void a_task_that_cannot_end_in_time_is_found(void **state)
{
    struct desk *d = *state;
    must_plan(d, NW("tasks: [{id: a, from: 2027-02-01, takes: 1 month}, {id: b, after: [a], to: 2027-02-15}]\n"), ANY);
    assert_non_null(finding(d, "task-too-late"));
}

static void times_beyond_all_years_are_a_fault(void **state)
{
    static const char *const TASKS[] = {
        "tasks: [{id: a, takes: 2000000000 workdays}]\n",
        "tasks: [{id: a, takes: 2000000000 months}]\n",
        "tasks: [{id: a, takes: 199 years}]\n",
        "tasks: [{id: a, from: 9999-12-31, takes: 1 day}]\n",
        "tasks: [{id: a, from: 0001-01-01, takes: 1 day}]\n",
        "preparation: {deadline: 2027-03-31, steps: [{id: a, takes: 2000000000 workdays}]}\n",
        "preparation: {deadline: 0001-01-01, steps: [{id: a, takes: 5 days}]}\n",
        "preparation: {deadline: 2027-03-31, steps: [{id: a, takes: 1 day}, {id: b, takes: 4999 years}]}\n",
    };
    struct desk *d = *state;
    char text[500];
    for (size_t i = 0; i < COUNT(TASKS); i++) {
        clear_desk(d);
        snprintf(text, sizeof text, "%s%s", NW(""), TASKS[i]);
        if (try_plan(d, text, ANY, TODAY) != MW_INVALID || d->diags.errors == 0)
            fail_msg("%s", TASKS[i]);
    }
}

/* --- backwards ---------------------------------------------------------------------------------------------------- */
static const struct mw_step_row *step(const struct desk *d, size_t i)
{
    return MW_AT(d->plan.steps, struct mw_step_row, i);
}
#define BODIES                                                                                                         \
    "bodies:\n  - {id: rat, label: Rat, dates: [2027-02-10, 2027-03-24], papers: 14 days}\n"                           \
    "  - {id: haupt, label: Hauptausschuss, dates: [2027-03-11, 2027-01-27, 2027-03-10], papers: 10 days}\n"
#define STEPS                                                                                                          \
    "  steps:\n    - {id: entwurf, takes: 15 workdays}\n    - {id: ausschuss, body: haupt}\n    - {id: rat, body: "    \
    "rat}\n"                                                                                                           \
    "    - {id: ab, takes: 1 workday}\n"

static void steps_are_planned_back_through_the_sittings(void **state)
{
    struct desk *d = *state;
    must_plan(d, NW("preparation:\n  deadline: 2027-03-31\n" STEPS BODIES), ANY);
    assert_day("submission", step(d, 3)->from, "2027-03-31");
    assert_day("council", step(d, 2)->to, "2027-03-24");
    assert_day("committee, papers for the council 14 days before", step(d, 1)->from, "2027-03-10");
    assert_day("draft, until the papers of the committee", step(d, 0)->to, "2027-02-26");
    assert_day("draft", step(d, 0)->from, "2027-02-08");
}

static void a_missed_sitting_is_late_and_passes_its_limit_on(void **state)
{
    struct desk *d = *state;
    must_plan(d, NW("preparation:\n  deadline: 2027-02-08\n" STEPS BODIES), ANY);
    assert_true(step(d, 2)->late && !mw_day_is(step(d, 2)->from));
    assert_day("committee", step(d, 1)->from, "2027-01-27");
    assert_day("draft", step(d, 0)->to, "2027-01-15");
    assert_int_equal(must_find(d, "body-missed")->severity, MW_ERROR);
}

static void calendar_steps_end_on_their_limit(void **state)
{
    static const struct {
        const char *takes, *from;
    } CASES[] = {
        { "3 weeks", "2027-03-11" }, { "5 days", "2027-03-27" },    { "1 month", "2027-03-01" },
        { "1 year", "2026-04-01" },  { "1 workday", "2027-03-31" },
    };
    struct desk *d = *state;
    char text[500];
    for (size_t i = 0; i < COUNT(CASES); i++) {
        clear_desk(d);
        snprintf(text, sizeof text, NW("preparation: {deadline: 2027-03-31, steps: [{id: a, takes: %s}]}\n"),
                 CASES[i].takes);
        must_plan(d, text, ANY);
        assert_day(CASES[i].takes, step(d, 0)->from, CASES[i].from);
        assert_day(CASES[i].takes, step(d, 0)->to, "2027-03-31");
    }
}

static void a_step_ends_on_the_working_day_before_a_holiday(void **state)
{
    struct desk *d = *state;
    must_plan(
        d, NW("preparation: {deadline: 2027-11-01, steps: [{id: a, takes: 20 workdays}, {id: b, takes: 1 workday}]}\n"),
        ANY);
    assert_day("All Saints", step(d, 1)->to, "2027-10-29");
    assert_day("before it", step(d, 0)->from, "2027-10-01");
}

static void a_step_that_should_have_begun_is_late(void **state)
{
    struct desk *d = *state;
    must_plan(
        d, NW("preparation: {deadline: 2026-11-30, steps: [{id: a, takes: 10 workdays}, {id: b, takes: 1 workday}]}\n"),
        ANY);
    assert_true(step(d, 0)->late);
    assert_false(step(d, 1)->late);
    assert_int_equal(must_find(d, "step-late")->severity, MW_WARNING);
}

static void a_step_may_begin_today(void **state)
{
    struct desk *d = *state;
    assert_int_equal(
        try_plan(d, NW("preparation: {deadline: 2026-11-30, steps: [{id: a, takes: 1 workday}]}\n"), ANY, "2026-11-30"),
        MW_OK);
    assert_false(step(d, 0)->late);
}

static void papers_may_be_due_working_days_before(void **state)
{
    struct desk *d = *state;
    must_plan(d,
              NW("preparation: {deadline: 2027-03-31, steps: [{id: a, takes: 1 day}, {id: b, body: rat}]}\n"
                 "bodies: [{id: rat, dates: [2027-03-22], papers: 5 workdays}]\n"),
              ANY);
    assert_day("five working days before the Monday", step(d, 0)->to, "2027-03-15");
}

/* The end of the schedule when one task takes so many working days more. */
static struct mw_day end_with(struct desk *d, const int *takes, const int (*after)[2], int n, int which, int more)
{
    struct mw_str s = MW_STR_INIT;
    struct mw_day last = { INT32_MIN };
    mw_str_addz(&s, HEAD PROFILE "period: {from: 2027-01-04, to: 2040-12-31}\ntasks:\n");
    for (int i = 0; i < n; i++) {
        mw_str_addf(&s, "  - {id: t%d, takes: %d workdays", i, takes[i] + (i == which ? more : 0));
        if (after[i][0] >= 0)
            mw_str_addf(&s, ", after: [t%d, t%d]", after[i][0], after[i][1]);
        mw_str_addz(&s, "}\n");
    }
    clear_desk(d);
    must_plan(d, mw_str_z(&s), TERMS("financing: voll"));
    mw_str_free(&s);
    for (size_t i = 0; i < d->plan.tasks.n; i++)
        if (MW_AT(d->plan.tasks, struct mw_task_row, i)->to.n > last.n)
            last = MW_AT(d->plan.tasks, struct mw_task_row, i)->to;
    return last;
}

/* What slack means, tried: so many days more leave the end where it is, one more moves it. */
static void a_task_can_slip_by_its_slack_and_no_day_more(void **state)
{
    struct desk *d = *state;
    uint32_t seed = 4;
    int critical = 0;
    for (int round = 0; round < 60; round++) {
        int takes[9], after[9][2], n = 3 + (int)roll(&seed, 6);
        for (int i = 0; i < n; i++) {
            takes[i] = 1 + (int)roll(&seed, 20);
            after[i][0] = i > 0 && roll(&seed, 4) > 0 ? (int)roll(&seed, (uint32_t)i) : -1;
            after[i][1] = i > 0 ? (int)roll(&seed, (uint32_t)i) : -1;
        }
        for (int i = 0; i < n; i++) {
            struct mw_day end = end_with(d, takes, (const int(*)[2])after, n, -1, 0);
            const struct mw_task_row *t = MW_AT(d->plan.tasks, struct mw_task_row, (size_t)i);
            int slack = (int)t->slack;
            assert_int_equal(t->critical, slack == 0);
            critical += t->critical;
            assert_int_equal(end_with(d, takes, (const int(*)[2])after, n, i, slack).n, end.n);
            assert_true(end_with(d, takes, (const int(*)[2])after, n, i, slack + 1).n > end.n);
        }
    }
    assert_true(critical > 60);
}

static void person_months_add_up_by_who_does_them(void **state)
{
    struct desk *d = *state;
    must_plan(d,
              PROJECT("tasks:\n  - {id: a, takes: 1 day, effort: \"2,5\", who: A}\n"
                      "  - {id: b, takes: 1 day, efforts: {A: 1, B: 0.25}}\n  - {id: c, takes: 1 day, effort: 3}\n"),
              TERMS("financing: voll"));
    assert_int_equal(d->plan.efforts.n, 3);
    const struct mw_effort *e = d->plan.efforts.items;
    assert_sv(e[0].who, "A");
    assert_true(mw_share_cmp(e[0].months, (struct mw_share){ 7, 2 }) == 0);
    assert_true(mw_share_cmp(e[1].months, (struct mw_share){ 1, 4 }) == 0);
    assert_true(e[2].who.n == 0 && mw_share_cmp(e[2].months, (struct mw_share){ 3, 1 }) == 0);
    assert_true(mw_share_cmp(MW_AT(d->project.tasks, struct mw_task, 1)->effort, (struct mw_share){ 5, 4 }) == 0);
    clear_desk(d);
    assert_int_equal(try_plan(d, PROJECT("tasks: [{id: b, takes: 1 day, effort: 2, efforts: {A: 1, B: 0.25}}]\n"),
                              TERMS("financing: voll"), TODAY), MW_INVALID);
    assert_true(diag_has(d, "sum-twice", 0));
}

/* 2,000 tasks written in the worst order, each waiting for the one named next: dated in one go. */
static void tasks_may_stand_in_any_order(void **state)
{
    struct desk *d = *state;
    struct mw_str s = MW_STR_INIT;
    mw_str_addz(&s, HEAD PROFILE "period: {from: 2027-01-01, to: 2036-12-31}\ntasks:\n");
    for (int i = 0; i < 2000; i++)
        mw_str_addf(&s, i < 1999 ? "  - {id: t%d, takes: 1 workday, after: [t%d]}\n" : "  - {id: t%d, takes: 1 workday}\n", i, i + 1);
    must_plan(d, mw_str_z(&s), TERMS("financing: voll"));
    mw_str_free(&s);
    assert_int_equal(MW_AT(d->plan.tasks, struct mw_task_row, 0)->from.n,
                     mw_workdays_end(day("2027-01-04"), 2000, MW_LAND_NW).n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
        T(a_task_can_slip_by_its_slack_and_no_day_more),
        T(person_months_add_up_by_who_does_them),
        T(tasks_may_stand_in_any_order),
        T(tasks_last_as_long_as_they_take),
        T(a_task_begins_on_the_working_day_after_what_it_waits_for),
        T(a_task_that_cannot_end_in_time_is_found),
        T(times_beyond_all_years_are_a_fault),
        T(steps_are_planned_back_through_the_sittings),
        T(a_missed_sitting_is_late_and_passes_its_limit_on),
        T(calendar_steps_end_on_their_limit),
        T(a_step_ends_on_the_working_day_before_a_holiday),
        T(a_step_that_should_have_begun_is_late),
        T(a_step_may_begin_today),
        T(papers_may_be_due_working_days_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
