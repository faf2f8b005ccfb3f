/* Pages to notices. Which label fills which facet stands in config/labels.yaml; nothing here knows a portal. */
#include "crawler/page.h"

#include <stddef.h>

#include "lib/core/schema.h"

struct mw_labels {
    struct mw_list labels[MW_FACET_N]; /* struct mw_sv */
    struct mw_list whole;              /* struct mw_sv: values that hold a comma themselves */
};

/* --- the label file ------------------------------------------------------------------------------------------------------ */

#define LABEL_FIELD(name, kind)                                                                                         \
    { .key = name, .type = MW_T_LIST, .item = MW_T_TEXT, .offset = (kind) * sizeof(struct mw_list) }
static const struct mw_field FACET_FIELDS[] = {
    LABEL_FIELD("funding_type", MW_FUNDING_TYPE),
    LABEL_FIELD("funding_area", MW_FUNDING_AREA),
    LABEL_FIELD("funding_location", MW_FUNDING_LOCATION),
    LABEL_FIELD("eligible_applicants", MW_ELIGIBLE_APPLICANTS),
    LABEL_FIELD("funder", MW_FUNDER),
};
static const struct mw_schema FACETS = { "labels", sizeof(struct mw_list[MW_FACET_N]), FACET_FIELDS,
                                         sizeof FACET_FIELDS / sizeof *FACET_FIELDS };
static const struct mw_field FILE_FIELDS[] = {
    { MW_FIELD(mw_labels, "labels", MW_T_RECORD, labels), .needed = true, .sub = &FACETS },
    { MW_FIELD(mw_labels, "whole", MW_T_LIST, whole), .item = MW_T_TEXT },
};
static const struct mw_schema FILE_SCHEMA = MW_SCHEMA("label file", mw_labels, FILE_FIELDS);

enum mw_rc mw_labels_load(struct mw_labels **out, struct mw_arena *a, const char *path, struct mw_diags *diags)
{
    struct mw_node *node;
    struct mw_labels *labels = mw_arena_alloc(a, sizeof *labels);

    *out = NULL;
    if (labels == NULL)
        return MW_NOMEM;
    enum mw_rc rc = mw_yaml_load(&node, a, path, diags);
    if (rc != MW_OK)
        return rc;
    if (!mw_schema_read(&FILE_SCHEMA, node, labels, a, diags))
        return MW_INVALID;
    *out = labels;
    return MW_OK;
}

/* --- facets ---------------------------------------------------------------------------------------------------------------- */

static struct mw_sv without_colon(struct mw_sv s)
{
    s = mw_sv_trim(s);
    if (s.n > 0 && s.p[s.n - 1] == ':')
        s.n--;
    return mw_sv_trim(s);
}

static bool facet_of(const struct mw_labels *labels, struct mw_sv name, size_t *facet)
{
    name = without_colon(name);
    for (size_t k = 0; k < MW_FACET_N; k++)
        for (size_t i = 0; i < labels->labels[k].n; i++)
            if (mw_sv_ieq(name, *MW_AT(labels->labels[k], struct mw_sv, i))) {
                *facet = k;
                return true;
            }
    return false;
}

/* The first value of a comma list: one of the whole ones where it stands here, else up to the next comma. */
static struct mw_sv first_value(const struct mw_labels *labels, struct mw_sv list)
{
    struct mw_sv head, tail, best = { list.p, 0 };

    for (size_t i = 0; i < labels->whole.n; i++) {
        struct mw_sv whole = *MW_AT(labels->whole, struct mw_sv, i);
        if (whole.n > best.n && mw_sv_starts(list, whole))
            best = mw_sv_sub(list, 0, whole.n);
    }
    mw_sv_cut(mw_sv_sub(list, best.n, list.n), ',', &head, &tail);
    return mw_sv_sub(list, 0, best.n + head.n);
}

static bool add_values(struct mw_list *out, struct mw_arena *a, const struct mw_labels *labels, struct mw_sv list)
{
    while ((list = mw_sv_trim(list)).n > 0) {
        struct mw_sv value = first_value(labels, list);
        list = mw_sv_sub(list, value.n + 1, list.n); /* behind the comma */
        value = mw_sv_trim(value);
        struct mw_sv *slot = value.n > 0 ? mw_list_add(a, out, sizeof *slot) : NULL;
        if (slot != NULL)
            *slot = value;
        else if (value.n > 0)
            return false;
    }
    return true;
}

/* --- the notice ------------------------------------------------------------------------------------------------------------ */

enum mw_rc mw_notice_from_page(struct mw_notice *out, struct mw_arena *a, const struct mw_page *page,
                               const struct mw_labels *labels, struct mw_sv url, struct mw_sv source, struct mw_err *err)
{
    size_t facet;

    *out = (struct mw_notice){ .url = url.n > 0 ? url : page->canonical,
                               .source = source.n > 0 ? source : MW_SV("page"),
                               .title = mw_sv_trim(page->title),
                               .language = page->language.n >= 2 ? mw_sv_sub(page->language, 0, 2) : MW_SV("de"),
                               .opens = MW_DAY_NONE,
                               .fetched_at = MW_SV_NONE };
    if (out->url.n == 0)
        return mw_fail(err, MW_INVALID, "The page does not say its own address; add <link rel=\"canonical\" href=\"...\">, or give it to `sources try` with --url.");
    if (out->title.n == 0)
        return mw_fail(err, MW_INVALID, "The page has no title (neither h1 nor <title>).");
    for (size_t i = 0; i < page->sections.n; i++) {
        const struct mw_page_section *from = MW_AT(page->sections, struct mw_page_section, i);
        struct mw_section *to = mw_list_add(a, &out->sections, sizeof *to);
        if (to == NULL)
            return mw_nomem(err);
        *to = (struct mw_section){ .heading = from->heading, .raw = from->html, .html = true, .text = from->text };
    }
    for (size_t i = 0; i < page->facts.n; i++) {
        const struct mw_page_pair *pair = MW_AT(page->facts, struct mw_page_pair, i);
        if (facet_of(labels, pair->name, &facet) && !add_values(&out->facets[facet], a, labels, pair->value))
            return mw_nomem(err);
    }
    return MW_OK;
}
