/* The checklist of attachments (rules/checklists/attachments.yaml): what an application needs beside its form, and when.
 *
 * Only read here. Which of it one project needs is said by apply/documents/needs.h, with three answers: yes, no, and a question. */
#ifndef MW_MODEL_CHECKLIST_H
#define MW_MODEL_CHECKLIST_H

#include "lib/core/schema.h"

enum mw_stage { MW_SKETCH, MW_APPLICATION, MW_BEFORE_AWARD, MW_PAYMENT, MW_PROOF, MW_STAGE_N };
extern const char *const MW_STAGES[MW_STAGE_N + 1]; /* "skizze", "antrag", ... NULL */

/* Words in both languages. */
struct mw_words { struct mw_sv de, en; };
extern const struct mw_schema MW_WORDS; /* {de: ..., en: ...} in a file */
static inline struct mw_sv mw_words(const struct mw_words *w, enum mw_lang lang) { return lang == MW_DE ? w->de : w->en; }

/* One line of required_when: every stated key must hold. */
struct mw_need_when {
    struct mw_pos pos;
    enum mw_tri always, joint, rate_by_budget, personnel;
    struct mw_list type, land, budget;     /* int: enums of profile.h and date.h; of the lead applicant */
    struct mw_list programme, category;    /* struct mw_sv: beginnings of ids; categories of the cost plan */
    struct mw_eur cost_above;
    struct mw_words ask;                   /* what only the applicant knows; MW_SV_NONE without */
};
struct mw_attachment_rule {
    struct mw_pos pos;
    struct mw_sv code;
    struct mw_words label;
    int stage;                  /* enum mw_stage */
    bool per_partner;
    bool drafted;               /* the documents of the bundle are a draft of it */
    struct mw_list when;        /* struct mw_need_when: any of them */
    struct mw_list sources;     /* struct mw_term_source */
};
struct mw_checklist { struct mw_pos pos; struct mw_sv id; struct mw_list items; /* struct mw_attachment_rule, as written */ };

/* Reads a checklist; every fault goes to diags with its place (a code that stands there twice included). */
enum mw_rc mw_checklist_load(struct mw_checklist *out, struct mw_arena *a, const char *path, struct mw_diags *diags);
enum mw_rc mw_checklist_read(struct mw_checklist *out, struct mw_arena *a, const struct mw_node *map, struct mw_diags *diags);
/* By code, or NULL. */
const struct mw_attachment_rule *mw_checklist_find(const struct mw_checklist *c, struct mw_sv code);

#endif
