/* cairo and pango, loaded (lib/core/library.h) when the first page or chart is drawn. */
#ifndef MW_DOCUMENTS_DRAWING_H
#define MW_DOCUMENTS_DRAWING_H

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "lib/core/library.h"

#define MW_DRAWING_CALLS(X) \
    X(cairo_close_path) X(cairo_create) X(cairo_destroy) X(cairo_fill) X(cairo_font_options_create) X(cairo_font_options_destroy) \
    X(cairo_font_options_set_hint_metrics) X(cairo_image_surface_create) X(cairo_move_to) X(cairo_paint) X(cairo_pdf_surface_add_outline) \
    X(cairo_pdf_surface_create_for_stream) X(cairo_pdf_surface_set_metadata) X(cairo_rectangle) X(cairo_rel_line_to) X(cairo_rel_move_to) \
    X(cairo_restore) X(cairo_save) X(cairo_scale) X(cairo_set_line_width) X(cairo_set_source_rgb) X(cairo_show_page) X(cairo_status) \
    X(cairo_status_to_string) X(cairo_stroke) X(cairo_surface_destroy) X(cairo_surface_finish) X(cairo_surface_status) \
    X(cairo_surface_write_to_png_stream) X(cairo_tag_begin) X(cairo_tag_end) X(cairo_translate) X(g_object_unref) \
    X(pango_cairo_context_set_font_options) X(pango_cairo_create_context) X(pango_cairo_create_layout) X(pango_cairo_show_layout) \
    X(pango_cairo_show_layout_line) X(pango_context_set_language) X(pango_font_description_free) X(pango_font_description_from_string) \
    X(pango_font_description_set_absolute_size) X(pango_font_description_set_style) X(pango_font_description_set_weight) \
    X(pango_language_from_string) X(pango_layout_get_baseline) X(pango_layout_get_iter) X(pango_layout_get_pixel_size) \
    X(pango_layout_get_size) X(pango_layout_iter_free) X(pango_layout_iter_get_baseline) X(pango_layout_iter_get_line_extents) \
    X(pango_layout_iter_get_line_readonly) X(pango_layout_iter_next_line) X(pango_layout_new) X(pango_layout_set_alignment) \
    X(pango_layout_set_ellipsize) X(pango_layout_set_font_description) X(pango_layout_set_height) X(pango_layout_set_text) \
    X(pango_layout_set_width) X(pango_layout_set_wrap)

MW_LIBRARY_DECLARE(mw_draw, MW_DRAWING_CALLS);

#endif
