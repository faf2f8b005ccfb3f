/* The nightly round: every source has a list of errands, the fetcher runs them, the reader reads what came, the sink keeps it. */
#include <sodium.h>
#include <stdio.h>
#include <time.h>

#include "crawler/crawl_inside.h"
#include "crawler/seen.h"

enum { SETTLE_MS = 500, SOON_MS = 20, TURN_MS = 100 };

struct mw_sv mw_crawl_stamp(struct crawl *c)
{
    time_t t = (time_t)c->o->utc_s(c->o->clock.ctx);
    struct tm tm;
    gmtime_r(&t, &tm);
    strftime(c->stamp, sizeof c->stamp, "%Y-%m-%dT%H:%M:%SZ", &tm);
    return mw_sv(c->stamp);
}

static int64_t clock_ms(const struct crawl *c) { return c->o->clock.now_ms(c->o->clock.ctx); }
bool mw_is_late(const struct crawl *c) { return clock_ms(c) >= c->until_ms; }

void mw_not_complete(struct work *w, struct mw_sv reason)
{
    w->run->complete = false;
    if (w->run->reason.p == NULL)
        w->run->reason = mw_arena_copy(w->c->a, reason);
}

void mw_stop(struct work *w, struct mw_sv reason)
{
    mw_not_complete(w, reason);
    w->stopped = true;
    mw_drop_all(w);
}

void mw_pause(struct work *w, const char *english)
{
    bool first = w->run->reason.p == NULL;
    w->run->paused = w->run->paused || first;
    mw_stop(w, mw_sv(mw_tr(w->c->o->lang, english)));
}

/* --- the beginning and the end of a source ------------------------------------------------------------------------------------- */

static enum mw_rc begin_stored(struct work *w)
{
    const struct mw_sink *sink;
    enum mw_rc rc = mw_clerk_lend(&sink, w->c->clerk, MW_IN_ORDER, w->c->err);

    if (rc != MW_OK)
        return rc;
    rc = sink->expected(sink->ctx, w->run->source, &w->before, w->c->err);
    if (rc == MW_OK)
        rc = sink->begin(sink->ctx, w->s, w->run->started_at, w->c->err);
    mw_clerk_return(w->c->clerk);
    return rc;
}

static enum mw_rc begin(struct work *w, struct mw_parser *parser, const struct mw_labels *labels)
{
    struct crawl *c = w->c;
    struct mw_sv id = mw_arena_copy(c->a, w->s->id);

    mw_drop_all(w);
    w->a = mw_arena_new();
    *w->run = (struct mw_run){ .source = id.p, .started_at = mw_arena_copy(c->a, mw_crawl_stamp(c)), .tally = { .expected = -1 }, .complete = true,
                               .rolling = mw_source_rolls(w->s) };
    if (w->a == NULL || id.p == NULL || w->run->started_at.p == NULL)
        return mw_nomem(c->err);
    w->began_ms = clock_ms(c);
    enum mw_rc rc = mw_reader_new(&w->reader, w->s, parser, labels, c->err);
    if (rc == MW_OK)
        rc = begin_stored(w);
    for (size_t i = 0; i < w->s->addresses.n && rc == MW_OK; i++) {
        struct mw_address first = { .url = *MW_AT(w->s->addresses, struct mw_sv, i), .role = MW_ROLE_LIST, .from = MW_DAY_NONE,
                                    .to = MW_DAY_NONE, .page = 1 };
        rc = mw_found(w, &first, c->err);
    }
    if (rc == MW_OK)
        mw_tell(w, true);
    return rc;
}

/* Whether what came can be all there is. */
static void doubt(struct work *w)
{
    char text[300];
    const struct mw_tally *t = &w->run->tally;
    enum mw_lang lang = w->c->o->lang;
    int64_t failed = w->run->failed - w->documents_failed, answers = w->taken + failed;
    int64_t rows = (t->addresses > t->notices ? t->addresses : t->notices) + t->repeated + t->left_out + t->failed;

    if (w->s->addresses.n == 0) {
        mw_not_complete(w, mw_sv(mw_tr(lang, "The source's file names no address to begin with.")));
    } else if (w->taken == 0 && failed == 0 && rows > 0) {
        snprintf(text, sizeof text, mw_tr(lang, "None of %lld entries became a notice: see what list.include, list.exclude and read.title leave of "
                 "them."), (long long)rows);
        mw_not_complete(w, mw_sv(text));
    } else if (w->before > 0 && w->taken * 5 < w->before * 4 && !w->c->o->accept_loss && !(w->run->rolling && w->taken > 0)) {
        snprintf(text, sizeof text, mw_tr(lang, "The source had %lld notices and now has %lld; it is not believed, what is stored "
                 "stays (--accept-loss takes it in)."), (long long)w->before, (long long)w->taken);
        mw_not_complete(w, mw_sv(text));
    } else if (failed * 5 > answers) {
        snprintf(text, sizeof text, mw_tr(lang, "%lld of %lld answers could not be used."), (long long)failed,
                 (long long)answers);
        mw_not_complete(w, mw_sv(text));
    } else if (t->expected > rows) {
        snprintf(text, sizeof text, mw_tr(lang, "The source says it has %lld entries; %lld came."), (long long)t->expected, (long long)rows);
        mw_not_complete(w, mw_sv(text));
    }
}

static void free_work(struct work *w)
{
    for (size_t i = 0; i < w->waiting.n; i++) /* paused meanwhile: the next run asks for their pages again */
        mw_arena_free(*MW_AT(w->waiting, struct mw_arena *, i));
    w->waiting.n = 0;
    mw_seen_free(w->asked_docs);
    mw_reader_free(w->reader);
    mw_arena_free(w->a);
    w->asked_docs = NULL;
    w->reader = NULL;
    w->a = NULL;
}

/* All that was handed over is stored and counted. */
static enum mw_rc wait_for_all(struct crawl *c)
{
    const struct mw_sink *sink;
    enum mw_rc rc = mw_clerk_lend(&sink, c->clerk, MW_IN_ORDER, c->err);
    if (rc == MW_OK)
        mw_clerk_return(c->clerk);
    return rc == MW_OK ? mw_clerk_collect(c->clerk, c->err) : rc;
}

static enum mw_rc end_stored(struct work *w)
{
    struct crawl *c = w->c;
    const struct mw_sink *sink;
    enum mw_rc rc = mw_clerk_lend(&sink, c->clerk, MW_IN_ORDER, c->err);

    if (rc != MW_OK)
        return rc;
    rc = sink->end(sink->ctx, w->run, c->err);
    mw_clerk_return(c->clerk);
    if (rc == MW_OK && c->o->settled != NULL)
        c->o->settled(c->o->ctx);
    return rc;
}

static enum mw_rc end(struct work *w)
{
    MW_AUTO(mw_err_clear) struct mw_err why = MW_ERR_INIT(w->c->o->lang);
    struct crawl *c = w->c;
    struct mw_outlet outlet = { w, mw_take, NULL, mw_say_fault };
    struct mw_tally tally = { .expected = -1 };
    enum mw_rc rc = MW_OK;

    w->ended = true;
    w->first.url = w->s->addresses.n > 0 ? *MW_AT(w->s->addresses, struct mw_sv, 0) : MW_SV("");
    w->reading = &w->first;
    if (!w->stopped)
        rc = mw_reader_finish(w->reader, &outlet, &tally, &why);
    mw_add_tally(&w->run->tally, &tally);
    w->run->failed += tally.failed;
    if (mw_is_fatal(rc))
        return mw_fail(c->err, rc, "%s", why.msg != NULL ? why.msg : "?");
    if (rc != MW_OK && rc != MW_NOT_FOUND)
        mw_not_complete(w, mw_sv(why.msg));
    rc = wait_for_all(c);
    if (rc == MW_OK && w->run->complete)
        doubt(w);
    for (size_t i = 0; i < w->whole.n && rc == MW_OK && w->run->complete; i++)
        rc = mw_remember(w, MW_AT(w->whole, struct mw_fetched, i));
    w->run->ended_at = mw_arena_copy(c->a, mw_crawl_stamp(c));
    w->run->milliseconds = clock_ms(c) - w->began_ms;
    if (rc == MW_OK)
        rc = end_stored(w);
    if (rc == MW_OK)
        mw_tell(w, true);
    free_work(w);
    return rc;
}

/* --- the round ------------------------------------------------------------------------------------------------------------------ */

static enum mw_rc begin_all(struct crawl *c, struct mw_run *runs, const struct mw_source *const *sources, struct mw_parser *parser,
                            const struct mw_labels *labels)
{
    enum mw_rc rc = MW_OK;
    for (size_t i = 0; i < c->n && rc == MW_OK; i++) {
        c->works[i] = (struct work){ .c = c, .s = sources[i], .run = &runs[i] };
        rc = begin(&c->works[i], parser, labels);
    }
    return rc;
}

/* The next answer; before anybody waits long for it, what came is made safe: where one follows the other, a transaction for each few of
 * them would cost more than they do. MW_NOT_FOUND: the time is over. */
static enum mw_rc next_answer(struct crawl *c, struct mw_response *got)
{
    int64_t now = clock_ms(c);
    int64_t soon = now + SOON_MS < c->until_ms ? now + SOON_MS : now;
    bool due = now - c->settled_ms >= SETTLE_MS;
    enum mw_rc rc = now < c->until_ms ? mw_fetch_next(c->fetch, soon, got, c->err) : MW_NOT_FOUND;

    if ((rc == MW_OK && due) || rc == MW_NOT_FOUND) {
        c->settled_ms = now;
        enum mw_rc settled = mw_clerk_settle(c->clerk, c, c->err);
        if (settled == MW_OK)
            settled = rc == MW_OK ? mw_clerk_collect(c->clerk, c->err) : wait_for_all(c);
        if (settled != MW_OK)
            return settled;
    }
    return rc == MW_NOT_FOUND && now < c->until_ms ? mw_fetch_next(c->fetch, c->until_ms, got, c->err) : rc;
}

static enum mw_rc take_later(struct crawl *c)
{
    enum mw_rc rc = MW_OK;
    for (size_t i = 0; i < c->later.n; i++) { /* more may come while these are read */
        struct later l = *MW_AT(c->later, struct later, i);
        if (rc == MW_OK)
            rc = mw_answered(l.got.tag, &l.got);
        mw_fetch_drop(c->fetch, l.job);
    }
    c->later.n = 0;
    return rc;
}

static enum mw_rc others_turn(struct crawl *c)
{
    struct mw_response got;
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < c->n && rc == MW_OK; i++) {
        struct work *w = &c->works[i];
        bool file = w->head != NULL && mw_sv_starts(w->head->address.url, MW_SV("file:")); /* which would be read at once */
        if (w != c->nested && !w->ended && !file)
            rc = mw_keep_busy(w);
    }
    while (rc == MW_OK && (rc = mw_fetch_next(c->fetch, clock_ms(c), &got, c->err)) == MW_OK) {
        const struct errand *e = got.tag;
        if (e->work != c->nested && got.path == NULL) {
            rc = mw_answered(got.tag, &got);
            continue;
        }
        struct later *l = mw_list_add(c->a, &c->later, sizeof *l);
        if (l == NULL)
            return mw_nomem(c->err);
        *l = (struct later){ mw_fetch_keep(c->fetch), got };
    }
    return rc == MW_NOT_FOUND ? MW_OK : rc;
}

enum mw_rc mw_meanwhile(struct work *w, struct mw_err *err)
{
    struct crawl *c = w->c;
    int64_t now = clock_ms(c);

    if (c->n < 2 || c->nested != NULL || now - c->turned_ms < TURN_MS || c->o->offline)
        return MW_OK;
    struct mw_job *mine = mw_fetch_keep(c->fetch);
    c->nested = w;
    enum mw_rc rc = others_turn(c);
    c->nested = NULL;
    mw_fetch_restore(c->fetch, mine);
    c->turned_ms = clock_ms(c);
    return rc == MW_OK ? MW_OK : mw_fail(err, rc, "%s", c->err != NULL && c->err->msg != NULL ? c->err->msg : "?");
}

static enum mw_rc round_of(struct crawl *c)
{
    struct mw_response got;
    enum mw_rc rc = MW_OK;

    c->until_ms = c->o->max_ms > 0 ? clock_ms(c) + c->o->max_ms : INT64_MAX;
    c->settled_ms = c->turned_ms = clock_ms(c);
    for (bool late = false; rc == MW_OK;) {
        size_t open = 0;
        for (size_t i = 0; i < c->n && rc == MW_OK; i++) {
            struct work *w = &c->works[i];
            if (!w->ended && late)
                mw_pause(w, MW_LATE);
            if (!w->ended)
                rc = mw_keep_busy(w);
            if (rc == MW_OK && !w->ended && w->asked == 0)
                rc = mw_look_beyond(w);
            if (rc == MW_OK && !w->ended && (late || w->asked == 0))
                rc = end(w);
            open += !w->ended;
        }
        if (rc != MW_OK || open == 0)
            break;
        if ((rc = take_later(c)) != MW_OK || mw_fetch_waiting(c->fetch) == 0) /* the others had their turn meanwhile */
            continue;
        rc = next_answer(c, &got);
        if (rc == MW_OK)
            rc = mw_answered(got.tag, &got);
        else if (rc == MW_NOT_FOUND) {
            late = true;
            rc = MW_OK;
        }
    }
    return rc;
}

enum mw_rc mw_crawl(struct mw_run *runs, struct mw_arena *a, const struct mw_source *const *sources, size_t n,
                    struct mw_parser *parser, const struct mw_labels *labels, const struct mw_sink *sink,
                    const struct mw_crawl_opts *opts, struct mw_err *err)
{
    struct crawl c = { .o = opts, .sink = sink, .a = a, .works = mw_arena_array(a, n, sizeof(struct work)), .n = n, .parser = parser, .err = err };
    struct mw_fetch_opts fetch = { .agent = opts->agent, .clock = opts->clock, .seed = opts->seed, .backoff_ms = opts->backoff_ms,
                                   .cool_ms = opts->cool_ms };
    enum mw_rc rc = c.works != NULL && sodium_init() >= 0 ? mw_fetch_new(&c.fetch, &fetch, opts->lang, err) : mw_nomem(err);

    if (rc == MW_OK)
        rc = mw_clerk_new(&c.clerk, sink, mw_crawl_done, &c, opts->lang, err);
    if (rc == MW_OK)
        rc = begin_all(&c, runs, sources, parser, labels);
    if (rc == MW_OK)
        rc = round_of(&c);
    mw_clerk_free(c.clerk);
    for (size_t i = 0; i < c.later.n; i++)
        mw_fetch_drop(c.fetch, MW_AT(c.later, struct later, i)->job);
    mw_fetch_free(c.fetch);
    for (size_t i = 0; c.works != NULL && i < n; i++) {
        free_work(&c.works[i]);
    }
    return rc;
}
