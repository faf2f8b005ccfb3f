/* Text of a PDF, by pdftotext (poppler) in a process of its own. Private to the room. */
#ifndef MW_INTAKE_PDF_H
#define MW_INTAKE_PDF_H

#include "lib/core/arena.h"
#include "lib/core/err.h"

/* The bytes go in through a pipe, the text comes out through one; nothing is written. The process has limits of memory and time, and
 * may open no socket, start no other process and change no file. MW_PARSE: no text (images only), damaged, or beyond the limits;
 * MW_IO: pdftotext is not installed. */
enum mw_rc mw_pdf_text(struct mw_arena *a, struct mw_sv bytes, struct mw_sv *text, struct mw_err *err);

#endif
