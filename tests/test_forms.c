/* lib/model/form.c, apply/plan/forms.c: funders' forms as data, and the plan in their positions. */
#include "lib/core/file.h"
#include "tests/plan.h"

static const struct mw_form *load(struct desk *d, const char *id)
{
    struct mw_form *form = mw_arena_alloc(d->arena, sizeof *form);
    if (mw_form_find(form, d->arena, "config", id, &d->diags) != MW_OK)
        fail_msg("%s", all_diags(d));
    return form;
}
static void fill(struct desk *d, const char *project, const char *terms, const struct mw_form *form)
{
    struct mw_plan_opts opts = { .today = day(TODAY), .lang = MW_EN, .form = form };
    must_plan(d, project, terms);
    if (mw_plan_make(&d->plan, d->arena, &d->project, &d->terms, &d->tariffs, &opts, &d->diags) != MW_OK)
        fail_msg("%s", all_diags(d));
}
static const struct mw_form_line *line(const struct desk *d, const char *code)
{
    for (size_t i = 0; i < d->plan.form_lines.n; i++)
        if (mw_sv_eqz(MW_AT(d->plan.form_lines, struct mw_form_line, i)->position->code, code))
            return MW_AT(d->plan.form_lines, struct mw_form_line, i);
    fail_msg("no position %s", code);
    abort();
}

static void every_form_reads_and_has_sources(void **state)
{
    struct desk *d = *state;
    struct mw_list files = { 0 };
    assert_int_equal(mw_dir_list(&files, d->arena, "config/forms", ".yaml", NULL), MW_OK);
    assert_true(files.n >= 6);
    for (size_t i = 0; i < files.n; i++) {
        struct mw_sv name = *MW_AT(files, struct mw_sv, i);
        const struct mw_form *form = load(d, mw_arena_z(d->arena, mw_sv_sub(name, 0, name.n - 5)));
        assert_true(mw_sv_starts(name, form->id));
        assert_true(form->sources.n > 0 && form->positions.n > 3);
    }
}

#define STAFF(id, group) "  - {id: " id ", category: personal, personnel: {tariff: t, group: " group ", step: 1, employer_rate: 20 %}}\n"
#define ROWS                                                                                                           \
    "costs:\n" STAFF("a", "E13") STAFF("b", "E9c") "  - {id: c, category: vergabe, amount: 1000 EUR}\n"                 \
    "  - {id: d, category: reise, years: {2027: 300.5 EUR}}\n  - {id: e, category: investition, amount: 900 EUR}\n"     \
    "  - {id: f, category: reise, amount: 77 EUR, eligible: no, why: x}\n"

static void rows_fall_on_positions_by_category_and_group(void **state)
{
    struct desk *d = *state;
    add_tariff(d, "tariff: t\ntitle: T\ntables: [{from: 2026-01-01, monthly: {E13: [5000], E9c: [4000]}}]\n");
    fill(d, PROJECT(ROWS), TERMS("financing: anteil, rate: 50 %"), load(d, "aza"));
    assert_int_equal(line(d, "0812")->total.cents, 7200000);
    assert_int_equal(line(d, "0817")->total.cents, 5760000);
    assert_int_equal(line(d, "0820")->total.cents, 0);
    assert_int_equal(line(d, "A")->total.cents, 12960000);
    assert_int_equal(line(d, "0835")->total.cents, 100000);
    assert_int_equal(line(d, "0846")->total.cents, 30050);
    assert_int_equal(line(d, "B")->total.cents, 130050);
    assert_int_equal(line(d, "SUMME")->total.cents, 12960000 + 130050 + 90000);
    assert_int_equal(line(d, "SUMME")->total.cents, d->plan.cost.eligible.cents);
    assert_null(finding(d, "position-missing"));
}

/* O8 (TU Dresden): 176,445.00 at 100 % and 20 % of the grant on top: 211,734.00. */
static void the_project_flat_rate_comes_on_top_of_the_grant(void **state)
{
    struct desk *d = *state;
    fill(d, PROJECT(COST("176445 EUR")), TERMS("financing: anteil, rate: 100 %"), load(d, "azap"));
    assert_int_equal(line(d, "PAUSCHALE")->total.cents, 3528900);
    assert_int_equal(line(d, "SUMME")->total.cents + line(d, "PAUSCHALE")->total.cents, 21173400);
}

/* Horizon: personnel 100,000, subcontracting 20,000, purchases 30,000, 25 % on top of all but the subcontracts: 182,500. */
static void horizon_has_its_categories(void **state)
{
    struct desk *d = *state;
    fill(d,
         PROJECT("costs:\n  - {id: a, category: personal, amount: 100000 EUR}\n  - {id: b, category: unteraufträge, amount: 20000 EUR}\n"
                 "  - {id: c, category: sachausgaben, amount: 30000 EUR}\n"),
         TERMS("financing: anteil, rate: 100 %, flat_rates: [{category: gemeinkosten, rate: 25 %, of: [personal, sachausgaben]}]"),
         load(d, "horizon-europe"));
    assert_int_equal(line(d, "A")->total.cents, 10000000);
    assert_int_equal(line(d, "B")->total.cents, 2000000);
    assert_int_equal(line(d, "C")->total.cents, 3000000);
    assert_int_equal(line(d, "E")->total.cents, 3250000);
    assert_int_equal(line(d, "TOTAL")->total.cents, 18250000);
}

static void a_form_that_does_not_hold_together_is_refused(void **state)
{
    static const struct {
        const char *positions, *code;
    } CASES[] = {
        { "[{code: A, de: a, en: a}, {code: A, de: b, en: b}]", "id-twice" },
        { "[{code: A, de: a, en: a, sum_of: [B]}, {code: B, de: b, en: b}]", "no-position" },
        { "[{code: A, de: a, en: a, kategorien: [x]}]", "unknown-key" },
    };
    struct desk *d = *state;
    char text[400];
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_form form;
        clear_desk(d);
        snprintf(text, sizeof text, "form: f\ntitle: {de: F, en: F}\nsources: [{says: x}]\npositions: %s\n", CASES[i].positions);
        assert_int_equal(mw_form_read(&form, d->arena, read_yaml(d, "f.yaml", text), &d->diags), MW_INVALID);
        assert_true(diag_has(d, CASES[i].code, 0));
    }
}

static void a_mistyped_form_is_met_with_the_nearest(void **state)
{
    struct desk *d = *state;
    struct mw_form form;
    assert_int_equal(mw_form_find(&form, d->arena, "config", "horizon-europa", &d->diags), MW_NOT_FOUND);
    assert_non_null(strstr(d->diags.items[0].msg, "horizon-europe"));
    assert_int_equal(mw_form_find(&form, d->arena, "config", "../examples/README", &d->diags), MW_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
        T(every_form_reads_and_has_sources),
        T(rows_fall_on_positions_by_category_and_group),
        T(the_project_flat_rate_comes_on_top_of_the_grant),
        T(horizon_has_its_categories),
        T(a_form_that_does_not_hold_together_is_refused),
        T(a_mistyped_form_is_met_with_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
