/* Holds the checklist against a project. */
#include "apply/documents/needs.h"

#include <stdlib.h>

struct asking {
    const struct mw_plan *plan;
    enum mw_lang lang;
    struct mw_sv question; /* the first that came up in a condition */
};

static enum mw_tri unknown(struct asking *q, const char *english)
{
    if (q->question.n == 0)
        q->question = mw_sv(mw_tr(q->lang, english));
    return MW_TRI_NONE;
}

static enum mw_tri tri(bool yes)
{
    return yes ? MW_YES : MW_NO;
}

static bool names(const struct mw_list *numbers, int number)
{
    for (size_t i = 0; i < numbers->n; i++)
        if (*MW_AT(*numbers, int, i) == number)
            return true;
    return false;
}

static bool depends_on_budget(const struct mw_edition *e)
{
    for (size_t i = 0; i < e->rates.n; i++)
        if (MW_AT(e->rates, struct mw_rate_case, i)->when.budget.n > 0)
            return true;
    for (size_t i = 0; i < e->bonus.n; i++)
        if (MW_AT(e->bonus, struct mw_bonus, i)->when.budget.n > 0)
            return true;
    return false;
}

static bool has_category(const struct mw_plan *plan, const struct mw_list *names_of)
{
    for (size_t i = 0; i < names_of->n; i++)
        for (size_t r = 0; r < plan->cost.rows.n; r++)
            if (mw_sv_ieq(MW_AT(plan->cost.rows, struct mw_cost_row, r)->category, *MW_AT(*names_of, struct mw_sv, i)))
                return true;
    return false;
}

static bool has_personnel(const struct mw_plan *plan)
{
    for (size_t r = 0; r < plan->cost.rows.n; r++) {
        const struct mw_cost_row *row = MW_AT(plan->cost.rows, struct mw_cost_row, r);
        if ((row->cost != NULL && row->cost->personnel != NULL) || mw_sv_ieq(row->category, MW_SV("personal")))
            return true;
    }
    return false;
}

static bool begins(struct mw_sv id, const struct mw_list *prefixes)
{
    for (size_t i = 0; i < prefixes->n; i++)
        if (mw_sv_starts(id, *MW_AT(*prefixes, struct mw_sv, i)))
            return true;
    return false;
}

/* Every stated key must hold; one "no" settles it, else one "unknown" leaves it open. */
static enum mw_tri holds(const struct mw_need_when *w, struct asking *q)
{
    const struct mw_plan *plan = q->plan;
    const struct mw_applicant *lead = mw_project_lead(plan->project);
    enum mw_tri keys[10];
    size_t n = 0;

    if (w->always != MW_TRI_NONE)
        keys[n++] = w->always;
    if (w->joint != MW_TRI_NONE)
        keys[n++] = tri((mw_project_partners(plan->project) > 1) == (w->joint == MW_YES));
    if (w->rate_by_budget != MW_TRI_NONE)
        keys[n++] = tri(depends_on_budget(plan->edition) == (w->rate_by_budget == MW_YES));
    if (w->personnel != MW_TRI_NONE)
        keys[n++] = tri(has_personnel(plan) == (w->personnel == MW_YES));
    if (w->programme.n > 0)
        keys[n++] = tri(begins(plan->terms->programme, &w->programme));
    if (w->category.n > 0)
        keys[n++] = tri(has_category(plan, &w->category));
    if (mw_eur_is(w->cost_above))
        keys[n++] = tri(plan->cost.total.cents > w->cost_above.cents);
    if (w->type.n > 0)
        keys[n++] = lead != NULL && lead->type >= 0 ? tri(names(&w->type, lead->type))
                                                    : unknown(q, "Of which kind is the applicant (type in the profile)?");
    if (w->land.n > 0)
        keys[n++] = lead != NULL && lead->land != MW_LAND_NONE ? tri(names(&w->land, (int)lead->land))
                                                               : unknown(q, "In which Land does the applicant lie (land in the profile)?");
    if (w->budget.n > 0)
        keys[n++] = lead != NULL && lead->budget >= 0 ? tri(names(&w->budget, lead->budget))
                                                      : unknown(q, "How does the applicant's budget stand (budget in the profile)?");
    enum mw_tri all = MW_YES;
    for (size_t i = 0; i < n; i++)
        if (keys[i] == MW_NO)
            return MW_NO;
        else if (keys[i] == MW_TRI_NONE)
            all = MW_TRI_NONE;
    if (all == MW_YES && w->ask.de.n > 0) { /* the rest holds: now only the applicant knows */
        if (q->question.n == 0)
            q->question = mw_words(&w->ask, q->lang);
        return MW_TRI_NONE;
    }
    return all;
}

static void judge(struct mw_need *need, const struct mw_plan *plan, enum mw_lang lang)
{
    need->needed = need->by_terms ? MW_YES : MW_NO;
    for (size_t i = 0; need->rule != NULL && i < need->rule->when.n && need->needed != MW_YES; i++) {
        const struct mw_need_when *w = MW_AT(need->rule->when, struct mw_need_when, i);
        struct asking q = { .plan = plan, .lang = lang };
        enum mw_tri answer = holds(w, &q);
        if (answer == MW_NO || (answer == MW_TRI_NONE && need->needed == MW_TRI_NONE))
            continue;
        need->needed = answer;
        need->why = w;
        need->question = answer == MW_TRI_NONE ? q.question : MW_SV("");
    }
}

static bool listed(const struct mw_list *codes, struct mw_sv code)
{
    for (size_t i = 0; i < codes->n; i++)
        if (mw_sv_eq(*MW_AT(*codes, struct mw_sv, i), code))
            return true;
    return false;
}

static bool add(struct mw_list *out, struct mw_arena *a, const struct mw_plan *plan, struct mw_sv code,
                const struct mw_attachment_rule *rule, enum mw_lang lang)
{
    for (size_t i = 0; i < out->n; i++)
        if (mw_sv_eq(MW_AT(*out, struct mw_need, i)->code, code))
            return true;
    struct mw_need *need = mw_list_add(a, out, sizeof *need);
    if (need == NULL)
        return false;
    *need = (struct mw_need){ .code = code, .rule = rule, .by_terms = listed(&plan->edition->attachments, code) };
    for (size_t i = 0; i < plan->project->attachments.n; i++) {
        const struct mw_attachment *have = MW_AT(plan->project->attachments, struct mw_attachment, i);
        if (mw_sv_eq(have->code, code))
            need->have = have;
    }
    judge(need, plan, lang);
    return true;
}

enum mw_rc mw_needs(struct mw_list *out, struct mw_arena *a, const struct mw_plan *plan, const struct mw_checklist *checklist,
    enum mw_lang lang)
{
    bool fits = true;

    *out = (struct mw_list){ 0 };
    for (size_t i = 0; i < checklist->items.n && fits; i++) {
        const struct mw_attachment_rule *rule = MW_AT(checklist->items, struct mw_attachment_rule, i);
        fits = add(out, a, plan, rule->code, rule, lang);
    }
    for (size_t i = 0; i < plan->edition->attachments.n && fits; i++)
        fits = add(out, a, plan, *MW_AT(plan->edition->attachments, struct mw_sv, i), NULL, lang);
    for (size_t i = 0; i < plan->project->attachments.n && fits; i++)
        fits = add(out, a, plan, MW_AT(plan->project->attachments, struct mw_attachment, i)->code, NULL, lang);
    return fits ? MW_OK : MW_NOMEM;
}

/* Nothing is there that could be handed in. */
static bool is_absent(const struct mw_need *need)
{
    return need->have == NULL || need->have->status == MW_MISSING || need->have->lost;
}

bool mw_need_missing(const struct mw_need *need)
{
    return need->needed != MW_NO && is_absent(need) && !mw_need_drafted(need);
}

bool mw_need_drafted(const struct mw_need *need)
{
    return need->rule != NULL && need->rule->drafted && is_absent(need);
}
