/* The documents of the Förderdatenbank's export on their way: those of one batch are gathered while the locked-in worker reads the batch
 * before, and the one before that is made use of. Internal to the reader of that export. */
#ifndef MW_CRAWLER_FDB_LINE_H
#define MW_CRAWLER_FDB_LINE_H

#include "crawler/fdb_doc.h"

struct mw_fdb_line { /* the first five are given; those borrowed outlive it */
    struct mw_parser *parser;
    const struct mw_list *names; /* struct mw_sv: properties that fn looks at; complete before the first document is added */
    /* Makes use of a document, of which mw_fdb_root() is still to be asked; a is dropped soon after. Anything but MW_OK ends all. */
    enum mw_rc (*fn)(void *ctx, struct mw_arena *a, struct mw_fdb_doc *d);
    void *ctx;
    struct mw_err *err;
    struct mw_fdb_batch gathered, asked, read;
};
/* Errors: MW_NOMEM, and those of fn. */
enum mw_rc mw_fdb_line_begin(struct mw_fdb_line *l);
/* bytes: in the arena l->gathered.a, or MW_SV_NONE without memory. name is borrowed until the end. */
enum mw_rc mw_fdb_line_add(struct mw_fdb_line *l, struct mw_sv name, struct mw_sv bytes);
/* What is still on its way comes to its end, unless rc says that all is over; it is given back then. Also after begin failed. */
enum mw_rc mw_fdb_line_end(struct mw_fdb_line *l, enum mw_rc rc);

#endif
