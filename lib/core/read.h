/* Readers for values as people write them in files (FORMATS.md). All of s must be the value; false leaves *out as it
 * was. Narrow and no-break spaces count as spaces, also around the value. Letters are read without case. No number has
 * more than 18 digits.
 *
 * In money and whole numbers, a point or a space before exactly three digits groups thousands; in money any other point
 * and every comma is the decimal mark; in shares and quantities both are decimal marks. So "EUR 60,000" is no money: it
 * may be English thousands or German decimals, and nobody should have to guess. */
#ifndef MW_CORE_READ_H
#define MW_CORE_READ_H

#include "lib/core/date.h"
#include "lib/core/money.h"

/* "450000 EUR", "1.250.000,00 EUR", "2,5 Mio. EUR", "€ 20.000,00", "500.000,- €", "TEUR 200", "EUR 5.000",
 * "350 000 Euro", "15 Millionen Euro", "2.5 m". The currency may be absent. More decimals than make whole cents are
 * refused. */
bool mw_read_eur(struct mw_sv s, struct mw_eur *out);
/* "65 %", "33 1/3 %", "7,5 v. H.", "75 Prozent", "2/3", "drei Viertel". Never below zero. Without a unit only a
 * fraction or zero is a share: 65 might be meant as 65 % or as 65 times. */
bool mw_read_share(struct mw_sv s, struct mw_share *out);
/* A decimal number as an exact fraction: "2.5", "2,5", "12". Never below zero. */
bool mw_read_quantity(struct mw_sv s, struct mw_share *out);
/* "75000", "-3", "75.000", "75 000" */
bool mw_read_int(struct mw_sv s, int64_t *out);
/* "2026-03-31", "31.03.2026", "31.3.2026". */
bool mw_read_day(struct mw_sv s, struct mw_day *out);
/* A stored time, "2026-03-31T04:05:06Z", as people read it: "31.03.2026, 04:05 UTC"; what is none as it is. Appended to out. */
void mw_stamp_format(struct mw_str *out, struct mw_sv stamp, enum mw_lang lang);
/* yes no true false ja nein */
bool mw_read_bool(struct mw_sv s, bool *out);

enum mw_unit { MW_WORKDAYS, MW_DAYS, MW_WEEKS, MW_MONTHS, MW_YEARS };
struct mw_duration {
    int32_t n; /* -1: not stated */
    enum mw_unit unit;
};
#define MW_DURATION_NONE ((struct mw_duration){ -1, MW_DAYS })
static inline bool mw_duration_is(struct mw_duration d) { return d.n >= 0; }
/* "20 workdays", "3 months", "1 year", "6 Wochen", "14 Tage", "5 Arbeitstage". Werktage are refused: by law
 * they include Saturdays, and working days here do not. */
bool mw_read_duration(struct mw_sv s, struct mw_duration *out);

#endif
