/* Inside search: one search on its way from the query to what is shown. */
#ifndef MW_INDEX_FOUND_H
#define MW_INDEX_FOUND_H

#include "index/mark.h"
#include "index/query.h"

struct mw_candidate {
    int64_t notice;
    uint32_t doc;
    double score, cover;
    enum mw_status status;
    struct mw_day deadline, seen;
    int64_t amount;
    bool dated;                /* status and what follows it are known */
    bool weak;                 /* says little of the query beside the best hit; told where an order other than relevance asks */
};
struct mw_finding {
    struct mw_arena *a, *work; /* what the caller keeps; what ends with this search */
    struct mw_store *s;
    const struct mw_search_opts *opts;
    struct mw_query q;
    const struct mw_links *links;
    struct mw_list groups;     /* struct mw_group */
    struct mw_sieve sieve;
    double least;              /* cover of a hit */
    const struct mw_docs *docs;
    uint64_t *hits;            /* all of them (bits.h), of a programme one address; NULL: none was looked for */
    struct mw_list found;      /* struct mw_candidate: those that may stand on the page wanted, or before it */
    struct mw_err *err;
};

/* --- search.c --- */
/* Of a programme with several addresses one stays: of those among the hits the first in its group. */
enum mw_rc mw_one_of_each(uint64_t *hits, struct mw_finding *j);

/* --- facets.c --- */
enum mw_rc mw_facets_count(struct mw_list *out, struct mw_finding *j); /* struct mw_facet appended to out, of all hits */
/* Where nothing was found: struct mw_loosened appended to out for each condition without which something would be. */
enum mw_rc mw_loosen(struct mw_list *out, struct mw_finding *j);

/* --- why.c: what each of the n candidates got its points for --- */
enum mw_rc mw_why_found(struct mw_hit *hits, const struct mw_candidate *c, size_t n, struct mw_finding *j);

/* --- hits.c --- */
enum mw_rc mw_hits_show(struct mw_hits *out, struct mw_finding *j);
enum mw_rc mw_readings_tell(struct mw_hits *out, struct mw_finding *j);

#endif
