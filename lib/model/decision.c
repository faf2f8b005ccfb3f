#include "lib/model/decision.h"

#include <string.h>
#include <sys/stat.h>

#include "lib/core/file.h"
#include "lib/core/yaml_write.h"

const char *const MW_DECISIONS[MW_DECIDE_N + 1] = { "dismiss", "keep", "apply", "note", NULL };
static const char HEAD[] = "# Entscheidungen zu Programmen, von Mittelweg fortgeschrieben; darf von Hand geändert werden.\ndecisions:\n";

static const struct mw_field FIELDS[] = {
    { MW_PLACE(mw_decision, pos) },
    { MW_FIELD(mw_decision, "url", MW_T_TEXT, url), .needed = true },
    { MW_FIELD(mw_decision, "decision", MW_T_WORD, kind), .words = MW_DECISIONS, .needed = true },
    { MW_FIELD(mw_decision, "why", MW_T_TEXT, why) },
    { MW_FIELD(mw_decision, "day", MW_T_DAY, day) },
    { MW_FIELD(mw_decision, "reasons", MW_T_TEXT, reasons) },
};
static const struct mw_schema DECISION = MW_SCHEMA("decision", mw_decision, FIELDS);
struct file_decisions {
    struct mw_list decisions;
};
static const struct mw_field FILE_FIELDS[] = {
    { MW_FIELD(file_decisions, "decisions", MW_T_LIST, decisions), .item = MW_T_RECORD, .sub = &DECISION },
};
static const struct mw_schema DECISION_FILE = MW_SCHEMA("decisions", file_decisions, FILE_FIELDS);

const char *mw_beside(struct mw_arena *a, const char *profile, const char *suffix)
{
    size_t n = strlen(profile);

    if (n > 5 && strcmp(profile + n - 5, ".yaml") == 0)
        n -= 5;
    return mw_arena_printf(a, "%.*s.%s", (int)n, profile, suffix).p;
}

enum mw_rc mw_decisions_load(struct mw_list *out, struct mw_arena *a, const char *path, struct mw_diags *diags)
{
    struct mw_node *map = NULL;
    struct file_decisions f = { 0 };
    struct stat st;

    if (stat(path, &st) != 0)
        return MW_OK;
    enum mw_rc rc = mw_yaml_load(&map, a, path, diags);
    if (map == NULL)
        return rc;
    bool good = mw_schema_read(&DECISION_FILE, map, &f, a, diags);
    for (size_t i = 0; i < f.decisions.n; i++) {
        struct mw_decision *d = mw_list_add(a, out, sizeof *d);
        if (d == NULL)
            return MW_NOMEM;
        *d = *MW_AT(f.decisions, struct mw_decision, i);
    }
    return rc != MW_OK ? rc : good ? MW_OK : MW_INVALID;
}

/* Of a file without entries its comments: entries could not follow the key of an empty list. */
static void add_comments(struct mw_str *out, struct mw_sv bytes)
{
    for (struct mw_sv line; bytes.n > 0;) {
        mw_sv_cut(bytes, '\n', &line, &bytes);
        struct mw_sv text = mw_sv_trim(line);
        if (text.n > 0 && text.p[0] != '#')
            continue;
        mw_str_add(out, line);
        mw_str_addc(out, '\n');
    }
}

/* How far the dash of an entry is indented: as people like it. SIZE_MAX: it has none, and nothing can follow it. */
static size_t indent_of(struct mw_sv bytes, const struct mw_decision *d)
{
    struct mw_sv line = MW_SV("");
    size_t dash = 0;
    for (unsigned n = 0; n < d->pos.line; n++)
        mw_sv_cut(bytes, '\n', &line, &bytes);
    while (dash < line.n && line.p[dash] == ' ')
        dash++;
    return dash < line.n && line.p[dash] == '-' ? dash : SIZE_MAX;
}

enum mw_rc mw_decision_add(const char *path, const struct mw_decision *d, struct mw_diags *diags, struct mw_err *err)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT;
    struct mw_list old = { 0 };
    struct mw_sv bytes = MW_SV("");
    struct stat st;
    size_t indent = 2;
    enum mw_rc rc;

    if (a == NULL)
        return mw_nomem(err);
    if ((rc = mw_decisions_load(&old, a, path, diags)) != MW_OK)
        return mw_fail(err, rc, "The decisions in \"%s\" cannot be read; nothing was written.", path);
    if (stat(path, &st) == 0 && (rc = mw_file_read(&bytes, a, path, MW_YAML_MAX, err)) != MW_OK)
        return rc;
    if (old.n > 0 && (indent = indent_of(bytes, MW_AT(old, struct mw_decision, old.n - 1))) == SIZE_MAX)
        return mw_fail(err, MW_INVALID, "The decisions in \"%s\" do not stand one below the other, each behind a dash; write them so, then this one can follow.", path);
    if (old.n == 0)
        add_comments(&text, bytes);
    else
        mw_str_add(&text, bytes);
    if (old.n > 0 && bytes.n > 0 && bytes.p[bytes.n - 1] != '\n')
        mw_str_addc(&text, '\n');
    if (old.n == 0)
        mw_str_addz(&text, bytes.n == 0 ? HEAD : "decisions:\n");
    const int by = (int)indent;
    mw_str_addf(&text, "%*s- url: ", by, "");
    mw_yaml_add_quoted(&text, d->url);
    mw_str_addf(&text, "\n%*s  decision: %s\n%*s  day: ", by, "", MW_DECISIONS[d->kind], by, "");
    mw_day_iso(&text, d->day);
    if (d->why.n > 0) {
        mw_str_addf(&text, "\n%*s  why: ", by, "");
        mw_yaml_add_quoted(&text, d->why);
    }
    if (d->reasons.n > 0) {
        mw_str_addf(&text, "\n%*s  reasons: ", by, "");
        mw_yaml_add_quoted(&text, d->reasons);
    }
    mw_str_addc(&text, '\n');
    return mw_str_ok(&text) ? mw_file_write(path, mw_str_sv(&text), err) : mw_nomem(err);
}

const struct mw_decision *mw_decision_of(const struct mw_list *decisions, struct mw_sv url)
{
    const struct mw_decision *found = NULL;

    for (size_t i = 0; i < decisions->n; i++) {
        const struct mw_decision *d = MW_AT(*decisions, struct mw_decision, i);
        if (d->kind != MW_DECIDE_NOTE && mw_sv_eq(d->url, url))
            found = d;
    }
    return found;
}
