/* A paper as Office Open XML (ECMA-376, transitional): real headings, numbering, lists, tables whose first row is a header
 * row, alternative texts. Times come from the plan, so that the same plan gives the same bytes. */

#include "apply/documents/figure.h"
#include "apply/documents/paper.h"
#include "apply/documents/xml.h"
#include "lib/parse/libzip.h"

/* Lengths in twentieths of a point: A4, margins of 2.5 cm, and the text between them. */
enum { PAGE_W = 11906, PAGE_H = 16838, MARGIN = 1304, TEXT_W = PAGE_W - 2 * MARGIN };
enum { TABLE_SIZE = 180, CELL_PAD = 260 }; /* 9 points; the cell's own margins and a little air */
enum { EMU_PER_TWIP = 635 };

#define W_NS "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define R_NS "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

static const char CONTENT_TYPES[] =
    HEAD "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
         "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
         "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/>"
#define PART(name, type) "<Override PartName=\"/" name "\" ContentType=\"application/vnd.openxmlformats-" type "+xml\"/>"
#define WORD "officedocument.wordprocessingml."
    PART("word/document.xml", WORD "document.main") PART("word/styles.xml", WORD "styles") PART("word/numbering.xml", WORD "numbering")
    PART("word/settings.xml", WORD "settings") PART("word/footer1.xml", WORD "footer") PART("docProps/core.xml", "package.core-properties")
    PART("docProps/app.xml", "officedocument.extended-properties") "</Types>";
static const char PACKAGE_RELS[] =
    HEAD "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
         "<Relationship Id=\"rId1\" Type=\"" REL "officeDocument\" Target=\"word/document.xml\"/>"
         "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" "
         "Target=\"docProps/core.xml\"/>"
         "<Relationship Id=\"rId3\" Type=\"" REL "extended-properties\" Target=\"docProps/app.xml\"/></Relationships>";
static const char APP[] =
    HEAD "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">"
         "<Application>Mittelweg</Application></Properties>";
static const char NUMBERING[] =
    HEAD "<w:numbering " W_NS ">"
         "<w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType w:val=\"multilevel\"/>"
         "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:pStyle w:val=\"Heading1\"/><w:lvlText w:val=\"%1\"/>"
         "<w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"567\" w:hanging=\"567\"/></w:pPr></w:lvl>"
         "<w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:pStyle w:val=\"Heading2\"/><w:lvlText w:val=\"%1.%2\"/>"
         "<w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"567\" w:hanging=\"567\"/></w:pPr></w:lvl></w:abstractNum>"
         "<w:abstractNum w:abstractNumId=\"1\"><w:multiLevelType w:val=\"hybridMultilevel\"/>"
         "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/><w:pStyle w:val=\"ListBullet\"/><w:lvlText w:val=\"\xE2\x80\xA2\"/>"
         "<w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"425\" w:hanging=\"283\"/></w:pPr></w:lvl></w:abstractNum>"
         "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>"
         "</w:numbering>";
static const char STYLES[] =
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/>"
    "<w:pPr><w:spacing w:after=\"120\" w:line=\"269\" w:lineRule=\"auto\"/></w:pPr></w:style>"
    "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr>"
    "<w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:left w:w=\"70\" w:type=\"dxa\"/><w:right w:w=\"70\" w:type=\"dxa\"/></w:tblCellMar>"
    "</w:tblPr></w:style>"
#define STYLE(id, name, next, ppr, rpr)                                                                                            \
    "<w:style w:type=\"paragraph\" w:styleId=\"" id "\"><w:name w:val=\"" name "\"/><w:basedOn w:val=\"Normal\"/><w:next w:val=\"" next \
    "\"/><w:qFormat/><w:pPr>" ppr "</w:pPr><w:rPr>" rpr "</w:rPr></w:style>"
    STYLE("Title", "Title", "Subtitle", "<w:keepNext/><w:spacing w:before=\"0\" w:after=\"60\"/>", "<w:b/><w:color w:val=\"12395B\"/><w:sz w:val=\"40\"/>")
    STYLE("Subtitle", "Subtitle", "Normal", "<w:keepNext/><w:spacing w:after=\"240\"/>", "<w:color w:val=\"444444\"/><w:sz w:val=\"26\"/>")
    STYLE("Heading1", "heading 1", "Normal", "<w:keepNext/><w:keepLines/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>"
          "<w:spacing w:before=\"320\" w:after=\"100\"/><w:outlineLvl w:val=\"0\"/>", "<w:b/><w:color w:val=\"12395B\"/><w:sz w:val=\"28\"/>")
    STYLE("Heading2", "heading 2", "Normal", "<w:keepNext/><w:keepLines/><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr>"
          "<w:spacing w:before=\"240\" w:after=\"80\"/><w:outlineLvl w:val=\"1\"/>", "<w:b/><w:color w:val=\"12395B\"/><w:sz w:val=\"24\"/>")
    STYLE("Heading3", "heading 3", "Normal", "<w:keepNext/><w:keepLines/><w:spacing w:before=\"160\" w:after=\"60\"/><w:outlineLvl w:val=\"2\"/>", "<w:b/>")
    STYLE("ListBullet", "List Bullet", "ListBullet", "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"2\"/></w:numPr><w:spacing w:after=\"60\"/>", "")
    STYLE("Open", "Open question", "Normal", "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"FFF2CC\"/>", "<w:b/><w:color w:val=\"7A4B00\"/>")
    STYLE("Note", "Note", "Normal", "", "<w:i/><w:color w:val=\"444444\"/><w:sz w:val=\"18\"/>")
    STYLE("TableText", "Table text", "TableText", "<w:spacing w:before=\"30\" w:after=\"30\" w:line=\"240\" w:lineRule=\"auto\"/>", "<w:sz w:val=\"18\"/>")
    STYLE("TableHead", "Table head", "TableText", "<w:keepNext/><w:spacing w:before=\"40\" w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/>",
          "<w:b/><w:sz w:val=\"18\"/>")
    STYLE("Footer", "footer", "Footer", "<w:tabs><w:tab w:val=\"right\" w:pos=\"9298\"/></w:tabs><w:spacing w:after=\"0\"/>", "<w:color w:val=\"444444\"/><w:sz w:val=\"16\"/>")
    "</w:styles>";

struct docx {
    struct mw_paper *paper;
    struct mw_str doc, rels;
    unsigned figures;
    zip_t *zip;
    struct mw_ymd day;
    bool failed;
};

/* --- parts ------------------------------------------------------------------------------------------------------------ */

static void add_part(struct docx *d, const char *name, struct mw_sv bytes)
{
    struct mw_sv kept = mw_arena_copy(d->paper->a, bytes); /* libzip reads it when the file is closed */
    zip_source_t *source = kept.p != NULL ? mw_libzip->zip_source_buffer(d->zip, kept.p, kept.n, 0) : NULL;
    zip_int64_t at = source != NULL ? mw_libzip->zip_file_add(d->zip, name, source, ZIP_FL_ENC_UTF_8) : -1;

    if (source != NULL && at < 0)
        mw_libzip->zip_source_free(source);
    unsigned date = (unsigned)((d->day.year > 1980 ? d->day.year - 1980 : 0) << 9 | d->day.month << 5 | d->day.day);
    d->failed = d->failed || at < 0 || mw_libzip->zip_file_set_dostime(d->zip, (zip_uint64_t)at, 12 << 11, (zip_uint16_t)date, 0) != 0;
}

static void put_text(struct mw_str *o, struct mw_sv text)
{
    mw_str_addz(o, "<w:r><w:t xml:space=\"preserve\">");
    mw_xml_escape(o, text);
    mw_str_addz(o, "</w:t></w:r>");
}

static void put_paragraph(struct mw_str *o, const char *style, const char *properties, struct mw_sv text)
{
    mw_str_addf(o, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/>%s</w:pPr>", style, properties);
    if (text.n > 0)
        put_text(o, text);
    mw_str_addz(o, "</w:p>");
}

/* --- tables ----------------------------------------------------------------------------------------------------------- */

static void put_row(struct mw_str *o, const struct mw_paper_table *t, const int *widths, const struct mw_sv *cells, bool head, bool sum)
{
    mw_str_addf(o, "<w:tr><w:trPr><w:cantSplit/>%s</w:trPr>", head ? "<w:tblHeader/>" : "");
    for (size_t c = 0; c < t->n; c++) {
        mw_str_addf(o, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/>%s</w:tcPr>", widths[c],
                    head  ? "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"E8EEF4\"/>"
                    : sum ? "<w:tcBorders><w:top w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"12395B\"/></w:tcBorders>"
                          : "");
        put_paragraph(o, head || sum ? "TableHead" : "TableText", t->right[c] ? "<w:jc w:val=\"right\"/>" : "", cells[c]);
        mw_str_addz(o, "</w:tc>");
    }
    mw_str_addz(o, "</w:tr>");
}

static void put_table(struct docx *d, const struct mw_paper_table *t)
{
    struct mw_str *o = &d->doc;
    int *widths = mw_arena_array(d->paper->a, t->n, sizeof *widths), *need = mw_arena_array(d->paper->a, t->n, sizeof *need);

    if (widths == NULL || need == NULL) {
        d->failed = true;
        return;
    }
    for (size_t c = 0; c < t->n; c++) {
        int word = mw_paper_widest(t, c).width * TABLE_SIZE / 1000 + CELL_PAD;
        need[c] = word < TEXT_W / 3 ? word : TEXT_W / 3; /* an address may break */
    }
    mw_paper_fit(t, TEXT_W, need, widths);
    mw_str_addf(o, "<w:tbl><w:tblPr><w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:tblBorders>", TEXT_W);
    for (const char *const *side = (const char *const[]){ "top", "bottom", "insideH", NULL }; *side != NULL; side++)
        mw_str_addf(o, "<w:%s w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"A6B1BC\"/>", *side);
    mw_str_addz(o, "</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" "
                   "w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/></w:tblPr><w:tblGrid>");
    for (size_t c = 0; c < t->n; c++)
        mw_str_addf(o, "<w:gridCol w:w=\"%d\"/>", widths[c]);
    mw_str_addz(o, "</w:tblGrid>");
    put_row(o, t, widths, t->heads, true, false);
    for (size_t i = 0; i < t->rows.n; i++) {
        const struct mw_paper_row *r = MW_AT(t->rows, struct mw_paper_row, i);
        put_row(o, t, widths, r->cells, false, r->sum);
    }
    mw_str_addz(o, "</w:tbl>");
    put_paragraph(o, "TableText", "", MW_SV("")); /* room, and two tables do not melt into one */
}

/* --- figures ---------------------------------------------------------------------------------------------------------- */

static void put_chart(struct docx *d, const struct mw_chart *chart)
{
    struct mw_str *o = &d->doc;
    struct mw_sv png;
    long cx = (long)TEXT_W * EMU_PER_TWIP, cy = cx * chart->height / chart->width, most = 13000L * EMU_PER_TWIP;

    if (cy > most) { /* a long schedule is made smaller until it fits its page */
        cx = cx * most / cy;
        cy = most;
    }
    if (mw_figure_png(&png, d->paper->a, chart, NULL) != MW_OK) {
        d->failed = true;
        return;
    }
    unsigned n = ++d->figures;
    struct mw_sv name = mw_arena_printf(d->paper->a, "word/media/figure%u.png", n);
    d->failed = d->failed || name.p == NULL;
    if (d->failed)
        return;
    add_part(d, name.p, png);
    mw_str_addf(&d->rels, "<Relationship Id=\"figure%u\" Type=\"" REL "image\" Target=\"media/figure%u.png\"/>", n, n);
    mw_str_addf(o, "<w:p><w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"%ld\" cy=\"%ld\"/>"
                   "<wp:docPr id=\"%u\" name=\"figure%u\" title=\"", cx, cy, n, n);
    mw_xml_escape(o, chart->title);
    mw_str_addz(o, "\" descr=\"");
    mw_xml_escape(o, chart->desc);
    mw_str_addf(o, "\"/><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr>"
                   "<pic:cNvPr id=\"%u\" name=\"figure%u.png\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"figure%u\"/>"
                   "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"%ld\" cy=\"%ld\"/>"
                   "</a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>"
                   "</wp:inline></w:drawing></w:r></w:p>", n, n, n, cx, cy);
}

/* --- the document ----------------------------------------------------------------------------------------------------- */

static void put_block(struct docx *d, const struct mw_block *b)
{
    static const char *const HEADINGS[] = { "Heading1", "Heading2", "Heading3" };

    switch (b->kind) {
    case MW_BLOCK_HEADING:
        put_paragraph(&d->doc, HEADINGS[b->level < 1 ? 0 : b->level > 3 ? 2 : b->level - 1], "", b->text);
        break;
    case MW_BLOCK_TEXT:
        put_paragraph(&d->doc, "Normal", "", b->text);
        break;
    case MW_BLOCK_OPEN:
        put_paragraph(&d->doc, "Open", "", b->text);
        break;
    case MW_BLOCK_NOTE:
        put_paragraph(&d->doc, "Note", "", b->text);
        break;
    case MW_BLOCK_BULLET:
        put_paragraph(&d->doc, "ListBullet", "", b->text);
        break;
    case MW_BLOCK_TABLE:
        put_table(d, b->table);
        break;
    case MW_BLOCK_CHART:
        put_chart(d, b->chart);
        break;
    }
}

static void put_document(struct docx *d)
{
    struct mw_str *o = &d->doc;

    mw_str_addz(o, HEAD "<w:document " W_NS " " R_NS " xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "
                   "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
                   "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>");
    put_paragraph(o, "Title", "", d->paper->title);
    put_paragraph(o, "Subtitle", "", d->paper->subtitle);
    for (size_t i = 0; i < d->paper->blocks.n && !d->failed; i++)
        put_block(d, MW_AT(d->paper->blocks, struct mw_block, i));
    mw_str_addf(o, "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId4\"/><w:pgSz w:w=\"%d\" w:h=\"%d\"/><w:pgMar w:top=\"%d\" "
                   "w:right=\"%d\" w:bottom=\"%d\" w:left=\"%d\" w:header=\"600\" w:footer=\"600\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>",
                PAGE_W, PAGE_H, MARGIN, MARGIN, MARGIN, MARGIN);
}

static void put_field(struct mw_str *o, const char *field)
{
    mw_str_addf(o, "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> %s </w:instrText></w:r>"
                   "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>", field);
}

static void add_small_parts(struct docx *d)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    const struct mw_paper *p = d->paper;
    const char *lang = p->lang == MW_DE ? "de-DE" : "en-GB";

    mw_str_addf(&s, HEAD "<w:styles " W_NS "><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:cs=\"Arial\" "
                    "w:eastAsia=\"Arial\"/><w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/><w:lang w:val=\"%s\" w:eastAsia=\"%s\" w:bidi=\"ar-SA\"/></w:rPr>"
                    "</w:rPrDefault><w:pPrDefault/></w:docDefaults>%s", lang, lang, STYLES);
    add_part(d, "word/styles.xml", mw_str_sv(&s));
    add_part(d, "word/numbering.xml", mw_sv(NUMBERING));
    mw_str_clear(&s);
    mw_str_addf(&s, HEAD "<w:settings " W_NS "><w:autoHyphenation w:val=\"true\"/><w:compat><w:compatSetting w:name=\"compatibilityMode\" "
                    "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat><w:themeFontLang w:val=\"%s\"/></w:settings>", lang);
    add_part(d, "word/settings.xml", mw_str_sv(&s));
    mw_str_clear(&s);
    mw_str_addz(&s, HEAD "<w:ftr " W_NS "><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>");
    put_text(&s, mw_arena_printf(p->a, "%.*s \xE2\x80\x93 %.*s", MW_SV_ARG(p->title), MW_SV_ARG(p->subtitle)));
    mw_str_addz(&s, "<w:r><w:tab/></w:r>");
    put_field(&s, "PAGE");
    put_text(&s, MW_SV(" / "));
    put_field(&s, "NUMPAGES");
    mw_str_addz(&s, "</w:p></w:ftr>");
    add_part(d, "word/footer1.xml", mw_str_sv(&s));
    mw_str_clear(&s);
    mw_str_addz(&s, HEAD "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
                    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
                    "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>");
    mw_xml_escape(&s, mw_arena_printf(p->a, "%.*s: %.*s", MW_SV_ARG(p->title), MW_SV_ARG(p->subtitle)));
    mw_str_addz(&s, "</dc:title><dc:creator>");
    mw_xml_escape(&s, p->author);
    mw_str_addf(&s, "</dc:creator><dc:language>%s</dc:language>", lang);
    for (const char *const *what = (const char *const[]){ "created", "modified", NULL }; *what != NULL; what++) {
        mw_str_addf(&s, "<dcterms:%s xsi:type=\"dcterms:W3CDTF\">", *what);
        mw_day_iso(&s, p->day);
        mw_str_addf(&s, "T12:00:00Z</dcterms:%s>", *what);
    }
    mw_str_addz(&s, "</cp:coreProperties>");
    add_part(d, "docProps/core.xml", mw_str_sv(&s));
    add_part(d, "docProps/app.xml", mw_sv(APP));
    d->failed = d->failed || !mw_str_ok(&s);
}

static void fill(struct docx *d)
{
    mw_str_addz(&d->rels, HEAD "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
    for (const char *const *r = (const char *const[]){ "styles", "numbering", "settings", NULL }; *r != NULL; r++)
        mw_str_addf(&d->rels, "<Relationship Id=\"%s\" Type=\"" REL "%s\" Target=\"%s.xml\"/>", *r, *r, *r);
    mw_str_addz(&d->rels, "<Relationship Id=\"rId4\" Type=\"" REL "footer\" Target=\"footer1.xml\"/>");
    add_part(d, "[Content_Types].xml", mw_sv(CONTENT_TYPES));
    add_part(d, "_rels/.rels", mw_sv(PACKAGE_RELS));
    put_document(d);
    mw_str_addz(&d->rels, "</Relationships>");
    add_part(d, "word/document.xml", mw_str_sv(&d->doc));
    add_part(d, "word/_rels/document.xml.rels", mw_str_sv(&d->rels));
    add_small_parts(d);
    d->failed = d->failed || !mw_str_ok(&d->doc) || !mw_str_ok(&d->rels);
}

/* All bytes of a source that libzip has written. */
static bool read_source(struct mw_sv *out, struct mw_arena *a, zip_source_t *source)
{
    zip_stat_t st;

    if (mw_libzip->zip_source_stat(source, &st) != 0 || (st.valid & ZIP_STAT_SIZE) == 0 || mw_libzip->zip_source_open(source) != 0)
        return false;
    char *bytes = mw_arena_alloc(a, (size_t)st.size);
    bool whole = bytes != NULL && mw_libzip->zip_source_read(source, bytes, st.size) == (zip_int64_t)st.size;
    mw_libzip->zip_source_close(source);
    *out = mw_sv_n(bytes, (size_t)st.size);
    return whole;
}

static bool has_chart(const struct mw_paper *paper)
{
    for (size_t i = 0; i < paper->blocks.n; i++)
        if (MW_AT(paper->blocks, struct mw_block, i)->kind == MW_BLOCK_CHART)
            return true;
    return false;
}

enum mw_rc mw_docx(struct mw_sv *out, struct mw_paper *paper, struct mw_err *err)
{
    struct docx d = { .paper = paper, .day = mw_day_ymd(paper->day) };
    zip_error_t error;
    enum mw_rc rc = mw_libzip_open(err);

    if (rc == MW_OK && has_chart(paper))
        rc = mw_draw_open(err);
    if (rc != MW_OK)
        return rc;
    zip_source_t *source = mw_libzip->zip_source_buffer_create(NULL, 0, 0, &error);
    bool made = false;

    d.zip = source != NULL ? mw_libzip->zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, &error) : NULL;
    if (d.zip != NULL) {
        mw_libzip->zip_source_keep(source);
        fill(&d);
        if (d.failed || paper->failed)
            mw_libzip->zip_discard(d.zip);
        else
            made = mw_libzip->zip_close(d.zip) == 0 && read_source(out, paper->a, source);
    }
    mw_libzip->zip_source_free(source);
    mw_str_free(&d.doc);
    mw_str_free(&d.rels);
    return made ? MW_OK : mw_fail(err, MW_OUTPUT, "The document \"%.*s\" could not be made.", MW_SV_ARG(paper->title));
}
