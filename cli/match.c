/* mittelweg match: which programmes this project may use, and why (not). */
#include <stdlib.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/matching.h"

const char *const MW_VERDICT_WORDS[] = {
    [MW_A_NO] = "not eligible", [MW_A_UNKNOWN] = "open questions", [MW_A_YES] = "may apply"
};
static const enum mw_style ANSWER_STYLES[] = { [MW_A_NO] = MW_BAD, [MW_A_UNKNOWN] = MW_DOUBT, [MW_A_YES] = MW_GOOD };

static void put_criterion(struct mw_cli *cli, const struct mw_criterion *c, bool all)
{
    static const char *const SIGNS[] = { [MW_A_NO] = "-", [MW_A_UNKNOWN] = "?", [MW_A_YES] = "+" };
    struct mw_out *o = cli->out;

    mw_out_object(o, NULL, NULL);
    mw_out_sv(o, "name", NULL, c->name);
    mw_out_z(o, "verdict", NULL, MW_ANSWERS[c->answer]);
    mw_out_sv(o, "reason", NULL, c->reason);
    mw_out_sv(o, "quote", NULL, c->quote);
    mw_out_sv(o, "field", NULL, c->field);
    mw_out_sv(o, "rule", NULL, c->rule);
    mw_out_end(o);
    mw_out_paraf(o, ANSWER_STYLES[c->answer], "%s %.*s", SIGNS[c->answer], MW_SV_ARG(c->reason));
    if (all || c->answer != MW_A_YES)
        mw_out_para(o, MW_QUOTE, c->quote);
}

/* What a formula of the terms would give; never a promise. */
void mw_cli_put_estimate(struct mw_cli *cli, const struct mw_estimate *e)
{
    struct mw_out *o = cli->out;
    MW_AUTO(mw_str_free) struct mw_str sum = MW_STR_INIT;
    mw_eur_format(&sum, e->grant, cli->lang);
    mw_out_object(o, NULL, NULL);
    mw_out_sv(o, "programme", NULL, e->programme);
    mw_out_sv(o, "edition", NULL, e->edition);
    mw_out_eur(o, "grant", NULL, e->grant);
    mw_out_z(o, "currency", NULL, "EUR");
    mw_out_sv(o, "formula", NULL, e->formula);
    mw_out_end(o);
    mw_out_paraf(o, MW_BODY, "Estimate, no promise: %s EUR (%.*s, terms of %.*s)", mw_str_z(&sum), MW_SV_ARG(e->formula), MW_SV_ARG(e->title));
}

/* What is asked of each programme besides its verdict. */
struct listing {
    struct mw_cli *cli;
    const struct mw_profile *p;
    const struct mw_match_opts *opts;
    const struct mw_list *terms; /* struct mw_terms */
    bool evidence;
};

static enum mw_rc put_near(const struct listing *l, const struct mw_match *m)
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
        mw_out_paraf(o, MW_BODY, "~ %s", mw_str_z(&s));
    }
    mw_out_end(o);
    return rc;
}

/* "may apply alone: Kreis Muster, Stadt Muster" */
static void put_names(const struct listing *l, const struct mw_list *apart, enum mw_answer answer)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    for (size_t i = 0; i < apart->n; i++) {
        if (MW_AT(*apart, struct mw_verdict, i)->answer != answer)
            continue;
        mw_str_addz(&s, s.n > 0 ? ", " : "");
        mw_str_add(&s, MW_AT(l->p->applicants, struct mw_applicant, i)->name);
    }
    if (s.n > 0)
        mw_out_paraf(l->cli->out, ANSWER_STYLES[answer], "Each alone, %s: %s", T(l->cli, MW_VERDICT_WORDS[answer]), mw_str_z(&s));
}

/* The criteria of applicants differ where one of them may and another may not. */
static enum mw_rc put_apart(const struct listing *l, const struct mw_match *m)
{
    struct mw_out *o = l->cli->out;
    struct mw_list apart = { NULL, 0, 0 };
    bool differ = false;
    if (l->p->applicants.n < 2)
        return MW_OK;
    enum mw_rc rc = mw_match_apart(&apart, l->cli->arena, l->cli->rules, l->p, m, l->opts, &l->cli->err);
    for (size_t i = 1; i < apart.n && rc == MW_OK; i++)
        differ = differ || MW_AT(apart, struct mw_verdict, i)->answer != MW_AT(apart, struct mw_verdict, 0)->answer;
    mw_out_list(o, "applicants", NULL);
    for (size_t i = 0; i < apart.n && rc == MW_OK && differ; i++) {
        const struct mw_verdict *v = MW_AT(apart, struct mw_verdict, i);
        const struct mw_applicant *a = MW_AT(l->p->applicants, struct mw_applicant, i);
        const struct mw_criterion *no = NULL;
        for (size_t k = 0; k < v->criteria.n && no == NULL; k++)
            no = MW_AT(v->criteria, struct mw_criterion, k)->answer == MW_A_NO ? MW_AT(v->criteria, struct mw_criterion, k) : NULL;
        mw_out_object(o, NULL, NULL);
        mw_out_sv(o, "name", NULL, a->name);
        mw_out_z(o, "verdict", NULL, MW_VERDICTS[v->answer]);
        if (no != NULL)
            mw_out_sv(o, "reason", NULL, no->reason);
        mw_out_end(o);
    }
    mw_out_end(o);
    for (int answer = MW_A_YES; answer >= MW_A_NO && rc == MW_OK && differ; answer--)
        put_names(l, &apart, (enum mw_answer)answer);
    return rc;
}

static enum mw_rc put_estimates(const struct listing *l, const struct mw_match *m)
{
    struct mw_list estimates = { NULL, 0, 0 };
    enum mw_rc rc = MW_OK;
    if (m->verdict.answer != MW_A_NO)
        rc = mw_estimates(&estimates, l->cli->arena, l->terms, l->p, m->hit.url, l->cli->today, l->cli->lang, &l->cli->err);
    mw_out_list(l->cli->out, "estimates", NULL);
    for (size_t i = 0; i < estimates.n && rc == MW_OK; i++)
        mw_cli_put_estimate(l->cli, MW_AT(estimates, struct mw_estimate, i));
    mw_out_end(l->cli->out);
    return rc;
}

static enum mw_rc put_match(const struct listing *l, const struct mw_match *m, size_t rank)
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
    mw_out_para(o, ANSWER_STYLES[m->verdict.answer], mw_str_sv(&words));
    mw_out_list(o, "criteria", NULL);
    for (size_t i = 0; i < m->verdict.criteria.n; i++)
        put_criterion(cli, MW_AT(m->verdict.criteria, struct mw_criterion, i), l->evidence);
    mw_out_end(o);
    enum mw_rc rc = put_apart(l, m);
    if (rc == MW_OK)
        rc = put_near(l, m);
    if (rc == MW_OK)
        rc = put_estimates(l, m);
    mw_out_para(o, MW_LINK, h->url);
    mw_out_end(o);
    return rc;
}

/* The most useful question; all of them for programs. */
static enum mw_rc put_questions(const struct listing *l, const struct mw_list *questions)
{
    struct mw_out *o = l->cli->out;
    mw_out_list(o, "questions", NULL);
    for (size_t i = 0; i < questions->n; i++) {
        const struct mw_question *q = MW_AT(*questions, struct mw_question, i);
        MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
        bool each = q->ask == MW_ASK_POPULATION || q->ask == MW_ASK_BUDGET || q->ask == MW_ASK_LAND;
        mw_cli_question_words(&s, l->cli, l->p, q);
        mw_out_object(o, NULL, NULL);
        mw_out_z(o, "field", NULL, MW_ASK_FIELDS[q->ask]);
        if (each)
            mw_out_sv(o, "applicant", NULL, MW_AT(l->p->applicants, struct mw_applicant, q->applicant)->name);
        mw_out_int(o, "settles", NULL, (int64_t)q->settles);
        mw_out_sv(o, "text", NULL, mw_str_sv(&s));
        mw_out_end(o);
        if (i == 0)
            mw_out_paraf(o, MW_DOUBT, "Next question: %s It settles %zu verdicts; answer it in the profile, or with --ask.", mw_str_z(&s), q->settles);
    }
    mw_out_end(o);
    return MW_OK;
}

/* People read what fits first, then what is open, each with the rank that it has for the project. */
static void put_groups(const struct listing *l, const struct mw_list *matches, enum mw_rc *rc)
{
    static const enum mw_answer ORDER[] = { MW_A_YES, MW_A_UNKNOWN, MW_A_NO };
    bool people = mw_out_format(l->cli->out) != MW_JSON;
    for (size_t g = 0; g < (people ? sizeof ORDER / sizeof *ORDER : 1); g++)
        for (size_t i = 0; i < matches->n && *rc == MW_OK; i++)
            if (!people || MW_AT(*matches, struct mw_match, i)->verdict.answer == ORDER[g])
                *rc = put_match(l, MW_AT(*matches, struct mw_match, i), i + 1);
}

static int list(struct mw_cli *cli, const struct mw_profile *profile, const struct mw_match_opts *opts, const struct mw_list *matches,
    const struct mw_list *terms, const struct mw_list *questions)
{
    struct mw_out *o = cli->out;
    const struct listing l = { cli, profile, opts, terms, mw_cli_option(cli, "evidence") != NULL };
    enum mw_rc rc = MW_OK;

    mw_out_object(o, NULL, NULL);
    mw_out_sv(o, "profile", NULL, profile->id);
    mw_out_day(o, "today", NULL, cli->today);
    mw_out_paraf(o, MW_HEADING, "Programmes for: %.*s", MW_SV_ARG(profile->title));
    if (matches->n == 0)
        mw_out_para(o, MW_BODY, mw_sv(T(cli, "No programme fits. Ineligible ones are listed with --all.")));
    mw_out_list(o, "matches", NULL);
    put_groups(&l, matches, &rc);
    mw_out_end(o);
    if (rc == MW_OK)
        rc = put_questions(&l, questions);
    if (rc == MW_OK && matches->n == 0) /* "not crawled" is not "nothing fits" */
        rc = mw_cli_put_coverage(cli);
    mw_out_end(o);
    return rc != MW_OK ? mw_cli_fail(cli) : matches->n > 0 ? MW_EXIT_OK : MW_EXIT_NOTHING;
}

/* Terms that can be computed; a faulty file among them takes nothing from a match. */
static void load_terms(struct mw_cli *cli, struct mw_list *terms)
{
    MW_AUTO(mw_diags_free) struct mw_diags scratch = MW_DIAGS_INIT(cli->lang);
    (void)mw_terms_list(terms, cli->arena, cli->rules_dir, &scratch);
}

static enum mw_rc read_and_match(struct mw_cli *cli, struct mw_profile *profile, struct mw_list *matches, const struct mw_match_opts *opts)
{
    enum mw_rc rc = mw_profile_load(profile, cli->arena, cli->args[0], &cli->diags);
    if (rc != MW_OK)
        return mw_fail(&cli->err, rc, "The profile \"%s\" cannot be used.", cli->args[0]);
    *matches = (struct mw_list){ NULL, 0, 0 };
    return mw_match(matches, cli->arena, cli->store, cli->rules, profile, opts, &cli->err);
}

static int run(struct mw_cli *cli)
{
    struct mw_profile profile;
    struct mw_list matches, terms = { NULL, 0, 0 }, questions = { NULL, 0, 0 };
    bool matrix = mw_cli_option(cli, "matrix") != NULL, compare = mw_cli_option(cli, "compare") != NULL;
    int64_t limit;
    size_t answers = 0;

    if (!mw_cli_number(cli, "limit", 1, 100000, matrix ? 100000 : compare ? 5 : 20, &limit))
        return mw_cli_fail(cli);
    struct mw_match_opts opts = { .today = cli->today, .all = mw_cli_option(cli, "all") != NULL, .limit = (size_t)limit, .lang = cli->lang };
    if (matrix)
        return mw_cli_matrix(cli, &opts);
    if (cli->n_args > 1)
        mw_fail(&cli->err, MW_INVALID, "One profile at a time; several are matched with --matrix.");
    if (cli->n_args > 1 || read_and_match(cli, &profile, &matches, &opts) != MW_OK)
        return mw_cli_fail(cli);
    load_terms(cli, &terms);
    if (compare)
        return mw_cli_compare(cli, &profile, &matches, &terms);
    if (mw_questions(&questions, cli->arena, cli->rules, &profile, &matches, &opts, &cli->err) != MW_OK)
        return mw_cli_fail(cli);
    if (mw_cli_option(cli, "ask") != NULL) {
        mw_cli_ask(cli, cli->args[0], &profile, &questions, &answers);
        questions.n = answers > 0 ? 0 : questions.n;
        if (answers > 0 && (read_and_match(cli, &profile, &matches, &opts) != MW_OK ||
                            mw_questions(&questions, cli->arena, cli->rules, &profile, &matches, &opts, &cli->err) != MW_OK))
            return mw_cli_fail(cli);
    }
    return list(cli, &profile, &opts, &matches, &terms, &questions);
}

static const struct mw_option OPTIONS[] = {
    { "limit", "N", "at most N programmes (default 20)" },
    { "all", NULL, "also the programmes that this project may not use, with the reason" },
    { "evidence", NULL, "print the proving sentence of every criterion, not only of doubts" },
    { "ask", NULL, "ask on the terminal for what would settle most verdicts and write the answers into the profile" },
    { "compare", NULL, "the best candidates side by side: rate, maximum, own share, deadline, stages, conditions" },
    { "matrix", NULL, "several profiles or folders of them: programmes by clients" },
    { "out", "FILE", "with --compare or --matrix: write the table to FILE.xlsx, FILE.csv or FILE.html" },
    { NULL, NULL, NULL }
};
const struct mw_cmd MW_CMD_MATCH = {
    .name = "match",
    .run = run,
    .needs = MW_NEEDS_VERDICTS | MW_NEEDS_STORE | MW_READS_FACTS,
    .args = "PROFILE.yaml...",
    .args_min = 1,
    .args_max = SIZE_MAX,
    .summary = "show the programmes that fit a project profile",
    .about = "Ranks the programmes by what the project is about and judges each by rules: may apply, may not, or open "
             "questions. Every reason names the sentence it rests on. What nobody wrote down is a question, never a no.\n"
             "Below a programme stands what would make it fit better, found by judging a changed project, and what the terms "
             "of a computable programme would pay, as an estimate. Where partners of a joint project are judged "
             "differently, each is named. The last line asks for the fact that would settle most verdicts.",
    .options = OPTIONS,
};
