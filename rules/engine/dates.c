/* Days as running text spells them, alone and in lists that name the month or the day once; times of day. */
#include "rules/engine/low.h"
#include "rules/engine/value.h"

/* --- dates -------------------------------------------------------------------------------------------------------- */
static int read_month(const char *p, size_t *at)
{
    size_t end = *at;
    while (letter(p[end]))
        end++;
    int month = mw_month_named(mw_sv_n(p + *at, end - *at));
    if (month > 0)
        *at = end + (p[end] == '.');
    return month;
}

int mw_value_month(struct mw_sv text, size_t *at)
{
    struct low l;
    lower(&l, text);
    for (size_t i = *at; i < l.n; i++) {
        size_t k = i;
        int month = letter(l.p[i]) && (i == 0 || !letter(l.p[i - 1])) ? read_month(l.p, &k) : 0;
        if (month > 0) {
            *at = k;
            return month;
        }
    }
    return 0;
}

/* Up to max digits; -1: none. */
static int read_int(const char *p, size_t *at, int max)
{
    int v = 0, n = 0;
    while (n < max && digit(p[*at])) {
        v = v * 10 + (p[*at] - '0');
        ++*at, ++n;
    }
    return n == 0 || digit(p[*at]) ? -1 : v;
}

static int read_year(const char *p, size_t *at)
{
    size_t i = *at;
    int y = read_int(p, &i, 4);
    if (y < 1990 || y > 2099)
        return 0;
    *at = i;
    return y;
}

static bool make_date(int y, int m, int d, struct mw_day *day, int *recurs)
{
    *day = MW_DAY_NONE;
    *recurs = 0;
    if (y > 0)
        return mw_day_from_ymd(day, y, m, d);
    if (m < 1 || m > 12 || d < 1 || d > mw_days_in_month(2024, m))
        return false;
    *recurs = m * 100 + d;
    return true;
}

/* Behind what stands between the days of one list, ", ", "/", " und ", " bzw. bis zum "; i itself: nothing of the kind does. */
static size_t skip_joiner(const char *p, size_t i)
{
    static const char *const JOINERS[] = { ",", "/", "und ", "oder ", "sowie ", "bzw. ", "beziehungsweise ", "and ", "or " };
    static const char *const ARTICLES[] = { "bis ", "sp\xC3\xA4testens ", "zum ", "am ", "der ", "dem ", "den " };
    size_t k = skip_spaces(p, i), joined = 0;
    for (size_t w = 0; w < sizeof JOINERS / sizeof *JOINERS; w++)
        if (starts(p + k, JOINERS[w])) {
            k = skip_spaces(p, k + strlen(JOINERS[w]));
            joined = k;
        }
    for (size_t w = 0; joined > 0 && w < sizeof ARTICLES / sizeof *ARTICLES; w++)
        if (starts(p + joined, ARTICLES[w]))
            joined += strlen(ARTICLES[w]);
    return joined > 0 ? joined : i;
}

/* "20. der Monate Februar, April und Juni": behind the words before the first month. */
static size_t skip_of_months(const char *p, size_t i)
{
    static const char *const WORDS[] = { "jeweils ", "tag ", "der ", "des ", "in den ", "folgenden ", "monate ", "monaten ", "monats " };
    for (size_t w = 0; w < sizeof WORDS / sizeof *WORDS; w++)
        if (starts(p + i, WORDS[w]))
            i += strlen(WORDS[w]);
    return i;
}

enum { LIST_MAX = 16 }; /* days of a list that wait for the month or year of a later one */
static bool date_from_digit(const char *p, size_t *at, struct mw_day *day, int *recurs, unsigned depth);

/* "15. und 30. Juni": day 15 takes month and year of the next. */
static bool borrow_month(const char *p, size_t next, int first, struct mw_day *day, int *recurs, unsigned depth)
{
    if (depth >= LIST_MAX || !digit(p[next]) || !date_from_digit(p, &next, day, recurs, depth + 1))
        return false;
    struct mw_ymd of = mw_day_is(*day) ? mw_day_ymd(*day) : (struct mw_ymd){ 0, *recurs / 100, 1 };
    return make_date(of.year, of.month, first, day, recurs);
}

/* "31. März und 30. September 2026": the first takes the year of the next, where it then lies before it. */
static void borrow_year(const char *p, size_t i, struct mw_day *day, int *recurs, unsigned depth)
{
    size_t next = skip_joiner(p, i);
    struct mw_day later, mine;
    int none;
    if (depth >= LIST_MAX || next == i || !digit(p[next]) || !date_from_digit(p, &next, &later, &none, depth + 1) || !mw_day_is(later))
        return;
    if (make_date(mw_day_ymd(later).year, *recurs / 100, *recurs % 100, &mine, &none) && mine.n < later.n) {
        *day = mine;
        *recurs = 0;
    }
}

/* Behind "01.09.": a year of this half of the century in two digits; 0: none. Day and month have two as well, else it is a section's number. */
static int short_year(const char *p, size_t begin, size_t at)
{
    size_t k = at;
    int year = at == begin + 6 ? read_int(p, &k, 2) : -1;
    return year >= 20 && year < 40 && k == at + 2 ? 2000 + year : 0;
}

/* "31. März 2026", "31. 12. 2026", "31.12.", "23/09/2026", "5-Oct-23", "16 May 2024", "2026-03-31" at i. */
static bool date_from_digit(const char *p, size_t *at, struct mw_day *day, int *recurs, unsigned depth)
{
    size_t i = *at, year_at;
    int first = read_int(p, &i, 4), month = 0, year = 0;
    if (first < 0)
        return false;
    if (p[i] == '-' && first >= 1990) { /* ISO */
        i++;
        int m = read_int(p, &i, 2), d = p[i] == '-' ? (i++, read_int(p, &i, 2)) : -1;
        *at = i;
        return d > 0 && make_date(first, m, d, day, recurs);
    }
    if (first < 1 || first > 31)
        return false;
    if (p[i] == '/') {
        i++;
        month = read_int(p, &i, 2);
        if (p[i] != '/')
            return false;
        i++;
        year = read_year(p, &i);
        *at = i;
        return year > 0 && make_date(year, month, first, day, recurs);
    }
    bool point = p[i] == '.';
    bool dash = p[i] == '-';
    i = point || dash ? i + 1 : i;
    size_t after = skip_spaces(p, i);
    if (!point && !dash && (starts(p + i, "st ") || starts(p + i, "th ") || starts(p + i, "nd ") || starts(p + i, "rd ")))
        after = skip_spaces(p, i + 2);
    if (digit(p[after])) {
        i = after;
        month = read_int(p, &i, 2);
        if (!point || month < 1 || month > 12 || p[i] != '.')
            return false;
        i++;
        year_at = skip_spaces(p, i);
    } else {
        i = skip_of_months(p, after);
        month = read_month(p, &i);
        if (month == 0) {
            *at = after;
            return point && borrow_month(p, skip_joiner(p, after), first, day, recurs, depth);
        }
        year_at = skip_spaces(p, p[i] == '-' || p[i] == ',' ? i + 1 : i);
    }
    size_t y = year_at;
    year = read_year(p, &y);
    if (year > 0)
        i = y;
    else if (dash && digit(p[year_at]) && digit(p[year_at + 1]) && !digit(p[year_at + 2])) /* "5-Oct-23" */
        year = 2000 + (p[year_at] - '0') * 10 + (p[year_at + 1] - '0'), i = year_at + 2;
    else if (point && (year = short_year(p, *at, i)) > 0) /* "01.09.26" */
        i += 2;
    else if (digit(p[i])) /* "2.1.10" is a section number */
        return false;
    *at = i;
    if (!make_date(year, month, first, day, recurs))
        return false;
    if (year == 0)
        borrow_year(p, i, day, recurs, depth);
    return true;
}

/* The "April" of "20. der Monate Februar, April und Juni": a month behind a joiner that takes the day before the list. */
static bool date_from_list(const char *p, size_t *at, struct mw_day *day, int *recurs)
{
    size_t i = *at, back = *at;
    int month = read_month(p, &i);
    if (month == 0 || back == 0 || digit(p[skip_spaces(p, i)]))
        return false;
    do
        back--;
    while (back > 0 && !digit(p[back]) && skip_joiner(p, back) != *at);
    if (skip_joiner(p, back) != *at)
        return false;
    while (back > 0 && !digit(p[back - 1]))
        back--;
    if (back == 0 || p[back] != '.')
        return false;
    int first = p[back - 1] - '0' + (back > 1 && digit(p[back - 2]) ? 10 * (p[back - 2] - '0') : 0);
    *at = i;
    return make_date(0, month, first, day, recurs);
}

/* "March 5, 2026", "March, 5 2026" */
static bool date_from_month(const char *p, size_t *at, struct mw_day *day, int *recurs)
{
    size_t i = *at;
    int month = read_month(p, &i);
    if (month == 0)
        return false;
    i = skip_spaces(p, p[i] == ',' ? i + 1 : i);
    int d = read_int(p, &i, 2);
    if (d < 1 || p[i] == '.' || (p[i] != ',' && p[i] != ' '))
        return false;
    i = skip_spaces(p, i + 1);
    int year = read_year(p, &i);
    *at = i;
    return year > 0 && make_date(year, month, d, day, recurs);
}

/* --- times of day ------------------------------------------------------------------------------------------------- */
static bool named_hour(const char *p, size_t *at, int *minutes)
{
    static const struct { const char *word; int minutes; } NAMED[] = { { "noon", 12 * 60 }, { "midday", 12 * 60 }, { "midnight", 24 * 60 },
        { "mitternacht", 24 * 60 } };
    for (size_t i = 0; i < sizeof NAMED / sizeof *NAMED; i++) {
        size_t n = strlen(NAMED[i].word);
        if (!starts(p + *at, NAMED[i].word) || letter(p[*at + n]))
            continue;
        *at += n;
        *minutes = NAMED[i].minutes;
        return true;
    }
    return false;
}

static bool counted_hour(const char *p, size_t *at, int *minutes)
{
    size_t i = *at, half;
    int hour = read_int(p, &i, 2), minute = 0;
    if (hour < 0)
        return false;
    if ((p[i] == ':' || p[i] == '.') && digit(p[i + 1]) && digit(p[i + 2]) && !digit(p[i + 3])) {
        i++;
        minute = read_int(p, &i, 2);
    }
    half = skip_spaces(p, i);
    if (p[half] == '.' && half == i)
        half++;
    bool evening = starts(p + half, "pm") || starts(p + half, "p.m"), morning = starts(p + half, "am") || starts(p + half, "a.m");
    if ((evening || morning) && (hour < 1 || hour > 12))
        return false;
    if (evening || morning) /* noon is 12 pm, midnight 12 am */
        hour = hour % 12 + (evening ? 12 : 0);
    if (starts(p + half, "midnight") && hour == 12)
        hour = 24;
    *at = i;
    *minutes = hour * 60 + minute;
    return minute < 60 && *minutes <= 24 * 60;
}

bool mw_value_clock(struct mw_sv text, size_t *at, int *minutes)
{
    struct low l = { .n = 0 };
    lower(&l, text);
    for (size_t i = *at; i < l.n; i++) {
        bool edge = i == 0 || !(digit(l.p[i - 1]) || letter(l.p[i - 1]) || (i > 1 && strchr(":.", l.p[i - 1]) != NULL && digit(l.p[i - 2])));
        size_t k = i;
        if (edge && (digit(l.p[i]) ? counted_hour(l.p, &k, minutes) : named_hour(l.p, &k, minutes))) {
            *at = k;
            return true;
        }
    }
    return false;
}

bool mw_value_date(struct mw_sv text, size_t *at, struct mw_day *day, int *recurs)
{
    struct low l;
    lower(&l, text);
    for (size_t i = *at; i < l.n; i++) {
        size_t k = i;
        bool edge = i == 0 || (!digit(l.p[i - 1]) && !(l.p[i - 1] == '.' && i > 1 && digit(l.p[i - 2])));
        if (digit(l.p[i]) && edge && date_from_digit(l.p, &k, day, recurs, 0)) {
            *at = k;
            return true;
        }
        k = i;
        bool word = letter(l.p[i]) && (i == 0 || !letter(l.p[i - 1]));
        if (word && (date_from_month(l.p, &k, day, recurs) || (*at > 0 && (k = i, date_from_list(l.p, &k, day, recurs))))) {
            *at = k;
            return true;
        }
    }
    return false;
}
