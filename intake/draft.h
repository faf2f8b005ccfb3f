/* From a document to a draft of a profile: what a careful reader would fill in, each value with its quote, and what he would ask.
 *
 * Nothing is invented: a value stands in the document or is left out. Who publishes, advises, wins or is only a place is a role. What
 * sentences mean is told by rules/profile; here it is put together. */
#ifndef MW_INTAKE_DRAFT_H
#define MW_INTAKE_DRAFT_H

#include "intake/paper.h"
#include "lib/model/profile.h"
#include "lib/places/places.h"

/* path: "applicants[0].name"; quote: the words that say it, verbatim; sentence: all of the sentence, row or line they stand in. */
struct mw_evidence { struct mw_sv path, quote, sentence; };
/* What the document says and the draft does not take for the project's, and why. */
enum mw_left_why {
    MW_LEFT_TODAY,        /* it tells of what there is today */
    MW_LEFT_ELSEWHERE,    /* it tells of something else: of another project, another town, a variant, what is asked of bidders */
    MW_LEFT_RANGE,        /* from so much to so much */
    MW_LEFT_CONTRADICTED, /* the document says it otherwise in another place */
    MW_LEFT_UNSURE,       /* the document itself calls it open */
    MW_LEFT_UNCLEAR,      /* it is not said of what this is the figure */
    MW_LEFT_N
};
extern const char *const MW_LEFT_WHY[MW_LEFT_N]; /* "today", "elsewhere", ...: as in the JSON */
struct mw_left_out { struct mw_sv field, sentence; enum mw_left_why why; }; /* field: as in questions */
struct mw_question { struct mw_sv field, text; };
struct mw_sum { struct mw_sv what, kind; struct mw_eur eur; };
struct mw_fund { struct mw_sv name, number; };     /* number: MW_SV_NONE where the document has none */
struct mw_measure { struct mw_sv what; struct mw_share min, max, exactly; bool approximate; }; /* MW_SHARE_NONE: not said */
struct mw_found { const struct mw_place *place; bool foreign; }; /* what the register has of an applicant; NULL: nothing */

struct mw_draft {
    struct mw_profile profile; /* quantities are in measures; applicants' type and land as far as known */
    struct mw_list found;      /* struct mw_found, one an applicant */
    struct mw_sv language, document;
    int32_t months;            /* of the period; -1 */
    bool approximate;
    struct mw_list measures, amounts, programmes; /* struct mw_measure, mw_sum, mw_fund */
    struct mw_list themes;     /* struct mw_sv */
    struct mw_list evidence, questions;
    struct mw_list left_out;   /* struct mw_left_out, each sentence once a field */
};

struct mw_intake {
    struct mw_arena *a;
    struct mw_rules *rules;            /* MW_RULES_PROFILE */
    const struct mw_places *places;
    enum mw_lang lang;                 /* of the questions */
};
enum mw_rc mw_draft_make(struct mw_draft *out, const struct mw_intake *in, const struct mw_paper *d, struct mw_err *err);
/* write.c: as a profile file: values with their quotes as comments, then the questions. id: of the profile. */
void mw_draft_write(struct mw_str *out, const struct mw_draft *d, struct mw_sv id, enum mw_lang lang);
/* As the JSON of `mittelweg profile from`. */
void mw_draft_to_out(const struct mw_draft *d, struct mw_out *o);

#endif
