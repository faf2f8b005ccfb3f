/* Text to sentences and list items, once per notice. Abbreviations ("Abs.", "Nr.", "v. H.", "z. B."), dates ("31. März"),
 * ordinals and section numbers ("2.1.10") do not end a sentence; a list item knows its lead-in. Linear in the text. */
#ifndef MW_LANGUAGE_SEGMENT_H
#define MW_LANGUAGE_SEGMENT_H

#include "lib/core/arena.h"

struct mw_segment {
    size_t begin, end;      /* bytes in the text, white space at both ends left out */
    bool item;              /* a list item */
    size_t lead;            /* index of the sentence that introduces the list, or SIZE_MAX */
    size_t paragraph;       /* counts up */
};
/* Appends the segments of text to out (struct mw_segment). false: out of memory. */
bool mw_segment(struct mw_list *out, struct mw_arena *a, struct mw_sv text);

#endif
