/* docs/findings.md: every code has an example that raises it and one that does not, and all of them are run here. */
#include "apply/plan/make.h"
#include "lib/core/file.h"
#include "tests/plan.h"

#define PAPER "docs/findings.md"

struct bench {
    struct mw_arena *a;
    struct mw_sv paper;
    struct mw_checks checks;
    struct mw_law law;
    struct mw_checklist papers;
    const char *base; /* the project that the examples change */
};

static int open_bench(void **state)
{
    struct bench *b = calloc(1, sizeof *b);
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_sv from;
    size_t at;
    *state = b;
    b->a = mw_arena_new();
    if (mw_file_read(&b->paper, b->a, PAPER, 1 << 20, NULL) != MW_OK || mw_checks_find(&b->checks, b->a, "rules", &diags) != MW_OK ||
        mw_law_load(&b->law, b->a, "config/law", &diags) != MW_OK ||
        mw_checklist_load(&b->papers, b->a, "rules/checklists/attachments.yaml", &diags) != MW_OK ||
        (at = mw_sv_find(b->paper, MW_SV("```yaml\n"), 0)) == SIZE_MAX)
        return 1;
    from = mw_sv_sub(b->paper, at + 8, b->paper.n);
    b->base = mw_arena_z(b->a, mw_sv_sub(from, 0, mw_sv_find(from, MW_SV("```"), 0)));
    return 0;
}
static int close_bench(void **state)
{
    struct bench *b = *state;
    mw_arena_free(b->a);
    free(b);
    return 0;
}

/* One section of the paper. */
struct example { struct mw_sv code, severity; const struct mw_node *raises, *silent; };

static struct mw_node *yaml(struct bench *b, const char *name, const char *text)
{
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_node *map = NULL;
    if (mw_yaml_read(&map, b->a, name, mw_sv(text), &diags) != MW_OK)
        fail_msg("%s: %s\n%s", name, diags.n > 0 ? diags.items[0].msg : "?", text);
    mw_diags_free(&diags);
    return map;
}

/* The next section from *at on; false: there is none. */
static bool next_example(struct bench *b, size_t *at, struct example *e)
{
    struct mw_sv section, rest;
    size_t from = mw_sv_find(b->paper, MW_SV("\n### `"), *at), end, fence;
    if (from == SIZE_MAX)
        return false;
    end = mw_sv_find(b->paper, MW_SV("\n### `"), from + 1);
    section = mw_sv_sub(b->paper, from + 6, end == SIZE_MAX ? b->paper.n : end - from - 6);
    mw_sv_cut(section, '`', &e->code, &rest);
    mw_sv_cut(mw_sv_sub(rest, strlen(" · "), rest.n), '\n', &e->severity, &rest);
    fence = mw_sv_find(rest, MW_SV("```yaml\n"), 0);
    if (fence == SIZE_MAX)
        fail_msg("%.*s has no example", MW_SV_ARG(e->code));
    rest = mw_sv_sub(rest, fence + 8, rest.n);
    struct mw_node *both = yaml(b, mw_arena_z(b->a, e->code), mw_arena_z(b->a, mw_sv_sub(rest, 0, mw_sv_find(rest, MW_SV("```"), 0))));
    e->raises = mw_node_get(both, "raises");
    e->silent = mw_node_get(both, "silent");
    if (e->raises == NULL || e->silent == NULL)
        fail_msg("%.*s lacks an example", MW_SV_ARG(e->code));
    *at = from + 1;
    return true;
}

/* key of map becomes value. */
static void put(struct bench *b, struct mw_node *map, struct mw_sv key, struct mw_node *value)
{
    struct mw_pair *pairs;
    for (size_t i = 0; i < map->n; i++)
        if (mw_sv_eq(map->pairs[i].key, key)) {
            map->pairs[i].value = value;
            return;
        }
    pairs = mw_arena_array(b->a, map->n + 1, sizeof *pairs);
    if (map->n > 0)
        memcpy(pairs, map->pairs, map->n * sizeof *pairs);
    pairs[map->n] = (struct mw_pair){ key, value->pos, value };
    map->pairs = pairs;
    map->n++;
}
static void put_all(struct bench *b, struct mw_node *map, const struct mw_node *changes)
{
    for (size_t i = 0; i < changes->n; i++)
        put(b, map, changes->pairs[i].key, changes->pairs[i].value);
}
static struct mw_node *take(struct mw_node *map, const char *key)
{
    for (size_t i = 0; i < map->n; i++)
        if (mw_sv_eqz(map->pairs[i].key, key)) {
            struct mw_node *value = map->pairs[i].value;
            map->pairs[i] = map->pairs[--map->n];
            return value;
        }
    return NULL;
}

/* The plan of the base project with these changes; NULL: none. */
static void compute(struct bench *b, struct desk *d, const struct mw_node *changes)
{
    struct mw_node *project = yaml(b, "projekt.yaml", b->base), *terms,
                   *edition = take(project, "terms"), *also = NULL, *list;
    struct mw_plan_opts opts = { .today = day("2026-11-22"), .lang = MW_EN, .checks = &b->checks, .law = &b->law,
                                 .papers = &b->papers };
    clear_desk(d);
    terms = yaml(b, "terms.yaml", "programme: p\ntitle: Programm\neditions: [{id: e}]\n");
    for (size_t i = 0; changes != NULL && i < changes->n; i++) {
        struct mw_sv key = changes->pairs[i].key;
        struct mw_node *value = changes->pairs[i].value;
        if (mw_sv_eqz(key, "terms"))
            put_all(b, edition, value);
        else if (mw_sv_eqz(key, "profile"))
            put_all(b, (struct mw_node *)(uintptr_t)mw_node_get(project, "profile"), value);
        else if (mw_sv_eqz(key, "also"))
            also = value;
        else if (mw_sv_eqz(key, "today"))
            assert_true(mw_read_day(value->text, &opts.today));
        else if (mw_sv_eqz(key, "form")) {
            struct mw_form *form = mw_arena_alloc(d->arena, sizeof *form);
            struct mw_node *head = yaml(b, "form.yaml", "form: f\ntitle: {de: F, en: F}\nsources: [{says: x}]\n");
            put_all(b, head, value);
            if (mw_form_read(form, d->arena, head, &d->diags) != MW_OK)
                fail_msg("%s", all_diags(d));
            opts.form = form;
        } else if (mw_sv_eqz(key, "tariff")) {
            struct mw_tariff *t = mw_list_add(d->arena, &d->tariffs, sizeof *t);
            if (mw_tariff_read(t, d->arena, value, &d->diags) != MW_OK)
                fail_msg("%s", all_diags(d));
        } else
            put(b, project, key, value);
    }
    list = (struct mw_node *)(uintptr_t)mw_node_get(terms, "editions");
    list->items = mw_arena_array(b->a, 2, sizeof *list->items);
    list->items[0] = edition;
    list->items[1] = also;
    list->n = also != NULL ? 2 : 1;
    if (mw_project_read(&d->project, d->arena, project, ".", &d->diags) != MW_OK ||
        mw_terms_read(&d->terms, d->arena, terms, &d->diags) != MW_OK ||
        mw_plan_make(&d->plan, d->arena, &d->project, &d->terms, &d->tariffs, &opts, &d->diags) != MW_OK)
        fail_msg("%s", all_diags(d));
}

static struct mw_node *changed(const struct mw_node *n) { return (struct mw_node *)(uintptr_t)n; }

static void the_base_has_no_finding(void **state)
{
    struct desk d = { 0 };
    clear_desk(&d);
    compute(*state, &d, NULL);
    if (d.plan.findings.n > 0)
        fail_msg("%s", MW_AT(d.plan.findings, struct mw_finding, 0)->code);
    clear_desk(&d);
    mw_arena_free(d.arena);
}

static void every_example_raises_its_code_and_its_twin_does_not(void **state)
{
    static const char *const SEVERITIES[] = { [MW_ERROR] = "error", [MW_WARNING] = "warning", [MW_NOTE] = "note" };
    struct bench *b = *state;
    struct desk d = { .arena = NULL };
    struct example e;
    size_t at = 0, n = 0;
    clear_desk(&d);
    for (; next_example(b, &at, &e); n++) {
        const char *code = mw_arena_z(b->a, e.code);
        compute(b, &d, changed(e.raises));
        const struct mw_finding *f = finding(&d, code);
        if (f == NULL)
            fail_msg("%s is not raised by its example", code);
        else if (!mw_sv_eqz(e.severity, SEVERITIES[f->severity]))
            fail_msg("%s is %s, not %.*s", code, SEVERITIES[f->severity], MW_SV_ARG(e.severity));
        else if (f->msg.n == 0 || f->cure.n == 0 || (f->pos.file == NULL && f->rule.file == NULL))
            fail_msg("%s: a finding without words, cure or place", code);
        compute(b, &d, changed(e.silent));
        if (finding(&d, code) != NULL)
            fail_msg("%s is raised by the example that must not: %.*s", code, MW_SV_ARG(finding(&d, code)->msg));
    }
    assert_true(n >= 60);
    clear_desk(&d);
    mw_arena_free(d.arena);
}

static bool is_kind(struct mw_sv code)
{
    const struct mw_finding_kind *k = MW_FINDINGS;
    while (k->code != NULL && !mw_sv_eqz(code, k->code))
        k++;
    return k->code != NULL;
}

/* Table, paper and program name the same codes: the list is a promise to scripts. */
static void every_code_is_in_the_table_and_in_the_paper(void **state)
{
    struct bench *b = *state;
    struct mw_list files = { 0 };
    struct mw_sv text;
    size_t calls = 0, at = 0;
    struct example e;
    for (const struct mw_finding_kind *k = MW_FINDINGS; k->code != NULL; k++) {
        if (mw_sv_find(b->paper, mw_arena_printf(b->a, "\n### `%s` · ", k->code), 0) == SIZE_MAX)
            fail_msg("%s is not in " PAPER, k->code);
        if (k->cure != NULL && mw_tr(MW_DE, k->cure) == k->cure)
            fail_msg("no German for the cure of %s", k->code);
    }
    while (next_example(b, &at, &e))
        if (!is_kind(e.code))
            fail_msg("%.*s is in " PAPER " but not in the table", MW_SV_ARG(e.code));
    assert_int_equal(mw_dir_list(&files, b->a, "apply/plan", ".c", NULL), MW_OK);
    for (size_t i = 0; i < files.n; i++) {
        struct mw_sv path = mw_arena_printf(b->a, "apply/plan/%.*s", MW_SV_ARG(*MW_AT(files, struct mw_sv, i)));
        assert_int_equal(mw_file_read(&text, b->a, path.p, 1 << 20, NULL), MW_OK);
        for (size_t c = 0; (c = mw_sv_find(text, MW_SV("mw_find("), c)) != SIZE_MAX; c++) {
            struct mw_sv end, code = MW_SV_NONE, call = mw_sv_sub(text, c, 140); /* its first text is the code */
            size_t quote = mw_sv_find(call, MW_SV("\""), 0);
            if (quote == SIZE_MAX || mw_sv_find(mw_sv_sub(call, 0, quote), MW_SV("w->code"), 0) != SIZE_MAX)
                continue; /* the declaration; a code of rules/checks/plan.yaml */
            mw_sv_cut(mw_sv_sub(call, quote + 1, call.n), '"', &code, &end);
            if (!is_kind(code))
                fail_msg("%s: %.*s is not in the table", path.p, MW_SV_ARG(code));
            calls++;
        }
    }
    assert_true(calls >= 60);
    for (size_t i = 0; i < b->checks.words.n; i++)
        if (!is_kind(MW_AT(b->checks.words, struct mw_word_check, i)->code))
            fail_msg("%.*s of the checks is not in the table", MW_SV_ARG(MW_AT(b->checks.words, struct mw_word_check, i)->code));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, open_bench, close_bench)
        T(the_base_has_no_finding),
        T(every_example_raises_its_code_and_its_twin_does_not),
        T(every_code_is_in_the_table_and_in_the_paper),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
