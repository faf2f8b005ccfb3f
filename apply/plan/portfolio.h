/* A portfolio: several plans side by side, for the budget of the coming years and the calendar of all projects. */
#ifndef MW_PLAN_PORTFOLIO_H
#define MW_PLAN_PORTFOLIO_H

#include "apply/plan/plan.h"

/* Money of one year, or of all. */
struct mw_portfolio_sums {
    struct mw_eur cost, grant, other, own; /* other: public, third, revenue and unpaid work */
};
enum mw_date_kind {
    MW_DATE_STEP, MW_DATE_SITTING, MW_DATE_DEADLINE, MW_DATE_START, MW_DATE_END, MW_DATE_DRAWDOWN, MW_DATE_DUTY, MW_DATE_N
};
extern const char *const MW_DATE_KINDS[MW_DATE_N + 1]; /* "step", ... NULL */
struct mw_portfolio_date {
    struct mw_day day;
    enum mw_date_kind kind;
    const struct mw_plan *plan;
    struct mw_sv label; /* of the step, the body or the duty, in the language of the plan; MW_SV_NONE: the kind says it */
    struct mw_eur amount; /* of a drawdown; else MW_EUR_NONE */
};
/* De-minimis account of one undertaking over all projects, on today: what it received in the years that count, what projects
 * that are under way ask for, and what is left if they get it (below zero: too much). */
struct mw_account { struct mw_sv undertaking; struct mw_day since; struct mw_eur limit, received, asked, left; };
/* What one applicant has to bring up itself over all projects: its part where own money is shared or each applies for itself, else
 * all of the projects that it leads. */
struct mw_client { struct mw_sv name; struct mw_eur *own, total; }; /* own: by year */
struct mw_portfolio {
    struct mw_day today;
    const struct mw_plan *plans; /* n of them, as given; borrowed */
    size_t n;
    struct mw_years years;
    struct mw_portfolio_sums *by_year, total; /* without rejected and closed projects */
    struct mw_share *staff;                   /* by year: person-months of the personnel rows (months touched x fte), exact */
    struct mw_list clients;                   /* struct mw_client, in the order of the projects */
    struct mw_list accounts;                  /* struct mw_account, in the order of the projects */
    struct mw_list dates;                     /* struct mw_portfolio_date from today on, ascending */
};

/* Rejected and closed projects are listed but not summed up. Duties and drawdowns count only where there is an award; the way
 * to the application only where it is not handed in. law: for the de-minimis accounts; NULL: none. MW_INVALID: a sum does not
 * fit. */
enum mw_rc mw_portfolio_make(struct mw_portfolio *out, struct mw_arena *a, const struct mw_plan *plans, size_t n,
                             const struct mw_law *law, struct mw_day today, struct mw_err *err);
/* "sitting: Rat", "call for money": what a date is, for people; appended. */
void mw_portfolio_what(struct mw_str *out, const struct mw_portfolio_date *d, enum mw_lang lang);
/* "handed in": the project's state in words; "" where it states none. */
const char *mw_portfolio_state(const struct mw_project *p, enum mw_lang lang);
void mw_portfolio_to_out(const struct mw_portfolio *p, struct mw_out *o);

#endif
