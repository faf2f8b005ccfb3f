/* JSON: two spaces a level and one member a line, or all on one line (compact). Members stand in the order they were
 * given, so that the same run writes the same bytes. */
#include "lib/core/out_inside.h"

#include "lib/core/eight.h"

static void new_line(struct mw_out *o, size_t depth)
{
    char line[1 + 2 * MW_OUT_DEPTH];
    if (o->opts.compact)
        return;
    memset(line, ' ', sizeof line);
    line[0] = '\n';
    mw_out_put(o, mw_sv_n(line, 1 + 2 * depth));
}

/* The comma, the line and the key before a member of the innermost frame. */
static void begin_member(struct mw_out *o, const char *key)
{
    if (o->depth == 0)
        return;
    struct mw_out_frame *f = &o->frames[o->depth - 1];
    if (f->n++ > 0)
        mw_out_putz(o, o->opts.compact ? ", " : ",");
    new_line(o, o->depth);
    if ((f->kind == MW_OUT_OBJECT || f->kind == MW_OUT_ROW) && key != NULL) {
        mw_out_putz(o, "\"");
        mw_json_escape(&o->buf, mw_sv(key));
        mw_out_putz(o, "\": ");
    }
}

void mw_out_json_open(struct mw_out *o, const char *key, bool object)
{
    begin_member(o, key);
    mw_out_putz(o, object ? "{" : "[");
}

void mw_out_json_close(struct mw_out *o)
{
    const struct mw_out_frame *f = &o->frames[o->depth - 1];
    if (f->n > 0)
        new_line(o, o->depth - 1);
    mw_out_putz(o, f->kind == MW_OUT_OBJECT || f->kind == MW_OUT_ROW ? "}" : "]");
    if (o->depth == 1)
        mw_out_putz(o, "\n");
}

void mw_out_json_value(struct mw_out *o, const char *key, struct mw_sv literal)
{
    begin_member(o, key);
    mw_out_put(o, literal);
}

void mw_out_json_text(struct mw_out *o, const char *key, struct mw_sv text)
{
    begin_member(o, key);
    mw_out_putz(o, "\"");
    mw_json_escape(&o->buf, text);
    mw_out_putz(o, "\"");
}

/* The next byte from at on that is not printable ASCII, or means something in a string. */
static size_t next_special(struct mw_sv s, size_t at)
{
    for (; s.n - at >= 8; at += 8) {
        uint64_t eight = mw_eight(s.p + at);
        if ((mw_eight_high(eight) | mw_eight_below(eight, 0x20) | mw_eight_has(eight, 0x7F) | mw_eight_has(eight, '"') | mw_eight_has(eight, '\\')) != 0)
            break;
    }
    while (at < s.n && s.p[at] >= 0x20 && s.p[at] < 0x7F && s.p[at] != '"' && s.p[at] != '\\')
        at++;
    return at;
}

/* What JSON wants escaped (RFC 8259 section 7), and what a terminal must not see; the rest goes over in runs. */
void mw_json_escape(struct mw_str *out, struct mw_sv s)
{
    size_t run = 0;

    for (size_t at = 0; (at = next_special(s, at)) < s.n;) {
        size_t from = at;
        uint32_t cp = mw_utf8_next(s, &at);
        bool broken = cp == 0xFFFD && at - from < 3; /* a real U+FFFD is three bytes long */
        if (!broken && cp != '"' && cp != '\\' && !mw_cp_control(cp))
            continue;
        mw_str_add(out, mw_sv_sub(s, run, from - run));
        run = at;
        if (broken)
            mw_utf8_add(out, 0xFFFD);
        else if (cp == '"' || cp == '\\')
            mw_str_addf(out, "\\%c", (char)cp);
        else if (cp == '\n')
            mw_str_addz(out, "\\n");
        else if (cp == '\t')
            mw_str_addz(out, "\\t");
        else
            mw_str_addf(out, "\\u%04x", (unsigned)cp);
    }
    mw_str_add(out, mw_sv_sub(s, run, s.n - run));
}
