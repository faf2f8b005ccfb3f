/* What a person or a script reads of a match: each programme with its verdict, reasons, near misses and estimates. */
#include "cli/also.h"
#include "cli/matching.h"

const char *const MW_VERDICT_WORDS[] = {
    [MW_A_NO] = "not eligible", [MW_A_UNKNOWN] = "open questions", [MW_A_YES] = "may apply"
};
const enum mw_style MW_VERDICT_STYLES[] = { [MW_A_NO] = MW_BAD, [MW_A_UNKNOWN] = MW_DOUBT, [MW_A_YES] = MW_GOOD };

static const char *const SIGNS[] = { [MW_A_NO] = "-", [MW_A_UNKNOWN] = "?", [MW_A_YES] = "+" };

enum { LEADS_NAMED = 4 };

static void put_criterion(struct mw_cli *cli, const struct mw_criterion *c, struct mw_sv title, bool all)
{
    struct mw_out *o = cli->out;

    mw_out_object(o, NULL, NULL);
    mw_out_sv(o, "name", NULL, c->name);
    mw_out_z(o, "verdict", NULL, MW_ANSWERS[c->answer]);
    mw_out_sv(o, "reason", NULL, c->reason);
    mw_out_sv(o, "quote", NULL, c->quote);
    mw_out_sv(o, "field", NULL, c->field);
    mw_out_sv(o, "rule", NULL, c->rule);
    mw_out_end(o);
    mw_out_paraf(o, MW_VERDICT_STYLES[c->answer], "%s %.*s", SIGNS[c->answer], MW_SV_ARG(c->reason));
    if ((all || c->answer != MW_A_YES) && !mw_sv_eq(c->quote, title)) /* the title stands above */
        mw_out_para(o, MW_QUOTE, c->quote);
}

/* With others in the lead: one line for each grant, with all who would get it. */
static void put_led(struct mw_cli *cli, const struct mw_list *led)
{
    struct mw_out *o = cli->out;
    mw_out_list(o, "led", NULL);
    for (size_t i = 0; i < led->n; i++) {
        const struct mw_led *one = MW_AT(*led, struct mw_led, i);
        mw_out_object(o, NULL, NULL);
        mw_out_sv(o, "lead", NULL, one->lead->name);
        mw_out_eur(o, "grant", NULL, one->grant);
        mw_out_sv(o, "formula", NULL, one->formula);
        mw_out_end(o);
    }
    mw_out_end(o);
    for (size_t i = 0; i < led->n; i++) {
        const struct mw_led *one = MW_AT(*led, struct mw_led, i);
        MW_AUTO(mw_str_free) struct mw_str names = MW_STR_INIT, sum = MW_STR_INIT;
        size_t alike = 0, before = 0;
        for (size_t k = 0; k < led->n; k++) {
            const struct mw_led *other = MW_AT(*led, struct mw_led, k);
            if (other->grant.cents != one->grant.cents)
                continue;
            before += k < i;
            if (alike++ < LEADS_NAMED)
                mw_str_addf(&names, "%s%.*s", names.n > 0 ? ", " : "", MW_SV_ARG(other->lead->name));
        }
        if (before > 0)
            continue;
        if (alike > LEADS_NAMED)
            mw_str_addf(&names, T(cli, " and %zu others"), alike - LEADS_NAMED);
        mw_eur_format(&sum, one->grant, cli->lang);
        mw_out_paraf(o, MW_ITEM, "* Led by %s: %s EUR (%.*s)", mw_str_z(&names), mw_str_z(&sum), MW_SV_ARG(one->formula));
    }
}

/* What a formula of the terms would give; never a promise. */
void mw_cli_estimate_words(struct mw_str *out, struct mw_cli *cli, const struct mw_estimate *e)
{
    MW_AUTO(mw_str_free) struct mw_str sum = MW_STR_INIT;
    mw_eur_format(&sum, e->grant, cli->lang);
    if (e->grant.cents > 0)
        mw_str_addf(out, T(cli, "Estimate, no promise: %s EUR (%.*s, terms of %.*s)"), mw_str_z(&sum), MW_SV_ARG(e->formula), MW_SV_ARG(e->title));
    else
        mw_str_addf(out, T(cli, "Estimate: no grant by the terms of %.*s (%.*s)"), MW_SV_ARG(e->title), MW_SV_ARG(e->why.n > 0 ? e->why : e->formula));
}

void mw_cli_put_estimate(struct mw_cli *cli, const struct mw_estimate *e)
{
    struct mw_out *o = cli->out;
    MW_AUTO(mw_str_free) struct mw_str words = MW_STR_INIT;
    mw_out_object(o, NULL, NULL);
    mw_out_sv(o, "programme", NULL, e->programme);
    mw_out_sv(o, "edition", NULL, e->edition);
    mw_out_eur(o, "grant", NULL, e->grant);
    mw_out_z(o, "currency", NULL, "EUR");
    mw_out_sv(o, "formula", NULL, e->formula);
    mw_cli_estimate_words(&words, cli, e);
    mw_out_para(o, MW_ITEM, mw_str_sv(&words));
    if (e->led.n > 0)
        put_led(cli, &e->led);
    mw_out_end(o);
}

static enum mw_rc put_near(const struct mw_listing *l, const struct mw_match *m)
{
    struct mw_out *o = l->cli->out;
    struct mw_list near = { NULL, 0, 0 };
    enum mw_rc rc = mw_near_misses(&near, l->cli->arena, l->cli->rules, l->p, m, l->opts, &l->cli->err);
    mw_out_list(o, "near_misses", NULL);
    for (size_t i = 0; i < near.n && rc == MW_OK; i++) {
        static const char *const CHANGES[] = { "partners", "kreis", "member", "cost_max", "cost_min", "own_share", "duration", "kinds" };
        const struct mw_near_miss *n = MW_AT(near, struct mw_near_miss, i);
        MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
        mw_cli_near_words(&s, l->cli, n);
        mw_out_object(o, NULL, NULL);
        mw_out_z(o, "change", NULL, CHANGES[n->change]);
        mw_out_sv(o, "criterion", NULL, n->criterion);
        mw_out_z(o, "verdict", NULL, MW_VERDICTS[n->answer]);
        mw_out_sv(o, "says", NULL, mw_str_sv(&s));
        mw_out_end(o);
        mw_out_paraf(o, MW_ITEM, "~ %s", mw_str_z(&s));
    }
    mw_out_end(o);
    return rc;
}

static enum mw_rc put_estimates(const struct mw_listing *l, const struct mw_match *m)
{
    struct mw_list estimates = { NULL, 0, 0 };
    enum mw_rc rc = MW_OK;
    if (m->verdict.answer != MW_A_NO)
        rc = mw_estimates(&estimates, l->cli->arena, &l->terms, l->p, m->hit.url, l->cli->today, l->cli->lang, &l->cli->err);
    mw_out_list(l->cli->out, "estimates", NULL);
    for (size_t i = 0; i < estimates.n && rc == MW_OK; i++)
        mw_cli_put_estimate(l->cli, MW_AT(estimates, struct mw_estimate, i));
    mw_out_end(l->cli->out);
    for (size_t i = 0; i < l->terms.n && m->verdict.answer != MW_A_NO; i++) {
        const struct mw_terms *t = MW_AT(l->terms, struct mw_terms, i);
        bool pays = true;
        for (size_t k = 0; k < estimates.n; k++) {
            const struct mw_estimate *e = MW_AT(estimates, struct mw_estimate, k);
            pays = pays && (e->grant.cents > 0 || !mw_sv_eq(e->programme, t->programme));
        }
        if (mw_sv_eq(t->url, m->hit.url) && pays)
            mw_out_paraf(l->cli->out, MW_ITEM, "* To begin the application: mittelweg project from --programme %.*s %s", MW_SV_ARG(t->programme),
                         l->cli->args[0]);
    }
    return rc;
}

static enum mw_rc put_match(const struct mw_listing *l, const struct mw_match *m, size_t rank)
{
    struct mw_cli *cli = l->cli;
    struct mw_out *o = cli->out;
    const struct mw_hit *h = &m->hit;
    MW_AUTO(mw_str_free) struct mw_str words = MW_STR_INIT;

    mw_out_object(o, NULL, NULL);
    mw_out_int(o, "rank", NULL, (int64_t)rank);
    mw_out_sv(o, "url", NULL, h->url);
    mw_out_sv(o, "title", NULL, h->title);
    mw_out_num(o, "score", NULL, h->score_milli, 3);
    mw_out_z(o, "verdict", NULL, MW_VERDICTS[m->verdict.answer]);
    mw_out_z(o, "status", NULL, MW_STATUSES[h->status]);
    mw_out_day(o, "deadline", NULL, h->deadline);

    mw_out_paraf(o, MW_HEADING, "%zu. %.*s", rank, MW_SV_ARG(h->title));
    mw_str_addf(&words, "%s; ", T(cli, MW_VERDICT_WORDS[m->verdict.answer]));
    mw_cli_status_words(&words, cli, h);
    mw_out_para(o, MW_VERDICT_STYLES[m->verdict.answer], mw_str_sv(&words));
    mw_out_list(o, "criteria", NULL);
    for (size_t i = 0; i < m->verdict.criteria.n; i++)
        put_criterion(cli, MW_AT(m->verdict.criteria, struct mw_criterion, i), h->title, l->evidence);
    mw_out_end(o);
    mw_cli_put_decisions(cli, &l->decided, m);
    enum mw_rc rc = mw_cli_put_apart(l, m);
    if (rc == MW_OK)
        rc = put_near(l, m);
    if (rc == MW_OK)
        rc = put_estimates(l, m);
    mw_out_para(o, MW_LINK, h->url);
    mw_cli_put_also(cli, &h->also);
    mw_out_end(o);
    return rc;
}

/* The most useful question; all of them for programs. */
static enum mw_rc put_questions(const struct mw_listing *l)
{
    struct mw_out *o = l->cli->out;
    mw_out_list(o, "questions", NULL);
    for (size_t i = 0; i < l->questions.n; i++) {
        const struct mw_question *q = MW_AT(l->questions, struct mw_question, i);
        MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
        mw_cli_question_words(&s, l->cli, l->p, q);
        mw_out_object(o, NULL, NULL);
        mw_out_z(o, "field", NULL, MW_ASK_FIELDS[q->ask]);
        if (mw_ask_each(q->ask))
            mw_out_sv(o, "applicant", NULL, MW_AT(l->p->applicants, struct mw_applicant, q->applicant)->name);
        mw_out_int(o, "settles", NULL, (int64_t)q->settles);
        mw_out_sv(o, "text", NULL, mw_str_sv(&s));
        mw_out_end(o);
        if (i == 0)
            mw_out_paraf(o, MW_BODY, q->settles == 1 ? "Next question: %s It settles %zu verdict. To answer it: mittelweg match --ask %s"
                                                     : "Next question: %s It settles %zu verdicts. To answer it: mittelweg match --ask %s",
                         mw_str_z(&s), q->settles, l->cli->args[0]);
    }
    mw_out_end(o);
    return MW_OK;
}

static const struct mw_match *match_at(const struct mw_listing *l, size_t i)
{
    return MW_AT(l->matches, struct mw_match, i);
}

/* A group: those with one verdict, or those of any that stand at the edge. */
static bool in_group(const struct mw_listing *l, const struct mw_match *m, enum mw_answer answer, bool edge)
{
    bool at_edge = !l->opts->all && mw_match_at_edge(m, l->best);
    return edge ? at_edge : !at_edge && m->verdict.answer == answer;
}

static size_t count_group(const struct mw_listing *l, enum mw_answer answer, bool edge)
{
    size_t n = 0;
    for (size_t i = 0; i < l->matches.n; i++)
        n += in_group(l, match_at(l, i), answer, edge);
    return n;
}

/* Nothing is hidden, but nobody has to read the reasons of what hardly touches the project. */
static void put_edge(const struct mw_listing *l)
{
    struct mw_out *o = l->cli->out;
    size_t n = count_group(l, MW_A_UNKNOWN, true);
    if (n == 0)
        return;
    mw_out_paraf(o, MW_HEADING, "At the edge: %zu", n);
    mw_out_para(o, MW_BODY, mw_sv(T(l->cli, "These hardly touch the project; --all shows their reasons, too.")));
    for (size_t i = 0; i < l->matches.n; i++) {
        const struct mw_match *m = match_at(l, i);
        if (in_group(l, m, MW_A_UNKNOWN, true))
            mw_out_paraf(o, MW_VERDICT_STYLES[m->verdict.answer], "%s %.*s", SIGNS[m->verdict.answer], MW_SV_ARG(m->hit.title));
    }
}

/* People read what fits first, then what is open, numbered as they read; programs get the ranks that relevance gives. */
static enum mw_rc put_groups(const struct mw_listing *l)
{
    static const char *const HEADINGS[] = { [MW_A_NO] = "Not eligible", [MW_A_UNKNOWN] = "Open questions", [MW_A_YES] = "May apply" };
    static const enum mw_answer ORDER[] = { MW_A_YES, MW_A_UNKNOWN, MW_A_NO };
    struct mw_out *o = l->cli->out;
    enum mw_rc rc = MW_OK;
    size_t rank = 0;

    if (mw_out_format(o) == MW_JSON) {
        for (size_t i = 0; i < l->matches.n && rc == MW_OK; i++)
            rc = put_match(l, match_at(l, i), i + 1);
        return rc;
    }
    for (size_t g = 0; g < sizeof ORDER / sizeof *ORDER && rc == MW_OK; g++) {
        size_t n = count_group(l, ORDER[g], false);
        if (n > 0)
            mw_out_paraf(o, MW_HEADING, "%s: %zu", T(l->cli, HEADINGS[ORDER[g]]), n);
        for (size_t i = 0; i < l->matches.n && rc == MW_OK; i++)
            if (in_group(l, match_at(l, i), ORDER[g], false))
                rc = put_match(l, match_at(l, i), ++rank);
    }
    put_edge(l);
    return rc;
}

int mw_cli_put_matches(const struct mw_listing *l)
{
    struct mw_cli *cli = l->cli;
    struct mw_out *o = cli->out;
    enum mw_rc rc = MW_OK;

    mw_out_object(o, NULL, NULL);
    mw_out_sv(o, "profile", NULL, l->p->id);
    mw_out_day(o, "today", NULL, cli->today);
    mw_out_paraf(o, MW_HEADING, "Programmes for: %.*s", MW_SV_ARG(l->p->title));
    if (l->matches.n == 0)
        mw_out_para(o, MW_BODY, mw_sv(T(cli, "No programme fits. Ineligible ones are listed with --all.")));
    mw_out_list(o, "matches", NULL);
    rc = put_groups(l);
    mw_out_end(o);
    if (l->matches.n > 0 && l->matches.n == l->opts->limit) /* as many as were asked for: there may be more */
        mw_out_paraf(o, MW_BODY, "These are the first %zu; --limit N shows more.", l->matches.n);
    mw_cli_put_folded(cli, &l->decided);
    if (rc == MW_OK)
        rc = put_questions(l);
    if (rc == MW_OK && l->matches.n == 0) /* "not crawled" is not "nothing fits" */
        rc = mw_cli_put_coverage(cli);
    mw_out_end(o);
    return rc != MW_OK ? mw_cli_fail(cli) : l->matches.n > 0 ? MW_EXIT_OK : MW_EXIT_NOTHING;
}
