/* The words of the notices that a transaction has stored: into FTS5, which keeps where they stand, and into the builder, which counts what
 * they are worth.
 *
 * Both happen when the transaction ends. FTS5 writes what it has gathered at every savepoint, and each changed notice of a batch has one; and what
 * the builder takes in no savepoint takes back. */
#include "index/db.h"

#include <stdlib.h>

struct waiting {
    int64_t notice, doc;
    bool english;
    struct mw_sv *labels;
    size_t n;
};
struct mw_words {
    struct mw_arena *arena;
    struct mw_list list; /* struct waiting, documents ascending */
};

void mw_words_forget(struct mw_store *s)
{
    if (s->words != NULL)
        mw_arena_free(s->words->arena);
    free(s->words);
    s->words = NULL;
}

static bool begin(struct mw_store *s)
{
    if (s->words == NULL)
        s->words = calloc(1, sizeof *s->words);
    if (s->words != NULL && s->words->arena == NULL)
        s->words->arena = mw_arena_new();
    return s->words != NULL && s->words->arena != NULL;
}

/* The labels of n, which stand in no section. */
static bool keep_labels(struct waiting *w, struct mw_arena *a, const struct mw_notice *n)
{
    size_t all = 0;

    for (int kind = 0; kind < MW_FACET_N; kind++)
        all += n->facets[kind].n;
    if (all == 0)
        return true;
    w->labels = mw_arena_array(a, all, sizeof *w->labels);
    for (int kind = 0; kind < MW_FACET_N && w->labels != NULL; kind++)
        for (size_t i = 0; i < n->facets[kind].n; i++) {
            struct mw_sv label = mw_arena_copy(a, *MW_AT(n->facets[kind], struct mw_sv, i));
            if (label.p == NULL && MW_AT(n->facets[kind], struct mw_sv, i)->n > 0)
                return false;
            w->labels[w->n++] = label;
        }
    return w->labels != NULL;
}

enum mw_rc mw_words_later(struct mw_store *s, int64_t notice, int64_t doc, const struct mw_notice *n, struct mw_err *err)
{
    struct waiting *w = begin(s) ? mw_list_add(s->words->arena, &s->words->list, sizeof *w) : NULL;

    if (w == NULL)
        return mw_nomem(err);
    *w = (struct waiting){ .notice = notice, .doc = doc, .english = mw_sv_eqz(n->language, "en") };
    return keep_labels(w, s->words->arena, n) ? MW_OK : mw_nomem(err);
}

static enum mw_rc write_one(struct mw_store *s, const struct waiting *w, struct mw_err *err)
{
    int64_t doc = 0;
    enum mw_rc rc = mw_doc_number(&doc, s, w->notice, err);

    if (rc != MW_OK || doc != w->doc) /* changed once more, or taken out, in the same transaction */
        return rc;
    rc = mw_builder_begin(s->builder, w->doc, err);
    if (rc == MW_OK)
        rc = mw_sections_index(s, w->notice, err);
    for (size_t i = 0; i < w->n && rc == MW_OK; i++)
        mw_builder_read(s->builder, s->an, w->labels[i], w->english, MW_FIELD_LABELS);
    return rc == MW_OK ? mw_builder_end(s->builder, err) : rc;
}

enum mw_rc mw_words_write(struct mw_store *s, struct mw_err *err)
{
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; s->words != NULL && i < s->words->list.n && rc == MW_OK; i++)
        rc = write_one(s, MW_AT(s->words->list, struct waiting, i), err);
    if (rc == MW_OK)
        s->unindexed = 0;
    s->worded = s->weight;
    mw_words_forget(s);
    return rc;
}
