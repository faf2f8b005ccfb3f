/* Parts that several papers share: tables of a plan, in words and figures of the plan and nothing else. */
#ifndef MW_DOCUMENTS_SECTIONS_H
#define MW_DOCUMENTS_SECTIONS_H

#include "apply/documents/needs.h"
#include "apply/documents/paper.h"

void mw_section_facts(struct mw_paper *p, const struct mw_plan *plan);       /* the project at a glance */
/* Asks for what of the money nobody has said; false: all is known. */
bool mw_section_money_is_open(struct mw_paper *p, const struct mw_plan *plan);
void mw_section_applicants(struct mw_paper *p, const struct mw_plan *plan);
void mw_section_tasks(struct mw_paper *p, const struct mw_plan *plan);       /* work packages and milestones */
void mw_section_costs(struct mw_paper *p, const struct mw_plan *plan);
void mw_section_financing(struct mw_paper *p, const struct mw_plan *plan);   /* and the way to the grant */
void mw_section_shares(struct mw_paper *p, const struct mw_plan *plan);      /* of the partners, with their key */
void mw_section_preparation(struct mw_paper *p, const struct mw_plan *plan);
void mw_section_duties(struct mw_paper *p, const struct mw_plan *plan);
void mw_section_findings(struct mw_paper *p, const struct mw_plan *plan);

/* --- the papers --------------------------------------------------------------------------------------------------------- */
/* Vorhabenbeschreibung. chart NULL: there is none to show. */
void mw_paper_description(struct mw_paper *p, struct mw_arena *a, const struct mw_plan *plan, enum mw_lang lang, const struct mw_chart *chart);
/* Erläuterung der interkommunalen Zusammenarbeit, in 14 points; of projects with several applicants. */
void mw_paper_cooperation(struct mw_paper *p, struct mw_arena *a, const struct mw_plan *plan, enum mw_lang lang);
/* Checkliste: attachments, steps, duties, findings. needs: struct mw_need. */
void mw_paper_checks(struct mw_paper *p, struct mw_arena *a, const struct mw_plan *plan, const struct mw_list *needs, enum mw_lang lang);

#endif
