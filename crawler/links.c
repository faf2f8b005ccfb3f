/* Implements links.h after RFC 3986. */
#include "crawler/links.h"

#include <string.h>

struct parts {
    struct mw_sv scheme, authority, path, query; /* authority and query MW_SV_NONE: absent, not empty */
};

static bool scheme_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

/* Section 3, appendix B; the fragment is left out. */
static struct parts take_apart(struct mw_sv s)
{
    struct parts u = { MW_SV_NONE, MW_SV_NONE, MW_SV_NONE, MW_SV_NONE };
    struct mw_sv rest, head;
    size_t n = 0;

    mw_sv_cut(s, '#', &s, &rest);
    while (n < s.n && scheme_char(s.p[n]))
        n++;
    if (n > 0 && n < s.n && s.p[n] == ':') {
        u.scheme = mw_sv_sub(s, 0, n);
        s = mw_sv_sub(s, n + 1, s.n);
    }
    if (mw_sv_cut(s, '?', &head, &rest))
        u.query = rest;
    s = head;
    if (mw_sv_starts(s, MW_SV("//"))) {
        size_t slash = mw_sv_find(s, MW_SV("/"), 2);
        u.authority = mw_sv_sub(s, 2, (slash == SIZE_MAX ? s.n : slash) - 2);
        s = mw_sv_sub(s, slash == SIZE_MAX ? s.n : slash, s.n);
    }
    u.path = s;
    return u;
}

/* Section 5.2.4 over the segments, appended to out behind its first `floor` bytes. */
static void add_without_dots(struct mw_str *out, struct mw_sv path)
{
    size_t floor = out->n;
    struct mw_sv segment, rest = path;
    bool more = path.n > 0;
    if (mw_sv_starts(rest, MW_SV("/")))
        rest = mw_sv_sub(rest, 1, rest.n);
    while (more) {
        more = mw_sv_cut(rest, '/', &segment, &rest);
        bool up = mw_sv_eqz(segment, ".."), here = mw_sv_eqz(segment, ".");
        while (up && out->n > floor && out->p[--out->n] != '/')
            ;
        if (!up && !here) {
            mw_str_addc(out, '/');
            mw_str_add(out, segment);
        } else if (!more) {
            mw_str_addc(out, '/');
        }
    }
}

static void add_lower(struct mw_str *out, struct mw_sv s)
{
    for (size_t i = 0; i < s.n; i++)
        mw_str_addc(out, (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] + ('a' - 'A') : s.p[i]));
}

/* What a browser does with white space in an address: line ends and tabs vanish, spaces are escaped. */
static void add_tidy(struct mw_str *out, struct mw_sv s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == ' ')
            mw_str_addz(out, "%20");
        else if (c > ' ' && c != 0x7f)
            mw_str_addc(out, s.p[i]);
    }
}

bool mw_url_is_web(struct mw_sv url)
{
    struct parts u = take_apart(url);
    bool web = mw_sv_ieq(u.scheme, MW_SV("http")) || mw_sv_ieq(u.scheme, MW_SV("https"));
    return web && u.authority.n > 0 && memchr(u.authority.p, '@', u.authority.n) == NULL;
}

struct mw_sv mw_url_join(struct mw_arena *a, struct mw_sv base, struct mw_sv ref)
{
    MW_AUTO(mw_str_free) struct mw_str tidy = MW_STR_INIT;
    MW_AUTO(mw_str_free) struct mw_str path = MW_STR_INIT;
    MW_AUTO(mw_str_free) struct mw_str out = MW_STR_INIT;

    add_tidy(&tidy, mw_sv_trim(ref));
    struct parts r = take_apart(mw_str_sv(&tidy)), b = take_apart(base), t = r;
    if (r.scheme.p == NULL) {
        t.scheme = b.scheme;
        if (r.authority.p == NULL) {
            t.authority = b.authority;
            if (r.path.n == 0) {
                t.path = b.path;
                t.query = r.query.p != NULL ? r.query : b.query;
            } else if (r.path.p[0] != '/') { /* section 5.2.3 */
                size_t n = b.path.n;
                while (n > 0 && b.path.p[n - 1] != '/')
                    n--;
                mw_str_add(&path, mw_sv_sub(b.path, 0, n));
                mw_str_add(&path, r.path);
                t.path = mw_str_sv(&path);
            }
        }
    }
    add_lower(&out, t.scheme);
    mw_str_addz(&out, "://");
    add_lower(&out, t.authority);
    add_without_dots(&out, t.path.n > 0 ? t.path : MW_SV("/"));
    if (t.query.p != NULL) {
        mw_str_addc(&out, '?');
        mw_str_add(&out, t.query);
    }
    return mw_str_ok(&out) && mw_str_ok(&tidy) && mw_url_is_web(mw_str_sv(&out)) ? mw_arena_copy(a, mw_str_sv(&out)) : MW_SV_NONE;
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
