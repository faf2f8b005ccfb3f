/* Fuzz target: any bytes as a web page, read as the worker reads it: what they are written in, its text, its sections, and what XPaths
 * find. The first byte chooses the HTTP charset. */
#include "lib/parse/charset.h"
#include "lib/parse/libxml.h"
#include "lib/parse/page.h"
#include "lib/parse/worker.h"
#include "tests/fuzz/fuzz.h"

static void must_be_text(const struct mw_str *s, const char *what)
{
    must(mw_str_ok(s) && mw_utf8_invalid_at(mw_str_sv(s)) == SIZE_MAX, what);
}

/* The answer of a task that gives pieces is pieces to its end. */
static void must_be_pieces(const struct mw_str *answer)
{
    struct mw_sv rest = mw_str_sv(answer), text;
    must_be_text(answer, "pieces that are no UTF-8");
    while (mw_piece_next(&rest, &text) != 0) { }
    must(rest.n == 0, "something that is no piece");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct mw_sv CHARSETS[] = { MW_SV_NONE, MW_SV("utf-8"), MW_SV("iso-8859-1"), MW_SV("utf-16"), MW_SV("windows-1251"), MW_SV("x") };
    struct mw_err err = MW_ERR_INIT(MW_EN);
    MW_AUTO(mw_str_free) struct mw_str html = MW_STR_INIT, text = MW_STR_INIT, page = MW_STR_INIT, request = MW_STR_INIT, question = MW_STR_INIT,
                                       rows = MW_STR_INIT;
    const char *charset = NULL;
    struct mw_sv rest, piece, http = CHARSETS[choice(&data, &size) % (sizeof CHARSETS / sizeof *CHARSETS)];

    must_answer(mw_libxml_open(&err), &err);
    rest = text_of(data, size);
    while (mw_piece_next(&rest, &piece) != 0) /* an answer of a worker that has been taken over */
        must(piece.n <= size, "a piece longer than the answer");
    must_answer(mw_charset_decode(&html, &charset, text_of(data, size), http, &err), &err);
    must_be_text(&html, "decoded to what is no UTF-8");
    must_answer(mw_task_text(&text, mw_str_sv(&html), &err), &err);
    must_be_text(&text, "a text that is no UTF-8");
    mw_piece_add(&request, MW_ASK_DOCUMENT, mw_str_sv(&html));
    must_answer(mw_task_page(&page, mw_str_sv(&request), &err), &err);
    must_be_pieces(&page);
    mw_piece_add(&question, 'H', MW_SV("//li|//tr|//div"));
    mw_piece_add(&question, '0', MW_SV(".//a"));
    mw_piece_add(&question, '1', MW_SV("string(.//@href)"));
    mw_piece_add(&question, '2', MW_SV("."));
    mw_piece_add(&question, 'D', mw_str_sv(&html));
    must_answer(mw_task_query(&rows, mw_str_sv(&question), &err), &err);
    must_be_pieces(&rows);
    return 0;
}
