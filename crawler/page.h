/* A page that was read (lib/parse) to a notice, by what pages of funding portals have in common: the address it names as
 * its own, h1, headed sections, and dt/dd pairs whose names are those of config/labels.yaml. */
#ifndef MW_CRAWLER_PAGE_H
#define MW_CRAWLER_PAGE_H

#include "lib/model/notice.h"
#include "lib/parse/parse.h"

/* Which dt names which facet, as data. */
struct mw_labels;
enum mw_rc mw_labels_load(struct mw_labels **out, struct mw_arena *a, const char *path, struct mw_diags *diags);

/* url: where the page came from, or MW_SV_NONE: then the page must name its own address. source may be MW_SV_NONE. All
 * views point into the page. MW_INVALID: no address or no title. */
enum mw_rc mw_notice_from_page(struct mw_notice *out, struct mw_arena *a, const struct mw_page *page,
    const struct mw_labels *labels, struct mw_sv url, struct mw_sv source, struct mw_err *err);

#endif
