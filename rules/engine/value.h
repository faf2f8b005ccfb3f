/* Values as funding texts spell them: dates, sums, shares, periods, numbers, in German and English.
 *
 * Each reader takes the first value of its kind at or after *at, moves *at behind it, and returns false where there is
 * none. Unlike lib/core/read.h it searches in running text and knows what only running text has ("ein Drittel",
 * "zehn Millionen Euro", "1.10. des Vorjahres"). */
#ifndef MW_RULES_ENGINE_VALUE_H
#define MW_RULES_ENGINE_VALUE_H

#include "lib/core/date.h"
#include "lib/core/money.h"

/* With a year: *day; without: *day is MW_DAY_NONE and *recurs is month * 100 + day. */
bool mw_value_date(struct mw_sv text, size_t *at, struct mw_day *day, int *recurs);
/* Euros unless the text says otherwise; *currency points to a constant. A sum without any currency is refused when
 * bare is false. Of two numbers with one power of ten ("EUR 3 and 5 million") it is the lower one's as well. */
bool mw_value_money(struct mw_sv text, size_t *at, bool bare, struct mw_eur *eur, struct mw_sv *currency);
bool mw_value_share(struct mw_sv text, size_t *at, struct mw_share *share); /* "75 %", "v. H.", "ein Drittel" */
bool mw_value_months(struct mw_sv text, size_t *at, int32_t *months);       /* "36 Monate", "drei Jahre", "3,5 years" */
/* A time of day: "12:00 Uhr", "14 Uhr", "17.00 h", "5 pm", "noon", "23:59"; *minutes since midnight, 1440 for the midnight that ends the day. */
bool mw_value_clock(struct mw_sv text, size_t *at, int *minutes);
/* The first month's name at or after *at: 1 to 12; 0: none. */
int mw_value_month(struct mw_sv text, size_t *at);
/* A time named by day, month, season, quarter, half, or year ("1.3.2021", "Oktober 2024", "10/2024", "Ende 2018", "2. Quartal
 * 2025", "Herbst 2016"): its first and last day. "Anfang", "Mitte", "Ende" of a year or month are its thirds. In span.c. */
bool mw_value_span(struct mw_sv text, size_t *at, struct mw_day *first, struct mw_day *last);
bool mw_value_decimal(struct mw_sv text, size_t *at, struct mw_share *number);     /* "4,5", "0.75": a number with decimals, no whole one */
bool mw_value_count(struct mw_sv text, size_t *at, int64_t *number);        /* "35.000", "50 000", "drei" */

#endif
