/* What search, similar and saved share: from a query to hits on standard output. */
#ifndef MW_CLI_HITS_H
#define MW_CLI_HITS_H

#include "cli/commands.h"
#include "index/search.h"

/* The arguments from there on, joined by spaces; in the arena. */
struct mw_sv mw_cli_joined(const struct mw_cli *cli, size_t from);
/* From --limit, --offset, --page, --sort, --facets, --literal, --no-synonyms and --explain, as far as the command has them. */
bool mw_cli_search_opts(struct mw_cli *cli, struct mw_search_opts *opts);
bool mw_cli_order(struct mw_cli *cli, struct mw_sv word, enum mw_order *out); /* false: said in cli->err */
/* Where the query names a Kreis or a town and no Land, a reading more: the Land as a filter. where.c */
enum mw_rc mw_cli_offer_land(struct mw_cli *cli, struct mw_hits *hits, struct mw_sv query);
/* Says of struct mw_reading of the kind MW_R_UNREAD why they are no filters; of others nothing. */
void mw_cli_put_unread(struct mw_cli *cli, const struct mw_list *readings);
/* Searches and shows what is found, in the format asked for. The exit status: MW_EXIT_NOTHING where there is none. */
int mw_cli_show_search(struct mw_cli *cli, struct mw_sv query, const struct mw_search_opts *opts);
#endif
