/* Inside of the spreadsheet writer: cells and sheets (workbook_cells.c), sheets of money (workbook_money.c), the rest and
 * the book itself (workbook.c). The first failure sticks in book.failed; everything after it is dropped. */
#ifndef MW_DOCUMENTS_WORKBOOK_INSIDE_H
#define MW_DOCUMENTS_WORKBOOK_INSIDE_H

#include <xlsxwriter.h>

#include "apply/documents/workbook.h"
#include "lib/core/library.h"

/* --- libxlsxwriter, loaded when the first book is made -------------------------------------------------------------------- */
#define MW_XLSX_CALLS(X) \
    X(format_set_align) X(format_set_bg_color) X(format_set_bold) X(format_set_bottom) X(format_set_font_name) \
    X(format_set_font_size) X(format_set_indent) X(format_set_italic) X(format_set_num_format) X(format_set_text_wrap) \
    X(format_set_top) X(lxw_rowcol_to_cell) X(workbook_add_format) X(workbook_add_worksheet) X(workbook_close) X(workbook_new) \
    X(workbook_set_properties) X(worksheet_fit_to_pages) X(worksheet_freeze_panes) X(worksheet_repeat_rows) \
    X(worksheet_set_column) X(worksheet_set_footer) X(worksheet_set_landscape) X(worksheet_set_margins) X(worksheet_set_paper) \
    X(worksheet_set_row) X(worksheet_write_blank) X(worksheet_write_formula_num) X(worksheet_write_number) \
    X(worksheet_write_string)
MW_LIBRARY_DECLARE(mw_xlsx, MW_XLSX_CALLS);

#define MW_BOOK_COLUMNS 1024 /* all years a project may have, all profiles of a matrix, and the columns beside them */

struct mw_book {
    lxw_workbook *wb;
    lxw_format *title, *head, *head_note, *head_right, *text, *money, *sum, *sum_text, *day, *day_left, *note, *percent;
    struct mw_sv name; /* of the project, the profile, the portfolio: stands above every sheet */
    const struct mw_plan *plan; /* NULL: the book is of something else */
    enum mw_lang lang;
    struct mw_arena *a;
    bool failed;
};
struct mw_sheet {
    struct mw_book *b;
    lxw_worksheet *ws; /* NULL: failed */
    lxw_row_t row;
    size_t lines;      /* of text in the row: what wraps needs room */
    double widths[MW_BOOK_COLUMNS];
};
/* Where the sheets meet: rows and columns (from 0) that other sheets refer to. */
struct mw_places {
    lxw_row_t cost_first, cost_sum; /* cost plan */
    lxw_col_t years, total, eligible;
    lxw_row_t eligible_row;         /* what counts after all caps */
    lxw_row_t source_first, source_sum;
};

/* --- book.c: any spreadsheet ------------------------------------------------------------------------------------------ */
/* Makes a book, lets fill put sheets into it, and writes it to path (a new file beside it, renamed when complete). b->plan is
 * NULL; only the sheets of a plan need it. MW_OUTPUT: not writable, disk full included. */
enum mw_rc mw_book_write(const char *path, struct mw_sv title, struct mw_day day, enum mw_lang lang,
    void (*fill)(struct mw_book *b, const void *what), const void *what, struct mw_err *err);

/* --- workbook_cells.c ------------------------------------------------------------------------------------------------- */
const char *mw_book_tr(const struct mw_book *b, const char *english);
struct mw_sheet mw_sheet_new(struct mw_book *b, const char *english, bool landscape);
void mw_sheet_width(struct mw_sheet *s, size_t first, size_t last, double width);
void mw_sheet_title(struct mw_sheet *s, const char *english); /* "Cost plan: Name of the project", and an empty row */
void mw_sheet_next(struct mw_sheet *s);                       /* ends the row with the height its texts need */
/* Ends the row of heads: it stays in view and is repeated on each printed page; columns before `still` stay too. */
void mw_sheet_heads_end(struct mw_sheet *s, size_t still);

void mw_cell_text(struct mw_sheet *s, size_t col, struct mw_sv text, lxw_format *f);
void mw_cell_tr(struct mw_sheet *s, size_t col, const char *english, lxw_format *f);
void mw_cell_head(struct mw_sheet *s, size_t col, const char *english, bool right);
void mw_cell_head_note(struct mw_sheet *s, size_t col, const char *english); /* above notes, which are set in a little */
void mw_cell_int(struct mw_sheet *s, size_t col, int value, lxw_format *f);
void mw_cell_eur(struct mw_sheet *s, size_t col, struct mw_eur e, lxw_format *f); /* MW_EUR_NONE: an empty cell */
void mw_cell_day(struct mw_sheet *s, size_t col, struct mw_day d, lxw_format *f); /* MW_DAY_NONE: an empty cell */
__attribute__((format(printf, 5, 6))) void mw_cell_formula(struct mw_sheet *s, size_t col, struct mw_eur value, lxw_format *f,
    const char *fmt, ...);
/* =SUM over count cells to the right of column first, or the value where there are none. */
void mw_cell_row_sum(struct mw_sheet *s, size_t col, size_t first, size_t count, struct mw_eur value);
/* =SUM over the rows from first to the one above. */
void mw_cell_column_sum(struct mw_sheet *s, size_t col, lxw_row_t first, struct mw_eur value);

/* "D5", and "'Cost plan'!D5" of another sheet, of a row and column from 0. */
struct mw_ref { char z[96]; };
struct mw_ref mw_ref(lxw_row_t row, size_t col);
struct mw_ref mw_ref_on(const struct mw_book *b, const char *english, lxw_row_t row, size_t col);

/* --- workbook_money.c ------------------------------------------------------------------------------------------------- */
void mw_sheet_cost(struct mw_book *b, struct mw_places *p);
void mw_sheet_financing(struct mw_book *b, struct mw_places *p);
void mw_sheet_partners(struct mw_book *b);
void mw_sheet_form(struct mw_book *b);           /* the funder's form, where one was asked for; workbook_joint.c */
void mw_sheet_municipalities(struct mw_book *b); /* workbook_joint.c */

#endif
