/* Profile and facts to a verdict: three answers, reasons in both languages, evidence. */
#include "tests/rules_test.h"

struct case_ {
    const char *why;
    enum mw_applicant_type type;
    enum mw_land land;
    const char *ags;
    int64_t population;
    const char *name, *text, *facet_location, *facet_applicants;
    const char *criterion; /* "verdict" for the whole */
    const char *want;
};

static void fill_profile(struct mw_profile *p, struct mw_arena *a, const struct case_ *c)
{
    memset(p, 0, sizeof *p);
    p->volume = MW_EUR_NONE;
    p->own_share = MW_SHARE_NONE;
    p->period = (struct mw_span){ MW_DAY_NONE, MW_DAY_NONE };
    p->started_on = MW_DAY_NONE;
    p->joint_mode = -1;
    p->other_funding = MW_TRI_NONE;
    struct mw_applicant *x = mw_list_add(a, &p->applicants, sizeof *x);
    *x = (struct mw_applicant){ .name = mw_sv(c->name != NULL ? c->name : "Stadt Muster"), .type = (int)c->type, .land = c->land,
        .ags = mw_sv(c->ags), .population = c->population > 0 ? c->population : MW_INT_NONE, .budget = -1, .lead = MW_YES };
    *(int *)mw_list_add(a, &p->kinds, sizeof(int)) = MW_K_ZUSCHUSS;
}

static void judge(struct mw_verdict *v, struct mw_arena *a, const struct case_ *c, const struct mw_profile *p, enum mw_lang lang)
{
    struct mw_list *facts = mw_arena_alloc(a, sizeof *facts);
    struct mw_notice n = { .url = MW_SV("u"), .title = MW_SV(""), .opens = MW_DAY_NONE };
    if (c->facet_location != NULL)
        *(struct mw_sv *)mw_list_add(a, &n.facets[MW_FUNDING_LOCATION], sizeof(struct mw_sv)) = mw_sv(c->facet_location);
    if (c->facet_applicants != NULL)
        *(struct mw_sv *)mw_list_add(a, &n.facets[MW_ELIGIBLE_APPLICANTS], sizeof(struct mw_sv)) = mw_sv(c->facet_applicants);
    assert_int_equal(mw_rules_facts(facts, a, rules, &n, mw_arena_copy(a, mw_sv(c->text)), NULL), MW_OK);
    assert_int_equal(mw_rules_judge(v, a, rules, p, &n, facts, (struct mw_day){ 20284 }, lang, NULL), MW_OK);
}

static const struct mw_criterion *criterion(const struct mw_verdict *v, const char *name)
{
    for (size_t i = 0; i < v->criteria.n; i++)
        if (mw_sv_eqz(MW_AT(v->criteria, struct mw_criterion, i)->name, name))
            return MW_AT(v->criteria, struct mw_criterion, i);
    return NULL;
}

static void who_and_where_are_judged_as_the_text_says(void **state)
{
    static const struct case_ CASES[] = {
        { "another Land", MW_A_KOMMUNE, MW_LAND_NW, NULL, 0, NULL, "", "Bayern", NULL, "region", "no" },
        { "our Land", MW_A_KOMMUNE, MW_LAND_BY, NULL, 0, NULL, "", "Bayern", NULL, "region", "yes" },
        { "nationwide", MW_A_KOMMUNE, MW_LAND_BY, NULL, 0, NULL, "", "bundesweit", NULL, "region", "yes" },
        { "silence", MW_A_KOMMUNE, MW_LAND_BY, NULL, 0, NULL, "Gefördert werden Bäume.", NULL, NULL, "region", "unknown" },
        { "a federal ministry", MW_A_KOMMUNE, MW_LAND_BY, NULL, 0, NULL, "Das Bundesministerium für Umwelt fördert Bäume.", NULL, NULL, "region", "yes" },
        { "only another Land is named", MW_A_KOMMUNE, MW_LAND_BY, NULL, 0, NULL, "Antragsberechtigt sind Gemeinden in Hessen.", NULL, NULL, "region", "no" },
        { "a special area is a question", MW_A_KREIS, MW_LAND_NI, NULL, 0, NULL,
            "Das Vorhaben muss im ausgewiesenen Fördergebiet der Gemeinschaftsaufgabe liegen.", "bundesweit", NULL, "region", "unknown" },
        { "municipalities", MW_A_KOMMUNE, MW_LAND_NW, NULL, 0, NULL, "Antragsberechtigt sind Kommunen.", NULL, NULL, "applicant", "yes" },
        { "Kommunen cover a Kreis", MW_A_KREIS, MW_LAND_NW, NULL, 0, NULL, "Antragsberechtigt sind Kommunen.", NULL, NULL, "applicant", "yes" },
        { "Gemeinden do not", MW_A_KREIS, MW_LAND_NW, NULL, 0, NULL, "Antragsberechtigt sind Gemeinden.", NULL, NULL, "applicant", "no" },
        { "a Kreis is a Gemeindeverband", MW_A_KREIS, MW_LAND_NW, NULL, 0, NULL, "Antragsberechtigt sind Gemeinden und Gemeindeverbände.", NULL, NULL,
            "applicant", "yes" },
        { "kreisfrei by its number", MW_A_KOMMUNE, MW_LAND_NW, "05112000", 500000, NULL, "Antragsberechtigt sind Kreise und kreisfreie Städte.", NULL, NULL,
            "applicant", "yes" },
        { "not kreisfrei by its number", MW_A_KOMMUNE, MW_LAND_NW, "05562012", 76000, NULL, "Antragsberechtigt sind Kreise und kreisfreie Städte.", NULL,
            NULL, "applicant", "no" },
        { "too small to be kreisfrei", MW_A_KOMMUNE, MW_LAND_ST, NULL, 9400, NULL, "Antragsberechtigt sind Kreise und kreisfreie Städte.", NULL, NULL,
            "applicant", "no" },
        { "perhaps kreisfrei", MW_A_KOMMUNE, MW_LAND_ST, NULL, 90000, NULL, "Antragsberechtigt sind Kreise und kreisfreie Städte.", NULL, NULL, "applicant",
            "unknown" },
        { "legal persons of public law", MW_A_KOMMUNE, MW_LAND_NW, NULL, 0, NULL, "Antragsberechtigt sind juristische Personen des öffentlichen Rechts.",
            NULL, NULL, "applicant", "yes" },
        { "a company is none of public law", MW_A_UNTERNEHMEN, MW_LAND_NW, NULL, 0, NULL, "Antragsberechtigt sind juristische Personen des öffentlichen Rechts.",
            NULL, NULL, "applicant", "no" },
        { "a town is a legal person", MW_A_KOMMUNE, MW_LAND_NW, NULL, 0, NULL, "Antragsberechtigt sind Träger in Form juristischer Personen oder Firmen.",
            NULL, NULL, "applicant", "yes" },
        { "but not one of private law", MW_A_KOMMUNE, MW_LAND_NW, NULL, 0, NULL, "Antragsberechtigt sind Vereine und juristische Personen des privaten Rechts.",
            NULL, NULL, "applicant", "no" },
        { "a list that is not closed shuts nobody out", MW_A_KOMMUNE, MW_LAND_NW, NULL, 0, NULL, "Antragsberechtigt sind Hochschulen und andere Projektträger.",
            NULL, NULL, "applicant", "unknown" },
        { "anybody may own a house", MW_A_KOMMUNE, MW_LAND_NW, NULL, 0, NULL, "Antragsberechtigt sind Eigentümer vermieteter Gebäude.", NULL, NULL, "applicant",
            "unknown" },
        { "not one to live in", MW_A_KOMMUNE, MW_LAND_NW, NULL, 0, NULL, "Antragsberechtigt sind Eigentümer selbst genutzter Wohnungen.", NULL, NULL, "applicant",
            "no" },
        { "who was admitted before, the profile does not say", MW_A_KOMMUNE, MW_LAND_NW, NULL, 0, NULL,
            "Antragsberechtigt sind Kommunen, die in das Programm Mitte leben aufgenommen wurden.", NULL, NULL, "applicant", "unknown" },
        { "a club of one town is perhaps none of the whole Land", MW_A_VERBAND, MW_LAND_NW, NULL, 0, NULL, "Antragsberechtigt sind landesweit tätige Vereine.",
            NULL, NULL, "applicant", "unknown" },
        { "legal persons on a condition", MW_A_KREIS, MW_LAND_NW, NULL, 0, NULL,
            "Antragsberechtigt sind Rechtsträger des öffentlichen oder privaten Rechts, wenn ein Bezirk ihr Mitglied ist.", NULL, NULL, "applicant", "unknown" },
        { "a company of a town is a company", MW_A_KOMMUNALES_UNTERNEHMEN, MW_LAND_NW, NULL, 0, "Werke GmbH", "Antragsberechtigt sind Unternehmen.", NULL, NULL,
            "applicant", "yes" },
        { "but perhaps no small one", MW_A_KOMMUNALES_UNTERNEHMEN, MW_LAND_NW, NULL, 0, "Werke GmbH", "Antragsberechtigt sind kleine und mittlere Unternehmen.",
            NULL, NULL, "applicant", "unknown" },
        { "states only, whatever the field says", MW_A_KOMMUNE, MW_LAND_NW, NULL, 0, NULL, "Antragsberechtigt sind ausschließlich die beteiligten Staaten.",
            NULL, "Kommune", "applicant", "no" },
        { "a Land left out", MW_A_KOMMUNE, MW_LAND_TH, NULL, 0, NULL, "Vorhaben in den Ländern Berlin, Baden-Württemberg und Thüringen werden nicht gefördert.",
            "bundesweit", NULL, "region", "no" },
        { "another Land left out", MW_A_KOMMUNE, MW_LAND_NW, NULL, 0, NULL, "Vorhaben in den Ländern Berlin, Baden-Württemberg und Thüringen werden nicht gefördert.",
            "bundesweit", NULL, "region", "yes" },
        { "who approves aid does not fund", MW_A_KOMMUNE, MW_LAND_NW, NULL, 0, NULL,
            "Antragsberechtigt sind Vereine in Hessen. Bis zur Genehmigung durch die Europäische Kommission wird keine Beihilfe gewährt.", NULL, NULL, "region", "no" },
        { "associations only", MW_A_KOMMUNE, MW_LAND_NW, NULL, 0, NULL, "Antragsberechtigt sind eingetragene Vereine.", NULL, NULL, "applicant", "no" },
        { "the text names associations, the field municipalities", MW_A_KOMMUNE, MW_LAND_NW, NULL, 0, NULL, "Antragsberechtigt sind eingetragene Vereine.",
            NULL, "Kommune", "applicant", "unknown" },
        { "excluded", MW_A_KOMMUNE, MW_LAND_NW, NULL, 0, NULL,
            "Antragsberechtigt sind juristische Personen des öffentlichen Rechts. Gebietskörperschaften sind nicht antragsberechtigt.", NULL, NULL, "applicant", "no" },
        { "a Zweckverband is no municipality", MW_A_KOMMUNALVERBAND, MW_LAND_BW, NULL, 0, "Abwasserzweckverband Lauter",
            "Antragsberechtigt sind Städte und Gemeinden.", NULL, NULL, "applicant", "no" },
        { "a Verbandsgemeinde may be", MW_A_KOMMUNALVERBAND, MW_LAND_RP, NULL, 0, "Verbandsgemeinde Tal", "Antragsberechtigt sind Städte und Gemeinden.", NULL,
            NULL, "applicant", "unknown" },
        { "all three yes", MW_A_KOMMUNE, MW_LAND_BY, NULL, 0, NULL, "Antragsberechtigt sind Kommunen. Anträge sind laufend möglich.", "Bayern", NULL, "verdict",
            "eligible" },
        { "one no decides", MW_A_KOMMUNE, MW_LAND_NW, NULL, 0, NULL, "Antragsberechtigt sind Kommunen. Anträge sind laufend möglich.", "Bayern", NULL,
            "verdict", "ineligible" },
        { "silence about the status", MW_A_KOMMUNE, MW_LAND_BY, NULL, 0, NULL, "Antragsberechtigt sind Kommunen.", "Bayern", NULL, "verdict", "unknown" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_arena *a = mw_arena_new();
        struct mw_profile p;
        struct mw_verdict v;
        fill_profile(&p, a, &CASES[i]);
        judge(&v, a, &CASES[i], &p, MW_EN);
        const struct mw_criterion *k = criterion(&v, CASES[i].criterion);
        const char *got = strcmp(CASES[i].criterion, "verdict") == 0 ? MW_VERDICTS[v.answer] : k != NULL ? MW_ANSWERS[k->answer] : "-";
        if (strcmp(got, CASES[i].want) != 0)
            fail_msg("%s: got %s, want %s", CASES[i].why, got, CASES[i].want);
        mw_arena_free(a);
    }
}

/* What the criterion of regions says of a Kreis and a notice for the whole country. */
static void region_is(const char *want, enum mw_land land, const char *ags, const char *summary, const char *text)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    const struct case_ c = { .type = MW_A_KREIS, .land = land, .ags = ags, .text = text, .facet_location = "bundesweit" };
    struct mw_profile p;
    struct mw_verdict v;
    fill_profile(&p, a, &c);
    p.summary = mw_sv(summary);
    judge(&v, a, &c, &p, MW_DE);
    const char *got = MW_ANSWERS[criterion(&v, "region")->answer];
    if (strcmp(got, want) != 0)
        fail_msg("%s %s, %s: got %s, want %s", ags != NULL ? ags : "", summary, text, got, want);
}

static void a_project_that_says_where_it_lies_is_believed(void **state)
{
#define GRW_ONLY "Das Vorhaben muss in einem ausgewiesenen Fördergebiet der Gemeinschaftsaufgabe durchgeführt werden."
#define GRW_NOT "Es darf sich nicht um ein Regionalfördergebiet der Gemeinschaftsaufgabe handeln."
    static const struct { const char *summary, *text, *want; } CASES[] = {
        { "Der Kreis liegt im Fördergebiet der Gemeinschaftsaufgabe.", GRW_ONLY, "yes" },
        { "Der Kreis liegt nicht im Fördergebiet der Gemeinschaftsaufgabe.", GRW_ONLY, "unknown" },
        { "Der Kreis hat kein Geld. Er liegt im D-Fördergebiet.", GRW_ONLY, "yes" },
        { "Der Kreis baut.", GRW_ONLY, "unknown" },
        { "Der Kreis liegt im Lausitzer Revier.", GRW_ONLY, "unknown" },
        { "Der Kreis liegt im Fördergebiet der Gemeinschaftsaufgabe.", GRW_NOT, "no" },
        { "Der Kreis baut.", GRW_NOT, "unknown" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++)
        region_is(CASES[i].want, MW_LAND_NI, NULL, CASES[i].summary, CASES[i].text);
}

/* Investitionsgesetz Kohleregionen §§ 2, 11, 12. */
static void a_coal_region_is_known_by_its_kreise_and_is_in_some_laender_only(void **state)
{
    static const struct { enum mw_land land; const char *ags, *summary, *text, *want; } CASES[] = {
        { MW_LAND_SN, "14626", "Der Kreis baut.", "Das Vorhaben muss im Lausitzer Revier durchgeführt werden.", "yes" },
        { MW_LAND_SN, "14626110", "Die Stadt baut.", "Das Vorhaben muss im Lausitzer Revier durchgeführt werden.", "yes" },
        { MW_LAND_SN, NULL, "Die Stadt im Landkreis Görlitz baut.", "Das Vorhaben muss im Lausitzer Revier durchgeführt werden.", "yes" },
        { MW_LAND_SN, "14521", "Der Kreis baut.", "Das Vorhaben muss im Lausitzer Revier durchgeführt werden.", "unknown" },
        { MW_LAND_SL, NULL, "Der Kreis baut.", "Das Vorhaben muss im Lausitzer Revier durchgeführt werden.", "unknown" },
        { MW_LAND_BY, NULL, "Der Kreis baut.", "Das Vorhaben muss im Lausitzer Revier durchgeführt werden.", "no" },
        { MW_LAND_BY, NULL, "Der Kreis baut.", "Das Vorhaben soll in der Regel im Lausitzer Revier durchgeführt werden.", "unknown" },
        { MW_LAND_NONE, NULL, "Der Kreis baut.", "Das Vorhaben muss im Lausitzer Revier durchgeführt werden.", "unknown" },
        { MW_LAND_BY, NULL, "Der Kreis baut.", "Das Vorhaben muss in einer anerkannten LEADER-Region liegen.", "unknown" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++)
        region_is(CASES[i].want, CASES[i].land, CASES[i].ags, CASES[i].summary, CASES[i].text);
}

static void an_excluded_partner_does_not_shut_out_the_others(void **state)
{
    static const struct { const char *text, *want; bool alone; } CASES[] = {
        { "Antragsberechtigt sind Vereine. Nicht antragsberechtigt sind Kommunen.", "no", true },
        { "Antragsberechtigt sind Vereine. Nicht antragsberechtigt sind Kommunen.", "yes", false },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
        const struct case_ c = { .why = "", .type = MW_A_KOMMUNE, .land = MW_LAND_NW, .text = CASES[i].text };
        struct mw_profile p;
        struct mw_verdict v;
        fill_profile(&p, a, &c);
        if (!CASES[i].alone)
            *(struct mw_applicant *)mw_list_add(a, &p.applicants, sizeof(struct mw_applicant)) = (struct mw_applicant){ .name = MW_SV("Verein"),
                .type = MW_A_VERBAND, .land = MW_LAND_NW, .population = MW_INT_NONE, .budget = -1 };
        judge(&v, a, &c, &p, MW_DE);
        assert_string_equal(MW_ANSWERS[criterion(&v, "applicant")->answer], CASES[i].want);
    }
}

static void a_begun_project_is_shut_out_only_where_the_text_says_so(void **state)
{
    static const struct { const char *text; const char *want; } CASES[] = {
        { "Das Vorhaben darf noch nicht begonnen sein.", "no" }, { "Ein vorzeitiger Maßnahmenbeginn ist zulässig.", "unknown" }, { "Gefördert werden Bäume.", "-" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_arena *a = mw_arena_new();
        struct case_ c = { .type = MW_A_KOMMUNE, .land = MW_LAND_NW, .text = CASES[i].text };
        struct mw_profile p;
        struct mw_verdict v;
        fill_profile(&p, a, &c);
        p.started = MW_YES;
        judge(&v, a, &c, &p, MW_EN);
        const struct mw_criterion *k = criterion(&v, "start");
        assert_string_equal(k != NULL ? MW_ANSWERS[k->answer] : "-", CASES[i].want);
        mw_arena_free(a);
    }
}

/* A cap is no exclusion, and neither is a soft or conditional limit: nothing about money or partners says no, and inhabitants
 * only where the sentence alone says who may apply (below). */
static void limits_raise_questions_and_never_say_no(void **state)
{
    static const char *const TEXTS[] = {
        "Die Höhe des Zuschusses beträgt maximal EUR 10.000.", "Die Gesamtkosten des Projekts dürfen 20.000 Euro nicht übersteigen.",
        "Gefördert werden auch Kommunen mit bis zu 5.000 Einwohnern.", "Es müssen mindestens drei Kommunen beteiligt sein.",
        "Der Eigenanteil beträgt mindestens 50 Prozent.", "Der Bewilligungszeitraum beträgt maximal 6 Monate.",
        "Consortia must include at least two universities.", "Three companies, each from another country, must take part as beneficiaries.",
    };
    (void)state;
    for (size_t i = 0; i < COUNT(TEXTS); i++) {
        struct mw_arena *a = mw_arena_new();
        struct case_ c = { .type = MW_A_KOMMUNE, .land = MW_LAND_NW, .population = 40000, .text = TEXTS[i] };
        struct mw_profile p;
        struct mw_verdict v;
        fill_profile(&p, a, &c);
        p.volume = (struct mw_eur){ 100000000 };
        assert_true(mw_share_make(&p.own_share, 1, 10));
        p.period = (struct mw_span){ { 20500 }, { 21500 } };
        judge(&v, a, &c, &p, MW_DE);
        for (size_t k = 0; k < v.criteria.n; k++)
            assert_int_not_equal(MW_AT(v.criteria, struct mw_criterion, k)->answer, MW_A_NO);
        mw_arena_free(a);
    }
}

static void only_a_sentence_that_says_who_may_apply_shuts_out_by_size(void **state)
{
    static const struct { const char *text; int64_t population; const char *want; } CASES[] = {
        { "Antragsberechtigt sind Kommunen mit bis zu 5.000 Einwohnern.", 40000, "no" },
        { "Antragsberechtigt sind Kommunen mit bis zu 5.000 Einwohnern.", 4000, "yes" },
        { "Antragsberechtigt sind in der Regel Kommunen mit bis zu 5.000 Einwohnern.", 40000, "unknown" },
        { "Gefördert werden Orte mit bis zu 5.000 Einwohnern.", 40000, "unknown" }, /* a place is not the municipality */
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_arena *a = mw_arena_new();
        struct case_ c = { .type = MW_A_KOMMUNE, .land = MW_LAND_NW, .population = CASES[i].population, .text = CASES[i].text };
        struct mw_profile p;
        struct mw_verdict v;
        fill_profile(&p, a, &c);
        judge(&v, a, &c, &p, MW_DE);
        const struct mw_criterion *k = criterion(&v, "population");
        const char *got = k != NULL ? MW_ANSWERS[k->answer] : "-";
        if (strcmp(got, CASES[i].want) != 0)
            fail_msg("%s (%lld): got %s, want %s", c.text, (long long)CASES[i].population, got, CASES[i].want);
        mw_arena_free(a);
    }
}

/* What the profile leaves open is a question, and so is a figure too near a limit: inhabitants are counted on a day. */
static void what_the_profile_does_not_say_is_a_question_and_never_left_out(void **state)
{
    static const struct { const char *text, *criterion; int64_t population; int budget; const char *want; } CASES[] = {
        { "Antragsberechtigt sind Kommunen mit bis zu 5.000 Einwohnern.", "population", 0, -1, "unknown" },
        { "Antragsberechtigt sind Kommunen mit bis zu 5.000 Einwohnern.", "population", 5040, -1, "unknown" },
        { "Antragsberechtigt sind Kommunen mit bis zu 5.000 Einwohnern.", "population", 5000, -1, "yes" },
        { "Antragsberechtigt sind Kommunen mit bis zu 5.000 Einwohnern.", "population", 5200, -1, "no" },
        { "Die Gesamtkosten des Projekts dürfen 20.000 Euro nicht übersteigen.", "volume", 0, -1, "unknown" },
        { "Der Eigenanteil beträgt mindestens 50 Prozent.", "own_share", 0, -1, "unknown" },
        { "Der Bewilligungszeitraum beträgt maximal 6 Monate.", "duration", 0, -1, "unknown" },
        { "Das Vorhaben darf noch nicht begonnen sein.", "start", 0, -1, "unknown" },
        { "Der Zuschuss beträgt für finanzschwache Kommunen bis zu 90 Prozent.", "budget", 0, -1, "unknown" },
        { "Der Zuschuss beträgt für finanzschwache Kommunen bis zu 90 Prozent.", "budget", 0, MW_B_FINANZSCHWACH, "yes" },
        { "Der Zuschuss beträgt für finanzschwache Kommunen bis zu 90 Prozent.", "budget", 0, MW_B_NOTHAUSHALT, "unknown" },
        { "Der Zuschuss beträgt für finanzschwache Kommunen bis zu 90 Prozent.", "budget", 0, MW_B_NORMAL, "-" },
        { "Antragsberechtigt sind nur Gemeinden in Haushaltssicherung.", "budget", 0, MW_B_NORMAL, "no" },
        { "Antragsberechtigt sind nur Gemeinden in Haushaltssicherung.", "budget", 0, MW_B_NOTHAUSHALT, "yes" },
        { "Antragsberechtigt sind nur Gemeinden in Haushaltssicherung.", "budget", 0, MW_B_FINANZSCHWACH, "unknown" },
        { "Antragsberechtigt sind nur Gemeinden in Haushaltssicherung.", "budget", 0, -1, "unknown" },
        { "Antragsberechtigt sind nur finanzschwache Gemeinden.", "budget", 0, MW_B_NORMAL, "unknown" },
        { "Antragsberechtigt sind nur finanzschwache Gemeinden.", "budget", 0, MW_B_FINANZSCHWACH, "yes" },
        { "Antragsberechtigt sind nur finanzschwache Gemeinden.", "budget", 0, -1, "unknown" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_arena *a = mw_arena_new();
        struct case_ c = { .type = MW_A_KOMMUNE, .land = MW_LAND_NW, .population = CASES[i].population, .text = CASES[i].text };
        struct mw_profile p;
        struct mw_verdict v;
        fill_profile(&p, a, &c);
        p.started = MW_TRI_NONE;
        MW_AT(p.applicants, struct mw_applicant, 0)->budget = CASES[i].budget;
        judge(&v, a, &c, &p, MW_DE);
        const struct mw_criterion *k = criterion(&v, CASES[i].criterion);
        const char *got = k != NULL ? MW_ANSWERS[k->answer] : "-";
        if (strcmp(got, CASES[i].want) != 0)
            fail_msg("%s (%lld, %d): got %s, want %s", c.text, (long long)c.population, CASES[i].budget, got, CASES[i].want);
        mw_arena_free(a);
    }
}

static void inhabitants_are_added_up_only_where_the_text_says_so(void **state)
{
    static const struct { const char *text, *want; } CASES[] = {
        { "Gefördert werden Kommunen mit mindestens 50.000 Einwohnern.", "unknown" }, /* neither alone */
        { "Gefördert werden Kommunen mit mindestens 50.000 Einwohnern. Die Einwohnerzahlen der Kommunen werden addiert.", "yes" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_arena *a = mw_arena_new();
        struct case_ c = { .type = MW_A_KOMMUNE, .land = MW_LAND_NW, .population = 40000, .text = CASES[i].text };
        struct mw_profile p;
        struct mw_verdict v;
        fill_profile(&p, a, &c);
        struct mw_applicant *second = mw_list_add(a, &p.applicants, sizeof *second);
        *second = *MW_AT(p.applicants, struct mw_applicant, 0);
        judge(&v, a, &c, &p, MW_DE);
        const struct mw_criterion *k = criterion(&v, "population");
        assert_string_equal(k != NULL ? MW_ANSWERS[k->answer] : "-", CASES[i].want);
        mw_arena_free(a);
    }
}

static void every_no_carries_its_evidence_its_rule_and_a_reason_in_both_languages(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct case_ c = { .type = MW_A_KOMMUNE, .land = MW_LAND_NW, .facet_location = "Bayern",
        .text = "Antragsberechtigt sind Vereine mit Sitz in Bayern. Die Förderung ist befristet bis zum 31. Dezember 2024." };
    struct mw_profile p;
    struct mw_verdict de, en;
    size_t noes = 0;
    (void)state;
    fill_profile(&p, a, &c);
    judge(&de, a, &c, &p, MW_DE);
    judge(&en, a, &c, &p, MW_EN);
    assert_int_equal(de.criteria.n, en.criteria.n);
    for (size_t i = 0; i < de.criteria.n; i++) {
        const struct mw_criterion *k = MW_AT(de.criteria, struct mw_criterion, i), *e = MW_AT(en.criteria, struct mw_criterion, i);
        assert_true(k->reason.n > 0 && e->reason.n > 0 && !mw_sv_eq(k->reason, e->reason));
        assert_true(mw_sv_find(k->reason, MW_SV("{"), 0) == SIZE_MAX);
        assert_true(mw_sv_starts(k->rule, MW_SV("rules/criteria/")));
        if (k->answer != MW_A_NO)
            continue;
        noes++;
        assert_true(k->quote.n > 0); /* the field says Bayern, and so does the text: the words are better evidence */
        assert_true(mw_sv_find(mw_sv(c.text), k->quote, 0) != SIZE_MAX);
    }
    assert_int_equal(noes, 3);
    mw_arena_free(a);
}

/* --- what the profile says of its owners, of other funding, of the day of its figures ------------------------------------------- */
struct told {
    const char *why, *text;
    struct mw_applicant who;
    enum mw_tri other_funding;
    const char *criterion, *want; /* NULL: not spoken of */
    const char *says;             /* part of the German reason; NULL: any */
};
#define COMPANY(of, percent) { .name = MW_SV(of), .type = MW_A_KOMMUNALES_UNTERNEHMEN, .land = MW_LAND_HE, .population = MW_INT_NONE, .budget = -1, \
        .population_on = { 0 }, .municipal_share = { (percent), (percent) >= 0 ? 100 : 0 } }
#define TOWN(of, people, day) { .name = MW_SV(of), .type = MW_A_KOMMUNE, .land = MW_LAND_HE, .population = (people), .budget = -1, .population_on = { day } }
#define IN(of) { .name = MW_SV("Gemeinde Czell"), .type = MW_A_KOMMUNE, .land = MW_LAND_HE, .population = 9000, .budget = -1, .kreis = MW_SV(of) }
#define KREIS(of) { .name = MW_SV(of), .type = MW_A_KREIS, .land = MW_LAND_HE, .population = 200000, .budget = -1 }
enum { END_OF_2024 = 20088, END_OF_2022 = 19357, END_OF_2011 = 15339 }; /* the tests' today is 15 July 2025 */

static void check_told(const struct told *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
        const struct case_ c = { .type = MW_A_KOMMUNE, .text = cases[i].text };
        struct mw_profile p;
        struct mw_verdict v;
        fill_profile(&p, a, &c);
        *MW_AT(p.applicants, struct mw_applicant, 0) = cases[i].who;
        p.other_funding = cases[i].other_funding;
        judge(&v, a, &c, &p, MW_DE);
        const struct mw_criterion *k = criterion(&v, cases[i].criterion);
        const char *got = k == NULL ? "not spoken of" : MW_ANSWERS[k->answer], *want = cases[i].want == NULL ? "not spoken of" : cases[i].want;
        if (strcmp(got, want) != 0)
            fail_msg("%s: %s, wanted %s", cases[i].why, got, want);
        if (k != NULL && cases[i].says != NULL && mw_sv_find(k->reason, mw_sv(cases[i].says), 0) == SIZE_MAX)
            fail_msg("%s: \"%.*s\" does not say \"%s\"", cases[i].why, MW_SV_ARG(k->reason), cases[i].says);
        if (k != NULL && k->answer == MW_A_NO && (k->quote.n == 0 || mw_sv_find(mw_sv(cases[i].text), k->quote, 0) == SIZE_MAX))
            fail_msg("%s: a no without words of the text", cases[i].why);
    }
}

static void who_owns_a_company_is_held_against_what_is_demanded(void **state)
{
    static const char HALF[] = "Antragsberechtigt sind kommunale Unternehmen mit mindestens 50 Prozent kommunaler Beteiligung.";
    static const char MORE[] = "Antragsberechtigt sind kommunale Unternehmen, die sich mehrheitlich in kommunaler Hand befinden.";
    static const char ALSO[] = "Antragsberechtigt sind Unternehmen sowie Betriebe mit mindestens 50 Prozent kommunaler Beteiligung.";
    static const char SOFT[] = "Antragsberechtigt sind kommunale Unternehmen; sie sollen zu mindestens 50 Prozent im Eigentum von Kommunen sein.";
    static const char PUBLIC[] = "Antragsberechtigt sind kommunale Unternehmen, die mehrheitlich der öffentlichen Hand gehören oder öffentlicher Hand sind.";
    const struct told CASES[] = {
        { "enough", HALF, COMPANY("Werke", 50), MW_TRI_NONE, "ownership", "yes", "mindestens 50 %" },
        { "half is no majority", MORE, COMPANY("Werke", 50), MW_TRI_NONE, "ownership", "no", "mehr als 50 %" },
        { "too little", HALF, COMPANY("Werke", 40), MW_TRI_NONE, "ownership", "no", "Werke" },
        { "not stated", HALF, COMPANY("Werke", -1), MW_TRI_NONE, "ownership", "unknown", "das Profil sagt nicht" },
        { "other companies may apply as well", ALSO, COMPANY("Werke", 40), MW_TRI_NONE, "ownership", "unknown", NULL },
        { "a soft wording never shuts out", SOFT, COMPANY("Werke", 40), MW_TRI_NONE, "ownership", "unknown", NULL },
        { "the Land may own the rest", PUBLIC, COMPANY("Werke", 40), MW_TRI_NONE, "ownership", "unknown", NULL },
        { "a municipality has no owner", HALF, TOWN("Stadt Adorf", 9000, 0), MW_TRI_NONE, "ownership", NULL, NULL },
        { "silence", "Antragsberechtigt sind kommunale Unternehmen.", COMPANY("Werke", 40), MW_TRI_NONE, "ownership", NULL, NULL },
        { "a municipal company is not the municipality", "Antragsberechtigt sind Städte und Gemeinden.", COMPANY("Werke", 100), MW_TRI_NONE,
            "applicant", "no", NULL },
    };
    (void)state;
    check_told(CASES, COUNT(CASES));
}

static void other_funding_that_comes_first_is_a_question_of_the_profile(void **state)
{
    static const char SECOND[] = "Die Förderung ist gegenüber Programmen des Bundes nachrangig.";
    static const char SHUT[] = "Soweit eine Förderung nach anderen Programmen möglich ist, ist eine Zuwendung nach dieser Richtlinie ausgeschlossen.";
    static const char SOFT[] = "Soweit eine Förderung nach anderen Programmen möglich ist, ist eine Zuwendung nach dieser Richtlinie grundsätzlich ausgeschlossen.";
    const struct told CASES[] = {
        { "not stated", SECOND, TOWN("Stadt Adorf", 9000, 0), MW_TRI_NONE, "subsidiarity", "unknown", "sagt das Profil nicht" },
        { "there is none", SECOND, TOWN("Stadt Adorf", 9000, 0), MW_NO, "subsidiarity", "yes", NULL },
        { "second is not shut out", SECOND, TOWN("Stadt Adorf", 9000, 0), MW_YES, "subsidiarity", "unknown", NULL },
        { "shut out", SHUT, TOWN("Stadt Adorf", 9000, 0), MW_YES, "subsidiarity", "no", NULL },
        { "shut out as a rule", SOFT, TOWN("Stadt Adorf", 9000, 0), MW_YES, "subsidiarity", "unknown", NULL },
        { "people's status is no rank", "Beraten werden auch subsidiär Schutzberechtigte.", TOWN("Stadt Adorf", 9000, 0), MW_YES, "subsidiarity", NULL, NULL },
        { "a security is no rank", "Das Darlehen ist durch eine Grundschuld nachrangig zu sichern.", TOWN("Stadt Adorf", 9000, 0), MW_YES, "subsidiarity", NULL, NULL },
        { "either or", "Eine Doppelförderung ist ausgeschlossen.", TOWN("Stadt Adorf", 9000, 0), MW_YES, "subsidiarity", "unknown", NULL },
        { "silence", "Gefördert werden Bäume.", TOWN("Stadt Adorf", 9000, 0), MW_YES, "subsidiarity", NULL, NULL },
    };
    (void)state;
    check_told(CASES, COUNT(CASES));
}

static void places_that_a_text_leaves_out_are_known_by_their_names(void **state)
{
    static const char BUT[] = "Antragsberechtigt sind Kommunen in Hessen. Fördergebiet ist das gesamte Land mit Ausnahme der Städte Adorf und Behausen (Tal).";
    static const char BUT_SOFT[] = "Antragsberechtigt sind Kommunen in Hessen. Grundsätzlich ist Fördergebiet das gesamte Land mit Ausnahme der Stadt Adorf.";
    static const char BUT_KREIS[] = "Antragsberechtigt sind Kommunen in Hessen. Fördergebiet ist das gesamte Land mit Ausnahme des Landkreises Adorf.";
    static const char BUT_BIG[] = "Antragsberechtigt sind Kommunen in Hessen. Fördergebiet ist das gesamte Land mit Ausnahme der Großstädte.";
    static const char ONLY[] = "Antragsberechtigt sind Kommunen in Hessen. Fördergebiet sind die Landkreise Adorf und Behausen.";
    const struct told CASES[] = {
        { "left out", BUT, TOWN("Kreisstadt Adorf", 9000, 0), MW_TRI_NONE, "region", "no", "ausgenommen" },
        { "left out with its river", BUT, TOWN("Stadt Behausen (Tal)", 9000, 0), MW_TRI_NONE, "region", "no", NULL },
        { "a homonym is a question", BUT, TOWN("Stadt Behausen", 9000, 0), MW_TRI_NONE, "region", "unknown", NULL },
        { "another town", BUT, TOWN("Gemeinde Czell", 9000, 0), MW_TRI_NONE, "region", "yes", NULL },
        { "part of a name is no name", BUT, TOWN("Gemeinde Neu-Adorf", 9000, 0), MW_TRI_NONE, "region", "yes", NULL },
        { "the Kreis of that name is not the town", BUT, KREIS("Kreis Adorf"), MW_TRI_NONE, "region", "yes", NULL },
        { "as a rule", BUT_SOFT, TOWN("Stadt Adorf", 9000, 0), MW_TRI_NONE, "region", "unknown", NULL },
        { "a Kreis is left out", BUT_KREIS, KREIS("Landkreis Adorf"), MW_TRI_NONE, "region", "no", NULL },
        { "perhaps it is the town's Kreis", BUT_KREIS, TOWN("Gemeinde Czell", 9000, 0), MW_TRI_NONE, "region", "unknown", NULL },
        { "it is the town's Kreis", BUT_KREIS, IN("Kreis Adorf"), MW_TRI_NONE, "region", "no", NULL },
        { "it is another Kreis", BUT_KREIS, IN("Behausen"), MW_TRI_NONE, "region", "yes", NULL },
        { "only these, and we lie in one", ONLY, IN("Behausen"), MW_TRI_NONE, "region", "yes", NULL },
        { "only these, and we lie in none", ONLY, IN("Landkreis Czell"), MW_TRI_NONE, "region", "unknown", "nicht darunter" },
        { "no names", BUT_BIG, TOWN("Gemeinde Czell", 9000, 0), MW_TRI_NONE, "region", "unknown", NULL },
        { "only these, and we are one", ONLY, KREIS("Landkreis Behausen"), MW_TRI_NONE, "region", "yes", NULL },
        { "only these, and we may lie in one", ONLY, TOWN("Gemeinde Czell", 9000, 0), MW_TRI_NONE, "region", "unknown", NULL },
        { "only these, and we are none", ONLY, KREIS("Landkreis Czell"), MW_TRI_NONE, "region", "unknown", "nicht darunter" },
    };
    (void)state;
    check_told(CASES, COUNT(CASES));
}

/* What says how long may be funded is not the end of the directive. */
static void an_end_that_may_have_been_extended_is_a_question(void **state)
{
    const struct told CASES[] = {
        { "its own end", "Diese Richtlinie gilt bis zum 31.12.2023.", TOWN("Stadt Adorf", 9000, 0), MW_TRI_NONE, "status", "no", "31.12.2023" },
        { "the end of funding", "Die Förderung ist zulässig bis längstens zum 31.12.2023.", TOWN("Stadt Adorf", 9000, 0), MW_TRI_NONE, "status", "unknown", NULL },
    };
    (void)state;
    check_told(CASES, COUNT(CASES));
}

static void an_old_figure_near_a_limit_is_a_question(void **state)
{
    static const char LIMIT[] = "Antragsberechtigt sind Kommunen mit bis zu 10.000 Einwohnern.";
    const struct told CASES[] = {
        { "newest", LIMIT, TOWN("Stadt Adorf", 10050, END_OF_2024), MW_TRI_NONE, "population", "no", NULL },
        { "newest and below", LIMIT, TOWN("Stadt Adorf", 9990, END_OF_2024), MW_TRI_NONE, "population", "yes", NULL },
        { "without a date", LIMIT, TOWN("Stadt Adorf", 10050, 0), MW_TRI_NONE, "population", "unknown", "Stadt Adorf 10.050 (ohne Datum)" },
        { "without a date, far away", LIMIT, TOWN("Stadt Adorf", 10300, 0), MW_TRI_NONE, "population", "no", NULL },
        { "before the last", LIMIT, TOWN("Stadt Adorf", 10250, END_OF_2022), MW_TRI_NONE, "population", "unknown", "31.12.2022" },
        { "of the last census but one", LIMIT, TOWN("Stadt Adorf", 10900, END_OF_2011), MW_TRI_NONE, "population", "unknown", "31.12.2011" },
        { "old, and far away all the same", LIMIT, TOWN("Stadt Adorf", 15000, END_OF_2011), MW_TRI_NONE, "population", "no", NULL },
        { "on the limit", LIMIT, TOWN("Stadt Adorf", 10000, END_OF_2024), MW_TRI_NONE, "population", "yes", NULL },
    };
    (void)state;
    check_told(CASES, COUNT(CASES));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_project_that_says_where_it_lies_is_believed),
        cmocka_unit_test(a_coal_region_is_known_by_its_kreise_and_is_in_some_laender_only),
        cmocka_unit_test(an_excluded_partner_does_not_shut_out_the_others),
        cmocka_unit_test(who_owns_a_company_is_held_against_what_is_demanded),
        cmocka_unit_test(other_funding_that_comes_first_is_a_question_of_the_profile),
        cmocka_unit_test(places_that_a_text_leaves_out_are_known_by_their_names),
        cmocka_unit_test(an_end_that_may_have_been_extended_is_a_question),
        cmocka_unit_test(an_old_figure_near_a_limit_is_a_question),
        cmocka_unit_test(who_and_where_are_judged_as_the_text_says),
        cmocka_unit_test(a_begun_project_is_shut_out_only_where_the_text_says_so),
        cmocka_unit_test(limits_raise_questions_and_never_say_no),
        cmocka_unit_test(only_a_sentence_that_says_who_may_apply_shuts_out_by_size),
        cmocka_unit_test(what_the_profile_does_not_say_is_a_question_and_never_left_out),
        cmocka_unit_test(inhabitants_are_added_up_only_where_the_text_says_so),
        cmocka_unit_test(every_no_carries_its_evidence_its_rule_and_a_reason_in_both_languages),
    };
    return cmocka_run_group_tests(tests, load_rules, free_rules);
}
