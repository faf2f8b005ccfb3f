/* Libraries that few commands need are loaded when one of them does: with all that they depend on, programs linked with
 * them spend most of their start on them (5.5 of 7.7 ms), in every command.
 *
 * Whoever wraps such a library lists the functions he calls, declares a table of them in a header (or beside their only use) and
 * defines it in one C file; calls go through the table: mw_x->x_open().
 *
 *     #define MW_X_CALLS(X) X(x_open) X(x_close)
 *     MW_LIBRARY_DECLARE(mw_x, MW_X_CALLS);
 *     MW_LIBRARY_DEFINE(mw_x, MW_X_CALLS, MW_SONAME_X, "libx1")
 *
 * The table is NULL before the first mw_x_open(); what is loaded stays for the life of the process. The names MW_SONAME_... of the files
 * come from the build (lib/core/sonames.h in its folder): those of the libraries whose headers it read. */
#ifndef MW_CORE_LIBRARY_H
#define MW_CORE_LIBRARY_H

#include "lib/core/err.h"
#include "lib/core/sonames.h"

struct mw_library {
    const char *file, *package; /* what is loaded; the Debian package that brings it */
    const char *const *calls;
    size_t n;
};
/* Fills table, an array of n pointers. MW_IO with the package to install where the library is missing or lacks a function. */
enum mw_rc mw_library_load(void *table, const struct mw_library *l, struct mw_err *err);

#define MW_LIBRARY_POINTER(call) __typeof__(call) *call;
#define MW_LIBRARY_NAME(call) #call,
#define MW_LIBRARY_DECLARE(table_, CALLS_) \
    struct table_ { \
        CALLS_(MW_LIBRARY_POINTER) \
    }; \
    extern const struct table_ *table_; \
    enum mw_rc table_##_open(struct mw_err *err)
#define MW_LIBRARY_DEFINE(table_, CALLS_, file_, package_) \
    const struct table_ *table_; \
    enum mw_rc table_##_open(struct mw_err *err) \
    { \
        static struct table_ loaded; \
        static const char *const NAMES[] = { CALLS_(MW_LIBRARY_NAME) }; \
        static const struct mw_library LIBRARY = { file_, package_, NAMES, sizeof NAMES / sizeof *NAMES }; \
        enum mw_rc rc = table_ != NULL ? MW_OK : mw_library_load(&loaded, &LIBRARY, err); \
        if (rc == MW_OK) \
            table_ = &loaded; \
        return rc; \
    }

#endif
