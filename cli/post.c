#include "cli/post.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "crawler/curl.h"
#include "lib/core/file.h"
#include "lib/core/schema.h"

enum { PASSWORD_MAX = 4096, CONNECT_SECONDS = 20, WHOLE_SECONDS = 120 };

static const char *const TLS[] = { "required", "none", NULL };
static const struct mw_field FIELDS[] = {
    { MW_PLACE(mw_post, pos) },
    { MW_FIELD(mw_post, "server", MW_T_TEXT, server), .needed = true },
    { MW_FIELD(mw_post, "tls", MW_T_WORD, tls), .words = TLS },
    { MW_FIELD(mw_post, "user", MW_T_TEXT, user) },
    { MW_FIELD(mw_post, "password_file", MW_T_TEXT, password_file) },
    { MW_FIELD(mw_post, "password_env", MW_T_TEXT, password_env) },
    { MW_FIELD(mw_post, "ca_file", MW_T_TEXT, ca_file) },
    { MW_FIELD(mw_post, "from", MW_T_TEXT, from), .needed = true },
    { MW_FIELD(mw_post, "to", MW_T_LIST, to), .item = MW_T_TEXT, .needed = true },
};
static const struct mw_schema POST = MW_SCHEMA("mail server", mw_post, FIELDS);

/* --- the file ------------------------------------------------------------------------------------------------------------- */

/* "host" of "smtp://host:25/..." */
static struct mw_sv host_of(struct mw_sv server)
{
    size_t at = mw_sv_find(server, MW_SV("://"), 0), end;
    struct mw_sv host = at == SIZE_MAX ? server : mw_sv_sub(server, at + 3, SIZE_MAX);
    for (end = 0; end < host.n && host.p[end] != ':' && host.p[end] != '/'; end++)
        ;
    return mw_sv_sub(host, 0, end);
}

static bool on_this_computer(struct mw_sv server)
{
    struct mw_sv host = host_of(server);
    return mw_sv_eqz(host, "localhost") || mw_sv_eqz(host, "127.0.0.1");
}

/* An address alone, of plain letters: what it holds goes into the dialogue with the server. */
static bool is_address(struct mw_sv s)
{
    size_t at = mw_sv_find(s, MW_SV("@"), 0);
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] > '~' || strchr("<>,;\"", s.p[i]) != NULL)
            return false;
    return at != SIZE_MAX && at > 0 && at + 1 < s.n;
}

static void check(const struct mw_post *p, struct mw_diags *diags)
{
    bool smtps = mw_sv_starts(p->server, MW_SV("smtps://"));
    if (!smtps && !mw_sv_starts(p->server, MW_SV("smtp://")))
        mw_diag_add(diags, MW_ERROR, &p->pos, "server", "\"server\" must begin with smtps:// or smtp://.");
    if (p->tls == 1 && !on_this_computer(p->server))
        mw_diag_add(diags, MW_ERROR, &p->pos, "tls", "\"tls: none\" is only for a server on this computer (localhost).");
    if (p->user.n > 0 && (p->password_file.n > 0) == (p->password_env.n > 0))
        mw_diag_add(diags, MW_ERROR, &p->pos, "password", "With \"user\" one of \"password_file\" and \"password_env\" says where the password is.");
    if (!is_address(p->from))
        mw_diag_add(diags, MW_ERROR, &p->pos, "address", "\"from\" must be an address alone, such as foerdermittel@stadt.example.");
    for (size_t i = 0; i < p->to.n; i++)
        if (!is_address(*MW_AT(p->to, struct mw_sv, i)))
            mw_diag_add(diags, MW_ERROR, &p->pos, "address", "\"%.*s\" is no address alone, such as foerdermittel@stadt.example.",
                MW_SV_ARG(*MW_AT(p->to, struct mw_sv, i)));
}

/* A name in the file, seen from the folder of the file. */
static const char *beside(struct mw_arena *a, const char *path, struct mw_sv name)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL || mw_sv_starts(name, MW_SV("/")))
        return mw_arena_z(a, name);
    return mw_arena_printf(a, "%.*s/%.*s", (int)(slash - path), path, MW_SV_ARG(name)).p;
}

static enum mw_rc read_password(struct mw_post *p, struct mw_arena *a, const char *path, struct mw_err *err)
{
    struct mw_sv word = MW_SV_NONE;
    struct stat st;
    if (p->user.n == 0)
        return MW_OK;
    if (p->password_env.n > 0) {
        const char *name = mw_arena_z(a, p->password_env);
        word = mw_sv(name != NULL ? getenv(name) : NULL);
        if (word.n == 0)
            return mw_fail(err, MW_INVALID, "The variable %.*s, which is to hold the password of the mail server, is not set.", MW_SV_ARG(p->password_env));
    } else {
        const char *file = beside(a, path, p->password_file);
        if (file == NULL)
            return mw_nomem(err);
        if (stat(file, &st) == 0 && (st.st_mode & (S_IRWXG | S_IRWXO)) != 0)
            return mw_fail(err, MW_INVALID, "Others can read the password in \"%s\"; take their rights away (chmod 600) and run it again.", file);
        enum mw_rc rc = mw_file_read(&word, a, file, PASSWORD_MAX, err);
        if (rc != MW_OK)
            return rc;
    }
    p->password = mw_arena_z(a, mw_sv_trim(word));
    return p->password != NULL ? MW_OK : mw_nomem(err);
}

enum mw_rc mw_post_load(struct mw_post *out, struct mw_arena *a, const char *path, struct mw_diags *diags, struct mw_err *err)
{
    struct mw_node *map = NULL;
    size_t before = diags->errors;
    *out = (struct mw_post){ .password = NULL };
    enum mw_rc rc = mw_yaml_load(&map, a, path, diags);
    if (rc == MW_OK && mw_schema_read(&POST, map, out, a, diags))
        check(out, diags);
    if (rc != MW_OK || diags->errors > before)
        return mw_fail(err, rc != MW_OK ? rc : MW_INVALID, "The mail server in \"%s\" cannot be used.", path);
    if (out->ca_file.p != NULL)
        out->ca_file = mw_sv(beside(a, path, out->ca_file));
    return read_password(out, a, path, err);
}

const char *mw_post_receivers(const struct mw_post *p, struct mw_arena *a)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    for (size_t i = 0; i < p->to.n; i++) {
        mw_str_addz(&s, i > 0 ? ", " : "");
        mw_str_add(&s, *MW_AT(p->to, struct mw_sv, i));
    }
    return mw_str_ok(&s) ? mw_arena_z(a, mw_str_sv(&s)) : NULL;
}

/* --- sending --------------------------------------------------------------------------------------------------------------- */
static size_t give(char *buf, size_t size, size_t n, void *ctx)
{
    struct mw_sv *rest = ctx;
    size_t part = rest->n < size * n ? rest->n : size * n;
    memcpy(buf, rest->p, part);
    *rest = mw_sv_sub(*rest, part, SIZE_MAX);
    return part;
}

static struct curl_slist *envelope(const struct mw_post *p, struct mw_arena *a)
{
    struct curl_slist *all = NULL;
    for (size_t i = 0; i < p->to.n; i++) {
        const char *one = mw_arena_z(a, *MW_AT(p->to, struct mw_sv, i));
        struct curl_slist *more = one != NULL ? mw_curl->curl_slist_append(all, one) : NULL;
        if (more == NULL) {
            mw_curl->curl_slist_free_all(all);
            return NULL;
        }
        all = more;
    }
    return all;
}

enum mw_rc mw_post_send(const struct mw_post *p, struct mw_arena *a, struct mw_sv message, struct mw_err *err)
{
    char reason[CURL_ERROR_SIZE] = "";
    const char *server = mw_arena_z(a, p->server), *from = mw_arena_z(a, p->from), *user = mw_arena_z(a, p->user), *ca = mw_arena_z(a, p->ca_file);
    enum mw_rc rc = mw_curl_open(err);
    if (rc != MW_OK)
        return rc;
    struct curl_slist *to = envelope(p, a);
    CURL *e = mw_curl->curl_easy_init();

    if (e == NULL || to == NULL || server == NULL || from == NULL) {
        rc = mw_nomem(err);
        goto out;
    }
    mw_curl->curl_easy_setopt(e, CURLOPT_URL, server);
    mw_curl->curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    mw_curl->curl_easy_setopt(e, CURLOPT_USE_SSL, p->tls == 1 ? (long)CURLUSESSL_NONE : (long)CURLUSESSL_ALL);
    mw_curl->curl_easy_setopt(e, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (p->ca_file.n > 0)
        mw_curl->curl_easy_setopt(e, CURLOPT_CAINFO, ca);
    if (p->user.n > 0) {
        mw_curl->curl_easy_setopt(e, CURLOPT_USERNAME, user);
        mw_curl->curl_easy_setopt(e, CURLOPT_PASSWORD, p->password);
    }
    mw_curl->curl_easy_setopt(e, CURLOPT_MAIL_FROM, from);
    mw_curl->curl_easy_setopt(e, CURLOPT_MAIL_RCPT, to);
    mw_curl->curl_easy_setopt(e, CURLOPT_UPLOAD, 1L);
    mw_curl->curl_easy_setopt(e, CURLOPT_READFUNCTION, give);
    mw_curl->curl_easy_setopt(e, CURLOPT_READDATA, &message);
    mw_curl->curl_easy_setopt(e, CURLOPT_ERRORBUFFER, reason);
    mw_curl->curl_easy_setopt(e, CURLOPT_PROXY, "");
    mw_curl->curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
    mw_curl->curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    mw_curl->curl_easy_setopt(e, CURLOPT_TIMEOUT, (long)WHOLE_SECONDS);
    CURLcode code = mw_curl->curl_easy_perform(e);
    if (code != CURLE_OK)
        rc = mw_fail(err, MW_NET, "The mail server %s did not take the mail: %s.", server, reason[0] != '\0' ? reason : mw_curl->curl_easy_strerror(code));
out:
    mw_curl->curl_slist_free_all(to);
    mw_curl->curl_easy_cleanup(e);
    return rc;
}
