/* Good JSON to nodes in one pass over a copy of it, in which the nodes' texts stay where they stood.
 *
 * Nearly all that is read is good and simple, and jansson takes ten times as long for that: it passes every byte through a function
 * and makes a tree of its own first. So this reader knows the simple cases only. Whatever else comes (no UTF-8, no JSON, a key twice,
 * numbers beyond short integers, objects with very many keys, texts of some size) it leaves to jansson, which then reads it, or says
 * what is wrong. It must never take what jansson refuses, nor read it otherwise: the tests hold one beside the other. */
#include "lib/core/json_inside.h"

#include <utf8proc.h>

enum {
    TEXT_MAX = 4 << 20, /* so much is soon read twice */
    KEYS_MAX = 64,      /* each is held against those before it */
    DIGITS_MAX = 18     /* of integers that surely fit */
};

struct quick {
    struct mw_arena *arena;
    struct mw_pos pos;
    char *p, *end; /* what is to be read; there is a zero at the end, which no value begins with */
};

static void skip_space(struct quick *q)
{
    while (*q->p == ' ' || *q->p == '\n' || *q->p == '\r' || *q->p == '\t')
        q->p++;
}

/* --- strings ---------------------------------------------------------------------------------------------------------- */

/* Has one of eight bytes the value? (Mycroft 1987: subtracting one borrows from the top bit only below.) */
static uint64_t has_below(uint64_t eight, unsigned char limit)
{
    return (eight - UINT64_C(0x0101010101010101) * limit) & ~eight & UINT64_C(0x8080808080808080);
}

static uint64_t has(uint64_t eight, unsigned char byte) { return has_below(eight ^ (UINT64_C(0x0101010101010101) * byte), 1); }

/* The next byte that ends or escapes a string, or must not stand in one; the zero at the end is such. */
static char *next_special(const struct quick *q)
{
    char *p = q->p;
    uint64_t eight;

    for (; (size_t)(q->end - p) >= sizeof eight; p += sizeof eight) {
        memcpy(&eight, p, sizeof eight);
        if ((has(eight, '"') | has(eight, '\\') | has_below(eight, 0x20)) != 0)
            break;
    }
    while ((unsigned char)*p >= 0x20 && *p != '"' && *p != '\\')
        p++;
    return p;
}

/* The four digits of \uXXXX; -1: they are none. */
static int32_t hex(const char *p)
{
    int32_t v = 0;

    for (int i = 0; i < 4; i++) { /* the zero at the end is no digit, so nothing is read behind it */
        char c = p[i], low = (char)(c | 0x20);
        int digit = c >= '0' && c <= '9' ? c - '0' : low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
        if (digit < 0)
            return -1;
        v = v * 16 + digit;
    }
    return v;
}

/* What stands behind \u, q->p, as a code point; pairs of surrogates are one. 0: none, or the zero character. */
static int32_t code_point(struct quick *q)
{
    int32_t cp = hex(q->p);

    if (cp <= 0 || (cp >= 0xDC00 && cp <= 0xDFFF))
        return 0;
    q->p += 4;
    if (cp < 0xD800 || cp > 0xDFFF)
        return cp;
    int32_t low = q->p[0] == '\\' && q->p[1] == 'u' ? hex(q->p + 2) : -1;
    if (low < 0xDC00 || low > 0xDFFF)
        return 0;
    q->p += 6;
    return 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
}

/* An escape, q->p at its backslash, written to *to, where it takes less room than it took. */
static bool escape(struct quick *q, char **to)
{
    static const char NAMES[] = "\"\\/bfnrt", MEAN[] = "\"\\/\b\f\n\r\t";
    char c = q->p[1];
    const char *name = c != '\0' ? strchr(NAMES, c) : NULL;

    q->p += 2;
    if (name != NULL) {
        *(*to)++ = MEAN[name - NAMES];
        return true;
    }
    int32_t cp = c == 'u' ? code_point(q) : 0;
    if (cp == 0)
        return false;
    *to += utf8proc_encode_char(cp, (utf8proc_uint8_t *)*to);
    return true;
}

/* q->p at its quote. It ends with a zero, where a quote stood or escapes left room. */
static bool string(struct quick *q, struct mw_sv *out)
{
    char *begin = ++q->p, *to = NULL;

    for (;;) {
        char *special = next_special(q);
        size_t n = (size_t)(special - q->p);
        if (to == NULL)
            to = special;
        else
            to = (char *)memmove(to, q->p, n) + n;
        q->p = special;
        if (*special == '"')
            break;
        if (*special != '\\' || !escape(q, &to))
            return false;
    }
    q->p++;
    *to = '\0';
    *out = mw_sv_n(begin, (size_t)(to - begin));
    return true;
}

/* --- other values -------------------------------------------------------------------------------------------------------- */

static bool is_of_number(char c) { return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E'; }

static struct mw_node *number(struct quick *q, struct mw_node *node)
{
    const char *begin = q->p, *digits = begin + (*begin == '-');
    bool short_integer = true;

    for (; is_of_number(*q->p); q->p++)
        short_integer = short_integer && (q->p < digits || (*q->p >= '0' && *q->p <= '9'));
    size_t n = (size_t)(q->p - digits);
    if (short_integer && n > 0 && n <= DIGITS_MAX && (*digits != '0' || (n == 1 && digits == begin))) {
        node->style = MW_JSON_NUMBER;
        node->text = mw_arena_copy(q->arena, mw_sv_n(begin, (size_t)(q->p - begin)));
        return node->text.p != NULL ? node : NULL;
    }
    struct mw_node *whole;
    if (mw_json_careful(&whole, q->arena, "", 1, mw_sv_n(begin, (size_t)(q->p - begin)), NULL) != MW_OK)
        return NULL;
    node->style = whole->style;
    node->text = whole->text;
    return node;
}

static struct mw_node *word(struct quick *q, struct mw_node *node, struct mw_sv name, enum mw_scalar style)
{
    if (strncmp(q->p, name.p, name.n) != 0)
        return NULL;
    q->p += name.n;
    node->style = style;
    node->text = name;
    return node;
}

/* NOLINTBEGIN(misc-no-recursion): at most MW_DEPTH_MAX deep */
static struct mw_node *value(struct quick *q, int depth);

static bool has_key(const struct mw_list *pairs, struct mw_sv key)
{
    for (size_t i = 0; i < pairs->n; i++)
        if (mw_sv_eq(MW_AT(*pairs, struct mw_pair, i)->key, key))
            return true;
    return false;
}

static bool member(struct quick *q, struct mw_list *pairs, int depth)
{
    struct mw_sv key;

    if (*q->p != '"' || !string(q, &key) || pairs->n == KEYS_MAX || has_key(pairs, key))
        return false;
    skip_space(q);
    if (*q->p != ':')
        return false;
    q->p++;
    struct mw_node *v = value(q, depth);
    struct mw_pair *pair = v != NULL ? mw_list_add(q->arena, pairs, sizeof *pair) : NULL;
    if (pair != NULL)
        *pair = (struct mw_pair){ key, q->pos, v };
    return pair != NULL;
}

static bool element(struct quick *q, struct mw_list *items, int depth)
{
    struct mw_node *v = value(q, depth), **slot = v != NULL ? mw_list_add(q->arena, items, sizeof(struct mw_node *)) : NULL;
    if (slot != NULL)
        *slot = v;
    return slot != NULL;
}

/* q->p at its bracket. */
static struct mw_node *container(struct quick *q, struct mw_node *node, int depth)
{
    struct mw_list list = { NULL, 0, 0 };
    bool map = *q->p == '{';
    char close = map ? '}' : ']';

    if (depth == MW_DEPTH_MAX)
        return NULL;
    q->p++;
    skip_space(q);
    for (bool more = *q->p != close; more; q->p += more) {
        skip_space(q);
        if (!(map ? member(q, &list, depth + 1) : element(q, &list, depth + 1)))
            return NULL;
        skip_space(q);
        more = *q->p == ',';
    }
    if (*q->p != close)
        return NULL;
    q->p++;
    node->kind = map ? MW_MAP : MW_SEQ;
    node->n = list.n;
    if (map)
        node->pairs = list.items;
    else
        node->items = list.items;
    return node;
}

static struct mw_node *value(struct quick *q, int depth)
{
    struct mw_node *node = mw_arena_alloc(q->arena, sizeof *node);

    if (node == NULL)
        return NULL;
    node->kind = MW_SCALAR;
    node->pos = q->pos;
    skip_space(q);
    switch (*q->p) {
    case '{':
    case '[':
        return container(q, node, depth);
    case '"':
        node->style = MW_JSON_STRING;
        return string(q, &node->text) ? node : NULL;
    case 't':
        return word(q, node, MW_SV("true"), MW_JSON_BOOL);
    case 'f':
        return word(q, node, MW_SV("false"), MW_JSON_BOOL);
    case 'n':
        return word(q, node, MW_SV("null"), MW_JSON_NULL);
    default:
        return is_of_number(*q->p) ? number(q, node) : NULL;
    }
}
/* NOLINTEND(misc-no-recursion) */

bool mw_json_quick(struct mw_node **out, struct mw_arena *a, const struct mw_pos *at, struct mw_sv bytes)
{
    if (bytes.n == 0 || bytes.n > TEXT_MAX || mw_utf8_invalid_at(bytes) != SIZE_MAX)
        return false;
    struct mw_sv copy = mw_arena_copy(a, bytes);
    if (copy.p == NULL)
        return false;
    struct quick q = { .arena = a, .pos = *at, .p = (char *)(uintptr_t)copy.p, .end = (char *)(uintptr_t)copy.p + copy.n };
    struct mw_node *root = value(&q, 0);
    if (root != NULL)
        skip_space(&q);
    if (root == NULL || q.p != q.end)
        return false;
    *out = root;
    return true;
}
