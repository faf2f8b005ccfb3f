/* Implements clean.h: a tokeniser of the shape of the HTML standard (section 13.2.5), without its tree. */
#include "lib/parse/clean.h"

#include <string.h>

#include "lib/core/eight.h"
#include "lib/parse/charset.h"
#include "lib/parse/entities.h"

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
static bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

static bool in_words(struct mw_sv name, const char *const *words)
{
    for (; *words != NULL; words++)
        if (mw_sv_ieq(name, mw_sv(*words)))
            return true;
    return false;
}

/* --- character references ----------------------------------------------------------------------------------------- */
static const char *entity(struct mw_sv name)
{
    size_t lo = 0, hi = MW_ENTITIES_N;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int c = mw_sv_cmp(name, mw_sv(MW_ENTITIES[mid].name));
        if (c == 0)
            return MW_ENTITIES[mid].text;
        if (c < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    return NULL;
}

/* The longest bare name that s begins with ("&copy2" is "©2"); its length, 0: none. */
static size_t bare_entity(struct mw_sv s)
{
    size_t best = 0;
    for (size_t i = 0; i < MW_ENTITIES_BARE_N && s.n > 0; i++) {
        size_t n = MW_ENTITIES_BARE[i][0] == s.p[0] ? strlen(MW_ENTITIES_BARE[i]) : 0;
        if (n > best && n <= s.n && memcmp(s.p, MW_ENTITIES_BARE[i], n) == 0)
            best = n;
    }
    return best;
}

/* A number as section 13.2.5.80 maps it; 0: it stands for nothing. */
static uint32_t charref(uint32_t v)
{
    if (v >= 0x80 && v <= 0x9f)
        return mw_windows_1252((unsigned char)v);
    if (v == 0 || v > 0x10ffff || (v >= 0xd800 && v <= 0xdfff))
        return 0xfffd;
    if (v == '\f' || v == '\r')
        return v == '\f' ? ' ' : '\n';
    if (v == 0x7f || (v < 0x20 && v != '\t' && v != '\n'))
        return 0;
    if ((v & 0xfffe) == 0xfffe || (v >= 0xfdd0 && v <= 0xfdef))
        return 0;
    return v;
}

/* Reads the reference at s.p[0] == '&' and appends what it stands for; returns how many bytes it took, 0: it is no
 * reference. In attributes only those with a semicolon count. */
static size_t reference(struct mw_str *out, struct mw_sv s, bool attribute)
{
    size_t i = 1;
    if (i < s.n && s.p[i] == '#') {
        size_t digits;
        uint32_t v = 0;
        bool hex = ++i < s.n && (s.p[i] == 'x' || s.p[i] == 'X');
        i += hex;
        for (digits = 0; i < s.n; i++, digits++) {
            char c = lower(s.p[i]);
            uint32_t d = is_digit(c) ? (uint32_t)(c - '0') : hex && c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10) : 99;
            if (d == 99)
                break;
            if (v <= 0x10ffff)
                v = v * (hex ? 16 : 10) + d;
        }
        if (digits == 0)
            return 0;
        uint32_t cp = charref(v);
        if (cp != 0)
            mw_utf8_add(out, cp);
        return i + (i < s.n && s.p[i] == ';');
    }
    while (i < s.n && i < 40 && (is_alpha(s.p[i]) || is_digit(s.p[i])))
        i++;
    struct mw_sv name = mw_sv_n(s.p + 1, i - 1);
    const char *text = i < s.n && s.p[i] == ';' ? entity(name) : NULL;
    if (text != NULL) {
        mw_str_addz(out, text);
        return i + 1;
    }
    size_t n = attribute ? 0 : bare_entity(name);
    if (n == 0)
        return 0;
    mw_str_addz(out, entity(mw_sv_n(name.p, n)));
    return n + 1;
}

/* One byte that means something to the parser, so that it reads it back. */
static void add_escaped(struct mw_str *out, char c)
{
    mw_str_addz(out, c == '&' ? "&amp;" : c == '<' ? "&lt;" : "&quot;");
}

/* Nothing of eight bytes is written otherwise. */
static bool are_plain(uint64_t eight)
{
    return (mw_eight_below(eight, 0x20) | mw_eight_has(eight, '&') | mw_eight_has(eight, '<') | mw_eight_has(eight, '"') | mw_eight_has(eight, 0x7f)) == 0;
}

/* Appends s with its references resolved and control characters dropped; escape: what means something is escaped. */
static void add_resolved(struct mw_str *out, struct mw_sv s, bool escape, bool attribute)
{
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        while (s.n - i > 8 && are_plain(mw_eight(s.p + i)))
            i += 8;
        char c = s.p[i];
        bool control = ((unsigned char)c < 0x20 && !is_space(c)) || c == 0x7f; /* form feeds become spaces: XML has none */
        bool special = c == '<' || c == '"';
        if (c != '&' && !control && !(escape && special) && c != '\f')
            continue;
        mw_str_add(out, mw_sv_n(s.p + from, i - from));
        size_t before = out->n, took = c == '&' ? reference(out, mw_sv_n(s.p + i, s.n - i), attribute) : 0;
        if (c == '\f') {
            mw_str_addc(out, ' ');
        } else if (took == 0 && !control && escape) {
            add_escaped(out, c);
        } else if (took == 0 && !control) {
            mw_str_addc(out, c);
        } else if (escape && out->n == before + 1 && strchr("&<\"", out->p[before]) != NULL) {
            c = out->p[before];
            out->n = before;
            add_escaped(out, c);
        }
        i += took > 0 ? took - 1 : 0;
        from = i + 1;
    }
    mw_str_add(out, mw_sv_n(s.p + from, s.n - from));
}

void mw_html_resolve(struct mw_str *out, struct mw_sv s) { add_resolved(out, s, false, false); }

/* --- regions that are left out -------------------------------------------------------------------------------------- */
static const char *const RAW[] = { "script", "style", "iframe", "textarea", "noframes", "noembed", "xmp", NULL };
static const char *const LEFT_OUT[] = { "template", "svg", "nav", "noscript", "dialog", "select", "object", "canvas", "audio",
    "video", NULL };
static const char *const VOID[] = { "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
    "track", "wbr", NULL };
static const char *const KEPT[] = { "href", "name", "property", "content", "rel", "lang", "class", "id", "role", "aria-level", NULL };

/* An open region: where it begins in the output, and how many elements of its name are open in it. */
struct region {
    struct mw_sv name;
    size_t begin, depth;
};
#define REGIONS_MAX 32 /* open at once; deeper ones stay in */

struct cleaner {
    struct mw_sv html;
    struct mw_str *out;
    enum mw_clean how;
    struct region open[REGIONS_MAX];
    size_t n_open;
};

static void region_start(struct cleaner *c, struct mw_sv name, size_t begin, bool left_out)
{
    for (size_t i = c->n_open; i-- > 0;) {
        if (mw_sv_ieq(c->open[i].name, name)) {
            c->open[i].depth++;
            return;
        }
    }
    if (left_out && c->n_open < REGIONS_MAX)
        c->open[c->n_open++] = (struct region){ name, begin, 1 };
}

/* The end of the region's outermost element takes everything since its begin out again. */
static void region_end(struct cleaner *c, struct mw_sv name)
{
    for (size_t i = c->n_open; i-- > 0;) {
        if (!mw_sv_ieq(c->open[i].name, name))
            continue;
        if (--c->open[i].depth == 0) {
            c->out->n = c->open[i].begin;
            mw_str_addc(c->out, ' ');
            c->n_open = i;
        }
        return;
    }
}

/* "cookie" or "consent" as part of an id or class: the banner that covers the page. */
static bool says_cookie(struct mw_sv v)
{
    const struct mw_sv MARKS[] = { MW_SV("cookie"), MW_SV("consent") };
    for (size_t m = 0; m < sizeof MARKS / sizeof *MARKS; m++)
        for (size_t i = 0; i + MARKS[m].n <= v.n; i++)
            if (mw_sv_ieq(mw_sv_n(v.p + i, MARKS[m].n), MARKS[m]))
                return true;
    return false;
}

/* --- tokens ----------------------------------------------------------------------------------------------------------- */
/* Position behind "</name" and its ">" at or after i, or the end of the text: browsers do the same with raw text. */
static size_t raw_end(struct mw_sv s, size_t i, struct mw_sv name, size_t *text_end)
{
    while ((i = mw_sv_find(s, MW_SV("</"), i)) != SIZE_MAX) {
        size_t after = i + 2 + name.n;
        if (after <= s.n && mw_sv_ieq(mw_sv_n(s.p + i + 2, name.n), name) &&
            (after == s.n || is_space(s.p[after]) || s.p[after] == '>' || s.p[after] == '/')) {
            size_t close = mw_sv_find(s, MW_SV(">"), after);
            *text_end = i;
            return close == SIZE_MAX ? s.n : close + 1;
        }
        i += 2;
    }
    *text_end = s.n;
    return s.n;
}

/* A comment, declaration or processing instruction at i ("<!" or "<?"); returns the position behind it. */
static size_t markup_end(struct mw_sv s, size_t i)
{
    if (mw_sv_starts(mw_sv_sub(s, i, 4), MW_SV("<!--"))) {
        if (mw_sv_starts(mw_sv_sub(s, i + 4, 1), MW_SV(">")) || mw_sv_starts(mw_sv_sub(s, i + 4, 2), MW_SV("->")))
            return mw_sv_find(s, MW_SV(">"), i) + 1;
        size_t end = mw_sv_find(s, MW_SV("--"), i + 4);
        for (; end != SIZE_MAX; end = mw_sv_find(s, MW_SV("--"), end + 1)) {
            if (mw_sv_starts(mw_sv_sub(s, end + 2, 1), MW_SV(">")))
                return end + 3;
            if (mw_sv_starts(mw_sv_sub(s, end + 2, 2), MW_SV("!>")))
                return end + 4;
        }
        return s.n;
    }
    size_t end = mw_sv_find(s, MW_SV(">"), i);
    return end == SIZE_MAX ? s.n : end + 1;
}

/* One attribute at *i: false at the end of the tag ("i" behind its ">") or of the text. */
static bool attribute(struct mw_sv s, size_t *i, struct mw_sv *name, struct mw_sv *value)
{
    while (*i < s.n && (is_space(s.p[*i]) || s.p[*i] == '/'))
        ++*i;
    if (*i >= s.n || s.p[*i] == '>') {
        *i += *i < s.n;
        return false;
    }
    size_t from = (*i)++; /* a leading = belongs to the name */
    while (*i < s.n && !is_space(s.p[*i]) && s.p[*i] != '/' && s.p[*i] != '>' && s.p[*i] != '=')
        ++*i;
    *name = mw_sv_n(s.p + from, *i - from);
    *value = mw_sv_n(s.p + *i, 0);
    size_t k = *i;
    while (k < s.n && is_space(s.p[k]))
        k++;
    if (k >= s.n || s.p[k] != '=')
        return true;
    for (k++; k < s.n && is_space(s.p[k]);)
        k++;
    if (k < s.n && (s.p[k] == '"' || s.p[k] == '\'')) {
        const char *end = memchr(s.p + k + 1, s.p[k], s.n - k - 1);
        size_t stop = end != NULL ? (size_t)(end - s.p) : s.n;
        *value = mw_sv_n(s.p + k + 1, stop - k - 1);
        *i = end != NULL ? stop + 1 : s.n;
        return true;
    }
    for (from = k; k < s.n && !is_space(s.p[k]) && s.p[k] != '>';)
        k++;
    *value = mw_sv_n(s.p + from, k - from);
    *i = k;
    return true;
}

/* Letters, digits and - as real attributes have them; what looks otherwise comes of broken quotes. */
static bool good_name(struct mw_sv name)
{
    for (size_t i = 0; i < name.n; i++)
        if (!is_alpha(name.p[i]) && !(i > 0 && (is_digit(name.p[i]) || strchr("-_:.", name.p[i]) != NULL)))
            return false;
    return name.n > 0;
}

static void add_name(struct mw_str *out, struct mw_sv name)
{
    for (size_t i = 0; i < name.n; i++)
        mw_str_addc(out, lower(name.p[i]));
}

/* The start tag at i; returns the position behind it and, for raw text, behind its end tag. SIZE_MAX: too many attributes. */
static size_t start_tag(struct cleaner *c, size_t i)
{
    struct mw_sv s = c->html, aname, avalue;
    size_t begin = c->out->n, from = i + 1, attrs = 0, text_end;
    bool banner = false;
    for (i = from; i < s.n && !is_space(s.p[i]) && s.p[i] != '/' && s.p[i] != '>';)
        i++;
    struct mw_sv name = mw_sv_n(s.p + from, i - from);
    mw_str_addc(c->out, '<');
    add_name(c->out, name);
    while (attribute(s, &i, &aname, &avalue)) {
        if (++attrs > MW_ATTRS_MAX)
            return SIZE_MAX;
        if (mw_sv_ieq(aname, MW_SV("id")) || mw_sv_ieq(aname, MW_SV("class")))
            banner = banner || says_cookie(avalue);
        if (!(c->how != MW_CLEAN_TEXT ? good_name(aname) : in_words(aname, KEPT)))
            continue;
        mw_str_addc(c->out, ' ');
        add_name(c->out, aname);
        mw_str_addz(c->out, "=\"");
        add_resolved(c->out, avalue, true, true);
        mw_str_addc(c->out, '"');
    }
    mw_str_addc(c->out, '>');
    if (i == s.n && s.p[i - 1] != '>') { /* cut off inside the tag: it never was one */
        c->out->n = begin;
        return s.n;
    }
    if (in_words(name, RAW)) {
        c->out->n = begin;
        return raw_end(s, i, name, &text_end);
    }
    if (mw_sv_ieq(name, MW_SV("title"))) { /* references count, tags do not */
        size_t after = raw_end(s, i, name, &text_end);
        add_resolved(c->out, mw_sv_sub(s, i, text_end - i), true, false);
        mw_str_addz(c->out, "</title>");
        return after;
    }
    bool root = mw_sv_ieq(name, MW_SV("body")) || mw_sv_ieq(name, MW_SV("html")); /* these may say "has-cookie-banner" */
    if (!in_words(name, VOID) && c->how != MW_CLEAN_WHOLE)
        region_start(c, name, begin, in_words(name, LEFT_OUT) || (banner && !root));
    return i;
}

static size_t end_tag(struct cleaner *c, size_t i)
{
    struct mw_sv s = c->html, aname, avalue;
    size_t from = i + 2;
    for (i = from; i < s.n && !is_space(s.p[i]) && s.p[i] != '/' && s.p[i] != '>';)
        i++;
    struct mw_sv name = mw_sv_n(s.p + from, i - from);
    for (size_t attrs = 0; attribute(s, &i, &aname, &avalue);)
        if (++attrs > MW_ATTRS_MAX)
            return SIZE_MAX;
    mw_str_addz(c->out, "</");
    add_name(c->out, name);
    mw_str_addc(c->out, '>');
    region_end(c, name);
    return i;
}

static char at(struct mw_sv s, size_t i)
{
    return (char)(i < s.n ? s.p[i] : 0);
}

enum mw_rc mw_html_clean(struct mw_str *out, struct mw_sv html, enum mw_clean how, struct mw_err *err)
{
    struct cleaner c = { .html = html, .out = out, .how = how };
    size_t i = 0, from = 0;
    while (i < html.n) {
        const char *lt = memchr(html.p + i, '<', html.n - i);
        i = lt != NULL ? (size_t)(lt - html.p) : html.n;
        char next = at(html, i + 1), third = at(html, i + 2);
        bool start = is_alpha(next), end = next == '/' && is_alpha(third);
        bool other = next == '!' || next == '?' || (next == '/' && third != '\0');
        if (i < html.n && !start && !end && !other) { /* "< 5 %": text */
            i++;
            continue;
        }
        add_resolved(out, mw_sv_sub(html, from, i - from), true, false);
        if (i < html.n)
            i = start ? start_tag(&c, i) : end ? end_tag(&c, i) : markup_end(html, i);
        if (i == SIZE_MAX)
            return mw_fail(err, MW_PARSE, "A tag of this page has more than %d attributes; the page is not read.", MW_ATTRS_MAX);
        from = i;
    }
    if (from < html.n)
        add_resolved(out, mw_sv_sub(html, from, html.n - from), true, false);
    return mw_str_ok(out) ? MW_OK : mw_nomem(err);
}
