/* Fuzz target: any bytes as an XML document (feeds, sitemaps, TED, the export of the Förderdatenbank), read as the worker reads it. The
 * first bytes may be an XPath, ended by a line end: those of source files go the same way. */
#include "lib/parse/charset.h"
#include "lib/parse/page.h"
#include "lib/parse/query.h"
#include "lib/parse/tree.h"
#include "lib/parse/libxml.h"
#include "lib/parse/worker.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mw_err err = MW_ERR_INIT(MW_EN);
    MW_AUTO(mw_str_free) struct mw_str xml = MW_STR_INIT, repaired = MW_STR_INIT, tree = MW_STR_INIT, question = MW_STR_INIT, rows = MW_STR_INIT;
    struct mw_sv xpath = MW_SV_NONE, rest = text_of(data, size);
    const char *charset = NULL;

    must_answer(mw_libxml_open(&err), &err);
    if (size > 0 && data[0] != '<' && memchr(data, '\n', size < 80 ? size : 80) != NULL)
        mw_sv_cut(rest, '\n', &xpath, &rest);
    must_answer(mw_charset_decode(&xml, &charset, rest, MW_SV_NONE, &err), &err);
    mw_xml_repair(&repaired, mw_str_sv(&xml));
    must(mw_utf8_invalid_at(mw_str_sv(&repaired)) == SIZE_MAX, "repaired to what is no UTF-8");
    must_answer(mw_task_xml(&tree, mw_str_sv(&xml), &err), &err);
    must(mw_utf8_invalid_at(mw_str_sv(&tree)) == SIZE_MAX, "a tree that is no UTF-8");
    bool good = xpath.p != NULL && mw_utf8_invalid_at(xpath) == SIZE_MAX && mw_xpath_good(xpath);
    mw_piece_add(&question, 'X', MW_SV("//item|//url|//entry|//FORM_SECTION|/*"));
    mw_piece_add(&question, '0', good ? xpath : MW_SV(".//*[position() < 3]"));
    mw_piece_add(&question, '1', MW_SV("@*"));
    mw_piece_add(&question, '2', MW_SV("."));
    mw_piece_add(&question, 'D', mw_str_sv(&xml));
    must_answer(mw_task_query(&rows, mw_str_sv(&question), &err), &err);
    must(mw_utf8_invalid_at(mw_str_sv(&rows)) == SIZE_MAX, "rows that are no UTF-8");
    return 0;
}
