/* Traits: see trait.h. A row holds those of SPAN neighbouring notices, one after the other, each behind its length. */
#include "index/trait.h"

#include <stdlib.h>
#include <string.h>

#include "lib/core/packed.h"

const char MW_TRAIT_SCHEMA[] =
    "CREATE TABLE trait("
    " span INTEGER PRIMARY KEY,"     /* notice / 64 */
    " traits BLOB NOT NULL"
    ") STRICT;"
    "CREATE TABLE trait_word("
    " id INTEGER PRIMARY KEY,"
    " kind INTEGER NOT NULL,"        /* enum mw_trait_word_kind */
    " word TEXT NOT NULL,"
    " UNIQUE(kind, word)"
    ") STRICT;"
    "DROP TABLE facet;"              /* what asked them asks traits now */
    "DROP INDEX fact_by_value;";
static const char ROW[] = "SELECT traits FROM trait WHERE span = ?1";
static const char SET[] = "INSERT INTO trait VALUES(?1, ?2) ON CONFLICT(span) DO UPDATE SET traits = ?2";
static const char ALL[] = "SELECT span, traits FROM trait";
static const char WORD[] = "SELECT id FROM trait_word WHERE kind = ?1 AND word = ?2";
static const char WORD_ADD[] = "INSERT INTO trait_word(kind, word) VALUES(?1, ?2)";
static const char WORDS[] = "SELECT id, kind, word FROM trait_word";
static const char WORDS_LAST[] = "SELECT coalesce(max(id), 0) FROM trait_word";

enum { SPAN = 64 };
enum until { NO_DAY, YEARLY, ONE_DAY }; /* what kind of deadline a step has */

/* --- what labels and facts say --------------------------------------------------------------------------------------------- */

static uint32_t land_bit(struct mw_sv name)
{
    enum mw_land land = MW_LAND_NONE;

    if (mw_sv_ieq(name, MW_SV("DE")) || mw_sv_ieq(name, MW_SV("bundesweit")))
        return MW_T_DE;
    if (mw_sv_ieq(name, MW_SV("EU")) || mw_sv_ieq(name, MW_SV("europaweit")))
        return MW_T_EU;
    return mw_land_parse(name, &land) ? 1U << land : 0;
}

/* "Öffentliche Einrichtung", "Existenzgründer/in": labels begin with the words of the code. */
static uint32_t label_bits(const char *const *codes, struct mw_sv label)
{
    MW_AUTO(mw_str_free) struct mw_str folded = MW_STR_INIT, code = MW_STR_INIT;
    uint32_t bits = 0;

    mw_fold(&folded, label);
    for (unsigned i = 0; codes[i] != NULL; i++) {
        mw_str_clear(&code);
        mw_fold(&code, mw_sv(codes[i]));
        for (size_t k = 0; k < code.n; k++)
            if (code.p[k] == '_')
                code.p[k] = ' ';
        if (mw_sv_starts(mw_str_sv(&folded), mw_str_sv(&code)))
            bits |= 1U << i;
    }
    return bits;
}

static uint32_t code_bit(const char *const *codes, struct mw_sv code)
{
    for (unsigned i = 0; codes[i] != NULL; i++)
        if (mw_sv_eqz(code, codes[i]))
            return 1U << i;
    return 0;
}

static void see_labels(struct mw_trait *t, const struct mw_notice *n)
{
    for (size_t i = 0; i < n->facets[MW_FUNDING_LOCATION].n; i++)
        t->lands |= land_bit(mw_sv_trim(*MW_AT(n->facets[MW_FUNDING_LOCATION], struct mw_sv, i)));
    for (size_t i = 0; i < n->facets[MW_ELIGIBLE_APPLICANTS].n; i++)
        t->applicants |= label_bits(MW_APPLICANT_TYPES, *MW_AT(n->facets[MW_ELIGIBLE_APPLICANTS], struct mw_sv, i));
    for (size_t i = 0; i < n->facets[MW_FUNDING_TYPE].n; i++)
        t->kinds |= label_bits(MW_KINDS, *MW_AT(n->facets[MW_FUNDING_TYPE], struct mw_sv, i));
}

static void see_fact(struct mw_trait *t, const struct mw_fact *f)
{
    if (f->type == MW_F_REGION)
        t->lands |= land_bit(f->value);
    else if (f->type == MW_F_APPLICANT)
        t->applicants |= code_bit(MW_APPLICANT_TYPES, f->value);
    else if (f->type == MW_F_KIND)
        t->kinds |= code_bit(MW_KINDS, f->value);
    else if (f->type == MW_F_AMOUNT && mw_sv_eqz(f->kind, "grant_max") && f->eur.cents > t->amount)
        t->amount = f->eur.cents;
}

static unsigned levels_of(const struct mw_trait *t, struct mw_sv source)
{
    unsigned levels = 0;
    if ((t->lands & MW_T_EU) != 0 || mw_sv_starts(source, MW_SV("eu")))
        levels |= MW_T_LEVEL_EU;
    if ((t->lands & MW_T_DE) != 0)
        levels |= MW_T_LEVEL_DE;
    return (t->lands & ~(uint32_t)(MW_T_DE | MW_T_EU)) != 0 ? levels | MW_T_LEVEL_LAND : levels;
}

/* --- how the status goes with the days ----------------------------------------------------------------------------------- */

static int by_day(const void *a, const void *b)
{
    return mw_day_cmp(*(const struct mw_day *)a, *(const struct mw_day *)b);
}

/* The status can change on a day that a fact names, and on the day after it. */
static size_t change_days(const struct mw_list *facts, struct mw_day *days)
{
    size_t n = 0;
    for (size_t i = 0; i < facts->n; i++) {
        const struct mw_fact *f = MW_AT(*facts, struct mw_fact, i);
        bool asked = f->type == MW_F_DEADLINE || f->type == MW_F_STATUS || f->type == MW_F_VALIDITY;
        if (!asked || !mw_day_is(f->date) || f->date.n == INT32_MAX)
            continue;
        days[n++] = f->date;
        days[n++] = (struct mw_day){ f->date.n + 1 };
    }
    if (n > 0)
        qsort(days, n, sizeof *days, by_day);
    return n;
}

struct step {
    struct mw_day deadline;
    enum mw_status status;
    enum until until;
};

static struct step step_on(const struct mw_notice *n, const struct mw_list *facts, struct mw_day on)
{
    const struct mw_fact *why = NULL;
    struct step s = { .deadline = MW_DAY_NONE };

    s.status = mw_status_on(n, facts, on, &why, &s.deadline);
    s.until = !mw_day_is(s.deadline) ? NO_DAY : why != NULL && why->recurs > 0 ? YEARLY : ONE_DAY;
    return s;
}

static bool same_step(const struct step *a, const struct step *b)
{
    return a->status == b->status && a->until == b->until && (a->until != ONE_DAY || mw_day_cmp(a->deadline, b->deadline) == 0);
}

static bool add_steps(struct mw_str *out, const struct mw_notice *n, const struct mw_list *facts)
{
    static const struct mw_day EVER = { 0 }, BEGINNING = { INT32_MIN + 1 };
    MW_AUTO(mw_str_free) struct mw_str steps = MW_STR_INIT;
    struct mw_day *days = calloc(2 * facts->n + 1, sizeof *days);
    size_t n_days = days != NULL ? change_days(facts, days) : 0, yearly = 0, count = 0;
    struct step last = { .status = MW_S_UNKNOWN };

    if (days == NULL)
        return false;
    for (size_t i = 0; i <= n_days; i++) { /* the first stands for all days before the first change */
        struct mw_day from = i > 0 ? days[i - 1] : n_days > 0 ? days[0] : EVER;
        if (i == 0 && n_days > 0)
            from.n--;
        struct step s = step_on(n, facts, from);
        if (i > 0 && same_step(&s, &last))
            continue;
        mw_pack_day(&steps, i == 0 ? BEGINNING : from);
        mw_pack_number(&steps, s.status);
        mw_pack_number(&steps, s.until);
        if (s.until == ONE_DAY)
            mw_pack_day(&steps, s.deadline);
        last = s;
        count++;
    }
    for (size_t i = 0; i < facts->n; i++)
        yearly += mw_status_yearly(MW_AT(*facts, struct mw_fact, i));
    mw_pack_number(out, yearly);
    for (size_t i = 0; i < facts->n; i++)
        if (mw_status_yearly(MW_AT(*facts, struct mw_fact, i))) {
            const struct mw_fact *f = MW_AT(*facts, struct mw_fact, i);
            mw_pack_number(out, (uint64_t)f->recurs);
            mw_pack_number(out, mw_day_is(f->date));
            if (mw_day_is(f->date))
                mw_pack_day(out, f->date);
        }
    mw_pack_number(out, count);
    mw_str_add(out, mw_str_sv(&steps));
    free(days);
    return mw_str_ok(&steps);
}

/* --- writing ---------------------------------------------------------------------------------------------------------------- */

static enum mw_rc word_number(uint32_t *out, struct mw_store *s, enum mw_trait_word_kind kind, struct mw_sv word, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;

    *out = 0;
    if (word.n == 0)
        return MW_OK;
    enum mw_rc rc = mw_q_row(&st, s, err, WORD, "it", (int64_t)kind, word);
    if (rc == MW_OK) {
        *out = (uint32_t)sqlite3_column_int64(st, 0);
        sqlite3_reset(st);
    } else if (rc == MW_NOT_FOUND) {
        rc = mw_q_run(s, err, WORD_ADD, "it", (int64_t)kind, word);
        *out = (uint32_t)sqlite3_last_insert_rowid(s->db);
    }
    return rc;
}

static enum mw_rc add_themes(struct mw_str *out, struct mw_store *s, const struct mw_notice *n, struct mw_err *err)
{
    uint32_t themes[MW_TRAIT_THEMES];
    size_t count = 0;
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < n->facets[MW_FUNDING_AREA].n && count < MW_TRAIT_THEMES && rc == MW_OK; i++) {
        uint32_t w = 0;
        rc = word_number(&w, s, MW_TW_THEME, mw_sv_trim(*MW_AT(n->facets[MW_FUNDING_AREA], struct mw_sv, i)), err);
        bool known = w == 0;
        for (size_t k = 0; k < count && !known; k++)
            known = themes[k] == w;
        if (!known)
            themes[count++] = w;
    }
    mw_pack_number(out, count);
    for (size_t i = 0; i < count; i++)
        mw_pack_number(out, themes[i]);
    return rc;
}

/* Puts a record into its place among those of its neighbours. */
static enum mw_rc put_row(struct mw_store *s, int64_t notice, struct mw_sv record, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str row = MW_STR_INIT;
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q_row(&st, s, err, ROW, "i", notice / SPAN);

    if (rc != MW_OK && rc != MW_NOT_FOUND)
        return rc;
    struct mw_sv old = rc == MW_OK ? mw_q_blob(st, 0) : MW_SV("");
    const unsigned char *at = (const unsigned char *)old.p, *end = at + old.n;
    for (int64_t i = 0; i < SPAN; i++) {
        uint64_t n = mw_packed_number(&at, end);
        if (n > (uint64_t)(end - at))
            n = (uint64_t)(end - at);
        struct mw_sv one = i == notice % SPAN ? record : mw_sv_n((const char *)at, (size_t)n);
        mw_pack_number(&row, one.n);
        mw_str_add(&row, one);
        at += n;
    }
    if (rc == MW_OK)
        sqlite3_reset(st);
    return mw_str_ok(&row) ? mw_q_run(s, err, SET, "ib", notice / SPAN, mw_str_sv(&row)) : mw_nomem(err);
}

enum mw_rc mw_trait_put(struct mw_store *s, int64_t notice, const struct mw_notice *n, const struct mw_list *facts,
                        struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str out = MW_STR_INIT;
    struct mw_trait t = { .amount = -1, .seen = MW_DAY_NONE, .english = mw_sv_eqz(n->language, "en") };

    see_labels(&t, n);
    for (size_t i = 0; i < facts->n; i++)
        see_fact(&t, MW_AT(*facts, struct mw_fact, i));
    t.levels = levels_of(&t, n->source);
    enum mw_rc rc = mw_notice_first_seen(&t.seen, s, notice, err);
    if (rc == MW_OK)
        rc = word_number(&t.source, s, MW_TW_SOURCE, n->source, err);
    mw_pack_number(&out, t.lands);
    mw_pack_number(&out, t.applicants);
    mw_pack_number(&out, t.kinds);
    mw_pack_number(&out, t.levels * 2 + t.english);
    mw_pack_number(&out, t.source);
    mw_pack_number(&out, (uint64_t)(t.amount + 1));
    if (!mw_day_is(t.seen))
        t.seen.n = 0;
    mw_pack_day(&out, t.seen);
    if (rc == MW_OK)
        rc = add_themes(&out, s, n, err);
    bool kept = add_steps(&out, n, facts);
    if (rc == MW_OK && !(kept && mw_str_ok(&out)))
        rc = mw_nomem(err);
    return rc == MW_OK ? put_row(s, notice, mw_str_sv(&out), err) : rc;
}

enum mw_rc mw_trait_drop(struct mw_store *s, int64_t notice, struct mw_err *err)
{
    return put_row(s, notice, MW_SV(""), err);
}

/* --- reading ---------------------------------------------------------------------------------------------------------------- */

static enum mw_rc load_words(struct mw_traits *t, struct mw_store *s, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    int64_t last = 0;
    enum mw_rc rc = mw_q_number(&last, s, WORDS_LAST, err);

    t->words_n = last > 0 && last < UINT32_MAX ? (size_t)last : 0;
    t->words = mw_arena_array(t->arena, t->words_n + 1, sizeof *t->words);
    if (rc == MW_OK && t->words == NULL)
        rc = mw_nomem(err);
    if (rc == MW_OK)
        rc = mw_q(&st, s, err, WORDS, "");
    while (rc == MW_OK && (rc = mw_q_step(s, st, err)) == MW_OK) {
        int64_t id = sqlite3_column_int64(st, 0), kind = sqlite3_column_int64(st, 1);
        if (id <= 0 || (size_t)id > t->words_n || kind < 0 || kind >= MW_TW_KINDS)
            continue;
        t->words[id] = (struct mw_trait_word){ (enum mw_trait_word_kind)kind, mw_arena_copy(t->arena, mw_q_text(st, 2)) };
    }
    return rc == MW_NOT_FOUND ? MW_OK : rc;
}

/* false: it says what cannot be. */
static bool note_row(struct mw_traits *t, int64_t span, struct mw_sv bytes)
{
    const unsigned char *at = (const unsigned char *)bytes.p, *end = at + bytes.n;

    for (int64_t i = 0; i < SPAN && at < end; i++) {
        const unsigned char *begin = at;
        uint64_t n = mw_packed_number(&at, end);
        if (n > (uint64_t)(end - at) || (n == 0 && *begin != 0))
            return false;
        if (n == 0)
            continue;
        t->at[span * SPAN + i] = begin;
        at += n;
    }
    return at == end;
}

static enum mw_rc load(void *empty, struct mw_store *s, struct mw_err *err)
{
    struct mw_traits *t = empty;
    sqlite3_stmt *st = NULL;
    int64_t last = 0;
    enum mw_rc rc = (t->arena = mw_arena_new()) != NULL ? mw_notice_last(s, &last, err) : mw_nomem(err);

    if (rc == MW_OK && last >= UINT32_MAX)
        return mw_db_damaged(s, "notice", err);
    t->n = (size_t)last + 1;
    size_t slots = (t->n / SPAN + 1) * SPAN;
    t->at = mw_arena_array(t->arena, slots, sizeof *t->at);
    if (rc == MW_OK && t->at == NULL)
        rc = mw_nomem(err);
    if (rc == MW_OK)
        rc = mw_q(&st, s, err, ALL, "");
    while (rc == MW_OK && (rc = mw_q_step(s, st, err)) == MW_OK) {
        int64_t span = sqlite3_column_int64(st, 0);
        if (span >= 0 && (size_t)span >= slots / SPAN)
            continue; /* of notices that were taken out */
        struct mw_sv bytes = mw_arena_copy(t->arena, mw_q_blob(st, 1));
        rc = span < 0 || (bytes.p != NULL && !note_row(t, span, bytes)) ? mw_db_damaged(s, "trait", err) : MW_OK;
        if (rc != MW_OK)
            sqlite3_reset(st);
    }
    return rc == MW_NOT_FOUND ? load_words(t, s, err) : rc;
}

void mw_traits_free(void *traits)
{
    struct mw_traits *t = traits;
    if (t != NULL)
        mw_arena_free(t->arena);
    free(t);
}

enum mw_rc mw_traits(const struct mw_traits **out, struct mw_store *s, struct mw_err *err)
{
    void *kept = s->traits;
    enum mw_rc rc = mw_keep(&kept, sizeof *s->traits, load, mw_traits_free, s, err);

    *out = s->traits = kept;
    return rc;
}

bool mw_trait_get(struct mw_trait *out, const struct mw_traits *t, int64_t notice)
{
    *out = (struct mw_trait){ .amount = -1, .seen = MW_DAY_NONE };
    if (notice <= 0 || (size_t)notice >= t->n || t->at[notice] == NULL)
        return false;
    const unsigned char *at = t->at[notice];
    uint64_t n = mw_packed_number(&at, at + 10);
    const unsigned char *end = at + n;
    out->lands = (uint32_t)mw_packed_number(&at, end);
    out->applicants = (uint32_t)mw_packed_number(&at, end);
    out->kinds = (uint32_t)mw_packed_number(&at, end);
    uint64_t flags = mw_packed_number(&at, end);
    out->levels = (unsigned)(flags / 2);
    out->english = flags % 2 != 0;
    out->source = (uint32_t)mw_packed_number(&at, end);
    out->amount = (int64_t)mw_packed_number(&at, end) - 1;
    out->seen = mw_packed_day(&at, end);
    out->more = at;
    out->end = end;
    return true;
}

size_t mw_trait_themes(const struct mw_trait *t, uint32_t out[MW_TRAIT_THEMES])
{
    const unsigned char *at = t->more;
    uint64_t n = at != NULL ? mw_packed_number(&at, t->end) : 0;
    size_t count = 0;

    for (uint64_t i = 0; i < n && at < t->end; i++) {
        uint32_t w = (uint32_t)mw_packed_number(&at, t->end);
        if (count < MW_TRAIT_THEMES)
            out[count++] = w;
    }
    return count;
}

enum mw_status mw_trait_status(const struct mw_trait *t, struct mw_day today, struct mw_day *deadline)
{
    const unsigned char *at = t->more, *end = t->end;
    struct mw_day next = MW_DAY_NONE;
    enum mw_status status = MW_S_UNKNOWN;

    *deadline = MW_DAY_NONE;
    if (at == NULL)
        return status;
    for (uint64_t n = mw_packed_number(&at, end); n > 0 && at < end; n--)
        mw_packed_number(&at, end); /* themes */
    for (uint64_t n = mw_packed_number(&at, end); n > 0 && at < end; n--) {
        int recurs = (int)mw_packed_number(&at, end);
        struct mw_day last = mw_packed_number(&at, end) != 0 ? mw_packed_day(&at, end) : MW_DAY_NONE;
        struct mw_day d = mw_status_next(today, recurs, last);
        if (mw_day_is(d) && (!mw_day_is(next) || mw_day_cmp(d, next) < 0))
            next = d;
    }
    for (uint64_t n = mw_packed_number(&at, end); n > 0 && at < end; n--) {
        struct mw_day from = mw_packed_day(&at, end);
        uint64_t code = mw_packed_number(&at, end);
        enum until until = (enum until)mw_packed_number(&at, end);
        struct mw_day until_day = until == ONE_DAY ? mw_packed_day(&at, end) : MW_DAY_NONE;
        if (mw_day_cmp(from, today) > 0)
            break;
        status = code <= MW_S_CLOSED ? (enum mw_status)code : MW_S_UNKNOWN;
        *deadline = until == YEARLY ? next : until_day;
    }
    return status;
}
