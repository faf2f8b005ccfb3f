/* Implements links.h. */
#include "crawler/links.h"

#include <string.h>

struct mw_sv mw_url_join(struct mw_arena *a, struct mw_sv base, struct mw_sv ref)
{
    struct mw_sv url = MW_SV_NONE;
    return mw_sv_trim(ref).n > 0 && mw_url_resolve(&url, a, base, ref, NULL) == MW_OK ? url : MW_SV_NONE;
}

bool mw_url_is_web(struct mw_sv url)
{
    struct mw_sv origin = mw_url_origin(url);
    bool web = mw_sv_starts(url, MW_SV("https://")) || mw_sv_starts(url, MW_SV("http://"));
    return web && mw_url_host(url).n > 0 && memchr(origin.p, '@', origin.n) == NULL;
}

bool mw_url_like(struct mw_sv url, struct mw_sv pattern)
{
    size_t u = 0, p = 0, star = SIZE_MAX, from = 0;
    while (u < url.n) {
        if (p < pattern.n && pattern.p[p] == '*') {
            star = p++;
            from = u;
        } else if (p < pattern.n && pattern.p[p] == url.p[u]) {
            p++;
            u++;
        } else if (star != SIZE_MAX) { /* the last star takes one more */
            p = star + 1;
            u = ++from;
        } else {
            return false;
        }
    }
    while (p < pattern.n && pattern.p[p] == '*')
        p++;
    return p == pattern.n;
}
