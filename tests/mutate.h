/* Hostile input from honest input: a valid text is damaged at random, but the same way in every run (the seed is given).
 * Readers must answer whatever comes; under the sanitizers they must do so without a finding. */
#ifndef MW_TESTS_MUTATE_H
#define MW_TESTS_MUTATE_H

#include <stdint.h>
#include <string.h>

#include "lib/core/text.h"

static inline uint64_t mutate_random(uint64_t *state) /* xorshift64*, Vigna 2016; *state must not be 0 */
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(2685821657736338717);
}

static inline size_t mutate_below(uint64_t *state, size_t n)
{
    return n > 0 ? (size_t)(mutate_random(state) % n) : 0;
}

/* One to six edits of text in buf (cap bytes): a byte changed, a piece cut out, doubled or moved, a token of the format
 * put in (tokens ends with NULL; NULL: none), the end cut off. Returns what buf then holds. */
static inline struct mw_sv mutate(char *buf, size_t cap, struct mw_sv text, const char *const *tokens, uint64_t *state)
{
    size_t n = text.n < cap ? text.n : cap, kinds = 0;

    memcpy(buf, text.p, n);
    while (tokens != NULL && tokens[kinds] != NULL)
        kinds++;
    for (size_t edits = 1 + mutate_below(state, 6); edits > 0; edits--) {
        // cppcheck-suppress knownConditionTrueFalse ; only in the shortest of all texts
        size_t at = mutate_below(state, n), left = n - at, len = mutate_below(state, (left < 40 ? left : 40) + 1);
        switch (mutate_below(state, 6)) {
        case 0:
            if (n > 0)
                buf[at] = (char)mutate_random(state);
            break;
        case 1:
            memmove(buf + at, buf + at + len, n - at - len);
            n -= len;
            break;
        case 2:
            if (len <= cap - n) {
                memmove(buf + at + len, buf + at, n - at);
                n += len;
            }
            break;
        case 3:
            memmove(buf + mutate_below(state, n - len + 1), buf + at, len);
            break;
        case 4:
            if (mutate_below(state, 8) == 0)
                n = at;
            break;
        default:
            if (kinds > 0) {
                const char *token = tokens[mutate_below(state, kinds)];
                len = strlen(token);
                if (len <= cap - n) {
                    memmove(buf + at + len, buf + at, n - at);
                    memcpy(buf + at, token, len);
                    n += len;
                }
            }
        }
    }
    return (struct mw_sv){ buf, n };
}

#endif
