/* The narrative of an application: which texts the papers ask a project for (`texts:` of its file), and with which question. */
#ifndef MW_MODEL_NARRATIVE_H
#define MW_MODEL_NARRATIVE_H

#include <stdbool.h>
#include <stddef.h>

struct mw_narrative {
    const char *key;      /* "aim" */
    const char *question; /* English; asked where the text is missing */
    bool joint;           /* only applicants who apply together are asked */
};
extern const struct mw_narrative MW_NARRATIVES[]; /* in the order of the papers; key NULL ends it */

/* By key, or NULL. */
const struct mw_narrative *mw_narrative_find(const char *key);

#endif
