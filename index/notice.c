/* The notices: one row each, with everything a source says of it except its texts (section.c). */
#include "index/db.h"

#include <string.h>

#include "lib/core/read.h"

const char MW_NOTICE_SCHEMA[] =
    "CREATE TABLE notice("
    " id INTEGER PRIMARY KEY,"
    " url TEXT NOT NULL UNIQUE,"
    " source TEXT,"
    " title TEXT NOT NULL,"
    " language TEXT NOT NULL,"       /* de or en */
    " head TEXT NOT NULL,"           /* the interchange object without its sections */
    " content BLOB NOT NULL,"        /* SHA-256 of the interchange object without fetched_at */
    " plain BLOB NOT NULL,"          /* SHA-256 of the plain text: a better reader of HTML changes only this */
    " rules INTEGER,"                /* hash of the rules that made the facts; NULL: none did */
    " first_seen TEXT NOT NULL,"     /* RFC 3339 */
    " last_changed TEXT NOT NULL"
    ") STRICT;"
    "CREATE INDEX notice_by_source ON notice(source);"
    /* Labels as filters looked them up; trait.c does that since version 3, and takes this out. */
    "CREATE TABLE facet("
    " notice INTEGER NOT NULL REFERENCES notice(id) ON DELETE CASCADE,"
    " kind INTEGER NOT NULL,"        /* enum mw_facet_kind */
    " label TEXT NOT NULL,"
    " PRIMARY KEY(kind, label, notice)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX facet_by_notice ON facet(notice);";
static const char KNOWN[] = "SELECT id, content, plain, rules FROM notice WHERE url = ?1";
static const char ADD[] = "INSERT INTO notice(url, source, title, language, head, content, plain, first_seen, last_changed, rules)"
                          " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, iif(?9, ?10, NULL))";
static const char CHANGE[] = "UPDATE notice SET source = ?2, title = ?3, language = ?4, head = ?5, content = ?6, plain = ?7,"
                             " last_changed = coalesce(?8, last_changed) WHERE id = ?1";
static const char DROP[] = "DELETE FROM notice WHERE id = ?1";
static const char RULED[] = "UPDATE notice SET rules = ?2 WHERE id = ?1";
static const char UNRULED[] = "SELECT id FROM notice WHERE rules IS NOT ?1 AND id > ?2 ORDER BY id LIMIT 1";
static const char COUNT_UNRULED[] = "SELECT count(*) FROM notice WHERE rules IS NOT ?1";
static const char HEAD[] = "SELECT head, first_seen, last_changed FROM notice WHERE id = ?1";
static const char CONTENT[] = "SELECT content FROM notice WHERE id = ?1";
static const char FIRST_SEEN[] = "SELECT first_seen FROM notice WHERE id = ?1";
static const char ID[] = "SELECT id FROM notice WHERE url = ?1";
static const char NEXT[] = "SELECT id, url FROM notice WHERE url > ?1 ORDER BY url LIMIT 1";
static const char URLS[] = "SELECT url FROM notice";
static const char COUNT[] = "SELECT count(*) FROM notice";
static const char AFTER[] = "SELECT id FROM notice WHERE id > ?1 ORDER BY id LIMIT 1";
static const char LAST[] = "SELECT coalesce(max(id), 0) FROM notice";
static const char SOURCES[] = "SELECT source, count(*) FROM notice WHERE source IS NOT NULL GROUP BY source";

/* --- writing ---------------------------------------------------------------------------------------------------------- */

enum mw_rc mw_notice_known(struct mw_store *s, struct mw_sv url, struct mw_known *out, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q_row(&st, s, err, KNOWN, "t", url);

    if (rc != MW_OK)
        return rc;
    struct mw_sv content = mw_q_blob(st, 1), plain = mw_q_blob(st, 2);
    *out = (struct mw_known){ .id = sqlite3_column_int64(st, 0), .rules = (uint64_t)sqlite3_column_int64(st, 3) };
    out->ruled = sqlite3_column_type(st, 3) != SQLITE_NULL;
    if (content.n == MW_HASH)
        memcpy(out->content, content.p, MW_HASH);
    if (plain.n == MW_HASH)
        memcpy(out->plain, plain.p, MW_HASH);
    sqlite3_reset(st);
    return MW_OK;
}

enum mw_rc mw_notice_put(struct mw_store *s, struct mw_known *k, const struct mw_notice *n, struct mw_sv head, struct mw_sv stamp,
                         struct mw_err *err)
{
    struct mw_sv content = mw_sv_n((const char *)k->content, MW_HASH), plain = mw_sv_n((const char *)k->plain, MW_HASH);
    enum mw_rc rc;

    if (k->id == 0) {
        rc = mw_q_run(s, err, ADD, "tttttbbtii", n->url, n->source, n->title, n->language, head, content, plain, stamp,
                      (int64_t)k->ruled, (int64_t)k->rules);
        k->id = sqlite3_last_insert_rowid(s->db);
    } else {
        rc = mw_q_run(s, err, CHANGE, "ittttbbt", k->id, n->source, n->title, n->language, head, content, plain,
                      stamp);
    }
    return rc;
}

enum mw_rc mw_notice_drop(struct mw_store *s, int64_t id, struct mw_err *err)
{
    return mw_q_run(s, err, DROP, "i", id);
}

enum mw_rc mw_notice_ruled(struct mw_store *s, int64_t id, uint64_t rules, struct mw_err *err)
{
    return mw_q_run(s, err, RULED, "ii", id, (int64_t)rules);
}

enum mw_rc mw_notice_unruled(struct mw_store *s, uint64_t rules, int64_t *id, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q_row(&st, s, err, UNRULED, "ii", (int64_t)rules, *id);

    if (rc == MW_OK) {
        *id = sqlite3_column_int64(st, 0);
        sqlite3_reset(st);
    }
    return rc;
}

enum mw_rc mw_notice_count_unruled(struct mw_store *s, uint64_t rules, int64_t *n, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q_row(&st, s, err, COUNT_UNRULED, "i", (int64_t)rules);

    if (rc == MW_OK) {
        *n = sqlite3_column_int64(st, 0);
        sqlite3_reset(st);
    }
    return rc;
}

/* One object of the interchange format, as JSON on one line. */
enum mw_rc mw_notice_record(struct mw_str *out, const struct mw_notice *n, struct mw_err *err)
{
    MW_AUTO(mw_out_freep) struct mw_out *o = mw_out_to_str(out, &(struct mw_out_opts){ .format = MW_JSON });
    if (o == NULL)
        return mw_nomem(err);
    mw_notice_to_out(n, o);
    return mw_out_finish(o, err);
}

/* --- reading ------------------------------------------------------------------------------------------------------------ */

enum mw_rc mw_notice_head(struct mw_stored *out, struct mw_arena *a, struct mw_store *s, int64_t id, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    struct mw_node *node = NULL;
    enum mw_rc rc = mw_q_row(&st, s, err, HEAD, "i", id);

    *out = (struct mw_stored){ .id = id };
    if (rc != MW_OK)
        return rc;
    struct mw_sv head = mw_arena_copy(a, mw_q_text(st, 0));
    out->first_seen = mw_arena_copy(a, mw_q_text(st, 1));
    out->last_changed = mw_arena_copy(a, mw_q_text(st, 2));
    sqlite3_reset(st);
    if (head.p == NULL || out->first_seen.p == NULL || out->last_changed.p == NULL)
        return mw_nomem(err);
    rc = mw_json_read(&node, a, s->path, 0, head, err);
    return rc == MW_OK ? mw_notice_from_node(&out->notice, a, node, err) : rc;
}

enum mw_rc mw_notice_whole(struct mw_stored *out, struct mw_arena *a, struct mw_store *s, int64_t id, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str plain = MW_STR_INIT;
    enum mw_rc rc = mw_notice_head(out, a, s, id, err);

    if (rc == MW_OK)
        rc = mw_sections_get(&out->notice.sections, a, s, id, err);
    if (rc == MW_OK)
        rc = mw_facts_get(&out->facts, a, s, id, err);
    if (rc == MW_OK)
        rc = mw_version_count(s, id, &out->versions, err);
    if (rc != MW_OK)
        return rc;
    mw_notice_plain(&plain, &out->notice);
    out->plain = mw_arena_copy(a, mw_str_sv(&plain));
    return mw_str_ok(&plain) && (out->plain.p != NULL || plain.n == 0) ? MW_OK : mw_nomem(err);
}

enum mw_rc mw_notice_as_given(struct mw_notice *out, struct mw_arena *a, struct mw_store *s, int64_t id, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    struct mw_node *node = NULL;
    struct mw_sv record;
    enum mw_rc rc = mw_q_row(&st, s, err, CONTENT, "i", id);

    if (rc != MW_OK)
        return rc;
    struct mw_sv hash = mw_arena_copy(a, mw_q_blob(st, 0));
    sqlite3_reset(st);
    rc = hash.p != NULL ? mw_snapshot_get(&record, a, s, hash, err) : mw_nomem(err);
    if (rc == MW_OK)
        rc = mw_json_read(&node, a, s->path, 0, record, err);
    return rc == MW_OK ? mw_notice_from_node(out, a, node, err) : rc;
}

enum mw_rc mw_status_of(enum mw_status *status, struct mw_day *deadline, struct mw_arena *a, struct mw_store *s, int64_t id,
                        struct mw_day today, struct mw_err *err)
{
    struct mw_stored head;
    const struct mw_fact *why = NULL;
    enum mw_rc rc = mw_notice_head(&head, a, s, id, err);

    if (rc == MW_OK)
        rc = mw_facts_of_status(&head.facts, a, s, id, err);
    if (rc == MW_OK)
        *status = mw_status_on(&head.notice, &head.facts, today, &why, deadline);
    return rc;
}

/* For a mistyped address: the stored one with the fewest letters to change. */
static enum mw_rc not_found(struct mw_store *s, struct mw_sv url, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str best = MW_STR_INIT;
    unsigned limit = url.n > 200 ? 0 : (unsigned)(url.n / 8 + 1);
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = limit > 0 ? mw_q(&st, s, err, URLS, "") : MW_NOT_FOUND;

    while (rc == MW_OK && (rc = mw_q_step(s, st, err)) == MW_OK) {
        struct mw_sv one = mw_q_text(st, 0);
        bool end = url.n >= 8 && mw_sv_ends(one, url); /* the last part of an address is enough to be understood */
        unsigned d = end ? 0 : mw_sv_distance(url, one, limit);
        if (d < limit || (d == limit && best.n == 0)) {
            limit = d;
            mw_str_clear(&best);
            mw_str_add(&best, one);
        }
    }
    if (rc != MW_NOT_FOUND)
        return rc;
    return best.n > 0 ? mw_fail(err, MW_NOT_FOUND, "There is no notice \"%.*s\". Did you mean \"%s\"?", MW_SV_ARG(url),
                                mw_str_z(&best))
                      : mw_fail(err, MW_NOT_FOUND, "There is no notice \"%.*s\".", MW_SV_ARG(url));
}

enum mw_rc mw_store_get(struct mw_stored *out, struct mw_arena *a, struct mw_store *s, struct mw_sv url, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_read_begin(s, err);

    *out = (struct mw_stored){ .id = 0 };
    if (rc != MW_OK)
        return rc;
    rc = mw_q_row(&st, s, err, ID, "t", url);
    if (rc == MW_OK) {
        int64_t id = sqlite3_column_int64(st, 0);
        sqlite3_reset(st);
        rc = mw_notice_whole(out, a, s, id, err);
    } else if (rc == MW_NOT_FOUND) {
        rc = not_found(s, url, err);
    }
    mw_read_end(s);
    return rc;
}

/* One statement a notice, so that the caller may write in between, and one arena a notice, so that memory stays bounded. */
enum mw_rc mw_store_each(struct mw_store *s, mw_stored_fn *fn, void *ctx, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str last = MW_STR_INIT;
    bool more = true;
    enum mw_rc rc = mw_read_begin(s, err);

    if (rc != MW_OK)
        return rc;
    while (rc == MW_OK && more) {
        sqlite3_stmt *st = NULL;
        rc = mw_q_row(&st, s, err, NEXT, "t", mw_sv(mw_str_z(&last)));
        if (rc != MW_OK)
            break;
        MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
        struct mw_stored one;
        int64_t id = sqlite3_column_int64(st, 0);
        mw_str_clear(&last);
        mw_str_add(&last, mw_q_text(st, 1));
        sqlite3_reset(st);
        rc = a != NULL && mw_str_ok(&last) ? mw_notice_whole(&one, a, s, id, err) : mw_nomem(err);
        if (rc == MW_OK)
            more = fn(ctx, &one);
    }
    mw_read_end(s);
    return rc == MW_NOT_FOUND ? MW_OK : rc;
}

enum mw_rc mw_store_count(struct mw_store *s, int64_t *notices, struct mw_err *err)
{
    return mw_q_number(notices, s, COUNT, err);
}

enum mw_rc mw_notice_next(struct mw_store *s, int64_t *id, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q_row(&st, s, err, AFTER, "i", *id);

    if (rc == MW_OK) {
        *id = sqlite3_column_int64(st, 0);
        sqlite3_reset(st);
    }
    return rc;
}

enum mw_rc mw_notice_first_seen(struct mw_day *day, struct mw_store *s, int64_t id, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q_row(&st, s, err, FIRST_SEEN, "i", id);

    *day = MW_DAY_NONE;
    if (rc != MW_OK)
        return rc;
    if (!mw_read_day(mw_sv_sub(mw_q_text(st, 0), 0, 10), day))
        *day = MW_DAY_NONE;
    sqlite3_reset(st);
    return MW_OK;
}

enum mw_rc mw_notice_last(struct mw_store *s, int64_t *id, struct mw_err *err)
{
    return mw_q_number(id, s, LAST, err);
}

enum mw_rc mw_notice_sources(struct mw_list *out, struct mw_arena *a, struct mw_store *s, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q(&st, s, err, SOURCES, "");

    while (rc == MW_OK && (rc = mw_q_step(s, st, err)) == MW_OK) {
        struct mw_notices_of *of = mw_list_add(a, out, sizeof *of);
        if (of == NULL) {
            sqlite3_reset(st);
            return mw_nomem(err);
        }
        *of = (struct mw_notices_of){ mw_arena_copy(a, mw_q_text(st, 0)), sqlite3_column_int64(st, 1) };
    }
    return rc == MW_NOT_FOUND ? MW_OK : rc;
}
