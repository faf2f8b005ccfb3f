/* What an answer means: bytes, a failure, another address to ask, or another try. */
#include <string.h>

#include "crawler/fetch_inside.h"
#include "crawler/url.h"
#include "lib/core/file.h"

/* --- another try ------------------------------------------------------------------------------------------------------------- */

void mw_ended(struct mw_fetch *f, struct mw_job *job, enum mw_outcome outcome)
{
    if (job->robots_of != NULL)
        mw_robots_done(f, job);
    else
        mw_job_done(f, job, outcome);
}

static int64_t random_up_to(struct mw_fetch *f, int64_t bound) /* SplitMix64 (S. Vigna) */
{
    uint64_t z = f->dice += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (int64_t)((z ^ (z >> 31)) % ((uint64_t)bound + 1));
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
        time_t until = mw_curl->curl_getdate(value.p, NULL), from = date.p != NULL ? mw_curl->curl_getdate(date.p, NULL) : -1;
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
        mw_site_failed(f, job->site, now);
    else if (now + asked > job->site->next_ms) /* busy, not broken: the whole site is spared */
        job->site->next_ms = now + asked;
    if (job->tries >= MW_FETCH_TRIES || asked > f->opts.patience_ms || job->site->closed) {
        mw_ended(f, job, MW_FAILED);
        return;
    }
    job->due_ms = now + (asked >= 0 ? asked : random_up_to(f, bound));
    mw_transfer_end(f, job);
    mw_site_push(job->site, job, false);
}

/* --- answers -------------------------------------------------------------------------------------------------------------------- */

static void fail(struct mw_fetch *f, struct mw_job *job)
{
    mw_ended(f, job, MW_FAILED);
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
        if (mw_enqueue(f, job, true, &job->why) == MW_OK)
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
        const char *reason = job->reason[0] != '\0' ? job->reason : mw_curl->curl_easy_strerror(code);
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
        mw_ended(f, job, MW_SAME);
    } else if ((status == 200 || status == 203) && (job->got > 0 || job->robots_of != NULL)) {
        mw_ended(f, job, MW_GOT);
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

void mw_finished(struct mw_fetch *f, struct mw_job *job, CURLcode code)
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
        mw_robots_done(f, job);
    else if ((code == CURLE_OK && job->stop != MW_STOP_DISK) || cut)
        answered(f, job, now);
    else
        broken(f, job, code, now);
}
