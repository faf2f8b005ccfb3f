/* The nightly round: every source has a list of errands, the fetcher runs them, the reader reads what came, the sink keeps it. */
#include "crawler/crawl.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "crawler/request.h"
#include "lib/core/file.h"

enum { DELAY_MS = 1000, MEGABYTES = 32, PAGES = 1000, HASH = 16 };

struct work;
struct errand { /* one address of one source; lives in its arena */
    struct errand *next;
    struct work *work;
    struct mw_address address;
    struct mw_known known;
    char *path;             /* of big answers */
};
struct work { /* one source in one run */
    struct crawl *c;
    const struct mw_source *s;
    struct mw_run *run;
    struct mw_reader *reader;
    struct mw_arena *a;     /* addresses, for as long as the work */
    struct errand *head, **tail;
    int64_t lists;          /* list pages asked for */
    int64_t taken;          /* notices of this run that the sink has, unchanged ones among them */
    int64_t before;         /* notices of the last complete run; -1: none */
    int64_t began_ms;
    size_t asked;           /* errands on their way */
    bool stopped, ended;
    const struct mw_address *reading;
    struct mw_address first; /* where what the reader held back is said to stand */
    struct mw_list whole;   /* struct mw_fetched: resources that hold everything, remembered when all is read */
};
struct crawl {
    const struct mw_crawl_opts *o;
    const struct mw_sink *sink;
    struct mw_fetch *fetch;
    struct mw_arena *a;
    struct work *works;
    size_t n;
    struct mw_err *err;
    char stamp[32];
};

static struct mw_sv stamp(struct crawl *c)
{
    time_t t = (time_t)c->o->utc_s(c->o->clock.ctx);
    struct tm tm;
    gmtime_r(&t, &tm);
    strftime(c->stamp, sizeof c->stamp, "%Y-%m-%dT%H:%M:%SZ", &tm);
    return mw_sv(c->stamp);
}

static int64_t clock_ms(const struct crawl *c) { return c->o->clock.now_ms(c->o->clock.ctx); }

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

/* The first reason is the one that is told. */
static void not_complete(struct work *w, struct mw_sv reason)
{
    w->run->complete = false;
    if (w->run->reason.p == NULL)
        w->run->reason = mw_arena_copy(w->c->a, reason);
}

static void stop(struct work *w, struct mw_sv reason)
{
    not_complete(w, reason);
    w->stopped = true;
    w->head = NULL;
    w->tail = &w->head;
}

static void pause_work(struct work *w, const char *english)
{
    bool first = w->run->reason.p == NULL;
    w->run->paused = w->run->paused || first;
    stop(w, mw_sv(mw_tr(w->c->o->lang, english)));
}

/* --- what the reader says --------------------------------------------------------------------------------------------------- */

static bool is_fatal(enum mw_rc rc) { return rc == MW_DB || rc == MW_OUTPUT || rc == MW_NOMEM; }

static void fault(void *ctx, struct mw_sv where, const struct mw_err *why)
{
    struct work *w = ctx;
    if (w->c->o->fault != NULL)
        w->c->o->fault(w->c->o->ctx, w->run->source, where, why);
}

static enum mw_rc take(void *ctx, struct mw_arena *a, struct mw_notice *n, struct mw_err *err)
{
    struct work *w = ctx;
    MW_AUTO(mw_err_clear) struct mw_err bad = MW_ERR_INIT(w->c->o->lang);
    enum mw_took how = MW_TOOK_UNCHANGED;

    if (w->c->o->limit > 0 && w->taken >= w->c->o->limit) {
        pause_work(w, "The limit that was asked for is reached.");
        return mw_fail(err, MW_NOT_FOUND, "The limit that was asked for is reached.");
    }
    enum mw_rc rc = w->c->sink->take(w->c->sink->ctx, a, w->s, w->reading, n, &how, &bad);
    if (is_fatal(rc))
        return mw_fail(err, rc, "%s", bad.msg != NULL ? bad.msg : "?");
    if (rc != MW_OK) { /* this one cannot be stored; the others can */
        w->run->failed++;
        fault(w, n->url, &bad);
        return MW_OK;
    }
    w->taken++;
    ++*(how == MW_TOOK_NEW ? &w->run->fresh : how == MW_TOOK_CHANGED ? &w->run->changed : &w->run->unchanged);
    return MW_OK;
}

static enum mw_rc found(void *ctx, const struct mw_address *address, struct mw_err *err)
{
    struct work *w = ctx;

    if (w->stopped || address->role == MW_ROLE_DOCUMENT) /* PDFs are read by another hand */
        return MW_OK;
    struct errand *e = mw_arena_alloc(w->a, sizeof *e);
    if (e == NULL)
        return mw_nomem(err);
    e->work = w;
    e->address = *address;
    e->address.url = mw_arena_copy(w->a, address->url);
    e->address.of = mw_arena_copy(w->a, address->of);
    e->address.modified = mw_arena_copy(w->a, address->modified);
    *w->tail = e;
    w->tail = &e->next;
    return e->address.url.p != NULL ? MW_OK : mw_nomem(err);
}

static void add_tally(struct mw_tally *sum, const struct mw_tally *t)
{
    sum->notices += t->notices;
    sum->addresses += t->addresses;
    sum->failed += t->failed;
    sum->repeated += t->repeated;
    sum->left_out += t->left_out;
    sum->expected = t->expected > sum->expected ? t->expected : sum->expected; /* every list page says the same sum */
}

/* --- answers ---------------------------------------------------------------------------------------------------------------- */

static enum mw_rc failed(struct work *w, const struct errand *e, int64_t status, const struct mw_err *why)
{
    w->run->failed++;
    fault(w, e->address.url, why);
    if (e->address.role == MW_ROLE_LIST)
        stop(w, mw_sv(why->msg));
    return w->c->sink->failed(w->c->sink->ctx, w->run->source, e->address.url, status, mw_sv(why->msg), stamp(w->c), w->c->err);
}

static enum mw_rc unchanged(struct work *w, const struct errand *e)
{
    int64_t notices = 0;
    enum mw_rc rc = w->c->sink->unchanged(w->c->sink->ctx, w->run->source, e->address.url, stamp(w->c), &notices, w->c->err);
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

static enum mw_rc remember(struct work *w, const struct mw_fetched *f)
{
    return w->c->sink->fetched(w->c->sink->ctx, f, w->c->err);
}

static enum mw_rc read_answer(struct work *w, struct errand *e, const struct mw_response *got)
{
    MW_AUTO(mw_err_clear) struct mw_err why = MW_ERR_INIT(w->c->o->lang);
    struct mw_tally tally = { .expected = -1 };
    struct mw_resource res = { e->address, got->bytes, got->path, got->charset, mw_arena_copy(w->a, stamp(w->c)) };
    struct mw_outlet outlet = { w, take, found, fault };
    char hash[2 * HASH + 1] = "";
    bool whole = holds_everything(w->s, e->address.role);

    if (!hash_answer(hash, got))
        return mw_fail(w->c->err, MW_OUTPUT, "\"%s\" cannot be read.", got->path);
    if (mw_sv_eqz(e->known.hash, hash) && (e->address.role == MW_ROLE_PAGE || whole))
        return unchanged(w, e);
    if (e->address.role == MW_ROLE_LIST)
        res.from.url = got->url; /* what it links to is meant from where it is */
    w->reading = &e->address;
    enum mw_rc rc = mw_reader_read(w->reader, &res, &outlet, &tally, &why);
    add_tally(&w->run->tally, &tally);
    w->run->failed += tally.failed;
    if (is_fatal(rc))
        return mw_fail(w->c->err, rc, "%s", why.msg != NULL ? why.msg : "?");
    if (rc == MW_NOT_FOUND) /* our own limit */
        return MW_OK;
    if (rc != MW_OK)
        return failed(w, e, got->status, &why);
    struct mw_fetched f = { w->run->source, e->address, mw_arena_copy(w->a, got->etag), mw_arena_copy(w->a, got->last_modified),
                            mw_arena_copy(w->a, mw_sv(hash)), res.fetched_at, mw_arena_copy(w->a, got->type), MW_SV_NONE };
    if (!whole)
        return remember(w, &f);
    struct mw_fetched *later = mw_list_add(w->a, &w->whole, sizeof *later);
    if (later == NULL)
        return mw_nomem(w->c->err);
    *later = f;
    return MW_OK;
}

static enum mw_rc answered(struct errand *e, const struct mw_response *got)
{
    struct work *w = e->work;
    enum mw_rc rc = MW_OK;

    w->asked--;
    w->run->bytes += got->received;
    if (got->outcome == MW_FAILED && is_fatal(got->why.rc))
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
    return answered(e, &got);
}

static enum mw_rc ask(struct work *w, struct errand *e)
{
    const struct mw_source *s = w->s;
    const struct mw_politeness *p = &s->politeness;
    struct crawl *c = w->c;
    bool list = e->address.role == MW_ROLE_LIST, lasting = !list || holds_everything(s, e->address.role);
    enum mw_rc rc = MW_OK;

    if (list && ++w->lists > (s->limits.pages != MW_INT_NONE ? s->limits.pages : PAGES)) {
        not_complete(w, mw_sv(mw_tr(c->o->lang, "There are more list pages than the source's file allows (limits.pages).")));
        return MW_OK;
    }
    if (!list && c->o->limit > 0 && w->taken + (int64_t)w->asked >= c->o->limit) {
        if (w->asked == 0)
            pause_work(w, "The limit that was asked for is reached.");
        return MW_NOT_FOUND; /* not now: those on their way may bring less */
    }
    w->run->asked++;
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
        if (path.p == NULL || (e->path = mw_arena_alloc(w->a, path.n + 1)) == NULL)
            return mw_nomem(c->err);
        memcpy(e->path, path.p, path.n);
        q.path = e->path;
    }
    w->asked += rc == MW_OK;
    return rc == MW_OK ? mw_fetch_ask(c->fetch, &q, c->err) : rc;
}

/* Keeps a few errands on their way; the others wait here, where they can still be dropped. */
static enum mw_rc keep_busy(struct work *w)
{
    size_t most = w->s->politeness.connections != MW_INT_NONE ? 2 * (size_t)w->s->politeness.connections : 2;

    while (!w->stopped && w->head != NULL && w->asked < most) {
        struct errand *e = w->head;
        enum mw_rc rc = ask(w, e);
        if (rc == MW_NOT_FOUND)
            break;
        if (rc != MW_OK)
            return rc;
        if (w->head == e) { /* the source may have been stopped meanwhile */
            w->head = e->next;
            if (w->head == NULL)
                w->tail = &w->head;
        }
    }
    return MW_OK;
}

/* --- the beginning and the end of a source ------------------------------------------------------------------------------------- */

static enum mw_rc begin(struct work *w, struct mw_parser *parser, const struct mw_labels *labels)
{
    struct crawl *c = w->c;
    struct mw_sv id = mw_arena_copy(c->a, w->s->id);

    w->tail = &w->head;
    w->a = mw_arena_new();
    *w->run = (struct mw_run){ .source = id.p, .started_at = mw_arena_copy(c->a, stamp(c)), .tally = { .expected = -1 }, .complete = true };
    if (w->a == NULL || id.p == NULL || w->run->started_at.p == NULL)
        return mw_nomem(c->err);
    w->began_ms = clock_ms(c);
    enum mw_rc rc = mw_reader_new(&w->reader, w->s, parser, labels, c->err);
    if (rc == MW_OK)
        rc = c->sink->expected(c->sink->ctx, w->run->source, &w->before, c->err);
    if (rc == MW_OK)
        rc = c->sink->begin(c->sink->ctx, w->s, w->run->started_at, c->err);
    for (size_t i = 0; i < w->s->addresses.n && rc == MW_OK; i++) {
        struct mw_address first = { .url = *MW_AT(w->s->addresses, struct mw_sv, i), .role = MW_ROLE_LIST, .from = MW_DAY_NONE,
                                    .to = MW_DAY_NONE, .page = 1 };
        rc = found(w, &first, c->err);
    }
    return rc;
}

/* Whether what came can be all there is. */
static void doubt(struct work *w)
{
    char text[300];
    const struct mw_tally *t = &w->run->tally;
    enum mw_lang lang = w->c->o->lang;
    int64_t answers = w->taken + w->run->failed;
    int64_t rows = (t->addresses > t->notices ? t->addresses : t->notices) + t->repeated + t->left_out + t->failed;

    if (w->s->addresses.n == 0) {
        not_complete(w, mw_sv(mw_tr(lang, "The source's file names no address to begin with.")));
    } else if (w->before > 0 && w->taken * 5 < w->before * 4 && !w->c->o->accept_loss) {
        snprintf(text, sizeof text, mw_tr(lang, "The source had %lld notices and now has %lld; it is not believed, what is stored "
                 "stays (--accept-loss takes it in)."), (long long)w->before, (long long)w->taken);
        not_complete(w, mw_sv(text));
    } else if (w->run->failed * 5 > answers) {
        snprintf(text, sizeof text, mw_tr(lang, "%lld of %lld answers could not be used."), (long long)w->run->failed,
                 (long long)answers);
        not_complete(w, mw_sv(text));
    } else if (t->expected > rows) {
        snprintf(text, sizeof text, mw_tr(lang, "The source says it has %lld entries; %lld came."), (long long)t->expected, (long long)rows);
        not_complete(w, mw_sv(text));
    }
}

static enum mw_rc end(struct work *w)
{
    MW_AUTO(mw_err_clear) struct mw_err why = MW_ERR_INIT(w->c->o->lang);
    struct crawl *c = w->c;
    struct mw_outlet outlet = { w, take, NULL, fault };
    struct mw_tally tally = { .expected = -1 };
    enum mw_rc rc = MW_OK;

    w->ended = true;
    w->first.url = w->s->addresses.n > 0 ? *MW_AT(w->s->addresses, struct mw_sv, 0) : MW_SV("");
    w->reading = &w->first;
    if (!w->stopped)
        rc = mw_reader_finish(w->reader, &outlet, &tally, &why);
    add_tally(&w->run->tally, &tally);
    w->run->failed += tally.failed;
    if (is_fatal(rc))
        return mw_fail(c->err, rc, "%s", why.msg != NULL ? why.msg : "?");
    if (rc != MW_OK && rc != MW_NOT_FOUND)
        not_complete(w, mw_sv(why.msg));
    if (w->run->complete)
        doubt(w);
    rc = MW_OK;
    for (size_t i = 0; i < w->whole.n && rc == MW_OK && w->run->complete; i++)
        rc = remember(w, MW_AT(w->whole, struct mw_fetched, i));
    w->run->ended_at = mw_arena_copy(c->a, stamp(c));
    w->run->milliseconds = clock_ms(c) - w->began_ms;
    if (rc == MW_OK)
        rc = c->sink->end(c->sink->ctx, w->run, c->err);
    mw_reader_free(w->reader);
    mw_arena_free(w->a);
    w->reader = NULL;
    w->a = NULL;
    return rc;
}

/* --- the round ------------------------------------------------------------------------------------------------------------------ */

static enum mw_rc begin_all(struct crawl *c, struct mw_run *runs, const struct mw_source *const *sources, struct mw_parser *parser,
                            const struct mw_labels *labels)
{
    enum mw_rc rc = MW_OK;
    for (size_t i = 0; i < c->n && rc == MW_OK; i++) {
        c->works[i] = (struct work){ .c = c, .s = sources[i], .run = &runs[i] };
        rc = begin(&c->works[i], parser, labels);
    }
    return rc;
}

static enum mw_rc round_of(struct crawl *c)
{
    int64_t until = c->o->max_ms > 0 ? clock_ms(c) + c->o->max_ms : INT64_MAX;
    struct mw_response got;
    enum mw_rc rc = MW_OK;

    for (bool late = false; rc == MW_OK;) {
        size_t open = 0;
        for (size_t i = 0; i < c->n && rc == MW_OK; i++) {
            struct work *w = &c->works[i];
            if (!w->ended && late)
                pause_work(w, "The time that was asked for is over.");
            if (!w->ended)
                rc = keep_busy(w);
            if (rc == MW_OK && !w->ended && (late || w->asked == 0))
                rc = end(w);
            open += !w->ended;
        }
        if (rc != MW_OK || open == 0)
            break;
        rc = mw_fetch_next(c->fetch, until, &got, c->err);
        if (rc == MW_OK)
            rc = answered(got.tag, &got);
        else if (rc == MW_NOT_FOUND) {
            late = true;
            rc = MW_OK;
        }
    }
    return rc;
}

enum mw_rc mw_crawl(struct mw_run *runs, struct mw_arena *a, const struct mw_source *const *sources, size_t n,
                    struct mw_parser *parser, const struct mw_labels *labels, const struct mw_sink *sink,
                    const struct mw_crawl_opts *opts, struct mw_err *err)
{
    struct crawl c = { .o = opts, .sink = sink, .a = a, .works = mw_arena_array(a, n, sizeof(struct work)), .n = n, .err = err };
    struct mw_fetch_opts fetch = { .agent = opts->agent, .clock = opts->clock, .seed = opts->seed, .backoff_ms = opts->backoff_ms,
                                   .cool_ms = opts->cool_ms };
    enum mw_rc rc = c.works != NULL && sodium_init() >= 0 ? mw_fetch_new(&c.fetch, &fetch, opts->lang, err) : mw_nomem(err);

    if (rc == MW_OK)
        rc = begin_all(&c, runs, sources, parser, labels);
    if (rc == MW_OK)
        rc = round_of(&c);
    mw_fetch_free(c.fetch);
    for (size_t i = 0; c.works != NULL && i < n; i++) {
        mw_reader_free(c.works[i].reader);
        mw_arena_free(c.works[i].a);
    }
    return rc;
}
