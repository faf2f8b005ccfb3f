/* Output: one interface, three writers (text for a terminal, JSON for programs, HTML for browsers), so that they never
 * disagree. A command says what it has once; the writer decides how it looks.
 *
 * Every value has a key (its JSON name; NULL or one that begins with '.': people only) and a label (what people read;
 * NULL: programs only). Labels and the formats of mw_out_paraf() are English in the source and looked up in the message
 * table here, as mw_fail() does; texts are not. Nothing here reports: the first error sticks, everything after it is
 * dropped, and mw_out_finish() says what it was. */
#ifndef MW_CORE_OUT_H
#define MW_CORE_OUT_H

#include "lib/core/date.h"
#include "lib/core/err.h"
#include "lib/core/money.h"

struct mw_out;
enum mw_format { MW_TEXT, MW_JSON, MW_HTML };
struct mw_out_opts {
    enum mw_format format;
    enum mw_lang lang;
    unsigned width; /* columns of text; 0: 80, at least 40 */
    bool colour;    /* ANSI colours in text */
    bool compact;   /* JSON on one line; then several outermost objects may follow each other, one a line (NDJSON) */
};
/* Takes n bytes; returns false with errno set when they cannot be written. */
typedef bool mw_write_fn(void *ctx, const char *bytes, size_t n);

struct mw_out *mw_out_new(mw_write_fn *write, void *ctx, const struct mw_out_opts *opts); /* NULL: out of memory */
struct mw_out *mw_out_to_str(struct mw_str *str, const struct mw_out_opts *opts);         /* appends to str */
bool mw_write_fd(void *ctx, const char *bytes, size_t n);                                 /* ctx: int *fd */
/* Closes what is open, flushes; the first error (MW_OUTPUT with the system's reason, MW_NOMEM) or MW_OK. */
enum mw_rc mw_out_finish(struct mw_out *o, struct mw_err *err);
void mw_out_free(struct mw_out *o);
static inline void mw_out_freep(struct mw_out **o) { mw_out_free(*o); }
/* A call that made no sense (an end without a beginning, a row outside a table) is dropped and remembered here in words;
 * NULL: none. Builds with sanitizers abort on it, so that tests find it. */
const char *mw_out_misuse(const struct mw_out *o);
enum mw_format mw_out_format(const struct mw_out *o);
enum mw_lang mw_out_lang(const struct mw_out *o);

/* --- structure ---------------------------------------------------------------------------------------------------- */
/* The first call opens the document: JSON's outermost object, list or table; its key is not used. A label is a heading in
 * text and HTML, said when something follows beneath it; without one the contents are shown all the same. In an object a
 * key of NULL leaves all that is inside out of the JSON. A labelled list of single values is one value for people: "a, b". */
void mw_out_object(struct mw_out *o, const char *key, const char *label);
void mw_out_list(struct mw_out *o, const char *key, const char *label);
void mw_out_end(struct mw_out *o); /* object, list, table or row */

/* A list of objects that people see as a table. Between mw_out_row() and its mw_out_end() values are given by key;
 * those that name a column (or have its key as key) fill it, the others go to JSON only. People-only columns have a key
 * that begins with '.' (never in JSON). A list or object inside a row is for programs only. An empty table is said in
 * words. Text tables fit the width: the widest text column wraps. Without any label a table has no head. */
struct mw_column {
    const char *key, *label;
    bool right; /* numbers */
};
void mw_out_table(struct mw_out *o, const char *key, const char *label, const struct mw_column *cols, size_t n);
void mw_out_row(struct mw_out *o);

/* --- values ------------------------------------------------------------------------------------------------------- */
void mw_out_sv(struct mw_out *o, const char *key, const char *label, struct mw_sv v); /* MW_SV_NONE: left out */
void mw_out_z(struct mw_out *o, const char *key, const char *label, const char *z);   /* NULL: left out */
void mw_out_int(struct mw_out *o, const char *key, const char *label, int64_t v);
void mw_out_bool(struct mw_out *o, const char *key, const char *label, bool v);       /* people: yes / no */
void mw_out_eur(struct mw_out *o, const char *key, const char *label, struct mw_eur v); /* JSON: cents; none: left out */
void mw_out_share(struct mw_out *o, const char *key, const char *label, struct mw_share v); /* JSON: basis points */
void mw_out_day(struct mw_out *o, const char *key, const char *label, struct mw_day v); /* JSON: ISO; none: left out */
/* A time of RFC 3339: JSON: as it is; people: mw_stamp_format(). */
void mw_out_stamp(struct mw_out *o, const char *key, const char *label, struct mw_sv v);
void mw_out_num(struct mw_out *o, const char *key, const char *label, int64_t v, unsigned decimals); /* 123, 1 -> 12.3 */
void mw_out_null(struct mw_out *o, const char *key, const char *label);
/* A text that HTML shows as a link: to http(s) addresses and to own paths ("/notice?id=3"), else without. JSON: the text. */
void mw_out_link(struct mw_out *o, const char *key, const char *label, struct mw_sv v, struct mw_sv href);
/* A value already written as JSON (a stored object): JSON only, checked by the caller. */
void mw_out_raw_json(struct mw_out *o, const char *key, struct mw_sv json);

/* --- for people only ---------------------------------------------------------------------------------------------- */
enum mw_style { MW_BODY, MW_HEADING, MW_QUOTE, MW_DIM, MW_GOOD, MW_BAD, MW_DOUBT, MW_LINK, MW_LINES, MW_ITEM };
/* A paragraph, wrapped to the width; its newlines are kept; quotes are indented. MW_ITEM: a line of a list, directly below the one
 * before; what begins with a sign and a space ("+ ", "? ") is wrapped behind them. MW_LINES: lines that stand as they are, not wrapped
 * ("file:line:col: ...", a source line with a caret below). No control characters pass. */
void mw_out_para(struct mw_out *o, enum mw_style style, struct mw_sv text);
__attribute__((format(printf, 3, 4))) void mw_out_paraf(struct mw_out *o, enum mw_style style, const char *fmt, ...);
/* The style of the next value or cell only. */
void mw_out_style(struct mw_out *o, enum mw_style style);

/* Escapes for HTML text and attributes / for a JSON string without its quotes; appended. What is no UTF-8 becomes U+FFFD;
 * control characters and marks that turn the reading direction: dropped in HTML, \\uXXXX in JSON. */
void mw_html_escape(struct mw_str *out, struct mw_sv s);
void mw_json_escape(struct mw_str *out, struct mw_sv s);

#endif
