/* What main.c uses of cli.c; commands need cli/cmd.h only. */
#ifndef MW_CLI_CLI_H
#define MW_CLI_CLI_H

#include "cli/cmd.h"

enum mw_lang mw_cli_system_language(void);
enum mw_rc mw_cli_read(struct mw_cli *cli, int argc, char **argv); /* cli->cmd, lang, arena are set; fills the rest */
enum mw_rc mw_cli_open(struct mw_cli *cli);
void mw_cli_close(struct mw_cli *cli);
void mw_cli_help(struct mw_cli *cli, const struct mw_cmd *cmd); /* help.c; cmd NULL: the list of commands */
void mw_cli_manual(struct mw_str *out, enum mw_lang lang);              /* manual.c: mittelweg(1) in roff; appended */

#endif
