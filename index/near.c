/* Near misses, questions, applicants one by one: changed profiles judged again. */
#include "index/near.h"

#include <stdlib.h>
#include <string.h>

const char *const MW_ASK_FIELDS[] = { "population", "budget", "volume", "own_share", "period", "started", "land", "municipal_share",
    "other_funding", NULL };

struct again {
    struct mw_arena *a;
    struct mw_rules *r;
    const struct mw_profile *p;
    const struct mw_match_opts *opts;
    struct mw_err *err;
    struct mw_brief brief; /* of p: what it is about stays as it is in every changed copy */
};
static const struct mw_notice NO_NOTICE;

static enum mw_rc judge(struct mw_verdict *v, const struct again *x, const struct mw_profile *p, const struct mw_list *facts,
    enum mw_hearing_depth depth)
{
    const struct mw_hearing how = { .today = x->opts->today, .lang = x->opts->lang, .depth = depth };
    const struct mw_brief b = { p, x->brief.themes, x->brief.areas };
    return mw_rules_hear(v, x->a, x->r, &b, &NO_NOTICE, facts, &how, x->err);
}

static const struct mw_criterion *criterion(const struct mw_verdict *v, struct mw_sv name)
{
    for (size_t i = 0; i < v->criteria.n; i++)
        if (mw_sv_eq(MW_AT(v->criteria, struct mw_criterion, i)->name, name))
            return MW_AT(v->criteria, struct mw_criterion, i);
    return NULL;
}

/* A copy whose applicants and kinds may be changed. */
static bool copy_of(struct mw_profile *q, struct mw_arena *a, const struct mw_profile *p)
{
    *q = *p;
    q->applicants = q->kinds = (struct mw_list){ NULL, 0, 0 };
    for (size_t i = 0; i < p->applicants.n; i++) {
        struct mw_applicant *slot = mw_list_add(a, &q->applicants, sizeof *slot);
        if (slot == NULL)
            return false;
        *slot = *MW_AT(p->applicants, struct mw_applicant, i);
    }
    for (size_t i = 0; i < p->kinds.n; i++) {
        int *slot = mw_list_add(a, &q->kinds, sizeof *slot);
        if (slot == NULL)
            return false;
        *slot = *MW_AT(p->kinds, int, i);
    }
    return true;
}

/* --- near misses ---------------------------------------------------------------------------------------------------------- */

/* The criterion that is better in v than before, where nothing is worse; MW_SV_NONE: none. */
static struct mw_sv better_in(const struct mw_verdict *before, const struct mw_verdict *v)
{
    struct mw_sv best = MW_SV_NONE;
    for (size_t i = 0; i < before->criteria.n; i++) {
        const struct mw_criterion *old = MW_AT(before->criteria, struct mw_criterion, i), *new = criterion(v, old->name);
        enum mw_answer now = new != NULL ? new->answer : MW_A_YES; /* no longer spoken of */
        if (now < old->answer)
            return MW_SV_NONE;
        if (now > old->answer && best.p == NULL)
            best = old->name;
    }
    return v->answer == MW_A_NO || v->answer < before->answer ? MW_SV_NONE : best;
}

/* Of two changes of the same kind the one that leaves more of the project as it is. */
static bool asks_less(const struct mw_near_miss *a, const struct mw_near_miss *b)
{
    switch (a->change) {
    case MW_CHANGE_COST_MAX:
        return a->eur.cents > b->eur.cents;
    case MW_CHANGE_COST_MIN:
        return a->eur.cents < b->eur.cents;
    case MW_CHANGE_OWN_SHARE:
        return mw_share_cmp(a->share, b->share) < 0;
    case MW_CHANGE_DURATION:
        return a->number > b->number;
    default:
        return false;
    }
}

static enum mw_rc try_change(struct mw_list *out, const struct again *x, const struct mw_match *m, const struct mw_profile *q,
    struct mw_near_miss near)
{
    struct mw_verdict v;
    enum mw_rc rc = judge(&v, x, q, &m->facts, MW_HEAR_ANSWERS);
    near.criterion = rc == MW_OK ? better_in(&m->verdict, &v) : MW_SV_NONE;
    if (near.criterion.p == NULL)
        return rc;
    near.answer = v.answer;
    for (size_t i = 0; i < out->n; i++) {
        struct mw_near_miss *known = MW_AT(*out, struct mw_near_miss, i);
        if (known->change != near.change)
            continue;
        if (near.answer > known->answer || (near.answer == known->answer && asks_less(&near, known)))
            *known = near;
        return MW_OK;
    }
    struct mw_near_miss *slot = mw_list_add(x->a, out, sizeof *slot);
    if (slot == NULL)
        return mw_nomem(x->err);
    *slot = near;
    return MW_OK;
}

static const struct mw_applicant *lead_of(const struct mw_profile *p)
{
    return p->applicants.n > 0 ? MW_AT(p->applicants, struct mw_applicant, p->lead) : NULL;
}

/* Further municipalities of the same Land beside those there are: how many, says the largest number asked for. */
static enum mw_rc try_partners(struct mw_list *out, const struct again *x, const struct mw_match *m)
{
    enum { PARTNERS_MAX = 12 };
    struct mw_near_miss near = { .change = MW_CHANGE_PARTNERS };
    struct mw_profile q;
    for (size_t i = 0; i < m->facts.n; i++) {
        const struct mw_fact *f = MW_AT(m->facts, struct mw_fact, i);
        if (f->type == MW_F_PARTNERS && f->number > near.number && f->number <= PARTNERS_MAX)
            near.number = f->number;
    }
    const struct mw_applicant *lead = lead_of(x->p);
    if (near.number <= (int64_t)x->p->applicants.n || lead == NULL)
        return MW_OK;
    if (!copy_of(&q, x->a, x->p))
        return mw_nomem(x->err);
    while ((int64_t)q.applicants.n < near.number) {
        struct mw_applicant *slot = mw_list_add(x->a, &q.applicants, sizeof *slot);
        if (slot == NULL)
            return mw_nomem(x->err);
        *slot = *lead;
        slot->lead = MW_NO;
    }
    return try_change(out, x, m, &q, near);
}

static enum mw_rc try_applicant(struct mw_list *out, const struct again *x, const struct mw_match *m, enum mw_change change, int type)
{
    const struct mw_applicant *lead = lead_of(x->p);
    struct mw_near_miss near = { .change = change };
    struct mw_profile q;
    if (lead == NULL || lead->type == type)
        return MW_OK;
    if (!copy_of(&q, x->a, x->p))
        return mw_nomem(x->err);
    struct mw_applicant *other = MW_AT(q.applicants, struct mw_applicant, q.lead);
    *other = (struct mw_applicant){ .name = MW_SV(""), .type = type, .land = lead->land, .population = MW_INT_NONE, .budget = -1 };
    return try_change(out, x, m, &q, near);
}

/* A project of another order of magnitude is no near miss. */
static bool is_near(struct mw_eur cost, struct mw_eur limit)
{
    enum { TIMES = 10 };
    return limit.cents > 0 && limit.cents / TIMES <= cost.cents && cost.cents / TIMES <= limit.cents;
}

/* Every limit of money that the notice names, tried as the project's own figure. */
static enum mw_rc try_limits(struct mw_list *out, const struct again *x, const struct mw_match *m)
{
    enum mw_rc rc = MW_OK;
    for (size_t i = 0; i < m->facts.n && rc == MW_OK; i++) {
        const struct mw_fact *f = MW_AT(m->facts, struct mw_fact, i);
        struct mw_profile q = *x->p;
        struct mw_near_miss near = { .eur = MW_EUR_NONE, .share = MW_SHARE_NONE };
        if (f->type == MW_F_AMOUNT && mw_eur_is(f->eur) && mw_eur_is(x->p->volume) && mw_sv_eqz(f->currency, "EUR")) {
            bool most = mw_sv_eqz(f->kind, "project_max");
            if ((!most && !mw_sv_eqz(f->kind, "project_min")) || !is_near(x->p->volume, f->eur))
                continue;
            near.change = most ? MW_CHANGE_COST_MAX : MW_CHANGE_COST_MIN;
            near.eur = q.volume = f->eur;
        } else if (f->type == MW_F_OWN_SHARE && mw_share_is(f->share) && mw_share_is(x->p->own_share)) {
            near.change = MW_CHANGE_OWN_SHARE;
            near.share = q.own_share = f->share;
        } else if (f->type == MW_F_DURATION && mw_sv_eqz(f->kind, "max") && f->months > 0 && mw_day_is(x->p->period.from) && mw_day_is(x->p->period.to)) {
            near.change = MW_CHANGE_DURATION;
            near.number = f->months;
            q.period.to = mw_day_months_end(q.period.from, f->months);
        } else {
            continue;
        }
        rc = try_change(out, x, m, &q, near);
    }
    return rc;
}

static enum mw_rc try_kinds(struct mw_list *out, const struct again *x, const struct mw_match *m)
{
    enum mw_rc rc = MW_OK;
    for (int k = 0; k < MW_K_N && x->p->kinds.n > 0 && rc == MW_OK; k++) {
        struct mw_near_miss near = { .change = MW_CHANGE_KINDS, .number = k };
        struct mw_profile q;
        int *slot = copy_of(&q, x->a, x->p) ? mw_list_add(x->a, &q.kinds, sizeof *slot) : NULL;
        if (slot == NULL)
            return mw_nomem(x->err);
        *slot = k;
        rc = try_change(out, x, m, &q, near);
    }
    return rc;
}

/* Another Land, a closed programme and another purpose stay what they are, whatever else is changed. */
static bool is_hopeless(const struct mw_verdict *v)
{
    static const char *const FIXED[] = { "region", "status", "theme" };
    for (size_t i = 0; i < sizeof FIXED / sizeof *FIXED; i++) {
        const struct mw_criterion *k = criterion(v, mw_sv(FIXED[i]));
        if (k != NULL && k->answer == MW_A_NO)
            return true;
    }
    return false;
}

enum mw_rc mw_near_misses(struct mw_list *out, struct mw_arena *a, struct mw_rules *r, const struct mw_profile *p, const struct mw_match *m,
    const struct mw_match_opts *opts, struct mw_err *err)
{
    if (is_hopeless(&m->verdict))
        return MW_OK;
    struct again x = { .a = a, .r = r, .p = p, .opts = opts, .err = err };
    const struct mw_applicant *lead = lead_of(p);
    enum mw_rc rc = mw_rules_brief(&x.brief, a, r, p, err);
    if (rc == MW_OK)
        rc = try_partners(out, &x, m);
    if (rc == MW_OK && lead != NULL && (lead->type == MW_A_KOMMUNE || lead->type == MW_A_KOMMUNALVERBAND))
        rc = try_applicant(out, &x, m, MW_CHANGE_KREIS, MW_A_KREIS);
    if (rc == MW_OK && lead != NULL && (lead->type == MW_A_KOMMUNALVERBAND || lead->type == MW_A_KOMMUNALES_UNTERNEHMEN || lead->type == MW_A_KREIS))
        rc = try_applicant(out, &x, m, MW_CHANGE_MEMBER, MW_A_KOMMUNE);
    if (rc == MW_OK)
        rc = try_limits(out, &x, m);
    return rc == MW_OK ? try_kinds(out, &x, m) : rc;
}

/* --- questions ------------------------------------------------------------------------------------------------------------ */

static bool is_missing(const struct mw_profile *p, enum mw_ask ask, const struct mw_applicant *a)
{
    switch (ask) {
    case MW_ASK_POPULATION: /* a company or a school has none */
        return a->population == MW_INT_NONE && (a->type == MW_A_KOMMUNE || a->type == MW_A_KREIS || a->type == MW_A_KOMMUNALVERBAND);
    case MW_ASK_BUDGET:
        return a->budget < 0 && (a->type == MW_A_KOMMUNE || a->type == MW_A_KREIS || a->type == MW_A_KOMMUNALVERBAND);
    case MW_ASK_LAND:
        return a->land == MW_LAND_NONE;
    case MW_ASK_VOLUME:
        return !mw_eur_is(p->volume);
    case MW_ASK_OWN_SHARE:
        return !mw_share_is(p->own_share);
    case MW_ASK_PERIOD:
        return !mw_day_is(p->period.from) || !mw_day_is(p->period.to);
    case MW_ASK_STARTED:
        return p->started == MW_TRI_NONE;
    case MW_ASK_MUNICIPAL_SHARE:
        return a->type == MW_A_KOMMUNALES_UNTERNEHMEN && !mw_share_is(a->municipal_share);
    case MW_ASK_OTHER_FUNDING:
        return p->other_funding == MW_TRI_NONE;
    default:
        return false;
    }
}

/* Two answers that lie far apart. */
static void answer(struct mw_profile *q, enum mw_ask ask, size_t applicant, int which, struct mw_day today)
{
    struct mw_applicant *a = applicant < q->applicants.n ? MW_AT(q->applicants, struct mw_applicant, applicant) : NULL;
    if (a == NULL)
        return;
    switch (ask) {
    case MW_ASK_POPULATION:
        a->population = which == 0 ? 500 : 2000000;
        break;
    case MW_ASK_BUDGET:
        a->budget = which == 0 ? MW_B_FINANZSCHWACH : MW_B_HAUSHALTSSICHERUNG;
        break;
    case MW_ASK_LAND:
        a->land = which == 0 ? MW_LAND_HE : MW_LAND_SN;
        break;
    case MW_ASK_VOLUME:
        q->volume = (struct mw_eur){ which == 0 ? 100 : INT64_C(1000000000000) };
        break;
    case MW_ASK_OWN_SHARE:
        (void)mw_share_make(&q->own_share, which, 1);
        break;
    case MW_ASK_PERIOD:
        q->period = (struct mw_span){ today, mw_day_months_end(today, which == 0 ? 1 : 240) };
        break;
    case MW_ASK_MUNICIPAL_SHARE:
        (void)mw_share_make(&a->municipal_share, which == 0, 1);
        break;
    case MW_ASK_OTHER_FUNDING:
        q->other_funding = which == 0 ? MW_NO : MW_YES;
        break;
    default:
        q->started = which == 0 ? MW_NO : MW_YES;
        break;
    }
}

/* Does an answer settle a criterion of this match that is in doubt? */
static enum mw_rc settles(bool *yes, const struct again *x, const struct mw_match *m, enum mw_ask ask, size_t applicant)
{
    *yes = false;
    for (int which = 0; which < 2 && !*yes; which++) {
        struct mw_profile q;
        struct mw_verdict v;
        if (!copy_of(&q, x->a, x->p))
            return mw_nomem(x->err);
        answer(&q, ask, applicant, which, x->opts->today);
        enum mw_rc rc = judge(&v, x, &q, &m->facts, MW_HEAR_ANSWERS);
        if (rc != MW_OK)
            return rc;
        for (size_t i = 0; i < m->verdict.criteria.n && !*yes; i++) {
            const struct mw_criterion *old = MW_AT(m->verdict.criteria, struct mw_criterion, i), *new = criterion(&v, old->name);
            *yes = old->answer == MW_A_UNKNOWN && (new == NULL || new->answer != MW_A_UNKNOWN);
        }
    }
    return MW_OK;
}

static int by_use(const void *pa, const void *pb)
{
    const struct mw_question *a = pa, *b = pb;
    if (a->settles != b->settles)
        return a->settles > b->settles ? -1 : 1;
    return a->ask != b->ask ? (a->ask > b->ask) - (a->ask < b->ask) : (a->applicant > b->applicant) - (a->applicant < b->applicant);
}

enum mw_rc mw_questions(struct mw_list *out, struct mw_arena *a, struct mw_rules *r, const struct mw_profile *p, const struct mw_list *matches,
    const struct mw_match_opts *opts, struct mw_err *err)
{
    struct again x = { .a = mw_arena_new(), .r = r, .p = p, .opts = opts, .err = err };
    size_t first = out->n;
    enum mw_rc rc = x.a != NULL ? mw_rules_brief(&x.brief, x.a, r, p, err) : mw_nomem(err);
    for (int ask = 0; ask < MW_ASK_N && rc == MW_OK; ask++) {
        bool each = mw_ask_each((enum mw_ask)ask);
        for (size_t i = 0; i < (each ? p->applicants.n : p->applicants.n > 0) && rc == MW_OK; i++) {
            struct mw_question q = { (enum mw_ask)ask, i, 0 };
            if (!is_missing(p, q.ask, MW_AT(p->applicants, struct mw_applicant, i)))
                continue;
            for (size_t k = 0; k < matches->n && rc == MW_OK; k++) {
                bool yes;
                const struct mw_match *m = MW_AT(*matches, struct mw_match, k);
                if (m->verdict.answer == MW_A_NO)
                    continue;
                rc = settles(&yes, &x, m, q.ask, i);
                q.settles += rc == MW_OK && yes;
            }
            struct mw_question *slot = q.settles > 0 ? mw_list_add(a, out, sizeof *slot) : NULL;
            if (slot != NULL)
                *slot = q;
            else if (q.settles > 0)
                rc = mw_nomem(err);
        }
    }
    mw_arena_free(x.a);
    if (rc == MW_OK && out->n > first + 1)
        qsort(MW_AT(*out, struct mw_question, first), out->n - first, sizeof(struct mw_question), by_use);
    return rc;
}

/* --- one by one --------------------------------------------------------------------------------------------------------------- */
enum mw_rc mw_match_apart(struct mw_list *out, struct mw_arena *a, struct mw_rules *r, const struct mw_profile *p, const struct mw_match *m,
    const struct mw_match_opts *opts, struct mw_err *err)
{
    struct again x = { .a = a, .r = r, .p = p, .opts = opts, .err = err };
    enum mw_rc rc = mw_rules_brief(&x.brief, a, r, p, err);
    for (size_t i = 0; i < p->applicants.n && rc == MW_OK; i++) {
        struct mw_profile q = *p;
        struct mw_apart *one = mw_list_add(a, out, sizeof *one);
        q.applicants = (struct mw_list){ MW_AT(p->applicants, struct mw_applicant, i), 1, 1 };
        q.lead = 0;
        rc = one != NULL ? judge(&one->verdict, &x, &q, &m->facts, MW_HEAR_ALL) : mw_nomem(err);
        if (rc == MW_OK)
            one->rate = mw_rules_rate(&m->facts, MW_AT(p->applicants, struct mw_applicant, i), p->applicants.n > 1, &one->rate_sure);
    }
    return rc;
}
