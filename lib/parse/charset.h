/* Which characters the bytes of a page are.
 *
 * The decision (DEPENDENCIES.md section 2): byte order mark, then the HTTP header, then <meta>, then "is it valid UTF-8?",
 * then windows-1252. A label that nobody knows counts as none. Two corrections from real pages: a label that says Latin-1, or any other
 * charset of single bytes, does not stand against bytes that are valid UTF-8 with umlauts in it (a server's default header over a UTF-8
 * page; two letters that happen to be a character of UTF-8 are symbols like "ÃÂ¶" there); a label that says UTF-8 does not stand against bytes that are not. */
#ifndef MW_PARSE_CHARSET_H
#define MW_PARSE_CHARSET_H

#include "lib/core/err.h"

/* The code point of a byte in windows-1252; U+FFFD for the five that have none. */
uint32_t mw_windows_1252(unsigned char byte);

/* Appends bytes as valid UTF-8 to out and names the charset that was decided on ("utf-8", "windows-1252", "utf-16le",
 * "iso-8859-15", ...) in *charset: a constant. What has no meaning in that charset becomes U+FFFD. MW_PARSE: bytes
 * that are no UTF-8 are said to be in a charset of several bytes (those of Asia, UTF-32), which are not read. */
enum mw_rc mw_charset_decode(struct mw_str *out, const char **charset, struct mw_sv bytes, struct mw_sv http_charset,
    struct mw_err *err);

#endif
