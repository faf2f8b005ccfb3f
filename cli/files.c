/* Tables as files; profiles from files and folders. */
#include "cli/files.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/kinds.h"
#include "lib/core/file.h"

static void html(struct mw_str *out, const struct mw_grid *g, enum mw_lang lang)
{
    mw_str_addf(out, "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><title>", lang == MW_DE ? "de" : "en");
    mw_html_escape(out, g->title);
    mw_str_addz(out, "</title><style>body{font-family:sans-serif}table{border-collapse:collapse}th,td{border:1px solid #999;"
                     "padding:.2em .5em;text-align:left;vertical-align:top;white-space:pre-line}thead th{position:sticky;top:0;"
                     "background:#eee}</style></head><body><h1>");
    mw_html_escape(out, g->title);
    mw_str_addz(out, "</h1>\n<table><thead><tr>");
    for (size_t c = 0; c < g->heads.n; c++) {
        mw_str_addz(out, "<th scope=\"col\">");
        mw_html_escape(out, *MW_AT(g->heads, struct mw_sv, c));
        mw_str_addz(out, "</th>");
    }
    mw_str_addz(out, "</tr></thead><tbody>\n");
    for (size_t i = 0; g->heads.n > 0 && i < g->cells.n; i++) {
        mw_str_addz(out, i % g->heads.n == 0 ? "<tr><th scope=\"row\">" : "<td>");
        mw_html_escape(out, *MW_AT(g->cells, struct mw_sv, i));
        mw_str_addz(out, i % g->heads.n == 0 ? "</th>" : "</td>");
        if (i % g->heads.n == g->heads.n - 1)
            mw_str_addz(out, "</tr>\n");
    }
    mw_str_addz(out, "</tbody></table></body></html>\n");
}

static bool ends(const char *path, const char *ending)
{
    size_t n = strlen(path), k = strlen(ending);
    return n > k && strcmp(path + n - k, ending) == 0;
}

enum mw_rc mw_cli_grid_write(struct mw_cli *cli, const struct mw_grid *g, const char *path)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    if (ends(path, ".xlsx"))
        return mw_grid_xlsx(g, path, cli->lang, &cli->err);
    if (ends(path, ".csv"))
        mw_grid_csv(&s, g, cli->lang);
    else if (ends(path, ".html"))
        html(&s, g, cli->lang);
    else
        return mw_fail(&cli->err, MW_INVALID, "\"%s\" must end in .csv, .xlsx or .html: the ending says what is written.", path);
    return mw_str_ok(&s) ? mw_file_write(path, mw_str_sv(&s), &cli->err) : mw_nomem(&cli->err);
}

void mw_cli_add_id(struct mw_str *out, struct mw_sv words)
{
    for (size_t i = 0; i < words.n; i++) {
        char c = words.p[i];
        bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
        if (good)
            mw_str_addc(out, (char)(c >= 'A' && c <= 'Z' ? c + 0x20 : c));
        else if (out->n > 0 && out->p[out->n - 1] != '-')
            mw_str_addc(out, '-');
    }
}

enum mw_rc mw_cli_write_new(struct mw_cli *cli, struct mw_str *text, const char *out)
{
    int fd = STDOUT_FILENO;

    if (!mw_str_ok(text))
        return mw_nomem(&cli->err);
    if (out != NULL && access(out, F_OK) == 0) /* what somebody has filled in is not lost */
        return mw_fail(&cli->err, MW_INVALID, "\"%s\" is there already; nothing was written. Name another file with --out.", out);
    if (out != NULL)
        return mw_file_write(out, mw_str_sv(text), &cli->err);
    return mw_write_fd(&fd, mw_str_z(text), text->n) ? MW_OK : mw_fail(&cli->err, MW_OUTPUT, "Standard output cannot be written.");
}

/* A municipality or Kreis whose AGS is there, but not all that the register knows of it. */
static bool may_be_filled(const struct mw_applicant *a)
{
    bool lies_in_kreis = a->type == MW_A_KOMMUNE && a->ags.n == 8;
    return (a->type == MW_A_KOMMUNE || a->type == MW_A_KREIS) && a->ags.n > 0 && (a->population == MW_INT_NONE || (lies_in_kreis && a->kreis.n == 0));
}

static void fill(struct mw_applicant *a, const struct mw_place *place)
{
    if (a->population == MW_INT_NONE && place->population >= 0) {
        a->population = place->population;
        a->population_on = place->counted;
    }
    if (a->type == MW_A_KOMMUNE && a->kreis.n == 0 && place->kreis.n > 0)
        a->kreis = place->kreis;
}

enum mw_rc mw_cli_profile(struct mw_cli *cli, struct mw_profile *out, const char *path)
{
    const struct mw_places *places = NULL;
    enum mw_rc rc = mw_profile_load(out, cli->arena, path, &cli->diags);
    if (rc != MW_OK)
        return mw_cli_unusable(cli, path, MW_KIND_PROFILE, rc);
    for (size_t i = 0; i < out->applicants.n && rc == MW_OK; i++) {
        struct mw_applicant *a = MW_AT(out->applicants, struct mw_applicant, i);
        const char *file = may_be_filled(a) ? mw_cli_places_file(cli) : NULL;
        if (file == NULL || (a->population != MW_INT_NONE && access(file, F_OK) != 0)) /* without a register the Kreis stays a question */
            continue;
        if ((rc = mw_cli_places(cli, &places)) != MW_OK)
            continue;
        const struct mw_place *place = mw_places_by_ags(places, a->ags);
        if (place != NULL)
            fill(a, place);
    }
    return rc;
}

enum mw_rc mw_cli_profile_paths(struct mw_cli *cli, struct mw_list *out)
{
    enum { PROFILES_MAX = 1000 };

    return mw_cli_files_of(cli, out, MW_KIND_PROFILE, PROFILES_MAX);
}

enum mw_rc mw_cli_profiles(struct mw_cli *cli, struct mw_list *out)
{
    struct mw_list paths = { NULL, 0, 0 };
    enum mw_rc rc = mw_cli_profile_paths(cli, &paths);
    for (size_t i = 0; i < paths.n && rc == MW_OK; i++) {
        struct mw_profile *p = mw_list_add(cli->arena, out, sizeof *p);
        rc = p != NULL ? mw_cli_profile(cli, p, *MW_AT(paths, const char *, i)) : mw_nomem(&cli->err);
    }
    return rc;
}
