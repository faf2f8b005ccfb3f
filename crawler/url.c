/* Addresses after RFC 3986. curl's own parser has the last word on the host, so that what is checked here is what curl
 * will connect to; resolving is done here because curl's loses fragments and empty references (its issues 15836, 13394). */
#include "crawler/url.h"

#include <idn2.h>
#include <libpsl.h>
#include <string.h>

#include "crawler/curl.h"

enum { HOST_MAX = 253 };

struct parts { /* views; p NULL: the part is missing, which is not the same as empty */
    struct mw_sv scheme, authority, path, query;
};

static bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static char lower(char c) { return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c); }
static int hex(char c)
{
    if (is_digit(c))
        return c - '0';
    c = lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static size_t find(struct mw_sv s, const char *any)
{
    size_t i = 0;
    while (i < s.n && strchr(any, s.p[i]) == NULL)
        i++;
    return i;
}

/* RFC 3986 appendix B, without the fragment, which is no part of what is fetched. */
static struct parts split(struct mw_sv s)
{
    struct parts u = { MW_SV_NONE, MW_SV_NONE, MW_SV_NONE, MW_SV_NONE };
    s = mw_sv_sub(s, 0, find(s, "#"));
    size_t colon = find(s, ":/?");
    if (colon > 0 && colon < s.n && s.p[colon] == ':' && is_alpha(s.p[0])) {
        u.scheme = mw_sv_sub(s, 0, colon);
        s = mw_sv_sub(s, colon + 1, s.n);
    }
    size_t question = find(s, "?");
    if (question < s.n)
        u.query = mw_sv_n(s.p + question + 1, s.n - question - 1);
    s = mw_sv_sub(s, 0, question);
    if (mw_sv_starts(s, MW_SV("//"))) {
        s = mw_sv_sub(s, 2, s.n);
        size_t slash = find(s, "/");
        u.authority = mw_sv_sub(s, 0, slash);
        s = mw_sv_sub(s, slash, s.n);
    }
    u.path = s;
    return u;
}

/* What browsers forgive: blanks around, tabs and line ends within, backslashes for slashes. */
static struct mw_sv forgiven(struct mw_arena *a, struct mw_sv s)
{
    while (s.n > 0 && (unsigned char)s.p[0] <= ' ')
        s = mw_sv_sub(s, 1, s.n);
    while (s.n > 0 && (unsigned char)s.p[s.n - 1] <= ' ')
        s.n--;
    char *p = mw_arena_alloc(a, s.n + 1);
    size_t n = 0;
    bool query = false;
    for (size_t i = 0; i < s.n && p != NULL; i++) {
        char c = s.p[i];
        query = query || c == '?' || c == '#';
        if (c != '\t' && c != '\r' && c != '\n')
            p[n++] = (char)(c == '\\' && !query ? '/' : c);
    }
    return mw_sv_n(p, n);
}

/* Section 6.2.2: escapes of unreserved characters are undone, the others in upper case; what may not stand is escaped. */
static void add_escaped(struct mw_str *out, struct mw_sv s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        int high = c == '%' && i + 2 < s.n ? hex(s.p[i + 1]) : -1, low = high >= 0 ? hex(s.p[i + 2]) : -1;
        if (low >= 0) {
            char d = (char)(unsigned char)(high * 16 + low);
            i += 2;
            if (is_alpha(d) || is_digit(d) || (d != '\0' && strchr("-._~", d) != NULL))
                mw_str_addc(out, d);
            else
                mw_str_addf(out, "%%%02X", (unsigned char)d);
        } else if (c <= ' ' || c >= 0x7f || strchr("\"<>\\^`{|}%", c) != NULL) {
            mw_str_addf(out, "%%%02X", c);
        } else {
            mw_str_addc(out, (char)c);
        }
    }
}

/* Section 5.2.4, on whole segments; the path begins with a slash. */
static void add_path(struct mw_str *out, struct mw_sv path)
{
    size_t root = out->n;
    struct mw_sv rest = path, segment;
    bool more = true;

    if (rest.n > 0 && rest.p[0] == '/')
        rest = mw_sv_sub(rest, 1, rest.n);
    while (more && !out->failed) {
        more = mw_sv_cut(rest, '/', &segment, &rest);
        bool up = mw_sv_eqz(segment, "..");
        if (up)
            while (out->n > root && out->p[--out->n] != '/')
                ;
        if (up || mw_sv_eqz(segment, ".")) {
            if (!more)
                mw_str_addc(out, '/');
            continue;
        }
        mw_str_addc(out, '/');
        mw_str_add(out, segment);
    }
    if (out->p != NULL)
        out->p[out->n] = '\0';
}

/* --- hosts ------------------------------------------------------------------------------------------------------------ */

static enum mw_rc refuse(struct mw_err *err, struct mw_sv ref)
{
    return mw_fail(err, MW_INVALID, "\"%.*s\" is no address of a page.", MW_SV_ARG(mw_sv_sub(ref, 0, 200)));
}

/* Lower case and ASCII, appended; false: no host. */
static bool add_host(struct mw_str *out, struct mw_sv host)
{
    char plain[4 * HOST_MAX + 1], *ascii = NULL;
    size_t n = 0;
    bool foreign = false, ok = true;

    for (size_t i = 0; i < host.n && ok; i++, n++) {
        int high = host.p[i] == '%' && i + 2 < host.n ? hex(host.p[i + 1]) : -1, low = high >= 0 ? hex(host.p[i + 2]) : -1;
        if (n + 1 == sizeof plain)
            return false;
        plain[n] = (char)(low >= 0 ? high * 16 + low : host.p[i]);
        plain[n] = lower(plain[n]);
        i += low >= 0 ? 2 : 0;
        foreign = foreign || (unsigned char)plain[n] >= 0x80;
        ok = (unsigned char)plain[n] > ' ' && plain[n] != 0x7f && strchr("#%/:<>?@[\\]^|\"`{}", plain[n]) == NULL;
    }
    plain[n] = '\0';
    if (ok && foreign) {
        ok = mw_utf8_invalid_at(mw_sv(plain)) == SIZE_MAX &&
             idn2_to_ascii_8z(plain, &ascii, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL) == IDN2_OK;
    }
    struct mw_sv done = mw_sv(ascii != NULL ? ascii : plain);
    if (mw_sv_ends(done, MW_SV("."))) /* of the root; other stops are those of other scripts, made so by IDNA */
        done.n--;
    ok = ok && done.n > 0 && done.n <= HOST_MAX && done.p[0] != '.' && done.p[done.n - 1] != '.' &&
         mw_sv_find(done, MW_SV(".."), 0) == SIZE_MAX; /* no label is empty */
    if (ok)
        mw_str_add(out, done);
    idn2_free(ascii);
    return ok;
}

/* "host:port" without userinfo and default port; appended. */
static bool add_authority(struct mw_str *out, struct mw_sv authority, bool https)
{
    struct mw_sv host = authority, port = MW_SV("");
    int64_t number = https ? 443 : 80;
    size_t end;

    if (find(authority, "@") < authority.n)
        return false;
    if (authority.n > 0 && authority.p[0] == '[') { /* IPv6 */
        end = find(authority, "]");
        if (end == authority.n)
            return false;
        host = mw_sv_sub(authority, 0, end + 1);
        port = mw_sv_sub(authority, end + 1, authority.n);
        if (port.n > 0 && port.p[0] != ':')
            return false;
        port = mw_sv_sub(port, 1, port.n);
        for (size_t i = 0; i < host.n; i++)
            mw_str_addc(out, lower(host.p[i]));
    } else {
        mw_sv_cut(authority, ':', &host, &port);
        if (!add_host(out, host))
            return false;
    }
    for (size_t i = 0; i < port.n; i++)
        if (!is_digit(port.p[i]))
            return false;
    if (port.n > 0 && (!mw_sv_int(port, &number) || number < 1 || number > 65535))
        return false;
    if (number != (https ? 443 : 80))
        mw_str_addf(out, ":%d", (int)number);
    return true;
}

/* A name whose last label begins with a letter, or four plain numbers: nothing that curl would read otherwise. */
static bool is_plain_host(struct mw_sv host)
{
    struct mw_sv rest = host, label = MW_SV("");
    size_t labels = 0, numbers = 0;

    for (size_t i = 0; i < host.n; i++)
        if (!is_digit(host.p[i]) && !(host.p[i] >= 'a' && host.p[i] <= 'z') && host.p[i] != '-' && host.p[i] != '.')
            return false;
    for (bool more = true; more; labels++) {
        int64_t number = 256;
        more = mw_sv_cut(rest, '.', &label, &rest);
        bool plain = label.n > 0 && is_digit(label.p[0]) && (label.n == 1 || label.p[0] != '0');
        numbers += plain && mw_sv_int(label, &number) && number <= 255;
    }
    return label.n > 0 && (is_alpha(label.p[0]) || (labels == 4 && numbers == 4));
}

/* curl reads the same host, or it is refused; it writes 0x7f.1 as 127.0.0.1. */
static enum mw_rc as_curl_reads_it(struct mw_sv *out, struct mw_arena *a, struct mw_sv url, struct mw_sv ref, struct mw_err *err)
{
    *out = url;
    if (is_plain_host(mw_url_host(url)))
        return MW_OK;
    enum mw_rc rc = mw_curl_open(err);
    CURLU *u = rc == MW_OK ? mw_curl->curl_url() : NULL;
    char *host = NULL;

    if (rc != MW_OK)
        return rc;
    if (u == NULL)
        return mw_nomem(err);
    CURLUcode code = mw_curl->curl_url_set(u, CURLUPART_URL, url.p, CURLU_DISALLOW_USER);
    if (code == CURLUE_OK)
        code = mw_curl->curl_url_get(u, CURLUPART_HOST, &host, 0);
    struct mw_sv ours = mw_url_host(url), theirs = mw_sv(host);
    if (code != CURLUE_OK)
        rc = code == CURLUE_OUT_OF_MEMORY ? mw_nomem(err) : refuse(err, ref);
    else if (!mw_sv_eq(ours, theirs) && strspn(host, "0123456789.") != theirs.n && ours.p[0] != '[')
        rc = refuse(err, ref);
    else if (!mw_sv_eq(ours, theirs))
        *out = mw_arena_printf(a, "%.*s%s%s", (int)(ours.p - url.p), url.p, host, ours.p + ours.n);
    if (rc == MW_OK && out->p == NULL)
        rc = mw_nomem(err);
    mw_curl->curl_free(host);
    mw_curl->curl_url_cleanup(u);
    return rc;
}

/* --- resolving ---------------------------------------------------------------------------------------------------------- */

/* Section 5.2.2. The path of a reference without one of its own is the base's, up to its last slash ("merge", 5.2.3). */
static void combine(struct parts *t, const struct parts *base, struct mw_str *path)
{
    if (t->scheme.p != NULL && mw_sv_ieq(t->scheme, base->scheme) && t->authority.p == NULL)
        t->scheme = MW_SV_NONE; /* "http:page", as the section allows and browsers do */
    if (t->scheme.p != NULL)
        return;
    t->scheme = base->scheme;
    if (t->authority.p != NULL)
        return;
    t->authority = base->authority;
    if (t->path.n == 0) {
        t->path = base->path;
        if (t->query.p == NULL)
            t->query = base->query;
    } else if (t->path.p[0] != '/') {
        size_t slash = base->path.n;
        while (slash > 0 && base->path.p[slash - 1] != '/')
            slash--;
        mw_str_add(path, slash > 0 ? mw_sv_sub(base->path, 0, slash) : MW_SV("/"));
        mw_str_add(path, t->path);
        t->path = mw_str_sv(path);
    }
}

enum mw_rc mw_url_resolve(struct mw_sv *out, struct mw_arena *a, struct mw_sv base, struct mw_sv ref, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str merged = MW_STR_INIT;
    MW_AUTO(mw_str_free) struct mw_str path = MW_STR_INIT;
    MW_AUTO(mw_str_free) struct mw_str url = MW_STR_INIT;

    *out = MW_SV_NONE;
    if (ref.n > MW_URL_MAX || base.n > MW_URL_MAX)
        return mw_fail(err, MW_INVALID, "An address of %zu bytes is too long.", ref.n > base.n ? ref.n : base.n);
    struct mw_sv said = forgiven(a, ref), from = forgiven(a, base);
    if (said.p == NULL || from.p == NULL)
        return mw_nomem(err);
    struct parts t = split(said), b = split(from);
    combine(&t, &b, &merged);
    bool https = mw_sv_ieq(t.scheme, MW_SV("https"));
    if ((!https && !mw_sv_ieq(t.scheme, MW_SV("http"))) || t.authority.n == 0 || memchr(said.p, '\0', said.n) != NULL)
        return refuse(err, ref);
    mw_str_addz(&url, https ? "https://" : "http://");
    if (!add_authority(&url, t.authority, https))
        return refuse(err, ref);
    add_escaped(&path, t.path); /* before dot segments are taken out: %2e%2e is one */
    add_path(&url, mw_str_sv(&path));
    if (t.query.p != NULL) {
        mw_str_addc(&url, '?');
        add_escaped(&url, t.query);
    }
    struct mw_sv whole = mw_arena_copy(a, mw_str_sv(&url));
    if (!mw_str_ok(&url) || !mw_str_ok(&path) || !mw_str_ok(&merged) || whole.p == NULL)
        return mw_nomem(err);
    if (whole.n > MW_URL_MAX)
        return mw_fail(err, MW_INVALID, "An address of %zu bytes is too long.", whole.n);
    return as_curl_reads_it(out, a, whole, ref, err);
}

/* --- parts of canonical addresses ---------------------------------------------------------------------------------------- */

struct mw_sv mw_url_origin(struct mw_sv url)
{
    size_t at = mw_sv_find(url, MW_SV("://"), 0);
    at = at == SIZE_MAX ? 0 : at + 3;
    return mw_sv_sub(url, 0, at + find(mw_sv_sub(url, at, url.n), "/?"));
}

struct mw_sv mw_url_host(struct mw_sv url)
{
    struct mw_sv origin = mw_url_origin(url);
    size_t at = mw_sv_find(origin, MW_SV("://"), 0);
    struct mw_sv host = mw_sv_sub(origin, at == SIZE_MAX ? 0 : at + 3, origin.n);
    if (host.n > 0 && host.p[0] == '[')
        return mw_sv_sub(host, 0, find(host, "]") + 1);
    return mw_sv_sub(host, 0, find(host, ":"));
}

struct mw_sv mw_url_target(struct mw_sv url)
{
    return mw_sv_sub(url, mw_url_origin(url).n, url.n);
}

struct mw_sv mw_url_site(struct mw_sv url)
{
    struct mw_sv host = mw_url_host(url);
    char z[HOST_MAX + 1];

    if (host.n == 0 || host.n > HOST_MAX || host.p[0] == '[' || is_digit(host.p[host.n - 1]))
        return host; /* no name ends in a digit (RFC 1738 section 3.1): a number */
    memcpy(z, host.p, host.n);
    z[host.n] = '\0';
    const char *site = psl_registrable_domain(psl_builtin(), z);
    return site != NULL ? mw_sv_sub(host, (size_t)(site - z), host.n) : host;
}

/* --- for readers --------------------------------------------------------------------------------------------------------- */

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
