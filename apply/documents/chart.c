/* Lays the schedule out as a Gantt chart: a band of labels, a grid of years, a row for each step and task. */
#include "apply/documents/chart.h"

#include <stdio.h>

enum { LABELS = 430, RIGHT = 12, TOP = 48, LINE = 24, PAD = 12, BAR = 18, FONT = 20, LABEL_COLUMNS = 36 };

/* Chosen by luminance as much as by hue (Okabe and Ito, "Color Universal Design"). */
const unsigned MW_TONES[MW_TONE_N] = {
    [MW_TONE_TEXT] = 0x1A1A1A, [MW_TONE_QUIET] = 0x555555, [MW_TONE_GRID] = 0xC8CDD2, [MW_TONE_BAND] = 0xF2F5F8,
    [MW_TONE_TASK] = 0x0072B2, [MW_TONE_STEP] = 0x56B4E9, [MW_TONE_LATE] = 0xD55E00, [MW_TONE_MILESTONE] = 0x1A1A1A,
    [MW_TONE_DEADLINE] = 0xD55E00, [MW_TONE_LINK] = 0x6B7680,
};

struct drawing {
    struct mw_chart *c;
    struct mw_arena *a;
    const struct mw_plan *plan;
    enum mw_lang lang;
    struct mw_day first, last; /* first of a month, last of a month */
    struct mw_str desc;
    int y;                     /* top of the next row */
    bool failed;
};

static struct mw_shape *put(struct drawing *d, enum mw_shape_kind kind, enum mw_tone tone, int x, int y, int w, int h)
{
    static struct mw_shape none;
    struct mw_shape *s = d->failed ? NULL : mw_list_add(d->a, &d->c->shapes, sizeof *s);

    if (s == NULL) {
        d->failed = true;
        return &none;
    }
    *s = (struct mw_shape){ .kind = kind, .tone = tone, .x = x, .y = y, .w = w, .h = h };
    return s;
}

static void put_text(struct drawing *d, enum mw_tone tone, int x, int y, bool centred, struct mw_sv text)
{
    put(d, MW_SHAPE_TEXT, tone, x, y, centred, 0)->text = text;
}

static int x_of(const struct drawing *d, struct mw_day day)
{
    int64_t span = (int64_t)d->last.n - d->first.n + 1;
    return LABELS + (int)(((int64_t)day.n - d->first.n) * (MW_CHART_WIDTH - LABELS - RIGHT) / span);
}

/* --- grid ----------------------------------------------------------------------------------------------------------- */

static void widen(struct drawing *d, struct mw_day from, struct mw_day to)
{
    if (mw_day_is(from) && mw_day_cmp(from, d->first) < 0)
        d->first = from;
    if (mw_day_is(to) && mw_day_cmp(to, d->last) > 0)
        d->last = to;
}

static bool find_span(struct drawing *d)
{
    const struct mw_plan *p = d->plan;

    d->first = MW_DAY_NONE;
    d->last = (struct mw_day){ INT32_MIN };
    for (size_t i = 0; i < p->steps.n; i++)
        widen(d, MW_AT(p->steps, struct mw_step_row, i)->from, MW_AT(p->steps, struct mw_step_row, i)->to);
    for (size_t i = 0; i < p->tasks.n; i++)
        widen(d, MW_AT(p->tasks, struct mw_task_row, i)->from, MW_AT(p->tasks, struct mw_task_row, i)->to);
    widen(d, p->project->deadline, p->project->deadline);
    if (!mw_day_is(d->first) || p->steps.n + p->tasks.n == 0)
        return false;
    struct mw_ymd from = mw_day_ymd(d->first), to = mw_day_ymd(d->last);
    return mw_day_from_ymd(&d->first, from.year, from.month, 1) &&
           mw_day_from_ymd(&d->last, to.year, to.month, mw_days_in_month(to.year, to.month));
}

/* Lines of years, and of quarters or months where they have room; the years stand above. Drawn last into the height. */
static void put_grid(struct drawing *d, int bottom)
{
    struct mw_ymd from = mw_day_ymd(d->first), to = mw_day_ymd(d->last);
    int months = (to.year - from.year) * 12 + to.month - from.month + 1, every = months <= 18 ? 1 : months <= 72 ? 3 : 12;

    for (int m = 0; m <= months; m++) {
        struct mw_day day = mw_day_add_months(d->first, m);
        struct mw_ymd at = mw_day_ymd(day);
        bool year = at.month == 1 || m == 0 || m == months;
        if (!year && (at.month - 1) % every != 0)
            continue;
        put(d, MW_SHAPE_LINE, MW_TONE_GRID, x_of(d, day), year ? TOP - 30 : TOP - 8, 0, bottom - (year ? TOP - 30 : TOP - 8));
    }
    for (int year = from.year; year <= to.year; year++) {
        struct mw_day begin = d->first, end = d->last;
        if (year > from.year)
            mw_day_from_ymd(&begin, year, 1, 1);
        if (year < to.year)
            mw_day_from_ymd(&end, year, 12, 31);
        if (x_of(d, end) - x_of(d, begin) >= 44)
            put_text(d, MW_TONE_TEXT, (x_of(d, begin) + x_of(d, end)) / 2, TOP - 16, true, mw_arena_printf(d->a, "%d", year));
    }
}

/* --- rows ----------------------------------------------------------------------------------------------------------- */

/* Cuts what fits into columns off the front, at a space where there is one. */
static struct mw_sv cut_line(struct mw_sv *rest, size_t columns)
{
    size_t at = 0, space = 0, end = 0;

    for (size_t used = 0; at < rest->n; used++) {
        size_t next = at;
        uint32_t cp = mw_utf8_next(*rest, &next);
        if (used >= columns)
            break;
        if (cp == ' ')
            space = at;
        at = end = next;
    }
    if (at < rest->n && space > 0)
        end = space;
    struct mw_sv line = mw_sv_sub(*rest, 0, end);
    *rest = mw_sv_trim(mw_sv_sub(*rest, end, rest->n));
    return mw_sv_trim(line);
}

/* The label in one or two lines; returns the middle of the row's height, which the row is then moved past. */
static int put_label(struct drawing *d, struct mw_sv label)
{
    struct mw_sv first = cut_line(&label, LABEL_COLUMNS), second = cut_line(&label, LABEL_COLUMNS - (label.n > LABEL_COLUMNS));
    int lines = second.n > 0 ? 2 : 1, height = lines * LINE + PAD, middle = d->y + height / 2;

    if (label.n > 0)
        second = mw_arena_printf(d->a, "%.*s\xE2\x80\xA6", MW_SV_ARG(second));
    put_text(d, MW_TONE_TEXT, 8, d->y + PAD / 2 + LINE - 5, false, first);
    if (second.n > 0)
        put_text(d, MW_TONE_TEXT, 8, d->y + PAD / 2 + 2 * LINE - 5, false, second);
    d->y += height;
    return middle;
}

static struct mw_sv tip_of(struct drawing *d, struct mw_sv label, struct mw_day from, struct mw_day to)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;

    mw_str_addf(&s, "%.*s: ", MW_SV_ARG(label));
    mw_day_format(&s, from, d->lang);
    if (mw_day_cmp(from, to) != 0) {
        mw_str_addz(&s, " \xE2\x80\x93 ");
        mw_day_format(&s, to, d->lang);
    }
    if (d->desc.n > 0)
        mw_str_addz(&d->desc, "; ");
    mw_str_add(&d->desc, mw_str_sv(&s));
    struct mw_sv tip = mw_arena_copy(d->a, mw_str_sv(&s));
    d->failed = d->failed || !mw_str_ok(&s) || tip.p == NULL;
    return tip;
}

static void put_bar(struct drawing *d, enum mw_tone tone, int middle, struct mw_day from, struct mw_day to, struct mw_sv tip)
{
    int x = x_of(d, from), end = x_of(d, (struct mw_day){ to.n + 1 });
    put(d, MW_SHAPE_RECT, tone, x, middle - BAR / 2, end - x > 3 ? end - x : 3, BAR)->tip = tip;
}

static void put_section(struct drawing *d, const char *english)
{
    put(d, MW_SHAPE_RECT, MW_TONE_BAND, 0, d->y, MW_CHART_WIDTH, LINE + 6);
    put_text(d, MW_TONE_QUIET, 8, d->y + LINE - 2, false, mw_sv(mw_tr(d->lang, english)));
    d->y += LINE + 6;
}

static void put_steps(struct drawing *d)
{
    const struct mw_plan *p = d->plan;

    if (p->steps.n == 0 && !mw_day_is(p->project->deadline))
        return;
    put_section(d, "preparation of the application");
    for (size_t i = 0; i < p->steps.n; i++) {
        const struct mw_step_row *r = MW_AT(p->steps, struct mw_step_row, i);
        struct mw_sv label = r->step->label;
        int middle = put_label(d, label);
        if (mw_day_is(r->from) && mw_day_is(r->to))
            put_bar(d, mw_step_too_late(p, r) ? MW_TONE_LATE : MW_TONE_STEP, middle, r->from, r->to, tip_of(d, label, r->from, r->to));
    }
    if (mw_day_is(p->project->deadline)) {
        struct mw_sv label = mw_sv(mw_tr(d->lang, "Deadline of the application"));
        int middle = put_label(d, label), x = x_of(d, p->project->deadline);
        put(d, MW_SHAPE_LINE, MW_TONE_DEADLINE, x, TOP, 0, middle - TOP);
        put(d, MW_SHAPE_DIAMOND, MW_TONE_DEADLINE, x, middle, 9, 0)->tip = tip_of(d, label, p->project->deadline, p->project->deadline);
    }
}

/* What waits for what: from the end of the one to the beginning of the other. */
static void put_links(struct drawing *d, const int *middles)
{
    const struct mw_list *tasks = &d->plan->tasks;

    for (size_t i = 0; i < tasks->n; i++) {
        const struct mw_task_row *r = MW_AT(*tasks, struct mw_task_row, i);
        for (size_t k = 0; k < r->task->after.n; k++)
            for (size_t j = 0; j < tasks->n; j++) {
                const struct mw_task_row *before = MW_AT(*tasks, struct mw_task_row, j);
                if (!mw_sv_eq(before->task->id, *MW_AT(r->task->after, struct mw_sv, k)) || !mw_day_is(before->to) || !mw_day_is(r->from))
                    continue;
                int x = x_of(d, (struct mw_day){ before->to.n + 1 }), to = x_of(d, r->from) + 3, gap = BAR / 2 + 1;
                put(d, MW_SHAPE_ARROW, MW_TONE_LINK, x < to ? x : to, middles[j], x < to ? to - x : 0,
                    middles[i] + (middles[i] > middles[j] ? -gap : gap) - middles[j]);
            }
    }
}

static void put_tasks(struct drawing *d)
{
    const struct mw_list *tasks = &d->plan->tasks;
    int *middles = tasks->n > 0 ? mw_arena_array(d->a, tasks->n, sizeof *middles) : NULL;

    if (middles == NULL) {
        d->failed = d->failed || tasks->n > 0;
        return;
    }
    put_section(d, "Tasks of the project");
    for (size_t i = 0; i < tasks->n; i++) { /* labels first, so that the arrows know where they lead; bars lie above them */
        const struct mw_task *task = MW_AT(*tasks, struct mw_task_row, i)->task;
        middles[i] = put_label(d, task->label);
    }
    put_links(d, middles);
    for (size_t i = 0; i < tasks->n; i++) {
        const struct mw_task_row *r = MW_AT(*tasks, struct mw_task_row, i);
        struct mw_sv label = r->task->label;
        if (!mw_day_is(r->from) || !mw_day_is(r->to))
            continue;
        if (r->task->milestone == MW_YES)
            put(d, MW_SHAPE_DIAMOND, MW_TONE_MILESTONE, x_of(d, r->to), middles[i], 9, 0)->tip = tip_of(d, label, r->to, r->to);
        else
            put_bar(d, MW_TONE_TASK, middles[i], r->from, r->to, tip_of(d, label, r->from, r->to));
    }
}

enum mw_rc mw_chart_make(struct mw_chart *out, struct mw_arena *a, const struct mw_plan *plan, enum mw_lang lang)
{
    struct drawing d = { .c = out, .a = a, .plan = plan, .lang = lang, .y = TOP };

    *out = (struct mw_chart){ .width = MW_CHART_WIDTH, .font = FONT };
    if (!find_span(&d))
        return MW_NOT_FOUND;
    out->title = mw_arena_printf(a, "%s: %.*s", mw_tr(lang, "Schedule"), MW_SV_ARG(plan->project->title));
    put_steps(&d);
    put_tasks(&d);
    out->height = d.y + 8;
    /* The grid lies below everything else: drawn first, though only now the height is known. */
    struct mw_list above = out->shapes;
    out->shapes = (struct mw_list){ 0 };
    for (size_t i = 0; i < above.n && !d.failed; i++)
        if (MW_AT(above, struct mw_shape, i)->tone == MW_TONE_BAND)
            *put(&d, MW_SHAPE_RECT, MW_TONE_BAND, 0, 0, 0, 0) = *MW_AT(above, struct mw_shape, i);
    put_grid(&d, out->height);
    for (size_t i = 0; i < above.n && !d.failed; i++)
        if (MW_AT(above, struct mw_shape, i)->tone != MW_TONE_BAND)
            *put(&d, MW_SHAPE_RECT, MW_TONE_BAND, 0, 0, 0, 0) = *MW_AT(above, struct mw_shape, i);
    out->desc = mw_arena_copy(a, mw_str_sv(&d.desc));
    d.failed = d.failed || !mw_str_ok(&d.desc) || out->desc.p == NULL || out->title.p == NULL;
    mw_str_free(&d.desc);
    return d.failed ? MW_NOMEM : MW_OK;
}
