/* Further keys of a notice (contacts, budget, the source's own status): JSON nodes built in an arena. What does not fit into
 * memory is reported once, by the last call that puts it into the notice. */
#ifndef MW_CRAWLER_EXTRA_H
#define MW_CRAWLER_EXTRA_H

#include "lib/model/notice.h"

struct mw_node *mw_new_map(struct mw_arena *a); /* NULL: out of memory; so the others */
struct mw_node *mw_new_seq(struct mw_arena *a);
struct mw_node *mw_new_text(struct mw_arena *a, struct mw_sv text); /* text is borrowed */
struct mw_node *mw_new_int(struct mw_arena *a, int64_t n);
/* Adds to a map or list; map, item NULL: false. An empty text is passed over as nothing stated. */
bool mw_map_put(struct mw_arena *a, struct mw_node *map, const char *key, struct mw_node *value);
bool mw_map_text(struct mw_arena *a, struct mw_node *map, const char *key, struct mw_sv text);
bool mw_seq_add(struct mw_arena *a, struct mw_node *seq, struct mw_node *item);
/* Puts a node (passed over where it is empty) or a text among the extra keys of the notice. */
bool mw_extra_put(struct mw_arena *a, struct mw_notice *n, const char *key, struct mw_node *value);
bool mw_extra_text(struct mw_arena *a, struct mw_notice *n, const char *key, struct mw_sv text);
/* One further value of a facet, unless it stands there already. */
bool mw_facet_add(struct mw_arena *a, struct mw_notice *n, enum mw_facet_kind facet, struct mw_sv label);

#endif
