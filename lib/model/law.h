/* Figures of law that change with the years and belong to no programme: base interest rate, limit of de-minimis aid
 * (config/law). */
#ifndef MW_MODEL_LAW_H
#define MW_MODEL_LAW_H

#include "lib/core/schema.h"

struct mw_base_rate { struct mw_pos pos; struct mw_day from; struct mw_share rate; };
/* What one undertaking may receive within so many years up to the day of a new award. */
struct mw_aid_limit { struct mw_pos pos; struct mw_day from, until; struct mw_eur amount; int64_t years; };
struct mw_law {
    struct mw_share points;    /* above the base rate: 5 points are 1/20 (§ 49a (3) VwVfG) */
    struct mw_list base_rates; /* struct mw_base_rate, ascending by from */
    struct mw_list de_minimis; /* struct mw_aid_limit, as written */
};

/* Reads all files of a folder ("config/law"). A folder that is missing is an empty law. MW_OK, or MW_INVALID, MW_IO, MW_NOMEM
 * with every fault in diags. */
enum mw_rc mw_law_load(struct mw_law *out, struct mw_arena *a, const char *dir, struct mw_diags *diags);
/* One file's map, added to what out holds. */
enum mw_rc mw_law_read(struct mw_law *out, struct mw_arena *a, const struct mw_node *map, struct mw_diags *diags);

/* The base rate on a day, and the first day on which another entry holds (MW_DAY_NONE: it is the last entry). NULL: the day
 * lies before the first. */
const struct mw_base_rate *mw_law_base_rate(const struct mw_law *law, struct mw_day day, struct mw_day *next);
/* The limit in force on a day; NULL: none is known. */
const struct mw_aid_limit *mw_law_de_minimis(const struct mw_law *law, struct mw_day day);

#endif
