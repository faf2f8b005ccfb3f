/* The parts of a joint project for programs and for people: each partner's own plan, and what the cooperation saves. */
#include <stdio.h>

#include "apply/plan/make.h"
#include "apply/plan/show.h"
#include "apply/plan/sums.h"

static void put_years(struct mw_out *o, const struct mw_plan *p, const struct mw_subplan *s)
{
    char key[12];

    mw_out_object(o, "years", NULL);
    for (size_t y = 0; y < p->years.n; y++) {
        snprintf(key, sizeof key, "%d", p->years.first + (int)y);
        mw_out_object(o, key, NULL);
        if (s->cost != NULL) {
            mw_out_eur(o, "cost", NULL, s->cost[y]);
            mw_out_eur(o, "grant", NULL, s->grant[y]);
            mw_out_eur(o, "other", NULL, s->other[y]);
        }
        mw_out_eur(o, "own", NULL, s->own[y]);
        mw_out_end(o);
    }
    mw_out_end(o);
}

static void put_subplan(struct mw_out *o, const struct mw_plan *p, const struct mw_subplan *s)
{
    struct mw_sv tr[] = { mw_sv(mw_tr(mw_out_lang(o), "Cost")), mw_sv(mw_tr(mw_out_lang(o), "Grant")),
                          mw_sv(mw_tr(mw_out_lang(o), "Other sources")), mw_sv(mw_tr(mw_out_lang(o), "Own money")) };
    const struct mw_year_line lines[] = { { tr[0], s->cost }, { tr[1], s->grant }, { tr[2], s->other }, { tr[3], s->own } };

    mw_out_object(o, NULL, NULL);
    mw_out_sv(o, "name", NULL, s->applicant->name);
    mw_out_eur(o, "cost", NULL, s->sum.cost);
    mw_out_eur(o, "grant", NULL, s->sum.grant);
    mw_out_eur(o, "other", NULL, s->sum.other);
    mw_out_eur(o, "own", NULL, s->sum.own);
    if (s->plan != NULL) {
        if (mw_share_is(s->plan->financing.rate))
            mw_out_share(o, "rate_bp", NULL, s->plan->financing.rate);
        mw_out_eur(o, "eligible", NULL, s->plan->cost.eligible);
        mw_out_z(o, "limited_by", NULL, MW_LIMITS[s->plan->financing.limited_by]);
    }
    mw_out_list(o, "categories", NULL);
    for (size_t c = 0; c < s->categories.n; c++) {
        const struct mw_category *cat = MW_AT(s->categories, struct mw_category, c);
        mw_out_object(o, NULL, NULL);
        mw_out_sv(o, "category", NULL, cat->name);
        mw_out_eur(o, "total", NULL, cat->total);
        mw_out_end(o);
    }
    mw_out_end(o);
    put_years(o, p, s);
    if (mw_out_format(o) != MW_JSON && s->cost != NULL) {
        struct mw_str head = MW_STR_INIT;
        mw_str_add(&head, s->applicant->name);
        if (s->plan != NULL && mw_share_is(s->plan->financing.rate)) {
            mw_str_addf(&head, " (%s ", mw_tr(mw_out_lang(o), "Rate"));
            mw_share_format(&head, s->plan->financing.rate, mw_out_lang(o));
            mw_str_addc(&head, ')');
        }
        mw_out_para(o, MW_HEADING, mw_str_sv(&head));
        mw_show_years(o, p->years, NULL, lines, sizeof lines / sizeof *lines);
        mw_str_free(&head);
    }
    mw_out_end(o);
}

/* Where only own money is shared, one table holds all partners. */
static void put_own_table(struct mw_out *o, const struct mw_plan *p)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_year_line *lines = a != NULL ? mw_arena_array(a, p->subplans.n + 1, sizeof *lines) : NULL;

    for (size_t i = 0; i < p->subplans.n && lines != NULL; i++) {
        const struct mw_subplan *s = MW_AT(p->subplans, struct mw_subplan, i);
        lines[i] = (struct mw_year_line){ s->applicant->name, s->own };
    }
    if (lines != NULL)
        mw_show_years(o, p->years, "Own money by year", lines, p->subplans.n);
    mw_arena_free(a);
}

static void put_efficiency(struct mw_out *o, const struct mw_plan *p)
{
    struct mw_saving s;
    bool asked = mw_share_is(p->edition->saving_min);

    if (mw_project_partners(p->project) < 2 || !mw_saving_of(&s, p->project))
        return;
    mw_out_object(o, "efficiency", "What the cooperation saves in a year");
    mw_out_eur(o, "single", "Cost of all partners alone", s.single);
    mw_out_eur(o, "joint", "Cost together", s.joint);
    mw_out_eur(o, "saved", "Saving", s.saved);
    mw_out_share(o, "share_bp", NULL, s.share);
    if (s.saved.cents >= 0)
        mw_out_share(o, NULL, "of the single costs", s.share);
    if (asked) {
        mw_out_share(o, "required_bp", "asked for", p->edition->saving_min);
        mw_out_bool(o, "enough", NULL, mw_share_cmp(s.share, p->edition->saving_min) >= 0);
    }
    mw_out_end(o);
}

void mw_show_joint(const struct mw_plan *p, struct mw_out *o)
{
    if (p->subplans.n > 0) {
        const struct mw_subplan *first = MW_AT(p->subplans, struct mw_subplan, 0);
        mw_out_list(o, "municipalities", NULL);
        if (first->cost != NULL) /* where only own money is shared, the table says it all */
            mw_out_paraf(o, MW_HEADING, first->plan != NULL ? "Each partner's own application" : "Each partner's part");
        for (size_t i = 0; i < p->subplans.n; i++)
            put_subplan(o, p, MW_AT(p->subplans, struct mw_subplan, i));
        mw_out_end(o);
        if (mw_out_format(o) != MW_JSON && first->cost == NULL)
            put_own_table(o, p);
    }
    put_efficiency(o, p);
}
