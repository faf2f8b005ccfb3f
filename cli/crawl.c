/* mittelweg crawl: the enabled sources into the database. Joins the crawler to the index by a sink (crawl_sink.c). */
#include "cli/crawl.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/also.h"
#include "cli/commands.h"
#include "index/reply.h"
#include "lib/core/schema.h"

/* --- what is asked for ------------------------------------------------------------------------------------------------------- */

static int64_t now_ms(void *ctx)
{
    struct timespec t;
    (void)ctx;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void sleep_ms(void *ctx, int64_t ms)
{
    (void)ctx;
    nanosleep(&(struct timespec){ ms / 1000, ms % 1000 * 1000000 }, NULL);
}

/* With --today the run is dated by that day, at this time of the day. */
static int64_t utc_s(void *ctx)
{
    const struct mw_cli *cli = ctx;
    int64_t now = (int64_t)time(NULL), day = 86400;
    if (mw_cli_option(cli, "today") == NULL)
        return now;
    return (int64_t)cli->today.n * day + now % day;
}

static bool asks_nobody(const struct mw_crawling *c)
{
    for (size_t i = 0; i < c->n && !c->offline; i++)
        if (!mw_source_is_local(c->sources[i]))
            return false;
    return true;
}

/* Who is crawling: an address that a portal's operator can write to. */
static enum mw_rc read_contact(struct mw_sv *contact, const struct mw_crawling *c)
{
    struct mw_cli *cli = c->cli;
    struct settings {
        struct mw_sv contact;
    } settings = { MW_SV_NONE };
    static const struct mw_field FIELDS[] = { { MW_FIELD(settings, "contact", MW_T_TEXT, contact) } };
    static const struct mw_schema SCHEMA = MW_SCHEMA("crawler settings", settings, FIELDS);
    struct mw_node *node = NULL;
    struct mw_sv path = mw_arena_printf(cli->arena, "%s/crawler.yaml", cli->config_dir);

    *contact = mw_sv(mw_cli_option(cli, "contact"));
    if (path.p == NULL)
        return mw_nomem(&cli->err);
    if (contact->n == 0 && access(path.p, R_OK) == 0) {
        if (mw_yaml_load(&node, cli->arena, path.p, &cli->diags) != MW_OK || !mw_schema_read(&SCHEMA, node, &settings, cli->arena, &cli->diags))
            return mw_fail(&cli->err, MW_INVALID, "The settings in \"%s\" cannot be used.", path.p);
        *contact = settings.contact;
    }
    for (size_t i = 0; i < contact->n; i++)
        if ((unsigned char)contact->p[i] < ' ' || (unsigned char)contact->p[i] > '~')
            return mw_fail(&cli->err, MW_INVALID, "The contact \"%.*s\" must be plain ASCII.", MW_SV_ARG(*contact));
    if (contact->n == 0 && mw_cli_option(cli, "allow-private") == NULL && !asks_nobody(c))
        return mw_fail(&cli->err, MW_INVALID, "Portals want to know who asks: write `contact:` with an address into \"%s\", or give --contact.",
                       path.p);
    return MW_OK;
}

/* Tenders are no funding: they are read, but never stored among programmes. */
static enum mw_rc check_about(struct mw_crawling *c, const struct mw_source *s)
{
    if (!mw_source_tenders(s) || c->dry)
        return MW_OK;
    return mw_fail(&c->cli->err, MW_INVALID, "\"%.*s\" is a source of tenders, which are no funding; look at them with `sources try`.", MW_SV_ARG(s->id));
}

/* All enabled ones of programmes, or those that --only names, enabled or not. Files with faults are reported; the others go on. */
static enum mw_rc choose(struct mw_crawling *c)
{
    struct mw_cli *cli = c->cli;
    struct mw_sv dir = mw_arena_printf(cli->arena, "%s/sources", cli->config_dir), only = mw_sv(mw_cli_option(cli, "only")), id;
    struct mw_list all = { 0 };
    enum mw_rc rc = dir.p != NULL ? mw_sources_load(&all, cli->arena, dir.p, &cli->diags) : MW_NOMEM;

    if (rc == MW_NOMEM)
        return mw_nomem(&cli->err);
    if (rc == MW_IO)
        return mw_fail(&cli->err, MW_IO, "The sources in \"%s\" cannot be read.", dir.p);
    for (bool more = only.n > 0; more;) {
        more = mw_sv_cut(only, ',', &id, &only);
        const struct mw_source *s = mw_source_find(&all, mw_sv_trim(id));
        if (s == NULL)
            return mw_fail(&cli->err, MW_INVALID, "There is no usable source \"%.*s\" in \"%s\".", MW_SV_ARG(id), dir.p);
        if (check_about(c, s) != MW_OK)
            return MW_INVALID;
        if (c->n < MW_CRAWL_RUNS)
            c->sources[c->n++] = s;
    }
    for (size_t i = 0; c->n < MW_CRAWL_RUNS && mw_cli_option(cli, "only") == NULL && i < all.n; i++) {
        const struct mw_source *s = *MW_AT(all, const struct mw_source *, i);
        if (mw_source_enabled(s) && !mw_source_tenders(s))
            c->sources[c->n++] = s;
    }
    return c->n > 0 ? MW_OK : mw_fail(&cli->err, MW_NOT_FOUND, "No source in \"%s\" is enabled.", dir.p);
}

static enum mw_rc open_store(struct mw_crawling *c)
{
    struct mw_cli *cli = c->cli;
    if (c->dry)
        return MW_OK;
    enum mw_rc rc = mw_analyser_new(&cli->analyser, getenv("MITTELWEG_LEXICON"), &cli->err);
    if (rc == MW_OK)
        rc = mw_store_open(&cli->store, cli->db, MW_STORE_WRITE, cli->analyser, &cli->err);
    return rc == MW_OK && !c->offline ? mw_crawl_lock(c) : rc;
}

/* --- what is said --------------------------------------------------------------------------------------------------------------- */

/* One event as one line of JSON on standard error: begun with the source, ended by the caller's end_event(). */
static struct mw_out *begin_event(struct mw_str *line, const char *event, const char *source)
{
    struct mw_out *o = mw_out_to_str(line, &(struct mw_out_opts){ .format = MW_JSON, .compact = true });
    mw_out_object(o, NULL, NULL);
    mw_out_z(o, "event", NULL, event);
    mw_out_z(o, "source", NULL, source);
    return o;
}

enum { SAID_MAX = 1 << 20 };

static void end_event(struct mw_crawling *c, struct mw_out *o, const struct mw_str *line)
{
    mw_out_end(o);
    if (mw_out_finish(o, NULL) == MW_OK)
        mw_str_addf(&c->said, "%.*s\n", MW_SV_ARG(mw_sv_trim(mw_str_sv(line))));
    mw_out_free(o);
    if (c->dry || c->said.n > SAID_MAX) /* faults of a big answer: no half second brings as many answers */
        mw_crawl_tell(c);
}

void mw_crawl_tell(struct mw_crawling *c)
{
    if (c->said.n > 0)
        fwrite(c->said.p, 1, c->said.n, stderr);
    mw_str_clear(&c->said);
}

static void put_numbers(struct mw_out *o, const struct mw_run *r)
{
    mw_out_int(o, "asked", NULL, r->asked);
    mw_out_int(o, "unchanged", NULL, r->unchanged);
    mw_out_int(o, "new", NULL, r->fresh);
    mw_out_int(o, "changed", NULL, r->changed);
    mw_out_int(o, "gone", NULL, r->gone);
    mw_out_int(o, "failed", NULL, r->failed);
}

static void log_run(struct mw_crawling *c, const char *event, const struct mw_run *r)
{
    MW_AUTO(mw_str_free) struct mw_str line = MW_STR_INIT;
    struct mw_out *o = begin_event(&line, event, r->source);
    mw_out_sv(o, "where", NULL, r->last);
    put_numbers(o, r);
    mw_out_int(o, "bytes", NULL, r->bytes);
    if (r->ended_at.p != NULL) {
        mw_out_num(o, "seconds", NULL, r->milliseconds, 3);
        mw_out_bool(o, "complete", NULL, r->complete);
        mw_out_bool(o, "paused", NULL, r->paused);
        mw_out_sv(o, "reason", NULL, r->reason);
    }
    end_event(c, o, &line);
}

static void on_fault(void *ctx, const char *source, struct mw_sv where, const struct mw_err *why)
{
    MW_AUTO(mw_str_free) struct mw_str line = MW_STR_INIT;
    struct mw_crawling *c = ctx;
    const char *said = why->msg != NULL ? why->msg : "?";
    if (c->events) {
        struct mw_out *o = begin_event(&line, "fault", source);
        mw_out_sv(o, "where", NULL, where);
        mw_out_z(o, "message", NULL, said);
        end_event(c, o, &line);
    } else if (mw_sv_find(mw_sv(said), where, 0) != SIZE_MAX)
        mw_diag_add(&c->cli->diags, MW_WARNING, NULL, NULL, "%s: %s", source, said);
    else
        mw_diag_add(&c->cli->diags, MW_WARNING, NULL, NULL, "%s: %.*s: %s", source, MW_SV_ARG(where), said);
}

/* "1520 read, 12/s, 0:41 left, 3 new, 2 failed: fdb-html" of all sources together. The slowest one says how much time is left: they
 * run side by side, each at the pace of its portal. What a narrow terminal cuts off stands last. */
static void show_progress(struct mw_crawling *c, const struct mw_run *now)
{
    MW_AUTO(mw_str_free) struct mw_str note = MW_STR_INIT;
    long long done = 0, fresh = 0, changed = 0, failed = 0, left = 0, ms = mw_progress_ms(&c->progress);
    size_t open = 0;

    for (size_t i = 0; i < c->n; i++) {
        const struct mw_run *r = &c->runs[i];
        done += r->done;
        fresh += r->fresh;
        changed += r->changed;
        failed += r->failed;
        if (r->ended_at.p != NULL)
            continue;
        open++;
        bool known = r->done > 0 && r->ahead >= 0;
        long long mine = known ? ms * r->ahead / r->done / 1000 : -1;
        left = left < 0 || mine < 0 ? -1 : mine > left ? mine : left;
    }
    mw_str_addf(&note, T(c->cli, "%lld read"), done);
    if (ms > 0 && done * 1000 / ms >= 10)
        mw_str_addf(&note, T(c->cli, ", %lld/s"), done * 1000 / ms);
    else if (ms > 0)
        mw_str_addf(&note, T(c->cli, ", %lld/min"), done * 60000 / ms);
    if (left >= 0)
        mw_str_addf(&note, T(c->cli, ", %lld:%02d left"), left / 60, (int)(left % 60));
    if (fresh > 0)
        mw_str_addf(&note, T(c->cli, ", %lld new"), fresh);
    if (changed > 0)
        mw_str_addf(&note, T(c->cli, ", %lld changed"), changed);
    if (failed > 0)
        mw_str_addf(&note, T(c->cli, ", %lld failed"), failed);
    if (open > 1)
        mw_str_addf(&note, T(c->cli, ", %zu of %zu sources"), open, c->n);
    else
        mw_str_addf(&note, ": %s", now->source);
    mw_progress_at(&c->progress, 0, mw_str_z(&note));
}

static void on_progress(void *ctx, const struct mw_run *run, bool answered)
{
    struct mw_crawling *c = ctx;
    if (c->events && answered)
        log_run(c, run->ended_at.p != NULL ? "end" : run->asked == 0 ? "begin" : "answer", run);
    else if (!c->events && mw_progress_due(&c->progress))
        show_progress(c, run);
}

static void on_settled(void *ctx) { mw_crawl_tell(ctx); }

static void report(const struct mw_crawling *c, const struct mw_run *runs, int64_t linked)
{
    static const struct mw_column COLUMNS[] = {
        { "id", "Source", false }, { "asked", "asked", true }, { "unchanged", "unchanged", true }, { "new", "new", true },
        { "changed", "changed", true }, { "gone", "gone", true }, { "failed", "failed", true }, { "seconds", "seconds", true },
        { "complete", "complete", false }
    };
    struct mw_out *o = c->cli->out;

    mw_out_object(o, NULL, NULL);
    mw_out_table(o, "sources", NULL, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t i = 0; i < c->n; i++) {
        const struct mw_run *r = &runs[i];
        mw_out_row(o);
        mw_out_z(o, "id", NULL, r->source);
        put_numbers(o, r);
        mw_out_int(o, "bytes", NULL, r->bytes);
        mw_out_num(o, "seconds", NULL, r->milliseconds, 3);
        mw_out_bool(o, "complete", NULL, r->complete);
        mw_out_bool(o, "paused", NULL, r->paused);
        mw_out_sv(o, "reason", NULL, r->reason);
        mw_out_end(o);
    }
    mw_out_end(o);
    for (size_t i = 0; i < c->n; i++)
        if (runs[i].reason.p != NULL)
            mw_out_paraf(o, runs[i].paused ? MW_DIM : MW_BAD, "%s: %.*s", runs[i].source, MW_SV_ARG(runs[i].reason));
    if (linked > 0)
        mw_out_int(o, "linked", "At further addresses", linked);
    if (c->dry)
        mw_out_para(o, MW_DIM, mw_sv(T(c->cli, "Nothing was stored (--dry-run).")));
    mw_out_end(o);
}

static int crawl(struct mw_crawling *c)
{
    struct mw_cli *cli = c->cli;
    struct mw_labels *labels = NULL;
    struct mw_run runs[MW_CRAWL_RUNS];
    char folder[] = "/tmp/mittelweg-crawl-XXXXXX";
    struct mw_sv contact, path = mw_arena_printf(cli->arena, "%s/labels.yaml", cli->config_dir);
    const char *log = mw_cli_option(cli, "log");
    int64_t limit = 0, seconds = 0, linked = 0;

    memset(runs, 0, sizeof runs);
    if (log != NULL && strcmp(log, "json") != 0) {
        mw_fail(&cli->err, MW_INVALID, "--log knows json only, not \"%s\".", log);
        return mw_cli_fail(cli);
    }
    c->events = log != NULL;
    if (!mw_cli_number(cli, "limit", 1, INT32_MAX, 0, &limit) || !mw_cli_number(cli, "max-time", 1, INT32_MAX, 0, &seconds) ||
        choose(c) != MW_OK || read_contact(&contact, c) != MW_OK || open_store(c) != MW_OK)
        return mw_cli_fail(cli);
    if (path.p == NULL || mw_labels_load(&labels, cli->arena, path.p, &cli->diags) != MW_OK) {
        mw_fail(&cli->err, MW_INVALID, "The names of page fields in \"%s\" cannot be used.", path.p != NULL ? path.p : "");
        return mw_cli_fail(cli);
    }
    struct mw_sv agent = mw_arena_printf(cli->arena, "Mittelweg/" MW_VERSION "%s%.*s%s", contact.n > 0 ? " (+" : "", MW_SV_ARG(contact),
                                         contact.n > 0 ? ")" : "");
    if (agent.p == NULL || mkdtemp(folder) == NULL) {
        mw_fail(&cli->err, MW_OUTPUT, "No folder for temporary files can be made in /tmp.");
        return mw_cli_fail(cli);
    }
    struct mw_crawl_opts opts = { .clock = { cli, now_ms, sleep_ms }, .utc_s = utc_s, .agent = agent.p, .seed = (uint64_t)now_ms(NULL),
                                  .max_ms = seconds * 1000, .limit = limit, .folder = folder, .lang = cli->lang, .ctx = c,
                                  .allow_private = mw_cli_option(cli, "allow-private") != NULL,
                                  .accept_loss = mw_cli_option(cli, "accept-loss") != NULL, .offline = c->offline, .progress = on_progress, .fault = on_fault,
                                  .settled = on_settled };
    struct mw_sink sink = c->dry ? MW_SINK_NOTHING : c->offline ? MW_SINK_AGAIN : MW_SINK_DATABASE;
    sink.ctx = c;
    c->runs = runs;
    mw_progress_begin(&c->progress, T(cli, "Crawling"), 0);
    enum mw_rc rc = mw_crawl(runs, cli->arena, c->sources, c->n, cli->parser, labels, &sink, &opts, &cli->err);
    if (rc != MW_OK && !c->dry && (mw_ingest_end(cli->store, NULL) != MW_OK || rc == MW_DB || rc == MW_OUTPUT || rc == MW_NOMEM))
        mw_str_clear(&c->said); /* the database may have taken that back */
    mw_crawl_tell(c);
    mw_str_free(&c->said);
    mw_packer_free(c->packer);
    mw_progress_end(&c->progress);
    rmdir(folder);
    if (rc == MW_OK && !c->dry)
        rc = mw_cli_link(cli, &linked);
    if (rc != MW_OK)
        return mw_cli_fail(cli);
    report(c, runs, linked);
    for (size_t i = 0; i < c->n; i++)
        if (!runs[i].complete && !runs[i].paused)
            return MW_EXIT_SOURCE;
    return MW_EXIT_OK;
}

static int run(struct mw_cli *cli)
{
    struct mw_crawling c = { .cli = cli, .dry = mw_cli_option(cli, "dry-run") != NULL, .offline = mw_cli_option(cli, "offline") != NULL, .lock = -1 };
    int status = crawl(&c);
    mw_crawl_unlock(&c);
    return status;
}

static const struct mw_option OPTIONS[] = {
    { "only", "ID,...", "these sources, enabled or not" },
    { "limit", "N", "at most N notices of each source; the next run goes on from there" },
    { "max-time", "SECONDS", "stop then; the next run goes on from there" },
    { "offline", NULL, "ask nobody: read again what is stored of every answer, with today's source files and rules" },
    { "log", "json", "one line of JSON an event, on standard error" },
    { "dry-run", NULL, "fetch and read, store nothing" },
    { "contact", "ADDRESS", "whom a portal's operator can write to; else `contact:` in crawler.yaml" },
    { "allow-private", NULL, "also ask addresses of the own network" },
    { "accept-loss", NULL, "believe a source that shrank by more than a fifth" },
    { NULL, NULL, NULL }
};
const struct mw_cmd MW_CMD_CRAWL = {
    .name = "crawl",
    .run = run,
    .needs = MW_NEEDS_RULES | MW_NEEDS_PARSER,
    .args = "",
    .args_min = 0,
    .args_max = 0,
    .summary = "fetch notices from the sources",
    .about = "Fetches what the enabled sources of config/sources publish into the database: politely (robots.txt, one connection and a "
             "pause for each site), and only what changed since the last time.\n"
             "A run that was interrupted is continued by the next one. A source that fails or shrinks by more than a fifth leaves what "
             "is stored as it is, and the exit status is 4. A notice counts as gone after two complete runs without it; it stays stored.",
    .options = OPTIONS,
};
