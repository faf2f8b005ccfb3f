/* mittelweg draft as people and scripts run it. */
#include "tests/program.h"

#define PROJECT "config/examples/regionalmanagement/projekt.yaml"
#define DRAFT(s, ...) run_program((s), "draft", "--lang", "en", "--today", "2026-11-22", __VA_ARGS__)

static bool is_there(const struct scratch *s, const char *name)
{
    struct stat st;
    return stat(in(s, name), &st) == 0 && st.st_size > 0;
}

static void all_documents_are_written_and_named(void **state)
{
    static const char *const NAMES[] = { "kosten-und-finanzierung.xlsx", "vorhabenbeschreibung.docx", "zusammenarbeit.docx", "checkliste.docx",
                                         "antrag.pdf", "zeitplan.svg", "termine.ics" };
    struct scratch *s = *state;
    const struct run *r = DRAFT(s, "--format", "json", "--out", in(s, "o"), PROJECT);
    assert_status(r, 0);
    for (size_t i = 0; i < COUNT(NAMES); i++) {
        char file[128];
        snprintf(file, sizeof file, "o/regionalmanagement-%s", NAMES[i]);
        assert_says(r->out, file);
        assert_true(is_there(s, file));
    }
    assert_says(r->out, "\"open_questions\": ");
    assert_says(r->out, "\"missing_attachments\": ");
}

static void only_names_the_formats_that_are_written(void **state)
{
    struct scratch *s = *state;
    assert_status(DRAFT(s, "--only", "svg, ics", "--out", in(s, "o"), PROJECT), 0);
    assert_true(is_there(s, "o/regionalmanagement-zeitplan.svg"));
    assert_true(is_there(s, "o/regionalmanagement-termine.ics"));
    assert_false(is_there(s, "o/regionalmanagement-antrag.pdf"));
    assert_status(DRAFT(s, "--only", "svg,doc", "--out", in(s, "p"), PROJECT), 2);
    assert_says(s->last.err, "not \"doc\"");
    assert_false(is_there(s, "p")); /* nothing is begun that makes no sense */
}

static void a_plan_with_errors_is_written_and_said(void **state)
{
    struct scratch *s = *state;
    assert_status(DRAFT(s, "--only", "svg", "--out", in(s, "o"), "config/examples/smart-city-potsdam/projekt.yaml"), 1);
    assert_true(is_there(s, "o/smart-city-potsdam-zeitplan.svg"));
    assert_says(s->last.out, "errors; see: mittelweg check");
}

static void a_folder_that_cannot_be_made_is_an_output_error(void **state)
{
    struct scratch *s = *state;
    assert_status(DRAFT(s, "--out", in(s, "no/such/place"), PROJECT), 6);
    spill(in(s, "file"), "x", 1);
    assert_status(DRAFT(s, "--out", in(s, "file"), PROJECT), 6);
    assert_status(DRAFT(s, PROJECT), 2);
    assert_says(s->last.err, "--out DIR");
}

static void a_full_disk_leaves_no_half_document(void **state)
{
    static const char *const FORMATS[] = { "xlsx", "docx", "pdf" };
    struct scratch *s = *state;
    for (size_t i = 0; i < COUNT(FORMATS); i++) {
        char dir[8], pattern[PATH_MAX + 64];
        snprintf(dir, sizeof dir, "o%zu", i);
        const char *const args[] = { "draft", "--today", "2026-11-22", "--only", FORMATS[i], "--out", in(s, dir), PROJECT, NULL };
        assert_status(run_with(s, NULL, NULL, 4096, args), 6);
        snprintf(pattern, sizeof pattern, "test -z \"$(ls -A '%s')\"", in(s, dir));
        assert_int_equal(system(pattern), 0);
    }
}

static void an_id_cannot_lead_out_of_the_folder(void **state)
{
    static const char YAML[] = "project: ../../x\ntitle: t\nprofile: {profile: h, title: t, summary: s, applicants: [{name: A, type: kommune}]}\n"
                               "programme: gak-regionalbudget\nperiod: {from: 2027-01-01, to: 2027-12-31}\n"
                               "costs: [{id: a, label: a, category: b, amount: 1000 EUR}]\n";
    struct scratch *s = *state;
    spill(in(s, "p.yaml"), YAML, strlen(YAML));
    assert_int_equal(mkdir(in(s, "deep"), 0700), 0);
    const struct run *r = DRAFT(s, "--only", "ics", "--out", in(s, "deep"), in(s, "p.yaml"));
    assert_true(r->status == 0 || r->status == 1);
    assert_true(is_there(s, "deep/-.-..-x-termine.ics"));
}

static void rules_without_a_checklist_are_said(void **state)
{
    struct scratch *s = *state;
    char cmd[PATH_MAX + 64];
    snprintf(cmd, sizeof cmd, "cp -r rules '%s'", in(s, "rules"));
    assert_int_equal(system(cmd), 0);
    unlink(in(s, "rules/checklists/attachments.yaml"));
    assert_status(DRAFT(s, "--rules", in(s, "rules"), "--out", in(s, "o"), PROJECT), 2);
    assert_says(s->last.err, "attachments.yaml");
}

int main(void)
{
#define IN_SCRATCH(f) cmocka_unit_test_setup_teardown(f, make_scratch, drop_scratch)
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(all_documents_are_written_and_named),
        IN_SCRATCH(only_names_the_formats_that_are_written),
        IN_SCRATCH(a_plan_with_errors_is_written_and_said),
        IN_SCRATCH(a_folder_that_cannot_be_made_is_an_output_error),
        IN_SCRATCH(a_full_disk_leaves_no_half_document),
        IN_SCRATCH(an_id_cannot_lead_out_of_the_folder),
        IN_SCRATCH(rules_without_a_checklist_are_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
