/* mittelweg search: what the notices say, best first. */
#include "cli/commands.h"
#include "index/search.h"

static struct mw_sv join_args(const struct mw_cli *cli)
{
    struct mw_str s = MW_STR_INIT;
    for (size_t i = 0; i < cli->n_args; i++) {
        if (i > 0)
            mw_str_addc(&s, ' ');
        mw_str_addz(&s, cli->args[i]);
    }
    struct mw_sv joined = mw_arena_copy(cli->arena, mw_str_sv(&s));
    mw_str_free(&s);
    return joined;
}

/* "open until 31.03.2026", "closed", ...: what a person wants to know first of a programme. */
void mw_cli_status_words(struct mw_str *out, const struct mw_cli *cli, const struct mw_hit *h)
{
    mw_str_addz(out, h->status == MW_S_UNKNOWN ? T(cli, "open or closed is not known") : T(cli, MW_STATUSES[h->status]));
    if (mw_day_is(h->deadline)) {
        mw_str_addz(out, h->status == MW_S_CLOSED ? ", " : T(cli, ", until "));
        mw_day_format(out, h->deadline, cli->lang);
    }
}

/* The snippet without the marks around matched words. */
static struct mw_sv unmarked(struct mw_cli *cli, struct mw_sv snippet)
{
    char *p = snippet.n > 0 ? mw_arena_alloc(cli->arena, snippet.n) : NULL;
    size_t n = 0;
    if (p == NULL)
        return MW_SV_NONE;
    for (size_t i = 0; i < snippet.n; i++)
        if (snippet.p[i] != '\x01' && snippet.p[i] != '\x02')
            p[n++] = snippet.p[i];
    return mw_sv_n(p, n);
}

static void put_hit(struct mw_cli *cli, const struct mw_hit *h, size_t rank)
{
    static const enum mw_style STYLES[] = {
        [MW_S_UNKNOWN] = MW_DOUBT, [MW_S_OPEN] = MW_GOOD, [MW_S_FORTHCOMING] = MW_DOUBT, [MW_S_CLOSED] = MW_BAD
    };
    struct mw_out *o = cli->out;
    struct mw_str words = MW_STR_INIT;
    struct mw_sv snippet = unmarked(cli, h->snippet);

    mw_out_object(o, NULL, NULL);
    mw_out_int(o, "rank", NULL, (int64_t)rank);
    mw_out_sv(o, "url", NULL, h->url);
    mw_out_sv(o, "title", NULL, h->title);
    mw_out_sv(o, "source", NULL, h->source);
    mw_out_num(o, "score", NULL, h->score_milli, 3);
    mw_out_z(o, "status", NULL, MW_STATUSES[h->status]);
    mw_out_day(o, "deadline", NULL, h->deadline);
    mw_out_sv(o, "snippet", NULL, snippet);

    mw_out_paraf(o, MW_HEADING, "%zu. %.*s", rank, MW_SV_ARG(h->title));
    mw_cli_status_words(&words, cli, h);
    mw_out_para(o, STYLES[h->status], mw_str_sv(&words));
    mw_out_para(o, MW_LINK, h->url);
    mw_out_para(o, MW_QUOTE, snippet);
    mw_out_end(o);
    mw_str_free(&words);
}

/* What was searched for beside the words typed; with --explain everything. */
static void put_readings(struct mw_cli *cli, const struct mw_hits *hits, bool all)
{
    static const char *const KINDS[] = {
        [MW_R_WORD] = "word", [MW_R_PHRASE] = "phrase", [MW_R_EXCLUDED] = "excluded",
        [MW_R_FILTER] = "filter", [MW_R_CORRECTION] = "correction", [MW_R_SYNONYM] = "synonym",
        [MW_R_RELATED] = "related"
    };
    static const struct mw_column COLUMNS[] = {
        { "kind", "Read as", false }, { "text", "Text", false }, { "of", "for", false },
        { "weight", "Weight %", true }, { "notices", "Notices", true }
    };
    struct mw_out *o = cli->out;

    for (size_t i = 0; i < hits->readings.n; i++) {
        const struct mw_reading *r = MW_AT(hits->readings, struct mw_reading, i);
        if (r->kind == MW_R_CORRECTION)
            mw_out_paraf(o, MW_DOUBT, "\"%.*s\" was also read as \"%.*s\".", MW_SV_ARG(r->of), MW_SV_ARG(r->text));
    }
    if (!all)
        return;
    mw_out_table(o, "readings", "How the query was understood", COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t i = 0; i < hits->readings.n; i++) {
        const struct mw_reading *r = MW_AT(hits->readings, struct mw_reading, i);
        mw_out_row(o);
        mw_out_z(o, "kind", NULL, KINDS[r->kind]);
        mw_out_sv(o, "text", NULL, r->text);
        mw_out_sv(o, "of", NULL, r->of);
        mw_out_int(o, "weight", NULL, r->weight_percent);
        mw_out_int(o, "notices", NULL, r->notices);
        mw_out_end(o);
    }
    mw_out_end(o);
}

static int run(struct mw_cli *cli)
{
    struct mw_out *o = cli->out;
    struct mw_hits hits;
    struct mw_sv query = join_args(cli);
    int64_t limit, offset;

    if (!mw_cli_number(cli, "limit", 1, 1000, 10, &limit) || !mw_cli_number(cli, "offset", 0, INT32_MAX, 0, &offset))
        return mw_cli_fail(cli);
    struct mw_search_opts opts = { .limit = (size_t)limit, .offset = (size_t)offset, .today = cli->today, .rules = cli->rules,
        .literal = mw_cli_option(cli, "literal") != NULL };
    if (mw_search(&hits, cli->arena, cli->store, query, &opts, &cli->err) != MW_OK)
        return mw_cli_fail(cli);

    mw_out_object(o, NULL, NULL);
    mw_out_sv(o, "query", NULL, query);
    mw_out_int(o, "total", NULL, hits.total);
    if (hits.total == 0)
        mw_out_paraf(o, MW_BODY, "Nothing found for \"%.*s\".", MW_SV_ARG(query));
    else
        mw_out_paraf(o, MW_DIM, "%lld notices, shown from %lld on", (long long)hits.total, (long long)offset + 1);
    put_readings(cli, &hits, mw_cli_option(cli, "explain") != NULL);
    mw_out_list(o, "hits", NULL);
    for (size_t i = 0; i < hits.hits.n; i++)
        put_hit(cli, MW_AT(hits.hits, struct mw_hit, i), (size_t)offset + i + 1);
    mw_out_end(o);
    mw_out_end(o);
    return hits.total > 0 ? MW_EXIT_OK : MW_EXIT_NOTHING;
}

static const struct mw_option OPTIONS[] = {
    { "limit", "N", "at most N hits (default 10)" },
    { "offset", "N", "pass over the first N hits" },
    { "literal", NULL, "no synonyms, no correction of typing errors" },
    { "explain", NULL, "say how the query was understood" },
    { NULL, NULL, NULL }
};
const struct mw_cmd MW_CMD_SEARCH = {
    .name = "search",
    .run = run,
    .needs = MW_NEEDS_WORDS | MW_NEEDS_STORE,
    .args = "QUERY...",
    .args_min = 1,
    .args_max = SIZE_MAX,
    .summary = "find notices by words",
    .about = "Finds notices by what they say, in German and English; inflected words, parts of compounds and umlauts written "
             "ae, oe, ue are found too.",
    .options = OPTIONS,
};
