/* What people decided about a programme for a profile. It lies in a file beside the profile ("profil.decisions.yaml"), never
 * only in the database, which can be rebuilt. A dismissal holds as long as the reasons it was made for: `reasons` is the
 * verdict of each criterion on that day. */
#ifndef MW_MODEL_DECISION_H
#define MW_MODEL_DECISION_H

#include "lib/core/schema.h"

enum mw_decision_kind { MW_DECIDE_DISMISS, MW_DECIDE_KEEP, MW_DECIDE_APPLY, MW_DECIDE_NOTE, MW_DECIDE_N };
extern const char *const MW_DECISIONS[MW_DECIDE_N + 1]; /* "dismiss", "keep", "apply", "note", NULL */
struct mw_decision {
    struct mw_pos pos;
    struct mw_sv url;
    int kind;              /* enum mw_decision_kind */
    struct mw_sv why;      /* MW_SV_NONE: no reason was given */
    struct mw_day day;
    struct mw_sv reasons;  /* "region=yes status=unknown", or MW_SV_NONE */
};

/* "dir/profil.yaml" -> "dir/profil.SUFFIX"; in the arena, NULL without memory. */
const char *mw_beside(struct mw_arena *a, const char *profile, const char *suffix);
/* struct mw_decision appended to out, in the order of the file; a file that is missing holds none. Faults go to diags. */
enum mw_rc mw_decisions_load(struct mw_list *out, struct mw_arena *a, const char *path, struct mw_diags *diags);
/* Adds one at the end of the file, which is created where it is missing; comments and order stay as they are. MW_INVALID: the
 * file is faulty (in diags) and is left alone. */
enum mw_rc mw_decision_add(const char *path, const struct mw_decision *d, struct mw_diags *diags, struct mw_err *err);
/* The last decision about an address that is no note; NULL: none. */
const struct mw_decision *mw_decision_of(const struct mw_list *decisions, struct mw_sv url);

#endif
