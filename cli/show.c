/* mittelweg show: one notice with its facts and the sentences that prove them. */
#include "cli/commands.h"

static void put_head(struct mw_cli *cli, const struct mw_stored *n)
{
    struct mw_out *o = cli->out;
    const struct mw_notice *no = &n->notice;
    const struct mw_fact *why = NULL;
    struct mw_day deadline = MW_DAY_NONE;
    struct mw_str joined = MW_STR_INIT;
    static const char *const LABELS[MW_FACET_N] = { "Kind of funding", "Theme", "Area", "Who may apply", "Funder" };
    enum mw_status status = mw_status_on(no, &n->facts, cli->today, &why, &deadline);

    mw_out_para(o, MW_HEADING, no->title);
    mw_out_sv(o, "url", "Address", no->url);
    mw_out_sv(o, "title", NULL, no->title);
    mw_out_sv(o, "source", "Source", no->source);
    mw_out_sv(o, "language", NULL, no->language);
    mw_out_z(o, "status", NULL, MW_STATUSES[status]);
    mw_out_z(o, ".status", "Status", T(cli, MW_STATUSES[status]));
    mw_out_day(o, "deadline", "Next date to apply by", deadline);
    mw_out_sv(o, "status_quote", "because", why != NULL ? why->quote : MW_SV_NONE);
    for (size_t k = 0; k < MW_FACET_N; k++) {
        mw_str_clear(&joined);
        for (size_t i = 0; i < no->facets[k].n; i++)
            mw_str_addf(&joined, "%s%.*s", i > 0 ? ", " : "", MW_SV_ARG(*MW_AT(no->facets[k], struct mw_sv, i)));
        if (joined.n > 0)
            mw_out_sv(o, MW_FACET_NAMES[k], LABELS[k], mw_str_sv(&joined));
    }
    mw_out_sv(o, "fetched_at", "Fetched", no->fetched_at);
    mw_out_sv(o, "last_changed", "Last changed", n->last_changed);
    mw_out_int(o, "versions", "Versions", n->versions);
    mw_str_free(&joined);
}

static void put_facts(struct mw_cli *cli, const struct mw_stored *n)
{
    struct mw_out *o = cli->out;
    struct mw_str words = MW_STR_INIT;

    mw_out_list(o, "facts", "What it says");
    for (size_t i = 0; i < n->facts.n; i++) {
        const struct mw_fact *f = MW_AT(n->facts, struct mw_fact, i);
        mw_fact_to_out(f, o);
        mw_str_clear(&words);
        mw_str_addf(&words, "%s: ", mw_fact_label(f->type, cli->lang));
        mw_fact_words(&words, f, cli->lang);
        mw_out_para(o, MW_BODY, mw_str_sv(&words));
        if (f->field.p != NULL)
            mw_out_paraf(o, MW_DIM, "field \"%.*s\" of the source", MW_SV_ARG(f->field));
        else
            mw_out_para(o, MW_QUOTE, f->quote);
        if (f->rule.n > 0)
            mw_out_para(o, MW_DIM, f->rule);
    }
    if (n->facts.n == 0)
        mw_out_para(o, MW_DOUBT, mw_sv(T(cli, "No facts were found in this notice.")));
    mw_out_end(o);
    mw_str_free(&words);
}

static void put_text(struct mw_cli *cli, const struct mw_stored *n)
{
    struct mw_out *o = cli->out;

    mw_out_list(o, "sections", NULL);
    for (size_t i = 0; i < n->notice.sections.n; i++) {
        const struct mw_section *s = MW_AT(n->notice.sections, struct mw_section, i);
        mw_out_object(o, NULL, NULL);
        mw_out_sv(o, "heading", NULL, s->heading);
        mw_out_sv(o, "text", NULL, s->text);
        mw_out_end(o);
        mw_out_para(o, MW_HEADING, s->heading);
        for (struct mw_sv line, rest = s->text; rest.n > 0;) {
            mw_sv_cut(rest, '\n', &line, &rest);
            if (mw_sv_trim(line).n > 0)
                mw_out_para(o, MW_BODY, line);
        }
    }
    mw_out_end(o);
}

static int run(struct mw_cli *cli)
{
    struct mw_stored n;

    if (mw_store_get(&n, cli->arena, cli->store, mw_sv(cli->args[0]), &cli->err) != MW_OK)
        return mw_cli_fail(cli);
    mw_out_object(cli->out, NULL, NULL);
    put_head(cli, &n);
    put_facts(cli, &n);
    if (mw_cli_option(cli, "text") != NULL)
        put_text(cli, &n);
    mw_out_end(cli->out);
    return MW_EXIT_OK;
}

static const struct mw_option OPTIONS[] = {
    { "text", NULL, "also the whole text of the notice" },
    { NULL, NULL, NULL }
};
const struct mw_cmd MW_CMD_SHOW = {
    .name = "show",
    .run = run,
    .needs = MW_NEEDS_STORE,
    .args = "URL",
    .args_min = 1,
    .args_max = 1,
    .summary = "show one notice with its facts and their evidence",
    .about = "Prints what is known of a notice: status, the fields of its source, and every fact that the rules found, each "
             "with the sentence of the notice that proves it and the line of the rule that found it.",
    .options = OPTIONS,
};
