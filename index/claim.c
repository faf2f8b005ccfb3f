/* What each of several sources of one address said last: its content, and its days. Only where there is more than one.
 *
 * Of those the fuller text is kept (ingest.c). A deadline that the poorer one moves is taken over all the same; so that the other, which
 * may say the old one every night, does not move it back, it counts only when it says something new. */
#include "index/db.h"

#include <string.h>

const char MW_CLAIM_SCHEMA[] =
    "CREATE TABLE claim("
    " notice INTEGER NOT NULL REFERENCES notice(id) ON DELETE CASCADE,"
    " source TEXT NOT NULL,"
    " content BLOB NOT NULL,"        /* SHA-256, as notice.content */
    " days TEXT NOT NULL,"           /* opening and deadlines as day numbers, as they came */
    " PRIMARY KEY(notice, source)"
    ") STRICT, WITHOUT ROWID;";
static const char GET[] = "SELECT content, days FROM claim WHERE notice = ?1 AND source = ?2";
static const char PUT[] = "INSERT INTO claim VALUES(?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET content = ?3, days = ?4";

struct mw_sv mw_claim_days(struct mw_arena *a, const struct mw_notice *n)
{
    MW_AUTO(mw_str_free) struct mw_str days = MW_STR_INIT;

    mw_str_addf(&days, "%d", (int)(mw_day_is(n->opens) ? n->opens.n : -1));
    for (size_t i = 0; i < n->deadlines.n; i++)
        mw_str_addf(&days, " %d", (int)MW_AT(n->deadlines, struct mw_day, i)->n);
    return mw_str_ok(&days) ? mw_arena_copy(a, mw_str_sv(&days)) : MW_SV_NONE;
}

enum mw_rc mw_claim_get(struct mw_claim *out, struct mw_arena *a, struct mw_store *s, int64_t notice, struct mw_sv source, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    enum mw_rc rc = mw_q_row(&st, s, err, GET, "it", notice, source);

    *out = (struct mw_claim){ .known = false };
    if (rc != MW_OK)
        return rc == MW_NOT_FOUND ? MW_OK : rc;
    struct mw_sv content = mw_q_blob(st, 0);
    if (content.n == MW_HASH)
        memcpy(out->content, content.p, MW_HASH);
    out->days = mw_arena_copy(a, mw_q_text(st, 1));
    out->known = true;
    sqlite3_reset(st);
    return out->days.p != NULL ? MW_OK : mw_nomem(err);
}

enum mw_rc mw_claim_put(struct mw_store *s, int64_t notice, struct mw_sv source, const unsigned char content[MW_HASH], struct mw_sv days,
                        struct mw_err *err)
{
    return days.p == NULL ? mw_nomem(err) : mw_q_run(s, err, PUT, "itbt", notice, source, mw_sv_n((const char *)content, MW_HASH), days);
}
