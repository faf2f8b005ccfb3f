/* What a notice may be linked by: the words of its title and its identifier, as hashes; whether it is gone; whether its links wait to
 * be made anew. link.c makes them; mw_link_put() and mw_link_drop() (db.h) write the keys. */
#ifndef MW_INDEX_LINK_KEY_H
#define MW_INDEX_LINK_KEY_H

#include "index/store.h"

/* A title that more notices have than that is a form, not a name: nobody is looked for by it. Nor is a cluster of so many read. */
enum { MW_LINK_CLUSTER_MAX = 256 };

/* The notices whose links have to be looked at (int64_t, appended to todo, ascending), and the keys that tell nothing since too many
 * have them (int64_t, appended to common, ascending). gone: n of them, all false; becomes true for who is gone. */
enum mw_rc mw_link_pending(struct mw_list *todo, struct mw_list *common, struct mw_arena *a, struct mw_store *s, bool *gone, size_t n, struct mw_err *err);
enum mw_rc mw_link_done(struct mw_store *s, struct mw_err *err); /* nobody waits any more */

struct mw_link_scope {
    struct mw_store *s;
    struct mw_arena *a;
    const struct mw_list *common; /* of mw_link_pending() */
    struct mw_err *err;
};
/* What others are looked for by; 0: nothing. */
enum mw_rc mw_link_keys(int64_t *title, int64_t *identifier, bool *gone, const struct mw_link_scope *u, int64_t notice);
/* first, and all that share a title, an identifier or a link with one of them, step by step, as far as they are not seen: int64_t
 * appended to ids, and then seen. n: one more than the last notice. */
enum mw_rc mw_link_gather(struct mw_list *ids, bool *seen, size_t n, const struct mw_link_scope *u, int64_t first);

#endif
