/* mittelweg help: the list of commands, or one command explained. Everything comes from the tables. */
#include "cli/cli.h"
#include "cli/commands.h"

static const struct mw_column COMMANDS[] = { { "name", "Command", false }, { "help", "what it does", false } };
static const struct mw_column OPTIONS[] = { { "name", "Option", false }, { "help", "what it does", false } };

static void row(struct mw_out *o, struct mw_sv name, const char *help)
{
    mw_out_row(o);
    mw_out_sv(o, "name", NULL, name);
    mw_out_z(o, "help", NULL, help);
    mw_out_end(o);
}

/* What a first reader needs; the names of files are those of the documentation. */
static const char *const WAY[] = {
    "  mittelweg crawl --contact mailto:YOUR@ADDRESS",
    "  mittelweg profile from --out profile.yaml PAPER.pdf",
    "  mittelweg match --ask profile.yaml",
    "  mittelweg project from --programme ID --out project.yaml profile.yaml",
    "  mittelweg check project.yaml",
    "  mittelweg draft --out application project.yaml",
};

static void list_commands(struct mw_out *o, enum mw_lang lang)
{
    mw_out_para(o, MW_HEADING, mw_sv(mw_tr(lang, "Mittelweg finds funding programmes and drafts applications.")));
    mw_out_para(o, MW_BODY, mw_sv(mw_tr(lang, "Usage: mittelweg COMMAND [OPTIONS] [ARGUMENTS]")));
    mw_out_table(o, "commands", NULL, COMMANDS, 2);
    for (size_t i = 0; MW_COMMANDS[i] != NULL; i++)
        row(o, mw_sv(MW_COMMANDS[i]->name), mw_tr(lang, MW_COMMANDS[i]->summary));
    mw_out_end(o);
    mw_out_para(o, MW_HEADING, mw_sv(mw_tr(lang, "The way from a paper to an application:")));
    for (size_t i = 0; i < sizeof WAY / sizeof *WAY; i++)
        mw_out_para(o, MW_LINES, mw_sv(mw_tr(lang, WAY[i])));
    mw_out_para(o, MW_BODY, mw_sv(mw_tr(lang, "More: mittelweg help COMMAND")));
}

static void list_options(struct mw_out *o, enum mw_lang lang, const char *key, const char *label,
                         const struct mw_option *options)
{
    struct mw_str left = MW_STR_INIT;

    if (options == NULL || options[0].name == NULL)
        return;
    mw_out_table(o, key, label, OPTIONS, 2);
    for (size_t i = 0; options[i].name != NULL; i++) {
        mw_str_clear(&left);
        mw_str_addf(&left, "--%s%s%s", options[i].name, options[i].value != NULL ? " " : "",
                    options[i].value != NULL ? options[i].value : "");
        row(o, mw_str_sv(&left), mw_tr(lang, options[i].help));
    }
    mw_out_end(o);
    mw_str_free(&left);
}

void mw_cli_help(struct mw_cli *cli, const struct mw_cmd *cmd)
{
    struct mw_out *o = cli->out;

    mw_out_object(o, NULL, NULL);
    if (cmd == NULL) {
        list_commands(o, cli->lang);
    } else {
        mw_out_z(o, "name", NULL, cmd->name);
        mw_out_z(o, "summary", NULL, T(cli, cmd->summary));
        mw_out_paraf(o, MW_HEADING, "mittelweg %s: %s", cmd->name, T(cli, cmd->summary));
        mw_out_paraf(o, MW_BODY, "Usage: mittelweg %s [OPTIONS] %s", cmd->name, cmd->args);
        for (struct mw_sv para, rest = mw_sv(T(cli, cmd->about)); rest.n > 0;) {
            mw_sv_cut(rest, '\n', &para, &rest);
            mw_out_para(o, MW_BODY, para);
        }
        list_options(o, cli->lang, "options", T(cli, "Options"), cmd->options);
        list_options(o, cli->lang, "common_options", T(cli, "Options of every command"), MW_COMMON_OPTIONS);
    }
    mw_out_end(o);
}

static void put_manual(struct mw_cli *cli)
{
    MW_AUTO(mw_str_free) struct mw_str page = MW_STR_INIT;
    mw_cli_manual(&page, cli->lang);
    for (struct mw_sv line, rest = mw_str_sv(&page); rest.n > 0;) {
        mw_sv_cut(rest, '\n', &line, &rest);
        mw_out_para(cli->out, MW_LINES, line);
    }
}

static int run(struct mw_cli *cli)
{
    if (mw_sv_eqz(cli->format, "man")) {
        put_manual(cli);
        return MW_EXIT_OK;
    }
    const struct mw_cmd *cmd = cli->n_args > 0 ? mw_cmd_find(cli->args[0]) : NULL;
    if (cli->n_args > 0 && cmd == NULL) {
        mw_fail(&cli->err, MW_INVALID, "\"%s\" is no command. The list: mittelweg help", cli->args[0]);
        return mw_cli_fail(cli);
    }
    mw_cli_help(cli, cmd);
    return MW_EXIT_OK;
}

const struct mw_cmd MW_CMD_HELP = {
    .name = "help",
    .run = run,
    .args = "[COMMAND]",
    .args_max = 1,
    .summary = "explain the commands",
    .about = "Lists the commands, or explains one with its options. --format man prints the manual page, for man -l and for packages.",
    .formats = "text json man",
};
