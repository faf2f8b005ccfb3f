/* Which notices are one programme: see link.h for what it means, kin.h for how two of them are compared. */
#include "index/link.h"

#include <stdlib.h>
#include <string.h>

#include "index/db.h"
#include "index/kin.h"
#include "index/link_key.h"
#include "index/trait.h"

const char MW_LINK_SCHEMA[] =
    "CREATE TABLE link("               /* every notice of every group, the leading one too */
    " notice INTEGER PRIMARY KEY REFERENCES notice(id) ON DELETE CASCADE,"
    " lead INTEGER NOT NULL REFERENCES notice(id) ON DELETE CASCADE,"
    " place INTEGER NOT NULL,"         /* in the group; 0 leads */
    " proof INTEGER NOT NULL,"         /* enum mw_link_proof: how it came into the group */
    " percent INTEGER NOT NULL"        /* of the text, where that is the proof */
    ") STRICT;"
    "CREATE INDEX link_by_lead ON link(lead);";

const char *const MW_LINK_PROOFS[MW_LINK_N + 1] = { "", "address", "identifier", "text", NULL };

static const char UNLINK[] = "DELETE FROM link WHERE notice = ?1";
static const char LINK[] = "INSERT INTO link VALUES(?1, ?2, ?3, ?4, ?5)";
static const char COUNT[] = "SELECT count(*) FROM link WHERE place > 0";
static const char LAST[] = "SELECT coalesce(max(notice), 0) FROM link";
static const char ALL[] = "SELECT notice, lead, place FROM link";
static const char GROUP[] = "SELECT o.notice, o.place, o.proof, o.percent FROM link l JOIN link o ON o.lead = l.lead"
                            " WHERE l.notice = ?1 AND o.notice <> ?1 ORDER BY o.place";

/* --- a cluster: all that share a title, an identifier or a link, step by step ------------------------------------------------ */

struct member {
    int64_t id, title, identifier;
    bool gone, sole_title, sole_identifier; /* the only one of its source with that title, identifier */
    bool paired;                            /* some other may be the same programme */
    struct mw_stored stored;
    struct mw_kin kin;
    size_t group, place;                    /* group: one more than its number; 0: none yet */
    enum mw_link_proof proof;
    int percent;
};
struct update {
    struct mw_store *s;
    struct mw_arena *a;              /* of one cluster */
    const struct mw_traits *traits;
    const struct mw_list *lands, *common;
    struct member *m;
    size_t n;
    struct mw_err *err;
};

static enum mw_rc load_heads(struct update *u, const struct mw_list *ids)
{
    const struct mw_link_scope scope = { u->s, u->a, u->common, u->err };
    enum mw_rc rc = MW_OK;

    u->n = ids->n;
    u->m = mw_arena_array(u->a, u->n, sizeof *u->m);
    if (u->m == NULL)
        return mw_nomem(u->err);
    for (size_t i = 0; i < u->n && rc == MW_OK; i++) {
        struct member *m = &u->m[i];
        m->id = *MW_AT(*ids, int64_t, i);
        rc = mw_link_keys(&m->title, &m->identifier, &m->gone, &scope, m->id);
        if (rc == MW_OK)
            rc = mw_notice_head(&m->stored, u->a, u->s, m->id, u->err);
        m->gone = m->gone || m->stored.notice.source.n == 0; /* whose it is nobody knows */
    }
    return rc;
}

static bool same_title(const struct member *x, const struct member *y)
{
    return x->title != 0 && x->title == y->title && x->sole_title && y->sole_title;
}

static bool same_identifier(const struct member *x, const struct member *y)
{
    return x->identifier != 0 && x->identifier == y->identifier && x->sole_identifier && y->sole_identifier;
}

static bool same_source(const struct member *x, const struct member *y)
{
    return mw_sv_eq(x->stored.notice.source, y->stored.notice.source);
}

/* Who may be linked with whom: of other sources, with a title or identifier that is sole in each. */
static bool pair_up(struct update *u)
{
    bool any = false;

    for (size_t i = 0; i < u->n; i++) {
        struct member *x = &u->m[i];
        x->sole_title = x->sole_identifier = !x->gone;
        for (size_t k = 0; k < u->n; k++) {
            const struct member *y = &u->m[k];
            if (k == i || y->gone || !same_source(x, y))
                continue;
            x->sole_title = x->sole_title && y->title != x->title;
            x->sole_identifier = x->sole_identifier && y->identifier != x->identifier;
        }
    }
    for (size_t i = 0; i < u->n; i++)
        for (size_t k = 0; k < u->n && !u->m[i].paired; k++)
            u->m[i].paired = k != i && !u->m[i].gone && !u->m[k].gone && !same_source(&u->m[i], &u->m[k]) &&
                             (same_title(&u->m[i], &u->m[k]) || same_identifier(&u->m[i], &u->m[k]));
    for (size_t i = 0; i < u->n; i++)
        any = any || u->m[i].paired;
    return any;
}

static uint32_t lands_of(const struct update *u, const struct member *m)
{
    struct mw_trait t;
    mw_trait_get(&t, u->traits, m->id);
    for (size_t i = 0; i < u->lands->n && t.lands == 0; i++) {
        const struct mw_link_land *l = MW_AT(*u->lands, struct mw_link_land, i);
        if (mw_sv_eq(l->source, m->stored.notice.source) && l->land != MW_LAND_NONE)
            t.lands = 1U << l->land;
    }
    return t.lands;
}

static enum mw_rc load_kin(struct update *u)
{
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < u->n && rc == MW_OK; i++) {
        struct member *m = &u->m[i];
        if (!m->paired)
            continue;
        rc = mw_sections_get(&m->stored.notice.sections, u->a, u->s, m->id, u->err);
        if (rc == MW_OK && !mw_kin_read(&m->kin, u->a, &m->stored.notice, lands_of(u, m)))
            rc = mw_nomem(u->err);
    }
    return rc;
}

/* --- groups ------------------------------------------------------------------------------------------------------------------- */

/* Which of two leads, as link.h says. */
static int by_rank(const void *a, const void *b)
{
    const struct member *x = a, *y = b;
    int order;

    if (x->paired != y->paired)
        return x->paired ? -1 : 1;
    if (x->kin.fullness != y->kin.fullness)
        return x->kin.fullness > y->kin.fullness ? -1 : 1;
    if ((order = mw_sv_cmp(y->stored.last_changed, x->stored.last_changed)) != 0)
        return order;
    if ((order = mw_sv_cmp(x->stored.notice.source, y->stored.notice.source)) != 0)
        return order;
    return mw_sv_cmp(x->stored.notice.url, y->stored.notice.url);
}

/* May m join the group? One of it must prove it, and nobody in it may speak against it. */
static bool joins(struct update *u, struct member *m, size_t group)
{
    bool proven = false;

    for (size_t i = 0; i < u->n; i++) {
        const struct member *o = &u->m[i];
        int percent = 0;
        if (o->group != group)
            continue;
        if (same_source(o, m) || mw_kin_contradict(&o->kin, &m->kin))
            return false;
        if (proven || (!same_title(o, m) && !same_identifier(o, m)))
            continue;
        m->proof = mw_kin_proof(&o->kin, &m->kin, same_title(o, m), same_identifier(o, m), &percent);
        m->percent = percent;
        proven = m->proof != MW_LINK_NONE;
    }
    return proven;
}

/* In the order of leading, so that each group grows from the one that leads it. */
static void form_groups(struct update *u)
{
    size_t groups = 0;

    qsort(u->m, u->n, sizeof *u->m, by_rank);
    for (size_t i = 0; i < u->n; i++)
        u->m[i].kin.notice = &u->m[i].stored.notice; /* which moved */
    for (size_t i = 0; i < u->n && u->m[i].paired; i++) {
        struct member *m = &u->m[i];
        for (size_t g = 1; g <= groups && m->group == 0; g++)
            if (joins(u, m, g))
                m->group = g;
        if (m->group == 0) {
            m->group = ++groups;
            m->proof = MW_LINK_NONE;
            m->percent = 0;
        }
        for (size_t k = 0; k < i; k++)
            m->place += u->m[k].group == m->group;
    }
}

static enum mw_rc write_groups(struct update *u)
{
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < u->n && rc == MW_OK; i++) {
        const struct member *m = &u->m[i], *lead = NULL;
        size_t size = 0;
        for (size_t k = 0; m->group != 0 && k < u->n; k++) {
            size += u->m[k].group == m->group;
            lead = lead == NULL && u->m[k].group == m->group ? &u->m[k] : lead;
        }
        if (size > 1 && lead != NULL)
            rc = mw_q_run(u->s, u->err, LINK, "iiiii", m->id, lead->id, (int64_t)m->place, (int64_t)m->proof, (int64_t)m->percent);
    }
    return rc;
}

static enum mw_rc link_cluster(struct update *u, const struct mw_list *ids)
{
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < ids->n && rc == MW_OK; i++)
        rc = mw_q_run(u->s, u->err, UNLINK, "i", *MW_AT(*ids, int64_t, i));
    if (rc != MW_OK || ids->n < 2 || ids->n > MW_LINK_CLUSTER_MAX)
        return rc;
    rc = load_heads(u, ids);
    if (rc != MW_OK || !pair_up(u))
        return rc;
    rc = load_kin(u);
    if (rc == MW_OK) {
        form_groups(u);
        rc = write_groups(u);
    }
    return rc;
}

static enum mw_rc update(struct mw_store *s, struct mw_arena *a, const struct mw_list *lands, struct mw_err *err)
{
    struct mw_list todo = { NULL, 0, 0 }, common = { NULL, 0, 0 };
    const struct mw_traits *traits = NULL;
    int64_t last = 0;
    enum mw_rc rc = mw_notice_last(s, &last, err);
    size_t n = (size_t)last + 1;
    bool *seen = mw_arena_array(a, n, sizeof *seen), *gone = mw_arena_array(a, n, sizeof *gone);

    if (rc == MW_OK && (seen == NULL || gone == NULL))
        rc = mw_nomem(err);
    if (rc == MW_OK)
        rc = mw_link_pending(&todo, &common, a, s, gone, n, err);
    if (rc == MW_OK && todo.n > 0)
        rc = mw_traits(&traits, s, err);
    for (size_t i = 0; i < todo.n && rc == MW_OK; i++) {
        MW_AUTO(mw_arena_freep) struct mw_arena *one = mw_arena_new();
        struct update u = { .s = s, .a = one, .traits = traits, .lands = lands, .common = &common, .err = err };
        const struct mw_link_scope scope = { s, one, &common, err };
        struct mw_list ids = { NULL, 0, 0 };
        if (seen[*MW_AT(todo, int64_t, i)])
            continue;
        rc = one != NULL ? mw_link_gather(&ids, seen, n, &scope, *MW_AT(todo, int64_t, i)) : mw_nomem(err);
        if (rc == MW_OK)
            rc = link_cluster(&u, &ids);
    }
    return rc == MW_OK ? mw_link_done(s, err) : rc;
}

enum mw_rc mw_links_update(int64_t *linked, struct mw_store *s, const struct mw_list *lands, struct mw_err *err)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    enum mw_rc rc = a != NULL ? mw_write_begin(s, err) : mw_nomem(err);

    if (rc == MW_OK)
        rc = update(s, a, lands, err);
    if (rc == MW_OK)
        rc = mw_q_number(linked, s, COUNT, err);
    if (rc == MW_OK)
        return mw_write_commit(s, err);
    mw_write_rollback(s);
    return rc;
}

/* --- reading ---------------------------------------------------------------------------------------------------------------- */

enum mw_rc mw_links_of(struct mw_list *out, struct mw_arena *a, struct mw_store *s, int64_t notice, struct mw_err *err)
{
    sqlite3_stmt *st = NULL;
    struct mw_stored head;
    size_t first = out->n;
    enum mw_rc rc = mw_q(&st, s, err, GROUP, "i", notice);

    while (rc == MW_OK && (rc = mw_q_step(s, st, err)) == MW_OK) {
        struct mw_linked *l = mw_list_add(a, out, sizeof *l);
        if (l == NULL) {
            sqlite3_reset(st);
            return mw_nomem(err);
        }
        *l = (struct mw_linked){ .notice = sqlite3_column_int64(st, 0), .leads = sqlite3_column_int64(st, 1) == 0,
                                 .proof = (enum mw_link_proof)sqlite3_column_int(st, 2), .percent = sqlite3_column_int(st, 3) };
    }
    rc = rc == MW_NOT_FOUND ? MW_OK : rc;
    for (size_t i = first; i < out->n && rc == MW_OK; i++) {
        struct mw_linked *l = MW_AT(*out, struct mw_linked, i);
        rc = mw_notice_head(&head, a, s, l->notice, err);
        l->url = head.notice.url;
        l->source = head.notice.source;
    }
    return rc;
}

void mw_links_free(void *links)
{
    struct mw_links *l = links;

    if (l == NULL)
        return;
    free(l->lead);
    free(l->place);
    free(l);
}

static enum mw_rc load(void *empty, struct mw_store *s, struct mw_err *err)
{
    struct mw_links *l = empty;
    sqlite3_stmt *st = NULL;
    int64_t last = 0;
    enum mw_rc rc = mw_q_number(&last, s, LAST, err);

    if (rc != MW_OK || last <= 0)
        return rc;
    l->lead = calloc((size_t)last + 1, sizeof *l->lead);
    l->place = calloc((size_t)last + 1, sizeof *l->place);
    if (l->lead == NULL || l->place == NULL)
        return mw_nomem(err);
    l->n = (size_t)last + 1;
    rc = mw_q(&st, s, err, ALL, "");
    while (rc == MW_OK && (rc = mw_q_step(s, st, err)) == MW_OK) {
        int64_t id = sqlite3_column_int64(st, 0), lead = sqlite3_column_int64(st, 1);
        if (id <= 0 || id > last || lead <= 0 || lead > last) { /* who leads is one of the group */
            sqlite3_reset(st);
            return mw_db_damaged(s, "link", err);
        }
        l->lead[id] = lead;
        l->place[id] = (unsigned char)sqlite3_column_int(st, 2);
    }
    return rc == MW_NOT_FOUND ? MW_OK : rc;
}

enum mw_rc mw_links(const struct mw_links **out, struct mw_store *s, struct mw_err *err)
{
    void *kept = s->links;
    enum mw_rc rc = mw_keep(&kept, sizeof *s->links, load, mw_links_free, s, err);

    *out = s->links = kept;
    return rc;
}
