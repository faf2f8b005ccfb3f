/* An arena owns the memory of one page, query or draft and drops it in one call.
 * Under the address sanitizer each piece is its own malloc, so that overruns are seen. */
#ifndef MW_CORE_ARENA_H
#define MW_CORE_ARENA_H

#include "lib/core/text.h"

struct mw_arena;

struct mw_arena *mw_arena_new(void); /* NULL: out of memory */
/* Zeroed, aligned for any object; NULL: out of memory. n 0 gives a valid pointer. */
void *mw_arena_alloc(struct mw_arena *a, size_t n);
/* Room for count things of size bytes each; NULL also when count * size does not fit. */
void *mw_arena_array(struct mw_arena *a, size_t count, size_t size);
/* A copy that lives as long as the arena, with a NUL behind it. MW_SV_NONE stays MW_SV_NONE; p is NULL without memory. */
struct mw_sv mw_arena_copy(struct mw_arena *a, struct mw_sv s);
const char *mw_arena_z(struct mw_arena *a, struct mw_sv s); /* the same as a C string */
bool mw_arena_own(struct mw_arena *a, struct mw_sv *s);     /* *s becomes such a copy; false: out of memory */
__attribute__((format(printf, 2, 3))) struct mw_sv mw_arena_printf(struct mw_arena *a, const char *fmt, ...);
size_t mw_arena_used(const struct mw_arena *a); /* bytes handed out */
void mw_arena_free(struct mw_arena *a);
static inline void mw_arena_freep(struct mw_arena **a) { mw_arena_free(*a); }

/* A list whose memory is an arena's; grown with mw_list_add(). items points to n things of the size the filler names. */
struct mw_list {
    void *items;
    size_t n, cap;
};
/* A new zeroed thing at the end of the list, or NULL: out of memory. Moves the others: keep no pointers while growing. */
void *mw_list_add(struct mw_arena *a, struct mw_list *l, size_t size);
#define MW_AT(list, type, i) (&((type *)(list).items)[i])

#endif
