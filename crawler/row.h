/* The rules of a source as one query of XPaths, and its answer as a notice. Internal to the room. */
#ifndef MW_CRAWLER_ROW_H
#define MW_CRAWLER_ROW_H

#include "crawler/read.h"
#include "lib/parse/query.h"

enum { MW_ASK_MAX = 160 };
struct mw_asking {
    struct mw_query_field fields[MW_ASK_MAX];
    size_t n;
};
/* Adds all alternatives of a list; returns where they begin. */
size_t mw_ask_add(struct mw_asking *q, const struct mw_list *from, enum mw_query_want want);
/* The values of the first alternative that found any; never NULL. */
const struct mw_list *mw_row_values(const struct mw_query_row *row, size_t at, const struct mw_list *from);
struct mw_sv mw_row_first(const struct mw_query_row *row, size_t at, const struct mw_list *from);

/* What a list says of itself: how many hits there are, into the tally, and the next page as it is written there (MW_SV_NONE: none).
 * base: of a page, its <base>; may be NULL for XML. */
enum mw_rc mw_ask_frame(struct mw_reading *x, struct mw_arena *a, struct mw_sv bytes, bool xml, struct mw_sv *next, struct mw_sv *base);

struct mw_asked { /* where the answers to the rules begin */
    size_t url, title, language, status, opens, deadlines, documents, facets[MW_FACET_N], sections, extra;
};
/* Asks for everything that the rules name. */
void mw_ask_rules(struct mw_asking *q, struct mw_asked *at, const struct mw_reading_rules *rules);
/* Facets, days, sections, status and further keys into a notice; what a rule finds takes the place of what is there. */
bool mw_take_row(struct mw_reading *x, struct mw_arena *a, const struct mw_query_row *row, const struct mw_asked *at, struct mw_notice *n);
/* Each row handed on as a notice; base: what the addresses of its documents are meant from. */
enum mw_rc mw_emit_rows(struct mw_reading *x, struct mw_arena *a, const struct mw_list *rows, const struct mw_asked *at, struct mw_sv base);

#endif
