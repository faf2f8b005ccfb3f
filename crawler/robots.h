/* robots.txt after RFC 9309: what a site asks of us.
 *
 * The group that names us counts, else that of "*", else everything is allowed; groups of one name are one. The longest
 * pattern that matches decides, allow on a tie. crawl-delay is no part of the RFC; it is read because portals use it. */
#ifndef MW_CRAWLER_ROBOTS_H
#define MW_CRAWLER_ROBOTS_H

#include "lib/core/arena.h"
#include "lib/core/err.h"

enum { MW_ROBOTS_BYTES = 512000 }; /* what lies behind is not read (section 2.5: at least 500 KiB) */
struct mw_robots {
    struct mw_list rules;    /* struct mw_robots_rule */
    struct mw_list sitemaps; /* struct mw_sv, as written */
    int64_t delay_ms;        /* -1: none asked for */
};
struct mw_robots_rule {
    struct mw_sv pattern;    /* escaped as mw_robots_allows() compares it */
    bool allow;
};
/* product: our name without version ("mittelweg"). All bytes make a file; only memory can fail. */
enum mw_rc mw_robots_read(struct mw_robots *out, struct mw_arena *a, struct mw_sv bytes, struct mw_sv product, struct mw_err *err);
/* Whether path and query may be fetched. /robots.txt itself always may. */
bool mw_robots_allows(const struct mw_robots *r, struct mw_sv target);

enum mw_robots_access { MW_ROBOTS_READ, MW_ROBOTS_ALL, MW_ROBOTS_NONE };
/* Section 2.3.1: what the status of the answer means: read the file; everything is allowed (4xx: there is none); nothing is
 * (5xx, or no answer at all: status 0). */
enum mw_robots_access mw_robots_access(int64_t status);

#endif
