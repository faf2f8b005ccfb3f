/* The table of HTML's named character references. */
#ifndef MW_PARSE_ENTITIES_H
#define MW_PARSE_ENTITIES_H

#include <stddef.h>

struct mw_entity {
    const char *name, *text; /* without & and ; / UTF-8, one or two code points */
};
extern const struct mw_entity MW_ENTITIES[]; /* sorted bytewise by name */
extern const size_t MW_ENTITIES_N;
extern const char *const MW_ENTITIES_BARE[]; /* those that need no semicolon, sorted */
extern const size_t MW_ENTITIES_BARE_N;

#endif
