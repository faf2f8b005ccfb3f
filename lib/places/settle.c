/* Which of several places of one name is meant. Each hint leaves out what contradicts it, as long as someone is left; the Land and
 * the kind of place leave out even the last one, since a wrong municipality is worse than none. */
#include "lib/places/places.h"

typedef bool fits_fn(const struct mw_place *p, const struct mw_place_hint *h);

static bool fits_kind(const struct mw_place *p, const struct mw_place_hint *h)
{
    bool town = mw_sv_find(p->title, MW_SV("tadt"), 0) != SIZE_MAX || mw_sv_find(p->title, MW_SV("st."), 0) != SIZE_MAX ||
                mw_sv_eq(p->kreis, p->name) || p->population > 20000;
    return !(h->is_kreis && !mw_place_is_kreis(p)) && !(h->is_municipality && mw_place_is_kreis(p)) && !(h->is_town && !town);
}
static bool fits_land(const struct mw_place *p, const struct mw_place_hint *h)
{
    return (h->land == MW_LAND_NONE || p->land == h->land) && (mw_land_of_nuts(h->nuts) == MW_LAND_NONE || mw_land_of_nuts(h->nuts) == p->land);
}
static bool fits_nuts(const struct mw_place *p, const struct mw_place_hint *h)
{
    return mw_sv_starts(p->nuts, h->nuts);
}
static bool fits_kreis(const struct mw_place *p, const struct mw_place_hint *h)
{
    return mw_sv_ieq(p->kreis, h->kreis);
}
static bool fits_plz(const struct mw_place *p, const struct mw_place_hint *h)
{
    return mw_sv_eq(p->plz, h->plz);
}
static bool fits_region(const struct mw_place *p, const struct mw_place_hint *h) /* a town has many postcodes; their beginning is one */
{
    return mw_sv_eq(mw_sv_sub(p->plz, 0, 3), mw_sv_sub(h->plz, 0, 3));
}
static bool fits_near(const struct mw_place *p, const struct mw_place_hint *h)
{
    for (size_t i = 0; i < h->near.n; i++)
        if (mw_sv_eq(mw_sv_sub((*MW_AT(h->near, const struct mw_place *, i))->ags, 0, 5), mw_sv_sub(p->ags, 0, 5)))
            return true;
    return false;
}
static bool fits_near_land(const struct mw_place *p, const struct mw_place_hint *h)
{
    for (size_t i = 0; i < h->near.n; i++)
        if ((*MW_AT(h->near, const struct mw_place *, i))->land == p->land)
            return true;
    return false;
}
/* "Landkreis Kassel" and the city are two; a bare name is the municipality. */
static bool fits_municipality(const struct mw_place *p, const struct mw_place_hint *h)
{
    (void)h;
    return !mw_place_is_kreis(p);
}

/* Keeps what fits; strict: also when nothing is left. */
static void narrow(struct mw_list *l, const struct mw_place_hint *h, fits_fn *fits, bool strict)
{
    const struct mw_place **p = (const struct mw_place **)l->items;
    size_t n = 0;
    for (size_t i = 0; i < l->n; i++)
        n += fits(p[i], h);
    if (n == 0 && !strict)
        return;
    n = 0;
    for (size_t i = 0; i < l->n; i++)
        if (fits(p[i], h))
            p[n++] = p[i];
    l->n = n;
}

static bool says_where(const struct mw_place_hint *h)
{
    return h->plz.n > 0 || h->nuts.n > 0 || h->kreis.n > 0 || h->land != MW_LAND_NONE || h->near.n > 0 || h->is_kreis;
}

/* Of cities and villages of one name the city is meant: the largest, where it is twenty times as large as the next. */
static const struct mw_place *by_size(const struct mw_list *l)
{
    const struct mw_place *best = NULL;
    int64_t next = 0;
    for (size_t i = 0; i < l->n; i++) {
        const struct mw_place *p = *MW_AT(*l, const struct mw_place *, i);
        if (best == NULL || p->population > best->population) {
            next = best != NULL && best->population > next ? best->population : next;
            best = p;
        } else if (p->population > next) {
            next = p->population;
        }
    }
    return best != NULL && best->population / 20 >= next && next >= 0 ? best : NULL;
}

const struct mw_place *mw_places_settle(struct mw_arena *a, const struct mw_places *p, struct mw_sv name, const struct mw_place_hint *hint,
    struct mw_list *homonyms)
{
    struct mw_list found = { 0 };
    for (int how = MW_NAME_EXACT; how <= MW_NAME_LONG && found.n == 0; how++) {
        if (mw_places_named(&found, a, p, name, (enum mw_name)how, NULL) != MW_OK)
            return NULL;
        narrow(&found, hint, fits_kind, true);
        narrow(&found, hint, fits_land, true);
        if (how == MW_NAME_EXACT && found.n > 0 && !says_where(hint)) { /* "Friedberg" may be Friedberg (Hessen) */
            if (mw_places_named(&found, a, p, name, MW_NAME_SHORT, NULL) != MW_OK)
                return NULL;
            narrow(&found, hint, fits_kind, true);
        }
    }
    if (hint->nuts.n > 2)
        narrow(&found, hint, fits_nuts, false);
    if (hint->kreis.n > 0)
        narrow(&found, hint, fits_kreis, false);
    if (hint->plz.n == 5 && found.n > 1) {
        narrow(&found, hint, fits_region, false);
        narrow(&found, hint, fits_plz, false);
    }
    if (hint->near.n > 0 && found.n > 1) {
        narrow(&found, hint, fits_near, false);
        narrow(&found, hint, fits_near_land, false);
    }
    if (found.n > 1)
        narrow(&found, hint, fits_municipality, false);
    if (found.n == 1)
        return *MW_AT(found, const struct mw_place *, 0);
    const struct mw_place *city = by_size(&found);
    if (city == NULL && homonyms != NULL)
        *homonyms = found;
    return city;
}
