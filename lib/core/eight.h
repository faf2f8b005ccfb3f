/* Eight bytes of a text at once: is there one among them that matters? For rooms that pass over much text.
 *
 * Mycroft's test (1987): subtracting from each byte borrows into its top bit only where it was smaller. It never misses a byte; behind one
 * that it has found it may find another that is none, so who needs the place looks for it byte by byte. */
#ifndef MW_CORE_EIGHT_H
#define MW_CORE_EIGHT_H

#include <stdint.h>
#include <string.h>

static inline uint64_t mw_eight(const char *p)
{
    uint64_t eight;
    memcpy(&eight, p, sizeof eight);
    return eight;
}
/* Not 0: one of them is below limit (at most 128). */
static inline uint64_t mw_eight_below(uint64_t eight, unsigned char limit)
{
    return (eight - UINT64_C(0x0101010101010101) * limit) & ~eight & UINT64_C(0x8080808080808080);
}
/* Not 0: one of them is that byte. */
static inline uint64_t mw_eight_has(uint64_t eight, unsigned char byte)
{
    return mw_eight_below(eight ^ (UINT64_C(0x0101010101010101) * byte), 1);
}
/* Not 0: one of them is no ASCII. */
static inline uint64_t mw_eight_high(uint64_t eight) { return eight & UINT64_C(0x8080808080808080); }

#endif
