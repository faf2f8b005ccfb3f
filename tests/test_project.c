/* lib/model/project: project files as people write them, right and wrong. */
#include "lib/model/project.h"

#include "lib/core/file.h"
#include "tests/mutate.h"
#include "tests/plan.h"

static const char FULL[] = HEAD PROFILE
    "input_tax: 30 %\nperiod: {from: 2027-01-01, to: 2028-12-31}\ncosts:\n"
    "  - {id: sm, label: Management, category: vergabe, amount: 300000 EUR, vat: 19 %, task: b, partner: Stadt A, "
    "note: geschätzt}\n"
    "  - {id: ws, category: vergabe, quantity: 12, unit: Workshop, price: \"3.500 EUR\", from: 2027-03-01, to: "
    "2027-04-30}\n"
    "  - {id: st, category: personal, personnel: {tariff: t, group: E11, step: 3, employer_rate: 21.15 %}}\n"
    "  - {id: fe, category: sach, amount: 2000 EUR, eligible: no, why: Bewirtung}\n"
    "  - {id: re, category: reise, years: {2028: 1500 EUR, 2027: 1000 EUR}}\n"
    "financing:\n  - {id: kreis, label: Kreis, kind: public, amount: 10000 EUR, status: bewilligt}\n"
    "  - {id: spende, kind: third, years: {2027: 1 EUR, 2028: 2 EUR}}\n"
    "sharing: {of: cost, key: base+population, base: 30 %}\n"
    "tasks:\n  - {id: a, from: 2027-01-01, takes: 20 workdays, who: Amt 61}\n  - {id: b, after: [a], takes: 3 months, "
    "effort: 2.5}\n"
    "  - {id: m, milestone: yes, after: b}\n"
    "preparation:\n  deadline: 2026-12-01\n  steps:\n    - {id: s1, takes: 15 workdays}\n    - {id: s2, body: rat}\n"
    "bodies: [{id: rat, label: Rat, dates: [2026-11-10], papers: 14 days}]\n"
    "texts: {aim: Ein Ziel., measures: Viele Maßnahmen.}\n"
    "cooperation: {agreement: Vertrag, term: 5 years, single_cost: {Stadt A: 1 EUR}, joint_cost: 2 EUR}\n"
    "attachments: [{code: A06, status: present, file: b.pdf, who: Rat, until: 2026-11-20}]\nstatus: running\n"
    "award: {date: 2026-10-01, eligible: 100 EUR, grant: 60 EUR, public: 15 EUR, third: 1 EUR, revenue: 2 EUR, own: 25 "
    "EUR,\n"
    "        categories: {vergabe: 100 EUR}}\n"
    "actual: {categories: {vergabe: 90 EUR}, revenue: 0 EUR, units: 9, received: [{date: 2027-01-10, amount: 5 EUR, "
    "used_until: 2027-02-01}]}\n";

static enum mw_rc read_project(struct desk *d, const char *text)
{
    const struct mw_node *map = read_yaml(d, "projekt.yaml", text);
    return map == NULL ? MW_INVALID : mw_project_read(&d->project, d->arena, map, ".", &d->diags);
}
static const struct mw_cost *cost(const struct desk *d, size_t i) { return MW_AT(d->project.costs, struct mw_cost, i); }

static void costs_are_read(void **state)
{
    struct desk *d = *state;
    if (read_project(d, FULL) != MW_OK)
        fail_msg("%s", all_diags(d));
    assert_int_equal(d->project.costs.n, 5);
    assert_sv(cost(d, 0)->label, "Management");
    assert_int_equal(cost(d, 0)->amount.cents, 30000000);
    assert_int_equal(mw_share_bp(cost(d, 0)->vat), 1900);
    assert_sv(cost(d, 0)->partner, "Stadt A");
    assert_int_equal(cost(d, 1)->quantity.num, 12);
    assert_int_equal(cost(d, 1)->price.cents, 350000);
    assert_int_equal(cost(d, 3)->eligible, MW_NO);
    assert_sv(cost(d, 3)->why, "Bewirtung");
    assert_int_equal(mw_share_bp(d->project.input_tax), 3000);
}

static void a_row_without_label_is_called_by_its_id(void **state)
{
    struct desk *d = *state;
    assert_int_equal(read_project(d, FULL), MW_OK);
    assert_sv(cost(d, 1)->label, "ws");
    assert_int_equal(read_project(d, PROJECT("costs: [{id: a, label: '', category: v, amount: 1 EUR}]\n")), MW_OK);
    assert_sv(cost(d, 0)->label, "a");
}

static void years_are_sorted(void **state)
{
    struct desk *d = *state;
    assert_int_equal(read_project(d, FULL), MW_OK);
    assert_int_equal(MW_AT(cost(d, 4)->years, struct mw_year_sum, 0)->year, 2027);
    assert_int_equal(MW_AT(cost(d, 4)->years, struct mw_year_sum, 1)->sum.cents, 150000);
    assert_int_equal(MW_AT(d->project.financing, struct mw_source, 1)->amount.cents, 300); /* the sum of its years */
}

static void a_position_is_full_time_unless_stated(void **state)
{
    struct desk *d = *state;
    assert_int_equal(read_project(d, FULL), MW_OK);
    assert_true(cost(d, 2)->personnel->fte.num == 1 && cost(d, 2)->personnel->fte.den == 1);
    assert_false(mw_day_is(cost(d, 2)->personnel->from));
}

static void everything_else_is_read(void **state)
{
    struct desk *d = *state;
    const struct mw_project *p = &d->project;
    assert_int_equal(read_project(d, FULL), MW_OK);
    assert_true(p->sharing.of == MW_SHARE_COST && p->sharing.key == MW_KEY_BASE &&
                mw_share_bp(p->sharing.base) == 3000);
    assert_int_equal(MW_AT(p->tasks, struct mw_task, 1)->after.n, 1);
    assert_int_equal(MW_AT(p->tasks, struct mw_task, 2)->milestone, MW_YES);
    assert_int_equal(mw_share_bp(MW_AT(p->tasks, struct mw_task, 1)->effort), 25000);
    assert_int_equal(p->deadline.n, day("2026-12-01").n);
    assert_int_equal(mw_project_body(p, MW_SV("rat"))->papers.n, 14);
    assert_sv(mw_project_text(p, "aim"), "Ein Ziel.");
    assert_null(mw_project_text(p, "target_groups").p);
    assert_int_equal(p->cooperation.joint_cost.cents, 200);
    assert_int_equal(MW_AT(p->attachments, struct mw_attachment, 0)->status, MW_PRESENT);
    assert_int_equal(p->status, MW_P_RUNNING);
    assert_int_equal(p->award.public_money.cents, 1500);
    assert_int_equal(p->actual.units.num, 9);
    assert_int_equal(MW_AT(p->actual.received, struct mw_receipt, 0)->used_until.n, day("2027-02-01").n);
}

static void input_tax_is_none_full_or_a_share(void **state)
{
    static const struct {
        const char *line;
        int64_t bp;
    } CASES[] = {
        { "", 0 },
        { "input_tax: none\n", 0 },
        { "input_tax: full\n", 10000 },
        { "input_tax: 12,5 %\n", 1250 },
        { "input_tax: 101 %\n", -1 },
        { "input_tax: [30 %]\n", -1 },
    };
    struct desk *d = *state;
    char text[600];
    for (size_t i = 0; i < COUNT(CASES); i++) {
        clear_desk(d);
        snprintf(text, sizeof text, "%s%s", PROJECT(), CASES[i].line);
        if ((read_project(d, text) == MW_OK) != (CASES[i].bp >= 0) ||
            (CASES[i].bp >= 0 && mw_share_bp(d->project.input_tax) != CASES[i].bp))
            fail_msg("%s%s", CASES[i].line, all_diags(d));
    }
}

static void faults_are_said(void **state)
{
    static const struct {
        const char *lines, *code;
    } CASES[] = {
        { "costs: [{id: a, category: v}]", "no-sum" },
        { "costs: [{id: a, category: v, amount: 1 EUR, years: {2027: 2 EUR}}]", "sum-twice" },
        { "costs: [{id: a, category: v, amount: 1 EUR, price: 1 EUR, quantity: 1}]", "sum-twice" },
        { "costs: [{id: a, category: v, price: 1 EUR}]", "no-quantity" },
        { "costs: [{id: a, category: v, personnel: {tariff: t, group: g, step: 1}, vat: 19 %}]", "vat-on-staff" },
        { "costs: [{id: a, category: v, amount: 1 EUR, vat: 190 %}]", "bad-share" },
        { "costs: [{id: a, category: v, amount: 1 EUR, from: 2027-02-01, to: 2027-01-31}]", "bad-period" },
        { "costs: [{id: a, category: v, amount: 1 EUR, from: 1900-02-01}]", "bad-year" },
        { "costs: [{id: a, category: v, years: {27: 1 EUR}}]", "bad-year" },
        { "costs: [{id: a, category: v, years: {9999: 1 EUR}}]", "bad-year" },
        { "costs: [{id: a, category: v, amount: 1 EUR, partner: Stadt Z}]", "no-partner" },
        { "costs: [{id: a, category: v, amount: 1 EUR, task: t}]", "no-task" },
        { "costs: [{id: a, category: v, amount: 1 EUR}, {id: a, category: v, amount: 1 EUR}]", "id-twice" },
        { "financing: [{id: k, kind: public}]", "no-sum" },
        { "financing: [{id: k, kind: public, amount: 5 EUR, years: {2027: 4 EUR}}]", "sum-twice" },
        { "financing: [{id: grant, kind: public, amount: 5 EUR}]", "reserved-id" },
        { "sharing: {key: population, base: 30 %}", "bad-sharing" },
        { "sharing: {key: base+population}", "bad-sharing" },
        { "sharing: {key: weights}", "bad-sharing" },
        { "sharing: {key: weights, weights: {Stadt Z: 1}}", "no-partner" },
        { "sharing: {key: base+population, base: 130 %}", "bad-share" },
        { "tasks: [{id: a, from: 2027-01-01, to: 2027-02-01, takes: 1 month}]", "end-twice" },
        { "tasks: [{id: a, takes: 0 days}]", "bad-duration" },
        { "tasks: [{id: a, after: [b], takes: 1 day}]", "no-task" },
        { "tasks: [{id: a, after: [a], takes: 1 day}]", "circle" },
        { "tasks: [{id: a, after: [c]}, {id: b, after: [a]}, {id: c, after: [b]}]", "circle" },
        { "tasks: [{id: a, from: 2027-02-01, to: 2027-01-01}]", "bad-period" },
        { "preparation: {deadline: 2027-01-01, steps: [{id: a}]}", "bad-duration" },
        { "preparation: {deadline: 2027-01-01, steps: [{id: a, body: rat}]}", "no-body" },
        { "preparation: {deadline: 2027-01-01, steps: [{id: a, body: rat, takes: 1 day}]}\nbodies: [{id: rat}]",
          "end-twice" },
        { "programmes: [q]", "programme-twice" },
        { "texts: {aim: fehlt-ganz.txt}", "no-file" },
    };
    struct desk *d = *state;
    char text[900];
    for (size_t i = 0; i < COUNT(CASES); i++) {
        clear_desk(d);
        snprintf(text, sizeof text, "%s%s\n", PROJECT(), CASES[i].lines);
        if (read_project(d, text) != MW_INVALID || !diag_has(d, CASES[i].code, 0))
            fail_msg("%s: want %s\n%s", CASES[i].lines, CASES[i].code, all_diags(d));
    }
}

static void a_period_that_ends_first_is_a_fault(void **state)
{
    struct desk *d = *state;
    assert_int_equal(read_project(d, HEAD PROFILE "period: {from: 2027-01-02, to: 2027-01-01}\n"), MW_INVALID);
    assert_true(diag_has(d, "bad-period", 5));
}

static void all_faults_are_said_at_once(void **state)
{
    struct desk *d = *state;
    assert_int_equal(read_project(d, "project: t\nperiod: {from: 2027-01-01}\ncosts:\n  - {id: a, category: v}\n"
                                     "  - {id: a, amount: viel}\nfunding: x\n"),
                     MW_INVALID);
    assert_true(d->diags.errors >= 7); /* title, profile, to, no sum, category, viel, id twice, funding */
}

static void the_same_sum_said_twice_is_no_fault(void **state)
{
    struct desk *d = *state;
    assert_int_equal(read_project(d, PROJECT("costs: [{id: a, category: v, amount: 3 EUR, years: {2027: 3 EUR}}]\n")),
                     MW_OK);
    assert_false(mw_eur_is(cost(d, 0)->amount));
}

static void more_rows_than_anybody_writes_are_refused(void **state)
{
    struct desk *d = *state;
    struct mw_str text = MW_STR_INIT;
    mw_str_addz(&text, PROJECT("costs:\n"));
    for (int i = 0; i < 20001; i++)
        mw_str_addf(&text, "  - {id: a%d, category: v, amount: 1 EUR}\n", i);
    assert_int_equal(read_project(d, mw_str_z(&text)), MW_INVALID);
    assert_true(diag_has(d, "too-many", 0));
    mw_str_free(&text);
}

static void a_text_may_stand_in_a_file_beside_the_project(void **state)
{
    struct desk *d = *state;
    char dir[] = "/tmp/mw-project-XXXXXX", path[128];
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/ziel.txt", dir);
    assert_int_equal(mw_file_write(path, MW_SV("Das Ziel aus der Datei."), NULL), MW_OK);
    snprintf(path, sizeof path, "%s/projekt.yaml", dir);
    assert_int_equal(mw_file_write(path, mw_sv(PROJECT("texts: {aim: ziel.txt}\n")), NULL), MW_OK);
    if (mw_project_load(&d->project, d->arena, path, &d->diags) != MW_OK)
        fail_msg("%s", all_diags(d));
    assert_sv(mw_project_text(&d->project, "aim"), "Das Ziel aus der Datei.");
    unlink(path);
    snprintf(path, sizeof path, "%s/ziel.txt", dir);
    unlink(path);
    rmdir(dir);
}

/* A project that somebody sends must not read other people's files. */
static void a_text_never_leads_out_of_the_folder(void **state)
{
    static const char *const PATHS[] = { "/etc/passwd", "../secret.txt", "a/b.md", "/etc/x.txt" };
    struct desk *d = *state;
    char text[600];
    for (size_t i = 0; i < COUNT(PATHS); i++) {
        clear_desk(d);
        snprintf(text, sizeof text, "%stexts: {aim: %s}\n", PROJECT(), PATHS[i]);
        assert_int_equal(read_project(d, text), MW_OK);
        assert_sv(mw_project_text(&d->project, "aim"), PATHS[i]); /* taken as words */
    }
}

static void a_profile_never_leads_out_of_the_folder(void **state)
{
    static const char *const PATHS[] = { "/etc/passwd", "../profil.yaml", "a/../../b.yaml", "\"\"", ".." };
    struct desk *d = *state;
    char text[600];
    for (size_t i = 0; i < COUNT(PATHS); i++) {
        clear_desk(d);
        snprintf(text, sizeof text, HEAD "profile: %s\nperiod: {from: 2027-01-01, to: 2027-12-31}\n", PATHS[i]);
        assert_int_equal(read_project(d, text), MW_INVALID);
        if (!diag_has(d, "outside", 4) && strcmp(PATHS[i], "\"\"") != 0)
            fail_msg("%s: %s", PATHS[i], all_diags(d));
    }
}

static void damaged_projects_are_only_faults(void **state)
{
    static const char *const TOKENS[] = { "{",          "}",
                                          "[",          "]",
                                          ": ",         "%",
                                          "after: [m]", "99999999999999999999",
                                          "9999-12-31", "\n",
                                          "  ",         "\"",
                                          "0001-01-01", "2000000000 workdays",
                                          NULL };
    struct desk *d = *state;
    uint64_t random = 11;
    char buf[8192];
    const struct mw_plan_opts opts = { .today = day(TODAY), .lang = MW_DE };
    for (int i = 0; i < 1500; i++) {
        struct mw_node *map = NULL;
        clear_desk(d);
        mw_yaml_read(&map, d->arena, "projekt.yaml", mutate(buf, sizeof buf, mw_sv(FULL), TOKENS, &random), &d->diags);
        if (map == NULL || mw_project_read(&d->project, d->arena, map, ".", &d->diags) != MW_OK)
            continue;
        assert_int_equal(mw_terms_read(&d->terms, d->arena,
                                       read_yaml(d, "t", TERMS("financing: anteil, rate: 60 %, own_share: {min: 5 %}")),
                                       &d->diags),
                         MW_OK);
        if (mw_plan_make(&d->plan, d->arena, &d->project, &d->terms, &d->tariffs, &opts, &d->diags) == MW_OK)
            assert_adds_up(d);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
        T(costs_are_read),
        T(a_row_without_label_is_called_by_its_id),
        T(years_are_sorted),
        T(a_position_is_full_time_unless_stated),
        T(everything_else_is_read),
        T(input_tax_is_none_full_or_a_share),
        T(faults_are_said),
        T(a_period_that_ends_first_is_a_fault),
        T(all_faults_are_said_at_once),
        T(the_same_sum_said_twice_is_no_fault),
        T(more_rows_than_anybody_writes_are_refused),
        T(a_text_may_stand_in_a_file_beside_the_project),
        T(a_text_never_leads_out_of_the_folder), T(a_profile_never_leads_out_of_the_folder),
        T(damaged_projects_are_only_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
