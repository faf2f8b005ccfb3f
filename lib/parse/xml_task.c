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
    /* Never NOENT, DTDLOAD or XINCLUDE: they read files of this machine. Never HUGE: it lifts the limit against entity bombs. */
    static const int OPTIONS = XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA |
                               XML_PARSE_COMPACT | XML_PARSE_IGNORE_ENC;
    MW_AUTO(mw_str_free) struct mw_str clean = MW_STR_INIT;
    *out = NULL;
    xml = mw_sv_trim(xml);
    if (forbidden_at(xml, 0) != SIZE_MAX) {
        mw_xml_repair(&clean, xml);
        xml = mw_str_sv(&clean);
    }
    xmlParserCtxt *ctxt = mw_str_ok(&clean) ? mw_libxml->xmlNewParserCtxt() : NULL;
    if (ctxt == NULL)
        return mw_nomem(err);
    bool short_of = false;
    mw_tree_watch(&short_of);
    xmlDoc *doc = mw_libxml->xmlCtxtReadMemory(ctxt, xml.n > 0 ? xml.p : "", (int)xml.n, NULL, "UTF-8", OPTIONS);
    mw_tree_watch(NULL);
    /* Depth is checked by hand: recovering, libxml2 drops what is too deep without another word. */
    bool whole = doc != NULL && (ctxt->wellFormed || (!cut_off(ctxt->lastError.code) && xml.p[xml.n - 1] == '>'));
    bool entities = doc != NULL && doc->intSubset != NULL && doc->intSubset->entities != NULL;
    mw_libxml->xmlFreeParserCtxt(ctxt);
    if (whole && !short_of && !entities && mw_libxml->xmlDocGetRootElement(doc) != NULL) {
        forget_namespaces(mw_libxml->xmlDocGetRootElement(doc));
        *out = doc;
        return MW_OK;
    }
    mw_libxml->xmlFreeDoc(doc);
    if (short_of)
        return mw_fail(err, MW_PARSE, "This document needs more memory than one document may have.");
    if (entities)
        return mw_fail(err, MW_PARSE, "This XML document declares entities of its own; it is not read.");
    return mw_fail(err, MW_PARSE, "This is no XML document, or not all of one.");
}

/* --- the answer -------------------------------------------------------------------------------------------------------------- */
static bool enter(void *ctx, const xmlNode *n)
{
    struct mw_str *out = ctx;
    mw_piece_add(out, 'E', mw_sv((const char *)n->name));
    for (const xmlAttr *at = n->properties; at != NULL; at = at->next) {
        xmlChar *value = mw_libxml->xmlNodeGetContent((const xmlNode *)(const void *)at);
        mw_piece_add(out, 'N', mw_sv((const char *)at->name));
        mw_piece_add(out, 'V', mw_sv(value != NULL ? (const char *)value : ""));
        (*mw_libxml->xmlFree)(value);
    }
    return true;
}

static void leave(void *ctx, const xmlNode *n)
{
    (void)n;
    mw_piece_add(ctx, 'Z', MW_SV(""));
}

static void text(void *ctx, struct mw_sv s) { mw_piece_add(ctx, 'X', s); }

enum mw_rc mw_task_xml(struct mw_str *out, struct mw_sv xml, struct mw_err *err)
{
    xmlDoc *doc;
    enum mw_rc rc = mw_tree_read_xml(&doc, xml, err);
    if (rc == MW_OK)
        mw_tree_walk(mw_libxml->xmlDocGetRootElement(doc), &(struct mw_visitor){ enter, leave, text, out });
    mw_libxml->xmlFreeDoc(doc);
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
