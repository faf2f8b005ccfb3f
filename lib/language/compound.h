/* Taking German compounds apart. Private to the room (and its tests). */
#ifndef MW_LANGUAGE_COMPOUND_H
#define MW_LANGUAGE_COMPOUND_H

#include "lib/language/lexicon.h"

#define MW_PARTS_MAX 8
#define MW_COMPOUND_MAX ((size_t)72) /* bytes; longer words are left whole */

/* Where a folded word comes apart: offsets of every part but the first in cuts, ascending; how many there are (0: it stays
 * whole). A linking s, n, en, es, er or e belongs to the part before it; where folding has dropped the e with which a part
 * began ("klimarwarmung"), the cut is where that e was. */
size_t mw_compound_cuts(const struct mw_lexicon *lex, struct mw_sv folded, size_t cuts[MW_PARTS_MAX - 1]);

/* The letters of the part [from, to) of a folded word, its e given back where folding dropped it; in buf. */
struct mw_sv mw_compound_part(const struct mw_lexicon *lex, struct mw_sv folded, size_t from, size_t to, char buf[MW_COMPOUND_MAX + 1]);

#endif
