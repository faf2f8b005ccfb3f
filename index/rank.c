/* From groups of terms to scores: in a group the best way counts, groups add up. */
#include "index/board.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Only some documents are scored, and every gain is written down. */
struct mw_trace {
    struct mw_arena *a;
    struct mw_list *out;          /* struct mw_gain */
    size_t group_begin;           /* of out: gains of this group, of ways that lost too */
    uint32_t *which;              /* by document number: 1 + its place among those asked for; 0: not asked for */
    const struct mw_group *group;
    const struct mw_way *way;
    const struct mw_way **best;   /* by place: the way that counts in this group */
    bool failed;
};

/* --- a group ---------------------------------------------------------------------------------------------------------------- */

static void note_gain(struct mw_trace *t, uint32_t doc, const struct mw_term *term, double gain)
{
    struct mw_gain *slot = mw_list_add(t->a, t->out, sizeof *slot);
    if (slot != NULL)
        *slot = (struct mw_gain){ t->which[doc] - 1, t->group, t->way, term, t->group->weight * t->way->weight * gain };
    t->failed = t->failed || slot == NULL;
}

static bool is_wanted(const struct mw_board *b, uint32_t place)
{
    return b->wanted == NULL || mw_bit(b->wanted, place);
}

static void add_term_scores(struct mw_board *b, struct mw_term *t)
{
    const struct mw_living *l = t->list;
    double worth = t->weight * t->idf / MW_IMPACT_MAX;

    for (t->at = t->from; t->at < l->n && l->doc[t->at] < b->to; t->at++) {
        uint32_t place = l->doc[t->at] - b->from;
        if (!is_wanted(b, place))
            continue;
        struct mw_part *c = &b->parts[place];
        if (c->terms++ == 0)
            b->way_touched.at[b->way_touched.n++] = place;
        c->way += worth * l->impact[t->at];
        c->way_cover += t->share;
        if (b->trace != NULL)
            note_gain(b->trace, l->doc[t->at], t, worth * l->impact[t->at]);
    }
}

static int by_number(const void *a, const void *b)
{
    return (*(const uint32_t *)a > *(const uint32_t *)b) - (*(const uint32_t *)a < *(const uint32_t *)b);
}

static bool stands_together(const struct mw_way *way, uint32_t doc)
{
    const struct mw_living *l = way->together;
    return l == NULL || (l->n > 0 && bsearch(&doc, l->doc, l->n, sizeof doc, by_number) != NULL);
}

/* The way is complete: where it is the best of its group, it stays. */
static void end_way(struct mw_board *b, const struct mw_way *way)
{
    for (size_t i = 0; i < b->way_touched.n; i++) {
        uint32_t place = b->way_touched.at[i];
        struct mw_part *c = &b->parts[place];
        double score = way->weight * c->way, cover = way->weight * (c->way_cover < 1 ? c->way_cover : 1);
        if (score > c->group && stands_together(way, b->from + place)) {
            if (c->group <= 0)
                b->touched.at[b->touched.n++] = place;
            c->group = score;
            c->group_cover = cover;
            if (b->trace != NULL)
                b->trace->best[b->trace->which[b->from + place] - 1] = way;
        }
        c->way = c->way_cover = 0;
        c->terms = 0;
    }
    b->way_touched.n = 0;
}

void mw_board_group(struct mw_board *b, struct mw_group *g)
{
    for (size_t i = 0; i < g->ways.n; i++) {
        struct mw_way *way = MW_AT(g->ways, struct mw_way, i);
        if (b->trace != NULL)
            b->trace->way = way;
        for (size_t k = 0; k < way->terms.n; k++)
            add_term_scores(b, MW_AT(way->terms, struct mw_term, k));
        end_way(b, way);
    }
}

/* Most groups are one term: what it gives goes straight to the document. The same numbers come out. */
static void score_single(struct mw_board *b, const struct mw_group *g, struct mw_way *way)
{
    struct mw_term *t = way->terms.items;
    const struct mw_living *l = t->list;
    double worth = t->weight * t->idf / MW_IMPACT_MAX, cover = g->weight * g->full * way->weight;

    for (t->at = t->from; t->at < l->n && l->doc[t->at] < b->to; t->at++) {
        uint32_t place = l->doc[t->at] - b->from;
        if (!is_wanted(b, place))
            continue;
        struct mw_cell *c = &b->cells[place];
        if (c->score <= 0)
            b->all.at[b->all.n++] = place;
        c->score += g->weight * (way->weight * (worth * l->impact[t->at]));
        c->cover += cover;
    }
}

static void score_group(struct mw_board *b, struct mw_group *g)
{
    if (mw_group_is_single(g) && b->trace == NULL) {
        score_single(b, g, g->ways.items);
        return;
    }
    mw_board_group(b, g);
    for (size_t i = 0; i < b->touched.n; i++) {
        uint32_t place = b->touched.at[i];
        struct mw_cell *c = &b->cells[place];
        struct mw_part *p = &b->parts[place];
        if (c->score <= 0)
            b->all.at[b->all.n++] = place;
        c->score += g->weight * p->group;
        c->cover += g->weight * g->full * p->group_cover;
        p->group = p->group_cover = 0;
    }
    b->touched.n = 0;
}

/* --- the board ------------------------------------------------------------------------------------------------------------ */

void mw_board_free(struct mw_board *b)
{
    free(b);
}

enum mw_rc mw_board_get(struct mw_board **out, struct mw_arena *a, struct mw_store *s, struct mw_list *groups, struct mw_err *err)
{
    const struct mw_docs *docs = NULL;
    enum mw_rc rc = mw_docs(&docs, s, err);

    if (rc == MW_OK && s->board == NULL && (s->board = calloc(1, sizeof *s->board)) == NULL)
        rc = mw_nomem(err);
    if (rc != MW_OK)
        return rc;
    struct mw_board *b = s->board;
    b->docs = docs;
    b->terms = (struct mw_list){ NULL, 0, 0 };
    b->from = b->to = 0;
    b->trace = NULL;
    b->wanted = NULL;
    for (size_t g = 0; g < groups->n; g++)
        for (size_t w = 0; w < MW_AT(*groups, struct mw_group, g)->ways.n; w++) {
            struct mw_way *way = MW_AT(MW_AT(*groups, struct mw_group, g)->ways, struct mw_way, w);
            for (size_t t = 0; t < way->terms.n; t++) {
                struct mw_term *term = MW_AT(way->terms, struct mw_term, t), **slot = mw_list_add(a, &b->terms, sizeof *slot);
                if (slot == NULL)
                    return mw_nomem(err);
                term->from = term->at = 0;
                *slot = term;
            }
        }
    *out = b;
    return MW_OK;
}

/* The first place from at on whose document is not before doc: by steps that double, then by halves. */
static uint32_t skip_to(const struct mw_living *l, uint32_t at, uint32_t doc)
{
    uint32_t step = 1, end = at;

    while (end < l->n && l->doc[end] < doc) {
        at = end + 1;
        end = l->n - end > step ? end + step : l->n;
        step *= 2;
    }
    while (at < end) {
        uint32_t middle = at + (end - at) / 2;
        if (l->doc[middle] < doc)
            at = middle + 1;
        else
            end = middle;
    }
    return at;
}

void mw_board_move(struct mw_board *b, uint32_t from)
{
    const bool next = from == b->to; /* of the window before, all lists have been read to its end */

    b->from = from;
    b->to = b->docs->end - from > MW_WINDOW ? from + MW_WINDOW : b->docs->end;
    for (size_t i = 0; i < b->terms.n; i++) {
        struct mw_term *t = *MW_AT(b->terms, struct mw_term *, i);
        t->from = t->at = next ? t->at : skip_to(t->list, t->at, from);
    }
}

void mw_board_clear(struct mw_board *b)
{
    for (size_t i = 0; i < b->all.n; i++)
        b->cells[b->all.at[i]] = (struct mw_cell){ .score = 0 };
    b->all.n = 0;
}

static double share_of(double cover, double weight)
{
    double share = weight > 0 ? cover / weight : 1;
    return share < 1 ? share : 1;
}

/* What feedback.c added can make up for a typed word, but nobody misses it: it stands behind the typed words, and these alone
 * never cover more than all. */
void mw_board_score(struct mw_board *b, struct mw_list *groups, double weight)
{
    bool typed = true;

    for (size_t g = 0; g < groups->n; g++) {
        struct mw_group *group = MW_AT(*groups, struct mw_group, g);
        if (typed && group->typed.p == NULL && g > 0)
            for (size_t i = 0; i < b->all.n; i++)
                b->cells[b->all.at[i]].cover = share_of(b->cells[b->all.at[i]].cover, weight) * weight;
        typed = group->typed.p != NULL;
        score_group(b, group);
    }
}

struct mw_scored mw_board_scored(const struct mw_board *b, uint32_t place, double weight)
{
    uint32_t doc = b->from + place;
    return (struct mw_scored){ doc, b->docs->notice[doc], b->cells[place].score, share_of(b->cells[place].cover, weight) };
}

/* --- all of them ------------------------------------------------------------------------------------------------------------ */

/* No more documents than the lists have postings. */
static size_t at_most(const struct mw_board *b)
{
    size_t n = 0;
    for (size_t i = 0; i < b->terms.n; i++)
        n += (*MW_AT(b->terms, struct mw_term *, i))->list->n;
    return n < b->docs->end ? n : b->docs->end;
}

enum mw_rc mw_rank(struct mw_list *scored, struct mw_arena *a, struct mw_store *s, struct mw_list *groups, struct mw_err *err)
{
    struct mw_board *b = NULL;
    double weight = mw_typed_weight(groups);
    enum mw_rc rc = mw_board_get(&b, a, s, groups, err);
    size_t most = rc == MW_OK ? at_most(b) : 0;

    *scored = (struct mw_list){ mw_arena_array(a, most + 1, sizeof(struct mw_scored)), 0, most + 1 };
    if (rc == MW_OK && scored->items == NULL)
        rc = mw_nomem(err);
    for (uint32_t d = 0; rc == MW_OK && d < b->docs->end; d = b->to) {
        mw_board_move(b, d);
        mw_board_score(b, groups, weight);
        for (size_t i = 0; i < b->all.n && rc == MW_OK; i++) {
            struct mw_scored *one = mw_list_add(a, scored, sizeof *one);
            if (one != NULL)
                *one = mw_board_scored(b, b->all.at[i], weight);
            else
                rc = mw_nomem(err);
        }
        mw_board_clear(b);
    }
    return rc;
}

/* --- what the points were for ----------------------------------------------------------------------------------------------- */

/* Of what was written down for this group only the ways that counted stay. */
static void keep_best(struct mw_trace *t, size_t n)
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

static void trace_window(struct mw_board *b, struct mw_trace *trace, struct mw_list *groups, const uint64_t *wanted, size_t n)
{
    b->wanted = wanted;
    b->trace = trace;
    for (size_t i = 0; i < groups->n; i++) {
        trace->group = MW_AT(*groups, struct mw_group, i);
        score_group(b, MW_AT(*groups, struct mw_group, i));
        keep_best(trace, n);
    }
    mw_board_clear(b);
}

enum mw_rc mw_rank_gains(struct mw_list *out, struct mw_arena *a, struct mw_store *s, struct mw_list *groups, const uint32_t *docs,
                         size_t n, struct mw_err *err)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *work = mw_arena_new();
    struct mw_trace trace = { .a = a, .out = out, .group_begin = out->n };
    struct mw_board *b = NULL;
    uint64_t *wanted = NULL;
    enum mw_rc rc = work != NULL ? mw_board_get(&b, work, s, groups, err) : mw_nomem(err);

    if (rc == MW_OK && ((trace.which = mw_arena_array(work, b->docs->end, sizeof *trace.which)) == NULL ||
                        (trace.best = mw_arena_array(work, n + 1, sizeof(struct mw_way *))) == NULL ||
                        (wanted = mw_arena_array(work, b->docs->words, sizeof *wanted)) == NULL))
        rc = mw_nomem(err);
    for (size_t i = 0; i < n && rc == MW_OK; i++)
        if (docs[i] < b->docs->end) {
            trace.which[docs[i]] = (uint32_t)i + 1;
            mw_bit_put(wanted, docs[i]);
        }
    for (uint32_t d = 0; rc == MW_OK && d < b->docs->end; d += MW_WINDOW)
        if (mw_bits_count(&wanted[d / 64], MW_WINDOW_WORDS) > 0) {
            mw_board_move(b, d);
            trace_window(b, &trace, groups, &wanted[d / 64], n);
        }
    return rc == MW_OK && trace.failed ? mw_nomem(err) : rc;
}
