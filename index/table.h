/* A table of things that begin with the term they are found by; they live in its arena. */
#ifndef MW_INDEX_TABLE_H
#define MW_INDEX_TABLE_H

#include "lib/core/arena.h"

struct mw_table {
    struct mw_arena *arena;  /* terms and things */
    struct mw_sv **slots;    /* open addressing; a power of two */
    size_t n, cap;
};
/* The thing of the term: a new one of size zeroed bytes with a copy of the term, where there was none. NULL: no memory. */
void *mw_table_add(struct mw_table *t, struct mw_sv term, size_t size);
void *mw_table_find(const struct mw_table *t, struct mw_sv term); /* NULL: there is none */
size_t mw_table_bytes(const struct mw_table *t);
void mw_table_drop(struct mw_table *t);

#endif
