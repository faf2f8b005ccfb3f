/* ZIP archives of strangers, read entry by entry with limits. Only what real exports use: stored and deflated files, no
 * encryption. Unpacking runs in our process (libzip checks sizes and sums); what is in the entries goes to the worker. */
#ifndef MW_PARSE_ZIP_H
#define MW_PARSE_ZIP_H

#include "lib/core/arena.h"
#include "lib/core/err.h"

struct mw_zip_limits {
    size_t entries;       /* files in the archive */
    size_t entry, total;  /* bytes, unpacked: of one file, of all that are read */
    size_t ratio;         /* unpacked to packed, of a file over a megabyte */
};
#define MW_ZIP_LIMITS ((struct mw_zip_limits){ 100000, (size_t)16 << 20, (size_t)1 << 30, 200 })

struct mw_zip;
/* From a file, or with path NULL from bytes, which must outlive it. MW_IO: the file cannot be read; MW_PARSE: it is no ZIP (the
 * sentence says what it begins with), damaged, or beyond the limits. */
enum mw_rc mw_zip_open(struct mw_zip **out, const char *path, struct mw_sv bytes, const struct mw_zip_limits *limits, struct mw_err *err);
void mw_zip_close(struct mw_zip *z);
static inline void mw_zip_closep(struct mw_zip **z) { mw_zip_close(*z); }
size_t mw_zip_count(const struct mw_zip *z);
/* The name of an entry as the archive gives it, "/" at the end of folders; MW_SV_NONE where it has none that is safe to use: not
 * UTF-8, absolute, with .. or control characters. Borrowed from the archive. */
struct mw_sv mw_zip_name(const struct mw_zip *z, size_t i);
/* The bytes of an entry. MW_PARSE: encrypted, damaged, beyond the limits, or packed in a way that is not read. */
enum mw_rc mw_zip_read(struct mw_zip *z, size_t i, struct mw_arena *a, struct mw_sv *bytes, struct mw_err *err);

#endif
