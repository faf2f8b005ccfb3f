/* Code lists of sources (source.h): a map of lists, each a map from code to label. */
#include "crawler/source.h"

struct mw_codes {
    const struct mw_node *lists;
};

enum mw_rc mw_codes_load(struct mw_codes **out, struct mw_arena *a, const char *path, struct mw_diags *diags)
{
    struct mw_node *node = NULL;
    size_t errors = diags->errors;

    *out = NULL;
    enum mw_rc rc = mw_yaml_load(&node, a, path, diags);
    if (node == NULL)
        return rc != MW_OK ? rc : MW_INVALID;
    for (size_t i = 0; i < node->n && node->kind == MW_MAP; i++) {
        const struct mw_node *list = node->pairs[i].value;
        if (list->kind != MW_MAP)
            mw_diag_add(diags, MW_ERROR, &list->pos, "codes", "A code list maps codes to labels.");
        for (size_t k = 0; list->kind == MW_MAP && k < list->n; k++)
            if (list->pairs[k].value->kind != MW_SCALAR || mw_node_absent(list->pairs[k].value))
                mw_diag_add(diags, MW_ERROR, &list->pairs[k].pos, "codes", "This code has no label.");
    }
    struct mw_codes *codes = mw_arena_alloc(a, sizeof *codes);
    if (codes == NULL)
        return MW_NOMEM;
    codes->lists = node;
    *out = codes;
    return diags->errors == errors ? MW_OK : MW_INVALID;
}

static const struct mw_node *get(const struct mw_node *map, struct mw_sv key)
{
    for (size_t i = 0; map != NULL && map->kind == MW_MAP && i < map->n; i++)
        if (mw_sv_eq(map->pairs[i].key, key))
            return map->pairs[i].value;
    return NULL;
}

bool mw_codes_has(const struct mw_codes *c, struct mw_sv list) { return c != NULL && get(c->lists, list) != NULL; }

struct mw_sv mw_codes_label(const struct mw_codes *c, struct mw_sv list, struct mw_sv code)
{
    const struct mw_node *label = c != NULL ? get(get(c->lists, list), code) : NULL;
    return label != NULL && label->kind == MW_SCALAR ? label->text : MW_SV_NONE;
}

struct mw_sv mw_codes_longest(const struct mw_codes *c, struct mw_sv list, struct mw_sv s)
{
    const struct mw_node *map = c != NULL ? get(c->lists, list) : NULL;
    struct mw_sv best = MW_SV_NONE;
    for (size_t i = 0; map != NULL && map->kind == MW_MAP && i < map->n; i++) {
        struct mw_sv label = map->pairs[i].value->text;
        if (label.n > best.n && mw_sv_starts(s, label))
            best = mw_sv_sub(s, 0, label.n);
    }
    return best;
}
