/* XML of any shape: records and their fields by XPaths over local names. */
#include "crawler/row.h"

enum mw_rc mw_read_xml(struct mw_reading *x)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    const struct mw_reading_rules *rules = &x->source->read;
    struct mw_asking q = { .n = 0 };
    struct mw_asked at;
    struct mw_list rows = { NULL, 0, 0 };
    struct mw_sv bytes;

    if (a == NULL)
        return mw_nomem(x->err);
    mw_ask_rules(&q, &at, rules);
    struct mw_query query = { true, x->source->list.records, q.fields, q.n };
    enum mw_rc rc = mw_resource_bytes(x, a, MW_XML_MAX, &bytes);
    if (rc == MW_OK)
        rc = mw_parse_query(x->r->parser, a, bytes, x->res->charset, &query, &rows, NULL, x->err);
    if (rc == MW_OK && rows.n == 0)
        rc = mw_fail(x->err, MW_PARSE, "This XML document holds none of the records that the source promises.");
    for (size_t i = 0; i < rows.n && rc == MW_OK; i++) {
        const struct mw_query_row *row = MW_AT(rows, struct mw_query_row, i);
        struct mw_notice n = { .url = mw_url_of(a, rules, mw_row_first(row, at.url, &rules->url)),
                               .title = mw_row_first(row, at.title, &rules->title),
                               .language = mw_sv_sub(mw_row_first(row, at.language, &rules->language), 0, 2), .opens = MW_DAY_NONE };
        rc = !mw_take_row(x, a, row, &at, &n) ? mw_nomem(x->err)
             : mw_emit_leading_to(x, a, &n, mw_base_of(x), mw_row_values(row, at.documents, &rules->documents));
    }
    return rc;
}
