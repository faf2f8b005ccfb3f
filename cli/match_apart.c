/* A joint project, applicant by applicant: who may apply, at which rate, and what an estimate gives with whom in the lead. */
#include "cli/matching.h"

enum { NAMES_MAX = 4 };

/* Adds "A, B and 12 others" to out: the applicants that said[] marks. */
static void add_names(struct mw_str *out, const struct mw_listing *l, const bool *said)
{
    size_t all = 0, n = 0;
    for (size_t i = 0; i < l->p->applicants.n; i++)
        all += said[i];
    for (size_t i = 0; i < l->p->applicants.n && (n < NAMES_MAX || all == NAMES_MAX + 1); i++) {
        if (!said[i])
            continue;
        mw_str_addz(out, n++ > 0 ? ", " : "");
        mw_str_add(out, MW_AT(l->p->applicants, struct mw_applicant, i)->name);
    }
    if (all > n)
        mw_str_addf(out, mw_tr(l->cli->lang, " and %zu others"), all - n);
}

static void put_group(const struct mw_listing *l, const bool *said, enum mw_style style, struct mw_sv what)
{
    MW_AUTO(mw_str_free) struct mw_str names = MW_STR_INIT;
    add_names(&names, l, said);
    mw_out_paraf(l->cli->out, style, "* Each for itself, %.*s: %s", MW_SV_ARG(what), mw_str_z(&names));
}

static struct mw_sv rate_words(const struct mw_listing *l, const struct mw_apart *one)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    mw_str_addf(&s, "%s ", T(l->cli, "rate"));
    if (one->rate != NULL)
        mw_fact_words(&s, one->rate, l->cli->lang);
    else
        mw_str_addz(&s, T(l->cli, "not stated"));
    if (!one->rate_sure)
        mw_str_addf(&s, " (%s)", T(l->cli, "another one may hold, which depends on its budget"));
    return mw_arena_copy(l->cli->arena, mw_str_sv(&s));
}

static bool same_verdict(const struct mw_apart *a, const struct mw_apart *b) { return a->verdict.answer == b->verdict.answer; }
static bool same_rate(const struct mw_apart *a, const struct mw_apart *b) { return a->rate == b->rate && a->rate_sure == b->rate_sure; }

/* Where no rate is named, nobody's differs. */
static bool names_a_rate(const struct mw_list *apart)
{
    for (size_t i = 0; i < apart->n; i++)
        if (MW_AT(*apart, struct mw_apart, i)->rate != NULL)
            return true;
    return false;
}

static bool differ(const struct mw_list *apart, bool same(const struct mw_apart *, const struct mw_apart *))
{
    for (size_t i = 1; i < apart->n; i++)
        if (!same(MW_AT(*apart, struct mw_apart, i), MW_AT(*apart, struct mw_apart, 0)))
            return true;
    return false;
}

/* One line for each group of applicants that stand alike. */
static enum mw_rc put_groups(const struct mw_listing *l, const struct mw_list *apart, bool same(const struct mw_apart *, const struct mw_apart *),
    bool rates)
{
    bool *said = mw_arena_array(l->cli->arena, apart->n + 1, sizeof *said), *group = mw_arena_array(l->cli->arena, apart->n + 1, sizeof *group);
    if (said == NULL || group == NULL)
        return mw_nomem(&l->cli->err);
    for (size_t i = 0; i < apart->n; i++) {
        const struct mw_apart *one = MW_AT(*apart, struct mw_apart, i);
        if (said[i])
            continue;
        for (size_t k = 0; k < apart->n; k++) {
            group[k] = k >= i && same(MW_AT(*apart, struct mw_apart, k), one);
            said[k] = said[k] || group[k];
        }
        put_group(l, group, rates ? MW_ITEM : MW_VERDICT_STYLES[one->verdict.answer],
            rates ? rate_words(l, one) : mw_sv(T(l->cli, MW_VERDICT_WORDS[one->verdict.answer])));
    }
    return MW_OK;
}

static void put_one(const struct mw_listing *l, const struct mw_apart *one, const struct mw_applicant *who, bool rates)
{
    struct mw_out *o = l->cli->out;
    const struct mw_criterion *no = NULL;
    for (size_t k = 0; k < one->verdict.criteria.n && no == NULL; k++)
        no = MW_AT(one->verdict.criteria, struct mw_criterion, k)->answer == MW_A_NO ? MW_AT(one->verdict.criteria, struct mw_criterion, k) : NULL;
    mw_out_object(o, NULL, NULL);
    mw_out_sv(o, "name", NULL, who->name);
    mw_out_z(o, "verdict", NULL, MW_VERDICTS[one->verdict.answer]);
    if (no != NULL)
        mw_out_sv(o, "reason", NULL, no->reason);
    if (rates && one->rate != NULL) {
        mw_out_object(o, "rate", NULL);
        mw_out_sv(o, "kind", NULL, one->rate->kind);
        mw_out_share(o, "bp", NULL, one->rate->share);
        mw_out_sv(o, "for", NULL, one->rate->condition.n > 0 ? one->rate->condition : MW_SV_NONE);
        mw_out_bool(o, "sure", NULL, one->rate_sure);
        mw_out_sv(o, "quote", NULL, one->rate->quote);
        mw_out_sv(o, "rule", NULL, one->rate->rule);
        mw_out_end(o);
    }
    mw_out_end(o);
}

enum mw_rc mw_cli_put_apart(const struct mw_listing *l, const struct mw_match *m)
{
    struct mw_list apart = { NULL, 0, 0 };
    if (l->p->applicants.n < 2)
        return MW_OK;
    enum mw_rc rc = mw_match_apart(&apart, l->cli->arena, l->cli->rules, l->p, m, l->opts, &l->cli->err);
    bool verdicts = differ(&apart, same_verdict), rates = m->verdict.answer != MW_A_NO && names_a_rate(&apart) && differ(&apart, same_rate);
    mw_out_list(l->cli->out, "applicants", NULL);
    for (size_t i = 0; i < apart.n && rc == MW_OK && (verdicts || rates); i++)
        put_one(l, MW_AT(apart, struct mw_apart, i), MW_AT(l->p->applicants, struct mw_applicant, i), rates);
    mw_out_end(l->cli->out);
    if (rc == MW_OK && verdicts)
        rc = put_groups(l, &apart, same_verdict, false);
    if (rc == MW_OK && rates)
        rc = put_groups(l, &apart, same_rate, true);
    return rc;
}
