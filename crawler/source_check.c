/* Implements source_check.h. */
#include "crawler/source_check.h"

#include <string.h>

#include "crawler/row.h"
#include "lib/parse/query.h"

struct check {
    const struct mw_source *s;
    struct mw_diags *diags;
};

/* The nth of a list, or what stands there in place of a list of one. */
static const struct mw_node *nth_of(const struct mw_node *node, size_t i)
{
    return node != NULL && node->kind == MW_SEQ ? (i < node->n ? node->items[i] : NULL) : node;
}

static const struct mw_pos *place(const struct check *c, const struct mw_node *node) { return node != NULL ? &node->pos : &c->s->pos; }

#define FAULT_AT(c, node, ...) mw_diag_add((c)->diags, MW_ERROR, place((c), (node)), "source", __VA_ARGS__)
#define FAULT(c, key, ...) FAULT_AT((c), mw_source_node((c)->s, (key)), __VA_ARGS__)

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
            FAULT_AT(c, nth_of(mw_source_node(c->s, "addresses"), i), "\"%.*s\" is no address: it must begin with https://, http:// or file: and hold no spaces.", MW_SV_ARG(url));
    }
    if (c->s->addresses.n == 0 && mw_source_enabled(c->s))
        FAULT(c, "enabled", "A source that is enabled needs addresses to begin with.");
}

/* --- expressions ---------------------------------------------------------------------------------------------------------- */
static bool is_pointer(struct mw_sv s) { return s.n == 0 || s.p[0] == '/'; }

/* What a rule is written in. Rules for lists and for the pages that they lead to may differ. */
enum language { XPATH, POINTER, NAME };

static enum language language_of(const struct mw_source *s, bool list)
{
    switch ((enum mw_source_kind)s->kind) {
    case MW_K_JSON:
        return list || s->list.link.n == 0 ? POINTER : XPATH;
    case MW_K_CSV:
        return list || s->list.link.n == 0 ? NAME : XPATH;
    case MW_K_EU_BULK:
    case MW_K_EU_SEARCH:
        return POINTER;
    case MW_K_FDB_EXPORT:
    case MW_K_TED:
        return NAME;
    case MW_K_HTML:
    case MW_K_XML:
    case MW_K_SITEMAP: /* the rules for its pages */
    case MW_K_FEED:
        break;
    }
    return XPATH;
}

static bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/* div.content, #main: an element of HTML has no name with a full stop in it. */
static bool is_css(const struct mw_source *s, struct mw_sv e)
{
    char quote = '\0';
    bool css = false;
    for (size_t i = 0; i < e.n && s->kind != MW_K_XML && !css; i++) {
        if (quote == '\0' && (e.p[i] == '"' || e.p[i] == '\''))
            quote = e.p[i];
        else if (quote == e.p[i])
            quote = '\0';
        css = quote == '\0' && i + 1 < e.n && letter(e.p[i + 1]) && (e.p[i] == '#' || e.p[i] == '.');
    }
    return css;
}

static void check_one(const struct check *c, const char *key, const struct mw_node *node, struct mw_sv e)
{
    enum language language = language_of(c->s, strncmp(key, "list.", 5) == 0);
    if (language == XPATH && is_css(c->s, e)) {
        struct mw_diag *d = FAULT_AT(c, node, "%s: \"%.*s\" is a selector of CSS; XPath 1.0 is asked for.", key, MW_SV_ARG(e));
        mw_diag_cure(c->diags, d, "div.content is //div[contains(concat(' ', @class, ' '), ' content ')] in XPath, #main is //*[@id='main'].");
    } else if (language == XPATH && !mw_xpath_good(e)) {
        struct mw_diag *d = FAULT_AT(c, node, "%s: \"%.*s\" is no XPath.", key, MW_SV_ARG(e));
        mw_diag_cure(c->diags, d, "It is XPath 1.0: brackets and quotes in pairs, names without a prefix (titel, not f:titel), only functions that XPath 1.0 has.");
    } else if (language == POINTER && !is_pointer(e)) {
        FAULT_AT(c, node, "%s: \"%.*s\" is no JSON pointer; it begins with a slash.", key, MW_SV_ARG(e));
    } else if (language == NAME && e.n == 0) {
        FAULT_AT(c, node, "%s: a name is missing.", key);
    }
}

static void check_list(const struct check *c, const char *key, const struct mw_node *node, const struct mw_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        check_one(c, key, nth_of(node, i), *MW_AT(*list, struct mw_sv, i));
}

static void check_listing(const struct check *c)
{
    const struct mw_listing *l = &c->s->list;
    if (l->records.p != NULL)
        check_one(c, "list.records", mw_source_node(c->s, "list.records"), l->records);
    check_list(c, "list.link", mw_source_node(c->s, "list.link"), &l->link);
    check_list(c, "list.next", mw_source_node(c->s, "list.next"), &l->next);
    check_list(c, "list.count", mw_source_node(c->s, "list.count"), &l->count);
    if (l->inside.p != NULL && (c->s->kind != MW_K_HTML || l->inside.n == 0 || !is_pointer(l->inside)))
        FAULT_AT(c, mw_source_node(c->s, "list.inside"), "list.inside is the JSON pointer of a list that a source of kind html gets as HTML within JSON; it begins with a slash.");
    if (c->s->kind == MW_K_HTML && l->records.n > 0 && l->link.n == 0 && (c->s->read.url.n == 0 || c->s->read.title.n == 0)) {
        struct mw_diag *d = FAULT_AT(c, mw_source_node(c->s, "list.records"), "list.link is missing: which address of an entry leads to its page?");
        mw_diag_cure(c->diags, d, "Where the entries are the notices themselves, read.url (\"@id\", with read.url_from: \"#{}\") and read.title say so.");
    }
}

static void check_facets(const struct check *c)
{
    const struct mw_node *facets = mw_source_node(c->s, "read.facets");
    for (size_t k = 0; k < MW_FACET_N; k++) {
        const struct mw_facet_rule *rule = c->s->read.facets[k];
        const struct mw_node *node = mw_node_get(facets, MW_FACET_NAMES[k]);
        if (rule == NULL)
            continue;
        check_list(c, MW_FACET_NAMES[k], mw_node_get(node, "from"), &rule->from);
        if (rule->codes.n > 0 && (c->s->codes == NULL || !mw_codes_has(c->s->codes, rule->codes)))
            FAULT_AT(c, mw_node_get(node, "codes"), "%s: the code file has no list \"%.*s\".", MW_FACET_NAMES[k], MW_SV_ARG(rule->codes));
    }
}

/* How many expressions one page is asked (row.h). */
static size_t asked(const struct mw_reading_rules *r)
{
    size_t n = r->url.n + r->title.n + r->language.n + r->status.n + r->opens.n + r->deadlines.n + r->documents.n + r->extra.n;
    for (size_t k = 0; k < MW_FACET_N; k++)
        n += r->facets[k] != NULL ? r->facets[k]->from.n : 0;
    for (size_t i = 0; i < r->sections.n; i++)
        n += MW_AT(r->sections, struct mw_section_rule, i)->from.n + MW_AT(r->sections, struct mw_section_rule, i)->headings.n;
    return n;
}

static void check_reading(const struct check *c)
{
    const struct mw_reading_rules *r = &c->s->read;
    const struct mw_node *read = mw_source_node(c->s, "read");
    const struct { const char *key; const struct mw_list *list; } LISTS[] = {
        { "read.url", &r->url },       { "read.title", &r->title },         { "read.language", &r->language },
        { "read.opens", &r->opens },   { "read.deadlines", &r->deadlines }, { "read.status", &r->status },
        { "read.main", &r->main },     { "read.drop", &r->drop },           { "read.documents", &r->documents },
    };
    for (size_t i = 0; i < sizeof LISTS / sizeof *LISTS; i++)
        check_list(c, LISTS[i].key, mw_source_node(c->s, LISTS[i].key), LISTS[i].list);
    for (size_t i = 0; i < r->sections.n; i++) {
        const struct mw_section_rule *s = MW_AT(r->sections, struct mw_section_rule, i);
        const struct mw_node *node = nth_of(mw_source_node(c->s, "read.sections"), i);
        check_list(c, "read.sections", mw_node_get(node, "from"), &s->from);
        check_list(c, "read.sections", mw_node_get(node, "headings"), &s->headings);
        if (s->headings.n > 0 && (c->s->kind == MW_K_FDB_EXPORT || c->s->kind == MW_K_TED))
            FAULT_AT(c, mw_node_get(node, "headings"), "Sources of this kind know no `headings`.");
    }
    for (size_t i = 0; i < r->extra.n; i++)
        check_one(c, "read.extra", MW_AT(r->extra, struct mw_entry, i)->node, MW_AT(r->extra, struct mw_entry, i)->v.text);
    check_facets(c);
    if (language_of(c->s, false) == XPATH && asked(r) > MW_ASK_MAX)
        FAULT_AT(c, read, "This source has %zu expressions under `read`; more than %d are not asked of a page.", asked(r), (int)MW_ASK_MAX);
    bool rows = (c->s->kind == MW_K_JSON || c->s->kind == MW_K_XML || c->s->kind == MW_K_CSV) && !mw_source_leads(c->s);
    if ((rows || c->s->kind == MW_K_FDB_EXPORT) && r->title.n == 0)
        FAULT_AT(c, read, "read.title is missing: every notice needs a title.");
    if (rows && r->url.n == 0)
        FAULT_AT(c, read, "read.url is missing: every notice needs an address of its own.");
    if (r->url_from.n > 0 && mw_sv_find(r->url_from, MW_SV("{}"), 0) == SIZE_MAX)
        FAULT_AT(c, mw_source_node(c->s, "read.url_from"), "read.url_from must hold {} where the value of read.url goes.");
    if (c->s->kind == MW_K_FEED && c->s->list.follow == MW_NO && read != NULL) {
        struct mw_diag *d = FAULT_AT(c, read, "The entries of this feed are the notices (follow: no), and nothing under `read` is looked at.");
        mw_diag_cure(c->diags, d, "Take `read` out, or make it a source of kind xml with list.records: //item or //entry.");
    }
}

/* --- the rest -------------------------------------------------------------------------------------------------------------- */
static void check_name(const struct check *c, const char *path)
{
    const char *slash = strrchr(path, '/');
    struct mw_sv name = mw_sv(slash != NULL ? slash + 1 : path);
    if (c->s->id.n > 0 && (name.n != c->s->id.n + 5 || !mw_sv_starts(name, c->s->id)))
        FAULT(c, "source", "The source is called \"%.*s\", so its file must be called %.*s.yaml.", MW_SV_ARG(c->s->id), MW_SV_ARG(c->s->id));
}

static void check_state(const struct check *c)
{
    enum mw_land land;
    bool verified = mw_day_is(c->s->verified.on);
    if (mw_source_enabled(c->s) && !verified)
        FAULT(c, "enabled", "A source that was never verified against real bytes cannot be enabled; say under verified: when and against what.");
    if (c->s->level == MW_LEVEL_LAND && !mw_land_parse(c->s->land, &land))
        FAULT(c, "level", "A source of a Land names it: land: NW.");
    if (c->s->level != MW_LEVEL_LAND && c->s->land.n > 0)
        FAULT(c, "land", "Only a source of level land has a land.");
    if (!mw_sv_eqz(c->s->language, "de") && !mw_sv_eqz(c->s->language, "en"))
        FAULT(c, "language", "The language must be de or en.");
}

static void check_numbers(const struct check *c)
{
    const struct { const char *key; int64_t v, min, max; } NUMBERS[] = {
        { "politeness.delay_ms", c->s->politeness.delay_ms, 0, 3600000 }, { "politeness.connections", c->s->politeness.connections, 1, 8 },
        { "limits.megabytes", c->s->limits.megabytes, 1, 1024 },          { "limits.pages", c->s->limits.pages, 1, 1000000 },
        { "limits.records", c->s->limits.records, 1, 10000000 },          { "request.step", c->s->request.step, 1, 10000 },
        { "limits.again", c->s->limits.again, 0, 1000000 },
    };
    for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++)
        if (NUMBERS[i].v != MW_INT_NONE && (NUMBERS[i].v < NUMBERS[i].min || NUMBERS[i].v > NUMBERS[i].max))
            FAULT(c, NUMBERS[i].key, "%s must lie between %lld and %lld.", NUMBERS[i].key, (long long)NUMBERS[i].min, (long long)NUMBERS[i].max);
    if (c->s->request.parts.n > 0 && c->s->request.body.n > 0)
        FAULT(c, "request", "A request has either parts or a body.");
}

/* A parameter that counts pages must stand in the address that is counted on from. */
static void check_pages(const struct check *c)
{
    struct mw_sv name = c->s->request.page;
    for (size_t i = 0; i < c->s->addresses.n && name.n > 0; i++)
        if (!mw_counts_in(*MW_AT(c->s->addresses, struct mw_sv, i), name))
            FAULT(c, "request.page", "request.page: no address counts its pages so; write the first one with \"%.*s=\" and its number.", MW_SV_ARG(name));
}

void mw_source_check(const struct mw_source *s, const char *path, struct mw_diags *diags)
{
    struct check c = { s, diags };
    check_name(&c, path);
    if (s->kind < 0 || s->level < 0)
        return; /* said already */
    check_addresses(&c);
    check_listing(&c);
    check_reading(&c);
    check_state(&c);
    check_numbers(&c);
    check_pages(&c);
}
