#include "apply/documents/drawing.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

/* The Debian package of the same name brings it; cairo, pango and gobject come along as what it depends on. */
static const char LIBRARY[] = "libpangocairo-1.0.so.0", PACKAGE[] = "libpangocairo-1.0-0";

static const struct { const char *name; size_t at; } CALLS[] = {
#define MW_DRAWING_CALL(name) { #name, offsetof(struct mw_drawing, name) },
    MW_DRAWING_CALLS(MW_DRAWING_CALL)
#undef MW_DRAWING_CALL
};

const struct mw_drawing *mw_draw;

enum mw_rc mw_drawing_open(struct mw_err *err)
{
    static struct mw_drawing table;
    void *library = mw_draw != NULL ? NULL : dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);

    if (mw_draw != NULL)
        return MW_OK;
    for (size_t i = 0; library != NULL && i < sizeof CALLS / sizeof *CALLS; i++) {
        void *call = dlsym(library, CALLS[i].name);
        if (call == NULL)
            return mw_fail(err, MW_OUTPUT, "%s has no %s: pages and charts cannot be drawn. Install a newer %s.", LIBRARY, CALLS[i].name,
                           PACKAGE);
        memcpy((char *)&table + CALLS[i].at, &call, sizeof call); /* ISO C knows no way from a pointer to data to one to a function */
    }
    if (library == NULL)
        return mw_fail(err, MW_OUTPUT, "Pages and charts cannot be drawn, %s is missing. Install the package %s.", LIBRARY, PACKAGE);
    mw_draw = &table;
    return MW_OK;
}
