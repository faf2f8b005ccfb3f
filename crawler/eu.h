/* What the two interfaces of the EU's Funding & Tenders portal have in common. Internal to the room. */
#ifndef MW_CRAWLER_EU_H
#define MW_CRAWLER_EU_H

#include "crawler/read.h"

/* The page of a topic: the portal takes any case, we write lower case, so that both interfaces give one address. */
struct mw_sv mw_eu_topic_url(struct mw_arena *a, struct mw_sv identifier);
/* All deadlines and what they mean. model: as the source says it, or MW_SV_NONE; then it is inferred from their number and the
 * identifier, and marked as inferred. */
bool mw_eu_deadlines(struct mw_arena *a, struct mw_notice *n, const struct mw_node *dates, struct mw_sv model, struct mw_sv identifier);
/* "31094502" -> "open"; the code itself where it is unknown. */
struct mw_sv mw_eu_status(struct mw_sv code);
/* The budget of this topic from a budgetOverview: only the entries whose action begins with the identifier and a blank, added up
 * over the years; marked as shared where another topic stands in the same entry with the same money. NULL in *out: none is
 * stated. false: no memory. */
bool mw_eu_budget(struct mw_arena *a, const struct mw_node *overview, struct mw_sv identifier, struct mw_node **out);

#endif
