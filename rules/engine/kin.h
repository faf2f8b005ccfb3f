/* What the three files of themes share: theme.c knows fields and kinship, topic.c what a text names, purpose.c how a profile stands to a
 * notice. Private to them. */
#ifndef MW_RULES_ENGINE_KIN_H
#define MW_RULES_ENGINE_KIN_H

#include "rules/engine/ruleset.h"
#include "rules/engine/theme.h"

enum { FIELDS_MAX = 64, ABOVE_MAX = 12, CRAFTS_FROM = 16 };

/* rules/vocabulary/purposes.yaml */
struct purposes { struct mw_pos pos; struct mw_list ways, frames, groups, addressees, pots, crafts, left_out, places, funds, aside, near; };

struct above { uint16_t concept; uint8_t depth; };
struct theme {
    struct above above[ABOVE_MAX]; /* itself and what is above it */
    uint8_t n_above;
    uint64_t fields;               /* bit by field; 0: no theme */
    uint32_t groups;               /* bit by group of people, then by craft */
    bool is_field, frame, pot, addressee;
};
/* Some concepts only say how money is given. */
static inline bool mw_theme_counts(const struct theme *x) { return x->fields != 0 || x->frame || x->pot; }
struct mw_themes {
    struct purposes purposes;
    size_t n;                      /* concepts; 0: no purposes are known */
    struct theme *theme;           /* by number of the concept */
    uint64_t near[FIELDS_MAX];     /* fields near a field, itself too */
    uint16_t field_concept[FIELDS_MAX];
    size_t n_fields;
    uint8_t *linked;               /* n * n bits: related, in both directions */
};

/* The number of a concept; SIZE_MAX: there is none. */
static inline size_t mw_theme_number(const struct mw_rules *r, struct mw_sv id) { return mw_vocabulary_number(r->vocabulary, id); }
bool mw_theme_listed(const struct mw_list *ids, struct mw_sv id); /* of struct mw_sv */
/* How near two concepts are, in percent (theme.h). */
int mw_theme_kin(const struct mw_themes *t, size_t p, size_t q);

/* How well a sentence proves what is funded: it only names it, is a title, or says that it is funded. */
enum mw_proof { MW_PROOF_MENTION, MW_PROOF_TITLE, MW_PROOF_FUNDED };
/* A theme of a text: its concept, where it is named best, in what part of the text it is named first ("title", "lead", "text"), and how much it
 * weighs. */
struct mw_said { size_t concept, at, begin, end; const char *kind; int weight; enum mw_proof proof; };
/* A sentence of a text, or a part of one: where it begins in the whole, in what part of the text it stands, what it weighs; and where the whole sentence
 * stands that is to be shown; whole: the text around it, none where it stands alone. */
struct mw_saying { struct mw_sv text, whole; size_t offset, begin, end; const char *kind; int weight; enum mw_proof proof; bool english; };
/* Adds the themes that a sentence names to out (struct mw_said, none twice), each with its weight for every time. names (struct mw_sv; NULL: none):
 * words that are the names of places. */
enum mw_rc mw_themes_weigh(struct mw_list *out, struct mw_arena *a, const struct mw_rules *r, const struct mw_saying *s, const struct mw_list *names,
    struct mw_err *err);
/* Appends to names what of an organisation's name is that of a place: "Stadt Waldheim" Waldheim. false: no memory. */
bool mw_themes_places(struct mw_list *names, struct mw_arena *a, const struct mw_rules *r, struct mw_sv name);
/* The weightiest first. */
void mw_themes_sort(struct mw_list *said);

#endif
