/* Errors and diagnostics: sentences are made at once, in the language of whoever asked. */
#include "lib/core/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void add_place(struct mw_str *s, const char *file, unsigned line, unsigned col)
{
    if (file == NULL)
        return;
    mw_str_addz(s, file);
    if (line > 0)
        mw_str_addf(s, ":%u", line);
    if (line > 0 && col > 0)
        mw_str_addf(s, ":%u", col);
    mw_str_addz(s, ": ");
}

__attribute__((format(printf, 2, 0))) static void add_vf(struct mw_str *s, const char *fmt, va_list args)
{
    char *text = NULL;
    if (vasprintf(&text, fmt, args) < 0)
        return;
    mw_str_addz(s, text);
    free(text);
}

enum mw_rc mw_err_set(struct mw_err *e, enum mw_rc rc, const struct mw_pos *at, const char *src, int src_line,
                      const char *fmt, ...)
{
    struct mw_str s = MW_STR_INIT;
    va_list args;

    if (e == NULL)
        return rc;
    if (at != NULL)
        add_place(&s, at->file, at->line, at->col);
    va_start(args, fmt);
    add_vf(&s, mw_tr(e->lang, fmt), args); /* may quote the old message, which is freed only afterwards */
    va_end(args);
    free(e->msg);
    *e = (struct mw_err){ rc, e->lang, mw_str_take(&s), src, src_line };
    return rc;
}

void mw_err_clear(struct mw_err *e)
{
    free(e->msg);
    *e = (struct mw_err)MW_ERR_INIT(e->lang);
}

/* --- diagnostics -------------------------------------------------------------------------------------------------- */

struct mw_diag *mw_diag_add(struct mw_diags *d, enum mw_severity severity, const struct mw_pos *at, const char *code,
                            const char *fmt, ...)
{
    struct mw_str s = MW_STR_INIT;
    va_list args;

    if (d == NULL)
        return NULL;
    if (severity == MW_ERROR)
        d->errors++;
    if (d->n >= MW_DIAGS_MAX)
        return NULL;
    if (d->n == d->cap) {
        size_t cap = d->cap == 0 ? 8 : d->cap * 2;
        struct mw_diag *items = realloc(d->items, cap * sizeof *items);
        if (items == NULL)
            return NULL;
        d->items = items;
        d->cap = cap;
    }
    va_start(args, fmt);
    add_vf(&s, mw_tr(d->lang, fmt), args);
    va_end(args);
    struct mw_diag *diag = &d->items[d->n++];
    *diag = (struct mw_diag){ .severity = severity, .code = code, .msg = mw_str_take(&s) };
    if (at != NULL && at->file != NULL) {
        diag->file = strdup(at->file);
        diag->line = at->line;
        diag->col = at->col;
    }
    return diag;
}

void mw_diag_cure(struct mw_diags *d, struct mw_diag *diag, const char *fmt, ...)
{
    struct mw_str s = MW_STR_INIT;
    va_list args;

    if (d == NULL || diag == NULL)
        return;
    va_start(args, fmt);
    add_vf(&s, mw_tr(d->lang, fmt), args);
    va_end(args);
    free(diag->cure);
    diag->cure = mw_str_take(&s);
}

static int by_place(const struct mw_diag *a, const struct mw_diag *b)
{
    int c = strcmp(a->file != NULL ? a->file : "", b->file != NULL ? b->file : "");
    if (c == 0)
        c = (a->line > b->line) - (a->line < b->line);
    if (c == 0)
        c = (a->col > b->col) - (a->col < b->col);
    return c;
}

void mw_diags_sort(struct mw_diags *d) /* insertion sort: stable, nearly sorted already, at most MW_DIAGS_MAX */
{
    for (size_t i = 1; i < d->n; i++) {
        struct mw_diag one = d->items[i];
        size_t j = i;
        for (; j > 0 && by_place(&d->items[j - 1], &one) > 0; j--)
            d->items[j] = d->items[j - 1];
        d->items[j] = one;
    }
}

const char *const MW_SEVERITIES[] = { [MW_ERROR] = "error", [MW_WARNING] = "warning", [MW_NOTE] = "note" };

void mw_diag_format(struct mw_str *out, const struct mw_diag *diag, enum mw_lang lang)
{
    add_place(out, diag->file, diag->line, diag->col);
    mw_str_addf(out, "%s: %s", mw_tr(lang, MW_SEVERITIES[diag->severity]), diag->msg != NULL ? diag->msg : "?");
    if (diag->code != NULL)
        mw_str_addf(out, " [%s]", diag->code);
    mw_str_addc(out, '\n');
    if (diag->cure != NULL)
        mw_str_addf(out, "    %s\n", diag->cure);
}

enum mw_rc mw_diags_err(const struct mw_diags *d, enum mw_rc rc, struct mw_err *err)
{
    for (size_t i = 0; i < d->n; i++) {
        const struct mw_diag *g = &d->items[i];
        if (g->severity != MW_ERROR)
            continue;
        struct mw_pos at = { g->file, g->line, g->col };
        const char *msg = g->msg != NULL ? g->msg : "?";
        if (d->errors > 1)
            return mw_fail_at(err, rc, &at, "%s (and %zu more)", msg, d->errors - 1);
        return mw_fail_at(err, rc, &at, "%s", msg);
    }
    return MW_OK;
}

void mw_diags_free(struct mw_diags *d)
{
    for (size_t i = 0; i < d->n; i++) {
        free(d->items[i].msg);
        free(d->items[i].cure);
        free(d->items[i].file);
    }
    free(d->items);
    *d = (struct mw_diags)MW_DIAGS_INIT(d->lang);
}
