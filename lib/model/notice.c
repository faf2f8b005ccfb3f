/* Implements notice.h: the interchange format of FORMATS.md section 1. */
#include "lib/model/notice.h"

#include "lib/core/read.h"

const char *const MW_FACET_NAMES[MW_FACET_N + 1] = { "funding_type", "funding_area", "funding_location", "eligible_applicants",
    "funder", NULL };
static const char *const KEYS[] = { "url", "source", "title", "language", "sections", "facets", "opens", "deadlines",
    "fetched_at", NULL };

/* --- reading -------------------------------------------------------------------------------------------------------------- */
static enum mw_rc wrong(const struct mw_node *n, const char *key, const char *expected, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str found = MW_STR_INIT;
    enum mw_lang lang = err != NULL ? err->lang : MW_EN;
    mw_node_found(&found, n, lang);
    return mw_fail_at(err, MW_INVALID, &n->pos, "\"%s\" must be %s, found %s.", key, mw_tr(lang, expected), mw_str_z(&found));
}

/* The text under key, or MW_SV_NONE where nothing is written. */
static enum mw_rc get_text(struct mw_sv *out, const struct mw_node *map, const char *key, struct mw_err *err)
{
    const struct mw_node *n = mw_node_get(map, key);
    *out = MW_SV_NONE;
    if (mw_node_absent(n))
        return MW_OK;
    if (n->kind != MW_SCALAR || n->style == MW_JSON_NUMBER || n->style == MW_JSON_BOOL)
        return wrong(n, key, "a text", err);
    *out = n->text;
    return MW_OK;
}

static enum mw_rc get_needed(struct mw_sv *out, const struct mw_node *map, const char *key, struct mw_err *err)
{
    enum mw_rc rc = get_text(out, map, key, err);
    if (rc == MW_OK && mw_sv_trim(*out).n == 0)
        return mw_fail_at(err, MW_INVALID, &map->pos, "A notice needs \"%s\".", key);
    return rc;
}

/* Runs over the items of a list; a single value is a list of one, nothing is an empty one. */
static size_t count(const struct mw_node *n) { return mw_node_absent(n) ? 0 : n->kind == MW_SEQ ? n->n : 1; }
static const struct mw_node *item(const struct mw_node *n, size_t i) { return n->kind == MW_SEQ ? n->items[i] : n; }

/* "2026-03-31", also with a time behind it: the day counts. */
static enum mw_rc get_day(struct mw_day *out, const struct mw_node *n, const char *key, struct mw_err *err)
{
    struct mw_sv day = n->kind == MW_SCALAR ? n->text : MW_SV_NONE;
    if (day.n > 10 && (day.p[10] == 'T' || day.p[10] == ' '))
        day.n = 10;
    return mw_read_day(day, out) ? MW_OK : wrong(n, key, "a date such as 2026-03-31", err);
}

static enum mw_rc get_deadlines(struct mw_notice *out, struct mw_arena *a, const struct mw_node *n, struct mw_err *err)
{
    for (size_t i = 0; i < count(n); i++) {
        struct mw_day *slot = mw_list_add(a, &out->deadlines, sizeof *slot), day;
        if (slot == NULL)
            return mw_nomem(err);
        enum mw_rc rc = get_day(&day, item(n, i), "deadlines", err);
        if (rc != MW_OK)
            return rc;
        for (; slot > MW_AT(out->deadlines, struct mw_day, 0) && mw_day_cmp(slot[-1], day) > 0; slot--)
            *slot = slot[-1];
        *slot = day;
    }
    return MW_OK;
}

static enum mw_rc get_sections(struct mw_notice *out, struct mw_arena *a, const struct mw_node *n, struct mw_err *err)
{
    struct mw_sv html, text;
    if (!mw_node_absent(n) && n->kind != MW_SEQ)
        return wrong(n, "sections", "a list", err);
    for (size_t i = 0; i < count(n); i++) {
        const struct mw_node *from = n->items[i];
        struct mw_section *s = mw_list_add(a, &out->sections, sizeof *s);
        if (s == NULL)
            return mw_nomem(err);
        if (from->kind != MW_MAP)
            return wrong(from, "sections", "a list of objects", err);
        enum mw_rc rc = get_text(&s->heading, from, "heading", err);
        if (rc == MW_OK)
            rc = get_text(&html, from, "html", err);
        if (rc == MW_OK)
            rc = get_text(&text, from, "text", err);
        if (rc != MW_OK)
            return rc;
        if (s->heading.p == NULL)
            s->heading = MW_SV("");
        s->html = html.p != NULL;
        s->raw = s->html ? html : text.p != NULL ? text : MW_SV("");
        s->text = s->html ? MW_SV_NONE : s->raw;
    }
    return MW_OK;
}

static enum mw_rc get_labels(struct mw_list *out, struct mw_arena *a, const struct mw_node *n, const char *key, struct mw_err *err)
{
    for (size_t i = 0; i < count(n); i++) {
        if (item(n, i)->kind != MW_SCALAR)
            return wrong(item(n, i), key, "a list of texts", err);
        if (mw_node_absent(item(n, i)))
            continue;
        struct mw_sv *slot = mw_list_add(a, out, sizeof *slot);
        if (slot == NULL)
            return mw_nomem(err);
        *slot = item(n, i)->text;
    }
    return MW_OK;
}

static bool known(struct mw_sv key, const char *const *names)
{
    while (*names != NULL && !mw_sv_eqz(key, *names))
        names++;
    return *names != NULL;
}

/* What FORMATS.md does not name of a map: appended to out as pairs. */
static enum mw_rc get_extra(struct mw_list *out, struct mw_arena *a, const struct mw_node *map, const char *const *names,
    struct mw_err *err)
{
    for (size_t i = 0; i < map->n; i++) {
        if (known(map->pairs[i].key, names))
            continue;
        struct mw_pair *pair = mw_list_add(a, out, sizeof *pair);
        if (pair == NULL)
            return mw_nomem(err);
        *pair = map->pairs[i];
    }
    return MW_OK;
}

/* Facets of other names ("programme" of the EU's portal) become one extra pair "facets": a map of them. */
static enum mw_rc get_facets(struct mw_notice *out, struct mw_arena *a, const struct mw_node *n, struct mw_err *err)
{
    struct mw_list others = { NULL, 0, 0 };
    if (mw_node_absent(n))
        return MW_OK;
    if (n->kind != MW_MAP)
        return wrong(n, "facets", "an object", err);
    enum mw_rc rc = get_extra(&others, a, n, MW_FACET_NAMES, err);
    for (size_t k = 0; rc == MW_OK && k < MW_FACET_N; k++)
        rc = get_labels(&out->facets[k], a, mw_node_get(n, MW_FACET_NAMES[k]), MW_FACET_NAMES[k], err);
    if (rc != MW_OK || others.n == 0)
        return rc;
    struct mw_pair *pair = mw_list_add(a, &out->extra, sizeof *pair);
    struct mw_node *map = mw_arena_alloc(a, sizeof *map);
    if (pair == NULL || map == NULL)
        return mw_nomem(err);
    *map = (struct mw_node){ .kind = MW_MAP, .pos = n->pos, .pairs = others.items, .n = others.n };
    *pair = (struct mw_pair){ MW_SV("facets"), n->pos, map };
    return MW_OK;
}

enum mw_rc mw_notice_from_node(struct mw_notice *out, struct mw_arena *a, const struct mw_node *node, struct mw_err *err)
{
    *out = (struct mw_notice){ .opens = MW_DAY_NONE };
    if (node->kind != MW_MAP)
        return mw_fail_at(err, MW_INVALID, &node->pos, "A notice must be an object with \"url\" and \"title\".");
    enum mw_rc rc = get_needed(&out->url, node, "url", err);
    if (rc == MW_OK)
        rc = get_needed(&out->title, node, "title", err);
    if (rc == MW_OK)
        rc = get_text(&out->source, node, "source", err);
    if (rc == MW_OK)
        rc = get_text(&out->language, node, "language", err);
    if (rc == MW_OK)
        rc = get_text(&out->fetched_at, node, "fetched_at", err);
    if (rc == MW_OK && !mw_node_absent(mw_node_get(node, "opens")))
        rc = get_day(&out->opens, mw_node_get(node, "opens"), "opens", err);
    if (rc == MW_OK)
        rc = get_deadlines(out, a, mw_node_get(node, "deadlines"), err);
    if (rc == MW_OK)
        rc = get_sections(out, a, mw_node_get(node, "sections"), err);
    if (rc == MW_OK)
        rc = get_facets(out, a, mw_node_get(node, "facets"), err);
    if (rc == MW_OK)
        rc = get_extra(&out->extra, a, node, KEYS, err);
    for (size_t at = 0; rc == MW_OK && at < out->url.n;)
        if (out->url.p[at] == ' ' || mw_cp_control(mw_utf8_next(out->url, &at)))
            rc = mw_fail_at(err, MW_INVALID, &node->pos, "The \"url\" of this notice holds a space or a control character.");
    if (out->language.n == 0)
        out->language = MW_SV("de");
    return rc;
}

/* --- writing -------------------------------------------------------------------------------------------------------------- */
static void add_json_text(struct mw_str *out, struct mw_sv text)
{
    mw_str_addc(out, '"');
    mw_json_escape(out, text);
    mw_str_addc(out, '"');
}

/* A node as the JSON it was. Nodes are MW_DEPTH_MAX deep at most. */
static void add_json(struct mw_str *out, const struct mw_node *n) /* NOLINT(misc-no-recursion) */
{
    switch (n->kind) {
    case MW_SCALAR:
        if (mw_node_absent(n))
            mw_str_addz(out, "null");
        else if (n->style == MW_JSON_NUMBER || n->style == MW_JSON_BOOL)
            mw_str_add(out, n->text);
        else
            add_json_text(out, n->text);
        break;
    case MW_SEQ:
        for (size_t i = 0; i < n->n; i++) {
            mw_str_addz(out, i > 0 ? ", " : "[");
            add_json(out, n->items[i]);
        }
        mw_str_addz(out, n->n > 0 ? "]" : "[]");
        break;
    case MW_MAP:
        for (size_t i = 0; i < n->n; i++) {
            mw_str_addz(out, i > 0 ? ", " : "{");
            add_json_text(out, n->pairs[i].key);
            mw_str_addz(out, ": ");
            add_json(out, n->pairs[i].value);
        }
        mw_str_addz(out, n->n > 0 ? "}" : "{}");
        break;
    }
}

static void put_pair(struct mw_out *o, const struct mw_pair *pair)
{
    MW_AUTO(mw_str_free) struct mw_str key = MW_STR_INIT;
    MW_AUTO(mw_str_free) struct mw_str json = MW_STR_INIT;
    mw_str_add(&key, pair->key);
    add_json(&json, pair->value);
    mw_out_raw_json(o, mw_str_z(&key), mw_str_sv(&json));
}

static void put_facets(const struct mw_notice *n, struct mw_out *o)
{
    const struct mw_node *others = NULL;
    bool any = false;
    for (size_t i = 0; i < n->extra.n; i++)
        if (mw_sv_eqz(MW_AT(n->extra, struct mw_pair, i)->key, "facets"))
            others = MW_AT(n->extra, struct mw_pair, i)->value;
    for (size_t k = 0; k < MW_FACET_N; k++)
        any = any || n->facets[k].n > 0;
    if (!any && others == NULL)
        return;
    mw_out_object(o, "facets", NULL);
    for (size_t k = 0; k < MW_FACET_N; k++) {
        if (n->facets[k].n == 0)
            continue;
        mw_out_list(o, MW_FACET_NAMES[k], NULL);
        for (size_t i = 0; i < n->facets[k].n; i++)
            mw_out_sv(o, NULL, NULL, *MW_AT(n->facets[k], struct mw_sv, i));
        mw_out_end(o);
    }
    for (size_t i = 0; others != NULL && i < others->n; i++)
        put_pair(o, &others->pairs[i]);
    mw_out_end(o);
}

void mw_notice_to_out(const struct mw_notice *n, struct mw_out *o)
{
    mw_out_object(o, NULL, NULL);
    mw_out_sv(o, "url", NULL, n->url);
    mw_out_sv(o, "source", NULL, n->source);
    mw_out_sv(o, "title", NULL, n->title);
    mw_out_sv(o, "language", NULL, n->language);
    if (n->sections.n > 0) {
        mw_out_list(o, "sections", NULL);
        for (size_t i = 0; i < n->sections.n; i++) {
            const struct mw_section *s = MW_AT(n->sections, struct mw_section, i);
            mw_out_object(o, NULL, NULL);
            mw_out_sv(o, "heading", NULL, s->heading);
            mw_out_sv(o, s->html ? "html" : "text", NULL, s->raw);
            mw_out_end(o);
        }
        mw_out_end(o);
    }
    put_facets(n, o);
    mw_out_day(o, "opens", NULL, n->opens);
    if (n->deadlines.n > 0) {
        mw_out_list(o, "deadlines", NULL);
        for (size_t i = 0; i < n->deadlines.n; i++)
            mw_out_day(o, NULL, NULL, *MW_AT(n->deadlines, struct mw_day, i));
        mw_out_end(o);
    }
    mw_out_sv(o, "fetched_at", NULL, n->fetched_at);
    for (size_t i = 0; i < n->extra.n; i++)
        if (!mw_sv_eqz(MW_AT(n->extra, struct mw_pair, i)->key, "facets"))
            put_pair(o, MW_AT(n->extra, struct mw_pair, i));
    mw_out_end(o);
}

static bool copy_list(struct mw_list *out, struct mw_arena *a, const struct mw_list *in, size_t size)
{
    *out = (struct mw_list){ mw_arena_array(a, in->n, size), in->n, in->n };
    if (out->items != NULL && in->n > 0)
        memcpy(out->items, in->items, in->n * size);
    return out->items != NULL;
}

static bool copy_section(struct mw_section *s, struct mw_arena *a)
{
    bool same = s->text.p == s->raw.p && s->text.n == s->raw.n;
    if (!mw_arena_own(a, &s->heading) || !mw_arena_own(a, &s->raw))
        return false;
    if (same)
        s->text = s->raw;
    return same || mw_arena_own(a, &s->text);
}

static bool copy_extra(struct mw_pair *pair, struct mw_arena *a)
{
    pair->pos = (struct mw_pos){ NULL, 0, 0 };
    pair->value = pair->value != NULL ? mw_node_copy(a, pair->value) : NULL;
    return mw_arena_own(a, &pair->key) && pair->value != NULL;
}

enum mw_rc mw_notice_copy(struct mw_notice *out, struct mw_arena *a, const struct mw_notice *n, struct mw_err *err)
{
    *out = *n;
    bool ok = mw_arena_own(a, &out->url) && mw_arena_own(a, &out->source) && mw_arena_own(a, &out->title) &&
              mw_arena_own(a, &out->language) && mw_arena_own(a, &out->fetched_at) &&
              copy_list(&out->sections, a, &n->sections, sizeof(struct mw_section)) &&
              copy_list(&out->deadlines, a, &n->deadlines, sizeof(struct mw_day)) &&
              copy_list(&out->extra, a, &n->extra, sizeof(struct mw_pair));
    for (size_t i = 0; ok && i < out->sections.n; i++)
        ok = copy_section(MW_AT(out->sections, struct mw_section, i), a);
    for (size_t i = 0; ok && i < out->extra.n; i++)
        ok = copy_extra(MW_AT(out->extra, struct mw_pair, i), a);
    for (int kind = 0; ok && kind < MW_FACET_N; kind++) {
        ok = copy_list(&out->facets[kind], a, &n->facets[kind], sizeof(struct mw_sv));
        for (size_t i = 0; ok && i < out->facets[kind].n; i++)
            ok = mw_arena_own(a, MW_AT(out->facets[kind], struct mw_sv, i));
    }
    return ok ? MW_OK : mw_nomem(err);
}

/* --- plain text ------------------------------------------------------------------------------------------------------------ */
void mw_notice_plain(struct mw_str *out, const struct mw_notice *n)
{
    mw_str_add(out, n->title);
    for (size_t i = 0; i < n->sections.n; i++) {
        const struct mw_section *s = MW_AT(n->sections, struct mw_section, i);
        mw_str_addc(out, '\n');
        mw_str_add(out, s->heading);
        mw_str_addc(out, '\n');
        mw_str_add(out, s->text);
    }
}

void mw_notice_offsets(const struct mw_notice *n, size_t i, size_t *heading, size_t *text)
{
    size_t at = n->title.n + 1;
    for (size_t k = 0; k < i; k++) {
        const struct mw_section *s = MW_AT(n->sections, struct mw_section, k);
        at += s->heading.n + 1 + s->text.n + 1;
    }
    *heading = at;
    *text = at + MW_AT(n->sections, struct mw_section, i)->heading.n + 1;
}
