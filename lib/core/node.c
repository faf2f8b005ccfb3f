/* Looking things up in a tree of nodes, and saying what was found there. */
#include "lib/core/node.h"

const struct mw_node *mw_node_get(const struct mw_node *map, const char *key)
{
    if (map == NULL || map->kind != MW_MAP)
        return NULL;
    for (size_t i = 0; i < map->n; i++)
        if (mw_sv_eqz(map->pairs[i].key, key))
            return map->pairs[i].value;
    return NULL;
}

struct mw_sv mw_node_text(const struct mw_node *map, const char *key)
{
    const struct mw_node *node = mw_node_get(map, key);
    return node != NULL && node->kind == MW_SCALAR && !mw_node_absent(node) ? node->text : MW_SV_NONE;
}

bool mw_node_absent(const struct mw_node *node)
{
    return node == NULL ||
           (node->kind == MW_SCALAR && (node->style == MW_JSON_NULL || (node->style == MW_PLAIN && node->text.n == 0)));
}

struct mw_node *mw_node_copy(struct mw_arena *a, const struct mw_node *node)
{
    struct mw_node *copy = mw_arena_alloc(a, sizeof *copy);

    if (copy == NULL)
        return NULL;
    *copy = *node;
    copy->pos = (struct mw_pos){ NULL, 0, 0 };
    if (node->kind == MW_MAP)
        copy->pairs = mw_arena_array(a, node->n, sizeof *copy->pairs);
    if (node->kind == MW_SEQ)
        copy->items = mw_arena_array(a, node->n, sizeof *copy->items);
    if (!mw_arena_own(a, &copy->text) || (node->kind == MW_MAP && copy->pairs == NULL) || (node->kind == MW_SEQ && copy->items == NULL))
        return NULL;
    for (size_t i = 0; i < node->n; i++) {
        const struct mw_node *from = node->kind == MW_MAP ? node->pairs[i].value : node->items[i];
        struct mw_node *value = from != NULL ? mw_node_copy(a, from) : NULL;
        if (from != NULL && value == NULL)
            return NULL;
        if (node->kind == MW_SEQ) {
            copy->items[i] = value;
            continue;
        }
        copy->pairs[i] = (struct mw_pair){ .key = node->pairs[i].key, .value = value };
        if (!mw_arena_own(a, &copy->pairs[i].key))
            return NULL;
    }
    return copy;
}

void mw_node_shown(struct mw_str *out, struct mw_sv text, size_t most)
{
    size_t at = 0, n = 0;
    while (at < text.n && n++ < most) {
        uint32_t cp = mw_utf8_next(text, &at);
        mw_utf8_add(out, mw_cp_control(cp) ? ' ' : cp);
    }
    if (at < text.n)
        mw_str_addz(out, "…");
}

void mw_node_found(struct mw_str *out, const struct mw_node *node, enum mw_lang lang)
{
    if (mw_node_absent(node)) {
        mw_str_addz(out, mw_tr(lang, "nothing"));
    } else if (node->kind == MW_SCALAR) {
        struct mw_str text = MW_STR_INIT;
        mw_node_shown(&text, node->text, 60);
        mw_str_addf(out, mw_tr(lang, "\"%s\""), mw_str_z(&text));
        mw_str_free(&text);
    } else {
        mw_str_addz(out, node->kind == MW_SEQ ? mw_tr(lang, "a list") : mw_tr(lang, "a group of keys"));
    }
}
