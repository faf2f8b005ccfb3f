/* Bytes to a document: what they are decides how they are read. */
#include "intake/paper.h"

#include "intake/pdf.h"
#include "intake/ted.h"
#include "lib/parse/zip.h"

static enum mw_rc read_text(struct mw_paper *out, struct mw_arena *a, struct mw_sv bytes, struct mw_err *err)
{
    if (mw_sv_starts(bytes, MW_SV("\xEF\xBB\xBF")))
        bytes = mw_sv_sub(bytes, 3, SIZE_MAX);
    size_t bad = mw_utf8_invalid_at(bytes);
    if (bad != SIZE_MAX)
        return mw_fail(err, MW_PARSE, "This is no text in UTF-8 (byte %zu), no HTML, PDF, DOCX or XML.", bad);
    out->text = mw_arena_copy(a, bytes);
    return out->text.p != NULL ? MW_OK : mw_nomem(err);
}

/* The page's sections as text; where headings begin is kept, since rules ask what a sentence stands under. */
static enum mw_rc read_html(struct mw_paper *out, struct mw_arena *a, struct mw_parser *parser, struct mw_sv bytes, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT;
    struct mw_page page;
    enum mw_rc rc = mw_parse_page(parser, a, bytes, MW_SV_NONE, &page, err);
    if (rc != MW_OK)
        return rc;
    if (page.title.n > 0) {
        mw_str_add(&text, page.title);
        mw_str_addz(&text, "\n\n");
    }
    for (size_t i = 0; i < page.sections.n; i++) {
        const struct mw_page_section *s = MW_AT(page.sections, struct mw_page_section, i);
        size_t *head = s->heading.n > 0 ? mw_list_add(a, &out->heads, sizeof *head) : NULL;
        if (head != NULL)
            *head = text.n;
        if (s->heading.n > 0) {
            mw_str_add(&text, s->heading);
            mw_str_addz(&text, "\n\n");
        }
        mw_str_add(&text, s->text);
        mw_str_addz(&text, "\n\n");
    }
    out->page = true;
    out->title = page.title.n > 0 ? page.title : MW_SV_NONE;
    out->text = mw_arena_copy(a, mw_str_sv(&text));
    return out->text.p != NULL ? MW_OK : mw_nomem(err);
}

/* Runs of WordprocessingML: w:p is a line, w:tab and w:br what they are, cells of a table are parted by tabs. */
static void add_runs(struct mw_str *out, struct mw_arena *a, const struct mw_xml *x)
{
    for (const struct mw_xml *c = mw_xml_child(x, NULL); c != NULL; c = mw_xml_next(c, NULL)) {
        if (mw_xml_is(c, "t"))
            for (const struct mw_xml *t = c->child; t != NULL; t = t->next)
                mw_str_add(out, t->text);
        else if (mw_xml_is(c, "tab"))
            mw_str_addc(out, '\t');
        else if (mw_xml_is(c, "br") || mw_xml_is(c, "cr"))
            mw_str_addc(out, '\n');
        else if (!mw_xml_is(c, "del") && !mw_xml_is(c, "pPr") && !mw_xml_is(c, "rPr")) /* what was struck out is not said */
            add_runs(out, a, c);
        if (mw_xml_is(c, "p"))
            mw_str_addz(out, "\n");
        else if (mw_xml_is(c, "tc") && out->n > 0 && out->p[out->n - 1] == '\n')
            out->p[out->n - 1] = '\t';
        else if (mw_xml_is(c, "tr"))
            mw_str_addc(out, '\n');
    }
}

static enum mw_rc read_docx(struct mw_paper *out, struct mw_arena *a, struct mw_parser *parser, struct mw_sv bytes, struct mw_err *err)
{
    MW_AUTO(mw_zip_closep) struct mw_zip *zip = NULL;
    MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT;
    const struct mw_zip_limits limits = MW_ZIP_LIMITS;
    struct mw_sv document = MW_SV_NONE;
    struct mw_xml *root = NULL;
    enum mw_rc rc = mw_zip_open(&zip, NULL, bytes, &limits, err);
    for (size_t i = 0; rc == MW_OK && i < mw_zip_count(zip) && document.p == NULL; i++)
        if (mw_sv_eqz(mw_zip_name(zip, i), "word/document.xml"))
            rc = mw_zip_read(zip, i, a, &document, err);
    if (rc == MW_OK && document.p == NULL)
        return mw_fail(err, MW_INVALID, "This archive is no DOCX: it holds no word/document.xml.");
    if (rc == MW_OK)
        rc = mw_parse_xml(parser, a, document, MW_SV_NONE, &root, err);
    if (rc != MW_OK)
        return rc;
    add_runs(&text, a, root);
    out->text = mw_arena_copy(a, mw_str_sv(&text));
    return out->text.p != NULL ? MW_OK : mw_nomem(err);
}

/* The first words of markup, behind white space and a byte order mark. */
static bool begins(struct mw_sv bytes, const char *sign)
{
    if (mw_sv_starts(bytes, MW_SV("\xEF\xBB\xBF")))
        bytes = mw_sv_sub(bytes, 3, SIZE_MAX);
    bytes = mw_sv_trim(mw_sv_sub(bytes, 0, 4096));
    return mw_sv_ieq(mw_sv_sub(bytes, 0, mw_sv(sign).n), mw_sv(sign));
}

/* What the fields say, as one text: for its language, and to be searched. */
static enum mw_rc text_of_fields(struct mw_paper *out, struct mw_arena *a, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT;
    for (size_t i = 0; i < out->fields.n; i++) {
        mw_str_add(&text, MW_AT(out->fields, struct mw_form_field, i)->value);
        mw_str_addc(&text, '\n');
    }
    out->text = mw_arena_copy(a, mw_str_sv(&text));
    return out->text.p != NULL ? MW_OK : mw_nomem(err);
}

static enum mw_rc read_xml(struct mw_paper *out, struct mw_arena *a, struct mw_parser *parser, const struct mw_rules *rules, struct mw_sv bytes,
    struct mw_err *err)
{
    struct mw_xml *root = NULL;
    enum mw_rc rc = mw_parse_xml(parser, a, bytes, MW_SV_NONE, &root, err);
    if (rc != MW_OK)
        return rc;
    bool old = mw_xml_is(root, "TED_EXPORT");
    if (!old && mw_xml_child(root, "ContractingParty") == NULL)
        return mw_fail(err, MW_INVALID, "This XML is no notice of TED: it begins with <%.*s>.", MW_SV_ARG(root->name));
    if (!(old ? mw_ted_old : mw_ted_new)(out, a, rules, root))
        return mw_nomem(err);
    if (out->fields.n == 0)
        return mw_fail(err, MW_INVALID, "This notice of TED holds no form that can be read.");
    return text_of_fields(out, a, err);
}

enum mw_rc mw_paper_read(struct mw_paper *out, struct mw_arena *a, struct mw_parser *parser, const struct mw_rules *rules,
    struct mw_sv bytes, struct mw_err *err)
{
    enum mw_rc rc;
    *out = (struct mw_paper){ .title = MW_SV_NONE, .beside = MW_SV_NONE };
    if (begins(bytes, "<?xml") || begins(bytes, "<TED_EXPORT"))
        return read_xml(out, a, parser, rules, bytes, err);
    if (mw_sv_starts(bytes, MW_SV("%PDF-")))
        rc = mw_pdf_text(a, bytes, &out->text, err);
    else if (mw_sv_starts(bytes, MW_SV("PK\3\4")))
        rc = read_docx(out, a, parser, bytes, err);
    else if (begins(bytes, "<!doctype html") || begins(bytes, "<html") || begins(bytes, "<head") || begins(bytes, "<body"))
        rc = read_html(out, a, parser, bytes, err);
    else
        rc = read_text(out, a, bytes, err);
    if (rc == MW_OK && mw_sv_trim(out->text).n == 0)
        return mw_fail(err, MW_INVALID, "The document holds no text.");
    return rc == MW_OK ? mw_paper_form(out, a, rules, err) : rc;
}

static struct mw_sv joined(struct mw_arena *a, struct mw_sv one, struct mw_sv two)
{
    return one.n == 0 ? two : two.n == 0 ? one : mw_arena_printf(a, "%.*s\n\n%.*s", MW_SV_ARG(one), MW_SV_ARG(two));
}

enum mw_rc mw_paper_join(struct mw_paper *out, struct mw_arena *a, const struct mw_paper *more, struct mw_err *err)
{
    unsigned blocks = out->fields.n > 0 ? MW_AT(out->fields, struct mw_form_field, out->fields.n - 1)->number + 1 : 0;
    struct mw_sv prose = joined(a, out->beside, joined(a, out->fields.n == 0 ? out->text : MW_SV(""), more->fields.n == 0 ? more->text : MW_SV("")));
    struct mw_sv text = joined(a, out->text, more->text);
    for (size_t i = 0; i < more->heads.n; i++) {
        size_t *head = mw_list_add(a, &out->heads, sizeof *head);
        if (head == NULL)
            return mw_nomem(err);
        *head = text.n - more->text.n + *MW_AT(more->heads, size_t, i);
    }
    for (size_t i = 0; i < more->fields.n; i++) {
        struct mw_form_field *f = mw_list_add(a, &out->fields, sizeof *f);
        if (f == NULL)
            return mw_nomem(err);
        *f = *MW_AT(more->fields, struct mw_form_field, i);
        f->number += blocks;
    }
    out->text = text;
    out->beside = out->fields.n > 0 ? prose : MW_SV_NONE;
    out->page = out->page && more->page;
    return out->text.p != NULL && prose.p != NULL ? MW_OK : mw_nomem(err);
}
