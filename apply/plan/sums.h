/* Sums beneath the tables of the documents, and what a joint project saves: the writers compute nothing themselves. */
#ifndef MW_PLAN_SUMS_H
#define MW_PLAN_SUMS_H

#include "apply/plan/plan.h"

/* The eligible part of all cost rows, before caps. MW_EUR_NONE: does not fit. */
struct mw_eur mw_sum_eligible_rows(const struct mw_plan *plan);
/* The columns of the partners' table; one that no partner has is MW_EUR_NONE; applicant is NULL. */
struct mw_partner_row mw_sum_partners(const struct mw_plan *plan);

/* What neither grant nor own money pays. MW_EUR_NONE: does not fit. */
struct mw_eur mw_sum_others(const struct mw_plan *plan);

/* All months together; year and month are 0. */
struct mw_month mw_sum_months(const struct mw_plan *plan);

/* The efficiency calculation of a joint project (IKZ Hessen, Bavaria): saving = 1 - joint cost / sum of the single costs. */
struct mw_saving {
    struct mw_eur single, joint, saved; /* a year; saved is negative when it costs more together */
    struct mw_share share;              /* of the single costs, exact */
};
/* false: the project does not state both sides, or they do not fit. */
bool mw_saving_of(struct mw_saving *out, const struct mw_project *project);

#endif
