/* A desk for tests of lib/model and apply/plan: projects and terms as text, computed in the process. */
#ifndef MW_TESTS_PLAN_H
#define MW_TESTS_PLAN_H

#include "apply/plan/plan.h"
#include "tests/test.h"

/* One city, one year, one programme; a test adds what it is about. Terms: the text of one edition in braces. */
#define PROFILE                                                                                                        \
    "profile: {profile: t, title: T, summary: S., applicants: [{name: Stadt A, type: kommune, land: NW, lead: "        \
    "yes}]}\n"
#define HEAD "project: t\ntitle: T\nprogramme: p\n"
#define PROJECT(rest) HEAD PROFILE "period: {from: 2027-01-01, to: 2027-12-31}\n" rest
#define COST(sum) "costs: [{id: a, category: vergabe, amount: \"" sum "\"}]\n"
#define TERMS(edition)                                                                                                 \
    "programme: p\ntitle: P\neditions:\n  - {id: e, valid: {from: 2026-01-01, until: 2026-12-31}, " edition "}\n"
#define TODAY "2026-11-22"

struct desk {
    struct mw_arena *arena;
    struct mw_diags diags;
    struct mw_project project;
    struct mw_terms terms;
    struct mw_list tariffs; /* struct mw_tariff */
    struct mw_plan plan;
};

static inline int open_desk(void **state)
{
    struct desk *d = calloc(1, sizeof *d);
    d->arena = mw_arena_new();
    d->diags = (struct mw_diags)MW_DIAGS_INIT(MW_EN);
    *state = d;
    return 0;
}
static inline int close_desk(void **state)
{
    struct desk *d = *state;
    mw_diags_free(&d->diags);
    mw_arena_free(d->arena);
    free(d);
    return 0;
}
/* Everything of the last round is dropped: for loops over tables of cases. */
static inline void clear_desk(struct desk *d)
{
    mw_diags_free(&d->diags);
    mw_arena_free(d->arena);
    *d = (struct desk){ .arena = mw_arena_new(), .diags = MW_DIAGS_INIT(MW_EN) };
}

static inline const struct mw_node *read_yaml(struct desk *d, const char *name, const char *text)
{
    struct mw_node *map = NULL;
    mw_yaml_read(&map, d->arena, name, mw_sv(text), &d->diags);
    return map;
}
/* The diagnostics as one text, for messages of failed tests. */
static inline const char *all_diags(struct desk *d)
{
    struct mw_str s = MW_STR_INIT;
    const char *z;
    for (size_t i = 0; i < d->diags.n; i++)
        mw_diag_format(&s, &d->diags.items[i], MW_EN);
    z = mw_arena_z(d->arena, mw_str_sv(&s));
    mw_str_free(&s);
    return z;
}
static inline struct mw_day day(const char *iso)
{
    struct mw_day d = MW_DAY_NONE;
    if (!mw_read_day(mw_sv(iso), &d))
        fail_msg("no day: %s", iso);
    return d;
}
static inline void add_tariff(struct desk *d, const char *text)
{
    struct mw_tariff *t = mw_list_add(d->arena, &d->tariffs, sizeof *t);
    if (mw_tariff_read(t, d->arena, read_yaml(d, "tariff.yaml", text), &d->diags) != MW_OK)
        fail_msg("%s", all_diags(d));
}
/* Reads both texts and computes; a fault in either is the result. */
static inline enum mw_rc try_plan(struct desk *d, const char *project, const char *terms, const char *today)
{
    const struct mw_plan_opts opts = { .today = day(today), .lang = MW_EN };
    const struct mw_node *p = read_yaml(d, "projekt.yaml", project), *t = read_yaml(d, "terms.yaml", terms);
    enum mw_rc rc = p == NULL || t == NULL ? MW_INVALID : mw_project_read(&d->project, d->arena, p, ".", &d->diags);
    if (rc == MW_OK)
        rc = mw_terms_read(&d->terms, d->arena, t, &d->diags);
    return rc != MW_OK ? rc : mw_plan_make(&d->plan, d->arena, &d->project, &d->terms, &d->tariffs, &opts, &d->diags);
}
static inline void must_plan(struct desk *d, const char *project, const char *terms)
{
    if (try_plan(d, project, terms, TODAY) != MW_OK)
        fail_msg("%s\n%s\n%s", all_diags(d), project, terms);
}
static inline bool diag_has(const struct desk *d, const char *code, unsigned line)
{
    for (size_t i = 0; i < d->diags.n; i++)
        if (d->diags.items[i].code != NULL && strcmp(d->diags.items[i].code, code) == 0 &&
            (line == 0 || d->diags.items[i].line == line))
            return true;
    return false;
}
static inline const struct mw_finding *finding(const struct desk *d, const char *code)
{
    for (size_t i = 0; i < d->plan.findings.n; i++)
        if (strcmp(MW_AT(d->plan.findings, struct mw_finding, i)->code, code) == 0)
            return MW_AT(d->plan.findings, struct mw_finding, i);
    return NULL;
}
static inline const struct mw_finding *must_find(const struct desk *d, const char *code)
{
    const struct mw_finding *f = finding(d, code);
    if (f != NULL)
        return f;
    fail_msg("no finding %s", code);
    abort();
}
static inline const struct mw_cost_row *cost_row(const struct desk *d, const char *id)
{
    for (size_t i = 0; i < d->plan.cost.rows.n; i++)
        if (mw_sv_eqz(MW_AT(d->plan.cost.rows, struct mw_cost_row, i)->id, id))
            return MW_AT(d->plan.cost.rows, struct mw_cost_row, i);
    fail_msg("no row %s", id);
    abort();
}
static inline int64_t cents_in(const struct desk *d, const struct mw_eur *years, int year)
{
    int i = year - d->plan.years.first;
    return i < 0 || i >= (int)d->plan.years.n ? 0 : years[i].cents;
}
/* Sources add up to costs, in total and in each year; rows add up to their totals: what every plan promises. */
static inline void assert_adds_up(const struct desk *d)
{
    const struct mw_plan *p = &d->plan;
    int64_t total = 0;
    for (size_t y = 0; y < p->years.n; y++) {
        int64_t spent = 0, money = 0;
        for (size_t i = 0; i < p->cost.rows.n; i++)
            spent += MW_AT(p->cost.rows, struct mw_cost_row, i)->years[y].cents;
        for (size_t i = 0; i < p->financing.rows.n; i++)
            money += MW_AT(p->financing.rows, struct mw_source_row, i)->years[y].cents;
        assert_int_equal(spent, p->cost.years[y].cents);
        assert_int_equal(money, spent);
        total += spent;
    }
    assert_int_equal(total, p->cost.total.cents);
    for (size_t i = 0; i < p->financing.rows.n; i++) {
        const struct mw_source_row *row = MW_AT(p->financing.rows, struct mw_source_row, i);
        int64_t sum = 0;
        for (size_t y = 0; y < p->years.n; y++)
            sum += row->years[y].cents;
        assert_int_equal(sum, row->total.cents);
    }
}

/* A small generator for property tests: the same numbers in every run. */
static inline uint32_t roll(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)(*seed >> 8) * below) >> 24);
}

#endif
