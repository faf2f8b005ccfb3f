/* Tables as text for spreadsheets: RFC 4180, UTF-8, CRLF.
 *
 * A German spreadsheet separates by semicolons and takes a file for UTF-8 only where a byte order mark begins it; in German
 * both are so. What a spreadsheet would execute (= + - @ and control characters at the beginning of a cell) stands behind an
 * apostrophe, as OWASP advises against CSV injection. */
#ifndef MW_CORE_CSV_H
#define MW_CORE_CSV_H

#include "lib/core/lang.h"
#include "lib/core/text.h"

struct mw_csv {
    struct mw_str *out; /* borrowed */
    char separator;
    bool within; /* a row has begun */
};
struct mw_csv mw_csv_begin(struct mw_str *out, enum mw_lang lang);
void mw_csv_text(struct mw_csv *c, struct mw_sv text);  /* a cell that somebody may have written */
void mw_csv_plain(struct mw_csv *c, const char *word);  /* a cell of ours: a number, a date, a word without separators */
void mw_csv_end_row(struct mw_csv *c);

#endif
