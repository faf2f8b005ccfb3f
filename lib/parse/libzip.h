/* libzip, loaded (lib/core/library.h) when the first archive is read or written. */
#ifndef MW_PARSE_LIBZIP_H
#define MW_PARSE_LIBZIP_H

#include <zip.h>

#include "lib/core/library.h"

#define MW_LIBZIP_CALLS(X) \
    X(zip_close) X(zip_discard) X(zip_error_fini) X(zip_error_init) X(zip_fclose) X(zip_file_add) X(zip_file_set_dostime) \
    X(zip_fopen_index) X(zip_fread) X(zip_get_name) X(zip_get_num_entries) X(zip_open_from_source) X(zip_source_buffer) \
    X(zip_source_buffer_create) X(zip_source_close) X(zip_source_file_create) X(zip_source_free) X(zip_source_keep) \
    X(zip_source_open) X(zip_source_read) X(zip_source_stat) X(zip_stat_index)
MW_LIBRARY_DECLARE(mw_libzip, MW_LIBZIP_CALLS);

#endif
