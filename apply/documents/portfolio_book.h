/* A portfolio as a spreadsheet: projects, budget by year, de-minimis accounts, dates; one sheet each, sums as live formulas. */
#ifndef MW_DOCUMENTS_PORTFOLIO_BOOK_H
#define MW_DOCUMENTS_PORTFOLIO_BOOK_H

#include "apply/plan/portfolio.h"

/* Writes path (a new file beside it, renamed when complete). MW_OUTPUT: not writable, disk full included. */
enum mw_rc mw_portfolio_book_write(const struct mw_portfolio *p, const char *path, enum mw_lang lang, struct mw_err *err);

#endif
