/* Search: parse, rank, sift, and fill in what is shown. */
#include "index/query.h"

#include <stdlib.h>
#include <string.h>

struct search {
    struct mw_arena *a, *work; /* what the caller keeps; what ends with this search */
    struct mw_store *s;
    const struct mw_search_opts *opts;
    struct mw_query q;
    struct mw_list groups;     /* struct mw_group */
    struct mw_sieve sieve;
    struct mw_list found;      /* struct candidate */
    struct mw_err *err;
};
struct candidate {
    int64_t notice;
    double score;
    enum mw_status status;
    struct mw_day deadline;
    bool dated;                /* status and deadline are known */
};
/* A hit must hold this share of what the query is about, else it is noise: little of one word (then the others are its
 * parts) or of a whole paragraph, more of a few words, of which the one that is missing may be the one that matters. */
static const double COVER_FEW = 0.25;
static const double COVER_ELSE = 0.05;
enum { FEW_FROM = 3, FEW_TO = 4 };
/* --- what is looked for ---------------------------------------------------------------------------------------------------- */

static enum mw_rc make_groups(struct search *j)
{
    enum mw_rc rc = MW_OK;
    bool content = false;

    for (size_t i = 0; i < j->q.words.n; i++) {
        const struct mw_query_word *w = MW_AT(j->q.words, struct mw_query_word, i);
        content = content || (!w->stop && !w->exclude);
    }
    for (size_t i = 0; i < j->q.words.n && rc == MW_OK; i++) {
        const struct mw_query_word *w = MW_AT(j->q.words, struct mw_query_word, i);
        if (!w->exclude && (!content || !w->stop))
            rc = mw_group_add(&j->groups, j->work, w, j->err);
    }
    if (rc == MW_OK && !j->opts->literal)
        rc = mw_expand(&j->groups, j->work, j->s, &j->q, j->opts->rules, j->err);
    return rc;
}

/* --- candidates ------------------------------------------------------------------------------------------------------------ */

static enum mw_rc add_candidate(struct search *j, int64_t notice, double score)
{
    struct candidate c = { .notice = notice, .score = score, .deadline = MW_DAY_NONE };

    if (!mw_sieve_passes(&j->sieve, notice))
        return MW_OK;
    if (mw_filters_need_day(&j->q)) {
        MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
        enum mw_rc rc = a != NULL ? mw_status_of(&c.status, &c.deadline, a, j->s, notice, j->opts->today, j->err) : mw_nomem(j->err);
        if (rc != MW_OK)
            return rc;
        c.dated = true;
        if (!mw_filters_hold(&j->q, c.status, c.deadline))
            return MW_OK;
    }
    struct candidate *slot = mw_list_add(j->work, &j->found, sizeof *slot);
    if (slot == NULL)
        return mw_nomem(j->err);
    *slot = c;
    return MW_OK;
}

static enum mw_rc by_words(struct search *j)
{
    struct mw_list scored = { NULL, 0, 0 };
    double least = j->groups.n >= FEW_FROM && j->groups.n <= FEW_TO ? COVER_FEW : COVER_ELSE;
    enum mw_rc rc = j->opts->literal ? mw_rank(&scored, j->work, j->s, &j->groups, j->err)
                                     : mw_rank_twice(&scored, j->work, j->s, &j->groups, least, j->err);

    for (size_t i = 0; i < scored.n && rc == MW_OK; i++) {
        const struct mw_scored *one = MW_AT(scored, struct mw_scored, i);
        if (one->cover >= least)
            rc = add_candidate(j, one->notice, mw_score_of(one));
    }
    return rc;
}

/* Without words everything that passes is listed. */
static enum mw_rc by_filters(struct search *j)
{
    const struct mw_docs *docs = NULL;
    enum mw_rc rc = mw_docs(&docs, j->s, j->err);

    for (uint32_t doc = 0; rc == MW_OK && doc < docs->end; doc++)
        if (docs->notice[doc] != 0)
            rc = add_candidate(j, docs->notice[doc], 0);
    return rc;
}

static int by_rank(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    int day = mw_day_cmp(x->deadline, y->deadline);
    return day != 0 ? day : (x->notice > y->notice) - (x->notice < y->notice);
}

/* --- what is shown ----------------------------------------------------------------------------------------------------------- */

static enum mw_rc fill(struct search *j, struct mw_hit *hit, const struct candidate *c)
{
    struct mw_stored head;
    enum mw_rc rc = mw_notice_head(&head, j->a, j->s, c->notice, j->err);

    if (rc != MW_OK)
        return rc;
    *hit = (struct mw_hit){ .id = c->notice, .url = head.notice.url, .title = head.notice.title, .source = head.notice.source,
                            .score_milli = (int64_t)(c->score * 1000 + 0.5), .status = c->status, .deadline = c->deadline };
    if (!c->dated)
        rc = mw_status_of(&hit->status, &hit->deadline, j->work, j->s, c->notice, j->opts->today, j->err);
    return rc == MW_OK ? mw_snippet(&hit->snippet, j->a, j->s, c->notice, &j->groups, j->err) : rc;
}

static enum mw_rc show(struct search *j, struct mw_hits *out)
{
    struct candidate *all = j->found.items;
    enum mw_rc rc = MW_OK;

    out->total = (int64_t)j->found.n;
    if (j->found.n > 0)
        qsort(all, j->found.n, sizeof *all, by_rank);
    for (size_t i = j->opts->offset; i < j->found.n && out->hits.n < j->opts->limit && rc == MW_OK; i++) {
        struct mw_hit hit = { 0 };
        rc = fill(j, &hit, &all[i]);
        struct mw_hit *slot = rc == MW_OK ? mw_list_add(j->a, &out->hits, sizeof *slot) : NULL;
        if (slot != NULL)
            *slot = hit;
        else if (rc == MW_OK)
            rc = mw_nomem(j->err);
    }
    return rc;
}

/* --- how it was understood ---------------------------------------------------------------------------------------------------- */

static bool tell(struct search *j, struct mw_hits *out, struct mw_reading r)
{
    struct mw_reading *slot = mw_list_add(j->a, &out->readings, sizeof *slot);

    if (slot == NULL)
        return false;
    r.text = mw_arena_copy(j->a, r.text);
    r.of = r.of.p != NULL ? mw_arena_copy(j->a, r.of) : MW_SV_NONE;
    *slot = r;
    return r.text.p != NULL;
}

static int64_t notices_of(const struct mw_way *way)
{
    int64_t n = INT64_MAX;
    for (size_t i = 0; i < (way->kind == MW_R_WORD ? 1 : way->terms.n); i++) {
        int64_t with = MW_AT(way->terms, struct mw_term, i)->notices;
        n = with < n ? with : n;
    }
    return n;
}

static int percent(const struct mw_group *g, const struct mw_way *way)
{
    return (int)(100 * way->weight * (way->kind == MW_R_RELATED ? g->weight : 1) + 0.5);
}

/* Of a typed word its first way speaks; ways that no notice holds added nothing and are not worth a word. */
static bool tell_group(struct search *j, struct mw_hits *out, const struct mw_group *g)
{
    bool ok = true;
    for (size_t i = 0; i < g->ways.n && ok; i++) {
        const struct mw_way *way = MW_AT(g->ways, struct mw_way, i);
        bool word = way->kind == MW_R_WORD;
        if (i == 0 || (!word && notices_of(way) > 0))
            ok = tell(j, out, (struct mw_reading){ way->kind, way->shown, word ? MW_SV_NONE : g->typed,
                                                   percent(g, way), notices_of(way) });
    }
    return ok;
}

static enum mw_rc tell_all(struct search *j, struct mw_hits *out)
{
    bool ok = true;

    for (size_t i = 0; i < j->groups.n && ok; i++)
        ok = tell_group(j, out, MW_AT(j->groups, struct mw_group, i));
    for (size_t i = 0; i < j->q.words.n && ok; i++) {
        const struct mw_query_word *w = MW_AT(j->q.words, struct mw_query_word, i);
        if (w->exclude)
            ok = tell(j, out, (struct mw_reading){ MW_R_EXCLUDED, w->typed, MW_SV_NONE, 100, 0 });
    }
    for (size_t i = 0; i < j->q.phrases.n && ok; i++) {
        const struct mw_phrase *p = MW_AT(j->q.phrases, struct mw_phrase, i);
        ok = tell(j, out, (struct mw_reading){ p->exclude ? MW_R_EXCLUDED : MW_R_PHRASE, p->text, MW_SV_NONE, 100, 0 });
    }
    for (size_t i = 0; i < j->q.filters.n && ok; i++)
        ok = tell(j, out, (struct mw_reading){ MW_R_FILTER, MW_AT(j->q.filters, struct mw_filter, i)->text, MW_SV_NONE, 100, 0 });
    return ok ? MW_OK : mw_nomem(j->err);
}

static enum mw_rc run(struct search *j, struct mw_hits *out, struct mw_sv query)
{
    enum mw_rc rc = mw_query_parse(&j->q, j->work, j->s->an, query, j->err);

    if (rc == MW_OK)
        rc = make_groups(j);
    if (rc == MW_OK)
        rc = mw_sieve_make(&j->sieve, j->work, j->s, &j->q, j->err);
    if (rc == MW_OK && j->groups.n > 0)
        rc = by_words(j);
    else if (rc == MW_OK && (j->q.blank || j->q.filters.n > 0 || j->q.words.n > 0))
        rc = by_filters(j);
    if (rc == MW_OK)
        rc = tell_all(j, out);
    return rc == MW_OK ? show(j, out) : rc;
}

enum mw_rc mw_search(struct mw_hits *out, struct mw_arena *a, struct mw_store *s, struct mw_sv query,
                     const struct mw_search_opts *opts, struct mw_err *err)
{
    struct search j = { .a = a, .work = mw_arena_new(), .s = s, .opts = opts, .err = err };
    enum mw_rc rc = j.work != NULL ? mw_read_begin(s, err) : mw_nomem(err);

    *out = (struct mw_hits){ .total = 0 };
    if (rc == MW_OK) {
        rc = run(&j, out, query);
        mw_read_end(s);
    }
    mw_arena_free(j.work);
    return rc;
}
