/* The bundle: papers made once, written as each document asks for them. */
#include "apply/documents/bundle.h"

#include <stdlib.h>

#include "apply/documents/calendar.h"
#include "apply/documents/sections.h"
#include "apply/documents/workbook.h"
#include "lib/core/file.h"

enum { XLSX, DESCRIPTION, COOPERATION, CHECKS, PDF, GANTT, CALENDAR, DOCUMENTS };
const struct mw_document MW_DOCUMENTS[DOCUMENTS] = {
    [XLSX] = { "xlsx", "kosten-und-finanzierung.xlsx", "Cost and financing plan, schedule, duties", false, false },
    [DESCRIPTION] = { "docx", "vorhabenbeschreibung.docx", "Project description", false, false },
    [COOPERATION] = { "docx", "zusammenarbeit.docx", "Explanation of the intermunicipal cooperation", true, false },
    [CHECKS] = { "docx", "checkliste.docx", "Checklist", false, false },
    [PDF] = { "pdf", "antrag.pdf", "All papers in one file", false, false },
    [GANTT] = { "svg", "zeitplan.svg", "Schedule as a chart", false, true },
    [CALENDAR] = { "ics", "termine.ics", "Deadlines and duties for the calendar", false, false },
};
const size_t MW_DOCUMENTS_N = DOCUMENTS;

struct mw_bundle {
    struct mw_arena *a;
    const struct mw_plan *plan;
    enum mw_lang lang;
    struct mw_list needs; /* struct mw_need */
    struct mw_chart chart;
    bool has_chart;
    struct mw_paper papers[MW_BUNDLE_PAPERS]; /* description, cooperation where there is one, checklist */
    size_t n;
};

enum mw_rc mw_bundle_make(struct mw_bundle **out, const struct mw_plan *plan, const struct mw_checklist *checklist, enum mw_lang lang,
    struct mw_err *err)
{
    struct mw_bundle *b = calloc(1, sizeof *b);
    bool failed = b == NULL || (b->a = mw_arena_new()) == NULL;

    *out = NULL;
    if (!failed) {
        b->plan = plan;
        b->lang = lang;
        enum mw_rc drawn = mw_chart_make(&b->chart, b->a, plan, lang);
        b->has_chart = drawn == MW_OK;
        failed = (drawn != MW_OK && drawn != MW_NOT_FOUND) || mw_needs(&b->needs, b->a, plan, checklist, lang) != MW_OK;
    }
    if (!failed) {
        mw_paper_description(&b->papers[b->n++], b->a, plan, lang, b->has_chart ? &b->chart : NULL);
        if (mw_project_partners(plan->project) > 1)
            mw_paper_cooperation(&b->papers[b->n++], b->a, plan, lang);
        mw_paper_checks(&b->papers[b->n++], b->a, plan, &b->needs, lang);
        for (size_t i = 0; i < b->n; i++)
            failed = failed || b->papers[i].failed;
    }
    if (failed) {
        mw_bundle_free(b);
        return mw_nomem(err);
    }
    *out = b;
    return MW_OK;
}

void mw_bundle_free(struct mw_bundle *bundle)
{
    if (bundle != NULL)
        mw_arena_free(bundle->a);
    free(bundle);
}

bool mw_bundle_has(const struct mw_bundle *bundle, const struct mw_document *document)
{
    return (!document->joint || mw_project_partners(bundle->plan->project) > 1) && (!document->schedule || bundle->has_chart);
}

static enum mw_rc make(struct mw_sv *bytes, struct mw_bundle *b, const struct mw_document *document, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    enum mw_rc rc = MW_OK;

    switch (document - MW_DOCUMENTS) {
    case DESCRIPTION:
        return mw_docx(bytes, &b->papers[0], err);
    case COOPERATION:
        return mw_docx(bytes, &b->papers[1], err);
    case CHECKS:
        return mw_docx(bytes, &b->papers[b->n - 1], err);
    case PDF:
        return mw_pdf(bytes, b->papers, b->n, err);
    case GANTT:
        mw_chart_svg(&s, &b->chart, b->lang);
        break;
    default:
        rc = mw_calendar(&s, b->plan, &b->needs, b->lang, err);
    }
    *bytes = mw_arena_copy(b->a, mw_str_sv(&s));
    return rc == MW_OK && mw_str_ok(&s) && bytes->p != NULL ? MW_OK : mw_nomem(err);
}

enum mw_rc mw_bundle_write(struct mw_bundle *bundle, const struct mw_document *document, const char *path, struct mw_err *err)
{
    struct mw_sv bytes = MW_SV_NONE;

    if (document == &MW_DOCUMENTS[XLSX])
        return mw_workbook_write(bundle->plan, path, bundle->lang, err);
    enum mw_rc rc = make(&bytes, bundle, document, err);
    return rc == MW_OK ? mw_file_write(path, bytes, err) : rc;
}

size_t mw_bundle_open(const struct mw_bundle *bundle)
{
    size_t open = 0;

    for (size_t i = 0; i < bundle->n; i++)
        open += bundle->papers[i].open;
    return open;
}

size_t mw_bundle_missing(const struct mw_bundle *bundle)
{
    size_t missing = 0;

    for (size_t i = 0; i < bundle->needs.n; i++) {
        const struct mw_need *need = MW_AT(bundle->needs, struct mw_need, i);
        bool after = need->rule != NULL && (need->rule->stage == MW_PAYMENT || need->rule->stage == MW_PROOF);
        missing += need->needed == MW_YES && !after && mw_need_missing(need);
    }
    return missing;
}
