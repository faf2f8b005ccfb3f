/* iCalendar through libical, loaded when the first calendar is written. */
#include "apply/documents/entries.h"

#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/core/library.h"

#define MW_ICAL_CALLS(X) \
    X(icalcomponent_add_component) X(icalcomponent_add_property) X(icalcomponent_as_ical_string_r) X(icalcomponent_free) \
    X(icalcomponent_new_from_string) X(icalcomponent_vanew) X(icalparameter_new_tzid) X(icalproperty_add_parameter) X(icaldurationtype_null_duration) X(icalproperty_new_action) X(icalproperty_new_calscale) \
    X(icalproperty_new_description) X(icalproperty_new_dtend) X(icalproperty_new_dtstamp) X(icalproperty_new_dtstart) \
    X(icalproperty_new_prodid) X(icalproperty_new_summary) X(icalproperty_new_transp) X(icalproperty_new_trigger) \
    X(icalproperty_new_uid) X(icalproperty_new_version) X(icalproperty_new_x) X(icalproperty_set_x_name) X(icaltime_null_date) \
    X(icaltime_null_time) X(icaltimezone_get_utc_timezone)
MW_LIBRARY_DECLARE(mw_ical, MW_ICAL_CALLS);
MW_LIBRARY_DEFINE(mw_ical, MW_ICAL_CALLS, MW_SONAME_ICAL, "libical3")

/* One line of plain text: libical escapes the rest. */
static void put_line(struct mw_str *out, struct mw_sv text)
{
    for (size_t at = 0; at < text.n;) {
        uint32_t cp = mw_utf8_next(text, &at);
        mw_utf8_add(out, mw_cp_control(cp) ? ' ' : cp);
    }
}

/* Summer time in the European Union since 1996 (Directive 2000/84/EC): from the last Sunday of March to the last one of October, at 1:00 UTC. */
#define ZONE "Europe/Berlin"
static const char ZONE_RULES[] =
    "BEGIN:VTIMEZONE\r\nTZID:" ZONE "\r\n"
    "BEGIN:DAYLIGHT\r\nDTSTART:19960331T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"
    "TZNAME:CEST\r\nEND:DAYLIGHT\r\n"
    "BEGIN:STANDARD\r\nDTSTART:19961027T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"
    "TZNAME:CET\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";

static icaltimetype date_of(struct mw_day day)
{
    struct mw_ymd ymd = mw_day_ymd(day);
    icaltimetype t = mw_ical->icaltime_null_date();

    t.year = ymd.year;
    t.month = ymd.month;
    t.day = ymd.day;
    return t;
}

static void put_alarm(icalcomponent *event, const char *summary, int days_before)
{
    struct icaltriggertype trigger = { .time = mw_ical->icaltime_null_time(), .duration = mw_ical->icaldurationtype_null_duration() };
    trigger.duration.is_neg = 1;
    trigger.duration.days = (unsigned)days_before;

    mw_ical->icalcomponent_add_component(event, mw_ical->icalcomponent_vanew(ICAL_VALARM_COMPONENT,
        mw_ical->icalproperty_new_action(ICAL_ACTION_DISPLAY), mw_ical->icalproperty_new_description(summary),
        mw_ical->icalproperty_new_trigger(trigger), (void *)0));
}

/* The entry with its start; the caller sets its end. */
static icalcomponent *add_entry(struct mw_entries *c, const struct mw_sv *id, icalproperty *start, struct mw_sv summary, struct mw_sv description,
                                int remind)
{
    MW_AUTO(mw_str_free) struct mw_str uid = MW_STR_INIT, title = MW_STR_INIT, text = MW_STR_INIT;
    icaltimetype stamp = date_of(c->today);

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
    stamp.zone = mw_ical->icaltimezone_get_utc_timezone();
    icalcomponent *event = mw_ical->icalcomponent_vanew(ICAL_VEVENT_COMPONENT, mw_ical->icalproperty_new_uid(mw_str_z(&uid)),
        mw_ical->icalproperty_new_dtstamp(stamp), start, mw_ical->icalproperty_new_summary(mw_str_z(&title)),
        mw_ical->icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT), (void *)0);
    if (text.n > 0)
        mw_ical->icalcomponent_add_property(event, mw_ical->icalproperty_new_description(mw_str_z(&text)));
    if (remind > 0)
        put_alarm(event, mw_str_z(&title), remind);
    mw_ical->icalcomponent_add_component(c->root, event);
    c->failed = c->failed || !mw_str_ok(&uid) || !mw_str_ok(&title) || !mw_str_ok(&text);
    return event;
}

void mw_entries_add(struct mw_entries *c, const struct mw_sv *id, struct mw_day from, struct mw_day to, struct mw_sv summary,
                    struct mw_sv description, int remind)
{
    if (!mw_day_is(from) || !mw_day_is(to))
        return;
    icalcomponent *event = add_entry(c, id, mw_ical->icalproperty_new_dtstart(date_of(from)), summary, description, remind);
    mw_ical->icalcomponent_add_property(event, mw_ical->icalproperty_new_dtend(date_of((struct mw_day){ to.n + 1 }))); /* the end is exclusive */
}

/* Without an end: it lasts no time. */
void mw_entries_add_at(struct mw_entries *c, const struct mw_sv *id, struct mw_day day, int minute, struct mw_sv summary, struct mw_sv description,
                       int remind)
{
    icaltimetype t = date_of(day);

    t.is_date = 0;
    t.hour = minute / 60;
    t.minute = minute % 60;
    t.second = 0;
    icalproperty *start = mw_ical->icalproperty_new_dtstart(t);
    mw_ical->icalproperty_add_parameter(start, mw_ical->icalparameter_new_tzid(ZONE));
    (void)add_entry(c, id, start, summary, description, remind);
}

enum mw_rc mw_entries_begin(struct mw_entries *c, struct mw_sv name, struct mw_day today, const char *product, enum mw_lang lang,
                            struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str title = MW_STR_INIT, id = MW_STR_INIT;
    enum mw_rc rc = mw_ical_open(err);

    *c = (struct mw_entries){ .today = today };
    if (rc != MW_OK)
        return rc;
    put_line(&title, name);
    mw_str_addf(&id, "-//Mittelweg//%s//%s", product, lang == MW_DE ? "DE" : "EN");
    c->root = mw_ical->icalcomponent_vanew(ICAL_VCALENDAR_COMPONENT, mw_ical->icalproperty_new_version("2.0"),
        mw_ical->icalproperty_new_prodid(mw_str_z(&id)), mw_ical->icalproperty_new_calscale("GREGORIAN"), (void *)0);
    icalproperty *x = mw_ical->icalproperty_new_x(mw_str_z(&title));
    mw_ical->icalproperty_set_x_name(x, "X-WR-CALNAME");
    mw_ical->icalcomponent_add_property(c->root, x);
    icalcomponent *zone = mw_ical->icalcomponent_new_from_string(ZONE_RULES);
    if (zone != NULL)
        mw_ical->icalcomponent_add_component(c->root, zone);
    c->failed = zone == NULL || !mw_str_ok(&title) || !mw_str_ok(&id);
    return MW_OK;
}

enum mw_rc mw_entries_end(struct mw_entries *c, struct mw_str *out)
{
    char *text = mw_ical->icalcomponent_as_ical_string_r(c->root);

    if (text != NULL)
        mw_str_addz(out, text);
    c->failed = c->failed || text == NULL || !mw_str_ok(out);
    free(text);
    mw_ical->icalcomponent_free(c->root);
    return c->failed ? MW_NOMEM : MW_OK;
}
