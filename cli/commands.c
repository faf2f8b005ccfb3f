/* The table of commands: reading it is reading the product. Its order is that of `mittelweg help`. */
#include "cli/commands.h"

#include <string.h>

const struct mw_cmd *const MW_COMMANDS[] = {
    &MW_CMD_SOURCES, &MW_CMD_CRAWL, &MW_CMD_IMPORT, &MW_CMD_EXPORT, &MW_CMD_SEARCH, &MW_CMD_SIMILAR,
    &MW_CMD_SAVED, &MW_CMD_SHOW,
    &MW_CMD_HISTORY, &MW_CMD_CHANGES,
    &MW_CMD_PLACES, &MW_CMD_PROFILE, &MW_CMD_PROJECT, &MW_CMD_MATCH, &MW_CMD_WATCH, &MW_CMD_DISMISS, &MW_CMD_KEEP, &MW_CMD_APPLY, &MW_CMD_NOTE,
    &MW_CMD_PLAN, &MW_CMD_CHECK, &MW_CMD_MIX, &MW_CMD_PORTFOLIO, &MW_CMD_DRAFT,
    &MW_CMD_RULES, &MW_CMD_FACTS, &MW_CMD_REINDEX, &MW_CMD_HELP, NULL
};

const struct mw_cmd *mw_cmd_find(const char *name)
{
    for (size_t i = 0; MW_COMMANDS[i] != NULL; i++)
        if (strcmp(MW_COMMANDS[i]->name, name) == 0)
            return MW_COMMANDS[i];
    return NULL;
}
