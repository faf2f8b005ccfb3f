/* The spreadsheet, unzipped and read back: what a Kämmerer sees is what the plan says. */
#include "tests/documents.h"

#include <math.h>

#include "apply/documents/grid.h"
#include "apply/documents/workbook.h"
#include "apply/plan/sums.h"

#define ROWS "//s:sheetData/s:row"

static const char HOSTILE[] =
    "project: h\n"
    "title: '=HYPERLINK(\"http://example.org\")'\n"
    "profile: {profile: h, title: t, summary: s, applicants: [{name: '@SUM(A1)', type: kommune, land: NW}]}\n"
    "programme: gak-regionalbudget\n"
    "period: {from: 2027-01-01, to: 2027-12-31}\n"
    "costs:\n"
    "  - {id: '+1', label: \"=cmd|' /C calc'!A0\", category: '-2', amount: 1000 EUR}\n"
    "  - {id: b, label: \"<b>&amp; ]]> Ä\", category: '@x', amount: '10,01 EUR'}\n"
    "financing: [{id: s, label: '=1+1', kind: third, amount: 5 EUR, status: '-1'}]\n";

static void write_book(struct made *m, const char *path)
{
    struct mw_err err = MW_ERR_INIT(MW_EN);
    if (mw_workbook_write(&m->plan, path, m->plan.lang, &err) != MW_OK)
        fail_msg("%s", err.msg);
}

/* The cents of a cell: "" is MW_EUR_NONE. */
static int64_t cents(xmlDoc *sheet, const char *cell)
{
    char path[128];
    snprintf(path, sizeof path, "string(//s:c[@r='%s']/s:v)", cell);
    char *text = xpath(sheet, path);
    int64_t c = text[0] != '\0' ? llround(strtod(text, NULL) * 100) : INT64_MIN;
    free(text);
    return c;
}

static const char *cell(char col, size_t row)
{
    static char name[4][32];
    static int which;
    which = (which + 1) % 4;
    snprintf(name[which], sizeof name[which], "%c%zu", col, row);
    return name[which];
}

static void each_cost_row_stands_there_to_the_cent(void **state)
{
    for (size_t e = 0; e < COUNT(EXAMPLES); e++) {
        struct made m;
        make_plan(&m, EXAMPLES[e]);
        write_book(&m, in(*state, "b.xlsx"));
        xmlDoc *sheet = xml_of(in(*state, "b.xlsx"), "xl/worksheets/sheet2.xml");
        size_t n = m.plan.years.n, rows = m.plan.cost.rows.n;
        for (size_t r = 0; r < rows; r++) {
            const struct mw_cost_row *row = MW_AT(m.plan.cost.rows, struct mw_cost_row, r);
            for (size_t y = 0; y < n; y++)
                assert_int_equal(cents(sheet, cell((char)('D' + y), 4 + r)), row->years[y].cents);
            assert_int_equal(cents(sheet, cell((char)('D' + n), 4 + r)), row->total.cents);
            assert_int_equal(cents(sheet, cell((char)('E' + n), 4 + r)), row->eligible.cents);
        }
        for (size_t y = 0; y < n; y++)
            assert_int_equal(cents(sheet, cell((char)('D' + y), 4 + rows)), m.plan.cost.years[y].cents);
        assert_int_equal(cents(sheet, cell((char)('D' + n), 4 + rows)), m.plan.cost.total.cents);
        assert_int_equal(cents(sheet, cell((char)('E' + n), 4 + rows)), mw_sum_eligible_rows(&m.plan).cents);
        xmlFreeDoc(sheet);
        drop_plan(&m);
    }
}

static void the_sources_add_up_to_the_costs_in_every_year(void **state)
{
    for (size_t e = 0; e < COUNT(EXAMPLES); e++) {
        struct made m;
        make_plan(&m, EXAMPLES[e]);
        write_book(&m, in(*state, "b.xlsx"));
        xmlDoc *sheet = xml_of(in(*state, "b.xlsx"), "xl/worksheets/sheet3.xml");
        size_t sum = 4 + m.plan.financing.rows.n;
        for (size_t y = 0; y <= m.plan.years.n; y++) {
            int64_t total = 0;
            for (size_t r = 4; r < sum; r++)
                total += cents(sheet, cell((char)('C' + y), r));
            assert_int_equal(cents(sheet, cell((char)('C' + y), sum)), total);
            assert_int_equal(total, y < m.plan.years.n ? m.plan.cost.years[y].cents : m.plan.cost.total.cents);
            assert_int_equal(cents(sheet, cell((char)('C' + y), sum + 1)), 0);
        }
        xmlFreeDoc(sheet);
        drop_plan(&m);
    }
}

static void every_formula_carries_its_value(void **state)
{
    struct made m;
    int formulas = 0;
    make_plan(&m, EXAMPLES[1]);
    write_book(&m, in(*state, "b.xlsx"));
    for (int i = 1; i <= 4; i++) {
        char part[64];
        snprintf(part, sizeof part, "xl/worksheets/sheet%d.xml", i);
        xmlDoc *sheet = xml_of(in(*state, "b.xlsx"), part);
        formulas += xcount(sheet, "//s:c[s:f]");
        assert_int_equal(xcount(sheet, "//s:c[s:f][not(s:v) or s:v='']"), 0);
        /* zero stands only where the plan has zero: in the line that must be 0, and for a row that is not eligible */
        assert_int_equal(xcount(sheet, "//s:c[s:f][s:v='0'][not(starts-with(s:f,'ROUND('))]"), 0);
        xmlFreeDoc(sheet);
    }
    assert_true(formulas > 30);
    drop_plan(&m);
}

/* A copy of the book whose formulas have lost their values, so that whoever opens it must compute them. */
static void forget_values(const char *from, const char *to)
{
    size_t n;
    char *bytes = slurp(from, &n);
    spill(to, bytes, n);
    free(bytes);
    zip_t *z = zip_open(to, 0, NULL);
    char *texts[8] = { NULL };
    for (int i = 1; i < 8; i++) {
        char part[64];
        snprintf(part, sizeof part, "xl/worksheets/sheet%d.xml", i);
        zip_int64_t at = zip_name_locate(z, part, 0);
        if (at < 0)
            break;
        char *text = texts[i] = part_of(from, part, NULL);
        for (char *f = text; (f = strstr(f, "</f><v>")) != NULL;) {
            char *end = strstr(f, "</v>");
            f += 4;
            memmove(f, end + 4, strlen(end + 4) + 1);
        }
        assert_int_equal(zip_file_replace(z, (zip_uint64_t)at, zip_source_buffer(z, text, strlen(text), 0), 0), 0);
    }
    assert_int_equal(zip_close(z), 0);
    for (size_t i = 0; i < COUNT(texts); i++)
        free(texts[i]);
}

static void a_spreadsheet_program_computes_the_same_to_the_cent(void **state)
{
    struct scratch *s = *state;
    for (size_t e = 1; e < COUNT(EXAMPLES); e += 3) { /* one with partners, one with a capped grant */
        struct made m;
        make_plan(&m, EXAMPLES[e]);
        write_book(&m, in(s, "b.xlsx"));
        drop_plan(&m);
        forget_values(in(s, "b.xlsx"), in(s, "c.xlsx"));
        if (!office(s, in(s, "c.xlsx"), "xlsx"))
            skip();
        for (int i = 1; i <= 4; i++) {
            char part[64];
            snprintf(part, sizeof part, "xl/worksheets/sheet%d.xml", i);
            xmlDoc *ours = xml_of(in(s, "b.xlsx"), part), *theirs = xml_of(in(s, "office-out/c.xlsx"), part);
            int formulas = xcount(ours, "//s:c[s:f]");
            for (int f = 1; f <= formulas; f++) {
                char path[64];
                snprintf(path, sizeof path, "string((//s:c[s:f])[%d]/@r)", f);
                char *where = xpath(ours, path);
                if (cents(ours, where) != cents(theirs, where))
                    fail_msg("%s %s %s: %lld here, %lld there", EXAMPLES[e], part, where, (long long)cents(ours, where),
                             (long long)cents(theirs, where));
                free(where);
            }
            xmlFreeDoc(ours);
            xmlFreeDoc(theirs);
        }
    }
}

static void what_looks_like_a_formula_stays_text(void **state)
{
    struct made m;
    make_plan_of(&m, *state, HOSTILE);
    write_book(&m, in(*state, "b.xlsx"));
    xmlDoc *sheet = xml_of(in(*state, "b.xlsx"), "xl/worksheets/sheet2.xml");
    xmlDoc *strings = xml_of(in(*state, "b.xlsx"), "xl/sharedStrings.xml");
    static const char *const CELLS[] = { "A4", "B4", "C4", "B5", "C5" };
    for (size_t i = 0; i < COUNT(CELLS); i++) {
        char path[64];
        snprintf(path, sizeof path, "//s:c[@r='%s'][@t='s'][not(s:f)]", CELLS[i]);
        assert_int_equal(xcount(sheet, path), 1);
    }
    assert_int_equal(xcount(strings, "//s:t[.=\"=cmd|' /C calc'!A0\"]"), 1);
    assert_int_equal(xcount(strings, "//s:t[.='<b>&amp; ]]> Ä']"), 1); /* read back as it was written */
    xmlFreeDoc(sheet);
    xmlFreeDoc(strings);
    drop_plan(&m);
}

static void the_same_plan_gives_the_same_bytes(void **state)
{
    struct made m;
    size_t n, k;
    make_plan(&m, EXAMPLES[0]);
    write_book(&m, in(*state, "a.xlsx"));
    write_book(&m, in(*state, "b.xlsx"));
    char *a = slurp(in(*state, "a.xlsx"), &n), *b = slurp(in(*state, "b.xlsx"), &k);
    assert_int_equal(n, k);
    assert_memory_equal(a, b, n);
    free(a);
    free(b);
    drop_plan(&m);
}

static void a_path_that_cannot_be_written_leaves_nothing(void **state)
{
    struct made m;
    struct mw_err err = MW_ERR_INIT(MW_DE);
    make_plan(&m, EXAMPLES[0]);
    assert_int_equal(mw_workbook_write(&m.plan, in(*state, "no/such/folder.xlsx"), MW_DE, &err), MW_OUTPUT);
    assert_non_null(err.msg);
    mw_err_clear(&err);
    spill(in(*state, "old.xlsx"), "old", 3);
    struct rlimit was, small = { 2048, RLIM_INFINITY };
    getrlimit(RLIMIT_FSIZE, &was);
    small.rlim_max = was.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    enum mw_rc rc = mw_workbook_write(&m.plan, in(*state, "old.xlsx"), MW_DE, &err);
    setrlimit(RLIMIT_FSIZE, &was);
    assert_int_equal(rc, MW_OUTPUT);
    mw_err_clear(&err);
    size_t n;
    char *old = slurp(in(*state, "old.xlsx"), &n);
    assert_int_equal(n, 3);
    free(old);
    drop_plan(&m);
}

static void pages_are_a4_and_repeat_their_heads(void **state)
{
    struct made m;
    make_plan(&m, EXAMPLES[1]);
    write_book(&m, in(*state, "b.xlsx"));
    xmlDoc *sheet = xml_of(in(*state, "b.xlsx"), "xl/worksheets/sheet2.xml"), *book = xml_of(in(*state, "b.xlsx"), "xl/workbook.xml");
    assert_int_equal(xcount(sheet, "//s:pageSetup[@paperSize='9'][@orientation='landscape'][@fitToHeight='0']"), 1);
    assert_int_equal(xcount(book, "//s:definedName[@name='_xlnm.Print_Titles'][@localSheetId='1'][.='Kostenplan!$3:$3']"), 1);
    xmlFreeDoc(sheet);
    xmlFreeDoc(book);
    drop_plan(&m);
}

static void a_long_text_gets_the_height_of_its_lines(void **state)
{
    struct made m;
    char yaml[4096];
    snprintf(yaml, sizeof yaml, "%s  - {id: z, kind: public, amount: 1 EUR, label: %.*s}\n",
             "project: h\ntitle: t\nprofile: {profile: h, title: t, summary: s, applicants: [{name: A, type: kommune}]}\n"
             "programme: gak-regionalbudget\nperiod: {from: 2027-01-01, to: 2027-12-31}\n"
             "costs: [{id: a, label: a, category: b, amount: 1000 EUR}]\nfinancing:\n",
             480, "wort wort wort wort wort wort wort wort wort wort wort wort wort wort wort wort wort wort wort wort wort wort "
                  "wort wort wort wort wort wort wort wort wort wort wort wort wort wort wort wort wort wort wort wort wort wort");
    make_plan_of(&m, *state, yaml);
    write_book(&m, in(*state, "b.xlsx"));
    xmlDoc *sheet = xml_of(in(*state, "b.xlsx"), "xl/worksheets/sheet3.xml");
    assert_int_equal(xcount(sheet, ROWS "[@customHeight='1'][@ht = 65]"), 1); /* 219 characters in 46 columns: five lines */
    assert_int_equal(xcount(sheet, ROWS "[@ht >= 40]"), 1);
    xmlFreeDoc(sheet);
    drop_plan(&m);
}

static void columns_of_a_table_are_as_wide_as_what_they_hold(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_grid g = { .title = MW_SV("T"), .day = day_of(2026, 11, 22) };
    MW_AUTO(mw_err_clear) struct mw_err err = MW_ERR_INIT(MW_EN);
    struct mw_str quote = MW_STR_INIT;
    for (int i = 0; i < 100; i++)
        mw_str_addz(&quote, "viele Worte ");
    *(struct mw_sv *)mw_list_add(a, &g.heads, sizeof(struct mw_sv)) = MW_SV("");
    *(struct mw_sv *)mw_list_add(a, &g.heads, sizeof(struct mw_sv)) = MW_SV("Programm");
    assert_true(mw_grid_add(&g, a, MW_SV("Frist")) && mw_grid_add(&g, a, mw_str_sv(&quote)));
    assert_int_equal(mw_grid_xlsx(&g, in(*state, "g.xlsx"), MW_DE, &err), MW_OK);
    xmlDoc *sheet = xml_of(in(*state, "g.xlsx"), "xl/worksheets/sheet1.xml");
    assert_int_equal(xcount(sheet, "//s:col[@min='1'][@width < 20]"), 1);
    assert_int_equal(xcount(sheet, "//s:col[@min='2'][@width > 55]"), 1);
    xmlFreeDoc(sheet);
    mw_str_free(&quote);
    mw_arena_free(a);
}

static void a_saving_is_one_less_joint_over_single(void **state)
{
    /* worked example: single costs 120,000 + 90,000 + 70,000; joint 232,000 gives 17.14 %, 240,000 gives 14.29 % */
    static const struct { const char *joint; int64_t bp, saved; } CASES[] = {
        { "232000 EUR", 1714, 4800000 }, { "240000 EUR", 1429, 4000000 }, { "280000 EUR", 0, 0 }, { "281400 EUR", -50, -140000 },
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct made m;
        struct mw_saving saving;
        char yaml[1024];
        snprintf(yaml, sizeof yaml,
                 "project: h\ntitle: t\nprofile: {profile: h, title: t, summary: s, applicants: [{name: A}, {name: B}, {name: C}]}\n"
                 "programme: gak-regionalbudget\nperiod: {from: 2027-01-01, to: 2027-12-31}\n"
                 "costs: [{id: a, label: a, category: b, amount: 1000 EUR}]\n"
                 "cooperation: {single_cost: {A: 120000 EUR, B: 90000 EUR, C: 70000 EUR}, joint_cost: %s}\n", CASES[i].joint);
        make_plan_of(&m, *state, yaml);
        assert_true(mw_saving_of(&saving, m.plan.project));
        assert_int_equal(saving.single.cents, 28000000);
        assert_int_equal(saving.saved.cents, CASES[i].saved);
        assert_int_equal(mw_share_bp(saving.share), CASES[i].bp);
        drop_plan(&m);
    }
}

int main(void)
{
#define IN_SCRATCH(f) cmocka_unit_test_setup_teardown(f, make_scratch, drop_scratch)
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(each_cost_row_stands_there_to_the_cent),
        IN_SCRATCH(the_sources_add_up_to_the_costs_in_every_year),
        IN_SCRATCH(every_formula_carries_its_value),
        IN_SCRATCH(a_spreadsheet_program_computes_the_same_to_the_cent),
        IN_SCRATCH(what_looks_like_a_formula_stays_text),
        IN_SCRATCH(the_same_plan_gives_the_same_bytes),
        IN_SCRATCH(a_path_that_cannot_be_written_leaves_nothing),
        IN_SCRATCH(pages_are_a4_and_repeat_their_heads),
        IN_SCRATCH(a_long_text_gets_the_height_of_its_lines),
        IN_SCRATCH(columns_of_a_table_are_as_wide_as_what_they_hold),
        IN_SCRATCH(a_saving_is_one_less_joint_over_single),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
