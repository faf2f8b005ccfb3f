/* Notices of many small records wait for each other, so that their markup goes to the locked-in worker at once: a journey there and
 * back costs more than the reading of a few hundred bytes. What the batch could not read is asked for again by itself, which then
 * says what is wrong with it. */
#include "crawler/read.h"

enum { NOTICES = 64, BYTES = 256 << 10, SINGLE = 64 << 10 };

struct held {
    struct mw_notice n;
    struct mw_sv base;
    struct mw_list documents;
};

enum mw_rc mw_batch_hold(struct mw_reading *x, struct mw_arena *a, const struct mw_notice *n, struct mw_sv base, const struct mw_list *documents)
{
    struct mw_batch *b = x->batch;
    struct held *h = mw_list_add(b->a, &b->held, sizeof *h);

    if (h == NULL)
        return mw_nomem(x->err);
    *h = (struct held){ *n, base, *documents };
    b->last = a;
    for (size_t i = 0; i < n->sections.n; i++)
        b->bytes += MW_AT(n->sections, struct mw_section, i)->raw.n;
    return MW_OK;
}

static enum mw_rc read_all(struct mw_reading *x)
{
    struct mw_batch *b = x->batch;
    struct mw_list in = { NULL, 0, 0 }, sections = { NULL, 0, 0 };

    for (size_t i = 0; i < b->held.n; i++) {
        const struct mw_notice *n = &MW_AT(b->held, struct held, i)->n;
        for (size_t k = 0; k < n->sections.n; k++) {
            struct mw_section *s = MW_AT(n->sections, struct mw_section, k), **slot;
            struct mw_sv *html;
            if (!s->html || s->text.p != NULL || s->raw.n > SINGLE)
                continue;
            if ((html = mw_list_add(b->a, &in, sizeof *html)) == NULL || (slot = mw_list_add(b->a, &sections, sizeof(struct mw_section *))) == NULL)
                return mw_nomem(x->err);
            *html = s->raw;
            *slot = s;
        }
    }
    struct mw_sv *texts = mw_arena_array(b->a, in.n, sizeof *texts);
    if (texts == NULL)
        return mw_nomem(x->err);
    if (in.n == 0 || mw_parse_html_texts(x->r->parser, b->a, in.items, in.n, texts, NULL) != MW_OK)
        return MW_OK; /* each by itself */
    for (size_t i = 0; i < in.n; i++)
        (*MW_AT(sections, struct mw_section *, i))->text = texts[i];
    return MW_OK;
}

static enum mw_rc renew(struct mw_batch *b, struct mw_err *err)
{
    for (size_t i = 0; i < b->arenas.n; i++)
        mw_arena_free(*MW_AT(b->arenas, struct mw_arena *, i));
    mw_arena_free(b->a);
    *b = (struct mw_batch){ .a = mw_arena_new() };
    return b->a != NULL ? MW_OK : mw_nomem(err);
}

enum mw_rc mw_batch_begin(struct mw_reading *x, struct mw_batch *b)
{
    *b = (struct mw_batch){ .a = NULL };
    x->batch = b;
    return renew(b, x->err);
}

enum mw_rc mw_batch_next(struct mw_reading *x, struct mw_arena *record)
{
    struct mw_batch *b = x->batch;
    struct mw_arena **slot = NULL;

    if (b->last == record && (slot = mw_list_add(b->a, &b->arenas, sizeof(struct mw_arena *))) == NULL)
        return mw_arena_free(record), mw_nomem(x->err);
    if (slot == NULL) {
        mw_arena_free(record);
        return MW_OK;
    }
    *slot = record;
    b->last = NULL;
    return b->held.n >= NOTICES || b->bytes >= BYTES ? mw_batch_flush(x) : MW_OK;
}

enum mw_rc mw_batch_flush(struct mw_reading *x)
{
    struct mw_batch *b = x->batch;
    enum mw_rc rc = read_all(x);

    x->batch = NULL; /* what is emitted now goes out */
    for (size_t i = 0; i < b->held.n && rc == MW_OK; i++) {
        struct held *h = MW_AT(b->held, struct held, i);
        rc = mw_emit_leading_to(x, b->a, &h->n, h->base, &h->documents);
    }
    x->batch = b;
    enum mw_rc renewed = renew(b, rc == MW_OK ? x->err : NULL);
    return rc == MW_OK ? renewed : rc;
}

void mw_batch_end(struct mw_reading *x)
{
    struct mw_batch *b = x->batch;

    x->batch = NULL;
    for (size_t i = 0; i < b->arenas.n; i++)
        mw_arena_free(*MW_AT(b->arenas, struct mw_arena *, i));
    mw_arena_free(b->a);
}
