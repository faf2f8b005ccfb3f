/* The values of the output: each is written as its format wants it, for those who see it. */
#include "lib/core/out_inside.h"
#include "lib/core/read.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- clean text --------------------------------------------------------------------------------------------------- */

/* For people: valid, without control characters, soft hyphens and zero-width spaces; runs of white space become one
 * space, or one newline where the text had one and it is kept. */
void mw_out_clean(struct mw_str *out, struct mw_sv s, bool newlines)
{
    uint32_t gap = 0;
    bool any = false;

    for (size_t at = 0; at < s.n;) {
        uint32_t cp = mw_utf8_next(s, &at);
        if (cp == ' ' || cp == '\t' || cp == '\n' || cp == '\r' || cp == '\f' || cp == 0x2028 || cp == 0x2029) {
            if (gap != '\n')
                gap = newlines && cp == '\n' ? '\n' : ' ';
        } else if (!mw_cp_control(cp) && cp != 0xAD && cp != 0x200B) {
            if (gap != 0 && any)
                mw_str_addc(out, (char)gap);
            gap = 0;
            any = true;
            mw_utf8_add(out, cp);
        }
    }
}

struct mw_str mw_out_label(const struct mw_out *o, const char *label)
{
    struct mw_str s = MW_STR_INIT;
    if (label != NULL)
        mw_out_clean(&s, mw_sv(mw_tr(o->opts.lang, label)), false);
    return s;
}

/* --- values ------------------------------------------------------------------------------------------------------- */

/* A value is written only for those who see it; v for people is cleaned here, for programs it is a JSON literal. */
static bool seen(struct mw_out *o, const char *key, const char *label)
{
    struct mw_out_frame *f = mw_out_top(o);

    if (mw_out_dead(o) || o->ignored > 0)
        return false;
    if (f == NULL || f->kind == MW_OUT_TABLE) {
        mw_out_note_misuse(o, f == NULL ? "a value outside the document" : "a value between the rows of a table");
        return false;
    }
    if (f->kind != MW_OUT_LIST && key == NULL && label == NULL) {
        mw_out_note_misuse(o, "a value with neither key nor label");
        return false;
    }
    if (f->silent)
        return false;
    if (mw_out_programs(o))
        return f->kind == MW_OUT_LIST || mw_out_named(key);
    return label != NULL || f->kind == MW_OUT_ROW || (f->kind == MW_OUT_LIST && f->label.n > 0);
}

/* The column of a value: the one with its key, else the one with its label; t->n: none. */
static size_t column_of(const struct mw_out *o, const char *key, const char *label)
{
    const struct mw_out_table *t = &o->table;
    const char *shown = label != NULL && label[0] != '\0' ? mw_tr(o->opts.lang, label) : NULL;
    size_t i = 0;

    while (i < t->n && (key == NULL || t->cols[i].key == NULL || strcmp(key, t->cols[i].key) != 0))
        i++;
    if (i < t->n || shown == NULL)
        return i;
    for (i = 0; i < t->n && strcmp(shown, t->cols[i].label) != 0;)
        i++;
    return i;
}

static void into_cell(struct mw_out *o, const char *key, const char *label, const struct mw_out_cell *v)
{
    struct mw_out_table *t = &o->table;
    const size_t i = column_of(o, key, label);

    if (i == t->n || t->cells.n < t->n)
        return;
    struct mw_out_cell *cell = MW_AT(t->cells, struct mw_out_cell, t->cells.n - t->n + i);
    cell->text = mw_arena_copy(t->arena, v->text);
    cell->href = mw_arena_copy(t->arena, v->href);
    cell->style = v->style;
}

static void put(struct mw_out *o, const char *key, const char *label, struct mw_sv text, struct mw_sv href)
{
    struct mw_out_frame *f = mw_out_top(o);
    struct mw_str shown = MW_STR_INIT;
    struct mw_out_cell v = { .href = href, .style = o->style };

    o->style = MW_BODY;
    if (mw_out_programs(o)) {
        mw_out_json_value(o, f->kind == MW_OUT_LIST ? NULL : key, text);
        return;
    }
    mw_out_clean(&shown, text, false);
    v.text = mw_str_sv(&shown);
    if (f->kind == MW_OUT_ROW) {
        into_cell(o, key, label, &v);
    } else if (f->kind == MW_OUT_LIST && label == NULL) {
        if (f->list.n > 0)
            mw_str_addz(&f->list, ", ");
        mw_str_add(&f->list, v.text);
    } else {
        struct mw_str name = mw_out_label(o, label);
        mw_out_show_list(o, f);
        mw_out_announce(o, o->depth);
        mw_out_show(o, mw_str_sv(&name), &v);
        mw_str_free(&name);
    }
    if (!mw_str_ok(&shown))
        o->nomem = true;
    mw_str_free(&shown);
}

static void put_str(struct mw_out *o, const char *key, const char *label, struct mw_str *text)
{
    if (!mw_str_ok(text))
        o->nomem = true;
    else
        put(o, key, label, mw_str_sv(text), MW_SV_NONE);
    mw_str_free(text);
}

void mw_out_link(struct mw_out *o, const char *key, const char *label, struct mw_sv v, struct mw_sv href)
{
    bool shown = v.p != NULL && seen(o, key, label);

    if (shown && !mw_out_programs(o)) {
        put(o, key, label, v, href);
        return;
    }
    o->style = MW_BODY;
    if (shown)
        mw_out_json_text(o, mw_out_top(o)->kind == MW_OUT_LIST ? NULL : key, v);
}

void mw_out_sv(struct mw_out *o, const char *key, const char *label, struct mw_sv v)
{
    mw_out_link(o, key, label, v, o->style == MW_LINK ? v : MW_SV_NONE);
}

void mw_out_z(struct mw_out *o, const char *key, const char *label, const char *z)
{
    mw_out_sv(o, key, label, mw_sv(z));
}

void mw_out_int(struct mw_out *o, const char *key, const char *label, int64_t v)
{
    mw_out_num(o, key, label, v, 0);
}

void mw_out_stamp(struct mw_out *o, const char *key, const char *label, struct mw_sv v)
{
    struct mw_str text = MW_STR_INIT;

    if (!mw_out_programs(o))
        mw_stamp_format(&text, v, o->opts.lang);
    mw_out_sv(o, key, label, mw_out_programs(o) || v.n == 0 ? v : mw_str_sv(&text));
    mw_str_free(&text);
}

void mw_out_num(struct mw_out *o, const char *key, const char *label, int64_t v, unsigned decimals)
{
    enum { MOST = 19 }; /* as many decimals as 64 bits hold */
    struct mw_str text = MW_STR_INIT;
    const uint64_t size = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    uint64_t unit = 1;
    unsigned places = 0;

    while (places < decimals && places < MOST) {
        unit *= 10;
        places++;
    }
    if (seen(o, key, label)) {
        mw_str_addf(&text, "%s%" PRIu64, v < 0 ? "-" : "", size / unit);
        if (places > 0)
            mw_str_addf(&text, "%c%0*" PRIu64, !mw_out_programs(o) && o->opts.lang == MW_DE ? ',' : '.', (int)places,
                size % unit);
        put_str(o, key, label, &text);
    }
    o->style = MW_BODY;
}

void mw_out_bool(struct mw_out *o, const char *key, const char *label, bool v)
{
    if (seen(o, key, label))
        put(o, key, label, mw_sv(mw_out_programs(o) ? (v ? "true" : "false") : mw_tr(o->opts.lang, v ? "yes" : "no")),
            MW_SV_NONE);
    o->style = MW_BODY;
}

void mw_out_eur(struct mw_out *o, const char *key, const char *label, struct mw_eur v)
{
    struct mw_str text = MW_STR_INIT;

    if (mw_eur_is(v) && seen(o, key, label)) {
        if (mw_out_programs(o)) {
            mw_str_addf(&text, "%" PRId64, v.cents);
        } else {
            mw_eur_format(&text, v, o->opts.lang);
            mw_str_addz(&text, " EUR");
        }
        put_str(o, key, label, &text);
    }
    o->style = MW_BODY;
}

void mw_out_share(struct mw_out *o, const char *key, const char *label, struct mw_share v)
{
    struct mw_str text = MW_STR_INIT;

    if (mw_share_is(v) && seen(o, key, label)) {
        if (mw_out_programs(o))
            mw_str_addf(&text, "%" PRId64, mw_share_bp(v));
        else
            mw_share_format(&text, v, o->opts.lang);
        put_str(o, key, label, &text);
    }
    o->style = MW_BODY;
}

void mw_out_day(struct mw_out *o, const char *key, const char *label, struct mw_day v)
{
    struct mw_str text = MW_STR_INIT;

    if (mw_day_is(v) && seen(o, key, label)) {
        if (mw_out_programs(o)) {
            mw_str_addc(&text, '"');
            mw_day_iso(&text, v);
            mw_str_addc(&text, '"');
        } else {
            mw_day_format(&text, v, o->opts.lang);
        }
        put_str(o, key, label, &text);
    }
    o->style = MW_BODY;
}

void mw_out_null(struct mw_out *o, const char *key, const char *label)
{
    if (seen(o, key, label))
        put(o, key, label, mw_sv(mw_out_programs(o) ? "null" : mw_tr(o->opts.lang, "unknown")), MW_SV_NONE);
    o->style = MW_BODY;
}

void mw_out_raw_json(struct mw_out *o, const char *key, struct mw_sv json)
{
    struct mw_str text = MW_STR_INIT;

    if (!mw_out_programs(o) || json.n == 0 || !seen(o, key, NULL))
        return;
    mw_str_add(&text, json);
    for (size_t i = 0; i < text.n; i++) /* between JSON's tokens a newline is only a space, and NDJSON has none */
        if (text.p[i] == '\n' || text.p[i] == '\r')
            text.p[i] = ' ';
    put_str(o, key, NULL, &text);
}

/* --- for people only ---------------------------------------------------------------------------------------------- */

/* Lines as they stand: only what must not reach a terminal is dropped. */
static void clean_lines(struct mw_str *out, struct mw_sv s)
{
    for (size_t at = 0; at < s.n;) {
        uint32_t cp = mw_utf8_next(s, &at);
        if (cp == '\n' || !mw_cp_control(cp))
            mw_utf8_add(out, cp);
        else if (cp == '\t')
            mw_str_addc(out, ' ');
    }
}

void mw_out_para(struct mw_out *o, enum mw_style style, struct mw_sv text)
{
    struct mw_out_frame *f = mw_out_top(o);
    struct mw_str shown = MW_STR_INIT;

    if (mw_out_dead(o) || o->ignored > 0 || mw_out_programs(o) || (f != NULL && f->silent))
        return;
    if (f != NULL && (f->kind == MW_OUT_TABLE || f->kind == MW_OUT_ROW)) {
        mw_out_note_misuse(o, "a paragraph inside a table");
        return;
    }
    if (f != NULL)
        mw_out_show_list(o, f);
    mw_out_announce(o, o->depth);
    if (style == MW_LINES)
        clean_lines(&shown, text);
    else
        mw_out_clean(&shown, text, true);
    if (shown.n > 0 && o->opts.format == MW_TEXT)
        mw_out_text_para(o, style, mw_str_sv(&shown));
    else if (shown.n > 0)
        mw_out_html_para(o, style, mw_str_sv(&shown));
    mw_str_free(&shown);
}

void mw_out_paraf(struct mw_out *o, enum mw_style style, const char *fmt, ...)
{
    char *text = NULL;
    va_list args;

    if (mw_out_dead(o) || mw_out_programs(o))
        return;
    va_start(args, fmt);
    int n = vasprintf(&text, mw_tr(o->opts.lang, fmt), args);
    va_end(args);
    if (n < 0) {
        o->nomem = true;
        return;
    }
    mw_out_para(o, style, mw_sv(text));
    free(text);
}

void mw_out_style(struct mw_out *o, enum mw_style style)
{
    o->style = style;
}
