/* Notices that wait for the documents they link to: see crawl_inside.h and document.h. */
#include "crawler/document.h"

#include <string.h>

#include "crawler/crawl_inside.h"
#include "crawler/extra.h"
#include "crawler/seen.h"
#include "lib/core/file.h"
#include "lib/core/schema.h"

enum { DOCUMENTS = 20, STEM = 80 }; /* of one notice; bytes of a document's name */

struct guideline { /* what came, in the order in which the page links to them */
    struct mw_sv url;
    struct mw_pdf pdf;
    bool read, fetched;
    struct mw_fetched as;
};
struct pending {
    struct mw_arena *a;
    struct mw_notice notice;
    struct mw_address from;
    struct mw_fetched page; /* remembered with the notice */
    bool remember;
    struct guideline *docs;
    size_t n, left;
};

/* A guideline is asked for once in a run, however many notices link to it. */
struct shared {
    enum { ON_ITS_WAY, THERE, NOWHERE } state;
    struct errand *waiting; /* for what is on its way */
};

/* --- pages to sections -------------------------------------------------------------------------------------------------------- */

/* "richtlinie-2026.pdf" of its address, without the ending; escapes stay as they are. */
static struct mw_sv name_of(struct mw_sv url)
{
    size_t from = 0, to = url.n, at;
    if ((at = mw_sv_find(url, MW_SV("?"), 0)) != SIZE_MAX)
        to = at;
    for (size_t i = 0; i < to; i++)
        if (url.p[i] == '/')
            from = i + 1;
    struct mw_sv name = mw_sv_sub(url, from, to - from);
    if (name.n > 4 && mw_sv_ieq(mw_sv_sub(name, name.n - 4, 4), MW_SV(".pdf")))
        name.n -= 4;
    return name.n <= STEM ? name : mw_sv_sub(name, 0, STEM);
}

static bool goes_on(struct mw_sv text)
{
    size_t at = 0;
    uint32_t cp = text.n > 0 ? mw_utf8_next(text, &at) : 0;
    return (cp >= 'a' && cp <= 'z') || (cp >= 0xdf && cp <= 0xff && cp != 0xf7);
}

/* The first paragraph of a page, where it only ends what the page before began. */
static struct mw_sv rest_of_sentence(struct mw_sv text)
{
    size_t end = mw_sv_find(text, MW_SV("\n\n"), 0);
    return goes_on(text) ? mw_sv_sub(text, 0, end != SIZE_MAX ? end : text.n) : MW_SV("");
}

static struct mw_sv text_of(struct mw_arena *a, const struct mw_pdf *pdf, size_t i)
{
    struct mw_sv text = MW_AT(pdf->pages, struct mw_pdf_page, i)->text, more = MW_SV("");
    size_t own = i > 0 ? rest_of_sentence(text).n : 0; /* which stands on the page before */
    if (i > 0 && MW_AT(pdf->pages, struct mw_pdf_page, i - 1)->text.n == 0)
        own = 0;
    text = mw_sv_trim(mw_sv_sub(text, own, text.n));
    if (text.n > 0 && i + 1 < pdf->pages.n)
        more = rest_of_sentence(MW_AT(pdf->pages, struct mw_pdf_page, i + 1)->text);
    return more.n > 0 ? mw_arena_printf(a, "%.*s %.*s", MW_SV_ARG(text), MW_SV_ARG(more)) : text;
}

bool mw_document_add(struct mw_notice *n, struct mw_arena *a, struct mw_sv url, const struct mw_pdf *pdf)
{
    const char *page = mw_sv_eqz(n->language, "en") ? "page" : "Seite";
    struct mw_node *documents = NULL, *record = mw_new_map(a);
    struct mw_sv name = name_of(url), count = mw_arena_printf(a, "%zu", pdf->pages.n);

    for (size_t i = 0; i < pdf->pages.n; i++) {
        struct mw_sv text = text_of(a, pdf, i);
        if (text.p == NULL)
            return false;
        struct mw_section *s = text.n > 0 ? mw_list_add(a, &n->sections, sizeof *s) : NULL;
        if (text.n > 0 && s == NULL)
            return false;
        if (s != NULL)
            *s = (struct mw_section){ mw_arena_printf(a, "%.*s, %s %zu", MW_SV_ARG(name), page, i + 1), text, false, text };
        if (s != NULL && s->heading.p == NULL)
            return false;
    }
    for (size_t i = 0; i < n->extra.n; i++)
        if (mw_sv_eqz(MW_AT(n->extra, struct mw_pair, i)->key, "documents"))
            documents = MW_AT(n->extra, struct mw_pair, i)->value;
    bool fresh = documents == NULL;
    if (fresh)
        documents = mw_new_seq(a);
    return mw_map_text(a, record, "url", mw_arena_copy(a, url)) && mw_map_text(a, record, "pages", count) &&
           mw_map_text(a, record, "text", pdf->needs_ocr ? MW_SV("needs OCR") : MW_SV("")) && mw_seq_add(a, documents, record) &&
           (!fresh || mw_extra_put(a, n, "documents", documents));
}

/* --- waiting ------------------------------------------------------------------------------------------------------------------ */

enum mw_rc mw_hold(struct work *w, const struct mw_notice *n, struct mw_err *err)
{
    struct pending *p = mw_arena_alloc(w->a, sizeof *p);
    struct mw_arena *a = p != NULL ? mw_arena_new() : NULL;
    struct mw_arena **slot = a != NULL ? mw_list_add(w->a, &w->waiting, sizeof(struct mw_arena *)) : NULL;

    if (slot == NULL) {
        mw_arena_free(a);
        return mw_nomem(err);
    }
    *slot = a; /* freed with the work, if nothing comes any more */
    *p = (struct pending){ .a = a, .from = *w->reading, .docs = mw_arena_array(a, DOCUMENTS, sizeof(struct guideline)) };
    enum mw_rc rc = p->docs != NULL ? mw_notice_copy(&p->notice, a, n, err) : mw_nomem(err);
    for (size_t i = 0; rc == MW_OK && i < w->linked.n && p->n < DOCUMENTS; i++) {
        const struct mw_address *linked = MW_AT(w->linked, struct mw_address, i);
        bool twice = false;
        for (size_t k = 0; k < p->n && !twice; k++)
            twice = mw_sv_eq(p->docs[k].url, linked->url);
        if (twice)
            continue;
        struct mw_address address = *linked;
        address.of = p->from.url; /* the page, which asks for it again next time */
        struct errand *e = mw_errand_new(w, &address);
        if (e == NULL)
            return mw_nomem(err);
        e->pending = p;
        e->nth = p->n;
        p->docs[p->n++] = (struct guideline){ .url = e->address.url };
    }
    p->left = p->n;
    w->linked.n = 0;
    w->held = p;
    w->holding++;
    return rc;
}

enum mw_rc mw_hold_page(struct work *w, const struct mw_fetched *f)
{
    w->held->page = *f;
    w->held->remember = true;
    w->held = NULL;
    return MW_OK;
}

static enum mw_rc hand_over(struct work *w, struct pending *p)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->docs[i].read && !mw_document_add(&p->notice, p->a, p->docs[i].url, &p->docs[i].pdf))
            return mw_nomem(w->c->err);
    w->holding--;
    enum mw_rc rc = mw_hand_over(w, &p->from, &p->notice, w->c->err);
    for (size_t i = 0; rc == MW_OK && i < p->n; i++)
        if (p->docs[i].fetched)
            rc = mw_remember(w, &p->docs[i].as);
    if (rc == MW_OK && p->remember)
        rc = mw_remember(w, &p->page);
    for (size_t i = 0; i < w->waiting.n; i++)
        if (*MW_AT(w->waiting, struct mw_arena *, i) == p->a)
            *MW_AT(w->waiting, struct mw_arena *, i) = NULL;
    mw_arena_free(p->a);
    return rc;
}

enum mw_rc mw_document_read(struct errand *e, const struct mw_resource *res, struct mw_err *why)
{
    struct pending *p = e->pending;
    struct guideline *d = &p->docs[e->nth];
    struct mw_sv bytes = res->bytes;
    enum mw_rc rc = res->path != NULL ? mw_file_read(&bytes, p->a, res->path, MW_PDF_MAX, why) : MW_OK;

    if (rc == MW_OK)
        rc = mw_parse_pdf(e->work->c->parser, p->a, bytes, &d->pdf, why);
    d->read = rc == MW_OK;
    return rc;
}

enum mw_rc mw_document_came(struct errand *e, const struct mw_fetched *f)
{
    struct pending *p = e->pending;
    struct guideline *d = &p->docs[e->nth];

    if (f != NULL) {
        d->as = *f;
        d->fetched = true;
    }
    p->left--;
    return p->left == 0 ? hand_over(e->work, p) : MW_OK;
}

enum mw_rc mw_document_given(struct errand *e, const struct mw_resource *res)
{
    MW_AUTO(mw_err_clear) struct mw_err why = MW_ERR_INIT(e->work->c->o->lang);
    enum mw_rc rc = res != NULL ? mw_document_read(e, res, &why) : MW_OK;
    return mw_is_fatal(rc) ? mw_fail(e->work->c->err, rc, "%s", why.msg != NULL ? why.msg : "?") : mw_document_came(e, NULL);
}

/* --- one document, several notices -------------------------------------------------------------------------------------------- */

static enum mw_rc first_to_ask(struct errand *e, bool *first)
{
    struct work *w = e->work;
    struct mw_seen_entry *seen;

    if (w->asked_docs == NULL)
        w->asked_docs = mw_seen_new();
    seen = w->asked_docs != NULL ? mw_seen_at(w->asked_docs, e->address.url) : NULL;
    if (seen == NULL)
        return mw_nomem(w->c->err);
    *first = seen->rank == 0;
    if (*first) {
        struct shared *s = mw_list_add(w->a, &w->shared, sizeof *s);
        if (s == NULL)
            return mw_nomem(w->c->err);
        *s = (struct shared){ ON_ITS_WAY, NULL };
        seen->rank = (int)w->shared.n;
    }
    e->sharing = (size_t)seen->rank;
    return MW_OK;
}

/* Gives e what came for another; MW_NOT_FOUND: nobody kept it. */
static enum mw_rc take_kept(struct errand *e)
{
    struct mw_resource before;
    enum mw_rc rc = mw_kept(e->work, &e->address, &before);
    return rc == MW_OK ? mw_document_given(e, &before) : rc;
}

enum mw_rc mw_document_shared(struct errand *e, bool *shared)
{
    bool first;
    enum mw_rc rc = first_to_ask(e, &first);

    *shared = false;
    if (rc != MW_OK || first)
        return rc;
    struct shared *s = MW_AT(e->work->shared, struct shared, e->sharing - 1);
    *shared = true;
    if (s->state == ON_ITS_WAY) {
        e->next = s->waiting;
        s->waiting = e;
        return MW_OK;
    }
    if (s->state == NOWHERE)
        return mw_document_given(e, NULL);
    rc = take_kept(e);
    *shared = rc != MW_NOT_FOUND; /* a dry run keeps nothing */
    return *shared ? rc : MW_OK;
}

enum mw_rc mw_document_share(const struct errand *e, const struct mw_resource *res)
{
    struct work *w = e->work;
    enum mw_rc rc = MW_OK;

    if (e->sharing == 0)
        return rc;
    struct shared *s = MW_AT(w->shared, struct shared, e->sharing - 1);
    struct errand *other = s->waiting;
    s->state = res != NULL ? THERE : NOWHERE;
    s->waiting = NULL;
    for (struct errand *next; other != NULL && rc == MW_OK; other = next) {
        next = other->next;
        rc = mw_document_given(other, res);
    }
    return rc;
}
