/* What a programme is for, and whether that is what a project is for.
 *
 * A theme is a concept of the vocabulary, named by a word, a phrase or the beginning of a compound outside the names of ministries; its
 * field is the broadest concept above it. The themes of a notice are those that its title, its first section and the beginning of what
 * follows name, weighed 3, 2 and 1; those of a profile the ones of its title (3) and of everything else it says (1), but for sentences
 * on what the project is not and the names of its places. Sentences that tell how and by whom to apply name no theme. Two themes are kin by percent: the same or one above the other 100, a common concept above both 70, only the
 * same field 35, linked as related 30 to 50.
 *
 * Purposes that cover 45 percent of each other are akin. They are one only where something proves it: a theme that a sentence says is funded, or
 * that the notice's title names, and that is the same as, or above or below, a theme of our title or one that our text names often. A title alone
 * proves it where it names what our title names; a theme that is only mentioned, a frame, a whole field prove nothing (a field does where both titles
 * name it).
 *
 * A purpose is plainly another only where the notice names themes of mostly one field, a third of them in title or first section and hardly
 * a frame among them, where neither side covers three tenths of the other, and where no main field of both is near the other
 * (rules/vocabulary/purposes.yaml). Of few themes a frame in the title beside another one is only the house of the programme
 * ("Klimaschutzinitiative – Kälteanlagen"). One that is mostly for a group of people (refugees, families) or names them in its title, or is
 * mostly for a craft (research, farming), is another as well for a project that speaks of none of them. Where a notice names many themes of
 * many fields, ours would be among them: then neither side may cover anything of the other to speak of. Everything else stays open: an
 * unknown never becomes a no.
 * Private to rules/engine. */
#ifndef MW_RULES_ENGINE_THEME_H
#define MW_RULES_ENGINE_THEME_H

#include "lib/model/fact.h"
#include "lib/model/notice.h"
#include "lib/model/profile.h"
#include "rules/engine/vocabulary.h"

struct mw_themes;

/* The file of purposes; once. */
bool mw_purposes_load(struct mw_rules *r, const struct mw_node *node, struct mw_diags *diags);
/* After the vocabulary is built: fields, kinship, links. Without a file of purposes there are no themes. false: no memory. */
bool mw_themes_build(struct mw_rules *r, struct mw_diags *diags);

/* The themes of a notice as facts of MW_F_THEME (value: the concept, kind: title, lead or text, number: the weight, soft: only mentioned, quote: the
 * sentence that proves it best), the weightiest first, appended to out. At most THEMES_MAX: who names more has no one purpose. */
enum { MW_THEMES_MAX = 14 };
enum mw_rc mw_themes_facts(struct mw_list *out, struct mw_arena *a, const struct mw_rules *r, const struct mw_notice *n, struct mw_sv plain,
    struct mw_err *err);

/* A profile's themes, made ready to be held against many notices; lives in the arena. */
struct mw_theme_brief;
enum mw_rc mw_themes_brief(struct mw_theme_brief **out, struct mw_arena *a, const struct mw_rules *r, const struct mw_profile *p, struct mw_err *err);
enum mw_purpose { MW_PURPOSE_UNKNOWN, MW_PURPOSE_OTHER, MW_PURPOSE_NEAR, MW_PURPOSE_AKIN, MW_PURPOSE_OURS };
/* *why is the notice's theme that shows it, NULL where there is none. */
enum mw_purpose mw_themes_compare(const struct mw_theme_brief *b, const struct mw_list *facts, const struct mw_fact **why);
/* The concept a theme names, and the weightiest of the profile; NULL: none. */
const struct mw_concept *mw_theme_concept(const struct mw_rules *r, struct mw_sv id);
const struct mw_concept *mw_theme_of_brief(const struct mw_theme_brief *b);

/* The next name of a ministry from *at: *begin, and *at behind it. What a ministry is called says nothing of the purpose of its
 * programmes. false: there is none. */
bool mw_office_next(struct mw_sv text, size_t *at, size_t *begin);

#endif
