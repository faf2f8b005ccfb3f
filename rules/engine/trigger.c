/* The words in order, so that those which begin at a place of the text are found by one short binary search; and before it a filter
 * that lies in the nearest cache: at most places of a text no word begins, and four bytes tell.
 *
 * Of all words the ones that text T begins with are: the last word P that is not behind T in the order, if T begins with it, then the
 * longest other word that P begins with, and so on (any such word W stands before P, P between W and T, so P begins with W). */
#include "rules/engine/trigger.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 65000, FILTER_BITS = 16, GRAM = 4, LONG = 6, KEY = 8 };

struct ranked { /* a word at its place in the order */
    struct mw_sv text;
    uint32_t number;  /* as mw_trigger_add() gave it */
    int32_t shorter;  /* the longest other word that it begins with, or -1 */
    uint32_t met;     /* the scan that found it last */
};
struct gram { /* words that begin with these four bytes (three-letter words: these three and a NUL) */
    uint32_t bytes;
    uint32_t from, to; /* in the order; from == to: free */
};
struct mw_trigger {
    struct mw_arena *arena;
    struct mw_list words;   /* struct mw_sv, folded, by number */
    uint32_t *slots;        /* the words by their hash: number + 1, mask + 1 of them; 0: free */
    size_t mask;
    struct ranked *order;
    uint64_t *keys;         /* by place in the order: the first eight bytes as a number that sorts like them */
    struct gram *grams;
    size_t grams_mask;
    uint32_t scan;
    uint8_t threes[1 << (FILTER_BITS - 3)]; /* bit by hash: words of three bytes */
    uint8_t fours[1 << (FILTER_BITS - 3)];  /* ... the first four bytes of words of four and five */
    uint8_t sixes[1 << (FILTER_BITS - 3)];  /* ... the first six of longer ones */
    uint8_t brief[256];     /* whether words of one or two bytes begin so */
    struct mw_list briefs;  /* uint32_t: those words, by place in the order */
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

/* --- words ---------------------------------------------------------------------------------------------------------- */
/* The slot of a word: its own, or the free one where it would go. */
static uint32_t *slot_of(const struct mw_trigger *t, struct mw_sv word)
{
    for (size_t i = (size_t)mw_sv_hash(word);; i++) {
        uint32_t *slot = &t->slots[i & t->mask];
        if (*slot == 0 || mw_sv_eq(*MW_AT(t->words, struct mw_sv, *slot - 1), word))
            return slot;
    }
}

static bool make_room(struct mw_trigger *t) /* at most half of the slots are taken */
{
    if (t->slots != NULL && t->words.n * 2 < t->mask)
        return true;
    size_t size = t->slots == NULL ? 1024 : (t->mask + 1) * 2;
    uint32_t *slots = mw_arena_array(t->arena, size, sizeof *slots);
    if (slots == NULL)
        return false;
    t->slots = slots;
    t->mask = size - 1;
    for (size_t i = 0; i < t->words.n; i++)
        *slot_of(t, *MW_AT(t->words, struct mw_sv, i)) = (uint32_t)i + 1;
    return true;
}

int mw_trigger_add(struct mw_trigger *t, struct mw_sv word)
{
    if (word.n == 0 || t->words.n >= WORDS_MAX || !make_room(t))
        return -1;
    char *p = mw_arena_alloc(t->arena, word.n);
    if (p == NULL)
        return -1;
    for (size_t i = 0; i < word.n; i++)
        p[i] = (char)small(i > 0 ? (unsigned char)word.p[i - 1] : 0, (unsigned char)word.p[i]);
    uint32_t *slot = slot_of(t, mw_sv_n(p, word.n));
    if (*slot == 0) {
        struct mw_sv *w = mw_list_add(t->arena, &t->words, sizeof *w);
        if (w == NULL)
            return -1;
        *w = mw_sv_n(p, word.n);
        *slot = (uint32_t)t->words.n;
    }
    return (int)*slot - 1;
}

size_t mw_trigger_count(const struct mw_trigger *t)
{
    return t->words.n;
}

struct mw_sv mw_trigger_word(const struct mw_trigger *t, size_t word)
{
    return *MW_AT(t->words, struct mw_sv, word);
}

/* --- building ------------------------------------------------------------------------------------------------------- */
static uint64_t key_of(struct mw_sv s)
{
    uint64_t k = 0;
    memcpy(&k, s.p, s.n < KEY ? s.n : KEY);
    return be64toh(k);
}

static uint32_t gram_of(struct mw_sv s)
{
    uint32_t g = 0;
    memcpy(&g, s.p, s.n < GRAM ? s.n : GRAM);
    return g;
}

/* The same of a text that is long enough, at once. */
static inline uint32_t gram_at(const char *p)
{
    uint32_t g;
    memcpy(&g, p, GRAM);
    return g;
}

static inline uint64_t key_at(const char *p)
{
    uint64_t k;
    memcpy(&k, p, KEY);
    return be64toh(k);
}

static inline uint32_t bit_of(uint64_t bytes)
{
    return (uint32_t)(bytes * UINT64_C(0x9E3779B97F4A7C15) >> (64 - FILTER_BITS));
}

static inline bool passes(const uint8_t *filter, uint32_t bit)
{
    return (filter[bit >> 3] >> (bit & 7) & 1) != 0;
}

static struct gram *gram_slot(const struct mw_trigger *t, uint32_t bytes)
{
    for (size_t i = bit_of(bytes);; i++) {
        struct gram *g = &t->grams[i & t->grams_mask];
        if (g->from == g->to || g->bytes == bytes)
            return g;
    }
}

static int by_text(const void *pa, const void *pb)
{
    const struct ranked *a = pa, *b = pb;
    return mw_sv_cmp(a->text, b->text);
}

static void sort_words(struct mw_trigger *t)
{
    for (size_t i = 0; i < t->words.n; i++)
        t->order[i] = (struct ranked){ .text = *MW_AT(t->words, struct mw_sv, i), .number = (uint32_t)i, .shorter = -1 };
    if (t->words.n > 0)
        qsort(t->order, t->words.n, sizeof *t->order, by_text);
    for (size_t i = 0; i < t->words.n; i++) {
        t->keys[i] = key_of(t->order[i].text);
        int32_t s = (int32_t)i - 1;
        while (s >= 0 && !mw_sv_starts(t->order[i].text, t->order[s].text))
            s = t->order[s].shorter;
        t->order[i].shorter = s;
    }
}

static void let_pass(uint8_t *filter, uint32_t bit)
{
    filter[bit >> 3] |= (uint8_t)(1U << (bit & 7));
}

static bool make_filter(struct mw_trigger *t)
{
    for (size_t i = 0; i < t->words.n; i++) {
        struct mw_sv w = t->order[i].text;
        if (w.n < GRAM - 1) {
            uint32_t *slot = mw_list_add(t->arena, &t->briefs, sizeof *slot);
            if (slot == NULL)
                return false;
            *slot = (uint32_t)i;
            t->brief[(unsigned char)w.p[0]] = 1;
            continue;
        }
        struct gram *g = gram_slot(t, gram_of(w));
        if (g->from == g->to)
            *g = (struct gram){ gram_of(w), (uint32_t)i, (uint32_t)i };
        g->to = (uint32_t)i + 1;
        if (w.n >= LONG)
            let_pass(t->sixes, bit_of(t->keys[i] >> (8 * (KEY - LONG))));
        else
            let_pass(w.n < GRAM ? t->threes : t->fours, bit_of(t->keys[i] >> (8 * (KEY - (w.n < GRAM ? GRAM - 1 : GRAM)))));
    }
    return true;
}

bool mw_trigger_build(struct mw_trigger *t)
{
    size_t size = 16;
    while (size < 2 * t->words.n + 1)
        size *= 2;
    t->order = mw_arena_array(t->arena, t->words.n + 1, sizeof *t->order);
    t->keys = mw_arena_array(t->arena, t->words.n + 1, sizeof *t->keys);
    t->grams = mw_arena_array(t->arena, size, sizeof *t->grams);
    t->grams_mask = size - 1;
    if (t->order == NULL || t->keys == NULL || t->grams == NULL)
        return false;
    sort_words(t);
    return make_filter(t);
}

/* --- scanning ------------------------------------------------------------------------------------------------------- */
struct finding {
    struct mw_trigger *t;
    struct mw_sv text;
    uint32_t *found;
    size_t n;
};

/* The word at this place of the order, if it stands at `at`, where the text's first eight bytes are key. */
static inline void meet(struct finding *f, size_t at, uint64_t key, size_t rank)
{
    struct mw_trigger *t = f->t;
    struct ranked *w = &t->order[rank];
    size_t n = w->text.n;
    uint64_t differ = t->keys[rank] ^ key;
    if (w->met == t->scan || (n < KEY ? differ >> (8 * (KEY - n)) : differ) != 0 || n > f->text.n - at)
        return;
    if (n > KEY && memcmp(f->text.p + at + KEY, w->text.p + KEY, n - KEY) != 0)
        return;
    w->met = t->scan;
    f->found[f->n++] = w->number;
}

/* The words of three bytes and more that begin at `at`; at least three bytes are left. */
static void words_at(struct finding *f, size_t at)
{
    const struct mw_trigger *t = f->t;
    struct mw_sv here = mw_sv_n(f->text.p + at, f->text.n - at);
    const struct gram *g = gram_slot(t, here.n >= GRAM ? gram_at(here.p) : gram_of(here));
    uint64_t key = here.n >= KEY ? key_at(here.p) : key_of(here);

    if (g->from == g->to)
        g = gram_slot(t, gram_of(mw_sv_n(here.p, GRAM - 1)));
    uint32_t low = g->from, high = g->to; /* the words before high are not behind the text's first eight bytes */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (t->keys[middle] <= key)
            low = middle + 1;
        else
            high = middle;
    }
    int64_t rank = (int64_t)high - 1;
    for (; rank >= 0 && t->keys[rank] == key && t->order[rank].text.n > KEY; rank--)
        meet(f, at, key, (size_t)rank);
    for (; rank >= 0; rank = t->order[rank].shorter)
        meet(f, at, key, (size_t)rank);
}

static void brief_words_at(struct finding *f, size_t at)
{
    uint64_t key = key_of(mw_sv_n(f->text.p + at, f->text.n - at));
    for (size_t i = 0; i < f->t->briefs.n; i++)
        meet(f, at, key, *MW_AT(f->t->briefs, uint32_t, i));
}

size_t mw_trigger_scan(struct mw_trigger *t, struct mw_sv text, uint32_t *found)
{
    struct finding f = { t, text, found, 0 };

    if (t->scan++ == UINT32_MAX) { /* after four milliards of sentences */
        for (size_t i = 0; i < t->words.n; i++)
            t->order[i].met = 0;
        t->scan = 1;
    }
    size_t i = 0;
    for (; i + KEY <= text.n; i++) {
        if (t->brief[(unsigned char)text.p[i]] != 0)
            brief_words_at(&f, i);
        uint64_t key = key_at(text.p + i);
        if (passes(t->sixes, bit_of(key >> (8 * (KEY - LONG)))) || passes(t->fours, bit_of(key >> (8 * (KEY - GRAM)))) ||
            passes(t->threes, bit_of(key >> (8 * (KEY - GRAM + 1)))))
            words_at(&f, i);
    }
    for (; i < text.n; i++) {
        brief_words_at(&f, i);
        if (text.n - i >= GRAM - 1)
            words_at(&f, i);
    }
    return f.n;
}
