/* HTML: a fragment for a page (no <html> around it). Every text goes through escaped() and is escaped there; only
 * markup written in this file goes out unescaped, through raw(). Classes: good, bad, doubt, dim, quote, num. */
#include "lib/core/out_inside.h"

static void raw(struct mw_out *o, const char *markup)
{
    mw_out_putz(o, markup);
}

static void escaped(struct mw_out *o, struct mw_sv s)
{
    struct mw_str safe = MW_STR_INIT;
    mw_html_escape(&safe, s);
    if (!mw_str_ok(&safe))
        o->nomem = true;
    mw_out_put(o, mw_str_sv(&safe));
    mw_str_free(&safe);
}

void mw_html_escape(struct mw_str *out, struct mw_sv s)
{
    for (size_t at = 0; at < s.n;) {
        uint32_t cp = mw_utf8_next(s, &at);
        switch (cp) {
        case '&':
            mw_str_addz(out, "&amp;");
            break;
        case '<':
            mw_str_addz(out, "&lt;");
            break;
        case '>':
            mw_str_addz(out, "&gt;");
            break;
        case '"':
            mw_str_addz(out, "&quot;");
            break;
        case '\'':
            mw_str_addz(out, "&#39;");
            break;
        default:
            if (!mw_cp_control(cp) || cp == '\n' || cp == '\t')
                mw_utf8_add(out, cp);
        }
    }
}

static const char *class_of(enum mw_style style)
{
    static const char *const NAMES[] = { [MW_QUOTE] = "quote", [MW_DIM] = "dim", [MW_GOOD] = "good", [MW_BAD] = "bad",
                                         [MW_DOUBT] = "doubt", [MW_LINK] = NULL, [MW_LINES] = NULL, [MW_ITEM] = NULL };
    return style == MW_BODY || style == MW_HEADING ? NULL : NAMES[style];
}

/* http(s) addresses, and paths on our own server ("/notice", never "//elsewhere"). */
static bool may_link(struct mw_sv href)
{
    if (href.n == 0)
        return false;
    for (size_t i = 0; i < href.n; i++)
        if ((unsigned char)href.p[i] <= ' ' || href.p[i] == '\\')
            return false;
    return mw_sv_ieq(mw_sv_sub(href, 0, 7), MW_SV("http://")) || mw_sv_ieq(mw_sv_sub(href, 0, 8), MW_SV("https://")) ||
           (href.p[0] == '/' && (href.n == 1 || href.p[1] != '/'));
}

static void styled(struct mw_out *o, const struct mw_out_cell *v)
{
    const char *class = class_of(v->style);
    const bool link = may_link(v->href);

    if (class != NULL) {
        raw(o, "<span class=\"");
        raw(o, class);
        raw(o, "\">");
    }
    if (link) {
        raw(o, "<a href=\"");
        escaped(o, v->href);
        raw(o, mw_sv_starts(v->href, MW_SV("/")) ? "\">" : "\" rel=\"noopener noreferrer\">");
    }
    escaped(o, v->text);
    raw(o, link ? "</a>" : "");
    raw(o, class != NULL ? "</span>" : "");
}

static void end_values(struct mw_out *o)
{
    if (o->in_dl)
        raw(o, "</dl>\n");
    o->in_dl = false;
}

void mw_out_html_heading(struct mw_out *o, unsigned level, struct mw_sv label)
{
    char tag[] = "h1>";

    end_values(o);
    tag[1] = (char)('0' + (level < 6 ? level : 6));
    raw(o, "<");
    raw(o, tag);
    escaped(o, label);
    raw(o, "</");
    raw(o, tag);
    raw(o, "\n");
}

void mw_out_html_value(struct mw_out *o, struct mw_sv label, const struct mw_out_cell *v)
{
    if (!o->in_dl)
        raw(o, "<dl>\n");
    o->in_dl = true;
    raw(o, "<dt>");
    escaped(o, label);
    raw(o, "</dt><dd>");
    styled(o, v);
    raw(o, "</dd>\n");
}

void mw_out_html_para(struct mw_out *o, enum mw_style style, struct mw_sv text)
{
    const char *class = class_of(style);
    struct mw_sv line, rest = text;
    bool more;

    end_values(o);
    if (style == MW_HEADING) {
        mw_out_html_heading(o, 2, text);
        return;
    }
    if (style == MW_LINES) {
        struct mw_out_cell cell = { .text = text, .href = MW_SV_NONE, .style = MW_BODY };
        raw(o, "<pre>");
        styled(o, &cell);
        raw(o, "</pre>\n");
        return;
    }
    raw(o, style == MW_QUOTE ? "<blockquote><p" : "<p");
    if (class != NULL) {
        raw(o, " class=\"");
        raw(o, class);
        raw(o, "\"");
    }
    raw(o, ">");
    do {
        more = mw_sv_cut(rest, '\n', &line, &rest);
        struct mw_out_cell cell = { .text = line, .href = style == MW_LINK ? line : MW_SV_NONE, .style = MW_BODY };
        styled(o, &cell);
        raw(o, more ? "<br>\n" : "");
    } while (more);
    raw(o, style == MW_QUOTE ? "</p></blockquote>\n" : "</p>\n");
}

void mw_out_html_table(struct mw_out *o)
{
    const struct mw_out_table *t = &o->table;

    end_values(o);
    raw(o, t->head ? "<table>\n<thead><tr>" : "<table>\n<tbody>\n");
    for (size_t i = 0; i < t->n && t->head; i++) {
        raw(o, t->cols[i].right ? "<th class=\"num\">" : "<th>");
        escaped(o, mw_sv(t->cols[i].label));
        raw(o, "</th>");
    }
    raw(o, t->head ? "</tr></thead>\n<tbody>\n" : "");
    for (size_t c = 0; c < t->cells.n; c++) {
        raw(o, c % t->n == 0 ? "<tr>" : "");
        raw(o, t->cols[c % t->n].right ? "<td class=\"num\">" : "<td>");
        styled(o, MW_AT(t->cells, struct mw_out_cell, c));
        raw(o, (c + 1) % t->n == 0 ? "</td></tr>\n" : "</td>");
    }
    raw(o, "</tbody>\n</table>\n");
}

void mw_out_html_finish(struct mw_out *o)
{
    end_values(o);
}
