/* Links: the same programme from several sources is one result with all its addresses.
 *
 * Every notice stays stored as its source gave it; a group of linked notices has one that leads, and the others are its further
 * addresses. First comes the one that states the rules (a section of directive text), then the longer text by powers of two, then
 * the one that changed last, then the order of source and address. A title or identifier that more than 256 notices have is a form
 * and finds nobody. Links are made after a crawl or an import, for what changed;
 * what a link was proven by is stored with it, and it falls when that is no longer so. */
#ifndef MW_INDEX_LINK_H
#define MW_INDEX_LINK_H

#include "index/store.h"

enum mw_link_proof { MW_LINK_NONE, MW_LINK_ADDRESS, MW_LINK_IDENTIFIER, MW_LINK_TEXT, MW_LINK_N };
extern const char *const MW_LINK_PROOFS[MW_LINK_N + 1]; /* "", "address", "identifier", "text", NULL */

struct mw_linked { /* another address of a programme */
    int64_t notice;
    struct mw_sv url, source;
    enum mw_link_proof proof; /* how it was linked to the group; of the one that leads: MW_LINK_NONE */
    int percent;              /* of MW_LINK_TEXT: how much of the shorter text stands in the longer */
    bool leads;
};
struct mw_link_land { /* what a source of a Land publishes is of that Land */
    struct mw_sv source;
    enum mw_land land;
};
/* Makes the links of everything that came, changed or went since the last call. lands: struct mw_link_land. *linked: notices that
 * are now a further address of another. A run that dies leaves the rest to the next. */
enum mw_rc mw_links_update(int64_t *linked, struct mw_store *s, const struct mw_list *lands, struct mw_err *err);
/* The other addresses of a notice, the leading one first: struct mw_linked appended to out. */
enum mw_rc mw_links_of(struct mw_list *out, struct mw_arena *a, struct mw_store *s, int64_t notice, struct mw_err *err);

#endif
