/* A chart as SVG: every bar carries its title, the whole its description, so that it can be read aloud (WAI-ARIA Graphics
 * Module). No scripts, no styles from elsewhere. */
#include "apply/documents/chart.h"
#include "apply/documents/xml.h"

static void put_attributes(struct mw_str *o, const struct mw_shape *s)
{
    unsigned colour = MW_TONES[s->tone];

    switch (s->kind) {
    case MW_SHAPE_RECT:
        mw_str_addf(o, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#%06X\"", s->x, s->y, s->w, s->h, colour);
        break;
    case MW_SHAPE_LINE:
        mw_str_addf(o, "<path d=\"M%d %dl%d %d\" stroke=\"#%06X\" stroke-width=\"%d\" fill=\"none\"", s->x, s->y, s->w, s->h, colour,
                    s->tone == MW_TONE_GRID ? 1 : 2);
        break;
    case MW_SHAPE_DIAMOND:
        mw_str_addf(o, "<path d=\"M%d %dl%d %dl%d %dl%d %dz\" fill=\"#%06X\"", s->x, s->y - s->w, s->w, s->w, -s->w, s->w, -s->w, -s->w,
                    colour);
        break;
    case MW_SHAPE_ARROW:
        mw_str_addf(o, "<path d=\"M%d %dh%dv%dm-4 %dl4 %dl4 %d\" stroke=\"#%06X\" stroke-width=\"1.5\" fill=\"none\"", s->x, s->y, s->w,
                    s->h, s->h < 0 ? 6 : -6, s->h < 0 ? -6 : 6, s->h < 0 ? 6 : -6, colour);
        break;
    case MW_SHAPE_TEXT:
        mw_str_addf(o, "<text x=\"%d\" y=\"%d\" fill=\"#%06X\"%s", s->x, s->y, colour, s->w == 1 ? " text-anchor=\"middle\"" : "");
        break;
    }
}

void mw_chart_svg(struct mw_str *out, const struct mw_chart *chart, enum mw_lang lang)
{
    mw_str_addz(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    mw_str_addf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" xml:lang=\"%s\" role=\"img\" "
                     "aria-labelledby=\"t d\" font-family=\"DejaVu Sans, Arial, sans-serif\" font-size=\"%d\">\n<title id=\"t\">",
                chart->width, chart->height, chart->width, chart->height, lang == MW_DE ? "de" : "en", chart->font);
    mw_xml_escape(out, chart->title);
    mw_str_addz(out, "</title>\n<desc id=\"d\">");
    mw_xml_escape(out, chart->desc);
    mw_str_addf(out, "</desc>\n<rect width=\"%d\" height=\"%d\" fill=\"#FFFFFF\"/>\n", chart->width, chart->height);
    for (size_t i = 0; i < chart->shapes.n; i++) {
        const struct mw_shape *s = MW_AT(chart->shapes, struct mw_shape, i);
        struct mw_sv inside = s->kind == MW_SHAPE_TEXT ? s->text : s->tip;
        put_attributes(out, s);
        if (inside.n == 0) {
            mw_str_addz(out, "/>\n");
            continue;
        }
        mw_str_addz(out, s->kind == MW_SHAPE_TEXT ? ">" : "><title>");
        mw_xml_escape(out, inside);
        mw_str_addz(out, s->kind == MW_SHAPE_TEXT ? "</text>\n" : s->kind == MW_SHAPE_RECT ? "</title></rect>\n" : "</title></path>\n");
    }
    mw_str_addz(out, "</svg>\n");
}
