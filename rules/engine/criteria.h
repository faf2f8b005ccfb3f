/* Criteria: how a profile and a notice's facts give yes, no or unknown. rules/criteria/<name>.yaml holds a table of rows;
 * the first row that holds decides. What a row may compare is told in judge.c and in rules/README.md. Private to
 * rules/engine. */
#ifndef MW_RULES_ENGINE_CRITERIA_H
#define MW_RULES_ENGINE_CRITERIA_H

#include "lib/core/schema.h"
#include "lib/model/fact.h"

/* What of the profile a fact is held against. Words of `is:` in the files, in this order. */
enum mw_compare {
    MW_C_STATED, MW_C_ABSENT,
    MW_C_OUR_LAND, MW_C_NOT_OUR_LAND,
    MW_C_OUR_TYPE, MW_C_PERHAPS_OUR_TYPE, MW_C_NOT_OUR_TYPE,
    MW_C_OUR_KIND, MW_C_NOT_OUR_KIND,
    MW_C_WITHIN, MW_C_OUTSIDE, MW_C_PARTLY_WITHIN, MW_C_PERHAPS_WITHIN, MW_C_NOT_STATED,
    MW_C_NAMES_ALL, MW_C_NAMES_SOME, MW_C_NAMES_NONE,
    MW_C_OUR_AREA, MW_C_NOT_OUR_AREA, MW_C_AREA_ELSEWHERE,
    MW_C_OUR_THEME, MW_C_AKIN_THEME, MW_C_NEAR_THEME, MW_C_OTHER_THEME,
    MW_C_OPEN, MW_C_FORTHCOMING, MW_C_CLOSED, MW_C_STATUS_UNKNOWN,
    MW_C_N
};
extern const char *const MW_COMPARES[MW_C_N + 1];
/* What must be so in the profile. Words of `project:`. */
enum mw_project_state { MW_P_STARTED, MW_P_NOT_STARTED, MW_P_START_UNKNOWN, MW_P_JOINT, MW_P_SINGLE, MW_P_WEAK, MW_P_NORMAL_BUDGET,
    MW_P_BUDGET_EMERGENCY, MW_P_OTHER_FUNDING, MW_P_NO_OTHER_FUNDING, MW_P_N };
extern const char *const MW_PROJECT_STATES[MW_P_N + 1];

struct mw_criterion_row {
    struct mw_pos pos;
    struct mw_list facts;         /* int: enum mw_fact_type; which facts; empty: none are looked at */
    struct mw_list kinds, values; /* struct mw_sv: only those; empty: any */
    int from;                     /* 0 text, 1 source; -1: both */
    int is;                       /* enum mw_compare; -1: stated */
    enum mw_tri every;            /* holds only if it holds for every such fact (and there is one) */
    enum mw_tri soft;             /* only soft ones, only firm ones; MW_TRI_NONE: both */
    int project;                  /* enum mw_project_state; -1: any */
    const struct mw_criterion_row *also; /* a second condition, without an answer of its own; NULL: none */
    int answer;                   /* enum mw_answer */
    struct mw_sv de, en;          /* the reason; {fact} {ours} {date} are put in */
    struct mw_sv place;           /* "rules/criteria/region.yaml:12" */
};
struct mw_criterion_rule {
    struct mw_pos pos;
    struct mw_sv name, about;
    int64_t order;
    enum mw_tri decisive;
    struct mw_list rows;
    struct mw_sv place;
};

bool mw_criteria_load(struct mw_list *out, struct mw_arena *a, const struct mw_node *node, const char *name, struct mw_diags *diags);

#endif
