/* Implements extra.h. */
#include "crawler/extra.h"

#include <string.h>

#include "crawler/read.h"

static struct mw_node *new_node(struct mw_arena *a, enum mw_node_kind kind, enum mw_scalar style, struct mw_sv text)
{
    struct mw_node *n = mw_arena_alloc(a, sizeof *n);
    if (n != NULL)
        *n = (struct mw_node){ .kind = kind, .style = style, .text = text };
    return n;
}

struct mw_node *mw_new_map(struct mw_arena *a) { return new_node(a, MW_MAP, MW_PLAIN, MW_SV_NONE); }
struct mw_node *mw_new_seq(struct mw_arena *a) { return new_node(a, MW_SEQ, MW_PLAIN, MW_SV_NONE); }
struct mw_node *mw_new_text(struct mw_arena *a, struct mw_sv text) { return new_node(a, MW_SCALAR, MW_JSON_STRING, text); }

struct mw_node *mw_new_int(struct mw_arena *a, int64_t n)
{
    struct mw_sv text = mw_arena_printf(a, "%lld", (long long)n);
    return text.p != NULL ? new_node(a, MW_SCALAR, MW_JSON_NUMBER, text) : NULL;
}

/* Room for one more of n things: a bigger copy whenever n is a power of two. */
static void *grown(struct mw_arena *a, void *old, size_t n, size_t size)
{
    if (n > 0 && (n & (n - 1)) != 0)
        return old;
    void *bigger = mw_arena_array(a, n > 0 ? 2 * n : 1, size);
    if (bigger != NULL && n > 0)
        memcpy(bigger, old, n * size);
    return bigger;
}

bool mw_map_put(struct mw_arena *a, struct mw_node *map, const char *key, struct mw_node *value)
{
    struct mw_pair *pairs = map != NULL && value != NULL ? grown(a, map->pairs, map->n, sizeof *pairs) : NULL;
    if (pairs == NULL)
        return false;
    map->pairs = pairs;
    pairs[map->n++] = (struct mw_pair){ .key = mw_sv(key), .value = value };
    return true;
}

bool mw_map_text(struct mw_arena *a, struct mw_node *map, const char *key, struct mw_sv text)
{
    return text.n == 0 || mw_map_put(a, map, key, mw_new_text(a, text));
}

bool mw_seq_add(struct mw_arena *a, struct mw_node *seq, struct mw_node *item)
{
    struct mw_node **items = seq != NULL && item != NULL ? grown(a, seq->items, seq->n, sizeof(struct mw_node *)) : NULL;
    if (items == NULL)
        return false;
    seq->items = items;
    items[seq->n++] = item;
    return true;
}

bool mw_extra_put(struct mw_arena *a, struct mw_notice *n, const char *key, struct mw_node *value)
{
    if (value == NULL)
        return false;
    if (value->kind == MW_SCALAR ? value->text.n == 0 : value->n == 0)
        return true;
    struct mw_pair *pair = mw_list_add(a, &n->extra, sizeof *pair);
    if (pair == NULL)
        return false;
    *pair = (struct mw_pair){ .key = mw_sv(key), .value = value };
    return true;
}

bool mw_extra_text(struct mw_arena *a, struct mw_notice *n, const char *key, struct mw_sv text)
{
    return text.n == 0 || mw_extra_put(a, n, key, mw_new_text(a, text));
}

bool mw_facet_add(struct mw_arena *a, struct mw_notice *n, enum mw_facet_kind facet, struct mw_sv label)
{
    label = mw_sv_trim(label);
    for (size_t i = 0; i < n->facets[facet].n; i++)
        if (mw_sv_eq(*MW_AT(n->facets[facet], struct mw_sv, i), label))
            return true;
    if (label.n == 0)
        return true;
    struct mw_sv *slot = mw_list_add(a, &n->facets[facet], sizeof *slot);
    if (slot != NULL)
        *slot = label;
    return slot != NULL;
}
