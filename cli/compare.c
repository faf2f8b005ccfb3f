/* mittelweg match --compare: the candidates of one profile side by side, every value with its evidence. */
#include "cli/also.h"
#include "cli/matching.h"

enum { VALUES_MAX = 6 };

/* What is asked of an applicant, and what is spared him: a comparison that mixes them frightens. */
enum side { ANY, BURDEN, RELIEF, NEITHER };
struct aspect {
    const char *key, *label;
    const char *kind;           /* of amounts; NULL: any */
    enum side side;
    enum mw_fact_type types[5]; /* ended by MW_F_TYPE_N */
};
static const struct aspect ASPECTS[] = {
    { "rate", "Rate", NULL, ANY, { MW_F_RATE, MW_F_BONUS, MW_F_TYPE_N } },
    { "maximum", "Maximum", "grant_max", ANY, { MW_F_AMOUNT, MW_F_TYPE_N } },
    { "own_share", "Own share", NULL, ANY, { MW_F_OWN_SHARE, MW_F_TYPE_N } },
    { "deadline", "Deadline", NULL, ANY, { MW_F_DEADLINE, MW_F_TYPE_N } },
    { "duration", "Duration", NULL, ANY, { MW_F_DURATION, MW_F_TYPE_N } },
    { "stages", "Stages", NULL, ANY, { MW_F_TWO_STAGE, MW_F_TYPE_N } },
    { "cumulation", "Cumulation", NULL, ANY, { MW_F_CUMULATION, MW_F_DE_MINIMIS, MW_F_TYPE_N } },
    { "conditions", "Conditions that cost effort", NULL, BURDEN, { MW_F_REQUIREMENT, MW_F_EARLY_START, MW_F_PARTNERS, MW_F_FORWARDING, MW_F_TYPE_N } },
    { "reliefs", "Reliefs", NULL, RELIEF, { MW_F_REQUIREMENT, MW_F_EARLY_START, MW_F_FORWARDING, MW_F_TYPE_N } },
};
enum { RATE, MAXIMUM, OWN_SHARE }; /* the first of them */

static bool is_one_of(struct mw_sv value, const char *const *words)
{
    while (*words != NULL && !mw_sv_eqz(value, *words))
        words++;
    return *words != NULL;
}

static enum side side_of(const struct mw_fact *f)
{
    static const char *const EASE[] = { "planning_is_no_start", "part_areas", "joint_population", "increment_per_partner", "soft_deadline", NULL };
    if (f->type == MW_F_EARLY_START || f->type == MW_F_FORWARDING)
        return mw_sv_eqz(f->value, "forbidden") ? BURDEN : RELIEF;
    if (f->type == MW_F_REQUIREMENT && mw_sv_starts(f->value, MW_SV("open_to"))) /* who may apply is a criterion of its own */
        return NEITHER;
    return f->type == MW_F_REQUIREMENT && is_one_of(f->value, EASE) ? RELIEF : BURDEN;
}

/* A date that somebody who applies now has to keep. */
static bool matters_now(const struct mw_fact *f, struct mw_day today)
{
    static const char *const AFTER[] = { "drawdown", "report", NULL }; /* the award */
    if (f->type != MW_F_DEADLINE)
        return true;
    return !is_one_of(f->kind, AFTER) && !mw_sv_eqz(f->value, "clause") && (!mw_day_is(f->date) || mw_day_cmp(f->date, today) >= 0);
}

static bool belongs(const struct aspect *x, const struct mw_fact *f, struct mw_day today)
{
    for (size_t t = 0; x->types[t] != MW_F_TYPE_N; t++)
        if (f->type == x->types[t])
            return (x->kind == NULL || mw_sv_eqz(f->kind, x->kind)) && (x->side == ANY || side_of(f) == x->side) && matters_now(f, today);
    return false;
}

static struct mw_sv words_of(struct mw_cli *cli, const struct mw_fact *f)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    if (f->type == MW_F_REQUIREMENT || f->type == MW_F_EARLY_START || f->type == MW_F_DE_MINIMIS || f->type == MW_F_FORWARDING)
        mw_str_addf(&s, "%s: ", mw_fact_label(f->type, cli->lang));
    mw_fact_words(&s, f, cli->lang);
    return mw_arena_copy(cli->arena, mw_str_sv(&s));
}

/* A candidate's values of one aspect: what is said twice is shown once; of very many the first few. Returns how many more there are. */
static size_t facts_of(struct mw_cli *cli, struct mw_list *out, const struct mw_match *m, const struct aspect *x)
{
    struct mw_list said = { NULL, 0, 0 };
    size_t more = 0;
    for (size_t i = 0; i < m->facts.n; i++) {
        const struct mw_fact *f = MW_AT(m->facts, struct mw_fact, i);
        struct mw_sv words = belongs(x, f, cli->today) ? words_of(cli, f) : MW_SV_NONE;
        bool twice = words.p == NULL;
        for (size_t k = 0; k < said.n && !twice; k++)
            twice = mw_sv_eq(*MW_AT(said, struct mw_sv, k), words);
        struct mw_sv *w = twice ? NULL : mw_list_add(cli->arena, &said, sizeof *w);
        if (w == NULL)
            continue;
        *w = words;
        const struct mw_fact **slot = out->n < VALUES_MAX ? mw_list_add(cli->arena, out, sizeof(const struct mw_fact *)) : NULL;
        if (slot != NULL)
            *slot = f;
        else
            more++;
    }
    return more;
}

static void put_aspect(struct mw_cli *cli, const struct mw_match *m, const struct aspect *x)
{
    struct mw_out *o = cli->out;
    struct mw_list facts = { NULL, 0, 0 };
    size_t more = facts_of(cli, &facts, m, x);
    mw_out_list(o, x->key, NULL);
    for (size_t i = 0; i < facts.n; i++) {
        const struct mw_fact *f = *MW_AT(facts, const struct mw_fact *, i);
        struct mw_sv words = words_of(cli, f);
        mw_out_object(o, NULL, NULL);
        mw_out_sv(o, "says", NULL, words);
        mw_out_sv(o, "quote", NULL, f->quote);
        mw_out_sv(o, "field", NULL, f->field);
        mw_out_sv(o, "rule", NULL, f->rule);
        mw_out_end(o);
        mw_out_paraf(o, MW_ITEM, "%s: %.*s", T(cli, x->label), MW_SV_ARG(words));
        mw_out_para(o, MW_QUOTE, f->quote);
    }
    mw_out_end(o);
    if (more > 0)
        mw_out_paraf(o, MW_ITEM, "%s: and %zu more (mittelweg show)", T(cli, x->label), more);
    else if (facts.n == 0 && x->side == ANY)
        mw_out_paraf(o, MW_DOUBT, "%s: not stated", T(cli, x->label));
}

/* --- at a glance ---------------------------------------------------------------------------------------------------------- */
static const struct mw_column GLANCE[] = {
    { ".title", "Programme", false }, { ".rate", "Rate", false }, { ".maximum", "Maximum", false }, { ".own_share", "Own share", false },
    { ".deadline", "Deadline", false }
};

/* The figure alone: "40 %", "200.000 EUR" (cents are for below). */
static void add_figure(struct mw_str *out, struct mw_cli *cli, const struct mw_fact *f)
{
    if (f->type == MW_F_AMOUNT) {
        mw_count_format(out, f->eur.cents / 100, cli->lang);
        mw_str_addf(out, " %.*s", MW_SV_ARG(f->currency));
    } else {
        mw_share_format(out, f->share, cli->lang);
    }
}

static int by_figure(const struct mw_fact *a, const struct mw_fact *b)
{
    if (a->type == MW_F_AMOUNT)
        return (a->eur.cents > b->eur.cents) - (a->eur.cents < b->eur.cents);
    return mw_share_cmp(a->share, b->share);
}

/* The one value of an aspect, or from which to which several go; "-". */
static struct mw_sv in_short(struct mw_cli *cli, const struct mw_match *m, const struct aspect *x)
{
    const struct mw_fact *least = NULL, *most = NULL;
    bool conditional = true; /* all of them */
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    for (size_t i = 0; i < m->facts.n; i++) {
        const struct mw_fact *f = MW_AT(m->facts, struct mw_fact, i);
        if (!belongs(x, f, cli->today) || f->type == MW_F_BONUS || (f->type == MW_F_AMOUNT && !mw_eur_is(f->eur)))
            continue;
        least = least == NULL || by_figure(f, least) < 0 ? f : least;
        most = most == NULL || by_figure(f, most) > 0 ? f : most;
        conditional = conditional && f->condition.n > 0;
    }
    if (least == NULL)
        return MW_SV("-");
    bool several = by_figure(least, most) != 0;
    if (!several || most->type != MW_F_AMOUNT) /* the largest sum is what most projects ask for */
        add_figure(&s, cli, least);
    if (several) {
        mw_str_addf(&s, "%s%s ", s.n > 0 ? " " : "", T(cli, "to"));
        add_figure(&s, cli, most);
    }
    if (conditional)
        mw_str_addz(&s, T(cli, " (on a condition)"));
    return mw_arena_copy(cli->arena, mw_str_sv(&s));
}

/* Where the text names several rates, the one that holds for who leads, if it is clear which. */
static struct mw_sv rate_in_short(struct mw_cli *cli, const struct mw_profile *p, const struct mw_match *m)
{
    bool sure = false;
    const struct mw_fact *rate = p->applicants.n > 0
        ? mw_rules_rate(&m->facts, MW_AT(p->applicants, struct mw_applicant, p->lead), p->applicants.n > 1, &sure) : NULL;
    return rate != NULL && sure ? words_of(cli, rate) : in_short(cli, m, &ASPECTS[RATE]);
}

static void put_glance(struct mw_cli *cli, const struct mw_profile *p, const struct mw_list *matches, size_t n)
{
    struct mw_out *o = cli->out;
    mw_out_table(o, NULL, NULL, GLANCE, sizeof GLANCE / sizeof *GLANCE);
    for (size_t i = 0; i < n; i++) {
        const struct mw_match *m = MW_AT(*matches, struct mw_match, i);
        mw_out_row(o);
        mw_out_sv(o, ".title", NULL, mw_arena_printf(cli->arena, "%zu. %.*s", i + 1, MW_SV_ARG(m->hit.title)));
        mw_out_sv(o, ".rate", NULL, rate_in_short(cli, p, m));
        mw_out_sv(o, ".maximum", NULL, in_short(cli, m, &ASPECTS[MAXIMUM]));
        mw_out_sv(o, ".own_share", NULL, in_short(cli, m, &ASPECTS[OWN_SHARE]));
        if (mw_day_is(m->hit.deadline))
            mw_out_day(o, ".deadline", NULL, m->hit.deadline);
        else
            mw_out_z(o, ".deadline", NULL, m->hit.status == MW_S_OPEN ? T(cli, "open") : "-");
        mw_out_end(o);
    }
    mw_out_end(o);
}

static void put_open(struct mw_cli *cli, const struct mw_match *m)
{
    struct mw_out *o = cli->out;
    mw_out_list(o, "open_questions", NULL);
    for (size_t i = 0; i < m->verdict.criteria.n; i++) {
        const struct mw_criterion *k = MW_AT(m->verdict.criteria, struct mw_criterion, i);
        if (k->answer != MW_A_UNKNOWN)
            continue;
        mw_out_object(o, NULL, NULL);
        mw_out_sv(o, "name", NULL, k->name);
        mw_out_sv(o, "reason", NULL, k->reason);
        mw_out_sv(o, "quote", NULL, k->quote);
        mw_out_sv(o, "rule", NULL, k->rule);
        mw_out_end(o);
        mw_out_paraf(o, MW_DOUBT, "? %.*s", MW_SV_ARG(k->reason));
        if (!mw_sv_eq(k->quote, m->hit.title)) /* the title stands above */
            mw_out_para(o, MW_QUOTE, k->quote);
    }
    mw_out_end(o);
}

static void put_estimates(struct mw_cli *cli, const struct mw_list *estimates)
{
    struct mw_out *o = cli->out;
    mw_out_list(o, "estimates", NULL);
    for (size_t i = 0; i < estimates->n; i++)
        mw_cli_put_estimate(cli, MW_AT(*estimates, struct mw_estimate, i));
    mw_out_end(o);
}

/* --- as a file --- */
static bool add_text(struct mw_str *s, struct mw_sv words, struct mw_sv quote)
{
    if (s->n > 0)
        mw_str_addc(s, '\n');
    mw_str_add(s, words);
    if (quote.n > 0)
        mw_str_addf(s, "\n    \"%.*s\"", MW_SV_ARG(quote));
    return mw_str_ok(s);
}

static bool add_facts(struct mw_cli *cli, struct mw_str *s, const struct mw_match *m, const struct aspect *x)
{
    struct mw_list facts = { NULL, 0, 0 };
    size_t more = facts_of(cli, &facts, m, x);
    bool good = true;
    for (size_t k = 0; k < facts.n && good; k++)
        good = add_text(s, words_of(cli, *MW_AT(facts, const struct mw_fact *, k)), (*MW_AT(facts, const struct mw_fact *, k))->quote);
    if (more > 0)
        mw_str_addf(s, T(cli, "\nand %zu more (mittelweg show)"), more);
    else if (facts.n == 0 && x->side == ANY)
        mw_str_addz(s, T(cli, "not stated"));
    return good;
}

static bool add_open(struct mw_str *s, const struct mw_match *m)
{
    bool good = true;
    for (size_t k = 0; k < m->verdict.criteria.n && good; k++) {
        const struct mw_criterion *c = MW_AT(m->verdict.criteria, struct mw_criterion, k);
        if (c->answer == MW_A_UNKNOWN)
            good = add_text(s, c->reason, c->quote);
    }
    return good;
}

static bool add_estimates(struct mw_cli *cli, struct mw_str *s, const struct mw_list *estimates)
{
    bool good = true;
    for (size_t k = 0; k < estimates->n && good; k++) {
        MW_AUTO(mw_str_free) struct mw_str words = MW_STR_INIT;
        mw_cli_estimate_words(&words, cli, MW_AT(*estimates, struct mw_estimate, k));
        good = add_text(s, mw_str_sv(&words), MW_SV_NONE);
    }
    return good;
}

/* x: an aspect; NULL: what is open, or with estimates (one list a candidate) those. */
static bool add_row(struct mw_cli *cli, struct mw_grid *g, const struct aspect *x, const struct mw_list *estimates, const struct mw_list *matches, size_t n)
{
    const char *label = x != NULL ? x->label : estimates != NULL ? "Estimate" : "Open questions";
    bool good = mw_grid_add(g, cli->arena, mw_sv(T(cli, label)));
    for (size_t i = 0; i < n && good; i++) {
        MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
        const struct mw_match *m = MW_AT(*matches, struct mw_match, i);
        good = x != NULL ? add_facts(cli, &s, m, x) : estimates != NULL ? add_estimates(cli, &s, &estimates[i]) : add_open(&s, m);
        good = good && mw_str_ok(&s) && mw_grid_add(g, cli->arena, s.n > 0 ? mw_arena_copy(cli->arena, mw_str_sv(&s)) : MW_SV(""));
    }
    return good;
}

static enum mw_rc write_grid(struct mw_cli *cli, const struct mw_profile *p, const struct mw_list *matches, const struct mw_list *estimates, size_t n,
    const char *path)
{
    struct mw_grid g = { .title = p->title, .sheet = "Comparison", .day = cli->today };
    struct mw_sv *slot = mw_list_add(cli->arena, &g.heads, sizeof *slot);
    bool good = slot != NULL;
    if (good)
        *slot = MW_SV("");
    for (size_t i = 0; i < n && good; i++) {
        const struct mw_match *m = MW_AT(*matches, struct mw_match, i);
        good = (slot = mw_list_add(cli->arena, &g.heads, sizeof *slot)) != NULL;
        if (good)
            *slot = mw_arena_printf(cli->arena, "%.*s (%s)\n%.*s", MW_SV_ARG(m->hit.title), T(cli, MW_VERDICT_WORDS[m->verdict.answer]),
                MW_SV_ARG(m->hit.url));
    }
    for (size_t x = 0; x < sizeof ASPECTS / sizeof *ASPECTS && good; x++)
        good = add_row(cli, &g, &ASPECTS[x], NULL, matches, n);
    good = good && add_row(cli, &g, NULL, estimates, matches, n) && add_row(cli, &g, NULL, NULL, matches, n);
    return good ? mw_cli_grid_write(cli, &g, path) : mw_nomem(&cli->err);
}

/* What may be used and touches the project more than at its edge; unless all. *edge: how many do not. */
static bool candidates(struct mw_list *out, size_t *edge, const struct mw_listing *l)
{
    for (size_t i = 0; i < l->matches.n; i++) {
        const struct mw_match *m = MW_AT(l->matches, struct mw_match, i);
        bool may = m->verdict.answer != MW_A_NO, at_edge = !l->opts->all && mw_match_at_edge(m, l->best);
        struct mw_match *slot = may && !at_edge ? mw_list_add(l->cli->arena, out, sizeof *slot) : NULL;
        *edge += may && at_edge;
        if (slot != NULL)
            *slot = *m;
        else if (may && !at_edge)
            return false;
    }
    return true;
}

int mw_cli_compare(const struct mw_listing *l)
{
    struct mw_cli *cli = l->cli;
    const struct mw_profile *p = l->p;
    struct mw_out *o = cli->out;
    const char *path = mw_cli_option(cli, "out");
    struct mw_list found = { NULL, 0, 0 }, *matches = &found;
    size_t edge = 0;

    if (!candidates(&found, &edge, l))
        return mw_nomem(&cli->err), mw_cli_fail(cli);
    const size_t n = found.n;
    struct mw_list *estimates = mw_arena_array(cli->arena, n + 1, sizeof *estimates);
    if (estimates == NULL)
        return mw_nomem(&cli->err), mw_cli_fail(cli);
    for (size_t i = 0; i < n; i++)
        if (mw_estimates(&estimates[i], cli->arena, &l->terms, p, MW_AT(*matches, struct mw_match, i)->hit.url, cli->today, cli->lang, &cli->err) != MW_OK)
            return mw_cli_fail(cli);
    if (path != NULL && write_grid(cli, p, matches, estimates, n, path) != MW_OK)
        return mw_cli_fail(cli);
    mw_out_object(o, NULL, NULL);
    mw_out_sv(o, "profile", NULL, p->id);
    mw_out_day(o, "today", NULL, cli->today);
    mw_out_paraf(o, MW_HEADING, "Comparison for: %.*s", MW_SV_ARG(p->title));
    if (path == NULL)
        put_glance(cli, p, matches, n);
    mw_out_list(o, "candidates", NULL);
    for (size_t i = 0; i < n && (path == NULL || mw_out_format(o) == MW_JSON); i++) {
        const struct mw_match *m = MW_AT(*matches, struct mw_match, i);
        mw_out_object(o, NULL, NULL);
        mw_out_int(o, "rank", NULL, (int64_t)i + 1);
        mw_out_sv(o, "url", NULL, m->hit.url);
        mw_out_sv(o, "title", NULL, m->hit.title);
        mw_out_z(o, "verdict", NULL, MW_VERDICTS[m->verdict.answer]);
        mw_out_paraf(o, MW_HEADING, "%zu. %.*s", i + 1, MW_SV_ARG(m->hit.title));
        mw_out_para(o, m->verdict.answer == MW_A_YES ? MW_GOOD : MW_DOUBT, mw_sv(T(cli, MW_VERDICT_WORDS[m->verdict.answer])));
        for (size_t x = 0; x < sizeof ASPECTS / sizeof *ASPECTS; x++)
            put_aspect(cli, m, &ASPECTS[x]);
        put_estimates(cli, &estimates[i]);
        put_open(cli, m);
        mw_out_para(o, MW_LINK, m->hit.url);
        mw_cli_put_also(cli, &m->hit.also);
        mw_out_end(o);
    }
    mw_out_end(o);
    if (path != NULL)
        mw_out_paraf(o, MW_BODY, "Written: %s", path);
    if (edge > 0)
        mw_out_paraf(o, MW_BODY, "Left out, for they hardly touch the project: %zu; --all compares them, too.", edge);
    mw_out_end(o);
    return n > 0 ? MW_EXIT_OK : MW_EXIT_NOTHING;
}
