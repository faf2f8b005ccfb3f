/* What portals hang on an address that is not of the page: the visit, the click that led there. Tomorrow it is another, and the notice
 * would be a new one. */
#include "crawler/url.h"

/* Whole names; with "*" at the end all that begin so. Not "sid" and the like, which name pages elsewhere. */
static const char *const OF_A_VISIT[] = { "jsessionid", "phpsessid", "aspsessionid*", "cfid", "cftoken", "sessionid", "session_id", "utm_*", "mtm_*", "pk_campaign",
    "pk_kwd", "fbclid", "gclid" };

static bool is_named(struct mw_sv name, struct mw_sv pattern)
{
    bool prefix = mw_sv_ends(pattern, MW_SV("*"));
    struct mw_sv p = mw_sv_sub(pattern, 0, pattern.n - (prefix ? 1 : 0));
    return prefix ? name.n >= p.n && mw_sv_ieq(mw_sv_sub(name, 0, p.n), p) : mw_sv_ieq(name, p);
}

static bool is_passing(struct mw_sv name, const struct mw_list *ignored)
{
    bool passing = false;
    for (size_t i = 0; i < sizeof OF_A_VISIT / sizeof *OF_A_VISIT && !passing; i++)
        passing = is_named(name, mw_sv(OF_A_VISIT[i]));
    for (size_t i = 0; i < ignored->n && !passing; i++)
        passing = is_named(name, *MW_AT(*ignored, struct mw_sv, i));
    return passing;
}

/* "/a;jsessionid=1/b" loses what the semicolon begins, of that name only. */
static void add_path(struct mw_str *out, struct mw_sv path)
{
    static const struct mw_sv NAME = { ";jsessionid=", 12 };
    for (size_t i = 0; i < path.n; i++) {
        if (path.p[i] == ';' && mw_sv_ieq(mw_sv_sub(path, i, NAME.n), NAME))
            while (i + 1 < path.n && path.p[i + 1] != '/')
                i++;
        else
            mw_str_addc(out, path.p[i]);
    }
}

void mw_url_add_lasting(struct mw_str *out, struct mw_sv url, const struct mw_list *ignored)
{
    size_t hash = mw_sv_find(url, MW_SV("#"), 0);
    struct mw_sv fragment = hash != SIZE_MAX ? mw_sv_sub(url, hash, url.n) : MW_SV("");
    url = mw_sv_sub(url, 0, url.n - fragment.n);
    size_t mark = mw_sv_find(url, MW_SV("?"), 0);
    bool query = mark != SIZE_MAX, any = false;
    struct mw_sv rest = query ? mw_sv_sub(url, mark + 1, url.n) : MW_SV(""), one, name, value;

    add_path(out, mw_sv_sub(url, 0, query ? mark : url.n));
    for (bool more = query; more;) {
        more = mw_sv_cut(rest, '&', &one, &rest);
        mw_sv_cut(one, '=', &name, &value);
        if (is_passing(name, ignored))
            continue;
        mw_str_addc(out, any ? '&' : '?');
        mw_str_add(out, one);
        any = true;
    }
    mw_str_add(out, fragment);
}
