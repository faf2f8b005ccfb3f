/* mittelweg portfolio: several projects side by side; a folder stands for all projects below it. */
#include "apply/plan/portfolio.h"

#include "apply/documents/portfolio_book.h"
#include "cli/commands.h"
#include "cli/kinds.h"
#include "cli/plan.h"

enum { PROJECTS_MAX = 5000 };

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

/* Two projects of one id are told apart by nobody: in the tables, and in calendars, where one takes the other's place. */
static void check_ids(struct mw_cli *cli, const struct mw_plan *plans, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t k = 0; k < i; k++) {
            const struct mw_project *p = plans[i].project, *before = plans[k].project;
            if (!mw_sv_eq(p->id, before->id))
                continue;
            mw_diag_add(&cli->diags, MW_WARNING, &p->pos, "id-twice", "The project in %s has the id \"%.*s\", too; give each its own (project).",
                        before->pos.file != NULL ? before->pos.file : "-", MW_SV_ARG(p->id));
            break;
        }
}

static int run(struct mw_cli *cli)
{
    struct mw_list paths = { 0 };
    struct mw_plan_opts opts;
    struct mw_portfolio portfolio;
    const char *book = mw_cli_option(cli, "out");
    size_t errors = 0, n = 0, failed = 0;

    if (!mw_cli_plan_opts(cli, &opts) || mw_cli_files_of(cli, &paths, MW_KIND_PROJECT, PROJECTS_MAX) != MW_OK)
        return mw_cli_fail(cli);
    struct mw_plan *plans = mw_arena_array(cli->arena, paths.n + 1, sizeof *plans);
    if (plans == NULL)
        return mw_nomem(&cli->err), mw_cli_fail(cli);
    for (size_t i = 0; i < paths.n; i++) {
        const char *path = *MW_AT(paths, const char *, i);
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
    check_ids(cli, plans, n);
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
