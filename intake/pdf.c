/* A PDF parser is the last thing to have in one's own address space: it runs apart, as poor as it can be. */
#include "intake/pdf.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SECONDS = 20, MS = 1000, MEMORY_MB = 512, TEXT_MAX = 32 << 20, NOT_THERE = 127, NO_WALLS = 126 };

/* --- the child ------------------------------------------------------------------------------------------------------------- */
static void limit(int what, rlim_t n)
{
    struct rlimit l = { n, n };
    (void)setrlimit((__rlimit_resource_t)what, &l);
}

/* No network, no other process, no change of files; what is left is reading fonts and encodings and writing to the pipe. */
static bool wall_in(void)
{
    static const int FORBIDDEN[] = { SCMP_SYS(socket), SCMP_SYS(socketpair), SCMP_SYS(connect), SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(ptrace),
        SCMP_SYS(unlink), SCMP_SYS(unlinkat), SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(mkdir), SCMP_SYS(mkdirat),
        SCMP_SYS(link), SCMP_SYS(linkat), SCMP_SYS(symlink), SCMP_SYS(symlinkat), SCMP_SYS(chmod), SCMP_SYS(fchmod), SCMP_SYS(fchmodat),
        SCMP_SYS(truncate), SCMP_SYS(kill), SCMP_SYS(mount), SCMP_SYS(creat) };
    scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);
    bool good = ctx != NULL;
    for (size_t i = 0; good && i < sizeof FORBIDDEN / sizeof *FORBIDDEN; i++)
        good = seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EPERM), FORBIDDEN[i], 0) == 0;
    /* opening for writing */
    good = good && seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(open), 1, SCMP_A1(SCMP_CMP_MASKED_EQ, O_ACCMODE, O_WRONLY)) == 0 &&
           seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(open), 1, SCMP_A1(SCMP_CMP_MASKED_EQ, O_ACCMODE, O_RDWR)) == 0 &&
           seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(openat), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, O_ACCMODE, O_WRONLY)) == 0 &&
           seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(openat), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, O_ACCMODE, O_RDWR)) == 0;
    good = good && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && seccomp_load(ctx) == 0;
    seccomp_release(ctx);
    return good;
}

static _Noreturn void become_pdftotext(int in, int out)
{
    static char words[][12] = { "pdftotext", "-q", "-nopgbrk", "-enc", "UTF-8", "-" };
    char *const args[] = { words[0], words[1], words[2], words[3], words[4], words[5], words[5], NULL };
    static char *const NOTHING[] = { NULL };
    static const char *const PLACES[] = { "/usr/bin/pdftotext", "/usr/local/bin/pdftotext" };
    int null = open("/dev/null", O_RDWR);
    if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 || null < 0 || dup2(null, STDERR_FILENO) < 0)
        _exit(NO_WALLS);
    (void)close_range(3, ~0U, 0);
    limit(RLIMIT_CPU, SECONDS);
    limit(RLIMIT_FSIZE, TEXT_MAX);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_NOFILE, 32);
#ifndef MW_SAN
    limit(RLIMIT_AS, (rlim_t)MEMORY_MB << 20);
#endif
    if (!wall_in())
        _exit(NO_WALLS);
    for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++)
        (void)execve(PLACES[i], args, NOTHING);
    _exit(NOT_THERE);
}

/* --- our side ---------------------------------------------------------------------------------------------------------------- */
static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Writes and reads at once, so that neither side waits for the other. false: time ran out, or too much text. */
static bool talk(int in, int out, struct mw_sv bytes, struct mw_str *text)
{
    int64_t until = now_ms() + (int64_t)SECONDS * MS;
    size_t sent = 0;
    char buf[65536];
    for (;;) {
        struct pollfd fds[2] = { { out, POLLIN, 0 }, { in, POLLOUT, 0 } };
        int64_t left = until - now_ms();
        if (left <= 0 || poll(fds, in >= 0 ? 2 : 1, (int)left) < 0)
            return false;
        if (in >= 0 && fds[1].revents != 0) {
            ssize_t n = sent < bytes.n ? write(in, bytes.p + sent, bytes.n - sent) : 0;
            if (n > 0)
                sent += (size_t)n;
            if (sent == bytes.n || (n < 0 && errno != EAGAIN && errno != EINTR)) {
                close(in);
                in = -1;
            }
        }
        if (fds[0].revents == 0)
            continue;
        ssize_t n = read(out, buf, sizeof buf);
        if (n <= 0)
            break;
        mw_str_add(text, mw_sv_n(buf, (size_t)n));
        if (!mw_str_ok(text) || text->n > TEXT_MAX)
            break;
    }
    if (in >= 0)
        close(in);
    return mw_str_ok(text) && text->n <= TEXT_MAX;
}

static enum mw_rc judge(int status, bool talked, struct mw_err *err)
{
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (code == NOT_THERE)
        return mw_fail(err, MW_IO, "PDFs need the program pdftotext; install the package poppler-utils.");
    if (code == NO_WALLS)
        return mw_fail(err, MW_IO, "The process that reads PDFs could not be locked up, so the PDF was not read.");
    if (!talked)
        return mw_fail(err, MW_PARSE, "The PDF takes too long to read, or holds too much text.");
    if (code != 0)
        return mw_fail(err, MW_PARSE, "The PDF is damaged or locked with a password.");
    return MW_OK;
}

enum mw_rc mw_pdf_text(struct mw_arena *a, struct mw_sv bytes, struct mw_sv *text, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str got = MW_STR_INIT;
    int in[2] = { -1, -1 }, out[2] = { -1, -1 }, status = 0;
    void (*old)(int) = signal(SIGPIPE, SIG_IGN); /* it may end before it has read everything */
    enum mw_rc rc = MW_OK;

    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0)
        rc = mw_fail(err, MW_IO, "The process that reads PDFs cannot be started.");
    pid_t pid = rc == MW_OK ? fork() : -1;
    if (pid == 0)
        become_pdftotext(in[0], out[1]);
    if (rc == MW_OK && pid < 0)
        rc = mw_fail(err, MW_IO, "The process that reads PDFs cannot be started.");
    if (rc == MW_OK) {
        close(in[0]);
        close(out[1]);
        in[0] = out[1] = -1;
        (void)fcntl(in[1], F_SETFL, O_NONBLOCK);
        bool talked = talk(in[1], out[0], bytes, &got);
        in[1] = -1;
        if (!talked)
            kill(pid, SIGKILL);
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR) { }
        rc = judge(status, talked, err);
    }
    for (int i = 0; i < 2; i++) {
        if (in[i] >= 0)
            close(in[i]);
        if (out[i] >= 0)
            close(out[i]);
    }
    signal(SIGPIPE, old);
    if (rc == MW_OK && mw_sv_trim(mw_str_sv(&got)).n == 0)
        return mw_fail(err, MW_PARSE, "The PDF holds no text, only pictures; it needs text recognition (OCR) first.");
    if (rc == MW_OK && mw_utf8_invalid_at(mw_str_sv(&got)) != SIZE_MAX)
        return mw_fail(err, MW_PARSE, "The text of the PDF is not readable.");
    if (rc == MW_OK) {
        *text = mw_arena_copy(a, mw_str_sv(&got));
        rc = text->p != NULL ? MW_OK : mw_nomem(err);
    }
    return rc;
}
