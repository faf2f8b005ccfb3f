/* Atom feeds (RFC 4287): what changed for profiles, and everything that is new. */
#include <sodium.h>

#include "apply/documents/mail.h"
#include "apply/documents/xml.h"

static void add_element(struct mw_str *out, const char *name, struct mw_sv text)
{
    mw_str_addf(out, "<%s>", name);
    mw_xml_escape(out, text);
    mw_str_addf(out, "</%s>\n", name);
}

/* A name that stays the same: made of what it stands for. */
static void add_hashed(struct mw_str *out, const char *kind, struct mw_sv what)
{
    unsigned char hash[16];
    char hex[33];

    crypto_generichash(hash, sizeof hash, (const unsigned char *)(what.p != NULL ? what.p : ""), what.n, NULL, 0);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    mw_str_addf(out, "urn:mittelweg:%s:%s", kind, hex);
}

static void add_id(struct mw_str *out, const struct mw_digest *d, const struct mw_event *e)
{
    MW_AUTO(mw_str_free) struct mw_str all = MW_STR_INIT, day = MW_STR_INIT;

    mw_day_iso(&day, e->day);
    mw_str_addf(&all, "%.*s|%s|%.*s|%s|%.*s", MW_SV_ARG(d->profile), MW_EVENTS[e->kind], MW_SV_ARG(e->url), mw_str_z(&day), MW_SV_ARG(e->after));
    add_hashed(out, "event", mw_str_sv(&all));
}

static void add_link(struct mw_str *out, struct mw_sv url)
{
    if (!mw_sv_starts(url, MW_SV("https://")) && !mw_sv_starts(url, MW_SV("http://")))
        return;
    mw_str_addz(out, "<link href=\"");
    mw_xml_escape(out, url);
    mw_str_addz(out, "\"/>\n");
}

static void add_stamp(struct mw_str *out, struct mw_day day)
{
    mw_day_iso(out, day);
    mw_str_addz(out, "T06:00:00Z");
}

static void add_entry(struct mw_str *out, const struct mw_digest *d, const struct mw_event *e, enum mw_lang lang)
{
    MW_AUTO(mw_str_free) struct mw_str title = MW_STR_INIT, id = MW_STR_INIT, what = MW_STR_INIT, stamp = MW_STR_INIT;

    mw_str_addf(&title, "%s: %.*s", mw_event_label(e, lang), MW_SV_ARG(e->title));
    mw_str_add(&what, d->title);
    if (e->before.n > 0)
        mw_str_addf(&what, "\n%.*s", MW_SV_ARG(e->before));
    if (e->after.n > 0)
        mw_str_addf(&what, "\n-> %.*s", MW_SV_ARG(e->after));
    for (size_t i = 0; i < e->why.n; i++)
        mw_str_addf(&what, "\n%.*s", MW_SV_ARG(MW_AT(e->why, struct mw_criterion, i)->reason));
    add_stamp(&stamp, e->day);
    add_id(&id, d, e);
    mw_str_addz(out, "<entry>\n");
    add_element(out, "title", mw_str_sv(&title));
    add_element(out, "id", mw_str_sv(&id));
    add_element(out, "updated", mw_str_sv(&stamp));
    add_link(out, e->url);
    add_element(out, "summary", mw_str_sv(&what));
    mw_str_addz(out, "</entry>\n");
}

/* All of a feed that stands before its entries. */
static void begin(struct mw_str *out, const char *title, const char *id, struct mw_sv updated, enum mw_lang lang)
{
    mw_str_addf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"%s\">\n", lang == MW_DE ? "de" : "en");
    add_element(out, "title", mw_sv(title));
    add_element(out, "id", mw_sv(id));
    add_element(out, "updated", updated);
    mw_str_addz(out, "<author><name>Mittelweg</name></author>\n");
}

/* Of one day: events of this run with their reasons, then what earlier ones told. */
static void add_day(struct mw_str *out, const struct mw_list *digests, struct mw_day day, enum mw_lang lang)
{
    for (size_t i = 0; i < digests->n; i++) {
        const struct mw_digest *d = MW_AT(*digests, struct mw_digest, i);
        const struct mw_list *lists[] = { &d->events, &d->told };
        for (size_t l = 0; l < sizeof lists / sizeof *lists; l++)
            for (size_t k = 0; k < lists[l]->n; k++)
                if (mw_day_cmp(MW_AT(*lists[l], struct mw_event, k)->day, day) == 0)
                    add_entry(out, d, MW_AT(*lists[l], struct mw_event, k), lang);
    }
}

/* The latest day before `before` on which something was told; MW_DAY_NONE: none. */
static struct mw_day day_before(const struct mw_list *digests, struct mw_day before)
{
    struct mw_day day = MW_DAY_NONE;
    for (size_t i = 0; i < digests->n; i++) {
        const struct mw_digest *d = MW_AT(*digests, struct mw_digest, i);
        const struct mw_list *lists[] = { &d->events, &d->told };
        for (size_t l = 0; l < sizeof lists / sizeof *lists; l++)
            for (size_t k = 0; k < lists[l]->n; k++) {
                struct mw_day told = MW_AT(*lists[l], struct mw_event, k)->day;
                if (mw_day_cmp(told, before) < 0 && (!mw_day_is(day) || mw_day_cmp(told, day) > 0))
                    day = told;
            }
    }
    return day;
}

enum mw_rc mw_feed(struct mw_str *out, const struct mw_list *digests, struct mw_day today, enum mw_lang lang)
{
    MW_AUTO(mw_str_free) struct mw_str stamp = MW_STR_INIT;
    struct mw_day day = day_before(digests, MW_DAY_NONE); /* it sorts after every date */

    add_stamp(&stamp, mw_day_is(day) ? day : today);
    begin(out, mw_tr(lang, "Mittelweg: what changed for your projects"), "urn:mittelweg:watch", mw_str_sv(&stamp), lang);
    for (; mw_day_is(day); day = day_before(digests, day))
        add_day(out, digests, day, lang);
    mw_str_addz(out, "</feed>\n");
    return mw_str_ok(out) && mw_str_ok(&stamp) ? MW_OK : MW_NOMEM;
}

/* --- everything new, whoever it is for ------------------------------------------------------------------------------------- */

/* RFC 4287 wants a time; where only the day is known, its beginning. */
static void add_time(struct mw_str *out, struct mw_sv seen)
{
    enum { DAY = 10 };
    mw_str_add(out, seen);
    if (seen.n == DAY)
        mw_str_addz(out, "T00:00:00Z");
}

enum mw_rc mw_feed_new(struct mw_str *out, const struct mw_list *notices, struct mw_day today, enum mw_lang lang)
{
    MW_AUTO(mw_str_free) struct mw_str stamp = MW_STR_INIT;
    struct mw_sv last = MW_SV_NONE;

    for (size_t i = 0; i < notices->n; i++)
        if (mw_sv_cmp(MW_AT(*notices, struct mw_feed_notice, i)->seen, last) > 0)
            last = MW_AT(*notices, struct mw_feed_notice, i)->seen;
    if (last.n > 0)
        add_time(&stamp, last);
    else
        mw_day_iso(&stamp, today), mw_str_addz(&stamp, "T00:00:00Z");
    begin(out, mw_tr(lang, "Mittelweg: all new notices"), "urn:mittelweg:new", mw_str_sv(&stamp), lang);
    for (size_t i = 0; i < notices->n; i++) {
        const struct mw_feed_notice *n = MW_AT(*notices, struct mw_feed_notice, i);
        MW_AUTO(mw_str_free) struct mw_str id = MW_STR_INIT, seen = MW_STR_INIT;
        add_hashed(&id, "notice", n->url);
        add_time(&seen, n->seen);
        mw_str_addz(out, "<entry>\n");
        add_element(out, "title", n->title);
        add_element(out, "id", mw_str_sv(&id));
        add_element(out, "updated", mw_str_sv(&seen));
        add_link(out, n->url);
        add_element(out, "summary", n->summary);
        mw_str_addz(out, "</entry>\n");
    }
    mw_str_addz(out, "</feed>\n");
    return mw_str_ok(out) && mw_str_ok(&stamp) ? MW_OK : MW_NOMEM;
}
