#include "apply/documents/grid.h"

#include "apply/documents/workbook_inside.h"
#include "lib/core/csv.h"

bool mw_grid_add(struct mw_grid *g, struct mw_arena *a, struct mw_sv text)
{
    struct mw_sv *slot = mw_list_add(a, &g->cells, sizeof *slot);
    if (slot != NULL)
        *slot = text;
    return slot != NULL;
}

/* --- XLSX --- */
/* As wide as its longest line, within bounds: quotes in narrow columns need more lines than a row may have. */
static double width_of(const struct mw_grid *g, size_t column)
{
    enum { LEAST = 14, FIRST = 44, MOST = 60 };
    size_t widest = LEAST, most = column == 0 ? FIRST : MOST;

    for (size_t i = column; i < g->cells.n && widest < most; i += g->heads.n)
        for (struct mw_sv line, rest = *MW_AT(g->cells, struct mw_sv, i); rest.n > 0;) {
            mw_sv_cut(rest, '\n', &line, &rest);
            size_t w = mw_utf8_width(line);
            widest = w > widest ? w : widest;
        }
    return (double)(widest < most ? widest : most);
}

static void fill(struct mw_book *b, const void *what)
{
    const struct mw_grid *g = what;
    struct mw_sheet s = mw_sheet_new(b, g->sheet != NULL ? g->sheet : "Overview", true);

    for (size_t c = 0; c < g->heads.n; c++)
        mw_sheet_width(&s, c, c, width_of(g, c));
    mw_sheet_title(&s, g->sheet != NULL ? g->sheet : "Overview");
    for (size_t c = 0; c < g->heads.n; c++)
        mw_cell_text(&s, c, *MW_AT(g->heads, struct mw_sv, c), b->head);
    mw_sheet_heads_end(&s, 1);
    for (size_t i = 0; g->heads.n > 0 && i < g->cells.n; i++) {
        struct mw_sv text = *MW_AT(g->cells, struct mw_sv, i);
        mw_cell_text(&s, i % g->heads.n, text.p != NULL ? text : MW_SV(""), b->text);
        if (i % g->heads.n == g->heads.n - 1)
            mw_sheet_next(&s);
    }
}

enum mw_rc mw_grid_xlsx(const struct mw_grid *g, const char *path, enum mw_lang lang, struct mw_err *err)
{
    return mw_book_write(path, g->title, g->day, lang, fill, g, err);
}

/* --- CSV --- */
static void put_rows(struct mw_csv *csv, const struct mw_list *cells, size_t width)
{
    for (size_t i = 0; i < cells->n; i++) {
        mw_csv_text(csv, *MW_AT(*cells, struct mw_sv, i));
        if (i % width == width - 1)
            mw_csv_end_row(csv);
    }
}

void mw_grid_csv(struct mw_str *out, const struct mw_grid *g, enum mw_lang lang)
{
    struct mw_csv csv = mw_csv_begin(out, lang);
    if (g->heads.n == 0)
        return;
    put_rows(&csv, &g->heads, g->heads.n);
    put_rows(&csv, &g->cells, g->heads.n);
}
