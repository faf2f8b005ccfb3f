/* The best hits without scoring all: two passes over a window.
 *
 * The first, the sketch, adds up for every document one number of 32 bits: above the most it may score, rounded up, below how
 * much of the query it covers, rounded down. That settles for nearly all whether they are hits, which must be counted, and
 * whether they can stand among the best (the bounds of Turtle, Flood 1995, document by document). The few that are left are
 * scored as rank.c scores them: what comes out is the same, bit for bit. */
#include "index/board.h"

#include <endian.h>
#include <math.h>
#include <string.h>

enum { COVER_BITS = 16, COVER_MASK = (1 << COVER_BITS) - 1, COVER_SCALE = 40000, SCORE_SCALE = 30000, SCORE_MOST = 0xffff };
enum { STEPS = 64, STEP = (1 << COVER_BITS) / STEPS };

struct sketch {
    struct mw_board *b;
    struct mw_list *groups;
    const struct mw_page_ask *ask;
    struct mw_page *out;
    struct mw_arena *a;
    double weight;             /* of the typed words */
    double score_unit, cover_unit; /* of a sketch, for one point and for one share of the weight */
    uint32_t hit, maybe;       /* cover of a sketch: from here on a hit; below that none */
    uint32_t least;            /* score of a sketch: what is below cannot stand among the best */
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
    return k->floor.n == k->ask->most ? k->floor.keys[0] : 0;
}

/* --- the first pass ------------------------------------------------------------------------------------------------------------- */

static uint32_t rounded(double score, double cover, const struct sketch *k)
{
    return ((uint32_t)(score * k->score_unit) + 1) << COVER_BITS | (uint32_t)(cover * k->cover_unit);
}

/* Adds a term of a way. 8 more bits below the unit of the score are cut off. */
static void sketch_term(struct sketch *k, uint32_t *cells, const struct mw_group *g, const struct mw_way *way, struct mw_term *t)
{
    const struct mw_living *l = t->list;
    double worth = g->weight * way->weight * t->weight * t->idf / MW_IMPACT_MAX, cover = g->weight * g->full * way->weight * t->share;
    uint32_t step = (uint32_t)ceil(worth * k->score_unit * (1 << 8)), rest = (1 << COVER_BITS) | (uint32_t)(cover * k->cover_unit);
    uint32_t from = k->b->from, to = k->b->to, at = t->from;

    for (; at < l->n && l->doc[at] < to; at++)
        cells[l->doc[at] - from] += ((step * l->impact[at] >> 8) << COVER_BITS) + rest;
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

    if (way != NULL && way->match.p == NULL && way->terms.n == 1) {
        sketch_term(k, b->sketch, g, way, way->terms.items);
    } else if (way != NULL && way->match.p == NULL) {
        for (size_t i = 0; i < way->terms.n; i++)
            sketch_term(k, b->sketch_way, g, way, MW_AT(way->terms, struct mw_term, i));
        pour(b->sketch, b->sketch_way, (uint32_t)(g->weight * g->full * way->weight * k->cover_unit));
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

/* What a group gives at most; its terms are added to n. */
static double most_of(const struct mw_group *g, size_t *n)
{
    double most = 0;
    for (size_t w = 0; w < g->ways.n; w++) {
        const struct mw_way *way = MW_AT(g->ways, struct mw_way, w);
        double sum = 0;
        *n += way->terms.n;
        for (size_t i = 0; i < way->terms.n; i++)
            sum += MW_AT(way->terms, struct mw_term, i)->weight * MW_AT(way->terms, struct mw_term, i)->idf;
        most = fmax(most, way->weight * sum);
    }
    return g->weight * most;
}

/* Units so that the sums of all groups keep to their bits, also where a compound and its parts are counted apart (pour), and what
 * the least cover is in them. Each term may be rounded by one. */
static void measure(struct sketch *k)
{
    double score = 0, cover = 0;
    size_t n = 0;

    for (size_t g = 0; g < k->groups->n; g++) {
        const struct mw_group *group = MW_AT(*k->groups, struct mw_group, g);
        score += most_of(group, &n);
        cover += group->weight * group->full;
    }
    k->score_unit = score > 0 ? SCORE_SCALE / score : 0;
    k->cover_unit = cover > 0 ? COVER_SCALE / cover : 0;
    double least = k->ask->least * k->weight * k->cover_unit;
    k->hit = (uint32_t)(least + 2);
    k->maybe = least > (double)n + 2 ? (uint32_t)(least - (double)n - 2) : 0;
    if (k->weight <= 0 || k->ask->least <= 0) /* whatever is found is a hit */
        k->hit = k->maybe = 0;
    for (size_t i = 0; i < STEPS; i++) {
        double most = (double)((i + 1) * STEP + n) / k->cover_unit;
        k->raise[i] = k->ask->by_points || k->weight <= 0 ? 1 : mw_raise(fmin(most / k->weight, 1)) * (1 + 1e-9);
    }
}

/* --- the second pass ------------------------------------------------------------------------------------------------------------ */

/* Of the window: which are hits for sure, and which must be scored to know. */
struct outcome {
    uint64_t hits[MW_WINDOW_WORDS], wanted[MW_WINDOW_WORDS];
    bool any;
};
enum { HIT, MAYBE, HIGH }; /* bits of a flag */

MW_BY_PROCESSOR static void flag(unsigned char *restrict flags, const uint32_t *restrict cells, uint32_t hit, uint32_t maybe, uint32_t least)
{
    for (size_t i = 0; i < MW_WINDOW; i++) {
        uint32_t cell = cells[i], cover = cell & COVER_MASK;
        uint32_t all = (cover >= hit ? 1U << HIT : 0) | (cover >= maybe ? 1U << MAYBE : 0) | (cell >= least ? 1U << HIGH : 0);
        flags[i] = (unsigned char)(cell != 0 ? all : 0);
    }
}

/* Of 64 flags one each, as a word: eight bytes of 0 or 1 become eight bits. */
static inline uint64_t packed(const unsigned char *flags, unsigned bit)
{
    uint64_t word = 0, eight;
    for (size_t i = 0; i < 8; i++) {
        memcpy(&eight, flags + i * 8, sizeof eight);
        eight = le64toh(eight) >> bit & UINT64_C(0x0101010101010101);
        word |= (eight * UINT64_C(0x0102040810204080) >> 56) << i * 8;
    }
    return word;
}

static void look_at(struct outcome *o, const struct sketch *k, const unsigned char *flags, size_t word, uint64_t pass)
{
    uint64_t maybe = packed(flags, MAYBE) & pass, high = maybe != 0 ? packed(flags, HIGH) & maybe : 0;

    o->hits[word] = packed(flags, HIT) & pass;
    o->wanted[word] = maybe & ~o->hits[word];
    while (high != 0) {
        unsigned i = mw_bit_take(&high);
        uint32_t cell = k->b->sketch[word * 64 + i];
        if ((cell >> COVER_BITS) * k->raise[(cell & COVER_MASK) / STEP] >= k->least)
            o->wanted[word] |= UINT64_C(1) << i;
    }
    o->any = o->any || o->wanted[word] != 0;
}

/* A hit that another address of its programme may stand for does not hold a place for sure. */
static bool is_firm(const struct sketch *k, int64_t notice)
{
    return k->ask->links == NULL || mw_lead_of(k->ask->links, notice) == 0 || mw_place_of(k->ask->links, notice) == 0;
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
        double key = k->ask->by_points ? one.score : mw_score_of(&one);
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
    double least = least_key(k) * k->score_unit;
    k->least = least < 1 ? 0 : least < SCORE_MOST ? (uint32_t)least - 1 : SCORE_MOST;
    return ok;
}

static bool window(struct sketch *k, uint32_t from)
{
    unsigned char flags[MW_WINDOW];
    struct outcome o;
    size_t first = from / 64;

    k->touched = o.any = false;
    mw_board_move(k->b, k->groups, from);
    for (size_t g = 0; g < k->groups->n; g++)
        sketch_group(k, MW_AT(*k->groups, struct mw_group, g));
    if (!k->touched)
        return true;
    flag(flags, k->b->sketch, k->hit, k->maybe, k->least << COVER_BITS);
    for (size_t w = 0; w < MW_WINDOW_WORDS; w++)
        look_at(&o, k, &flags[w * 64], w, k->ask->pass != NULL ? k->ask->pass[first + w] : UINT64_MAX);
    memset(k->b->sketch, 0, sizeof k->b->sketch);
    bool ok = !o.any || settle(k, &o);
    memcpy(&k->out->hits[first], o.hits, sizeof o.hits);
    return ok;
}

enum mw_rc mw_rank_page(struct mw_page *out, struct mw_arena *a, struct mw_store *s, struct mw_list *groups,
                        const struct mw_page_ask *ask, struct mw_err *err)
{
    struct sketch k = { .groups = groups, .ask = ask, .out = out, .a = a, .weight = mw_typed_weight(groups) };
    enum mw_rc rc = mw_board_get(&k.b, s, groups, err);

    *out = (struct mw_page){ .hits = NULL };
    if (rc != MW_OK)
        return rc;
    size_t most = ask->most < k.b->docs->end ? ask->most : k.b->docs->end;
    out->hits = mw_arena_array(a, k.b->docs->words, sizeof *out->hits);
    k.floor.keys = mw_arena_array(a, most + 1, sizeof *k.floor.keys);
    if (out->hits == NULL || k.floor.keys == NULL)
        return mw_nomem(err);
    measure(&k);
    if (ask->most == 0)
        k.least = SCORE_MOST;
    for (uint32_t d = 0; rc == MW_OK && d < k.b->docs->end; d += MW_WINDOW)
        if (!window(&k, d))
            rc = mw_nomem(err);
    return rc;
}
