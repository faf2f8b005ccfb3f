/* Implements source.h: the table of keys, and loading. What a source must also satisfy stands in source_check.c. */
#include "crawler/source.h"

#include <stddef.h>
#include <string.h>

#include "crawler/source_check.h"
#include "lib/core/file.h"

const char *const MW_CRAWL_KINDS[] = { "fdb-export", "html", "feed", "sitemap", "eu-bulk", "eu-search", "ted", "json", "xml", NULL };
const char *const MW_LEVELS[] = { "eu", "bund", "land", NULL };
static const char *const ABOUT[] = { "programmes", "tenders", NULL };

#define N(array) (sizeof(array) / sizeof *(array))
#define TEXT(name, type_, member) { .key = (name), .type = MW_T_TEXT, .offset = offsetof(type_, member) }
#define TEXTS(name, type_, member) { .key = (name), .type = MW_T_LIST, .item = MW_T_TEXT, .offset = offsetof(type_, member) }
#define INT(name, type_, member) { .key = (name), .type = MW_T_INT, .offset = offsetof(type_, member) }
#define TRI(name, type_, member) { .key = (name), .type = MW_T_TRI, .offset = offsetof(type_, member) }
#define RECORD(name, type_, member, schema) { .key = (name), .type = MW_T_RECORD, .offset = offsetof(type_, member), .sub = &(schema) }
#define RECORDS(name, type_, member, schema) \
    { .key = (name), .type = MW_T_LIST, .item = MW_T_RECORD, .offset = offsetof(type_, member), .sub = &(schema) }

static const struct mw_field PART_FIELDS[] = {
    { .key = "name", .type = MW_T_TEXT, .offset = offsetof(struct mw_form_part, name), .needed = true },
    TEXT("filename", struct mw_form_part, filename),
    TEXT("type", struct mw_form_part, type),
    { .key = "body", .type = MW_T_TEXT, .offset = offsetof(struct mw_form_part, body), .needed = true },
};
static const struct mw_schema PART = { "form part", sizeof(struct mw_form_part), PART_FIELDS, N(PART_FIELDS) };

static const struct mw_field REQUEST_FIELDS[] = {
    RECORDS("parts", struct mw_request, parts, PART), TEXT("body", struct mw_request, body), TEXT("type", struct mw_request, type),
    TEXT("page", struct mw_request, page), TEXT("range", struct mw_request, range), TEXT("undated", struct mw_request, undated),
    { .key = "window", .type = MW_T_INT, .offset = offsetof(struct mw_request, window) },
};
static const struct mw_schema REQUEST = { "request", sizeof(struct mw_request), REQUEST_FIELDS, N(REQUEST_FIELDS) };

static const struct mw_field POLITENESS_FIELDS[] = {
    INT("delay_ms", struct mw_politeness, delay_ms),
    INT("connections", struct mw_politeness, connections),
    TRI("robots", struct mw_politeness, robots),
    TRI("allow_private", struct mw_politeness, allow_private),
};
static const struct mw_schema POLITENESS = { "politeness", sizeof(struct mw_politeness), POLITENESS_FIELDS, N(POLITENESS_FIELDS) };

static const struct mw_field LIMIT_FIELDS[] = {
    INT("megabytes", struct mw_source_limits, megabytes),
    INT("pages", struct mw_source_limits, pages),
    INT("records", struct mw_source_limits, records),
};
static const struct mw_schema LIMITS = { "limits", sizeof(struct mw_source_limits), LIMIT_FIELDS, N(LIMIT_FIELDS) };

static const struct mw_field LISTING_FIELDS[] = {
    TEXT("records", struct mw_listing, records),   TEXTS("link", struct mw_listing, link),
    TEXTS("next", struct mw_listing, next),        TEXTS("count", struct mw_listing, count),
    TEXTS("include", struct mw_listing, include),  TEXTS("exclude", struct mw_listing, exclude),
    TRI("follow", struct mw_listing, follow),
};
static const struct mw_schema LISTING = { "listing", sizeof(struct mw_listing), LISTING_FIELDS, N(LISTING_FIELDS) };

static const struct mw_field SECTION_FIELDS[] = {
    TEXT("heading", struct mw_section_rule, heading),
    { .key = "from", .type = MW_T_LIST, .item = MW_T_TEXT, .offset = offsetof(struct mw_section_rule, from), .needed = true },
    TRI("html", struct mw_section_rule, html),
    TEXT("without", struct mw_section_rule, without),
};
static const struct mw_schema SECTION = { "section rule", sizeof(struct mw_section_rule), SECTION_FIELDS, N(SECTION_FIELDS) };

static const struct mw_field FACET_RULE_FIELDS[] = {
    { .key = "from", .type = MW_T_LIST, .item = MW_T_TEXT, .offset = offsetof(struct mw_facet_rule, from), .needed = true },
    TEXT("codes", struct mw_facet_rule, codes),
    TEXT("separator", struct mw_facet_rule, separator),
};
static const struct mw_schema FACET_RULE = { "facet rule", sizeof(struct mw_facet_rule), FACET_RULE_FIELDS, N(FACET_RULE_FIELDS) };


#define FACET(name, kind) \
    { .key = (name), .type = MW_T_RECORD_P, .offset = (kind) * sizeof(struct mw_facet_rule *), .sub = &FACET_RULE }
static const struct mw_field FACETS_FIELDS[] = {
    FACET("funding_type", MW_FUNDING_TYPE),
    FACET("funding_area", MW_FUNDING_AREA),
    FACET("funding_location", MW_FUNDING_LOCATION),
    FACET("eligible_applicants", MW_ELIGIBLE_APPLICANTS),
    FACET("funder", MW_FUNDER),
};
static const struct mw_schema FACETS = { "facets", sizeof(struct mw_facet_rule *[MW_FACET_N]), FACETS_FIELDS, N(FACETS_FIELDS) };

static const struct mw_field READ_FIELDS[] = {
    TEXTS("url", struct mw_reading_rules, url),
    TEXT("url_from", struct mw_reading_rules, url_from),
    TEXTS("title", struct mw_reading_rules, title),
    TEXTS("language", struct mw_reading_rules, language),
    TEXTS("opens", struct mw_reading_rules, opens),
    TEXTS("deadlines", struct mw_reading_rules, deadlines),
    TEXTS("status", struct mw_reading_rules, status),
    TEXTS("main", struct mw_reading_rules, main),
    TEXTS("drop", struct mw_reading_rules, drop),
    RECORDS("sections", struct mw_reading_rules, sections, SECTION),
    RECORD("facets", struct mw_reading_rules, facets, FACETS),
    { .key = "extra", .type = MW_T_DICT, .item = MW_T_TEXT, .offset = offsetof(struct mw_reading_rules, extra) },
    TEXTS("documents", struct mw_reading_rules, documents),
    TRI("mojibake", struct mw_reading_rules, mojibake),
};
static const struct mw_schema READ = { "reading rules", sizeof(struct mw_reading_rules), READ_FIELDS, N(READ_FIELDS) };

static const struct mw_field VERIFIED_FIELDS[] = {
    { .key = "on", .type = MW_T_DAY, .offset = offsetof(struct mw_verified, on), .needed = true },
    { .key = "against", .type = MW_T_TEXT, .offset = offsetof(struct mw_verified, against), .needed = true },
};
static const struct mw_schema VERIFIED = { "verification", sizeof(struct mw_verified), VERIFIED_FIELDS, N(VERIFIED_FIELDS) };

#define SOURCE_POS(name, member) \
    { .key = (name), .type = MW_T_TEXT, .offset = offsetof(struct mw_source, member), .needed = true }
static const struct mw_field SOURCE_FIELDS[] = {
    { .type = MW_T_POS, .offset = offsetof(struct mw_source, pos) },
    SOURCE_POS("source", id),
    SOURCE_POS("title", title),
    TEXTS("known_as", struct mw_source, known_as),
    { .key = "level", .type = MW_T_WORD, .offset = offsetof(struct mw_source, level), .needed = true, .words = MW_LEVELS },
    TEXT("land", struct mw_source, land),
    { .key = "kind", .type = MW_T_WORD, .offset = offsetof(struct mw_source, kind), .needed = true, .words = MW_CRAWL_KINDS },
    { .key = "about", .type = MW_T_WORD, .offset = offsetof(struct mw_source, about), .words = ABOUT },
    TEXT("language", struct mw_source, language),
    TEXTS("addresses", struct mw_source, addresses),
    TEXT("home", struct mw_source, home),
    TEXT("attribution", struct mw_source, attribution),
    TEXT("licence", struct mw_source, licence),
    { .key = "verified", .type = MW_T_RECORD, .offset = offsetof(struct mw_source, verified), .sub = &VERIFIED },
    TRI("enabled", struct mw_source, enabled),
    TEXT("note", struct mw_source, note),
    RECORD("request", struct mw_source, request, REQUEST),
    RECORD("politeness", struct mw_source, politeness, POLITENESS),
    RECORD("limits", struct mw_source, limits, LIMITS),
    RECORD("list", struct mw_source, list, LISTING),
    RECORD("read", struct mw_source, read, READ),
    TEXT("codes", struct mw_source, codes_file),
};
static const struct mw_schema SOURCE = { "source", sizeof(struct mw_source), SOURCE_FIELDS, N(SOURCE_FIELDS) };

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
    mw_source_check(s, a, path, diags);
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
