/* What the fuzz targets share. A target takes any bytes, hands them to one reader and says what must hold of the answer; what does
 * not is a crash, as is every finding of the sanitizers. `make fuzz` runs them; docs/ARCHITECTURE.md section 4. */
#ifndef MW_TESTS_FUZZ_H
#define MW_TESTS_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/core/arena.h"
#include "lib/core/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void must(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "fuzz: %s\n", what);
        abort();
    }
}

/* An answer is MW_OK, or an error with a sentence; no memory is neither. */
static inline void must_answer(enum mw_rc rc, struct mw_err *err)
{
    must(rc == MW_OK || err->msg != NULL, "an error without a sentence");
    must(rc != MW_NOMEM, err->msg != NULL ? err->msg : "");
    mw_err_clear(err);
}

static inline struct mw_sv text_of(const uint8_t *data, size_t size)
{
    return (struct mw_sv){ size > 0 ? (const char *)data : "", size };
}

/* The first byte of data, which chooses how; it is taken off. */
static inline unsigned choice(const uint8_t **data, size_t *size)
{
    if (*size == 0)
        return 0;
    ++*data;
    --*size;
    return (*data)[-1];
}

#endif
