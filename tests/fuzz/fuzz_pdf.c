/* Fuzz target: any bytes as what pdftotext writes of a PDF (-bbox-layout: words with their places), made to text as the worker does, to
 * whom only UTF-8 is given. */
#include "lib/parse/charset.h"
#include "lib/parse/libxml.h"
#include "lib/parse/worker.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mw_err err = MW_ERR_INIT(MW_EN);
    MW_AUTO(mw_str_free) struct mw_str pages = MW_STR_INIT, words = MW_STR_INIT;
    const char *charset = NULL;

    must_answer(mw_libxml_open(&err), &err);
    must_answer(mw_charset_decode(&words, &charset, text_of(data, size), MW_SV("utf-8"), &err), &err);
    must_answer(mw_task_pdf(&pages, mw_str_sv(&words), &err), &err);
    must(mw_utf8_invalid_at(mw_str_sv(&pages)) == SIZE_MAX, "pages that are no UTF-8");
    return 0;
}
