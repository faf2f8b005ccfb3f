/* What the tests of the database share: a folder and a database of one's own, one analyser for the whole file, notices made
 * of a few words, and searches that answer with addresses. */
#ifndef MW_TESTS_INDEX_H
#define MW_TESTS_INDEX_H

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "index/match.h"
#include "tests/test.h"

#define TODAY ((struct mw_day){ 20284 }) /* 2025-07-15 */

static struct mw_analyser *analyser;
static struct mw_arena *arena;
static struct mw_store *store;
static struct mw_err err = MW_ERR_INIT(MW_EN);
static char folder[64], db[96];

static inline const char *in_folder(const char *name)
{
    return mw_arena_printf(arena, "%s/%s", folder, name).p;
}

static inline void close_db(void)
{
    mw_store_close(store);
    store = NULL;
}

static inline void open_db(enum mw_store_mode mode)
{
    close_db();
    if (mw_store_open(&store, db, mode, analyser, &err) != MW_OK)
        fail_msg("%s", err.msg);
}

static int begin_file(void **state)
{
    (void)state;
    return (int)mw_analyser_new(&analyser, NULL, &err);
}

static int end_file(void **state)
{
    (void)state;
    mw_analyser_free(analyser);
    mw_err_clear(&err);
    return 0;
}

static int begin(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/mittelweg-test-XXXXXX");
    arena = mw_arena_new();
    if (mkdtemp(folder) == NULL || arena == NULL)
        return -1;
    snprintf(db, sizeof db, "%s/test.db", folder);
    return (int)mw_store_open(&store, db, MW_STORE_WRITE, analyser, &err);
}

static int end(void **state)
{
    char command[192];
    (void)state;
    close_db();
    snprintf(command, sizeof command, "chmod -R u+rwx %s; rm -rf %s", folder, folder);
    mw_arena_free(arena);
    mw_err_clear(&err);
    return system(command);
}

/* --- notices --------------------------------------------------------------------------------------------------------- */

static inline void add_section(struct mw_notice *n, const char *heading, const char *text)
{
    struct mw_section *c = mw_list_add(arena, &n->sections, sizeof *c);
    *c = (struct mw_section){ .heading = mw_sv(heading), .raw = mw_sv(text), .text = mw_sv(text) };
}

static inline void add_label(struct mw_notice *n, enum mw_facet_kind kind, const char *label)
{
    struct mw_sv *slot = mw_list_add(arena, &n->facets[kind], sizeof *slot);
    *slot = mw_sv(label);
}

static inline struct mw_notice notice(const char *url, const char *title, const char *text)
{
    struct mw_notice n = { .url = mw_sv(url), .source = MW_SV("test"), .title = mw_sv(title), .language = MW_SV("de"),
                           .opens = MW_DAY_NONE, .fetched_at = MW_SV_NONE };
    if (text != NULL)
        add_section(&n, "Volltext", text);
    return n;
}

static inline enum mw_ingest ingest(const struct mw_notice *n)
{
    enum mw_ingest what = MW_UNCHANGED;
    if (mw_ingest(store, NULL, n, TODAY, &what, &err) != MW_OK)
        fail_msg("%s", err.msg);
    return what;
}

static inline enum mw_ingest put(const char *url, const char *title, const char *text)
{
    struct mw_notice n = notice(url, title, text);
    return ingest(&n);
}

static inline int64_t notices(void)
{
    int64_t n = -1;
    if (mw_store_count(store, &n, &err) != MW_OK)
        fail_msg("%s", err.msg);
    return n;
}

/* --- searches -------------------------------------------------------------------------------------------------------- */

static inline struct mw_hits search_opts(const char *query, const struct mw_search_opts *opts)
{
    struct mw_hits hits;
    if (mw_search(&hits, arena, store, mw_sv(query), opts, &err) != MW_OK)
        fail_msg("\"%s\": %s", query, err.msg);
    return hits;
}

static inline struct mw_hits search(const char *query)
{
    return search_opts(query, &(struct mw_search_opts){ .limit = 100, .today = TODAY });
}

/* The addresses of the hits, best first, joined by spaces. */
static inline const char *found(const char *query)
{
    struct mw_hits hits = search(query);
    struct mw_sv all = MW_SV("");
    for (size_t i = 0; i < hits.hits.n; i++)
        all = mw_arena_printf(arena, "%.*s%s%.*s", MW_SV_ARG(all), i > 0 ? " " : "",
                              MW_SV_ARG(MW_AT(hits.hits, struct mw_hit, i)->url));
    return mw_arena_z(arena, all);
}

#define assert_fails(call, code, words)                                                                                            \
    do {                                                                                                                           \
        assert_int_equal((call), (code));                                                                                          \
        if (err.msg == NULL || strstr(err.msg, (words)) == NULL)                                                                   \
            fail_msg("\"%s\" does not say \"%s\"", err.msg != NULL ? err.msg : "(nothing)", (words));                              \
    } while (0)
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

#endif
