/* Implements cache.h. */
#include "lib/core/cache.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/core/file.h"

/* Nobody else may put a link there while a file is being written. */
static bool is_ones_own(const char *folder)
{
    struct stat st;
    return stat(folder, &st) == 0 && S_ISDIR(st.st_mode) && st.st_uid == geteuid() && (st.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

bool mw_cache_path(char *path, size_t size, const char *dir, const char *name)
{
    const char *xdg = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    const char *ours = dir != NULL ? "" : "/mittelweg";
    char base[3072];
    int n;

    if (dir != NULL)
        n = snprintf(base, sizeof base, "%s", dir);
    else if (xdg != NULL && xdg[0] == '/')
        n = snprintf(base, sizeof base, "%s", xdg);
    else if (home != NULL && home[0] == '/')
        n = snprintf(base, sizeof base, "%s/.cache", home);
    else
        return false;
    if (n < 0 || (size_t)n >= sizeof base)
        return false;
    (void)mkdir(base, 0700); /* whether that worked shows when the file is written */
    n = snprintf(path, size, "%s%s", base, ours);
    if (n < 0 || (size_t)n >= size)
        return false;
    (void)mkdir(path, 0700);
    if (!is_ones_own(path))
        return false;
    n = snprintf(path, size, "%s%s/%s", base, ours, name);
    return n > 0 && (size_t)n < size;
}

int mw_cache_open(const char *path, struct stat *st)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd >= 0 && fstat(fd, st) == 0 && S_ISREG(st->st_mode) && st->st_uid == geteuid())
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

void mw_cache_keep(const char *path, struct mw_sv bytes)
{
    struct stat st;
    if (lstat(path, &st) != 0 || S_ISREG(st.st_mode)) /* mw_file_write() would follow a link, and wait for the reader of a pipe */
        (void)mw_file_write(path, bytes, NULL);
}
