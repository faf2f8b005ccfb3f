#include "lib/model/law.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "lib/core/file.h"
#include "lib/model/terms.h"

struct file_law {
    struct mw_pos pos;
    struct mw_sv law, title;
    struct mw_share points;
    struct mw_list base_rates, limits, sources;
};
static const struct mw_field RATE_FIELDS[] = {
    { MW_PLACE(mw_base_rate, pos) },
    { MW_FIELD(mw_base_rate, "from", MW_T_DAY, from), .needed = true },
    { MW_FIELD(mw_base_rate, "rate", MW_T_SHARE, rate), .needed = true },
};
static const struct mw_schema RATE = MW_SCHEMA("base rate", mw_base_rate, RATE_FIELDS);
static const struct mw_field LIMIT_FIELDS[] = {
    { MW_PLACE(mw_law_limit, pos) },
    { MW_FIELD(mw_law_limit, "id", MW_T_TEXT, id), .needed = true },
    { MW_FIELD(mw_law_limit, "from", MW_T_DAY, from) },
    { MW_FIELD(mw_law_limit, "until", MW_T_DAY, until) },
    { MW_FIELD(mw_law_limit, "amount", MW_T_EUR, amount) },
    { MW_FIELD(mw_law_limit, "time", MW_T_DURATION, time) },
    { MW_FIELD(mw_law_limit, "rates", MW_T_LIST, rates), .item = MW_T_SHARE },
    { MW_FIELD(mw_law_limit, "sources", MW_T_LIST, sources), .item = MW_T_RECORD, .sub = &MW_TERM_SOURCE },
};
static const struct mw_schema LIMIT = MW_SCHEMA("limit", mw_law_limit, LIMIT_FIELDS);
static const struct mw_field LAW_FIELDS[] = {
    { MW_PLACE(file_law, pos) },
    { MW_FIELD(file_law, "law", MW_T_TEXT, law), .needed = true },
    { MW_FIELD(file_law, "title", MW_T_TEXT, title) },
    { MW_FIELD(file_law, "points", MW_T_QUANTITY, points) },
    { MW_FIELD(file_law, "base_rates", MW_T_LIST, base_rates), .item = MW_T_RECORD, .sub = &RATE },
    { MW_FIELD(file_law, "limits", MW_T_LIST, limits), .item = MW_T_RECORD, .sub = &LIMIT },
    { MW_FIELD(file_law, "sources", MW_T_LIST, sources), .item = MW_T_RECORD, .sub = &MW_TERM_SOURCE },
};
static const struct mw_schema LAW = MW_SCHEMA("law", file_law, LAW_FIELDS);

static int by_day(const void *x, const void *y)
{
    return mw_day_cmp(((const struct mw_base_rate *)x)->from, ((const struct mw_base_rate *)y)->from);
}

enum mw_rc mw_law_read(struct mw_law *out, struct mw_arena *a, const struct mw_node *map, struct mw_diags *diags)
{
    struct file_law f;
    size_t errors = diags->errors;

    mw_schema_read(&LAW, map, &f, a, diags);
    if (mw_share_is(f.points) && mw_share_mul(&f.points, (struct mw_share){ 1, 100 }))
        out->points = f.points;
    for (size_t i = 0; i < f.base_rates.n; i++) {
        struct mw_base_rate *r = mw_list_add(a, &out->base_rates, sizeof *r);
        if (r == NULL)
            return MW_NOMEM;
        *r = *MW_AT(f.base_rates, struct mw_base_rate, i);
    }
    for (size_t i = 0; i < f.limits.n; i++) {
        struct mw_law_limit *l = mw_list_add(a, &out->limits, sizeof *l);
        if (l == NULL)
            return MW_NOMEM;
        *l = *MW_AT(f.limits, struct mw_law_limit, i);
        if (mw_sv_eqz(l->id, "de-minimis") && (!mw_eur_is(l->amount) || (l->time.unit != MW_MONTHS && l->time.unit != MW_YEARS) || l->time.n < 1))
            mw_diag_add(diags, MW_ERROR, &l->pos, "missing-key", "The limit \"de-minimis\" needs amount and time, in months or years.");
    }
    if (f.base_rates.n > 0 && !mw_share_is(out->points))
        mw_diag_add(diags, MW_ERROR, &f.pos, "missing-key",
                    "base_rates need points: how many percentage points above the base rate the interest is.");
    if (out->base_rates.n > 1)
        qsort(out->base_rates.items, out->base_rates.n, sizeof(struct mw_base_rate), by_day);
    return diags->errors == errors ? MW_OK : MW_INVALID;
}

enum mw_rc mw_law_load(struct mw_law *out, struct mw_arena *a, const char *dir, struct mw_diags *diags)
{
    MW_AUTO(mw_err_clear) struct mw_err err = MW_ERR_INIT(diags->lang);
    struct mw_list names = { 0 };
    struct stat st;
    enum mw_rc worst = MW_OK;

    *out = (struct mw_law){ 0 };
    if (stat(dir, &st) != 0)
        return MW_OK;
    if ((worst = mw_dir_list(&names, a, dir, ".yaml", &err)) != MW_OK) {
        mw_diag_add(diags, MW_ERROR, NULL, "unreadable", "%s", err.msg != NULL ? err.msg : "?");
        return worst;
    }
    for (size_t i = 0; i < names.n; i++) {
        struct mw_sv path = mw_arena_printf(a, "%s/%.*s", dir, MW_SV_ARG(*MW_AT(names, struct mw_sv, i)));
        struct mw_node *map = NULL;
        enum mw_rc rc = path.p == NULL ? MW_NOMEM : mw_yaml_load(&map, a, path.p, diags);
        if (map != NULL) {
            enum mw_rc read = mw_law_read(out, a, map, diags);
            rc = rc != MW_OK ? rc : read;
        }
        worst = rc != MW_OK ? rc : worst;
    }
    return worst;
}

/* --- looking up --------------------------------------------------------------------------------------------------- */
const struct mw_base_rate *mw_law_base_rate(const struct mw_law *law, struct mw_day day, struct mw_day *next)
{
    const struct mw_base_rate *found = NULL;
    size_t i = 0;

    for (; i < law->base_rates.n && mw_day_cmp(MW_AT(law->base_rates, struct mw_base_rate, i)->from, day) <= 0; i++)
        found = MW_AT(law->base_rates, struct mw_base_rate, i);
    *next = i < law->base_rates.n ? MW_AT(law->base_rates, struct mw_base_rate, i)->from : MW_DAY_NONE;
    return found;
}

const struct mw_law_limit *mw_law_limit(const struct mw_law *law, const char *id, struct mw_day day)
{
    for (size_t i = 0; law != NULL && i < law->limits.n; i++) {
        const struct mw_law_limit *l = MW_AT(law->limits, struct mw_law_limit, i);
        if (mw_sv_eqz(l->id, id) && (!mw_day_is(l->from) || mw_day_cmp(l->from, day) <= 0) &&
            (!mw_day_is(l->until) || mw_day_cmp(day, l->until) <= 0))
            return l;
    }
    return NULL;
}

struct mw_day mw_law_since(const struct mw_law_limit *limit, struct mw_day day)
{
    return mw_day_add_months(day, -limit->time.n * (limit->time.unit == MW_YEARS ? 12 : 1));
}
