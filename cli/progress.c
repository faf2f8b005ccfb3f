/* One line on standard error that says how far a long job is; silent where that is no terminal. */
#include "cli/cmd.h"

#include <inttypes.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { FIRST_MS = 1000, EVERY_MS = 200, USUAL = 80 };

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

int64_t mw_progress_ms(const struct mw_progress *p) { return p->on ? now_ms() - p->started_ms : 0; }

bool mw_progress_due(const struct mw_progress *p)
{
    int64_t now = p->on ? now_ms() : 0;
    return p->on && now - p->started_ms >= FIRST_MS && now - p->shown_ms >= EVERY_MS;
}

/* How many bytes of a line fit on one of the terminal; a longer one would wrap, and its beginning could not be taken back. */
static size_t that_fits(struct mw_sv line)
{
    struct winsize size = { .ws_col = 0 };
    size_t at = 0, next = 0;
    size_t most = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? (size_t)size.ws_col - 1 : USUAL - 1;

    while (next < line.n) {
        mw_utf8_next(line, &next);
        if (mw_utf8_width(mw_sv_sub(line, 0, next)) > most)
            break;
        at = next;
    }
    return at;
}

void mw_progress_at(struct mw_progress *p, uint64_t done, const char *note)
{
    MW_AUTO(mw_str_free) struct mw_str line = MW_STR_INIT;

    p->done = done;
    if (!mw_progress_due(p))
        return;
    int64_t elapsed = mw_progress_ms(p);
    p->shown_ms = p->started_ms + elapsed;
    p->shown = true;
    mw_str_addz(&line, p->what);
    if (p->total > 0 && done > 0) {
        int64_t left = elapsed * (int64_t)(p->total > done ? p->total - done : 0) / (int64_t)done / 1000;
        mw_str_addf(&line, " %3d %%, %" PRId64 ":%02d", (int)(done * 100 / p->total), left / 60, (int)(left % 60));
    }
    if (note != NULL)
        mw_str_addf(&line, "  %s", note);
    fprintf(stderr, "\r\033[K%.*s", (int)that_fits(mw_str_sv(&line)), mw_str_z(&line));
    fflush(stderr);
}

void mw_progress_end(struct mw_progress *p)
{
    if (p->shown)
        fputs("\r\033[K", stderr);
    p->on = p->shown = false;
}
