/* mittelweg check: are the files that people write sound? Projects are computed, too, and their findings listed. */
#include <string.h>

#include "apply/plan/plan.h"
#include "cli/commands.h"
#include "cli/plan.h"
#include "lib/model/profile.h"

static const char *const SEVERITIES[] = { [MW_ERROR] = "error", [MW_WARNING] = "warning", [MW_NOTE] = "note" };

/* What is said of one file, in the order of its lines; struct mw_finding. */
static enum mw_rc add(struct mw_list *found, struct mw_cli *cli, const struct mw_diags *diags)
{
    for (size_t i = 0; i < diags->n; i++) {
        const struct mw_diag *d = &diags->items[i];
        struct mw_finding *f = mw_list_add(cli->arena, found, sizeof *f);
        if (f == NULL)
            return MW_NOMEM;
        *f = (struct mw_finding){ .severity = d->severity,
                                  .code = d->code,
                                  .msg = mw_arena_printf(cli->arena, "%s%s%s", d->msg, d->cure != NULL ? " " : "",
                                                         d->cure != NULL ? d->cure : ""),
                                  .pos = { d->file != NULL ? mw_arena_z(cli->arena, mw_sv(d->file)) : NULL, d->line,
                                           d->col } };
        if (f->msg.p == NULL)
            return MW_NOMEM;
    }
    return MW_OK;
}

static enum mw_rc check_project(struct mw_list *found, struct mw_cli *cli, const char *path, struct mw_diags *diags)
{
    struct mw_plan_input in = { 0 };
    struct mw_plan plan = { 0 };
    struct mw_plan_opts opts;
    enum mw_rc rc = mw_cli_plan_opts(cli, &opts) ? mw_plan_input_load(&in, cli->arena, path, cli->rules_dir, NULL, diags) : cli->err.rc;

    for (size_t t = 0; t < in.terms.n && rc == MW_OK; t++) {
        rc = mw_plan_make(&plan, cli->arena, &in.project, MW_AT(in.terms, struct mw_terms, t), &in.tariffs, &opts,
                          diags);
        for (size_t i = 0; i < plan.findings.n && rc == MW_OK; i++) {
            struct mw_finding *f = mw_list_add(cli->arena, found, sizeof *f);
            if (f == NULL)
                return MW_NOMEM;
            *f = *MW_AT(plan.findings, struct mw_finding, i);
        }
    }
    return rc;
}

/* What kind of file it is shows in its keys. */
static enum mw_rc check_file(struct mw_list *found, struct mw_cli *cli, const char *path, const char **kind,
                             struct mw_diags *diags)
{
    struct mw_node *map = NULL;
    struct mw_terms terms;
    struct mw_tariff tariff;
    struct mw_profile profile;
    MW_AUTO(mw_diags_free) struct mw_diags scratch = MW_DIAGS_INIT(cli->lang); /* whoever reads the file says it again */

    *kind = "unknown";
    if (mw_yaml_load(&map, cli->arena, path, &scratch) == MW_NOMEM)
        return MW_NOMEM;
    if (map == NULL)
        return mw_yaml_load(&map, cli->arena, path, diags);
    if (mw_node_get(map, "project") != NULL)
        return *kind = "project", check_project(found, cli, path, diags);
    if (mw_node_get(map, "editions") != NULL)
        return *kind = "programme", mw_terms_load(&terms, cli->arena, path, diags);
    if (mw_node_get(map, "tariff") != NULL)
        return *kind = "tariff", mw_tariff_load(&tariff, cli->arena, path, diags);
    if (mw_node_get(map, "profile") != NULL)
        return *kind = "profile", mw_profile_load(&profile, cli->arena, path, diags);
    mw_diag_add(diags, MW_ERROR, &map->pos, "unknown-file",
                "This is no project, profile, programme or tariff: none of project, profile, editions and tariff "
                "stands at the top.");
    return MW_INVALID;
}

static void put_finding(struct mw_cli *cli, const struct mw_finding *f, const char *path)
{
    static const enum mw_style STYLES[] = { [MW_ERROR] = MW_BAD, [MW_WARNING] = MW_DOUBT, [MW_NOTE] = MW_DIM };
    struct mw_out *o = cli->out;
    const char *file = f->pos.file != NULL ? f->pos.file : path;

    mw_out_object(o, NULL, NULL);
    mw_out_z(o, "severity", NULL, SEVERITIES[f->severity]);
    mw_out_z(o, "code", NULL, f->code);
    mw_out_sv(o, "message", NULL, f->msg);
    mw_out_z(o, "file", NULL, file);
    mw_out_int(o, "line", NULL, f->pos.line);
    mw_out_end(o);
    mw_out_paraf(o, STYLES[f->severity], "%s:%u: %s: %.*s [%s]", file, f->pos.line, T(cli, SEVERITIES[f->severity]),
                 MW_SV_ARG(f->msg), f->code != NULL ? f->code : "-");
}

static int run(struct mw_cli *cli)
{
    struct mw_out *o = cli->out;
    size_t errors = 0;

    mw_out_object(o, NULL, NULL);
    mw_out_day(o, "today", NULL, cli->today);
    mw_out_list(o, "files", NULL);
    for (size_t i = 0; i < cli->n_args; i++) {
        MW_AUTO(mw_diags_free) struct mw_diags diags = MW_DIAGS_INIT(cli->lang);
        struct mw_list found = { 0 };
        const char *kind = NULL;
        size_t here = 0;
        enum mw_rc rc = check_file(&found, cli, cli->args[i], &kind, &diags);
        mw_diags_sort(&diags);
        if (rc == MW_NOMEM || add(&found, cli, &diags) != MW_OK)
            return mw_nomem(&cli->err), mw_cli_fail(cli);
        mw_out_object(o, NULL, NULL);
        mw_out_z(o, "file", NULL, cli->args[i]);
        mw_out_z(o, "kind", NULL, kind);
        mw_out_list(o, "findings", NULL);
        for (size_t k = 0; k < found.n; k++) {
            const struct mw_finding *f = MW_AT(found, struct mw_finding, k);
            put_finding(cli, f, cli->args[i]);
            here += f->severity == MW_ERROR;
        }
        mw_out_end(o);
        mw_out_end(o);
        if (here == 0)
            mw_out_paraf(o, MW_GOOD, "%s: sound.", cli->args[i]);
        errors += here;
    }
    mw_out_end(o);
    mw_out_int(o, "errors", NULL, (int64_t)errors);
    return errors > 0 ? MW_EXIT_FINDINGS : MW_EXIT_OK;
}

const struct mw_cmd MW_CMD_CHECK = {
    .name = "check",
    .run = run,
    .args = "FILE...",
    .args_min = 1,
    .args_max = SIZE_MAX,
    .summary = "check project, profile, programme and tariff files",
    .about = "Reads every file and reports all that is wrong with it, each with its line. A project is also computed "
             "by every programme it names, and "
             "what the plan finds is listed. The exit status is 1 when there is an error.",
};
