/* mittelweg match: which programmes this project may use, and why (not). */
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/matching.h"

/* Terms that can be computed; a faulty file among them takes nothing from a match. */
static void load_terms(struct mw_cli *cli, struct mw_list *terms)
{
    MW_AUTO(mw_diags_free) struct mw_diags scratch = MW_DIAGS_INIT(cli->lang);
    (void)mw_terms_list(terms, cli->arena, cli->rules_dir, &scratch);
}

/* What somebody dismissed takes no place of the limit. */
static enum mw_rc read_and_match(struct mw_listing *l, struct mw_profile *profile, struct mw_match_opts opts)
{
    struct mw_cli *cli = l->cli;
    enum mw_rc rc = mw_cli_profile(cli, profile, cli->args[0]);
    size_t limit = opts.limit;
    if (rc != MW_OK || (rc = mw_cli_decisions(&l->decided, cli, cli->args[0])) != MW_OK)
        return rc;
    opts.limit += opts.all ? 0 : mw_cli_dismissals(&l->decided);
    l->matches = l->questions = (struct mw_list){ NULL, 0, 0 };
    rc = mw_match(&l->matches, cli->arena, cli->store, cli->rules, profile, &opts, &cli->err);
    l->best = mw_match_best(&l->matches);
    if (rc == MW_OK)
        rc = mw_cli_fold(&l->decided, &l->matches, cli, opts.all, limit);
    return rc;
}

static enum mw_rc find_questions(struct mw_listing *l)
{
    return mw_questions(&l->questions, l->cli->arena, l->cli->rules, l->p, &l->matches, l->opts, &l->cli->err);
}

static int run(struct mw_cli *cli)
{
    struct mw_profile profile;
    bool matrix = mw_cli_option(cli, "matrix") != NULL, compare = mw_cli_option(cli, "compare") != NULL;
    int64_t limit;
    size_t answers = 0;

    if (!mw_cli_number(cli, "limit", 1, 100000, matrix ? 100000 : compare ? 5 : 20, &limit))
        return mw_cli_fail(cli);
    const struct mw_match_opts opts = { .today = cli->today, .all = mw_cli_option(cli, "all") != NULL, .limit = (size_t)limit, .lang = cli->lang };
    struct mw_listing l = { .cli = cli, .p = &profile, .opts = &opts, .evidence = mw_cli_option(cli, "evidence") != NULL };
    if (matrix)
        return mw_cli_matrix(cli, &opts);
    if (cli->n_args > 1)
        mw_fail(&cli->err, MW_INVALID, "One profile at a time; several are matched with --matrix.");
    if (cli->n_args > 1 || read_and_match(&l, &profile, opts) != MW_OK)
        return mw_cli_fail(cli);
    load_terms(cli, &l.terms);
    if (compare)
        return mw_cli_compare(&l);
    if (find_questions(&l) != MW_OK)
        return mw_cli_fail(cli);
    if (mw_cli_option(cli, "ask") != NULL) {
        mw_cli_ask(cli, cli->args[0], &profile, &l.questions, &answers);
        l.questions.n = answers > 0 ? 0 : l.questions.n;
        if (answers > 0 && (read_and_match(&l, &profile, opts) != MW_OK || find_questions(&l) != MW_OK))
            return mw_cli_fail(cli);
    }
    return mw_cli_put_matches(&l);
}

static const struct mw_option OPTIONS[] = {
    { "limit", "N", "at most N programmes (default 20)" },
    { "all", NULL, "also the programmes that this project may not use, with the reason" },
    { "evidence", NULL, "print the proving sentence of every criterion, not only of doubts" },
    { "ask", NULL, "ask on the terminal for what would settle most verdicts and write the answers into the profile" },
    { "compare", NULL, "the best candidates side by side: rate, maximum, own share, deadline, stages, conditions" },
    { "matrix", NULL, "several profiles or folders of them: programmes by clients, first what is to the point for most of them" },
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
             "of a computable programme would pay, as an estimate. Where verdicts or rates of the partners of a "
             "joint project differ, each is named. What was dismissed is left out and named at the end. The last line asks for the fact that would settle most verdicts.",
    .options = OPTIONS,
};
