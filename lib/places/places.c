/* The table: lines to places, and the search by name. */
#include "lib/places/places.h"

#include <string.h>

#include "lib/core/file.h"
#include "lib/core/read.h"

struct mw_places {
    struct mw_list places; /* struct mw_place, by AGS */
    struct mw_list keys;   /* struct mw_sv: the name in small letters, one a place */
    struct mw_arena *arena;
};

enum { COLUMNS = 9 };
static const char HEAD[] = "ags\tname\ttitle\tkreis\tland\tplz\tpopulation\tdate\tnuts";

/* --- names -------------------------------------------------------------------------------------------------------------- */
/* Small letters of German, single spaces, "a. d." and "a.d." as they stand in full. */
static struct mw_sv key_of(struct mw_arena *a, struct mw_sv name)
{
    static const struct { const char *sign, *word; } SHORT[] = { { "a. d. ", "an der " }, { "a.d.", "an der " }, { "a.d. ", "an der " },
        { "i. d. ", "in der " }, { "i.d.", "in der " }, { "a. ", "am " }, { "i. ", "im " }, { "i.", "im " }, { "a.", "am " }, { "b. ", "bei " }, { "st. ", "sankt " } };
    MW_AUTO(mw_str_free) struct mw_str out = MW_STR_INIT;
    name = mw_sv_trim(name);
    for (size_t i = 0; i < name.n;) {
        unsigned char c = (unsigned char)name.p[i];
        bool begins = i == 0 || name.p[i - 1] == ' ', replaced = false;
        for (size_t k = 0; begins && k < sizeof SHORT / sizeof *SHORT && !replaced; k++) {
            size_t n = strlen(SHORT[k].sign);
            replaced = mw_sv_ieq(mw_sv_sub(name, i, n), mw_sv(SHORT[k].sign));
            if (replaced) {
                mw_str_addz(&out, SHORT[k].word);
                i += n;
            }
        }
        if (replaced)
            continue;
        bool latin = i > 0 && (unsigned char)name.p[i - 1] == 0xC3 && c >= 0x80 && c <= 0x9E;
        bool space = c == ' ' || c == '\n' || c == '\t' || c == '-'; /* "Rhein-Kreis-Neuss" */
        if (!space || (out.n > 0 && out.p[out.n - 1] != ' '))
            mw_str_addc(&out, (char)(space ? ' ' : latin || (c >= 'A' && c <= 'Z') ? c + 0x20U : c));
        i++;
    }
    return mw_arena_copy(a, mw_str_sv(&out));
}

/* Is long_key the key with an addition: "friedberg (hessen)", "neustadt an der aisch", "rüsselsheim am main"? */
static bool lengthens(struct mw_sv long_key, struct mw_sv key)
{
    static const char *const JOINTS[] = { " (", " am ", " an ", " a.", " im ", " in ", " i.", " bei ", " b.", " ob ", " unter ", " vor ", " auf ", "/", ", " };
    struct mw_sv rest = mw_sv_sub(long_key, key.n, SIZE_MAX);
    if (key.n < 3 || !mw_sv_starts(long_key, key))
        return false;
    for (size_t i = 0; i < sizeof JOINTS / sizeof *JOINTS; i++)
        if (mw_sv_starts(rest, mw_sv(JOINTS[i])))
            return true;
    return false;
}

/* --- lines -------------------------------------------------------------------------------------------------------------- */
static bool digits(struct mw_sv s, size_t n)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n == n;
}

static bool read_line(struct mw_place *p, struct mw_sv line, const struct mw_pos *at, struct mw_diags *diags)
{
    struct mw_sv column[COLUMNS], rest = line, head;
    size_t n = 0;
    for (bool more = true; more && n < COLUMNS; n++) {
        more = mw_sv_cut(rest, '\t', &head, &rest);
        column[n] = head;
        if (!more)
            rest.p = NULL;
    }
    if (n != COLUMNS || rest.p != NULL) {
        mw_diag_add(diags, MW_ERROR, at, "columns", "A place has %d columns parted by tabs; here are %s.", COLUMNS, rest.p != NULL ? "more" : "fewer");
        return false;
    }
    *p = (struct mw_place){ column[0], column[1], column[2], column[3], column[5], column[8], MW_LAND_NONE, -1, MW_DAY_NONE };
    enum mw_land by_ags = MW_LAND_NONE;
    bool good = digits(p->ags, 8) || digits(p->ags, 5);
    if (!good || !mw_land_from_ags(p->ags, &by_ags)) {
        mw_diag_add(diags, MW_ERROR, at, "ags", "\"%.*s\" is no AGS: 8 digits of a municipality or 5 of a Kreis, the first two from 01 to 16.", MW_SV_ARG(p->ags));
        return false;
    }
    if (!mw_land_parse(column[4], &p->land) || p->land != by_ags)
        mw_diag_add(diags, MW_ERROR, at, "land", "The AGS %.*s does not lie in \"%.*s\".", MW_SV_ARG(p->ags), MW_SV_ARG(column[4]));
    else if (p->name.n == 0)
        mw_diag_add(diags, MW_ERROR, at, "name", "The place %.*s has no name.", MW_SV_ARG(p->ags));
    else if (p->plz.n > 0 && !digits(p->plz, 5))
        mw_diag_add(diags, MW_ERROR, at, "plz", "\"%.*s\" is no postcode of 5 digits.", MW_SV_ARG(p->plz));
    else if (column[6].n > 0 && (!mw_sv_int(column[6], &p->population) || p->population < 0))
        mw_diag_add(diags, MW_ERROR, at, "population", "\"%.*s\" is no number of inhabitants.", MW_SV_ARG(column[6]));
    else if (column[7].n > 0 && !mw_read_day(column[7], &p->counted))
        mw_diag_add(diags, MW_ERROR, at, "date", "\"%.*s\" is no date; write 2011-12-31.", MW_SV_ARG(column[7]));
    else if (p->population >= 0 && !mw_day_is(p->counted))
        mw_diag_add(diags, MW_ERROR, at, "date", "The inhabitants of %.*s have no date.", MW_SV_ARG(p->name));
    else if (p->nuts.n > 0 && !(p->nuts.n == 5 && mw_land_of_nuts(p->nuts) == p->land))
        mw_diag_add(diags, MW_ERROR, at, "nuts", "\"%.*s\" is no NUTS 3 code of this Land.", MW_SV_ARG(p->nuts));
    else
        return true;
    return false;
}

static bool add_place(struct mw_places *p, const struct mw_place *place, const struct mw_pos *at, struct mw_diags *diags)
{
    struct mw_place *slot;
    if (p->places.n > 0) {
        struct mw_sv before = MW_AT(p->places, struct mw_place, p->places.n - 1)->ags;
        if (mw_sv_cmp(before, place->ags) >= 0) {
            mw_diag_add(diags, MW_ERROR, at, "order", "The place %.*s stands behind %.*s; every AGS stands once, in their order.", MW_SV_ARG(place->ags),
                MW_SV_ARG(before));
            return true;
        }
    }
    struct mw_sv *key = mw_list_add(p->arena, &p->keys, sizeof *key);
    slot = mw_list_add(p->arena, &p->places, sizeof *slot);
    if (key == NULL || slot == NULL)
        return false;
    *slot = *place;
    *key = key_of(p->arena, place->name);
    return key->p != NULL;
}

enum mw_rc mw_places_read(struct mw_places **out, struct mw_arena *a, const char *name, struct mw_sv bytes, struct mw_diags *diags,
    struct mw_err *err)
{
    struct mw_places *p = mw_arena_alloc(a, sizeof *p);
    struct mw_sv line, rest = bytes;
    struct mw_pos at = { name, 0, 0 };
    size_t before = diags->errors;
    bool head = false;

    *out = NULL;
    if (p == NULL)
        return mw_nomem(err);
    p->arena = a;
    if (mw_utf8_invalid_at(bytes) != SIZE_MAX)
        return mw_fail(err, MW_INVALID, "\"%s\" is not UTF-8.", name);
    while (rest.n > 0 && diags->errors - before < MW_DIAGS_MAX) {
        struct mw_place place;
        mw_sv_cut(rest, '\n', &line, &rest);
        at.line++;
        if (line.n > 0 && line.p[line.n - 1] == '\r')
            line.n--;
        if (line.n == 0 || line.p[0] == '#')
            continue;
        if (!head && !mw_sv_eqz(line, HEAD))
            return mw_fail_at(err, MW_INVALID, &at, "This is no table of places: the first line must name the columns ags, name, title, kreis, "
                                                    "land, plz, population, date, nuts, parted by tabs.");
        if (head && read_line(&place, line, &at, diags) && !add_place(p, &place, &at, diags))
            return mw_nomem(err);
        head = true;
    }
    if (diags->errors > before)
        return mw_diags_err(diags, MW_INVALID, err);
    if (p->places.n == 0)
        return mw_fail(err, MW_INVALID, "\"%s\" holds no place.", name);
    *out = p;
    return MW_OK;
}

enum mw_rc mw_places_load(struct mw_places **out, struct mw_arena *a, const char *path, struct mw_diags *diags, struct mw_err *err)
{
    struct mw_sv bytes;
    *out = NULL;
    enum mw_rc rc = mw_file_read(&bytes, a, path, MW_PLACES_MAX, err);
    return rc == MW_OK ? mw_places_read(out, a, path, bytes, diags, err) : rc;
}

size_t mw_places_count(const struct mw_places *p)
{
    return p->places.n;
}

const struct mw_place *mw_places_at(const struct mw_places *p, size_t i)
{
    return MW_AT(p->places, struct mw_place, i);
}

const struct mw_place *mw_places_by_ags(const struct mw_places *p, struct mw_sv ags)
{
    size_t low = 0, high = p->places.n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int c = mw_sv_cmp(mw_places_at(p, mid)->ags, ags);
        if (c == 0)
            return mw_places_at(p, mid);
        if (c < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

/* --- by name ------------------------------------------------------------------------------------------------------------ */
static bool add(struct mw_list *out, struct mw_arena *a, const struct mw_place *p)
{
    const struct mw_place **slot = mw_list_add(a, out, sizeof *slot);
    if (slot != NULL)
        *slot = p;
    return slot != NULL;
}

enum mw_rc mw_places_named(struct mw_list *out, struct mw_arena *a, const struct mw_places *p, struct mw_sv name, enum mw_name how,
    struct mw_err *err)
{
    struct mw_sv key = key_of(a, name);
    if (key.p == NULL)
        return mw_nomem(err);
    for (size_t i = 0; i < p->places.n && key.n > 0; i++) {
        struct mw_sv k = *MW_AT(p->keys, struct mw_sv, i);
        bool hit = how == MW_NAME_EXACT ? mw_sv_eq(k, key) : how == MW_NAME_SHORT ? lengthens(k, key) : lengthens(key, k);
        if (hit && !add(out, a, mw_places_at(p, i)))
            return mw_nomem(err);
    }
    return MW_OK;
}

enum mw_land mw_land_of_nuts(struct mw_sv code)
{
    static const struct { char sign; enum mw_land land; } NUTS1[] = {
        { '1', MW_LAND_BW }, { '2', MW_LAND_BY }, { '3', MW_LAND_BE }, { '4', MW_LAND_BB }, { '5', MW_LAND_HB }, { '6', MW_LAND_HH },
        { '7', MW_LAND_HE }, { '8', MW_LAND_MV }, { '9', MW_LAND_NI }, { 'A', MW_LAND_NW }, { 'B', MW_LAND_RP }, { 'C', MW_LAND_SL },
        { 'D', MW_LAND_SN }, { 'E', MW_LAND_ST }, { 'F', MW_LAND_SH }, { 'G', MW_LAND_TH },
    };
    for (size_t i = 0; code.n >= 3 && mw_sv_starts(code, MW_SV("DE")) && i < sizeof NUTS1 / sizeof *NUTS1; i++)
        if (code.p[2] == NUTS1[i].sign)
            return NUTS1[i].land;
    return MW_LAND_NONE;
}
