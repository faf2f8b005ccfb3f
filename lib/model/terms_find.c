/* Funding terms in a rules folder: all of them, or one by its id. */
#include "lib/core/file.h"
#include "lib/model/terms.h"

/* Adds the paths of the *.yaml in dir + sub: struct mw_sv, with a NUL behind each. MW_NOT_FOUND: there is no such folder. */
static enum mw_rc add_files(struct mw_list *out, struct mw_arena *a, const char *dir, const char *sub)
{
    struct mw_sv folder = mw_arena_printf(a, "%s%s", dir, sub);
    struct mw_list names = { 0 };

    if (folder.p == NULL)
        return MW_NOMEM;
    if (mw_dir_list(&names, a, folder.p, ".yaml", NULL) != MW_OK)
        return MW_NOT_FOUND;
    for (size_t i = 0; i < names.n; i++) {
        struct mw_sv *path = mw_list_add(a, out, sizeof *path);
        if (path == NULL)
            return MW_NOMEM;
        *path = mw_arena_printf(a, "%s/%.*s", folder.p, MW_SV_ARG(*MW_AT(names, struct mw_sv, i)));
    }
    return MW_OK;
}

/* The files of dir and dir/programmes; either folder may be absent. */
static enum mw_rc term_files(struct mw_list *out, struct mw_arena *a, const char *dir, struct mw_diags *diags)
{
    enum mw_rc here = add_files(out, a, dir, ""), below = here != MW_NOMEM ? add_files(out, a, dir, "/programmes") : here;

    if (here == MW_NOMEM || below == MW_NOMEM)
        return MW_NOMEM;
    if (here == MW_OK || below == MW_OK)
        return MW_OK;
    mw_diag_add(diags, MW_ERROR, NULL, "no-rules", "The rules folder \"%s\" cannot be read.", dir);
    return MW_IO;
}

/* The file that bears the id's name comes first: as a rule no other has to be read. */
static void name_first(struct mw_list *files, struct mw_arena *a, struct mw_sv id)
{
    struct mw_sv name = mw_arena_printf(a, "/%.*s.yaml", MW_SV_ARG(id)), path;

    for (size_t i = 0; i < files->n && name.p != NULL; i++) {
        path = *MW_AT(*files, struct mw_sv, i);
        if (!mw_sv_ends(path, name))
            continue;
        for (; i > 0; i--)
            *MW_AT(*files, struct mw_sv, i) = *MW_AT(*files, struct mw_sv, i - 1);
        *MW_AT(*files, struct mw_sv, 0) = path;
        return;
    }
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

/* The programme of that id in the project's own folder, whose faults are the user's to know. */
static enum mw_rc find_own(struct mw_terms *out, struct mw_arena *a, const char *own, struct mw_sv id, struct mw_diags *diags)
{
    struct mw_list files = { 0 };
    enum mw_rc rc = add_files(&files, a, own, "/programmes");

    name_first(&files, a, id);
    for (size_t i = 0; i < files.n && rc == MW_OK; i++) {
        struct mw_node *map = NULL;
        if ((rc = mw_yaml_load(&map, a, MW_AT(files, struct mw_sv, i)->p, diags)) == MW_OK &&
            mw_sv_eq(mw_node_text(map, "programme"), id))
            return mw_terms_read(out, a, map, diags);
    }
    return rc == MW_OK ? MW_NOT_FOUND : rc;
}

enum mw_rc mw_terms_find(struct mw_terms *out, struct mw_arena *a, const char *own, const char *dir, struct mw_sv id,
                         const struct mw_pos *at, struct mw_diags *diags)
{
    MW_AUTO(mw_diags_free) struct mw_diags scratch = MW_DIAGS_INIT(diags->lang);
    struct mw_list files = { 0 };
    const char **ids = NULL, *near;
    size_t n = 0;
    enum mw_rc rc = own != NULL ? find_own(out, a, own, id, diags) : MW_NOT_FOUND;

    if (rc != MW_NOT_FOUND || (rc = term_files(&files, a, dir, diags)) != MW_OK)
        return rc;
    name_first(&files, a, id);
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
    else {
        MW_AUTO(mw_str_free) struct mw_str all = MW_STR_INIT;
        mw_add_names(&all, ids, n);
        mw_diag_add(diags, MW_ERROR, at, "no-programme", "There is no programme \"%.*s\" in %s. There are: %s.", MW_SV_ARG(id), dir,
                    mw_str_z(&all));
    }
    for (size_t i = 0; i < scratch.n; i++) /* it may be the file that cannot be read */
        mw_diag_add(diags, MW_WARNING,
                    &(struct mw_pos){ scratch.items[i].file, scratch.items[i].line, scratch.items[i].col },
                    scratch.items[i].code, "%s", scratch.items[i].msg);
    return MW_NOT_FOUND;
}
