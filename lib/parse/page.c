/* A page to its title, its sections and its pairs, in the worker.
 *
 * The page is cut at its headings, in the order of the document, whatever element they stand in: in real pages (and where
 * libxml2 takes an unknown element for the parent of all that follows) containers say nothing. */
#include "lib/parse/page.h"

#include <stdlib.h>
#include <string.h>

#include "lib/parse/libxml.h"
#include "lib/parse/tree.h"
#include "lib/parse/worker.h"

/* By hand: a document becomes thousands of these. */
static void write_length(char *head, size_t n)
{
    for (int i = 0; i < MW_PIECE_DIGITS; i++)
        head[MW_PIECE_DIGITS - i] = "0123456789abcdef"[n >> (4 * i) & 15];
}

void mw_piece_add(struct mw_str *out, int tag, struct mw_sv text)
{
    char head[1 + MW_PIECE_DIGITS] = { (char)tag };
    write_length(head, text.n);
    mw_str_add(out, mw_sv_n(head, sizeof head));
    mw_str_add(out, text);
}

void mw_piece_end(struct mw_str *out, size_t piece)
{
    if (mw_str_ok(out))
        write_length(out->p + piece, out->n - piece - 1 - MW_PIECE_DIGITS);
}

void mw_piece_add_str(struct mw_str *out, int tag, const struct mw_str *text)
{
    mw_piece_add(out, tag, mw_sv_trim(mw_str_sv(text)));
    out->failed = out->failed || !mw_str_ok(text);
}

int mw_piece_next(struct mw_sv *in, struct mw_sv *text)
{
    size_t n = 0;
    if (in->n < 1 + MW_PIECE_DIGITS)
        return 0;
    int tag = (unsigned char)in->p[0];
    for (size_t i = 1; i <= MW_PIECE_DIGITS; i++) {
        char c = in->p[i];
        size_t digit = c >= '0' && c <= '9' ? (size_t)(c - '0') : c >= 'a' && c <= 'f' ? (size_t)(c - 'a' + 10) : 16;
        if (digit == 16)
            return 0;
        n = n * 16 + digit;
    }
    if (n > in->n - 1 - MW_PIECE_DIGITS)
        return 0;
    *text = mw_sv_n(in->p + 1 + MW_PIECE_DIGITS, n);
    *in = mw_sv_n(text->p + n, in->n - 1 - MW_PIECE_DIGITS - n);
    return tag;
}

static bool is_element(const xmlNode *n, const char *name)
{
    return n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, name) == 0;
}

/* --- sections ------------------------------------------------------------------------------------------------------------ */
struct sectioner {
    struct mw_str *out;
    const xmlNode *title; /* the heading that is the page's title */
    const xmlNode *in_heading;
    struct mw_str heading, html, text;
    unsigned level;
    struct mw_reader reader;      /* writes text */
    struct mw_flow heading_flow;  /* writes heading */
    size_t depth, base;           /* elements entered; those above base belong to the present section */
};

static bool left_out(const struct sectioner *s, const xmlNode *n)
{
    /* A page's own header and footer; that of an article may hold its title. */
    return is_element(n, "footer") || is_element(n, "aside") ||
           (is_element(n, "header") && n->parent != NULL && is_element(n->parent, "body") && s->title == NULL);
}

static void begin_section(struct sectioner *s, unsigned level)
{
    mw_str_clear(&s->html);
    mw_str_clear(&s->text);
    s->level = level;
    s->base = s->depth;
    mw_reader_begin(&s->reader, &s->text, false, false);
}

/* Writes the section that ends before node. One without heading and text is none. */
static void end_section(struct sectioner *s, const xmlNode *node)
{
    size_t depth = s->depth;
    for (const xmlNode *n = node->parent; n != NULL && depth > s->base; n = n->parent, depth--)
        mw_html_end(&s->html, mw_element(n));
    if (s->heading.n > 0 || s->text.n > 0) {
        mw_piece_add_str(s->out, MW_PIECE_LEVEL + (int)s->level, &s->heading);
        mw_piece_add_str(s->out, MW_PIECE_HTML, &s->html);
        mw_piece_add_str(s->out, MW_PIECE_TEXT, &s->text);
    }
    mw_str_clear(&s->heading);
}

static bool section_enter(void *ctx, const xmlNode *node)
{
    struct sectioner *s = ctx;
    const struct mw_element *e = mw_element(node);
    unsigned level = mw_heading(node);
    if (e->kind == MW_E_SKIP || left_out(s, node) || (node == s->title && level == 0))
        return false;
    if (s->in_heading != NULL) {
        if (e->kind != MW_E_INLINE)
            mw_flow_gap(&s->heading_flow, MW_GAP_SPACE);
        return true;
    }
    if (level > 0) {
        end_section(s, node);
        s->in_heading = node;
        s->level = node == s->title ? 0 : level;
        mw_flow_begin(&s->heading_flow, &s->heading, false, true);
        return true;
    }
    s->depth++;
    mw_reader_enter(&s->reader, e);
    mw_html_start(&s->html, e, node);
    return true;
}

static void section_leave(void *ctx, const xmlNode *node)
{
    struct sectioner *s = ctx;
    const struct mw_element *e = mw_element(node);
    if (s->in_heading != NULL) {
        if (e->kind != MW_E_INLINE)
            mw_flow_gap(&s->heading_flow, MW_GAP_SPACE);
        if (node != s->in_heading)
            return;
        s->in_heading = NULL;
        if (node == s->title)
            mw_str_clear(&s->heading);
        begin_section(s, s->level);
        return;
    }
    if (s->depth-- <= s->base) { /* began before this section: its end says nothing here */
        s->base = s->depth;
        return;
    }
    mw_reader_leave(&s->reader, e);
    mw_html_end(&s->html, e);
}

static void section_text(void *ctx, struct mw_sv text)
{
    struct sectioner *s = ctx;
    if (s->in_heading != NULL) {
        mw_flow_text(&s->heading_flow, text);
        return;
    }
    mw_flow_text(&s->reader.flow, text);
    mw_html_words(&s->html, text, s->reader.pres > 0);
}

/* --- title, language, pairs ------------------------------------------------------------------------------------------------ */
struct finder {
    struct mw_str *out;
    struct mw_str term, head, value;
    const xmlNode *html_title, *h1, *main;
};

static void pair(struct finder *f, struct mw_sv name, struct mw_sv value)
{
    struct mw_sv n = mw_sv_trim(name), v = mw_sv_trim(value);
    if (n.n == 0 || v.n == 0)
        return;
    mw_piece_add(f->out, MW_PIECE_NAME, n);
    mw_piece_add(f->out, MW_PIECE_VALUE, v);
}

/* Longer ones are none: maybe all of a page that is laid out by tables in tables, once more for each of them. */
enum { FACT_MAX = 16 << 10 };

static void fact(struct finder *f, const struct mw_str *name, const xmlNode *says)
{
    mw_str_clear(&f->value);
    f->value.max = FACT_MAX;
    mw_tree_text(&f->value, says, false, false);
    if (mw_str_ok(&f->value))
        pair(f, mw_str_sv(name), mw_str_sv(&f->value));
    f->out->failed = f->out->failed || !mw_str_ok(name);
}

static const xmlNode *next_element(const xmlNode *n)
{
    do
        n = n->next;
    while (n != NULL && n->type != XML_ELEMENT_NODE);
    return n;
}

/* <th>Fördergeber</th><td>Land</td>; a row with further cells is one of a table with columns. */
static void row_pair(struct finder *f, const xmlNode *th)
{
    const xmlNode *td = next_element(th), *after = td != NULL ? next_element(td) : NULL;
    if (td == NULL || !is_element(td, "td") || (after != NULL && is_element(after, "td")))
        return;
    mw_str_clear(&f->head);
    mw_tree_text(&f->head, th, false, true);
    fact(f, &f->head, td);
}

static bool find_enter(void *ctx, const xmlNode *n)
{
    struct finder *f = ctx;
    if (is_element(n, "html") && mw_tree_attribute(n, "lang").n > 0) {
        mw_piece_add(f->out, MW_PIECE_LANGUAGE, mw_sv_trim(mw_tree_attribute(n, "lang")));
    } else if (is_element(n, "title") && f->html_title == NULL) {
        f->html_title = n;
    } else if (is_element(n, "main") && f->main == NULL) {
        f->main = n;
        f->h1 = NULL; /* one before it is the site's name */
    } else if (is_element(n, "h1") && f->h1 == NULL) {
        f->h1 = n;
    } else if (is_element(n, "meta")) {
        pair(f, mw_tree_attribute(n, mw_tree_attribute(n, "name").p != NULL ? "name" : "property"), mw_tree_attribute(n, "content"));
    } else if (is_element(n, "base")) {
        pair(f, MW_SV("base"), mw_tree_attribute(n, "href"));
    } else if (is_element(n, "link") && mw_sv_ieq(mw_sv_trim(mw_tree_attribute(n, "rel")), MW_SV("canonical"))) {
        mw_piece_add(f->out, MW_PIECE_CANONICAL, mw_sv_trim(mw_tree_attribute(n, "href")));
    } else if (is_element(n, "dt")) {
        mw_str_clear(&f->term);
        mw_tree_text(&f->term, n, false, true);
        while (f->term.n > 0 && (f->term.p[f->term.n - 1] == ':' || f->term.p[f->term.n - 1] == ' '))
            f->term.n--;
    } else if (is_element(n, "dd")) {
        fact(f, &f->term, n);
    } else if (is_element(n, "dl")) {
        mw_str_clear(&f->term);
    } else if (is_element(n, "th")) {
        row_pair(f, n);
    }
    return true;
}

static void find_leave(void *ctx, const xmlNode *n) { (void)ctx, (void)n; }
static void find_text(void *ctx, struct mw_sv text) { (void)ctx, (void)text; }

static const xmlNode *body_of(const xmlNode *root)
{
    for (const xmlNode *n = root->children; n != NULL; n = n->next)
        if (is_element(n, "body"))
            return n;
    return root;
}

/* --- the portal's view ---------------------------------------------------------------------------------------------------- */
struct view {
    const xmlNode *main, *title;
    struct mw_str said; /* the title where no element holds it: an attribute, or what a function makes of the page */
    bool asked_main, asked_title;
};

static void silent(void *ctx, xmlError *error) { (void)ctx, (void)error; }

static xmlXPathObject *evaluate(xmlXPathContext *ctx, struct mw_sv xpath)
{
    char *z = strndup(xpath.p, xpath.n);
    ctx->node = (xmlNode *)ctx->doc;
    ctx->error = (xmlStructuredErrorFunc)silent;
    ctx->opLimit = 50000000; /* a page may be made so that an innocent XPath takes for ever */
    xmlXPathObject *found = z != NULL ? mw_libxml->xmlXPathEval((const xmlChar *)z, ctx) : NULL;
    free(z);
    return found;
}

static bool holds(const xmlNode *outer, const xmlNode *inner)
{
    while (inner != NULL && inner != outer)
        inner = inner->parent;
    return inner != NULL;
}

static void take_said(struct mw_str *said, xmlXPathObject *found)
{
    struct mw_flow flow;
    xmlChar *text = found != NULL ? mw_libxml->xmlXPathCastToString(found) : NULL;
    mw_flow_begin(&flow, said, false, true);
    if (text != NULL)
        mw_flow_text(&flow, mw_sv((const char *)text));
    (*mw_libxml->xmlFree)(text);
}

/* The first element of the first XPath that finds one, and out with what is to be dropped. What cannot be followed finds
 * nothing. */
static void look(struct view *v, xmlDoc *doc, struct mw_sv request)
{
    struct mw_sv xpath;
    int tag;
    xmlXPathContext *ctx = mw_libxml->xmlXPathNewContext(doc);
    while (ctx != NULL && (tag = mw_piece_next(&request, &xpath)) != 0 && tag != MW_ASK_DOCUMENT) {
        v->asked_main = v->asked_main || tag == MW_ASK_MAIN;
        v->asked_title = v->asked_title || tag == MW_ASK_TITLE;
        xmlXPathObject *found = evaluate(ctx, xpath);
        xmlNodeSet *set = found != NULL && found->type == XPATH_NODESET ? found->nodesetval : NULL;
        mw_libxml->xmlXPathNodeSetSort(set);
        for (int i = set != NULL ? set->nodeNr : 0; i-- > 0;) { /* from the last, since one may hold another */
            xmlNode *n = set->nodeTab[i];
            if (n->type != XML_ELEMENT_NODE)
                continue;
            if (tag == MW_ASK_MAIN && v->main == NULL && i == 0)
                v->main = n;
            if (tag == MW_ASK_TITLE && v->title == NULL && i == 0)
                v->title = n;
            if (tag == MW_ASK_DROP && !holds(n, v->main) && !holds(n, v->title)) {
                mw_libxml->xmlUnlinkNode(n);
                mw_libxml->xmlFreeNode(n);
            }
        }
        if (tag == MW_ASK_TITLE && v->title == NULL && v->said.n == 0)
            take_said(&v->said, found);
        mw_libxml->xmlXPathFreeObject(found);
    }
    mw_libxml->xmlXPathFreeContext(ctx);
}

/* What a portal's notices always hold is not there: this is a question whether we are human, or a new layout. */
static bool is_another(const struct view *v)
{
    return v->asked_main ? v->main == NULL : v->asked_title && v->title == NULL && v->said.n == 0;
}

enum mw_rc mw_task_page(struct mw_str *out, struct mw_sv request, struct mw_err *err)
{
    struct mw_sv rest = request, html = MW_SV_NONE;
    struct view view = { NULL, NULL, MW_STR_INIT, false, false };
    xmlDoc *doc;
    for (int tag = 0; tag != MW_ASK_DOCUMENT;)
        if ((tag = mw_piece_next(&rest, &html)) == 0)
            return mw_fail(err, MW_PARSE, "This question to a document is too long.");
    bool asked = html.p - request.p > 1 + MW_PIECE_DIGITS; /* XPaths stand before the page */
    enum mw_rc rc = mw_tree_read(&doc, html, asked ? MW_CLEAN_ATTRIBUTES : MW_CLEAN_TEXT, err);
    const xmlNode *root = doc != NULL ? mw_libxml->xmlDocGetRootElement(doc) : NULL;
    struct finder f = { .out = out };
    struct sectioner s = { .out = out };
    MW_AUTO(mw_str_free) struct mw_str title = MW_STR_INIT;
    struct mw_flow flow;

    if (root == NULL)
        goto out;
    look(&view, doc, request);
    if (is_another(&view)) {
        rc = mw_fail(err, MW_PARSE, "`%s` of the source's file finds nothing on this page; the site answers with something else, or has a new layout.",
                     view.asked_main ? "read.main" : "read.title");
        goto out;
    }
    mw_tree_walk(root, &(struct mw_visitor){ find_enter, find_leave, find_text, &f });
    f.h1 = view.title != NULL ? view.title : f.h1;
    bool said = view.title == NULL && view.said.n > 0;
    f.main = view.main != NULL ? view.main : f.main;
    if (f.h1 != NULL)
        mw_tree_text(&title, f.h1, false, true);
    if (said && !mw_sv_eq(mw_str_sv(&title), mw_str_sv(&view.said))) {
        f.h1 = NULL; /* the page's own heading is another one, and stays */
        mw_str_clear(&title);
        mw_str_add(&title, mw_str_sv(&view.said));
    }
    if (title.n == 0 && f.html_title != NULL) {
        mw_flow_begin(&flow, &title, false, true);
        for (const xmlNode *n = f.html_title->children; n != NULL; n = n->next)
            mw_flow_text(&flow, mw_sv((const char *)n->content));
    }
    mw_piece_add_str(out, MW_PIECE_TITLE, &title);

    const xmlNode *from = f.main != NULL ? f.main : body_of(root);
    s.title = f.h1;
    begin_section(&s, 0);
    mw_tree_walk(from, &(struct mw_visitor){ section_enter, section_leave, section_text, &s });
    end_section(&s, from);
out:
    mw_libxml->xmlFreeDoc(doc);
    mw_str_free(&view.said);
    mw_str_free(&f.term);
    mw_str_free(&f.head);
    mw_str_free(&f.value);
    mw_str_free(&s.heading);
    mw_str_free(&s.html);
    mw_str_free(&s.text);
    return rc;
}
