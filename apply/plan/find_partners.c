/* Findings about joint projects: who leads, who bears what, what the partners have agreed and what it saves. */
#include "apply/plan/make.h"
#include "apply/plan/sums.h"

static const struct mw_applicant *partner(const struct mw_plan *plan, size_t i)
{
    return MW_AT(plan->project->profile.applicants, struct mw_applicant, i);
}

static enum mw_rc check_lead(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;
    size_t n = mw_project_partners(plan->project), leads = 0;

    for (size_t i = 0; i < n; i++)
        leads += partner(plan, i)->lead == MW_YES;
    if (n < 2 || leads == 1)
        return MW_OK;
    return mw_find(job, MW_WARNING, "lead-unclear", &plan->project->profile.pos, NULL,
                   "%zu of %zu applicants are marked as lead; the first counts.", leads, n);
}

static enum mw_rc check_keys(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;

    for (size_t i = 1; i < mw_project_partners(plan->project); i++)
        for (size_t k = 0; k < i; k++) {
            const struct mw_applicant *a = partner(plan, k), *b = partner(plan, i);
            if (a->ags.n > 0 && mw_sv_eq(a->ags, b->ags)) /* the same name twice is refused when the file is read */
                return mw_find(job, MW_ERROR, "applicant-twice", &b->pos, &a->pos,
                               "\"%.*s\" and \"%.*s\" have the same Gemeindeschlüssel (ags).", MW_SV_ARG(a->name),
                               MW_SV_ARG(b->name));
        }
    return MW_OK;
}

static enum mw_rc check_mode(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;
    const struct mw_profile *f = &plan->project->profile;
    const struct mw_applicant *lead = mw_project_lead(plan->project);

    if (f->applicants.n >= 2 && f->joint_mode < 0)
        return mw_find(job, MW_NOTE, "joint-mode-missing", &f->pos, NULL,
                       "The profile does not say how the %zu applicants apply (joint_mode).", f->applicants.n);
    if (f->joint_mode == MW_J_ENTITY && lead != NULL && lead->type >= 0 && lead->type != MW_A_KOMMUNALVERBAND &&
        lead->type != MW_A_KOMMUNALES_UNTERNEHMEN && lead->type != MW_A_OEFFENTLICHE_EINRICHTUNG)
        return mw_find(job, MW_WARNING, "entity-unfit", &lead->pos, NULL,
                       "A common body is to apply (joint_mode: entity), but \"%.*s\" is none.", MW_SV_ARG(lead->name));
    return MW_OK;
}

/* The tables of the whole reckon one application; bounds and rates of several give other sums. */
static enum mw_rc check_parallel_grants(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;
    struct mw_eur sum = { 0 };

    for (size_t i = 0; i < plan->subplans.n; i++) {
        const struct mw_subplan *s = MW_AT(plan->subplans, struct mw_subplan, i);
        if (s->plan == NULL || !mw_eur_add(&sum, s->plan->financing.grant))
            return MW_OK;
    }
    if (plan->subplans.n == 0 || sum.cents == plan->financing.grant.cents)
        return MW_OK;
    return mw_find(job, MW_WARNING, "parallel-grants-differ", &plan->project->profile.pos, NULL,
                   "Side by side the applicants get %s together; cost plan, financing plan and papers reckon one common application with %s.",
                   mw_say_eur(job, sum), mw_say_eur(job, plan->financing.grant));
}

/* Who applies for his own part must have one, and every row must be somebody's. */
static enum mw_rc check_parallel(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;
    const struct mw_project *p = plan->project;
    enum mw_rc rc = MW_OK;

    if (p->profile.joint_mode != MW_J_PARALLEL || p->profile.applicants.n < 2 || p->costs.n == 0)
        return MW_OK;
    for (size_t i = 0; i < p->costs.n && rc == MW_OK && p->sharing.pos.file == NULL; i++) {
        const struct mw_cost *c = MW_AT(p->costs, struct mw_cost, i);
        if (c->partner.p == NULL)
            rc = mw_find(job, MW_WARNING, "row-without-partner", &c->pos, NULL,
                         "The applicants apply side by side, but row \"%.*s\" is nobody's (partner) and no key cuts it.",
                         MW_SV_ARG(c->label));
    }
    for (size_t i = 0; i < p->profile.applicants.n && rc == MW_OK; i++) {
        bool any = false;
        for (size_t k = 0; k < p->costs.n && !any; k++) {
            const struct mw_cost *c = MW_AT(p->costs, struct mw_cost, k);
            any = c->partner.p == NULL || mw_sv_eq(c->partner, partner(plan, i)->name);
        }
        if (!any)
            rc = mw_find(job, MW_WARNING, "partner-without-cost", &partner(plan, i)->pos, NULL,
                         "\"%.*s\" is to apply for its own part but has no cost.", MW_SV_ARG(partner(plan, i)->name));
    }
    return rc == MW_OK ? check_parallel_grants(job) : rc;
}

static bool budget_decides(const struct mw_edition *e)
{
    for (size_t i = 0; i < e->rates.n; i++)
        if (MW_AT(e->rates, struct mw_rate_case, i)->when.budget.n > 0)
            return true;
    for (size_t i = 0; i < e->bonus.n; i++)
        if (MW_AT(e->bonus, struct mw_bonus, i)->when.budget.n > 0)
            return true;
    return false;
}

/* In lead and group mode the lead's budget decides for all. */
static enum mw_rc check_budgets(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;
    const struct mw_applicant *lead = mw_project_lead(plan->project);

    if (lead == NULL || lead->budget < 0 || plan->project->profile.joint_mode == MW_J_PARALLEL ||
        !budget_decides(plan->edition))
        return MW_OK;
    for (size_t i = 0; i < mw_project_partners(plan->project); i++)
        if (partner(plan, i)->budget >= 0 && partner(plan, i)->budget != lead->budget)
            return mw_find(job, MW_WARNING, "budget-mixed", &partner(plan, i)->pos, NULL,
                           "The rate depends on the budget: \"%.*s\" is %s, the lead \"%.*s\" is %s.",
                           MW_SV_ARG(partner(plan, i)->name), mw_budget_label(partner(plan, i)->budget, plan->lang),
                           MW_SV_ARG(lead->name), mw_budget_label(lead->budget, plan->lang));
    return MW_OK;
}

/* --- what the partners have agreed -------------------------------------------------------------------------------- */
/* Is b longer than a? By the last day from one first day on. */
static bool longer(struct mw_duration b, struct mw_duration a, const struct mw_plan *plan)
{
    struct mw_day x = mw_span_end(plan->project->from, a, plan->land), y = mw_span_end(plan->project->from, b, plan->land);

    return mw_day_is(x) && mw_day_is(y) && mw_day_cmp(y, x) > 0;
}

static enum mw_rc check_term(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;
    const struct mw_cooperation *c = &plan->project->cooperation;
    const struct mw_edition *e = plan->edition;
    bool by_terms = mw_duration_is(e->term_min);
    struct mw_duration need = by_terms ? e->term_min : e->binding;

    if (c->pos.file == NULL || !mw_duration_is(c->term) || !mw_duration_is(need) || !longer(need, c->term, plan))
        return MW_OK;
    return mw_find(job, MW_ERROR, "term-too-short", &c->pos, by_terms ? &e->cooperation_pos : &e->pos,
                   "The partners bind themselves until %s; counted from the start, the programme asks for %s at least.",
                   mw_say_day(job, mw_span_end(plan->project->from, c->term, plan->land)),
                   mw_say_day(job, mw_span_end(plan->project->from, need, plan->land)));
}

static enum mw_rc check_saving(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;
    const struct mw_cooperation *c = &plan->project->cooperation;
    const struct mw_edition *e = plan->edition;
    struct mw_saving s;

    if (mw_project_partners(plan->project) < 2)
        return MW_OK;
    if (!mw_saving_of(&s, plan->project))
        return !mw_share_is(e->saving_min)
                   ? MW_OK
                   : mw_find(job, MW_WARNING, "saving-not-shown", c->pos.file != NULL ? &c->pos : &plan->project->pos,
                             &e->cooperation_pos, "The programme asks for a saving of %s; the project shows none.",
                             mw_say_share(job, e->saving_min));
    if (mw_share_is(e->saving_min) && mw_share_cmp(s.share, e->saving_min) < 0)
        return mw_find(job, MW_ERROR, "saving-too-small", &c->pos, &e->cooperation_pos,
                       "Together the task costs %s a year in the place of %s; that saves %s, less than %s.",
                       mw_say_eur(job, s.joint), mw_say_eur(job, s.single), mw_say_share(job, s.share),
                       mw_say_share(job, e->saving_min));
    return MW_OK;
}

static enum mw_rc check_single_costs(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;
    const struct mw_list *single = &plan->project->cooperation.single_cost;

    for (size_t i = 0; i < mw_project_partners(plan->project) && single->n > 0; i++) {
        bool there = false;
        for (size_t k = 0; k < single->n && !there; k++)
            there = mw_sv_eq(MW_AT(*single, struct mw_entry, k)->key, partner(plan, i)->name);
        if (!there)
            return mw_find(job, MW_WARNING, "single-cost-incomplete", &plan->project->cooperation.pos, NULL,
                           "The single cost of \"%.*s\" is missing in the comparison.", MW_SV_ARG(partner(plan, i)->name));
    }
    return MW_OK;
}

/* Art. 10 KommZG and its like: the agreement names tasks and the key; many notices want it as an attachment (A14). */
static enum mw_rc check_agreement(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;

    if (mw_project_partners(plan->project) < 2 || plan->project->cooperation.agreement.n > 0 ||
        !mw_names(&plan->edition->attachments, MW_SV("A14")))
        return MW_OK;
    return mw_find(job, MW_WARNING, "agreement-missing", &plan->project->pos, &plan->edition->pos,
                   "The programme wants the agreement of the partners; the project names none (cooperation).");
}

/* Section 2b UStG: from 2027 on what one municipality does for another may be taxed. */
static enum mw_rc check_tax(struct mw_job *job)
{
    const struct mw_plan *plan = job->plan;
    const struct mw_project *p = plan->project;
    const struct mw_law_limit *law = mw_law_limit(job->opts->law, "vat-2b", p->to);
    size_t at;

    if (law == NULL || p->profile.applicants.n < 2 || p->profile.joint_mode == MW_J_PARALLEL ||
        p->sharing.pos.file == NULL)
        return MW_OK;
    for (size_t i = 0; i < p->texts.n; i++)
        if (mw_has_word(MW_AT(p->texts, struct mw_text, i)->text, MW_SV("2b"), &at))
            return MW_OK;
    return mw_find(job, MW_WARNING, "vat-between-partners", &p->sharing.pos, &law->pos,
                   "The partners pay each other beyond %s; whether that bears tax (section 2b UStG) is not said.",
                   mw_say_day(job, law->from));
}

enum mw_rc mw_find_in_partners(struct mw_job *job)
{
    static enum mw_rc (*const CHECKS[])(struct mw_job *) = { check_lead,    check_keys, check_mode,   check_parallel,
                                                             check_budgets, check_term,  check_saving, check_single_costs,
                                                             check_agreement, check_tax };
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < sizeof CHECKS / sizeof *CHECKS && rc == MW_OK; i++)
        rc = CHECKS[i](job);
    return rc;
}
