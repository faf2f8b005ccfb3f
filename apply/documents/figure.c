/* Charts through cairo and pango. */
#include "apply/documents/figure.h"

#define SCALE 2.0

#ifdef MW_SAN
/* fontconfig keeps its patterns for the life of the process, where the leak checker does not look for them. */
const char *__lsan_default_suppressions(void); /* NOLINT(bugprone-reserved-identifier): the name is the checker's */
const char *__lsan_default_suppressions(void)  /* NOLINT(bugprone-reserved-identifier) */
{
    return "leak:libfontconfig\nleak:libpangoft2\n";
}
#endif

void mw_figure_words(struct mw_str *out, struct mw_sv text)
{
    for (size_t at = 0; at < text.n;) {
        uint32_t cp = mw_utf8_next(text, &at);
        bool none = (cp & 0xFFFE) == 0xFFFE || (cp >= 0xFDD0 && cp <= 0xFDEF);
        if (!none && (!mw_cp_control(cp) || cp == '\n'))
            mw_utf8_add(out, cp);
    }
}

static void draw_text(cairo_t *cr, const struct mw_chart *chart, const struct mw_shape *s)
{
    PangoLayout *layout = mw_draw->pango_cairo_create_layout(cr);
    PangoFontDescription *font = mw_draw->pango_font_description_from_string(MW_FONTS);
    MW_AUTO(mw_str_free) struct mw_str words = MW_STR_INIT;
    int width = 0;

    mw_figure_words(&words, s->text);
    mw_draw->pango_font_description_set_absolute_size(font, (double)chart->font * 0.95 * PANGO_SCALE);
    mw_draw->pango_layout_set_font_description(layout, font);
    mw_draw->pango_layout_set_text(layout, mw_str_z(&words), (int)words.n);
    mw_draw->pango_layout_get_pixel_size(layout, &width, NULL);
    mw_draw->cairo_move_to(cr, s->w == 1 ? s->x - width / 2.0 : s->x, s->y - (double)mw_draw->pango_layout_get_baseline(layout) / PANGO_SCALE);
    mw_draw->pango_cairo_show_layout(cr, layout);
    mw_draw->pango_font_description_free(font);
    mw_draw->g_object_unref(layout);
}

void mw_figure_draw(cairo_t *cr, const struct mw_chart *chart)
{
    for (size_t i = 0; i < chart->shapes.n; i++) {
        const struct mw_shape *s = MW_AT(chart->shapes, struct mw_shape, i);
        unsigned colour = MW_TONES[s->tone];
        mw_draw->cairo_set_source_rgb(cr, (colour >> 16) / 255.0, (colour >> 8 & 0xFF) / 255.0, (colour & 0xFF) / 255.0);
        mw_draw->cairo_set_line_width(cr, s->tone == MW_TONE_GRID ? 1 : 2);
        switch (s->kind) {
        case MW_SHAPE_RECT:
            mw_draw->cairo_rectangle(cr, s->x, s->y, s->w, s->h);
            mw_draw->cairo_fill(cr);
            break;
        case MW_SHAPE_LINE:
            mw_draw->cairo_move_to(cr, s->x, s->y);
            mw_draw->cairo_rel_line_to(cr, s->w, s->h);
            mw_draw->cairo_stroke(cr);
            break;
        case MW_SHAPE_DIAMOND:
            mw_draw->cairo_move_to(cr, s->x, s->y - s->w);
            mw_draw->cairo_rel_line_to(cr, s->w, s->w);
            mw_draw->cairo_rel_line_to(cr, -s->w, s->w);
            mw_draw->cairo_rel_line_to(cr, -s->w, -s->w);
            mw_draw->cairo_close_path(cr);
            mw_draw->cairo_fill(cr);
            break;
        case MW_SHAPE_ARROW:
            mw_draw->cairo_set_line_width(cr, 1.5);
            mw_draw->cairo_move_to(cr, s->x, s->y);
            mw_draw->cairo_rel_line_to(cr, s->w, 0);
            mw_draw->cairo_rel_line_to(cr, 0, s->h);
            mw_draw->cairo_rel_move_to(cr, -4, s->h < 0 ? 6 : -6);
            mw_draw->cairo_rel_line_to(cr, 4, s->h < 0 ? -6 : 6);
            mw_draw->cairo_rel_line_to(cr, 4, s->h < 0 ? 6 : -6);
            mw_draw->cairo_stroke(cr);
            break;
        case MW_SHAPE_TEXT:
            draw_text(cr, chart, s);
            break;
        }
    }
}

static cairo_status_t append(void *closure, const unsigned char *bytes, unsigned n)
{
    mw_str_add(closure, mw_sv_n((const char *)bytes, n));
    return mw_str_ok(closure) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_NO_MEMORY;
}

enum mw_rc mw_figure_png(struct mw_sv *out, struct mw_arena *a, const struct mw_chart *chart, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str bytes = MW_STR_INIT;

    if (mw_draw_open(err) != MW_OK)
        return MW_OUTPUT;
    cairo_surface_t *surface = mw_draw->cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(chart->width * SCALE), (int)(chart->height * SCALE));
    cairo_t *cr = mw_draw->cairo_create(surface);

    mw_draw->cairo_set_source_rgb(cr, 1, 1, 1);
    mw_draw->cairo_paint(cr);
    mw_draw->cairo_scale(cr, SCALE, SCALE);
    mw_figure_draw(cr, chart);
    bool drawn = mw_draw->cairo_status(cr) == CAIRO_STATUS_SUCCESS &&
                 mw_draw->cairo_surface_write_to_png_stream(surface, append, &bytes) == CAIRO_STATUS_SUCCESS;
    mw_draw->cairo_destroy(cr);
    mw_draw->cairo_surface_destroy(surface);
    *out = drawn ? mw_arena_copy(a, mw_str_sv(&bytes)) : MW_SV_NONE;
    return out->p != NULL ? MW_OK : mw_fail(err, MW_OUTPUT, "The chart of the schedule cannot be drawn.");
}
