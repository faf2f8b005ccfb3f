/* Funding terms in a rules folder: all of them, or one by its id. */
#include "lib/core/file.h"
#include "lib/model/terms.h"

/* Paths of the *.yaml in dir and dir/programmes: struct mw_sv, with a NUL behind each. */
static enum mw_rc term_files(struct mw_list *out, struct mw_arena *a, const char *dir, struct mw_diags *diags)
{
    static const char *const SUB[] = { "", "/programmes" };
    MW_AUTO(mw_err_clear) struct mw_err err = MW_ERR_INIT(diags->lang);
    bool any = false;

    for (size_t s = 0; s < sizeof SUB / sizeof *SUB; s++) {
        struct mw_sv sub = mw_arena_printf(a, "%s%s", dir, SUB[s]);
        struct mw_list names = { 0 };
        if (sub.p == NULL)
            return MW_NOMEM;
        if (mw_dir_list(&names, a, sub.p, ".yaml", &err) != MW_OK)
            continue; /* either folder may be absent */
        any = true;
        for (size_t i = 0; i < names.n; i++) {
            struct mw_sv *path = mw_list_add(a, out, sizeof *path);
            if (path == NULL)
                return MW_NOMEM;
            *path = mw_arena_printf(a, "%s/%.*s", sub.p, MW_SV_ARG(*MW_AT(names, struct mw_sv, i)));
        }
    }
    if (any)
        return MW_OK;
    mw_diag_add(diags, MW_ERROR, NULL, "no-rules", "The rules folder \"%s\" cannot be read.", dir);
    return MW_IO;
}

enum mw_rc mw_terms_list(struct mw_list *out, struct mw_arena *a, const char *dir, struct mw_diags *diags)
{
    struct mw_list files = { 0 };
    enum mw_rc rc = term_files(&files, a, dir, diags);

    for (size_t i = 0; i < files.n && rc == MW_OK; i++) {
        struct mw_node *map = NULL;
        struct mw_terms terms;
        rc = mw_yaml_load(&map, a, MW_AT(files, struct mw_sv, i)->p, diags);
        if (rc == MW_OK && mw_node_get(map, "editions") != NULL &&
            (rc = mw_terms_read(&terms, a, map, diags)) == MW_OK) {
            struct mw_terms *t = mw_list_add(a, out, sizeof *t);
            if (t == NULL)
                return MW_NOMEM;
            *t = terms;
        }
        if (rc == MW_INVALID || rc == MW_IO)
            rc = MW_OK; /* said in diags; the others still count */
    }
    return rc;
}

enum mw_rc mw_terms_find(struct mw_terms *out, struct mw_arena *a, const char *dir, struct mw_sv id,
                         const struct mw_pos *at, struct mw_diags *diags)
{
    MW_AUTO(mw_diags_free) struct mw_diags scratch = MW_DIAGS_INIT(diags->lang);
    struct mw_list files = { 0 };
    const char **ids = NULL, *near;
    size_t n = 0;
    enum mw_rc rc = term_files(&files, a, dir, diags);

    if (rc != MW_OK)
        return rc;
    ids = mw_arena_array(a, files.n + 1, sizeof *ids);
    for (size_t i = 0; i < files.n && ids != NULL; i++) {
        struct mw_node *map = NULL;
        struct mw_sv have;
        if (mw_yaml_load(&map, a, MW_AT(files, struct mw_sv, i)->p, &scratch) != MW_OK ||
            mw_node_get(map, "editions") == NULL)
            continue;
        have = mw_node_text(map, "programme");
        if (mw_sv_eq(have, id))
            return mw_terms_read(out, a, map, diags);
        if (have.p != NULL && (ids[n] = mw_arena_z(a, have)) != NULL)
            n++;
    }
    near = mw_nearest(id, ids, n);
    if (near != NULL)
        mw_diag_add(diags, MW_ERROR, at, "no-programme", "There is no programme \"%.*s\" in %s; did you mean \"%s\"?",
                    MW_SV_ARG(id), dir, near);
    else
        mw_diag_add(diags, MW_ERROR, at, "no-programme", "There is no programme \"%.*s\" in %s.", MW_SV_ARG(id), dir);
    for (size_t i = 0; i < scratch.n; i++) /* it may be the file that cannot be read */
        mw_diag_add(diags, MW_WARNING,
                    &(struct mw_pos){ scratch.items[i].file, scratch.items[i].line, scratch.items[i].col },
                    scratch.items[i].code, "%s", scratch.items[i].msg);
    return MW_NOT_FOUND;
}
