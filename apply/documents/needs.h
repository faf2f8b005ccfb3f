/* Which attachments one project needs: the programme's own list, then the conditions of the checklist, then what the project
 * file says of them. Three answers: yes, no, and a question where nobody has said what the condition asks for. */
#ifndef MW_DOCUMENTS_NEEDS_H
#define MW_DOCUMENTS_NEEDS_H

#include "apply/plan/plan.h"
#include "lib/model/checklist.h"

struct mw_need {
    struct mw_sv code;
    const struct mw_attachment_rule *rule; /* NULL: the checklist does not know the code */
    enum mw_tri needed;                    /* MW_TRI_NONE: a question */
    bool by_terms;                         /* the programme asks for it */
    const struct mw_need_when *why;        /* the condition that holds, or that asks; NULL: none */
    struct mw_sv question;                 /* of MW_TRI_NONE */
    const struct mw_attachment *have;      /* what the project says; NULL: nothing */
};
/* All of the checklist in its order, then codes that only the programme or the project knows; struct mw_need. */
enum mw_rc mw_needs(struct mw_list *out, struct mw_arena *a, const struct mw_plan *plan, const struct mw_checklist *checklist,
    enum mw_lang lang);
/* It is asked for and not there: needed or a question, and neither present nor ruled out by the project, nor drafted. */
bool mw_need_missing(const struct mw_need *need);
/* Nobody has brought it, but the documents of the bundle are a draft of it. */
bool mw_need_drafted(const struct mw_need *need);

#endif
