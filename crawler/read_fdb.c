/* The XML export of the Förderdatenbank: a ZIP of about 10,000 documents of its CMS that refer to each other by path.
 *
 * Twice through the archive. First everything that is no programme becomes a small record (name, address, web address, links),
 * found by its path. Then the programmes are read, their references looked up, so that never more than a few of them are in memory.
 * What a document is says its subtype, not its folder: Kontakt/ holds a few links and addresses. */
#include <stdlib.h>
#include <string.h>

#include "crawler/fdb_line.h"
#include "crawler/read.h"
#include "lib/parse/zip.h"

enum { HOPS = 3 };

/* A document that programmes refer to. */
struct target {
    struct mw_sv path; /* /BMWI/FDB/Content/DE/Kontakt/B/bmwk */
    struct mw_sv title, url, road, house, zip, city, phone, fax, email;
    struct mw_list addresses, parents, websites; /* struct mw_sv: paths */
};
struct export {
    struct mw_reading *x;
    struct mw_zip *zip;
    struct mw_arena *arena;  /* lives as long as the export */
    struct mw_list targets;  /* struct target, sorted by path after the first pass */
    struct mw_list programmes; /* size_t: entries */
};

/* Titles stand on one line. */
static struct mw_sv one_line(struct mw_arena *a, struct mw_sv s)
{
    MW_AUTO(mw_str_free) struct mw_str out = MW_STR_INIT;
    for (size_t i = 0; i < s.n; i++) {
        bool space = strchr(" \t\n\r", s.p[i]) != NULL;
        if (!space)
            mw_str_addc(&out, s.p[i]);
        else if (out.n > 0 && out.p[out.n - 1] != ' ')
            mw_str_addc(&out, ' ');
    }
    return mw_arena_copy(a, mw_sv_trim(mw_str_sv(&out)));
}

static struct mw_sv last_segment(struct mw_sv path)
{
    size_t n = path.n;
    while (n > 0 && path.p[n - 1] != '/')
        n--;
    return mw_sv_sub(path, n, path.n);
}

static struct mw_err new_err(const struct export *e)
{
    return (struct mw_err)MW_ERR_INIT(e->x->err != NULL ? e->x->err->lang : MW_EN);
}

static enum mw_rc add_name(const struct export *e, struct mw_list *names, struct mw_sv name)
{
    struct mw_sv *slot = mw_list_add(e->arena, names, sizeof *slot);
    if (slot != NULL)
        *slot = name;
    return slot != NULL ? MW_OK : mw_nomem(e->x->err);
}

/* --- first pass ------------------------------------------------------------------------------------------------------------- */
static const struct { const char *property; size_t offset; } TEXTS[] = {
    { "gsb:title", offsetof(struct target, title) },     { "gsb:url", offsetof(struct target, url) },
    { "gsb:road", offsetof(struct target, road) },       { "gsb:houseId", offsetof(struct target, house) },
    { "gsb:zipCode", offsetof(struct target, zip) },     { "gsb:city", offsetof(struct target, city) },
    { "gsb:phone", offsetof(struct target, phone) },     { "gsb:fax", offsetof(struct target, fax) },
    { "gsb:email", offsetof(struct target, email) },
};

static enum mw_rc target_of(struct target *t, struct export *e, struct mw_arena *a, const struct mw_fdb_doc *d, struct mw_err *err)
{
    *t = (struct target){ .path = mw_fdb_path(e->arena, d) };
    if (t->path.n == 0)
        return mw_fail(err, MW_PARSE, "This document of the export does not say its path.");
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        struct mw_sv text;
        enum mw_rc rc = mw_fdb_text(e->x->r->parser, a, d, mw_sv(TEXTS[i].property), &text, err);
        if (rc != MW_OK)
            return rc;
        *(struct mw_sv *)(void *)((char *)t + TEXTS[i].offset) = one_line(e->arena, text);
    }
    bool ok = mw_fdb_links(e->arena, d, MW_SV("gsb:cl2Addresses"), &t->addresses) &&
              mw_fdb_links(e->arena, d, MW_SV("gsb:cl2RespTargets"), &t->parents) && mw_fdb_links(e->arena, d, MW_SV("gsb:website"), &t->websites);
    return ok ? MW_OK : mw_nomem(err);
}

static enum mw_rc keep_target(void *ctx, struct mw_arena *a, struct mw_fdb_doc *d)
{
    struct export *e = ctx;
    MW_AUTO(mw_err_clear) struct mw_err err = new_err(e);
    struct target t;

    if (mw_fdb_root(e->x->r->parser, a, d, &err) != MW_OK || target_of(&t, e, a, d, &err) != MW_OK)
        return mw_fault(e->x, d->name, &err);
    struct target *slot = mw_list_add(e->arena, &e->targets, sizeof *slot);
    if (slot == NULL)
        return mw_nomem(e->x->err);
    *slot = t;
    return MW_OK;
}

static int by_path(const void *a, const void *b)
{
    return mw_sv_cmp(((const struct target *)a)->path, ((const struct target *)b)->path);
}

static const struct target *find(const struct export *e, struct mw_sv path)
{
    struct target key = { .path = path };
    return path.n > 0 && e->targets.n > 0 ? bsearch(&key, e->targets.items, e->targets.n, sizeof key, by_path) : NULL;
}

static enum mw_rc first_look(struct export *e, struct mw_fdb_line *l, size_t entry)
{
    MW_AUTO(mw_err_clear) struct mw_err err = new_err(e);
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct mw_sv name = mw_zip_name(e->zip, entry), bytes;

    if (a == NULL)
        return mw_nomem(e->x->err);
    if (mw_zip_read(e->zip, entry, a, &bytes, &err) != MW_OK)
        return mw_fault(e->x, name, &err);
    if (mw_sv_find(bytes, MW_SV("ServiceOffer-FundingProgram"), 0) != SIZE_MAX) {
        size_t *slot = mw_list_add(e->arena, &e->programmes, sizeof *slot);
        if (slot == NULL)
            return mw_nomem(e->x->err);
        *slot = entry;
        return MW_OK;
    }
    /* Labels and pictures of the CMS say nothing about programmes. */
    return mw_sv_find(name, MW_SV("/Content/"), 0) != SIZE_MAX ? mw_fdb_line_add(l, name, mw_arena_copy(l->gathered.a, bytes)) : MW_OK;
}

static enum mw_rc tell_nameless(const struct export *e)
{
    MW_AUTO(mw_err_clear) struct mw_err err = new_err(e);
    mw_fail(&err, MW_PARSE, "An entry of the archive has no name that is safe to use; it is not read.");
    return mw_fault(e->x, e->x->res->from.url, &err);
}

static enum mw_rc first_pass(struct export *e)
{
    struct mw_list names = { NULL, 0, 0 };
    struct mw_fdb_line l = { .parser = e->x->r->parser, .names = &names, .fn = keep_target, .ctx = e, .err = e->x->err };
    enum mw_rc rc = mw_fdb_line_begin(&l);

    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS && rc == MW_OK; i++)
        rc = add_name(e, &names, mw_sv(TEXTS[i].property));
    for (size_t i = 0; i < mw_zip_count(e->zip) && rc == MW_OK; i++)
        if (mw_zip_name(e->zip, i).n == 0)
            rc = tell_nameless(e);
        else if (mw_sv_ends(mw_zip_name(e->zip, i), MW_SV(".xml")))
            rc = first_look(e, &l, i);
    rc = mw_fdb_line_end(&l, rc);
    if (e->targets.n > 0)
        qsort(e->targets.items, e->targets.n, sizeof(struct target), by_path);
    return rc;
}

/* --- what a programme refers to ------------------------------------------------------------------------------------------------ */
static struct mw_sv street(struct mw_arena *a, const struct target *t)
{
    return t->house.n > 0 ? mw_arena_printf(a, "%.*s %.*s", MW_SV_ARG(t->road), MW_SV_ARG(t->house)) : t->road;
}

static struct mw_sv website(const struct export *e, const struct target *t)
{
    for (size_t i = 0; i < t->websites.n; i++) {
        const struct target *link = find(e, *MW_AT(t->websites, struct mw_sv, i));
        if (link != NULL && link->url.n > 0)
            return link->url;
    }
    return MW_SV_NONE;
}

/* The unit, its parent, and of both what is known of post, telephone and web; the nearer one counts. */
static struct mw_node *contact(const struct export *e, struct mw_arena *a, const struct target *t)
{
    const struct target *chain[HOPS] = { t }, *post = NULL;
    size_t n = 1;
    struct mw_sv phone = MW_SV_NONE, fax = MW_SV_NONE, email = MW_SV_NONE, web = MW_SV_NONE;
    struct mw_node *map = mw_new_map(a);

    while (n < HOPS && chain[n - 1]->parents.n > 0 && (chain[n] = find(e, *MW_AT(chain[n - 1]->parents, struct mw_sv, 0))) != NULL)
        n++;
    for (size_t i = 0; i < n; i++) {
        phone = phone.n > 0 ? phone : chain[i]->phone;
        fax = fax.n > 0 ? fax : chain[i]->fax;
        email = email.n > 0 ? email : chain[i]->email;
        web = web.n > 0 ? web : website(e, chain[i]);
        if (post == NULL && chain[i]->addresses.n > 0)
            post = find(e, *MW_AT(chain[i]->addresses, struct mw_sv, 0));
    }
    bool ok = mw_map_text(a, map, "name", t->title) && (n < 2 || mw_map_text(a, map, "unit_of", chain[1]->title));
    if (ok && post != NULL)
        ok = mw_map_text(a, map, "street", street(a, post)) && mw_map_text(a, map, "zip", post->zip) && mw_map_text(a, map, "city", post->city);
    ok = ok && mw_map_text(a, map, "phone", phone) && mw_map_text(a, map, "fax", fax) && mw_map_text(a, map, "email", email) &&
         mw_map_text(a, map, "website", web);
    return ok ? map : NULL;
}

static bool add_contacts(const struct export *e, struct mw_arena *a, struct mw_notice *n, const struct mw_fdb_doc *doc)
{
    struct mw_list paths = { NULL, 0, 0 };
    struct mw_node *seq = mw_new_seq(a);
    if (!mw_fdb_links(a, doc, MW_SV("gsb:cl2Contacts"), &paths))
        return false;
    for (size_t i = 0; i < paths.n; i++) {
        const struct target *t = find(e, *MW_AT(paths, struct mw_sv, i));
        if (t != NULL && !mw_seq_add(a, seq, contact(e, a, t)))
            return false;
    }
    return mw_extra_put(a, n, "contacts", seq);
}

static bool add_link(const struct export *e, struct mw_arena *a, struct mw_node *seq, struct mw_sv path)
{
    const struct target *t = find(e, path);
    if (t == NULL || !mw_url_is_web(t->url))
        return true;
    for (size_t i = 0; seq != NULL && i < seq->n; i++)
        if (mw_sv_eq(mw_node_text(seq->items[i], "url"), t->url))
            return true;
    struct mw_node *map = mw_new_map(a);
    return mw_map_text(a, map, "title", t->title) && mw_map_text(a, map, "url", t->url) && mw_seq_add(a, seq, map);
}

/* Those listed, then those that the texts lead to: guidelines are linked in the text. */
static bool add_links(const struct export *e, struct mw_arena *a, struct mw_notice *n, const struct mw_fdb_doc *doc)
{
    struct mw_list paths = { NULL, 0, 0 };
    struct mw_node *seq = mw_new_seq(a);
    bool ok = mw_fdb_links(a, doc, MW_SV("gsb:cl2CustServices"), &paths);
    for (size_t i = 0; i < n->sections.n && ok; i++)
        ok = mw_fdb_links_in(a, MW_AT(n->sections, struct mw_section, i)->raw, &paths);
    for (size_t i = 0; i < paths.n && ok; i++)
        ok = add_link(e, a, seq, *MW_AT(paths, struct mw_sv, i));
    return ok && mw_extra_put(a, n, "links", seq);
}

static bool is_pdf(struct mw_sv url)
{
    size_t end = mw_sv_find(url, MW_SV("?"), 0);
    url.n = end != SIZE_MAX ? end : url.n;
    return mw_url_is_web(url) && url.n > 4 && mw_sv_ieq(mw_sv_sub(url, url.n - 4, 4), MW_SV(".pdf"));
}

static bool add_document(const struct export *e, struct mw_arena *a, struct mw_list *out, struct mw_sv path)
{
    const struct target *t = find(e, path);
    struct mw_sv *slot = t != NULL && is_pdf(t->url) ? mw_list_add(a, out, sizeof *slot) : NULL;
    if (slot != NULL)
        *slot = t->url;
    return slot != NULL || t == NULL || !is_pdf(t->url);
}

/* Guidelines: of the properties that the source file names, what is linked in their lists and texts and is a PDF. Most links of the
 * export lead to web pages, which are not read. */
static bool find_documents(const struct export *e, struct mw_arena *a, struct mw_list *out, const struct mw_fdb_doc *doc)
{
    const struct mw_list *names = &e->x->source->read.documents;
    struct mw_list paths = { NULL, 0, 0 };
    bool ok = true;

    for (size_t i = 0; i < names->n && ok; i++) {
        struct mw_sv name = *MW_AT(*names, struct mw_sv, i);
        paths.n = 0;
        ok = mw_fdb_links(a, doc, name, &paths) && mw_fdb_links_in(a, mw_fdb_value(a, doc, name), &paths);
        for (size_t k = 0; k < paths.n && ok; k++)
            ok = add_document(e, a, out, *MW_AT(paths, struct mw_sv, k));
    }
    return ok;
}

/* Every value of a classifier ("Foerderart"): the title of a document, or the label of a code. */
static bool add_classified(const struct export *e, struct mw_arena *a, struct mw_notice *n, const struct mw_xml *list, enum mw_facet_kind facet)
{
    const struct mw_xml *links = mw_xml_child(list, "links");
    for (const struct mw_xml *l = mw_xml_child(links, "link"); l != NULL; l = mw_xml_next(l, "link")) {
        const struct target *t = find(e, mw_fdb_target(l));
        struct mw_sv code = last_segment(mw_fdb_target(l));
        if (t != NULL ? !mw_facet_add(a, n, facet, t->title) : !mw_facet_values(a, e->x->source, n, facet, code))
            return false;
    }
    return true;
}

static bool add_facets(const struct export *e, struct mw_arena *a, struct mw_notice *n, const struct mw_fdb_doc *doc)
{
    for (const struct mw_xml *c = mw_xml_each(doc->root, doc->root, "classifiedLinkList"); c != NULL; c = mw_xml_each(doc->root, c, "classifiedLinkList")) {
        struct mw_sv classifier = last_segment(mw_fdb_target(mw_xml_path(c, "classifierLinks/link")));
        for (size_t k = 0; k < MW_FACET_N; k++) {
            const struct mw_facet_rule *rule = e->x->source->read.facets[k];
            for (size_t i = 0; rule != NULL && i < rule->from.n; i++)
                if (mw_sv_eq(*MW_AT(rule->from, struct mw_sv, i), classifier) && !add_classified(e, a, n, c, (enum mw_facet_kind)k))
                    return false;
        }
    }
    return true;
}

/* The second level of the areas: "parent.child", since the same child stands below several parents. */
static bool add_topics(struct mw_arena *a, struct mw_notice *n, const struct mw_fdb_doc *doc)
{
    struct mw_list paths = { NULL, 0, 0 };
    struct mw_node *seq = mw_new_seq(a);
    if (!mw_fdb_links(a, doc, MW_SV("gsb:cl2Satisfaction"), &paths))
        return false;
    for (size_t i = 0; i < paths.n; i++) {
        struct mw_sv path = *MW_AT(paths, struct mw_sv, i), child = last_segment(path);
        struct mw_sv parent = last_segment(mw_sv_sub(path, 0, path.n - child.n - (child.n < path.n)));
        if (mw_sv_starts(parent, MW_SV("UF_")))
            parent = mw_sv_sub(parent, 3, parent.n);
        struct mw_sv code = mw_arena_printf(a, "%.*s.%.*s", MW_SV_ARG(parent), MW_SV_ARG(child));
        if (code.p == NULL || !mw_seq_add(a, seq, mw_new_text(a, code)))
            return false;
    }
    return mw_extra_put(a, n, "topics", seq);
}

/* --- second pass -------------------------------------------------------------------------------------------------------------- */
static struct mw_sv first_value(struct mw_arena *a, const struct mw_fdb_doc *doc, const struct mw_list *names)
{
    for (size_t i = 0; i < names->n; i++) {
        struct mw_sv value = mw_fdb_value(a, doc, *MW_AT(*names, struct mw_sv, i));
        if (value.n > 0)
            return value;
    }
    return MW_SV_NONE;
}

static enum mw_rc add_texts(struct export *e, struct mw_arena *a, struct mw_notice *n, const struct mw_fdb_doc *doc, struct mw_err *err)
{
    const struct mw_reading_rules *rules = &e->x->source->read;
    struct mw_parser *p = e->x->r->parser;
    struct mw_sv text;
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < rules->title.n && n->title.n == 0 && rc == MW_OK; i++) {
        rc = mw_fdb_text(p, a, doc, *MW_AT(rules->title, struct mw_sv, i), &text, err);
        n->title = rc == MW_OK ? one_line(a, text) : MW_SV("");
    }
    for (size_t i = 0; i < rules->sections.n && rc == MW_OK; i++) {
        const struct mw_section_rule *s = MW_AT(rules->sections, struct mw_section_rule, i);
        struct mw_sv raw = first_value(a, doc, &s->from);
        if (raw.n == 0)
            continue;
        rc = mw_fdb_plain(p, a, doc, raw, &text, err); /* an empty <div> is no section */
        if (rc != MW_OK || text.n == 0)
            continue;
        if (!mw_section_add(a, n, s->heading, raw, s->html != MW_NO))
            return mw_nomem(err);
        MW_AT(n->sections, struct mw_section, n->sections.n - 1)->text = s->html != MW_NO ? text : raw;
    }
    for (size_t i = 0; i < rules->extra.n && rc == MW_OK; i++) {
        const struct mw_entry *entry = MW_AT(rules->extra, struct mw_entry, i);
        rc = mw_fdb_text(p, a, doc, entry->v.text, &text, err);
        const char *key = rc == MW_OK ? mw_arena_z(a, entry->key) : NULL;
        if (rc == MW_OK && (key == NULL || !mw_extra_text(a, n, key, text)))
            return mw_nomem(err);
    }
    for (size_t i = 0; i < rules->status.n && rc == MW_OK; i++) {
        rc = mw_fdb_text(p, a, doc, *MW_AT(rules->status, struct mw_sv, i), &text, err);
        if (rc == MW_OK && !mw_extra_text(a, n, "status", text))
            return mw_nomem(err);
    }
    return rc;
}

/* "/BMWI/FDB/Content/DE/Foerderprogramm/Bund/BA/egz" to the path of its page, which has no /BMWI. */
static struct mw_sv address_of(struct export *e, struct mw_arena *a, const struct mw_fdb_doc *doc)
{
    struct mw_sv path = mw_fdb_path(a, doc);
    if (mw_sv_starts(path, MW_SV("/BMWI/")))
        path = mw_sv_sub(path, 5, path.n);
    return path.n > 0 ? mw_url_of(e->x, a, path) : MW_SV_NONE;
}

static enum mw_rc read_programme(void *ctx, struct mw_arena *a, struct mw_fdb_doc *doc)
{
    struct export *e = ctx;
    MW_AUTO(mw_err_clear) struct mw_err err = new_err(e);
    struct mw_notice n = { .opens = MW_DAY_NONE };

    if (mw_fdb_root(e->x->r->parser, a, doc, &err) != MW_OK)
        return mw_fault(e->x, doc->name, &err);
    n.url = address_of(e, a, doc);
    if (add_texts(e, a, &n, doc, &err) != MW_OK)
        return mw_fault(e->x, n.url.n > 0 ? n.url : doc->name, &err);
    struct mw_list documents = { NULL, 0, 0 };
    if (!add_facets(e, a, &n, doc) || !add_contacts(e, a, &n, doc) || !add_links(e, a, &n, doc) || !add_topics(a, &n, doc) || !find_documents(e, a, &documents, doc))
        return mw_nomem(e->x->err);
    return mw_emit_leading_to(e->x, a, &n, mw_base_of(e->x), &documents);
}

/* The properties that the source's file names for texts. */
static enum mw_rc text_names(const struct export *e, struct mw_list *names)
{
    const struct mw_reading_rules *rules = &e->x->source->read;
    enum mw_rc rc = MW_OK;
    for (size_t i = 0; i < rules->title.n && rc == MW_OK; i++)
        rc = add_name(e, names, *MW_AT(rules->title, struct mw_sv, i));
    for (size_t i = 0; i < rules->sections.n; i++) {
        const struct mw_list *from = &MW_AT(rules->sections, struct mw_section_rule, i)->from;
        for (size_t k = 0; k < from->n && rc == MW_OK; k++)
            rc = add_name(e, names, *MW_AT(*from, struct mw_sv, k));
    }
    for (size_t i = 0; i < rules->extra.n && rc == MW_OK; i++)
        rc = add_name(e, names, MW_AT(rules->extra, struct mw_entry, i)->v.text);
    for (size_t i = 0; i < rules->status.n && rc == MW_OK; i++)
        rc = add_name(e, names, *MW_AT(rules->status, struct mw_sv, i));
    return rc;
}

static enum mw_rc second_pass(struct export *e)
{
    struct mw_list names = { NULL, 0, 0 };
    struct mw_fdb_line l = { .parser = e->x->r->parser, .names = &names, .fn = read_programme, .ctx = e, .err = e->x->err };
    enum mw_rc rc = mw_fdb_line_begin(&l);

    rc = rc == MW_OK ? text_names(e, &names) : rc;
    for (size_t i = 0; i < e->programmes.n && rc == MW_OK; i++) {
        MW_AUTO(mw_err_clear) struct mw_err err = new_err(e);
        size_t entry = *MW_AT(e->programmes, size_t, i);
        struct mw_sv name = mw_zip_name(e->zip, entry), bytes;
        bool read = mw_zip_read(e->zip, entry, l.gathered.a, &bytes, &err) == MW_OK;
        rc = read ? mw_fdb_line_add(&l, name, bytes) : mw_fault(e->x, name, &err);
    }
    return mw_fdb_line_end(&l, rc);
}

static enum mw_rc read_all(struct export *e)
{
    enum mw_rc rc = first_pass(e);
    if (rc != MW_OK)
        return rc;
    if (e->programmes.n == 0)
        return mw_fail(e->x->err, MW_PARSE, "This ZIP archive holds no programmes; it is not the export that was expected.");
    e->x->tally->expected = (int64_t)e->programmes.n;
    return second_pass(e);
}

enum mw_rc mw_read_fdb(struct mw_reading *x)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *arena = mw_arena_new();
    MW_AUTO(mw_zip_closep) struct mw_zip *zip = NULL;
    struct mw_zip_limits limits = MW_ZIP_LIMITS;

    if (arena == NULL)
        return mw_nomem(x->err);
    if (x->source->limits.records != MW_INT_NONE)
        limits.entries = (size_t)x->source->limits.records;
    enum mw_rc rc = mw_zip_open(&zip, x->res->path, x->res->bytes, &limits, x->err);
    struct export e = { .x = x, .zip = zip, .arena = arena };
    return rc == MW_OK ? read_all(&e) : rc;
}
