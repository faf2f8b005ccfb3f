/* The checklist of attachments as a file, and what it says of projects. */
#include "tests/documents.h"

#include "apply/documents/needs.h"

static enum mw_rc read_text(struct mw_checklist *c, struct mw_arena *a, const char *yaml, struct mw_diags *diags)
{
    struct mw_node *map = NULL;
    enum mw_rc rc = mw_yaml_read(&map, a, "c.yaml", mw_sv(yaml), diags);
    return rc != MW_OK ? rc : mw_checklist_read(c, a, map, diags);
}

static void load_ours(struct mw_checklist *c, struct mw_arena *a)
{
    MW_AUTO(mw_diags_free) struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    if (mw_checklist_load(c, a, "rules/checklists/attachments.yaml", &diags) != MW_OK)
        fail_msg("%u: %s", diags.items[0].line, diags.items[0].msg);
}

static void the_house_knows_a01_to_a30_and_b01_to_b03(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_checklist c;
    (void)state;
    load_ours(&c, a);
    assert_int_equal(c.items.n, 33);
    for (size_t i = 0; i < c.items.n; i++) {
        const struct mw_attachment_rule *r = MW_AT(c.items, struct mw_attachment_rule, i);
        char code[8];
        snprintf(code, sizeof code, i < 30 ? "A%02zu" : "B%02zu", i < 30 ? i + 1 : i - 29);
        assert_sv(r->code, code);
        assert_true(r->label.de.n > 0 && r->label.en.n > 0 && r->when.n > 0);
        assert_true(r->sources.n > 0);
        assert_int_equal(r->stage == MW_PAYMENT || r->stage == MW_PROOF, i >= 30);
    }
    mw_arena_free(a);
}

static void every_code_that_a_programme_names_stands_in_the_checklist(void **state)
{
    MW_AUTO(mw_diags_free) struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_arena *a = mw_arena_new();
    struct mw_list terms = { 0 };
    struct mw_checklist c;
    size_t seen = 0;
    (void)state;
    load_ours(&c, a);
    assert_int_equal(mw_terms_list(&terms, a, "rules", &diags), MW_OK);
    for (size_t t = 0; t < terms.n; t++) {
        const struct mw_terms *programme = MW_AT(terms, struct mw_terms, t);
        for (size_t e = 0; e < programme->editions.n; e++) {
            const struct mw_list *codes = &MW_AT(programme->editions, struct mw_edition, e)->attachments;
            for (size_t i = 0; i < codes->n; i++, seen++)
                if (mw_checklist_find(&c, *MW_AT(*codes, struct mw_sv, i)) == NULL)
                    fail_msg("%.*s of %.*s is in no checklist", MW_SV_ARG(*MW_AT(*codes, struct mw_sv, i)), MW_SV_ARG(programme->programme));
        }
    }
    assert_true(seen > 50);
    mw_arena_free(a);
}

#define ITEM(code, rest) "  - {code: " code ", de: x, en: x, stage: antrag, sources: [{says: x, where: y}], " rest "}\n"
static void faults_are_said_with_their_line(void **state)
{
    static const struct { const char *why, *yaml, *code; unsigned line; } CASES[] = {
        { "a code twice", "checklist: c\nattachments:\n" ITEM("A1", "required_when: [{always: yes}]") ITEM("A1", "required_when: [{always: yes}]"),
          "code-twice", 4 },
        { "a condition that says nothing", "checklist: c\nattachments:\n" ITEM("A1", "required_when: [{}]"), "empty-condition", 3 },
        { "an unknown condition", "checklist: c\nattachments:\n" ITEM("A1", "required_when: [{allways: yes}]"), "unknown-key", 3 },
        { "an unknown Land", "checklist: c\nattachments:\n" ITEM("A1", "required_when: [{land: [XX]}]"), NULL, 3 },
        { "no condition at all", "checklist: c\nattachments:\n" ITEM("A1", "per: partner"), NULL, 3 },
        { "a question in one language", "checklist: c\nattachments:\n" ITEM("A1", "required_when: [{ask: {de: x}}]"), NULL, 3 },
        { "no attachments", "checklist: c\n", NULL, 1 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        MW_AUTO(mw_diags_free) struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
        struct mw_arena *a = mw_arena_new();
        struct mw_checklist c;
        if (read_text(&c, a, CASES[i].yaml, &diags) != MW_INVALID || diags.n == 0)
            fail_msg("%s: no fault is said", CASES[i].why);
        bool found = false;
        for (size_t d = 0; d < diags.n; d++)
            found = found || (diags.items[d].line == CASES[i].line && (CASES[i].code == NULL || strcmp(diags.items[d].code, CASES[i].code) == 0));
        if (!found)
            fail_msg("%s: said as %s in line %u", CASES[i].why, diags.items[0].code, diags.items[0].line);
        mw_arena_free(a);
    }
}

static void laender_are_those_of_the_calendar(void **state)
{
    MW_AUTO(mw_diags_free) struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_arena *a = mw_arena_new();
    struct mw_checklist c;
    (void)state;
    assert_int_equal(read_text(&c, a, "checklist: c\nattachments:\n" ITEM("A1", "required_when: [{land: [BW, TH, NW]}]"), &diags), MW_OK);
    const struct mw_list *land = &MW_AT(MW_AT(c.items, struct mw_attachment_rule, 0)->when, struct mw_need_when, 0)->land;
    assert_int_equal(*MW_AT(*land, int, 0), MW_LAND_BW);
    assert_int_equal(*MW_AT(*land, int, 1), MW_LAND_TH);
    assert_int_equal(*MW_AT(*land, int, 2), MW_LAND_NW);
    mw_arena_free(a);
}

/* --- what a project needs --------------------------------------------------------------------------------------------- */

#define PROJECT(programme, applicants, cost, more)                                                                                \
    "project: h\ntitle: t\nprofile: {profile: h, title: t, summary: s, applicants: [" applicants "]}\nprogramme: " programme    \
    "\nperiod: {from: 2027-01-01, to: 2027-12-31}\ncosts: [{id: a, label: a, " cost "}]\n" more
#define TOWN(land) "{name: A, type: kommune, land: " land "}"
#define PLAIN "category: x, amount: 19000 EUR"

static const struct mw_need *need_of(const struct mw_list *needs, const char *code)
{
    for (size_t i = 0; i < needs->n; i++)
        if (mw_sv_eqz(MW_AT(*needs, struct mw_need, i)->code, code))
            return MW_AT(*needs, struct mw_need, i);
    fail_msg("%s is not listed", code);
    return NULL;
}

static void a_need_follows_from_what_the_project_is(void **state)
{
    static const struct { const char *why, *yaml, *code; enum mw_tri want; } CASES[] = {
        { "always", PROJECT("gak-regionalbudget", TOWN("NW"), PLAIN, ""), "A12", MW_YES },
        { "a municipality decides in its council", PROJECT("gak-regionalbudget", TOWN("NW"), PLAIN, ""), "A06", MW_YES },
        { "an enterprise has no council", PROJECT("gak-regionalbudget", "{name: A, type: unternehmen, land: NW}", PLAIN, ""), "A06", MW_NO },
        { "who it is, is not known", PROJECT("gak-regionalbudget", "{name: A, land: NW}", PLAIN, ""), "A06", MW_TRI_NONE },
        { "no supervisory statement in NW", PROJECT("gak-regionalbudget", TOWN("NW"), PLAIN, ""), "A07", MW_NO },
        { "one in BW", PROJECT("gak-regionalbudget", TOWN("BW"), PLAIN, ""), "A07", MW_YES },
        { "in ST only above 25,000", PROJECT("gak-regionalbudget", TOWN("ST"), "category: x, amount: 25000 EUR", ""), "A07", MW_NO },
        { "in ST above 25,000", PROJECT("gak-regionalbudget", TOWN("ST"), "category: x, amount: '25000,01 EUR'", ""), "A07", MW_YES },
        { "the Land is not known", PROJECT("gak-regionalbudget", "{name: A, type: kommune}", PLAIN, ""), "A07", MW_TRI_NONE },
        { "an enterprise of an unknown Land", PROJECT("gak-regionalbudget", "{name: A, type: unternehmen}", PLAIN, ""), "A07", MW_NO },
        { "a copy for the supervision in BY", PROJECT("gak-regionalbudget", TOWN("BY"), PLAIN, ""), "A09", MW_YES },
        { "one applicant needs no agreement", PROJECT("gak-regionalbudget", TOWN("NW"), PLAIN, ""), "A14", MW_NO },
        { "two do", PROJECT("gak-regionalbudget", TOWN("NW") ", {name: B}", PLAIN, ""), "A14", MW_YES },
        { "efficiency is asked for in IKZ", PROJECT("ikz-hessen", TOWN("HE") ", {name: B}", PLAIN, ""), "A15", MW_YES },
        { "... not elsewhere", PROJECT("gak-regionalbudget", TOWN("HE") ", {name: B}", PLAIN, ""), "A15", MW_NO },
        { "posts need a description", PROJECT("gak-regionalbudget", TOWN("NW"), "category: personal, amount: 1000 EUR", ""), "A22", MW_YES },
        { "no posts", PROJECT("gak-regionalbudget", TOWN("NW"), PLAIN, ""), "A22", MW_NO },
        { "building needs DIN 276", PROJECT("gak-regionalbudget", TOWN("NW"), "category: Bau, amount: 1000 EUR", ""), "A17", MW_YES },
        { "state aid: an enterprise", PROJECT("gak-regionalbudget", "{name: A, type: unternehmen, land: NW}", PLAIN, ""), "A11", MW_YES },
        { "state aid: a town is asked", PROJECT("gak-regionalbudget", TOWN("NW"), PLAIN, ""), "A11", MW_TRI_NONE },
        { "what the programme names", PROJECT("kfw-432-sanierungsmanagement", "{name: A, land: NW}", PLAIN, ""), "A06", MW_YES },
        { "a code that only the project knows", PROJECT("gak-regionalbudget", TOWN("NW"), PLAIN, "attachments: [{code: X99, status: missing}]"), "X99", MW_NO },
    };
    struct mw_arena *a = mw_arena_new();
    struct mw_checklist c;
    load_ours(&c, a);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct made m;
        struct mw_list needs;
        make_plan_of(&m, *state, CASES[i].yaml);
        assert_int_equal(mw_needs(&needs, m.a, &m.plan, &c, MW_DE), MW_OK);
        const struct mw_need *need = need_of(&needs, CASES[i].code);
        if (need->needed != CASES[i].want)
            fail_msg("%s: %d", CASES[i].why, need->needed);
        if ((need->needed == MW_TRI_NONE) != (need->question.n > 0))
            fail_msg("%s: a question belongs to what is open, and only there", CASES[i].why);
        drop_plan(&m);
    }
    mw_arena_free(a);
}

static void what_the_project_says_settles_what_is_missing(void **state)
{
    static const struct { const char *status; bool missing; } CASES[] = {
        { "attachments: [{code: A06, status: present}]", false }, { "attachments: [{code: A06, status: present, file: p.yaml}]", false },
        { "attachments: [{code: A06, status: present, file: fehlt.pdf}]", true }, { "attachments: [{code: A06, status: missing}]", true },
        { "attachments: [{code: A06, status: not_needed}]", false }, { "", true },
    };
    struct mw_arena *a = mw_arena_new();
    struct mw_checklist c;
    load_ours(&c, a);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct made m;
        struct mw_list needs;
        char yaml[1024];
        snprintf(yaml, sizeof yaml, PROJECT("gak-regionalbudget", TOWN("NW"), PLAIN, "%s\n"), CASES[i].status);
        make_plan_of(&m, *state, yaml);
        assert_int_equal(mw_needs(&needs, m.a, &m.plan, &c, MW_DE), MW_OK);
        assert_int_equal(mw_need_missing(need_of(&needs, "A06")), CASES[i].missing);
        drop_plan(&m);
    }
    mw_arena_free(a);
}

/* "Get A02" helps nobody, and the bundle is a draft of A02 to A05. */
static void findings_name_the_papers_that_somebody_has_to_get(void **state)
{
    MW_AUTO(mw_diags_free) struct mw_diags diags = MW_DIAGS_INIT(MW_DE);
    struct mw_checklist c;
    struct made m;
    struct mw_plan again;
    char yaml[1024];
    size_t missing = 0;

    snprintf(yaml, sizeof yaml, PROJECT("gak-regionalbudget", TOWN("NW"), PLAIN, "%s\n"),
             "attachments: [{code: A20, status: missing}, {code: A02, status: missing}]");
    make_plan_of(&m, *state, yaml);
    load_ours(&c, m.a);
    struct mw_plan_opts opts = { .today = day_of(2026, 11, 22), .lang = MW_DE, .papers = &c };
    assert_int_equal(mw_plan_make(&again, m.a, &m.in.project, MW_AT(m.in.terms, struct mw_terms, 0), &m.in.tariffs, &opts, &diags), MW_OK);
    for (size_t i = 0; i < again.findings.n; i++) {
        const struct mw_finding *f = MW_AT(again.findings, struct mw_finding, i);
        if (strcmp(f->code, "attachment-missing") != 0)
            continue;
        missing++;
        assert_silent_on(mw_arena_z(m.a, f->msg), "(A02)");
        assert_silent_on(mw_arena_z(m.a, f->msg), "(A03)");
        assert_says(mw_arena_z(m.a, f->msg), missing == 1 ? "Votum der LAG (A20)." : "mit Dienstsiegel (A01).");
    }
    assert_int_equal(missing, 2); /* A20 at its line, and what the list does not name together */
    drop_plan(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_house_knows_a01_to_a30_and_b01_to_b03),
        cmocka_unit_test(every_code_that_a_programme_names_stands_in_the_checklist),
        cmocka_unit_test(faults_are_said_with_their_line),
        cmocka_unit_test(laender_are_those_of_the_calendar),
        cmocka_unit_test_setup_teardown(a_need_follows_from_what_the_project_is, make_scratch, drop_scratch),
        cmocka_unit_test_setup_teardown(what_the_project_says_settles_what_is_missing, make_scratch, drop_scratch),
        cmocka_unit_test_setup_teardown(findings_name_the_papers_that_somebody_has_to_get, make_scratch, drop_scratch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
