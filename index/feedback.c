/* Pseudo-relevance feedback: what the best hits have in common is looked for too, at a small weight (RM3: Abdul-Jaleel and
 * others, TREC 2004). It finds what speaks of the same in other words, and orders what the typed words leave equal. */
#include "index/query.h"

#include <math.h>
#include <stdlib.h>

static const double WEIGHT = 0.9; /* of all added terms together, beside all typed words; less where few notices give them */
static const double HALF = 0.5;   /* so many mentions in a notice say half of what many say */
enum { BEST = 6, TERMS = 40, LOOKED_UP = 250, TEXTS = 3, READ_LETTERS = 3000, SLOTS = 1 << 13, ITEMS = SLOTS * 3 / 4 };

struct item {
    struct mw_sv form, shown; /* shown: the word as a notice writes it, or one of which it is a part */
    bool part;
    double weight;
    unsigned here;            /* so often in the notice being read */
};
struct reader {
    struct mw_arena *a;
    struct mw_sv text;        /* being read; lives in the arena */
    unsigned times;           /* so often each word of it counts */
    struct mw_list items;     /* struct item */
    uint16_t *slots;          /* 1 + the place of the item; open addressing */
    uint16_t *here;           /* places of those met in this notice */
    size_t n_here;
};
_Static_assert(ITEMS < UINT16_MAX, "places of items stand in 16 bits");

/* NULL: there are too many, or no memory. */
static struct item *item_of(struct reader *r, struct mw_sv form)
{
    size_t i = (size_t)mw_sv_hash(form) & (SLOTS - 1);

    for (; r->slots[i] != 0; i = (i + 1) & (SLOTS - 1))
        if (mw_sv_eq(MW_AT(r->items, struct item, r->slots[i] - 1)->form, form))
            return MW_AT(r->items, struct item, r->slots[i] - 1);
    struct mw_sv kept = r->items.n < ITEMS ? mw_arena_copy(r->a, form) : MW_SV_NONE;
    struct item *item = kept.p != NULL ? mw_list_add(r->a, &r->items, sizeof *item) : NULL;
    if (item != NULL) {
        *item = (struct item){ .form = kept, .shown = MW_SV_NONE };
        r->slots[i] = (uint16_t)r->items.n;
    }
    return item;
}

static bool read_word(void *ctx, const struct mw_token *t)
{
    struct reader *r = ctx;
    struct item *item = t->stopword || t->form.n < 3 || !mw_has_letter(t->form) ? NULL : item_of(r, t->form);

    if (item == NULL)
        return true;
    if (item->shown.p == NULL || (item->part && !t->part)) {
        item->part = t->part;
        item->shown = mw_sv_sub(r->text, t->begin, t->end - t->begin);
    }
    if (item->here == 0)
        r->here[r->n_here++] = (uint16_t)(item - MW_AT(r->items, struct item, 0));
    item->here += r->times;
    return true;
}

static enum mw_rc read_notice(struct reader *r, struct mw_store *s, int64_t notice, double share, struct mw_err *err)
{
    struct mw_list texts = { NULL, 0, 0 };
    enum mw_rc rc = mw_sections_begin(&texts, r->a, s, notice, READ_LETTERS, err);

    r->n_here = 0;
    for (size_t i = 0; i < texts.n && i < TEXTS && rc == MW_OK; i++) {
        const struct mw_section *c = MW_AT(texts, struct mw_section, i);
        r->text = c->text;
        r->times = i == 0 ? 2 : 1; /* the title says most */
        mw_analyse(s->an, c->text, c->html, read_word, r);
    }
    for (size_t i = 0; i < r->n_here; i++) {
        struct item *item = MW_AT(r->items, struct item, r->here[i]);
        item->weight += share * item->here / (item->here + HALF);
        item->here = 0;
    }
    return rc;
}

static int by_weight(const void *a, const void *b)
{
    const struct item *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return mw_sv_cmp(x->form, y->form);
}

static bool typed(const struct mw_list *groups, struct mw_sv form)
{
    for (size_t g = 0; g < groups->n; g++) {
        const struct mw_group *group = MW_AT(*groups, struct mw_group, g);
        for (size_t w = 0; w < group->ways.n; w++) {
            const struct mw_way *way = MW_AT(group->ways, struct mw_way, w);
            for (size_t i = 0; i < way->terms.n; i++)
                if (mw_sv_eq(MW_AT(way->terms, struct mw_term, i)->form, form))
                    return true;
        }
    }
    return false;
}

/* What the notices say and nobody typed, best first. How rare a word is is asked of those alone that they say most. */
static enum mw_rc choose(struct reader *r, struct mw_store *s, const struct mw_list *groups, struct mw_err *err)
{
    const struct mw_docs *docs = NULL;
    struct item *items = r->items.items;
    enum mw_rc rc = mw_docs(&docs, s, err);
    size_t n = 0;

    for (size_t i = 0; i < r->items.n; i++)
        if (!typed(groups, items[i].form))
            items[n++] = items[i];
    if (n > LOOKED_UP) {
        mw_top(items, n, sizeof *items, LOOKED_UP, by_weight);
        n = LOOKED_UP;
    }
    for (size_t i = 0; i < n && rc == MW_OK; i++) {
        int64_t with = 0;
        rc = mw_living_count(&with, s, docs, items[i].form, err);
        items[i].weight *= mw_idf(docs->living, with);
    }
    r->items.n = n < TERMS ? n : TERMS;
    mw_top(items, n, sizeof *items, r->items.n, by_weight);
    return rc;
}

static enum mw_rc add_group(struct mw_list *groups, struct mw_arena *a, const struct item *item, double weight,
                             struct mw_err *err)
{
    struct mw_group *g = mw_list_add(a, groups, sizeof *g);
    struct mw_list forms = { NULL, 0, 0 };
    struct mw_sv *slot = mw_list_add(a, &forms, sizeof *slot);

    if (g == NULL || slot == NULL)
        return mw_nomem(err);
    *slot = item->form;
    *g = (struct mw_group){ .typed = MW_SV_NONE, .weight = weight };
    return mw_way_add(g, a, MW_R_RELATED, item->shown, &forms, 1, err);
}

static enum mw_rc add_related(struct mw_list *groups, struct mw_arena *a, struct mw_store *s, const struct mw_scored *best, size_t n,
                       struct mw_err *err)
{
    struct reader r = { .a = a, .slots = mw_arena_array(a, SLOTS, sizeof *r.slots), .here = mw_arena_array(a, ITEMS, sizeof *r.here) };
    double scores = 0, weights = 0, typed_weight = 0;
    enum mw_rc rc = MW_OK;

    if (r.slots == NULL || r.here == NULL)
        return mw_nomem(err);
    for (size_t i = 0; i < n; i++)
        scores += best[i].score;
    for (size_t i = 0; i < n && rc == MW_OK; i++)
        rc = read_notice(&r, s, best[i].notice, best[i].score / scores, err);
    if (rc == MW_OK)
        rc = choose(&r, s, groups, err);
    if (rc != MW_OK)
        return rc;
    for (size_t i = 0; i < groups->n; i++)
        typed_weight += MW_AT(*groups, struct mw_group, i)->weight;
    for (size_t i = 0; i < r.items.n; i++)
        weights += MW_AT(r.items, struct item, i)->weight;
    double all = WEIGHT * typed_weight * (double)n / BEST;
    for (size_t i = 0; i < r.items.n && rc == MW_OK; i++)
        rc = add_group(groups, a, MW_AT(r.items, struct item, i), all * MW_AT(r.items, struct item, i)->weight / weights, err);
    return rc;
}

/* Of two notices with equal scores the one that speaks of more of the query is wanted more. */
static const double COVER_POWER = 0.8;

double mw_raise(double cover)
{
    return pow(cover, COVER_POWER);
}

double mw_score_of(const struct mw_scored *s)
{
    return s->score * mw_raise(s->cover);
}

static int by_points(const void *a, const void *b)
{
    const struct mw_scored *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return (x->notice > y->notice) - (x->notice < y->notice);
}

enum mw_rc mw_related_add(struct mw_list *groups, struct mw_arena *a, struct mw_store *s, double least, struct mw_err *err)
{
    struct mw_page page;
    size_t typed_n = groups->n;
    enum mw_rc rc = mw_rank_page(&page, a, s, groups, &(struct mw_page_ask){ .most = BEST, .least = least, .by_points = true }, err);
    size_t n = rc == MW_OK && page.best.n < BEST ? page.best.n : BEST;

    if (rc == MW_OK && page.best.n > 1) { /* one notice alone has nothing in common with others */
        mw_top(page.best.items, page.best.n, sizeof(struct mw_scored), n, by_points);
        rc = add_related(groups, a, s, page.best.items, n, err);
    }
    return rc == MW_OK && groups->n > typed_n ? mw_look_up(groups, typed_n, a, s, err) : rc;
}
