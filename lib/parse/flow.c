/* Implements flow.h. */
#include "lib/parse/flow.h"

#include <string.h>

#define ONES UINT64_C(0x0101010101010101)
#define HIGH (0x80 * ONES)

void mw_flow_begin(struct mw_flow *f, struct mw_str *out, bool keep_lines, bool one_line)
{
    *f = (struct mw_flow){ .out = out, .keep_lines = keep_lines, .one_line = one_line };
}

void mw_flow_gap(struct mw_flow *f, enum mw_gap gap)
{
    if (f->cell)
        return;
    if (gap > f->gap)
        f->gap = gap;
    f->block = true;
}

void mw_flow_break(struct mw_flow *f) { mw_flow_gap(f, ++f->breaks > 1 ? MW_GAP_BLANK : MW_GAP_LINE); }

void mw_flow_item(struct mw_flow *f)
{
    f->cell = false;
    mw_flow_gap(f, MW_GAP_LINE);
    f->item = true;
}

void mw_flow_cell(struct mw_flow *f, bool first)
{
    if (first) {
        mw_flow_gap(f, MW_GAP_LINE);
    } else {
        f->gap = MW_GAP_TAB;
        f->block = true;
    }
    f->cell = true;
}

static void space(struct mw_flow *f, bool line)
{
    enum mw_gap gap = MW_GAP_SPACE;
    if (line && f->keep_lines && !f->block)
        gap = ++f->lines > 1 ? MW_GAP_BLANK : MW_GAP_LINE;
    if (gap > f->gap)
        f->gap = gap;
}

/* The gap before the next piece of text. */
static void flush(struct mw_flow *f)
{
    static const char *const GAPS[] = { "", " ", "\t", "\n", "\n\n" };
    if (f->any && f->gap != MW_GAP_NONE)
        mw_str_addz(f->out, f->one_line ? " " : GAPS[f->gap]);
    if (f->item && !f->one_line)
        mw_str_addz(f->out, "* ");
    f->gap = MW_GAP_NONE;
    f->block = f->item = f->cell = false;
    f->lines = f->breaks = 0;
    f->any = true;
}

/* The bytes of eight that are white space but no blank, and the blanks, as their highest bits; behind a hit there may be false ones. */
static uint64_t below_blank(uint64_t w) { return (w - 0x20 * ONES) & ~w & HIGH; }
static uint64_t blanks(uint64_t w) { return ((w ^ 0x20 * ONES) - ONES) & ~(w ^ 0x20 * ONES) & HIGH; }

size_t mw_flow_words(struct mw_sv s)
{
    size_t n = 0;

    if (s.n > 0 && mw_flow_white(s.p[0]))
        return 0;
    for (uint64_t w, b; s.n - n >= sizeof w; n += sizeof w - 1) { /* most of every page; the next eight begin with the last byte */
        memcpy(&w, s.p + n, sizeof w);
        b = blanks(w);
        if ((below_blank(w) | (b & b >> 8)) != 0)
            break;
    }
    while (n < s.n && (!mw_flow_white(s.p[n]) || (s.p[n] == ' ' && n > 0 && n + 1 < s.n && !mw_flow_white(s.p[n + 1]))))
        n++;
    return n;
}

void mw_flow_text(struct mw_flow *f, struct mw_sv s)
{
    for (size_t i = 0; i < s.n;) {
        char c = s.p[i];
        if (mw_flow_white(c)) {
            bool line = c == '\n' || (c == '\r' && !(i + 1 < s.n && s.p[i + 1] == '\n'));
            space(f, line);
            i++;
            continue;
        }
        size_t n = mw_flow_words(mw_sv_n(s.p + i, s.n - i));
        flush(f);
        mw_str_add(f->out, mw_sv_n(s.p + i, n));
        i += n;
    }
}
