/* Tables of a plan as parts of papers: what it is, who applies, time, findings. Money stands in sections_money.c. */
#include "apply/documents/sections.h"

#include "apply/plan/sums.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* --- at a glance ------------------------------------------------------------------------------------------------------ */

static void put_fact(struct mw_paper *p, struct mw_paper_table *t, const char *english, struct mw_sv value)
{
    struct mw_paper_row *r = mw_paper_row(p, t);
    mw_paper_put_tr(p, r, 0, english);
    mw_paper_put(r, 1, value);
}

/* The grant with the rate it follows from. Where another rule decided, or the rate is only a bound (fixed sum, gap), saying it alone would
 * contradict the sums beside it. */
static struct mw_sv grant_of(struct mw_paper *p, const struct mw_plan *plan)
{
    const struct mw_financing_plan *fin = &plan->financing;
    struct mw_sv grant = mw_paper_eur(p, fin->grant), rate = mw_paper_share(p, fin->rate);
    const char *decided = mw_tr(p->lang, MW_LIMIT_WORDS[fin->limited_by]);

    if (rate.n == 0)
        return grant;
    if (plan->edition->financing != MW_ANTEIL)
        return mw_arena_printf(p->a, mw_tr(p->lang, "%.*s (at most %.*s of the eligible expenditure; decided by %s)"), MW_SV_ARG(grant),
                               MW_SV_ARG(rate), decided);
    if (fin->limited_by != MW_LIMIT_RATE)
        return mw_arena_printf(p->a, mw_tr(p->lang, "%.*s (rate %.*s; decided by %s)"), MW_SV_ARG(grant), MW_SV_ARG(rate), decided);
    return mw_arena_printf(p->a, mw_tr(p->lang, "%.*s (rate %.*s)"), MW_SV_ARG(grant), MW_SV_ARG(rate));
}

void mw_section_facts(struct mw_paper *p, const struct mw_plan *plan)
{
    static const struct mw_paper_column COLS[] = { { "At a glance", 35, false }, { NULL, 65, false } };
    const struct mw_applicant *lead = mw_project_lead(plan->project);
    const struct mw_financing_plan *fin = &plan->financing;
    struct mw_paper_table *t = mw_paper_table(p, COLS, COUNT(COLS));

    put_fact(p, t, "Programme", plan->terms->title.n > 0 ? plan->terms->title : plan->terms->programme);
    put_fact(p, t, "Edition of the terms", plan->edition->id);
    put_fact(p, t, mw_project_partners(plan->project) > 1 ? "Lead applicant" : "Applicant", lead != NULL ? lead->name : MW_SV(""));
    struct mw_sv from = mw_paper_day(p, plan->project->from), to = mw_paper_day(p, plan->project->to);
    put_fact(p, t, "Period", mw_arena_printf(p->a, "%.*s \xE2\x80\x93 %.*s", MW_SV_ARG(from), MW_SV_ARG(to)));
    if (mw_day_is(plan->project->deadline))
        put_fact(p, t, "Deadline of the application", mw_paper_day(p, plan->project->deadline));
    struct mw_sv open = mw_paper_open(p);
    put_fact(p, t, "Total cost", mw_costs_open(plan) ? open : mw_paper_eur(p, plan->cost.total));
    put_fact(p, t, "Eligible expenditure", mw_costs_open(plan) ? open : mw_paper_eur(p, plan->cost.eligible));
    put_fact(p, t, "Grant asked for", mw_grant_open(plan) ? open : grant_of(p, plan));
    struct mw_eur others = mw_sum_others(plan);
    if (others.cents > 0)
        put_fact(p, t, "Other sources", mw_paper_eur(p, others));
    put_fact(p, t, "Own money", mw_grant_open(plan) ? open : mw_paper_eur(p, fin->own));
    put_fact(p, t, "As of", mw_paper_day(p, plan->today));
}

/* Inhabitants and a budget by municipal law: of a university or a company nobody asks for them. */
static bool is_territorial(const struct mw_applicant *a)
{
    return a->type < 0 || a->type == MW_A_KOMMUNE || a->type == MW_A_KREIS || a->type == MW_A_KOMMUNALVERBAND;
}

/* Who applies: "[open]" stands where the profile is silent. */
void mw_section_applicants(struct mw_paper *p, const struct mw_plan *plan)
{
    static const struct mw_paper_column COLS[] = {
        { "Applicant", 34, false }, { "Kind", 20, false }, { "Land", 20, false }, { "Inhabitants", 14, true }, { "Budget", 20, false }
    };
    const struct mw_profile *profile = &plan->project->profile;
    struct mw_paper_table *t = mw_paper_table(p, COLS, COUNT(COLS));

    for (size_t i = 0; i < profile->applicants.n; i++) {
        const struct mw_applicant *a = MW_AT(profile->applicants, struct mw_applicant, i);
        struct mw_paper_row *r = mw_paper_row(p, t);
        struct mw_sv name = a->name, open = mw_paper_open(p);
        if (i == profile->lead && profile->applicants.n > 1)
            name = mw_arena_printf(p->a, "%.*s (%s)", MW_SV_ARG(a->name), mw_tr(p->lang, "lead"));
        mw_paper_put(r, 0, name);
        mw_paper_put(r, 1, a->type >= 0 ? mw_paper_word(p, mw_sv(mw_applicant_label(a->type, p->lang))) : open);
        mw_paper_put(r, 2, a->land != MW_LAND_NONE ? mw_sv(mw_land_name(a->land)) : open);
        if (!is_territorial(a))
            open = MW_SV("\xE2\x80\x93");
        mw_paper_put(r, 3, a->population != MW_INT_NONE ? mw_paper_count(p, a->population) : open);
        mw_paper_put(r, 4, a->budget >= 0 ? mw_paper_word(p, mw_sv(mw_budget_label(a->budget, p->lang))) : open);
    }
}

/* --- schedule --------------------------------------------------------------------------------------------------------- */

void mw_section_tasks(struct mw_paper *p, const struct mw_plan *plan)
{
    static const struct mw_paper_column COLS[] = {
        { "Task", 32, false }, { "From", 13, false }, { "To", 13, false }, { "Responsible", 23, false }, { "Result", 27, false }
    };

    if (plan->tasks.n == 0) {
        mw_paper_say(p, MW_BLOCK_OPEN, mw_paper_tr(p, "Which tasks does the project have, and when (tasks)?"));
        return;
    }
    struct mw_paper_table *t = mw_paper_table(p, COLS, COUNT(COLS));
    for (size_t i = 0; i < plan->tasks.n; i++) {
        const struct mw_task_row *row = MW_AT(plan->tasks, struct mw_task_row, i);
        struct mw_paper_row *r = mw_paper_row(p, t);
        struct mw_sv label = row->task->label;
        if (row->task->milestone == MW_YES)
            label = mw_arena_printf(p->a, "%s: %.*s", mw_tr(p->lang, "Milestone"), MW_SV_ARG(label));
        mw_paper_put(r, 0, label);
        mw_paper_put_day(p, r, 1, row->from);
        mw_paper_put_day(p, r, 2, row->to);
        mw_paper_put(r, 3, row->task->who);
        mw_paper_put(r, 4, row->task->result);
    }
}

/* "Rat, papers by 1 March 2027" */
static struct mw_sv sitting_of(struct mw_paper *p, const struct mw_step_row *row)
{
    struct mw_sv body = row->body->label, by = mw_paper_day(p, row->papers);
    const char *papers = by.n > 0 ? mw_arena_z(p->a, by) : NULL;

    if (papers == NULL)
        return body;
    struct mw_sv says = mw_arena_printf(p->a, mw_tr(p->lang, "papers by %s"), papers);
    return mw_arena_printf(p->a, "%.*s, %.*s", MW_SV_ARG(body), MW_SV_ARG(says));
}

void mw_section_preparation(struct mw_paper *p, const struct mw_plan *plan)
{
    static const struct mw_paper_column COLS[] = {
        { "Step", 34, false }, { "From", 13, false }, { "To", 13, false }, { "Responsible", 20, false }, { "Remark", 28, false }
    };

    if (plan->steps.n == 0) {
        mw_paper_say(p, MW_BLOCK_OPEN, mw_paper_tr(p, "Which steps lead to the application, and until when (preparation)?"));
        return;
    }
    struct mw_paper_table *t = mw_paper_table(p, COLS, COUNT(COLS));
    for (size_t i = 0; i < plan->steps.n; i++) {
        const struct mw_step_row *row = MW_AT(plan->steps, struct mw_step_row, i);
        struct mw_paper_row *r = mw_paper_row(p, t);
        mw_paper_put(r, 0, row->step->label);
        mw_paper_put_day(p, r, 1, row->from);
        mw_paper_put_day(p, r, 2, row->to);
        mw_paper_put(r, 3, row->step->who);
        if (mw_step_too_late(plan, row))
            mw_paper_put_tr(p, r, 4, "too late");
        else if (row->body != NULL)
            mw_paper_put(r, 4, sitting_of(p, row));
    }
    if (mw_day_is(plan->project->deadline)) {
        struct mw_paper_row *r = mw_paper_row(p, t);
        mw_paper_put_tr(p, r, 0, "Deadline of the application");
        mw_paper_put_day(p, r, 2, plan->project->deadline);
        if (r != NULL)
            r->sum = true;
    }
}

void mw_section_duties(struct mw_paper *p, const struct mw_plan *plan)
{
    static const struct mw_paper_column COLS[] = { { "Duty", 75, false }, { "Due", 25, false } };

    if (plan->duties.n == 0) {
        mw_paper_say(p, MW_BLOCK_TEXT, mw_paper_tr(p, "The terms of the programme state no duties with a date."));
        return;
    }
    struct mw_paper_table *t = mw_paper_table(p, COLS, COUNT(COLS));
    for (size_t i = 0; i < plan->duties.n; i++) {
        const struct mw_duty *d = MW_AT(plan->duties, struct mw_duty, i);
        struct mw_paper_row *r = mw_paper_row(p, t);
        MW_AUTO(mw_str_free) struct mw_str what = MW_STR_INIT;
        mw_duty_say(&what, d, p->lang);
        mw_paper_put(r, 0, mw_arena_copy(p->a, mw_str_sv(&what)));
        mw_paper_put_day(p, r, 1, d->due);
    }
}

/* --- findings --------------------------------------------------------------------------------------------------------- */

void mw_section_findings(struct mw_paper *p, const struct mw_plan *plan)
{
    static const struct mw_paper_column COLS[] = { { "Severity", 12, false }, { "What", 50, false }, { "What to do", 38, false } };

    if (plan->findings.n == 0) {
        mw_paper_say(p, MW_BLOCK_TEXT, mw_paper_tr(p, "The check of the plan found nothing to object to."));
        return;
    }
    struct mw_paper_table *t = mw_paper_table(p, COLS, COUNT(COLS));
    for (size_t i = 0; i < plan->findings.n; i++) {
        const struct mw_finding *f = MW_AT(plan->findings, struct mw_finding, i);
        struct mw_paper_row *r = mw_paper_row(p, t);
        mw_paper_put(r, 0, mw_paper_word(p, mw_paper_tr(p, MW_SEVERITIES[f->severity])));
        mw_paper_put(r, 1, f->msg);
        mw_paper_put(r, 2, f->cure);
    }
}
