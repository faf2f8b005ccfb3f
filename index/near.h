/* What would have to be otherwise: found by judging a changed profile, never by reading reasons.
 *
 * A near miss is one change of the project after which a programme fits better: its verdict rises, or fewer of its criteria are
 * in doubt. A question is a fact that the profile leaves out, with the number of verdicts in which knowing it would settle a
 * criterion. */
#ifndef MW_INDEX_NEAR_H
#define MW_INDEX_NEAR_H

#include "index/match.h"

enum mw_change {
    MW_CHANGE_PARTNERS,   /* number: of applicants in all */
    MW_CHANGE_KREIS,      /* the Kreis applies for its municipality */
    MW_CHANGE_MEMBER,     /* a municipality applies: a member of the association, the owner of the company */
    MW_CHANGE_COST_MAX,   /* eur: total cost at most */
    MW_CHANGE_COST_MIN,   /* eur: total cost at least */
    MW_CHANGE_OWN_SHARE,  /* share: own means at least */
    MW_CHANGE_DURATION,   /* number: months at most */
    MW_CHANGE_KINDS,      /* number: enum mw_kind that is taken, too */
    MW_CHANGE_N
};
struct mw_near_miss {
    enum mw_change change;
    int64_t number;
    struct mw_eur eur;
    struct mw_share share;
    struct mw_sv criterion;  /* which is better then */
    enum mw_answer answer;   /* the verdict then; never no */
};
/* At most one of each change, the one that helps most and of equals the one that asks least of the project, appended to out. m carries its facts. */
enum mw_rc mw_near_misses(struct mw_list *out, struct mw_arena *a, struct mw_rules *r, const struct mw_profile *p, const struct mw_match *m,
    const struct mw_match_opts *opts, struct mw_err *err);

enum mw_ask {
    MW_ASK_POPULATION, MW_ASK_BUDGET, MW_ASK_VOLUME, MW_ASK_OWN_SHARE, MW_ASK_PERIOD, MW_ASK_STARTED, MW_ASK_LAND, MW_ASK_MUNICIPAL_SHARE,
    MW_ASK_OTHER_FUNDING, MW_ASK_N
};
/* Is it asked of every applicant, not once of the project? */
static inline bool mw_ask_each(enum mw_ask ask)
{
    return ask == MW_ASK_POPULATION || ask == MW_ASK_BUDGET || ask == MW_ASK_LAND || ask == MW_ASK_MUNICIPAL_SHARE;
}
extern const char *const MW_ASK_FIELDS[]; /* "population", ... as the profile file calls them */
struct mw_question {
    enum mw_ask ask;
    size_t applicant;  /* where mw_ask_each(): whose */
    size_t settles;    /* verdicts of the matches in which a criterion is settled by it */
};
/* What the profile leaves out and some verdict of the matches waits for, the most useful first; appended to out. */
enum mw_rc mw_questions(struct mw_list *out, struct mw_arena *a, struct mw_rules *r, const struct mw_profile *p, const struct mw_list *matches,
    const struct mw_match_opts *opts, struct mw_err *err);

/* One applicant of a joint project by itself. */
struct mw_apart {
    struct mw_verdict verdict;
    const struct mw_fact *rate; /* mw_rules_rate() of the applicant; NULL: none is stated for it */
    bool rate_sure;
};
/* In the order of the profile: struct mw_apart appended to out. m carries its facts. */
enum mw_rc mw_match_apart(struct mw_list *out, struct mw_arena *a, struct mw_rules *r, const struct mw_profile *p, const struct mw_match *m,
    const struct mw_match_opts *opts, struct mw_err *err);

#endif
