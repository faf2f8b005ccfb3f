/* Implements reader.h: which reader for which kind, and what all of them share. */
#include "crawler/reader.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "crawler/read.h"
#include "crawler/seen.h"
#include "lib/core/file.h"
#include "lib/core/read.h"

enum mw_rc mw_reader_new(struct mw_reader **out, const struct mw_source *source, struct mw_parser *parser,
                         const struct mw_labels *labels, struct mw_err *err)
{
    struct mw_reader *r = calloc(1, sizeof *r);

    *out = NULL;
    if (r == NULL)
        return mw_nomem(err);
    *r = (struct mw_reader){ source, parser, labels, mw_arena_new(), mw_seen_new() };
    if (r->arena == NULL || r->seen == NULL) {
        mw_reader_free(r);
        return mw_nomem(err);
    }
    *out = r;
    return MW_OK;
}

void mw_reader_free(struct mw_reader *r)
{
    if (r == NULL)
        return;
    mw_arena_free(r->arena);
    mw_seen_free(r->seen);
    free(r);
}

/* The key of an address; an address is no notice, even where both are spelt alike. */
static void add_key(struct mw_str *key, const struct mw_address *address)
{
    mw_str_addf(key, "%d ", (int)address->role);
    if (mw_is_part(address)) /* the same address, asked another question */
        mw_str_addf(key, "%d %d ", (int)address->from.n, (int)address->to.n);
    if (address->page > 1)
        mw_str_addf(key, "%lld ", (long long)address->page);
    mw_str_add(key, address->url);
}

/* Its entry; NULL: out of memory. */
static struct mw_seen_entry *seen_address(struct mw_reader *r, const struct mw_address *address)
{
    MW_AUTO(mw_str_free) struct mw_str key = MW_STR_INIT;
    add_key(&key, address);
    return mw_str_ok(&key) ? mw_seen_at(r->seen, mw_str_sv(&key)) : NULL;
}

bool mw_is_of_many(const struct mw_reading *x, struct mw_sv url)
{
    MW_AUTO(mw_str_free) struct mw_str key = MW_STR_INIT;
    struct mw_sv target = mw_url_target(url);
    add_key(&key, &(struct mw_address){ .url = url, .role = MW_ROLE_LIST, .from = MW_DAY_NONE, .to = MW_DAY_NONE });
    return target.n == 0 || mw_sv_eqz(target, "/") || mw_sv_eq(url, x->source->home) || mw_seen_emitted(x->r->seen, mw_str_sv(&key));
}

static enum mw_rc read_kind(struct mw_reading *x)
{
    switch ((enum mw_source_kind)x->source->kind) {
    case MW_K_FDB_EXPORT:
        return mw_read_fdb(x);
    case MW_K_HTML:
        return mw_read_html(x);
    case MW_K_FEED:
        return mw_read_feed(x);
    case MW_K_SITEMAP:
        return mw_read_sitemap(x);
    case MW_K_EU_BULK:
        return mw_read_eu_bulk(x);
    case MW_K_EU_SEARCH:
        return mw_read_eu_search(x);
    case MW_K_TED:
        return mw_read_ted(x);
    case MW_K_JSON:
        return mw_read_json(x);
    case MW_K_XML:
        return mw_read_xml(x);
    case MW_K_CSV:
        return mw_read_csv(x);
    }
    return mw_fail(x->err, MW_INVALID, "There is no reader for this kind of source.");
}

enum mw_rc mw_reader_read(struct mw_reader *r, const struct mw_resource *res, const struct mw_outlet *to, struct mw_tally *tally,
                          struct mw_err *err)
{
    struct mw_reading x = { r, r->source, res, to, tally, err, NULL };

    struct mw_seen_entry *self = res->from.role == MW_ROLE_LIST ? seen_address(r, &res->from) : NULL;
    if (self != NULL) /* pages may lead back to where the source begins */
        self->emitted = true;
    size_t before = mw_seen_count(r->seen);
    *tally = (struct mw_tally){ .expected = -1 };
    enum mw_rc rc = res->from.role == MW_ROLE_PAGE ? mw_read_page(&x) : read_kind(&x);
    tally->fresh = (int64_t)(mw_seen_count(r->seen) - before) - tally->lists;
    if (rc == MW_OK && res->from.role == MW_ROLE_LIST && mw_source_counts(r->source))
        rc = mw_emit_counted(&x);
    return rc;
}

enum mw_rc mw_reader_again(struct mw_reader *r, struct mw_sv url, const struct mw_outlet *to, struct mw_err *err)
{
    struct mw_tally tally = { .expected = -1 };
    struct mw_reading x = { r, r->source, NULL, to, &tally, err, NULL };
    return mw_emit_address(&x, MW_ROLE_PAGE, url, MW_SV_NONE);
}

enum mw_rc mw_reader_finish(struct mw_reader *r, const struct mw_outlet *to, struct mw_tally *tally, struct mw_err *err)
{
    struct mw_resource none = { .bytes = MW_SV("") };
    struct mw_reading x = { r, r->source, &none, to, tally, err, NULL };

    *tally = (struct mw_tally){ .expected = -1 };
    return r->source->kind == MW_K_EU_SEARCH ? mw_finish_eu_search(&x) : MW_OK;
}

/* --- what goes out ------------------------------------------------------------------------------------------------------- */
enum mw_rc mw_fault(struct mw_reading *x, struct mw_sv where, struct mw_err *fault)
{
    if (fault->rc == MW_NOMEM) {
        mw_err_clear(fault);
        return mw_nomem(x->err);
    }
    x->tally->failed++;
    if (x->to->fault != NULL)
        x->to->fault(x->to->ctx, where, fault);
    mw_err_clear(fault);
    return MW_OK;
}

static enum mw_lang lang_of(const struct mw_reading *x) { return x->err != NULL ? x->err->lang : MW_EN; }

static enum mw_rc complete(struct mw_reading *x, struct mw_arena *a, struct mw_notice *n, struct mw_err *err)
{
    n->source = x->source->id;
    n->fetched_at = x->res->fetched_at;
    if (n->language.n == 0)
        n->language = x->source->language;
    if (n->url.n == 0)
        return mw_fail_at(err, MW_INVALID, mw_source_place(x->source, "read.url"), "\"%.*s\" has no address of its own: read.url finds none.", MW_SV_ARG(n->title));
    if (!mw_url_is_web(n->url))
        return mw_fail_at(err, MW_INVALID, mw_source_place(x->source, "read.url"), "\"%.*s\" has no address of its own: \"%.*s\" is none (read.url_from can make one of it).",
                       MW_SV_ARG(n->title), MW_SV_ARG(n->url));
    for (size_t at = 0; at < n->url.n;)
        if (n->url.p[at] == ' ' || mw_cp_control(mw_utf8_next(n->url, &at)))
            return mw_fail(err, MW_INVALID, "The \"url\" of this notice holds a space or a control character.");
    for (size_t i = 0; i < n->sections.n; i++) {
        struct mw_section *s = MW_AT(n->sections, struct mw_section, i);
        if (!s->html)
            s->text = s->raw;
        else if (s->text.p == NULL && mw_parse_html_text(x->r->parser, a, s->raw, &s->text, err) != MW_OK)
            return err->rc;
    }
    return MW_OK;
}

struct mw_sv mw_base_of(const struct mw_reading *x)
{
    return mw_url_is_web(x->res->from.url) ? x->res->from.url : x->source->home;
}

/* MW_SV_NONE: no memory. */
static struct mw_sv lasting_url(const struct mw_reading *x, struct mw_arena *a, struct mw_sv url)
{
    MW_AUTO(mw_str_free) struct mw_str lasting = MW_STR_INIT;
    mw_url_add_lasting(&lasting, url, &x->source->list.ignore);
    if (!mw_str_ok(&lasting))
        return MW_SV_NONE;
    return url.p != NULL && lasting.n == url.n ? url : mw_arena_copy(a, mw_str_sv(&lasting));
}

static enum mw_rc emit_documents(struct mw_reading *x, struct mw_arena *a, const struct mw_notice *n, struct mw_sv base, const struct mw_list *found)
{
    enum mw_rc rc = MW_OK;
    for (size_t i = 0; i < found->n && rc == MW_OK && x->to->address != NULL; i++) {
        struct mw_address address = { .url = lasting_url(x, a, mw_url_join(a, base, *MW_AT(*found, struct mw_sv, i))), .role = MW_ROLE_DOCUMENT, .of = n->url,
                                      .from = MW_DAY_NONE, .to = MW_DAY_NONE };
        if (address.url.n > 0) /* no entry of a list: the tally counts those */
            rc = x->to->address(x->to->ctx, &address, x->err);
    }
    return rc;
}

static bool wanted(const struct mw_listing *l, struct mw_sv url)
{
    bool in = l->include.n == 0;
    for (size_t i = 0; i < l->include.n && !in; i++)
        in = mw_url_like(url, *MW_AT(l->include, struct mw_sv, i));
    for (size_t i = 0; i < l->exclude.n && in; i++)
        in = !mw_url_like(url, *MW_AT(l->exclude, struct mw_sv, i));
    return in;
}

/* Two pages that call themselves by one address are the same where they have one title; else the portal says the same of all. */
static bool is_misnamed(const struct mw_reading *x, const struct mw_notice *n, const struct mw_seen_entry *other)
{
    return x->res->from.role == MW_ROLE_PAGE && x->res->from.url.n > 0 && !mw_sv_eq(n->url, x->res->from.url) && !mw_sv_eq(other->held, n->title);
}

enum mw_rc mw_emit(struct mw_reading *x, struct mw_arena *a, struct mw_notice *n)
{
    static const struct mw_list NONE = { NULL, 0, 0 };
    return mw_emit_leading_to(x, a, n, MW_SV_NONE, &NONE);
}

enum mw_rc mw_emit_leading_to(struct mw_reading *x, struct mw_arena *a, struct mw_notice *n, struct mw_sv base, const struct mw_list *documents)
{
    MW_AUTO(mw_err_clear) struct mw_err fault = MW_ERR_INIT(lang_of(x));

    n->title = mw_sv_trim(n->title);
    if ((n->url = lasting_url(x, a, n->url)).p == NULL)
        return mw_nomem(x->err);
    if (n->title.n == 0 || (x->res->from.role == MW_ROLE_LIST && !wanted(&x->source->list, n->url))) {
        x->tally->left_out++;
        return MW_OK;
    }
    if (x->batch != NULL)
        return mw_batch_hold(x, a, n, base, documents);
    if (complete(x, a, n, &fault) != MW_OK)
        return mw_fault(x, n->url, &fault);
    struct mw_seen_entry *e = mw_seen_at(x->r->seen, n->url);
    if (e != NULL && e->emitted && is_misnamed(x, n, e)) {
        n->url = x->res->from.url;
        e = mw_seen_at(x->r->seen, n->url);
    }
    if (e == NULL)
        return mw_nomem(x->err);
    if (e->emitted) {
        x->tally->repeated++;
        return MW_OK;
    }
    e->emitted = true;
    if (x->res->from.role == MW_ROLE_PAGE && !mw_seen_hold(x->r->seen, e, 0, n->title))
        return mw_nomem(x->err);
    x->tally->notices++;
    enum mw_rc rc = emit_documents(x, a, n, base, documents);
    return rc == MW_OK ? x->to->notice(x->to->ctx, a, n, x->err) : rc;
}

static enum mw_rc emit(struct mw_reading *x, const struct mw_address *address)
{
    struct mw_seen_entry *e = seen_address(x->r, address);
    if (e == NULL)
        return mw_nomem(x->err);
    if (e->emitted) {
        x->tally->repeated += address->role != MW_ROLE_LIST; /* a list page is no row */
        return MW_OK;
    }
    e->emitted = true;
    x->tally->addresses++;
    x->tally->lists += address->role == MW_ROLE_LIST;
    return x->to->address != NULL ? x->to->address(x->to->ctx, address, x->err) : MW_OK;
}

enum mw_rc mw_emit_address(struct mw_reading *x, enum mw_address_role role, struct mw_sv url, struct mw_sv modified)
{
    MW_AUTO(mw_str_free) struct mw_str lasting = MW_STR_INIT;
    mw_url_add_lasting(&lasting, url, &x->source->list.ignore);
    if (!mw_str_ok(&lasting))
        return mw_nomem(x->err);
    url = mw_str_sv(&lasting);
    if (role == MW_ROLE_PAGE && !wanted(&x->source->list, url)) {
        x->tally->left_out++;
        return MW_OK;
    }
    return emit(x, &(struct mw_address){ .url = url, .role = role, .modified = modified, .from = MW_DAY_NONE, .to = MW_DAY_NONE });
}

static struct mw_sv filled(struct mw_arena *a, const struct mw_reading_rules *rules, struct mw_sv value)
{
    size_t at = rules->url_from.n > 0 ? mw_sv_find(rules->url_from, MW_SV("{}"), 0) : SIZE_MAX;
    value = mw_sv_trim(value);
    if (at == SIZE_MAX || value.n == 0)
        return value;
    return mw_arena_printf(a, "%.*s%.*s%.*s", MW_SV_ARG(mw_sv_sub(rules->url_from, 0, at)), MW_SV_ARG(value),
                           MW_SV_ARG(mw_sv_sub(rules->url_from, at + 2, rules->url_from.n)));
}

struct mw_sv mw_url_of(const struct mw_reading *x, struct mw_arena *a, struct mw_sv value)
{
    struct mw_sv url = filled(a, &x->source->read, value);
    if (url.n > 0 && url.p[0] == '#') /* of a notice that is a part of a page */
        return mw_arena_printf(a, "%.*s%.*s", MW_SV_ARG(mw_base_of(x)), MW_SV_ARG(url));
    bool relative = url.n > 0 && (url.p[0] == '/' || url.p[0] == '.' || url.p[0] == '?'); /* anything else may be a number */
    struct mw_sv joined = relative ? mw_url_join(a, mw_base_of(x), url) : MW_SV_NONE;
    return joined.n > 0 ? joined : url;
}

enum mw_rc mw_emit_link(struct mw_reading *x, struct mw_arena *a, struct mw_sv base, struct mw_sv link)
{
    MW_AUTO(mw_err_clear) struct mw_err fault = MW_ERR_INIT(lang_of(x));
    struct mw_sv url = link.n > 0 ? mw_url_join(a, base, filled(a, &x->source->read, link)) : MW_SV_NONE;

    if (url.n > 0)
        return mw_emit_address(x, MW_ROLE_PAGE, url, MW_SV_NONE);
    if (x->tally->failed > 0) {
        x->tally->failed++;
        return MW_OK;
    }
    if (link.n > 0)
        mw_fail_at(&fault, MW_PARSE, mw_source_place(x->source, "list.link"), "list.link finds \"%.*s\" in an entry of the list, which is no address.", MW_SV_ARG(link));
    else
        mw_fail_at(&fault, MW_PARSE, mw_source_place(x->source, "list.link"), "list.link finds no address in an entry of the list.");
    return mw_fault(x, x->res->from.url, &fault);
}

enum mw_rc mw_emit_list(struct mw_reading *x, const struct mw_address *page) { return emit(x, page); }

enum mw_rc mw_emit_part(struct mw_reading *x, struct mw_sv url, struct mw_day from, struct mw_day to)
{
    return emit(x, &(struct mw_address){ .url = url, .role = MW_ROLE_LIST, .from = from, .to = to });
}

bool mw_section_add(struct mw_arena *a, struct mw_notice *n, struct mw_sv heading, struct mw_sv raw, bool html)
{
    if (mw_sv_trim(raw).n == 0)
        return true;
    struct mw_section *s = mw_list_add(a, &n->sections, sizeof *s);
    if (s != NULL)
        *s = (struct mw_section){ heading.p != NULL ? heading : MW_SV(""), raw, html, html ? MW_SV_NONE : raw };
    return s != NULL;
}

/* --- what comes in ------------------------------------------------------------------------------------------------------- */
static enum mw_rc gunzip(struct mw_reading *x, struct mw_arena *a, size_t max, struct mw_sv packed, struct mw_sv *bytes)
{
    char buffer[1 << 15];
    MW_AUTO(mw_str_free) struct mw_str out = { .max = max + sizeof buffer + 1 };
    z_stream z = { .next_in = (unsigned char *)(uintptr_t)packed.p, .avail_in = (uInt)packed.n };
    int state = inflateInit2(&z, 15 + 16);

    while (state == Z_OK && out.n <= max) {
        z.next_out = (unsigned char *)buffer;
        z.avail_out = sizeof buffer;
        state = inflate(&z, Z_NO_FLUSH);
        mw_str_add(&out, mw_sv_n(buffer, sizeof buffer - z.avail_out));
        if (state == Z_STREAM_END && z.avail_in > 0) /* another member follows */
            state = inflateReset(&z);
    }
    inflateEnd(&z);
    if (out.n > max)
        return mw_fail(x->err, MW_PARSE, "This document has more than %zu MB; it is not read.", max >> 20);
    if (state != Z_STREAM_END)
        return mw_fail(x->err, MW_PARSE, "What came is packed with gzip, but damaged or not complete.");
    *bytes = mw_arena_copy(a, out.p != NULL ? mw_str_sv(&out) : MW_SV(""));
    return bytes->p != NULL && mw_str_ok(&out) ? MW_OK : mw_nomem(x->err);
}

enum mw_rc mw_resource_bytes(struct mw_reading *x, struct mw_arena *a, size_t max, struct mw_sv *bytes)
{
    *bytes = x->res->bytes;
    enum mw_rc rc = x->res->path != NULL ? mw_file_read(bytes, a, x->res->path, max, x->err) : MW_OK;
    if (rc != MW_OK)
        return rc;
    if (bytes->n > max)
        return mw_fail(x->err, MW_PARSE, "This document has more than %zu MB; it is not read.", max >> 20);
    return mw_sv_starts(*bytes, MW_SV("\x1f\x8b")) ? gunzip(x, a, max, *bytes, bytes) : MW_OK;
}

/* --- values ---------------------------------------------------------------------------------------------------------------- */
int64_t mw_hits_of(struct mw_sv s)
{
    int64_t n = -1;
    for (size_t i = 0; i < s.n; i++) {
        bool digit = s.p[i] >= '0' && s.p[i] <= '9';
        bool groups = n >= 0 && (s.p[i] == '.' || s.p[i] == ',' || s.p[i] == ' ' || (unsigned char)s.p[i] >= 0x80);
        if (digit && n > INT32_MAX)
            return -1;
        if (digit)
            n = (n < 0 ? 0 : n) * 10 + (s.p[i] - '0');
        else if (n >= 0 && !groups)
            break;
    }
    return n;
}

bool mw_facet_values(struct mw_arena *a, const struct mw_source *s, struct mw_notice *n, enum mw_facet_kind facet, struct mw_sv value)
{
    const struct mw_facet_rule *rule = s->read.facets[facet];
    struct mw_sv label, rest;

    if (rule->separator.n == 0) {
        label = rule->codes.n > 0 ? mw_codes_label(s->codes, rule->codes, value) : MW_SV_NONE;
        return mw_facet_add(a, n, facet, label.p != NULL ? label : value);
    }
    while ((value = mw_sv_trim(value)).n > 0) {
        struct mw_sv known = rule->codes.n > 0 ? mw_codes_longest(s->codes, rule->codes, value) : MW_SV_NONE;
        mw_sv_cut(mw_sv_sub(value, known.n, value.n), rule->separator.p[0], &label, &rest);
        /* What follows a known label up to the separator belongs to it: lists of labels grow longer over the years. */
        if (!mw_facet_add(a, n, facet, mw_sv_sub(value, 0, known.n + label.n)))
            return false;
        value = rest;
    }
    return true;
}
