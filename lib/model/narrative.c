#include "lib/model/narrative.h"

#include <string.h>

const struct mw_narrative MW_NARRATIVES[] = {
    { "starting_position", "What is the situation, and which problem needs solving?", false },
    { "aim", "What shall have been reached at the end, and how is that measured?", false },
    { "measures", "What is done to reach the aims?", false },
    { "target_groups", "Whom does the project serve, and who takes part?", false },
    { "necessity", "Why can the project not be done, or not to this extent, without the grant?", false },
    { "sustainability", "How are the results kept up once the funding ends?", false },
    { "task_field", "Which tasks are done together, why do they matter, and is the cooperation new or an extension?", true },
    { "organisation", "Who leads, who steers, how are decisions made and conflicts solved?", true },
    { "entry_and_exit", "How do partners join and leave?", true },
    { "role_model", "What can other municipalities take over?", true },
    { "regional_concepts", "Of which concept of the region or the district is the project a part?", true },
    { "joint_application", "Why one application together: ceiling, one contact for the funder, procurement?", true },
    { "state_aid", "How are state aid, VAT on services between the partners (section 2b UStG) and data protection handled?", true },
    { "evaluation", "How is the saving proved, and who reports to whom and when?", true },
    { NULL, NULL, false },
};

const struct mw_narrative *mw_narrative_find(const char *key)
{
    for (const struct mw_narrative *n = MW_NARRATIVES; n->key != NULL; n++)
        if (strcmp(n->key, key) == 0)
            return n;
    return NULL;
}
