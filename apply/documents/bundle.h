/* The bundle of an application: which documents there are, and the bytes of each, all from one plan. */
#ifndef MW_DOCUMENTS_BUNDLE_H
#define MW_DOCUMENTS_BUNDLE_H

#include "apply/plan/plan.h"
#include "lib/model/checklist.h"

enum { MW_BUNDLE_PAPERS = 3 };
struct mw_bundle;
struct mw_document {
    const char *format; /* "docx" */
    const char *name;   /* "vorhabenbeschreibung.docx": behind the id of the project */
    const char *label;  /* English */
    bool joint;         /* of projects with several applicants only */
    bool schedule;      /* needs something to draw */
};
extern const struct mw_document MW_DOCUMENTS[];
extern const size_t MW_DOCUMENTS_N;

/* Prepares all papers. plan and checklist must outlive the bundle, the caller ends it with mw_bundle_free(). */
enum mw_rc mw_bundle_make(struct mw_bundle **out, const struct mw_plan *plan, const struct mw_checklist *checklist, enum mw_lang lang,
    struct mw_err *err);
void mw_bundle_free(struct mw_bundle *bundle);
static inline void mw_bundle_freep(struct mw_bundle **b) { mw_bundle_free(*b); }

/* Whether the document makes sense for this project. */
bool mw_bundle_has(const struct mw_bundle *bundle, const struct mw_document *document);
/* Writes it to path (a new file beside it, renamed when complete). MW_OUTPUT: not writable, disk full included. */
enum mw_rc mw_bundle_write(struct mw_bundle *bundle, const struct mw_document *document, const char *path, struct mw_err *err);
/* Questions that the papers leave open, and attachments that are missing. */
size_t mw_bundle_open(const struct mw_bundle *bundle);
size_t mw_bundle_missing(const struct mw_bundle *bundle);

#endif
