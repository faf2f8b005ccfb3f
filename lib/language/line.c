/* One line: indent, mark, heading, rule, table row. The marks are those of the Förderdatenbank's Markdown, of typed
 * guidelines ("2.1.10", "(1)", "aa)") and of pages turned into text. */
#include "lib/language/line.h"

#include <string.h>

#include "lib/language/chars.h"

static bool is_bullet(uint32_t c)
{
    return c == '*' || c == '-' || c == '+' || c == 0x2022 || c == 0xB7 || c == 0x2013 || c == 0x2014 || c == 0x2010 || c == 0x2011 ||
           c == 0x2023 || c == 0x2043 || c == 0x2219 || c == 0x22C5 || (c >= 0x25A0 && c <= 0x25FF) || (c >= 0x2713 && c <= 0x2716) ||
           (c >= 0x2794 && c <= 0x27BE) || c == 0x2192 || (c >= 0xF000 && c <= 0xF0FF); /* Wingdings of word processors */
}

/* Offset of the first character at or after `at` that is not white space, at most end. */
static size_t skip_space(struct mw_sv t, size_t at, size_t end)
{
    size_t len;
    while (at < end) {
        uint32_t c = mw_char_at(t, at, &len);
        if (!mw_char_is_space(c) && !mw_char_is_invisible(c))
            break;
        at += len;
    }
    return at;
}

static size_t trim_end(struct mw_sv t, size_t begin, size_t end)
{
    while (end > begin) {
        size_t at = end - 1, len;
        while (at > begin && end - at < 4 && ((unsigned char)t.p[at] & 0xC0) == 0x80)
            at--;
        uint32_t c = mw_char_at(t, at, &len);
        if (at + len != end || (!mw_char_is_space(c) && !mw_char_is_invisible(c)))
            break;
        end = at;
    }
    return end;
}

/* The value of a roman numeral up to xxxix in lower case; 0: none. */
static unsigned roman(const char *p, size_t n)
{
    static const char *const ONES[] = { "", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix" };
    unsigned tens = 0;

    while (n > 0 && tens < 3 && p[0] == 'x') {
        tens++;
        p++;
        n--;
    }
    for (unsigned i = 0; i < 10; i++)
        if (strlen(ONES[i]) == n && memcmp(ONES[i], p, n) == 0)
            return tens * 10 + i;
    return 0;
}

static unsigned small_number(const char *p, size_t n) /* one or two digits */
{
    return n == 2 ? (unsigned)(p[0] - '0') * 10 + (unsigned)(p[1] - '0') : (unsigned)(p[0] - '0');
}

static size_t digits(struct mw_sv t, size_t at, size_t end)
{
    size_t n = 0;
    while (at + n < end && mw_char_is_digit((unsigned char)t.p[at + n]))
        n++;
    return n;
}

/* A number mark at `at`: "1.", "1)", "1\.", "2.1", "2.1.10.". Returns the offset behind it or 0. Times ("31. März",
 * "2. Halbjahr", "1.10. des Jahres", "01.04.2025"), amounts ("5.000 Euro") and bare numbers ("2 Jahre") are no marks. */
static size_t number_mark(struct mw_sv t, size_t at, size_t end, struct mw_line *l)
{
    unsigned parts = 0;
    bool open_end = false; /* the last character was a stop */
    size_t p = at, len;

    for (;;) {
        size_t n = digits(t, p, end);
        if (n == 0)
            break;
        if (n > 2 || (n == 2 && t.p[p] == '0'))
            return 0;
        l->ordinal = small_number(t.p + p, n);
        p += n;
        parts++;
        open_end = false;
        if (p < end && t.p[p] == '\\')
            p++;
        if (p >= end || t.p[p] != '.')
            break;
        p++;
        open_end = true;
    }
    if (parts == 0 || p >= end)
        return 0;
    if (parts == 1 && !open_end && t.p[p] == ')') {
        p++;
        open_end = true;
    }
    if ((parts == 1 && !open_end) || p >= end)
        return 0;
    if (!mw_char_is_space(mw_char_at(t, p, &len)))
        return 0;
    size_t text = skip_space(t, p, end);
    if (text >= end)
        return 0;
    uint32_t c = mw_char_at(t, text, &len);
    static const char *const TIMES[] = { "Quartal", "Halbjahr", "Jahresh", "KW ", "Kalenderwoche", "Jan", "Feb", "M\xC3\xA4r", "Maerz", "Apr", "Mai", "Juni", "Juli", "Aug", "Sep", "Okt", "Nov", "Dez" };
    for (size_t i = 0; i < sizeof TIMES / sizeof *TIMES; i++)
        if (mw_sv_starts(mw_sv_sub(t, text, end - text), mw_sv(TIMES[i])))
            return 0;
    if (mw_char_is_lower(c) && open_end && parts <= 2 && t.p[p - 1] == '.')
        return 0; /* "1.10. des laufenden Jahres", "3. bis 5. Klasse" */
    if (mw_char_is_digit(c) || c == '%' || (parts == 2 && !open_end && (c == 0x20AC || mw_sv_starts(mw_sv_sub(t, text, 4), MW_SV("Mio")))))
        return 0;
    l->mark = parts == 1 ? MW_MARK_NUMBER : MW_MARK_SECTION;
    l->depth = parts;
    return p;
}

/* "a)", "(a)", "aa)", "ii)", "a.", "(1)"; returns the offset behind it or 0. */
static size_t letter_mark(struct mw_sv t, size_t at, size_t end, struct mw_line *l)
{
    bool bracket = t.p[at] == '(';
    size_t p = at + bracket, n = 0, len;

    if (bracket && (n = digits(t, p, end)) > 0 && n <= 2 && p + n < end && t.p[p + n] == ')') {
        l->mark = MW_MARK_BRACKETED;
        l->ordinal = small_number(t.p + p, n);
        return p + n + 1;
    }
    n = 0;
    while (p + n < end && n < 5 && t.p[p + n] >= 'a' && t.p[p + n] <= 'z')
        n++;
    if (n == 0 || p + n >= end || (t.p[p + n] != ')' && (bracket || n > 1 || t.p[p + n] != '.')))
        return 0;
    size_t behind = p + n + 1;
    if (behind >= end || !mw_char_is_space(mw_char_at(t, behind, &len)))
        return 0;
    if (t.p[p + n] == '.') { /* "z. B. ..." begins a line now and then, "a. Gemeinden" an item */
        size_t text = skip_space(t, behind, end), next = text + 1;
        if (next < end && t.p[next] == '.')
            return 0;
    }
    unsigned value = roman(t.p + p, n);
    if (n == 1) {
        l->mark = MW_MARK_LETTER; /* "i)" after anything but "h)" is roman: segment.c sees that */
        l->ordinal = (unsigned)(t.p[p] - 'a') + 1;
    } else if (value > 0) {
        l->mark = MW_MARK_ROMAN;
        l->ordinal = value;
    } else if (n == 2 && t.p[p] == t.p[p + 1]) {
        l->mark = MW_MARK_DOUBLE;
        l->ordinal = (unsigned)(t.p[p] - 'a') + 1;
    } else {
        return 0;
    }
    return behind;
}

static size_t find_mark(struct mw_sv t, size_t at, size_t end, struct mw_line *l)
{
    size_t len, p = at;
    uint32_t c = mw_char_at(t, p, &len);

    if (c == '\\' && p + 1 < end) { /* Markdown's escape: "\-" */
        p++;
        c = mw_char_at(t, p, &len);
        if (c != '-' && c != '*' && c != '+')
            return 0;
    }
    if (is_bullet(c)) {
        p += len;
        if (p >= end || !mw_char_is_space(mw_char_at(t, p, &len)))
            if (c < 0x80 || (c >= 0x2010 && c <= 0x2014)) /* "-speicherung", "**fett**"; real bullets need no space */
                return 0;
        l->mark = MW_MARK_BULLET;
        l->sign = c;
        return p;
    }
    if (mw_char_is_digit(c))
        return number_mark(t, p, end, l);
    if (c == '(' || (c >= 'a' && c <= 'z'))
        return letter_mark(t, p, end, l);
    return 0;
}

/* ----, ====, ****, ____, also with spaces between, and the rules of tables |---|---| */
static bool is_rule(struct mw_sv t, size_t begin, size_t end)
{
    size_t n = 0;
    for (size_t i = begin; i < end; i++) {
        if (mw_byte_in("-=*_", t.p[i]))
            n++;
        else if (!mw_byte_in(" \t|:+", t.p[i]))
            return false;
    }
    return n >= 3;
}

struct mw_line mw_line_read(struct mw_sv text, size_t at)
{
    struct mw_line l = { 0 };
    const char *nl = memchr(text.p + at, '\n', text.n - at);
    size_t stop = nl != NULL ? (size_t)(nl - text.p) : text.n;

    l.next = nl != NULL ? stop + 1 : text.n;
    for (size_t i = at; i < stop && (text.p[i] == ' ' || text.p[i] == '\t'); i++)
        l.indent += text.p[i] == '\t' ? 4 : 1;
    l.begin = l.start = skip_space(text, at, stop);
    l.end = trim_end(text, l.begin, stop);
    l.width = l.end - l.begin;
    l.blank = l.begin >= l.end;
    if (l.blank)
        return l;
    if (is_rule(text, l.begin, l.end)) {
        l.rule = true;
        return l;
    }
    while (l.begin < l.end && text.p[l.begin] == '>') /* a quotation */
        l.begin = skip_space(text, l.begin + 1, l.end);
    size_t hashes = 0, len;
    while (l.begin + hashes < l.end && text.p[l.begin + hashes] == '#')
        hashes++;
    if (hashes > 0 && hashes <= 6 && l.begin + hashes < l.end && mw_char_is_space(mw_char_at(text, l.begin + hashes, &len))) {
        l.hash = true;
        l.begin = skip_space(text, l.begin + hashes, l.end);
        while (l.end > l.begin && text.p[l.end - 1] == '#')
            l.end = trim_end(text, l.begin, l.end - 1);
    }
    if (l.begin >= l.end) {
        l.blank = true;
        return l;
    }
    if (l.hash) {
        struct mw_line number = l; /* "## 7.1 Verfahren": the number is a mark, but the line no item */
        size_t behind = mw_char_is_digit((unsigned char)text.p[l.begin]) ? number_mark(text, l.begin, l.end, &number) : 0;
        if (behind > 0)
            l.begin = skip_space(text, behind, l.end);
    } else {
        bool cells = text.p[l.begin] == '|' || mw_sv_find(mw_sv_sub(text, 0, l.end), MW_SV(" | "), l.begin) != SIZE_MAX;
        size_t behind = cells ? 0 : find_mark(text, l.begin, l.end, &l);
        if (behind > 0)
            l.begin = skip_space(text, behind, l.end);
        struct mw_sv line = mw_sv_sub(text, 0, l.end);
        l.cells = cells || memchr(text.p + l.begin, '\t', l.end - l.begin) != NULL || mw_sv_find(line, MW_SV("   "), l.begin) != SIZE_MAX;
        l.row = cells || (behind == 0 && l.cells);
    }
    return l;
}
