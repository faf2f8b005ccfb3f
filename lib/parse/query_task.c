/* XPaths in the worker, over HTML or XML. */
#include <string.h>

#include "lib/parse/libxml.h"
#include "lib/parse/page.h"
#include "lib/parse/query.h"
#include "lib/parse/tree.h"
#include "lib/parse/worker.h"

enum { FIELDS_MAX = 200, OPERATIONS_MAX = 50000000 };

struct question {
    bool xml;
    struct mw_sv records, document;
    struct mw_query_field fields[FIELDS_MAX];
    size_t n;
};

static bool ask(struct question *q, struct mw_sv in)
{
    struct mw_sv text;
    int tag = mw_piece_next(&in, &text);
    q->xml = tag == 'X';
    q->records = text;
    while ((tag = mw_piece_next(&in, &text)) != 0 && tag != 'D' && q->n < FIELDS_MAX)
        q->fields[q->n++] = (struct mw_query_field){ text, (enum mw_query_want)(tag - '0') };
    q->document = text;
    return tag == 'D' && in.n == 0;
}

static void silent(void *ctx, xmlError *error) { (void)ctx, (void)error; }

static xmlXPathObject *find(xmlXPathContext *ctx, xmlNode *from, struct mw_sv xpath)
{
    char *z = xpath.n > 0 ? strndup(xpath.p, xpath.n) : NULL;
    if (z == NULL)
        return NULL;
    ctx->node = from;
    ctx->opCount = 0;
    xmlXPathObject *found = mw_libxml->xmlXPathEval((const xmlChar *)z, ctx);
    free(z);
    return found;
}

static bool has_elements(const xmlNode *n)
{
    for (const xmlNode *c = n->children; c != NULL; c = c->next)
        if (c->type == XML_ELEMENT_NODE)
            return true;
    return false;
}

static void add_value(struct mw_str *out, enum mw_query_want want, struct mw_sv value)
{
    MW_AUTO(mw_str_free) struct mw_str line = MW_STR_INIT;
    if (want == MW_Q_LINE) {
        struct mw_flow flow;
        mw_flow_begin(&flow, &line, false, true);
        mw_flow_text(&flow, value);
        value = mw_str_sv(&line);
    }
    value = mw_sv_trim(value);
    if (value.n > 0)
        mw_piece_add(out, 'V', value);
}

static void add_node(struct mw_str *out, const struct question *q, enum mw_query_want want, xmlNode *n)
{
    MW_AUTO(mw_str_free) struct mw_str value = MW_STR_INIT;
    bool element = n->type == XML_ELEMENT_NODE;
    if (element && !q->xml && want == MW_Q_HTML) {
        mw_tree_html(&value, n);
    } else if (element && !q->xml) {
        mw_tree_text(&value, n, false, want == MW_Q_LINE);
    } else if (element && want == MW_Q_HTML && has_elements(n)) {
        xmlBuffer *dump = mw_libxml->xmlBufferCreate();
        for (xmlNode *c = n->children; c != NULL && dump != NULL; c = c->next)
            mw_libxml->xmlNodeDump(dump, n->doc, c, 0, 0);
        mw_str_addz(&value, dump != NULL ? (const char *)mw_libxml->xmlBufferContent(dump) : "");
        mw_libxml->xmlBufferFree(dump);
    } else {
        xmlChar *content = mw_libxml->xmlNodeGetContent(n);
        mw_str_addz(&value, content != NULL ? (const char *)content : "");
        (*mw_libxml->xmlFree)(content);
    }
    add_value(out, want, mw_str_sv(&value));
}

static enum mw_rc add_field(struct mw_str *out, const struct question *q, size_t i, xmlXPathContext *ctx, xmlNode *from, struct mw_err *err)
{
    char number[24];
    xmlXPathObject *found = find(ctx, from, q->fields[i].xpath);
    if (found == NULL)
        return mw_fail(err, MW_PARSE, "The XPath \"%.*s\" cannot be followed in this document.", MW_SV_ARG(q->fields[i].xpath));
    snprintf(number, sizeof number, "%zu", i);
    mw_piece_add(out, 'F', mw_sv(number));
    if (found->type == XPATH_NODESET) {
        for (int k = 0; found->nodesetval != NULL && k < found->nodesetval->nodeNr; k++)
            add_node(out, q, q->fields[i].want, found->nodesetval->nodeTab[k]);
    } else {
        xmlChar *s = mw_libxml->xmlXPathCastToString(found);
        add_value(out, q->fields[i].want, mw_sv(s != NULL ? (const char *)s : ""));
        (*mw_libxml->xmlFree)(s);
    }
    mw_libxml->xmlXPathFreeObject(found);
    return MW_OK;
}

static enum mw_rc add_record(struct mw_str *out, const struct question *q, xmlXPathContext *ctx, xmlNode *from, struct mw_err *err)
{
    enum mw_rc rc = MW_OK;
    mw_piece_add(out, 'R', MW_SV(""));
    for (size_t i = 0; rc == MW_OK && i < q->n; i++)
        rc = add_field(out, q, i, ctx, from, err);
    return rc;
}

static void add_base(struct mw_str *out, xmlXPathContext *ctx)
{
    xmlXPathObject *found = find(ctx, (xmlNode *)ctx->doc, MW_SV("string((//base/@href)[1])"));
    if (found != NULL && found->stringval != NULL && found->stringval[0] != '\0')
        mw_piece_add(out, 'B', mw_sv_trim(mw_sv((const char *)found->stringval)));
    mw_libxml->xmlXPathFreeObject(found);
}

enum mw_rc mw_task_query(struct mw_str *out, struct mw_sv request, struct mw_err *err)
{
    struct question q = { .n = 0 };
    xmlDoc *doc = NULL;
    xmlXPathContext *ctx = NULL;
    xmlXPathObject *records = NULL;

    if (!ask(&q, request))
        return mw_fail(err, MW_PARSE, "This question to a document is too long.");
    enum mw_rc rc = q.xml ? mw_tree_read_xml(&doc, q.document, err) : mw_tree_read(&doc, q.document, MW_CLEAN_WHOLE, err);
    if (rc != MW_OK || doc == NULL)
        return rc;
    ctx = mw_libxml->xmlXPathNewContext(doc);
    if (ctx == NULL) {
        rc = mw_nomem(err);
        goto out;
    }
    ctx->error = (xmlStructuredErrorFunc)silent;
    ctx->opLimit = OPERATIONS_MAX; /* a document may be made so that an innocent XPath takes for ever */
    add_base(out, ctx);
    if (q.records.n == 0) {
        rc = add_record(out, &q, ctx, (xmlNode *)doc, err);
        goto out;
    }
    records = find(ctx, (xmlNode *)doc, q.records);
    if (records == NULL || records->type != XPATH_NODESET) {
        rc = mw_fail(err, MW_PARSE, "The XPath \"%.*s\" cannot be followed in this document.", MW_SV_ARG(q.records));
        goto out;
    }
    for (int i = 0; rc == MW_OK && records->nodesetval != NULL && i < records->nodesetval->nodeNr; i++)
        rc = add_record(out, &q, ctx, records->nodesetval->nodeTab[i], err);
out:
    mw_libxml->xmlXPathFreeObject(records);
    mw_libxml->xmlXPathFreeContext(ctx);
    mw_libxml->xmlFreeDoc(doc);
    return rc;
}
