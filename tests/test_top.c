/* The first few of many are those that sorting all would put first. */
#include "index/query.h"
#include "tests/test.h"

#include <stdlib.h>

static int by_number(const void *a, const void *b)
{
    const int *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void the_first_k_are_those_of_a_sorted_list(void **state)
{
    static const size_t SIZES[] = { 0, 1, 2, 3, 17, 100, 1000 };
    uint32_t seed = 1;
    (void)state;
    for (size_t s = 0; s < COUNT(SIZES); s++)
        for (size_t k = 0; k <= SIZES[s] + 2; k += 1 + SIZES[s] / 9) {
            int some[1000], sorted[1000];
            size_t n = SIZES[s];
            for (size_t i = 0; i < n; i++) {
                seed = seed * 1664525 + 1013904223;
                some[i] = sorted[i] = (int)(seed >> 8) % 500; /* some are equal */
            }
            bool in_order = seed % 2 == 0;
            (in_order ? mw_top : mw_top_any)(some, n, sizeof *some, k, by_number);
            if (!in_order && k > 0)
                qsort(some, k < n ? k : n, sizeof *some, by_number);
            if (n > 0)
                qsort(sorted, n, sizeof *sorted, by_number);
            assert_memory_equal(some, sorted, (k < n ? k : n) * sizeof *some);
            qsort(some, n, sizeof *some, by_number);
            assert_memory_equal(some, sorted, n * sizeof *some); /* nothing was lost */
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(the_first_k_are_those_of_a_sorted_list) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
