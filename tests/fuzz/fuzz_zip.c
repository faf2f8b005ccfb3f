/* Fuzz target: any bytes as a ZIP archive: every name is safe to use, every entry stays within the limits. */
#include "lib/parse/zip.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct mw_zip_limits LIMITS = { 50, 1 << 20, 4 << 20, 100 };
    struct mw_err err = MW_ERR_INIT(MW_EN);
    MW_AUTO(mw_zip_closep) struct mw_zip *z = NULL;
    size_t total = 0;
    enum mw_rc rc = mw_zip_open(&z, NULL, text_of(data, size), &LIMITS, &err);

    must_answer(rc, &err);
    for (size_t i = 0; rc == MW_OK && i < mw_zip_count(z); i++) {
        MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
        struct mw_sv name = mw_zip_name(z, i), bytes = MW_SV_NONE;
        must(i < LIMITS.entries, "more entries than allowed");
        must(name.p == NULL || (mw_utf8_invalid_at(name) == SIZE_MAX && name.n > 0 && name.p[0] != '/' && !mw_sv_starts(name, MW_SV("../")) &&
                                mw_sv_find(name, MW_SV("/../"), 0) == SIZE_MAX), "a name that leads out");
        enum mw_rc one = mw_zip_read(z, i, a, &bytes, &err);
        must_answer(one, &err);
        total += one == MW_OK ? bytes.n : 0;
        must(bytes.n <= LIMITS.entry && total <= LIMITS.total, "more bytes than allowed");
    }
    return 0;
}
