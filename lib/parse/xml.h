/* XML of strangers as a small tree of our own, read in the worker.
 *
 * Names are local names: prefixes and namespaces say nothing here, since portals disagree about them. Control characters that
 * XML forbids are spaces (real exports hold them), small faults such as a bare & are passed over, but a document that is cut
 * off, deeper than 256 elements, or that declares entities of its own is refused. */
#ifndef MW_PARSE_XML_H
#define MW_PARSE_XML_H

#include "lib/parse/parse.h"

#define MW_XML_MAX ((size_t)32 << 20) /* bytes of one document */

struct mw_xml_attr {
    struct mw_sv name, value;
};
struct mw_xml {
    struct mw_sv name;         /* of an element; MW_SV_NONE: this is text */
    struct mw_sv text;         /* of a text */
    struct mw_list attrs;      /* struct mw_xml_attr */
    struct mw_xml *child, *next, *parent;
};
/* The root element; all in the arena. charset: of the HTTP header, or MW_SV_NONE. */
enum mw_rc mw_parse_xml(struct mw_parser *p, struct mw_arena *a, struct mw_sv bytes, struct mw_sv charset, struct mw_xml **root,
    struct mw_err *err);
/* The same for many small ones in one journey to the worker, which reads while the caller does something else: asked for, and taken
 * later; roots[i] of bytes[i], NULL where one is refused (asked for by itself it says why). MW_PARSE: the worker failed at one of
 * them, or something else was asked for ahead meanwhile. */
enum mw_rc mw_parse_xmls_ask(struct mw_parser *p, const struct mw_sv *bytes, size_t n, unsigned *ticket, struct mw_err *err);
enum mw_rc mw_parse_xmls_take(struct mw_parser *p, unsigned ticket, struct mw_arena *a, struct mw_xml **roots, size_t n, struct mw_err *err);

bool mw_xml_is(const struct mw_xml *x, const char *name);
struct mw_sv mw_xml_attr(const struct mw_xml *x, const char *name); /* MW_SV_NONE: there is none, or x is NULL */
/* The first (next) child element of that name; name NULL: any. NULL: none. */
const struct mw_xml *mw_xml_child(const struct mw_xml *x, const char *name);
const struct mw_xml *mw_xml_next(const struct mw_xml *x, const char *name);
/* Down from x by the first child of each name: "OBJECT_CONTRACT/TITLE". */
const struct mw_xml *mw_xml_path(const struct mw_xml *x, const char *path);
/* In document order, the next element of that name below root after x (x = root: the first one below it). */
const struct mw_xml *mw_xml_each(const struct mw_xml *root, const struct mw_xml *x, const char *name);
/* All text below x, white space trimmed at both ends; MW_SV("") for none, MW_SV_NONE without memory. */
struct mw_sv mw_xml_text(struct mw_arena *a, const struct mw_xml *x);
/* The same with the elements in it written as markup again (Atom's xhtml). */
struct mw_sv mw_xml_inner(struct mw_arena *a, const struct mw_xml *x);

#endif
