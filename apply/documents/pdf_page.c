/* Setting text on pages: layouts, paragraphs that run on, the footer of a page. */
#include "apply/documents/pdf_inside.h"

const struct mw_look MW_LOOK_BODY = { 10, false, false, 0x1A1A1A, 0, 6 }, MW_LOOK_OPEN = { 10, true, false, 0x7A4B00, 2, 6 };
static const struct mw_look FOOTER = { 8, false, false, 0x444444, 0, 0 };

/* --- text ------------------------------------------------------------------------------------------------------------- */

void mw_press_colour(struct mw_press *d, unsigned colour)
{
    mw_draw->cairo_set_source_rgb(d->cr, (colour >> 16) / 255.0, (colour >> 8 & 0xFF) / 255.0, (colour & 0xFF) / 255.0);
}

PangoLayout *mw_press_layout(struct mw_press *d, struct mw_sv text, const struct mw_look *look, double width, bool right)
{
    MW_AUTO(mw_str_free) struct mw_str words = MW_STR_INIT;
    PangoLayout *layout = mw_draw->pango_layout_new(d->context);
    PangoFontDescription *font = mw_draw->pango_font_description_from_string(MW_FONTS);

    mw_figure_words(&words, text);
    mw_draw->pango_font_description_set_absolute_size(font, look->size * PANGO_SCALE);
    mw_draw->pango_font_description_set_weight(font, look->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    mw_draw->pango_font_description_set_style(font, look->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    mw_draw->pango_layout_set_font_description(layout, font);
    mw_draw->pango_font_description_free(font);
    mw_draw->pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    mw_draw->pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    mw_draw->pango_layout_set_alignment(layout, right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
    mw_draw->pango_layout_set_text(layout, mw_str_z(&words), (int)words.n);
    return layout;
}

double mw_press_height(PangoLayout *layout)
{
    int height = 0;
    mw_draw->pango_layout_get_size(layout, NULL, &height);
    return (double)height / PANGO_SCALE;
}

void mw_press_show(struct mw_press *d, PangoLayout *layout, double x, double y, const struct mw_look *look)
{
    mw_press_colour(d, look->colour);
    mw_draw->cairo_move_to(d->cr, x, y);
    mw_draw->pango_cairo_show_layout(d->cr, layout);
}

/* --- pages ------------------------------------------------------------------------------------------------------------ */

void mw_press_end_page(struct mw_press *d)
{
    struct mw_sv number = mw_arena_printf(d->a, "%d / %d", d->page, d->pages);
    PangoLayout *left = mw_press_layout(d, d->running, &FOOTER, MW_TEXT_W - 60, false), *right = mw_press_layout(d, number, &FOOTER, 60, true);

    mw_draw->pango_layout_set_ellipsize(left, PANGO_ELLIPSIZE_END);
    mw_draw->pango_layout_set_height(left, -1);
    mw_press_show(d, left, MW_LEFT, MW_FOOT, &FOOTER);
    mw_press_show(d, right, MW_LEFT + MW_TEXT_W - 60, MW_FOOT, &FOOTER);
    mw_draw->g_object_unref(left);
    mw_draw->g_object_unref(right);
    mw_draw->cairo_show_page(d->cr);
}

void mw_press_new_page(struct mw_press *d)
{
    if (d->page > 0)
        mw_press_end_page(d);
    d->page++;
    d->y = MW_TOP;
}

void mw_press_need_room(struct mw_press *d, double height)
{
    if (d->y + height > MW_BOTTOM && d->y > MW_TOP)
        mw_press_new_page(d);
}

void mw_press_text(struct mw_press *d, struct mw_sv text, const struct mw_look *look, double indent, const char *tag)
{
    PangoLayout *layout = mw_press_layout(d, text, look, MW_TEXT_W - indent, false);
    PangoLayoutIter *i = mw_draw->pango_layout_get_iter(layout);

    if (d->y > MW_TOP)
        d->y += look->before;
    mw_draw->cairo_tag_begin(d->cr, tag, NULL);
    do {
        PangoRectangle line;
        mw_draw->pango_layout_iter_get_line_extents(i, NULL, &line);
        double height = (double)line.height / PANGO_SCALE, base = (double)(mw_draw->pango_layout_iter_get_baseline(i) - line.y) / PANGO_SCALE;
        if (d->y + height > MW_BOTTOM && d->y > MW_TOP) {
            mw_draw->cairo_tag_end(d->cr, tag);
            mw_press_new_page(d);
            mw_draw->cairo_tag_begin(d->cr, tag, NULL);
        }
        if (look == &MW_LOOK_OPEN) {
            mw_press_colour(d, 0xFFF2CC);
            mw_draw->cairo_rectangle(d->cr, MW_LEFT + indent - 2, d->y, MW_TEXT_W - indent + 4, height + 0.5);
            mw_draw->cairo_fill(d->cr);
        }
        mw_press_colour(d, look->colour);
        mw_draw->cairo_move_to(d->cr, MW_LEFT + indent + (double)line.x / PANGO_SCALE, d->y + base);
        mw_draw->pango_cairo_show_layout_line(d->cr, mw_draw->pango_layout_iter_get_line_readonly(i));
        d->y += height * 1.1;
    } while (mw_draw->pango_layout_iter_next_line(i));
    mw_draw->cairo_tag_end(d->cr, tag);
    d->y += look->after;
    mw_draw->pango_layout_iter_free(i);
    mw_draw->g_object_unref(layout);
}
