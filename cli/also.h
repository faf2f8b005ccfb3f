/* What the commands share about programmes that several sources publish. */
#ifndef MW_CLI_ALSO_H
#define MW_CLI_ALSO_H

#include "cli/cmd.h"
#include "index/link.h"

/* "also": the other addresses (struct mw_linked), for people one line each; nothing where there are none. */
void mw_cli_put_also(struct mw_cli *cli, const struct mw_list *also);
/* Their addresses in one line, for tables; in the arena. */
struct mw_sv mw_cli_also_line(struct mw_cli *cli, const struct mw_list *also);
/* After a crawl or an import: links what came. *linked: notices in the database that are a further address of another. */
enum mw_rc mw_cli_link(struct mw_cli *cli, int64_t *linked);

#endif
