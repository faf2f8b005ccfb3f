/* Implements tree.h on libxml2's HTML parser. */
#include "lib/parse/tree.h"

#include <string.h>

#include "lib/parse/clean.h"
#include "lib/parse/page.h"
#include "lib/parse/libxml.h"
#include "lib/parse/worker.h"

static const struct mw_element ELEMENTS[] = { /* sorted by name */
    { "a", MW_E_INLINE, true, false, 0 },
    { "abbr", MW_E_INLINE, true, false, 0 },
    { "address", MW_E_BLOCK, true, false, 0 },
    { "article", MW_E_BLOCK, true, false, 0 },
    { "aside", MW_E_BLOCK, true, false, 0 },
    { "b", MW_E_INLINE, true, false, 0 },
    { "blockquote", MW_E_BLOCK, true, false, 0 },
    { "body", MW_E_BLOCK, false, false, 0 },
    { "br", MW_E_BREAK, true, true, 0 },
    { "caption", MW_E_BLOCK, true, false, 0 },
    { "center", MW_E_BLOCK, false, false, 0 },
    { "code", MW_E_INLINE, true, false, 0 },
    { "dd", MW_E_LINE, true, false, 0 },
    { "details", MW_E_BLOCK, true, false, 0 },
    { "div", MW_E_BLOCK, true, false, 0 },
    { "dl", MW_E_BLOCK, true, false, 0 },
    { "dt", MW_E_LINE, true, false, 0 },
    { "em", MW_E_INLINE, true, false, 0 },
    { "fieldset", MW_E_BLOCK, true, false, 0 },
    { "figcaption", MW_E_BLOCK, true, false, 0 },
    { "figure", MW_E_BLOCK, true, false, 0 },
    { "footer", MW_E_BLOCK, true, false, 0 },
    { "form", MW_E_BLOCK, false, false, 0 },
    { "h1", MW_E_BLOCK, true, false, 1 },
    { "h2", MW_E_BLOCK, true, false, 2 },
    { "h3", MW_E_BLOCK, true, false, 3 },
    { "h4", MW_E_BLOCK, true, false, 4 },
    { "h5", MW_E_BLOCK, true, false, 5 },
    { "h6", MW_E_BLOCK, true, false, 6 },
    { "head", MW_E_SKIP, false, false, 0 },
    { "header", MW_E_BLOCK, true, false, 0 },
    { "hgroup", MW_E_BLOCK, false, false, 0 },
    { "hr", MW_E_BLOCK, true, true, 0 },
    { "i", MW_E_INLINE, true, false, 0 },
    { "legend", MW_E_BLOCK, true, false, 0 },
    { "li", MW_E_ITEM, true, false, 0 },
    { "main", MW_E_BLOCK, true, false, 0 },
    { "menu", MW_E_LIST, true, false, 0 },
    { "ol", MW_E_LIST, true, false, 0 },
    { "p", MW_E_BLOCK, true, false, 0 },
    { "pre", MW_E_PRE, true, false, 0 },
    { "script", MW_E_SKIP, false, false, 0 },
    { "search", MW_E_BLOCK, false, false, 0 },
    { "section", MW_E_BLOCK, true, false, 0 },
    { "strong", MW_E_INLINE, true, false, 0 },
    { "style", MW_E_SKIP, false, false, 0 },
    { "sub", MW_E_INLINE, true, false, 0 },
    { "summary", MW_E_BLOCK, true, false, 4 } /* of an accordion */,
    { "sup", MW_E_INLINE, true, false, 0 },
    { "table", MW_E_BLOCK, true, false, 0 },
    { "tbody", MW_E_LINE, true, false, 0 },
    { "td", MW_E_CELL, true, false, 0 },
    { "tfoot", MW_E_LINE, true, false, 0 },
    { "th", MW_E_CELL, true, false, 0 },
    { "thead", MW_E_LINE, true, false, 0 },
    { "title", MW_E_SKIP, false, false, 0 },
    { "tr", MW_E_ROW, true, false, 0 },
    { "ul", MW_E_LIST, true, false, 0 },
};

const struct mw_element *mw_element(const xmlNode *node)
{
    static const struct mw_element OTHER = { "", MW_E_INLINE, false, false, 0 };
    size_t lo = 0, hi = sizeof ELEMENTS / sizeof *ELEMENTS;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int c = strcmp((const char *)node->name, ELEMENTS[mid].name);
        if (c == 0)
            return &ELEMENTS[mid];
        if (c < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    return &OTHER;
}

unsigned mw_heading(const xmlNode *node)
{
    unsigned level = mw_element(node)->heading;
    if (level > 0 || node->properties == NULL || !mw_sv_ieq(mw_tree_attribute(node, "role"), MW_SV("heading")))
        return level;
    struct mw_sv said = mw_tree_attribute(node, "aria-level");
    return said.n == 1 && said.p[0] >= '1' && said.p[0] <= '6' ? (unsigned)(said.p[0] - '0') : 2; /* 2: as WAI-ARIA has it */
}

static void complaint(void *ctx, xmlError *error)
{
    bool *short_of = ctx;
    *short_of = *short_of || error->code == XML_ERR_NO_MEMORY;
}

void mw_tree_watch(bool *short_of) { mw_libxml->xmlSetStructuredErrorFunc(short_of, short_of != NULL ? complaint : NULL); }

enum mw_rc mw_tree_read(xmlDoc **out, struct mw_sv html, enum mw_clean how, struct mw_err *err)
{
    /* Without XML_PARSE_HUGE all behind 256 nested elements is gone, and of a text all behind 10 MB, without a word. */
    static const int OPTIONS = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                               HTML_PARSE_COMPACT | HTML_PARSE_NODEFDTD | HTML_PARSE_IGNORE_ENC | XML_PARSE_HUGE;
    MW_AUTO(mw_str_free) struct mw_str clean = MW_STR_INIT;
    *out = NULL;
    enum mw_rc rc = mw_html_clean(&clean, html, how, err);
    if (rc != MW_OK || mw_sv_trim(mw_str_sv(&clean)).n == 0)
        return rc;
    htmlParserCtxt *ctxt = mw_libxml->htmlNewParserCtxt();
    if (ctxt == NULL)
        return mw_nomem(err);
    bool short_of = false;
    mw_tree_watch(&short_of);
    *out = mw_libxml->htmlCtxtReadMemory(ctxt, clean.p, (int)clean.n, NULL, "UTF-8", OPTIONS);
    mw_tree_watch(NULL);
    mw_libxml->htmlFreeParserCtxt(ctxt);
    if (*out != NULL && !short_of)
        return MW_OK;
    mw_libxml->xmlFreeDoc(*out);
    *out = NULL;
    return mw_fail(err, MW_PARSE, "This document needs more memory than one document may have.");
}

void mw_tree_walk(const xmlNode *root, const struct mw_visitor *v)
{
    const xmlNode *n = root;
    while (n != NULL) {
        bool element = n->type == XML_ELEMENT_NODE;
        if ((n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) && n->content != NULL)
            v->text(v->ctx, mw_sv((const char *)n->content));
        bool in = element && v->enter(v->ctx, n);
        if (in && n->children != NULL) {
            n = n->children;
            continue;
        }
        if (in)
            v->leave(v->ctx, n);
        while (n != root && n->next == NULL) {
            n = n->parent;
            v->leave(v->ctx, n);
        }
        n = n == root ? NULL : n->next;
    }
}

void mw_reader_begin(struct mw_reader *r, struct mw_str *out, bool keep_lines, bool one_line)
{
    *r = (struct mw_reader){ .lines = keep_lines };
    mw_flow_begin(&r->flow, out, keep_lines, one_line);
}

/* Inside a list item blocks part lines, not paragraphs: the item stays one. */
static void gap(struct mw_reader *r, enum mw_gap want) { mw_flow_gap(&r->flow, r->items > 0 ? MW_GAP_LINE : want); }

void mw_reader_enter(struct mw_reader *r, const struct mw_element *e)
{
    switch (e->kind) {
    case MW_E_INLINE:
    case MW_E_SKIP:
        break;
    case MW_E_BLOCK:
    case MW_E_LIST:
        gap(r, MW_GAP_BLANK);
        break;
    case MW_E_LINE:
        mw_flow_gap(&r->flow, MW_GAP_LINE);
        break;
    case MW_E_ITEM:
        mw_flow_item(&r->flow);
        r->items++;
        break;
    case MW_E_ROW:
        mw_flow_gap(&r->flow, MW_GAP_LINE);
        r->row = true;
        break;
    case MW_E_CELL:
        mw_flow_cell(&r->flow, r->row);
        r->row = false;
        break;
    case MW_E_BREAK:
        mw_flow_break(&r->flow);
        break;
    case MW_E_PRE:
        gap(r, MW_GAP_BLANK);
        r->pres++;
        r->flow.keep_lines = true;
        break;
    }
}

void mw_reader_leave(struct mw_reader *r, const struct mw_element *e)
{
    switch (e->kind) {
    case MW_E_INLINE:
    case MW_E_SKIP:
    case MW_E_BREAK:
        break;
    case MW_E_BLOCK:
    case MW_E_LIST:
        gap(r, MW_GAP_BLANK);
        break;
    case MW_E_ITEM:
        r->items--;
        r->flow.item = false; /* an empty one */
        mw_flow_gap(&r->flow, MW_GAP_LINE);
        break;
    case MW_E_CELL:
        break;
    case MW_E_ROW:
        r->flow.cell = false;
        mw_flow_gap(&r->flow, MW_GAP_LINE);
        break;
    case MW_E_LINE:
        mw_flow_gap(&r->flow, MW_GAP_LINE);
        break;
    case MW_E_PRE:
        r->flow.keep_lines = --r->pres > 0 || r->lines;
        gap(r, MW_GAP_BLANK);
        break;
    }
}

static bool text_enter(void *ctx, const xmlNode *node)
{
    const struct mw_element *e = mw_element(node);
    if (e->kind == MW_E_SKIP)
        return false;
    mw_reader_enter(ctx, e);
    return true;
}

static void text_leave(void *ctx, const xmlNode *node) { mw_reader_leave(ctx, mw_element(node)); }

static void text_text(void *ctx, struct mw_sv text)
{
    struct mw_reader *r = ctx;
    mw_flow_text(&r->flow, text);
}

void mw_tree_text(struct mw_str *out, const xmlNode *root, bool keep_lines, bool one_line)
{
    struct mw_reader r;
    mw_reader_begin(&r, out, keep_lines, one_line);
    mw_tree_walk(root, &(struct mw_visitor){ text_enter, text_leave, text_text, &r });
}

enum mw_rc mw_task_text(struct mw_str *out, struct mw_sv html, struct mw_err *err)
{
    xmlDoc *doc;
    enum mw_rc rc = mw_tree_read(&doc, html, MW_CLEAN_TEXT, err);
    const xmlNode *root = doc != NULL ? mw_libxml->xmlDocGetRootElement(doc) : NULL;
    if (root != NULL)
        mw_tree_text(out, root, true, false);
    mw_libxml->xmlFreeDoc(doc);
    return rc;
}

/* Of each piece of HTML its text; of what is refused, and of all else, a piece that is none. */
enum mw_rc mw_task_texts(struct mw_str *out, struct mw_sv request, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT;
    struct mw_sv html;
    (void)err;
    for (int tag; (tag = mw_piece_next(&request, &html)) != 0; mw_str_clear(&text)) {
        MW_AUTO(mw_err_clear) struct mw_err why = MW_ERR_INIT(MW_EN);
        if (tag == MW_PIECE_HTML && mw_task_text(&text, html, &why) == MW_OK && mw_str_ok(&text))
            mw_piece_add(out, MW_PIECE_TEXT, mw_str_sv(&text));
        else
            mw_piece_add(out, MW_PIECE_NAME, MW_SV(""));
    }
    return MW_OK;
}
