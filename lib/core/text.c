/* Views, strings and UTF-8; utf8proc stays behind this door. */
#include "lib/core/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "lib/core/eight.h"

/* --- views ------------------------------------------------------------------------------------------------------ */

struct mw_sv mw_sv_sub(struct mw_sv s, size_t from, size_t n)
{
    if (s.p == NULL)
        return s;
    if (from > s.n)
        from = s.n;
    if (n > s.n - from)
        n = s.n - from;
    return (struct mw_sv){ s.p + from, n };
}

static unsigned char ascii_lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

bool mw_sv_ieq(struct mw_sv a, struct mw_sv b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (ascii_lower(a.p[i]) != ascii_lower(b.p[i]))
            return false;
    return true;
}

int mw_sv_cmp(struct mw_sv a, struct mw_sv b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n > 0 ? memcmp(a.p, b.p, n) : 0;
    return c != 0 ? c : (a.n > b.n) - (a.n < b.n);
}

bool mw_sv_starts(struct mw_sv s, struct mw_sv prefix)
{
    return s.n >= prefix.n && mw_sv_eq(mw_sv_sub(s, 0, prefix.n), prefix);
}

bool mw_sv_ends(struct mw_sv s, struct mw_sv suffix)
{
    return s.n >= suffix.n && mw_sv_eq(mw_sv_sub(s, s.n - suffix.n, suffix.n), suffix);
}

size_t mw_sv_find(struct mw_sv s, struct mw_sv needle, size_t from)
{
    if (from > s.n || needle.n > s.n - from)
        return SIZE_MAX;
    if (needle.n == 0)
        return from;
    const char *hit = memmem(s.p + from, s.n - from, needle.p, needle.n);
    return hit != NULL ? (size_t)(hit - s.p) : SIZE_MAX;
}

bool mw_sv_cut(struct mw_sv s, char sep, struct mw_sv *head, struct mw_sv *tail)
{
    const char *at = s.n > 0 ? memchr(s.p, sep, s.n) : NULL;
    if (at == NULL) {
        *head = s;
        *tail = mw_sv_sub(s, s.n, 0);
        return false;
    }
    size_t i = (size_t)(at - s.p);
    *head = mw_sv_n(s.p, i);
    *tail = mw_sv_n(at + 1, s.n - i - 1);
    return true;
}

static bool ascii_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct mw_sv mw_sv_trim(struct mw_sv s)
{
    while (s.n > 0 && ascii_space(s.p[0])) {
        s.p++;
        s.n--;
    }
    while (s.n > 0 && ascii_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

bool mw_sv_int(struct mw_sv s, int64_t *out)
{
    bool negative = s.n > 0 && s.p[0] == '-';
    size_t i = s.n > 0 && (s.p[0] == '-' || s.p[0] == '+') ? 1 : 0;
    int64_t v = 0;

    if (i == s.n)
        return false;
    for (; i < s.n; i++) {
        int digit = s.p[i] - '0';
        if (digit < 0 || digit > 9 || __builtin_mul_overflow(v, 10, &v) ||
            __builtin_add_overflow(v, negative ? -digit : digit, &v)) /* downwards, so that INT64_MIN fits */
            return false;
    }
    *out = v;
    return true;
}

uint64_t mw_sv_hash(struct mw_sv s) /* FNV-1a, 64 bit */
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * UINT64_C(1099511628211);
    return h;
}

/* FNV-1a's way with eight bytes in place of one; what the multiplication has put into the upper half is brought down. */
uint64_t mw_sv_hash_long(struct mw_sv s)
{
    uint64_t h = UINT64_C(14695981039346656037) ^ s.n, word;
    for (size_t i = 0; i < s.n; i += sizeof word) {
        word = 0;
        memcpy(&word, s.p + i, s.n - i < sizeof word ? s.n - i : sizeof word);
        h = (h ^ word) * UINT64_C(0x9E3779B97F4A7C15);
        h ^= h >> 32;
    }
    return h;
}

/* Optimal string alignment distance over three rolling rows; bytes, not characters. */
unsigned mw_sv_distance(struct mw_sv a, struct mw_sv b, unsigned limit)
{
    enum { LONGEST = 255 };
    unsigned rows[3][LONGEST + 1];
    unsigned *two_ago = rows[0], *last = rows[1], *now = rows[2];

    if ((a.n > b.n ? a.n - b.n : b.n - a.n) > limit || a.n > LONGEST || b.n > LONGEST)
        return limit + 1;
    for (size_t j = 0; j <= b.n; j++)
        last[j] = (unsigned)j;
    for (size_t i = 1; i <= a.n; i++) {
        unsigned best = now[0] = (unsigned)i;
        for (size_t j = 1; j <= b.n; j++) {
            unsigned d = last[j - 1] + (a.p[i - 1] != b.p[j - 1]);
            if (last[j] + 1 < d)
                d = last[j] + 1;
            if (now[j - 1] + 1 < d)
                d = now[j - 1] + 1;
            if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1] && two_ago[j - 2] + 1 < d)
                d = two_ago[j - 2] + 1;
            now[j] = d;
            if (d < best)
                best = d;
        }
        if (best > limit)
            return limit + 1;
        unsigned *spare = two_ago;
        two_ago = last;
        last = now;
        now = spare;
    }
    return last[b.n] > limit ? limit + 1 : last[b.n];
}

/* --- strings ---------------------------------------------------------------------------------------------------- */

/* Room for n more bytes and the NUL; marks the string failed when there is none. */
static bool reserve(struct mw_str *s, size_t n)
{
    size_t max = s->max != 0 ? s->max : MW_STR_MAX;
    if (s->failed)
        return false;
    if (n > max - s->n) {
        s->failed = true;
        return false;
    }
    size_t need = s->n + n + 1;
    if (need <= s->cap)
        return true;
    size_t cap = s->cap < 64 ? 64 : s->cap;
    while (cap < need)
        cap += cap / 2;
    char *p = realloc(s->p, cap);
    if (p == NULL) {
        s->failed = true;
        return false;
    }
    s->p = p;
    s->cap = cap;
    return true;
}

void mw_str_add(struct mw_str *s, struct mw_sv v)
{
    if (v.n == 0 || !reserve(s, v.n))
        return;
    memcpy(s->p + s->n, v.p, v.n);
    s->n += v.n;
    s->p[s->n] = '\0';
}

void mw_str_addz(struct mw_str *s, const char *z)
{
    mw_str_add(s, mw_sv(z));
}

void mw_str_addf(struct mw_str *s, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (n < 0) {
        s->failed = true;
        return;
    }
    if (!reserve(s, (size_t)n))
        return;
    va_start(args, fmt);
    vsnprintf(s->p + s->n, (size_t)n + 1, fmt, args);
    va_end(args);
    s->n += (size_t)n;
}

bool mw_str_ok(const struct mw_str *s)
{
    return !s->failed;
}

struct mw_sv mw_str_sv(const struct mw_str *s)
{
    return mw_sv_n(s->p != NULL ? s->p : "", s->n);
}

const char *mw_str_z(const struct mw_str *s)
{
    return s->p != NULL ? s->p : "";
}

void mw_str_clear(struct mw_str *s)
{
    s->n = 0;
    s->failed = false;
    if (s->p != NULL)
        s->p[0] = '\0';
}

char *mw_str_take(struct mw_str *s)
{
    if (!reserve(s, 0)) {
        mw_str_free(s);
        return NULL;
    }
    char *p = s->p;
    p[s->n] = '\0';
    *s = (struct mw_str){ .max = s->max };
    return p;
}

void mw_str_free(struct mw_str *s)
{
    free(s->p);
    *s = (struct mw_str){ .max = s->max };
}

/* --- UTF-8 ------------------------------------------------------------------------------------------------------ */

size_t mw_ascii_run(struct mw_sv s, size_t at)
{
    size_t i = at;

    while (s.n - i >= 8 && mw_eight_high(mw_eight(s.p + i)) == 0)
        i += 8;
    while (i < s.n && (unsigned char)s.p[i] < 0x80)
        i++;
    return i - at;
}

size_t mw_utf8_invalid_at(struct mw_sv s)
{
    const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)s.p;
    size_t i = 0;

    while (i < s.n) {
        if (p[i] < 0x80) {
            i += mw_ascii_run(s, i);
            continue;
        }
        if (p[i] >= 0xC2 && p[i] <= 0xDF && s.n - i > 1 && (p[i + 1] & 0xC0) == 0x80) { /* umlauts, and all else of two bytes */
            i += 2;
            continue;
        }
        utf8proc_int32_t cp;
        utf8proc_ssize_t n = utf8proc_iterate(p + i, (utf8proc_ssize_t)(s.n - i), &cp);
        if (n <= 0)
            return i;
        i += (size_t)n;
    }
    return SIZE_MAX;
}

uint32_t mw_utf8_next(struct mw_sv s, size_t *at)
{
    utf8proc_int32_t cp;

    if (*at >= s.n)
        return 0;
    unsigned char c = (unsigned char)s.p[*at];
    if (c < 0x80) {
        ++*at;
        return c;
    }
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s.p + *at, (utf8proc_ssize_t)(s.n - *at), &cp);
    if (n <= 0) { /* not valid after all: one byte as the replacement character, so that a caller's loop ends */
        ++*at;
        return 0xFFFD;
    }
    *at += (size_t)n;
    return (uint32_t)cp;
}

void mw_utf8_add(struct mw_str *s, uint32_t cp)
{
    utf8proc_uint8_t buf[4];
    bool scalar = cp < 0xD800 || (cp > 0xDFFF && cp <= 0x10FFFF);
    utf8proc_ssize_t n = utf8proc_encode_char(scalar ? (utf8proc_int32_t)cp : 0xFFFD, buf);
    mw_str_add(s, mw_sv_n((const char *)buf, (size_t)n));
}

size_t mw_utf8_width(struct mw_sv s)
{
    size_t at = 0, width = 0;
    while (at < s.n) {
        int w = utf8proc_charwidth((utf8proc_int32_t)mw_utf8_next(s, &at));
        width += w > 0 ? (size_t)w : 0;
    }
    return width;
}

bool mw_cp_control(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == 0x061C || cp == 0x200E || cp == 0x200F ||
           (cp >= 0x2028 && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069) || cp == 0xFEFF;
}

void mw_utf8_nfc(struct mw_str *out, struct mw_sv s)
{
    utf8proc_uint8_t *nfc = NULL;
    if (s.n == 0)
        return;
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n, &nfc,
                                      UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (n < 0)
        out->failed = true;
    else
        mw_str_add(out, mw_sv_n((const char *)nfc, (size_t)n));
    free(nfc);
}
