/* The text of a file that somebody searches with. */
#include "cli/hits.h"

#include "lib/core/file.h"
#include "lib/parse/charset.h"
#include "lib/parse/pdf.h"

static enum mw_rc of_pdf(struct mw_str *out, struct mw_cli *cli, struct mw_sv bytes)
{
    struct mw_pdf pdf;
    enum mw_rc rc = mw_parse_pdf(cli->parser, cli->arena, bytes, &pdf, &cli->err);

    for (size_t i = 0; rc == MW_OK && i < pdf.pages.n; i++) {
        mw_str_add(out, MW_AT(pdf.pages, struct mw_pdf_page, i)->text);
        mw_str_addc(out, '\n');
    }
    return rc;
}

static enum mw_rc of_page(struct mw_str *out, struct mw_cli *cli, struct mw_sv bytes)
{
    struct mw_page page;
    enum mw_rc rc = mw_parse_page(cli->parser, cli->arena, bytes, MW_SV_NONE, &page, &cli->err);

    if (rc != MW_OK)
        return rc;
    mw_str_add(out, page.title);
    for (size_t i = 0; i < page.sections.n; i++) {
        const struct mw_page_section *s = MW_AT(page.sections, struct mw_page_section, i);
        mw_str_addf(out, "\n%.*s\n", MW_SV_ARG(s->heading));
        mw_str_add(out, s->text);
    }
    return MW_OK;
}

/* A page begins with a tag; so does no text that somebody writes. */
static bool is_page(struct mw_sv bytes)
{
    struct mw_sv s = mw_sv_starts(bytes, MW_SV("\xef\xbb\xbf")) ? mw_sv_sub(bytes, 3, bytes.n) : bytes;
    s = mw_sv_trim(mw_sv_sub(s, 0, 1024));
    return s.n > 1 && s.p[0] == '<' && (s.p[1] == '!' || ((s.p[1] | 0x20) >= 'a' && (s.p[1] | 0x20) <= 'z'));
}

enum mw_rc mw_cli_document(struct mw_sv *out, struct mw_cli *cli, const char *path)
{
    MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT;
    struct mw_sv bytes;
    const char *charset = NULL;
    enum mw_rc rc = mw_file_read(&bytes, cli->arena, path, MW_PDF_MAX, &cli->err);
    bool pdf = rc == MW_OK && mw_sv_find(mw_sv_sub(bytes, 0, 1024), MW_SV("%PDF-"), 0) != SIZE_MAX, page = rc == MW_OK && !pdf && is_page(bytes);

    if (rc == MW_OK && mw_sv_starts(bytes, MW_SV("PK\x03\x04")))
        return mw_fail(&cli->err, MW_INVALID, "\"%s\" is a ZIP or office file. Save it as PDF, HTML or text first.", path);
    if (rc == MW_OK && (pdf || page) && cli->parser == NULL)
        rc = mw_cli_need(cli, MW_NEEDS_PARSER);
    if (rc == MW_OK)
        rc = pdf ? of_pdf(&text, cli, bytes) : page ? of_page(&text, cli, bytes) : mw_charset_decode(&text, &charset, bytes, MW_SV_NONE, &cli->err);
    if (rc != MW_OK)
        return rc;
    *out = mw_arena_copy(cli->arena, mw_sv(mw_str_z(&text)));
    if (!mw_str_ok(&text) || out->p == NULL)
        return mw_nomem(&cli->err);
    return mw_sv_trim(*out).n > 0 ? MW_OK : mw_fail(&cli->err, MW_INVALID, "\"%s\" holds no text to search with.", path);
}
