/* Small PDF documents of our own making, for tests of what reads them: text at places, in Helvetica. */
#ifndef MW_TESTS_PDF_H
#define MW_TESTS_PDF_H

#include "lib/core/text.h"

struct pdf_line { /* page 0 ends a table of them; text NULL: a page with nothing but a grey area */
    int page;      /* from 1, rising */
    int x, y;      /* from the lower left corner, in points; A4 is 595 x 842 */
    const char *text;
};

/* Latin-1 letters of UTF-8 text in a PDF string. */
static inline void pdf_string(struct mw_str *out, const char *z)
{
    struct mw_sv s = mw_sv(z);
    mw_str_addc(out, '(');
    for (size_t at = 0; at < s.n;) {
        uint32_t cp = mw_utf8_next(s, &at);
        if (cp == '(' || cp == ')' || cp == '\\')
            mw_str_addc(out, '\\');
        mw_str_addc(out, (char)(cp < 256 ? cp : '?'));
    }
    mw_str_addc(out, ')');
}

static inline void pdf_make(struct mw_str *out, const struct pdf_line *lines)
{
    size_t offsets[200], n = 0;
    int pages = 0;
    for (const struct pdf_line *l = lines; l->page > 0; l++)
        pages = l->page;
    mw_str_addz(out, "%PDF-1.4\n");
    offsets[n++] = out->n;
    mw_str_addz(out, "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n");
    offsets[n++] = out->n;
    mw_str_addz(out, "2 0 obj<</Type/Pages/Kids[");
    for (int i = 0; i < pages; i++)
        mw_str_addf(out, "%d 0 R ", 4 + 2 * i);
    mw_str_addf(out, "]/Count %d>>endobj\n", pages);
    offsets[n++] = out->n;
    mw_str_addz(out, "3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\n");
    for (int i = 0; i < pages; i++) {
        struct mw_str content = MW_STR_INIT;
        for (const struct pdf_line *l = lines; l->page > 0; l++) {
            if (l->page != i + 1)
                continue;
            if (l->text == NULL) {
                mw_str_addz(&content, "0.9 g 50 50 495 742 re f\n");
                continue;
            }
            mw_str_addf(&content, "BT /F 10 Tf %d %d Td ", l->x, l->y);
            pdf_string(&content, l->text);
            mw_str_addz(&content, " Tj ET\n");
        }
        offsets[n++] = out->n;
        mw_str_addf(out, "%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>endobj\n",
            4 + 2 * i, 5 + 2 * i);
        offsets[n++] = out->n;
        mw_str_addf(out, "%d 0 obj<</Length %zu>>stream\n%sendstream endobj\n", 5 + 2 * i, content.n, mw_str_z(&content));
        mw_str_free(&content);
    }
    size_t xref = out->n;
    mw_str_addf(out, "xref\n0 %zu\n0000000000 65535 f \n", n + 1);
    for (size_t i = 0; i < n; i++)
        mw_str_addf(out, "%010zu 00000 n \n", offsets[i]);
    mw_str_addf(out, "trailer<</Size %zu/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", n + 1, xref);
}

#endif
