/* Files in the user's cache folder ($XDG_CACHE_HOME or ~/.cache, mittelweg/): what took long to compute and can be computed again.
 *
 * Nothing depends on them. Where the folder cannot be made or written, or others may write in it, nothing is kept; what is not a plain
 * file of the user's own is not read; and whoever reads one checks what it says, since disks and other programs may have changed it. */
#ifndef MW_CORE_CACHE_H
#define MW_CORE_CACHE_H

#include <sys/stat.h>

#include "lib/core/text.h"

/* The path of the cache file `name`, its folders made, in dir or (NULL) the usual one; false: there is no place for one. */
bool mw_cache_path(char *path, size_t size, const char *dir, const char *name);
/* Opens it for reading; -1: there is none, or none to be trusted. */
int mw_cache_open(const char *path, struct stat *st);
/* Writes it, or not: then it is computed again the next time. */
void mw_cache_keep(const char *path, struct mw_sv bytes);

#endif
