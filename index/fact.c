/* What rules have read out of notices. Every value has a column of its own: what is written comes back exactly, and a
 * filter can ask for it. */
#include "index/db.h"

const char MW_FACT_SCHEMA[] =
    "CREATE TABLE fact("
    " notice INTEGER NOT NULL REFERENCES notice(id) ON DELETE CASCADE,"
    " n INTEGER NOT NULL,"           /* order of the text, from 0 */
    " type INTEGER NOT NULL,"        /* enum mw_fact_type */
    " kind TEXT,"
    " value TEXT,"
    " date INTEGER,"                 /* days since 1970-01-01 */
    " recurs INTEGER,"               /* month * 100 + day */
    " num INTEGER, den INTEGER,"     /* a share, exact */
    " bp INTEGER,"                   /* the same in basis points, for filters only */
    " cents INTEGER,"
    " currency TEXT,"
    " months INTEGER,"
    " number INTEGER,"
    " per TEXT,"
    " condition TEXT,"
    " soft INTEGER NOT NULL,"
    " quote TEXT,"                   /* verbatim in the plain text at start */
    " start INTEGER,"
    " field TEXT,"                   /* of the source, in place of a quote */
    " rule TEXT,"
    " PRIMARY KEY(notice, n)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX fact_by_value ON fact(type, value, notice);"
    "CREATE INDEX fact_by_cents ON fact(type, cents, notice) WHERE cents IS NOT NULL;"
    "CREATE INDEX fact_by_bp ON fact(type, bp, notice) WHERE bp IS NOT NULL;";
const char MW_FACT_CLOCK_SCHEMA[] = "ALTER TABLE fact ADD COLUMN clock INTEGER"; /* minutes of the day */
static const char ADD[] = "INSERT INTO fact VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,"
                          " ?18, ?19, ?20, ?21, ?22)";
static const char DROP[] = "DELETE FROM fact WHERE notice = ?1";
static const char HAS[] = "SELECT 1 FROM fact WHERE notice = ?1 LIMIT 1";
#define COLUMNS "type, kind, value, date, recurs, num, den, cents, currency, months, number, per, condition, soft, quote,"         \
                " start, field, rule, clock"
static const char GET[] = "SELECT " COLUMNS " FROM fact WHERE notice = ?1 ORDER BY n";
static const char GET_STATUS[] = "SELECT " COLUMNS " FROM fact WHERE notice = ?1 AND type IN (?2, ?3, ?4) ORDER BY n";
static const char TALLY[] = "SELECT type, count(*), count(DISTINCT notice) FROM fact GROUP BY type ORDER BY type";
static const char WITH_BP[] = "SELECT notice FROM fact WHERE type = ?1 AND bp BETWEEN ?2 AND ?3";
static const char WITH_CENTS[] = "SELECT notice FROM fact WHERE type = ?1 AND cents BETWEEN ?2 AND ?3 AND kind = 'grant_max'";

/* --- writing: "not stated" is NULL ------------------------------------------------------------------------------------ */

static int bind_maybe(sqlite3_stmt *st, int i, bool stated, int64_t v)
{
    return stated ? sqlite3_bind_int64(st, i, v) : sqlite3_bind_null(st, i);
}

static int bind_text(sqlite3_stmt *st, int i, struct mw_sv v)
{
    return v.p != NULL ? sqlite3_bind_text64(st, i, v.p, v.n, SQLITE_STATIC, SQLITE_UTF8) : sqlite3_bind_null(st, i);
}

static int bind_fact(sqlite3_stmt *st, const struct mw_fact *f)
{
    bool share = mw_share_is(f->share);
    int bad = sqlite3_bind_int64(st, 3, f->type);

    bad |= bind_text(st, 4, f->kind) | bind_text(st, 5, f->value);
    bad |= bind_maybe(st, 6, mw_day_is(f->date), f->date.n);
    bad |= bind_maybe(st, 7, f->recurs != 0, f->recurs);
    bad |= bind_maybe(st, 8, share, f->share.num) | bind_maybe(st, 9, share, f->share.den);
    bad |= bind_maybe(st, 10, share, share ? mw_share_bp(f->share) : 0);
    bad |= bind_maybe(st, 11, mw_eur_is(f->eur), f->eur.cents);
    bad |= bind_text(st, 12, f->currency);
    bad |= bind_maybe(st, 13, f->months >= 0, f->months);
    bad |= bind_maybe(st, 14, f->number != INT64_MIN, f->number);
    bad |= bind_text(st, 15, f->per) | bind_text(st, 16, f->condition);
    bad |= sqlite3_bind_int(st, 17, f->soft);
    bad |= bind_text(st, 18, f->quote);
    bad |= bind_maybe(st, 19, f->quote.p != NULL, (int64_t)f->start);
    bad |= bind_text(st, 20, f->field) | bind_text(st, 21, f->rule);
    return bad | bind_maybe(st, 22, f->clock >= 0, f->clock);
}

/* For a deletion SQLite opens a table of what is to go, which costs many times as much as to see that there is nothing. */
static enum mw_rc drop(struct mw_store *s, int64_t notice, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q_row(&st, s, err, HAS, "i", notice);

    if (rc != MW_OK)
        return rc == MW_NOT_FOUND ? MW_OK : rc;
    sqlite3_reset(st);
    return mw_q_run(s, err, DROP, "i", notice);
}

enum mw_rc mw_facts_add(struct mw_store *s, int64_t notice, const struct mw_list *facts, struct mw_err *err)
{
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < facts->n && rc == MW_OK; i++) {
        sqlite3_stmt *st = NULL;
        rc = mw_q(&st, s, err, ADD, "ii", notice, (int64_t)i);
        if (rc == MW_OK && bind_fact(st, MW_AT(*facts, struct mw_fact, i)) != SQLITE_OK)
            rc = mw_db_fail(s, err);
        if (rc == MW_OK && (rc = mw_q_step(s, st, err)) == MW_NOT_FOUND)
            rc = MW_OK;
    }
    return rc;
}

enum mw_rc mw_facts_put(struct mw_store *s, int64_t notice, const struct mw_list *facts, struct mw_err *err)
{
    enum mw_rc rc = drop(s, notice, err);
    return rc == MW_OK ? mw_facts_add(s, notice, facts, err) : rc;
}

/* --- reading ------------------------------------------------------------------------------------------------------------ */

static bool copy(struct mw_sv *out, struct mw_arena *a, sqlite3_stmt *st, int col)
{
    struct mw_sv v = mw_q_text(st, col);
    *out = mw_arena_copy(a, v);
    return v.p == NULL || out->p != NULL;
}

static bool read_fact(struct mw_fact *f, struct mw_arena *a, sqlite3_stmt *st)
{
    enum { TYPE, KIND, VALUE, DATE, RECURS, NUM, DEN, CENTS, CURRENCY, MONTHS, NUMBER, PER, CONDITION, SOFT, QUOTE, START, FIELD,
           RULE, CLOCK };
    int type = sqlite3_column_int(st, TYPE);

    mw_fact_clear(f);
    f->type = type >= 0 && type < MW_F_TYPE_N ? (enum mw_fact_type)type : MW_F_THEME;
    if (sqlite3_column_type(st, DATE) != SQLITE_NULL)
        f->date.n = sqlite3_column_int(st, DATE);
    f->recurs = sqlite3_column_int(st, RECURS); /* NULL reads as 0: not yearly */
    if (sqlite3_column_type(st, DEN) != SQLITE_NULL)
        f->share = (struct mw_share){ sqlite3_column_int64(st, NUM), sqlite3_column_int64(st, DEN) };
    if (sqlite3_column_type(st, CENTS) != SQLITE_NULL)
        f->eur.cents = sqlite3_column_int64(st, CENTS);
    if (sqlite3_column_type(st, MONTHS) != SQLITE_NULL)
        f->months = sqlite3_column_int(st, MONTHS);
    if (sqlite3_column_type(st, NUMBER) != SQLITE_NULL)
        f->number = sqlite3_column_int64(st, NUMBER);
    if (sqlite3_column_type(st, CLOCK) != SQLITE_NULL)
        f->clock = sqlite3_column_int(st, CLOCK) % (MW_CLOCK_MAX + 1);
    f->soft = sqlite3_column_int(st, SOFT) != 0;
    f->start = (size_t)sqlite3_column_int64(st, START);
    return copy(&f->kind, a, st, KIND) && copy(&f->value, a, st, VALUE) && copy(&f->currency, a, st, CURRENCY) &&
           copy(&f->per, a, st, PER) && copy(&f->condition, a, st, CONDITION) && copy(&f->quote, a, st, QUOTE) &&
           copy(&f->field, a, st, FIELD) && copy(&f->rule, a, st, RULE);
}

static enum mw_rc read_all(struct mw_list *out, struct mw_arena *a, struct mw_store *s, sqlite3_stmt *st, struct mw_err *err)
{
    enum mw_rc rc = MW_OK;

    while (rc == MW_OK && (rc = mw_q_step(s, st, err)) == MW_OK) {
        struct mw_fact *f = mw_list_add(a, out, sizeof *f);
        if (f == NULL || !read_fact(f, a, st)) {
            sqlite3_reset(st);
            return mw_nomem(err);
        }
    }
    return rc == MW_NOT_FOUND ? MW_OK : rc;
}

enum mw_rc mw_facts_get(struct mw_list *out, struct mw_arena *a, struct mw_store *s, int64_t notice, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q(&st, s, err, GET, "i", notice);
    return rc == MW_OK ? read_all(out, a, s, st, err) : rc;
}

enum mw_rc mw_facts_of_status(struct mw_list *out, struct mw_arena *a, struct mw_store *s, int64_t notice, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q(&st, s, err, GET_STATUS, "iiii", notice, (int64_t)MW_F_DEADLINE, (int64_t)MW_F_STATUS,
                         (int64_t)MW_F_VALIDITY);
    return rc == MW_OK ? read_all(out, a, s, st, err) : rc;
}

enum mw_rc mw_facts_tally(struct mw_list *out, struct mw_arena *a, struct mw_store *s, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q(&st, s, err, TALLY, "");

    while (rc == MW_OK && (rc = mw_q_step(s, st, err)) == MW_OK) {
        struct mw_facts_of *t = mw_list_add(a, out, sizeof *t);
        if (t == NULL) {
            sqlite3_reset(st);
            return mw_nomem(err);
        }
        *t = (struct mw_facts_of){ sqlite3_column_int(st, 0), sqlite3_column_int64(st, 1), sqlite3_column_int64(st, 2) };
    }
    return rc == MW_NOT_FOUND ? MW_OK : rc;
}

/* --- for filters ---------------------------------------------------------------------------------------------------------- */

enum mw_rc mw_facts_with_rate(struct mw_list *ids, struct mw_arena *a, struct mw_store *s, int64_t from, int64_t to,
                              struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q(&st, s, err, WITH_BP, "iii", (int64_t)MW_F_RATE, from, to);
    return rc == MW_OK ? mw_q_ids(ids, a, s, st, err) : rc;
}

enum mw_rc mw_facts_with_amount(struct mw_list *ids, struct mw_arena *a, struct mw_store *s, int64_t from, int64_t to,
                                struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q(&st, s, err, WITH_CENTS, "iii", (int64_t)MW_F_AMOUNT, from, to);
    return rc == MW_OK ? mw_q_ids(ids, a, s, st, err) : rc;
}
