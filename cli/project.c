/* mittelweg project from: a project file is begun from a profile and the terms of a programme. */
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/files.h"
#include "cli/kinds.h"
#include "cli/plan.h"
#include "intake/project.h"
#include "lib/core/file.h"

/* The profile as a project in the folder of out names it; a profile must lie there or below (the project file is read alone, too). */
static enum mw_rc name_of(struct mw_cli *cli, struct mw_sv *name, const char *profile, const char *out)
{
    const char *dir = mw_path_dir(cli->arena, out != NULL ? out : profile);
    char *folder = dir != NULL ? realpath(dir, NULL) : NULL, *file = realpath(profile, NULL);
    size_t n = folder != NULL ? strlen(folder) : 0;
    enum mw_rc rc = MW_OK;

    if (folder == NULL || file == NULL)
        rc = mw_fail(&cli->err, MW_IO, "\"%s\" cannot be found.", folder == NULL ? dir : profile);
    else if (strncmp(file, folder, n) != 0 || (file[n] != '/' && n > 1))
        rc = mw_fail(&cli->err, MW_INVALID, "The profile \"%s\" must lie in the folder of the project, \"%s\", or below it.", profile, folder);
    else
        *name = mw_arena_copy(cli->arena, mw_sv(file + n + (n > 1)));
    free(folder);
    free(file);
    return rc != MW_OK ? rc : name->p != NULL ? MW_OK : mw_nomem(&cli->err);
}

/* The programme by the address of its notice, as search and match print it; several parts of a programme may share one. */
static enum mw_rc by_address(struct mw_cli *cli, struct mw_terms *terms, struct mw_sv url)
{
    struct mw_list all = { 0 };
    MW_AUTO(mw_str_free) struct mw_str ids = MW_STR_INIT;
    size_t n = 0;
    enum mw_rc rc = mw_terms_list(&all, cli->arena, cli->rules_dir, &cli->diags);

    for (size_t i = 0; i < all.n && rc == MW_OK; i++) {
        const struct mw_terms *one = MW_AT(all, struct mw_terms, i);
        if (!mw_sv_eq(one->url, url))
            continue;
        mw_str_addf(&ids, "%s%.*s", n++ == 0 ? "" : ", ", MW_SV_ARG(one->programme));
        *terms = *one;
    }
    if (rc == MW_OK && n == 0)
        return mw_fail(&cli->err, MW_INVALID, "No file of rules/programmes holds the terms of \"%.*s\": only programmes whose terms were typed can be "
                                              "computed. Copy a file there and change it.", MW_SV_ARG(url));
    if (rc == MW_OK && n > 1)
        return mw_fail(&cli->err, MW_INVALID, "Several programmes share this address; name one of them: %s.", mw_str_z(&ids));
    return rc;
}

/* Own terms lie beside the project that is begun, as they do for the plan. */
static enum mw_rc find(struct mw_cli *cli, struct mw_terms *terms, const char *programme)
{
    struct mw_pos nowhere = { 0 };
    const char *out = mw_cli_option(cli, "out"), *own = mw_path_dir(cli->arena, out != NULL ? out : cli->args[1]);

    if (strstr(programme, "://") != NULL)
        return by_address(cli, terms, mw_sv(programme));
    enum mw_rc rc = mw_terms_find(terms, cli->arena, own, cli->rules_dir, mw_sv(programme), &nowhere, &cli->diags);
    return rc == MW_OK ? rc : mw_fail(&cli->err, rc == MW_NOT_FOUND ? MW_INVALID : rc, "The programme \"%s\" cannot be used.", programme);
}

static enum mw_rc choose(struct mw_cli *cli, struct mw_project_start *s, struct mw_terms *terms)
{
    const char *programme = mw_cli_option(cli, "programme");
    size_t valid = 0;

    if (programme == NULL)
        return MW_OK;
    enum mw_rc rc = find(cli, terms, programme);
    if (rc != MW_OK)
        return rc;
    s->terms = terms;
    s->edition = mw_edition_on(terms, cli->today, &valid);
    if (valid == 0)
        mw_diag_add(&cli->diags, MW_WARNING, &s->edition->pos, "edition-not-valid",
                    "No edition of the programme is valid today; the project is begun with edition %.*s.", MW_SV_ARG(s->edition->id));
    return mw_cli_papers(cli, &s->papers);
}

/* --applicant: the project of one of them, whose profile stands in the project file. */
static enum mw_rc alone(struct mw_cli *cli, struct mw_project_start *s, struct mw_profile *one)
{
    const struct mw_profile *all = s->profile;
    const char *name = mw_cli_option(cli, "applicant");
    MW_AUTO(mw_str_free) struct mw_str id = MW_STR_INIT, names = MW_STR_INIT;

    for (size_t i = 0; name != NULL && i < all->applicants.n; i++) {
        const struct mw_applicant *a = MW_AT(all->applicants, struct mw_applicant, i);
        mw_str_addf(&names, "%s%.*s", i > 0 ? ", " : "", MW_SV_ARG(a->name));
        if (!mw_sv_ieq(a->name, mw_sv(name)))
            continue;
        mw_str_addf(&id, "%.*s-", MW_SV_ARG(all->id));
        mw_cli_add_id(&id, a->name);
        struct mw_sv copy = mw_arena_copy(cli->arena, mw_str_sv(&id));
        if (copy.p == NULL || mw_project_alone(one, cli->arena, all, i, copy) != MW_OK)
            return mw_nomem(&cli->err);
        if (all->text_file.n > 0) { /* it is sought from the project's folder now */
            const char *dir = mw_path_dir(cli->arena, mw_arena_z(cli->arena, s->profile_file));
            one->text_file = mw_path_join(cli->arena, dir, all->text_file);
        }
        s->profile = one;
        s->profile_file = MW_SV_NONE;
        return MW_OK;
    }
    if (name != NULL)
        return mw_fail(&cli->err, MW_INVALID, "\"%s\" is no applicant of the profile. There are: %s.", name, mw_str_z(&names));
    return MW_OK;
}

static int run(struct mw_cli *cli)
{
    struct mw_profile profile, one;
    struct mw_terms terms;
    struct mw_project_start s = { .profile = &profile, .lang = cli->lang };
    MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT;
    const char *out = mw_cli_option(cli, "out");

    if (strcmp(cli->args[0], "from") != 0) {
        mw_fail(&cli->err, MW_INVALID, "\"project %s\" is unknown; there is: project from PROFILE.yaml", cli->args[0]);
        return mw_cli_fail(cli);
    }
    enum mw_rc rc = mw_profile_load(&profile, cli->arena, cli->args[1], &cli->diags);
    if (rc != MW_OK)
        mw_cli_unusable(cli, cli->args[1], MW_KIND_PROFILE, rc);
    if (rc != MW_OK || name_of(cli, &s.profile_file, cli->args[1], out) != MW_OK || choose(cli, &s, &terms) != MW_OK ||
        alone(cli, &s, &one) != MW_OK)
        return mw_cli_fail(cli);
    mw_project_start(&text, &s);
    if (mw_cli_write_new(cli, &text, out) != MW_OK)
        return mw_cli_fail(cli);
    if (out != NULL)
        mw_out_paraf(cli->out, MW_BODY, "Written: %s. Fill in the lines with \"# ?\"; then: mittelweg check %s", out, out);
    if (out != NULL && s.profile->joint_mode == MW_J_PARALLEL && s.profile->applicants.n > 1)
        mw_out_paraf(cli->out, MW_DOUBT, "%zu applicants apply side by side: this file shows their cost together. Begin the application of each with "
                     "--applicant NAME.", s.profile->applicants.n);
    return MW_EXIT_OK;
}

static const struct mw_option OPTIONS[] = {
    { "programme", "ID", "the programme to apply for, from rules/programmes, or the address of its notice" },
    { "applicant", "NAME", "only for that one of several applicants, who apply side by side" },
    { "out", "FILE", "write the project there, not to standard output; a file that exists is kept" },
    { NULL, NULL, NULL }
};
const struct mw_cmd MW_CMD_PROJECT = {
    .name = "project",
    .run = run,
    .args = "from PROFILE.yaml",
    .args_min = 2,
    .args_max = 2,
    .summary = "begin a project file from a profile",
    .about = "from: writes a project file that is begun: period, lots, phases and quantities of the profile, categories and attachments of the "
             "programme. What only the applicant knows (sums, days, texts) is a line with \"# ?\": fill it in and take the mark away. Nothing is "
             "invented.\n"
             "Then: check says what is wrong or missing, plan computes, draft writes the documents.",
    .options = OPTIONS,
};
