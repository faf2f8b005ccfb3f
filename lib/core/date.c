/* Days as numbers. The calendar is the Gregorian one, reckoned backwards to the year 1 and on to 9999. */
#include "lib/core/date.h"

enum { FIRST_DAY = -719162 }; /* 0001-01-01 */

int mw_days_in_month(int year, int month)
{
    static const int DAYS[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    if (month < 1 || month > 12)
        return 0;
    return DAYS[month - 1] + (leap && month == 2);
}

/* The year is taken to begin in March, so that the leap day comes last: the 153 days of each five months from March or
 * August then give the days before a month as (153 m + 2) / 5, and an era of 400 years has 146097 days.
 * (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms".) */
bool mw_day_from_ymd(struct mw_day *out, int year, int month, int day)
{
    int y, m, year_of_era, day_of_year;

    if (year < 1 || year > 9999 || day < 1 || day > mw_days_in_month(year, month))
        return false;
    y = month > 2 ? year : year - 1;
    m = month > 2 ? month - 3 : month + 9;
    year_of_era = y % 400;
    day_of_year = (153 * m + 2) / 5 + day - 1;
    out->n = y / 400 * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
    return true;
}

struct mw_ymd mw_day_ymd(struct mw_day d)
{
    int64_t z = (int64_t)d.n + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t day_of_era = z - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t m = (5 * day_of_year + 2) / 153;

    return (struct mw_ymd){ .year = (int)(era * 400 + year_of_era + (m >= 10)),
                            .month = (int)(m < 10 ? m + 3 : m - 9),
                            .day = (int)(day_of_year - (153 * m + 2) / 5 + 1) };
}

int mw_month_named(struct mw_sv word)
{
    static const struct { const char *name; int month; } NAMES[] = {
        { "januar", 1 }, { "january", 1 }, { "j\xC3\xA4nner", 1 }, { "februar", 2 }, { "february", 2 }, { "m\xC3\xA4rz", 3 }, { "m\xC3\x84RZ", 3 }, { "maerz", 3 },
        { "mrz", 3 }, { "march", 3 }, { "april", 4 }, { "mai", 5 }, { "may", 5 }, { "juni", 6 }, { "june", 6 }, { "juli", 7 }, { "july", 7 },
        { "august", 8 }, { "september", 9 }, { "oktober", 10 }, { "october", 10 }, { "november", 11 }, { "dezember", 12 }, { "december", 12 },
    };
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        bool umlaut = (unsigned char)NAMES[i].name[1] == 0xC3; /* three letters have four bytes */
        if (word.n >= 3 + (size_t)umlaut && mw_sv_ieq(word, mw_sv_sub(mw_sv(NAMES[i].name), 0, word.n)))
            return NAMES[i].month;
    }
    return 0;
}

int mw_day_weekday(struct mw_day d)
{
    return (int)((((int64_t)d.n + 3) % 7 + 7) % 7) + 1; /* day 0 was a Thursday */
}

/* The same day months later; where it is missing, the last of the month, and *missing is set. */
static struct mw_day add_months(struct mw_day d, int months, bool *missing)
{
    struct mw_ymd from = mw_day_ymd(d);
    int64_t month = (int64_t)from.year * 12 + from.month - 1 + months; /* from January of the year 0 */
    int year = (int)(month / 12), month_of_year = (int)(month % 12) + 1, last = mw_days_in_month(year, month_of_year);
    struct mw_day to = MW_DAY_NONE;

    *missing = from.day > last;
    if (mw_day_is(d)) /* what leaves the calendar is refused and stays unknown */
        (void)mw_day_from_ymd(&to, year, month_of_year, *missing ? last : from.day);
    return to;
}

struct mw_day mw_day_add_months(struct mw_day d, int months)
{
    bool missing;
    return add_months(d, months, &missing);
}

struct mw_day mw_day_months_end(struct mw_day first, int months)
{
    bool missing;
    struct mw_day d = add_months(first, months, &missing);

    if (!mw_day_is(d) || missing)
        return d;
    if (d.n == FIRST_DAY) /* nothing is before it */
        return MW_DAY_NONE;
    d.n--;
    return d;
}

/* The anonymous Gregorian computus (Nature, 1876; J. Meeus, "Astronomical Algorithms", chapter 8). */
struct mw_day mw_easter(int year)
{
    int a = year % 19, b = year / 100, c = year % 100;
    int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
    int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
    struct mw_day sunday = MW_DAY_NONE;

    (void)mw_day_from_ymd(&sunday, year, f / 31, f % 31 + 1);
    return sunday;
}

void mw_day_iso(struct mw_str *out, struct mw_day d)
{
    struct mw_ymd t = mw_day_ymd(d);

    if (mw_day_is(d))
        mw_str_addf(out, "%04d-%02d-%02d", t.year, t.month, t.day);
}

void mw_day_format(struct mw_str *out, struct mw_day d, enum mw_lang lang)
{
    static const char *const MONTHS[] = { "January", "February", "March",     "April",   "May",      "June",
                                          "July",    "August",   "September", "October", "November", "December" };
    struct mw_ymd t = mw_day_ymd(d);

    if (!mw_day_is(d))
        return;
    if (lang == MW_DE)
        mw_str_addf(out, "%02d.%02d.%04d", t.day, t.month, t.year);
    else
        mw_str_addf(out, "%d %s %d", t.day, MONTHS[t.month - 1], t.year);
}
