/* What tests of readers share: a source file of ours, bytes of ../shared, and all that came out. */
#ifndef MW_TESTS_READING_H
#define MW_TESTS_READING_H

#include <ftw.h>
#include <zip.h>

#include "crawler/page.h"
#include "crawler/reader.h"
#include "lib/core/file.h"
#include "tests/test.h"

static struct mw_parser *parser;
static struct mw_labels *labels;
static struct mw_arena *labels_arena;

static inline int start_parser(void **state)
{
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    (void)state;
    labels_arena = mw_arena_new();
    if (mw_labels_load(&labels, labels_arena, "config/labels.yaml", &diags) != MW_OK)
        return 1;
    mw_diags_free(&diags);
    return (int)mw_parser_new(&parser, NULL);
}
static inline int stop_parser(void **state)
{
    (void)state;
    mw_parser_free(parser);
    mw_arena_free(labels_arena);
    return 0;
}

/* One run of one source. */
struct run {
    struct mw_arena *a;
    struct mw_source *source;
    struct mw_reader *reader;
    struct mw_list notices;   /* struct mw_notice, as they come back from the interchange format */
    struct mw_list addresses; /* struct mw_address */
    struct mw_tally tally;
    struct mw_str faults;
    struct mw_err err;
};

static inline enum mw_rc run_notice(void *ctx, struct mw_arena *a, struct mw_notice *n, struct mw_err *err)
{
    struct run *run = ctx;
    struct mw_str json = MW_STR_INIT;
    struct mw_out *o = mw_out_to_str(&json, &(struct mw_out_opts){ .format = MW_JSON, .compact = true });
    struct mw_node *node;
    (void)a;
    for (size_t i = 0; i < n->sections.n; i++) /* every section comes with its text */
        assert_non_null(MW_AT(n->sections, struct mw_section, i)->text.p);
    mw_notice_to_out(n, o);
    assert_int_equal(mw_out_finish(o, err), MW_OK);
    mw_out_free(o);
    struct mw_notice *slot = mw_list_add(run->a, &run->notices, sizeof *slot);
    assert_int_equal(mw_json_read(&node, run->a, "notice", 1, mw_arena_copy(run->a, mw_str_sv(&json)), err), MW_OK);
    assert_int_equal(mw_notice_from_node(slot, run->a, node, err), MW_OK);
    for (size_t i = 0; i < n->sections.n; i++)
        MW_AT(slot->sections, struct mw_section, i)->text = mw_arena_copy(run->a, MW_AT(n->sections, struct mw_section, i)->text);
    mw_str_free(&json);
    return MW_OK;
}
static inline enum mw_rc run_address(void *ctx, const struct mw_address *address, struct mw_err *err)
{
    struct run *run = ctx;
    struct mw_address *slot = mw_list_add(run->a, &run->addresses, sizeof *slot);
    (void)err;
    *slot = *address;
    slot->url = mw_arena_copy(run->a, address->url);
    slot->modified = mw_arena_copy(run->a, address->modified);
    return MW_OK;
}
static inline void run_fault(void *ctx, struct mw_sv where, const struct mw_err *fault)
{
    struct run *run = ctx;
    mw_str_addf(&run->faults, "%.*s: %s\n", MW_SV_ARG(where), fault->msg);
}

static inline void run_begin(struct run *run, const char *source_file)
{
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    *run = (struct run){ .a = mw_arena_new() };
    if (mw_source_load(&run->source, run->a, source_file, &diags) != MW_OK)
        fail_msg("%s: %s", source_file, diags.n > 0 ? diags.items[0].msg : "?");
    assert_int_equal(mw_reader_new(&run->reader, run->source, parser, labels, &run->err), MW_OK);
    mw_diags_free(&diags);
}
static inline enum mw_rc run_read(struct run *run, const struct mw_resource *res)
{
    struct mw_outlet to = { run, run_notice, run_address, run_fault };
    mw_err_clear(&run->err);
    return mw_reader_read(run->reader, res, &to, &run->tally, &run->err);
}
static inline enum mw_rc run_file(struct run *run, const char *path, const char *url, enum mw_address_role role)
{
    return run_read(run, &(struct mw_resource){ .from = { .url = mw_sv(url), .role = role }, .path = path });
}
static inline enum mw_rc run_bytes(struct run *run, struct mw_sv bytes, const char *url, enum mw_address_role role)
{
    return run_read(run, &(struct mw_resource){ .from = { .url = mw_sv(url), .role = role }, .bytes = bytes });
}
static inline enum mw_rc run_finish(struct run *run)
{
    struct mw_outlet to = { run, run_notice, run_address, run_fault };
    return mw_reader_finish(run->reader, &to, &run->tally, &run->err);
}
static inline void run_end(struct run *run)
{
    mw_reader_free(run->reader);
    mw_str_free(&run->faults);
    mw_err_clear(&run->err);
    mw_arena_free(run->a);
}

static inline const struct mw_notice *notice_at(const struct run *run, const char *url)
{
    for (size_t i = 0; i < run->notices.n; i++)
        if (mw_sv_eqz(MW_AT(run->notices, struct mw_notice, i)->url, url))
            return MW_AT(run->notices, struct mw_notice, i);
    static const struct mw_notice NO_NOTICE;
    fail_msg("no notice at %s", url);
    return &NO_NOTICE;
}
/* The text of a section; MW_SV_NONE: there is no such section. */
static inline struct mw_sv section_text(const struct mw_notice *n, const char *heading)
{
    for (size_t i = 0; i < n->sections.n; i++)
        if (mw_sv_eqz(MW_AT(n->sections, struct mw_section, i)->heading, heading))
            return MW_AT(n->sections, struct mw_section, i)->text;
    return MW_SV_NONE;
}
/* A further key; an empty map: there is none. */
static inline const struct mw_node *extra_of(const struct mw_notice *n, const char *key)
{
    static const struct mw_node NOTHING = { .kind = MW_MAP };
    for (size_t i = 0; i < n->extra.n; i++)
        if (mw_sv_eqz(MW_AT(n->extra, struct mw_pair, i)->key, key))
            return MW_AT(n->extra, struct mw_pair, i)->value;
    return &NOTHING;
}
static inline const struct mw_node *extra_item(const struct mw_notice *n, const char *key, size_t i)
{
    static const struct mw_node NOTHING = { .kind = MW_MAP };
    const struct mw_node *list = extra_of(n, key);
    return list->kind == MW_SEQ && i < list->n ? list->items[i] : &NOTHING;
}
static inline struct mw_sv extra_text(const struct mw_notice *n, const char *key)
{
    const struct mw_node *node = extra_of(n, key);
    return node->kind == MW_SCALAR ? node->text : MW_SV_NONE;
}
/* "a | b" of a facet. */
static inline const char *facet_of(const struct run *run, const struct mw_notice *n, enum mw_facet_kind facet)
{
    struct mw_str out = MW_STR_INIT;
    for (size_t i = 0; i < n->facets[facet].n; i++)
        mw_str_addf(&out, "%s%.*s", i > 0 ? " | " : "", MW_SV_ARG(*MW_AT(n->facets[facet], struct mw_sv, i)));
    const char *z = mw_arena_z(run->a, mw_str_sv(&out));
    mw_str_free(&out);
    return z != NULL ? z : "";
}
static inline const char *days_of(const struct run *run, const struct mw_notice *n)
{
    struct mw_str out = MW_STR_INIT;
    for (size_t i = 0; i < n->deadlines.n; i++) {
        if (i > 0)
            mw_str_addc(&out, ' ');
        mw_day_iso(&out, *MW_AT(n->deadlines, struct mw_day, i));
    }
    const char *z = mw_arena_z(run->a, mw_str_sv(&out));
    mw_str_free(&out);
    return z != NULL ? z : "";
}

/* --- archives made for a test ----------------------------------------------------------------------------------------------- */
struct packing {
    zip_t *zip;
    size_t root;
};
static struct packing packing;

static inline int pack_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st, (void)ftw;
    if (type == FTW_F)
        zip_file_add(packing.zip, path + packing.root, zip_source_file(packing.zip, path, 0, -1), ZIP_FL_ENC_UTF_8);
    return 0;
}
/* Packs a folder; extra entries by name and text may follow, ended by NULL. */
static inline void pack_tree(const char *zip_path, const char *folder, const char *const *extra)
{
    packing = (struct packing){ zip_open(zip_path, ZIP_CREATE | ZIP_TRUNCATE, NULL), folder != NULL ? strlen(folder) + 1 : 0 };
    if (folder != NULL)
        nftw(folder, pack_one, 16, FTW_PHYS);
    for (; extra != NULL && extra[0] != NULL; extra += 2)
        zip_file_add(packing.zip, extra[0], zip_source_buffer(packing.zip, extra[1], strlen(extra[1]), 0), ZIP_FL_ENC_UTF_8 | ZIP_FL_OVERWRITE);
    assert_int_equal(zip_close(packing.zip), 0);
}

#endif
