/* The trees of a folder's YAML files, kept from run to run: reading one back takes a twentieth of the time that libyaml takes.
 *
 * They stand in one file of the user's cache folder (cache.h), each under the hash of the bytes it was read from: what somebody changed
 * has no tree there and is read as always. A file that is damaged, or was made by another version, counts as none. Files with faults
 * are never kept, so that their faults are said every time. */
#ifndef MW_CORE_TREES_H
#define MW_CORE_TREES_H

#include "lib/core/node.h"

struct mw_trees {
    struct mw_arena *a;
    struct mw_list kept;   /* struct mw_kept_tree: found in the cache file, or read since */
    size_t found;          /* so many in the file */
    char path[4096];       /* "": no place to keep them */
};

/* What is kept of the files in folder; cache_dir: NULL for the usual place. Everything lives in the arena. */
void mw_trees_open(struct mw_trees *t, struct mw_arena *a, const char *folder, const char *cache_dir);
/* The same as mw_yaml_read(); hash: mw_sv_hash_long() of the bytes, which must live as long as the arena. */
enum mw_rc mw_trees_read(struct mw_node **out, struct mw_trees *t, const char *name, struct mw_sv bytes, uint64_t hash, struct mw_diags *diags);
/* Keeps what was read and was not there before; the trees live on. */
void mw_trees_close(struct mw_trees *t);

#endif
