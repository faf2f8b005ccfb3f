/* mittelweg mix: which of several programmes together leave the least own money. */
#include "apply/plan/plan.h"
#include "cli/commands.h"
#include "cli/kinds.h"

static int run(struct mw_cli *cli)
{
    struct mw_plan_input in;
    struct mw_mix mix;
    struct mw_plan_opts opts = { .today = cli->today, .lang = cli->lang };
    enum mw_rc rc = mw_plan_input_load(&in, cli->arena, cli->args[0], cli->rules_dir, NULL, &cli->diags);

    if (rc == MW_OK)
        rc = mw_mix_make(&mix, cli->arena, &in.project, &in.terms, &in.tariffs, &opts, &cli->diags);
    if (rc != MW_OK) {
        mw_cli_unusable(cli, cli->args[0], MW_KIND_PROJECT, rc);
        return mw_cli_fail(cli);
    }
    if (in.terms.n == 1)
        mw_diag_add(&cli->diags, MW_NOTE, &in.project.programmes_pos, "one-programme",
                    "The project names one programme only; several are named under programmes.");
    mw_mix_to_out(&mix, cli->out);
    return MW_EXIT_OK;
}

const struct mw_cmd MW_CMD_MIX = {
    .name = "mix",
    .run = run,
    .args = "PROJECT.yaml",
    .args_min = 1,
    .args_max = 1,
    .summary = "find the set of programmes that leaves the least own money",
    .about = "Of the programmes that the project names, finds the set and the grants that leave the least own money, "
             "within every programme's own "
             "limits, the limits on public money and own share, and the pairs that exclude each other. The answer is "
             "exact, and the second "
             "best set is shown beside it.",
};
