/* A plan for programs (FORMATS.md section 5) and for people: one walk over it, the writer decides how it looks. */
#include <stdio.h>
#include <string.h>

#include "apply/plan/make.h"
#include "apply/plan/show.h"

static const enum mw_style STYLES[] = { [MW_ERROR] = MW_BAD, [MW_WARNING] = MW_DOUBT, [MW_NOTE] = MW_DIM };

/* --- time --------------------------------------------------------------------------------------------------------- */
static const char *days(int64_t n, char *buf, size_t size)
{
    snprintf(buf, size, "%lld", (long long)n);
    return buf;
}

/* Person-months to the hundredth, for show; the exact fraction stays in the plan. */
static void put_months(struct mw_out *o, const char *key, struct mw_share months)
{
    bool fits = mw_share_is(months);
    int64_t hundredths = fits ? mw_div_round((mw_i128)months.num * 100, months.den, MW_COMMERCIAL, &fits) : 0;

    if (fits)
        mw_out_num(o, key, NULL, hundredths, 2);
}

/* What one partner does in one package. */
static void put_effort(struct mw_out *o, const struct mw_task *t, struct mw_sv who)
{
    struct mw_share months = t->efforts.n == 0 && mw_sv_eq(t->who, who) ? t->effort : MW_SHARE_NONE;

    for (size_t i = 0; i < t->efforts.n; i++)
        if (mw_sv_eq(MW_AT(t->efforts, struct mw_entry, i)->key, who))
            months = MW_AT(t->efforts, struct mw_entry, i)->v.share;
    if (!mw_share_is(months))
        return;
    mw_out_object(o, NULL, NULL);
    mw_out_sv(o, "id", NULL, t->id);
    put_months(o, "months", months);
    mw_out_end(o);
}

static void put_schedule(struct mw_out *o, const struct mw_plan *p)
{
    static const struct mw_column COLS[] = { { "label", "Task", false },
                                             { "from", "From", true },
                                             { "to", "To", true },
                                             { ".slack", "Slack", true } };
    static const struct mw_column EFFORT[] = { { ".who", "Who", false }, { ".months", "Person-months", true } };

    mw_out_object(o, "schedule", p->tasks.n > 0 ? "Schedule" : NULL);
    if (p->tasks.n > 0 || mw_out_format(o) == MW_JSON) {
        mw_out_table(o, "tasks", NULL, COLS, sizeof COLS / sizeof *COLS);
        for (size_t i = 0; i < p->tasks.n; i++) {
            const struct mw_task_row *row = MW_AT(p->tasks, struct mw_task_row, i);
            char slack[24];
            mw_out_row(o);
            mw_out_sv(o, "id", NULL, row->task->id);
            mw_out_sv(o, "label", NULL, row->task->label);
            mw_out_day(o, "from", NULL, row->from);
            mw_out_day(o, "to", NULL, row->to);
            if (row->task->milestone == MW_YES)
                mw_out_bool(o, "milestone", NULL, true);
            mw_out_int(o, "slack_workdays", NULL, row->slack);
            mw_out_bool(o, "critical", NULL, row->critical);
            mw_out_z(o, ".slack", NULL, row->critical ? mw_tr(mw_out_lang(o), "critical") : days(row->slack, slack, sizeof slack));
            put_months(o, "effort_months", row->task->effort);
            mw_out_end(o);
        }
        mw_out_end(o);
    }
    if (p->efforts.n > 0) {
        mw_out_table(o, "effort", "Effort", EFFORT, sizeof EFFORT / sizeof *EFFORT);
        for (size_t i = 0; i < p->efforts.n; i++) {
            const struct mw_effort *e = MW_AT(p->efforts, struct mw_effort, i);
            mw_out_row(o);
            mw_out_sv(o, "who", NULL, e->who);
            mw_out_sv(o, ".who", NULL, e->who.n > 0 ? e->who : mw_sv(mw_tr(mw_out_lang(o), "nobody named")));
            put_months(o, "months", e->months);
            put_months(o, ".months", e->months);
            mw_out_list(o, "tasks", NULL);
            for (size_t k = 0; k < p->tasks.n; k++)
                put_effort(o, MW_AT(p->tasks, struct mw_task_row, k)->task, e->who);
            mw_out_end(o);
            mw_out_end(o);
        }
        mw_out_end(o);
    }
    mw_out_end(o);
}

/* The day on which the way to the application must begin: the first of all steps that have dates. */
static struct mw_day latest_start(const struct mw_plan *p)
{
    struct mw_day first = MW_DAY_NONE;

    for (size_t i = 0; i < p->steps.n; i++)
        if (mw_day_cmp(MW_AT(p->steps, struct mw_step_row, i)->from, first) < 0)
            first = MW_AT(p->steps, struct mw_step_row, i)->from;
    return first;
}

/* For people: that it is too late, or until when the body wants its papers. */
static void put_step_remark(struct mw_out *o, const struct mw_plan *p, const struct mw_step_row *row)
{
    MW_AUTO(mw_str_free) struct mw_str day = MW_STR_INIT;
    char text[96];

    if (mw_step_too_late(p, row)) {
        mw_out_style(o, MW_BAD);
        mw_out_z(o, ".state", NULL, mw_tr(mw_out_lang(o), "too late"));
    } else if (mw_day_is(row->papers)) {
        mw_day_format(&day, row->papers, mw_out_lang(o));
        snprintf(text, sizeof text, mw_tr(mw_out_lang(o), "papers by %s"), mw_str_z(&day));
        mw_out_z(o, ".state", NULL, text);
    }
}

static void put_preparation(struct mw_out *o, const struct mw_plan *p)
{
    static const struct mw_column COLS[] = {
        { "label", "Step", false }, { "from", "From", true }, { "to", "To", true }, { ".state", "Remark", false }
    };
    size_t cols = sizeof COLS / sizeof *COLS - 1; /* the last one only where there is something to say */

    mw_out_object(o, "preparation", p->steps.n > 0 ? "The way to the application" : NULL);
    mw_out_day(o, "deadline", p->steps.n > 0 ? "Deadline" : NULL, p->project->deadline);
    if (mw_day_is(latest_start(p))) {
        if (mw_day_cmp(latest_start(p), p->today) < 0 && mw_before_handing_in(p->project))
            mw_out_style(o, MW_BAD);
        mw_out_day(o, "latest_start", "Latest start", latest_start(p));
    }
    for (size_t i = 0; i < p->steps.n; i++)
        if (mw_step_too_late(p, MW_AT(p->steps, struct mw_step_row, i)) || mw_day_is(MW_AT(p->steps, struct mw_step_row, i)->papers))
            cols = sizeof COLS / sizeof *COLS;
    if (p->steps.n > 0 || mw_out_format(o) == MW_JSON) {
        mw_out_table(o, "steps", NULL, COLS, cols);
        for (size_t i = 0; i < p->steps.n; i++) {
            const struct mw_step_row *row = MW_AT(p->steps, struct mw_step_row, i);
            mw_out_row(o);
            mw_out_sv(o, "id", NULL, row->step->id);
            mw_out_sv(o, "label", NULL, row->step->label);
            mw_out_day(o, "from", NULL, row->from);
            mw_out_day(o, "to", NULL, row->to);
            mw_out_day(o, "papers", NULL, row->papers);
            mw_out_bool(o, "late", NULL, row->late);
            put_step_remark(o, p, row);
            mw_out_end(o);
        }
        mw_out_end(o);
    }
    mw_out_end(o);
}

static void put_duties(struct mw_out *o, const struct mw_plan *p)
{
    static const struct mw_column COLS[] = { { "due", "Due", false }, { ".what", "Duty", false } };

    if (p->duties.n == 0 && mw_out_format(o) != MW_JSON)
        return;
    mw_out_table(o, "duties", "Duties", COLS, sizeof COLS / sizeof *COLS);
    for (size_t i = 0; i < p->duties.n; i++) {
        const struct mw_duty *d = MW_AT(p->duties, struct mw_duty, i);
        struct mw_str what = MW_STR_INIT;
        mw_duty_say(&what, d, mw_out_lang(o));
        mw_out_row(o);
        mw_out_z(o, "kind", NULL, MW_DUTIES[d->kind]);
        mw_out_day(o, "due", NULL, d->due);
        mw_out_sv(o, ".what", NULL, mw_str_sv(&what));
        mw_out_end(o);
        mw_str_free(&what);
    }
    mw_out_end(o);
}

static void put_settlement(struct mw_out *o, const struct mw_plan *p)
{
    static const struct mw_column COLS[] = { { "category", "Category", false },
                                             { "plan", "Plan", true },
                                             { "actual", "Actual", true },
                                             { ".over", "Above plan", true },
                                             { ".consent", "Consent", false } };
    const struct mw_settlement *s = &p->settlement;

    if (!s->is)
        return;
    mw_out_object(o, "settlement", "Settlement");
    mw_out_eur(o, "awarded", "Grant awarded", s->awarded);
    mw_out_eur(o, "saving", "Saved in costs or earned more", s->saving);
    if (s->spared)
        mw_out_eur(o, "reduction_above", "Reduced only above", p->edition->reduction_above);
    mw_out_eur(o, "reduction", "Reduction", s->reduction);
    mw_out_eur(o, "grant", "Grant that stays", s->grant);
    if (mw_eur_is(s->received)) {
        mw_out_eur(o, "received", "Received so far", s->received);
        mw_out_eur(o, "repayment", "To be paid back", s->repayment);
    }
    mw_out_table(o, "categories", NULL, COLS, sizeof COLS / sizeof *COLS);
    for (size_t i = 0; i < s->categories.n; i++) {
        const struct mw_category_use *c = MW_AT(s->categories, struct mw_category_use, i);
        mw_out_row(o);
        mw_out_sv(o, "category", NULL, c->category);
        mw_out_eur(o, "plan", NULL, c->plan);
        mw_out_eur(o, "actual", NULL, c->actual);
        mw_out_int(o, "over_bp", NULL, c->over_bp);
        if (c->over_bp > 0)
            mw_out_share(o, ".over", NULL, (struct mw_share){ c->over_bp, 10000 });
        mw_out_bool(o, "needs_consent", NULL, c->needs_consent);
        if (c->needs_consent) {
            mw_out_style(o, MW_DOUBT);
            mw_out_z(o, ".consent", NULL, mw_tr(mw_out_lang(o), "needed"));
        }
        mw_out_end(o);
    }
    mw_out_end(o);
    mw_out_end(o);
}

static void put_findings(struct mw_out *o, const struct mw_plan *p)
{
    struct mw_str rule = MW_STR_INIT;

    mw_out_list(o, "findings", NULL);
    if (p->findings.n > 0)
        mw_out_paraf(o, MW_HEADING, "Findings");
    for (size_t i = 0; i < p->findings.n; i++) {
        const struct mw_finding *f = MW_AT(p->findings, struct mw_finding, i);
        mw_str_clear(&rule);
        mw_out_object(o, NULL, NULL);
        mw_out_z(o, "severity", NULL, MW_SEVERITIES[f->severity]);
        mw_out_z(o, "code", NULL, f->code);
        mw_out_sv(o, "message", NULL, f->msg);
        if (f->pos.file != NULL) {
            mw_out_z(o, "file", NULL, f->pos.file);
            mw_out_int(o, "line", NULL, f->pos.line);
        }
        if (f->rule.file != NULL) {
            mw_str_addf(&rule, "%s:%u", f->rule.file, f->rule.line);
            mw_out_sv(o, "rule", NULL, mw_str_sv(&rule));
        }
        mw_out_end(o);
        mw_out_paraf(o, STYLES[f->severity], "%s: %.*s [%s]", mw_tr(mw_out_lang(o), MW_SEVERITIES[f->severity]),
                     MW_SV_ARG(f->msg), f->code);
        if (f->pos.file != NULL && f->rule.file != NULL)
            mw_out_paraf(o, MW_QUOTE, "%s:%u, %s", f->pos.file, f->pos.line, mw_str_z(&rule));
        else if (f->pos.file != NULL || f->rule.file != NULL)
            mw_out_paraf(o, MW_QUOTE, "%s:%u", f->pos.file != NULL ? f->pos.file : f->rule.file,
                         f->pos.file != NULL ? f->pos.line : f->rule.line);
    }
    mw_out_end(o);
    if (p->findings.n > 0 && p->project->pos.file != NULL)
        mw_out_paraf(o, MW_DIM, "What to do about each says: mittelweg check %s", p->project->pos.file);
    mw_str_free(&rule);
}

void mw_plan_put(const struct mw_plan *plan, bool months, struct mw_out *o)
{
    mw_out_sv(o, "project", NULL, plan->project->id);
    mw_out_paraf(o, MW_HEADING, "%.*s", MW_SV_ARG(plan->project->title));
    mw_out_sv(o, "programme", NULL, plan->terms->programme);
    mw_out_sv(o, NULL, "Programme", plan->terms->title);
    mw_out_sv(o, "edition", "Edition", plan->edition->id);
    mw_out_day(o, "today", "As of", plan->today);
    mw_out_z(o, "currency", NULL, "EUR");
    mw_show_money(plan, o);
    put_schedule(o, plan);
    put_preparation(o, plan);
    put_duties(o, plan);
    put_settlement(o, plan);
    mw_plan_put_payments(plan, months && !mw_grant_open(plan), o);
    put_findings(o, plan);
}

void mw_plan_to_out(const struct mw_plan *plan, bool months, struct mw_out *o)
{
    mw_out_object(o, NULL, NULL);
    mw_plan_put(plan, months, o);
    mw_out_end(o);
}
