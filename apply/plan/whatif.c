/* What if: values of a project changed before it is read, so that a plan can be compared with its variant. */
#include <stdlib.h>
#include <string.h>

#include "apply/plan/make.h"
#include "lib/core/file.h"

#define SAID_AS "--set" /* the file name of values that were given on the command line */

static struct mw_node *new_scalar(struct mw_arena *a, struct mw_sv text)
{
    struct mw_node *n = mw_arena_alloc(a, sizeof *n);

    if (n != NULL)
        *n = (struct mw_node){
            .kind = MW_SCALAR, .style = MW_PLAIN, .pos = { SAID_AS, 0, 0 }, .text = mw_arena_copy(a, text)
        };
    return n;
}

/* The place of a value below a node: by key in a map; in a list by id, name or code of its entries, or by number from
 * 0. */
static struct mw_node **child(const struct mw_node *n, struct mw_sv name)
{
    static const char *const NAMES[] = { "id", "name", "code" };
    int64_t index;

    for (size_t i = 0; n->kind == MW_MAP && i < n->n; i++)
        if (mw_sv_eq(n->pairs[i].key, name))
            return &n->pairs[i].value;
    for (size_t i = 0; n->kind == MW_SEQ && i < n->n; i++)
        for (size_t k = 0; k < sizeof NAMES / sizeof *NAMES && n->items[i]->kind == MW_MAP; k++)
            if (mw_sv_eq(mw_node_text(n->items[i], NAMES[k]), name))
                return &n->items[i];
    if (n->kind == MW_SEQ && mw_sv_int(name, &index) && index >= 0 && (uint64_t)index < n->n)
        return &n->items[index];
    return NULL;
}

/* A key that a map does not have yet. */
static bool add_key(struct mw_node *map, struct mw_arena *a, struct mw_sv key, struct mw_node *value)
{
    struct mw_pair *pairs = mw_arena_array(a, map->n + 1, sizeof *pairs);

    if (pairs == NULL)
        return false;
    if (map->n > 0)
        memcpy(pairs, map->pairs, map->n * sizeof *pairs);
    pairs[map->n] = (struct mw_pair){ mw_arena_copy(a, key), { SAID_AS, 0, 0 }, value };
    map->pairs = pairs;
    map->n++;
    return true;
}

/* applicants.0.budget stands in the profile; nobody has to say so. */
static bool is_of_profile(struct mw_sv name)
{
    static const char *const KEYS[] = { "applicants", "joint_mode", "kinds", "lots", "other_funding", "own_share", "phases",
                                        "quantities", "roles", "started", "summary", "volume" };
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
        if (mw_sv_eqz(name, KEYS[i]))
            return true;
    return false;
}

static enum mw_rc set_one(struct mw_node *root, struct mw_arena *a, struct mw_sv change, struct mw_diags *diags)
{
    struct mw_sv path, value, name;
    struct mw_node *at = root, *text, **profile = child(root, MW_SV("profile"));
    bool more;

    if (!mw_sv_cut(change, '=', &path, &value) || path.n == 0) {
        mw_diag_add(diags, MW_ERROR, NULL, "bad-change",
                    "\"%.*s\" is no change; write one as costs.sm.amount=350000 EUR.", MW_SV_ARG(change));
        return MW_INVALID;
    }
    path = mw_sv_trim(path);
    if ((text = new_scalar(a, mw_sv_trim(value))) == NULL)
        return MW_NOMEM;
    do {
        struct mw_node **place;
        more = mw_sv_cut(path, '.', &name, &path);
        if (at == root && profile != NULL && is_of_profile(name))
            at = *profile;
        place = child(at, name);
        if (place == NULL && !more && at->kind == MW_MAP)
            return add_key(at, a, name, text) ? MW_OK : MW_NOMEM;
        if (place == NULL) {
            mw_diag_add(diags, MW_ERROR, &at->pos, "bad-change", "There is no \"%.*s\" here to change (%.*s).",
                        MW_SV_ARG(name), MW_SV_ARG(change));
            return MW_INVALID;
        }
        if (!more)
            *place = text;
        else
            at = *place;
    } while (more);
    return MW_OK;
}

enum mw_rc mw_project_change(struct mw_node *root, struct mw_arena *a, const char *dir, const char *changes,
                             struct mw_diags *diags)
{
    struct mw_node **profile = child(root, MW_SV("profile"));
    struct mw_sv one, rest = mw_sv(changes);
    enum mw_rc rc = MW_OK;
    bool more = true;

    /* A profile in a file of its own is taken in, so that applicants.0.budget=nothaushalt finds its place. */
    if (profile != NULL && (*profile)->kind == MW_SCALAR && mw_project_inside((*profile)->text)) {
        struct mw_sv path = mw_path_join(a, dir, (*profile)->text);
        if (path.p == NULL)
            return MW_NOMEM;
        if ((rc = mw_yaml_load(profile, a, path.p, diags)) != MW_OK)
            return rc;
    }
    while (more && rc == MW_OK) {
        more = mw_sv_cut(rest, ';', &one, &rest);
        one = mw_sv_trim(one);
        if (one.n > 0)
            rc = set_one(root, a, one, diags);
    }
    return rc;
}
