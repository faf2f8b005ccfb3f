/* What fetch.c (asks on their way), site.c (who is asked when), verdict.c (what answers mean) and transfer.c (one request over
 * libcurl) share; nobody else includes this. */
#ifndef MW_CRAWLER_FETCH_INSIDE_H
#define MW_CRAWLER_FETCH_INSIDE_H

#include <stdio.h>

#include "crawler/curl.h"
#include "crawler/fetch.h"
#include "crawler/robots.h"

struct mw_origin { /* scheme, host and port: what has a robots.txt */
    struct mw_origin *next;
    struct mw_sv name;
    enum { MW_O_UNKNOWN, MW_O_ASKING, MW_O_KNOWN } state;
    enum mw_robots_access access;
    bool not_public;
    struct mw_robots robots;
};
struct mw_site { /* a registrable domain: what has a pace */
    struct mw_site *next;
    struct mw_sv name;
    struct mw_job *head, **tail;   /* what waits, in order */
    int active, connections;
    int64_t next_ms;               /* no request before */
    int failures, trips;
    bool closed;
};
/* What stopped a transfer from our side. */
enum mw_stop { MW_STOP_NONE, MW_STOP_TOO_BIG, MW_STOP_NOT_PUBLIC, MW_STOP_DISK };
struct mw_job { /* one ask on its way through hops and tries */
    struct mw_job *next;
    struct mw_arena *a;            /* owns the texts */
    struct mw_ask ask;
    struct mw_sv first, url;       /* of the first hop, of this one; canonical */
    bool post;
    struct mw_site *site;
    struct mw_origin *origin, *robots_of; /* robots_of: this job asks for the robots.txt of that origin */
    int tries, hops;
    int64_t due_ms;
    /* the transfer */
    CURL *easy;
    struct curl_slist *headers;
    FILE *file;
    struct mw_str bytes;
    size_t got;                    /* bytes of the body, decompressed */
    enum mw_stop stop;
    int stop_errno;
    char reason[CURL_ERROR_SIZE];
    /* the answer */
    int64_t status, received;
    enum mw_outcome outcome;
    struct mw_err why;
};
struct mw_fetch {
    struct mw_fetch_opts opts;
    enum mw_lang lang;
    struct mw_sv product;
    CURLM *multi;
    CURL *idle[16];
    size_t n_idle;
    struct mw_arena *a;            /* owns sites, origins and robots */
    struct mw_site *sites;
    struct mw_origin *origins;
    struct mw_job *running;        /* on their way */
    struct mw_job *done, **done_tail, *handed;
    size_t waiting;                /* asks without an answer */
    int active;
    uint64_t dice;
    bool finished, begun;          /* since what may start was looked for last: some are over, some began */
    bool private_seen;             /* connections into the own network may be open */
};

/* --- fetch.c ---------------------------------------------------------------------------------------------------------------- */
struct mw_job *mw_job_new(struct mw_fetch *f, const struct mw_ask *ask); /* NULL: no memory */
void mw_job_free(struct mw_fetch *f, struct mw_job *job);
/* The job is over: its answer waits to be fetched. */
void mw_job_done(struct mw_fetch *f, struct mw_job *job, enum mw_outcome outcome);

/* --- site.c ----------------------------------------------------------------------------------------------------------------- */
/* Into the queue of a site, and out of the place where it waits. */
void mw_site_push(struct mw_site *s, struct mw_job *job, bool first);
struct mw_job *mw_site_pull(struct mw_site *s, struct mw_job **at);
/* Queues the hop that the job is at, with the site and origin of its address. */
enum mw_rc mw_enqueue(struct mw_fetch *f, struct mw_job *job, bool first, struct mw_err *err);
/* Sends for the robots.txt of the job's origin; what came is read, and its job freed. */
enum mw_rc mw_ask_robots(struct mw_fetch *f, struct mw_job *of, struct mw_err *err);
void mw_robots_done(struct mw_fetch *f, struct mw_job *job);
/* Whether robots.txt lets the job through; where not, it is answered. */
bool mw_may_ask(struct mw_fetch *f, struct mw_job *job);
/* One more failure in a row. */
void mw_site_failed(struct mw_fetch *f, struct mw_site *s, int64_t now);

/* --- verdict.c -------------------------------------------------------------------------------------------------------------- */
/* No further try and no further hop: answered, or the robots.txt that it asked for is read. */
void mw_ended(struct mw_fetch *f, struct mw_job *job, enum mw_outcome outcome);
/* The transfer is over. */
void mw_finished(struct mw_fetch *f, struct mw_job *job, CURLcode code);

/* --- transfer.c ------------------------------------------------------------------------------------------------------------- */
/* Begins the request of this hop. false: no memory, or the file cannot be made (job->stop). */
bool mw_transfer_begin(struct mw_fetch *f, struct mw_job *job);
/* Takes the finished request apart: fills status and received, closes the file. Headers can be asked for until
 * mw_transfer_end(). */
void mw_transfer_close(struct mw_job *job);
struct mw_sv mw_transfer_header(const struct mw_job *job, const char *name); /* copied; MW_SV_NONE: not sent */
void mw_transfer_end(struct mw_fetch *f, struct mw_job *job);
/* Whether this hop may lead into a private network. Leave to ask there is leave for that host, not for wherever it redirects us. */
bool mw_may_be_private(const struct mw_job *job);
bool mw_transfer_again(CURLcode code); /* whether another try may help */

#endif
