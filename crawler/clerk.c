/* Implements clerk.h: two threads, one lock, a queue there and one back. */
#include "crawler/clerk.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { WAITING_MAX = 6 << 20, LEAST = 4096 }; /* bytes: what is fetched while a transaction ends; what the smallest thing takes with its arena */
enum { BUNCH = 64, WAKE = 256 << 10 }; /* so much is worth waking the thread for, or who waits for it */

struct same { /* what stayed as it was, or a mark behind it */
    struct mw_handed h;
    const char *source;
    struct mw_sv url;
    char at[32];
};

struct job {
    struct job *next;
    struct mw_arena *a; /* owns what waits */
    struct mw_handed h;
    const struct mw_source *source;
    const char *id;     /* of the source */
    struct mw_notice n;
    void *prepared;
    struct mw_address from;
    struct mw_fetched fetched;
    struct mw_sv key, final;
    struct mw_resource res;
    struct same *bunch;
    size_t n_bunch;
};
struct queue {
    struct job *head, **tail;
};
/* What the crawler waits for. */
enum want { NOTHING, ROOM, SINK, ALL };
struct mw_clerk {
    const struct mw_sink *sink;
    mw_handed_fn *done;
    void *ctx;
    enum mw_lang lang;
    bool apart;
    struct job *gathering; /* what is unchanged, until there are enough of it or something else comes; the crawler's own */
    pthread_t thread;
    pthread_mutex_t lock; /* of everything below */
    pthread_cond_t work, back;
    struct queue waiting, handled;
    size_t bytes;         /* that wait */
    bool busy, lent, over;
    enum want want;
    struct mw_err lost;   /* the first error that ends everything */
};

/* --- jobs ----------------------------------------------------------------------------------------------------------------- */

static void job_free(struct job *job)
{
    mw_arena_free(job->a);
    mw_err_clear(&job->h.why);
    free(job);
}

static struct job *job_new(struct mw_clerk *c, enum mw_handed_what what, void *tag)
{
    struct job *job = calloc(1, sizeof *job);

    if (job == NULL || (job->a = mw_arena_new()) == NULL) {
        free(job);
        return NULL;
    }
    job->h = (struct mw_handed){ .what = what, .tag = tag, .why = MW_ERR_INIT(c->lang) };
    return job;
}

static size_t size_of(const struct job *job) { return LEAST + mw_arena_used(job->a); }

static void put(struct queue *q, struct job *job)
{
    job->next = NULL;
    *q->tail = job;
    q->tail = &job->next;
}

static struct job *pull(struct queue *q)
{
    struct job *job = q->head;
    q->head = job->next;
    if (q->head == NULL)
        q->tail = &q->head;
    return job;
}

static void run_bunch(struct mw_clerk *c, struct job *job)
{
    const struct mw_sink *s = c->sink;
    for (size_t i = 0; i < job->n_bunch && job->h.rc == MW_OK; i++) {
        struct same *one = &job->bunch[i];
        if (one->h.what == MW_HANDED_UNCHANGED)
            job->h.rc = s->unchanged(s->ctx, one->source, one->url, mw_sv(one->at), &one->h.notices, &job->h.why);
    }
}

static void run(struct mw_clerk *c, struct job *job)
{
    const struct mw_sink *s = c->sink;
    struct mw_handed *h = &job->h;

    switch (h->what) {
    case MW_HANDED_NOTICE:
        if (h->rc == MW_OK)
            h->rc = s->take(s->ctx, job->a, job->source, &job->from, &job->n, job->prepared, &h->how, &h->why);
        break;
    case MW_HANDED_ANSWER:
        h->rc = s->keep(s->ctx, job->id, job->key, job->final, &job->res, &h->why);
        break;
    case MW_HANDED_FETCHED:
        h->rc = s->fetched(s->ctx, &job->fetched, &h->why);
        break;
    case MW_HANDED_UNCHANGED:
        run_bunch(c, job);
        return; /* all of it comes back */
    case MW_HANDED_SETTLE:
        h->rc = s->settle(s->ctx, &h->why);
        break;
    case MW_HANDED_MARK:
        break;
    }
    if (h->rc != MW_OK) {
        mw_arena_own(job->a, &h->url); /* MW_SV_NONE without memory: told of all the same */
    } else { /* nobody needs its texts any more */
        mw_arena_free(job->a);
        job->a = NULL;
    }
}

/* One bad notice is nobody else's fault. */
static bool ends_all(const struct mw_handed *h)
{
    return h->rc != MW_OK && (h->what != MW_HANDED_NOTICE || h->rc == MW_DB || h->rc == MW_OUTPUT || h->rc == MW_NOMEM);
}

static void handled(struct mw_clerk *c, struct job *job)
{
    if (c->lost.rc != MW_OK) {
        job_free(job);
    } else if (ends_all(&job->h)) {
        c->lost = job->h.why;
        c->lost.rc = job->h.rc;
        job->h.why.msg = NULL;
        job_free(job);
    } else {
        put(&c->handled, job);
    }
}

/* --- the thread -------------------------------------------------------------------------------------------------------------- */

static bool granted(const struct mw_clerk *c)
{
    switch (c->want) {
    case ROOM:
        return c->bytes <= WAITING_MAX / 2;
    case SINK:
        return !c->busy;
    case ALL:
        return !c->busy && c->waiting.head == NULL;
    case NOTHING:
        break;
    }
    return true;
}

static void await(struct mw_clerk *c, enum want want)
{
    c->want = want;
    if (!granted(c) && c->waiting.head != NULL)
        pthread_cond_signal(&c->work);
    while (!granted(c))
        pthread_cond_wait(&c->back, &c->lock);
    c->want = NOTHING;
}

static void *serve(void *clerk)
{
    struct mw_clerk *c = clerk;

    pthread_mutex_lock(&c->lock);
    for (;;) {
        while (c->lent || c->want == SINK || (c->waiting.head == NULL && !c->over))
            pthread_cond_wait(&c->work, &c->lock);
        if (c->waiting.head == NULL)
            break;
        struct job *job = pull(&c->waiting);
        size_t bytes = size_of(job);
        bool lost = c->lost.rc != MW_OK;
        c->busy = true;
        pthread_mutex_unlock(&c->lock);
        if (!lost)
            run(c, job);
        pthread_mutex_lock(&c->lock);
        c->busy = false;
        c->bytes -= bytes;
        handled(c, job);
        if (c->want != NOTHING && granted(c))
            pthread_cond_signal(&c->back);
    }
    pthread_mutex_unlock(&c->lock);
    return NULL;
}

static enum mw_rc said(struct mw_clerk *c, struct mw_err *err)
{
    return c->lost.rc == MW_OK ? MW_OK : mw_fail(err, c->lost.rc, "%s", c->lost.msg != NULL ? c->lost.msg : "?");
}

static enum mw_rc hand_now(struct mw_clerk *c, struct job *job, struct mw_err *err)
{
    if (!c->apart && c->lost.rc == MW_OK)
        run(c, job);
    pthread_mutex_lock(&c->lock);
    bool idle = c->waiting.head == NULL && !c->busy;
    if (c->apart && !(idle && job->h.what == MW_HANDED_MARK)) { /* for a mark that waits for nothing nobody is woken */
        if (c->bytes > WAITING_MAX)
            await(c, ROOM);
        c->bytes += size_of(job);
        put(&c->waiting, job);
        if (c->bytes >= WAKE || job->h.what == MW_HANDED_SETTLE)
            pthread_cond_signal(&c->work);
    } else {
        handled(c, job);
    }
    enum mw_rc rc = said(c, err);
    pthread_mutex_unlock(&c->lock);
    return rc;
}

/* What was gathered goes first, so that the order stays. */
static enum mw_rc hand_gathered(struct mw_clerk *c, struct mw_err *err)
{
    struct job *job = c->gathering;
    c->gathering = NULL;
    return job != NULL ? hand_now(c, job, err) : MW_OK;
}

static enum mw_rc hand(struct mw_clerk *c, struct job *job, struct mw_err *err)
{
    enum mw_rc rc = hand_gathered(c, err);
    if (rc == MW_OK)
        return hand_now(c, job, err);
    job_free(job);
    return rc;
}

static enum mw_rc gather(struct mw_clerk *c, const struct same *one, struct mw_err *err)
{
    struct job *job = c->gathering;

    if (job == NULL) {
        job = c->gathering = job_new(c, MW_HANDED_UNCHANGED, NULL);
        if (job == NULL || (job->bunch = mw_arena_array(job->a, BUNCH, sizeof *job->bunch)) == NULL)
            return mw_nomem(err); /* freed with the clerk */
    }
    job->bunch[job->n_bunch++] = *one;
    return job->n_bunch == BUNCH || !c->apart ? hand_gathered(c, err) : MW_OK;
}

/* --- what is handed over -------------------------------------------------------------------------------------------------------- */

static bool own_address(struct mw_arena *a, struct mw_address *x)
{
    return mw_arena_own(a, &x->url) && mw_arena_own(a, &x->of) && mw_arena_own(a, &x->modified);
}

static enum mw_rc hand_copy(struct mw_clerk *c, struct job *job, bool copied, struct mw_err *err)
{
    if (copied)
        return hand(c, job, err);
    job_free(job);
    return mw_nomem(err);
}

enum mw_rc mw_clerk_take(struct mw_clerk *c, void *tag, const struct mw_source *s, const struct mw_address *from, const struct mw_notice *n,
                         struct mw_err *err)
{
    struct job *job = job_new(c, MW_HANDED_NOTICE, tag);

    if (job == NULL)
        return mw_nomem(err);
    job->source = s;
    job->from = *from;
    job->n = *n;
    bool copied = !c->apart || (own_address(job->a, &job->from) && mw_notice_copy(&job->n, job->a, n, NULL) == MW_OK);
    job->h.url = job->n.url;
    if (copied && c->sink->prepare != NULL) /* what is wrong with it is said in its turn */
        job->h.rc = c->sink->prepare(c->sink->ctx, job->a, s, &job->n, &job->prepared, &job->h.why);
    return hand_copy(c, job, copied, err);
}

enum mw_rc mw_clerk_keep(struct mw_clerk *c, const char *source, struct mw_sv key, struct mw_sv final, const struct mw_resource *res, struct mw_err *err)
{
    struct job *job = job_new(c, MW_HANDED_ANSWER, NULL);

    if (job == NULL)
        return mw_nomem(err);
    job->id = source;
    job->key = key;
    job->final = final;
    job->res = *res;
    bool copied = !c->apart || (mw_arena_own(job->a, &job->key) && mw_arena_own(job->a, &job->final) && own_address(job->a, &job->res.from) &&
                                mw_arena_own(job->a, &job->res.charset) && mw_arena_own(job->a, &job->res.fetched_at));
    if (copied && c->sink->pack != NULL)
        copied = c->sink->pack(c->sink->ctx, job->a, &job->res, NULL) == MW_OK;
    if (copied && c->apart && job->res.unpacked == 0)
        copied = mw_arena_own(job->a, &job->res.bytes);
    return hand_copy(c, job, copied, err);
}

enum mw_rc mw_clerk_fetched(struct mw_clerk *c, const struct mw_fetched *f, struct mw_err *err)
{
    struct job *job = job_new(c, MW_HANDED_FETCHED, NULL);

    if (job == NULL)
        return mw_nomem(err);
    struct mw_fetched *own = &job->fetched;
    *own = *f;
    bool copied = !c->apart || (own_address(job->a, &own->address) && mw_arena_own(job->a, &own->etag) && mw_arena_own(job->a, &own->last_modified) &&
                                mw_arena_own(job->a, &own->hash) && mw_arena_own(job->a, &own->fetched_at) && mw_arena_own(job->a, &own->type));
    return hand_copy(c, job, copied, err);
}

static enum mw_rc hand_word(struct mw_clerk *c, enum mw_handed_what what, void *tag, struct mw_err *err)
{
    struct job *job = job_new(c, what, tag);
    return job != NULL ? hand(c, job, err) : mw_nomem(err);
}

enum mw_rc mw_clerk_settle(struct mw_clerk *c, void *tag, struct mw_err *err)
{
    return c->sink->settle != NULL ? hand_word(c, MW_HANDED_SETTLE, tag, err) : MW_OK;
}

enum mw_rc mw_clerk_mark(struct mw_clerk *c, void *tag, struct mw_err *err)
{
    if (c->gathering == NULL)
        return hand_word(c, MW_HANDED_MARK, tag, err);
    return gather(c, &(struct same){ .h = { .what = MW_HANDED_MARK, .tag = tag } }, err);
}

enum mw_rc mw_clerk_unchanged(struct mw_clerk *c, void *tag, const char *source, struct mw_sv url, struct mw_sv at, struct mw_err *err)
{
    struct same one = { .h = { .what = MW_HANDED_UNCHANGED, .tag = tag, .url = url }, .source = source, .url = url };
    snprintf(one.at, sizeof one.at, "%.*s", MW_SV_ARG(at));
    return gather(c, &one, err);
}

enum mw_rc mw_clerk_collect(struct mw_clerk *c, struct mw_err *err)
{
    struct queue back;

    pthread_mutex_lock(&c->lock);
    back.head = c->handled.head;
    c->handled = (struct queue){ NULL, &c->handled.head };
    enum mw_rc rc = said(c, err);
    pthread_mutex_unlock(&c->lock);
    for (struct job *next, *job = back.head; job != NULL; job = next) {
        next = job->next;
        for (size_t i = 0; i < job->n_bunch; i++)
            c->done(c->ctx, &job->bunch[i].h);
        if (job->h.what != MW_HANDED_ANSWER && job->h.what != MW_HANDED_FETCHED && job->h.what != MW_HANDED_UNCHANGED)
            c->done(c->ctx, &job->h);
        job_free(job);
    }
    return rc;
}

/* --- the sink itself --------------------------------------------------------------------------------------------------------- */

enum mw_rc mw_clerk_lend(const struct mw_sink **sink, struct mw_clerk *c, enum mw_clerk_when when, struct mw_err *err)
{
    *sink = c->sink;
    enum mw_rc rc = when == MW_IN_ORDER ? hand_gathered(c, err) : MW_OK;
    if (rc != MW_OK)
        return rc;
    pthread_mutex_lock(&c->lock);
    if (c->apart)
        await(c, when == MW_IN_ORDER ? ALL : SINK);
    rc = said(c, err);
    c->lent = rc == MW_OK;
    if (!c->lent) /* the thread stood back for nothing */
        pthread_cond_signal(&c->work);
    pthread_mutex_unlock(&c->lock);
    return rc;
}

void mw_clerk_return(struct mw_clerk *c)
{
    pthread_mutex_lock(&c->lock);
    c->lent = false;
    if (c->waiting.head != NULL) /* waking it for nothing would cost more than most questions */
        pthread_cond_signal(&c->work);
    pthread_mutex_unlock(&c->lock);
}

/* --- beginning and end ----------------------------------------------------------------------------------------------------------- */

enum mw_rc mw_clerk_new(struct mw_clerk **out, const struct mw_sink *sink, mw_handed_fn *done, void *ctx, enum mw_lang lang, struct mw_err *err)
{
    struct mw_clerk *c = calloc(1, sizeof *c);

    *out = c;
    if (c == NULL)
        return mw_nomem(err);
    *c = (struct mw_clerk){ .sink = sink, .done = done, .ctx = ctx, .lang = lang, .lost = MW_ERR_INIT(lang) };
    c->waiting.tail = &c->waiting.head;
    c->handled.tail = &c->handled.head;
    pthread_mutex_init(&c->lock, NULL);
    pthread_cond_init(&c->work, NULL);
    pthread_cond_init(&c->back, NULL);
    c->apart = sink->apart && pthread_create(&c->thread, NULL, serve, c) == 0; /* else it takes longer, that is all */
    return MW_OK;
}

void mw_clerk_free(struct mw_clerk *c)
{
    if (c == NULL)
        return;
    if (c->gathering != NULL && c->gathering->n_bunch > 0)
        hand_gathered(c, NULL);
    else if (c->gathering != NULL)
        job_free(c->gathering);
    pthread_mutex_lock(&c->lock);
    c->over = true;
    c->want = NOTHING;
    pthread_cond_signal(&c->work);
    pthread_mutex_unlock(&c->lock);
    if (c->apart)
        pthread_join(c->thread, NULL);
    while (c->handled.head != NULL)
        job_free(pull(&c->handled));
    pthread_cond_destroy(&c->back);
    pthread_cond_destroy(&c->work);
    pthread_mutex_destroy(&c->lock);
    mw_err_clear(&c->lost);
    free(c);
}
