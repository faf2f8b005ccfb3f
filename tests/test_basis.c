/* apply/documents/basis.c: how each sum of the cost plan comes about, in the description, the PDF and the spreadsheet alike. */
#include "apply/documents/basis.h"
#include "tests/bundle.h"

#define PLAN(tax, costs)                                                                                                           \
    "project: p\ntitle: t\nprogramme: interreg-europe\nperiod: {from: 2027-01-01, to: 2028-12-31}\n"                               \
    "profile: {profile: p, title: t, summary: s, applicants: [{name: A, type: kommune, land: NW, lead: yes}, "                     \
    "{name: B, type: kommune, land: NW}, {name: C GmbH, type: kommunales_unternehmen, land: NW}]}\n"                               \
    "input_tax: " tax "\ncosts:\n" costs
#define POSITION                                                                                                                   \
    "  - {id: s, label: Stelle, category: personal, personnel: {tariff: tvoed-vka, group: E11, step: 3, step_since: 2026-03-15, "   \
    "fte: 50 %, to: 2028-06-30, employer_rate: '28,5 %'}}\n"
#define EURO "\xC2\xA0" "EUR"

static void each_way_to_a_sum_is_said(void **state)
{
    static const struct { const char *yaml, *says; } CASES[] = {
        { PLAN("none", "  - {id: a, category: vergabe, quantity: 7, unit: Forum, price: '1.333,33 EUR', vat: 19 %}\n"),
          "7 Forum × 1.333,33" EURO " zzgl. 19 % USt" },
        { PLAN("none", "  - {id: a, category: vergabe, amount: 35000 EUR, vat: 19 %}\n"), "35.000,00" EURO " zzgl. 19 % USt" },
        { PLAN("30 %", "  - {id: a, category: vergabe, amount: 35000 EUR, vat: 19 %}\n"),
          "35.000,00" EURO " zzgl. 19 % USt (davon kommen 30 % zurück)" },
        { PLAN("full", "  - {id: a, category: vergabe, amount: 35000 EUR, vat: 7 %}\n"), "35.000,00" EURO " zzgl. 7 % USt (kommt zurück)" },
        { PLAN("none", "  - {id: a, category: vergabe, amount: 35000 EUR}\n"), "" },
        { PLAN("none", "  - {id: a, category: vergabe, amount: 35000 EUR, quantity: 2.5, unit: Tag}\n"), "2,5 Tag, zusammen 35.000,00" EURO },
        { PLAN("none", "  - {id: a, category: vergabe, years: {2027: 5 EUR}, vat: 19 %}\n"), "netto nach Jahren zzgl. 19 % USt" },
        { PLAN("none", "  - {id: a, category: vergabe, years: {2027: 5 EUR}}\n"), "" },
        { PLAN("none", POSITION),
          "E11, Stufe 3 (seit 15.03.2026), 50 % einer vollen Stelle, 01.01.2027 – 30.06.2028, Arbeitgeberanteil 28,5 % (tvoed-vka)" },
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct made m;
        make_plan_of(&m, *state, CASES[i].yaml);
        struct mw_sv says = mw_cost_basis(m.a, &m.plan, MW_AT(m.plan.cost.rows, struct mw_cost_row, 0), MW_DE);
        if (!mw_sv_eqz(says, CASES[i].says))
            fail_msg("\"%.*s\", not \"%s\"", MW_SV_ARG(says), CASES[i].says);
        drop_plan(&m);
    }
}

static void a_flat_rate_says_its_share_and_what_it_is_of(void **state)
{
    struct made m;
    make_plan_of(&m, *state, PLAN("none", POSITION));
    const struct mw_cost_row *flat = MW_AT(m.plan.cost.rows, struct mw_cost_row, 1);
    struct mw_sv label = mw_cost_label(m.a, flat, MW_DE), says = mw_cost_basis(m.a, &m.plan, flat, MW_DE);
    assert_true(mw_sv_eqz(label, "Pauschale: Verwaltung"));
    assert_true(mw_sv_eqz(says, "15 % der förderfähigen Kosten von Personal"));
    label = mw_cost_label(m.a, MW_AT(m.plan.cost.rows, struct mw_cost_row, 0), MW_DE);
    assert_true(mw_sv_eqz(label, "Stelle"));
    drop_plan(&m);
}

static void description_and_spreadsheet_say_it_alike(void **state)
{
    static const char *const SAYS[] = { "Pauschale: Reise", "15 % der förderfähigen Kosten von Personal", "E11, Stufe 3 (seit 15.03.2026)" };
    struct written w;
    open_text(&w, *state, PLAN("none", POSITION));
    write_to(&w, DESCRIPTION, in(*state, "a.docx"));
    write_to(&w, XLSX, in(*state, "a.xlsx"));
    char *words = words_of(in(*state, "a.docx"));
    xmlDoc *strings = xml_of(in(*state, "a.xlsx"), "xl/sharedStrings.xml");
    xmlChar *cells = xmlNodeGetContent(xmlDocGetRootElement(strings));
    for (size_t i = 0; i < COUNT(SAYS); i++) {
        assert_says(words, SAYS[i]);
        assert_says((const char *)cells, SAYS[i]);
    }
    xmlFree(cells);
    xmlFreeDoc(strings);
    free(words);
    close_bundle(&w);
    assert_says(run_program(*state, "plan", "--lang", "de", "--today", "2026-11-22", in(*state, "p.yaml"))->out, "Pauschale: reise ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_way_to_a_sum_is_said, make_scratch, drop_scratch),
        cmocka_unit_test_setup_teardown(a_flat_rate_says_its_share_and_what_it_is_of, make_scratch, drop_scratch),
        cmocka_unit_test_setup_teardown(description_and_spreadsheet_say_it_alike, make_scratch, drop_scratch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
