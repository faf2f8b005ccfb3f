/* Characters as the language room sees them: decoding that survives any bytes, and a few classes. Private to the room. */
#ifndef MW_LANGUAGE_CHARS_H
#define MW_LANGUAGE_CHARS_H

#include <string.h>

#include "lib/core/text.h"

#define MW_BAD_BYTE 0xFFFDu /* what a byte reads as that is no UTF-8 */

/* The code point at s.p[at] and its length in *len (>= 1). at < s.n. A byte that begins no well-formed sequence is
 * MW_BAD_BYTE of length 1: whatever came, the reader gets on and never looks behind the end. */
static inline uint32_t mw_char_at(struct mw_sv s, size_t at, size_t *len)
{
    const unsigned char *p = (const unsigned char *)s.p + at;
    size_t left = s.n - at, need = 0;
    uint32_t c = p[0];

    *len = 1;
    if (c < 0x80)
        return c;
    if (c >= 0xC2 && c <= 0xDF) {
        need = 2;
        c &= 0x1F;
    } else if (c >= 0xE0 && c <= 0xEF) {
        need = 3;
        c &= 0x0F;
    } else if (c >= 0xF0 && c <= 0xF4) {
        need = 4;
        c &= 0x07;
    }
    if (need == 0 || need > left)
        return MW_BAD_BYTE;
    for (size_t i = 1; i < need; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return MW_BAD_BYTE;
        c = c << 6 | (p[i] & 0x3Fu);
    }
    if ((need == 3 && (c < 0x800 || (c >= 0xD800 && c <= 0xDFFF))) || (need == 4 && (c < 0x10000 || c > 0x10FFFF)))
        return MW_BAD_BYTE;
    *len = need;
    return c;
}

/* Soft hyphen, zero-width characters, byte order mark: there for the typesetter, not for the reader. */
static inline bool mw_char_is_invisible(uint32_t c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF;
}

static inline bool mw_char_is_space(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
           c == 0x202F || c == 0x205F || c == 0x3000;
}
static inline bool mw_byte_in(const char *set, char c) { return c != 0 && strchr(set, c) != NULL; }
static inline bool mw_char_is_digit(uint32_t c) { return c >= '0' && c <= '9'; }
bool mw_char_is_letter(uint32_t c); /* of any script; combining marks count as letters */
bool mw_char_is_upper(uint32_t c);
bool mw_char_is_lower(uint32_t c);

#endif
