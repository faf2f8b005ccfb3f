/* Reads tariff tables (FORMATS.md section 6) and looks pay up in them. */
#include "lib/model/tariff.h"

#include <stdlib.h>

#include "lib/core/file.h"
#include "lib/model/terms.h"

struct file_table {
    struct mw_pay_table table;
    struct mw_list monthly; /* struct mw_entry of nodes */
};
static const struct mw_field TABLE_FIELDS[] = {
    { MW_PLACE(file_table, table.pos) },
    { MW_FIELD(file_table, "from", MW_T_DAY, table.from), .needed = true },
    { MW_FIELD(file_table, "monthly", MW_T_DICT, monthly), .item = MW_T_NODE, .needed = true },
};
static const struct mw_schema TABLE = MW_SCHEMA("pay table", file_table, TABLE_FIELDS);
static const struct mw_field SPECIAL_FIELDS[] = {
    { MW_PLACE(mw_special_pay, pos) },
    { MW_FIELD(mw_special_pay, "from", MW_T_DAY, from), .needed = true },
    { MW_FIELD(mw_special_pay, "rate", MW_T_SHARE, rate) },
    { MW_FIELD(mw_special_pay, "rates", MW_T_DICT, rates), .item = MW_T_SHARE },
};
static const struct mw_schema SPECIAL = MW_SCHEMA("special payment", mw_special_pay, SPECIAL_FIELDS);
struct file_tariff {
    struct mw_tariff t;
    struct mw_list tables;
    struct mw_pos step_years_pos;
};
static const struct mw_field TARIFF_FIELDS[] = {
    { MW_PLACE(file_tariff, t.pos) },
    { MW_FIELD(file_tariff, "tariff", MW_T_TEXT, t.id), .needed = true },
    { MW_FIELD(file_tariff, "title", MW_T_TEXT, t.title) },
    { MW_FIELD(file_tariff, "until", MW_T_DAY, t.until) },
    { MW_FIELD(file_tariff, "tables", MW_T_LIST, tables), .item = MW_T_RECORD, .sub = &TABLE, .needed = true },
    { MW_FIELD(file_tariff, "special_payment", MW_T_LIST, t.special), .item = MW_T_RECORD, .sub = &SPECIAL },
    { MW_FIELD(file_tariff, "step_years", MW_T_LIST, t.step_years), .item = MW_T_INT,
      .pos_offset = offsetof(struct file_tariff, step_years_pos) },
    { MW_FIELD(file_tariff, "sources", MW_T_LIST, t.sources), .item = MW_T_RECORD, .sub = &MW_TERM_SOURCE },
};
static const struct mw_schema TARIFF = MW_SCHEMA("tariff", file_tariff, TARIFF_FIELDS);

static bool read_group(struct mw_pay_table *table, const struct mw_entry *e, struct mw_arena *a, struct mw_diags *diags)
{
    struct mw_pay_group *g = mw_list_add(a, &table->groups, sizeof *g);

    if (g == NULL)
        return false;
    g->group = e->key;
    g->pos = e->pos;
    if (e->node->kind != MW_SEQ) {
        mw_diag_add(diags, MW_ERROR, &e->pos, "bad-steps",
                    "The pay of %.*s must be a list of sums, one a step: [4153.35, 4542.72].", MW_SV_ARG(e->key));
        return true;
    }
    for (size_t i = 0; i < e->node->n; i++) {
        struct mw_eur *pay = mw_list_add(a, &g->steps, sizeof *pay);
        if (pay == NULL)
            return false;
        *pay = MW_EUR_NONE;
        mw_schema_value(MW_T_EUR, NULL, e->node->items[i], pay, diags);
    }
    return true;
}

static int tables_by_day(const void *x, const void *y)
{
    return mw_day_cmp(((const struct mw_pay_table *)x)->from, ((const struct mw_pay_table *)y)->from);
}
static int special_by_day(const void *x, const void *y)
{
    return mw_day_cmp(((const struct mw_special_pay *)x)->from, ((const struct mw_special_pay *)y)->from);
}

enum mw_rc mw_tariff_read(struct mw_tariff *out, struct mw_arena *a, const struct mw_node *map, struct mw_diags *diags)
{
    struct file_tariff f;
    size_t errors = diags->errors;

    mw_schema_read(&TARIFF, map, &f, a, diags);
    *out = f.t;
    out->tables = (struct mw_list){ 0 };
    for (size_t i = 0; i < f.tables.n; i++) {
        const struct file_table *ft = MW_AT(f.tables, struct file_table, i);
        struct mw_pay_table *table = mw_list_add(a, &out->tables, sizeof *table);
        if (table == NULL)
            return MW_NOMEM;
        *table = ft->table;
        table->groups = (struct mw_list){ 0 };
        for (size_t g = 0; g < ft->monthly.n; g++)
            if (!read_group(table, MW_AT(ft->monthly, struct mw_entry, g), a, diags))
                return MW_NOMEM;
    }
    if (out->tables.n > 1)
        qsort(out->tables.items, out->tables.n, sizeof(struct mw_pay_table), tables_by_day);
    if (out->special.n > 1)
        qsort(out->special.items, out->special.n, sizeof(struct mw_special_pay), special_by_day);
    for (size_t i = 1; i < out->tables.n; i++) {
        const struct mw_pay_table *t = MW_AT(out->tables, struct mw_pay_table, i);
        if (mw_day_cmp(t->from, MW_AT(out->tables, struct mw_pay_table, i - 1)->from) == 0)
            mw_diag_add(diags, MW_ERROR, &t->pos, "day-twice", "Two pay tables begin on the same day.");
    }
    for (size_t i = 0; i < out->special.n; i++) {
        const struct mw_special_pay *s = MW_AT(out->special, struct mw_special_pay, i);
        if (!mw_share_is(s->rate) && s->rates.n == 0)
            mw_diag_add(diags, MW_ERROR, &s->pos, "no-rate", "A special payment needs rate or rates.");
    }
    for (size_t i = 0; i < out->step_years.n; i++)
        if (*MW_AT(out->step_years, int64_t, i) < 1 || *MW_AT(out->step_years, int64_t, i) > 50)
            mw_diag_add(diags, MW_ERROR, &f.step_years_pos, "bad-step-years",
                        "step_years are whole years from 1 to 50, one for each step but the last: [1, 2, 3, 4, 5].");
    return diags->errors == errors ? MW_OK : MW_INVALID;
}

enum mw_rc mw_tariff_load(struct mw_tariff *out, struct mw_arena *a, const char *path, struct mw_diags *diags)
{
    struct mw_node *map = NULL;
    enum mw_rc rc = mw_yaml_load(&map, a, path, diags);

    if (map == NULL)
        return rc;
    enum mw_rc read = mw_tariff_read(out, a, map, diags);
    return rc != MW_OK ? rc : read;
}

/* The tariff of that id in dir/tariffs; faults of its files go to faults, the ids of the others to known. MW_NOT_FOUND: none, said
 * nowhere. */
static enum mw_rc find_in(struct mw_tariff *out, struct mw_arena *a, const char *dir, struct mw_sv id, struct mw_diags *diags,
                          struct mw_diags *faults, struct mw_str *known)
{
    struct mw_list names = { 0 };
    struct mw_sv sub = mw_arena_printf(a, "%s/tariffs", dir);

    if (sub.p == NULL)
        return MW_NOMEM;
    if (mw_dir_list(&names, a, sub.p, ".yaml", NULL) != MW_OK)
        return MW_NOT_FOUND;
    for (size_t i = 0; i < names.n; i++) {
        struct mw_sv path = mw_arena_printf(a, "%s/%.*s", sub.p, MW_SV_ARG(*MW_AT(names, struct mw_sv, i)));
        struct mw_node *map = NULL;
        if (path.p == NULL || mw_yaml_load(&map, a, path.p, faults) != MW_OK)
            continue;
        struct mw_sv name = mw_node_text(map, "tariff");
        if (mw_sv_eq(name, id))
            return mw_tariff_read(out, a, map, diags);
        if (name.n > 0)
            mw_str_addf(known, "%s%.*s", known->n > 0 ? ", " : "", MW_SV_ARG(name));
    }
    return MW_NOT_FOUND;
}

enum mw_rc mw_tariff_find(struct mw_tariff *out, struct mw_arena *a, const char *own, const char *dir, struct mw_sv id,
                          const struct mw_pos *at, struct mw_diags *diags)
{
    MW_AUTO(mw_diags_free) struct mw_diags scratch = MW_DIAGS_INIT(diags->lang);
    MW_AUTO(mw_str_free) struct mw_str known = MW_STR_INIT;
    size_t errors = diags->errors;
    enum mw_rc rc = own != NULL ? find_in(out, a, own, id, diags, diags, &known) : MW_NOT_FOUND;

    if (rc != MW_NOT_FOUND)
        return rc;
    if (diags->errors > errors) /* perhaps the table that was meant */
        return MW_INVALID;
    if ((rc = find_in(out, a, dir, id, diags, &scratch, &known)) != MW_NOT_FOUND)
        return rc;
    mw_diag_add(diags, MW_ERROR, at, "no-tariff",
                "There is no tariff \"%.*s\" in %s/tariffs (there: %s). A table of your own goes into the folder tariffs beside the project file.",
                MW_SV_ARG(id), dir, known.n > 0 ? mw_str_z(&known) : "-");
    for (size_t i = 0; i < scratch.n; i++) /* it may be the file that cannot be read */
        mw_diag_add(diags, MW_WARNING, &(struct mw_pos){ scratch.items[i].file, scratch.items[i].line, scratch.items[i].col },
                    scratch.items[i].code, "%s", scratch.items[i].msg);
    return MW_NOT_FOUND;
}

/* --- looking up --------------------------------------------------------------------------------------------------- */
const struct mw_pay_table *mw_tariff_table(const struct mw_tariff *t, struct mw_day day)
{
    const struct mw_pay_table *found = NULL;

    for (size_t i = 0; i < t->tables.n && mw_day_cmp(MW_AT(t->tables, struct mw_pay_table, i)->from, day) <= 0; i++)
        found = MW_AT(t->tables, struct mw_pay_table, i);
    return found;
}

const struct mw_pay_group *mw_tariff_group(const struct mw_pay_table *table, struct mw_sv group)
{
    for (size_t i = 0; i < table->groups.n; i++)
        if (mw_sv_eq(MW_AT(table->groups, struct mw_pay_group, i)->group, group))
            return MW_AT(table->groups, struct mw_pay_group, i);
    return NULL;
}

struct mw_eur mw_tariff_pay(const struct mw_tariff *t, struct mw_sv group, int64_t step, struct mw_day day)
{
    const struct mw_pay_table *table = mw_tariff_table(t, day);
    const struct mw_pay_group *g = table != NULL ? mw_tariff_group(table, group) : NULL;

    return g != NULL && step >= 1 && (uint64_t)step <= g->steps.n ? *MW_AT(g->steps, struct mw_eur, (size_t)step - 1)
                                                                  : MW_EUR_NONE;
}

int64_t mw_tariff_step_on(const struct mw_tariff *t, struct mw_sv group, int64_t step, struct mw_day since,
                          struct mw_day day)
{
    const struct mw_pay_table *table = mw_tariff_table(t, day);
    const struct mw_pay_group *g = table != NULL ? mw_tariff_group(table, group) : NULL;

    while (g != NULL && step >= 1 && (uint64_t)step < g->steps.n && (uint64_t)step <= t->step_years.n) {
        since = mw_day_add_months(since, 12 * (int)*MW_AT(t->step_years, int64_t, (size_t)step - 1));
        if (!mw_day_is(since) || mw_day_cmp(since, day) > 0)
            break;
        step++;
    }
    return step;
}

struct mw_share mw_tariff_special(const struct mw_tariff *t, struct mw_sv group, int year, bool *stated)
{
    const struct mw_special_pay *found = NULL;
    struct mw_day december = MW_DAY_NONE;

    *stated = false;
    if (!mw_day_from_ymd(&december, year, 12, 1))
        return MW_SHARE_NONE;
    for (size_t i = 0; i < t->special.n && mw_day_cmp(MW_AT(t->special, struct mw_special_pay, i)->from, december) <= 0;
         i++)
        found = MW_AT(t->special, struct mw_special_pay, i);
    if (found == NULL)
        return MW_SHARE_NONE;
    *stated = true;
    for (size_t i = 0; i < found->rates.n; i++)
        if (mw_sv_eq(MW_AT(found->rates, struct mw_entry, i)->key, group))
            return MW_AT(found->rates, struct mw_entry, i)->v.share;
    return found->rate;
}
