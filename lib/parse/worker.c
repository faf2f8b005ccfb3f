/* Implements worker.h: our side. The other one is nursery.c.
 *
 * Between us and the nursery goes one byte ("give me a worker, end the old one") and, back, how the old one ended, the new
 * one's number and its channel (SCM_RIGHTS). Between us and the worker: a head and bytes in both directions, one document
 * at a time. */
#include "lib/parse/worker.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/parse/libxml.h"
#include "lib/parse/nursery.h"
#include "lib/parse/sandbox.h"

#define TIMEOUT_MS 20000
#define RENEW_CPU_MS (MW_SANDBOX_CPU * 1000 / 2) /* a worker that has used half of its processor time is replaced in time */

struct mw_parser {
    pid_t nursery, worker;
    int control, channel; /* -1: closed */
    unsigned timeout_ms;
    /* The question that was asked ahead: */
    unsigned ticket;
    bool under_way;          /* its answer is still to come */
    struct mw_arena *kept;   /* NULL, or where its answer waits */
    struct mw_worker_head h;
    struct mw_sv got;
};

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* Ends the old worker and gets a new process; *status: how the old one ended, -1: there was none. */
static enum mw_rc order(struct mw_parser *p, enum mw_order what, int32_t *status, struct mw_err *err)
{
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } u = { { 0 } };
    struct mw_worker_news news = { -1, -1 };
    struct iovec iov = { &news, sizeof news };
    struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = u.bytes, .msg_controllen = sizeof u.bytes };
    ssize_t got = -1;

    close_fd(&p->channel);
    p->worker = 0;
    if (send(p->control, &(char){ (char)what }, 1, MSG_NOSIGNAL) == 1)
        while ((got = recvmsg(p->control, &msg, MSG_CMSG_CLOEXEC)) < 0 && errno == EINTR)
            ;
    struct cmsghdr *c = got == (ssize_t)sizeof news ? CMSG_FIRSTHDR(&msg) : NULL;
    *status = news.status;
    if (c == NULL || c->cmsg_type != SCM_RIGHTS || c->cmsg_len != CMSG_LEN(sizeof(int)))
        return mw_fail(err, MW_IO, "Cannot start the process that reads documents.");
    p->channel = *(int *)(void *)CMSG_DATA(c);
    p->worker = news.pid;
    return MW_OK;
}

static enum mw_rc renew(struct mw_parser *p, int32_t *status, struct mw_err *err)
{
    return order(p, MW_ORDER_WORKER, status, err);
}

enum mw_rc mw_parser_new(struct mw_parser **out, struct mw_err *err)
{
    int pair[2];
    *out = NULL;
    enum mw_rc rc = mw_libxml_open(err); /* which the workers inherit */
    if (rc != MW_OK)
        return rc;
    struct mw_parser *p = calloc(1, sizeof *p);
    if (p == NULL)
        return mw_nomem(err);
    *p = (struct mw_parser){ .control = -1, .channel = -1, .timeout_ms = TIMEOUT_MS };
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0) {
        p->nursery = fork();
        if (p->nursery == 0)
            mw_nursery(pair[1]); /* which ends when the other end of its socket is closed, so also when we die */
        close(pair[1]);
        p->control = pair[0];
    }
    int32_t status;
    rc = p->nursery > 0 ? renew(p, &status, err) :
                                     mw_fail(err, MW_IO, "Cannot start the process that reads documents.");
    if (rc != MW_OK) {
        mw_parser_free(p);
        return rc;
    }
    *out = p;
    return MW_OK;
}

void mw_parser_free(struct mw_parser *p)
{
    if (p == NULL)
        return;
    close_fd(&p->channel);
    close_fd(&p->control); /* the nursery takes this as the end, and the worker with it */
    if (p->nursery > 0)
        while (waitpid(p->nursery, NULL, 0) < 0 && errno == EINTR)
            ;
    mw_arena_free(p->kept);
    free(p);
}

void mw_parser_set_timeout(struct mw_parser *p, unsigned ms) { p->timeout_ms = ms; }
pid_t mw_worker_pid(const struct mw_parser *p) { return p->worker; }

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

enum end { DONE, GONE, LATE };

/* Moves n bytes to the worker (from) or out of it (to) before the time is up; the other of the two is NULL. */
static enum end transfer(struct mw_parser *p, const void *from, void *to, size_t n, int64_t until)
{
    for (size_t done = 0; done < n;) {
        ssize_t moved = from != NULL ? send(p->channel, (const char *)from + done, n - done, MSG_NOSIGNAL | MSG_DONTWAIT) :
                                       recv(p->channel, (char *)to + done, n - done, MSG_DONTWAIT);
        if (moved > 0) {
            done += (size_t)moved;
            continue;
        }
        if (moved == 0 || (errno != EAGAIN && errno != EINTR))
            return GONE;
        int64_t left = until - now_ms();
        struct pollfd fd = { p->channel, from != NULL ? POLLOUT : POLLIN, 0 };
        if (left <= 0)
            return LATE;
        poll(&fd, 1, (int)left);
    }
    return DONE;
}

/* Head and document at once where they are small, as the worker answers. */
static enum end order_task(struct mw_parser *p, const struct mw_worker_head *h, struct mw_sv bytes, int64_t until)
{
    char both[MW_WORKER_AT_ONCE];
    if (sizeof *h + bytes.n > sizeof both) {
        enum end end = transfer(p, h, NULL, sizeof *h, until);
        return end == DONE ? transfer(p, bytes.p, NULL, bytes.n, until) : end;
    }
    memcpy(both, h, sizeof *h);
    if (bytes.n > 0)
        memcpy(both + sizeof *h, bytes.p, bytes.n);
    return transfer(p, both, NULL, sizeof *h + bytes.n, until);
}

static enum end send_task(struct mw_parser *p, enum mw_task task, struct mw_sv bytes, enum mw_lang lang, int64_t until)
{
    struct mw_worker_head h = { (uint32_t)task, (uint32_t)bytes.n, 0, (uint32_t)lang };
    return order_task(p, &h, bytes, until);
}

static enum end receive(struct mw_parser *p, struct mw_arena *a, struct mw_sv *answer, struct mw_worker_head *h, int64_t until)
{
    enum end end = transfer(p, NULL, h, sizeof *h, until);
    if (end != DONE)
        return end;
    char *to = h->n <= MW_WORKER_ANSWER_MAX ? mw_arena_alloc(a, h->n) : NULL;
    *answer = mw_sv_n(to, h->n);
    return to != NULL ? transfer(p, NULL, to, h->n, until) : GONE;
}

/* A worker that died between documents (killed by hand, by the system short of memory) is nobody's fault. */
static bool worker_alive(const struct mw_parser *p)
{
    struct pollfd fd = { p->channel, POLLIN, 0 };
    return p->channel >= 0 && poll(&fd, 1, 0) == 0;
}

/* Why there is no answer; status: how the worker ended. */
static enum mw_rc failed(const struct mw_parser *p, enum end how, int32_t status, struct mw_err *err)
{
    if (how == LATE)
        return mw_fail(err, MW_PARSE, "Reading this document took longer than %u seconds and was stopped.",
            (p->timeout_ms + 999) / 1000);
    if (status >= 0 && WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        return mw_fail(err, MW_PARSE, "Reading this document took too much processor time and was stopped.");
    if (status >= 0 && WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
        return mw_fail(err, MW_PARSE, "Reading this document was stopped: it made the parser do something that is forbidden.");
    if (status >= 0 && WIFEXITED(status) && WEXITSTATUS(status) == MW_WORKER_NO_WALLS)
        return mw_fail(err, MW_IO, "The process that reads documents cannot be locked in (seccomp); it does not run unlocked.");
    return mw_fail(err, MW_PARSE, "Reading this document made the parser crash; the document is left out.");
}

/* What the worker says, when it has come whole. */
static enum mw_rc accept_answer(struct mw_parser *p, const struct mw_worker_head *h, struct mw_sv got, struct mw_sv *answer, struct mw_err *err)
{
    int32_t status;
    enum mw_rc rc = h->cpu_ms > RENEW_CPU_MS ? renew(p, &status, err) : MW_OK;
    if (rc != MW_OK)
        return rc;
    if (mw_utf8_invalid_at(got) != SIZE_MAX)
        return mw_fail(err, MW_PARSE, "Reading this document gave no valid text; the document is left out.");
    if (h->what != MW_OK)
        return mw_fail(err, MW_PARSE, "%.*s", MW_SV_ARG(got));
    *answer = got;
    return MW_OK;
}

/* The channel is free: an answer that is under way is fetched and kept, or lost with its worker. */
static enum mw_rc free_channel(struct mw_parser *p, struct mw_err *err)
{
    int32_t status;
    if (p->under_way) {
        p->under_way = false;
        p->kept = mw_arena_new();
        if (p->kept == NULL || receive(p, p->kept, &p->got, &p->h, now_ms() + p->timeout_ms) != DONE) {
            mw_arena_free(p->kept);
            p->kept = NULL;
            return renew(p, &status, err);
        }
    }
    return worker_alive(p) ? MW_OK : renew(p, &status, err);
}

enum mw_rc mw_worker_do(struct mw_parser *p, enum mw_task task, struct mw_sv bytes, struct mw_arena *a, struct mw_sv *answer,
    struct mw_err *err)
{
    struct mw_sv got = MW_SV_NONE;
    struct mw_worker_head h;
    int32_t status;
    enum mw_rc rc = free_channel(p, err);
    if (rc != MW_OK)
        return rc;
    for (int tries = 0;; tries++) {
        int64_t until = now_ms() + p->timeout_ms;
        enum end end = send_task(p, task, bytes, err != NULL ? err->lang : MW_EN, until);
        if (end == DONE)
            end = receive(p, a, &got, &h, until);
        if (end == DONE)
            break;
        if ((rc = renew(p, &status, err)) != MW_OK)
            return rc;
        /* SIGKILL comes from outside, or from a system short of memory: another try tells whether it was the document. */
        bool outside = end == GONE && status >= 0 && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
        if (!outside || tries > 0)
            return failed(p, end, status, err);
    }
    return accept_answer(p, &h, got, answer, err);
}

enum mw_rc mw_worker_ask(struct mw_parser *p, enum mw_task task, struct mw_sv bytes, unsigned *ticket, struct mw_err *err)
{
    int32_t status;
    enum mw_rc rc = free_channel(p, err);
    mw_arena_free(p->kept);
    p->kept = NULL;
    *ticket = ++p->ticket;
    if (rc != MW_OK)
        return rc;
    enum end end = send_task(p, task, bytes, err != NULL ? err->lang : MW_EN, now_ms() + p->timeout_ms);
    p->under_way = end == DONE;
    if (end == DONE)
        return MW_OK;
    rc = renew(p, &status, err);
    return rc == MW_OK ? failed(p, end, status, err) : rc;
}

enum mw_rc mw_worker_take(struct mw_parser *p, unsigned ticket, struct mw_arena *a, struct mw_sv *answer, struct mw_err *err)
{
    int32_t status;
    if (ticket != p->ticket || (!p->under_way && p->kept == NULL))
        return mw_fail(err, MW_PARSE, "Reading this document made the parser crash; the document is left out.");
    if (p->under_way) {
        p->under_way = false;
        enum end end = receive(p, a, &p->got, &p->h, now_ms() + p->timeout_ms);
        if (end == DONE)
            return accept_answer(p, &p->h, p->got, answer, err);
        enum mw_rc rc = renew(p, &status, err);
        return rc == MW_OK ? failed(p, end, status, err) : rc;
    }
    struct mw_sv got = mw_arena_copy(a, p->got);
    mw_arena_free(p->kept);
    p->kept = NULL;
    return got.p != NULL ? accept_answer(p, &p->h, got, answer, err) : mw_nomem(err);
}

/* Reads until the program closes its output. */
static enum end read_to_end(struct mw_parser *p, struct mw_str *out, int64_t until)
{
    char buffer[1 << 16];
    for (;;) {
        ssize_t n = recv(p->channel, buffer, sizeof buffer, MSG_DONTWAIT);
        if (n > 0 && out->n + (size_t)n > MW_WORKER_ANSWER_MAX)
            return LATE;
        if (n > 0) {
            mw_str_add(out, mw_sv_n(buffer, (size_t)n));
            continue;
        }
        if (n == 0 || (errno != EAGAIN && errno != EINTR))
            return DONE;
        int64_t left = until - now_ms();
        if (left <= 0)
            return LATE;
        poll(&(struct pollfd){ p->channel, POLLIN, 0 }, 1, (int)left);
    }
}

enum mw_rc mw_worker_pdftotext(struct mw_parser *p, struct mw_sv pdf, struct mw_str *words, struct mw_err *err)
{
    int32_t status;
    enum mw_rc rc = free_channel(p, err);
    if (rc == MW_OK)
        rc = order(p, MW_ORDER_PDF, &status, err);
    if (rc != MW_OK)
        return rc;
    int64_t until = now_ms() + p->timeout_ms;
    enum end end = transfer(p, pdf.p, NULL, pdf.n, until); /* a program that does not want all of it says so by its status */
    if (end != LATE)
        shutdown(p->channel, SHUT_WR);
    end = end != LATE ? read_to_end(p, words, until) : end;
    rc = order(p, end == DONE ? MW_ORDER_AFTER : MW_ORDER_WORKER, &status, err);
    if (rc != MW_OK)
        return rc;
    if (end == DONE && status >= 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return mw_str_ok(words) ? MW_OK : mw_nomem(err);
    if (end == DONE && status >= 0 && WIFEXITED(status) && WEXITSTATUS(status) == MW_WORKER_NO_PROGRAM)
        return mw_fail(err, MW_IO, "PDF documents are read with pdftotext, which is missing: install the package poppler-utils.");
    if (end == DONE && status >= 0 && WIFEXITED(status) && WEXITSTATUS(status) != MW_WORKER_NO_WALLS)
        return mw_fail(err, MW_PARSE, "This PDF document is damaged, cut off, or locked with a password.");
    return failed(p, end, status, err);
}
