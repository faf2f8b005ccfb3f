/* Documents: the numbers that postings speak of. A notice that changes becomes a new document; the old number is never
 * used again, so that postings of dead documents do no harm until a merge drops them. */
#include "index/bits.h"
#include "index/db.h"

#include <stdlib.h>
#include <string.h>

const char MW_DOC_SCHEMA[] = "CREATE TABLE doc("
                             " doc INTEGER PRIMARY KEY AUTOINCREMENT,"
                             " notice INTEGER NOT NULL UNIQUE REFERENCES notice(id) ON DELETE CASCADE,"
                             " english INTEGER NOT NULL"   /* 1: analysed as English */
                             ") STRICT;";
/* The same, packed for who needs them all: 256 documents a row, each as 4 bytes, the low one first: notice * 2 + english; 0:
 * dead. Reading 100,000 rows of doc takes longer than most searches. */
const char MW_DOC_SPAN_SCHEMA[] = "CREATE TABLE doc_span("
                                  " span INTEGER PRIMARY KEY,"  /* doc / 256 */
                                  " docs BLOB NOT NULL"
                                  ") STRICT;";
enum { SPAN = 256, SLOT = 4 };
static const char DROP[] = "DELETE FROM doc WHERE notice = ?1";
static const char ADD[] = "INSERT INTO doc(notice, english) VALUES(?1, ?2)";
static const char OF_NOTICE[] = "SELECT doc FROM doc WHERE notice = ?1";
static const char ROW[] = "SELECT docs FROM doc_span WHERE span = ?1";
static const char SET[] = "INSERT INTO doc_span VALUES(?1, ?2) ON CONFLICT(span) DO UPDATE SET docs = ?2";
static const char ALL[] = "SELECT span, docs FROM doc_span";
static const char RANGE[] = "SELECT doc FROM doc WHERE doc BETWEEN ?1 AND ?2";
static const char LAST[] = "SELECT coalesce(max(doc), 0) FROM doc";

static enum mw_rc put_slot(struct mw_store *s, int64_t doc, int64_t value, struct mw_err *err)
{
    char row[SPAN * SLOT] = { 0 };
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q_row(&st, s, err, ROW, "i", doc / SPAN);

    if (rc == MW_OK) {
        struct mw_sv old = mw_q_blob(st, 0);
        if (old.n == sizeof row)
            memcpy(row, old.p, sizeof row);
        sqlite3_reset(st);
    }
    for (int i = 0; i < SLOT; i++)
        row[doc % SPAN * SLOT + i] = (char)(value >> 8 * i);
    return rc == MW_OK || rc == MW_NOT_FOUND ? mw_q_run(s, err, SET, "ib", doc / SPAN, mw_sv_n(row, sizeof row)) : rc;
}

enum mw_rc mw_doc_number(int64_t *doc, struct mw_store *s, int64_t notice, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q_row(&st, s, err, OF_NOTICE, "i", notice);

    *doc = 0;
    if (rc != MW_OK)
        return rc == MW_NOT_FOUND ? MW_OK : rc;
    *doc = sqlite3_column_int64(st, 0);
    sqlite3_reset(st);
    return MW_OK;
}

enum mw_rc mw_doc_drop(struct mw_store *s, int64_t notice, struct mw_err *err)
{
    int64_t doc = 0;
    enum mw_rc rc = mw_doc_number(&doc, s, notice, err);

    if (rc != MW_OK || doc == 0)
        return rc;
    rc = mw_q_run(s, err, DROP, "i", notice);
    return rc == MW_OK ? put_slot(s, doc, 0, err) : rc;
}

enum mw_rc mw_doc_new(struct mw_store *s, int64_t notice, bool english, int64_t *doc, struct mw_err *err)
{
    enum mw_rc rc = mw_q_run(s, err, ADD, "ii", notice, (int64_t)english);

    *doc = sqlite3_last_insert_rowid(s->db);
    if (rc == MW_OK && notice > INT32_MAX)
        rc = mw_fail(err, MW_DB, "The search index is full.");
    return rc == MW_OK ? put_slot(s, *doc, notice * 2 + english, err) : rc;
}

enum mw_rc mw_doc_living(bool **out, struct mw_store *s, int64_t first, int64_t last, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    bool *living = calloc((size_t)(last - first + 1), sizeof *living);
    enum mw_rc rc = living != NULL ? mw_q(&st, s, err, RANGE, "ii", first, last) : mw_nomem(err);

    while (rc == MW_OK && (rc = mw_q_step(s, st, err)) == MW_OK)
        living[sqlite3_column_int64(st, 0) - first] = true;
    if (rc == MW_NOT_FOUND) {
        *out = living;
        return MW_OK;
    }
    free(living);
    return rc;
}

void mw_docs_free(void *docs)
{
    struct mw_docs *d = docs;

    if (d == NULL)
        return;
    free(d->notice);
    free(d->alive);
    free(d->of);
    free(d);
}

/* The documents of one row. false: it says what cannot be; last: the last notice. */
static bool note_row(struct mw_docs *d, int64_t span, struct mw_sv row, int64_t last)
{
    if (span < 0 || span >= UINT32_MAX / SPAN || row.n != (size_t)SPAN * SLOT)
        return false;
    int64_t first = span * SPAN;
    for (int64_t i = 0; i < SPAN && first + i < d->end; i++) {
        const unsigned char *p = (const unsigned char *)row.p + i * SLOT;
        uint32_t value = p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
        if (value == 0)
            continue;
        if (value / 2 == 0 || value / 2 > last)
            return false;
        d->notice[first + i] = value / 2;
        mw_bit_put(d->alive, (size_t)(first + i));
        d->living++;
        d->english += value & 1;
        if (value / 2 >= d->notices)
            d->notices = value / 2 + 1;
    }
    return true;
}

static enum mw_rc load(void *empty, struct mw_store *s, struct mw_err *err)
{
    struct mw_docs *d = empty;
    sqlite3_stmt *st = NULL;
    int64_t last = 0, notices = 0;
    enum mw_rc rc = mw_q_number(&last, s, LAST, err);

    if (rc == MW_OK)
        rc = mw_notice_last(s, &notices, err);
    if (rc != MW_OK)
        return rc;
    if (last < 0 || last >= UINT32_MAX)
        return mw_db_damaged(s, "doc", err);
    d->end = (uint32_t)last + 1;
    d->words = ((size_t)d->end / MW_WINDOW + 1) * (MW_WINDOW / 64);
    d->notice = calloc(d->end, sizeof *d->notice);
    d->alive = calloc(d->words, sizeof *d->alive);
    if (d->notice == NULL || d->alive == NULL)
        return mw_nomem(err);
    rc = mw_q(&st, s, err, ALL, "");
    while (rc == MW_OK && (rc = mw_q_step(s, st, err)) == MW_OK)
        if (!note_row(d, sqlite3_column_int64(st, 0), mw_q_blob(st, 1), notices)) {
            sqlite3_reset(st);
            return mw_db_damaged(s, "doc", err);
        }
    if (rc != MW_NOT_FOUND)
        return rc;
    d->of = calloc((size_t)d->notices + 1, sizeof *d->of);
    if (d->of == NULL)
        return mw_nomem(err);
    for (uint32_t doc = 0; doc < d->end; doc++)
        d->of[d->notice[doc]] = doc;
    d->of[0] = 0;
    return MW_OK;
}

enum mw_rc mw_docs(const struct mw_docs **out, struct mw_store *s, struct mw_err *err)
{
    void *kept = s->docs;
    enum mw_rc rc = mw_keep(&kept, sizeof *s->docs, load, mw_docs_free, s, err);

    if (kept != s->docs) { /* lists leave out whoever was dead, and marks speak of documents */
        mw_lists_free(s->lists);
        s->lists = NULL;
        mw_marks_free(s->marks);
        s->marks = NULL;
    }
    *out = s->docs = kept;
    return rc;
}
