/* What each partner of a joint project bears: one cut by largest remainder, ties to the partner named first. */
#include "apply/plan/make.h"

static size_t count(const struct mw_plan *plan) { return plan->project->profile.applicants.n; }
static const struct mw_applicant *partner(const struct mw_plan *plan, size_t i)
{
    return MW_AT(plan->project->profile.applicants, struct mw_applicant, i);
}

static int64_t gcd(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t r = a % b;
        a = b;
        b = r;
    }
    return a;
}

static enum mw_rc incomplete(struct mw_job *job, const char *what, struct mw_sv name, bool *usable)
{
    *usable = false;
    return mw_find(job, MW_ERROR, "sharing-incomplete", &job->plan->project->sharing.pos, NULL,
                   "The money cannot be shared: %s of \"%.*s\" is missing.", mw_tr(job->plan->lang, what),
                   MW_SV_ARG(name));
}

/* Weights of decimals on one denominator. */
static enum mw_rc own_weights(struct mw_job *job, int64_t *w, bool *usable)
{
    const struct mw_list *weights = &job->plan->project->sharing.weights;
    int64_t den = 1;

    for (size_t i = 0; i < weights->n; i++) {
        int64_t d = MW_AT(*weights, struct mw_entry, i)->v.share.den;
        if (d < 1 || d > 1000000000 || den > INT64_MAX / d)
            return mw_too_large(job, &job->plan->project->sharing.pos);
        den = den / gcd(den, d) * d;
    }
    for (size_t i = 0; i < count(job->plan); i++) {
        const struct mw_share *s = NULL;
        for (size_t k = 0; k < weights->n; k++)
            if (mw_sv_eq(MW_AT(*weights, struct mw_entry, k)->key, partner(job->plan, i)->name))
                s = &MW_AT(*weights, struct mw_entry, k)->v.share;
        if (s == NULL)
            return incomplete(job, "the weight", partner(job->plan, i)->name, usable);
        if (s->num > 0 && den / s->den > INT64_MAX / s->num)
            return mw_too_large(job, &job->plan->project->sharing.pos);
        w[i] = s->num * (den / s->den);
    }
    return MW_OK;
}

/* base/n + (1 - base) x inhabitants/Σ, all on the denominator base.den x n x Σ: one cut, not two. */
static enum mw_rc base_weights(struct mw_job *job, int64_t *w)
{
    const struct mw_share base = job->plan->project->sharing.base;
    mw_i128 n = (mw_i128)count(job->plan), sum = 0;

    for (size_t i = 0; i < count(job->plan); i++)
        sum += w[i];
    for (size_t i = 0; i < count(job->plan); i++) {
        mw_i128 weight;
        if (base.den > 1000000000) /* 1e9 x 2000 partners x 2^63 / 2000: fits in 128 bits */
            return mw_too_large(job, &job->plan->project->sharing.pos);
        weight = sum == 0 ? 1 : base.num * sum + (mw_i128)(base.den - base.num) * w[i] * n;
        if (weight > INT64_MAX)
            return mw_too_large(job, &job->plan->project->sharing.pos);
        w[i] = (int64_t)weight;
    }
    return MW_OK;
}

enum mw_rc mw_sharing_weights(struct mw_job *job, int64_t *w, bool *usable)
{
    const struct mw_sharing *s = &job->plan->project->sharing;
    int64_t sum = 0;
    enum mw_rc rc = MW_OK;

    *usable = true;
    if (s->key == MW_KEY_WEIGHTS) {
        rc = own_weights(job, w, usable);
    } else {
        for (size_t i = 0; i < count(job->plan); i++) {
            w[i] = s->key == MW_KEY_EQUAL ? 1 : partner(job->plan, i)->population;
            if (w[i] == MW_INT_NONE || w[i] < 0)
                return incomplete(job, "the number of inhabitants", partner(job->plan, i)->name, usable);
        }
        if (s->key == MW_KEY_BASE)
            rc = base_weights(job, w);
    }
    for (size_t i = 0; i < count(job->plan) && rc == MW_OK && *usable; i++)
        sum |= w[i];
    if (rc == MW_OK && *usable && sum == 0) {
        *usable = false;
        rc = mw_find(job, MW_ERROR, "sharing-incomplete", &s->pos, NULL,
                     "The money cannot be shared: every partner's weight is zero.");
    }
    return rc;
}

/* sum over the partners by weights; nothing to share or by: zeros. */
static bool cut(struct mw_eur *out, struct mw_eur sum, const int64_t *w, size_t n)
{
    bool any = false;

    for (size_t i = 0; i < n; i++) {
        out[i] = (struct mw_eur){ 0 };
        any = any || w[i] > 0;
    }
    return sum.cents == 0 || !any || mw_eur_split(out, sum, w, n);
}

/* Own rows are the partner's; the rest by the key; grant and other sources in proportion to these costs; own is the
 * rest. */
static enum mw_rc share_cost(struct mw_job *job, int64_t *w, struct mw_eur *part)
{
    struct mw_plan *plan = job->plan;
    const struct mw_financing_plan *f = &plan->financing;
    size_t n = count(plan);
    struct mw_eur rest = plan->cost.total, other = f->public_money;
    bool fits = mw_eur_add(&other, f->third) && mw_eur_add(&other, f->revenue) && mw_eur_add(&other, f->fictive);

    for (size_t k = 0; k < plan->cost.rows.n && fits; k++) {
        const struct mw_cost_row *row = MW_AT(plan->cost.rows, struct mw_cost_row, k);
        for (size_t i = 0; i < n && row->cost != NULL && row->cost->partner.p != NULL; i++)
            if (mw_sv_eq(partner(plan, i)->name, row->cost->partner)) {
                fits = mw_eur_add(&MW_AT(plan->partners, struct mw_partner_row, i)->cost, row->total) &&
                       mw_eur_sub(&rest, row->total);
                break;
            }
    }
    fits = fits && cut(part, rest, w, n);
    for (size_t i = 0; i < n && fits; i++) {
        struct mw_partner_row *p = MW_AT(plan->partners, struct mw_partner_row, i);
        fits = mw_eur_add(&p->cost, part[i]);
        w[i] = p->cost.cents;
    }
    fits = fits && cut(part, f->grant, w, n);
    for (size_t i = 0; i < n && fits; i++)
        MW_AT(plan->partners, struct mw_partner_row, i)->grant = part[i];
    fits = fits && cut(part, other, w, n);
    for (size_t i = 0; i < n && fits; i++) {
        struct mw_partner_row *p = MW_AT(plan->partners, struct mw_partner_row, i);
        p->other = part[i];
        p->own = p->cost;
        fits = mw_eur_sub(&p->own, p->grant) && mw_eur_sub(&p->own, p->other);
    }
    return fits ? MW_OK : mw_too_large(job, &plan->project->sharing.pos);
}

static enum mw_rc share_own(struct mw_job *job, const int64_t *w, struct mw_eur *part)
{
    struct mw_plan *plan = job->plan;

    if (!cut(part, plan->financing.own, w, count(plan)))
        return mw_too_large(job, &plan->project->sharing.pos);
    for (size_t i = 0; i < count(plan); i++) {
        struct mw_partner_row *p = MW_AT(plan->partners, struct mw_partner_row, i);
        p->cost = p->grant = p->other = MW_EUR_NONE;
        p->own = part[i];
    }
    return MW_OK;
}

enum mw_rc mw_make_partners(struct mw_job *job)
{
    struct mw_plan *plan = job->plan;
    size_t n = count(plan);
    int64_t *w = mw_arena_array(job->a, n + 1, sizeof *w);
    struct mw_eur *part = mw_arena_array(job->a, n + 1, sizeof *part);
    bool usable;
    enum mw_rc rc;

    if (w == NULL || part == NULL)
        return MW_NOMEM;
    if (plan->project->sharing.pos.file == NULL)
        return n < 2
                   ? MW_OK
                   : mw_find(job, MW_NOTE, "sharing-missing", &plan->project->pos, NULL,
                             "The project has %zu partners but says nothing on how they share the money (sharing).", n);
    if ((rc = mw_sharing_weights(job, w, &usable)) != MW_OK || !usable)
        return rc;
    for (size_t i = 0; i < n; i++) {
        struct mw_partner_row *p = mw_list_add(job->a, &plan->partners, sizeof *p);
        if (p == NULL)
            return MW_NOMEM;
        p->applicant = partner(plan, i);
    }
    return plan->project->sharing.of == MW_SHARE_COST ? share_cost(job, w, part) : share_own(job, w, part);
}
