/* Good JSON to nodes through yajl, which tells what it meets as it goes: no tree in between, and seven times as fast as jansson.
 *
 * yajl 2.1 says little about what is wrong, lets a key stand twice, takes a vertical tab for space, and makes of half a surrogate pair
 * what no UTF-8 is. So whatever is not plainly good is left to jansson, which then reads it or says what is wrong (json.c). Nothing may be taken that jansson refuses, or
 * be read otherwise: the tests hold one beside the other. */
#include "lib/core/json_inside.h"

#include <yajl/yajl_parse.h>

enum {
    KEYS_MAX = 64,  /* each is held against those before it */
    DIGITS_MAX = 18 /* of integers that surely fit */
};

struct level { struct mw_node *node; struct mw_list children; struct mw_sv key; }; /* key: of the member to come */
struct quick {
    struct mw_arena *arena;
    struct mw_pos pos;
    struct mw_node *root;
    int depth;
    struct level levels[MW_DEPTH_MAX];
};

/* A node in its place: the root, the next element, or the member whose key came last. NULL: no memory. */
static struct mw_node *placed(struct quick *q, enum mw_node_kind kind)
{
    struct level *l = q->depth > 0 ? &q->levels[q->depth - 1] : NULL;
    struct mw_node *node = mw_arena_alloc(q->arena, sizeof *node), **item;
    struct mw_pair *pair;

    if (node == NULL)
        return NULL;
    node->kind = kind;
    node->pos = q->pos;
    if (l == NULL) {
        q->root = node;
    } else if (l->node->kind == MW_MAP) {
        if ((pair = mw_list_add(q->arena, &l->children, sizeof *pair)) == NULL)
            return NULL;
        *pair = (struct mw_pair){ l->key, q->pos, node };
    } else {
        if ((item = mw_list_add(q->arena, &l->children, sizeof(struct mw_node *))) == NULL)
            return NULL;
        *item = node;
    }
    return node;
}

/* text: already in the arena or constant. */
static int put_scalar(struct quick *q, enum mw_scalar style, struct mw_sv text)
{
    struct mw_node *node = text.p != NULL ? placed(q, MW_SCALAR) : NULL;

    if (node == NULL)
        return 0;
    node->style = style;
    node->text = text;
    return 1;
}

/* --- what yajl calls; 0 ends the reading --------------------------------------------------------------------------------- */

static int on_null(void *ctx) { return put_scalar(ctx, MW_JSON_NULL, MW_SV("null")); }
static int on_bool(void *ctx, int yes) { return put_scalar(ctx, MW_JSON_BOOL, yes ? MW_SV("true") : MW_SV("false")); }

static int on_string(void *ctx, const unsigned char *p, size_t n)
{
    struct quick *q = ctx;
    return put_scalar(q, MW_JSON_STRING, mw_arena_copy(q->arena, mw_sv_n((const char *)p, n)));
}

/* Short integers stay as they are written; jansson says how all others are. */
static int on_number(void *ctx, const char *p, size_t n)
{
    struct quick *q = ctx;
    struct mw_sv text = mw_sv_n(p, n);
    size_t sign = n > 0 && *p == '-', digits = sign;

    while (digits < n && p[digits] >= '0' && p[digits] <= '9')
        digits++;
    if (digits == n && n - sign <= DIGITS_MAX && !mw_sv_eqz(text, "-0"))
        return put_scalar(q, MW_JSON_NUMBER, mw_arena_copy(q->arena, text));
    struct mw_node *number;
    return mw_json_careful(&number, q->arena, "", 1, text, NULL) == MW_OK && put_scalar(q, number->style, number->text);
}

static int begin(struct quick *q, enum mw_node_kind kind)
{
    struct mw_node *node = q->depth < MW_DEPTH_MAX ? placed(q, kind) : NULL;

    if (node == NULL)
        return 0;
    q->levels[q->depth++] = (struct level){ .node = node };
    return 1;
}

static int end(struct quick *q)
{
    struct level *l = &q->levels[--q->depth];

    l->node->n = l->children.n;
    if (l->node->kind == MW_MAP)
        l->node->pairs = l->children.items;
    else
        l->node->items = l->children.items;
    return 1;
}

static int on_map(void *ctx) { return begin(ctx, MW_MAP); }
static int on_map_end(void *ctx) { return end(ctx); }
static int on_array(void *ctx) { return begin(ctx, MW_SEQ); }
static int on_array_end(void *ctx) { return end(ctx); }

static int on_key(void *ctx, const unsigned char *p, size_t n)
{
    struct quick *q = ctx;
    struct level *l = &q->levels[q->depth - 1];

    l->key = mw_arena_copy(q->arena, mw_sv_n((const char *)p, n));
    if (l->key.p == NULL || l->children.n == KEYS_MAX)
        return 0;
    for (size_t i = 0; i < l->children.n; i++)
        if (mw_sv_eq(MW_AT(l->children, struct mw_pair, i)->key, l->key))
            return 0;
    return 1;
}

/* --- the door ----------------------------------------------------------------------------------------------------- */

/* Whether a vertical tab or form feed, which only yajl takes for space, may be there, or an escape of a surrogate or of the zero character. */
static bool is_doubtful(struct mw_sv s)
{
    if (memchr(s.p, '\v', s.n) != NULL || memchr(s.p, '\f', s.n) != NULL)
        return true;
    for (size_t at = 0; (at = mw_sv_find(s, MW_SV("\\u"), at)) != SIZE_MAX; at += 2) {
        struct mw_sv digits = mw_sv_sub(s, at + 2, 4);
        if (digits.n < 4 || (digits.p[0] | 0x20) == 'd' || mw_sv_eqz(digits, "0000"))
            return true;
    }
    return false;
}

bool mw_json_quick(struct mw_node **out, struct mw_arena *a, const struct mw_pos *at, struct mw_sv bytes)
{
    static const yajl_callbacks ON = { .yajl_null = on_null, .yajl_boolean = on_bool, .yajl_number = on_number, .yajl_string = on_string,
                                       .yajl_start_map = on_map, .yajl_map_key = on_key, .yajl_end_map = on_map_end,
                                       .yajl_start_array = on_array, .yajl_end_array = on_array_end };
    if (bytes.n == 0 || mw_utf8_invalid_at(bytes) != SIZE_MAX || is_doubtful(bytes))
        return false;
    struct quick q = { .arena = a, .pos = *at };
    yajl_handle h = yajl_alloc(&ON, NULL, &q);
    bool good = h != NULL && yajl_config(h, yajl_dont_validate_strings, 1) != 0 && /* done above */
                yajl_config(h, yajl_allow_trailing_garbage, 1) != 0 &&             /* else it overlooks an open quote there */
                yajl_parse(h, (const unsigned char *)bytes.p, bytes.n) == yajl_status_ok;
    size_t used = good ? yajl_get_bytes_consumed(h) : 0;
    good = good && yajl_complete_parse(h) == yajl_status_ok && mw_sv_trim(mw_sv_sub(bytes, used, bytes.n)).n == 0;
    if (h != NULL)
        yajl_free(h);
    if (good)
        *out = q.root;
    return good;
}
