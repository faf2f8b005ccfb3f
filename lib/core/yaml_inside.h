/* What yaml.c and yaml_syntax.c share; nobody else includes this. */
#ifndef MW_CORE_YAML_INSIDE_H
#define MW_CORE_YAML_INSIDE_H

#include "lib/core/text.h"

struct mw_yaml_complaint {
    const char *problem, *context; /* begin of libyaml's words; NULL: any */
    bool at_context;               /* the place is where the thing began, not where libyaml gave up */
    const char *text, *cure;       /* English, in po/de/core.po */
};
/* What libyaml's problem and context (NULL: none) mean; NULL: nothing known. */
const struct mw_yaml_complaint *mw_yaml_explain(const char *problem, const char *context);
/* The same when the two bytes at the place tell more than libyaml's words do. */
const struct mw_yaml_complaint *mw_yaml_explain_at(const struct mw_yaml_complaint *said, struct mw_sv here);

#endif
