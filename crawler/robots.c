/* RFC 9309, read as forgivingly as section 2.2 asks: unknown lines are passed over and part no groups. */
#include "crawler/robots.h"

#include <string.h>

enum { DELAY_MAX_MS = 3600000 };

static bool is_space(char c) { return c == ' ' || c == '\t'; }

/* One spelling for patterns and targets (section 2.2.2): escapes in upper case, those of unreserved characters undone, other
 * bytes outside of ASCII escaped. Escaped "*" and "$" (%2A, %24) stay escaped, so that they are no signs. */
static void add_spelled(struct mw_str *out, struct mw_sv s)
{
    static const char HEX[] = "0123456789ABCDEF0123456789abcdef";

    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        const char *high = c == '%' && i + 2 < s.n && s.p[i + 1] != '\0' ? strchr(HEX, s.p[i + 1]) : NULL;
        const char *low = high != NULL && s.p[i + 2] != '\0' ? strchr(HEX, s.p[i + 2]) : NULL;
        if (low != NULL) {
            unsigned d = (unsigned)((high - HEX) % 16 * 16 + (low - HEX) % 16);
            i += 2;
            if ((d >= 'a' && d <= 'z') || (d >= 'A' && d <= 'Z') || (d >= '0' && d <= '9') || (d > 0 && d < 128 && strchr("-._~", (int)d)))
                mw_str_addc(out, (char)d);
            else
                mw_str_addf(out, "%%%02X", d);
        } else if (c <= ' ' || c >= 0x7f) {
            mw_str_addf(out, "%%%02X", c);
        } else {
            mw_str_addc(out, (char)c);
        }
    }
}

/* Whether the pattern matches a beginning of s: "*" is anything, "$" at the end is the end. Going back to the last star is
 * enough: what an earlier one took can be left to it. */
static bool matches(struct mw_sv pattern, struct mw_sv s)
{
    bool to_end = pattern.n > 0 && pattern.p[pattern.n - 1] == '$';
    size_t p = 0, i = 0, star = SIZE_MAX, mark = 0;

    pattern.n -= to_end;
    for (;;) {
        if (p < pattern.n && pattern.p[p] == '*') {
            star = p++;
            mark = i;
        } else if (p == pattern.n && (!to_end || i == s.n)) {
            return true;
        } else if (p < pattern.n && i < s.n && pattern.p[p] == s.p[i]) {
            p++;
            i++;
        } else if (star != SIZE_MAX && mark < s.n) {
            p = star + 1;
            i = ++mark;
        } else {
            return false;
        }
    }
}

bool mw_robots_allows(const struct mw_robots *r, struct mw_sv target)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    size_t longest = 0;
    bool allowed = true;

    add_spelled(&s, target);
    if (!mw_str_ok(&s))
        return false;
    if (mw_sv_eqz(target, "/robots.txt"))
        return true;
    for (size_t i = 0; i < r->rules.n; i++) {
        const struct mw_robots_rule *rule = MW_AT(r->rules, struct mw_robots_rule, i);
        if (rule->pattern.n < longest || (rule->pattern.n == longest && !rule->allow) || !matches(rule->pattern, mw_str_sv(&s)))
            continue;
        longest = rule->pattern.n;
        allowed = rule->allow;
    }
    return allowed;
}

/* --- reading ---------------------------------------------------------------------------------------------------------- */

struct group { /* what stands for one name; both are read in one pass */
    struct mw_robots said;
    bool named;  /* a user-agent line named it */
    bool open;   /* the lines that follow are for it */
};
struct reading {
    struct mw_arena *a;
    struct group ours, all;
    bool ruled; /* a rule came since the last user-agent line: the next begins a new group */
};

static void user_agent(struct reading *r, struct mw_sv name, struct mw_sv product)
{
    if (r->ruled)
        r->ours.open = r->all.open = r->ruled = false;
    size_t n = 0; /* section 2.2.1: letters, "_" and "-"; what follows ("/2.0") is no part of the name */
    while (n < name.n && ((name.p[n] | 32) >= 'a' ? (name.p[n] | 32) <= 'z' || name.p[n] == '_' : name.p[n] == '-'))
        n++;
    if (name.n > 0 && name.p[0] == '*' && (name.n == 1 || is_space(name.p[1])))
        r->all.named = r->all.open = true;
    else if (mw_sv_ieq(mw_sv_sub(name, 0, n), product))
        r->ours.named = r->ours.open = true;
}

static bool add_rule(struct reading *r, struct group *g, struct mw_sv path, bool allow)
{
    if (!g->open || path.n == 0 || (path.p[0] != '/' && path.p[0] != '*'))
        return true; /* an empty rule rules nothing */
    struct mw_str s = MW_STR_INIT;
    add_spelled(&s, path);
    struct mw_robots_rule *rule = mw_list_add(r->a, &g->said.rules, sizeof *rule);
    struct mw_sv pattern = mw_arena_copy(r->a, mw_str_sv(&s));
    bool ok = mw_str_ok(&s) && rule != NULL && pattern.p != NULL;
    mw_str_free(&s);
    if (ok)
        *rule = (struct mw_robots_rule){ pattern, allow };
    return ok;
}

/* Seconds, with decimals in some files. */
static int64_t delay_of(struct mw_sv value)
{
    int64_t ms = 0, unit = 1000;
    size_t i = 0;

    for (; i < value.n && value.p[i] >= '0' && value.p[i] <= '9'; i++)
        ms = ms > DELAY_MAX_MS ? ms : ms * 10 + (int64_t)(value.p[i] - '0') * 1000;
    if (i == 0)
        return -1;
    if (i < value.n && (value.p[i] == '.' || value.p[i] == ','))
        while (++i < value.n && value.p[i] >= '0' && value.p[i] <= '9')
            ms += (value.p[i] - '0') * (unit /= 10);
    return ms > DELAY_MAX_MS ? DELAY_MAX_MS : ms;
}

static bool read_line(struct reading *r, struct mw_sv line, struct mw_sv product, struct mw_list *sitemaps)
{
    struct mw_sv key, value, rest;

    mw_sv_cut(line, '#', &line, &rest);
    if (!mw_sv_cut(line, ':', &key, &value))
        return true;
    key = mw_sv_trim(key);
    value = mw_sv_trim(value);
    bool allow = mw_sv_ieq(key, MW_SV("allow"));
    if (mw_sv_ieq(key, MW_SV("user-agent"))) {
        user_agent(r, value, product);
    } else if (allow || mw_sv_ieq(key, MW_SV("disallow"))) {
        r->ruled = true;
        return add_rule(r, &r->ours, value, allow) && add_rule(r, &r->all, value, allow);
    } else if (mw_sv_ieq(key, MW_SV("crawl-delay"))) {
        int64_t delay = delay_of(value);
        for (int i = 0; i < 2; i++) {
            struct group *g = i == 0 ? &r->ours : &r->all;
            if (g->open && delay > g->said.delay_ms)
                g->said.delay_ms = delay;
        }
    } else if (mw_sv_ieq(key, MW_SV("sitemap")) && value.n > 0) {
        struct mw_sv *s = mw_list_add(r->a, sitemaps, sizeof *s);
        if (s == NULL)
            return false;
        *s = mw_arena_copy(r->a, value);
        return s->p != NULL;
    }
    return true;
}

enum mw_rc mw_robots_read(struct mw_robots *out, struct mw_arena *a, struct mw_sv bytes, struct mw_sv product, struct mw_err *err)
{
    struct reading r = { .a = a };
    struct mw_list sitemaps = { 0 };

    r.ours.said.delay_ms = r.all.said.delay_ms = -1;
    bytes = mw_sv_sub(bytes, 0, MW_ROBOTS_BYTES);
    if (mw_sv_starts(bytes, MW_SV("\xef\xbb\xbf")))
        bytes = mw_sv_sub(bytes, 3, bytes.n);
    for (size_t i = 0, begin = 0; i <= bytes.n; i++) {
        if (i < bytes.n && bytes.p[i] != '\n' && bytes.p[i] != '\r')
            continue;
        if (!read_line(&r, mw_sv_sub(bytes, begin, i - begin), product, &sitemaps))
            return mw_nomem(err);
        begin = i + 1;
    }
    *out = r.ours.named ? r.ours.said : r.all.said;
    out->sitemaps = sitemaps;
    return MW_OK;
}

enum mw_robots_access mw_robots_access(int64_t status)
{
    if (status >= 200 && status < 300)
        return MW_ROBOTS_READ;
    return status >= 400 && status < 500 && status != 429 ? MW_ROBOTS_ALL : MW_ROBOTS_NONE;
}
