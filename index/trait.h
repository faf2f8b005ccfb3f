/* Traits: what filters, facets and orders ask of every notice, as a few bytes each.
 *
 * The tables of notices and facts answer any question about one notice; asking them of each of 100,000 hits would take
 * seconds. So what is asked of many (Land, applicants, kind of funding, level, source, theme, the largest grant, the day it was
 * first seen, and how its status goes with the days) is packed when facts are written, and read at once. A trait never says
 * more than the tables: it is made of them and made anew with them. */
#ifndef MW_INDEX_TRAIT_H
#define MW_INDEX_TRAIT_H

#include "index/db.h"

enum { /* bits of mw_trait.lands beside those of enum mw_land */
    MW_T_DE = 1 << 20,
    MW_T_EU = 1 << 21
};
enum { MW_T_LEVEL_EU = 1, MW_T_LEVEL_DE = 2, MW_T_LEVEL_LAND = 4 };
enum { MW_TRAIT_THEMES = 32 }; /* of one notice; further labels are not counted */

struct mw_trait {
    uint32_t lands;          /* where it applies: 1 << enum mw_land, MW_T_DE, MW_T_EU */
    uint32_t applicants;     /* 1 << enum mw_applicant: who may apply */
    uint32_t kinds;          /* 1 << enum mw_kind */
    unsigned levels;
    bool english;
    uint32_t source;         /* number of a word; 0: none */
    int64_t amount;          /* cents: the largest grant that is stated; -1: none is */
    struct mw_day seen;      /* first seen */
    const unsigned char *more, *end; /* themes, yearly dates and steps of the status, packed */
};
enum mw_trait_word_kind { MW_TW_SOURCE, MW_TW_THEME, MW_TW_KINDS };
struct mw_trait_word {
    enum mw_trait_word_kind kind;
    struct mw_sv word;       /* as the source gives it; MW_SV_NONE: no such number */
};
struct mw_traits {
    struct mw_stamp read;
    struct mw_arena *arena;
    const unsigned char **at; /* by notice id; NULL: no trait */
    size_t n;                 /* one more than the largest notice id */
    struct mw_trait_word *words; /* by number, from 1 */
    size_t words_n;
};
/* All of them, read once and kept until something is written. Borrowed until the next call. */
enum mw_rc mw_traits(const struct mw_traits **out, struct mw_store *s, struct mw_err *err);
/* false: the notice has none (then out says nothing of it: no Land, no applicant, unknown). */
bool mw_trait_get(struct mw_trait *out, const struct mw_traits *t, int64_t notice);
/* The same answer as mw_status_of(). */
enum mw_status mw_trait_status(const struct mw_trait *t, struct mw_day today, struct mw_day *deadline);
size_t mw_trait_themes(const struct mw_trait *t, uint32_t out[MW_TRAIT_THEMES]); /* numbers of words */

#endif
