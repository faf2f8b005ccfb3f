/* What a text must hold for a pattern to match at all, read off the pattern itself.
 *
 * A pattern such as "(?:Zuschuss|Zuwendung)\w* [^;]{0,60}? nicht (?:überschreiten|übersteigen)" cannot match where neither "zuschuss"
 * nor "zuwendung" stands, nor where neither "überschreiten" nor "übersteigen" does. One pass over the text finds all such words
 * of all patterns at once (trigger.h), so that most patterns are never run. The idea is that of RE2's prefilter (R. Cox) and
 * of Code Search's trigrams; here words stay whole, because German ones are long and rare. */
#ifndef MW_RULES_ENGINE_REQUIRE_H
#define MW_RULES_ENGINE_REQUIRE_H

#include "lib/core/arena.h"

enum { MW_NEEDS_MAX = 6 }; /* the best ones are enough */

struct mw_need { /* one of these must stand in the text */
    struct mw_list any; /* struct mw_sv, sorted, none inside another */
    unsigned weight;    /* the letters of the shortest: the more, the rarer */
};
/* Appends what the pattern needs (struct mw_need, at most MW_NEEDS_MAX, the best first). pattern: in small letters, blocks put in, well
 * formed for PCRE2. Never claims too much: what it does not understand needs nothing. false: out of memory. */
bool mw_require(struct mw_list *out, struct mw_arena *a, struct mw_sv pattern);

/* Offset behind "[:alpha:]" (also [.x.] and [=x=], which PCRE2 refuses) that begins at `at` inside a class of pattern; 0: there a
 * bracket stands for itself. As PCRE2 decides it. */
size_t mw_class_name_end(struct mw_sv pattern, size_t at);

/* Where the alternative of pattern that begins at `from` ends: at the "|" behind it, or at the pattern's end, also where its
 * alternatives need each other. Each piece is a pattern; where one matches, the whole does, and the earliest of their matches is
 * its match. (pieces.c) */
size_t mw_pattern_piece_end(struct mw_sv pattern, size_t from);

#endif
