/* From a profile and the terms of a programme to a project file that is begun: what both say stands in it, what only the applicant
 * knows is a line to fill in. Nothing is invented: no sum, no day, no rate of tax. */
#ifndef MW_INTAKE_PROJECT_H
#define MW_INTAKE_PROJECT_H

#include "lib/model/checklist.h"
#include "lib/model/profile.h"
#include "lib/model/terms.h"

/* A line that begins with it, behind its indent, is to be filled in: without the mark it is YAML of the project. */
#define MW_FILL_IN "# ? "

struct mw_project_start {
    const struct mw_profile *profile;
    struct mw_sv profile_file;           /* as the project names it: from its own folder; MW_SV_NONE: the profile stands in the project */
    const struct mw_terms *terms;        /* NULL: no programme is chosen yet */
    const struct mw_edition *edition;    /* of the terms */
    const struct mw_checklist *papers;   /* labels of attachments; NULL: none are told */
    enum mw_lang lang;
};
/* The profile of one of several applicants, for an application of its own: its lots and those of nobody, the others as taking part, and
 * no total cost, which is that of all. id: of the new profile. */
enum mw_rc mw_project_alone(struct mw_profile *out, struct mw_arena *a, const struct mw_profile *all, size_t applicant, struct mw_sv id);
/* The text of the file, appended. */
void mw_project_start(struct mw_str *out, const struct mw_project_start *s);

#endif
