/* The sixteen Länder, their public holidays and their working days.
 *
 * Sources are the holiday laws of the Länder as they stand in 2026, and for 3 October the Unification Treaty,
 * article 2 (2). Left out is what holds in some municipalities of a Land only, since a Land is all we know of an
 * applicant here: Mariä Himmelfahrt in Bavaria's mostly Catholic municipalities and the Augsburg peace festival
 * (BayFTG art. 1 (1) 2 and (2)), Fronleichnam in Sorbian places of Saxony (SächsSFG § 1 (2)) and in the Eichsfeld
 * (ThürFGtG § 10 (1)). */
#include "lib/core/date.h"

/* --- Länder ------------------------------------------------------------------------------------------------------- */
static const struct {
    const char *code, *name, *ags; /* the first two digits of the Amtlicher Gemeindeschlüssel */
} LANDS[MW_LAND_N] = {
    [MW_LAND_NONE] = { "", "", "" },
    [MW_LAND_BW] = { "BW", "Baden-Württemberg", "08" },
    [MW_LAND_BY] = { "BY", "Bayern", "09" },
    [MW_LAND_BE] = { "BE", "Berlin", "11" },
    [MW_LAND_BB] = { "BB", "Brandenburg", "12" },
    [MW_LAND_HB] = { "HB", "Bremen", "04" },
    [MW_LAND_HH] = { "HH", "Hamburg", "02" },
    [MW_LAND_HE] = { "HE", "Hessen", "06" },
    [MW_LAND_MV] = { "MV", "Mecklenburg-Vorpommern", "13" },
    [MW_LAND_NI] = { "NI", "Niedersachsen", "03" },
    [MW_LAND_NW] = { "NW", "Nordrhein-Westfalen", "05" },
    [MW_LAND_RP] = { "RP", "Rheinland-Pfalz", "07" },
    [MW_LAND_SL] = { "SL", "Saarland", "10" },
    [MW_LAND_SN] = { "SN", "Sachsen", "14" },
    [MW_LAND_ST] = { "ST", "Sachsen-Anhalt", "15" },
    [MW_LAND_SH] = { "SH", "Schleswig-Holstein", "01" },
    [MW_LAND_TH] = { "TH", "Thüringen", "16" },
};

static enum mw_land known(enum mw_land land) { return land > MW_LAND_NONE && land < MW_LAND_N ? land : MW_LAND_NONE; }

const char *mw_land_code(enum mw_land land) { return LANDS[known(land)].code; }
const char *mw_land_name(enum mw_land land) { return LANDS[known(land)].name; }

/* Without case, also of Ä, Ö and Ü: in UTF-8 these differ from the small ones in the second byte, by 0x20 as in
 * ASCII. */
static bool same_name(struct mw_sv a, struct mw_sv b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++) {
        bool umlaut = i > 0 && a.p[i - 1] == '\xC3' && b.p[i - 1] == '\xC3';
        if (umlaut ? (a.p[i] | 0x20) != (b.p[i] | 0x20) : !mw_sv_ieq(mw_sv_sub(a, i, 1), mw_sv_sub(b, i, 1)))
            return false;
    }
    return true;
}

bool mw_land_parse(struct mw_sv s, enum mw_land *out)
{
    for (int land = MW_LAND_NONE + 1; land < MW_LAND_N; land++) {
        if (same_name(s, mw_sv(LANDS[land].code)) || same_name(s, mw_sv(LANDS[land].name))) {
            *out = (enum mw_land)land;
            return true;
        }
    }
    return false;
}

bool mw_land_from_ags(struct mw_sv ags, enum mw_land *out)
{
    if (ags.n != 5 && ags.n != 8)
        return false;
    for (size_t i = 0; i < ags.n; i++)
        if (ags.p[i] < '0' || ags.p[i] > '9')
            return false;
    for (int land = MW_LAND_NONE + 1; land < MW_LAND_N; land++) {
        if (mw_sv_starts(ags, mw_sv(LANDS[land].ags))) {
            *out = (enum mw_land)land;
            return true;
        }
    }
    return false;
}

/* --- holidays ----------------------------------------------------------------------------------------------------- */
#define IN(land) (1u << MW_LAND_##land)
#define ALL ((1u << MW_LAND_N) - 1) /* bit 0 is MW_LAND_NONE: what all Länder share */
#define CATHOLIC (IN(BW) | IN(BY) | IN(NW) | IN(RP) | IN(SL))
#define EAST (IN(BB) | IN(MV) | IN(SN) | IN(ST) | IN(TH))
#define NORTH (IN(HB) | IN(HH) | IN(NI) | IN(SH))

enum { EASTER = 0, REPENTANCE = -1 }; /* in the place of a month */

/* A day of the month, or days from Easter Sunday. Where two meet (1 May 2008), the upper one gives the name. */
static const struct rule {
    const char *name;
    int month, day, from, until; /* years, both inclusive */
    unsigned lands;
} RULES[] = {
    { "Neujahr", 1, 1, 1, 9999, ALL },
    { "Heilige Drei Könige", 1, 6, 1, 9999, IN(BW) | IN(BY) },
    { "Heilige Drei Könige", 1, 6, 1993, 9999, IN(ST) },        /* FeiertG LSA of 22 May 1992 */
    { "Internationaler Frauentag", 3, 8, 2019, 9999, IN(BE) },  /* Berlin's law of 30 January 2019 */
    { "Internationaler Frauentag", 3, 8, 2023, 9999, IN(MV) },  /* FTG M-V, 4th amendment, of 2022 */
    { "Karfreitag", EASTER, -2, 1, 9999, ALL },
    { "Ostersonntag", EASTER, 0, 1, 9999, IN(BB) },             /* FTG Brandenburg § 2 (1) */
    { "Ostermontag", EASTER, 1, 1, 9999, ALL },
    { "Maifeiertag", 5, 1, 1, 9999, ALL },
    { "Tag der Befreiung (75. Jahrestag)", 5, 8, 2020, 2020, IN(BE) }, /* Berlin's law of 30 January 2019 */
    { "Tag der Befreiung (80. Jahrestag)", 5, 8, 2025, 2025, IN(BE) }, /* FeiertG Berlin, new in 2024 */
    { "Christi Himmelfahrt", EASTER, 39, 1, 9999, ALL },
    { "Pfingstsonntag", EASTER, 49, 1, 9999, IN(BB) },          /* FTG Brandenburg § 2 (1) */
    { "Pfingstmontag", EASTER, 50, 1, 9999, ALL },
    { "Fronleichnam", EASTER, 60, 1, 9999, CATHOLIC | IN(HE) },
    { "75. Jahrestag des Aufstandes vom 17. Juni 1953", 6, 17, 2028, 2028, IN(BE) }, /* FeiertG Berlin, new in 2024 */
    { "Mariä Himmelfahrt", 8, 15, 1, 9999, IN(SL) },            /* SFG Saarland § 2 (1) */
    { "Weltkindertag", 9, 20, 2019, 9999, IN(TH) },             /* ThürFGtG § 2, amended in February 2019 */
    { "Tag der Deutschen Einheit", 10, 3, 1990, 9999, ALL },    /* Unification Treaty, article 2 (2) */
    { "Reformationstag", 10, 31, 2017, 2017, ALL },             /* 500 years: regulations and laws of all Länder */
    { "Reformationstag", 10, 31, 1990, 9999, EAST },
    { "Reformationstag", 10, 31, 2018, 9999, NORTH },           /* laws of these Länder, spring and summer of 2018 */
    { "Allerheiligen", 11, 1, 1, 9999, CATHOLIC },
    { "Buß- und Bettag", REPENTANCE, 0, 1, 1994, ALL },         /* given up for the care insurance: SGB XI § 58 (2) */
    { "Buß- und Bettag", REPENTANCE, 0, 1995, 9999, IN(SN) },   /* kept there: SGB XI § 58 (3), SächsSFG § 1 (1) */
    { "1. Weihnachtstag", 12, 25, 1, 9999, ALL },
    { "2. Weihnachtstag", 12, 26, 1, 9999, ALL },
};
enum { RULES_N = sizeof RULES / sizeof *RULES };

/* The rule's day in a year, or MW_DAY_NONE. */
static struct mw_day rule_day(const struct rule *r, int year, struct mw_day easter, enum mw_land land)
{
    struct mw_day d = MW_DAY_NONE;

    if (year < r->from || year > r->until || (r->lands >> known(land) & 1) == 0)
        return d;
    if (r->month == EASTER)
        return (struct mw_day){ easter.n + r->day };
    if (r->month == REPENTANCE) { /* the Wednesday before 23 November */
        (void)mw_day_from_ymd(&d, year, 11, 22);
        return (struct mw_day){ d.n - (mw_day_weekday(d) + 4) % 7 };
    }
    (void)mw_day_from_ymd(&d, year, r->month, r->day);
    return d;
}

static const struct rule *rule_on(struct mw_day d, enum mw_land land)
{
    int year = mw_day_ymd(d).year;
    struct mw_day easter = mw_easter(year);

    if (!mw_day_is(easter)) /* years that the calendar does not have */
        return NULL;
    for (const struct rule *r = RULES; r < RULES + RULES_N; r++)
        if (rule_day(r, year, easter, land).n == d.n)
            return r;
    return NULL;
}

const char *mw_holiday(struct mw_day d, enum mw_land land)
{
    const struct rule *r = rule_on(d, land);
    return r != NULL ? r->name : NULL;
}

/* --- working days ------------------------------------------------------------------------------------------------- */
bool mw_workday(struct mw_day d, enum mw_land land)
{
    return mw_day_is(d) && mw_day_weekday(d) <= 5 && rule_on(d, land) == NULL;
}

/* Working days from first to last, both inclusive: Mondays to Fridays less the holidays among them. */
static int workdays_between(struct mw_day first, struct mw_day last, enum mw_land land)
{
    int n = (last.n - first.n + 1) / 7 * 5;

    for (int i = (last.n - first.n + 1) % 7; i > 0; i--)
        n += mw_day_weekday((struct mw_day){ last.n - i + 1 }) <= 5;
    for (int year = mw_day_ymd(first).year; year <= mw_day_ymd(last).year; year++) {
        struct mw_day easter = mw_easter(year);
        for (const struct rule *r = RULES; r < RULES + RULES_N; r++) {
            struct mw_day d = rule_day(r, year, easter, land);
            if (mw_day_is(d) && d.n >= first.n && d.n <= last.n && mw_day_weekday(d) <= 5 && rule_on(d, land) == r)
                n--;
        }
    }
    return n;
}

/* Walks n working days from d, forwards (step 1) or backwards (-1): n of them take n days at least, so go these, see
 * how many working days that were, and go on with what is missing. Each round leaves about a third of the one
 * before. */
static struct mw_day walk(struct mw_day d, int n, int step, enum mw_land land)
{
    struct mw_day end = d;

    if (!mw_day_is(d) || n < 1 || mw_day_ymd(d).year < 1 || mw_day_ymd(d).year > 9999)
        return MW_DAY_NONE;
    for (;;) {
        int64_t next = d.n + (int64_t)step * (n - 1);
        if (next < INT32_MIN || next >= INT32_MAX)
            return MW_DAY_NONE;
        end.n = (int32_t)next;
        if (mw_day_ymd(end).year < 1 || mw_day_ymd(end).year > 9999)
            return MW_DAY_NONE;
        n -= step > 0 ? workdays_between(d, end, land) : workdays_between(end, d, land);
        if (n == 0)
            return end;
        d.n = end.n + step;
    }
}

struct mw_day mw_workday_from(struct mw_day d, enum mw_land land) { return walk(d, 1, 1, land); }
struct mw_day mw_workday_until(struct mw_day d, enum mw_land land) { return walk(d, 1, -1, land); }
struct mw_day mw_workdays_end(struct mw_day first, int n, enum mw_land land) { return walk(first, n, 1, land); }
struct mw_day mw_workdays_begin(struct mw_day last, int n, enum mw_land land) { return walk(last, n, -1, land); }
