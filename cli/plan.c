/* mittelweg plan: what one project file says about money and time, computed. */
#include "cli/plan.h"

#include <unistd.h>

#include "cli/commands.h"
#include "cli/kinds.h"

enum mw_rc mw_cli_papers(struct mw_cli *cli, const struct mw_checklist **out)
{
    struct mw_sv path = mw_arena_printf(cli->arena, "%s/checklists/attachments.yaml", cli->rules_dir);
    struct mw_checklist *papers = mw_arena_alloc(cli->arena, sizeof *papers);

    *out = NULL;
    if (path.p == NULL || papers == NULL)
        return mw_nomem(&cli->err);
    if (access(path.p, F_OK) != 0)
        return MW_OK;
    enum mw_rc rc = mw_checklist_load(papers, cli->arena, path.p, &cli->diags);
    if (rc != MW_OK)
        return mw_fail(&cli->err, rc, "The checklist \"%s\" cannot be used.", path.p);
    *out = papers;
    return MW_OK;
}

bool mw_cli_plan_opts(struct mw_cli *cli, struct mw_plan_opts *out)
{
    struct mw_sv dir = mw_arena_printf(cli->arena, "%s/law", cli->config_dir);
    struct mw_law *law = mw_arena_alloc(cli->arena, sizeof *law);
    enum mw_rc rc = dir.p == NULL || law == NULL ? MW_NOMEM : mw_law_load(law, cli->arena, dir.p, &cli->diags);

    *out = (struct mw_plan_opts){ .today = cli->today, .lang = cli->lang, .edition = mw_cli_option(cli, "edition"), .law = law };
    if (rc != MW_OK)
        mw_fail(&cli->err, rc, "The files in \"%.*s\" cannot be read.", MW_SV_ARG(dir));
    else
        rc = mw_cli_papers(cli, &out->papers);
    if (rc == MW_OK && mw_cli_option(cli, "form") != NULL) {
        struct mw_form *form = mw_arena_alloc(cli->arena, sizeof *form);
        rc = form == NULL ? MW_NOMEM : mw_form_find(form, cli->arena, cli->config_dir, mw_cli_option(cli, "form"), &cli->diags);
        if (rc != MW_OK)
            mw_fail(&cli->err, rc == MW_NOT_FOUND ? MW_INVALID : rc, "The form \"%s\" cannot be used.", mw_cli_option(cli, "form"));
        out->form = form;
    }
    return rc == MW_OK;
}

bool mw_cli_plan(struct mw_cli *cli, struct mw_cli_plan *out)
{
    const char *programme = mw_cli_option(cli, "programme");
    struct mw_plan_input *in = &out->input;

    if (!mw_cli_plan_opts(cli, &out->opts))
        return false;
    out->opts.checks = &in->checks;
    enum mw_rc rc = mw_plan_input_load(in, cli->arena, cli->args[0], cli->rules_dir, programme, &cli->diags);

    if (rc == MW_OK)
        rc = mw_plan_make(&out->plan, cli->arena, &in->project, MW_AT(in->terms, struct mw_terms, 0), &in->tariffs,
                          &out->opts, &cli->diags);
    if (rc != MW_OK)
        mw_cli_unusable(cli, cli->args[0], MW_KIND_PROJECT, rc);
    else if (in->terms.n > 1)
        mw_diag_add(&cli->diags, MW_NOTE, &in->project.programmes_pos, "first-programme",
                    "The project names %zu programmes; the first is computed. All of them together: mittelweg mix",
                    in->terms.n);
    return rc == MW_OK;
}

/* The plan of the project, with values changed where changes says so; all of it lives in the command's arena. */
static enum mw_rc compute(struct mw_cli *cli, struct mw_plan_opts *opts, const char *changes, struct mw_plan **out,
                          size_t *programmes)
{
    struct mw_plan_input *in = mw_arena_alloc(cli->arena, sizeof *in);
    enum mw_rc rc;

    *out = mw_arena_alloc(cli->arena, sizeof **out);
    if (in == NULL || *out == NULL)
        return MW_NOMEM;
    opts->checks = &in->checks;
    rc = mw_plan_input_vary(in, cli->arena, cli->args[0], cli->rules_dir, mw_cli_option(cli, "programme"), changes,
                            &cli->diags);
    if (rc == MW_OK)
        rc = mw_plan_make(*out, cli->arena, &in->project, MW_AT(in->terms, struct mw_terms, 0), &in->tariffs, opts,
                          &cli->diags);
    *programmes = in->terms.n;
    return rc;
}

static int run(struct mw_cli *cli)
{
    const char *changes = mw_cli_option(cli, "set");
    struct mw_plan *plan, *variant = NULL;
    struct mw_plan_opts opts;
    size_t programmes;

    if (!mw_cli_plan_opts(cli, &opts))
        return mw_cli_fail(cli);
    enum mw_rc rc = compute(cli, &opts, NULL, &plan, &programmes);
    if (rc == MW_OK && changes != NULL)
        rc = compute(cli, &opts, changes, &variant, &programmes);
    if (rc != MW_OK) {
        mw_cli_unusable(cli, cli->args[0], MW_KIND_PROJECT, rc);
        return mw_cli_fail(cli);
    }
    if (programmes > 1)
        mw_diag_add(&cli->diags, MW_NOTE, &plan->project->programmes_pos, "first-programme",
                    "The project names %zu programmes; the first is computed. All of them together: mittelweg mix",
                    programmes);
    if (variant != NULL)
        mw_plan_compare_to_out(plan, variant, mw_cli_option(cli, "months") != NULL, cli->out);
    else
        mw_plan_to_out(plan, mw_cli_option(cli, "months") != NULL, cli->out);
    return (variant != NULL ? variant : plan)->errors > 0 ? MW_EXIT_FINDINGS : MW_EXIT_OK;
}

static const struct mw_option OPTIONS[] = {
    { "edition", "ID", "the edition of the programme of that id, not the one valid today" },
    { "months", NULL, "also show the money by month, and when to call for the grant" },
    { "programme", "ID", "that programme, not the one the project names" },
    { "form", "ID", "the plan in the positions of that form (config/forms), such as aza" },
    { "set", "CHANGES", "what if: \"costs.sm.amount=350000 EUR; applicants.0.budget=nothaushalt\"" },
    { NULL, NULL, NULL },
};
const struct mw_cmd MW_CMD_PLAN = {
    .name = "plan",
    .run = run,
    .args = "PROJECT.yaml",
    .args_min = 1,
    .args_max = 1,
    .summary = "compute cost, financing, schedule and duties of a project",
    .about =
        "Computes the cost plan, the financing plan with the way to the grant, the shares of the partners, the "
        "schedule, the steps back "
        "from the deadline, the duties and, after the award, the settlement: to the cent and to the day.\n"
        "What is wrong or against the terms is listed under findings; with an error among them the exit status is 1.",
    .options = OPTIONS,
};
