/* mittelweg import: notices from files into the database: NDJSON (plain, .gz or standard input), HTML pages, folders. */
#include "cli/also.h"
#include "cli/commands.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crawler/page.h"
#include "crawler/reader.h"
#include "lib/core/file.h"

enum { LINE_MAX_BYTES = 64 << 20 };

struct counts {
    int64_t unchanged, fresh, changed, failed;
};
struct import {
    struct mw_cli *cli;
    const struct mw_labels *labels; /* loaded for the first page */
    struct mw_sv source;            /* --source, or MW_SV_NONE */
    struct mw_source *portal;       /* the source file of that name; NULL: there is none, it is only a name */
    struct mw_reader *reader;
    struct counts sum;
    bool stop;                      /* the database or memory failed: nothing more can be stored */
};

/* Whether an error of one record ends the import: what is wrong with the database will be wrong for the next one too. */
static bool is_fatal(enum mw_rc rc)
{
    return rc == MW_DB || rc == MW_OUTPUT || rc == MW_NOMEM;
}

/* Takes note of a record that could not be stored; the error becomes a line of the report, or ends the import. */
static void record_failed(struct import *im, struct counts *c, const struct mw_pos *at, struct mw_err *err)
{
    if (is_fatal(err->rc)) {
        im->stop = true;
        mw_fail_at(&im->cli->err, err->rc, at, "%s", err->msg != NULL ? err->msg : "?");
    } else {
        c->failed++;
        /* readers that know the place have put it in front already */
        bool placed = err->msg != NULL && at->file != NULL && mw_sv_starts(mw_sv(err->msg), mw_sv(at->file));
        mw_diag_add(&im->cli->diags, MW_ERROR, placed ? NULL : at, NULL, "%s", err->msg != NULL ? err->msg : "?");
    }
    mw_err_clear(err);
}

/* Plain text for every section, then into the index. */
static enum mw_rc store_notice(struct import *im, struct mw_arena *a, struct mw_notice *n, struct counts *c,
                               struct mw_err *err)
{
    enum mw_ingest what = MW_UNCHANGED;

    if (n->source.n == 0 && im->source.n > 0)
        n->source = im->source;
    for (size_t i = 0; i < n->sections.n; i++) {
        struct mw_section *s = MW_AT(n->sections, struct mw_section, i);
        if (!s->html)
            s->text = s->raw;
        else if (s->text.p == NULL && mw_parse_html_text(im->cli->parser, a, s->raw, &s->text, err) != MW_OK)
            return err->rc;
    }
    enum mw_rc rc = mw_ingest(im->cli->store, im->cli->rules, n, im->cli->today, &what, err);
    if (rc == MW_OK)
        ++*(what == MW_NEW ? &c->fresh : what == MW_CHANGED ? &c->changed : &c->unchanged);
    return rc;
}

/* --- NDJSON ------------------------------------------------------------------------------------------------------------- */

static enum mw_rc store_line(struct import *im, const char *path, unsigned line, struct mw_sv text, struct counts *c,
                             struct mw_err *err)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct mw_notice n;
    struct mw_node *node;

    if (a == NULL)
        return mw_nomem(err);
    enum mw_rc rc = mw_json_read(&node, a, path, line, text, err);
    if (rc == MW_OK)
        rc = mw_notice_from_node(&n, a, node, err);
    return rc == MW_OK ? store_notice(im, a, &n, c, err) : rc;
}

static enum mw_rc import_ndjson(struct import *im, const char *path, struct counts *c)
{
    MW_AUTO(mw_lines_closep) struct mw_lines *lines = NULL;
    MW_AUTO(mw_err_clear) struct mw_err err = MW_ERR_INIT(im->cli->lang);
    struct mw_progress progress;
    struct mw_sv text;
    enum mw_rc rc;

    if ((rc = mw_lines_open(&lines, path, LINE_MAX_BYTES, &im->cli->err)) != MW_OK)
        return rc;
    mw_progress_begin(&progress, path, mw_lines_size(lines));
    while (!im->stop && (rc = mw_lines_next(lines, &text, &err)) != MW_NOT_FOUND) {
        unsigned line = (unsigned)mw_lines_number(lines);
        struct mw_pos at = { path, line, 0 };
        bool broken = rc != MW_OK && rc != MW_INVALID; /* the file itself; a line that is too long is passed over */
        if (rc == MW_OK && mw_sv_trim(text).n > 0)
            rc = store_line(im, path, line, text, c, &err);
        if (rc != MW_OK)
            record_failed(im, c, &at, &err);
        if (broken)
            break;
        mw_progress_at(&progress, mw_lines_done(lines), NULL);
    }
    mw_progress_end(&progress);
    return MW_OK;
}

/* --- pages -------------------------------------------------------------------------------------------------------------- */

/* The names of page fields, loaded for the first page. */
static enum mw_rc need_labels(struct import *im)
{
    struct mw_cli *cli = im->cli;
    struct mw_labels *loaded;
    struct mw_sv labels = mw_arena_printf(cli->arena, "%s/labels.yaml", cli->config_dir);
    if (im->labels != NULL)
        return MW_OK;
    if (labels.p == NULL || mw_labels_load(&loaded, cli->arena, labels.p, &cli->diags) != MW_OK)
        return mw_fail(&cli->err, MW_INVALID, "The names of page fields in \"%s\" cannot be used.", labels.p != NULL ? labels.p : "?");
    im->labels = loaded;
    return MW_OK;
}

static enum mw_rc import_page(struct import *im, const char *path, struct counts *c)
{
    MW_AUTO(mw_err_clear) struct mw_err err = MW_ERR_INIT(im->cli->lang);
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct mw_cli *cli = im->cli;
    struct mw_pos at = { path, 0, 0 };
    struct mw_page page;
    struct mw_notice n;
    struct mw_sv bytes;

    if (a == NULL)
        return mw_nomem(&cli->err);
    if (need_labels(im) != MW_OK)
        return cli->err.rc;
    enum mw_rc rc = mw_file_read(&bytes, a, path, MW_HTML_MAX, &err);
    if (rc == MW_OK)
        rc = mw_parse_page(cli->parser, a, bytes, MW_SV_NONE, &page, &err);
    if (rc == MW_OK)
        rc = mw_notice_from_page(&n, a, &page, im->labels, MW_SV_NONE, im->source, &err);
    if (rc == MW_OK)
        rc = store_notice(im, a, &n, c, &err);
    if (rc != MW_OK)
        record_failed(im, c, &at, &err);
    return MW_OK;
}

static bool ends(const char *path, const char *suffix)
{
    return mw_sv_ends(mw_sv(path), mw_sv(suffix));
}

/* --- by a source ---------------------------------------------------------------------------------------------------------- */

struct taking {
    struct import *im;
    struct counts *c;
    const char *path;
};

static enum mw_rc take_notice(void *ctx, struct mw_arena *a, struct mw_notice *n, struct mw_err *err)
{
    struct taking *t = ctx;
    struct mw_pos at = { t->path, 0, 0 };
    MW_AUTO(mw_err_clear) struct mw_err fault = MW_ERR_INIT(t->im->cli->lang);
    (void)err;
    if (store_notice(t->im, a, n, t->c, &fault) != MW_OK)
        record_failed(t->im, t->c, &at, &fault);
    return t->im->stop ? t->im->cli->err.rc : MW_OK;
}

static void take_fault(void *ctx, struct mw_sv where, const struct mw_err *fault)
{
    struct taking *t = ctx;
    struct mw_pos at = { t->path, 0, 0 };
    t->c->failed++;
    mw_diag_add(&t->im->cli->diags, MW_ERROR, &at, NULL, "%.*s: %s", MW_SV_ARG(where), fault->msg != NULL ? fault->msg : "?");
}

/* The source file that --source names, when there is one: then files are read as that source would. */
static enum mw_rc find_portal(struct import *im)
{
    struct mw_cli *cli = im->cli;
    struct mw_sv path = mw_arena_printf(cli->arena, "%s/sources/%.*s.yaml", cli->config_dir, MW_SV_ARG(im->source));
    if (im->source.n == 0 || memchr(im->source.p, '/', im->source.n) != NULL || path.p == NULL || access(path.p, R_OK) != 0)
        return MW_OK;
    if (mw_source_load(&im->portal, cli->arena, path.p, &cli->diags) != MW_OK)
        return mw_fail(&cli->err, MW_INVALID, "The source file \"%s\" has faults.", path.p);
    if (mw_source_tenders(im->portal))
        return mw_fail(&cli->err, MW_INVALID, "\"%.*s\" is a source of tenders, which are no funding; look at them with `sources try`.",
                       MW_SV_ARG(im->source));
    enum mw_rc rc = need_labels(im);
    return rc == MW_OK ? mw_reader_new(&im->reader, im->portal, cli->parser, im->labels, &cli->err) : rc;
}

static enum mw_rc import_by_source(struct import *im, const char *path, struct counts *c)
{
    struct mw_cli *cli = im->cli;
    struct taking t = { im, c, path };
    struct mw_outlet to = { &t, take_notice, NULL, take_fault };
    struct mw_tally tally, rest;
    bool page = ends(path, ".html") || ends(path, ".htm"); /* lists are for crawling */
    struct mw_resource res = { .from = { .role = page ? MW_ROLE_PAGE : MW_ROLE_LIST }, .path = path };
    MW_AUTO(mw_err_clear) struct mw_err err = MW_ERR_INIT(cli->lang);
    enum mw_rc rc = mw_reader_read(im->reader, &res, &to, &tally, &err);
    if (rc == MW_OK)
        rc = mw_reader_finish(im->reader, &to, &rest, &err);
    if (rc != MW_OK && !im->stop) {
        struct mw_pos at = { path, 0, 0 };
        record_failed(im, c, &at, &err);
    }
    return MW_OK;
}

static enum mw_rc import_file(struct import *im, const char *path, struct counts *c)
{
    bool interchange = mw_sv_eqz(im->cli->format, "ndjson") || ends(path, ".ndjson") || ends(path, ".ndjson.gz") || strcmp(path, "-") == 0;
    if (im->reader != NULL && !interchange)
        return import_by_source(im, path, c);
    bool page = mw_sv_eqz(im->cli->format, "html") || ends(path, ".html") || ends(path, ".htm");
    return page && !mw_sv_eqz(im->cli->format, "ndjson") ? import_page(im, path, c) : import_ndjson(im, path, c);
}

static enum mw_rc import_path(struct import *im, const char *path, struct counts *c)
{
    static const char *const SUFFIXES[] = { ".html", ".ndjson", ".ndjson.gz" };
    struct mw_cli *cli = im->cli;
    struct stat st;
    size_t files = 0;

    if (strcmp(path, "-") == 0 || stat(path, &st) != 0 || !S_ISDIR(st.st_mode))
        return import_file(im, path, c); /* a missing file is reported by whoever opens it */
    for (size_t k = 0; k < sizeof SUFFIXES / sizeof *SUFFIXES; k++) {
        struct mw_list names = { 0 };
        if (mw_dir_list(&names, cli->arena, path, SUFFIXES[k], &cli->err) != MW_OK)
            return cli->err.rc;
        for (size_t i = 0; i < names.n && !im->stop; i++, files++) {
            struct mw_sv name = *MW_AT(names, struct mw_sv, i);
            struct mw_sv file = mw_arena_printf(cli->arena, "%s/%.*s", path, MW_SV_ARG(name));
            if (file.p == NULL)
                return mw_nomem(&cli->err);
            enum mw_rc rc = import_file(im, file.p, c);
            if (rc != MW_OK)
                return rc;
        }
    }
    if (files == 0)
        return mw_fail(&cli->err, MW_IO, "The folder \"%s\" holds no .html, .ndjson or .ndjson.gz file.", path);
    return MW_OK;
}

/* --- the report --------------------------------------------------------------------------------------------------------- */

static void put_counts(struct mw_out *o, const struct counts *c)
{
    mw_out_int(o, "new", NULL, c->fresh);
    mw_out_int(o, "changed", NULL, c->changed);
    mw_out_int(o, "unchanged", NULL, c->unchanged);
    mw_out_int(o, "failed", NULL, c->failed);
}

static void report(struct import *im, const struct counts *per_path)
{
    struct mw_cli *cli = im->cli;
    struct mw_out *o = cli->out;
    static const struct mw_column COLUMNS[] = {
        { "file", "File", false }, { "new", "new", true }, { "changed", "changed", true },
        { "unchanged", "unchanged", true }, { "failed", "failed", true }
    };
    int64_t notices = 0, linked = 0;

    if (cli->err.rc == MW_OK && mw_cli_link(cli, &linked) != MW_OK)
        return;
    mw_out_object(o, NULL, NULL);
    mw_out_table(o, "files", NULL, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t i = 0; i < cli->n_args; i++) {
        mw_out_row(o);
        mw_out_z(o, "file", NULL, cli->args[i]);
        put_counts(o, &per_path[i]);
        mw_out_end(o);
    }
    mw_out_end(o);
    if (mw_store_count(cli->store, &notices, NULL) == MW_OK)
        mw_out_int(o, "notices", "Notices in the database", notices);
    if (linked > 0)
        mw_out_int(o, "linked", "At further addresses", linked);
    if (im->sum.unchanged > 0 && im->sum.fresh + im->sum.changed + im->sum.failed == 0 && cli->err.rc == MW_OK)
        mw_out_para(o, MW_BODY, mw_sv(T(cli, "Nothing changed: everything was already there.")));
    for (size_t i = 0; i < cli->n_args; i++) /* people bring the paper about their project here, too */
        if (per_path[i].failed > 0 && per_path[i].fresh + per_path[i].changed + per_path[i].unchanged == 0)
            mw_out_paraf(o, MW_DOUBT, "Nothing in %s is a notice. A paper about a project of your own is read with: mittelweg profile from %s",
                         cli->args[i], cli->args[i]);
    mw_out_end(o);
}

static int run(struct mw_cli *cli)
{
    struct import im = { .cli = cli, .source = mw_sv(mw_cli_option(cli, "source")) };
    struct counts *per_path = mw_arena_array(cli->arena, cli->n_args, sizeof *per_path);
    enum mw_rc rc = MW_OK;

    if (per_path == NULL) {
        mw_nomem(&cli->err);
        return mw_cli_fail(cli);
    }
    if (find_portal(&im) != MW_OK || mw_ingest_begin(cli->store, &cli->err) != MW_OK) {
        mw_reader_free(im.reader);
        return mw_cli_fail(cli);
    }
    for (size_t i = 0; i < cli->n_args && rc == MW_OK && !im.stop; i++) {
        struct counts *c = &per_path[i];
        rc = import_path(&im, cli->args[i], c);
        im.sum.fresh += c->fresh;
        im.sum.changed += c->changed;
        im.sum.unchanged += c->unchanged;
        im.sum.failed += c->failed;
    }
    mw_reader_free(im.reader);
    /* What was read before a fault is kept; the first fault is the one that is told. */
    if (mw_ingest_end(cli->store, cli->err.rc == MW_OK ? &cli->err : NULL) == MW_OK && !im.stop)
        report(&im, per_path);
    if (cli->err.rc != MW_OK)
        return mw_cli_fail(cli);
    return im.sum.failed > 0 ? MW_EXIT_USAGE : MW_EXIT_OK;
}

static const struct mw_option OPTIONS[] = {
    { "source", "ID", "the source of records that name none; with a file in config/sources, files are read as that source" },
    { NULL, NULL, NULL }
};
const struct mw_cmd MW_CMD_IMPORT = {
    .name = "import",
    .run = run,
    .needs = MW_NEEDS_RULES | MW_NEEDS_WRITING | MW_NEEDS_PARSER,
    .args = "FILE...",
    .args_min = 1,
    .args_max = SIZE_MAX,
    .summary = "take in notices from files",
    .about = "Reads notices into the database: NDJSON files (one notice a line; also .gz, and - for standard input), HTML pages, "
             "and folders of either; with --source also what that source publishes, downloaded by hand (the ZIP of the "
             "Förderdatenbank with fdb-export, the EU's JSON with eu-ftp).\n"
             "A notice that is already there unchanged is left alone; one that changed gets a new version. A record that "
             "cannot be read is reported with its line, and the others are taken in all the same.",
    .options = OPTIONS,
    .formats = "text json ndjson html",
};
