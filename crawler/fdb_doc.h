/* A document of the Förderdatenbank's CMS, as its export holds it: properties, which are plain values, rich texts or links to other
 * documents. Internal to the reader of that export. */
#ifndef MW_CRAWLER_FDB_DOC_H
#define MW_CRAWLER_FDB_DOC_H

#include "lib/parse/xml.h"

struct mw_fdb_doc {
    struct mw_sv name, bytes;  /* of the entry in the archive */
    const struct mw_xml *root; /* NULL: not read yet, or refused */
    struct mw_list known;      /* properties read beforehand; fdb_doc.c says what they are */
};
/* Documents that are read together, since a journey to the locked-in worker costs more than the reading of a few kilobytes: their trees
 * in one, the rich texts of the properties named (struct mw_sv) in another. Between the steps the caller does something else. Whatever
 * the worker fails at or refuses is left, and what follows asks for it by itself, so that a bad document takes nobody with it. */
struct mw_fdb_batch {
    struct mw_arena *a;
    struct mw_list docs; /* struct mw_fdb_doc; name and bytes are given */
    size_t bytes;        /* of all */
    unsigned ticket;     /* the rest belongs to fdb_doc.c */
    bool asked;
    struct mw_list htmls, whose;
    struct mw_sv *texts;
};
/* Each MW_NOMEM; take in this order. */
enum mw_rc mw_fdb_ask_trees(struct mw_parser *p, struct mw_fdb_batch *b, struct mw_err *err);
enum mw_rc mw_fdb_ask_texts(struct mw_parser *p, struct mw_fdb_batch *b, const struct mw_list *names, struct mw_err *err);
void mw_fdb_take_texts(struct mw_parser *p, struct mw_fdb_batch *b);
/* The root of one, read by itself where it is not there yet. MW_PARSE: it cannot be read. */
enum mw_rc mw_fdb_root(struct mw_parser *p, struct mw_arena *a, struct mw_fdb_doc *d, struct mw_err *err);

/* The value of a property, of rich text its HTML, trimmed; nothing where the document has none. */
struct mw_sv mw_fdb_value(struct mw_arena *a, const struct mw_fdb_doc *d, struct mw_sv name);
/* The plain text of HTML that mw_fdb_value() gave. */
enum mw_rc mw_fdb_plain(struct mw_parser *p, struct mw_arena *a, const struct mw_fdb_doc *d, struct mw_sv html, struct mw_sv *out, struct mw_err *err);
/* The value as plain text, whatever its type. */
enum mw_rc mw_fdb_text(struct mw_parser *p, struct mw_arena *a, const struct mw_fdb_doc *d, struct mw_sv name, struct mw_sv *out, struct mw_err *err);

/* "/BMWI/FDB/Content/DE/Kontakt/B/bmwk", by which others refer to it; MW_SV_NONE: it does not say its own. */
struct mw_sv mw_fdb_path(struct mw_arena *a, const struct mw_fdb_doc *d);
/* The path that a link leads to, "target:/BMWI/..." without its scheme; MW_SV_NONE: it leads elsewhere. */
struct mw_sv mw_fdb_target(const struct mw_xml *link);
/* All paths a property refers to, whatever its classifiers, in the arena. false: no memory. */
bool mw_fdb_links(struct mw_arena *a, const struct mw_fdb_doc *d, struct mw_sv name, struct mw_list *out);
/* All paths that links in rich text lead to. */
bool mw_fdb_links_in(struct mw_arena *a, struct mw_sv html, struct mw_list *out);

#endif
