/* mittelweg rules: check the rule files, run their own examples; what they did in notices stands in explain.c. */
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
    if (strcmp(cli->args[0], "coverage") == 0 && cli->n_args == 1)
        return mw_cli_rules_coverage(cli);
    if (strcmp(cli->args[0], "explain") == 0 && cli->n_args == 2)
        return mw_cli_rules_explain(cli);
    if (strcmp(cli->args[0], "explain") == 0)
        mw_fail(&cli->err, MW_INVALID, "rules explain needs the address of one notice.");
    else
        mw_fail(&cli->err, MW_INVALID, "\"rules %s\" is unknown; there are: rules check, rules test, rules explain URL, rules coverage", cli->args[0]);
    return mw_cli_fail(cli);
}

static const struct mw_option OPTIONS[] = {
    { "all", NULL, "explain: also matches outside the scope of their rules" },
    { "type", "TYPE", "coverage: only rules and sentences of this type of fact, such as deadline" },
    { "limit", "N", "coverage: how many sentences to show of each type (default 3)" },
    { NULL, NULL, NULL }
};
const struct mw_cmd MW_CMD_RULES = {
    .name = "rules",
    .run = run,
    .args = "check|test|explain URL|coverage",
    .args_min = 1,
    .args_max = 2,
    .summary = "check the rule files, run their examples, explain what they find",
    .about = "check: reads all rule files and reports every fault with its place.\n"
             "test: runs the examples that every rule carries: those it must find and those it must leave alone.\n"
             "explain URL: reads a stored notice and shows every match of every rule: which became facts, which lost, to which rule "
             "and why.\n"
             "coverage: reads all stored notices and lists the rules that never fire, and sentences that hold the words of a rule but "
             "that no rule took: where a rule may be missing.\n"
             "--rules DIR takes another folder than the installed one.",
    .options = OPTIONS,
};
