/* What a source must satisfy beyond its types: whatever would fail in the middle of the night is said when it is loaded. */
#ifndef MW_CRAWLER_SOURCE_CHECK_H
#define MW_CRAWLER_SOURCE_CHECK_H

#include "crawler/source.h"

void mw_source_check(const struct mw_source *s, const char *path, struct mw_diags *diags);

#endif
