/* What a command costs: runs it and prints milliseconds on the wall, milliseconds of processor (its own and of all whom it waited
 * for), and the most memory that one of them held, in KB. Its output goes to standard error.
 *
 * usage: bench_run COMMAND...      exit status: the command's */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long ms_of(struct timeval t) { return t.tv_sec * 1000LL + t.tv_usec / 1000; }

int main(int argc, char **argv)
{
    struct timespec from, to;
    struct rusage used;
    int status = 0;

    if (argc < 2) {
        fputs("usage: bench_run COMMAND...\n", stderr);
        return 2;
    }
    clock_gettime(CLOCK_MONOTONIC, &from);
    pid_t pid = fork();
    if (pid == 0) {
        dup2(STDERR_FILENO, STDOUT_FILENO);
        execvp(argv[1], argv + 1);
        perror(argv[1]);
        _exit(127);
    }
    if (pid < 0 || wait4(pid, &status, 0, &used) != pid)
        return 1;
    clock_gettime(CLOCK_MONOTONIC, &to);
    printf("%lld %lld %ld\n", (to.tv_sec - from.tv_sec) * 1000LL + (to.tv_nsec - from.tv_nsec) / 1000000,
           ms_of(used.ru_utime) + ms_of(used.ru_stime), used.ru_maxrss);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
