/* The automaton: states by byte class, failure links folded into the table, so that each byte costs one step. */
#include "rules/engine/trigger.h"

#include <string.h>

enum { STATES_MAX = 60000 };

struct word {
    struct mw_sv text; /* folded */
    int same;          /* next word that ends in the same state, or -1 */
};
struct mw_trigger {
    struct mw_arena *arena;
    struct mw_list words; /* struct word */
    uint8_t class[256];
    size_t classes, states;
    uint16_t *next;    /* states x classes */
    int *ends;         /* first word that ends in a state, or -1 */
    uint16_t *shorter; /* the next state on the failure path where a word ends; 0: none */
    uint16_t *first;   /* the state itself if a word ends there, else shorter */
};

struct mw_trigger *mw_trigger_new(struct mw_arena *a)
{
    struct mw_trigger *t = mw_arena_alloc(a, sizeof *t);
    if (t != NULL)
        t->arena = a;
    return t;
}

/* One byte in small letters; previous tells whether it is the second byte of a Latin-1 letter (À..Þ without ×). */
static inline unsigned char small(unsigned char previous, unsigned char c)
{
    if (c >= 'A' && c <= 'Z')
        return (unsigned char)(c + 32);
    if (previous == 0xC3 && c >= 0x80 && c <= 0x9E && c != 0x97)
        return (unsigned char)(c + 0x20);
    return c;
}

int mw_trigger_add(struct mw_trigger *t, struct mw_sv word)
{
    if (word.n == 0)
        return -1;
    struct mw_sv copy = mw_arena_copy(t->arena, word);
    if (copy.p == NULL)
        return -1;
    char *p = mw_arena_alloc(t->arena, word.n);
    if (p == NULL)
        return -1;
    for (size_t i = 0; i < word.n; i++)
        p[i] = (char)small(i > 0 ? (unsigned char)word.p[i - 1] : 0, (unsigned char)word.p[i]);
    copy.p = p;
    for (size_t i = 0; i < t->words.n; i++)
        if (mw_sv_eq(MW_AT(t->words, struct word, i)->text, copy))
            return (int)i;
    struct word *w = mw_list_add(t->arena, &t->words, sizeof *w);
    if (w == NULL)
        return -1;
    *w = (struct word){ copy, -1 };
    return (int)t->words.n - 1;
}

size_t mw_trigger_count(const struct mw_trigger *t)
{
    return t->words.n;
}

static void classify(struct mw_trigger *t, size_t *bytes)
{
    t->classes = 1; /* class 0: a byte of no word */
    *bytes = 0;
    for (size_t i = 0; i < t->words.n; i++) {
        struct mw_sv w = MW_AT(t->words, struct word, i)->text;
        *bytes += w.n;
        for (size_t k = 0; k < w.n; k++)
            if (t->class[(unsigned char)w.p[k]] == 0)
                t->class[(unsigned char)w.p[k]] = (uint8_t)t->classes++;
    }
}

static void plant(struct mw_trigger *t)
{
    t->states = 1;
    for (size_t i = 0; i < t->words.n; i++) {
        struct word *w = MW_AT(t->words, struct word, i);
        size_t s = 0;
        for (size_t k = 0; k < w->text.n; k++) {
            uint16_t *to = &t->next[s * t->classes + t->class[(unsigned char)w->text.p[k]]];
            if (*to == 0)
                *to = (uint16_t)t->states++;
            s = *to;
        }
        w->same = t->ends[s];
        t->ends[s] = (int)i;
    }
}

/* Breadth first: a missing edge becomes the edge of the longest proper suffix. */
static bool link_failures(struct mw_trigger *t)
{
    uint16_t *queue = mw_arena_array(t->arena, t->states, sizeof *queue);
    uint16_t *fail = mw_arena_array(t->arena, t->states, sizeof *fail);
    size_t head = 0, tail = 0;
    if (queue == NULL || fail == NULL)
        return false;
    for (size_t c = 0; c < t->classes; c++)
        if (t->next[c] != 0)
            queue[tail++] = t->next[c];
    while (head < tail) {
        uint16_t s = queue[head++];
        t->shorter[s] = t->ends[fail[s]] >= 0 ? fail[s] : t->shorter[fail[s]];
        for (size_t c = 0; c < t->classes; c++) {
            uint16_t *to = &t->next[(size_t)s * t->classes + c];
            uint16_t by_suffix = t->next[(size_t)fail[s] * t->classes + c];
            if (*to == 0) {
                *to = by_suffix;
            } else {
                fail[*to] = by_suffix;
                queue[tail++] = *to;
            }
        }
    }
    for (size_t s = 0; s < t->states; s++)
        t->first[s] = t->ends[s] >= 0 ? (uint16_t)s : t->shorter[s];
    return true;
}

bool mw_trigger_build(struct mw_trigger *t)
{
    size_t bytes = 0;
    classify(t, &bytes);
    if (bytes + 1 > STATES_MAX)
        return false;
    t->next = mw_arena_array(t->arena, (bytes + 1) * t->classes, sizeof *t->next);
    t->ends = mw_arena_array(t->arena, bytes + 1, sizeof *t->ends);
    t->shorter = mw_arena_array(t->arena, bytes + 1, sizeof *t->shorter);
    t->first = mw_arena_array(t->arena, bytes + 1, sizeof *t->first);
    if (t->next == NULL || t->ends == NULL || t->shorter == NULL || t->first == NULL)
        return false;
    memset(t->ends, 0xFF, (bytes + 1) * sizeof *t->ends);
    plant(t);
    return link_failures(t);
}

void mw_trigger_scan(const struct mw_trigger *t, struct mw_sv text, mw_trigger_fn *fn, void *ctx)
{
    const size_t classes = t->classes;
    const uint16_t *const next = t->next, *const first = t->first;
    size_t s = 0;
    for (size_t i = 0; i < text.n; i++) {
        s = next[s * classes + t->class[(unsigned char)text.p[i]]];
        for (size_t e = first[s]; e != 0; e = t->shorter[e])
            for (int w = t->ends[e]; w >= 0; w = MW_AT(t->words, struct word, (size_t)w)->same)
                fn(ctx, w);
    }
}
