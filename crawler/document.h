/* Guidelines (Förderrichtlinien) that a notice links to: the pages of a PDF become sections of the notice.
 *
 * Each section is headed by the document's name and the number of its page, so that a quote can be looked up there. A document
 * that is only images is named in the notice's `documents` with `text: needs OCR`, so that nobody takes silence for content. */
#ifndef MW_CRAWLER_DOCUMENT_H
#define MW_CRAWLER_DOCUMENT_H

#include "lib/model/notice.h"
#include "lib/parse/pdf.h"

/* At the end of the notice. A sentence that goes on at the top of a page is completed on the page where it began. url: where
 * the document stands. false: no memory. */
bool mw_document_add(struct mw_notice *n, struct mw_arena *a, struct mw_sv url, const struct mw_pdf *pdf);

#endif
