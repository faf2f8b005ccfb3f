/* What a verdict asks of a notice, in one short row: all of its facts, but of their evidence only that there is some.
 *
 * A match judges every notice, and rows of the table of facts are slow to read by the ten thousand: they are wide, and carry
 * sentences. A brief never says more than that table: it is made of it and made anew with it. */
#include "index/db.h"
#include "lib/core/packed.h"

const char MW_BRIEF_SCHEMA[] =
    "CREATE TABLE brief("
    " notice INTEGER PRIMARY KEY REFERENCES notice(id) ON DELETE CASCADE,"
    " facts BLOB NOT NULL"           /* one behind the other: type, which values, values */
    ") STRICT;";
static const char SET[] = "INSERT INTO brief VALUES(?1, ?2) ON CONFLICT(notice) DO UPDATE SET facts = ?2";
static const char ALL[] = "SELECT notice, facts FROM brief ORDER BY notice";

enum stated { /* bits: which values follow, and what needs none */
    KIND = 1, VALUE = 2, CONDITION = 4, CURRENCY = 8, DATE = 16, RECURS = 32, SHARE = 64, EUR = 128, MONTHS = 256, NUMBER = 512,
    SOFT = 1024, QUOTE = 2048, FIELD = 4096, CLOCK = 8192
};

static unsigned stated(const struct mw_fact *f)
{
    const struct { unsigned bit; bool is; } all[] = {
        { KIND, f->kind.p != NULL }, { VALUE, f->value.p != NULL }, { CONDITION, f->condition.p != NULL }, { CURRENCY, f->currency.p != NULL },
        { DATE, mw_day_is(f->date) }, { RECURS, f->recurs != 0 }, { SHARE, mw_share_is(f->share) }, { EUR, mw_eur_is(f->eur) },
        { MONTHS, f->months >= 0 }, { NUMBER, f->number != INT64_MIN }, { SOFT, f->soft }, { QUOTE, f->quote.p != NULL }, { FIELD, f->field.p != NULL },
        { CLOCK, f->clock >= 0 },
    };
    unsigned bits = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        bits |= all[i].is ? all[i].bit : 0;
    return bits;
}

static void pack(struct mw_str *out, const struct mw_fact *f)
{
    unsigned is = stated(f);
    mw_pack_number(out, f->type);
    mw_pack_number(out, is);
    if ((is & KIND) != 0)
        mw_pack_text(out, f->kind);
    if ((is & VALUE) != 0)
        mw_pack_text(out, f->value);
    if ((is & CONDITION) != 0)
        mw_pack_text(out, f->condition);
    if ((is & CURRENCY) != 0)
        mw_pack_text(out, f->currency);
    if ((is & DATE) != 0)
        mw_pack_day(out, f->date);
    if ((is & RECURS) != 0)
        mw_pack_number(out, (uint64_t)f->recurs);
    if ((is & SHARE) != 0) {
        mw_pack_signed(out, f->share.num);
        mw_pack_signed(out, f->share.den);
    }
    if ((is & EUR) != 0)
        mw_pack_signed(out, f->eur.cents);
    if ((is & MONTHS) != 0)
        mw_pack_number(out, (uint64_t)f->months);
    if ((is & NUMBER) != 0)
        mw_pack_signed(out, f->number);
    if ((is & CLOCK) != 0)
        mw_pack_number(out, (uint64_t)f->clock);
}

/* false: that is no fact. */
static bool unpack(struct mw_fact *f, const unsigned char **at, const unsigned char *end)
{
    uint64_t type = mw_packed_number(at, end), is = mw_packed_number(at, end);
    mw_fact_clear(f);
    if (type >= MW_F_TYPE_N || is / 2 >= CLOCK)
        return false;
    f->type = (enum mw_fact_type)type;
    if ((is & KIND) != 0)
        f->kind = mw_packed_text(at, end);
    if ((is & VALUE) != 0)
        f->value = mw_packed_text(at, end);
    if ((is & CONDITION) != 0)
        f->condition = mw_packed_text(at, end);
    if ((is & CURRENCY) != 0)
        f->currency = mw_packed_text(at, end);
    if ((is & DATE) != 0)
        f->date = mw_packed_day(at, end);
    if ((is & RECURS) != 0)
        f->recurs = (int)(mw_packed_number(at, end) % 10000);
    if ((is & SHARE) != 0) {
        f->share.num = mw_packed_signed(at, end);
        f->share.den = mw_packed_signed(at, end);
    }
    if ((is & EUR) != 0)
        f->eur.cents = mw_packed_signed(at, end);
    if ((is & MONTHS) != 0)
        f->months = (int32_t)(mw_packed_number(at, end) & INT32_MAX);
    if ((is & NUMBER) != 0)
        f->number = mw_packed_signed(at, end);
    if ((is & CLOCK) != 0)
        f->clock = (int)(mw_packed_number(at, end) % (MW_CLOCK_MAX + 1));
    f->soft = (is & SOFT) != 0;
    f->quote = (is & QUOTE) != 0 ? MW_SV("") : MW_SV_NONE;
    f->field = (is & FIELD) != 0 ? MW_SV("") : MW_SV_NONE;
    return true;
}

enum mw_rc mw_brief_put(struct mw_store *s, int64_t notice, const struct mw_list *facts, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str out = MW_STR_INIT;
    for (size_t i = 0; i < facts->n; i++)
        pack(&out, MW_AT(*facts, struct mw_fact, i));
    return mw_str_ok(&out) ? mw_q_run(s, err, SET, "ib", notice, out.n > 0 ? mw_str_sv(&out) : MW_SV("")) : mw_nomem(err);
}

struct reader { /* its memory serves one notice after the other */
    struct mw_store *s;
    struct mw_arena *a;
    struct mw_list facts;
    struct mw_str again; /* the last fact */
    struct mw_err *err;
};

/* Where the bytes end too early, or say what nobody writes, the last fact would be packed otherwise. */
static enum mw_rc unpack_all(struct reader *r, struct mw_sv bytes)
{
    const unsigned char *at = (const unsigned char *)(bytes.n > 0 ? bytes.p : ""), *end = at + bytes.n, *begin = at;
    struct mw_fact *f = NULL;

    r->facts.n = 0;
    while (at < end) {
        begin = at;
        f = mw_list_add(r->a, &r->facts, sizeof *f);
        if (f == NULL)
            return mw_nomem(r->err);
        if (!unpack(f, &at, end))
            return mw_db_damaged(r->s, "brief", r->err);
    }
    mw_str_clear(&r->again);
    if (f != NULL)
        pack(&r->again, f);
    if (!mw_str_ok(&r->again))
        return mw_nomem(r->err);
    struct mw_sv last = mw_sv_n((const char *)begin, (size_t)(end - begin));
    return mw_sv_eq(last, mw_str_sv(&r->again)) ? MW_OK : mw_db_damaged(r->s, "brief", r->err);
}

enum mw_rc mw_briefs(struct mw_store *s, mw_brief_fn *see, void *ctx, struct mw_err *err)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *kept = mw_arena_new();
    struct reader r = { .s = s, .a = kept, .again = MW_STR_INIT, .err = err };
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = kept != NULL ? mw_q(&st, s, err, ALL, "") : mw_nomem(err);

    while (rc == MW_OK && (rc = mw_q_step(s, st, err)) == MW_OK) {
        MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
        rc = a != NULL ? unpack_all(&r, mw_q_blob(st, 1)) : mw_nomem(err);
        if (rc == MW_OK)
            rc = see(ctx, sqlite3_column_int64(st, 0), &r.facts, a);
        if (rc != MW_OK)
            sqlite3_reset(st);
    }
    mw_str_free(&r.again);
    return rc == MW_NOT_FOUND ? MW_OK : rc;
}
