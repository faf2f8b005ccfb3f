/* Implements fdb_doc.h. */
#include "crawler/fdb_doc.h"

#include <string.h>

enum { LINKS_MAX = 64, SINGLE_XML = 256 << 10, SINGLE_TEXT = 64 << 10 };

/* A property that was read beforehand. */
struct known {
    struct mw_sv name, value;
    bool rich;
    struct mw_sv text; /* plain, of rich text; MW_SV_NONE: it is asked for by itself */
};

/* --- properties ----------------------------------------------------------------------------------------------------------- */
static const struct mw_xml *property(const struct mw_fdb_doc *d, struct mw_sv name)
{
    for (const struct mw_xml *p = mw_xml_child(d->root, "property"); p != NULL; p = mw_xml_next(p, "property"))
        if (mw_sv_eq(mw_xml_attr(p, "name"), name))
            return p;
    return NULL;
}

static bool is_rich(const struct mw_xml *p) { return mw_sv_eqz(mw_xml_attr(p, "type"), "RichText"); }

/* "<text>" of rich text holds the words "<![CDATA[<div>...</div>]]>" as text; what stands between is HTML. A value else. */
static struct mw_sv value_of(struct mw_arena *a, const struct mw_xml *p)
{
    const struct mw_xml *rich = mw_xml_child(p, "text");
    struct mw_sv s = mw_xml_text(a, rich != NULL ? rich : mw_xml_child(p, "value"));
    if (mw_sv_starts(s, MW_SV("<![CDATA[")))
        s = mw_sv_sub(s, 9, s.n);
    if (mw_sv_ends(s, MW_SV("]]>")))
        s.n -= 3;
    return mw_sv_trim(s);
}

static const struct known *find_known(const struct mw_fdb_doc *d, struct mw_sv name)
{
    for (size_t i = 0; i < d->known.n; i++)
        if (mw_sv_eq(MW_AT(d->known, struct known, i)->name, name))
            return MW_AT(d->known, struct known, i);
    return NULL;
}

struct mw_sv mw_fdb_value(struct mw_arena *a, const struct mw_fdb_doc *d, struct mw_sv name)
{
    const struct known *k = find_known(d, name);
    return k != NULL ? k->value : value_of(a, property(d, name));
}

enum mw_rc mw_fdb_plain(struct mw_parser *p, struct mw_arena *a, const struct mw_fdb_doc *d, struct mw_sv html, struct mw_sv *out, struct mw_err *err)
{
    for (size_t i = 0; i < d->known.n; i++) {
        const struct known *k = MW_AT(d->known, struct known, i);
        if (k->value.p == html.p && k->text.p != NULL)
            return *out = k->text, MW_OK;
    }
    return mw_parse_html_text(p, a, html, out, err);
}

enum mw_rc mw_fdb_text(struct mw_parser *p, struct mw_arena *a, const struct mw_fdb_doc *d, struct mw_sv name, struct mw_sv *out, struct mw_err *err)
{
    const struct known *k = find_known(d, name);
    bool rich = k != NULL ? k->rich : is_rich(property(d, name));
    *out = mw_fdb_value(a, d, name);
    return out->n > 0 && rich ? mw_fdb_plain(p, a, d, *out, out, err) : MW_OK;
}

/* --- many at once ----------------------------------------------------------------------------------------------------------- */
/* Asked for together with others. */
static bool is_small(const struct mw_fdb_doc *d) { return d->bytes.n <= SINGLE_XML; }

enum mw_rc mw_fdb_ask_trees(struct mw_parser *p, struct mw_fdb_batch *b, struct mw_err *err)
{
    struct mw_sv *bytes = mw_arena_array(b->a, b->docs.n, sizeof *bytes);
    size_t n = 0;

    if (bytes == NULL)
        return mw_nomem(err);
    for (size_t i = 0; i < b->docs.n; i++)
        if (is_small(MW_AT(b->docs, struct mw_fdb_doc, i)))
            bytes[n++] = MW_AT(b->docs, struct mw_fdb_doc, i)->bytes;
    b->asked = n > 0 && mw_parse_xmls_ask(p, bytes, n, &b->ticket, NULL) == MW_OK;
    return MW_OK;
}

static enum mw_rc take_trees(struct mw_parser *p, struct mw_fdb_batch *b, struct mw_err *err)
{
    struct mw_xml **roots = mw_arena_array(b->a, b->docs.n, sizeof(struct mw_xml *));
    size_t n = 0;

    if (roots == NULL)
        return mw_nomem(err);
    for (size_t i = 0; i < b->docs.n; i++)
        n += is_small(MW_AT(b->docs, struct mw_fdb_doc, i));
    if (!b->asked || mw_parse_xmls_take(p, b->ticket, b->a, roots, n, NULL) != MW_OK)
        return MW_OK; /* each by itself */
    for (size_t i = b->docs.n; i-- > 0;)
        if (is_small(MW_AT(b->docs, struct mw_fdb_doc, i)))
            MW_AT(b->docs, struct mw_fdb_doc, i)->root = roots[--n];
    return MW_OK;
}

/* The properties of a document that are wanted. */
static enum mw_rc get_to_know(struct mw_arena *a, struct mw_fdb_doc *d, const struct mw_list *names, struct mw_err *err)
{
    for (const struct mw_xml *p = mw_xml_child(d->root, "property"); p != NULL; p = mw_xml_next(p, "property")) {
        struct mw_sv name = mw_xml_attr(p, "name");
        bool wanted = false;
        for (size_t i = 0; i < names->n && !wanted; i++)
            wanted = mw_sv_eq(*MW_AT(*names, struct mw_sv, i), name);
        struct known *k = wanted ? mw_list_add(a, &d->known, sizeof *k) : NULL;
        if (wanted && k == NULL)
            return mw_nomem(err);
        if (wanted)
            *k = (struct known){ name, value_of(a, p), is_rich(p), MW_SV_NONE };
    }
    return MW_OK;
}

static enum mw_rc list_texts(struct mw_fdb_batch *b, struct mw_fdb_doc *d, struct mw_err *err)
{
    for (size_t i = 0; i < d->known.n; i++) {
        struct known *k = MW_AT(d->known, struct known, i), **who;
        struct mw_sv *html;
        if (k->value.n == 0 || k->value.n > SINGLE_TEXT)
            continue;
        if ((html = mw_list_add(b->a, &b->htmls, sizeof *html)) == NULL || (who = mw_list_add(b->a, &b->whose, sizeof(struct known *))) == NULL)
            return mw_nomem(err);
        *html = k->value;
        *who = k;
    }
    return MW_OK;
}

enum mw_rc mw_fdb_ask_texts(struct mw_parser *p, struct mw_fdb_batch *b, const struct mw_list *names, struct mw_err *err)
{
    enum mw_rc rc = take_trees(p, b, err);
    for (size_t i = 0; i < b->docs.n && rc == MW_OK; i++) {
        struct mw_fdb_doc *d = MW_AT(b->docs, struct mw_fdb_doc, i);
        rc = get_to_know(b->a, d, names, err);
        rc = rc == MW_OK ? list_texts(b, d, err) : rc;
    }
    b->texts = rc == MW_OK ? mw_arena_array(b->a, b->htmls.n, sizeof *b->texts) : NULL;
    if (rc == MW_OK && b->texts == NULL)
        rc = mw_nomem(err);
    b->asked = rc == MW_OK && b->htmls.n > 0 &&
               mw_parse_html_texts_ask(p, b->a, b->htmls.items, b->htmls.n, b->texts, &b->ticket, NULL) == MW_OK;
    return rc;
}

void mw_fdb_take_texts(struct mw_parser *p, struct mw_fdb_batch *b)
{
    if (!b->asked || mw_parse_html_texts_take(p, b->ticket, b->a, b->texts, b->htmls.n, NULL) != MW_OK)
        return;
    for (size_t i = 0; i < b->htmls.n; i++)
        (*MW_AT(b->whose, struct known *, i))->text = b->texts[i];
}

enum mw_rc mw_fdb_root(struct mw_parser *p, struct mw_arena *a, struct mw_fdb_doc *d, struct mw_err *err)
{
    struct mw_xml *root;
    enum mw_rc rc = d->root != NULL ? MW_OK : mw_parse_xml(p, a, d->bytes, MW_SV_NONE, &root, err);
    if (rc == MW_OK && d->root == NULL)
        d->root = root;
    return rc;
}

/* --- links ------------------------------------------------------------------------------------------------------------------- */
struct mw_sv mw_fdb_path(struct mw_arena *a, const struct mw_fdb_doc *d)
{
    struct mw_sv path = mw_xml_attr(d->root, "path"), name = mw_xml_attr(d->root, "name");
    return path.n > 0 && name.n > 0 ? mw_arena_printf(a, "%.*s/%.*s", MW_SV_ARG(path), MW_SV_ARG(name)) : MW_SV_NONE;
}

struct mw_sv mw_fdb_target(const struct mw_xml *link)
{
    struct mw_sv href = mw_xml_attr(link, "href");
    return mw_sv_starts(href, MW_SV("target:/")) ? mw_sv_sub(href, 7, href.n) : MW_SV_NONE;
}

static bool add_path(struct mw_arena *a, struct mw_list *out, struct mw_sv path)
{
    struct mw_sv *slot = mw_list_add(a, out, sizeof *slot);
    return slot != NULL && (*slot = mw_arena_copy(a, path)).p != NULL;
}

bool mw_fdb_links(struct mw_arena *a, const struct mw_fdb_doc *d, struct mw_sv name, struct mw_list *out)
{
    const struct mw_xml *p = property(d, name);
    for (const struct mw_xml *links = mw_xml_each(p, p, "links"); links != NULL; links = mw_xml_each(p, links, "links"))
        for (const struct mw_xml *l = mw_xml_child(links, "link"); l != NULL && out->n < LINKS_MAX; l = mw_xml_next(l, "link"))
            if (mw_fdb_target(l).n > 0 && !add_path(a, out, mw_fdb_target(l)))
                return false;
    return true;
}

bool mw_fdb_links_in(struct mw_arena *a, struct mw_sv html, struct mw_list *out)
{
    static const char MARK[] = "\"target:/";
    for (size_t at = 0; (at = mw_sv_find(html, mw_sv(MARK), at)) != SIZE_MAX;) {
        size_t from = at + sizeof MARK - 2, end = mw_sv_find(html, MW_SV("\""), from);
        if (!add_path(a, out, mw_sv_sub(html, from, (end == SIZE_MAX ? html.n : end) - from)))
            return false;
        at = from;
    }
    return true;
}
