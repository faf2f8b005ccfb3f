/* A digest as one mail (RFC 5322, MIME): a text and an HTML part of the same content, both base64, ready for sendmail or an
 * outbox. And as an Atom feed (RFC 4287), and as a calendar of the deadlines in it. */
#ifndef MW_DOCUMENTS_MAIL_H
#define MW_DOCUMENTS_MAIL_H

#include "lib/model/digest.h"

/* One mail for all digests. to may be NULL: it is then left to whoever sends it; from may be NULL: who receives it, else a name of this program, since no
 * mail is without a sender (RFC 5322, 3.6). Appended to out. MW_INVALID: an
 * address holds a control character. */
enum mw_rc mw_mail(struct mw_str *out, const struct mw_list *digests, struct mw_day today, const char *from, const char *to,
    enum mw_lang lang, struct mw_err *err);
/* Every event an entry, those of earlier runs that digests still hold too, the latest first; its id is stable, so that a reader shows it once. The feed's
 * time is that of its latest entry. Appended to out. MW_NOMEM. */
enum mw_rc mw_feed(struct mw_str *out, const struct mw_list *digests, struct mw_day today, enum mw_lang lang);
/* The feed for who advises many: notices that are new, whoever they are for. The id of an entry is made of the address, its time is that of the
 * first sight, so that the same notice is one entry in every issue of the feed. Appended to out. MW_NOMEM. */
struct mw_feed_notice {
    struct mw_sv url, title, summary;
    struct mw_sv seen;   /* RFC 3339, or a date alone */
};
enum mw_rc mw_feed_new(struct mw_str *out, const struct mw_list *notices, struct mw_day today, enum mw_lang lang);
/* The dates of digests that are still to come, with a reminder a week before: deadlines, at their hour where one is stated, and days from which
 * applications are taken. MW_NOMEM. */
enum mw_rc mw_digest_calendar(struct mw_str *out, const struct mw_list *digests, struct mw_day today, enum mw_lang lang, struct mw_err *err);

#endif
