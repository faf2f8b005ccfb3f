/* Our side of query.h: the question as pieces, the answer as rows. */
#include "lib/parse/query.h"

#include <stdlib.h>
#include <string.h>

#include "lib/parse/charset.h"
#include "lib/parse/libxml.h"
#include "lib/parse/page.h"
#include "lib/parse/worker.h"

static void silent(void *ctx, xmlError *error) { (void)ctx, (void)error; }

static void quiet(void *ctx, const char *format, ...) { (void)ctx, (void)format; }

/* It is followed once, too: an unknown function or a prefix of nobody's namespace is found only then. */
static bool good(struct mw_sv xpath)
{
    static const char PAGE[] = "<html><body></body></html>";
    htmlParserCtxt *parser = mw_libxml->htmlNewParserCtxt();
    xmlDoc *doc = parser != NULL ? mw_libxml->htmlCtxtReadMemory(parser, PAGE, sizeof PAGE - 1, NULL, "UTF-8", HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING) : NULL;
    xmlXPathContext *ctx = doc != NULL ? mw_libxml->xmlXPathNewContext(doc) : NULL;
    char *z = xpath.n > 0 && memchr(xpath.p, '\0', xpath.n) == NULL ? strndup(xpath.p, xpath.n) : NULL;
    xmlXPathObject *found = NULL;
    if (ctx != NULL && z != NULL) {
        ctx->error = (xmlStructuredErrorFunc)silent;
        ctx->node = (xmlNode *)doc;
        ctx->opLimit = 100000;
        mw_libxml->xmlSetGenericErrorFunc(NULL, quiet); /* of functions it does not know libxml2 complains there */
        found = mw_libxml->xmlXPathEval((const xmlChar *)z, ctx);
        mw_libxml->xmlSetGenericErrorFunc(NULL, NULL);
    }
    bool is = found != NULL;
    mw_libxml->xmlXPathFreeObject(found);
    free(z);
    mw_libxml->xmlXPathFreeContext(ctx);
    mw_libxml->xmlFreeDoc(doc);
    mw_libxml->htmlFreeParserCtxt(parser);
    return is;
}

bool mw_xpath_good(struct mw_sv xpath)
{
    return mw_libxml_open(NULL) != MW_OK || good(xpath); /* without the library nobody can tell; who reads a page is told what is missing */
}

/* Pieces: 'R' a record begins, 'F' a field, by its number, 'V' a value of it, 'B' the page's base. */
static enum mw_rc take(struct mw_list *rows, struct mw_sv *base, size_t n, struct mw_arena *a, struct mw_sv answer, struct mw_err *err)
{
    struct mw_query_row *row = NULL;
    struct mw_sv text;
    int64_t field = -1;
    int tag;

    while ((tag = mw_piece_next(&answer, &text)) != 0) {
        struct mw_sv *value;
        if (tag == 'B' && base != NULL) {
            *base = text;
        } else if (tag == 'R') {
            row = mw_list_add(a, rows, sizeof *row);
            if (row == NULL || (row->values = mw_arena_array(a, n + 1, sizeof *row->values)) == NULL)
                return mw_nomem(err);
            field = -1;
        } else if (tag == 'F' && mw_sv_int(text, &field) && field >= 0 && (size_t)field < n) {
            continue;
        } else if (tag == 'V' && row != NULL && field >= 0) {
            if ((value = mw_list_add(a, &row->values[field], sizeof *value)) == NULL)
                return mw_nomem(err);
            *value = text;
        } else if (tag != 'B') {
            return mw_fail(err, MW_PARSE, "Reading this document gave no valid text; the document is left out.");
        }
    }
    return answer.n == 0 ? MW_OK : mw_fail(err, MW_PARSE, "Reading this document gave no valid text; the document is left out.");
}

enum mw_rc mw_parse_query(struct mw_parser *p, struct mw_arena *a, struct mw_sv bytes, struct mw_sv charset,
    const struct mw_query *query, struct mw_list *rows, struct mw_sv *base, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str request = MW_STR_INIT;
    MW_AUTO(mw_str_free) struct mw_str utf8 = MW_STR_INIT;
    const char *decided;
    struct mw_sv answer = MW_SV_NONE;

    *rows = (struct mw_list){ NULL, 0, 0 };
    if (base != NULL)
        *base = MW_SV_NONE;
    if (bytes.n > (query->xml ? MW_XML_MAX : MW_HTML_MAX))
        return mw_fail(err, MW_PARSE, "This document has more than %u MB; it is not read.",
                       (unsigned)((query->xml ? MW_XML_MAX : MW_HTML_MAX) >> 20));
    enum mw_rc rc = mw_charset_decode(&utf8, &decided, bytes, charset, err);
    if (rc != MW_OK)
        return rc;
    mw_piece_add(&request, query->xml ? 'X' : 'H', query->records.p != NULL ? query->records : MW_SV(""));
    for (size_t i = 0; i < query->n; i++)
        mw_piece_add(&request, '0' + (int)query->fields[i].want, query->fields[i].xpath);
    mw_piece_add(&request, 'D', mw_str_sv(&utf8));
    if (!mw_str_ok(&request))
        return mw_nomem(err);
    rc = mw_worker_do(p, MW_TASK_QUERY, mw_str_sv(&request), a, &answer, err);
    return rc == MW_OK ? take(rows, base, query->n, a, answer, err) : rc;
}
