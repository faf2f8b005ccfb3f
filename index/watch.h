/* Watching: what changed for a profile between two runs. Programmes are compared in typed terms (verdict, status, dates, rates,
 * sums), so that a comma more or another layout never is an event. */
#ifndef MW_INDEX_WATCH_H
#define MW_INDEX_WATCH_H

#include "index/match.h"
#include "lib/model/decision.h"
#include "lib/model/digest.h"

/* What to keep of each match (in order of relevance): struct mw_watched appended to out. The first `near` that are not
 * ineligible count as to the point, but for those that say next to nothing of what the best one says and whose purpose is not known to
 * fit: a hundredth of its score. (Of the labelled programmes of match-dev whose purpose fits, none lies below a fortieth.) All texts live in
 * the arena. */
enum mw_rc mw_watch_state(struct mw_list *out, struct mw_arena *a, const struct mw_list *matches, size_t near, enum mw_lang lang, struct mw_err *err);

struct mw_watch_opts {
    struct mw_day today, before; /* of this run and of the last */
    int within;                  /* days before a deadline, or before applications are taken, that it is said, once */
    enum mw_lang lang;
};
/* The events between two states (struct mw_watched), by the order of now, then what is gone: struct mw_event appended to out.
 * Told is what is to the point then or now, or what somebody keeps or applies for; what somebody dismissed is told only when the
 * reasons of that decision have changed. */
enum mw_rc mw_watch_compare(struct mw_list *out, struct mw_arena *a, const struct mw_list *then, const struct mw_list *now,
    const struct mw_list *decisions, const struct mw_watch_opts *opts, struct mw_err *err);
/* Of what may not be used the state keeps no dates, rates and sums; this adds them for programmes that somebody keeps or applies for all the same. */
enum mw_rc mw_watch_minded(struct mw_list *now, struct mw_arena *a, struct mw_store *s, struct mw_rules *r, const struct mw_profile *p,
    const struct mw_list *decisions, const struct mw_watch_opts *opts, struct mw_err *err);
/* Whose dates belong into a calendar: the programmes of now that the profile may use and that are to the point, that somebody keeps or applies for, or
 * that an event (struct mw_event) is about; none that was dismissed. struct mw_watched appended to out. MW_NOMEM. */
enum mw_rc mw_watch_dates(struct mw_list *out, struct mw_arena *a, const struct mw_list *now, const struct mw_list *decisions,
    const struct mw_list *events, struct mw_err *err);
/* Gives the events their reasons: of a new programme what is open, of a verdict that turned and of a programme that stopped what is
 * otherwise than before. The events are those of profile in this run. */
enum mw_rc mw_watch_explain(struct mw_list *events, struct mw_arena *a, struct mw_store *s, struct mw_rules *r, const struct mw_profile *p,
    const struct mw_watch_opts *opts, struct mw_err *err);
/* "region=yes status=unknown": the verdict of each criterion, in their order; in the arena. */
struct mw_sv mw_watch_reasons(struct mw_arena *a, const struct mw_verdict *v);
/* Do two verdicts rest on the same? A criterion that only one of them has says nothing as long as it is unknown: newer rules ask more questions, and a
 * question is no reason to take up again what was dismissed. */
bool mw_watch_same_reasons(struct mw_sv x, struct mw_sv y);

#endif
