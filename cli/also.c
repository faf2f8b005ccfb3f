/* The other addresses of a programme, and the links that say so. */
#include "cli/also.h"

#include <inttypes.h>
#include <unistd.h>

#include "crawler/source.h"

/* "same title, and one links to the other": why two addresses are one programme. */
static void add_why(struct mw_str *out, const struct mw_cli *cli, const struct mw_linked *l)
{
    switch (l->proof) {
    case MW_LINK_ADDRESS:
        mw_str_addz(out, T(cli, "same title, and one links to the other"));
        break;
    case MW_LINK_IDENTIFIER:
        mw_str_addz(out, T(cli, "same title and identifier"));
        break;
    case MW_LINK_TEXT:
        mw_str_addf(out, T(cli, "%d %% of the shorter text is the same"), l->percent);
        break;
    default:
        break;
    }
}

void mw_cli_put_also(struct mw_cli *cli, const struct mw_list *also)
{
    struct mw_out *o = cli->out;

    if (also->n == 0)
        return;
    mw_out_list(o, "also", NULL);
    for (size_t i = 0; i < also->n; i++) {
        const struct mw_linked *l = MW_AT(*also, struct mw_linked, i);
        MW_AUTO(mw_str_free) struct mw_str why = MW_STR_INIT;
        add_why(&why, cli, l);
        mw_out_object(o, NULL, NULL);
        mw_out_sv(o, "url", NULL, l->url);
        mw_out_sv(o, "source", NULL, l->source);
        mw_out_bool(o, "leads", NULL, l->leads);
        mw_out_z(o, "proof", NULL, l->proof != MW_LINK_NONE ? MW_LINK_PROOFS[l->proof] : NULL);
        if (l->proof == MW_LINK_TEXT)
            mw_out_int(o, "percent", NULL, l->percent);
        mw_out_end(o);
        mw_out_paraf(o, MW_LINK, "also at: %.*s", MW_SV_ARG(l->url));
        if (why.n > 0)
            mw_out_paraf(o, MW_DIM, "%.*s; %s", MW_SV_ARG(l->source), mw_str_z(&why));
        else if (l->leads)
            mw_out_paraf(o, MW_DIM, "%.*s; shown in results, since it says more or is fresher", MW_SV_ARG(l->source));
    }
    mw_out_end(o);
}

struct mw_sv mw_cli_also_line(struct mw_cli *cli, const struct mw_list *also)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    for (size_t i = 0; i < also->n; i++)
        mw_str_addf(&s, "%s%.*s", i > 0 ? ", " : "", MW_SV_ARG(MW_AT(*also, struct mw_linked, i)->url));
    return mw_arena_copy(cli->arena, mw_str_sv(&s));
}

/* Which sources are of one Land. Faults of source files are `sources check`'s business. */
static void lands_of(struct mw_list *out, struct mw_cli *cli)
{
    MW_AUTO(mw_diags_free) struct mw_diags ignored = MW_DIAGS_INIT(cli->lang);
    struct mw_list sources = { 0 };
    struct mw_sv dir = mw_arena_printf(cli->arena, "%s/sources", cli->config_dir);

    if (dir.p == NULL || access(dir.p, R_OK) != 0)
        return;
    mw_sources_load(&sources, cli->arena, dir.p, &ignored);
    for (size_t i = 0; i < sources.n; i++) {
        const struct mw_source *s = *MW_AT(sources, const struct mw_source *, i);
        enum mw_land land = MW_LAND_NONE;
        struct mw_link_land *l = mw_land_parse(s->land, &land) ? mw_list_add(cli->arena, out, sizeof *l) : NULL;
        if (l != NULL)
            *l = (struct mw_link_land){ s->id, land };
    }
}

enum mw_rc mw_cli_link(struct mw_cli *cli, int64_t *linked)
{
    struct mw_list lands = { 0 };
    lands_of(&lands, cli);
    return mw_links_update(linked, cli->store, &lands, &cli->err);
}
