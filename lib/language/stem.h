/* Stems. Private to the room. */
#ifndef MW_LANGUAGE_STEM_H
#define MW_LANGUAGE_STEM_H

#include "lib/core/text.h"

/* Stems a folded German word (mw_fold) in place and returns its new length, never 0 for n > 0. Words that hold anything
 * but a-z are left as they are. CISTEM (Weißweiler and Fraser, "Developing a Stemmer for German Based on a Comparative
 * Analysis of Publicly Available Stemmers", GSCL 2017), without regard to case, since queries are typed in any; besides,
 * female forms fall together with male ones (Antragstellerin, Antragsteller). */
size_t mw_stem_german(char *word, size_t n);

#endif
