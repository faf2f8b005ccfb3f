/* Bytes that nobody trusts to clean text, in a sandboxed worker process.
 *
 * The worker lives long (rlimits, seccomp, no_new_privs, no network, empty environment) and is replaced after a failure;
 * what killed it is reported as an error of that document, the next document gets a new worker. Under the address
 * sanitizer RLIMIT_AS is left out. Not for use by several threads at once. */
#ifndef MW_PARSE_PARSE_H
#define MW_PARSE_PARSE_H

#include "lib/core/arena.h"
#include "lib/core/err.h"

struct mw_parser;
enum mw_rc mw_parser_new(struct mw_parser **out, struct mw_err *err);
void mw_parser_free(struct mw_parser *p);
static inline void mw_parser_freep(struct mw_parser **p) { mw_parser_free(*p); }

#define MW_HTML_MAX ((size_t)8 << 20) /* bytes of one HTML document */

/* Plain text of a fragment or page of valid UTF-8 HTML: blocks on lines of their own, list items with "- ", table cells
 * separated by tabs, entities resolved (HTML5 names too), scripts, styles, templates, navigation left out; no spaces put
 * inside words. The text is in the arena. MW_PARSE: refused or the worker failed; the sentence says why. */
enum mw_rc mw_parse_html_text(struct mw_parser *p, struct mw_arena *a, struct mw_sv html, struct mw_sv *text, struct mw_err *err);

/* A whole page as sections: h1 (or <title>) and one section per heading with the HTML and the text below it. */
struct mw_page {
    struct mw_sv title, language, charset;
    struct mw_sv canonical;  /* <link rel="canonical" href>, as written; MW_SV_NONE: the page names no address of its own */
    struct mw_list sections; /* struct mw_page_section */
    struct mw_list facts;    /* struct mw_page_pair: <dt>/<dd> and <meta name content> pairs */
};
struct mw_page_section { struct mw_sv heading; unsigned level; struct mw_sv html, text; };
struct mw_page_pair { struct mw_sv name, value; };
/* Raw bytes of a page with its HTTP charset (or MW_SV_NONE): the charset decision of DEPENDENCIES.md section 2, then the
 * reading. */
enum mw_rc mw_parse_page(struct mw_parser *p, struct mw_arena *a, struct mw_sv bytes, struct mw_sv http_charset,
    struct mw_page *out, struct mw_err *err);

#endif
