/* A page to its title, its sections and its pairs, in the worker.
 *
 * The page is cut at its headings, in the order of the document, whatever element they stand in: in real pages (and where
 * libxml2 takes an unknown element for the parent of all that follows) containers say nothing. */
#include "lib/parse/page.h"

#include <string.h>

#include "lib/parse/tree.h"
#include "lib/parse/worker.h"

void mw_piece_add(struct mw_str *out, int tag, struct mw_sv text)
{
    mw_str_addf(out, "%c%0*zx", tag, MW_PIECE_DIGITS, text.n);
    mw_str_add(out, text);
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

/* The value of an attribute, or MW_SV_NONE. libxml2 keeps it as one text node, entities resolved. */
static struct mw_sv attribute(const xmlNode *n, const char *name)
{
    for (const xmlAttr *a = n->properties; a != NULL; a = a->next)
        if (strcmp((const char *)a->name, name) == 0)
            return mw_sv(a->children != NULL && a->children->content != NULL ? (const char *)a->children->content : "");
    return MW_SV_NONE;
}

/* --- serialising ------------------------------------------------------------------------------------------------------- */
static void add_text(struct mw_str *out, struct mw_sv s)
{
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        const char *name = s.p[i] == '&' ? "&amp;" : s.p[i] == '<' ? "&lt;" : s.p[i] == '>' ? "&gt;" : s.p[i] == '"' ? "&quot;" : NULL;
        if (name == NULL)
            continue;
        mw_str_add(out, mw_sv_n(s.p + from, i - from));
        mw_str_addz(out, name);
        from = i + 1;
    }
    mw_str_add(out, mw_sv_n(s.p + from, s.n - from));
}

/* Addresses that a browser would follow as such; javascript: and its kin are left out. */
static bool harmless(struct mw_sv href)
{
    size_t colon = 0;
    while (colon < href.n && strchr(":/?#", href.p[colon]) == NULL)
        colon++;
    struct mw_sv scheme = mw_sv_sub(href, 0, colon);
    return colon == href.n || href.p[colon] != ':' || mw_sv_ieq(scheme, MW_SV("http")) || mw_sv_ieq(scheme, MW_SV("https")) ||
           mw_sv_ieq(scheme, MW_SV("mailto")) || mw_sv_ieq(scheme, MW_SV("tel"));
}

/* Elements of pages (forms, the body) become <div>; NULL: the element leaves no mark. */
static const char *name_in_section(const struct mw_element *e)
{
    return e->kept ? e->name : e->kind != MW_E_INLINE ? "div" : NULL;
}

static void add_start(struct mw_str *out, const struct mw_element *e, const xmlNode *node)
{
    const char *name = name_in_section(e);
    if (name == NULL)
        return;
    struct mw_sv href = strcmp(e->name, "a") == 0 ? mw_sv_trim(attribute(node, "href")) : MW_SV_NONE;
    mw_str_addf(out, "<%s", name);
    if (href.n > 0 && harmless(href)) {
        mw_str_addz(out, " href=\"");
        add_text(out, href);
        mw_str_addc(out, '"');
    }
    mw_str_addc(out, '>');
}

static void add_end(struct mw_str *out, const struct mw_element *e)
{
    if (name_in_section(e) != NULL && !e->empty)
        mw_str_addf(out, "</%s>", name_in_section(e));
}

/* In <pre> line ends count; elsewhere each run of white space is one space, so that whoever reads the section's HTML as a
 * fragment (which keeps line ends) finds the text that we found. */
static void add_words(struct mw_str *out, struct mw_sv s)
{
    for (size_t i = 0; i < s.n;) {
        size_t from = i, words;
        while (i < s.n && strchr(" \t\n\r\f", s.p[i]) != NULL)
            i++;
        if (i > from && !(out->n > 0 && out->p[out->n - 1] == ' '))
            mw_str_addc(out, ' ');
        for (words = i; i < s.n && strchr(" \t\n\r\f", s.p[i]) == NULL;)
            i++;
        add_text(out, mw_sv_n(s.p + words, i - words));
    }
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
        add_end(&s->html, mw_element(n));
    if (s->heading.n > 0 || s->text.n > 0) {
        mw_piece_add(s->out, MW_PIECE_LEVEL + (int)s->level, mw_str_sv(&s->heading));
        mw_piece_add(s->out, MW_PIECE_HTML, mw_sv_trim(mw_str_sv(&s->html)));
        mw_piece_add(s->out, MW_PIECE_TEXT, mw_str_sv(&s->text));
    }
    mw_str_clear(&s->heading);
}

static bool section_enter(void *ctx, const xmlNode *node)
{
    struct sectioner *s = ctx;
    const struct mw_element *e = mw_element(node);
    if (e->kind == MW_E_SKIP || left_out(s, node))
        return false;
    if (s->in_heading != NULL) {
        if (e->kind != MW_E_INLINE)
            mw_flow_gap(&s->heading_flow, MW_GAP_SPACE);
        return true;
    }
    if (e->heading > 0) {
        end_section(s, node);
        s->in_heading = node;
        s->level = node == s->title ? 0 : e->heading;
        mw_flow_begin(&s->heading_flow, &s->heading, false, true);
        return true;
    }
    s->depth++;
    mw_reader_enter(&s->reader, e);
    add_start(&s->html, e, node);
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
    add_end(&s->html, e);
}

static void section_text(void *ctx, struct mw_sv text)
{
    struct sectioner *s = ctx;
    if (s->in_heading != NULL) {
        mw_flow_text(&s->heading_flow, text);
        return;
    }
    mw_flow_text(&s->reader.flow, text);
    if (s->reader.pres > 0)
        add_text(&s->html, text);
    else
        add_words(&s->html, text);
}

/* --- title, language, pairs ------------------------------------------------------------------------------------------------ */
struct finder {
    struct mw_str *out;
    struct mw_str term, value;
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

static bool find_enter(void *ctx, const xmlNode *n)
{
    struct finder *f = ctx;
    if (is_element(n, "html") && attribute(n, "lang").n > 0) {
        mw_piece_add(f->out, MW_PIECE_LANGUAGE, mw_sv_trim(attribute(n, "lang")));
    } else if (is_element(n, "title") && f->html_title == NULL) {
        f->html_title = n;
    } else if (is_element(n, "main") && f->main == NULL) {
        f->main = n;
        f->h1 = NULL; /* one before it is the site's name */
    } else if (is_element(n, "h1") && f->h1 == NULL) {
        f->h1 = n;
    } else if (is_element(n, "meta")) {
        pair(f, attribute(n, attribute(n, "name").p != NULL ? "name" : "property"), attribute(n, "content"));
    } else if (is_element(n, "base")) {
        pair(f, MW_SV("base"), attribute(n, "href"));
    } else if (is_element(n, "link") && mw_sv_ieq(mw_sv_trim(attribute(n, "rel")), MW_SV("canonical"))) {
        mw_piece_add(f->out, MW_PIECE_CANONICAL, mw_sv_trim(attribute(n, "href")));
    } else if (is_element(n, "dt")) {
        mw_str_clear(&f->term);
        mw_tree_text(&f->term, n, false, true);
        while (f->term.n > 0 && (f->term.p[f->term.n - 1] == ':' || f->term.p[f->term.n - 1] == ' '))
            f->term.n--;
    } else if (is_element(n, "dd")) {
        mw_str_clear(&f->value);
        mw_tree_text(&f->value, n, false, false);
        pair(f, mw_str_sv(&f->term), mw_str_sv(&f->value));
    } else if (is_element(n, "dl")) {
        mw_str_clear(&f->term);
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

enum mw_rc mw_task_page(struct mw_str *out, struct mw_sv html, struct mw_err *err)
{
    xmlDoc *doc;
    enum mw_rc rc = mw_tree_read(&doc, html, err);
    const xmlNode *root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;
    struct finder f = { .out = out };
    struct sectioner s = { .out = out };
    MW_AUTO(mw_str_free) struct mw_str title = MW_STR_INIT;
    struct mw_flow flow;

    if (root == NULL)
        goto out;
    mw_tree_walk(root, &(struct mw_visitor){ find_enter, find_leave, find_text, &f });
    if (f.h1 != NULL)
        mw_tree_text(&title, f.h1, false, true);
    if (title.n == 0 && f.html_title != NULL) {
        mw_flow_begin(&flow, &title, false, true);
        for (const xmlNode *n = f.html_title->children; n != NULL; n = n->next)
            mw_flow_text(&flow, mw_sv((const char *)n->content));
    }
    mw_piece_add(out, MW_PIECE_TITLE, mw_str_sv(&title));

    const xmlNode *from = f.main != NULL ? f.main : body_of(root);
    s.title = f.h1;
    begin_section(&s, 0);
    mw_tree_walk(from, &(struct mw_visitor){ section_enter, section_leave, section_text, &s });
    end_section(&s, from);
out:
    xmlFreeDoc(doc);
    mw_str_free(&f.term);
    mw_str_free(&f.value);
    mw_str_free(&s.heading);
    mw_str_free(&s.html);
    mw_str_free(&s.text);
    return rc;
}
