/* Where a sentence ends. Private to the room: segment.c finds the lines, this finds the sentences within. */
#ifndef MW_LANGUAGE_SENTENCE_H
#define MW_LANGUAGE_SENTENCE_H

#include "lib/core/text.h"

#define MW_SENTENCE_MAX ((size_t)8192) /* bytes; a longer one is cut at a space, so that what reads it stays fast */

/* Offset behind the sentence that begins at from in s, closing quotes and brackets included; at most s.n. Looks only at a
 * few dozen bytes around each stop: a whole text is read in linear time. */
size_t mw_sentence_end(struct mw_sv s, size_t from);
/* Whether s ends as a sentence does: . ! ? (also in quotes or brackets). A colon does not count. */
bool mw_ends_with_stop(struct mw_sv s);
/* The same, and the stop belongs to no abbreviation or number. */
bool mw_ends_sentence(struct mw_sv s);

#endif
