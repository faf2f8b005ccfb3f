/* Implements nursery.h. Everything here blocks, and any failure is the end. */
#include "lib/parse/nursery.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/parse/sandbox.h"
#include "lib/parse/worker.h"

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

/* Head and answer at once where they are small: each write wakes the other side, which costs more than reading a small document. */
static void reply(int fd, const struct mw_worker_head *h, struct mw_sv answer)
{
    char both[MW_WORKER_AT_ONCE];
    if (sizeof *h + answer.n > sizeof both) {
        write_all(fd, h, sizeof *h);
        write_all(fd, answer.p, answer.n);
        return;
    }
    memcpy(both, h, sizeof *h);
    if (answer.n > 0)
        memcpy(both + sizeof *h, answer.p, answer.n);
    write_all(fd, both, sizeof *h + answer.n);
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
    [MW_TASK_PDF] = mw_task_pdf,
    [MW_TASK_TEXTS] = mw_task_texts,
    [MW_TASK_XMLS] = mw_task_xmls,
};

static _Noreturn void work(int channel)
{
    if (!mw_sandbox_enter(channel))
        _exit(MW_WORKER_NO_WALLS);
    channel = STDERR_FILENO + 1;
    struct mw_str out = { .max = MW_WORKER_ANSWER_MAX };
    char *bytes = NULL;
    size_t cap = 0;
    for (;;) { /* what most questions and answers take is kept from one to the next */
        struct mw_worker_head h;
        read_all(channel, &h, sizeof h);
        if (h.n >= cap || cap > MW_WORKER_KEPT) {
            free(bytes);
            cap = (size_t)h.n + 1;
            bytes = malloc(cap);
        }
        if (bytes == NULL)
            _exit(2);
        read_all(channel, bytes, h.n);
        struct mw_err err = MW_ERR_INIT((enum mw_lang)h.lang);
        struct mw_sv in = mw_sv_n(bytes, h.n);
        enum mw_rc rc = h.what < sizeof TASKS / sizeof *TASKS && TASKS[h.what] != NULL ? TASKS[h.what](&out, in, &err) : MW_PARSE;
        if (rc == MW_OK && !mw_str_ok(&out))
            rc = mw_fail(&err, MW_PARSE, "The text of this page is too long.");
        struct mw_sv answer = rc == MW_OK ? mw_str_sv(&out) : mw_sv(err.msg);
        h = (struct mw_worker_head){ (uint32_t)rc, (uint32_t)answer.n, cpu_ms(), 0 };
        reply(channel, &h, answer);
        mw_err_clear(&err);
        if (out.cap > MW_WORKER_KEPT)
            mw_str_free(&out);
        mw_str_clear(&out);
    }
}

static bool send_news(int control, struct mw_worker_news news, int fd)
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

static const char *const PDFTOTEXT[] = { "/usr/bin/pdftotext", "/usr/local/bin/pdftotext" };

/* The words of each page with their places; of a book of forms the first 500 pages. */
static _Noreturn void work_pdf(int channel)
{
    static const char *const WORDS[] = { "pdftotext", "-bbox-layout", "-enc", "UTF-8", "-l", "500", "-q", "-", "-", NULL };
    static const char *const NOTHING[] = { NULL };
    const char *program = NULL;
    for (size_t i = 0; i < sizeof PDFTOTEXT / sizeof *PDFTOTEXT && program == NULL; i++)
        program = access(PDFTOTEXT[i], X_OK) == 0 ? PDFTOTEXT[i] : NULL;
    if (program == NULL)
        _exit(MW_WORKER_NO_PROGRAM);
    if (!mw_sandbox_enter_program(channel))
        _exit(MW_WORKER_NO_WALLS);
    execve(program, (char *const *)(uintptr_t)WORDS, (char *const *)(uintptr_t)NOTHING);
    _exit(MW_WORKER_NO_PROGRAM);
}

static void end_worker(pid_t pid, bool patient, int32_t *status)
{
    int st = -1;
    *status = -1;
    if (pid <= 0)
        return;
    for (int ms = 0; patient && ms < 1000; ms++) { /* it has closed its channel, and is about to end */
        if (waitpid(pid, &st, WNOHANG) == pid) {
            *status = st;
            return;
        }
        nanosleep(&(struct timespec){ 0, 1000000 }, NULL);
    }
    /* It may have ended by itself already: then that is the status, and the signal goes to nobody. */
    if (waitpid(pid, &st, WNOHANG) == 0) {
        kill(pid, SIGKILL);
        while (waitpid(pid, &st, 0) < 0 && errno == EINTR)
            ;
    }
    *status = st;
}

_Noreturn void mw_nursery(int control)
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
        struct mw_worker_news news;
        int pair[2];
        ssize_t got = read(control, &order, 1);
        if (got < 0 && errno == EINTR)
            continue;
        end_worker(worker, got == 1 && order == MW_ORDER_AFTER, &news.status);
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
            if (order == MW_ORDER_PDF)
                work_pdf(pair[1]);
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
