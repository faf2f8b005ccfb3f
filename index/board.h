/* Inside ranking: the board on which scores are added up, a window of neighbouring documents at a time (Strohman, Croft 2007;
 * Lucene's BooleanScorer). So what is added up stays in the processor's cache, however many documents there are. */
#ifndef MW_INDEX_BOARD_H
#define MW_INDEX_BOARD_H

#include "index/bits.h"
#include "index/query.h"

enum { MW_WINDOW_WORDS = MW_WINDOW / 64 };
struct mw_cell { /* of a document over all groups; all zero between two windows */
    double score, cover;
};
struct mw_part { /* of a document in the group being scored; all zero between two groups */
    double group, group_cover; /* the best way so far */
    double way, way_cover;     /* this way so far */
    uint32_t terms;            /* of this way, found */
};
struct mw_places { /* of documents in the window, each once, in any order */
    uint32_t at[MW_WINDOW];
    size_t n;
};
struct mw_trace; /* rank.c: every gain is written down */
struct mw_board {
    const struct mw_docs *docs;
    struct mw_list terms;           /* struct mw_term *: all of all groups */
    uint32_t from, to;              /* documents of the window: from ... to - 1 */
    const uint64_t *wanted;         /* only these places are scored; NULL: all */
    struct mw_cell cells[MW_WINDOW];
    struct mw_part parts[MW_WINDOW];
    struct mw_places all, touched, way_touched; /* where score, group and way are not zero */
    uint32_t sketch[MW_WINDOW];     /* page.c: the same cheaply, rounded; all zero between two windows */
    uint32_t sketch_way[MW_WINDOW]; /* likewise, of one way */
    struct mw_trace *trace;         /* NULL: nobody asks what the points were for */
};
/* Kept with the store, empty between two rankings, each of which lays these groups out on it, in a. Their lists begin anew. */
enum mw_rc mw_board_get(struct mw_board **out, struct mw_arena *a, struct mw_store *s, struct mw_list *groups, struct mw_err *err);
/* The window of the documents from from (a multiple of MW_WINDOW) on; windows ascend. In the one before every group must have been
 * scored or sketched. */
void mw_board_move(struct mw_board *b, uint32_t from);
/* What a group gives the documents of the window, in parts[touched]; they are to be left zero. A list read once in a window can be
 * read again. */
void mw_board_group(struct mw_board *b, struct mw_group *g);
/* All groups, in cells[all]. The cover is a share of weight, what mw_typed_weight() says. */
void mw_board_score(struct mw_board *b, struct mw_list *groups, double weight);
struct mw_scored mw_board_scored(const struct mw_board *b, uint32_t place, double weight);
void mw_board_clear(struct mw_board *b); /* cells[all] */

#endif
