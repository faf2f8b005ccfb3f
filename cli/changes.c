/* mittelweg changes: what is new, changed or gone since a day. */
#include <string.h>

#include "apply/documents/mail.h"
#include "cli/also.h"
#include "cli/commands.h"
#include "cli/history.h"
#include "index/ledger.h"
#include "lib/core/file.h"
#include "lib/core/read.h"

enum what { UNTOUCHED, FRESH, LINKED, CHANGED, COSMETIC, GONE, WHATS };
static const char *const WORDS[WHATS] = { "", "new", "linked", "changed", "cosmetic", "gone" };
struct tally {
    int64_t of[WHATS];
    struct mw_list feed; /* struct mw_feed_notice: the new ones */
};
struct change {
    enum what what;
    struct mw_sv first, last;   /* when it was first, and last, seen to be so */
    struct mw_list differences; /* struct mw_difference */
};

/* "foerderdatenbank: open, until 31 March 2026" */
static enum mw_rc add_to_feed(struct mw_cli *cli, const struct mw_stored *n, struct mw_sv seen, struct tally *t)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct mw_stored whole;
    struct mw_hit hit = { .deadline = MW_DAY_NONE };
    const struct mw_fact *why = NULL;
    struct mw_feed_notice *slot = mw_list_add(cli->arena, &t->feed, sizeof *slot);
    enum mw_rc rc = slot != NULL && a != NULL ? mw_store_get(&whole, a, cli->store, n->notice.url, &cli->err) : mw_nomem(&cli->err);

    if (rc != MW_OK)
        return rc;
    hit.status = mw_status_on(&whole.notice, &whole.facts, cli->today, &why, &hit.deadline);
    mw_str_addf(&s, "%.*s: ", MW_SV_ARG(n->notice.source));
    mw_cli_status_words(&s, cli, &hit);
    *slot = (struct mw_feed_notice){ mw_arena_copy(cli->arena, n->notice.url), mw_arena_copy(cli->arena, n->notice.title),
                                     mw_arena_copy(cli->arena, mw_str_sv(&s)), mw_arena_copy(cli->arena, seen) };
    return slot->url.p != NULL && slot->title.p != NULL && slot->summary.p != NULL && slot->seen.p != NULL ? MW_OK : mw_nomem(&cli->err);
}

static enum mw_rc write_feed(struct mw_cli *cli, const struct tally *t)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    const char *path = mw_cli_option(cli, "feed");

    if (path == NULL)
        return MW_OK;
    return mw_feed_new(&s, &t->feed, cli->today, cli->lang) == MW_OK ? mw_file_write(path, mw_str_sv(&s), &cli->err) : mw_nomem(&cli->err);
}

/* The last version before the day, and the last of all; before NULL: there was none. */
static void bounds(const struct mw_list *versions, struct mw_sv since, const struct mw_version **before, const struct mw_version **last)
{
    *before = NULL;
    for (size_t i = 0; i < versions->n; i++) {
        *last = MW_AT(*versions, struct mw_version, i);
        if (mw_sv_cmp((*last)->seen, since) < 0)
            *before = *last;
    }
}

/* What is new need not be compared: most of what a crawl of a new source brings. */
static bool is_new(const struct mw_stored *n, struct mw_sv since) { return mw_sv_cmp(n->first_seen, since) >= 0; }

static enum mw_rc look_at(struct change *c, struct mw_cli *cli, struct mw_arena *a, const struct mw_stored *n, struct mw_sv since)
{
    struct mw_list versions = { 0 };
    const struct mw_version *before = NULL, *last = NULL;
    struct mw_state then, now;

    *c = (struct change){ .what = is_new(n, since) ? FRESH : UNTOUCHED, .first = n->first_seen, .last = n->last_changed };
    if (c->what == FRESH)
        return MW_OK;
    enum mw_rc rc = mw_store_versions(&versions, a, cli->store, n->id, &cli->err);
    if (rc == MW_OK)
        bounds(&versions, since, &before, &last);
    if (rc != MW_OK || last == NULL || before == NULL || last == before)
        return rc;
    if ((rc = mw_cli_state(&then, cli, a, before)) == MW_OK && (rc = mw_cli_state(&now, cli, a, last)) == MW_OK)
        rc = mw_diff(&c->differences, a, &then, &now, cli->lang, &cli->err);
    c->what = c->differences.n == 0 ? COSMETIC : CHANGED;
    return rc;
}

/* A programme that is known under another address is not new, and what its leading notice tells likewise is told by that alone. */
static enum mw_rc look_at_others(struct change *c, bool *told, struct mw_cli *cli, struct mw_arena *a, const struct mw_list *also, struct mw_sv since)
{
    bool known = false;
    enum mw_rc rc = MW_OK;

    *told = false;
    for (size_t i = 0; i < also->n && rc == MW_OK; i++) {
        const struct mw_linked *l = MW_AT(*also, struct mw_linked, i);
        struct mw_stored other;
        struct change theirs = { .what = UNTOUCHED };
        rc = mw_store_get(&other, a, cli->store, l->url, &cli->err);
        known = known || (rc == MW_OK && mw_sv_cmp(other.first_seen, since) < 0);
        if (rc == MW_OK && l->leads)
            rc = look_at(&theirs, cli, a, &other, since);
        *told = *told || theirs.what == c->what;
    }
    if (c->what == FRESH && known)
        c->what = LINKED;
    return rc;
}

static enum mw_rc put_notice(struct mw_cli *cli, const struct mw_stored *n, struct mw_sv since, struct tally *t)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct mw_list also = { 0 };
    struct change c;
    struct mw_out *o = cli->out;
    bool told = false;
    enum mw_rc rc = a != NULL ? look_at(&c, cli, a, n, since) : mw_nomem(&cli->err);

    if (rc == MW_OK)
        rc = mw_links_of(&also, a, cli->store, n->id, &cli->err);
    if (rc == MW_OK)
        rc = look_at_others(&c, &told, cli, a, &also, since);
    if (rc != MW_OK || told || c.what == UNTOUCHED)
        return rc;
    t->of[c.what]++;
    if (c.what == COSMETIC && mw_cli_option(cli, "all") == NULL)
        return MW_OK;
    mw_out_object(o, NULL, NULL);
    mw_out_z(o, "what", NULL, WORDS[c.what]);
    mw_out_sv(o, "url", NULL, n->notice.url);
    mw_out_sv(o, "title", NULL, n->notice.title);
    mw_out_sv(o, "source", NULL, n->notice.source);
    mw_out_sv(o, "seen", NULL, c.last);
    mw_out_paraf(o, MW_HEADING, "%s: %.*s", T(cli, WORDS[c.what]), MW_SV_ARG(n->notice.title));
    mw_out_para(o, MW_LINK, n->notice.url);
    mw_cli_put_also(cli, &also);
    mw_cli_put_differences(cli, &c.differences);
    mw_out_end(o);
    return c.what == FRESH && mw_cli_option(cli, "feed") != NULL ? add_to_feed(cli, n, c.first, t) : MW_OK;
}

static void put_lost(struct mw_cli *cli, struct mw_sv url)
{
    mw_out_object(cli->out, NULL, NULL);
    mw_out_z(cli->out, "what", NULL, "gone");
    mw_out_sv(cli->out, "url", NULL, url);
    mw_out_paraf(cli->out, MW_HEADING, "%s: %.*s", T(cli, "gone"), MW_SV_ARG(url));
    mw_out_end(cli->out);
}

static int run(struct mw_cli *cli)
{
    MW_AUTO(mw_str_free) struct mw_str day = MW_STR_INIT;
    struct mw_list notices = { 0 }, lost = { 0 };
    struct mw_day since = MW_DAY_NONE;
    struct tally t = { .of = { 0 } };
    const char *given = mw_cli_option(cli, "since");

    if (given == NULL || !mw_read_day(mw_sv(given), &since)) {
        mw_fail(&cli->err, MW_INVALID, "Say since when: --since 2026-11-01.");
        return mw_cli_fail(cli);
    }
    mw_day_iso(&day, since);
    if (mw_store_changed(&notices, cli->arena, cli->store, since, &cli->err) != MW_OK ||
        mw_ledger_lost(&lost, cli->arena, cli->store, since, &cli->err) != MW_OK)
        return mw_cli_fail(cli);
    bool compare = false;
    for (size_t i = 0; i < notices.n; i++)
        compare = compare || !is_new(MW_AT(notices, struct mw_stored, i), mw_str_sv(&day));
    if (compare && mw_cli_need(cli, MW_NEEDS_RULES | MW_NEEDS_PARSER) != MW_OK)
        return mw_cli_fail(cli);
    mw_out_object(cli->out, NULL, NULL);
    mw_out_list(cli->out, "notices", NULL);
    for (size_t i = 0; i < notices.n; i++)
        if (put_notice(cli, MW_AT(notices, struct mw_stored, i), mw_str_sv(&day), &t) != MW_OK)
            return mw_cli_fail(cli);
    for (size_t i = 0; i < lost.n; i++, t.of[GONE]++)
        put_lost(cli, *MW_AT(lost, struct mw_sv, i));
    mw_out_end(cli->out);
    mw_out_int(cli->out, "new", "new", t.of[FRESH]);
    mw_out_int(cli->out, "changed", "changed", t.of[CHANGED]);
    mw_out_int(cli->out, "cosmetic", "only in form", t.of[COSMETIC]);
    mw_out_int(cli->out, "gone", "gone", t.of[GONE]);
    if (t.of[LINKED] > 0)
        mw_out_int(cli->out, "linked", "known, now at a further address", t.of[LINKED]);
    mw_out_end(cli->out);
    if (write_feed(cli, &t) != MW_OK)
        return mw_cli_fail(cli);
    return t.of[FRESH] + t.of[CHANGED] + t.of[COSMETIC] + t.of[GONE] + t.of[LINKED] > 0 ? MW_EXIT_OK : MW_EXIT_NOTHING;
}

static const struct mw_option OPTIONS[] = {
    { "since", "DATE", "from this day on; needed" },
    { "all", NULL, "also what changed only in form" },
    { "feed", "FILE.xml", "also write an Atom feed of all that is new, whoever it is for" },
    { NULL, NULL, NULL }
};
const struct mw_cmd MW_CMD_CHANGES = {
    .name = "changes",
    .run = run,
    .needs = MW_NEEDS_STORE | MW_READS_FACTS, /* rules and parser where there is something to compare */
    .args = "",
    .args_min = 0,
    .args_max = 0,
    .summary = "show what is new, changed or gone since a day",
    .about = "Lists the notices that came, changed or went since a day, with what changed: deadline, rate, amount, who may apply, "
             "region, status, text. What changed only in form is counted, and shown with --all. A programme that several sources publish "
             "is told once, with its other addresses.",
    .options = OPTIONS,
};
