/* Sets of documents as bits, 64 a word, the low one first. Words are counted, not documents: a set of as many documents as
 * mw_docs() gives has mw_docs.words of them, whole windows of rank.c, and the bits behind the last document are 0. */
#ifndef MW_INDEX_BITS_H
#define MW_INDEX_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline bool mw_bit(const uint64_t *set, size_t i)
{
    return (set[i / 64] >> i % 64 & 1) != 0;
}
static inline void mw_bit_put(uint64_t *set, size_t i)
{
    set[i / 64] |= UINT64_C(1) << i % 64;
}
static inline void mw_bit_drop(uint64_t *set, size_t i)
{
    set[i / 64] &= ~(UINT64_C(1) << i % 64);
}
/* The lowest bit of a word that is not 0; taken out of it. */
static inline unsigned mw_bit_take(uint64_t *word)
{
    unsigned i = (unsigned)__builtin_ctzll(*word);
    *word &= *word - 1;
    return i;
}
/* What the processors of the last years do at once is compiled for them, too; which one this is shows when the program runs.
 * Not by clang, which names such functions as no other file looks for them (14). */
#if defined(__x86_64__) && defined(__GLIBC__) && !defined(__clang__)
#define MW_BY_PROCESSOR __attribute__((target_clones("avx2", "default")))
#else
#define MW_BY_PROCESSOR
#endif
int64_t mw_bits_count(const uint64_t *set, size_t words);
int64_t mw_bits_common(const uint64_t *x, const uint64_t *y, size_t words); /* how many are in both */

#endif
