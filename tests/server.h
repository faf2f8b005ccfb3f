/* A web server of the test's own on 127.0.0.1 (or another address of this computer): every page is a row of a table that says how it behaves.
 *
 * "{port}" in bodies and header values becomes the server's port. What was asked is kept in order. */
#ifndef MW_TESTS_SERVER_H
#define MW_TESTS_SERVER_H

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <time.h>
#include <zlib.h>

#include "tests/test.h"

struct server;
struct page {
    const char *path;          /* with the query; "/list*": all that begin so */
    int status;                /* 0: 200 */
    const char *body;
    const char *headers[8];    /* name, value, ... NULL */
    int refusals, refusal;     /* the first times another status */
    size_t repeat;             /* the body so many times */
    bool gzip;                 /* sent compressed */
    size_t cut;                /* the connection ends after so many bytes */
    bool chunked;              /* without Content-Length: nobody knows how much is to come */
    int stall_ms;              /* between each byte */
    const char *etag;          /* 304 for who has it */
    void (*make)(struct server *s, const char *path, struct mw_str *body);
};
struct asked {
    char path[200], agent[100], body[1600], type[100];
};
struct server {
    struct MHD_Daemon *daemon;
    int port;
    const struct page *pages;
    size_t n;
    pthread_mutex_t lock;
    struct asked asked[4096];
    size_t n_asked;
    int seen[64];              /* how often each page was asked for */
    void *ctx;                 /* of make() */
};

struct body { /* of one response */
    char *bytes;
    size_t n, cut;
    int stall_ms;
};

static inline ssize_t server_bytes(void *ctx, uint64_t at, char *out, size_t max)
{
    struct body *b = ctx;
    if (b->cut > 0 && at >= b->cut)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    if (at >= b->n)
        return MHD_CONTENT_READER_END_OF_STREAM;
    size_t n = b->n - at;
    if (b->stall_ms > 0) {
        nanosleep(&(struct timespec){ b->stall_ms / 1000, b->stall_ms % 1000 * 1000000L }, NULL);
        n = 1;
    }
    if (b->cut > 0 && n > b->cut - at)
        n = b->cut - at;
    n = n < max ? n : max;
    memcpy(out, b->bytes + at, n);
    return (ssize_t)n;
}

static inline void server_bytes_free(void *ctx)
{
    free(((struct body *)ctx)->bytes);
    free(ctx);
}

static inline void server_add_text(struct mw_str *out, const char *text, int port)
{
    const char *mark;
    for (; (mark = strstr(text, "{port}")) != NULL; text = mark + 6) {
        mw_str_add(out, mw_sv_n(text, (size_t)(mark - text)));
        mw_str_addf(out, "%d", port);
    }
    mw_str_addz(out, text);
}

static inline void server_gzip(struct body *b)
{
    z_stream z = { 0 };
    size_t max = b->n / 500 + 1000 + b->n % 500;
    char *out = malloc(b->n + max);
    deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
    z.next_in = (unsigned char *)b->bytes;
    z.avail_in = (unsigned)b->n;
    z.next_out = (unsigned char *)out;
    z.avail_out = (unsigned)(b->n + max);
    deflate(&z, Z_FINISH);
    b->n = z.total_out;
    deflateEnd(&z);
    free(b->bytes);
    b->bytes = out;
}

static inline struct MHD_Response *server_response(struct server *s, const struct page *p, const char *path, bool plain)
{
    struct mw_str text = MW_STR_INIT;
    struct body *b = calloc(1, sizeof *b);
    for (size_t i = 0; !plain && i < (p->repeat > 0 ? p->repeat : 1); i++) {
        if (p->make != NULL)
            p->make(s, path, &text);
        else if (p->body != NULL)
            server_add_text(&text, p->body, s->port);
    }
    b->n = text.n;
    b->bytes = mw_str_take(&text);
    b->cut = p->cut;
    b->stall_ms = p->stall_ms;
    if (p->gzip && !plain)
        server_gzip(b);
    struct MHD_Response *r = MHD_create_response_from_callback(p->chunked ? MHD_SIZE_UNKNOWN : b->n, 4096, server_bytes, b, server_bytes_free);
    if (p->gzip && !plain)
        MHD_add_response_header(r, "Content-Encoding", "gzip");
    if (p->etag != NULL)
        MHD_add_response_header(r, "ETag", p->etag);
    for (size_t i = 0; p->headers[i] != NULL; i += 2) {
        struct mw_str value = MW_STR_INIT;
        server_add_text(&value, p->headers[i + 1], s->port);
        MHD_add_response_header(r, p->headers[i], mw_str_z(&value));
        mw_str_free(&value);
    }
    return r;
}

static inline void server_log(char *out, size_t max, const char *text)
{
    snprintf(out, max, "%s", text != NULL ? text : "");
}


static inline enum MHD_Result server_query_pair(void *ctx, enum MHD_ValueKind kind, const char *key, const char *value)
{
    struct mw_str *out = ctx;
    (void)kind;
    mw_str_addf(out, "%c%s", strchr(mw_str_z(out), '?') == NULL ? '?' : '&', key);
    if (value != NULL)
        mw_str_addf(out, "=%s", value);
    return MHD_YES;
}

static inline enum MHD_Result server_answer(void *ctx, struct MHD_Connection *c, const char *url, const char *method,
                                            const char *version, const char *upload, size_t *upload_n, void **state)
{
    static const struct page NONE = { .path = "", .status = 404, .body = "none" };
    struct server *s = ctx;
    struct mw_str path = MW_STR_INIT;
    (void)version;

    if (*state == NULL) { /* the head alone; the body follows */
        *state = calloc(1, sizeof(struct asked));
        return MHD_YES;
    }
    struct asked *a = *state;
    if (*upload_n > 0) {
        size_t had = strlen(a->body), room = sizeof a->body - 1 - had;
        memcpy(a->body + had, upload, *upload_n < room ? *upload_n : room);
        *upload_n = 0;
        return MHD_YES;
    }
    mw_str_addz(&path, url);
    MHD_get_connection_values(c, MHD_GET_ARGUMENT_KIND, server_query_pair, &path);
    server_log(a->path, sizeof a->path, mw_str_z(&path));
    server_log(a->agent, sizeof a->agent, MHD_lookup_connection_value(c, MHD_HEADER_KIND, "User-Agent"));
    server_log(a->type, sizeof a->type, strcmp(method, "POST") == 0 ? MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Content-Type") : "");
    const struct page *p = &NONE;
    pthread_mutex_lock(&s->lock);
    for (size_t i = 0; i < s->n && p == &NONE; i++) {
        size_t n = strlen(s->pages[i].path);
        bool prefix = n > 0 && s->pages[i].path[n - 1] == '*';
        if (prefix ? strncmp(s->pages[i].path, mw_str_z(&path), n - 1) == 0 : strcmp(s->pages[i].path, mw_str_z(&path)) == 0)
            p = &s->pages[i];
    }
    if (s->n_asked < COUNT(s->asked))
        s->asked[s->n_asked++] = *a;
    int times = p != &NONE ? s->seen[p - s->pages]++ : 0;
    pthread_mutex_unlock(&s->lock);
    const char *has = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "If-None-Match");
    bool refused = times < p->refusals, same = !refused && p->etag != NULL && has != NULL && strcmp(has, p->etag) == 0;
    struct MHD_Response *r = server_response(s, p, mw_str_z(&path), refused || same);
    int status = refused ? p->refusal : same ? 304 : p->status != 0 ? p->status : 200;
    enum MHD_Result ok = MHD_queue_response(c, (unsigned)status, r);
    MHD_destroy_response(r);
    mw_str_free(&path);
    return ok;
}

static inline void server_over(void *ctx, struct MHD_Connection *c, void **state, enum MHD_RequestTerminationCode code)
{
    (void)ctx, (void)c, (void)code;
    free(*state);
}

static inline void server_start_at(struct server *s, const struct page *pages, size_t n, const char *address)
{
    memset(s, 0, sizeof *s);
    s->pages = pages;
    s->n = n;
    pthread_mutex_init(&s->lock, NULL);
    struct sockaddr_in here = { .sin_family = AF_INET, .sin_addr.s_addr = inet_addr(address) };
    s->daemon = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION, 0, NULL, NULL, server_answer, s,
                                 MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&here, MHD_OPTION_NOTIFY_COMPLETED, server_over, NULL,
                                 MHD_OPTION_END);
    assert_non_null(s->daemon);
    s->port = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
}

static inline void server_start(struct server *s, const struct page *pages, size_t n)
{
    server_start_at(s, pages, n, "127.0.0.1");
}

static inline void server_stop(struct server *s)
{
    MHD_stop_daemon(s->daemon);
    pthread_mutex_destroy(&s->lock);
}

/* How often a path was asked for. */
static inline size_t server_asked(struct server *s, const char *path)
{
    size_t n = 0;
    pthread_mutex_lock(&s->lock);
    for (size_t i = 0; i < s->n_asked; i++)
        n += strcmp(s->asked[i].path, path) == 0;
    pthread_mutex_unlock(&s->lock);
    return n;
}

#endif
