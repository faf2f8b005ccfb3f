/* The reading copy of a notice: its sentences and list items, one after the other, with white space, soft hyphens, dashes,
 * Markdown marks and decomposed umlauts evened out, so that patterns stay simple. Every byte knows where it came from,
 * so that a quote is the source's own bytes. Linear in the text. */
#ifndef MW_RULES_ENGINE_READING_H
#define MW_RULES_ENGINE_READING_H

#include "lib/core/arena.h"
#include "lib/core/err.h"

struct mw_passage { /* a sentence, a list item or a heading */
    size_t begin, end;         /* in the reading copy */
    size_t src_begin, src_end; /* in the plain text */
    size_t lead;               /* the unit that introduces the list of this item; SIZE_MAX: none */
    size_t heading;            /* the unit of the heading above; SIZE_MAX: none. Of a heading: the one that contains it */
    unsigned depth;            /* of a heading: 1 is a section of the notice; 0: no heading */
    bool item;
};
enum { MW_UNIT_MAX = 4000 }; /* bytes: a longer "sentence" is read in pieces, cut at spaces */

/* What a stop inside a sentence is in a copy that knows abbreviations: "ca." ends nothing, so a pattern's "[^.;]" may pass it. */
enum { MW_STOP = 1 };

struct mw_reading {
    struct mw_sv plain; /* borrowed */
    struct mw_sv text;  /* the reading copy */
    struct mw_sv cased; /* the same with its capitals, byte for byte beside it */
    struct mw_sv stopped, stopped_cased; /* both with MW_STOP for the stops of abbreviations; after mw_reading_stop() */
    uint32_t *at;       /* where byte i of it stands in plain; text.n + 1 of them */
    struct mw_list units;
};
/* sections: offsets in plain where sections' headings begin (size_t, ascending); may be NULL. Fails on invalid UTF-8
 * (MW_PARSE) and on texts of 4 GB (MW_INVALID). */
enum mw_rc mw_reading_make(struct mw_reading *out, struct mw_arena *a, struct mw_sv plain, const struct mw_list *sections,
    struct mw_err *err);
/* Makes the copies that know abbreviations: a stop behind a letter, before a space, is one ("rd. 20 %"), but not that of "Mio.", which
 * parts sums. false: out of memory. */
bool mw_reading_stop(struct mw_reading *r, struct mw_arena *a);
struct mw_sv mw_reading_unit(const struct mw_reading *r, size_t unit);
/* The source's bytes of a span of the reading copy inside one unit; *start is where they begin in plain. */
struct mw_sv mw_reading_quote(const struct mw_reading *r, size_t unit, size_t begin, size_t end, size_t *start);

#endif
