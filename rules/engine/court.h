/* What a verdict is found with: the profile, the notice's facts, the day; and how facts compare to the profile. Private to
 * rules/engine. */
#ifndef MW_RULES_ENGINE_COURT_H
#define MW_RULES_ENGINE_COURT_H

#include "rules/engine/criteria.h"
#include "rules/engine/ruleset.h"
#include "rules/engine/theme.h"

struct court {
    const struct mw_rules *r;
    const struct mw_profile *p;
    const struct mw_list *facts;
    const struct mw_fact **sorted;      /* the same, by type */
    size_t of_type[MW_F_TYPE_N + 1];    /* where each type begins in sorted */
    struct mw_day today;
    enum mw_lang lang;
    bool silent;                /* answers without reasons */
    enum mw_status status;
    const struct mw_fact *status_why;
    struct mw_day deadline;
    enum mw_purpose purpose;
    const struct mw_fact *purpose_why;
    const struct mw_concept *our_theme;
    const struct mw_list *areas;
};
enum cover { COVERS_NOT, COVERS_PERHAPS, COVERS };

/* Does a region fact name a Land of an applicant? Is any applicant's Land known? */
bool mw_court_our_land(const struct court *c, const struct mw_fact *f);
bool mw_court_knows_land(const struct court *c);
/* May one of the applicants be one of those that an applicant (or exclusion) fact names? The best of them. */
enum cover mw_court_covers(const struct court *c, const struct mw_fact *f);
/* Does the profile say on which day the inhabitants were counted? */
static inline bool mw_court_dated(const struct mw_applicant *a) { return mw_day_is(a->population_on) && a->population_on.n > 0; }
/* MW_C_WITHIN, MW_C_OUTSIDE, MW_C_PARTLY_WITHIN, MW_C_PERHAPS_WITHIN, MW_C_NOT_STATED; MW_C_N: the fact sets no limit. */
enum mw_compare mw_court_place(const struct court *c, const struct mw_fact *f);

/* MW_C_NAMES_ALL, _SOME (or perhaps), _NONE: does the list of places that a fact names (its condition) name the applicants? */
enum mw_compare mw_court_names(const struct court *c, const struct mw_fact *f);
/* The special areas (struct mw_sv, as in the facts) in which a profile lies, as it says or by its AGS; appended. false: out of memory. */
bool mw_areas_of(struct mw_list *out, struct mw_arena *a, const struct mw_rules *r, const struct mw_profile *p);
/* Is the area that a fact names one of them? */
bool mw_court_our_area(const struct court *c, const struct mw_fact *f);
/* Is there nothing of it in the Länder of the applicants? */
bool mw_court_area_elsewhere(const struct court *c, const struct mw_fact *f);
/* The same as mw_court_place() of a rate that depends on the budget (enum mw_budget, -1: not known). */
enum mw_compare mw_court_budget(int budget, const struct mw_fact *f);

#endif
