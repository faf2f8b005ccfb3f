/* Addresses: one spelling for each, and who stands behind them.
 *
 * A canonical address is absolute, http or https, without userinfo, default port and fragment; its host is lower case and
 * ASCII (IDNA 2008, UTS 46), its path free of dot segments (RFC 3986 section 5.2.4), its escapes are upper case and stand
 * only where they must. The functions below it take canonical addresses and give views into them. */
#ifndef MW_CRAWLER_URL_H
#define MW_CRAWLER_URL_H

#include "lib/core/arena.h"
#include "lib/core/err.h"

enum { MW_URL_MAX = 4096 };
/* The canonical address of ref as it stands in a page at base (RFC 3986 section 5.2, with what browsers forgive: blanks
 * around it, line ends within, backslashes). base MW_SV_NONE: ref must be absolute. MW_INVALID: it leads to no page (mailto:,
 * javascript:, file:, a user name within, no host, too long). */
enum mw_rc mw_url_resolve(struct mw_sv *out, struct mw_arena *a, struct mw_sv base, struct mw_sv ref, struct mw_err *err);

struct mw_sv mw_url_origin(struct mw_sv url); /* "https://example.org:8443" */
struct mw_sv mw_url_host(struct mw_sv url);   /* "example.org", "[::1]" */
struct mw_sv mw_url_target(struct mw_sv url); /* "/path?query" */
/* The registrable domain after the Public Suffix List: "www.amt.example.co.uk" belongs to "example.co.uk". Hosts without one
 * (numbers, "localhost", a suffix itself) stand for themselves. Politeness is owed to it. */
struct mw_sv mw_url_site(struct mw_sv url);

/* The canonical address that ref means on a page at base (url.h); MW_SV_NONE: it leads to no page, or there is no memory. */
struct mw_sv mw_url_join(struct mw_arena *a, struct mw_sv base, struct mw_sv ref);
/* Appends a canonical address without what is of a visit and not of the page: session ids, marks of campaigns, and the parameters that the
 * portal's file calls so (struct mw_sv; "*" at the end: all that begin so). */
void mw_url_add_lasting(struct mw_str *out, struct mw_sv url, const struct mw_list *ignored);
bool mw_url_is_web(struct mw_sv url); /* http or https, with a host and without a user */
/* "*" stands for any characters: a pattern of addresses, all of url. */
bool mw_url_like(struct mw_sv url, struct mw_sv pattern);

#endif
