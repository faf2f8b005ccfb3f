/* Implements fdb_line.h. */
#include "crawler/fdb_line.h"

enum { BATCH_DOCS = 64, BATCH_BYTES = 256 << 10 };

static enum mw_rc begin_batch(struct mw_fdb_batch *b, struct mw_err *err)
{
    *b = (struct mw_fdb_batch){ .a = mw_arena_new() };
    return b->a != NULL ? MW_OK : mw_nomem(err);
}

enum mw_rc mw_fdb_line_begin(struct mw_fdb_line *l)
{
    enum mw_rc rc = begin_batch(&l->gathered, l->err);
    rc = rc == MW_OK ? begin_batch(&l->asked, l->err) : rc;
    return rc == MW_OK ? begin_batch(&l->read, l->err) : rc;
}

/* Makes use of some of the batch that is read. */
static enum mw_rc use(struct mw_fdb_line *l, size_t from, size_t to)
{
    enum mw_rc rc = MW_OK;
    for (size_t i = from; i < to && rc == MW_OK; i++)
        rc = l->fn(l->ctx, l->read.a, MW_AT(l->read.docs, struct mw_fdb_doc, i));
    return rc;
}

/* Every batch one on. The worker reads texts during a third of what else is to do, trees, which take longer, from there to the next
 * step. */
static enum mw_rc step(struct mw_fdb_line *l)
{
    size_t n = l->read.docs.n;
    enum mw_rc rc = mw_fdb_ask_texts(l->parser, &l->asked, l->names, l->err);

    if (rc == MW_OK)
        rc = use(l, 0, n / 3);
    if (rc == MW_OK) {
        mw_fdb_take_texts(l->parser, &l->asked);
        rc = mw_fdb_ask_trees(l->parser, &l->gathered, l->err);
    }
    if (rc == MW_OK)
        rc = use(l, n / 3, n);
    mw_arena_free(l->read.a);
    l->read = l->asked;
    l->asked = l->gathered;
    l->gathered.a = NULL;
    return rc == MW_OK ? begin_batch(&l->gathered, l->err) : rc;
}

enum mw_rc mw_fdb_line_add(struct mw_fdb_line *l, struct mw_sv name, struct mw_sv bytes)
{
    struct mw_fdb_batch *b = &l->gathered;
    struct mw_fdb_doc *d = bytes.p != NULL ? mw_list_add(b->a, &b->docs, sizeof *d) : NULL;
    if (d == NULL)
        return mw_nomem(l->err);
    *d = (struct mw_fdb_doc){ .name = name, .bytes = bytes };
    b->bytes += bytes.n;
    return b->docs.n >= BATCH_DOCS || b->bytes >= BATCH_BYTES ? step(l) : MW_OK;
}

enum mw_rc mw_fdb_line_end(struct mw_fdb_line *l, enum mw_rc rc)
{
    while (rc == MW_OK && l->gathered.docs.n + l->asked.docs.n + l->read.docs.n > 0)
        rc = step(l);
    mw_arena_free(l->gathered.a);
    mw_arena_free(l->asked.a);
    mw_arena_free(l->read.a);
    return rc;
}
