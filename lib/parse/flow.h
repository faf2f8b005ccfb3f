/* Running text as it is made of blocks, lines, cells and words: white space is decided here and nowhere else.
 *
 * Whoever walks a document says what comes ("a paragraph ends", "a cell begins", these characters); the flow puts at
 * most one gap between two pieces of text, never one inside a word, and none at either end. */
#ifndef MW_PARSE_FLOW_H
#define MW_PARSE_FLOW_H

#include "lib/core/text.h"

enum mw_gap { MW_GAP_NONE, MW_GAP_SPACE, MW_GAP_TAB, MW_GAP_LINE, MW_GAP_BLANK };

struct mw_flow {
    struct mw_str *out;
    bool keep_lines; /* a line end in the text is one (fragments as sources store them, <pre>); else a space as in HTML */
    bool one_line;   /* every gap is a space: headings, values */
    /* what comes before the next character */
    enum mw_gap gap;
    bool block;      /* the gap is a block's: line ends of the text add nothing to it */
    bool item;       /* a list item begins: "* " */
    bool cell;       /* a cell has just begun: nothing may part it from its tab */
    unsigned lines, breaks;
    bool any;        /* text has been written */
};

static inline bool mw_flow_white(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
/* The words that s begins with, in bytes, as long as single blanks part them: nothing is to be decided between them. 0: white space. */
size_t mw_flow_words(struct mw_sv s);
void mw_flow_begin(struct mw_flow *f, struct mw_str *out, bool keep_lines, bool one_line);
void mw_flow_text(struct mw_flow *f, struct mw_sv s);
void mw_flow_gap(struct mw_flow *f, enum mw_gap gap); /* a block begins or ends: at least this gap */
void mw_flow_break(struct mw_flow *f);                /* <br>: a line; twice: a blank line */
void mw_flow_item(struct mw_flow *f);                 /* a list item begins: "* ", as in Markdown and the sources' own text */
void mw_flow_cell(struct mw_flow *f, bool first);     /* a cell begins; first: of its row */

#endif
