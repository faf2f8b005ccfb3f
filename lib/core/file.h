/* Files: read with a limit, written so that a crash or a full disk leaves the old one. */
#ifndef MW_CORE_FILE_H
#define MW_CORE_FILE_H

#include "lib/core/arena.h"
#include "lib/core/err.h"

/* The whole file, at most max bytes, into the arena. */
enum mw_rc mw_file_read(struct mw_sv *out, struct mw_arena *a, const char *path, size_t max, struct mw_err *err);
/* Writes a temporary file beside path, syncs and renames it. MW_OUTPUT when that fails; the old file stays. */
enum mw_rc mw_file_write(const char *path, struct mw_sv bytes, struct mw_err *err);
/* Names (not paths) of the regular files in dir that end in suffix, sorted; in the arena: struct mw_sv items. */
enum mw_rc mw_dir_list(struct mw_list *out, struct mw_arena *a, const char *dir, const char *suffix, struct mw_err *err);

/* Lines of a plain or gzip file, or of standard input ("-"). Memory is bounded by max_line whatever the file holds. */
struct mw_lines;
enum mw_rc mw_lines_open(struct mw_lines **out, const char *path, size_t max_line, struct mw_err *err);
/* The next line without its end (\n or \r\n), valid until the next call. MW_NOT_FOUND at the end. A line over max_line:
 * MW_INVALID with its number; the rest of it is passed over and the next call goes on behind it. */
enum mw_rc mw_lines_next(struct mw_lines *l, struct mw_sv *line, struct mw_err *err);
unsigned long mw_lines_number(const struct mw_lines *l); /* of the line last given, from 1 */
uint64_t mw_lines_done(const struct mw_lines *l);        /* bytes of the file read so far (compressed ones) */
uint64_t mw_lines_size(const struct mw_lines *l);        /* bytes of the file; 0: not known (standard input) */
void mw_lines_close(struct mw_lines *l);
static inline void mw_lines_closep(struct mw_lines **l) { mw_lines_close(*l); }

#endif
