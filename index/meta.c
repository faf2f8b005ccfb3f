/* Numbers about the database itself: which analyser made its index, and running counters. */
#include "index/db.h"

const char MW_META_SCHEMA[] = "CREATE TABLE meta("
                              " key TEXT PRIMARY KEY,"
                              " value INTEGER NOT NULL"
                              ") STRICT, WITHOUT ROWID;";
static const char GET[] = "SELECT value FROM meta WHERE key = ?1";
static const char SET[] = "INSERT INTO meta VALUES(?1, ?2) ON CONFLICT(key) DO UPDATE SET value = ?2";

enum mw_rc mw_meta_get(struct mw_store *s, const char *key, int64_t *value, bool *found, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q_row(&st, s, err, GET, "t", mw_sv(key));

    *found = rc == MW_OK;
    if (rc == MW_OK) {
        *value = sqlite3_column_int64(st, 0);
        sqlite3_reset(st);
    }
    return rc == MW_NOT_FOUND ? MW_OK : rc;
}

enum mw_rc mw_meta_set(struct mw_store *s, const char *key, int64_t value, struct mw_err *err)
{
    return mw_q_run(s, err, SET, "ti", mw_sv(key), value);
}

enum mw_rc mw_meta_facts(struct mw_store *s, uint64_t rules, struct mw_err *err)
{
    int64_t value = 0, notices = 0;
    bool found = false;
    enum mw_rc rc = mw_meta_get(s, "facts", &value, &found, err);

    if (rc != MW_OK || (found && (value == (int64_t)rules || value == 0)))
        return rc;
    if (!found)
        rc = mw_store_count(s, &notices, err);
    return rc == MW_OK ? mw_meta_set(s, "facts", !found && notices <= 1 ? (int64_t)rules : 0, err) : rc;
}

static int64_t lexicon(const struct mw_store *s)
{
    return (int64_t)mw_analyser_lexicon_hash(s->an); /* the same bits: SQLite has no unsigned numbers */
}

enum mw_rc mw_meta_claim(struct mw_store *s, struct mw_err *err)
{
    enum mw_rc rc = mw_meta_set(s, "analyser", MW_ANALYSER_VERSION, err);
    if (rc == MW_OK)
        rc = mw_meta_set(s, "ranking", MW_RANKING_VERSION, err);
    if (rc == MW_OK)
        rc = mw_meta_set(s, "traits", MW_TRAIT_VERSION, err);
    return rc == MW_OK ? mw_meta_set(s, "lexicon", lexicon(s), err) : rc;
}

enum mw_rc mw_meta_check(struct mw_store *s, struct mw_err *err)
{
    const struct {
        const char *key;
        int64_t want;
    } now[] = { { "analyser", MW_ANALYSER_VERSION }, { "ranking", MW_RANKING_VERSION }, { "traits", MW_TRAIT_VERSION },
              { "lexicon", lexicon(s) } };

    for (size_t i = 0; i < sizeof now / sizeof *now; i++) {
        int64_t value = 0;
        bool found = false;
        enum mw_rc rc = mw_meta_get(s, now[i].key, &value, &found, err);
        if (rc != MW_OK)
            return rc;
        if (!found || value != now[i].want)
            return mw_fail(err, MW_DB, "The search index of \"%s\" was made with another word list or another version of the "
                           "program. Renew it with `mittelweg reindex`.", s->path);
    }
    return MW_OK;
}
