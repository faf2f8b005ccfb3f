/* Is a programme open on a day? From its dates, in this order: what is said to be closed, windows still to come, yearly dates,
 * rolling applications, windows that are past, the end of the rules themselves, calls, rules in force without an end. Silence stays
 * unknown. */
#include "rules/engine/rules.h"

const char *const MW_STATUSES[] = { "unknown", "open", "forthcoming", "closed" };

struct seen {
    const struct mw_fact *closed, *rolling, *coming, *past, *yearly, *ended, *in_force, *call, *opens, *ruled, *invited;
    struct mw_day yearly_next;
};

static bool kind_is(const struct mw_fact *f, const char *kind)
{
    return mw_sv_eqz(f->kind, kind);
}

/* 29 February falls on the 28th where there is none. */
struct mw_day mw_status_next(struct mw_day today, int recurs, struct mw_day last)
{
    struct mw_day d = MW_DAY_NONE;
    int month = recurs / 100, day = recurs % 100;
    for (int year = mw_day_ymd(today).year; year < mw_day_ymd(today).year + 2; year++) {
        int most = mw_days_in_month(year, month);
        if (mw_day_from_ymd(&d, year, month, day < most ? day : most) && mw_day_cmp(d, today) >= 0)
            break;
    }
    return mw_day_is(last) && mw_day_cmp(d, last) > 0 ? MW_DAY_NONE : d;
}

/* First steps count before full proposals: who missed the sketch cannot apply. */
static bool is_first_step(const struct mw_fact *f)
{
    return kind_is(f, "application") || kind_is(f, "sketch") || kind_is(f, "cutoff");
}

bool mw_status_yearly(const struct mw_fact *f)
{
    return f->type == MW_F_DEADLINE && is_first_step(f) && f->recurs > 0;
}

static void see_deadline(struct seen *s, const struct mw_fact *f, struct mw_day today)
{
    if (kind_is(f, "closed")) {
        s->closed = s->closed == NULL || mw_sv_eqz(f->value, "suspended") ? f : s->closed;
    } else if (kind_is(f, "rolling")) {
        s->rolling = s->rolling == NULL ? f : s->rolling;
    } else if (kind_is(f, "validity_end") && mw_sv_eqz(f->value, "clause")) {
        return; /* one clause ran out, not the programme */
    } else if (kind_is(f, "validity_end") && mw_day_is(f->date)) {
        const struct mw_fact **slot = mw_day_cmp(f->date, today) < 0 ? &s->ended : &s->in_force;
        if (*slot == NULL || mw_day_cmp(f->date, (*slot)->date) > 0)
            *slot = f;
    } else if (is_first_step(f) && mw_day_is(f->date) && mw_day_cmp(f->date, today) < 0) {
        s->past = s->past == NULL || mw_day_cmp(f->date, s->past->date) > 0 ? f : s->past;
    } else if (mw_status_yearly(f)) {
        struct mw_day next = mw_status_next(today, f->recurs, f->date);
        if (mw_day_is(next) && (s->yearly == NULL || mw_day_cmp(next, s->yearly_next) < 0)) {
            s->yearly = f;
            s->yearly_next = next;
        }
    } else if (is_first_step(f) && mw_day_is(f->date)) {
        s->coming = s->coming == NULL || mw_day_cmp(f->date, s->coming->date) < 0 ? f : s->coming;
    }
}

static bool is_opening(const struct mw_fact *f)
{
    return f->type == MW_F_VALIDITY && kind_is(f, "from") && f->field.p != NULL;
}

struct mw_day mw_status_opens(const struct mw_list *facts)
{
    struct mw_day day = MW_DAY_NONE;
    for (size_t i = 0; i < facts->n; i++)
        if (is_opening(MW_AT(*facts, struct mw_fact, i)))
            day = MW_AT(*facts, struct mw_fact, i)->date;
    return day;
}

static void see(struct seen *s, const struct mw_list *facts, struct mw_day today)
{
    for (size_t i = 0; i < facts->n; i++) {
        const struct mw_fact *f = MW_AT(*facts, struct mw_fact, i);
        if (f->type == MW_F_DEADLINE)
            see_deadline(s, f, today);
        else if (f->type == MW_F_STATUS && kind_is(f, "call_only"))
            s->call = f;
        else if (f->type == MW_F_STATUS && kind_is(f, "in_force") && s->ruled == NULL)
            s->ruled = f;
        else if (s->invited == NULL && ((f->type == MW_F_STATUS && kind_is(f, "open")) ||
                                        (f->type == MW_F_REQUIREMENT && mw_sv_eqz(f->value, "apply_before_start"))))
            s->invited = f; /* "six weeks before the start" is a deadline of the project's own */
        else if (is_opening(f))
            s->opens = f;
    }
}

enum mw_status mw_status_on(const struct mw_notice *n, const struct mw_list *facts, struct mw_day today, const struct mw_fact **why,
    struct mw_day *deadline)
{
    struct seen s = { 0 };
    const struct mw_fact *ignored = NULL;
    (void)n;
    why = why == NULL ? &ignored : why;
    *why = NULL;
    if (deadline != NULL)
        *deadline = MW_DAY_NONE;
    see(&s, facts, today);
    /* Rules that ended before today close everything that has no later date of its own. */
    const struct mw_fact *ended = s.in_force == NULL ? s.ended : NULL;
    if (s.coming != NULL) {
        *why = s.coming;
        if (deadline != NULL)
            *deadline = s.coming->date;
        return s.opens != NULL && mw_day_cmp(s.opens->date, today) > 0 ? MW_S_FORTHCOMING : MW_S_OPEN;
    }
    bool suspended = s.closed != NULL && mw_sv_eqz(s.closed->value, "suspended"); /* whatever dates the rules name */
    if (s.closed != NULL && !s.closed->soft && (suspended || (s.rolling == NULL && s.yearly == NULL)))
        return *why = s.closed, MW_S_CLOSED;
    /* A term that follows the law on aid is usually prolonged with it; that gives no new date to a call whose dates are past. */
    bool over = s.past != NULL && s.yearly == NULL && s.rolling == NULL && s.closed == NULL;
    if (ended != NULL && ended->soft && over)
        return *why = s.past, MW_S_CLOSED;
    if (ended != NULL)
        return *why = ended, ended->soft ? MW_S_UNKNOWN : MW_S_CLOSED;
    if (s.closed != NULL)
        return *why = s.closed, MW_S_UNKNOWN;
    if (s.yearly != NULL) {
        *why = s.yearly;
        if (deadline != NULL)
            *deadline = s.yearly_next;
        return MW_S_OPEN;
    }
    if (s.rolling != NULL)
        return *why = s.rolling, MW_S_OPEN;
    if (s.past != NULL) {
        /* Rules in force with an end of their own may have had a date for one part only: where the text still says without a date where to
         * apply, they go on; where further calls are to come, ask. A call for sketches is over. */
        bool goes_on = s.in_force != NULL && !kind_is(s.past, "sketch") && !kind_is(s.past, "cutoff");
        if (goes_on && s.call == NULL && s.invited != NULL && !s.in_force->soft)
            return *why = s.invited, MW_S_OPEN;
        return *why = s.past, goes_on && (s.call != NULL || s.invited != NULL) ? MW_S_UNKNOWN : MW_S_CLOSED;
    }
    if (s.call != NULL)
        return *why = s.call, MW_S_UNKNOWN;
    if (s.in_force != NULL)
        return *why = s.in_force, MW_S_OPEN;
    if (s.invited != NULL || s.ruled != NULL)
        return *why = s.invited != NULL ? s.invited : s.ruled, MW_S_OPEN;
    return MW_S_UNKNOWN;
}
