/* Estimates: a project file of one row is made of the profile, and the plan says what the programme pays. */
#include "cli/estimate.h"

#include <string.h>

static struct mw_sv bare(struct mw_sv url)
{
    while (url.n > 0 && url.p[url.n - 1] == '/')
        url.n--;
    return url;
}

/* The row counts wherever the edition counts only some categories. */
static struct mw_sv category_of(const struct mw_terms *t)
{
    for (size_t i = 0; i < t->editions.n; i++) {
        const struct mw_edition *e = MW_AT(t->editions, struct mw_edition, i);
        if (e->categories.n > 0)
            return *MW_AT(e->categories, struct mw_sv, 0);
    }
    return MW_SV("vergabe");
}

static enum mw_rc read_project(struct mw_project *out, struct mw_arena *a, const struct mw_terms *t, const struct mw_profile *p, struct mw_day today,
    struct mw_diags *diags)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    struct mw_profile whole = *p;
    struct mw_node *node = NULL;
    if (!mw_day_is(whole.period.from) || !mw_day_is(whole.period.to))
        whole.period = (struct mw_span){ today, mw_day_months_end(today, 12) };
    mw_str_addf(&s, "project: estimate\ntitle: estimate\nprogramme: %.*s\nperiod: {from: ", MW_SV_ARG(t->programme));
    mw_day_iso(&s, whole.period.from);
    mw_str_addz(&s, ", to: ");
    mw_day_iso(&s, whole.period.to);
    mw_str_addf(&s, "}\nprofile: {profile: estimate, title: estimate, summary: estimate, applicants: [{name: estimate, type: kommune}]}\n"
                    "costs: [{id: all, label: all, category: %.*s, amount: \"%lld,%02d EUR\"}]\n", MW_SV_ARG(category_of(t)),
        (long long)(p->volume.cents / 100), (int)(p->volume.cents % 100));
    struct mw_sv text = mw_str_ok(&s) ? mw_arena_copy(a, mw_str_sv(&s)) : MW_SV_NONE;
    if (text.p == NULL)
        return MW_NOMEM;
    enum mw_rc rc = mw_yaml_read(&node, a, "estimate", text, diags);
    if (rc == MW_OK)
        rc = mw_project_read(out, a, node, NULL, diags);
    out->profile = whole;
    return rc;
}

/* What the project lacks by the terms; dates, tasks and papers are no matter of an estimate. */
static struct mw_sv why_none(const struct mw_plan *plan)
{
    static const char *const LACKS[] = { "volume-out-of-range", "eligible-below-min", "partners-too-few", "grant-below-min" };
    for (size_t i = 0; i < plan->findings.n; i++) {
        const struct mw_finding *f = MW_AT(plan->findings, struct mw_finding, i);
        for (size_t k = 0; k < sizeof LACKS / sizeof *LACKS; k++)
            if (strcmp(f->code, LACKS[k]) == 0)
                return f->msg.n > 0 && f->msg.p[f->msg.n - 1] == '.' ? mw_sv_n(f->msg.p, f->msg.n - 1) : f->msg;
    }
    return MW_SV_NONE;
}

static enum mw_rc estimate(struct mw_list *out, struct mw_arena *a, const struct mw_terms *t, const struct mw_profile *p, struct mw_day today,
    enum mw_lang lang, struct mw_err *err)
{
    struct mw_diags diags = MW_DIAGS_INIT(lang);
    const struct mw_list none = { NULL, 0, 0 };
    const struct mw_plan_opts opts = { .today = today, .lang = lang };
    struct mw_project *project = mw_arena_alloc(a, sizeof *project);
    struct mw_plan *plan = mw_arena_alloc(a, sizeof *plan);
    enum mw_rc rc = project != NULL && plan != NULL ? read_project(project, a, t, p, today, &diags) : MW_NOMEM;

    if (rc == MW_OK)
        rc = mw_plan_make(plan, a, project, t, &none, &opts, &diags);
    mw_diags_free(&diags);
    if (rc == MW_NOMEM)
        return mw_nomem(err);
    if (rc != MW_OK || plan->edition == NULL)
        return MW_OK; /* not computable from a profile: no estimate */
    struct mw_estimate *e = mw_list_add(a, out, sizeof *e);
    if (e == NULL)
        return mw_nomem(err);
    *e = (struct mw_estimate){ .programme = t->programme, .title = t->title, .edition = plan->edition->id, .grant = plan->financing.grant,
                               .terms = plan->edition, .own = plan->financing.own, .formula = MW_SV("") };
    if (e->grant.cents == 0)
        e->why = why_none(plan);
    if (plan->financing.steps.n > 0)
        e->formula = MW_AT(plan->financing.steps, struct mw_grant_step, plan->financing.steps.n - 1)->formula;
    return MW_OK;
}

/* Rates may hang on budget, type or Land of who leads. */
static enum mw_rc estimate_led(struct mw_estimate *e, struct mw_arena *a, const struct mw_terms *t, const struct mw_profile *p, struct mw_day today,
    enum mw_lang lang, struct mw_err *err)
{
    for (size_t i = 0; i < p->applicants.n && p->applicants.n > 1; i++) {
        struct mw_profile led = *p;
        struct mw_list one = { NULL, 0, 0 };
        led.lead = i;
        enum mw_rc rc = estimate(&one, a, t, &led, today, lang, err);
        if (rc != MW_OK)
            return rc;
        const struct mw_estimate *other = one.n > 0 ? MW_AT(one, struct mw_estimate, 0) : NULL;
        if (other == NULL || other->grant.cents == e->grant.cents)
            continue;
        struct mw_led *slot = mw_list_add(a, &e->led, sizeof *slot);
        if (slot == NULL)
            return mw_nomem(err);
        *slot = (struct mw_led){ MW_AT(p->applicants, struct mw_applicant, i), other->grant, other->formula };
    }
    return MW_OK;
}

enum mw_rc mw_estimates(struct mw_list *out, struct mw_arena *a, const struct mw_list *terms, const struct mw_profile *p, struct mw_sv url,
    struct mw_day today, enum mw_lang lang, struct mw_err *err)
{
    enum mw_rc rc = MW_OK;
    if (!mw_eur_is(p->volume) || p->applicants.n == 0)
        return MW_OK;
    for (size_t i = 0; i < terms->n && rc == MW_OK; i++) {
        const struct mw_terms *t = MW_AT(*terms, struct mw_terms, i);
        if (t->url.n > 0 && mw_sv_eq(bare(t->url), bare(url))) {
            size_t before = out->n;
            rc = estimate(out, a, t, p, today, lang, err);
            if (rc == MW_OK && out->n > before)
                rc = estimate_led(MW_AT(*out, struct mw_estimate, before), a, t, p, today, lang, err);
        }
    }
    return rc;
}
