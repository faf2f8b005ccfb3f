/* mittelweg draft: the documents of an application, from the same plan. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "apply/documents/bundle.h"
#include "cli/commands.h"
#include "cli/plan.h"
#include "lib/core/file.h"

static enum mw_rc make_folder(const char *dir, struct mw_err *err)
{
    struct stat st;
    if (mkdir(dir, 0777) == 0 || (errno == EEXIST && stat(dir, &st) == 0 && S_ISDIR(st.st_mode)))
        return MW_OK;
    return mw_fail(err, MW_OUTPUT, "The folder \"%s\" cannot be made: %s.", dir, mw_reason(err, errno));
}

/* Whether a format is among those of --only; without it all are. */
static bool wanted(const char *only, const char *format)
{
    struct mw_sv one, rest = mw_sv(only);

    if (only == NULL)
        return true;
    while (rest.n > 0) {
        mw_sv_cut(rest, ',', &one, &rest);
        if (mw_sv_eqz(mw_sv_trim(one), format))
            return true;
    }
    return false;
}

/* Every word of --only must be a format there is. */
static bool only_makes_sense(struct mw_cli *cli, const char *only)
{
    struct mw_sv one, rest = mw_sv(only);

    while (rest.n > 0) {
        bool known = false;
        mw_sv_cut(rest, ',', &one, &rest);
        for (size_t i = 0; i < MW_DOCUMENTS_N; i++)
            known = known || mw_sv_eqz(mw_sv_trim(one), MW_DOCUMENTS[i].format);
        if (!known) {
            mw_fail(&cli->err, MW_INVALID, "--only knows xlsx, docx, pdf, svg and ics; not \"%.*s\".", MW_SV_ARG(one));
            return false;
        }
    }
    return true;
}

/* DIR/ID-NAME; whatever an id has that does not belong into a file name becomes a hyphen. */
static const char *path_of(struct mw_cli *cli, const char *dir, struct mw_sv id, const char *name)
{
    MW_AUTO(mw_str_free) struct mw_str path = MW_STR_INIT;

    mw_str_addf(&path, "%s/", dir);
    for (size_t i = 0; i < id.n; i++) {
        char c = id.p[i];
        if (strchr("/\\:*?\"<>|", c) != NULL || (unsigned char)c < ' ' || (i == 0 && c == '.'))
            c = '-';
        mw_str_addc(&path, c);
    }
    mw_str_addf(&path, "-%s", name);
    return mw_str_ok(&path) ? mw_arena_z(cli->arena, mw_str_sv(&path)) : NULL;
}

static bool has_checklist(struct mw_cli *cli, const struct mw_checklist *papers)
{
    return papers != NULL ||
           mw_fail(&cli->err, MW_INVALID, "The checklist \"%s/checklists/attachments.yaml\" is not there.", cli->rules_dir) == MW_OK;
}

static bool write_all(struct mw_cli *cli, struct mw_bundle *bundle, const char *dir, struct mw_sv id)
{
    const char *only = mw_cli_option(cli, "only");

    mw_out_list(cli->out, "documents", NULL);
    for (size_t i = 0; i < MW_DOCUMENTS_N; i++) {
        const struct mw_document *document = &MW_DOCUMENTS[i];
        if (!wanted(only, document->format) || !mw_bundle_has(bundle, document))
            continue;
        const char *path = path_of(cli, dir, id, document->name);
        if (path == NULL)
            mw_nomem(&cli->err);
        if (path == NULL || mw_bundle_write(bundle, document, path, &cli->err) != MW_OK)
            return false;
        mw_out_object(cli->out, NULL, NULL);
        mw_out_z(cli->out, "format", NULL, document->format);
        mw_out_z(cli->out, "file", NULL, path);
        mw_out_end(cli->out);
        mw_out_paraf(cli->out, MW_ITEM, "%s: %s", T(cli, document->label), path);
    }
    mw_out_end(cli->out);
    return true;
}

static int run(struct mw_cli *cli)
{
    const char *dir = mw_cli_option(cli, "out"), *only = mw_cli_option(cli, "only");
    MW_AUTO(mw_bundle_freep) struct mw_bundle *bundle = NULL;
    struct mw_cli_plan p;

    if (dir == NULL) {
        mw_fail(&cli->err, MW_INVALID, "draft needs --out DIR: the folder for the documents.");
        return mw_cli_fail(cli);
    }
    if ((only != NULL && !only_makes_sense(cli, only)) || !mw_cli_plan(cli, &p) || !has_checklist(cli, p.opts.papers) ||
        mw_bundle_make(&bundle, &p.plan, p.opts.papers, cli->lang, &cli->err) != MW_OK || make_folder(dir, &cli->err) != MW_OK)
        return mw_cli_fail(cli);
    mw_out_object(cli->out, NULL, NULL);
    mw_out_sv(cli->out, "project", NULL, p.plan.project->id);
    if (!write_all(cli, bundle, dir, p.plan.project->id))
        return mw_cli_fail(cli);
    size_t open = mw_bundle_open(bundle), missing = mw_bundle_missing(bundle);
    mw_out_int(cli->out, "open_questions", NULL, (int64_t)open);
    mw_out_int(cli->out, "missing_attachments", NULL, (int64_t)missing);
    mw_out_end(cli->out);
    if (open + missing > 0)
        mw_out_paraf(cli->out, MW_DOUBT, "Open questions: %zu; missing attachments: %zu. The checklist names them.", open, missing);
    if (p.plan.errors == 0)
        return MW_EXIT_OK;
    mw_out_paraf(cli->out, MW_BAD, "The plan has %zu errors; see: mittelweg check %s", p.plan.errors, cli->args[0]);
    return MW_EXIT_FINDINGS;
}

static const struct mw_option OPTIONS[] = {
    { "out", "DIR", "the folder for the documents; made where it is missing" },
    { "only", "LIST", "only these formats, such as xlsx,docx (of xlsx, docx, pdf, svg, ics)" },
    { "programme", "ID", "that programme, not the one the project names" },
    { "edition", "ID", "the edition of the programme of that id, not the one valid today" },
    { "form", "ID", "the plan in the positions of that form (config/forms), such as aza" },
    { NULL, NULL, NULL }
};
const struct mw_cmd MW_CMD_DRAFT = {
    .name = "draft",
    .run = run,
    .args = "PROJECT.yaml",
    .args_min = 1,
    .args_max = 1,
    .summary = "write the documents of an application",
    .about = "Writes the documents of the application into a folder, all from the same plan: what one of them says, the others say too.\n"
             "xlsx: cost and financing plan with live formulas; docx: project description, explanation of the joint application, "
             "checklist; pdf: all papers in one file; svg: the schedule as a chart; ics: deadlines and duties for the calendar.\n"
             "What the project file does not say stands in the papers as a question. Documents are written even when the plan has "
             "errors; the last line says so.",
    .options = OPTIONS,
};
