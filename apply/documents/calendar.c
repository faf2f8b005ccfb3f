/* Writes the calendar of an application. */
#include "apply/documents/calendar.h"

#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

struct calendar {
    icalcomponent *root;
    const struct mw_plan *plan;
    enum mw_lang lang;
    bool failed;
};

/* One line of plain text: libical escapes the rest. */
static void put_line(struct mw_str *out, struct mw_sv text)
{
    for (size_t at = 0; at < text.n;) {
        uint32_t cp = mw_utf8_next(text, &at);
        mw_utf8_add(out, mw_cp_control(cp) ? ' ' : cp);
    }
}

static icaltimetype date_of(struct mw_day day)
{
    struct mw_ymd ymd = mw_day_ymd(day);
    icaltimetype t = icaltime_null_date();

    t.year = ymd.year;
    t.month = ymd.month;
    t.day = ymd.day;
    return t;
}

static void put_alarm(icalcomponent *event, const char *summary, int days_before)
{
    struct icaltriggertype trigger = { .time = icaltime_null_time(), .duration = icaldurationtype_null_duration() };
    trigger.duration.is_neg = 1;
    trigger.duration.days = (unsigned)days_before;

    icalcomponent_add_component(event, icalcomponent_vanew(ICAL_VALARM_COMPONENT, icalproperty_new_action(ICAL_ACTION_DISPLAY),
        icalproperty_new_description(summary), icalproperty_new_trigger(trigger), (void *)0));
}

/* An entry from day to day; id makes its UID. remind: days before, 0 for none. */
static void put_event(struct calendar *c, const char *kind, struct mw_sv id, struct mw_day from, struct mw_day to, struct mw_sv summary,
                      struct mw_sv description, int remind)
{
    MW_AUTO(mw_str_free) struct mw_str uid = MW_STR_INIT, title = MW_STR_INIT, text = MW_STR_INIT;
    icaltimetype stamp = date_of(c->plan->today);

    if (!mw_day_is(from) || !mw_day_is(to))
        return;
    struct mw_sv parts[] = { c->plan->project->id, mw_sv(kind), id };
    for (size_t p = 0; p < 3; p++) {
        if (p > 0)
            mw_str_addc(&uid, '-');
        for (size_t i = 0; i < parts[p].n; i++) {
            unsigned char ch = (unsigned char)parts[p].p[i];
            bool plain = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || ch == '-' || ch == '.';
            if (plain)
                mw_str_addc(&uid, (char)ch);
            else /* two ids never become one */
                mw_str_addf(&uid, "_%02x", ch);
        }
    }
    mw_str_addz(&uid, "@mittelweg");
    put_line(&title, summary);
    put_line(&text, description);
    stamp.is_date = 0;
    stamp.hour = 12;
    stamp.minute = stamp.second = 0;
    stamp.zone = icaltimezone_get_utc_timezone();
    icalcomponent *event = icalcomponent_vanew(ICAL_VEVENT_COMPONENT, icalproperty_new_uid(mw_str_z(&uid)), icalproperty_new_dtstamp(stamp),
        icalproperty_new_dtstart(date_of(from)), icalproperty_new_dtend(date_of((struct mw_day){ to.n + 1 })), /* the end is exclusive */
        icalproperty_new_summary(mw_str_z(&title)), icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT), (void *)0);
    if (text.n > 0)
        icalcomponent_add_property(event, icalproperty_new_description(mw_str_z(&text)));
    if (remind > 0)
        put_alarm(event, mw_str_z(&title), remind);
    icalcomponent_add_component(c->root, event);
    c->failed = c->failed || !mw_str_ok(&uid) || !mw_str_ok(&title) || !mw_str_ok(&text);
}

static const char *who_of(struct mw_str *s, const struct calendar *c, struct mw_sv who)
{
    if (who.n > 0)
        mw_str_addf(s, "%s: %.*s", mw_tr(c->lang, "Responsible"), MW_SV_ARG(who));
    return mw_str_z(s);
}

static void put_preparation(struct calendar *c)
{
    for (size_t i = 0; i < c->plan->steps.n; i++) {
        MW_AUTO(mw_str_free) struct mw_str who = MW_STR_INIT;
        const struct mw_step_row *r = MW_AT(c->plan->steps, struct mw_step_row, i);
        put_event(c, "step", r->step->id, r->from, r->to, r->step->label.n > 0 ? r->step->label : r->step->id,
                  mw_sv(who_of(&who, c, r->step->who)), r->body != NULL ? 7 : 0);
    }
    put_event(c, "deadline", MW_SV("application"), c->plan->project->deadline, c->plan->project->deadline,
              mw_sv(mw_tr(c->lang, "Deadline of the application")), c->plan->project->title, 14);
}

static void put_attachments(struct calendar *c, const struct mw_list *needs)
{
    for (size_t i = 0; i < needs->n; i++) {
        MW_AUTO(mw_str_free) struct mw_str title = MW_STR_INIT, who = MW_STR_INIT;
        const struct mw_need *need = MW_AT(*needs, struct mw_need, i);
        if (need->have == NULL || need->have->status != MW_MISSING)
            continue;
        mw_str_addf(&title, "%s %.*s", mw_tr(c->lang, "Attachment"), MW_SV_ARG(need->code));
        if (need->rule != NULL)
            mw_str_addf(&title, ": %.*s", MW_SV_ARG(mw_words(&need->rule->label, c->lang)));
        put_event(c, "attachment", need->code, need->have->until, need->have->until, mw_str_sv(&title),
                  mw_sv(who_of(&who, c, need->have->who)), 7);
    }
}

static void put_milestones(struct calendar *c)
{
    for (size_t i = 0; i < c->plan->tasks.n; i++) {
        MW_AUTO(mw_str_free) struct mw_str title = MW_STR_INIT, who = MW_STR_INIT;
        const struct mw_task_row *r = MW_AT(c->plan->tasks, struct mw_task_row, i);
        if (r->task->milestone != MW_YES)
            continue;
        mw_str_addf(&title, "%s: %.*s", mw_tr(c->lang, "Milestone"), MW_SV_ARG(r->task->label.n > 0 ? r->task->label : r->task->id));
        put_event(c, "milestone", r->task->id, r->to, r->to, mw_str_sv(&title), mw_sv(who_of(&who, c, r->task->who)), 0);
    }
}

static void put_duties(struct calendar *c)
{
    for (size_t i = 0; i < c->plan->duties.n; i++) {
        MW_AUTO(mw_str_free) struct mw_str id = MW_STR_INIT, title = MW_STR_INIT;
        const struct mw_duty *d = MW_AT(c->plan->duties, struct mw_duty, i);
        mw_str_addz(&title, mw_duty_label(d->kind, c->lang));
        if (d->kind == MW_INTERIM_REPORT) {
            mw_str_addf(&id, "%d", d->year);
            mw_str_addf(&title, " %d", d->year);
        } else if (d->receipt != NULL) {
            mw_day_iso(&id, d->receipt->date);
            mw_str_addf(&id, "-%lld", (long long)d->receipt->amount.cents);
        }
        put_event(c, MW_DUTIES[d->kind], mw_str_sv(&id), d->due, d->due, mw_str_sv(&title), c->plan->project->title, 28);
    }
}

enum mw_rc mw_calendar(struct mw_str *out, const struct mw_plan *plan, const struct mw_list *needs, enum mw_lang lang)
{
    struct calendar c = { .plan = plan, .lang = lang };
    MW_AUTO(mw_str_free) struct mw_str name = MW_STR_INIT;

    put_line(&name, plan->project->title);
    c.root = icalcomponent_vanew(ICAL_VCALENDAR_COMPONENT, icalproperty_new_version("2.0"),
                                 icalproperty_new_prodid(lang == MW_DE ? "-//Mittelweg//draft//DE" : "-//Mittelweg//draft//EN"),
                                 icalproperty_new_calscale("GREGORIAN"), (void *)0);
    icalproperty *x = icalproperty_new_x(mw_str_z(&name));
    icalproperty_set_x_name(x, "X-WR-CALNAME");
    icalcomponent_add_property(c.root, x);
    put_preparation(&c);
    put_attachments(&c, needs);
    put_milestones(&c);
    put_duties(&c);
    char *text = icalcomponent_as_ical_string_r(c.root);
    mw_str_addz(out, text);
    c.failed = c.failed || text == NULL || !mw_str_ok(out) || !mw_str_ok(&name);
    free(text);
    icalcomponent_free(c.root);
    return c.failed ? MW_NOMEM : MW_OK;
}
