/* GV100AD, as its description (Destatis, "Datensatzbeschreibung GV100AD") lays it out, held against the field widths by which other public
 * readers take it apart (2 4 2 2 2 1 2 3 4 50 50 2 2 2 11 11 11 4 5 ...); columns count characters from 1:
 *   1-2 record type (40 Kreis, 60 municipality), 3-10 day of the register, 11-12 Land, 13 Regierungsbezirk, 14-15 Kreis,
 *   16-18 municipality, 23-72 name, 123-124 kind, 140-150 inhabitants, 166-170 postcode. */
#include "lib/places/load.h"

#include <stdlib.h>

struct row {
    struct mw_sv ags, name, title, kreis, nuts, plz;
    enum mw_land land;
    int64_t people; /* -1: not said */
    struct mw_day day;
};
struct loading {
    struct mw_arena *a;
    const struct mw_places *old;
    struct mw_list rows; /* struct row */
    struct mw_day counted, newest;
};

/* Files of before 2009 come from DOS: their letters lie where Latin-1 has only control characters. */
static bool is_dos(struct mw_sv bytes)
{
    size_t dos = 0, latin = 0;
    for (size_t i = 0; i < bytes.n; i++) {
        unsigned char c = (unsigned char)bytes.p[i];
        dos += c == 0x81 || c == 0x84 || c == 0x94;   /* ue, ae, oe in code page 850 */
        latin += c == 0xFC || c == 0xE4 || c == 0xF6; /* the same in Latin-1 */
    }
    return dos > latin;
}

/* The letters of German names in code page 850; 0: another one. */
static uint32_t of_dos(unsigned char c)
{
    static const struct { unsigned char dos; uint32_t cp; } LETTERS[] = { { 0x81, 0xFC }, { 0x84, 0xE4 }, { 0x94, 0xF6 }, { 0x9A, 0xDC },
        { 0x8E, 0xC4 }, { 0x99, 0xD6 }, { 0xE1, 0xDF }, { 0x82, 0xE9 }, { 0x8A, 0xE8 }, { 0x85, 0xE0 } };
    for (size_t i = 0; i < sizeof LETTERS / sizeof *LETTERS; i++)
        if (LETTERS[i].dos == c)
            return LETTERS[i].cp;
    return c < 0x80 ? c : 0;
}

/* Letters of Latin-1 or DOS as UTF-8, where the bytes are not UTF-8 already. */
static struct mw_sv as_utf8(struct mw_arena *a, struct mw_sv bytes)
{
    MW_AUTO(mw_str_free) struct mw_str out = MW_STR_INIT;
    if (mw_utf8_invalid_at(bytes) == SIZE_MAX)
        return bytes;
    bool dos = is_dos(bytes);
    for (size_t i = 0; i < bytes.n; i++)
        mw_utf8_add(&out, dos ? of_dos((unsigned char)bytes.p[i]) : (unsigned char)bytes.p[i]);
    return mw_str_ok(&out) ? mw_arena_copy(a, mw_str_sv(&out)) : MW_SV_NONE;
}

/* Characters from to to of a line, counted from 1, without white space at the ends; tabs cannot stand in our table. */
static struct mw_sv column(struct mw_sv line, size_t from, size_t to)
{
    size_t at = 0, begin = line.n, end = line.n;
    for (size_t n = 1; at < line.n; n++) {
        if (n == from)
            begin = at;
        (void)mw_utf8_next(line, &at);
        if (n == to) {
            end = at;
            break;
        }
    }
    return begin < end ? mw_sv_trim(mw_sv_sub(line, begin, end - begin)) : MW_SV("");
}

static bool is_gv100(struct mw_sv bytes)
{
    struct mw_sv type = mw_sv_sub(bytes, 0, 2);
    bool digits = bytes.n > 20;
    for (size_t i = 0; digits && i < 10; i++)
        digits = bytes.p[i] >= '0' && bytes.p[i] <= '9';
    return digits && (mw_sv_eqz(type, "10") || mw_sv_eqz(type, "20") || mw_sv_eqz(type, "40") || mw_sv_eqz(type, "60"));
}

static struct mw_sv nuts_of(const struct loading *x, struct mw_sv kreis)
{
    for (size_t i = 0; x->old != NULL && i < mw_places_count(x->old); i++) {
        const struct mw_place *p = mw_places_at(x->old, i);
        if (mw_sv_eq(mw_sv_sub(p->ags, 0, 5), kreis))
            return p->nuts;
    }
    return MW_SV("");
}

static bool read_day(struct mw_sv s, struct mw_day *out)
{
    int64_t y, m, d;
    return mw_sv_int(mw_sv_sub(s, 0, 4), &y) && mw_sv_int(mw_sv_sub(s, 4, 2), &m) && mw_sv_int(mw_sv_sub(s, 6, 2), &d) &&
           mw_day_from_ymd(out, (int)y, (int)m, (int)d);
}

/* 43 Kreis, 44 Landkreis, 45 Regionalverband; a town that is its own Kreis (41, 42) stands among the municipalities. */
static bool read_record(struct loading *x, struct mw_sv line, const struct mw_pos *at, struct mw_diags *diags)
{
    bool kreis = mw_sv_starts(line, MW_SV("40"));
    struct mw_sv kind = column(line, 123, 124), name = column(line, 23, 72), tail = MW_SV("");
    struct row r = { .ags = mw_arena_printf(x->a, "%.*s%.*s", MW_SV_ARG(column(line, 11, 15)), MW_SV_ARG(kreis ? MW_SV("") : column(line, 16, 18))), .people = -1 };
    if (kreis && (mw_sv_eqz(kind, "41") || mw_sv_eqz(kind, "42")))
        return true;
    if (r.ags.n != (kreis ? 5U : 8U) || !mw_land_from_ags(r.ags, &r.land) || name.n == 0) {
        mw_diag_add(diags, MW_ERROR, at, "record", "This record of GV100AD has no municipal key or no name at its place.");
        return true;
    }
    if (!read_day(column(line, 3, 10), &r.day)) {
        mw_diag_add(diags, MW_ERROR, at, "record", "This record of GV100AD has no day at columns 3 to 10.");
        return true;
    }
    if (!kreis && !mw_sv_int(column(line, 140, 150), &r.people)) {
        mw_diag_add(diags, MW_ERROR, at, "record", "This record of GV100AD has no inhabitants at columns 140 to 150.");
        return true;
    }
    x->newest = !mw_day_is(x->newest) || mw_day_cmp(r.day, x->newest) > 0 ? r.day : x->newest;
    (void)mw_sv_cut(name, ',', &r.name, &tail);
    r.title = kreis ? mw_sv_eqz(kind, "43") ? MW_SV("Kreis") : mw_sv_eqz(kind, "44") ? MW_SV("Landkreis") : MW_SV("") : mw_sv_trim(tail);
    if (kreis && mw_sv_find(r.name, MW_SV("kreis"), 0) != SIZE_MAX)
        r.title = MW_SV("");
    r.plz = kreis ? MW_SV("") : column(line, 166, 170);
    r.nuts = nuts_of(x, mw_sv_sub(r.ags, 0, 5));
    struct row *slot = mw_list_add(x->a, &x->rows, sizeof *slot);
    if (slot != NULL)
        *slot = r;
    return slot != NULL && r.ags.p != NULL;
}

static int by_ags(const void *pa, const void *pb)
{
    const struct row *a = pa, *b = pb;
    return mw_sv_cmp(a->ags, b->ags);
}

/* Kreise have no inhabitants of their own in the file: those of their municipalities, which follow them by AGS. */
static void sum_up(struct loading *x)
{
    struct row *rows = x->rows.items, *kreis = NULL;
    for (size_t i = 0; i < x->rows.n; i++) {
        if (rows[i].ags.n == 5)
            kreis = &rows[i];
        else if (kreis != NULL && mw_sv_starts(rows[i].ags, kreis->ags))
            kreis->people = (kreis->people < 0 ? 0 : kreis->people) + rows[i].people;
        rows[i].kreis = rows[i].ags.n == 5 ? rows[i].name : kreis != NULL && mw_sv_starts(rows[i].ags, kreis->ags) ? kreis->name : rows[i].name;
    }
}

static void write_rows(struct mw_str *out, const struct loading *x)
{
    for (size_t i = 0; i < x->rows.n; i++) {
        const struct row *r = MW_AT(x->rows, struct row, i);
        mw_str_addf(out, "%.*s\t%.*s\t%.*s\t%.*s\t%s\t%.*s\t", MW_SV_ARG(r->ags), MW_SV_ARG(r->name), MW_SV_ARG(r->title), MW_SV_ARG(r->kreis),
            mw_land_code(r->land), MW_SV_ARG(r->plz));
        if (r->people >= 0) {
            mw_str_addf(out, "%lld\t", (long long)r->people);
            mw_day_iso(out, mw_day_is(x->counted) ? x->counted : r->day);
        } else {
            mw_str_addc(out, '\t');
        }
        mw_str_addf(out, "\t%.*s\n", MW_SV_ARG(r->nuts));
    }
}

static enum mw_rc convert(struct mw_str *out, struct loading *x, const char *name, struct mw_sv text, struct mw_diags *diags, struct mw_err *err)
{
    struct mw_sv line, rest = text;
    struct mw_pos at = { name, 0, 0 };
    size_t before = diags->errors;
    while (rest.n > 0 && diags->errors - before < MW_DIAGS_MAX) {
        mw_sv_cut(rest, '\n', &line, &rest);
        at.line++;
        if ((mw_sv_starts(line, MW_SV("40")) || mw_sv_starts(line, MW_SV("60"))) && !read_record(x, line, &at, diags))
            return mw_nomem(err);
    }
    if (diags->errors > before)
        return mw_diags_err(diags, MW_INVALID, err);
    if (x->rows.n == 0)
        return mw_fail(err, MW_INVALID, "\"%s\" holds no records of Kreise (40) or municipalities (60); GV100AD does.", name);
    if (x->rows.n > 1)
        qsort(x->rows.items, x->rows.n, sizeof(struct row), by_ags);
    sum_up(x);
    mw_str_addz(out, "# Municipalities and Kreise of Germany: Statistisches Bundesamt, Gemeindeverzeichnis GV-ISys (GV100AD), ");
    mw_day_iso(out, x->newest);
    mw_str_addz(out, ".\n# NUTS codes: by Kreis, from the table before. Made by `mittelweg places load`.\n"
                     "ags\tname\ttitle\tkreis\tland\tplz\tpopulation\tdate\tnuts\n");
    write_rows(out, x);
    return mw_str_ok(out) ? MW_OK : mw_nomem(err);
}

enum mw_rc mw_places_convert(struct mw_str *out, struct mw_arena *a, const char *name, struct mw_sv bytes, const struct mw_places *old,
    struct mw_day counted, struct mw_diags *diags, struct mw_err *err)
{
    struct loading x = { .a = a, .old = old, .counted = counted, .newest = MW_DAY_NONE };
    struct mw_places *check = NULL;
    enum mw_rc rc = MW_OK;
    if (mw_sv_starts(bytes, MW_SV("\xEF\xBB\xBF"))) /* a byte order mark */
        bytes = mw_sv_sub(bytes, 3, SIZE_MAX);
    if (mw_sv_starts(bytes, MW_SV("PK\x03\x04")))
        return mw_fail(err, MW_INVALID, "\"%s\" is a ZIP archive or a spreadsheet; unpack it first and give the text file in it (GV100AD_....txt).", name);
    if (is_gv100(bytes)) {
        struct mw_sv text = as_utf8(a, bytes);
        rc = text.p != NULL ? convert(out, &x, name, text, diags, err) : mw_nomem(err);
    } else {
        mw_str_add(out, bytes);
    }
    if (rc == MW_OK)
        rc = mw_places_read(&check, a, name, mw_str_sv(out), diags, err);
    return rc;
}
