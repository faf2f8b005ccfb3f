/* Where a crawl goes: the database and its ledger, or nothing. */
#include "cli/crawl.h"

#include "index/reply.h"
#include "index/ledger.h"

/* --- into the database ----------------------------------------------------------------------------------------------------- */

static size_t place_of(const struct mw_crawling *c, const char *source) /* c->n: nowhere */
{
    size_t i = 0;
    while (i < c->n && !mw_sv_eqz(c->sources[i]->id, source))
        i++;
    return i;
}

static int64_t run_of(const struct mw_crawling *c, const char *source)
{
    size_t i = place_of(c, source);
    return i < c->n ? c->ids[i] : 0;
}

static enum mw_rc sink_begin(void *ctx, const struct mw_source *s, struct mw_sv at, struct mw_err *err)
{
    struct mw_crawling *c = ctx;
    size_t i = 0;
    while (i < c->n && c->sources[i] != s)
        i++;
    if (i == c->n)
        return MW_OK;
    enum mw_rc rc = mw_reply_documents(&c->documents[i], c->cli->store, s->id, err);
    return rc == MW_OK ? mw_ledger_begin(&c->ids[i], c->cli->store, s->id, at, err) : rc;
}

static enum mw_rc sink_known(void *ctx, struct mw_arena *a, const char *source, struct mw_sv url, struct mw_known *out,
                             struct mw_err *err)
{
    struct mw_crawling *c = ctx;
    size_t place = place_of(c, source);
    struct mw_ledger_address known;
    enum mw_rc rc = mw_ledger_known(&known, a, c->cli->store, place < c->n ? c->ids[place] : 0, mw_sv(source), url, err);

    if (rc == MW_OK)
        *out = (struct mw_known){ known.known, known.etag, known.last_modified, known.hash, known.fetched_at, known.failures, known.fresh, false };
    if (rc == MW_OK && known.known && place < c->n && c->documents[place])
        rc = mw_reply_leads_on(&out->leads_on, c->cli->store, mw_sv(source), url, err);
    return rc;
}

/* Many answers share a transaction, which costs more than most of them do; each of their notices is stored whole or not at all, and
 * no answer counts as read before its notices are stored. */
static enum mw_rc sink_settle(void *ctx, struct mw_err *err)
{
    struct mw_crawling *c = ctx;
    return mw_ingest_end(c->cli->store, err);
}

static enum mw_rc sink_prepare(void *ctx, struct mw_arena *a, const struct mw_source *s, struct mw_notice *n, void **prepared, struct mw_err *err)
{
    struct mw_crawling *c = ctx;
    struct mw_prepared *p = NULL;

    if (n->source.n == 0)
        n->source = s->id;
    if (c->packer == NULL && (c->packer = mw_packer_new()) == NULL)
        return mw_nomem(err);
    enum mw_rc rc = mw_ingest_prepare(&p, a, n, c->cli->today, c->packer, err);
    *prepared = p;
    return rc;
}

static enum mw_rc store_notice(struct mw_crawling *c, struct mw_arena *a, const void *prepared, enum mw_took *how, struct mw_err *err)
{
    struct mw_cli *cli = c->cli;
    enum mw_ingest what = MW_UNCHANGED;
    enum mw_rc rc = mw_ingest_begin(cli->store, err);

    if (rc == MW_OK)
        rc = mw_ingest_prepared(cli->store, cli->rules, a, prepared, &what, err);
    *how = what == MW_NEW ? MW_TOOK_NEW : what == MW_CHANGED ? MW_TOOK_CHANGED : MW_TOOK_UNCHANGED;
    return rc;
}

static enum mw_rc sink_take(void *ctx, struct mw_arena *a, const struct mw_source *s, const struct mw_address *from,
                            struct mw_notice *n, const void *prepared, enum mw_took *how, struct mw_err *err)
{
    struct mw_crawling *c = ctx;
    enum mw_rc rc = store_notice(c, a, prepared, how, err);
    return rc == MW_OK ? mw_ledger_saw(c->cli->store, run_of(c, mw_arena_z(a, s->id)), s->id, n->url, from->url, err) : rc;
}

static enum mw_rc sink_fetched(void *ctx, const struct mw_fetched *f, struct mw_err *err)
{
    struct mw_crawling *c = ctx;
    struct mw_ledger_address now = { .etag = f->etag, .last_modified = f->last_modified, .hash = f->hash, .fetched_at = f->fetched_at };
    enum mw_rc rc = mw_ingest_begin(c->cli->store, err);
    return rc == MW_OK ? mw_ledger_fetched(c->cli->store, run_of(c, f->source), mw_sv(f->source), f->address.url, &now, err) : rc;
}

static enum mw_rc sink_unchanged(void *ctx, const char *source, struct mw_sv url, struct mw_sv at, int64_t *notices,
                                 struct mw_err *err)
{
    struct mw_crawling *c = ctx;
    enum mw_rc rc = mw_ingest_begin(c->cli->store, err);
    return rc == MW_OK ? mw_ledger_unchanged(c->cli->store, run_of(c, source), mw_sv(source), url, at, notices, err) : rc;
}

static enum mw_rc sink_failed(void *ctx, const char *source, struct mw_sv url, int64_t status, struct mw_sv why, struct mw_sv at,
                              struct mw_err *err)
{
    struct mw_crawling *c = ctx;
    bool lost = status == 404 || status == 410;
    (void)at;
    enum mw_rc rc = mw_ingest_begin(c->cli->store, err);
    return rc == MW_OK ? mw_ledger_failed(c->cli->store, run_of(c, source), mw_sv(source), url, status, why, lost, err) : rc;
}

static enum mw_rc sink_expected(void *ctx, const char *source, int64_t *notices, struct mw_err *err)
{
    struct mw_crawling *c = ctx;
    return mw_ledger_expected(c->cli->store, mw_sv(source), notices, err);
}

static enum mw_rc sink_beyond(void *ctx, struct mw_arena *a, const char *source, int64_t most, struct mw_list *urls, struct mw_err *err)
{
    struct mw_crawling *c = ctx;
    return mw_ledger_beyond(urls, a, c->cli->store, run_of(c, source), mw_sv(source), most, err);
}

static enum mw_rc sink_end(void *ctx, struct mw_run *run, struct mw_err *err)
{
    struct mw_crawling *c = ctx;
    struct mw_ledger_run r = { .id = run_of(c, run->source),
                               .state = run->complete ? MW_LEDGER_COMPLETE : run->paused ? MW_LEDGER_PAUSED : MW_LEDGER_STOPPED,
                               .source = mw_sv(run->source), .ended = run->ended_at, .reason = run->reason, .asked = run->asked,
                               .unchanged = run->unchanged, .fresh = run->fresh, .changed = run->changed, .failed = run->failed,
                               .bytes = run->bytes, .milliseconds = run->milliseconds, .expected = run->tally.expected,
                               .rolling = run->rolling };
    enum mw_rc rc = mw_ledger_end(c->cli->store, &r, err);
    run->gone = r.gone;
    return rc == MW_OK ? sink_settle(c, err) : rc;
}

static enum mw_rc sink_pack(void *ctx, struct mw_arena *a, struct mw_resource *res, struct mw_err *err)
{
    struct mw_crawling *c = ctx;

    if (res->path != NULL)
        return MW_OK;
    if (c->packer == NULL && (c->packer = mw_packer_new()) == NULL)
        return mw_nomem(err);
    return mw_reply_pack(&res->bytes, &res->unpacked, c->packer, a, err);
}

static enum mw_rc sink_keep(void *ctx, const char *source, struct mw_sv key, struct mw_sv final, const struct mw_resource *res,
                            struct mw_err *err)
{
    struct mw_crawling *c = ctx;
    struct mw_reply answer = { .source = mw_sv(source), .url = key, .final = final, .charset = res->charset, .fetched_at = res->fetched_at,
                                .bytes = res->bytes, .unpacked = res->unpacked, .path = res->path,
                                .page = res->from.role == MW_ROLE_DOCUMENT ? res->from.of : MW_SV_NONE };
    enum mw_rc rc = mw_ingest_begin(c->cli->store, err);
    return rc == MW_OK ? mw_reply_put(c->cli->store, &answer, err) : rc;
}

static enum mw_rc sink_kept(void *ctx, struct mw_arena *a, const char *source, struct mw_sv key, const char *folder,
                            struct mw_resource *out, struct mw_err *err)
{
    struct mw_crawling *c = ctx;
    struct mw_reply answer;
    enum mw_rc rc = mw_reply_get(&answer, a, c->cli->store, mw_sv(source), key, folder, err);
    if (rc != MW_OK)
        return rc;
    out->bytes = answer.bytes;
    out->path = answer.path;
    out->charset = answer.charset;
    out->fetched_at = answer.fetched_at;
    if (answer.final.n > 0 && out->from.role == MW_ROLE_LIST)
        out->from.url = answer.final;
    return MW_OK;
}

const struct mw_sink MW_SINK_DATABASE = { .apart = true, .begin = sink_begin, .known = sink_known, .fetched = sink_fetched, .take = sink_take,
    .unchanged = sink_unchanged, .failed = sink_failed, .expected = sink_expected, .end = sink_end, .keep = sink_keep,
    .kept = sink_kept, .beyond = sink_beyond, .settle = sink_settle, .prepare = sink_prepare, .pack = sink_pack };

/* --- a sink that keeps nothing, for --dry-run ------------------------------------------------------------------------------ */

static enum mw_rc dry_begin(void *ctx, const struct mw_source *s, struct mw_sv at, struct mw_err *err)
{
    (void)ctx, (void)s, (void)at, (void)err;
    return MW_OK;
}
static enum mw_rc dry_known(void *ctx, struct mw_arena *a, const char *source, struct mw_sv url, struct mw_known *out, struct mw_err *err)
{
    (void)ctx, (void)a, (void)source, (void)url, (void)err;
    *out = (struct mw_known){ 0 };
    return MW_OK;
}
static enum mw_rc dry_fetched(void *ctx, const struct mw_fetched *f, struct mw_err *err)
{
    (void)ctx, (void)f, (void)err;
    return MW_OK;
}
static enum mw_rc dry_take(void *ctx, struct mw_arena *a, const struct mw_source *s, const struct mw_address *from, struct mw_notice *n,
                           const void *prepared, enum mw_took *how, struct mw_err *err)
{
    (void)ctx, (void)a, (void)s, (void)from, (void)n, (void)prepared, (void)err;
    *how = MW_TOOK_NEW;
    return MW_OK;
}
static enum mw_rc dry_unchanged(void *ctx, const char *source, struct mw_sv url, struct mw_sv at, int64_t *notices, struct mw_err *err)
{
    (void)ctx, (void)source, (void)url, (void)at, (void)err;
    *notices = 0;
    return MW_OK;
}
static enum mw_rc dry_failed(void *ctx, const char *source, struct mw_sv url, int64_t status, struct mw_sv why, struct mw_sv at,
                             struct mw_err *err)
{
    (void)ctx, (void)source, (void)url, (void)status, (void)why, (void)at, (void)err;
    return MW_OK;
}
static enum mw_rc dry_expected(void *ctx, const char *source, int64_t *notices, struct mw_err *err)
{
    (void)ctx, (void)source, (void)err;
    *notices = -1;
    return MW_OK;
}
static enum mw_rc dry_end(void *ctx, struct mw_run *run, struct mw_err *err)
{
    (void)ctx, (void)run, (void)err;
    return MW_OK;
}

const struct mw_sink MW_SINK_NOTHING = { .begin = dry_begin, .known = dry_known, .fetched = dry_fetched, .take = dry_take,
    .unchanged = dry_unchanged, .failed = dry_failed, .expected = dry_expected, .end = dry_end };

/* --- into the notices alone, for --offline ------------------------------------------------------------------------------------- */

static enum mw_rc again_take(void *ctx, struct mw_arena *a, const struct mw_source *s, const struct mw_address *from, struct mw_notice *n,
                             const void *prepared, enum mw_took *how, struct mw_err *err)
{
    (void)s, (void)from, (void)n;
    return store_notice(ctx, a, prepared, how, err);
}
static enum mw_rc again_end(void *ctx, struct mw_run *run, struct mw_err *err)
{
    (void)run;
    return sink_settle(ctx, err);
}

const struct mw_sink MW_SINK_AGAIN = { .begin = dry_begin, .known = dry_known, .fetched = dry_fetched, .take = again_take,
    .unchanged = dry_unchanged, .failed = dry_failed, .expected = dry_expected, .end = again_end, .kept = sink_kept,
    .beyond = sink_beyond, .settle = sink_settle, .prepare = sink_prepare };
