/* mittelweg draft: the documents of an application, from the same plan. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "apply/documents/workbook.h"
#include "cli/commands.h"
#include "cli/plan.h"
#include "lib/core/file.h"

/* One document of the bundle. */
struct document {
    const char *suffix, *label;
    enum mw_rc (*write)(const struct mw_plan *plan, const char *path, enum mw_lang lang, struct mw_err *err);
};
static const struct document DOCUMENTS[] = {
    { "kosten-und-finanzierung.xlsx", "Cost and financing plan, schedule, duties", mw_workbook_write },
};

static enum mw_rc make_folder(const char *dir, struct mw_err *err)
{
    struct stat st;
    if (mkdir(dir, 0777) == 0 || (errno == EEXIST && stat(dir, &st) == 0 && S_ISDIR(st.st_mode)))
        return MW_OK;
    return mw_fail(err, MW_OUTPUT, "The folder \"%s\" cannot be made: %s.", dir, mw_reason(err, errno));
}

static int run(struct mw_cli *cli)
{
    const char *dir = mw_cli_option(cli, "out");
    struct mw_cli_plan p;

    if (dir == NULL) {
        mw_fail(&cli->err, MW_INVALID, "draft needs --out DIR: the folder for the documents.");
        return mw_cli_fail(cli);
    }
    if (!mw_cli_plan(cli, &p) || make_folder(dir, &cli->err) != MW_OK)
        return mw_cli_fail(cli);
    mw_out_object(cli->out, NULL, NULL);
    mw_out_sv(cli->out, "project", NULL, p.plan.project->id);
    mw_out_list(cli->out, "documents", NULL);
    for (size_t i = 0; i < sizeof DOCUMENTS / sizeof *DOCUMENTS; i++) {
        struct mw_sv path = mw_arena_printf(cli->arena, "%s/%.*s-%s", dir, MW_SV_ARG(p.plan.project->id), DOCUMENTS[i].suffix);
        if (path.p == NULL)
            mw_nomem(&cli->err);
        if (path.p == NULL || DOCUMENTS[i].write(&p.plan, path.p, cli->lang, &cli->err) != MW_OK)
            return mw_cli_fail(cli);
        mw_out_object(cli->out, NULL, NULL);
        mw_out_sv(cli->out, "file", NULL, path);
        mw_out_end(cli->out);
        mw_out_paraf(cli->out, MW_BODY, "%s: %.*s", T(cli, DOCUMENTS[i].label), MW_SV_ARG(path));
    }
    mw_out_end(cli->out);
    mw_out_end(cli->out);
    if (p.plan.errors == 0)
        return MW_EXIT_OK;
    mw_out_paraf(cli->out, MW_BAD, "The plan has %zu errors; see: mittelweg check %s", p.plan.errors, cli->args[0]);
    return MW_EXIT_FINDINGS;
}

static const struct mw_option OPTIONS[] = {
    { "out", "DIR", "the folder for the documents; made where it is missing" },
    { "programme", "ID", "that programme, not the one the project names" },
    { "edition", "ID", "the edition of the programme of that id, not the one valid today" },
    { NULL, NULL, NULL }
};
const struct mw_cmd MW_CMD_DRAFT = {
    .name = "draft",
    .run = run,
    .args = "PROJECT.yaml",
    .args_min = 1,
    .args_max = 1,
    .summary = "write the documents of an application",
    .about = "Writes the documents of the application into a folder, all from the same plan: what one of them says, the others say "
             "too. Documents are written even when the plan has errors; the last line says so.",
    .options = OPTIONS,
};
