/* Text for a terminal: headings, aligned values, wrapped paragraphs and tables that fit the width.
 *
 * Widths are columns of the terminal, not bytes. Lines break at spaces; only a word wider than its place is broken,
 * after one of - / ? & = . _ where it has one (addresses, compounds), else anywhere. No line is wider than
 * opts.width. */
#include "lib/core/out_inside.h"

#include <stdlib.h>
#include <string.h>

enum { NOTHING, HEADING, VALUES, PARA, TABLE }; /* o->last */
enum { GAP = 2 };                               /* columns between two columns of a table */
enum { NARROW = 8 };                            /* a text column is not squeezed below this */
enum { MOST_LABEL = 30, QUOTE_INDENT = 4 };

/* --- lines -------------------------------------------------------------------------------------------------------- */

static bool breaks_behind(uint32_t cp)
{
    return cp < 0x80 && cp != 0 && strchr("-/?&=._", (int)cp) != NULL;
}

/* Cuts the next line of at most width columns off *rest; false: nothing is left. At least one character is taken. */
static bool next_line(struct mw_sv *rest, size_t width, struct mw_sv *line)
{
    struct mw_sv s = *rest;
    size_t at = 0, used = 0, space = 0, soft = 0;

    while (s.n > 0 && s.p[0] == ' ')
        s = mw_sv_sub(s, 1, s.n);
    if (s.n == 0)
        return false;
    while (at < s.n) {
        size_t from = at;
        uint32_t cp = mw_utf8_next(s, &at);
        used += mw_utf8_width(mw_sv_sub(s, from, at - from));
        if (cp == ' ' && from > 0)
            space = from; /* a space may hang over the edge: the line ends before it */
        if (used > width && cp != ' ') {
            size_t end = space > 0 ? space : soft > 0 ? soft : from > 0 ? from : at;
            *line = mw_sv_sub(s, 0, end);
            *rest = mw_sv_sub(s, end, s.n);
            return true;
        }
        if (used > width) {
            *line = mw_sv_sub(s, 0, from);
            *rest = mw_sv_sub(s, at, s.n);
            return true;
        }
        if (breaks_behind(cp))
            soft = at;
    }
    *line = s;
    *rest = MW_SV_NONE;
    return true;
}

static void spaces(struct mw_out *o, size_t n)
{
    for (; n > 0; n--)
        mw_out_putz(o, " ");
}

static void repeat(struct mw_out *o, const char *z, size_t n)
{
    for (; n > 0; n--)
        mw_out_putz(o, z);
}

static void styled(struct mw_out *o, enum mw_style style, struct mw_sv s)
{
    static const char *const CODES[] = { [MW_BODY] = "", [MW_HEADING] = "1", [MW_QUOTE] = "3", [MW_DIM] = "2",
                                         [MW_GOOD] = "32", [MW_BAD] = "31", [MW_DOUBT] = "33", [MW_LINK] = "4",
                                         [MW_LINES] = "", [MW_ITEM] = "" };
    const bool on = o->opts.colour && CODES[style][0] != '\0' && s.n > 0;
    if (on) {
        mw_out_putz(o, "\033[");
        mw_out_putz(o, CODES[style]);
        mw_out_putz(o, "m");
    }
    mw_out_put(o, s);
    mw_out_putz(o, on ? "\033[0m" : "");
}

/* Text wrapped behind indent columns, of which the first line already has its own. */
static void wrapped(struct mw_out *o, enum mw_style style, struct mw_sv s, size_t indent)
{
    struct mw_sv line;
    bool first = true;

    while (next_line(&s, o->opts.width - indent, &line)) {
        spaces(o, first ? 0 : indent);
        styled(o, style, line);
        mw_out_putz(o, "\n");
        first = false;
    }
    if (first)
        mw_out_putz(o, "\n");
}

/* --- values ------------------------------------------------------------------------------------------------------- */

/* Labels above, values beside them in one column; a label too long for its column has its value right behind it where both fit in
 * the line, else below. */
static void end_values(struct mw_out *o)
{
    size_t column = 0;

    for (size_t i = 0; i < o->lines.n; i++) {
        size_t w = mw_utf8_width(MW_AT(o->lines, struct mw_out_line, i)->label) + 1;
        if (w > column && w <= MOST_LABEL)
            column = w;
    }
    column = column > 0 ? column + GAP : MOST_LABEL / 2;
    for (size_t i = 0; i < o->lines.n; i++) {
        const struct mw_out_line *l = MW_AT(o->lines, struct mw_out_line, i);
        size_t w = mw_utf8_width(l->label) + 1;
        struct mw_sv rest = l->label, line;
        bool more = next_line(&rest, o->opts.width - 1, &line);
        while (more) { /* nearly always once */
            mw_out_put(o, line);
            more = next_line(&rest, o->opts.width - 1, &line);
            mw_out_putz(o, more ? "\n" : ":");
        }
        bool beside = w + GAP <= column, behind = !beside && w + GAP + mw_utf8_width(l->text) <= o->opts.width;
        if (l->text.n > 0 && !beside && !behind)
            mw_out_putz(o, "\n");
        if (l->text.n > 0)
            spaces(o, beside ? column - w : behind ? GAP : column);
        wrapped(o, l->style, l->text, column);
    }
    if (o->lines.n > 0)
        o->last = VALUES;
    o->lines = (struct mw_list){ 0 };
    mw_arena_free(o->lines_arena);
    o->lines_arena = NULL;
}

static void blank_line(struct mw_out *o)
{
    end_values(o);
    if (o->last != NOTHING)
        mw_out_putz(o, "\n");
}

void mw_out_text_value(struct mw_out *o, struct mw_sv label, const struct mw_out_cell *v)
{
    if (o->lines_arena == NULL) {
        if (o->last != NOTHING && o->last != HEADING)
            mw_out_putz(o, "\n");
        o->lines_arena = mw_arena_new();
    }
    struct mw_out_line *l = o->lines_arena != NULL ? mw_list_add(o->lines_arena, &o->lines, sizeof *l) : NULL;
    if (l == NULL) {
        o->nomem = true;
        return;
    }
    *l = (struct mw_out_line){ mw_arena_copy(o->lines_arena, label), mw_arena_copy(o->lines_arena, v->text), v->style };
}

/* --- headings and paragraphs -------------------------------------------------------------------------------------- */

void mw_out_text_heading(struct mw_out *o, unsigned level, struct mw_sv label)
{
    struct mw_sv line;
    size_t widest = 0;

    blank_line(o);
    while (next_line(&label, o->opts.width, &line)) {
        size_t w = mw_utf8_width(line);
        widest = w > widest ? w : widest;
        styled(o, MW_HEADING, line);
        mw_out_putz(o, "\n");
    }
    if (level <= 2) {
        repeat(o, level == 1 ? "=" : "-", widest);
        mw_out_putz(o, "\n");
    }
    o->last = HEADING;
}

/* The lines of an item ("+ ...", "? ...") stand below its words, not below its sign. */
static size_t hanging(struct mw_sv line)
{
    return line.n > 2 && line.p[0] != '\0' && line.p[1] == ' ' && strchr("+-?~*", line.p[0]) != NULL ? 2 : 0;
}

void mw_out_text_para(struct mw_out *o, enum mw_style style, struct mw_sv text)
{
    const size_t indent = style == MW_QUOTE ? QUOTE_INDENT : 0;
    struct mw_sv line;
    bool more;

    if (style == MW_HEADING) {
        mw_out_text_heading(o, 3, text);
        return;
    }
    end_values(o);
    if (style == MW_LINES) {
        styled(o, style, text);
        mw_out_putz(o, "\n");
        o->last = PARA;
        return;
    }
    /* Quotes and remarks stand directly below what they belong to. */
    if (o->last == TABLE || (o->last == PARA && style == MW_BODY) || (o->last == VALUES && style != MW_QUOTE))
        mw_out_putz(o, "\n");
    do {
        more = mw_sv_cut(text, '\n', &line, &text);
        spaces(o, indent);
        wrapped(o, style, line, indent + hanging(line));
    } while (more);
    o->last = PARA;
}

/* --- tables ------------------------------------------------------------------------------------------------------- */

/* Narrows the widest text columns until the table fits; false: it cannot, columns are too many. */
static bool fit(const struct mw_out_table *t, size_t *width, size_t room)
{
    size_t total = t->n > 0 ? (t->n - 1) * GAP : 0;

    for (size_t i = 0; i < t->n; i++)
        total += width[i];
    while (total > room) {
        size_t widest = t->n;
        for (size_t i = 0; i < t->n; i++)
            if (!t->cols[i].right && (widest == t->n || width[i] > width[widest]))
                widest = i;
        if (widest == t->n || width[widest] <= NARROW)
            return false;
        width[widest]--;
        total--;
    }
    return true;
}

/* One row, as many lines high as its highest cell. */
static void row(struct mw_out *o, const size_t *width, struct mw_sv *rest, const enum mw_style *style)
{
    const struct mw_out_table *t = &o->table;
    bool more = true;

    for (bool first = true; more; first = false) {
        size_t due = 0; /* spaces owed before the next text: none at line ends */
        bool any = false;
        more = false;
        for (size_t i = 0; i < t->n; i++) {
            struct mw_sv line = MW_SV_NONE;
            if (next_line(&rest[i], width[i], &line)) {
                size_t w = mw_utf8_width(line), left = w < width[i] ? width[i] - w : 0;
                spaces(o, due + (t->cols[i].right ? left : 0));
                styled(o, style[i], line);
                due = t->cols[i].right ? 0 : left;
                any = true;
            } else {
                due += width[i];
            }
            due += GAP;
            for (size_t k = 0; k < rest[i].n && !more; k++)
                more = rest[i].p[k] != ' ';
        }
        if (any || first)
            mw_out_putz(o, "\n");
    }
}

/* For a table with too many columns: each row as values under each other. */
static void as_values(struct mw_out *o)
{
    const struct mw_out_table *t = &o->table;

    for (size_t c = 0; c < t->cells.n; c++) {
        const struct mw_out_cell *cell = MW_AT(t->cells, struct mw_out_cell, c);
        if (c > 0 && c % t->n == 0)
            end_values(o);
        if (cell->text.n > 0)
            mw_out_text_value(o, mw_sv(t->cols[c % t->n].label), cell);
    }
    end_values(o);
}

void mw_out_text_table(struct mw_out *o)
{
    const struct mw_out_table *t = &o->table;
    size_t *width = mw_arena_array(t->arena, t->n, sizeof *width);
    struct mw_sv *rest = mw_arena_array(t->arena, t->n, sizeof *rest);
    enum mw_style *style = mw_arena_array(t->arena, t->n, sizeof *style);

    if (t->n == 0 || width == NULL || rest == NULL || style == NULL) {
        o->nomem = true;
        return;
    }
    for (size_t i = 0; i < t->n; i++) {
        width[i] = mw_utf8_width(mw_sv(t->cols[i].label));
        style[i] = MW_HEADING;
        rest[i] = mw_sv(t->cols[i].label);
    }
    for (size_t c = 0; c < t->cells.n; c++) {
        size_t w = mw_utf8_width(MW_AT(t->cells, struct mw_out_cell, c)->text);
        if (w > width[c % t->n])
            width[c % t->n] = w;
    }
    end_values(o);
    if (!fit(t, width, o->opts.width)) {
        as_values(o);
        o->last = TABLE;
        return;
    }
    if (o->last != NOTHING && o->last != HEADING)
        mw_out_putz(o, "\n");
    if (t->head) {
        row(o, width, rest, style);
        for (size_t i = 0; i < t->n; i++) {
            spaces(o, i > 0 && width[i] > 0 ? GAP : 0);
            repeat(o, "-", width[i]);
        }
        mw_out_putz(o, "\n");
    }
    for (size_t c = 0; c < t->cells.n; c += t->n) {
        for (size_t i = 0; i < t->n; i++) {
            const struct mw_out_cell *cell = MW_AT(t->cells, struct mw_out_cell, c + i);
            rest[i] = cell->text;
            style[i] = cell->style;
        }
        row(o, width, rest, style);
    }
    o->last = TABLE;
}

void mw_out_text_finish(struct mw_out *o)
{
    end_values(o);
}
