/* How the sum of a cost row comes about, in words: what an examiner asks of every line of a Kostenplan ("7 Foren x 1.333,33 EUR plus
 * 19 % VAT"). Said from the project file; nothing is computed here. */
#ifndef MW_DOCUMENTS_BASIS_H
#define MW_DOCUMENTS_BASIS_H

#include "apply/plan/plan.h"

/* "7 Forum × 1.333,33 EUR plus 19 % VAT"; "E11, step 3, 50 %, ..."; "15 % of Personal". Empty: the sum was entered as it stands.
 * MW_SV_NONE: no memory. */
struct mw_sv mw_cost_basis(struct mw_arena *a, const struct mw_plan *plan, const struct mw_cost_row *row, enum mw_lang lang);
/* The row's label; "Flat rate: Gemeinkosten" of a computed one. MW_SV_NONE: no memory. */
struct mw_sv mw_cost_label(struct mw_arena *a, const struct mw_cost_row *row, enum mw_lang lang);

#endif
