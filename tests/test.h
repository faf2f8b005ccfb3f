/* What every test file includes: cmocka with the headers that must precede it, and the few helpers all tests share.
 *
 * Tests that need ../shared (or an optional package) call SKIP_WITHOUT_SHARED(path): it prints "SKIPPED ..." and ends the
 * test as skipped where the file is missing. */
#ifndef MW_TESTS_TEST_H
#define MW_TESTS_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/core/text.h"

/* The path of a file below ../shared (or $SHARED); a static buffer, good until the call after next. */
static inline const char *shared_path(const char *rel)
{
    static char buf[2][1024];
    static int which;
    const char *root = getenv("SHARED");
    which = !which;
    snprintf(buf[which], sizeof buf[which], "%s/%s", root != NULL ? root : "../shared", rel);
    return buf[which];
}
#define SKIP_WITHOUT_SHARED(rel)                                                                                                 \
    do {                                                                                                                           \
        if (access(shared_path(rel), R_OK) != 0) {                                                                                 \
            printf("SKIPPED %s: needs %s\n", __func__, shared_path(rel));                                                          \
            skip();                                                                                                                \
        }                                                                                                                          \
    } while (0)

/* assert that a view is that text, showing both where it is not. */
#define assert_sv(got, want)                                                                                                      \
    do {                                                                                                                           \
        struct mw_sv got_ = (got);                                                                                                 \
        const char *want_ = (want);                                                                                                \
        if (got_.n != strlen(want_) || memcmp(got_.p, want_, got_.n) != 0)                                                         \
            fail_msg("got \"%.*s\", want \"%s\"", MW_SV_ARG(got_), want_);                                                         \
    } while (0)
/* Numbers for property tests, the same in every run (SplitMix64; S. Vigna's public domain text). */
static inline uint64_t rnd(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}
#define COUNT(array) (sizeof(array) / sizeof *(array))

#endif
