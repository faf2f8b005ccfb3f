/* Times that are longer than a day: months, quarters, seasons, years. */
#include <string.h>

#include "rules/engine/value.h"

struct months { /* of one year; last may lie beyond December (winter) */
    int first, last;
};

/* A word of the text that names a part of a year, before its year: "Herbst 2016", "Ende 2018". */
static bool part_of_year(struct mw_sv word, struct months *m)
{
    static const struct { const char *word; struct months m; } PARTS[] = {
        { "anfang", { 1, 2 } },    { "mitte", { 6, 7 } },   { "ende", { 11, 12 } },   { "fr\xC3\xBChjahr", { 3, 5 } }, { "fr\xC3\xBChling", { 3, 5 } },
        { "sommer", { 6, 8 } },    { "herbst", { 9, 11 } }, { "winter", { 12, 14 } }, { "jahresende", { 12, 12 } },
        { "jahresbeginn", { 1, 1 } }, { "sommerferien", { 7, 8 } }, { "herbstferien", { 10, 10 } }, { "osterferien", { 3, 4 } },
    };
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++)
        if (mw_sv_ieq(word, mw_sv(PARTS[i].word))) {
            *m = PARTS[i].m;
            return true;
        }
    return false;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Where four digits of a year from 1990 to 2099 stand alone at or after from; SIZE_MAX: nowhere. */
static size_t find_year(struct mw_sv s, size_t from, int *year)
{
    for (size_t i = from; i + 4 <= s.n; i++) {
        int64_t y = 0;
        if ((i > 0 && is_digit(s.p[i - 1])) || (i + 4 < s.n && is_digit(s.p[i + 4])) || !mw_sv_int(mw_sv_sub(s, i, 4), &y) || y < 1990 || y > 2099)
            continue;
        *year = (int)y;
        return i;
    }
    return SIZE_MAX;
}

/* "2. Quartal", "IV. Quartal", "zweiten Quartal", "1. Halbjahr", "erste Jahreshälfte" */
static bool quarter(struct mw_sv before, struct months *m)
{
    bool half = mw_sv_find(before, MW_SV("albjahr"), 0) != SIZE_MAX || mw_sv_find(before, MW_SV("ahresh"), 0) != SIZE_MAX;
    static const char *const ROMAN[] = { "I.", "II.", "III.", "IV." };
    static const char *const ORDINALS[] = { "rste", "weite", "ritte", "ierte" };
    int n = 0;
    static const char *const SLASHED[] = { "I/", "II/", "III/", "IV/" };
    for (int i = 0; i < 4 && n == 0; i++)
        n = mw_sv_eqz(before, SLASHED[i]) ? i + 1 : 0;
    if (n > 0) {
        *m = (struct months){ n * 3 - 2, n * 3 };
        return true;
    }
    if (!half && mw_sv_find(before, MW_SV("uartal"), 0) == SIZE_MAX)
        return false;
    for (size_t i = 0; i < before.n && n == 0; i++)
        n = is_digit(before.p[i]) ? before.p[i] - '0' : 0;
    for (int i = 0; i < 4 && n == 0; i++)
        n = mw_sv_starts(before, mw_sv(ROMAN[i])) || mw_sv_find(before, mw_sv(ORDINALS[i]), 0) != SIZE_MAX ? i + 1 : 0;
    if (n < 1 || n > (half ? 2 : 4))
        return false;
    *m = half ? (struct months){ n * 6 - 5, n * 6 } : (struct months){ n * 3 - 2, n * 3 };
    return true;
}

/* "10/2024" with its slash before the year at y. */
static bool slashed(struct mw_sv s, size_t y, struct months *m)
{
    int month = 0;
    if (y < 2 || s.p[y - 1] != '/' || !is_digit(s.p[y - 2]))
        return false;
    month = s.p[y - 2] - '0';
    if (y > 2 && is_digit(s.p[y - 3]))
        month += 10 * (s.p[y - 3] - '0');
    *m = (struct months){ month, month };
    return month >= 1 && month <= 12;
}

/* "Q3/2026", "Q3 2026"; of "Q2 - Q3 2026" the first */
static bool lettered_quarter(struct mw_sv before, struct months *m)
{
    for (size_t i = 0; i + 1 < before.n; i++) {
        bool begins = (before.p[i] == 'Q' || before.p[i] == 'q') && (i == 0 || before.p[i - 1] == ' ' || before.p[i - 1] == '-');
        int q = before.p[i + 1] - '0';
        if (!begins || q < 1 || q > 4)
            continue;
        *m = (struct months){ q * 3 - 2, q * 3 };
        return true;
    }
    return false;
}

/* "KW 23/2026", "23. KW 2026", "Kalenderwoche 23 des Jahres 2026": weeks of ISO 8601, the first is that of 4 January. */
static bool week(struct mw_sv before, int year, struct mw_day *first, struct mw_day *last)
{
    int n = 0;
    struct mw_day fourth;
    if (mw_sv_find(before, MW_SV("KW"), 0) == SIZE_MAX && mw_sv_find(before, MW_SV("kw"), 0) == SIZE_MAX &&
        mw_sv_find(before, MW_SV("alenderwoche"), 0) == SIZE_MAX)
        return false;
    for (size_t i = 0; i < before.n && n < 100; i++)
        n = is_digit(before.p[i]) ? n * 10 + (before.p[i] - '0') : n;
    if (n < 1 || n > 53 || !mw_day_from_ymd(&fourth, year, 1, 4))
        return false;
    int monday = fourth.n - (mw_day_weekday(fourth) - 1) + (n - 1) * 7;
    *first = (struct mw_day){ monday };
    *last = (struct mw_day){ monday + 6 };
    return true;
}

static bool make(struct months m, int year, struct mw_day *first, struct mw_day *last)
{
    int end = year + (m.last > 12), month = m.last > 12 ? m.last - 12 : m.last;
    return mw_day_from_ymd(first, year, m.first, 1) && mw_day_from_ymd(last, end, month, mw_days_in_month(end, month));
}

bool mw_value_span(struct mw_sv text, size_t *at, struct mw_day *first, struct mw_day *last)
{
    struct mw_day day = MW_DAY_NONE;
    int recurs = 0, year = 0;
    size_t k = *at, y = find_year(text, *at, &year);
    struct months m = { 1, 12 }, part;
    if (mw_value_date(text, &k, &day, &recurs) && mw_day_is(day) && (y == SIZE_MAX || y < k)) {
        *first = *last = day;
        *at = k;
        return true;
    }
    if (y == SIZE_MAX)
        return false;
    struct mw_sv before = mw_sv_trim(mw_sv_sub(text, *at, y - *at));
    size_t from = 0, space = 0;
    for (size_t i = 0; i < before.n; i++)
        space = before.p[i] == ' ' ? i + 1 : space;
    int month = mw_value_month(before, &from);
    if (week(before, year, first, last)) {
        *at = y + 4;
        return true;
    }
    if (month > 0)
        m = (struct months){ month, month };
    else if (!quarter(before, &m) && !lettered_quarter(before, &m) && !slashed(text, y, &m) && part_of_year(mw_sv_sub(before, space, SIZE_MAX), &part))
        m = part;
    *at = y + 4;
    return make(m, year, first, last);
}
