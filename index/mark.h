/* Marks: the traits of all notices turned round. For every value that filters and facets know (a Land, a kind of funding, a status)
 * the set of the documents that have it. So a filter is one set cut with another, and a facet the number of what two have in
 * common, however many hits there are. */
#ifndef MW_INDEX_MARK_H
#define MW_INDEX_MARK_H

#include "index/bits.h"
#include "index/trait.h"
#include "lib/model/profile.h"

enum { MW_LAND_BITS = 32, MW_LEVELS = 3 };
struct mw_marks {
    const struct mw_docs *docs;
    const struct mw_traits *traits;
    size_t words;              /* of each set (bits.h); a set is NULL where it is empty */
    uint64_t *lands[MW_LAND_BITS], *applicants[MW_A_N], *kinds[MW_K_N], *levels[MW_LEVELS], *english;
    uint64_t **words_of;       /* by number of a trait word, from 1: sources and themes */
    size_t words_n;
    struct mw_day today;       /* of what follows */
    uint64_t *statuses[MW_S_CLOSED + 1];
    int32_t *deadline;         /* by document: a day number; MW_DAY_NONE: none */
};
/* As they are today; kept until something is written. Borrowed until the next call. */
enum mw_rc mw_marks(const struct mw_marks **out, struct mw_store *s, struct mw_day today, struct mw_err *err);

#endif
