/* The nesting of the output and its values; how they look is decided in out_text.c, out_json.c and out_html.c. */
#include "lib/core/out_inside.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FLUSH_AT = 1 << 16, NARROWEST = 40 };

/* --- birth, bytes, death ------------------------------------------------------------------------------------------ */

struct mw_out *mw_out_new(mw_write_fn *write, void *ctx, const struct mw_out_opts *opts)
{
    struct mw_out *o = calloc(1, sizeof *o);
    if (o == NULL)
        return NULL;
    o->write = write;
    o->ctx = ctx;
    o->opts = *opts;
    if (o->opts.width == 0)
        o->opts.width = 80;
    if (o->opts.width < NARROWEST)
        o->opts.width = NARROWEST;
    return o;
}

static bool write_str(void *ctx, const char *bytes, size_t n)
{
    struct mw_str *s = ctx;
    mw_str_add(s, mw_sv_n(bytes, n));
    errno = ENOMEM;
    return mw_str_ok(s);
}

struct mw_out *mw_out_to_str(struct mw_str *str, const struct mw_out_opts *opts)
{
    return mw_out_new(write_str, str, opts);
}

bool mw_write_fd(void *ctx, const char *bytes, size_t n)
{
    const int fd = *(const int *)ctx;
    while (n > 0) {
        ssize_t done = write(fd, bytes, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return false;
        bytes += done;
        n -= (size_t)done;
    }
    return true;
}

static void flush(struct mw_out *o)
{
    if (!mw_str_ok(&o->buf))
        o->nomem = true;
    if (o->error == 0 && !o->nomem && o->buf.n > 0 && !o->write(o->ctx, o->buf.p, o->buf.n))
        o->error = errno != 0 ? errno : EIO;
    mw_str_clear(&o->buf);
}

void mw_out_put(struct mw_out *o, struct mw_sv bytes)
{
    mw_str_add(&o->buf, bytes);
    if (o->buf.n >= FLUSH_AT || !mw_str_ok(&o->buf))
        flush(o);
}

void mw_out_putz(struct mw_out *o, const char *z)
{
    mw_out_put(o, mw_sv(z));
}

static bool dead(const struct mw_out *o)
{
    return o->finished || o->nomem || o->error != 0;
}

static void misuse(struct mw_out *o, const char *what)
{
    if (o->misuse == NULL)
        o->misuse = what;
#ifdef MW_SAN
    fprintf(stderr, "mw_out: %s\n", what);
    abort();
#endif
}

const char *mw_out_misuse(const struct mw_out *o)
{
    return o->misuse;
}

enum mw_format mw_out_format(const struct mw_out *o)
{
    return o->opts.format;
}

enum mw_lang mw_out_lang(const struct mw_out *o)
{
    return o->opts.lang;
}

static void drop_table(struct mw_out *o)
{
    mw_arena_free(o->table.arena);
    o->table = (struct mw_out_table){ 0 };
}

enum mw_rc mw_out_finish(struct mw_out *o, struct mw_err *err)
{
    o->ignored = 0;
    while (o->depth > 0)
        mw_out_end(o);
    if (!dead(o) && o->opts.format == MW_TEXT)
        mw_out_text_finish(o);
    if (!dead(o) && o->opts.format == MW_HTML)
        mw_out_html_finish(o);
    flush(o);
    o->finished = true;
    if (o->nomem || o->error == ENOMEM)
        return mw_nomem(err);
    if (o->error == ENOSPC || o->error == EDQUOT)
        return mw_fail(err, MW_OUTPUT, "The output could not be written: the disk is full (%s).", strerror(o->error));
    if (o->error != 0)
        return mw_fail(err, MW_OUTPUT, "The output could not be written: %s.", strerror(o->error));
    return MW_OK;
}

static void pop(struct mw_out *o)
{
    struct mw_out_frame *f = &o->frames[--o->depth];
    mw_str_free(&f->label);
    mw_str_free(&f->list);
    *f = (struct mw_out_frame){ 0 };
}

void mw_out_free(struct mw_out *o)
{
    if (o == NULL)
        return;
    while (o->depth > 0)
        pop(o);
    drop_table(o);
    mw_arena_free(o->lines_arena);
    mw_str_free(&o->buf);
    free(o);
}

/* --- clean text --------------------------------------------------------------------------------------------------- */

/* For people: valid, without control characters, soft hyphens and zero-width spaces; runs of white space become one
 * space, or one newline where the text had one and it is kept. */
static void clean(struct mw_str *out, struct mw_sv s, bool newlines)
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

static struct mw_str clean_label(const struct mw_out *o, const char *label)
{
    struct mw_str s = MW_STR_INIT;
    if (label != NULL)
        clean(&s, mw_sv(mw_tr(o->opts.lang, label)), false);
    return s;
}

/* --- nesting ------------------------------------------------------------------------------------------------------ */

static bool for_programs(const struct mw_out *o)
{
    return o->opts.format == MW_JSON;
}

static struct mw_out_frame *top(struct mw_out *o)
{
    return o->depth > 0 ? &o->frames[o->depth - 1] : NULL;
}

static bool named(const char *key)
{
    return key != NULL && key[0] != '.';
}

/* Says the headings of the open frames up to depth that have not been said. */
static void announce(struct mw_out *o, size_t depth)
{
    unsigned level = 0;
    for (size_t i = 0; i < depth; i++) {
        struct mw_out_frame *f = &o->frames[i];
        if (f->label.n > 0)
            level++;
        if (f->announced)
            continue;
        f->announced = true;
        if (f->label.n > 0 && o->opts.format == MW_TEXT)
            mw_out_text_heading(o, level, mw_str_sv(&f->label));
        else if (f->label.n > 0)
            mw_out_html_heading(o, level, mw_str_sv(&f->label));
    }
}

static void show(struct mw_out *o, struct mw_sv label, const struct mw_out_cell *v)
{
    if (o->opts.format == MW_TEXT)
        mw_out_text_value(o, label, v);
    else
        mw_out_html_value(o, label, v);
}

/* The single values of a list, gathered so far, become one value. */
static void show_list(struct mw_out *o, struct mw_out_frame *f)
{
    if (f->list.n == 0)
        return;
    announce(o, (size_t)(f - o->frames));
    f->announced = true;
    show(o, mw_str_sv(&f->label), &(struct mw_out_cell){ .text = mw_str_sv(&f->list), .style = MW_BODY });
    mw_str_clear(&f->list);
}

/* Opens a frame; NULL: dropped, with everything up to its end. */
static struct mw_out_frame *push(struct mw_out *o, enum mw_out_kind kind, const char *key, const char *label)
{
    struct mw_out_frame *parent = top(o), *f;
    const char *wrong = NULL;

    if (dead(o))
        return NULL;
    if (o->depth == MW_OUT_DEPTH)
        wrong = "nested too deep";
    else if (o->depth == 0 && o->opened && !(for_programs(o) && o->opts.compact))
        wrong = "a second document";
    else if ((kind == MW_OUT_ROW) != (parent != NULL && parent->kind == MW_OUT_TABLE))
        wrong = kind == MW_OUT_ROW ? "a row outside a table" : "a table holds only rows";
    if (o->ignored > 0 || wrong != NULL) {
        o->ignored++;
        if (wrong != NULL && o->ignored == 1)
            misuse(o, wrong);
        return NULL;
    }
    f = &o->frames[o->depth];
    *f = (struct mw_out_frame){ .kind = kind };
    if (parent != NULL)
        f->silent = parent->silent;
    if (for_programs(o)) {
        if (parent != NULL && (parent->kind == MW_OUT_OBJECT || parent->kind == MW_OUT_ROW) && !named(key))
            f->silent = true;
        if (!f->silent)
            mw_out_json_open(o, key, kind == MW_OUT_OBJECT || kind == MW_OUT_ROW);
    } else {
        if (parent != NULL && parent->kind == MW_OUT_ROW)
            f->silent = true;
        if (parent != NULL && !f->silent)
            show_list(o, parent);
        f->label = clean_label(o, label);
    }
    o->style = MW_BODY;
    o->opened = true;
    o->depth++;
    return f;
}

void mw_out_object(struct mw_out *o, const char *key, const char *label)
{
    push(o, MW_OUT_OBJECT, key, label);
}

void mw_out_list(struct mw_out *o, const char *key, const char *label)
{
    push(o, MW_OUT_LIST, key, label);
}

void mw_out_table(struct mw_out *o, const char *key, const char *label, const struct mw_column *cols, size_t n)
{
    const struct mw_out_frame *f = push(o, MW_OUT_TABLE, key, label);
    struct mw_out_table *t = &o->table;

    if (f == NULL || f->silent || for_programs(o))
        return;
    t->arena = mw_arena_new();
    t->cols = t->arena != NULL ? mw_arena_array(t->arena, n, sizeof *t->cols) : NULL;
    if (t->cols == NULL) {
        o->nomem = true;
        return;
    }
    for (size_t i = 0; i < n; i++) {
        struct mw_str text = clean_label(o, cols[i].label);
        t->cols[i].key = mw_arena_z(t->arena, mw_sv(cols[i].key));
        t->cols[i].label = mw_arena_z(t->arena, mw_str_sv(&text));
        t->cols[i].right = cols[i].right;
        o->nomem = o->nomem || t->cols[i].label == NULL;
        mw_str_free(&text);
    }
    t->n = n;
}

void mw_out_row(struct mw_out *o)
{
    const struct mw_out_frame *f = push(o, MW_OUT_ROW, NULL, NULL);

    if (f == NULL || f->silent || for_programs(o))
        return;
    for (size_t i = 0; i < o->table.n; i++)
        if (mw_list_add(o->table.arena, &o->table.cells, sizeof(struct mw_out_cell)) == NULL)
            o->nomem = true;
}

static void end_table(struct mw_out *o)
{
    if (o->table.arena == NULL)
        return;
    announce(o, o->depth);
    if (o->table.n > 0 && o->table.cells.n == 0) {
        struct mw_sv none = mw_sv(mw_tr(o->opts.lang, "No entries."));
        if (o->opts.format == MW_TEXT)
            mw_out_text_para(o, MW_DIM, none);
        else
            mw_out_html_para(o, MW_DIM, none);
    } else if (o->table.n > 0 && !o->nomem) {
        if (o->opts.format == MW_TEXT)
            mw_out_text_table(o);
        else
            mw_out_html_table(o);
    }
    drop_table(o);
}

void mw_out_end(struct mw_out *o)
{
    struct mw_out_frame *f = top(o);

    if (o->ignored > 0 && !dead(o)) {
        o->ignored--;
        return;
    }
    if (f == NULL) {
        if (!dead(o))
            misuse(o, "an end without a beginning");
        return;
    }
    if (!dead(o) && !f->silent) {
        if (for_programs(o))
            mw_out_json_close(o);
        else if (f->kind == MW_OUT_TABLE)
            end_table(o);
        else
            show_list(o, f);
    }
    pop(o);
    o->style = MW_BODY;
}

/* --- values ------------------------------------------------------------------------------------------------------- */

/* A value is written only for those who see it; v for people is cleaned here, for programs it is a JSON literal. */
static bool seen(struct mw_out *o, const char *key, const char *label)
{
    struct mw_out_frame *f = top(o);

    if (dead(o) || o->ignored > 0)
        return false;
    if (f == NULL || f->kind == MW_OUT_TABLE) {
        misuse(o, f == NULL ? "a value outside the document" : "a value between the rows of a table");
        return false;
    }
    if (f->kind != MW_OUT_LIST && key == NULL && label == NULL) {
        misuse(o, "a value with neither key nor label");
        return false;
    }
    if (f->silent)
        return false;
    if (for_programs(o))
        return f->kind == MW_OUT_LIST || named(key);
    return label != NULL || f->kind == MW_OUT_ROW || (f->kind == MW_OUT_LIST && f->label.n > 0);
}

static void into_cell(struct mw_out *o, const char *key, const char *label, const struct mw_out_cell *v)
{
    struct mw_out_table *t = &o->table;
    const char *shown = label != NULL ? mw_tr(o->opts.lang, label) : NULL;

    for (size_t i = 0; i < t->n && t->cells.n >= t->n; i++) {
        const struct mw_column *c = &t->cols[i];
        bool by_key = key != NULL && c->key != NULL && strcmp(key, c->key) == 0;
        if (!by_key && (shown == NULL || key != NULL || strcmp(shown, c->label) != 0))
            continue;
        struct mw_out_cell *cell = MW_AT(t->cells, struct mw_out_cell, t->cells.n - t->n + i);
        cell->text = mw_arena_copy(t->arena, v->text);
        cell->href = mw_arena_copy(t->arena, v->href);
        cell->style = v->style;
        return;
    }
}

static void put(struct mw_out *o, const char *key, const char *label, struct mw_sv text, struct mw_sv href)
{
    struct mw_out_frame *f = top(o);
    struct mw_str shown = MW_STR_INIT;
    struct mw_out_cell v = { .href = href, .style = o->style };

    o->style = MW_BODY;
    if (for_programs(o)) {
        mw_out_json_value(o, f->kind == MW_OUT_LIST ? NULL : key, text);
        return;
    }
    clean(&shown, text, false);
    v.text = mw_str_sv(&shown);
    if (f->kind == MW_OUT_ROW) {
        into_cell(o, key, label, &v);
    } else if (f->kind == MW_OUT_LIST && label == NULL) {
        if (f->list.n > 0)
            mw_str_addz(&f->list, ", ");
        mw_str_add(&f->list, v.text);
    } else {
        struct mw_str name = clean_label(o, label);
        show_list(o, f);
        announce(o, o->depth);
        show(o, mw_str_sv(&name), &v);
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
    struct mw_str text = MW_STR_INIT;

    if (v.p == NULL || !seen(o, key, label)) {
        o->style = MW_BODY;
        return;
    }
    if (!for_programs(o)) {
        put(o, key, label, v, href);
        return;
    }
    mw_str_addc(&text, '"');
    mw_json_escape(&text, v);
    mw_str_addc(&text, '"');
    put_str(o, key, label, &text);
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
            mw_str_addf(&text, "%c%0*" PRIu64, !for_programs(o) && o->opts.lang == MW_DE ? ',' : '.', (int)places, size % unit);
        put_str(o, key, label, &text);
    }
    o->style = MW_BODY;
}

void mw_out_bool(struct mw_out *o, const char *key, const char *label, bool v)
{
    if (seen(o, key, label))
        put(o, key, label, mw_sv(for_programs(o) ? (v ? "true" : "false") : mw_tr(o->opts.lang, v ? "yes" : "no")), MW_SV_NONE);
    o->style = MW_BODY;
}

void mw_out_eur(struct mw_out *o, const char *key, const char *label, struct mw_eur v)
{
    struct mw_str text = MW_STR_INIT;

    if (mw_eur_is(v) && seen(o, key, label)) {
        if (for_programs(o)) {
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
        if (for_programs(o))
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
        if (for_programs(o)) {
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
        put(o, key, label, mw_sv(for_programs(o) ? "null" : mw_tr(o->opts.lang, "unknown")), MW_SV_NONE);
    o->style = MW_BODY;
}

void mw_out_raw_json(struct mw_out *o, const char *key, struct mw_sv json)
{
    struct mw_str text = MW_STR_INIT;

    if (!for_programs(o) || json.n == 0 || !seen(o, key, NULL))
        return;
    for (size_t i = 0; i < json.n; i++) /* between JSON's tokens a newline is only a space, and NDJSON has none */
        mw_str_add(&text, json.p[i] == '\n' || json.p[i] == '\r' ? MW_SV(" ") : mw_sv_sub(json, i, 1));
    put_str(o, key, NULL, &text);
}

/* --- for people only ---------------------------------------------------------------------------------------------- */

void mw_out_para(struct mw_out *o, enum mw_style style, struct mw_sv text)
{
    struct mw_out_frame *f = top(o);
    struct mw_str shown = MW_STR_INIT;

    if (dead(o) || o->ignored > 0 || for_programs(o) || (f != NULL && f->silent))
        return;
    if (f != NULL && (f->kind == MW_OUT_TABLE || f->kind == MW_OUT_ROW)) {
        misuse(o, "a paragraph inside a table");
        return;
    }
    if (f != NULL)
        show_list(o, f);
    announce(o, o->depth);
    clean(&shown, text, true);
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

    if (dead(o) || for_programs(o))
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
