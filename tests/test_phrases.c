/* 140 phrasings of German and European funding texts (../shared/domain/eligibility-phrases.md), each in the least frame that makes
 * a sentence of it, against the facts that a reader takes from it. Two dots of omission are left out. */
#include "lib/core/file.h"
#include "tests/rules_test.h"

static const struct phrase {
    int number;
    const char *before, *behind; /* the frame */
    const char *facts;           /* exactly these, in order; "" where the phrase states no fact: boilerplate, definitions, budgets */
    bool given;                  /* whether its meaning is told by that */
} PHRASES[] = {
    { 1, "", "", "applicant kommune; applicant kommunalverband; region RP", true },
    { 2, "", "", "applicant kreis; applicant kommune (kreisfrei)", true },
    { 3, "", "", "applicant kommune (gemeinde)", true },
    { 4, "", "", "region HE; applicant kommune; joint allowed; applicant kommunalverband", true },
    { 5, "Antragsberechtigt sind ", ".", "applicant kommune; joint allowed; applicant kommunalverband; applicant kommunales_unternehmen", true },
    { 6, "Antragsberechtigt sind ", ".", "applicant kommune (gemeinde); applicant kommunalverband; joint allowed; applicant kommunalverband (gemeindeverband); region BY", true },
    { 7, "Antragsberechtigt sind ", " in Baden-Württemberg.", "applicant kreis; applicant kommune (gemeinde); applicant kommunalverband", true },
    { 8, "Antragsberechtigt sind ", ".", "applicant kommune (gemeinde); applicant kommunalverband", true },
    { 9, "Antragsberechtigt sind ", ".", "requirement municipal_ownership", true },
    { 10, "Antragsberechtigt sind Unternehmen ", ".", "applicant unternehmen; requirement municipal_ownership", true },
    { 11, "Die ", " .", "exclusion kommunales_unternehmen", true },
    { 12, "", "", "exclusion kommune", true },
    { 13, "", "", "applicant kommune; applicant oeffentliche_einrichtung", true },
    { 14, "", "", "exclusion privatperson", true },
    { 15, "", "", "forwarding allowed", true },
    { 16, "", "", "joint lead", true },
    { 17, "", "", "joint group ~", true },
    { 18, "", "", "partners min 3 ~", true },
    { 19, "", "", "partners min 2 ~", true },
    { 20, "Bei einer Zusammenarbeit ", ".", "amount grant_max 175000 EUR; rate max 90 %", true },
    { 21, "Die Zuweisung wird ", ".", "requirement increment_per_partner", true },
    { 22, "", "", "requirement lasting_cooperation", true },
    { 23, "", "", "requirement new_cooperation", true },
    { 24, "Erforderlich ist eine ", ".", "saving min 15 %", true },
    { 25, "", "", "requirement one_application", true },
    { 26, "", "", "requirement separate_applications", true },
    { 27, "", "", "requirement one_application", true },
    { 28, "", "", "population below 25000", true },
    { 29, "", "", "population max 35000", true },
    { 30, "", "", "population below 50000", true },
    { 31, "Gefördert werden Vorhaben ", ".", "population max 10000", true },
    { 32, "", "", "population min 10000; population below 20000", true },
    { 33, "Gefördert werden ", ".", "", true },
    { 34, "", "", "requirement joint_population", true },
    { 35, "", "", "", true },
    { 36, "", "", "", true },
    { 37, "", "", "rate max 90 % (finanzschwach)", true },
    { 38, "Der Zuschuss beträgt ", ".", "rate max 90 % (haushaltsnotlage)", true },
    { 39, "", "", "requirement weakness_confirmed", true },
    { 40, "", "", "", false },
    { 41, "", "", "", false },
    { 42, "Das Land kann ", ".", "own_share min 10 %", true },
    { 43, "", "", "own_share min 10 %", true },
    { 44, "", "", "own_share min 10 % ~", true },
    { 45, "", "", "own_share min 20 % ~", true },
    { 46, "", "", "own_share min 15 %", true },
    { 47, "", "", "", true },
    { 48, "", "", "rate max 50 %", true },
    { 49, "", "", "amount grant_max 5000 EUR; amount grant_max 15000 EUR", true },
    { 50, "Die Zuwendung beträgt 50 Prozent, ", ".", "amount grant_max 400000 EUR", true },
    { 51, "", "", "amount grant_max 400000 EUR", true },
    { 52, "", "", "", false },
    { 53, "", "", "amount grant_min 10000 EUR", true },
    { 54, "", "", "amount grant_min 10000 EUR", true },
    { 55, "", "", "joint allowed; amount project_min 5000 EUR", true },
    { 56, "", "", "amount project_min 25000 EUR", true },
    { 57, "", ".", "amount project_min 50000 EUR ~", true },
    { 58, "Vorhaben, die ", ".", "amount grant_min 10000 EUR", true },
    { 59, "Der Zuschuss beträgt 50 Prozent, ", ".", "amount grant_min 5000 EUR; amount grant_max 50000 EUR", true },
    { 60, "", "", "", false },
    { 61, "", "", "amount project_max 20000 EUR", true },
    { 62, "", "", "", true },
    { 63, "", "", "rate max 90 %", true },
    { 64, "Die Zuwendung beträgt ", ".", "rate max 60 % ~; rate max 90 % ~", true },
    { 65, "Mehr Geld gibt es, wenn das Vorhaben ", " wird.", "joint allowed", true },
    { 66, "Die Zuwendung wird ", ".", "financing festbetrag", true },
    { 67, "Die Zuwendung wird ", " gewährt.", "financing anteil", true },
    { 68, "Die Zuwendung wird ", " gewährt.", "financing fehlbedarf", true },
    { 69, "", "", "financing festbetrag", true },
    { 70, "Eine Bewilligung ", ".", "early_start forbidden", true },
    { 71, "", " die Bewilligungsbehörde.", "status open; early_start forbidden", true },
    { 72, "", "", "early_start allowed", true },
    { 73, "", "", "", true },
    { 74, "", "", "", true },
    { 75, "", "", "", true },
    { 76, "Antragstellung: ", ".", "deadline application 03-15", true },
    { 77, "Stellen Sie Ihren Antrag ", ".", "deadline application 11-15", true },
    { 78, "Anträge sind zu stellen bis zum ", ".", "deadline application 10-01; deadline application 05-01", true },
    { 79, "Anträge sind ", " zu stellen.", "status call_only", true },
    { 80, "", "", "status call_only", true },
    { 81, "", "", "deadline rolling", true },
    { 82, "Anträge können gestellt werden: ", "", "deadline rolling; deadline application 2026-12-31", true },
    { 83, "", "", "deadline rolling", true },
    { 84, "", "", "early_start forbidden", true },
    { 85, "Stellen Sie Ihren Antrag: ", ".", "early_start forbidden", true },
    { 86, "Bewilligt wird ", ".", "status first_come", true },
    { 87, "", "", "status first_come", true },
    { 88, "", "", "status first_come", true },
    { 89, "", "", "two_stage true", true },
    { 90, "Einzureichen ist ", ".", "two_stage true", true },
    { 91, "", "", "two_stage false", true },
    { 92, "", "", "two_stage true", true },
    { 93, "", "", "deadline closed; deadline sketch 2025-02-14", true },
    { 94, "", "", "requirement soft_deadline", true },
    { 95, "", "", "requirement soft_deadline", true },
    { 96, "", "", "requirement strict_deadline", true },
    { 97, "", "", "deadline validity_end 2025-12-31", true },
    { 98, "Das Förderprogramm ", ".", "deadline validity_end 2026-12-31", true },
    { 99, "", "", "deadline validity_end 2023-12-31", true },
    { 100, "", "", "duration max 36 months", true },
    { 101, "Die Förderung erfolgt ", ".", "duration max 60 months", true },
    { 102, "", "", "exclusion pflichtaufgabe", true },
    { 103, "", "", "own_staff excluded", true },
    { 104, "", "", "vat only_if_not_deductible", true },
    { 105, "", "", "exclusion beschaffung ~", true },
    { 106, "", "", "early_start forbidden", true },
    { 107, "", "", "", false },
    { 108, "Gefördert wird die ", ".", "own_staff additional_only", true },
    { 109, "", "", "cumulation limited", true },
    { 110, "", "", "cumulation limited", true },
    { 111, "", "", "cumulation forbidden", true },
    { 112, "", "", "requirement own_share_not_federal", true },
    { 113, "", "", "cumulation limited", true },
    { 114, "Die Zuwendung wird ", " gewährt.", "de_minimis true", true },
    { 115, "Gefördert wird ", ".", "area grw", true },
    { 116, "", "", "area designated", true },
    { 117, "Die Gemeinde muss ", ".", "area designated", true },
    { 118, "", "", "requirement supervisory_statement", true },
    { 119, "", "", "requirement council_decision", true },
    { 120, "", "", "joint allowed; requirement cooperation_agreement", true },
    { 121, "Eligible is ", ".", "population min 50000", true },
    { 122, "Eligible is ", ".", "population min 50000", true },
    { 123, "The grant is ", ".", "rate max 80 %; amount grant_max 5000000 EUR", true },
    { 124, "Projects have a ", ".", "duration max 42 months", true },
    { 125, "", "", "requirement one_application", true },
    { 126, "", "", "joint lead", true },
    { 127, "", "", "joint group", true },
    { 128, "", "", "exclusion kommunalverband", true },
    { 129, "", "", "two_stage true", true },
    { 130, "", "", "deadline application 2023-10-05; deadline application 2012-02-01", true },
    { 131, "", "", "", true },
    { 132, "", "", "", true },
    { 133, "", "", "requirement cofinancing", true },
    { 134, "", "", "", false },
    { 135, "Eligible are ", ".", "funder eu", true },
    { 136, "Eligible are ", ".", "partners min 3", true },
    { 137, "", "", "two_stage true", true },
    { 138, "", "", "", true },
    { 139, "", "", "", true },
    { 140, "", "", "", false },
};
enum { WANTED = 130 };

static void drop_ellipsis(struct mw_str *out, struct mw_sv s)
{
    static const char DOTS[] = "\xE2\x80\xA6";
    for (size_t i = 0; i < s.n; i++) {
        bool dots = i + 3 <= s.n && memcmp(s.p + i, DOTS, 3) == 0;
        if (!dots) {
            mw_str_addc(out, s.p[i]);
            continue;
        }
        i += 2;
        if (i + 1 < s.n && s.p[i + 1] == ' ')
            i++;
        else if (out->n > 0 && out->p[out->n - 1] == ' ')
            out->n--;
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

static void every_phrase_is_read_as_its_reader_does(void **state)
{
    struct mw_rules *r = our_rules();
    struct mw_lines *lines = NULL;
    struct mw_sv line, words;
    int number = 0, seen = 0, given = 0;
    (void)state;
    SKIP_WITHOUT_SHARED("domain/eligibility-phrases.md");
    assert_non_null(r);
    assert_int_equal(mw_lines_open(&lines, shared_path("domain/eligibility-phrases.md"), 1 << 16, NULL), MW_OK);
    while (mw_lines_next(lines, &line, NULL) == MW_OK) {
        if (!cut_row(line, &number, &words) || number < 1 || (size_t)number > COUNT(PHRASES))
            continue;
        const struct phrase *p = &PHRASES[number - 1];
        struct mw_str text = MW_STR_INIT, got = MW_STR_INIT;
        mw_str_addz(&text, p->before);
        drop_ellipsis(&text, mw_sv_trim(words));
        mw_str_addz(&text, p->behind);
        facts_of(&got, r, NULL, mw_str_z(&text), MW_F_TYPE_N);
        if (strcmp(mw_str_z(&got), p->facts) != 0)
            fail_msg("%d: \"%s\"\ngot  \"%s\"\nwant \"%s\"", number, mw_str_z(&text), mw_str_z(&got), p->facts);
        seen++;
        given += p->given;
        mw_str_free(&text);
        mw_str_free(&got);
    }
    assert_int_equal(seen, COUNT(PHRASES));
    assert_true(given >= WANTED);
    mw_lines_close(lines);
    mw_rules_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_phrase_is_read_as_its_reader_does) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
