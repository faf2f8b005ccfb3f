/* mittelweg facts: what the rules have read out of all notices, and reading anew. */
#include "cli/commands.h"

static const struct mw_column TYPES[] = { { ".label", "Fact", false }, { "facts", "Facts", true }, { "notices", "Notices", true } };

static enum mw_rc put_types(struct mw_cli *cli)
{
    struct mw_list types = { 0 };
    enum mw_rc rc = mw_facts_tally(&types, cli->arena, cli->store, &cli->err);

    mw_out_table(cli->out, "types", "Facts by type", TYPES, 3);
    for (size_t i = 0; i < types.n; i++) {
        const struct mw_facts_of *t = MW_AT(types, struct mw_facts_of, i);
        if (t->type < 0 || t->type >= MW_F_TYPE_N)
            continue;
        mw_out_row(cli->out);
        mw_out_z(cli->out, "type", NULL, MW_FACT_TYPES[t->type]);
        mw_out_z(cli->out, ".label", NULL, mw_fact_label((enum mw_fact_type)t->type, cli->lang));
        mw_out_int(cli->out, "facts", NULL, t->facts);
        mw_out_int(cli->out, "notices", NULL, t->notices);
        mw_out_end(cli->out);
    }
    mw_out_end(cli->out);
    return rc;
}

static int run(struct mw_cli *cli)
{
    bool refresh = mw_cli_option(cli, "refresh") != NULL;
    int64_t renewed = 0, stale = 0, notices = 0;
    uint64_t rules = 0;

    if (mw_cli_need(cli, refresh ? MW_NEEDS_RULES | MW_NEEDS_WRITING : MW_NEEDS_STORE) != MW_OK)
        return mw_cli_fail(cli);
    if (refresh && mw_facts_refresh(cli->store, cli->rules, &renewed, &cli->err) != MW_OK)
        return mw_cli_fail(cli);
    if (mw_rules_hash_files(&rules, cli->rules_dir, &cli->err) != MW_OK || mw_facts_stale(cli->store, rules, &stale, &cli->err) != MW_OK ||
        !mw_cli_warn_stale(cli) ||
        mw_store_count(cli->store, &notices, &cli->err) != MW_OK)
        return mw_cli_fail(cli);
    mw_out_object(cli->out, NULL, NULL);
    mw_out_int(cli->out, "notices", "Notices", notices);
    mw_out_int(cli->out, "stale", "Notices read by other rules", stale);
    if (refresh)
        mw_out_int(cli->out, "renewed", "Notices read anew for facts", renewed);
    enum mw_rc rc = put_types(cli);
    mw_out_end(cli->out);
    return rc == MW_OK ? MW_EXIT_OK : mw_cli_fail(cli);
}

static const struct mw_option OPTIONS[] = {
    { "refresh", NULL, "read those notices anew whose facts other rules have made" },
    { NULL, NULL, NULL }
};
const struct mw_cmd MW_CMD_FACTS = {
    .name = "facts",
    .run = run,
    .args = "",
    .summary = "count the facts of all notices, or make them anew",
    .about = "Says how many facts of which type the rules have read out of the stored notices, and how many notices were read by other "
             "rules than the present ones (or by another version of the program).\n"
             "--refresh reads those anew; an interrupted run changes nothing. Every command that reads facts warns while there are such.",
    .options = OPTIONS,
};
