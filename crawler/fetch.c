/* Asks on their way: taken in, started when their site lets them, handed out when they are answered. */
#include "crawler/fetch.h"

#include <stdlib.h>
#include <string.h>

#include "crawler/fetch_inside.h"
#include "crawler/url.h"
#include "lib/core/file.h"

enum { MAX_BYTES = 32 << 20, POLL_MS = 1000 };

/* --- jobs ----------------------------------------------------------------------------------------------------------------- */

void mw_job_free(struct mw_fetch *f, struct mw_job *job)
{
    if (job == NULL)
        return;
    mw_transfer_end(f, job);
    mw_str_free(&job->bytes);
    mw_err_clear(&job->why);
    mw_arena_free(job->a);
    free(job);
}

struct mw_job *mw_job_new(struct mw_fetch *f, const struct mw_ask *ask)
{
    struct mw_job *job = calloc(1, sizeof *job);

    if (job == NULL || (job->a = mw_arena_new()) == NULL) {
        free(job);
        return NULL;
    }
    job->ask = *ask;
    job->why.lang = f->lang;
    job->post = ask->body.p != NULL;
    job->ask.max = ask->max > 0 ? ask->max : MAX_BYTES;
    job->bytes.max = job->ask.max + 1;
    if (ask->path != NULL)
        job->ask.path = mw_arena_z(job->a, mw_sv(ask->path));
    if ((ask->path == NULL || job->ask.path != NULL) && mw_arena_own(job->a, &job->ask.url) && mw_arena_own(job->a, &job->ask.body) &&
        mw_arena_own(job->a, &job->ask.type) && mw_arena_own(job->a, &job->ask.etag) && mw_arena_own(job->a, &job->ask.last_modified))
        return job;
    mw_job_free(f, job);
    return NULL;
}

/* The job is over: its answer waits to be fetched. */
void mw_job_done(struct mw_fetch *f, struct mw_job *job, enum mw_outcome outcome)
{
    job->outcome = outcome;
    job->next = NULL;
    *f->done_tail = job;
    f->done_tail = &job->next;
}

/* --- the loop --------------------------------------------------------------------------------------------------------------------- */

static void start(struct mw_fetch *f, struct mw_job *job, int64_t now)
{
    struct mw_site *s = job->site;
    int64_t delay = job->ask.delay_ms;

    if (!job->ask.no_robots && job->origin->robots.delay_ms > delay)
        delay = job->origin->robots.delay_ms;
    job->tries++;
    if (!mw_transfer_begin(f, job)) {
        if (job->stop == MW_STOP_DISK)
            mw_fail(&job->why, MW_OUTPUT, "\"%s\" cannot be written: %s.", job->ask.path, mw_reason(&job->why, job->stop_errno));
        else
            mw_nomem(&job->why);
        mw_transfer_end(f, job);
        mw_ended(f, job, MW_FAILED);
        return;
    }
    s->next_ms = now + delay;
    s->active++;
    f->active++;
    job->next = f->running;
    f->running = job;
    f->begun = true;
}

/* Starts what may start at this site; *due becomes the time to look again where that is earlier. */
static enum mw_rc start_site(struct mw_fetch *f, struct mw_site *s, int64_t now, int64_t *due, struct mw_err *err)
{
    struct mw_job **at = &s->head;

    while (*at != NULL && (s->closed || (s->active < s->connections && f->active < f->opts.connections))) {
        struct mw_job *job = *at;
        int64_t when = job->due_ms > s->next_ms ? job->due_ms : s->next_ms;
        bool robots = !job->ask.no_robots && job->origin->state != MW_O_KNOWN;
        if (s->closed) {
            mw_site_pull(s, at);
            if (job->why.rc == MW_OK)
                mw_fail(&job->why, MW_NET, "%.*s failed again and again and is left alone.", MW_SV_ARG(s->name));
            mw_ended(f, job, MW_FAILED);
        } else if (robots && job->origin->state == MW_O_UNKNOWN) {
            enum mw_rc rc = mw_ask_robots(f, job, err);
            if (rc != MW_OK)
                return rc;
            at = &s->head;
        } else if (robots) {
            at = &job->next;
        } else if (when > now) {
            *due = when < *due ? when : *due;
            if (s->next_ms > now)
                break;
            at = &job->next;
        } else {
            mw_site_pull(s, at);
            if (mw_may_ask(f, job))
                start(f, job, now);
        }
    }
    return MW_OK;
}

static void collect(struct mw_fetch *f)
{
    CURLMsg *m;
    int left, running;

    mw_curl->curl_multi_perform(f->multi, &running);
    while ((m = mw_curl->curl_multi_info_read(f->multi, &left)) != NULL) {
        struct mw_job *job = NULL;
        CURLcode code = m->data.result;
        if (m->msg == CURLMSG_DONE && mw_curl->curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &job) == CURLE_OK && job != NULL)
            mw_finished(f, job, code);
        f->finished = true;
    }
}

static enum mw_rc start_all(struct mw_fetch *f, int64_t now, int64_t *due, struct mw_err *err)
{
    enum mw_rc rc = MW_OK;
    for (struct mw_site *s = f->sites; s != NULL && rc == MW_OK; s = s->next)
        rc = start_site(f, s, now, due, err);
    return rc;
}

/* What may start after answers came is on its way before they are read. */
static enum mw_rc ask_meanwhile(struct mw_fetch *f, struct mw_err *err)
{
    struct mw_clock *c = &f->opts.clock;
    int64_t due = INT64_MAX;
    int running;

    if (!f->finished)
        return MW_OK;
    f->finished = f->begun = false;
    enum mw_rc rc = start_all(f, c->now_ms(c->ctx), &due, err);
    if (f->begun)
        mw_curl->curl_multi_perform(f->multi, &running);
    return rc;
}

/* "text/html; charset=utf-8" (RFC 9110 section 8.3.1). */
static void read_type(struct mw_response *out, struct mw_sv header)
{
    struct mw_sv rest, parameter, key, value;

    mw_sv_cut(header, ';', &out->type, &rest);
    out->type = mw_sv_trim(out->type);
    while (rest.n > 0) {
        mw_sv_cut(rest, ';', &parameter, &rest);
        if (!mw_sv_cut(parameter, '=', &key, &value) || !mw_sv_ieq(mw_sv_trim(key), MW_SV("charset")))
            continue;
        value = mw_sv_trim(value);
        bool quoted = value.n > 1 && value.p[0] == '"';
        out->charset = quoted ? mw_sv_sub(value, 1, value.n - 2) : value;
    }
}

static void hand_out(struct mw_fetch *f, struct mw_response *out)
{
    struct mw_job *job = f->done;

    f->done = job->next;
    if (f->done == NULL)
        f->done_tail = &f->done;
    f->handed = job;
    f->waiting--;
    *out = (struct mw_response){ .tag = job->ask.tag, .outcome = job->outcome, .status = job->status, .received = job->received,
                               .url = job->url.p != NULL ? job->url : job->ask.url, .tries = job->tries, .why = job->why };
    if (job->easy != NULL) {
        out->etag = mw_transfer_header(job, "ETag");
        out->last_modified = mw_transfer_header(job, "Last-Modified");
        read_type(out, mw_transfer_header(job, "Content-Type"));
    }
    out->path = job->outcome == MW_GOT ? job->ask.path : NULL;
    out->bytes = job->outcome == MW_GOT && out->path == NULL ? mw_str_sv(&job->bytes) : MW_SV_NONE;
}

enum mw_rc mw_fetch_next(struct mw_fetch *f, int64_t until_ms, struct mw_response *out, struct mw_err *err)
{
    struct mw_clock *c = &f->opts.clock;

    mw_job_free(f, f->handed);
    f->handed = NULL;
    while (f->done == NULL) {
        int64_t now = c->now_ms(c->ctx), due = until_ms;
        if (f->waiting == 0)
            return MW_NOT_FOUND;
        enum mw_rc rc = start_all(f, now, &due, err);
        if (rc != MW_OK)
            return rc;
        int64_t wait = due - now;
        bool busy = f->active > 0;
        if (busy)
            collect(f);
        if (f->done == NULL && now >= until_ms)
            return MW_NOT_FOUND;
        if (busy) {
            if (f->done == NULL && f->active > 0)
                mw_curl->curl_multi_poll(f->multi, NULL, 0, (int)(wait < POLL_MS ? wait : POLL_MS), NULL);
        } else if (f->done == NULL) {
            c->sleep_ms(c->ctx, wait < POLL_MS ? wait : POLL_MS);
        }
    }
    hand_out(f, out);
    return ask_meanwhile(f, err);
}

enum mw_rc mw_fetch_ask(struct mw_fetch *f, const struct mw_ask *ask, struct mw_err *err)
{
    struct mw_job *job = mw_job_new(f, ask);

    if (job == NULL)
        return mw_nomem(err);
    enum mw_rc rc = mw_url_resolve(&job->url, job->a, MW_SV_NONE, job->ask.url, &job->why);
    job->first = job->url;
    if (rc == MW_OK)
        rc = mw_enqueue(f, job, ask->urgent, err);
    else if (rc == MW_INVALID)
        rc = (mw_job_done(f, job, MW_FAILED), MW_OK);
    if (rc != MW_OK)
        mw_job_free(f, job);
    else
        f->waiting++;
    return rc;
}

struct mw_job *mw_fetch_keep(struct mw_fetch *f)
{
    struct mw_job *job = f->handed;
    f->handed = NULL;
    return job;
}

void mw_fetch_drop(struct mw_fetch *f, struct mw_job *job) { mw_job_free(f, job); }

void mw_fetch_restore(struct mw_fetch *f, struct mw_job *job)
{
    mw_job_free(f, f->handed);
    f->handed = job;
}

size_t mw_fetch_waiting(const struct mw_fetch *f)
{
    return f->waiting;
}

/* --- beginning and end ------------------------------------------------------------------------------------------------------------ */

enum mw_rc mw_fetch_new(struct mw_fetch **out, const struct mw_fetch_opts *opts, enum mw_lang lang, struct mw_err *err)
{
    enum mw_rc rc = mw_curl_open(err);
    struct mw_fetch *f = rc == MW_OK ? calloc(1, sizeof *f) : NULL;

    *out = NULL;
    if (rc != MW_OK)
        return rc;
    if (f == NULL || mw_curl->curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        free(f);
        return mw_nomem(err);
    }
    f->opts = *opts;
    f->opts.timeout_ms = opts->timeout_ms > 0 ? opts->timeout_ms : 300000;
    f->opts.stall_ms = opts->stall_ms > 0 ? opts->stall_ms : 30000;
    f->opts.backoff_ms = opts->backoff_ms > 0 ? opts->backoff_ms : 2000;
    f->opts.patience_ms = opts->patience_ms > 0 ? opts->patience_ms : 600000;
    f->opts.cool_ms = opts->cool_ms > 0 ? opts->cool_ms : 60000;
    f->opts.connections = opts->connections > 0 ? opts->connections : 32;
    f->lang = lang;
    f->dice = opts->seed;
    f->done_tail = &f->done;
    f->a = mw_arena_new();
    f->multi = mw_curl->curl_multi_init();
    const char *agent = f->a != NULL ? mw_arena_z(f->a, mw_sv(opts->agent)) : NULL;
    if (agent == NULL || f->multi == NULL) {
        mw_fetch_free(f);
        return mw_nomem(err);
    }
    f->opts.agent = agent;
    f->product = mw_sv_n(agent, strspn(agent, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-"));
    *out = f;
    return MW_OK;
}

static void free_list(struct mw_fetch *f, struct mw_job *job)
{
    while (job != NULL) {
        struct mw_job *next = job->next;
        mw_job_free(f, job);
        job = next;
    }
}

void mw_fetch_free(struct mw_fetch *f)
{
    if (f == NULL)
        return;
    for (struct mw_site *s = f->sites; s != NULL; s = s->next)
        while (s->head != NULL)
            mw_job_free(f, mw_site_pull(s, &s->head));
    free_list(f, f->running);
    free_list(f, f->done);
    mw_job_free(f, f->handed);
    while (f->n_idle > 0)
        mw_curl->curl_easy_cleanup(f->idle[--f->n_idle]);
    mw_curl->curl_multi_cleanup(f->multi);
    mw_arena_free(f->a);
    free(f);
    mw_curl->curl_global_cleanup();
}
