/* The plan of a command's project file, shared by plan, check and draft. */
#ifndef MW_CLI_PLAN_H
#define MW_CLI_PLAN_H

#include "apply/plan/plan.h"
#include "cli/cmd.h"

/* Day, language, --edition and the law of the configuration, loaded once. false: said in cli->err and cli->diags. */
bool mw_cli_plan_opts(struct mw_cli *cli, struct mw_plan_opts *out);

/* The checklist of attachments; *out is NULL where the rules have none. Faults are in cli->err and cli->diags. */
enum mw_rc mw_cli_papers(struct mw_cli *cli, const struct mw_checklist **out);

struct mw_cli_plan {
    struct mw_plan_input input;
    struct mw_plan_opts opts;
    struct mw_plan plan;
};
/* Reads and computes cli->args[0] by --programme and --edition. false: said in cli->err and cli->diags. */
bool mw_cli_plan(struct mw_cli *cli, struct mw_cli_plan *out);

#endif
