/* Every command's entry for the table in commands.c, defined in cli/<command>.c. */
#ifndef MW_CLI_COMMANDS_H
#define MW_CLI_COMMANDS_H

#include "cli/cmd.h"

#define MW_VERSION "0.1.0"

extern const struct mw_cmd MW_CMD_CRAWL;
extern const struct mw_cmd MW_CMD_IMPORT;
extern const struct mw_cmd MW_CMD_EXPORT;
extern const struct mw_cmd MW_CMD_SOURCES;
extern const struct mw_cmd MW_CMD_SEARCH;
extern const struct mw_cmd MW_CMD_SIMILAR;
extern const struct mw_cmd MW_CMD_SAVED;
extern const struct mw_cmd MW_CMD_SHOW;
extern const struct mw_cmd MW_CMD_HISTORY;
extern const struct mw_cmd MW_CMD_CHANGES;
extern const struct mw_cmd MW_CMD_PLACES;
extern const struct mw_cmd MW_CMD_PROFILE;
extern const struct mw_cmd MW_CMD_PROJECT;
extern const struct mw_cmd MW_CMD_MATCH;
extern const struct mw_cmd MW_CMD_WATCH;
extern const struct mw_cmd MW_CMD_DISMISS;
extern const struct mw_cmd MW_CMD_KEEP;
extern const struct mw_cmd MW_CMD_APPLY;
extern const struct mw_cmd MW_CMD_NOTE;
extern const struct mw_cmd MW_CMD_PLAN;
extern const struct mw_cmd MW_CMD_MIX;
extern const struct mw_cmd MW_CMD_PORTFOLIO;
extern const struct mw_cmd MW_CMD_CHECK;
extern const struct mw_cmd MW_CMD_DRAFT;
extern const struct mw_cmd MW_CMD_RULES;
extern const struct mw_cmd MW_CMD_FACTS;
extern const struct mw_cmd MW_CMD_REINDEX;
extern const struct mw_cmd MW_CMD_HELP;

/* `rules explain URL` and `rules coverage`: explain.c */
int mw_cli_rules_explain(struct mw_cli *cli);
int mw_cli_rules_coverage(struct mw_cli *cli);

#endif
