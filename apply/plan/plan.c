/* From files to a plan: loads what a project needs, and has its parts made one after the other. */
#include "apply/plan/plan.h"

#include "apply/plan/make.h"
#include "lib/core/file.h"

const char *const MW_LIMITS[MW_LIMIT_N + 1] = { "rate",
                                                "gap",
                                                "fixed",
                                                "eligible_max",
                                                "grant_max",
                                                "own_share_min",
                                                "public_share_max",
                                                "over_funding",
                                                "grant_min",
                                                "ineligible",
                                                NULL };
const char *const MW_LIMIT_WORDS[MW_LIMIT_N] = {
    [MW_LIMIT_RATE] = "the rate of the programme",
    [MW_LIMIT_GAP] = "the gap that other means leave",
    [MW_LIMIT_FIXED] = "the fixed sum of the programme",
    [MW_LIMIT_ELIGIBLE_MAX] = "the highest eligible expenditure",
    [MW_LIMIT_GRANT_MAX] = "the highest grant",
    [MW_LIMIT_OWN_SHARE_MIN] = "the smallest own share",
    [MW_LIMIT_PUBLIC_SHARE_MAX] = "the highest share of public money",
    [MW_LIMIT_OVER_FUNDING] = "the ban on over-funding",
    [MW_LIMIT_GRANT_MIN] = "the smallest grant",
    [MW_LIMIT_INELIGIBLE] = "conditions that the project does not meet",
};

static bool loaded(const struct mw_list *tariffs, struct mw_sv id)
{
    for (size_t i = 0; i < tariffs->n; i++)
        if (mw_sv_eq(MW_AT(*tariffs, struct mw_tariff, i)->id, id))
            return true;
    return false;
}

static enum mw_rc load_tariffs(struct mw_plan_input *in, struct mw_arena *a, const char *own, const char *rules_dir,
                               struct mw_diags *diags)
{
    enum mw_rc worst = MW_OK;

    for (size_t i = 0; i < in->project.costs.n; i++) {
        const struct mw_cost *c = MW_AT(in->project.costs, struct mw_cost, i);
        struct mw_tariff tariff, *kept;
        enum mw_rc rc;
        if (c->personnel == NULL || loaded(&in->tariffs, c->personnel->tariff))
            continue;
        rc = mw_tariff_find(&tariff, a, own, rules_dir, c->personnel->tariff, &c->personnel->pos, diags);
        if (rc == MW_OK && (kept = mw_list_add(a, &in->tariffs, sizeof *kept)) != NULL)
            *kept = tariff;
        else
            worst = rc != MW_OK ? rc : MW_NOMEM;
    }
    return worst;
}

/* dir: the folder of the project file. */
static enum mw_rc load_project(struct mw_project *out, struct mw_arena *a, const char *path, const char *dir,
                               const char *changes, struct mw_diags *diags)
{
    struct mw_node *root = NULL;
    enum mw_rc rc;

    if (changes == NULL)
        return mw_project_load(out, a, path, diags);
    if ((rc = mw_yaml_load(&root, a, path, diags)) != MW_OK) /* changes are made to a sound file only */
        return rc;
    rc = mw_project_change(root, a, dir, changes, diags);
    return rc != MW_OK ? rc : mw_project_read(out, a, root, dir, diags);
}

enum mw_rc mw_plan_input_load(struct mw_plan_input *out, struct mw_arena *a, const char *project_file,
                              const char *rules_dir, const char *programme, struct mw_diags *diags)
{
    return mw_plan_input_vary(out, a, project_file, rules_dir, programme, NULL, diags);
}

enum mw_rc mw_plan_input_vary(struct mw_plan_input *out, struct mw_arena *a, const char *project_file,
                              const char *rules_dir, const char *programme, const char *changes, struct mw_diags *diags)
{
    const char *own = mw_path_dir(a, project_file);
    enum mw_rc rc, worst = MW_OK;

    *out = (struct mw_plan_input){ 0 };
    if (own == NULL)
        return MW_NOMEM;
    if ((rc = load_project(&out->project, a, project_file, own, changes, diags)) != MW_OK)
        return rc;
    if (programme != NULL) {
        struct mw_sv *id;
        out->project.programmes = (struct mw_list){ 0 };
        if ((id = mw_list_add(a, &out->project.programmes, sizeof *id)) == NULL)
            return MW_NOMEM;
        *id = mw_sv(programme);
    }
    if (out->project.programmes.n == 0) {
        mw_diag_add(diags, MW_ERROR, &out->project.pos, "no-programme",
                    "The project names no programme to compute it by (programme).");
        return MW_INVALID;
    }
    for (size_t i = 0; i < out->project.programmes.n; i++) {
        struct mw_terms terms, *kept;
        rc = mw_terms_find(&terms, a, own, rules_dir, *MW_AT(out->project.programmes, struct mw_sv, i),
                           &out->project.programmes_pos, diags);
        if (rc == MW_OK && (kept = mw_list_add(a, &out->terms, sizeof *kept)) != NULL)
            *kept = terms;
        else
            worst = rc != MW_OK ? rc : MW_NOMEM;
    }
    rc = load_tariffs(out, a, own, rules_dir, diags);
    if (rc == MW_OK)
        rc = mw_checks_find(&out->checks, a, rules_dir, diags);
    return worst != MW_OK ? worst : rc;
}

enum mw_rc mw_plan_make(struct mw_plan *out, struct mw_arena *a, const struct mw_project *project,
                        const struct mw_terms *terms, const struct mw_list *tariffs, const struct mw_plan_opts *opts,
                        struct mw_diags *diags)
{
    static enum mw_rc (*const PARTS[])(struct mw_job *) = { mw_make_edition, mw_make_schedule,   mw_make_preparation,
                                                            mw_make_cost,    mw_make_financing,  mw_make_partners, mw_make_subplans, mw_make_form,
                                                            mw_make_duties,  mw_make_settlement, mw_make_misuse, mw_make_aid,
                                                            mw_make_payments, mw_make_findings };
    struct mw_job job = { out, a, tariffs, opts, diags, NULL };
    const struct mw_applicant *lead = mw_project_lead(project);
    enum mw_rc rc = MW_OK;

    *out = (struct mw_plan){ .project = project,
                             .terms = terms,
                             .today = opts->today,
                             .lang = opts->lang,
                             .land = lead != NULL ? lead->land : MW_LAND_NONE };
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS && rc == MW_OK; i++)
        rc = PARTS[i](&job);
    return rc;
}

const char *mw_money_question(const struct mw_plan *p, enum mw_lang lang)
{
    return mw_costs_open(p) ? mw_tr(lang, "What does the project cost (costs)?")
                            : mw_tr(lang, "At which rate, or with which sum, does the programme fund this project? Its terms do not say.");
}
