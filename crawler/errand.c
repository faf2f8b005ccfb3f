/* The addresses of a source, asked for one after the other: of the portal, of a file, or of what was kept. */
#include <errno.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crawler/crawl_inside.h"
#include "crawler/request.h"
#include "lib/core/file.h"

enum { DELAY_MS = 1000, MEGABYTES = 32, PAGES = 1000, LOOK_AHEAD = 1000, AGAIN = 200 };

bool mw_holds_everything(const struct mw_source *s, enum mw_address_role role)
{
    return role == MW_ROLE_LIST && mw_source_is_whole(s);
}

static bool is_big(const struct mw_source *s, enum mw_address_role role)
{
    return role == MW_ROLE_LIST && (s->kind == MW_K_FDB_EXPORT || s->kind == MW_K_EU_BULK);
}

/* --- the queue -------------------------------------------------------------------------------------------------------------- */

static void count(struct work *w, const struct errand *e, int by)
{
    w->queued += (size_t)by;
    w->queued_lists += e->address.role == MW_ROLE_LIST ? (size_t)by : 0;
}

static void put_first(struct work *w, struct errand *e)
{
    e->next = w->head;
    w->head = e;
    if (e->next == NULL)
        w->tail = &e->next;
    count(w, e, 1);
}

static void put_last(struct work *w, struct errand *e)
{
    e->next = NULL;
    *w->tail = e;
    w->tail = &e->next;
    count(w, e, 1);
}

static struct errand *take_first(struct work *w)
{
    struct errand *e = w->head;
    w->head = e->next;
    if (w->head == NULL)
        w->tail = &w->head;
    count(w, e, -1);
    return e;
}

void mw_drop_all(struct work *w)
{
    w->head = NULL;
    w->tail = &w->head;
    w->queued = w->queued_lists = 0;
}

void mw_drop_lists(struct work *w)
{
    struct errand *next, *e = w->head;
    mw_drop_all(w);
    for (; e != NULL; e = next) {
        next = e->next;
        if (e->address.role != MW_ROLE_LIST)
            put_last(w, e);
    }
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
    if (address->role == MW_ROLE_DOCUMENT) /* first, so that no notice waits long */
        put_first(w, e);
    else
        put_last(w, e);
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
    struct stat about = { 0 };
    if (access(got.path, R_OK) != 0 || stat(got.path, &about) != 0)
        mw_fail(&why, MW_IO, "\"%s\" cannot be read: %s.", got.path, mw_reason(&why, errno));
    else if (about.st_size == 0) /* a download that broke off at once; nothing is gone for it */
        mw_fail(&why, MW_PARSE, "\"%s\" is empty.", got.path);
    if (why.rc != MW_OK) {
        got.outcome = MW_FAILED;
        got.why = why;
    }
    got.received = about.st_size;
    return mw_answered(e, &got);
}

/* Offline: what was kept is read again, with today's rules. */
static enum mw_rc ask_archive(struct work *w, struct errand *e)
{
    MW_AUTO(mw_err_clear) struct mw_err why = MW_ERR_INIT(w->c->o->lang);
    struct mw_resource before;
    enum mw_rc rc = mw_kept(w, &e->address, &before);
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

/* What the sink knows of the address, and of those that wait behind it: all at once, since whoever stores may be busy. */
static enum mw_rc look_up(struct work *w, struct errand *e)
{
    const struct mw_sink *sink;
    enum mw_rc rc = e->looked_up ? MW_OK : mw_clerk_lend(&sink, w->c->clerk, MW_BETWEEN, w->c->err);

    if (rc != MW_OK || e->looked_up)
        return rc;
    for (int n = 0; e != NULL && !e->looked_up && n < LOOK_AHEAD && rc == MW_OK; e = e->next, n++) {
        if (e->address.role != MW_ROLE_LIST || mw_holds_everything(w->s, e->address.role)) /* other lists are asked for again and again */
            rc = sink->known(sink->ctx, w->a, w->run->source, e->address.url, &e->known, w->c->err);
        e->looked_up = true;
    }
    mw_clerk_return(w->c->clerk);
    return rc;
}

static enum mw_rc ask(struct work *w, struct errand *e)
{
    const struct mw_source *s = w->s;
    const struct mw_politeness *p = &s->politeness;
    struct crawl *c = w->c;
    bool list = e->address.role == MW_ROLE_LIST;
    bool page = e->address.role == MW_ROLE_PAGE;
    bool shared = false;
    enum mw_rc rc = e->address.role == MW_ROLE_DOCUMENT ? mw_document_shared(e, &shared) : MW_OK;

    if (rc != MW_OK || shared)
        return rc;
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
    rc = look_up(w, e);
    if (rc != MW_OK)
        return rc;
    if (e->known.fresh)
        return mw_unchanged(w, e);
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
        struct errand *e = take_first(w); /* first: asking may put others in, or empty the queue */
        enum mw_rc rc = ask(w, e);
        if (rc == MW_NOT_FOUND && !w->stopped)
            put_first(w, e);
        if (rc != MW_OK)
            return rc == MW_NOT_FOUND ? MW_OK : rc;
    }
    return MW_OK;
}

/* --- beyond the lists -------------------------------------------------------------------------------------------------------- */

static enum mw_rc find_beyond(struct work *w, struct mw_list *urls)
{
    const struct mw_sink *sink;
    int64_t most = w->s->limits.again != MW_INT_NONE ? w->s->limits.again : AGAIN;
    enum mw_rc rc = mw_clerk_lend(&sink, w->c->clerk, MW_IN_ORDER, w->c->err);

    if (rc != MW_OK)
        return rc;
    if (sink->beyond != NULL)
        rc = sink->beyond(sink->ctx, w->a, w->run->source, w->c->o->offline ? INT64_MAX : most, urls, w->c->err);
    mw_clerk_return(w->c->clerk);
    return rc;
}

/* Not where a list failed or shows nothing at all: such a portal is not asked for two hundred other pages. */
enum mw_rc mw_look_beyond(struct work *w)
{
    struct mw_list urls = { NULL, 0, 0 };
    const struct mw_outlet outlet = { w, mw_take, mw_found, mw_say_fault };

    if (w->beyond || w->stopped || !w->run->complete || w->taken == 0 || !mw_source_rolls(w->s) || !mw_source_has_pages(w->s))
        return MW_OK;
    w->beyond = true;
    enum mw_rc rc = find_beyond(w, &urls);
    for (size_t i = 0; i < urls.n && rc == MW_OK; i++)
        rc = mw_reader_again(w->reader, *MW_AT(urls, struct mw_sv, i), &outlet, w->c->err);
    return rc == MW_OK ? mw_keep_busy(w) : rc;
}
