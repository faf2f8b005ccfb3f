#include "index/table.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 1024 };

static struct mw_sv **slot(struct mw_sv **slots, size_t cap, struct mw_sv term)
{
    size_t i = (size_t)mw_sv_hash(term) & (cap - 1);
    while (slots[i] != NULL && !mw_sv_eq(*slots[i], term))
        i = (i + 1) & (cap - 1);
    return &slots[i];
}

static bool grow(struct mw_table *t)
{
    size_t cap = t->cap == 0 ? FIRST_SLOTS : t->cap * 2;
    struct mw_sv **slots = calloc(cap, sizeof *slots);

    if (slots == NULL)
        return false;
    for (size_t i = 0; i < t->cap; i++)
        if (t->slots[i] != NULL)
            *slot(slots, cap, *t->slots[i]) = t->slots[i];
    free(t->slots);
    t->slots = slots;
    t->cap = cap;
    return true;
}

void *mw_table_add(struct mw_table *t, struct mw_sv term, size_t size)
{
    if ((t->arena == NULL && (t->arena = mw_arena_new()) == NULL) || (t->n * 2 >= t->cap && !grow(t)))
        return NULL;
    struct mw_sv **at = slot(t->slots, t->cap, term);
    if (*at == NULL) {
        struct mw_sv *thing = mw_arena_alloc(t->arena, size);
        if (thing == NULL || (*thing = mw_arena_copy(t->arena, term)).p == NULL)
            return NULL;
        *at = thing;
        t->n++;
    }
    return *at;
}

void *mw_table_find(const struct mw_table *t, struct mw_sv term)
{
    return t->cap > 0 ? *slot(t->slots, t->cap, term) : NULL;
}

size_t mw_table_bytes(const struct mw_table *t)
{
    return t->cap * sizeof(struct mw_sv *) + (t->arena != NULL ? mw_arena_used(t->arena) : 0);
}

void mw_table_drop(struct mw_table *t)
{
    free(t->slots);
    mw_arena_free(t->arena);
    *t = (struct mw_table){ .arena = NULL };
}
