/* Writes the calendar of an application. */
#include "apply/documents/calendar.h"

#include "apply/documents/entries.h"

struct calendar {
    struct mw_entries entries;
    const struct mw_plan *plan;
    enum mw_lang lang;
};

static void put_event(struct calendar *c, const char *kind, struct mw_sv id, struct mw_day from, struct mw_day to, struct mw_sv summary,
                      struct mw_sv description, int remind)
{
    const struct mw_sv uid[] = { c->plan->project->id, mw_sv(kind), id, MW_SV_NONE };
    mw_entries_add(&c->entries, uid, from, to, summary, description, remind);
}

static const char *who_of(struct mw_str *s, const struct calendar *c, struct mw_sv who)
{
    if (who.n > 0)
        mw_str_addf(s, "%s: %.*s", mw_tr(c->lang, "Responsible"), MW_SV_ARG(who));
    return mw_str_z(s);
}

/* The day that is missed more easily than the sitting. */
static void put_papers(struct calendar *c, const struct mw_step_row *r, struct mw_sv who)
{
    MW_AUTO(mw_str_free) struct mw_str title = MW_STR_INIT;

    if (r->body == NULL || !mw_day_is(r->papers))
        return;
    mw_str_addf(&title, mw_tr(c->lang, "Papers for %.*s"), MW_SV_ARG(r->body->label));
    put_event(c, "papers", r->step->id, r->papers, r->papers, mw_str_sv(&title), who, 7);
}

static void put_preparation(struct calendar *c)
{
    for (size_t i = 0; i < c->plan->steps.n; i++) {
        MW_AUTO(mw_str_free) struct mw_str who = MW_STR_INIT;
        const struct mw_step_row *r = MW_AT(c->plan->steps, struct mw_step_row, i);
        put_event(c, "step", r->step->id, r->from, r->to, r->step->label,
                  mw_sv(who_of(&who, c, r->step->who)), r->body != NULL ? 7 : 0);
        put_papers(c, r, mw_str_sv(&who));
    }
    put_event(c, "deadline", MW_SV("application"), c->plan->project->deadline, c->plan->project->deadline,
              mw_sv(mw_tr(c->lang, "Deadline of the application")), c->plan->project->title, 14);
}

static void put_attachments(struct calendar *c, const struct mw_list *needs)
{
    for (size_t i = 0; i < needs->n; i++) {
        MW_AUTO(mw_str_free) struct mw_str title = MW_STR_INIT, who = MW_STR_INIT;
        const struct mw_need *need = MW_AT(*needs, struct mw_need, i);
        if (need->have == NULL || need->have->status != MW_MISSING)
            continue;
        mw_str_addf(&title, "%s %.*s", mw_tr(c->lang, "Attachment"), MW_SV_ARG(need->code));
        if (need->rule != NULL)
            mw_str_addf(&title, ": %.*s", MW_SV_ARG(mw_words(&need->rule->label, c->lang)));
        put_event(c, "attachment", need->code, need->have->until, need->have->until, mw_str_sv(&title),
                  mw_sv(who_of(&who, c, need->have->who)), 7);
    }
}

static void put_milestones(struct calendar *c)
{
    for (size_t i = 0; i < c->plan->tasks.n; i++) {
        MW_AUTO(mw_str_free) struct mw_str title = MW_STR_INIT, who = MW_STR_INIT;
        const struct mw_task_row *r = MW_AT(c->plan->tasks, struct mw_task_row, i);
        if (r->task->milestone != MW_YES)
            continue;
        mw_str_addf(&title, "%s: %.*s", mw_tr(c->lang, "Milestone"), MW_SV_ARG(r->task->label));
        put_event(c, "milestone", r->task->id, r->to, r->to, mw_str_sv(&title), mw_sv(who_of(&who, c, r->task->who)), 0);
    }
}

static void put_duties(struct calendar *c)
{
    for (size_t i = 0; i < c->plan->duties.n; i++) {
        MW_AUTO(mw_str_free) struct mw_str id = MW_STR_INIT, title = MW_STR_INIT;
        const struct mw_duty *d = MW_AT(c->plan->duties, struct mw_duty, i);
        mw_duty_say(&title, d, c->lang);
        if (d->kind == MW_INTERIM_REPORT)
            mw_str_addf(&id, "%d", d->year);
        else if (d->receipt != NULL) {
            mw_day_iso(&id, d->receipt->date);
            mw_str_addf(&id, "-%lld", (long long)d->receipt->amount.cents);
        }
        put_event(c, MW_DUTIES[d->kind], mw_str_sv(&id), d->due, d->due, mw_str_sv(&title), c->plan->project->title, 28);
    }
}

enum mw_rc mw_calendar(struct mw_str *out, const struct mw_plan *plan, const struct mw_list *needs, enum mw_lang lang, struct mw_err *err)
{
    struct calendar c = { .plan = plan, .lang = lang };

    enum mw_rc rc = mw_entries_begin(&c.entries, plan->project->title, plan->today, "draft", lang, err);
    if (rc != MW_OK)
        return rc;
    put_preparation(&c);
    put_attachments(&c, needs);
    put_milestones(&c);
    put_duties(&c);
    return mw_entries_end(&c.entries, out);
}
