/* Runs, addresses and sightings: see ledger.h. */
#include "index/ledger.h"

#include <stdlib.h>

#include "index/db.h"

const char MW_LEDGER_SCHEMA[] =
    "CREATE TABLE run("
    " id INTEGER PRIMARY KEY,"
    " source TEXT NOT NULL,"
    " state INTEGER NOT NULL,"         /* enum mw_ledger_state */
    " started TEXT NOT NULL,"
    " ended TEXT,"
    " reason TEXT,"                    /* why it is not complete */
    " asked INTEGER, unchanged INTEGER, fresh INTEGER, changed INTEGER, gone INTEGER, failed INTEGER,"
    " bytes INTEGER, milliseconds INTEGER, notices INTEGER"
    ") STRICT;"
    "CREATE INDEX run_by_source ON run(source, id);"
    "CREATE TABLE address("
    " source TEXT NOT NULL,"
    " url TEXT NOT NULL,"
    " run INTEGER,"                    /* the last that got an answer; NULL: none did */
    " etag TEXT, last_modified TEXT, hash TEXT, fetched_at TEXT,"
    " failures INTEGER NOT NULL,"      /* in a row */
    " status INTEGER, why TEXT,"       /* of the last failure */
    " PRIMARY KEY(source, url)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE sighting("
    " source TEXT NOT NULL,"
    " notice TEXT NOT NULL,"           /* its address; no reference: the ledger outlives a notice that is taken out */
    " url TEXT NOT NULL,"              /* where it stood */
    " run INTEGER NOT NULL,"           /* the last that saw it */
    " missed INTEGER NOT NULL,"        /* complete runs since */
    " gone TEXT,"                      /* since when */
    " PRIMARY KEY(source, notice)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX sighting_by_url ON sighting(source, url);"
    "CREATE INDEX sighting_by_notice ON sighting(notice);";

const char MW_LEDGER_SCHEMA_4[] = "ALTER TABLE run ADD COLUMN expected INTEGER"; /* what the source says it has; NULL: nothing */

const char *const MW_LEDGER_STATES[] = { "open", "complete", "paused", "stopped", NULL };
enum { GONE_AFTER = 2 }; /* complete runs */

/* A run is continued for a day: after that its first answers are too old to pass for today's. */
static const char OPEN_RUN[] = "SELECT id FROM run WHERE source = ?1 AND state IN (0, 2) AND julianday(started) > julianday(?2) - 1"
                               " AND id = (SELECT max(id) FROM run WHERE source = ?1)";
static const char REOPEN[] = "UPDATE run SET state = 0, ended = NULL, reason = NULL WHERE id = ?1";
static const char BEGIN_RUN[] = "INSERT INTO run(source, state, started) VALUES(?1, 0, ?2) RETURNING id";
static const char END_RUN[] = "UPDATE run SET state = ?2, ended = ?3, reason = ?4, asked = ?5, unchanged = ?6, fresh = ?7, changed = ?8,"
                              " gone = ?9, failed = ?10, bytes = ?11, milliseconds = ?12, notices = ?13,"
                              " expected = nullif(?14, -1) WHERE id = ?1";
static const char EXPECTED[] = "SELECT notices FROM run WHERE source = ?1 AND state = 1 ORDER BY id DESC LIMIT 1";
static const char LAST[] = "SELECT id, state, source, started, ended, reason, asked, unchanged, fresh, changed, gone, failed, bytes,"
                           " milliseconds, notices, coalesce(expected, -1) FROM run WHERE id IN (SELECT max(id) FROM run GROUP BY source) ORDER BY source";
static const char COVERAGE[] =
    "SELECT l.source, l.started, l.reason, (SELECT max(ended) FROM run c WHERE c.source = l.source AND c.state = 1), l.state,"
    " (SELECT count(*) FROM sighting s WHERE s.source = l.source AND s.gone IS NULL), coalesce(l.expected, -1),"
    " (SELECT count(*) FROM sighting s WHERE s.source = l.source AND s.run = l.id),"
    " coalesce((SELECT c.notices FROM run c WHERE c.source = l.source AND c.state = 1 AND c.id < l.id ORDER BY c.id DESC LIMIT 1), -1),"
    " (SELECT count(*) FROM address f WHERE f.source = l.source AND f.failures > 0)"
    " FROM run l WHERE l.id IN (SELECT max(id) FROM run GROUP BY source) ORDER BY l.source";
static const char KNOWN[] = "SELECT etag, last_modified, hash, fetched_at, failures, run FROM address WHERE source = ?1 AND url = ?2";
static const char FETCHED[] = "INSERT INTO address VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, NULL, NULL) ON CONFLICT DO UPDATE SET run = ?3,"
                              " etag = ?4, last_modified = ?5, hash = ?6, fetched_at = ?7, failures = 0, status = NULL, why = NULL";
static const char SAME[] = "UPDATE address SET run = ?3, fetched_at = ?4, failures = 0, status = NULL, why = NULL"
                           " WHERE source = ?1 AND url = ?2";
static const char FAILED[] = "INSERT INTO address(source, url, failures, status, why) VALUES(?1, ?2, 1, ?3, ?4)"
                             " ON CONFLICT DO UPDATE SET failures = failures + 1, status = ?3, why = ?4";
static const char SAW[] = "INSERT INTO sighting VALUES(?1, ?2, ?3, ?4, 0, NULL)"
                          " ON CONFLICT DO UPDATE SET url = ?3, run = ?4, missed = 0, gone = NULL";
/* Only what the last answer of this address held: what an older one held is not in it. Without a word SQLite takes the longer way, through all
 * sightings of the source. */
static const char STILL[] = "UPDATE sighting INDEXED BY sighting_by_url SET run = ?3, missed = 0, gone = NULL WHERE source = ?1 AND url = ?2"
                            " AND run >= (SELECT coalesce(a.run, 0) FROM address a WHERE a.source = ?1 AND a.url = ?2)";
static const char SEEN[] = "SELECT count(*) FROM sighting WHERE source = ?1 AND run = ?2";
static const char MISSED[] = "UPDATE sighting SET missed = missed + 1 WHERE source = ?1 AND run <> ?2";
/* Of a source that does not list everything: its page answered that it is no more, and was asked since that counted last. */
static const char MISSED_PAGE[] = "UPDATE sighting SET missed = missed + 1 WHERE source = ?1 AND run <> ?2 AND EXISTS (SELECT 1 FROM address a"
                                  " WHERE a.source = ?1 AND a.url = sighting.url AND a.status IN (404, 410) AND a.failures > sighting.missed)";
static const char BEYOND[] = "SELECT a.url FROM address a WHERE a.source = ?1 AND a.fetched_at IS NOT NULL AND EXISTS (SELECT 1 FROM sighting s"
                             " WHERE s.source = ?1 AND s.url = a.url AND s.run <> ?2 AND s.gone IS NULL)"
                             " ORDER BY julianday(a.fetched_at) + min(a.failures, 30), a.url LIMIT ?3";
static const char GONE[] = "UPDATE sighting SET gone = ?2 WHERE source = ?1 AND missed >= ?3 AND gone IS NULL";
static const char SINCE[] = "SELECT max(gone) FROM sighting WHERE notice = ?1 HAVING count(*) = count(gone)";
static const char STANDS[] = "SELECT 1 FROM sighting s JOIN run r ON r.id = s.run WHERE s.source = ?1 AND s.notice = ?2 AND s.gone IS NULL"
                             " AND julianday(r.started) >= julianday(?3) - ?4";
static const char LOST[] = "SELECT notice FROM sighting GROUP BY notice HAVING count(*) = count(gone) AND max(gone) >= ?1"
                           " ORDER BY max(gone) DESC, notice";

static enum mw_rc number(int64_t *out, sqlite3_stmt *st, enum mw_rc rc, int64_t fallback)
{
    *out = fallback;
    if (rc == MW_OK) {
        *out = sqlite3_column_int64(st, 0);
        sqlite3_reset(st);
    }
    return rc == MW_NOT_FOUND ? MW_OK : rc;
}

/* The first column of all rows: struct mw_sv appended to out. */
static enum mw_rc list_texts(struct mw_list *out, struct mw_arena *a, struct mw_store *s, sqlite3_stmt *st, struct mw_err *err)
{
    enum mw_rc rc = MW_OK;
    while (rc == MW_OK && (rc = mw_q_step(s, st, err)) == MW_OK) {
        struct mw_sv *text = mw_list_add(a, out, sizeof *text);
        if (text != NULL)
            *text = mw_arena_copy(a, mw_q_text(st, 0));
        if (text == NULL || text->p == NULL) {
            sqlite3_reset(st);
            return mw_nomem(err);
        }
    }
    return rc == MW_NOT_FOUND ? MW_OK : rc;
}

enum mw_rc mw_ledger_begin(int64_t *run, struct mw_store *s, struct mw_sv source, struct mw_sv at, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_write_begin(s, err);

    if (rc == MW_OK)
        rc = mw_q_row(&st, s, err, OPEN_RUN, "tt", source, at);
    if (rc == MW_OK) {
        rc = number(run, st, rc, 0);
        rc = rc == MW_OK ? mw_q_run(s, err, REOPEN, "i", *run) : rc;
    } else if (rc == MW_NOT_FOUND) {
        rc = mw_q_row(&st, s, err, BEGIN_RUN, "tt", source, at);
        rc = number(run, st, rc, 0);
    }
    return mw_write_done(s, rc, err);
}

enum mw_rc mw_ledger_known(struct mw_ledger_address *out, struct mw_arena *a, struct mw_store *s, int64_t run, struct mw_sv source,
                           struct mw_sv url, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q_row(&st, s, err, KNOWN, "tt", source, url);

    *out = (struct mw_ledger_address){ 0 };
    if (rc != MW_OK)
        return rc == MW_NOT_FOUND ? MW_OK : rc;
    struct mw_sv *const texts[] = { &out->etag, &out->last_modified, &out->hash, &out->fetched_at };
    for (int i = 0; i < 4; i++)
        *texts[i] = mw_arena_copy(a, mw_q_text(st, i));
    out->known = out->fetched_at.p != NULL;
    out->failures = sqlite3_column_int64(st, 4);
    out->fresh = out->known && out->failures == 0 && sqlite3_column_int64(st, 5) == run;
    sqlite3_reset(st);
    return MW_OK;
}

enum mw_rc mw_ledger_fetched(struct mw_store *s, int64_t run, struct mw_sv source, struct mw_sv url,
                             const struct mw_ledger_address *now, struct mw_err *err)
{
    enum mw_rc rc = mw_write_begin(s, err);
    if (rc == MW_OK)
        rc = mw_q_run(s, err, FETCHED, "ttitttt", source, url, run, now->etag, now->last_modified, now->hash, now->fetched_at);
    return mw_write_done(s, rc, err);
}

enum mw_rc mw_ledger_saw(struct mw_store *s, int64_t run, struct mw_sv source, struct mw_sv notice, struct mw_sv url,
                         struct mw_err *err)
{
    enum mw_rc rc = mw_write_begin(s, err);
    if (rc == MW_OK)
        rc = mw_q_run(s, err, SAW, "ttti", source, notice, url, run);
    return mw_write_done(s, rc, err);
}

enum mw_rc mw_ledger_unchanged(struct mw_store *s, int64_t run, struct mw_sv source, struct mw_sv url, struct mw_sv at,
                               int64_t *notices, struct mw_err *err)
{
    enum mw_rc rc = mw_write_begin(s, err);

    *notices = 0;
    if (rc == MW_OK)
        rc = mw_q_run(s, err, STILL, "tti", source, url, run); /* before SAME: which run read the answer last */
    if (rc == MW_OK) {
        *notices = sqlite3_changes64(s->db);
        rc = mw_q_run(s, err, SAME, "ttit", source, url, run, at);
    }
    return mw_write_done(s, rc, err);
}

enum mw_rc mw_ledger_failed(struct mw_store *s, int64_t run, struct mw_sv source, struct mw_sv url, int64_t status,
                            struct mw_sv why, bool lost, struct mw_err *err)
{
    enum mw_rc rc = mw_write_begin(s, err);

    if (rc == MW_OK)
        rc = mw_q_run(s, err, FAILED, "ttit", source, url, status, why);
    if (rc == MW_OK && !lost)
        rc = mw_q_run(s, err, STILL, "tti", source, url, run);
    return mw_write_done(s, rc, err);
}

enum mw_rc mw_ledger_expected(struct mw_store *s, struct mw_sv source, int64_t *notices, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q_row(&st, s, err, EXPECTED, "t", source);
    return number(notices, st, rc, -1);
}

enum mw_rc mw_ledger_beyond(struct mw_list *urls, struct mw_arena *a, struct mw_store *s, int64_t run, struct mw_sv source, int64_t most,
                            struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q(&st, s, err, BEYOND, "tii", source, run, most);
    return rc == MW_OK ? list_texts(urls, a, s, st, err) : rc;
}

enum mw_rc mw_ledger_end(struct mw_store *s, struct mw_ledger_run *r, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_write_begin(s, err);

    if (rc == MW_OK)
        rc = mw_q_row(&st, s, err, SEEN, "ti", r->source, r->id);
    rc = number(&r->notices, st, rc, 0);
    r->gone = 0;
    if (rc == MW_OK && r->state == MW_LEDGER_COMPLETE) {
        rc = mw_q_run(s, err, r->rolling ? MISSED_PAGE : MISSED, "ti", r->source, r->id);
        if (rc == MW_OK)
            rc = mw_q_run(s, err, GONE, "tti", r->source, r->ended, (int64_t)GONE_AFTER);
        if (rc == MW_OK)
            r->gone = sqlite3_changes64(s->db);
    }
    if (rc == MW_OK)
        rc = mw_q_run(s, err, END_RUN, "iittiiiiiiiiii", r->id, (int64_t)r->state, r->ended, r->reason, r->asked, r->unchanged,
                      r->fresh, r->changed, r->gone, r->failed, r->bytes, r->milliseconds, r->notices, r->expected);
    return mw_write_done(s, rc, err);
}

enum mw_rc mw_ledger_last(struct mw_list *out, struct mw_arena *a, struct mw_store *s, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q(&st, s, err, LAST, "");

    while (rc == MW_OK && (rc = mw_q_step(s, st, err)) == MW_OK) {
        struct mw_ledger_run *r = mw_list_add(a, out, sizeof *r);
        if (r == NULL) {
            sqlite3_reset(st);
            return mw_nomem(err);
        }
        r->id = sqlite3_column_int64(st, 0);
        r->state = (enum mw_ledger_state)sqlite3_column_int(st, 1);
        struct mw_sv *const texts[] = { &r->source, &r->started, &r->ended, &r->reason };
        for (int i = 0; i < 4; i++)
            *texts[i] = mw_arena_copy(a, mw_q_text(st, 2 + i));
        int64_t *const numbers[] = { &r->asked, &r->unchanged, &r->fresh, &r->changed, &r->gone, &r->failed, &r->bytes,
                                     &r->milliseconds, &r->notices, &r->expected };
        for (int i = 0; i < 10; i++)
            *numbers[i] = sqlite3_column_int64(st, 6 + i);
    }
    return rc == MW_NOT_FOUND ? MW_OK : rc;
}

static enum mw_rc crawled(struct mw_list *out, struct mw_arena *a, struct mw_store *s, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q(&st, s, err, COVERAGE, "");

    while (rc == MW_OK && (rc = mw_q_step(s, st, err)) == MW_OK) {
        struct mw_coverage *c = mw_list_add(a, out, sizeof *c);
        if (c == NULL) {
            sqlite3_reset(st);
            return mw_nomem(err);
        }
        c->crawled = true;
        struct mw_sv *const texts[] = { &c->source, &c->last_run, &c->reason, &c->last_complete };
        for (int i = 0; i < 4; i++)
            *texts[i] = mw_arena_copy(a, mw_q_text(st, i));
        c->state = (enum mw_ledger_state)sqlite3_column_int(st, 4);
        int64_t *const numbers[] = { &c->stored, &c->expected, &c->found, &c->before, &c->failing };
        for (int i = 0; i < 5; i++)
            *numbers[i] = sqlite3_column_int64(st, 5 + i);
    }
    return rc == MW_NOT_FOUND ? MW_OK : rc;
}

static int by_source(const void *a, const void *b)
{
    return mw_sv_cmp(((const struct mw_coverage *)a)->source, ((const struct mw_coverage *)b)->source);
}

enum mw_rc mw_ledger_coverage(struct mw_list *out, struct mw_arena *a, struct mw_store *s, struct mw_err *err)
{
    struct mw_list runs = { 0 }, imported = { 0 };
    enum mw_rc rc = mw_read_begin(s, err);
    if (rc != MW_OK)
        return rc;
    rc = crawled(&runs, a, s, err);
    if (rc == MW_OK)
        rc = mw_notice_sources(&imported, a, s, err);
    mw_read_end(s);
    for (size_t i = 0; i < imported.n && rc == MW_OK; i++) {
        const struct mw_notices_of *of = MW_AT(imported, struct mw_notices_of, i);
        bool known = false;
        for (size_t k = 0; k < runs.n && !known; k++)
            known = mw_sv_eq(MW_AT(runs, struct mw_coverage, k)->source, of->source);
        struct mw_coverage *c = known ? NULL : mw_list_add(a, &runs, sizeof *c);
        if (c != NULL)
            *c = (struct mw_coverage){ .source = of->source, .stored = of->n, .expected = -1, .before = -1 };
        else if (!known)
            rc = mw_nomem(err);
    }
    if (runs.n > 1)
        qsort(runs.items, runs.n, sizeof(struct mw_coverage), by_source);
    for (size_t i = 0; i < runs.n && rc == MW_OK; i++) {
        struct mw_coverage *c = mw_list_add(a, out, sizeof *c);
        rc = c != NULL ? MW_OK : mw_nomem(err);
        if (c != NULL)
            *c = *MW_AT(runs, struct mw_coverage, i);
    }
    return rc;
}

enum mw_rc mw_ledger_gone(struct mw_sv *since, struct mw_arena *a, struct mw_store *s, struct mw_sv notice, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q_row(&st, s, err, SINCE, "t", notice);

    *since = MW_SV_NONE;
    if (rc == MW_OK) {
        *since = mw_arena_copy(a, mw_q_text(st, 0));
        sqlite3_reset(st);
    }
    return rc == MW_NOT_FOUND ? MW_OK : rc;
}

enum mw_rc mw_ledger_stands(bool *stands, struct mw_store *s, struct mw_sv source, struct mw_sv notice, struct mw_sv at, int days, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q_row(&st, s, err, STANDS, "ttti", source, notice, at, (int64_t)days);

    *stands = rc == MW_OK;
    if (rc == MW_OK)
        sqlite3_reset(st);
    return rc == MW_NOT_FOUND ? MW_OK : rc;
}

enum mw_rc mw_ledger_lost(struct mw_list *urls, struct mw_arena *a, struct mw_store *s, struct mw_day since, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str day = MW_STR_INIT;
    sqlite3_stmt *st = NULL;

    mw_day_iso(&day, since);
    enum mw_rc rc = mw_q(&st, s, err, LOST, "t", mw_sv(mw_str_z(&day)));
    return rc == MW_OK ? list_texts(urls, a, s, st, err) : rc;
}
