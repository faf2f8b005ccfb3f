/* The register of places: what its file must look like, and which place a name means. */
#include "lib/places/load.h"
#include "tests/test.h"

#define HEAD "ags\tname\ttitle\tkreis\tland\tplz\tpopulation\tdate\tnuts\n"

static struct mw_places *ours;
static struct mw_arena *arena;

static int load_ours(void **state)
{
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    (void)state;
    arena = mw_arena_new();
    enum mw_rc rc = arena != NULL ? mw_places_load(&ours, arena, "config/places/places.tsv", &diags, NULL) : MW_NOMEM;
    mw_diags_free(&diags);
    return rc == MW_OK ? 0 : -1;
}

static int drop_ours(void **state)
{
    (void)state;
    mw_arena_free(arena);
    return 0;
}

static void our_register_holds_all_municipalities_and_kreise(void **state)
{
    size_t kreise = 0;
    (void)state;
    for (size_t i = 0; i < mw_places_count(ours); i++)
        kreise += mw_place_is_kreis(mw_places_at(ours, i));
    assert_int_equal(mw_places_count(ours) - kreise, 11270);
    assert_int_equal(kreise, 294); /* 401 with the towns that are their own Kreis */
    const struct mw_place *p = mw_places_by_ags(ours, MW_SV("06433"));
    assert_non_null(p);
    assert_int_equal(p->population, 257143);
    assert_null(mw_places_by_ags(ours, MW_SV("06433999")));
}

static void a_name_means_the_place_that_stands_beside_it(void **state)
{
    static const struct { const char *why, *name, *plz, *nuts, *ags; enum mw_land land; bool kreis; } CASES[] = {
        { "the only one", "Dorsten", "", "", "05562012", MW_LAND_NONE, false },
        { "small letters", "DORSTEN", "", "", "05562012", MW_LAND_NONE, false },
        { "two Neurieds, the NUTS code tells", "Neuried", "", "DE134", "08317151", MW_LAND_NONE, false },
        { "two Neurieds, the Land tells", "Neuried", "", "", "09184132", MW_LAND_BY, false },
        { "two Neurieds, nothing tells", "Neuried", "", "", "", MW_LAND_NONE, false },
        { "a place in another Land is another place", "Dorsten", "", "", "", MW_LAND_BY, false },
        { "the register's name is longer", "Friedberg", "61169", "", "06440008", MW_LAND_HE, false },
        { "two towns as big as each other", "Friedberg", "", "", "", MW_LAND_NONE, false },
        { "a city and a village", "Hamm", "", "", "05915000", MW_LAND_NONE, false },
        { "an abbreviation of the register", "Bad K\xC3\xB6nigshofen im Grabfeld", "", "", "09673141", MW_LAND_NONE, false },
        { "the text's name is longer", "R\xC3\xBCsselsheim am Main", "", "", "06433012", MW_LAND_NONE, false },
        { "a Kreis is no town", "Kassel", "", "", "06633", MW_LAND_NONE, true },
        { "an unknown name", "Ostermark", "", "", "", MW_LAND_NONE, false },
        { "an empty name", "", "", "", "", MW_LAND_NONE, false },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_place_hint hint = { .plz = mw_sv(CASES[i].plz), .nuts = mw_sv(CASES[i].nuts), .land = CASES[i].land,
            .is_kreis = CASES[i].kreis, .is_municipality = !CASES[i].kreis };
        const struct mw_place *p = mw_places_settle(arena, ours, mw_sv(CASES[i].name), &hint, NULL);
        const char *got = p != NULL ? mw_arena_z(arena, p->ags) : "";
        if (strcmp(got, CASES[i].ags) != 0)
            fail_msg("%s: %s gives \"%s\", not \"%s\"", CASES[i].why, CASES[i].name, got, CASES[i].ags);
    }
}

static void neighbours_settle_a_name_that_several_bear(void **state)
{
    const struct mw_place *offenburg = mw_places_by_ags(ours, MW_SV("08317096"));
    struct mw_place_hint hint = { .is_municipality = true };
    struct mw_list homonyms = { 0 };
    (void)state;
    assert_non_null(offenburg);
    assert_null(mw_places_settle(arena, ours, MW_SV("Neuried"), &hint, &homonyms));
    assert_int_equal(homonyms.n, 2);
    *(const struct mw_place **)mw_list_add(arena, &hint.near, sizeof offenburg) = offenburg;
    const struct mw_place *p = mw_places_settle(arena, ours, MW_SV("Neuried"), &hint, NULL);
    assert_non_null(p);
    assert_true(mw_sv_eqz(p->ags, "08317151"));
}

static void a_faulty_register_is_refused_with_its_lines(void **state)
{
    static const struct { const char *why, *text, *code; unsigned line; } CASES[] = {
        { "too few columns", HEAD "05562012\tDorsten\n", "columns", 2 },
        { "too many columns", HEAD "05562012\tDorsten\tStadt\tRecklinghausen\tNW\t46282\t75000\t2024-12-31\tDEA36\tx\n", "columns", 2 },
        { "no AGS", HEAD "5562012\tDorsten\tStadt\tRecklinghausen\tNW\t46282\t75000\t2024-12-31\tDEA36\n", "ags", 2 },
        { "no such Land", HEAD "99562012\tDorsten\tStadt\tRecklinghausen\tNW\t46282\t75000\t2024-12-31\tDEA36\n", "ags", 2 },
        { "another Land", HEAD "05562012\tDorsten\tStadt\tRecklinghausen\tBY\t46282\t75000\t2024-12-31\tDEA36\n", "land", 2 },
        { "no name", HEAD "05562012\t\tStadt\tRecklinghausen\tNW\t46282\t75000\t2024-12-31\tDEA36\n", "name", 2 },
        { "a bad postcode", HEAD "05562012\tDorsten\tStadt\tRecklinghausen\tNW\t4628\t75000\t2024-12-31\tDEA36\n", "plz", 2 },
        { "inhabitants that are no number", HEAD "05562012\tDorsten\tStadt\tRecklinghausen\tNW\t46282\tviele\t2024-12-31\tDEA36\n", "population", 2 },
        { "inhabitants without a day", HEAD "05562012\tDorsten\tStadt\tRecklinghausen\tNW\t46282\t75000\t\tDEA36\n", "date", 2 },
        { "a day that is none", HEAD "05562012\tDorsten\tStadt\tRecklinghausen\tNW\t46282\t75000\t2024-13-31\tDEA36\n", "date", 2 },
        { "NUTS of another Land", HEAD "05562012\tDorsten\tStadt\tRecklinghausen\tNW\t46282\t75000\t2024-12-31\tDE212\n", "nuts", 2 },
        { "twice", HEAD "05562012\tDorsten\t\t\tNW\t\t\t\t\n05562012\tDorsten\t\t\tNW\t\t\t\t\n", "order", 3 },
        { "another file", "Gemeinde;Einwohner\n", NULL, 0 },
        { "nothing", HEAD, NULL, 0 },
        { "no UTF-8", HEAD "\xFF\n", NULL, 0 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_arena *a = mw_arena_new();
        struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
        struct mw_places *p = NULL;
        assert_int_equal(mw_places_read(&p, a, "places.tsv", mw_sv(CASES[i].text), &diags, NULL), MW_INVALID);
        assert_null(p);
        if (CASES[i].code != NULL && (diags.n != 1 || strcmp(diags.items[0].code, CASES[i].code) != 0 || diags.items[0].line != CASES[i].line))
            fail_msg("%s: not [%s] in line %u", CASES[i].why, CASES[i].code, CASES[i].line);
        mw_diags_free(&diags);
        mw_arena_free(a);
    }
}

/* One record of GV100AD: every field at its column. */
static void add_record(struct mw_str *out, const char *type, const char *key, const char *name, const char *kind, const char *people, const char *plz)
{
    char line[221];
    memset(line, ' ', sizeof line);
    memcpy(line, type, 2);
    memcpy(line + 2, "20250930", 8);
    memcpy(line + 10, key, strlen(key));
    memcpy(line + 122, kind, 2);
    memcpy(line + 139, people, strlen(people));
    memcpy(line + 165, plz, strlen(plz));
    mw_str_add(out, mw_sv_n(line, 22));
    mw_str_addz(out, name); /* 50 characters, whatever their bytes */
    for (size_t n = mw_utf8_width(mw_sv(name)); n < 50; n++)
        mw_str_addc(out, ' ');
    mw_str_add(out, mw_sv_n(line + 72, 220 - 72));
    mw_str_addz(out, "\r\n");
}

static void a_newer_register_of_destatis_becomes_our_table(void **state)
{
    static const char WANT[] = "ags\tname\ttitle\tkreis\tland\tplz\tpopulation\tdate\tnuts\n"
                               "05562\tRecklinghausen\tKreis\tRecklinghausen\tNW\t\t150100\t2024-12-31\tDEA36\n"
                               "05562012\tDorsten\tStadt\tRecklinghausen\tNW\t46282\t75100\t2024-12-31\tDEA36\n"
                               "05562016\tHerten\tStadt\tRecklinghausen\tNW\t45699\t75000\t2024-12-31\tDEA36\n"
                               "09162000\tM\xC3\xBCnchen\tLandeshauptstadt\tM\xC3\xBCnchen\tBY\t80331\t1500000\t2024-12-31\tDE212\n";
    struct mw_str file = MW_STR_INIT, got = MW_STR_INIT;
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_day counted;
    (void)state;
    assert_true(mw_day_from_ymd(&counted, 2024, 12, 31));
    add_record(&file, "10", "05", "Nordrhein-Westfalen", "  ", "", "");
    add_record(&file, "40", "05562", "Recklinghausen", "43", "", "");
    add_record(&file, "60", "055620120012", "Dorsten, Stadt", "63", "00000075100", "46282");
    add_record(&file, "60", "055620160016", "Herten, Stadt", "63", "00000075000", "45699");
    add_record(&file, "40", "09162", "M\xC3\xBCnchen, Landeshauptstadt", "41", "", "");
    add_record(&file, "60", "091620000000", "M\xC3\xBCnchen, Landeshauptstadt", "61", "00001500000", "80331");
    assert_int_equal(mw_places_convert(&got, arena, "GV100AD.txt", mw_str_sv(&file), ours, counted, &diags, NULL), MW_OK);
    size_t at = mw_sv_find(mw_str_sv(&got), MW_SV("ags\t"), 0);
    assert_int_not_equal(at, SIZE_MAX);
    assert_string_equal(mw_str_z(&got) + at, WANT);
    mw_str_free(&file);
    mw_str_free(&got);
    mw_diags_free(&diags);
}

/* Every place of our own register written as GV100AD, in the three encodings that such files have had, and read again. */
enum letters { UTF8, LATIN1, DOS };
static void add_encoded(struct mw_str *out, struct mw_sv text, enum letters how)
{
    static const struct { uint32_t cp; char dos; } LETTERS[] = { { 0xFC, '\x81' }, { 0xE4, '\x84' }, { 0xF6, '\x94' }, { 0xDC, '\x9A' }, { 0xC4, '\x8E' },
        { 0xD6, '\x99' }, { 0xDF, '\xE1' }, { 0xE9, '\x82' } };
    for (size_t at = 0; at < text.n;) {
        uint32_t cp = mw_utf8_next(text, &at);
        char one = cp < 0x100 ? (char)cp : '?';
        for (size_t i = 0; how == DOS && i < sizeof LETTERS / sizeof *LETTERS; i++)
            one = LETTERS[i].cp == cp ? LETTERS[i].dos : one;
        if (how == UTF8)
            mw_utf8_add(out, cp);
        else
            mw_str_addc(out, one);
    }
}

static void the_whole_register_goes_through_the_format_of_destatis(void **state)
{
    (void)state;
    for (enum letters how = UTF8; how <= DOS; how++) {
        struct mw_str file = MW_STR_INIT, bytes = MW_STR_INIT, got = MW_STR_INIT;
        struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
        struct mw_places *again = NULL;
        size_t towns = 0, same = 0;
        if (how == UTF8)
            mw_str_addz(&bytes, "\xEF\xBB\xBF");
        for (size_t i = 0; i < mw_places_count(ours); i++) {
            const struct mw_place *p = mw_places_at(ours, i);
            char people[24];
            snprintf(people, sizeof people, "%011lld", (long long)(p->population < 0 ? 0 : p->population));
            add_record(&file, mw_place_is_kreis(p) ? "40" : "60", mw_arena_z(arena, p->ags),
                mw_arena_printf(arena, "%.*s%s%.*s", MW_SV_ARG(p->name), p->title.n > 0 && !mw_place_is_kreis(p) ? ", " : "",
                    MW_SV_ARG(mw_place_is_kreis(p) ? MW_SV("") : p->title)).p,
                mw_place_is_kreis(p) ? "44" : "64", mw_place_is_kreis(p) ? "" : people, mw_place_is_kreis(p) ? "" : mw_arena_z(arena, p->plz));
        }
        add_encoded(&bytes, mw_str_sv(&file), how);
        assert_int_equal(mw_places_convert(&got, arena, "GV100AD.txt", mw_str_sv(&bytes), ours, MW_DAY_NONE, &diags, NULL), MW_OK);
        assert_int_equal(mw_places_read(&again, arena, "again", mw_str_sv(&got), &diags, NULL), MW_OK);
        for (size_t i = 0; i < mw_places_count(ours); i++) {
            const struct mw_place *p = mw_places_at(ours, i), *q = mw_places_by_ags(again, p->ags);
            if (mw_place_is_kreis(p))
                continue;
            towns++;
            same += q != NULL && mw_sv_eq(p->name, q->name) && mw_sv_eq(p->plz, q->plz) && (p->population < 0 || p->population == q->population);
        }
        assert_true(towns > 10000);
        assert_true(same == towns || (how != UTF8 && towns - same < 60)); /* Sorbian names have letters that neither old table has */
        mw_str_free(&file);
        mw_str_free(&bytes);
        mw_str_free(&got);
        mw_diags_free(&diags);
    }
}

static void a_file_that_is_no_register_is_refused_with_a_sentence(void **state)
{
    static const struct { const char *bytes; size_t n; const char *says; } CASES[] = {
        { "PK\x03\x04.....................", 25, "unpack it first" },
        { "102025093005            Nordrhein-Westfalen   \n", 47, "no records of Kreise" },
        { "Name;Einwohner\nDorsten;75000\n", 30, "parted by tabs" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct mw_str got = MW_STR_INIT;
        struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
        struct mw_err err = MW_ERR_INIT(MW_EN);
        assert_int_equal(mw_places_convert(&got, arena, "x.txt", mw_sv_n(CASES[i].bytes, CASES[i].n), ours, MW_DAY_NONE, &diags, &err), MW_INVALID);
        const char *said = diags.n > 0 ? diags.items[0].msg : err.msg;
        if (said == NULL || strstr(said, CASES[i].says) == NULL)
            fail_msg("case %zu: %s", i, said != NULL ? said : "nothing is said");
        mw_str_free(&got);
        mw_diags_free(&diags);
        mw_err_clear(&err);
    }
}

static void a_faulty_record_of_destatis_is_named_with_its_line(void **state)
{
    struct mw_str file = MW_STR_INIT, got = MW_STR_INIT;
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    (void)state;
    add_record(&file, "40", "05562", "Recklinghausen", "43", "", "");
    add_record(&file, "60", "055620120012", "Dorsten, Stadt", "63", "viele", "46282");
    add_record(&file, "60", "995620120012", "Nirgends", "63", "00000000001", "46282");
    assert_int_equal(mw_places_convert(&got, arena, "GV100AD.txt", mw_str_sv(&file), ours, MW_DAY_NONE, &diags, NULL), MW_INVALID);
    assert_int_equal(diags.n, 2);
    assert_int_equal(diags.items[0].line, 2);
    assert_int_equal(diags.items[1].line, 3);
    mw_str_free(&file);
    mw_str_free(&got);
    mw_diags_free(&diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(our_register_holds_all_municipalities_and_kreise),
        cmocka_unit_test(a_name_means_the_place_that_stands_beside_it),
        cmocka_unit_test(neighbours_settle_a_name_that_several_bear),
        cmocka_unit_test(a_faulty_register_is_refused_with_its_lines),
        cmocka_unit_test(a_newer_register_of_destatis_becomes_our_table),
        cmocka_unit_test(the_whole_register_goes_through_the_format_of_destatis),
        cmocka_unit_test(a_file_that_is_no_register_is_refused_with_a_sentence),
        cmocka_unit_test(a_faulty_record_of_destatis_is_named_with_its_line),
    };
    return cmocka_run_group_tests(tests, load_ours, drop_ours);
}
