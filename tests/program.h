/* Runs the program ($MITTELWEG, else ./mittelweg) as people and scripts do, in a scratch folder of the test's own. */
#ifndef MW_TESTS_PROGRAM_H
#define MW_TESTS_PROGRAM_H

#include <fcntl.h>
#include <limits.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <jansson.h>

#include "tests/test.h"

struct run {
    int status;     /* exit status; 128 + signal when it was killed */
    char *out, *err;
    size_t out_n;
};
struct scratch {
    char dir[256];
    struct run last;
};

static inline char *slurp(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    char *text = NULL;
    size_t size = 0;
    FILE *copy = open_memstream(&text, &size);
    char buf[65536];
    assert_non_null(copy);
    if (f != NULL) {
        for (size_t got; (got = fread(buf, 1, sizeof buf, f)) > 0;)
            fwrite(buf, 1, got, copy);
        fclose(f);
    }
    fclose(copy);
    if (n != NULL)
        *n = size;
    return text;
}

static inline void spill(const char *path, const void *bytes, size_t n)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

/* "NAME" in the scratch folder; one of four static buffers. */
static inline const char *in(const struct scratch *s, const char *name)
{
    static char buf[4][PATH_MAX + 64];
    static int which;
    which = (which + 1) % 4;
    snprintf(buf[which], sizeof buf[which], "%s/%s", s->dir, name);
    return buf[which];
}

static inline void forget(struct run *r)
{
    free(r->out);
    free(r->err);
    *r = (struct run){ 0 };
}

/* Runs the program with the arguments (ended by NULL), standard input from the file (NULL: empty), standard output to
 * the file (NULL: taken up in out). fsize: no file may grow beyond; 0: any. */
static inline const struct run *run_with(struct scratch *s, const char *input, const char *output, rlim_t fsize,
    const char *const *args)
{
    const char *program = getenv("MITTELWEG") != NULL ? getenv("MITTELWEG") : "./mittelweg";
    char out[PATH_MAX + 64], said[PATH_MAX + 64];
    const char *argv[64] = { program };
    int status = 0;

    for (size_t i = 0; args[i] != NULL; i++)
        argv[i + 1] = args[i];
    snprintf(out, sizeof out, "%s/.out", s->dir);
    snprintf(said, sizeof said, "%s/.err", s->dir);
    forget(&s->last);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        int in_fd = open(input != NULL ? input : "/dev/null", O_RDONLY);
        int out_fd = open(output != NULL ? output : out, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        int err_fd = open(said, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        dup2(in_fd, 0);
        dup2(out_fd, 1);
        dup2(err_fd, 2);
        if (fsize > 0) {
            struct rlimit limit = { fsize, fsize };
            signal(SIGXFSZ, SIG_IGN);
            setrlimit(RLIMIT_FSIZE, &limit);
        }
        execvp(program, (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    s->last.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    s->last.out = slurp(out, &s->last.out_n);
    s->last.err = slurp(said, NULL);
    return &s->last;
}
#define run_program(s, ...) run_with((s), NULL, NULL, 0, (const char *const[]){ __VA_ARGS__, NULL })

#define assert_says(text, part)                                                                                                   \
    do {                                                                                                                           \
        if (strstr((text), (part)) == NULL)                                                                                        \
            fail_msg("\"%s\" is not said in:\n%s", (part), (text));                                                                \
    } while (0)
#define assert_silent_on(text, part)                                                                                              \
    do {                                                                                                                           \
        if (strstr((text), (part)) != NULL)                                                                                        \
            fail_msg("\"%s\" is said in:\n%s", (part), (text));                                                                    \
    } while (0)
#define assert_status(run, want)                                                                                                  \
    do {                                                                                                                           \
        if ((run)->status != (want))                                                                                               \
            fail_msg("exit status %d, not %d\n%s\n%s", (run)->status, (want), (run)->out, (run)->err);                             \
    } while (0)

static inline int make_scratch(void **state)
{
    struct scratch *s = calloc(1, sizeof *s);
    snprintf(s->dir, sizeof s->dir, "%s/mittelweg-test-XXXXXX", getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp");
    setenv("LC_ALL", "C.UTF-8", 1);
    *state = s;
    return mkdtemp(s->dir) == NULL;
}

static inline int drop_scratch(void **state)
{
    struct scratch *s = *state;
    char cmd[PATH_MAX + 32];
    snprintf(cmd, sizeof cmd, "rm -rf '%s'", s->dir);
    forget(&s->last);
    int failed = system(cmd);
    free(s);
    return failed;
}

/* What the program printed, as JSON; no key twice. The caller puts it down. */
static inline json_t *json_of(const struct run *r)
{
    json_error_t error;
    json_t *json = json_loadb(r->out, r->out_n, JSON_REJECT_DUPLICATES, &error);
    if (json == NULL)
        fail_msg("no JSON (%s):\n%s%s", error.text, r->out, r->err);
    return json;
}

#endif
