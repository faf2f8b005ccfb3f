/* mittelweg match --matrix: programmes by clients. */
#include "cli/also.h"
#include "cli/matching.h"

/* What was decided, told in the table; a dismissed programme is not taken out of it, for others may use it. */
static const char *const DECIDED[] = { [MW_DECIDE_DISMISS] = "dismissed", [MW_DECIDE_KEEP] = "kept in view", [MW_DECIDE_APPLY] = "applied for" };
static const char *const SIGNS[] = { [MW_A_NO] = "-", [MW_A_UNKNOWN] = "?", [MW_A_YES] = "+" };

/* The profiles of one answer, "a, b, c". */
static struct mw_sv names_of(struct mw_cli *cli, const struct mw_matrix_row *row, const struct mw_list *profiles, enum mw_answer answer)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    for (size_t i = 0; i < profiles->n; i++) {
        if (row->answers[i] != answer)
            continue;
        mw_str_addz(&s, s.n > 0 ? ", " : "");
        mw_str_add(&s, MW_AT(*profiles, struct mw_profile, i)->id);
    }
    return mw_arena_copy(cli->arena, mw_str_sv(&s));
}

/* decided: struct mw_decided of each profile, in their order. */
static const struct mw_decision *decision_of(const struct mw_decided *decided, size_t profile, const struct mw_matrix_row *row)
{
    return mw_cli_decision(&decided[profile], row->url, &row->also);
}

static void put_decisions(struct mw_cli *cli, const struct mw_matrix_row *row, const struct mw_list *profiles, const struct mw_decided *decided)
{
    size_t n = 0;
    for (size_t i = 0; i < profiles->n; i++)
        n += decision_of(decided, i, row) != NULL;
    if (n == 0)
        return;
    mw_out_object(cli->out, "decisions", NULL);
    for (size_t i = 0; i < profiles->n; i++) {
        const struct mw_decision *d = decision_of(decided, i, row);
        const struct mw_profile *p = MW_AT(*profiles, struct mw_profile, i);
        if (d == NULL)
            continue;
        mw_out_z(cli->out, mw_arena_z(cli->arena, p->id), NULL, MW_DECISIONS[d->kind]);
        mw_out_paraf(cli->out, MW_ITEM, "* %s: %.*s", T(cli, DECIDED[d->kind]), MW_SV_ARG(p->id));
    }
    mw_out_end(cli->out);
}

static void put_row(struct mw_cli *cli, const struct mw_matrix_row *row, const struct mw_list *profiles, const struct mw_decided *decided)
{
    struct mw_out *o = cli->out;
    mw_out_object(o, NULL, NULL);
    mw_out_sv(o, "url", NULL, row->url);
    mw_out_sv(o, "title", NULL, row->title);
    mw_out_z(o, "status", NULL, MW_STATUSES[row->status]);
    mw_out_day(o, "deadline", NULL, row->deadline);
    mw_out_object(o, "verdicts", NULL);
    for (size_t i = 0; i < profiles->n; i++)
        mw_out_z(o, mw_arena_z(cli->arena, MW_AT(*profiles, struct mw_profile, i)->id), NULL, MW_VERDICTS[row->answers[i]]);
    mw_out_end(o);
    mw_out_paraf(o, MW_HEADING, "%.*s", MW_SV_ARG(row->title));
    if (row->fits > 0)
        mw_out_paraf(o, MW_GOOD, "+ may apply: %.*s", MW_SV_ARG(names_of(cli, row, profiles, MW_A_YES)));
    if (row->open > 0)
        mw_out_paraf(o, MW_DOUBT, "? open questions: %.*s", MW_SV_ARG(names_of(cli, row, profiles, MW_A_UNKNOWN)));
    put_decisions(cli, row, profiles, decided);
    mw_out_para(o, MW_LINK, row->url);
    mw_cli_put_also(cli, &row->also);
    mw_out_end(o);
}

static bool head(struct mw_cli *cli, struct mw_grid *g, struct mw_sv text)
{
    struct mw_sv *slot = mw_list_add(cli->arena, &g->heads, sizeof *slot);
    if (slot != NULL)
        *slot = text;
    return slot != NULL;
}

/* "may apply (dismissed)" */
static struct mw_sv cell(struct mw_cli *cli, enum mw_answer answer, const struct mw_decision *d)
{
    const char *words = answer == MW_A_NO ? "" : T(cli, MW_VERDICT_WORDS[answer]);
    return d == NULL ? mw_sv(words) : mw_arena_printf(cli->arena, "%s%s(%s)", words, words[0] != '\0' ? " " : "", T(cli, DECIDED[d->kind]));
}

static enum mw_rc write_grid(struct mw_cli *cli, const struct mw_list *rows, const struct mw_list *profiles, const struct mw_decided *decided, const char *path)
{
    struct mw_grid g = { .title = mw_sv(T(cli, "Programmes by clients")), .sheet = "Matrix", .day = cli->today };
    bool good = head(cli, &g, mw_sv(T(cli, "Programme"))) && head(cli, &g, mw_sv(T(cli, "Address"))) && head(cli, &g, mw_sv(T(cli, "Deadline")));
    for (size_t i = 0; i < profiles->n && good; i++)
        good = head(cli, &g, MW_AT(*profiles, struct mw_profile, i)->id);
    for (size_t r = 0; r < rows->n && good; r++) {
        const struct mw_matrix_row *row = MW_AT(*rows, struct mw_matrix_row, r);
        MW_AUTO(mw_str_free) struct mw_str day = MW_STR_INIT;
        if (mw_day_is(row->deadline))
            mw_day_format(&day, row->deadline, cli->lang);
        good = mw_grid_add(&g, cli->arena, row->title) && mw_grid_add(&g, cli->arena, row->url) &&
               mw_grid_add(&g, cli->arena, mw_arena_copy(cli->arena, mw_str_sv(&day)));
        for (size_t i = 0; i < profiles->n && good; i++)
            good = mw_grid_add(&g, cli->arena, cell(cli, (enum mw_answer)row->answers[i], decision_of(decided, i, row)));
    }
    return good ? mw_cli_grid_write(cli, &g, path) : mw_nomem(&cli->err);
}

int mw_cli_matrix(struct mw_cli *cli, const struct mw_match_opts *opts)
{
    struct mw_out *o = cli->out;
    struct mw_list profiles = { NULL, 0, 0 }, rows = { NULL, 0, 0 };
    const char *path = mw_cli_option(cli, "out");
    size_t signs[3] = { 0 };

    if (mw_cli_profiles(cli, &profiles) != MW_OK)
        return mw_cli_fail(cli);
    struct mw_decided *decided = mw_arena_array(cli->arena, profiles.n + 1, sizeof *decided);
    if (decided == NULL)
        return mw_nomem(&cli->err), mw_cli_fail(cli);
    for (size_t i = 0; i < profiles.n; i++)
        if (mw_cli_decisions(&decided[i], cli, MW_AT(profiles, struct mw_profile, i)->pos.file) != MW_OK)
            return mw_cli_fail(cli);
    if (mw_matrix(&rows, cli->arena, cli->store, cli->rules, profiles.items, profiles.n, opts, &cli->err) != MW_OK)
        return mw_cli_fail(cli);
    if (path != NULL && write_grid(cli, &rows, &profiles, decided, path) != MW_OK)
        return mw_cli_fail(cli);
    mw_out_object(o, NULL, NULL);
    mw_out_day(o, "today", NULL, cli->today);
    mw_out_list(o, "profiles", NULL);
    for (size_t i = 0; i < profiles.n; i++)
        mw_out_sv(o, NULL, NULL, MW_AT(profiles, struct mw_profile, i)->id);
    mw_out_end(o);
    for (size_t r = 0; r < rows.n; r++)
        for (size_t i = 0; i < profiles.n; i++)
            signs[MW_AT(rows, struct mw_matrix_row, r)->answers[i]]++;
    mw_out_paraf(o, MW_HEADING, "%zu programmes for %zu profiles: %zu times %s may apply, %zu times %s open questions", rows.n, profiles.n,
        signs[MW_A_YES], SIGNS[MW_A_YES], signs[MW_A_UNKNOWN], SIGNS[MW_A_UNKNOWN]);
    mw_out_list(o, "programmes", NULL);
    for (size_t r = 0; r < rows.n && (path == NULL || mw_out_format(o) == MW_JSON); r++)
        put_row(cli, MW_AT(rows, struct mw_matrix_row, r), &profiles, decided);
    mw_out_end(o);
    if (path != NULL)
        mw_out_paraf(o, MW_BODY, "Written: %s", path);
    mw_out_end(o);
    return rows.n > 0 ? MW_EXIT_OK : MW_EXIT_NOTHING;
}
