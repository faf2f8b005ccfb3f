/* How a page travels from the worker to us: pieces of text, each with a tag and its length. The reader believes nothing. */
#ifndef MW_PARSE_PAGE_H
#define MW_PARSE_PAGE_H

#include "lib/core/text.h"

enum mw_piece {
    MW_PIECE_TITLE = 'T',
    MW_PIECE_LANGUAGE = 'L',
    MW_PIECE_CANONICAL = 'C',
    MW_PIECE_LEVEL = '0', /* '0' to '6': a section begins; its heading */
    MW_PIECE_HTML = 'H',
    MW_PIECE_TEXT = 'X',
    MW_PIECE_NAME = 'N',
    MW_PIECE_VALUE = 'V'
};
enum mw_ask { /* the way there: XPaths of struct mw_page_view, then the page */
    MW_ASK_MAIN = 'M',
    MW_ASK_TITLE = 'P',
    MW_ASK_DROP = 'O',
    MW_ASK_DOCUMENT = 'D'
};
#define MW_PIECE_DIGITS 8 /* the length, as hexadecimal digits: the whole answer stays UTF-8 */

void mw_piece_add(struct mw_str *out, int tag, struct mw_sv text);
void mw_piece_add_str(struct mw_str *out, int tag, const struct mw_str *text); /* text that is cut off spoils out */
/* A piece begun at piece that was added empty holds all that was added since. */
void mw_piece_end(struct mw_str *out, size_t piece);
/* The next piece of *in, which is moved behind it; 0: the end, or not a piece. */
int mw_piece_next(struct mw_sv *in, struct mw_sv *text);

#endif
