/* Lines of a file of any size, plain or gzip (RFC 1952), in two buffers of fixed size and one line.
 *
 * Bytes go from the file into in[], from there through zlib, or as they are, into out[], and a line that lies whole in
 * out[] is given from there; only one that crosses its end is put together in `line`. */
#include "lib/core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>

enum { BUFFER = 1 << 16 };
/* Text packs 3 to 30 times, in the extreme 100; zeros pack 1030 times. Beyond both bounds it is an attack. */
enum { ABSURD_RATIO = 200, ABSURD_SIZE = 1 << 26 };

struct mw_lines {
    char *path;
    int fd;
    uint64_t size, done, unpacked;
    bool at_end;    /* of the file */
    bool over;      /* no more lines, be it the end or a failure */
    bool gzip;
    bool in_member; /* inside a gzip member, which must not end here */
    z_stream z;
    unsigned char in[BUFFER];
    char out[BUFFER];
    size_t out_at, out_n;
    struct mw_str line;
    size_t max_line;
    unsigned long number;
};

/* --- bytes -------------------------------------------------------------------------------------------------------- */
/* Reads up to n bytes of the file; *got 0 is its end. */
static enum mw_rc read_some(struct mw_lines *l, void *to, size_t n, size_t *got, struct mw_err *err)
{
    ssize_t r;

    do
        r = read(l->fd, to, n);
    while (r < 0 && errno == EINTR);
    if (r < 0)
        return mw_fail(err, MW_IO, "Cannot read \"%s\": %s.", l->path, mw_reason(err, errno));
    *got = (size_t)r;
    l->done += (uint64_t)r;
    l->at_end = r == 0;
    return MW_OK;
}

/* Fills in[] when it is empty. */
static enum mw_rc fill_in(struct mw_lines *l, struct mw_err *err)
{
    size_t got = 0;
    enum mw_rc rc = MW_OK;

    if (l->z.avail_in == 0 && !l->at_end) {
        rc = read_some(l, l->in, sizeof l->in, &got, err);
        l->z.next_in = l->in;
        l->z.avail_in = (uInt)got;
    }
    return rc;
}

/* Unpacks into out[] until it holds something or the file ends. */
static enum mw_rc unpack(struct mw_lines *l, struct mw_err *err)
{
    while (l->out_n == 0) {
        enum mw_rc rc = fill_in(l, err);
        if (rc != MW_OK)
            return rc;
        if (l->z.avail_in == 0 && !l->in_member)
            return MW_OK;
        if (l->z.avail_in == 0)
            return mw_fail(err, MW_PARSE, "The compressed file \"%s\" ends too early; fetch it again.", l->path);
        l->in_member = true;
        l->z.next_out = (unsigned char *)l->out;
        l->z.avail_out = BUFFER;
        int z = inflate(&l->z, Z_NO_FLUSH);
        l->out_n = BUFFER - l->z.avail_out;
        l->unpacked += l->out_n;
        if (z == Z_MEM_ERROR)
            return mw_nomem(err);
        if (z == Z_STREAM_END) { /* another member may follow */
            l->in_member = false;
            z = inflateReset(&l->z);
        }
        if (z != Z_OK && z != Z_BUF_ERROR)
            return mw_fail(err, MW_PARSE, "The compressed file \"%s\" is damaged; fetch it again.", l->path);
        if (l->unpacked > ABSURD_SIZE && l->unpacked / ABSURD_RATIO > l->done)
            return mw_fail(err, MW_PARSE,
                           "\"%s\" unpacks to more than %d times its size, which no real text does; it is not read.",
                           l->path, ABSURD_RATIO);
    }
    return MW_OK;
}

/* Puts more bytes into the empty out[]; none are left when it stays empty. */
static enum mw_rc fill_out(struct mw_lines *l, struct mw_err *err)
{
    l->out_at = l->out_n = 0;
    if (l->gzip)
        return unpack(l, err);
    if (l->z.avail_in > 0) { /* what was read to look for gzip */
        memcpy(l->out, l->in, l->z.avail_in);
        l->out_n = l->z.avail_in;
        l->z.avail_in = 0;
        return MW_OK;
    }
    return l->at_end ? MW_OK : read_some(l, l->out, sizeof l->out, &l->out_n, err);
}

/* --- lines -------------------------------------------------------------------------------------------------------- */
enum mw_rc mw_lines_open(struct mw_lines **out, const char *path, size_t max_line, struct mw_err *err)
{
    enum mw_rc rc = MW_OK;
    struct stat st;
    struct mw_lines *l = calloc(1, sizeof *l);

    *out = NULL;
    if (l == NULL)
        return mw_nomem(err);
    bool standard_input = strcmp(path, "-") == 0;
    l->fd = standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    l->max_line = max_line < MW_STR_MAX - 4 ? max_line : MW_STR_MAX - 4;
    l->path = strdup(path);
    if (l->path == NULL) {
        rc = mw_nomem(err);
        goto out;
    }
    if (l->fd < 0 || fstat(l->fd, &st) != 0) {
        rc = mw_fail(err, MW_IO, "Cannot read \"%s\": %s.", path, mw_reason(err, errno));
        goto out;
    }
    if (S_ISREG(st.st_mode) && st.st_size > 0)
        l->size = (uint64_t)st.st_size;
    while (l->z.avail_in < 2 && !l->at_end) { /* a pipe may give a single byte */
        size_t got = 0;
        if ((rc = read_some(l, l->in + l->z.avail_in, sizeof l->in - l->z.avail_in, &got, err)) != MW_OK)
            goto out;
        l->z.avail_in += (uInt)got;
    }
    l->z.next_in = l->in;
    l->gzip = l->z.avail_in >= 2 && l->in[0] == 0x1f && l->in[1] == 0x8b;
    if (l->gzip && inflateInit2(&l->z, 15 + 16) != Z_OK) { /* the largest window, gzip only */
        l->gzip = false;
        rc = mw_nomem(err);
        goto out;
    }
    *out = l;
    l = NULL;
out:
    mw_lines_close(l);
    return rc;
}

/* Gives the line that is whole now, or says that it is too long. */
static enum mw_rc give(struct mw_lines *l, struct mw_sv line, bool too_long, struct mw_sv *out, struct mw_err *err)
{
    l->number++;
    if (l->number == 1 && mw_sv_starts(line, MW_SV("\ufeff")))
        line = mw_sv_sub(line, 3, line.n);
    if (mw_sv_ends(line, MW_SV("\r")))
        line.n--;
    if (too_long || line.n > l->max_line) {
        struct mw_pos at = { l->path, (unsigned)l->number, 0 };
        return mw_fail_at(err, MW_INVALID, &at, "This line is longer than %zu bytes.", l->max_line);
    }
    *out = line;
    return MW_OK;
}

enum mw_rc mw_lines_next(struct mw_lines *l, struct mw_sv *line, struct mw_err *err)
{
    bool too_long = false, begun = false;

    mw_str_clear(&l->line);
    while (!l->over) {
        enum mw_rc rc = l->out_at == l->out_n ? fill_out(l, err) : MW_OK;
        if (rc != MW_OK || l->out_n == 0) {
            l->over = true;
            if (rc != MW_OK || !begun)
                return rc != MW_OK ? rc : MW_NOT_FOUND;
            return give(l, mw_str_sv(&l->line), too_long, line, err);
        }
        struct mw_sv rest = mw_sv_n(l->out + l->out_at, l->out_n - l->out_at), piece, tail;
        bool whole = mw_sv_cut(rest, '\n', &piece, &tail);
        l->out_at += piece.n + whole;
        if (whole && !begun)
            return give(l, piece, false, line, err);
        begun = true;
        too_long = too_long || piece.n > l->max_line + 4 - l->line.n; /* 4: byte order mark and \r do not count */
        if (!too_long)
            mw_str_add(&l->line, piece);
        if (!mw_str_ok(&l->line)) {
            l->over = true;
            return mw_nomem(err);
        }
        if (whole)
            return give(l, mw_str_sv(&l->line), too_long, line, err);
    }
    return MW_NOT_FOUND;
}

enum mw_rc mw_lines_chunk(struct mw_lines *l, struct mw_sv *chunk, struct mw_err *err)
{
    enum mw_rc rc = !l->over && l->out_at == l->out_n ? fill_out(l, err) : MW_OK;
    l->over = l->over || rc != MW_OK || l->out_n == 0;
    if (l->over)
        return rc != MW_OK ? rc : MW_NOT_FOUND;
    *chunk = mw_sv_n(l->out + l->out_at, l->out_n - l->out_at);
    l->out_at = l->out_n;
    return MW_OK;
}

unsigned long mw_lines_number(const struct mw_lines *l) { return l->number; }
uint64_t mw_lines_done(const struct mw_lines *l) { return l->done; }
uint64_t mw_lines_size(const struct mw_lines *l) { return l->size; }

void mw_lines_close(struct mw_lines *l)
{
    if (l == NULL)
        return;
    if (l->gzip)
        inflateEnd(&l->z);
    if (l->fd > STDIN_FILENO)
        close(l->fd);
    mw_str_free(&l->line);
    free(l->path);
    free(l);
}
