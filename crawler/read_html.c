/* List pages that lead to pages, and pages that are notices. Which elements mean what stands in the source file as XPaths. */
#include <string.h>

#include "crawler/row.h"

/* Where references of a page begin: its <base>, itself relative to the page's own address. */
static struct mw_sv base_of(struct mw_reading *x, struct mw_arena *a, struct mw_sv base)
{
    struct mw_sv page = x->res->from.url;
    struct mw_sv joined = base.n > 0 ? mw_url_join(a, page.n > 0 ? page : x->source->home, base) : MW_SV_NONE;
    return joined.n > 0 ? joined : page.n > 0 ? page : x->source->home;
}

/* --- lists ------------------------------------------------------------------------------------------------------------------ */
/* The entries lead to pages, or, where list.link is not stated, are the notices themselves. */
static enum mw_rc list_entries(struct mw_reading *x, struct mw_arena *a, struct mw_sv bytes)
{
    const struct mw_listing *l = &x->source->list;
    struct mw_asking q = { .n = 0 };
    struct mw_asked at;
    struct mw_list rows;
    struct mw_sv base;
    bool leads = l->link.n > 0;
    if (leads)
        mw_ask_add(&q, &l->link, MW_Q_TEXT);
    else
        mw_ask_rules(&q, &at, &x->source->read);
    struct mw_query query = { false, l->records, q.fields, q.n };
    enum mw_rc rc = mw_parse_query(x->r->parser, a, bytes, x->res->charset, &query, &rows, &base, x->err);

    if (rc != MW_OK)
        return rc;
    if (rows.n == 0 && x->tally->expected != 0 && x->res->from.rows == 0) /* behind the last of counted pages there is none */
        return mw_fail_at(x->err, MW_PARSE, mw_source_place(x->source, "list.records"), "list.records (%.*s) finds no entry of the list on this page; "
                          "the site answers with something else, or has a new layout.", MW_SV_ARG(l->records));
    base = base_of(x, a, base);
    if (!leads)
        return mw_emit_rows(x, a, &rows, &at, base);
    for (size_t i = 0; i < rows.n && rc == MW_OK; i++)
        rc = mw_emit_link(x, a, base, mw_row_first(MW_AT(rows, struct mw_query_row, i), 0, &l->link));
    return rc;
}

/* Count and next page first: what the site says it has decides whether an empty list is a fault. */
static enum mw_rc list_frame(struct mw_reading *x, struct mw_arena *a, struct mw_sv bytes, struct mw_sv *next)
{
    struct mw_sv base = MW_SV_NONE, ref;
    enum mw_rc rc = mw_ask_frame(x, a, bytes, false, &ref, &base);
    *next = rc == MW_OK && ref.n > 0 ? mw_url_join(a, base_of(x, a, base), ref) : MW_SV_NONE;
    return rc;
}

/* What "more" loads on some sites: JSON with the list's HTML in it. */
static enum mw_rc take_inside(struct mw_reading *x, struct mw_arena *a, struct mw_sv *bytes)
{
    MW_AUTO(mw_str_free) struct mw_str html = MW_STR_INIT;
    struct mw_node *answer;
    struct mw_list texts = { NULL, 0, 0 };
    struct mw_sv pointer = x->source->list.inside;
    enum mw_rc rc = mw_json_read(&answer, a, "JSON", 1, *bytes, x->err);

    if (rc != MW_OK)
        return rc;
    if (!mw_pointer_texts(a, &texts, answer, pointer))
        return mw_nomem(x->err);
    if (texts.n == 0 && x->res->from.rows == 0)
        return mw_fail_at(x->err, MW_PARSE, mw_source_place(x->source, "list.inside"), "list.inside (%.*s) finds no text in this JSON document.", MW_SV_ARG(pointer));
    for (size_t i = 0; i < texts.n; i++)
        mw_str_add(&html, *MW_AT(texts, struct mw_sv, i));
    *bytes = mw_arena_copy(a, html.n > 0 ? mw_str_sv(&html) : MW_SV("<html></html>"));
    return bytes->p != NULL && mw_str_ok(&html) ? MW_OK : mw_nomem(x->err);
}

enum mw_rc mw_read_html(struct mw_reading *x)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct mw_sv bytes, next;

    if (a == NULL)
        return mw_nomem(x->err);
    if (x->source->list.records.n == 0)
        return mw_read_page(x);
    enum mw_rc rc = mw_resource_bytes(x, a, MW_HTML_MAX, &bytes);
    if (rc == MW_OK && x->source->list.inside.n > 0)
        rc = take_inside(x, a, &bytes);
    if (rc == MW_OK)
        rc = list_frame(x, a, bytes, &next);
    if (rc == MW_OK)
        rc = list_entries(x, a, bytes);
    return rc == MW_OK && next.n > 0 ? mw_emit_address(x, MW_ROLE_LIST, next, MW_SV_NONE) : rc;
}

/* --- pages ------------------------------------------------------------------------------------------------------------------ */
/* What the rules find beyond the page's headings and dt/dd pairs. */
static enum mw_rc refine(struct mw_reading *x, struct mw_arena *a, struct mw_sv bytes, struct mw_notice *n, struct mw_sv *base, struct mw_list *documents)
{
    const struct mw_reading_rules *rules = &x->source->read;
    struct mw_asking q = { .n = 0 };
    struct mw_asked at;
    struct mw_list rows;

    *documents = (struct mw_list){ NULL, 0, 0 };
    mw_ask_rules(&q, &at, rules);
    if (q.n == 0)
        return MW_OK;
    struct mw_query query = { false, MW_SV_NONE, q.fields, q.n };
    enum mw_rc rc = mw_parse_query(x->r->parser, a, bytes, x->res->charset, &query, &rows, base, x->err);
    if (rc != MW_OK || rows.n == 0)
        return rc;
    const struct mw_query_row *row = MW_AT(rows, struct mw_query_row, 0);
    *base = base_of(x, a, *base);
    *documents = *mw_row_values(row, at.documents, &rules->documents);
    if (!mw_take_row(x, a, row, &at, n))
        return mw_nomem(x->err);
    return MW_OK;
}

static struct mw_sv host_of(struct mw_sv url)
{
    struct mw_sv scheme, host, rest;
    mw_sv_cut(url, '/', &scheme, &rest);
    mw_sv_cut(mw_sv_sub(rest, 1, rest.n), '/', &host, &rest);
    return host;
}

/* A page may name another address of its own site as its true one, but none of others: it could take their place. Only a source of
 * one's own network (allow_private) may be a mirror of the portal that its file calls home. */
static struct mw_sv address_of(struct mw_reading *x, struct mw_arena *a, struct mw_sv canonical)
{
    struct mw_sv here = x->res->from.url;
    struct mw_sv url = canonical.n > 0 ? mw_url_join(a, here.n > 0 ? here : x->source->home, canonical) : MW_SV_NONE;
    struct mw_sv host = host_of(url);
    bool mirror = x->source->politeness.allow_private == MW_YES && mw_sv_eq(host, host_of(x->source->home));
    if (here.n > 0 && url.n > 0 && mw_is_of_many(x, url)) /* a template that says so of every page */
        return here;
    return url.n > 0 && (here.n == 0 || mw_sv_eq(host, host_of(here)) || mirror) ? url : here;
}

enum mw_rc mw_read_page(struct mw_reading *x)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    const struct mw_reading_rules *rules = &x->source->read;
    struct mw_page_view view = { rules->main, rules->title, rules->drop };
    struct mw_page page;
    struct mw_notice n;
    struct mw_list documents;
    struct mw_sv bytes, base = MW_SV_NONE;

    if (a == NULL)
        return mw_nomem(x->err);
    enum mw_rc rc = mw_resource_bytes(x, a, MW_HTML_MAX, &bytes);
    if (rc == MW_OK && mw_sv_trim(bytes).n == 0)
        rc = mw_fail(x->err, MW_PARSE, "This page is empty.");
    if (rc == MW_OK)
        rc = mw_parse_page_as(x->r->parser, a, bytes, x->res->charset, &view, &page, x->err);
    if (rc == MW_OK)
        rc = mw_notice_from_page(&n, a, &page, x->r->labels, address_of(x, a, page.canonical), x->source->id, x->err);
    if (rc == MW_OK)
        rc = refine(x, a, bytes, &n, &base, &documents);
    return rc == MW_OK ? mw_emit_leading_to(x, a, &n, base, &documents) : rc;
}
