/* One address after the other: asked for politely, read when it came, handed to the sink. */
#include <errno.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <unistd.h>

#include "crawler/crawl_inside.h"
#include "crawler/request.h"
#include "lib/core/file.h"

enum { DELAY_MS = 1000, MEGABYTES = 32, PAGES = 1000, HASH = 16 };
enum { BARREN_MAX = 10 }; /* list pages in a row */

/* One resource holds all notices: only of such lists "unchanged" says something about the notices. */
static bool holds_everything(const struct mw_source *s, enum mw_address_role role)
{
    bool one = s->kind == MW_K_FDB_EXPORT || s->kind == MW_K_EU_BULK ||
               ((s->kind == MW_K_JSON || s->kind == MW_K_XML) && s->list.next.n == 0 && s->list.link.n == 0);
    return role == MW_ROLE_LIST && one;
}

static bool is_big(const struct mw_source *s, enum mw_address_role role)
{
    return role == MW_ROLE_LIST && (s->kind == MW_K_FDB_EXPORT || s->kind == MW_K_EU_BULK);
}

/* --- what the reader says --------------------------------------------------------------------------------------------------- */

void mw_say_fault(void *ctx, struct mw_sv where, const struct mw_err *why)
{
    struct work *w = ctx;
    if (w->c->o->fault != NULL)
        w->c->o->fault(w->c->o->ctx, w->run->source, where, why);
}

enum mw_rc mw_hand_over(struct work *w, struct mw_arena *a, const struct mw_address *from, struct mw_notice *n, struct mw_err *err)
{
    MW_AUTO(mw_err_clear) struct mw_err bad = MW_ERR_INIT(w->c->o->lang);
    enum mw_took how = MW_TOOK_UNCHANGED;
    enum mw_rc rc = w->c->sink->take(w->c->sink->ctx, a, w->s, from, n, &how, &bad);

    if (mw_is_fatal(rc))
        return mw_fail(err, rc, "%s", bad.msg != NULL ? bad.msg : "?");
    if (rc != MW_OK) { /* this one cannot be stored; the others can */
        w->run->failed++;
        mw_say_fault(w, n->url, &bad);
        return MW_OK;
    }
    w->taken++;
    ++*(how == MW_TOOK_NEW ? &w->run->fresh : how == MW_TOOK_CHANGED ? &w->run->changed : &w->run->unchanged);
    return MW_OK;
}

enum mw_rc mw_take(void *ctx, struct mw_arena *a, struct mw_notice *n, struct mw_err *err)
{
    struct work *w = ctx;

    if (w->c->o->limit > 0 && w->taken + w->holding >= w->c->o->limit) {
        mw_pause(w, "The limit that was asked for is reached.");
        return mw_fail(err, MW_NOT_FOUND, "The limit that was asked for is reached.");
    }
    return w->linked.n > 0 ? mw_hold(w, n, err) : mw_hand_over(w, a, w->reading, n, err);
}

struct errand *mw_errand_new(struct work *w, const struct mw_address *address)
{
    struct errand *e = mw_arena_alloc(w->a, sizeof *e);
    if (e == NULL)
        return NULL;
    e->work = w;
    e->address = *address;
    e->address.url = mw_arena_copy(w->a, address->url);
    e->address.of = mw_arena_copy(w->a, address->of);
    e->address.modified = mw_arena_copy(w->a, address->modified);
    if (e->address.url.p == NULL)
        return NULL;
    if (address->role == MW_ROLE_DOCUMENT) { /* first, so that no notice waits long */
        e->next = w->head;
        w->head = e;
        if (e->next == NULL)
            w->tail = &e->next;
    } else {
        *w->tail = e;
        w->tail = &e->next;
    }
    return e;
}

enum mw_rc mw_found(void *ctx, const struct mw_address *address, struct mw_err *err)
{
    struct work *w = ctx;

    if (w->stopped)
        return MW_OK;
    if (address->role != MW_ROLE_DOCUMENT)
        return mw_errand_new(w, address) != NULL ? MW_OK : mw_nomem(err);
    struct mw_address *linked = mw_list_add(w->a, &w->linked, sizeof *linked);
    if (linked == NULL)
        return mw_nomem(err);
    *linked = *address;
    linked->url = mw_arena_copy(w->a, address->url);
    linked->of = mw_arena_copy(w->a, address->of);
    return linked->url.p != NULL ? MW_OK : mw_nomem(err);
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

/* What came from the address before; MW_NOT_FOUND: nothing that was kept. */
static enum mw_rc kept(struct work *w, const struct mw_address *address, struct mw_resource *out)
{
    const struct mw_sink *sink = w->c->sink;
    *out = (struct mw_resource){ .from = *address };
    return sink->kept != NULL ? sink->kept(sink->ctx, w->a, w->run->source, key_of(w, address), w->c->o->folder, out, w->c->err) : MW_NOT_FOUND;
}

static enum mw_rc keep(struct work *w, const struct errand *e, const struct mw_response *got)
{
    const struct mw_sink *sink = w->c->sink;
    struct mw_resource res = { e->address, got->bytes, got->path, got->charset, mw_crawl_stamp(w->c) };
    if (sink->keep == NULL || w->c->o->offline)
        return MW_OK;
    struct mw_sv final = got->url.n > 0 && !mw_sv_eq(got->url, e->address.url) ? got->url : MW_SV_NONE;
    return sink->keep(sink->ctx, w->run->source, key_of(w, &e->address), final, &res, w->c->err);
}

/* MW_PARSE: it cannot be read. */
static enum mw_rc read_document(struct work *w, struct errand *e, const struct mw_resource *res)
{
    MW_AUTO(mw_err_clear) struct mw_err why = MW_ERR_INIT(w->c->o->lang);
    enum mw_rc rc = mw_document_read(e, res, &why);
    return mw_is_fatal(rc) ? mw_fail(w->c->err, rc, "%s", why.msg != NULL ? why.msg : "?") : rc == MW_OK ? MW_OK : MW_PARSE;
}

static enum mw_rc failed(struct work *w, struct errand *e, int64_t status, const struct mw_err *why)
{
    struct mw_resource before;
    bool document = e->address.role == MW_ROLE_DOCUMENT, lost = status == 404 || status == 410;

    w->run->failed++;
    mw_say_fault(w, e->address.url, why);
    if (e->address.role == MW_ROLE_LIST)
        mw_stop(w, mw_sv(why->msg));
    enum mw_rc rc = w->c->sink->failed(w->c->sink->ctx, w->run->source, e->address.url, status, mw_sv(why->msg), mw_crawl_stamp(w->c), w->c->err);
    if (rc != MW_OK || !document)
        return rc;
    w->documents_failed++;
    rc = lost ? MW_NOT_FOUND : kept(w, &e->address, &before);
    if (rc == MW_OK) /* what it said before still counts */
        rc = read_document(w, e, &before);
    return rc == MW_OK || rc == MW_NOT_FOUND || rc == MW_PARSE ? mw_document_came(e, NULL) : rc;
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
    struct errand *next, *rest = w->head;
    w->head = NULL;
    w->tail = &w->head;
    for (; rest != NULL; rest = next) {
        next = rest->next;
        rest->next = NULL;
        if (rest->address.role == MW_ROLE_LIST)
            continue;
        *w->tail = rest;
        w->tail = &rest->next;
    }
}

static enum mw_rc read_resource(struct work *w, struct errand *e, struct mw_resource *res, const struct mw_response *got, struct mw_fetched *f);

/* A page that stayed as it is, but links to documents, which may not have: it is read again from what was kept. */
static enum mw_rc unchanged(struct work *w, struct errand *e)
{
    const struct mw_sink *sink = w->c->sink;
    struct mw_resource before;
    bool leads_on = false;
    int64_t notices = 0;
    enum mw_rc rc = MW_OK;

    if (e->address.role == MW_ROLE_PAGE && !e->known.fresh && sink->leads_on != NULL)
        rc = sink->leads_on(sink->ctx, w->run->source, e->address.url, &leads_on, w->c->err);
    if (rc == MW_OK && (leads_on || e->address.role == MW_ROLE_DOCUMENT))
        rc = kept(w, &e->address, &before);
    else if (rc == MW_OK)
        rc = MW_NOT_FOUND;
    if (rc == MW_OK) {
        struct mw_fetched f = { w->run->source, e->address, e->known.etag, e->known.last_modified, e->known.hash,
                                mw_arena_copy(w->a, mw_crawl_stamp(w->c)), MW_SV_NONE };
        if (e->address.role != MW_ROLE_DOCUMENT)
            return read_resource(w, e, &before, NULL, &f);
        rc = read_document(w, e, &before);
        return rc == MW_OK || rc == MW_PARSE ? mw_document_came(e, rc == MW_OK ? &f : NULL) : rc;
    }
    if (rc != MW_NOT_FOUND)
        return rc;
    if (e->address.role == MW_ROLE_DOCUMENT) /* never kept: cannot be */
        return mw_document_came(e, NULL);
    rc = sink->unchanged(sink->ctx, w->run->source, e->address.url, mw_crawl_stamp(w->c), &notices, w->c->err);
    w->run->unchanged += notices;
    w->taken += notices;
    return rc;
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
    return w->c->sink->fetched(w->c->sink->ctx, f, w->c->err);
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
    if (w->held != NULL)
        return mw_hold_page(w, f);
    if (!holds_everything(w->s, e->address.role))
        return mw_remember(w, f);
    struct mw_fetched *later = mw_list_add(w->a, &w->whole, sizeof *later);
    if (later == NULL)
        return mw_nomem(w->c->err);
    *later = *f;
    return MW_OK;
}

static enum mw_rc read_answer(struct work *w, struct errand *e, const struct mw_response *got)
{
    struct mw_resource res = { e->address, got->bytes, got->path, got->charset, mw_arena_copy(w->a, mw_crawl_stamp(w->c)) };
    char hash[2 * HASH + 1] = "";
    bool document = e->address.role == MW_ROLE_DOCUMENT;

    if (!hash_answer(hash, got))
        return mw_fail(w->c->err, MW_OUTPUT, "\"%s\" cannot be read.", got->path);
    if (mw_sv_eqz(e->known.hash, hash) && (e->address.role == MW_ROLE_PAGE || holds_everything(w->s, e->address.role)))
        return unchanged(w, e);
    if (e->address.role == MW_ROLE_LIST)
        res.from.url = got->url; /* what it links to is meant from where it is */
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
        rc = unchanged(w, e);
    else if (got->outcome == MW_GOT)
        rc = read_answer(w, e, got);
    else
        rc = failed(w, e, got->status, &got->why);
    if (e->path != NULL)
        unlink(e->path);
    if (w->c->o->progress != NULL)
        w->c->o->progress(w->c->o->ctx, w->run);
    return rc;
}

/* --- asking ------------------------------------------------------------------------------------------------------------------ */

/* "file:export.zip": downloaded by hand; read where it lies. */
static enum mw_rc ask_file(struct work *w, struct errand *e)
{
    MW_AUTO(mw_err_clear) struct mw_err why = MW_ERR_INIT(w->c->o->lang);
    struct mw_sv path = mw_sv_sub(e->address.url, 5, e->address.url.n);
    if (mw_sv_starts(path, MW_SV("//")))
        path = mw_sv_sub(path, 2, path.n);
    struct mw_response got = { .outcome = MW_GOT, .url = e->address.url, .path = mw_arena_z(w->a, path) };
    if (got.path == NULL)
        return mw_nomem(w->c->err);
    w->asked++;
    if (access(got.path, R_OK) != 0) {
        got.outcome = MW_FAILED;
        mw_fail(&why, MW_IO, "\"%s\" cannot be read: %s.", got.path, mw_reason(&why, errno));
        got.why = why;
    }
    return mw_answered(e, &got);
}

/* Offline: what was kept is read again, with today's rules. */
static enum mw_rc ask_archive(struct work *w, struct errand *e)
{
    MW_AUTO(mw_err_clear) struct mw_err why = MW_ERR_INIT(w->c->o->lang);
    struct mw_resource before;
    enum mw_rc rc = kept(w, &e->address, &before);
    if (rc != MW_OK && rc != MW_NOT_FOUND)
        return rc;
    struct mw_response got = { .outcome = MW_GOT, .url = before.from.url, .bytes = before.bytes, .path = before.path,
                               .charset = before.charset, .status = 200 };
    w->asked++;
    if (rc == MW_NOT_FOUND) {
        got.outcome = MW_FAILED;
        got.status = 0;
        mw_fail(&why, MW_IO, "No answer of %.*s is stored; only a crawl that asks the portal brings it.", MW_SV_ARG(e->address.url));
        got.why = why;
    }
    if (before.path != NULL && (e->path = mw_arena_z(w->a, mw_sv(before.path))) == NULL)
        return mw_nomem(w->c->err);
    return mw_answered(e, &got);
}

static enum mw_rc ask(struct work *w, struct errand *e)
{
    const struct mw_source *s = w->s;
    const struct mw_politeness *p = &s->politeness;
    struct crawl *c = w->c;
    bool list = e->address.role == MW_ROLE_LIST, lasting = !list || holds_everything(s, e->address.role);
    bool page = e->address.role == MW_ROLE_PAGE;
    enum mw_rc rc = MW_OK;

    if (list && ++w->lists > (s->limits.pages != MW_INT_NONE ? s->limits.pages : PAGES)) {
        mw_not_complete(w, mw_sv(mw_tr(c->o->lang, "There are more list pages than the source's file allows (limits.pages).")));
        return MW_OK;
    }
    if (page && c->o->limit > 0 && w->taken + w->holding + (int64_t)w->asked >= c->o->limit) {
        if (w->asked == 0 && w->holding == 0)
            mw_pause(w, "The limit that was asked for is reached.");
        return MW_NOT_FOUND; /* not now: those on their way may bring less */
    }
    w->run->asked++;
    if (c->o->offline)
        return ask_archive(w, e);
    if (lasting)
        rc = c->sink->known(c->sink->ctx, w->a, w->run->source, e->address.url, &e->known, c->err);
    if (rc != MW_OK)
        return rc;
    if (e->known.fresh)
        return unchanged(w, e);
    if (mw_sv_starts(e->address.url, MW_SV("file:")))
        return ask_file(w, e);
    struct mw_ask q = { .tag = e, .url = e->address.url, .etag = e->known.etag, .last_modified = e->known.last_modified,
                        .max = (size_t)(s->limits.megabytes != MW_INT_NONE ? s->limits.megabytes : MEGABYTES) << 20,
                        .delay_ms = p->delay_ms != MW_INT_NONE ? p->delay_ms : DELAY_MS,
                        .connections = p->connections != MW_INT_NONE ? (int)p->connections : 1, .no_robots = p->robots == MW_NO,
                        .allow_private = c->o->allow_private || p->allow_private == MW_YES };
    if (list)
        rc = mw_request_body(&q.body, &q.type, w->a, &s->request, &e->address, c->err);
    if (rc == MW_OK && is_big(s, e->address.role)) {
        struct mw_sv path = mw_arena_printf(w->a, "%s/mittelweg-%.*s-%" PRId64, c->o->folder, MW_SV_ARG(s->id), w->lists);
        if (path.p == NULL)
            return mw_nomem(c->err);
        q.path = e->path = path.p;
    }
    w->asked += rc == MW_OK;
    return rc == MW_OK ? mw_fetch_ask(c->fetch, &q, c->err) : rc;
}

enum mw_rc mw_keep_busy(struct work *w)
{
    size_t most = w->s->politeness.connections != MW_INT_NONE ? 2 * (size_t)w->s->politeness.connections : 2;

    while (!w->stopped && w->head != NULL && w->asked < most) {
        struct errand *e = w->head; /* out of the queue first: asking may put others in, or empty it */
        w->head = e->next;
        if (w->head == NULL)
            w->tail = &w->head;
        enum mw_rc rc = ask(w, e);
        if (rc == MW_NOT_FOUND && !w->stopped) {
            e->next = w->head;
            w->head = e;
            if (e->next == NULL)
                w->tail = &e->next;
        }
        if (rc != MW_OK)
            return rc == MW_NOT_FOUND ? MW_OK : rc;
    }
    return MW_OK;
}
