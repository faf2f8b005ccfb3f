/* Implements source.h: the table of keys, and loading. What a source must also satisfy stands in source_check.c. */
#include "crawler/source.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "crawler/source_check.h"
#include "lib/core/file.h"

const char *const MW_CRAWL_KINDS[] = { "fdb-export", "html", "feed", "sitemap", "eu-bulk", "eu-search", "ted", "json", "xml", "csv", NULL };
const char *const MW_LEVELS[] = { "eu", "bund", "land", NULL };
static const char *const ABOUT[] = { "programmes", "tenders", NULL };

static const struct mw_field PART_FIELDS[] = {
    { MW_FIELD(mw_form_part, "name", MW_T_TEXT, name), .needed = true },
    { MW_FIELD(mw_form_part, "filename", MW_T_TEXT, filename) },
    { MW_FIELD(mw_form_part, "type", MW_T_TEXT, type) },
    { MW_FIELD(mw_form_part, "body", MW_T_TEXT, body), .needed = true },
};
static const struct mw_schema PART = MW_SCHEMA("form part", mw_form_part, PART_FIELDS);

static const struct mw_field REQUEST_FIELDS[] = {
    { MW_FIELD(mw_request, "parts", MW_T_LIST, parts), .item = MW_T_RECORD, .sub = &PART },
    { MW_FIELD(mw_request, "body", MW_T_TEXT, body) },
    { MW_FIELD(mw_request, "type", MW_T_TEXT, type) },
    { MW_FIELD(mw_request, "page", MW_T_TEXT, page) },
    { MW_FIELD(mw_request, "step", MW_T_INT, step) },
    { MW_FIELD(mw_request, "range", MW_T_TEXT, range) },
    { MW_FIELD(mw_request, "undated", MW_T_TEXT, undated) },
    { MW_FIELD(mw_request, "window", MW_T_INT, window) },
};
static const struct mw_schema REQUEST = MW_SCHEMA("request", mw_request, REQUEST_FIELDS);

static const struct mw_field POLITENESS_FIELDS[] = {
    { MW_FIELD(mw_politeness, "delay_ms", MW_T_INT, delay_ms) },
    { MW_FIELD(mw_politeness, "connections", MW_T_INT, connections) },
    { MW_FIELD(mw_politeness, "robots", MW_T_TRI, robots) },
    { MW_FIELD(mw_politeness, "allow_private", MW_T_TRI, allow_private) },
};
static const struct mw_schema POLITENESS = MW_SCHEMA("politeness", mw_politeness, POLITENESS_FIELDS);

static const struct mw_field LIMIT_FIELDS[] = {
    { MW_FIELD(mw_source_limits, "megabytes", MW_T_INT, megabytes) },
    { MW_FIELD(mw_source_limits, "pages", MW_T_INT, pages) },
    { MW_FIELD(mw_source_limits, "records", MW_T_INT, records) },
    { MW_FIELD(mw_source_limits, "again", MW_T_INT, again) },
};
static const struct mw_schema LIMITS = MW_SCHEMA("limits", mw_source_limits, LIMIT_FIELDS);

static const struct mw_field LISTING_FIELDS[] = {
    { MW_FIELD(mw_listing, "records", MW_T_TEXT, records) },
    { MW_FIELD(mw_listing, "link", MW_T_LIST, link), .item = MW_T_TEXT },
    { MW_FIELD(mw_listing, "inside", MW_T_TEXT, inside) },
    { MW_FIELD(mw_listing, "next", MW_T_LIST, next), .item = MW_T_TEXT },
    { MW_FIELD(mw_listing, "count", MW_T_LIST, count), .item = MW_T_TEXT },
    { MW_FIELD(mw_listing, "include", MW_T_LIST, include), .item = MW_T_TEXT },
    { MW_FIELD(mw_listing, "exclude", MW_T_LIST, exclude), .item = MW_T_TEXT },
    { MW_FIELD(mw_listing, "ignore", MW_T_LIST, ignore), .item = MW_T_TEXT },
    { MW_FIELD(mw_listing, "follow", MW_T_TRI, follow) },
    { MW_FIELD(mw_listing, "complete", MW_T_TRI, complete) },
};
static const struct mw_schema LISTING = MW_SCHEMA("listing", mw_listing, LISTING_FIELDS);

static const struct mw_field SECTION_FIELDS[] = {
    { MW_FIELD(mw_section_rule, "heading", MW_T_TEXT, heading) },
    { MW_FIELD(mw_section_rule, "from", MW_T_LIST, from), .item = MW_T_TEXT, .needed = true },
    { MW_FIELD(mw_section_rule, "headings", MW_T_LIST, headings), .item = MW_T_TEXT },
    { MW_FIELD(mw_section_rule, "html", MW_T_TRI, html) },
    { MW_FIELD(mw_section_rule, "without", MW_T_TEXT, without) },
};
static const struct mw_schema SECTION = MW_SCHEMA("section rule", mw_section_rule, SECTION_FIELDS);

static const struct mw_field FACET_RULE_FIELDS[] = {
    { MW_FIELD(mw_facet_rule, "from", MW_T_LIST, from), .item = MW_T_TEXT, .needed = true },
    { MW_FIELD(mw_facet_rule, "codes", MW_T_TEXT, codes) },
    { MW_FIELD(mw_facet_rule, "separator", MW_T_TEXT, separator) },
};
static const struct mw_schema FACET_RULE = MW_SCHEMA("facet rule", mw_facet_rule, FACET_RULE_FIELDS);

#define FACET(name, kind) \
    { .key = (name), .type = MW_T_RECORD_P, .offset = (kind) * sizeof(struct mw_facet_rule *), .sub = &FACET_RULE }
static const struct mw_field FACETS_FIELDS[] = {
    FACET("funding_type", MW_FUNDING_TYPE),
    FACET("funding_area", MW_FUNDING_AREA),
    FACET("funding_location", MW_FUNDING_LOCATION),
    FACET("eligible_applicants", MW_ELIGIBLE_APPLICANTS),
    FACET("funder", MW_FUNDER),
};
static const struct mw_schema FACETS = { "facets", sizeof(struct mw_facet_rule *[MW_FACET_N]), FACETS_FIELDS, sizeof FACETS_FIELDS / sizeof *FACETS_FIELDS };

static const struct mw_field READ_FIELDS[] = {
    { MW_FIELD(mw_reading_rules, "url", MW_T_LIST, url), .item = MW_T_TEXT },
    { MW_FIELD(mw_reading_rules, "url_from", MW_T_TEXT, url_from) },
    { MW_FIELD(mw_reading_rules, "title", MW_T_LIST, title), .item = MW_T_TEXT },
    { MW_FIELD(mw_reading_rules, "language", MW_T_LIST, language), .item = MW_T_TEXT },
    { MW_FIELD(mw_reading_rules, "opens", MW_T_LIST, opens), .item = MW_T_TEXT },
    { MW_FIELD(mw_reading_rules, "deadlines", MW_T_LIST, deadlines), .item = MW_T_TEXT },
    { MW_FIELD(mw_reading_rules, "status", MW_T_LIST, status), .item = MW_T_TEXT },
    { MW_FIELD(mw_reading_rules, "main", MW_T_LIST, main), .item = MW_T_TEXT },
    { MW_FIELD(mw_reading_rules, "drop", MW_T_LIST, drop), .item = MW_T_TEXT },
    { MW_FIELD(mw_reading_rules, "sections", MW_T_LIST, sections), .item = MW_T_RECORD, .sub = &SECTION },
    { MW_FIELD(mw_reading_rules, "facets", MW_T_RECORD, facets), .sub = &FACETS },
    { MW_FIELD(mw_reading_rules, "extra", MW_T_DICT, extra), .item = MW_T_TEXT },
    { MW_FIELD(mw_reading_rules, "documents", MW_T_LIST, documents), .item = MW_T_TEXT },
    { MW_FIELD(mw_reading_rules, "mojibake", MW_T_TRI, mojibake) },
};
static const struct mw_schema READ = MW_SCHEMA("reading rules", mw_reading_rules, READ_FIELDS);

static const struct mw_field VERIFIED_FIELDS[] = {
    { MW_FIELD(mw_verified, "on", MW_T_DAY, on), .needed = true },
    { MW_FIELD(mw_verified, "against", MW_T_TEXT, against), .needed = true },
};
static const struct mw_schema VERIFIED = MW_SCHEMA("verification", mw_verified, VERIFIED_FIELDS);

static const struct mw_field SOURCE_FIELDS[] = {
    { MW_PLACE(mw_source, pos) },
    { MW_FIELD(mw_source, "source", MW_T_TEXT, id), .needed = true },
    { MW_FIELD(mw_source, "title", MW_T_TEXT, title), .needed = true },
    { MW_FIELD(mw_source, "known_as", MW_T_LIST, known_as), .item = MW_T_TEXT },
    { MW_FIELD(mw_source, "level", MW_T_WORD, level), .needed = true, .words = MW_LEVELS },
    { MW_FIELD(mw_source, "land", MW_T_TEXT, land) },
    { MW_FIELD(mw_source, "kind", MW_T_WORD, kind), .needed = true, .words = MW_CRAWL_KINDS },
    { MW_FIELD(mw_source, "about", MW_T_WORD, about), .words = ABOUT },
    { MW_FIELD(mw_source, "language", MW_T_TEXT, language) },
    { MW_FIELD(mw_source, "addresses", MW_T_LIST, addresses), .item = MW_T_TEXT },
    { MW_FIELD(mw_source, "home", MW_T_TEXT, home) },
    { MW_FIELD(mw_source, "attribution", MW_T_TEXT, attribution) },
    { MW_FIELD(mw_source, "licence", MW_T_TEXT, licence) },
    { MW_FIELD(mw_source, "verified", MW_T_RECORD, verified), .sub = &VERIFIED },
    { MW_FIELD(mw_source, "enabled", MW_T_TRI, enabled) },
    { MW_FIELD(mw_source, "note", MW_T_TEXT, note) },
    { MW_FIELD(mw_source, "request", MW_T_RECORD, request), .sub = &REQUEST },
    { MW_FIELD(mw_source, "politeness", MW_T_RECORD, politeness), .sub = &POLITENESS },
    { MW_FIELD(mw_source, "limits", MW_T_RECORD, limits), .sub = &LIMITS },
    { MW_FIELD(mw_source, "list", MW_T_RECORD, list), .sub = &LISTING },
    { MW_FIELD(mw_source, "read", MW_T_RECORD, read), .sub = &READ },
    { MW_FIELD(mw_source, "codes", MW_T_TEXT, codes_file) },
};
static const struct mw_schema SOURCE = MW_SCHEMA("source", mw_source, SOURCE_FIELDS);

/* --- loading ------------------------------------------------------------------------------------------------------------- */

/* config/sources/fdb.yaml names its code lists in config/codes. */
static enum mw_rc load_codes(struct mw_source *s, struct mw_arena *a, const char *path, struct mw_diags *diags)
{
    struct mw_codes *codes;
    const char *slash = strrchr(path, '/');
    struct mw_sv dir = slash != NULL ? mw_sv_n(path, (size_t)(slash - path)) : MW_SV(".");
    struct mw_sv file = mw_arena_printf(a, "%.*s/../codes/%.*s.yaml", MW_SV_ARG(dir), MW_SV_ARG(s->codes_file));
    if (file.p == NULL)
        return MW_NOMEM;
    enum mw_rc rc = mw_codes_load(&codes, a, file.p, diags);
    s->codes = codes;
    return rc;
}

/* "Stand/Frist" becomes "/Stand~1Frist": a row is read as an object. */
static bool point_to(struct mw_arena *a, struct mw_sv *column)
{
    MW_AUTO(mw_str_free) struct mw_str out = MW_STR_INIT;
    mw_str_addc(&out, '/');
    for (size_t i = 0; i < column->n; i++) {
        char c = column->p[i];
        mw_str_addz(&out, c == '~' ? "~0" : c == '/' ? "~1" : "");
        if (c != '~' && c != '/')
            mw_str_addc(&out, c);
    }
    *column = mw_str_ok(&out) ? mw_arena_copy(a, mw_str_sv(&out)) : MW_SV_NONE;
    return column->p != NULL;
}

static bool point_all(struct mw_arena *a, struct mw_list *columns)
{
    bool ok = true;
    for (size_t i = 0; i < columns->n && ok; i++)
        ok = point_to(a, MW_AT(*columns, struct mw_sv, i));
    return ok;
}

static bool point_columns(struct mw_arena *a, struct mw_source *s)
{
    struct mw_reading_rules *r = &s->read;
    struct mw_list *lists[] = { &r->url, &r->title, &r->language, &r->opens, &r->deadlines, &r->status, &r->documents };
    bool ok = point_all(a, &s->list.link);
    if (mw_source_leads(s)) /* the others are for pages */
        return ok;
    for (size_t i = 0; i < sizeof lists / sizeof *lists && ok; i++)
        ok = point_all(a, lists[i]);
    for (size_t i = 0; i < r->sections.n && ok; i++)
        ok = point_all(a, &MW_AT(r->sections, struct mw_section_rule, i)->from) && point_all(a, &MW_AT(r->sections, struct mw_section_rule, i)->headings);
    for (size_t k = 0; k < MW_FACET_N && ok; k++)
        ok = r->facets[k] == NULL || point_all(a, &r->facets[k]->from);
    for (size_t i = 0; i < r->extra.n && ok; i++)
        ok = point_to(a, &MW_AT(r->extra, struct mw_entry, i)->v.text);
    return ok;
}

enum mw_rc mw_source_load(struct mw_source **out, struct mw_arena *a, const char *path, struct mw_diags *diags)
{
    struct mw_node *node = NULL;
    struct mw_source *s = mw_arena_alloc(a, sizeof *s);

    *out = NULL;
    if (s == NULL)
        return MW_NOMEM;
    size_t errors = diags->errors;
    enum mw_rc rc = mw_yaml_load(&node, a, path, diags);
    if (node == NULL)
        return rc != MW_OK ? rc : MW_INVALID;
    mw_schema_read(&SOURCE, node, s, a, diags);
    if (s->about < 0)
        s->about = 0;
    if (s->language.n == 0)
        s->language = MW_SV("de");
    if (s->codes_file.n > 0 && load_codes(s, a, path, diags) == MW_NOMEM)
        return MW_NOMEM;
    s->file = node;
    mw_source_check(s, path, diags);
    if (s->kind == MW_K_CSV && !point_columns(a, s))
        return MW_NOMEM;
    *out = s;
    return diags->errors == errors ? MW_OK : MW_INVALID;
}

enum mw_rc mw_sources_load(struct mw_list *out, struct mw_arena *a, const char *dir, struct mw_diags *diags)
{
    MW_AUTO(mw_err_clear) struct mw_err err = MW_ERR_INIT(diags->lang);
    struct mw_list names = { NULL, 0, 0 };
    enum mw_rc result = mw_dir_list(&names, a, dir, ".yaml", &err);

    *out = (struct mw_list){ NULL, 0, 0 };
    if (result != MW_OK) {
        mw_diag_add(diags, MW_ERROR, NULL, NULL, "%s", err.msg != NULL ? err.msg : "?");
        return result;
    }
    for (size_t i = 0; i < names.n; i++) {
        struct mw_source *s;
        struct mw_sv path = mw_arena_printf(a, "%s/%.*s", dir, MW_SV_ARG(*MW_AT(names, struct mw_sv, i)));
        enum mw_rc rc = path.p != NULL ? mw_source_load(&s, a, path.p, diags) : MW_NOMEM;
        const struct mw_source **slot = rc == MW_OK ? mw_list_add(a, out, sizeof *slot) : NULL;
        if (rc == MW_NOMEM || (rc == MW_OK && slot == NULL))
            return MW_NOMEM;
        if (slot != NULL)
            *slot = s;
        else
            result = MW_INVALID;
    }
    return result;
}

const struct mw_source *mw_source_find(const struct mw_list *sources, struct mw_sv id)
{
    const struct mw_source *known = NULL;

    for (size_t i = 0; i < sources->n; i++) {
        const struct mw_source *s = *MW_AT(*sources, const struct mw_source *, i);
        if (mw_sv_eq(s->id, id))
            return s;
        for (size_t k = 0; k < s->known_as.n && known == NULL; k++)
            if (mw_sv_eq(*MW_AT(s->known_as, struct mw_sv, k), id))
                known = s;
    }
    return known;
}

struct mw_sv mw_source_attribution(struct mw_arena *a, const struct mw_source *s, const struct mw_notice *n)
{
    MW_AUTO(mw_str_free) struct mw_str out = MW_STR_INIT;
    struct mw_sv rest = s->attribution;

    if (rest.n == 0)
        return MW_SV_NONE;
    while (rest.n > 0) {
        bool title = mw_sv_starts(rest, MW_SV("{title}")), url = mw_sv_starts(rest, MW_SV("{url}"));
        mw_str_add(&out, title ? n->title : url ? n->url : mw_sv_sub(rest, 0, 1));
        rest = mw_sv_sub(rest, title ? 7 : url ? 5 : 1, rest.n);
    }
    return mw_arena_copy(a, mw_str_sv(&out));
}

/* --- places ------------------------------------------------------------------------------------------------------------------ */
const struct mw_node *mw_source_node(const struct mw_source *s, const char *key)
{
    const struct mw_node *node = s->file;
    struct mw_sv rest = mw_sv(key), name;
    for (bool more = true; more && node != NULL;) {
        char z[40];
        more = mw_sv_cut(rest, '.', &name, &rest);
        snprintf(z, sizeof z, "%.*s", MW_SV_ARG(name));
        node = mw_node_get(node, z);
    }
    return node;
}

const struct mw_pos *mw_source_place(const struct mw_source *s, const char *key)
{
    const struct mw_node *node = mw_source_node(s, key);
    return node != NULL ? &node->pos : &s->pos;
}

/* --- what it leads to ---------------------------------------------------------------------------------------------------------- */
bool mw_source_counts(const struct mw_source *s)
{
    if (s->kind == MW_K_EU_SEARCH) /* counts by itself, in parts */
        return false;
    return s->request.page.n > 0 || mw_sv_find(s->request.body, MW_SV("{page}"), 0) != SIZE_MAX;
}

bool mw_source_is_whole(const struct mw_source *s)
{
    bool records = s->kind == MW_K_JSON || s->kind == MW_K_XML || s->kind == MW_K_CSV;
    return s->kind == MW_K_FDB_EXPORT || s->kind == MW_K_EU_BULK ||
           (records && s->list.next.n == 0 && s->list.link.n == 0 && !mw_source_counts(s));
}

bool mw_source_is_local(const struct mw_source *s)
{
    for (size_t i = 0; i < s->addresses.n; i++)
        if (!mw_sv_starts(*MW_AT(s->addresses, struct mw_sv, i), MW_SV("file:")))
            return false;
    return mw_source_is_whole(s) && s->read.documents.n == 0;
}
