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

struct cell { /* of a document over all groups; all zero between two rankings */
    double score, cover;
};
struct part { /* of a document in the group being scored; all zero between two groups */
    double group, group_cover; /* the best way so far */
    double way, way_cover;     /* this way so far */
    uint32_t terms;            /* of this way, found */
};
/* Kept with the store: making it anew for a million documents would take longer than a search. */
struct mw_board {
    const struct mw_docs *docs;
    struct cell *cells;        /* by document number */
    struct part *parts;        /* likewise */
    uint32_t *all, *touched, *way_touched; /* documents whose score, group and way are not zero */
    size_t all_n, touched_n, way_touched_n;
    uint32_t cap;              /* documents there is room for */
    struct mw_list together;   /* int64_t: notices in which the way's words stand together, ascending */
    struct trace *trace;       /* NULL: nobody asks what the points were for */
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

static void add_term_scores(struct mw_board *b, const struct mw_term *t, const struct mw_living *l, double share)
{
    double worth = t->weight * t->idf / MW_IMPACT_MAX;

    for (uint32_t i = 0; i < l->n; i++) {
        uint32_t doc = l->doc[i];
        if (b->trace != NULL && b->trace->which[doc] == 0)
            continue;
        struct part *c = &b->parts[doc];
        if (c->terms++ == 0)
            b->way_touched[b->way_touched_n++] = doc;
        c->way += worth * l->impact[i];
        c->way_cover += share;
        if (b->trace != NULL)
            note_gain(b->trace, doc, t, worth * l->impact[i]);
    }
}

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static bool stands_together(const struct mw_board *b, const struct mw_way *way, uint32_t doc)
{
    if (way->match.p == NULL)
        return true;
    return b->together.n > 0 &&
           bsearch(&b->docs->notice[doc], b->together.items, b->together.n, sizeof(int64_t), by_id) != NULL;
}

/* The way is complete: where it is the best of its group, it stays. */
static void end_way(struct mw_board *b, const struct mw_way *way)
{
    for (size_t i = 0; i < b->way_touched_n; i++) {
        uint32_t doc = b->way_touched[i];
        struct part *c = &b->parts[doc];
        double score = way->weight * c->way, cover = way->weight * (c->way_cover < 1 ? c->way_cover : 1);
        if (score > c->group && stands_together(b, way, doc)) {
            if (c->group <= 0)
                b->touched[b->touched_n++] = doc;
            c->group = score;
            c->group_cover = cover;
            if (b->trace != NULL)
                b->trace->best[b->trace->which[doc] - 1] = way;
        }
        c->way = c->way_cover = 0;
        c->terms = 0;
    }
    b->way_touched_n = 0;
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

/* How rare the way's terms are. A synonym is never worth more than the typed word (most; 0: nobody uses that), however
 * rare it is. */
static enum mw_rc look_up(struct mw_board *b, struct mw_store *s, struct mw_way *way, double most, struct mw_err *err)
{
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < way->terms.n && rc == MW_OK; i++) {
        struct mw_term *t = MW_AT(way->terms, struct mw_term, i);
        const struct mw_living *l = NULL;
        rc = mw_living(&l, s, b->docs, t->form, err);
        t->notices = l != NULL ? l->n : 0;
        t->idf = mw_idf(b->docs->living, t->notices);
        if (way->kind == MW_R_SYNONYM && most > 0 && t->idf > most)
            t->idf = most;
    }
    return rc;
}

/* Of a way that has been looked up. */
static enum mw_rc score_way(struct mw_board *b, struct mw_arena *a, struct mw_store *s, struct mw_way *way, struct mw_err *err)
{
    struct mw_term *t = way->terms.items;
    double parts = 0;
    enum mw_rc rc = MW_OK;

    if (b->trace != NULL)
        b->trace->way = way;
    b->together.n = 0;
    if (way->match.p != NULL)
        rc = mw_sections_match(&b->together, a, s, way->match, err);
    for (size_t i = 1; i < way->terms.n; i++)
        parts += t[i].idf;
    for (size_t i = 0; i < way->terms.n && rc == MW_OK; i++) {
        bool whole = i == 0 && way->kind == MW_R_WORD;
        double share = whole ? 1 : way->kind == MW_R_WORD ? PART_COVER * t[i].idf / parts : 1 / (double)way->terms.n;
        const struct mw_living *l = NULL;
        rc = mw_living(&l, s, b->docs, t[i].form, err);
        if (rc == MW_OK)
            add_term_scores(b, &t[i], l, share);
    }
    end_way(b, way);
    return rc;
}

/* Most groups are one term: what it gives goes straight to the document. The same numbers come out. */
static enum mw_rc score_single(struct mw_board *b, struct mw_store *s, const struct mw_group *g, const struct mw_way *way,
                               struct mw_err *err)
{
    const struct mw_term *t = way->terms.items;
    const struct mw_living *l = NULL;
    double worth = t->weight * t->idf / MW_IMPACT_MAX, cover = g->weight * g->full * way->weight, points[MW_IMPACT_MAX + 1];
    enum mw_rc rc = mw_living(&l, s, b->docs, t->form, err);

    for (int i = 0; i <= MW_IMPACT_MAX; i++)
        points[i] = g->weight * (way->weight * (worth * i));
    for (uint32_t i = 0; rc == MW_OK && i < l->n; i++) {
        struct cell *c = &b->cells[l->doc[i]];
        if (c->score <= 0)
            b->all[b->all_n++] = l->doc[i];
        c->score += points[l->impact[i]];
        c->cover += cover;
    }
    return rc;
}

static enum mw_rc score_group(struct mw_board *b, struct mw_arena *a, struct mw_store *s, struct mw_group *g, struct mw_err *err)
{
    const struct mw_way *first = g->ways.items;
    bool single = g->ways.n == 1 && first->terms.n == 1 && first->match.p == NULL && b->trace == NULL;
    enum mw_rc rc = MW_OK;
    double typed = 0, other = 0;

    for (size_t i = 0; i < g->ways.n && rc == MW_OK; i++) {
        struct mw_way *way = MW_AT(g->ways, struct mw_way, i);
        rc = look_up(b, s, way, typed, err);
        double *most = way->kind == MW_R_WORD ? &typed : &other;
        double known = known_weight(way);
        *most = known > *most ? known : *most;
        if (rc == MW_OK && !single)
            rc = score_way(b, a, s, way, err);
    }
    g->full = typed > 0 ? typed : other > 0 ? other : mw_idf(b->docs->living, 0);
    if (rc == MW_OK && single)
        return score_single(b, s, g, first, err);
    for (size_t i = 0; i < b->touched_n; i++) {
        uint32_t doc = b->touched[i];
        struct cell *c = &b->cells[doc];
        struct part *p = &b->parts[doc];
        if (c->score <= 0)
            b->all[b->all_n++] = doc;
        c->score += g->weight * p->group;
        c->cover += g->weight * g->full * p->group_cover;
        p->group = p->group_cover = 0;
    }
    b->touched_n = 0;
    return rc;
}

/* --- the board ------------------------------------------------------------------------------------------------------------ */

void mw_board_free(struct mw_board *b)
{
    if (b == NULL)
        return;
    free(b->cells);
    free(b->parts);
    free(b->all);
    free(b);
}

/* The store's board, empty and large enough. */
static enum mw_rc get_board(struct mw_board **out, struct mw_store *s, struct mw_err *err)
{
    const struct mw_docs *docs = NULL;
    enum mw_rc rc = mw_docs(&docs, s, err);

    if (rc == MW_OK && (s->board == NULL || s->board->cap < docs->end)) {
        uint32_t cap = docs->end + docs->end / 8;
        mw_board_free(s->board);
        struct mw_board *b = s->board = calloc(1, sizeof *b);
        if (b == NULL || (b->cells = calloc(cap, sizeof *b->cells)) == NULL ||
            (b->parts = calloc(cap, sizeof *b->parts)) == NULL || (b->all = calloc(cap, 3 * sizeof *b->all)) == NULL)
            return mw_nomem(err);
        b->touched = b->all + cap;
        b->way_touched = b->all + 2 * (size_t)cap;
        b->cap = cap;
    }
    if (rc == MW_OK) {
        mw_lists_trim(s);
        s->board->docs = docs;
        s->board->trace = NULL;
        s->board->together = (struct mw_list){ NULL, 0, 0 };
    }
    *out = s->board;
    return rc;
}

/* Empty again; after an error, which may have left anything, there is none. */
static void put_board(struct mw_store *s, enum mw_rc rc)
{
    struct mw_board *b = s->board;

    if (rc != MW_OK) {
        mw_board_free(b);
        s->board = NULL;
        return;
    }
    for (size_t i = 0; i < b->all_n; i++)
        b->cells[b->all[i]] = (struct cell){ .score = 0 };
    b->all_n = 0;
}

/* The weight of all typed words: what feedback.c added can make up for one of them, but nobody misses it. */
static double typed_weight(const struct mw_list *groups, size_t n)
{
    double weight = 0;
    for (size_t i = 0; i < n; i++) {
        const struct mw_group *g = MW_AT(*groups, struct mw_group, i);
        weight += g->typed.p != NULL ? g->weight * g->full : 0;
    }
    return weight;
}

static enum mw_rc take_scores(struct mw_list *out, struct mw_arena *a, const struct mw_board *b, double weight, struct mw_err *err)
{
    struct mw_scored *one = mw_arena_array(a, b->all_n + 1, sizeof *one);

    if (one == NULL)
        return mw_nomem(err);
    *out = (struct mw_list){ one, b->all_n, b->all_n + 1 };
    for (size_t i = 0; i < b->all_n; i++) {
        uint32_t doc = b->all[i];
        double cover = weight > 0 ? b->cells[doc].cover / weight : 1;
        one[i] = (struct mw_scored){ doc, b->docs->notice[doc], b->cells[doc].score, cover < 1 ? cover : 1 };
    }
    return MW_OK;
}

enum mw_rc mw_rank(struct mw_list *scored, struct mw_arena *a, struct mw_store *s, struct mw_list *groups, size_t from,
                   struct mw_err *err)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *work = mw_arena_new();
    struct mw_board *b = NULL;
    double before = typed_weight(groups, from);
    enum mw_rc rc = work != NULL ? get_board(&b, s, err) : mw_nomem(err);

    for (size_t i = 0; i < scored->n && rc == MW_OK; i++) {
        const struct mw_scored *one = MW_AT(*scored, struct mw_scored, i);
        b->cells[one->doc].score = one->score;
        b->cells[one->doc].cover = one->cover * before;
        b->all[b->all_n++] = one->doc;
    }
    for (size_t i = from; i < groups->n && rc == MW_OK; i++)
        rc = score_group(b, work, s, MW_AT(*groups, struct mw_group, i), err);
    if (rc == MW_OK)
        rc = take_scores(scored, a, b, typed_weight(groups, groups->n), err);
    put_board(s, rc);
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
    struct mw_board *b = NULL;
    enum mw_rc rc = work != NULL ? get_board(&b, s, err) : mw_nomem(err);

    if (rc == MW_OK && ((trace.which = mw_arena_array(work, b->docs->end, sizeof *trace.which)) == NULL ||
                        (trace.best = mw_arena_array(work, n + 1, sizeof(struct mw_way *))) == NULL))
        rc = mw_nomem(err);
    for (size_t i = 0; i < n && rc == MW_OK; i++)
        if (docs[i] < b->docs->end)
            trace.which[docs[i]] = (uint32_t)i + 1;
    for (size_t i = 0; i < groups->n && rc == MW_OK; i++) {
        trace.group = MW_AT(*groups, struct mw_group, i);
        b->trace = &trace;
        rc = score_group(b, work, s, MW_AT(*groups, struct mw_group, i), err);
        keep_best(&trace, n);
    }
    if (rc == MW_OK && trace.failed)
        rc = mw_nomem(err);
    put_board(s, rc);
    return rc;
}

enum mw_rc mw_term_notices(struct mw_store *s, struct mw_sv form, int64_t *n, struct mw_err *err)
{
    const struct mw_docs *docs = NULL;
    enum mw_rc rc = mw_docs(&docs, s, err);

    return rc == MW_OK ? mw_living_count(n, s, docs, form, err) : rc;
}
