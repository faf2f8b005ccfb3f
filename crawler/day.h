/* Days as sources state them: by machines in many notations, by people in words. Internal to the room. */
#ifndef MW_CRAWLER_DAY_H
#define MW_CRAWLER_DAY_H

#include "lib/core/arena.h"
#include "lib/core/date.h"

/* Days are: 2027-04-08T00:00:00.000+0000, 20220601 12:00, 31.12.2026, 30. 9. 2026, "30. September 2026, 12 Uhr", "March 31st, 2027",
 * 31/12/2026 (the day first), Wed, 04 Nov 2026 08:00:00 +0100 (RFC 822), milliseconds or seconds since 1970. A day without a year is
 * none, nor is one in a text of more than 300 bytes: there it may be of anything. */

/* The day with which something begins: the first one, unless "bis" or a dash stands before it ("vom 1. Oktober bis 30. November 2026"
 * says no year of its beginning). false: none, and *out stays as it was. */
bool mw_first_day(struct mw_sv s, struct mw_day *out);
/* Adds to days (struct mw_day) every deadline of the text that is not there yet: every day but the beginning of a span (of "1.10.2026 -
 * 30.11.2026" the end counts), and those of which the words before them say that something begins ("ab 01.03.2027", "Start der
 * Antragsfrist: 1.3.2027") or was written then ("Stand: 1.3.2027", "Richtlinie vom 1.3.2027"). The first beginning goes into *begins where that
 * is MW_DAY_NONE; begins may be NULL. false: no memory. */
bool mw_days_add(struct mw_arena *a, struct mw_list *days, struct mw_day *begins, struct mw_sv text);

#endif
