/* Pseudo-relevance feedback: what the best hits have in common is looked for too, at a small weight (RM3: Abdul-Jaleel and
 * others, TREC 2004). It finds what speaks of the same in other words, and orders what the typed words leave equal. */
#include "index/query.h"

#include <math.h>
#include <stdlib.h>

static const double WEIGHT = 0.9; /* of all added terms together, beside all typed words; less where few notices give them */
static const double HALF = 0.5;   /* so many mentions in a notice say half of what many say */
enum { BEST = 6, TERMS = 40, LOOKED_UP = 250 };
enum { MANY = 1000, SHARE = 12 }; /* what more than so many notices say, and more than one in so many, tells nothing */

struct item {
    struct mw_spoken *word;
    struct mw_sv shown;       /* the word as a notice writes it, or one of which it is a part */
    bool part;
    double weight;
};

/* What the notices say, first of all the typed words: those are no items. */
static void pass_over_typed(struct mw_store *s, const struct mw_list *groups, uint64_t turn)
{
    for (size_t g = 0; g < groups->n; g++) {
        const struct mw_group *group = MW_AT(*groups, struct mw_group, g);
        for (size_t w = 0; w < group->ways.n; w++) {
            const struct mw_way *way = MW_AT(group->ways, struct mw_way, w);
            for (size_t i = 0; i < way->terms.n; i++) {
                struct mw_spoken *word = mw_said_form(s, MW_AT(way->terms, struct mw_term, i)->form);
                if (word != NULL) {
                    word->turn = turn;
                    word->place = UINT32_MAX;
                }
            }
        }
    }
}

static bool add_items(struct mw_list *items, struct mw_arena *a, const struct mw_list *saids, double share, uint64_t turn)
{
    for (size_t i = 0; i < saids->n; i++) {
        const struct mw_said *said = MW_AT(*saids, struct mw_said, i);
        struct mw_spoken *word = said->word;
        if ((word->turn == turn && word->place == UINT32_MAX) || word->names_place)
            continue;
        struct item *item = word->turn == turn ? MW_AT(*items, struct item, word->place) : mw_list_add(a, items, sizeof *item);
        if (item == NULL)
            return false;
        if (word->turn != turn) {
            word->turn = turn;
            word->place = (uint32_t)(items->n - 1);
            *item = (struct item){ .word = word, .shown = said->shown, .part = said->part };
        } else if (item->part && !said->part) {
            item->part = false;
            item->shown = said->shown;
        }
        item->weight += share * said->times / (said->times + HALF);
    }
    return true;
}

/* What the notices say and nobody typed. */
static enum mw_rc read_notices(struct mw_list *items, struct mw_arena *a, struct mw_store *s, const struct mw_rules *rules,
                               const struct mw_list *groups, const struct mw_scored *best, size_t n, struct mw_err *err)
{
    const struct mw_list *saids[BEST];
    double scores = 0;
    enum mw_rc rc = mw_said_begin(s, err);

    if (rc == MW_OK)
        rc = mw_said_places(s, rules, err);
    for (size_t i = 0; i < n && rc == MW_OK; i++) {
        rc = mw_said(&saids[i], s, best[i].doc, best[i].notice, err);
        scores += best[i].score;
    }
    if (rc != MW_OK)
        return rc;
    for (size_t i = 0; i < n; i++)
        items->cap += saids[i]->n;
    items->items = mw_arena_array(a, items->cap, sizeof(struct item));
    if (items->items == NULL)
        return mw_nomem(err);
    uint64_t turn = mw_said_turn(s);
    pass_over_typed(s, groups, turn);
    for (size_t i = 0; i < n; i++)
        if (!add_items(items, a, saids[i], best[i].score / scores, turn))
            return mw_nomem(err);
    return MW_OK;
}

static size_t the_less(size_t a, size_t b)
{
    return a < b ? a : b;
}

struct rated {
    double weight;
    const struct item *item;
};

static int by_weight(const void *a, const void *b)
{
    const struct rated *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return mw_sv_cmp(x->item->word->form, y->item->word->form);
}

/* A frequent word takes longer to rank than ten rare ones, and says less. */
static enum mw_rc ask_rarity(struct mw_spoken *word, struct mw_store *s, const struct mw_docs *docs, struct mw_err *err)
{
    int64_t with = 0;
    enum mw_rc rc = mw_living_count(&with, s, docs, word->form, err);

    word->rare = with > MANY && with > docs->living / SHARE ? -1 : mw_idf(docs->living, with);
    return rc;
}

/* The best of them: struct rated. How rare a word is is asked of those alone that the notices say most. */
static enum mw_rc choose(struct mw_list *out, struct mw_arena *a, struct mw_store *s, const struct mw_list *items, struct mw_err *err)
{
    const struct mw_docs *docs = NULL;
    struct rated *rated = mw_arena_array(a, items->n, sizeof *rated);
    enum mw_rc rc = rated != NULL ? mw_docs(&docs, s, err) : mw_nomem(err);

    if (rc != MW_OK)
        return rc;
    for (size_t i = 0; i < items->n; i++)
        rated[i] = (struct rated){ MW_AT(*items, struct item, i)->weight, MW_AT(*items, struct item, i) };
    const size_t n = the_less(items->n, LOOKED_UP);
    mw_top_any(rated, items->n, sizeof *rated, n, by_weight);
    for (size_t i = 0; i < n && rc == MW_OK; i++) {
        struct mw_spoken *word = rated[i].item->word;
        if (word->rare == 0)
            rc = ask_rarity(word, s, docs, err);
        rated[i].weight *= word->rare;
    }
    *out = (struct mw_list){ rated, the_less(n, TERMS), items->n };
    if (rc == MW_OK)
        mw_top(rated, n, sizeof *rated, out->n, by_weight);
    while (out->n > 0 && rated[out->n - 1].weight <= 0)
        out->n--;
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
    *slot = item->word->form;
    *g = (struct mw_group){ .typed = MW_SV_NONE, .weight = weight };
    return mw_way_add(g, a, MW_R_RELATED, item->shown, &forms, 1, err);
}

static enum mw_rc add_related(struct mw_list *groups, struct mw_arena *a, struct mw_store *s, const struct mw_rules *rules,
                              const struct mw_scored *best, size_t n, struct mw_err *err)
{
    struct mw_list items = { NULL, 0, 0 }, chosen = { NULL, 0, 0 };
    double weights = 0, typed_weight = 0;
    enum mw_rc rc = read_notices(&items, a, s, rules, groups, best, n, err);

    if (rc == MW_OK)
        rc = choose(&chosen, a, s, &items, err);
    if (rc != MW_OK)
        return rc;
    for (size_t i = 0; i < groups->n; i++)
        typed_weight += MW_AT(*groups, struct mw_group, i)->weight;
    for (size_t i = 0; i < chosen.n; i++)
        weights += MW_AT(chosen, struct rated, i)->weight;
    double all = WEIGHT * typed_weight * (double)n / BEST;
    for (size_t i = 0; i < chosen.n && rc == MW_OK; i++) {
        const struct rated *one = MW_AT(chosen, struct rated, i);
        rc = add_group(groups, a, one->item, all * one->weight / weights, err);
    }
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

enum mw_rc mw_related_add(struct mw_list *groups, struct mw_list *best, struct mw_arena *a, struct mw_store *s, const struct mw_rules *rules,
                          double least, struct mw_err *err)
{
    struct mw_page page;
    const struct mw_page_ask ask = { .most = BEST, .least = least, .by_points = true, .uncounted = true };
    size_t typed_n = groups->n;
    enum mw_rc rc = mw_rank_page(&page, a, s, groups, &ask, err);

    if (rc == MW_OK && page.best.n > 1) { /* one notice alone has nothing in common with others */
        size_t n = the_less(page.best.n, BEST);
        mw_top(page.best.items, page.best.n, sizeof(struct mw_scored), n, by_points);
        rc = add_related(groups, a, s, rules, page.best.items, n, err);
    }
    if (best != NULL)
        *best = page.best;
    return rc == MW_OK && groups->n > typed_n ? mw_look_up(groups, typed_n, s, err) : rc;
}
