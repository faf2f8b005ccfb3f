#include "index/bits.h"

MW_BY_PROCESSOR int64_t mw_bits_count(const uint64_t *set, size_t words)
{
    int64_t n = 0;
    for (size_t i = 0; i < words; i++)
        n += __builtin_popcountll(set[i]);
    return n;
}

MW_BY_PROCESSOR int64_t mw_bits_common(const uint64_t *x, const uint64_t *y, size_t words)
{
    int64_t n = 0;
    for (size_t i = 0; i < words; i++)
        n += __builtin_popcountll(x[i] & y[i]);
    return n;
}
