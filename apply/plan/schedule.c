/* Tasks forwards: each begins when what it waits for has ended. */
#include "apply/plan/make.h"

struct mw_day mw_span_end(struct mw_day first, struct mw_duration d, enum mw_land land)
{
    /* 200 years are beyond every project and keep the sums of days small. */
    static const int32_t MOST[] = {
        [MW_WORKDAYS] = 50000, [MW_DAYS] = 73000, [MW_WEEKS] = 10400, [MW_MONTHS] = 2400, [MW_YEARS] = 200
    };

    if (d.n < 1 || d.n > MOST[d.unit] || !mw_day_is(first))
        return MW_DAY_NONE;
    switch (d.unit) {
    case MW_WORKDAYS:
        return mw_workdays_end(first, d.n, land);
    case MW_DAYS:
        return (struct mw_day){ first.n + d.n - 1 };
    case MW_WEEKS:
        return (struct mw_day){ first.n + 7 * d.n - 1 };
    case MW_MONTHS:
        return mw_day_months_end(first, d.n);
    case MW_YEARS:
        return mw_day_months_end(first, 12 * d.n);
    }
    return MW_DAY_NONE;
}

const struct mw_task_row *mw_plan_task(const struct mw_plan *plan, struct mw_sv id)
{
    size_t i = mw_project_task_index(plan->project, id);
    return i < plan->tasks.n ? MW_AT(plan->tasks, struct mw_task_row, i) : NULL; /* rows stand as the tasks are written */
}

/* The day a task starts on; false: something it waits for has no dates yet. */
static bool start_of(const struct mw_plan *plan, const struct mw_task *t, struct mw_day *start)
{
    struct mw_day latest = { INT32_MIN };

    *start = mw_day_is(t->from) ? t->from : plan->project->from;
    for (size_t k = 0; k < t->after.n; k++) {
        const struct mw_task_row *before = mw_plan_task(plan, *MW_AT(t->after, struct mw_sv, k));
        if (before == NULL || !mw_day_is(before->to))
            return false;
        if (before->to.n > latest.n)
            latest = before->to;
    }
    if (t->after.n > 0) {
        struct mw_day next = mw_workday_from((struct mw_day){ latest.n + 1 }, plan->land);
        if (!mw_day_is(t->from) || next.n > t->from.n)
            *start = next;
    }
    return true;
}

static enum mw_rc date_task(struct mw_job *job, struct mw_task_row *row, struct mw_day start)
{
    const struct mw_task *t = row->task;
    bool milestone = t->milestone == MW_YES;

    row->from = row->to = start;
    if (!milestone && mw_day_is(t->to)) {
        row->to = t->to;
        if (mw_day_cmp(t->to, start) < 0) {
            row->to = start;
            return mw_find(job, MW_ERROR, "task-too-late", &t->pos, NULL,
                           "Task \"%.*s\" is to end on %s, but what it waits for lets it begin only on %s.",
                           MW_SV_ARG(t->label), mw_say_day(job, t->to), mw_say_day(job, start));
        }
    } else if (!milestone && mw_duration_is(t->takes)) {
        row->to = mw_span_end(start, t->takes, job->plan->land);
    } else if (!milestone) {
        return mw_find(job, MW_WARNING, "task-without-end", &t->pos, NULL,
                       "Task \"%.*s\" has neither an end nor a duration; it counts one day.", MW_SV_ARG(t->label));
    }
    if (!mw_day_is(row->to) || mw_day_ymd(row->to).year > MW_YEAR_MAX || mw_day_ymd(row->from).year < MW_YEAR_MIN) {
        mw_diag_add(job->diags, MW_ERROR, &t->pos, "bad-year", "Task \"%.*s\" lies outside the years %d to %d.",
                    MW_SV_ARG(t->id), MW_YEAR_MIN, MW_YEAR_MAX);
        return MW_INVALID;
    }
    return MW_OK;
}

/* --- critical path and effort ------------------------------------------------------------------------------------- */
/* How many working days a task can slip before the last task ends later: backwards, each by the gaps to those that wait for it
 * and by what they can slip themselves. A task without slack is critical (critical path method, Kelley and Walker 1959). */
static bool find_slack(struct mw_job *job)
{
    struct mw_plan *plan = job->plan;
    const struct mw_list *turn = &plan->project->tasks_in_turn;
    struct mw_day first = MW_DAY_NONE, last = { INT32_MIN };
    int32_t *before; /* working days from first until the day before first + i */

    for (size_t i = 0; i < plan->tasks.n; i++) {
        const struct mw_task_row *t = MW_AT(plan->tasks, struct mw_task_row, i);
        if (t->from.n < first.n)
            first = t->from;
        if (t->to.n > last.n)
            last = t->to;
    }
    if (plan->tasks.n == 0)
        return true;
    size_t days = (size_t)(last.n - first.n) + 2;
    if ((before = mw_arena_array(job->a, days + 1, sizeof *before)) == NULL)
        return false;
    for (size_t i = 0; i < days; i++)
        before[i + 1] = before[i] + mw_workday((struct mw_day){ first.n + (int32_t)i }, plan->land);
    for (size_t i = 0; i < plan->tasks.n; i++) { /* working days between its end and the last day */
        struct mw_task_row *t = MW_AT(plan->tasks, struct mw_task_row, i);
        t->slack = before[last.n + 1 - first.n] - before[t->to.n + 1 - first.n];
    }
    for (size_t i = turn->n; i-- > 0;) {
        const struct mw_task_row *t = MW_AT(plan->tasks, struct mw_task_row, *MW_AT(*turn, size_t, i));
        for (size_t k = 0; k < t->task->after.n; k++) {
            size_t at = mw_project_task_index(plan->project, *MW_AT(t->task->after, struct mw_sv, k));
            struct mw_task_row *b = at < plan->tasks.n ? MW_AT(plan->tasks, struct mw_task_row, at) : NULL;
            if (b == NULL)
                continue;
            int64_t gap = t->from.n > b->to.n ? before[t->from.n - first.n] - before[b->to.n + 1 - first.n] : 0;
            if (gap + t->slack < b->slack)
                b->slack = gap + t->slack;
        }
    }
    for (size_t i = 0; i < plan->tasks.n; i++)
        MW_AT(plan->tasks, struct mw_task_row, i)->critical = MW_AT(plan->tasks, struct mw_task_row, i)->slack == 0;
    return true;
}

static struct mw_effort *effort_of(struct mw_job *job, struct mw_sv who)
{
    struct mw_list *l = &job->plan->efforts;
    struct mw_effort *e;

    for (size_t i = 0; i < l->n; i++)
        if (mw_sv_eq(MW_AT(*l, struct mw_effort, i)->who, who))
            return MW_AT(*l, struct mw_effort, i);
    if ((e = mw_list_add(job->a, l, sizeof *e)) != NULL)
        *e = (struct mw_effort){ who, { 0, 1 } };
    return e;
}

/* Person-months of each partner over all packages; a package's own stand with its task. */
static bool sum_effort(struct mw_job *job)
{
    const struct mw_list *tasks = &job->plan->project->tasks;
    struct mw_effort *e;

    for (size_t i = 0; i < tasks->n; i++) {
        const struct mw_task *t = MW_AT(*tasks, struct mw_task, i);
        for (size_t k = 0; k < t->efforts.n; k++) {
            const struct mw_entry *part = MW_AT(t->efforts, struct mw_entry, k);
            if ((e = effort_of(job, part->key)) == NULL)
                return false;
            mw_share_add(&e->months, part->v.share); /* decimals of a file: always fit */
        }
        if (t->efforts.n == 0 && mw_share_is(t->effort)) {
            if ((e = effort_of(job, t->who)) == NULL)
                return false;
            mw_share_add(&e->months, t->effort);
        }
    }
    return true;
}

enum mw_rc mw_make_schedule(struct mw_job *job)
{
    struct mw_plan *plan = job->plan;
    const struct mw_project *p = plan->project;

    for (size_t i = 0; i < p->tasks.n; i++) {
        struct mw_task_row *row = mw_list_add(job->a, &plan->tasks, sizeof *row);
        if (row == NULL)
            return MW_NOMEM;
        *row = (struct mw_task_row){ MW_AT(p->tasks, struct mw_task, i), MW_DAY_NONE, MW_DAY_NONE, 0, false };
    }
    for (size_t i = 0; i < p->tasks_in_turn.n; i++) {
        struct mw_task_row *row = MW_AT(plan->tasks, struct mw_task_row, *MW_AT(p->tasks_in_turn, size_t, i));
        struct mw_day start;
        enum mw_rc rc;
        if (start_of(plan, row->task, &start) && (rc = date_task(job, row, start)) != MW_OK)
            return rc;
    }
    return find_slack(job) && sum_effort(job) ? MW_OK : MW_NOMEM;
}
