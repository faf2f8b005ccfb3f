/* Fuzz target: any bytes as a value: days, sums, shares and durations as people write them in files, in running text, and as machines
 * write days. Readers of running text get on: each value moves them forward. */
#include "crawler/read.h"
#include "lib/core/read.h"
#include "rules/engine/value.h"
#include "tests/fuzz/fuzz.h"

static void read_whole(struct mw_sv s)
{
    struct mw_eur eur;
    struct mw_share share;
    struct mw_day day;
    struct mw_duration duration;
    int64_t n;
    bool yes;
    if (mw_read_share(s, &share))
        must(share.den > 0 && share.num >= 0, "a share of nothing");
    if (mw_read_quantity(s, &share))
        must(share.den > 0 && share.num >= 0, "a quantity below zero");
    if (mw_read_duration(s, &duration))
        must(duration.n >= 0, "a duration below zero");
    if (mw_read_day(s, &day) || mw_first_day(s, &day))
        must(mw_day_is(day), "a day that is none");
    (void)mw_read_eur(s, &eur);
    (void)mw_read_int(s, &n);
    (void)mw_read_bool(s, &yes);
    must(mw_hits_of(s) >= -1, "fewer than no hits");
}

static void must_move(size_t before, size_t at, struct mw_sv s)
{
    must(at > before && at <= s.n, "a value without bytes");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mw_sv s = text_of(data, size), currency = MW_SV_NONE;
    struct mw_day day = MW_DAY_NONE, last;
    struct mw_eur eur;
    struct mw_share share;
    int32_t months;
    int64_t number;
    int recurs;

    read_whole(s);
    if (mw_utf8_invalid_at(s) != SIZE_MAX)
        return 0;
    for (size_t at = 0, from = 0; mw_value_date(s, &at, &day, &recurs); from = at)
        must_move(from, at, s);
    for (size_t at = 0, from = 0; mw_value_money(s, &at, size % 2 == 0, &eur, &currency); from = at)
        must_move(from, at, s);
    for (size_t at = 0, from = 0; mw_value_share(s, &at, &share); from = at)
        must_move(from, at, s);
    for (size_t at = 0, from = 0; mw_value_months(s, &at, &months); from = at)
        must_move(from, at, s);
    for (size_t at = 0, from = 0; mw_value_span(s, &at, &day, &last); from = at)
        must_move(from, at, s);
    for (size_t at = 0, from = 0; mw_value_count(s, &at, &number); from = at)
        must_move(from, at, s);
    return 0;
}
