/* Addresses to bytes, politely: one loop over libcurl, and a queue of our own.
 *
 *     mw_fetch_new, mw_fetch_ask ..., mw_fetch_next until nothing is left, mw_fetch_free
 *
 * Every registrable domain has its own pace: so many connections, so much time between two requests, more where robots.txt
 * asks for more. Busy and broken sites are asked again after what Retry-After says, else after a random time within a
 * doubling bound ("full jitter"); a site that fails again and again is left alone for a while, then for good. Every hop of
 * a redirect is a request like any other: its address is checked, its robots.txt obeyed, its site's pace kept. Sockets are
 * opened to public addresses only, whatever a name resolves to, unless the ask says otherwise; then to its own host, but to no
 * other one of the private network that a redirect names.
 *
 * Neither clock nor dice below: both are arguments, so that a night can be tested in a second. */
#ifndef MW_CRAWLER_FETCH_H
#define MW_CRAWLER_FETCH_H

#include "lib/core/arena.h"
#include "lib/core/err.h"

struct mw_clock {
    void *ctx;
    int64_t (*now_ms)(void *ctx);             /* grows; from any beginning */
    void (*sleep_ms)(void *ctx, int64_t ms);  /* called only while nothing is on its way */
};
struct mw_fetch_opts {
    const char *agent;       /* the User-Agent, with a contact; its letters up to the first other one name us to robots.txt */
    struct mw_clock clock;
    uint64_t seed;           /* of the random times */
    int64_t timeout_ms;      /* of one request; 0: 5 minutes */
    int64_t stall_ms;        /* so long less than 64 bytes a second: given up; 0: 30 seconds */
    int64_t backoff_ms;      /* bound of the first random time; 0: 2 seconds */
    int64_t patience_ms;     /* who asks to wait longer is left; 0: 10 minutes */
    int64_t cool_ms;         /* how long a failing site is left alone; 0: 1 minute */
    int connections;         /* of all sites together; 0: 32 */
};
enum { MW_FETCH_HOPS = 5, MW_FETCH_TRIES = 4, MW_FETCH_FAILURES = 5, MW_FETCH_TRIPS = 3 };

struct mw_ask { /* copied */
    void *tag;                          /* comes back with the answer */
    struct mw_sv url;                   /* resolved here (url.h) */
    struct mw_sv body, type;            /* a POST of this body as that type; body MW_SV_NONE: a GET */
    struct mw_sv etag, last_modified;   /* of the bytes we have; MW_SV_NONE */
    size_t max;                         /* bytes, after decompression; 0: 32 MiB */
    const char *path;                   /* the body goes to this file; NULL: to memory */
    int64_t delay_ms;                   /* least time between the beginnings of two requests to the site */
    int connections;                    /* to the site at once; 0: 1 */
    bool no_robots;                     /* an interface meant for programs */
    bool allow_private;
    bool urgent;                        /* before all others of its site that wait */
};
enum mw_outcome {
    MW_GOT,       /* bytes */
    MW_SAME,      /* 304: what we have is still right */
    MW_FORBIDDEN, /* robots.txt keeps us out */
    MW_FAILED     /* nothing usable; why says so */
};
struct mw_response { /* everything lives until the next call of mw_fetch_next(); the file stays */
    void *tag;
    enum mw_outcome outcome;
    int64_t status;                     /* of HTTP; 0: no answer */
    struct mw_sv url;                   /* where it came from, after redirects; canonical where the ask's address is one */
    struct mw_sv bytes;
    const char *path;
    struct mw_sv etag, last_modified, type, charset; /* MW_SV_NONE: not sent */
    int64_t received;                   /* bytes of all tries and hops, as they came over the wire */
    int tries;
    struct mw_err why;                  /* of MW_FORBIDDEN and MW_FAILED: a sentence */
};
struct mw_fetch;
enum mw_rc mw_fetch_new(struct mw_fetch **out, const struct mw_fetch_opts *opts, enum mw_lang lang, struct mw_err *err);
void mw_fetch_free(struct mw_fetch *f); /* what is on its way is dropped */
static inline void mw_fetch_freep(struct mw_fetch **f) { mw_fetch_free(*f); }
/* Queues it. An address that is none is answered, too. Errors: MW_NOMEM. */
enum mw_rc mw_fetch_ask(struct mw_fetch *f, const struct mw_ask *ask, struct mw_err *err);
/* The next answer, in the order they come. MW_NOT_FOUND: nothing is left, or the time until_ms of the clock (INT64_MAX: no
 * limit) has come while mw_fetch_waiting() says how many are still to come. With a time that is past it does not wait: what may
 * start is started, what has come is taken. */
enum mw_rc mw_fetch_next(struct mw_fetch *f, int64_t until_ms, struct mw_response *out, struct mw_err *err);
/* The answer given last lives on beyond the next call (NULL: there is none): until it is dropped, which must be before
 * mw_fetch_free(), or put back, as if it had been given last. */
struct mw_job;
struct mw_job *mw_fetch_keep(struct mw_fetch *f);
void mw_fetch_drop(struct mw_fetch *f, struct mw_job *job);
void mw_fetch_restore(struct mw_fetch *f, struct mw_job *job);
size_t mw_fetch_waiting(const struct mw_fetch *f);

#endif
