/* Inside search: what was typed, taken apart (query.c), and what is looked for because of it (rank.c). */
#ifndef MW_INDEX_QUERY_H
#define MW_INDEX_QUERY_H

#include "index/db.h"
#include "index/search.h"
#include "index/trait.h"

/* --- query.c: text to words, phrases and filters ---------------------------------------------------------------------- */
struct mw_query_word {
    struct mw_sv typed;       /* as it stands in the query */
    struct mw_sv folded;      /* without case and umlauts */
    struct mw_sv form;        /* of the analyser */
    struct mw_sv english;     /* the English form; MW_SV_NONE: the same */
    struct mw_sv umlaut;      /* the English form with ae as a: what the word with ä would have; MW_SV_NONE: none of its own */
    struct mw_list parts;     /* struct mw_sv: forms of a compound's parts */
    size_t begin, end;        /* bytes of mw_query.plain; 0, 0: stands elsewhere */
    int times;                /* how often it was typed */
    bool stop;                /* an empty word: looked for only where there is no other */
    bool land;                /* names a Land: says where, not what (land.c) */
    bool exclude;
};
struct mw_phrase {
    struct mw_sv text;
    struct mw_list forms, english; /* struct mw_sv, in order */
    bool exclude;
};
enum mw_filter_field {
    MW_Q_LAND, MW_Q_APPLICANT, MW_Q_KIND, MW_Q_STATUS, MW_Q_DEADLINE, MW_Q_SOURCE, MW_Q_LEVEL, MW_Q_RATE, MW_Q_AMOUNT,
    MW_Q_LANGUAGE, MW_Q_THEME
};
struct mw_filter {
    enum mw_filter_field field;
    struct mw_sv text;        /* as typed */
    struct mw_list values;    /* struct mw_sv: one of these, as typed */
    uint32_t bits;            /* the same as bits of struct mw_trait; of a status 1 << enum mw_status, of a language 1 German, 2 English */
    int64_t from, to;         /* days, basis points or cents, both inclusive */
    struct mw_sv corrected, mistyped; /* MW_SV_NONE: no value was mistyped */
    struct mw_sv of;          /* read from these words, not typed as a filter; MW_SV_NONE: typed */
    bool or_unknown;          /* what is known of no notice keeps it out of none */
    bool exclude;             /* -field:value */
};
struct mw_unread {            /* "field:value" that is no filter; read as words */
    struct mw_sv text;
    struct mw_sv name;        /* of no field we know; MW_SV_NONE: the field is one, but cannot have that value */
};
struct mw_query {
    struct mw_list words, phrases, filters;
    struct mw_list unread;    /* struct mw_unread */
    struct mw_list offers;    /* struct mw_unread: a filter, and as name the words that may mean it */
    struct mw_sv plain;       /* what is neither phrase, exclusion nor filter */
    bool blank;               /* nothing was typed */
    bool pasted;              /* a whole text */
};
enum { MW_QUERY_BYTES = 1 << 16, MW_QUERY_WORDS = 400, MW_TEXT_WORDS = 2000 }; /* what lies behind these is not read */
/* today: which December "frist:Dezember" means. */
enum mw_rc mw_query_parse(struct mw_query *out, struct mw_arena *a, struct mw_analyser *an, struct mw_sv text, struct mw_day today,
    struct mw_err *err);
/* Bytes that are no UTF-8, and NUL, become spaces: what is left of them is words. At most so many bytes. */
enum { MW_TEXT_BYTES = 1 << 18 };
struct mw_sv mw_query_clean(struct mw_arena *a, struct mw_sv text, size_t most);
/* Words alone: a pasted text, in which quotes and dashes mean nothing. times counts in text order. Behind the
 * first most different words no other is read. */
enum mw_rc mw_query_words(struct mw_list *words, struct mw_arena *a, struct mw_analyser *an, struct mw_sv text, int times,
    size_t most, struct mw_err *err);
/* --- land.c: Länder that stand among the words --- */
/* "Spielplatz Sachsen-Anhalt" asks for what is open there: a filter keeps programmes of other Länder out. One that was typed is left as
 * it is. */
enum mw_rc mw_query_lands(struct mw_query *q, struct mw_arena *a, const struct mw_rules *rules, struct mw_err *err);
/* --- offer.c --- */
enum mw_rc mw_query_offers(struct mw_query *q, struct mw_arena *a, struct mw_day today, struct mw_err *err);
/* --- field.c --- */
enum mw_field_read { MW_A_FILTER, MW_NO_FIELD, MW_NO_VALUE };
/* "name:value", from text as typed, to one more filter. MW_NO_FIELD: no name we know; MW_NO_VALUE: not a value it can have. */
enum mw_field_read mw_filter_read(struct mw_list *filters, struct mw_arena *a, struct mw_sv text, struct mw_sv name,
    struct mw_sv value, bool exclude, struct mw_day today);
/* Days: "2026", "31.12.2026", "heute", "nächste Woche". A month or day without its year is the first that does not end before not_before.
 * In when.c. */
bool mw_days_read(struct mw_sv text, struct mw_day today, struct mw_day not_before, int64_t *from, int64_t *to);
bool mw_field_compares(enum mw_filter_field field); /* days, rates, amounts; their values may have spaces: "bis 31. Dezember" */
/* The words one after the other, or the phrase in either language, for FTS5: forms in quotes; appended. */
void mw_forms_match(struct mw_str *out, const struct mw_list *forms);
/* The same in any order, with so many other words between the first and the last at most. */
void mw_forms_near(struct mw_str *out, const struct mw_list *forms, size_t between);
void mw_phrase_match(struct mw_str *out, const struct mw_phrase *p);

/* --- group.c: what a word means ------------------------------------------------------------------------------------------ */
struct mw_term {
    struct mw_sv form;
    struct mw_sv near;        /* form is several with a space between them, which stand near each other: so FTS5 is asked; MW_SV_NONE: one form */
    double weight;
    double idf;               /* filled by mw_look_up() */
    int64_t notices;          /* likewise */
    double share;             /* of the word that is found with it; likewise, as what follows */
    const struct mw_living *list;
    uint32_t from, at;        /* of the list: where the window begins, how far it has been read (board.h) */
    uint32_t step, cover;     /* what it adds to a sketch (page.c) */
};
/* One way to say what a word means: all its terms add up; of several ways the best counts. */
struct mw_way {
    enum mw_reading_kind kind;
    struct mw_sv shown;       /* for people */
    struct mw_list terms;     /* struct mw_term; of a typed word the whole, then its parts; of a synonym all are needed */
    struct mw_sv match;       /* of several words: that they stand together, for FTS5; MW_SV_NONE: need not */
    const struct mw_living *together; /* documents in which they do; filled by mw_look_up() */
    double weight;
};
struct mw_group {
    struct mw_sv typed;
    size_t begin, end;        /* of the word in mw_query.plain */
    double weight;
    bool in_phrase;           /* of several words that the vocabulary knows together */
    double full;              /* what finding the word whole is worth; filled by mw_look_up() */
    struct mw_list ways;      /* struct mw_way */
};
struct mw_scored {
    uint32_t doc;
    int64_t notice;
    double score;
    double cover;             /* share of the typed words' weight that is found there, in whatever way, 0 to 1 */
};
/* A group for a word as typed: its form, its parts, its English form. */
enum mw_rc mw_group_add(struct mw_list *groups, struct mw_arena *a, const struct mw_query_word *w, struct mw_err *err);
/* A further way to say it: one term, or several that stand together. */
enum mw_rc mw_way_add(struct mw_group *g, struct mw_arena *a, enum mw_reading_kind kind, struct mw_sv shown,
    const struct mw_list *forms, double weight, struct mw_err *err);
/* A further term of a compound that was typed: its parts near each other, which says far more than somewhere in a notice. */
enum mw_rc mw_near_parts_add(struct mw_group *g, struct mw_arena *a, struct mw_err *err);
/* A group of one term in one way. */
static inline bool mw_group_is_single(const struct mw_group *g)
{
    const struct mw_way *way = g->ways.items;
    return g->ways.n == 1 && way->terms.n == 1 && way->match.p == NULL;
}
/* Finds the lists of the groups from that one on, and how rare their terms are: before anything is ranked. The lists are borrowed
 * until the next look-up from 0 or the end of the read. */
enum mw_rc mw_look_up(struct mw_list *groups, size_t from, struct mw_store *s, struct mw_err *err);
/* The weight of all typed words. */
double mw_typed_weight(const struct mw_list *groups);

/* --- rank.c, page.c: groups of terms to scores ---------------------------------------------------------------------------- */
/* Scores every living document that holds any term of the groups: scored becomes a list of struct mw_scored, those of earlier
 * documents roughly first. Groups without a typed word stand behind the others. */
enum mw_rc mw_rank(struct mw_list *scored, struct mw_arena *a, struct mw_store *s, struct mw_list *groups, struct mw_err *err);
/* The same where only the best are wanted and the others are counted. */
struct mw_page_ask {
    size_t most;               /* so many of the best, at least */
    double least;              /* cover of a hit */
    const uint64_t *pass;      /* which documents may be hits (bits.h); NULL: all */
    const struct mw_links *links; /* several addresses of one programme take one place; NULL: nobody asks */
    bool by_points;            /* the order is that of the scores alone, else of mw_score_of() */
    bool uncounted;            /* only the best are wanted, not all hits */
    const struct mw_list *seeds; /* struct mw_scored: hits by the first of these groups alone, which say what the best reach at least;
                                * NULL: none are known */
};
struct mw_page {
    uint64_t *hits;            /* which documents are (bits.h); NULL where they are uncounted */
    struct mw_list best;       /* struct mw_scored, in any order: every hit that stands among the best, and some more */
};
enum mw_rc mw_rank_page(struct mw_page *out, struct mw_arena *a, struct mw_store *s, struct mw_list *groups,
    const struct mw_page_ask *ask, struct mw_err *err);
/* What these documents got their points for, by the same steps: gains of the ways that counted, already weighted; those of a
 * document add up to its score. */
struct mw_gain {
    size_t which;             /* of docs */
    const struct mw_group *group;
    const struct mw_way *way;
    const struct mw_term *term;
    double gain;
};
enum mw_rc mw_rank_gains(struct mw_list *out, struct mw_arena *a, struct mw_store *s, struct mw_list *groups, const uint32_t *docs,
    size_t n, struct mw_err *err);
double mw_idf(int64_t all, int64_t with);
/* How many living documents hold the term. */
enum mw_rc mw_term_notices(struct mw_store *s, struct mw_sv form, int64_t *n, struct mw_err *err);

/* --- expand.c: what else a word may mean --------------------------------------------------------------------------------- */
/* Adds ways to the groups: corrections of words nobody knows, synonyms of the vocabulary (v NULL: none). */
enum mw_rc mw_expand(struct mw_list *groups, struct mw_arena *a, struct mw_store *s, const struct mw_query *q,
    struct mw_rules *rules, struct mw_err *err);

/* --- filter.c ------------------------------------------------------------------------------------------------------------- */
/* Which documents may be hits: those for which every condition holds. */
struct mw_sieve {
    uint64_t *pass;           /* by document (bits.h) */
    const struct mw_marks *marks; /* NULL: nothing asks them */
};
/* A condition to leave out, counted through filters, phrases and words: "how many would there be?" SIZE_MAX: none. */
#define MW_NO_FILTERS (SIZE_MAX - 1)
/* with_marks: they are wanted for other reasons, too. */
enum mw_rc mw_sieve_make(struct mw_sieve *out, struct mw_arena *a, struct mw_store *s, const struct mw_query *q, struct mw_day today,
    bool with_marks, size_t without, struct mw_err *err);

/* --- said.c: the words of notices, as feedback wants them --------------------------------------------------------------------- */
struct mw_spoken {            /* a form, whichever notices say it */
    struct mw_sv form;
    double rare;              /* its idf; 0: nobody has asked yet; below 0: not rare at all */
    uint64_t turn;            /* place is of that one */
    uint32_t place;           /* for whoever began the turn */
    bool names_place;         /* a Land or a region: says where, never what (mw_said_places()) */
};
struct mw_said {
    struct mw_spoken *word;
    struct mw_sv shown;       /* as the notice writes it, or the word of which it is a part */
    bool part;
    unsigned times;
};
/* Before the others in every read: forgets what is no longer so. What they give is borrowed until the next time. */
enum mw_rc mw_said_begin(struct mw_store *s, struct mw_err *err);
/* Tells names of Länder and regions from the rest; NULL: none is told. */
enum mw_rc mw_said_places(struct mw_store *s, const struct mw_rules *rules, struct mw_err *err);
/* struct mw_said of a document, each form once: no numbers, no empty words, nothing of less than three letters. */
enum mw_rc mw_said(const struct mw_list **out, struct mw_store *s, uint32_t doc, int64_t notice, struct mw_err *err);
struct mw_spoken *mw_said_form(struct mw_store *s, struct mw_sv form); /* NULL: nothing that has been read says it */
uint64_t mw_said_turn(struct mw_store *s); /* larger than every one before; reading has turns of its own */

/* --- feedback.c ------------------------------------------------------------------------------------------------------------- */
double mw_score_of(const struct mw_scored *s); /* by which hits are ordered: score and cover in one */
double mw_raise(double cover);                 /* by what a cover multiplies a score */
/* Adds groups for what the best hits have in common but for places, of those that hold at least this share of the query, and looks them up. The
 * groups must have been looked up. best becomes a list of struct mw_scored: the best hits without what was added, and some
 * more; NULL: nobody wants them. */
enum mw_rc mw_related_add(struct mw_list *groups, struct mw_list *best, struct mw_arena *a, struct mw_store *s, const struct mw_rules *rules,
    double least, struct mw_err *err);

/* --- telling.c ------------------------------------------------------------------------------------------------------------- */
/* Of the words (struct mw_query_word) that at least so many notices hold the most telling ones become groups; numbers tell
 * nothing, nor do names of places (rules NULL: none is known). least 1: compounds that no notice holds count too, for their parts. */
enum mw_rc mw_telling(struct mw_list *groups, struct mw_arena *a, struct mw_store *s, const struct mw_rules *rules, struct mw_list *words,
    size_t most, int64_t least, struct mw_err *err);

bool mw_has_letter(struct mw_sv folded); /* of any script */

/* --- top.c ------------------------------------------------------------------------------------------------------------------ */
typedef int mw_compare_fn(const void *a, const void *b);
/* Puts the k least of n things of size bytes, in order, before the others, whose order is left open. The order must be total. */
void mw_top(void *all, size_t n, size_t size, size_t k, mw_compare_fn *compare);
void mw_top_any(void *all, size_t n, size_t size, size_t k, mw_compare_fn *compare); /* the same k, in any order */

/* --- suggest.c -------------------------------------------------------------------------------------------------------------- */
/* Terms of the index that the form of a word of so many letters may be a typing error of, nearest, then what happens most, then the most frequent
 * first: struct mw_near. */
struct mw_near {
    struct mw_sv form;
    unsigned distance;
    size_t bytes;             /* of posting lists: how frequent */
    bool slip;                /* of a letter doubled, or of a link between parts of a compound */
};
enum mw_rc mw_near_terms(struct mw_list *out, struct mw_arena *a, struct mw_store *s, struct mw_sv form, size_t letters,
    struct mw_err *err);

/* --- shown.c ---------------------------------------------------------------------------------------------------------------- */
/* The term as a notice writes it: "Tourismus" for "tourism"; of what is only part of compounds the piece as a word, the form itself where none is
 * near the beginning of a text. */
enum { MW_SHOWN_BYTES = 1 << 16 };
enum mw_rc mw_term_shown(struct mw_sv *out, struct mw_arena *a, struct mw_store *s, struct mw_sv form, struct mw_err *err);
/* The word of the text that gave the form, in a: "Gebäude" for "gebaud", of a compound the piece with dots: "…konzept". Where no word
 * did, all of the text. p NULL: no memory. */
struct mw_sv mw_form_shown(struct mw_arena *a, struct mw_analyser *an, struct mw_sv text, struct mw_sv form);

/* --- snippet.c -------------------------------------------------------------------------------------------------------------- */
/* The passage of the notice that shows most of what was looked for, with marks around the words. */
enum mw_rc mw_snippet(struct mw_sv *out, struct mw_arena *a, struct mw_store *s, int64_t notice, const struct mw_list *groups,
    struct mw_err *err);

#endif
