/* JSON of any shape: records found by a pointer, their fields by pointers of the source file. */
#include <stdio.h>
#include <string.h>

#include "crawler/pointer.h"
#include "crawler/read.h"
#include "crawler/records.h"
#include "lib/core/file.h"
#include "lib/parse/charset.h"
#include "lib/parse/clean.h"

static struct mw_sv first(const struct mw_node *record, const struct mw_list *pointers)
{
    for (size_t i = 0; i < pointers->n; i++) {
        struct mw_sv text = mw_pointer_text(record, *MW_AT(*pointers, struct mw_sv, i));
        if (text.n > 0)
            return text;
    }
    return MW_SV_NONE;
}

/* All texts of the first pointer that leads to any. */
static bool every(struct mw_arena *a, struct mw_list *texts, const struct mw_node *record, const struct mw_list *pointers)
{
    bool ok = true;
    *texts = (struct mw_list){ NULL, 0, 0 };
    for (size_t i = 0; i < pointers->n && texts->n == 0 && ok; i++)
        ok = mw_pointer_texts(a, texts, record, *MW_AT(*pointers, struct mw_sv, i));
    return ok;
}

/* --- mojibake --------------------------------------------------------------------------------------------------------------- */
/* The byte that windows-1252 shows as that character; the five without one stand for themselves. -1: none does. */
static int byte_of(uint32_t cp)
{
    if (cp < 0x80 || (cp >= 0xa0 && cp <= 0xff))
        return (int)cp;
    for (unsigned b = 0x80; b <= 0x9f; b++)
        if (mw_windows_1252((unsigned char)b) == cp)
            return (int)b;
    return cp == 0x81 || cp == 0x8d || cp == 0x8f || cp == 0x90 || cp == 0x9d ? (int)cp : -1;
}

bool mw_unmojibake(struct mw_arena *a, struct mw_sv *text)
{
    MW_AUTO(mw_str_free) struct mw_str bytes = MW_STR_INIT;
    bool any = false;
    for (size_t at = 0; at < text->n;) {
        int b = byte_of(mw_utf8_next(*text, &at));
        if (b < 0)
            return true;
        any = any || b >= 0x80;
        mw_str_addc(&bytes, (char)b);
    }
    if (!any || mw_utf8_invalid_at(mw_str_sv(&bytes)) != SIZE_MAX)
        return true;
    *text = mw_arena_copy(a, mw_str_sv(&bytes));
    return text->p != NULL && mw_str_ok(&bytes);
}

/* Every text of the record. Nodes are MW_DEPTH_MAX deep at most. */
static bool mend(struct mw_arena *a, struct mw_node *node) /* NOLINT(misc-no-recursion) */
{
    bool ok = node->kind != MW_SCALAR || node->style != MW_JSON_STRING || mw_unmojibake(a, &node->text);
    for (size_t i = 0; i < node->n && ok; i++)
        ok = mend(a, node->kind == MW_MAP ? node->pairs[i].value : node->items[i]);
    return ok;
}

/* --- a record by the rules ---------------------------------------------------------------------------------------------------- */
static bool add_days(struct mw_arena *a, struct mw_notice *n, const struct mw_node *record, const struct mw_list *pointers)
{
    struct mw_list texts;
    bool ok = every(a, &texts, record, pointers);
    for (size_t i = 0; i < texts.n && ok; i++)
        ok = mw_days_add(a, &n->deadlines, &n->opens, *MW_AT(texts, struct mw_sv, i));
    return ok;
}

static bool add_facets(struct mw_reading *x, struct mw_arena *a, const struct mw_node *record, struct mw_notice *n)
{
    struct mw_list texts;
    for (size_t k = 0; k < MW_FACET_N; k++) {
        const struct mw_facet_rule *rule = x->source->read.facets[k];
        if (rule == NULL)
            continue;
        if (!every(a, &texts, record, &rule->from))
            return false;
        for (size_t i = 0; i < texts.n; i++)
            if (!mw_facet_values(a, x->source, n, (enum mw_facet_kind)k, *MW_AT(texts, struct mw_sv, i)))
                return false;
    }
    return true;
}

/* Several texts one below the other; MW_SV_NONE: no memory. */
static struct mw_sv joined(struct mw_arena *a, const struct mw_list *texts)
{
    MW_AUTO(mw_str_free) struct mw_str out = MW_STR_INIT;
    if (texts->n <= 1)
        return texts->n == 1 ? *MW_AT(*texts, struct mw_sv, 0) : MW_SV("");
    for (size_t i = 0; i < texts->n; i++)
        mw_str_addf(&out, "%s%.*s", i > 0 ? "\n" : "", MW_SV_ARG(*MW_AT(*texts, struct mw_sv, i)));
    return mw_str_ok(&out) ? mw_arena_copy(a, mw_str_sv(&out)) : MW_SV_NONE;
}

static bool add_sections(struct mw_reading *x, struct mw_arena *a, const struct mw_node *record, struct mw_notice *n)
{
    struct mw_list texts, headings;
    for (size_t i = 0; i < x->source->read.sections.n; i++) {
        const struct mw_section_rule *s = MW_AT(x->source->read.sections, struct mw_section_rule, i);
        bool html = x->source->kind == MW_K_CSV ? s->html == MW_YES : s->html != MW_NO, ok = true;
        if (!every(a, &texts, record, &s->from) || !every(a, &headings, record, &s->headings))
            return false;
        bool paired = texts.n > 0 && headings.n == texts.n;
        for (size_t k = 0; k < texts.n && paired && ok; k++)
            ok = mw_section_add(a, n, mw_sv_trim(*MW_AT(headings, struct mw_sv, k)), *MW_AT(texts, struct mw_sv, k), html);
        if (paired && ok)
            continue;
        struct mw_sv raw = joined(a, &texts);
        if (raw.p == NULL)
            return false;
        if (s->without.n > 0 && mw_sv_starts(raw, s->without))
            raw = mw_sv_sub(raw, s->without.n, raw.n);
        if (!ok || !mw_section_add(a, n, s->heading, raw, html))
            return false;
    }
    return true;
}

static bool add_extra(struct mw_reading *x, struct mw_arena *a, const struct mw_node *record, struct mw_notice *n)
{
    const struct mw_reading_rules *rules = &x->source->read;
    for (size_t i = 0; i < rules->extra.n; i++) {
        const struct mw_entry *e = MW_AT(rules->extra, struct mw_entry, i);
        const struct mw_node *node = mw_pointer(record, e->v.text);
        const char *key = mw_arena_z(a, e->key);
        struct mw_node *copy = node != NULL ? mw_arena_alloc(a, sizeof *copy) : NULL;
        if (key == NULL || (node != NULL && copy == NULL))
            return false;
        if (node == NULL || mw_node_absent(node))
            continue;
        *copy = *node;
        if (!mw_extra_put(a, n, key, copy))
            return false;
    }
    return mw_extra_text(a, n, "status", first(record, &rules->status));
}

/* "Klima &amp; Energie": CMSs hand out the titles of their pages. MW_SV_NONE: no memory. */
static struct mw_sv unescaped(struct mw_arena *a, struct mw_sv title)
{
    MW_AUTO(mw_str_free) struct mw_str out = MW_STR_INIT;
    size_t amp = mw_sv_find(title, MW_SV("&"), 0);
    if (amp == SIZE_MAX || mw_sv_find(title, MW_SV(";"), amp) == SIZE_MAX)
        return title;
    mw_html_resolve(&out, title);
    return mw_str_ok(&out) ? mw_arena_copy(a, mw_str_sv(&out)) : MW_SV_NONE;
}

enum mw_rc mw_notice_by_rules(struct mw_reading *x, struct mw_arena *a, const struct mw_node *record, struct mw_notice *n)
{
    const struct mw_reading_rules *rules = &x->source->read;
    struct mw_sv opens = first(record, &rules->opens), language = first(record, &rules->language);
    bool ok;

    *n = (struct mw_notice){ .url = mw_url_of(x, a, first(record, &rules->url)), .title = unescaped(a, first(record, &rules->title)),
                             .opens = MW_DAY_NONE, .language = mw_sv_sub(language, 0, 2) };
    if (opens.n > 0)
        mw_first_day(opens, &n->opens);
    ok = add_days(a, n, record, &rules->deadlines) && add_facets(x, a, record, n) && add_sections(x, a, record, n) && add_extra(x, a, record, n);
    return ok ? MW_OK : mw_nomem(x->err);
}

/* --- records ------------------------------------------------------------------------------------------------------------------ */
static enum mw_rc one_record(struct mw_reading *x, struct mw_arena *a, mw_record_fn *fn, struct mw_sv text, uint64_t number)
{
    MW_AUTO(mw_err_clear) struct mw_err fault = MW_ERR_INIT(x->err != NULL ? x->err->lang : MW_EN);
    struct mw_node *record;
    char where[48];

    snprintf(where, sizeof where, "#%llu", (unsigned long long)number);
    enum mw_rc rc = mw_json_read(&record, a, where, 1, text, &fault);
    if (rc == MW_OK && record->kind != MW_MAP)
        rc = mw_fail(&fault, MW_PARSE, "This record is no JSON object.");
    return rc == MW_OK ? fn(x, a, record, text) : mw_fault(x, mw_sv(where), &fault);
}

static enum mw_rc every_record(struct mw_reading *x, struct mw_records *records, mw_record_fn *fn)
{
    enum mw_rc rc = MW_OK;

    while (rc == MW_OK) {
        MW_AUTO(mw_err_clear) struct mw_err fault = MW_ERR_INIT(x->err != NULL ? x->err->lang : MW_EN);
        struct mw_sv text;
        rc = mw_records_next(records, &text, &fault);
        if (rc == MW_INVALID) {
            rc = mw_fault(x, MW_SV("JSON"), &fault);
        } else if (rc == MW_OK) {
            struct mw_arena *a = mw_arena_new();
            rc = a != NULL ? one_record(x, a, fn, text, mw_records_number(records)) : mw_nomem(x->err);
            enum mw_rc taken = mw_batch_next(x, a);
            rc = rc == MW_OK ? taken : rc;
        } else if (rc != MW_NOT_FOUND) { /* what came before is good */
            enum mw_rc flushed = mw_batch_flush(x);
            return flushed == MW_OK ? mw_fail(x->err, rc, "%s", fault.msg != NULL ? fault.msg : "?") : flushed;
        }
    }
    return rc == MW_NOT_FOUND ? mw_batch_flush(x) : rc;
}

/* A list with nothing around it. */
static bool is_bare_list(const struct mw_reading *x, struct mw_sv bytes)
{
    MW_AUTO(mw_lines_closep) struct mw_lines *lines = NULL;
    if (x->res->path != NULL && (mw_lines_open(&lines, x->res->path, 1, NULL) != MW_OK || mw_lines_chunk(lines, &bytes, NULL) != MW_OK))
        return false;
    return mw_sv_starts(mw_sv_trim(bytes), MW_SV("["));
}

enum mw_rc mw_each_record(struct mw_reading *x, struct mw_sv pointer, mw_record_fn *fn)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    MW_AUTO(mw_records_closep) struct mw_records *records = NULL;
    struct mw_sv bytes = MW_SV_NONE;
    struct mw_batch batch;
    enum mw_rc rc = a == NULL ? mw_nomem(x->err) : x->res->path == NULL ? mw_resource_bytes(x, a, MW_BODY_MAX, &bytes) : MW_OK;

    if (rc == MW_OK && x->res->excerpt && is_bare_list(x, bytes))
        pointer = MW_SV("");
    if (rc == MW_OK)
        rc = mw_records_open(&records, x->res->path, bytes, pointer, MW_RECORD_MAX, x->err);
    if (rc != MW_OK)
        return rc;
    rc = mw_batch_begin(x, &batch);
    if (rc == MW_OK)
        rc = every_record(x, records, fn);
    mw_batch_end(x);
    return rc == MW_NOT_FOUND ? MW_OK : rc;
}

/* The frame around the records of a page of an interface: how many there are, where the next page is. */
static enum mw_rc read_frame(struct mw_reading *x)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    const struct mw_listing *l = &x->source->list;
    struct mw_node *frame;
    struct mw_sv bytes;

    if (l->next.n == 0 && l->count.n == 0)
        return MW_OK;
    if (a == NULL)
        return mw_nomem(x->err);
    enum mw_rc rc = mw_resource_bytes(x, a, MW_RECORD_MAX, &bytes);
    if (rc == MW_OK)
        rc = mw_json_read(&frame, a, "JSON", 1, bytes, x->err);
    if (rc != MW_OK)
        return rc;
    struct mw_sv count = first(frame, &l->count), next = first(frame, &l->next);
    if (count.n > 0)
        x->tally->expected = mw_hits_of(count);
    struct mw_sv url = next.n > 0 ? mw_url_join(a, x->res->from.url, next) : MW_SV_NONE;
    return url.n > 0 ? mw_emit_address(x, MW_ROLE_LIST, url, MW_SV_NONE) : MW_OK;
}

enum mw_rc mw_read_record(struct mw_reading *x, struct mw_arena *a, struct mw_node *record)
{
    struct mw_notice n;
    if (mw_source_leads(x->source))
        return mw_emit_link(x, a, mw_base_of(x), first(record, &x->source->list.link));
    if (x->source->read.mojibake == MW_YES && !mend(a, record))
        return mw_nomem(x->err);
    struct mw_list documents;
    enum mw_rc rc = mw_notice_by_rules(x, a, record, &n);
    if (rc == MW_OK && !every(a, &documents, record, &x->source->read.documents))
        rc = mw_nomem(x->err);
    return rc == MW_OK ? mw_emit_leading_to(x, a, &n, mw_base_of(x), &documents) : rc;
}

/* "/results/0/hits": one list of several, which nothing but the whole document tells. */
static bool is_indexed(struct mw_sv pointer)
{
    struct mw_sv name, rest = mw_sv_sub(pointer, 1, pointer.n);
    int64_t n;
    bool any = false;
    while (rest.n > 0 && !any) {
        mw_sv_cut(rest, '/', &name, &rest);
        any = mw_sv_int(name, &n);
    }
    return any;
}

static enum mw_rc each_indexed(struct mw_reading *x, struct mw_sv pointer)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct mw_node *whole;
    struct mw_sv bytes;
    enum mw_rc rc = a != NULL ? mw_resource_bytes(x, a, MW_RECORD_MAX, &bytes) : mw_nomem(x->err);

    if (rc == MW_OK)
        rc = mw_json_read(&whole, a, "JSON", 1, bytes, x->err);
    if (rc != MW_OK)
        return rc;
    const struct mw_node *list = mw_pointer(whole, pointer);
    bool bare = list == NULL && x->res->excerpt;
    if (bare && whole->kind == MW_MAP)
        return mw_read_record(x, a, whole);
    if (bare)
        list = whole;
    if (list == NULL || list->kind != MW_SEQ)
        return mw_fail_at(x->err, MW_PARSE, mw_source_place(x->source, "list.records"),
                          "This JSON document has no list at \"%s\", where the source's file looks for its records.", mw_arena_z(a, pointer));
    for (size_t i = 0; i < list->n && rc == MW_OK; i++)
        rc = list->items[i]->kind == MW_MAP ? mw_read_record(x, a, list->items[i]) : MW_OK;
    return rc;
}

static enum mw_rc read_record(struct mw_reading *x, struct mw_arena *a, struct mw_node *record, struct mw_sv text)
{
    (void)text;
    return mw_read_record(x, a, record);
}

enum mw_rc mw_read_json(struct mw_reading *x)
{
    struct mw_sv records = x->source->list.records;
    enum mw_rc rc = read_frame(x);
    if (rc != MW_OK)
        return rc;
    return is_indexed(records) ? each_indexed(x, records) : mw_each_record(x, records, read_record);
}
