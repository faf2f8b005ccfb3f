/* Implements sandbox.h with rlimits, prctl and libseccomp. */
#include "lib/parse/sandbox.h"

#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

static bool limit(int what, rlim_t most)
{
    struct rlimit old;
    if (getrlimit((__rlimit_resource_t)what, &old) != 0)
        return false;
    if (old.rlim_max != RLIM_INFINITY && old.rlim_max < most)
        most = old.rlim_max;
    return setrlimit((__rlimit_resource_t)what, &(struct rlimit){ most, most }) == 0;
}

static bool limits(void)
{
    bool ok = limit(RLIMIT_CPU, MW_SANDBOX_CPU) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_NOFILE, 0) && limit(RLIMIT_CORE, 0) &&
              limit(RLIMIT_NPROC, 0);
#ifndef MW_SAN /* the sanitizer maps terabytes of shadow */
    ok = ok && limit(RLIMIT_AS, MW_SANDBOX_MEMORY);
#endif
    return ok;
}

/* Everything that parsing needs once all is open: memory without the right to run it, and the one channel. */
static bool filter(int channel)
{
    static const int FREE[] = { SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(futex),
        SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(clock_gettime), SCMP_SYS(clock_gettime64), SCMP_SYS(gettimeofday),
        SCMP_SYS(getrandom), SCMP_SYS(rt_sigreturn), SCMP_SYS(restart_syscall), SCMP_SYS(rt_sigprocmask), SCMP_SYS(getpid),
        SCMP_SYS(gettid),
#ifdef MW_SAN
        SCMP_SYS(sigaltstack), SCMP_SYS(sched_yield), SCMP_SYS(rt_sigaction), SCMP_SYS(getrlimit), SCMP_SYS(prlimit64),
#endif
    };
    static const int MAPS[] = { SCMP_SYS(mmap), SCMP_SYS(mprotect) };
    scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_KILL_PROCESS);
    bool ok = ctx != NULL;
    for (size_t i = 0; ok && i < sizeof FREE / sizeof *FREE; i++)
        ok = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, FREE[i], 0) == 0;
    for (size_t i = 0; ok && i < sizeof MAPS / sizeof *MAPS; i++)
        ok = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, MAPS[i], 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0;
    ok = ok && seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(read), 1, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)channel, 0)) == 0 &&
         seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)channel, 0)) == 0 &&
         seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, SCMP_A0(SCMP_CMP_EQ, STDERR_FILENO, 0)) == 0 &&
         seccomp_load(ctx) == 0;
    seccomp_release(ctx);
    return ok;
}

bool mw_sandbox_enter(int channel)
{
    int null = open("/dev/null", O_RDWR);
    if (channel <= STDERR_FILENO || null < 0)
        return false;
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
#ifdef MW_SAN /* what the sanitizer finds must be seen */
        if (fd == STDERR_FILENO)
            continue;
#endif
        if (dup2(null, fd) < 0)
            return false;
    }
    if (channel != STDERR_FILENO + 1 && dup2(channel, STDERR_FILENO + 1) < 0)
        return false;
    closefrom(STDERR_FILENO + 2);
    return clearenv() == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 &&
           limits() && filter(STDERR_FILENO + 1);
}
