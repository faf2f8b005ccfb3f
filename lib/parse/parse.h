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
/* Starts the worker. Call it early: before threads are started and before files with secrets are opened, since the worker
 * begins as a copy of this process (worker.h says why). */
enum mw_rc mw_parser_new(struct mw_parser **out, struct mw_err *err);
void mw_parser_free(struct mw_parser *p);
static inline void mw_parser_freep(struct mw_parser **p) { mw_parser_free(*p); }
/* The longest that one document may take, in milliseconds of the clock on the wall; 20 seconds where nothing is said. */
void mw_parser_set_timeout(struct mw_parser *p, unsigned ms);

#define MW_HTML_MAX ((size_t)8 << 20) /* bytes of one HTML document */

/* Plain text of a fragment or page of valid UTF-8 HTML, as a source stores it: paragraphs, headings and tables parted by
 * blank lines; list items on lines of their own that begin with "* " (as in the sources' own plain texts); table cells
 * parted by tabs; entities resolved (HTML5 names too); scripts, styles, templates, navigation and cookie banners left out.
 * A line end inside a paragraph stays one: sources put lists into it. Any other white space is one space, and none is put
 * inside words: apart from "* " the text is verbatim once runs of white space are read as one space.
 * The text is in the arena. MW_PARSE: refused or the worker failed; the sentence says why. */
enum mw_rc mw_parse_html_text(struct mw_parser *p, struct mw_arena *a, struct mw_sv html, struct mw_sv *text, struct mw_err *err);

/* The same for many small ones in one journey to the worker: texts[i] of htmls[i], MW_SV_NONE where one is refused (asked for by itself
 * it says why). MW_PARSE: the worker failed at one of them; what texts hold then does not count. */
enum mw_rc mw_parse_html_texts(struct mw_parser *p, struct mw_arena *a, const struct mw_sv *htmls, size_t n, struct mw_sv *texts, struct mw_err *err);
/* In two steps, between which the worker reads and the caller does something else; texts as the first step leaves them are given to
 * the second. Where something else is asked for ahead meanwhile, taking is MW_PARSE. */
enum mw_rc mw_parse_html_texts_ask(struct mw_parser *p, struct mw_arena *a, const struct mw_sv *htmls, size_t n, struct mw_sv *texts,
    unsigned *ticket, struct mw_err *err);
enum mw_rc mw_parse_html_texts_take(struct mw_parser *p, unsigned ticket, struct mw_arena *a, struct mw_sv *texts, size_t n, struct mw_err *err);

/* A whole page: its title (the first <h1> of <main>, else of the page, else <title>), and one section per heading with
 * the HTML and the text up to the next. What stands before the first heading or right below the title is a section of
 * level 0 with an empty heading. Only <main> is read where there is one; footers, asides and the page's header are not.
 * A section's HTML is balanced, keeps only elements of text (and href of links), and gives its text by
 * mw_parse_html_text() (where the page's nesting was broken: apart from white space). Line ends are spaces, as in HTML. */
struct mw_page {
    struct mw_sv title, language, charset; /* language: "de", "" where not stated; charset: the one decided on */
    struct mw_sv canonical;                /* <link rel="canonical" href>, as written; MW_SV_NONE: the page names none */
    struct mw_list sections;               /* struct mw_page_section */
    struct mw_list facts;                  /* struct mw_page_pair: <dt>/<dd> (the name without its colon), <meta> name or
                                            * property with content, "base" with its address */
};
struct mw_page_section {
    struct mw_sv heading;
    unsigned level; /* 1 to 6; 0: no heading */
    struct mw_sv html, text;
};
struct mw_page_pair {
    struct mw_sv name, value;
};
/* How a portal's pages are seen, as XPaths (struct mw_sv items; the first of main and title that finds something counts): the
 * element that holds the notice, that of its title, and what is left out of it. Empty lists: as above. MW_PARSE where nothing
 * is found of main, or without one of title: then this page is something else. */
struct mw_page_view {
    struct mw_list main, title, drop;
};
enum mw_rc mw_parse_page_as(struct mw_parser *p, struct mw_arena *a, struct mw_sv bytes, struct mw_sv http_charset,
    const struct mw_page_view *view, struct mw_page *out, struct mw_err *err);
/* Raw bytes of a page with its HTTP charset (or MW_SV_NONE): the charset decision of charset.h, then the reading. */
enum mw_rc mw_parse_page(struct mw_parser *p, struct mw_arena *a, struct mw_sv bytes, struct mw_sv http_charset,
    struct mw_page *out, struct mw_err *err);

#endif
