/* What a programme would pay for a project that is a profile only: the plan of one row, the total cost of today. */
#ifndef MW_CLI_ESTIMATE_H
#define MW_CLI_ESTIMATE_H

#include "apply/plan/plan.h"

struct mw_estimate {
    struct mw_sv programme, title, edition;
    struct mw_eur grant;         /* never a promise */
    struct mw_sv formula;        /* of the rule that decided, in the language asked for */
    struct mw_sv why;            /* there is no grant, in a sentence without its end; MW_SV_NONE */
    const struct mw_edition *terms;
    struct mw_eur own;
    struct mw_list led;          /* struct mw_led: with another applicant in the lead, where that gives another grant */
};
struct mw_led { const struct mw_applicant *lead; struct mw_eur grant; struct mw_sv formula; };
/* The estimates of all computable programmes (struct mw_terms of rules/programmes) that are joined to the address of a notice;
 * struct mw_estimate appended to out. A profile without a total cost and a programme that cannot be computed give none. */
enum mw_rc mw_estimates(struct mw_list *out, struct mw_arena *a, const struct mw_list *terms, const struct mw_profile *p, struct mw_sv url,
    struct mw_day today, enum mw_lang lang, struct mw_err *err);

#endif
