/* The way in: what is unchanged stops here; what is new or changed goes into every table in one transaction. */
#include "index/db.h"

#include <string.h>

#include "index/kin.h"
#include "index/ledger.h"

enum { STANDS_DAYS = 14 };
enum { BATCH_NOTICES = 2000, BATCH_BYTES = 24 << 20, SLICE_BYTES = 1 << 20 };

struct mw_prepared {
    struct mw_notice n;       /* every section with its text */
    struct mw_sv head;        /* the record without its sections */
    struct mw_sv record;      /* without fetched_at */
    struct mw_sv packed;      /* the record; MW_SV_NONE: not yet */
    struct mw_sv plain;
    struct mw_sv stamp;
    unsigned char content[MW_HASH], plain_hash[MW_HASH];
};
struct job {
    struct mw_store *s;
    struct mw_rules *r;
    struct mw_arena *a;
    struct mw_notice n;       /* this and those up to plain_hash as in struct mw_prepared */
    struct mw_sv head;
    struct mw_sv record;
    struct mw_sv packed;
    struct mw_sv plain;
    struct mw_sv stamp;
    unsigned char content[MW_HASH], plain_hash[MW_HASH];
    struct mw_list facts;     /* struct mw_fact, once they are found */
    struct mw_err *err;
};

/* --- before the database is touched ----------------------------------------------------------------------------------- */

static enum mw_rc complete_sections(struct job *j)
{
    struct mw_list sections = { NULL, 0, 0 };

    for (size_t i = 0; i < j->n.sections.n; i++) {
        const struct mw_section *from = MW_AT(j->n.sections, struct mw_section, i);
        struct mw_section *c = mw_list_add(j->a, &sections, sizeof *c);
        if (c == NULL)
            return mw_nomem(j->err);
        *c = *from;
        if (c->heading.p == NULL)
            c->heading = MW_SV("");
        if (c->text.p == NULL && c->html)
            return mw_fail(j->err, MW_INVALID, "Section \"%.*s\" of \"%.*s\" has no plain text.", MW_SV_ARG(c->heading),
                           MW_SV_ARG(j->n.url));
        if (c->text.p == NULL)
            c->text = c->raw.p != NULL ? c->raw : MW_SV("");
        if (c->raw.p == NULL)
            c->raw = c->text;
    }
    j->n.sections = sections;
    return MW_OK;
}

/* A record of n in the arena. */
static enum mw_rc make_record(struct mw_sv *out, const struct job *j, const struct mw_notice *n)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    enum mw_rc rc = mw_notice_record(&s, n, j->err);

    if (rc != MW_OK)
        return rc;
    *out = mw_arena_copy(j->a, mw_str_sv(&s));
    return out->p != NULL ? MW_OK : mw_nomem(j->err);
}

/* The records and the plain text of j->n, and the hashes of what tells whether it is new. */
static enum mw_rc render(struct job *j)
{
    MW_AUTO(mw_str_free) struct mw_str plain = MW_STR_INIT;
    struct mw_notice head = j->n, timeless = j->n;

    head.sections = (struct mw_list){ NULL, 0, 0 };
    timeless.fetched_at = MW_SV_NONE;
    j->packed = MW_SV_NONE;
    enum mw_rc rc = make_record(&j->head, j, &head);
    if (rc == MW_OK)
        rc = make_record(&j->record, j, &timeless);
    if (rc != MW_OK)
        return rc;
    mw_notice_plain(&plain, &j->n);
    j->plain = mw_arena_copy(j->a, mw_str_sv(&plain));
    if (!mw_str_ok(&plain))
        return mw_nomem(j->err);
    rc = mw_snapshot_hash(j->content, j->record, j->err);
    return rc == MW_OK ? mw_snapshot_hash(j->plain_hash, j->plain, j->err) : rc;
}

static enum mw_rc prepare(struct job *j, const struct mw_notice *n, struct mw_day today)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;

    j->n = *n;
    if (n->url.n == 0 || n->title.p == NULL)
        return mw_fail(j->err, MW_INVALID, "A notice needs an address and a title.");
    if (n->language.p == NULL)
        j->n.language = MW_SV("de");
    j->stamp = n->fetched_at;
    if (j->stamp.p == NULL) {
        mw_day_iso(&s, today);
        j->stamp = mw_arena_copy(j->a, mw_sv(mw_str_z(&s)));
    }
    if (j->stamp.p == NULL)
        return mw_nomem(j->err);
    enum mw_rc rc = complete_sections(j);
    return rc == MW_OK ? render(j) : rc;
}

enum mw_rc mw_ingest_prepare(struct mw_prepared **out, struct mw_arena *a, const struct mw_notice *n, struct mw_day today, struct mw_packer *packer,
                             struct mw_err *err)
{
    struct job j = { .a = a, .err = err };
    enum mw_rc rc = prepare(&j, n, today);

    if (rc == MW_OK && packer != NULL)
        rc = mw_snapshot_pack(&j.packed, packer, a, j.record, err);
    if (rc != MW_OK)
        return rc;
    *out = mw_arena_alloc(a, sizeof **out);
    if (*out == NULL)
        return mw_nomem(err);
    **out = (struct mw_prepared){ .n = j.n, .head = j.head, .record = j.record, .packed = j.packed, .plain = j.plain, .stamp = j.stamp };
    memcpy((*out)->content, j.content, MW_HASH);
    memcpy((*out)->plain_hash, j.plain_hash, MW_HASH);
    return MW_OK;
}

/* --- writing ------------------------------------------------------------------------------------------------------------ */

/* What the rules read; without rules, what they read before. */
static enum mw_rc find_facts(struct job *j, int64_t id)
{
    j->facts = (struct mw_list){ NULL, 0, 0 };
    if (j->r != NULL)
        return mw_rules_facts(&j->facts, j->a, j->r, &j->n, j->plain, j->err);
    return id > 0 ? mw_facts_get(&j->facts, j->a, j->s, id, j->err) : MW_OK;
}

static enum mw_rc put_facts(struct job *j, int64_t id, bool fresh)
{
    enum mw_rc rc = mw_trait_put(j->s, id, &j->n, &j->facts, j->err);

    if (rc == MW_OK)
        rc = mw_brief_put(j->s, id, &j->facts, j->err);
    if (rc == MW_OK)
        rc = mw_meta_facts(j->s, j->r != NULL ? mw_rules_hash(j->r) : 0, j->err);
    if (rc != MW_OK || j->r == NULL)
        return rc;
    return fresh ? mw_facts_add(j->s, id, &j->facts, j->err) : mw_facts_put(j->s, id, &j->facts, j->err);
}

static enum mw_rc write_facts(struct job *j, int64_t id)
{
    enum mw_rc rc = find_facts(j, id);
    if (rc == MW_OK)
        rc = put_facts(j, id, false);
    return rc == MW_OK && j->r != NULL ? mw_notice_ruled(j->s, id, mw_rules_hash(j->r), j->err) : rc;
}

/* The words last: that they wait cannot be rolled back with a savepoint. Of a new notice the facts were found before. */
static enum mw_rc write_texts(struct job *j, int64_t id, bool fresh)
{
    int64_t doc = 0;
    bool english = mw_sv_eqz(j->n.language, "en");
    enum mw_rc rc = fresh ? MW_OK : mw_sections_drop(j->s, id, j->err);

    if (rc == MW_OK)
        rc = mw_sections_put(j->s, id, &j->n, j->err);
    if (rc == MW_OK)
        rc = fresh ? put_facts(j, id, true) : write_facts(j, id);
    if (rc == MW_OK && !fresh)
        rc = mw_doc_drop(j->s, id, j->err);
    if (rc == MW_OK)
        rc = mw_doc_new(j->s, id, english, &doc, j->err);
    if (rc == MW_OK)
        rc = mw_words_later(j->s, id, doc, &j->n, j->err);
    j->s->pending++;
    j->s->weight += j->plain.n;
    return rc;
}

/* Two sources may publish one notice at one address (a bulk list and a search interface). The fuller text stays, else every night
 * would bring two new versions and take the text away again; of equals the first one. It stays while its own source is crawled and
 * still has it: what was imported by hand, or is no longer seen, stands in nobody's way. */
static enum mw_rc is_held(bool *held, struct job *j, struct mw_stored *old)
{
    *held = false;
    if (old->notice.source.n == 0 || j->n.source.n == 0)
        return MW_OK;
    enum mw_rc rc = mw_ledger_stands(held, j->s, old->notice.source, j->n.url, j->stamp, STANDS_DAYS, j->err);
    if (rc != MW_OK || !*held)
        return rc;
    rc = mw_sections_get(&old->notice.sections, j->a, j->s, old->id, j->err);
    *held = mw_kin_fullness(&old->notice) >= mw_kin_fullness(&j->n);
    return rc;
}

static void take_days(struct mw_notice *to, const struct mw_notice *from)
{
    to->opens = from->opens;
    to->deadlines = from->deadlines;
}

/* What the source of the stored text says is news only where it says something else than last time; days that another moved stay
 * until it moves them, too. */
static enum mw_rc from_its_source(bool *news, struct job *j, const struct mw_claim *last, const struct mw_stored *old, const unsigned char *content)
{
    struct mw_sv days = mw_claim_days(j->a, &j->n), stored = mw_claim_days(j->a, &old->notice);

    *news = !last->known || memcmp(last->content, content, MW_HASH) != 0;
    if (!last->known || !*news)
        return MW_OK;
    enum mw_rc rc = mw_claim_put(j->s, old->id, j->n.source, content, days, j->err);
    if (rc != MW_OK || !mw_sv_eq(days, last->days) || mw_sv_eq(days, stored))
        return rc;
    take_days(&j->n, &old->notice);
    return render(j);
}

/* Of what another source says only moved days are news while the stored text stays. */
static enum mw_rc from_another(bool *news, struct job *j, const struct mw_claim *last, struct mw_stored *old, const struct mw_known *k,
                               const unsigned char *content)
{
    struct mw_sv days = mw_claim_days(j->a, &j->n), stored = mw_claim_days(j->a, &old->notice);
    struct mw_claim owner;
    bool held = false, moved = last->known && !mw_sv_eq(last->days, days) && !mw_sv_eq(stored, days) && j->n.deadlines.n > 0;
    enum mw_rc rc = is_held(&held, j, old);

    if (rc == MW_OK && (!last->known || memcmp(last->content, content, MW_HASH) != 0))
        rc = mw_claim_put(j->s, old->id, j->n.source, content, days, j->err);
    *news = !held || moved;
    if (rc != MW_OK || !*news || old->notice.source.n == 0)
        return rc;
    rc = mw_claim_get(&owner, j->a, j->s, old->id, old->notice.source, j->err);
    if (rc == MW_OK && !owner.known)
        rc = mw_claim_put(j->s, old->id, old->notice.source, k->content, stored, j->err);
    if (rc != MW_OK || !held)
        return rc;
    struct mw_notice said = j->n;
    j->n = old->notice;
    take_days(&j->n, &said);
    return render(j);
}

/* Is what differs from the stored state news? What j holds may become what both say together. */
static enum mw_rc compare(bool *news, struct job *j, const struct mw_known *k)
{
    struct mw_stored old;
    struct mw_claim last = { .known = false };
    enum mw_rc rc = mw_notice_head(&old, j->a, j->s, k->id, j->err);

    if (rc == MW_OK && j->n.source.n > 0)
        rc = mw_claim_get(&last, j->a, j->s, k->id, j->n.source, j->err);
    if (rc != MW_OK)
        return rc;
    return mw_sv_eq(old.notice.source, j->n.source) ? from_its_source(news, j, &last, &old, j->content) :
                                                      from_another(news, j, &last, &old, k, j->content);
}

static void take_hashes(struct mw_known *k, const struct job *j)
{
    memcpy(k->content, j->content, MW_HASH);
    memcpy(k->plain, j->plain_hash, MW_HASH);
}

/* Everything but the record itself, which is stored already where nothing but its text differs (same). */
static enum mw_rc put(struct job *j, struct mw_known *k, bool same)
{
    bool fresh = k->id == 0;
    enum mw_rc rc = same ? MW_OK : mw_snapshot_put(j->s, k->content, j->record, j->packed, j->err);

    if (rc == MW_OK || rc == MW_NOT_FOUND)
        rc = mw_notice_put(j->s, k, &j->n, j->head, same ? MW_SV_NONE : j->stamp, j->err);
    if (rc == MW_OK && !same)
        rc = mw_version_add(j->s, k->id, j->stamp, k->content, j->err);
    if (rc == MW_OK)
        rc = mw_link_put(j->s, k->id, &j->n, fresh, j->err);
    return rc == MW_OK ? write_texts(j, k->id, fresh) : rc;
}

/* All that may be wrong with the notice alone shows before anything is written. So there is nothing to take back for it alone, and no need
 * of a savepoint, for which SQLite would note every page as it was. What fails then (the disk, the file, memory) fails for the batch. */
static enum mw_rc write_new(struct job *j)
{
    struct mw_known k = { .ruled = j->r != NULL, .rules = j->r != NULL ? mw_rules_hash(j->r) : 0 };
    enum mw_rc rc = find_facts(j, 0);

    if (rc != MW_OK)
        return rc;
    take_hashes(&k, j);
    rc = put(j, &k, false);
    return rc == MW_OK ? MW_OK : mw_write_lost(j->s, rc, j->err);
}

static enum mw_rc write_known(struct job *j, struct mw_known *k, enum mw_ingest *what)
{
    bool news = true;
    enum mw_rc rc = memcmp(k->content, j->content, MW_HASH) != 0 ? compare(&news, j, k) : MW_OK;

    if (rc != MW_OK || !news)
        return *what = MW_UNCHANGED, rc;
    bool same = memcmp(k->content, j->content, MW_HASH) == 0;
    *what = same ? MW_UNCHANGED : MW_CHANGED;
    if (same && memcmp(k->plain, j->plain_hash, MW_HASH) == 0) /* at most other rules than last time */
        return j->r == NULL || (k->ruled && k->rules == mw_rules_hash(j->r)) ? MW_OK : write_facts(j, k->id);
    take_hashes(k, j);
    return put(j, k, same);
}

/* Inside the open batch one bad notice takes only itself back. */
static enum mw_rc write(struct job *j, enum mw_ingest *what)
{
    int64_t unindexed = j->s->unindexed;
    struct mw_known k = { .id = 0 };
    enum mw_rc rc = mw_notice_known(j->s, j->n.url, &k, j->err);

    if (rc == MW_NOT_FOUND)
        return *what = MW_NEW, write_new(j);
    if (rc != MW_OK)
        return mw_write_lost(j->s, rc, j->err);
    rc = mw_whole_begin(j->s, j->err);
    if (rc == MW_OK)
        rc = mw_whole_end(j->s, write_known(j, &k, what), j->err);
    if (rc != MW_OK && j->s->open)
        j->s->unindexed = unindexed;
    return rc;
}

/* The words of a batch go into the search tables bit by bit, so that nobody who brings notices waits long for it; FTS5 gathers no more than
 * this anyway. */
static enum mw_rc index_slice(struct mw_store *s, struct mw_err *err)
{
    if (s->weight - s->worded < SLICE_BYTES)
        return MW_OK;
    enum mw_rc rc = mw_words_write(s, err);
    return rc == MW_OK ? MW_OK : mw_write_lost(s, rc, err);
}

enum mw_rc mw_ingest_prepared(struct mw_store *s, struct mw_rules *r, struct mw_arena *a, const struct mw_prepared *p, enum mw_ingest *what,
                              struct mw_err *err)
{
    struct job j = { .s = s, .r = r, .n = p->n, .head = p->head, .record = p->record, .packed = p->packed, .plain = p->plain, .stamp = p->stamp, .a = a, .err = err };
    enum mw_rc rc = mw_write_begin(s, err);

    memcpy(j.content, p->content, MW_HASH);
    memcpy(j.plain_hash, p->plain_hash, MW_HASH);
    if (rc == MW_OK)
        rc = write(&j, what);
    if (rc == MW_OK)
        rc = index_slice(s, err);
    if (rc == MW_OK && (!s->batch || s->pending >= BATCH_NOTICES || s->weight >= BATCH_BYTES))
        rc = mw_write_commit(s, err);
    else if (rc != MW_OK && !s->batch)
        mw_write_rollback(s);
    return rc;
}

enum mw_rc mw_ingest(struct mw_store *s, struct mw_rules *r, const struct mw_notice *n, struct mw_day today,
                     enum mw_ingest *what, struct mw_err *err)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct mw_prepared *p = NULL;
    enum mw_rc rc = a != NULL ? mw_ingest_prepare(&p, a, n, today, NULL, err) : mw_nomem(err);
    return rc == MW_OK ? mw_ingest_prepared(s, r, a, p, what, err) : rc;
}

enum mw_rc mw_ingest_begin(struct mw_store *s, struct mw_err *err)
{
    enum mw_rc rc = mw_write_begin(s, err);
    s->batch = rc == MW_OK;
    return rc;
}

enum mw_rc mw_ingest_end(struct mw_store *s, struct mw_err *err)
{
    s->batch = false;
    return mw_write_commit(s, err);
}

/* --- upkeep --------------------------------------------------------------------------------------------------------------- */

enum mw_rc mw_store_remove(struct mw_store *s, struct mw_sv url, struct mw_err *err)
{
    struct mw_known k;
    enum mw_rc rc = mw_write_begin(s, err);

    if (rc == MW_OK)
        rc = mw_notice_known(s, url, &k, err);
    if (rc == MW_NOT_FOUND)
        rc = mw_fail(err, MW_NOT_FOUND, "There is no notice \"%.*s\".", MW_SV_ARG(url));
    if (rc == MW_OK)
        rc = mw_link_drop(s, k.id, err);
    if (rc == MW_OK)
        rc = mw_sections_drop(s, k.id, err);
    if (rc == MW_OK)
        rc = mw_trait_drop(s, k.id, err);
    if (rc == MW_OK)
        rc = mw_doc_drop(s, k.id, err);
    if (rc == MW_OK)
        rc = mw_notice_drop(s, k.id, err);
    return mw_write_done(s, rc, err);
}

static enum mw_rc renew_facts(struct mw_store *s, struct mw_rules *r, int64_t id, struct mw_err *err)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct job j = { .s = s, .r = r, .a = a, .err = err };
    struct mw_stored old;
    enum mw_rc rc = a != NULL ? mw_notice_whole(&old, a, s, id, err) : mw_nomem(err);

    if (rc != MW_OK)
        return rc;
    j.n = old.notice;
    j.plain = old.plain;
    return write_facts(&j, id);
}

enum mw_rc mw_facts_refresh(struct mw_store *s, struct mw_rules *r, int64_t *renewed, struct mw_err *err)
{
    int64_t id = 0;
    enum mw_rc rc = mw_write_begin(s, err);

    *renewed = 0;
    while (rc == MW_OK && (rc = mw_notice_unruled(s, mw_rules_hash(r), &id, err)) == MW_OK) {
        rc = renew_facts(s, r, id, err);
        *renewed += rc == MW_OK;
    }
    if (rc == MW_NOT_FOUND && (rc = mw_meta_set(s, "facts", (int64_t)mw_rules_hash(r), err)) == MW_OK)
        return mw_write_commit(s, err);
    mw_write_rollback(s);
    return rc;
}

/* *of_these: one set of rules made all facts, and it is this one. */
static enum mw_rc all_by(bool *of_these, struct mw_store *s, uint64_t rules, struct mw_err *err)
{
    int64_t value = 0;
    bool found = false;
    enum mw_rc rc = mw_meta_get(s, "facts", &value, &found, err);
    *of_these = found && value == (int64_t)rules;
    return rc;
}

enum mw_rc mw_facts_stale(struct mw_store *s, uint64_t rules, int64_t *stale, struct mw_err *err)
{
    bool none = false;
    enum mw_rc rc = all_by(&none, s, rules, err);

    *stale = 0;
    return rc == MW_OK && !none ? mw_notice_count_unruled(s, rules, stale, err) : rc;
}

enum mw_rc mw_facts_any_stale(struct mw_store *s, uint64_t rules, bool *any, struct mw_err *err)
{
    int64_t id = 0;
    bool none = false;
    enum mw_rc rc = all_by(&none, s, rules, err);

    if (rc == MW_OK)
        rc = none ? MW_NOT_FOUND : mw_notice_unruled(s, rules, &id, err);
    *any = rc == MW_OK;
    return rc == MW_NOT_FOUND ? MW_OK : rc;
}
