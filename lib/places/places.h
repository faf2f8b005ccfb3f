/* The municipalities and Kreise of Germany: AGS, name, Land, inhabitants with their day, NUTS 3; and which one a name means.
 *
 * The table is a file of config/places (columns and sources stand at its head). Names are not unique: 30 Neustadts, two Neurieds.
 * A name is settled by what stands beside it (postcode, NUTS code, Land, Kreis, neighbours) or not at all. */
#ifndef MW_PLACES_PLACES_H
#define MW_PLACES_PLACES_H

#include "lib/core/arena.h"
#include "lib/core/date.h"
#include "lib/core/err.h"

struct mw_place {
    struct mw_sv ags;   /* 8 digits; 5: a Kreis */
    struct mw_sv name;  /* "Groß-Gerau", "Wyk auf Föhr" */
    struct mw_sv title; /* "Stadt", "Markt", "Landkreis"; may be empty */
    struct mw_sv kreis, plz, nuts; /* may be empty */
    enum mw_land land;
    int64_t population; /* -1: not known */
    struct mw_day counted;
};
struct mw_places; /* lives in its arena */

#define MW_PLACES_MAX ((size_t)16 << 20) /* bytes of the file */

/* Reads the table. Every faulty line goes to diags with its number; MW_INVALID then. MW_IO: the file cannot be read. */
enum mw_rc mw_places_load(struct mw_places **out, struct mw_arena *a, const char *path, struct mw_diags *diags, struct mw_err *err);
/* The same from bytes that are called name. */
enum mw_rc mw_places_read(struct mw_places **out, struct mw_arena *a, const char *name, struct mw_sv bytes, struct mw_diags *diags,
    struct mw_err *err);
size_t mw_places_count(const struct mw_places *p);
const struct mw_place *mw_places_at(const struct mw_places *p, size_t i); /* in the order of the file */
const struct mw_place *mw_places_by_ags(const struct mw_places *p, struct mw_sv ags); /* NULL: none */
static inline bool mw_place_is_kreis(const struct mw_place *p) { return p->ags.n == 5; }

/* Everything of that name: const struct mw_place * appended to out, without case. MW_NAME_EXACT: just that name; MW_NAME_SHORT: the
 * register's name has an addition ("Friedberg" for "Friedberg (Hessen)"); MW_NAME_LONG: the name asked for has one ("Rüsselsheim am
 * Main" for Rüsselsheim). */
enum mw_name { MW_NAME_EXACT, MW_NAME_SHORT, MW_NAME_LONG };
enum mw_rc mw_places_named(struct mw_list *out, struct mw_arena *a, const struct mw_places *p, struct mw_sv name, enum mw_name how,
    struct mw_err *err);

struct mw_place_hint {           /* what is known beside a name; MW_SV_NONE, MW_LAND_NONE, empty: nothing */
    struct mw_sv plz, nuts, kreis; /* nuts: any NUTS code of the place, of any level */
    enum mw_land land;
    bool is_kreis, is_municipality; /* what the text calls it */
    bool is_town;                /* the text calls it Stadt: a village of that name is not meant */
    struct mw_list near;         /* const struct mw_place *: named in the same text and settled already */
};
/* The one place that a name means by the hint; NULL: none, or several (then they stand in *homonyms, which may be NULL). What
 * contradicts a hint is not meant: Neuried in the Ortenaukreis is not the one in Bavaria. Without any hint Hamm is the city and not
 * the village Hamm (Sieg), but Friedberg is either of two towns. */
const struct mw_place *mw_places_settle(struct mw_arena *a, const struct mw_places *p, struct mw_sv name, const struct mw_place_hint *hint,
    struct mw_list *homonyms);
/* The Land that a NUTS code lies in; MW_LAND_NONE: none of Germany's. */
enum mw_land mw_land_of_nuts(struct mw_sv code);

#endif
