/* mittelweg portfolio: several projects side by side. */
#include "apply/plan/portfolio.h"
#include "cli/commands.h"

static enum mw_rc compute(struct mw_cli *cli, const char *path, struct mw_plan *out)
{
    struct mw_plan_input *in = mw_arena_alloc(cli->arena, sizeof *in);
    struct mw_plan_opts opts = { .today = cli->today, .lang = cli->lang };
    enum mw_rc rc = in == NULL ? MW_NOMEM
                               : mw_plan_input_load(in, cli->arena, path, cli->rules_dir, NULL, &cli->diags);

    if (rc == MW_OK)
        rc = mw_plan_make(out, cli->arena, &in->project, MW_AT(in->terms, struct mw_terms, 0), &in->tariffs, &opts,
                          &cli->diags);
    return rc;
}

static int run(struct mw_cli *cli)
{
    struct mw_plan *plans = mw_arena_array(cli->arena, cli->n_args, sizeof *plans);
    struct mw_portfolio portfolio;
    size_t errors = 0;
    enum mw_rc worst = MW_OK;

    if (plans == NULL)
        return mw_nomem(&cli->err), mw_cli_fail(cli);
    for (size_t i = 0; i < cli->n_args; i++) {
        enum mw_rc rc = compute(cli, cli->args[i], &plans[i]);
        if (rc != MW_OK) { /* the faults of every file are said before the command gives up */
            mw_fail(&cli->err, rc == MW_NOT_FOUND ? MW_INVALID : rc, "The project \"%s\" cannot be computed.",
                    cli->args[i]);
            worst = rc;
        } else {
            errors += plans[i].errors;
        }
    }
    if (worst != MW_OK || mw_portfolio_make(&portfolio, cli->arena, plans, cli->n_args, cli->today, &cli->err) != MW_OK)
        return mw_cli_fail(cli);
    mw_portfolio_to_out(&portfolio, cli->out);
    return errors > 0 ? MW_EXIT_FINDINGS : MW_EXIT_OK;
}

const struct mw_cmd MW_CMD_PORTFOLIO = {
    .name = "portfolio",
    .run = run,
    .args = "PROJECT.yaml...",
    .args_min = 1,
    .args_max = SIZE_MAX,
    .summary = "add several projects up by year, and list what is due",
    .about =
        "Computes every project by the first programme it names and adds cost, grants, other sources and own money up "
        "by "
        "calendar year: what the budget needs. Below stand the coming deadlines, sittings and duties of all projects.\n"
        "Rejected and closed projects are listed but not added up.",
};
