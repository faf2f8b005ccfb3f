/* Which edition of a programme counts. */
#include "apply/plan/make.h"

static bool ended_before(const struct mw_edition *e, struct mw_day day)
{
    return mw_day_is(e->until) && mw_day_cmp(e->until, day) < 0;
}

static enum mw_rc named_edition(struct mw_job *job)
{
    const struct mw_terms *t = job->plan->terms;

    for (size_t i = 0; i < t->editions.n; i++) {
        const struct mw_edition *e = MW_AT(t->editions, struct mw_edition, i);
        if (!mw_sv_eqz(e->id, job->opts->edition))
            continue;
        job->plan->edition = e;
        if (ended_before(e, job->plan->today) || (mw_day_is(e->from) && mw_day_cmp(job->plan->today, e->from) < 0))
            return mw_find(job, MW_WARNING, "edition-not-valid", NULL, &e->pos,
                           "Edition %.*s is not valid on %s; it was asked for.", MW_SV_ARG(e->id),
                           mw_say_day(job, job->plan->today));
        return MW_OK;
    }
    MW_AUTO(mw_str_free) struct mw_str all = MW_STR_INIT;
    for (size_t i = 0; i < t->editions.n; i++) {
        struct mw_sv id = MW_AT(t->editions, struct mw_edition, i)->id;
        mw_str_addf(&all, "%s%.*s", i > 0 ? ", " : "", MW_SV_ARG(id));
    }
    mw_diag_add(job->diags, MW_ERROR, &t->pos, "no-edition", "Programme \"%.*s\" has no edition \"%s\". There are: %s.",
                MW_SV_ARG(t->programme), job->opts->edition, mw_str_z(&all));
    return MW_INVALID;
}

enum mw_rc mw_make_edition(struct mw_job *job)
{
    struct mw_plan *plan = job->plan;
    size_t valid;

    if (job->opts->edition != NULL)
        return named_edition(job);
    plan->edition = mw_edition_on(plan->terms, plan->today, &valid);
    if (plan->edition == NULL) {
        mw_diag_add(job->diags, MW_ERROR, &plan->terms->pos, "no-edition", "A programme needs at least one edition.");
        return MW_INVALID;
    }
    if (valid == 0 && ended_before(plan->edition, plan->today))
        return mw_find(job, MW_ERROR, "edition-not-valid", NULL, &plan->edition->pos,
                       "Edition %.*s of the programme ended on %s; no later one is known. Ask the funder for the terms "
                       "that apply now.",
                       MW_SV_ARG(plan->edition->id), mw_say_day(job, plan->edition->until));
    if (valid == 0)
        return mw_find(job, MW_ERROR, "edition-not-valid", NULL, &plan->edition->pos,
                       "Edition %.*s of the programme begins only on %s.", MW_SV_ARG(plan->edition->id),
                       mw_say_day(job, plan->edition->from));
    if (valid > 1)
        return mw_find(job, MW_WARNING, "editions-overlap", NULL, &plan->edition->pos,
                       "%zu editions of the programme are valid on %s; edition %.*s, which began last, is used.", valid,
                       mw_say_day(job, plan->today), MW_SV_ARG(plan->edition->id));
    return MW_OK;
}
