/* Implements trees.h: a tree as a string of numbers and texts (packed.h), parents before children. */
#include "lib/core/trees.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <yaml.h>

#include "lib/core/cache.h"
#include "lib/core/packed.h"

#define CACHE_MAX ((size_t)16 << 20)
enum { FORMAT = 1 }; /* of the file, and of what yaml.c makes of a text */

struct head {
    char magic[8];
    uint64_t format, hash; /* hash: of what follows */
};
static const char MAGIC[8] = "mwtrees";

struct mw_kept_tree {
    uint64_t hash;
    size_t size;         /* of the bytes it was read from */
    struct mw_sv packed;
    bool used;
};

static uint64_t format(void)
{
    int major, minor, patch;
    yaml_get_version(&major, &minor, &patch);
    return (((uint64_t)FORMAT * 1000 + (unsigned)major) * 1000 + (unsigned)minor) * 1000 + (unsigned)patch;
}

/* --- packing -------------------------------------------------------------------------------------------------------- */

struct place { unsigned line; size_t begin; }; /* of the node before: places are told from there */

static void pack_text(struct mw_str *out, struct mw_sv text) /* with a NUL behind it, as the arena's */
{
    mw_pack_text(out, text);
    mw_str_addc(out, '\0');
}

/* NOLINTBEGIN(misc-no-recursion): trees are at most MW_DEPTH_MAX deep */
static void pack(struct mw_str *out, const struct mw_node *n, struct place *last)
{
    mw_pack_number(out, (unsigned)n->kind | (unsigned)n->style << 2);
    mw_pack_signed(out, (int64_t)n->pos.line - last->line);
    mw_pack_number(out, n->pos.col);
    mw_pack_signed(out, (int64_t)n->begin - (int64_t)last->begin);
    mw_pack_number(out, n->end - n->begin);
    *last = (struct place){ n->pos.line, n->begin };
    if (n->kind == MW_SCALAR) {
        pack_text(out, n->text);
        return;
    }
    mw_pack_number(out, n->n);
    for (size_t i = 0; i < n->n; i++) {
        if (n->kind == MW_MAP) {
            const struct mw_pair *p = &n->pairs[i];
            pack_text(out, p->key);
            mw_pack_signed(out, (int64_t)p->pos.line - last->line);
            mw_pack_number(out, p->pos.col);
        }
        pack(out, n->kind == MW_MAP ? n->pairs[i].value : n->items[i], last);
    }
}

/* --- unpacking ------------------------------------------------------------------------------------------------------ */

struct unpacker {
    struct mw_arena *a;
    const unsigned char *at, *end;
    const char *file;
    size_t size;       /* of the source text */
    struct place last;
    bool bad;
};

static struct mw_sv unpack_text(struct unpacker *u)
{
    struct mw_sv text = mw_packed_text(&u->at, u->end);
    u->bad = u->bad || u->at >= u->end || *u->at++ != '\0';
    return text;
}

static unsigned unpack_line(struct unpacker *u)
{
    int64_t line = (int64_t)u->last.line + mw_packed_signed(&u->at, u->end) % UINT32_MAX;
    u->bad = u->bad || line < 0 || line > UINT32_MAX;
    return u->bad ? 0 : (unsigned)line;
}

/* What a node holds besides what is in it; false: damaged, or no memory. */
static bool unpack_head(struct unpacker *u, struct mw_node *n)
{
    uint64_t what = mw_packed_number(&u->at, u->end);
    n->kind = (enum mw_node_kind)(what & 3);
    n->style = (enum mw_scalar)(what >> 2);
    n->pos = (struct mw_pos){ u->file, unpack_line(u), (unsigned)mw_packed_number(&u->at, u->end) };
    int64_t begin = (int64_t)u->last.begin + mw_packed_signed(&u->at, u->end) % (int64_t)MW_YAML_MAX;
    uint64_t length = mw_packed_number(&u->at, u->end);
    u->bad = u->bad || what >> 2 > MW_BLOCK || n->kind > MW_SEQ || begin < 0 || (uint64_t)begin > u->size || length > u->size - (uint64_t)begin;
    if (u->bad)
        return false;
    n->begin = (size_t)begin;
    n->end = n->begin + (size_t)length;
    u->last = (struct place){ n->pos.line, n->begin };
    if (n->kind == MW_SCALAR) {
        n->text = unpack_text(u);
        return !u->bad;
    }
    uint64_t count = mw_packed_number(&u->at, u->end);
    if (count > u->size || count > (uint64_t)(u->end - u->at)) /* each takes more than a byte, of both */
        return false;
    n->n = (size_t)count;
    n->pairs = n->kind == MW_MAP ? mw_arena_array(u->a, n->n, sizeof *n->pairs) : NULL;
    n->items = n->kind == MW_SEQ ? mw_arena_array(u->a, n->n, sizeof(struct mw_node *)) : NULL;
    return n->pairs != NULL || n->items != NULL;
}

static bool unpack(struct unpacker *u, struct mw_node *n, unsigned depth)
{
    if (depth > MW_DEPTH_MAX || !unpack_head(u, n))
        return false;
    struct mw_node *children = n->n > 0 ? mw_arena_array(u->a, n->n, sizeof *children) : NULL;
    for (size_t i = 0; i < n->n; i++) {
        if (children == NULL)
            return false;
        if (n->kind == MW_MAP) {
            struct mw_sv key = unpack_text(u);
            unsigned line = unpack_line(u);
            n->pairs[i] = (struct mw_pair){ key, { u->file, line, (unsigned)mw_packed_number(&u->at, u->end) }, &children[i] };
        } else {
            n->items[i] = &children[i];
        }
        if (u->bad || !unpack(u, &children[i], depth + 1))
            return false;
    }
    return true;
}
/* NOLINTEND(misc-no-recursion) */

/* NULL: damaged, or no memory. */
static struct mw_node *tree_of(const struct mw_kept_tree *kept, struct mw_arena *a, const char *name)
{
    struct mw_node *root = mw_arena_alloc(a, sizeof *root);
    const unsigned char *at = (const unsigned char *)kept->packed.p;
    struct unpacker u = { .a = a, .at = at, .end = at + kept->packed.n, .file = mw_arena_z(a, mw_sv(name)), .size = kept->size };
    return root != NULL && u.file != NULL && unpack(&u, root, 1) && u.at == u.end ? root : NULL;
}

/* --- the cache file --------------------------------------------------------------------------------------------------- */

static bool read_whole(struct mw_sv *out, struct mw_arena *a, const char *path)
{
    struct stat st;
    int fd = mw_cache_open(path, &st);
    if (fd < 0)
        return false;
    size_t size = st.st_size > 0 && (uintmax_t)st.st_size <= CACHE_MAX ? (size_t)st.st_size : 0, done = 0;
    char *bytes = size > 0 ? mw_arena_alloc(a, size) : NULL;
    ssize_t n = 1;
    while (bytes != NULL && done < size && (n = read(fd, bytes + done, size - done)) > 0)
        done += (size_t)n;
    close(fd);
    *out = mw_sv_n(bytes, done);
    return bytes != NULL && done == size;
}

void mw_trees_open(struct mw_trees *t, struct mw_arena *a, const char *folder, const char *cache_dir)
{
    char name[48];
    char *real = realpath(folder, NULL);
    struct head h;
    struct mw_sv bytes;

    *t = (struct mw_trees){ .a = a };
    snprintf(name, sizeof name, "trees-%016llx.bin", (unsigned long long)mw_sv_hash(mw_sv(real)));
    if (real == NULL || !mw_cache_path(t->path, sizeof t->path, cache_dir, name))
        t->path[0] = '\0';
    free(real);
    if (t->path[0] == '\0' || !read_whole(&bytes, a, t->path) || bytes.n < sizeof h)
        return;
    memcpy(&h, bytes.p, sizeof h);
    struct mw_sv rest = mw_sv_sub(bytes, sizeof h, SIZE_MAX);
    if (memcmp(h.magic, MAGIC, sizeof MAGIC) != 0 || h.format != format() || h.hash != mw_sv_hash_long(rest))
        return;
    for (const unsigned char *at = (const unsigned char *)rest.p, *end = at + rest.n; at < end;) {
        struct mw_kept_tree *kept = mw_list_add(a, &t->kept, sizeof *kept);
        if (kept == NULL)
            return;
        kept->hash = mw_packed_number(&at, end);
        kept->size = (size_t)mw_packed_number(&at, end);
        kept->packed = mw_packed_text(&at, end);
    }
    t->found = t->kept.n;
}

static struct mw_kept_tree *find(const struct mw_trees *t, struct mw_sv bytes, uint64_t hash)
{
    for (size_t i = 0; i < t->kept.n; i++) {
        struct mw_kept_tree *kept = MW_AT(t->kept, struct mw_kept_tree, i);
        if (kept->hash == hash && kept->size == bytes.n)
            return kept;
    }
    return NULL;
}

enum mw_rc mw_trees_read(struct mw_node **out, struct mw_trees *t, const char *name, struct mw_sv bytes, uint64_t hash, struct mw_diags *diags)
{
    struct mw_kept_tree *kept = find(t, bytes, hash);
    if (kept != NULL && (*out = tree_of(kept, t->a, name)) != NULL) {
        kept->used = true;
        return MW_OK;
    }
    enum mw_rc rc = mw_yaml_read(out, t->a, name, bytes, diags);
    if (rc != MW_OK || t->path[0] == '\0')
        return rc;
    MW_AUTO(mw_str_free) struct mw_str packed = MW_STR_INIT;
    struct place begin = { 0, 0 };
    pack(&packed, *out, &begin);
    kept = mw_str_ok(&packed) ? mw_list_add(t->a, &t->kept, sizeof *kept) : NULL;
    if (kept != NULL) /* without memory for it nothing is kept */
        *kept = (struct mw_kept_tree){ hash, bytes.n, mw_arena_copy(t->a, mw_str_sv(&packed)), true };
    return MW_OK;
}

void mw_trees_close(struct mw_trees *t)
{
    MW_AUTO(mw_str_free) struct mw_str rest = MW_STR_INIT, whole = MW_STR_INIT;
    struct head h = { .format = format() };

    if (t->path[0] == '\0' || t->kept.n == t->found)
        return;
    for (size_t i = 0; i < t->kept.n; i++) {
        const struct mw_kept_tree *kept = MW_AT(t->kept, struct mw_kept_tree, i);
        if (!kept->used || kept->packed.p == NULL)
            continue; /* of a file that was changed or taken away */
        mw_pack_number(&rest, kept->hash);
        mw_pack_number(&rest, kept->size);
        mw_pack_text(&rest, kept->packed);
    }
    memcpy(h.magic, MAGIC, sizeof MAGIC);
    h.hash = mw_sv_hash_long(mw_str_sv(&rest));
    mw_str_add(&whole, mw_sv_n((const char *)&h, sizeof h));
    mw_str_add(&whole, mw_str_sv(&rest));
    if (mw_str_ok(&rest) && mw_str_ok(&whole) && whole.n <= CACHE_MAX)
        mw_cache_keep(t->path, mw_str_sv(&whole));
}
