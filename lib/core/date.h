/* Days are numbers: no time zone, no clock. today is always an argument.
 *
 * Working days are Monday to Friday without the public holidays of a Land. */
#ifndef MW_CORE_DATE_H
#define MW_CORE_DATE_H

#include "lib/core/lang.h"
#include "lib/core/text.h"

struct mw_day {
    int32_t n; /* days since 1970-01-01 */
};
#define MW_DAY_NONE ((struct mw_day){ INT32_MAX }) /* unknown; sorts after every date */
static inline bool mw_day_is(struct mw_day d) { return d.n != INT32_MAX; }
static inline int mw_day_cmp(struct mw_day a, struct mw_day b) { return (a.n > b.n) - (a.n < b.n); }

struct mw_ymd {
    int year, month, day;
};
/* Years 1 to 9999, proleptic Gregorian. false: no such date, *out unchanged. */
bool mw_day_from_ymd(struct mw_day *out, int year, int month, int day);
struct mw_ymd mw_day_ymd(struct mw_day d);
int mw_days_in_month(int year, int month);
int mw_day_weekday(struct mw_day d); /* 1 Monday ... 7 Sunday */
/* 1 to 12 for the German or English name of a month, or its beginning of three letters or more ("Okt", "Sept"); 0: it is none. */
int mw_month_named(struct mw_sv word);
/* The same day months later (or earlier, when negative); where that day is missing, the last of the month. MW_DAY_NONE
 * stays; what would leave years 1 to 9999 becomes it. */
struct mw_day mw_day_add_months(struct mw_day d, int months);
/* Last day of a period of that many months from its first day: the day before the same day later; where that day is
 * missing, the last of the month (31 January + 1 month ends on the last of February; FORMATS.md section 5). */
struct mw_day mw_day_months_end(struct mw_day first, int months);
struct mw_day mw_easter(int year); /* Easter Sunday, Gregorian (Gauss / Butcher) */

/* "2026-03-31"; appended to out. MW_DAY_NONE adds nothing. */
void mw_day_iso(struct mw_str *out, struct mw_day d);
/* "31.03.2026" in German, "31 March 2026" in English; appended to out. */
void mw_day_format(struct mw_str *out, struct mw_day d, enum mw_lang lang);

/* --- Länder and their holidays ------------------------------------------------------------------------------------ */
enum mw_land {
    MW_LAND_NONE = 0, /* unknown; as a calendar: the holidays that all Länder share */
    MW_LAND_BW, MW_LAND_BY, MW_LAND_BE, MW_LAND_BB, MW_LAND_HB, MW_LAND_HH, MW_LAND_HE, MW_LAND_MV,
    MW_LAND_NI, MW_LAND_NW, MW_LAND_RP, MW_LAND_SL, MW_LAND_SN, MW_LAND_ST, MW_LAND_SH, MW_LAND_TH,
    MW_LAND_N
};
const char *mw_land_code(enum mw_land land); /* "NW"; "" for MW_LAND_NONE */
const char *mw_land_name(enum mw_land land); /* "Nordrhein-Westfalen" */
bool mw_land_parse(struct mw_sv s, enum mw_land *out);     /* code or German name, without case */
bool mw_land_from_ags(struct mw_sv ags, enum mw_land *out); /* first two digits of 5 or 8 */

/* The holiday's German name, or NULL: none on that day in that Land. What only some municipalities of a Land celebrate
 * does not count. Valid from 1991 (for 1990 the law since 3 October); sources in holiday.c. */
const char *mw_holiday(struct mw_day d, enum mw_land land);
bool mw_workday(struct mw_day d, enum mw_land land);
/* The functions below give MW_DAY_NONE for MW_DAY_NONE, for n < 1 and for what would leave years 1 to 9999.
 * The first working day at or after d; the last at or before d. */
struct mw_day mw_workday_from(struct mw_day d, enum mw_land land);
struct mw_day mw_workday_until(struct mw_day d, enum mw_land land);
/* The last of n working days (n >= 1) beginning at or after first; the first of n ending at or before last. */
struct mw_day mw_workdays_end(struct mw_day first, int n, enum mw_land land);
struct mw_day mw_workdays_begin(struct mw_day last, int n, enum mw_land land);

#endif
