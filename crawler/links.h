/* Addresses: what a reference on a page leads to. */
#ifndef MW_CRAWLER_LINKS_H
#define MW_CRAWLER_LINKS_H

#include "lib/core/arena.h"
#include "lib/core/err.h"

/* The address that ref means on a page at base (RFC 3986 section 5.2, with dot segments removed), without its fragment, spaces
 * in it as %20; MW_SV_NONE: it leads to no web address (mailto:, javascript:, nothing, no memory). base is absolute. */
struct mw_sv mw_url_join(struct mw_arena *a, struct mw_sv base, struct mw_sv ref);
bool mw_url_is_web(struct mw_sv url); /* http or https, with a host */
/* "*" stands for any characters: a pattern of addresses, all of url. */
bool mw_url_like(struct mw_sv url, struct mw_sv pattern);

#endif
