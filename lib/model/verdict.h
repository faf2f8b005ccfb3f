/* A verdict: may this project use this programme? Three answers, each criterion with its reason and its evidence. */
#ifndef MW_MODEL_VERDICT_H
#define MW_MODEL_VERDICT_H

#include "lib/core/arena.h"
#include "lib/core/out.h"

enum mw_answer { MW_A_NO, MW_A_UNKNOWN, MW_A_YES };
extern const char *const MW_ANSWERS[];  /* "no", "unknown", "yes" */
extern const char *const MW_VERDICTS[]; /* "ineligible", "unknown", "eligible" */

struct mw_criterion {
    struct mw_sv name;   /* "region", "applicant", "status", ... */
    enum mw_answer answer;
    struct mw_sv reason; /* one sentence in the language asked for */
    struct mw_sv quote;  /* verbatim in the notice, or MW_SV_NONE */
    struct mw_sv field;  /* of the source, where there is no quote: "funding_location"; MW_SV_NONE */
    struct mw_sv rule;   /* "rules/criteria/region.yaml:12" */
};
struct mw_verdict {
    enum mw_answer answer;      /* ineligible: one criterion is no; eligible: region, applicant and status are yes and none is no */
    struct mw_list criteria;    /* struct mw_criterion, in the order of rules/criteria */
    bool akin;                  /* the purposes have most in common, though nothing says that this very one is funded: for the order of a list */
};

#endif
