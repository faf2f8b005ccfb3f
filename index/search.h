/* Search: what was typed, read generously, to the notices that are about it, best first.
 *
 * The language: plain words; "a phrase"; -word, -"phrase" and -field:value exclude; field:value filters. Fields (German names
 * too): land, applicant (antragsteller), kind (art), status, deadline (frist), source (quelle), level (ebene), rate (quote),
 * amount (betrag), language (sprache), theme (thema). Dates, rates and amounts take < <= > >= before the value, FROM..TO, FROM.. and
 * ..TO; a date may be a month, quarter, half or year, or counted from today ("heute", "next week"). Whatever else is typed is words. */
#ifndef MW_INDEX_SEARCH_H
#define MW_INDEX_SEARCH_H

#include "index/link.h"

enum mw_order { MW_BY_RELEVANCE, MW_BY_DEADLINE, MW_BY_NEWEST, MW_BY_AMOUNT, MW_ORDERS };
extern const char *const MW_ORDER_NAMES[MW_ORDERS + 1]; /* "relevance", ... NULL */
enum mw_why_depth { MW_WHY_NOT, MW_WHY_WORDS, MW_WHY_FIELDS };
struct mw_search_opts {
    size_t limit, offset;    /* limit 0: only the total */
    bool bare;               /* hits carry id and score alone: no text is read */
    struct mw_day today;     /* for status and deadlines */
    struct mw_rules *rules;  /* whose vocabulary widens the search; NULL: none does */
    bool literal;            /* only what was typed: no synonyms, corrections or related words */
    bool no_synonyms;        /* corrections and related words, but no synonyms */
    enum mw_order order;     /* without words relevance is the next deadline */
    bool facets;             /* count what the hits have in common */
    enum mw_why_depth why;   /* say what each hit was found by */
    struct mw_sv text;       /* a long text to search with, beside the query's filters; MW_SV_NONE: none */
    struct mw_sv like;       /* address of a notice to find similar ones of; MW_SV_NONE: none */
};
/* How the query was understood, so that nothing happens behind anyone's back. MW_R_RELATED: what the best hits have in
 * common and therefore was looked for, too (of: MW_SV_NONE). MW_R_UNREAD: "field:value" whose value the field cannot have,
 * or (of: its name) of no field there is; read as words. MW_R_OFFER: a filter that may be meant by words (of) and was not set. */
enum mw_reading_kind {
    MW_R_WORD, MW_R_PHRASE, MW_R_EXCLUDED, MW_R_FILTER, MW_R_CORRECTION, MW_R_SYNONYM, MW_R_RELATED, MW_R_UNREAD, MW_R_OFFER
};
struct mw_reading {
    enum mw_reading_kind kind;
    struct mw_sv text;   /* the word, phrase or filter; of a correction or synonym what was added; of a related part of a
                          * compound the piece with dots, without MW_WHY_FIELDS the compound */
    struct mw_sv of;     /* of a correction or synonym: the word it was added to; unread: the field there is not; of a filter that nobody
                          * typed as one: the words it was read from; else MW_SV_NONE */
    int weight_percent;  /* 100: as typed */
    int64_t notices;     /* how many hold a word, correction or synonym (at most, where it has several words); else 0 */
};
enum mw_text_field { MW_FIELD_TITLE, MW_FIELD_SHORT, MW_FIELD_BODY, MW_FIELD_RULES, MW_FIELD_LABELS, MW_FIELD_N };
extern const char *const MW_FIELD_NAMES[MW_FIELD_N + 1]; /* "title", ... NULL */
struct mw_why {
    enum mw_reading_kind kind; /* WORD, CORRECTION, SYNONYM or RELATED */
    struct mw_sv of;           /* the word typed; of a related one MW_SV_NONE */
    struct mw_sv text;         /* the word, or what was found in its place */
    struct mw_sv form;         /* the term of the index that gave these points */
    struct mw_sv shown;        /* the same as people write it, of a compound the piece with dots: "…konzept"; of a
                                * related one without MW_WHY_FIELDS the same as text */
    bool part;                 /* of a compound */
    int64_t milli;             /* points; those of a hit add up to its score */
    int64_t fields[MW_FIELD_N]; /* the same by field; they add up to milli; zeros without MW_WHY_FIELDS */
};
struct mw_hit {
    int64_t id;
    struct mw_sv url, title, source, snippet; /* snippet: matched words between \x01 and \x02 */
    int64_t score_milli;                      /* thousandths; for order and display */
    enum mw_status status;
    struct mw_day deadline;
    struct mw_day seen;                       /* first; MW_DAY_NONE unless facets or another order asked for it */
    int64_t amount_cents;                     /* the largest grant; -1: none is stated, or likewise */
    struct mw_list also;                      /* struct mw_linked: other addresses of the same programme */
    struct mw_list why;                       /* struct mw_why, most points first */
    int cover_percent;                        /* how much of the query's weight is found here; with why */
};
struct mw_facet_count {
    struct mw_sv code;       /* as a filter takes it: "NW", "kommune", "open", a source's id, a theme's label */
    int64_t notices;
};
struct mw_facet {
    const char *field;       /* name of the filter */
    struct mw_list counts;   /* struct mw_facet_count, most first */
};
struct mw_loosened {
    enum mw_reading_kind kind; /* FILTER, PHRASE, EXCLUDED, WORD */
    struct mw_sv text;         /* what to leave out: a condition as typed, all filters, all words; MW_SV_NONE: some of the words */
    struct mw_sv instead;      /* the condition to set in its place; MW_SV_NONE: none */
    int64_t total;             /* how many notices there would be then */
};
struct mw_hits {
    int64_t total;           /* exact; a programme with several addresses counts once, here and in the facets */
    struct mw_list hits;     /* struct mw_hit, best first; equal scores in order of their first arrival. Of linked notices that
                              * pass, the one that leads stands for all */
    struct mw_list readings; /* struct mw_reading */
    bool placed;             /* one of them is a filter that names a Land */
    struct mw_list facets;   /* struct mw_facet, over all hits */
    struct mw_list loosened; /* struct mw_loosened, where nothing was found: what would bring something */
};
/* Values that a filter of that name can have, with spaces between them, for people who typed one that it cannot; NULL: there is no such
 * field. */
const char *mw_field_example(struct mw_sv name, enum mw_lang lang);
/* Never an SQL or FTS5 error, whatever is typed. An empty query lists everything by next deadline. Errors are those of the
 * database, and MW_NOT_FOUND for an unknown address in like. Everything in out lives in the arena. */
enum mw_rc mw_search(struct mw_hits *out, struct mw_arena *a, struct mw_store *s, struct mw_sv query,
    const struct mw_search_opts *opts, struct mw_err *err);

#endif
