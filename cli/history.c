/* mittelweg history: the versions of a notice, and what each changed. */
#include "cli/history.h"

#include "cli/also.h"
#include "cli/commands.h"
#include "index/ledger.h"

enum mw_rc mw_cli_state(struct mw_state *out, struct mw_cli *cli, struct mw_arena *a, const struct mw_version *v)
{
    struct mw_str plain = MW_STR_INIT;
    struct mw_node *node = NULL;

    *out = (struct mw_state){ .plain = MW_SV_NONE };
    enum mw_rc rc = mw_json_read(&node, a, cli->db, 1, v->record, &cli->err);
    if (rc == MW_OK)
        rc = mw_notice_from_node(&out->notice, a, node, &cli->err);
    for (size_t i = 0; rc == MW_OK && i < out->notice.sections.n; i++) {
        struct mw_section *s = MW_AT(out->notice.sections, struct mw_section, i);
        if (!s->html)
            s->text = s->raw;
        else if (s->text.p == NULL)
            rc = mw_parse_html_text(cli->parser, a, s->raw, &s->text, &cli->err);
    }
    if (rc != MW_OK)
        return rc;
    mw_notice_plain(&plain, &out->notice);
    out->plain = mw_arena_copy(a, mw_sv_n(mw_str_z(&plain), plain.n));
    rc = mw_str_ok(&plain) && out->plain.p != NULL ? MW_OK : mw_nomem(&cli->err);
    mw_str_free(&plain);
    return rc == MW_OK ? mw_rules_facts(&out->facts, a, cli->rules, &out->notice, out->plain, &cli->err) : rc;
}

static void put_side(struct mw_cli *cli, const char *key, const struct mw_list *words)
{
    mw_out_list(cli->out, key, NULL);
    for (size_t i = 0; i < words->n; i++)
        mw_out_sv(cli->out, NULL, NULL, *MW_AT(*words, struct mw_sv, i));
    mw_out_end(cli->out);
}

static void add_side(struct mw_str *out, const struct mw_list *words)
{
    for (size_t i = 0; i < words->n; i++)
        mw_str_addf(out, "%s%.*s", i > 0 ? "; " : "", MW_SV_ARG(*MW_AT(*words, struct mw_sv, i)));
    if (words->n == 0)
        mw_str_addz(out, "–");
}

void mw_cli_put_differences(struct mw_cli *cli, const struct mw_list *differences)
{
    static const char *const LABELS[MW_D_N] = { "Deadline", "Funding rate", "Amount", "Who may apply", "Region", "Status", "Text" };
    MW_AUTO(mw_str_free) struct mw_str line = MW_STR_INIT;
    struct mw_out *o = cli->out;

    mw_out_list(o, "changes", NULL);
    for (size_t i = 0; i < differences->n; i++) {
        const struct mw_difference *d = MW_AT(*differences, struct mw_difference, i);
        mw_str_clear(&line);
        mw_str_addf(&line, "%s: ", T(cli, LABELS[d->field]));
        add_side(&line, &d->before);
        mw_str_addz(&line, " → ");
        add_side(&line, &d->after);
        if (mw_out_format(o) != MW_JSON) {
            mw_out_para(o, MW_BODY, mw_str_sv(&line));
            continue;
        }
        mw_out_object(o, NULL, NULL);
        mw_out_z(o, "field", NULL, MW_DIFF_FIELDS[d->field]);
        put_side(cli, "before", &d->before);
        put_side(cli, "after", &d->after);
        mw_out_end(o);
    }
    mw_out_end(o);
}

static enum mw_rc put_version(struct mw_cli *cli, const struct mw_version *v, const struct mw_state *before, const struct mw_state *now)
{
    struct mw_list differences = { 0 };
    struct mw_out *o = cli->out;
    enum mw_rc rc = before != NULL ? mw_diff(&differences, cli->arena, before, now, cli->lang, &cli->err) : MW_OK;

    if (rc != MW_OK)
        return rc;
    MW_AUTO(mw_str_free) struct mw_str seen = MW_STR_INIT;
    mw_out_object(o, NULL, NULL);
    mw_out_int(o, "n", NULL, v->n);
    mw_out_sv(o, "seen", NULL, v->seen);
    mw_out_bool(o, "cosmetic", NULL, before != NULL && differences.n == 0);
    mw_stamp_format(&seen, v->seen, cli->lang);
    mw_out_paraf(o, MW_HEADING, "Version %d, %s", (int)v->n, mw_str_z(&seen));
    if (before != NULL && differences.n == 0)
        mw_out_para(o, MW_DIM, mw_sv(T(cli, "Only the form changed: nothing that it says.")));
    mw_cli_put_differences(cli, &differences);
    mw_out_end(o);
    return MW_OK;
}

static int run(struct mw_cli *cli)
{
    struct mw_list versions = { 0 }, also = { 0 };
    struct mw_state states[2];
    struct mw_stored n;
    struct mw_sv gone;

    if (mw_store_get(&n, cli->arena, cli->store, mw_sv(cli->args[0]), &cli->err) != MW_OK ||
        mw_store_versions(&versions, cli->arena, cli->store, n.id, &cli->err) != MW_OK ||
        mw_links_of(&also, cli->arena, cli->store, n.id, &cli->err) != MW_OK ||
        mw_ledger_gone(&gone, cli->arena, cli->store, n.notice.url, &cli->err) != MW_OK ||
        (versions.n > 1 && mw_cli_need(cli, MW_NEEDS_RULES | MW_NEEDS_PARSER) != MW_OK))
        return mw_cli_fail(cli);
    mw_out_object(cli->out, NULL, NULL);
    mw_out_para(cli->out, MW_HEADING, n.notice.title);
    mw_out_sv(cli->out, "url", "Address", n.notice.url);
    mw_out_sv(cli->out, "title", NULL, n.notice.title);
    mw_out_sv(cli->out, "gone", "No longer published since", gone);
    mw_cli_put_also(cli, &also);
    mw_out_list(cli->out, "versions", NULL);
    for (size_t i = 0; i < versions.n; i++) {
        const struct mw_version *v = MW_AT(versions, struct mw_version, i);
        if ((versions.n > 1 && mw_cli_state(&states[i % 2], cli, cli->arena, v) != MW_OK) ||
            put_version(cli, v, i > 0 ? &states[(i + 1) % 2] : NULL, &states[i % 2]) != MW_OK)
            return mw_cli_fail(cli);
    }
    mw_out_end(cli->out);
    mw_out_end(cli->out);
    return MW_EXIT_OK;
}

static const struct mw_option OPTIONS[] = { { NULL, NULL, NULL } };
const struct mw_cmd MW_CMD_HISTORY = {
    .name = "history",
    .run = run,
    .needs = MW_NEEDS_STORE | MW_READS_FACTS, /* rules and parser where there is something to compare */
    .args = "URL",
    .args_min = 1,
    .args_max = 1,
    .summary = "show how a notice changed",
    .about = "Prints every version of a notice with what it changed: deadline, rate, amount, who may apply, region, status, text. Changes "
             "of the form alone are told apart. Both versions are read by today's rules.",
    .options = OPTIONS,
};
