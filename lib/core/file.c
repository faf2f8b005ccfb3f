/* Whole files: read up to a limit, written so that at every moment either the old or the new one is there. */
#include "lib/core/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- reading ------------------------------------------------------------------------------------------------------ */
static enum mw_rc too_large(const char *path, size_t max, struct mw_err *err)
{
    return mw_fail(err, MW_INVALID, "\"%s\" is larger than %zu bytes, the most that is read here.", path, max);
}

/* A regular file straight to where it stays. false: it is not as long as the system says, and is read as any other. */
static bool read_at_once(struct mw_sv *out, struct mw_arena *a, int fd, size_t size)
{
    char *p = mw_arena_alloc(a, size + 1), more;
    size_t done = 0;
    ssize_t n = 1;
    while (p != NULL && done < size && (n = read(fd, p + done, size - done)) > 0)
        done += (size_t)n;
    bool whole = p != NULL && done == size && read(fd, &more, 1) == 0;
    if (whole)
        *out = mw_sv_n(p, size);
    else
        (void)lseek(fd, 0, SEEK_SET);
    return whole;
}

enum mw_rc mw_file_read(struct mw_sv *out, struct mw_arena *a, const char *path, size_t max, struct mw_err *err)
{
    enum mw_rc rc = MW_OK;
    MW_AUTO(mw_str_free) struct mw_str bytes = MW_STR_INIT;
    struct stat st;
    char chunk[1 << 16];
    ssize_t n;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    bytes.max = max;
    if (fd < 0 || fstat(fd, &st) != 0) {
        rc = mw_fail(err, MW_IO, "Cannot read \"%s\": %s.", path, mw_reason(err, errno));
        goto out;
    }
    /* What the system says of the size spares reading a file that is too large; what is read decides. */
    if (S_ISREG(st.st_mode) && st.st_size > 0 && (uintmax_t)st.st_size > max) {
        rc = too_large(path, max, err);
        goto out;
    }
    if (S_ISREG(st.st_mode) && st.st_size > 0 && read_at_once(out, a, fd, (size_t)st.st_size))
        goto out;
    while ((n = read(fd, chunk, sizeof chunk)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            rc = mw_fail(err, MW_IO, "Cannot read \"%s\": %s.", path, mw_reason(err, errno));
            goto out;
        }
        if ((size_t)n > max - bytes.n) {
            rc = too_large(path, max, err);
            goto out;
        }
        mw_str_add(&bytes, mw_sv_n(chunk, (size_t)n));
    }
    struct mw_sv copy = mw_str_ok(&bytes) ? mw_arena_copy(a, mw_str_sv(&bytes)) : MW_SV_NONE;
    if (copy.p == NULL)
        rc = mw_nomem(err);
    else
        *out = copy;
out:
    if (fd >= 0)
        close(fd);
    return rc;
}

/* --- writing ------------------------------------------------------------------------------------------------------ */
static bool write_all(int fd, struct mw_sv bytes)
{
    while (bytes.n > 0) {
        ssize_t n = write(fd, bytes.p, bytes.n);
        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0)
            bytes = mw_sv_sub(bytes, (size_t)n, bytes.n);
    }
    return true;
}

/* Writes, syncs if asked, and closes fd whatever happens; false with errno set. */
static bool write_and_close(int fd, struct mw_sv bytes, bool sync)
{
    bool done = write_all(fd, bytes) && (!sync || fsync(fd) == 0);
    int why = errno;

    if (close(fd) != 0 && done)
        return false; /* some file systems find out about a full disk here */
    errno = why;
    return done;
}

/* Length of the folder part of a path, with its slash. */
static int folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? (int)(slash - path) + 1 : 0;
}

/* A new file in the folder of path that nobody else has; its name, which the caller frees, does not depend on that
 * of path, so that a name of the longest kind can be written, too. -1 with errno set. */
static int open_beside(const char *path, mode_t mode, char **name)
{
    int fd = -1;

    for (unsigned i = 0; i < 100; i++) {
        if (asprintf(name, "%.*s.mittelweg-%ld-%u.tmp", folder_length(path), path, (long)getpid(), i) < 0) {
            *name = NULL;
            return -1;
        }
        fd = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
        if (fd >= 0 || errno != EEXIST)
            return fd;
        free(*name);
        *name = NULL;
    }
    return fd;
}

/* A rename lasts through a power failure only when its folder is on disk. File systems that cannot sync one say
 * EINVAL. */
static bool sync_folder(const char *path)
{
    char *folder = NULL;
    int fd;
    bool done = true;

    if (asprintf(&folder, "%.*s.", folder_length(path), path) < 0)
        return false;
    fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(folder);
    if (fd < 0)
        return true; /* a folder one may write but not read */
    if (fsync(fd) != 0 && errno != EINVAL)
        done = false;
    close(fd);
    return done;
}

static bool replace(const char *path, const struct stat *old, struct mw_sv bytes)
{
    char *name = NULL;
    bool done = false;
    int why, fd = open_beside(path, 0666, &name); /* the umask applies */

    if (fd < 0)
        goto out;
    if (old != NULL && fchmod(fd, old->st_mode & 07777) != 0) {
        why = errno;
        close(fd);
        errno = why;
    } else {
        done = write_and_close(fd, bytes, true) && rename(name, path) == 0;
    }
    if (done) {
        done = sync_folder(path);
    } else {
        why = errno;
        (void)unlink(name);
        errno = why;
    }
out:
    free(name);
    return done;
}

enum mw_rc mw_file_write(const char *path, struct mw_sv bytes, struct mw_err *err)
{
    struct stat old;
    bool done, exists = stat(path, &old) == 0;
    char *target = exists ? realpath(path, NULL) : NULL; /* a link stays a link: what it points to is replaced */

    if (exists && !S_ISREG(old.st_mode)) { /* a terminal, pipe or device is written to, never replaced */
        int fd = open(path, O_WRONLY | O_CLOEXEC);
        done = fd >= 0 && write_and_close(fd, bytes, false);
    } else {
        done = replace(target != NULL ? target : path, exists ? &old : NULL, bytes);
    }
    int why = errno;
    free(target);
    return done ? MW_OK : mw_fail(err, MW_OUTPUT, "Cannot write \"%s\": %s.", path, mw_reason(err, why));
}

/* --- folders ------------------------------------------------------------------------------------------------------ */
static int by_name(const void *a, const void *b)
{
    const struct mw_sv *left = a, *right = b;
    return mw_sv_cmp(*left, *right);
}

const char *mw_path_dir(struct mw_arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (slash == NULL)
        return ".";
    return slash == path ? "/" : mw_arena_z(a, mw_sv_n(path, (size_t)(slash - path)));
}

struct mw_sv mw_path_join(struct mw_arena *a, const char *dir, struct mw_sv name)
{
    return strcmp(dir, ".") == 0 ? mw_arena_copy(a, name) : mw_arena_printf(a, "%s/%.*s", dir, MW_SV_ARG(name));
}

enum mw_rc mw_dir_list(struct mw_list *out, struct mw_arena *a, const char *dir, const char *suffix, struct mw_err *err)
{
    enum mw_rc rc = MW_OK;
    struct mw_list names = { NULL, 0, 0 };
    struct stat st;
    const struct dirent *entry;
    DIR *d = opendir(dir);

    if (d == NULL)
        return mw_fail(err, MW_IO, "Cannot read folder \"%s\": %s.", dir, mw_reason(err, errno));
    while (errno = 0, (entry = readdir(d)) != NULL) {
        if (entry->d_name[0] == '.' || !mw_sv_ends(mw_sv(entry->d_name), mw_sv(suffix)) ||
            fstatat(dirfd(d), entry->d_name, &st, 0) != 0 || !S_ISREG(st.st_mode))
            continue;
        struct mw_sv *name = mw_list_add(a, &names, sizeof *name);
        if (name == NULL || (*name = mw_arena_copy(a, mw_sv(entry->d_name))).p == NULL) {
            rc = mw_nomem(err);
            goto out;
        }
    }
    if (errno != 0) {
        rc = mw_fail(err, MW_IO, "Cannot read folder \"%s\": %s.", dir, mw_reason(err, errno));
        goto out;
    }
    if (names.n > 0)
        qsort(names.items, names.n, sizeof(struct mw_sv), by_name);
    *out = names;
out:
    closedir(d);
    return rc;
}

/* --- why the system refused --------------------------------------------------------------------------------------- */
const char *mw_reason(const struct mw_err *err, int number)
{
    const char *text = strerrordesc_np(number);
    return mw_tr(err != NULL ? err->lang : MW_EN, text != NULL ? text : "unknown error");
}
