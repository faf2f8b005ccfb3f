#include "cli/kinds.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/core/file.h"

enum { DEPTH_MAX = 8 };

enum mw_file_kind mw_cli_kind(struct mw_cli *cli, const char *path)
{
    static const struct { const char *key; enum mw_file_kind kind; } KEYS[] = {
        { "project", MW_KIND_PROJECT }, { "editions", MW_KIND_PROGRAMME }, { "tariff", MW_KIND_TARIFF },
        { "checks", MW_KIND_CHECKS },   { "profile", MW_KIND_PROFILE },
    };
    MW_AUTO(mw_diags_free) struct mw_diags scratch = MW_DIAGS_INIT(cli->lang); /* whoever reads the file says it again */
    struct mw_node *map = NULL;

    mw_yaml_load(&map, cli->arena, path, &scratch);
    if (map == NULL)
        return MW_KIND_UNREADABLE;
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS && map->kind == MW_MAP; i++)
        if (mw_node_get(map, KEYS[i].key) != NULL)
            return KEYS[i].kind;
    return map->kind == MW_MAP ? MW_KIND_UNKNOWN : MW_KIND_TEXT;
}

/* --- folders -------------------------------------------------------------------------------------------------------------- */

struct walk { struct mw_cli *cli; struct mw_list *out; enum mw_file_kind kind; size_t max; };

static bool is_wanted(const struct walk *w, const char *path)
{
    enum mw_file_kind kind;

    if (!mw_sv_ends(mw_sv(path), MW_SV(".yaml")))
        return false;
    kind = mw_cli_kind(w->cli, path);
    return kind == w->kind || (kind == MW_KIND_UNREADABLE && w->kind == MW_KIND_PROJECT);
}

static enum mw_rc add_path(const struct walk *w, const char *path)
{
    if (w->out->n >= w->max)
        return mw_fail(&w->cli->err, MW_INVALID, "More than %zu files; name fewer or smaller folders.", w->max);
    const char **slot = mw_list_add(w->cli->arena, w->out, sizeof *slot);
    if (slot == NULL || path == NULL)
        return mw_nomem(&w->cli->err);
    *slot = path;
    return MW_OK;
}

static enum mw_rc add_folder(const struct walk *w, const char *dir, int depth)
{
    DIR *d = opendir(dir);
    enum mw_rc rc = MW_OK;

    if (d == NULL)
        return mw_fail(&w->cli->err, MW_IO, "The folder \"%s\" cannot be read.", dir);
    for (struct dirent *e; rc == MW_OK && (e = readdir(d)) != NULL;) {
        const char *path = mw_arena_printf(w->cli->arena, "%s/%s", dir, e->d_name).p;
        struct stat st;
        if (path == NULL)
            rc = mw_nomem(&w->cli->err);
        else if (e->d_name[0] == '.' || lstat(path, &st) != 0)
            continue;
        else if (S_ISDIR(st.st_mode) && depth < DEPTH_MAX)
            rc = add_folder(w, path, depth + 1);
        else if (S_ISREG(st.st_mode) && is_wanted(w, path))
            rc = add_path(w, path);
    }
    closedir(d);
    return rc;
}

static int by_text(const void *x, const void *y) { return strcmp(*(const char *const *)x, *(const char *const *)y); }

/* A file that is named twice, or once and with its folder, is meant once. What is not there is said by whoever reads it. */
static enum mw_rc drop_doubles(struct mw_cli *cli, struct mw_list *paths)
{
    struct mw_sv *real = mw_arena_array(cli->arena, paths->n + 1, sizeof *real);
    size_t kept = 0;

    for (size_t i = 0; i < paths->n && real != NULL; i++) {
        const char *path = *MW_AT(*paths, const char *, i);
        char *whole = realpath(path, NULL);
        const struct mw_sv name = mw_arena_copy(cli->arena, mw_sv(whole != NULL ? whole : path));
        size_t k = 0;
        free(whole);
        if (name.p == NULL)
            return mw_nomem(&cli->err);
        while (k < kept && !mw_sv_eq(real[k], name))
            k++;
        if (k < kept)
            continue;
        real[kept] = name;
        *MW_AT(*paths, const char *, kept++) = path;
    }
    paths->n = kept;
    return real != NULL ? MW_OK : mw_nomem(&cli->err);
}

enum mw_rc mw_cli_files_of(struct mw_cli *cli, struct mw_list *out, enum mw_file_kind kind, size_t max)
{
    const struct walk w = { cli, out, kind, max };
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < cli->n_args && rc == MW_OK; i++) {
        size_t before = out->n;
        struct stat st;
        if (stat(cli->args[i], &st) != 0 || !S_ISDIR(st.st_mode)) {
            rc = add_path(&w, cli->args[i]);
            continue;
        }
        rc = add_folder(&w, cli->args[i], 0);
        if (rc == MW_OK && w.out->n == before)
            rc = mw_fail(&cli->err, MW_INVALID,
                         kind == MW_KIND_PROFILE ? "No profile lies in \"%s\" or below it: a profile is a .yaml file with the key profile."
                                                 : "No project lies in \"%s\" or below it: a project is a .yaml file with the key project.",
                         cli->args[i]);
        if (rc == MW_OK && w.out->n > before + 1)
            qsort(MW_AT(*out, const char *, before), out->n - before, sizeof(const char *), by_text);
    }
    return rc == MW_OK ? drop_doubles(cli, out) : rc;
}

/* --- another kind --------------------------------------------------------------------------------------------------------- */

static bool is_yaml(const char *path)
{
    return mw_sv_ends(mw_sv(path), MW_SV(".yaml")) || mw_sv_ends(mw_sv(path), MW_SV(".yml"));
}

enum mw_rc mw_cli_unusable(struct mw_cli *cli, const char *path, enum mw_file_kind wanted, enum mw_rc rc)
{
    enum mw_file_kind kind = mw_cli_kind(cli, path);
    bool paper = kind == MW_KIND_TEXT || (kind == MW_KIND_UNREADABLE && access(path, R_OK) == 0 && !is_yaml(path));
    bool profile = wanted == MW_KIND_PROFILE;

    if (rc == MW_NOT_FOUND)
        rc = MW_INVALID;
    if (kind == wanted || rc == MW_NOMEM || (!paper && kind < MW_KIND_PROJECT)) {
        if (profile)
            return mw_fail(&cli->err, rc, "The profile \"%s\" cannot be used.", path);
        return mw_fail(&cli->err, rc, "The project \"%s\" cannot be computed.", path);
    }
    mw_diags_free(&cli->diags); /* they hold the file against rules that it was never written by */
    cli->diags = (struct mw_diags)MW_DIAGS_INIT(cli->lang);
    if (paper && profile)
        return mw_fail(&cli->err, rc, "\"%s\" is no profile. A profile is made of a paper with: mittelweg profile from %s", path, path);
    if (kind == MW_KIND_PROJECT)
        return mw_fail(&cli->err, rc, "\"%s\" is a project. Name its profile here: the file that stands behind `profile:` in it.", path);
    if (kind == MW_KIND_PROFILE)
        return mw_fail(&cli->err, rc, "\"%s\" is a profile. A project is begun from it with: mittelweg project from --programme ID %s", path, path);
    if (profile)
        return mw_fail(&cli->err, rc, "\"%s\" is no profile: the key profile does not stand at its top.", path);
    return mw_fail(&cli->err, rc, "\"%s\" is no project: the key project does not stand at its top.", path);
}
