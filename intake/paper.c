/* Bytes to a document: what they are decides how they are read. */
#include "intake/paper.h"

static enum mw_rc read_text(struct mw_paper *out, struct mw_arena *a, struct mw_sv bytes, struct mw_err *err)
{
    if (mw_sv_starts(bytes, MW_SV("\xEF\xBB\xBF")))
        bytes = mw_sv_sub(bytes, 3, SIZE_MAX);
    size_t bad = mw_utf8_invalid_at(bytes);
    if (bad != SIZE_MAX)
        return mw_fail(err, MW_PARSE, "This is no text in UTF-8 (byte %zu), no HTML, PDF, DOCX or XML.", bad);
    out->text = mw_arena_copy(a, bytes);
    return out->text.p != NULL ? MW_OK : mw_nomem(err);
}

enum mw_rc mw_paper_read(struct mw_paper *out, struct mw_arena *a, struct mw_parser *parser, const struct mw_rules *rules,
    struct mw_sv bytes, struct mw_err *err)
{
    (void)parser;
    *out = (struct mw_paper){ .title = MW_SV_NONE };
    enum mw_rc rc = read_text(out, a, bytes, err);
    if (rc == MW_OK && mw_sv_trim(out->text).n == 0)
        return mw_fail(err, MW_INVALID, "The document holds no text.");
    return rc == MW_OK ? mw_paper_form(out, a, rules, err) : rc;
}
