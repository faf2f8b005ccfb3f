/* One line on standard error that says how far a long job is; silent where that is no terminal. */
#include "cli/cmd.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { FIRST_MS = 1000, EVERY_MS = 200 };

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void mw_progress_begin(struct mw_progress *p, const char *what, uint64_t total)
{
    *p = (struct mw_progress){ .what = what, .total = total, .on = isatty(STDERR_FILENO) == 1 };
    if (p->on)
        p->started_ms = p->shown_ms = now_ms();
}

void mw_progress_at(struct mw_progress *p, uint64_t done, const char *note)
{
    p->done = done;
    if (!p->on)
        return;
    int64_t now = now_ms(), elapsed = now - p->started_ms;
    if (elapsed < FIRST_MS || now - p->shown_ms < EVERY_MS)
        return;
    p->shown_ms = now;
    p->shown = true;
    fprintf(stderr, "\r\033[K%s", p->what);
    if (p->total > 0 && done > 0) {
        int64_t left = elapsed * (int64_t)(p->total > done ? p->total - done : 0) / (int64_t)done / 1000;
        fprintf(stderr, " %3d %%, %" PRId64 ":%02d", (int)(done * 100 / p->total), left / 60, (int)(left % 60));
    }
    if (note != NULL)
        fprintf(stderr, "  %s", note);
    fflush(stderr);
}

void mw_progress_end(struct mw_progress *p)
{
    if (p->shown)
        fputs("\r\033[K", stderr);
    p->on = p->shown = false;
}
