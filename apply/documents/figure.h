/* Charts drawn through cairo: into the PDF, and as PNG for word processors. */
#ifndef MW_DOCUMENTS_FIGURE_H
#define MW_DOCUMENTS_FIGURE_H

#include "apply/documents/chart.h"
#include "apply/documents/drawing.h"

#define MW_FONTS "Liberation Sans, Arial, DejaVu Sans" /* the first that is installed; DejaVu comes with `make deps` */

/* Text for cairo, appended: without control characters (line ends stay) and without the noncharacters of Unicode, at which
 * cairo gives up. */
void mw_figure_words(struct mw_str *out, struct mw_sv text);
/* Draws the chart at the origin of cr, in units of the chart; after mw_draw_open(). */
void mw_figure_draw(cairo_t *cr, const struct mw_chart *chart);
/* Twice as fine as the chart's units; bytes in the arena. */
enum mw_rc mw_figure_png(struct mw_sv *out, struct mw_arena *a, const struct mw_chart *chart, struct mw_err *err);

#endif
