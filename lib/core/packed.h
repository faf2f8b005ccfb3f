/* Numbers packed in sevens of bits, the low ones first: how records that are read by the thousand are written. */
#ifndef MW_CORE_PACKED_H
#define MW_CORE_PACKED_H

#include "lib/core/date.h"
#include "lib/core/text.h"

static inline void mw_pack_number(struct mw_str *out, uint64_t v)
{
    for (; v >= 128; v >>= 7)
        mw_str_addc(out, (char)(v | 128));
    mw_str_addc(out, (char)v);
}

/* Damaged bytes read as 0 and end the record: nothing is read behind end. */
static inline uint64_t mw_packed_number(const unsigned char **at, const unsigned char *end)
{
    uint64_t v = 0;
    for (int shift = 0; shift < 64 && *at < end; shift += 7) {
        unsigned char c = *(*at)++;
        v |= (uint64_t)(c & 127) << shift;
        if (c < 128)
            return v;
    }
    *at = end;
    return 0;
}

/* Below zero: the sign goes into the lowest bit. */
static inline void mw_pack_signed(struct mw_str *out, int64_t v)
{
    mw_pack_number(out, (uint64_t)v << 1 ^ (v < 0 ? UINT64_MAX : 0));
}

static inline int64_t mw_packed_signed(const unsigned char **at, const unsigned char *end)
{
    uint64_t v = mw_packed_number(at, end);
    return (int64_t)(v >> 1 ^ ((v & 1) != 0 ? UINT64_MAX : 0));
}

static inline void mw_pack_day(struct mw_str *out, struct mw_day d) { mw_pack_signed(out, d.n); }

static inline struct mw_day mw_packed_day(const unsigned char **at, const unsigned char *end)
{
    int64_t n = mw_packed_signed(at, end);
    struct mw_day d = MW_DAY_NONE;
    if (n > INT32_MIN && n < INT32_MAX)
        d.n = (int32_t)n;
    return d;
}

static inline void mw_pack_text(struct mw_str *out, struct mw_sv v)
{
    mw_pack_number(out, v.n);
    mw_str_add(out, v);
}

/* A view of the record. */
static inline struct mw_sv mw_packed_text(const unsigned char **at, const unsigned char *end)
{
    uint64_t n = mw_packed_number(at, end);
    struct mw_sv v = mw_sv_n((const char *)*at, n < (uint64_t)(end - *at) ? (size_t)n : (size_t)(end - *at));
    *at += v.n;
    return v;
}

#endif
