/* The explanation of the joint application (Erläuterung der interkommunalen Zusammenarbeit): the fourteen points that the
 * guidelines of Hessen, Nordrhein-Westfalen and Bavaria and the Verwaltungsvereinbarung Städtebauförderung ask for. */
#include "apply/documents/sections.h"
#include "apply/plan/sums.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* Point 5: its form in law and its time. */
static void put_form(struct mw_paper *p, const struct mw_cooperation *c)
{
    if (c->agreement.n > 0)
        mw_paper_prose(p, c->agreement);
    else
        mw_paper_say(p, MW_BLOCK_OPEN, mw_paper_tr(p, "Which legal form does the cooperation have (cooperation: agreement)?"));
    static const char *const UNITS[] = { [MW_WORKDAYS] = "Term in working days", [MW_DAYS] = "Term in days", [MW_WEEKS] = "Term in weeks",
                                         [MW_MONTHS] = "Term in months", [MW_YEARS] = "Term in years" };
    if (c->pos.file != NULL && mw_duration_is(c->term))
        mw_paper_say(p, MW_BLOCK_TEXT, mw_arena_printf(p->a, "%s: %lld", mw_tr(p->lang, UNITS[c->term.unit]), (long long)c->term.n));
    else
        mw_paper_say(p, MW_BLOCK_OPEN, mw_paper_tr(p, "For how long is the cooperation agreed; as a rule five years at least (cooperation: term)?"));
}

/* Point 6: cost alone against cost together. */
static void put_efficiency(struct mw_paper *p, const struct mw_plan *plan)
{
    static const struct mw_paper_column COLS[] = { { "Partner", 65, false }, { "Cost alone EUR a year", 35, true } };
    const struct mw_list *single = &plan->project->cooperation.single_cost;
    struct mw_saving saving;

    if (!mw_saving_of(&saving, plan->project)) {
        mw_paper_say(p, MW_BLOCK_OPEN, mw_paper_tr(p, "What would each partner spend alone in a year, and what do they spend together (cooperation: "
                                                      "single_cost, joint_cost)?"));
        return;
    }
    struct mw_paper_table *t = mw_paper_table(p, COLS, COUNT(COLS));
    for (size_t i = 0; i < single->n; i++) {
        const struct mw_entry *e = MW_AT(*single, struct mw_entry, i);
        struct mw_paper_row *r = mw_paper_row(p, t);
        mw_paper_put(r, 0, e->key);
        mw_paper_put_eur(p, r, 1, e->v.eur);
    }
    const struct { const char *label; struct mw_eur sum; } lines[] = {
        { "Total of the single costs", saving.single }, { "Cost together", saving.joint }, { "Saving", saving.saved }
    };
    for (size_t i = 0; i < COUNT(lines); i++) {
        struct mw_paper_row *r = mw_paper_row(p, t);
        mw_paper_put_tr(p, r, 0, lines[i].label);
        mw_paper_put_eur(p, r, 1, lines[i].sum);
        if (r != NULL)
            r->sum = true;
    }
    struct mw_sv share = mw_paper_share(p, saving.share), saved = mw_paper_eur(p, saving.saved);
    if (saving.saved.cents >= 0)
        mw_paper_sayf(p, MW_BLOCK_TEXT, "Together the partners save %.*s a year, that is %.*s of what they would spend alone (1 - cost together / total of the "
                                        "single costs).", MW_SV_ARG(saved), MW_SV_ARG(share));
    else
        mw_paper_sayf(p, MW_BLOCK_TEXT, "Together the partners spend more than alone (%.*s a year); the gain in quality must carry the application.",
                      MW_SV_ARG(saved));
}

static void put_cost(struct mw_paper *p, const struct mw_plan *plan)
{
    struct mw_eur others = mw_sum_others(plan);

    if (mw_section_money_is_open(p, plan))
        return;
    struct mw_sv total = mw_paper_eur(p, plan->cost.total), grant = mw_paper_eur(p, plan->financing.grant), own = mw_paper_eur(p, plan->financing.own);
    mw_paper_sayf(p, MW_BLOCK_TEXT, "Of the total cost of %.*s, %.*s are asked for as a grant; %.*s are own money of the partners.", MW_SV_ARG(total),
                  MW_SV_ARG(grant), MW_SV_ARG(own));
    if (others.cents > 0) {
        struct mw_sv sum = mw_paper_eur(p, others);
        mw_paper_sayf(p, MW_BLOCK_TEXT, "The remaining %.*s come from others.", MW_SV_ARG(sum));
    }
}

void mw_paper_cooperation(struct mw_paper *p, struct mw_arena *a, const struct mw_plan *plan, enum mw_lang lang)
{
    const struct mw_project *project = plan->project;

    mw_paper_begin(p, a, plan, lang, "Explanation of the intermunicipal cooperation");
    mw_paper_heading(p, 1, "Partners");
    mw_section_applicants(p, plan);
    mw_paper_heading(p, 1, "Starting position and problem");
    mw_paper_text(p, project, "starting_position", "Which problem can one municipality not solve alone?");
    mw_paper_heading(p, 1, "Field of work");
    mw_paper_narrative(p, project, "task_field");
    mw_paper_heading(p, 1, "Organisation");
    mw_paper_narrative(p, project, "organisation");
    mw_paper_heading(p, 1, "Legal form, term, entry and exit");
    put_form(p, &project->cooperation);
    mw_paper_narrative(p, project, "entry_and_exit");
    mw_paper_heading(p, 1, "Efficiency calculation");
    put_efficiency(p, plan);
    mw_paper_heading(p, 1, "Cost and its sharing");
    put_cost(p, plan);
    mw_section_shares(p, plan);
    mw_paper_heading(p, 1, "Schedule with resolutions");
    mw_section_preparation(p, plan);
    mw_section_tasks(p, plan);
    mw_paper_heading(p, 1, "Model for others");
    mw_paper_narrative(p, project, "role_model");
    mw_paper_heading(p, 1, "Place in regional concepts");
    mw_paper_narrative(p, project, "regional_concepts");
    mw_paper_heading(p, 1, "Why a joint application");
    mw_paper_narrative(p, project, "joint_application");
    mw_paper_heading(p, 1, "What lasts");
    mw_paper_narrative(p, project, "sustainability");
    mw_paper_heading(p, 1, "State aid, VAT and data protection");
    mw_paper_narrative(p, project, "state_aid");
    mw_paper_heading(p, 1, "Evaluation and reports");
    mw_paper_narrative(p, project, "evaluation");
    mw_section_duties(p, plan);
}
