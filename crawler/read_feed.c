/* Feeds (RSS 2.0, RSS 1.0, Atom) and sitemaps: lists of addresses that other programs write for us. */
#include <string.h>

#include "crawler/read.h"
#include "lib/parse/xml.h"

static enum mw_rc read_root(struct mw_reading *x, struct mw_arena *a, struct mw_xml **root)
{
    struct mw_sv bytes;
    enum mw_rc rc = mw_resource_bytes(x, a, MW_XML_MAX, &bytes);
    return rc == MW_OK ? mw_parse_xml(x->r->parser, a, bytes, x->res->charset, root, x->err) : rc;
}

/* --- feeds ------------------------------------------------------------------------------------------------------------------ */
/* RSS writes the address as text, Atom as an attribute; of several the one for people counts. */
static struct mw_sv link_of(struct mw_arena *a, const struct mw_xml *entry)
{
    struct mw_sv any = MW_SV_NONE;
    for (const struct mw_xml *l = mw_xml_child(entry, "link"); l != NULL; l = mw_xml_next(l, "link")) {
        struct mw_sv rel = mw_xml_attr(l, "rel"), href = mw_xml_attr(l, "href");
        struct mw_sv here = href.n > 0 ? href : mw_xml_text(a, l);
        if (here.n > 0 && (rel.n == 0 || mw_sv_eqz(rel, "alternate")))
            return here;
        any = any.n > 0 ? any : here;
    }
    const struct mw_xml *guid = mw_xml_child(entry, "guid");
    if (any.n == 0 && guid != NULL && !mw_sv_eqz(mw_xml_attr(guid, "isPermaLink"), "false"))
        any = mw_xml_text(a, guid);
    return any;
}

static struct mw_sv child_text(struct mw_arena *a, const struct mw_xml *entry, const char *const *names)
{
    for (; *names != NULL; names++) {
        struct mw_sv text = mw_xml_text(a, mw_xml_child(entry, *names));
        if (text.n > 0)
            return text;
    }
    return MW_SV_NONE;
}

/* HTML, be it escaped text, CDATA or real elements (Atom's xhtml). */
static struct mw_sv body_of(struct mw_arena *a, const struct mw_xml *entry)
{
    static const char *const BODIES[] = { "encoded", "content", "description", "summary" };
    for (size_t i = 0; i < sizeof BODIES / sizeof *BODIES; i++) {
        const struct mw_xml *body = mw_xml_child(entry, BODIES[i]);
        struct mw_sv text = mw_xml_child(body, NULL) != NULL ? mw_xml_inner(a, body) : mw_xml_text(a, body);
        if (text.n > 0)
            return text;
    }
    return MW_SV_NONE;
}

static enum mw_rc emit_entry(struct mw_reading *x, struct mw_arena *a, const struct mw_xml *entry, struct mw_sv url, struct mw_sv date)
{
    struct mw_notice n = { .url = url, .opens = MW_DAY_NONE };
    struct mw_sv title;
    enum mw_rc rc = mw_parse_html_text(x->r->parser, a, mw_xml_text(a, mw_xml_child(entry, "title")), &title, x->err);
    if (rc != MW_OK)
        return rc;
    n.title = title;
    if (!mw_section_add(a, &n, MW_SV_NONE, body_of(a, entry), true) || !mw_extra_text(a, &n, "published", date))
        return mw_nomem(x->err);
    return mw_emit(x, a, &n);
}

static enum mw_rc read_entry(struct mw_reading *x, struct mw_arena *a, const struct mw_xml *entry)
{
    static const char *const DATES[] = { "updated", "pubDate", "date", "published", NULL };
    struct mw_sv base = x->res->from.url.n > 0 ? x->res->from.url : x->source->home;
    struct mw_sv url = mw_url_join(a, base, link_of(a, entry)), date = child_text(a, entry, DATES);

    if (url.n == 0) {
        x->tally->failed++;
        return MW_OK;
    }
    return x->source->list.follow == MW_NO ? emit_entry(x, a, entry, url, date) : mw_emit_address(x, MW_ROLE_PAGE, url, date);
}

enum mw_rc mw_read_feed(struct mw_reading *x)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct mw_xml *root;

    if (a == NULL)
        return mw_nomem(x->err);
    enum mw_rc rc = read_root(x, a, &root);
    if (rc != MW_OK)
        return rc;
    bool atom = mw_xml_is(root, "feed");
    if (!atom && !mw_xml_is(root, "rss") && !mw_xml_is(root, "RDF"))
        return mw_fail(x->err, MW_PARSE, "This is no feed: it begins with <%.*s>.", MW_SV_ARG(root->name));
    const char *name = atom ? "entry" : "item"; /* RSS 1.0 has them beside its channel, 2.0 in it */
    for (const struct mw_xml *e = mw_xml_each(root, root, name); e != NULL && rc == MW_OK; e = mw_xml_each(root, e, name))
        rc = read_entry(x, a, e);
    for (const struct mw_xml *l = mw_xml_child(root, "link"); l != NULL && rc == MW_OK; l = mw_xml_next(l, "link")) /* RFC 5005 */
        if (mw_sv_eqz(mw_xml_attr(l, "rel"), "next")) {
            struct mw_sv next = mw_url_join(a, x->res->from.url, mw_xml_attr(l, "href"));
            rc = next.n > 0 ? mw_emit_address(x, MW_ROLE_LIST, next, MW_SV_NONE) : MW_OK;
        }
    return rc;
}

/* --- sitemaps (sitemaps.org) -------------------------------------------------------------------------------------------------- */
enum mw_rc mw_read_sitemap(struct mw_reading *x)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct mw_xml *root;

    if (a == NULL)
        return mw_nomem(x->err);
    enum mw_rc rc = read_root(x, a, &root);
    if (rc != MW_OK)
        return rc;
    bool index = mw_xml_is(root, "sitemapindex");
    if (!index && !mw_xml_is(root, "urlset"))
        return mw_fail(x->err, MW_PARSE, "This is no sitemap: it begins with <%.*s>.", MW_SV_ARG(root->name));
    for (const struct mw_xml *u = mw_xml_child(root, index ? "sitemap" : "url"); u != NULL && rc == MW_OK; u = mw_xml_next(u, index ? "sitemap" : "url")) {
        struct mw_sv loc = mw_xml_text(a, mw_xml_child(u, "loc"));
        struct mw_sv url = mw_url_join(a, x->res->from.url.n > 0 ? x->res->from.url : x->source->home, loc);
        struct mw_sv modified = mw_xml_text(a, mw_xml_child(u, "lastmod"));
        if (url.n > 0)
            rc = mw_emit_address(x, index ? MW_ROLE_LIST : MW_ROLE_PAGE, url, modified.n > 0 ? modified : MW_SV_NONE);
        else
            x->tally->failed++;
    }
    return rc;
}
