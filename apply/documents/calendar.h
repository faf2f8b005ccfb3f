/* Deadlines and duties as iCalendar (RFC 5545) through libical: whole days without a time zone, the same UID for the same
 * thing each time it is written, so that a calendar that takes the file in again moves the entries and doubles none. */
#ifndef MW_DOCUMENTS_CALENDAR_H
#define MW_DOCUMENTS_CALENDAR_H

#include "apply/documents/needs.h"

/* Steps of the preparation, the deadline, attachments that are missing and until when (needs: struct mw_need), milestones and
 * duties; deadlines and duties with a reminder. Appended to out. MW_NOMEM. */
enum mw_rc mw_calendar(struct mw_str *out, const struct mw_plan *plan, const struct mw_list *needs, enum mw_lang lang, struct mw_err *err);

#endif
