/* The checklist: attachments with who and until when, questions, steps, duties, findings. */
#include "apply/documents/sections.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

static struct mw_sv label_of(const struct mw_paper *p, const struct mw_need *need)
{
    return need->rule != NULL ? mw_words(&need->rule->label, p->lang) : mw_paper_tr(p, "(not in the checklist: see the programme)");
}

/* Why it is needed, in a few words. */
static struct mw_sv reason_of(struct mw_paper *p, const struct mw_need *need, const struct mw_plan *plan)
{
    const struct mw_need_when *w = need->why;
    const struct mw_applicant *lead = mw_project_lead(plan->project);

    if (need->by_terms)
        return mw_paper_tr(p, "the programme asks for it");
    bool asked = w != NULL && need->needed == MW_YES;
    if (!asked)
        return need->have != NULL ? mw_paper_tr(p, "the project names it") : MW_SV("");
    if (w->joint == MW_YES)
        return mw_paper_tr(p, "joint application");
    if (w->personnel == MW_YES)
        return mw_paper_tr(p, "posts in the cost plan");
    if (w->category.n > 0)
        return mw_paper_tr(p, "kind of cost");
    if (w->programme.n > 0)
        return mw_paper_tr(p, "kind of programme");
    if (w->rate_by_budget == MW_YES)
        return mw_paper_tr(p, "rate depends on the budget");
    if (w->land.n > 0 && lead != NULL)
        return mw_sv(mw_land_name(lead->land));
    if (w->type.n > 0 && lead != NULL)
        return mw_paper_word(p, mw_sv(mw_applicant_label(lead->type, p->lang)));
    return mw_paper_tr(p, "as a rule");
}

static struct mw_sv status_of(struct mw_paper *p, const struct mw_need *need)
{
    if (mw_need_drafted(need))
        return mw_paper_tr(p, "draft enclosed");
    if (need->have != NULL && need->have->lost)
        return mw_arena_printf(p->a, mw_tr(p->lang, "MISSING: no file %.*s"), MW_SV_ARG(need->have->file));
    if (need->have != NULL && need->have->status == MW_PRESENT)
        return need->have->file.n > 0 ? mw_arena_printf(p->a, "%s: %.*s", mw_tr(p->lang, "there"), MW_SV_ARG(need->have->file)) : mw_paper_tr(p, "there");
    if (need->have != NULL && need->have->status == MW_NOT_NEEDED)
        return mw_paper_tr(p, need->by_terms ? "marked as not needed, but the programme asks for it" : "not needed");
    if (need->have != NULL)
        return mw_paper_tr(p, need->have->who.n > 0 ? "MISSING" : "MISSING, nobody named");
    return mw_paper_tr(p, "MISSING, nothing entered");
}

static bool wanted(const struct mw_need *need, bool after)
{
    int stage = need->rule != NULL ? need->rule->stage : MW_APPLICATION;

    return (stage == MW_PAYMENT || stage == MW_PROOF) == after;
}

static void put_attachments(struct mw_paper *p, const struct mw_plan *plan, const struct mw_list *needs)
{
    static const struct mw_paper_column COLS[] = {
        { "Code", 7, false }, { "Attachment", 33, false }, { "Why", 16, false }, { "State", 17, false }, { "Who", 18, false }, { "Until", 13, false }
    };
    struct mw_paper_table *t = mw_paper_table(p, COLS, COUNT(COLS));

    for (size_t i = 0; i < needs->n; i++) {
        const struct mw_need *need = MW_AT(*needs, struct mw_need, i);
        bool asked = need->needed == MW_YES || need->have != NULL;
        if (!wanted(need, false) || !asked)
            continue;
        struct mw_paper_row *r = mw_paper_row(p, t);
        struct mw_sv label = label_of(p, need);
        if (need->rule != NULL && need->rule->per_partner && mw_project_partners(plan->project) > 1)
            label = mw_arena_printf(p->a, "%.*s (%s)", MW_SV_ARG(label), mw_tr(p->lang, "each partner"));
        mw_paper_put(r, 0, need->code);
        mw_paper_put(r, 1, label);
        mw_paper_put(r, 2, reason_of(p, need, plan));
        mw_paper_put(r, 3, status_of(p, need));
        if (need->have != NULL) {
            mw_paper_put(r, 4, need->have->who);
            mw_paper_put_day(p, r, 5, need->have->until);
        }
    }
}

static void put_questions(struct mw_paper *p, const struct mw_list *needs)
{
    size_t open = 0;

    for (size_t i = 0; i < needs->n; i++) {
        const struct mw_need *need = MW_AT(*needs, struct mw_need, i);
        if (need->needed != MW_TRI_NONE || need->have != NULL)
            continue;
        struct mw_sv label = label_of(p, need);
        mw_paper_say(p, MW_BLOCK_OPEN, mw_arena_printf(p->a, "%.*s %.*s \xE2\x80\x93 %.*s", MW_SV_ARG(need->code), MW_SV_ARG(label),
                                                       MW_SV_ARG(need->question)));
        open++;
    }
    if (open == 0)
        mw_paper_say(p, MW_BLOCK_TEXT, mw_paper_tr(p, "No attachment depends on a question that is still open."));
}

void mw_paper_checks(struct mw_paper *p, struct mw_arena *a, const struct mw_plan *plan, const struct mw_list *needs, enum mw_lang lang)
{
    static const struct mw_paper_column AFTER[] = { { "Code", 10, false }, { "Paper", 90, false } };

    mw_paper_begin(p, a, plan, lang, "Checklist");
    mw_section_facts(p, plan);
    mw_paper_heading(p, 1, "Attachments of the application");
    put_attachments(p, plan, needs);
    mw_paper_heading(p, 1, "To be clarified");
    put_questions(p, needs);
    mw_paper_heading(p, 1, "The way to the application");
    mw_section_preparation(p, plan);
    mw_paper_heading(p, 1, "Findings of the check");
    mw_section_findings(p, plan);
    mw_paper_heading(p, 1, "After the award");
    mw_section_duties(p, plan);
    struct mw_paper_table *t = mw_paper_table(p, AFTER, COUNT(AFTER));
    for (size_t i = 0; i < needs->n; i++) {
        const struct mw_need *need = MW_AT(*needs, struct mw_need, i);
        if (!wanted(need, true) || need->needed != MW_YES)
            continue;
        struct mw_paper_row *r = mw_paper_row(p, t);
        mw_paper_put(r, 0, need->code);
        mw_paper_put(r, 1, label_of(p, need));
    }
    mw_paper_say(p, MW_BLOCK_NOTE, mw_paper_tr(p, "The form and the guideline of the programme take precedence over this list."));
}
