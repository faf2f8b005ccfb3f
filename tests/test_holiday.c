/* Länder, public holidays, working days. */
#include "lib/core/date.h"
#include "tests/test.h"

static struct mw_day day(int y, int m, int d)
{
    struct mw_day out = MW_DAY_NONE;
    assert_true(mw_day_from_ymd(&out, y, m, d));
    return out;
}

/* --- Länder ------------------------------------------------------------------------------------------------------- */
static void a_land_is_read_by_code_and_by_name(void **state)
{
    static const struct {
        const char *text;
        enum mw_land want;
    } CASES[] = {
        { "NW", MW_LAND_NW },       { "nw", MW_LAND_NW },         { "Nordrhein-Westfalen", MW_LAND_NW },
        { "BAYERN", MW_LAND_BY },   { "THÜRINGEN", MW_LAND_TH },  { "baden-württemberg", MW_LAND_BW },
        { "Sachsen", MW_LAND_SN },  { "Sachsen-Anhalt", MW_LAND_ST },
    };
    enum mw_land land = MW_LAND_NONE;
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (!mw_land_parse(mw_sv(CASES[i].text), &land) || land != CASES[i].want)
            fail_msg("%s", CASES[i].text);
    land = MW_LAND_NI;
    assert_false(mw_land_parse(MW_SV(""), &land)); /* the empty code of "unknown" is none */
    assert_false(mw_land_parse(MW_SV_NONE, &land));
    assert_false(mw_land_parse(MW_SV("DE"), &land));
    assert_false(mw_land_parse(MW_SV("Thuring"), &land));
    assert_false(mw_land_parse(MW_SV("Th\u00f6ringen"), &land));
    assert_int_equal(land, MW_LAND_NI);
    for (int i = MW_LAND_NONE + 1; i < MW_LAND_N; i++) {
        assert_true(mw_land_parse(mw_sv(mw_land_code((enum mw_land)i)), &land) && (int)land == i);
        assert_true(mw_land_parse(mw_sv(mw_land_name((enum mw_land)i)), &land) && (int)land == i);
    }
    assert_string_equal(mw_land_code(MW_LAND_NONE), "");
    assert_string_equal(mw_land_code((enum mw_land)99), "");
}

static void a_land_follows_from_the_municipality_key(void **state)
{
    static const struct {
        const char *ags;
        enum mw_land want;
    } CASES[] = {
        { "01001000", MW_LAND_SH }, { "02000000", MW_LAND_HH }, { "03241001", MW_LAND_NI }, { "04011000", MW_LAND_HB },
        { "05562012", MW_LAND_NW }, { "06412000", MW_LAND_HE }, { "07111000", MW_LAND_RP }, { "08111000", MW_LAND_BW },
        { "09162000", MW_LAND_BY }, { "10041100", MW_LAND_SL }, { "11000000", MW_LAND_BE }, { "12054000", MW_LAND_BB },
        { "13003000", MW_LAND_MV }, { "14612000", MW_LAND_SN }, { "15003000", MW_LAND_ST }, { "16051000", MW_LAND_TH },
        { "05562", MW_LAND_NW },
    };
    static const char *const NONE[] = { "", "05", "0556201", "056201200", "17000000", "00000000", "05x62", "0556201 " };
    enum mw_land land = MW_LAND_NONE;
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (!mw_land_from_ags(mw_sv(CASES[i].ags), &land) || land != CASES[i].want)
            fail_msg("%s", CASES[i].ags);
    for (size_t i = 0; i < COUNT(NONE); i++)
        if (mw_land_from_ags(mw_sv(NONE[i]), &land))
            fail_msg("\"%s\"", NONE[i]);
}

/* --- holidays ----------------------------------------------------------------------------------------------------- */
/* feiertage-de-2024-2032.tsv: date, name, Länder ("DE": all). Each of its holidays is known, and no other. */
static void holidays_are_those_of_the_published_table(void **state)
{
    static const char FILE_NAME[] = "data/de/feiertage/feiertage-de-2024-2032.tsv";
    static bool want[3500][MW_LAND_N];
    const int first = day(2024, 1, 1).n, last = day(2032, 12, 31).n;
    char line[512];
    int rows = 0;
    (void)state;
    SKIP_WITHOUT_SHARED(FILE_NAME);
    FILE *f = fopen(shared_path(FILE_NAME), "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f) != NULL) {
        int y, m, d;
        struct mw_sv rest = mw_sv_trim(mw_sv(line)), name, lands, one;
        if (sscanf(line, "%d-%d-%d", &y, &m, &d) != 3)
            continue; /* the heading */
        rows++;
        (void)mw_sv_cut(rest, '\t', &one, &rest);
        (void)mw_sv_cut(rest, '\t', &name, &lands);
        while (lands.n > 0) {
            enum mw_land land = MW_LAND_NONE;
            (void)mw_sv_cut(lands, ',', &one, &lands);
            if (mw_sv_eqz(one, "DE")) {
                for (int i = 0; i < MW_LAND_N; i++)
                    want[day(y, m, d).n - first][i] = true;
                assert_sv(name, mw_holiday(day(y, m, d), MW_LAND_NONE));
            } else {
                assert_true(mw_land_parse(one, &land));
                want[day(y, m, d).n - first][land] = true;
            }
        }
    }
    fclose(f);
    assert_true(rows > 100);
    for (int n = first; n <= last; n++)
        for (int land = 0; land < MW_LAND_N; land++)
            if ((mw_holiday((struct mw_day){ n }, (enum mw_land)land) != NULL) != want[n - first][land])
                fail_msg("day %d in %s", n, mw_land_code((enum mw_land)land));
}

/* What date-holidays-3.37.0-DE.yaml says of one Land: the lines below `days:` of Germany or the Land, each a rule, with
 * its type and years below it. Only rules of the type that is the default there, public, close offices. */
struct published {
    struct mw_day *days;
    size_t n;
};

static void add_rule(struct published *p, const char *rule, int from, int first_year, int last_year)
{
    int a, b, c;
    for (int year = first_year; year <= last_year; year++) {
        struct mw_day d = MW_DAY_NONE;
        if (year < from)
            continue;
        if (strcmp(rule, "easter") == 0) {
            d = mw_easter(year);
        } else if (sscanf(rule, "easter %d", &a) == 1) {
            d = (struct mw_day){ mw_easter(year).n + a };
        } else if (strcmp(rule, "wednesday before 11-23") == 0) {
            for (d = day(year, 11, 22); mw_day_weekday(d) != 3;)
                d.n--;
        } else if (sscanf(rule, "%4d-%2d-%2d", &a, &b, &c) == 3) {
            if (a == year)
                d = day(a, b, c);
        } else if (sscanf(rule, "%2d-%2d", &a, &b) == 2) {
            d = day(year, a, b);
        } else {
            fail_msg("unknown rule \"%s\"", rule);
        }
        if (mw_day_is(d))
            p->days[p->n++] = d;
    }
}

static void read_published(struct published *p, const char *path, const char *land, int first_year, int last_year)
{
    char line[1024], rule[128] = "", section[16] = "";
    bool in_days = false, in_states = false, closed = true;
    int from = 0;
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    for (;;) {
        bool more = fgets(line, sizeof line, f) != NULL;
        size_t indent = more ? strspn(line, " ") : 0;
        struct mw_sv text = more ? mw_sv_trim(mw_sv(line)) : MW_SV_NONE;
        if (more && (text.n == 0 || text.p[0] == '#'))
            continue;
        size_t base = in_states ? 10 : 6; /* where rules stand */
        if (indent <= base && rule[0] != '\0') { /* the rule before ends here */
            if (closed && (!in_states || strcmp(section, land) == 0))
                add_rule(p, rule, from, first_year, last_year);
            rule[0] = '\0';
        }
        if (!more)
            break;
        if (indent == 4) {
            in_days = mw_sv_eqz(text, "days:");
            in_states = mw_sv_eqz(text, "states:");
        } else if (in_states && indent == 6) {
            snprintf(section, sizeof section, "%.*s", (int)text.n - 1, text.p);
        } else if (in_states && indent == 8) {
            in_days = mw_sv_eqz(text, "days:"); /* not those of regions within the Land */
        } else if (in_days && indent == base) {
            struct mw_sv key = mw_sv_sub(text, 0, text.n - 1), head;
            if (key.p[0] == '"')
                key = mw_sv_sub(key, 1, key.n - 2);
            from = 0;
            closed = true;
            size_t since = mw_sv_find(key, MW_SV(" since "), 0);
            if (since != SIZE_MAX)
                from = atoi(key.p + since + 7);
            head = since != SIZE_MAX ? mw_sv_sub(key, 0, since) : key;
            snprintf(rule, sizeof rule, "%.*s", MW_SV_ARG(head));
        } else if (in_days && mw_sv_starts(text, MW_SV("type:")) && !mw_sv_ends(text, MW_SV(" public"))) {
            closed = false;
        } else if (in_days && mw_sv_starts(text, MW_SV("- from: "))) {
            from = atoi(text.p + 8);
        }
    }
    fclose(f);
}

static void holidays_are_those_of_date_holidays(void **state)
{
    static const char FILE_NAME[] = "data/de/feiertage/date-holidays-3.37.0-DE.yaml";
    enum { FIRST = 1995, LAST = 2060 }; /* the file knows nothing of the time before 1995 */
    static struct mw_day days[8000];
    (void)state;
    SKIP_WITHOUT_SHARED(FILE_NAME);
    for (int land = MW_LAND_NONE + 1; land < MW_LAND_N; land++) {
        struct published p = { days, 0 };
        read_published(&p, shared_path(FILE_NAME), mw_land_code((enum mw_land)land), FIRST, LAST);
        assert_true(p.n > 9 * (LAST - FIRST));
        for (struct mw_day d = day(FIRST, 1, 1); d.n <= day(LAST, 12, 31).n; d.n++) {
            bool want = false;
            for (size_t i = 0; i < p.n && !want; i++)
                want = p.days[i].n == d.n;
            if ((mw_holiday(d, (enum mw_land)land) != NULL) != want)
                fail_msg("day %d (year %d) in %s", d.n, mw_day_ymd(d).year, mw_land_code((enum mw_land)land));
        }
    }
}

static void holidays_come_and_go_with_their_laws(void **state)
{
    static const struct {
        int y, m, d;
        enum mw_land land;
        const char *name; /* NULL: none */
    } CASES[] = {
        { 1994, 11, 16, MW_LAND_NW, "Buß- und Bettag" },
        { 1995, 11, 22, MW_LAND_NW, NULL },
        { 1995, 11, 22, MW_LAND_SN, "Buß- und Bettag" },
        { 2017, 10, 31, MW_LAND_BY, "Reformationstag" },
        { 2017, 10, 31, MW_LAND_NONE, "Reformationstag" },
        { 2016, 10, 31, MW_LAND_HH, NULL },
        { 2018, 10, 31, MW_LAND_HH, "Reformationstag" },
        { 2018, 10, 31, MW_LAND_BY, NULL },
        { 1992, 1, 6, MW_LAND_ST, NULL },
        { 1993, 1, 6, MW_LAND_ST, "Heilige Drei Könige" },
        { 2018, 3, 8, MW_LAND_BE, NULL },
        { 2019, 3, 8, MW_LAND_BE, "Internationaler Frauentag" },
        { 2022, 3, 8, MW_LAND_MV, NULL },
        { 2018, 9, 20, MW_LAND_TH, NULL },
        { 2020, 5, 8, MW_LAND_BE, "Tag der Befreiung (75. Jahrestag)" },
        { 2026, 5, 8, MW_LAND_BE, NULL },
        { 1989, 10, 3, MW_LAND_NW, NULL },
        { 2008, 5, 1, MW_LAND_NW, "Maifeiertag" }, /* Ascension Day, too */
        { 2026, 8, 15, MW_LAND_BY, NULL },         /* in some municipalities only */
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const char *got = mw_holiday(day(CASES[i].y, CASES[i].m, CASES[i].d), CASES[i].land);
        if (CASES[i].name == NULL ? got != NULL : got == NULL || strcmp(got, CASES[i].name) != 0)
            fail_msg("%d-%d-%d in %s: %s", CASES[i].y, CASES[i].m, CASES[i].d, mw_land_code(CASES[i].land),
                     got != NULL ? got : "none");
    }
    assert_null(mw_holiday(MW_DAY_NONE, MW_LAND_NW));
    assert_null(mw_holiday((struct mw_day){ INT32_MIN }, MW_LAND_NW));
}

/* --- working days ------------------------------------------------------------------------------------------------- */
static void working_days_leave_out_weekends_and_holidays(void **state)
{
    (void)state;
    assert_true(mw_workday(day(2026, 4, 2), MW_LAND_NW));   /* Maundy Thursday */
    assert_false(mw_workday(day(2026, 4, 3), MW_LAND_NW));  /* Good Friday */
    assert_false(mw_workday(day(2026, 4, 4), MW_LAND_NW));  /* a Saturday */
    assert_false(mw_workday(day(2026, 6, 4), MW_LAND_NW));  /* Fronleichnam */
    assert_true(mw_workday(day(2026, 6, 4), MW_LAND_NI));
    assert_false(mw_workday(MW_DAY_NONE, MW_LAND_NW));
    assert_int_equal(mw_workday_from(day(2026, 4, 3), MW_LAND_NW).n, day(2026, 4, 7).n);
    assert_int_equal(mw_workday_until(day(2026, 4, 6), MW_LAND_NW).n, day(2026, 4, 2).n);
    assert_int_equal(mw_workday_from(day(2026, 4, 7), MW_LAND_NW).n, day(2026, 4, 7).n);
    assert_int_equal(mw_workdays_end(day(2024, 10, 1), 20, MW_LAND_NW).n, day(2024, 10, 29).n);
    assert_int_equal(mw_workdays_begin(day(2026, 3, 10), 15, MW_LAND_NW).n, day(2026, 2, 18).n);
    assert_int_equal(mw_workdays_end(day(2026, 4, 4), 1, MW_LAND_NW).n, day(2026, 4, 7).n);
}

static void working_days_agree_with_counting_one_by_one(void **state)
{
    uint64_t seed = 5;
    (void)state;
    for (int round = 0; round < 3000; round++) {
        struct mw_day start = { (int32_t)(7305 + rnd(&seed) % 25000) }, d = start; /* 1990 to 2058 */
        enum mw_land land = (enum mw_land)(rnd(&seed) % MW_LAND_N);
        int n = 1 + (int)(rnd(&seed) % (round % 10 == 0 ? 700 : 30));
        for (int left = n;; d.n++)
            if (mw_workday(d, land) && --left == 0)
                break;
        assert_int_equal(mw_workdays_end(start, n, land).n, d.n);
        d = start;
        for (int left = n;; d.n--)
            if (mw_workday(d, land) && --left == 0)
                break;
        assert_int_equal(mw_workdays_begin(start, n, land).n, d.n);
    }
}

static void working_days_that_leave_the_calendar_are_unknown_at_once(void **state)
{
    (void)state;
    assert_false(mw_day_is(mw_workdays_end(day(2026, 1, 1), INT32_MAX, MW_LAND_NW)));
    assert_false(mw_day_is(mw_workdays_begin(day(2026, 1, 1), INT32_MAX, MW_LAND_NW)));
    assert_false(mw_day_is(mw_workdays_end(day(2026, 1, 1), 0, MW_LAND_NW)));
    assert_false(mw_day_is(mw_workdays_end(MW_DAY_NONE, 1, MW_LAND_NW)));
    assert_false(mw_day_is(mw_workday_from((struct mw_day){ INT32_MIN }, MW_LAND_NW)));
    assert_false(mw_day_is(mw_workdays_end(day(9999, 12, 30), 5, MW_LAND_NW)));
    assert_false(mw_day_is(mw_workday_until(day(1, 1, 1), MW_LAND_NW))); /* New Year, and nothing before it */
    assert_true(mw_day_is(mw_workdays_end(day(1, 1, 1), 2000000, MW_LAND_NW)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_land_is_read_by_code_and_by_name),
        cmocka_unit_test(a_land_follows_from_the_municipality_key),
        cmocka_unit_test(holidays_are_those_of_the_published_table),
        cmocka_unit_test(holidays_are_those_of_date_holidays),
        cmocka_unit_test(holidays_come_and_go_with_their_laws),
        cmocka_unit_test(working_days_leave_out_weekends_and_holidays),
        cmocka_unit_test(working_days_agree_with_counting_one_by_one),
        cmocka_unit_test(working_days_that_leave_the_calendar_are_unknown_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
