/* Purposes: what a programme is for, against what a project is for. */
#include "rules/engine/theme.h"
#include "tests/rules_test.h"

static void notice(struct mw_notice *n, struct mw_list *facts, struct mw_arena *a, const char *title, const char *lead, const char *more)
{
    const char *const texts[] = { lead, more };
    struct mw_str plain = MW_STR_INIT;
    *n = (struct mw_notice){ .url = MW_SV("u"), .title = mw_sv(title), .opens = MW_DAY_NONE };
    for (size_t i = 0; i < COUNT(texts) && texts[i] != NULL; i++)
        *(struct mw_section *)mw_list_add(a, &n->sections, sizeof(struct mw_section)) =
            (struct mw_section){ .heading = MW_SV(""), .raw = mw_sv(texts[i]), .text = mw_sv(texts[i]) };
    mw_notice_plain(&plain, n);
    struct mw_sv kept = mw_arena_copy(a, mw_str_sv(&plain));
    mw_str_free(&plain);
    assert_int_equal(mw_rules_facts(facts, a, rules, n, kept, NULL), MW_OK);
    for (size_t i = 0; i < facts->n; i++) { /* evidence travels: every theme's quote stands where it says */
        const struct mw_fact *f = MW_AT(*facts, struct mw_fact, i);
        if (f->type == MW_F_THEME)
            assert_true(mw_sv_eq(mw_sv_sub(kept, f->start, f->quote.n), f->quote) && f->quote.n > 0 && f->rule.n > 0);
    }
}

static void profile(struct mw_profile *p, struct mw_arena *a, const char *title, const char *summary)
{
    *p = (struct mw_profile){ .title = mw_sv(title), .summary = mw_sv(summary), .volume = MW_EUR_NONE, .own_share = MW_SHARE_NONE,
        .period = { MW_DAY_NONE, MW_DAY_NONE }, .started_on = MW_DAY_NONE, .joint_mode = -1, .other_funding = MW_TRI_NONE };
    *(struct mw_applicant *)mw_list_add(a, &p->applicants, sizeof(struct mw_applicant)) =
        (struct mw_applicant){ .name = MW_SV("Stadt Muster"), .type = MW_A_KOMMUNE, .land = MW_LAND_HE, .population = MW_INT_NONE, .budget = -1 };
}

static const char *answer(const struct mw_profile *p, const char *title, const char *lead, const char *more)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_list facts = { 0 };
    struct mw_notice n;
    struct mw_brief b;
    struct mw_verdict v;
    struct mw_hearing how = { .today = { 20284 }, .lang = MW_EN };
    const char *said = "-";
    notice(&n, &facts, a, title, lead, more);
    assert_int_equal(mw_rules_brief(&b, a, rules, p, NULL), MW_OK);
    assert_int_equal(mw_rules_hear(&v, a, rules, &b, &n, &facts, &how, NULL), MW_OK);
    for (size_t i = 0; i < v.criteria.n; i++) {
        const struct mw_criterion *k = MW_AT(v.criteria, struct mw_criterion, i);
        if (!mw_sv_eqz(k->name, "theme"))
            continue;
        said = MW_ANSWERS[k->answer];
        assert_true(k->quote.n > 0 && k->reason.n > 0 && k->rule.n > 0);
        assert_false(mw_sv_find(k->reason, MW_SV("{"), 0) != SIZE_MAX);
    }
    mw_arena_free(a);
    return said;
}

static void a_purpose_is_another_only_where_nothing_speaks_for_ours(void **state)
{
    static const struct { const char *why, *title, *lead, *more, *want; } CASES[] = {
        { "the same", "Sanierung kommunaler Turnhallen", "Gemeinden erhalten Zuschüsse für ihre Sporthallen.", NULL, "yes" },
        { "plainly another", "Beratung von Geflüchteten", "Das Land fördert die Migrationsberatung von Zugewanderten.", NULL, "no" },
        { "another, but ours is among what it funds", "Integration von Zugewanderten",
            "Gefördert wird die Integration, auch in Sporthallen und Turnhallen.", "Turnhallen und Sportplätze werden Orte der Begegnung.", "yes" },
        { "a frame carries almost anything", "Städtebauförderung", "Gefördert wird die Stadtentwicklung.", NULL, "unknown" },
        { "a frame beside a purpose in the title is only the house of the programme", "Klimaschutzinitiative – Breitband",
            "Gefördert wird der Bau von Breitbandnetzen.", NULL, "no" },
        { "many purposes are no one purpose", "Sammelprogramm",
            "Gefördert werden Radwege, Museen, Hospize, Breitband, Wälder, Kitas, Bibliotheken, Bauernhöfe, Häfen, Theater, Schulen und Krankenhäuser.",
            NULL, "unknown" },
        { "many purposes, and nothing of ours near any of them", "Sammelprogramm Landwirtschaft und Verkehr",
            "Gefördert werden Häfen, Schifffahrt, Straßenbau, Bauernhöfe, Flurbereinigung, Gewässer, Wasserstoff, Startups, Breitband, Digitalisierung, "
            "Kreislaufwirtschaft und Exporte.", NULL, "no" },
        { "a frame named in passing is no frame", "Sozialticket im Nahverkehr",
            "Gefördert werden Fahrkarten für Bus und Bahn, der ÖPNV und seine Haltestellen, auch in interkommunaler Zusammenarbeit.",
            "Busse, Bahnen und Haltestellen des ÖPNV. Der Nahverkehr wird günstiger.", "no" },
        { "what is named first is little of all that is named", "Programm für Orte",
            "Gefördert wird die Mobilität.", "Rampen, Spielplätze, Leichte Sprache, Rollstuhlfahrer, Mehrgenerationenhäuser.", "unknown" },
        { "a near field", "Förderung der Musikschulen", "Musikschulen und Chöre erhalten Zuschüsse.", NULL, "unknown" },
        { "for people of whom the project does not speak", "Hilfen für Geflüchtete",
            "Vereine beraten Geflüchtete und Zugewanderte.", "Auch in Sportvereinen, Schulen und Theatern.", "no" },
        { "for people whom the title names", "Familien im Sport", "Gefördert werden Kurse in Schulen, Theatern, Museen und Bibliotheken, in Wäldern und Häfen.",
            NULL, "unknown" },
        { "for people whom the title names, and nothing of ours beside them", "Treffpunkte für Familien",
            "Gefördert werden Kurse in Schulen, Theatern, Museen und Bibliotheken, in Wäldern und Häfen.", NULL, "no" },
        { "for people of whom it does", "Werkstatt für behinderte Menschen", "Die Werkstatt für behinderte Menschen bekommt Wald, Hafen und Schifffahrt.", NULL,
            "unknown" },
        { "the name of a ministry is no purpose", "Brennstoffzellen im Güterverkehr",
            "Das Ministerium des Innern, für Wohnungsbau und für Sport fördert Wasserstoff in der Schifffahrt.", NULL, "no" },
        { "a compound is about what it begins with", "Breitbandkredit", "Das Land hilft beim Bau von Breitbandnetzen.", NULL, "no" },
        { "our field named in passing", "Musikschulen, Theater und Museen", "Gefördert werden Musikschulen, Theater, Museen, Chöre und Bibliotheken.",
            "Auch der Sport, auch der Sport.", "unknown" },
        { "silence", "Förderung", "Anträge nimmt das Amt entgegen.", NULL, "-" },
        { "named in passing only", "Hinweise zum Verfahren", "Anträge nimmt das Amt entgegen.", "Dies gilt auch für Hospize.", "unknown" },
    };
    struct mw_arena *a = mw_arena_new();
    struct mw_profile p;
    (void)state;
    profile(&p, a, "Sanierung der Turnhalle", "Die Sporthalle bekommt ein neues Dach und barrierefreie Umkleiden.");
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const char *got = answer(&p, CASES[i].title, CASES[i].lead, CASES[i].more);
        if (strcmp(got, CASES[i].want) != 0)
            fail_msg("%s: got %s, want %s", CASES[i].why, got, CASES[i].want);
    }
    mw_arena_free(a);
}

static void a_profile_that_names_no_theme_shuts_nothing_out(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_profile p;
    (void)state;
    profile(&p, a, "Vorhaben Nummer 7", "Näheres folgt.");
    assert_string_equal(answer(&p, "Beratung von Geflüchteten", "Migrationsberatung von Zugewanderten.", NULL), "-");
    mw_arena_free(a);
}

static void research_is_for_those_who_speak_of_it(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_profile p;
    const char *title = "Halbleiter von morgen", *lead = "Gefördert werden Forschungsvorhaben der Mikroelektronik.";
    (void)state;
    profile(&p, a, "Glasfaser für das Gewerbegebiet", "Schnelles Internet für alle Betriebe.");
    assert_string_equal(answer(&p, title, lead, NULL), "no");
    assert_string_equal(answer(&p, "Export für Einsteiger", "Gefördert werden Messen und die Internationalisierung.", NULL), "no");
    profile(&p, a, "Glasfaser für das Gewerbegebiet", "Schnelles Internet für alle Betriebe, begleitet von der Forschung zur Kernfusion.");
    assert_string_not_equal(answer(&p, title, lead, NULL), "no");
    mw_arena_free(a);
}

static void trees_and_squares_are_near_the_making_of_towns(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_profile p;
    (void)state;
    profile(&p, a, "Stadtbäume gegen Hitze", "Drei Plätze werden entsiegelt.");
    assert_string_equal(answer(&p, "Experimenteller Wohnungs- und Städtebau", "Gefördert wird der experimentelle Städtebau.", NULL), "unknown");
    mw_arena_free(a);
}

static void what_a_project_is_not_is_none_of_its_themes(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_profile p;
    (void)state;
    profile(&p, a, "Sanierung der Turnhalle", "Die Halle bekommt ein Dach. Beratung von Geflüchteten und Zugewanderten ist vorgesehen.");
    assert_string_equal(answer(&p, "Beratung von Geflüchteten", "Migrationsberatung von Zugewanderten.", NULL), "unknown");
    profile(&p, a, "Sanierung der Turnhalle", "Die Halle bekommt ein Dach. Beratung von Geflüchteten und Zugewanderten ist nicht vorgesehen.");
    assert_string_equal(answer(&p, "Beratung von Geflüchteten", "Migrationsberatung von Zugewanderten.", NULL), "no");
    mw_arena_free(a);
}

/* Our title names the gymnasium, our text a ventilation as well. */
static void a_purpose_is_ours_only_where_a_sentence_says_that_it_is_funded(void **state)
{
    static const struct { const char *why, *title, *lead, *want; } CASES[] = {
        { "said to be funded", "Hilfen für Vereine", "Das Land fördert die Erneuerung von Turnhallen.", "yes" },
        { "an item of what is funded", "Hilfen für Vereine", "Gefördert werden:\n\n* Schwimmbäder\n* Turnhallen\n", "yes" },
        { "named by both titles", "Programm Turnhalle", "Näheres erfahren Sie im Rathaus.", "yes" },
        { "only mentioned", "Hilfen für Vereine", "Der Minister sprach in der Turnhalle von Muster über Turnhallen in Stadt und Land.", "unknown" },
        { "a part of our house, which our title does not name", "Anlagen für gute Luft", "Das Land fördert den Einbau von Lüftungsanlagen.", "unknown" },
        { "our field alone", "Hilfen für Vereine", "Das Land fördert den Sport.", "unknown" },
        { "a verb in an item without capitals is no noun", "Hilfen", "Gefördert wird, wer will:\n\n* beraten und pflegen,\n* helfen und heilen\n", "-" },
        { "an office that takes applications", "Hilfen", "Richten Sie Ihren Antrag an das Amt für Turnhallen, Sporthallen und Bäder.", "-" },
    };
    struct mw_arena *a = mw_arena_new();
    struct mw_profile p;
    (void)state;
    profile(&p, a, "Sanierung der Turnhalle", "Das Haus bekommt ein neues Dach und eine Lüftungsanlage.");
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const char *got = answer(&p, CASES[i].title, CASES[i].lead, NULL);
        if (strcmp(got, CASES[i].want) != 0)
            fail_msg("%s: got %s, want %s", CASES[i].why, got, CASES[i].want);
    }
    mw_arena_free(a);
}

static void whom_a_programme_helps_proves_no_purpose_where_our_title_names_one(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_profile p;
    const char *title = "Hilfen für Familien", *lead = "Das Land fördert Familien in Not.";
    (void)state;
    profile(&p, a, "Turnhalle für Familien", "Familien treiben zusammen Sport.");
    assert_string_equal(answer(&p, title, lead, NULL), "unknown");
    profile(&p, a, "Hilfen für Familien", "Familien erhalten Rat.");
    assert_string_equal(answer(&p, title, lead, NULL), "yes");
    mw_arena_free(a);
}

static void the_name_of_a_place_is_no_theme(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_profile p;
    const char *title = "Wiederaufforstung", *lead = "Das Land fördert die Wiederaufforstung der Wälder.";
    (void)state;
    profile(&p, a, "Glasfaser für Forst", "Schnelles Internet für alle Betriebe in Forst, damit Forst in Forst bleibt.");
    assert_string_equal(answer(&p, title, lead, NULL), "yes"); /* the woods, for all that is known */
    MW_AT(p.applicants, struct mw_applicant, 0)->name = MW_SV("Stadt Forst");
    assert_string_equal(answer(&p, title, lead, NULL), "no");
    profile(&p, a, "Glasfaser", "Schnelles Internet für alle Betriebe der Stadt Forst und der Gemeinde Wald.");
    assert_string_equal(answer(&p, title, lead, NULL), "no");
    mw_arena_free(a);
}

/* The sentence that says what is funded proves a theme, not the first that names it; it is whole, or cut between words. */
static void the_quote_is_the_sentence_that_says_what_is_funded(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_str s = MW_STR_INIT;
    struct mw_list facts = { 0 }, cut = { 0 };
    struct mw_notice n;
    (void)state;
    notice(&n, &facts, a, "Turnhallen", "Turnhallen sind alt. Das Land fördert Turnhallen im Bau. Turnhallen bleiben stehen.", NULL);
    for (size_t i = 0; i < facts.n; i++)
        if (MW_AT(facts, struct mw_fact, i)->type == MW_F_THEME)
            assert_sv(MW_AT(facts, struct mw_fact, i)->quote, "Das Land fördert Turnhallen im Bau.");
    mw_str_addz(&s, "Gefördert wird, ");
    for (int i = 0; i < 40; i++)
        mw_str_addz(&s, "was überall größer wird, ");
    mw_str_addz(&s, "und die Turnhalle, ");
    for (int i = 0; i < 40; i++)
        mw_str_addz(&s, "die überall schöner wird, ");
    notice(&n, &cut, a, "Hilfen", mw_arena_z(a, mw_str_sv(&s)), NULL);
    for (size_t i = 0; i < cut.n; i++) {
        const struct mw_fact *f = MW_AT(cut, struct mw_fact, i);
        if (f->type != MW_F_THEME)
            continue;
        assert_true(mw_sv_find(f->quote, MW_SV("die Turnhalle"), 0) != SIZE_MAX && f->quote.n <= 400);
        assert_true(f->start > 0 && s.p[f->start - n.title.n - 3] == ' ');
    }
    mw_str_free(&s);
    mw_arena_free(a);
}

/* Long, empty and broken texts: themes are counted to a limit, quotes stay within the text and its characters. */
static void hostile_texts_give_few_themes_with_whole_quotes(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_str s = MW_STR_INIT;
    struct mw_list facts = { 0 }, none = { 0 };
    struct mw_notice n;
    size_t themes = 0;
    (void)state;
    for (int i = 0; i < 3000; i++)
        mw_str_addz(&s, i % 3 == 0 ? "Sporthalle ä" : i % 3 == 1 ? "Museum\xc3\xa4 Theater " : "\xe2\x80\x93 Wald Hospiz Kita ");
    notice(&n, &facts, a, "Sport", mw_arena_z(a, mw_str_sv(&s)), mw_arena_z(a, mw_str_sv(&s)));
    for (size_t i = 0; i < facts.n; i++) {
        const struct mw_fact *f = MW_AT(facts, struct mw_fact, i);
        themes += f->type == MW_F_THEME;
        if (f->type == MW_F_THEME)
            assert_true(mw_utf8_invalid_at(f->quote) == SIZE_MAX && f->quote.n <= 800);
    }
    assert_in_range(themes, 1, MW_THEMES_MAX);
    notice(&n, &none, a, "", NULL, NULL);
    assert_int_equal(none.n, 0);
    mw_str_free(&s);
    mw_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_purpose_is_another_only_where_nothing_speaks_for_ours),
        cmocka_unit_test(a_profile_that_names_no_theme_shuts_nothing_out),
        cmocka_unit_test(research_is_for_those_who_speak_of_it),
        cmocka_unit_test(trees_and_squares_are_near_the_making_of_towns),
        cmocka_unit_test(what_a_project_is_not_is_none_of_its_themes),
        cmocka_unit_test(a_purpose_is_ours_only_where_a_sentence_says_that_it_is_funded),
        cmocka_unit_test(whom_a_programme_helps_proves_no_purpose_where_our_title_names_one),
        cmocka_unit_test(the_name_of_a_place_is_no_theme),
        cmocka_unit_test(the_quote_is_the_sentence_that_says_what_is_funded),
        cmocka_unit_test(hostile_texts_give_few_themes_with_whole_quotes),
    };
    return cmocka_run_group_tests(tests, load_rules, free_rules);
}
