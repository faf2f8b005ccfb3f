/* Files: read with a limit, written so that a crash or a full disk leaves the old one. */
#ifndef MW_CORE_FILE_H
#define MW_CORE_FILE_H

#include "lib/core/arena.h"
#include "lib/core/err.h"

/* The whole file, at most max bytes, into the arena, with a NUL behind it. MW_IO: it cannot be read; MW_INVALID: it is
 * larger. */
enum mw_rc mw_file_read(struct mw_sv *out, struct mw_arena *a, const char *path, size_t max, struct mw_err *err);
/* Writes a temporary file beside path, syncs and renames it, with the permissions of the old file where there was
 * one. MW_OUTPUT when that fails; the old file stays. A link stays a link; devices and pipes are written to
 * directly. Whoever runs under a limit on file sizes ignores SIGXFSZ, so that reaching it is an error and not the
 * end. */
enum mw_rc mw_file_write(const char *path, struct mw_sv bytes, struct mw_err *err);
/* The folder a path lies in: "a/b" of "a/b/c", "/" of "/c", "." of "c". In the arena or a constant; NULL: out of memory. */
const char *mw_path_dir(struct mw_arena *a, const char *path);
/* "dir/name", and name alone in the folder where one stands: people write no "./". Ends with a zero; MW_SV_NONE: no memory. */
struct mw_sv mw_path_join(struct mw_arena *a, const char *dir, struct mw_sv name);
/* Names (not paths) of the regular files in dir that end in suffix and do not begin with a point, sorted; in the arena:
 * struct mw_sv items. MW_IO: dir cannot be read. */
enum mw_rc mw_dir_list(struct mw_list *out, struct mw_arena *a, const char *dir, const char *suffix,
                       struct mw_err *err);

/* Why the system refused, from errno, in the language of err (NULL: English). A constant. */
const char *mw_reason(const struct mw_err *err, int number);

/* Lines of a plain or gzip file, or of standard input ("-"), in lines.c. Memory is bounded by max_line whatever the
 * file holds. A byte order mark before the first line is left out. */
struct mw_lines;
enum mw_rc mw_lines_open(struct mw_lines **out, const char *path, size_t max_line, struct mw_err *err);
/* The next line without its end (\n or \r\n), valid until the next call. MW_NOT_FOUND at the end. A line over
 * max_line: MW_INVALID with its number; the rest of it is passed over and the next call goes on behind it. After
 * MW_IO (cannot be read), MW_PARSE (damaged or cut off gzip, or one that unpacks to absurd size) and MW_NOMEM there
 * are no more lines. */
enum mw_rc mw_lines_next(struct mw_lines *l, struct mw_sv *line, struct mw_err *err);
/* The bytes that come next, whatever lines they hold, at most some 64 KB; valid until the next call. MW_NOT_FOUND at the end. For
 * readers to whom lines mean nothing. */
enum mw_rc mw_lines_chunk(struct mw_lines *l, struct mw_sv *chunk, struct mw_err *err);
unsigned long mw_lines_number(const struct mw_lines *l); /* of the line last given, from 1 */
uint64_t mw_lines_done(const struct mw_lines *l);        /* bytes of the file read so far (compressed ones) */
uint64_t mw_lines_size(const struct mw_lines *l);        /* bytes of the file; 0: not known (standard input) */
void mw_lines_close(struct mw_lines *l);
static inline void mw_lines_closep(struct mw_lines **l) { mw_lines_close(*l); }

#endif
