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
static const double PART_COVER = 0.6;  /* all parts without the whole: so much of the word is found */

/* --- what a word means ---------------------------------------------------------------------------------------------------- */

static struct mw_way *add_way(struct mw_group *g, struct mw_arena *a, enum mw_reading_kind kind, struct mw_sv shown, double weight)
{
    struct mw_way *way = mw_list_add(a, &g->ways, sizeof *way);
    if (way != NULL)
        *way = (struct mw_way){ .kind = kind, .shown = shown, .match = MW_SV_NONE, .weight = weight };
    return way;
}

static bool add_term(struct mw_way *way, struct mw_arena *a, struct mw_sv form, double weight)
{
    struct mw_term *t = way != NULL ? mw_list_add(a, &way->terms, sizeof *t) : NULL;
    if (t != NULL)
        *t = (struct mw_term){ .form = form, .weight = weight };
    return t != NULL;
}

enum mw_rc mw_group_add(struct mw_list *groups, struct mw_arena *a, const struct mw_query_word *w, struct mw_err *err)
{
    struct mw_group *g = mw_list_add(a, groups, sizeof *g);
    bool ok = g != NULL;

    if (ok) {
        *g = (struct mw_group){ .typed = w->typed, .begin = w->begin, .end = w->end, .weight = 1 + log(w->times) };
        struct mw_way *way = add_way(g, a, MW_R_WORD, w->typed, 1);
        ok = add_term(way, a, w->form, 1);
        for (size_t i = 0; i < w->parts.n && ok; i++)
            ok = add_term(way, a, *MW_AT(w->parts, struct mw_sv, i), PART_WEIGHT);
        if (ok && w->english.p != NULL)
            ok = add_term(add_way(g, a, MW_R_WORD, w->typed, 1), a, w->english, 1);
        if (ok && w->umlaut.p != NULL)
            ok = add_term(add_way(g, a, MW_R_WORD, w->typed, 1), a, w->umlaut, 1);
    }
    return ok ? MW_OK : mw_nomem(err);
}

enum mw_rc mw_way_add(struct mw_group *g, struct mw_arena *a, enum mw_reading_kind kind, struct mw_sv shown,
                      const struct mw_list *forms, double weight, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str match = MW_STR_INIT;
    struct mw_way *way = add_way(g, a, kind, shown, weight);
    bool ok = way != NULL;

    for (size_t i = 0; i < forms->n && ok; i++)
        ok = add_term(way, a, *MW_AT(*forms, struct mw_sv, i), 1 / (double)forms->n);
    if (ok && forms->n > 1) {
        mw_forms_match(&match, forms);
        way->match = mw_arena_copy(a, mw_str_sv(&match));
        ok = mw_str_ok(&match) && way->match.p != NULL;
    }
    return ok ? MW_OK : mw_nomem(err);
}

/* --- scores --------------------------------------------------------------------------------------------------------------- */

struct board { /* by document number */
    const struct mw_docs *docs;
    double *score, *cover;        /* over all groups */
    double *group, *group_cover;  /* the best way of this group so far */
    double *way, *way_cover;      /* this way so far */
    uint32_t *terms;              /* terms of this way found */
    uint32_t *touched, *way_touched;
    size_t touched_n, way_touched_n;
    unsigned char *impact;        /* of one term */
    uint32_t *holders;
    size_t holders_n;
    struct mw_list together;      /* int64_t: notices in which the way's words stand together, ascending */
    struct trace *trace;          /* NULL: nobody asks what the points were for */
};
/* Only some documents are scored, and every gain is written down. */
struct trace {
    struct mw_arena *a;
    struct mw_list *out;          /* struct mw_gain */
    size_t group_begin;           /* of out: gains of this group, of ways that lost too */
    uint32_t *which;              /* by document number: 1 + its place among those asked for; 0: not asked for */
    const struct mw_group *group;
    const struct mw_way *way;
    const struct mw_way **best;   /* by place: the way that counts in this group */
    bool failed;
};

static void collect(void *ctx, struct mw_posting p)
{
    struct board *b = ctx;
    while (mw_posting_next(&p))
        if (p.doc < b->docs->end && b->docs->notice[p.doc] != 0 && p.impact > 0 && b->impact[p.doc] == 0 &&
            (b->trace == NULL || b->trace->which[p.doc] != 0)) {
            b->impact[p.doc] = p.impact;
            b->holders[b->holders_n++] = p.doc;
        }
}

double mw_idf(int64_t all, int64_t with)
{
    return log1p(((double)(all - with) + 0.5) / ((double)with + 0.5));
}

static void note_gain(struct trace *t, uint32_t doc, const struct mw_term *term, double gain)
{
    struct mw_gain *slot = mw_list_add(t->a, t->out, sizeof *slot);
    if (slot != NULL)
        *slot = (struct mw_gain){ t->which[doc] - 1, t->group, t->way, term, t->group->weight * t->way->weight * gain };
    t->failed = t->failed || slot == NULL;
}

static void add_term_scores(struct board *b, const struct mw_term *t, double share)
{
    for (size_t i = 0; i < b->holders_n; i++) {
        uint32_t doc = b->holders[i];
        if (b->terms[doc]++ == 0)
            b->way_touched[b->way_touched_n++] = doc;
        double gain = t->weight * t->idf * b->impact[doc] / MW_IMPACT_MAX;
        b->way[doc] += gain;
        if (b->trace != NULL)
            note_gain(b->trace, doc, t, gain);
        b->way_cover[doc] += share;
        b->impact[doc] = 0;
    }
}

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static bool stands_together(const struct board *b, const struct mw_way *way, uint32_t doc)
{
    if (way->match.p == NULL)
        return true;
    return b->together.n > 0 &&
           bsearch(&b->docs->notice[doc], b->together.items, b->together.n, sizeof(int64_t), by_id) != NULL;
}

/* The way is complete: where it is the best of its group, it stays. */
static void end_way(struct board *b, const struct mw_way *way)
{
    for (size_t i = 0; i < b->way_touched_n; i++) {
        uint32_t doc = b->way_touched[i];
        double score = way->weight * b->way[doc], cover = way->weight * (b->way_cover[doc] < 1 ? b->way_cover[doc] : 1);
        if (score > b->group[doc] && stands_together(b, way, doc)) {
            if (b->group[doc] <= 0)
                b->touched[b->touched_n++] = doc;
            b->group[doc] = score;
            b->group_cover[doc] = cover;
            if (b->trace != NULL)
                b->trace->best[b->trace->which[doc] - 1] = way;
        }
        b->way[doc] = b->way_cover[doc] = 0;
        b->terms[doc] = 0;
    }
    b->way_touched_n = 0;
}

static enum mw_rc look_up(struct board *b, struct mw_store *s, struct mw_term *t, struct mw_err *err)
{
    b->holders_n = 0;
    enum mw_rc rc = mw_postings(s, t->form, collect, b, err);
    return rc;
}

/* What finding this way whole would be worth; 0: nothing of it is known. */
static double known_weight(const struct mw_way *way)
{
    const struct mw_term *t = way->terms.items;
    double sum = 0;

    if (t[0].notices > 0 && way->kind == MW_R_WORD)
        return t[0].idf;
    for (size_t i = 0; i < way->terms.n; i++)
        sum += t[i].notices > 0 ? t[i].idf : 0;
    return way->kind == MW_R_WORD ? sum : way->weight * sum / (double)way->terms.n;
}

/* Parts are known by idf only when all have been looked up: so a first pass counts, a second scores. A synonym is never
 * worth more than the typed word (most; 0: nobody uses that), however rare it is. */
static enum mw_rc score_way(struct board *b, struct mw_arena *a, struct mw_store *s, struct mw_way *way, double most,
                            struct mw_err *err)
{
    struct mw_term *t = way->terms.items;
    double parts = 0;
    enum mw_rc rc = MW_OK;

    if (b->trace != NULL)
        b->trace->way = way;
    b->together.n = 0;
    if (way->match.p != NULL)
        rc = mw_sections_match(&b->together, a, s, way->match, err);
    for (size_t i = 0; i < way->terms.n && rc == MW_OK; i++) {
        rc = mw_term_notices(s, t[i].form, &t[i].notices, err);
        t[i].idf = mw_idf(b->docs->living, t[i].notices);
        if (way->kind == MW_R_SYNONYM && most > 0 && t[i].idf > most)
            t[i].idf = most;
        parts += i > 0 ? t[i].idf : 0;
    }
    for (size_t i = 0; i < way->terms.n && rc == MW_OK; i++) {
        bool whole = i == 0 && way->kind == MW_R_WORD;
        rc = look_up(b, s, &t[i], err);
        if (rc == MW_OK)
            add_term_scores(b, &t[i], whole ? 1 : way->kind == MW_R_WORD ? PART_COVER * t[i].idf / parts : 1 / (double)way->terms.n);
    }
    end_way(b, way);
    return rc;
}

static enum mw_rc score_group(struct board *b, struct mw_arena *a, struct mw_store *s, struct mw_group *g, double *weight,
                              struct mw_err *err)
{
    enum mw_rc rc = MW_OK;
    double typed = 0, other = 0;

    for (size_t i = 0; i < g->ways.n && rc == MW_OK; i++) {
        struct mw_way *way = MW_AT(g->ways, struct mw_way, i);
        rc = score_way(b, a, s, way, typed, err);
        double *most = way->kind == MW_R_WORD ? &typed : &other;
        double known = known_weight(way);
        *most = known > *most ? known : *most;
    }
    double full = typed > 0 ? typed : other > 0 ? other : mw_idf(b->docs->living, 0);
    for (size_t i = 0; i < b->touched_n; i++) {
        uint32_t doc = b->touched[i];
        b->score[doc] += g->weight * b->group[doc];
        b->cover[doc] += g->weight * full * b->group_cover[doc];
        b->group[doc] = b->group_cover[doc] = 0;
    }
    b->touched_n = 0;
    if (g->typed.p != NULL) /* what feedback.c added can make up for a typed word, but nobody misses it */
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
        rc = score_group(&b, work, s, MW_AT(*groups, struct mw_group, i), &weight, err);
    for (uint32_t doc = 0; rc == MW_OK && doc < docs->end; doc++) {
        if (b.score[doc] <= 0)
            continue;
        struct mw_scored *one = mw_list_add(a, out, sizeof *one);
        if (one == NULL)
            return mw_nomem(err);
        double cover = weight > 0 ? b.cover[doc] / weight : 1;
        *one = (struct mw_scored){ doc, docs->notice[doc], b.score[doc], cover < 1 ? cover : 1 };
    }
    return rc;
}

/* Of what was written down for this group only the ways that counted stay. */
static void keep_best(struct trace *t, size_t n)
{
    size_t kept = t->group_begin;
    for (size_t i = t->group_begin; i < t->out->n; i++) {
        const struct mw_gain *g = MW_AT(*t->out, struct mw_gain, i);
        if (t->best[g->which] == g->way)
            *MW_AT(*t->out, struct mw_gain, kept++) = *g;
    }
    t->out->n = t->group_begin = kept;
    memset(t->best, 0, n * sizeof(struct mw_way *));
}

enum mw_rc mw_rank_gains(struct mw_list *out, struct mw_arena *a, struct mw_store *s, struct mw_list *groups, const uint32_t *docs,
                         size_t n, struct mw_err *err)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *work = mw_arena_new();
    struct trace trace = { .a = a, .out = out, .group_begin = out->n };
    const struct mw_docs *all = NULL;
    struct board b;
    double weight = 0;
    enum mw_rc rc = mw_docs(&all, s, err);

    if (rc == MW_OK && (work == NULL || !make_board(&b, work, all) ||
                        (trace.which = mw_arena_array(work, all->end, sizeof *trace.which)) == NULL ||
                        (trace.best = mw_arena_array(work, n + 1, sizeof(struct mw_way *))) == NULL))
        rc = mw_nomem(err);
    for (size_t i = 0; i < n && rc == MW_OK; i++)
        if (docs[i] < all->end)
            trace.which[docs[i]] = (uint32_t)i + 1;
    for (size_t i = 0; i < groups->n && rc == MW_OK; i++) {
        trace.group = MW_AT(*groups, struct mw_group, i);
        b.trace = &trace;
        rc = score_group(&b, work, s, MW_AT(*groups, struct mw_group, i), &weight, err);
        keep_best(&trace, n);
    }
    return rc == MW_OK && trace.failed ? mw_nomem(err) : rc;
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
