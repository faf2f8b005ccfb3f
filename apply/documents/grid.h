/* A plain table as a file: a spreadsheet (XLSX) or text for one (lib/core/csv.h). Every cell is text that somebody may have
 * written: in XLSX a text cell. */
#ifndef MW_DOCUMENTS_GRID_H
#define MW_DOCUMENTS_GRID_H

#include "lib/core/arena.h"
#include "lib/core/date.h"
#include "lib/core/err.h"

struct mw_grid {
    struct mw_sv title;
    const char *sheet;         /* the sheet's name, English; NULL: "Overview" */
    struct mw_day day;
    struct mw_list heads;      /* struct mw_sv */
    struct mw_list cells;      /* struct mw_sv, row by row, as many a row as there are heads; MW_SV_NONE: empty */
};
/* A cell more; false: out of memory. */
bool mw_grid_add(struct mw_grid *g, struct mw_arena *a, struct mw_sv text);
/* Writes path (a new file beside it, renamed when complete). MW_OUTPUT: not writable. */
enum mw_rc mw_grid_xlsx(const struct mw_grid *g, const char *path, enum mw_lang lang, struct mw_err *err);
void mw_grid_csv(struct mw_str *out, const struct mw_grid *g, enum mw_lang lang); /* appended */

#endif
