/* mittelweg places: the register of municipalities: look a name up, load a newer official file. */
#include <string.h>

#include "cli/commands.h"
#include "lib/core/file.h"
#include "lib/core/read.h"
#include "lib/core/yaml_write.h"
#include "lib/places/load.h"

static void put_place(struct mw_out *o, const struct mw_place *p)
{
    mw_out_row(o);
    mw_out_sv(o, "ags", NULL, p->ags);
    mw_out_sv(o, "name", NULL, p->name);
    mw_out_sv(o, "title", NULL, p->title);
    mw_out_sv(o, "kreis", NULL, p->kreis);
    mw_out_z(o, "land", NULL, mw_land_code(p->land));
    mw_out_sv(o, "plz", NULL, p->plz);
    if (p->population >= 0)
        mw_out_int(o, "population", NULL, p->population);
    mw_out_day(o, "date", NULL, p->counted);
    mw_out_sv(o, "nuts", NULL, p->nuts);
    mw_out_end(o);
}

static bool is_title(const struct mw_places *places, struct mw_sv word)
{
    if (mw_sv_ieq(word, MW_SV("Gemeinde"))) /* which the register leaves empty */
        return true;
    for (size_t i = 0; i < mw_places_count(places); i++)
        if (mw_sv_ieq(mw_places_at(places, i)->title, word))
            return true;
    return false;
}

/* By name, and as people write it, behind what it is: "Stadt Dorsten", "Kreis Groß-Gerau". */
static enum mw_rc find(struct mw_list *found, struct mw_cli *cli, const struct mw_places *places, struct mw_sv name)
{
    struct mw_list bare = { 0 };
    struct mw_sv title, rest;

    for (int how = MW_NAME_EXACT; how <= MW_NAME_SHORT; how++)
        if (mw_places_named(found, cli->arena, places, name, (enum mw_name)how, &cli->err) != MW_OK)
            return cli->err.rc;
    if (found->n > 0 || !mw_sv_cut(name, ' ', &title, &rest) || !is_title(places, title))
        return MW_OK;
    bool kreis = mw_sv_ieq(title, MW_SV("Kreis")) || mw_sv_ieq(title, MW_SV("Landkreis"));
    enum mw_rc rc = find(&bare, cli, places, rest);
    for (size_t i = 0; i < bare.n && rc == MW_OK; i++) {
        const struct mw_place *one = *MW_AT(bare, const struct mw_place *, i), **slot;
        if (mw_place_is_kreis(one) != kreis)
            continue;
        if ((slot = mw_list_add(cli->arena, found, sizeof *slot)) == NULL)
            return mw_nomem(&cli->err);
        *slot = one;
    }
    return rc;
}

/* The municipalities of the Kreise among the places, by the beginning of their AGS; as a table, and as lines for a profile. */
static enum mw_rc find_members(struct mw_list *members, struct mw_cli *cli, const struct mw_places *places, const struct mw_list *of)
{
    for (size_t i = 0; i < mw_places_count(places); i++) {
        const struct mw_place *one = mw_places_at(places, i), **slot;
        bool in = false;
        for (size_t k = 0; k < of->n && !in; k++) {
            const struct mw_place *kreis = *MW_AT(*of, const struct mw_place *, k);
            in = mw_place_is_kreis(kreis) && one != kreis && mw_sv_starts(one->ags, kreis->ags);
        }
        if (in && (slot = mw_list_add(cli->arena, members, sizeof *slot)) == NULL)
            return mw_nomem(&cli->err);
        else if (in)
            *slot = one;
    }
    return MW_OK;
}

static void put_lines(struct mw_cli *cli, const struct mw_list *members)
{
    mw_out_para(cli->out, MW_HEADING, mw_sv(T(cli, "For the profile, below applicants:")));
    for (size_t i = 0; i < members->n; i++) {
        const struct mw_place *p = *MW_AT(*members, const struct mw_place *, i);
        MW_AUTO(mw_str_free) struct mw_str line = MW_STR_INIT;
        mw_str_addz(&line, "  - {name: ");
        mw_yaml_add_scalar(&line, p->name);
        mw_str_addf(&line, ", type: kommune, ags: \"%.*s\"}", MW_SV_ARG(p->ags));
        mw_out_para(cli->out, MW_LINES, mw_str_sv(&line));
    }
}

static int look_up(struct mw_cli *cli, const char *name)
{
    static const struct mw_column COLUMNS[] = { { "ags", "AGS", false }, { "name", "Name", false },       { "title", "Type", false },    { "kreis", "Kreis", false },
                                                { "land", "Land", false }, { "population", "Inhabitants", true }, { "date", "Counted", false } };
    const struct mw_places *places = NULL;
    struct mw_list found = { 0 }, members = { 0 };
    enum mw_rc rc = mw_cli_places(cli, &places);
    const struct mw_place *by_key = rc == MW_OK ? mw_places_by_ags(places, mw_sv(name)) : NULL, **slot;
    bool in = mw_cli_option(cli, "members") != NULL;
    if (by_key != NULL && (slot = mw_list_add(cli->arena, &found, sizeof *slot)) != NULL)
        *slot = by_key;
    else if (rc == MW_OK)
        rc = find(&found, cli, places, mw_sv(name));
    if (rc == MW_OK && in)
        rc = find_members(&members, cli, places, &found);
    if (rc != MW_OK)
        return mw_cli_fail(cli);
    const struct mw_list *shown = in ? &members : &found;
    mw_out_object(cli->out, NULL, NULL);
    mw_out_z(cli->out, "name", NULL, name);
    mw_out_table(cli->out, "places", NULL, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t i = 0; i < shown->n; i++)
        put_place(cli->out, *MW_AT(*shown, const struct mw_place *, i));
    mw_out_end(cli->out);
    if (members.n > 0)
        put_lines(cli, &members);
    mw_out_end(cli->out);
    return shown->n > 0 ? MW_EXIT_OK : MW_EXIT_NOTHING;
}

static int load(struct mw_cli *cli, const char *file)
{
    MW_AUTO(mw_str_free) struct mw_str table = MW_STR_INIT;
    const struct mw_places *old = NULL;
    struct mw_places *now = NULL;
    struct mw_day counted = MW_DAY_NONE;
    struct mw_sv bytes;
    const char *path = mw_cli_places_file(cli), *day = mw_cli_option(cli, "counted");
    if (day != NULL && !mw_read_day(mw_sv(day), &counted)) {
        mw_fail(&cli->err, MW_INVALID, "--counted needs a date such as 2025-12-31, not \"%s\".", day);
        return mw_cli_fail(cli);
    }
    if (path == NULL || mw_cli_places(cli, &old) != MW_OK || mw_file_read(&bytes, cli->arena, file, MW_PLACES_MAX, &cli->err) != MW_OK ||
        mw_places_convert(&table, cli->arena, file, bytes, old, counted, &cli->diags, &cli->err) != MW_OK ||
        mw_places_read(&now, cli->arena, file, mw_str_sv(&table), &cli->diags, &cli->err) != MW_OK)
        return mw_cli_fail(cli);
    size_t before = mw_places_count(old), after = mw_places_count(now);
    if (after < before / 2 && mw_cli_option(cli, "accept-loss") == NULL) {
        mw_fail(&cli->err, MW_INVALID, "\"%s\" holds %zu places, our register %zu; --accept-loss believes it.", file, after, before);
        return mw_cli_fail(cli);
    }
    if (mw_file_write(path, mw_str_sv(&table), &cli->err) != MW_OK)
        return mw_cli_fail(cli);
    mw_out_object(cli->out, NULL, NULL);
    mw_out_z(cli->out, "file", NULL, path);
    mw_out_int(cli->out, "places", NULL, (int64_t)after);
    mw_out_int(cli->out, "before", NULL, (int64_t)before);
    mw_out_end(cli->out);
    mw_out_paraf(cli->out, MW_GOOD, "%zu places are now in %s; before there were %zu.", after, path, before);
    return MW_EXIT_OK;
}

static int run(struct mw_cli *cli)
{
    if (cli->n_args == 1)
        return look_up(cli, cli->args[0]);
    if (strcmp(cli->args[0], "load") == 0)
        return load(cli, cli->args[1]);
    mw_fail(&cli->err, MW_INVALID, "Write names of several words in quotes: mittelweg places \"%s %s\"", cli->args[0], cli->args[1]);
    return mw_cli_fail(cli);
}

static const struct mw_option OPTIONS[] = {
    { "members", NULL, "NAME is a Kreis: the municipalities in it, also as lines for a profile" },
    { "counted", "DATE", "load: the day the inhabitants were counted, where the file does not say" },
    { "accept-loss", NULL, "load: take a file with less than half of our places" },
    { NULL, NULL, NULL }
};
const struct mw_cmd MW_CMD_PLACES = {
    .name = "places",
    .run = run,
    .args = "NAME | load FILE",
    .args_min = 1,
    .args_max = 2,
    .summary = "look municipalities up; load a newer register",
    .about = "NAME: every municipality and Kreis of that name with AGS, Kreis, Land, inhabitants and the day they were counted; an AGS finds its place.\n"
             "load FILE: puts a newer official register in the place of config/places/places.tsv: a table of the same columns, or the file GV100AD of "
             "the Statistisches Bundesamt. A file with faults changes nothing.",
    .options = OPTIONS,
};
