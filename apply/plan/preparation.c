/* The way to the application, backwards: the deadline limits the last step, every step limits the one before it. */
#include "apply/plan/make.h"

/* The latest sitting not after the limit. */
static struct mw_day sitting(const struct mw_body *b, struct mw_day limit)
{
    struct mw_day best = MW_DAY_NONE;

    for (size_t i = 0; i < b->dates.n; i++) {
        struct mw_day d = *MW_AT(b->dates, struct mw_day, i);
        if (mw_day_cmp(d, limit) <= 0 && (!mw_day_is(best) || mw_day_cmp(d, best) > 0))
            best = d;
    }
    return best;
}

/* The day by which papers must be in: the sitting minus so many days. */
static struct mw_day papers_by(struct mw_day sits, struct mw_duration papers, enum mw_land land)
{
    if (!mw_duration_is(papers) || papers.n == 0 || papers.n > 5000)
        return sits; /* papers may be laid on the table */
    switch (papers.unit) {
    case MW_WORKDAYS:
        return mw_workdays_begin((struct mw_day){ sits.n - 1 }, papers.n, land);
    case MW_WEEKS:
        return (struct mw_day){ sits.n - 7 * papers.n };
    case MW_MONTHS:
        return mw_day_add_months(sits, -papers.n);
    case MW_YEARS:
        return mw_day_add_months(sits, -12 * papers.n);
    case MW_DAYS:
        break;
    }
    return (struct mw_day){ sits.n - papers.n };
}

/* First day of a step that must be done by limit; *last: its last day. */
static struct mw_day begin_of(struct mw_day limit, struct mw_duration d, enum mw_land land, struct mw_day *last)
{
    *last = limit;
    switch (d.unit) {
    case MW_WORKDAYS:
        *last = mw_workday_until(limit, land);
        return mw_workdays_begin(*last, d.n, land);
    case MW_WEEKS:
        return (struct mw_day){ limit.n - 7 * d.n + 1 };
    case MW_MONTHS:
        return mw_day_add_months((struct mw_day){ limit.n + 1 }, -d.n);
    case MW_YEARS:
        return mw_day_add_months((struct mw_day){ limit.n + 1 }, -12 * d.n);
    case MW_DAYS:
        break;
    }
    return (struct mw_day){ limit.n - d.n + 1 };
}

static enum mw_rc body_step(struct mw_job *job, struct mw_step_row *row, struct mw_day *limit)
{
    struct mw_day sits = sitting(row->body, *limit);

    if (!mw_day_is(sits)) { /* late, without dates; the limit passes to the step before */
        row->late = true;
        if (!mw_before_handing_in(job->plan->project))
            return MW_OK;
        return mw_find(
            job, MW_ERROR, "body-missed", &row->step->pos, NULL,
            "%.*s: no sitting of \"%.*s\" lies on or before %s; ask for an extraordinary one or an urgent decision.",
            MW_SV_ARG(row->step->label), MW_SV_ARG(row->body->label), mw_say_day(job, *limit));
    }
    row->from = row->to = sits;
    row->late = mw_day_cmp(sits, job->plan->today) < 0;
    if (row->late && mw_before_handing_in(job->plan->project)) {
        if (mw_find(job, MW_WARNING, "step-late", &row->step->pos, NULL,
                    "%.*s: the last sitting of \"%.*s\" by %s was on %s, and no later one is entered.", MW_SV_ARG(row->step->label),
                    MW_SV_ARG(row->body->label), mw_say_day(job, *limit), mw_say_day(job, sits)) != MW_OK)
            return MW_NOMEM;
        mw_find_cure(job, mw_sv(mw_tr(job->plan->lang, "Enter the later sittings under bodies, or ask for an extraordinary one or an urgent decision.")));
    }
    *limit = papers_by(sits, row->body->papers, job->plan->land);
    if (mw_day_cmp(*limit, sits) < 0)
        row->papers = *limit;
    return MW_OK;
}

static enum mw_rc timed_step(struct mw_job *job, struct mw_step_row *row, struct mw_day *limit)
{
    const struct mw_step *s = row->step;

    if (!mw_day_is(mw_span_end(*limit, s->takes, job->plan->land))) { /* no time that a project could take */
        mw_diag_add(job->diags, MW_ERROR, &s->pos, "bad-duration", "Step \"%.*s\" takes too long to be planned.",
                    MW_SV_ARG(s->id));
        return MW_INVALID;
    }
    row->from = begin_of(*limit, s->takes, job->plan->land, &row->to);
    row->late = mw_day_cmp(row->from, job->plan->today) < 0;
    *limit = (struct mw_day){ row->from.n - 1 };
    return MW_OK;
}

enum mw_rc mw_make_preparation(struct mw_job *job)
{
    struct mw_plan *plan = job->plan;
    const struct mw_project *p = plan->project;
    struct mw_day limit = p->deadline;
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < p->steps.n; i++) {
        struct mw_step_row *row = mw_list_add(job->a, &plan->steps, sizeof *row);
        if (row == NULL)
            return MW_NOMEM;
        row->step = MW_AT(p->steps, struct mw_step, i);
        row->body = row->step->body.p != NULL ? mw_project_body(p, row->step->body) : NULL;
        row->from = row->to = row->papers = MW_DAY_NONE;
    }
    for (size_t i = plan->steps.n; i-- > 0 && rc == MW_OK;) {
        struct mw_step_row *row = MW_AT(plan->steps, struct mw_step_row, i);
        if (!mw_day_is(limit) || mw_day_ymd(limit).year < MW_YEAR_MIN) { /* steps of more than a lifetime */
            mw_diag_add(job->diags, MW_ERROR, &row->step->pos, "bad-year",
                        "Step \"%.*s\" lies outside the years %d to %d.", MW_SV_ARG(row->step->id), MW_YEAR_MIN,
                        MW_YEAR_MAX);
            return MW_INVALID;
        }
        rc = row->body != NULL ? body_step(job, row, &limit) : timed_step(job, row, &limit);
        if (rc == MW_OK && row->late && row->body == NULL && mw_before_handing_in(p))
            rc = mw_find(job, MW_WARNING, "step-late", &row->step->pos, NULL,
                         "%.*s would have to begin on %s, which is past.", MW_SV_ARG(row->step->label),
                         mw_say_day(job, row->from));
    }
    return rc;
}
