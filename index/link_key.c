/* What notices may be linked by, and which of them wait: see link_key.h. */
#include "index/link_key.h"

#include "index/db.h"
#include "index/kin.h"
#include "index/ledger.h"

const char MW_LINK_KEY_SCHEMA[] =
    "CREATE TABLE link_key("
    " notice INTEGER PRIMARY KEY REFERENCES notice(id) ON DELETE CASCADE,"
    " title INTEGER,"                  /* hash of the words of the title; NULL: not made yet */
    " identifier INTEGER,"             /* hash of the programme's identifier; NULL: none */
    " gone INTEGER NOT NULL,"          /* 1: no source publishes it any more */
    " todo INTEGER NOT NULL"           /* 1: links of it may have to be made or taken away */
    ") STRICT;"
    "CREATE INDEX link_key_by_title ON link_key(title);"
    "CREATE INDEX link_key_by_identifier ON link_key(identifier) WHERE identifier IS NOT NULL;"
    "CREATE INDEX link_key_todo ON link_key(todo) WHERE todo = 1;"
    "INSERT INTO link_key SELECT id, NULL, NULL, 0, 1 FROM notice;";
static const char OF_NOTICE[] = "SELECT title, identifier FROM link_key WHERE notice = ?1";
static const char PUT[] = "INSERT INTO link_key VALUES(?1, ?2, nullif(?3, 0), 0, 1)"
                          " ON CONFLICT(notice) DO UPDATE SET title = ?2, identifier = nullif(?3, 0), todo = 1";
static const char WAKE_TITLE[] = "UPDATE link_key SET todo = 1 WHERE title = ?1";
static const char WAKE_IDENTIFIER[] = "UPDATE link_key SET todo = 1 WHERE identifier = ?1";
static const char WAKE_GROUP[] = "UPDATE link_key SET todo = 1 WHERE notice IN (SELECT o.notice FROM link l JOIN link o ON o.lead = l.lead"
                                 " WHERE l.notice = ?1)";
static const char UNMADE[] = "SELECT notice FROM link_key WHERE todo = 1 AND title IS NULL";
static const char GONE[] = "SELECT notice FROM link_key WHERE gone = 1 ORDER BY notice";
static const char SET_GONE[] = "UPDATE link_key SET gone = ?2, todo = 1 WHERE notice = ?1";
/* Most notices have nobody to be linked with, and none that falls. */
static const char PENDING[] =
    "SELECT k.notice FROM link_key k WHERE k.todo = 1 AND (EXISTS(SELECT 1 FROM link l WHERE l.notice = k.notice)"
    " OR EXISTS(SELECT 1 FROM link_key o WHERE o.title = k.title AND o.notice <> k.notice)"
    " OR EXISTS(SELECT 1 FROM link_key o WHERE o.identifier = k.identifier AND o.notice <> k.notice)) ORDER BY k.notice";
static const char DONE[] = "UPDATE link_key SET todo = 0 WHERE todo = 1";
static const char KEYS[] = "SELECT title, coalesce(identifier, 0), gone FROM link_key WHERE notice = ?1";
static const char NEIGHBOURS[] = "SELECT notice FROM link_key WHERE title = nullif(?2, 0) UNION SELECT notice FROM link_key WHERE identifier = nullif(?3, 0)"
                                 " UNION SELECT o.notice FROM link l JOIN link o ON o.lead = l.lead WHERE l.notice = ?1";
static const char COMMON[] = "SELECT title FROM link_key WHERE title <> 0 GROUP BY title HAVING count(*) > ?1 UNION"
                             " SELECT identifier FROM link_key WHERE identifier IS NOT NULL GROUP BY identifier HAVING count(*) > ?1"
                             " ORDER BY 1";
/* Of notices whose key has become common the links are looked at once more. */
static const char WAKE_LINKED[] = "UPDATE link_key SET todo = 1 WHERE todo = 0 AND (title = ?1 OR identifier = ?1)"
                                  " AND notice IN (SELECT notice FROM link)";

/* --- what a notice may be linked by ------------------------------------------------------------------------------------------ */

static int64_t key_of(const struct mw_str *words)
{
    return words->n > 0 ? (int64_t)mw_sv_hash(mw_str_sv(words)) : 0;
}

/* Those who share what it had: without it, what they have may tell them apart again. */
static enum mw_rc wake(struct mw_store *s, int64_t notice, int64_t title, int64_t identifier, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q_row(&st, s, err, OF_NOTICE, "i", notice);

    if (rc != MW_OK)
        return rc == MW_NOT_FOUND ? MW_OK : rc;
    int64_t old_title = sqlite3_column_int64(st, 0), old_identifier = sqlite3_column_int64(st, 1);
    sqlite3_reset(st);
    if (old_title != 0 && old_title != title)
        rc = mw_q_run(s, err, WAKE_TITLE, "i", old_title);
    if (rc == MW_OK && old_identifier != 0 && old_identifier != identifier)
        rc = mw_q_run(s, err, WAKE_IDENTIFIER, "i", old_identifier);
    return rc;
}

enum mw_rc mw_link_put(struct mw_store *s, int64_t notice, const struct mw_notice *n, bool fresh, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str title = MW_STR_INIT, identifier = MW_STR_INIT;

    mw_kin_title(&title, n->title);
    mw_kin_identifier(&identifier, n);
    if (!mw_str_ok(&title) || !mw_str_ok(&identifier))
        return mw_nomem(err);
    enum mw_rc rc = fresh ? MW_OK : wake(s, notice, key_of(&title), key_of(&identifier), err);
    return rc == MW_OK ? mw_q_run(s, err, PUT, "iii", notice, key_of(&title), key_of(&identifier)) : rc;
}

enum mw_rc mw_link_drop(struct mw_store *s, int64_t notice, struct mw_err *err)
{
    enum mw_rc rc = wake(s, notice, 0, 0, err);
    return rc == MW_OK ? mw_q_run(s, err, WAKE_GROUP, "i", notice) : rc;
}

static enum mw_rc make_keys(struct mw_store *s, struct mw_arena *a, struct mw_err *err)
{
    struct mw_list ids = { NULL, 0, 0 };
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q(&st, s, err, UNMADE, "");

    if (rc == MW_OK)
        rc = mw_q_ids(&ids, a, s, st, err);
    for (size_t i = 0; i < ids.n && rc == MW_OK; i++) {
        MW_AUTO(mw_arena_freep) struct mw_arena *one = mw_arena_new();
        struct mw_stored n;
        int64_t id = *MW_AT(ids, int64_t, i);
        rc = one != NULL ? mw_notice_head(&n, one, s, id, err) : mw_nomem(err);
        if (rc == MW_OK)
            rc = mw_link_put(s, id, &n.notice, false, err);
    }
    return rc;
}

/* What the ledger says is gone, and what came back. */
static enum mw_rc see_gone(struct mw_store *s, struct mw_arena *a, bool *gone, size_t n, struct mw_err *err)
{
    struct mw_list urls = { NULL, 0, 0 }, known = { NULL, 0, 0 };
    sqlite3_stmt *st = NULL;
    struct mw_known k;
    enum mw_rc rc = mw_ledger_lost(&urls, a, s, (struct mw_day){ 0 }, err);

    for (size_t i = 0; i < urls.n && rc == MW_OK; i++) {
        rc = mw_notice_known(s, *MW_AT(urls, struct mw_sv, i), &k, err);
        if (rc == MW_OK && (size_t)k.id < n)
            gone[k.id] = true;
        rc = rc == MW_NOT_FOUND ? MW_OK : rc;
    }
    if (rc == MW_OK)
        rc = mw_q(&st, s, err, GONE, "");
    if (rc == MW_OK)
        rc = mw_q_ids(&known, a, s, st, err);
    for (size_t i = 0, id = 1; id < n && rc == MW_OK; id++) {
        bool was = i < known.n && *MW_AT(known, int64_t, i) == (int64_t)id;
        i += was;
        if (was != gone[id])
            rc = mw_q_run(s, err, SET_GONE, "ii", (int64_t)id, (int64_t)gone[id]);
    }
    return rc;
}

/* --- who is looked for by it ----------------------------------------------------------------------------------------------- */

static bool is_common(const struct mw_list *common, int64_t key)
{
    size_t lo = 0, hi = common->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (*MW_AT(*common, int64_t, mid) < key)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < common->n && *MW_AT(*common, int64_t, lo) == key;
}

enum mw_rc mw_link_keys(int64_t *title, int64_t *identifier, bool *gone, const struct mw_link_scope *u, int64_t notice)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q_row(&st, u->s, u->err, KEYS, "i", notice);

    if (rc != MW_OK)
        return rc;
    *title = sqlite3_column_int64(st, 0);
    *identifier = sqlite3_column_int64(st, 1);
    *gone = sqlite3_column_int64(st, 2) != 0;
    sqlite3_reset(st);
    *title = is_common(u->common, *title) ? 0 : *title;
    *identifier = is_common(u->common, *identifier) ? 0 : *identifier;
    return MW_OK;
}

static enum mw_rc neighbours(struct mw_list *out, const struct mw_link_scope *u, int64_t notice)
{
    int64_t title = 0, identifier = 0;
    bool gone;
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_link_keys(&title, &identifier, &gone, u, notice);

    if (rc == MW_OK)
        rc = mw_q(&st, u->s, u->err, NEIGHBOURS, "iii", notice, title, identifier);
    return rc == MW_OK ? mw_q_ids(out, u->a, u->s, st, u->err) : rc;
}

enum mw_rc mw_link_gather(struct mw_list *ids, bool *seen, size_t n, const struct mw_link_scope *u, int64_t first)
{
    int64_t *slot = mw_list_add(u->a, ids, sizeof *slot);
    enum mw_rc rc = slot != NULL ? MW_OK : mw_nomem(u->err);

    if (slot != NULL)
        *slot = first;
    seen[first] = true;
    for (size_t i = 0; i < ids->n && rc == MW_OK; i++) {
        struct mw_list near = { NULL, 0, 0 };
        rc = neighbours(&near, u, *MW_AT(*ids, int64_t, i));
        for (size_t k = 0; k < near.n && rc == MW_OK; k++) {
            int64_t id = *MW_AT(near, int64_t, k);
            if (id <= 0 || (size_t)id >= n || seen[id])
                continue;
            seen[id] = true;
            slot = mw_list_add(u->a, ids, sizeof *slot);
            if (slot == NULL)
                return mw_nomem(u->err);
            *slot = id;
        }
    }
    return rc;
}

/* --- whose turn it is -------------------------------------------------------------------------------------------------------- */

enum mw_rc mw_link_pending(struct mw_list *todo, struct mw_list *common, struct mw_arena *a, struct mw_store *s, bool *gone, size_t n, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = make_keys(s, a, err);

    if (rc == MW_OK)
        rc = see_gone(s, a, gone, n, err);
    if (rc == MW_OK)
        rc = mw_q(&st, s, err, COMMON, "i", (int64_t)MW_LINK_CLUSTER_MAX);
    if (rc == MW_OK)
        rc = mw_q_ids(common, a, s, st, err);
    for (size_t i = 0; i < common->n && rc == MW_OK; i++)
        rc = mw_q_run(s, err, WAKE_LINKED, "i", *MW_AT(*common, int64_t, i));
    if (rc == MW_OK)
        rc = mw_q(&st, s, err, PENDING, "");
    return rc == MW_OK ? mw_q_ids(todo, a, s, st, err) : rc;
}

enum mw_rc mw_link_done(struct mw_store *s, struct mw_err *err) { return mw_q_run(s, err, DONE, ""); }
