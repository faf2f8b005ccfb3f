/* mittelweg rules: check the rule files, run their own examples. */
#include "cli/commands.h"

#include <string.h>

/* On MW_EXIT_OK *profile are the rules that read documents; the caller's. */
static int check(struct mw_cli *cli, struct mw_rules **profile)
{
    enum mw_rc rc = mw_cli_load_rules(cli, MW_RULES_ALL);
    if (rc == MW_OK)
        rc = mw_rules_load_part(profile, cli->rules_dir, MW_RULES_PROFILE, &cli->diags, &cli->err);
    if (rc == MW_INVALID || rc == MW_PARSE)
        return MW_EXIT_FINDINGS;
    if (rc != MW_OK)
        return mw_cli_fail(cli);
    mw_out_object(cli->out, NULL, NULL);
    mw_out_z(cli->out, "rules", NULL, cli->rules_dir);
    mw_out_int(cli->out, "errors", NULL, 0);
    mw_out_paraf(cli->out, MW_GOOD, "The rules in %s are well-formed.", cli->rules_dir);
    mw_out_end(cli->out);
    return MW_EXIT_OK;
}

static int test(struct mw_cli *cli)
{
    size_t examples = 0, more = 0;
    struct mw_rules *profile = NULL;
    int status = check(cli, &profile);
    size_t before = cli->diags.errors;
    enum mw_rc rc = MW_OK;
    if (status == MW_EXIT_OK)
        rc = mw_rules_test(cli->rules, &cli->diags, &examples, &cli->err);
    if (status == MW_EXIT_OK && rc == MW_OK)
        rc = mw_rules_test(profile, &cli->diags, &more, &cli->err);
    mw_rules_free(profile);
    if (status != MW_EXIT_OK)
        return status;
    if (rc != MW_OK && cli->err.rc != MW_OK && cli->err.rc != MW_INVALID)
        return mw_cli_fail(cli);
    examples += more;
    size_t failed = cli->diags.errors - before;
    mw_out_paraf(cli->out, failed == 0 ? MW_GOOD : MW_BAD, "%zu examples, %zu failed.", examples, failed);
    return failed == 0 ? MW_EXIT_OK : MW_EXIT_FINDINGS;
}

static int run(struct mw_cli *cli)
{
    if (strcmp(cli->args[0], "check") == 0) {
        struct mw_rules *profile = NULL;
        int status = check(cli, &profile);
        mw_rules_free(profile);
        return status;
    }
    if (strcmp(cli->args[0], "test") == 0)
        return test(cli);
    mw_fail(&cli->err, MW_INVALID, "\"rules %s\" is unknown; there are: rules check, rules test", cli->args[0]);
    return mw_cli_fail(cli);
}

const struct mw_cmd MW_CMD_RULES = {
    .name = "rules",
    .run = run,
    .args = "check|test",
    .args_min = 1,
    .args_max = 1,
    .summary = "check the rule files, run their examples",
    .about = "check: reads all rule files and reports every fault with its place.\n"
             "test: runs the examples that every rule carries: those it must find and those it must leave alone.\n"
             "--rules DIR takes another folder than the installed one.",
};
