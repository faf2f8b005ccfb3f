/* All papers as one PDF through cairo and pango: tagged (headings, paragraphs, lists, tables with header cells), with
 * outline, contents and page numbers; no office program is needed.
 *
 * The papers are set twice: the first time only to learn the pages for the contents. Times come from the plan. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apply/documents/pdf_inside.h"

static const struct mw_look NOTE = { 8.5, false, true, 0x444444, 2, 6 },
                            TITLE = { 21, true, false, 0x12395B, 0, 4 }, SUBTITLE = { 13, false, false, 0x444444, 0, 14 },
                            HEADINGS[] = { { 14, true, false, 0x12395B, 16, 5 }, { 11.5, true, false, 0x12395B, 10, 4 }, { 10, true, false, 0x1A1A1A, 8, 3 } };

/* --- contents --------------------------------------------------------------------------------------------------------- */

/* Marks where an entry of the contents leads to, and remembers its page. */
static void put_target(struct mw_press *d, bool paper)
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

static void put_contents(struct mw_press *d)
{
    static const struct mw_look paper = { 10.5, true, false, 0x12395B, 0, 0 };

    for (size_t i = 0; i < d->n_entries; i++) {
        const struct mw_press_entry *e = &d->entries[i];
        const struct mw_look *look = e->paper ? &paper : &MW_LOOK_BODY;
        char link[64];
        snprintf(link, sizeof link, "dest='e%zu'", i);
        PangoLayout *text = mw_press_layout(d, e->text, look, MW_TEXT_W - 60, false);
        PangoLayout *page = mw_press_layout(d, mw_arena_printf(d->a, "%d", e->page), look, 40, true);
        double height = mw_press_height(text);
        d->y += e->paper ? 8 : 0;
        mw_press_need_room(d, height);
        mw_draw->cairo_tag_begin(d->cr, "P", NULL);
        mw_draw->cairo_tag_begin(d->cr, CAIRO_TAG_LINK, link);
        mw_press_show(d, text, MW_LEFT + (e->paper ? 0 : 14), d->y, look);
        mw_press_show(d, page, MW_LEFT + MW_TEXT_W - 40, d->y, look);
        mw_draw->cairo_tag_end(d->cr, CAIRO_TAG_LINK);
        mw_draw->cairo_tag_end(d->cr, "P");
        d->y += height + 3;
        mw_draw->g_object_unref(text);
        mw_draw->g_object_unref(page);
    }
}

static bool list_entries(struct mw_press *d)
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
        d->entries[at++] = (struct mw_press_entry){ d->papers[i].title, true, 0 };
        for (size_t b = 0; b < d->papers[i].blocks.n; b++) {
            const struct mw_block *block = MW_AT(d->papers[i].blocks, struct mw_block, b);
            if (block->kind == MW_BLOCK_HEADING && block->level == 1)
                d->entries[at++] = (struct mw_press_entry){ mw_arena_printf(d->a, "%u  %.*s", ++number, MW_SV_ARG(block->text)), false, 0 };
        }
    }
    return d->entries != NULL;
}
/* --- blocks ----------------------------------------------------------------------------------------------------------- */

/* How much a chart is made smaller to fit the width, and the height of a page. */
static double scale_of(const struct mw_chart *chart)
{
    double wide = MW_TEXT_W / chart->width, high = (MW_BOTTOM - MW_TOP - 40) / chart->height;

    return wide < high ? wide : high;
}

/* A heading does not stand alone at the end of a page: what follows begins beneath it. */
static void put_heading(struct mw_press *d, const struct mw_block *b, const struct mw_block *next)
{
    static const char *const TAGS[] = { "H2", "H3", "H4" };
    int level = b->level < 1 ? 1 : b->level > 3 ? 3 : b->level;
    const struct mw_look *look = &HEADINGS[level - 1];
    struct mw_sv text = b->text;

    bool chart = next != NULL && next->kind == MW_BLOCK_CHART;
    mw_press_need_room(d, look->before + look->size + (chart ? next->chart->height * scale_of(next->chart) + 12 : 60));
    if (level == 1) {
        d->heading[0]++;
        d->heading[1] = 0;
        text = mw_arena_printf(d->a, "%u  %.*s", d->heading[0], MW_SV_ARG(b->text));
        put_target(d, false);
    } else if (level == 2) {
        text = mw_arena_printf(d->a, "%u.%u  %.*s", d->heading[0], ++d->heading[1], MW_SV_ARG(b->text));
    }
    mw_press_text(d, text, look, 0, TAGS[level - 1]);
}

static void put_chart(struct mw_press *d, const struct mw_chart *chart)
{
    double scale = scale_of(chart);

    mw_press_need_room(d, chart->height * scale);
    mw_draw->cairo_tag_begin(d->cr, "Figure", NULL);
    mw_draw->cairo_save(d->cr);
    mw_draw->cairo_translate(d->cr, MW_LEFT, d->y);
    mw_draw->cairo_scale(d->cr, scale, scale);
    mw_figure_draw(d->cr, chart);
    mw_draw->cairo_restore(d->cr);
    mw_draw->cairo_tag_end(d->cr, "Figure");
    d->y += chart->height * scale + 10;
}

static void put_bullet(struct mw_press *d, struct mw_sv text)
{
    PangoLayout *dot = mw_press_layout(d, MW_SV("\xE2\x80\xA2"), &MW_LOOK_BODY, 12, false);

    mw_press_need_room(d, 14);
    mw_draw->cairo_tag_begin(d->cr, "L", NULL);
    mw_draw->cairo_tag_begin(d->cr, "LI", NULL);
    mw_draw->cairo_tag_begin(d->cr, "Lbl", NULL);
    mw_press_show(d, dot, MW_LEFT + 4, d->y, &MW_LOOK_BODY);
    mw_draw->cairo_tag_end(d->cr, "Lbl");
    mw_press_text(d, text, &MW_LOOK_BODY, 16, "LBody");
    mw_draw->cairo_tag_end(d->cr, "LI");
    mw_draw->cairo_tag_end(d->cr, "L");
    d->y -= MW_LOOK_BODY.after / 2;
    mw_draw->g_object_unref(dot);
}

static void put_block(struct mw_press *d, const struct mw_block *b, const struct mw_block *next)
{
    switch (b->kind) {
    case MW_BLOCK_HEADING:
        put_heading(d, b, next);
        break;
    case MW_BLOCK_TEXT:
        mw_press_text(d, b->text, &MW_LOOK_BODY, 0, "P");
        break;
    case MW_BLOCK_OPEN:
        mw_press_text(d, b->text, &MW_LOOK_OPEN, 0, "P");
        break;
    case MW_BLOCK_NOTE:
        mw_press_text(d, b->text, &NOTE, 0, "P");
        break;
    case MW_BLOCK_BULLET:
        put_bullet(d, b->text);
        break;
    case MW_BLOCK_TABLE:
        mw_press_table(d, b->table);
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

static void put_metadata(struct mw_press *d)
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

static void put_cover(struct mw_press *d)
{
    const struct mw_paper *p = &d->papers[0];
    size_t open = 0;

    for (size_t i = 0; i < d->n; i++)
        open += d->papers[i].open;
    mw_press_new_page(d);
    d->running = p->subtitle;
    d->y = 110;
    mw_press_text(d, mw_sv(mw_tr(p->lang, "Application documents")), &TITLE, 0, "H1");
    mw_press_text(d, p->subtitle, &SUBTITLE, 0, "P");
    mw_press_text(d, p->author, &MW_LOOK_BODY, 0, "P");
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    mw_day_format(&s, p->day, p->lang);
    struct mw_sv day = mw_arena_printf(d->a, "%s: %s", mw_tr(p->lang, "As of"), mw_str_z(&s));
    mw_press_text(d, day, &MW_LOOK_BODY, 0, "P");
    if (open > 0)
        mw_press_text(d, mw_arena_printf(d->a, mw_tr(p->lang, "Open questions: %zu. They stand in brackets on yellow."), open), &MW_LOOK_OPEN, 0, "P");
    d->y += 14;
    put_contents(d);
}

static cairo_status_t set_all(struct mw_press *d)
{
    cairo_font_options_t *options = mw_draw->cairo_font_options_create();

    mw_str_clear(&d->bytes);
    d->entry = 0;
    d->page = 0;
    d->surface = mw_draw->cairo_pdf_surface_create_for_stream(append, &d->bytes, MW_PAGE_W, MW_PAGE_H);
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
        mw_press_new_page(d);
        d->running = mw_arena_printf(d->a, "%.*s \xE2\x80\x93 %.*s", MW_SV_ARG(p->title), MW_SV_ARG(p->subtitle));
        d->heading[0] = d->heading[1] = 0;
        put_target(d, true);
        mw_press_text(d, p->title, &TITLE, 0, "H1");
        mw_press_text(d, p->subtitle, &SUBTITLE, 0, "P");
        for (size_t b = 0; b < p->blocks.n; b++)
            put_block(d, MW_AT(p->blocks, struct mw_block, b), b + 1 < p->blocks.n ? MW_AT(p->blocks, struct mw_block, b + 1) : NULL);
    }
    mw_press_end_page(d);
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
    struct mw_press d = { .papers = papers, .n = n, .a = papers[0].a };
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
