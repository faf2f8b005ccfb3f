/* Regular expressions of rule files: compiled once with PCRE2, matched within limits, reported by name when they run away.
 *
 * Text is valid UTF-8; letters match without case, \w and \s know Unicode. A pattern that needs more steps than the limit
 * counts as "no match" and raises its alarm, so that a hostile pattern or text costs milliseconds, never the run. */
#ifndef MW_RULES_ENGINE_PATTERN_H
#define MW_RULES_ENGINE_PATTERN_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "lib/core/arena.h"
#include "lib/core/err.h"
#include "rules/engine/require.h"

struct mw_pattern {
    pcre2_code *code; /* NULL: no pattern */
    struct mw_pos pos;
    unsigned alarms; /* how often it ran into a limit, in this text */
    unsigned slow;   /* in all texts so far */
    uint16_t need[MW_NEEDS_MAX]; /* numbers of what must stand in a text for it to match (plant.c), n_needs of them */
    uint8_t n_needs;
    struct mw_pattern *other; /* of a pattern in pieces the next; NULL: none */
    bool ready;      /* it has been asked, and is machine code where that can be */
};
/* Which needs the words of a unit of text have answered. */
struct mw_met { uint32_t *unit, now; }; /* by need: the unit (counted from 1) that last answered it; the unit being read */
/* Whether p can match in the unit being read: all that it needs stands there. */
static inline bool mw_pattern_possible(const struct mw_pattern *p, const struct mw_met *met)
{
    bool is = p->code != NULL;
    for (size_t i = 0; is && i < p->n_needs; i++)
        is = met->unit[p->need[i]] == met->now;
    return is;
}
struct mw_matcher; /* the memory of matching; one a rule set, not for several threads at once */

struct mw_matcher *mw_matcher_new(void); /* NULL: out of memory */
/* Bytes of text that have been given to patterns so far. */
uint64_t mw_matcher_work(const struct mw_matcher *m);
void mw_matcher_free(struct mw_matcher *m);

enum mw_spelling {  /* of the texts that a pattern is to meet; may be added up */
    MW_UNCASED = 0,   /* small letters */
    MW_CASED = 1,   /* they keep their capitals: a capital in the pattern is one */
    MW_STOPPED = 2, /* the stop of an abbreviation is MW_STOP (reading.h): "\." means it too, "[^.;]" does not shut it out */
};
/* Compiles source. A fault goes to diags at pos with the text where it was noticed; false then. The code is freed by
 * mw_pattern_free(). */
bool mw_pattern_compile(struct mw_pattern *out, struct mw_sv source, enum mw_spelling of, const struct mw_pos *pos, struct mw_diags *diags);
void mw_pattern_free(struct mw_pattern *p);
/* The pattern in small letters, as it is compiled: letters that stand for themselves, not those of escapes (\W, \p{Lu}) and of group
 * names. As long as the source, so that offsets in messages hold. */
void mw_pattern_fold(struct mw_str *out, struct mw_sv source);
/* The first match in subject at or after from; *begin and *end are its bytes. Look-behinds see what is before from. */
bool mw_pattern_find(struct mw_pattern *p, struct mw_matcher *m, struct mw_sv subject, size_t from, size_t *begin, size_t *end);
/* Bytes of a capture group of the last match; false: it took no part. */
bool mw_matcher_group(const struct mw_matcher *m, unsigned group, size_t *begin, size_t *end);
/* The numbers of the groups called name (several with the same name are allowed): at most max, count returned. */
size_t mw_pattern_groups(const struct mw_pattern *p, struct mw_sv name, unsigned *numbers, size_t max);

#endif
