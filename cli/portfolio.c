/* mittelweg portfolio: several projects side by side; a folder stands for all projects below it. */
#include "apply/plan/portfolio.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "apply/documents/portfolio_book.h"
#include "cli/commands.h"
#include "cli/plan.h"

enum { DEPTH_MAX = 8, PROJECTS_MAX = 5000 };

/* Is this file a project? Others, profiles for instance, may lie beside it; a file that cannot be read is said. */
static bool is_project(struct mw_cli *cli, const char *path)
{
    MW_AUTO(mw_diags_free) struct mw_diags scratch = MW_DIAGS_INIT(cli->lang);
    struct mw_node *map = NULL;

    mw_yaml_load(&map, cli->arena, path, &scratch);
    return map == NULL || mw_node_get(map, "project") != NULL;
}

static bool is_yaml(const char *name)
{
    size_t n = strlen(name);
    return n > 5 && name[0] != '.' && strcmp(name + n - 5, ".yaml") == 0;
}

static int by_text(const void *x, const void *y) { return mw_sv_cmp(*(const struct mw_sv *)x, *(const struct mw_sv *)y); }

static enum mw_rc add_path(struct mw_cli *cli, struct mw_list *paths, struct mw_sv path)
{
    struct mw_sv *p = paths->n < PROJECTS_MAX ? mw_list_add(cli->arena, paths, sizeof *p) : NULL;

    if (p == NULL)
        return paths->n < PROJECTS_MAX ? mw_nomem(&cli->err)
                                       : mw_fail(&cli->err, MW_INVALID, "More than %d projects; name smaller folders.", PROJECTS_MAX);
    *p = path;
    return MW_OK;
}

/* All project files of a folder and of those below it, sorted by path; links to folders are not followed. */
static enum mw_rc walk(struct mw_cli *cli, struct mw_list *paths, const char *dir, int depth)
{
    DIR *d = opendir(dir);
    size_t first = paths->n;
    enum mw_rc rc = MW_OK;

    if (d == NULL)
        return mw_fail(&cli->err, MW_IO, "The folder \"%s\" cannot be read.", dir);
    for (struct dirent *e; rc == MW_OK && (e = readdir(d)) != NULL;) {
        struct mw_sv path = mw_arena_printf(cli->arena, "%s/%s", dir, e->d_name);
        struct stat st;
        if (path.p == NULL)
            rc = mw_nomem(&cli->err);
        else if (e->d_name[0] == '.' || lstat(path.p, &st) != 0)
            continue;
        else if (S_ISDIR(st.st_mode) && depth < DEPTH_MAX)
            rc = walk(cli, paths, path.p, depth + 1);
        else if (S_ISREG(st.st_mode) && is_yaml(e->d_name) && is_project(cli, path.p))
            rc = add_path(cli, paths, path);
    }
    closedir(d);
    if (depth == 0 && paths->n > first + 1)
        qsort(MW_AT(*paths, struct mw_sv, first), paths->n - first, sizeof(struct mw_sv), by_text);
    return rc;
}

static enum mw_rc find_projects(struct mw_cli *cli, struct mw_list *paths)
{
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < cli->n_args && rc == MW_OK; i++) {
        size_t before = paths->n;
        struct stat st;
        if (stat(cli->args[i], &st) != 0 || !S_ISDIR(st.st_mode))
            rc = add_path(cli, paths, mw_sv(cli->args[i]));
        else if ((rc = walk(cli, paths, cli->args[i], 0)) == MW_OK && paths->n == before)
            rc = mw_fail(&cli->err, MW_INVALID, "No project lies in \"%s\" or below it: a project is a .yaml file with the key project.",
                         cli->args[i]);
    }
    return rc;
}

static enum mw_rc compute(struct mw_cli *cli, struct mw_plan_opts opts, const char *path, struct mw_plan *out)
{
    struct mw_plan_input *in = mw_arena_alloc(cli->arena, sizeof *in);
    enum mw_rc rc = in == NULL ? MW_NOMEM
                               : mw_plan_input_load(in, cli->arena, path, cli->rules_dir, NULL, &cli->diags);

    if (rc == MW_OK) {
        opts.checks = &in->checks;
        rc = mw_plan_make(out, cli->arena, &in->project, MW_AT(in->terms, struct mw_terms, 0), &in->tariffs, &opts,
                          &cli->diags);
    }
    return rc;
}

static int run(struct mw_cli *cli)
{
    struct mw_list paths = { 0 };
    struct mw_plan_opts opts;
    struct mw_portfolio portfolio;
    const char *book = mw_cli_option(cli, "out");
    size_t errors = 0, n = 0, failed = 0;

    if (!mw_cli_plan_opts(cli, &opts) || find_projects(cli, &paths) != MW_OK)
        return mw_cli_fail(cli);
    struct mw_plan *plans = mw_arena_array(cli->arena, paths.n + 1, sizeof *plans);
    if (plans == NULL)
        return mw_nomem(&cli->err), mw_cli_fail(cli);
    for (size_t i = 0; i < paths.n; i++) {
        const char *path = MW_AT(paths, struct mw_sv, i)->p;
        enum mw_rc rc = compute(cli, opts, path, &plans[n]);
        if (rc == MW_OK)
            errors += plans[n++].errors;
        else if (rc == MW_NOMEM)
            return mw_nomem(&cli->err), mw_cli_fail(cli);
        else { /* one project that cannot be read does not hide the others */
            failed++;
            mw_fail(&cli->err, MW_INVALID, "The project \"%s\" cannot be computed; it is missing from the portfolio.", path);
        }
    }
    if (mw_portfolio_make(&portfolio, cli->arena, plans, n, opts.law, cli->today, &cli->err) != MW_OK)
        return mw_cli_fail(cli);
    mw_portfolio_to_out(&portfolio, cli->out);
    if (book != NULL && mw_portfolio_book_write(&portfolio, book, cli->lang, &cli->err) != MW_OK)
        return mw_cli_fail(cli);
    return failed > 0 ? mw_cli_fail(cli) : errors > 0 ? MW_EXIT_FINDINGS : MW_EXIT_OK;
}

static const struct mw_option OPTIONS[] = {
    { "out", "FILE.xlsx", "also write the portfolio as a spreadsheet" },
    { NULL, NULL, NULL },
};
const struct mw_cmd MW_CMD_PORTFOLIO = {
    .name = "portfolio",
    .run = run,
    .args = "PROJECT.yaml|DIR...",
    .args_min = 1,
    .args_max = SIZE_MAX,
    .summary = "add several projects up by year, and list what is due",
    .about =
        "Computes every project by the first programme it names and adds cost, grants, other sources, own money and "
        "person-months up by calendar year: what the budget needs. Below stand the de-minimis accounts and the coming "
        "deadlines, sittings, calls for money and duties of all projects. A folder stands for all projects in it and below.\n"
        "Rejected and closed projects are listed but not added up. A project that cannot be computed is said and left out; "
        "the exit status is then 2.",
    .options = OPTIONS,
};
