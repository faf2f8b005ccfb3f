/* The two readers of JSON held beside each other: whatever the quick one takes, the careful one reads the same. */
#ifndef MW_TESTS_JSON_READERS_H
#define MW_TESTS_JSON_READERS_H

#include "lib/core/json_inside.h"

static inline bool same_tree(const struct mw_node *a, const struct mw_node *b)
{
    if (a->kind != b->kind || a->n != b->n)
        return false;
    if (a->kind == MW_SCALAR)
        return a->style == b->style && mw_sv_eq(a->text, b->text) && a->text.p[a->text.n] == b->text.p[b->text.n];
    for (size_t i = 0; i < a->n; i++)
        if (a->kind == MW_MAP ? !mw_sv_eq(a->pairs[i].key, b->pairs[i].key) || !same_tree(a->pairs[i].value, b->pairs[i].value)
                              : !same_tree(a->items[i], b->items[i]))
            return false;
    return true;
}

static inline bool is_quickly_read(struct mw_sv text)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_node *node = NULL;
    bool taken = mw_json_quick(&node, a, &(struct mw_pos){ "t", 1, 0 }, text);
    mw_arena_free(a);
    return taken;
}

/* true as well where the quick one leaves it to the other. */
static inline bool readers_agree(struct mw_sv text)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_node *quick = NULL, *careful = NULL;
    bool agree = !mw_json_quick(&quick, a, &(struct mw_pos){ "t", 1, 0 }, text) ||
                 (mw_json_careful(&careful, a, "t", 1, text, NULL) == MW_OK && same_tree(quick, careful));
    mw_arena_free(a);
    return agree;
}

#endif
