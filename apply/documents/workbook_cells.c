/* Cells and sheets of the spreadsheet: texts are always strings, formulas always carry their value. */
#include <stdarg.h>
#include <stdio.h>

#include "apply/documents/workbook_inside.h"

enum { EXCEL_EPOCH = 25569 }; /* 1970-01-01 as a day of Excel's calendar */
enum { FORMULA_MAX = 256, CELL_MAX = 32767, LINES_MAX = 30 };
static const double LINE_HEIGHT = 13.0; /* points, Arial 10 */

const char *mw_book_tr(const struct mw_book *b, const char *english)
{
    return mw_tr(b->lang, english);
}

static void check(struct mw_book *b, lxw_error e)
{
    b->failed = b->failed || e != LXW_NO_ERROR;
}

static lxw_col_t column(size_t col)
{
    return (lxw_col_t)(col < MW_BOOK_COLUMNS ? col : MW_BOOK_COLUMNS);
}

/* --- text ----------------------------------------------------------------------------------------------------------- */

/* Lines that a text takes in a column of that width, words kept whole, as a spreadsheet breaks them. */
static size_t lines_of(struct mw_sv text, double width)
{
    size_t room = width > 3 ? (size_t)(width * 1.1) : 3, lines = 1, used = 0;

    for (struct mw_sv line, rest = text; rest.n > 0 && lines < LINES_MAX; lines += rest.n > 0, used = 0) {
        mw_sv_cut(rest, '\n', &line, &rest);
        for (struct mw_sv word; line.n > 0;) {
            mw_sv_cut(line, ' ', &word, &line);
            size_t w = mw_utf8_width(word);
            if (used > 0 && used + 1 + w > room) {
                lines++;
                used = 0;
            }
            used += w + (used > 0);
            for (; used > room && lines < LINES_MAX; used -= room)
                lines++;
        }
    }
    return lines < LINES_MAX ? lines : LINES_MAX;
}

void mw_cell_text(struct mw_sheet *s, size_t col, struct mw_sv text, lxw_format *f)
{
    if (s->b->failed)
        return;
    /* What a cell cannot hold is cut at a character. */
    size_t n = text.n < CELL_MAX ? text.n : CELL_MAX;
    while (n < text.n && n > 0 && ((unsigned char)text.p[n] & 0xC0) == 0x80)
        n--;
    const char *z = mw_arena_z(s->b->a, mw_sv_sub(text, 0, n));
    if (text.n > 0 && z == NULL)
        s->b->failed = true;
    else if (text.n > 0)
        check(s->b, mw_xlsx->worksheet_write_string(s->ws, s->row, column(col), z, f));
    else
        check(s->b, mw_xlsx->worksheet_write_blank(s->ws, s->row, column(col), f));
    if ((f == s->b->text || f == s->b->note || f == s->b->head) && col < MW_BOOK_COLUMNS) {
        size_t lines = lines_of(mw_sv_sub(text, 0, n), s->widths[col]);
        s->lines = lines > s->lines ? lines : s->lines;
    }
}

void mw_cell_tr(struct mw_sheet *s, size_t col, const char *english, lxw_format *f)
{
    mw_cell_text(s, col, mw_sv(mw_book_tr(s->b, english)), f);
}

void mw_cell_head(struct mw_sheet *s, size_t col, const char *english, bool right)
{
    mw_cell_tr(s, col, english, right ? s->b->head_right : s->b->head);
}

void mw_cell_head_note(struct mw_sheet *s, size_t col, const char *english)
{
    mw_cell_tr(s, col, english, s->b->head_note);
}

/* --- numbers -------------------------------------------------------------------------------------------------------- */

static double euros(struct mw_eur e)
{
    return mw_eur_is(e) ? (double)e.cents / 100.0 : 0.0;
}

static void put_number(struct mw_sheet *s, size_t col, bool is, double value, lxw_format *f)
{
    if (s->b->failed)
        return;
    if (is)
        check(s->b, mw_xlsx->worksheet_write_number(s->ws, s->row, column(col), value, f));
    else
        check(s->b, mw_xlsx->worksheet_write_blank(s->ws, s->row, column(col), f));
}

void mw_cell_int(struct mw_sheet *s, size_t col, int value, lxw_format *f)
{
    put_number(s, col, true, value, f);
}

void mw_cell_eur(struct mw_sheet *s, size_t col, struct mw_eur e, lxw_format *f)
{
    put_number(s, col, mw_eur_is(e), euros(e), f);
}

void mw_cell_day(struct mw_sheet *s, size_t col, struct mw_day d, lxw_format *f)
{
    put_number(s, col, mw_day_is(d), (double)d.n + EXCEL_EPOCH, f);
}

void mw_cell_formula(struct mw_sheet *s, size_t col, struct mw_eur value, lxw_format *f, const char *fmt, ...)
{
    char formula[FORMULA_MAX];
    va_list args;

    if (s->b->failed)
        return;
    va_start(args, fmt);
    int n = vsnprintf(formula, sizeof formula, fmt, args);
    va_end(args);
    if (n < 0 || (size_t)n >= sizeof formula)
        s->b->failed = true;
    else
        check(s->b, mw_xlsx->worksheet_write_formula_num(s->ws, s->row, column(col), formula, f, euros(value)));
}

struct mw_ref mw_ref(lxw_row_t row, size_t col)
{
    struct mw_ref r;
    mw_xlsx->lxw_rowcol_to_cell(r.z, row, column(col));
    return r;
}

struct mw_ref mw_ref_on(const struct mw_book *b, const char *english, lxw_row_t row, size_t col)
{
    struct mw_ref r;
    snprintf(r.z, sizeof r.z, "'%.40s'!%.40s", mw_book_tr(b, english), mw_ref(row, col).z);
    return r;
}

void mw_cell_row_sum(struct mw_sheet *s, size_t col, size_t first, size_t count, struct mw_eur value)
{
    if (count == 0)
        mw_cell_eur(s, col, value, s->b->money);
    else
        mw_cell_formula(s, col, value, s->b->money, "=SUM(%s:%s)", mw_ref(s->row, first).z, mw_ref(s->row, first + count - 1).z);
}

void mw_cell_column_sum(struct mw_sheet *s, size_t col, lxw_row_t first, struct mw_eur value)
{
    if (s->row <= first)
        mw_cell_eur(s, col, value, s->b->sum);
    else
        mw_cell_formula(s, col, value, s->b->sum, "=SUM(%s:%s)", mw_ref(first, col).z, mw_ref(s->row - 1, col).z);
}

/* --- sheets --------------------------------------------------------------------------------------------------------- */

struct mw_sheet mw_sheet_new(struct mw_book *b, const char *english, bool landscape)
{
    struct mw_sheet s = { .b = b };

    if (b->failed)
        return s;
    s.ws = mw_xlsx->workbook_add_worksheet(b->wb, mw_book_tr(b, english));
    if (s.ws == NULL) {
        b->failed = true;
        return s;
    }
    mw_xlsx->worksheet_set_paper(s.ws, 9); /* A4 */
    if (landscape)
        mw_xlsx->worksheet_set_landscape(s.ws);
    mw_xlsx->worksheet_fit_to_pages(s.ws, 1, 0);
    mw_xlsx->worksheet_set_margins(s.ws, 0.6, 0.6, 0.7, 0.7);
    mw_xlsx->worksheet_set_footer(s.ws, "&L&8&F  &A&R&8&P / &N");
    return s;
}

void mw_sheet_width(struct mw_sheet *s, size_t first, size_t last, double width)
{
    if (s->b->failed)
        return;
    check(s->b, mw_xlsx->worksheet_set_column(s->ws, column(first), column(last), width, NULL));
    for (size_t col = first; col <= last && col < MW_BOOK_COLUMNS; col++)
        s->widths[col] = width;
}

void mw_sheet_next(struct mw_sheet *s)
{
    if (s->lines > 1 && !s->b->failed)
        check(s->b, mw_xlsx->worksheet_set_row(s->ws, s->row, LINE_HEIGHT * (double)s->lines, NULL));
    s->lines = 0;
    s->row++;
}

void mw_sheet_title(struct mw_sheet *s, const char *english)
{
    struct mw_sv t = mw_arena_printf(s->b->a, "%s: %.*s", mw_book_tr(s->b, english), MW_SV_ARG(s->b->name));

    mw_cell_text(s, 0, t, s->b->title);
    s->row += 2;
}

void mw_sheet_heads_end(struct mw_sheet *s, size_t still)
{
    if (!s->b->failed) {
        check(s->b, mw_xlsx->worksheet_repeat_rows(s->ws, s->row, s->row));
        mw_xlsx->worksheet_freeze_panes(s->ws, s->row + 1, column(still));
    }
    mw_sheet_next(s);
}
