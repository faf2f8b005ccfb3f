/* Implements seen.h: open addressing over a list of entries, SipHash with a key of its own. */
#include "crawler/seen.h"

#include <sodium.h>
#include <stdlib.h>

struct mw_seen {
    struct mw_arena *arena;
    struct mw_list entries; /* struct mw_seen_entry */
    size_t *slots;          /* index + 1; 0: free */
    size_t size;            /* a power of two, at least twice the entries */
    unsigned char key[crypto_shorthash_KEYBYTES];
};

struct mw_seen *mw_seen_new(void)
{
    struct mw_seen *s = calloc(1, sizeof *s);
    if (s == NULL)
        return NULL;
    s->size = 64;
    s->slots = calloc(s->size, sizeof *s->slots);
    s->arena = mw_arena_new();
    if (s->slots == NULL || s->arena == NULL || sodium_init() < 0) {
        mw_seen_free(s);
        return NULL;
    }
    randombytes_buf(s->key, sizeof s->key);
    return s;
}

void mw_seen_free(struct mw_seen *s)
{
    if (s == NULL)
        return;
    mw_arena_free(s->arena);
    free(s->slots);
    free(s);
}

/* The slot of the key, or the free one where it would go. */
static size_t *slot_of(const struct mw_seen *s, struct mw_sv key)
{
    union {
        unsigned char bytes[crypto_shorthash_BYTES];
        uint64_t n;
    } hash;
    crypto_shorthash(hash.bytes, (const unsigned char *)(key.n > 0 ? key.p : ""), key.n, s->key);
    size_t i = hash.n & (s->size - 1);
    while (s->slots[i] != 0 && !mw_sv_eq(MW_AT(s->entries, struct mw_seen_entry, s->slots[i] - 1)->key, key))
        i = (i + 1) & (s->size - 1);
    return &s->slots[i];
}

static bool grow(struct mw_seen *s)
{
    size_t *old = s->slots, *bigger = calloc(s->size * 2, sizeof *bigger);
    if (bigger == NULL)
        return false;
    s->slots = bigger;
    s->size *= 2;
    for (size_t i = 0; i < s->entries.n; i++)
        *slot_of(s, MW_AT(s->entries, struct mw_seen_entry, i)->key) = i + 1;
    free(old);
    return true;
}

struct mw_seen_entry *mw_seen_at(struct mw_seen *s, struct mw_sv key)
{
    size_t *slot = slot_of(s, key);
    if (*slot != 0)
        return MW_AT(s->entries, struct mw_seen_entry, *slot - 1);
    if ((s->entries.n + 1) * 2 > s->size) {
        if (!grow(s))
            return NULL;
        slot = slot_of(s, key);
    }
    struct mw_sv copy = mw_arena_copy(s->arena, key.p != NULL ? key : MW_SV(""));
    struct mw_seen_entry *e = copy.p != NULL ? mw_list_add(s->arena, &s->entries, sizeof *e) : NULL;
    if (e == NULL)
        return NULL;
    *e = (struct mw_seen_entry){ .key = copy };
    *slot = s->entries.n;
    return e;
}

bool mw_seen_emitted(const struct mw_seen *s, struct mw_sv key)
{
    size_t at = *slot_of(s, key);
    return at != 0 && MW_AT(s->entries, struct mw_seen_entry, at - 1)->emitted;
}

size_t mw_seen_count(const struct mw_seen *s) { return s->entries.n; }
struct mw_seen_entry *mw_seen_nth(struct mw_seen *s, size_t i) { return MW_AT(s->entries, struct mw_seen_entry, i); }

bool mw_seen_hold(struct mw_seen *s, struct mw_seen_entry *e, int rank, struct mw_sv record)
{
    e->held = mw_arena_copy(s->arena, record);
    e->rank = rank;
    return e->held.p != NULL;
}
