/* The project description (Vorhabenbeschreibung): narrative of the project file, figures of the plan. What the narrative
 * lacks is asked for where it belongs; its order follows what funders of the Bund and the Länder print in their guides. */
#include "apply/documents/sections.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* A bound of a quantity in the paper's language; text is its memory. */
static const char *bound(struct mw_str *text, const struct mw_paper *p, struct mw_share v)
{
    mw_str_clear(text);
    mw_quantity_format(text, v, p->lang);
    return mw_str_z(text);
}

static void put_quantities(struct mw_paper *p, const struct mw_profile *profile)
{
    MW_AUTO(mw_str_free) struct mw_str low = MW_STR_INIT, high = MW_STR_INIT;

    for (size_t i = 0; i < profile->quantities.n; i++) {
        const struct mw_quantity *q = MW_AT(profile->quantities, struct mw_quantity, i);
        struct mw_sv what = q->what;
        if (mw_share_is(q->exactly))
            mw_paper_sayf(p, MW_BLOCK_BULLET, "%.*s: %s", MW_SV_ARG(what), bound(&low, p, q->exactly));
        else if (mw_share_is(q->min) && mw_share_is(q->max))
            mw_paper_sayf(p, MW_BLOCK_BULLET, "%.*s: %s to %s", MW_SV_ARG(what), bound(&low, p, q->min), bound(&high, p, q->max));
        else if (mw_share_is(q->min))
            mw_paper_sayf(p, MW_BLOCK_BULLET, "%.*s: at least %s", MW_SV_ARG(what), bound(&low, p, q->min));
        else if (mw_share_is(q->max))
            mw_paper_sayf(p, MW_BLOCK_BULLET, "%.*s: at most %s", MW_SV_ARG(what), bound(&low, p, q->max));
    }
}

static void put_roles(struct mw_paper *p, const struct mw_profile *profile)
{
    static const struct mw_paper_column ROLES[] = { { "Who", 50, false }, { "Role", 50, false } };

    if (profile->roles.n == 0)
        return;
    struct mw_paper_table *t = mw_paper_table(p, ROLES, COUNT(ROLES));
    for (size_t i = 0; i < profile->roles.n; i++) {
        const struct mw_role *role = MW_AT(profile->roles, struct mw_role, i);
        struct mw_paper_row *r = mw_paper_row(p, t);
        mw_paper_put(r, 0, role->name);
        mw_paper_put(r, 1, mw_paper_word(p, mw_role_label(role->role, p->lang)));
    }
}

static void put_lots(struct mw_paper *p, const struct mw_profile *profile)
{
    for (size_t i = 0; i < profile->lots.n; i++) {
        const struct mw_lot *lot = MW_AT(profile->lots, struct mw_lot, i);
        struct mw_sv label = lot->label.n > 0 ? lot->label : lot->id;
        if (lot->applicant.n > 0)
            mw_paper_sayf(p, MW_BLOCK_BULLET, "Lot %.*s (%.*s)", MW_SV_ARG(label), MW_SV_ARG(lot->applicant));
        else
            mw_paper_sayf(p, MW_BLOCK_BULLET, "Lot %.*s", MW_SV_ARG(label));
    }
}

void mw_paper_description(struct mw_paper *p, struct mw_arena *a, const struct mw_plan *plan, enum mw_lang lang, const struct mw_chart *chart)
{
    const struct mw_project *project = plan->project;

    mw_paper_begin(p, a, plan, lang, "Project description");
    mw_section_facts(p, plan);
    mw_paper_heading(p, 1, "Summary");
    if (mw_sv_trim(project->profile.summary).n > 0)
        mw_paper_prose(p, project->profile.summary);
    else
        mw_paper_say(p, MW_BLOCK_OPEN, mw_paper_tr(p, "What is the project about, in five sentences (summary in the profile)?"));
    mw_paper_heading(p, 1, "Who applies");
    mw_section_applicants(p, plan);
    put_roles(p, &project->profile);
    mw_paper_heading(p, 1, "Starting position");
    mw_paper_narrative(p, project, "starting_position");
    mw_paper_heading(p, 1, "Aims");
    mw_paper_narrative(p, project, "aim");
    mw_paper_heading(p, 1, "Measures");
    mw_paper_narrative(p, project, "measures");
    put_lots(p, &project->profile);
    put_quantities(p, &project->profile);
    mw_paper_heading(p, 1, "Target groups");
    mw_paper_narrative(p, project, "target_groups");
    mw_paper_heading(p, 1, "Work plan and schedule");
    if (chart != NULL)
        mw_paper_chart(p, chart);
    mw_section_tasks(p, plan);
    mw_paper_heading(p, 1, "Cost plan");
    mw_section_costs(p, plan);
    mw_paper_heading(p, 1, "Financing plan");
    mw_section_financing(p, plan);
    if (mw_project_partners(project) > 1) {
        mw_paper_heading(p, 2, "Shares of the partners");
        mw_section_shares(p, plan);
    }
    mw_paper_heading(p, 1, "Why the grant is needed");
    mw_paper_narrative(p, project, "necessity");
    mw_paper_heading(p, 1, "What lasts");
    mw_paper_narrative(p, project, "sustainability");
    mw_paper_heading(p, 1, "Duties after the award");
    mw_section_duties(p, plan);
    mw_paper_say(p, MW_BLOCK_NOTE, mw_paper_tr(p, "There is never a right to a grant: this plan says what can be applied for."));
}
