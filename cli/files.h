/* A table that a command shows on the terminal and writes as a file: the ending of --out decides. */
#ifndef MW_CLI_FILES_H
#define MW_CLI_FILES_H

#include "apply/documents/grid.h"
#include "cli/cmd.h"

/* Writes the grid to path: .csv, .xlsx or .html. MW_INVALID for another ending, MW_OUTPUT where it cannot be written; said in
 * cli->err. */
enum mw_rc mw_cli_grid_write(struct mw_cli *cli, const struct mw_grid *g, const char *path);
/* Words as part of an id: "Vorlage 2025/031" adds "vorlage-2025-031". */
void mw_cli_add_id(struct mw_str *out, struct mw_sv words);
/* A file that people go on to write in, to out or (NULL) to standard output; one that is there is kept. Faults are in cli->err. */
enum mw_rc mw_cli_write_new(struct mw_cli *cli, struct mw_str *text, const char *out);
/* A profile for judging: of municipalities and Kreise with an AGS and without inhabitants the register's figure is taken, with its day,
 * so that it decides nothing near a limit. Faults are in cli->diags and cli->err. */
enum mw_rc mw_cli_profile(struct mw_cli *cli, struct mw_profile *out, const char *path);
/* The files of all profiles that the arguments name, folders with what lies in them and below, sorted by
 * path: const char * appended to out. Faults are in cli->err. */
enum mw_rc mw_cli_profile_paths(struct mw_cli *cli, struct mw_list *out);
/* The same, read: struct mw_profile appended to out. */
enum mw_rc mw_cli_profiles(struct mw_cli *cli, struct mw_list *out);

#endif
