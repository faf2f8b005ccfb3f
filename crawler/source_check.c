/* Implements source_check.h. */
#include "crawler/source_check.h"

#include <string.h>

#include "lib/parse/query.h"

struct check {
    const struct mw_source *s;
    struct mw_diags *diags;
};

#define FAULT(c, ...) mw_diag_add((c)->diags, MW_ERROR, &(c)->s->pos, "source", __VA_ARGS__)

/* --- addresses ------------------------------------------------------------------------------------------------------------ */
static bool good_address(struct mw_sv url)
{
    struct mw_sv head, host;
    for (size_t at = 0; at < url.n;)
        if (url.p[at] == ' ' || mw_cp_control(mw_utf8_next(url, &at)))
            return false;
    if (mw_sv_starts(url, MW_SV("file:")))
        return url.n > 5;
    if (!mw_sv_starts(url, MW_SV("http://")) && !mw_sv_starts(url, MW_SV("https://")))
        return false;
    mw_sv_cut(mw_sv_sub(url, mw_sv_find(url, MW_SV("//"), 0) + 2, url.n), '/', &host, &head);
    return host.n > 0 && memchr(host.p, '@', host.n) == NULL;
}

static void check_addresses(const struct check *c)
{
    for (size_t i = 0; i < c->s->addresses.n; i++) {
        struct mw_sv url = *MW_AT(c->s->addresses, struct mw_sv, i);
        if (!good_address(url))
            FAULT(c, "\"%.*s\" is no address: it must begin with https://, http:// or file: and hold no spaces.", MW_SV_ARG(url));
    }
    if (c->s->addresses.n == 0 && mw_source_enabled(c->s))
        FAULT(c, "A source that is enabled needs addresses to begin with.");
}

/* --- expressions ---------------------------------------------------------------------------------------------------------- */
static bool is_pointer(struct mw_sv s) { return s.n == 0 || s.p[0] == '/'; }

/* One expression in the language of the kind: XPath, JSON pointer, or the name of a property. */
static void check_one(const struct check *c, const char *key, struct mw_sv e)
{
    switch ((enum mw_source_kind)c->s->kind) {
    case MW_K_HTML:
    case MW_K_XML:
    case MW_K_SITEMAP: /* the rules for its pages */
    case MW_K_FEED:
        if (!mw_xpath_good(e))
            FAULT(c, "%s: \"%.*s\" is no XPath.", key, MW_SV_ARG(e));
        break;
    case MW_K_JSON:
    case MW_K_EU_BULK:
    case MW_K_EU_SEARCH:
        if (!is_pointer(e))
            FAULT(c, "%s: \"%.*s\" is no JSON pointer; it begins with a slash.", key, MW_SV_ARG(e));
        break;
    case MW_K_FDB_EXPORT:
    case MW_K_TED:
        if (e.n == 0)
            FAULT(c, "%s: a name is missing.", key);
        break;
    }
}

static void check_list(const struct check *c, const char *key, const struct mw_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        check_one(c, key, *MW_AT(*list, struct mw_sv, i));
}

static void check_listing(const struct check *c)
{
    const struct mw_listing *l = &c->s->list;
    if (l->records.p != NULL)
        check_one(c, "list.records", l->records);
    check_list(c, "list.link", &l->link);
    check_list(c, "list.next", &l->next);
    check_list(c, "list.count", &l->count);
    if (c->s->kind == MW_K_HTML && l->records.n > 0 && l->link.n == 0)
        FAULT(c, "list.link is missing: which address of an entry leads to its page?");
}

static void check_reading(const struct check *c)
{
    const struct mw_reading_rules *r = &c->s->read;
    check_list(c, "read.url", &r->url);
    check_list(c, "read.title", &r->title);
    check_list(c, "read.language", &r->language);
    check_list(c, "read.opens", &r->opens);
    check_list(c, "read.deadlines", &r->deadlines);
    check_list(c, "read.status", &r->status);
    check_list(c, "read.main", &r->main);
    check_list(c, "read.drop", &r->drop);
    check_list(c, "read.documents", &r->documents);
    for (size_t i = 0; i < r->sections.n; i++)
        check_list(c, "read.sections", &MW_AT(r->sections, struct mw_section_rule, i)->from);
    for (size_t i = 0; i < r->extra.n; i++)
        check_one(c, "read.extra", MW_AT(r->extra, struct mw_entry, i)->v.text);
    for (size_t k = 0; k < MW_FACET_N; k++) {
        if (r->facets[k] == NULL)
            continue;
        check_list(c, MW_FACET_NAMES[k], &r->facets[k]->from);
        struct mw_sv codes = r->facets[k]->codes;
        if (codes.n > 0 && (c->s->codes == NULL || !mw_codes_has(c->s->codes, codes)))
            FAULT(c, "%s: the code file has no list \"%.*s\".", MW_FACET_NAMES[k], MW_SV_ARG(codes));
    }
    bool records = c->s->kind == MW_K_JSON || c->s->kind == MW_K_XML || c->s->kind == MW_K_FDB_EXPORT;
    if (records && r->title.n == 0)
        FAULT(c, "read.title is missing: every notice needs a title.");
    if ((c->s->kind == MW_K_JSON || c->s->kind == MW_K_XML) && r->url.n == 0)
        FAULT(c, "read.url is missing: every notice needs an address of its own.");
    if (r->url_from.n > 0 && mw_sv_find(r->url_from, MW_SV("{}"), 0) == SIZE_MAX)
        FAULT(c, "read.url_from must hold {} where the value of read.url goes.");
}

/* --- the rest -------------------------------------------------------------------------------------------------------------- */
static void check_name(const struct check *c, const char *path)
{
    const char *slash = strrchr(path, '/');
    struct mw_sv name = mw_sv(slash != NULL ? slash + 1 : path);
    if (c->s->id.n > 0 && (name.n != c->s->id.n + 5 || !mw_sv_starts(name, c->s->id)))
        FAULT(c, "The source is called \"%.*s\", so its file must be called %.*s.yaml.", MW_SV_ARG(c->s->id), MW_SV_ARG(c->s->id));
}

static void check_state(const struct check *c)
{
    enum mw_land land;
    bool verified = mw_day_is(c->s->verified.on);
    if (mw_source_enabled(c->s) && !verified)
        FAULT(c, "A source that was never verified against real bytes cannot be enabled; say under verified: when and against what.");
    if (c->s->level == MW_LEVEL_LAND && !mw_land_parse(c->s->land, &land))
        FAULT(c, "A source of a Land names it: land: NW.");
    if (c->s->level != MW_LEVEL_LAND && c->s->land.n > 0)
        FAULT(c, "Only a source of level land has a land.");
    if (!mw_sv_eqz(c->s->language, "de") && !mw_sv_eqz(c->s->language, "en"))
        FAULT(c, "The language must be de or en.");
}

static void check_numbers(const struct check *c)
{
    const struct { const char *key; int64_t v, min, max; } NUMBERS[] = {
        { "politeness.delay_ms", c->s->politeness.delay_ms, 0, 3600000 }, { "politeness.connections", c->s->politeness.connections, 1, 8 },
        { "limits.megabytes", c->s->limits.megabytes, 1, 1024 },          { "limits.pages", c->s->limits.pages, 1, 1000000 },
        { "limits.records", c->s->limits.records, 1, 10000000 },
    };
    for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++)
        if (NUMBERS[i].v != MW_INT_NONE && (NUMBERS[i].v < NUMBERS[i].min || NUMBERS[i].v > NUMBERS[i].max))
            FAULT(c, "%s must lie between %lld and %lld.", NUMBERS[i].key, (long long)NUMBERS[i].min, (long long)NUMBERS[i].max);
    if (c->s->request.parts.n > 0 && c->s->request.body.n > 0)
        FAULT(c, "A request has either parts or a body.");
}

void mw_source_check(struct mw_source *s, struct mw_arena *a, const char *path, struct mw_diags *diags)
{
    struct check c = { s, diags };
    (void)a;
    if (s->kind < 0 || s->level < 0)
        return; /* said already */
    check_name(&c, path);
    check_addresses(&c);
    check_listing(&c);
    check_reading(&c);
    check_state(&c);
    check_numbers(&c);
}
