/* Which rules of a source found something in what was tried, for whoever writes the file: a rule that never does says nothing by
 * itself. */
#ifndef MW_CLI_TRIED_H
#define MW_CLI_TRIED_H

#include "crawler/source.h"

struct mw_tried {
    int64_t notices, opens, deadlines, status, documents, facets[MW_FACET_N];
    bool list;                 /* it was a list that could be read: the next two count */
    int64_t lists, expected;   /* further list pages; entries that it says it has, -1: it does not */
    int64_t *sections, *extra; /* in the arena it was begun with */
};
bool mw_tried_begin(struct mw_tried *t, struct mw_arena *a, const struct mw_source *s); /* false: no memory */
void mw_tried_notice(struct mw_tried *t, const struct mw_source *s, const struct mw_notice *n);
/* A warning at the place of each rule that found nothing in any notice. */
void mw_tried_end(const struct mw_tried *t, const struct mw_source *s, struct mw_diags *diags);

#endif
