/* Entries lie one after the other in blocks that are never moved; a table of places, open addressing, doubles as it fills. */
#include "lib/language/memo.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK_BITS = 18, BLOCK = 1 << BLOCK_BITS, BLOCKS = 80 }; /* 20 MB: some 400,000 words */
enum { FIRST_SLOTS = 1 << 12, WORDS_MOST = 3 << 17 }; /* a table is at most three quarters full */

struct slot {
    uint32_t hash, at; /* block and place in it; 0: empty */
};
struct mw_memo {
    struct slot *slots;
    size_t cap, n;
    char *blocks[BLOCKS];
    uint32_t end;  /* where the next entry begins: 0 is no place */
    uint32_t hash; /* of the word asked for last */
    uint32_t numbers; /* given so far */
};

struct mw_memo *mw_memo_new(void)
{
    struct mw_memo *m = calloc(1, sizeof *m);

    if (m != NULL)
        m->slots = calloc(m->cap = FIRST_SLOTS, sizeof *m->slots);
    if (m == NULL || m->slots == NULL) {
        free(m);
        return NULL;
    }
    m->end = sizeof(uint16_t);
    return m;
}

void mw_memo_free(struct mw_memo *m)
{
    if (m == NULL)
        return;
    for (size_t i = 0; i < BLOCKS; i++)
        free(m->blocks[i]);
    free(m->slots);
    free(m);
}

static const struct mw_memo_entry *entry_at(const struct mw_memo *m, uint32_t at)
{
    return (const void *)(m->blocks[at >> BLOCK_BITS] + (at & (BLOCK - 1)));
}

static struct slot *free_slot(struct slot *slots, size_t cap, uint32_t hash)
{
    size_t i = hash & (cap - 1);
    while (slots[i].at != 0)
        i = (i + 1) & (cap - 1);
    return &slots[i];
}

const struct mw_memo_entry *mw_memo_find(struct mw_memo *m, struct mw_sv word, bool english)
{
    uint32_t hash = m->hash = (uint32_t)mw_sv_hash_long(word) ^ (english ? 0x9E3779B9u : 0);

    for (size_t i = hash & (m->cap - 1); m->slots[i].at != 0; i = (i + 1) & (m->cap - 1)) {
        if (m->slots[i].hash != hash)
            continue;
        const struct mw_memo_entry *e = entry_at(m, m->slots[i].at);
        if (e->key_n == word.n && memcmp(e->form_n + e->n, word.p, word.n) == 0)
            return e;
    }
    return NULL;
}

static void forget_all(struct mw_memo *m)
{
    memset(m->slots, 0, m->cap * sizeof *m->slots);
    m->n = 0;
    m->end = sizeof(uint16_t);
}

static bool grow(struct mw_memo *m)
{
    struct slot *slots = calloc(m->cap * 2, sizeof *slots);

    if (slots == NULL)
        return false;
    for (size_t i = 0; i < m->cap; i++)
        if (m->slots[i].at != 0)
            *free_slot(slots, m->cap * 2, m->slots[i].hash) = m->slots[i];
    free(m->slots);
    m->slots = slots;
    m->cap *= 2;
    return true;
}

/* Room for n bytes on end, in one block; 0: out of memory. */
static uint32_t reserve(struct mw_memo *m, size_t n)
{
    uint32_t at = m->end;

    if ((at & (BLOCK - 1)) + n > BLOCK)
        at = (at | (BLOCK - 1)) + 1;
    if (at >> BLOCK_BITS >= BLOCKS || m->n >= WORDS_MOST) {
        forget_all(m);
        at = m->end;
    }
    char **block = &m->blocks[at >> BLOCK_BITS];
    if ((*block == NULL && (*block = malloc(BLOCK)) == NULL) || (m->n >= m->cap / 4 * 3 && !grow(m)))
        return 0;
    m->end = at + (uint32_t)(n + n % 2);
    return at;
}

const struct mw_memo_entry *mw_memo_add(struct mw_memo *m, struct mw_sv word, const struct mw_sv *forms, unsigned n, unsigned char flags)
{
    size_t bytes = sizeof(struct mw_memo_entry) + n * sizeof(uint16_t) + word.n;

    for (unsigned i = 0; i < n; i++)
        bytes += forms[i].n;
    if (bytes > UINT16_MAX || n > MW_FORMS_MAX)
        return NULL;
    uint32_t at = reserve(m, bytes);
    if (at == 0)
        return NULL;
    struct mw_memo_entry *e = (void *)(m->blocks[at >> BLOCK_BITS] + (at & (BLOCK - 1)));
    uint32_t number = m->numbers + 1;
    m->numbers += n;
    *e = (struct mw_memo_entry){ .key_n = (uint16_t)word.n, .n = (unsigned char)n, .flags = flags, .number = { (uint16_t)number, (uint16_t)(number >> 16) } };
    char *to = (char *)(e->form_n + n);
    memcpy(to, word.p, word.n);
    to += word.n;
    for (unsigned i = 0; i < n; i++) {
        e->form_n[i] = (uint16_t)forms[i].n;
        memcpy(to, forms[i].p, forms[i].n);
        to += forms[i].n;
    }
    *free_slot(m->slots, m->cap, m->hash) = (struct slot){ m->hash, at };
    m->n++;
    return e;
}
