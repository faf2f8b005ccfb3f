/* XML in the worker: libxml2 reads it, and its tree goes back as pieces. */
#include <string.h>

#include "lib/parse/libxml.h"
#include "lib/parse/page.h"
#include "lib/parse/tree.h"
#include "lib/parse/worker.h"

/* The next byte from at on that no XML document may hold; SIZE_MAX: there is none. Eight bytes at a time, of which few lines have one
 * below a space. */
static size_t forbidden_at(struct mw_sv xml, size_t at)
{
    static const uint64_t EACH = UINT64_C(0x0101010101010101);
    while (at < xml.n) {
        uint64_t eight;
        for (; xml.n - at >= sizeof eight; at += sizeof eight) {
            memcpy(&eight, xml.p + at, sizeof eight);
            if (((eight - EACH * 0x20) & ~eight & (EACH * 0x80)) != 0)
                break;
        }
        for (size_t end = xml.n - at >= sizeof eight ? at + sizeof eight : xml.n; at < end; at++) {
            unsigned char c = (unsigned char)xml.p[at];
            if (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
                return at;
        }
    }
    return SIZE_MAX;
}

/* As spaces they part words and hurt nobody. */
void mw_xml_repair(struct mw_str *out, struct mw_sv xml)
{
    size_t from = 0;
    for (size_t at; (at = forbidden_at(xml, from)) != SIZE_MAX; from = at + 1) {
        mw_str_add(out, mw_sv_n(xml.p + from, at - from));
        mw_str_addc(out, ' ');
    }
    mw_str_add(out, mw_sv_n(xml.p + from, xml.n - from));
}

/* Faults after which what was read is not all of the document. */
static bool cut_off(int code)
{
    switch (code) {
    case XML_ERR_DOCUMENT_EMPTY:
    case XML_ERR_DOCUMENT_END:
    case XML_ERR_TAG_NOT_FINISHED:
    case XML_ERR_LT_REQUIRED:
    case XML_ERR_GT_REQUIRED:
    case XML_ERR_CDATA_NOT_FINISHED:
    case XML_ERR_COMMENT_NOT_FINISHED:
    case XML_ERR_ATTRIBUTE_NOT_FINISHED:
    case XML_ERR_LITERAL_NOT_FINISHED:
    case XML_ERR_INTERNAL_ERROR: /* "Excessive depth" */
    case XML_ERR_ENTITY_LOOP:
    case XML_ERR_NO_MEMORY:
        return true;
    default:
        return false;
    }
}

/* What is read by handlers of ours (below). */
struct writer {
    struct mw_str *out;
    size_t depth;
    size_t text; /* where in out the text that is being written begins; SIZE_MAX: nowhere */
    bool root, entities;
};

/* What came of reading a document. */
struct outcome {
    bool root;     /* it has one, and all elements are closed */
    bool whole, entities, short_of;
};

/* Gives xml to the parser, whose handlers say what becomes of it; the tree, if they make one. */
static xmlDoc *run(xmlParserCtxt *ctxt, struct mw_sv xml, struct outcome *o)
{
    /* Never NOENT, DTDLOAD or XINCLUDE: they read files of this machine. Never HUGE: it lifts the limit against entity bombs. */
    static const int OPTIONS = XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA |
                               XML_PARSE_COMPACT | XML_PARSE_IGNORE_ENC;
    MW_AUTO(mw_str_free) struct mw_str clean = MW_STR_INIT;
    xml = mw_sv_trim(xml);
    if (forbidden_at(xml, 0) != SIZE_MAX) {
        mw_xml_repair(&clean, xml);
        xml = mw_str_sv(&clean);
        o->short_of = !mw_str_ok(&clean);
    }
    if (o->short_of)
        return NULL;
    mw_tree_watch(&o->short_of);
    xmlDoc *doc = mw_libxml->xmlCtxtReadMemory(ctxt, xml.n > 0 ? xml.p : "", (int)xml.n, NULL, "UTF-8", OPTIONS);
    mw_tree_watch(NULL);
    /* Depth is checked by hand: recovering, libxml2 drops what is too deep without another word. */
    o->whole = ctxt->wellFormed || (!cut_off(ctxt->lastError.code) && xml.n > 0 && xml.p[xml.n - 1] == '>');
    return doc;
}

static enum mw_rc judge(const struct outcome *o, struct mw_err *err)
{
    if (o->short_of)
        return mw_fail(err, MW_PARSE, "This document needs more memory than one document may have.");
    if (o->entities)
        return mw_fail(err, MW_PARSE, "This XML document declares entities of its own; it is not read.");
    return o->root && o->whole ? MW_OK : mw_fail(err, MW_PARSE, "This is no XML document, or not all of one.");
}

/* The first one ends all: libxml2 keeps them, whatever handlers we give it, and a few lines of them take hours to put in. */
static void on_entity(void *ctx, const xmlChar *name, int type, const xmlChar *public_id, const xmlChar *system_id, xmlChar *content)
{
    xmlParserCtxt *ctxt = ctx;
    (void)name, (void)type, (void)public_id, (void)system_id, (void)content;
    ((struct writer *)ctxt->_private)->entities = true;
    mw_libxml->xmlStopParser(ctxt);
}

/* --- as a tree of libxml2's own, for XPaths ---------------------------------------------------------------------------------- */
static void forget_namespaces(xmlNode *root)
{
    for (xmlNode *n = root; n != NULL;) {
        if (n->type == XML_ELEMENT_NODE) {
            n->ns = NULL;
            for (xmlAttr *at = n->properties; at != NULL; at = at->next)
                at->ns = NULL;
        }
        if (n->type == XML_ELEMENT_NODE && n->children != NULL) {
            n = n->children;
            continue;
        }
        while (n != root && n->next == NULL)
            n = n->parent;
        n = n == root ? NULL : n->next;
    }
}

enum mw_rc mw_tree_read_xml(xmlDoc **out, struct mw_sv xml, struct mw_err *err)
{
    struct outcome o = { .root = false };
    struct writer w = { .entities = false };
    xmlParserCtxt *ctxt = mw_libxml->xmlNewParserCtxt();
    *out = NULL;
    if (ctxt == NULL)
        return mw_nomem(err);
    ctxt->_private = &w;
    ctxt->sax->entityDecl = on_entity;
    xmlDoc *doc = run(ctxt, xml, &o);
    mw_libxml->xmlFreeParserCtxt(ctxt);
    xmlNode *root = doc != NULL ? mw_libxml->xmlDocGetRootElement(doc) : NULL;
    o.root = root != NULL;
    o.entities = w.entities;
    enum mw_rc rc = judge(&o, err);
    if (rc != MW_OK) {
        mw_libxml->xmlFreeDoc(doc);
        return rc;
    }
    forget_namespaces(root);
    *out = doc;
    return MW_OK;
}

/* --- as the pieces of an answer (xml.c), while it is read: a tree in between would cost as much as the reading --------------- */
/* The writer, who ends the elements that libxml2 has left: it says nothing at the end of one whose start tag was broken. */
static struct writer *writer_of(void *ctx)
{
    const xmlParserCtxt *ctxt = ctx;
    struct writer *w = ctxt->_private;
    for (; w->depth > (size_t)ctxt->nameNr; w->depth--) {
        w->text = SIZE_MAX;
        mw_piece_add(w->out, 'Z', MW_SV(""));
    }
    return w;
}

/* A prefix that nobody declared belongs to the name. */
static void add_name(struct mw_str *out, int tag, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    if (prefix == NULL || uri != NULL) {
        mw_piece_add(out, tag, mw_sv((const char *)name));
        return;
    }
    MW_AUTO(mw_str_free) struct mw_str whole = MW_STR_INIT;
    mw_str_addf(&whole, "%s:%s", (const char *)prefix, (const char *)name);
    mw_piece_add_str(out, tag, &whole);
}

/* libxml2 leaves "&#38;" for & in a value, and references to entities that nobody declared, which say nothing. */
static void add_value(struct mw_str *out, struct mw_sv value)
{
    static const struct mw_sv AND = { "&#38;", 5 };
    size_t piece = out->n;
    mw_piece_add(out, 'V', MW_SV(""));
    while (value.n > 0) {
        const char *and = memchr(value.p, '&', value.n);
        size_t n = and != NULL ? (size_t)(and - value.p) : value.n;
        mw_str_add(out, mw_sv_n(value.p, n));
        value = mw_sv_sub(value, n, value.n);
        if (value.n == 0)
            break;
        size_t end = mw_sv_find(value, MW_SV(";"), 0);
        if (mw_sv_starts(value, AND))
            mw_str_addc(out, '&');
        value = mw_sv_sub(value, end == SIZE_MAX ? 1 : end + 1, value.n);
    }
    mw_piece_end(out, piece);
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespaces_n, const xmlChar **namespaces,
    int attributes_n, int defaulted_n, const xmlChar **attributes)
{
    struct writer *w = writer_of(ctx);
    (void)namespaces_n, (void)namespaces, (void)defaulted_n;
    w->text = SIZE_MAX;
    w->depth++;
    w->root = true;
    add_name(w->out, 'E', name, prefix, uri);
    for (int i = 0; i < attributes_n; i++) { /* name, prefix, address, value and its end */
        const xmlChar **at = attributes + (size_t)i * 5;
        add_name(w->out, 'N', at[0], at[1], at[2]);
        add_value(w->out, mw_sv_n((const char *)at[3], (size_t)(at[4] - at[3])));
    }
}

static void on_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct writer *w = writer_of(ctx);
    (void)name, (void)prefix, (void)uri;
    w->text = SIZE_MAX;
    w->depth--;
    mw_piece_add(w->out, 'Z', MW_SV(""));
}

/* It comes in parts: one at least for each reference in it. */
static void on_text(void *ctx, const xmlChar *text, int n)
{
    struct writer *w = writer_of(ctx);
    if (w->text == SIZE_MAX) {
        w->text = w->out->n;
        mw_piece_add(w->out, 'X', MW_SV(""));
    }
    mw_str_add(w->out, mw_sv_n((const char *)text, (size_t)n));
    mw_piece_end(w->out, w->text);
}

enum mw_rc mw_task_xml(struct mw_str *out, struct mw_sv xml, struct mw_err *err)
{
    static const xmlSAXHandler HANDLERS = { .initialized = XML_SAX2_MAGIC, .startElementNs = on_start, .endElementNs = on_end,
                                            .characters = on_text, .ignorableWhitespace = on_text, .cdataBlock = on_text, .entityDecl = on_entity };
    struct writer w = { .out = out, .text = SIZE_MAX };
    struct outcome o = { .root = false };
    size_t before = out->n;
    xmlParserCtxt *ctxt = mw_libxml->xmlNewParserCtxt();
    if (ctxt == NULL)
        return mw_nomem(err);
    *ctxt->sax = HANDLERS;
    ctxt->_private = &w;
    run(ctxt, xml, &o);
    writer_of(ctxt);
    mw_libxml->xmlFreeParserCtxt(ctxt);
    o.root = w.root && w.depth == 0;
    o.entities = w.entities;
    enum mw_rc rc = judge(&o, err);
    if (rc != MW_OK)
        out->n = before;
    return rc;
}

/* Of each document its tree; of what is refused a piece that is none. */
enum mw_rc mw_task_xmls(struct mw_str *out, struct mw_sv request, struct mw_err *err)
{
    struct mw_sv xml;
    (void)err;
    for (int tag; (tag = mw_piece_next(&request, &xml)) != 0;) {
        MW_AUTO(mw_err_clear) struct mw_err why = MW_ERR_INIT(MW_EN);
        if (tag != 'D' || mw_task_xml(out, xml, &why) != MW_OK)
            mw_piece_add(out, 'F', MW_SV(""));
    }
    return MW_OK;
}
