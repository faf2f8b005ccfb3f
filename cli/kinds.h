/* Files that people write: of which kind one is, which lie in a folder, and what to say where another kind was meant. */
#ifndef MW_CLI_KINDS_H
#define MW_CLI_KINDS_H

#include "cli/cmd.h"

enum mw_file_kind {
    MW_KIND_UNREADABLE, /* no YAML, or no file */
    MW_KIND_TEXT,       /* no keys: a paper perhaps */
    MW_KIND_UNKNOWN,    /* keys of none of these */
    MW_KIND_PROJECT, MW_KIND_PROGRAMME, MW_KIND_TARIFF, MW_KIND_CHECKS, MW_KIND_PROFILE
};
/* By the keys at its top: project, editions, tariff, checks, profile, in this order. */
enum mw_file_kind mw_cli_kind(struct mw_cli *cli, const char *path);

/* The files that the arguments name, and of folders all of that kind in them and below, sorted by path; links to folders are not
 * followed, and a file that is named twice is there once. const char * appended to out (empty), at most max. Of projects those that cannot be read are among them, so that they are
 * said. MW_INVALID: a folder without any, or too many; said in cli->err. */
enum mw_rc mw_cli_files_of(struct mw_cli *cli, struct mw_list *out, enum mw_file_kind kind, size_t max);

/* The file at path could not be used as that kind (MW_KIND_PROFILE or MW_KIND_PROJECT), for rc. Where it is of another kind the
 * faults in cli->diags are dropped, and cli->err says what it is and which command is meant. Returns the code. */
enum mw_rc mw_cli_unusable(struct mw_cli *cli, const char *path, enum mw_file_kind wanted, enum mw_rc rc);

#endif
