/* mittelweg match: which programmes this project may use, and why (not). */
#include "cli/commands.h"
#include "index/match.h"

static const char *const VERDICT_WORDS[] = {
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

static void put_match(struct mw_cli *cli, const struct mw_match *m, size_t rank, bool evidence)
{
    struct mw_out *o = cli->out;
    const struct mw_hit *h = &m->hit;
    struct mw_str words = MW_STR_INIT;

    mw_out_object(o, NULL, NULL);
    mw_out_int(o, "rank", NULL, (int64_t)rank);
    mw_out_sv(o, "url", NULL, h->url);
    mw_out_sv(o, "title", NULL, h->title);
    mw_out_num(o, "score", NULL, h->score_milli, 3);
    mw_out_z(o, "verdict", NULL, MW_VERDICTS[m->verdict.answer]);
    mw_out_z(o, "status", NULL, MW_STATUSES[h->status]);
    mw_out_day(o, "deadline", NULL, h->deadline);

    mw_out_paraf(o, MW_HEADING, "%zu. %.*s", rank, MW_SV_ARG(h->title));
    mw_str_addf(&words, "%s; ", T(cli, VERDICT_WORDS[m->verdict.answer]));
    mw_cli_status_words(&words, cli, h);
    mw_out_para(o, ANSWER_STYLES[m->verdict.answer], mw_str_sv(&words));
    mw_out_list(o, "criteria", NULL);
    for (size_t i = 0; i < m->verdict.criteria.n; i++)
        put_criterion(cli, MW_AT(m->verdict.criteria, struct mw_criterion, i), evidence);
    mw_out_end(o);
    mw_out_para(o, MW_LINK, h->url);
    mw_out_end(o);
    mw_str_free(&words);
}

static int run(struct mw_cli *cli)
{
    struct mw_out *o = cli->out;
    struct mw_profile profile;
    struct mw_list matches = { 0 };
    int64_t limit;

    if (!mw_cli_number(cli, "limit", 1, 100000, 20, &limit))
        return mw_cli_fail(cli);
    enum mw_rc rc = mw_profile_load(&profile, cli->arena, cli->args[0], &cli->diags);
    if (rc != MW_OK) {
        mw_fail(&cli->err, rc, "The profile \"%s\" cannot be used.", cli->args[0]);
        return mw_cli_fail(cli);
    }
    struct mw_match_opts opts = { .today = cli->today, .all = mw_cli_option(cli, "all") != NULL,
                                  .limit = (size_t)limit, .lang = cli->lang };
    if (mw_match(&matches, cli->arena, cli->store, cli->rules, &profile, &opts, &cli->err) != MW_OK)
        return mw_cli_fail(cli);

    mw_out_object(o, NULL, NULL);
    mw_out_sv(o, "profile", NULL, profile.id);
    mw_out_day(o, "today", NULL, cli->today);
    mw_out_paraf(o, MW_HEADING, "Programmes for: %.*s", MW_SV_ARG(profile.title));
    if (matches.n == 0)
        mw_out_para(o, MW_BODY, mw_sv(T(cli, "No programme fits. Ineligible ones are listed with --all.")));
    mw_out_list(o, "matches", NULL);
    for (size_t i = 0; i < matches.n; i++)
        put_match(cli, MW_AT(matches, struct mw_match, i), i + 1, mw_cli_option(cli, "evidence") != NULL);
    mw_out_end(o);
    mw_out_end(o);
    return matches.n > 0 ? MW_EXIT_OK : MW_EXIT_NOTHING;
}

static const struct mw_option OPTIONS[] = {
    { "limit", "N", "at most N programmes (default 20)" },
    { "all", NULL, "also the programmes that this project may not use, with the reason" },
    { "evidence", NULL, "print the proving sentence of every criterion, not only of doubts" },
    { NULL, NULL, NULL }
};
const struct mw_cmd MW_CMD_MATCH = {
    .name = "match",
    .run = run,
    .needs = MW_NEEDS_VERDICTS | MW_NEEDS_STORE,
    .args = "PROFILE.yaml",
    .args_min = 1,
    .args_max = 1,
    .summary = "show the programmes that fit a project profile",
    .about = "Ranks the programmes by what the project is about and judges each by rules: may apply, may not, or open "
             "questions. Every reason names the sentence it rests on. What nobody wrote down is a question, never a no.",
    .options = OPTIONS,
};
