/* Implements pointer.h. */
#include "crawler/pointer.h"

static const struct mw_node *step(const struct mw_node *node, struct mw_sv name)
{
    MW_AUTO(mw_str_free) struct mw_str key = MW_STR_INIT;
    int64_t i;

    if (node != NULL && node->kind == MW_SEQ && mw_sv_int(name, &i))
        return i >= 0 && (uint64_t)i < node->n ? node->items[i] : NULL;
    if (node != NULL && node->kind == MW_SEQ)
        node = node->n > 0 ? node->items[0] : NULL;
    if (node == NULL || node->kind != MW_MAP)
        return NULL;
    if (mw_sv_eqz(name, "*"))
        return node->n > 0 ? node->pairs[0].value : NULL;
    for (size_t k = 0; k < name.n; k++) { /* ~1 is a slash, ~0 a tilde */
        bool escaped = name.p[k] == '~' && k + 1 < name.n && (name.p[k + 1] == '0' || name.p[k + 1] == '1');
        if (escaped)
            k++;
        mw_str_addc(&key, (char)(!escaped ? name.p[k] : name.p[k] == '0' ? '~' : '/'));
    }
    return mw_node_get(node, mw_str_z(&key));
}

const struct mw_node *mw_pointer(const struct mw_node *node, struct mw_sv pointer)
{
    struct mw_sv name, rest = pointer;
    while (node != NULL && rest.n > 0) {
        bool more = mw_sv_cut(mw_sv_sub(rest, 1, rest.n), '/', &name, &rest);
        node = step(node, name);
        rest = more ? mw_sv_n(rest.p - 1, rest.n + 1) : MW_SV("");
    }
    return node;
}

struct mw_sv mw_scalar_text(const struct mw_node *node)
{
    if (node != NULL && node->kind == MW_SEQ)
        node = node->n > 0 ? node->items[0] : NULL;
    return node != NULL && node->kind == MW_SCALAR && !mw_node_absent(node) ? node->text : MW_SV_NONE;
}

struct mw_sv mw_pointer_text(const struct mw_node *node, struct mw_sv pointer)
{
    struct mw_sv text = mw_scalar_text(mw_pointer(node, pointer));
    return mw_sv_trim(text).n > 0 ? text : MW_SV_NONE;
}

static bool add_text(struct mw_arena *a, struct mw_list *texts, const struct mw_node *node)
{
    struct mw_sv text = node->kind == MW_SCALAR ? mw_scalar_text(node) : MW_SV_NONE;
    struct mw_sv *slot = mw_sv_trim(text).n > 0 ? mw_list_add(a, texts, sizeof *slot) : NULL;
    if (slot != NULL)
        *slot = text;
    return slot != NULL || mw_sv_trim(text).n == 0;
}

static bool add_node(struct mw_arena *a, struct mw_list *nodes, const struct mw_node *node)
{
    const struct mw_node **slot = node != NULL ? mw_list_add(a, nodes, sizeof(struct mw_node *)) : NULL;
    if (slot != NULL)
        *slot = node;
    return slot != NULL || node == NULL;
}

/* The elements of the lists among the nodes, in place of these. */
static bool open_lists(struct mw_arena *a, struct mw_list *nodes)
{
    struct mw_list out = { NULL, 0, 0 };
    bool ok = true;
    for (size_t i = 0; i < nodes->n && ok; i++) {
        const struct mw_node *node = *MW_AT(*nodes, const struct mw_node *, i);
        bool list = node->kind == MW_SEQ;
        for (size_t k = 0; k < (list ? node->n : 1) && ok; k++)
            ok = add_node(a, &out, list ? node->items[k] : node);
    }
    *nodes = out;
    return ok;
}

bool mw_pointer_texts(struct mw_arena *a, struct mw_list *texts, const struct mw_node *node, struct mw_sv pointer)
{
    struct mw_list nodes = { NULL, 0, 0 };
    struct mw_sv name, rest = pointer;
    int64_t index;
    bool ok = add_node(a, &nodes, node);

    while (rest.n > 0 && ok) {
        struct mw_list next = { NULL, 0, 0 };
        bool more = mw_sv_cut(mw_sv_sub(rest, 1, rest.n), '/', &name, &rest);
        rest = more ? mw_sv_n(rest.p - 1, rest.n + 1) : MW_SV("");
        ok = mw_sv_int(name, &index) || open_lists(a, &nodes);
        for (size_t i = 0; i < nodes.n && ok; i++)
            ok = add_node(a, &next, step(*MW_AT(nodes, const struct mw_node *, i), name));
        nodes = next;
    }
    ok = ok && open_lists(a, &nodes);
    for (size_t i = 0; i < nodes.n && ok; i++)
        ok = add_text(a, texts, *MW_AT(nodes, const struct mw_node *, i));
    return ok;
}
