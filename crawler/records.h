/* A JSON document of any size as a row of records, each small enough to be parsed whole.
 *
 * Only strings, brackets and the keys on the way to the list are looked at; whether a record is JSON says jansson when it parses
 * it. So 130 MB of the EU's bulk file need no more memory than their largest record. Three shapes: the elements of the list at a
 * pointer, those of a list at the top, and values one after the other, with or without line ends between them. */
#ifndef MW_CRAWLER_RECORDS_H
#define MW_CRAWLER_RECORDS_H

#include "lib/core/arena.h"
#include "lib/core/err.h"

struct mw_records;
/* From a file, plain or gzip, or with path NULL from bytes, which must outlive it. pointer: "/fundingData/GrantTenderObj", names
 * only; MW_SV_NONE or "": the top. MW_IO: cannot be read. */
enum mw_rc mw_records_open(struct mw_records **out, const char *path, struct mw_sv bytes, struct mw_sv pointer, size_t max_record,
    struct mw_err *err);
/* The next record, valid until the next call. MW_NOT_FOUND: the end, and the document is whole. MW_INVALID: a record beyond
 * max_record, which is passed over. MW_PARSE: there is no such list, or the document ends too early. */
enum mw_rc mw_records_next(struct mw_records *r, struct mw_sv *record, struct mw_err *err);
uint64_t mw_records_number(const struct mw_records *r); /* of the record last given, from 1 */
void mw_records_close(struct mw_records *r);
static inline void mw_records_closep(struct mw_records **r) { mw_records_close(*r); }

#endif
