/* What came: handed to the reader, its notices to the sink, and remembered once it has proved readable. */
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <unistd.h>

#include "crawler/crawl_inside.h"

enum { HASH = 16 };
enum { BARREN_MAX = 10 }; /* list pages in a row */

/* --- what the reader says --------------------------------------------------------------------------------------------------- */

void mw_say_fault(void *ctx, struct mw_sv where, const struct mw_err *why)
{
    struct work *w = ctx;
    if (w->c->o->fault != NULL)
        w->c->o->fault(w->c->o->ctx, w->run->source, where, why);
}

void mw_tell(struct work *w, bool answered)
{
    int64_t said = w->run->tally.expected > w->before ? w->run->tally.expected : w->before;
    int64_t missing = said - w->taken - w->run->failed, queued = (int64_t)(w->queued + w->asked);
    bool whole = mw_holds_everything(w->s, MW_ROLE_LIST); /* its one answer is all that was ever queued */

    if (w->c->o->progress == NULL)
        return;
    w->run->done = w->taken;
    if (said >= 0 && missing > 0 && (whole || missing > queued))
        w->run->ahead = missing;
    else
        w->run->ahead = whole || (said < 0 && w->queued_lists > 0) ? -1 : queued;
    if (w->c->o->limit > 0 && w->run->ahead > w->c->o->limit - w->taken)
        w->run->ahead = w->c->o->limit - w->taken;
    w->c->o->progress(w->c->o->ctx, w->run, answered);
}

enum mw_rc mw_hand_over(struct work *w, const struct mw_address *from, const struct mw_notice *n, struct mw_err *err)
{
    w->taken++;
    enum mw_rc rc = mw_clerk_take(w->c->clerk, w, w->s, from, n, err);
    if (rc == MW_OK)
        rc = mw_clerk_collect(w->c->clerk, err);
    if (rc == MW_OK)
        mw_tell(w, false);
    return rc;
}

static void stored(struct work *w, const struct mw_handed *h)
{
    if (h->rc == MW_OK) {
        ++*(h->how == MW_TOOK_NEW ? &w->run->fresh : h->how == MW_TOOK_CHANGED ? &w->run->changed : &w->run->unchanged);
        return;
    }
    w->taken--; /* this one cannot be stored; the others can */
    w->run->failed++;
    mw_say_fault(w, h->url, &h->why);
}

static void still_there(const struct errand *e, int64_t notices)
{
    e->work->run->unchanged += notices;
    e->work->taken += notices - 1; /* it counted as one */
}

/* An answer, with all that stood in it. */
static void answered(const struct errand *e)
{
    struct work *w = e->work;
    w->run->last = e->address.url;
    mw_tell(w, true);
    w->run->last = MW_SV_NONE;
}

void mw_crawl_done(void *ctx, const struct mw_handed *h)
{
    const struct crawl *c = ctx;

    if (h->what == MW_HANDED_NOTICE)
        stored(h->tag, h);
    else if (h->what == MW_HANDED_UNCHANGED)
        still_there(h->tag, h->notices);
    else if (h->what == MW_HANDED_MARK)
        answered(h->tag);
    else if (h->what == MW_HANDED_SETTLE && c->o->settled != NULL)
        c->o->settled(c->o->ctx);
}

enum mw_rc mw_take(void *ctx, struct mw_arena *a, struct mw_notice *n, struct mw_err *err)
{
    struct work *w = ctx;
    (void)a;

    if (w->c->o->limit > 0 && w->taken + w->holding >= w->c->o->limit) {
        mw_pause(w, "The limit that was asked for is reached.");
        return mw_fail(err, MW_NOT_FOUND, "The limit that was asked for is reached.");
    }
    if (mw_is_late(w->c)) {
        mw_pause(w, MW_LATE);
        return mw_fail(err, MW_NOT_FOUND, "%s", MW_LATE);
    }
    enum mw_rc rc = w->linked.n > 0 ? mw_hold(w, n, err) : mw_hand_over(w, w->reading, n, err);
    return rc == MW_OK ? mw_meanwhile(w, err) : rc;
}

void mw_add_tally(struct mw_tally *sum, const struct mw_tally *t)
{
    sum->notices += t->notices;
    sum->addresses += t->addresses;
    sum->failed += t->failed;
    sum->repeated += t->repeated;
    sum->left_out += t->left_out;
    sum->expected = t->expected > sum->expected ? t->expected : sum->expected; /* every list page says the same sum */
}

/* --- answers ---------------------------------------------------------------------------------------------------------------- */

/* The key of an answer: pages of one interface differ only in what is posted to it. */
static struct mw_sv key_of(struct work *w, const struct mw_address *address)
{
    bool part = mw_day_is(address->from) || mw_day_is(address->to);
    if (address->page <= 1 && !part)
        return address->url;
    return mw_arena_printf(w->a, "%.*s [%" PRId64 " %d %d]", MW_SV_ARG(address->url), address->page,
        part ? (int)address->from.n : 0, part ? (int)address->to.n : 0);
}

enum mw_rc mw_kept(struct work *w, const struct mw_address *address, struct mw_resource *out)
{
    const struct mw_sink *sink;
    *out = (struct mw_resource){ .from = *address };
    enum mw_rc rc = mw_clerk_lend(&sink, w->c->clerk, MW_IN_ORDER, w->c->err);
    if (rc != MW_OK)
        return rc;
    rc = sink->kept != NULL ? sink->kept(sink->ctx, w->a, w->run->source, key_of(w, address), w->c->o->folder, out, w->c->err) : MW_NOT_FOUND;
    mw_clerk_return(w->c->clerk);
    return rc;
}

static enum mw_rc keep(struct work *w, const struct errand *e, const struct mw_response *got)
{
    const struct mw_sink *sink;
    struct mw_resource res = { .from = e->address, .bytes = got->bytes, .path = got->path, .charset = got->charset, .fetched_at = mw_crawl_stamp(w->c) };
    if (w->c->sink->keep == NULL || w->c->o->offline)
        return MW_OK;
    struct mw_sv final = got->url.n > 0 && !mw_sv_eq(got->url, e->address.url) ? got->url : MW_SV_NONE;
    if (got->path == NULL)
        return mw_clerk_keep(w->c->clerk, w->run->source, key_of(w, &e->address), final, &res, w->c->err);
    enum mw_rc rc = mw_clerk_lend(&sink, w->c->clerk, MW_IN_ORDER, w->c->err); /* a file is gone after this */
    if (rc != MW_OK)
        return rc;
    rc = sink->keep(sink->ctx, w->run->source, key_of(w, &e->address), final, &res, w->c->err);
    mw_clerk_return(w->c->clerk);
    return rc;
}

/* MW_PARSE: it cannot be read. */
static enum mw_rc read_document(struct work *w, struct errand *e, const struct mw_resource *res)
{
    MW_AUTO(mw_err_clear) struct mw_err why = MW_ERR_INIT(w->c->o->lang);
    enum mw_rc rc = mw_document_read(e, res, &why);
    return mw_is_fatal(rc) ? mw_fail(w->c->err, rc, "%s", why.msg != NULL ? why.msg : "?") : rc == MW_OK ? MW_OK : MW_PARSE;
}

/* A page of a counted list that does not exist, after others that held something: some sites end so. */
static bool is_behind_the_last(const struct work *w, const struct errand *e)
{
    if (e->address.role != MW_ROLE_LIST || !mw_source_counts(w->s) || w->run->tally.addresses + w->run->tally.notices == 0)
        return false;
    for (size_t i = 0; i < w->s->addresses.n && e->address.page <= 1; i++)
        if (mw_sv_eq(*MW_AT(w->s->addresses, struct mw_sv, i), e->address.url))
            return false;
    return true;
}

static enum mw_rc failed(struct work *w, struct errand *e, int64_t status, const struct mw_err *why)
{
    const struct mw_sink *sink;
    struct mw_resource before;
    bool document = e->address.role == MW_ROLE_DOCUMENT, lost = status == 404 || status == 410;

    if (lost && is_behind_the_last(w, e))
        return MW_OK;
    w->run->failed++;
    mw_say_fault(w, e->address.url, why);
    if (e->address.role == MW_ROLE_LIST)
        mw_stop(w, mw_sv(why->msg));
    enum mw_rc rc = mw_clerk_lend(&sink, w->c->clerk, MW_IN_ORDER, w->c->err);
    if (rc != MW_OK)
        return rc;
    rc = sink->failed(sink->ctx, w->run->source, e->address.url, status, mw_sv(why->msg), mw_crawl_stamp(w->c), w->c->err);
    mw_clerk_return(w->c->clerk);
    if (rc != MW_OK || !document)
        return rc;
    w->documents_failed++;
    rc = lost ? MW_NOT_FOUND : mw_kept(w, &e->address, &before); /* what it said before still counts */
    if (rc != MW_OK && rc != MW_NOT_FOUND)
        return rc;
    const struct mw_resource *still = rc == MW_OK ? &before : NULL;
    rc = mw_document_share(e, still);
    return rc == MW_OK ? mw_document_given(e, still) : rc;
}


/* A list that leads on and on, though all that its pages hold stood on earlier ones (a calendar's next month, a portal that shows
 * its last page for every number), is not followed for ever. Rows that the source's file leaves out may be new ones. */
static void doubt_list(struct work *w, const struct mw_tally *t)
{
    bool barren = t->lists > 0 && t->fresh == 0 && t->repeated > 0 && t->left_out == 0 && t->failed == 0;
    w->barren = barren ? w->barren + 1 : 0;
    if (w->barren < BARREN_MAX)
        return;
    mw_not_complete(w, mw_sv(mw_tr(w->c->o->lang, "The last list pages brought nothing new, yet led on and on; those after them are not asked for.")));
    mw_drop_lists(w);
}

static enum mw_rc read_resource(struct work *w, struct errand *e, struct mw_resource *res, const struct mw_response *got, struct mw_fetched *f);

/* Whether documents were kept in earlier runs that this page links to. */
static bool does_lead_on(const struct work *w, const struct errand *e)
{
    return e->known.leads_on && !e->known.fresh && (e->address.role == MW_ROLE_PAGE || mw_holds_everything(w->s, e->address.role));
}

/* A page, or a list that holds everything, that stayed as it is, but links to documents, which may not have: it is read again from what was kept. */
enum mw_rc mw_unchanged(struct work *w, struct errand *e)
{
    struct mw_resource before;
    bool again = e->address.role == MW_ROLE_DOCUMENT || does_lead_on(w, e);
    enum mw_rc rc = again ? mw_kept(w, &e->address, &before) : MW_NOT_FOUND;

    if (rc == MW_OK) {
        struct mw_fetched f = { w->run->source, e->address, e->known.etag, e->known.last_modified, e->known.hash,
                                mw_arena_copy(w->a, mw_crawl_stamp(w->c)), MW_SV_NONE };
        if (e->address.role != MW_ROLE_DOCUMENT) {
            rc = read_resource(w, e, &before, NULL, &f);
            if (before.path != NULL)
                unlink(before.path);
            return rc;
        }
        rc = mw_document_share(e, &before);
        if (rc == MW_OK)
            rc = read_document(w, e, &before);
        return rc == MW_OK || rc == MW_PARSE ? mw_document_came(e, rc == MW_OK ? &f : NULL) : rc;
    }
    if (rc != MW_NOT_FOUND)
        return rc;
    if (e->address.role == MW_ROLE_DOCUMENT) { /* never kept: cannot be */
        rc = mw_document_share(e, NULL);
        return rc == MW_OK ? mw_document_came(e, NULL) : rc;
    }
    w->taken++;
    return mw_clerk_unchanged(w->c->clerk, e, w->run->source, e->address.url, mw_crawl_stamp(w->c), w->c->err);
}

/* Of the bytes that came, in memory or in a file. false: the file cannot be read. */
static bool hash_answer(char out[2 * HASH + 1], const struct mw_response *got)
{
    crypto_generichash_state state;
    unsigned char hash[HASH], buffer[1 << 14];
    size_t n;

    crypto_generichash_init(&state, NULL, 0, HASH);
    if (got->path == NULL) {
        crypto_generichash_update(&state, (const unsigned char *)got->bytes.p, got->bytes.n);
    } else {
        FILE *f = fopen(got->path, "rbe");
        while (f != NULL && (n = fread(buffer, 1, sizeof buffer, f)) > 0)
            crypto_generichash_update(&state, buffer, n);
        if (f == NULL || ferror(f) != 0) {
            if (f != NULL)
                fclose(f);
            return false;
        }
        fclose(f);
    }
    crypto_generichash_final(&state, hash, HASH);
    sodium_bin2hex(out, 2 * HASH + 1, hash, HASH);
    return true;
}

enum mw_rc mw_remember(struct work *w, const struct mw_fetched *f)
{
    return mw_clerk_fetched(w->c->clerk, f, w->c->err);
}

/* got: NULL, or the answer to be kept once it has proved readable. */
static enum mw_rc read_resource(struct work *w, struct errand *e, struct mw_resource *res, const struct mw_response *got, struct mw_fetched *f)
{
    MW_AUTO(mw_err_clear) struct mw_err why = MW_ERR_INIT(w->c->o->lang);
    struct mw_tally tally = { .expected = -1 };
    struct mw_outlet outlet = { w, mw_take, mw_found, mw_say_fault };

    w->reading = &e->address;
    w->linked.n = 0;
    w->held = NULL;
    enum mw_rc rc = mw_reader_read(w->reader, res, &outlet, &tally, &why);
    mw_add_tally(&w->run->tally, &tally);
    w->run->failed += tally.failed;
    if (e->address.role == MW_ROLE_LIST)
        doubt_list(w, &tally);
    if (mw_is_fatal(rc))
        return mw_fail(w->c->err, rc, "%s", why.msg != NULL ? why.msg : "?");
    if (rc == MW_NOT_FOUND) /* our own limit */
        return MW_OK;
    if (rc != MW_OK)
        return failed(w, e, got != NULL ? got->status : 0, &why);
    if (got != NULL && (rc = keep(w, e, got)) != MW_OK)
        return rc;
    bool list = e->address.role == MW_ROLE_LIST;
    if (w->held != NULL && !list)
        return mw_hold_page(w, f);
    if (w->held == NULL && !mw_holds_everything(w->s, e->address.role))
        return mw_remember(w, f);
    /* A list with notices that wait is remembered at the end, too: a run that dies before asks for it again. */
    struct mw_fetched *later = mw_list_add(w->a, &w->whole, sizeof *later);
    if (later == NULL)
        return mw_nomem(w->c->err);
    *later = *f;
    return MW_OK;
}

static enum mw_rc read_answer(struct work *w, struct errand *e, const struct mw_response *got)
{
    struct mw_resource res = { .from = e->address, .bytes = got->bytes, .path = got->path, .charset = got->charset,
                               .fetched_at = mw_arena_copy(w->a, mw_crawl_stamp(w->c)) };
    char hash[2 * HASH + 1] = "";
    bool document = e->address.role == MW_ROLE_DOCUMENT;

    if (!hash_answer(hash, got))
        return mw_fail(w->c->err, MW_OUTPUT, "\"%s\" cannot be read.", got->path);
    if (mw_sv_eqz(e->known.hash, hash) && (e->address.role == MW_ROLE_PAGE || mw_holds_everything(w->s, e->address.role)))
        return mw_unchanged(w, e);
    if (e->address.role == MW_ROLE_LIST) {
        res.from.url = got->url; /* what it links to is meant from where it is, but pages are counted on from what was asked */
        res.asked = e->address.url;
    }
    struct mw_fetched f = { w->run->source, e->address, mw_arena_copy(w->a, got->etag), mw_arena_copy(w->a, got->last_modified),
                            mw_arena_copy(w->a, mw_sv(hash)), res.fetched_at, mw_arena_copy(w->a, got->type) };
    if (!document)
        return read_resource(w, e, &res, got, &f);
    MW_AUTO(mw_err_clear) struct mw_err why = MW_ERR_INIT(w->c->o->lang);
    enum mw_rc rc = mw_document_read(e, &res, &why);
    if (mw_is_fatal(rc))
        return mw_fail(w->c->err, rc, "%s", why.msg != NULL ? why.msg : "?");
    if (rc != MW_OK)
        return failed(w, e, got->status, &why);
    rc = keep(w, e, got);
    if (rc == MW_OK)
        rc = mw_document_share(e, &res);
    return rc == MW_OK ? mw_document_came(e, &f) : rc;
}

enum mw_rc mw_answered(struct errand *e, const struct mw_response *got)
{
    struct work *w = e->work;
    enum mw_rc rc = MW_OK;

    w->asked--;
    w->run->bytes += got->received;
    if (got->outcome == MW_FAILED && mw_is_fatal(got->why.rc))
        rc = mw_fail(w->c->err, got->why.rc, "%s", got->why.msg);
    else if (w->stopped && !w->run->paused)
        rc = MW_OK; /* the source was given up; what was still on its way does not count */
    else if (got->outcome == MW_SAME)
        rc = mw_unchanged(w, e);
    else if (got->outcome == MW_GOT)
        rc = read_answer(w, e, got);
    else
        rc = failed(w, e, got->status, &got->why);
    if (e->path != NULL)
        unlink(e->path);
    if (rc == MW_OK)
        rc = mw_clerk_mark(w->c->clerk, e, w->c->err);
    return rc == MW_OK ? mw_clerk_collect(w->c->clerk, w->c->err) : rc;
}
