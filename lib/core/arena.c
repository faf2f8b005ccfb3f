/* Chunks that double in size; under the address sanitizer a list of single mallocs. */
#include "lib/core/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct chunk {
    struct chunk *next;
    alignas(max_align_t) char bytes[];
};
struct mw_arena {
    struct chunk *chunks;
    /* cppcheck-suppress unusedStructMember ; not used where each piece is a malloc of its own */
    char *at;
    /* cppcheck-suppress unusedStructMember */
    char *end;
    size_t used, chunk_size;
};
enum { FIRST_CHUNK = 4096, LAST_CHUNK = 1 << 20 };

struct mw_arena *mw_arena_new(void)
{
    struct mw_arena *a = calloc(1, sizeof *a);
    if (a != NULL)
        a->chunk_size = FIRST_CHUNK;
    return a;
}

static void *add_chunk(struct mw_arena *a, size_t n)
{
    if (n > SIZE_MAX - sizeof(struct chunk))
        return NULL;
    struct chunk *c = malloc(sizeof *c + n);
    if (c == NULL)
        return NULL;
    c->next = a->chunks;
    a->chunks = c;
    return c->bytes;
}

/* Not cleared yet; *n becomes what it takes. */
static void *take(struct mw_arena *a, size_t *size)
{
    size_t n = *size;
    const size_t align = alignof(max_align_t);

    if (n > SIZE_MAX - align)
        return NULL;
    n = n == 0 ? align : (n + align - 1) / align * align;
#ifdef MW_SAN
    char *p = add_chunk(a, n);
#else
    char *p;
    if (n > a->chunk_size / 4) { /* a big piece gets a chunk of its own; the current one goes on */
        p = add_chunk(a, n);
    } else {
        if ((size_t)(a->end - a->at) < n) {
            char *fresh = add_chunk(a, a->chunk_size);
            if (fresh == NULL)
                return NULL;
            a->at = fresh;
            a->end = fresh + a->chunk_size;
            if (a->chunk_size < LAST_CHUNK)
                a->chunk_size *= 2;
        }
        p = a->at;
        a->at += n;
    }
#endif
    if (p == NULL)
        return NULL;
    a->used += n;
    *size = n;
    return p;
}

void *mw_arena_alloc(struct mw_arena *a, size_t n)
{
    void *p = take(a, &n);
    return p != NULL ? memset(p, 0, n) : NULL;
}

void *mw_arena_array(struct mw_arena *a, size_t count, size_t size)
{
    size_t n;
    return __builtin_mul_overflow(count, size, &n) ? NULL : mw_arena_alloc(a, n);
}

struct mw_sv mw_arena_copy(struct mw_arena *a, struct mw_sv s)
{
    if (s.p == NULL)
        return s;
    size_t n = s.n + 1; /* which is cleared by what is copied */
    char *p = s.n < SIZE_MAX ? take(a, &n) : NULL;
    if (p == NULL)
        return MW_SV_NONE;
    memcpy(p, s.p, s.n);
    p[s.n] = '\0';
    return mw_sv_n(p, s.n);
}

bool mw_arena_own(struct mw_arena *a, struct mw_sv *s)
{
    bool none = s->p == NULL;
    *s = mw_arena_copy(a, *s);
    return none || s->p != NULL;
}

const char *mw_arena_z(struct mw_arena *a, struct mw_sv s)
{
    return mw_arena_copy(a, s).p;
}

struct mw_sv mw_arena_printf(struct mw_arena *a, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    char *p = n >= 0 ? mw_arena_alloc(a, (size_t)n + 1) : NULL;
    if (p == NULL)
        return MW_SV_NONE;
    va_start(args, fmt);
    vsnprintf(p, (size_t)n + 1, fmt, args);
    va_end(args);
    return mw_sv_n(p, (size_t)n);
}

size_t mw_arena_used(const struct mw_arena *a)
{
    return a->used;
}

void mw_arena_free(struct mw_arena *a)
{
    if (a == NULL)
        return;
    for (struct chunk *c = a->chunks, *next; c != NULL; c = next) {
        next = c->next;
        free(c);
    }
    free(a);
}

void *mw_list_add(struct mw_arena *a, struct mw_list *l, size_t size)
{
    if (l->n == l->cap) {
        size_t cap = l->cap == 0 ? 8 : l->cap * 2;
        char *items = cap > l->cap ? mw_arena_array(a, cap, size) : NULL;
        if (items == NULL)
            return NULL;
        if (l->n > 0)
            memcpy(items, l->items, l->n * size);
        l->items = items;
        l->cap = cap;
    }
    return (char *)l->items + l->n++ * size;
}
