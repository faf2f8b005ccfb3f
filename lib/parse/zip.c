/* Implements zip.h on libzip. */
#include "lib/parse/zip.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/core/file.h"
#include "lib/core/node.h"
#include "lib/parse/libzip.h"

MW_LIBRARY_DEFINE(mw_libzip, MW_LIBZIP_CALLS, MW_SONAME_ZIP, "libzip4")

struct mw_zip {
    zip_t *zip;
    struct mw_zip_limits limits;
    size_t count, unpacked;
};

/* "It begins with ...": enough of a foreign file to see that it is a web page and no archive. */
static enum mw_rc not_a_zip(struct mw_sv head, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str shown = MW_STR_INIT;
    bool text = head.n > 0 && mw_utf8_invalid_at(mw_sv_sub(head, 0, head.n > 40 ? 40 : head.n)) == SIZE_MAX;
    if (text)
        mw_node_shown(&shown, mw_sv_trim(mw_sv_sub(head, 0, 40)), 40);
    if (head.n == 0)
        return mw_fail(err, MW_PARSE, "This is no ZIP archive: it is empty.");
    if (mw_sv_starts(mw_sv_trim(head), MW_SV("<")))
        return mw_fail(err, MW_PARSE, "This is no ZIP archive but a web page (perhaps one that asks for a captcha); it begins with \"%s\".",
                       mw_str_z(&shown));
    return mw_fail(err, MW_PARSE, "This is no ZIP archive; it begins with \"%s\".", mw_str_z(&shown));
}

/* Whether the file begins as archives do; the sentence says what it begins with where it does not. */
static enum mw_rc check_file(const char *path, struct mw_err *err)
{
    char head[512];
    FILE *f = fopen(path, "rbe");
    if (f == NULL)
        return mw_fail(err, MW_IO, "Cannot read \"%s\": %s.", path, mw_reason(err, errno));
    struct mw_sv begin = mw_sv_n(head, fread(head, 1, sizeof head, f));
    fclose(f);
    return mw_sv_starts(begin, MW_SV("PK")) ? MW_OK : not_a_zip(begin, err);
}

static zip_t *open_source(const char *path, struct mw_sv bytes)
{
    zip_error_t error;
    mw_libzip->zip_error_init(&error);
    zip_source_t *source = path != NULL ? mw_libzip->zip_source_file_create(path, 0, -1, &error)
                                        : mw_libzip->zip_source_buffer_create(bytes.p, bytes.n, 0, &error);
    zip_t *zip = source != NULL ? mw_libzip->zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
    if (zip == NULL && source != NULL)
        mw_libzip->zip_source_free(source);
    mw_libzip->zip_error_fini(&error);
    return zip;
}

enum mw_rc mw_zip_open(struct mw_zip **out, const char *path, struct mw_sv bytes, const struct mw_zip_limits *limits, struct mw_err *err)
{
    enum mw_rc rc = path != NULL ? check_file(path, err) : mw_sv_starts(bytes, MW_SV("PK")) ? MW_OK : not_a_zip(bytes, err);

    *out = NULL;
    if (rc == MW_OK)
        rc = mw_libzip_open(err);
    if (rc != MW_OK)
        return rc;
    zip_t *zip = open_source(path, bytes);
    if (zip == NULL)
        return mw_fail(err, MW_PARSE, "This ZIP archive is damaged or was not transferred to its end; fetch it again.");
    struct mw_zip *z = calloc(1, sizeof *z);
    zip_int64_t count = mw_libzip->zip_get_num_entries(zip, 0);
    if (z == NULL || count < 0 || (size_t)count > limits->entries) {
        mw_libzip->zip_discard(zip);
        free(z);
        return z == NULL ? mw_nomem(err)
                         : mw_fail(err, MW_PARSE, "This ZIP archive holds more than %zu files; it is not read.", limits->entries);
    }
    *z = (struct mw_zip){ .zip = zip, .limits = *limits, .count = (size_t)count };
    *out = z;
    return MW_OK;
}

void mw_zip_close(struct mw_zip *z)
{
    if (z != NULL)
        mw_libzip->zip_discard(z->zip);
    free(z);
}

size_t mw_zip_count(const struct mw_zip *z) { return z->count; }

struct mw_sv mw_zip_name(const struct mw_zip *z, size_t i)
{
    struct mw_sv name = mw_sv(mw_libzip->zip_get_name(z->zip, i, ZIP_FL_ENC_RAW)), part, rest = name;
    if (name.n == 0 || name.p[0] == '/' || mw_utf8_invalid_at(name) != SIZE_MAX || memchr(name.p, '\\', name.n) != NULL)
        return MW_SV_NONE;
    for (size_t at = 0; at < name.n;)
        if (mw_cp_control(mw_utf8_next(name, &at)))
            return MW_SV_NONE;
    while (rest.n > 0) {
        mw_sv_cut(rest, '/', &part, &rest);
        if (mw_sv_eqz(part, "..") || mw_sv_eqz(part, "."))
            return MW_SV_NONE;
    }
    return name;
}

enum mw_rc mw_zip_read(struct mw_zip *z, size_t i, struct mw_arena *a, struct mw_sv *bytes, struct mw_err *err)
{
    static const zip_uint64_t NEEDED = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
    zip_stat_t st;

    *bytes = MW_SV_NONE;
    if (mw_libzip->zip_stat_index(z->zip, i, 0, &st) != 0 || (st.valid & NEEDED) != NEEDED)
        return mw_fail(err, MW_PARSE, "This entry of the archive is damaged.");
    if (st.encryption_method != ZIP_EM_NONE || (st.comp_method != ZIP_CM_STORE && st.comp_method != ZIP_CM_DEFLATE))
        return mw_fail(err, MW_PARSE, "This entry of the archive is encrypted or packed in a way that is not read.");
    bool absurd = st.size > ((size_t)1 << 20) && st.size / z->limits.ratio > st.comp_size;
    if (st.size > z->limits.entry || st.size > z->limits.total - z->unpacked || absurd)
        return mw_fail(err, MW_PARSE, "This entry of the archive unpacks to an absurd size; it is not read.");
    char *to = mw_arena_alloc(a, (size_t)st.size + 1);
    if (to == NULL)
        return mw_nomem(err);
    zip_file_t *file = mw_libzip->zip_fopen_index(z->zip, i, 0);
    size_t done = 0;
    zip_int64_t got = file != NULL ? 1 : -1;
    while (got > 0) { /* one byte more than is said: the sum is checked at the end, and nothing may follow */
        got = mw_libzip->zip_fread(file, to + done, st.size + 1 - done);
        done += got > 0 ? (size_t)got : 0;
        if (done > st.size)
            got = -1;
    }
    if (file != NULL)
        mw_libzip->zip_fclose(file);
    if (got < 0 || done != st.size)
        return mw_fail(err, MW_PARSE, "This entry of the archive is damaged.");
    z->unpacked += done;
    *bytes = mw_sv_n(to, done);
    return MW_OK;
}
