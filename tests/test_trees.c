/* Trees kept from run to run are those that the files give, whatever has become of the cache file. */
#include <fcntl.h>
#include <sys/stat.h>

#include "lib/core/file.h"
#include "lib/core/trees.h"
#include "tests/program.h"

static struct mw_arena *arena;
static struct mw_diags diags = MW_DIAGS_INIT(MW_EN);

static int begin(void **state)
{
    arena = mw_arena_new();
    return arena == NULL || make_scratch(state) != 0;
}

static int end(void **state)
{
    mw_arena_free(arena);
    mw_diags_free(&diags);
    diags = (struct mw_diags)MW_DIAGS_INIT(MW_EN);
    return drop_scratch(state);
}

static bool same_text(struct mw_sv a, struct mw_sv b) { return (a.p == NULL) == (b.p == NULL) && mw_sv_eq(a, b) && a.p[a.n] == '\0' && b.p[b.n] == '\0'; }
static bool same_pos(const struct mw_pos *a, const struct mw_pos *b) { return a->line == b->line && a->col == b->col && strcmp(a->file, b->file) == 0; }

static bool same(const struct mw_node *a, const struct mw_node *b)
{
    bool is = a->kind == b->kind && a->style == b->style && same_pos(&a->pos, &b->pos) && a->begin == b->begin && a->end == b->end && a->n == b->n &&
              a->faulty == b->faulty && (a->kind != MW_SCALAR || same_text(a->text, b->text));
    for (size_t i = 0; is && i < a->n; i++)
        is = a->kind == MW_MAP ? same_text(a->pairs[i].key, b->pairs[i].key) && same_pos(&a->pairs[i].pos, &b->pairs[i].pos) &&
                                     same(a->pairs[i].value, b->pairs[i].value)
                               : same(a->items[i], b->items[i]);
    return is;
}

/* Reads one text through the trees of the scratch folder; *kept: it was there. keep: for the next time. */
static struct mw_node *read_and(bool keep, const struct scratch *s, struct mw_sv text, bool *kept)
{
    struct mw_node *node = NULL;
    struct mw_trees t;
    mw_trees_open(&t, arena, s->dir, s->dir);
    size_t before = t.kept.n;
    (void)mw_trees_read(&node, &t, "a.yaml", text, mw_sv_hash_long(text), &diags);
    *kept = t.kept.n == before && before > 0;
    if (keep)
        mw_trees_close(&t);
    return node;
}
static struct mw_node *read_one(const struct scratch *s, struct mw_sv text, bool *kept) { return read_and(true, s, text, kept); }

static void a_kept_tree_is_that_of_its_file(void **state)
{
    static const char *const FOLDERS[] = { "rules/vocabulary", "rules/facts", "rules/criteria", "rules/programmes", "config/examples/smart-city-potsdam" };
    (void)state;
    for (size_t f = 0; f < COUNT(FOLDERS); f++)
        for (int run = 0; run < 2; run++) {
            struct mw_list names = { 0 };
            struct mw_trees t;
            mw_trees_open(&t, arena, FOLDERS[f], ((const struct scratch *)*state)->dir);
            assert_int_equal(t.found > 0, run);
            assert_int_equal(mw_dir_list(&names, arena, FOLDERS[f], ".yaml", NULL), MW_OK);
            assert_true(names.n > 0 && (run == 0 || t.found == names.n));
            for (size_t i = 0; i < names.n; i++) {
                const char *path = mw_arena_printf(arena, "%s/%.*s", FOLDERS[f], MW_SV_ARG(*MW_AT(names, struct mw_sv, i))).p;
                struct mw_node *from_cache, *from_file;
                struct mw_sv bytes;
                assert_int_equal(mw_file_read(&bytes, arena, path, MW_YAML_MAX, NULL), MW_OK);
                assert_int_equal(mw_yaml_read(&from_file, arena, path, bytes, &diags), MW_OK);
                assert_int_equal(mw_trees_read(&from_cache, &t, path, bytes, mw_sv_hash_long(bytes), &diags), MW_OK);
                if (!same(from_file, from_cache))
                    fail_msg("%s is another one in run %d", path, run);
            }
            assert_int_equal(run == 0 ? 0 : t.found, run == 0 ? 0 : t.kept.n); /* nothing was read anew */
            mw_trees_close(&t);
        }
}

static const char TEXT[] = "\xEF\xBB\xBF# Anfang\nname: 'Städte: \"A\"'\nleer:\nliste: [1, {a: b}, [], {}]\ntext: |\n  Zeile eins\n\n  Zeile zwei\n\nende: x\n";

static void what_was_changed_is_read_anew_and_takes_the_place(void **state)
{
    const struct scratch *s = *state;
    bool kept = false;
    assert_non_null(read_one(s, mw_sv(TEXT), &kept));
    assert_false(kept);
    assert_non_null(read_one(s, mw_sv(TEXT), &kept));
    assert_true(kept);
    const struct mw_node *other = read_one(s, MW_SV("name: anders\n"), &kept);
    assert_false(kept);
    assert_sv(mw_node_text(other, "name"), "anders");
    assert_non_null(read_one(s, mw_sv(TEXT), &kept)); /* nobody asked for it in the run before */
    assert_false(kept);
}

static void faults_are_said_every_time(void **state)
{
    bool kept;
    for (size_t run = 1; run < 4; run++) {
        (void)read_one(*state, MW_SV("a: 1\na: 2\n"), &kept);
        assert_false(kept);
        assert_int_equal(diags.errors, run);
    }
}

static struct mw_sv cache_file(const struct scratch *s, const char **path)
{
    struct mw_list names = { 0 };
    struct mw_sv bytes;
    assert_int_equal(mw_dir_list(&names, arena, s->dir, ".bin", NULL), MW_OK);
    assert_int_equal(names.n, 1);
    *path = mw_arena_printf(arena, "%s/%.*s", s->dir, MW_SV_ARG(*MW_AT(names, struct mw_sv, 0))).p;
    assert_int_equal(mw_file_read(&bytes, arena, *path, MW_YAML_MAX, NULL), MW_OK);
    return bytes;
}

/* Any byte another one, any length: the tree is read from the text; with the check mended it may be wrong, but does no harm. */
static void damage_is_noticed_and_does_no_harm(void **state)
{
    enum { HASH_AT = 16, HEAD = 24 };
    const struct scratch *s = *state;
    struct mw_node *right = NULL;
    const char *path;
    bool kept;
    assert_int_equal(mw_yaml_read(&right, arena, "a.yaml", mw_sv(TEXT), &diags), MW_OK);
    assert_non_null(read_one(s, mw_sv(TEXT), &kept));
    struct mw_sv good = cache_file(s, &path);
    char *bad = mw_arena_alloc(arena, good.n);
    for (size_t at = 0; at < good.n; at++)
        for (int way = 0; way < 5; way++) {
            size_t n = way == 2 ? at : good.n;
            memcpy(bad, good.p, good.n);
            bad[at] = (char)(way < 2 ? bad[at] ^ (way == 0 ? 1 : 0x80) : way == 3 ? 0xFF : way == 4 ? 0 : bad[at]);
            spill(path, bad, n);
            assert_true(same(right, read_and(false, s, mw_sv(TEXT), &kept)));
            if (at < HEAD || n < good.n)
                continue;
            uint64_t hash = mw_sv_hash_long(mw_sv_n(bad + HEAD, n - HEAD));
            memcpy(bad + HASH_AT, &hash, sizeof hash);
            spill(path, bad, n);
            assert_non_null(read_and(false, s, mw_sv(TEXT), &kept));
        }
}

static void only_a_plain_file_of_ones_own_is_read(void **state)
{
    const struct scratch *s = *state;
    const char *path, *elsewhere = in(s, "elsewhere");
    bool kept;
    assert_non_null(read_one(s, mw_sv(TEXT), &kept));
    struct mw_sv bytes = cache_file(s, &path);
    spill(elsewhere, bytes.p, bytes.n);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(symlink(elsewhere, path), 0);
    assert_non_null(read_one(s, mw_sv(TEXT), &kept));
    assert_false(kept);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkfifo(path, 0600), 0); /* nobody writes to it */
    assert_non_null(read_one(s, mw_sv(TEXT), &kept));
    assert_false(kept);
}

/* Who may write there may put a link in the place of a file while it is being written. */
static void a_folder_that_others_may_write_is_no_place(void **state)
{
    static const mode_t MODES[] = { 0777, 0770, 0700 };
    const struct scratch *s = *state;
    for (size_t i = 0; i < COUNT(MODES); i++) {
        struct mw_trees t;
        assert_int_equal(chmod(s->dir, MODES[i]), 0);
        mw_trees_open(&t, arena, s->dir, s->dir);
        assert_int_equal(t.path[0] != '\0', MODES[i] == 0700);
    }
}

static void without_a_place_to_keep_them_files_are_read_as_always(void **state)
{
    struct mw_trees t;
    struct mw_node *node = NULL;
    (void)state;
    mw_trees_open(&t, arena, "/no/such/folder", "/no/such/place");
    assert_int_equal(mw_trees_read(&node, &t, "a.yaml", mw_sv(TEXT), mw_sv_hash_long(mw_sv(TEXT)), &diags), MW_OK);
    assert_non_null(mw_node_get(node, "ende"));
    mw_trees_close(&t);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)
int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_kept_tree_is_that_of_its_file),
        CASE(what_was_changed_is_read_anew_and_takes_the_place),
        CASE(faults_are_said_every_time),
        CASE(damage_is_noticed_and_does_no_harm),
        CASE(only_a_plain_file_of_ones_own_is_read),
        CASE(a_folder_that_others_may_write_is_no_place),
        CASE(without_a_place_to_keep_them_files_are_read_as_always),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
