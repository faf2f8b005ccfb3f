/* Text to sentences and list items, once per notice. Abbreviations ("Abs.", "Nr.", "v. H."), dates ("31. März"),
 * ordinals and section numbers ("2.1.10") do not end a sentence; a list item knows its lead-in. Linear in the text.
 *
 * Reads plain text, Markdown and the lines of a PDF alike: a line that is as full as its neighbours goes on in the next
 * one, a short one ends. Headings (#, underlined, or short lines that stand alone without a full stop) are segments of
 * their own, so is a table row. Marks of items and headings ("* ", "\-", "a)", "2.1") are not part of the segment. */
#ifndef MW_LANGUAGE_SEGMENT_H
#define MW_LANGUAGE_SEGMENT_H

#include "lib/core/arena.h"

struct mw_segment {
    size_t begin, end;      /* bytes in the text, white space at both ends left out; end - begin is at most 8 KB */
    bool item;              /* of a list item; also its second sentence */
    bool heading;           /* a heading */
    size_t lead;            /* of an item: index of the segment that introduces its list, or SIZE_MAX; of a nested list it
                             * is a segment of the item above; of a table row its head, of the head the sentence with ":" above */
    size_t under;           /* index of the heading that it stands under, or SIZE_MAX */
    size_t paragraph;       /* counts up at blank lines, headings and items */
};
/* Appends the segments of text to out (struct mw_segment), whose indices begin at 0. false: out of memory. Any bytes will
 * do; segments never cut a well-formed character. */
bool mw_segment(struct mw_list *out, struct mw_arena *a, struct mw_sv text);

#endif
