/* What is wrong with a finished plan, or against the terms: checks across its parts. Findings of one part are found
 * there. */
#include "apply/plan/make.h"

#include <stdarg.h>
#include <stdio.h>

enum mw_rc mw_find(struct mw_job *job, enum mw_severity severity, const char *code, const struct mw_pos *pos,
                   const struct mw_pos *rule, const char *fmt, ...)
{
    struct mw_finding *f;
    char buf[1024];
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(buf, sizeof buf, mw_tr(job->plan->lang, fmt), args);
    va_end(args);

    if ((f = mw_list_add(job->a, &job->plan->findings, sizeof *f)) == NULL)
        return MW_NOMEM;
    if (n < 0)
        n = 0;
    if ((size_t)n >= sizeof buf) /* a name of the user's that goes on and on */
        n = (int)sizeof buf - 1;
    size_t whole = mw_utf8_invalid_at(mw_sv_n(buf, (size_t)n)); /* a character that was cut */
    if (whole != SIZE_MAX)
        n = (int)whole;
    *f = (struct mw_finding){ severity, code, mw_arena_copy(job->a, mw_sv_n(buf, (size_t)n)),
                              pos != NULL ? *pos : (struct mw_pos){ 0 }, rule != NULL ? *rule : (struct mw_pos){ 0 } };
    job->plan->errors += severity == MW_ERROR;
    return f->msg.p != NULL ? MW_OK : MW_NOMEM;
}

enum mw_rc mw_too_large(struct mw_job *job, const struct mw_pos *at)
{
    mw_diag_add(job->diags, MW_ERROR, at, "too-large", "A sum is too large to be computed.");
    return MW_INVALID;
}

static const char *said(struct mw_job *job, struct mw_str *s)
{
    const char *z = mw_arena_z(job->a, mw_str_sv(s));

    mw_str_free(s);
    return z != NULL ? z : "";
}
const char *mw_say_eur(struct mw_job *job, struct mw_eur e)
{
    struct mw_str s = MW_STR_INIT;
    mw_eur_format(&s, e, job->plan->lang);
    mw_str_addz(&s, " EUR");
    return said(job, &s);
}
const char *mw_say_share(struct mw_job *job, struct mw_share share)
{
    struct mw_str s = MW_STR_INIT;
    mw_share_format(&s, share, job->plan->lang);
    return said(job, &s);
}
const char *mw_say_day(struct mw_job *job, struct mw_day d)
{
    struct mw_str s = MW_STR_INIT;
    mw_day_format(&s, d, job->plan->lang);
    return said(job, &s);
}
bool mw_names(const struct mw_list *texts, struct mw_sv text)
{
    for (size_t i = 0; i < texts->n; i++)
        if (mw_sv_eq(*MW_AT(*texts, struct mw_sv, i), text))
            return true;
    return false;
}

/* --- time --------------------------------------------------------------------------------------------------------- */
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

/* The earliest day that counts as a start, and where it stands. */
static struct mw_day earliest_start(const struct mw_plan *plan, const struct mw_pos **at)
{
    const struct mw_project *p = plan->project;
    struct mw_day first = p->from;

    *at = &p->period_pos;
    for (size_t i = 0; i < plan->tasks.n; i++) {
        const struct mw_task_row *t = MW_AT(plan->tasks, struct mw_task_row, i);
        if (mw_day_cmp(t->from, first) < 0) {
            first = t->from;
            *at = &t->task->pos;
        }
    }
    if (mw_day_is(p->profile.started_on) && mw_day_cmp(p->profile.started_on, first) < 0) {
        first = p->profile.started_on;
        *at = &p->profile.pos;
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
    struct mw_day first = earliest_start(plan, &at), allowed = plan->today;
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

/* Only what is paid within the Bewilligungszeitraum is eligible. */
static enum mw_rc check_costs(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;
    int from = mw_day_ymd(plan->project->from).year, to = mw_day_ymd(plan->project->to).year;
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < plan->cost.rows.n && rc == MW_OK; i++) {
        const struct mw_cost_row *row = MW_AT(plan->cost.rows, struct mw_cost_row, i);
        int outside = 0;
        if (row->cost == NULL)
            continue;
        for (size_t y = 0; y < plan->years.n && outside == 0; y++)
            if (row->years[y].cents != 0 && (plan->years.first + (int)y < from || plan->years.first + (int)y > to))
                outside = plan->years.first + (int)y;
        if (outside != 0)
            rc = mw_find(job, MW_ERROR, "cost-outside-period", &row->cost->pos, NULL,
                         "Row \"%.*s\" has money in %d, outside the project's period.", MW_SV_ARG(row->label), outside);
        else if (row->total.cents != 0 && mw_day_is(row->from) &&
                 (mw_day_cmp(row->from, plan->project->from) < 0 || mw_day_cmp(row->to, plan->project->to) > 0))
            rc = mw_find(job, MW_ERROR, "cost-outside-period", &row->cost->pos, NULL,
                         "Row \"%.*s\" runs from %s to %s, not within the project's period.", MW_SV_ARG(row->label),
                         mw_say_day(job, row->from), mw_say_day(job, row->to));
    }
    return rc;
}

/* --- money -------------------------------------------------------------------------------------------------------- */
static enum mw_rc check_sources(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;
    const struct mw_source_row *rest = MW_AT(plan->financing.rows, struct mw_source_row, plan->financing.rows.n - 1);

    if (rest->total.cents < 0)
        return mw_find(job, MW_ERROR, "sources-exceed-costs", &plan->project->pos, NULL,
                       "The sources exceed the cost of %s by %s; cut them or drop a source.",
                       mw_say_eur(job, plan->cost.total), mw_say_eur(job, (struct mw_eur){ -rest->total.cents }));
    for (size_t y = 0; y < plan->years.n; y++)
        if (rest->years[y].cents < 0)
            return mw_find(job, MW_WARNING, "year-over-funded", &plan->project->pos, NULL,
                           "In %d the sources exceed the costs by %s; move money to another year.",
                           plan->years.first + (int)y, mw_say_eur(job, (struct mw_eur){ -rest->years[y].cents }));
    return MW_OK;
}

static enum mw_rc check_own(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;
    struct mw_share most = plan->project->profile.own_share;

    if (!mw_share_is(most) ||
        (mw_i128)plan->financing.own.cents * most.den <= (mw_i128)plan->cost.total.cents * most.num)
        return MW_OK;
    return mw_find(
        job, MW_WARNING, "own-money-short", &plan->project->profile.pos, NULL,
        "The project needs %s of own money, more than the %s of the total cost of %s that the profile allows.",
        mw_say_eur(job, plan->financing.own), mw_say_share(job, most), mw_say_eur(job, plan->cost.total));
}

/* A better rate hangs on the lead's budget, and the profile says nothing about it: unknown is not "no". */
static enum mw_rc check_budget(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;
    const struct mw_applicant *lead = mw_project_lead(plan->project);
    const struct mw_edition *e = plan->edition;

    if (lead == NULL || lead->budget >= 0)
        return MW_OK;
    for (size_t i = 0; i < e->rates.n; i++)
        if (MW_AT(e->rates, struct mw_rate_case, i)->when.budget.n > 0)
            return mw_find(job, MW_NOTE, "budget-unknown", &lead->pos, &MW_AT(e->rates, struct mw_rate_case, i)->pos,
                           "The rate depends on the budget of %.*s, which the profile does not state (budget).",
                           MW_SV_ARG(lead->name));
    for (size_t i = 0; i < e->bonus.n; i++)
        if (MW_AT(e->bonus, struct mw_bonus, i)->when.budget.n > 0)
            return mw_find(job, MW_NOTE, "budget-unknown", &lead->pos, &MW_AT(e->bonus, struct mw_bonus, i)->pos,
                           "The rate depends on the budget of %.*s, which the profile does not state (budget).",
                           MW_SV_ARG(lead->name));
    return MW_OK;
}

enum mw_rc mw_make_findings(struct mw_job *job)
{
    static enum mw_rc (*const CHECKS[])(struct mw_job *) = { check_duration, check_start, check_tasks, check_costs,
                                                             check_sources,  check_own,   check_budget };
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < sizeof CHECKS / sizeof *CHECKS && rc == MW_OK; i++)
        rc = CHECKS[i](job);
    return rc;
}
