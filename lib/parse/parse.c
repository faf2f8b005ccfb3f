/* Our side of parse.h: what is checked before bytes go to the worker, and what is made of its answers. */
#include "lib/parse/parse.h"

#include <string.h>

#include "lib/parse/charset.h"
#include "lib/parse/clean.h"
#include "lib/parse/flow.h"
#include "lib/parse/page.h"
#include "lib/parse/worker.h"

static enum mw_rc check_size(struct mw_sv html, struct mw_err *err)
{
    if (html.n > MW_HTML_MAX)
        return mw_fail(err, MW_PARSE, "This page has more than %u MB; it is not read.", (unsigned)(MW_HTML_MAX >> 20));
    return MW_OK;
}

/* Is there markup, or only text? */
static bool is_markup(struct mw_sv html)
{
    return html.n > 0 && (memchr(html.p, '<', html.n) != NULL || memchr(html.p, '&', html.n) != NULL);
}

/* No markup, nothing to parse: only white space and control characters, by the worker's own functions. */
static enum mw_rc plain_text(struct mw_arena *a, struct mw_sv html, struct mw_sv *text, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str clean = MW_STR_INIT;
    MW_AUTO(mw_str_free) struct mw_str out = MW_STR_INIT;
    struct mw_flow flow;
    mw_html_resolve(&clean, html);
    mw_flow_begin(&flow, &out, true, false);
    mw_flow_text(&flow, mw_str_sv(&clean));
    if (!mw_str_ok(&clean) || !mw_str_ok(&out))
        return mw_nomem(err);
    *text = mw_arena_copy(a, mw_str_sv(&out));
    return text->p != NULL ? MW_OK : mw_nomem(err);
}

enum mw_rc mw_parse_html_texts_ask(struct mw_parser *p, struct mw_arena *a, const struct mw_sv *htmls, size_t n, struct mw_sv *texts,
    unsigned *ticket, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str request = MW_STR_INIT;
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < n && rc == MW_OK; i++) {
        bool good = htmls[i].n <= MW_HTML_MAX && mw_utf8_invalid_at(htmls[i]) == SIZE_MAX;
        texts[i] = MW_SV_NONE;
        if (good && is_markup(htmls[i]))
            mw_piece_add(&request, MW_PIECE_HTML, htmls[i]);
        else if (good)
            rc = plain_text(a, htmls[i], &texts[i], err);
        else
            mw_piece_add(&request, MW_PIECE_TEXT, MW_SV("")); /* which is answered as one that is refused */
    }
    if (rc == MW_OK && !mw_str_ok(&request))
        rc = mw_nomem(err);
    return rc == MW_OK ? mw_worker_ask(p, MW_TASK_TEXTS, mw_str_sv(&request), ticket, err) : rc;
}

enum mw_rc mw_parse_html_texts_take(struct mw_parser *p, unsigned ticket, struct mw_arena *a, struct mw_sv *texts, size_t n, struct mw_err *err)
{
    struct mw_sv answer = MW_SV("");
    enum mw_rc rc = mw_worker_take(p, ticket, a, &answer, err);

    for (size_t i = 0; i < n && rc == MW_OK; i++) {
        struct mw_sv text;
        if (texts[i].p != NULL)
            continue;
        int tag = mw_piece_next(&answer, &text);
        texts[i] = tag == MW_PIECE_TEXT ? text : MW_SV_NONE;
        if (tag != MW_PIECE_TEXT && tag != MW_PIECE_NAME)
            rc = mw_fail(err, MW_PARSE, "Reading this document gave no valid text; the document is left out.");
    }
    return rc == MW_OK && answer.n > 0 ? mw_fail(err, MW_PARSE, "Reading this document gave no valid text; the document is left out.") : rc;
}

enum mw_rc mw_parse_html_texts(struct mw_parser *p, struct mw_arena *a, const struct mw_sv *htmls, size_t n, struct mw_sv *texts, struct mw_err *err)
{
    unsigned ticket;
    enum mw_rc rc = mw_parse_html_texts_ask(p, a, htmls, n, texts, &ticket, err);
    return rc == MW_OK ? mw_parse_html_texts_take(p, ticket, a, texts, n, err) : rc;
}

enum mw_rc mw_parse_html_text(struct mw_parser *p, struct mw_arena *a, struct mw_sv html, struct mw_sv *text, struct mw_err *err)
{
    enum mw_rc rc = check_size(html, err);
    if (rc != MW_OK)
        return rc;
    if (mw_utf8_invalid_at(html) != SIZE_MAX)
        return mw_fail(err, MW_PARSE, "This HTML is not valid UTF-8.");
    return is_markup(html) ? mw_worker_do(p, MW_TASK_TEXT, html, a, text, err) : plain_text(a, html, text, err);
}

/* "de-DE" -> "de" */
static struct mw_sv primary(struct mw_arena *a, struct mw_sv tag)
{
    size_t n = 0;
    char low[9] = "";
    for (; n < tag.n && n < 8 && tag.p[n] != '-' && tag.p[n] != '_'; n++)
        low[n] = (char)(tag.p[n] >= 'A' && tag.p[n] <= 'Z' ? tag.p[n] + ('a' - 'A') : tag.p[n]);
    return mw_arena_copy(a, mw_sv_n(low, n));
}

/* The pieces of the worker's answer (page.h), in the order that page.c gives them; anything else is no page. */
static enum mw_rc take(struct mw_page *page, struct mw_arena *a, struct mw_sv answer, struct mw_err *err)
{
    struct mw_sv text, name = MW_SV_NONE;
    struct mw_page_section *s = NULL;
    while (answer.n > 0) {
        int tag = mw_piece_next(&answer, &text);
        if (tag == MW_PIECE_TITLE) {
            page->title = text;
        } else if (tag == MW_PIECE_LANGUAGE) {
            page->language = primary(a, text);
        } else if (tag == MW_PIECE_CANONICAL) {
            page->canonical = text.n > 0 ? text : MW_SV_NONE;
        } else if (tag >= MW_PIECE_LEVEL && tag <= MW_PIECE_LEVEL + 6) {
            s = mw_list_add(a, &page->sections, sizeof *s);
            if (s == NULL)
                return mw_nomem(err);
            *s = (struct mw_page_section){ text, (unsigned)(tag - MW_PIECE_LEVEL), MW_SV(""), MW_SV("") };
        } else if (tag == MW_PIECE_HTML && s != NULL) {
            s->html = text;
        } else if (tag == MW_PIECE_TEXT && s != NULL) {
            s->text = text;
        } else if (tag == MW_PIECE_NAME) {
            name = text;
        } else if (tag == MW_PIECE_VALUE) {
            struct mw_page_pair *pair = mw_list_add(a, &page->facts, sizeof *pair);
            if (pair == NULL)
                return mw_nomem(err);
            *pair = (struct mw_page_pair){ name, text };
        } else {
            return mw_fail(err, MW_PARSE, "Reading this document gave no valid text; the document is left out.");
        }
    }
    return MW_OK;
}

static void add_xpaths(struct mw_str *out, int tag, const struct mw_list *xpaths)
{
    for (size_t i = 0; i < xpaths->n; i++)
        mw_piece_add(out, tag, *MW_AT(*xpaths, struct mw_sv, i));
}

enum mw_rc mw_parse_page(struct mw_parser *p, struct mw_arena *a, struct mw_sv bytes, struct mw_sv http_charset,
    struct mw_page *out, struct mw_err *err)
{
    static const struct mw_page_view PLAIN = { .main = { NULL, 0, 0 } };
    return mw_parse_page_as(p, a, bytes, http_charset, &PLAIN, out, err);
}

enum mw_rc mw_parse_page_as(struct mw_parser *p, struct mw_arena *a, struct mw_sv bytes, struct mw_sv http_charset,
    const struct mw_page_view *view, struct mw_page *out, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str html = MW_STR_INIT;
    MW_AUTO(mw_str_free) struct mw_str request = MW_STR_INIT;
    const char *charset;
    struct mw_sv answer = MW_SV_NONE;

    *out = (struct mw_page){ .title = MW_SV(""), .language = MW_SV("") };
    enum mw_rc rc = check_size(bytes, err);
    if (rc == MW_OK)
        rc = mw_charset_decode(&html, &charset, bytes, http_charset, err);
    if (rc != MW_OK)
        return rc;
    add_xpaths(&request, MW_ASK_MAIN, &view->main);
    add_xpaths(&request, MW_ASK_TITLE, &view->title);
    add_xpaths(&request, MW_ASK_DROP, &view->drop);
    mw_piece_add(&request, MW_ASK_DOCUMENT, mw_str_sv(&html));
    rc = mw_str_ok(&request) ? mw_worker_do(p, MW_TASK_PAGE, mw_str_sv(&request), a, &answer, err) : mw_nomem(err);
    if (rc != MW_OK)
        return rc;
    out->charset = mw_sv(charset);
    return take(out, a, answer, err);
}
