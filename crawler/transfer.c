/* One request over libcurl: its options, and what is refused while it runs. */
#include <errno.h>
#include <string.h>

#include "crawler/address.h"
#include "crawler/fetch_inside.h"
#include "crawler/url.h"

enum { ERROR_BODY_MAX = 1 << 20, STALL_BYTES = 64, CONNECT_MS = 20000 };

/* --- callbacks ---------------------------------------------------------------------------------------------------------- */

bool mw_may_be_private(const struct mw_job *job)
{
    return job->ask.allow_private && (job->hops == 0 || mw_sv_eq(mw_url_host(job->url), mw_url_host(job->first)));
}

static curl_socket_t open_socket(void *ctx, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct mw_job *job = ctx;

    if (purpose != CURLSOCKTYPE_IPCXN || (!mw_may_be_private(job) && !mw_address_public(&address->addr))) {
        job->stop = MW_STOP_NOT_PUBLIC; /* of several addresses another one may still do */
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static size_t take(char *bytes, size_t size, size_t n, void *ctx)
{
    struct mw_job *job = ctx;
    long status = 0;

    n *= size;
    mw_curl->curl_easy_getinfo(job->easy, CURLINFO_RESPONSE_CODE, &status);
    job->got += n;
    if (status != 200 && status != 203) /* nobody reads the body of an error, but it shall end */
        return job->got <= ERROR_BODY_MAX ? n : 0;
    size_t max = job->ask.max;
    if (job->got > max) {
        job->stop = MW_STOP_TOO_BIG;
        if (job->robots_of != NULL && job->bytes.n < max)
            mw_str_add(&job->bytes, mw_sv_n(bytes, max - job->bytes.n)); /* its beginning counts */
        return 0;
    }
    if (job->file == NULL) {
        mw_str_add(&job->bytes, mw_sv_n(bytes, n));
        return mw_str_ok(&job->bytes) ? n : 0;
    }
    if (fwrite(bytes, 1, n, job->file) == n)
        return n;
    job->stop = MW_STOP_DISK;
    job->stop_errno = errno;
    return 0;
}

/* --- beginning ------------------------------------------------------------------------------------------------------------ */

static bool add_header(struct mw_job *job, const char *name, struct mw_sv value)
{
    if (value.p == NULL)
        return true;
    for (size_t i = 0; i < value.n; i++)
        if ((unsigned char)value.p[i] < ' ')
            return true; /* what would end the line is not sent */
    const char *line = mw_arena_printf(job->a, "%s: %.*s", name, MW_SV_ARG(value)).p;
    struct curl_slist *more = line != NULL ? mw_curl->curl_slist_append(job->headers, line) : NULL;
    if (more != NULL)
        job->headers = more;
    return more != NULL;
}

static bool add_headers(struct mw_job *job)
{
    bool ok = add_header(job, "If-None-Match", job->ask.etag) && add_header(job, "If-Modified-Since", job->ask.last_modified);
    if (job->post) /* without Expect: a hundred bytes need no leave */
        ok = ok && add_header(job, "Content-Type", job->ask.type.p != NULL ? job->ask.type : MW_SV("application/octet-stream")) &&
             add_header(job, "Expect", MW_SV(""));
    return ok;
}

/* What holds for every request: said once to a handle, which then serves one after the other. */
static CURL *new_handle(const struct mw_fetch *f)
{
    CURL *e = mw_curl->curl_easy_init();
    long stall = (long)((f->opts.stall_ms + 999) / 1000);

    if (e == NULL)
        return NULL;
    mw_curl->curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);       /* SIGPIPE is ignored by whoever crawls; asking again and again costs three calls each time */
    mw_curl->curl_easy_setopt(e, CURLOPT_USERAGENT, f->opts.agent);
    mw_curl->curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "http,https");
    mw_curl->curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 0L); /* every hop is a request of the queue */
    mw_curl->curl_easy_setopt(e, CURLOPT_PROXY, "");          /* behind a proxy the address could not be checked */
    mw_curl->curl_easy_setopt(e, CURLOPT_ACCEPT_ENCODING, "");
    mw_curl->curl_easy_setopt(e, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    mw_curl->curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    mw_curl->curl_easy_setopt(e, CURLOPT_TIMEOUT_MS, (long)f->opts.timeout_ms);
    mw_curl->curl_easy_setopt(e, CURLOPT_LOW_SPEED_LIMIT, (long)STALL_BYTES);
    mw_curl->curl_easy_setopt(e, CURLOPT_LOW_SPEED_TIME, stall);
    mw_curl->curl_easy_setopt(e, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    mw_curl->curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, take);
    return e;
}

/* What is this request's own; all of it is said anew each time, so that nothing of the one before stays. */
static void set_options(struct mw_fetch *f, struct mw_job *job)
{
    CURL *e = job->easy;

    mw_curl->curl_easy_setopt(e, CURLOPT_URL, job->url.p);
    mw_curl->curl_easy_setopt(e, CURLOPT_PRIVATE, job);
    mw_curl->curl_easy_setopt(e, CURLOPT_ERRORBUFFER, job->reason);
    mw_curl->curl_easy_setopt(e, CURLOPT_OPENSOCKETDATA, job);
    mw_curl->curl_easy_setopt(e, CURLOPT_WRITEDATA, job);
    mw_curl->curl_easy_setopt(e, CURLOPT_HTTPHEADER, job->headers);
    if (job->post) {
        mw_curl->curl_easy_setopt(e, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)job->ask.body.n);
        mw_curl->curl_easy_setopt(e, CURLOPT_POSTFIELDS, job->ask.body.p);
    } else {
        mw_curl->curl_easy_setopt(e, CURLOPT_HTTPGET, 1L);
    }
    f->private_seen = f->private_seen || mw_may_be_private(job);
    bool anew = f->private_seen && !mw_may_be_private(job); /* an open connection is not checked again */
    mw_curl->curl_easy_setopt(e, CURLOPT_FRESH_CONNECT, (long)anew);
}

bool mw_transfer_begin(struct mw_fetch *f, struct mw_job *job)
{
    job->got = 0;
    job->stop = MW_STOP_NONE;
    job->reason[0] = '\0';
    mw_str_clear(&job->bytes);
    job->easy = f->n_idle > 0 ? f->idle[--f->n_idle] : new_handle(f);
    if (job->easy == NULL || !add_headers(job))
        return false;
    if (job->ask.path != NULL && (job->file = fopen(job->ask.path, "wbe")) == NULL) {
        job->stop = MW_STOP_DISK;
        job->stop_errno = errno;
        return false;
    }
    set_options(f, job);
    return mw_curl->curl_multi_add_handle(f->multi, job->easy) == CURLM_OK;
}

/* --- the end ---------------------------------------------------------------------------------------------------------------- */

void mw_transfer_close(struct mw_job *job)
{
    long status = 0, head = 0;
    curl_off_t body = 0;

    mw_curl->curl_easy_getinfo(job->easy, CURLINFO_RESPONSE_CODE, &status);
    mw_curl->curl_easy_getinfo(job->easy, CURLINFO_HEADER_SIZE, &head);
    mw_curl->curl_easy_getinfo(job->easy, CURLINFO_SIZE_DOWNLOAD_T, &body);
    job->status = status;
    job->received += (int64_t)head + (int64_t)body;
    if (job->file != NULL && fclose(job->file) != 0 && job->stop == MW_STOP_NONE) {
        job->stop = MW_STOP_DISK;
        job->stop_errno = errno;
    }
    job->file = NULL;
}

struct mw_sv mw_transfer_header(const struct mw_job *job, const char *name)
{
    struct curl_header *h = NULL;
    if (mw_curl->curl_easy_header(job->easy, name, 0, CURLH_HEADER, -1, &h) != CURLHE_OK)
        return MW_SV_NONE;
    struct mw_sv value = mw_sv(h->value);
    return mw_utf8_invalid_at(value) == SIZE_MAX ? mw_arena_copy(job->a, value) : MW_SV_NONE;
}

void mw_transfer_end(struct mw_fetch *f, struct mw_job *job)
{
    if (job->easy == NULL)
        return;
    mw_curl->curl_multi_remove_handle(f->multi, job->easy);
    if (f->n_idle < sizeof f->idle / sizeof *f->idle) {
        mw_curl->curl_easy_setopt(job->easy, CURLOPT_HTTPHEADER, NULL);
        mw_curl->curl_easy_setopt(job->easy, CURLOPT_ERRORBUFFER, NULL);
        f->idle[f->n_idle++] = job->easy;
    } else {
        mw_curl->curl_easy_cleanup(job->easy);
    }
    if (job->file != NULL)
        fclose(job->file);
    mw_curl->curl_slist_free_all(job->headers);
    job->easy = NULL;
    job->file = NULL;
    job->headers = NULL;
}

bool mw_transfer_again(CURLcode code)
{
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        return true;
    default:
        return false;
    }
}
