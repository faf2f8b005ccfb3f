/* The automaton of Aho and Corasick (1975) as one table: a row for each beginning of a word, a column for each byte that words are made of,
 * so that a byte of text costs one look. The columns stand in the order of how often words use them, the rows in that of how
 * long the beginnings are: what is looked at most lies side by side in the nearest cache. */
#include "rules/engine/trigger.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 65000, ROWS_MAX = 65535, BYTES = 256, OTHER = 0, FIRST_BYTE = 1 };

struct mw_trigger {
    struct mw_arena *arena;
    struct mw_list words; /* struct mw_sv, folded, by number */
    uint32_t *slots;      /* the words by their hash: number + 1, mask + 1 of them; 0: free */
    size_t mask;
    uint8_t column[BYTES]; /* of a byte; OTHER: in no word */
    size_t columns;
    uint16_t *table;      /* row after row: by column the next row; two bytes each, so that more of it stays near */
    uint16_t *ends;       /* by row: the longest word that ends here, its number + 1, or 0 */
    uint32_t *shorter;    /* by word: the longest other word at its end, number + 1, or 0 */
    uint32_t *met;        /* by word: the scan that found it last */
    uint32_t scan;
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
struct used { size_t times; unsigned byte; };

static int by_use(const void *pa, const void *pb)
{
    const struct used *a = pa, *b = pb;
    if (a->times != b->times)
        return a->times > b->times ? -1 : 1;
    return (a->byte > b->byte) - (a->byte < b->byte);
}

/* Gives every byte its column; the letters of all words are returned. */
static size_t make_columns(struct mw_trigger *t)
{
    struct used used[BYTES];
    size_t letters = 0;
    for (unsigned b = 0; b < BYTES; b++)
        used[b] = (struct used){ 0, b };
    for (size_t w = 0; w < t->words.n; w++) {
        struct mw_sv word = mw_trigger_word(t, w);
        letters += word.n;
        for (size_t i = 0; i < word.n; i++)
            used[(unsigned char)word.p[i]].times++;
    }
    qsort(used, BYTES, sizeof *used, by_use);
    t->columns = FIRST_BYTE;
    for (size_t i = 0; i < BYTES; i++)
        t->column[used[i].byte] = used[i].times > 0 && t->columns < UINT8_MAX ? (uint8_t)t->columns++ : OTHER;
    return letters;
}

/* Beginnings of words, each a row behind the rows of shorter ones: level[w] is the row of the first `depth` letters of word w.
 * false: more rows than there is room for. */
static bool make_rows(struct mw_trigger *t, uint16_t *level, size_t *n_rows, size_t room)
{
    bool longer = true;
    for (size_t depth = 0; longer; depth++) {
        longer = false;
        for (size_t w = 0; w < t->words.n; w++) {
            struct mw_sv word = mw_trigger_word(t, w);
            if (word.n <= depth)
                continue;
            uint16_t *next = &t->table[level[w] * t->columns + t->column[(unsigned char)word.p[depth]]];
            if (*next == 0) {
                if (*n_rows == room)
                    return false;
                *next = (uint16_t)(*n_rows)++;
            }
            level[w] = *next;
            if (word.n == depth + 1)
                t->ends[level[w]] = (uint16_t)(w + 1);
            longer = true;
        }
    }
    return true;
}

/* Where a row has no way on, the longest end of what was read that also begins a word goes on: its row's ways are copied. Rows
 * come after those of shorter beginnings, so that what is copied from is complete. */
static void link_rows(struct mw_trigger *t, uint16_t *fallback, size_t n_rows)
{
    for (size_t row = 0; row < n_rows; row++) {
        uint16_t *ways = t->table + row * t->columns, *other = t->table + fallback[row] * t->columns;
        if (row > 0 && t->ends[row] == 0)
            t->ends[row] = t->ends[fallback[row]];
        else if (row > 0)
            t->shorter[t->ends[row] - 1] = t->ends[fallback[row]];
        for (size_t c = OTHER; c < t->columns; c++) {
            if (ways[c] != 0) /* a way of its own: no way leads back to the first row but by falling back */
                fallback[ways[c]] = row > 0 ? other[c] : 0;
            else if (row > 0)
                ways[c] = other[c];
        }
    }
}

bool mw_trigger_build(struct mw_trigger *t)
{
    size_t room = make_columns(t) + 1, n_rows = 1;
    room = room < ROWS_MAX ? room : ROWS_MAX;
    t->table = mw_arena_array(t->arena, room * t->columns, sizeof *t->table);
    t->ends = mw_arena_array(t->arena, room, sizeof *t->ends);
    t->shorter = mw_arena_array(t->arena, t->words.n + 1, sizeof *t->shorter);
    t->met = mw_arena_array(t->arena, t->words.n + 1, sizeof *t->met);
    uint16_t *level = calloc(t->words.n + 1, sizeof *level), *fallback = calloc(room, sizeof *fallback);
    bool good = t->table != NULL && t->ends != NULL && t->shorter != NULL && t->met != NULL && level != NULL && fallback != NULL &&
                make_rows(t, level, &n_rows, room);
    if (good)
        link_rows(t, fallback, n_rows);
    free(level);
    free(fallback);
    return good;
}

/* --- scanning ------------------------------------------------------------------------------------------------------- */
size_t mw_trigger_scan(struct mw_trigger *t, struct mw_sv text, uint32_t *found)
{
    const unsigned char *p = (const unsigned char *)text.p, *end = p + text.n;
    const uint16_t *table = t->table, *ends = t->ends;
    const size_t columns = t->columns;
    size_t n = 0, row = 0;

    if (t->scan++ == UINT32_MAX) { /* after four milliards of sentences */
        memset(t->met, 0, t->words.n * sizeof *t->met);
        t->scan = 1;
    }
    for (; p < end; p++) {
        row = table[row * columns + t->column[*p]];
        /* Who has met a word has met all those at its end. */
        for (uint32_t w = ends[row]; w != 0 && t->met[w - 1] != t->scan; w = t->shorter[w - 1]) {
            t->met[w - 1] = t->scan;
            found[n++] = w - 1;
        }
    }
    return n;
}
