/* Implements library.h on the dynamic linker. */
#include "lib/core/library.h"

#include <dlfcn.h>
#include <string.h>

enum mw_rc mw_library_load(void *table, const struct mw_library *l, struct mw_err *err)
{
    void *library = dlopen(l->file, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL)
        return mw_fail(err, MW_IO, "The library %s is missing. Install the package %s.", l->file, l->package);
    for (size_t i = 0; i < l->n; i++) {
        void *call = dlsym(library, l->calls[i]);
        if (call == NULL)
            return mw_fail(err, MW_IO, "The library %s has no %s. Install a newer package %s.", l->file, l->calls[i], l->package);
        memcpy((char *)table + i * sizeof call, &call, sizeof call); /* ISO C knows no way from a pointer to data to one to a function */
    }
    return MW_OK;
}
