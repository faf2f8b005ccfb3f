/* The bundle of a project, written as its files for the tests that read them back. */
#ifndef MW_TESTS_BUNDLE_H
#define MW_TESTS_BUNDLE_H

#include "apply/documents/bundle.h"
#include "tests/documents.h"

enum { XLSX, DESCRIPTION, COOPERATION, CHECKS, PDF, GANTT, CALENDAR };

#define START "project: p\ntitle: t\nprogramme: gak-regionalbudget\nperiod: {from: 2027-01-01, to: 2028-12-31}\n"
#define ONE "profile: {profile: p, title: t, summary: s, applicants: [{name: Stadt A, type: kommune, land: NW}]}\n"
#define COST "costs: [{id: a, label: Beratung, category: vergabe, amount: 1000 EUR}]\n"

struct written {
    struct made m;
    struct mw_checklist checklist;
    struct mw_bundle *bundle;
};

static inline void open_bundle(struct written *w, const char *file, enum mw_lang lang)
{
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    make_plan_in(&w->m, file, lang);
    assert_int_equal(mw_checklist_load(&w->checklist, w->m.a, "rules/checklists/attachments.yaml", &diags), MW_OK);
    assert_int_equal(mw_bundle_make(&w->bundle, &w->m.plan, &w->checklist, lang, NULL), MW_OK);
    mw_diags_free(&diags);
}
static inline void open_text(struct written *w, struct scratch *s, const char *yaml)
{
    spill(in(s, "p.yaml"), yaml, strlen(yaml));
    open_bundle(w, in(s, "p.yaml"), MW_DE);
}
static inline void close_bundle(struct written *w)
{
    mw_bundle_free(w->bundle);
    drop_plan(&w->m);
}
static inline void write_to(struct written *w, int which, const char *path)
{
    struct mw_err err = MW_ERR_INIT(MW_EN);
    if (mw_bundle_write(w->bundle, &MW_DOCUMENTS[which], path, &err) != MW_OK)
        fail_msg("%s: %s", MW_DOCUMENTS[which].name, err.msg);
}

/* All words of a DOCX, without anything between them; the caller frees. */
static inline char *words_of(const char *docx)
{
    xmlDoc *doc = xml_of(docx, "word/document.xml");
    char *words = xpath(doc, "string(/*)");
    xmlFreeDoc(doc);
    return words;
}

#endif
