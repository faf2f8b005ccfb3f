/* intake/project.c: a project file that is begun. */
#include "intake/project.h"

#include "lib/core/file.h"
#include "lib/model/project.h"
#include "tests/test.h"

static const char *const EXAMPLES[] = { "sanierungsmanagement-ruhr", "stadtteilbuero-dorsten", "smart-city-potsdam", "ikz-gross-gerau",
                                        "regionalmanagement" };

struct case_ {
    struct mw_arena *a;
    struct mw_diags diags;
    struct mw_profile profile;
    struct mw_str text;
    char dir[200];
};

static void begin(struct case_ *c, const char *example)
{
    char path[240];
    *c = (struct case_){ .a = mw_arena_new(), .diags = MW_DIAGS_INIT(MW_EN), .text = MW_STR_INIT };
    snprintf(c->dir, sizeof c->dir, "config/examples/%s", example);
    snprintf(path, sizeof path, "%s/profil.yaml", c->dir);
    assert_int_equal(mw_profile_load(&c->profile, c->a, path, &c->diags), MW_OK);
}

static void end(struct case_ *c)
{
    mw_str_free(&c->text);
    mw_diags_free(&c->diags);
    mw_arena_free(c->a);
}

/* Every line to fill in, filled in: the mark away, a sum and a day for what stands for one. */
static void fill_in(struct mw_str *out, struct mw_sv text)
{
    static const struct { const char *is, *becomes; } WORDS[] = {
        { MW_FILL_IN, "" }, { "AMOUNT EUR", "1000 EUR" }, { "BETRAG EUR", "1000 EUR" }, { "YYYY-MM-DD", "2027-06-30" },
        { "JJJJ-MM-TT", "2027-06-30" }, { "programme: ID", "programme: ikz-hessen" },
    };
    for (size_t at = 0; at < text.n;) {
        size_t w = 0;
        while (w < COUNT(WORDS) && !mw_sv_starts(mw_sv_sub(text, at, SIZE_MAX), mw_sv(WORDS[w].is)))
            w++;
        mw_str_addz(out, w < COUNT(WORDS) ? WORDS[w].becomes : "");
        if (w == COUNT(WORDS))
            mw_str_addc(out, text.p[at]);
        at += w < COUNT(WORDS) ? strlen(WORDS[w].is) : 1;
    }
}

/* Faults of reading the text as a project, in one line. */
static void faults(struct mw_str *out, struct case_ *c, struct mw_sv text)
{
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_project project;
    struct mw_node *map = NULL;
    mw_yaml_read(&map, c->a, "projekt.yaml", text, &diags);
    if (map != NULL)
        mw_project_read(&project, c->a, map, c->dir, &diags);
    for (size_t i = 0; i < diags.n; i++)
        if (diags.items[i].severity == MW_ERROR)
            mw_str_addf(out, "%u: %s; ", diags.items[i].line, diags.items[i].msg);
    mw_diags_free(&diags);
}

static void every_profile_and_programme_begin_a_project_that_lacks_only_what_nobody_said(void **state)
{
    struct mw_diags none = MW_DIAGS_INIT(MW_EN);
    struct mw_arena *a = mw_arena_new();
    struct mw_list terms = { 0 };
    struct mw_checklist papers;
    (void)state;
    assert_int_equal(mw_terms_list(&terms, a, "rules", &none), MW_OK);
    assert_int_equal(mw_checklist_load(&papers, a, "rules/checklists/attachments.yaml", &none), MW_OK);
    assert_true(terms.n > 20);
    for (size_t i = 0; i < COUNT(EXAMPLES); i++)
        for (size_t t = 0; t <= terms.n; t++)
            for (int lang = 0; lang < 2; lang++) {
                struct case_ c;
                MW_AUTO(mw_str_free) struct mw_str filled = MW_STR_INIT, raw = MW_STR_INIT, wrong = MW_STR_INIT;
                begin(&c, EXAMPLES[i]);
                const struct mw_terms *one = t < terms.n ? MW_AT(terms, struct mw_terms, t) : NULL;
                struct mw_project_start s = { &c.profile, MW_SV("profil.yaml"), one, one != NULL ? MW_AT(one->editions, struct mw_edition, 0) : NULL,
                                              &papers, lang == 0 ? MW_DE : MW_EN };
                bool dated = mw_day_is(c.profile.period.from) && mw_day_is(c.profile.period.to);
                mw_project_start(&c.text, &s);
                faults(&raw, &c, mw_str_sv(&c.text));
                if ((raw.n == 0) != dated)
                    fail_msg("%s, %s: as begun: %s", EXAMPLES[i], one != NULL ? one->programme.p : "-", mw_str_z(&raw));
                fill_in(&filled, mw_str_sv(&c.text));
                faults(&wrong, &c, mw_str_sv(&filled));
                if (wrong.n > 0)
                    fail_msg("%s, %s: filled in: %s\n%s", EXAMPLES[i], one != NULL ? one->programme.p : "-", mw_str_z(&wrong), mw_str_z(&filled));
                end(&c);
            }
    mw_diags_free(&none);
    mw_arena_free(a);
}

static void a_line_that_was_forgotten_is_an_error_at_its_place(void **state)
{
    static const char *const FORGOTTEN[] = { "- {id: a, label: A, category: v, amount: AMOUNT EUR}", "- {id: a, label: A, category: v, amount: BETRAG EUR}" };
    (void)state;
    for (size_t i = 0; i < COUNT(FORGOTTEN); i++) {
        struct case_ c;
        MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT, wrong = MW_STR_INIT;
        begin(&c, EXAMPLES[1]);
        mw_str_addf(&text, "project: a\ntitle: A\nprofile: profil.yaml\nprogramme: p\nperiod: {from: 2027-01-01, to: 2027-12-31}\ncosts:\n  %s\n",
                    FORGOTTEN[i]);
        faults(&wrong, &c, mw_str_sv(&text));
        assert_true(mw_sv_starts(mw_str_sv(&wrong), MW_SV("7: ")));
        end(&c);
    }
}

static void partners_are_asked_for_what_their_papers_need(void **state)
{
    static const struct { const char *example, *says; bool said; } CASES[] = {
        { "ikz-gross-gerau", "# ? role_model: ", true }, { "stadtteilbuero-dorsten", "# ? role_model: ", false },
        { "ikz-gross-gerau", "sharing: {of: own,", true }, { "stadtteilbuero-dorsten", "# ? necessity: ", true },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct case_ c;
        begin(&c, CASES[i].example);
        mw_project_start(&c.text, &(struct mw_project_start){ &c.profile, MW_SV("profil.yaml"), NULL, NULL, NULL, MW_EN });
        assert_int_equal(strstr(mw_str_z(&c.text), CASES[i].says) != NULL, CASES[i].said);
        c.profile.joint_mode = MW_J_PARALLEL;
        mw_str_clear(&c.text);
        mw_project_start(&c.text, &(struct mw_project_start){ &c.profile, MW_SV("profil.yaml"), NULL, NULL, NULL, MW_EN });
        assert_int_equal(strstr(mw_str_z(&c.text), "sharing: {of: cost,") != NULL, c.profile.applicants.n > 1);
        end(&c);
    }
}

static void each_category_that_the_programme_funds_has_a_row_to_fill_in_and_no_other(void **state)
{
    static const struct { const char *funds, *rows; } CASES[] = {
        { "[personal, sachausgaben]", "personal sachausgaben " }, { "[investition]", "investition " }, { "[vergabe, gemeinkosten]", "vergabe " },
        { "[]", "personal vergabe investition sachausgaben " }, { NULL, "personal vergabe investition sachausgaben " },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct case_ c;
        MW_AUTO(mw_str_free) struct mw_str rows = MW_STR_INIT, terms = MW_STR_INIT;
        struct mw_terms t;
        struct mw_node *map = NULL;
        begin(&c, EXAMPLES[1]);
        c.profile.lots.n = 0;
        mw_str_addf(&terms, "programme: p\ntitle: P\neditions:\n  - {id: a, valid: {from: 2020-01-01}, financing: anteil, rate: 50 %%, categories: %s}\n",
                    CASES[i].funds != NULL ? CASES[i].funds : "[]");
        assert_int_equal(mw_yaml_read(&map, c.a, "p.yaml", mw_str_sv(&terms), &c.diags), MW_OK);
        assert_int_equal(mw_terms_read(&t, c.a, map, &c.diags), MW_OK);
        const struct mw_edition *e = MW_AT(t.editions, struct mw_edition, 0);
        mw_project_start(&c.text, &(struct mw_project_start){ &c.profile, MW_SV("profil.yaml"), CASES[i].funds != NULL ? &t : NULL,
                                                              CASES[i].funds != NULL ? e : NULL, NULL, MW_DE });
        for (const char *at = mw_str_z(&c.text); (at = strstr(at, "category: ")) != NULL;) {
            at += strlen("category: ");
            mw_str_addf(&rows, "%.*s ", (int)strcspn(at, ","), at);
        }
        assert_string_equal(mw_str_z(&rows), CASES[i].rows);
        end(&c);
    }
}

static void each_of_several_applicants_can_begin_alone(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(EXAMPLES); i++)
        for (size_t k = 0, n = 1; k < n; k++) {
            struct case_ c;
            struct mw_profile one;
            MW_AUTO(mw_str_free) struct mw_str filled = MW_STR_INIT, wrong = MW_STR_INIT, name = MW_STR_INIT;
            begin(&c, EXAMPLES[i]);
            n = c.profile.applicants.n;
            mw_str_add(&name, MW_AT(c.profile.applicants, struct mw_applicant, k)->name);
            assert_int_equal(mw_project_alone(&one, c.a, &c.profile, k, MW_SV("allein")), MW_OK);
            assert_int_equal(one.applicants.n, 1);
            assert_sv(MW_AT(one.applicants, struct mw_applicant, 0)->name, mw_str_z(&name));
            assert_int_equal(one.roles.n, c.profile.roles.n + n - 1); /* the others take part */
            assert_false(mw_eur_is(one.volume));                      /* which is that of all */
            for (size_t l = 0; l < one.lots.n; l++) {
                struct mw_sv of = MW_AT(one.lots, struct mw_lot, l)->applicant;
                assert_true(of.n == 0 || mw_sv_eqz(of, mw_str_z(&name)));
            }
            mw_project_start(&c.text, &(struct mw_project_start){ &one, MW_SV_NONE, NULL, NULL, NULL, MW_EN });
            assert_null(strstr(mw_str_z(&c.text), "sharing:"));
            fill_in(&filled, mw_str_sv(&c.text));
            faults(&wrong, &c, mw_str_sv(&filled));
            if (wrong.n > 0)
                fail_msg("%s, %s: %s\n%s", EXAMPLES[i], mw_str_z(&name), mw_str_z(&wrong), mw_str_z(&filled));
            end(&c);
        }
}

static void words_of_a_document_stay_words(void **state)
{
    static const char *const TITLES[] = { "Quartier: \"Mitte\" # 1", "- {id: x}", "# ? period: {from: 2027-01-01}", "Zeile\nperiod: {}", "yes" };
    (void)state;
    for (size_t i = 0; i < COUNT(TITLES); i++) {
        struct case_ c;
        struct mw_node *map = NULL;
        begin(&c, EXAMPLES[1]);
        c.profile.title = mw_sv(TITLES[i]);
        struct mw_quantity q = { .what = mw_sv(TITLES[i]), .min = MW_SHARE_NONE, .max = { 5, 1 }, .exactly = MW_SHARE_NONE };
        c.profile.quantities = (struct mw_list){ &q, 1, 1 };
        mw_project_start(&c.text, &(struct mw_project_start){ &c.profile, MW_SV("profil.yaml"), NULL, NULL, NULL, MW_DE });
        mw_yaml_read(&map, c.a, "projekt.yaml", mw_str_sv(&c.text), &c.diags);
        assert_non_null(map);
        assert_sv(mw_node_get(map, "title")->text, TITLES[i]);
        assert_null(mw_node_get(map, "programme"));
        end(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_profile_and_programme_begin_a_project_that_lacks_only_what_nobody_said),
        cmocka_unit_test(a_line_that_was_forgotten_is_an_error_at_its_place),
        cmocka_unit_test(each_category_that_the_programme_funds_has_a_row_to_fill_in_and_no_other),
        cmocka_unit_test(each_of_several_applicants_can_begin_alone),
        cmocka_unit_test(words_of_a_document_stay_words),
        cmocka_unit_test(partners_are_asked_for_what_their_papers_need),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
