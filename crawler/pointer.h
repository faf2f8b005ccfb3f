/* Where JSON pointers (RFC 6901) lead, with what search indexes and CMSs make necessary. Internal to the room. */
#ifndef MW_CRAWLER_POINTER_H
#define MW_CRAWLER_POINTER_H

#include "lib/core/node.h"

/* What a pointer leads to, NULL: nothing. Of a list without an index in the pointer, its first element: search
 * indexes wrap every value in a list. "*" is the first value of an object whatever its key: of a text in languages, any. */
const struct mw_node *mw_pointer(const struct mw_node *node, struct mw_sv pointer);
/* The text of a scalar, or of the first of a list; MW_SV_NONE: there is none. */
struct mw_sv mw_scalar_text(const struct mw_node *node);
/* The text that a pointer leads to; MW_SV_NONE: none, or an empty one. */
struct mw_sv mw_pointer_text(const struct mw_node *node, struct mw_sv pointer);
/* Adds to texts (struct mw_sv) all that a pointer leads to: of every list on its way without an index, what each element has
 * ("/blocks/text": the text of every block). Empty ones are left out. false: no memory. */
bool mw_pointer_texts(struct mw_arena *a, struct mw_list *texts, const struct mw_node *node, struct mw_sv pointer);

#endif
