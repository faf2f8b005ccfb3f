/* What a project's schema cannot say: sums, references, order. Only project.c includes this. */
#ifndef MW_MODEL_PROJECT_CHECK_H
#define MW_MODEL_PROJECT_CHECK_H

#include "lib/model/project.h"

#define MW_ROWS_MAX 20000 /* rows, tasks or steps of one project */

/* One sum, and only one; sum_of_years is that of the row's years; faulty: a sum stands there that could not be read, which is said. */
void mw_project_check_cost(struct mw_cost *c, struct mw_eur sum_of_years, bool faulty, struct mw_diags *diags);
void mw_project_check_source(struct mw_source *s, struct mw_eur sum_of_years, struct mw_diags *diags);
/* Ids, references between parts, order of dates, circles among tasks. */
void mw_project_check(struct mw_project *p, struct mw_arena *a, struct mw_diags *diags);

#endif
