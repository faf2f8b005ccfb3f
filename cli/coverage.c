/* What an answer rests on: the sources that were crawled, and those that were not. */
#include "cli/cmd.h"

#include <unistd.h>

#include "crawler/source.h"
#include "index/ledger.h"

static bool known(const struct mw_list *coverage, const struct mw_source *s)
{
    for (size_t i = 0; i < coverage->n; i++) {
        const struct mw_coverage *c = MW_AT(*coverage, struct mw_coverage, i);
        if (mw_sv_eq(c->source, s->id))
            return true;
        for (size_t k = 0; k < s->known_as.n; k++)
            if (mw_sv_eq(c->source, *MW_AT(s->known_as, struct mw_sv, k)))
                return true;
    }
    return false;
}

static void put_one(struct mw_cli *cli, const struct mw_coverage *c)
{
    struct mw_out *o = cli->out;
    mw_out_object(o, NULL, NULL);
    mw_out_sv(o, "source", NULL, c->source);
    mw_out_z(o, "state", NULL, c->crawled ? MW_LEDGER_STATES[c->state] : "imported");
    mw_out_int(o, "stored", NULL, c->stored);
    if (c->expected >= 0)
        mw_out_int(o, "expected", NULL, c->expected);
    if (c->crawled) {
        mw_out_int(o, "found", NULL, c->found);
        mw_out_sv(o, "last_complete", NULL, c->last_complete);
        mw_out_int(o, "failing", NULL, c->failing);
    }
    mw_out_sv(o, "reason", NULL, c->reason);
    mw_out_end(o);
}

static void add_name(struct mw_str *names, struct mw_sv name)
{
    mw_str_addf(names, "%s%.*s", names->n > 0 ? ", " : "", MW_SV_ARG(name));
}

enum mw_rc mw_cli_put_coverage(struct mw_cli *cli)
{
    MW_AUTO(mw_str_free) struct mw_str never = MW_STR_INIT, partly = MW_STR_INIT, of = MW_STR_INIT;
    MW_AUTO(mw_diags_free) struct mw_diags ignored = MW_DIAGS_INIT(cli->lang); /* faults of source files are `sources check`'s */
    struct mw_list coverage = { 0 }, sources = { 0 };
    struct mw_sv dir = mw_arena_printf(cli->arena, "%s/sources", cli->config_dir);
    int64_t stored = 0;
    enum mw_rc rc = mw_ledger_coverage(&coverage, cli->arena, cli->store, &cli->err);

    if (rc != MW_OK)
        return rc;
    if (dir.p != NULL && access(dir.p, R_OK) == 0)
        mw_sources_load(&sources, cli->arena, dir.p, &ignored);
    mw_out_list(cli->out, "coverage", NULL);
    for (size_t i = 0; i < coverage.n; i++) {
        const struct mw_coverage *c = MW_AT(coverage, struct mw_coverage, i);
        put_one(cli, c);
        stored += c->stored;
        add_name(&of, c->source);
        if (c->crawled && c->state != MW_LEDGER_COMPLETE)
            add_name(&partly, c->source);
    }
    for (size_t i = 0; i < sources.n; i++) {
        const struct mw_source *s = *MW_AT(sources, const struct mw_source *, i);
        if (!mw_source_enabled(s) || known(&coverage, s))
            continue;
        mw_out_object(cli->out, NULL, NULL);
        mw_out_sv(cli->out, "source", NULL, s->id);
        mw_out_z(cli->out, "state", NULL, "never");
        mw_out_int(cli->out, "stored", NULL, 0);
        mw_out_end(cli->out);
        add_name(&never, s->id);
    }
    mw_out_end(cli->out);
    mw_out_paraf(cli->out, MW_DIM, "Searched were %lld notices of: %s.", (long long)stored, of.n > 0 ? mw_str_z(&of) : "–");
    if (never.n > 0)
        mw_out_paraf(cli->out, MW_DOUBT, "Never crawled, so nothing is said of them: %s.", mw_str_z(&never));
    if (partly.n > 0)
        mw_out_paraf(cli->out, MW_DOUBT, "Not completely crawled the last time: %s (`mittelweg sources` says why).", mw_str_z(&partly));
    return MW_OK;
}
