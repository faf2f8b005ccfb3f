/* Findings about attachments and resolutions: an incomplete set is sent back as a whole. */
#include "apply/plan/make.h"

static const struct mw_attachment *attachment(const struct mw_project *p, struct mw_sv code)
{
    for (size_t i = 0; i < p->attachments.n; i++)
        if (mw_sv_eq(MW_AT(p->attachments, struct mw_attachment, i)->code, code))
            return MW_AT(p->attachments, struct mw_attachment, i);
    return NULL;
}

static enum mw_rc missing(struct mw_job *job, const struct mw_pos *at, const char *codes)
{
    bool handed_in = job->plan->project->status == MW_P_SUBMITTED;

    return mw_find(job, handed_in ? MW_ERROR : MW_WARNING, "attachment-missing", at, &job->plan->edition->pos,
                   "The programme asks for %s; it is not there, and no day is planned for it.", codes);
}

/* Only once the project keeps a list: an idea has none yet. What the list does not name is said at once. */
static enum mw_rc check_needed(struct mw_job *job)
{
    const struct mw_project *p = job->plan->project;
    const struct mw_edition *e = job->plan->edition;
    struct mw_str unnamed = MW_STR_INIT;
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < e->attachments.n && p->attachments.n > 0 && rc == MW_OK; i++) {
        struct mw_sv code = *MW_AT(e->attachments, struct mw_sv, i);
        const struct mw_attachment *a = attachment(p, code);
        if (a == NULL)
            mw_str_addf(&unnamed, "%s%.*s", unnamed.n > 0 ? ", " : "", MW_SV_ARG(code));
        else if (a->status == MW_NOT_NEEDED)
            rc = mw_find(job, MW_WARNING, "attachment-refused", &a->pos, &e->pos,
                         "The programme asks for attachment %.*s; the project says that it is not needed.",
                         MW_SV_ARG(code));
        else if (a->status == MW_MISSING && (p->status == MW_P_SUBMITTED || !mw_day_is(a->until)))
            rc = missing(job, &a->pos, mw_arena_z(job->a, code));
    }
    if (rc == MW_OK && unnamed.n > 0)
        rc = missing(job, &MW_AT(p->attachments, struct mw_attachment, 0)->pos, mw_str_z(&unnamed));
    mw_str_free(&unnamed);
    return rc;
}

static enum mw_rc check_list(struct mw_job *job)
{
    const struct mw_project *p = job->plan->project;
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < p->attachments.n && rc == MW_OK; i++) {
        const struct mw_attachment *a = MW_AT(p->attachments, struct mw_attachment, i);
        if (attachment(p, a->code) != a)
            rc = mw_find(job, MW_WARNING, "attachment-twice", &a->pos, NULL, "Attachment %.*s stands twice.",
                         MW_SV_ARG(a->code));
        if (rc == MW_OK && a->status == MW_MISSING && mw_day_is(a->until) && mw_day_is(p->deadline) &&
            mw_day_cmp(a->until, p->deadline) > 0)
            rc = mw_find(job, MW_ERROR, "attachment-late", &a->pos, NULL,
                         "Attachment %.*s is planned for %s, after the deadline of %s.", MW_SV_ARG(a->code),
                         mw_say_day(job, a->until), mw_say_day(job, p->deadline));
    }
    return rc;
}

/* A06: the resolution of the council or district; without a sitting in the plan nobody decides. */
static enum mw_rc check_resolution(struct mw_job *job)
{
    const struct mw_project *p = job->plan->project;
    const struct mw_attachment *a = attachment(p, MW_SV("A06"));

    if (!mw_names(&job->plan->edition->attachments, MW_SV("A06")) || p->steps.n == 0 ||
        (a != NULL && a->status != MW_MISSING))
        return MW_OK;
    for (size_t i = 0; i < p->steps.n; i++)
        if (MW_AT(p->steps, struct mw_step, i)->body.p != NULL)
            return MW_OK;
    return mw_find(job, MW_WARNING, "resolution-unplanned", &p->deadline_pos, &job->plan->edition->pos,
                   "The programme wants a resolution (A06), but no step of the preparation waits for a sitting.");
}

enum mw_rc mw_find_in_papers(struct mw_job *job)
{
    enum mw_rc rc = check_needed(job);

    if (rc == MW_OK)
        rc = check_list(job);
    return rc == MW_OK ? check_resolution(job) : rc;
}
