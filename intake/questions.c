/* What the document leaves open and a profile needs: asked, not guessed. */
#include "intake/draft_inside.h"

static void ask_of_applicants(struct mw_job *x)
{
    const struct mw_profile *p = &x->out->profile;
    bool ags = false, land = false, people = false, type = false, budget = false;
    if (p->applicants.n == 0) {
        mw_draft_ask(x, "applicants", "Who applies? The document names nobody who orders or would apply.");
        mw_draft_ask(x, "population", "How many inhabitants do the applicants have, and on which day were they counted?");
        return;
    }
    for (size_t i = 0; i < p->applicants.n; i++) {
        const struct mw_applicant *a = MW_AT(p->applicants, struct mw_applicant, i);
        bool municipal = a->type == MW_A_KOMMUNE || a->type == MW_A_KREIS || a->type == MW_A_KOMMUNALVERBAND;
        ags = ags || (municipal && a->ags.p == NULL);
        land = land || a->land == MW_LAND_NONE;
        type = type || a->type < 0;
        people = people || a->population == MW_INT_NONE;
        budget = budget || a->budget < 0;
    }
    if (type)
        mw_draft_ask(x, "applicants.type", "What kind of applicant is this: municipality, Kreis, municipal association, company, ...?");
    if (ags)
        mw_draft_ask(x, "ags", "Which AGS does the applicant have? The register has no single place of that name.");
    if (land)
        mw_draft_ask(x, "land", "In which Land does the applicant lie?");
    if (people)
        mw_draft_ask(x, "population", "How many inhabitants do the applicants have, and on which day were they counted?");
    if (p->applicants.n > 1 && p->joint_mode < 0)
        mw_draft_ask(x, "joint_mode", "How do they apply together: one for all (lead), one joint application (group), each for itself (parallel), or a body of their own (entity)?");
    if (budget)
        mw_draft_ask(x, "budget", "Is an applicant financially weak or under budget supervision?");
}

void mw_draft_questions(struct mw_job *x)
{
    const struct mw_profile *p = &x->out->profile;
    bool from = mw_day_is(p->period.from), to = mw_day_is(p->period.to), contract = mw_eur_is(p->volume) && x->d->fields.n > 0;
    ask_of_applicants(x);
    if (mw_sv_eqz(x->out->document, "web_page") && p->applicants.n > 0)
        mw_draft_ask(x, "applicants", "Who of those that are named really applies, and for which project?");
    if (!from && !to && x->out->months < 0)
        mw_draft_ask(x, "period", "From when to when is the project to run?");
    else if (!from)
        mw_draft_ask(x, "period.from", "When is the project to begin?");
    else if (!to && x->out->months < 0)
        mw_draft_ask(x, "period.to", "When is the project to end?");
    if (!mw_eur_is(p->volume))
        mw_draft_ask(x, "volume", "What will the whole project cost?");
    else if (contract)
        mw_draft_ask(x, "volume", "Is the value of the order the cost of the whole project?");
    if (!mw_share_is(p->own_share))
        mw_draft_ask(x, "own_share", "Which share of the cost can the applicants pay themselves at most?");
    if (p->started == MW_TRI_NONE)
        mw_draft_ask(x, "started", "Has a contract been made or another binding step been taken?");
    if (p->lots.n == 0)
        mw_draft_ask(x, "lots", "Is the project ordered or funded in parts?");
    if (x->out->programmes.n == 0)
        mw_draft_ask(x, "programmes", "Is a funding programme in mind already, or has one granted money?");
}
