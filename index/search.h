/* Search: what was typed, read generously, to the notices that are about it, best first.
 *
 * The language: plain words; "a phrase"; -word and -"phrase" exclude; field:value filters. Fields (German names too): land,
 * applicant (antragsteller), kind (art), status, deadline (frist), source (quelle), level (ebene), rate (quote), amount
 * (betrag), language (sprache). Dates, rates and amounts take < <= > >= before the value. Whatever else is typed is words. */
#ifndef MW_INDEX_SEARCH_H
#define MW_INDEX_SEARCH_H

#include "index/store.h"

struct mw_search_opts {
    size_t limit, offset;    /* limit 0: only the total */
    struct mw_day today;     /* for status and deadlines */
    struct mw_rules *rules;  /* whose vocabulary widens the search; NULL: none does */
    bool literal;            /* only what was typed: no synonyms, corrections or related words */
};
struct mw_hit {
    int64_t id;
    struct mw_sv url, title, source, snippet; /* snippet: matched words between \x01 and \x02 */
    int64_t score_milli;                      /* thousandths; for order and display */
    enum mw_status status;
    struct mw_day deadline;
};
/* How the query was understood, so that nothing happens behind anyone's back. MW_R_RELATED: what the best hits have in
 * common and therefore was looked for, too (of: MW_SV_NONE). */
enum mw_reading_kind { MW_R_WORD, MW_R_PHRASE, MW_R_EXCLUDED, MW_R_FILTER, MW_R_CORRECTION, MW_R_SYNONYM, MW_R_RELATED };
struct mw_reading {
    enum mw_reading_kind kind;
    struct mw_sv text;   /* the word, phrase or filter; of a correction or synonym what was added */
    struct mw_sv of;     /* of a correction or synonym: the word it was added to; else MW_SV_NONE */
    int weight_percent;  /* 100: as typed */
    int64_t notices;     /* how many hold a word, correction or synonym (at most, where it has several words); else 0 */
};
struct mw_hits {
    int64_t total;           /* exact */
    struct mw_list hits;     /* struct mw_hit, best first; equal scores in order of their first arrival */
    struct mw_list readings; /* struct mw_reading */
};
/* Never an SQL or FTS5 error, whatever is typed. An empty query lists everything by next deadline. Errors are those of the
 * database alone. Everything in out lives in the arena. */
enum mw_rc mw_search(struct mw_hits *out, struct mw_arena *a, struct mw_store *s, struct mw_sv query,
    const struct mw_search_opts *opts, struct mw_err *err);

#endif
