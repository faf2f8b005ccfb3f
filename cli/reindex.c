/* mittelweg reindex: the search tables made anew, when the words changed. */
#include "cli/commands.h"

#include <stdlib.h>

static int run(struct mw_cli *cli)
{
    int64_t notices = 0, facts = 0;

    if (mw_analyser_new(&cli->analyser, getenv("MITTELWEG_LEXICON"), &cli->err) != MW_OK ||
        mw_store_reindex(cli->db, cli->analyser, &notices, &cli->err) != MW_OK ||
        mw_store_open(&cli->store, cli->db, MW_STORE_WRITE, cli->analyser, &cli->err) != MW_OK ||
        mw_facts_refresh(cli->store, cli->rules, &facts, &cli->err) != MW_OK)
        return mw_cli_fail(cli);
    mw_out_object(cli->out, NULL, NULL);
    mw_out_int(cli->out, "notices", "Notices indexed anew", notices);
    mw_out_int(cli->out, "facts_renewed", "Notices read anew for facts", facts);
    mw_out_end(cli->out);
    return MW_EXIT_OK;
}

const struct mw_cmd MW_CMD_REINDEX = {
    .name = "reindex",
    .run = run,
    .needs = MW_NEEDS_RULES,
    .args = "",
    .summary = "make the search tables and facts anew",
    .about = "Makes the search tables anew from the stored texts, and the facts of all notices that other rules have read. Needed "
             "when the word list of the system or the program changed; nothing that was fetched is lost.",
};
