/* 140 phrasings of German and European funding texts (../shared/domain/eligibility-phrases.md) against their meaning, the second
 * column of the table, put in our types of facts. Each phrase stands in the least frame that makes a sentence of it.
 * A phrase is given when every fact of its meaning is found, and wrong when one is found that neither the meaning nor the words say, be it only by a detail. */
#include "lib/core/file.h"
#include "tests/rules_test.h"

static const struct phrase {
    int number;
    const char *means;           /* facts between ";", of several ways to say one "|"; "": no criterion, so no fact */
    const char *beside;          /* what the words say besides: may be found */
    const char *before, *behind; /* the frame */
    const char *fill;            /* what stands in the place of the dots of omission, between "|"; NULL: nothing */
} PHRASES[] = {
    { .number = 1, .means = "applicant kommune; applicant kommunalverband; region RP" },
    { .number = 2, .means = "applicant kreis; applicant kommune (kreisfrei)" },
    { .number = 3, .means = "applicant kommune (gemeinde)" },
    { .number = 4, .means = "applicant kommune; joint entity; region HE", .beside = "joint allowed; applicant kommunalverband" },
    { .number = 5, .means = "applicant kommune; applicant kommunalverband; applicant kommunales_unternehmen", .beside = "joint allowed",
        .before = "Antragsberechtigt sind ", .behind = "." },
    { .number = 6, .means = "applicant kommune (gemeinde); applicant kommunalverband; applicant kommunalverband (gemeindeverband); region BY",
        .beside = "joint allowed", .before = "Antragsberechtigt sind ", .behind = "." },
    { .number = 7, .means = "applicant kreis; applicant kommune (gemeinde); applicant kommunalverband; region BW", .beside = "joint allowed",
        .before = "Antragsberechtigt sind ", .behind = " in Baden-Württemberg." },
    { .number = 8, .means = "applicant kommune (gemeinde); applicant kommunalverband", .before = "Antragsberechtigt sind ", .behind = "." },
    { .number = 9, .means = "requirement min municipal_ownership 100 %", .beside = "applicant unternehmen; applicant kommunales_unternehmen",
        .before = "Antragsberechtigt sind ", .behind = "." },
    { .number = 10, .means = "requirement min municipal_ownership 25 %", .beside = "applicant unternehmen; applicant kommunales_unternehmen",
        .before = "Antragsberechtigt sind Unternehmen ", .behind = "." },
    { .number = 11, .means = "exclusion kommunales_unternehmen (eigenbetrieb)", .before = "Die ", .behind = " ." },
    { .number = 12, .means = "exclusion kommune" },
    { .number = 13, .means = "applicant kommune; applicant oeffentliche_einrichtung" },
    { .number = 14, .means = "exclusion privatperson" },
    { .number = 15, .means = "forwarding allowed" },
    { .number = 16, .means = "joint lead" },
    { .number = 17, .means = "joint group ~ | joint group" },
    { .number = 18, .means = "partners min 3 ~" },
    { .number = 19, .means = "partners min 2 ~" },
    { .number = 20, .means = "amount grant_max 175000 EUR; rate max 90 %", .beside = "partners min 2",
        .before = "Bei einer Zusammenarbeit ", .behind = "." },
    { .number = 21, .means = "requirement increment_per_partner 35000 EUR", .before = "Die Zuweisung wird ", .behind = "." },
    { .number = 22, .means = "requirement min lasting_cooperation 60 months" },
    { .number = 23, .means = "requirement new_cooperation" },
    { .number = 24, .means = "saving min 15 %", .before = "Erforderlich ist eine ", .behind = "." },
    { .number = 25, .means = "requirement one_application" },
    { .number = 26, .means = "requirement separate_applications" },
    { .number = 27, .means = "requirement one_application_per_area" },
    { .number = 28, .means = "population below 25000" },
    { .number = 29, .means = "population max 35000" },
    { .number = 30, .means = "population below 50000" },
    { .number = 31, .means = "population max place 10000", .before = "Gefördert werden Vorhaben ", .behind = "." },
    { .number = 32, .means = "population min 10000; population below 20000" },
    { .number = 33, .means = "per_capita max 24000 EUR / 100.000 Einwohnerinnen und Einwohner", .before = "Gefördert werden ", .behind = "." },
    { .number = 34, .means = "requirement joint_population" },
    { .number = 35, .means = "requirement above part_areas 100000" },
    { .number = 36, .means = "" },
    { .number = 37, .means = "rate max 90 % (finanzschwach) | rate fixed 90 % (finanzschwach)" },
    { .number = 38, .means = "rate max 90 % (haushaltsnotlage) | rate fixed 90 % (haushaltsnotlage)",
        .before = "Der Zuschuss beträgt ", .behind = "." },
    { .number = 39, .means = "requirement weakness_confirmed" },
    { .number = 40, .means = "requirement weakness_by_state_law" },
    { .number = 41, .means = "rate max 90 % (finanzschwach) | rate fixed 90 % (finanzschwach)",
        .beside = "kind zuschuss", .behind = " der förderfähigen Kosten.", .fill = "einen Zuschuss von 90 Prozent" },
    { .number = 42, .means = "own_share min 10 %", .before = "Das Land kann ", .behind = "." },
    { .number = 43, .means = "own_share min 10 %" },
    { .number = 44, .means = "own_share min 10 % ~" },
    { .number = 45, .means = "own_share min 20 % ~" },
    { .number = 46, .means = "own_share min 15 %" },
    { .number = 47, .means = "financing teil", .beside = "financing teil ~" },
    { .number = 48, .means = "rate max 50 %" },
    { .number = 49, .means = "amount grant_max 5000 EUR / Maßnahme; amount grant_max 15000 EUR / Jahr" },
    { .number = 50, .means = "amount grant_max 400000 EUR / Kreis", .beside = "rate max 50 %; rate fixed 50 %",
        .before = "Die Zuwendung beträgt 50 Prozent, ", .behind = "." },
    { .number = 51, .means = "amount grant_max 400000 EUR / Quartier" },
    { .number = 52, .means = "amount grant_min 5000 EUR" },
    { .number = 53, .means = "amount grant_min 10000 EUR | amount project_min 10000 EUR" },
    { .number = 54, .means = "amount grant_min 10000 EUR" },
    { .number = 55, .means = "amount project_min 5000 EUR", .beside = "joint allowed" },
    { .number = 56, .means = "amount project_min 25000 EUR" },
    { .number = 57, .means = "amount project_min 50000 EUR ~", .behind = "." },
    { .number = 58, .means = "amount project_min 10000 EUR", .before = "Vorhaben, die ", .behind = "." },
    { .number = 59, .means = "amount grant_min 5000 EUR; amount grant_max 50000 EUR", .beside = "rate max 50 %; rate fixed 50 %",
        .before = "Der Zuschuss beträgt 50 Prozent, ", .behind = "." },
    { .number = 60, .means = "amount project_min 20000 EUR; amount project_max 80000 EUR",
        .before = "Gefördert werden Vorhaben mit ", .behind = ".", .fill = "20.000 Euro|80.000 Euro" },
    { .number = 61, .means = "amount project_max 20000 EUR (brutto)" },
    { .number = 62, .means = "bonus max 10 %", .before = "Die Zuwendung wird ", .behind = "." },
    { .number = 63, .means = "rate max 90 %" },
    { .number = 64, .means = "rate max 60 % ~; rate max 90 % ~ | rate max 90 %",
        .before = "Die Zuwendung beträgt ", .behind = " das Vorhaben Modellcharakter hat." },
    { .number = 65, .means = "bonus max 10 % (joint) | bonus fixed 10 % (joint)", .beside = "joint allowed",
        .before = "Der Fördersatz erhöht sich um 10 Prozentpunkte, wenn das Vorhaben ", .behind = " wird." },
    { .number = 66, .means = "financing festbetrag", .before = "Die Zuwendung wird ", .behind = "." },
    { .number = 67, .means = "financing anteil", .before = "Die Zuwendung wird ", .behind = " gewährt." },
    { .number = 68, .means = "financing fehlbedarf", .before = "Die Zuwendung wird ", .behind = " gewährt." },
    { .number = 69, .means = "financing festbetrag (modifiziert)" },
    { .number = 70, .means = "early_start forbidden", .before = "Eine Bewilligung ", .behind = "." },
    { .number = 71, .means = "early_start forbidden", .beside = "status open", .behind = " die Bewilligungsbehörde." },
    { .number = 72, .means = "early_start allowed" },
    { .number = 73, .means = "requirement start_is_contract ~" },
    { .number = 74, .means = "requirement planning_is_no_start" },
    { .number = 75, .means = "" },
    { .number = 76, .means = "deadline application 03-15", .before = "Antragstellung: ", .behind = "." },
    { .number = 77, .means = "deadline application 11-15", .before = "Stellen Sie Ihren Antrag ", .behind = "." },
    { .number = 78, .means = "deadline application 10-01 | deadline cutoff 10-01; deadline application 05-01 | deadline cutoff 05-01",
        .before = "Anträge sind zu stellen bis zum ", .behind = "." },
    { .number = 79, .means = "status call_only", .before = "Anträge sind ", .behind = " zu stellen." },
    { .number = 80, .means = "status call_only yearly" },
    { .number = 81, .means = "deadline rolling" },
    { .number = 82, .means = "deadline rolling; deadline application 2026-12-31", .before = "Anträge können gestellt werden: " },
    { .number = 83, .means = "deadline rolling" },
    { .number = 84, .means = "early_start forbidden ~ | early_start forbidden; requirement weeks apply_before_start 6 ~ | requirement weeks apply_before_start 6" },
    { .number = 85, .means = "early_start forbidden; requirement months apply_before_start 3",
        .before = "Stellen Sie Ihren Antrag: ", .behind = "." },
    { .number = 86, .means = "status first_come", .before = "Bewilligt wird ", .behind = "." },
    { .number = 87, .means = "status first_come" },
    { .number = 88, .means = "status first_come" },
    { .number = 89, .means = "two_stage true" },
    { .number = 90, .means = "two_stage true", .before = "Einzureichen ist ", .behind = "." },
    { .number = 91, .means = "two_stage false" },
    { .number = 92, .means = "two_stage true", .beside = "two_stage false" },
    { .number = 93, .means = "deadline closed; deadline sketch 2025-02-14" },
    { .number = 94, .means = "requirement soft_deadline" },
    { .number = 95, .means = "requirement soft_deadline" },
    { .number = 96, .means = "requirement strict_deadline" },
    { .number = 97, .means = "validity from 2021-12-31; deadline validity_end 2025-12-31", .beside = "validity until 2025-12-31" },
    { .number = 98, .means = "deadline validity_end 2026-12-31", .beside = "validity until 2026-12-31",
        .before = "Das Förderprogramm ", .behind = "." },
    { .number = 99, .means = "deadline validity_end 2023-12-31", .beside = "validity until 2023-12-31" },
    { .number = 100, .means = "duration max 36 months" },
    { .number = 101, .means = "duration max 60 months", .before = "Die Förderung erfolgt ", .behind = "." },
    { .number = 102, .means = "exclusion pflichtaufgabe" },
    { .number = 103, .means = "own_staff excluded" },
    { .number = 104, .means = "vat only_if_not_deductible" },
    { .number = 105, .means = "exclusion beschaffung ~" },
    { .number = 106, .means = "early_start forbidden" },
    { .number = 107, .means = "cost eligible personal; cost eligible sach" },
    { .number = 108, .means = "own_staff additional_only", .before = "Gefördert wird die ", .behind = "." },
    { .number = 109, .means = "cumulation limited 100 %" },
    { .number = 110, .means = "cumulation limited 85 %" },
    { .number = 111, .means = "cumulation forbidden" },
    { .number = 112, .means = "requirement own_share_not_federal" },
    { .number = 113, .means = "cumulation limited; requirement excludes subsidiary" },
    { .number = 114, .means = "de_minimis true", .before = "Die Zuwendung wird ", .behind = " gewährt." },
    { .number = 115, .means = "area grw", .before = "Gefördert wird ", .behind = "." },
    { .number = 116, .means = "area except (die Gemeindegebiete der Städte Magdeburg und Halle (Saale))", .beside = "area designated" },
    { .number = 117, .means = "area designated", .before = "Die Gemeinde muss ", .behind = "." },
    { .number = 118, .means = "requirement supervisory_statement" },
    { .number = 119, .means = "requirement council_decision" },
    { .number = 120, .means = "requirement cooperation_agreement", .beside = "joint allowed" },
    { .number = 121, .means = "population min 50000", .beside = "applicant kommune", .before = "Eligible is ", .behind = "." },
    { .number = 122, .means = "population min 50000; requirement joint_population", .beside = "joint group; joint allowed; applicant kommunalverband",
        .before = "Eligible is ", .behind = "." },
    { .number = 123, .means = "rate max 80 %; amount grant_max 5000000 EUR", .before = "The grant is ", .behind = "." },
    { .number = 124, .means = "duration max 42 months", .before = "Projects have a ", .behind = "." },
    { .number = 125, .means = "requirement lump_sum_per_application" },
    { .number = 126, .means = "joint lead" },
    { .number = 127, .means = "joint group | joint allowed", .beside = "applicant kommune; applicant kommunalverband" },
    { .number = 128, .means = "exclusion kommunalverband" },
    { .number = 129, .means = "two_stage true" },
    { .number = 130, .means = "deadline application 2023-10-05; deadline application 2012-02-01" },
    { .number = 131, .means = "amount grant_min 60000 EUR; amount grant_max 200000 EUR", .behind = ".", .fill = "EUR 60,000|EUR 200,000" },
    { .number = 132, .means = "" },
    { .number = 133, .means = "requirement cofinancing" },
    { .number = 134, .means = "cost flat_rate indirect 25 %" },
    { .number = 135, .means = "region EU", .beside = "funder eu", .before = "Eligible are ", .behind = "." },
    { .number = 136, .means = "partners min 3", .beside = "region EU; funder eu", .before = "Eligible are ", .behind = "." },
    { .number = 137, .means = "two_stage true", .beside = "two_stage false" },
    { .number = 138, .means = "" },
    { .number = 139, .means = "" },
    { .number = 140, .means = "exclusion associated_partner" },
};
/* What is reached stays reached. */
enum { GIVEN = 140, WRONG = 0, ASKED = 130 };

/* The phrase with its dots of omission filled, or left out together with one blank. */
static void put_words(struct mw_str *out, struct mw_sv s, const char *fill)
{
    static const char DOTS[] = "\xE2\x80\xA6";
    struct mw_sv rest = fill != NULL ? mw_sv(fill) : MW_SV_NONE, word;
    for (size_t i = 0; i < s.n; i++) {
        if (i + 3 > s.n || memcmp(s.p + i, DOTS, 3) != 0) {
            mw_str_addc(out, s.p[i]);
            continue;
        }
        i += 2;
        if (rest.n > 0) {
            (void)mw_sv_cut(rest, '|', &word, &rest);
            mw_str_add(out, word);
        } else if (i + 1 < s.n && s.p[i + 1] == ' ') {
            i++;
        } else if (out->n > 0 && out->p[out->n - 1] == ' ') {
            out->n--;
        }
    }
}

/* "| 12 | words | meaning |" */
static bool cut_row(struct mw_sv line, int *number, struct mw_sv *words)
{
    struct mw_sv cell, rest;
    int64_t n = 0;
    if (!mw_sv_cut(line, '|', &cell, &rest) || !mw_sv_cut(rest, '|', &cell, &rest) || !mw_sv_int(mw_sv_trim(cell), &n))
        return false;
    *number = (int)n;
    return mw_sv_cut(rest, '|', words, &rest);
}

static bool next_part(struct mw_sv *rest, char sep, struct mw_sv *part)
{
    if (rest->n == 0)
        return false;
    (void)mw_sv_cut(*rest, sep, part, rest); /* without a separator the last part */
    *part = mw_sv_trim(*part);
    return true;
}

/* Is one of the ways to say it ("a | b") among the facts? */
static bool one_is_in(struct mw_sv ways, const struct mw_list *facts)
{
    struct mw_sv way;
    while (next_part(&ways, '|', &way))
        for (size_t i = 0; i < facts->n; i++)
            if (mw_sv_eq(*MW_AT(*facts, struct mw_sv, i), way))
                return true;
    return false;
}

static bool all_are_in(struct mw_sv wanted, const struct mw_list *facts)
{
    struct mw_sv ways;
    while (next_part(&wanted, ';', &ways))
        if (!one_is_in(ways, facts))
            return false;
    return true;
}

static bool is_said(struct mw_sv fact, const char *wanted)
{
    struct mw_sv rest = mw_sv(wanted != NULL ? wanted : ""), ways, way;
    while (next_part(&rest, ';', &ways))
        while (next_part(&ways, '|', &way))
            if (mw_sv_eq(fact, way))
                return true;
    return false;
}

/* The facts of a sentence as words, " / per" behind those that count by something. */
static void facts_as_words(struct mw_list *out, struct mw_arena *a, struct mw_rules *r, const char *text)
{
    struct mw_list facts = { 0 };
    read_facts(&facts, a, r, NULL, text);
    for (size_t i = 0; i < facts.n; i++) {
        const struct mw_fact *f = MW_AT(facts, struct mw_fact, i);
        struct mw_str s = MW_STR_INIT;
        write_fact(&s, f);
        if (f->per.p != NULL)
            mw_str_addf(&s, " / %.*s", MW_SV_ARG(f->per));
        *(struct mw_sv *)mw_list_add(a, out, sizeof(struct mw_sv)) = mw_arena_copy(a, mw_str_sv(&s));
        mw_str_free(&s);
    }
}

static void report(const char *head, const struct phrase *p, const char *text, const struct mw_list *facts)
{
    print_message("%s %d: %s\n    means: %s\n    found:", head, p->number, text, p->means);
    for (size_t i = 0; i < facts->n; i++)
        print_message("%s %.*s", i > 0 ? ";" : "", MW_SV_ARG(*MW_AT(*facts, struct mw_sv, i)));
    print_message("\n");
}

static void every_phrase_gives_its_meaning(void **state)
{
    struct mw_rules *r = our_rules();
    struct mw_lines *lines = NULL;
    struct mw_sv line, words;
    int number = 0, seen = 0, given = 0, wrong = 0;
    (void)state;
    SKIP_WITHOUT_SHARED("domain/eligibility-phrases.md");
    assert_non_null(r);
    assert_int_equal(mw_lines_open(&lines, shared_path("domain/eligibility-phrases.md"), 1 << 16, NULL), MW_OK);
    while (mw_lines_next(lines, &line, NULL) == MW_OK) {
        if (!cut_row(line, &number, &words) || number < 1 || (size_t)number > COUNT(PHRASES))
            continue;
        const struct phrase *p = &PHRASES[number - 1];
        struct mw_arena *a = mw_arena_new();
        struct mw_list facts = { 0 };
        struct mw_str text = MW_STR_INIT;
        assert_int_equal(p->number, number);
        mw_str_addz(&text, p->before != NULL ? p->before : "");
        put_words(&text, mw_sv_trim(words), p->fill);
        mw_str_addz(&text, p->behind != NULL ? p->behind : "");
        facts_as_words(&facts, a, r, mw_str_z(&text));
        bool unsaid = false;
        for (size_t i = 0; i < facts.n; i++) {
            struct mw_sv fact = *MW_AT(facts, struct mw_sv, i);
            unsaid = unsaid || (!is_said(fact, p->means) && !is_said(fact, p->beside));
        }
        bool whole = all_are_in(mw_sv(p->means), &facts) && !unsaid;
        if (unsaid)
            report("wrong", p, mw_str_z(&text), &facts);
        else if (!whole)
            report("not given", p, mw_str_z(&text), &facts);
        seen++;
        given += whole;
        wrong += unsaid;
        mw_str_free(&text);
        mw_arena_free(a);
    }
    print_message("%d of %d phrases give their meaning, %d give a wrong one; asked for: %d and 0\n", given, seen, wrong, ASKED);
    assert_int_equal(seen, COUNT(PHRASES));
    assert_true(given >= GIVEN);
    assert_true(wrong <= WRONG);
    mw_lines_close(lines);
    mw_rules_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_phrase_gives_its_meaning) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
