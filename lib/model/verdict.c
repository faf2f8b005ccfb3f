/* The words of verdict.h, as FORMATS.md section 3 promises them. */
#include "lib/model/verdict.h"

const char *const MW_ANSWERS[] = { "no", "unknown", "yes", NULL };
const char *const MW_VERDICTS[] = { "ineligible", "unknown", "eligible", NULL };
