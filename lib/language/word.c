/* The tokeniser. */
#include "lib/language/word.h"

#include <string.h>

#include "lib/language/chars.h"

enum kind { OTHER, LETTER, DIGIT, HYPHEN, INVISIBLE };

static enum kind kind_at(struct mw_sv t, size_t at, size_t *len)
{
    *len = 1;
    if (at >= t.n)
        return OTHER;
    unsigned char byte = (unsigned char)t.p[at];
    if (byte < 0x80) /* most are */
        return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z' ? LETTER : byte >= '0' && byte <= '9' ? DIGIT : byte == '-' ? HYPHEN : OTHER;
    uint32_t c = mw_char_at(t, at, len);
    if (c >= 0x2080 && c <= 0x2089) /* CO₂ */
        return DIGIT;
    if (c == 0x2010 || c == 0x2011)
        return HYPHEN;
    if (mw_char_is_invisible(c))
        return INVISIBLE;
    return c != MW_BAD_BYTE && mw_char_is_letter(c) ? LETTER : OTHER;
}

/* The length of "in" or "innen" at `at` if a word ends there, else 0. */
static size_t female_ending(struct mw_sv t, size_t at)
{
    static const char *const ENDINGS[] = { "innen", "in" };
    size_t len;
    for (size_t i = 0; i < 2; i++) {
        size_t n = strlen(ENDINGS[i]);
        if (mw_sv_eqz(mw_sv_sub(t, at, n), ENDINGS[i]) && kind_at(t, at + n, &len) != LETTER)
            return n;
    }
    return 0;
}

/* "Bürger:innen", "Antragsteller/-in", "Träger*innen", "Empfänger(innen)": bytes from the mark to the end, or 0. */
static size_t gender_at(struct mw_sv t, size_t at)
{
    if (at >= t.n || !mw_byte_in("*:_/(", t.p[at]))
        return 0;
    size_t mark = t.p[at] == '/' && at + 1 < t.n && t.p[at + 1] == '-' ? 2 : 1;
    size_t n = female_ending(t, at + mark);
    if (n == 0 || t.p[at] != '(')
        return n > 0 ? mark + n : 0;
    return at + mark + n < t.n && t.p[at + mark + n] == ')' ? mark + n + 1 : 0;
}

/* "(n)" in "Maßnahme(n)", "(konflikt)" in "Schwangerschafts(konflikt)beratung": its bytes, or 0. */
static size_t bracket_at(struct mw_sv t, size_t at)
{
    size_t n = 1;
    if (at >= t.n || t.p[at] != '(')
        return 0;
    for (size_t len; n <= 14 && kind_at(t, at + n, &len) == LETTER; n += len)
        ;
    if (n < 2 || n > 14 || at + n >= t.n || t.p[at + n] != ')')
        return 0;
    size_t len;
    return n <= 4 || kind_at(t, at + n + 1, &len) == LETTER ? n + 1 : 0;
}

/* Bytes that join a word to what follows at `at`, or 0. first: where the word begins; last: kind of its last character. */
static size_t joiner_at(struct mw_sv t, size_t first, size_t at, enum kind last, struct mw_word *w)
{
    size_t len, next_len;
    enum kind here = kind_at(t, at, &len);

    if (here == INVISIBLE)
        return len;
    enum kind next = kind_at(t, at + len, &next_len);
    if (here == HYPHEN) {
        if ((next != LETTER && next != DIGIT) || (last == DIGIT && next == DIGIT))
            return 0;
        w->hyphened = true;
        return len;
    }
    if (here != OTHER || at >= t.n)
        return 0;
    char c = t.p[at];
    if ((c == '.' || c == ',') && last == DIGIT && next == DIGIT)
        return 1;
    if (c == '.' && last == LETTER && next == LETTER) { /* z.B., i.d.R. */
        bool single_before = at - first == 1 || (at >= first + 2 && t.p[at - 2] == '.');
        enum kind after = kind_at(t, at + 1 + next_len, &len);
        return single_before && after != LETTER && after != DIGIT ? 1 : 0;
    }
    if (c == '&' && last == LETTER && next == LETTER && at - first <= 3)
        return 1;
    if (c == '(' && last == LETTER && gender_at(t, at) == 0)
        return bracket_at(t, at);
    return 0;
}

/* What most of a text consists of. */
static bool is_plain_letter(char c) { return (unsigned char)((c | 0x20) - 'a') < 26; }
static bool is_blank(char c) { return (unsigned char)c <= ' '; }

/* What stands behind the last letter or digit of a word, at p, and may belong to it still. */
static void word_ends(struct mw_sv t, size_t p, enum kind last, struct mw_word *w)
{
    size_t len, next_len;

    if (last == LETTER)
        p += gender_at(t, p);
    enum kind k = kind_at(t, p, &len);
    if (p < t.n && t.p[p] == '+' && p - w->begin <= 6 && mw_char_is_upper((unsigned char)t.p[p - 1])) {
        k = kind_at(t, p + 1, &next_len);
        p += k != LETTER && k != DIGIT;
    }
    w->trails = k == HYPHEN;
    w->end = p;
}

bool mw_word_next(struct mw_sv t, size_t *at, struct mw_word *w)
{
    size_t p = *at, len;
    enum kind k = OTHER, before = OTHER;

    *w = (struct mw_word){ 0 };
    for (; p < t.n && is_blank(t.p[p]); p++)
        ;
    for (; p < t.n; p += len) {
        k = kind_at(t, p, &len);
        if (k == LETTER || k == DIGIT || (len == 2 && memcmp(t.p + p, "\xC2\xA7", 2) == 0))
            break;
        before = k;
    }
    if (p >= t.n) {
        *at = t.n;
        return false;
    }
    w->begin = p;
    w->leads = before == HYPHEN;
    if (k == OTHER) { /* § */
        *at = w->end = p + len;
        return true;
    }
    enum kind last = k;
    for (;;) {
        for (; p < t.n && is_plain_letter(t.p[p]); p++)
            last = LETTER;
        if (p >= t.n || is_blank(t.p[p]))
            break;
        k = kind_at(t, p, &len);
        size_t step = len;
        if (k == LETTER || k == DIGIT) {
            w->digits |= k == DIGIT;
            last = k;
        } else if ((step = joiner_at(t, w->begin, p, last, w)) == 0) {
            break;
        }
        p += step;
    }
    w->end = p;
    if (p < t.n && !is_blank(t.p[p]))
        word_ends(t, p, last, w);
    *at = w->end;
    return true;
}

void mw_word_letters(struct mw_str *out, struct mw_sv w)
{
    size_t len;

    for (size_t at = 0; at < w.n; at += len) {
        enum kind k = kind_at(w, at, &len);
        if (k == LETTER || k == DIGIT || k == INVISIBLE) {
            mw_str_add(out, mw_sv_sub(w, at, len));
            continue;
        }
        char c = w.p[at];
        size_t left = w.n - at - 1;
        if (gender_at(w, at) == w.n - at)
            return;
        if ((c == '.' || c == ',') && at > 0 && mw_char_is_digit((unsigned char)w.p[at - 1])) {
            size_t n = 0; /* digits behind it */
            while (n < left && mw_char_is_digit((unsigned char)w.p[at + 1 + n]))
                n++;
            if (c == ',' && n == 2 && left == 2 && w.p[at + 1] == '0' && w.p[at + 2] == '0')
                return; /* 5.000,00 is 5000 */
            if (n != 3)
                mw_str_addc(out, c);
        } else if (c != '(' && c != ')' && c != '.') {
            mw_str_add(out, mw_sv_sub(w, at, len));
        }
    }
}

bool mw_word_piece(struct mw_sv *rest, struct mw_sv *piece)
{
    size_t len, at = 0;

    if (rest->n == 0)
        return false;
    while (at < rest->n && kind_at(*rest, at, &len) != HYPHEN)
        at += len;
    if (at < rest->n && at > 0 && rest->p[at - 1] == '/') /* "/-in" is no hyphen between pieces */
        at = rest->n;
    *piece = mw_sv_sub(*rest, 0, at);
    *rest = at < rest->n ? mw_sv_sub(*rest, at + len, rest->n) : MW_SV_NONE;
    return true;
}
