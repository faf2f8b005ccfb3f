/* What a position costs in each calendar year (FORMATS.md section 5, "Personnel").
 *
 * A month's pay is table pay x fte, rounded; by calendar days where the month is not employed whole. A step that is reached
 * within a month is paid from its first day (§ 17 (1) TVöD). The yearly special
 * payment (§ 20 TVöD) is due in November to those employed on 1 December. Employer contributions are rounded once a
 * year. */
#include "apply/plan/make.h"

struct position {
    struct mw_job *job;
    const struct mw_cost *row;
    const struct mw_tariff *tariff;
    struct mw_day from, to;
};

static const struct mw_tariff *tariff_of(const struct mw_job *job, struct mw_sv id)
{
    for (size_t i = 0; i < job->tariffs->n; i++)
        if (mw_sv_eq(MW_AT(*job->tariffs, struct mw_tariff, i)->id, id))
            return MW_AT(*job->tariffs, struct mw_tariff, i);
    return NULL;
}

/* Why a month has no pay, and what the table has in its place. */
static void say_no_pay(const struct position *w, struct mw_day day, int64_t step)
{
    const struct mw_personnel *p = w->row->personnel;
    const struct mw_pay_table *table = mw_tariff_table(w->tariff, day);
    const struct mw_pay_group *group = table != NULL ? mw_tariff_group(table, p->group) : NULL;
    struct mw_diags *diags = w->job->diags;
    const char *on = mw_say_day(w->job, day);
    MW_AUTO(mw_str_free) struct mw_str groups = MW_STR_INIT;

    if (table == NULL) {
        mw_diag_add(diags, MW_ERROR, &p->pos, "no-pay-table", "Tariff \"%.*s\" has no table for %s yet; its first begins later.",
                    MW_SV_ARG(p->tariff), on);
        return;
    }
    if (group != NULL) {
        struct mw_diag *d = mw_diag_add(diags, MW_ERROR, &p->pos, "no-pay-step", "Tariff \"%.*s\" has no step %lld in group \"%.*s\" on %s.",
                                        MW_SV_ARG(p->tariff), (long long)step, MW_SV_ARG(p->group), on);
        mw_diag_cure(diags, d, "The group has the steps 1 to %zu.", group->steps.n);
        return;
    }
    struct mw_diag *d = mw_diag_add(diags, MW_ERROR, &p->pos, "no-pay-group", "Tariff \"%.*s\" has no group \"%.*s\" on %s.",
                                    MW_SV_ARG(p->tariff), MW_SV_ARG(p->group), on);
    for (size_t i = 0; i < table->groups.n; i++)
        mw_str_addf(&groups, "%s%.*s", i > 0 ? ", " : "", MW_SV_ARG(MW_AT(table->groups, struct mw_pay_group, i)->group));
    mw_diag_cure(diags, d, "There are: %s.", mw_str_z(&groups));
}

/* The table's pay of the month that begins on a day; what is missing is a fault of the project, never zero pay. */
static enum mw_rc table_pay(const struct position *w, struct mw_day day, int days_in_month, struct mw_eur *pay)
{
    const struct mw_personnel *p = w->row->personnel;
    int64_t step = p->step;

    if (mw_day_is(p->step_since))
        step = mw_tariff_step_on(w->tariff, p->group, step, p->step_since, (struct mw_day){ day.n + days_in_month - 1 });
    *pay = mw_tariff_pay(w->tariff, p->group, step, day);
    if (mw_eur_is(*pay))
        return MW_OK;
    say_no_pay(w, day, step);
    return MW_INVALID;
}

/* Pay of a month, rounded; *days: of the month that are employed; whole: as if all of it were. */
static enum mw_rc month_pay(const struct position *w, int year, int month, bool whole, struct mw_eur *pay, int *days)
{
    struct mw_day first = MW_DAY_NONE;
    int all = mw_days_in_month(year, month), last, begin = 1;
    struct mw_share part = w->row->personnel->fte;
    struct mw_eur table;
    enum mw_rc rc;

    mw_day_from_ymd(&first, year, month, 1);
    last = w->to.n - first.n < all - 1 ? w->to.n - first.n + 1 : all;
    if (w->from.n > first.n)
        begin = w->from.n - first.n + 1;
    *days = last - begin + 1;
    *pay = (struct mw_eur){ 0 };
    if (*days <= 0 && !whole)
        return MW_OK;
    if ((rc = table_pay(w, first, all, &table)) != MW_OK)
        return rc;
    if (!whole && *days < all && !mw_share_mul(&part, (struct mw_share){ *days, all }))
        return mw_too_large(w->job, &w->row->pos);
    return mw_eur_of(pay, table, part, MW_COMMERCIAL) ? MW_OK : mw_too_large(w->job, &w->row->pos);
}

/* What the special payment is a share of: the pay of the months July to September that were employed whole, as sum and
 * number; with none, of the first whole month (§ 20 (3) TVöD); with none of these either, of December as if it were
 * whole. */
static enum mw_rc special_base(const struct position *w, int year, struct mw_eur *sum, int *months)
{
    struct mw_eur pay;
    int days;
    enum mw_rc rc;

    *sum = (struct mw_eur){ 0 };
    *months = 0;
    for (int m = 7; m <= 9; m++) {
        if ((rc = month_pay(w, year, m, false, &pay, &days)) != MW_OK)
            return rc;
        if (days == mw_days_in_month(year, m)) {
            if (!mw_eur_add(sum, pay))
                return mw_too_large(w->job, &w->row->pos);
            ++*months;
        }
    }
    for (int m = 1; m <= 12 && *months == 0; m++) {
        if ((rc = month_pay(w, year, m, false, &pay, &days)) != MW_OK)
            return rc;
        if (days == mw_days_in_month(year, m)) {
            *sum = pay;
            *months = 1;
        }
    }
    if (*months == 0) {
        *months = 1;
        return month_pay(w, year, 12, true, sum, &days);
    }
    return MW_OK;
}

static enum mw_rc special_payment(const struct position *w, int year, int months_employed, struct mw_eur *out)
{
    const struct mw_personnel *p = w->row->personnel;
    struct mw_day december = MW_DAY_NONE;
    struct mw_share rate;
    struct mw_eur base;
    int months;
    bool stated;
    enum mw_rc rc;

    *out = (struct mw_eur){ 0 };
    mw_day_from_ymd(&december, year, 12, 1);
    if (mw_day_cmp(w->from, december) > 0 || mw_day_cmp(w->to, december) < 0)
        return MW_OK;
    rate = mw_tariff_special(w->tariff, p->group, year, &stated);
    if (!mw_share_is(rate) && stated) {
        mw_diag_add(w->job->diags, MW_ERROR, &p->pos, "no-special-rate",
                    "Tariff \"%.*s\" states no special payment of %d for group \"%.*s\".", MW_SV_ARG(p->tariff), year,
                    MW_SV_ARG(p->group));
        return MW_INVALID;
    }
    if (!mw_share_is(rate))
        return w->tariff->special.n == 0 ? MW_OK
                                         : mw_find(w->job, MW_WARNING, "special-payment-unknown", &p->pos, NULL,
                                                   "%.*s: no yearly special payment is known for %d; none is counted.",
                                                   MW_SV_ARG(w->row->label), year);
    if ((rc = special_base(w, year, &base, &months)) != MW_OK)
        return rc;
    if (!mw_share_mul(&rate, (struct mw_share){ months_employed, (int64_t)12 * months }) ||
        !mw_eur_of(out, base, rate, MW_COMMERCIAL))
        return mw_too_large(w->job, &w->row->pos);
    return MW_OK;
}

static enum mw_rc year_cost(const struct position *w, int year, struct mw_eur *out)
{
    const struct mw_personnel *p = w->row->personnel;
    struct mw_eur pay, sum = { 0 }, employer = { 0 };
    int days, months = 0;
    enum mw_rc rc;

    for (int m = 1; m <= 12; m++) {
        if ((rc = month_pay(w, year, m, false, &pay, &days)) != MW_OK)
            return rc;
        months += days > 0;
        if (!mw_eur_add(&sum, pay))
            return mw_too_large(w->job, &w->row->pos);
    }
    if ((rc = special_payment(w, year, months, &pay)) != MW_OK)
        return rc;
    if (!mw_eur_add(&sum, pay) ||
        (mw_share_is(p->employer_rate) && !mw_eur_of(&employer, sum, p->employer_rate, MW_COMMERCIAL)) ||
        !mw_eur_add(&sum, employer))
        return mw_too_large(w->job, &w->row->pos);
    *out = sum;
    return MW_OK;
}

enum mw_rc mw_personnel_years(struct mw_job *job, const struct mw_cost *c, struct mw_day from, struct mw_day to,
                              struct mw_eur *out)
{
    const struct mw_years *years = &job->plan->years;
    struct position w = { job, c, tariff_of(job, c->personnel->tariff), from, to };
    enum mw_rc rc = MW_OK;

    if (w.tariff == NULL) {
        mw_diag_add(job->diags, MW_ERROR, &c->personnel->pos, "no-tariff", "The tariff \"%.*s\" is not there.",
                    MW_SV_ARG(c->personnel->tariff));
        return MW_INVALID;
    }
    if (mw_day_is(c->personnel->step_since) && w.tariff->step_years.n == 0) {
        mw_diag_add(job->diags, MW_ERROR, &c->personnel->pos, "no-step-years",
                    "Tariff \"%.*s\" does not say after how many years a step rises (step_years); without it step_since "
                    "cannot be computed.",
                    MW_SV_ARG(c->personnel->tariff));
        return MW_INVALID;
    }
    if (mw_day_is(c->personnel->step_since) && mw_day_cmp(c->personnel->step_since, from) > 0) {
        mw_diag_add(job->diags, MW_ERROR, &c->personnel->pos, "step-since-late",
                    "step_since (%s) lies after the position's first day (%s); it says since when the step is held.",
                    mw_say_day(job, c->personnel->step_since), mw_say_day(job, from));
        return MW_INVALID;
    }
    for (int y = mw_day_ymd(from).year; y <= mw_day_ymd(to).year && rc == MW_OK; y++)
        rc = year_cost(&w, y, &out[y - years->first]);
    if (rc == MW_OK && !mw_share_is(c->personnel->employer_rate))
        rc = mw_find(
            job, MW_WARNING, "employer-rate-missing", &c->personnel->pos, NULL,
            "%.*s: no employer_rate is stated; the employer's social security contributions are missing from the cost.",
            MW_SV_ARG(c->label));
    if (rc == MW_OK && mw_day_is(w.tariff->until) && mw_day_cmp(to, w.tariff->until) > 0)
        rc = mw_find(job, MW_NOTE, "pay-after-tariff", &c->personnel->pos, &w.tariff->pos,
                     "Row \"%.*s\" is paid until %s; tariff \"%.*s\" ends on %s, and no later rise is in the sum.", MW_SV_ARG(c->label),
                     mw_say_day(job, to), MW_SV_ARG(w.tariff->id), mw_say_day(job, w.tariff->until));
    return rc;
}

enum mw_rc mw_personnel_months(struct mw_job *job, const struct mw_cost *c, struct mw_day from, struct mw_day to, int year,
                               int64_t *weights)
{
    struct position w = { job, c, tariff_of(job, c->personnel->tariff), from, to };
    struct mw_eur pay;
    int days, employed = 0;
    enum mw_rc rc = MW_OK;

    for (int m = 1; m <= 12 && rc == MW_OK; m++) {
        if ((rc = month_pay(&w, year, m, false, &pay, &days)) == MW_OK)
            weights[m - 1] = pay.cents;
        employed += days > 0;
    }
    if (rc == MW_OK && (rc = special_payment(&w, year, employed, &pay)) == MW_OK)
        weights[10] += pay.cents; /* in November */
    return rc;
}
