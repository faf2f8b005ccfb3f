/* Which charset a label means ("latin1", "csISOLatin2"); internal to charset.c. */
#ifndef MW_PARSE_CHARSET_LABELS_H
#define MW_PARSE_CHARSET_LABELS_H

#include "lib/core/text.h"

enum mw_charset_form {
    MW_CS_UTF8, MW_CS_WINDOWS_1252, MW_CS_UTF16LE, MW_CS_UTF16BE,
    MW_CS_TABLE,  /* one byte, one character: by iconv's table of that name */
    MW_CS_UNREAD
};
struct mw_charset {
    const char *name;
    enum mw_charset_form form;
};
/* NULL: nobody knows it. Blanks and quotes around it are passed over. */
const struct mw_charset *mw_charset_find(struct mw_sv label);

#endif
