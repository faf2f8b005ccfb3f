/* The text of a PDF document of strangers, page by page.
 *
 * pdftotext finds the words and their order, as a process of its own behind walls (sandbox.h); the locked-in worker makes text
 * of them. Text is as in lib/parse/parse.h: blocks are parted by blank lines, an item of a list begins a line, words that were
 * hyphenated at the end of a line are whole again. What stands at the top or foot of most pages, page numbers among it, is
 * left out. Columns come one after the other; cells of a row are parted by tabs, where each has few lines. */
#ifndef MW_PARSE_PDF_H
#define MW_PARSE_PDF_H

#include "lib/parse/parse.h"

#define MW_PDF_MAX ((size_t)32 << 20) /* bytes of one document */

struct mw_pdf_page {
    int64_t number;    /* from 1, as a viewer counts */
    struct mw_sv text; /* "": none on it */
};
struct mw_pdf {
    struct mw_sv title;   /* of the document's properties, often wrong ("Microsoft Word - Entwurf3.doc"); MW_SV_NONE: none */
    struct mw_list pages; /* struct mw_pdf_page, all that there are, at most 500 */
    bool needs_ocr;       /* most pages are only images: their text cannot be read without recognising letters */
};
/* All in the arena. MW_PARSE: not a PDF, damaged, locked, or too big; MW_IO: pdftotext is not installed. A document without text
 * is MW_OK with needs_ocr: whoever asks says so to people instead of treating it as empty. */
enum mw_rc mw_parse_pdf(struct mw_parser *p, struct mw_arena *a, struct mw_sv bytes, struct mw_pdf *out, struct mw_err *err);

#endif
