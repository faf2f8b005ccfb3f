/* Implements sandbox.h with rlimits, prctl, libseccomp and Landlock. */
#include "lib/parse/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
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

static bool limits(rlim_t files)
{
    bool ok = limit(RLIMIT_CPU, MW_SANDBOX_CPU) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_NOFILE, files) &&
              limit(RLIMIT_CORE, 0) && limit(RLIMIT_NPROC, 0);
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

static bool close_doors(int channel)
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
    return clearenv() == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
}

bool mw_sandbox_enter(int channel) { return close_doors(channel) && limits(0) && filter(STDERR_FILENO + 1); }

/* --- a program ---------------------------------------------------------------------------------------------------------------- */

/* Files of the system can be read, all others do not exist. An older kernel does without: true. */
static bool only_system_files(void)
{
    static const char *const BELOW[] = { "/usr", "/lib", "/lib64", "/etc" };
    static const __u64 READ = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
    struct landlock_ruleset_attr all = {
        .handled_access_fs = READ | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                             LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_SYM
    };
    int rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
    bool ok = true;
    if (rules < 0)
        return true;
    for (size_t i = 0; ok && i < sizeof BELOW / sizeof *BELOW; i++) {
        struct landlock_path_beneath_attr here = { .allowed_access = READ, .parent_fd = open(BELOW[i], O_PATH | O_CLOEXEC) };
        if (here.parent_fd < 0)
            continue; /* no such folder */
        ok = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &here, 0) == 0;
        close(here.parent_fd);
    }
    ok = ok && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return ok;
}

static bool filter_program(void)
{
    static const int FREE[] = { SCMP_SYS(execve), SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(pread64),
        SCMP_SYS(lseek), SCMP_SYS(close), SCMP_SYS(fstat), SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(fstatfs), SCMP_SYS(statfs),
        SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(getdents64),
        SCMP_SYS(mmap), SCMP_SYS(mprotect), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk),
        SCMP_SYS(arch_prctl), SCMP_SYS(set_tid_address), SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(getrandom),
        SCMP_SYS(futex), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack),
        SCMP_SYS(sysinfo), SCMP_SYS(uname), SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getuid), SCMP_SYS(geteuid),
        SCMP_SYS(getgid), SCMP_SYS(getegid), SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(sched_getaffinity),
        SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(restart_syscall) };
    static const scmp_datum_t WRITING = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;
    scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    bool ok = ctx != NULL;
    for (size_t i = 0; ok && i < sizeof FREE / sizeof *FREE; i++)
        ok = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, FREE[i], 0) == 0;
    /* To read limits, not to set them; to open for reading. */
    ok = ok && seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1, SCMP_A2(SCMP_CMP_EQ, 0, 0)) == 0 &&
         seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, WRITING, 0)) == 0 &&
         seccomp_load(ctx) == 0;
    seccomp_release(ctx);
    return ok;
}

bool mw_sandbox_enter_program(int channel)
{
    if (!close_doors(channel))
        return false;
    channel = STDERR_FILENO + 1;
    bool joined = dup2(channel, STDIN_FILENO) >= 0 && dup2(channel, STDOUT_FILENO) >= 0;
    close(channel);
    return joined && only_system_files() && limits(32) && filter_program();
}
