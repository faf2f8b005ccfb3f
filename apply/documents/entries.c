/* iCalendar through libical. */
#include "apply/documents/entries.h"

#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

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

void mw_entries_add(struct mw_entries *c, const struct mw_sv *id, struct mw_day from, struct mw_day to, struct mw_sv summary,
                    struct mw_sv description, int remind)
{
    MW_AUTO(mw_str_free) struct mw_str uid = MW_STR_INIT, title = MW_STR_INIT, text = MW_STR_INIT;
    icaltimetype stamp = date_of(c->today);

    if (!mw_day_is(from) || !mw_day_is(to))
        return;
    for (const struct mw_sv *part = id; part->p != NULL; part++) {
        if (part > id)
            mw_str_addc(&uid, '-');
        for (size_t i = 0; i < part->n; i++) {
            unsigned char ch = (unsigned char)part->p[i];
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

void mw_entries_begin(struct mw_entries *c, struct mw_sv name, struct mw_day today, const char *product, enum mw_lang lang)
{
    MW_AUTO(mw_str_free) struct mw_str title = MW_STR_INIT, id = MW_STR_INIT;

    *c = (struct mw_entries){ .today = today };
    put_line(&title, name);
    mw_str_addf(&id, "-//Mittelweg//%s//%s", product, lang == MW_DE ? "DE" : "EN");
    c->root = icalcomponent_vanew(ICAL_VCALENDAR_COMPONENT, icalproperty_new_version("2.0"), icalproperty_new_prodid(mw_str_z(&id)),
                                  icalproperty_new_calscale("GREGORIAN"), (void *)0);
    icalproperty *x = icalproperty_new_x(mw_str_z(&title));
    icalproperty_set_x_name(x, "X-WR-CALNAME");
    icalcomponent_add_property(c->root, x);
    c->failed = !mw_str_ok(&title) || !mw_str_ok(&id);
}

enum mw_rc mw_entries_end(struct mw_entries *c, struct mw_str *out)
{
    char *text = icalcomponent_as_ical_string_r(c->root);

    if (text != NULL)
        mw_str_addz(out, text);
    c->failed = c->failed || text == NULL || !mw_str_ok(out);
    free(text);
    icalcomponent_free(c->root);
    return c->failed ? MW_NOMEM : MW_OK;
}
