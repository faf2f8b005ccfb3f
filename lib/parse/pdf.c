/* Our side of pdf.h. */
#include "lib/parse/pdf.h"

#include "lib/parse/page.h"
#include "lib/parse/worker.h"

enum { HEAD = 1024, FEW = 20 }; /* where "%PDF-" may begin; letters of a page that is only an image with a stamp */

/* Pieces: 'T' the title, 'G' a page. */
static enum mw_rc take(struct mw_pdf *out, struct mw_arena *a, struct mw_sv answer, struct mw_err *err)
{
    struct mw_sv text;
    size_t images = 0;
    int tag;

    while ((tag = mw_piece_next(&answer, &text)) != 0) {
        if (tag == MW_PIECE_TITLE) {
            out->title = text;
            continue;
        }
        struct mw_pdf_page *page = tag == 'G' ? mw_list_add(a, &out->pages, sizeof *page) : NULL;
        if (page == NULL)
            return mw_fail(err, MW_PARSE, "Reading this document gave no valid text; the document is left out.");
        *page = (struct mw_pdf_page){ (int64_t)out->pages.n, text };
        images += text.n < FEW;
    }
    if (answer.n > 0 || out->pages.n == 0)
        return mw_fail(err, MW_PARSE, "Reading this document gave no valid text; the document is left out.");
    out->needs_ocr = 2 * images > out->pages.n;
    return MW_OK;
}

/* Fonts of strangers may give half a letter. */
static void mend(struct mw_str *s)
{
    size_t at, from = 0;
    while ((at = mw_utf8_invalid_at(mw_sv_sub(mw_str_sv(s), from, s->n))) != SIZE_MAX) {
        from += at;
        s->p[from] = '?';
    }
}

enum mw_rc mw_parse_pdf(struct mw_parser *p, struct mw_arena *a, struct mw_sv bytes, struct mw_pdf *out, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str words = MW_STR_INIT;
    struct mw_sv answer = MW_SV_NONE;

    *out = (struct mw_pdf){ .title = MW_SV_NONE };
    if (bytes.n > MW_PDF_MAX)
        return mw_fail(err, MW_PARSE, "This PDF document has more than %u MB; it is not read.", (unsigned)(MW_PDF_MAX >> 20));
    if (mw_sv_find(mw_sv_sub(bytes, 0, HEAD), MW_SV("%PDF-"), 0) == SIZE_MAX)
        return mw_fail(err, MW_PARSE, "This is no PDF document: it does not begin with %%PDF.");
    enum mw_rc rc = mw_worker_pdftotext(p, bytes, &words, err);
    mend(&words);
    if (rc == MW_OK)
        rc = mw_worker_do(p, MW_TASK_PDF, mw_str_sv(&words), a, &answer, err);
    return rc == MW_OK ? take(out, a, answer, err) : rc;
}
