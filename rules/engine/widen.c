/* What a search may add to a query: other words of the same thing, of narrower, related and broader ones. */
#include <stdlib.h>

#include "lib/language/analyse.h"
#include "rules/engine/forms.h"

/* query is folded: a word counts as said in every spelling of its umlauts, but not where it is only letters of another. */
static bool said_already(const struct mw_list *out, size_t first, struct mw_sv words, struct mw_sv query)
{
    MW_AUTO(mw_str_free) struct mw_str folded = MW_STR_INIT;

    for (size_t i = first; i < out->n; i++)
        if (mw_sv_ieq(MW_AT(*out, struct mw_expansion, i)->words, words))
            return true;
    mw_fold(&folded, words);
    struct mw_sv w = mw_str_sv(&folded);
    for (size_t at = 0; w.n > 0 && (at = mw_sv_find(query, w, at)) != SIZE_MAX; at++)
        if ((at == 0 || !mw_form_is_word_byte(query.p[at - 1])) && (at + w.n == query.n || !mw_form_is_word_byte(query.p[at + w.n])))
            return true;
    return false;
}

static bool add_words(struct mw_list *out, size_t first, struct mw_arena *a, const struct mw_expansion *from, const struct mw_concept *c,
    const struct mw_list *words, size_t max, bool english, int weight, struct mw_sv query)
{
    for (size_t i = 0; i < words->n && i < max; i++) {
        struct mw_sv w = *MW_AT(*words, struct mw_sv, i);
        if (said_already(out, first, w, query))
            continue;
        struct mw_expansion *e = mw_list_add(a, out, sizeof *e);
        if (e == NULL)
            return false;
        *e = (struct mw_expansion){ w, english, weight * from->weight / 100, c, from->begin, from->end };
    }
    return true;
}

static bool names(const struct mw_list *ids, struct mw_sv id)
{
    for (size_t i = 0; i < ids->n; i++)
        if (mw_sv_eq(*MW_AT(*ids, struct mw_sv, i), id))
            return true;
    return false;
}

/* One neighbour's own words: its name and abbreviations, in both languages. */
static bool add_neighbour(struct mw_list *out, size_t first, struct mw_arena *a, const struct mw_expansion *from, const struct mw_concept *c,
    int weight, struct mw_sv query)
{
    return add_words(out, first, a, from, c, &c->de, 2, false, weight, query) && add_words(out, first, a, from, c, &c->abbr, 1, false, weight, query) &&
           add_words(out, first, a, from, c, &c->en, 1, true, weight * 3 / 4, query);
}

static bool expand_one(struct mw_list *out, size_t first, struct mw_arena *a, const struct mw_vocabulary *v, const struct mw_expansion *from,
    struct mw_sv query)
{
    const struct mw_concept *c = from->concept;
    bool good = add_words(out, first, a, from, c, &c->de, SIZE_MAX, false, 80, query) &&
                add_words(out, first, a, from, c, &c->abbr, SIZE_MAX, false, 80, query) &&
                add_words(out, first, a, from, c, &c->en, SIZE_MAX, true, 60, query);
    for (size_t i = 0; i < v->concepts.n && good; i++) {
        const struct mw_concept *other = MW_AT(v->concepts, struct mw_concept, i);
        if (names(&other->broader, c->id))
            good = add_neighbour(out, first, a, from, other, 45, query);
        else if (names(&c->related, other->id) || names(&other->related, c->id))
            good = add_neighbour(out, first, a, from, other, 35, query);
        else if (names(&c->broader, other->id))
            good = add_neighbour(out, first, a, from, other, 30, query);
    }
    return good;
}

static int by_weight(const void *pa, const void *pb)
{
    const struct mw_expansion *a = pa, *b = pb;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    if (a->begin != b->begin)
        return a->begin < b->begin ? -1 : 1;
    return mw_sv_cmp(a->words, b->words);
}

enum mw_rc mw_vocabulary_expand(struct mw_list *out, struct mw_arena *a, const struct mw_vocabulary *v, struct mw_sv query, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str folded = MW_STR_INIT;
    struct mw_list found = { 0 };
    size_t first = out->n;
    enum mw_rc rc = mw_vocabulary_read(&found, a, v, query, SEARCH, true, err);
    mw_fold(&folded, query);
    for (size_t i = 0; i < found.n && rc == MW_OK; i++)
        if (!expand_one(out, first, a, v, MW_AT(found, struct mw_expansion, i), mw_str_sv(&folded)))
            rc = mw_nomem(err);
    if (out->n > first + 1)
        qsort(MW_AT(*out, struct mw_expansion, first), out->n - first, sizeof(struct mw_expansion), by_weight);
    return rc;
}
