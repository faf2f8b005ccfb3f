/* The plan as a spreadsheet: cost plan, financing plan, partners, schedule, duties and findings, one sheet each.
 *
 * Sums, the grant and own money are live formulas that carry their value, so that a Kämmerer can trace and change them and
 * a viewer that does not compute shows the right figures. Money is exact to the cent in the plan; a cell holds the same
 * amount in euros (a double holds cents exactly up to 90 billion euros). Texts are always text cells: nothing that somebody
 * wrote is executed. */
#ifndef MW_DOCUMENTS_WORKBOOK_H
#define MW_DOCUMENTS_WORKBOOK_H

#include "apply/plan/plan.h"

/* Writes path (a new file beside it, renamed when complete). MW_OUTPUT: not writable, disk full included. */
enum mw_rc mw_workbook_write(const struct mw_plan *plan, const char *path, enum mw_lang lang, struct mw_err *err);

#endif
