/* Inside of the PDF writer: setting text on pages (pdf_page.c), tables (pdf_table.c), the rest and the file itself (pdf.c). */
#ifndef MW_DOCUMENTS_PDF_INSIDE_H
#define MW_DOCUMENTS_PDF_INSIDE_H

#include "apply/documents/figure.h"
#include "apply/documents/paper.h"

/* Points. A4 with margins of 2.3 cm; text ends above the footer. */
static const double MW_PAGE_W = 595.276, MW_PAGE_H = 841.890, MW_LEFT = 65, MW_TOP = 62, MW_BOTTOM = 782, MW_FOOT = 806;
static const double MW_TEXT_W = 595.276 - 130;

struct mw_look { double size; bool bold, italic; unsigned colour; double before, after; }; /* points, 0xRRGGBB */
extern const struct mw_look MW_LOOK_BODY, MW_LOOK_OPEN; /* OPEN stands on yellow */

struct mw_press_entry { struct mw_sv text; bool paper; int page; }; /* of the contents */
struct mw_press { /* what is being set */
    struct mw_paper *papers;
    size_t n;
    struct mw_arena *a;
    struct mw_press_entry *entries;
    size_t entry, n_entries;
    struct mw_str bytes;
    cairo_surface_t *surface;
    cairo_t *cr;
    PangoContext *context;
    double y;        /* how far down the page is filled */
    int page, pages; /* pages: of the first pass */
    unsigned heading[2];
    int outline;     /* of the paper at hand */
    struct mw_sv running;
};

/* --- pdf_page.c ------------------------------------------------------------------------------------------------------- */
void mw_press_colour(struct mw_press *d, unsigned colour);
/* Text set in a width; the caller unrefs. */
PangoLayout *mw_press_layout(struct mw_press *d, struct mw_sv text, const struct mw_look *look, double width, bool right);
double mw_press_height(PangoLayout *layout);
void mw_press_show(struct mw_press *d, PangoLayout *layout, double x, double y, const struct mw_look *look);
void mw_press_end_page(struct mw_press *d); /* with its footer */
void mw_press_new_page(struct mw_press *d);
void mw_press_need_room(struct mw_press *d, double height); /* begins a page where this one has less */
/* A paragraph that may run on over pages, each part in its own tag. */
void mw_press_text(struct mw_press *d, struct mw_sv text, const struct mw_look *look, double indent, const char *tag);

/* --- pdf_table.c ------------------------------------------------------------------------------------------------------ */
/* A table runs on with its head on the next page; a row that no page can hold is set as text. */
void mw_press_table(struct mw_press *d, const struct mw_paper_table *t);

#endif
