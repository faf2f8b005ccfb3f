/* The best hits without scoring all: two passes over a window.
 *
 * The first, the sketch, adds up for every document one number of 31 bits: above the most it may score, rounded up, below how
 * much of the query it covers, rounded down. That settles for nearly all whether they are hits, which must be counted, and
 * whether they can stand among the best (the bounds of Turtle, Flood 1995, document by document). The few that are left are
 * scored as rank.c scores them: what comes out is the same, bit for bit. */
#include "index/board.h"

#include <endian.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { COVER_BITS = 16, COVER_MASK = (1 << COVER_BITS) - 1, COVER_SCALE = 40000, SCORE_SCALE = 24000, SCORE_MOST = 0x7fff };
enum { STEPS = 64, STEP = (1 << COVER_BITS) / STEPS };

struct sketch {
    struct mw_board *b;
    struct mw_list *groups;
    const struct mw_page_ask *ask;
    struct mw_page *out;
    struct mw_arena *a;
    double weight;             /* of the typed words */
    double score_unit, cover_unit; /* of a sketch, for one point and for one share of the weight */
    struct sieve {             /* a sketch, cut to a mask, from here on */
        int32_t hit, hit_mask, maybe, maybe_mask; /* is a hit for sure; may be one */
        int32_t high;          /* may stand among the best */
    } sieve;
    uint32_t least;            /* score of a sketch: what is below cannot stand among the best */
    double bottom;             /* so many as are wanted have at least that key */
    bool touched;              /* something was found in this window */
    double raise[STEPS];       /* by the upper bits of the cover: by what it multiplies a score, at most */
    struct mw_floor {          /* the best so far, the least of them on top (a heap) */
        double *keys;
        size_t n;
    } floor;
};

/* --- the best so far ---------------------------------------------------------------------------------------------------------- */

static void sift_down(double *keys, size_t n)
{
    for (size_t i = 0, child = 1; child < n; child = 2 * i + 1) {
        if (child + 1 < n && keys[child + 1] < keys[child])
            child++;
        if (keys[i] <= keys[child])
            return;
        double key = keys[i];
        keys[i] = keys[child];
        keys[child] = key;
        i = child;
    }
}

static void add_key(struct mw_floor *f, size_t most, double key)
{
    if (f->n == most) {
        if (key <= f->keys[0])
            return;
        f->keys[0] = key;
        sift_down(f->keys, most);
        return;
    }
    size_t i = f->n++;
    for (; i > 0 && f->keys[(i - 1) / 2] > key; i = (i - 1) / 2)
        f->keys[i] = f->keys[(i - 1) / 2];
    f->keys[i] = key;
}

/* What a hit must reach; 0: there are too few. */
static double least_key(const struct sketch *k)
{
    if (k->ask->most == 0)
        return INFINITY;
    return k->floor.n == k->ask->most && k->floor.keys[0] > k->bottom ? k->floor.keys[0] : k->bottom;
}

static double key_of(const struct sketch *k, const struct mw_scored *one)
{
    return k->ask->by_points ? one->score : mw_score_of(one);
}

/* --- the first pass ------------------------------------------------------------------------------------------------------------- */

static uint32_t rounded(double score, double cover, const struct sketch *k)
{
    return ((uint32_t)(score * k->score_unit) + 1) << COVER_BITS | (uint32_t)(cover * k->cover_unit);
}

/* What a term adds to a sketch. 8 more bits below the unit of the score are cut off. */
static void prepare(const struct sketch *k, const struct mw_group *g, const struct mw_way *way, struct mw_term *t)
{
    double worth = g->weight * way->weight * t->weight * t->idf / MW_IMPACT_MAX;
    t->step = (uint32_t)ceil(worth * k->score_unit * (1 << 8));
    t->cover = (uint32_t)(g->weight * g->full * way->weight * t->share * k->cover_unit);
}

static void sketch_term(struct sketch *k, uint32_t *restrict cells, struct mw_term *t)
{
    const uint32_t *doc = t->list->doc, from = k->b->from, to = k->b->to, n = t->list->n;
    const uint32_t step = t->step, rest = (1 << COVER_BITS) | t->cover;
    const unsigned char *impact = t->list->impact;
    uint32_t at = t->from;

    for (; at < n && doc[at] < to; at++)
        cells[doc[at] - from] += ((step * impact[at] >> 8) << COVER_BITS) + rest;
    k->touched = k->touched || at > t->from;
    t->at = at;
}

/* What the terms of a way gave goes to the documents: all of them together cover no more than the word. Then it is empty. */
MW_BY_PROCESSOR static void pour(uint32_t *restrict cells, uint32_t *restrict way, uint32_t most)
{
    for (size_t i = 0; i < MW_WINDOW; i++) {
        uint32_t cover = way[i] & COVER_MASK;
        cells[i] += (way[i] - cover) + (cover < most ? cover : most);
        way[i] = 0;
    }
}

/* Has the window a document of the way? */
static bool is_here(const struct mw_board *b, const struct mw_way *way)
{
    for (size_t i = 0; i < way->terms.n; i++) {
        const struct mw_term *t = MW_AT(way->terms, struct mw_term, i);
        if (t->from < t->list->n && t->list->doc[t->from] < b->to)
            return true;
    }
    return false;
}

/* The only way of the group in this window; of several NULL. */
static struct mw_way *only_way(const struct mw_board *b, const struct mw_group *g)
{
    struct mw_way *only = NULL;
    for (size_t w = 0; w < g->ways.n; w++) {
        struct mw_way *way = MW_AT(g->ways, struct mw_way, w);
        if (only != NULL && is_here(b, way))
            return NULL;
        if (only == NULL && (w + 1 == g->ways.n || is_here(b, way)))
            only = way;
    }
    return only;
}

static void sketch_group(struct sketch *k, struct mw_group *g)
{
    struct mw_board *b = k->b;
    struct mw_way *way = only_way(b, g);

    if (way != NULL && way->match.p == NULL) {
        uint32_t most = (uint32_t)(g->weight * g->full * way->weight * k->cover_unit);
        bool apart = way->terms.n > 1 && (int32_t)most < k->sieve.hit; /* else whatever is found whole is a hit anyway */
        for (size_t i = 0; i < way->terms.n; i++)
            sketch_term(k, apart ? b->sketch_way : b->sketch, MW_AT(way->terms, struct mw_term, i));
        if (apart)
            pour(b->sketch, b->sketch_way, most);
    } else { /* the best way counts: which one that is must be known */
        mw_board_group(b, g);
        for (size_t i = 0; i < b->touched.n; i++) {
            struct mw_part *p = &b->parts[b->touched.at[i]];
            b->sketch[b->touched.at[i]] += rounded(g->weight * p->group, g->weight * g->full * p->group_cover, k);
            p->group = p->group_cover = 0;
        }
        k->touched = k->touched || b->touched.n > 0;
        b->touched.n = 0;
    }
}

/* What a group gives at most. */
static double most_of(const struct mw_group *g)
{
    double most = 0;
    for (size_t w = 0; w < g->ways.n; w++) {
        const struct mw_way *way = MW_AT(g->ways, struct mw_way, w);
        double sum = 0;
        for (size_t i = 0; i < way->terms.n; i++)
            sum += MW_AT(way->terms, struct mw_term, i)->weight * MW_AT(way->terms, struct mw_term, i)->idf;
        most = fmax(most, way->weight * sum);
    }
    return g->weight * most;
}

static int ascending(const void *a, const void *b)
{
    return (*(const uint32_t *)a > *(const uint32_t *)b) - (*(const uint32_t *)a < *(const uint32_t *)b);
}

/* Of so many terms something may be found in a document whose cover stays below most: the least ones. */
static size_t at_most_below(uint32_t *covers, size_t n, uint32_t most)
{
    size_t i = 0;
    qsort(covers, n, sizeof *covers, ascending);
    for (uint32_t sum = 0; i < n && sum + covers[i] <= most; i++)
        sum += covers[i];
    return i;
}

/* Units so that the sums of all groups keep to their bits, also where a compound and its parts are counted apart (pour), and what
 * the least cover is in them. Each term that is found may be rounded by one. */
static bool measure(struct sketch *k)
{
    const size_t terms = k->b->terms.n;
    uint32_t *covers = mw_arena_array(k->a, terms, sizeof *covers);
    double score = 0, cover = 0;
    size_t n = 0;

    for (size_t i = 0; i < k->groups->n; i++) {
        const struct mw_group *g = MW_AT(*k->groups, struct mw_group, i);
        score += most_of(g);
        cover += g->weight * g->full;
    }
    k->score_unit = score > 0 ? SCORE_SCALE / score : 0;
    k->cover_unit = cover > 0 ? COVER_SCALE / cover : 0;
    for (size_t i = 0; i < STEPS; i++) {
        double most = (double)((i + 1) * STEP + terms) / k->cover_unit;
        k->raise[i] = k->ask->by_points || k->weight <= 0 ? 1 : mw_raise(fmin(most / k->weight, 1)) * (1 + 1e-9);
    }
    if (covers == NULL)
        return false;
    for (size_t i = 0; i < k->groups->n; i++) {
        const struct mw_group *g = MW_AT(*k->groups, struct mw_group, i);
        for (size_t w = 0; w < g->ways.n; w++) {
            const struct mw_way *way = MW_AT(g->ways, struct mw_way, w);
            for (size_t t = 0; t < way->terms.n; t++) {
                prepare(k, g, way, MW_AT(way->terms, struct mw_term, t));
                covers[n++] = MW_AT(way->terms, struct mw_term, t)->cover;
            }
        }
    }
    double least = k->ask->least * k->weight * k->cover_unit;
    bool all = k->weight <= 0 || k->ask->least <= 0; /* whatever is found is a hit */
    k->sieve.hit = all ? 1 : (int32_t)(least + 2);
    k->sieve.hit_mask = all ? INT32_MAX : COVER_MASK;
    double unsure = (double)at_most_below(covers, n, (uint32_t)k->sieve.hit) + 2;
    all = all || least < unsure + 1; /* whatever is found may be a hit */
    k->sieve.maybe = all ? 1 : (int32_t)(least - unsure);
    k->sieve.maybe_mask = all ? INT32_MAX : COVER_MASK;
    return true;
}

/* --- the second pass ------------------------------------------------------------------------------------------------------------ */

/* Of the window: which are hits for sure, and which must be scored to know. */
struct outcome {
    uint64_t hits[MW_WINDOW_WORDS], wanted[MW_WINDOW_WORDS];
    bool any;
};

/* Of 64 bytes of 0 or 1 a word of bits: eight at a time. */
static inline uint64_t packed(const unsigned char *flags)
{
    uint64_t word = 0, eight;
    for (size_t i = 0; i < 8; i++) {
        memcpy(&eight, flags + i * 8, sizeof eight);
        word |= (le64toh(eight) * UINT64_C(0x0102040810204080) >> 56) << i * 8;
    }
    return word;
}

/* Which are hits; in doubt: words of which some may be, or may stand among the best. */
MW_BY_PROCESSOR static void sift(uint64_t *restrict hits, bool *restrict doubt, const uint32_t *restrict cells, const struct sieve *v)
{
    const struct sieve k = *v;
    unsigned char flags[64];

    for (size_t w = 0; w < MW_WINDOW_WORDS; w++) {
        uint32_t open = 0;
        for (size_t i = 0; i < 64; i++) {
            int32_t cell = (int32_t)cells[w * 64 + i];
            bool hit = (cell & k.hit_mask) >= k.hit, maybe = (cell & k.maybe_mask) >= k.maybe;
            flags[i] = hit;
            open |= (uint32_t)((maybe && !hit) || cell >= k.high);
        }
        hits[w] = packed(flags);
        doubt[w] = open != 0;
    }
}

/* The same where only the best are wanted. */
MW_BY_PROCESSOR static bool sift_high(bool *restrict doubt, const uint32_t *restrict cells, int32_t high)
{
    uint32_t all = 0;
    for (size_t w = 0; w < MW_WINDOW_WORDS; w++) {
        uint32_t open = 0;
        for (size_t i = 0; i < 64; i++)
            open |= (int32_t)cells[w * 64 + i] >= high;
        doubt[w] = open != 0;
        all |= open;
    }
    return all != 0;
}

/* Of 64 documents those that may be hits, and those that may stand among the best. */
MW_BY_PROCESSOR static void sift_again(uint64_t *restrict maybe, uint64_t *restrict high, const uint32_t *restrict cells, const struct sieve *v)
{
    const struct sieve k = *v;
    unsigned char flags[2][64];

    for (size_t i = 0; i < 64; i++) {
        flags[0][i] = ((int32_t)cells[i] & k.maybe_mask) >= k.maybe;
        flags[1][i] = (int32_t)cells[i] >= k.high;
    }
    *maybe = packed(flags[0]);
    *high = packed(flags[1]);
}

/* Which of 64 documents must be scored. */
static uint64_t look_at(const struct sketch *k, const uint32_t *cells, uint64_t hits)
{
    uint64_t maybe, high;

    sift_again(&maybe, &high, cells, &k->sieve);
    uint64_t wanted = k->ask->uncounted ? 0 : maybe & ~hits;
    for (high &= maybe; high != 0;) {
        unsigned i = mw_bit_take(&high);
        if ((cells[i] >> COVER_BITS) * k->raise[(cells[i] & COVER_MASK) / STEP] >= k->least)
            wanted |= UINT64_C(1) << i;
    }
    return wanted;
}

/* A hit that another address of its programme may stand for does not hold a place for sure. */
static bool is_firm(const struct sketch *k, int64_t notice)
{
    return k->ask->links == NULL || mw_lead_of(k->ask->links, notice) == 0 || mw_place_of(k->ask->links, notice) == 0;
}

static void set_least(struct sketch *k, double key)
{
    double least = key * k->score_unit;
    k->least = least < 1 ? 0 : least < SCORE_MOST ? (uint32_t)least - 1 : SCORE_MOST;
    k->sieve.high = k->least > 0 ? (int32_t)(k->least << COVER_BITS) : 1;
}

static bool settle(struct sketch *k, struct outcome *o)
{
    struct mw_board *b = k->b;
    bool ok = true;

    b->wanted = o->wanted;
    mw_board_score(b, k->groups, k->weight);
    for (size_t i = 0; i < b->all.n && ok; i++) {
        uint32_t place = b->all.at[i];
        struct mw_scored one = mw_board_scored(b, place, k->weight);
        double key = key_of(k, &one);
        if (one.cover < k->ask->least)
            continue;
        mw_bit_put(o->hits, place);
        if (key < least_key(k))
            continue;
        struct mw_scored *slot = mw_list_add(k->a, &k->out->best, sizeof *slot);
        ok = slot != NULL;
        if (ok)
            *slot = one;
        if (is_firm(k, one.notice))
            add_key(&k->floor, k->ask->most, key);
    }
    mw_board_clear(b);
    b->wanted = NULL;
    set_least(k, least_key(k));
    return ok;
}

static bool window(struct sketch *k, uint32_t from)
{
    bool doubt[MW_WINDOW_WORDS];
    struct outcome o = { .any = false };
    const uint32_t *cells = k->b->sketch;
    const uint64_t *pass = k->ask->pass != NULL ? &k->ask->pass[from / 64] : NULL;

    k->touched = false;
    mw_board_move(k->b, from);
    for (size_t g = 0; g < k->groups->n; g++)
        sketch_group(k, MW_AT(*k->groups, struct mw_group, g));
    if (!k->touched)
        return true;
    if (!k->ask->uncounted)
        sift(o.hits, doubt, cells, &k->sieve);
    else if (!sift_high(doubt, cells, k->sieve.high))
        memset(doubt, 0, sizeof doubt);
    for (size_t w = 0; w < MW_WINDOW_WORDS; w++) {
        o.wanted[w] = doubt[w] ? look_at(k, &cells[w * 64], o.hits[w]) : 0;
        if (pass != NULL) {
            o.hits[w] &= pass[w];
            o.wanted[w] &= pass[w];
        }
        o.any = o.any || o.wanted[w] != 0;
    }
    memset(k->b->sketch, 0, sizeof k->b->sketch);
    bool ok = !o.any || settle(k, &o);
    if (!k->ask->uncounted)
        memcpy(&k->out->hits[from / 64], o.hits, sizeof o.hits);
    return ok;
}

/* --- the page ----------------------------------------------------------------------------------------------------------------- */

/* As many hits as are wanted that have at least that key, whatever is still to be found: what the seeds have without the groups that
 * came after. Numbers are rounded; hence a little less. */
static double key_of_seeds(struct sketch *k, const struct mw_list *seeds)
{
    const double rounding = 1e-9;
    double least;

    for (size_t i = 0; i < seeds->n; i++) {
        const struct mw_scored *one = MW_AT(*seeds, struct mw_scored, i);
        bool passes = k->ask->pass == NULL || mw_bit(k->ask->pass, one->doc);
        if (passes && one->cover * (1 - rounding) > k->ask->least && is_firm(k, one->notice))
            add_key(&k->floor, k->ask->most, key_of(k, one) * (1 - rounding));
    }
    least = least_key(k);
    k->floor.n = 0; /* they will be found once more */
    return least;
}

enum mw_rc mw_rank_page(struct mw_page *out, struct mw_arena *a, struct mw_store *s, struct mw_list *groups,
                        const struct mw_page_ask *ask, struct mw_err *err)
{
    struct sketch k = { .groups = groups, .ask = ask, .out = out, .a = a, .weight = mw_typed_weight(groups) };
    enum mw_rc rc = mw_board_get(&k.b, a, s, groups, err);

    *out = (struct mw_page){ .hits = NULL };
    if (rc != MW_OK)
        return rc;
    const uint32_t end = k.b->docs->end;
    out->hits = ask->uncounted ? NULL : mw_arena_array(a, k.b->docs->words, sizeof *out->hits);
    k.floor.keys = mw_arena_array(a, (ask->most < end ? ask->most : end) + 1, sizeof *k.floor.keys);
    if ((out->hits == NULL && !ask->uncounted) || k.floor.keys == NULL || !measure(&k))
        return mw_nomem(err);
    if (ask->most > 0 && ask->seeds != NULL)
        k.bottom = key_of_seeds(&k, ask->seeds);
    set_least(&k, least_key(&k));
    for (uint32_t d = 0; rc == MW_OK && d < end; d += MW_WINDOW)
        if (!window(&k, d))
            rc = mw_nomem(err);
    return rc;
}
