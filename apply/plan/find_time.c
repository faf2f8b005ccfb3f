/* Findings about time: the period, the start, tasks, deadline and sittings. */
#include "apply/plan/make.h"

static enum mw_rc check_duration(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;
    struct mw_day last = mw_span_end(plan->project->from, plan->edition->duration_max, plan->land);

    if (!mw_day_is(last) || mw_day_cmp(plan->project->to, last) <= 0)
        return MW_OK;
    return mw_find(job, MW_ERROR, "duration-exceeded", &plan->project->period_pos, &plan->edition->duration_pos,
                   "The project runs until %s; from %s the programme allows at most until %s.",
                   mw_say_day(job, plan->project->to), mw_say_day(job, plan->project->from), mw_say_day(job, last));
}

/* The earliest day that counts as a start, and where it stands; *task: the task that begins then, or NULL. */
static struct mw_day earliest_start(const struct mw_plan *plan, const struct mw_pos **at, const struct mw_task **task)
{
    const struct mw_project *p = plan->project;
    struct mw_day first = p->from;

    *at = &p->period_pos;
    *task = NULL;
    for (size_t i = 0; i < plan->tasks.n; i++) {
        const struct mw_task_row *t = MW_AT(plan->tasks, struct mw_task_row, i);
        if (mw_day_cmp(t->from, first) < 0) {
            first = t->from;
            *at = &t->task->pos;
            *task = t->task;
        }
    }
    if (mw_day_is(p->profile.started_on) && mw_day_cmp(p->profile.started_on, first) < 0) {
        first = p->profile.started_on;
        *at = &p->profile.pos;
        *task = NULL;
    }
    return first;
}

/* Verbot des vorzeitigen Maßnahmenbeginns (VV Nr. 1.3 zu § 44 BHO). */
static enum mw_rc check_start(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;
    const struct mw_project *p = plan->project;
    const struct mw_edition *e = plan->edition;
    const struct mw_pos *at;
    const struct mw_task *task;
    struct mw_day first = earliest_start(plan, &at, &task), allowed = plan->today;
    bool begun = p->profile.started == MW_YES && !mw_day_is(p->profile.started_on);

    if (mw_day_is(p->award.date))
        allowed = p->award.date;
    else if (mw_day_is(p->deadline))
        allowed = (struct mw_day){ p->deadline.n + (e->start == MW_START_FROM_RECEIPT ? 0 : 1) };
    if (e->start == MW_START_FREE || (mw_day_cmp(first, allowed) >= 0 && (!begun || mw_day_is(p->award.date))))
        return MW_OK;
    if (e->start < 0)
        return mw_find(job, MW_NOTE, "start-unknown", at, &e->pos,
                       "The project begins before %s; the terms do not say whether that is allowed. As a rule it is "
                       "not (VV 1.3 to section 44 BHO).",
                       mw_say_day(job, allowed));
    if (begun && mw_day_cmp(first, allowed) >= 0)
        return mw_find(job, e->start == MW_START_ON_REQUEST ? MW_WARNING : MW_ERROR, "start-before-approval",
                       &p->profile.pos, &e->start_pos, "The project has been begun already, before there is an award.");
    if (task != NULL)
        return mw_find(job, e->start == MW_START_ON_REQUEST ? MW_WARNING : MW_ERROR, "start-before-approval", at, &e->start_pos,
                       e->start == MW_START_ON_REQUEST
                           ? "Task \"%.*s\" begins on %s, before %s; ask for consent to an early start first."
                           : "Task \"%.*s\" begins on %s; before %s no binding step may be taken.",
                       MW_SV_ARG(task->label), mw_say_day(job, first), mw_say_day(job, allowed));
    return mw_find(job, e->start == MW_START_ON_REQUEST ? MW_WARNING : MW_ERROR, "start-before-approval", at,
                   &e->start_pos,
                   e->start == MW_START_ON_REQUEST
                       ? "The project begins on %s, before %s; ask for consent to an early start first."
                       : "The project begins on %s; before %s no binding step may be taken.",
                   mw_say_day(job, first), mw_say_day(job, allowed));
}

static enum mw_rc check_tasks(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < plan->tasks.n && rc == MW_OK; i++) {
        const struct mw_task_row *t = MW_AT(plan->tasks, struct mw_task_row, i);
        if (mw_day_cmp(t->from, plan->project->from) < 0 || mw_day_cmp(t->to, plan->project->to) > 0)
            rc = mw_find(job, MW_ERROR, "task-outside-period", &t->task->pos, NULL,
                         "Task \"%.*s\" runs from %s to %s, not within the project's period.",
                         MW_SV_ARG(t->task->label), mw_say_day(job, t->from), mw_say_day(job, t->to));
    }
    return rc;
}

/* A task is written to begin on a day that what it waits for does not allow: the schedule moves it silently. */
static enum mw_rc check_moved(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < plan->tasks.n && rc == MW_OK; i++) {
        const struct mw_task_row *t = MW_AT(plan->tasks, struct mw_task_row, i);
        if (mw_day_is(t->task->from) && mw_day_cmp(t->from, t->task->from) > 0)
            rc = mw_find(job, MW_WARNING, "task-moved", &t->task->pos, NULL,
                         "Task \"%.*s\" is to begin on %s, but what it waits for lets it begin only on %s.",
                         MW_SV_ARG(t->task->label), mw_say_day(job, t->task->from), mw_say_day(job, t->from));
    }
    return rc;
}

/* --- the application ---------------------------------------------------------------------------------------------- */
static enum mw_rc check_deadline(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;
    const struct mw_project *p = plan->project;
    const struct mw_edition *e = plan->edition;
    const char *holiday;
    enum mw_rc rc = MW_OK;

    if (!mw_day_is(p->deadline))
        return MW_OK;
    if (mw_before_handing_in(p) && mw_day_cmp(p->deadline, plan->today) < 0)
        rc = mw_find(job, p->status < 0 ? MW_WARNING : MW_ERROR, "deadline-passed", &p->deadline_pos, NULL,
                     "The deadline of %s has passed, and the application is not handed in.",
                     mw_say_day(job, p->deadline));
    if (rc == MW_OK && mw_day_is(e->until) && mw_day_cmp(plan->today, e->until) <= 0 &&
        mw_day_cmp(p->deadline, e->until) > 0)
        rc = mw_find(job, MW_WARNING, "deadline-after-edition", &p->deadline_pos, &e->pos,
                     "Edition %.*s ends on %s, before the deadline of %s; other terms may apply then.",
                     MW_SV_ARG(e->id), mw_say_day(job, e->until), mw_say_day(job, p->deadline));
    if (rc == MW_OK && !mw_workday(p->deadline, plan->land)) {
        holiday = mw_holiday(p->deadline, plan->land);
        rc = mw_find(job, MW_WARNING, "deadline-on-holiday", &p->deadline_pos, NULL,
                     "The deadline of %s is no working day (%s); no office takes papers then.",
                     mw_say_day(job, p->deadline), holiday != NULL ? holiday : mw_tr(plan->lang, "weekend"));
    }
    return rc;
}

/* A decision takes months; before it no binding step may be taken. */
static enum mw_rc check_decision(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;
    const struct mw_project *p = plan->project;
    const struct mw_law_limit *wait = mw_law_limit(job->opts->law, "decision", plan->today);
    struct mw_day decided;

    if (wait == NULL || plan->edition->start != MW_START_FORBIDDEN || !mw_day_is(p->deadline) || !mw_before_handing_in(p) ||
        mw_day_cmp(p->from, p->deadline) <= 0)
        return MW_OK;
    decided = mw_span_end((struct mw_day){ p->deadline.n + 1 }, wait->time, plan->land);
    if (!mw_day_is(decided) || mw_day_cmp(p->from, decided) > 0)
        return MW_OK;
    return mw_find(job, MW_WARNING, "decision-time-short", &p->period_pos, &plan->edition->start_pos,
                   "The project begins on %s; a decision on an application of %s can hardly be expected before %s.",
                   mw_say_day(job, p->from), mw_say_day(job, p->deadline), mw_say_day(job, decided));
}

static enum mw_rc check_bodies(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < plan->project->bodies.n; i++) {
        const struct mw_body *b = MW_AT(plan->project->bodies, struct mw_body, i);
        for (size_t k = 0; k < b->dates.n && rc == MW_OK; k++) {
            struct mw_day d = *MW_AT(b->dates, struct mw_day, k);
            const char *holiday = mw_day_is(d) ? mw_holiday(d, plan->land) : NULL;
            if (mw_day_is(d) && !mw_workday(d, plan->land))
                rc = mw_find(job, MW_WARNING, "body-on-holiday", &b->pos, NULL,
                             "\"%.*s\" is to sit on %s, which is no working day (%s).", MW_SV_ARG(b->label),
                             mw_say_day(job, d), holiday != NULL ? holiday : mw_tr(plan->lang, "weekend"));
        }
    }
    return rc;
}

enum mw_rc mw_find_in_time(struct mw_job *job)
{
    static enum mw_rc (*const CHECKS[])(struct mw_job *) = { check_duration, check_start,    check_tasks, check_moved,
                                                             check_deadline, check_decision, check_bodies };
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < sizeof CHECKS / sizeof *CHECKS && rc == MW_OK; i++)
        rc = CHECKS[i](job);
    return rc;
}
