/* Tables of the PDF: columns wide enough for their longest words, the head again on every page. */
#include "apply/documents/pdf_inside.h"

static const struct mw_look CELL = { 8.5, false, false, 0x1A1A1A, 0, 0 }, CELL_HEAD = { 8.5, true, false, 0x1A1A1A, 0, 0 };
static const double CELL_PAD = 3;

/* What a column needs for its longest word, in points; an address may break. */
static int need_of(struct mw_press *d, const struct mw_paper_table *t, size_t col)
{
    struct mw_widest word = mw_paper_widest(t, col);
    PangoLayout *layout = mw_press_layout(d, word.text, word.bold ? &CELL_HEAD : &CELL, MW_TEXT_W, false);
    int width = 0;

    mw_draw->pango_layout_get_pixel_size(layout, &width, NULL);
    mw_draw->g_object_unref(layout);
    width += (int)(2 * CELL_PAD) + 2;
    return width < (int)MW_TEXT_W / 3 ? width : (int)MW_TEXT_W / 3;
}

/* One row; false: it is higher than a page. */
static bool put_row(struct mw_press *d, const struct mw_paper_table *t, const int *widths, const struct mw_sv *cells, bool head, bool sum, bool measure)
{
    const struct mw_look *look = head || sum ? &CELL_HEAD : &CELL;
    double x = MW_LEFT, height = 0;
    PangoLayout **layouts = mw_arena_array(d->a, t->n, sizeof *layouts);

    for (size_t c = 0; c < t->n && layouts != NULL; c++) {
        layouts[c] = mw_press_layout(d, cells[c], look, widths[c] - 2 * CELL_PAD, t->right[c]);
        height = mw_press_height(layouts[c]) > height ? mw_press_height(layouts[c]) : height;
    }
    height += 2 * CELL_PAD;
    bool fits = layouts != NULL && height <= MW_BOTTOM - MW_TOP - 40;
    if (!measure && fits) {
        if (head) {
            mw_press_colour(d, 0xE8EEF4);
            mw_draw->cairo_rectangle(d->cr, MW_LEFT, d->y, MW_TEXT_W, height);
            mw_draw->cairo_fill(d->cr);
        }
        mw_press_colour(d, sum ? 0x12395B : 0xA6B1BC);
        mw_draw->cairo_set_line_width(d->cr, sum ? 1 : 0.4);
        mw_draw->cairo_move_to(d->cr, MW_LEFT, d->y);
        mw_draw->cairo_rel_line_to(d->cr, MW_TEXT_W, 0);
        mw_draw->cairo_stroke(d->cr);
        mw_draw->cairo_tag_begin(d->cr, "TR", NULL);
        for (size_t c = 0; c < t->n; c++) {
            mw_draw->cairo_tag_begin(d->cr, head ? "TH" : "TD", NULL);
            mw_press_show(d, layouts[c], x + CELL_PAD, d->y + CELL_PAD, look);
            mw_draw->cairo_tag_end(d->cr, head ? "TH" : "TD");
            x += widths[c];
        }
        mw_draw->cairo_tag_end(d->cr, "TR");
    }
    for (size_t c = 0; c < t->n && layouts != NULL; c++)
        mw_draw->g_object_unref(layouts[c]);
    if (fits)
        d->y += height;
    return fits;
}

void mw_press_table(struct mw_press *d, const struct mw_paper_table *t)
{
    int *need = mw_arena_array(d->a, t->n + 1, sizeof *need), *widths = mw_arena_array(d->a, t->n + 1, sizeof *widths);

    if (t->n == 0 || need == NULL || widths == NULL)
        return;
    for (size_t c = 0; c < t->n; c++)
        need[c] = need_of(d, t, c);
    mw_paper_fit(t, (int)MW_TEXT_W, need, widths);
    mw_press_need_room(d, 60);
    d->y += 4;
    mw_draw->cairo_tag_begin(d->cr, "Table", NULL);
    put_row(d, t, widths, t->heads, true, false, false);
    for (size_t i = 0; i < t->rows.n; i++) {
        const struct mw_paper_row *r = MW_AT(t->rows, struct mw_paper_row, i);
        double y = d->y;
        if (!put_row(d, t, widths, r->cells, false, r->sum, true)) {
            mw_draw->cairo_tag_end(d->cr, "Table");
            for (size_t c = 0; c < t->n; c++)
                mw_press_text(d, r->cells[c], &CELL, 0, "P");
            mw_draw->cairo_tag_begin(d->cr, "Table", NULL);
            continue;
        }
        bool over = d->y > MW_BOTTOM;
        d->y = y;
        if (over) {
            mw_draw->cairo_tag_end(d->cr, "Table");
            mw_press_new_page(d);
            mw_draw->cairo_tag_begin(d->cr, "Table", NULL);
            put_row(d, t, widths, t->heads, true, false, false);
        }
        put_row(d, t, widths, r->cells, false, r->sum, false);
    }
    mw_draw->cairo_tag_end(d->cr, "Table");
    mw_press_colour(d, 0xA6B1BC);
    mw_draw->cairo_move_to(d->cr, MW_LEFT, d->y);
    mw_draw->cairo_rel_line_to(d->cr, MW_TEXT_W, 0);
    mw_draw->cairo_stroke(d->cr);
    d->y += 10;
}
