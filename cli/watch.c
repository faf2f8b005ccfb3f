/* mittelweg watch: what changed for each profile since the last run, and what people decided about programmes. */
#include "index/watch.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "apply/documents/mail.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/post.h"
#include "index/ledger.h"
#include "lib/core/file.h"

enum { NEAR = 50, WITHIN = 14 };

/* The matches live in a. */
static enum mw_rc match_all(struct mw_list *out, struct mw_arena *a, struct mw_profile *profile, struct mw_cli *cli, const char *path)
{
    const struct mw_match_opts opts = { .today = cli->today, .all = true, .limit = SIZE_MAX, .lang = cli->lang, .lean = true };
    enum mw_rc rc = mw_cli_profile(cli, profile, path);

    return rc != MW_OK ? rc : mw_match(out, a, cli->store, cli->rules, profile, &opts, &cli->err);
}

/* What is gone from every source that had it is not there for anybody any more. */
static enum mw_rc drop_gone(struct mw_cli *cli, struct mw_arena *a, struct mw_list *matches)
{
    struct mw_list gone = { 0 };
    size_t kept = 0;
    enum mw_rc rc = mw_ledger_lost(&gone, a, cli->store, (struct mw_day){ 0 }, &cli->err);

    for (size_t i = 0; i < matches->n && rc == MW_OK; i++) {
        bool lost = false;
        for (size_t k = 0; k < gone.n && !lost; k++)
            lost = mw_sv_eq(*MW_AT(gone, struct mw_sv, k), MW_AT(*matches, struct mw_match, i)->hit.url);
        if (!lost)
            *MW_AT(*matches, struct mw_match, kept++) = *MW_AT(*matches, struct mw_match, i);
    }
    matches->n = rc == MW_OK ? kept : matches->n;
    return rc;
}

/* One profile of the run. All that it takes lives in an arena of its own, for there may be hundreds. */
struct job {
    struct mw_cli *cli;
    struct mw_arena *a;
    struct mw_watch_opts opts;
    struct mw_profile profile;
    struct mw_list decisions;  /* struct mw_decision */
    struct mw_look then, now;
    struct mw_digest digest;
};

/* What was told in the last weeks stays in feed and calendar: a computer that was off for a holiday misses nothing. */
static enum mw_rc remember_told(struct mw_list *out, struct job *j, const struct mw_list *told)
{
    enum { DAYS = 35 };
    for (size_t i = 0; i < told->n; i++) {
        const struct mw_event *e = MW_AT(*told, struct mw_event, i);
        if (j->opts.today.n - e->day.n > DAYS)
            continue;
        struct mw_event *slot = mw_list_add(j->a, out, sizeof *slot);
        if (slot == NULL)
            return mw_nomem(&j->cli->err);
        *slot = *e;
    }
    return MW_OK;
}

static enum mw_rc compare(struct job *j)
{
    struct mw_cli *cli = j->cli;
    struct mw_list *events = &j->digest.events;
    enum mw_rc rc = MW_OK;

    if (mw_day_is(j->then.day)) /* on the first look there is nothing to compare with */
        rc = mw_watch_compare(events, j->a, &j->then.programmes, &j->now.programmes, &j->decisions, &j->opts, &cli->err);
    if (rc == MW_OK)
        rc = mw_watch_explain(events, j->a, cli->store, cli->rules, &j->profile, &j->opts, &cli->err);
    if (rc == MW_OK)
        rc = remember_told(&j->digest.told, j, &j->then.told);
    if (rc == MW_OK)
        rc = remember_told(&j->now.told, j, events);
    if (rc == MW_OK)
        rc = remember_told(&j->now.told, j, &j->digest.told);
    return rc == MW_OK ? mw_watch_dates(&j->digest.dates, j->a, &j->now.programmes, &j->decisions, &j->now.told, &cli->err) : rc;
}

static enum mw_rc watch(struct job *j, const char *path, size_t near)
{
    struct mw_cli *cli = j->cli;
    struct mw_list matches = { 0 };
    const char *decisions = mw_beside(j->a, path, "decisions.yaml"), *state = mw_beside(j->a, path, "watch.json");
    enum mw_rc rc = decisions != NULL && state != NULL ? match_all(&matches, j->a, &j->profile, cli, path) : mw_nomem(&cli->err);

    if (rc == MW_OK)
        rc = drop_gone(cli, j->a, &matches);
    if (rc == MW_OK)
        rc = mw_watch_state(&j->now.programmes, j->a, &matches, near, cli->lang, &cli->err);
    if (rc != MW_OK)
        return rc;
    if ((rc = mw_decisions_load(&j->decisions, j->a, decisions, &cli->diags)) != MW_OK)
        return mw_fail(&cli->err, rc, "The decisions in \"%s\" cannot be used.", decisions);
    rc = mw_watch_minded(&j->now.programmes, j->a, cli->store, cli->rules, &j->profile, &j->decisions, &j->opts, &cli->err);
    if (rc != MW_OK)
        return rc;
    rc = mw_look_load(&j->then, j->a, state, &cli->err);
    if (rc != MW_OK && rc != MW_NOT_FOUND)
        return rc;
    j->opts.before = j->then.day;
    j->now.profile = j->profile.id;
    j->now.day = cli->today;
    j->digest = (struct mw_digest){ .profile = j->profile.id, .title = j->profile.title, .today = cli->today, .before = j->then.day,
                                    .watched = j->now.programmes.n };
    return compare(j);
}

static const char *next_of(struct mw_cli *cli, const char *path) { return mw_beside(cli->arena, path, "watch.json.next"); }

/* The state is written beside the last one, which it replaces when all is told. */
static enum mw_rc watch_one(struct mw_cli *cli, const char *path, int64_t near, int64_t within, struct mw_digest *digest)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct job j = { .cli = cli, .a = a, .opts = { cli->today, MW_DAY_NONE, (int)within, cli->lang } };
    const char *next = next_of(cli, path);
    enum mw_rc rc = a != NULL && next != NULL ? watch(&j, path, (size_t)near) : mw_nomem(&cli->err);

    if (rc == MW_OK && mw_cli_option(cli, "dry-run") == NULL)
        rc = mw_look_save(&j.now, next, &cli->err);
    return rc == MW_OK ? mw_digest_keep(digest, cli->arena, &j.digest, &cli->err) : rc;
}

/* told: the next run begins from here. Else what was written for it is taken away. */
static enum mw_rc move_states(struct mw_cli *cli, const struct mw_list *paths, bool told)
{
    for (size_t i = 0; i < paths->n && mw_cli_option(cli, "dry-run") == NULL; i++) {
        const char *path = *MW_AT(*paths, const char *, i), *next = next_of(cli, path), *state = mw_beside(cli->arena, path, "watch.json");
        if (next == NULL || state == NULL)
            return mw_nomem(&cli->err);
        if (!told)
            (void)unlink(next);
        else if (rename(next, state) != 0)
            return mw_fail(&cli->err, MW_OUTPUT, "Cannot write \"%s\": %s.", state, mw_reason(&cli->err, errno));
    }
    return MW_OK;
}

/* Writes a file that --option names, if it does. */
static enum mw_rc write_to(struct mw_cli *cli, const char *option, const struct mw_str *text, enum mw_rc made)
{
    const char *path = mw_cli_option(cli, option);

    if (path == NULL)
        return MW_OK;
    if (made != MW_OK || !mw_str_ok(text))
        return made == MW_OK || made == MW_NOMEM ? mw_nomem(&cli->err) : made;
    return mw_file_write(path, mw_str_sv(text), &cli->err);
}

static size_t events_in(const struct mw_list *digests)
{
    size_t n = 0;
    for (size_t i = 0; i < digests->n; i++)
        n += MW_AT(*digests, struct mw_digest, i)->events.n;
    return n;
}

/* What could not be sent is not lost: it stays as a file, and the run is not remembered, so that the next one tells the same. */
static enum mw_rc post(struct mw_cli *cli, const struct mw_post *p, struct mw_sv mail)
{
    MW_AUTO(mw_str_free) struct mw_str why = MW_STR_INIT, day = MW_STR_INIT;
    const char *path = mw_cli_option(cli, "mail");
    enum mw_rc rc = mw_post_send(p, cli->arena, mail, &cli->err), kept = MW_OK;

    if (rc == MW_OK) {
        mw_out_paraf(cli->out, MW_BODY, "Sent to %s.", mw_post_receivers(p, cli->arena));
        return MW_OK;
    }
    mw_str_addz(&why, cli->err.msg != NULL ? cli->err.msg : "?");
    if (path == NULL) {
        mw_day_iso(&day, cli->today);
        path = mw_arena_printf(cli->arena, "watch-%s.eml", mw_str_z(&day)).p;
        kept = path != NULL ? mw_file_write(path, mail, &cli->err) : mw_nomem(&cli->err);
    }
    if (kept != MW_OK)
        return kept;
    return mw_fail(&cli->err, rc, "%s The mail lies in \"%s\"; nothing is remembered of this run, the next one tells the same.", mw_str_z(&why), path);
}

static enum mw_rc write_files(struct mw_cli *cli, const struct mw_list *digests, const struct mw_post *p)
{
    MW_AUTO(mw_str_free) struct mw_str mail = MW_STR_INIT, feed = MW_STR_INIT, calendar = MW_STR_INIT;
    const char *from = mw_cli_option(cli, "from"), *to = mw_cli_option(cli, "to");
    if (p != NULL) {
        from = from != NULL ? from : mw_arena_z(cli->arena, p->from);
        to = to != NULL ? to : mw_post_receivers(p, cli->arena);
    }
    enum mw_rc rc = mw_mail(&mail, digests, cli->today, from, to, cli->lang, &cli->err);

    if ((rc = write_to(cli, "mail", &mail, rc)) != MW_OK)
        return rc;
    if ((rc = write_to(cli, "feed", &feed, mw_feed(&feed, digests, cli->today, cli->lang))) != MW_OK)
        return rc;
    if ((rc = write_to(cli, "calendar", &calendar, mw_digest_calendar(&calendar, digests, cli->today, cli->lang, &cli->err))) != MW_OK || p == NULL)
        return rc;
    if (mw_cli_option(cli, "dry-run") != NULL)
        return MW_OK; /* tells nobody else */
    if (events_in(digests) > 0)
        return mw_str_ok(&mail) ? post(cli, p, mw_str_sv(&mail)) : mw_nomem(&cli->err);
    mw_out_para(cli->out, MW_BODY, mw_sv(T(cli, "Nothing changed: no mail was sent.")));
    return MW_OK;
}

/* any: there is something to tell, or a first look. */
static enum mw_rc look(struct mw_cli *cli, const struct mw_list *paths, struct mw_list *digests, bool *any)
{
    int64_t near, within;

    if (!mw_cli_number(cli, "near", 1, 100000, NEAR, &near) || !mw_cli_number(cli, "within", 0, 3650, WITHIN, &within))
        return MW_INVALID;
    for (size_t i = 0; i < paths->n; i++) {
        struct mw_digest *d = mw_list_add(cli->arena, digests, sizeof *d);
        if (d == NULL)
            return mw_nomem(&cli->err);
        enum mw_rc rc = watch_one(cli, *MW_AT(*paths, const char *, i), near, within, d);
        if (rc != MW_OK)
            return rc; /* nothing was told, and no state moves on */
        *any = *any || d->events.n > 0 || !mw_day_is(d->before);
    }
    return MW_OK;
}

static enum mw_rc tell(struct mw_cli *cli, const struct mw_list *digests, const struct mw_post *p)
{
    mw_out_object(cli->out, NULL, NULL);
    mw_digests_to_out(digests, cli->out);
    enum mw_rc rc = write_files(cli, digests, p);
    mw_out_end(cli->out);
    return rc;
}

static int run(struct mw_cli *cli)
{
    struct mw_list digests = { 0 }, paths = { 0 };
    const char *server = mw_cli_option(cli, "smtp");
    struct mw_post p;
    bool any = false;

    if (mw_cli_profile_paths(cli, &paths) != MW_OK)
        return mw_cli_fail(cli);
    if (server != NULL && mw_post_load(&p, cli->arena, server, &cli->diags, &cli->err) != MW_OK)
        return mw_cli_fail(cli);
    enum mw_rc rc = look(cli, &paths, &digests, &any);
    if (rc == MW_OK)
        rc = tell(cli, &digests, server != NULL ? &p : NULL);
    if (rc == MW_OK)
        rc = move_states(cli, &paths, true);
    else
        (void)move_states(cli, &paths, false);
    if (rc != MW_OK)
        return mw_cli_fail(cli);
    return any ? MW_EXIT_OK : MW_EXIT_NOTHING;
}

static const struct mw_option OPTIONS[] = {
    { "within", "DAYS", "say when a deadline, or the day from which applications are taken, is so many days away (default 14)" },
    { "near", "N", "programmes that count as to the point: the first N that may be used (default 50)" },
    { "mail", "FILE.eml", "also write one mail of it, text and HTML" },
    { "from", "ADDRESS", "sender of the mail" },
    { "to", "ADDRESS", "receiver of the mail" },
    { "smtp", "FILE.yaml", "send the mail by the server that FILE names, where something changed" },
    { "feed", "FILE.xml", "also write an Atom feed, with what was told in the last five weeks" },
    { "calendar", "FILE.ics", "also write a calendar: deadlines of what may be used, is kept or applied for, or was told lately" },
    { "dry-run", NULL, "do not remember this run: the next one tells the same" },
    { NULL, NULL, NULL },
};
const struct mw_cmd MW_CMD_WATCH = {
    .name = "watch",
    .run = run,
    .needs = MW_NEEDS_VERDICTS | MW_NEEDS_STORE,
    .args = "PROFILE.yaml|FOLDER...",
    .args_min = 1,
    .args_max = SIZE_MAX,
    .summary = "say what changed for each profile since the last run",
    .about = "Compares what each profile may use with the last run: new programmes, verdicts that turned, deadlines, rates and amounts that moved, "
             "programmes that opened, are about to open or to close, stopped or are gone. What no reader would notice is no event. The first run only remembers.\n"
             "What was seen lies beside the profile (profil.watch.json), what people decided too (profil.decisions.yaml). Exit status 3: nothing changed.",
    .options = OPTIONS,
};

/* Whichever of its addresses somebody has at hand. */
static bool is_at(const struct mw_hit *h, struct mw_sv url)
{
    bool at = mw_sv_eq(h->url, url);
    for (size_t i = 0; i < h->also.n && !at; i++)
        at = mw_sv_eq(MW_AT(h->also, struct mw_linked, i)->url, url);
    return at;
}

/* --- decisions ------------------------------------------------------------------------------------------------------------ */
static int decide(struct mw_cli *cli, enum mw_decision_kind kind)
{
    struct mw_list matches = { 0 };
    struct mw_profile profile;
    const char *why = mw_cli_option(cli, "why"), *file = mw_beside(cli->arena, cli->args[0], "decisions.yaml");
    const struct mw_match *match = NULL;

    if (file == NULL)
        return mw_nomem(&cli->err), mw_cli_fail(cli);
    if ((kind == MW_DECIDE_DISMISS || kind == MW_DECIDE_NOTE) && (why == NULL || why[0] == '\0')) {
        mw_fail(&cli->err, MW_INVALID, "Say why: --why \"no own money this year\".");
        return mw_cli_fail(cli);
    }
    if (match_all(&matches, cli->arena, &profile, cli, cli->args[0]) != MW_OK)
        return mw_cli_fail(cli);
    for (size_t i = 0; i < matches.n && match == NULL; i++)
        if (is_at(&MW_AT(matches, struct mw_match, i)->hit, mw_sv(cli->args[1])))
            match = MW_AT(matches, struct mw_match, i);
    if (match == NULL) {
        mw_fail(&cli->err, MW_INVALID, "There is no notice \"%.*s\".", MW_SV_ARG(mw_sv(cli->args[1])));
        return mw_cli_fail(cli);
    }
    const struct mw_decision d = { .url = match->hit.url, .kind = (int)kind, .day = cli->today,
                                   .why = why != NULL ? mw_sv(why) : MW_SV_NONE, .reasons = mw_watch_reasons(cli->arena, &match->verdict) };
    if (mw_decision_add(file, &d, &cli->diags, &cli->err) != MW_OK)
        return mw_cli_fail(cli);
    mw_out_object(cli->out, NULL, NULL);
    mw_out_sv(cli->out, "profile", NULL, profile.id);
    mw_out_sv(cli->out, "url", NULL, match->hit.url);
    mw_out_z(cli->out, "decision", NULL, MW_DECISIONS[kind]);
    mw_out_z(cli->out, "file", NULL, file);
    mw_out_paraf(cli->out, MW_BODY, "Written to %s.", file);
    mw_out_end(cli->out);
    return MW_EXIT_OK;
}
static int run_dismiss(struct mw_cli *cli) { return decide(cli, MW_DECIDE_DISMISS); }
static int run_keep(struct mw_cli *cli) { return decide(cli, MW_DECIDE_KEEP); }
static int run_apply(struct mw_cli *cli) { return decide(cli, MW_DECIDE_APPLY); }
static int run_note(struct mw_cli *cli) { return decide(cli, MW_DECIDE_NOTE); }

static const struct mw_option WHY[] = {
    { "why", "TEXT", "the reason, for whoever reads it later" },
    { NULL, NULL, NULL },
};
#define DECISION(run_, word_, summary_, about_)                                                                               \
    {                                                                                                                          \
        .name = word_, .run = run_, .needs = MW_NEEDS_VERDICTS | MW_NEEDS_STORE, .args = "PROFILE.yaml URL", .args_min = 2,        \
        .args_max = 2, .summary = summary_, .about = about_, .options = WHY                                                     \
    }
const struct mw_cmd MW_CMD_DISMISS = DECISION(run_dismiss, "dismiss", "leave a programme out for a profile, with the reason",
    "The programme is told no more, until the reasons change that the verdict rested on; then it comes back, with what was said, unless it may not be used now. "
    "The decision lies beside the profile (profil.decisions.yaml), where it can be changed by hand.");
const struct mw_cmd MW_CMD_KEEP = DECISION(run_keep, "keep", "keep an eye on a programme for a profile",
    "Whatever changes about the programme is told by watch, however far down the list it is.");
const struct mw_cmd MW_CMD_APPLY = DECISION(run_apply, "apply", "remember that a profile applies for a programme",
    "Like keep: whatever changes about the programme is told by watch.");
const struct mw_cmd MW_CMD_NOTE = DECISION(run_note, "note", "write a note on a programme beside a profile",
    "The note stands beside the decisions and changes none of them.");
