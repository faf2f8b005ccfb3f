/* The spreadsheet of a plan through libxlsxwriter: overview, dates, payments, findings. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apply/documents/paper.h"
#include "apply/documents/workbook_inside.h"
#include "apply/plan/sums.h"

/* --- dates ------------------------------------------------------------------------------------------------------------ */

/* remark: English or NULL; papers: until then a body wants them, MW_DAY_NONE. */
static void put_span(struct mw_sheet *s, struct mw_sv label, struct mw_day from, struct mw_day to, const char *remark, struct mw_day papers)
{
    MW_AUTO(mw_str_free) struct mw_str by = MW_STR_INIT;

    mw_cell_text(s, 0, label, s->b->text);
    mw_cell_day(s, 1, from, s->b->day);
    mw_cell_day(s, 2, to, s->b->day);
    if (mw_day_is(papers)) {
        mw_day_format(&by, papers, s->b->lang);
        mw_cell_text(s, 3, mw_arena_printf(s->b->a, mw_tr(s->b->lang, "papers by %s"), mw_str_z(&by)), s->b->note);
    } else if (remark != NULL)
        mw_cell_tr(s, 3, remark, s->b->note);
    mw_sheet_next(s);
}

static void put_dates(struct mw_book *b)
{
    static const char *const HEADS[] = { "Task", "From", "To" };
    const struct mw_plan *plan = b->plan;

    if (plan->tasks.n + plan->steps.n == 0)
        return;
    struct mw_sheet s = mw_sheet_new(b, "Schedule", true);
    mw_sheet_width(&s, 0, 0, 60);
    mw_sheet_width(&s, 1, 2, 13);
    mw_sheet_width(&s, 3, 3, 40);
    mw_sheet_title(&s, "Schedule");
    for (size_t c = 0; c < sizeof HEADS / sizeof *HEADS; c++)
        mw_cell_head(&s, c, HEADS[c], c > 0);
    mw_cell_head_note(&s, 3, "Remark");
    mw_sheet_heads_end(&s, 1);
    for (size_t i = 0; i < plan->steps.n; i++) {
        const struct mw_step_row *r = MW_AT(plan->steps, struct mw_step_row, i);
        put_span(&s, r->step->label, r->from, r->to,
                 mw_step_too_late(plan, r) ? "preparation: too late" : "preparation of the application",
                 mw_step_too_late(plan, r) ? MW_DAY_NONE : r->papers);
    }
    if (mw_day_is(plan->project->deadline))
        put_span(&s, mw_sv(mw_book_tr(b, "Deadline of the application")), MW_DAY_NONE, plan->project->deadline, NULL, MW_DAY_NONE);
    for (size_t i = 0; i < plan->tasks.n; i++) {
        const struct mw_task_row *r = MW_AT(plan->tasks, struct mw_task_row, i);
        put_span(&s, r->task->label, r->from, r->to, r->task->milestone == MW_YES ? "milestone" : NULL, MW_DAY_NONE);
    }
}

static void put_duties(struct mw_book *b)
{
    const struct mw_list *duties = &b->plan->duties;

    if (duties->n == 0)
        return;
    struct mw_sheet s = mw_sheet_new(b, "Duties", false);
    mw_sheet_width(&s, 0, 0, 60);
    mw_sheet_width(&s, 1, 1, 13);
    mw_sheet_title(&s, "Duties");
    mw_cell_head(&s, 0, "Duty", false);
    mw_cell_head(&s, 1, "Due", true);
    mw_sheet_heads_end(&s, 1);
    for (size_t i = 0; i < duties->n; i++) {
        MW_AUTO(mw_str_free) struct mw_str what = MW_STR_INIT;
        const struct mw_duty *d = MW_AT(*duties, struct mw_duty, i);
        mw_duty_say(&what, d, b->lang);
        mw_cell_text(&s, 0, mw_str_sv(&what), b->text);
        mw_cell_day(&s, 1, d->due, b->day);
        mw_sheet_next(&s);
    }
}

/* --- findings and overview -------------------------------------------------------------------------------------------- */

static void put_payments(struct mw_book *b)
{
    const struct mw_plan *plan = b->plan;

    if (plan->months.n == 0)
        return;
    struct mw_sheet s = mw_sheet_new(b, "Payments", false);
    mw_sheet_title(&s, "Money by month");
    static const char *const HEADS[] = { "Month", "Cost", "Grant", "Other sources", "Own money" };
    for (size_t c = 0; c < sizeof HEADS / sizeof *HEADS; c++)
        mw_cell_head(&s, c, HEADS[c], c > 0);
    mw_sheet_width(&s, 0, 0, 14);
    mw_sheet_width(&s, 1, 4, 16);
    mw_sheet_heads_end(&s, 1);
    const lxw_row_t first = s.row;
    for (size_t i = 0; i < plan->months.n; i++) {
        const struct mw_month *m = MW_AT(plan->months, struct mw_month, i);
        mw_cell_text(&s, 0, b->lang == MW_DE ? mw_arena_printf(b->a, "%02d.%04d", m->month, m->year) : mw_arena_printf(b->a, "%04d-%02d", m->year, m->month), b->text);
        mw_cell_eur(&s, 1, m->cost, b->money);
        mw_cell_eur(&s, 2, m->grant, b->money);
        mw_cell_eur(&s, 3, m->other, b->money);
        mw_cell_formula(&s, 4, m->own, b->money, "=%s-%s-%s", mw_ref(s.row, 1).z, mw_ref(s.row, 2).z, mw_ref(s.row, 3).z);
        mw_sheet_next(&s);
    }
    struct mw_month sum = mw_sum_months(plan);
    mw_cell_tr(&s, 0, "Total", b->sum_text);
    mw_cell_column_sum(&s, 1, first, sum.cost);
    mw_cell_column_sum(&s, 2, first, sum.grant);
    mw_cell_column_sum(&s, 3, first, sum.other);
    mw_cell_column_sum(&s, 4, first, sum.own);
    mw_sheet_next(&s);
    if (plan->drawdowns.n == 0)
        return;
    s.row++;
    mw_cell_head(&s, 0, "Call for money on", false);
    mw_cell_head(&s, 1, "for payments until", true);
    mw_cell_head(&s, 2, "Amount", true);
    mw_sheet_next(&s);
    for (size_t i = 0; i < plan->drawdowns.n; i++) {
        const struct mw_drawdown *d = MW_AT(plan->drawdowns, struct mw_drawdown, i);
        mw_cell_day(&s, 0, d->date, b->day_left);
        mw_cell_day(&s, 1, d->until, b->day);
        mw_cell_eur(&s, 2, d->amount, b->money);
        mw_sheet_next(&s);
    }
}

static void put_findings(struct mw_book *b)
{
    const struct mw_list *findings = &b->plan->findings;

    if (findings->n == 0)
        return;
    struct mw_sheet s = mw_sheet_new(b, "Findings", true);
    mw_sheet_width(&s, 0, 0, 12);
    mw_sheet_width(&s, 1, 1, 70);
    mw_sheet_width(&s, 2, 2, 55);
    mw_sheet_width(&s, 3, 3, 28);
    mw_sheet_title(&s, "Findings");
    mw_cell_head(&s, 0, "Severity", false);
    mw_cell_head(&s, 1, "What", false);
    mw_cell_head(&s, 2, "What to do", false);
    mw_cell_head(&s, 3, "Where", false);
    mw_sheet_heads_end(&s, 0);
    for (size_t i = 0; i < findings->n; i++) {
        const struct mw_finding *f = MW_AT(*findings, struct mw_finding, i);
        mw_cell_tr(&s, 0, MW_SEVERITIES[f->severity], b->text);
        mw_cell_text(&s, 1, f->msg, b->text);
        mw_cell_text(&s, 2, f->cure, b->text);
        if (f->pos.file != NULL) { /* the file's name is enough: the folder is another on the reader's computer */
            const char *slash = strrchr(f->pos.file, '/');
            mw_cell_text(&s, 3, mw_arena_printf(b->a, "%s:%u", slash != NULL ? slash + 1 : f->pos.file, f->pos.line), b->note);
        }
        mw_sheet_next(&s);
    }
}

static void put_overview(struct mw_sheet *s, const struct mw_places *p)
{
    struct mw_book *b = s->b;
    const struct mw_plan *plan = b->plan;
    const struct { const char *label; struct mw_sv text; struct mw_day day; } lines[] = {
        { "Programme", plan->terms->title.n > 0 ? plan->terms->title : plan->terms->programme, MW_DAY_NONE },
        { "Edition of the terms", plan->edition->id, MW_DAY_NONE },
        { "Applicant", mw_applicants_line(b->a, &plan->project->profile, b->lang), MW_DAY_NONE },
        { "Project from", MW_SV_NONE, plan->project->from },
        { "Project until", MW_SV_NONE, plan->project->to },
        { "Computed as of", MW_SV_NONE, plan->today },
    };

    mw_sheet_width(s, 0, 0, 40);
    mw_sheet_width(s, 1, 1, 20);
    mw_sheet_width(s, 2, 2, 50);
    mw_cell_text(s, 0, plan->project->title, b->title);
    s->row += 2;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        mw_cell_tr(s, 0, lines[i].label, b->text);
        if (mw_day_is(lines[i].day))
            mw_cell_day(s, 1, lines[i].day, b->day_left);
        else /* runs on over the empty cells to the right */
            mw_cell_text(s, 1, lines[i].text, b->day_left);
        mw_sheet_next(s);
    }
    s->row++;
    if (mw_grant_open(plan)) {
        mw_cell_text(s, 0, mw_sv(mw_money_question(plan, b->lang)), b->day_left);
        mw_sheet_next(s);
    }
    if (mw_costs_open(plan))
        return;
    mw_cell_tr(s, 0, "Total cost EUR", b->text);
    mw_cell_formula(s, 1, plan->cost.total, b->money, "=%s", mw_ref_on(b, "Cost plan", p->cost_sum, p->total).z);
    mw_sheet_next(s);
    mw_cell_tr(s, 0, "of it eligible EUR", b->text);
    mw_cell_formula(s, 1, plan->cost.eligible, b->money, "=%s", mw_ref_on(b, "Cost plan", p->eligible_row, p->eligible).z);
    mw_sheet_next(s);
    for (size_t i = 0; i < plan->financing.rows.n && !mw_grant_open(plan); i++) {
        const struct mw_source_row *r = MW_AT(plan->financing.rows, struct mw_source_row, i);
        mw_cell_text(s, 0, r->label, b->text);
        mw_cell_formula(s, 1, r->total, b->money, "=%s",
                        mw_ref_on(b, "Financing plan", (lxw_row_t)(p->source_first + i), 2 + plan->years.n).z);
        mw_sheet_next(s);
    }
    s->row++;
    mw_cell_tr(s, 0, "There is never a right to a grant: this plan says what can be applied for.", b->day_left);
}

/* --- the book --------------------------------------------------------------------------------------------------------- */

static void fill(struct mw_book *b, const void *plan)
{
    struct mw_places p = { 0 };

    b->plan = plan;
    struct mw_sheet overview = mw_sheet_new(b, "Overview", true);
    if (!mw_costs_open(b->plan))
        mw_sheet_cost(b, &p);
    if (!mw_grant_open(b->plan))
        mw_sheet_financing(b, &p);
    put_overview(&overview, &p);
    if (!mw_grant_open(b->plan)) {
        mw_sheet_partners(b);
        mw_sheet_municipalities(b);
        mw_sheet_form(b);
    }
    put_dates(b);
    put_duties(b);
    if (!mw_grant_open(b->plan))
        put_payments(b);
    put_findings(b);
}

enum mw_rc mw_workbook_write(const struct mw_plan *plan, const char *path, enum mw_lang lang, struct mw_err *err)
{
    return mw_book_write(path, plan->project->title, plan->today, lang, fill, plan, err);
}
