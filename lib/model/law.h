/* Figures of law that change with the years and belong to no programme: base interest rate, limits such as that of de-minimis aid,
 * thresholds, times (config/law). */
#ifndef MW_MODEL_LAW_H
#define MW_MODEL_LAW_H

#include "lib/core/schema.h"

struct mw_base_rate { struct mw_pos pos; struct mw_day from; struct mw_share rate; };
/* A limit that holds from a day until another; which of amount, time and rates it has depends on the limit. */
struct mw_law_limit {
    struct mw_pos pos;
    struct mw_sv id;           /* "de-minimis", "eu-services", ...: the files say what each means */
    struct mw_day from, until; /* MW_DAY_NONE: open on that side */
    struct mw_eur amount;
    struct mw_duration time;
    struct mw_list rates;      /* struct mw_share: those there are, or the lowest and the highest */
    struct mw_list sources;    /* struct mw_term_source; empty: those of the file */
};
struct mw_law {
    struct mw_share points;    /* above the base rate: 5 points are 1/20 (§ 49a (3) VwVfG) */
    struct mw_list base_rates; /* struct mw_base_rate, ascending by from */
    struct mw_list limits;     /* struct mw_law_limit, as written */
};

/* Reads all files of a folder ("config/law"). A folder that is missing is an empty law. MW_OK, or MW_INVALID, MW_IO, MW_NOMEM
 * with every fault in diags. */
enum mw_rc mw_law_load(struct mw_law *out, struct mw_arena *a, const char *dir, struct mw_diags *diags);
/* One file's map, added to what out holds. */
enum mw_rc mw_law_read(struct mw_law *out, struct mw_arena *a, const struct mw_node *map, struct mw_diags *diags);

/* The base rate on a day, and the first day on which another entry holds (MW_DAY_NONE: it is the last entry). NULL: the day
 * lies before the first. */
const struct mw_base_rate *mw_law_base_rate(const struct mw_law *law, struct mw_day day, struct mw_day *next);
/* The limit of that id that holds on the day; NULL: none is known. law may be NULL. */
const struct mw_law_limit *mw_law_limit(const struct mw_law *law, const char *id, struct mw_day day);
/* The day after which something counts whose time ends on the day: what was received within `time` up to it. */
struct mw_day mw_law_since(const struct mw_law_limit *limit, struct mw_day day);

#endif
