/* mittelweg export: every notice of the database as NDJSON on standard output, as it came from its source. */
#include "cli/commands.h"

#include <unistd.h>

struct export {
    struct mw_cli *cli;
    struct mw_str line;
    enum mw_rc rc;
};

static bool put(void *ctx, const struct mw_stored *n)
{
    struct export *ex = ctx;
    struct mw_err *err = &ex->cli->err;
    struct mw_out_opts opts = { .format = MW_JSON, .lang = MW_EN, .compact = true };
    int fd = STDOUT_FILENO;

    mw_str_clear(&ex->line);
    MW_AUTO(mw_out_freep) struct mw_out *o = mw_out_to_str(&ex->line, &opts);
    if (o == NULL) {
        ex->rc = mw_nomem(err);
        return false;
    }
    mw_notice_to_out(&n->notice, o);
    ex->rc = mw_out_finish(o, err);
    if (ex->rc == MW_OK && ex->line.n > 0 && ex->line.p[ex->line.n - 1] != '\n')
        mw_str_addc(&ex->line, '\n');
    if (ex->rc == MW_OK && !mw_write_fd(&fd, mw_str_z(&ex->line), ex->line.n))
        ex->rc = mw_fail(err, MW_OUTPUT, "Standard output cannot be written.");
    return ex->rc == MW_OK;
}

static int run(struct mw_cli *cli)
{
    struct export ex = { .cli = cli, .line = MW_STR_INIT, .rc = MW_OK };
    enum mw_rc rc = mw_store_each(cli->store, put, &ex, &cli->err);

    mw_str_free(&ex.line);
    return rc == MW_OK && ex.rc == MW_OK ? MW_EXIT_OK : mw_cli_fail(cli);
}

const struct mw_cmd MW_CMD_EXPORT = {
    .name = "export",
    .run = run,
    .needs = MW_NEEDS_STORE,
    .args = "",
    .summary = "print every notice as NDJSON",
    .about = "Prints all notices of the database in the interchange format, one JSON object a line, in order of their "
             "addresses. `mittelweg import -` reads it again.",
    .formats = "ndjson text",
};
