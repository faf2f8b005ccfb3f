/* What history and changes share: a stored version read again, and what differs between two. */
#ifndef MW_CLI_HISTORY_H
#define MW_CLI_HISTORY_H

#include "cli/cmd.h"
#include "index/diff.h"

/* A version's notice with the texts of its sections, and its facts by today's rules. */
enum mw_rc mw_cli_state(struct mw_state *out, struct mw_cli *cli, struct mw_arena *a, const struct mw_version *v);
/* The differences as `changes`, and for people a paragraph each. */
void mw_cli_put_differences(struct mw_cli *cli, const struct mw_list *differences);

#endif
