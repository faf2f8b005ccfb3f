/* The schedule as a Gantt chart: shapes in whole units, drawn by svg.c as a file and by pdf.c and docx.c as a figure. */
#ifndef MW_DOCUMENTS_CHART_H
#define MW_DOCUMENTS_CHART_H

#include "apply/plan/plan.h"

enum mw_tone { MW_TONE_TEXT, MW_TONE_QUIET, MW_TONE_GRID, MW_TONE_BAND, MW_TONE_TASK, MW_TONE_STEP, MW_TONE_LATE, MW_TONE_MILESTONE,
    MW_TONE_DEADLINE, MW_TONE_LINK, MW_TONE_N };
extern const unsigned MW_TONES[MW_TONE_N]; /* 0xRRGGBB; readable in print and by people who see no red */
enum mw_shape_kind { MW_SHAPE_RECT, MW_SHAPE_LINE, MW_SHAPE_TEXT, MW_SHAPE_DIAMOND, MW_SHAPE_ARROW };
/* RECT: x, y, w, h. LINE: to x + w, y + h. TEXT: its base line begins at x, y; w 1: centred there. DIAMOND: around x, y with
 * radius w. ARROW: from x, y right and down (or up) to x + w, y + h, with a head. */
struct mw_shape {
    enum mw_shape_kind kind;
    enum mw_tone tone;
    int x, y, w, h;
    struct mw_sv text;    /* of TEXT */
    struct mw_sv tip;     /* what a reader of the shape hears: "Bestandsaufnahme: 01.10.2024 to 29.10.2024"; MW_SV_NONE */
};
struct mw_chart {
    struct mw_sv title, desc; /* desc: the whole schedule in words */
    int width, height, font;
    struct mw_list shapes;    /* struct mw_shape, in the order of drawing */
};

/* Preparation, tasks, milestones, what waits for what, deadline and years. MW_NOT_FOUND: there is nothing to draw. */
enum mw_rc mw_chart_make(struct mw_chart *out, struct mw_arena *a, const struct mw_plan *plan, enum mw_lang lang);
/* As an SVG file with titles and a description (WAI-ARIA graphics); appended to out. */
void mw_chart_svg(struct mw_str *out, const struct mw_chart *chart, enum mw_lang lang);
/* Height of a row's text lines and the like are shared with whoever draws. */
#define MW_CHART_WIDTH 1200

#endif
