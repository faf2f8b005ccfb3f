/* The frame of the output: bytes, errors, and what is nested in what. Its values are in out_value.c; how they look is
 * decided in out_text.c, out_json.c and out_html.c. */
#include "lib/core/out_inside.h"

#include <errno.h>
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

bool mw_out_dead(const struct mw_out *o)
{
    return o->finished || o->nomem || o->error != 0;
}

void mw_out_note_misuse(struct mw_out *o, const char *what)
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
    if (!mw_out_dead(o) && o->opts.format == MW_TEXT)
        mw_out_text_finish(o);
    if (!mw_out_dead(o) && o->opts.format == MW_HTML)
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

/* --- nesting ------------------------------------------------------------------------------------------------------ */

bool mw_out_programs(const struct mw_out *o)
{
    return o->opts.format == MW_JSON;
}

struct mw_out_frame *mw_out_top(struct mw_out *o)
{
    return o->depth > 0 ? &o->frames[o->depth - 1] : NULL;
}

bool mw_out_named(const char *key)
{
    return key != NULL && key[0] != '.';
}

/* Says the headings of the open frames up to depth that have not been said. */
void mw_out_announce(struct mw_out *o, size_t depth)
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

void mw_out_show(struct mw_out *o, struct mw_sv label, const struct mw_out_cell *v)
{
    if (o->opts.format == MW_TEXT)
        mw_out_text_value(o, label, v);
    else
        mw_out_html_value(o, label, v);
}

/* The single values of a list, gathered so far, become one value. */
void mw_out_show_list(struct mw_out *o, struct mw_out_frame *f)
{
    if (f->list.n == 0)
        return;
    mw_out_announce(o, (size_t)(f - o->frames));
    f->announced = true;
    mw_out_show(o, mw_str_sv(&f->label), &(struct mw_out_cell){ .text = mw_str_sv(&f->list), .style = MW_BODY });
    mw_str_clear(&f->list);
}

/* Opens a frame; NULL: dropped, with everything up to its end. */
static struct mw_out_frame *push(struct mw_out *o, enum mw_out_kind kind, const char *key, const char *label)
{
    struct mw_out_frame *parent = mw_out_top(o), *f;
    const char *wrong = NULL;

    if (mw_out_dead(o))
        return NULL;
    if (o->depth == MW_OUT_DEPTH)
        wrong = "nested too deep";
    else if (o->depth == 0 && o->opened && !(mw_out_programs(o) && o->opts.compact))
        wrong = "a second document";
    else if ((kind == MW_OUT_ROW) != (parent != NULL && parent->kind == MW_OUT_TABLE))
        wrong = kind == MW_OUT_ROW ? "a row outside a table" : "a table holds only rows";
    if (o->ignored > 0 || wrong != NULL) {
        o->ignored++;
        if (wrong != NULL && o->ignored == 1)
            mw_out_note_misuse(o, wrong);
        return NULL;
    }
    f = &o->frames[o->depth];
    *f = (struct mw_out_frame){ .kind = kind };
    if (parent != NULL)
        f->silent = parent->silent;
    if (mw_out_programs(o)) {
        if (parent != NULL && (parent->kind == MW_OUT_OBJECT || parent->kind == MW_OUT_ROW) && !mw_out_named(key))
            f->silent = true;
        if (!f->silent)
            mw_out_json_open(o, key, kind == MW_OUT_OBJECT || kind == MW_OUT_ROW);
    } else {
        if (parent != NULL && parent->kind == MW_OUT_ROW)
            f->silent = true;
        if (parent != NULL && !f->silent)
            mw_out_show_list(o, parent);
        f->label = mw_out_label(o, label);
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

    if (f == NULL || f->silent || mw_out_programs(o))
        return;
    t->arena = mw_arena_new();
    t->cols = t->arena != NULL ? mw_arena_array(t->arena, n, sizeof *t->cols) : NULL;
    if (t->cols == NULL) {
        o->nomem = true;
        return;
    }
    for (size_t i = 0; i < n; i++) {
        struct mw_str text = mw_out_label(o, cols[i].label);
        t->cols[i].key = mw_arena_z(t->arena, mw_sv(cols[i].key));
        t->cols[i].label = mw_arena_z(t->arena, mw_str_sv(&text));
        t->cols[i].right = cols[i].right;
        t->head = t->head || text.n > 0;
        o->nomem = o->nomem || t->cols[i].label == NULL;
        mw_str_free(&text);
    }
    t->n = n;
}

void mw_out_row(struct mw_out *o)
{
    const struct mw_out_frame *f = push(o, MW_OUT_ROW, NULL, NULL);

    if (f == NULL || f->silent || mw_out_programs(o))
        return;
    for (size_t i = 0; i < o->table.n; i++)
        if (mw_list_add(o->table.arena, &o->table.cells, sizeof(struct mw_out_cell)) == NULL)
            o->nomem = true;
}

static void end_table(struct mw_out *o)
{
    if (o->table.arena == NULL)
        return;
    mw_out_announce(o, o->depth);
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
    struct mw_out_frame *f = mw_out_top(o);

    if (o->ignored > 0 && !mw_out_dead(o)) {
        o->ignored--;
        return;
    }
    if (f == NULL) {
        if (!mw_out_dead(o))
            mw_out_note_misuse(o, "an end without a beginning");
        return;
    }
    if (!mw_out_dead(o) && !f->silent) {
        if (mw_out_programs(o))
            mw_out_json_close(o);
        else if (f->kind == MW_OUT_TABLE)
            end_table(o);
        else
            mw_out_show_list(o, f);
    }
    pop(o);
    o->style = MW_BODY;
}
