#include "crawler/curl.h"

MW_LIBRARY_DEFINE(mw_curl, MW_CURL_CALLS, MW_SONAME_CURL, "libcurl4")
