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

/* Documents are scored a window at a time (Strohman, Croft 2007; Lucene's BooleanScorer): all groups for the documents of one
 * window, then the next. So what is added up stays in the processor's cache, however many documents there are. */
enum { WINDOW = 2048 };
struct cell { /* of a document over all groups; all zero between two windows */
    double score, cover;
};
struct part { /* of a document in the group being scored; all zero between two groups */
    double group, group_cover; /* the best way so far */
    double way, way_cover;     /* this way so far */
    uint32_t terms;            /* of this way, found */
};
/* Kept with the store, empty between two rankings. */
struct mw_board {
    const struct mw_docs *docs;
    uint32_t from, to;         /* documents of the window: from ... to - 1 */
    struct cell cells[WINDOW]; /* by document number less from */
    struct part parts[WINDOW]; /* likewise */
    uint32_t all[WINDOW], touched[WINDOW], way_touched[WINDOW]; /* places where score, group and way are not zero */
    size_t all_n, touched_n, way_touched_n;
    struct mw_scored *out;     /* of all windows */
    size_t out_n, out_cap;
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

static void add_term_scores(struct mw_board *b, struct mw_term *t)
{
    const struct mw_living *l = t->list;
    double worth = t->weight * t->idf / MW_IMPACT_MAX;

    for (; t->at < l->n && l->doc[t->at] < b->to; t->at++) {
        uint32_t doc = l->doc[t->at], place = doc - b->from;
        if (b->trace != NULL && b->trace->which[doc] == 0)
            continue;
        struct part *c = &b->parts[place];
        if (c->terms++ == 0)
            b->way_touched[b->way_touched_n++] = place;
        c->way += worth * l->impact[t->at];
        c->way_cover += t->share;
        if (b->trace != NULL)
            note_gain(b->trace, doc, t, worth * l->impact[t->at]);
    }
}

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static bool stands_together(const struct mw_docs *docs, const struct mw_way *way, uint32_t doc)
{
    if (way->match.p == NULL)
        return true;
    return way->together.n > 0 &&
           bsearch(&docs->notice[doc], way->together.items, way->together.n, sizeof(int64_t), by_id) != NULL;
}

/* The way is complete: where it is the best of its group, it stays. */
static void end_way(struct mw_board *b, const struct mw_way *way)
{
    for (size_t i = 0; i < b->way_touched_n; i++) {
        uint32_t place = b->way_touched[i];
        struct part *c = &b->parts[place];
        double score = way->weight * c->way, cover = way->weight * (c->way_cover < 1 ? c->way_cover : 1);
        if (score > c->group && stands_together(b->docs, way, b->from + place)) {
            if (c->group <= 0)
                b->touched[b->touched_n++] = place;
            c->group = score;
            c->group_cover = cover;
            if (b->trace != NULL)
                b->trace->best[b->trace->which[b->from + place] - 1] = way;
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

/* The way's lists, how rare its terms are, and which share of the word each of them is. A synonym is never worth more than
 * the typed word (most; 0: nobody uses that), however rare it is. */
static enum mw_rc look_up(struct mw_board *b, struct mw_arena *a, struct mw_store *s, struct mw_way *way, double most,
                          struct mw_err *err)
{
    struct mw_term *t = way->terms.items;
    double parts = 0;
    enum mw_rc rc = MW_OK;

    way->together = (struct mw_list){ NULL, 0, 0 };
    if (way->match.p != NULL)
        rc = mw_sections_match(&way->together, a, s, way->match, err);
    for (size_t i = 0; i < way->terms.n && rc == MW_OK; i++) {
        t[i].at = 0;
        rc = mw_living(&t[i].list, s, b->docs, t[i].form, err);
        t[i].notices = rc == MW_OK ? t[i].list->n : 0;
        t[i].idf = mw_idf(b->docs->living, t[i].notices);
        if (way->kind == MW_R_SYNONYM && most > 0 && t[i].idf > most)
            t[i].idf = most;
        parts += i > 0 ? t[i].idf : 0;
    }
    for (size_t i = 0; i < way->terms.n; i++) {
        bool whole = i == 0 && way->kind == MW_R_WORD;
        t[i].share = whole ? 1 : way->kind == MW_R_WORD ? PART_COVER * t[i].idf / parts : 1 / (double)way->terms.n;
    }
    return rc;
}

static enum mw_rc look_up_group(struct mw_board *b, struct mw_arena *a, struct mw_store *s, struct mw_group *g, struct mw_err *err)
{
    double typed = 0, other = 0;
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < g->ways.n && rc == MW_OK; i++) {
        struct mw_way *way = MW_AT(g->ways, struct mw_way, i);
        rc = look_up(b, a, s, way, typed, err);
        double *most = way->kind == MW_R_WORD ? &typed : &other;
        double known = known_weight(way);
        *most = known > *most ? known : *most;
    }
    g->full = typed > 0 ? typed : other > 0 ? other : mw_idf(b->docs->living, 0);
    return rc;
}

/* Most groups are one term: what it gives goes straight to the document. The same numbers come out. */
static void score_single(struct mw_board *b, const struct mw_group *g, const struct mw_way *way)
{
    struct mw_term *t = way->terms.items;
    const struct mw_living *l = t->list;
    double worth = t->weight * t->idf / MW_IMPACT_MAX, cover = g->weight * g->full * way->weight;

    for (; t->at < l->n && l->doc[t->at] < b->to; t->at++) {
        uint32_t place = l->doc[t->at] - b->from;
        struct cell *c = &b->cells[place];
        if (c->score <= 0)
            b->all[b->all_n++] = place;
        c->score += g->weight * (way->weight * (worth * l->impact[t->at]));
        c->cover += cover;
    }
}

/* In this window; the group has been looked up. */
static void score_group(struct mw_board *b, const struct mw_group *g)
{
    const struct mw_way *first = g->ways.items;

    if (g->ways.n == 1 && first->terms.n == 1 && first->match.p == NULL && b->trace == NULL) {
        score_single(b, g, first);
        return;
    }
    for (size_t i = 0; i < g->ways.n; i++) {
        struct mw_way *way = MW_AT(g->ways, struct mw_way, i);
        if (b->trace != NULL)
            b->trace->way = way;
        for (size_t k = 0; k < way->terms.n; k++)
            add_term_scores(b, MW_AT(way->terms, struct mw_term, k));
        end_way(b, way);
    }
    for (size_t i = 0; i < b->touched_n; i++) {
        uint32_t place = b->touched[i];
        struct cell *c = &b->cells[place];
        struct part *p = &b->parts[place];
        if (c->score <= 0)
            b->all[b->all_n++] = place;
        c->score += g->weight * p->group;
        c->cover += g->weight * g->full * p->group_cover;
        p->group = p->group_cover = 0;
    }
    b->touched_n = 0;
}

/* --- the board ------------------------------------------------------------------------------------------------------------ */

void mw_board_free(struct mw_board *b)
{
    if (b == NULL)
        return;
    free(b->out);
    free(b);
}

static enum mw_rc get_board(struct mw_board **out, struct mw_store *s, struct mw_err *err)
{
    const struct mw_docs *docs = NULL;
    enum mw_rc rc = mw_docs(&docs, s, err);

    mw_lists_trim(s);
    if (rc == MW_OK && s->board == NULL && (s->board = calloc(1, sizeof *s->board)) == NULL)
        rc = mw_nomem(err);
    if (rc == MW_OK) {
        s->board->docs = docs;
        s->board->trace = NULL;
        s->board->out_n = 0;
    }
    *out = s->board;
    return rc;
}

static bool reserve(struct mw_board *b, size_t n)
{
    if (b->out_n + n <= b->out_cap)
        return true;
    size_t cap = (b->out_n + n) * 2;
    struct mw_scored *p = realloc(b->out, cap * sizeof *p);
    if (p == NULL)
        return false;
    b->out = p;
    b->out_cap = cap;
    return true;
}

/* Empties the window. */
static void clear_window(struct mw_board *b)
{
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

/* What the window gave; then it is empty. */
static enum mw_rc take_window(struct mw_board *b, double weight, struct mw_err *err)
{
    if (!reserve(b, b->all_n)) {
        clear_window(b);
        return mw_nomem(err);
    }
    for (size_t i = 0; i < b->all_n; i++) {
        uint32_t doc = b->from + b->all[i];
        const struct cell *c = &b->cells[b->all[i]];
        double cover = weight > 0 ? c->cover / weight : 1;
        b->out[b->out_n++] = (struct mw_scored){ doc, b->docs->notice[doc], c->score, cover < 1 ? cover : 1 };
    }
    clear_window(b);
    return MW_OK;
}

static void set_window(struct mw_board *b, uint32_t from)
{
    b->from = from;
    b->to = b->docs->end - from > WINDOW ? from + WINDOW : b->docs->end;
}

/* What was scored before, as far as it lies in this window; *at: how much of it has been taken. */
static void put_scored(struct mw_board *b, const struct mw_list *scored, size_t *at, double weight)
{
    for (; *at < scored->n && MW_AT(*scored, struct mw_scored, *at)->doc < b->to; ++*at) {
        const struct mw_scored *one = MW_AT(*scored, struct mw_scored, *at);
        b->cells[one->doc - b->from] = (struct cell){ one->score, one->cover * weight };
        b->all[b->all_n++] = one->doc - b->from;
    }
}

enum mw_rc mw_rank(struct mw_list *scored, struct mw_arena *a, struct mw_store *s, struct mw_list *groups, size_t from,
                   struct mw_err *err)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *work = mw_arena_new();
    struct mw_board *b = NULL;
    double before = typed_weight(groups, from);
    size_t at = 0;
    enum mw_rc rc = work != NULL ? get_board(&b, s, err) : mw_nomem(err);

    for (size_t i = from; i < groups->n && rc == MW_OK; i++)
        rc = look_up_group(b, work, s, MW_AT(*groups, struct mw_group, i), err);
    double weight = typed_weight(groups, groups->n);
    for (uint32_t d = 0; rc == MW_OK && d < b->docs->end; d = b->to) {
        set_window(b, d);
        put_scored(b, scored, &at, before);
        for (size_t i = from; i < groups->n; i++)
            score_group(b, MW_AT(*groups, struct mw_group, i));
        rc = take_window(b, weight, err);
    }
    if (rc == MW_OK) {
        struct mw_scored *all = mw_arena_array(a, b->out_n + 1, sizeof *all);
        if (all == NULL)
            return mw_nomem(err);
        if (b->out_n > 0)
            memcpy(all, b->out, b->out_n * sizeof *all);
        *scored = (struct mw_list){ all, b->out_n, b->out_n + 1 };
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
    struct mw_board *b = NULL;
    enum mw_rc rc = work != NULL ? get_board(&b, s, err) : mw_nomem(err);

    if (rc == MW_OK && ((trace.which = mw_arena_array(work, b->docs->end, sizeof *trace.which)) == NULL ||
                        (trace.best = mw_arena_array(work, n + 1, sizeof(struct mw_way *))) == NULL))
        rc = mw_nomem(err);
    for (size_t i = 0; i < n && rc == MW_OK; i++)
        if (docs[i] < b->docs->end)
            trace.which[docs[i]] = (uint32_t)i + 1;
    for (size_t i = 0; i < groups->n && rc == MW_OK; i++)
        rc = look_up_group(b, work, s, MW_AT(*groups, struct mw_group, i), err);
    for (uint32_t d = 0; rc == MW_OK && d < b->docs->end; d = b->to) {
        set_window(b, d);
        b->trace = &trace;
        for (size_t i = 0; i < groups->n; i++) {
            trace.group = MW_AT(*groups, struct mw_group, i);
            score_group(b, trace.group);
            keep_best(&trace, n);
        }
        clear_window(b);
    }
    if (rc == MW_OK && trace.failed)
        rc = mw_nomem(err);
    return rc;
}

enum mw_rc mw_term_notices(struct mw_store *s, struct mw_sv form, int64_t *n, struct mw_err *err)
{
    const struct mw_docs *docs = NULL;
    enum mw_rc rc = mw_docs(&docs, s, err);

    return rc == MW_OK ? mw_living_count(n, s, docs, form, err) : rc;
}
