/* The first few of many in order: a heap of the best so far, whose worst stands on top and gives way (Floyd 1964). */
#include "index/query.h"

#include <stdlib.h>
#include <string.h>

static void swap(char *a, char *b, size_t size)
{
    for (char c[16]; size > 0;) { /* copied by the piece, not by the byte */
        size_t n = size < sizeof c ? size : sizeof c;
        memcpy(c, a, n);
        memcpy(a, b, n);
        memcpy(b, c, n);
        a += n;
        b += n;
        size -= n;
    }
}

static void sink(char *items, size_t n, size_t size, size_t i, mw_compare_fn *compare)
{
    for (size_t child = 2 * i + 1; child < n; child = 2 * i + 1) {
        if (child + 1 < n && compare(items + (child + 1) * size, items + child * size) > 0)
            child++;
        if (compare(items + i * size, items + child * size) >= 0)
            return;
        swap(items + i * size, items + child * size, size);
        i = child;
    }
}

void mw_top_any(void *all, size_t n, size_t size, size_t k, mw_compare_fn *compare)
{
    char *items = all;

    if (k == 0 || k >= n)
        return;
    for (size_t i = k / 2; i > 0; i--)
        sink(items, k, size, i - 1, compare);
    for (size_t i = k; i < n; i++)
        if (compare(items + i * size, items) < 0) {
            swap(items + i * size, items, size);
            sink(items, k, size, 0, compare);
        }
}

void mw_top(void *all, size_t n, size_t size, size_t k, mw_compare_fn *compare)
{
    if (n == 0 || k == 0)
        return;
    mw_top_any(all, n, size, k, compare);
    qsort(all, k < n ? k : n, size, compare);
}
