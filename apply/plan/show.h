/* What the writers of plans and portfolios share; only apply/plan/ includes this. */
#ifndef MW_PLAN_SHOW_H
#define MW_PLAN_SHOW_H

#include "apply/plan/plan.h"

/* A sum without its currency, for tables that say "EUR" once; for people only. */
void mw_show_cents(struct mw_out *o, const char *key, struct mw_eur e);

struct mw_year_line { struct mw_sv label; const struct mw_eur *years; };
/* For people: lines by calendar year, in blocks that fit the width. label: heading of the table, English; NULL: none. */
void mw_show_years(struct mw_out *o, struct mw_years years, const char *label, const struct mw_year_line *lines, size_t n);
/* "years": {"2027": 0, ...}, for programs. */
void mw_show_year_sums(struct mw_out *o, struct mw_years years, const struct mw_eur *sums);

#endif
