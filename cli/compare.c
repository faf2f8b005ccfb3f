/* mittelweg match --compare: the candidates of one profile side by side, every value with its evidence. */
#include "cli/also.h"
#include "cli/matching.h"

enum { VALUES_MAX = 6 };

struct aspect {
    const char *key, *label;
    enum mw_fact_type types[6]; /* ended by MW_F_TYPE_N */
    const char *kind;           /* of amounts; NULL: any */
};
static const struct aspect ASPECTS[] = {
    { "rate", "Rate", { MW_F_RATE, MW_F_TYPE_N }, NULL },
    { "maximum", "Maximum", { MW_F_AMOUNT, MW_F_TYPE_N }, "grant_max" },
    { "own_share", "Own share", { MW_F_OWN_SHARE, MW_F_TYPE_N }, NULL },
    { "deadline", "Deadline", { MW_F_DEADLINE, MW_F_TYPE_N }, NULL },
    { "stages", "Stages", { MW_F_TWO_STAGE, MW_F_TYPE_N }, NULL },
    { "cumulation", "Cumulation", { MW_F_CUMULATION, MW_F_DE_MINIMIS, MW_F_TYPE_N }, NULL },
    { "conditions", "Conditions that cost effort", { MW_F_REQUIREMENT, MW_F_EARLY_START, MW_F_PARTNERS, MW_F_DURATION, MW_F_FORWARDING, MW_F_TYPE_N }, NULL },
};

static bool belongs(const struct aspect *x, const struct mw_fact *f)
{
    for (size_t t = 0; x->types[t] != MW_F_TYPE_N; t++)
        if (f->type == x->types[t])
            return x->kind == NULL || mw_sv_eqz(f->kind, x->kind);
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

/* A candidate's values of one aspect: what is said twice is shown once. */
static void facts_of(struct mw_cli *cli, struct mw_list *out, const struct mw_match *m, const struct aspect *x)
{
    struct mw_list said = { NULL, 0, 0 };
    for (size_t i = 0; i < m->facts.n && out->n < VALUES_MAX; i++) {
        const struct mw_fact *f = MW_AT(m->facts, struct mw_fact, i);
        struct mw_sv words = belongs(x, f) ? words_of(cli, f) : MW_SV_NONE;
        bool twice = words.p == NULL;
        for (size_t k = 0; k < said.n && !twice; k++)
            twice = mw_sv_eq(*MW_AT(said, struct mw_sv, k), words);
        struct mw_sv *w = twice ? NULL : mw_list_add(cli->arena, &said, sizeof *w);
        const struct mw_fact **slot = w != NULL ? mw_list_add(cli->arena, out, sizeof(const struct mw_fact *)) : NULL;
        if (slot == NULL)
            continue;
        *w = words;
        *slot = f;
    }
}

static void put_aspect(struct mw_cli *cli, const struct mw_match *m, const struct aspect *x)
{
    struct mw_out *o = cli->out;
    struct mw_list facts = { NULL, 0, 0 };
    facts_of(cli, &facts, m, x);
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
    if (facts.n == 0)
        mw_out_paraf(o, MW_DOUBT, "%s: not stated", T(cli, x->label));
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

static bool add_row(struct mw_cli *cli, struct mw_grid *g, const struct aspect *x, const struct mw_list *matches, size_t n)
{
    bool good = mw_grid_add(g, cli->arena, mw_sv(x != NULL ? T(cli, x->label) : T(cli, "Open questions")));
    for (size_t i = 0; i < n && good; i++) {
        MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
        const struct mw_match *m = MW_AT(*matches, struct mw_match, i);
        struct mw_list facts = { NULL, 0, 0 };
        if (x != NULL)
            facts_of(cli, &facts, m, x);
        for (size_t k = 0; k < facts.n && good; k++)
            good = add_text(&s, words_of(cli, *MW_AT(facts, const struct mw_fact *, k)), (*MW_AT(facts, const struct mw_fact *, k))->quote);
        for (size_t k = 0; x == NULL && k < m->verdict.criteria.n && good; k++)
            if (MW_AT(m->verdict.criteria, struct mw_criterion, k)->answer == MW_A_UNKNOWN)
                good = add_text(&s, MW_AT(m->verdict.criteria, struct mw_criterion, k)->reason, MW_AT(m->verdict.criteria, struct mw_criterion, k)->quote);
        good = good && mw_grid_add(g, cli->arena, s.n > 0 ? mw_arena_copy(cli->arena, mw_str_sv(&s)) : mw_sv(x != NULL ? T(cli, "not stated") : ""));
    }
    return good;
}

static enum mw_rc write_grid(struct mw_cli *cli, const struct mw_profile *p, const struct mw_list *matches, size_t n, const char *path)
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
        good = add_row(cli, &g, &ASPECTS[x], matches, n);
    good = good && add_row(cli, &g, NULL, matches, n);
    return good ? mw_cli_grid_write(cli, &g, path) : mw_nomem(&cli->err);
}

int mw_cli_compare(struct mw_cli *cli, const struct mw_profile *p, const struct mw_list *matches, const struct mw_list *terms)
{
    struct mw_out *o = cli->out;
    const char *path = mw_cli_option(cli, "out");
    size_t n = 0;

    while (n < matches->n && MW_AT(*matches, struct mw_match, n)->verdict.answer != MW_A_NO)
        n++;
    if (path != NULL && write_grid(cli, p, matches, n, path) != MW_OK)
        return mw_cli_fail(cli);
    mw_out_object(o, NULL, NULL);
    mw_out_sv(o, "profile", NULL, p->id);
    mw_out_day(o, "today", NULL, cli->today);
    mw_out_paraf(o, MW_HEADING, "Comparison for: %.*s", MW_SV_ARG(p->title));
    mw_out_list(o, "candidates", NULL);
    for (size_t i = 0; i < n && (path == NULL || mw_out_format(o) == MW_JSON); i++) {
        const struct mw_match *m = MW_AT(*matches, struct mw_match, i);
        struct mw_list estimates = { NULL, 0, 0 };
        if (mw_estimates(&estimates, cli->arena, terms, p, m->hit.url, cli->today, cli->lang, &cli->err) != MW_OK)
            return mw_cli_fail(cli);
        mw_out_object(o, NULL, NULL);
        mw_out_int(o, "rank", NULL, (int64_t)i + 1);
        mw_out_sv(o, "url", NULL, m->hit.url);
        mw_out_sv(o, "title", NULL, m->hit.title);
        mw_out_z(o, "verdict", NULL, MW_VERDICTS[m->verdict.answer]);
        mw_out_paraf(o, MW_HEADING, "%zu. %.*s", i + 1, MW_SV_ARG(m->hit.title));
        mw_out_para(o, m->verdict.answer == MW_A_YES ? MW_GOOD : MW_DOUBT, mw_sv(T(cli, MW_VERDICT_WORDS[m->verdict.answer])));
        for (size_t x = 0; x < sizeof ASPECTS / sizeof *ASPECTS; x++)
            put_aspect(cli, m, &ASPECTS[x]);
        put_estimates(cli, &estimates);
        put_open(cli, m);
        mw_out_para(o, MW_LINK, m->hit.url);
        mw_cli_put_also(cli, &m->hit.also);
        mw_out_end(o);
    }
    mw_out_end(o);
    if (path != NULL)
        mw_out_paraf(o, MW_BODY, "Written: %s", path);
    mw_out_end(o);
    return n > 0 ? MW_EXIT_OK : MW_EXIT_NOTHING;
}
