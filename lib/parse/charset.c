/* Implements charset.h. UTF-8, UTF-16 and windows-1252 are decoded here, since those need exact rules for broken input;
 * the other single-byte charsets of Europe by iconv, whose converters for them are look-ups in a table. */
#include "lib/parse/charset.h"

#include <iconv.h>
#include <string.h>

#include "lib/parse/charset_labels.h"

uint32_t mw_windows_1252(unsigned char byte)
{
    static const uint16_t HIGH[32] = { 0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
        0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122,
        0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178 };
    return byte >= 0x80 && byte <= 0x9f ? HIGH[byte - 0x80] : byte;
}

/* --- <meta> ------------------------------------------------------------------------------------------------------------- */
#define META_WITHIN 65536 /* the standard asks for 1,024 bytes; real pages put comments and scripts before it */

/* The word behind "charset" and "=" in the tags of the first bytes that name one: <meta charset="x">,
 * <meta ... content="text/html; charset=x">, <?xml ... encoding="x"?>. */
static struct mw_sv meta_label(struct mw_sv s)
{
    const struct mw_sv KEYS[] = { MW_SV("charset"), MW_SV("encoding") };
    const struct mw_sv TAGS[] = { MW_SV("<meta"), MW_SV("<?xml") };
    s = mw_sv_sub(s, 0, META_WITHIN);
    for (size_t i = 0; (i = mw_sv_find(s, MW_SV("<"), i)) != SIZE_MAX; i++) {
        if (mw_sv_starts(mw_sv_sub(s, i, 4), MW_SV("<!--"))) {
            size_t end = mw_sv_find(s, MW_SV("-->"), i);
            if (end == SIZE_MAX)
                break;
            i = end + 2;
            continue;
        }
        for (size_t t = 0; t < 2; t++) {
            if (!mw_sv_ieq(mw_sv_sub(s, i, TAGS[t].n), TAGS[t]))
                continue;
            size_t end = mw_sv_find(s, MW_SV(">"), i), n = KEYS[t].n;
            for (size_t k = i; end != SIZE_MAX && k + n < end; k++) {
                if (!mw_sv_ieq(mw_sv_n(s.p + k, n), KEYS[t]))
                    continue;
                struct mw_sv v = mw_sv_trim(mw_sv_n(s.p + k + n, end - k - n));
                if (v.n == 0 || v.p[0] != '=')
                    continue;
                v = mw_sv_trim(mw_sv_n(v.p + 1, v.n - 1));
                while (v.n > 0 && (v.p[0] == '"' || v.p[0] == '\''))
                    v = mw_sv_n(v.p + 1, v.n - 1);
                for (n = 0; n < v.n && strchr("\"' \t\r\n;/?>", v.p[n]) == NULL;)
                    n++;
                return mw_sv_n(v.p, n);
            }
        }
    }
    return MW_SV_NONE;
}

/* --- decoders ----------------------------------------------------------------------------------------------------------- */
/* Length of the well-formed UTF-8 sequence at s.p[i] (RFC 3629), 0: none. */
static size_t utf8_length(struct mw_sv s, size_t i)
{
    unsigned char c = (unsigned char)s.p[i];
    size_t n = c < 0x80 ? 1 : c >= 0xc2 && c <= 0xdf ? 2 : c >= 0xe0 && c <= 0xef ? 3 : c >= 0xf0 && c <= 0xf4 ? 4 : 0;
    return n > 0 && n <= s.n - i && mw_utf8_invalid_at(mw_sv_n(s.p + i, n)) == SIZE_MAX ? n : 0;
}

/* How many characters of more than one byte, and how many bytes that are part of none. */
static void utf8_count(struct mw_sv s, size_t *good, size_t *bad)
{
    *good = *bad = 0;
    for (size_t i = mw_ascii_run(s, 0), n; i < s.n; i += mw_ascii_run(s, i)) {
        n = utf8_length(s, i);
        i += n > 0 ? n : 1;
        *good += n > 1;
        *bad += n == 0;
    }
}

/* UTF-8 with some bytes that are not: those are taken as windows-1252 (pieced-together pages, cut-off characters). */
static void decode_utf8(struct mw_str *out, struct mw_sv s)
{
    if (mw_utf8_invalid_at(s) == SIZE_MAX) {
        mw_str_add(out, s);
        return;
    }
    for (size_t i = 0, n; i < s.n; i += n > 0 ? n : 1) {
        n = utf8_length(s, i);
        if (n > 0)
            mw_str_add(out, mw_sv_n(s.p + i, n));
        else
            mw_utf8_add(out, mw_windows_1252((unsigned char)s.p[i]));
    }
}

static void decode_windows_1252(struct mw_str *out, struct mw_sv s)
{
    for (size_t i = 0; i < s.n; i++)
        mw_utf8_add(out, mw_windows_1252((unsigned char)s.p[i]));
}

static void decode_utf16(struct mw_str *out, struct mw_sv s, bool big)
{
    uint32_t high = 0;
    for (size_t i = 0; i + 1 < s.n; i += 2) {
        uint32_t a = (unsigned char)s.p[i], b = (unsigned char)s.p[i + 1], u = big ? a << 8 | b : b << 8 | a;
        bool low = u >= 0xdc00 && u <= 0xdfff;
        if (high != 0 && low) {
            mw_utf8_add(out, 0x10000 + ((high - 0xd800) << 10) + (u - 0xdc00));
            high = 0;
            continue;
        }
        if (high != 0 || low)
            mw_utf8_add(out, 0xfffd);
        high = u >= 0xd800 && u <= 0xdbff ? u : 0;
        if (high == 0 && !low)
            mw_utf8_add(out, u);
    }
    if (high != 0 || s.n % 2 != 0)
        mw_utf8_add(out, 0xfffd);
}

static enum mw_rc cannot(const char *charset, struct mw_err *err)
{
    return mw_fail(err, MW_PARSE, "The page says it is written in %s, which this system cannot convert.", charset);
}

static enum mw_rc decode_iconv(struct mw_str *out, struct mw_sv s, const char *charset, struct mw_err *err)
{
    iconv_t cd = iconv_open("UTF-8", charset);
    if (cd == (iconv_t)-1) /* NOLINT(performance-no-int-to-ptr): iconv's own way of saying so */
        return cannot(charset, err);
    uint32_t table[256]; /* each byte alone: no converter state, no surprises in the middle of a page */
    for (unsigned c = 0; c < 256; c++) {
        char in = (char)c, utf8[8], *from = &in, *to = utf8;
        size_t n_in = 1, n_out = sizeof utf8, at = 0;
        bool ok = iconv(cd, &from, &n_in, &to, &n_out) != (size_t)-1 && n_out < sizeof utf8;
        struct mw_sv got = mw_sv_n(utf8, sizeof utf8 - n_out);
        table[c] = ok && mw_utf8_invalid_at(got) == SIZE_MAX ? mw_utf8_next(got, &at) : 0xfffd;
    }
    iconv_close(cd);
    table[0] = 0;
    for (size_t i = 0; i < s.n; i++)
        mw_utf8_add(out, table[(unsigned char)s.p[i]]);
    return MW_OK;
}

enum mw_rc mw_charset_decode(struct mw_str *out, const char **charset, struct mw_sv bytes, struct mw_sv http_charset,
    struct mw_err *err)
{
    static const struct mw_charset PLAIN = { "utf-8", MW_CS_UTF8 }, WINDOWS = { "windows-1252", MW_CS_WINDOWS_1252 };
    static const struct mw_charset LITTLE = { "utf-16le", MW_CS_UTF16LE }, BIG = { "utf-16be", MW_CS_UTF16BE };
    const struct mw_charset *cs = NULL;
    size_t bom = 0, good, bad;

    if (mw_sv_starts(bytes, MW_SV("\xef\xbb\xbf"))) {
        cs = &PLAIN;
        bom = 3;
    } else if (mw_sv_starts(bytes, MW_SV("\xff\xfe")) || mw_sv_starts(bytes, MW_SV("\xfe\xff"))) {
        cs = bytes.p[0] == '\xff' ? &LITTLE : &BIG;
        bom = 2;
    }
    bytes = mw_sv_sub(bytes, bom, bytes.n - bom);
    if (cs == NULL)
        cs = mw_charset_find(http_charset);
    if (cs == NULL) {
        cs = mw_charset_find(meta_label(bytes));
        if (cs != NULL && (cs->form == MW_CS_UTF16LE || cs->form == MW_CS_UTF16BE)) /* a tag that can be read as ASCII is not UTF-16 */
            cs = &PLAIN;
    }
    if (cs == NULL || (cs->form != MW_CS_UTF16LE && cs->form != MW_CS_UTF16BE)) {
        utf8_count(bytes, &good, &bad);
        if (bad == 0 && (good > 0 || cs == NULL || cs->form == MW_CS_UNREAD))
            cs = &PLAIN;
        else if (cs == NULL || cs->form == MW_CS_UTF8)
            cs = bad > good ? &WINDOWS : &PLAIN;
    }
    *charset = cs->name;
    enum mw_rc rc = MW_OK;
    switch (cs->form) {
    case MW_CS_UTF8:
        decode_utf8(out, bytes);
        break;
    case MW_CS_WINDOWS_1252:
        decode_windows_1252(out, bytes);
        break;
    case MW_CS_UTF16LE:
    case MW_CS_UTF16BE:
        decode_utf16(out, bytes, cs->form == MW_CS_UTF16BE);
        break;
    case MW_CS_TABLE:
        rc = decode_iconv(out, bytes, cs->name, err);
        break;
    case MW_CS_UNREAD:
        rc = cannot(cs->name, err);
        break;
    }
    return rc != MW_OK ? rc : mw_str_ok(out) ? MW_OK : mw_nomem(err);
}
