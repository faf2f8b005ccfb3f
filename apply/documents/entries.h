/* A calendar file (RFC 5545), entry by entry: whole days without a time zone, so that no zone moves them, and hours as clocks in Berlin and Brussels show
 * them, with the rules of that zone in the file; the same id gives the
 * same UID each time, so that a calendar that takes the file in again moves entries and doubles none. */
#ifndef MW_DOCUMENTS_ENTRIES_H
#define MW_DOCUMENTS_ENTRIES_H

#include "lib/core/date.h"
#include "lib/core/err.h"

struct icalcomponent_impl;
struct mw_entries {
    struct icalcomponent_impl *root;
    struct mw_day today; /* the stamp of the entries */
    bool failed;
};

/* MW_IO: libical cannot be loaded, and there is nothing to end. */
enum mw_rc mw_entries_begin(struct mw_entries *c, struct mw_sv name, struct mw_day today, const char *product, enum mw_lang lang,
    struct mw_err *err);
/* An entry from day to day, none where one of them is not known. id: parts of the UID, ended by MW_SV_NONE. remind: days before,
 * 0 for none. */
void mw_entries_add(struct mw_entries *c, const struct mw_sv *id, struct mw_day from, struct mw_day to, struct mw_sv summary,
    struct mw_sv description, int remind);
/* An entry at a minute of a day (0 to 1439). */
void mw_entries_add_at(struct mw_entries *c, const struct mw_sv *id, struct mw_day day, int minute, struct mw_sv summary, struct mw_sv description,
    int remind);
/* Appends the file to out and frees what there is. MW_NOMEM. */
enum mw_rc mw_entries_end(struct mw_entries *c, struct mw_str *out);

#endif
