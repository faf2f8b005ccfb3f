/* Tariff tables: monthly pay for the personnel rows of a cost plan (FORMATS.md section 6). */
#ifndef MW_MODEL_TARIFF_H
#define MW_MODEL_TARIFF_H

#include "lib/core/schema.h"

struct mw_pay_group { struct mw_sv group; struct mw_pos pos; struct mw_list steps; /* struct mw_eur, step 1 first */ };
struct mw_pay_table { struct mw_pos pos; struct mw_day from; struct mw_list groups; /* struct mw_pay_group */ };
/* Jahressonderzahlung: rate for all groups, else rates by group. */
struct mw_special_pay { struct mw_pos pos; struct mw_day from; struct mw_share rate; struct mw_list rates; /* struct mw_entry of shares */ };
struct mw_tariff {
    struct mw_pos pos;
    struct mw_sv id, title;
    struct mw_day until;    /* how long it runs; MW_DAY_NONE: not stated */
    struct mw_list tables;  /* struct mw_pay_table, ascending by from */
    struct mw_list special; /* struct mw_special_pay, ascending by from */
    struct mw_list step_years; /* int64_t: years from step 1 to 2, from 2 to 3, ... (§ 16 TVöD, Stufenlaufzeit); empty: not stated */
    struct mw_list sources; /* struct mw_term_source */
};

enum mw_rc mw_tariff_load(struct mw_tariff *out, struct mw_arena *a, const char *path, struct mw_diags *diags);
enum mw_rc mw_tariff_read(struct mw_tariff *out, struct mw_arena *a, const struct mw_node *map, struct mw_diags *diags);
/* The tariff of that id: one of own/tariffs (own: the folder of a project; NULL: none), whose faults are said, else one of
 * dir/tariffs. MW_NOT_FOUND when there is none (said at the place at). */
enum mw_rc mw_tariff_find(struct mw_tariff *out, struct mw_arena *a, const char *own, const char *dir, struct mw_sv id,
    const struct mw_pos *at, struct mw_diags *diags);

/* The table valid on a day: the one that began last by then; NULL: the day lies before the first. */
const struct mw_pay_table *mw_tariff_table(const struct mw_tariff *t, struct mw_day day);
const struct mw_pay_group *mw_tariff_group(const struct mw_pay_table *table, struct mw_sv group); /* NULL: not in it */
/* Monthly pay of full time; step from 1. MW_EUR_NONE: no table yet, or the group or step is missing. */
struct mw_eur mw_tariff_pay(const struct mw_tariff *t, struct mw_sv group, int64_t step, struct mw_day day);
/* The step reached on a day by one who is in step since `since`: steps rise by step_years, at most to the last that the group
 * has on that day. since after day: the step as given. */
int64_t mw_tariff_step_on(const struct mw_tariff *t, struct mw_sv group, int64_t step, struct mw_day since, struct mw_day day);
/* The yearly special payment's rate by 1 December of year. MW_SHARE_NONE with *stated false: no entry began by then; with
 * *stated true: the entry does not name the group. */
struct mw_share mw_tariff_special(const struct mw_tariff *t, struct mw_sv group, int year, bool *stated);

#endif
