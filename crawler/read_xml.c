/* XML of any shape: records and their fields by XPaths over local names. */
#include "crawler/row.h"

static enum mw_rc ask_records(struct mw_reading *x, struct mw_arena *a, struct mw_sv bytes, const struct mw_asking *q, struct mw_list *rows)
{
    struct mw_query query = { true, x->source->list.records, q->fields, q->n };
    enum mw_rc rc = mw_parse_query(x->r->parser, a, bytes, x->res->charset, &query, rows, NULL, x->err);

    if (rc == MW_OK && rows->n == 0 && x->res->from.rows == 0) /* behind the last of counted pages there is none */
        rc = mw_fail_at(x->err, MW_PARSE, mw_source_place(x->source, "list.records"), "This XML document holds none of the records that the source promises.");
    return rc;
}

static enum mw_rc read_links(struct mw_reading *x, struct mw_arena *a, struct mw_sv bytes)
{
    const struct mw_list *link = &x->source->list.link;
    struct mw_asking q = { .n = 0 };
    struct mw_list rows = { NULL, 0, 0 };
    size_t at = mw_ask_add(&q, link, MW_Q_TEXT);
    enum mw_rc rc = ask_records(x, a, bytes, &q, &rows);

    for (size_t i = 0; i < rows.n && rc == MW_OK; i++)
        rc = mw_emit_link(x, a, mw_base_of(x), mw_row_first(MW_AT(rows, struct mw_query_row, i), at, link));
    return rc;
}

static enum mw_rc read_notices(struct mw_reading *x, struct mw_arena *a, struct mw_sv bytes)
{
    struct mw_asking q = { .n = 0 };
    struct mw_asked at;
    struct mw_list rows = { NULL, 0, 0 };

    mw_ask_rules(&q, &at, &x->source->read);
    enum mw_rc rc = ask_records(x, a, bytes, &q, &rows);
    return rc == MW_OK ? mw_emit_rows(x, a, &rows, &at, mw_base_of(x)) : rc;
}

static enum mw_rc read_frame(struct mw_reading *x, struct mw_arena *a, struct mw_sv bytes, struct mw_sv *next)
{
    struct mw_sv ref = MW_SV_NONE;
    enum mw_rc rc = mw_ask_frame(x, a, bytes, true, &ref, NULL);
    if (rc == MW_OK && ref.n > 0)
        *next = mw_url_join(a, mw_base_of(x), ref);
    return rc;
}

enum mw_rc mw_read_xml(struct mw_reading *x)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct mw_sv bytes, next = MW_SV_NONE;
    if (a == NULL)
        return mw_nomem(x->err);
    enum mw_rc rc = mw_resource_bytes(x, a, MW_XML_MAX, &bytes);
    if (rc == MW_OK)
        rc = read_frame(x, a, bytes, &next);
    if (rc == MW_OK)
        rc = mw_source_leads(x->source) ? read_links(x, a, bytes) : read_notices(x, a, bytes);
    return rc == MW_OK && next.n > 0 ? mw_emit_address(x, MW_ROLE_LIST, next, MW_SV_NONE) : rc;
}
