#include "apply/documents/mail.h"

#include <sodium.h>
#include <string.h>

#include "apply/documents/entries.h"
#include "lib/model/fact.h"

static const char *const MONTHS[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
static const char *const WEEKDAYS[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
enum { LINE = 57 }; /* bytes that become 76 letters (RFC 2045) */

/* --- base64 ------------------------------------------------------------------------------------------------------------ */
static void add_base64(struct mw_str *out, const char *p, size_t n)
{
    char letters[128];

    for (size_t at = 0; at < n; at += LINE) {
        size_t part = n - at < LINE ? n - at : LINE;
        sodium_bin2base64(letters, sizeof letters, (const unsigned char *)p + at, part, sodium_base64_VARIANT_ORIGINAL);
        mw_str_addf(out, "%s\r\n", letters);
    }
}

/* Text as encoded words of at most 75 letters (RFC 2047), each behind a space, cut at characters. */
static void add_words(struct mw_str *out, struct mw_sv text)
{
    enum { WORD = 42 }; /* 42 bytes are 56 letters, and 12 around them */
    char letters[128];

    for (size_t at = 0; at < text.n;) {
        size_t end = at;
        for (size_t next = at; next < text.n && next - at <= WORD; end = next <= at + WORD ? next : end)
            mw_utf8_next(text, &next);
        if (end == at)
            break;
        sodium_bin2base64(letters, sizeof letters, (const unsigned char *)text.p + at, end - at, sodium_base64_VARIANT_ORIGINAL);
        mw_str_addf(out, "%s=?UTF-8?B?%s?=", at > 0 ? "\r\n " : " ", letters);
        at = end;
    }
}

static bool is_ascii(struct mw_sv s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80)
            return false;
    return true;
}

/* "Kämmerei <k@stadt.example>, ...": as many addresses a line as it holds; names in other letters as encoded words (RFC 5322 and 2047). */
static void add_addresses(struct mw_str *out, const char *name, struct mw_sv list)
{
    enum { WIDTH = 78 };
    size_t line = out->n;

    mw_str_addf(out, "%s:", name);
    for (bool first = true; list.n > 0; first = false) {
        bool quoted = false;
        size_t end = 0;
        for (; end < list.n && (quoted || list.p[end] != ','); end++)
            quoted = quoted != (list.p[end] == '"');
        struct mw_sv one = mw_sv_trim(mw_sv_sub(list, 0, end)), phrase, address;
        list = mw_sv_sub(list, end < list.n ? end + 1 : end, list.n);
        bool fits = out->n - line + one.n + 2 <= WIDTH;
        mw_str_addz(out, first ? "" : fits ? "," : ",\r\n");
        line = first || fits ? line : out->n;
        bool named = mw_sv_cut(one, '<', &phrase, &address);
        phrase = mw_sv_trim(phrase);
        if (!named || is_ascii(phrase)) {
            mw_str_addf(out, " %.*s", MW_SV_ARG(one));
            continue;
        }
        if (phrase.n > 1 && phrase.p[0] == '"' && phrase.p[phrase.n - 1] == '"')
            phrase = mw_sv_sub(phrase, 1, phrase.n - 2);
        add_words(out, phrase);
        mw_str_addf(out, " <%.*s", MW_SV_ARG(address));
    }
    mw_str_addz(out, "\r\n");
}

/* --- the parts ---------------------------------------------------------------------------------------------------------- */
static enum mw_rc render(struct mw_str *out, const struct mw_list *digests, enum mw_format format, enum mw_lang lang, struct mw_err *err)
{
    const struct mw_out_opts opts = { .format = format, .lang = lang, .width = 76 };
    struct mw_out *o = mw_out_to_str(out, &opts);

    if (o == NULL)
        return mw_nomem(err);
    mw_out_object(o, NULL, NULL);
    mw_digests_to_out(digests, o);
    mw_out_end(o);
    enum mw_rc rc = mw_out_finish(o, err);
    mw_out_free(o);
    return rc;
}

/* A whole page: programs that show mails guess letters and language of a part of one. */
static enum mw_rc page(struct mw_str *out, const struct mw_list *digests, struct mw_sv title, enum mw_lang lang, struct mw_err *err)
{
    mw_str_addf(out, "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><title>", lang == MW_DE ? "de" : "en");
    mw_html_escape(out, title);
    mw_str_addz(out, "</title><style>body{font-family:sans-serif;max-width:45em}blockquote{margin:0 0 0 1.5em;color:#444}h2{font-size:1.2em}"
                     ".good{color:#060}.bad{color:#900}.doubt{color:#750}</style></head><body>\n");
    enum mw_rc rc = render(out, digests, MW_HTML, lang, err);
    mw_str_addz(out, "</body></html>\n");
    return rc;
}

static size_t events_in(const struct mw_list *digests)
{
    size_t n = 0;
    for (size_t i = 0; i < digests->n; i++)
        n += MW_AT(*digests, struct mw_digest, i)->events.n;
    return n;
}

static bool good_address(const char *address)
{
    for (const char *p = address; p != NULL && *p != '\0'; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            return false; /* a line break would begin a header of its own */
    return true;
}

static void add_part(struct mw_str *out, const char *boundary, const char *type, const struct mw_str *body)
{
    mw_str_addf(out, "--%s\r\nContent-Type: %s; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n", boundary, type);
    add_base64(out, body->p != NULL ? body->p : "", body->n);
}

enum mw_rc mw_mail(struct mw_str *out, const struct mw_list *digests, struct mw_day today, const char *from, const char *to,
                   enum mw_lang lang, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT, html = MW_STR_INIT, subject = MW_STR_INIT;
    const struct mw_ymd d = mw_day_ymd(today);
    unsigned char hash[16];
    char boundary[33];
    enum mw_rc rc;

    if (!good_address(from) || !good_address(to))
        return mw_fail(err, MW_INVALID, "An address of the mail holds a control character.");
    mw_str_addf(&subject, mw_tr(lang, "Mittelweg: changes: %zu (profiles: %zu)"), events_in(digests), digests->n);
    if ((rc = render(&text, digests, MW_TEXT, lang, err)) != MW_OK || (rc = page(&html, digests, mw_str_sv(&subject), lang, err)) != MW_OK)
        return rc;
    /* The boundary is made of the content: the same digest is the same mail. */
    crypto_generichash(hash, sizeof hash, (const unsigned char *)(html.p != NULL ? html.p : ""), html.n, NULL, 0);
    sodium_bin2hex(boundary, sizeof boundary, hash, sizeof hash);
    mw_str_addf(out, "Date: %s, %d %s %d 06:00:00 +0000\r\n", WEEKDAYS[mw_day_weekday(today) - 1], d.day, MONTHS[d.month - 1], d.year);
    add_addresses(out, "From", mw_sv(from != NULL ? from : to != NULL ? to : "Mittelweg <mittelweg@localhost>"));
    if (to != NULL)
        add_addresses(out, "To", mw_sv(to));
    mw_str_addz(out, "Subject:");
    add_words(out, mw_str_sv(&subject));
    mw_str_addf(out, "\r\nMessage-ID: <%s@mittelweg>\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n", boundary);
    mw_str_addf(out, "Content-Type: multipart/alternative;\r\n boundary=\"%s\"\r\n\r\n", boundary);
    add_part(out, boundary, "text/plain", &text);
    add_part(out, boundary, "text/html", &html);
    mw_str_addf(out, "--%s--\r\n", boundary);
    return mw_str_ok(out) ? MW_OK : mw_nomem(err);
}

/* --- the calendar ------------------------------------------------------------------------------------------------------- */
/* whose: of several profiles each says whose date it is. */
static void put_date(struct mw_entries *c, const struct mw_digest *d, const struct mw_watched *w, const char *kind, struct mw_day day, int clock,
                     const char *label, bool whose)
{
    const struct mw_sv id[] = { mw_sv(kind), d->profile, w->url, MW_SV_NONE };
    MW_AUTO(mw_str_free) struct mw_str title = MW_STR_INIT, more = MW_STR_INIT;

    if (!mw_day_is(day) || mw_day_cmp(day, d->today) < 0)
        return;
    mw_str_addf(&title, "%s: %.*s", label, MW_SV_ARG(w->title));
    if (whose)
        mw_str_addf(&title, " (%.*s)", MW_SV_ARG(d->profile));
    mw_str_addf(&more, "%.*s\n%.*s", MW_SV_ARG(d->title), MW_SV_ARG(w->url));
    if (clock >= 0 && clock < MW_CLOCK_MAX)
        mw_entries_add_at(c, id, day, clock, mw_str_sv(&title), mw_str_sv(&more), 7);
    else
        mw_entries_add(c, id, day, day, mw_str_sv(&title), mw_str_sv(&more), 7);
}

enum mw_rc mw_digest_calendar(struct mw_str *out, const struct mw_list *digests, struct mw_day today, enum mw_lang lang, struct mw_err *err)
{
    struct mw_entries c;

    enum mw_rc rc = mw_entries_begin(&c, mw_sv(mw_tr(lang, "Deadlines of programmes")), today, "watch", lang, err);
    if (rc != MW_OK)
        return rc;
    for (size_t i = 0; i < digests->n; i++) {
        const struct mw_digest *d = MW_AT(*digests, struct mw_digest, i);
        for (size_t k = 0; k < d->dates.n; k++) {
            const struct mw_watched *w = MW_AT(d->dates, struct mw_watched, k);
            put_date(&c, d, w, "watch", w->deadline, w->clock, mw_tr(lang, "Deadline"), digests->n > 1);
            put_date(&c, d, w, "opens", w->opens, -1, mw_tr(lang, "Applications from this day"), digests->n > 1);
        }
    }
    return mw_entries_end(&c, out);
}
