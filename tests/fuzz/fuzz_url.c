/* Fuzz target: any bytes as an address on a page, the page's own address before a line end. A canonical address stays as it is, and its
 * parts are parts of it. */
#include "crawler/url.h"
#include "tests/fuzz/fuzz.h"

static void must_be_part(struct mw_sv part, struct mw_sv url)
{
    must(part.p == NULL || part.n == 0 || (part.p >= url.p && part.p + part.n <= url.p + url.n), "a part that is none");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mw_err err = MW_ERR_INIT(MW_EN);
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct mw_sv base = MW_SV_NONE, page, ref = text_of(data, size), url = MW_SV_NONE, again = MW_SV_NONE;

    if (memchr(ref.p, '\n', ref.n) != NULL) {
        mw_sv_cut(ref, '\n', &page, &ref);
        if (mw_url_resolve(&base, a, MW_SV_NONE, page, &err) != MW_OK)
            base = MW_SV("https://example.org/a/b?c");
        mw_err_clear(&err);
    }
    (void)mw_url_like(ref, base.p != NULL ? base : MW_SV("*a*b*"));
    enum mw_rc rc = mw_url_resolve(&url, a, base, ref, &err);
    must_answer(rc, &err);
    if (rc != MW_OK)
        return 0;
    must(url.n <= MW_URL_MAX && mw_url_is_web(url) && mw_utf8_invalid_at(url) == SIZE_MAX, "an address of no page");
    must(mw_url_resolve(&again, a, MW_SV_NONE, url, &err) == MW_OK && mw_sv_eq(again, url), "a canonical address that has another");
    must_be_part(mw_url_origin(url), url);
    must_be_part(mw_url_host(url), url);
    must_be_part(mw_url_target(url), url);
    must_be_part(mw_url_site(url), url);
    must(mw_url_host(url).n > 0 && mw_url_like(url, MW_SV("http*")), "no host");
    return 0;
}
