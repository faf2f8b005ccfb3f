/* The two readers of JSON behind mw_json_read(). Internal to the room; its tests look at it too. */
#ifndef MW_CORE_JSON_INSIDE_H
#define MW_CORE_JSON_INSIDE_H

#include "lib/core/node.h"

/* The quick one, through yajl, json_quick.c: takes what is plainly good, and gives what the careful one gives for it. false: it does not take this, be
 * it good or bad, or there is no memory. at: of every node. */
bool mw_json_quick(struct mw_node **out, struct mw_arena *a, const struct mw_pos *at, struct mw_sv bytes);
/* The careful one, through jansson, which knows all that JSON allows and says where a text leaves it; as mw_json_read(). */
enum mw_rc mw_json_careful(struct mw_node **out, struct mw_arena *a, const char *name, unsigned first_line, struct mw_sv bytes,
    struct mw_err *err);

#endif
