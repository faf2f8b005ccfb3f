/* HTML as a tree, and the walk over it: in the worker only. */
#ifndef MW_PARSE_TREE_H
#define MW_PARSE_TREE_H

#include <libxml/tree.h>

#include "lib/core/err.h"
#include "lib/parse/clean.h"
#include "lib/parse/flow.h"

/* What an element means for running text. Elements that are not in the table are inline and say nothing. */
enum mw_element_kind { MW_E_INLINE, MW_E_BLOCK, MW_E_LINE, MW_E_LIST, MW_E_ITEM, MW_E_ROW, MW_E_CELL, MW_E_BREAK, MW_E_PRE, MW_E_SKIP };
struct mw_element {
    const char *name;
    enum mw_element_kind kind;
    bool kept;         /* stays in the HTML of a section */
    bool empty;        /* has no end tag */
    unsigned heading;  /* 1 to 6; 0: none */
};
const struct mw_element *mw_element(const xmlNode *node); /* never NULL */
/* The level of a heading, also of one by its role (<div role="heading" aria-level="2">); 0: it is none. */
unsigned mw_heading(const xmlNode *node);

/* Until it is called with NULL, *short_of becomes true when libxml2 lacks memory. libxml2 goes on then, with a piece of the
 * document missing, and remembers only its last complaint. */
void mw_tree_watch(bool *short_of);

/* The tree of valid UTF-8 HTML, cleaned by clean.h before; xmlFreeDoc() ends it. *out NULL with MW_OK: there is nothing in
 * it. */
enum mw_rc mw_tree_read(xmlDoc **out, struct mw_sv html, enum mw_clean how, struct mw_err *err);
/* The tree of UTF-8 XML, as xml.h says, its namespaces forgotten; never NULL with MW_OK. */
enum mw_rc mw_tree_read_xml(xmlDoc **out, struct mw_sv xml, struct mw_err *err);

/* In xml_task.c: xml with bytes that no XML document may hold, but real ones do, as spaces. */
void mw_xml_repair(struct mw_str *out, struct mw_sv xml);

/* Goes through the tree below root in the order of the document, without recursion: hostile pages are 100,000 deep.
 * enter returns false to pass over what is in a node (leave is not called for it then). */
struct mw_visitor {
    bool (*enter)(void *ctx, const xmlNode *node);
    void (*leave)(void *ctx, const xmlNode *node);
    void (*text)(void *ctx, struct mw_sv text);
    void *ctx;
};
void mw_tree_walk(const xmlNode *root, const struct mw_visitor *v);

/* Text with its state: how deep in list items the walk is, whether the next cell is the first of its row. */
struct mw_reader {
    struct mw_flow flow;
    unsigned items, pres;
    bool row, lines;
};
void mw_reader_begin(struct mw_reader *r, struct mw_str *out, bool keep_lines, bool one_line);
void mw_reader_enter(struct mw_reader *r, const struct mw_element *e);
void mw_reader_leave(struct mw_reader *r, const struct mw_element *e);

/* The text of everything below root as one string, appended to out. */
void mw_tree_text(struct mw_str *out, const xmlNode *root, bool keep_lines, bool one_line);

/* --- serialise.c: markup that is written again, balanced and only of elements of text ------------------------------------ */
void mw_html_start(struct mw_str *out, const struct mw_element *e, const xmlNode *node);
void mw_html_end(struct mw_str *out, const struct mw_element *e);
/* Escaped; in <pre> line ends count, elsewhere each run of white space is one space, so that whoever reads the markup as a
 * fragment (which keeps line ends) finds the text that we found. */
void mw_html_words(struct mw_str *out, struct mw_sv s, bool pre);
/* What is in root, without root itself. */
void mw_tree_html(struct mw_str *out, const xmlNode *root);
/* The value of an attribute, or MW_SV_NONE. libxml2 keeps it as one text node, entities resolved. */
struct mw_sv mw_tree_attribute(const xmlNode *n, const char *name);

#endif
