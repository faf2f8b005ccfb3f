/* Implements worker.h.
 *
 * Between us and the nursery goes one byte ("give me a worker, end the old one") and, back, how the old one ended, the new
 * one's number and its channel (SCM_RIGHTS). Between us and the worker: a head and bytes in both directions, one document
 * at a time. */
#include "lib/parse/worker.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/parse/sandbox.h"

#define ANSWER_MAX ((size_t)64 << 20) /* text and HTML of one page of MW_HTML_MAX, escaped */
#define TIMEOUT_MS 20000
#define RENEW_CPU_MS (MW_SANDBOX_CPU * 1000 / 2) /* a worker that has used half of its processor time is replaced in time */

struct head {
    uint32_t what; /* enum mw_task; back: enum mw_rc */
    uint32_t n;    /* bytes that follow */
    uint32_t cpu_ms; /* back: processor time of the worker so far */
    uint32_t lang;   /* of the message of a refusal */
};
struct news { /* from the nursery */
    int32_t status; /* of waitpid() for the old worker; -1: there was none */
    int32_t pid;    /* of the new one; -1: none could be made */
};
struct mw_parser {
    pid_t nursery, worker;
    int control, channel; /* -1: closed */
    unsigned timeout_ms;
};

/* --- in the worker and the nursery: blocking, and any failure is the end --------------------------------------------------- */
static void read_all(int fd, void *to, size_t n)
{
    for (size_t done = 0; done < n;) {
        ssize_t got = read(fd, (char *)to + done, n - done);
        if (got <= 0 && !(got < 0 && errno == EINTR))
            _exit(0); /* the other side has gone */
        done += got > 0 ? (size_t)got : 0;
    }
}

static void write_all(int fd, const void *from, size_t n)
{
    for (size_t done = 0; done < n;) {
        ssize_t put = write(fd, (const char *)from + done, n - done);
        if (put < 0 && errno != EINTR)
            _exit(0);
        done += put > 0 ? (size_t)put : 0;
    }
}

static uint32_t cpu_ms(void)
{
    struct timespec t;
    return clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t) == 0 ? (uint32_t)(t.tv_sec * 1000 + t.tv_nsec / 1000000) : 0;
}

static enum mw_rc (*const TASKS[])(struct mw_str *out, struct mw_sv in, struct mw_err *err) = {
    [MW_TASK_TEXT] = mw_task_text,
    [MW_TASK_PAGE] = mw_task_page,
    [MW_TASK_XML] = mw_task_xml,
    [MW_TASK_QUERY] = mw_task_query,
};

static _Noreturn void work(int channel)
{
    if (!mw_sandbox_enter(channel))
        _exit(3);
    channel = STDERR_FILENO + 1;
    for (;;) {
        struct head h;
        read_all(channel, &h, sizeof h);
        char *bytes = malloc(h.n + 1);
        if (bytes == NULL)
            _exit(2);
        read_all(channel, bytes, h.n);
        struct mw_err err = MW_ERR_INIT((enum mw_lang)h.lang);
        struct mw_str out = { .max = ANSWER_MAX };
        struct mw_sv in = mw_sv_n(bytes, h.n);
        enum mw_rc rc = h.what < sizeof TASKS / sizeof *TASKS && TASKS[h.what] != NULL ? TASKS[h.what](&out, in, &err) : MW_PARSE;
        if (rc == MW_OK && !mw_str_ok(&out))
            rc = mw_fail(&err, MW_PARSE, "The text of this page is too long.");
        struct mw_sv answer = rc == MW_OK ? mw_str_sv(&out) : mw_sv(err.msg);
        h = (struct head){ (uint32_t)rc, (uint32_t)answer.n, cpu_ms(), 0 };
        write_all(channel, &h, sizeof h);
        write_all(channel, answer.p, answer.n);
        mw_err_clear(&err);
        mw_str_free(&out);
        free(bytes);
    }
}

static bool send_news(int control, struct news news, int fd)
{
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } u = { { 0 } };
    struct iovec iov = { &news, sizeof news };
    struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };
    if (fd >= 0) {
        msg.msg_control = u.bytes;
        msg.msg_controllen = sizeof u.bytes;
        struct cmsghdr *c = CMSG_FIRSTHDR(&msg);
        c->cmsg_level = SOL_SOCKET;
        c->cmsg_type = SCM_RIGHTS;
        c->cmsg_len = CMSG_LEN(sizeof(int));
        *(int *)(void *)CMSG_DATA(c) = fd;
    }
    return sendmsg(control, &msg, MSG_NOSIGNAL) == (ssize_t)sizeof news;
}

static void end_worker(pid_t pid, int32_t *status)
{
    int st = -1;
    *status = -1;
    if (pid <= 0)
        return;
    /* It may have ended by itself already: then that is the status, and the signal goes to nobody. */
    if (waitpid(pid, &st, WNOHANG) == 0) {
        kill(pid, SIGKILL);
        while (waitpid(pid, &st, 0) < 0 && errno == EINTR)
            ;
    }
    *status = st;
}

static _Noreturn void nurse(int control)
{
    static const int IGNORED[] = { SIGINT, SIGQUIT, SIGHUP, SIGPIPE };
    pid_t worker = 0;
    sigset_t none;
    for (int sig = 1; sig < NSIG; sig++) /* the program's handlers are not ours, and would break the walls */
        signal(sig, SIG_DFL);
    for (size_t i = 0; i < sizeof IGNORED / sizeof *IGNORED; i++) /* Ctrl-C is for the program, which ends us in order */
        signal(IGNORED[i], SIG_IGN);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (control != STDERR_FILENO + 1 && dup2(control, STDERR_FILENO + 1) < 0)
        _exit(3);
    control = STDERR_FILENO + 1;
    closefrom(control + 1);
    for (;;) {
        char order;
        struct news news;
        int pair[2];
        ssize_t got = read(control, &order, 1);
        if (got < 0 && errno == EINTR)
            continue;
        end_worker(worker, &news.status);
        worker = 0;
        if (got <= 0)
            _exit(0);
        news.pid = -1;
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
            if (!send_news(control, news, -1))
                _exit(0);
            continue;
        }
        worker = fork();
        if (worker == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            work(pair[1]);
        }
        close(pair[1]);
        news.pid = worker;
        bool sent = send_news(control, news, worker > 0 ? pair[0] : -1);
        close(pair[0]);
        if (!sent)
            _exit(0);
    }
}

/* --- in our process ---------------------------------------------------------------------------------------------------------- */
static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* Ends the old worker and gets a new one; *status: how the old one ended, -1: there was none. */
static enum mw_rc renew(struct mw_parser *p, int32_t *status, struct mw_err *err)
{
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } u = { { 0 } };
    struct news news = { -1, -1 };
    struct iovec iov = { &news, sizeof news };
    struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = u.bytes, .msg_controllen = sizeof u.bytes };
    ssize_t got = -1;

    close_fd(&p->channel);
    p->worker = 0;
    if (send(p->control, "n", 1, MSG_NOSIGNAL) == 1)
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

enum mw_rc mw_parser_new(struct mw_parser **out, struct mw_err *err)
{
    int pair[2];
    *out = NULL;
    struct mw_parser *p = calloc(1, sizeof *p);
    if (p == NULL)
        return mw_nomem(err);
    *p = (struct mw_parser){ .control = -1, .channel = -1, .timeout_ms = TIMEOUT_MS };
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0) {
        p->nursery = fork();
        if (p->nursery == 0)
            nurse(pair[1]); /* which ends when the other end of its socket is closed, so also when we die */
        close(pair[1]);
        p->control = pair[0];
    }
    int32_t status;
    enum mw_rc rc = p->nursery > 0 ? renew(p, &status, err) :
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

static enum end ask(struct mw_parser *p, enum mw_task task, struct mw_sv bytes, struct mw_arena *a, struct mw_sv *answer,
    struct head *h, enum mw_lang lang)
{
    int64_t until = now_ms() + p->timeout_ms;
    *h = (struct head){ (uint32_t)task, (uint32_t)bytes.n, 0, (uint32_t)lang };
    enum end end = transfer(p, h, NULL, sizeof *h, until);
    if (end == DONE)
        end = transfer(p, bytes.p, NULL, bytes.n, until);
    if (end == DONE)
        end = transfer(p, NULL, h, sizeof *h, until);
    if (end != DONE)
        return end;
    char *to = h->n <= ANSWER_MAX ? mw_arena_alloc(a, h->n) : NULL;
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
    if (status >= 0 && WIFEXITED(status) && WEXITSTATUS(status) == 3)
        return mw_fail(err, MW_IO, "The process that reads documents cannot be locked in (seccomp); it does not run unlocked.");
    return mw_fail(err, MW_PARSE, "Reading this document made the parser crash; the document is left out.");
}

enum mw_rc mw_worker_do(struct mw_parser *p, enum mw_task task, struct mw_sv bytes, struct mw_arena *a, struct mw_sv *answer,
    struct mw_err *err)
{
    struct mw_sv got = MW_SV_NONE;
    struct head h;
    int32_t status;
    enum mw_rc rc = worker_alive(p) ? MW_OK : renew(p, &status, err);
    if (rc != MW_OK)
        return rc;
    for (int tries = 0;; tries++) {
        enum end end = ask(p, task, bytes, a, &got, &h, err != NULL ? err->lang : MW_EN);
        if (end == DONE)
            break;
        if ((rc = renew(p, &status, err)) != MW_OK)
            return rc;
        /* SIGKILL comes from outside, or from a system short of memory: another try tells whether it was the document. */
        bool outside = end == GONE && status >= 0 && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
        if (!outside || tries > 0)
            return failed(p, end, status, err);
    }
    if (h.cpu_ms > RENEW_CPU_MS && (rc = renew(p, &status, err)) != MW_OK)
        return rc;
    if (mw_utf8_invalid_at(got) != SIZE_MAX)
        return mw_fail(err, MW_PARSE, "Reading this document gave no valid text; the document is left out.");
    if (h.what != MW_OK)
        return mw_fail(err, MW_PARSE, "%.*s", MW_SV_ARG(got));
    *answer = got;
    return MW_OK;
}
