#include "lib/parse/libxml.h"

MW_LIBRARY_DEFINE(mw_libxml, MW_LIBXML_CALLS, MW_SONAME_XML2, "libxml2")
