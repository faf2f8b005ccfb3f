/* mittelweg check: are the files that people write sound? Projects are computed, too, and their findings listed. */
#include <stdlib.h>
#include <string.h>

#include "apply/plan/plan.h"
#include "cli/commands.h"
#include "cli/kinds.h"
#include "cli/plan.h"
#include "intake/project.h"
#include "lib/core/file.h"
#include "lib/model/profile.h"


/* What is said of one file, in the order of its lines; struct mw_finding. */
static enum mw_rc add(struct mw_list *found, struct mw_cli *cli, const struct mw_diags *diags)
{
    for (size_t i = 0; i < diags->n; i++) {
        const struct mw_diag *d = &diags->items[i];
        struct mw_finding *f = mw_list_add(cli->arena, found, sizeof *f);
        if (f == NULL)
            return MW_NOMEM;
        *f = (struct mw_finding){ .severity = d->severity,
                                  .code = d->code,
                                  .msg = mw_arena_copy(cli->arena, mw_sv(d->msg != NULL ? d->msg : "?")),
                                  .cure = mw_arena_copy(cli->arena, mw_sv(d->cure)),
                                  .pos = { d->file != NULL ? mw_arena_z(cli->arena, mw_sv(d->file)) : NULL, d->line,
                                           d->col } };
        if (f->msg.p == NULL)
            return MW_NOMEM;
    }
    return MW_OK;
}

static enum mw_rc check_project(struct mw_list *found, struct mw_cli *cli, const char *path, struct mw_diags *diags)
{
    struct mw_plan_input in = { 0 };
    struct mw_plan plan = { 0 };
    struct mw_plan_opts opts;
    enum mw_rc rc = mw_cli_plan_opts(cli, &opts) ? mw_plan_input_load(&in, cli->arena, path, cli->rules_dir, NULL, diags) : cli->err.rc;

    opts.checks = &in.checks;
    for (size_t t = 0; t < in.terms.n && rc == MW_OK; t++) {
        rc = mw_plan_make(&plan, cli->arena, &in.project, MW_AT(in.terms, struct mw_terms, t), &in.tariffs, &opts,
                          diags);
        for (size_t i = 0; i < plan.findings.n && rc == MW_OK; i++) {
            struct mw_finding *f = mw_list_add(cli->arena, found, sizeof *f);
            if (f == NULL)
                return MW_NOMEM;
            *f = *MW_AT(plan.findings, struct mw_finding, i);
        }
    }
    return rc;
}

/* Lines that profile from and project from left to be filled in: how many still are, and where the first stands. */
static void note_lines_left(struct mw_cli *cli, const char *path, struct mw_diags *diags)
{
    struct mw_sv text, line;
    struct mw_pos first = { path, 0, 1 };
    unsigned at = 0;
    size_t left = 0;

    if (mw_file_read(&text, cli->arena, path, MW_YAML_MAX, &cli->err) != MW_OK) {
        mw_err_clear(&cli->err); /* whoever reads the file says it */
        return;
    }
    for (bool more = text.n > 0; more;) {
        more = mw_sv_cut(text, '\n', &line, &text);
        at++;
        if (!mw_sv_starts(mw_sv_trim(line), MW_SV(MW_FILL_IN)))
            continue;
        if (left++ == 0)
            first.line = at;
    }
    if (left > 0)
        mw_diag_add(diags, MW_NOTE, &first, "lines-left", "Lines that are still to be filled in (\"# ?\"): %zu; here is the first. What does not apply may go.", left);
}

/* What kind of file it is shows in its keys. */
static enum mw_rc check_file(struct mw_list *found, struct mw_cli *cli, const char *path, const char **kind,
                             struct mw_diags *diags)
{
    struct mw_terms terms;
    struct mw_tariff tariff;
    struct mw_profile profile;
    struct mw_checks checks;
    struct mw_node *map = NULL;

    switch (mw_cli_kind(cli, path)) {
    case MW_KIND_PROJECT:
        note_lines_left(cli, path, diags);
        return *kind = "project", check_project(found, cli, path, diags);
    case MW_KIND_PROGRAMME:
        return *kind = "programme", mw_terms_load(&terms, cli->arena, path, diags);
    case MW_KIND_TARIFF:
        return *kind = "tariff", mw_tariff_load(&tariff, cli->arena, path, diags);
    case MW_KIND_CHECKS:
        return *kind = "checks", mw_checks_load(&checks, cli->arena, path, diags);
    case MW_KIND_PROFILE:
        note_lines_left(cli, path, diags);
        return *kind = "profile", mw_profile_load(&profile, cli->arena, path, diags);
    default:
        *kind = "unknown";
        if (mw_yaml_load(&map, cli->arena, path, diags) != MW_OK)
            return MW_INVALID;
        mw_diag_add(diags, MW_ERROR, &map->pos, "unknown-file",
                    "This is no project, profile, programme or tariff: none of project, profile, editions and tariff "
                    "stands at the top.");
        return MW_INVALID;
    }
}

/* --- the place in the file ---------------------------------------------------------------------------------------- */
/* Line n of the text, from 1; MW_SV_NONE: it has none. */
static struct mw_sv line_of(struct mw_sv text, unsigned n)
{
    struct mw_sv line = MW_SV_NONE;
    bool more = text.n > 0;

    for (; n > 0 && more; n--)
        more = mw_sv_cut(text, '\n', &line, &text);
    return n == 0 ? line : MW_SV_NONE;
}

static unsigned column_of(struct mw_sv line, size_t byte)
{
    unsigned col = 1;

    for (size_t i = 0; i < byte && i < line.n; i++)
        col += (line.p[i] & 0xC0) != 0x80;
    return col;
}

/* Words of a text may stand some lines below its key; what a YAML fold has torn apart is sought by its first word. */
static void seek_words(struct mw_pos *pos, struct mw_sv *line, struct mw_sv text, struct mw_sv words)
{
    struct mw_sv first, rest;

    mw_sv_cut(words, ' ', &first, &rest);
    for (int whole = 1; whole >= 0 && words.n > 0; whole--)
        for (unsigned n = 0; n < 400; n++) {
            struct mw_sv here = line_of(text, pos->line + n);
            size_t at;
            if (here.p == NULL)
                break;
            if ((at = mw_sv_find(here, whole == 1 ? words : first, 0)) == SIZE_MAX)
                continue;
            *line = here;
            pos->line += n;
            pos->col = column_of(here, at);
            return;
        }
}

/* As a compiler says it: place, severity, sentence, code; the line, a caret beneath, and what to do. */
static void put_lines(struct mw_cli *cli, const struct mw_finding *f, const struct mw_pos *pos, struct mw_sv line, struct mw_sv rule)
{
    struct mw_str s = MW_STR_INIT;
    struct mw_sv shown = line;
    unsigned cut = 0;

    mw_str_addz(&s, pos->file);
    if (pos->line > 0)
        mw_str_addf(&s, ":%u", pos->line);
    if (pos->line > 0 && pos->col > 0)
        mw_str_addf(&s, ":%u", pos->col);
    mw_str_addf(&s, ": %s: %.*s", T(cli, MW_SEVERITIES[f->severity]), MW_SV_ARG(f->msg));
    if (f->code != NULL)
        mw_str_addf(&s, " [%s]", f->code);
    if (line.n > 0) {
        size_t at = 0;
        while (pos->col > 60 && cut < pos->col - 40 && at < shown.n) { /* of a long line, the part around the caret */
            at++;
            while (at < shown.n && (shown.p[at] & 0xC0) == 0x80)
                at++;
            cut++;
        }
        shown = mw_sv_sub(shown, at, shown.n);
        mw_str_addf(&s, "\n%5u | %s", pos->line, cut > 0 ? "... " : "");
        mw_node_shown(&s, shown, 100);
        if (pos->col > 0)
            mw_str_addf(&s, "\n      | %*s^", (int)(pos->col - 1 - cut + (cut > 0 ? 4 : 0)), "");
    }
    if (f->cure.n > 0)
        mw_str_addf(&s, "\n      = %.*s", MW_SV_ARG(f->cure));
    if (rule.n > 0)
        mw_str_addf(&s, "\n      = %s %.*s", T(cli, "rule:"), MW_SV_ARG(rule));
    mw_out_para(cli->out, MW_LINES, mw_str_sv(&s));
    mw_str_free(&s);
}

/* The file a finding stands in; findings of one file mostly follow each other, so the last one is kept. */
struct reading { const char *file; struct mw_sv text; };

static struct mw_sv text_of(struct reading *r, struct mw_cli *cli, const char *file)
{
    if (r->file == NULL || strcmp(r->file, file) != 0) {
        *r = (struct reading){ file, MW_SV_NONE };
        if (mw_file_read(&r->text, cli->arena, file, MW_YAML_MAX, NULL) != MW_OK)
            r->text = MW_SV_NONE;
    }
    return r->text;
}

/* Every finding gets its file, and the place of the words it is about. */
static void locate(struct mw_cli *cli, struct mw_list *found, const char *path)
{
    struct reading r = { NULL, MW_SV_NONE };

    for (size_t i = 0; i < found->n; i++) {
        struct mw_finding *f = MW_AT(*found, struct mw_finding, i);
        struct mw_sv line = MW_SV_NONE;
        if (f->pos.file == NULL)
            f->pos.file = path;
        if (f->pos.line > 0 && f->words.n > 0)
            seek_words(&f->pos, &line, text_of(&r, cli, f->pos.file), f->words);
    }
}

static void put_finding(struct mw_cli *cli, const struct mw_finding *f, struct reading *r)
{
    struct mw_out *o = cli->out;
    struct mw_pos pos = f->pos;
    struct mw_sv line = pos.line > 0 ? line_of(text_of(r, cli, pos.file), pos.line) : MW_SV_NONE, rule = MW_SV_NONE;

    if (f->rule.file != NULL)
        rule = mw_arena_printf(cli->arena, "%s:%u", f->rule.file, f->rule.line);
    mw_out_object(o, NULL, NULL);
    mw_out_z(o, "severity", NULL, MW_SEVERITIES[f->severity]);
    mw_out_z(o, "code", NULL, f->code);
    mw_out_sv(o, "message", NULL, f->msg);
    mw_out_sv(o, "cure", NULL, f->cure);
    mw_out_z(o, "file", NULL, pos.file);
    mw_out_int(o, "line", NULL, pos.line);
    mw_out_int(o, "column", NULL, pos.col);
    mw_out_sv(o, "rule", NULL, rule);
    mw_out_end(o);
    put_lines(cli, f, &pos, line, rule);
}

/* By place; what has none comes first. Findings of two programmes that say the same are said once. */
static int by_place(const void *x, const void *y)
{
    const struct mw_finding *a = x, *b = y;
    int c = strcmp(a->pos.file != NULL ? a->pos.file : "", b->pos.file != NULL ? b->pos.file : "");

    if (c == 0)
        c = (a->pos.line > b->pos.line) - (a->pos.line < b->pos.line);
    if (c == 0)
        c = (a->pos.col > b->pos.col) - (a->pos.col < b->pos.col);
    if (c == 0)
        c = strcmp(a->code != NULL ? a->code : "", b->code != NULL ? b->code : "");
    return c != 0 ? c : mw_sv_cmp(a->msg, b->msg);
}

static size_t in_order(struct mw_list *found)
{
    struct mw_finding *f = found->items;
    size_t kept = 0;

    if (found->n > 1)
        qsort(f, found->n, sizeof *f, by_place);
    for (size_t i = 0; i < found->n; i++)
        if (kept == 0 || by_place(&f[kept - 1], &f[i]) != 0)
            f[kept++] = f[i];
    return found->n = kept;
}

static int run(struct mw_cli *cli)
{
    struct mw_out *o = cli->out;
    size_t errors = 0;

    mw_out_object(o, NULL, NULL);
    mw_out_day(o, "today", NULL, cli->today);
    mw_out_list(o, "files", NULL);
    for (size_t i = 0; i < cli->n_args; i++) {
        MW_AUTO(mw_diags_free) struct mw_diags diags = MW_DIAGS_INIT(cli->lang);
        struct mw_list found = { 0 };
        const char *kind = NULL;
        size_t here = 0;
        enum mw_rc rc = check_file(&found, cli, cli->args[i], &kind, &diags);
        mw_diags_sort(&diags);
        if (rc == MW_NOMEM || add(&found, cli, &diags) != MW_OK)
            return mw_nomem(&cli->err), mw_cli_fail(cli);
        mw_out_object(o, NULL, NULL);
        mw_out_z(o, "file", NULL, cli->args[i]);
        mw_out_z(o, "kind", NULL, kind);
        mw_out_list(o, "findings", NULL);
        struct reading reading = { NULL, MW_SV_NONE };
        locate(cli, &found, cli->args[i]);
        for (size_t k = 0, n = in_order(&found); k < n; k++) {
            const struct mw_finding *f = MW_AT(found, struct mw_finding, k);
            put_finding(cli, f, &reading);
            here += f->severity == MW_ERROR;
        }
        mw_out_end(o);
        mw_out_end(o);
        errors += here;
    }
    mw_out_end(o);
    mw_out_int(o, "errors", NULL, (int64_t)errors);
    return errors > 0 ? MW_EXIT_FINDINGS : MW_EXIT_OK;
}

const struct mw_cmd MW_CMD_CHECK = {
    .name = "check",
    .run = run,
    .args = "FILE...",
    .args_min = 1,
    .args_max = SIZE_MAX,
    .summary = "check project, profile, programme and tariff files",
    .about = "Reads every file and reports all that is wrong with it, each with its line. A project is also computed "
             "by every programme it names, and "
             "what the plan finds is listed. The exit status is 1 when there is an error.",
};
