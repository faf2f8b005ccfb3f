/* From groups of terms to scores.
 *
 * A word of the query is a group: the ways it may be said in a text (its own form, the parts of a compound, a corrected
 * spelling, a synonym). In a group the best way counts, groups add up. A term is worth impact x idf; the impact is stored
 * (builder.c), idf = ln(1 + (N - n + 0.5) / (n + 0.5)) is taken from the documents that live now. */
#include "index/query.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double PART_WEIGHT = 0.3; /* of a compound's parts beside the whole: measured flat between .15 and .7 */

/* --- what a word means ---------------------------------------------------------------------------------------------------- */

static struct mw_way *add_way(struct mw_group *g, struct mw_arena *a, enum mw_reading_kind kind, struct mw_sv shown, double weight)
{
    struct mw_way *way = mw_list_add(a, &g->ways, sizeof *way);
    if (way != NULL)
        *way = (struct mw_way){ .kind = kind, .shown = shown, .need = 1, .weight = weight };
    return way;
}

static bool add_term(struct mw_way *way, struct mw_arena *a, struct mw_sv form, double weight)
{
    struct mw_term *t = way != NULL ? mw_list_add(a, &way->terms, sizeof *t) : NULL;
    if (t != NULL)
        *t = (struct mw_term){ .form = form, .weight = weight };
    return t != NULL;
}

enum mw_rc mw_group_of_word(struct mw_list *groups, struct mw_arena *a, const struct mw_query_word *w, struct mw_err *err)
{
    struct mw_group *g = mw_list_add(a, groups, sizeof *g);
    bool ok = g != NULL;

    if (ok) {
        *g = (struct mw_group){ .typed = w->typed, .weight = 1 + log(w->times) };
        struct mw_way *way = add_way(g, a, MW_R_WORD, w->typed, 1);
        ok = add_term(way, a, w->form, 1);
        for (size_t i = 0; i < w->parts.n && ok; i++)
            ok = add_term(way, a, *MW_AT(w->parts, struct mw_sv, i), PART_WEIGHT);
        if (ok && w->english.p != NULL)
            ok = add_term(add_way(g, a, MW_R_WORD, w->typed, 1), a, w->english, 1);
    }
    return ok ? MW_OK : mw_nomem(err);
}

/* --- scores --------------------------------------------------------------------------------------------------------------- */

struct board { /* by document number */
    const struct mw_docs *docs;
    double *score, *cover;        /* over all groups */
    double *group, *group_cover;  /* the best way of this group so far */
    double *way, *way_cover;      /* this way so far */
    unsigned *terms;              /* terms of this way found */
    uint32_t *touched, *way_touched;
    size_t touched_n, way_touched_n;
    unsigned char *impact;        /* of one term */
    uint32_t *holders;
    size_t holders_n;
};

static void collect(void *ctx, struct mw_posting p)
{
    struct board *b = ctx;
    while (mw_posting_next(&p))
        if (p.doc < b->docs->end && b->docs->notice[p.doc] != 0 && b->impact[p.doc] == 0) {
            b->impact[p.doc] = p.impact;
            b->holders[b->holders_n++] = p.doc;
        }
}

static double idf(const struct mw_docs *docs, int64_t n)
{
    double all = (double)docs->living, with = (double)n;
    return log(1 + (all - with + 0.5) / (with + 0.5));
}

static void add_term_scores(struct board *b, const struct mw_term *t, double way_weight)
{
    for (size_t i = 0; i < b->holders_n; i++) {
        uint32_t doc = b->holders[i];
        if (b->terms[doc]++ == 0)
            b->way_touched[b->way_touched_n++] = doc;
        b->way[doc] += way_weight * t->weight * t->idf * b->impact[doc] / MW_IMPACT_MAX;
        b->way_cover[doc] += way_weight * t->weight * t->idf;
        b->impact[doc] = 0;
    }
}

static void end_way(struct board *b, size_t need)
{
    for (size_t i = 0; i < b->way_touched_n; i++) {
        uint32_t doc = b->way_touched[i];
        if (b->terms[doc] >= need) {
            if (b->group[doc] <= 0 && b->way[doc] > 0)
                b->touched[b->touched_n++] = doc;
            if (b->way[doc] > b->group[doc]) {
                b->group[doc] = b->way[doc];
                b->group_cover[doc] = b->way_cover[doc];
            }
        }
        b->way[doc] = b->way_cover[doc] = 0;
        b->terms[doc] = 0;
    }
    b->way_touched_n = 0;
}

static enum mw_rc score_way(struct board *b, struct mw_store *s, struct mw_way *way, double *full, struct mw_err *err)
{
    enum mw_rc rc = MW_OK;
    double most = 0;

    for (size_t i = 0; i < way->terms.n && rc == MW_OK; i++) {
        struct mw_term *t = MW_AT(way->terms, struct mw_term, i);
        b->holders_n = 0;
        rc = mw_postings(s, t->form, collect, b, err);
        t->notices = (int64_t)b->holders_n;
        t->idf = idf(b->docs, t->notices);
        most += way->weight * t->weight * t->idf;
        add_term_scores(b, t, way->weight);
    }
    end_way(b, way->need);
    if (most > *full)
        *full = most;
    return rc;
}

static enum mw_rc score_group(struct board *b, struct mw_store *s, struct mw_group *g, double *weight, struct mw_err *err)
{
    enum mw_rc rc = MW_OK;
    double full = 0;

    for (size_t i = 0; i < g->ways.n && rc == MW_OK; i++)
        rc = score_way(b, s, MW_AT(g->ways, struct mw_way, i), &full, err);
    for (size_t i = 0; i < b->touched_n; i++) {
        uint32_t doc = b->touched[i];
        b->score[doc] += g->weight * b->group[doc];
        b->cover[doc] += g->weight * b->group_cover[doc];
        b->group[doc] = b->group_cover[doc] = 0;
    }
    b->touched_n = 0;
    *weight += g->weight * full;
    return rc;
}

static bool make_board(struct board *b, struct mw_arena *a, const struct mw_docs *docs)
{
    size_t n = docs->end;
    double *d = mw_arena_array(a, n, 6 * sizeof *d);
    uint32_t *u = mw_arena_array(a, n, 4 * sizeof *u);

    *b = (struct board){ .docs = docs, .impact = mw_arena_array(a, n, 1) };
    if (d == NULL || u == NULL || b->impact == NULL)
        return false;
    b->score = d;
    b->cover = d + n;
    b->group = d + 2 * n;
    b->group_cover = d + 3 * n;
    b->way = d + 4 * n;
    b->way_cover = d + 5 * n;
    b->terms = u;
    b->touched = u + n;
    b->way_touched = u + 2 * n;
    b->holders = u + 3 * n;
    return true;
}

enum mw_rc mw_rank(struct mw_list *out, struct mw_arena *a, struct mw_store *s, struct mw_list *groups, struct mw_err *err)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *work = mw_arena_new();
    const struct mw_docs *docs = NULL;
    struct board b;
    double weight = 0;
    enum mw_rc rc = mw_docs(&docs, s, err);

    if (rc == MW_OK && (work == NULL || !make_board(&b, work, docs)))
        rc = mw_nomem(err);
    for (size_t i = 0; i < groups->n && rc == MW_OK; i++)
        rc = score_group(&b, s, MW_AT(*groups, struct mw_group, i), &weight, err);
    for (uint32_t doc = 0; rc == MW_OK && doc < docs->end; doc++) {
        if (b.score[doc] <= 0)
            continue;
        struct mw_scored *one = mw_list_add(a, out, sizeof *one);
        if (one == NULL)
            return mw_nomem(err);
        *one = (struct mw_scored){ doc, docs->notice[doc], b.score[doc], b.cover[doc] / weight };
    }
    return rc;
}

struct counter {
    const struct mw_docs *docs;
    int64_t n;
};

static void count(void *ctx, struct mw_posting p)
{
    struct counter *c = ctx;
    while (mw_posting_next(&p))
        c->n += p.doc < c->docs->end && c->docs->notice[p.doc] != 0;
}

enum mw_rc mw_term_notices(struct mw_store *s, struct mw_sv form, int64_t *n, struct mw_err *err)
{
    struct counter c = { NULL, 0 };
    enum mw_rc rc = mw_docs(&c.docs, s, err);

    if (rc == MW_OK)
        rc = mw_postings(s, form, count, &c, err);
    *n = c.n;
    return rc;
}
