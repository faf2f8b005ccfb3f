/* A funding mix for programs and for people. */
#include "apply/plan/plan.h"

static void put_grants(struct mw_out *o, const char *label, const struct mw_list *grants)
{
    static const struct mw_column COLS[] = { { ".title", "Programme", false },
                                             { "edition", "Edition", false },
                                             { "grant", "Grant", true } };

    mw_out_table(o, "chosen", label, COLS, sizeof COLS / sizeof *COLS);
    for (size_t i = 0; i < grants->n; i++) {
        const struct mw_mix_grant *g = MW_AT(*grants, struct mw_mix_grant, i);
        mw_out_row(o);
        mw_out_sv(o, "programme", NULL, g->terms->programme);
        mw_out_sv(o, ".title", NULL, g->terms->title);
        mw_out_sv(o, "edition", NULL, g->edition->id);
        mw_out_eur(o, "grant", NULL, g->grant);
        mw_out_end(o);
    }
    mw_out_end(o);
}

/* What stands against the best mix, and what only the funders know. */
static void put_objections(struct mw_out *o, const struct mw_mix *mix)
{
    mw_out_list(o, "objections", NULL);
    if (mix->objections.n > 0)
        mw_out_paraf(o, MW_HEADING, "What stands against it");
    for (size_t i = 0; i < mix->objections.n; i++) {
        const struct mw_mix_objection *x = MW_AT(mix->objections, struct mw_mix_objection, i);
        mw_out_object(o, NULL, NULL);
        mw_out_sv(o, "programme", NULL, x->terms->programme);
        mw_out_z(o, "code", NULL, x->code);
        mw_out_sv(o, "message", NULL, x->msg);
        mw_out_end(o);
        mw_out_paraf(o, MW_BAD, "%.*s: %.*s [%s]", MW_SV_ARG(x->terms->title.n > 0 ? x->terms->title : x->terms->programme),
                     MW_SV_ARG(x->msg), x->code);
    }
    mw_out_end(o);
    if (mix->chosen.n > 1)
        mw_out_paraf(o, MW_DIM, "Whether programmes may be combined is known only where their terms say not_with; ask the funders.");
}

void mw_mix_to_out(const struct mw_mix *mix, struct mw_out *o)
{
    static const struct mw_column REJECTED[] = { { ".title", "Programme", false }, { "reason", "Reason", false } };

    mw_out_object(o, NULL, NULL);
    mw_out_sv(o, "project", NULL, mix->project->id);
    mw_out_paraf(o, MW_HEADING, "Funding mix: %.*s", MW_SV_ARG(mix->project->title));
    mw_out_day(o, "today", "As of", mix->today);
    mw_out_z(o, "currency", NULL, "EUR");
    mw_out_eur(o, "total", "Total cost", mix->total);
    mw_out_eur(o, "other", "Other sources", mix->other);
    mw_out_eur(o, "grant_total", "Grants", mix->grant_total);
    mw_out_eur(o, "own", "Own money", mix->own);
    put_grants(o, "Best mix", &mix->chosen);
    put_objections(o, mix);
    mw_out_table(o, "rejected", "Not in it", REJECTED, sizeof REJECTED / sizeof *REJECTED);
    for (size_t i = 0; i < mix->rejected.n; i++) {
        const struct mw_mix_out *r = MW_AT(mix->rejected, struct mw_mix_out, i);
        mw_out_row(o);
        mw_out_sv(o, "programme", NULL, r->terms->programme);
        mw_out_sv(o, ".title", NULL, r->terms->title);
        mw_out_sv(o, "reason", NULL, r->reason);
        mw_out_end(o);
    }
    mw_out_end(o);
    if (mix->has_runner_up) {
        mw_out_object(o, "runner_up", "Second best");
        mw_out_eur(o, "grant_total", "Grants", mix->runner_up_total);
        put_grants(o, NULL, &mix->runner_up);
        mw_out_end(o);
    }
    mw_out_end(o);
}
