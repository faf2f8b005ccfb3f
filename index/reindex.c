/* The search tables made anew from the stored texts: for another word list, another analyser, another ranking. */
#include "index/db.h"

enum { BATCH_BYTES = 24 << 20 };

static enum mw_rc again(struct mw_store *s, int64_t id, struct mw_err *err)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct mw_stored n;
    int64_t doc = 0;
    enum mw_rc rc = a != NULL ? mw_notice_whole(&n, a, s, id, err) : mw_nomem(err);

    if (rc != MW_OK)
        return rc;
    bool english = mw_sv_eqz(n.notice.language, "en");
    rc = mw_sections_language(s, id, english, err);
    if (rc == MW_OK)
        rc = mw_doc_drop(s, id, err);
    if (rc == MW_OK)
        rc = mw_doc_new(s, id, english, &doc, err);
    if (rc == MW_OK)
        rc = mw_words_later(s, id, doc, &n.notice, err);
    if (rc == MW_OK)
        rc = mw_trait_put(s, id, &n.notice, &n.facts, err);
    if (rc == MW_OK)
        rc = mw_brief_put(s, id, &n.facts, err);
    s->weight += n.plain.n;
    return rc;
}

/* Until the last batch is in, the database says that its index is nobody's: an interrupted run cannot be searched. */
static enum mw_rc empty(struct mw_store *s, struct mw_err *err)
{
    enum mw_rc rc = mw_write_begin(s, err);

    if (rc == MW_OK)
        rc = mw_meta_set(s, "analyser", MW_NO_ANALYSER, err);
    if (rc == MW_OK)
        rc = mw_postings_clear(s, err);
    return rc == MW_OK ? mw_sections_unindex(s, err) : rc;
}

enum mw_rc mw_store_reindex(const char *path, struct mw_analyser *an, int64_t *notices, struct mw_err *err)
{
    MW_AUTO(mw_store_closep) struct mw_store *s = NULL;
    int64_t id = 0;
    enum mw_rc rc = mw_store_open_any(&s, path, an, err);

    *notices = 0;
    if (rc == MW_OK)
        rc = empty(s, err);
    while (rc == MW_OK && (rc = mw_notice_next(s, &id, err)) == MW_OK) {
        rc = mw_write_begin(s, err);
        if (rc == MW_OK)
            rc = again(s, id, err);
        if (rc == MW_OK && s->weight >= BATCH_BYTES)
            rc = mw_write_commit(s, err);
        *notices += rc == MW_OK;
    }
    if (rc != MW_NOT_FOUND)
        return rc;
    rc = mw_write_begin(s, err);
    if (rc == MW_OK)
        rc = mw_meta_claim(s, err);
    return rc == MW_OK ? mw_write_commit(s, err) : rc;
}
