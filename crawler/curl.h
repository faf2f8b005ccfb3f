/* libcurl, loaded (lib/core/library.h) when the first address is read. */
#ifndef MW_CRAWLER_CURL_H
#define MW_CRAWLER_CURL_H

#define CURL_DISABLE_TYPECHECK /* its macros call the functions by name */
#include <curl/curl.h>

#include "lib/core/library.h"

#define MW_CURL_CALLS(X) \
    X(curl_easy_cleanup) X(curl_easy_getinfo) X(curl_easy_header) X(curl_easy_init) X(curl_easy_perform) \
    X(curl_easy_setopt) X(curl_easy_strerror) X(curl_free) X(curl_getdate) X(curl_global_cleanup) X(curl_global_init) \
    X(curl_multi_add_handle) X(curl_multi_cleanup) X(curl_multi_info_read) X(curl_multi_init) X(curl_multi_perform) \
    X(curl_multi_poll) X(curl_multi_remove_handle) X(curl_slist_append) X(curl_slist_free_all) X(curl_url) X(curl_url_cleanup) \
    X(curl_url_get) X(curl_url_set)
MW_LIBRARY_DECLARE(mw_curl, MW_CURL_CALLS);

#endif
