/* Slips of the pen: what people who are no programmers type wrong in a project file, and what check says about each, in German, at the
 * place of the slip. One good project; every case changes one thing in it. */
#include "tests/program.h"

#define PROJECT                                                                                                                    \
    "project: stelle\n"                                                                                                            \
    "title: Klimaschutzmanagement\n"                                                                                               \
    "profile: {profile: p, title: Klimaschutzmanagement, summary: S., applicants: [{name: Stadt A, type: kommune, land: NW, "      \
    "budget: normal, lead: yes}]}\n"                                                                                               \
    "programme: kommunalrichtlinie-klimaschutzmanagement\n"                                                                        \
    "input_tax: none\n"                                                                                                            \
    "period: {from: 2027-07-01, to: 2029-06-30}\n"                                                                                 \
    "costs:\n"                                                                                                                     \
    "  - {id: stelle, label: Stelle, category: personal, personnel: {tariff: tvoed-vka, group: E11, step: 3, "                     \
    "employer_rate: 29 %}}\n"                                                                                                      \
    "  - {id: beratung, label: Beratung, category: vergabe, amount: 35.000 EUR, vat: 19 %, task: konzept}\n"                       \
    "tasks:\n"                                                                                                                     \
    "  - {id: konzept, label: Konzept, from: 2027-07-15, takes: 12 months}\n"                                                      \
    "  - {id: umsetzung, label: Umsetzung, after: [konzept], to: 2029-06-30}\n"                                                    \
    "preparation:\n"                                                                                                               \
    "  deadline: 2027-03-31\n"                                                                                                     \
    "  steps:\n"                                                                                                                   \
    "    - {id: entwurf, label: Entwurf, takes: 15 workdays}\n"                                                                    \
    "    - {id: rat, label: Beschluss des Rates, body: rat}\n"                                                                     \
    "bodies: [{id: rat, label: Rat, dates: [2027-02-08, 2027-03-15], papers: 14 days}]\n"                                          \
    "texts:\n"                                                                                                                     \
    "  aim: Das Ziel.\n"                                                                                                           \
    "attachments:\n"                                                                                                               \
    "  - {code: A01, status: missing, who: Amt, until: 2027-03-20}\n"                                                              \
    "  - {code: A06, status: missing, who: Amt, until: 2027-03-20}\n"                                                              \
    "  - {code: A10, status: present, file: vorsteuer.pdf}\n"                                                                      \
    "  - {code: A22, status: missing, who: Amt, until: 2027-03-20}\n"                                                              \
    "status: draft\n"

struct slip {
    const char *why, *right, *wrong; /* wrong takes the place of right */
    const char *code;                /* NULL: nothing but notes may be found */
    const char *says;                /* part of the sentence or of what to do; NULL: any */
};

/* The findings on the project with one thing changed. */
static json_t *findings_of(struct scratch *s, const char *right, const char *wrong, json_t **root)
{
    const char *at = strstr(PROJECT, right), *file;
    char text[8192];
    if (at == NULL)
        fail_msg("\"%s\" is not in the project", right);
    int n = snprintf(text, sizeof text, "%.*s%s%s", (int)(at - PROJECT), PROJECT, wrong, at + strlen(right));
    assert_true(n > 0 && (size_t)n < sizeof text);
    file = in(s, "projekt.yaml");
    spill(file, text, (size_t)n);
    *root = json_of(run_program(s, "check", "--lang", "de", "--format", "json", "--today", "2026-11-29", file));
    return json_object_get(json_array_get(json_object_get(*root, "files"), 0), "findings");
}

static const char *text_of(const json_t *finding, const char *key)
{
    const char *text = json_string_value(json_object_get(finding, key));
    return text != NULL ? text : "";
}

static void check_slips(struct scratch *s, const struct slip *slips, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct slip *slip = &slips[i];
        json_t *root, *all = findings_of(s, slip->right, slip->wrong, &root), *f;
        bool found = false;
        size_t k;
        json_array_foreach(all, k, f) {
            if (slip->code == NULL && strcmp(text_of(f, "severity"), "note") != 0)
                fail_msg("%s: %s %s", slip->why, text_of(f, "code"), text_of(f, "message"));
            found = found || (slip->code != NULL && strcmp(text_of(f, "code"), slip->code) == 0 && json_integer_value(json_object_get(f, "line")) > 0 &&
                              (slip->says == NULL || strstr(text_of(f, "message"), slip->says) != NULL ||
                               strstr(text_of(f, "cure"), slip->says) != NULL));
        }
        if (slip->code != NULL && !found)
            fail_msg("%s: no %s that says \"%s\"\n%s", slip->why, slip->code, slip->says != NULL ? slip->says : "", s->last.out);
        json_decref(root);
    }
}

static int with_papers(void **state)
{
    int failed = make_scratch(state);
    if (failed == 0)
        spill(in(*state, "vorsteuer.pdf"), "%PDF-", 5);
    return failed;
}

static void a_sum_that_calls_itself_net_or_gross_is_held_against_vat(void **state)
{
#define SUM "amount: 35.000 EUR, vat: 19 %"
    static const struct slip SLIPS[] = {
        { "the good project", "S.", "S.", NULL, NULL },
        { "gross with vat", SUM, SUM ", note: Angebot brutto", "net-or-gross", "Nettobetrag" },
        { "in the label", "label: Beratung", "label: Beratung (inkl. MwSt)", "net-or-gross", NULL },
        { "net without vat", SUM, "amount: 35.000 EUR, note: netto laut Angebot", "net-or-gross", "vat: 19 %" },
        { "net with vat", SUM, SUM ", note: netto laut Angebot", NULL, NULL },
        { "gross without vat", SUM, "amount: 35.000 EUR, note: brutto", NULL, NULL },
        { "another word", SUM, SUM ", note: 400 m² Bruttogeschossfläche", NULL, NULL },
        { "a comma in the rate", SUM, "amount: 35.000 EUR, vat: 1.9 %", "tax-rate-unusual", "1,9 %" },
        { "a comma in the employer's share", "employer_rate: 29 %", "employer_rate: 2.9 %", "employer-rate-unusual", "2,9 %" },
        { "a digit too many", "employer_rate: 29 %", "employer_rate: 290 %", "employer-rate-unusual", NULL },
    };
    check_slips(*state, SLIPS, COUNT(SLIPS));
}

static void a_name_that_leads_nowhere_is_answered_with_those_there_are(void **state)
{
#define GROUP "group: E11"
    static const struct slip SLIPS[] = {
        { "a task mistyped", "task: konzept", "task: konzpet", "no-task", "„konzept“" },
        { "a task that nobody knows", "task: konzept", "task: leitbild", "no-task", "konzept, umsetzung" },
        { "a task to wait for", "after: [konzept]", "after: [konzepte]", "no-task", "„konzept“" },
        { "a body mistyped", "body: rat}", "body: rta}", "no-body", "rat" },
        { "the body of another town", "body: rat}", "body: kreistag}", "no-body", "rat" },
        { "an id twice", "id: beratung", "id: stelle", "id-twice", "Zeile 8" },
        { "a pay group as people say it", GROUP, "group: EG 11", "no-pay-group", "E11" },
        { "with a space", GROUP, "group: E 11", "no-pay-group", "E11" },
        { "a step that the group has not", "step: 3", "step: 9", "no-pay-step", "1 bis 6" },
        { "sittings of last year", "dates: [2027-02-08, 2027-03-15]", "dates: [2026-02-09, 2026-03-16]", "step-late", "bodies" },
        { "input tax in a word", "input_tax: none", "input_tax: ja", "wrong-type", "none" },
    };
    check_slips(*state, SLIPS, COUNT(SLIPS));
}

static void a_sum_that_cannot_be_read_is_not_missing_as_well(void **state)
{
    static const struct { const char *wrong; bool missing; } CASES[] = { { "amount: viel,", false }, { "", true } };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        json_t *root, *f, *all = findings_of(*state, "amount: 35.000 EUR,", CASES[i].wrong, &root);
        bool missing = false;
        size_t k;
        json_array_foreach(all, k, f)
            missing = missing || strcmp(text_of(f, "code"), "no-sum") == 0;
        if (missing != CASES[i].missing || k == 0)
            fail_msg("\"%s\"\n%s", CASES[i].wrong, ((struct scratch *)*state)->last.out);
        json_decref(root);
    }
}

/* Below the smallest grant is a finding about a plan, not about an empty one. */
static void an_empty_cost_plan_has_one_finding_about_money(void **state)
{
    const char *rest = strstr(PROJECT, "costs:");
    json_t *root, *f, *all = findings_of(*state, rest, "costs:\n  # noch nichts\nstatus: draft\n", &root);
    size_t k;
    json_array_foreach(all, k, f)
        if (strcmp(text_of(f, "code"), "costs-empty") != 0)
            fail_msg("%s: %s", text_of(f, "code"), text_of(f, "message"));
    assert_true(k == 1);
    json_decref(root);
}

static void a_paper_is_there_only_if_its_file_is(void **state)
{
#define A06 "{code: A06, status: missing, who: Amt, until: 2027-03-20}"
#define A10 "{code: A10, status: present, file: vorsteuer.pdf}"
    static const struct slip SLIPS[] = {
        { "on paper", A10, "{code: A10, status: present}", NULL, NULL },
        { "a name mistyped", A10, "{code: A10, status: present, file: vorsteur.pdf}", "attachment-not-found", "vorsteur.pdf" },
        { "a file elsewhere is never looked for", A10, "{code: A10, status: present, file: ../../etc/passwd}", "attachment-not-found", NULL },
        { "the planned day has passed", A06, "{code: A06, status: missing, until: 2026-11-20}", "attachment-overdue", "20.11.2026" },
        { "a code mistyped", A06, A06 "\n  - {code: A66, status: missing}", "attachment-unknown", "A66" },
        { "papers that draft writes need not be there", A06, A06 "\n  - {code: A02, status: present, file: antrag.docx}", NULL, NULL },
    };
    check_slips(*state, SLIPS, COUNT(SLIPS));
}

/* The backward plan of a draft whose deadline is over is late; once the application is in, nobody can do anything about it. */
static void what_lies_behind_the_application_is_no_longer_late(void **state)
{
#define PAST(status)                                                                                                               \
    "status: " status "\nattachments: [{code: A06, status: missing, until: 2026-03-20}]\n"                                         \
    "bodies: [{id: rat, label: Rat, dates: [2026-07-06]}]\n"                                                                       \
    "preparation: {deadline: 2026-03-31, steps: [{id: e, label: Entwurf, takes: 5 workdays}, {id: r, label: Beschluss, body: rat}, " \
    "{id: z, label: Versand, takes: 1 workday}]}\n"
    static const char *const LATE[] = { "step-late", "body-missed", "attachment-missing", "attachment-overdue" };
    static const struct { const char *status; size_t late; } CASES[] = {
        { "draft", COUNT(LATE) }, { "submitted", 1 /* what was handed in incomplete is sent back */ }, { "running\naward: {date: 2026-10-01}", 0 },
    };
    const char *rest = strstr(PROJECT, "preparation:");
    for (size_t i = 0; i < COUNT(CASES); i++) {
        char past[1024];
        json_t *root, *f, *all;
        size_t k, late = 0;
        snprintf(past, sizeof past, PAST("%s"), CASES[i].status);
        all = findings_of(*state, rest, past, &root);
        for (size_t c = 0; c < COUNT(LATE); c++) {
            bool found = false;
            json_array_foreach(all, k, f)
                found = found || strcmp(text_of(f, "code"), LATE[c]) == 0;
            late += found;
        }
        if (late != CASES[i].late)
            fail_msg("%s: %zu, not %zu\n%s", CASES[i].status, late, CASES[i].late, ((struct scratch *)*state)->last.out);
        json_decref(root);
    }
}

static void a_text_is_words_or_a_file_that_can_be_read(void **state)
{
#define AIM "aim: Das Ziel."
    static const struct slip SLIPS[] = {
        { "no such file", AIM, "aim: ziele.txt", "no-file", "nicht vorhanden" },
        { "a paper of the office", AIM, "aim: ziele.docx", "no-file", ".txt" },
        { "with spaces in its name", AIM, "aim: Ziele des Vorhabens.pdf", "no-file", ".txt" },
        { "a sentence that ends with a name", AIM, "aim: Alles Weitere steht in der Anlage mit dem langen Namen ziele.docx", NULL, NULL },
        { "items in one paragraph", AIM, "aim: >\n    Ziele:\n\n    - erstens\n    - zweitens", "items-folded", "|" },
        { "items in lines", AIM, "aim: |\n    Ziele:\n\n    - erstens\n    - zweitens", NULL, NULL },
        { "a dash within an item", AIM, "aim: |\n    - erstens - wie vereinbart\n    - zweitens", NULL, NULL },
    };
    check_slips(*state, SLIPS, COUNT(SLIPS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_sum_that_calls_itself_net_or_gross_is_held_against_vat, with_papers, drop_scratch),
        cmocka_unit_test_setup_teardown(a_name_that_leads_nowhere_is_answered_with_those_there_are, with_papers, drop_scratch),
        cmocka_unit_test_setup_teardown(a_sum_that_cannot_be_read_is_not_missing_as_well, with_papers, drop_scratch),
        cmocka_unit_test_setup_teardown(an_empty_cost_plan_has_one_finding_about_money, with_papers, drop_scratch),
        cmocka_unit_test_setup_teardown(a_paper_is_there_only_if_its_file_is, with_papers, drop_scratch),
        cmocka_unit_test_setup_teardown(what_lies_behind_the_application_is_no_longer_late, with_papers, drop_scratch),
        cmocka_unit_test_setup_teardown(a_text_is_words_or_a_file_that_can_be_read, with_papers, drop_scratch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
