/* A Kreis or a town that is named in a search: its Land is offered as a filter. Only where the query says what it is ("Landkreis Stendal",
 * "Stadt Dorsten"): Essen, Halle and Hof are words, too. */
#include "cli/hits.h"
#include "lib/language/analyse.h"
#include "lib/places/places.h"

static const struct {
    const char *word; /* folded */
    bool kreis;
} OFFICES[] = {
    { "landkreis", true }, { "kreis", true },         { "landkreises", true }, { "kreises", true }, { "stadt", false },
    { "gemeinde", false }, { "kreisstadt", false },   { "markt", false },      { "samtgemeinde", false },
};

static bool next_word(struct mw_sv text, size_t *at, size_t *begin)
{
    while (*at < text.n && (unsigned char)text.p[*at] <= ' ')
        ++*at;
    *begin = *at;
    while (*at < text.n && (unsigned char)text.p[*at] > ' ')
        ++*at;
    return *at > *begin;
}

/* -1: none. */
static int office_of(struct mw_sv word)
{
    MW_AUTO(mw_str_free) struct mw_str folded = MW_STR_INIT;
    mw_fold(&folded, word);
    for (size_t i = 0; i < sizeof OFFICES / sizeof *OFFICES; i++)
        if (mw_sv_eqz(mw_str_sv(&folded), OFFICES[i].word))
            return (int)i;
    return -1;
}

static bool starts_big(struct mw_sv word)
{
    return word.n > 2 && ((word.p[0] >= 'A' && word.p[0] <= 'Z') || (unsigned char)word.p[0] >= 0x80);
}

/* "Stendal?" asks for Stendal. */
static struct mw_sv without_marks(struct mw_sv word)
{
    while (word.n > 0 && mw_sv_find(MW_SV("?!.,;:"), mw_sv_sub(word, word.n - 1, 1), 0) != SIZE_MAX)
        word.n--;
    return word;
}

enum mw_rc mw_cli_offer_land(struct mw_cli *cli, struct mw_hits *hits, struct mw_sv query)
{
    enum { LOOKED_UP = 4 }; /* names: a query holds one, a whole text any number */
    const struct mw_places *places = NULL;
    size_t at = 0, begin = 0, behind = 0;

    for (int names = 0; !hits->placed && names < LOOKED_UP && next_word(query, &at, &begin);) {
        const size_t office = begin;
        const int which = office_of(mw_sv_sub(query, begin, at - begin));
        size_t end = at;
        if (which < 0 || !next_word(query, &end, &behind))
            continue;
        struct mw_sv name = without_marks(mw_sv_sub(query, behind, end - behind));
        if (!starts_big(name))
            continue;
        if (mw_cli_places(cli, &places) != MW_OK) { /* no register, no offer; the search stands */
            mw_err_clear(&cli->err);
            return MW_OK;
        }
        names++;
        const struct mw_place_hint hint = { .land = MW_LAND_NONE, .is_kreis = OFFICES[which].kreis, .is_municipality = !OFFICES[which].kreis };
        const struct mw_place *place = mw_places_settle(cli->arena, places, name, &hint, NULL);
        if (place == NULL || place->land == MW_LAND_NONE)
            continue;
        struct mw_reading *r = mw_list_add(cli->arena, &hits->readings, sizeof *r);
        if (r == NULL)
            return mw_nomem(&cli->err);
        *r = (struct mw_reading){ MW_R_OFFER, mw_arena_printf(cli->arena, "land:%s,DE,EU", mw_land_code(place->land)),
                                  mw_sv_sub(query, office, behind + name.n - office), 100, 0 };
        return MW_OK;
    }
    return MW_OK;
}
