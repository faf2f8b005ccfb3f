/* The texts of a notice, and the full-text table over them.
 *
 * FTS5 answers what only positions can: phrases and words near each other. It holds no copy of the texts (external
 * content), so a row must be taken out with exactly the words it was put in with: out first, then the change. Ranking is
 * not its work (posting.c), therefore columnsize=0. Words go in when the transaction ends (words.c). */
#include "index/db.h"

#include <string.h>

const char MW_SECTION_SCHEMA[] =
    "CREATE TABLE section("
    " id INTEGER PRIMARY KEY,"
    " notice INTEGER NOT NULL REFERENCES notice(id) ON DELETE CASCADE,"
    " n INTEGER NOT NULL,"           /* reading order from 1; 0 is the title, kept in heading */
    " heading TEXT NOT NULL,"
    " english INTEGER NOT NULL,"     /* 1: tokenized as English */
    " html INTEGER NOT NULL,"        /* 1: raw is HTML; 2: HTML that stands in the snapshot of the notice alone */
    " raw TEXT,"                     /* as the source gave it; NULL: the same as text, or in the snapshot */
    " text TEXT,"                    /* plain; NULL: the title has none */
    " UNIQUE(notice, n)"
    ") STRICT;"
    "CREATE VIRTUAL TABLE section_fts USING fts5(heading, text, content='section', content_rowid='id', columnsize=0,"
    " tokenize='mittelweg');";
/* FTS5 writes for every word which column it stands in, but for the first: that is the one with most of the words. */
const char MW_SECTION_FTS_SCHEMA[] =
    "DROP TABLE section_fts;"
    "CREATE VIRTUAL TABLE section_fts USING fts5(text, heading, content='section', content_rowid='id', columnsize=0,"
    " tokenize='mittelweg');";
static const char ADD[] = "INSERT INTO section(notice, n, heading, english, html, raw, text) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)";
static const char FTS_ADD[] = "INSERT INTO section_fts(rowid, heading, text) VALUES(?1, ?2, ?3)";
static const char LANGUAGE[] = "SELECT english FROM section WHERE notice = ?1 LIMIT 1";
static const char FTS_DROP[] = "INSERT INTO section_fts(section_fts, rowid, heading, text)"
                               " SELECT 'delete', id, heading, text FROM section WHERE notice = ?1 AND id < ?2";
static const char DROP[] = "DELETE FROM section WHERE notice = ?1";
static const char GET[] = "SELECT heading, html, raw, text FROM section WHERE notice = ?1 AND n > 0 ORDER BY n";
static const char ROWS[] = "SELECT id, heading, text, n, english FROM section WHERE notice = ?1 ORDER BY n";
static const char TONGUE[] = "UPDATE section SET english = ?2 WHERE notice = ?1 AND english <> ?2";
static const char EMPTY[] = "INSERT INTO section_fts(section_fts) VALUES('delete-all')";
static const char BEGIN[] = "SELECT english, substr(coalesce(text, heading), 1, ?2) FROM section WHERE notice = ?1 ORDER BY n LIMIT ?3";
static const char MATCH[] = "SELECT DISTINCT notice FROM section WHERE id IN (SELECT rowid FROM section_fts(?1)) ORDER BY notice";

static bool has_nul(struct mw_sv v) { return v.n > 0 && memchr(v.p, '\0', v.n) != NULL; }

/* Can the snapshot of n be read again? It is JSON, in which no NUL is read. */
static bool readable(const struct mw_notice *n)
{
    for (size_t i = 0; i < n->sections.n; i++)
        if (has_nul(MW_AT(n->sections, struct mw_section, i)->heading) || has_nul(MW_AT(n->sections, struct mw_section, i)->raw))
            return false;
    return true;
}

/* in_snapshot: it gives back what is UTF-8 byte for byte. */
static enum mw_rc put(struct mw_store *s, int64_t notice, int64_t n, const struct mw_section *c, bool in_snapshot, struct mw_err *err)
{
    bool same = mw_sv_eq(c->raw, c->text), elsewhere = !same && in_snapshot && c->html && c->raw.n > 0 && mw_utf8_invalid_at(c->raw) == SIZE_MAX;
    enum mw_rc rc = mw_q_run(s, err, ADD, "iitiitt", notice, n, c->heading, (int64_t)s->english, (int64_t)(elsewhere ? 2 : c->html),
                             same || elsewhere ? MW_SV_NONE : c->raw, c->text);

    if (rc == MW_OK && s->unindexed == 0) /* larger than every other id, and so are those that follow */
        s->unindexed = sqlite3_last_insert_rowid(s->db);
    return rc;
}

/* A row's words, each text analysed once: FTS5 asks for them, and they are counted as they pass by. What it did not ask for is read. */
static enum mw_rc index_row(struct mw_store *s, sqlite3_stmt *st, struct mw_err *err)
{
    struct mw_sv heading = mw_q_text(st, 1), text = mw_q_text(st, 2);
    bool title = sqlite3_column_int64(st, 3) == 0;
    struct mw_passing row = { { text, heading }, { MW_FIELD_BODY, title ? MW_FIELD_TITLE : MW_FIELD_RULES } };

    if (!title)
        row.field[0] = mw_field_of(heading);
    s->english = sqlite3_column_int(st, 4) != 0;
    s->passing = &row;
    enum mw_rc rc = mw_q_run(s, err, FTS_ADD, "itt", (int64_t)sqlite3_column_int64(st, 0), heading, text);
    s->passing = NULL;
    for (int i = 0; i < 2 && rc == MW_OK; i++)
        mw_builder_read(s->builder, s->an, row.text[i], s->english, row.field[i]);
    return rc;
}

enum mw_rc mw_sections_index(struct mw_store *s, int64_t notice, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q(&st, s, err, ROWS, "i", notice);

    while (rc == MW_OK && (rc = mw_q_step(s, st, err)) == MW_OK)
        if ((rc = index_row(s, st, err)) != MW_OK)
            sqlite3_reset(st);
    return rc == MW_NOT_FOUND ? MW_OK : rc;
}

enum mw_rc mw_sections_put(struct mw_store *s, int64_t notice, const struct mw_notice *n, struct mw_err *err)
{
    struct mw_section title = { .heading = n->title };

    s->english = mw_sv_eqz(n->language, "en");
    bool in_snapshot = readable(n);
    enum mw_rc rc = put(s, notice, 0, &title, false, err);
    for (size_t i = 0; i < n->sections.n && rc == MW_OK; i++)
        rc = put(s, notice, (int64_t)i + 1, MW_AT(n->sections, struct mw_section, i), in_snapshot, err);
    return rc;
}

enum mw_rc mw_sections_drop(struct mw_store *s, int64_t notice, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q_row(&st, s, err, LANGUAGE, "i", notice);

    if (rc != MW_OK)
        return rc == MW_NOT_FOUND ? MW_OK : rc;
    s->english = sqlite3_column_int(st, 0) != 0;
    sqlite3_reset(st);
    rc = mw_q_run(s, err, FTS_DROP, "ii", notice, s->unindexed > 0 ? s->unindexed : INT64_MAX);
    return rc == MW_OK ? mw_q_run(s, err, DROP, "i", notice) : rc;
}

enum mw_rc mw_sections_unindex(struct mw_store *s, struct mw_err *err)
{
    return mw_q_run(s, err, EMPTY, "");
}

enum mw_rc mw_sections_language(struct mw_store *s, int64_t notice, bool english, struct mw_err *err)
{
    return mw_q_run(s, err, TONGUE, "ii", notice, (int64_t)english);
}

/* The HTML that stands in the snapshot alone. */
static enum mw_rc add_html(struct mw_list *sections, struct mw_arena *a, struct mw_store *s, int64_t notice, struct mw_err *err)
{
    struct mw_notice given;
    enum mw_rc rc = mw_notice_as_given(&given, a, s, notice, err);

    if (rc == MW_OK && given.sections.n != sections->n)
        rc = mw_db_damaged(s, "snapshot", err);
    for (size_t i = 0; i < sections->n && rc == MW_OK; i++) {
        struct mw_section *c = MW_AT(*sections, struct mw_section, i);
        if (c->raw.p == NULL)
            c->raw = MW_AT(given.sections, struct mw_section, i)->raw;
    }
    return rc;
}

enum mw_rc mw_sections_get(struct mw_list *out, struct mw_arena *a, struct mw_store *s, int64_t notice, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q(&st, s, err, GET, "i", notice);
    bool failed = false, lacking = false;

    while (rc == MW_OK && (rc = mw_q_step(s, st, err)) == MW_OK) {
        struct mw_section *c = mw_list_add(a, out, sizeof *c);
        if (c != NULL) {
            bool same = sqlite3_column_type(st, 2) == SQLITE_NULL, elsewhere = sqlite3_column_int(st, 1) == 2;
            c->heading = mw_arena_copy(a, mw_q_text(st, 0));
            c->html = sqlite3_column_int(st, 1) != 0;
            c->text = mw_arena_copy(a, mw_q_text(st, 3));
            c->raw = elsewhere ? MW_SV_NONE : same ? c->text : mw_arena_copy(a, mw_q_text(st, 2));
            lacking |= elsewhere;
            failed = c->heading.p == NULL || c->text.p == NULL || (c->raw.p == NULL && !elsewhere);
        }
        if (c == NULL || failed) {
            sqlite3_reset(st);
            return mw_nomem(err);
        }
    }
    if (rc == MW_NOT_FOUND)
        rc = lacking ? add_html(out, a, s, notice, err) : MW_OK;
    return rc;
}

enum mw_rc mw_sections_begin(struct mw_list *out, struct mw_arena *a, struct mw_store *s, int64_t notice, size_t texts,
                             size_t letters, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q(&st, s, err, BEGIN, "iii", notice, (int64_t)letters, (int64_t)texts);

    while (rc == MW_OK && (rc = mw_q_step(s, st, err)) == MW_OK) {
        struct mw_section *c = mw_list_add(a, out, sizeof *c);
        if (c != NULL) {
            c->html = sqlite3_column_int(st, 0) != 0;
            c->text = mw_arena_copy(a, mw_q_text(st, 1));
        }
        if (c == NULL || c->text.p == NULL) {
            sqlite3_reset(st);
            return mw_nomem(err);
        }
    }
    return rc == MW_NOT_FOUND ? MW_OK : rc;
}

enum mw_rc mw_sections_match(struct mw_list *out, struct mw_arena *a, struct mw_store *s, struct mw_sv match, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q(&st, s, err, MATCH, "t", match);
    return rc == MW_OK ? mw_q_ids(out, a, s, st, err) : rc;
}
