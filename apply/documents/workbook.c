/* The spreadsheet of a plan through libxlsxwriter: overview, dates, findings, and the book itself. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "apply/documents/workbook_inside.h"
#include "lib/core/file.h"

enum { BOOK_MAX = 64 << 20 };

/* --- dates ------------------------------------------------------------------------------------------------------------ */

static void put_span(struct mw_sheet *s, struct mw_sv label, struct mw_day from, struct mw_day to, const char *remark)
{
    mw_cell_text(s, 0, label, s->b->text);
    mw_cell_day(s, 1, from, s->b->day);
    mw_cell_day(s, 2, to, s->b->day);
    if (remark != NULL)
        mw_cell_tr(s, 3, remark, s->b->note);
    mw_sheet_next(s);
}

static struct mw_sv or_id(struct mw_sv label, struct mw_sv id)
{
    return label.n > 0 ? label : id;
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
        put_span(&s, or_id(r->step->label, r->step->id), r->from, r->to,
                 r->late ? "preparation: too late" : "preparation of the application");
    }
    if (mw_day_is(plan->project->deadline))
        put_span(&s, mw_sv(mw_book_tr(b, "Deadline of the application")), MW_DAY_NONE, plan->project->deadline, NULL);
    for (size_t i = 0; i < plan->tasks.n; i++) {
        const struct mw_task_row *r = MW_AT(plan->tasks, struct mw_task_row, i);
        put_span(&s, or_id(r->task->label, r->task->id), r->from, r->to, r->task->milestone == MW_YES ? "milestone" : NULL);
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
        const struct mw_duty *d = MW_AT(*duties, struct mw_duty, i);
        mw_cell_text(&s, 0, mw_sv(mw_duty_label(d->kind, b->lang)), b->text);
        mw_cell_day(&s, 1, d->due, b->day);
        mw_sheet_next(&s);
    }
}

/* --- findings and overview -------------------------------------------------------------------------------------------- */

static void put_findings(struct mw_book *b)
{
    static const char *const SEVERITIES[] = { [MW_ERROR] = "error", [MW_WARNING] = "warning", [MW_NOTE] = "note" };
    const struct mw_list *findings = &b->plan->findings;

    if (findings->n == 0)
        return;
    struct mw_sheet s = mw_sheet_new(b, "Findings", true);
    mw_sheet_width(&s, 0, 0, 12);
    mw_sheet_width(&s, 1, 1, 90);
    mw_sheet_width(&s, 2, 2, 28);
    mw_sheet_title(&s, "Findings");
    mw_cell_head(&s, 0, "Severity", false);
    mw_cell_head(&s, 1, "What", false);
    mw_cell_head(&s, 2, "Where", false);
    mw_sheet_heads_end(&s, 0);
    for (size_t i = 0; i < findings->n; i++) {
        const struct mw_finding *f = MW_AT(*findings, struct mw_finding, i);
        mw_cell_tr(&s, 0, SEVERITIES[f->severity], b->text);
        mw_cell_text(&s, 1, f->msg, b->text);
        if (f->pos.file != NULL) { /* the file's name is enough: the folder is another on the reader's computer */
            const char *slash = strrchr(f->pos.file, '/');
            mw_cell_text(&s, 2, mw_arena_printf(b->a, "%s:%u", slash != NULL ? slash + 1 : f->pos.file, f->pos.line), b->note);
        }
        mw_sheet_next(&s);
    }
}

static void put_overview(struct mw_sheet *s, const struct mw_places *p)
{
    struct mw_book *b = s->b;
    const struct mw_plan *plan = b->plan;
    const struct mw_applicant *lead = mw_project_lead(plan->project);
    const struct { const char *label; struct mw_sv text; struct mw_day day; } lines[] = {
        { "Programme", plan->terms->title.n > 0 ? plan->terms->title : plan->terms->programme, MW_DAY_NONE },
        { "Edition of the terms", plan->edition->id, MW_DAY_NONE },
        { "Applicant", lead != NULL ? lead->name : MW_SV(""), MW_DAY_NONE },
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
    mw_cell_tr(s, 0, "Total cost EUR", b->text);
    mw_cell_formula(s, 1, plan->cost.total, b->money, "=%s", mw_ref_on(b, "Cost plan", p->cost_sum, p->total).z);
    mw_sheet_next(s);
    mw_cell_tr(s, 0, "of it eligible EUR", b->text);
    mw_cell_formula(s, 1, plan->cost.eligible, b->money, "=%s", mw_ref_on(b, "Cost plan", p->eligible_row, p->eligible).z);
    mw_sheet_next(s);
    for (size_t i = 0; i < plan->financing.rows.n; i++) {
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

static lxw_format *new_format(struct mw_book *b, bool bold, const char *number)
{
    lxw_format *f = workbook_add_format(b->wb);

    if (f == NULL) {
        b->failed = true;
        return NULL;
    }
    format_set_font_name(f, "Arial");
    format_set_font_size(f, 10);
    format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
    if (bold)
        format_set_bold(f);
    if (number != NULL)
        format_set_num_format(f, number);
    return f;
}

static void make_formats(struct mw_book *b)
{
    /* A German document shows 1.234,56 on every computer ([$-407] is German). */
    const char *money = b->lang == MW_DE ? "[$-407]#,##0.00" : "#,##0.00", *day = b->lang == MW_DE ? "dd.mm.yyyy" : "yyyy-mm-dd";

    b->title = new_format(b, true, NULL);
    b->head = new_format(b, true, NULL);
    b->head_note = new_format(b, true, NULL);
    b->head_right = new_format(b, true, NULL);
    b->text = new_format(b, false, NULL);
    b->money = new_format(b, false, money);
    b->sum = new_format(b, true, money);
    b->sum_text = new_format(b, true, NULL);
    b->day = new_format(b, false, day);
    b->day_left = new_format(b, false, day);
    b->note = new_format(b, false, NULL);
    b->percent = new_format(b, false, b->lang == MW_DE ? "[$-407]0.00 %" : "0.00 %");
    if (b->failed)
        return;
    format_set_font_size(b->title, 13);
    format_set_text_wrap(b->text);
    format_set_text_wrap(b->head);
    format_set_text_wrap(b->note);
    format_set_text_wrap(b->head_note);
    format_set_italic(b->note);
    format_set_indent(b->note, 1);
    format_set_indent(b->head_note, 1);
    format_set_align(b->head_right, LXW_ALIGN_RIGHT);
    format_set_align(b->day, LXW_ALIGN_RIGHT);
    format_set_align(b->day_left, LXW_ALIGN_LEFT);
    format_set_bottom(b->head, LXW_BORDER_THIN);
    format_set_bottom(b->head_right, LXW_BORDER_THIN);
    format_set_bottom(b->head_note, LXW_BORDER_THIN);
    format_set_bg_color(b->head, 0xE8EEF4);
    format_set_bg_color(b->head_right, 0xE8EEF4);
    format_set_bg_color(b->head_note, 0xE8EEF4);
    format_set_top(b->sum, LXW_BORDER_THIN);
    format_set_top(b->sum_text, LXW_BORDER_THIN);
}

static void fill(struct mw_book *b)
{
    struct mw_places p = { 0 };
    /* The same plan gives the same bytes: the file says the day it was computed for, at noon, not the clock. */
    lxw_doc_properties properties = { .created = (time_t)b->plan->today.n * 86400 + 43200 };
    const char *title = mw_arena_z(b->a, b->plan->project->title);

    properties.title = (char *)(uintptr_t)title; /* copied, not changed */
    workbook_set_properties(b->wb, &properties);
    make_formats(b);
    struct mw_sheet overview = mw_sheet_new(b, "Overview", true);
    mw_sheet_cost(b, &p);
    mw_sheet_financing(b, &p);
    put_overview(&overview, &p);
    mw_sheet_partners(b);
    put_dates(b);
    put_duties(b);
    put_findings(b);
}

enum mw_rc mw_workbook_write(const struct mw_plan *plan, const char *path, enum mw_lang lang, struct mw_err *err)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    char tmp[] = "/tmp/mittelweg-XXXXXX";
    struct mw_book b = { .plan = plan, .lang = lang, .a = a };
    struct mw_sv bytes;
    enum mw_rc rc = MW_OK;

    if (a == NULL)
        return mw_nomem(err);
    int fd = mkstemp(tmp);
    if (fd < 0)
        return mw_fail(err, MW_OUTPUT, "The spreadsheet \"%s\" cannot be prepared in /tmp.", path);
    close(fd);
    b.wb = workbook_new(tmp);
    if (b.wb == NULL) {
        rc = mw_nomem(err);
        goto out;
    }
    fill(&b);
    if (workbook_close(b.wb) != LXW_NO_ERROR || b.failed) {
        rc = mw_fail(err, MW_OUTPUT, "The spreadsheet \"%s\" could not be made; is there room in /tmp?", path);
        goto out;
    }
    if ((rc = mw_file_read(&bytes, a, tmp, BOOK_MAX, err)) == MW_OK)
        rc = mw_file_write(path, bytes, err);
out:
    unlink(tmp);
    return rc;
}
