/* Who is asked when: the queue and the pace of each site, its circuit breaker, and what its robots.txt lets through. */
#include "crawler/fetch_inside.h"
#include "crawler/url.h"

/* --- the queue of a site ---------------------------------------------------------------------------------------------------- */

void mw_site_push(struct mw_site *s, struct mw_job *job, bool first)
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

struct mw_job *mw_site_pull(struct mw_site *s, struct mw_job **at)
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

enum mw_rc mw_enqueue(struct mw_fetch *f, struct mw_job *job, bool first, struct mw_err *err)
{
    job->site = site_of(f, job->url);
    job->origin = origin_of(f, job->url);
    if (job->site == NULL || job->origin == NULL)
        return mw_nomem(err);
    if (job->ask.connections > job->site->connections)
        job->site->connections = job->ask.connections;
    mw_site_push(job->site, job, first);
    return MW_OK;
}

/* --- robots.txt ------------------------------------------------------------------------------------------------------------- */

enum mw_rc mw_ask_robots(struct mw_fetch *f, struct mw_job *of, struct mw_err *err)
{
    struct mw_ask ask = { .max = MW_ROBOTS_BYTES, .delay_ms = of->ask.delay_ms, .no_robots = true,
                          .allow_private = mw_may_be_private(of) };
    MW_AUTO(mw_str_free) struct mw_str url = MW_STR_INIT;

    mw_str_addf(&url, "%.*s/robots.txt", MW_SV_ARG(of->origin->name));
    ask.url = mw_str_sv(&url);
    struct mw_job *job = mw_str_ok(&url) ? mw_job_new(f, &ask) : NULL;
    if (job == NULL)
        return mw_nomem(err);
    job->first = job->url = job->ask.url;
    job->robots_of = of->origin;
    enum mw_rc rc = mw_enqueue(f, job, true, err);
    if (rc == MW_OK)
        of->origin->state = MW_O_ASKING;
    else
        mw_job_free(f, job);
    return rc;
}

void mw_robots_done(struct mw_fetch *f, struct mw_job *job)
{
    struct mw_origin *o = job->robots_of;
    struct mw_sv bytes = mw_arena_copy(f->a, mw_str_sv(&job->bytes));

    o->state = MW_O_KNOWN;
    o->not_public = job->stop == MW_STOP_NOT_PUBLIC;
    o->access = job->stop == MW_STOP_NONE || job->stop == MW_STOP_TOO_BIG ? mw_robots_access(job->status) : MW_ROBOTS_NONE;
    if (o->access == MW_ROBOTS_READ && mw_robots_read(&o->robots, f->a, bytes, f->product, NULL) != MW_OK)
        o->access = MW_ROBOTS_NONE;
    mw_job_free(f, job);
}

/* Whether robots.txt lets the job through; where not, it is answered. */
bool mw_may_ask(struct mw_fetch *f, struct mw_job *job)
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
        mw_job_done(f, job, MW_FAILED);
        return false;
    }
    if (mw_robots_allows(&o->robots, mw_url_target(job->url)))
        return true;
    mw_fail(&job->why, MW_NET, "robots.txt asks not to fetch %.*s.", MW_SV_ARG(job->url));
    mw_job_done(f, job, MW_FORBIDDEN);
    return false;
}

/* --- the circuit breaker ---------------------------------------------------------------------------------------------------- */

/* The circuit breaker: who failed several times in a row is left alone, twice for a while, then for good. After a pause one
 * failure is enough to trip it again. */
void mw_site_failed(struct mw_fetch *f, struct mw_site *s, int64_t now)
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
