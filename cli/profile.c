/* mittelweg profile from: a council paper, a service description or a tender becomes a profile file. */
#include <string.h>

#include "cli/commands.h"
#include "cli/files.h"
#include "intake/draft.h"
#include "lib/core/file.h"

enum { DOCUMENT_MAX = 64 << 20 };

static enum mw_rc load(struct mw_cli *cli, struct mw_intake *in)
{
    const struct mw_places *places = NULL;
    enum mw_rc rc = mw_cli_load_rules(cli, MW_RULES_PROFILE);
    if (rc == MW_OK)
        rc = mw_cli_places(cli, &places);
    *in = (struct mw_intake){ cli->arena, cli->rules, places, cli->lang };
    return rc;
}

/* Several files are papers about one project. */
static enum mw_rc draft_of(struct mw_cli *cli, const struct mw_intake *in, struct mw_draft *draft)
{
    struct mw_paper paper, more;
    enum mw_rc rc = MW_OK;
    for (size_t i = 1; i < cli->n_args && rc == MW_OK; i++) {
        struct mw_sv bytes;
        rc = mw_file_read(&bytes, cli->arena, cli->args[i], DOCUMENT_MAX, &cli->err);
        if (rc == MW_OK)
            rc = mw_paper_read(i == 1 ? &paper : &more, cli->arena, cli->parser, cli->rules, bytes, &cli->err);
        if (rc == MW_OK && i > 1)
            rc = mw_paper_join(&paper, cli->arena, &more, &cli->err);
    }
    return rc == MW_OK ? mw_draft_make(draft, in, &paper, &cli->err) : rc;
}

/* "Vorlage 2025-031.pdf" is the profile vorlage-2025-031. */
static struct mw_sv id_of(struct mw_cli *cli, const char *path)
{
    MW_AUTO(mw_str_free) struct mw_str id = MW_STR_INIT;
    const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path, *end = strrchr(name, '.');
    const char *given = mw_cli_option(cli, "id");
    if (given != NULL)
        return mw_sv(given);
    mw_cli_add_id(&id, mw_sv_n(name, end != NULL ? (size_t)(end - name) : strlen(name)));
    if (id.n == 0 || mw_utf8_invalid_at(mw_str_sv(&id)) != SIZE_MAX)
        return MW_SV("profil");
    return mw_arena_copy(cli->arena, mw_str_sv(&id));
}

static enum mw_rc write_profile(struct mw_cli *cli, const struct mw_draft *draft, const char *path)
{
    MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT;
    const char *out = mw_cli_option(cli, "out");
    mw_draft_write(&text, draft, id_of(cli, path), cli->lang);
    if (mw_cli_write_new(cli, &text, out) != MW_OK)
        return cli->err.rc;
    if (out != NULL)
        mw_out_paraf(cli->out, MW_BODY, "Written: %s. Open questions, at its end: %zu. Then: mittelweg match --ask %s", out, draft->questions.n, out);
    return MW_OK;
}

static int run(struct mw_cli *cli)
{
    struct mw_intake in;
    struct mw_draft draft;
    if (strcmp(cli->args[0], "from") != 0) {
        mw_fail(&cli->err, MW_INVALID, "\"profile %s\" is unknown; there is: profile from FILE...", cli->args[0]);
        return mw_cli_fail(cli);
    }
    if (load(cli, &in) != MW_OK || draft_of(cli, &in, &draft) != MW_OK)
        return mw_cli_fail(cli);
    if (mw_out_format(cli->out) == MW_JSON)
        mw_draft_to_out(&draft, cli->out);
    else if (write_profile(cli, &draft, cli->args[1]) != MW_OK)
        return mw_cli_fail(cli);
    return MW_EXIT_OK;
}

static const struct mw_option OPTIONS[] = {
    { "id", "ID", "the id of the profile, not one made of the file's name" },
    { "out", "FILE", "write the profile there, not to standard output; a file that exists is kept" },
    { NULL, NULL, NULL }
};
const struct mw_cmd MW_CMD_PROFILE = {
    .name = "profile",
    .run = run,
    .needs = MW_NEEDS_PARSER,
    .args = "from FILE...",
    .args_min = 2,
    .args_max = SIZE_MAX,
    .summary = "make a profile from a document",
    .about = "from: reads a council paper, a service description, a tender or a web page (text, HTML, PDF, DOCX, notices of TED as XML) and writes "
             "the profile file that it fills: applicants with their AGS, period, cost, lots, phases, quantities, roles.\n"
             "Several files are papers about one project. Above each value stands the sentence it comes from; what the document does not say is listed at the end as a question. "
             "Nothing is invented: read it before it is used.",
    .options = OPTIONS,
};
