/* mittelweg: finds the command, opens what it needs; the one place that prints errors and exits. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/commands.h"
#include "lib/core/schema.h"

static int unknown_command(struct mw_cli *cli, const char *name)
{
    const char *names[64];
    size_t n = 0;
    for (; n < sizeof names / sizeof *names && MW_COMMANDS[n] != NULL; n++)
        names[n] = MW_COMMANDS[n]->name;
    const char *near = mw_nearest(mw_sv(name), names, n);
    if (name[0] == '-')
        mw_fail(&cli->err, MW_INVALID, "Options stand behind the command: mittelweg COMMAND %s ...", name);
    else if (near != NULL)
        mw_fail(&cli->err, MW_INVALID, "\"%s\" is no command; did you mean \"%s\"?", name, near);
    else
        mw_fail(&cli->err, MW_INVALID, "\"%s\" is no command. The list: mittelweg help", name);
    return MW_EXIT_USAGE;
}

/* Everything that went wrong, on standard error: first what files have wrong, then the sentence that ended the command. */
static void print_errors(struct mw_cli *cli)
{
    struct mw_str text = MW_STR_INIT;
    mw_diags_sort(&cli->diags);
    for (size_t i = 0; i < cli->diags.n; i++)
        mw_diag_format(&text, &cli->diags.items[i], cli->lang);
    if (cli->diags.errors > MW_DIAGS_MAX)
        mw_str_addf(&text, T(cli, "... %zu errors in all\n"), cli->diags.errors);
    fwrite(mw_str_z(&text), 1, text.n, stderr);
    mw_str_free(&text);
    if (cli->err.rc == MW_OK)
        return;
    fprintf(stderr, "mittelweg: %s\n", cli->err.msg != NULL ? cli->err.msg : T(cli, "Out of memory."));
    if (cli->verbose && cli->err.src != NULL)
        fprintf(stderr, "  (%s:%d)\n", cli->err.src, cli->err.src_line);
}

static int run(struct mw_cli *cli, int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "help";
    if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0) {
        printf("mittelweg %s\n", MW_VERSION);
        return fflush(stdout) == 0 ? MW_EXIT_OK : MW_EXIT_OUTPUT;
    }
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        name = "help";
    cli->cmd = mw_cmd_find(name);
    if (cli->cmd == NULL)
        return unknown_command(cli, name);
    if (mw_cli_read(cli, argc > 1 ? argc - 1 : argc, argc > 1 ? argv + 1 : argv) != MW_OK)
        return mw_cli_fail(cli);

    const struct mw_cmd *asked = cli->cmd;
    bool help = mw_cli_option(cli, "help") != NULL;
    if (help)
        cli->cmd = &MW_CMD_HELP; /* which needs nothing opened */
    if (mw_cli_open(cli) != MW_OK)
        return mw_cli_fail(cli);
    int status = MW_EXIT_OK;
    if (help)
        mw_cli_help(cli, asked);
    else
        status = asked->run(cli);
    if (cli->rules != NULL && asked != &MW_CMD_RULES) /* which says it itself */
        mw_rules_report_slow(cli->rules, MW_WARNING, &cli->diags);
    enum mw_rc rc = mw_out_finish(cli->out, &cli->err);
    return rc == MW_OK ? status : mw_exit_of(rc);
}

int main(int argc, char **argv)
{
    enum mw_lang lang = mw_cli_system_language();
    struct mw_cli cli = { .lang = lang, .today = MW_DAY_NONE, .err = MW_ERR_INIT(lang), .diags = MW_DIAGS_INIT(lang) };
    int status = MW_EXIT_USAGE;

    signal(SIGPIPE, SIG_IGN); /* a reader that went away, or a limit on file sizes, is an error with a sentence */
    signal(SIGXFSZ, SIG_IGN);
    cli.arena = mw_arena_new();
    if (cli.arena != NULL)
        status = run(&cli, argc, argv);
    else
        mw_nomem(&cli.err);
    print_errors(&cli);
    mw_cli_close(&cli);
    return status;
}
