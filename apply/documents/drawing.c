#include "apply/documents/drawing.h"

/* cairo and gobject come along as what it depends on. */
MW_LIBRARY_DEFINE(mw_draw, MW_DRAWING_CALLS, MW_SONAME_PANGOCAIRO_1_0, "libpangocairo-1.0-0")
