/* mittelweg sources: the source files, whether they are sound, and what one page or file becomes. */
#include "cli/commands.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/tried.h"
#include "crawler/page.h"
#include "crawler/reader.h"
#include "index/ledger.h"
#include "lib/core/file.h"

/* --- list --------------------------------------------------------------------------------------------------------------- */
/* The ledger of the database, where there is one already. */
static enum mw_rc read_ledger(struct mw_list *coverage, struct mw_cli *cli)
{
    if (cli->store == NULL && access(cli->db, R_OK) != 0)
        return MW_OK;
    enum mw_rc rc = mw_analyser_new(&cli->analyser, getenv("MITTELWEG_LEXICON"), &cli->err);
    if (rc == MW_OK)
        rc = mw_store_open(&cli->store, cli->db, MW_STORE_READ, cli->analyser, &cli->err);
    return rc == MW_OK ? mw_ledger_coverage(coverage, cli->arena, cli->store, &cli->err) : rc;
}

static const struct mw_coverage *covered(const struct mw_list *coverage, const struct mw_source *s)
{
    for (size_t i = 0; i < coverage->n; i++) {
        const struct mw_coverage *c = MW_AT(*coverage, struct mw_coverage, i);
        bool known = mw_sv_eq(c->source, s->id);
        for (size_t k = 0; k < s->known_as.n && !known && !c->crawled; k++)
            known = mw_sv_eq(c->source, *MW_AT(s->known_as, struct mw_sv, k));
        if (known)
            return c;
    }
    return NULL;
}

static void put_covered(struct mw_cli *cli, const struct mw_coverage *c)
{
    struct mw_out *o = cli->out;
    mw_out_bool(o, "crawled", NULL, c->crawled);
    mw_out_int(o, "stored", NULL, c->stored);
    if (!c->crawled)
        return;
    mw_out_z(o, "state", NULL, MW_LEDGER_STATES[c->state]);
    mw_out_sv(o, "last_run", NULL, c->last_run);
    mw_out_sv(o, "last_complete", NULL, c->last_complete);
    if (c->expected >= 0)
        mw_out_int(o, "expected", NULL, c->expected);
    mw_out_int(o, "found", NULL, c->found);
    if (c->before >= 0)
        mw_out_int(o, "drift", NULL, c->found - c->before);
    mw_out_int(o, "failing", NULL, c->failing);
    mw_out_sv(o, "reason", NULL, c->reason);
}

static void put_source(struct mw_cli *cli, const struct mw_source *s, const struct mw_coverage *c)
{
    struct mw_out *o = cli->out;
    mw_out_row(o);
    mw_out_sv(o, "id", NULL, s->id);
    mw_out_z(o, "level", NULL, MW_LEVELS[s->level]);
    mw_out_z(o, "kind", NULL, MW_CRAWL_KINDS[s->kind]);
    mw_out_bool(o, "enabled", NULL, mw_source_enabled(s));
    mw_out_day(o, "verified", NULL, s->verified.on);
    mw_out_sv(o, "title", NULL, s->title);
    mw_out_sv(o, "land", NULL, s->land);
    mw_out_z(o, "about", NULL, mw_source_tenders(s) ? "tenders" : "programmes");
    mw_out_sv(o, "against", NULL, s->verified.against);
    mw_out_sv(o, "licence", NULL, s->licence);
    mw_out_sv(o, "attribution", NULL, s->attribution);
    if (c != NULL) {
        mw_out_object(o, "ledger", NULL);
        put_covered(cli, c);
        mw_out_end(o);
    }
    mw_out_end(o);
}

/* What is known of each source that was crawled or imported, as people read it: numbers, then what is wrong. */
static void put_ledger(struct mw_cli *cli, const struct mw_list *coverage)
{
    static const struct mw_column COLUMNS[] = {
        { "source", "source", false }, { "state", "last run", false }, { "complete", "last complete", false },
        { "expected", "expected", true }, { "found", "found", true }, { "drift", "drift", true },
        { "stored", "stored", true }, { "failing", "failing", true },
    };
    struct mw_out *o = cli->out;

    if (coverage->n == 0 || mw_out_format(o) == MW_JSON)
        return;
    mw_out_table(o, "ledger", "What was crawled", COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t i = 0; i < coverage->n; i++) {
        const struct mw_coverage *c = MW_AT(*coverage, struct mw_coverage, i);
        mw_out_row(o);
        mw_out_sv(o, "source", NULL, c->source);
        mw_out_z(o, "state", NULL, T(cli, c->crawled ? MW_LEDGER_STATES[c->state] : "imported"));
        mw_out_sv(o, "complete", NULL, mw_sv_sub(c->last_complete, 0, 10));
        if (c->expected >= 0)
            mw_out_int(o, "expected", NULL, c->expected);
        if (c->crawled)
            mw_out_int(o, "found", NULL, c->found);
        if (c->before >= 0)
            mw_out_int(o, "drift", NULL, c->found - c->before);
        mw_out_int(o, "stored", NULL, c->stored);
        if (c->crawled)
            mw_out_int(o, "failing", NULL, c->failing);
        mw_out_end(o);
    }
    mw_out_end(o);
    for (size_t i = 0; i < coverage->n; i++) {
        const struct mw_coverage *c = MW_AT(*coverage, struct mw_coverage, i);
        if (c->reason.n > 0)
            mw_out_paraf(o, c->state == MW_LEDGER_PAUSED ? MW_DIM : MW_BAD, "%.*s: %.*s", MW_SV_ARG(c->source), MW_SV_ARG(c->reason));
    }
}

static int list(struct mw_cli *cli)
{
    static const struct mw_column COLUMNS[] = {
        { "id", "source", false }, { "level", "level", false }, { "kind", "kind", false },
        { "enabled", "enabled", false }, { "verified", "verified", false }, { "title", "title", false },
    };
    struct mw_list sources, coverage = { 0 };
    struct mw_sv dir = mw_arena_printf(cli->arena, "%s/sources", cli->config_dir);
    enum mw_rc rc = dir.p != NULL ? mw_sources_load(&sources, cli->arena, dir.p, &cli->diags) : mw_nomem(&cli->err);

    if (rc == MW_NOMEM || rc == MW_IO)
        return cli->err.rc != MW_OK ? mw_cli_fail(cli) : mw_exit_of(rc);
    if (read_ledger(&coverage, cli) != MW_OK)
        return mw_cli_fail(cli);
    mw_out_object(cli->out, NULL, NULL);
    mw_out_table(cli->out, "sources", NULL, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t i = 0; i < sources.n; i++) {
        const struct mw_source *s = *MW_AT(sources, const struct mw_source *, i);
        put_source(cli, s, covered(&coverage, s));
    }
    mw_out_end(cli->out);
    mw_out_paraf(cli->out, MW_DIM, "Without a day, a source was never verified against real pages; docs/sources.md says against which the others were.");
    put_ledger(cli, &coverage);
    mw_out_end(cli->out);
    return rc == MW_OK ? MW_EXIT_OK : MW_EXIT_FINDINGS;
}

/* --- check -------------------------------------------------------------------------------------------------------------- */
static int check(struct mw_cli *cli)
{
    int status = MW_EXIT_OK;
    mw_out_object(cli->out, NULL, NULL);
    mw_out_list(cli->out, "files", NULL);
    for (size_t i = 1; i < cli->n_args; i++) {
        struct mw_source *s;
        enum mw_rc rc = mw_source_load(&s, cli->arena, cli->args[i], &cli->diags);
        if (rc != MW_OK)
            status = rc == MW_INVALID || rc == MW_PARSE ? MW_EXIT_FINDINGS : mw_exit_of(rc);
        mw_out_object(cli->out, NULL, NULL);
        mw_out_z(cli->out, "file", NULL, cli->args[i]);
        mw_out_bool(cli->out, "good", NULL, rc == MW_OK);
        if (rc == MW_OK)
            mw_out_paraf(cli->out, MW_GOOD, "%s is well-formed.", cli->args[i]);
        mw_out_end(cli->out);
    }
    mw_out_end(cli->out);
    mw_out_end(cli->out);
    return status;
}

/* --- try ------------------------------------------------------------------------------------------------------------------ */
struct trial {
    struct mw_cli *cli;
    const struct mw_source *source;
    struct mw_tried tried;
    int64_t limit;
    struct mw_list addresses; /* struct mw_address */
    struct mw_str saved;      /* NDJSON */
    const char *save;
};

static void show_facets(struct mw_out *o, const struct mw_notice *n)
{
    for (size_t k = 0; k < MW_FACET_N; k++) {
        MW_AUTO(mw_str_free) struct mw_str line = MW_STR_INIT;
        for (size_t i = 0; i < n->facets[k].n; i++)
            mw_str_addf(&line, "%s%.*s", i > 0 ? " | " : "", MW_SV_ARG(*MW_AT(n->facets[k], struct mw_sv, i)));
        if (line.n > 0)
            mw_out_paraf(o, MW_BODY, "%s: %s", MW_FACET_NAMES[k], mw_str_z(&line));
    }
}

static void show_extra(struct mw_out *o, const struct mw_notice *n)
{
    for (size_t i = 0; i < n->extra.n; i++) {
        const struct mw_pair *pair = MW_AT(n->extra, struct mw_pair, i);
        MW_AUTO(mw_str_free) struct mw_str found = MW_STR_INIT;
        mw_node_found(&found, pair->value, mw_out_lang(o));
        mw_out_paraf(o, MW_DIM, "%.*s: %s", MW_SV_ARG(pair->key), mw_str_z(&found));
    }
}

/* The notice for people: what it is called, where it is, what was found, and how its sections begin. */
static void show_notice(struct mw_out *o, const struct mw_notice *n)
{
    MW_AUTO(mw_str_free) struct mw_str days = MW_STR_INIT;
    mw_out_para(o, MW_HEADING, n->title);
    mw_out_para(o, MW_LINK, n->url);
    show_facets(o, n);
    for (size_t i = 0; i < n->deadlines.n; i++) {
        mw_str_addz(&days, i > 0 ? ", " : "");
        mw_day_format(&days, *MW_AT(n->deadlines, struct mw_day, i), mw_out_lang(o));
    }
    if (days.n > 0)
        mw_out_paraf(o, MW_BODY, "deadlines: %s", mw_str_z(&days));
    mw_str_clear(&days);
    mw_day_format(&days, n->opens, mw_out_lang(o));
    if (days.n > 0)
        mw_out_paraf(o, MW_BODY, "opens: %s", mw_str_z(&days));
    mw_out_paraf(o, MW_BODY, "language: %.*s", MW_SV_ARG(n->language));
    show_extra(o, n);
    for (size_t i = 0; i < n->sections.n; i++) {
        const struct mw_section *s = MW_AT(n->sections, struct mw_section, i);
        MW_AUTO(mw_str_free) struct mw_str begins = MW_STR_INIT;
        mw_node_shown(&begins, s->text, 160);
        mw_out_paraf(o, MW_BODY, "[%.*s, %zu bytes] %s", MW_SV_ARG(s->heading), s->text.n, mw_str_z(&begins));
    }
}

static enum mw_rc try_notice(void *ctx, struct mw_arena *a, struct mw_notice *n, struct mw_err *err)
{
    struct trial *t = ctx;
    (void)a;
    mw_tried_notice(&t->tried, t->source, n);
    if (t->save != NULL) {
        MW_AUTO(mw_out_freep) struct mw_out *o = mw_out_to_str(&t->saved, &(struct mw_out_opts){ .format = MW_JSON, .compact = true });
        if (o == NULL)
            return mw_nomem(err);
        mw_notice_to_out(n, o);
        if (mw_out_finish(o, err) != MW_OK)
            return err != NULL ? err->rc : MW_NOMEM;
    }
    if (t->limit-- <= 0)
        return MW_OK;
    if (mw_out_format(t->cli->out) == MW_JSON)
        mw_notice_to_out(n, t->cli->out);
    else
        show_notice(t->cli->out, n);
    return MW_OK;
}

static enum mw_rc try_address(void *ctx, const struct mw_address *address, struct mw_err *err)
{
    struct trial *t = ctx;
    struct mw_address *slot = mw_list_add(t->cli->arena, &t->addresses, sizeof *slot);
    if (slot == NULL)
        return mw_nomem(err);
    *slot = *address;
    t->tried.documents += address->role == MW_ROLE_DOCUMENT;
    t->tried.lists += address->role == MW_ROLE_LIST;
    slot->url = mw_arena_copy(t->cli->arena, address->url);
    return slot->url.p != NULL ? MW_OK : mw_nomem(err);
}

static void try_fault(void *ctx, struct mw_sv where, const struct mw_err *fault)
{
    struct trial *t = ctx;
    const char *said = fault->msg != NULL ? fault->msg : "?";
    if (where.n > 0)
        mw_diag_add(&t->cli->diags, MW_WARNING, NULL, NULL, "%.*s: %s", MW_SV_ARG(where), said);
    else
        mw_diag_add(&t->cli->diags, MW_WARNING, NULL, NULL, "%s", said);
}

static void put_tally(struct mw_out *o, const struct mw_tally *t)
{
    mw_out_int(o, "count", "notices", t->notices);
    mw_out_int(o, "failed", "could not be read", t->failed);
    mw_out_int(o, "repeated", "repeated", t->repeated);
    mw_out_int(o, "left_out", "left out", t->left_out);
    if (t->expected >= 0)
        mw_out_int(o, "expected", "stated by the source", t->expected);
}

static void put_addresses(struct trial *t)
{
    static const char *const ROLES[] = { "list", "page", "document" };
    static const struct mw_column COLUMNS[] = { { "role", "leads to", false }, { "url", "address", false } };
    mw_out_table(t->cli->out, "addresses", "Further addresses", COLUMNS, 2);
    for (size_t i = 0; i < t->addresses.n; i++) {
        const struct mw_address *address = MW_AT(t->addresses, struct mw_address, i);
        mw_out_row(t->cli->out);
        mw_out_z(t->cli->out, "role", NULL, ROLES[address->role]);
        mw_out_sv(t->cli->out, "url", NULL, address->url);
        mw_out_end(t->cli->out);
    }
    mw_out_end(t->cli->out);
}

static enum mw_rc save(struct trial *t)
{
    struct mw_sv path = mw_arena_printf(t->cli->arena, "%s/notices.ndjson", t->save);
    mkdir(t->save, 0777); /* where it is there already, or cannot be, the file tells */
    return path.p != NULL ? mw_file_write(path.p, mw_str_sv(&t->saved), &t->cli->err) : mw_nomem(&t->cli->err);
}

/* Where the input came from: as --url says; a list from where the source begins, which is what its links are meant from. */
static struct mw_sv came_from(const struct trial *t)
{
    struct mw_sv said = mw_sv(mw_cli_option(t->cli, "url"));
    if (said.n > 0 || mw_cli_option(t->cli, "page") != NULL || t->source->addresses.n == 0)
        return said;
    struct mw_sv first = *MW_AT(t->source->addresses, struct mw_sv, 0);
    return mw_sv_starts(first, MW_SV("http")) ? first : said;
}

static enum mw_rc read_input(struct trial *t, const struct mw_source *source, const struct mw_labels *labels, struct mw_tally *sum)
{
    MW_AUTO(mw_reader_freep) struct mw_reader *reader = NULL;
    struct mw_cli *cli = t->cli;
    struct mw_outlet to = { t, try_notice, try_address, try_fault };
    struct mw_tally rest;
    struct mw_resource res = { .from = { .url = came_from(t), .role = mw_cli_option(cli, "page") != NULL ? MW_ROLE_PAGE : MW_ROLE_LIST },
                               .path = cli->args[2], .excerpt = true };
    enum mw_rc rc = mw_reader_new(&reader, source, cli->parser, labels, &cli->err);
    if (rc == MW_OK)
        rc = mw_reader_read(reader, &res, &to, sum, &cli->err);
    if (rc == MW_OK)
        rc = mw_reader_finish(reader, &to, &rest, &cli->err);
    if (rc == MW_OK) {
        sum->notices += rest.notices;
        sum->failed += rest.failed;
    }
    return rc;
}

static int try_source(struct mw_cli *cli)
{
    struct trial t = { .cli = cli, .save = mw_cli_option(cli, "save") };
    struct mw_source *source;
    struct mw_labels *labels;
    struct mw_tally sum = { 0 };
    struct mw_sv path = mw_arena_printf(cli->arena, "%s/labels.yaml", cli->config_dir);
    enum mw_rc rc = mw_source_load(&source, cli->arena, cli->args[1], &cli->diags);

    if (!mw_cli_number(cli, "limit", 0, 1000000, 10, &t.limit))
        return mw_cli_fail(cli);
    if (rc != MW_OK)
        return rc == MW_INVALID ? MW_EXIT_FINDINGS : mw_exit_of(rc);
    t.source = source;
    if (!mw_tried_begin(&t.tried, cli->arena, source))
        return mw_exit_of(mw_nomem(&cli->err));
    if (path.p == NULL || mw_labels_load(&labels, cli->arena, path.p, &cli->diags) != MW_OK)
        return mw_exit_of(MW_INVALID);
    mw_out_object(cli->out, NULL, NULL);
    mw_out_sv(cli->out, "source", NULL, source->id);
    mw_out_list(cli->out, "notices", NULL);
    rc = read_input(&t, source, labels, &sum);
    mw_out_end(cli->out);
    put_tally(cli->out, &sum);
    if (t.addresses.n > 0)
        put_addresses(&t);
    mw_out_end(cli->out);
    t.tried.expected = sum.expected;
    t.tried.list = rc == MW_OK && mw_cli_option(cli, "page") == NULL;
    mw_tried_end(&t.tried, source, &cli->diags);
    if (rc == MW_OK && t.save != NULL)
        rc = save(&t);
    mw_str_free(&t.saved);
    if (rc != MW_OK)
        return mw_cli_fail(cli);
    return sum.notices + sum.addresses > 0 ? MW_EXIT_OK : MW_EXIT_NOTHING;
}

static int run(struct mw_cli *cli)
{
    if (cli->n_args == 0)
        return list(cli);
    if (strcmp(cli->args[0], "check") == 0 && cli->n_args >= 2)
        return check(cli);
    if (strcmp(cli->args[0], "try") == 0 && cli->n_args == 3)
        return try_source(cli);
    mw_fail(&cli->err, MW_INVALID, "There are: sources, sources check FILE..., sources try FILE INPUT.");
    return mw_cli_fail(cli);
}

static const struct mw_option OPTIONS[] = {
    { "page", NULL, "try: the input is the page of one notice, not a list" },
    { "url", "URL", "try: the address the input came from (a list: the first of addresses)" },
    { "save", "DIR", "try: write all notices to DIR/notices.ndjson" },
    { "limit", "N", "try: show at most N notices (10)" },
    { NULL, NULL, NULL }
};
const struct mw_cmd MW_CMD_SOURCES = {
    .name = "sources",
    .run = run,
    .needs = MW_NEEDS_PARSER,
    .args = "[check FILE...|try FILE INPUT]",
    .args_min = 0,
    .args_max = SIZE_MAX,
    .summary = "list the sources, check a source file, try it on a page",
    .about = "Without arguments: the source files of config/sources, and from the database what was crawled of each: its last complete run, the "
             "entries that the source says it has (expected), those that the last run saw (found), how many more or fewer than before "
             "(drift), what is stored, and the addresses that fail.\n"
             "check FILE...: reads source files and reports every fault with its place.\n"
             "try FILE INPUT: reads a local file as that source would and shows what becomes of it: notices, further addresses, "
             "what was left out, and which rules found nothing. Nothing is fetched and nothing is stored.",
    .options = OPTIONS,
};
