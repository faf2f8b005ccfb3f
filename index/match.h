/* Matching: search finds what a project is about, rules decide who may apply; both are shown, never mixed into one number. */
#ifndef MW_INDEX_MATCH_H
#define MW_INDEX_MATCH_H

#include "index/search.h"

struct mw_match {
    struct mw_hit hit;          /* snippet: MW_SV_NONE */
    struct mw_verdict verdict;
    struct mw_list facts;       /* struct mw_fact: what it was judged by */
    struct mw_day opens;        /* applications are taken from then on, where that is still to come; MW_DAY_NONE */
    int clock;                  /* when hit.deadline ends, as mw_fact.clock; -1: no hour is stated */
    int64_t version;            /* how many states of the notice are known: its number changes where its text did */
};
struct mw_match_opts {
    struct mw_day today;
    bool all;                   /* the ineligible too, last */
    size_t limit;
    enum mw_lang lang;          /* of the reasons */
    bool lean;                  /* answers without reasons and quotes; of the facts only dates, rates and sums, without quotes, none of what may not be used */
};
/* All programmes (of linked notices the leading one is judged), what is most to the point first (the same machinery as search, over all the profile
 * says; synonyms from r; half of it where the criterion theme does not find the programme's purpose to be the project's, and where it does at
 * least three hundredths of the best);
 * those that may not be used come last, and only with opts->all. Equal scores: eligible before unknown. struct mw_match
 * appended to out; r is needed. Measured on the match-dev set: order by verdict first puts whatever anyone may use anywhere
 * before what the project needs (nDCG@10 0.43 against 0.79). */
enum mw_rc mw_match(struct mw_list *out, struct mw_arena *a, struct mw_store *s, struct mw_rules *r, const struct mw_profile *p,
    const struct mw_match_opts *opts, struct mw_err *err);

/* A match hardly touches the project where it has less than a fiftieth of the best score of those that may be used: of 182 pairs that readers
 * had judged and that were not shut out, none that is to the point has (2026-11-29, 21 profiles). A programme whose purpose is known to fit
 * never does, whatever its words: calls of the EU are English. */
int64_t mw_match_best(const struct mw_list *matches); /* struct mw_match; the best score of those that may be used */
bool mw_match_at_edge(const struct mw_match *m, int64_t best_milli);

/* Some of them again, heard with all their reasons: the notices with these ids, in their order. struct mw_match appended to out; opts->all,
 * limit and lean do not matter. */
enum mw_rc mw_match_some(struct mw_list *out, struct mw_arena *a, struct mw_store *s, struct mw_rules *r, const struct mw_profile *p,
    const int64_t *ids, size_t n, const struct mw_match_opts *opts, struct mw_err *err);

/* A programme and what it is to each of several profiles. */
/* What a programme is for, next to what the project wants: not asked of one that may not be used; nothing known, or near; most in common; found to be the
 * same. */
enum mw_aim { MW_AIM_UNASKED, MW_AIM_OPEN, MW_AIM_AKIN, MW_AIM_OURS };

struct mw_matrix_row {
    int64_t id;
    struct mw_sv url, title;
    enum mw_status status;
    struct mw_day deadline;     /* MW_DAY_NONE */
    uint8_t *answers;           /* enum mw_answer, one a profile, in the order given */
    uint8_t *aims;              /* enum mw_aim, the same */
    struct mw_list also;        /* struct mw_linked: its other addresses */
    size_t fits, open;          /* how many are yes, how many unknown */
    int64_t relevance_milli;    /* summed over the profiles whose answer is not no; 1000: nothing is more to the point for one */
};
/* Programmes by clients: the verdicts of n profiles, whatever is of use to one of them (opts->all: every programme). First is what is to
 * the point for most of those whom it does not shut out: relevance_milli, so that what anyone may use anywhere does not come before
 * what clients need; of equals the one that more may use, then with more open questions. The same answers as mw_match(), and for
 * one profile its order, but where two programmes are within a thousandth of the best. struct mw_matrix_row appended to rows. */
enum mw_rc mw_matrix(struct mw_list *rows, struct mw_arena *a, struct mw_store *s, struct mw_rules *r, const struct mw_profile *profiles,
    size_t n, const struct mw_match_opts *opts, struct mw_err *err);

#endif
