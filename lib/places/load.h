/* A newer official register in the place of ours. */
#ifndef MW_PLACES_LOAD_H
#define MW_PLACES_LOAD_H

#include "lib/places/places.h"

/* Bytes of a file to the text of our table, appended to out. Two forms are read: our own table, and the fixed-width file GV100AD of
 * Destatis (GV-ISys: record types 40 and 60; UTF-8 or ISO 8859-1). GV100AD does not say when the inhabitants were counted: counted
 * says it, MW_DAY_NONE takes the day of the register. NUTS codes come from old, by Kreis. Faults go to diags with their lines. */
enum mw_rc mw_places_convert(struct mw_str *out, struct mw_arena *a, const char *name, struct mw_sv bytes, const struct mw_places *old,
    struct mw_day counted, struct mw_diags *diags, struct mw_err *err);

#endif
