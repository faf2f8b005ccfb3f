/* Findings about attachments and resolutions: an incomplete set is sent back as a whole. */
#include "apply/plan/make.h"
#include "lib/model/narrative.h"

static const struct mw_attachment *attachment(const struct mw_project *p, struct mw_sv code)
{
    for (size_t i = 0; i < p->attachments.n; i++)
        if (mw_sv_eq(MW_AT(p->attachments, struct mw_attachment, i)->code, code))
            return MW_AT(p->attachments, struct mw_attachment, i);
    return NULL;
}

static const struct mw_attachment_rule *rule_of(const struct mw_job *job, struct mw_sv code)
{
    return job->opts->papers != NULL ? mw_checklist_find(job->opts->papers, code) : NULL;
}

/* "Project description (A02)"; only the code where no checklist names it. */
static void add_name(struct mw_str *out, const struct mw_job *job, struct mw_sv code)
{
    const struct mw_attachment_rule *rule = rule_of(job, code);

    if (rule == NULL) {
        mw_str_add(out, code);
        return;
    }
    struct mw_sv label = mw_words(&rule->label, job->plan->lang);
    mw_str_addf(out, "%.*s (%.*s)", MW_SV_ARG(label), MW_SV_ARG(code));
}

static const char *name_of(struct mw_job *job, struct mw_sv code)
{
    MW_AUTO(mw_str_free) struct mw_str name = MW_STR_INIT;

    add_name(&name, job, code);
    return mw_arena_z(job->a, mw_str_sv(&name));
}

static enum mw_rc missing(struct mw_job *job, const struct mw_pos *at, const char *names)
{
    bool handed_in = job->plan->project->status == MW_P_SUBMITTED;

    return mw_find(job, handed_in ? MW_ERROR : MW_WARNING, "attachment-missing", at, &job->plan->edition->pos,
                   "Asked for by the programme, not there, and without a planned day: %s.", names);
}

/* The bundle is a draft of it: nobody has to get it, until the application is handed in. */
static bool comes_with_the_bundle(const struct mw_job *job, struct mw_sv code)
{
    const struct mw_attachment_rule *rule = rule_of(job, code);

    return rule != NULL && rule->drafted && job->plan->project->status != MW_P_SUBMITTED;
}

/* After the decision nobody asks for the papers of the application any more. */
static bool is_decided(const struct mw_project *p)
{
    return p->status > MW_P_SUBMITTED || p->award.pos.file != NULL;
}

/* Only once the project keeps a list: an idea has none yet. What the list does not name is said at once. */
static enum mw_rc check_needed(struct mw_job *job)
{
    const struct mw_project *p = job->plan->project;
    const struct mw_edition *e = job->plan->edition;
    struct mw_str unnamed = MW_STR_INIT;
    enum mw_rc rc = MW_OK;

    if (is_decided(p))
        return MW_OK;
    for (size_t i = 0; i < e->attachments.n && p->attachments.n > 0 && rc == MW_OK; i++) {
        struct mw_sv code = *MW_AT(e->attachments, struct mw_sv, i);
        const struct mw_attachment *a = attachment(p, code);
        if (a != NULL && a->status == MW_NOT_NEEDED)
            rc = mw_find(job, MW_WARNING, "attachment-refused", &a->pos, &e->pos,
                         "The programme asks for attachment %s; the project says that it is not needed.", name_of(job, code));
        else if (comes_with_the_bundle(job, code))
            continue;
        else if (a == NULL) {
            mw_str_addz(&unnamed, unnamed.n > 0 ? "; " : "");
            add_name(&unnamed, job, code);
        } else if (a->status == MW_MISSING && (p->status == MW_P_SUBMITTED || !mw_day_is(a->until)))
            rc = missing(job, &a->pos, name_of(job, code));
    }
    if (rc == MW_OK && unnamed.n > 0)
        rc = missing(job, &MW_AT(p->attachments, struct mw_attachment, 0)->pos, mw_str_z(&unnamed));
    mw_str_free(&unnamed);
    return rc;
}

/* A paper that is said to be there, whose file is not; one that was to come by a day that has passed. */
static enum mw_rc check_state(struct mw_job *job, const struct mw_attachment *a)
{
    if (is_decided(job->plan->project))
        return MW_OK;
    if (a->lost && !comes_with_the_bundle(job, a->code))
        return mw_find(job, MW_WARNING, "attachment-not-found", &a->pos, NULL,
                       "Attachment %s is said to be present, but the file \"%.*s\" does not lie in the project's folder.",
                       name_of(job, a->code), MW_SV_ARG(a->file));
    if (mw_before_handing_in(job->plan->project) && a->status == MW_MISSING && mw_day_is(a->until) &&
        mw_day_cmp(a->until, job->plan->today) < 0)
        return mw_find(job, MW_WARNING, "attachment-overdue", &a->pos, NULL,
                       "Attachment %s was to come by %s and is still missing.", name_of(job, a->code), mw_say_day(job, a->until));
    return MW_OK;
}

static enum mw_rc check_code(struct mw_job *job, const struct mw_attachment *a)
{
    if (job->opts->papers == NULL || rule_of(job, a->code) != NULL || mw_names(&job->plan->edition->attachments, a->code))
        return MW_OK;
    return mw_find(job, MW_NOTE, "attachment-unknown", &a->pos, NULL,
                   "Neither the checklist nor the programme knows an attachment \"%.*s\".", MW_SV_ARG(a->code));
}

static enum mw_rc check_list(struct mw_job *job)
{
    const struct mw_project *p = job->plan->project;
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < p->attachments.n && rc == MW_OK; i++) {
        const struct mw_attachment *a = MW_AT(p->attachments, struct mw_attachment, i);
        if (attachment(p, a->code) != a)
            rc = mw_find(job, MW_WARNING, "attachment-twice", &a->pos, NULL, "Attachment %s stands twice.", name_of(job, a->code));
        if (rc == MW_OK)
            rc = check_state(job, a);
        if (rc == MW_OK)
            rc = check_code(job, a);
        if (rc == MW_OK && a->status == MW_MISSING && mw_day_is(a->until) && mw_day_is(p->deadline) &&
            mw_day_cmp(a->until, p->deadline) > 0)
            rc = mw_find(job, MW_ERROR, "attachment-late", &a->pos, NULL,
                         "Attachment %s is planned for %s, after the deadline of %s.", name_of(job, a->code),
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

static bool is_asked_for(const struct mw_job *job, struct mw_sv key)
{
    const struct mw_form *form = job->opts->form;
    const char *z = mw_arena_z(job->a, key);

    for (size_t i = 0; form != NULL && i < form->texts.n; i++)
        if (mw_sv_eq(MW_AT(form->texts, struct mw_form_text, i)->key, key))
            return true;
    return z != NULL && mw_narrative_find(z) != NULL;
}

/* A text under a key that nobody asks for is written and then stands nowhere. */
static enum mw_rc check_keys(struct mw_job *job)
{
    const struct mw_project *p = job->plan->project;
    MW_AUTO(mw_str_free) struct mw_str keys = MW_STR_INIT;
    enum mw_rc rc = MW_OK;

    for (const struct mw_narrative *n = MW_NARRATIVES; n->key != NULL; n++)
        mw_str_addf(&keys, "%s%s", keys.n > 0 ? ", " : "", n->key);
    for (size_t i = 0; i < p->texts.n && rc == MW_OK; i++) {
        const struct mw_text *t = MW_AT(p->texts, struct mw_text, i);
        if (!is_asked_for(job, t->key))
            rc = mw_find(job, MW_WARNING, "text-unknown", &t->pos, NULL, "No paper asks for a text \"%.*s\", so it stands in none. They ask for: %s.",
                         MW_SV_ARG(t->key), mw_str_z(&keys));
    }
    return rc;
}

/* "- erstens - zweitens": a paragraph of one line that begins like a list and goes on like one. A folding scalar of YAML joined its
 * lines; a paper would show one item. */
static bool is_folded(struct mw_sv text)
{
    struct mw_sv line, rest = text;
    size_t folded = 0, items = 0;

    while (rest.n > 0) {
        mw_sv_cut(rest, '\n', &line, &rest);
        line = mw_sv_trim(line);
        if (!mw_sv_starts(line, MW_SV("- ")))
            continue;
        items++;
        folded += mw_sv_find(line, MW_SV(" - "), 2) != SIZE_MAX;
    }
    return items == 1 && folded == 1;
}

static enum mw_rc check_folded(struct mw_job *job)
{
    const struct mw_project *p = job->plan->project;
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < p->texts.n && rc == MW_OK; i++) {
        const struct mw_text *t = MW_AT(p->texts, struct mw_text, i);
        if (t->file.p == NULL && is_folded(t->text))
            rc = mw_find(job, MW_WARNING, "items-folded", &t->pos, NULL,
                         "The items of the text \"%.*s\" stand in one line and would become one item.", MW_SV_ARG(t->key));
    }
    return rc;
}

enum mw_rc mw_find_in_papers(struct mw_job *job)
{
    static enum mw_rc (*const CHECKS[])(struct mw_job *) = { check_needed, check_list, check_resolution, check_keys, check_folded };
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < sizeof CHECKS / sizeof *CHECKS && rc == MW_OK; i++)
        rc = CHECKS[i](job);
    return rc;
}
