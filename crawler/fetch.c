/* The queue: who is asked when, and what an answer means. */
#include "crawler/fetch.h"

#include <stdlib.h>
#include <string.h>

#include "crawler/fetch_inside.h"
#include "crawler/url.h"
#include "lib/core/file.h"

enum { MAX_BYTES = 32 << 20, POLL_MS = 1000 };

/* --- jobs ----------------------------------------------------------------------------------------------------------------- */

static void job_free(struct mw_fetch *f, struct mw_job *job)
{
    if (job == NULL)
        return;
    mw_transfer_end(f, job);
    mw_str_free(&job->bytes);
    mw_err_clear(&job->why);
    mw_arena_free(job->a);
    free(job);
}

static bool copied(struct mw_arena *a, struct mw_sv *s)
{
    bool none = s->p == NULL;
    *s = mw_arena_copy(a, *s);
    return none || s->p != NULL;
}

static struct mw_job *job_new(struct mw_fetch *f, const struct mw_ask *ask)
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
    if ((ask->path == NULL || job->ask.path != NULL) && copied(job->a, &job->ask.url) && copied(job->a, &job->ask.body) &&
        copied(job->a, &job->ask.type) && copied(job->a, &job->ask.etag) && copied(job->a, &job->ask.last_modified))
        return job;
    job_free(f, job);
    return NULL;
}

/* The job is over: its answer waits to be fetched. */
static void job_done(struct mw_fetch *f, struct mw_job *job, enum mw_outcome outcome)
{
    job->outcome = outcome;
    job->next = NULL;
    *f->done_tail = job;
    f->done_tail = &job->next;
}

static void push(struct mw_site *s, struct mw_job *job, bool first)
{
    job->next = first ? s->head : NULL;
    if (first) {
        if (s->head == NULL)
            s->tail = &job->next;
        s->head = job;
    } else {
        *s->tail = job;
        s->tail = &job->next;
    }
}

static struct mw_job *pull(struct mw_site *s, struct mw_job **at)
{
    struct mw_job *job = *at;
    *at = job->next;
    if (job->next == NULL)
        s->tail = at;
    job->next = NULL;
    return job;
}

/* --- sites and origins ------------------------------------------------------------------------------------------------------ */

static struct mw_site *site_of(struct mw_fetch *f, struct mw_sv url)
{
    struct mw_sv name = mw_url_site(url);
    struct mw_site *s = f->sites;

    while (s != NULL && !mw_sv_eq(s->name, name))
        s = s->next;
    if (s != NULL || (s = mw_arena_alloc(f->a, sizeof *s)) == NULL)
        return s;
    *s = (struct mw_site){ .next = f->sites, .name = mw_arena_copy(f->a, name), .next_ms = INT64_MIN, .connections = 1 };
    s->tail = &s->head;
    if (s->name.p == NULL)
        return NULL;
    return f->sites = s;
}

static struct mw_origin *origin_of(struct mw_fetch *f, struct mw_sv url)
{
    struct mw_sv name = mw_url_origin(url);
    struct mw_origin *o = f->origins;

    while (o != NULL && !mw_sv_eq(o->name, name))
        o = o->next;
    if (o != NULL || (o = mw_arena_alloc(f->a, sizeof *o)) == NULL)
        return o;
    *o = (struct mw_origin){ .next = f->origins, .name = mw_arena_copy(f->a, name), .robots.delay_ms = -1 };
    if (o->name.p == NULL)
        return NULL;
    return f->origins = o;
}

static enum mw_rc enqueue(struct mw_fetch *f, struct mw_job *job, bool first, struct mw_err *err)
{
    job->site = site_of(f, job->url);
    job->origin = origin_of(f, job->url);
    if (job->site == NULL || job->origin == NULL)
        return mw_nomem(err);
    if (job->ask.connections > job->site->connections)
        job->site->connections = job->ask.connections;
    push(job->site, job, first);
    return MW_OK;
}

/* --- robots.txt ------------------------------------------------------------------------------------------------------------- */

static enum mw_rc ask_robots(struct mw_fetch *f, struct mw_job *of, struct mw_err *err)
{
    struct mw_ask ask = { .max = MW_ROBOTS_BYTES, .delay_ms = of->ask.delay_ms, .no_robots = true,
                          .allow_private = mw_may_be_private(of) };
    MW_AUTO(mw_str_free) struct mw_str url = MW_STR_INIT;

    mw_str_addf(&url, "%.*s/robots.txt", MW_SV_ARG(of->origin->name));
    ask.url = mw_str_sv(&url);
    struct mw_job *job = mw_str_ok(&url) ? job_new(f, &ask) : NULL;
    if (job == NULL)
        return mw_nomem(err);
    job->first = job->url = job->ask.url;
    job->robots_of = of->origin;
    enum mw_rc rc = enqueue(f, job, true, err);
    if (rc == MW_OK)
        of->origin->state = MW_O_ASKING;
    else
        job_free(f, job);
    return rc;
}

static void robots_done(struct mw_fetch *f, struct mw_job *job)
{
    struct mw_origin *o = job->robots_of;
    struct mw_sv bytes = mw_arena_copy(f->a, mw_str_sv(&job->bytes));

    o->state = MW_O_KNOWN;
    o->not_public = job->stop == MW_STOP_NOT_PUBLIC;
    o->access = job->stop == MW_STOP_NONE || job->stop == MW_STOP_TOO_BIG ? mw_robots_access(job->status) : MW_ROBOTS_NONE;
    if (o->access == MW_ROBOTS_READ && mw_robots_read(&o->robots, f->a, bytes, f->product, NULL) != MW_OK)
        o->access = MW_ROBOTS_NONE;
    job_free(f, job);
}

/* Whether robots.txt lets the job through; where not, it is answered. */
static bool may_ask(struct mw_fetch *f, struct mw_job *job)
{
    const struct mw_origin *o = job->origin;

    if (job->ask.no_robots || o->access == MW_ROBOTS_ALL)
        return true;
    if (o->access == MW_ROBOTS_NONE) {
        if (o->not_public)
            mw_fail(&job->why, MW_NET, "%.*s lies in a network that is not public.", MW_SV_ARG(job->url));
        else
            mw_fail(&job->why, MW_NET, "%.*s/robots.txt cannot be read, so the site is left alone (RFC 9309).",
                    MW_SV_ARG(o->name));
        job_done(f, job, MW_FAILED);
        return false;
    }
    if (mw_robots_allows(&o->robots, mw_url_target(job->url)))
        return true;
    mw_fail(&job->why, MW_NET, "robots.txt asks not to fetch %.*s.", MW_SV_ARG(job->url));
    job_done(f, job, MW_FORBIDDEN);
    return false;
}

/* --- failures ----------------------------------------------------------------------------------------------------------------- */

static void ended(struct mw_fetch *f, struct mw_job *job, enum mw_outcome outcome)
{
    if (job->robots_of != NULL)
        robots_done(f, job);
    else
        job_done(f, job, outcome);
}

static int64_t random_up_to(struct mw_fetch *f, int64_t bound) /* SplitMix64 (S. Vigna) */
{
    uint64_t z = f->dice += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (int64_t)((z ^ (z >> 31)) % ((uint64_t)bound + 1));
}

/* The circuit breaker: who failed several times in a row is left alone, twice for a while, then for good. After a pause one
 * failure is enough to trip it again. */
static void site_failed(struct mw_fetch *f, struct mw_site *s, int64_t now)
{
    if (++s->failures < MW_FETCH_FAILURES || s->closed)
        return;
    s->failures = MW_FETCH_FAILURES - 1;
    if (++s->trips < MW_FETCH_TRIPS) {
        int64_t until = now + (f->opts.cool_ms << (s->trips - 1));
        s->next_ms = until > s->next_ms ? until : s->next_ms;
        return;
    }
    s->closed = true;
}

/* Milliseconds to wait by Retry-After (RFC 9110 section 10.2.3), or -1. A date counts from the answer's own Date: whose clock
 * is right does not matter. */
static int64_t retry_after(const struct mw_job *job)
{
    struct mw_sv value = mw_transfer_header(job, "Retry-After"), date = mw_transfer_header(job, "Date");
    int64_t seconds = 0;

    if (value.p == NULL)
        return -1;
    if (!mw_sv_int(mw_sv_trim(value), &seconds)) {
        time_t until = curl_getdate(value.p, NULL), from = date.p != NULL ? curl_getdate(date.p, NULL) : -1;
        if (until < 0 || from < 0)
            return -1;
        seconds = until > from ? (int64_t)(until - from) : 0;
    }
    return seconds < 0 ? -1 : seconds > INT32_MAX ? (int64_t)INT32_MAX * 1000 : seconds * 1000;
}

/* Another try later, or the end. why is filled with what is said at the end. */
static void try_again(struct mw_fetch *f, struct mw_job *job, int64_t asked, int64_t now)
{
    int64_t bound = f->opts.backoff_ms << (job->tries - 1);

    if (asked < 0)
        site_failed(f, job->site, now);
    else if (now + asked > job->site->next_ms) /* busy, not broken: the whole site is spared */
        job->site->next_ms = now + asked;
    if (job->tries >= MW_FETCH_TRIES || asked > f->opts.patience_ms || job->site->closed) {
        ended(f, job, MW_FAILED);
        return;
    }
    job->due_ms = now + (asked >= 0 ? asked : random_up_to(f, bound));
    mw_transfer_end(f, job);
    push(job->site, job, false);
}

/* --- answers -------------------------------------------------------------------------------------------------------------------- */

static void fail(struct mw_fetch *f, struct mw_job *job)
{
    ended(f, job, MW_FAILED);
}

static void redirected(struct mw_fetch *f, struct mw_job *job, struct mw_sv location)
{
    MW_AUTO(mw_err_clear) struct mw_err err = MW_ERR_INIT(f->lang);
    struct mw_sv to;

    if (++job->hops > MW_FETCH_HOPS) {
        mw_fail(&job->why, MW_NET, "%.*s leads from address to address without end.", MW_SV_ARG(job->ask.url));
    } else if (mw_url_resolve(&to, job->a, job->url, location, &err) != MW_OK) {
        mw_fail(&job->why, MW_NET, "%.*s leads on to something else than a page: %s", MW_SV_ARG(job->url),
                err.msg != NULL ? err.msg : "?");
    } else {
        job->post = job->post && (job->status == 307 || job->status == 308);
        job->url = to;
        mw_transfer_end(f, job);
        if (enqueue(f, job, true, &job->why) == MW_OK)
            return;
    }
    fail(f, job);
}

/* A transfer that ended without an HTTP answer, or in the midst of one. */
static void broken(struct mw_fetch *f, struct mw_job *job, CURLcode code, int64_t now)
{
    struct mw_sv url = job->url;

    if (job->stop == MW_STOP_DISK) {
        mw_fail(&job->why, MW_OUTPUT, "\"%s\" cannot be written: %s.", job->ask.path, mw_reason(&job->why, job->stop_errno));
    } else if (job->stop == MW_STOP_TOO_BIG) {
        mw_fail(&job->why, MW_NET, "%.*s is larger than %zu bytes.", MW_SV_ARG(url), job->ask.max);
    } else if (job->stop == MW_STOP_NOT_PUBLIC && code == CURLE_COULDNT_CONNECT) {
        mw_fail(&job->why, MW_NET, "%.*s lies in a network that is not public.", MW_SV_ARG(url));
    } else {
        const char *reason = job->reason[0] != '\0' ? job->reason : curl_easy_strerror(code);
        mw_fail(&job->why, MW_NET, "%.*s does not answer: %s.", MW_SV_ARG(url), reason);
        job->status = 0;
        if (mw_transfer_again(code)) {
            try_again(f, job, -1, now);
            return;
        }
    }
    fail(f, job);
}

static bool is_busy(int64_t status)
{
    return status == 408 || status == 425 || status == 429 || status == 500 || (status >= 502 && status <= 504);
}

static void answered(struct mw_fetch *f, struct mw_job *job, int64_t now)
{
    struct mw_sv url = job->url, location = mw_transfer_header(job, "Location");
    int64_t status = job->status;
    bool asked_same = job->ask.etag.p != NULL || job->ask.last_modified.p != NULL;

    if (is_busy(status)) {
        mw_fail(&job->why, MW_NET, "%.*s answers with status %d.", MW_SV_ARG(url), (int)status);
        try_again(f, job, retry_after(job), now);
        return;
    }
    job->site->failures = job->site->trips = 0;
    if (location.n > 0 && (status == 301 || status == 302 || status == 303 || status == 307 || status == 308)) {
        redirected(f, job, location);
    } else if (status == 304 && asked_same) {
        ended(f, job, MW_SAME);
    } else if ((status == 200 || status == 203) && (job->got > 0 || job->robots_of != NULL)) {
        ended(f, job, MW_GOT);
    } else {
        if (status == 202)
            mw_fail(&job->why, MW_NET, "%.*s answers without its page (status 202: it may want to know whether we are human).", MW_SV_ARG(url));
        else if (status == 200 || status == 203 || status == 204)
            mw_fail(&job->why, MW_NET, "%.*s answers with an empty page.", MW_SV_ARG(url));
        else
            mw_fail(&job->why, MW_NET, "%.*s answers with status %d.", MW_SV_ARG(url), (int)status);
        fail(f, job);
    }
}

static void finished(struct mw_fetch *f, struct mw_job *job, CURLcode code)
{
    int64_t now = f->opts.clock.now_ms(f->opts.clock.ctx);

    struct mw_job **at = &f->running;
    while (*at != job)
        at = &(*at)->next;
    *at = job->next;
    mw_transfer_close(job);
    f->active--;
    job->site->active--;
    bool cut = code == CURLE_WRITE_ERROR && job->stop == MW_STOP_NONE && job->status != 200 && job->status != 203;
    if (job->stop == MW_STOP_TOO_BIG && job->robots_of != NULL)
        robots_done(f, job);
    else if ((code == CURLE_OK && job->stop != MW_STOP_DISK) || cut)
        answered(f, job, now);
    else
        broken(f, job, code, now);
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
        fail(f, job);
        return;
    }
    s->next_ms = now + delay;
    s->active++;
    f->active++;
    job->next = f->running;
    f->running = job;
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
            pull(s, at);
            if (job->why.rc == MW_OK)
                mw_fail(&job->why, MW_NET, "%.*s failed again and again and is left alone.", MW_SV_ARG(s->name));
            ended(f, job, MW_FAILED);
        } else if (robots && job->origin->state == MW_O_UNKNOWN) {
            enum mw_rc rc = ask_robots(f, job, err);
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
            pull(s, at);
            if (may_ask(f, job))
                start(f, job, now);
        }
    }
    return MW_OK;
}

static void collect(struct mw_fetch *f)
{
    CURLMsg *m;
    int left, running;

    curl_multi_perform(f->multi, &running);
    while ((m = curl_multi_info_read(f->multi, &left)) != NULL) {
        struct mw_job *job = NULL;
        CURLcode code = m->data.result;
        if (m->msg == CURLMSG_DONE && curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &job) == CURLE_OK && job != NULL)
            finished(f, job, code);
    }
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

    job_free(f, f->handed);
    f->handed = NULL;
    while (f->done == NULL) {
        int64_t now = c->now_ms(c->ctx), due = until_ms;
        if (f->waiting == 0 || now >= until_ms)
            return MW_NOT_FOUND;
        for (struct mw_site *s = f->sites; s != NULL; s = s->next) {
            enum mw_rc rc = start_site(f, s, now, &due, err);
            if (rc != MW_OK)
                return rc;
        }
        int64_t wait = due - now;
        if (f->active > 0) {
            collect(f);
            if (f->done == NULL && f->active > 0)
                curl_multi_poll(f->multi, NULL, 0, (int)(wait < POLL_MS ? wait : POLL_MS), NULL);
        } else if (f->done == NULL) {
            c->sleep_ms(c->ctx, wait < POLL_MS ? wait : POLL_MS);
        }
    }
    hand_out(f, out);
    return MW_OK;
}

enum mw_rc mw_fetch_ask(struct mw_fetch *f, const struct mw_ask *ask, struct mw_err *err)
{
    struct mw_job *job = job_new(f, ask);

    if (job == NULL)
        return mw_nomem(err);
    enum mw_rc rc = mw_url_resolve(&job->url, job->a, MW_SV_NONE, job->ask.url, &job->why);
    job->first = job->url;
    if (rc == MW_OK)
        rc = enqueue(f, job, ask->urgent, err);
    else if (rc == MW_INVALID)
        rc = (job_done(f, job, MW_FAILED), MW_OK);
    if (rc != MW_OK)
        job_free(f, job);
    else
        f->waiting++;
    return rc;
}

size_t mw_fetch_waiting(const struct mw_fetch *f)
{
    return f->waiting;
}

/* --- beginning and end ------------------------------------------------------------------------------------------------------------ */

enum mw_rc mw_fetch_new(struct mw_fetch **out, const struct mw_fetch_opts *opts, enum mw_lang lang, struct mw_err *err)
{
    struct mw_fetch *f = calloc(1, sizeof *f);

    *out = NULL;
    if (f == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
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
    f->multi = curl_multi_init();
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
        job_free(f, job);
        job = next;
    }
}

void mw_fetch_free(struct mw_fetch *f)
{
    if (f == NULL)
        return;
    for (struct mw_site *s = f->sites; s != NULL; s = s->next)
        while (s->head != NULL)
            job_free(f, pull(s, &s->head));
    free_list(f, f->running);
    free_list(f, f->done);
    job_free(f, f->handed);
    while (f->n_idle > 0)
        curl_easy_cleanup(f->idle[--f->n_idle]);
    curl_multi_cleanup(f->multi);
    mw_arena_free(f->a);
    free(f);
    curl_global_cleanup();
}
