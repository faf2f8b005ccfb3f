/* A profile against every notice: what it is about by search, who may apply by rules. */
#include "index/match.h"

#include <stdlib.h>

#include "index/query.h"

enum { TITLE_TIMES = 3, TERMS_MAX = 40 };

struct job {
    struct mw_arena *a, *work;
    struct mw_store *s;
    struct mw_rules *r;
    const struct mw_profile *p;
    const struct mw_match_opts *opts;
    struct mw_list groups;      /* struct mw_group */
    double *relevance;          /* by notice id */
    double best;                /* of relevance */
    size_t n;
    struct mw_brief brief;
    struct mw_err *err;
};

/* --- what the project is about ------------------------------------------------------------------------------------------- */

/* Everything the profile says, as one text: the vocabulary looks for phrases in it. */
static struct mw_sv whole_text(struct job *j)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    const struct mw_sv texts[] = { j->p->title, j->p->summary, j->p->text };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].p != NULL) {
            mw_str_add(&s, texts[i]);
            mw_str_addc(&s, '\n');
        }
    for (size_t i = 0; i < j->p->lots.n; i++) {
        mw_str_add(&s, MW_AT(j->p->lots, struct mw_lot, i)->label);
        mw_str_addc(&s, '\n');
    }
    return mw_str_ok(&s) ? mw_arena_copy(j->work, mw_sv(mw_str_z(&s))) : MW_SV_NONE;
}

static enum mw_rc read_profile(struct job *j)
{
    struct mw_list words = { NULL, 0, 0 };
    struct mw_query q = { .plain = whole_text(j) };
    enum mw_rc rc = q.plain.p != NULL ? mw_query_words(&words, j->work, j->s->an, q.plain, 1, MW_QUERY_WORDS, j->err) : mw_nomem(j->err);

    if (rc == MW_OK) /* the title says in short what it is about */
        rc = mw_query_words(&words, j->work, j->s->an, j->p->title, TITLE_TIMES - 1, MW_QUERY_WORDS, j->err);
    if (rc == MW_OK)
        rc = mw_telling(&j->groups, j->work, j->s, &words, TERMS_MAX, 1, j->err);
    return rc == MW_OK ? mw_expand(&j->groups, j->work, j->s, &q, j->r, j->err) : rc;
}

static enum mw_rc find_relevance(struct job *j)
{
    struct mw_list scored = { NULL, 0, 0 };
    int64_t last = 0;
    enum mw_rc rc = mw_notice_last(j->s, &last, j->err);

    j->n = (size_t)last + 1;
    j->relevance = mw_arena_array(j->work, j->n, sizeof *j->relevance);
    if (rc == MW_OK && j->relevance == NULL)
        rc = mw_nomem(j->err);
    if (rc == MW_OK && j->groups.n > 0)
        rc = mw_rank_twice(&scored, j->work, j->s, &j->groups, 0, j->err);
    for (size_t i = 0; i < scored.n && rc == MW_OK; i++) {
        const struct mw_scored *one = MW_AT(scored, struct mw_scored, i);
        if (one->notice > 0 && (size_t)one->notice < j->n)
            j->relevance[one->notice] = mw_score_of(one);
        j->best = mw_score_of(one) > j->best ? mw_score_of(one) : j->best;
    }
    return rc;
}

/* --- who may apply ---------------------------------------------------------------------------------------------------------- */

static enum mw_rc judge(struct job *j, struct mw_list *out, int64_t id)
{
    struct mw_stored n;
    struct mw_match m = { .hit = { .id = id } };
    struct mw_hearing how = { j->opts->today, j->opts->lang, j->best > 0 ? (int)(j->relevance[id] * 100 / j->best) : -1, false };
    const struct mw_fact *why = NULL;
    enum mw_rc rc = mw_notice_head(&n, j->a, j->s, id, j->err);

    if (rc == MW_OK)
        rc = mw_facts_get(&n.facts, j->a, j->s, id, j->err);
    if (rc == MW_OK)
        rc = mw_rules_hear(&m.verdict, j->a, j->r, &j->brief, &n.notice, &n.facts, &how, j->err);
    if (rc != MW_OK || (m.verdict.answer == MW_A_NO && !j->opts->all))
        return rc;
    m.hit = (struct mw_hit){ .id = id, .url = n.notice.url, .title = n.notice.title, .source = n.notice.source,
                             .snippet = MW_SV_NONE, .score_milli = (int64_t)(j->relevance[id] * 1000 + 0.5) };
    m.facts = n.facts;
    m.hit.status = mw_status_on(&n.notice, &n.facts, j->opts->today, &why, &m.hit.deadline);
    struct mw_match *slot = mw_list_add(j->work, out, sizeof *slot);
    if (slot == NULL)
        return mw_nomem(j->err);
    *slot = m;
    return MW_OK;
}

/* An open question does not make a programme less to the point; one that may not be used is last however well it fits. */
static int by_fit(const void *a, const void *b)
{
    const struct mw_match *x = a, *y = b;
    if ((x->verdict.answer == MW_A_NO) != (y->verdict.answer == MW_A_NO))
        return y->verdict.answer == MW_A_NO ? -1 : 1;
    if (x->hit.score_milli != y->hit.score_milli)
        return x->hit.score_milli > y->hit.score_milli ? -1 : 1;
    if (x->verdict.answer != y->verdict.answer)
        return x->verdict.answer > y->verdict.answer ? -1 : 1;
    return mw_sv_cmp(x->hit.url, y->hit.url);
}

static enum mw_rc run(struct job *j, struct mw_list *out)
{
    struct mw_list all = { NULL, 0, 0 };
    int64_t id = 0;
    enum mw_rc rc = read_profile(j);

    if (rc == MW_OK)
        rc = find_relevance(j);
    if (rc == MW_OK)
        rc = mw_rules_brief(&j->brief, j->work, j->r, j->p, j->err);
    while (rc == MW_OK && (rc = mw_notice_next(j->s, &id, j->err)) == MW_OK)
        rc = judge(j, &all, id);
    if (rc != MW_NOT_FOUND)
        return rc;
    if (all.n > 0)
        qsort(all.items, all.n, sizeof(struct mw_match), by_fit);
    for (size_t i = 0; i < all.n && i < j->opts->limit; i++) {
        struct mw_match *slot = mw_list_add(j->a, out, sizeof *slot);
        if (slot == NULL)
            return mw_nomem(j->err);
        *slot = *MW_AT(all, struct mw_match, i);
    }
    return MW_OK;
}

enum mw_rc mw_match(struct mw_list *out, struct mw_arena *a, struct mw_store *s, struct mw_rules *r, const struct mw_profile *p,
                    const struct mw_match_opts *opts, struct mw_err *err)
{
    struct job j = { .a = a, .work = mw_arena_new(), .s = s, .r = r, .p = p, .opts = opts, .err = err };
    enum mw_rc rc = j.work != NULL ? mw_read_begin(s, err) : mw_nomem(err);

    if (rc == MW_OK) {
        rc = run(&j, out);
        mw_read_end(s);
    }
    mw_arena_free(j.work);
    return rc;
}
