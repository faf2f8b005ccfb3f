/* The funding mix: which programmes together, with which grants, leave the least own money (FORMATS.md section 5).
 *
 * For a set of programmes every rule is a bound on the sum of its grants: with U the sum of what each would grant alone
 * and B the smallest bound, the best sum is min(U, B), and it can be had when the smallest grants fit under B. Bounds
 * only fall and smallest grants only grow as programmes join, so sets are tried by branch and bound: exact, and checked
 * against brute force in tests/test_mix.c. Sets are met in the order of the file, hence of equal ones the first named
 * wins. */
#include "apply/plan/make.h"

#define MIX_MAX 60              /* programmes of one mix */
#define MIX_NODES_MAX 20000000L /* sets looked at before giving up: some seconds */
#define WHY_NODES_MAX 200000L   /* and to say what a programme would have cost, all of them together */

struct choice {
    const struct mw_terms *terms;
    const struct mw_edition *edition;
    int64_t least, most; /* of its grant */
    int64_t bound;       /* on all grants together, when it is chosen */
    uint64_t against;    /* bit i: choice i excludes it */
    struct mw_list found; /* struct mw_finding of its plan */
};
struct set {
    uint64_t members;
    int64_t sum;
    int size;
    bool is;
};
struct search {
    struct choice c[MIX_MAX];
    int n;
    /* [from][k]: the sum of the k largest `most`, and of the k smallest `least`, among from, from + 1, ... */
    int64_t top[MIX_MAX + 1][MIX_MAX + 1], low[MIX_MAX + 1][MIX_MAX + 1];
    struct set best, second;
    long nodes, nodes_max;
    struct mw_sv *why; /* for each of the terms: why it has no place in any mix; MW_SV_NONE: it has one */
};

static int64_t plus(int64_t a, int64_t b) /* of sums >= 0: beyond the range is as good as endless */
{
    return a > INT64_MAX - b ? INT64_MAX : a + b;
}
static int64_t less(int64_t a, int64_t b) { return a < b ? a : b; }

/* --- branch and bound --------------------------------------------------------------------------------------------- */
static bool better(const struct set *a, const struct set *b)
{
    return !b->is || a->sum > b->sum || (a->sum == b->sum && a->size < b->size);
}

static void consider(struct search *s, struct set set)
{
    if (better(&set, &s->best)) {
        s->second = s->best;
        s->best = set;
    } else if (better(&set, &s->second)) {
        s->second = set;
    }
}

/* Can a set with these members, and others from `from` on, become one of the two best? */
static bool hopeful(const struct search *s, int from, const struct set *set, int64_t least, int64_t most, int64_t bound)
{
    int room = s->n - from, need = 0; /* room: so many more at the most, by their smallest grants */
    while (room > 0 && plus(least, s->low[from][room]) > bound)
        room--;
    int64_t reach = less(plus(most, s->top[from][room]), bound);

    if (!s->second.is || reach > s->second.sum)
        return true;
    if (reach < s->second.sum)
        return false;
    while (need < room && plus(most, s->top[from][need]) < s->second.sum)
        need++;
    return set->size + need < s->second.size; /* at the same sum only fewer programmes are better */
}

/* NOLINTNEXTLINE(misc-no-recursion): at most MIX_MAX deep */
static void grow(struct search *s, int from, struct set set, int64_t least, int64_t most, int64_t bound)
{
    s->nodes++;
    set.sum = less(most, bound);
    consider(s, set);
    for (int i = from; i < s->n && s->nodes < s->nodes_max; i++) {
        const struct choice *c = &s->c[i];
        struct set next = { set.members | UINT64_C(1) << i, 0, set.size + 1, true };
        int64_t b = less(bound, c->bound), l = plus(least, c->least), m = plus(most, c->most);
        if (((c->against | UINT64_C(1) << i) & set.members) == 0 && l <= b && hopeful(s, i + 1, &next, l, m, b))
            grow(s, i + 1, next, l, m, b);
    }
}

/* Puts a value into n that stand in order, the largest or the smallest first. */
static void insert(int64_t *sorted, int n, int64_t value, bool largest)
{
    for (; n > 0 && (largest ? sorted[n - 1] < value : sorted[n - 1] > value); n--)
        sorted[n] = sorted[n - 1];
    sorted[n] = value;
}

static void rank_ends(struct search *s)
{
    for (int from = 0; from <= s->n; from++) {
        int64_t most[MIX_MAX], least[MIX_MAX];
        for (int i = from; i < s->n; i++) {
            insert(most, i - from, s->c[i].most, true);
            insert(least, i - from, s->c[i].least, false);
        }
        s->top[from][0] = s->low[from][0] = 0;
        for (int k = 0; k < s->n - from; k++) {
            s->top[from][k + 1] = plus(s->top[from][k], most[k]);
            s->low[from][k + 1] = plus(s->low[from][k], least[k]);
        }
    }
}

/* --- what each programme allows ----------------------------------------------------------------------------------- */
static bool excludes(const struct choice *a, const struct choice *b)
{
    return mw_names(&a->edition->not_with, b->terms->programme) || mw_names(&b->edition->not_with, a->terms->programme);
}

/* Bounds of one programme on all grants together: public_share.max and own_share.min of its eligible expenditure. */
static bool find_bound(struct choice *c, const struct mw_plan *plan, int64_t room)
{
    const struct mw_edition *e = c->edition;
    struct mw_eur sum;

    c->bound = room;
    if (mw_share_is(e->public_share_max)) {
        if (!mw_eur_of(&sum, plan->cost.eligible, e->public_share_max, MW_DOWN) ||
            !mw_eur_sub(&sum, plan->financing.public_money))
            return false;
        c->bound = less(c->bound, sum.cents);
    }
    if (mw_share_is(e->own_share_min)) {
        struct mw_eur left = { room };
        if (!mw_eur_of(&sum, plan->cost.eligible, e->own_share_min, MW_UP) || !mw_eur_sub(&left, sum))
            return false;
        c->bound = less(c->bound, left.cents);
    }
    return true;
}

static enum mw_rc reject(struct mw_mix *mix, struct mw_arena *a, const struct mw_terms *t, struct mw_sv reason)
{
    struct mw_mix_out *out = mw_list_add(a, &mix->rejected, sizeof *out);

    if (out == NULL || reason.p == NULL)
        return MW_NOMEM;
    *out = (struct mw_mix_out){ t, reason };
    return MW_OK;
}

/* Why a programme has no place in any mix; MW_SV_NONE: it has one. */
static struct mw_sv unfit(const struct mw_plan *plan, size_t valid)
{
    if (valid == 0)
        return mw_sv(mw_tr(plan->lang, "no edition is valid on that day"));
    if (plan->financing.grant.cents > 0)
        return MW_SV_NONE;
    for (size_t i = 0; i < plan->findings.n; i++) {
        const struct mw_finding *f = MW_AT(plan->findings, struct mw_finding, i);
        struct mw_sv code = mw_sv(f->code);
        if (mw_sv_eqz(code, "partners-too-few") || mw_sv_eqz(code, "volume-out-of-range") ||
            mw_sv_eqz(code, "eligible-below-min") || mw_sv_eqz(code, "grant-below-min") ||
            mw_sv_eqz(code, "grant-unknown"))
            return f->msg;
    }
    return mw_sv(mw_tr(plan->lang, "no grant is left beside the other sources"));
}

/* The largest sum of grants with choice i among them; -1: not found in time. */
static int64_t best_with(struct search *s, int i)
{
    const struct set best = s->best, second = s->second;
    int64_t sum;

    s->best = s->second = (struct set){ 0 };
    grow(s, 0, (struct set){ UINT64_C(1) << i, 0, 1, true }, s->c[i].least, s->c[i].most, s->c[i].bound);
    sum = s->nodes < s->nodes_max ? s->best.sum : -1;
    s->best = best;
    s->second = second;
    return sum;
}

/* Why a programme that might have been chosen was not. */
static struct mw_sv outdone(struct search *s, int i, struct mw_arena *a, enum mw_lang lang)
{
    struct mw_str most = MW_STR_INIT, fewer = MW_STR_INIT;
    struct mw_sv why;
    int64_t sum;

    for (int k = 0; k < s->n; k++)
        if ((s->best.members >> k & 1) != 0 && (s->c[i].against >> k & 1) != 0)
            return mw_arena_printf(a, mw_tr(lang, "excludes %.*s, which is chosen"),
                                   MW_SV_ARG(s->c[k].terms->programme));
    sum = s->c[i].least <= s->c[i].bound ? best_with(s, i) : 0;
    if (sum < 0 || sum >= s->best.sum)
        return mw_sv(mw_tr(lang, "with it no less own money would be left"));
    mw_eur_format(&most, (struct mw_eur){ sum }, lang);
    mw_eur_format(&fewer, (struct mw_eur){ s->best.sum - sum }, lang);
    why = mw_arena_printf(a,
                          mw_tr(lang, sum >= s->c[i].bound ? "its limits of public money and own share leave room for %s EUR of grants, %s EUR less"
                                                           : "with it at most %s EUR of grants could be had, %s EUR less"),
                          mw_str_z(&most), mw_str_z(&fewer));
    mw_str_free(&most);
    mw_str_free(&fewer);
    return why;
}

/* Smallest grants first, then filled up in the order of the file. */
static enum mw_rc fill(struct mw_list *out, struct mw_arena *a, const struct search *s, const struct set *set)
{
    int64_t left = set->sum;

    for (int i = 0; i < s->n; i++)
        if ((set->members >> i & 1) != 0)
            left -= s->c[i].least;
    for (int i = 0; i < s->n; i++) {
        const struct choice *c = &s->c[i];
        struct mw_mix_grant *g;
        int64_t more = less(left, c->most - c->least);
        if ((set->members >> i & 1) == 0)
            continue;
        if ((g = mw_list_add(a, out, sizeof *g)) == NULL)
            return MW_NOMEM;
        *g = (struct mw_mix_grant){ c->terms, c->edition, { c->least + more } };
        left -= more;
    }
    return MW_OK;
}

/* Computes every programme alone; those that fit become choices. first: the plan of the first, for total and sources.
 */
static enum mw_rc find_choices(struct search *s, struct mw_mix *mix, struct mw_arena *a, const struct mw_list *terms,
                               const struct mw_list *tariffs, const struct mw_plan_opts *opts, struct mw_diags *diags)
{
    struct mw_plan_opts alone = { .today = opts->today, .lang = opts->lang, .no_flat_rates = true };
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < terms->n && rc == MW_OK; i++) {
        const struct mw_terms *t = MW_AT(*terms, struct mw_terms, i);
        struct mw_plan plan;
        struct mw_eur room;
        size_t valid;
        if ((rc = mw_plan_make(&plan, a, mix->project, t, tariffs, &alone, diags)) != MW_OK)
            return rc;
        mix->total = plan.cost.total;
        mix->other = plan.financing.public_money;
        room = mix->total;
        if (!mw_eur_add(&mix->other, plan.financing.third) || !mw_eur_add(&mix->other, plan.financing.revenue) ||
            !mw_eur_add(&mix->other, plan.financing.fictive) || !mw_eur_sub(&room, mix->other))
            return mw_diag_add(diags, MW_ERROR, &mix->project->pos, "too-large", "A sum is too large to be computed."),
                   MW_INVALID;
        mw_edition_on(t, opts->today, &valid);
        s->why[i] = unfit(&plan, valid);
        if (s->why[i].p != NULL)
            continue;
        struct choice *c = &s->c[s->n++];
        *c = (struct choice){ .terms = t, .edition = plan.edition, .least = 1, .most = plan.financing.grant.cents,
                              .found = plan.findings };
        if (mw_eur_is(c->edition->grant.min) && c->edition->grant.min.cents > 1)
            c->least = c->edition->grant.min.cents;
        if (!find_bound(c, &plan, room.cents))
            return mw_diag_add(diags, MW_ERROR, &mix->project->pos, "too-large", "A sum is too large to be computed."),
                   MW_INVALID;
    }
    for (int i = 0; i < s->n; i++)
        for (int k = 0; k < s->n; k++)
            if (i != k && excludes(&s->c[i], &s->c[k]))
                s->c[i].against |= UINT64_C(1) << k;
    return rc;
}

/* The errors of the chosen programmes' plans that rest on their terms: a duration that is too long, a start that is too early. */
static enum mw_rc object(struct mw_mix *out, struct mw_arena *a, const struct search *s)
{
    for (int i = 0; i < s->n; i++)
        for (size_t k = 0; k < s->c[i].found.n && (s->best.members >> i & 1) != 0; k++) {
            const struct mw_finding *f = MW_AT(s->c[i].found, struct mw_finding, k);
            struct mw_mix_objection *o;
            if (f->severity != MW_ERROR || f->rule.file == NULL)
                continue;
            if ((o = mw_list_add(a, &out->objections, sizeof *o)) == NULL)
                return MW_NOMEM;
            *o = (struct mw_mix_objection){ s->c[i].terms, f->code, f->msg };
        }
    return MW_OK;
}

enum mw_rc mw_mix_make(struct mw_mix *out, struct mw_arena *a, const struct mw_project *project,
                       const struct mw_list *terms, const struct mw_list *tariffs, const struct mw_plan_opts *opts,
                       struct mw_diags *diags)
{
    struct search *s = mw_arena_alloc(a, sizeof *s);
    enum mw_rc rc;

    *out = (struct mw_mix){ .project = project, .today = opts->today };
    if (s == NULL || (s->why = mw_arena_array(a, terms->n + 1, sizeof *s->why)) == NULL)
        return MW_NOMEM;
    if (terms->n == 0 || terms->n > MIX_MAX) {
        mw_diag_add(diags, MW_ERROR, &project->programmes_pos, "too-many", "A mix takes 1 to %d programmes.", MIX_MAX);
        return MW_INVALID;
    }
    if ((rc = find_choices(s, out, a, terms, tariffs, opts, diags)) != MW_OK)
        return rc;
    rank_ends(s);
    s->nodes_max = MIX_NODES_MAX;
    grow(s, 0, (struct set){ 0, 0, 0, true }, 0, 0, out->total.cents - out->other.cents);
    if (s->nodes >= MIX_NODES_MAX) {
        mw_diag_add(diags, MW_ERROR, &project->programmes_pos, "too-many",
                    "Too many programmes lead to nearly the same; leave some out.");
        return MW_INVALID;
    }
    s->nodes = 0;
    s->nodes_max = WHY_NODES_MAX;
    /* The empty set is met first and leaves everything; with more sources than costs its sum is what they exceed. */
    out->grant_total.cents = s->best.members != 0 ? s->best.sum : 0;
    out->own.cents = out->total.cents - out->other.cents - out->grant_total.cents;
    if ((rc = fill(&out->chosen, a, s, &s->best)) != MW_OK || (rc = object(out, a, s)) != MW_OK)
        return rc;
    for (size_t i = 0, k = 0; i < terms->n && rc == MW_OK;
         i++) { /* choice k is the next of the terms that has a place */
        const struct mw_terms *t = MW_AT(*terms, struct mw_terms, i);
        if (s->why[i].p != NULL)
            rc = reject(out, a, t, s->why[i]);
        else if ((s->best.members >> k++ & 1) == 0)
            rc = reject(out, a, t, outdone(s, (int)k - 1, a, opts->lang));
    }
    out->has_runner_up = s->second.is && s->best.members != 0;
    if (rc == MW_OK && out->has_runner_up) {
        out->runner_up_total.cents = s->second.members != 0 ? s->second.sum : 0;
        rc = fill(&out->runner_up, a, s, &s->second);
    }
    return rc;
}
