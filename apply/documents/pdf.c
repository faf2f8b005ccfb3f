/* All papers as one PDF through cairo and pango: tagged (headings, paragraphs, lists, tables with header cells), with
 * outline, contents and page numbers; no office program is needed.
 *
 * The papers are set twice: the first time only to learn the pages for the contents. Times come from the plan. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apply/documents/figure.h"
#include "apply/documents/paper.h"

/* Points. A4 with margins of 2.3 cm; text ends above the footer. */
static const double PAGE_W = 595.276, PAGE_H = 841.890, LEFT = 65, TOP = 62, BOTTOM = 782, FOOT = 806;
static const double TEXT_W = 595.276 - 130, CELL_PAD = 3;

struct look { double size; bool bold, italic; unsigned colour; double before, after; };
static const struct look BODY = { 10, false, false, 0x1A1A1A, 0, 6 }, NOTE = { 8.5, false, true, 0x444444, 2, 6 },
                         OPEN = { 10, true, false, 0x7A4B00, 2, 6 }, CELL = { 8.5, false, false, 0x1A1A1A, 0, 0 },
                         CELL_HEAD = { 8.5, true, false, 0x1A1A1A, 0, 0 }, TITLE = { 21, true, false, 0x12395B, 0, 4 },
                         SUBTITLE = { 13, false, false, 0x444444, 0, 14 }, FOOTER = { 8, false, false, 0x444444, 0, 0 },
                         HEADINGS[] = { { 14, true, false, 0x12395B, 16, 5 }, { 11.5, true, false, 0x12395B, 10, 4 }, { 10, true, false, 0x1A1A1A, 8, 3 } };

struct entry { struct mw_sv text; bool paper; int page; }; /* of the contents */
struct pdf {
    struct mw_paper *papers;
    size_t n;
    struct mw_arena *a;
    struct entry *entries;
    size_t entry, n_entries;
    struct mw_str bytes;
    cairo_surface_t *surface;
    cairo_t *cr;
    PangoContext *context;
    double y;
    int page, pages; /* pages: of the first pass */
    unsigned heading[2];
    int outline;     /* of the paper at hand */
    struct mw_sv running;
};

/* --- text ------------------------------------------------------------------------------------------------------------- */

static void set_colour(struct pdf *d, unsigned colour)
{
    mw_draw->cairo_set_source_rgb(d->cr, (colour >> 16) / 255.0, (colour >> 8 & 0xFF) / 255.0, (colour & 0xFF) / 255.0);
}

/* Text set in a width; the caller unrefs. */
static PangoLayout *new_layout(struct pdf *d, struct mw_sv text, const struct look *look, double width, bool right)
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

static double height_of(PangoLayout *layout)
{
    int height = 0;
    mw_draw->pango_layout_get_size(layout, NULL, &height);
    return (double)height / PANGO_SCALE;
}

static void show(struct pdf *d, PangoLayout *layout, double x, double y, const struct look *look)
{
    set_colour(d, look->colour);
    mw_draw->cairo_move_to(d->cr, x, y);
    mw_draw->pango_cairo_show_layout(d->cr, layout);
}

/* --- pages ------------------------------------------------------------------------------------------------------------ */

static void end_page(struct pdf *d)
{
    struct mw_sv number = mw_arena_printf(d->a, "%d / %d", d->page, d->pages);
    PangoLayout *left = new_layout(d, d->running, &FOOTER, TEXT_W - 60, false), *right = new_layout(d, number, &FOOTER, 60, true);

    mw_draw->pango_layout_set_ellipsize(left, PANGO_ELLIPSIZE_END);
    mw_draw->pango_layout_set_height(left, -1);
    show(d, left, LEFT, FOOT, &FOOTER);
    show(d, right, LEFT + TEXT_W - 60, FOOT, &FOOTER);
    mw_draw->g_object_unref(left);
    mw_draw->g_object_unref(right);
    mw_draw->cairo_show_page(d->cr);
}

static void new_page(struct pdf *d)
{
    if (d->page > 0)
        end_page(d);
    d->page++;
    d->y = TOP;
}

static void need_room(struct pdf *d, double height)
{
    if (d->y + height > BOTTOM && d->y > TOP)
        new_page(d);
}

/* A paragraph that may run on over pages, each part in its own tag. */
static void put_text(struct pdf *d, struct mw_sv text, const struct look *look, double indent, const char *tag)
{
    PangoLayout *layout = new_layout(d, text, look, TEXT_W - indent, false);
    PangoLayoutIter *i = mw_draw->pango_layout_get_iter(layout);

    if (d->y > TOP)
        d->y += look->before;
    mw_draw->cairo_tag_begin(d->cr, tag, NULL);
    do {
        PangoRectangle line;
        mw_draw->pango_layout_iter_get_line_extents(i, NULL, &line);
        double height = (double)line.height / PANGO_SCALE, base = (double)(mw_draw->pango_layout_iter_get_baseline(i) - line.y) / PANGO_SCALE;
        if (d->y + height > BOTTOM && d->y > TOP) {
            mw_draw->cairo_tag_end(d->cr, tag);
            new_page(d);
            mw_draw->cairo_tag_begin(d->cr, tag, NULL);
        }
        if (look == &OPEN) {
            set_colour(d, 0xFFF2CC);
            mw_draw->cairo_rectangle(d->cr, LEFT + indent - 2, d->y, TEXT_W - indent + 4, height + 0.5);
            mw_draw->cairo_fill(d->cr);
        }
        set_colour(d, look->colour);
        mw_draw->cairo_move_to(d->cr, LEFT + indent + (double)line.x / PANGO_SCALE, d->y + base);
        mw_draw->pango_cairo_show_layout_line(d->cr, mw_draw->pango_layout_iter_get_line_readonly(i));
        d->y += height * 1.1;
    } while (mw_draw->pango_layout_iter_next_line(i));
    mw_draw->cairo_tag_end(d->cr, tag);
    d->y += look->after;
    mw_draw->pango_layout_iter_free(i);
    mw_draw->g_object_unref(layout);
}

static void put_bullet(struct pdf *d, struct mw_sv text)
{
    PangoLayout *dot = new_layout(d, MW_SV("\xE2\x80\xA2"), &BODY, 12, false);

    need_room(d, 14);
    mw_draw->cairo_tag_begin(d->cr, "L", NULL);
    mw_draw->cairo_tag_begin(d->cr, "LI", NULL);
    mw_draw->cairo_tag_begin(d->cr, "Lbl", NULL);
    show(d, dot, LEFT + 4, d->y, &BODY);
    mw_draw->cairo_tag_end(d->cr, "Lbl");
    put_text(d, text, &BODY, 16, "LBody");
    mw_draw->cairo_tag_end(d->cr, "LI");
    mw_draw->cairo_tag_end(d->cr, "L");
    d->y -= BODY.after / 2;
    mw_draw->g_object_unref(dot);
}

/* --- contents --------------------------------------------------------------------------------------------------------- */

/* Marks where an entry of the contents leads to, and remembers its page. */
static void put_target(struct pdf *d, bool paper)
{
    char link[64];

    if (d->entry >= d->n_entries)
        return;
    d->entries[d->entry].page = d->page;
    snprintf(link, sizeof link, "name='e%zu'", d->entry);
    mw_draw->cairo_tag_begin(d->cr, CAIRO_TAG_DEST, link);
    mw_draw->cairo_tag_end(d->cr, CAIRO_TAG_DEST);
    snprintf(link, sizeof link, "dest='e%zu'", d->entry);
    MW_AUTO(mw_str_free) struct mw_str title = MW_STR_INIT;
    mw_figure_words(&title, d->entries[d->entry].text);
    int at = mw_draw->cairo_pdf_surface_add_outline(d->surface, paper ? CAIRO_PDF_OUTLINE_ROOT : d->outline, mw_str_z(&title), link,
                                           paper ? CAIRO_PDF_OUTLINE_FLAG_OPEN : 0);
    if (paper)
        d->outline = at;
    d->entry++;
}

static void put_contents(struct pdf *d)
{
    static const struct look paper = { 10.5, true, false, 0x12395B, 0, 0 };

    for (size_t i = 0; i < d->n_entries; i++) {
        const struct entry *e = &d->entries[i];
        const struct look *look = e->paper ? &paper : &BODY;
        char link[64];
        snprintf(link, sizeof link, "dest='e%zu'", i);
        PangoLayout *text = new_layout(d, e->text, look, TEXT_W - 60, false);
        PangoLayout *page = new_layout(d, mw_arena_printf(d->a, "%d", e->page), look, 40, true);
        double height = height_of(text);
        d->y += e->paper ? 8 : 0;
        need_room(d, height);
        mw_draw->cairo_tag_begin(d->cr, "P", NULL);
        mw_draw->cairo_tag_begin(d->cr, CAIRO_TAG_LINK, link);
        show(d, text, LEFT + (e->paper ? 0 : 14), d->y, look);
        show(d, page, LEFT + TEXT_W - 40, d->y, look);
        mw_draw->cairo_tag_end(d->cr, CAIRO_TAG_LINK);
        mw_draw->cairo_tag_end(d->cr, "P");
        d->y += height + 3;
        mw_draw->g_object_unref(text);
        mw_draw->g_object_unref(page);
    }
}

static bool list_entries(struct pdf *d)
{
    for (size_t i = 0; i < d->n; i++) {
        d->n_entries++;
        for (size_t b = 0; b < d->papers[i].blocks.n; b++) {
            const struct mw_block *block = MW_AT(d->papers[i].blocks, struct mw_block, b);
            d->n_entries += block->kind == MW_BLOCK_HEADING && block->level == 1;
        }
    }
    d->entries = mw_arena_array(d->a, d->n_entries, sizeof *d->entries);
    for (size_t i = 0, at = 0; i < d->n && d->entries != NULL; i++) {
        unsigned number = 0;
        d->entries[at++] = (struct entry){ d->papers[i].title, true, 0 };
        for (size_t b = 0; b < d->papers[i].blocks.n; b++) {
            const struct mw_block *block = MW_AT(d->papers[i].blocks, struct mw_block, b);
            if (block->kind == MW_BLOCK_HEADING && block->level == 1)
                d->entries[at++] = (struct entry){ mw_arena_printf(d->a, "%u  %.*s", ++number, MW_SV_ARG(block->text)), false, 0 };
        }
    }
    return d->entries != NULL;
}

/* --- blocks ----------------------------------------------------------------------------------------------------------- */

/* How much a chart is made smaller to fit the width, and the height of a page. */
static double scale_of(const struct mw_chart *chart)
{
    double wide = TEXT_W / chart->width, high = (BOTTOM - TOP - 40) / chart->height;

    return wide < high ? wide : high;
}

/* A heading does not stand alone at the end of a page: what follows begins beneath it. */
static void put_heading(struct pdf *d, const struct mw_block *b, const struct mw_block *next)
{
    static const char *const TAGS[] = { "H2", "H3", "H4" };
    int level = b->level < 1 ? 1 : b->level > 3 ? 3 : b->level;
    const struct look *look = &HEADINGS[level - 1];
    struct mw_sv text = b->text;

    bool chart = next != NULL && next->kind == MW_BLOCK_CHART;
    need_room(d, look->before + look->size + (chart ? next->chart->height * scale_of(next->chart) + 12 : 60));
    if (level == 1) {
        d->heading[0]++;
        d->heading[1] = 0;
        text = mw_arena_printf(d->a, "%u  %.*s", d->heading[0], MW_SV_ARG(b->text));
        put_target(d, false);
    } else if (level == 2) {
        text = mw_arena_printf(d->a, "%u.%u  %.*s", d->heading[0], ++d->heading[1], MW_SV_ARG(b->text));
    }
    put_text(d, text, look, 0, TAGS[level - 1]);
}

static void put_chart(struct pdf *d, const struct mw_chart *chart)
{
    double scale = scale_of(chart);

    need_room(d, chart->height * scale);
    mw_draw->cairo_tag_begin(d->cr, "Figure", NULL);
    mw_draw->cairo_save(d->cr);
    mw_draw->cairo_translate(d->cr, LEFT, d->y);
    mw_draw->cairo_scale(d->cr, scale, scale);
    mw_figure_draw(d->cr, chart);
    mw_draw->cairo_restore(d->cr);
    mw_draw->cairo_tag_end(d->cr, "Figure");
    d->y += chart->height * scale + 10;
}

/* What a column needs for its longest word, in points; an address may break. */
static int need_of(struct pdf *d, const struct mw_paper_table *t, size_t col)
{
    struct mw_widest word = mw_paper_widest(t, col);
    PangoLayout *layout = new_layout(d, word.text, word.bold ? &CELL_HEAD : &CELL, TEXT_W, false);
    int width = 0;

    mw_draw->pango_layout_get_pixel_size(layout, &width, NULL);
    mw_draw->g_object_unref(layout);
    width += (int)(2 * CELL_PAD) + 2;
    return width < (int)TEXT_W / 3 ? width : (int)TEXT_W / 3;
}

/* One row; false: it is higher than a page. */
static bool put_row(struct pdf *d, const struct mw_paper_table *t, const int *widths, const struct mw_sv *cells, bool head, bool sum, bool measure)
{
    const struct look *look = head || sum ? &CELL_HEAD : &CELL;
    double x = LEFT, height = 0;
    PangoLayout **layouts = mw_arena_array(d->a, t->n, sizeof *layouts);

    for (size_t c = 0; c < t->n && layouts != NULL; c++) {
        layouts[c] = new_layout(d, cells[c], look, widths[c] - 2 * CELL_PAD, t->right[c]);
        height = height_of(layouts[c]) > height ? height_of(layouts[c]) : height;
    }
    height += 2 * CELL_PAD;
    bool fits = layouts != NULL && height <= BOTTOM - TOP - 40;
    if (!measure && fits) {
        if (head) {
            set_colour(d, 0xE8EEF4);
            mw_draw->cairo_rectangle(d->cr, LEFT, d->y, TEXT_W, height);
            mw_draw->cairo_fill(d->cr);
        }
        set_colour(d, sum ? 0x12395B : 0xA6B1BC);
        mw_draw->cairo_set_line_width(d->cr, sum ? 1 : 0.4);
        mw_draw->cairo_move_to(d->cr, LEFT, d->y);
        mw_draw->cairo_rel_line_to(d->cr, TEXT_W, 0);
        mw_draw->cairo_stroke(d->cr);
        mw_draw->cairo_tag_begin(d->cr, "TR", NULL);
        for (size_t c = 0; c < t->n; c++) {
            mw_draw->cairo_tag_begin(d->cr, head ? "TH" : "TD", NULL);
            show(d, layouts[c], x + CELL_PAD, d->y + CELL_PAD, look);
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

/* A table runs on with its head on the next page; a row that no page can hold is set as text. */
static void put_table(struct pdf *d, const struct mw_paper_table *t)
{
    int *need = mw_arena_array(d->a, t->n + 1, sizeof *need), *widths = mw_arena_array(d->a, t->n + 1, sizeof *widths);

    if (t->n == 0 || need == NULL || widths == NULL)
        return;
    for (size_t c = 0; c < t->n; c++)
        need[c] = need_of(d, t, c);
    mw_paper_fit(t, (int)TEXT_W, need, widths);
    need_room(d, 60);
    d->y += 4;
    mw_draw->cairo_tag_begin(d->cr, "Table", NULL);
    put_row(d, t, widths, t->heads, true, false, false);
    for (size_t i = 0; i < t->rows.n; i++) {
        const struct mw_paper_row *r = MW_AT(t->rows, struct mw_paper_row, i);
        double y = d->y;
        if (!put_row(d, t, widths, r->cells, false, r->sum, true)) {
            mw_draw->cairo_tag_end(d->cr, "Table");
            for (size_t c = 0; c < t->n; c++)
                put_text(d, r->cells[c], &CELL, 0, "P");
            mw_draw->cairo_tag_begin(d->cr, "Table", NULL);
            continue;
        }
        bool over = d->y > BOTTOM;
        d->y = y;
        if (over) {
            mw_draw->cairo_tag_end(d->cr, "Table");
            new_page(d);
            mw_draw->cairo_tag_begin(d->cr, "Table", NULL);
            put_row(d, t, widths, t->heads, true, false, false);
        }
        put_row(d, t, widths, r->cells, false, r->sum, false);
    }
    mw_draw->cairo_tag_end(d->cr, "Table");
    set_colour(d, 0xA6B1BC);
    mw_draw->cairo_move_to(d->cr, LEFT, d->y);
    mw_draw->cairo_rel_line_to(d->cr, TEXT_W, 0);
    mw_draw->cairo_stroke(d->cr);
    d->y += 10;
}

static void put_block(struct pdf *d, const struct mw_block *b, const struct mw_block *next)
{
    switch (b->kind) {
    case MW_BLOCK_HEADING:
        put_heading(d, b, next);
        break;
    case MW_BLOCK_TEXT:
        put_text(d, b->text, &BODY, 0, "P");
        break;
    case MW_BLOCK_OPEN:
        put_text(d, b->text, &OPEN, 0, "P");
        break;
    case MW_BLOCK_NOTE:
        put_text(d, b->text, &NOTE, 0, "P");
        break;
    case MW_BLOCK_BULLET:
        put_bullet(d, b->text);
        break;
    case MW_BLOCK_TABLE:
        put_table(d, b->table);
        break;
    case MW_BLOCK_CHART:
        put_chart(d, b->chart);
        break;
    }
}

/* --- the file --------------------------------------------------------------------------------------------------------- */

static cairo_status_t append(void *closure, const unsigned char *bytes, unsigned n)
{
    mw_str_add(closure, mw_sv_n((const char *)bytes, n));
    return mw_str_ok(closure) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_NO_MEMORY;
}

static void put_metadata(struct pdf *d)
{
    MW_AUTO(mw_str_free) struct mw_str day = MW_STR_INIT, title = MW_STR_INIT, author = MW_STR_INIT;
    const struct mw_paper *p = &d->papers[0];

    mw_figure_words(&title, p->subtitle);
    mw_figure_words(&author, p->author);
    mw_day_iso(&day, p->day);
    mw_str_addz(&day, "T12:00:00Z");
    mw_draw->cairo_pdf_surface_set_metadata(d->surface, CAIRO_PDF_METADATA_TITLE, mw_str_z(&title));
    mw_draw->cairo_pdf_surface_set_metadata(d->surface, CAIRO_PDF_METADATA_AUTHOR, mw_str_z(&author));
    mw_draw->cairo_pdf_surface_set_metadata(d->surface, CAIRO_PDF_METADATA_CREATOR, "Mittelweg");
    mw_draw->cairo_pdf_surface_set_metadata(d->surface, CAIRO_PDF_METADATA_CREATE_DATE, mw_str_z(&day));
    mw_draw->cairo_pdf_surface_set_metadata(d->surface, CAIRO_PDF_METADATA_MOD_DATE, mw_str_z(&day));
}

static void put_cover(struct pdf *d)
{
    const struct mw_paper *p = &d->papers[0];
    size_t open = 0;

    for (size_t i = 0; i < d->n; i++)
        open += d->papers[i].open;
    new_page(d);
    d->running = p->subtitle;
    d->y = 110;
    put_text(d, mw_sv(mw_tr(p->lang, "Application documents")), &TITLE, 0, "H1");
    put_text(d, p->subtitle, &SUBTITLE, 0, "P");
    put_text(d, p->author, &BODY, 0, "P");
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    mw_day_format(&s, p->day, p->lang);
    struct mw_sv day = mw_arena_printf(d->a, "%s: %s", mw_tr(p->lang, "As of"), mw_str_z(&s));
    put_text(d, day, &BODY, 0, "P");
    if (open > 0)
        put_text(d, mw_arena_printf(d->a, mw_tr(p->lang, "Open questions: %zu. They stand in brackets on yellow."), open), &OPEN, 0, "P");
    d->y += 14;
    put_contents(d);
}

static cairo_status_t set_all(struct pdf *d)
{
    cairo_font_options_t *options = mw_draw->cairo_font_options_create();

    mw_str_clear(&d->bytes);
    d->entry = 0;
    d->page = 0;
    d->surface = mw_draw->cairo_pdf_surface_create_for_stream(append, &d->bytes, PAGE_W, PAGE_H);
    d->cr = mw_draw->cairo_create(d->surface);
    d->context = mw_draw->pango_cairo_create_context(d->cr);
    mw_draw->cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    mw_draw->pango_cairo_context_set_font_options(d->context, options);
    mw_draw->cairo_font_options_destroy(options);
    mw_draw->pango_context_set_language(d->context, mw_draw->pango_language_from_string(d->papers[0].lang == MW_DE ? "de" : "en"));
    put_metadata(d);
    put_cover(d);
    for (size_t i = 0; i < d->n; i++) {
        const struct mw_paper *p = &d->papers[i];
        new_page(d);
        d->running = mw_arena_printf(d->a, "%.*s \xE2\x80\x93 %.*s", MW_SV_ARG(p->title), MW_SV_ARG(p->subtitle));
        d->heading[0] = d->heading[1] = 0;
        put_target(d, true);
        put_text(d, p->title, &TITLE, 0, "H1");
        put_text(d, p->subtitle, &SUBTITLE, 0, "P");
        for (size_t b = 0; b < p->blocks.n; b++)
            put_block(d, MW_AT(p->blocks, struct mw_block, b), b + 1 < p->blocks.n ? MW_AT(p->blocks, struct mw_block, b + 1) : NULL);
    }
    end_page(d);
    d->pages = d->page;
    mw_draw->g_object_unref(d->context);
    cairo_status_t status = mw_draw->cairo_status(d->cr);
    mw_draw->cairo_destroy(d->cr);
    mw_draw->cairo_surface_finish(d->surface);
    status = status == CAIRO_STATUS_SUCCESS ? mw_draw->cairo_surface_status(d->surface) : status;
    mw_draw->cairo_surface_destroy(d->surface);
    return status;
}

/* The number behind the last key, or 0. */
static unsigned long number_at(struct mw_sv bytes, const char *key)
{
    size_t at = SIZE_MAX, n = strlen(key);

    for (size_t next = mw_sv_find(bytes, mw_sv(key), 0); next != SIZE_MAX; next = mw_sv_find(bytes, mw_sv(key), next + n))
        at = next;
    return at != SIZE_MAX ? strtoul(bytes.p + at + n, NULL, 10) : 0; /* the bytes of a string end in NUL */
}

/* cairo 1.16 writes the structure but neither says so nor in which language the text is: an incremental update (PDF
 * 32000-1, 7.5.6) puts a catalogue with /MarkInfo and /Lang in place of the one there is. A file of another form, which
 * a later cairo may write, stays as it is. */
static void say_language(struct mw_str *bytes, enum mw_lang lang)
{
    struct mw_sv file = mw_str_sv(bytes);
    unsigned long root = number_at(file, "/Root "), info = number_at(file, "/Info "), size = number_at(file, "/Size "), xref = number_at(file, "startxref");
    char begin[40];
    int n = snprintf(begin, sizeof begin, "\n%lu 0 obj\n<< /Type /Catalog\n", root);
    size_t at = mw_sv_find(file, mw_sv_n(begin, (size_t)n), 0), end = at != SIZE_MAX ? mw_sv_find(file, MW_SV("endobj\n"), at) : SIZE_MAX;

    if (root == 0 || info == 0 || size == 0 || xref == 0 || end == SIZE_MAX || mw_sv_find(mw_sv_sub(file, at, end - at), MW_SV("/MarkInfo"), 0) != SIZE_MAX)
        return;
    MW_AUTO(mw_str_free) struct mw_str rest = MW_STR_INIT; /* a copy: the bytes may move when they grow */
    mw_str_add(&rest, mw_sv_sub(file, at + (size_t)n, end - at - (size_t)n));
    size_t object = file.n;
    mw_str_addf(bytes, "%lu 0 obj\n<< /Type /Catalog\n   /Lang (%s)\n   /MarkInfo << /Marked true >>\n   /ViewerPreferences << /DisplayDocTitle true >>\n",
                root, lang == MW_DE ? "de-DE" : "en-GB");
    mw_str_addz(bytes, mw_str_z(&rest));
    size_t table = bytes->n + strlen("endobj\n");
    mw_str_addf(bytes, "endobj\nxref\n%lu 1\n%010zu 00000 n \ntrailer\n<< /Size %lu\n   /Root %lu 0 R\n   /Info %lu 0 R\n   /Prev %lu\n>>\nstartxref\n%zu\n%%%%EOF\n",
                root, object, size, root, info, xref, table);
    if (!mw_str_ok(&rest))
        bytes->failed = true;
}

enum mw_rc mw_pdf(struct mw_sv *out, struct mw_paper *papers, size_t n, struct mw_err *err)
{
    struct pdf d = { .papers = papers, .n = n, .a = papers[0].a };
    enum mw_rc rc = MW_OK;

    if (mw_draw_open(err) != MW_OK)
        return MW_OUTPUT;
    if (!list_entries(&d))
        return mw_nomem(err);
    for (int pass = 0; pass < 2 && rc == MW_OK; pass++) {
        cairo_status_t status = set_all(&d);
        if (status != CAIRO_STATUS_SUCCESS || !mw_str_ok(&d.bytes))
            rc = mw_fail(err, MW_OUTPUT, "The PDF could not be made: %s.", mw_draw->cairo_status_to_string(status));
    }
    if (rc == MW_OK) {
        say_language(&d.bytes, papers[0].lang);
        *out = mw_arena_copy(d.a, mw_str_sv(&d.bytes));
        rc = mw_str_ok(&d.bytes) && out->p != NULL ? MW_OK : mw_nomem(err);
    }
    mw_str_free(&d.bytes);
    return rc;
}
