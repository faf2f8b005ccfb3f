/* The example projects (config/examples): they read without a complaint, each computes on the day its first lines name
 * without an error, and what they say of real places is what the register says. */
#include "tests/test.h"

#include <dirent.h>

#include "apply/plan/plan.h"
#include "lib/core/file.h"
#include "lib/core/read.h"

#define EXAMPLES "config/examples"
#define RULES "rules"

struct example {
    struct mw_sv folder, path; /* of the project file */
};
struct bench {
    struct mw_arena *a;
    struct mw_list projects; /* struct example: every project file of every folder */
    struct mw_list folders;  /* struct mw_sv */
};

static int open_bench(void **state)
{
    struct bench *b = calloc(1, sizeof *b);
    DIR *dir = opendir(EXAMPLES);
    *state = b;
    b->a = mw_arena_new();
    if (dir == NULL)
        return 1;
    for (const struct dirent *e; (e = readdir(dir)) != NULL;) {
        struct mw_sv folder = mw_arena_printf(b->a, EXAMPLES "/%s", e->d_name);
        struct mw_list names = { 0 };
        if (e->d_name[0] == '.' || mw_dir_list(&names, b->a, folder.p, ".yaml", NULL) != MW_OK)
            continue;
        *(struct mw_sv *)mw_list_add(b->a, &b->folders, sizeof folder) = folder;
        for (size_t i = 0; i < names.n; i++) {
            struct mw_sv name = *MW_AT(names, struct mw_sv, i);
            if (mw_sv_starts(name, MW_SV("projekt")))
                *(struct example *)mw_list_add(b->a, &b->projects, sizeof(struct example)) =
                    (struct example){ folder, mw_arena_printf(b->a, "%s/%.*s", folder.p, MW_SV_ARG(name)) };
        }
    }
    return closedir(dir);
}

static int close_bench(void **state)
{
    struct bench *b = *state;
    mw_arena_free(b->a);
    free(b);
    return 0;
}

static void no_complaints(const struct mw_diags *diags, const char *path)
{
    struct mw_str text = MW_STR_INIT;
    for (size_t i = 0; i < diags->n; i++)
        mw_diag_format(&text, &diags->items[i], MW_EN);
    if (diags->n > 0)
        fail_msg("%s:\n%s", path, mw_str_z(&text));
    mw_str_free(&text);
}

/* The day in the command that the head of the file shows; the command must name the file itself. */
static struct mw_day day_in_head(struct bench *b, const char *path)
{
    struct mw_sv text, line, rest;
    struct mw_day day = MW_DAY_NONE;
    if (mw_file_read(&text, b->a, path, MW_YAML_MAX, NULL) != MW_OK)
        fail_msg("cannot read %s", path);
    for (rest = text; mw_sv_starts(rest, MW_SV("#"));) {
        mw_sv_cut(rest, '\n', &line, &rest);
        size_t at = mw_sv_find(line, MW_SV(" --today "), 0);
        if (at == SIZE_MAX)
            continue;
        if (!mw_sv_ends(line, mw_sv(path)) || !mw_read_day(mw_sv_sub(line, at + strlen(" --today "), 10), &day))
            fail_msg("%s: the head shows \"%.*s\"", path, MW_SV_ARG(line));
    }
    if (!mw_day_is(day))
        fail_msg("%s: the head shows no command with --today", path);
    return day;
}

struct computed {
    struct mw_plan_input input;
    struct mw_plan plan;
};

static struct computed *compute(struct bench *b, const struct example *e)
{
    struct computed *c = mw_arena_alloc(b->a, sizeof *c);
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_plan_opts opts = { .today = day_in_head(b, e->path.p), .lang = MW_EN };
    enum mw_rc rc = mw_plan_input_load(&c->input, b->a, e->path.p, RULES, NULL, &diags);
    if (rc == MW_OK)
        rc = mw_plan_make(&c->plan, b->a, &c->input.project, MW_AT(c->input.terms, struct mw_terms, 0), &c->input.tariffs,
                          &opts, &diags);
    no_complaints(&diags, e->path.p);
    mw_diags_free(&diags);
    assert_int_equal(rc, MW_OK);
    return c;
}

static void every_folder_has_a_profile_and_a_project(void **state)
{
    struct bench *b = *state;
    assert_true(b->folders.n >= 5);
    for (size_t i = 0; i < b->folders.n; i++) {
        struct mw_sv folder = *MW_AT(b->folders, struct mw_sv, i);
        if (access(mw_arena_printf(b->a, "%s/profil.yaml", folder.p).p, R_OK) != 0
            || access(mw_arena_printf(b->a, "%s/projekt.yaml", folder.p).p, R_OK) != 0)
            fail_msg("%s lacks profil.yaml or projekt.yaml", folder.p);
    }
}

static void every_project_computes_without_an_error_on_its_day(void **state)
{
    struct bench *b = *state;
    for (size_t i = 0; i < b->projects.n; i++) {
        const struct example *e = MW_AT(b->projects, struct example, i);
        const struct mw_plan *plan = &compute(b, e)->plan;
        for (size_t k = 0; k < plan->findings.n; k++) {
            const struct mw_finding *f = MW_AT(plan->findings, struct mw_finding, k);
            if (f->severity != MW_NOTE)
                fail_msg("%s: %s: %.*s", e->path.p, f->code, MW_SV_ARG(f->msg));
        }
        assert_true(plan->financing.grant.cents > 0);
    }
}

static void a_profile_says_the_volume_that_its_projects_cost(void **state)
{
    struct bench *b = *state;
    for (size_t i = 0; i < b->folders.n; i++) {
        struct mw_sv folder = *MW_AT(b->folders, struct mw_sv, i);
        const char *path = mw_arena_printf(b->a, "%s/profil.yaml", folder.p).p;
        struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
        struct mw_profile profile;
        int64_t cost = 0;
        assert_int_equal(mw_profile_load(&profile, b->a, path, &diags), MW_OK);
        no_complaints(&diags, path);
        mw_diags_free(&diags);
        for (size_t k = 0; k < b->projects.n; k++)
            if (mw_sv_eq(MW_AT(b->projects, struct example, k)->folder, folder))
                cost += compute(b, MW_AT(b->projects, struct example, k))->plan.cost.total.cents;
        if (profile.volume.cents < cost || profile.volume.cents > cost + cost / 50)
            fail_msg("%s: the volume is not the cost of %lld cents, rounded up by two percent at most", path, (long long)cost);
    }
}

static void a_cooperation_saves_what_the_state_asks_for(void **state)
{
    struct bench *b = *state;
    size_t seen = 0;
    for (size_t i = 0; i < b->projects.n; i++) {
        const struct example *e = MW_AT(b->projects, struct example, i);
        const struct mw_project *p = &compute(b, e)->input.project;
        int64_t single = 0;
        for (size_t k = 0; k < p->cooperation.single_cost.n; k++)
            single += MW_AT(p->cooperation.single_cost, struct mw_entry, k)->v.eur.cents;
        if (p->cooperation.pos.file == NULL)
            continue;
        seen++;
        assert_int_equal(p->cooperation.single_cost.n, mw_project_partners(p));
        if (p->cooperation.joint_cost.cents * 100 > single * 85) /* 15 % a year: programmes.md on IKZ; Rahmenvereinbarung Hessen */
            fail_msg("%s: the joint solution saves less than 15 %%", e->path.p);
    }
    assert_true(seen > 0);
}

static void two_programmes_together_leave_less_own_money_than_either(void **state)
{
    static const char PATH[] = EXAMPLES "/regionalmanagement/mix.yaml";
    struct bench *b = *state;
    struct mw_plan_input input;
    struct mw_mix mix = { 0 };
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_plan_opts opts = { .today = day_in_head(b, PATH), .lang = MW_EN };
    enum mw_rc rc = mw_plan_input_load(&input, b->a, PATH, RULES, NULL, &diags);
    if (rc == MW_OK)
        rc = mw_mix_make(&mix, b->a, &input.project, &input.terms, &input.tariffs, &opts, &diags);
    no_complaints(&diags, PATH);
    mw_diags_free(&diags);
    assert_int_equal(rc, MW_OK);
    assert_int_equal(mix.chosen.n, 2);
    assert_true(mix.has_runner_up && mix.grant_total.cents > mix.runner_up_total.cents);
}

/* --- against the municipal register of 31.12.2011 (Destatis) ------------------------------------------------------------ */

struct register_row { struct mw_sv ags; int64_t population; };

static struct mw_list read_register(struct bench *b)
{
    struct mw_list rows = { 0 };
    struct mw_lines *lines;
    struct mw_sv line, field;
    assert_int_equal(mw_lines_open(&lines, shared_path("data/de/gemeinden/gemeinden-2011-12-31.tsv.gz"), 4096, NULL), MW_OK);
    while (mw_lines_next(lines, &line, NULL) == MW_OK) {
        struct register_row row = { MW_SV_NONE, 0 };
        for (int column = 0; column < 9; column++) {
            mw_sv_cut(line, '\t', &field, &line);
            if (column == 0)
                row.ags = mw_arena_copy(b->a, field);
        }
        if (mw_sv_int(field, &row.population))
            *(struct register_row *)mw_list_add(b->a, &rows, sizeof row) = row;
    }
    mw_lines_close(lines);
    return rows;
}

static void places_with_a_key_have_the_population_of_the_register(void **state)
{
    struct bench *b = *state;
    size_t seen = 0;
    SKIP_WITHOUT_SHARED("data/de/gemeinden/gemeinden-2011-12-31.tsv.gz");
    struct mw_list rows = read_register(b);
    for (size_t i = 0; i < b->projects.n; i++) {
        const struct mw_profile *p = &compute(b, MW_AT(b->projects, struct example, i))->input.project.profile;
        for (size_t k = 0; k < p->applicants.n; k++) {
            const struct mw_applicant *who = MW_AT(p->applicants, struct mw_applicant, k);
            int64_t people = 0;
            if (who->ags.n == 0)
                continue;
            for (size_t r = 0; r < rows.n; r++) /* a Kreis: all its municipalities */
                if (mw_sv_starts(MW_AT(rows, struct register_row, r)->ags, who->ags))
                    people += MW_AT(rows, struct register_row, r)->population;
            if (people != who->population)
                fail_msg("%.*s: %lld in the register, %lld in the profile", MW_SV_ARG(who->name), (long long)people,
                         (long long)who->population);
            seen++;
        }
    }
    assert_true(seen >= 19); /* two cities, Dorsten, Potsdam, a Kreis with fourteen municipalities */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_folder_has_a_profile_and_a_project),
        cmocka_unit_test(every_project_computes_without_an_error_on_its_day),
        cmocka_unit_test(a_profile_says_the_volume_that_its_projects_cost),
        cmocka_unit_test(a_cooperation_saves_what_the_state_asks_for),
        cmocka_unit_test(two_programmes_together_leave_less_own_money_than_either),
        cmocka_unit_test(places_with_a_key_have_the_population_of_the_register),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
