/* What references of pages lead to, and which of them a source wants. */
#ifndef MW_CRAWLER_LINKS_H
#define MW_CRAWLER_LINKS_H

#include "crawler/url.h"

/* The canonical address that ref means on a page at base (url.h); MW_SV_NONE: it leads to no page, or there is no memory. */
struct mw_sv mw_url_join(struct mw_arena *a, struct mw_sv base, struct mw_sv ref);
bool mw_url_is_web(struct mw_sv url); /* http or https, with a host and without a user */
/* "*" stands for any characters: a pattern of addresses, all of url. */
bool mw_url_like(struct mw_sv url, struct mw_sv pattern);

#endif
