/* Notices of TED as XML to the fields of a form. Private to the room. */
#ifndef MW_INTAKE_TED_H
#define MW_INTAKE_TED_H

#include "intake/paper.h"
#include "lib/parse/xml.h"

/* TED_EXPORT (forms sent until October 2023): element names are told by the tables xml-blocks and xml-fields. */
bool mw_ted_old(struct mw_paper *out, struct mw_arena *a, const struct mw_rules *rules, const struct mw_xml *root);
/* eForms (UBL), published since. */
bool mw_ted_new(struct mw_paper *out, struct mw_arena *a, const struct mw_rules *rules, const struct mw_xml *root);
/* Adds a field; empty values are left out. false: out of memory. */
bool mw_ted_add(struct mw_paper *out, struct mw_arena *a, const char *block, unsigned number, const char *key, struct mw_sv value);

#endif
