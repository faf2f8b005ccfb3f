/* mittelweg search and similar: what the notices say, best first. How it is shown stands in hits.c. */
#include "cli/hits.h"

#include "intake/paper.h"
#include "lib/core/file.h"

enum { DOCUMENT_MAX = 64 << 20 };


struct mw_sv mw_cli_joined(const struct mw_cli *cli, size_t from)
{
    struct mw_str s = MW_STR_INIT;
    for (size_t i = from; i < cli->n_args; i++) {
        if (i > from)
            mw_str_addc(&s, ' ');
        mw_str_addz(&s, cli->args[i]);
    }
    struct mw_sv joined = mw_arena_copy(cli->arena, mw_sv(mw_str_z(&s)));
    mw_str_free(&s);
    return joined;
}

bool mw_cli_order(struct mw_cli *cli, struct mw_sv word, enum mw_order *out)
{
    for (int i = 0; i < MW_ORDERS; i++)
        if (mw_sv_eqz(word, MW_ORDER_NAMES[i])) {
            *out = (enum mw_order)i;
            return true;
        }
    mw_fail(&cli->err, MW_INVALID, "--sort takes relevance, deadline, newest or amount; not \"%.*s\".", MW_SV_ARG(word));
    return false;
}

bool mw_cli_search_opts(struct mw_cli *cli, struct mw_search_opts *opts)
{
    int64_t limit, offset, page;
    const char *sort = mw_cli_option(cli, "sort");

    if (!mw_cli_number(cli, "limit", 1, 1000, 10, &limit) || !mw_cli_number(cli, "offset", 0, INT32_MAX, 0, &offset) ||
        !mw_cli_number(cli, "page", 1, INT32_MAX, 1, &page))
        return false;
    if (mw_cli_option(cli, "offset") == NULL)
        offset = (page - 1) * limit;
    *opts = (struct mw_search_opts){ .limit = (size_t)limit, .offset = (size_t)offset, .today = cli->today, .rules = cli->rules,
                                     .literal = mw_cli_option(cli, "literal") != NULL,
                                     .no_synonyms = mw_cli_option(cli, "no-synonyms") != NULL,
                                     .facets = mw_cli_option(cli, "facets") != NULL };
    opts->why = mw_cli_option(cli, "explain") != NULL          ? MW_WHY_FIELDS
                : cli->style.format == MW_TEXT && !mw_sv_eqz(cli->format, "csv") ? MW_WHY_WORDS
                                                               : MW_WHY_NOT;
    return sort == NULL || mw_cli_order(cli, mw_sv(sort), &opts->order);
}

/* The text of a document, however it is packed. */
static enum mw_rc read_document(struct mw_sv *out, struct mw_cli *cli, const char *path)
{
    struct mw_sv bytes;
    struct mw_paper paper;
    enum mw_rc rc = mw_cli_need(cli, MW_NEEDS_PARSER);

    if (rc == MW_OK)
        rc = mw_file_read(&bytes, cli->arena, path, DOCUMENT_MAX, &cli->err);
    if (rc == MW_OK)
        rc = mw_paper_read(&paper, cli->arena, cli->parser, cli->rules, bytes, &cli->err);
    if (rc == MW_OK)
        *out = paper.text;
    return rc;
}

static int run_search(struct mw_cli *cli)
{
    struct mw_search_opts opts;
    const char *from = mw_cli_option(cli, "from");

    if (cli->n_args == 0 && from == NULL) {
        mw_fail(&cli->err, MW_INVALID, "Usage: mittelweg %s [OPTIONS] %s", cli->cmd->name, "QUERY...");
        return mw_cli_fail(cli);
    }
    if (mw_cli_need(cli, MW_NEEDS_WORDS | MW_NEEDS_STORE | MW_READS_FACTS) != MW_OK || !mw_cli_search_opts(cli, &opts))
        return mw_cli_fail(cli);
    if (from != NULL && read_document(&opts.text, cli, from) != MW_OK)
        return mw_cli_fail(cli);
    return mw_cli_show_search(cli, mw_cli_joined(cli, 0), &opts);
}

static int run_similar(struct mw_cli *cli)
{
    struct mw_search_opts opts;

    if (!mw_cli_search_opts(cli, &opts))
        return mw_cli_fail(cli);
    opts.like = mw_sv(cli->args[0]);
    return mw_cli_show_search(cli, mw_cli_joined(cli, 1), &opts);
}

#define PAGING                                                                                                              \
    { "limit", "N", "at most N hits (default 10)" }, { "offset", "N", "pass over the first N hits" },                     \
        { "page", "N", "the N-th page of that many hits" },                                                                 \
        { "sort", "ORDER", "relevance, deadline, newest or amount (the largest grant first)" },                             \
    {                                                                                                                       \
        "facets", NULL, "count Länder, applicants, kinds, themes and more over all hits"                                    \
    }
static const struct mw_option SEARCH_OPTIONS[] = {
    PAGING,
    { "from", "FILE", "search with a whole text: a text, HTML, DOCX or PDF file; its telling words are chosen and shown" },
    { "literal", NULL, "no synonyms, no correction of typing errors, no related words" },
    { "no-synonyms", NULL, "corrections and related words, but no synonyms" },
    { "explain", NULL, "say how the query was understood and what every hit got its points for" },
    { NULL, NULL, NULL }
};
static const struct mw_option SIMILAR_OPTIONS[] = {
    PAGING, { "explain", NULL, "say how the query was understood and what every hit got its points for" }, { NULL, NULL, NULL }
};
const struct mw_cmd MW_CMD_SEARCH = {
    .name = "search",
    .run = run_search, /* which opens what it needs when the usage is right */
    .args = "QUERY...",
    .args_min = 0,
    .args_max = SIZE_MAX,
    .summary = "find notices by words",
    .about = "Finds notices by what they say, in German and English; inflected words, parts of compounds and umlauts written "
             "ae, oe, ue are found too.\n"
             "\"several words\" stand together; -word shuts out; field:value narrows down, -field:value the other way. Fields: "
             "land, applicant, kind, status, deadline, source, level, rate, amount, language, theme; in German land, "
             "antragsteller, art, status, frist, quelle, ebene, quote, betrag, sprache, thema.\n"
             "Examples: land:NW,HE status:open deadline:<2026-12-31 deadline:next month rate:>=50 amount:>=100000 frist:bis Dezember frist:2026-Q1",
    .options = SEARCH_OPTIONS,
    .minus_words = true,
    .formats = "text json csv",
};
const struct mw_cmd MW_CMD_SIMILAR = {
    .name = "similar",
    .run = run_similar,
    .needs = MW_NEEDS_WORDS | MW_NEEDS_STORE | MW_READS_FACTS,
    .args = "URL [FILTER...]",
    .args_min = 1,
    .args_max = SIZE_MAX,
    .summary = "find notices that speak of the same as one",
    .about = "Finds the notices whose words are most like those of the one at the address. Filters as in search narrow the "
             "result down: similar URL land:HE status:open",
    .options = SIMILAR_OPTIONS,
    .minus_words = true,
    .formats = "text json csv",
};
