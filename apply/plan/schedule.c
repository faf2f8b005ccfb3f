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
    for (size_t i = 0; i < plan->tasks.n; i++)
        if (mw_sv_eq(MW_AT(plan->tasks, struct mw_task_row, i)->task->id, id))
            return MW_AT(plan->tasks, struct mw_task_row, i);
    return NULL;
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

enum mw_rc mw_make_schedule(struct mw_job *job)
{
    struct mw_plan *plan = job->plan;
    const struct mw_project *p = plan->project;
    bool moved = true;

    for (size_t i = 0; i < p->tasks.n; i++) {
        struct mw_task_row *row = mw_list_add(job->a, &plan->tasks, sizeof *row);
        if (row == NULL)
            return MW_NOMEM;
        *row = (struct mw_task_row){ MW_AT(p->tasks, struct mw_task, i), MW_DAY_NONE, MW_DAY_NONE };
    }
    /* Round by round, whoever is named first; the reader has refused circles, so every round dates at least one. */
    while (moved) {
        moved = false;
        for (size_t i = 0; i < plan->tasks.n; i++) {
            struct mw_task_row *row = MW_AT(plan->tasks, struct mw_task_row, i);
            struct mw_day start;
            enum mw_rc rc;
            if (mw_day_is(row->to) || !start_of(plan, row->task, &start))
                continue;
            if ((rc = date_task(job, row, start)) != MW_OK)
                return rc;
            moved = true;
        }
    }
    return MW_OK;
}
