/* Fuzz target: any bytes as robots.txt, and as the address that is asked for: /robots.txt itself always may be fetched. */
#include "crawler/robots.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mw_err err = MW_ERR_INIT(MW_EN);
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct mw_robots r;

    must_answer(mw_robots_read(&r, a, text_of(data, size), MW_SV("mittelweg"), &err), &err);
    must(mw_robots_allows(&r, MW_SV("/robots.txt")), "robots.txt is forbidden");
    (void)mw_robots_allows(&r, text_of(data, size < 300 ? size : 300));
    for (size_t i = 0; i < r.rules.n && i < 20; i++)
        (void)mw_robots_allows(&r, MW_AT(r.rules, struct mw_robots_rule, i)->pattern);
    must(r.delay_ms >= -1, "a negative delay");
    return 0;
}
