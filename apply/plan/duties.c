/* What has to be done by which day once there is a grant. No due day moves off a weekend. */
#include "apply/plan/make.h"

#include <stdlib.h>

const char *const MW_DUTIES[MW_DUTY_N + 1] = { "interim_report", "final_report", "use_by", "binding_end",
                                              "publicity", "changes", "inventory", "retention_end", NULL };

void mw_duty_say(struct mw_str *out, const struct mw_duty *d, enum mw_lang lang)
{
    static const char *const LABELS[MW_DUTY_N] = {
        [MW_INTERIM_REPORT] = "Interim report",
        [MW_FINAL_REPORT] = "Final report on the use of the grant",
        [MW_USE_BY] = "Payment received must be used",
        [MW_BINDING_END] = "End of the binding period",
        [MW_PUBLICITY] = "The funding must be named in public from now on",
        [MW_CHANGES] = "Until now every change had to be reported without delay",
        [MW_INVENTORY] = "Inventory of what was bought",
        [MW_RETENTION_END] = "Receipts must be kept until",
    };
    mw_str_addz(out, mw_tr(lang, LABELS[d->kind]));
    if (d->kind == MW_INTERIM_REPORT)
        mw_str_addf(out, " %d", d->year);
    if (d->receipt != NULL) {
        mw_str_addz(out, ": ");
        mw_eur_format(out, d->receipt->amount, lang);
        mw_str_addf(out, " EUR%s", mw_tr(lang, ", received "));
        mw_day_format(out, d->receipt->date, lang);
    }
    if (d->how.n > 0)
        mw_str_addf(out, ": %.*s", MW_SV_ARG(d->how));
}

static enum mw_rc add(struct mw_job *job, enum mw_duty_kind kind, struct mw_day due, int year,
                      const struct mw_receipt *receipt)
{
    struct mw_duty *d;

    if (!mw_day_is(due))
        return MW_OK; /* beyond the calendar */
    if ((d = mw_list_add(job->a, &job->plan->duties, sizeof *d)) == NULL)
        return MW_NOMEM;
    *d = (struct mw_duty){ kind, due, year, receipt, kind == MW_PUBLICITY ? job->plan->edition->publicity : MW_SV_NONE };
    return MW_OK;
}

/* The last day of a time that begins the day after the period: 30.09. + 6 months = 31.03. */
static struct mw_day after_period(const struct mw_plan *plan, struct mw_duration d)
{
    return mw_span_end((struct mw_day){ plan->project->to.n + 1 }, d, plan->land);
}

/* The day of the year, month * 100 + day; 29 February becomes the 28th where the year has none. */
static struct mw_day in_year(int year, int day_of_year)
{
    struct mw_day d = MW_DAY_NONE;
    int month = day_of_year / 100, day = day_of_year % 100;

    if (day > mw_days_in_month(year, month))
        day = mw_days_in_month(year, month);
    mw_day_from_ymd(&d, year, month, day);
    return d;
}

/* Money must be used within so many weeks or months after the day of receipt: 10.06. + 2 months = 10.08.
 * (ANBest-P 1.4). */
static struct mw_day use_by(struct mw_day received, struct mw_duration within, enum mw_land land)
{
    switch (within.unit) {
    case MW_MONTHS:
        return within.n <= 1200 ? mw_day_add_months(received, within.n) : MW_DAY_NONE;
    case MW_YEARS:
        return within.n <= 100 ? mw_day_add_months(received, 12 * within.n) : MW_DAY_NONE;
    case MW_WORKDAYS:
    case MW_DAYS:
    case MW_WEEKS:
        break;
    }
    return mw_span_end((struct mw_day){ received.n + 1 }, within, land);
}

static enum mw_rc receipts(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;
    const struct mw_list *received = &plan->project->actual.received;
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < received->n && rc == MW_OK && mw_duration_is(plan->edition->use_within); i++) {
        const struct mw_receipt *r = MW_AT(*received, struct mw_receipt, i);
        struct mw_day due;
        if (!mw_day_is(r->date))
            continue;
        due = use_by(r->date, plan->edition->use_within, plan->land);
        if ((rc = add(job, MW_USE_BY, due, 0, r)) == MW_OK && mw_day_is(r->used_until) &&
            mw_day_cmp(r->used_until, due) > 0 && (rc = mw_add_interest(job, r, due)) == MW_OK)
            rc = mw_find(job, MW_WARNING, "used-too-late", &r->pos, &plan->edition->pos,
                         "The payment of %s was to be used by %s, but was used only by %s; interest may be asked for.",
                         mw_say_day(job, r->date), mw_say_day(job, due), mw_say_day(job, r->used_until));
        else if (rc == MW_OK && !mw_day_is(r->used_until) && mw_day_cmp(due, plan->today) < 0)
            rc = mw_find(job, MW_NOTE, "use-unknown", &r->pos, &plan->edition->pos,
                         "The payment of %s was to be used by %s; the project does not say when it was (used_until).",
                         mw_say_day(job, r->date), mw_say_day(job, due));
    }
    return rc;
}

/* Is one thing bought whose net price is above the limit? (ANBest-P Nr. 4) */
static bool buys_above(const struct mw_plan *plan, struct mw_eur limit)
{
    static const char *const CATEGORIES[] = { "invest", "gegenst", "gerät", "geraet", "equipment", "ausstattung" };
    size_t at;

    for (size_t i = 0; i < plan->project->costs.n; i++) {
        const struct mw_cost *c = MW_AT(plan->project->costs, struct mw_cost, i);
        struct mw_eur one = mw_eur_is(c->price) ? c->price : c->amount;
        for (size_t k = 0; k < sizeof CATEGORIES / sizeof *CATEGORIES; k++)
            if (mw_eur_is(one) && one.cents > limit.cents && c->eligible != MW_NO && mw_has_word(c->category, mw_sv(CATEGORIES[k]), &at))
                return true;
    }
    return false;
}

/* What stays to be done: the funding named in public, changes reported (ANBest-P Nr. 5), things listed, receipts kept. */
static enum mw_rc standing(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;
    const struct mw_edition *e = plan->edition;
    const struct mw_law *law = job->opts->law;
    const struct mw_law_limit *inventory = mw_law_limit(law, "inventory", plan->today),
                              *retention = mw_law_limit(law, "retention", plan->today);
    enum mw_rc rc = MW_OK;

    if (e->publicity.n > 0)
        rc = add(job, MW_PUBLICITY, plan->project->from, 0, NULL);
    if (rc == MW_OK && mw_law_limit(law, "notice-of-change", plan->today) != NULL && mw_duration_is(e->final_report))
        rc = add(job, MW_CHANGES, plan->project->to, 0, NULL);
    if (rc == MW_OK && inventory != NULL && mw_duration_is(e->final_report) && buys_above(plan, inventory->amount))
        rc = add(job, MW_INVENTORY, plan->project->to, 0, NULL);
    if (rc == MW_OK && retention != NULL && mw_duration_is(e->final_report)) {
        struct mw_day report = after_period(plan, e->final_report);
        if (mw_day_is(report))
            rc = add(job, MW_RETENTION_END, mw_span_end((struct mw_day){ report.n + 1 }, retention->time, plan->land), 0, NULL);
    }
    return rc;
}

static int by_due(const void *x, const void *y)
{
    const struct mw_duty *a = x, *b = y;
    int c = mw_day_cmp(a->due, b->due);
    return c != 0 ? c : (int)a->kind - (int)b->kind;
}

enum mw_rc mw_make_duties(struct mw_job *job)
{
    struct mw_plan *plan = job->plan;
    const struct mw_edition *e = plan->edition;
    enum mw_rc rc = receipts(job);

    /* An interim report for every calendar year before the one in which the period ends, due in the next year
     * (ANBest-P 6.1). */
    for (int y = mw_day_ymd(plan->project->from).year;
         e->interim != 0 && y < mw_day_ymd(plan->project->to).year && rc == MW_OK; y++)
        rc = add(job, MW_INTERIM_REPORT, in_year(y + 1, e->interim), y, NULL);
    if (rc == MW_OK && mw_duration_is(e->final_report))
        rc = add(job, MW_FINAL_REPORT, after_period(plan, e->final_report), 0, NULL);
    if (rc == MW_OK && mw_duration_is(e->binding))
        rc = add(job, MW_BINDING_END, after_period(plan, e->binding), 0, NULL);
    if (rc == MW_OK)
        rc = standing(job);
    if (plan->duties.n > 1)
        qsort(plan->duties.items, plan->duties.n, sizeof(struct mw_duty), by_due);
    return rc;
}
