/* mittelweg saved: searches kept under a name. They stand in a YAML file of the user's, to be read, changed and backed up like
 * any other; this command splices lines in and out and leaves the rest of the file as it is. */
#include "cli/hits.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/core/file.h"
#include "lib/core/schema.h"

struct search {
    struct mw_pos pos;
    struct mw_sv name, query;
    int sort;                 /* enum mw_order; -1: not stated */
};
struct file {
    const char *path;
    struct mw_sv bytes;       /* empty: there is no such file yet */
    const struct mw_node *list;
    struct mw_list searches;  /* struct search, as in list */
};
static const struct mw_field SEARCH_FIELDS[] = {
    { MW_PLACE(search, pos) },
    { MW_FIELD(search, "name", MW_T_TEXT, name), .needed = true },
    { MW_FIELD(search, "query", MW_T_TEXT, query), .needed = true },
    { MW_FIELD(search, "sort", MW_T_WORD, sort), .words = MW_ORDER_NAMES },
};
static const struct mw_schema SEARCH = MW_SCHEMA("saved search", search, SEARCH_FIELDS);
struct raw {
    struct mw_list searches;
};
static const struct mw_field FILE_FIELDS[] = {
    { MW_FIELD(raw, "searches", MW_T_LIST, searches), .item = MW_T_RECORD, .sub = &SEARCH },
};
static const struct mw_schema WHOLE = MW_SCHEMA("file of searches", raw, FILE_FIELDS);

/* --- the file ------------------------------------------------------------------------------------------------------------------- */

static const char *file_path(const struct mw_cli *cli)
{
    const char *given = mw_cli_option(cli, "file"), *env = getenv("MITTELWEG_SEARCHES");
    return given != NULL ? given : env != NULL && *env != '\0' ? env : "mittelweg-searches.yaml";
}

static const struct search *find(const struct file *f, struct mw_sv name)
{
    for (size_t i = 0; i < f->searches.n; i++)
        if (mw_sv_eq(MW_AT(f->searches, struct search, i)->name, name))
            return MW_AT(f->searches, struct search, i);
    return NULL;
}

/* Takes bytes for the file's contents; faults go to diags and end it. */
static enum mw_rc understand(struct file *f, struct mw_cli *cli, struct mw_sv bytes)
{
    struct mw_node *root = NULL;
    struct raw raw = { { NULL, 0, 0 } };

    f->bytes = bytes;
    f->list = NULL;
    f->searches = (struct mw_list){ NULL, 0, 0 };
    if (mw_sv_trim(bytes).n == 0)
        return MW_OK;
    bool ok = mw_yaml_read(&root, cli->arena, f->path, bytes, &cli->diags) == MW_OK && root != NULL;
    ok = ok && mw_schema_read(&WHOLE, root, &raw, cli->arena, &cli->diags);
    if (!ok)
        return mw_fail(&cli->err, MW_INVALID, "The searches in \"%s\" cannot be read; nothing was done.", f->path);
    f->list = mw_node_get(root, "searches");
    f->searches = raw.searches;
    return MW_OK;
}

static enum mw_rc read_file(struct file *f, struct mw_cli *cli)
{
    struct mw_sv bytes = MW_SV("");

    *f = (struct file){ .path = file_path(cli) };
    if (access(f->path, F_OK) == 0 && mw_file_read(&bytes, cli->arena, f->path, MW_YAML_MAX, &cli->err) != MW_OK)
        return cli->err.rc;
    return understand(f, cli, bytes);
}

/* Nothing is written that could not be read again. */
static enum mw_rc write_file(struct file *f, struct mw_cli *cli, const struct mw_str *text)
{
    struct mw_sv bytes = mw_arena_copy(cli->arena, mw_sv(mw_str_z(text)));

    if (!mw_str_ok(text) || bytes.p == NULL)
        return mw_nomem(&cli->err);
    enum mw_rc rc = understand(f, cli, bytes);
    return rc == MW_OK ? mw_file_write(f->path, bytes, &cli->err) : rc;
}

/* --- add and remove --------------------------------------------------------------------------------------------------------------- */

static void add_quoted(struct mw_str *out, struct mw_sv s)
{
    mw_str_addc(out, '\'');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\'')
            mw_str_addc(out, '\'');
        mw_str_addc(out, (char)((unsigned char)s.p[i] < ' ' ? ' ' : s.p[i]));
    }
    mw_str_addc(out, '\'');
}

static size_t line_of(struct mw_sv text, size_t at)
{
    while (at > 0 && text.p[at - 1] != '\n')
        at--;
    return at;
}

static size_t next_line(struct mw_sv text, size_t at)
{
    while (at < text.n && text.p[at] != '\n')
        at++;
    return at < text.n ? at + 1 : at;
}

static bool is_remark(struct mw_sv text, size_t begin, size_t end)
{
    struct mw_sv line = mw_sv_trim(mw_sv_sub(text, begin, end - begin));
    return line.n == 0 || line.p[0] == '#';
}

/* Columns before the "-" of the list's entries; false: the entries do not stand on lines of their own. */
static bool indent_of(const struct file *f, size_t *indent)
{
    *indent = 2;
    if (f->list == NULL || mw_node_absent(f->list) || f->list->kind != MW_SEQ || f->list->n == 0)
        return f->list == NULL || mw_node_absent(f->list);
    size_t begin = line_of(f->bytes, f->list->items[0]->begin);
    *indent = 0;
    while (begin + *indent < f->bytes.n && f->bytes.p[begin + *indent] == ' ')
        ++*indent;
    return f->bytes.p[begin + *indent] == '-';
}

static int cannot_edit(struct mw_cli *cli, const struct file *f)
{
    mw_fail(&cli->err, MW_INVALID, "The list in \"%s\" is not written with one \"- name: ...\" a line; change it by hand.", f->path);
    return mw_cli_fail(cli);
}

static int add(struct mw_cli *cli, struct file *f)
{
    MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT;
    struct mw_sv name = mw_sv(cli->args[1]), query = mw_cli_joined(cli, 2);
    const char *sort = mw_cli_option(cli, "sort");
    enum mw_order order;
    size_t indent;

    if (mw_sv_trim(query).n == 0 || mw_sv_trim(name).n == 0) {
        mw_fail(&cli->err, MW_INVALID, "Say what to search for: mittelweg saved add NAME QUERY...");
        return mw_cli_fail(cli);
    }
    if (mw_utf8_invalid_at(name) != SIZE_MAX || mw_utf8_invalid_at(query) != SIZE_MAX) {
        mw_fail(&cli->err, MW_INVALID, "Name and query must be UTF-8 to be saved.");
        return mw_cli_fail(cli);
    }
    if (sort != NULL && !mw_cli_order(cli, mw_sv(sort), &order))
        return mw_cli_fail(cli);
    if (find(f, name) != NULL) {
        mw_fail(&cli->err, MW_INVALID, "There is a search \"%.*s\" in \"%s\" already; remove it first or take another name.", MW_SV_ARG(name), f->path);
        return mw_cli_fail(cli);
    }
    if (!indent_of(f, &indent))
        return cannot_edit(cli, f);
    size_t at = f->list != NULL && f->list->n > 0 ? next_line(f->bytes, f->list->items[f->list->n - 1]->end) : f->bytes.n;
    if (f->list != NULL && f->list->n > 0 && line_of(f->bytes, f->list->items[f->list->n - 1]->end) == f->list->items[f->list->n - 1]->end)
        at = f->list->items[f->list->n - 1]->end; /* libyaml's end of a block is the beginning of the next line */
    mw_str_add(&text, mw_sv_sub(f->bytes, 0, at));
    if (text.n > 0 && text.p[text.n - 1] != '\n')
        mw_str_addc(&text, '\n');
    if (f->list == NULL)
        mw_str_addz(&text, "searches:\n");
    mw_str_addf(&text, "%*s- name: ", (int)indent, "");
    add_quoted(&text, name);
    mw_str_addf(&text, "\n%*s  query: ", (int)indent, "");
    add_quoted(&text, query);
    if (sort != NULL)
        mw_str_addf(&text, "\n%*s  sort: %s", (int)indent, "", sort);
    mw_str_addc(&text, '\n');
    mw_str_add(&text, mw_sv_sub(f->bytes, at, f->bytes.n));
    if (write_file(f, cli, &text) != MW_OK)
        return mw_cli_fail(cli);
    mw_out_object(cli->out, NULL, NULL);
    mw_out_sv(cli->out, "added", NULL, name);
    mw_out_z(cli->out, "file", NULL, f->path);
    mw_out_paraf(cli->out, MW_GOOD, "\"%.*s\" is saved in %s.", MW_SV_ARG(name), f->path);
    mw_out_end(cli->out);
    return MW_EXIT_OK;
}

static const struct search *named(struct mw_cli *cli, const struct file *f)
{
    const char *names[64];
    size_t n = 0;
    const struct search *s = find(f, mw_sv(cli->args[1]));

    if (s != NULL)
        return s;
    for (; n < f->searches.n && n < sizeof names / sizeof *names; n++)
        names[n] = mw_arena_z(cli->arena, MW_AT(f->searches, struct search, n)->name);
    const char *near = mw_nearest(mw_sv(cli->args[1]), names, n);
    if (near != NULL)
        mw_fail(&cli->err, MW_NOT_FOUND, "There is no search \"%s\" in \"%s\". Did you mean \"%s\"?", cli->args[1], f->path, near);
    else
        mw_fail(&cli->err, MW_NOT_FOUND, "There is no search \"%s\" in \"%s\".", cli->args[1], f->path);
    return NULL;
}

static int take_out(struct mw_cli *cli, struct file *f)
{
    MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT;
    const struct search *s = named(cli, f);
    size_t indent;

    if (s == NULL)
        return mw_cli_fail(cli);
    if (f->list == NULL || !indent_of(f, &indent))
        return cannot_edit(cli, f);
    size_t i = (size_t)(s - (const struct search *)f->searches.items);
    size_t begin = line_of(f->bytes, f->list->items[i]->begin), end = f->list->items[i]->end;
    end = i + 1 < f->list->n ? line_of(f->bytes, f->list->items[i + 1]->begin) : line_of(f->bytes, end) == end ? end : next_line(f->bytes, end);
    while (end > begin && is_remark(f->bytes, line_of(f->bytes, end - 1), end)) /* a remark belongs to what follows it */
        end = line_of(f->bytes, end - 1);
    mw_str_add(&text, mw_sv_sub(f->bytes, 0, begin));
    mw_str_add(&text, mw_sv_sub(f->bytes, end, f->bytes.n));
    if (write_file(f, cli, &text) != MW_OK)
        return mw_cli_fail(cli);
    mw_out_object(cli->out, NULL, NULL);
    mw_out_z(cli->out, "removed", NULL, cli->args[1]);
    mw_out_z(cli->out, "file", NULL, f->path);
    mw_out_paraf(cli->out, MW_GOOD, "\"%s\" is taken out of %s.", cli->args[1], f->path);
    mw_out_end(cli->out);
    return MW_EXIT_OK;
}

/* --- list and run ------------------------------------------------------------------------------------------------------------------- */

static enum mw_order order_of(const struct search *s)
{
    return s->sort >= 0 ? (enum mw_order)s->sort : MW_BY_RELEVANCE;
}

/* Collects what of a query was no filter although it looks like one: its total is of something else. */
static bool add_readings(struct mw_list *unread, struct mw_cli *cli, const struct mw_hits *hits)
{
    for (size_t i = 0; i < hits->readings.n; i++) {
        const struct mw_reading *r = MW_AT(hits->readings, struct mw_reading, i);
        struct mw_reading *slot = r->kind == MW_R_UNREAD ? mw_list_add(cli->arena, unread, sizeof *slot) : NULL;
        if (slot != NULL)
            *slot = *r;
        else if (r->kind == MW_R_UNREAD)
            return false;
    }
    return true;
}

/* With totals, where the database is asked. */
static int overview(struct mw_cli *cli, const struct file *f, bool ask)
{
    static const struct mw_column COLUMNS[] = {
        { "name", "Name", false }, { "query", "Query", false }, { "sort", "Order", false }, { "total", "Notices", true }
    };
    struct mw_out *o = cli->out;
    struct mw_list unread = { NULL, 0, 0 };

    mw_out_object(o, NULL, NULL);
    mw_out_z(o, "file", NULL, f->path);
    mw_out_table(o, "searches", NULL, COLUMNS, ask ? 4 : 3);
    for (size_t i = 0; i < f->searches.n; i++) {
        const struct search *s = MW_AT(f->searches, struct search, i);
        struct mw_search_opts opts = { .limit = 0, .today = cli->today, .rules = cli->rules };
        struct mw_hits hits = { .total = 0 };
        if (ask && mw_search(&hits, cli->arena, cli->store, s->query, &opts, &cli->err) != MW_OK)
            return mw_cli_fail(cli);
        mw_out_row(o);
        mw_out_sv(o, "name", NULL, s->name);
        mw_out_sv(o, "query", NULL, s->query);
        mw_out_z(o, "sort", NULL, MW_ORDER_NAMES[order_of(s)]);
        if (ask)
            mw_out_int(o, "total", NULL, hits.total);
        mw_out_end(o);
        if (!add_readings(&unread, cli, &hits))
            return mw_nomem(&cli->err), mw_cli_fail(cli);
    }
    mw_out_end(o);
    mw_cli_put_unread(cli, &unread);
    mw_out_end(o);
    return f->searches.n > 0 ? MW_EXIT_OK : MW_EXIT_NOTHING;
}

static int run_saved(struct mw_cli *cli, const struct file *f)
{
    struct mw_search_opts opts;

    if (mw_cli_need(cli, MW_NEEDS_WORDS | MW_NEEDS_STORE | MW_READS_FACTS) != MW_OK || !mw_cli_search_opts(cli, &opts))
        return mw_cli_fail(cli);
    if (cli->n_args == 1)
        return overview(cli, f, true);
    const struct search *s = named(cli, f);
    if (s == NULL)
        return mw_cli_fail(cli);
    if (mw_cli_option(cli, "sort") == NULL)
        opts.order = order_of(s);
    return mw_cli_show_search(cli, s->query, &opts);
}

static int run(struct mw_cli *cli)
{
    static const struct {
        const char *verb;
        size_t args_min, args_max;
    } VERBS[] = { { "add", 3, SIZE_MAX }, { "list", 1, 1 }, { "run", 1, 2 }, { "remove", 2, 2 } };
    size_t i = 0, n = sizeof VERBS / sizeof *VERBS;
    struct file f;

    while (i < n && strcmp(cli->args[0], VERBS[i].verb) != 0)
        i++;
    if (i == n || cli->n_args < VERBS[i].args_min || cli->n_args > VERBS[i].args_max) {
        mw_fail(&cli->err, MW_INVALID, "Usage: mittelweg saved add NAME QUERY..., saved list, saved run [NAME], saved remove NAME");
        return mw_cli_fail(cli);
    }
    if (read_file(&f, cli) != MW_OK)
        return mw_cli_fail(cli);
    switch (i) {
    case 0:
        return add(cli, &f);
    case 1:
        return overview(cli, &f, false);
    case 2:
        return run_saved(cli, &f);
    default:
        return take_out(cli, &f);
    }
}

static const struct mw_option OPTIONS[] = {
    { "file", "FILE", "where the searches stand (default: $MITTELWEG_SEARCHES, else mittelweg-searches.yaml)" },
    { "limit", "N", "at most N hits (default 10)" },
    { "offset", "N", "pass over the first N hits" },
    { "page", "N", "the N-th page of that many hits" },
    { "sort", "ORDER", "relevance, deadline, newest or amount (the largest grant first)" },
    { "facets", NULL, "count Länder, applicants, kinds, themes and more over all hits" },
    { NULL, NULL, NULL }
};
const struct mw_cmd MW_CMD_SAVED = {
    .name = "saved",
    .run = run,
    .args = "add|list|run|remove [NAME [QUERY...]]",
    .args_min = 1,
    .args_max = SIZE_MAX,
    .summary = "keep searches under a name and run them again",
    .about = "add NAME QUERY...: keeps a search in your file of searches.\n"
             "list: shows them. run: how many notices each finds today; run NAME: the hits. remove NAME: takes one out.\n"
             "The file is yours: a YAML list of name, query and sort that you may change by hand.",
    .options = OPTIONS,
    .minus_words = true,
    .formats = "text json csv",
};
