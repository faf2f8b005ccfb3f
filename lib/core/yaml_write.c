#include "lib/core/yaml_write.h"

#include <inttypes.h>

#define WIDTH 110

/* May stand without quotes, also between { and }: letters, digits and the signs of names, beginning with a letter. */
static bool is_plain(struct mw_sv s)
{
    if (s.n == 0 || s.p[s.n - 1] == ' ')
        return false;
    for (size_t i = 0; i < s.n;) {
        size_t at = i;
        uint32_t cp = mw_utf8_next(s, &i);
        bool letter = (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') || (cp >= 0xc0 && cp <= 0x24f);
        bool sign = (cp >= '0' && cp <= '9') || cp == ' ' || cp == '-' || cp == '_' || cp == '.' || cp == '/' || cp == '(' ||
                    cp == ')' || cp == 0x2013;
        if (!letter && !(sign && at > 0))
            return false;
    }
    return true;
}

void mw_yaml_add_quoted(struct mw_str *out, struct mw_sv s)
{
    mw_str_addc(out, '"');
    for (size_t i = 0; i < s.n;) {
        size_t at = i;
        uint32_t cp = mw_utf8_next(s, &i);
        if (cp == '"' || cp == '\\')
            mw_str_addf(out, "\\%c", (int)cp);
        else if (cp == '\n')
            mw_str_addz(out, "\\n");
        else if (cp == '\t')
            mw_str_addz(out, "\\t");
        else if (mw_cp_control(cp))
            mw_str_addf(out, cp <= 0xffff ? "\\u%04" PRIX32 : "\\U%08" PRIX32, cp);
        else
            mw_str_add(out, mw_sv_n(s.p + at, i - at));
    }
    mw_str_addc(out, '"');
}

void mw_yaml_add_scalar(struct mw_str *out, struct mw_sv s)
{
    if (is_plain(s))
        mw_str_add(out, s);
    else
        mw_yaml_add_quoted(out, s);
}

/* Can s be folded over lines and come back the same? No line of it begins or ends with a space, none is empty at either
 * end, and no control character is in it. */
static bool is_foldable(struct mw_sv s)
{
    if (s.n < 60 || s.p[0] == '\n' || s.p[0] == ' ' || s.p[s.n - 1] == '\n' || s.p[s.n - 1] == ' ')
        return false;
    for (size_t i = 0; i < s.n;) {
        uint32_t cp = mw_utf8_next(s, &i);
        bool at_line = cp == '\n' && (s.p[i] == ' ' || s.p[i - 2] == ' ');
        if (at_line || (cp != '\n' && mw_cp_control(cp)))
            return false;
    }
    return true;
}

/* A long text, folded: a line break of ours is a space, an empty line is a line break of the text's. */
static void add_folded(struct mw_str *out, struct mw_sv s)
{
    size_t column = 2;
    mw_str_addz(out, ">-\n  ");
    for (size_t i = 0; i < s.n;) {
        if (s.p[i] == '\n') {
            size_t n = 0;
            for (; s.p[i] == '\n'; i++)
                n++;
            for (size_t k = 0; k <= n; k++)
                mw_str_addc(out, '\n');
            mw_str_addz(out, "  ");
            column = 2;
            continue;
        }
        size_t end = i;
        while (end < s.n && s.p[end] != ' ' && s.p[end] != '\n')
            end++;
        struct mw_sv word = mw_sv_n(s.p + i, end - i);
        size_t width = mw_utf8_width(word), spaces = 0;
        if (column > 2 && column + width > WIDTH && out->p[out->n - 1] == ' ' && out->p[out->n - 2] != ' ' && word.n > 0) {
            out->n--; /* the one space before the word becomes the line break */
            mw_str_addz(out, "\n  ");
            column = 2;
        }
        mw_str_add(out, word);
        for (i = end; i < s.n && s.p[i] == ' '; i++, spaces++)
            mw_str_addc(out, ' ');
        column += width + spaces;
    }
    mw_str_addc(out, '\n');
}

void mw_yaml_add_long(struct mw_str *out, struct mw_sv s)
{
    if (is_foldable(s)) {
        add_folded(out, s);
    } else {
        mw_yaml_add_scalar(out, s);
        mw_str_addc(out, '\n');
    }
}

void mw_yaml_add_comment(struct mw_str *out, const char *indent, struct mw_sv text)
{
    size_t column = 0;
    struct mw_sv word, rest = text;

    mw_str_addf(out, "%s#", indent);
    for (bool more = true; more;) {
        more = mw_sv_cut(rest, ' ', &word, &rest);
        size_t width = mw_utf8_width(word);
        if (column > 0 && column + width > WIDTH) {
            mw_str_addf(out, "\n%s#  ", indent);
            column = 1;
        }
        mw_str_addc(out, ' ');
        for (size_t i = 0, at = 0; i < word.n; at = i) {
            bool control = mw_cp_control(mw_utf8_next(word, &i));
            mw_str_add(out, control ? MW_SV(" ") : mw_sv_sub(word, at, i - at));
        }
        column += width + 1;
    }
    mw_str_addc(out, '\n');
}
